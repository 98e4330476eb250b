//! What a handover is cut from: a shift is a range of ops on its desk.

use super::cases::cases_in;
use super::deadlines;
use super::dossier::{Calls, calls};
use super::rows::{CallRow, CaseRow, LogRow, OutstandingRow, ShiftRange};
use super::{due, frontier_in, log, settings_in, units};
use crate::domain::handover::DayCounts;
use crate::domain::ids::ShiftId;
use crate::domain::item::DueRow;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::chain::Frontier;
use crate::store::Reader;
use rusqlite::{Connection, OptionalExtension, Row};

/// Everything a handover needs, as of one snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftSlice {
    /// The shift.
    pub shift: ShiftRange,
    /// The head code of the log as it stands.
    pub head: String,
    /// The end of every desk's chain, which it covers.
    pub frontier: Frontier,
    /// Its ops, in order.
    pub ops: Vec<LogRow>,
    /// Its follow-ups, the newest first.
    pub calls: Vec<CallRow>,
    /// Units that owe a report, and those of which one is awaited.
    pub outstanding: Vec<OutstandingRow>,
    /// The reporting days that the shift answers for.
    pub days: Vec<DayCounts>,
    /// What is due.
    pub due: Vec<DueRow>,
    /// Every open case.
    pub cases: Vec<CaseRow>,
    /// Cases opened or changed in the shift.
    pub changed_cases: Vec<CaseRow>,
}

fn range(row: &Row<'_>) -> rusqlite::Result<ShiftRange> {
    Ok(ShiftRange {
        id: row.get(0)?,
        officer: row.get(1)?,
        name: row.get(2)?,
        started_at: row.get(3)?,
        closed_at: row.get(4)?,
        first: row.get(5)?,
        last: row.get(6)?,
        desk: row.get(7)?,
    })
}

const SHIFTS: &str = "SELECT s.id, s.officer, coalesce(o.name, ''), s.started_at, s.closed_at, s.first_seq, \
     coalesce(s.last_seq, (SELECT max(seq) FROM log_op WHERE desk = s.desk)), s.desk \
     FROM cur_shift s LEFT JOIN cur_officer o ON o.id = s.officer";

/// The open shift.
///
/// # Errors
/// The database cannot be read.
pub fn shift_range(reader: &Reader) -> Result<Option<ShiftRange>> {
    open_range(&reader.conn)
}

fn open_range(conn: &Connection) -> Result<Option<ShiftRange>> {
    Ok(conn
        .prepare_cached(&format!("{SHIFTS} WHERE s.closed_at IS NULL"))?
        .query_row([], range)
        .optional()?)
}

/// The shift with this id.
pub(super) fn range_of(conn: &Connection, id: ShiftId) -> Result<Option<ShiftRange>> {
    Ok(conn.prepare_cached(&format!("{SHIFTS} WHERE s.id = ?1"))?.query_row([id], range).optional()?)
}

/// The shift that was passed on last.
pub(super) fn last_closed(conn: &Connection) -> Result<Option<ShiftRange>> {
    Ok(conn
        .prepare_cached(&format!(
            "{SHIFTS} JOIN log_op l ON l.desk = s.desk AND l.seq = s.last_seq WHERE s.closed_at IS NOT NULL \
             ORDER BY l.lamport DESC LIMIT 1"
        ))?
        .query_row([], range)
        .optional()?)
}

/// The latest shifts, the newest first.
///
/// # Errors
/// The database cannot be read.
pub fn shifts(reader: &Reader, limit: u32) -> Result<Vec<ShiftRange>> {
    let mut query = reader
        .conn
        .prepare_cached(&format!("{SHIFTS} ORDER BY s.started_at DESC, s.first_seq DESC LIMIT ?1"))?;
    Ok(query.query_map([limit], range)?.collect::<rusqlite::Result<_>>()?)
}

/// Everything the handover of the open shift needs; none when no shift is running.
///
/// # Errors
/// The database cannot be read.
pub fn shift_slice(reader: &Reader, now: Ts) -> Result<Option<ShiftSlice>> {
    let tx = reader.snapshot()?;
    let Some(shift) = open_range(&tx)? else { return Ok(None) };
    let settings = settings_in(&tx)?;
    let frontier = frontier_in(&tx)?;
    let desk = crate::store::desk::this(&tx)?;
    let changed = format!(
        "c.changed_desk = {} AND c.changed_seq BETWEEN {} AND {}",
        shift.desk, shift.first, shift.last
    );
    Ok(Some(ShiftSlice {
        head: frontier.code(desk.id),
        frontier,
        ops: log::ops_in(&tx, shift.desk, shift.first, shift.last)?,
        calls: calls(&tx, &Calls::Range(shift.desk, shift.first, shift.last))?,
        outstanding: units::outstanding_in(&tx, now)?,
        days: units::days_of(&tx, &settings, &deadlines::load(&tx, &settings)?, shift.started_at, now)?,
        due: due::due_in(&tx, &settings, now)?,
        cases: cases_in(&tx, now, "c.released_at IS NULL")?,
        changed_cases: cases_in(&tx, now, &changed)?,
        shift,
    }))
}
