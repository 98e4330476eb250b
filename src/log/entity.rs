//! What the log speaks of: one line an entity. How each is projected stands in `store::project::entities`.

use crate::domain::ids::{
    CaseId, ContactId, EntryId, FollowUpId, LedgerId, NoteId, OfficerId, PersonId, PromiseId, QuestionId,
    ShiftId, SitrepId, Subject, ToldId, UnitId,
};
use uuid::Uuid;

/// What follows from the list of entities.
macro_rules! entities {
    ($($(#[$doc:meta])* $name:ident($id:ty) = $kind:literal),+ $(,)?) => {
        /// What an entity in the log is: used to find all events about one subject.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Entity {
            /// The office: settings, rules, forms.
            Office,
            $($(#[$doc])* $name($id),)+
            /// What an event of an unknown kind speaks of.
            Unknown,
        }

        impl Entity {
            /// The kind as kept in the database: one byte.
            pub fn kind(self) -> u8 {
                match self {
                    Self::Office => 0,
                    $(Self::$name(_) => $kind,)+
                    Self::Unknown => 255,
                }
            }

            /// The id as kept in the database; the office's is nil.
            pub fn id(self) -> Uuid {
                match self {
                    Self::Office | Self::Unknown => Uuid::nil(),
                    $(Self::$name(id) => id.into(),)+
                }
            }

            /// The entity of this kind and id.
            pub fn from_parts(kind: u8, id: Uuid) -> Option<Self> {
                match kind {
                    0 => Some(Self::Office),
                    $($kind => Some(Self::$name(id.into())),)+
                    255 => Some(Self::Unknown),
                    _ => None,
                }
            }
        }

        #[cfg(test)]
        const EACH: &[u8] = &[$($kind),+];
    };
}

// They are folded in this order. A byte, once used, is never another's.
entities! {
    /// An officer.
    Officer(OfficerId) = 1,
    /// A person.
    Person(PersonId) = 2,
    /// A unit.
    Unit(UnitId) = 3,
    /// A case.
    Case(CaseId) = 4,
    /// A follow-up.
    FollowUp(FollowUpId) = 5,
    /// A promise.
    Promise(PromiseId) = 6,
    /// A note.
    Note(NoteId) = 7,
    /// A shift.
    Shift(ShiftId) = 8,
    /// A unit's report for one day and round; the id is derived from the key ([`super::event::report_id`]).
    Report(Uuid) = 9,
    /// An outside contact.
    Contact(ContactId) = 10,
    /// A situation report that was sent.
    Sitrep(SitrepId) = 20,
    /// Figures that were told.
    Told(ToldId) = 21,
    /// A question left at a handover.
    Question(QuestionId) = 12,
    /// A register; the id is derived from its name ([`super::event::ledger_id`]). Before its entries.
    Ledger(LedgerId) = 13,
    /// An entry of a register, or a line of one.
    Entry(EntryId) = 14,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_is_found_again_by_its_kind_and_id() {
        for kind in EACH.iter().copied().chain([0, 255]) {
            let id = if matches!(kind, 0 | 255) { Uuid::nil() } else { Uuid::from_u128(u128::from(kind)) };
            let entity = Entity::from_parts(kind, id).unwrap();
            assert_eq!((entity.kind(), entity.id()), (kind, id));
        }
        assert_eq!(Entity::from_parts(11, Uuid::nil()), None);
    }
}
