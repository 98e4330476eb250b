//! Figures told by mouth.

use super::Body;
use crate::domain::followup::Channel;
use crate::domain::ids::ToldId;
use crate::domain::sitrep::Figures;
use crate::log::Entity;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Figures are told to somebody: ids and figures, no names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureTold {
    /// Identity.
    pub told: ToldId,
    /// To whom.
    pub to: String,
    /// By which way.
    pub channel: Channel,
    /// The day of the figures.
    pub day: NaiveDate,
    /// Where that day begins, minutes after midnight.
    #[serde(default)]
    pub boundary: i32,
    /// Which, and what was said of each.
    pub figures: Figures,
    /// What the officer wrote beside them, as earlier programs kept it; now `told.words` says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Body for FigureTold {
    const KIND: &'static str = "figure.told";
    const UNDOABLE: bool = false;
    // Nor are those behind these figures named.

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Told(self.told)]
    }
}

/// What was written beside figures that were told; an event of its own for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldWords {
    /// The figures told.
    pub told: ToldId,
    /// The words.
    pub text: String,
}

impl Body for ToldWords {
    const KIND: &'static str = "told.words";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Told(self.told)]
    }

    fn folds(&self) -> Vec<Entity> {
        self.names()
    }
}
