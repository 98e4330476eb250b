//! Attention cases (重点关注) and the counting of observation days.

use super::codes;
use super::ids::{CaseId, PersonId};
use super::time::{Ts, add_days};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a person has the office's attention. A case may have several.
    Category {
        /// 湖北返回
        BackFromHubei = "back-from-hubei",
        /// 滞留湖北
        InHubei = "in-hubei",
        /// 接触确诊或疑似
        Contact = "contact",
        /// 同乘同住
        SharedTrip = "shared-trip",
        /// 发热或症状
        Fever = "fever",
        /// 居家观察
        HomeObservation = "home-observation",
        /// 集中（医学）隔离
        CentralIsolation = "central-isolation",
        /// 校内观察
        CampusObservation = "campus-observation",
        /// 疑似
        Suspected = "suspected",
        /// 确诊
        Confirmed = "confirmed",
        /// 心理
        Psychological = "psychological",
        /// 其他
        Other = "other",
    }
}

codes! {
    /// What has been ordered for the person.
    Measure {
        /// 居家观察
        Home = "home",
        /// 校内隔离
        Campus = "campus",
        /// 集中隔离
        Central = "central",
        /// 医学隔离
        Medical = "medical",
        /// 住院
        Hospital = "hospital",
        /// 仅跟踪: no measure, only follow-up.
        None = "none",
    }
}

codes! {
    /// Where a case stands.
    CaseState {
        /// 观察中: days are being counted.
        Observing = "observing",
        /// 期满待解除: the calendar says the days are over; nobody has signed.
        DueForRelease = "due-for-release",
        /// 跟踪中: without a counted period.
        Following = "following",
        /// 已解除: signed by a person.
        Released = "released",
    }
}

/// What is said of a case when it is opened or changed. `None` in a change means "unchanged".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFacts {
    /// Every reason, in the order given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Category>>,
    /// What has been ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Where it is carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The day observation began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    /// The last unprotected contact: day 0 of the count. Counted from `start` when not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_exposure: Option<NaiveDate>,
    /// How many days are counted (14 by the rules in force when it was opened); 0 counts none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i32>,
    /// The person answering for them (包保责任人).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Free words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl CaseFacts {
    /// Takes over every field that `change` names.
    pub fn merge(&mut self, change: &Self) {
        super::unit::merge_fields!(
            self,
            change,
            categories,
            measure,
            place,
            start,
            last_exposure,
            days,
            contact,
            note,
        );
    }

    /// The day from which days are counted (day 0): the last exposure, else the start.
    pub fn day_zero(&self) -> Option<NaiveDate> {
        self.last_exposure.or(self.start)
    }

    /// The count of observation days on `today`.
    ///
    /// Rule: 14 days from the last unprotected contact (day 0); last day = contact + 14; due for release from
    /// day 15 (`data/rules.toml`, `observation`).
    pub fn observation(&self, today: NaiveDate) -> Option<Observation> {
        let total = self.days.filter(|days| *days > 0)?;
        let zero = self.day_zero()?;
        let day = (today - zero).num_days() as i32;
        Some(Observation { day, total, last_day: add_days(zero, i64::from(total)) })
    }
}

/// The counted days of a case on some day: 第 `day`/`total` 天.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// The day it is: 0 on the day of the last contact; more than `total` once it is over.
    pub day: i32,
    /// How many are counted.
    pub total: i32,
    /// The last day of observation.
    pub last_day: NaiveDate,
}

impl Observation {
    /// Whether the calendar says the days are over.
    pub fn is_over(self) -> bool {
        self.day > self.total
    }

    /// The day as shown: never more than the total.
    pub fn shown_day(self) -> i32 {
        self.day.clamp(0, self.total)
    }
}

/// When a case stood under a measure: from when to when, in time order; a last one without an end still runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Measured(pub Vec<(Ts, Option<Ts>)>);

impl Measured {
    /// Takes over what was said at `at` of the measure, in the order of the log; nothing said changes nothing.
    pub fn set(&mut self, at: Ts, measure: Option<Measure>) {
        let Some(measure) = measure else { return };
        // What was entered late does not reach back into what was said before it.
        let at = self.0.last().map_or(at, |(from, to)| at.max(to.unwrap_or(*from)));
        match (measure, self.0.last_mut()) {
            (Measure::None, Some((_, to @ None))) => *to = Some(at),
            (Measure::None, _) | (_, Some((_, None))) => {}
            _ => self.0.push((at, None)),
        }
    }

    /// What of it lies between the opening of a case and its release.
    #[must_use]
    pub fn within(self, opened: Ts, released: Option<Ts>) -> Self {
        let first = |from: Ts, to: Option<Ts>| match (to, released) {
            (Some(to), Some(released)) => (from.max(opened), Some(to.min(released))),
            (to, released) => (from.max(opened), to.or(released)),
        };
        let spans = self.0.into_iter().map(|(from, to)| first(from, to));
        Self(spans.filter(|(from, to)| to.is_none_or(|to| *from < to)).collect())
    }

    /// Since when it stands under a measure now.
    pub fn since(&self) -> Option<Ts> {
        self.0.last().filter(|(_, to)| to.is_none()).map(|(from, _)| *from)
    }
}

/// A case as it now stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// Whose.
    pub person: PersonId,
    /// What is said of it.
    pub facts: CaseFacts,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(said: &[(i64, Option<Measure>)], released: Option<i64>) -> Measured {
        let mut out = Measured::default();
        for (at, measure) in said {
            out.set(Ts(*at), *measure);
        }
        out.within(Ts(10), released.map(Ts))
    }

    #[test]
    fn a_measure_runs_from_its_order_to_its_end() {
        let home = Some(Measure::Home);
        let open = measured(&[(10, home), (20, None), (30, Some(Measure::Central))], None);
        assert_eq!((open.0.as_slice(), open.since()), ([(Ts(10), None)].as_slice(), Some(Ts(10))));
        let again = measured(&[(10, home), (20, Some(Measure::None)), (30, home)], Some(40));
        assert_eq!(again.0, [(Ts(10), Some(Ts(20))), (Ts(30), Some(Ts(40)))]);
        assert_eq!(again.since(), None);
        assert_eq!(measured(&[(10, Some(Measure::None))], None).since(), None);
        assert_eq!(measured(&[(10, None)], None).0, []);
    }

    #[test]
    fn what_was_entered_late_makes_no_time_that_never_was() {
        let late = measured(
            &[(20, Some(Measure::Home)), (15, Some(Measure::None)), (12, Some(Measure::Home))],
            Some(18),
        );
        assert_eq!(late.0, []);
        assert_eq!(measured(&[(5, Some(Measure::Home))], None).since(), Some(Ts(10)));
    }
}
