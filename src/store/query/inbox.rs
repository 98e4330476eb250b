//! What the log says of files: in which act one was taken in, and whose sheets came under which name.

use crate::domain::ids::{OpRef, UnitId};
use crate::domain::report::ReportKey;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::event::{ReportReceived, SheetImported};
use crate::store::{Reader, json};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, HashSet};

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq)]
pub struct FileTaken {
    /// In which op.
    pub op: OpRef,
    /// When that was recorded.
    pub at: Ts,
    /// What was said of it.
    pub sheet: SheetImported,
    /// The reports it brought, with their rows.
    pub reports: Vec<(ReportKey, u32)>,
}

/// The latest act that took in a file of this digest, for whatever day, if it stands.
///
/// # Errors
/// The database cannot be read.
pub fn file_taken(reader: &Reader, digest: &str) -> Result<Option<FileTaken>> {
    let found: Option<(i64, OpRef, Ts, String)> = reader
        .conn
        .prepare_cached(
            "SELECT e.desk, d.id, o.seq, o.recorded_at, b.body FROM log_event e \
             JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq JOIN log_desk d ON d.no = e.desk \
             WHERE e.kind = 'sheet.imported' AND instr(b.body, ?1) > 0 AND b.body ->> '$.digest' = ?1 \
               AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = e.desk AND u.seq = e.seq) \
             ORDER BY o.lamport DESC LIMIT 1",
        )?
        .query_row([digest], |row| {
            let op = OpRef { desk: row.get(1)?, seq: row.get(2)? };
            Ok((row.get(0)?, op, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    let Some((desk, op, at, body)) = found else { return Ok(None) };
    let sheet = serde_json::from_str(&body).map_err(json)?;
    let mut query = reader.conn.prepare_cached(
        "SELECT b.body FROM log_event e JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.desk = ?1 AND e.seq = ?2 AND e.kind = 'report.received' ORDER BY e.idx",
    )?;
    let mut reports = Vec::new();
    let mut rows = query.query(params![desk, op.seq])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let received: ReportReceived = serde_json::from_str(text).map_err(json)?;
        reports.push((received.key, received.rows));
    }
    Ok(Some(FileTaken { op, at, sheet, reports }))
}

/// The digests of all files whose import stands.
///
/// # Errors
/// The database cannot be read.
pub fn digests_taken(reader: &Reader) -> Result<HashSet<String>> {
    let mut query = reader.conn.prepare_cached(
        "SELECT b.body ->> '$.digest' FROM log_event e \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.kind = 'sheet.imported' \
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = e.desk AND u.seq = e.seq)",
    )?;
    let digests = query.query_map([], |row| row.get(0))?;
    Ok(digests.collect::<rusqlite::Result<_>>()?)
}

/// The newest op in which something moved that the plan of a sheet goes by: sheets, reports, people, units, cases, forms
/// and settings, and what was taken back.
///
/// # Errors
/// The database cannot be read.
pub fn sheets_moved(reader: &Reader) -> Result<i64> {
    let moved: Option<i64> = reader
        .conn
        .prepare_cached(
            "SELECT o.lamport FROM log_op o WHERE o.undoes_seq IS NOT NULL OR EXISTS ( \
               SELECT 1 FROM log_event e WHERE e.desk = o.desk AND e.seq = o.seq \
                 AND substr(e.kind, 1, instr(e.kind, '.')) IN \
                   ('sheet.', 'report.', 'person.', 'unit.', 'case.', 'form.', 'settings.', 'doubt.', 'finding.', 'rules.')) \
             ORDER BY o.lamport DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(moved.unwrap_or(0))
}

/// How far back sheets are looked through for who sends them under which name.
const FILES: u32 = 3_000;

/// The names of the last sheets that were of one unit alone, with that unit; the newest first.
///
/// # Errors
/// The database cannot be read.
pub fn senders(reader: &Reader) -> Result<Vec<(String, UnitId)>> {
    let mut query = reader.conn.prepare_cached(
        "SELECT f.file, r.body ->> '$.unit' FROM ( \
           SELECT e.desk, e.seq, o.lamport, b.body ->> '$.file' AS file FROM log_event e \
           JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
           JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq \
           WHERE e.kind = 'sheet.imported' AND b.body ->> '$.what' = 'report' \
             AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = e.desk AND u.seq = e.seq) \
           ORDER BY o.lamport DESC LIMIT ?1) f \
         JOIN log_event n ON n.desk = f.desk AND n.seq = f.seq AND n.kind = 'report.received' \
         JOIN log_body r ON r.desk = n.desk AND r.seq = n.seq AND r.idx = n.idx \
         ORDER BY f.lamport DESC",
    )?;
    let mut order = Vec::new();
    let mut units: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
    let mut rows = query.query([FILES])?;
    while let Some(row) = rows.next()? {
        let (file, unit): (String, String) = (row.get(0)?, row.get(1)?);
        let Ok(unit) = unit.parse().map(UnitId) else { continue };
        let of = units.entry(file.clone()).or_insert_with(|| {
            order.push(file);
            Vec::new()
        });
        if !of.contains(&unit) {
            of.push(unit);
        }
    }
    let alone = order.into_iter().filter_map(|file| match units.get(&file).map(Vec::as_slice) {
        Some([unit]) => Some((file, *unit)),
        _ => None,
    });
    Ok(alone.collect())
}
