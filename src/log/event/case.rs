//! Attention cases.

use super::Body;
use crate::domain::case::{Against, CaseFacts};
use crate::domain::ids::{CaseId, OfficerId, PersonId};
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// An attention case begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseOpened {
    /// Identity.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// What is said of it.
    pub facts: CaseFacts,
}

impl Body for CaseOpened {
    const KIND: &'static str = "case.opened";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Case(self.case)]
    }

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Person(self.person)]
    }
}

/// A case changes, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseChanged {
    /// Which.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// The fields that change.
    pub facts: CaseFacts,
    /// Why.
    pub reason: String,
}

impl Body for CaseChanged {
    const KIND: &'static str = "case.changed";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Case(self.case), Entity::Person(self.person)]
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Case(self.case)]
    }
}

/// A case is released: an act with a name, never the calendar's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseReleased {
    /// Which.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// Why, on whose word.
    pub reason: String,
    /// What stood against it, when it was released all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<Against>,
    /// The lead who approved that, when it was not whoever released it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for CaseReleased {
    const KIND: &'static str = "case.released";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Case(self.case), Entity::Person(self.person)]
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Case(self.case)]
    }

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}
