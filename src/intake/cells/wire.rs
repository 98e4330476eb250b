//! What the child writes and the parent reads: a magic word, then frames of one tag byte and fixed fields,
//! texts with their length before them. The last frame says that everything was there.

use super::{Cells, Claim, Limits, Mark, Refusal, Region, Sheet};
use crate::domain::password::{Password, Passwords};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// Names of sheets and places are no cells: they are held to a bound of their own, well above any real one.
const LABEL: u64 = 4_096;

const MAGIC: &[u8; 4] = b"zhc1";
const SHEET: u8 = 1;
const CELL: u8 = 2;
const END: u8 = 3;
const REFUSED: u8 = 4;
/// What the file is.
const KIND: u8 = 5;
/// Rows that are hidden: the first and the last.
const ROWS: u8 = 6;
/// Columns that are hidden.
const COLUMNS: u8 = 7;
/// Cells merged into one.
const MERGED: u8 = 8;
/// What is particular about the sheet as a whole, which some formats say only at its end.
const FLAG: u8 = 9;
/// The file was locked with a password.
const LOCKED: u8 = 10;

/// What can be particular about a sheet as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// The sender cannot see it.
    Hidden = 1,
    /// No menu shows it.
    VeryHidden = 2,
    /// A filter hides rows.
    Filtered = 3,
    /// Days are counted from 1904.
    From1904 = 4,
    /// It has more merged cells than are told.
    MoreMerged = 5,
}

/// A reason to refuse, with where.
pub type Refused = (Refusal, String);

/// The child's side.
pub struct Sender<W: Write> {
    out: W,
}

impl<W: Write> Sender<W> {
    /// Begins the stream.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        Ok(Self { out })
    }

    /// A sheet begins.
    pub fn sheet(&mut self, name: &str, hidden: bool) -> io::Result<()> {
        self.out.write_all(&[SHEET, u8::from(hidden)])?;
        self.string(name)
    }

    /// A cell of the last sheet.
    pub fn cell(&mut self, row: u32, col: u16, mark: Mark, text: &str) -> io::Result<()> {
        let mut head = [0; 8];
        head[0] = CELL;
        head[1..5].copy_from_slice(&row.to_le_bytes());
        head[5..7].copy_from_slice(&col.to_le_bytes());
        head[7] = mark.byte();
        self.out.write_all(&head)?;
        self.string(text)
    }

    /// What the file is.
    pub fn kind(&mut self, is: Claim) -> io::Result<()> {
        self.out.write_all(&[KIND, is.byte()])
    }

    /// The file was locked, and a password that was typed opened it.
    pub fn locked(&mut self) -> io::Result<()> {
        self.out.write_all(&[LOCKED])
    }

    /// Something of the last sheet as a whole.
    pub fn flag(&mut self, flag: Flag) -> io::Result<()> {
        self.out.write_all(&[FLAG, flag as u8])
    }

    /// Rows of the last sheet that are hidden.
    pub fn rows(&mut self, from: u32, to: u32) -> io::Result<()> {
        self.out.write_all(&[ROWS])?;
        self.out.write_all(&from.to_le_bytes())?;
        self.out.write_all(&to.to_le_bytes())
    }

    /// Columns of the last sheet that are hidden.
    pub fn columns(&mut self, from: u16, to: u16) -> io::Result<()> {
        self.out.write_all(&[COLUMNS])?;
        self.out.write_all(&from.to_le_bytes())?;
        self.out.write_all(&to.to_le_bytes())
    }

    /// Cells of the last sheet merged into one.
    pub fn merged(&mut self, region: Region) -> io::Result<()> {
        self.out.write_all(&[MERGED])?;
        self.out.write_all(&region.top.to_le_bytes())?;
        self.out.write_all(&region.bottom.to_le_bytes())?;
        self.out.write_all(&region.left.to_le_bytes())?;
        self.out.write_all(&region.right.to_le_bytes())
    }

    /// Everything was there.
    pub fn end(mut self, digest: &[u8; 32]) -> io::Result<()> {
        self.out.write_all(&[END])?;
        self.out.write_all(digest)?;
        self.out.flush()
    }

    /// The file is refused.
    pub fn refuse(mut self, (why, place): &Refused) -> io::Result<()> {
        self.out.write_all(&[REFUSED, why.code()])?;
        self.string(place)?;
        self.out.flush()
    }

    fn string(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(&(text.len() as u32).to_le_bytes())?;
        self.out.write_all(text.as_bytes())
    }
}

/// The parent's side: everything, or why not. An error means the stream broke off or makes no sense; the
/// child is not trusted, so every length is checked again.
pub fn receive(mut from: impl Read, limits: Limits) -> io::Result<Result<Cells, Refused>> {
    let mut magic = [0; 4];
    from.read_exact(&mut magic)?;
    if magic != *MAGIC {
        return Err(nonsense());
    }
    let mut cells = Cells::default();
    let mut buffer = Vec::new();
    let (mut count, mut total, mut notes) = (0u64, 0u64, 0u64);
    loop {
        let mut tag = [0; 1];
        from.read_exact(&mut tag)?;
        match tag[0] {
            SHEET => {
                let mut hidden = [0; 1];
                from.read_exact(&mut hidden)?;
                let name = string(&mut from, &mut buffer, limits)?;
                if cells.sheets.len() as u64 >= limits.sheets {
                    return Err(nonsense());
                }
                cells.sheets.push(Sheet::new(name, hidden[0] != 0));
            }
            CELL => {
                let mut head = [0; 7];
                from.read_exact(&mut head)?;
                let row = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
                let col = u16::from_le_bytes([head[4], head[5]]);
                let mark = Mark::of_byte(head[6]).ok_or_else(nonsense)?;
                let text = string(&mut from, &mut buffer, limits)?;
                count += 1;
                total += text.len() as u64;
                if count > limits.cells || total > limits.text || u64::from(col) >= limits.columns {
                    return Err(nonsense());
                }
                cells.sheets.last_mut().ok_or_else(nonsense)?.push(row, col, mark, text);
            }
            KIND => {
                let [is] = some(&mut from)?;
                cells.is = Claim::of_byte(is).ok_or_else(nonsense)?;
            }
            LOCKED => cells.locked = true,
            note @ (ROWS | COLUMNS | MERGED | FLAG) => {
                notes += 1;
                let sheet = cells.sheets.last_mut().ok_or_else(nonsense)?;
                if notes > limits.rows.saturating_add(limits.filled) {
                    return Err(nonsense());
                }
                noted(note, &mut from, sheet)?;
            }
            END => {
                let mut digest = [0; 32];
                from.read_exact(&mut digest)?;
                cells.digest = blake3::Hash::from_bytes(digest).to_hex().to_string();
                cells.sheets.iter_mut().for_each(|sheet| sheet.finish(limits.filled));
                return Ok(Ok(cells));
            }
            REFUSED => {
                let mut code = [0; 1];
                from.read_exact(&mut code)?;
                let why = Refusal::from_code(code[0]).ok_or_else(nonsense)?;
                return Ok(Err((why, string(&mut from, &mut buffer, limits)?.to_owned())));
            }
            _ => return Err(nonsense()),
        }
    }
}

/// What is told of a sheet beside its cells.
fn noted(note: u8, from: &mut impl Read, sheet: &mut Sheet) -> io::Result<()> {
    match note {
        ROWS => {
            let (first, last) = (u32::from_le_bytes(some(from)?), u32::from_le_bytes(some(from)?));
            sheet.hidden_rows.push((first, last));
        }
        COLUMNS => {
            let (first, last) = (u16::from_le_bytes(some(from)?), u16::from_le_bytes(some(from)?));
            sheet.hidden_cols.push((first, last));
        }
        MERGED => {
            let (top, bottom) = (u32::from_le_bytes(some(from)?), u32::from_le_bytes(some(from)?));
            let (left, right) = (u16::from_le_bytes(some(from)?), u16::from_le_bytes(some(from)?));
            sheet.merged.push(Region { top, left, bottom, right });
        }
        _ => match some(from)? {
            [1] => sheet.hidden = true,
            [2] => (sheet.hidden, sheet.very_hidden) = (true, true),
            [3] => sheet.filtered = true,
            [4] => sheet.from_1904 = true,
            [5] => sheet.more_merged = true,
            [_] => return Err(nonsense()),
        },
    }
    Ok(())
}

/// The passwords that stand before a file: how many, then each with its length before it.
pub fn with_passwords(known: &Passwords) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(1 << 14));
    out.push(known.iter().count() as u8);
    for text in known.iter().map(Password::text) {
        out.extend_from_slice(&(text.len() as u16).to_le_bytes());
        out.extend_from_slice(text.as_bytes());
    }
    out
}

/// Takes them off again; what follows is the file.
pub fn passwords(from: &mut impl Read) -> io::Result<Passwords> {
    let ([count], mut out) = (some(from)?, Vec::new());
    for _ in 0..count {
        let mut text = Zeroizing::new(vec![0; usize::from(u16::from_le_bytes(some(from)?))]);
        from.read_exact(&mut text)?;
        let text = std::str::from_utf8(&text).map_err(|_| nonsense())?;
        out.push(Password::new(text).ok_or_else(nonsense)?);
    }
    let mut all = Passwords::default();
    out.into_iter().rev().for_each(|one| all.add(one));
    Ok(all)
}

fn some<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn string<'b>(from: &mut impl Read, buffer: &'b mut Vec<u8>, limits: Limits) -> io::Result<&'b str> {
    let mut len = [0; 4];
    from.read_exact(&mut len)?;
    let len = u32::from_le_bytes(len) as usize;
    if len as u64 > limits.cell.max(LABEL) {
        return Err(nonsense());
    }
    buffer.resize(len, 0);
    from.read_exact(buffer)?;
    std::str::from_utf8(buffer).map_err(|_| nonsense())
}

fn nonsense() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}
