//! The rows of a sheet → entries as they would be kept, what is wrong with the others, and what the officer should know.

use super::read::{Reads, about, flawed};
use super::{Raw, rows};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Ledger, Link, field_id};
use crate::domain::mask::{Private, masked_words};
use crate::domain::report::FormRef;
use crate::domain::text::fold;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::intake::cells::Limits;
use crate::intake::cells::parent::{self, PATIENCE, file_name};
use crate::log::event::SheetImported;
use crate::say::Say;
use crate::store::act::LedgerAct;
use crate::store::query;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A row that cannot be taken: where, in which column, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The sheet's name; empty of a text file.
    pub sheet: String,
    /// The row as the sender's program numbers it.
    pub row: u32,
    /// How the column is headed; empty where it is the row.
    pub column: String,
    /// Why.
    pub why: Say,
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Good {
    /// The row as the sender's program numbers it.
    pub row: u32,
    /// As it stands there, with personal numbers hidden.
    pub said: Vec<String>,
    /// What it says.
    pub values: Values,
    /// The same as it would be kept.
    kept: Values,
    /// An entry that says the same stands there.
    pub stands: bool,
}

/// What a sheet would bring.
#[derive(Debug, Clone)]
pub struct EntryPlan {
    /// Into which ledger.
    pub ledger: Arc<Ledger>,
    /// The rows that can be taken.
    pub good: Vec<Good>,
    /// Those that cannot.
    pub wrong: Vec<Wrong>,
    /// What the officer should know of the file.
    pub warnings: Vec<Say>,
    /// When this very file was taken into this ledger, and by which op.
    pub before: Option<(i64, Ts)>,
    sheet: SheetImported,
}

/// Reads a file and plans what it would bring into a ledger. Nothing is written.
///
/// # Errors
/// The ledger takes in no sheets; the file cannot be read, or has no rows of it.
pub fn plan(
    reads: &Reads<'_>,
    ledger: &Arc<Ledger>,
    path: &Path,
    sheet: Option<&str>,
    stop: Option<&AtomicBool>,
) -> Result<EntryPlan> {
    if !ledger.import {
        return Err(Error::refused(say::no_import(&ledger.name)).hint(say::NO_IMPORT_HINT));
    }
    let file = file_name(path);
    let cells = parent::read(path, None, stop, PATIENCE, Limits::default())?;
    let found = rows(ledger, &cells, &file, sheet)?;
    let sheet = SheetImported {
        what: format!("ledger:{}", ledger.name),
        file,
        digest: cells.digest.clone(),
        form: FormRef { name: ledger.name.clone(), version: ledger.version },
        day: None,
        round: None,
        accepted: 0,
        unchanged: 0,
        rejected: 0,
    };
    let before = query::already_imported(reads.reader, &sheet)?.map(|(op, at)| (op.seq, at));
    let (good, wrong) = judged(reads, ledger, &found.rows)?;
    Ok(EntryPlan { ledger: ledger.clone(), good, wrong, warnings: found.warnings, before, sheet })
}

impl EntryPlan {
    /// The file's name.
    pub fn file(&self) -> &str {
        &self.sheet.file
    }

    /// The rows that say what an entry that stands there says.
    pub fn standing(&self) -> impl Iterator<Item = u32> + '_ {
        self.good.iter().filter(|good| good.stands).map(|good| good.row)
    }

    /// The rows that are taken.
    pub fn taken(&self, with_standing: bool) -> impl Iterator<Item = &Good> {
        self.good.iter().filter(move |good| with_standing || !good.stands)
    }

    /// What of these does not fit the books of a stock: of each its row.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn not_as_booked(&self, reads: &Reads<'_>, with_standing: bool, at: Ts) -> Result<Vec<(u32, Say)>> {
        let taken: Vec<&Good> = self.taken(with_standing).collect();
        let kept: Vec<&Values> = taken.iter().map(|good| &good.kept).collect();
        let found = query::not_as_booked(reads.reader, &self.ledger, &kept, at)?;
        Ok(found.into_iter().map(|(at, said)| (taken[at].row, said)).collect())
    }

    /// The act that takes them in.
    pub fn act(&self, with_standing: bool, reason: &str) -> LedgerAct {
        let entries: Vec<Values> = self.taken(with_standing).map(|good| good.values.clone()).collect();
        let rows: HashSet<(&str, u32)> =
            self.wrong.iter().map(|wrong| (wrong.sheet.as_str(), wrong.row)).collect();
        let sheet = SheetImported {
            accepted: entries.len() as u32,
            unchanged: (self.good.len() - entries.len()) as u32,
            rejected: rows.len() as u32,
            ..self.sheet.clone()
        };
        LedgerAct::Import { ledger: self.ledger.name.clone(), sheet, entries, reason: reason.to_owned() }
    }
}

/// The rows as they would be kept, and those that cannot be.
fn judged(reads: &Reads<'_>, ledger: &Arc<Ledger>, rows: &[Raw]) -> Result<(Vec<Good>, Vec<Wrong>)> {
    let standing = query::values_standing(reads.reader, &ledger.name)?;
    let (mut good, mut wrong) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let all: Vec<(Values, Vec<(&str, Error)>)> = rows.iter().map(|row| values(reads, ledger, row)).collect();
    // Rows are judged by one another in whatever order they stand.
    let sound = all.iter().filter(|(_, flaws)| flaws.is_empty()).map(|(values, _)| values.clone());
    let beside = Arc::new(sound.collect());
    let headers = headers(ledger, rows);
    for (row, (values, flaws)) in rows.iter().zip(all) {
        let mut why = |column: &str, error: &Error| {
            wrong.push(Wrong {
                sheet: row.sheet.clone(),
                row: row.row,
                column: column.to_owned(),
                why: error.say(),
            });
        };
        // Empty where no sheet has the field.
        let header = |field| headers.get(&(row.sheet.as_str(), field)).copied().unwrap_or_default();
        if !flaws.is_empty() {
            for (header, error) in &flaws {
                why(header, error);
            }
            continue;
        }
        match query::check_entry(reads.reader, ledger, &values, &beside, reads.now) {
            Ok(kept) => match twice(ledger, &kept, &mut seen) {
                Some((name, value)) => {
                    why(header(field_id(&name)), &words::taken(&ledger.part, &name, &value));
                }
                None => good.push(Good {
                    row: row.row,
                    said: said(ledger, row),
                    stands: standing.contains(&kept),
                    values,
                    kept,
                }),
            },
            Err(error) => why(error.field().map_or("", header), &error),
        }
    }
    Ok((good, wrong))
}

/// What a row says, and what of it cannot be read: under which header, and why.
fn values<'a>(reads: &Reads<'_>, ledger: &Ledger, row: &'a Raw) -> (Values, Vec<(&'a str, Error)>) {
    let (mut values, mut flaws) = (Values::new(), Vec::new());
    for (at, header, text) in &row.cells {
        let column = &ledger.part.columns[*at];
        let read = match text {
            Ok(text) => reads.value(column, text),
            Err(flaw) => Err(about(flawed(column, *flaw), column)),
        };
        match read {
            Ok(value) if value.is_empty() => {}
            Ok(value) => drop(values.insert(column.field.name.clone(), value)),
            Err(error) => flaws.push((header.as_str(), error)),
        }
    }
    (values, flaws)
}

/// How each field is headed in each sheet.
fn headers<'a>(ledger: &Ledger, rows: &'a [Raw]) -> HashMap<(&'a str, &'static str), &'a str> {
    let of = |row: &'a Raw| {
        let cells = row.cells.iter();
        cells.map(|(at, header, _)| {
            ((row.sheet.as_str(), field_id(&ledger.part.columns[*at].field.name)), header.as_str())
        })
    };
    rows.iter().flat_map(of).collect()
}

/// What stands in a row, personal numbers hidden.
fn said(ledger: &Ledger, row: &Raw) -> Vec<String> {
    let texts = row.cells.iter().filter_map(|(at, _, text)| {
        let (column, text) = (&ledger.part.columns[*at], text.as_ref().ok()?);
        // A person is named by a number that is no secret.
        let is_person = column.link == Some(Link::Person);
        Some(match column.field.kind {
            _ if is_person => text.clone(),
            kind if kind.is_private() => Private::new(text.as_str()).masked(),
            _ => masked_words(text).into_owned(),
        })
    });
    texts.filter(|text| !text.trim().is_empty()).collect()
}

/// A column whose value must stand once, and which another row of the file has as well.
fn twice(ledger: &Ledger, kept: &Values, seen: &mut HashSet<(String, String)>) -> Option<(String, String)> {
    for column in ledger.part.columns.iter().filter(|column| column.unique) {
        let name = &column.field.name;
        let Some(value) = kept.get(name) else { continue };
        if !seen.insert((name.clone(), fold(value))) {
            return Some((name.clone(), value.clone()));
        }
    }
    None
}
