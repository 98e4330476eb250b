//! Registers that an office declares (台账), and their entries: six kinds for every register there will be. One body
//! concerns at most one person, so a line of a batch is an event of its own.

use super::Body;
use crate::domain::ids::{CaseId, ContactId, EntryId, LedgerId, OfficerId, PersonId, UnitId};
use crate::domain::ledger::value::Values;
use crate::log::Entity;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The entity of a ledger: derived from its name, so that two desks mean the same one.
pub fn ledger_id(name: &str) -> LedgerId {
    let hash = blake3::derive_key("zhiban 2020 ledger", name.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    LedgerId(Uuid::from_bytes(id))
}

/// The id of a line that is written with its entry: derived from the entry's and its place, no two alike in any part.
pub fn line_id(entry: EntryId, place: u32) -> EntryId {
    let mut of = [0; 20];
    of[..16].copy_from_slice(entry.bytes());
    of[16..].copy_from_slice(&place.to_be_bytes());
    let hash = blake3::derive_key("zhiban 2020 ledger line", &of);
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    EntryId(Uuid::from_bytes(id))
}

/// A declaration, when first used or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerAdopted {
    /// The ledger's name.
    pub name: String,
    /// Its version.
    pub version: u16,
    /// The file's text.
    pub content: String,
}

impl Body for LedgerAdopted {
    const KIND: &'static str = "ledger.adopted";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Ledger(ledger_id(&self.name))]
    }

    fn folds(&self) -> Vec<Entity> {
        self.names()
    }
}

/// Something else that an entry points at: it has to be there as long as the entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Point {
    /// A unit.
    Unit(UnitId),
    /// An outside contact.
    Contact(ContactId),
    /// An officer.
    Officer(OfficerId),
    /// An entry of another ledger.
    Entry(EntryId),
}

impl From<Point> for Entity {
    fn from(point: Point) -> Self {
        match point {
            Point::Unit(id) => Self::Unit(id),
            Point::Contact(id) => Self::Contact(id),
            Point::Officer(id) => Self::Officer(id),
            Point::Entry(id) => Self::Entry(id),
        }
    }
}

fn named(points: &[Point]) -> impl Iterator<Item = Entity> {
    points.iter().copied().map(Entity::from)
}

/// Whom an entry is about.
fn about(person: Option<PersonId>, unit: Option<UnitId>) -> impl Iterator<Item = Entity> {
    person.map(Entity::Person).into_iter().chain(unit.map(Entity::Unit))
}

/// An entry, or a line of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryWritten {
    /// Identity.
    pub entry: EntryId,
    /// In which ledger.
    pub ledger: String,
    /// Under which version of it.
    pub version: u16,
    /// The entry of which it is a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<EntryId>,
    /// The person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The unit it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What it points at besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
    /// The values of its columns.
    pub values: Values,
    /// What the balance was, where it takes out more than that or counts something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked: Option<i64>,
    /// Why it was entered all the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Body for EntryWritten {
    const KIND: &'static str = "entry.written";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Entry(self.entry)]
    }

    fn names(&self) -> Vec<Entity> {
        about(self.person, self.unit)
            .chain(self.parent.map(Entity::Entry))
            .chain(named(&self.points))
            .collect()
    }

    fn folds(&self) -> Vec<Entity> {
        self.makes()
    }
}

/// An entry is corrected; what stood there is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryChanged {
    /// Which.
    pub entry: EntryId,
    /// In which ledger.
    pub ledger: String,
    /// Under which version of it.
    pub version: u16,
    /// It is a line of an entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub line: bool,
    /// The person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What it points at besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
    /// The columns that change; empty text empties one.
    pub values: Values,
    /// What stood in them.
    #[serde(default)]
    pub old: Values,
    /// Why.
    pub reason: String,
}

impl Body for EntryChanged {
    const KIND: &'static str = "entry.changed";

    fn names(&self) -> Vec<Entity> {
        about(self.person, None).chain([Entity::Entry(self.entry)]).chain(named(&self.points)).collect()
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Entry(self.entry)]
    }
}

/// An entry goes from one state to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryMoved {
    /// Which.
    pub entry: EntryId,
    /// In which ledger.
    pub ledger: String,
    /// Under which version of it.
    pub version: u16,
    /// It is a line of an entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub line: bool,
    /// The person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The transition.
    pub transition: String,
    /// The state it comes from.
    pub from: String,
    /// The state it goes to.
    pub to: String,
    /// What it points at besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
    /// What was asked with it, and what is no longer asked: empty text empties a column.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub values: Values,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who signed it, where it is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<OfficerId>,
}

impl Body for EntryMoved {
    const KIND: &'static str = "entry.moved";

    fn names(&self) -> Vec<Entity> {
        about(self.person, None).chain([Entity::Entry(self.entry)]).chain(named(&self.points)).collect()
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Entry(self.entry)]
    }
}

/// An entry is withdrawn: it was a mistake. It stays in the log, and its lines with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryWithdrawn {
    /// Which.
    pub entry: EntryId,
    /// In which ledger.
    pub ledger: String,
    /// Under which version of it.
    pub version: u16,
    /// It is a line of an entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub line: bool,
    /// The person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Why.
    pub reason: String,
}

impl Body for EntryWithdrawn {
    const KIND: &'static str = "entry.withdrawn";

    fn names(&self) -> Vec<Entity> {
        about(self.person, None).chain([Entity::Entry(self.entry)]).collect()
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Entry(self.entry)]
    }
}

/// What was made of an entry that proposed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Raised {
    /// A case.
    Case(CaseId),
    /// An entry of a ledger.
    Entry(EntryId),
}

impl From<Raised> for Entity {
    fn from(made: Raised) -> Self {
        match made {
            Raised::Case(id) => Self::Case(id),
            Raised::Entry(id) => Self::Entry(id),
        }
    }
}

/// What an entry proposed is settled: something was made of it, in the same op, or it was declined with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryRaised {
    /// Which entry proposed it.
    pub entry: EntryId,
    /// In which ledger.
    pub ledger: String,
    /// Under which version of it.
    pub version: u16,
    /// It is a line of an entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub line: bool,
    /// The person the entry is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Which of its proposals.
    pub raise: String,
    /// What was made of it; absent where it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Raised>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Body for EntryRaised {
    const KIND: &'static str = "entry.raised";

    fn names(&self) -> Vec<Entity> {
        about(self.person, None)
            .chain([Entity::Entry(self.entry)])
            .chain(self.made.map(Entity::from))
            .collect()
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Entry(self.entry)]
    }
}
