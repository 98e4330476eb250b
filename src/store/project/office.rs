//! The office's settings, deadlines with the moment each came into force, officers, and drills of its backups.

use super::ledger;
use crate::domain::ids::{OfficerId, UnitId};
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::Event;
use crate::store::sql::Put;
use crate::store::{json, ledgers, load};
use rusqlite::{Connection, params};
use uuid::Uuid;

/// Stands for "every unit" among the deadlines.
pub(in crate::store) const EVERY_UNIT: UnitId = UnitId(Uuid::nil());

pub(super) fn fold(conn: &Connection) -> Result<()> {
    let read = ledgers::calendar(conn)?;
    conn.execute("DELETE FROM cur_setting", [])?;
    conn.execute("DELETE FROM cur_deadline WHERE unit = ?1", [EVERY_UNIT])?;
    conn.execute("DELETE FROM cur_slot_times", [])?;
    conn.execute("DELETE FROM cur_drill", [])?;
    let mut now: Option<Settings> = None;
    for told in load::events_about(conn, Entity::Office)? {
        let settings = match told.event {
            Event::OfficeOpened(e) => e.settings,
            Event::SettingsChanged(e) => e.settings,
            Event::DrillDone(e) => {
                conn.prepare_cached("INSERT INTO cur_drill (desk, seq, at, faults) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![told.desk, told.seq, told.happened_at, e.faults])?;
                continue;
            }
            _ => continue,
        };
        // A round that was dropped stays here with no deadline from then on.
        let dropped = now.iter().flat_map(|before| &before.rounds);
        for round in dropped.filter(|r| settings.round(&r.round).is_none()) {
            put_deadline(conn, EVERY_UNIT, &round.round.0, told.happened_at, None)?;
        }
        for round in &settings.rounds {
            put_deadline(conn, EVERY_UNIT, &round.round.0, told.happened_at, Some(round.deadline))?;
        }
        if now.as_ref().is_none_or(|before| before.slots != settings.slots) {
            put_slots(conn, told.happened_at, &settings.slots)?;
        }
        now = Some(settings);
    }
    let Some(settings) = now else { return Ok(()) };
    let body = serde_json::to_string(&settings).map_err(json)?;
    conn.prepare_cached("INSERT INTO cur_setting (one, body) VALUES (1, ?1)")?.put([body])?;
    // Days and hours that stand in entries are read by it.
    if settings.calendar == read { Ok(()) } else { ledger::fold_entries(conn) }
}

/// Notes that a deadline is in force from a moment on.
pub(super) fn put_deadline(
    conn: &Connection,
    unit: UnitId,
    round: &str,
    from: Ts,
    minute: Option<i32>,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO cur_deadline (unit, round, from_at, minute) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (unit, round, from_at) DO UPDATE SET minute = excluded.minute",
    )?
    .put(params![unit, round, from, minute])
}

/// Notes that these are the slots from a moment on.
fn put_slots(conn: &Connection, from: Ts, minutes: &[i32]) -> Result<()> {
    let minutes = serde_json::to_string(minutes).map_err(json)?;
    conn.prepare_cached(
        "INSERT INTO cur_slot_times (from_at, minutes) VALUES (?1, ?2) \
         ON CONFLICT (from_at) DO UPDATE SET minutes = excluded.minutes",
    )?
    .put(params![from, minutes])
}

pub(super) fn fold_officer(conn: &Connection, id: OfficerId) -> Result<()> {
    conn.execute("DELETE FROM cur_officer WHERE id = ?1", [id])?;
    for told in load::events_about(conn, Entity::Officer(id))? {
        match told.event {
            Event::OfficerAdded(e) => {
                conn.execute(
                    "INSERT INTO cur_officer (id, name, role) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
                    params![id, e.name, Role::Duty.code()],
                )?;
            }
            Event::OfficerRole(e) if e.officer == id => {
                conn.execute("UPDATE cur_officer SET role = ?2 WHERE id = ?1", params![id, e.role.code()])?;
            }
            _ => {}
        }
    }
    Ok(())
}
