//! The read structs of the situation report and of the told book.

use crate::domain::case::Measure;
use crate::domain::followup::Channel;
use crate::domain::ids::{SitrepId, ToldId, UnitId};
use crate::domain::letterhead::Letterhead;
use crate::domain::mask::masked_words;
use crate::domain::person::PersonKind;
use crate::domain::sitrep::check::BadSum;
use crate::domain::sitrep::told::Difference;
use crate::domain::sitrep::{Figures, Sitrep};
use crate::domain::time::{Calendar, Ts};
use crate::say::Say;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Which situation report is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SitrepAsk {
    /// The day; the day in force when absent.
    pub day: Option<NaiveDate>,
    /// Minutes after midnight at which the day begins; the office's own when absent.
    pub boundary: Option<i32>,
}

/// A situation report with what is needed to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct SitrepView {
    /// The office's name.
    pub office: String,
    /// Whether it rehearses.
    pub rehearsal: bool,
    /// How the office reads the clock.
    pub calendar: Calendar,
    /// When the office began: what was ever counted is counted from there.
    pub began: Ts,
    /// The figures.
    pub report: Sitrep,
    /// Names of units by their ids as in the keys.
    pub units: BTreeMap<String, String>,
    /// The sums that do not hold; none in a sound report.
    pub bad: Vec<BadSum>,
    /// What was told of the same day before, the newest first.
    pub told: Vec<ToldRow>,
    /// What is no longer as it was told last.
    pub differences: Vec<ToldDifference>,
    /// As which it was sent; none while it is only looked at.
    pub sent: Option<SentRow>,
}

/// A situation report that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentRow {
    /// Identity.
    pub id: SitrepId,
    /// When.
    pub at: Ts,
    /// By whom.
    pub officer: String,
    /// To whom, as it was written: what is shown is [`SentRow::to`].
    pub written_to: String,
    /// By which way.
    pub channel: Channel,
    /// The day it tells of.
    pub day: NaiveDate,
    /// Where that day begins, minutes after midnight.
    pub boundary: i32,
    /// Open cases in it.
    pub current: i64,
    /// The report that it corrects.
    pub corrects: Option<SitrepId>,
    /// Why it was sent again.
    pub reason: String,
    /// The report that corrects this one, the latest if several do.
    pub corrected_by: Option<SitrepId>,
    /// How it was headed and signed.
    pub letterhead: Letterhead,
}

impl SentRow {
    /// To whom, with any number hidden.
    pub fn to(&self) -> Cow<'_, str> {
        masked_words(&self.written_to)
    }
}

/// What an entry of the told book is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldKind {
    /// Figures told by mouth.
    Figures(ToldId),
    /// A situation report that was sent.
    Sitrep(SitrepId),
    /// A correction of one.
    Correction(SitrepId),
}

/// One entry of the told book (口径簿).
#[derive(Debug, Clone, PartialEq)]
pub struct ToldRow {
    /// What it is.
    pub kind: ToldKind,
    /// When.
    pub at: Ts,
    /// By whom.
    pub officer: String,
    /// To whom, as it was written: what is shown is [`ToldRow::to`].
    pub written_to: String,
    /// By which way.
    pub channel: Channel,
    /// The day of the figures.
    pub day: NaiveDate,
    /// Where that day begins, minutes after midnight.
    pub boundary: i32,
    /// What was told; of a report, the figures that are said aloud.
    pub figures: Figures,
    /// What was written beside them; of a correction, the reason.
    pub words: String,
    /// What of it is otherwise now, where that was asked for.
    pub against: Vec<ToldDifference>,
}

impl ToldRow {
    /// To whom, with any number hidden.
    pub fn to(&self) -> Cow<'_, str> {
        masked_words(&self.written_to)
    }
}

/// A figure that is no longer what was told last, with names.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldDifference {
    /// Which figure, then and now.
    pub difference: Difference,
    /// The name of its row.
    pub row: Say,
    /// Who came to it.
    pub added: Vec<BehindRow>,
    /// Who left it.
    pub removed: Vec<BehindRow>,
}

impl ToldDifference {
    /// Who was told, with any number hidden.
    pub fn to(&self) -> Cow<'_, str> {
        masked_words(&self.difference.to)
    }
}

/// Somebody, or a unit, behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindRow {
    /// Identity.
    pub id: Uuid,
    /// Staff or student number; a unit's code.
    pub no: String,
    /// Name; empty when it was erased or taken back.
    pub name: String,
    /// The person's unit; the unit above a unit.
    pub unit: String,
    /// What the person is to the school.
    pub kind: Option<PersonKind>,
    /// The measure of the person's open case.
    pub measure: Option<Measure>,
}

impl BehindRow {
    /// Whether nothing is known of it any more.
    pub fn is_gone(&self) -> bool {
        self.name.is_empty() && self.no.is_empty()
    }
}

/// Since when something is told as new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// Since it was told last, to whom.
    Told(String),
    /// Since the shift began.
    Shift,
    /// For the last 24 hours.
    Day,
}

/// What to say in thirty seconds: what changed since somebody was told last.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoken {
    /// The present moment.
    pub now: Ts,
    /// How the office reads the clock.
    pub calendar: Calendar,
    /// Since when it is told.
    pub since: Ts,
    /// Why since then.
    pub why: Since,
    /// Open cases then: as told, else as they were.
    pub before: i64,
    /// Open cases now.
    pub current: i64,
    /// Opened since.
    pub new: i64,
    /// Released since.
    pub released: i64,
    /// Confirmed cases in hand.
    pub confirmed: i64,
    /// Suspected cases in hand that are not confirmed.
    pub suspected: i64,
    /// Cases with fever or symptoms among their reasons that came to have them since.
    pub fever_new: i64,
    /// People under a measure who are not well by what was heard of them last.
    pub unwell: i64,
    /// People with a fever by a sheet, of any day, for whom nobody has opened a case or dismissed it.
    pub feverish: i64,
    /// People of whom sheets brought something else that is to be acted on, and no fever.
    pub found: i64,
    /// Where the reports stand.
    pub reports: SpokenReports,
    /// People of whom slots were missed, and who were not heard since.
    pub missed: u32,
    /// Promises past their time.
    pub promises_overdue: u32,
    /// Calls that the office meant to make by now.
    pub calls_overdue: u32,
    /// Questions left at handovers, without an answer.
    pub questions: u32,
    /// Calls from nobody known, still without a subject.
    pub unknown: u32,
    /// Cases due for release.
    pub due_release: u32,
    /// Figures that may be said aloud: those that are said are recorded when they are told.
    pub figures: Figures,
    /// The day of these figures.
    pub day: NaiveDate,
    /// Where that day begins, minutes after midnight.
    pub boundary: i32,
}

/// Where the reports of the units stand, to be said aloud.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpokenReports {
    /// The last day a deadline of which has passed; none where nothing was expected of it.
    pub in_force: Option<DayReports>,
    /// Units that owe reports of other days and none of that day: of days before it, or of today by an hour of their own.
    pub earlier: Vec<OwingUnit>,
    /// The day that runs, while none of its deadlines has passed.
    pub running: Option<Running>,
}

impl SpokenReports {
    /// How many units are late with any report.
    pub fn late(&self) -> usize {
        let of_day = self.in_force.iter().flat_map(|day| &day.missing);
        let units: BTreeSet<UnitId> = of_day.chain(&self.earlier).map(|unit| unit.unit).collect();
        units.len()
    }
}

/// What was expected of a day and came. Units, however many rounds the day has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayReports {
    /// Which.
    pub day: NaiveDate,
    /// Units expected to report.
    pub expected: i64,
    /// Of these, those that sent everything that was due by now.
    pub received: i64,
    /// Those that are late with any of it.
    pub missing: Vec<OwingUnit>,
    /// How many sent nothing and are asked no more: what they owed was written off.
    pub written_off: i64,
}

/// A unit that owes a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwingUnit {
    /// Which.
    pub unit: UnitId,
    /// By its short name.
    pub name: String,
    /// The day of the report.
    pub day: NaiveDate,
    /// Whether anybody called about it.
    pub chased: bool,
}

/// The reports of a day before its deadline: nobody is late yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Units expected to report.
    pub expected: i64,
    /// Units that have reported already.
    pub received: i64,
    /// When the first reports are due.
    pub deadline: Ts,
}
