//! What units are called on the telephone.

/// Other names for a unit's full name.
pub(super) fn names(_full: &str) -> Vec<String> {
    Vec::new()
}
