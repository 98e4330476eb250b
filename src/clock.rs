//! The only source of time, ids and nonces.
//!
//! A [`Clock`] is the system's, or one that starts at a given instant and runs from there (rehearsal), or one
//! that stands still until told (tests). [`Ids`] are random, or seeded where everything must repeat (`demo`).

use crate::domain::ids::Mint;
use crate::domain::time::Ts;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// Where the present moment comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Starts at an instant and runs from there at the machine's pace.
    Running {
        /// The instant at the start.
        start: Ts,
        /// The machine's monotonic reading at the start.
        since: Instant,
    },
    /// Stands still until [`Clock::advance`].
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that starts at `start` and runs.
    #[allow(clippy::disallowed_methods, reason = "this is the room the ban points to")]
    pub fn running_from(start: Ts) -> Self {
        Self::Running { start, since: Instant::now() }
    }

    /// A clock that stands at `at`.
    pub fn fixed(at: Ts) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    /// The present moment, UTC milliseconds.
    #[allow(clippy::disallowed_methods, reason = "this is the room the ban points to")]
    pub fn now(&self) -> Ts {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Ts(since.as_millis() as i64)
            }
            Self::Running { start, since } => Ts(start.0 + since.elapsed().as_millis() as i64),
            Self::Fixed(at) => Ts(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock forward; other clocks are left alone.
    pub fn advance(&self, ms: i64) {
        if let Self::Fixed(at) = self {
            at.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Whether this is a rehearsal's clock.
    pub fn is_rehearsal(&self) -> bool {
        !matches!(self, Self::System)
    }
}

/// A monotonic reading, for debouncing and timing inside the program; never stored.
#[allow(clippy::disallowed_methods, reason = "this is the room the ban points to")]
pub fn monotonic() -> Instant {
    Instant::now()
}

/// Where ids, nonces and secrets come from.
#[derive(Debug, Clone)]
pub enum Ids {
    /// The system's random source.
    Random,
    /// A stream that repeats: the seed and how much has been drawn. Only for `demo` and tests.
    Seeded {
        /// The seed.
        key: [u8; 32],
        /// How many draws were made.
        drawn: u64,
    },
}

impl Ids {
    /// A stream that repeats for the same seed.
    pub fn seeded(seed: &str) -> Self {
        Self::Seeded { key: blake3::derive_key("zhiban seeded ids v1", seed.as_bytes()), drawn: 0 }
    }

    fn fill(&mut self, out: &mut [u8]) {
        match self {
            Self::Random => {
                // A machine without random numbers cannot keep secrets: stopping is the only honest answer.
                getrandom::fill(out).expect("the system's random source");
            }
            Self::Seeded { key, drawn } => {
                *drawn += 1;
                let mut hasher = blake3::Hasher::new_keyed(key);
                hasher.update(&drawn.to_le_bytes());
                hasher.finalize_xof().fill(out);
            }
        }
    }
}

impl Mint for Ids {
    fn id(&mut self, now: Ts) -> Uuid {
        let mut tail = [0; 10];
        self.fill(&mut tail);
        uuid::Builder::from_unix_timestamp_millis(now.0.max(0) as u64, &tail).into_uuid()
    }

    fn nonce(&mut self) -> [u8; 16] {
        let mut out = [0; 16];
        self.fill(&mut out);
        out
    }

    fn secret(&mut self) -> [u8; 32] {
        let mut out = [0; 32];
        self.fill(&mut out);
        out
    }
}
