//! What is called by the events that are about it.

use crate::error::Result;
use crate::log::event::Event;
use crate::say::Say;
use crate::store::ledgers;
use crate::store::query::rows::LoggedEntry;
use rusqlite::Connection;

/// What an entry of a ledger is called that an event is about.
pub(super) fn entry_about(conn: &Connection, event: &Event) -> Result<Say> {
    let entry = match event {
        Event::EntryWritten(e) => e.entry,
        Event::EntryChanged(e) => e.entry,
        Event::EntryMoved(e) => e.entry,
        Event::EntryWithdrawn(e) => e.entry,
        Event::EntryRaised(e) => e.entry,
        Event::EntryRevealed(e) => e.entry,
        _ => return Ok(Say::default()),
    };
    if let Some(row) = ledgers::row(conn, entry)? {
        let ledger = ledgers::declared(conn, &row.ledger, row.version)?;
        return ledger.map_or(Ok(Say::default()), |ledger| super::ledger::name_of(conn, &ledger, &row));
    }
    // One that was taken back is what it was written as.
    let Event::EntryWritten(e) = event else { return Ok(Say::default()) };
    let ledger = ledgers::declared(conn, &e.ledger, e.version)?.filter(|_| e.parent.is_none());
    ledger.map_or(Ok(Say::default()), |ledger| ledgers::titled(conn, &ledger, &e.values))
}

/// The entry of a ledger that an event is about, with its key as it stands: without whom it is about, who is named beside
/// it.
pub(super) fn logged_entry(conn: &Connection, event: &Event, whose: &str) -> Result<Option<LoggedEntry>> {
    let (id, ledger) = match event {
        Event::EntryWritten(e) => (e.entry, &e.ledger),
        Event::EntryChanged(e) => (e.entry, &e.ledger),
        Event::EntryMoved(e) => (e.entry, &e.ledger),
        Event::EntryWithdrawn(e) => (e.entry, &e.ledger),
        Event::EntryRaised(e) => (e.entry, &e.ledger),
        _ => return Ok(None),
    };
    let key = match ledgers::row(conn, id)? {
        Some(row) => ledgers::declared(conn, &row.ledger, row.version)?
            .map_or(Ok(Say::default()), |ledger| super::ledger::key_of(conn, &ledger, &row))?,
        None => Say::default(),
    };
    let alone =
        |text: String| text.strip_prefix(whose).map_or(text.clone(), |rest| rest.trim_start().to_owned());
    let key = if whose.is_empty() { key } else { Say { zh: alone(key.zh), en: alone(key.en) } };
    Ok(Some(LoggedEntry { id, ledger: ledger.clone(), key }))
}
