//! What is said and asked at a handover.

use super::Body;
use crate::domain::handover::QuestionEnd;
use crate::domain::ids::{OfficerId, QuestionId, ShiftId, Subject};
use crate::domain::item::Item;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// Free words for the next shift: apart from the figures and items, so that they can be erased by themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverWords {
    /// The shift that is handed over.
    pub shift: ShiftId,
    /// The words.
    pub words: String,
}

impl Body for HandoverWords {
    const KIND: &'static str = "handover.words";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Shift(self.shift)]
    }
}

/// The incoming officer's question about one open item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverAsked {
    /// Identity.
    pub question: QuestionId,
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// About which item.
    #[serde(flatten)]
    pub item: Item,
    /// Whom the item is about, as far as it is known.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// Who asked.
    pub by: OfficerId,
    /// What was asked.
    pub text: String,
}

impl Body for HandoverAsked {
    const KIND: &'static str = "handover.asked";
    const UNDOABLE: bool = false;

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Question(self.question)]
    }

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::Shift(self.shift), Entity::Officer(self.by)];
        named.extend(self.subject.map(Entity::from));
        named
    }
}

/// A question ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverAnswered {
    /// Which.
    pub question: QuestionId,
    /// Whom it is about.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// How.
    pub how: QuestionEnd,
    /// The answer, or why it is no longer needed.
    #[serde(default)]
    pub words: String,
}

impl Body for HandoverAnswered {
    const KIND: &'static str = "handover.answered";

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::Question(self.question)];
        named.extend(self.subject.map(Entity::from));
        named
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Question(self.question)]
    }
}

/// What was taken over unread is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverAcknowledged {
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// Which item of it.
    #[serde(flatten)]
    pub item: Item,
}

impl Body for HandoverAcknowledged {
    const KIND: &'static str = "handover.acknowledged";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Shift(self.shift)]
    }

    fn folds(&self) -> Vec<Entity> {
        self.names()
    }
}
