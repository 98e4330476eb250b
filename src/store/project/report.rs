//! Reports: when the first one came, which op is in force, how often it was corrected; and those that are no longer
//! owed, with the reason.

use crate::domain::report::ReportKey;
use crate::domain::time::day_number;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::{Event, ReportExcused, ReportReceived, report_id};
use crate::store::load::{self, Told};
use crate::store::sql::Put;
use rusqlite::{Connection, params};
use uuid::Uuid;

pub(super) fn fold(conn: &Connection, id: Uuid) -> Result<()> {
    let mut received: Vec<(Told, ReportReceived)> = Vec::new();
    let mut excused: Option<(Told, ReportExcused)> = None;
    for told in load::events_about(conn, Entity::Report(id))? {
        match told.event.clone() {
            // An op may speak of several reports.
            Event::ReportReceived(e) if report_id(&e.key) == id => received.push((told, e)),
            Event::ReportExcused(e) if report_id(&e.key) == id => excused = Some((told, e)),
            _ => {}
        }
    }
    let known = received.last().map(|(_, e)| &e.key).or(excused.as_ref().map(|(_, e)| &e.key));
    match known {
        Some(key) if received.is_empty() => delete(conn, "cur_report", key)?,
        Some(key) if excused.is_none() => delete(conn, "cur_excused", key)?,
        Some(_) => {}
        // Of a key none of whose events stands, the rows are found through an event that was taken back.
        None => return delete_by_id(conn, id),
    }
    if let (Some((first, _)), Some((last, e))) = (received.first(), received.last()) {
        conn.prepare_cached(
            "INSERT INTO cur_report (unit, day, round, first_at, form, rows, corrections, desk, seq) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
             ON CONFLICT (unit, day, round) DO UPDATE SET first_at = excluded.first_at, form = excluded.form, \
             rows = excluded.rows, corrections = excluded.corrections, desk = excluded.desk, seq = excluded.seq",
        )?
        .put(params![
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
    if let Some((told, e)) = excused {
        conn.prepare_cached(
            "INSERT INTO cur_excused (unit, day, round, how, reason, at, officer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (unit, day, round) DO UPDATE SET how = excluded.how, reason = excluded.reason, \
             at = excluded.at, officer = excluded.officer",
        )?
        .put(params![
            e.key.unit,
            day_number(e.key.day),
            e.key.round.0,
            e.how.code(),
            e.reason,
            told.happened_at,
            told.officer
        ])?;
    }
    Ok(())
}

/// Deletes the rows of a report. Its id is a digest of its key, so the key comes from an event that speaks of it.
fn delete_by_id(conn: &Connection, id: Uuid) -> Result<()> {
    let mut ops =
        conn.prepare_cached("SELECT DISTINCT desk, seq FROM cur_link WHERE kind = 9 AND id = ?1")?;
    let ops: Vec<(i64, i64)> =
        ops.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (desk, seq) in ops {
        let events = super::events_of(conn, desk, seq)?.into_iter();
        let mut keys = events.filter_map(|event| match event {
            Event::ReportReceived(e) => Some(e.key),
            Event::ReportExcused(e) => Some(e.key),
            _ => None,
        });
        if let Some(key) = keys.find(|key| report_id(key) == id) {
            delete(conn, "cur_report", &key)?;
            return delete(conn, "cur_excused", &key);
        }
    }
    Ok(())
}

fn delete(conn: &Connection, table: &str, key: &ReportKey) -> Result<()> {
    conn.prepare_cached(&format!("DELETE FROM {table} WHERE unit = ?1 AND day = ?2 AND round = ?3"))?
        .execute(params![key.unit, day_number(key.day), key.round.0])?;
    Ok(())
}
