//! Search keys and ranking. No SQL, no terminal.

/// What a name is found by besides itself.
pub fn keys(name: &str) -> String {
    name.to_lowercase()
}
