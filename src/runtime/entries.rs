//! Looks through the entries of ledgers for what the find box asks, beside the finder: that goes through all of them, and
//! neither a key nor who is found by name waits for it.

use super::{Event, guarded, spawn};
use crate::app::Msg;
use crate::error::Result;
use crate::store::query::rows::FoundEntries;
use crate::store::{Reader, query};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the finder hands on.
pub(super) struct Entries {
    asks: Sender<(String, u64)>,
    /// The newest question: whatever else is looked for is wanted by nobody.
    newest: Arc<AtomicU64>,
}

impl Entries {
    /// A question was asked: what was asked before is wanted by nobody.
    pub(super) fn ask(&self, generation: u64) {
        self.newest.store(generation, Ordering::Relaxed);
    }

    /// Has the entries looked through that a text is for: once the answer is sent that they belong behind.
    pub(super) fn look(&self, text: &str, generation: u64, events: &Sender<Event>) {
        if self.asks.send((text.to_owned(), generation)).is_err() {
            answer(events, generation, unread());
        }
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        self.ask(u64::MAX);
    }
}

fn answer(events: &Sender<Event>, generation: u64, entries: FoundEntries) {
    // The desk may be closing.
    let _ = events.send(Event::Msg(Msg::FoundEntries { generation, entries }));
}

/// What is answered when they could not be looked through.
fn unread() -> FoundEntries {
    FoundEntries { unread: true, ..FoundEntries::default() }
}

/// Starts the thread. It opens the office once it is asked: a desk that nobody looks for entries on does not.
pub(super) fn start(path: PathBuf, events: Sender<Event>) -> Result<Entries> {
    let (asks, inbox) = unbounded();
    let newest = Arc::new(AtomicU64::new(0));
    let mine = Arc::clone(&newest);
    spawn("entries", move || work(&path, &inbox, &mine, &events))?;
    Ok(Entries { asks, newest })
}

fn work(path: &Path, inbox: &Receiver<(String, u64)>, newest: &AtomicU64, events: &Sender<Event>) {
    let mut opened = None;
    while let Ok(first) = inbox.recv() {
        let (text, generation) = inbox.try_iter().last().unwrap_or(first);
        let wanted = || newest.load(Ordering::Relaxed) == generation;
        let found = guarded(|| {
            let reader = match &opened {
                Some(reader) => reader,
                None => opened.insert(Reader::open(path)?),
            };
            query::found_entries(reader, &text, query::ENTRIES, &wanted)
        });
        let entries = match found {
            Ok(Some(entries)) => entries,
            Ok(None) => continue,
            Err(error) => {
                tracing::warn!(kind = ?error.kind(), "the entries of ledgers were not looked through");
                unread()
            }
        };
        answer(events, generation, entries);
    }
}
