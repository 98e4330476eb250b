//! OpenDocument sheets (.ods, and .fods, which is the same in one file), streamed.

use super::counted::{Counted, Stop};
use super::format::plain;
use super::wire::Flag;
use super::xml::{self, Parts, attribute, number};
use super::{Claim, Mark, Refusal};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufRead, Write};

/// How much of a formula is told.
const FORMULA: usize = 80;

/// Reads the zip; its parts were counted already.
pub fn read_zip<W: Write>(parts: &mut Parts<'_>, to: &mut Counted<W>) -> Result<(), Stop> {
    if let Some(manifest) = parts.text("META-INF/manifest.xml", 1 << 20)? {
        let locked = b"encryption-data";
        if manifest.windows(locked.len()).any(|window| window == locked) {
            return Err(Refusal::OtherLock.into());
        }
    }
    let Some(mut part) = parts.open("content.xml")? else { return Err(Refusal::NotWorkbook.into()) };
    read(&mut part, to)
}

/// Reads the XML.
pub fn read<R: BufRead, W: Write>(part: &mut Reader<R>, to: &mut Counted<W>) -> Result<(), Stop> {
    to.kind(Claim::OpenDocument)?;
    let mut reading = Reading {
        to,
        unseen: HashSet::new(),
        style: String::new(),
        from_1904: false,
        sheets: 0,
        row: 0,
        col: 0,
        repeat: 1,
        cells: Vec::new(),
    };
    reading.read(part)
}

/// A cell of the row that is being read.
struct Held {
    col: u32,
    repeat: u32,
    mark: Mark,
    text: String,
}

/// A cell while its text is read.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    said: Option<String>,
    formula: Option<String>,
    error: bool,
    shown: String,
    paragraphs: u32,
    repeat: u32,
    across: u32,
    down: u32,
}

struct Reading<'r, W: Write> {
    to: &'r mut Counted<W>,
    /// Styles of sheets that are not shown.
    unseen: HashSet<String>,
    style: String,
    from_1904: bool,
    sheets: u64,
    row: u32,
    col: u32,
    repeat: u32,
    cells: Vec<Held>,
}

impl<W: Write> Reading<'_, W> {
    fn read<R: BufRead>(&mut self, part: &mut Reader<R>) -> Result<(), Stop> {
        let mut buffer = Vec::new();
        let mut cell: Option<Cell> = None;
        let (mut column, mut tables, mut paragraph) = (0_u32, 0_u32, false);
        // What stands in notes, drawings and histories is no cell.
        let mut aside: Option<(String, u32)> = None;
        let mut book = false;
        loop {
            let event = xml::next(part, &mut buffer)?;
            if let Some((name, depth)) = &mut aside {
                match &event {
                    Event::Start(element) if element.name().as_ref() == name => *depth += 1,
                    Event::End(element) if element.name().as_ref() == name => {
                        *depth -= 1;
                        if *depth == 0 {
                            aside = None;
                        }
                    }
                    Event::Eof => return Err(Refusal::Damaged.into()),
                    _ => {}
                }
                continue;
            }
            match event {
                Event::Start(element) => match element.name().as_ref() {
                    "office:annotation"
                    | "table:tracked-changes"
                    | "table:shapes"
                    | "office:forms"
                    | "text:note"
                    | "text:ruby-text"
                    | "draw:frame"
                    | "draw:custom-shape"
                    | "draw:control"
                    | "table:detective" => {
                        aside = Some((element.name().as_ref().to_owned(), 1));
                    }
                    "office:spreadsheet" => book = true,
                    "style:style" => {
                        self.style = attribute(&element, "name").unwrap_or_default().into_owned();
                    }
                    "style:table-properties"
                        if attribute(&element, "display").is_some_and(|shown| shown == "false") =>
                    {
                        self.unseen.insert(std::mem::take(&mut self.style));
                    }
                    "table:null-date" => {
                        self.from_1904 =
                            attribute(&element, "date-value").is_some_and(|day| day.starts_with("1904"));
                    }
                    "table:table" => {
                        tables += 1;
                        if tables == 1 {
                            self.begin_sheet(&element)?;
                            column = 0;
                        }
                    }
                    "table:table-column" => {
                        let count = repeated(&element, "number-columns-repeated");
                        let shown = attribute(&element, "visibility");
                        if shown.is_some_and(|shown| shown == "collapse" || shown == "filter") {
                            self.to.hidden_cols(column, column.saturating_add(count - 1))?;
                        }
                        column = column.saturating_add(count);
                    }
                    "table:table-row" => self.begin_row(&element)?,
                    "table:table-cell" | "table:covered-table-cell" if tables == 1 => {
                        cell = Some(begin(&element));
                    }
                    "text:p" | "text:h" => {
                        if let Some(cell) = &mut cell {
                            if cell.paragraphs > 0 {
                                cell.shown.push('\n');
                            }
                            cell.paragraphs += 1;
                            paragraph = true;
                        }
                    }
                    "text:s" => {
                        if let Some(cell) = &mut cell {
                            let count = number(&element, "c").unwrap_or(1_usize).min(1000);
                            cell.shown.extend(std::iter::repeat_n(' ', count));
                        }
                    }
                    "text:tab" => cell.iter_mut().for_each(|cell| cell.shown.push('\t')),
                    "text:line-break" => cell.iter_mut().for_each(|cell| cell.shown.push('\n')),
                    _ => {}
                },
                Event::End(element) => match element.name().as_ref() {
                    "table:table" => {
                        tables = tables.saturating_sub(1);
                    }
                    "table:table-row" if tables == 1 => self.end_row()?,
                    "table:table-cell" | "table:covered-table-cell" if tables == 1 => {
                        if let Some(cell) = cell.take() {
                            self.take(&cell)?;
                        }
                    }
                    "text:p" | "text:h" => paragraph = false,
                    "office:spreadsheet" => {
                        return if self.sheets == 0 { Err(Refusal::NotWorkbook.into()) } else { Ok(()) };
                    }
                    _ => {}
                },
                // A text document, a drawing.
                Event::Eof => return Err(if book { Refusal::Damaged } else { Refusal::NotSheet }.into()),
                event => {
                    // Blanks between the elements of an indented file are nothing.
                    if let (Some(cell), true) = (&mut cell, paragraph) {
                        xml::push(&mut cell.shown, &event);
                    }
                }
            }
        }
    }

    fn begin_sheet(&mut self, element: &BytesStart<'_>) -> Result<(), Stop> {
        // Leaving some out would lose rows without a word.
        if self.sheets >= self.to.limits.sheets {
            return Err(Refusal::Sheets.into());
        }
        self.sheets += 1;
        (self.row, self.repeat) = (0, 1);
        self.to.sheet(&attribute(element, "name").unwrap_or_default(), false)?;
        if attribute(element, "style-name").is_some_and(|style| self.unseen.contains(&*style)) {
            self.to.flag(Flag::Hidden)?;
        }
        if self.from_1904 {
            self.to.flag(Flag::From1904)?;
        }
        Ok(())
    }

    fn begin_row(&mut self, element: &BytesStart<'_>) -> Result<(), Stop> {
        self.col = 0;
        self.cells.clear();
        self.repeat = repeated(element, "number-rows-repeated");
        let shown = attribute(element, "visibility").unwrap_or_default();
        if shown == "collapse" || shown == "filter" {
            if shown == "filter" {
                self.to.flag(Flag::Filtered)?;
            }
            // Rows without end behind the last one are no rows of the sender's.
            for row in 0..self.repeat.min(1000) {
                self.to.hidden_row(self.row.saturating_add(row))?;
            }
        }
        Ok(())
    }

    /// Sends the row as often as it is repeated.
    fn end_row(&mut self) -> Result<(), Stop> {
        if !self.cells.is_empty() {
            for row in 0..self.repeat {
                for held in &self.cells {
                    for col in 0..held.repeat {
                        let (row, col) = (self.row.saturating_add(row), held.col.saturating_add(col));
                        self.to.cell(row, col, held.mark, &held.text)?;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.repeat);
        Ok(())
    }

    fn take(&mut self, cell: &Cell) -> Result<(), Stop> {
        let (col, repeat) = (self.col, cell.repeat);
        self.col = self.col.saturating_add(repeat);
        if cell.across > 1 || cell.down > 1 {
            let last =
                (self.row.saturating_add(cell.down.max(1) - 1), col.saturating_add(cell.across.max(1) - 1));
            self.to.merged((self.row, col), last)?;
        }
        let (mark, text) = read_cell(cell);
        if !text.trim().is_empty() {
            let text = text.into_owned();
            self.cells.push(Held { col, repeat, mark, text });
        }
        Ok(())
    }
}

fn repeated(element: &BytesStart<'_>, name: &str) -> u32 {
    number(element, name).unwrap_or(1_u32).max(1)
}

fn begin(element: &BytesStart<'_>) -> Cell {
    let mut out = Cell { repeat: 1, across: 1, down: 1, ..Cell::default() };
    for said in element.attributes().with_checks(false).flatten() {
        let count = || said.value.trim().parse().unwrap_or(1_u32).max(1);
        match said.key.as_ref() {
            "office:value-type" => out.kind = said.value.to_string(),
            "calcext:value-type" => out.error = said.value == "error",
            "office:value" | "office:date-value" | "office:time-value" | "office:boolean-value" => {
                out.value = said.value.to_string();
            }
            "office:string-value" => out.said = Some(xml::resolved(&said.value)),
            "table:formula" => out.formula = Some(xml::resolved(&said.value)),
            "table:number-columns-repeated" => out.repeat = count(),
            "table:number-columns-spanned" => out.across = count(),
            "table:number-rows-spanned" => out.down = count(),
            _ => {}
        }
    }
    out
}

/// What a cell holds, as its sender sees it: the file has that, too.
fn read_cell(cell: &Cell) -> (Mark, Cow<'_, str>) {
    let shown = cell.shown.trim();
    let is_error =
        cell.error || cell.formula.is_some() && (shown.starts_with('#') || shown.starts_with("Err:"));
    if is_error && !shown.is_empty() && !shown.starts_with("###") {
        return (Mark::Error, shown.into());
    }
    match cell.kind.as_str() {
        "float" | "currency" | "percentage" => match cell.value.trim().parse::<f64>() {
            Ok(amount) => numeric(&cell.kind, amount, shown),
            Err(_) => (Mark::Text, cell.shown.as_str().into()),
        },
        "date" => (Mark::Moment, day(&cell.value)),
        "time" => match clock(&cell.value) {
            Some(text) => (Mark::Moment, text.into()),
            None => (Mark::Text, shown.into()),
        },
        "boolean" => (Mark::Bool, if cell.value == "true" { "TRUE" } else { "FALSE" }.into()),
        _ => match (&cell.said, &cell.formula) {
            (Some(said), _) => (Mark::Text, said.as_str().into()),
            (None, Some(formula)) if shown.is_empty() && cell.kind.is_empty() => {
                let formula = formula.split_once(":=").map_or(formula.as_str(), |(_, behind)| behind);
                (Mark::Uncalculated, format!("={}", formula.chars().take(FORMULA).collect::<String>()).into())
            }
            _ => (Mark::Text, cell.shown.as_str().into()),
        },
    }
}

fn numeric<'c>(kind: &str, amount: f64, shown: &'c str) -> (Mark, Cow<'c, str>) {
    if !amount.is_finite() || amount.abs() >= 1e15 {
        return (Mark::Lossy, format!("{amount:E}").into());
    }
    let own = plain(amount);
    // A truth that came through another program is a number here, and still seen as what it is.
    if matches!(shown, "TRUE" | "FALSE") {
        return (Mark::Bool, shown.into());
    }
    if kind == "percentage" {
        return (Mark::Shown, own.into());
    }
    let bare: String =
        shown.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '￥' | '¥' | '$' | '℃')).collect();
    if bare.is_empty() || kind == "currency" || bare.starts_with('#') {
        return (Mark::Number, own.into());
    }
    match bare.parse::<f64>() {
        // Rounded on the screen, or shortened: the cell has all of it.
        Ok(seen) if !has_zeros(&bare) && is_rounded(&bare, seen, amount) => (Mark::Number, own.into()),
        Ok(_) if bare.contains(['E', 'e']) => (Mark::Number, own.into()),
        // Zeros before it, digits of the format's own, words.
        _ => (Mark::Number, shown.into()),
    }
}

fn has_zeros(shown: &str) -> bool {
    let digits = shown.trim_start_matches('-');
    digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.")
}

fn is_rounded(shown: &str, seen: f64, amount: f64) -> bool {
    let places = shown.split_once('.').map_or(0, |(_, part)| part.len() as i32);
    (seen - amount).abs() <= 0.5 * 10_f64.powi(-places) + 1e-9
}

/// `2020-02-17T08:30:00` without the time where it is midnight.
fn day(value: &str) -> Cow<'_, str> {
    let plain = value.trim().trim_end_matches('Z').replace('T', " ");
    let plain = plain.split('.').next().unwrap_or_default();
    Cow::Owned(plain.trim_end_matches(" 00:00:00").to_owned())
}

/// `PT08H30M00S` as a time of day.
fn clock(value: &str) -> Option<String> {
    let rest = value.trim().strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    Some(format!("{:02}:{:02}", hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?))
}
