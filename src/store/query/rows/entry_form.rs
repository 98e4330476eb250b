//! What forms of registers are made from.

use super::{Did, EntryRow, LedgerDue};
use crate::domain::ids::EntryId;
use crate::domain::item::ItemKind;
use crate::domain::ledger::Ledger;
use crate::domain::ledger::value::Values;
use crate::say::Say;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What a form of a ledger is to be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryAsk {
    /// A new entry of this ledger.
    New(String),
    /// A line more of this entry.
    Line(EntryId),
    /// An entry or a line is corrected.
    Change(EntryId),
    /// Entries or lines go from state to state; by the transition that was chosen already.
    Move(Vec<EntryId>, Option<String>),
    /// A new entry, as this entry proposes it.
    Raised(EntryId, String),
    /// A new entry, as what is due wants it, of the entry or the unit of which it is due.
    Due(ItemKind, Uuid),
    /// An entry or a line was a mistake.
    Withdraw(EntryId),
}

/// Something that a column can point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// It.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What else it goes by.
    pub also: Vec<String>,
}

/// What a form of a ledger is made from.
#[derive(Debug, Clone)]
pub struct EntryBasis {
    /// As declared.
    pub ledger: Arc<Ledger>,
    /// The entries it is about; none of a new one.
    pub rows: Vec<EntryRow>,
    /// The entry of which they are lines, or of which a line is to be written.
    pub above: Option<EntryRow>,
    /// What columns can point at, by column.
    pub offered: BTreeMap<String, Vec<Offered>>,
    /// What a new entry begins with, where another proposes it or it is due.
    pub given: Option<Given>,
    /// What is due of the one entry that it is about, or of the entry that gets a line.
    pub due: Vec<LedgerDue>,
    /// What was done last with that entry.
    pub last: Option<Did>,
}

/// What an entry begins with that another proposes, or that is due.
#[derive(Debug, Clone)]
pub struct Given {
    /// Its values.
    pub values: Values,
    /// What its columns point at is called, by column.
    pub names: BTreeMap<String, Say>,
    /// Fields whose value does not fit: they are left to be filled in.
    pub unfit: Vec<String>,
}
