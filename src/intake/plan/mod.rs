//! What an import would do: pure functions from cells and what is known to an [`ImportPlan`].

pub mod back;
mod notes;
pub mod report;
pub mod roster;
pub mod rows;
pub mod show;
pub mod units;

use super::cells::{Cells, Claim, Sheet};
use super::mapping::heads::cell_at;
use super::mapping::{Chosen, Mapping};
use super::{Known, Options};
use crate::domain::field::Field;
use crate::domain::form::{self, Form};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::mark::LISTS;
use crate::domain::text::fold;
use crate::domain::time::Ts;
use crate::i18n::intake as words;
use crate::i18n::{fields, inbox};
use crate::log::event::{Adopted, SheetImported};
use crate::say::Say;
use crate::store::act::Import;
use crate::store::query::rows::FindingRow;
use rows::Spot;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What an import would do.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// The act to commit: everything resolved, new ids minted.
    pub import: Import,
    /// New people: number, name, unit.
    pub new: Vec<NewPerson>,
    /// New units: code, name.
    pub new_units: Vec<(String, String)>,
    /// What would change of people and units already known; of a report that is there already, its readings.
    pub changed: Vec<Changed>,
    /// Of a report that is there already: people who were not in it and are now.
    pub added: Vec<NewPerson>,
    /// Of a report that is there already: people who were in it and are not any more.
    pub dropped: Vec<NewPerson>,
    /// What a report brings that somebody must act on.
    pub findings: Vec<FindingRow>,
    /// Rows taken.
    pub accepted: u32,
    /// Rows that say nothing new.
    pub unchanged: u32,
    /// Rows of a report that answer nothing: no report was made of them.
    pub unanswered: u32,
    /// Rows refused, one entry each.
    pub rejected: Vec<Rejected>,
    /// What the officer should look at, though it stops nothing.
    pub warnings: Vec<Say>,
    /// Rows by unit, in the order met.
    pub units: Vec<UnitCount>,
    /// It is a sheet of rows that were sent back, mended.
    pub mends: bool,
    /// It completes the reports that are there, and replaces none: mended rows, or what was said to be a part.
    pub completes: bool,
    /// Who stands in a report's rows of which none was taken: they were refused, or answer nothing.
    pub untaken: BTreeSet<PersonId>,
    /// Of each unit with people who are not in the file, what is said of them.
    pub absent: Vec<(UnitId, Say)>,
    /// Columns of one name that say different things: about nobody.
    pub differing: Vec<Say>,
    /// What it says otherwise than somebody answered when asked, or than another unit's report says.
    pub contradicts: Vec<Say>,
    /// Its rows are those of the last report, or the file was taken in for another day.
    pub looks_old: bool,
}

/// A person that would be new.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NewPerson {
    /// Number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
}

/// One field that would change. Private numbers are masked already.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    /// Person's number or unit's code.
    pub no: String,
    /// Name.
    pub name: String,
    /// Canonical field.
    pub field: String,
    /// The value known now.
    pub old: String,
    /// The value in the sheet.
    pub new: String,
}

/// A row that is refused. Its values never reach the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Sheet; empty in a text file.
    pub sheet: String,
    /// The row as the sender's program numbers it, from 1.
    pub row: u32,
    /// The column's header; empty when the row as a whole is meant.
    pub column: String,
    /// What stands there; private numbers are masked.
    pub value: String,
    /// The kind of reason.
    pub code: &'static str,
    /// The reason, and what to do.
    pub reason: Say,
}

/// How many rows a unit has in the file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnitCount {
    /// The unit's name.
    pub unit: String,
    /// Its rows taken.
    pub rows: u32,
    /// For a report: its people on the roster who are not in the file.
    pub missing: u32,
}

/// Everything a plan is made from.
pub struct Input<'a> {
    /// The file's cells.
    pub cells: &'a Cells,
    /// The file's name.
    pub file: &'a str,
    /// The form, and where its columns are.
    pub chosen: &'a Chosen<'a>,
    /// What is known.
    pub known: &'a Known,
    /// What the officer says.
    pub options: &'a Options,
    /// The present moment, for new ids.
    pub now: Ts,
}

impl Input<'_> {
    /// The form.
    pub fn form(&self) -> &Form {
        self.chosen.form
    }

    /// A row as the officer finds it; the sheet is named where the file has several.
    fn said(&self, spot: Spot) -> Say {
        let several = self.chosen.sheets.iter().filter(|blocks| !blocks.is_empty()).count() > 1;
        words::row(several.then(|| self.cells.sheets[spot.sheet].name.as_str()), spot.row)
    }
}

impl Changed {
    /// Field, old and new value in words: a report's are those of its form, whose fields these are.
    pub fn shown(&self, what: &str, form: &[Field]) -> (Say, Say, Say) {
        let value = |text: &str| fields::value(form, &self.field, text);
        if what == "report" {
            return (fields::label(form, &self.field), value(&self.old), value(&self.new));
        }
        let field = fields::named(&self.field).map_or_else(|| Say::same(&self.field), Say::from);
        (field, value(&self.old), value(&self.new))
    }
}

impl ImportPlan {
    /// The other columns of its form, for their words.
    pub fn fields(&self) -> Arc<[Field]> {
        form::Parsed::of(&self.import.form.content)
            .map_or_else(|| Arc::from([]), |known| Arc::clone(&known.rest))
    }

    /// A plan with nothing in it yet but what can be said of the file as a whole.
    fn begin(input: &Input<'_>) -> Self {
        let form = input.form();
        let (warnings, differing) = sheet_warnings(input);
        let sheet = SheetImported {
            what: form.what.code().to_owned(),
            file: input.file.to_owned(),
            digest: input.cells.digest.clone(),
            form: form.id.clone(),
            day: None,
            round: None,
            accepted: 0,
            unchanged: 0,
            rejected: 0,
            left_out: 0,
            inbox: false,
        };
        let import = Import {
            sheet,
            form: Adopted { form: form.id.clone(), content: form.text.clone() },
            new_units: Vec::new(),
            changed_units: Vec::new(),
            roster: Vec::new(),
            reports: Vec::new(),
            readings: Vec::new(),
            carried: BTreeSet::new(),
            reason: input.options.reason.clone(),
        };
        Self {
            import,
            new: Vec::new(),
            new_units: Vec::new(),
            changed: Vec::new(),
            added: Vec::new(),
            dropped: Vec::new(),
            findings: Vec::new(),
            accepted: 0,
            unchanged: 0,
            unanswered: 0,
            rejected: Vec::new(),
            warnings,
            units: Vec::new(),
            mends: is_mended(input),
            completes: input.options.part || is_mended(input),
            untaken: BTreeSet::new(),
            differing,
            absent: Vec::new(),
            contradicts: Vec::new(),
            looks_old: false,
        }
    }

    /// Puts the refused rows in the file's order and copies the counts into the event.
    fn finish(mut self, input: &Input<'_>) -> Self {
        let sheets: HashMap<&str, usize> =
            input.cells.sheets.iter().enumerate().map(|(at, sheet)| (sheet.name.as_str(), at)).collect();
        self.rejected.sort_by_key(|rejected| (sheets.get(rejected.sheet.as_str()).copied(), rejected.row));
        self.import.sheet.accepted = self.accepted;
        self.import.sheet.unchanged = self.unchanged;
        self.import.sheet.rejected = self.rejected.len() as u32;
        self
    }

    /// Whether the file had no rows at all.
    pub fn is_empty(&self) -> bool {
        self.accepted == 0 && self.unchanged == 0 && self.unanswered == 0 && self.rejected.is_empty()
    }

    /// Whether there is anything to write.
    pub fn writes(&self) -> bool {
        self.accepted > 0
    }

    /// Leaves units of a report out: their rows are not taken, and may come again in the very file. Says which.
    pub fn leave_out(&mut self, units: &BTreeSet<UnitId>, known: &Known) -> Vec<String> {
        let names: Vec<String> = self
            .import
            .reports
            .iter()
            .filter(|(key, _)| units.contains(&key.unit))
            .map(|(key, _)| known.unit(key.unit).map_or_else(String::new, |unit| unit.name.clone()))
            .collect();
        self.import.leave_out(units);
        self.accepted = self.import.sheet.accepted;
        self.units.retain(|unit| !names.contains(&unit.unit));
        self.added.retain(|person| !names.contains(&person.unit));
        self.dropped.retain(|person| !names.contains(&person.unit));
        names
    }
}

/// Columns that repeat an earlier one, which was taken; whether, and in how many rows, they say something else.
fn twice(sheet: &Sheet, mapping: &Mapping) -> Vec<(Say, bool)> {
    let mapped = |col: &u16| mapping.columns.contains(&Some(*col));
    let text = |row: usize, col: u16| cell_at(sheet, row, col).map_or("", |cell| sheet.text(cell).trim());
    let said = mapping.twice.iter().map(|header| {
        let second = mapping.titles.iter().find(|(col, title)| title == header && !mapped(col));
        let first = mapping.titles.iter().find(|(col, title)| fold(title) == fold(header) && mapped(col));
        let (Some((second, _)), Some((first, _))) = (second, first) else {
            return (words::column_twice(header.trim()), false);
        };
        let rows = mapping.header + mapping.depth..mapping.to.min(sheet.len());
        let differs =
            |row: &usize| !text(*row, *second).is_empty() && text(*row, *second) != text(*row, *first);
        match rows.filter(differs).count() {
            0 => (words::column_twice(header.trim()), false),
            n => (words::column_twice_differs(header.trim(), n), true),
        }
    });
    said.collect()
}

/// Whether a sheet of the file has the column that says why its rows were sent back.
fn is_mended(input: &Input<'_>) -> bool {
    input.chosen.sheets.iter().flatten().flat_map(|mapping| &mapping.unknown).any(|header| is_reason(header))
}

/// Whether a header is that of the reasons beside rows that were sent back.
fn is_reason(header: &str) -> bool {
    [inbox::WHY_COLUMN.zh, inbox::WHY_COLUMN.en].iter().any(|known| fold(known) == fold(header))
}

/// A name that says something else, sheets left out or hidden, columns nobody asked for, columns that stand twice or are
/// of another day.
fn sheet_warnings(input: &Input<'_>) -> (Vec<Say>, Vec<Say>) {
    let cells = input.cells;
    let (mut out, mut differing) = (Vec::new(), Vec::new());
    let said = |claim: Claim| claim != Claim::Nothing;
    if said(cells.named) && said(cells.is) && cells.named != cells.is {
        out.push(words::really(input.file, cells.is.word()));
    }
    let mut unknown = BTreeSet::new();
    let mut other_days = BTreeSet::new();
    for (at, (sheet, blocks)) in cells.sheets.iter().zip(&input.chosen.sheets).enumerate() {
        match blocks.as_slice() {
            _ if input.chosen.other_days.contains(&at) => {
                out.extend(input.options.day.map(|day| words::sheet_of_other_day(&sheet.name, day)));
            }
            _ if sheet.is_empty() || sheet.name == LISTS => continue,
            [] if sheet.very_hidden => continue,
            _ if sheet.very_hidden => out.push(words::hidden_sheet(&sheet.name)),
            [] if sheet.hidden => out.push(words::hidden_sheet(&sheet.name)),
            [] => out.push(words::sheet_left_out(&sheet.name)),
            _ if sheet.hidden => out.push(words::hidden_sheet_read(&sheet.name)),
            _ => {}
        }
        for mapping in blocks {
            let others = mapping.unknown.iter().map(|header| header.trim());
            unknown.extend(others.filter(|header| !is_reason(header)));
            other_days.extend(mapping.other_days.iter().map(|header| header.trim()));
            for (said, differs) in twice(sheet, mapping) {
                differing.extend(differs.then(|| said.clone()));
                out.push(said);
            }
        }
    }
    if !unknown.is_empty() {
        let headers = Say::listed(unknown);
        out.push(words::columns_unknown(headers.zh, headers.en));
    }
    if let (Some(day), false) = (input.options.day, other_days.is_empty()) {
        let headers = Say::listed(other_days);
        out.push(words::other_days(day, headers.zh, headers.en));
    }
    (out, differing)
}
