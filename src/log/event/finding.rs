//! What sheets bring of somebody.

use super::Body;
use crate::domain::finding::Finding;
use crate::domain::ids::PersonId;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// What sheets brought of somebody needs no case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingDismissed {
    /// Whose.
    pub person: PersonId,
    /// What, and in which reports.
    pub found: Vec<Finding>,
    /// Why, on whose word.
    pub reason: String,
}

impl Body for FindingDismissed {
    const KIND: &'static str = "finding.dismissed";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Person(self.person)]
    }
}
