//! What stands on every paper.

use super::{head_of, settings_in};
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::store::Reader;
use rusqlite::{Connection, OptionalExtension};

/// What stands on every paper: whose it is, when it was cut, and the log's head then.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Face {
    /// The office's name.
    pub office: String,
    /// Whether it rehearses.
    pub rehearsal: bool,
    /// How it reads the clock.
    pub calendar: Calendar,
    /// When the paper was cut.
    pub at: Ts,
    /// Who was on duty then; empty for nobody.
    pub officer: String,
    /// The head code of the log.
    pub head: String,
    /// Whether the office sets its seal on its papers.
    pub sealed: bool,
    /// The words of the red head of its official papers; empty for none.
    pub red_head: String,
}

/// What stands on every paper that is cut now.
///
/// # Errors
/// The database cannot be read.
pub fn face(reader: &Reader, now: Ts) -> Result<Face> {
    face_in(&*reader.snapshot()?, now)
}

pub(super) fn face_in(conn: &Connection, now: Ts) -> Result<Face> {
    let settings = settings_in(conn)?;
    let officer: Option<String> = conn
        .prepare_cached(
            "SELECT o.name FROM cur_shift s JOIN cur_officer o ON o.id = s.officer WHERE s.closed_at IS NULL",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(Face {
        red_head: settings.letterhead().red_head,
        office: settings.office,
        rehearsal: settings.rehearsal,
        calendar: settings.calendar,
        at: now,
        officer: officer.unwrap_or_default(),
        head: head_of(conn)?,
        sealed: settings.sealed,
    })
}
