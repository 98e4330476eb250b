//! What is known of a row that is selected, without its page being opened.

use super::call::{CallRow, Dial};
use super::case::CaseRow;
use super::contact::ContactSheet;
use super::ledger::{Edit, EntrySheet};
use super::masked::Mask;
use super::person::Dossier;
use super::unit::UnitSheet;
use crate::domain::ask::Doubt;
use crate::domain::ids::{EntryId, OpRef, Subject};
use crate::say::Say;

/// Of what it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BesideAsk {
    /// A person, a unit, an outside contact.
    Of(Subject),
    /// An entry of a ledger.
    Entry(EntryId),
    /// An act in the log.
    Op(OpRef),
}

/// What is known of it.
#[derive(Debug, Clone)]
pub enum Beside {
    /// A person.
    Person(Box<PersonBeside>),
    /// A unit.
    Unit(Box<UnitBeside>),
    /// An outside contact.
    Contact(Box<ContactSheet>),
    /// An entry of a ledger.
    Entry(Box<EntrySheet>),
    /// An act in the log.
    Op(OpBeside),
    /// There is no such thing any more.
    Nothing,
}

/// A person: what their page begins with.
#[derive(Debug, Clone)]
pub struct PersonBeside {
    /// Everything known, of readings and calls only the latest.
    pub dossier: Dossier,
    /// What to dial, and for whom they answer.
    pub dial: Dial,
    /// Contradictions in what is known of them.
    pub doubts: Vec<Doubt>,
}

/// A unit: what its page begins with.
#[derive(Debug, Clone)]
pub struct UnitBeside {
    /// Everything known of it.
    pub sheet: UnitSheet,
    /// What to dial, and what it owes.
    pub dial: Dial,
    /// The open cases among its people.
    pub cases: Vec<CaseRow>,
}

/// An act in the log, besides what its line says.
#[derive(Debug, Clone, Default)]
pub struct OpBeside {
    /// What stood before in what it changed.
    pub before: Vec<Say>,
    /// The fields of entries of ledgers that say something else since.
    pub edits: Vec<Edit>,
}

impl PersonBeside {
    /// The last call with them.
    pub fn last_call(&self) -> Option<&CallRow> {
        self.dossier.calls.first()
    }
}

impl Mask for PersonBeside {
    fn mask(&mut self) {
        self.dossier.mask();
    }
}

impl Mask for UnitBeside {
    fn mask(&mut self) {
        self.sheet.mask();
    }
}
