//! How an office begins, goes on as a restored copy and changes its settings.

use super::{Body, RowLeft};
use crate::domain::ids::{DeskId, OfficerId, ShiftId};
use crate::domain::office::Settings;
use crate::domain::setting::SettingChange;
use crate::log::Entity;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An office begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeOpened {
    /// The school, within which numbers are unique.
    pub office: Uuid,
    /// What was chosen at the start.
    pub settings: Settings,
}

impl Body for OfficeOpened {
    const KIND: &'static str = "office.opened";
    const UNDOABLE: bool = false;

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }
}

/// A restored copy goes on as a new desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskStarted {
    /// The desk whose log it was restored from.
    pub from: DeskId,
    /// Its last op in the restored copy.
    pub from_seq: i64,
    /// The hash of that op, hexadecimal.
    pub from_hash: String,
    /// The shift that was open in the copy: it goes on here, from this op.
    #[serde(default)]
    pub shift: Option<ShiftId>,
    /// The copy was older than an erasure that had been done to it: the digest of everything that went of it so,
    /// hexadecimal. Nothing else may be missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<String>,
    /// Of the rows that are part of this, those of which something is left: in place of the others stands nothing.
    /// Absent before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Vec<RowLeft>>,
}

impl Body for DeskStarted {
    const KIND: &'static str = "desk.started";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::Office];
        named.extend(self.shift.map(Entity::Shift));
        named
    }

    fn folds(&self) -> Vec<Entity> {
        self.shift.map(Entity::Shift).into_iter().collect()
    }
}

/// The office's settings, whole; in force from the moment the op happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingsChanged {
    /// As they now stand.
    pub settings: Settings,
    /// What was changed of them. Absent before it was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<SettingChange>,
    /// Who approved it, when that was another than who did it. Absent before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for SettingsChanged {
    const KIND: &'static str = "settings.changed";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}
