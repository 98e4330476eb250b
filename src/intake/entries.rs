//! A sheet of a register's entries → its rows: which header belongs to which column, and what each row says there. What
//! it means is read by whoever knows the office.

pub mod plan;
pub mod read;

use super::cells::{Cells, Mark, Sheet};
use super::plan::rows::NOT_ROWS;
use crate::domain::form::header_among;
use crate::domain::form::value::Flaw;
use crate::domain::ledger::Ledger;
use crate::domain::text::fold;
use crate::error::{Error, Result};
use crate::i18n::{intake as words, ledger as say};
use crate::say::Say;

/// The header row is looked for in the first rows that have anything in them.
const HEADER_WITHIN: usize = 10;

/// A row of a sheet, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The sheet's name; empty of a text file.
    pub sheet: String,
    /// The row as the sender's program numbers it, from 1.
    pub row: u32,
    /// What stands in each column of the ledger that the sheet has: its place there, how it is headed, and the text, or why
    /// it cannot be trusted.
    pub cells: Vec<(usize, String, Result<String, Flaw>)>,
}

/// The rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// In the file's order.
    pub rows: Vec<Raw>,
    /// What the officer should know: headers that no column has, sheets left out.
    pub warnings: Vec<Say>,
}

/// The rows of the first sheet whose headers are those of the ledger, or of the one that is named: a workbook may hold the
/// same entries twice.
///
/// # Errors
/// No such sheet has them.
pub fn rows(ledger: &Ledger, cells: &Cells, file: &str, named: Option<&str>) -> Result<Rows> {
    let mut out = Rows::default();
    let mut unknown: Vec<String> = Vec::new();
    let mut found = false;
    let wanted = |sheet: &&Sheet| named.is_none_or(|named| fold(named) == fold(&sheet.name));
    for sheet in cells.sheets.iter().filter(|sheet| !sheet.is_empty()).filter(wanted) {
        if sheet.hidden {
            out.warnings.push(words::hidden_sheet(&sheet.name));
            continue;
        }
        let Some(header) = header(ledger, sheet).filter(|_| !found) else {
            out.warnings.push(words::sheet_left_out(&sheet.name));
            continue;
        };
        found = true;
        unknown.extend(header.unknown.iter().cloned());
        out.warnings.extend(header.twice.iter().map(words::column_twice));
        out.rows.extend((header.at + 1..sheet.len()).filter_map(|at| row(ledger, sheet, &header, at)));
    }
    if !found {
        let needed: Vec<_> = must_have(ledger).map(|column| words_of(ledger, column)).collect();
        let zh = Say::listed(needed.iter().map(|title| &title.zh)).zh;
        let en = Say::listed(needed.iter().map(|title| &title.en)).en;
        return Err(Error::file(say::no_header(file)).hint(words::header_hint(zh, en)));
    }
    if !unknown.is_empty() {
        let headers = Say::listed(unknown);
        out.warnings.push(words::columns_unknown(headers.zh, headers.en));
    }
    if out.rows.is_empty() {
        return Err(Error::file(words::no_rows(file)).hint(words::NO_ROWS_HINT));
    }
    Ok(out)
}

fn words_of(ledger: &Ledger, column: usize) -> Say {
    say::titled(&ledger.part.columns[column].field.title)
}

/// The columns a sheet has to have: what must be filled, and does not come by itself.
fn must_have(ledger: &Ledger) -> impl Iterator<Item = usize> + '_ {
    let columns = ledger.part.columns.iter().enumerate();
    columns
        .filter(|(_, column)| {
            column.field.required && !column.readonly && column.default.is_none() && column.relevant.is_none()
        })
        .map(|(at, _)| at)
}

/// Where the headers stand, and which column of the sheet is which of the ledger.
struct Header {
    at: usize,
    columns: Vec<(u16, usize, String)>,
    unknown: Vec<String>,
    twice: Vec<String>,
}

fn header(ledger: &Ledger, sheet: &Sheet) -> Option<Header> {
    let all = (0..sheet.len().min(HEADER_WITHIN)).map(|at| header_at(ledger, sheet, at));
    let fits = |header: &Header| {
        let has = |column: usize| header.columns.iter().any(|(_, known, _)| *known == column);
        !header.columns.is_empty() && must_have(ledger).all(has)
    };
    // The first of equals: a repeated header further down is not the header.
    all.filter(fits).reduce(|best, next| if next.columns.len() > best.columns.len() { next } else { best })
}

fn header_at(ledger: &Ledger, sheet: &Sheet, at: usize) -> Header {
    let lists = ledger.part.columns.iter().enumerate().filter(|(_, column)| !column.readonly).flat_map(
        |(at, column)| {
            let field = &column.field;
            let own = [field.title.zh.as_str(), field.title.en.as_str(), field.name.as_str()];
            column.headers.iter().map(String::as_str).chain(own).map(move |header| (at, header))
        },
    );
    let mut header = Header { at, columns: Vec::new(), unknown: Vec::new(), twice: Vec::new() };
    for cell in sheet.row(at) {
        let text = sheet.text(cell).trim().to_owned();
        match header_among(&text, &lists) {
            Some(column) if header.columns.iter().any(|(_, known, _)| *known == column) => {
                header.twice.push(text);
            }
            Some(column) => header.columns.push((cell.col, column, text)),
            None if fold(&text).is_empty() => {}
            None => header.unknown.push(text),
        }
    }
    header
}

/// A row, unless it is blank, a total, a signature, or the headers again.
fn row(ledger: &Ledger, sheet: &Sheet, header: &Header, at: usize) -> Option<Raw> {
    let first = sheet.row(at).first()?;
    let begins = fold(sheet.text(first));
    if NOT_ROWS.iter().any(|word| begins.starts_with(word)) {
        return None;
    }
    let mut cells = Vec::new();
    let mut again = true;
    for cell in sheet.row(at) {
        let Some((_, column, head)) = header.columns.iter().find(|(col, ..)| *col == cell.col) else {
            continue;
        };
        let text = sheet.text(cell);
        again &= fold(text) == fold(head);
        let exact = ledger.part.columns[*column].field.kind.is_digits();
        let read = match cell.mark {
            Mark::Lossy if exact => Err(Flaw::Digits),
            Mark::Error => Err(Flaw::Formula),
            Mark::Lossy | Mark::Text | Mark::Number => Ok(text.to_owned()),
        };
        cells.push((*column, head.clone(), read));
    }
    (!cells.is_empty() && !again).then(|| Raw { sheet: sheet.name.clone(), row: first.row + 1, cells })
}
