//! Cells on their way to the parent, counted against what a file may cost.

use super::wire::{Refused, Sender};
use super::{Limits, Mark, Refusal, place};
use std::io::{self, Write};

/// Why reading stops: the file is refused, or nobody listens any more.
#[derive(Debug)]
pub enum Stop {
    /// The file is refused.
    Refused(Refused),
    /// The parent is gone.
    Pipe(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Pipe(error)
    }
}

impl From<Refusal> for Stop {
    fn from(why: Refusal) -> Self {
        Self::Refused((why, String::new()))
    }
}

/// Sends cells, counting them against the limits.
pub struct Counted<W: Write> {
    pub(super) sender: Sender<W>,
    /// What the file may cost.
    pub limits: Limits,
    sheet: String,
    last_row: Option<u32>,
    rows: u64,
    pub(super) cells: u64,
    bytes: u64,
}

impl<W: Write> Counted<W> {
    /// Sends to `sender` as much as `limits` allow.
    pub fn new(sender: Sender<W>, limits: Limits) -> Self {
        Self { sender, limits, sheet: String::new(), last_row: None, rows: 0, cells: 0, bytes: 0 }
    }

    /// A sheet begins.
    pub fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), Stop> {
        name.clone_into(&mut self.sheet);
        self.last_row = None;
        Ok(self.sender.sheet(name, hidden)?)
    }

    /// A cell; blank ones are left out, and so cost nothing wherever they stand.
    pub fn cell(&mut self, row: u32, col: u32, mark: Mark, text: &str) -> Result<(), Stop> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let stop = |why| Err(Stop::Refused((why, format!("{} {}", self.sheet, place(row, col)))));
        if u64::from(col) >= self.limits.columns {
            return stop(Refusal::Columns);
        }
        if text.len() as u64 > self.limits.cell {
            return stop(Refusal::LongCell);
        }
        // Merged cells are filled in ahead of their rows, so only a new lowest row counts.
        if self.last_row.is_none_or(|last| row > last) {
            self.last_row = Some(row);
            self.rows += 1;
        }
        self.cells += 1;
        self.bytes += text.len() as u64;
        if self.rows > self.limits.rows {
            return stop(Refusal::Rows);
        }
        if self.cells > self.limits.cells {
            return stop(Refusal::Cells);
        }
        if self.bytes > self.limits.text {
            return stop(Refusal::Text);
        }
        Ok(self.sender.cell(row, col as u16, mark, text)?)
    }
}
