//! Tables → a workbook (.xlsx) with real numbers and dates.

use super::Paper;
use super::sheet::{Cell, Sheet};
use crate::domain::text::{safe_block, safe_line};
use crate::error::{Error, Kind, Result};
use crate::i18n::paper as say;
use chrono::{Datelike, NaiveDate, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// A column is at least and at most this wide, in characters.
const WIDTHS: (usize, usize) = (6, 48);

/// The workbook of a paper's tables.
///
/// # Errors
/// The paper has no tables, or one is too large for a workbook.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>> {
    if paper.sheets.is_empty() {
        return Err(Error::refused(say::no_workbook(&paper.title)));
    }
    tables(&paper.sheets)
}

/// A workbook of tables.
///
/// # Errors
/// One is too large for a workbook.
pub fn tables(sheets: &[Sheet]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    // The writer would put the machine's clock there; the office's own time stands on the paper itself.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| failed(&error))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let formats = Formats::new();
    for sheet in sheets {
        write(book.add_worksheet(), sheet, &formats).map_err(|error| failed(&error))?;
    }
    book.save_to_buffer().map_err(|error| failed(&error))
}

/// A workbook to be filled in: one sheet with headers, each with whether its column holds text that looks like a
/// number (which a spreadsheet program would else shorten).
///
/// # Errors
/// It cannot be made.
pub fn blank(name: &str, heads: &[(&str, bool)]) -> Result<Vec<u8>> {
    let made = || {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let (formats, text) = (Formats::new(), Format::new().set_num_format("@"));
        let sheet = book.add_worksheet();
        sheet.set_name(tab(name))?;
        sheet.set_freeze_panes(1, 0)?;
        for (col, (head, is_text)) in (0_u16..).zip(heads) {
            sheet.set_column_width(col, head.width().clamp(WIDTHS.0, WIDTHS.1) as f64 + 2.0)?;
            if *is_text {
                sheet.set_column_format(col, &text)?;
            }
            sheet.write_string_with_format(0, col, *head, &formats.head)?;
        }
        book.save_to_buffer()
    };
    made().map_err(|error| failed(&error))
}

/// Why there is no workbook; the writer's own words stay here.
pub(crate) fn failed(error: &XlsxError) -> Error {
    let why = match error {
        XlsxError::RowColumnLimitError => say::TOO_MANY_ROWS,
        XlsxError::MaxStringLengthExceeded => say::TOO_LONG_A_CELL,
        XlsxError::IoError(error) => return Error::machine(Kind::NotSaved, error, say::workbook_failed),
        _ => say::NOT_FOR_A_WORKBOOK,
    };
    Error::user(Kind::NotSaved, why.within(say::workbook_failed)).hint(say::WORKBOOK_HINT)
}

/// Whether a spreadsheet program takes a text for something else once its cell is edited, or the sheet saved in another
/// form: a formula, a number without its zeros, a date.
fn is_taken_for_more(text: &str) -> bool {
    text.trim_start()
        .starts_with(|c: char| c.is_numeric() || "=+-@\t\r".contains(c) || "＝＋－＠".contains(c))
}

struct Formats {
    head: Format,
    /// Text, with the mark before it that keeps it text.
    quoted: Format,
    tenths: Format,
    day: Format,
    at: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap(),
            quoted: Format::new().set_quote_prefix().set_num_format("@"),
            tenths: Format::new().set_num_format("0.0"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            at: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

fn write(to: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    to.set_name(tab(&sheet.name))?;
    to.set_freeze_panes(1, 0)?;
    for (col, head) in sheet.head.iter().enumerate() {
        to.write_string_with_format(0, col as u16, safe_line(head), &formats.head)?;
        let shown = sheet.rows.iter().filter_map(|row| row.get(col)).map(width);
        let widest = shown.chain([head.width()]).max().unwrap_or(0);
        to.set_column_width(col as u16, widest.clamp(WIDTHS.0, WIDTHS.1) as f64 + 2.0)?;
    }
    for (row, cells) in sheet.rows.iter().enumerate() {
        // Beyond a sheet's last row the writer itself refuses.
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        for (col, cell) in cells.iter().enumerate() {
            let col = col as u16;
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => {
                    let text = safe_block(text);
                    if is_taken_for_more(&text) {
                        to.write_string_with_format(row, col, text, &formats.quoted)?
                    } else {
                        to.write_string(row, col, text)?
                    }
                }
                Cell::Int(n) => to.write_number(row, col, *n as f64)?,
                Cell::Tenths(n) => to.write_number_with_format(row, col, *n, &formats.tenths)?,
                Cell::Day(day) => to.write_datetime_with_format(row, col, excel(*day)?, &formats.day)?,
                Cell::At(at) => {
                    let time = excel(at.date())?.and_hms(at.hour() as u16, at.minute() as u8, at.second())?;
                    to.write_datetime_with_format(row, col, time, &formats.at)?
                }
            };
        }
    }
    Ok(())
}

pub(super) fn excel(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    // A year no workbook holds is refused by the writer.
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), day.month() as u8, day.day() as u8)
}

/// A name that a tab can have.
pub(super) fn tab(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    if kept.trim().is_empty() { "1".to_owned() } else { kept }
}

/// How many characters a cell takes.
fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Empty => 0,
        Cell::Text(text) => text.width(),
        Cell::Int(n) => n.to_string().len(),
        Cell::Tenths(_) => 6,
        Cell::Day(_) => 10,
        Cell::At(_) => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{PaperKind, block};
    use crate::say::Lang;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn paper(sheets: Vec<Sheet>) -> Paper {
        Paper {
            kind: PaperKind::CallSheet,
            lang: Lang::Zh,
            subject: None,
            title: "名单".to_owned(),
            look: block::Sheet::default(),
            blocks: Vec::new(),
            sheets,
            json: serde_json::Value::Null,
            cut: None,
            warning: None,
        }
    }

    #[test]
    fn numbers_and_dates_are_numbers_and_dates_and_text_is_never_a_formula() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 17).unwrap();
        let cells = vec![
            Cell::Text("=1+1".to_owned()),
            Cell::Text("0012".to_owned()),
            Cell::Int(12),
            Cell::Tenths(37.3),
            Cell::Day(day),
            Cell::At(day.and_hms_opt(10, 5, 0).unwrap()),
            Cell::Empty,
        ];
        let head = ["甲", "乙", "丙", "丁", "戊", "己", "庚"].map(str::to_owned).to_vec();
        let sheet = Sheet { name: "a/b[名单]".to_owned(), head, rows: vec![cells] };
        let bytes = xlsx(&paper(vec![sheet])).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("ab名单").unwrap();
        let cell = |col| range.get_value((1, col)).unwrap();
        assert_eq!(cell(0), &Data::String("=1+1".to_owned()));
        assert_eq!(cell(1), &Data::String("0012".to_owned()));
        assert_eq!(cell(2), &Data::Float(12.0));
        assert_eq!(cell(3), &Data::Float(37.3));
        let Data::DateTime(at) = cell(4) else { panic!("{:?}", cell(4)) };
        assert!((at.as_f64() - 43878.0).abs() < f64::EPSILON);
        assert!(matches!(cell(5), Data::DateTime(at) if at.is_datetime()));
        assert!(xlsx(&paper(Vec::new())).unwrap_err().text(Lang::Zh).contains("名单"));
    }
}
