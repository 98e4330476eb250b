//! How the reports of each day come: mostly in time in three files, some late, some zero, some never.

use super::SEED;
use super::days::Days;
use super::plan::{Plan, Step};
use super::rng::Rng;
use super::sheets::{Batch, missing};
use super::story::{COUGH, NOBODY, Quirk, Row};
use super::world::{World, stream};
use crate::domain::doubt::{Check, Doubt, Resolve, Value};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::Subject;
use crate::domain::report::{Excuse, ReportKey, Round};
use crate::domain::time::{MINUTE, add_days};
use crate::store::act::Act;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// Every ninth unit is often late.
fn late_prone(unit: usize) -> bool {
    unit % 9 == 4
}

/// One of these sends what it sends late at the same minute.
const PUNCTUAL: usize = 22;

/// The units that have not reported at the present moment: 6 of 41, those often late before others.
pub(super) fn outstanding(units: usize) -> Vec<usize> {
    let count = ((units * 6 + 20) / 41).max(3).min(units / 2);
    let mut all: Vec<usize> = (1..units).filter(|unit| late_prone(*unit)).collect();
    all.extend((1..units).filter(|unit| !late_prone(*unit) && unit % 6 == 1));
    all.extend((1..units).filter(|unit| !late_prone(*unit) && unit % 6 != 1));
    all.truncate(count);
    all
}

/// The units so small that they now and then say "nothing to report".
fn small(world: &World) -> Vec<usize> {
    let mut units: Vec<usize> = (0..world.units.len()).collect();
    units.sort_by_key(|unit| (world.units[*unit].people.len(), *unit));
    units.truncate(3);
    units
}

/// How one unit's report of one day comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    /// In the first, second or third file of the morning.
    File(usize),
    /// After the deadline, at this minute, in a file of its own.
    Late(i64),
    /// Nothing to report, said at this minute.
    Zero(i64),
    /// Not at all.
    Never,
}

/// The morning's files: the minute they are recorded and the minute the last sheet in them came. The third is
/// recorded after the deadline, its sheets came before it.
const FILES: [(i64, i64); 3] =
    [(8 * 60 + 52, 8 * 60 + 47), (9 * 60 + 27, 9 * 60 + 22), (10 * 60 + 2, 9 * 60 + 57)];

fn arrival(world: &World, days: Days, day: NaiveDate, unit: usize) -> Arrival {
    let index = days.index(day);
    let mut rng = Rng::of(&[SEED, stream::ARRIVAL, unit as u64, index as u64]);
    let today = day == days.today();
    if today && outstanding(world.units.len()).contains(&unit) {
        return Arrival::Never;
    }
    let place = small(world).iter().position(|small| *small == unit);
    if let Some(place) = place
        && (if today { place < 2 } else { (index as usize + place).is_multiple_of(3) })
    {
        return Arrival::Zero(rng.range(8 * 60 + 25, 9 * 60 + 40));
    }
    if today {
        // One sheet came three minutes after the deadline.
        return if unit == 3 { Arrival::Late(10 * 60 + 3) } else { Arrival::File(rng.below(3)) };
    }
    match rng.below(100) {
        0..=6 if late_prone(unit) => Arrival::Never,
        7..=44 if unit == PUNCTUAL => Arrival::Late(10 * 60 + 24),
        7..=44 if late_prone(unit) => Arrival::Late(rng.range(10 * 60 + 22, 11 * 60 + 50)),
        0..=1 => Arrival::Late(rng.range(10 * 60 + 12, 11 * 60)),
        roll => Arrival::File(roll % 3),
    }
}

/// Plans the reports of every day, and the calls after those that are missing.
pub(super) fn plan(plan: &mut Plan, world: &World, days: Days) {
    for day in days.all() {
        let mut files: [Vec<usize>; 3] = Default::default();
        for unit in 0..world.units.len() {
            match arrival(world, days, day, unit) {
                Arrival::File(file) => files[file].push(unit),
                Arrival::Late(minute) => late(plan, world, days, day, unit, minute),
                Arrival::Zero(minute) => {
                    let key = key(world, unit, day);
                    plan.act(days.at(day, minute), Act::Receive { key, zero: true, reason: String::new() });
                }
                Arrival::Never if day != days.today() => never(plan, world, days, day, unit),
                Arrival::Never => {}
            }
        }
        for (place, units) in files.into_iter().enumerate().filter(|(_, units)| !units.is_empty()) {
            let (recorded, came) = FILES[place];
            let file = format!("日报{}-{}.xlsx", day.format("%m%d"), place + 1);
            if days.index(day) % 3 == 1 && place == 1 && day != days.today() {
                correct(plan, world, days, day, units[units.len() / 2]);
            }
            let batch = Batch { day, units, file, revision: 0, reason: String::new() };
            plan.late(days.at(day, recorded), days.at(day, came), Step::Report(batch));
        }
    }
    today(plan, world, days);
}

fn key(world: &World, unit: usize, day: NaiveDate) -> ReportKey {
    ReportKey { unit: world.units[unit].id, day, round: Round::default() }
}

fn file_of(world: &World, unit: usize, day: NaiveDate) -> String {
    format!("{}{}.xlsx", world.units[unit].short, day.format("%m%d"))
}

/// A sheet sent again in the afternoon.
fn correct(plan: &mut Plan, world: &World, days: Days, day: NaiveDate, unit: usize) {
    let file = format!("{}{}更正.xlsx", world.units[unit].short, day.format("%m%d"));
    let reason = "单位来电：体温一列串行，重报".to_owned();
    let batch = Batch { day, units: vec![unit], file, revision: 1, reason };
    plan.late(days.at(day, 13 * 60 + 44), days.at(day, 13 * 60 + 31), Step::Report(batch));
}

/// A call to a unit's liaison.
fn chase(world: &World, unit: usize, outcome: Outcome, words: &str) -> FollowUpDraft {
    let reached = outcome.reached();
    let liaison = world.liaison(&world.units[unit]);
    FollowUpDraft {
        channel: Channel::Phone,
        answered_by: if reached { liaison.to_owned() } else { String::new() },
        outcome,
        words: words.to_owned(),
        ..FollowUpDraft::not_reached(Some(Subject::Unit(world.units[unit].id)))
    }
}

/// A late report: called for, promised, and come, which ends the promise.
fn late(plan: &mut Plan, world: &World, days: Days, day: NaiveDate, unit: usize, minute: i64) {
    let words = &world.lists.words;
    let mut rng = Rng::of(&[SEED, stream::ARRIVAL, unit as u64, days.index(day) as u64, 2]);
    let came = days.at(day, minute);
    let batch =
        Batch { day, units: vec![unit], file: file_of(world, unit, day), revision: 0, reason: String::new() };
    if day == days.today() {
        plan.late(came.plus(MINUTE), came, Step::Report(batch));
        return;
    }
    let called = days.at(day, (10 * 60 + rng.range(3, 20)).min(minute - 2));
    if rng.chance(300) {
        let unanswered = chase(world, unit, Outcome::NotReached, rng.pick::<String>(&words.chase_unanswered));
        plan.act(called.plus(-2 * MINUTE), Act::FollowUp(unanswered));
    }
    let mut call = chase(world, unit, Outcome::Promised, rng.pick::<String>(&words.chase_reached));
    call.promise_due = Some(called.plus(30 * MINUTE));
    plan.act(called, Act::FollowUp(call));
    plan.late(came.plus(3 * MINUTE), came, Step::Report(batch));
}

/// A report that never came: two calls unanswered, then the head; it is written off the next day.
fn never(plan: &mut Plan, world: &World, days: Days, day: NaiveDate, unit: usize) {
    let words = &world.lists.words;
    let mut rng = Rng::of(&[SEED, stream::ARRIVAL, unit as u64, days.index(day) as u64, 3]);
    for minute in [10 * 60 + 6, 10 * 60 + 31] {
        let call = chase(world, unit, Outcome::NotReached, rng.pick::<String>(&words.chase_unanswered));
        plan.act(days.at(day, minute + rng.range(0, 9)), Act::FollowUp(call));
    }
    let head = world.head(&world.units[unit]).to_owned();
    let mut call = chase(world, unit, Outcome::Informed, "第一责任人：联络员请假，今日无人接手，明日一并报");
    call.answered_by = head;
    plan.act(days.at(day, 11 * 60 + rng.range(2, 20)), Act::FollowUp(call));
    let reason = "联络员请假未报，次日电话核实无异常，不再补报".to_owned();
    let (keys, how) = (vec![key(world, unit, day)], Excuse::WrittenOff);
    let act = Act::Excuse { keys, all_of: Vec::new(), how, reason };
    plan.act(days.at(add_days(day, 1), 11 * 60 + 40), act);
}

/// The calls of this morning: two units promised, one did not answer twice, one once.
fn today(plan: &mut Plan, world: &World, days: Days) {
    let (day, words) = (days.today(), &world.lists.words);
    let missing = outstanding(world.units.len());
    let mut at = |place: usize, minute: i64, outcome: Outcome, words: &str, due: Option<i64>| {
        if let Some(unit) = missing.get(place) {
            let mut call = chase(world, *unit, outcome, words);
            call.promise_due = due.map(|minute| days.at(day, minute));
            plan.act(days.at(day, minute), Act::FollowUp(call));
        }
    };
    let (said, silent) = (&words.chase_reached, &words.chase_unanswered);
    at(1, 9 * 60 + 35, Outcome::NotReached, &silent[0], None);
    at(2, 9 * 60 + 36, Outcome::NotReached, &silent[0], None);
    at(0, 9 * 60 + 42, Outcome::Promised, &said[0], Some(10 * 60 + 30));
    at(1, 9 * 60 + 58, Outcome::Promised, &said[1 % said.len()], Some(11 * 60));
    at(2, 10 * 60 + 3, Outcome::NotReached, &silent[1 % silent.len()], None);
    at(3, 10 * 60 + 4, Outcome::NotReached, &silent[silent.len() - 1], None);
}

/// Whose rows contradict themselves: people without a case, in units whose sheets came today.
pub(super) fn quirks(world: &World, days: Days, busy: &dyn Fn(usize) -> bool) -> HashMap<usize, Quirk> {
    let people = world.people.len();
    let sent =
        |unit: usize| matches!(arrival(world, days, days.today(), unit), Arrival::File(_) | Arrival::Late(_));
    let units: Vec<bool> = (0..world.units.len()).map(sent).collect();
    let mut free = (0..people * 3)
        .map(|turn| (turn * 211 + 59) % people)
        .filter(|index| units[world.people[*index].unit] && !busy(*index) && !world.origin(*index).1);
    let mut quirks = HashMap::new();
    for quirk in Quirk::ALL.into_iter().cycle().take(12) {
        // A small office may run out of free people; it has fewer contradictions then.
        let Some(index) = free.by_ref().find(|index| !quirks.contains_key(index)) else { break };
        quirks.insert(index, quirk);
    }
    quirks
}

/// How many of those whose household was asked about have not been reached yet.
const NOT_REACHED: usize = 3;

/// Plans what the officer found out about those of whom the sheets say something of their household: on the afternoon of
/// the first sheet that asks for it; the last of them are still to be asked.
pub(super) fn households(plan: &mut Plan, world: &World, days: Days, told: &HashSet<usize>) {
    let mut all: Vec<(NaiveDate, usize, Doubt)> = Vec::new();
    let mut known: HashSet<usize> = HashSet::new();
    for day in days.all().filter(|day| days.form(*day).version == 3) {
        for unit in 0..world.units.len() {
            if !matches!(arrival(world, days, day, unit), Arrival::File(_) | Arrival::Late(_)) {
                continue;
            }
            for index in world.units[unit].people.clone() {
                let is_there = told.contains(&index) || !missing(index, days.index(day));
                let said = Row::of(world, days, index, day, None, None, 0).household();
                if said == NOBODY || !is_there || !known.insert(index) {
                    continue;
                }
                let (about, unit) = (Subject::Person(world.people[index].id), world.units[unit].id);
                let values = (Value::new("known", day, ""), Value::new("household", day, said));
                let doubt = Doubt::new(about, unit, Check::Household, (day, &Round::default()), values);
                all.push((day, index, doubt));
            }
        }
    }
    let asked = all.len().saturating_sub(NOT_REACHED);
    for (place, (day, index, doubt)) in all.into_iter().take(asked).enumerate() {
        // Those of the last days are asked in the order in which they came, one every two minutes.
        let at = days.at(day, 14 * 60 + 45).plus((place as i64 % 60) * 2 * MINUTE);
        let told_by = world.people[index].name.clone();
        let words = ["已分开居住，本人无症状", "医护单独居住，本人无症状", "亲属已满14天，无异常"];
        let words = words[place % words.len()].to_owned();
        plan.act(at, Act::AnswerDoubt { doubt: doubt.id, how: Resolve::Confirm { told_by, words } });
    }
}

/// Plans what the officer found out, in the afternoon, about those of whom a sheet of the day brought something and who
/// need no case; what came today nobody has asked about yet.
pub(super) fn asked(plan: &mut Plan, world: &World, days: Days, tells: &dyn Fn(usize) -> bool) {
    let mut met: HashSet<usize> = HashSet::new();
    let mut coughed: HashMap<usize, NaiveDate> = HashMap::new();
    for day in days.all().filter(|day| *day != days.today()) {
        let mut at = days.at(day, 14 * 60 + 21);
        for unit in 0..world.units.len() {
            if !matches!(arrival(world, days, day, unit), Arrival::File(_) | Arrival::Late(_)) {
                continue;
            }
            let people = world.units[unit].people.clone();
            for index in people.filter(|index| !tells(*index) && !missing(*index, days.index(day))) {
                let row = Row::of(world, days, index, day, None, None, 0);
                let is_met = row.met_from_hubei().is_some() && met.insert(index);
                let coughs = row.symptoms() == COUGH
                    && coughed.insert(index, day).is_none_or(|before| (day - before).num_days() > 3);
                let reason = match (is_met, coughs) {
                    (true, _) => "电话核实：亲戚1月下旬来过，无症状，已按社区要求登记",
                    (false, true) => "电话核实：咽炎，体温正常，已嘱就医",
                    (false, false) => continue,
                };
                let person = world.people[index].id;
                plan.act(at, Act::Dismiss { person, seen: None, reason: reason.to_owned() });
                at = at.plus(40_000);
            }
        }
    }
}
