//! The roles of the officers.

use crate::domain::ids::OfficerId;
use crate::domain::officer::Role;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::Reader;
use crate::store::act::{Act, counts_as, has_leads, shows_many};
use rusqlite::Connection;

/// What each officer's role counts as.
///
/// # Errors
/// The database cannot be read.
pub fn roles(reader: &Reader) -> Result<Vec<(OfficerId, Role)>> {
    roles_in(&reader.conn)
}

/// Whether anybody was ever made a lead: where nobody was, everybody counts as one and nothing is asked of them.
///
/// # Errors
/// The database cannot be read.
pub fn has_roles(reader: &Reader) -> Result<bool> {
    has_leads(&reader.conn)
}

/// The role of one officer; who is not known may only read.
///
/// # Errors
/// The database cannot be read.
pub fn role(reader: &Reader, officer: OfficerId) -> Result<Role> {
    let known = roles_in(&reader.conn)?;
    Ok(known.into_iter().find(|(id, _)| *id == officer).map_or(Role::ReadOnly, |(_, role)| role))
}

/// Whether an officer needs a second one to show these numbers now.
///
/// # Errors
/// The database cannot be read.
pub fn shows_too_many(reader: &Reader, officer: OfficerId, now: Ts, act: &Act) -> Result<bool> {
    shows_many(&reader.conn, officer, now, act)
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
