//! What sheets say of a person in the rows of others: where somebody else is, whom they met. The row is theirs and stays,
//! with its figures; what names the person goes out of its words. Digests tell of both: the one the row had, over which
//! the op's is made, and the one of the row that remains, which the erasure holds.

use super::free::{Forms, FreeColumns};
use super::{EventAt, Plan, row_digest, secret_of};
use crate::domain::ids::{DeskId, OpRef, PersonId, UnitId};
use crate::domain::report::{FormRef, Reading};
use crate::domain::traces::{Trace, Traces};
use crate::error::Result;
use crate::log::chain;
use crate::log::erasure::MARK;
use crate::log::event::RowWords;
use crate::store::append;
use crate::store::erased::Sheet;
use crate::store::load::{READING, reading};
use crate::store::project::{self, Touched};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// The columns of a reading that hold free words, besides those that are packed.
const PLACE: &str = "place";
const STATUS: &str = "status";
/// Begins the name of a packed column, before its number.
const REST: &str = "rest/";
/// Between packed columns.
const BETWEEN: char = '\u{1f}';

/// Notes the rows of others whose words speak of the person.
pub(super) fn note(
    conn: &Connection,
    person: PersonId,
    desks: &HashMap<i64, DeskId>,
    plan: &mut Plan,
) -> Result<()> {
    let mut query = conn.prepare(
        "SELECT desk, seq, row, person, place, status, rest, form, form_version FROM log_reading \
         ORDER BY desk, seq, row",
    )?;
    let mut rows = query.query([])?;
    let mut forms = Forms::default();
    let mut digests = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from);
        let texts = [text(4)?, text(5)?, text(6)?];
        if !texts.iter().flatten().any(|text| plan.traces.may_be_in(text)) {
            continue;
        }
        let whose: PersonId = row.get(3)?;
        let at: EventAt = (row.get(0)?, row.get(1)?, row.get(2)?);
        let Some(desk) = desks.get(&at.0).copied().filter(|_| whose != person) else { continue };
        let form = FormRef { name: row.get(7)?, version: row.get(8)? };
        let found = looked(&plan.traces, texts, forms.free(conn, &form)?);
        let op = (OpRef { desk, seq: at.1 }, 0);
        if found.kept {
            plan.kept.push(op);
        }
        if !found.goes.is_empty() {
            digests.push((at, desk, found.goes));
        } else if found.shared {
            plan.shared_rows.push(op);
        }
    }
    plan.shared_rows.dedup();
    for (at, desk, columns) in digests {
        let Some((row, rest)) = read(conn, at)? else { continue };
        let secret = secret_of(conn, row.person)?;
        let (row, rest) = cleared(row, &rest, &columns);
        let remains = hex(&chain::reading_digest(&secret, &row, &rest));
        plan.of(at, desk).reading_words.push(RowWords { row: at.2, at: columns, remains });
    }
    Ok(())
}

/// Where a row speaks of the person.
#[derive(Default)]
struct Looked {
    /// The columns of free words that do.
    goes: Vec<String>,
    /// Whether any has a name of theirs that others bear too.
    shared: bool,
    /// Whether a column does that holds no free words, or figures that are as well a day.
    kept: bool,
}

/// Looks through the columns of a row.
fn looked(traces: &Traces, [place, status, rest]: [Option<&str>; 3], free: &FreeColumns) -> Looked {
    let mut out = Looked::default();
    let mut look = |text: &str, free: bool, column: &dyn Fn() -> String| {
        if text == MARK {
            return;
        }
        match traces.in_row_of_other(text) {
            Some(Trace::SharedName) => out.shared = true,
            Some(Trace::Name | Trace::Number) if free => out.goes.push(column()),
            Some(_) => out.kept = true,
            None => {}
        }
    };
    look(place.unwrap_or_default(), true, &|| PLACE.to_owned());
    look(status.unwrap_or_default(), free.status, &|| STATUS.to_owned());
    for (n, text) in rest.unwrap_or_default().split(BETWEEN).enumerate() {
        look(text, free.rest.get(n).copied().unwrap_or(false), &|| format!("{REST}{n}"));
    }
    out
}

/// A row with its words taken out, and its packed columns as they are kept.
fn cleared(mut row: Reading, rest: &str, columns: &[String]) -> (Reading, String) {
    let mut packed: Vec<&str> = rest.split(BETWEEN).collect();
    for column in columns {
        match column.as_str() {
            PLACE => row.place = Some(MARK.to_owned()),
            STATUS => row.status = Some(MARK.to_owned()),
            other => {
                let place = other.strip_prefix(REST).and_then(|n| n.parse::<usize>().ok());
                if let Some(text) = place.and_then(|place| packed.get_mut(place)) {
                    *text = MARK;
                }
            }
        }
    }
    let rest = packed.join(&BETWEEN.to_string());
    (row, rest)
}

/// Takes words out of a row: another one stands in its place.
pub(super) fn take_words(
    conn: &Connection,
    by: OpRef,
    op: (i64, i64),
    words: &RowWords,
    touched: &mut Touched,
) -> Result<()> {
    let at = (op.0, op.1, words.row);
    let (Some((row, rest)), Some(digest)) = (read(conn, at)?, row_digest(conn, at, Sheet::Reading)?) else {
        return Ok(());
    };
    super::name_row(conn, by, at, Sheet::Reading, &digest)?;
    let (row, rest) = cleared(row, &rest, &words.at);
    // Another row in its place: the old one goes by the erasure's leave.
    super::drop_row(conn, at, Sheet::Reading)?;
    append::put_reading(conn, at, &row, &rest)?;
    // What it brings is read from what stands there now: its other columns lost their words as well.
    let Some((row, _)) = read(conn, at)? else { return Ok(()) };
    project::note_row_anew(conn, at, &row)?;
    touched.person(row.person);
    touched.row(row.unit, row.day);
    Ok(())
}

/// The unit and the day of the report that a row stands in.
pub(super) fn report_of(conn: &Connection, at: EventAt) -> Result<Option<(UnitId, NaiveDate)>> {
    Ok(read(conn, at)?.map(|(row, _)| (row.unit, row.day)))
}

fn read(conn: &Connection, at: EventAt) -> Result<Option<(Reading, String)>> {
    Ok(conn
        .prepare_cached(&format!(
            "SELECT {READING} FROM log_reading r WHERE r.desk = ?1 AND r.seq = ?2 AND r.row = ?3"
        ))?
        .query_row(params![at.0, at.1, at.2], |row| reading(row, 0))
        .optional()?)
}

fn hex(digest: &chain::Digest) -> String {
    blake3::Hash::from_bytes(*digest).to_hex().to_string()
}
