//! Contradictions in what was reported.

use crate::domain::doubt::{Answer, Doubt, Urgency};
use crate::domain::ids::{OpRef, PromiseId, UnitId};
use crate::domain::mask::Private;
use crate::domain::report::Round;
use crate::domain::time::Ts;
use chrono::NaiveDate;

/// One line of the doubts: what, whose, and whom to phone.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtRow {
    /// What.
    pub doubt: Doubt,
    /// How soon it must be asked.
    pub urgency: Urgency,
    /// Staff or student number; the unit's code of one about a unit.
    pub no: String,
    /// The person's name, or the unit's.
    pub name: String,
    /// The unit's name.
    pub unit: String,
    /// The person's own number.
    pub phone: Private,
    /// The unit's liaison.
    pub liaison: String,
    /// The liaison's number.
    pub liaison_phone: String,
    /// When the report came.
    pub came: Ts,
    /// The promise that it waits for, and when that falls due.
    pub deferred: Option<(PromiseId, Ts)>,
    /// Pinyin keys of the name.
    pub keys: String,
}

/// What became of a doubt: it was answered, or a later sheet ended it.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtEnd {
    /// What was doubted.
    pub doubt: Doubt,
    /// When.
    pub at: Ts,
    /// How it was answered; by a later sheet when absent.
    pub how: Option<Answered>,
    /// The day of the sheet that ended it.
    pub by: Option<NaiveDate>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// How.
    pub how: Answer,
    /// In which op.
    pub op: OpRef,
    /// By which officer.
    pub officer: String,
    /// Who said so.
    pub told_by: String,
    /// What was said.
    pub words: String,
}

/// A value of a reading that was found to be otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Whose report the reading stands in.
    pub unit: UnitId,
    /// The report's day.
    pub day: NaiveDate,
    /// Its round.
    pub round: Round,
    /// Which field.
    pub field: String,
    /// As it was sent.
    pub old: String,
    /// As it is.
    pub new: String,
    /// When it was said.
    pub at: Ts,
    /// Who said so.
    pub told_by: String,
}
