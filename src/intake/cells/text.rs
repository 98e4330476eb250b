//! Text files: .csv and tab-separated, in UTF-8, UTF-16, GB18030 or Big5; and what begins with a tag instead.

use super::counted::{Counted, Stop};
use super::{Claim, Mark, Refusal, markup};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io::Write;

/// Reads a text file.
pub fn read<W: Write>(bytes: &[u8], to: &mut Counted<W>) -> Result<(), Stop> {
    let text = decode(bytes)?;
    let start = text.trim_start().get(..16).unwrap_or(text.trim_start()).to_ascii_lowercase();
    if ["<html", "<!doctype", "<table", "<?xml", "<meta", "<!--", "<head", "<style", "<div", "<workbook"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        return markup::read(text.trim_start(), to);
    }
    to.kind(Claim::Text)?;
    let separator = separator(&text);
    if let Some(line) = broken_quote(text.as_bytes(), separator) {
        return Err(Stop::Refused((Refusal::Quote, line.to_string())));
    }
    to.sheet("", false)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, passed: 0 };
    while reader.read_record(&mut record).map_err(|_| Refusal::Damaged)? {
        let row = lines.line_at(record.position().map_or(0, csv::Position::byte) as usize);
        for (col, field) in record.iter().enumerate() {
            let (mark, field) = cell(field);
            to.cell(row, col as u32, mark, &field)?;
        }
    }
    Ok(())
}

/// A cell as it was meant: `="001203"` is how exports keep zeros; any other formula is not calculated.
fn cell(field: &str) -> (Mark, Cow<'_, str>) {
    let Some(formula) = field.trim().strip_prefix('=') else { return (Mark::Text, Cow::Borrowed(field)) };
    if let Some(text) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return (Mark::Text, Cow::Owned(text.replace("\"\"", "\"")));
    }
    let calls = formula.starts_with(|c: char| c.is_ascii_uppercase())
        && formula.contains(|c: char| c.is_ascii_digit() || c == '(');
    let counts = formula.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '+' | '-' | '$'));
    let mark = if calls || counts { Mark::Uncalculated } else { Mark::Text };
    (mark, Cow::Borrowed(field))
}

/// Counts lines up to where a record begins. Rows are named by their line, which is the sheet's row unless a
/// cell holds a line break. The csv reader's own count gives two records one line where lines end in CR LF.
struct Lines<'t> {
    bytes: &'t [u8],
    at: usize,
    passed: u32,
}

impl Lines<'_> {
    fn line_at(&mut self, begin: usize) -> u32 {
        // What is left of the last line's end, and blank lines, stand before the record.
        while let Some(b) = self.bytes.get(self.at) {
            if self.at >= begin && !matches!(b, b'\r' | b'\n') {
                break;
            }
            let alone = *b == b'\r' && self.bytes.get(self.at + 1) != Some(&b'\n');
            self.passed += u32::from(*b == b'\n' || alone);
            self.at += 1;
        }
        self.passed
    }
}

/// The file's text. Almost any bytes can be read as GB18030, so what comes out of it is looked at again.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Stop> {
    for (mark, encoding) in [(&b"\xff\xfe"[..], UTF_16LE), (&b"\xfe\xff"[..], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return wide(encoding, rest).ok_or_else(|| Refusal::Encoding.into());
        }
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) {
        // Without its mark: the zeros of separators and digits stand all on one side.
        let odd = bytes.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
        let even = bytes.iter().step_by(2).filter(|b| **b == 0).count();
        let encoding = if odd > even { UTF_16LE } else { UTF_16BE };
        let text = wide(encoding, bytes).filter(|text| !text.contains(is_control));
        return text.ok_or_else(|| Refusal::NotSheet.into());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    let (traditional, lost) = BIG5.decode_without_bom_handling(bytes);
    let pairs = Pairs::of(bytes);
    if !lost && pairs.simplified * 20 < pairs.all * 17 && pairs.traditional * 10 >= pairs.all * 9 {
        return Ok(traditional);
    }
    let (mut wide, mut odd) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        wide += 1;
        odd += usize::from(is_odd(c));
    }
    // A few rare names stand in the private area, and a few characters may be lost: their cells are refused, or are
    // what was sent. Another encoding leaves far more.
    let few = odd <= wide / 100 || odd <= 4 && odd * 8 <= wide;
    if few { Ok(text) } else { Err(Refusal::Encoding.into()) }
}

fn wide<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
    let (text, lost) = encoding.decode_without_bom_handling(bytes);
    (!lost && bytes.len().is_multiple_of(2)).then_some(text)
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\r' | '\n')
}

/// How many pairs of bytes are among the characters that make up almost all of a text.
#[derive(Default)]
struct Pairs {
    all: usize,
    /// The first level of GB 2312, and its signs.
    simplified: usize,
    /// The first level of Big5, and its signs.
    traditional: usize,
}

impl Pairs {
    fn of(bytes: &[u8]) -> Self {
        let mut out = Self::default();
        let mut at = 0;
        while let Some(lead) = bytes.get(at) {
            if *lead < 0x80 {
                at += 1;
                continue;
            }
            let trail = bytes.get(at + 1).copied().unwrap_or(0);
            out.all += 1;
            out.simplified +=
                usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && (0xa1..=0xfe).contains(&trail));
            out.traditional +=
                usize::from(matches!(lead, 0xa1..=0xc6) && matches!(trail, 0x40..=0x7e | 0xa1..=0xfe));
            at += 2;
        }
        out
    }
}

/// Lost or private-use characters, which Chinese office text hardly ever holds.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{80}'..='\u{9f}')
}

/// Comma, tab or semicolon: whichever the first lines hold most of.
fn separator(text: &str) -> u8 {
    // Some programs say it in the first line.
    if let Some(said) = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next())
        && matches!(said, b',' | b'\t' | b';' | b'|')
    {
        return said;
    }
    let head = text.lines().take(10);
    let mut counts = [(b',', 0usize), (b'\t', 0), (b';', 0)];
    for line in head {
        for (separator, count) in &mut counts {
            *count += line.bytes().filter(|b| b == separator).count();
        }
    }
    // The first of equals: max_by_key would take the last.
    let mut best = counts[0];
    for next in &counts[1..] {
        if next.1 > best.1 {
            best = *next;
        }
    }
    best.0
}

/// The line of a quotation mark that opens a cell and is not closed before the cell's end. Left alone it would
/// swallow the rows after it without a word.
fn broken_quote(bytes: &[u8], separator: u8) -> Option<usize> {
    let mut line = 1;
    let mut at = 0;
    let mut cell_begins = true;
    while at < bytes.len() {
        match bytes[at] {
            b'"' if cell_begins => {
                let opened = line;
                at += 1;
                loop {
                    match (bytes.get(at), bytes.get(at + 1)) {
                        (None, _) => return Some(opened),
                        (Some(b'"'), Some(b'"')) => at += 2,
                        (Some(b'"'), next) => {
                            let ends = next.is_none_or(|b| *b == separator || *b == b'\r' || *b == b'\n');
                            if !ends {
                                return Some(opened);
                            }
                            break;
                        }
                        (Some(b), _) => {
                            line += usize::from(*b == b'\n');
                            at += 1;
                        }
                    }
                }
                cell_begins = false;
            }
            b'\n' => {
                line += 1;
                cell_begins = true;
            }
            b => cell_begins = b == separator || b == b'\r',
        }
        at += 1;
    }
    None
}
