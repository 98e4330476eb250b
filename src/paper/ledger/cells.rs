//! What stands in the columns of a register's lists: as text, and as spreadsheets see it.

use crate::domain::field::Type;
use crate::domain::ids::{PersonId, Subject};
use crate::domain::ledger::{Column, Ledger, Link, Part, value};
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::i18n::ledger_sheet as sheets;
use crate::paper::sheet::{Cell, Sheet};
use crate::say::Lang;
use crate::store::query::rows::EntryRow;
use crate::store::{Reader, query};
use uuid::Uuid;

/// How a list is told: in which language, on which clock, at which moment.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// The reader's language.
    pub lang: Lang,
    /// The office's calendar.
    pub calendar: Calendar,
    /// When it is read.
    pub now: Ts,
    /// The numbers of people stand in it whole: that was logged.
    pub revealed: bool,
}

/// The columns of a list: as its view has them, else all of its own; its state beside them.
pub fn columns(ledger: &Ledger) -> Vec<String> {
    let mut names = ledger.view.columns.clone();
    if names.is_empty() {
        names = own(&ledger.part);
        if ledger.stock.is_some() {
            names.extend(["balance", "minimum", "days_left"].map(str::to_owned));
        }
    }
    if ledger.part.states.is_some() && !names.iter().any(|name| name == "state") {
        names.push("state".to_owned());
    }
    names
}

/// The columns of the lines below an entry, and their state.
pub fn line_columns(part: &Part) -> Vec<String> {
    let mut names = own(part);
    if part.states.is_some() {
        names.push("state".to_owned());
    }
    names
}

/// All that is declared.
pub fn own(part: &Part) -> Vec<String> {
    part.columns.iter().map(|column| column.field.name.clone()).collect()
}

/// Whether a column is computed from a balance.
pub fn is_balance(name: &str) -> bool {
    matches!(name, "balance" | "minimum" | "days_left")
}

/// Whether figures stand in a column: they are read from the right.
pub fn is_figure(part: &Part, name: &str) -> bool {
    part.column(name).map_or_else(
        || is_balance(name),
        |column| column.link.is_none() && matches!(column.field.kind, Type::Integer | Type::Temp),
    )
}

/// Before the name of a column: what it says of what is used first of a balance.
const FIRST_OUT: &str = "first-out.";

/// The columns of a sheet that say what of a balance is used first, beside those in which each entry has its own.
pub fn first_out(ledger: &Ledger) -> impl Iterator<Item = String> {
    ledger.first_out().map(|name| format!("{FIRST_OUT}{name}"))
}

/// Whether a column belongs to a line of a list that is a balance, and to no entry of it.
pub fn is_of_balance(name: &str) -> bool {
    is_balance(name) || name.starts_with(FIRST_OUT)
}

/// What stands above a column.
pub fn column_head(lang: Lang, part: &Part, name: &str) -> String {
    match part.column(name) {
        Some(column) => words::titled(&column.field.title).get(lang).to_owned(),
        None => say::computed(name).get(lang).to_owned(),
    }
}

/// What stands above a column of a sheet: in Chinese as its sheets are headed, so that they can be read again.
pub fn headed(lang: Lang, part: &Part, name: &str) -> String {
    if let Some(own) = name.strip_prefix(FIRST_OUT) {
        return sheets::first_out_of(headed(lang, part, own)).get(lang).to_owned();
    }
    match part.column(name).and_then(|column| column.headers.first()) {
        Some(header) if lang == Lang::Zh => header.clone(),
        // An office's own columns may be of a time too.
        None if name == "at" && part.column(name).is_none() => sheets::WRITTEN_AT.get(lang).to_owned(),
        _ => column_head(lang, part, name),
    }
}

/// What stands in a column of an entry, as it is kept; of a line of a list that is a balance, what of it is used first.
pub fn kept<'a>(row: &'a EntryRow, name: &str) -> &'a str {
    row.first_out.get(name).or_else(|| row.row.values.get(name)).map_or("", String::as_str)
}

/// What stands in a column, in the reader's language.
pub fn text(voice: &Voice, part: &Part, row: &EntryRow, name: &str) -> String {
    if let Some(column) = part.column(name) {
        return own_text(voice, column, row);
    }
    let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
    match name {
        "balance" => number(row.balance.map(|balance| balance.balance)),
        "minimum" => number(row.balance.and_then(|balance| balance.minimum)),
        "days_left" => number(row.balance.and_then(|balance| balance.days_left)),
        "state" if row.row.state.is_empty() => String::new(),
        "state" => words::titled(&part.state_title(&row.row.state)).get(voice.lang).to_owned(),
        "at" => voice.calendar.brief(row.row.at, voice.now),
        "by" => row.by.clone(),
        _ => String::new(),
    }
}

fn own_text(voice: &Voice, column: &Column, row: &EntryRow) -> String {
    said(voice, column, row, kept(row, &column.field.name))
}

fn said(voice: &Voice, column: &Column, row: &EntryRow, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    if let Some(name) = row.named(column) {
        return name.get(voice.lang).to_owned();
    }
    if voice.revealed {
        return words::in_full(column, value).get(voice.lang).to_owned();
    }
    words::shown(column, value).get(voice.lang).to_owned()
}

/// The same as a spreadsheet sees it: numbers are numbers, days are days.
pub fn cell(voice: &Voice, part: &Part, row: &EntryRow, name: &str) -> Cell {
    held(voice, part, row, name, kept(row, name))
}

/// The same of a sheet that can be read again: what an entry says itself stands in its columns, and what of a balance is
/// used first beside them.
fn own_cell(voice: &Voice, part: &Part, row: &EntryRow, name: &str) -> Cell {
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    match name.strip_prefix(FIRST_OUT) {
        Some(name) => held(voice, part, row, name, &text(row.first_out.get(name))),
        None => held(voice, part, row, name, &text(row.row.values.get(name))),
    }
}

fn held(voice: &Voice, part: &Part, row: &EntryRow, name: &str, value: &str) -> Cell {
    let whole = |number: Option<i64>| number.map_or(Cell::Empty, Cell::Int);
    let Some(column) = part.column(name) else {
        return match name {
            "balance" => whole(row.balance.map(|balance| balance.balance)),
            "minimum" => whole(row.balance.and_then(|balance| balance.minimum)),
            "days_left" => whole(row.balance.and_then(|balance| balance.days_left)),
            "at" => Cell::At(voice.calendar.local(row.row.at)),
            _ => Cell::text(text(voice, part, row, name)),
        };
    };
    let plain = || Cell::text(said(voice, column, row, value));
    if value.is_empty() || row.names.contains_key(name) {
        return plain();
    }
    match column.field.kind {
        Type::Integer => value.parse().map_or_else(|_| plain(), Cell::Int),
        Type::Temp => value.parse::<f64>().map_or_else(|_| plain(), |tenths| Cell::Tenths(tenths / 10.0)),
        Type::Date => value::day(value).map_or_else(plain, Cell::Day),
        Type::DateTime => {
            value::instant(value, voice.calendar).map_or_else(plain, |at| Cell::At(voice.calendar.local(at)))
        }
        _ => plain(),
    }
}

/// Entries or lines as a sheet that can be read again: beside whoever is named stands their number, and last the id that
/// joins lines and entries.
///
/// # Errors
/// The database cannot be read.
pub fn table<'a>(
    reader: &Reader,
    voice: &Voice,
    part: &Part,
    title: &str,
    names: &[String],
    rows: impl IntoIterator<Item = &'a EntryRow>,
) -> Result<Sheet> {
    let is_person = |name: &String| part.column(name).is_some_and(|column| column.link == Some(Link::Person));
    let mut head = Vec::new();
    for name in names {
        let above = headed(voice.lang, part, name);
        head.push(above.clone());
        head.extend(is_person(name).then(|| sheets::number_of(above).get(voice.lang).to_owned()));
    }
    head.push(sheets::ENTRY_ID.get(voice.lang).to_owned());
    let mut out = Vec::new();
    for row in rows {
        let mut cells = Vec::with_capacity(head.len());
        for name in names {
            cells.push(own_cell(voice, part, row, name));
            if is_person(name) {
                let id = Uuid::parse_str(kept(row, name)).ok();
                let no = id.map(|id| query::subject_no(reader, Subject::Person(PersonId(id)))).transpose()?;
                cells.push(Cell::text(no.flatten().unwrap_or_default()));
            }
        }
        cells.push(Cell::text(row.row.id.to_string()));
        out.push(cells);
    }
    Ok(Sheet { name: title.to_owned(), head, rows: out })
}
