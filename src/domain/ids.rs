//! Identities. Each kind of thing has its own id type; all are UUIDs, 16 bytes in the database.

use super::time::Ts;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Where ids, nonces and secrets come from; `clock::Ids` is the one implementation.
pub trait Mint {
    /// A new id that sorts by time (UUIDv7).
    fn id(&mut self, now: Ts) -> Uuid;
    /// 16 random bytes that go into the digest of one event's body.
    fn nonce(&mut self) -> [u8; 16];
    /// 32 random bytes: one person's key for the digests of their sheet rows.
    fn secret(&mut self) -> [u8; 32];
}

macro_rules! id_types {
    ($($(#[$m:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The 16 bytes kept in the database.
            pub fn bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

/// Every id type, handed to a macro: what follows from the list elsewhere follows for a new one too.
macro_rules! each_id {
    ($then:ident) => {
        $then! {
            /// A member of staff or a student.
            PersonId,
            /// A college, department or class.
            UnitId,
            /// An attention case.
            CaseId,
            /// One contact with a person or a unit.
            FollowUpId,
            /// Something promised in a follow-up.
            PromiseId,
            /// Somebody outside the school: the command, the CDC, a hospital, a community.
            ContactId,
            /// A contradiction in what was reported: derived from whose it is, what it is, when, and its values.
            DoubtId,
            /// A free note in the log.
            NoteId,
            /// A situation report that was sent.
            SitrepId,
            /// Figures that were told to somebody.
            ToldId,
            /// Something the incoming officer asked at a handover.
            QuestionId,
            /// A register that an office declares.
            LedgerId,
            /// An entry of a register, or a line of one.
            EntryId,
            /// One officer's time on duty.
            ShiftId,
            /// A member of the coordination office.
            OfficerId,
            /// The copy of the office that writes: one database.
            DeskId,
        }
    };
}
pub(crate) use each_id;

each_id!(id_types);

/// Which op: the desk that wrote it and its number there, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpRef {
    /// The desk that wrote it.
    pub desk: DeskId,
    /// Its number on that desk, from 1.
    pub seq: i64,
}

/// What a follow-up, a note or a promise is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Subject {
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
    /// Somebody outside the school.
    Contact(ContactId),
}

impl Subject {
    /// The person, if it is one.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::Unit(_) | Self::Contact(_) => None,
        }
    }

    /// The unit, if it is one.
    pub fn unit(self) -> Option<UnitId> {
        match self {
            Self::Unit(id) => Some(id),
            Self::Person(_) | Self::Contact(_) => None,
        }
    }

    /// The outside contact, if it is one.
    pub fn contact(self) -> Option<ContactId> {
        match self {
            Self::Contact(id) => Some(id),
            Self::Person(_) | Self::Unit(_) => None,
        }
    }

    /// Its id, whatever it is.
    pub fn id(self) -> Uuid {
        match self {
            Self::Person(id) => id.0,
            Self::Unit(id) => id.0,
            Self::Contact(id) => id.0,
        }
    }
}
