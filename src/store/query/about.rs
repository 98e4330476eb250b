//! What is called by the events that are about it.

use crate::domain::ids::Subject;
use crate::domain::text::after_name;
use crate::error::Result;
use crate::log::event::Event;
use crate::say::Say;
use crate::store::ledgers::{self, joined};
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
pub(super) fn logged_entry(
    conn: &Connection,
    event: &Event,
    (subject, whose): (Option<Subject>, &str),
) -> Result<Option<LoggedEntry>> {
    let (id, ledger) = match event {
        Event::EntryWritten(e) => (e.entry, &e.ledger),
        Event::EntryChanged(e) => (e.entry, &e.ledger),
        Event::EntryMoved(e) => (e.entry, &e.ledger),
        Event::EntryWithdrawn(e) => (e.entry, &e.ledger),
        Event::EntryRaised(e) => (e.entry, &e.ledger),
        _ => return Ok(None),
    };
    let key = match ledgers::row(conn, id)? {
        Some(row) => match ledgers::declared(conn, &row.ledger, row.version)? {
            Some(ledger) => {
                let (above, own) = super::ledger::keys_of(conn, &ledger, &row, subject)?;
                joined([without(&above, whose), without(&own, whose)])
            }
            None => Say::default(),
        },
        None => Say::default(),
    };
    Ok(Some(LoggedEntry { id, ledger: ledger.clone(), key, more: 0 }))
}

/// A key that begins with a name, without that; one that only has it within a word is left as it is.
fn without(key: &Say, whose: &str) -> Say {
    key.within(|text| Say::same(after_name(text, whose).unwrap_or(text)))
}
