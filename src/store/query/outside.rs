//! The directory of outside contacts.

use super::dossier::{Calls, calls, notes, promises};
use super::rows::{ContactRow, ContactSheet};
use crate::domain::contact::{Contact, ContactKind};
use crate::domain::ids::{ContactId, Subject};
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::Code;
use rusqlite::{OptionalExtension, Row};

/// The columns of a contact, in the order [`contact_row`] reads them.
const CONTACT: &str = "id, kind, org, name, phone, note";

fn contact_row(row: &Row<'_>) -> rusqlite::Result<Contact> {
    let kind: Code<ContactKind> = row.get(1)?;
    Ok(Contact {
        id: row.get(0)?,
        kind: kind.0,
        org: row.get(2)?,
        name: row.get(3)?,
        phone: row.get(4)?,
        note: row.get(5)?,
    })
}

/// Every outside contact that was not removed: by kind, in the order of the codes, then by name.
///
/// # Errors
/// The database cannot be read.
pub fn contacts(reader: &Reader) -> Result<Vec<ContactRow>> {
    let mut query = reader.conn.prepare_cached(&format!(
        "SELECT {CONTACT}, keys, (SELECT max(at) FROM cur_followup f WHERE f.contact = c.id) \
         FROM cur_contact c WHERE NOT removed ORDER BY title, phone, id"
    ))?;
    let rows = query.query_map([], |row| {
        Ok(ContactRow { contact: contact_row(row)?, keys: row.get(6)?, last_call: row.get(7)? })
    })?;
    let mut out: Vec<ContactRow> = rows.collect::<rusqlite::Result<_>>()?;
    out.sort_by_key(|row| row.contact.kind);
    Ok(out)
}

/// Everything known of an outside contact, removed or not.
///
/// # Errors
/// The database cannot be read.
pub fn contact(reader: &Reader, id: ContactId) -> Result<Option<ContactSheet>> {
    let tx = reader.snapshot()?;
    let found = tx
        .prepare_cached(&format!("SELECT {CONTACT}, removed FROM cur_contact WHERE id = ?1"))?
        .query_row([id], |row| Ok((contact_row(row)?, row.get(6)?)))
        .optional()?;
    let Some((contact, removed)) = found else { return Ok(None) };
    let of = Subject::Contact(id);
    Ok(Some(ContactSheet {
        contact,
        removed,
        calls: calls(&tx, &Calls::Of(of))?,
        promises: promises(&tx, of)?,
        notes: notes(&tx, of)?,
    }))
}

/// The outside contacts of this id, organisation, or organisation and name, as somebody types it: more than one
/// when an organisation has several.
///
/// # Errors
/// The database cannot be read.
pub fn contact_by_name(reader: &Reader, text: &str) -> Result<Vec<Contact>> {
    let text = text.trim();
    let id = uuid::Uuid::parse_str(text).ok();
    let mut query = reader.conn.prepare_cached(&format!(
        "SELECT {CONTACT} FROM cur_contact WHERE NOT removed AND (id = ?1 OR org = ?2 OR title = ?2 OR name = ?2) \
         ORDER BY id = ?1 DESC, title = ?2 DESC, title, phone, id"
    ))?;
    let mut found: Vec<Contact> =
        query.query_map(rusqlite::params![id, text], contact_row)?.collect::<rusqlite::Result<_>>()?;
    // Somebody named exactly is meant, also where the organisation has others.
    if found.iter().filter(|contact| contact.title() == text).count() == 1 {
        found.truncate(1);
    }
    Ok(found)
}
