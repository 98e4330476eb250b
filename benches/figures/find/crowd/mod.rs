//! Invented people and the queries made from them, with a judge of which queries tell somebody from the rest.
//!
//! Knows nothing of how the search room works: readings, folding and fitting are written here a second time, plainly
//! and slowly, so that the two can be held against each other. The same seed gives the same people and queries.

pub mod engine;
pub mod judge;
pub mod people;
pub mod query;
pub mod recall;
pub mod rng;
pub mod slip;
pub mod sound;
pub mod walk;
pub mod words;

pub use judge::Judge;
pub use people::{Crowd, Human};

/// The seed of everything here.
pub const SEED: u64 = 2020_0217;
