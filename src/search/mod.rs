//! Search keys and ranking: finds anyone while the phone is ringing.
//!
//! Knows no SQL and no terminal. [`Index`] is built once from plain rows and answers each key pressed; [`keys`]
//! gives the pinyin of one name for tables that filter as the officer types. Both sides of every comparison go
//! through [`fold`](fold::fold), so that width, case, tone marks, dots inside names and characters nobody can see
//! never stand between an officer and a name.
//!
//! What is typed may be Chinese, pinyin in full or in part, initials, any mixture of these, a number or a part of
//! one, or several of them with spaces between (`土木 lw`). Surnames are read as surnames first (`曾` is *zeng*,
//! `data/surnames.toml`), but every other reading finds the name too.

mod arena;
pub mod fold;
pub mod found;
mod fuzzy;
mod hanzi;
mod index;
mod letters;
mod names;
mod pinyin;
mod rank;
pub mod short;
pub mod syllables;
pub mod tables;
#[cfg(test)]
mod tests;

pub use index::Index;
pub use pinyin::keys;

use crate::domain::ids::Subject;

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Who or what.
    pub target: Subject,
    /// Its place among the people or the units the index was built from.
    pub place: usize,
    /// How well it fits: higher is better. Only for comparing hits of one query.
    pub score: u16,
    /// By what it was found.
    pub why: Why,
    /// The characters of its name that were meant, counted from 0, to be pointed out.
    pub matched: Vec<usize>,
}

/// By what something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Its name as written.
    Name,
    /// Its name in pinyin.
    Pinyin,
    /// The initials of its name.
    Initials,
    /// Staff or student number, or a unit's code.
    No,
    /// A telephone number: a person's own or family's, a unit's liaison's or head's.
    Phone,
    /// The person belongs to a unit that was found.
    Unit,
    /// A unit's liaison or head.
    Contact,
    /// Nothing fits exactly; its pinyin comes near.
    Near,
}
