//! How an office's file stands to what was seen of it before.

use super::time::Ts;

/// A file that is older than what this machine saw last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// How many entries it lacks; none where it holds others in their place.
    pub missing: i64,
    /// The head code that was seen last.
    pub head: String,
    /// When its op was recorded.
    pub at: Ts,
}

/// What may be left of somebody who was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Remnants in the free room of the file: it could not be written anew.
    Room,
    /// What was written before, in the WAL: another program reads it.
    Wal,
}
