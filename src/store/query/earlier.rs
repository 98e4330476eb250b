//! Reports that are there already, for an import to compare itself with: the one it would correct, and the unit's last
//! one before it.

use super::dossier::rest_fields;
use crate::domain::ids::OpRef;
use crate::domain::report::{FormRef, Reading, ReportKey, Round};
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::log::event::SheetImported;
use crate::store::Reader;
use crate::store::load::{READING, reading};
use crate::store::sql::day;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// A report in force with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierReport {
    /// Which.
    pub key: ReportKey,
    /// Its rows.
    pub readings: Vec<Reading>,
}

/// Reports in force, with the other columns of the forms that they came on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Earlier {
    /// The reports that have rows.
    pub reports: Vec<EarlierReport>,
    /// A form's other columns: canonical field, and whether it holds private numbers.
    pub columns: HashMap<FormRef, Vec<(String, bool)>>,
}

/// A file that was imported for another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameFile {
    /// For which day.
    pub day: NaiveDate,
    /// Under which name.
    pub file: String,
    /// In which op.
    pub op: OpRef,
    /// When it was recorded.
    pub at: Ts,
}

/// The reports in force of these keys, with their rows.
///
/// # Errors
/// The database cannot be read.
pub fn earlier_reports<'a>(reader: &Reader, keys: impl Iterator<Item = &'a ReportKey>) -> Result<Earlier> {
    let tx = reader.snapshot()?;
    let mut found = Vec::new();
    for key in keys {
        let op: Option<(i64, i64)> = tx
            .prepare_cached(
                "SELECT desk, seq FROM cur_report WHERE unit = ?1 AND day = ?2 AND round = ?3 AND form = 'rows'",
            )?
            .query_row(params![key.unit, day_number(key.day), key.round.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        found.extend(op.map(|op| (key.clone(), op)));
    }
    with_rows(&tx, found)
}

/// Of each of these units the last report in force before the day, with its rows; only where it has as many rows as
/// asked for, since any other cannot be the same.
///
/// # Errors
/// The database cannot be read.
pub fn reports_before<'a>(
    reader: &Reader,
    keys: impl Iterator<Item = &'a (ReportKey, u32)>,
) -> Result<Earlier> {
    let tx = reader.snapshot()?;
    let mut found = Vec::new();
    for (key, rows) in keys {
        let before: Option<(i32, String, u32, i64, i64)> = tx
            .prepare_cached(
                "SELECT day, round, rows, desk, seq FROM cur_report WHERE unit = ?1 AND day < ?2 AND form = 'rows' \
                 ORDER BY day DESC, first_at DESC LIMIT 1",
            )?
            .query_row(params![key.unit, day_number(key.day)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })
            .optional()?;
        if let Some((on, round, there, desk, seq)) = before
            && there == *rows
        {
            found.push((ReportKey { unit: key.unit, day: day(on), round: Round(round) }, (desk, seq)));
        }
    }
    with_rows(&tx, found)
}

/// Reads the rows of reports; an op is read once, however many reports it holds.
fn with_rows(conn: &Connection, found: Vec<(ReportKey, (i64, i64))>) -> Result<Earlier> {
    let mut out = Earlier::default();
    let mut places: HashMap<ReportKey, usize> = HashMap::new();
    let mut ops: Vec<(i64, i64)> = Vec::new();
    for (key, op) in found {
        places.insert(key.clone(), out.reports.len());
        out.reports.push(EarlierReport { key, readings: Vec::new() });
        if !ops.contains(&op) {
            ops.push(op);
        }
    }
    for (desk, seq) in ops {
        let mut query = conn.prepare_cached(&format!(
            "SELECT {READING} FROM log_reading r WHERE r.desk = ?1 AND r.seq = ?2 ORDER BY r.row"
        ))?;
        let mut rows = query.query([desk, seq])?;
        while let Some(row) = rows.next()? {
            let (read, _) = reading(row, 0)?;
            let key = ReportKey { unit: read.unit, day: read.day, round: read.round.clone() };
            let Some(place) = places.get(&key) else { continue };
            if !out.columns.contains_key(&read.form) {
                out.columns.insert(read.form.clone(), rest_fields(conn, &read.form)?);
            }
            out.reports[*place].readings.push(read);
        }
    }
    Ok(out)
}

/// The latest import of this very file for another day, if it stands.
///
/// # Errors
/// The database cannot be read.
pub fn same_file_elsewhere(reader: &Reader, sheet: &SheetImported) -> Result<Option<SameFile>> {
    let Some(on) = sheet.day else { return Ok(None) };
    let found: Option<(String, String, OpRef, Ts)> = reader
        .conn
        .prepare_cached(
            "SELECT b.body ->> '$.day', b.body ->> '$.file', d.id, o.seq, o.recorded_at FROM log_event e \
             JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq JOIN log_desk d ON d.no = e.desk \
             WHERE e.kind = 'sheet.imported' AND instr(b.body, ?1) > 0 \
               AND b.body ->> '$.digest' = ?1 AND b.body ->> '$.what' = ?2 AND b.body ->> '$.day' <> ?3 \
               AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = e.desk AND u.seq = e.seq) \
             ORDER BY e.desk, e.seq DESC LIMIT 1",
        )?
        .query_row(params![sheet.digest, sheet.what, on.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?, OpRef { desk: row.get(2)?, seq: row.get(3)? }, row.get(4)?))
        })
        .optional()?;
    Ok(found.and_then(|(day, file, op, at)| Some(SameFile { day: day.parse().ok()?, file, op, at })))
}
