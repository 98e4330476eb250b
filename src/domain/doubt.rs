//! Contradictions in what was reported (存疑): each with its two values, where each comes from, and who must be phoned.
//!
//! What a unit's sheets say is looked through in the order of the days, once, by a [`Watch`]; what it remembers reaches
//! back [`REMEMBERED`] days, so that it may begin anywhere and comes to the same. A doubt ends by an answer, or by a later
//! sheet that says otherwise; time ends nothing. What stands as 待处置 ([`super::finding`]) is told there and not here.

pub mod kind;
mod signs;
mod watch;

pub use kind::{Check, Urgency};
pub use watch::{Remembered, Row, Step, Watch};

use super::codes;
use super::followup::Channel;
use super::ids::{DoubtId, PersonId, Subject, UnitId};
use super::report::{Round, degrees};
use super::rules::Rules;
use super::time::{Ts, day_number};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// How a doubt was answered.
    Answer {
        /// 按原报: what was sent is so.
        Confirmed = "confirmed",
        /// 更正: it is otherwise.
        Corrected = "corrected",
        /// 待复: asked, and promised for later.
        Deferred = "deferred",
    }
}

/// How many days back a sheet is compared with those before it.
pub const REMEMBERED: i64 = 14;

/// From how many people with an unchanged row on the unit itself is asked, once.
pub const BLOCK: usize = 5;

/// One of the two values that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Value {
    /// The field it stands in: canonical; `case`, `rows`, `sheet` and the like for what is no answer of a form.
    pub field: String,
    /// Of which day.
    pub day: NaiveDate,
    /// As it was answered, in the form's canonical text.
    pub said: String,
}

impl Value {
    /// A value of a field on a day.
    pub fn new(field: &str, day: NaiveDate, said: impl Into<String>) -> Self {
        Self { field: field.to_owned(), day, said: said.into() }
    }
}

/// A contradiction. In the log it stands without its id, which is derived from it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Doubt {
    /// Derived from everything below but the days of the values: the same contradiction is the same doubt.
    pub id: DoubtId,
    /// Whose: a person, or a unit.
    pub about: Subject,
    /// The unit whose report it stands in.
    pub unit: UnitId,
    /// Which contradiction.
    pub check: Check,
    /// The day of the report.
    pub day: NaiveDate,
    /// Its round.
    pub round: Round,
    /// What it is held against.
    pub one: Value,
    /// What was sent.
    pub other: Value,
}

/// A contradiction as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    about: Subject,
    unit: UnitId,
    check: Check,
    day: NaiveDate,
    round: Round,
    one: Value,
    other: Value,
}

impl From<Written> for Doubt {
    fn from(w: Written) -> Self {
        Self::new(w.about, w.unit, w.check, (w.day, &w.round), (w.one, w.other))
    }
}

impl From<Doubt> for Written {
    fn from(d: Doubt) -> Self {
        let Doubt { about, unit, check, day, round, one, other, .. } = d;
        Self { about, unit, check, day, round, one, other }
    }
}

impl Doubt {
    /// The doubt that these values are.
    pub fn new(
        about: Subject,
        unit: UnitId,
        check: Check,
        (day, round): (NaiveDate, &Round),
        (one, other): (Value, Value),
    ) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("zhiban doubt id v1");
        hasher.update(about.id().as_bytes());
        hasher.update(unit.bytes());
        hasher.update(&day_number(day).to_le_bytes());
        // How many it is of a unit may change without another question: that it is confirmed holds for the report.
        let counted = check.is_of_a_unit() || (check == Check::Unchanged && about.person().is_none());
        let values = [&one.field, &one.said, &other.field, &other.said].map(String::as_str);
        let values = if counted { &[][..] } else { &values[..] };
        for text in [check.code(), &round.0].into_iter().chain(values.iter().copied()) {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        let id = DoubtId(uuid::Builder::from_custom_bytes(bytes).into_uuid());
        Self { id, about, unit, check, day, round: round.clone(), one, other }
    }

    /// Whose it is, if a person's.
    pub fn person(&self) -> Option<PersonId> {
        self.about.person()
    }

    /// How soon it must be asked, by the rule of its day.
    pub fn urgency(&self, rules: &Rules) -> Urgency {
        rules.doubting(self.check, self.day).map_or(Urgency::Routine, |(rule, _)| rule.urgency)
    }

    /// Whether both are the same contradiction, told again on a later day: then it goes on. A temperature is taken anew
    /// each day.
    fn goes_on(&self, before: &Self) -> bool {
        self.check == before.check
            && self.about == before.about
            && match self.check {
                Check::FeverSaidWell => self.day == before.day && self.one.said == before.one.said,
                Check::Unchanged | Check::FlatTemperatures | Check::SameMinute | Check::SameRows => true,
                _ => self.one.said == before.one.said && self.other.said == before.other.said,
            }
    }

    /// The fields of the sheet that may be wrong: what can be corrected.
    pub fn fields(&self) -> &'static [&'static str] {
        // A unit's doubt is about many rows.
        if self.person().is_none() {
            return &[];
        }
        match self.check {
            Check::FeverSaidWell => &["temp_am", "temp_pm", "symptoms", "status"],
            // A number is corrected where the person's is kept.
            Check::HubeiDenied => &["in_hubei", "place", "via_hubei", "destination"],
            Check::CaseUnsaid => &["status", "observed_how", "observed_from"],
            Check::Moved => &["place", "left_city", "left_on", "destination", "returned_on"],
            Check::Household => &["household"],
            Check::ReturnBeforeLeaving => &["left_on", "returned_on"],
            Check::Unchanged => &["temp_am", "temp_pm", "place", "symptoms", "status"],
            // Which of the two rows is wrong the sheet must say again.
            Check::ListedTwice
            | Check::MissingFromSheet
            | Check::ZeroContradicted
            | Check::FlatTemperatures
            | Check::SameMinute
            | Check::SameRows => &[],
        }
    }
}

/// A case under a measure of which the sheet of a day says "well, not observed".
pub fn case_unsaid(
    person: PersonId,
    unit: UnitId,
    report: (NaiveDate, &Round),
    (measure, since): (&str, NaiveDate),
    status: &str,
) -> Doubt {
    let values = (Value::new("case", since, measure), Value::new("status", report.0, status));
    Doubt::new(Subject::Person(person), unit, Check::CaseUnsaid, report, values)
}

/// "Nothing to report", held against how many of the unit's people are under a measure, told of being unwell, or are to
/// be acted on; nothing where there are none.
pub fn zero_contradicted(unit: UnitId, report: (NaiveDate, &Round), told: [(&str, u32); 3]) -> Option<Doubt> {
    let (field, n) = told.into_iter().find(|(_, n)| *n > 0)?;
    let values = (Value::new(field, report.0, n.to_string()), Value::new("zero", report.0, ""));
    Some(Doubt::new(Subject::Unit(unit), unit, Check::ZeroContradicted, report, values))
}

/// What is done about a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolve {
    /// What was sent is so.
    Confirm {
        /// Who said so.
        told_by: String,
        /// What was said.
        words: String,
    },
    /// It is otherwise.
    Correct {
        /// Which field of the sheet: one of [`Doubt::fields`].
        field: String,
        /// What it should say, in the form's canonical text; nothing when it should say nothing.
        value: String,
        /// Who said so.
        told_by: String,
        /// What was said.
        words: String,
    },
    /// It was asked, and the answer is promised.
    Defer {
        /// By which way.
        channel: Channel,
        /// Who promised.
        told_by: String,
        /// By when.
        due: Ts,
        /// What was said.
        words: String,
    },
}

impl Resolve {
    /// How it is answered by that.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Confirm { .. } => Answer::Confirmed,
            Self::Correct { .. } => Answer::Corrected,
            Self::Defer { .. } => Answer::Deferred,
        }
    }
}

/// A temperature's canonical text, as it stands in a value.
fn temp(tenths: i16) -> String {
    degrees(tenths)
}

/// How accurate what was received is, and how fast doubts are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accuracy {
    /// The last day of which readings came, where none of today have come yet: the figures are of that day then.
    pub earlier: Option<NaiveDate>,
    /// Readings received of the day.
    pub readings: u32,
    /// Those of them whose person has an open doubt.
    pub doubted: u32,
    /// Doubts that were answered today, as sent or otherwise.
    pub answered: u32,
    /// Whole minutes from a doubt to its answer: the middle one of those answered in the last fortnight.
    pub median: Option<i64>,
}

impl Accuracy {
    /// Readings without an open doubt ÷ readings received, in tenths of a percent; none where nothing was received. What
    /// is not all is never called all.
    pub fn permille(self) -> Option<u32> {
        let sound = u64::from(self.readings.saturating_sub(self.doubted));
        (self.readings > 0).then(|| u32::try_from(sound * 1000 / u64::from(self.readings)).unwrap_or(1000))
    }
}

/// The middle one of some whole minutes; of two in the middle, the longer.
pub fn median(mut minutes: Vec<i64>) -> Option<i64> {
    minutes.sort_unstable();
    minutes.get(minutes.len() / 2).copied()
}

/// All that decides what is a doubt, apart from the code: to be held against the version of the tables.
#[cfg(test)]
pub fn judged_by() -> String {
    format!("{REMEMBERED} {BLOCK} {:?}", Check::ALL)
}

#[cfg(test)]
mod tests;
