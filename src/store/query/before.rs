//! The figures of the shift before, beside which those of a shift are read.

use super::dossier::{Calls, calls};
use super::rows::ShiftRange;
use super::shift::last_closed;
use super::{deadlines, log, settings_in, units};
use crate::domain::case::{CaseFacts, Observation};
use crate::domain::handover::Counts;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::event::Event;
use crate::store::query::rows::{CallRow, LogRow};
use crate::store::{Reader, json, project};
use chrono::NaiveDate;
use rusqlite::{Connection, params};

/// When the last shift ended, its figures, and the day of which its reports are: as they were signed, or, for a handover
/// of the time before papers were kept, as the tables tell them now.
///
/// # Errors
/// The database cannot be read.
pub fn before(reader: &Reader) -> Result<Option<(Ts, Counts, NaiveDate)>> {
    let tx = reader.snapshot()?;
    let Some(shift) = last_closed(&tx)? else { return Ok(None) };
    let Some(closed_at) = shift.closed_at else { return Ok(None) };
    for event in project::events_of(&tx, shift.desk, shift.last)? {
        if let Event::ShiftClosed(closed) = event
            && let Some(frozen) = closed.frozen
        {
            return Ok(Some((frozen.cut_at, frozen.counts, frozen.day)));
        }
    }
    let (counts, day) = counts_at(&tx, &shift, closed_at)?;
    Ok(Some((closed_at, counts, day)))
}

/// What happened in a shift, counted over the ops that stand.
pub fn counted(ops: &[LogRow], calls: &[CallRow]) -> Counts {
    let mut counts = Counts {
        followups: calls.len() as u32,
        not_reached: calls.iter().filter(|call| !call.outcome.reached()).count() as u32,
        ops: ops.len() as u32,
        ..Counts::default()
    };
    for op in ops.iter().filter(|op| !op.undone) {
        for event in op.told() {
            match event {
                Event::ReportReceived(_) => counts.reports += 1,
                // An import holds one event for the sheet and one for each unit's report.
                Event::SheetImported(e) if e.what == "report" => counts.reports += op.reports,
                Event::CaseOpened(_) => counts.cases_opened += 1,
                Event::CaseReleased(_) => counts.cases_released += 1,
                Event::NoteWritten(_) => counts.notes += 1,
                _ => {}
            }
        }
    }
    counts
}

fn counts_at(conn: &Connection, shift: &ShiftRange, at: Ts) -> Result<(Counts, NaiveDate)> {
    let ops = log::ops_in(conn, shift.desk, shift.first, shift.last - 1)?;
    let calls = calls(conn, &Calls::Range(shift.desk, shift.first, shift.last))?;
    let settings = settings_in(conn)?;
    let mut counts = counted(&ops, &calls);
    let deadlines = deadlines::load(conn, &settings)?;
    for unit in units::reporting(conn, &settings, &deadlines, at)? {
        if unit.status.is_expected() && deadlines.table.in_force(at).is_some() {
            counts.expected += 1;
            let came = unit.status.is_received() && unit.received_at.is_some_and(|received| received <= at);
            counts.received += u32::from(came);
        }
    }
    let day = settings.calendar.day(at);
    let mut cases = conn.prepare_cached(
        "SELECT facts FROM cur_case WHERE opened_at <= ?1 AND coalesce(released_at, ?1 + 1) > ?1",
    )?;
    let mut rows = cases.query([at])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let facts: CaseFacts = serde_json::from_str(text).map_err(json)?;
        counts.cases += 1;
        counts.due_release += u32::from(facts.observation(day).is_some_and(Observation::is_over));
    }
    counts.promises = conn
        .prepare_cached(
            "SELECT count(*) FROM cur_promise m JOIN cur_followup f ON f.id = m.followup \
             WHERE f.at <= ?1 AND coalesce(m.ended_at, ?1 + 1) > ?1",
        )?
        .query_row(params![at], |row| row.get(0))?;
    let gone = super::gone::gone_in(conn, shift)?;
    counts.followups += gone.followups;
    counts.notes += gone.notes;
    counts.cases += gone.cases;
    counts.cases_opened += gone.cases_opened;
    counts.cases_released += gone.cases_released;
    Ok((counts, deadlines.table.in_force(at).map_or(day, |due| due.day)))
}
