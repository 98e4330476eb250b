//! The log: events, their wire names and versions, and the hash chain. Pure: no SQL, no screens.
//!
//! One act of an officer is one op ([`Op`]); it holds events and, for a spreadsheet, typed rows. See [`event`]
//! for the acts, [`wire`] for how they are written and read back, [`chain`] for the digests.

pub mod chain;
mod entity;
pub mod erasure;
pub mod event;
mod frontier;
pub mod frozen;
pub mod wire;

pub use entity::Entity;

use crate::domain::ids::{OfficerId, OpRef, PersonId, ShiftId};
use crate::domain::person::PersonFacts;
use crate::domain::report::Reading;
use crate::domain::time::Ts;
use event::Event;
use uuid::Uuid;

/// One act: what is written in one transaction.
#[derive(Debug, Clone, Default)]
pub struct Op {
    /// The events, in order.
    pub events: Vec<Event>,
    /// Rows of a roster sheet that belong to it.
    pub roster: Vec<RosterRow>,
    /// Rows of a report sheet that belong to it.
    pub readings: Vec<Reading>,
    /// The op this one takes back.
    pub undoes: Option<OpRef>,
}

/// One row of a roster sheet: what the sheet says of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Whose.
    pub person: PersonId,
    /// The number in the sheet.
    pub no: String,
    /// What the sheet says; `None` where it has no such column or the cell is empty.
    pub facts: PersonFacts,
}

/// The head of an op as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpHead {
    /// Which op.
    pub op: OpRef,
    /// Its identity across retries.
    pub id: Uuid,
    /// Logical time: greater than that of every op known when it was written.
    pub lamport: i64,
    /// When it was recorded.
    pub recorded_at: Ts,
    /// When what it tells of happened.
    pub happened_at: Ts,
    /// Who recorded it; absent only in the op that opens an office.
    pub officer: Option<OfficerId>,
    /// The shift it was recorded in.
    pub shift: Option<ShiftId>,
    /// The op it takes back.
    pub undoes: Option<OpRef>,
}
