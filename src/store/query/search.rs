//! What the search room builds its index from.

use super::rows::{SearchPerson, SearchUnit};
use crate::domain::mask::Private;
use crate::domain::person::PersonKind;
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::Code;

/// Everybody, by number.
///
/// # Errors
/// The database cannot be read.
pub fn search_people(reader: &Reader) -> Result<Vec<SearchPerson>> {
    let tx = reader.snapshot()?;
    let mut query = tx.prepare_cached(
        "SELECT p.id, p.no, p.name, coalesce(u.name, ''), p.kind, coalesce(p.phone, ''), coalesce(p.family_phone, ''), \
         EXISTS (SELECT 1 FROM cur_case c WHERE c.person = p.id AND c.released_at IS NULL) \
         FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit ORDER BY p.no",
    )?;
    let rows = query.query_map([], |row| {
        let kind: Option<Code<PersonKind>> = row.get(4)?;
        Ok(SearchPerson {
            id: row.get(0)?,
            no: row.get(1)?,
            name: row.get(2)?,
            unit: row.get(3)?,
            kind: kind.map(|k| k.0),
            phone: Private::new(row.get::<_, String>(5)?),
            family_phone: Private::new(row.get::<_, String>(6)?),
            has_case: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every unit, by code, with the people who answer for it.
///
/// # Errors
/// The database cannot be read.
pub fn search_units(reader: &Reader) -> Result<Vec<SearchUnit>> {
    let tx = reader.snapshot()?;
    let mut query = tx.prepare_cached(
        "SELECT id, code, name, coalesce(short, ''), coalesce(liaison, ''), coalesce(liaison_phone, ''), \
         coalesce(head, ''), coalesce(head_phone, '') FROM cur_unit ORDER BY code",
    )?;
    let rows = query.query_map([], |row| {
        let contacts: [(String, String); 2] = [(row.get(4)?, row.get(5)?), (row.get(6)?, row.get(7)?)];
        Ok(SearchUnit {
            id: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            short: row.get(3)?,
            contacts: contacts
                .into_iter()
                .filter(|(name, phone)| !name.is_empty() || !phone.is_empty())
                .collect(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
