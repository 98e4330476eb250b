//! Entries of registers as they are named and judged: by a part of their id, by their key, before they are written.

use super::ledger::shown;
use super::rows::EntryRow;
use super::settings_in;
use crate::domain::ids::EntryId;
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Ledger, Link, Part};
use crate::domain::text::fold;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::say::Say;
use crate::store::ledgers::{self, ROW, Row, There, answered, linked, read_row};
use crate::store::project::ledger::SORTED;
use crate::store::{Reader, adoption, withdrawn};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// The ledgers in force by name, each with whether the log holds this version of it.
///
/// # Errors
/// The database cannot be read.
pub fn in_force(reader: &Reader) -> Result<Vec<(Arc<Ledger>, bool)>> {
    let tx = reader.snapshot()?;
    let mut known = tx.prepare_cached("SELECT 1 FROM cur_ledger WHERE name = ?1 AND version = ?2")?;
    ledgers::in_force(&tx)?
        .into_values()
        .map(|ledger| Ok((ledger.clone(), known.exists(params![ledger.name, ledger.version])?)))
        .collect()
}

/// What values of a ledger that are not written yet would be called: the key of the entry, empty where it has none, and
/// what each of them points at.
///
/// # Errors
/// The database cannot be read.
pub fn would_be_called(
    reader: &Reader,
    ledger: &Ledger,
    values: &Values,
) -> Result<(Say, BTreeMap<String, Say>)> {
    let tx = reader.snapshot()?;
    let mut names = BTreeMap::new();
    for (name, link) in ledger.part.links() {
        if let Some(id) = values.get(name).and_then(|value| Uuid::parse_str(value).ok()) {
            names.insert(name.to_owned(), ledgers::link_name(&tx, link, id)?);
        }
    }
    let key = if ledger.key.is_empty() { Say::default() } else { ledgers::titled(&tx, ledger, values)? };
    Ok((key, names))
}

/// Of these, the entries and lines of a ledger.
///
/// # Errors
/// The database cannot be read.
pub fn entries_in(reader: &Reader, ledger: &str, entries: &[EntryId]) -> Result<Vec<EntryId>> {
    let mut out = Vec::new();
    for id in entries {
        if ledgers::row(&reader.conn, *id)?.is_some_and(|row| row.ledger == ledger) {
            out.push(*id);
        }
    }
    Ok(out)
}

/// Whether a declaration can be taken into the log now, and what is to be known before: fields that hold values and that
/// it does not have any longer.
///
/// # Errors
/// It cannot, or the database cannot be read.
pub fn adoptable(reader: &Reader, ledger: &Ledger) -> Result<Vec<Say>> {
    let tx = reader.snapshot()?;
    if adoption::is_new(&tx, ledger)? { adoption::left_out(&tx, ledger) } else { Ok(Vec::new()) }
}

/// The entries and lines whose id this is, or begins or ends with it.
///
/// # Errors
/// The database cannot be read.
pub fn entries_named(reader: &Reader, text: &str) -> Result<Vec<EntryId>> {
    /// Fewer characters would be anybody's.
    const LEAST: usize = 6;
    const MOST: u32 = 20;
    let text = text.trim();
    if let Ok(id) = Uuid::parse_str(text) {
        return Ok(ledgers::row(&reader.conn, EntryId(id))?.map(|row| row.id).into_iter().collect());
    }
    let part: String = text.chars().filter(|c| *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    if part.len() < LEAST || !part.chars().all(|c| c.is_ascii_hexdigit()) {
        return Ok(Vec::new());
    }
    let mut query = reader.conn.prepare_cached(&format!(
        "SELECT id FROM cur_entry WHERE hex(id) LIKE ?1 || '%' OR hex(id) LIKE '%' || ?1 ORDER BY id LIMIT {MOST}"
    ))?;
    Ok(query.query_map([part], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// What is said of the line of a ledger's list with these values where it was withdrawn: of a keyless ledger by its first
/// field. None where there never was one.
///
/// # Errors
/// The database cannot be read.
pub fn withdrawn_line(reader: &Reader, ledger: &Ledger, line: &str) -> Result<Option<Error>> {
    let tx = reader.snapshot()?;
    let wanted = fold(line);
    let mut query = tx.prepare_cached(&format!(
        "SELECT {ROW} FROM cur_entry e WHERE e.ledger = ?1 AND e.parent IS NULL AND e.withdrawn IS NOT NULL \
         ORDER BY e.at DESC, e.lamport DESC, e.seq DESC, e.idx DESC"
    ))?;
    let first = ledger.part.columns.first();
    let mut rows = query.query([&ledger.name])?;
    while let Some(found) = rows.next()? {
        let row = read_row(found)?;
        let is = match ledger.key_of(&row.values) {
            Some(line) => fold(&line) == wanted,
            None => {
                first.and_then(|column| row.values.get(&column.field.name)).is_some_and(|v| fold(v) == wanted)
            }
        };
        if is {
            return withdrawn::refusal(&tx, &row).map(Some);
        }
    }
    Ok(None)
}

/// The entry that stands for a line of a ledger's list, by the values of its key; however they are spaced or written.
///
/// # Errors
/// The database cannot be read.
pub fn entry_of_line(reader: &Reader, ledger: &str, line: &str) -> Result<Option<EntryId>> {
    let exact: Option<EntryId> = reader
        .conn
        .prepare_cached("SELECT id FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND newest")?
        .query_row([ledger, line], |row| row.get(0))
        .optional()?;
    if exact.is_some() {
        return Ok(exact);
    }
    let wanted = fold(line);
    let mut query =
        reader.conn.prepare_cached("SELECT id, line FROM cur_entry WHERE ledger = ?1 AND newest")?;
    let mut rows = query.query([ledger])?;
    while let Some(row) = rows.next()? {
        if fold(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?) == wanted {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}

/// Every entry of a ledger that was not withdrawn, the oldest first; or every line of them.
///
/// # Errors
/// The database cannot be read.
pub fn entries_of(reader: &Reader, ledger: &Arc<Ledger>, lines: bool, now: Ts) -> Result<Vec<EntryRow>> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    let rows: Vec<Row> = tx
        .prepare_cached(&format!(
            "SELECT {ROW} FROM cur_entry e LEFT JOIN cur_entry a ON a.id = e.parent WHERE e.ledger = ?1 \
             AND (e.parent IS NOT NULL) = ?2 AND e.withdrawn IS NULL AND a.withdrawn IS NULL \
             ORDER BY e.at, e.lamport, e.seq, e.idx"
        ))?
        .query_map(params![ledger.name, lines], read_row)?
        .collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(|row| shown(&tx, ledger, row, calendar, now)).collect()
}

/// The values of every entry of a ledger that was not withdrawn.
///
/// # Errors
/// The database cannot be read.
pub fn values_standing(reader: &Reader, ledger: &str) -> Result<HashSet<Values>> {
    let mut query = reader.conn.prepare_cached(
        "SELECT vals FROM cur_entry WHERE ledger = ?1 AND parent IS NULL AND withdrawn IS NULL",
    )?;
    let mut rows = query.query([ledger])?;
    let mut out = HashSet::new();
    while let Some(row) = rows.next()? {
        let values = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        // It was written by a fold.
        out.insert(serde_json::from_str(values).unwrap_or_default());
    }
    Ok(out)
}

/// What does not fit the books of a stock, of entries that would be written together at a moment: of each its place.
///
/// # Errors
/// The database cannot be read.
pub fn not_as_booked(
    reader: &Reader,
    ledger: &Ledger,
    entries: &[&Values],
    at: Ts,
) -> Result<Vec<(usize, Say)>> {
    let mut out = Vec::new();
    if ledger.stock.is_none() {
        return Ok(out);
    }
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    let mut there = There::new();
    for (n, values) in entries.iter().enumerate() {
        let place = Place { linked: linked(&tx, &ledger.part, values, calendar)?, ..Place::at(at, calendar) };
        if let Some(booked) = ledgers::booked(&tx, ledger, values, &place, at, &mut there)? {
            out.push((n, booked.said.0));
        }
    }
    Ok(out)
}

/// Whether [`super::ledger`] sorts a list by this column; by others whoever shows it has to.
pub fn sorts(ledger: &Ledger, name: &str) -> bool {
    if matches!(name, "at" | "state") && ledger.part.column(name).is_none() {
        return true;
    }
    match ledger.part.columns.iter().position(|column| column.field.name == name) {
        Some(_) if ledger.first_out().any(|first| first == name) => false,
        Some(place) => match &ledger.part.columns[place].link {
            Some(link) => matches!(link, Link::Person | Link::Unit),
            None => place < SORTED,
        },
        None => false,
    }
}

/// An entry as it would be kept, and everything that is wrong with it, each with the column it is about; nothing is
/// written. Whether what it points at is there is seen when it is.
///
/// # Errors
/// The database cannot be read.
pub fn check_entry(
    reader: &Reader,
    ledger: &Ledger,
    said: &Values,
    beside: &Arc<Vec<Values>>,
    now: Ts,
) -> Result<(Values, Vec<(String, Error)>)> {
    let tx = reader.snapshot()?;
    let place = Place { beside: beside.clone(), ..begins(&tx, &ledger.part, said, now)? };
    let (values, mut flaws) = judged(&tx, ledger, &ledger.part, said, &place)?;
    for name in ledgers::taken(&tx, ledger, &values, None)? {
        flaws.push((name.to_owned(), say::taken(&ledger.part, name, &values[name])));
    }
    Ok((values, flaws))
}

/// The same of a line of an entry with the values `above`.
///
/// # Errors
/// The database cannot be read.
pub fn check_line(
    reader: &Reader,
    ledger: &Ledger,
    part: &Part,
    above: &Values,
    said: &Values,
    now: Ts,
) -> Result<(Values, Vec<(String, Error)>)> {
    let tx = reader.snapshot()?;
    let mut place = begins(&tx, part, said, now)?;
    place.parent = Some(ledgers::seen_above(&tx, &ledger.part, above, place.calendar)?);
    judged(&tx, ledger, part, said, &place)
}

/// Where an entry stands as it is written.
fn begins(conn: &Connection, part: &Part, said: &Values, now: Ts) -> Result<Place> {
    let calendar = settings_in(conn)?.calendar;
    Ok(Place {
        state: part.states.as_ref().map(|states| states.initial.clone()).unwrap_or_default(),
        linked: linked(conn, part, said, calendar)?,
        ..Place::at(now, calendar)
    })
}

fn judged(
    conn: &Connection,
    ledger: &Ledger,
    part: &Part,
    said: &Values,
    place: &Place,
) -> Result<(Values, Vec<(String, Error)>)> {
    let (values, flaws) =
        answered(conn, place, place.now, Some(&ledger.name), || Ok(part.judged(said, place, None)))?;
    let flaws = flaws.into_iter().map(|(name, flaw)| {
        let error = say::flaw(part, &name, &flaw);
        (name, error)
    });
    Ok((values, flaws.collect()))
}
