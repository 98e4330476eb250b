//! Reports: when the first one came, which op is in force, how often it was corrected.

use crate::domain::time::day_number;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::{Event, ReportReceived};
use crate::store::load::{self, Told};
use rusqlite::{Connection, params};
use uuid::Uuid;

pub(super) fn fold(conn: &Connection, id: Uuid) -> Result<()> {
    let received: Vec<(Told, ReportReceived)> = load::events_about(conn, Entity::Report(id))?
        .into_iter()
        .filter_map(|told| match &told.event {
            Event::ReportReceived(e) => {
                let e = e.clone();
                Some((told, e))
            }
            _ => None,
        })
        .collect();
    match (received.first(), received.last()) {
        (Some((first, _)), Some((last, e))) => {
            conn.prepare_cached(
                "INSERT INTO cur_report (unit, day, round, first_at, form, rows, corrections, desk, seq) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
                 ON CONFLICT (unit, day, round) DO UPDATE SET first_at = excluded.first_at, form = excluded.form, \
                 rows = excluded.rows, corrections = excluded.corrections, desk = excluded.desk, seq = excluded.seq",
            )?
            .execute(params![
                e.key.unit,
                day_number(e.key.day),
                e.key.round.0,
                first.happened_at,
                e.form.code(),
                e.rows,
                received.len() as i64 - 1,
                last.desk,
                last.seq
            ])?;
        }
        // Every report of this key was taken back: the key itself is found in the event that was.
        _ => delete_by_id(conn, id)?,
    }
    Ok(())
}

/// Deletes the row of a report none of whose events stands. Its id is a digest of its key, so the key comes
/// from an event that was taken back.
fn delete_by_id(conn: &Connection, id: Uuid) -> Result<()> {
    let mut ops = conn.prepare_cached("SELECT desk, seq FROM cur_link WHERE kind = 9 AND id = ?1")?;
    let ops: Vec<(i64, i64)> =
        ops.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (desk, seq) in ops {
        for event in super::events_of(conn, desk, seq)? {
            if let Event::ReportReceived(e) = event
                && crate::log::event::report_id(&e.key) == id
            {
                conn.execute(
                    "DELETE FROM cur_report WHERE unit = ?1 AND day = ?2 AND round = ?3",
                    params![e.key.unit, day_number(e.key.day), e.key.round.0],
                )?;
            }
        }
    }
    Ok(())
}
