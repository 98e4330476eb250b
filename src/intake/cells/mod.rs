//! A file → its cells, read by a child process under limits.
//!
//! A 5 KB workbook can ask for 500 GB and abort whoever reads it, so the reading is done by a child of the
//! same program: the file is its standard input, what it finds comes back over its standard output
//! ([`wire`]). The child limits its own memory and processor time before it looks at the first byte; the
//! parent ([`parent`]) keeps the wall clock, counts again, and can be told to stop. The passwords that are known for a locked
//! file go before it over the same standard input, and nowhere else.

pub mod book;
pub mod child;
pub mod counted;
pub mod format;
pub mod limits;
mod locked;
pub mod markup;
pub mod ods;
pub mod old;
pub mod parent;
pub mod text;
pub mod wire;
mod xml;

pub use crate::domain::form::file::Refusal;
pub use limits::Limits;

/// What a file is: by its content, or by what its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Claim {
    /// A workbook (.xlsx).
    Workbook,
    /// A workbook of the old kind (.xls).
    OldWorkbook,
    /// An OpenDocument sheet (.ods).
    OpenDocument,
    /// Text (.csv).
    Text,
    /// A table of a web page (.html).
    Page,
    /// A workbook as one XML file (SpreadsheetML 2003).
    Xml,
    /// Its ending says nothing.
    #[default]
    Nothing,
}

impl Claim {
    const ALL: [Self; 7] = [
        Self::Workbook,
        Self::OldWorkbook,
        Self::OpenDocument,
        Self::Text,
        Self::Page,
        Self::Xml,
        Self::Nothing,
    ];

    /// What the ending of a file's name says.
    pub fn of_ending(ending: &str) -> Self {
        match ending.to_ascii_lowercase().as_str() {
            "xlsx" | "xlsm" | "xltx" | "xltm" => Self::Workbook,
            "xls" | "xlt" => Self::OldWorkbook,
            "ods" | "ots" | "fods" => Self::OpenDocument,
            "csv" | "tsv" | "tab" | "txt" => Self::Text,
            "htm" | "html" => Self::Page,
            "xml" => Self::Xml,
            _ => Self::Nothing,
        }
    }

    /// The ending of such a file's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::OldWorkbook => "xls",
            Self::OpenDocument => "ods",
            Self::Text => "csv",
            Self::Page => "html",
            Self::Xml => "xml",
            Self::Nothing => "",
        }
    }

    /// The byte on the wire.
    pub(super) const fn byte(self) -> u8 {
        self as u8
    }

    /// What has this byte.
    pub(super) fn of_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.byte() == byte)
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
    /// True or false as a value of its own, which nobody types as a name.
    Bool,
    /// A day, a time of day or both, as a value of its own: what was typed may have been a number of a room.
    Moment,
    /// A formula that nobody has calculated: its value is not in the file.
    Uncalculated,
    /// A number that its sender sees as something else, which is not said by the file in words.
    Shown,
}

impl Mark {
    const ALL: [Self; 8] = [
        Self::Text,
        Self::Number,
        Self::Lossy,
        Self::Error,
        Self::Bool,
        Self::Moment,
        Self::Uncalculated,
        Self::Shown,
    ];

    /// The byte on the wire.
    pub(super) const fn byte(self) -> u8 {
        self as u8
    }

    /// The mark with this byte.
    pub(super) fn of_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}

/// Cells merged into one, both ends within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First row, from 0.
    pub top: u32,
    /// First column, from 0.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

impl Region {
    /// Whether a cell lies in it.
    pub const fn holds(&self, row: u32, col: u16) -> bool {
        self.top <= row && row <= self.bottom && self.left <= col && col <= self.right
    }
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
    /// Whether the sender cannot see it.
    pub hidden: bool,
    /// Whether a program put it where no menu shows it: the lists behind drop-downs.
    pub very_hidden: bool,
    /// Whether a filter hides some of its rows.
    pub filtered: bool,
    /// Whether its day numbers are counted from 1904.
    pub from_1904: bool,
    /// Rows the sender cannot see, from 0, both ends within.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Columns the sender cannot see.
    pub hidden_cols: Vec<(u16, u16)>,
    /// Cells merged into one.
    pub merged: Vec<Region>,
    /// Those of them whose first cell was filled down, by column and row.
    pub filled: Vec<Region>,
    /// Those of them that were too many to be filled down.
    pub unfilled: Vec<Region>,
    /// Whether there are more merged cells than were told.
    pub more_merged: bool,
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

    /// Puts the cells in order once all are there; of two for one place the first stays. Merged cells are filled down
    /// into at most so many others: senders merge the unit's cell over all of its people.
    pub fn finish(&mut self, most: u64) {
        self.arrange();
        self.fill_down(most);
        self.arrange();
    }

    fn fill_down(&mut self, mut left: u64) {
        let mut more = Vec::new();
        self.merged.sort_by_key(|region| (region.top, region.left));
        // Below the last row there is nobody it could be filled in for.
        let end = self.cells.last().map_or(0, |cell| cell.row);
        for region in &self.merged {
            let bottom = region.bottom.min(end);
            if bottom <= region.top {
                continue;
            }
            let at = self.cells.binary_search_by_key(&(region.top, region.left), |cell| (cell.row, cell.col));
            let Ok(at) = at else { continue };
            let rows = u64::from(bottom - region.top);
            if rows > left {
                self.unfilled.push(Region { bottom, ..*region });
                continue;
            }
            left -= rows;
            let first = self.cells[at];
            more.extend((region.top + 1..=bottom).map(|row| Cell { row, ..first }));
            self.filled.push(Region { bottom, ..*region });
        }
        self.filled.sort_by_key(|region| (region.left, region.top));
        self.cells.append(&mut more);
        self.hidden_rows = joined(std::mem::take(&mut self.hidden_rows));
    }

    /// The merged cells that begin above a row, from the top.
    pub fn merged_above(&self, row: u32) -> &[Region] {
        &self.merged[..self.merged.partition_point(|region| region.top < row)]
    }

    /// Whether a row is one the sender cannot see.
    pub fn is_hidden_row(&self, row: u32) -> bool {
        let behind = self.hidden_rows.partition_point(|(from, _)| *from <= row);
        behind.checked_sub(1).is_some_and(|at| row <= self.hidden_rows[at].1)
    }

    /// Whether what stands in a cell was filled down from a merged one above it.
    pub fn is_filled(&self, row: u32, col: u16) -> bool {
        let behind = self.filled.partition_point(|region| (region.left, region.top) < (col, row));
        behind
            .checked_sub(1)
            .map(|at| &self.filled[at])
            .is_some_and(|region| region.left == col && row <= region.bottom)
    }

    fn arrange(&mut self) {
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
    /// What the file is by its content.
    pub is: Claim,
    /// What its name says it is.
    pub named: Claim,
    /// It was locked with a password.
    pub locked: bool,
}

/// Stretches of rows in order, each once.
pub(in crate::intake) fn joined(mut all: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    all.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match out.last_mut() {
            Some((_, last)) if from <= last.saturating_add(1) => *last = to.max(*last),
            _ => out.push((from, to)),
        }
    }
    out
}

/// What stands in a cell without the mark that tells spreadsheet programs to leave it as it is.
pub(in crate::intake) fn bare(text: &str) -> &str {
    let trimmed = text.trim_start();
    match trimmed.strip_prefix(['\'', '‘']) {
        Some(rest) if !rest.trim().is_empty() => rest.trim_end().strip_suffix(['\'', '’']).unwrap_or(rest),
        _ => {
            let quoted = trimmed.trim_end().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            quoted.filter(|inside| !inside.contains('"')).unwrap_or(text)
        }
    }
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
