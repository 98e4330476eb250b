//! Masked numbers that were shown.

use super::Body;
use crate::domain::ids::{EntryId, FollowUpId, OfficerId, PersonId};
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A masked number was shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonalRevealed {
    /// Whose.
    pub person: PersonId,
    /// Why; `call` is the preset.
    pub reason: String,
    /// The second officer who approved that so many were shown at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for PersonalRevealed {
    const KIND: &'static str = "personal.revealed";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Person(self.person)]
    }

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}

/// The number from which a call came was shown: it may be nobody's whom the office knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberRevealed {
    /// Which call.
    pub followup: FollowUpId,
    /// Why; `call` is the preset.
    pub reason: String,
    /// The second officer who approved that so many were shown at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for NumberRevealed {
    const KIND: &'static str = "number.revealed";
    const UNDOABLE: bool = false;
    // That a number was looked at binds no call: one logged by mistake can still be taken back.

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}

/// The numbers in an entry of a register that is about nobody were shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryRevealed {
    /// Which entry.
    pub entry: EntryId,
    /// Why; `call` is the preset.
    pub reason: String,
    /// The second officer who approved that so many were shown at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for EntryRevealed {
    const KIND: &'static str = "entry.revealed";
    const UNDOABLE: bool = false;
    // As of a call: that it was looked at binds no entry.

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}
