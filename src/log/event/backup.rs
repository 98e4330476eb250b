//! Backups and drills.

use super::Body;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A backup was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BackupMade {
    /// The file's name.
    pub file: String,
    /// The head code in it.
    pub head: String,
    /// The copy was verified when it was made, and is sound.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verified: bool,
    /// The digest of a sealed file, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
}

impl Body for BackupMade {
    const KIND: &'static str = "backup.made";
    const UNDOABLE: bool = false;
}

/// It was tried whether a backup can be restored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrillDone {
    /// The backup's name.
    pub file: String,
    /// The head code in it.
    pub head: String,
    /// How much was wrong; 0 when all was well.
    #[serde(default)]
    pub faults: u32,
}

impl Body for DrillDone {
    const KIND: &'static str = "drill.done";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }
}
