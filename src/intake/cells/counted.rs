//! Cells on their way to the parent, counted against what a file may cost.

use super::wire::{Flag, Refused, Sender};
use super::{Claim, Limits, Mark, Refusal, Region, place};
use crate::domain::password::Passwords;
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
    /// The passwords that a locked file is tried with.
    pub known: Passwords,
    sheet: String,
    last_row: Option<u32>,
    rows: u64,
    pub(super) cells: u64,
    bytes: u64,
    notes: u64,
    filled: u64,
    crowded: bool,
    hidden: Option<(u32, u32)>,
}

impl<W: Write> Counted<W> {
    /// Sends to `sender` as much as `limits` allow.
    pub fn new(sender: Sender<W>, limits: Limits) -> Self {
        Self {
            sender,
            limits,
            known: Passwords::default(),
            sheet: String::new(),
            last_row: None,
            rows: 0,
            cells: 0,
            bytes: 0,
            notes: 0,
            filled: 0,
            crowded: false,
            hidden: None,
        }
    }

    /// What the file is.
    pub fn kind(&mut self, is: Claim) -> Result<(), Stop> {
        Ok(self.sender.kind(is)?)
    }

    /// The file was locked, and a password that was typed opened it.
    pub fn locked(&mut self) -> Result<(), Stop> {
        Ok(self.sender.locked()?)
    }

    /// Something of the last sheet as a whole.
    pub fn flag(&mut self, flag: Flag) -> Result<(), Stop> {
        Ok(self.sender.flag(flag)?)
    }

    /// A row of the last sheet that its sender cannot see. Neighbours are told together.
    pub fn hidden_row(&mut self, row: u32) -> Result<(), Stop> {
        self.hidden_rows(row, row)
    }

    /// Several such rows.
    pub fn hidden_rows(&mut self, from: u32, to: u32) -> Result<(), Stop> {
        if let Some((_, last)) = &mut self.hidden
            && (*last == from || last.checked_add(1) == Some(from))
        {
            *last = to;
            return Ok(());
        }
        self.tell_hidden()?;
        self.hidden = Some((from, to));
        Ok(())
    }

    fn tell_hidden(&mut self) -> Result<(), Stop> {
        if let Some((from, to)) = self.hidden.take() {
            self.note()?;
            self.sender.rows(from, to)?;
        }
        Ok(())
    }

    /// Columns of the last sheet that its sender cannot see.
    pub fn hidden_cols(&mut self, from: u32, to: u32) -> Result<(), Stop> {
        let last = self.limits.columns.min(u64::from(u16::MAX)) as u32;
        if from > to || from >= last {
            return Ok(());
        }
        self.note()?;
        Ok(self.sender.columns(from as u16, to.min(last) as u16)?)
    }

    /// Cells of the last sheet merged into one. Those beyond the columns that are read hold nothing that is.
    pub fn merged(&mut self, (top, left): (u32, u32), (bottom, right): (u32, u32)) -> Result<(), Stop> {
        let fits = top <= bottom && left <= right && (top, left) != (bottom, right);
        if !fits || u64::from(left) >= self.limits.columns {
            return Ok(());
        }
        // As with the filling itself: beyond the limit they are left as they stand, and that is said.
        if self.filled >= self.limits.filled.max(1) {
            if !self.crowded {
                self.crowded = true;
                self.sender.flag(Flag::MoreMerged)?;
            }
            return Ok(());
        }
        self.filled += 1;
        let right = right.min(u32::from(u16::MAX)) as u16;
        Ok(self.sender.merged(Region { top, left: left as u16, bottom, right })?)
    }

    fn note(&mut self) -> Result<(), Stop> {
        self.notes += 1;
        // More hidden stretches than rows that may have anything in them.
        if self.notes > self.limits.rows { Err(Refusal::Rows.into()) } else { Ok(()) }
    }

    /// The file is at its end.
    pub fn close(&mut self) -> Result<(), Stop> {
        self.tell_hidden()
    }

    /// A sheet begins.
    pub fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), Stop> {
        self.tell_hidden()?;
        let name = cut(name);
        name.clone_into(&mut self.sheet);
        self.last_row = None;
        self.crowded = false;
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
        // A file may give its rows in any order; only a new lowest one counts.
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

/// A sheet's name, cut where no program lets one be that long.
fn cut(name: &str) -> &str {
    name.char_indices().nth(255).map_or(name, |(at, _)| &name[..at])
}
