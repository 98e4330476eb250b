//! What the finder's index is built from: every person, unit, outside contact and past call, streamed out of one
//! statement each. Strings are lent from the row: a million people pass without an allocation each.

use crate::domain::ids::{FollowUpId, PersonId, UnitId};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::search::found::{CallLine, ContactLine, PersonLine, UnitLine};
use crate::store::Reader;
use crate::store::sql::subject;
use rusqlite::{Connection, Row, ToSql};
use std::collections::HashSet;

/// The columns of a person's line, in the order [`person_line`] reads them.
const PERSON: &str = "id, no, name, unit, phone, family_phone, id_number, address";

/// A text column, empty where there is none.
fn text<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default())
}

fn person_line<'r>(
    row: &'r Row<'_>,
    has_case: impl Fn(&PersonId) -> bool,
) -> rusqlite::Result<PersonLine<'r>> {
    let id: PersonId = row.get(0)?;
    Ok(PersonLine {
        id,
        no: text(row, 1)?,
        name: text(row, 2)?,
        unit: row.get::<_, Option<UnitId>>(3)?,
        phone: text(row, 4)?,
        family_phone: text(row, 5)?,
        id_number: text(row, 6)?,
        address: text(row, 7)?,
        has_case: has_case(&id),
    })
}

/// Everybody, by identity: in the order in which they came to the office.
///
/// # Errors
/// The database cannot be read.
pub fn find_people(reader: &Reader, each: &mut dyn FnMut(PersonLine<'_>)) -> Result<()> {
    let tx = reader.snapshot()?;
    let open = with_case(&tx)?;
    let mut query = tx.prepare_cached(&format!("SELECT {PERSON} FROM cur_person ORDER BY id"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(person_line(row, |id| open.contains(id))?);
    }
    Ok(())
}

/// Who has an open case: a small set beside everybody, read once.
fn with_case(conn: &Connection) -> Result<HashSet<PersonId>> {
    let mut query = conn.prepare_cached("SELECT person FROM cur_case WHERE released_at IS NULL")?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// One person, if they are there: for a line of the index that may have changed.
///
/// # Errors
/// The database cannot be read.
pub fn find_person(reader: &Reader, person: PersonId, each: &mut dyn FnMut(PersonLine<'_>)) -> Result<()> {
    let tx = reader.snapshot()?;
    let has_case = tx
        .prepare_cached("SELECT 1 FROM cur_case WHERE person = ?1 AND released_at IS NULL")?
        .exists([person])?;
    let mut query = tx.prepare_cached(&format!("SELECT {PERSON} FROM cur_person WHERE id = ?1"))?;
    let mut rows = query.query([person])?;
    if let Some(row) = rows.next()? {
        each(person_line(row, |_| has_case)?);
    }
    Ok(())
}

/// Every unit, in no particular order.
///
/// # Errors
/// The database cannot be read.
pub fn find_units(reader: &Reader, each: &mut dyn FnMut(UnitLine<'_>)) -> Result<()> {
    let mut query = reader.conn.prepare_cached(
        "SELECT id, code, name, short, liaison, liaison_phone, head, head_phone, officer, parent FROM cur_unit",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(UnitLine {
            id: row.get(0)?,
            code: text(row, 1)?,
            name: text(row, 2)?,
            short: text(row, 3)?,
            contacts: [(text(row, 4)?, text(row, 5)?), (text(row, 6)?, text(row, 7)?)],
            officer: row.get(8)?,
            parent: row.get(9)?,
        });
    }
    Ok(())
}

/// Every outside contact that was not removed, in no particular order.
///
/// # Errors
/// The database cannot be read.
pub fn find_contacts(reader: &Reader, each: &mut dyn FnMut(ContactLine<'_>)) -> Result<()> {
    let mut query =
        reader.conn.prepare_cached("SELECT id, org, name, phone FROM cur_contact WHERE NOT removed")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(ContactLine { id: row.get(0)?, org: text(row, 1)?, name: text(row, 2)?, phone: text(row, 3)? });
    }
    Ok(())
}

/// Every call, the oldest first. Who answered stands behind the words, after a space: places among the words are
/// places in the words as kept.
///
/// # Errors
/// The database cannot be read.
pub fn find_calls(reader: &Reader, each: &mut dyn FnMut(CallLine<'_>)) -> Result<()> {
    calls(reader, "ORDER BY at, id", &[], each)
}

/// One call, as [`find_calls`] gives it, if it is there.
///
/// # Errors
/// The database cannot be read.
pub fn find_call(reader: &Reader, call: FollowUpId, each: &mut dyn FnMut(CallLine<'_>)) -> Result<()> {
    calls(reader, "WHERE id = ?1", &[&call], each)
}

fn calls(
    reader: &Reader,
    which: &str,
    params: &[&dyn ToSql],
    each: &mut dyn FnMut(CallLine<'_>),
) -> Result<()> {
    let mut query = reader.conn.prepare_cached(&format!(
        "SELECT id, person, unit, contact, number, words, answered_by FROM cur_followup {which}"
    ))?;
    let mut rows = query.query(params)?;
    let mut words = String::new();
    while let Some(row) = rows.next()? {
        words.clear();
        words.push_str(text(row, 5)?);
        let answered_by = text(row, 6)?;
        if !answered_by.is_empty() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(answered_by);
        }
        each(CallLine { id: row.get(0)?, subject: subject(row, 1)?, number: text(row, 4)?, words: &words });
    }
    Ok(())
}

/// The people with whom there was a follow-up since `from`.
///
/// # Errors
/// The database cannot be read.
pub fn called_since(reader: &Reader, from: Ts) -> Result<Vec<PersonId>> {
    let mut query = reader
        .conn
        .prepare_cached("SELECT DISTINCT person FROM cur_followup WHERE at >= ?1 AND person IS NOT NULL")?;
    Ok(query.query_map([from], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
