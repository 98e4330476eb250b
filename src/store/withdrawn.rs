//! An entry that was withdrawn: when, by whom and why, wherever it is asked for as if it stood.

use super::ledgers::{self, Row, link_name, titled};
use super::load;
use crate::domain::ledger::Link;
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::log::Entity;
use crate::log::event::Event;
use crate::say::Say;
use rusqlite::Connection;

/// What is said of an entry that was withdrawn; of a line, also where its entry was.
pub(super) fn refusal(conn: &Connection, row: &Row) -> Result<Error> {
    let mut name = Say::default();
    if let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)?.filter(|_| row.parent.is_none())
    {
        name = titled(conn, &ledger, &row.values)?;
    }
    let calendar = ledgers::calendar(conn)?;
    let events = load::events_about(conn, Entity::Entry(row.id))?;
    let done = events.into_iter().rev().find_map(|told| match told.event {
        Event::EntryWithdrawn(e) if e.entry == row.id => Some((told.happened_at, told.officer, e.reason)),
        _ => None,
    });
    let Some((at, officer, reason)) = done else { return Ok(Error::refused(say::WITHDRAWN)) };
    let by = officer.map(|by| link_name(conn, &Link::Officer, by.0)).transpose()?.unwrap_or_default();
    Ok(Error::refused(say::was_withdrawn(&name, &calendar.ymd_hm(at), &by.zh, &reason))
        .hint(say::show_withdrawn(row.id)))
}
