//! Workbooks (.xlsx), streamed: never a whole sheet as a rectangle.

use super::counted::{Counted, Stop};
use super::{Mark, Refusal};
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Write};

/// From here on neighbouring whole numbers are no longer told apart with certainty.
const EXACT: f64 = 1e15;

/// Reads a zip that claims to be a workbook.
pub fn read<W: Write>(bytes: &[u8], to: &mut Counted<W>) -> Result<(), Stop> {
    check_zip(bytes, to.limits.unpacked)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => Refusal::Password,
        _ => Refusal::Damaged,
    })?;
    let sheets = book.sheets_metadata().to_vec();
    // Very hidden sheets hold the lists behind drop-downs; no sender writes in them.
    let sheets = sheets
        .into_iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible != SheetVisible::VeryHidden);
    for (at, sheet) in sheets.enumerate() {
        // Leaving some out would lose rows without a word.
        if at as u64 >= to.limits.sheets {
            return Err(Refusal::Sheets.into());
        }
        to.sheet(&sheet.name, sheet.visible == SheetVisible::Hidden)?;
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        read_sheet(&mut book, &sheet.name, &down(&merged, to.limits.filled), to)?;
    }
    Ok(())
}

/// Refuses what would unpack to more than fits, and what is another kind of zip, before anything is unpacked.
fn check_zip(bytes: &[u8], most: u64) -> Result<(), Stop> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let mut total = 0u64;
    for at in 0..zip.len() {
        let file = zip.by_index_raw(at).map_err(|_| Refusal::Damaged)?;
        total = total.saturating_add(file.size());
    }
    if total > most {
        return Err(Refusal::Bomb.into());
    }
    if zip.index_for_name("mimetype").is_some() && zip.index_for_name("content.xml").is_some() {
        return Err(Refusal::OpenDocument.into());
    }
    let is_book = zip.file_names_raw().any(|name| name.eq_ignore_ascii_case(b"xl/workbook.xml"));
    if is_book { Ok(()) } else { Err(Refusal::NotWorkbook.into()) }
}

/// Merged regions one column wide, first cell → last row: senders merge the unit's cell over all of its people.
fn down(merged: &[Dimensions], mut left: u64) -> HashMap<(u32, u32), u32> {
    let tall = merged.iter().filter(|region| region.start.1 == region.end.1 && region.end.0 > region.start.0);
    tall.take_while(|region| {
        let rows = u64::from(region.end.0 - region.start.0);
        let fits = rows <= left;
        left = left.saturating_sub(rows);
        fits
    })
    .map(|region| (region.start, region.end.0))
    .collect()
}

fn read_sheet<W: Write>(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    merged: &HashMap<(u32, u32), u32>,
    to: &mut Counted<W>,
) -> Result<(), Stop> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| Refusal::Damaged)?;
    let zeros: Vec<usize> = cells
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map_or(0, |format| zeros(&format.format_code)))
        .collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| Refusal::Damaged)? {
        let (row, col) = cell.get_position();
        let width = zeros.get(style).copied().unwrap_or(0);
        let Some((mark, text)) = value(cell.get_value(), width) else { continue };
        to.cell(row, col, mark, &text)?;
        if let Some(last) = merged.get(&(row, col)) {
            for below in row + 1..=*last {
                to.cell(below, col, mark, &text)?;
            }
        }
    }
    Ok(())
}

/// How many digits a format like `000000` pads to; 0 for any other format.
fn zeros(format: &str) -> usize {
    let first = format.split(';').next().unwrap_or_default();
    let padded = first.len() >= 2 && first.len() <= 32 && first.bytes().all(|b| b == b'0');
    if padded { first.len() } else { 0 }
}

fn value<'v>(value: &'v DataRef<'_>, zeros: usize) -> Option<(Mark, Cow<'v, str>)> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::SharedString(text) => (Mark::Text, Cow::Borrowed(*text)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            (Mark::Text, Cow::Borrowed(text.as_str()))
        }
        DataRef::Bool(yes) => (Mark::Text, Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" })),
        DataRef::Int(whole) => number(*whole as f64, zeros),
        DataRef::Float(amount) => number(*amount, zeros),
        DataRef::DateTime(at) => (Mark::Text, Cow::Owned(moment(*at))),
        DataRef::Error(error) => (Mark::Error, Cow::Owned(Data::Error(error.clone()).to_string())),
    })
}

/// A number as the sender sees it: no float noise, zeros of a `000000` format put back.
fn number(amount: f64, zeros: usize) -> (Mark, Cow<'static, str>) {
    if !amount.is_finite() || amount.abs() >= EXACT {
        return (Mark::Lossy, Cow::Owned(format!("{amount:E}")));
    }
    if amount.fract() == 0.0 {
        let whole = amount as i64;
        let text = if whole >= 0 { format!("{whole:0zeros$}") } else { whole.to_string() };
        return (Mark::Number, Cow::Owned(text));
    }
    let text = format!("{amount:.9}");
    (Mark::Number, Cow::Owned(text.trim_end_matches('0').trim_end_matches('.').to_owned()))
}

/// A date, a time of day, or both, in ISO form.
fn moment(at: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    if at.is_duration() || at.as_f64() < 1.0 {
        let minutes = (at.as_f64() * 1440.0).round() as i64;
        return format!("{:02}:{:02}", minutes.div_euclid(60), minutes.rem_euclid(60));
    }
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}
