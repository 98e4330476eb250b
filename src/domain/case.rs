//! Attention cases (重点关注) and the counting of observation days.

use super::codes;
use super::ids::{CaseId, PersonId};
use super::report::Site;
use super::rules::Rules;
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

impl Category {
    /// How far forward those with it stand in a list: 确诊 first, then 疑似, then all others.
    pub fn rank(all: &[Self]) -> u8 {
        match () {
            () if all.contains(&Self::Confirmed) => 0,
            () if all.contains(&Self::Suspected) => 1,
            () => 2,
        }
    }
}

impl Measure {
    /// What is ordered for somebody with these reasons when nothing else is said: by the gravest of them.
    pub fn usual(categories: &[Category]) -> Self {
        use Category as C;
        const USUAL: [(Category, Measure); 6] = [
            (C::Confirmed, Measure::Hospital),
            (C::Suspected, Measure::Medical),
            (C::CentralIsolation, Measure::Central),
            (C::CampusObservation, Measure::Campus),
            (C::HomeObservation, Measure::Home),
            (C::Fever, Measure::Home),
        ];
        let only_followed = |category: &Category| matches!(category, C::Psychological | C::Other);
        match USUAL.iter().find(|(category, _)| categories.contains(category)) {
            Some((_, measure)) => *measure,
            None if !categories.is_empty() && categories.iter().all(only_followed) => Self::None,
            None => Self::Home,
        }
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

codes! {
    /// What stands against releasing a case: it then takes a second yes.
    Against {
        /// 未期满: the days are still being counted.
        NotOver = "not-over",
        /// 确诊
        Confirmed = "confirmed",
        /// 疑似
        Suspected = "suspected",
        /// 近三日有发热
        Fever = "fever",
        /// 有存疑未核实
        Doubts = "doubts",
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

    /// What a new case has where nothing else is said: the measure that its reasons usually have, counted from today
    /// (or from the day that is said) for as many days as the rules in force then say; without a measure nothing is
    /// counted. The form on the desk and the command line both ask here.
    #[must_use]
    pub fn completed(&self, today: NaiveDate, rules: &Rules) -> Self {
        let mut facts = self.clone();
        let categories = facts.categories.as_deref().unwrap_or_default();
        let measure = *facts.measure.get_or_insert_with(|| Measure::usual(categories));
        facts.start = facts.start.or(Some(today));
        facts.days = facts.days.or_else(|| match measure {
            Measure::None => Some(0),
            _ => rules.observation_days(facts.day_zero().unwrap_or(today)),
        });
        facts
    }

    /// What is wrong or odd about the days that `change` says, once it is merged into these facts; what it does not
    /// name is not looked at again. Those that cannot be come first.
    pub fn slips(&self, change: &Self, today: NaiveDate) -> Vec<DateSlip> {
        let said = [(CaseDay::LastExposure, change.last_exposure), (CaseDay::Start, change.start)];
        let said = || said.iter().filter_map(|(which, day)| day.map(|day| (*which, day)));
        let mut out: Vec<DateSlip> =
            said().filter(|(_, day)| *day > today).map(|(which, day)| DateSlip::Future(which, day)).collect();
        let back = |day: NaiveDate| (today - day).num_days();
        out.extend(
            said()
                .filter(|(_, day)| back(*day) > FAR_BACK)
                .map(|(which, day)| DateSlip::FarBack(which, day, back(day))),
        );
        if change.last_exposure.is_some() || change.start.is_some() || change.days.is_some() {
            let mut merged = self.clone();
            merged.merge(change);
            let over = |facts: &Self| facts.observation(today).filter(|o| o.is_over());
            // A case that is due already does not become so by a change.
            if let Some(observation) = over(&merged).filter(|_| over(self).is_none()) {
                out.push(DateSlip::OverAtOnce(observation.last_day));
            }
        }
        out
    }

    /// What stands against releasing the case on `today`, of somebody who had a fever in the last days or about whom
    /// there are open doubts.
    pub fn against(&self, today: NaiveDate, fever: bool, doubts: bool) -> Vec<Against> {
        let has = |category| self.categories.as_ref().is_some_and(|all| all.contains(&category));
        let stands = [
            (Against::NotOver, self.observation(today).is_some_and(|on| !on.is_over())),
            (Against::Confirmed, has(Category::Confirmed)),
            (Against::Suspected, has(Category::Suspected)),
            (Against::Fever, fever),
            (Against::Doubts, doubts),
        ];
        stands.into_iter().filter(|(_, stands)| *stands).map(|(against, _)| against).collect()
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

/// How many days back a day may lie before it is asked about: twice the longest observation, and a month.
const FAR_BACK: i64 = 60;

/// Which day of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseDay {
    /// The last unprotected contact.
    LastExposure,
    /// The day observation began.
    Start,
}

/// What may be a slip in the days of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSlip {
    /// The day has not come: it cannot be.
    Future(CaseDay, NaiveDate),
    /// The day is long past: so many days back.
    FarBack(CaseDay, NaiveDate, i64),
    /// The case would be due for release at once: its last day is over.
    OverAtOnce(NaiveDate),
}

impl DateSlip {
    /// Whether a second yes may pass it.
    pub fn may_be_meant(self) -> bool {
        !matches!(self, Self::Future(..))
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

/// A fever that stands against a release, with what made it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecentFever {
    /// Its day.
    pub day: NaiveDate,
    /// Tenths of a degree Celsius.
    pub tenths: i16,
    /// Where it was taken.
    pub site: Option<Site>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(category: Category) -> CaseFacts {
        CaseFacts { categories: Some(vec![category]), ..CaseFacts::default() }
    }

    #[test]
    fn a_new_case_has_what_its_reason_usually_has() {
        let today = day("2020-02-17");
        let whole = |facts: CaseFacts| facts.completed(today, Rules::builtin());
        let fever = whole(of(Category::Fever));
        assert_eq!((fever.measure, fever.days, fever.start), (Some(Measure::Home), Some(14), Some(today)));
        assert_eq!(whole(of(Category::Confirmed)).measure, Some(Measure::Hospital));
        assert_eq!(whole(of(Category::CentralIsolation)).measure, Some(Measure::Central));
        let heard = whole(of(Category::Psychological));
        assert_eq!((heard.measure, heard.days), (Some(Measure::None), Some(0)));
        // The gravest reason decides, and what is said stands.
        let both = CaseFacts {
            categories: Some(vec![Category::Fever, Category::Suspected]),
            days: Some(21),
            ..CaseFacts::default()
        };
        let both = whole(both);
        assert_eq!((both.measure, both.days), (Some(Measure::Medical), Some(21)));
        let later = CaseFacts { last_exposure: Some(day("2022-06-30")), ..of(Category::Contact) };
        assert_eq!(later.completed(day("2022-07-01"), Rules::builtin()).days, Some(10));
    }

    #[test]
    fn a_day_that_may_be_a_slip_is_told() {
        let today = day("2020-02-17");
        let new = |start: &str, exposed: Option<&str>| {
            let facts = CaseFacts {
                start: Some(day(start)),
                last_exposure: exposed.map(day),
                days: Some(14),
                ..CaseFacts::default()
            };
            CaseFacts::default().slips(&facts, today)
        };
        assert_eq!(new("2020-02-17", None), []);
        assert_eq!(new("2020-02-17", Some("2020-02-03")), [], "the last day is today");
        assert_eq!(new("2020-02-17", Some("2020-02-02")), [DateSlip::OverAtOnce(day("2020-02-16"))]);
        assert_eq!(
            new("2020-02-18", Some("2020-02-19")),
            [
                DateSlip::Future(CaseDay::LastExposure, day("2020-02-19")),
                DateSlip::Future(CaseDay::Start, day("2020-02-18")),
            ]
        );
        assert_eq!(new("2019-12-19", Some("2020-02-16")), [], "sixty days are not asked about");
        assert_eq!(
            new("2019-12-18", None),
            [
                DateSlip::FarBack(CaseDay::Start, day("2019-12-18"), 61),
                DateSlip::OverAtOnce(day("2020-01-01")),
            ]
        );
    }

    #[test]
    fn a_change_is_asked_about_what_it_says() {
        let today = day("2020-02-17");
        let known = CaseFacts {
            start: Some(day("2019-12-01")),
            last_exposure: Some(day("2019-12-01")),
            days: Some(14),
            ..CaseFacts::default()
        };
        let words = CaseFacts { note: Some("x".to_owned()), ..CaseFacts::default() };
        assert_eq!(known.slips(&words, today), []);
        // Due already: changing the days to another past end is no new surprise.
        let days = CaseFacts { days: Some(7), ..CaseFacts::default() };
        assert_eq!(known.slips(&days, today), []);
        let running = CaseFacts { last_exposure: Some(day("2020-02-10")), ..known.clone() };
        assert_eq!(running.slips(&days, today), [], "the last day is today");
        let fewer = CaseFacts { days: Some(6), ..CaseFacts::default() };
        assert_eq!(running.slips(&fewer, today), [DateSlip::OverAtOnce(day("2020-02-16"))]);
        assert!(DateSlip::OverAtOnce(today).may_be_meant());
        assert!(!DateSlip::Future(CaseDay::Start, today).may_be_meant());
    }

    #[test]
    fn confirmed_and_suspected_stand_first() {
        let rank = Category::rank;
        assert_eq!(rank(&[Category::Fever, Category::Confirmed]), 0);
        assert_eq!(rank(&[Category::Suspected]), 1);
        assert_eq!(rank(&[Category::Fever]), 2);
        assert_eq!(rank(&[]), 2);
    }

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
