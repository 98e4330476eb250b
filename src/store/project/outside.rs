//! Outside contacts as they now stand. A removed one keeps its row, so that old calls keep their name.

use super::holds::Holds;
use crate::domain::contact::ContactFacts;
use crate::domain::ids::ContactId;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Entity;
use crate::log::event::Event;
use crate::search;
use crate::store::load;
use crate::store::sql::Put;
use rusqlite::{Connection, params};

/// No other that is still called has the same name and number.
pub(super) const HOLDS: Holds = Holds {
    sql: "SELECT c.title FROM cur_contact c WHERE c.id = ?1 AND NOT c.removed AND EXISTS \
          (SELECT 1 FROM cur_contact o WHERE o.id <> c.id AND NOT o.removed AND o.title = c.title AND o.phone = c.phone)",
    refused: |name| Error::refused(say::contact_taken(name)),
};

pub(super) fn fold(conn: &Connection, id: ContactId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_contact WHERE id = ?1")?.execute([id])?;
    let mut facts: Option<ContactFacts> = None;
    let mut removed = false;
    for told in load::events_about(conn, Entity::Contact(id))? {
        match told.event {
            Event::ContactAdded(e) if e.contact == id => facts = Some(e.facts),
            Event::ContactChanged(e) if e.contact == id => {
                if let Some(facts) = &mut facts {
                    facts.merge(&e.facts);
                }
            }
            Event::ContactRemoved(e) if e.contact == id => removed = true,
            _ => {}
        }
    }
    let Some(contact) = facts.map(|facts| facts.into_contact(id)) else { return Ok(()) };
    let keys = format!("{} {}", search::keys(&contact.org), search::keys(&contact.name));
    conn.prepare_cached(
        "INSERT INTO cur_contact (id, kind, org, name, phone, note, title, removed, keys) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .put(params![
        id,
        contact.kind.code(),
        contact.org,
        contact.name,
        contact.phone,
        contact.note,
        contact.title(),
        removed,
        keys.trim()
    ])?;
    Ok(())
}
