//! What is said to units that have not reported (催报).

use super::doubt::DoubtRow;
use super::status::DayFigures;
use crate::domain::ids::UnitId;
use crate::domain::report::Round;
use crate::domain::time::{Calendar, Ts};
use chrono::NaiveDate;

/// What a message to units is made from, as of one snapshot. Nothing of it is about a person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chasing {
    /// The office's name.
    pub office: String,
    /// Whether it rehearses.
    pub rehearsal: bool,
    /// Who is on duty; empty for nobody.
    pub officer: String,
    /// The desk's number; empty where none is set.
    pub phone: String,
    /// How reports are sent; empty where nothing is set.
    pub send_by: String,
    /// How the office reads the clock.
    pub calendar: Calendar,
    /// As of when.
    pub at: Ts,
    /// The office's rounds by name; empty when it has but one, which needs none.
    pub rounds: Vec<(Round, String)>,
    /// How the reports of the day in force stand.
    pub force: Option<DayFigures>,
    /// How those stand whose deadline comes next.
    pub running: Option<DayFigures>,
    /// The units that owe a report or of which one is awaited, by code.
    pub units: Vec<Chased>,
}

/// A unit that owes a report, or of which one is awaited.
#[derive(Debug, Clone, PartialEq)]
pub struct Chased {
    /// Which.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Short name, else the name.
    pub short: String,
    /// Liaison.
    pub liaison: String,
    /// The reports that it owes, the oldest first.
    pub owed: Vec<Wanted>,
    /// The one whose deadline comes next.
    pub awaited: Option<Wanted>,
    /// On how many of the days that the rule looks at its report was late or missing.
    pub behind: u32,
    /// Whether it is usually late, by the rule in force.
    pub usually_late: bool,
    /// When the report is promised for, where that is still to come.
    pub promise: Option<Ts>,
}

/// A report that is wanted of a unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// Of which day.
    pub day: NaiveDate,
    /// Of which round.
    pub round: Round,
    /// When it was or is due of this unit.
    pub due: Ts,
}

/// Rows of a sheet in force that were not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Of which day.
    pub day: NaiveDate,
    /// Of which round.
    pub round: Round,
    /// How many.
    pub rows: u32,
}

/// What the message to one unit is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitMatters {
    /// What every message is made from; its units are this one, where anything is wanted of it.
    pub chasing: Chasing,
    /// Which unit.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Short name, else the name.
    pub short: String,
    /// Liaison.
    pub liaison: String,
    /// Rows of its last days that were not taken in and did not come again, the oldest first.
    pub refused: Vec<Refused>,
    /// Open doubts about it and its people, the most pressing first.
    pub doubts: Vec<DoubtRow>,
}
