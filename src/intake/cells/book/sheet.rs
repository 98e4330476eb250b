//! One sheet of a workbook, cell by cell.

use super::{Texts, unescape};
use crate::intake::cells::counted::{Counted, Stop};
use crate::intake::cells::format::Format;
use crate::intake::cells::wire::Flag;
use crate::intake::cells::xml::{self, attribute, is_set, number};
use crate::intake::cells::{Mark, Refusal};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::io::{BufRead, Write};

/// How much of a formula is told.
const FORMULA: usize = 80;

/// Where the reader is within a cell.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    Value,
    Formula,
    Text,
}

/// A sheet being read.
pub struct Reading<'r, W: Write> {
    styles: &'r [Format],
    texts: &'r Texts,
    from_1904: bool,
    to: &'r mut Counted<W>,
    row: Option<u32>,
    col: Option<u32>,
    kind: String,
    style: usize,
    value: String,
    formula: String,
    has_formula: bool,
    has_value: bool,
}

impl<'r, W: Write> Reading<'r, W> {
    /// A sheet that nothing was read of yet.
    pub fn new(styles: &'r [Format], texts: &'r Texts, from_1904: bool, to: &'r mut Counted<W>) -> Self {
        Self {
            styles,
            texts,
            from_1904,
            to,
            row: None,
            col: None,
            kind: String::new(),
            style: 0,
            value: String::new(),
            formula: String::new(),
            has_formula: false,
            has_value: false,
        }
    }

    /// Reads it to its end; a sheet that has none is cut off, and would be half an import.
    pub fn read<R: BufRead>(&mut self, part: &mut Reader<R>) -> Result<(), Stop> {
        let mut buffer = Vec::new();
        let (mut within, mut phonetic, mut in_cell) = (Within::Nothing, 0_u32, false);
        loop {
            match xml::next(part, &mut buffer)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "c" => {
                        self.begin(&element);
                        in_cell = true;
                    }
                    "v" if in_cell => {
                        within = Within::Value;
                        self.has_value = true;
                    }
                    "t" if in_cell && phonetic == 0 => {
                        within = Within::Text;
                        self.has_value = true;
                    }
                    "f" if in_cell => {
                        within = Within::Formula;
                        self.has_formula = true;
                    }
                    "rPh" => phonetic += 1,
                    "row" => self.begin_row(&element)?,
                    "col" => self.column(&element)?,
                    "mergeCell" => self.merge(&element)?,
                    "filterColumn" => self.to.flag(Flag::Filtered)?,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "c" => {
                        in_cell = false;
                        within = Within::Nothing;
                        self.end()?;
                    }
                    "v" | "f" | "t" => within = Within::Nothing,
                    "rPh" => phonetic = phonetic.saturating_sub(1),
                    "worksheet" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err(Refusal::Damaged.into()),
                event => match within {
                    Within::Nothing => {}
                    Within::Formula => {
                        if self.formula.len() < FORMULA {
                            xml::push(&mut self.formula, &event);
                        }
                    }
                    Within::Value | Within::Text => xml::push(&mut self.value, &event),
                },
            }
        }
    }

    fn begin_row(&mut self, element: &BytesStart<'_>) -> Result<(), Stop> {
        let next = self.row.map_or(0, |row| row.saturating_add(1));
        let said: Option<u32> = number(element, "r");
        self.row = Some(said.and_then(|row| row.checked_sub(1)).unwrap_or(next));
        self.col = None;
        let low = number::<f64>(element, "ht").is_some_and(|height| height <= 0.0);
        if is_set(element, "hidden") || low {
            self.to.hidden_row(self.row.unwrap_or(0))?;
        }
        Ok(())
    }

    fn column(&mut self, element: &BytesStart<'_>) -> Result<(), Stop> {
        let narrow = number::<f64>(element, "width").is_some_and(|width| width <= 0.0);
        let ends = (number::<u32>(element, "min"), number::<u32>(element, "max"));
        match ends {
            (Some(from), Some(to)) if from > 0 && (narrow || is_set(element, "hidden")) => {
                self.to.hidden_cols(from - 1, to.saturating_sub(1))
            }
            _ => Ok(()),
        }
    }

    fn merge(&mut self, element: &BytesStart<'_>) -> Result<(), Stop> {
        let said = attribute(element, "ref").unwrap_or_default();
        match said.split_once(':').map(|(from, to)| (place(from), place(to))) {
            Some((Some(from), Some(to))) => self.to.merged(from, to),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        self.kind.clear();
        self.value.clear();
        self.formula.clear();
        (self.has_formula, self.has_value) = (false, false);
        self.style = 0;
        let mut at = None;
        for said in element.attributes().with_checks(false).flatten() {
            match said.key.as_ref() {
                "r" => at = place(&said.value),
                "s" => self.style = said.value.trim().parse().unwrap_or(0),
                "t" => self.kind.extend(said.value.chars().map(|c| c.to_ascii_lowercase())),
                _ => {}
            }
        }
        let next = self.col.map_or(0, |col| col.saturating_add(1));
        match at {
            Some((row, col)) => (self.row, self.col) = (Some(row), Some(col)),
            None => self.col = Some(next),
        }
    }

    fn end(&mut self) -> Result<(), Stop> {
        let (row, col) = (self.row.unwrap_or(0), self.col.unwrap_or(0));
        let (styles, texts) = (self.styles, self.texts);
        let plain = Format::Plain;
        let format = styles.get(self.style).unwrap_or(&plain);
        let blank = self.value.trim().is_empty();
        // What a formula gave may be nothing at all; that it gave nothing is said by its kind.
        if blank && self.has_formula && !(self.kind == "str" && self.has_value) {
            self.formula.insert(0, '=');
            return self.to.cell(row, col, Mark::Uncalculated, &self.formula);
        }
        if blank {
            return Ok(());
        }
        let said = self.value.as_str();
        let (mark, text) = match self.kind.as_str() {
            "s" => match said.trim().parse().ok().and_then(|at| texts.get(at)) {
                Some(text) => (Mark::Text, format.text(text).map_or(Cow::Borrowed(text), Cow::Owned)),
                // A text that is not there is lost.
                None => (Mark::Text, Cow::Borrowed("\u{fffd}")),
            },
            "str" | "inlinestr" => {
                unescape(&mut self.value, 0);
                let said = self.value.as_str();
                (Mark::Text, format.text(said).map_or(Cow::Borrowed(said), Cow::Owned))
            }
            "b" => match said.trim() {
                "1" | "true" | "TRUE" => (Mark::Bool, Cow::Borrowed("TRUE")),
                "0" | "false" | "FALSE" => (Mark::Bool, Cow::Borrowed("FALSE")),
                other => (Mark::Text, Cow::Borrowed(other)),
            },
            "e" => (Mark::Error, Cow::Borrowed(said)),
            "d" => (Mark::Moment, iso(said)),
            _ => match amount(said) {
                Some(amount) => format.number(amount, self.from_1904),
                // Text under the kind of a number.
                None => (Mark::Text, Cow::Borrowed(said)),
            },
        };
        self.to.cell(row, col, mark, &text)
    }
}

/// A number as XML writes it, and nothing that Rust alone takes for one.
fn amount(text: &str) -> Option<f64> {
    let text = text.trim();
    let looks = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if looks { text.parse().ok() } else { None }
}

/// A moment in ISO form as a cell holds it: the wall clock's, whatever zone some programs put behind it.
fn iso(text: &str) -> Cow<'_, str> {
    let bare = text.trim().trim_end_matches('Z').replace('T', " ");
    let bare = match bare.split_once('.') {
        Some((whole, part)) if part.bytes().all(|b| b.is_ascii_digit()) => whole.to_owned(),
        _ => bare,
    };
    Cow::Owned(bare.trim_end_matches(" 00:00:00").to_owned())
}

/// `C12`: row and column from 0.
fn place(text: &str) -> Option<(u32, u32)> {
    let (mut col, mut row, mut digits) = (0_u32, 0_u32, false);
    for b in text.trim().bytes() {
        match b {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if !digits => {
                let letter = u32::from(b.to_ascii_uppercase() - b'A') + 1;
                col = col.checked_mul(26)?.checked_add(letter)?;
            }
            b'0'..=b'9' => {
                digits = true;
                row = row.checked_mul(10)?.checked_add(u32::from(b - b'0'))?;
            }
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, col.checked_sub(1)?))
}
