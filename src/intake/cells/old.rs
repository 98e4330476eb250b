//! Workbooks of the old kind (.xls), of 1997 and later (BIFF8) and of 1995 (BIFF5).
//!
//! Read by ourselves: formats that carry digits, hidden rows and columns, and a page of codes that is wrong in files of
//! some programs are not to be had otherwise, and one strange error code is to cost a cell, not the file.

pub(super) mod container;
mod texts;

use super::counted::{Counted, Stop};
use super::format::Format;
use super::wire::Flag;
use super::{Claim, Mark, Refusal, book, locked};
use container::{Container, f64_at, u16_at, u32_at};
use std::collections::HashMap;
use std::io::Write;
use texts::Writing;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;

/// A record: its kind and what it holds.
type Record<'b> = (u16, &'b [u8]);

/// Reads a file in the old container.
pub fn read<W: Write>(bytes: &[u8], to: &mut Counted<W>) -> Result<(), Stop> {
    let container = Container::new(bytes)?;
    if container.has("EncryptedPackage") {
        let (package, is_locked) = locked::package(&container, &to.known)?;
        if is_locked {
            to.locked()?;
        }
        return book::read(&package, to);
    }
    let mut stream = match ["Workbook", "Book"].into_iter().find(|name| container.has(name)) {
        Some(name) => container.stream(name).ok_or(Refusal::Damaged)?,
        None if container.has("WordDocument") => return Err(Refusal::Document.into()),
        None => return Err(Refusal::NotSheet.into()),
    };
    to.kind(Claim::OldWorkbook)?;
    if locked::old::unlock(&mut stream, &to.known)? {
        to.locked()?;
    }
    let book = Book::read(&stream)?;
    let mut at = 0;
    for entry in book.sheets.iter().filter(|entry| entry.kind == 0) {
        if at >= to.limits.sheets {
            return Err(Refusal::Sheets.into());
        }
        at += 1;
        to.sheet(&entry.name, false)?;
        match entry.state {
            1 => to.flag(Flag::Hidden)?,
            2 => to.flag(Flag::VeryHidden)?,
            _ => {}
        }
        if book.from_1904 {
            to.flag(Flag::From1904)?;
        }
        sheet(&book, stream.get(entry.at..).ok_or(Refusal::Damaged)?, to)?;
    }
    if at == 0 { Err(Refusal::NotSheet.into()) } else { Ok(()) }
}

/// The records of a stream, up to where it breaks off.
fn records(bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let body = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((kind, body))
    })
}

struct Entry {
    name: String,
    at: usize,
    state: u8,
    kind: u8,
}

/// What holds for all sheets.
struct Book {
    writing: Writing,
    from_1904: bool,
    formats: Vec<Format>,
    texts: Vec<String>,
    sheets: Vec<Entry>,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Stop> {
        let mut out = Self {
            writing: Writing { wide: true, page: encoding_rs::WINDOWS_1252 },
            from_1904: false,
            formats: Vec::new(),
            texts: Vec::new(),
            sheets: Vec::new(),
        };
        let mut own: HashMap<u16, Format> = HashMap::new();
        let mut used: Vec<u16> = Vec::new();
        let mut ended = false;
        let mut all = records(stream).peekable();
        while let Some((kind, body)) = all.next() {
            match kind {
                BOF => match u16_at(body, 0) {
                    Some(0x0600) => {}
                    Some(0x0500) => out.writing.wide = false,
                    _ => return Err(Refusal::OldWorkbook.into()),
                },
                locked::old::FILEPASS => return Err(Refusal::OtherLock.into()),
                // CODEPAGE
                0x0042 => out.writing.page = texts::page(u16_at(body, 0).unwrap_or(0)),
                // DATEMODE
                0x0022 => out.from_1904 = u16_at(body, 0) == Some(1),
                // FORMAT
                0x041e => {
                    let width = if out.writing.wide { 2 } else { 1 };
                    let code = body.get(2..).and_then(|rest| out.writing.text(rest, width));
                    if let (Some(id), Some(code)) = (u16_at(body, 0), code) {
                        own.insert(id, Format::parse(&code));
                    }
                }
                // XF
                0x00e0 => used.push(u16_at(body, 2).unwrap_or(0)),
                // BOUNDSHEET
                0x0085 => out.sheets.extend(out.entry(body)),
                // SST
                0x00fc => {
                    let mut pieces = vec![body];
                    while let Some((_, more)) = all.next_if(|(kind, _)| *kind == CONTINUE) {
                        pieces.push(more);
                    }
                    out.texts = texts::shared(pieces);
                }
                EOF => {
                    ended = true;
                    break;
                }
                _ => {}
            }
        }
        if !ended {
            return Err(Refusal::Damaged.into());
        }
        let of = |id: &u16| own.get(id).cloned().unwrap_or(Format::builtin(u32::from(*id)));
        out.formats = used.iter().map(of).collect();
        Ok(out)
    }

    fn entry(&self, body: &[u8]) -> Option<Entry> {
        let name = self.writing.text(body.get(6..)?, 1)?;
        let (state, kind) = (*body.get(4)? & 3, *body.get(5)?);
        Some(Entry { name, at: u32_at(body, 0)? as usize, state, kind })
    }

    fn number(&self, style: u16, amount: f64) -> (Mark, std::borrow::Cow<'static, str>) {
        match self.formats.get(usize::from(style)) {
            Some(format) => format.number(amount, self.from_1904),
            None => Format::Plain.number(amount, self.from_1904),
        }
    }

    fn text(&self, style: u16, text: String) -> String {
        self.formats.get(usize::from(style)).and_then(|format| format.text(&text)).unwrap_or(text)
    }
}

/// One sheet; one that breaks off would be half an import.
fn sheet<W: Write>(book: &Book, stream: &[u8], to: &mut Counted<W>) -> Result<(), Stop> {
    let mut depth = 0_u32;
    // The cell whose formula gave a text, which stands in a record of its own.
    let mut waits: Option<(u32, u32, u16)> = None;
    for (kind, body) in records(stream) {
        let head = || Some((u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?), u16_at(body, 4)?));
        if kind == BOF {
            depth += 1;
            continue;
        }
        if kind == EOF {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return nothing(waits.take(), to);
            }
            continue;
        }
        // Charts within the sheet have records of their own.
        if depth != 1 {
            continue;
        }
        match kind {
            // ROW
            0x0208 if u16_at(body, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                to.hidden_row(u32::from(u16_at(body, 0).unwrap_or(0)))?;
            }
            // COLINFO
            0x007d => {
                let ends = (u16_at(body, 0), u16_at(body, 2));
                let hidden =
                    u16_at(body, 8).is_some_and(|flags| flags & 1 != 0) || u16_at(body, 4) == Some(0);
                if let ((Some(first), Some(last)), true) = (ends, hidden) {
                    to.hidden_cols(u32::from(first), u32::from(last))?;
                }
            }
            // FILTERMODE
            0x009b => to.flag(Flag::Filtered)?,
            // MERGEDCELLS
            0x00e5 => {
                for four in body.get(2..).unwrap_or_default().chunks_exact(8) {
                    let at = |place| u16_at(four, place).map_or(0, u32::from);
                    to.merged((at(0), at(4)), (at(2), at(6)))?;
                }
            }
            // NUMBER, RK
            0x0203 | 0x027e => {
                let amount = if kind == 0x0203 { f64_at(body, 6) } else { u32_at(body, 6).map(packed) };
                if let (Some((row, col, style)), Some(amount)) = (head(), amount) {
                    let (mark, text) = book.number(style, amount);
                    to.cell(row, col, mark, &text)?;
                }
            }
            // MULRK
            0x00bd => {
                let Some((row, col, _)) = head() else { continue };
                let cells = body.get(4..body.len().saturating_sub(2)).unwrap_or_default();
                for (col, six) in (col..).zip(cells.chunks_exact(6)) {
                    let (Some(style), Some(number)) = (u16_at(six, 0), u32_at(six, 2)) else { continue };
                    let (mark, text) = book.number(style, packed(number));
                    to.cell(row, col, mark, &text)?;
                }
            }
            // LABELSST
            0x00fd => {
                if let (Some((row, col, style)), Some(at)) = (head(), u32_at(body, 6)) {
                    // A text that is not there is lost.
                    let text = book.texts.get(at as usize).cloned().unwrap_or_else(|| "\u{fffd}".to_owned());
                    to.cell(row, col, Mark::Text, &book.text(style, text))?;
                }
            }
            // LABEL, RSTRING
            0x0204 | 0x00d6 => {
                if let Some((row, col, style)) = head() {
                    let text = body.get(6..).and_then(|rest| book.writing.text(rest, 2));
                    let text = text.unwrap_or_else(|| "\u{fffd}".to_owned());
                    to.cell(row, col, Mark::Text, &book.text(style, text))?;
                }
            }
            // BOOLERR
            0x0205 => {
                if let (Some((row, col, _)), Some(value), Some(error)) = (head(), body.get(6), body.get(7)) {
                    told(row, col, *value, *error != 0, to)?;
                }
            }
            // FORMULA, in both of its numbers
            0x0006 | 0x0406 => {
                nothing(waits.take(), to)?;
                let Some((row, col, style)) = head() else { continue };
                waits = formula(book, (row, col, style), body, to)?;
            }
            // STRING
            0x0207 => {
                if let Some((row, col, style)) = waits.take() {
                    let text = book.writing.text(body, 2).unwrap_or_else(|| "\u{fffd}".to_owned());
                    to.cell(row, col, Mark::Text, &book.text(style, text))?;
                }
            }
            _ => {}
        }
    }
    Err(Refusal::Damaged.into())
}

/// What a formula gave; where it is a text, the cell that waits for it.
fn formula<W: Write>(
    book: &Book,
    (row, col, style): (u32, u32, u16),
    body: &[u8],
    to: &mut Counted<W>,
) -> Result<Option<(u32, u32, u16)>, Stop> {
    let Some(result) = body.get(6..14) else { return Ok(None) };
    if result[6..] != [0xff, 0xff] {
        let amount = f64_at(result, 0).unwrap_or(0.0);
        // Programs that cannot calculate write nothing for every formula, and that it is to be calculated.
        let always = u16_at(body, 14).is_some_and(|flags| flags & 3 != 0);
        if amount == 0.0 && always {
            to.cell(row, col, Mark::Uncalculated, "=")?;
        } else {
            let (mark, text) = book.number(style, amount);
            to.cell(row, col, mark, &text)?;
        }
        return Ok(None);
    }
    match result[0] {
        0 => return Ok(Some((row, col, style))),
        1 => told(row, col, result[2], false, to)?,
        2 => told(row, col, result[2], true, to)?,
        // It gave an empty text.
        _ => {}
    }
    Ok(None)
}

/// A text that never came: the formula was not calculated.
fn nothing<W: Write>(waits: Option<(u32, u32, u16)>, to: &mut Counted<W>) -> Result<(), Stop> {
    match waits {
        Some((row, col, _)) => to.cell(row, col, Mark::Uncalculated, "="),
        None => Ok(()),
    }
}

/// True, false, or an error by its number.
fn told<W: Write>(row: u32, col: u32, value: u8, error: bool, to: &mut Counted<W>) -> Result<(), Stop> {
    if !error {
        return to.cell(row, col, Mark::Bool, if value == 0 { "FALSE" } else { "TRUE" });
    }
    let named = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => "#ERROR!",
    };
    to.cell(row, col, Mark::Error, named)
}

/// A number packed into four bytes: the upper half of one with a point, or a whole one, either perhaps a hundred times
/// as large.
fn packed(number: u32) -> f64 {
    let amount = if number & 2 != 0 {
        f64::from((number as i32) >> 2)
    } else {
        f64::from_bits(u64::from(number & 0xffff_fffc) << 32)
    };
    if number & 1 != 0 { amount / 100.0 } else { amount }
}
