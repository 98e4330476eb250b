//! Log slice → [`summary::Summary`] → text, JSON; printing. Reads one snapshot; never touches a live table.

pub mod json;
pub mod print;
pub mod summary;
pub mod text;
