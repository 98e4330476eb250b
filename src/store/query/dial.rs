//! Whom a follow-up is about, at a glance: what to dial, what they promised, whether they are under attention.

use super::callers::unwell_caller_in;
use super::callsheet::numbers;
use super::cases::cases_of;
use super::dossier::{Calls, calls};
use super::duties::answered_for;
use super::owed::Owed;
use super::rows::{CallNumber, Debt, Dial, PromiseRow};
use super::{settings_in, slots, units};
use crate::domain::case::Measure;
use crate::domain::ids::{FollowUpId, Subject, UnitId};
use crate::domain::mask::{Private, masked_words};
use crate::domain::phone::{Whose, digits};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::subject_column;
use rusqlite::{Connection, OptionalExtension};

/// Whom a follow-up is about; of nobody known, the call that is called back; with both, the call that is theirs.
///
/// # Errors
/// The database cannot be read.
pub fn dial(reader: &Reader, subject: Option<Subject>, call: Option<FollowUpId>) -> Result<Dial> {
    let tx = reader.snapshot()?;
    dial_in(&tx, subject, call)
}

/// The same with what they owe, for what they answer, and the last call: what stands above a form that is about them.
///
/// # Errors
/// The database cannot be read.
pub fn whom(reader: &Reader, subject: Option<Subject>, call: Option<FollowUpId>, now: Ts) -> Result<Dial> {
    whom_of(&*reader.snapshot()?, subject, call, now)
}

/// The same of a person, a unit or an outside contact.
pub(super) fn whom_in(conn: &Connection, subject: Subject, now: Ts) -> Result<Dial> {
    whom_of(conn, Some(subject), None, now)
}

fn whom_of(tx: &Connection, subject: Option<Subject>, call: Option<FollowUpId>, now: Ts) -> Result<Dial> {
    let mut dial = dial_in(tx, subject, call)?;
    let units: Vec<UnitId> = match subject {
        Some(Subject::Unit(unit)) => vec![unit],
        Some(Subject::Person(person)) => {
            let settings = settings_in(tx)?;
            let owed = slots::owed_of(tx, &settings, person, now)?;
            (dial.missed, dial.open) = (owed.missed, owed.open);
            if dial.has_case {
                let cases = cases_of(tx, person, settings.calendar.day(now))?;
                let open = cases.into_iter().find(|case| case.released.is_none());
                dial.case = open.map(|case| (case.facts.measure.unwrap_or(Measure::None), case.observation));
            }
            let own = dial.numbers.iter().filter(|number| number.role == Whose::Own);
            let own: Vec<String> = own.map(|number| digits(number.number.for_matching())).collect();
            let duties = if own.is_empty() { Vec::new() } else { answered_for(tx, &own)? };
            dial.answers_for = duties.iter().map(|duty| (duty.name.clone(), duty.role)).collect();
            duties.into_iter().map(|duty| duty.unit).collect()
        }
        Some(Subject::Contact(_)) | None => Vec::new(),
    };
    for unit in units {
        let owed = units::owing_of(tx, unit, now)?.map(|owing| owing.owed).unwrap_or_default();
        let debt = |owed: Owed| Debt { day: owed.day, round: owed.round, due: owed.due };
        dial.owed.extend(owed.into_iter().map(debt));
    }
    dial.owed.sort_by_key(|debt| debt.due);
    if let Some(subject) = subject {
        dial.last = calls(tx, &Calls::Latest(subject, 1))?.pop();
    }
    Ok(dial)
}

fn dial_in(tx: &Connection, subject: Option<Subject>, call: Option<FollowUpId>) -> Result<Dial> {
    let mut dial = Dial::default();
    if let Some(subject) = subject {
        (_, dial.numbers) = numbers(tx, subject)?;
        dial.promises = promises_with_words(tx, subject)?;
    } else if let Some(call) = call {
        let number: Option<String> = tx
            .prepare_cached("SELECT number FROM cur_followup WHERE id = ?1")?
            .query_row([call], |row| row.get(0))
            .optional()?;
        let number = number.filter(|number| !number.is_empty()).map(Private::new);
        dial.numbers.extend(number.map(|number| CallNumber {
            role: Whose::Caller,
            who: String::new(),
            number,
            call: Some(call),
        }));
        let mut query = tx
            .prepare_cached("SELECT id, due, words FROM cur_promise WHERE followup = ?1 AND ended IS NULL")?;
        let rows = query.query_map([call], |row| {
            Ok((PromiseRow { id: row.get(0)?, due: row.get(1)?, end: None }, without_numbers(row.get(2)?)))
        })?;
        dial.promises = rows.collect::<rusqlite::Result<_>>()?;
    }
    if let Some(Subject::Person(person)) = subject {
        (dial.unit, dial.has_case) = tx
            .prepare_cached(
                "SELECT coalesce(u.name, ''), EXISTS (SELECT 1 FROM cur_case c WHERE c.person = p.id AND c.released_at IS NULL) \
                 FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1",
            )?
            .query_row([person], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .unwrap_or_default();
    }
    if let Some(call) = call {
        dial.unwell = unwell_caller_in(tx, call)?;
    }
    Ok(dial)
}

/// What was said, numbers in it hidden.
pub(super) fn without_numbers(words: String) -> String {
    match masked_words(&words) {
        std::borrow::Cow::Owned(masked) => masked,
        std::borrow::Cow::Borrowed(_) => words,
    }
}

/// Open promises of somebody, the soonest first, with what was said.
pub(super) fn promises_with_words(conn: &Connection, subject: Subject) -> Result<Vec<(PromiseRow, String)>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT id, due, words FROM cur_promise WHERE {} = ?1 AND ended IS NULL ORDER BY due, id",
        subject_column(subject)
    ))?;
    let rows = query.query_map([subject.id()], |row| {
        Ok((PromiseRow { id: row.get(0)?, due: row.get(1)?, end: None }, without_numbers(row.get(2)?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
