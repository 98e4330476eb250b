//! The desk's threads, known as a crew: leaving waits until every one of them is gone, and with it its connection.
//!
//! A thread belongs to the crew of the thread that started it.

use crate::error::{Error, Result};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::cell::RefCell;
use std::time::Duration;

/// Nothing is ever sent: a channel is gone when the last of the crew is.
enum Nothing {}

thread_local! {
    static MINE: RefCell<Option<Sender<Nothing>>> = const { RefCell::new(None) };
}

/// Every thread that is started from here on, by this thread or by one of them.
pub(super) struct Crew(Receiver<Nothing>);

impl Crew {
    /// Begins one.
    pub(super) fn gather() -> Self {
        let (mine, gone) = bounded(0);
        MINE.set(Some(mine));
        Self(gone)
    }

    /// Waits until all are gone, for so long at most; tells whether they are. Nobody is started for it any more.
    pub(super) fn wait(&self, at_most: Duration) -> bool {
        MINE.take();
        matches!(self.0.recv_timeout(at_most), Err(RecvTimeoutError::Disconnected))
    }
}

/// Starts a thread.
pub(super) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
    let crew = MINE.with_borrow(Clone::clone);
    let run = move || {
        // Given back as the last thing that the thread does, after all that it held.
        MINE.set(crew);
        body();
    };
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .map(drop)
        .map_err(|error| Error::internal("starting a thread", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crew_is_gone_when_the_threads_of_its_threads_are() {
        let crew = Crew::gather();
        let (go, wait) = bounded::<()>(0);
        spawn("one", move || spawn("two", move || assert!(wait.recv().is_err())).unwrap()).unwrap();
        assert!(!crew.wait(Duration::from_millis(1)));
        drop(go);
        assert!(crew.wait(Duration::from_secs(20)));
    }
}
