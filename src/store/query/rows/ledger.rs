//! Rows of registers.

use super::found::FoundRow;
use crate::domain::case::CaseFacts;
use crate::domain::ids::{EntryId, PersonId, Subject};
use crate::domain::item::DueState;
use crate::domain::ledger::raise::Raise;
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Column, Ledger, Link};
use crate::domain::time::Ts;
use crate::log::event::Raised;
use crate::say::{Lang, Say};
use crate::store::ledgers::Row;
pub use crate::store::ledgers::{Moved, Row as Record};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A ledger, as a line of the list of ledgers.
#[derive(Debug, Clone)]
pub struct LedgerRow {
    /// As declared.
    pub ledger: Arc<Ledger>,
    /// The log holds it; else it comes with the program and nothing was written in it yet.
    pub adopted: bool,
    /// How many lines its list has.
    pub lines: u32,
    /// How many of them are not in a last state; of a ledger in which only the lines of entries have states, how many of
    /// these. None where nothing has any.
    pub open: Option<u32>,
    /// How much is due in it.
    pub due: u32,
    /// How much of that is overdue.
    pub overdue: u32,
    /// What it counts, where it counts something.
    pub counted: Option<u32>,
    /// When something was entered last.
    pub last: Option<Ts>,
}

/// What is asked of a ledger's list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerAsk {
    /// Which ledger.
    pub ledger: String,
    /// Only lines that contain every word of this.
    pub filter: String,
    /// By which column, and whether turned round; the newest first when absent.
    pub sort: Option<(String, bool)>,
    /// The first line wanted.
    pub offset: u32,
    /// How many; all when nought.
    pub limit: u32,
}

/// The balance of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// How many there are.
    pub balance: i64,
    /// The least there should be.
    pub minimum: Option<i64>,
    /// For how many days it lasts by the mean use; absent where nothing was used.
    pub days_left: Option<i64>,
}

/// An entry, as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// The entry.
    pub row: Row,
    /// What its columns point at is called, by column.
    pub names: BTreeMap<String, Say>,
    /// What tells the person it is about from another of that name in the ledger; empty where there is none.
    pub apart: String,
    /// Who wrote it.
    pub by: String,
    /// The balance of its key.
    pub balance: Option<Balance>,
    /// Of a line of a list that is a balance, what columns say of what of it is used first; empty where nothing is there.
    pub first_out: BTreeMap<String, String>,
    /// It is to be seen at once.
    pub alert: bool,
    /// Something of it is overdue.
    pub overdue: bool,
}

impl EntryRow {
    /// What stands in a column that points at something: its name, with what tells two people of one name apart.
    pub fn named(&self, column: &Column) -> Option<Say> {
        let name = self.names.get(&column.field.name)?;
        let is_whose = column.link == Some(Link::Person) && !self.apart.is_empty();
        Some(if is_whose {
            name.within(|name| Say::same(format_args!("{name} {}", self.apart)))
        } else {
            name.clone()
        })
    }
}

/// An entry with the ledger that it stands in.
#[derive(Debug, Clone)]
pub struct EntryOf {
    /// As declared when it was written.
    pub ledger: Arc<Ledger>,
    /// The entry of which it is a line.
    pub above: Option<EntryRow>,
    /// The entry.
    pub entry: EntryRow,
}

impl PartialEq for EntryOf {
    fn eq(&self, other: &Self) -> bool {
        self.entry == other.entry && self.above == other.above
    }
}

/// The entries that were found by what stands in them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundEntries {
    /// The first of them.
    pub rows: Vec<FoundRow>,
    /// How many of them are here by their key: they come first.
    pub keyed: u32,
    /// How many more fit.
    pub left: u32,
    /// There are more entries than are looked through: the older ones were not.
    pub unread: bool,
}

/// A part of a ledger's list.
#[derive(Debug, Clone)]
pub struct LedgerPage {
    /// As declared.
    pub ledger: Arc<Ledger>,
    /// How many lines there are after the filter.
    pub total: u32,
    /// The place of the first of these.
    pub offset: u32,
    /// The lines.
    pub rows: Vec<EntryRow>,
    /// What does not add up.
    pub broken: Vec<Broken>,
}

/// A check that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which, with the value it was made for where it is made for each value of a column.
    pub check: String,
    /// That value as it is read; empty where there is none.
    pub of: Say,
    /// What it comes to.
    pub sum: i64,
    /// What it should be.
    pub equals: i64,
}

impl Broken {
    /// What it is called.
    pub fn called(&self, lang: Lang) -> String {
        let id = self.check.split(' ').next().unwrap_or_default();
        match self.of.get(lang) {
            "" => id.to_owned(),
            of => format!("{id} {of}"),
        }
    }
}

/// Something that is due in a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerDue {
    /// In which ledger.
    pub ledger: String,
    /// Which of its dues.
    pub due: String,
    /// Of which entry; of what is expected again and again, the one that it is expected of, where that is one.
    pub entry: Option<EntryId>,
    /// What it is due of, as the log keeps it.
    pub expected: String,
    /// By name.
    pub name: Say,
    /// Whom it concerns.
    pub subject: Option<Subject>,
    /// When it is due.
    pub at: Ts,
    /// The entry has it due several times: its time tells one from another.
    pub several: bool,
    /// Where it stands.
    pub state: DueState,
    /// How often it was missed.
    pub missed: u32,
    /// Who is told by now.
    pub told: Option<String>,
    /// It stands before the others.
    pub first: bool,
}

/// Everything known of an entry.
#[derive(Debug, Clone)]
pub struct EntrySheet {
    /// As declared when it was written.
    pub ledger: Arc<Ledger>,
    /// The entry.
    pub entry: EntryRow,
    /// The entry of which it is a line.
    pub above: Option<EntryRow>,
    /// Its lines.
    pub lines: Vec<EntryRow>,
    /// The others of its line of the list, newest first.
    pub others: Vec<EntryRow>,
    /// What is due of it.
    pub due: Vec<LedgerDue>,
    /// What the books said where it takes out more than that or counts something else, and why it was entered all the same.
    pub booked: Option<(i64, String)>,
    /// Who did and signed each of its transitions.
    pub moved_by: Vec<(String, String)>,
    /// What was done with it after it was written, in order.
    pub history: Vec<Did>,
    /// What it proposes now.
    pub proposed: Vec<Proposal>,
    /// What became of what it proposed, in order.
    pub raised: Vec<Settled>,
    /// Of which proposal of another entry it was made.
    pub origin: Option<Origin>,
}

/// What was done with an entry once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// What.
    pub step: Step,
    /// When.
    pub at: Ts,
    /// Whose act it was.
    pub by: String,
    /// Who signed it; empty where nobody did.
    pub signed_by: String,
    /// Why.
    pub reason: String,
    /// What stands otherwise since.
    pub edits: Vec<Edit>,
}

/// What is done with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It was corrected.
    Changed,
    /// It went from state to state.
    Moved {
        /// By which transition.
        transition: String,
        /// To which state.
        to: String,
    },
    /// It was withdrawn.
    Withdrawn,
}

impl Step {
    /// As JSON names it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Moved { .. } => "moved",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A field that says something else than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which.
    pub field: String,
    /// What stood there, as it is kept; empty where nothing did.
    pub old: String,
    /// What stands there since.
    pub new: String,
    /// The same as it is read, with the field's label; numbers hidden.
    pub said: Say,
}

/// What an entry proposes.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// As declared.
    pub raise: Raise,
    /// What would be made.
    pub to: Proposed,
    /// Fields the declaration sets that do not fit: they are left to be filled in.
    pub unfit: Vec<String>,
}

/// What would be made of a proposal, with what is known of it.
#[derive(Debug, Clone)]
pub enum Proposed {
    /// A case of a person.
    Case {
        /// Whose.
        person: PersonId,
        /// By name.
        name: String,
        /// What is said of it.
        facts: Box<CaseFacts>,
    },
    /// An entry of a ledger.
    Entry {
        /// As declared.
        ledger: Arc<Ledger>,
        /// What stands in it.
        values: Values,
        /// What its columns point at is called, by column.
        names: BTreeMap<String, Say>,
    },
}

/// A proposal that was taken up or declined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Which.
    pub raise: String,
    /// What was made of it, and what that is called; absent where it was declined.
    pub made: Option<(Raised, String)>,
    /// Why it was declined.
    pub reason: String,
    /// When.
    pub at: Ts,
    /// Whose act it was.
    pub by: String,
}

/// The entry whose proposal another was made of.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Which.
    pub entry: EntryId,
    /// As declared.
    pub ledger: Arc<Ledger>,
    /// By name.
    pub name: Say,
}
