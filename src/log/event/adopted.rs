//! Files that are kept whole: rules, forms, templates of papers.

use super::Body;
use crate::domain::report::FormRef;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A file's full content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Adopted {
    /// Which form; for rules, `rules`.
    pub form: FormRef,
    /// The file's text.
    pub content: String,
}

/// A rule file, when first used or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RulesAdopted(pub Adopted);

impl Body for RulesAdopted {
    const KIND: &'static str = "rules.adopted";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }
}

/// A form file, when first used or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormAdopted(pub Adopted);

impl Body for FormAdopted {
    const KIND: &'static str = "form.adopted";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }
}

/// A paper's template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TemplateAdopted {
    /// Its name with its language: `handover.zh`.
    pub name: String,
    /// The file's text.
    pub content: String,
}

impl Body for TemplateAdopted {
    const KIND: &'static str = "template.adopted";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Office]
    }
}
