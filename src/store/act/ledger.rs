//! Entries of registers: written, corrected, moved from state to state, withdrawn.

use super::{Ctx, Made, Resolved};
use crate::domain::ids::{EntryId, OfficerId, PersonId, Subject, UnitId};
use crate::domain::ledger::entry::{Flaw, Place, Refused};
use crate::domain::ledger::value::{self, Values};
use crate::domain::ledger::{Ledger, Link, Part, Transition};
use crate::domain::text::{fold, has_words};
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::i18n::store::REASON_NEEDED;
use crate::log::Op;
use crate::log::event::line_id;
use crate::log::event::{EntryChanged, EntryMoved, EntryWithdrawn, EntryWritten, Event, LedgerAdopted};
use crate::store::ledgers::{self, Row};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// An act on registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerAct {
    /// Takes a declaration into the log; its entries stand under it from then on.
    Adopt {
        /// The file's text.
        text: String,
    },
    /// Entries of one ledger, all or none.
    Write {
        /// The ledger's name; the one in force.
        ledger: String,
        /// The entries, each with its lines: canonical values, what is pointed at by its id.
        entries: Vec<(Values, Vec<Values>)>,
    },
    /// A line more of an entry.
    AddLine {
        /// Of which entry.
        entry: EntryId,
        /// Its values.
        values: Values,
    },
    /// Corrects an entry or a line.
    Change {
        /// Which.
        entry: EntryId,
        /// The columns that change; empty text empties one.
        values: Values,
        /// Why.
        reason: String,
    },
    /// Moves entries or lines from state to state, all or none.
    Move {
        /// Which.
        entries: Vec<EntryId>,
        /// By which transition.
        transition: String,
        /// What it asks for.
        values: Values,
        /// Why.
        reason: String,
    },
    /// Withdraws an entry: it was a mistake.
    Withdraw {
        /// Which.
        entry: EntryId,
        /// Why.
        reason: String,
    },
}

pub(super) fn resolve(ctx: &mut Ctx<'_>, act: &LedgerAct) -> Resolved {
    match act {
        LedgerAct::Adopt { text } => adopt(ctx, text),
        LedgerAct::Write { ledger, entries } => write(ctx, ledger, entries),
        LedgerAct::AddLine { entry, values } => add_line(ctx, *entry, values),
        LedgerAct::Change { entry, values, reason } => change(ctx, *entry, values, reason),
        LedgerAct::Move { entries, transition, values, reason } => {
            moved(ctx, entries, transition, values, reason)
        }
        LedgerAct::Withdraw { entry, reason } => withdraw(ctx, *entry, reason),
    }
}

fn adopt(ctx: &Ctx<'_>, text: &str) -> Resolved {
    let ledger = Ledger::parse(text).map_err(|fault| say::fault(&fault))?;
    match adoption(ctx, &ledger)? {
        Some(event) => Ok((Op { events: vec![event], ..Op::default() }, None)),
        None => Err(Error::refused(say::ADOPTED_ALREADY)),
    }
}

/// The event that takes a declaration into the log, unless it stands there. The same version with another text is a slip:
/// entries would change what they mean.
fn adoption(ctx: &Ctx<'_>, ledger: &Ledger) -> Result<Option<Event>> {
    let known: Option<(Vec<u8>, bool)> = ctx
        .conn
        .prepare_cached("SELECT digest, in_force FROM cur_ledger WHERE name = ?1 AND version = ?2")?
        .query_row(params![ledger.name, ledger.version], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((digest, in_force)) = known {
        if digest != blake3::hash(ledger.text.as_bytes()).as_bytes() {
            return Err(Error::refused(say::version_taken(&ledger.name, ledger.version)));
        }
        if in_force {
            return Ok(None);
        }
    }
    let newest: Option<u16> = ctx
        .conn
        .prepare_cached("SELECT max(version) FROM cur_ledger WHERE name = ?1 AND in_force")?
        .query_row([&ledger.name], |row| row.get(0))?;
    if let Some(newest) = newest.filter(|newest| *newest > ledger.version) {
        return Err(Error::refused(say::version_old(&ledger.name, ledger.version, newest)));
    }
    Ok(Some(Event::LedgerAdopted(LedgerAdopted {
        name: ledger.name.clone(),
        version: ledger.version,
        content: ledger.text.clone(),
    })))
}

fn in_force(ctx: &Ctx<'_>, name: &str) -> Result<Arc<Ledger>> {
    let mut all = ledgers::in_force(ctx.conn)?;
    all.remove(name).ok_or_else(|| Error::not_found(say::no_ledger(name)))
}

fn write(ctx: &mut Ctx<'_>, name: &str, entries: &[(Values, Vec<Values>)]) -> Resolved {
    let ledger = in_force(ctx, name)?;
    let mut events: Vec<Event> = adoption(ctx, &ledger)?.into_iter().collect();
    let mut first = None;
    let mut seen = BTreeMap::new();
    for (at, (said, lines)) in entries.iter().enumerate() {
        let which = if entries.len() > 1 { Some(at + 1) } else { None };
        let written = entry(ctx, &ledger, said, lines, &mut seen, &mut events);
        let id = written.map_err(|error| say::of_row(error, which))?;
        first.get_or_insert(id);
    }
    let made = first.ok_or_else(|| Error::input(crate::i18n::store::NOTHING_TO_DO))?;
    Ok((Op { events, ..Op::default() }, Some(Made::Entry(made))))
}

/// One entry with its lines.
fn entry(
    ctx: &mut Ctx<'_>,
    ledger: &Ledger,
    said: &Values,
    lines: &[Values],
    seen: &mut BTreeMap<(String, String), ()>,
    events: &mut Vec<Event>,
) -> Result<EntryId> {
    let place = here(ctx, &ledger.part, said, None)?;
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        ledger.part.checked(said, &place).map_err(|(name, flaw)| say::flaw(&ledger.part, &name, &flaw))
    })?;
    unique(ctx, ledger, &values, None, seen)?;
    let id = EntryId(ctx.id());
    let (person, unit) = about(&ledger.part, &values);
    events.push(Event::EntryWritten(EntryWritten {
        entry: id,
        ledger: ledger.name.clone(),
        version: ledger.version,
        parent: None,
        person,
        unit,
        values: values.clone(),
    }));
    let mut lines = lines.to_vec();
    match &ledger.lines {
        None if lines.is_empty() => {}
        None => return Err(Error::input(say::NO_LINES)),
        Some(declared) if declared.of_units && lines.is_empty() => lines = of_units(ctx, ledger, &values)?,
        Some(_) => {}
    }
    for (place, said) in lines.iter().enumerate() {
        let line = line(ctx, ledger, (id, line_id(id, place as u32)), &values, said)?;
        events.push(line);
    }
    Ok(id)
}

/// A line for each unit that the declaration means.
fn of_units(ctx: &Ctx<'_>, ledger: &Ledger, above: &Values) -> Result<Vec<Values>> {
    let Some(lines) = &ledger.lines else { return Ok(Vec::new()) };
    let units: Vec<UnitId> = ctx
        .conn
        .prepare_cached("SELECT id FROM cur_unit ORDER BY code")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let Some((name, _)) = lines.part.links().find(|(_, link)| **link == Link::Unit) else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for unit in units {
        let values = Values::from([(name.to_owned(), unit.to_string())]);
        let place = here(ctx, &lines.part, &values, Some((&ledger.part, above)))?;
        let meant = lines.only.as_ref().map(|only| only.holds(&place.scope(&lines.part, &values)));
        if meant.is_none_or(|meant| meant == Some(true)) {
            out.push(values);
        }
    }
    if out.is_empty() {
        return Err(Error::refused(say::NO_UNITS));
    }
    Ok(out)
}

fn line(
    ctx: &Ctx<'_>,
    ledger: &Ledger,
    (of, id): (EntryId, EntryId),
    above: &Values,
    said: &Values,
) -> Result<Event> {
    let lines = ledger.lines.as_ref().ok_or_else(|| Error::input(say::NO_LINES))?;
    let place = here(ctx, &lines.part, said, Some((&ledger.part, above)))?;
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        lines.part.checked(said, &place).map_err(|(name, flaw)| say::flaw(&lines.part, &name, &flaw))
    })?;
    let (person, unit) = about(&lines.part, &values);
    Ok(Event::EntryWritten(EntryWritten {
        entry: id,
        ledger: ledger.name.clone(),
        version: ledger.version,
        parent: Some(of),
        person,
        unit,
        values,
    }))
}

fn add_line(ctx: &mut Ctx<'_>, of: EntryId, said: &Values) -> Resolved {
    let row = standing(ctx, of)?;
    if row.parent.is_some() {
        return Err(Error::input(say::NO_LINES));
    }
    let ledger = declared(ctx, &row)?;
    let id = EntryId(ctx.id());
    let event = line(ctx, &ledger, (of, id), &row.values, said)?;
    let made = match &event {
        Event::EntryWritten(written) => Some(Made::Entry(written.entry)),
        _ => None,
    };
    Ok((Op { events: vec![event], ..Op::default() }, made))
}

fn change(ctx: &mut Ctx<'_>, entry: EntryId, said: &Values, reason: &str) -> Resolved {
    let row = standing(ctx, entry)?;
    let ledger = declared(ctx, &row)?;
    let part = part_of(&ledger, &row)?;
    if !has_words(reason) {
        return Err(Error::input(REASON_NEEDED));
    }
    let mut wanted = row.values.clone();
    // What is computed is computed again.
    wanted.retain(|name, _| part.column(name).is_some_and(|column| column.calculation.is_none()));
    for (name, value) in said {
        wanted.insert(name.clone(), value.clone());
    }
    let place = place_of(ctx, &ledger, part, &row, &wanted)?;
    // A column that is not asked any longer is emptied with what made it so.
    let dropped: Vec<String> = part
        .columns
        .iter()
        .filter(|column| !said.contains_key(&column.field.name) && !part.is_asked(column, &place, &wanted))
        .map(|column| column.field.name.clone())
        .collect();
    for name in dropped {
        wanted.insert(name, String::new());
    }
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        part.checked(&wanted, &place).map_err(|(name, flaw)| say::flaw(part, &name, &flaw))
    })?;
    let (person, unit) = about(part, &values);
    if (person, unit) != (row.person, row.unit) {
        return Err(Error::refused(say::ANOTHER_SUBJECT));
    }
    if row.parent.is_none() {
        unique(ctx, &ledger, &values, Some(entry), &mut BTreeMap::new())?;
    }
    let names: std::collections::BTreeSet<&String> = row.values.keys().chain(values.keys()).collect();
    let of = |values: &Values, name: &str| values.get(name).cloned().unwrap_or_default();
    let (mut new, mut old) = (Values::new(), Values::new());
    for name in names {
        let (before, after) = (of(&row.values, name), of(&values, name));
        if before != after {
            new.insert(name.clone(), after);
            old.insert(name.clone(), before);
        }
    }
    if new.is_empty() {
        return Err(Error::refused(crate::i18n::store::NOTHING_CHANGES));
    }
    let reason = reason.trim().to_owned();
    let event = Event::EntryChanged(EntryChanged {
        entry,
        ledger: row.ledger.clone(),
        version: row.version,
        line: row.parent.is_some(),
        person: row.person,
        values: new,
        old,
        reason,
    });
    Ok((Op { events: vec![event], ..Op::default() }, Some(Made::Entry(entry))))
}

fn moved(ctx: &mut Ctx<'_>, entries: &[EntryId], name: &str, said: &Values, reason: &str) -> Resolved {
    let mut events = Vec::new();
    for entry in entries {
        let row = standing(ctx, *entry)?;
        let ledger = declared(ctx, &row)?;
        let part = part_of(&ledger, &row)?;
        let transition =
            part.transition(name).ok_or_else(|| Error::input(say::no_transition(name, part, &row.state)))?;
        if entries.len() > 1 && !transition.batch {
            return Err(Error::refused(say::one_by_one(&transition.title)));
        }
        events.push(one_move(ctx, *entry, &row, &ledger, part, transition, said, reason)?);
    }
    let made = entries.first().map(|entry| Made::Entry(*entry));
    if events.is_empty() {
        return Err(Error::input(crate::i18n::store::NOTHING_TO_DO));
    }
    Ok((Op { events, ..Op::default() }, made))
}

#[allow(clippy::too_many_arguments, reason = "what is moved, under what, by what")]
fn one_move(
    ctx: &Ctx<'_>,
    entry: EntryId,
    row: &Row,
    ledger: &Ledger,
    part: &Part,
    transition: &Transition,
    said: &Values,
    reason: &str,
) -> Result<Event> {
    if let Some(other) = said.keys().find(|name| !transition.ask.contains(name)) {
        return Err(Error::input(say::not_asked(part, other, &transition.title)));
    }
    let mut wanted = row.values.clone();
    wanted.retain(|name, _| part.column(name).is_some_and(|column| column.calculation.is_none()));
    for (name, value) in said.iter().filter(|(_, value)| !value.is_empty()) {
        wanted.insert(name.clone(), value.clone());
    }
    let mut place = place_of(ctx, ledger, part, row, &wanted)?;
    ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        transition
            .may(part, &wanted, &place, reason)
            .map_err(|refused| refusal(part, transition, row, &refused))
    })?;
    // What it asks for is judged as the entry stands afterwards.
    place.state.clone_from(&transition.to);
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        part.checked(&wanted, &place).map_err(|(name, flaw)| say::flaw(part, &name, &flaw))
    })?;
    if about(part, &values) != (row.person, row.unit) {
        return Err(Error::refused(say::ANOTHER_SUBJECT));
    }
    let signed_by = sign(ctx, row, transition)?;
    let changed = values.iter().filter(|(name, value)| row.values.get(*name) != Some(value));
    Ok(Event::EntryMoved(EntryMoved {
        entry,
        ledger: row.ledger.clone(),
        version: row.version,
        line: row.parent.is_some(),
        person: about(part, &values).0,
        transition: transition.name.clone(),
        from: row.state.clone(),
        to: transition.to.clone(),
        values: changed.map(|(name, value)| (name.clone(), value.clone())).collect(),
        reason: reason.trim().to_owned(),
        signed_by,
    }))
}

fn refusal(part: &Part, transition: &Transition, row: &Row, refused: &Refused) -> Error {
    match refused {
        Refused::State => Error::refused(say::not_from(&transition.title, part, &row.state)),
        Refused::Requires => Error::refused(say::requires(&transition.title)),
        Refused::Reason => Error::input(REASON_NEEDED),
        Refused::Asked(name) => say::flaw(part, name, &Flaw::Missing),
    }
}

/// Who signs: who approved the act, or who does it. Not whoever did the transition that it is the check of.
fn sign(ctx: &Ctx<'_>, row: &Row, transition: &Transition) -> Result<Option<OfficerId>> {
    if !transition.sign {
        return Ok(None);
    }
    let signer = ctx.approved_by.unwrap_or(ctx.author.officer);
    if let Some(other) = &transition.not_by {
        let last = row.moves.iter().rev().find(|moved| moved.transition == *other);
        if last.is_some_and(|moved| moved.signed_by.or(moved.officer) == Some(signer)) {
            return Err(Error::refused(say::not_by(&transition.title)).hint(say::NOT_BY_HINT));
        }
    }
    Ok(Some(signer))
}

fn withdraw(ctx: &mut Ctx<'_>, entry: EntryId, reason: &str) -> Resolved {
    let row = standing(ctx, entry)?;
    if !has_words(reason) {
        return Err(Error::input(REASON_NEEDED));
    }
    let pointed: bool = ctx
        .conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM cur_entry e, json_each(e.vals) v WHERE e.withdrawn IS NULL AND e.id <> ?1 \
             AND v.value = ?2)",
        )?
        .query_row(params![entry, entry.to_string()], |row| row.get(0))?;
    if pointed {
        return Err(Error::refused(say::POINTED_AT));
    }
    let event = Event::EntryWithdrawn(EntryWithdrawn {
        entry,
        ledger: row.ledger.clone(),
        version: row.version,
        line: row.parent.is_some(),
        person: row.person,
        reason: reason.trim().to_owned(),
    });
    Ok((Op { events: vec![event], ..Op::default() }, Some(Made::Entry(entry))))
}

/// An entry that is there, and was not withdrawn.
fn standing(ctx: &Ctx<'_>, entry: EntryId) -> Result<Row> {
    let row = ledgers::row(ctx.conn, entry)?.ok_or_else(|| Error::not_found(say::NO_ENTRY))?;
    let above = row.parent.map(|parent| ledgers::row(ctx.conn, parent)).transpose()?.flatten();
    if row.withdrawn.is_some() || above.is_some_and(|above| above.withdrawn.is_some()) {
        return Err(Error::refused(say::WITHDRAWN));
    }
    Ok(row)
}

fn declared(ctx: &Ctx<'_>, row: &Row) -> Result<Arc<Ledger>> {
    ledgers::declared(ctx.conn, &row.ledger, row.version)?
        .ok_or_else(|| Error::refused(say::undeclared(&row.ledger, row.version)))
}

fn part_of<'a>(ledger: &'a Ledger, row: &Row) -> Result<&'a Part> {
    ledger.part(row.parent.is_some()).ok_or_else(|| Error::refused(say::undeclared(&row.ledger, row.version)))
}

/// What expressions see of values that are about to be written.
fn here(ctx: &Ctx<'_>, part: &Part, values: &Values, above: Option<(&Part, &Values)>) -> Result<Place> {
    let calendar = ledgers::calendar(ctx.conn)?;
    let mut place = Place::at(ctx.happened(), calendar);
    if let Some(states) = &part.states {
        place.state.clone_from(&states.initial);
    }
    if let Some((part, values)) = above {
        let mut seen = value::seen(part, values, calendar);
        for (name, known) in ledgers::linked(ctx.conn, part, values, calendar)? {
            seen.insert(name, minijinja::Value::from(known));
        }
        place.parent = Some(seen);
    }
    links_stand(ctx, part, values)?;
    place.linked = ledgers::linked(ctx.conn, part, values, calendar)?;
    Ok(place)
}

/// What expressions see of an entry as it stands, with these values.
fn place_of(ctx: &Ctx<'_>, ledger: &Ledger, part: &Part, row: &Row, values: &Values) -> Result<Place> {
    let above = row.parent.map(|parent| ledgers::row(ctx.conn, parent)).transpose()?.flatten();
    let above = above.as_ref().map(|above| (&ledger.part, &above.values));
    let mut place = here(ctx, part, values, above)?;
    place.state.clone_from(&row.state);
    place.entered = row.entered(part);
    Ok(place)
}

/// What is pointed at is there.
fn links_stand(ctx: &Ctx<'_>, part: &Part, values: &Values) -> Result<()> {
    for (name, link) in part.links() {
        let Some(value) = values.get(name).filter(|value| !value.is_empty()) else { continue };
        let missing = || say::no_such(part, name);
        let id = Uuid::parse_str(value).map_err(|_| missing())?;
        match link {
            Link::Person => super::contact::subject_exists(ctx, Subject::Person(PersonId(id)))?,
            Link::Unit => super::contact::subject_exists(ctx, Subject::Unit(UnitId(id)))?,
            Link::Contact => super::contact::subject_exists(ctx, Subject::Contact(id.into()))?,
            Link::Officer => super::office::exists(ctx, OfficerId(id))?,
            Link::Ledger(other) => {
                let there = ledgers::row(ctx.conn, EntryId(id))?;
                if !there.is_some_and(|row| row.ledger == *other && row.withdrawn.is_none()) {
                    return Err(missing());
                }
            }
        }
    }
    Ok(())
}

/// Whom an entry is about.
fn about(part: &Part, values: &Values) -> (Option<PersonId>, Option<UnitId>) {
    let id = |wanted: &Link| {
        let (name, _) = part.links().find(|(_, link)| *link == wanted)?;
        Uuid::parse_str(values.get(name)?).ok()
    };
    (id(&Link::Person).map(PersonId), id(&Link::Unit).map(UnitId))
}

/// Columns whose values stand once.
fn unique(
    ctx: &Ctx<'_>,
    ledger: &Ledger,
    values: &Values,
    but: Option<EntryId>,
    seen: &mut BTreeMap<(String, String), ()>,
) -> Result<()> {
    for column in ledger.part.columns.iter().filter(|column| column.unique) {
        let name = &column.field.name;
        let Some(value) = values.get(name).map(|value| fold(value)) else { continue };
        let taken: bool = ctx
            .conn
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM cur_unique WHERE ledger = ?1 AND name = ?2 AND value = ?3 \
                 AND (?4 IS NULL OR entry <> ?4))",
            )?
            .query_row(params![ledger.name, name, value, but], |row| row.get(0))?;
        if taken || seen.insert((name.clone(), value), ()).is_some() {
            return Err(say::taken(&ledger.part, name, &values[name]));
        }
    }
    Ok(())
}
