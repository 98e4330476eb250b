//! The roles of the officers.

use crate::domain::ids::OfficerId;
use crate::domain::officer::Role;
use crate::error::Result;
use crate::store::Reader;
use crate::store::act::counts_as;
use rusqlite::Connection;

/// What each officer's role counts as.
///
/// # Errors
/// The database cannot be read.
pub fn roles(reader: &Reader) -> Result<Vec<(OfficerId, Role)>> {
    roles_in(&reader.conn)
}

pub(in crate::store) fn roles_in(conn: &Connection) -> Result<Vec<(OfficerId, Role)>> {
    let mut query = conn.prepare_cached("SELECT id, role FROM cur_officer ORDER BY name")?;
    let rows = query.query_map([], |row| Ok((row.get::<_, OfficerId>(0)?, row.get::<_, String>(1)?)))?;
    let known: Vec<(OfficerId, Role)> = rows
        .map(|row| row.map(|(id, role)| (id, Role::from_code(&role).unwrap_or(Role::ReadOnly))))
        .collect::<rusqlite::Result<_>>()?;
    let has_leads = known.iter().any(|(_, role)| *role == Role::Lead);
    Ok(known.into_iter().map(|(id, role)| (id, counts_as(role, has_leads))).collect())
}
