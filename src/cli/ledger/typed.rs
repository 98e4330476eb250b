//! What is typed of entries: `field=value`, whom it points at, which entry is meant.

use crate::cli::office::Office;
use crate::domain::form;
use crate::domain::form::value::Flaw;
use crate::domain::ids::EntryId;
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Column, Ledger, Link, Part};
use crate::domain::text::{fold, safe_line};
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::say::Say;
use crate::store::query;
use crate::store::query::roster::Roster;
use crate::store::query::rows::{EntrySheet, LedgerAsk};
use std::cell::OnceCell;
use uuid::Uuid;

/// Whether a text says what stands in a field.
pub(super) fn is_said(text: &str) -> bool {
    text.contains(['=', '＝'])
}

/// Reads what was typed; whom it points at is looked up once.
pub(super) struct Typed<'a> {
    office: &'a Office,
    roster: OnceCell<Roster>,
}

impl<'a> Typed<'a> {
    pub fn new(office: &'a Office) -> Self {
        Self { office, roster: OnceCell::new() }
    }

    /// The values of `field=value …`.
    pub fn values(&self, part: &Part, said: &[String]) -> Result<Values> {
        let mut out = Values::new();
        for text in said {
            let Some((name, raw)) = text.split_once(['=', '＝']) else {
                return Err(Error::input(say::not_said(safe_line(text))).hint(fields(part)));
            };
            let column = column(part, name)
                .ok_or_else(|| Error::input(say::no_field(safe_line(name.trim()))).hint(fields(part)))?;
            let value = self.value(column, raw)?;
            if out.insert(column.field.name.clone(), value).is_some() {
                return Err(Error::input(say::field_twice(safe_line(name.trim()))));
            }
        }
        Ok(out)
    }

    /// The values of a line: `field=value,field=value`; a comma within a value is one.
    pub fn line(&self, ledger: &Ledger, text: &str) -> Result<Values> {
        let Some(lines) = &ledger.lines else { return Err(Error::input(words::NO_LINES)) };
        let mut said: Vec<String> = Vec::new();
        for piece in text.split([',', '，']) {
            let begins =
                piece.split_once(['=', '＝']).is_some_and(|(name, _)| column(&lines.part, name).is_some());
            match said.last_mut() {
                Some(last) if !begins && !is_said(piece) => {
                    last.push(',');
                    last.push_str(piece);
                }
                _ => said.push(piece.to_owned()),
            }
        }
        self.values(&lines.part, &said)
    }

    /// The value of a column as it is kept.
    pub fn value(&self, column: &Column, raw: &str) -> Result<String> {
        self.read(column, raw).map_err(|error| about(error, column))
    }

    fn read(&self, column: &Column, raw: &str) -> Result<String> {
        if raw.trim().is_empty() {
            return Ok(String::new());
        }
        if let Some(link) = &column.link {
            return self.linked(link, raw.trim());
        }
        let (now, calendar) = (self.office.now(), self.office.settings.calendar);
        match column.read(raw, now, calendar) {
            Ok(value) => Ok(value),
            Err(Flaw::Code) => worded(column, raw).ok_or_else(|| flawed(column, Flaw::Code)),
            Err(flaw) => Err(flawed(column, flaw)),
        }
    }

    /// The id of what is meant: by number, name or code, by the key of another ledger's entry, or the id itself.
    fn linked(&self, link: &Link, text: &str) -> Result<String> {
        if let Ok(id) = Uuid::parse_str(text) {
            return Ok(id.to_string());
        }
        let office = self.office;
        Ok(match link {
            Link::Person => self.person(text)?,
            Link::Unit => office.unit(text)?.to_string(),
            Link::Officer => office.officer_named(text)?.to_string(),
            Link::Contact => office.contact(text)?.to_string(),
            Link::Ledger(name) => {
                let ledger = query::declared(&office.reader, name)?;
                by_key(office, &ledger, text)?.to_string()
            }
        })
    }

    /// By number; by name where nobody else has it.
    fn person(&self, text: &str) -> Result<String> {
        let by_no = self.office.person(text);
        if by_no.is_ok() {
            return by_no.map(|id| id.to_string());
        }
        if self.roster.get().is_none() {
            // Only set where it is not.
            let _ = self.roster.set(query::roster(&self.office.reader)?);
        }
        let named: Vec<_> =
            self.roster.get().into_iter().flat_map(|roster| roster.people_named(text)).collect();
        match named.as_slice() {
            [one] => Ok(one.id.to_string()),
            [] => by_no.map(|id| id.to_string()),
            several => {
                let numbers = Say::listed(several.iter().map(|one| safe_line(&one.no)));
                Err(Error::input(say::several_people(safe_line(text), numbers.zh)))
            }
        }
    }
}

/// The code that is called so.
fn worded(column: &Column, raw: &str) -> Option<String> {
    let wanted = fold(raw);
    let is = |code: &&String| {
        let word = column.field.word(code);
        word.is_some_and(|word| fold(&word.zh) == wanted || fold(&word.en) == wanted)
    };
    column.field.codes.keys().find(is).cloned()
}

pub(super) fn flawed(column: &Column, flaw: Flaw) -> Error {
    let headed = form::Column { field: column.field.clone(), headers: column.headers.clone() };
    Error::input(crate::i18n::intake::flaw(flaw, &headed))
}

/// The error with the field it is about.
pub(super) fn about(error: Error, column: &Column) -> Error {
    match error {
        Error::User(mut user) => {
            let label = words::titled(&column.field.title);
            let Say { zh, en } = user.what;
            user.what = Say { zh: format!("{}：{zh}", label.zh), en: format!("{}: {en}", label.en) };
            Error::User(user)
        }
        error @ Error::Internal(_) => error,
    }
}

/// The column of this name, title or header.
pub(super) fn column<'a>(part: &'a Part, name: &str) -> Option<&'a Column> {
    let wanted = fold(name);
    let named = |column: &&Column| {
        let titles = [&column.field.title.zh, &column.field.title.en];
        column.headers.iter().chain(titles).any(|title| fold(title) == wanted)
    };
    part.column(name.trim()).or_else(|| part.columns.iter().find(named))
}

/// Which fields there are.
pub(super) fn fields(part: &Part) -> Say {
    let typed = part.columns.iter().filter(|column| !column.readonly);
    let names: Vec<(String, String)> = typed
        .map(|column| {
            let (name, title) = (&column.field.name, &column.field.title);
            (format!("{name}（{}）", title.zh), format!("{name} ({})", title.en))
        })
        .collect();
    let zh = Say::listed(names.iter().map(|(zh, _)| zh)).zh;
    say::fields_are(zh, Say::listed(names.iter().map(|(_, en)| en)).en)
}

/// The entry or line that is meant: its id, how the id begins or ends, or `LEDGER/KEY`.
pub(super) fn entry(office: &Office, text: &str) -> Result<EntryId> {
    if let Some((name, key)) = text.split_once(['/', '／'])
        && let Ok(ledger) = super::in_force(office, name)
    {
        return by_key(office, &ledger, key);
    }
    let found = query::entries_named(&office.reader, text)?;
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Error::not_found(say::no_entry(safe_line(text))).hint(say::ENTRY_HINT)),
        several => Err(Error::input(say::several_entries(safe_line(text), ids(several)))),
    }
}

fn ids(entries: &[EntryId]) -> String {
    entries.iter().map(EntryId::to_string).collect::<Vec<_>>().join(" ")
}

/// The entry that stands for a line of a ledger's list: by the values of its key with `/` between them, or where it has
/// none by its first field.
fn by_key(office: &Office, ledger: &Ledger, text: &str) -> Result<EntryId> {
    let missing = || {
        let title = words::titled(&ledger.title);
        Error::not_found(say::no_line(safe_line(text), title.zh, title.en)).hint(say::list_hint(&ledger.name))
    };
    if ledger.key.is_empty() {
        let ask = LedgerAsk { ledger: ledger.name.clone(), ..LedgerAsk::default() };
        let page = query::ledger(&office.reader, &ask, office.now())?;
        let Some(first) = ledger.part.columns.first() else { return Err(missing()) };
        let wanted = fold(text);
        let fits = |row: &&query::rows::EntryRow| {
            let value = row.row.values.get(&first.field.name).map_or("", String::as_str);
            let name = row.names.get(&first.field.name).map_or("", |name| &name.zh);
            fold(value) == wanted || !name.is_empty() && fold(name) == wanted
        };
        let found: Vec<EntryId> = page.rows.iter().filter(fits).map(|row| row.row.id).collect();
        return match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(missing()),
            several => Err(Error::input(say::several_entries(safe_line(text), ids(several)))),
        };
    }
    let typed = Typed::new(office);
    let mut pieces = text.splitn(ledger.key.len(), '/');
    let mut values = Values::new();
    for name in &ledger.key {
        if let (Some(piece), Some(column)) = (pieces.next(), ledger.part.column(name)) {
            values.insert(name.clone(), typed.value(column, piece)?);
        }
    }
    let line = ledger.key_of(&values).unwrap_or_default();
    query::entry_of_line(&office.reader, &ledger.name, &line)?.ok_or_else(missing)
}

/// Everything known of an entry.
pub(super) fn sheet(office: &Office, entry: EntryId) -> Result<EntrySheet> {
    query::entry(&office.reader, entry, office.now())?.ok_or_else(|| Error::not_found(words::NO_ENTRY))
}

/// The columns an entry or a line has.
pub(super) fn part(sheet: &EntrySheet) -> Result<&Part> {
    let row = &sheet.entry.row;
    let part = sheet.ledger.part(row.parent.is_some());
    part.ok_or_else(|| Error::refused(words::undeclared(&row.ledger, row.version)))
}
