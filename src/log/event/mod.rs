//! The acts of an office, as events: one file a subject, each body with its footprint below it. One event body concerns
//! at most one person.
//!
//! A new kind is a struct with its [`Body`] in the file of its subject, and its name in the list below.

mod adopted;
mod backup;
mod case;
mod contact;
mod doubt;
mod erased;
mod finding;
mod followup;
mod handover;
mod ledger;
mod note;
mod office;
mod officer;
mod op;
mod paper;
mod person;
mod personal;
mod report;
mod shift;
mod sitrep;
mod told;
mod unit;

pub use adopted::{Adopted, FormAdopted, RulesAdopted, TemplateAdopted};
pub use backup::{BackupMade, DrillDone};
pub use case::{CaseChanged, CaseOpened, CaseReleased};
pub use contact::{ContactAdded, ContactChanged, ContactRemoved};
pub use doubt::{DoubtConfirmed, DoubtCorrected, DoubtDeferred};
pub use erased::{PersonErased, Removed, RowLeft, RowWords, Words};
pub use finding::FindingDismissed;
pub use followup::{FollowUpAttached, FollowUpLogged, PromiseClosed, PromiseMade};
pub use handover::{HandoverAcknowledged, HandoverAnswered, HandoverAsked, HandoverWords};
pub use ledger::{
    EntryChanged, EntryMoved, EntryRaised, EntryWithdrawn, EntryWritten, LedgerAdopted, Point, Raised,
    ledger_id, line_id,
};
pub use note::NoteWritten;
pub use office::{DeskStarted, OfficeOpened, SettingsChanged};
pub use officer::{FindProbed, OfficerAdded, OfficerRole, PinChanged};
pub use op::OpUndone;
pub use paper::PaperPrinted;
pub use person::{PersonAdded, PersonChanged};
pub use personal::{EntryRevealed, NumberRevealed, PersonalRevealed};
pub use report::{ReportExcused, ReportReceived, SheetImported, report_id};
pub use shift::{HandoverItem, ShiftClosed, ShiftStarted};
pub use sitrep::{SitrepCorrected, SitrepReason, SitrepSent};
pub use told::{FigureTold, ToldWords};
pub use unit::{UnitAdded, UnitChanged};

use super::Entity;
use crate::domain::ids::{OfficerId, PersonId, Subject};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What an event is written as, and which entities it makes, speaks of and changes.
pub trait Body: Serialize + DeserializeOwned {
    /// Its wire name: explicit, never a Rust name.
    const KIND: &'static str;
    /// The version it is written under. An added field has a serde default; a changed meaning is a new version.
    const VERSION: u16 = 1;
    /// Whether an op holding it can be taken back. Roles, reveals, prints, told figures, handovers and the office's own
    /// beginning are only corrected, with a reason.
    const UNDOABLE: bool = true;

    /// The entities it makes: an op that names one of them later depends on this op.
    fn makes(&self) -> Vec<Entity> {
        Vec::new()
    }

    /// The entities it speaks of besides those it makes.
    fn names(&self) -> Vec<Entity> {
        Vec::new()
    }

    /// The entities whose projected rows it changes.
    fn folds(&self) -> Vec<Entity> {
        self.makes()
    }

    /// Who approved it, where that was somebody else than who did it.
    fn approved_by(&self) -> Option<OfficerId> {
        None
    }
}

/// What follows from the list of bodies.
macro_rules! events {
    ($($body:ident),+ $(,)?) => {
        /// Everything that can happen.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Event {
            $(#[doc = concat!("See [`struct@", stringify!($body), "`].")] $body($body),)+
            /// A kind this program does not know; kept, and counted on screen.
            Unknown(Unknown),
        }

        /// Every wire name and version that is written today.
        pub const KINDS: &[(&str, u16)] = &[$((<$body as Body>::KIND, <$body as Body>::VERSION)),+];

        impl Event {
            /// The wire name and version under which it is written today.
            pub fn wire(&self) -> (&str, u16) {
                match self {
                    $(Self::$body(_) => (<$body as Body>::KIND, <$body as Body>::VERSION),)+
                    Self::Unknown(e) => (&e.kind, e.version),
                }
            }

            /// Its body as JSON.
            ///
            /// # Errors
            /// Only when a value cannot be JSON, which none of ours can.
            pub fn json(&self) -> serde_json::Result<String> {
                match self {
                    $(Self::$body(e) => serde_json::to_string(e),)+
                    Self::Unknown(e) => Ok(e.body.clone()),
                }
            }

            /// Reads one back. An unknown kind or version is kept, not refused.
            ///
            /// # Errors
            /// A known kind whose body is not what it should be.
            pub fn from_json(kind: &str, version: u16, body: &str) -> serde_json::Result<Self> {
                match (kind, version) {
                    $((<$body as Body>::KIND, <$body as Body>::VERSION) => serde_json::from_str(body).map(Self::$body),)+
                    _ => Ok(Self::Unknown(Unknown { kind: kind.to_owned(), version, body: body.to_owned() })),
                }
            }

            /// The entities this event makes: an op that names one of them later depends on this op.
            pub fn makes(&self) -> Vec<Entity> {
                match self {
                    $(Self::$body(e) => e.makes(),)+
                    Self::Unknown(_) => Vec::new(),
                }
            }

            /// The entities this event speaks of besides those it makes.
            pub fn names(&self) -> Vec<Entity> {
                match self {
                    $(Self::$body(e) => e.names(),)+
                    Self::Unknown(_) => vec![Entity::Unknown],
                }
            }

            /// The entities whose projected rows this event changes.
            pub fn folds(&self) -> Vec<Entity> {
                match self {
                    $(Self::$body(e) => e.folds(),)+
                    Self::Unknown(_) => Vec::new(),
                }
            }

            /// Who approved it, where that was somebody else than who did it.
            pub fn approved_by(&self) -> Option<OfficerId> {
                match self {
                    $(Self::$body(e) => e.approved_by(),)+
                    Self::Unknown(_) => None,
                }
            }

            /// Whether an op holding this event can be taken back.
            pub fn undoable(&self) -> bool {
                match self {
                    $(Self::$body(_) => <$body as Body>::UNDOABLE,)+
                    Self::Unknown(_) => false,
                }
            }
        }
    };
}

events! {
    OfficeOpened,
    DeskStarted,
    SettingsChanged,
    RulesAdopted,
    FormAdopted,
    TemplateAdopted,
    OfficerAdded,
    OfficerRole,
    ShiftStarted,
    ShiftClosed,
    HandoverWords,
    HandoverAsked,
    HandoverAnswered,
    HandoverAcknowledged,
    PinChanged,
    FindProbed,
    UnitAdded,
    UnitChanged,
    PersonAdded,
    PersonChanged,
    PersonErased,
    SheetImported,
    ReportReceived,
    ReportExcused,
    FollowUpLogged,
    FollowUpAttached,
    PromiseClosed,
    CaseOpened,
    CaseChanged,
    CaseReleased,
    FindingDismissed,
    DoubtConfirmed,
    DoubtCorrected,
    DoubtDeferred,
    NoteWritten,
    ContactAdded,
    ContactChanged,
    ContactRemoved,
    OpUndone,
    PersonalRevealed,
    NumberRevealed,
    PaperPrinted,
    BackupMade,
    DrillDone,
    SitrepSent,
    SitrepCorrected,
    FigureTold,
    SitrepReason,
    ToldWords,
    LedgerAdopted,
    EntryWritten,
    EntryChanged,
    EntryMoved,
    EntryWithdrawn,
    EntryRaised,
    EntryRevealed,
}

/// A kind this program does not know, kept as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// Its wire name.
    pub kind: String,
    /// Its version.
    pub version: u16,
    /// Its body.
    pub body: String,
}

impl Event {
    /// The person, unit or outside contact this event is about, as far as it says itself.
    pub fn subject(&self) -> Option<Subject> {
        self.makes().into_iter().chain(self.names()).find_map(|entity| match entity {
            Entity::Person(id) => Some(Subject::Person(id)),
            Entity::Unit(id) => Some(Subject::Unit(id)),
            Entity::Contact(id) => Some(Subject::Contact(id)),
            _ => None,
        })
    }

    /// Whether it is about this person.
    pub fn names_person(&self, person: PersonId) -> bool {
        self.makes().into_iter().chain(self.names()).any(|entity| entity == Entity::Person(person))
    }
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_kinds_share_a_name() {
        let names: BTreeSet<_> = KINDS.iter().collect();
        assert_eq!(names.len(), KINDS.len(), "{KINDS:?}");
    }
}
