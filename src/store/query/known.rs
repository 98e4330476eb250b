//! Everybody and every unit, for `intake` to compare a sheet with.

use super::dossier::unit_columns;
use super::roster::Roster;
use crate::domain::person::{Person, PersonFacts, PersonKind};
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::Code;
use rusqlite::Connection;

/// Everybody and every unit as they now stand.
///
/// # Errors
/// The database cannot be read.
pub fn roster(reader: &Reader) -> Result<Roster> {
    let tx = reader.snapshot()?;
    roster_in(&tx)
}

pub(super) fn roster_in(tx: &Connection) -> Result<Roster> {
    let mut query = tx.prepare_cached(
        "SELECT id, no, name, unit, sex, kind, campus, phone, id_number, origin, address, contact, family_phone \
         FROM cur_person ORDER BY no",
    )?;
    let people = query
        .query_map([], |row| {
            let kind: Option<Code<PersonKind>> = row.get(5)?;
            Ok(Person {
                id: row.get(0)?,
                no: row.get(1)?,
                facts: PersonFacts {
                    name: row.get(2)?,
                    unit: row.get(3)?,
                    sex: row.get(4)?,
                    kind: kind.map(|k| k.0),
                    campus: row.get(6)?,
                    phone: row.get(7)?,
                    id_number: row.get(8)?,
                    origin: row.get(9)?,
                    address: row.get(10)?,
                    contact: row.get(11)?,
                    family_phone: row.get(12)?,
                },
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let (columns, unit) = unit_columns();
    let mut query = tx.prepare_cached(&format!("SELECT {columns} FROM cur_unit ORDER BY code"))?;
    let units = query.query_map([], unit)?.collect::<rusqlite::Result<_>>()?;
    let mut roster = Roster::new(people, units);
    roster.officers = super::status::officers_in(tx)?;
    Ok(roster)
}
