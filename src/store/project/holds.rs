//! What must hold of a subject.

use crate::error::Error;

/// What must hold of a touched subject after any op, whichever act or undo led here.
pub(super) struct Holds {
    /// Finds what stands against it, given the id: in words for the refusal.
    pub sql: &'static str,
    /// The refusal.
    pub refused: fn(String) -> Error,
}
