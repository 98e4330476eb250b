//! The desk that a database writes as.

use crate::domain::ids::DeskId;
use crate::error::Result;
use rusqlite::{Connection, params};

/// A desk: its id, and its short number in this file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk {
    pub no: i64,
    pub id: DeskId,
}

/// Makes `id` the desk that this database writes as.
pub(super) fn add(conn: &Connection, id: DeskId) -> Result<Desk> {
    conn.execute("INSERT INTO log_desk (id) VALUES (?1)", [id])?;
    conn.execute(
        "INSERT INTO local_value (key, value) VALUES ('desk', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
        params![id],
    )?;
    Ok(Desk { no: number(conn, id)?, id })
}

/// The desk that this database writes as.
pub(super) fn this(conn: &Connection) -> Result<Desk> {
    let id: DeskId =
        conn.query_row("SELECT value FROM local_value WHERE key = 'desk'", [], |row| row.get(0))?;
    Ok(Desk { no: number(conn, id)?, id })
}

fn number(conn: &Connection, id: DeskId) -> Result<i64> {
    Ok(conn.query_row("SELECT no FROM log_desk WHERE id = ?1", [id], |row| row.get(0))?)
}
