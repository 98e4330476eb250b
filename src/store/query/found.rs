//! Things found, ready to show: a few point lookups each, for the rows that a screen has room for.

use super::ledger::found_entry;
use super::rows::FoundRow;
use super::settings_in;
use crate::domain::case::{CaseFacts, Measure};
use crate::domain::mask::{Private, masked_but};
use crate::domain::person::PersonKind;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::search::found::Target;
use crate::store::sql::{Code, subject};
use crate::store::{Reader, json};
use chrono::NaiveDate;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};

/// The rows of these, in the same order; what is no longer there is left out. Of numbers in their texts no more is open
/// than was `typed` where parts of numbers were, else as in all lists their middle is hidden.
///
/// # Errors
/// The database cannot be read.
pub fn found(reader: &Reader, targets: &[Target], typed: &[String], now: Ts) -> Result<Vec<FoundRow>> {
    let tx = reader.snapshot()?;
    let mut lookups = Lookups::new(&tx, settings_in(&tx)?.calendar.day(now), typed);
    let mut out = Vec::with_capacity(targets.len());
    for target in targets {
        out.extend(lookups.row(*target)?);
    }
    Ok(out)
}

const PERSON: &str = "SELECT p.name, p.no, u.name, p.kind, p.phone, p.family_phone, p.id_number, p.address, c.facts \
     FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit \
     LEFT JOIN cur_case c ON c.person = p.id AND c.released_at IS NULL WHERE p.id = ?1 LIMIT 1";
const UNIT: &str = "SELECT name, code, liaison, liaison_phone FROM cur_unit WHERE id = ?1";
const CONTACT: &str = "SELECT org, name, phone FROM cur_contact WHERE id = ?1";
const CALL: &str = "SELECT coalesce(p.name, u.name, x.title, ''), f.answered_by, f.number, f.words, f.at, \
     f.person, f.unit, f.contact FROM cur_followup f LEFT JOIN cur_person p ON p.id = f.person LEFT JOIN cur_unit u ON u.id = f.unit \
     LEFT JOIN cur_contact x ON x.id = f.contact WHERE f.id = ?1";

/// The lookups of one answer. Their statements are held from row to row: handed back between rows, SQLite would
/// plan the joins anew for each, which takes ten times as long as the lookup.
pub(super) struct Lookups<'c> {
    conn: &'c Connection,
    today: NaiveDate,
    /// The parts of numbers by which they were found.
    typed: &'c [String],
    person: Option<CachedStatement<'c>>,
    unit: Option<CachedStatement<'c>>,
    contact: Option<CachedStatement<'c>>,
    call: Option<CachedStatement<'c>>,
}

/// The statement, prepared when it is first wanted.
fn ready<'s, 'c>(
    conn: &'c Connection,
    held: &'s mut Option<CachedStatement<'c>>,
    sql: &str,
) -> Result<&'s mut CachedStatement<'c>> {
    let statement = match held.take() {
        Some(statement) => statement,
        None => conn.prepare_cached(sql)?,
    };
    Ok(held.insert(statement))
}

impl<'c> Lookups<'c> {
    /// Lookups as of a day.
    pub(super) fn new(conn: &'c Connection, today: NaiveDate, typed: &'c [String]) -> Self {
        Self { conn, today, typed, person: None, unit: None, contact: None, call: None }
    }

    /// One row, if it is there.
    pub(super) fn row(&mut self, target: Target) -> Result<Option<FoundRow>> {
        let conn = self.conn;
        match target {
            Target::Person(id) => {
                let query = ready(conn, &mut self.person, PERSON)?;
                let found = query.query_row([id], |row| person(row, target)).optional()?;
                let Some((mut row, facts)) = found else { return Ok(None) };
                row.address = masked_but(&row.address, self.typed).into_owned();
                if let Some(facts) = facts {
                    let facts: CaseFacts = serde_json::from_str(&facts).map_err(json)?;
                    row.case = Some((facts.measure.unwrap_or(Measure::None), facts.observation(self.today)));
                }
                Ok(Some(row))
            }
            Target::Unit(id) => {
                let query = ready(conn, &mut self.unit, UNIT)?;
                Ok(query.query_row([id], |row| unit(row, target)).optional()?)
            }
            Target::Contact(id) => {
                let query = ready(conn, &mut self.contact, CONTACT)?;
                Ok(query.query_row([id], |row| contact(row, target)).optional()?)
            }
            Target::Call(id) => {
                let query = ready(conn, &mut self.call, CALL)?;
                Ok(query.query_row([id], |row| call(row, target, self.typed)).optional()?)
            }
            Target::Entry(id) => found_entry(conn, id),
        }
    }
}

fn unit(row: &Row<'_>, target: Target) -> rusqlite::Result<FoundRow> {
    Ok(FoundRow {
        name: row.get(0)?,
        no: row.get(1)?,
        unit: text(row, 2)?,
        phone: Private::new(text(row, 3)?),
        ..empty(target)
    })
}

fn contact(row: &Row<'_>, target: Target) -> rusqlite::Result<FoundRow> {
    Ok(FoundRow {
        name: row.get(0)?,
        unit: row.get(1)?,
        phone: Private::new(row.get::<_, String>(2)?),
        ..empty(target)
    })
}

fn call(row: &Row<'_>, target: Target, typed: &[String]) -> rusqlite::Result<FoundRow> {
    Ok(FoundRow {
        name: row.get(0)?,
        unit: masked_but(&row.get::<_, String>(1)?, typed).into_owned(),
        phone: Private::new(row.get::<_, String>(2)?),
        words: masked_but(&row.get::<_, String>(3)?, typed).into_owned(),
        at: row.get(4)?,
        subject: subject(row, 5)?,
        ..empty(target)
    })
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

/// A row with nothing but whose it is.
pub(super) fn empty(target: Target) -> FoundRow {
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
        entry: None,
    }
}
