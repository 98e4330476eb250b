//! What is at hand about a caller before the second sentence (来电即档).

use super::cases::cases_of;
use super::dial::{promises_with_words, without_numbers};
use super::dossier::{Calls, NUMBER_ENDS, calls};
use super::duties::duties;
use super::found::Lookups;
use super::rows::{CallCard, CallRow, CaseDetail, Owner, PromiseRow};
use super::{settings_in, slots, units};
use crate::domain::ask::{self, Known, Owed};
use crate::domain::case::{CaseState, Measure, Observation};
use crate::domain::ids::{PersonId, Subject};
use crate::domain::mask::Private;
use crate::domain::office::Settings;
use crate::domain::phone::Whose;
use crate::domain::phone::{SHORTEST, digits, same};
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::search::found::Target;
use crate::store::Reader;
use rusqlite::{Connection, params};

/// How many calls a card shows.
const CALLS: usize = 3;

/// Everything at hand about a caller: by the number that calls (as typed; empty when a name was asked for) and those who have
/// it, the likeliest first.
///
/// # Errors
/// The database cannot be read.
pub fn call_card(reader: &Reader, number: &str, owners: &[(Target, Whose)], now: Ts) -> Result<CallCard> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let today = settings.calendar.day(now);
    let number = digits(number);
    let mut card = CallCard { number, ..CallCard::default() };
    let mut lookups = Lookups::new(&tx, today, &[]);
    for (target, role) in owners {
        let mut row = lookups.row(*target)?;
        if let (Whose::Head, Target::Unit(unit), Some(row)) = (*role, *target, &mut row) {
            // The row of a unit names its liaison; it is the head whose number this is.
            let head = "SELECT coalesce(head, ''), coalesce(head_phone, '') FROM cur_unit WHERE id = ?1";
            let phone: String;
            (row.unit, phone) = tx.query_row(head, [unit], |found| Ok((found.get(0)?, found.get(1)?)))?;
            row.phone = Private::new(phone);
        }
        card.owners.extend(row.map(|row| Owner { role: *role, row }));
    }
    let first = card.owners.first().and_then(|owner| subject_of(owner.row.target));
    card.duties = duties(&tx, &numbers_of(&card), now)?;
    card.calls = last_calls(&tx, &card.number, first)?;
    card.promises = promises(&tx, &card.number, first)?;
    let owed = Owed {
        now,
        nobody: card.owners.is_empty(),
        promise: card.promises.first().map(|(promise, words)| (promise.id, promise.due, words.as_str())),
        ..Owed::default()
    };
    match first {
        Some(Subject::Person(person)) => {
            // Who answers for a unit is asked for what it owes, after what concerns the person.
            let owing = card.duties.iter().find(|duty| !duty.owed.is_empty()).map(|duty| duty.unit);
            let missing = owing.map(|unit| units::first_missing(&tx, unit, now)).transpose()?.flatten();
            let report = missing.map(|(key, due)| (key.day, now.minutes_since(due)));
            card.case = cases_of(&tx, person, today)?.into_iter().find(|case| case.released.is_none());
            card.doubts = doubts(&tx, &settings, person, now)?;
            let case = card.case.as_ref();
            card.ask = ask::next_question(&Owed {
                doubts: &card.doubts,
                slot: open_slot(&tx, &settings, person, case, now)?,
                release: case.is_some_and(|case| case.state == CaseState::DueForRelease),
                person: true,
                report,
                ..owed
            });
        }
        Some(Subject::Unit(unit)) => {
            let missing = units::first_missing(&tx, unit, now)?;
            let report = missing.map(|(key, due)| (key.day, now.minutes_since(due)));
            card.ask = ask::next_question(&Owed { report, ..owed });
        }
        Some(Subject::Contact(_)) | None => card.ask = ask::next_question(&owed),
    }
    Ok(card)
}

/// The numbers by which a caller may be somebody's liaison or head: the one that calls, and the own one of a person.
fn numbers_of(card: &CallCard) -> Vec<String> {
    let own = card.owners.iter().filter(|owner| matches!(owner.row.target, Target::Person(_)));
    let own =
        own.filter(|owner| owner.role == Whose::Own).map(|owner| digits(owner.row.phone.for_matching()));
    let mut out: Vec<String> = std::iter::once(card.number.clone()).chain(own).collect();
    out.retain(|number| !number.is_empty());
    out
}

/// Whom a call would be logged about; a past call is nobody.
fn subject_of(target: Target) -> Option<Subject> {
    match target {
        Target::Person(id) => Some(Subject::Person(id)),
        Target::Unit(id) => Some(Subject::Unit(id)),
        Target::Contact(id) => Some(Subject::Contact(id)),
        Target::Call(_) | Target::Entry(_) => None,
    }
}

/// The end by which calls with a number are found.
fn end_of(number: &str) -> &str {
    &number[number.len().saturating_sub(SHORTEST)..]
}

fn last_calls(conn: &Connection, number: &str, first: Option<Subject>) -> Result<Vec<CallRow>> {
    let mut out = match first {
        Some(subject) => calls(conn, &Calls::Latest(subject, CALLS as u32))?,
        None => Vec::new(),
    };
    if !number.is_empty() {
        let ending = calls(conn, &Calls::Number(end_of(number).to_owned()))?;
        let with = ending.into_iter().filter(|call| same(&digits(call.number.for_matching()), number));
        for call in with.take(CALLS) {
            if out.iter().all(|known| known.id != call.id) {
                out.push(call);
            }
        }
    }
    out.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.id.cmp(&a.id)));
    out.truncate(CALLS);
    Ok(out)
}

/// Open promises of the first owner, and those made from the number; the soonest first.
fn promises(conn: &Connection, number: &str, first: Option<Subject>) -> Result<Vec<(PromiseRow, String)>> {
    let mut out: Vec<(PromiseRow, String)> = Vec::new();
    if let Some(subject) = first {
        out = promises_with_words(conn, subject)?;
    }
    if !number.is_empty() {
        let mut query = conn.prepare_cached(&format!(
            "SELECT m.id, m.due, m.words, f.digits FROM cur_followup f JOIN cur_promise m ON m.followup = f.id \
             WHERE ?1 IS NOT NULL AND {NUMBER_ENDS} AND m.ended IS NULL"
        ))?;
        let mut rows = query.query(params![number, end_of(number)])?;
        while let Some(row) = rows.next()? {
            let promise = PromiseRow { id: row.get(0)?, due: row.get(1)?, end: None };
            let digits: String = row.get(3)?;
            if same(&digits, number) && out.iter().all(|(known, _)| known.id != promise.id) {
                out.push((promise, without_numbers(row.get(2)?)));
            }
        }
    }
    out.sort_by_key(|(promise, _)| (promise.due, promise.id));
    Ok(out)
}

/// What must be asked about a person.
pub(super) fn doubts(
    conn: &Connection,
    settings: &Settings,
    person: PersonId,
    now: Ts,
) -> Result<Vec<ask::Doubt>> {
    let today = settings.calendar.day(now);
    let has_case = conn
        .prepare_cached("SELECT 1 FROM cur_case WHERE person = ?1 AND released_at IS NULL")?
        .exists([person])?;
    // A zero report, or one without its rows, has nobody to miss.
    let not_in_sheet = conn
        .prepare_cached(
            "SELECT 1 FROM cur_person p JOIN cur_report r ON r.unit = p.unit \
             WHERE p.id = ?1 AND r.day = ?2 AND r.form = 'rows' AND NOT EXISTS \
               (SELECT 1 FROM log_reading g JOIN cur_report q ON q.unit = g.unit AND q.day = g.day AND q.round = g.round \
                AND q.desk = g.desk AND q.seq = g.seq WHERE g.person = p.id AND g.day = ?2)",
        )?
        .exists(params![person, day_number(today)])?;
    let findings = super::findings_of_person(conn, person)?;
    let reported = super::doubts::of_person(conn, person)?;
    let (findings, reported) = (findings.as_slice(), reported.as_slice());
    Ok(ask::doubts(&Known { today, has_case, findings, reported, not_in_sheet }))
}

/// The day of the observation and of how many, when a temperature is owed now: the person is under a measure, and
/// was not heard in the slot that is open.
fn open_slot(
    conn: &Connection,
    settings: &Settings,
    person: PersonId,
    case: Option<&CaseDetail>,
    now: Ts,
) -> Result<Option<(Option<i32>, Option<i32>)>> {
    let Some(case) = case.filter(|case| case.facts.measure.unwrap_or(Measure::None) != Measure::None) else {
        return Ok(None);
    };
    let is_open = slots::owed_of(conn, settings, person, now)?.open.is_some();
    let counted = case.observation;
    Ok(is_open.then(|| (counted.map(Observation::shown_day), counted.map(|o| o.total))))
}
