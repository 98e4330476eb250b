//! A handover's paper as it was signed: references and figures, never names or words. What they refer to is read
//! from the log as of the op that holds them, so that the paper can be made again at any time.

use super::chain::Frontier;
use crate::domain::finding::Finding;
use crate::domain::handover::{Checked, Counts, DayCounts, is_zero};
use crate::domain::ids::{CaseId, FollowUpId, PersonId, QuestionId, Subject, UnitId};
use crate::domain::item::{Item, ItemKind};
use crate::domain::report::{ReportKey, Round};
use crate::domain::time::Ts;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What stood on the paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// When it was cut.
    pub cut_at: Ts,
    /// First and last op of the shift, as numbers on its desk.
    pub seq: (i64, i64),
    /// The end of every desk's chain when it was cut: what its head code covers. Absent before it was kept.
    #[serde(default, skip_serializing_if = "Frontier::is_empty")]
    pub frontier: Frontier,
    /// What the last check of the file had found. Absent where none was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
    /// The day in force; of earlier programs, the day on which it was cut.
    pub day: NaiveDate,
    /// The round that was due last.
    pub round: Round,
    /// The figures.
    pub counts: Counts,
    /// The reporting days that the shift answered for. Absent before they were counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<DayCounts>,
    /// The day that ran, not yet due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running: Option<DayCounts>,
    /// Those of the shift before, and when it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<(Ts, Counts)>,
    /// The day of those figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_day: Option<NaiveDate>,
    /// Units that had not reported.
    #[serde(default)]
    pub outstanding: Vec<FrozenReport>,
    /// People about whom something was to be acted on. Absent before findings were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FrozenFindings>,
    /// Promises, slots, calls to be made.
    #[serde(default)]
    pub due: Vec<FrozenDue>,
    /// Cases due for release.
    #[serde(default)]
    pub release: Vec<CaseId>,
    /// Cases opened or changed in the shift.
    #[serde(default)]
    pub changed: Vec<CaseId>,
    /// Units called in the shift.
    #[serde(default)]
    pub called: Vec<FrozenCalls>,
    /// Questions of an earlier handover that were still open.
    #[serde(default)]
    pub questions: Vec<QuestionId>,
    /// Days since it was last tried whether a backup can be restored, where they were too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill_due: Option<u32>,
    /// It says by name who approved what was done. Papers that say no name were signed before they did, or had none to
    /// say: they are made again without.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approvers: bool,
    /// It says the keys of the entries of ledgers that were corrected, moved, withdrawn. Papers signed before they did are
    /// made again without.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keys: bool,
    /// The templates it was made with, by name: the digest of each one's content, which stands in the log.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
}

/// A report that was missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenReport {
    /// Which: unit, day, round.
    #[serde(flatten)]
    pub key: ReportKey,
    /// When it was due.
    pub deadline: Ts,
    /// Whole minutes past that.
    pub minutes_late: i64,
    /// Calls made about it.
    pub chases: u32,
    /// Of the latest of these, how many in a row were not answered.
    pub unanswered: u32,
    /// How many reports the unit owed; of earlier programs, within 24 hours.
    pub missing: u32,
    /// The open promise that falls due first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Ts>,
}

/// Somebody about whom something was to be acted on; the sheet's own words are left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenFindings {
    /// Whose.
    pub person: PersonId,
    /// When the first of them came.
    pub since: Ts,
    /// What, in the order of the days.
    pub found: Vec<Finding>,
}

/// What was due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenDue {
    /// What it was.
    pub what: ItemKind,
    /// Which: the promise, the case of a slot, the follow-up that said the office would call again.
    pub id: Uuid,
    /// About whom, by id; absent for an unknown caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// When it was due.
    pub at: Ts,
    /// `coming`, `open` or `missed`.
    pub state: String,
    /// How many slots were missed, the oldest then. Papers from before slots were counted name each by itself.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missed: u32,
    /// Of what is due in a ledger, who was to be told by then, as the declaration writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub told: String,
    /// Of what is due in a ledger, that its entry has it due several times: its time tells one from another.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub several: bool,
}

impl FrozenDue {
    /// Which thing was due.
    pub fn item(&self) -> Item {
        Item {
            kind: self.what,
            id: self.id,
            at: (self.what == ItemKind::Slot || self.several).then_some(self.at),
        }
    }
}

/// A unit that was called in the shift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenCalls {
    /// Which.
    pub unit: UnitId,
    /// How many times.
    pub calls: u32,
    /// The last one.
    pub last: FollowUpId,
}

/// The digest under which a template's content is known.
pub fn template_digest(content: &str) -> String {
    blake3::hash(content.as_bytes()).to_hex().to_string()
}
