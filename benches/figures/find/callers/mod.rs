//! Whoever calls, however it is typed: invented people with rare and compound surnames, names with points, Latin names
//! and characters of the extensions, and queries by every way officers type that is not quite the usual one.
//!
//! Readings are Unihan's (`readings.txt`), not those the search room is built from. The same seed gives the same.

mod judge;
mod people;
mod rules;

pub use judge::{Judge, Tally, ask};
pub use people::Roster;
pub use rules::{Kind, Query, queries};

/// How many people there are, and how many queries are made from them.
pub const PEOPLE: usize = 5200;
