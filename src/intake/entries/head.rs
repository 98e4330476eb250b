//! Which header of a sheet is which column of a register: what the office's own sheets call it, and what stands above the
//! columns of a sheet that the program wrote.

use super::super::cells::{Cell, Mark, Sheet};
use crate::domain::form::{builtins, header_among};
use crate::domain::ledger::{Column, Link, Part};
use crate::domain::text::fold;
use crate::i18n::cli::ledger as computed;
use crate::i18n::ledger_sheet as say;
use crate::say::Word;
use std::collections::HashSet;
use std::ops::Range;

/// The header row is looked for in the first rows that have anything in them.
const HEADER_WITHIN: usize = 10;

/// What stands below a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// Values of a column, by its place.
    Own(usize),
    /// The numbers of the people in a column.
    Number(usize),
    /// The id of the entry.
    Id,
    /// The state of the entry.
    State,
    /// What the program fills in by itself.
    Kept,
    /// Of lines: a column of the entry they belong to.
    Above(usize),
}

/// Where the headers stand, and which column of the sheet is what.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Which of the rows that have anything in them.
    pub at: usize,
    /// The sheet's column, what it is, and its header.
    pub columns: Vec<(u16, Is, String)>,
    /// Headers of nothing that is known.
    pub unknown: Vec<String>,
    /// Headers of what stood further left.
    pub twice: Vec<String>,
    /// Headers of what the program fills in by itself.
    pub kept: Vec<String>,
}

impl Header {
    /// Whether its rows say to which entry they belong, and something of their own.
    pub fn names_entries(&self) -> bool {
        let has = |what: fn(&Is) -> bool| self.columns.iter().any(|(_, is, _)| what(is));
        has(|is| matches!(is, Is::Own(_))) && has(|is| matches!(is, Is::Id | Is::Above(_)))
    }

    /// The columns of entries that it has.
    pub fn above(&self) -> Vec<usize> {
        let above = self.columns.iter().filter_map(|(_, is, _)| match is {
            Is::Above(column) => Some(*column),
            _ => None,
        });
        above.collect()
    }

    /// Whether it has something of its own, and all that must be there.
    fn fits(&self, part: &Part, needed: &[usize]) -> bool {
        let own = (0..part.columns.len()).any(|column| self.has(column));
        own && needed.iter().all(|column| self.has(*column))
    }

    fn has(&self, column: usize) -> bool {
        self.columns.iter().any(|(_, is, _)| matches!(is, Is::Own(at) | Is::Number(at) if *at == column))
    }
}

/// The columns a sheet has to have: what must be filled, and does not come by itself.
pub(super) fn must_have(part: &Part) -> impl Iterator<Item = &Column> {
    part.columns.iter().filter(|column| is_needed(column))
}

fn is_needed(column: &Column) -> bool {
    column.field.required && !column.readonly && column.default.is_none() && column.relevant.is_none()
}

/// The headers of a sheet, if it is one of this part of a ledger; of lines, with the columns of what they stand `below`.
pub(super) fn header(part: &Part, below: Option<&Part>, sheet: &Sheet) -> Option<Header> {
    let known = meanings(part, below);
    let all = (0..sheet.len().min(HEADER_WITHIN)).map(|at| header_at(part, &known, sheet, at));
    let needed = needed(part);
    let fits = |header: &Header| header.fits(part, &needed);
    // The first of equals: a repeated header further down is not the header.
    all.filter(fits).reduce(|best, next| if next.columns.len() > best.columns.len() { next } else { best })
}

fn needed(part: &Part) -> Vec<usize> {
    (0..part.columns.len()).filter(|at| is_needed(&part.columns[*at])).collect()
}

/// The lists of a sheet one below the other.
#[derive(Debug)]
pub(super) struct Lists {
    /// Each with the rows that are read by its headers.
    pub read: Vec<(Header, Range<usize>)>,
    /// Rows below headers that are not the ledger's, from 1: by the headers above they would be something else.
    pub unclaimed: Vec<u32>,
}

/// The lists of a sheet whose best headers are known: where headers stand again, above or below, in whatever order and
/// words, what follows is read by them.
pub(super) fn lists(part: &Part, below: Option<&Part>, sheet: &Sheet, best: &Header) -> Lists {
    let (known, needed) = (meanings(part, below), needed(part));
    let own = best.columns.iter().map(|(_, _, head)| head).chain(&best.unknown);
    let words: HashSet<String> =
        known.iter().map(|(_, head)| head).chain(own).map(|head| fold(head)).collect();
    let is_head = |at: usize| {
        let cells = sheet.row(at);
        let heads = cells.iter().filter(|cell| words.contains(&fold(sheet.text(cell)))).count();
        heads >= 2 && heads * 2 >= cells.len() && cells.iter().all(|cell| cell.mark == Mark::Text)
    };
    let read =
        |at: usize| Some(header_at(part, &known, sheet, at)).filter(|header| header.fits(part, &needed));
    let first = (0..best.at).find(|at| is_head(*at) && read(*at).is_some()).unwrap_or(best.at);
    let mut out = Lists { read: Vec::new(), unclaimed: Vec::new() };
    let mut claimed = false;
    for at in first..sheet.len() {
        if at == best.at || is_head(at) {
            let header = out.read.last().filter(|(header, _)| claimed && alike(sheet, header.at, at));
            let header = header.map(|(header, _)| Header { at, ..header.clone() }).or_else(|| read(at));
            claimed = header.is_some();
            out.read.extend(header.map(|header| (header, at + 1..at + 1)));
        } else if let Some((_, rows)) = out.read.last_mut().filter(|_| claimed) {
            rows.end = at + 1;
        }
        if !claimed {
            out.unclaimed.extend(sheet.row(at).first().map(|cell| cell.row + 1));
        }
    }
    out
}

/// Whether the same stands in two rows, as headers do on each page.
fn alike(sheet: &Sheet, one: usize, other: usize) -> bool {
    let (one, other) = (sheet.row(one), sheet.row(other));
    let same = |(one, other): (&Cell, &Cell)| one.col == other.col && sheet.text(one) == sheet.text(other);
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// What each header means, the office's own words first.
fn meanings(part: &Part, below: Option<&Part>) -> Vec<(Is, String)> {
    let mut out = Vec::new();
    let mut put =
        |is: Is, headers: &mut dyn Iterator<Item = String>| out.extend(headers.map(|head| (is, head)));
    let columns = || part.columns.iter().enumerate();
    for (at, column) in columns() {
        put(if column.readonly { Is::Kept } else { Is::Own(at) }, &mut headers(column));
    }
    for (at, column) in columns().filter(|(_, column)| column.link == Some(Link::Person)) {
        // As rosters head it: an entry is about one person, so it is theirs.
        put(Is::Number(at), &mut numbers().into_iter());
        put(Is::Number(at), &mut headers(column).flat_map(|head| both(&say::number_of(head))));
    }
    // What of a stock is used first is of its list, and of no entry.
    for (_, column) in columns() {
        put(Is::Kept, &mut headers(column).flat_map(|head| both(&say::first_out_of(head))));
    }
    for (at, column) in below.iter().flat_map(|above| above.columns.iter().enumerate()) {
        put(Is::Above(at), &mut headers(column));
    }
    let mut word = |is: Is, word: Word| put(is, &mut [word.zh, word.en].into_iter().map(str::to_owned));
    word(Is::Id, say::ENTRY_ID);
    word(Is::State, computed::STATE);
    for one in [
        say::WRITTEN_AT,
        computed::AT,
        computed::BY,
        computed::BALANCE,
        computed::MINIMUM,
        computed::DAYS_LEFT,
    ] {
        word(Is::Kept, one);
    }
    out
}

/// How rosters head the numbers of people.
fn numbers() -> Vec<String> {
    let roster = builtins().into_iter().find(|form| form.id.name == "roster");
    let column = roster.and_then(|form| form.columns.into_iter().find(|column| column.field.name == "no"));
    column.map(|column| column.headers).unwrap_or_default()
}

fn both(said: &crate::say::Say) -> [String; 2] {
    [said.zh.clone(), said.en.clone()]
}

/// How a column may be headed.
fn headers(column: &Column) -> impl Iterator<Item = String> {
    let field = &column.field;
    let own = [&field.title.zh, &field.title.en, &field.name];
    column.headers.iter().chain(own).cloned()
}

fn header_at(part: &Part, known: &[(Is, String)], sheet: &Sheet, at: usize) -> Header {
    let none = Vec::new;
    let mut header = Header { at, columns: none(), unknown: Vec::new(), twice: Vec::new(), kept: Vec::new() };
    for cell in sheet.row(at) {
        let text = sheet.text(cell).trim().to_owned();
        let is_there = |is: Is| is != Is::Kept && header.columns.iter().any(|(_, other, _)| *other == is);
        // Two columns may be headed alike: an office's own, and one that the program fills in.
        let free = known.iter().enumerate().filter(|(_, (is, _))| !is_there(*is));
        let found = header_among(&text, &free.map(|(at, (_, head))| (at, head.as_str())));
        let stood =
            || header_among(&text, &known.iter().enumerate().map(|(at, (_, head))| (at, head.as_str())));
        match found.map(|at| known[at].0) {
            Some(is) => {
                if is == Is::Kept {
                    header.kept.push(text.clone());
                }
                header.columns.push((cell.col, is, text));
            }
            None if fold(&text).is_empty() => {}
            None => match stood().map(|at| known[at].0) {
                // Somebody's name and number beside one another, headed as the ledger says.
                Some(Is::Own(column)) if is_person(part, column) && !is_there(Is::Number(column)) => {
                    let first = header.columns.iter_mut().find(|(_, is, _)| *is == Is::Own(column));
                    match first.filter(|(_, _, head)| is_number(head) && !is_number(&text)) {
                        // The number came first.
                        Some(first) => {
                            first.1 = Is::Number(column);
                            header.columns.push((cell.col, Is::Own(column), text));
                        }
                        None if is_number(&text) => {
                            header.columns.push((cell.col, Is::Number(column), text));
                        }
                        None => header.twice.push(text),
                    }
                }
                Some(_) => header.twice.push(text),
                None => match beside(part, &header, cell.col).filter(|_| is_bare_number(&text)) {
                    Some(column) => header.columns.push((cell.col, Is::Number(column), text)),
                    None => header.unknown.push(text),
                },
            },
        }
    }
    header
}

fn is_person(part: &Part, column: usize) -> bool {
    part.columns[column].link == Some(Link::Person)
}

/// The column of people that stands right before a place of the sheet, where their number does not stand yet.
fn beside(part: &Part, header: &Header, col: u16) -> Option<usize> {
    let (before, is, _) = header.columns.last()?;
    let Is::Own(column) = is else { return None };
    let is_free = header.columns.iter().all(|(_, other, _)| *other != Is::Number(*column));
    (before + 1 == col && is_person(part, *column) && is_free).then_some(*column)
}

/// A header that says of what it is the number by where it stands alone: before the names it is that of the row.
fn is_bare_number(header: &str) -> bool {
    matches!(fold(header).as_str(), "编号" | "no" | "no." | "number" | "id")
}

/// Whether numbers stand below a header rather than names.
fn is_number(header: &str) -> bool {
    let header = fold(header);
    ["号", "no", "number", "id"].iter().any(|end| header.ends_with(end))
}
