//! Situation reports.

use super::Body;
use crate::domain::followup::Channel;
use crate::domain::ids::SitrepId;
use crate::domain::sitrep::Sitrep;
use crate::log::Entity;
use serde::{Deserialize, Serialize};

/// A situation report is sent, frozen: ids and figures, no names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitrepSent {
    /// Identity.
    pub sitrep: SitrepId,
    /// To whom.
    pub to: String,
    /// By which way.
    pub channel: Channel,
    /// Everything in it.
    pub report: Box<Sitrep>,
}

impl Body for SitrepSent {
    const KIND: &'static str = "sitrep.sent";
    const UNDOABLE: bool = false;

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Sitrep(self.sitrep)]
    }
}

/// A situation report that was sent is corrected by a new one of the same day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitrepCorrected {
    /// Identity of the new one.
    pub sitrep: SitrepId,
    /// The one that it corrects.
    pub of: SitrepId,
    /// Why, as earlier programs kept it; now `sitrep.reason` says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// To whom.
    pub to: String,
    /// By which way.
    pub channel: Channel,
    /// Everything in it.
    pub report: Box<Sitrep>,
}

impl Body for SitrepCorrected {
    const KIND: &'static str = "sitrep.corrected";
    const UNDOABLE: bool = false;

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Sitrep(self.sitrep)]
    }

    // Those behind the figures are not named: a figure that was told binds nobody's record.
    fn names(&self) -> Vec<Entity> {
        vec![Entity::Sitrep(self.of)]
    }
}

/// Why a situation report was corrected: an event of its own, so that words about a person can be erased without the
/// figures of everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitrepReason {
    /// The correction.
    pub sitrep: SitrepId,
    /// Why.
    pub text: String,
}

impl Body for SitrepReason {
    const KIND: &'static str = "sitrep.reason";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Sitrep(self.sitrep)]
    }

    fn folds(&self) -> Vec<Entity> {
        self.names()
    }
}
