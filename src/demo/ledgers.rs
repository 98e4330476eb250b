//! What the made-up office keeps in its ledgers: areas, disinfection, ventilation, supplies, inspections, notices, absence,
//! meetings, returns, the gate, the duty roster.

use super::data::{EntrySeed, MoveSeed};
use super::days::Days;
use super::plan::{Plan, Planned, Step, Tag};
use super::world::World;
use crate::domain::ids::{EntryId, OfficerId};
use crate::domain::ledger::value::Values;
use crate::domain::time::{MINUTE, Ts, add_days};
use crate::error::Result;
use crate::log::event::line_id;
use crate::store::act::{Act, LedgerAct, Taken};
use std::collections::BTreeSet;

fn at((before, minute): (i64, i64), days: Days) -> Ts {
    days.at(add_days(days.today(), -before), minute)
}

/// Plans the entries and what became of them, as far back as the office was there; of units that it has.
pub(super) fn plan(plan: &mut Plan, world: &World, days: Days) {
    let there = |when: Ts| when > days.opened().plus(100 * MINUTE);
    let stands = |seed: &EntrySeed| {
        let known = |values: &Values| resolved(world, values, None, &|_| Some(String::new())).is_some();
        there(at(seed.at, days)) && known(&seed.values) && seed.lines.iter().all(known)
    };
    let seeds = &world.lists.ledgers;
    let mut written = BTreeSet::new();
    for (place, seed) in seeds.entries.iter().enumerate().filter(|(_, seed)| stands(seed)) {
        // An area that was not there yet was not cleaned either.
        let areas = seed.values.values().filter_map(|value| area(world, value));
        if areas.clone().any(|area| !stands(&seeds.entries[area])) {
            continue;
        }
        // What was not brought yet is not used.
        let before = |other: &&EntrySeed| same_stock(seed, other) && at(other.at, days) < at(seed.at, days);
        if !seeds.entries.iter().filter(before).all(stands) {
            continue;
        }
        written.insert(place);
        plan.planned(Planned {
            at: at(seed.at, days),
            happened: None,
            keep: Some(Tag::Entry(place)),
            step: Step::Entry(place),
        });
    }
    for (place, seed) in seeds.moves.iter().enumerate() {
        if written.contains(&seed.of) && there(at(seed.at, days)) && fits(world, seed) {
            plan.step(at(seed.at, days), Step::Moved(place));
        }
    }
    for (place, seed) in seeds.raised.iter().enumerate() {
        if written.contains(&seed.of) && there(at(seed.at, days)) {
            plan.step(at(seed.at, days), Step::Raised(place));
        }
    }
}

/// Whether two entries move the same stock.
fn same_stock(one: &EntrySeed, other: &EntrySeed) -> bool {
    let item = |seed: &EntrySeed| seed.values.get("item").cloned();
    one.ledger == other.ledger && item(one).is_some() && item(one) == item(other)
}

/// A notice has a line for each unit: a small office has fewer.
fn fits(world: &World, seed: &MoveSeed) -> bool {
    let entry = &world.lists.ledgers.entries[seed.of];
    match seed.line {
        Some(line) if entry.lines.is_empty() => (line as usize) + 1 < world.units.len(),
        _ => true,
    }
}

/// The entry of the area that a value names.
fn area(world: &World, value: &str) -> Option<usize> {
    let name = value.strip_prefix('#')?;
    world.lists.ledgers.entries.iter().position(|seed| {
        seed.ledger == "places" && seed.values.get("name").is_some_and(|known| known == name)
    })
}

/// The person that a value names, by their place in a unit: `102/40`.
fn person(world: &World, value: &str) -> Option<String> {
    let (code, place) = value.split_once('/')?;
    let unit = world.units.iter().find(|unit| unit.code == code)?;
    let place = unit.people.start + place.parse::<usize>().ok()?;
    unit.people.contains(&place).then(|| world.people[place].id.to_string())
}

/// The values with ids in place of codes and names; none where a unit or a person is not in this office.
fn resolved(
    world: &World,
    values: &Values,
    officers: Option<&[OfficerId]>,
    entry: &dyn Fn(usize) -> Option<String>,
) -> Option<Values> {
    let officer = |place: &str| match officers {
        // Before anything is done it is known only that there will be two.
        None => Some(String::new()),
        Some(officers) => officers.get(place.parse::<usize>().ok()?).map(OfficerId::to_string),
    };
    let value = |value: &String| match value.strip_prefix('@') {
        Some(code) => world.units.iter().find(|unit| unit.code == code).map(|unit| unit.id.to_string()),
        None if value.starts_with('%') => officer(&value[1..]),
        None if value.starts_with('$') => person(world, &value[1..]),
        None if value.starts_with('#') => area(world, value).and_then(entry),
        None => Some(value.clone()),
    };
    values.iter().map(|(name, said)| Some((name.clone(), value(said)?))).collect()
}

/// The act of an entry.
pub(super) fn entry(
    world: &World,
    place: usize,
    officers: &[OfficerId],
    made: &dyn Fn(usize) -> Result<EntryId>,
) -> Result<Act> {
    let seed = &world.lists.ledgers.entries[place];
    let known = |values: &Values| {
        resolved(world, values, Some(officers), &|area| made(area).ok().map(|id| id.to_string()))
            .ok_or_else(|| super::lost("what an entry of a ledger points at is not known"))
    };
    let lines = seed.lines.iter().map(known).collect::<Result<Vec<_>>>()?;
    let entries = vec![(known(&seed.values)?, lines)];
    Ok(Act::Ledger(Box::new(LedgerAct::Write {
        ledger: seed.ledger.clone(),
        entries,
        reason: seed.reason.clone(),
    })))
}

/// The act of a transition.
pub(super) fn moved(world: &World, place: usize, made: &dyn Fn(usize) -> Result<EntryId>) -> Result<Act> {
    let seed = &world.lists.ledgers.moves[place];
    let entry = made(seed.of)?;
    Ok(Act::Ledger(Box::new(LedgerAct::Move {
        entries: vec![seed.line.map_or(entry, |line| line_id(entry, line))],
        transition: seed.transition.clone(),
        values: seed.values.clone(),
        reason: String::new(),
        pin: None,
    })))
}

/// The act by which something proposed is taken up, or declined.
pub(super) fn raised(world: &World, place: usize, made: &dyn Fn(usize) -> Result<EntryId>) -> Result<Act> {
    let seed = &world.lists.ledgers.raised[place];
    let (entry, raise) = (made(seed.of)?, seed.raise.clone());
    let act = if seed.reason.is_empty() {
        LedgerAct::TakeUp { entry, raise, made: Taken::Entry(seed.values.clone(), Vec::new(), String::new()) }
    } else {
        LedgerAct::Decline { entry, raise, reason: seed.reason.clone() }
    };
    Ok(Act::Ledger(Box::new(act)))
}
