//! How much a file may cost: what its reader counts against, and what the system holds it to.

#![allow(clippy::cast_lossless, reason = "a constant cannot be converted by a trait")]

use crate::domain::form::file::{
    MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_FILE, MAX_FILLED, MAX_ROWS, MAX_SHEETS, MAX_TEXT, MAX_UNPACKED,
};

macro_rules! limits {
    ($($(#[$m:meta])* $name:ident = $most:expr),+ $(,)?) => {
        /// What one file may cost. The child is told by its parent, and takes no more than the usual whatever it is told:
        /// a limit can only be lowered. So each guard is tried with a small file that goes merely over it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits { $($(#[$m])* pub $name: u64),+ }

        impl Limits {
            /// The usual.
            pub const MOST: Self = Self { $($name: $most),+ };

            /// One word for the child's command line.
            pub fn word(&self) -> String {
                [$(self.$name.to_string()),+].join(",")
            }

            /// What such a word says; the usual where it says nothing or asks for more.
            pub fn of_word(word: &str) -> Self {
                let mut told = word.split(',').map(|number| number.parse().ok());
                Self { $($name: told.next().flatten().unwrap_or(u64::MAX).min($most)),+ }
            }
        }
    };
}

limits! {
    /// Bytes of the file.
    file = MAX_FILE,
    /// Bytes that a workbook may unpack to.
    unpacked = MAX_UNPACKED,
    /// Rows with anything in them.
    rows = MAX_ROWS as u64,
    /// Columns.
    columns = MAX_COLUMNS as u64,
    /// Bytes in one cell.
    cell = MAX_CELL as u64,
    /// Cells with anything in them, in all sheets.
    cells = MAX_CELLS as u64,
    /// Bytes of text in all cells.
    text = MAX_TEXT as u64,
    /// Sheets of a workbook.
    sheets = MAX_SHEETS as u64,
    /// Cells that merged regions are filled down into.
    filled = MAX_FILLED,
    /// The child's address space, in bytes.
    memory = 1 << 30,
    /// The child's processor time, in seconds.
    cpu = 20,
}

impl Default for Limits {
    fn default() -> Self {
        Self::MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_lowers_limits_and_never_raises_one() {
        let few = Limits { rows: 3, memory: 1, ..Limits::MOST };
        assert_eq!(Limits::of_word(&few.word()), few);
        let more = Limits { rows: u64::MAX, cpu: 1_000_000, ..Limits::MOST };
        assert_eq!(Limits::of_word(&more.word()), Limits::MOST);
        for word in ["", "x", ",,,", "-1"] {
            assert_eq!(Limits::of_word(word), Limits::MOST, "{word}");
        }
    }
}
