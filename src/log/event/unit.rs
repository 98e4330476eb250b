//! Units.

use super::Body;
use crate::domain::ids::UnitId;
use crate::domain::unit::UnitFacts;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A new unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitAdded {
    /// Identity.
    pub unit: UnitId,
    /// The office's code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// What else is known.
    #[serde(default)]
    pub facts: UnitFacts,
}

impl Body for UnitAdded {
    const KIND: &'static str = "unit.added";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Unit(self.unit)]
    }

    fn names(&self) -> Vec<Entity> {
        self.facts.parent.map(Entity::Unit).into_iter().collect()
    }
}

/// A unit is corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitChanged {
    /// Which.
    pub unit: UnitId,
    /// A new code, if it changed.
    #[serde(default)]
    pub code: Option<String>,
    /// A new name, if it changed.
    #[serde(default)]
    pub name: Option<String>,
    /// The fields that change.
    #[serde(default)]
    pub facts: UnitFacts,
    /// Who said so; empty when a sheet did.
    #[serde(default)]
    pub told_by: String,
}

impl Body for UnitChanged {
    const KIND: &'static str = "unit.changed";

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::Unit(self.unit)];
        named.extend(self.facts.parent.map(Entity::Unit));
        named
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Unit(self.unit)]
    }
}
