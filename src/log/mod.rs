//! The log: events, their wire names and versions, and the hash chain. Pure: no SQL, no screens.
//!
//! One act of an officer is one op ([`Op`]); it holds events and, for a spreadsheet, typed rows. See [`event`]
//! for the acts, [`wire`] for how they are written and read back, [`chain`] for the digests.

pub mod chain;
pub mod erasure;
pub mod event;
mod frontier;
pub mod frozen;
pub mod wire;

use crate::domain::ids::{ContactId, OfficerId, OpRef, PersonId, ShiftId, Subject, UnitId};
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

/// What an entity in the log is: used to find all events about one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// The office: settings, officers.
    Office,
    /// An officer.
    Officer(OfficerId),
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
    /// A case, a follow-up, a promise, a note, a shift, a report: anything else with its own rows.
    Case(Uuid),
    /// A follow-up.
    FollowUp(Uuid),
    /// A promise.
    Promise(Uuid),
    /// A note.
    Note(Uuid),
    /// A shift.
    Shift(Uuid),
    /// A unit's report for one day and round; the id is derived from the key ([`event::report_id`]).
    Report(Uuid),
    /// An outside contact.
    Contact(ContactId),
    /// A situation report that was sent.
    Sitrep(Uuid),
    /// Figures that were told.
    Told(Uuid),
    /// A question left at a handover.
    Question(Uuid),
    /// What an event of an unknown kind speaks of.
    Unknown,
}

impl Entity {
    /// The kind as kept in the database: one byte.
    pub fn kind(self) -> u8 {
        match self {
            Self::Office => 0,
            Self::Officer(_) => 1,
            Self::Person(_) => 2,
            Self::Unit(_) => 3,
            Self::Case(_) => 4,
            Self::FollowUp(_) => 5,
            Self::Promise(_) => 6,
            Self::Note(_) => 7,
            Self::Shift(_) => 8,
            Self::Report(_) => 9,
            Self::Contact(_) => 10,
            Self::Sitrep(_) => 20,
            Self::Told(_) => 21,
            Self::Question(_) => 12,
            Self::Unknown => 255,
        }
    }

    /// The id as kept in the database; the office's is nil.
    pub fn id(self) -> Uuid {
        match self {
            Self::Office | Self::Unknown => Uuid::nil(),
            Self::Officer(id) => id.0,
            Self::Person(id) => id.0,
            Self::Unit(id) => id.0,
            Self::Contact(id) => id.0,
            Self::Case(id)
            | Self::FollowUp(id)
            | Self::Promise(id)
            | Self::Note(id)
            | Self::Shift(id)
            | Self::Report(id)
            | Self::Sitrep(id)
            | Self::Told(id)
            | Self::Question(id) => id,
        }
    }

    /// The entity of this kind and id.
    pub fn from_parts(kind: u8, id: Uuid) -> Option<Self> {
        Some(match kind {
            0 => Self::Office,
            1 => Self::Officer(id.into()),
            2 => Self::Person(id.into()),
            3 => Self::Unit(id.into()),
            4 => Self::Case(id),
            5 => Self::FollowUp(id),
            6 => Self::Promise(id),
            7 => Self::Note(id),
            8 => Self::Shift(id),
            9 => Self::Report(id),
            10 => Self::Contact(id.into()),
            20 => Self::Sitrep(id),
            21 => Self::Told(id),
            12 => Self::Question(id),
            255 => Self::Unknown,
            _ => return None,
        })
    }
}

impl From<Subject> for Entity {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Person(id) => Self::Person(id),
            Subject::Unit(id) => Self::Unit(id),
            Subject::Contact(id) => Self::Contact(id),
        }
    }
}
