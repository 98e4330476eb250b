//! Tables that many exports write under a workbook's name: tables of a web page, and workbooks as one XML file
//! (SpreadsheetML 2003).

mod page;

use super::counted::{Counted, Stop};
use super::format::Format;
use super::wire::Flag;
use super::xml::{self, attribute, is_set, number};
use super::{Claim, Mark, Refusal, ods};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

/// Reads the text of a file that begins with a tag.
pub fn read<W: Write>(text: &str, to: &mut Counted<W>) -> Result<(), Stop> {
    let head = text.get(..4096).unwrap_or(text);
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("<?xml") {
        return book(text, to);
    }
    if head.contains("urn:oasis:names:tc:opendocument") {
        return ods::read(&mut utf8(text), to);
    }
    page::read(text, to)
}

/// Text that was decoded already, whatever its declaration says.
fn utf8(text: &str) -> Reader<quick_xml::encoding::DecodingReader<&[u8]>> {
    let behind = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, behind)| behind),
        None => text,
    };
    xml::reader(behind.as_bytes())
}

/// A cell of a workbook as one XML file.
#[derive(Default)]
struct Cell {
    style: String,
    kind: String,
    formula: bool,
    text: String,
}

fn book<W: Write>(text: &str, to: &mut Counted<W>) -> Result<(), Stop> {
    to.kind(Claim::Xml)?;
    let mut part = utf8(text);
    let mut buffer = Vec::new();
    let mut formats: HashMap<String, Format> = HashMap::new();
    let (mut style, mut from_1904, mut sheets) = (String::new(), false, 0);
    let (mut row, mut col, mut column, mut span) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut cell: Option<Cell> = None;
    let (mut data, mut comment, mut word) = (false, false, String::new());
    loop {
        match xml::next(&mut part, &mut buffer)? {
            Event::Start(element) => {
                word.clear();
                match element.local_name().as_ref() {
                    "Style" => style = attribute(&element, "ID").unwrap_or_default().into_owned(),
                    "NumberFormat" => {
                        if let Some(code) = attribute(&element, "Format") {
                            formats.insert(style.clone(), named(&code));
                        }
                    }
                    "Date1904" => from_1904 = true,
                    "Worksheet" => {
                        if sheets >= to.limits.sheets {
                            return Err(Refusal::Sheets.into());
                        }
                        sheets += 1;
                        (row, column) = (0, 0);
                        to.sheet(&attribute(&element, "Name").unwrap_or_default(), false)?;
                        if from_1904 {
                            to.flag(Flag::From1904)?;
                        }
                    }
                    "Column" => {
                        let first = index(&element).unwrap_or(column);
                        let last = first.saturating_add(number(&element, "Span").unwrap_or(0));
                        if is_set(&element, "Hidden") {
                            to.hidden_cols(first, last)?;
                        }
                        column = last.saturating_add(1);
                    }
                    "Row" => {
                        row = index(&element).unwrap_or(row);
                        col = 0;
                        // Several rows in one, all of them alike and empty.
                        span = number::<u32>(&element, "Span").unwrap_or(0);
                        if is_set(&element, "Hidden") {
                            to.hidden_rows(row, row.saturating_add(span))?;
                        }
                    }
                    "Cell" => {
                        col = index(&element).unwrap_or(col);
                        let more = |name| number::<u32>(&element, name).unwrap_or(0);
                        let (across, down) = (more("MergeAcross"), more("MergeDown"));
                        to.merged((row, col), (row.saturating_add(down), col.saturating_add(across)))?;
                        cell = Some(Cell {
                            style: attribute(&element, "StyleID").unwrap_or_default().into_owned(),
                            formula: attribute(&element, "Formula").is_some(),
                            ..Cell::default()
                        });
                    }
                    "Comment" => comment = true,
                    "Data" if !comment => {
                        data = cell.is_some();
                        if let Some(cell) = &mut cell {
                            cell.kind = attribute(&element, "Type").unwrap_or_default().into_owned();
                        }
                    }
                    "FilterColumn" | "AutoFilterColumn" => to.flag(Flag::Filtered)?,
                    _ => {}
                }
                if element.local_name().as_ref() == "Cell" {
                    let across = number::<u32>(&element, "MergeAcross").unwrap_or(0);
                    // Where the next one stands that does not say it.
                    column = col.saturating_add(across);
                }
            }
            Event::End(element) => match element.local_name().as_ref() {
                "Data" => data = false,
                "Comment" => comment = false,
                "Cell" => {
                    if let Some(cell) = cell.take() {
                        let (mark, text) = value(&cell, formats.get(&cell.style), from_1904);
                        to.cell(row, col, mark, &text)?;
                    }
                    col = column.saturating_add(1);
                }
                "Row" => row = row.saturating_add(span).saturating_add(1),
                "Visible" => match word.trim() {
                    "SheetHidden" => to.flag(Flag::Hidden)?,
                    "SheetVeryHidden" => to.flag(Flag::VeryHidden)?,
                    _ => {}
                },
                "Workbook" => {
                    return if sheets == 0 { Err(Refusal::NotSheet.into()) } else { Ok(()) };
                }
                _ => {}
            },
            Event::Eof => return Err(Refusal::Damaged.into()),
            event => match &mut cell {
                Some(cell) if data => xml::push(&mut cell.text, &event),
                Some(_) => {}
                None => xml::push(&mut word, &event),
            },
        }
    }
}

/// A place from 1 that is said.
fn index(element: &BytesStart<'_>) -> Option<u32> {
    number::<u32>(element, "Index")?.checked_sub(1)
}

/// A format by its name, or as it is written.
fn named(code: &str) -> Format {
    match code {
        "General" | "Standard" | "Fixed" | "Currency" | "General Number" | "@" => Format::Plain,
        "Short Date" | "Long Date" | "Medium Date" | "General Date" | "Short Time" | "Long Time"
        | "Medium Time" => Format::Moment,
        "Percent" => Format::Strange,
        code => Format::parse(code),
    }
}

fn value<'c>(cell: &'c Cell, format: Option<&Format>, from_1904: bool) -> (Mark, Cow<'c, str>) {
    let text = cell.text.trim();
    if text.is_empty() && cell.formula && cell.kind != "String" {
        return (Mark::Uncalculated, "=".into());
    }
    match cell.kind.as_str() {
        "Number" => match text.parse::<f64>() {
            Ok(amount) => format.unwrap_or(&Format::Plain).number(amount, from_1904),
            Err(_) => (Mark::Text, text.into()),
        },
        "DateTime" => {
            let plain = text.trim_end_matches('Z').replace('T', " ");
            let plain = plain.split('.').next().unwrap_or_default();
            // A time of day alone stands on the day before the first.
            let plain = plain.strip_prefix("1899-12-31 ").unwrap_or(plain);
            (Mark::Moment, plain.trim_end_matches(" 00:00:00").to_owned().into())
        }
        "Boolean" => (Mark::Bool, if text == "1" { "TRUE" } else { "FALSE" }.into()),
        "Error" => (Mark::Error, text.into()),
        _ => {
            let own = format.and_then(|format| format.text(&cell.text));
            (Mark::Text, own.map_or(Cow::Borrowed(cell.text.as_str()), Cow::Owned))
        }
    }
}
