//! Free notes.

use super::Body;
use crate::domain::ids::{NoteId, Subject};
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A free note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteWritten {
    /// Identity.
    pub note: NoteId,
    /// About whom, if about somebody.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// The words.
    pub text: String,
}

impl Body for NoteWritten {
    const KIND: &'static str = "note.written";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Note(self.note)]
    }

    fn names(&self) -> Vec<Entity> {
        self.subject.map(Entity::from).into_iter().collect()
    }
}
