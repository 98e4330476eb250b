//! What an act made.

use crate::domain::ids::{
    CaseId, ContactId, EntryId, FollowUpId, NoteId, OfficerId, OpRef, PersonId, PromiseId, ShiftId, SitrepId,
    ToldId, UnitId,
};
use crate::log::Entity;

/// What follows from the list of entities that are made by themselves.
macro_rules! made {
    ($($(#[$doc:meta])* $entity:ident($id:ty)),+ $(,)?) => {
        /// What an act made.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Made {
            /// A new office's first officer and shift.
            Office(OfficerId, ShiftId),
            /// A follow-up, and its promise.
            FollowUp(FollowUpId, Option<PromiseId>),
            $($(#[$doc])* $entity($id),)+
            /// The op taken back.
            Undone(OpRef),
        }

        impl Made {
            /// The entity made; of a new office, its shift.
            pub fn entity(self) -> Option<Entity> {
                match self {
                    Self::Office(_, shift) => Some(Entity::Shift(shift)),
                    Self::FollowUp(id, _) => Some(Entity::FollowUp(id)),
                    $(Self::$entity(id) => Some(Entity::$entity(id)),)+
                    Self::Undone(_) => None,
                }
            }
        }
    };
}

made! {
    /// A case.
    Case(CaseId),
    /// A note.
    Note(NoteId),
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
    /// An outside contact.
    Contact(ContactId),
    /// An officer.
    Officer(OfficerId),
    /// A shift.
    Shift(ShiftId),
    /// A situation report, sent.
    Sitrep(SitrepId),
    /// Figures, told.
    Told(ToldId),
    /// An entry of a register.
    Entry(EntryId),
}
