//! Papers.

use super::Body;
use crate::domain::ids::Subject;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A paper was printed or written to a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaperPrinted {
    /// Which paper: `handover`.
    pub paper: String,
    /// The printer or the file's name.
    pub to: String,
    /// The head code printed on it.
    #[serde(default)]
    pub head: String,
    /// Whose it is, when it is about one person or unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
}

impl Body for PaperPrinted {
    const KIND: &'static str = "paper.printed";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        self.subject.map(Entity::from).into_iter().collect()
    }
}
