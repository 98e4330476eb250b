//! What was found out about contradictions in reports.

use super::Body;
use crate::domain::doubt::Doubt;
use crate::domain::ids::{FollowUpId, PromiseId};
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// What was sent is so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoubtConfirmed {
    /// What was doubted.
    pub doubt: Doubt,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
    /// What was said.
    #[serde(default)]
    pub words: String,
}

impl Body for DoubtConfirmed {
    const KIND: &'static str = "doubt.confirmed";

    fn names(&self) -> Vec<Entity> {
        vec![self.doubt.about.into()]
    }
}

/// It is otherwise. The sheet stays as it was sent; the new value goes with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoubtCorrected {
    /// What was doubted.
    pub doubt: Doubt,
    /// Which field of the sheet.
    pub field: String,
    /// As it was sent, in the form's canonical text.
    #[serde(default)]
    pub old: String,
    /// As it is.
    #[serde(default)]
    pub new: String,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
    /// What was said.
    #[serde(default)]
    pub words: String,
}

impl Body for DoubtCorrected {
    const KIND: &'static str = "doubt.corrected";

    fn names(&self) -> Vec<Entity> {
        vec![self.doubt.about.into()]
    }
}

/// It was asked, and the answer is promised: in a call of the same op.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoubtDeferred {
    /// What was doubted.
    pub doubt: Doubt,
    /// The call.
    pub followup: FollowUpId,
    /// What was promised in it.
    pub promise: PromiseId,
    /// Who promised.
    #[serde(default)]
    pub told_by: String,
    /// What was said.
    #[serde(default)]
    pub words: String,
}

impl Body for DoubtDeferred {
    const KIND: &'static str = "doubt.deferred";

    fn names(&self) -> Vec<Entity> {
        vec![self.doubt.about.into(), Entity::FollowUp(self.followup), Entity::Promise(self.promise)]
    }

    fn folds(&self) -> Vec<Entity> {
        Vec::new()
    }
}
