//! Attention cases as they now stand.

use super::holds::Holds;
use crate::domain::case::{Against, CaseFacts, Measured};
use crate::domain::ids::CaseId;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Entity;
use crate::log::event::Event;
use crate::store::sql::Put;
use crate::store::{json, load};
use rusqlite::{Connection, params};

/// A person has at most one open case.
pub(super) const HOLDS: Holds = Holds {
    sql: "SELECT hex(c.id) FROM cur_case c WHERE c.id = ?1 AND c.released_at IS NULL AND EXISTS \
          (SELECT 1 FROM cur_case o WHERE o.person = c.person AND o.id <> c.id AND o.released_at IS NULL)",
    refused: |_| Error::refused(say::CASE_OPEN).hint(say::CASE_OPEN_HINT),
};

pub(super) fn fold(conn: &Connection, id: CaseId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_case WHERE id = ?1")?.execute([id])?;
    let mut facts = CaseFacts::default();
    let mut opened = None;
    let mut released = None;
    let mut changed = (0, 0);
    let mut measured = Measured::default();
    for told in load::events_about(conn, Entity::Case(id))? {
        changed = (told.desk, told.seq);
        match told.event {
            Event::CaseOpened(e) => {
                measured.set(told.happened_at, e.facts.measure);
                facts = e.facts;
                opened = Some((e.person, told.happened_at, told.desk, told.seq));
            }
            Event::CaseChanged(e) => {
                measured.set(told.happened_at, e.facts.measure);
                facts.merge(&e.facts);
            }
            Event::CaseReleased(e) => {
                released = Some((told.happened_at, told.officer, e.reason, e.despite));
            }
            _ => {}
        }
    }
    let Some((person, opened_at, desk, seq)) = opened else { return Ok(()) };
    let (released_at, released_by, reason, despite) = match released {
        Some((at, by, reason, despite)) => (Some(at), by, Some(reason), despite),
        None => (None, None, None, Vec::new()),
    };
    let despite: Vec<&str> = despite.into_iter().map(Against::code).collect();
    let measured = measured.within(opened_at, released_at);
    conn.prepare_cached(
        "INSERT INTO cur_case (id, person, opened_at, facts, changed_desk, changed_seq, desk, seq, released_at, released_by, \
         release_reason, despite, measured, measured_since) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .put(params![
        id,
        person,
        opened_at,
        serde_json::to_string(&facts).map_err(json)?,
        changed.0,
        changed.1,
        desk,
        seq,
        released_at,
        released_by,
        reason,
        despite.join(" "),
        serde_json::to_string(&measured).map_err(json)?,
        measured.since()
    ])?;
    Ok(())
}
