//! What forms of registers are made from.

use super::EntryRow;
use crate::domain::ids::EntryId;
use crate::domain::ledger::Ledger;
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
    /// Entries or lines go from state to state.
    Move(Vec<EntryId>),
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
}
