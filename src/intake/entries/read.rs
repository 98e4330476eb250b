//! What is typed of an entry, or stands in a cell → the values as they are kept: whom it points at is looked up.

use crate::domain::field::Type;
use crate::domain::form::value::Flaw;
use crate::domain::ids::{ContactId, EntryId, OfficerId, PersonId, UnitId};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Column, Ledger, Link};
use crate::domain::text::{fold, safe_line};
use crate::domain::time::{Calendar, Ts};
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::i18n::ledger_desk::no_such_name;
use crate::i18n::ledger_sheet::not_called;
use crate::say::Say;
use crate::store::Reader;
use crate::store::query;
use crate::store::query::roster::Roster;
use crate::store::query::rows::LedgerAsk;
use std::cell::OnceCell;
use uuid::Uuid;

/// Who and what is meant by a name or a number: what is not there is told in the words of where it was typed.
pub trait Meant {
    /// The person with this number.
    ///
    /// # Errors
    /// There is none, or the database cannot be read.
    fn person(&self, no: &str) -> Result<PersonId>;
    /// The unit with this code or name.
    ///
    /// # Errors
    /// As above.
    fn unit(&self, text: &str) -> Result<UnitId>;
    /// The officer with this name.
    ///
    /// # Errors
    /// As above.
    fn officer(&self, name: &str) -> Result<OfficerId>;
    /// The outside contact of this organisation, name or id.
    ///
    /// # Errors
    /// As above.
    fn contact(&self, text: &str) -> Result<ContactId>;
}

/// The same by the database alone.
pub struct Known<'a>(pub &'a Reader);

fn one<T>(text: &str, found: Option<T>) -> Result<T> {
    found.ok_or_else(|| Error::not_found(no_such_name(safe_line(text))))
}

impl Meant for Known<'_> {
    fn person(&self, no: &str) -> Result<PersonId> {
        one(no, query::person_by_no(self.0, no)?)
    }

    fn unit(&self, text: &str) -> Result<UnitId> {
        one(text, query::unit_by_code(self.0, text)?)
    }

    fn officer(&self, name: &str) -> Result<OfficerId> {
        let found = query::officers(self.0)?.into_iter().find(|(_, known)| known == name.trim());
        one(name, found.map(|(id, _)| id))
    }

    fn contact(&self, text: &str) -> Result<ContactId> {
        let found = query::contact_by_name(self.0, text)?;
        one(text, if let [one] = found.as_slice() { Some(one.id) } else { None })
    }
}

/// Reads values; whom they point at is looked up once.
pub struct Reads<'a> {
    /// The office.
    pub reader: &'a Reader,
    /// When.
    pub now: Ts,
    /// By which calendar.
    pub calendar: Calendar,
    meant: &'a dyn Meant,
    roster: OnceCell<Roster>,
}

impl<'a> Reads<'a> {
    /// With nothing looked up yet.
    pub fn new(reader: &'a Reader, now: Ts, calendar: Calendar, meant: &'a dyn Meant) -> Self {
        Self { reader, now, calendar, meant, roster: OnceCell::new() }
    }

    /// The value of a column as it is kept.
    ///
    /// # Errors
    /// What is wrong with it.
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
        // What a code is called is that code, also where another value may be written.
        let field = &column.field;
        if field.kind == Type::Code
            && field.code_for(raw).is_none()
            && let Some(code) = worded(column, raw)
        {
            return Ok(code);
        }
        match column.read(raw, self.now, self.calendar) {
            Ok(value) => Ok(value),
            Err(Flaw::Code) => all_worded(column, raw).ok_or_else(|| flawed(column, Flaw::Code)),
            Err(flaw) => Err(flawed(column, flaw)),
        }
    }

    /// The id of what is meant: by number, name or code, by the key of another ledger's entry, or the id itself.
    fn linked(&self, link: &Link, text: &str) -> Result<String> {
        if let Ok(id) = Uuid::parse_str(text) {
            return Ok(id.to_string());
        }
        Ok(match link {
            Link::Person => self.person(text)?,
            Link::Unit => self.meant.unit(text)?.to_string(),
            Link::Officer => self.meant.officer(text)?.to_string(),
            Link::Contact => self.meant.contact(text)?.to_string(),
            Link::Ledger(name) => {
                let ledger = query::declared(self.reader, name)?;
                self.by_key(&ledger, text)?.to_string()
            }
        })
    }

    /// By number; by name where nobody else has it.
    fn person(&self, text: &str) -> Result<String> {
        let by_no = self.meant.person(text);
        if by_no.is_ok() {
            return by_no.map(|id| id.to_string());
        }
        let named: Vec<_> = self.roster()?.into_iter().flat_map(|roster| roster.people_named(text)).collect();
        match named.as_slice() {
            [one] => Ok(one.id.to_string()),
            [] => by_no.map(|id| id.to_string()),
            several => {
                let numbers = Say::listed(several.iter().map(|one| safe_line(&one.no)));
                Err(Error::input(say::several_people(safe_line(text), numbers.zh)))
            }
        }
    }

    fn roster(&self) -> Result<Option<&Roster>> {
        if self.roster.get().is_none() {
            // Only set where it is not.
            let _ = self.roster.set(query::roster(self.reader)?);
        }
        Ok(self.roster.get())
    }

    /// The person with this number; where a name stands beside it, it has to be theirs. Sheets that the program wrote
    /// tell people of one name apart by the end of the number behind it.
    ///
    /// # Errors
    /// There is nobody, or somebody else.
    pub fn numbered(&self, column: &Column, no: &str, name: &str) -> Result<String> {
        let id = self.value(column, no)?;
        let name = name.trim();
        let own = name.split_whitespace().next().unwrap_or_default();
        let people = |name: &str| -> Result<bool> {
            let mut named = self.roster()?.into_iter().flat_map(|roster| roster.people_named(name));
            Ok(named.any(|person| person.id.to_string() == id))
        };
        if name.is_empty() || people(name)? || people(own)? || fold(name) == fold(no) {
            return Ok(id);
        }
        Err(about(Error::input(not_called(safe_line(no.trim()), safe_line(name))), column))
    }

    /// The entry that stands for a line of a ledger's list: by the values of its key with `/` between them, or where it has
    /// none by its first field.
    ///
    /// # Errors
    /// There is none, or more than one.
    pub fn by_key(&self, ledger: &Ledger, text: &str) -> Result<EntryId> {
        let missing = || {
            let title = words::titled(&ledger.title);
            Error::not_found(say::no_line(safe_line(text), title.zh, title.en))
                .hint(say::list_hint(&ledger.name))
        };
        if ledger.key.is_empty() {
            let ask = LedgerAsk { ledger: ledger.name.clone(), ..LedgerAsk::default() };
            let page = query::ledger(self.reader, &ask, self.now)?;
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
                [] => Err(query::withdrawn_line(self.reader, ledger, text)?.unwrap_or_else(missing)),
                several => Err(Error::input(say::several_entries(safe_line(text), ids(several)))),
            };
        }
        let mut pieces = text.splitn(ledger.key.len(), '/');
        let mut values = Values::new();
        for name in &ledger.key {
            if let (Some(piece), Some(column)) = (pieces.next(), ledger.part.column(name)) {
                values.insert(name.clone(), self.value(column, piece)?);
            }
        }
        let line = ledger.key_of(&values).unwrap_or_default();
        match query::entry_of_line(self.reader, &ledger.name, &line)? {
            Some(entry) => Ok(entry),
            None => Err(query::withdrawn_line(self.reader, ledger, &line)?.unwrap_or_else(missing)),
        }
    }
}

fn ids(entries: &[EntryId]) -> String {
    entries.iter().map(EntryId::to_string).collect::<Vec<_>>().join(" ")
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

/// The codes that are called so, of a column of several; as sheets that the program wrote have them.
fn all_worded(column: &Column, raw: &str) -> Option<String> {
    if column.field.kind != Type::Codes {
        return None;
    }
    let pieces = raw.split([',', '，', '、', ';', '；']).map(str::trim).filter(|piece| !piece.is_empty());
    let code = |piece: &str| match column.field.code_for(piece) {
        Some(code) => Some(code.to_owned()),
        None => worded(column, piece),
    };
    let codes: std::collections::BTreeSet<String> = pieces.map(code).collect::<Option<_>>()?;
    Some(codes.into_iter().collect::<Vec<_>>().join(","))
}

pub(super) fn flawed(column: &Column, flaw: Flaw) -> Error {
    Error::input(words::misread(column, flaw))
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
