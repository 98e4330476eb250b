//! Units as they now stand, and their own deadlines.

use super::holds::Holds;
use super::office::put_deadline;
use crate::domain::ids::UnitId;
use crate::domain::time::{Ts, day_number};
use crate::domain::unit::{Unit, UnitFacts};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Entity;
use crate::log::event::Event;
use crate::search;
use crate::store::load;
use crate::store::sql::Put;
use rusqlite::{Connection, params};

/// No other unit has the code or the name.
pub(super) const HOLDS: Holds = Holds {
    sql: "SELECT u.name FROM cur_unit u WHERE u.id = ?1 AND EXISTS \
          (SELECT 1 FROM cur_unit o WHERE o.id <> u.id AND (o.code = u.code OR o.name = u.name))",
    refused: |name| Error::refused(say::unit_taken(name)),
};

pub(super) fn fold(conn: &Connection, id: UnitId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_unit WHERE id = ?1")?.execute([id])?;
    conn.prepare_cached("DELETE FROM cur_deadline WHERE unit = ?1")?.execute([id])?;
    conn.prepare_cached("DELETE FROM cur_pause WHERE unit = ?1")?.execute([id])?;
    let mut unit: Option<Unit> = None;
    let (mut added_at, mut paused_at) = (Ts(0), None);
    for told in load::events_about(conn, Entity::Unit(id))? {
        let facts: UnitFacts = match told.event {
            Event::UnitAdded(e) if e.unit == id => {
                let facts = e.facts.clone();
                added_at = told.happened_at;
                // One that does not report from the start owes nothing of any day before it does.
                paused_at = (facts.reports == Some(false)).then_some(Ts(0));
                unit = Some(Unit { id, code: e.code, name: e.name, facts: e.facts });
                facts
            }
            Event::UnitChanged(e) if e.unit == id => {
                let Some(unit) = &mut unit else { continue };
                if let Some(code) = e.code {
                    unit.code = code;
                }
                if let Some(name) = e.name {
                    unit.name = name;
                }
                unit.facts.merge(&e.facts);
                // While it did not report nothing was expected of it; what it owed before it owes still.
                if unit.facts.reports == Some(false) {
                    paused_at = paused_at.or(Some(told.happened_at));
                } else if let Some(from) = paused_at.take() {
                    put_pause(conn, id, from, told.happened_at)?;
                }
                e.facts
            }
            _ => continue,
        };
        if let Some(minute) = facts.deadline {
            // A negative deadline takes the unit's own away again: the round's is in force.
            put_deadline(conn, id, "", told.happened_at, (minute >= 0).then_some(minute))?;
        }
    }
    let Some(Unit { code, name, facts: f, .. }) = unit else { return Ok(()) };
    let short = f.short.as_deref().unwrap_or_default();
    let keys = format!("{} {}", search::keys(&name), search::keys(short));
    conn.prepare_cached(
        "INSERT INTO cur_unit (id, code, name, short, parent, campus, head, head_phone, liaison, liaison_phone, reports, \
         deadline, officer, valid_from, keys, added_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .put(params![
        id,
        code,
        name,
        f.short,
        f.parent,
        f.campus,
        f.head,
        f.head_phone,
        f.liaison,
        f.liaison_phone,
        f.reports.unwrap_or(true),
        f.deadline.filter(|minute| *minute >= 0),
        f.officer,
        f.valid_from.map(day_number),
        keys.trim(),
        added_at
    ])?;
    Ok(())
}

fn put_pause(conn: &Connection, unit: UnitId, from: Ts, to: Ts) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO cur_pause (unit, from_at, to_at) VALUES (?1, ?2, ?3) \
         ON CONFLICT (unit, from_at) DO UPDATE SET to_at = excluded.to_at",
    )?
    .put(params![unit, from, to])?;
    Ok(())
}
