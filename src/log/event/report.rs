//! Sheets and the reports of units.

use super::Body;
use crate::domain::report::{Excuse, FormRef, ReportForm, ReportKey, Round};
use crate::log::Entity;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where the op's rows came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetImported {
    /// `roster`, `units` or `report`.
    pub what: String,
    /// The file's name, without its folder.
    pub file: String,
    /// BLAKE3 of the file's bytes, hexadecimal: the same file is recognised by its content.
    pub digest: String,
    /// The form it was read with.
    pub form: FormRef,
    /// For a report: the day.
    #[serde(default)]
    pub day: Option<NaiveDate>,
    /// For a report: the round.
    #[serde(default)]
    pub round: Option<Round>,
    /// Rows taken.
    pub accepted: u32,
    /// Rows that said nothing new.
    pub unchanged: u32,
    /// Rows refused.
    pub rejected: u32,
    /// Rows of units that the officer left out: these may come again in the very file.
    #[serde(default, skip_serializing_if = "is_none")]
    pub left_out: u32,
    /// It lay in the watched folder, and was taken in from there: it is put away once that is in the log.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inbox: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

impl Body for SheetImported {
    const KIND: &'static str = "sheet.imported";
}

/// A unit's report came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportReceived {
    /// Which.
    #[serde(flatten)]
    pub key: ReportKey,
    /// How.
    pub form: ReportForm,
    /// Rows of this unit in this op.
    #[serde(default)]
    pub rows: u32,
    /// Why it was sent again, when a report was already there.
    #[serde(default)]
    pub reason: String,
}

impl Body for ReportReceived {
    const KIND: &'static str = "report.received";

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Report(report_id(&self.key))]
    }

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Unit(self.key.unit)]
    }
}

/// A report that did not come is no longer owed: an act with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportExcused {
    /// Which.
    #[serde(flatten)]
    pub key: ReportKey,
    /// How.
    pub how: Excuse,
    /// Why, on whose word.
    pub reason: String,
}

impl Body for ReportExcused {
    const KIND: &'static str = "report.excused";

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Report(report_id(&self.key)), Entity::Unit(self.key.unit)]
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Report(report_id(&self.key))]
    }
}

/// The identity of a unit's report for one day and round, derived from the key so that every desk finds the
/// same one.
pub fn report_id(key: &ReportKey) -> Uuid {
    let mut hasher = blake3::Hasher::new_derive_key("zhiban report id v1");
    hasher.update(key.unit.bytes());
    hasher.update(&crate::domain::time::day_number(key.day).to_le_bytes());
    hasher.update(key.round.0.as_bytes());
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
