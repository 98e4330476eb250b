//! Somebody is erased: which bodies, words and sheet rows go.

use super::Body;
use crate::domain::ids::{DeskId, OfficerId, OpRef, PersonId};
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// What the log holds of somebody goes. Holds no name and no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonErased {
    /// Whose; nothing else is left that says who that was.
    pub person: PersonId,
    /// Why, on whose word.
    pub reason: String,
    /// What goes, op by op.
    pub removed: Vec<Removed>,
    /// The lead who approved it, when it was not whoever erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for PersonErased {
    const KIND: &'static str = "person.erased";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Person(self.person)]
    }

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}

impl PersonErased {
    /// How many bodies go whole.
    pub fn bodies(&self) -> usize {
        self.removed.iter().map(|op| op.bodies.len()).sum()
    }

    /// Of how many events words are taken out.
    pub fn words(&self) -> usize {
        self.removed.iter().map(|op| op.words.len()).sum()
    }

    /// How many sheet rows go, or have words taken out.
    pub fn rows(&self) -> usize {
        let rows = |op: &Removed| op.roster.len() + op.readings.len() + op.reading_words.len();
        self.removed.iter().map(rows).sum()
    }
}

/// What goes of one op.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Its desk.
    pub desk: DeskId,
    /// Its number there.
    pub seq: i64,
    /// Events whose bodies go whole, by their place in the op.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<i64>,
    /// Events of which words are taken out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
    /// Rows of a roster, by their place in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roster: Vec<i64>,
    /// Rows of a report, by their place in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<i64>,
    /// Rows of a report that are somebody else's, of which words are taken out. Absent before such rows were looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reading_words: Vec<RowWords>,
}

impl Removed {
    /// Nothing yet of this op.
    pub fn of(op: OpRef) -> Self {
        Self {
            desk: op.desk,
            seq: op.seq,
            bodies: Vec::new(),
            words: Vec::new(),
            roster: Vec::new(),
            readings: Vec::new(),
            reading_words: Vec::new(),
        }
    }
}

/// Words that are taken out of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The event's place in its op.
    pub idx: i64,
    /// Where they stand in its body, as JSON pointers.
    pub at: Vec<String>,
}

/// Words that are taken out of one row of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowWords {
    /// The row's place in the sheet.
    pub row: i64,
    /// In which columns they stand: `place`, `status`, or `rest/` with the number of a packed one.
    pub at: Vec<String>,
    /// The digest of the row that remains, in hexadecimal; keyed, as every row's, with the secret of whose it is.
    pub remains: String,
}

/// A row that an erasure left words of in a copy that is older than it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowLeft {
    /// The desk of its op.
    pub desk: DeskId,
    /// Its op's number there.
    pub seq: i64,
    /// Its sheet: `roster` or `reading`.
    pub sheet: String,
    /// Its place in the sheet.
    pub row: i64,
    /// The digest of what stands there, in hexadecimal.
    pub remains: String,
}
