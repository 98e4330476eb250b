//! Units, what they owe, and the reports they sent.

use super::call::{CallRow, PromiseRow};
use super::doubt::DoubtRow;
use super::ledger::EntryOf;
use super::person::NoteRow;
use crate::domain::doubt::Accuracy;
use crate::domain::feedback::Fared;
use crate::domain::followup::Outcome;
use crate::domain::ids::UnitId;
use crate::domain::report::{ReportForm, ReportKey, ReportStatus, Round};
use crate::domain::time::Ts;
use crate::domain::unit::Unit;
use chrono::NaiveDate;

/// One line of the units table.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow {
    /// Identity.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Short name, else the name.
    pub short: String,
    /// Name of the unit above, empty at the top.
    pub parent: String,
    /// How deep in the tree: 0 at the top.
    pub depth: u16,
    /// Liaison.
    pub liaison: String,
    /// The liaison's number; never masked.
    pub phone: String,
    /// People in it (not in those below it).
    pub people: u32,
    /// Where its report of the day in force stands.
    pub status: ReportStatus,
    /// When its report came.
    pub received_at: Option<Ts>,
    /// How many people stand in it, where it says who; the last of several rounds.
    pub rows: Option<u32>,
    /// Where the report stands that is being collected now.
    pub current: ReportStatus,
    /// Where the report stands whose deadline comes next; none after the day's last.
    pub running: Option<ReportStatus>,
    /// Open cases among its people.
    pub cases: u32,
    /// How its reports of the last thirty days stood, the oldest first; today is last.
    pub strip: Vec<Option<ReportStatus>>,
    /// Full pinyin and initials of the name, for filtering (`jisuanji jsj`).
    pub keys: String,
}

/// One line of the outstanding table: a unit that owes a report, or of which one is awaited.
#[derive(Debug, Clone, PartialEq)]
pub struct OutstandingRow {
    /// Identity.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Liaison.
    pub liaison: String,
    /// The liaison's number; never masked.
    pub phone: String,
    /// Head (第一责任人), who is next after two unanswered calls.
    pub head: String,
    /// The head's number; never masked.
    pub head_phone: String,
    /// The oldest report that it owes, else the one that is still awaited.
    pub key: ReportKey,
    /// How many reports it owes, of whatever day.
    pub missing: u32,
    /// When it was due.
    pub deadline: Ts,
    /// Whole minutes past the deadline; negative before it.
    pub minutes_late: i64,
    /// Calls made about the reports that it owes (催报).
    pub chases: u32,
    /// Of the latest of these, how many in a row were not answered.
    pub unanswered: u32,
    /// The open promise that falls due first.
    pub promise: Option<Ts>,
    /// Days in a row, up to the one before the day in force, on which its report was late or missing.
    pub streak: u32,
    /// How its reports of the last fortnight stood, the oldest first; today is last.
    pub strip: Vec<Option<ReportStatus>>,
    /// Pinyin keys of the name.
    pub keys: String,
    /// How often it was called, what was said last, what it promised.
    pub heard: UnitHeard,
}

/// What was heard of a unit lately.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitHeard {
    /// Open promises.
    pub promises: u32,
    /// Calls of today, whatever they were about.
    pub calls: u32,
    /// The last call: when, what came of it, what was said, with any number hidden.
    pub last: Option<(Ts, Outcome, String)>,
}

/// Everything known of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitSheet {
    /// The unit as it stands.
    pub unit: Unit,
    /// Name of the unit above.
    pub parent: String,
    /// Name of the officer who answers for it.
    pub officer: String,
    /// Where its report of the day in force stands.
    pub status: ReportStatus,
    /// Where the report stands that is being collected now.
    pub current: ReportStatus,
    /// Day and round of each report that it owes, the oldest first.
    pub owed: Vec<(NaiveDate, Round)>,
    /// People in it.
    pub people: u32,
    /// Open cases.
    pub cases: u32,
    /// Reports of the last days, the newest first.
    pub reports: Vec<ReportRow>,
    /// Calls with the unit, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises, the soonest first.
    pub promises: Vec<PromiseRow>,
    /// Notes about it.
    pub notes: Vec<NoteRow>,
    /// What ledgers hold of it, the newest first.
    pub entries: Vec<EntryOf>,
    /// Open doubts about it and its people, the most pressing first.
    pub doubts: Vec<DoubtRow>,
    /// How accurate today's readings of it are.
    pub accuracy: Accuracy,
    /// How its reports fared lately.
    pub fared: Fared,
}

/// One report of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRow {
    /// The day.
    pub day: NaiveDate,
    /// The round.
    pub round: Round,
    /// Where it stands.
    pub status: ReportStatus,
    /// When the first one came.
    pub received_at: Option<Ts>,
    /// How.
    pub form: Option<ReportForm>,
    /// Rows in the one in force.
    pub rows: u32,
    /// How often it was corrected.
    pub corrections: u32,
}
