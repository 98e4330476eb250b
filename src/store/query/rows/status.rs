//! What is always visible.

use crate::domain::ids::{OfficerId, ShiftId, UnitId};
use crate::domain::report::Round;
use crate::domain::time::Ts;
use chrono::NaiveDate;

/// What is always visible: who, when, and the counters of what is wrong.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// The office's name.
    pub office: String,
    /// Whether it rehearses.
    pub rehearsal: bool,
    /// The open shift: who and since when.
    pub shift: Option<ShiftHead>,
    /// Every officer, by name.
    pub officers: Vec<(OfficerId, String)>,
    /// What each of them may do.
    pub roles: Vec<(OfficerId, crate::domain::officer::Role)>,
    /// Whether anybody was made a lead: else everybody counts as one.
    pub has_roles: bool,
    /// Those of them who have a PIN.
    pub pins: Vec<OfficerId>,
    /// Those whose PIN others took away, with when and by whom, as long as they set none.
    pub pins_taken: Vec<(OfficerId, Ts, Vec<String>)>,
    /// When it was asked for.
    pub now: Ts,
    /// Today, by the office's day boundary.
    pub day: NaiveDate,
    /// The round that is being collected.
    pub round: Round,
    /// When the round's reports are due.
    pub deadline: Ts,
    /// The day in force: the last of which a deadline has passed. None before the first.
    pub force: Option<DayFigures>,
    /// The reports that run: those whose deadline comes next. None after the day's last.
    pub running: Option<DayFigures>,
    /// Units expected to report on the day in force.
    pub expected: u32,
    /// Of these, received (in time, late or zero).
    pub received: u32,
    /// Units that owe a report past its deadline, of whatever day.
    pub outstanding: u32,
    /// What each of these owes.
    pub owed: Vec<UnitOwes>,
    /// Open cases.
    pub cases: u32,
    /// Of these, 期满待解除.
    pub due_release: u32,
    /// Open promises.
    pub promises: u32,
    /// Of these, past their time.
    pub promises_overdue: u32,
    /// Slots due now and not done.
    pub slots_open: u32,
    /// People of whom a slot was missed, today or before, and who were not heard since.
    pub slots_missed: u32,
    /// People about whom something is to be acted on: a fever, Hubei, a contact or feeling unwell without a case.
    pub findings: u32,
    /// Contradictions in what was reported that are open.
    pub doubts: u32,
    /// Calls from nobody known, still without a subject.
    pub unattached: u32,
    /// Entries of the open shift before which the clock went back or leapt ahead.
    pub clock_jumps: u32,
    /// Events of kinds this program does not know.
    pub unknown_events: u32,
    /// Days since it was last tried whether a backup can be restored, or since the office began, when those are many.
    pub drill_due: Option<u32>,
    /// People on the roster.
    pub people: u32,
    /// Units.
    pub units: u32,
}

impl Status {
    /// What a unit owes; nothing when it owes nothing.
    pub fn owed_by(&self, unit: UnitId) -> Option<&UnitOwes> {
        self.owed.iter().find(|owes| owes.unit == unit)
    }

    /// The first and the last day of which a report is owed.
    pub fn owed_days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.owed.iter().flat_map(|owes| owes.reports.iter().map(|(day, _)| *day));
        days().min().zip(days().max())
    }
}

/// How the reports of one day stand; units, each once however many rounds the day has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayFigures {
    /// The day.
    pub day: NaiveDate,
    /// The round that was due last, or is due next.
    pub round: Round,
    /// Its deadline.
    pub deadline: Ts,
    /// Units expected to report.
    pub expected: u32,
    /// Of these, received: all that was due.
    pub received: u32,
    /// Of these, past the deadline without a report; also when it is no longer asked for.
    pub missing: u32,
    /// Of these, not yet due.
    pub awaited: u32,
    /// Of those that came, that nothing is to be told (零报告).
    pub zero: u32,
    /// Of those that came, after the deadline.
    pub late: u32,
}

/// What a unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitOwes {
    /// Which.
    pub unit: UnitId,
    /// How many reports.
    pub all: u32,
    /// Day and round of the oldest of them.
    pub reports: Vec<(NaiveDate, Round)>,
}

impl UnitOwes {
    /// How many of a unit's are named.
    pub const NAMED: usize = 31;
}

/// A shift and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftHead {
    /// Identity.
    pub id: ShiftId,
    /// Who.
    pub officer: OfficerId,
    /// By name.
    pub name: String,
    /// Since when.
    pub started_at: Ts,
}
