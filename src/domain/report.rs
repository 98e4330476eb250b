//! Daily reports (日报) and the readings in them.

use super::codes;
use super::ids::{PersonId, UnitId};
use super::time::Ts;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Where a unit's report for one day and round stands.
    ReportStatus {
        /// 未报: nothing yet, and the deadline has not passed.
        Awaited = "awaited",
        /// 未报, and the deadline has passed.
        Outstanding = "outstanding",
        /// 已报: rows, in time.
        Received = "received",
        /// 零报告: "nothing to report", said in time.
        Zero = "zero",
        /// 迟报: received after the deadline.
        Late = "late",
        /// The unit does not report.
        NotExpected = "not-expected",
        /// 免报: it did not come and need not, by an act with a reason.
        Excused = "excused",
        /// 核销: it did not come and is no longer asked for, by an act with a reason.
        WrittenOff = "written-off",
    }
}

codes! {
    /// How a report came.
    ReportForm {
        /// Rows of a sheet.
        Rows = "rows",
        /// A zero report said by telephone or message.
        Zero = "zero",
        /// Received outside the program (paper, chat), without its rows.
        Marked = "marked",
    }
}

/// Tenths of a degree as they are written and read aloud: `37.3`.
pub fn degrees(tenths: i16) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

codes! {
    /// How the debt of a report that did not come was ended.
    Excuse {
        /// 免报: the unit need not report; it counts as not expected.
        Excused = "excused",
        /// 核销: it should have come and will not; it stays missing in the figures of its day.
        WrittenOff = "written-off",
    }
}

codes! {
    /// How somebody stands to a version of a report.
    Standing {
        /// In it, as in the one before; or there is none before.
        Listed = "listed",
        /// In it, and not in the one before.
        Added = "added",
        /// In the one before, and not in it.
        Dropped = "dropped",
        /// Of the unit, and not in it.
        Missing = "missing",
    }
}

/// Which report: a unit, a day and a round of that day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReportKey {
    /// Whose.
    pub unit: UnitId,
    /// The day it is due on.
    pub day: NaiveDate,
    /// The round of that day.
    pub round: Round,
}

/// The code of a round: `day`, `am`, `pm` …; at most 16 ASCII letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Round(pub String);

impl Round {
    /// The round code, if well formed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.len() <= 16 && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_ascii_lowercase()))
    }
}

impl Default for Round {
    fn default() -> Self {
        Self("day".to_owned())
    }
}

impl std::fmt::Display for Round {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

codes! {
    /// Where on the body a temperature was taken.
    Site {
        /// 腋温
        Axillary = "axillary",
        /// 额温
        Forehead = "forehead",
        /// 耳温
        Ear = "ear",
        /// 口温
        Oral = "oral",
    }
}

/// One person's row in one report. The fields that are queried are typed; every other column of the form is in
/// `rest`, by canonical field name, as the form's canonical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whose.
    pub person: PersonId,
    /// The unit whose report this row belongs to.
    pub unit: UnitId,
    /// The day of the report.
    pub day: NaiveDate,
    /// The round of the report.
    pub round: Round,
    /// Form file and version the row was read with, e.g. `staff` and 3.
    pub form: FormRef,
    /// Morning temperature in tenths of a degree Celsius.
    pub temp_am: Option<i16>,
    /// Afternoon temperature in tenths of a degree Celsius.
    pub temp_pm: Option<i16>,
    /// Where on the body it was taken.
    pub site: Option<Site>,
    /// Current place as `省市区县`, joined.
    pub place: Option<String>,
    /// In Hubei now, as answered.
    pub in_hubei: Option<bool>,
    /// Whether the day had a journey, as answered.
    pub left_city: Option<bool>,
    /// Current state, as the form's code.
    pub status: Option<String>,
    /// The form's other columns in the form's column order; empty where not answered.
    pub rest: Vec<String>,
}

/// A form file and its version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormRef {
    /// The form's name: the file's stem in `data/forms/` without the version.
    pub name: String,
    /// Its version, from 1.
    pub version: u16,
}

impl ReportStatus {
    /// Where the report of a unit that is expected to report stands at `now`: `received` is when the first one
    /// happened to come and how; one that came at the deadline itself is in time.
    pub fn judge(received: Option<(Ts, ReportForm)>, deadline: Ts, now: Ts) -> Self {
        match received {
            None if now > deadline => Self::Outstanding,
            None => Self::Awaited,
            Some((at, _)) if at > deadline => Self::Late,
            Some((_, ReportForm::Zero)) => Self::Zero,
            Some((_, ReportForm::Rows | ReportForm::Marked)) => Self::Received,
        }
    }

    /// How a report stands that did not come and whose debt was ended.
    pub fn ended(how: Excuse) -> Self {
        match how {
            Excuse::Excused => Self::Excused,
            Excuse::WrittenOff => Self::WrittenOff,
        }
    }

    /// Where a unit stands of whose reports of one day these are how each stands: as the worst of them. One that need
    /// not come says nothing beside another.
    pub fn of_all(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().min_by_key(|status| match status {
            Self::Outstanding => 0,
            Self::WrittenOff => 1,
            Self::Awaited => 2,
            Self::Late => 3,
            Self::Received => 4,
            Self::Zero => 5,
            Self::Excused => 6,
            Self::NotExpected => 7,
        })
    }

    /// Whether the report is one of those that were expected.
    pub fn is_expected(self) -> bool {
        !matches!(self, Self::NotExpected | Self::Excused)
    }

    /// Whether it was expected, its deadline has passed and nothing came; also when it is no longer asked for.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Outstanding | Self::WrittenOff)
    }

    /// Whether something came.
    pub fn is_received(self) -> bool {
        matches!(self, Self::Received | Self::Zero | Self::Late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_judged_by_when_it_came() {
        use ReportStatus::{Awaited, Late, Outstanding, Received, Zero};
        let deadline = Ts(1000);
        let judge = |received, now| ReportStatus::judge(received, deadline, Ts(now));
        assert_eq!(judge(None, 1000), Awaited);
        assert_eq!(judge(None, 1001), Outstanding);
        assert_eq!(judge(Some((Ts(1000), ReportForm::Rows)), 5000), Received);
        assert_eq!(judge(Some((Ts(1000), ReportForm::Marked)), 5000), Received);
        assert_eq!(judge(Some((Ts(900), ReportForm::Zero)), 5000), Zero);
        // A zero said late is late.
        assert_eq!(judge(Some((Ts(1001), ReportForm::Zero)), 5000), Late);
        assert!(!Outstanding.is_received());
    }

    #[test]
    fn of_several_rounds_the_worst_counts_and_an_excused_one_says_nothing() {
        use ReportStatus::{Awaited, Excused, Late, Outstanding, Received, WrittenOff, Zero};
        for (all, one) in [
            (vec![Received, Outstanding], Outstanding),
            (vec![Zero, Late], Late),
            (vec![Excused, Received], Received),
            (vec![Excused, Excused], Excused),
            (vec![WrittenOff, Awaited], WrittenOff),
        ] {
            assert_eq!(ReportStatus::of_all(all.iter().copied()), Some(one), "{all:?}");
        }
        assert_eq!(ReportStatus::of_all([]), None);
        assert!(WrittenOff.is_missing() && WrittenOff.is_expected() && !Excused.is_expected());
    }
}
