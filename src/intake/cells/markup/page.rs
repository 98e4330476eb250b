//! The tables of a web page. What stands in a cell is what its sender saw.

use crate::intake::cells::counted::{Counted, Stop};
use crate::intake::cells::{Claim, Mark, Refusal, xml};
use std::collections::{HashMap, HashSet};
use std::io::Write;

/// Elements whose insides are never shown.
const UNSEEN: [&str; 4] = ["script", "style", "head", "title"];

/// Most rows or columns one cell is stretched over.
const STRETCH: u32 = 1000;

/// Reads every table that stands in no other; a page without any is no sheet.
pub fn read<W: Write>(text: &str, to: &mut Counted<W>) -> Result<(), Stop> {
    to.kind(Claim::Page)?;
    let mut reading = Reading {
        to,
        tables: 0,
        depth: 0,
        row: None,
        col: 0,
        cell: None,
        taken: HashMap::new(),
        columns: 0,
        group: false,
        unseen: HashSet::new(),
    };
    let mut rest = text;
    let mut unseen: Option<&str> = None;
    while let Some(at) = rest.find('<') {
        if unseen.is_none() {
            reading.text(&rest[..at]);
        }
        rest = &rest[at..];
        if let Some(behind) = rest.strip_prefix("<!--") {
            rest = behind.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let Some((tag, behind)) = tag(rest) else {
            // A sign that is no tag's.
            if unseen.is_none() {
                reading.text("<");
            }
            rest = &rest[1..];
            continue;
        };
        rest = behind;
        if let Some(name) = unseen {
            if tag.ends && tag.name == name {
                unseen = None;
            }
            continue;
        }
        if let Some(name) = UNSEEN.into_iter().find(|name| tag.name == *name && !tag.ends) {
            unseen = Some(name);
            continue;
        }
        reading.tag(&tag)?;
    }
    if reading.depth > 0 || reading.cell.is_some() {
        // Cut off in the middle of a table.
        return Err(Refusal::Damaged.into());
    }
    if reading.tables == 0 { Err(Refusal::WebPage.into()) } else { Ok(()) }
}

struct Tag<'t> {
    name: String,
    ends: bool,
    said: &'t str,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let lower = self.said.to_ascii_lowercase();
        let mut from = 0;
        while let Some(found) = lower[from..].find(name) {
            let at = from + found;
            from = at + name.len();
            let alone = at == 0 || lower.as_bytes()[at - 1].is_ascii_whitespace();
            let Some(value) = lower[from..].trim_start().strip_prefix('=').filter(|_| alone) else {
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = match quote {
                Some(quote) => value[1..].split(quote).next(),
                None => value.split(|c: char| c.is_whitespace()).next(),
            };
            return value.map(str::to_owned);
        }
        None
    }

    fn count(&self, name: &str) -> u32 {
        let said = self.get(name).and_then(|said| said.trim().parse().ok());
        said.unwrap_or(1_u32).clamp(1, STRETCH)
    }
}

/// A tag at the beginning of a text, and what stands behind it.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let inside = text.strip_prefix('<')?;
    let (ends, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
        return None;
    }
    let mut quote = None;
    let close = inside.char_indices().find(|(_, c)| {
        match (quote, c) {
            (Some(open), c) if open == *c => quote = None,
            (None, '"' | '\'') => quote = Some(*c),
            (None, '>') => return true,
            _ => {}
        }
        false
    });
    let (at, _) = close.or_else(|| inside.char_indices().find(|(_, c)| *c == '>'))?;
    let whole = inside[..at].trim_end_matches('/');
    let width = whole.find(|c: char| c.is_whitespace()).unwrap_or(whole.len());
    let name = whole[..width].to_ascii_lowercase();
    Some((Tag { name, ends, said: &whole[width..] }, &inside[at + 1..]))
}

struct Reading<'r, W: Write> {
    to: &'r mut Counted<W>,
    tables: u64,
    depth: u32,
    row: Option<u32>,
    col: u32,
    cell: Option<(u32, u32, String)>,
    /// Places below that a cell above is stretched over, by column: up to which row.
    taken: HashMap<u32, u32>,
    /// How many columns were declared.
    columns: u32,
    /// Within rows, or columns, that are not shown.
    group: bool,
    /// Columns with cells that are not shown.
    unseen: HashSet<u32>,
}

impl<W: Write> Reading<'_, W> {
    fn text(&mut self, text: &str) {
        let Some((_, _, said)) = &mut self.cell else { return };
        for c in xml::resolved(text).chars() {
            // Breaks of the file's lines are blanks; several are one.
            let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
            if c != ' ' || !said.ends_with([' ', '\n']) {
                said.push(c);
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), Stop> {
        match (tag.name.as_str(), tag.ends) {
            ("table", false) => {
                self.depth += 1;
                if self.depth == 1 {
                    if self.tables >= self.to.limits.sheets {
                        return Err(Refusal::Sheets.into());
                    }
                    self.tables += 1;
                    self.row = None;
                    self.taken.clear();
                    self.unseen.clear();
                    (self.columns, self.group) = (0, false);
                    let name = if self.tables == 1 { String::new() } else { self.tables.to_string() };
                    self.to.sheet(&name, is_unseen(tag))?;
                }
            }
            ("table", true) => {
                if self.depth == 1 {
                    self.end()?;
                }
                self.depth = self.depth.saturating_sub(1);
            }
            ("colgroup", false) if self.depth == 1 => {
                self.group = is_unseen(tag);
                if tag.get("span").is_some() {
                    self.column(self.group, tag.count("span"))?;
                }
            }
            ("col", false) if self.depth == 1 => {
                self.column(self.group || is_unseen(tag), tag.count("span"))?;
            }
            ("thead" | "tbody" | "tfoot", false) if self.depth == 1 => self.group = is_unseen(tag),
            ("colgroup" | "thead" | "tbody" | "tfoot", true) if self.depth == 1 => self.group = false,
            ("tr", false) if self.depth == 1 => {
                self.end()?;
                let row = self.row.map_or(0, |row| row + 1);
                (self.row, self.col) = (Some(row), 0);
                if self.group || is_unseen(tag) {
                    self.to.hidden_row(row)?;
                }
            }
            ("td" | "th", false) if self.depth == 1 => {
                self.end()?;
                let row = *self.row.get_or_insert(0);
                while self.taken.get(&self.col).is_some_and(|last| *last >= row) {
                    self.col += 1;
                }
                let (across, down) = (tag.count("colspan"), tag.count("rowspan"));
                let (last_row, last_col) = (row + down - 1, self.col + across - 1);
                self.to.merged((row, self.col), (last_row, last_col))?;
                for col in self.col..=last_col {
                    self.taken.insert(col, last_row);
                }
                // What some of its cells do not show, a column does not.
                if is_unseen(tag) && self.unseen.insert(self.col) {
                    self.to.hidden_cols(self.col, self.col)?;
                }
                self.cell = Some((row, self.col, String::new()));
                self.col = last_col + 1;
            }
            ("td" | "th" | "tr", true) if self.depth == 1 => self.end()?,
            ("br" | "p" | "div" | "li" | "tr", _) => {
                if let Some((_, _, said)) = &mut self.cell
                    && !said.trim().is_empty()
                    && !said.ends_with('\n')
                {
                    said.push('\n');
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// So many columns are declared.
    fn column(&mut self, unseen: bool, count: u32) -> Result<(), Stop> {
        let first = self.columns;
        self.columns = first.saturating_add(count);
        if unseen { self.to.hidden_cols(first, self.columns - 1) } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), Stop> {
        match self.cell.take() {
            Some((row, col, said)) => self.to.cell(row, col, Mark::Text, said.trim()),
            None => Ok(()),
        }
    }
}

fn is_unseen(tag: &Tag<'_>) -> bool {
    let style = tag.get("style").unwrap_or_default().replace(' ', "");
    style.contains("display:none") || style.contains("mso-hide:all")
}
