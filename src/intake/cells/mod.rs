//! A file → its cells, read by a child process under limits.
//!
//! A 5 KB workbook can ask for 500 GB and abort whoever reads it, so the reading is done by a child of the
//! same program: the file is its standard input, what it finds comes back over its standard output
//! ([`wire`]). The child limits its own memory and processor time before it looks at the first byte; the
//! parent ([`parent`]) keeps the wall clock, counts again, and can be told to stop.

pub mod book;
pub mod child;
pub mod counted;
pub mod limits;
pub mod parent;
pub mod text;
pub mod wire;

pub use crate::domain::form::file::Refusal;
pub use limits::Limits;

/// What a file's name says it is. A file that is something else is refused: it is probably not the one meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// A workbook (.xlsx).
    Workbook,
    /// A workbook of the old kind (.xls).
    OldWorkbook,
    /// Text (.csv).
    Text,
    /// Its ending says nothing.
    Nothing,
}

impl Claim {
    /// What the ending of a file's name says.
    pub fn of_ending(ending: &str) -> Self {
        match ending.to_ascii_lowercase().as_str() {
            "xlsx" | "xlsm" | "xltx" | "xltm" => Self::Workbook,
            "xls" | "xlt" => Self::OldWorkbook,
            "csv" | "tsv" | "tab" | "txt" => Self::Text,
            _ => Self::Nothing,
        }
    }

    /// The word by which the parent tells the child; an ending that says the same.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::OldWorkbook => "xls",
            Self::Text => "csv",
            Self::Nothing => "",
        }
    }
}

/// What is particular about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Text.
    Text,
    /// A number; zeros before it may have been lost.
    Number,
    /// A number too long to have been kept exactly.
    Lossy,
    /// A formula's error.
    Error,
}

/// One cell with something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub col: u16,
    /// What is particular about it.
    pub mark: Mark,
    at: u32,
    len: u32,
}

/// One sheet. All its text stands in one string, since a report has some 150,000 small cells.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Name; empty for a text file.
    pub name: String,
    /// Whether the sender can see it.
    pub hidden: bool,
    text: String,
    cells: Vec<Cell>,
    rows: Vec<(usize, usize)>,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: &str, hidden: bool) -> Self {
        Self { name: name.to_owned(), hidden, ..Self::default() }
    }

    /// Adds a cell; blank ones are left out. [`Limits::text`] is counted by the caller, so places fit four bytes.
    pub fn push(&mut self, row: u32, col: u16, mark: Mark, text: &str) {
        if !text.trim().is_empty() {
            let (at, len) = (self.text.len() as u32, text.len() as u32);
            self.cells.push(Cell { row, col, mark, at, len });
            self.text.push_str(text);
        }
    }

    /// Puts the cells in order once all are there; of two for one place the first stays.
    pub fn finish(&mut self) {
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.col)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.col));
        }
        self.cells.dedup_by_key(|cell| (cell.row, cell.col));
        self.rows.clear();
        let mut from = 0;
        for at in 1..=self.cells.len() {
            if at == self.cells.len() || self.cells[at].row != self.cells[from].row {
                self.rows.push((from, at));
                from = at;
            }
        }
    }

    /// How many rows have anything in them.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of the `at`-th row that has any, by column.
    pub fn row(&self, at: usize) -> &[Cell] {
        let (from, to) = self.rows[at];
        &self.cells[from..to]
    }

    /// A cell's text.
    pub fn text(&self, cell: &Cell) -> &str {
        &self.text[cell.at as usize..(cell.at + cell.len) as usize]
    }
}

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// BLAKE3 of the file's bytes, hexadecimal.
    pub digest: String,
}

/// A cell's place as people say it: `C12`.
pub fn place(row: u32, col: u32) -> String {
    let mut letters = String::new();
    let mut left = col + 1;
    while left > 0 {
        letters.insert(0, char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", u64::from(row) + 1)
}
