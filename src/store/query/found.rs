//! Things found, ready to show: a few point lookups each, for the rows that a screen has room for.

use super::rows::FoundRow;
use super::settings_in;
use crate::domain::case::{CaseFacts, Measure};
use crate::domain::ids::{ContactId, PersonId, Subject, UnitId};
use crate::domain::mask::Private;
use crate::domain::person::PersonKind;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::search::found::Target;
use crate::store::sql::Code;
use crate::store::{Reader, json};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

/// The rows of these, in the same order; what is no longer there is left out.
///
/// # Errors
/// The database cannot be read.
pub fn found(reader: &Reader, targets: &[Target], now: Ts) -> Result<Vec<FoundRow>> {
    let tx = reader.snapshot()?;
    let today = settings_in(&tx)?.calendar.day(now);
    let mut out = Vec::with_capacity(targets.len());
    for target in targets {
        out.extend(found_in(&tx, *target, today)?);
    }
    Ok(out)
}

/// One row, if it is there.
pub(super) fn found_in(conn: &Connection, target: Target, today: NaiveDate) -> Result<Option<FoundRow>> {
    match target {
        Target::Person(id) => {
            let found = conn
                .prepare_cached(
                    "SELECT p.name, p.no, u.name, p.kind, p.phone, p.family_phone, p.id_number, p.address, c.facts \
                     FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit \
                     LEFT JOIN cur_case c ON c.person = p.id AND c.released_at IS NULL WHERE p.id = ?1 LIMIT 1",
                )?
                .query_row([id], |row| person(row, target))
                .optional()?;
            let Some((mut row, facts)) = found else { return Ok(None) };
            if let Some(facts) = facts {
                let facts: CaseFacts = serde_json::from_str(&facts).map_err(json)?;
                row.case = Some((facts.measure.unwrap_or(Measure::None), facts.observation(today)));
            }
            Ok(Some(row))
        }
        Target::Unit(id) => Ok(conn
            .prepare_cached("SELECT name, code, liaison, liaison_phone FROM cur_unit WHERE id = ?1")?
            .query_row([id], |row| {
                Ok(FoundRow {
                    name: row.get(0)?,
                    no: row.get(1)?,
                    unit: text(row, 2)?,
                    phone: Private::new(text(row, 3)?),
                    ..empty(target)
                })
            })
            .optional()?),
        Target::Contact(id) => Ok(conn
            .prepare_cached("SELECT org, name, phone FROM cur_contact WHERE id = ?1")?
            .query_row([id], |row| {
                Ok(FoundRow {
                    name: row.get(0)?,
                    unit: row.get(1)?,
                    phone: Private::new(row.get::<_, String>(2)?),
                    ..empty(target)
                })
            })
            .optional()?),
        Target::Call(id) => Ok(conn
            .prepare_cached(
                "SELECT coalesce(p.name, u.name, x.title, ''), f.answered_by, f.number, f.words, f.at, \
                 f.person, f.unit, f.contact \
                 FROM cur_followup f LEFT JOIN cur_person p ON p.id = f.person \
                 LEFT JOIN cur_unit u ON u.id = f.unit LEFT JOIN cur_contact x ON x.id = f.contact WHERE f.id = ?1",
            )?
            .query_row([id], |row| {
                Ok(FoundRow {
                    name: row.get(0)?,
                    unit: row.get(1)?,
                    phone: Private::new(row.get::<_, String>(2)?),
                    words: row.get(3)?,
                    at: row.get(4)?,
                    subject: subject(row)?,
                    ..empty(target)
                })
            })
            .optional()?),
    }
}

/// Whom a call was about.
fn subject(row: &Row<'_>) -> rusqlite::Result<Option<Subject>> {
    let person = row.get::<_, Option<PersonId>>(5)?.map(Subject::Person);
    let unit = row.get::<_, Option<UnitId>>(6)?.map(Subject::Unit);
    let contact = row.get::<_, Option<ContactId>>(7)?.map(Subject::Contact);
    Ok(person.or(unit).or(contact))
}

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(row.get::<_, Option<String>>(at)?.unwrap_or_default())
}

fn person(row: &Row<'_>, target: Target) -> rusqlite::Result<(FoundRow, Option<String>)> {
    let kind: Option<Code<PersonKind>> = row.get(3)?;
    let found = FoundRow {
        name: row.get(0)?,
        no: row.get(1)?,
        unit: text(row, 2)?,
        kind: kind.map(|kind| kind.0),
        phone: Private::new(text(row, 4)?),
        family_phone: Private::new(text(row, 5)?),
        id_number: Private::new(text(row, 6)?),
        address: text(row, 7)?,
        ..empty(target)
    };
    Ok((found, row.get(8)?))
}

fn empty(target: Target) -> FoundRow {
    FoundRow {
        target,
        name: String::new(),
        no: String::new(),
        unit: String::new(),
        kind: None,
        phone: Private::default(),
        family_phone: Private::default(),
        id_number: Private::default(),
        address: String::new(),
        case: None,
        words: String::new(),
        at: None,
        subject: None,
    }
}
