//! Texts of old workbooks: one or two bytes a character, in records that go on in the next one.

use super::container::{u16_at, u32_at};
use encoding_rs::Encoding;

/// How a workbook's texts are written.
#[derive(Clone, Copy)]
pub struct Writing {
    /// Since 1997 texts say themselves how wide they are, and the page of codes means nothing, whatever it says.
    pub wide: bool,
    /// Before that: the page of codes.
    pub page: &'static Encoding,
}

/// The encoding of a page of codes, where it is one of those that sheets come in.
pub fn page(number: u16) -> &'static Encoding {
    match number {
        936 | 10008 | 54936 => encoding_rs::GB18030,
        950 | 10002 => encoding_rs::BIG5,
        932 | 10001 => encoding_rs::SHIFT_JIS,
        949 | 10003 => encoding_rs::EUC_KR,
        65001 => encoding_rs::UTF_8,
        1251 => encoding_rs::WINDOWS_1251,
        _ => encoding_rs::WINDOWS_1252,
    }
}

impl Writing {
    /// A text whose length stands before it in so many bytes; nothing where it is cut off.
    pub fn text(self, bytes: &[u8], width: usize) -> Option<String> {
        let count = match width {
            1 => usize::from(*bytes.first()?),
            _ => usize::from(u16_at(bytes, 0)?),
        };
        let rest = bytes.get(width..)?;
        if !self.wide {
            let (text, _) = self.page.decode_without_bom_handling(rest.get(..count)?);
            return Some(text.into_owned());
        }
        if count == 0 {
            return Some(String::new());
        }
        let flags = *rest.first()?;
        let mut at = 1;
        at += if flags & 8 != 0 { 2 } else { 0 };
        at += if flags & 4 != 0 { 4 } else { 0 };
        let rest = rest.get(at..)?;
        if flags & 1 == 0 {
            return Some(rest.get(..count)?.iter().copied().map(char::from).collect());
        }
        let units = rest.get(..count.checked_mul(2)?)?;
        let units: Vec<u16> = units.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
        Some(String::from_utf16_lossy(&units))
    }
}

/// Pieces of one record and those that go on with it.
struct Pieces<'b> {
    pieces: Vec<&'b [u8]>,
    at: usize,
}

impl<'b> Pieces<'b> {
    /// The next bytes, which lie in one piece.
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        while self.pieces.get(self.at)?.is_empty() {
            self.at += 1;
        }
        let piece = self.pieces.get_mut(self.at)?;
        let (taken, rest) = piece.split_at_checked(count)?;
        *piece = rest;
        Some(taken)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let piece = self.pieces.get_mut(self.at)?;
            let step = count.min(piece.len());
            *piece = &piece[step..];
            count -= step;
            if piece.is_empty() {
                self.at += 1;
            }
        }
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let count = u16_at(self.take(2)?, 0)?;
        let flags = *self.take(1)?.first()?;
        let runs = if flags & 8 != 0 { usize::from(u16_at(self.take(2)?, 0)?) } else { 0 };
        let more = if flags & 4 != 0 { u32_at(self.take(4)?, 0)? as usize } else { 0 };
        let mut units: Vec<u16> = Vec::with_capacity(usize::from(count));
        let (mut left, mut wide) = (usize::from(count), flags & 1 != 0);
        while left > 0 {
            if self.pieces.get(self.at)?.is_empty() {
                // Within the characters the next piece says again how wide they are.
                self.at += 1;
                wide = *self.take(1)?.first()? & 1 != 0;
                continue;
            }
            let piece = *self.pieces.get(self.at)?;
            let width = if wide { 2 } else { 1 };
            let here = left.min(piece.len() / width);
            if here == 0 {
                return None;
            }
            let taken = self.take(here * width)?;
            if wide {
                units.extend(taken.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)));
            } else {
                units.extend(taken.iter().copied().map(u16::from));
            }
            left -= here;
        }
        self.skip(runs.checked_mul(4)?)?;
        self.skip(more)?;
        Some(String::from_utf16_lossy(&units))
    }
}

/// The texts that cells share; those behind a place where the record breaks off are lost, and their cells say so.
pub fn shared(pieces: Vec<&[u8]>) -> Vec<String> {
    let mut pieces = Pieces { pieces, at: 0 };
    let mut out = Vec::new();
    if pieces.take(8).is_some() {
        while let Some(text) = pieces.text() {
            out.push(text);
        }
    }
    out
}
