//! Search keys and ranking: finds anyone while the phone is ringing.
//!
//! Knows no SQL and no terminal. [`Index`] is built once from plain rows and answers each key pressed; [`keys`]
//! gives the pinyin of one name for tables that filter as the officer types. Both sides of every comparison go
//! through [`fold`](fold::fold), so that width, case, tone marks, dots inside names and characters nobody can see
//! never stand between an officer and a name.
//!
//! What is typed may be Chinese, pinyin in full or in part, initials, any mixture of these, a number or a part of
//! one, or several of them with spaces between (`土木 lw`). Surnames are read as surnames first (`曾` is *zeng*,
//! `data/surnames.toml`), but every other reading finds the name too. Traditional and variant forms are one with the
//! form of today (`data/hanzi.txt`); units are found by what they are called (`data/unit_names.toml`). An office may
//! correct the tables: [`tables`].

mod batch;
mod bodies;
mod calls;
pub mod fold;
pub mod found;
mod fresh;
mod fuzzy;
mod grams;
mod hanzi;
mod index;
pub mod kept;
mod letters;
mod marks;
mod memo;
mod names;
mod numbers;
mod pack;
mod people;
mod pick;
mod pinyin;
mod query;
mod rank;
mod room;
pub mod short;
mod slip;
mod sounds;
pub mod syllables;
pub mod tables;
#[cfg(test)]
mod tests;
mod texts;
mod widen;
#[cfg(test)]
mod widen_tests;
mod word;

pub use batch::Batch;
pub use index::{AT_MOST, Builder, Index};
pub use marks::point_out;
pub use pinyin::{Spelt, keys, spells};

/// From so many rows on what is only worked with is taken from the system and given back to it.
const MANY_ROWS: usize = 1 << 16;
/// The common allocator of Linux keeps a room up to this size for later when it is freed, and then ever larger ones;
/// a larger one goes back at once.
const NEVER_KEPT: usize = 33 << 20;

/// Room for rows that are only worked with. What is not used of it takes no memory.
fn room_to_work<T>(rows: usize) -> Vec<T> {
    let least = if rows < MANY_ROWS { 0 } else { NEVER_KEPT / size_of::<T>().max(1) };
    Vec::with_capacity(rows.max(least))
}
