//! A sheet of a register's entries → its rows: which header belongs to which column, and what each row says there. What
//! it means is read by whoever knows the office.

mod head;
pub mod plan;
pub mod read;

use super::cells::{Cell, Cells, Mark, Sheet};
use super::plan::rows::NOT_ROWS;
use super::{days, seen};
use crate::domain::field::Type;
use crate::domain::form::date;
use crate::domain::form::value::Flaw;
use crate::domain::ledger::{Ledger, Part};
use crate::domain::text::fold;
use crate::domain::time::Calendar;
use crate::error::{Error, Result};
use crate::i18n::{cli::ledger::ENTRIES, intake as words, ledger as say, ledger_sheet as sheets};
use crate::say::Say;
use head::{Header, Is, Lists};
use std::collections::BTreeSet;

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
pub fn rows(
    ledger: &Ledger,
    cells: &Cells,
    file: &str,
    named: Option<&str>,
    calendar: Calendar,
) -> Result<Rows> {
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
    let several = lines.is_some();
    let found = head::lists(&ledger.part, None, seen[*at], header);
    out.rows = all(&ledger.part, seen[*at], &found, calendar);
    told(&mut out.warnings, seen[*at], &found, &out.rows, several);
    if let Some((part, (at, header))) = lines {
        let found = head::lists(part, Some(&ledger.part), seen[at], &header);
        out.lines = all(part, seen[at], &found, calendar);
        told(&mut out.warnings, seen[at], &found, &out.lines, several);
        let above: BTreeSet<usize> = found.read.iter().flat_map(|(header, _)| header.above()).collect();
        out.above = above.into_iter().collect();
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

/// What the officer should know of a sheet that is read: of its headers, of rows below none, what nobody sees in the rows
/// that are read, and what was filled in for them.
fn told(warnings: &mut Vec<Say>, sheet: &Sheet, lists: &Lists, rows: &[Raw], several: bool) {
    let mut new = Vec::new();
    let mut last: Option<&Header> = None;
    for (header, _) in &lists.read {
        // Headers that stand on every page are told of once.
        let of = |header: &Header| (header.twice.clone(), header.unknown.clone(), header.kept.clone());
        if last.replace(header).is_some_and(|last| of(last) == of(header)) {
            continue;
        }
        new.extend(header.twice.iter().map(words::column_twice));
        for (headers, word) in [
            (&header.unknown, sheets::columns_unknown as fn(String, String) -> Say),
            (&header.kept, sheets::own_columns as fn(String, String) -> Say),
        ] {
            if !headers.is_empty() {
                let headers = Say::listed(headers);
                new.push(word(headers.zh, headers.en));
            }
        }
    }
    let named = several.then_some(sheet.name.as_str());
    if !lists.unclaimed.is_empty() {
        let rows = words::rows(named, &lists.unclaimed);
        new.push(words::unclaimed(rows.zh, rows.en));
    }
    let rows = rows.iter().map(|row| row.row.saturating_sub(1)).collect();
    let read = lists.read.iter().flat_map(|(header, _)| &header.columns).filter(|(_, is, _)| *is != Is::Kept);
    let columns = read.map(|(col, _, head)| (*col, head.as_str())).collect();
    new.extend(seen::told(sheet, named, &rows, &columns));
    for said in new {
        if !warnings.contains(&said) {
            warnings.push(said);
        }
    }
}

fn all(part: &Part, sheet: &Sheet, lists: &Lists, calendar: Calendar) -> Vec<Raw> {
    let mut out = Vec::new();
    for (header, rows) in &lists.read {
        let back = header.columns.iter().filter(|(col, is, _)| match is {
            Is::Own(column) if part.columns[*column].field.kind == Type::Date => {
                days::is_put_back(sheet, *col, rows.clone(), calendar)
            }
            _ => false,
        });
        let dates = Dates { calendar, put_back: back.map(|(col, ..)| *col).collect() };
        out.extend(rows.clone().filter_map(|at| row(part, sheet, header, &dates, at)));
    }
    out
}

/// How the days of a sheet are read.
struct Dates {
    calendar: Calendar,
    /// Columns whose days were put back by the hours of the zone.
    put_back: Vec<u16>,
}

/// A row, unless it is blank, a total, a signature, or the headers again.
fn row(part: &Part, sheet: &Sheet, header: &Header, dates: &Dates, at: usize) -> Option<Raw> {
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
        let read = |exact: bool, moments: bool| match cell.mark {
            Mark::Lossy if exact => Err(Flaw::Digits),
            Mark::Error => Err(Flaw::Formula),
            Mark::Uncalculated => Err(Flaw::Uncalculated),
            Mark::Shown => Err(Flaw::Shown),
            Mark::Moment if !moments => Err(Flaw::Dated),
            Mark::Lossy | Mark::Text | Mark::Number | Mark::Bool | Mark::Moment => Ok(text.to_owned()),
        };
        let is_counted = |column: usize| cell.mark == Mark::Number && is_number(part, column);
        // Words that the number's format puts around it.
        let bare = |column: usize, read: Result<String, Flaw>| match read {
            Ok(_) if is_number(part, column) && sheet.is_filled(cell.row, cell.col) => Err(Flaw::Merged),
            Ok(_) if matches!(part.columns[column].field.kind, Type::Date | Type::DateTime) => {
                dated(sheet, cell, dates)
            }
            Ok(text) if is_counted(column) => {
                Ok(text.trim_matches(|c: char| !c.is_ascii_digit() && c != '-').to_owned())
            }
            read => read,
        };
        match is {
            Is::Own(column) => {
                let kind = part.columns[*column].field.kind;
                let read = read(kind.is_digits(), days::takes_moments(kind, head));
                out.cells.push((*column, head.clone(), bare(*column, read)));
            }
            Is::Number(column) => out.numbers.push((*column, head.clone(), read(true, false))),
            Is::Id => text.trim().clone_into(&mut out.id),
            Is::State => text.trim().clone_into(&mut out.state),
            Is::Above(column) => out.above.push((*column, fold(text))),
            Is::Kept => {}
        }
    }
    (!(again || out.cells.is_empty() && out.numbers.is_empty())).then_some(out)
}

fn is_number(part: &Part, column: usize) -> bool {
    matches!(part.columns[column].field.kind, Type::Integer | Type::Temp)
}

/// A day as it stands there, by the office's clock.
fn dated(sheet: &Sheet, cell: &Cell, dates: &Dates) -> Said {
    let text = days::dated(sheet, cell, dates.calendar);
    if dates.put_back.contains(&cell.col) && date::clock(&text).is_some_and(days::is_left_by_zone) {
        return Err(Flaw::DayBefore);
    }
    Ok(text.into_owned())
}

/// What a spreadsheet program would take for a formula stands behind a mark in text files: in workbooks it needs none.
fn unquoted<'a>(sheet: &Sheet, text: &'a str) -> &'a str {
    let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
    bare.filter(|_| sheet.name.is_empty()).unwrap_or(text)
}
