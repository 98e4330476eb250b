//! What an erasure took from a handover that was signed before papers were kept: such a paper is cut again from the log,
//! and what the log no longer holds is counted from what is left of it, its kinds.

use super::rows::ShiftRange;
use crate::domain::handover::Counts;
use crate::domain::item::IsOf;
use crate::error::Result;
use crate::log::event::HandoverItem;
use crate::store::{Reader, erased};
use rusqlite::{Connection, params};

/// Those of a handover's items of which the log holds nothing any more.
///
/// # Errors
/// The database cannot be read.
pub fn gone_items(past: &Reader, items: &[HandoverItem]) -> Result<Vec<HandoverItem>> {
    let tx = past.snapshot()?;
    if !erased::any(&tx)? {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for item in items {
        let table = match item.kind.is_of() {
            IsOf::Person => "cur_person",
            IsOf::Promise => "cur_promise",
            IsOf::FollowUp => "cur_followup",
            IsOf::Question => "cur_question",
            IsOf::Unit | IsOf::Entry | IsOf::Unknown => continue,
        };
        if !tx.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?.exists([item.id])? {
            out.push(item.clone());
        }
    }
    Ok(out)
}

/// What erasures took from the figures of a shift: what was done in it, and the cases that were open at its end.
///
/// # Errors
/// The database cannot be read.
pub fn gone_counts(past: &Reader, shift: &ShiftRange) -> Result<Counts> {
    let tx = past.snapshot()?;
    gone_in(&tx, shift)
}

/// The same within a snapshot.
pub(super) fn gone_in(conn: &Connection, shift: &ShiftRange) -> Result<Counts> {
    let mut counts = Counts::default();
    if !erased::any(conn)? {
        return Ok(counts);
    }
    // An event named by several erasures is one; what was taken back never counted.
    let mut query = conn.prepare_cached(
        "SELECT e.kind, count(*), sum(e.desk = ?1 AND e.seq BETWEEN ?2 AND ?3) \
         FROM (SELECT DISTINCT desk, seq, idx FROM log_erased WHERE remains IS NULL) x \
         CROSS JOIN log_event e ON e.desk = x.desk AND e.seq = x.seq AND e.idx = x.idx \
         CROSS JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq \
         WHERE e.kind IN ('followup.logged', 'note.written', 'case.opened', 'case.released') \
           AND o.lamport <= (SELECT l.lamport FROM log_op l WHERE l.desk = ?1 AND l.seq = ?3) \
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = e.desk AND u.seq = e.seq) GROUP BY e.kind",
    )?;
    // The op of the handover itself comes after its paper.
    let mut rows = query.query(params![shift.desk, shift.first, shift.last - 1])?;
    let (mut opened, mut released) = (0, 0);
    while let Some(row) = rows.next()? {
        let (ever, within): (u32, u32) = (row.get(1)?, row.get(2)?);
        match row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)? {
            "followup.logged" => counts.followups = within,
            "note.written" => counts.notes = within,
            "case.opened" => (opened, counts.cases_opened) = (ever, within),
            _ => (released, counts.cases_released) = (ever, within),
        }
    }
    counts.cases = u32::saturating_sub(opened, released);
    Ok(counts)
}
