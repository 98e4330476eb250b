//! Shifts: who, since when, and which ops. A shift is a range of numbers on its desk; times are for display.

use crate::domain::ids::ShiftId;
use crate::domain::item::Item;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::{Event, HandoverItem};
use crate::store::load;
use crate::store::sql::Put;
use rusqlite::{Connection, params};
use std::collections::HashSet;

pub(super) fn fold(conn: &Connection, id: ShiftId) -> Result<()> {
    conn.execute("DELETE FROM cur_shift WHERE id = ?1", [id])?;
    conn.execute("DELETE FROM cur_unread WHERE shift = ?1", [id])?;
    let mut started = None;
    let mut closed = None;
    let mut unread: Vec<Item> = Vec::new();
    for told in load::events_about(conn, Entity::Shift(id))? {
        match told.event {
            Event::ShiftStarted(e) if e.shift == id => {
                // A shift taken over begins behind the op of the handover, which belongs to the one before.
                let first = told.seq + i64::from(e.after.is_some());
                started = Some((e.officer, told.happened_at, told.desk, first));
            }
            // A restored copy goes on as a new desk, and the shift with it: only its own numbers make a range.
            Event::DeskStarted(e) if e.shift == Some(id) => {
                started = started.map(|(officer, at, _, _)| (officer, at, told.desk, told.seq));
            }
            Event::ShiftClosed(e) if e.shift == id => {
                unread = e.items.iter().filter(|item| item.is_unread()).map(HandoverItem::item).collect();
                closed = Some((told.happened_at, told.seq, e.to));
            }
            Event::HandoverAcknowledged(e) if e.shift == id => unread.retain(|item| *item != e.item),
            _ => {}
        }
    }
    let Some((officer, started_at, desk, first_seq)) = started else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO cur_shift (id, officer, started_at, desk, first_seq, closed_at, last_seq, to_officer) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .put(params![
        id,
        officer,
        started_at,
        desk,
        first_seq,
        closed.map(|c| c.0),
        closed.map(|c| c.1),
        closed.map(|c| c.2)
    ])?;
    let mut insert = conn
        .prepare_cached("INSERT INTO cur_unread (shift, place, kind, id, at) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    // Before slots were told apart, one person's slots were one item.
    let mut known = HashSet::new();
    unread.retain(|item| known.insert(*item));
    for (place, item) in unread.iter().enumerate() {
        insert.put(params![id, place as i64, item.kind, item.id, item.at])?;
    }
    Ok(())
}
