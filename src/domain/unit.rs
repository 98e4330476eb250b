//! Units: colleges, departments, classes; they form a tree.

use super::ids::{OfficerId, UnitId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A unit as it now stands. Every field but the id and the name may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Identity.
    pub id: UnitId,
    /// The office's code for it, unique.
    pub code: String,
    /// Full name, unique.
    pub name: String,
    /// Everything that may change.
    #[serde(flatten)]
    pub facts: UnitFacts,
}

/// What is known of a unit besides its code and name. `None` in a change means "unchanged"; an empty string
/// means "known to be empty".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitFacts {
    /// Short name (简称).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// The unit above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// Campus (校区).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campus: Option<String>,
    /// Head (第一责任人).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The head's number; never masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_phone: Option<String>,
    /// Liaison (联络人).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub liaison: Option<String>,
    /// The liaison's number; never masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub liaison_phone: Option<String>,
    /// Whether it sends reports; taken as yes when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports: Option<bool>,
    /// Its own deadline, minutes after midnight, in place of the round's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<i32>,
    /// The office's officer for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<OfficerId>,
    /// Expected to report from this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
}

macro_rules! merge_fields {
    ($into:expr, $from:expr, $($field:ident),+ $(,)?) => {
        $(if $from.$field.is_some() { $into.$field.clone_from(&$from.$field); })+
    };
}
pub(crate) use merge_fields;

impl UnitFacts {
    /// Takes over every field that `change` names.
    pub fn merge(&mut self, change: &Self) {
        merge_fields!(
            self,
            change,
            short,
            parent,
            campus,
            head,
            head_phone,
            liaison,
            liaison_phone,
            reports,
            deadline,
            officer,
            valid_from,
        );
    }
}
