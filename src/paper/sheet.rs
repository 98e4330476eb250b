//! Tables as spreadsheets see them: numbers are numbers, dates are dates.

use chrono::{NaiveDate, NaiveDateTime};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text; also numbers that are names (staff numbers, phones).
    Text(String),
    /// A count.
    Int(i64),
    /// A measured number with one decimal (℃, %).
    Tenths(f64),
    /// A calendar day.
    Day(NaiveDate),
    /// A moment, on the office's clock.
    At(NaiveDateTime),
}

impl Cell {
    /// Text, or nothing when empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// One sheet of a workbook: a head row, then rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name on the tab, in the paper's language; at most 31 characters, without `[]:*?/\`.
    pub name: String,
    /// What each column holds.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<Cell>>,
}
