//! People, by hand; sheets bring them as rows.

use super::Body;
use crate::domain::ids::PersonId;
use crate::domain::person::PersonFacts;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A new person, by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonAdded {
    /// Identity.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// What else is known.
    #[serde(default)]
    pub facts: PersonFacts,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
}

impl Body for PersonAdded {
    const KIND: &'static str = "person.added";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Person(self.person)]
    }

    fn names(&self) -> Vec<Entity> {
        self.facts.unit.map(Entity::Unit).into_iter().collect()
    }
}

/// A person is corrected, by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonChanged {
    /// Whose.
    pub person: PersonId,
    /// A new number, if it changed.
    #[serde(default)]
    pub no: Option<String>,
    /// The fields that change.
    #[serde(default)]
    pub facts: PersonFacts,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
}

impl Body for PersonChanged {
    const KIND: &'static str = "person.changed";

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::Person(self.person)];
        named.extend(self.facts.unit.map(Entity::Unit));
        named
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Person(self.person)]
    }
}
