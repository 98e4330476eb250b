//! The list of a ledger (台账) on paper: its lines as its view has them; where entries have lines of their own, each with
//! these beneath it. As a workbook it is the list, every entry, and the lines.

pub mod cells;
pub mod json;

use super::face::with;
use super::sheet::{Cell, Sheet};
use super::{Moment, PaperKind, Source};
use crate::domain::field::Type;
use crate::domain::ids::{EntryId, PersonId};
use crate::domain::ledger::{Column, Ledger, Part};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::say::Lang;
use crate::store::Reader;
use crate::store::query::rows::{EntryRow, LedgerPage};
use crate::store::query::{self, Face};
use cells::{Voice, cell, column_head, columns, is_figure, line_columns, own, table};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A ledger's list, in the language it was asked for in: what its columns are called stands in its declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    face: Face,
    title: String,
    /// Only lines that contain this stand on it; empty for all.
    filter: String,
    revealed: bool,
    list: Table,
    /// What stands below the entries; none where they have no lines.
    below: Option<Below>,
    book: Vec<Sheet>,
    json: Value,
}

/// The lines below entries.
#[derive(Debug, Clone, PartialEq)]
struct Below {
    /// What they are called.
    title: String,
    /// The lines of each entry, in the entries' order.
    of: Vec<Table>,
    /// As above, without a row.
    table: Table,
}

/// A table as it is read.
#[derive(Debug, Clone, PartialEq)]
struct Table {
    heads: Vec<String>,
    /// Which columns hold figures.
    figures: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn of<'a>(
        voice: &Voice,
        part: &Part,
        names: &[String],
        rows: impl IntoIterator<Item = &'a EntryRow>,
    ) -> Self {
        Self {
            heads: names.iter().map(|name| column_head(voice.lang, part, name)).collect(),
            figures: names.iter().map(|name| is_figure(part, name)).collect(),
            rows: rows.into_iter().map(|row| read(voice, part, names, row)).collect(),
        }
    }
}

/// An entry as it is read.
fn read(voice: &Voice, part: &Part, names: &[String], row: &EntryRow) -> Vec<String> {
    names.iter().map(|name| shown(&cell(voice, part, row, name))).collect()
}

/// A cell as it is read.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Int(n) => n.to_string(),
        Cell::Tenths(n) => format!("{n:.1}"),
        Cell::Day(day) => day.to_string(),
        Cell::At(at) => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}

impl Paper {
    /// The paper of these lines of a ledger's list; they are all of it unless it was `narrowed`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn of(
        reader: &Reader,
        voice: &Voice,
        page: &LedgerPage,
        filter: &str,
        narrowed: bool,
    ) -> Result<Self> {
        let (ledger, rows) = (&page.ledger, &page.rows);
        let below = below(reader, voice, ledger)?;
        let book = sheets(reader, voice, ledger, rows, &below, narrowed)?;
        let below = match &ledger.lines {
            None => None,
            Some(lines) => {
                let mut of: HashMap<EntryId, Vec<&EntryRow>> = HashMap::new();
                for line in &below {
                    if let Some(parent) = line.row.parent {
                        of.entry(parent).or_default().push(line);
                    }
                }
                let names = line_columns(&lines.part);
                let each = |row: &EntryRow| {
                    let below = of.get(&row.row.id).map_or(&[][..], Vec::as_slice);
                    Table::of(voice, &lines.part, &names, below.iter().copied())
                };
                Some(Below {
                    title: words::titled(&lines.title).get(voice.lang).to_owned(),
                    of: rows.iter().map(each).collect(),
                    table: Table::of(voice, &lines.part, &names, std::iter::empty()),
                })
            }
        };
        Ok(Self {
            face: query::face(reader, voice.now)?,
            title: words::titled(&ledger.title).get(voice.lang).to_owned(),
            filter: filter.to_owned(),
            revealed: voice.revealed,
            list: Table::of(voice, &ledger.part, &columns(ledger), rows),
            below,
            book,
            json: json::page(reader, voice, page)?,
        })
    }

    /// The head code of the log it was cut from.
    pub fn head(&self) -> &str {
        &self.face.head
    }
}

/// Whose private numbers stand on the list of a ledger, its lines and its workbook: people, and entries about nobody.
///
/// # Errors
/// The database cannot be read.
pub fn numbers(reader: &Reader, page: &LedgerPage, now: Ts) -> Result<(Vec<PersonId>, Vec<EntryId>)> {
    let (mut people, mut entries, mut known) = (Vec::new(), Vec::new(), HashSet::new());
    let mut add = |row: &EntryRow| {
        let part = page.ledger.part(row.row.parent.is_some());
        match row.row.person {
            _ if !part.is_some_and(|part| part.has_numbers(&row.row.values)) => {}
            Some(person) => people.extend(known.insert(person).then_some(person)),
            None => entries.push(row.row.id),
        }
    };
    page.rows.iter().for_each(&mut add);
    let may_hide = |column: &Column| {
        column.field.kind.is_private() || column.field.kind == Type::Text && column.link.is_none()
    };
    if page.ledger.lines.as_ref().is_some_and(|lines| lines.part.columns.iter().any(may_hide)) {
        let listed: HashSet<EntryId> = page.rows.iter().map(|row| row.row.id).collect();
        let lines = query::entries_of(reader, &page.ledger, true, now)?;
        lines.iter().filter(|line| line.row.parent.is_some_and(|of| listed.contains(&of))).for_each(add);
    }
    Ok((people, entries))
}

impl Source for Paper {
    fn kind(&self) -> PaperKind {
        PaperKind::Ledger
    }

    fn office(&self) -> &str {
        &self.face.office
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.face.calendar, self.face.at))
    }

    fn context(&self, lang: Lang) -> Value {
        let entries = self.below.iter().flat_map(|below| self.list.rows.iter().zip(&below.of));
        let entries = entries.map(|(cells, lines)| {
            let said = self.list.heads.iter().zip(cells).filter(|(_, text)| !text.is_empty());
            let said = said.map(|(head, text)| json!({ "head": head, "text": text }));
            json!({ "said": said.collect::<Vec<_>>(), "lines": lines.rows })
        });
        let lines = self.below.as_ref().map(|Below { title, of, table }| {
            let count = of.iter().map(|lines| lines.rows.len()).sum::<usize>();
            json!({ "title": title, "heads": table.heads, "figures": table.figures, "count": count })
        });
        let more = json!({
            "title": self.title, "filter": self.filter, "count": self.list.rows.len(), "heads": self.list.heads,
            "figures": self.list.figures, "rows": self.list.rows, "lines": lines, "entries": entries.collect::<Vec<_>>(),
        });
        with(&self.face, self.revealed, lang, more)
    }

    fn sheets(&self, _lang: Lang) -> Vec<Sheet> {
        self.book.clone()
    }

    fn json(&self, _lang: Lang) -> Value {
        let mut out = self.json.clone();
        if let Value::Object(out) = &mut out {
            out.insert("office".to_owned(), json!(self.face.office));
            out.insert("made_at".to_owned(), json!(self.face.calendar.rfc3339(self.face.at)));
            out.insert("head".to_owned(), json!(self.face.head));
        }
        out
    }
}

/// The list with everything that is declared, and what is computed.
///
/// # Errors
/// The database cannot be read.
pub fn list(reader: &Reader, voice: &Voice, ledger: &Ledger, rows: &[EntryRow]) -> Result<Sheet> {
    let title = words::titled(&ledger.title);
    table(reader, voice, &ledger.part, title.get(voice.lang), &all_columns(ledger), rows)
}

fn all_columns(ledger: &Ledger) -> Vec<String> {
    let mut names = own(&ledger.part);
    names.extend(columns(ledger).into_iter().filter(|name| ledger.part.column(name).is_none()));
    names.extend(cells::first_out(ledger));
    for name in ["at", "by"].map(str::to_owned) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The sheets of a workbook: the list, every entry where a line of the list stands for several, and the lines of each. Of
/// a list that was `narrowed` those that belong to what is left of it.
///
/// # Errors
/// The database cannot be read.
pub fn book(
    reader: &Reader,
    voice: &Voice,
    ledger: &Arc<Ledger>,
    rows: &[EntryRow],
    narrowed: bool,
) -> Result<Vec<Sheet>> {
    sheets(reader, voice, ledger, rows, &below(reader, voice, ledger)?, narrowed)
}

/// The lines below all entries of a ledger, the oldest first; none where entries have none.
fn below(reader: &Reader, voice: &Voice, ledger: &Arc<Ledger>) -> Result<Vec<EntryRow>> {
    if ledger.lines.is_none() {
        return Ok(Vec::new());
    }
    query::entries_of(reader, ledger, true, voice.now)
}

fn sheets(
    reader: &Reader,
    voice: &Voice,
    ledger: &Arc<Ledger>,
    rows: &[EntryRow],
    below: &[EntryRow],
    narrowed: bool,
) -> Result<Vec<Sheet>> {
    let mut sheets = vec![list(reader, voice, ledger, rows)?];
    if ledger.key.is_empty() && ledger.lines.is_none() {
        return Ok(sheets);
    }
    let mut entries = query::entries_of(reader, ledger, false, voice.now)?;
    if narrowed {
        let ids: HashSet<EntryId> = rows.iter().map(|row| row.row.id).collect();
        let keys: HashSet<String> = rows.iter().filter_map(|row| ledger.key_of(&row.row.values)).collect();
        entries.retain(|entry| match ledger.key_of(&entry.row.values) {
            Some(key) => keys.contains(&key),
            None => ids.contains(&entry.row.id),
        });
    }
    if !ledger.key.is_empty() {
        // A line of the list stands for all entries of its key: here they are, each.
        let names: Vec<String> =
            all_columns(ledger).into_iter().filter(|name| !cells::is_of_balance(name)).collect();
        sheets.push(table(reader, voice, &ledger.part, say::ENTRIES.get(voice.lang), &names, &entries)?);
    }
    if let Some(lines) = &ledger.lines {
        let known: HashMap<EntryId, &EntryRow> = entries.iter().map(|entry| (entry.row.id, entry)).collect();
        let is_known = |line: &&EntryRow| line.row.parent.is_some_and(|parent| known.contains_key(&parent));
        let all: Vec<&EntryRow> = below.iter().filter(is_known).collect();
        sheets.push(of_lines(reader, voice, ledger, &lines.part, &known, &all)?);
    }
    Ok(sheets)
}

/// The lines of entries, each with what its entry is called.
fn of_lines(
    reader: &Reader,
    voice: &Voice,
    ledger: &Ledger,
    part: &Part,
    above: &HashMap<EntryId, &EntryRow>,
    rows: &[&EntryRow],
) -> Result<Sheet> {
    let title = ledger.lines.as_ref().map(|lines| words::titled(&lines.title)).unwrap_or_default();
    let mut sheet =
        table(reader, voice, part, title.get(voice.lang), &line_columns(part), rows.iter().copied())?;
    let first = ledger.part.columns.first().map(|column| column.field.name.clone()).unwrap_or_default();
    sheet.head.insert(0, cells::headed(voice.lang, &ledger.part, &first));
    for (row, cells) in rows.iter().zip(&mut sheet.rows) {
        let of = row.row.parent.and_then(|parent| above.get(&parent));
        cells.insert(0, of.map_or(Cell::Empty, |of| cell(voice, &ledger.part, of, &first)));
        // The id is that of the entry: it says to which a line belongs.
        if let (Some(last), Some(parent)) = (cells.last_mut(), row.row.parent) {
            *last = Cell::text(parent.to_string());
        }
    }
    Ok(sheet)
}
