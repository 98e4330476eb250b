//! Calls, promises, and what is at hand when the telephone rings.

use super::case::CaseDetail;
use super::found::FoundRow;
use crate::domain::ask::{Doubt, Question};
use crate::domain::case::{Measure, Observation};
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::ids::{FollowUpId, OpRef, PromiseId, Subject, UnitId};
use crate::domain::mask::Private;
use crate::domain::phone::Whose;
use crate::domain::report::{Round, Site};
use crate::domain::time::Ts;
use chrono::NaiveDate;

/// One call, of a person, a unit or nobody known.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRow {
    /// Identity.
    pub id: FollowUpId,
    /// The op it was logged in.
    pub op: OpRef,
    /// When.
    pub at: Ts,
    /// Which officer.
    pub officer: String,
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty for nobody known.
    pub name: String,
    /// By which way.
    pub channel: Channel,
    /// Who answered.
    pub answered_by: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What was said.
    pub words: String,
    /// The number, when not the subject's own.
    pub number: Private,
    /// Its promise.
    pub promise: Option<PromiseRow>,
    /// When the office means to call again.
    pub next_contact: Option<Ts>,
    /// It chased a report.
    pub chase: bool,
    /// The temperature that was told, tenths of a degree.
    pub temp: Option<i16>,
    /// Where it was taken.
    pub site: Option<Site>,
}

/// A call from nobody known, still without a subject (待核实来电).
#[derive(Debug, Clone, PartialEq)]
pub struct CallerRow {
    /// The call.
    pub call: CallRow,
    /// How often its number was called back.
    pub called_back: u32,
    /// The last of these: when, and what came of it.
    pub last_back: Option<(Ts, Outcome)>,
}

/// A promise.
#[derive(Debug, Clone, PartialEq)]
pub struct PromiseRow {
    /// Identity.
    pub id: PromiseId,
    /// When it falls due.
    pub due: Ts,
    /// How it ended, if it did.
    pub end: Option<PromiseEnd>,
}

/// A number to dial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNumber {
    /// Whose: what is somebody's own is private.
    pub role: Whose,
    /// Who answers it, where that is not the person.
    pub who: String,
    /// The number; none of who answers for a person, where only the name is known.
    pub number: Private,
    /// The call it was written down with, when it is nobody's on record.
    pub call: Option<FollowUpId>,
}

impl CallNumber {
    /// The number as it is shown: a private one whole only when that was logged.
    pub fn shown(&self, revealed: bool) -> String {
        if self.role.is_open() || revealed { self.number.reveal().to_owned() } else { self.number.masked() }
    }
}

/// What the form of a follow-up shows above its fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dial {
    /// What to dial, the likeliest first.
    pub numbers: Vec<CallNumber>,
    /// A person's unit; empty for the others.
    pub unit: String,
    /// Open promises, the soonest first, with what was said.
    pub promises: Vec<(PromiseRow, String)>,
    /// A person with an open case.
    pub has_case: bool,
    /// When the call from nobody known told of a fever, or of being unwell.
    pub unwell: Option<Ts>,
    /// The units for which a person answers, by name, and as what.
    pub answers_for: Vec<(String, Whose)>,
    /// The reports that are past their deadline, of the unit or of those a person answers for; the oldest first.
    pub owed: Vec<Debt>,
    /// Of a person under a measure, the oldest slot that was missed, and how many were.
    pub missed: Option<(Ts, u32)>,
    /// The slot that is open.
    pub open: Option<Ts>,
    /// What was ordered in the open case, and the count of its days.
    pub case: Option<(Measure, Option<Observation>)>,
    /// The last call with them.
    pub last: Option<CallRow>,
}

/// A report that is past its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt {
    /// Of which day.
    pub day: NaiveDate,
    /// Of which round.
    pub round: Round,
    /// When it was due of this unit.
    pub due: Ts,
}

/// Somebody who has the number that calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Owner {
    /// In what way.
    pub role: Whose,
    /// Who.
    pub row: FoundRow,
}

/// What somebody who calls is to a unit, and what that unit owes.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Which unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// As what: its liaison or its head.
    pub role: Whose,
    /// By name.
    pub who: String,
    /// The reports it owes, the oldest first.
    pub owed: Vec<(NaiveDate, Round)>,
    /// Its open promises, the soonest first, with what was said.
    pub promises: Vec<(PromiseRow, String)>,
}

/// What is at hand about a caller before the second sentence (来电即档).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CallCard {
    /// The number as it was typed, digits only; empty when a name was asked for.
    pub number: String,
    /// Everybody who has it, the likeliest first; for a name, the one asked for.
    pub owners: Vec<Owner>,
    /// The units for which the caller answers, with what they owe: seen before anything about the person.
    pub duties: Vec<Duty>,
    /// The last three calls with this number or the first owner, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises of the first owner (or made from this number), the soonest first, with what was said.
    pub promises: Vec<(PromiseRow, String)>,
    /// The first owner's open case.
    pub case: Option<CaseDetail>,
    /// Contradictions in what is known of the first owner.
    pub doubts: Vec<Doubt>,
    /// The next thing to ask.
    pub ask: Option<Question>,
}
