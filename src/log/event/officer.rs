//! Members of the coordination office: their role, their PIN, what they looked for.

use super::Body;
use crate::domain::handover::PinChange;
use crate::domain::ids::OfficerId;
use crate::domain::officer::Role;
use crate::domain::time::Ts;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A member of the coordination office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficerAdded {
    /// Identity.
    pub officer: OfficerId,
    /// Name, unique in the office.
    pub name: String,
}

impl Body for OfficerAdded {
    const KIND: &'static str = "officer.added";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Officer(self.officer)]
    }
}

/// What an officer may do from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerRole {
    /// Whose.
    pub officer: OfficerId,
    /// Which.
    pub role: Role,
    /// Who approved it, when it was not whoever gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for OfficerRole {
    const KIND: &'static str = "officer.role";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Officer(self.officer)]
    }

    fn folds(&self) -> Vec<Entity> {
        self.names()
    }

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}

/// An officer's PIN was set, changed or removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PinChanged {
    /// Whose.
    pub officer: OfficerId,
    /// What was done.
    pub how: PinChange,
    /// What the kept hash has to agree with, hexadecimal. It goes over a salt that is not in the log, so that no PIN can
    /// be tried against it. Absent of one that was taken away, and before it was committed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Who took a colleague's away: who did it, then who signed beside them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<OfficerId>,
}

impl Body for PinChanged {
    const KIND: &'static str = "pin.changed";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Officer(self.officer)]
    }
}

/// People were looked for by parts of their numbers so often that whole numbers could be put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindProbed {
    /// By whom.
    pub officer: OfficerId,
    /// How many different parts.
    pub count: u32,
    /// Since when.
    pub since: Ts,
}

impl Body for FindProbed {
    const KIND: &'static str = "find.probed";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Officer(self.officer)]
    }
}
