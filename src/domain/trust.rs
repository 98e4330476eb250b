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
