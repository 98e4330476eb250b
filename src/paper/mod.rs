//! Log slice → [`Summary`] → text, JSON; printing. Reads one snapshot; never touches a live table.

pub mod summary;
