//! The shift handover as plain data. Cut from the log by shift: a range of `desk_seq`.

use crate::domain::ids::{OfficerId, ShiftId};
use crate::domain::report::Round;
use crate::domain::time::Ts;
use crate::store::query::rows::{CaseRow, DueRow, OutstandingRow};
use chrono::NaiveDate;

/// The handover of one shift.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The office's name.
    pub office: String,
    /// Whether it rehearses; printed on every paper.
    pub rehearsal: bool,
    /// The shift.
    pub shift: ShiftId,
    /// Who hands over.
    pub officer: OfficerId,
    /// By name.
    pub officer_name: String,
    /// Since when.
    pub started_at: Ts,
    /// When the paper was cut.
    pub cut_at: Ts,
    /// First and last op of the shift, as numbers on this desk.
    pub seq: (i64, i64),
    /// The head code of the log as it stood.
    pub head: String,
    /// Today and the round in play.
    pub day: NaiveDate,
    /// The round in play.
    pub round: Round,
    /// Counts.
    pub counts: Counts,
    /// Units that have not reported.
    pub outstanding: Vec<OutstandingRow>,
    /// Open promises and the slots that are due or missed, in time order.
    pub due: Vec<DueRow>,
    /// Cases opened or changed in this shift.
    pub changed_cases: Vec<CaseRow>,
    /// Cases that are due for release.
    pub due_release: Vec<CaseRow>,
    /// Units called in this shift: name, calls, last outcome's code, last words.
    pub units_called: Vec<UnitCalled>,
    /// What happened, in time order: one line an op.
    pub happened: Vec<Happened>,
}

/// How much happened, and how much is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Units expected to report in the round.
    pub expected: u32,
    /// Received.
    pub received: u32,
    /// Follow-ups logged in the shift.
    pub followups: u32,
    /// Of these, not reached.
    pub not_reached: u32,
    /// Reports received in the shift.
    pub reports: u32,
    /// Cases opened in the shift.
    pub cases_opened: u32,
    /// Cases released in the shift.
    pub cases_released: u32,
    /// Open cases now.
    pub cases: u32,
    /// Open promises now.
    pub promises: u32,
    /// Notes written in the shift.
    pub notes: u32,
    /// Ops recorded in the shift.
    pub ops: u32,
}

/// A unit that was called in the shift.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitCalled {
    /// Name.
    pub name: String,
    /// How many times.
    pub calls: u32,
    /// What came of the last one.
    pub outcome: crate::domain::followup::Outcome,
    /// What was said in the last one.
    pub words: String,
}

/// One line of what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Its number on this desk.
    pub seq: i64,
    /// When it happened.
    pub at: Ts,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// The first event, to be put into words.
    pub event: crate::log::event::Event,
    /// It was taken back later.
    pub undone: bool,
}
