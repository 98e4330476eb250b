//! Calls, and what was promised in them.

use super::Body;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::ids::{FollowUpId, PromiseId, Subject};
use crate::domain::report::{ReportKey, Site};
use crate::domain::time::Ts;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// One contact with a person or a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpLogged {
    /// Identity.
    pub followup: FollowUpId,
    /// About whom; may be given later.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// By which way.
    pub channel: Channel,
    /// Who answered.
    #[serde(default)]
    pub answered_by: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What was said.
    #[serde(default)]
    pub words: String,
    /// The number, when not the subject's own.
    #[serde(default)]
    pub number: String,
    /// What was promised, and for when.
    #[serde(default)]
    pub promise: Option<PromiseMade>,
    /// When the office means to call again.
    #[serde(default)]
    pub next_contact: Option<Ts>,
    /// The report this call chased (催报), when its unit had not reported.
    #[serde(default)]
    pub chased: Option<ReportKey>,
    /// The temperature that was told, tenths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temp: Option<i16>,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
}

impl Body for FollowUpLogged {
    const KIND: &'static str = "followup.logged";

    fn makes(&self) -> Vec<Entity> {
        let mut made = vec![Entity::FollowUp(self.followup)];
        made.extend(self.promise.as_ref().map(|p| Entity::Promise(p.promise)));
        made
    }

    fn names(&self) -> Vec<Entity> {
        let mut named: Vec<_> = self.subject.map(Entity::from).into_iter().collect();
        named.extend(self.chased.as_ref().map(|key| Entity::Unit(key.unit)));
        named.dedup();
        named
    }
}

/// "I'll call back at three."
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromiseMade {
    /// Identity.
    pub promise: PromiseId,
    /// When it falls due.
    pub due: Ts,
}

/// A call gets its subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpAttached {
    /// Which call.
    pub followup: FollowUpId,
    /// Its promise, if it made one, so that both follow.
    #[serde(default)]
    pub promise: Option<PromiseId>,
    /// Whose it was.
    pub subject: Subject,
}

impl Body for FollowUpAttached {
    const KIND: &'static str = "followup.attached";

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::FollowUp(self.followup), self.subject.into()];
        named.extend(self.promise.map(Entity::Promise));
        named
    }

    fn folds(&self) -> Vec<Entity> {
        let mut folded = vec![Entity::FollowUp(self.followup)];
        folded.extend(self.promise.map(Entity::Promise));
        folded
    }
}

/// A promise ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromiseClosed {
    /// Which.
    pub promise: PromiseId,
    /// How.
    pub how: PromiseEnd,
    /// The call that closed it, if one did.
    #[serde(default)]
    pub by: Option<FollowUpId>,
}

impl Body for PromiseClosed {
    const KIND: &'static str = "promise.closed";

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::Promise(self.promise)];
        named.extend(self.by.map(Entity::FollowUp));
        named
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Promise(self.promise)]
    }
}
