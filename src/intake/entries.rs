//! A sheet of a register's entries → its rows: which header belongs to which column, and what each row says there. What
//! it means is read by whoever knows the office.

mod head;
pub mod plan;
pub mod read;

use super::cells::{Cells, Mark, Sheet};
use super::plan::rows::NOT_ROWS;
use crate::domain::field::Type;
use crate::domain::form::value::Flaw;
use crate::domain::ledger::{Ledger, Part};
use crate::domain::text::fold;
use crate::error::{Error, Result};
use crate::i18n::{cli::ledger::ENTRIES, intake as words, ledger as say, ledger_sheet as sheets};
use crate::say::Say;
use head::{Header, Is};

/// What stands in a cell, or why it cannot be trusted.
pub type Said = std::result::Result<String, Flaw>;

/// A row of a sheet, as it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Raw {
    /// The sheet's name; empty of a text file.
    pub sheet: String,
    /// The row as the sender's program numbers it, from 1.
    pub row: u32,
    /// What stands in each column of the ledger that the sheet has: its place there, how it is headed, and what it says.
    pub cells: Vec<(usize, String, Said)>,
    /// The numbers of people that stand beside their names: of which column, how it is headed, and what it says.
    pub numbers: Vec<(usize, String, Said)>,
    /// The id of the entry, where a ledger wrote the sheet: it joins entries and lines, and is not kept.
    id: String,
    /// The state it had there.
    state: String,
    /// Of a line, what stands there of its entry, by the entry's column.
    above: Vec<(usize, String)>,
}

/// The rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The entries, in the file's order.
    pub rows: Vec<Raw>,
    /// Their lines.
    pub lines: Vec<Raw>,
    /// The entry's columns by which lines name it.
    above: Vec<usize>,
    /// What the officer should know: headers that no column has, sheets left out.
    pub warnings: Vec<Say>,
}

/// The rows of the first sheet whose headers are those of the ledger, or of the one that is named; of a workbook that a
/// ledger wrote, of the one that has every entry, since its list has but the newest of each line. The lines of entries
/// stand in a sheet of their own.
///
/// # Errors
/// No such sheet has them.
pub fn rows(ledger: &Ledger, cells: &Cells, file: &str, named: Option<&str>) -> Result<Rows> {
    let mut out = Rows::default();
    let mut seen: Vec<&Sheet> = Vec::new();
    for sheet in cells.sheets.iter().filter(|sheet| !sheet.is_empty()) {
        if sheet.hidden {
            out.warnings.push(words::hidden_sheet(&sheet.name));
        } else {
            seen.push(sheet);
        }
    }
    let wanted = |sheet: &Sheet| named.is_none_or(|named| fold(named) == fold(&sheet.name));
    let mut fit: Vec<(usize, Header)> = Vec::new();
    for (at, sheet) in seen.iter().enumerate() {
        fit.extend(head::header(&ledger.part, None, sheet).map(|header| (at, header)));
    }
    let is_all = |at: usize| [ENTRIES.zh, ENTRIES.en].iter().any(|name| fold(name) == fold(&seen[at].name));
    let of_entries = fit.iter().filter(|(at, _)| wanted(seen[*at]));
    let Some((at, header)) = of_entries.clone().find(|(at, _)| is_all(*at)).or(of_entries.clone().next())
    else {
        return Err(Error::file(say::no_header(file)).hint(header_hint(ledger)));
    };
    let lines = ledger.lines.as_ref().and_then(|lines| {
        let mut others = seen.iter().enumerate().filter(|(other, _)| fit.iter().all(|(at, _)| at != other));
        let fits = |(at, sheet): (usize, &&Sheet)| {
            Some((at, head::header(&lines.part, Some(&ledger.part), sheet).filter(Header::names_entries)?))
        };
        others.find_map(fits).map(|found| (&lines.part, found))
    });
    let below = lines.as_ref().map(|(_, (at, _))| *at);
    for (other, sheet) in seen.iter().enumerate().filter(|(other, _)| other != at && Some(*other) != below) {
        out.warnings.push(if fit.iter().any(|(at, _)| *at == other) {
            words::other_sheet_read(&sheet.name, &seen[*at].name)
        } else {
            words::sheet_left_out(&sheet.name)
        });
    }
    told(&mut out.warnings, header);
    out.rows = all(&ledger.part, seen[*at], header);
    if let Some((part, (at, header))) = &lines {
        told(&mut out.warnings, header);
        out.lines = all(part, seen[*at], header);
        out.above = header.above();
    }
    if out.rows.is_empty() {
        return Err(Error::file(words::no_rows(file)).hint(sheets::NO_ROWS_HINT));
    }
    Ok(out)
}

/// Which headers there must be, and where they are to be had.
fn header_hint(ledger: &Ledger) -> Say {
    let mut needed: Vec<Say> =
        head::must_have(&ledger.part).map(|column| say::titled(&column.field.title)).collect();
    let any = needed.is_empty();
    if any {
        let typed = ledger.part.columns.iter().filter(|column| !column.readonly);
        needed = typed.map(|column| say::titled(&column.field.title)).collect();
    }
    let zh = Say::listed(needed.iter().map(|title| &title.zh)).zh;
    let en = Say::listed(needed.iter().map(|title| &title.en)).en;
    if any {
        sheets::any_header_hint(zh, en, &ledger.name)
    } else {
        sheets::header_hint(zh, en, &ledger.name)
    }
}

/// What the officer should know of the headers of a sheet that is read.
fn told(warnings: &mut Vec<Say>, header: &Header) {
    warnings.extend(header.twice.iter().map(words::column_twice));
    for (headers, word) in [
        (&header.unknown, sheets::columns_unknown as fn(String, String) -> Say),
        (&header.kept, sheets::own_columns as fn(String, String) -> Say),
    ] {
        if !headers.is_empty() {
            let headers = Say::listed(headers);
            warnings.push(word(headers.zh, headers.en));
        }
    }
}

fn all(part: &Part, sheet: &Sheet, header: &Header) -> Vec<Raw> {
    (header.at + 1..sheet.len()).filter_map(|at| row(part, sheet, header, at)).collect()
}

/// A row, unless it is blank, a total, a signature, or the headers again.
fn row(part: &Part, sheet: &Sheet, header: &Header, at: usize) -> Option<Raw> {
    let first = sheet.row(at).first()?;
    let begins = fold(sheet.text(first));
    if NOT_ROWS.iter().any(|word| begins.starts_with(word)) {
        return None;
    }
    let mut out = Raw { sheet: sheet.name.clone(), row: first.row + 1, ..Raw::default() };
    let mut again = true;
    for cell in sheet.row(at) {
        let Some((_, is, head)) = header.columns.iter().find(|(col, ..)| *col == cell.col) else {
            continue;
        };
        let text = unquoted(sheet, sheet.text(cell));
        again &= fold(text) == fold(head);
        let read = |exact: bool| match cell.mark {
            Mark::Lossy if exact => Err(Flaw::Digits),
            Mark::Error => Err(Flaw::Formula),
            Mark::Uncalculated => Err(Flaw::Uncalculated),
            Mark::Shown => Err(Flaw::Shown),
            Mark::Moment if exact => Err(Flaw::Dated),
            Mark::Lossy | Mark::Text | Mark::Number | Mark::Bool | Mark::Moment => Ok(text.to_owned()),
        };
        let is_counted = |column: usize| {
            cell.mark == Mark::Number && matches!(part.columns[column].field.kind, Type::Integer | Type::Temp)
        };
        // Words that the number's format puts around it.
        let bare = |column: usize, read: Result<String, Flaw>| match read {
            Ok(text) if is_counted(column) => {
                Ok(text.trim_matches(|c: char| !c.is_ascii_digit() && c != '-').to_owned())
            }
            read => read,
        };
        match is {
            Is::Own(column) => {
                let exact = part.columns[*column].field.kind.is_digits();
                out.cells.push((*column, head.clone(), bare(*column, read(exact))));
            }
            Is::Number(column) => out.numbers.push((*column, head.clone(), read(true))),
            Is::Id => text.trim().clone_into(&mut out.id),
            Is::State => text.trim().clone_into(&mut out.state),
            Is::Above(column) => out.above.push((*column, fold(text))),
            Is::Kept => {}
        }
    }
    (!(again || out.cells.is_empty() && out.numbers.is_empty())).then_some(out)
}

/// What a spreadsheet program would take for a formula stands behind a mark in text files: in workbooks it needs none.
fn unquoted<'a>(sheet: &Sheet, text: &'a str) -> &'a str {
    let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
    bare.filter(|_| sheet.name.is_empty()).unwrap_or(text)
}
