//! Entries of registers: written, corrected, moved from state to state, withdrawn.

use super::office::officer_name;
use super::rights::role_of;
use super::{Ctx, Made, Resolved};
use crate::domain::case::CaseFacts;
use crate::domain::ids::{EntryId, OfficerId, PersonId, Subject, UnitId};
use crate::domain::ledger::entry::{Flaw, Place, Refused};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Ledger, Link, Part, Transition};
use crate::domain::officer::Role;
use crate::domain::pin::Pin;
use crate::domain::text::{fold, has_words};
use crate::error::{Error, Result};
use crate::i18n::handover;
use crate::i18n::ledger as say;
use crate::i18n::rights;
use crate::i18n::store::{REASON_NEEDED, same_file};
use crate::log::event::{EntryChanged, EntryMoved, EntryWithdrawn, EntryWritten, Event, LedgerAdopted};
use crate::log::event::{EntryRevealed, Point, SheetImported, line_id};
use crate::log::{Entity, Op};
use crate::say::{Say, Word};
use crate::store::adoption;
use crate::store::append::open_shift;
use crate::store::books;
use crate::store::ledgers::{self, Moved, Row, There};
use crate::store::pin_log::has_pin_in;
use crate::store::query::imported_in;
use crate::store::withdrawn;
use rusqlite::params;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// An act on registers.
#[derive(Debug, Clone, PartialEq)]
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
        /// Why, where it takes out more than there is or counts something else than the balance; else not kept.
        reason: String,
    },
    /// The rows of a sheet, each an entry, all or none. The same file is taken into a ledger once.
    Import {
        /// The ledger's name; the one in force.
        ledger: String,
        /// Where they came from.
        sheet: SheetImported,
        /// The entries, each with its lines: canonical values, what is pointed at by its id.
        entries: Vec<(Values, Vec<Values>)>,
        /// Why, as of `Write`.
        reason: String,
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
        /// Why although a stock falls below nothing by it, where it does; else not kept.
        anyway: String,
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
        /// With what whoever does it signs, where it is signed and a PIN is set.
        pin: Option<Pin>,
    },
    /// Withdraws an entry: it was a mistake.
    Withdraw {
        /// Which.
        entry: EntryId,
        /// Why.
        reason: String,
        /// Why although a stock falls below nothing by it, as of `Change`.
        anyway: String,
    },
    /// Makes of an entry what it proposes.
    TakeUp {
        /// Which proposes it.
        entry: EntryId,
        /// Which of its proposals.
        raise: String,
        /// What is said of it.
        made: Taken,
    },
    /// Nothing is made of what an entry proposes.
    Decline {
        /// Which proposes it.
        entry: EntryId,
        /// Which of its proposals.
        raise: String,
        /// Why.
        reason: String,
    },
}

/// What is made of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// A case, with what is said of it.
    Case(CaseFacts),
    /// An entry, with its values and lines; and why, where the books say otherwise.
    Entry(Values, Vec<Values>, String),
}

pub(super) fn resolve(ctx: &mut Ctx<'_>, act: &LedgerAct) -> Resolved {
    match act {
        LedgerAct::Adopt { text } => adopt(ctx, text),
        LedgerAct::Write { ledger, entries, reason } => write(ctx, ledger, entries, reason),
        LedgerAct::Import { ledger, sheet, entries, reason } => import(ctx, ledger, sheet, entries, reason),
        LedgerAct::AddLine { entry, values } => add_line(ctx, *entry, values),
        LedgerAct::Change { entry, values, reason, anyway } => change(ctx, *entry, values, (reason, anyway)),
        LedgerAct::Move { entries, transition, values, reason, .. } => {
            moved(ctx, entries, transition, values, reason)
        }
        LedgerAct::Withdraw { entry, reason, anyway } => withdraw(ctx, *entry, (reason, anyway)),
        LedgerAct::TakeUp { entry, raise, made } => super::raise::take_up(ctx, *entry, raise, made),
        LedgerAct::Decline { entry, raise, reason } => super::raise::decline(ctx, *entry, raise, reason),
    }
}

fn adopt(ctx: &Ctx<'_>, text: &str) -> Resolved {
    let ledger = Ledger::parse(text).map_err(|fault| say::fault(&fault))?;
    ledger.words_fit().map_err(|fault| say::fault(&fault))?;
    let known = ledgers::in_force(ctx.conn)?;
    ledger.raises_fit(&|name| known.get(name).cloned()).map_err(|fault| say::fault(&fault))?;
    ledger.title_fits(known.values().map(AsRef::as_ref)).map_err(|fault| say::fault(&fault))?;
    match adoption(ctx, &ledger)? {
        Some(event) => Ok((Op { events: vec![event], ..Op::default() }, None)),
        None => Err(Error::refused(say::ADOPTED_ALREADY)),
    }
}

/// The event that takes a declaration into the log, unless it stands there.
fn adoption(ctx: &Ctx<'_>, ledger: &Ledger) -> Result<Option<Event>> {
    if !adoption::is_new(ctx.conn, ledger)? {
        return Ok(None);
    }
    Ok(Some(Event::LedgerAdopted(LedgerAdopted {
        name: ledger.name.clone(),
        version: ledger.version,
        content: ledger.text.clone(),
    })))
}

pub(super) fn write(
    ctx: &mut Ctx<'_>,
    name: &str,
    entries: &[(Values, Vec<Values>)],
    reason: &str,
) -> Resolved {
    let ledger = ledgers::named(ctx.conn, name)?;
    let mut events: Vec<Event> = adoption(ctx, &ledger)?.into_iter().collect();
    let mut first = None;
    let mut so_far = SoFar { reason: reason.trim(), ..SoFar::default() };
    if entries.len() > 1 && ledger.part.constraints().any(|constraint| constraint.uses("before")) {
        so_far.all = Arc::new(entries.iter().map(|(said, _)| said.clone()).collect());
    }
    for (at, (said, lines)) in entries.iter().enumerate() {
        let which = if entries.len() > 1 { Some(at + 1) } else { None };
        let written = entry(ctx, &ledger, said, lines, &mut so_far, &mut events);
        let id = written.map_err(|error| say::of_row(error, which))?;
        first.get_or_insert(id);
    }
    let made = first.ok_or_else(|| Error::input(crate::i18n::store::NOTHING_TO_DO))?;
    Ok((Op { events, ..Op::default() }, Some(Made::Entry(made))))
}

/// The entries of a sheet.
fn import(
    ctx: &mut Ctx<'_>,
    name: &str,
    sheet: &SheetImported,
    entries: &[(Values, Vec<Values>)],
    reason: &str,
) -> Resolved {
    if let Some((_, at)) = imported_in(ctx.conn, sheet)? {
        let calendar = ledgers::calendar(ctx.conn)?;
        return Err(Error::refused(same_file(calendar.ymd_hm(at))));
    }
    let written = write(ctx, name, entries, reason);
    let (mut op, made) = written.map_err(|error| say::of_file(error, &sheet.file))?;
    let place = usize::from(matches!(op.events.first(), Some(Event::LedgerAdopted(_))));
    op.events.insert(place, Event::SheetImported(sheet.clone()));
    Ok((op, made))
}

/// What the entries of one act have to themselves: what was written before each.
#[derive(Default)]
struct SoFar<'a> {
    /// Values that stand once.
    unique: BTreeSet<(String, String)>,
    /// What there is of lines of the list.
    there: There,
    /// Why stocks go below nothing, and counts are not what the books say.
    reason: &'a str,
    /// What all of them say, where they are judged by one another.
    all: Arc<Vec<Values>>,
}

/// What the books said where an entry does not fit them; refused where nobody says why it is entered all the same.
fn booked(
    ctx: &Ctx<'_>,
    ledger: &Ledger,
    values: &Values,
    place: &Place,
    so_far: &mut SoFar<'_>,
) -> Result<Option<i64>> {
    let found = ledgers::booked(ctx.conn, ledger, values, place, ctx.happened(), &mut so_far.there)?;
    let Some(booked) = found else { return Ok(None) };
    if has_words(so_far.reason) {
        return Ok(Some(booked.there));
    }
    let (said, hint) = booked.said;
    Err(Error::refused(said).hint(hint).in_field("reason"))
}

/// One entry with its lines.
fn entry(
    ctx: &mut Ctx<'_>,
    ledger: &Ledger,
    said: &Values,
    lines: &[Values],
    so_far: &mut SoFar<'_>,
    events: &mut Vec<Event>,
) -> Result<EntryId> {
    let place = Place { beside: so_far.all.clone(), ..here(ctx, &ledger.part, said, None)? };
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        ledger.part.checked(said, &place, None).map_err(|(name, flaw)| say::flaw(&ledger.part, &name, &flaw))
    })?;
    unique(ctx, ledger, &values, None, &mut so_far.unique)?;
    let booked = booked(ctx, ledger, &values, &place, so_far)?;
    let id = EntryId(ctx.id());
    let (person, unit) = about(&ledger.part, &values);
    events.push(Event::EntryWritten(EntryWritten {
        points: points(&ledger.part, &values),
        entry: id,
        ledger: ledger.name.clone(),
        version: ledger.version,
        parent: None,
        person,
        unit,
        values: values.clone(),
        booked,
        reason: booked.map(|_| so_far.reason.to_owned()).unwrap_or_default(),
    }));
    let mut lines = lines.to_vec();
    match &ledger.lines {
        None if lines.is_empty() => {}
        None => return Err(Error::input(say::NO_LINES)),
        Some(declared) if declared.of_units && lines.is_empty() => lines = of_units(ctx, ledger, &values)?,
        Some(_) => {}
    }
    let mut there = BTreeSet::new();
    for (place, said) in lines.iter().enumerate() {
        let line = line(ctx, ledger, (id, line_id(id, place as u32)), (&values, person), said)?;
        if let (Event::EntryWritten(written), Some(declared)) = (&line, &ledger.lines) {
            once(&declared.part, &written.values, |name, value| {
                Ok(!there.insert((name.to_owned(), value.to_owned())))
            })?;
        }
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
    (above, whose): (&Values, Option<PersonId>),
    said: &Values,
) -> Result<Event> {
    let lines = ledger.lines.as_ref().ok_or_else(|| Error::input(say::NO_LINES))?;
    let place = here(ctx, &lines.part, said, Some((&ledger.part, above)))?;
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        lines.part.checked(said, &place, None).map_err(|(name, flaw)| say::flaw(&lines.part, &name, &flaw))
    })?;
    let (person, unit) = about(&lines.part, &values);
    Ok(Event::EntryWritten(EntryWritten {
        points: points(&lines.part, &values),
        entry: id,
        ledger: ledger.name.clone(),
        version: ledger.version,
        parent: Some(of),
        // A line that is of nobody itself is of whom its entry is: it goes with them.
        person: person.or(whose),
        unit,
        values,
        booked: None,
        reason: String::new(),
    }))
}

fn add_line(ctx: &mut Ctx<'_>, of: EntryId, said: &Values) -> Resolved {
    let row = standing(ctx, of)?;
    if row.parent.is_some() {
        return Err(Error::input(say::NO_LINES));
    }
    let ledger = declared(ctx, &row)?;
    let id = EntryId(ctx.id());
    let event = line(ctx, &ledger, (of, id), (&row.values, row.person), said)?;
    if let (Event::EntryWritten(written), Some(lines)) = (&event, &ledger.lines) {
        line_is_once(ctx, &ledger, (of, &lines.part), &written.values, None)?;
    }
    let made = match &event {
        Event::EntryWritten(written) => Some(Made::Entry(written.entry)),
        _ => None,
    };
    Ok((Op { events: vec![event], ..Op::default() }, made))
}

/// Why an entry is corrected or withdrawn; and why although a stock falls below nothing, where it does: it is refused while
/// nobody says so.
fn why(ctx: &Ctx<'_>, fall: Option<(Say, Word)>, (reason, anyway): (&str, &str)) -> Result<String> {
    let reason = reason.trim();
    match fall {
        None => Ok(reason.to_owned()),
        Some(_) if has_words(anyway) => {
            let by = say::AND_WHY.get(ledgers::lang_of(ctx.conn)?);
            Ok(format!("{reason}{by}{}", anyway.trim()))
        }
        Some((said, hint)) => Err(Error::refused(said).hint(hint).in_field("anyway")),
    }
}

fn change(ctx: &mut Ctx<'_>, entry: EntryId, said: &Values, (reason, anyway): (&str, &str)) -> Resolved {
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
    let dropped: Vec<String> =
        ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
            let unsaid = part.columns.iter().filter(|column| !said.contains_key(&column.field.name));
            let dropped = unsaid.filter(|column| !part.is_asked(column, &place, &wanted));
            Ok(dropped.map(|column| column.field.name.clone()).collect())
        })?;
    for name in dropped {
        wanted.insert(name, String::new());
    }
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        part.checked(&wanted, &place, Some(&row.values)).map_err(|(name, flaw)| say::flaw(part, &name, &flaw))
    })?;
    stays(part, &values, &row)?;
    if row.parent.is_none() {
        unique(ctx, &ledger, &values, Some(entry), &mut BTreeSet::new())?;
    }
    if let Some(of) = row.parent {
        line_is_once(ctx, &ledger, (of, part), &values, Some(entry))?;
    }
    let (new, old) = differing(&row.values, &values);
    if new.is_empty() {
        return Err(Error::refused(crate::i18n::store::NOTHING_CHANGES));
    }
    let fall = match row.parent {
        None => books::fall_below(ctx.conn, &ledger, entry, &row.values, Some((&values, &place)))?,
        Some(_) => None,
    };
    let reason = why(ctx, fall, (reason, anyway))?;
    let event = Event::EntryChanged(EntryChanged {
        entry,
        ledger: row.ledger.clone(),
        version: row.version,
        line: row.parent.is_some(),
        person: row.person,
        points: points(part, &values),
        values: new,
        old,
        reason,
    });
    Ok((Op { events: vec![event], ..Op::default() }, Some(Made::Entry(entry))))
}

/// What is other than before, and what stood there; empty where there was, or is, nothing.
fn differing(before: &Values, after: &Values) -> (Values, Values) {
    let of = |values: &Values, name: &str| values.get(name).cloned().unwrap_or_default();
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed: Vec<&String> =
        names.into_iter().filter(|name| of(before, name) != of(after, name)).collect();
    let pick = |values: &Values| changed.iter().map(|name| ((*name).clone(), of(values, name))).collect();
    (pick(after), pick(before))
}

/// An entry stays with its person and unit; nobody's may become somebody's.
fn stays(part: &Part, values: &Values, row: &Row) -> Result<()> {
    let (person, unit) = about(part, values);
    let has = |link: &Link| part.links().any(|(_, known)| known == link);
    let same_person = person == row.person || !has(&Link::Person);
    let same_unit = unit == row.unit || !has(&Link::Unit);
    if same_person && same_unit { Ok(()) } else { Err(Error::refused(say::ANOTHER_SUBJECT)) }
}

/// What an entry points at besides its person and its unit.
fn points(part: &Part, values: &Values) -> Vec<Point> {
    let first = part.links().find(|(_, link)| **link == Link::Unit).map(|(name, _)| name);
    let point = |(name, link): (&str, &Link)| {
        let id = Uuid::parse_str(values.get(name)?).ok()?;
        match link {
            Link::Person => None,
            Link::Unit => (first != Some(name)).then_some(Point::Unit(UnitId(id))),
            Link::Contact => Some(Point::Contact(id.into())),
            Link::Officer => Some(Point::Officer(OfficerId(id))),
            Link::Ledger(_) => Some(Point::Entry(EntryId(id))),
        }
    };
    part.links().filter_map(point).collect()
}

fn moved(ctx: &mut Ctx<'_>, entries: &[EntryId], name: &str, said: &Values, reason: &str) -> Resolved {
    let mut events = Vec::new();
    let mut once = BTreeSet::new();
    // One that is named twice goes on once.
    for entry in entries.iter().filter(|entry| once.insert(**entry)) {
        let row = standing(ctx, *entry)?;
        let ledger = declared(ctx, &row)?;
        let part = part_of(&ledger, &row)?;
        let transition =
            part.transition(name).ok_or_else(|| Error::input(say::no_transition(name, part, &row.state)))?;
        if entries.len() > 1 && !transition.batch {
            return Err(Error::refused(say::one_by_one(&transition.title)));
        }
        let event = one_move(ctx, *entry, &row, &ledger, part, transition, said, reason);
        // Of several it is said which.
        let called = (entries.len() > 1).then(|| ledgers::titled_row(ctx.conn, &ledger, &row)).transpose()?;
        events.push(event.map_err(|error| match &called {
            Some(called) => error.of(called),
            None => error,
        })?);
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
            .may(part, &part.computed(&wanted, &place), &place, reason)
            .map_err(|refused| refusal(part, transition, row, &refused))
    })?;
    // What it asks for is judged as the entry stands afterwards; what is no longer asked then is emptied.
    place.state.clone_from(&transition.to);
    let kept: BTreeSet<String> =
        ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
            let asked =
                |name: &String| part.column(name).is_none_or(|column| part.is_asked(column, &place, &wanted));
            Ok(wanted.keys().filter(|name| said.contains_key(*name) || asked(name)).cloned().collect())
        })?;
    wanted.retain(|name, _| kept.contains(name));
    let values = ledgers::answered(ctx.conn, &place, ctx.author.now, Some(&ledger.name), || {
        part.checked(&wanted, &place, Some(&row.values)).map_err(|(name, flaw)| say::flaw(part, &name, &flaw))
    })?;
    stays(part, &values, row)?;
    if let Some(of) = row.parent {
        line_is_once(ctx, ledger, (of, part), &values, Some(entry))?;
    }
    let signed_by = sign(ctx, row, transition, part, &values)?;
    let (changed, _) = differing(&row.values, &values);
    Ok(Event::EntryMoved(EntryMoved {
        entry,
        ledger: row.ledger.clone(),
        version: row.version,
        line: row.parent.is_some(),
        person: row.person,
        points: points(part, &values),
        transition: transition.name.clone(),
        from: row.state.clone(),
        to: transition.to.clone(),
        values: changed,
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
fn sign(
    ctx: &Ctx<'_>,
    row: &Row,
    transition: &Transition,
    part: &Part,
    values: &Values,
) -> Result<Option<OfficerId>> {
    // What somebody else is to check is done by somebody who is there, or it could be done in another's name and checked by
    // whoever did it.
    let is_checked = part.is_checked(&transition.name);
    if !transition.sign {
        if is_checked {
            is_there(ctx, ctx.author.officer)?;
        }
        return Ok(None);
    }
    let signer = ctx.approved_by.unwrap_or(ctx.author.officer);
    if role_of(ctx.conn, signer)? == Role::ReadOnly {
        return Err(Error::refused(rights::read_only(officer_name(ctx, signer)?)));
    }
    if has_pin_in(ctx.conn, signer)? && !ctx.proof.of(signer) {
        let name = officer_name(ctx, signer)?;
        return Err(Error::refused(handover::pin_needed(name))
            .hint(handover::PIN_NEEDED_HINT)
            .in_field("pin"));
    }
    if let Some(other) = &transition.not_by {
        let last = row.moves.iter().rev().find(|moved| moved.transition == *other);
        // Whoever stands in a column does not sign that they do, nor that they do no longer.
        let named = part.transition(other).is_none()
            && [values, &row.values]
                .into_iter()
                .any(|all| all.get(other).is_some_and(|id| *id == signer.to_string()));
        // Neither whoever did it nor whoever signed for it.
        let did = |moved: &Moved| [moved.officer, moved.signed_by].contains(&Some(signer));
        if named || last.is_some_and(did) {
            return Err(Error::refused(say::not_by(&transition.title)).hint(say::NOT_BY_HINT));
        }
    }
    if is_checked || transition.not_by.is_some() {
        is_there(ctx, signer)?;
    }
    Ok(Some(signer))
}

/// A second person is one who is there: on duty, with the own PIN, or asked and agreeing as whoever approves is. To act in
/// somebody's name is none of these.
fn is_there(ctx: &Ctx<'_>, signer: OfficerId) -> Result<()> {
    let on_duty = open_shift(ctx.conn)?.is_some_and(|(_, on_duty)| on_duty == signer);
    if on_duty || ctx.proof.of(signer) || ctx.approved_by == Some(signer) {
        return Ok(());
    }
    let name = officer_name(ctx, signer)?;
    Err(Error::refused(rights::confirm_own(name)).hint(rights::APPROVE_HINT).in_field("approved_by"))
}

/// The numbers in an entry are shown that is about nobody.
pub(super) fn reveal(ctx: &Ctx<'_>, entry: EntryId, reason: &str) -> Resolved {
    let row = ledgers::row(ctx.conn, entry)?.ok_or_else(|| Error::not_found(say::NO_ENTRY))?;
    let ledger = declared(ctx, &row)?;
    if row.person.is_some() || !part_of(&ledger, &row)?.has_numbers(&row.values) {
        return Err(Error::refused(say::NO_NUMBERS));
    }
    let reason = reason.trim();
    if !has_words(reason) {
        return Err(Error::input(REASON_NEEDED));
    }
    let (reason, approved_by) = (reason.to_owned(), ctx.approved_by);
    let event = Event::EntryRevealed(EntryRevealed { entry, reason, approved_by });
    Ok((Op { events: vec![event], ..Op::default() }, None))
}

fn withdraw(ctx: &mut Ctx<'_>, entry: EntryId, (reason, anyway): (&str, &str)) -> Resolved {
    let row = standing(ctx, entry)?;
    if !has_words(reason) {
        return Err(Error::input(REASON_NEEDED));
    }
    let pointed: bool = ctx
        .conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM cur_link l \
             JOIN cur_link m ON m.desk = l.desk AND m.seq = l.seq AND m.idx = l.idx AND m.kind = l.kind AND m.id <> l.id \
             JOIN cur_entry e ON e.id = m.id \
             WHERE l.kind = ?3 AND l.id = ?1 AND e.withdrawn IS NULL AND instr(e.vals, ?2))",
        )?
        .query_row(params![entry, entry.to_string(), Entity::Entry(entry).kind()], |row| row.get(0))?;
    if pointed {
        return Err(Error::refused(say::POINTED_AT));
    }
    let ledger = ledgers::declared(ctx.conn, &row.ledger, row.version)?;
    let fall = match ledger.filter(|_| row.parent.is_none()) {
        Some(ledger) => books::fall_below(ctx.conn, &ledger, entry, &row.values, None)?,
        None => None,
    };
    let event = Event::EntryWithdrawn(EntryWithdrawn {
        entry,
        ledger: row.ledger.clone(),
        version: row.version,
        line: row.parent.is_some(),
        person: row.person,
        reason: why(ctx, fall, (reason, anyway))?,
    });
    Ok((Op { events: vec![event], ..Op::default() }, Some(Made::Entry(entry))))
}

/// An entry that is there, and was not withdrawn.
pub(super) fn standing(ctx: &Ctx<'_>, entry: EntryId) -> Result<Row> {
    let row = ledgers::row(ctx.conn, entry)?.ok_or_else(|| Error::not_found(say::NO_ENTRY))?;
    let above = row.parent.map(|parent| ledgers::row(ctx.conn, parent)).transpose()?.flatten();
    let gone = above.iter().chain([&row]).find(|row| row.withdrawn.is_some());
    if let Some(gone) = gone {
        return Err(withdrawn::refusal(ctx.conn, gone)?);
    }
    Ok(row)
}

pub(super) fn declared(ctx: &Ctx<'_>, row: &Row) -> Result<Arc<Ledger>> {
    ledgers::declared(ctx.conn, &row.ledger, row.version)?
        .ok_or_else(|| Error::refused(say::undeclared(&row.ledger, row.version)))
}

pub(super) fn part_of<'a>(ledger: &'a Ledger, row: &Row) -> Result<&'a Part> {
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
        place.parent = Some(ledgers::seen_above(ctx.conn, part, values, calendar)?);
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
    place.this = Some(row.id);
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

/// Columns whose values stand once: in the log, and among what is written with it.
fn unique(
    ctx: &Ctx<'_>,
    ledger: &Ledger,
    values: &Values,
    but: Option<EntryId>,
    seen: &mut BTreeSet<(String, String)>,
) -> Result<()> {
    let mut own = ledger.part.columns.iter().filter(|column| column.unique).filter_map(|column| {
        let name = column.field.name.as_str();
        values.get(name).map(|value| (name, fold(value)))
    });
    let twice = own.find(|(name, value)| !seen.insert(((*name).to_owned(), value.clone())));
    let there = ledgers::taken(ctx.conn, ledger, values, but)?;
    match there.first().copied().or(twice.map(|(name, _)| name)) {
        Some(name) => Err(say::taken(&ledger.part, name, &values[name])),
        None => Ok(()),
    }
}

/// Of a line: the columns whose values stand once among the lines of an entry.
fn once(part: &Part, values: &Values, is_there: impl FnMut(&str, &str) -> Result<bool>) -> Result<()> {
    let mut is_there = is_there;
    for column in part.columns.iter().filter(|column| column.unique) {
        let name = &column.field.name;
        let Some(value) = values.get(name) else { continue };
        if is_there(name, &fold(value))? {
            return Err(match &column.link {
                // An id says nothing to anybody.
                Some(_) => say::line_taken(part, name),
                None => say::taken(part, name, value),
            });
        }
    }
    Ok(())
}

/// No other line of the entry has the same where it stands once.
fn line_is_once(
    ctx: &Ctx<'_>,
    ledger: &Ledger,
    (of, part): (EntryId, &Part),
    values: &Values,
    but: Option<EntryId>,
) -> Result<()> {
    let mut query = ctx.conn.prepare_cached(
        "SELECT 1 FROM cur_unique WHERE ledger = ?1 AND name = ?2 AND value = ?3 AND (?4 IS NULL OR entry <> ?4)",
    )?;
    once(part, values, |name, value| {
        let (name, value) = ledgers::once_of_line(of, name, value);
        Ok(query.exists(params![ledger.name, name, value, but])?)
    })
}
