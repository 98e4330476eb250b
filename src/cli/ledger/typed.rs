//! What is typed of entries: `field=value`, whom it points at, which entry is meant.

use crate::cli::office::Office;
use crate::domain::ids::{ContactId, EntryId, OfficerId, PersonId, UnitId};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Column, Ledger, Part};
use crate::domain::text::{fold, safe_line};
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::intake::entries::read::{Meant, Reads};
use crate::say::Say;
use crate::store::query;
use crate::store::query::rows::EntrySheet;

/// Whether a text says what stands in a field.
pub(super) fn is_said(text: &str) -> bool {
    text.contains(['=', '＝'])
}

/// Reads what was typed; whom it points at is looked up once.
pub(super) struct Typed<'a>(pub Reads<'a>);

impl<'a> Typed<'a> {
    pub fn new(office: &'a Office) -> Self {
        Self(Reads::new(&office.reader, office.now(), office.settings.calendar, office))
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
            let value = self.0.value(column, raw)?;
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
}

impl Meant for Office {
    fn person(&self, no: &str) -> Result<PersonId> {
        Self::person(self, no)
    }

    fn unit(&self, text: &str) -> Result<UnitId> {
        Self::unit(self, text)
    }

    fn officer(&self, name: &str) -> Result<OfficerId> {
        self.officer_named(name)
    }

    fn contact(&self, text: &str) -> Result<ContactId> {
        Self::contact(self, text)
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

/// The entry or line that is meant: its id, how the id begins or ends, `LEDGER/KEY` or `LEDGER/ID`.
pub(super) fn entry(office: &Office, text: &str) -> Result<EntryId> {
    if let Some((name, key)) = text.split_once(['/', '／']) {
        let known = query::in_force(&office.reader)?.into_iter().map(|(ledger, _)| ledger);
        if let Some(ledger) = super::meant(known, name)? {
            return in_ledger(office, &ledger, key);
        }
    }
    let found = query::entries_named(&office.reader, text)?;
    one(text, &found)
        .unwrap_or_else(|| Err(Error::not_found(say::no_entry(safe_line(text))).hint(say::ENTRY_HINT)))
}

/// The same of one ledger: its key goes before an id.
fn in_ledger(office: &Office, ledger: &Ledger, key: &str) -> Result<EntryId> {
    match Typed::new(office).0.by_key(ledger, key) {
        Err(error @ Error::User(_)) => {
            let found = query::entries_named(&office.reader, key)?;
            let found = query::entries_in(&office.reader, &ledger.name, &found)?;
            one(key, &found).unwrap_or(Err(error))
        }
        other => other,
    }
}

/// The one of these; nothing where there is none.
fn one(text: &str, found: &[EntryId]) -> Option<Result<EntryId>> {
    match found {
        [] => None,
        [one] => Some(Ok(*one)),
        several => Some(Err(Error::input(say::several_entries(safe_line(text), ids(several))))),
    }
}

fn ids(entries: &[EntryId]) -> String {
    entries.iter().map(EntryId::to_string).collect::<Vec<_>>().join(" ")
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
