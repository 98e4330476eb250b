//! The check that runs by itself: a while after the desk is there, whenever a handover is looked at, and some hours
//! later. It reads beside everything else, at the lowest priority, and ends when the desk is left.

use super::{Event, guarded, spawn};
use crate::app::Msg;
use crate::clock::{Clock, monotonic};
use crate::domain::handover::Checked;
use crate::error::Result;
use crate::platform;
use crate::store::Reader;
use crate::store::check::{Stop, check_until};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The first frames and the first keys come before it.
const AT_FIRST: Duration = Duration::from_secs(3);
/// Checked anew after so long.
const AGAIN: Duration = Duration::from_hours(6);
/// Not checked anew so soon.
const RECENT: Duration = Duration::from_mins(10);

/// The check as the main loop holds it.
pub(super) struct Checker {
    stop: Stop,
    wake: Sender<()>,
}

impl Checker {
    /// A handover is looked at: its paper says how the last check ended.
    pub(super) fn wake(&self) {
        // One that waits already is enough.
        let _ = self.wake.try_send(());
    }

    /// The desk is left.
    pub(super) fn stop(&self) {
        self.stop.stop();
    }
}

pub(super) fn start(path: PathBuf, clock: Clock, events: Sender<Event>) -> Result<Checker> {
    let stop = Stop::gently();
    let (wake, woken) = bounded(1);
    let checker = Checker { stop: stop.clone(), wake };
    spawn("checker", move || {
        platform::lowest_priority();
        let mut wait = AT_FIRST;
        while waited(&woken, wait) && !stop.is_stopped() {
            match guarded(|| look(&path, &stop)) {
                Ok(Some(found)) => {
                    let checked = Checked { at: clock.now(), found, behind: None };
                    // When the main thread is gone there is nobody to tell.
                    let _ = events.send(Event::Msg(Msg::Checked(checked)));
                }
                Ok(None) => return,
                Err(error) => tracing::warn!(?error, "the check could not run"),
            }
            wait = match rested(&woken, RECENT) {
                Rest::Quiet => AGAIN,
                // Whoever asked meanwhile gets one that is newer than the question, only not at once.
                Rest::Asked => Duration::ZERO,
                Rest::Gone => return,
            };
        }
    })?;
    Ok(checker)
}

/// In how many places something is wrong; nothing when it was stopped.
pub(super) fn look(path: &Path, stop: &Stop) -> Result<Option<u64>> {
    Ok(check_until(&Reader::open(path)?, stop)?.map(|report| report.found()))
}

/// Waits until it is time or somebody asks; false when the desk is gone.
fn waited(woken: &Receiver<()>, at_most: Duration) -> bool {
    !matches!(woken.recv_timeout(at_most), Err(RecvTimeoutError::Disconnected))
}

/// What happened in a while in which nobody needs another check.
#[derive(Debug, PartialEq, Eq)]
enum Rest {
    /// Nothing.
    Quiet,
    /// Somebody asked for one.
    Asked,
    /// The desk is gone.
    Gone,
}

/// Lets that while pass.
fn rested(woken: &Receiver<()>, at_most: Duration) -> Rest {
    let until = monotonic() + at_most;
    let mut rest = Rest::Quiet;
    loop {
        match woken.recv_deadline(until) {
            Ok(()) => rest = Rest::Asked,
            Err(RecvTimeoutError::Timeout) => return rest,
            Err(RecvTimeoutError::Disconnected) => return Rest::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_soon_after_a_check_is_answered_after_the_rest() {
        let (wake, woken) = bounded(1);
        let soon = Duration::from_millis(1);
        assert_eq!(rested(&woken, soon), Rest::Quiet);
        wake.send(()).unwrap();
        assert_eq!(rested(&woken, soon), Rest::Asked);
        assert_eq!(rested(&woken, soon), Rest::Quiet, "once");
        assert!(waited(&woken, Duration::ZERO));
        drop(wake);
        assert_eq!(rested(&woken, soon), Rest::Gone);
    }
}
