//! Outside contacts.

use super::Body;
use crate::domain::contact::ContactFacts;
use crate::domain::ids::ContactId;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A new outside contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactAdded {
    /// Identity.
    pub contact: ContactId,
    /// What is known; the organisation at least.
    #[serde(default)]
    pub facts: ContactFacts,
}

impl Body for ContactAdded {
    const KIND: &'static str = "contact.added";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Contact(self.contact)]
    }
}

/// An outside contact is corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactChanged {
    /// Which.
    pub contact: ContactId,
    /// The fields that change.
    pub facts: ContactFacts,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
}

impl Body for ContactChanged {
    const KIND: &'static str = "contact.changed";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Contact(self.contact)]
    }

    fn folds(&self) -> Vec<Entity> {
        self.names()
    }
}

/// An outside contact is no longer in the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactRemoved {
    /// Which.
    pub contact: ContactId,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl Body for ContactRemoved {
    const KIND: &'static str = "contact.removed";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Contact(self.contact)]
    }

    fn folds(&self) -> Vec<Entity> {
        self.names()
    }
}
