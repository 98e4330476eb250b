//! Search keys and ranking. No SQL, no terminal.
