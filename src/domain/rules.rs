//! Rules with their sources and validity, from `data/rules.toml`.
//!
//! No number of a rule stands in code: rules changed several times in 2020, and an office may have its own. Every
//! lookup takes the day it asks about, so that an old day is still judged by the rules of that day.

use super::doubt::kind::{Check, Urgency};
use super::office::RoundSetting;
use super::report::{Round, Site};
use super::text::line_at;
use super::time::parse_hhmm;
use chrono::NaiveDate;
use serde::Deserialize;
use std::sync::OnceLock;

/// The rules as shipped: their text, adopted into the log when an office first uses them.
pub const BUILTIN: &str = include_str!("../../data/rules.toml");

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name, unique in the file.
    pub id: String,
    /// What it says.
    pub what: What,
    /// Where it comes from; printed beside it.
    pub source: String,
    /// How good the source is.
    pub quality: String,
    /// The first day it is valid on.
    pub valid_from: NaiveDate,
    /// The last day it is valid on; no end when absent.
    pub valid_to: Option<NaiveDate>,
    /// Whether the office uses it.
    pub enabled: bool,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Days of observation, one number a stage (集中 + 居家).
    Observation(Vec<i32>),
    /// At or above so many tenths of a degree Celsius, taken there, is a fever.
    Fever(Site, i16),
    /// Times of day at which each observed person is due a call, minutes after midnight, in time order.
    Slots(Vec<i32>),
    /// By when the report of a round is due, minutes after midnight.
    Deadline(Round, i32),
    /// Unanswered calls in a row after which the unit's head is next.
    Chase(u32),
    /// Late or missing reports in a row that are pointed out.
    Streak(u32),
    /// A unit is usually late: its report was late or missing on at least so many of the last so many days.
    UsuallyLate(UsuallyLate),
    /// A contradiction that is looked for (存疑).
    Doubt(Doubting),
}

/// From when on a unit is reminded before the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsuallyLate {
    /// On at least so many days its report was late or missing …
    pub late: u32,
    /// … of the last so many.
    pub days: u32,
}

/// How a contradiction is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubting {
    /// Which.
    pub check: Check,
    /// How soon it must be asked.
    pub urgency: Urgency,
    /// On how many days in a row the same is one too many; none where that is not looked at.
    pub days: u32,
    /// Fewer temperatures than these in a report tell nothing.
    pub readings: u32,
    /// Temperatures no further apart than so many tenths of a degree are as good as one.
    pub spread: i16,
    /// At least so many percent of them.
    pub share: u32,
    /// So many people one after the other.
    pub people: u32,
    /// Area codes of telephones in Hubei.
    pub area_codes: Vec<String>,
}

/// A set of rules.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    /// In the order of the file.
    pub rules: Vec<Rule>,
}

/// A rule as it stands in the file: every kind's values, so that a misspelt key is found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    kind: String,
    source: String,
    #[serde(default)]
    quality: String,
    valid_from: String,
    valid_to: Option<String>,
    #[serde(default = "yes")]
    enabled: bool,
    stages: Option<Vec<i32>>,
    site: Option<Site>,
    celsius: Option<f64>,
    times: Option<Vec<String>>,
    round: Option<String>,
    time: Option<String>,
    unanswered: Option<u32>,
    late: Option<u32>,
    days: Option<u32>,
    check: Option<Check>,
    urgency: Option<Urgency>,
    area_codes: Option<Vec<String>>,
    readings: Option<u32>,
    spread: Option<f64>,
    share: Option<u32>,
    people: Option<u32>,
}

/// What is wrong with a rules file. The words for it are in `i18n::rules`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not TOML, or not of this shape: the line, counted from 1, and its text.
    Malformed(usize, String),
    /// A rule lacks a field, or has a wrong value in it.
    Field {
        /// Which rule.
        id: String,
        /// Which field.
        field: &'static str,
    },
    /// Two rules have this id.
    SameId(String),
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Entry>,
}

impl Rules {
    /// The rules as shipped.
    pub fn builtin() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        // The test `the_shipped_rules_are_well_formed` holds that they parse; none at all would still run the desk.
        RULES.get_or_init(|| Self::parse(BUILTIN).unwrap_or_default())
    }

    /// Reads a rules file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let file: File = toml::from_str(text).map_err(|wrong| {
            let line = line_at(text, wrong.span());
            let said = text.lines().nth(line - 1).unwrap_or_default().trim();
            Fault::Malformed(line, said.to_owned())
        })?;
        let mut rules: Vec<Rule> = Vec::with_capacity(file.rule.len());
        for entry in file.rule {
            if rules.iter().any(|rule| rule.id == entry.id) {
                return Err(Fault::SameId(entry.id));
            }
            rules.push(entry.read()?);
        }
        Ok(Self { rules })
    }

    /// The rule in force on `day` among those that `wanted` picks: the one that came last.
    fn in_force<T>(&self, day: NaiveDate, wanted: impl Fn(&What) -> Option<T>) -> Option<(T, &Rule)> {
        self.rules
            .iter()
            .filter(|rule| rule.enabled && rule.covers(day))
            .filter_map(|rule| wanted(&rule.what).map(|value| (value, rule)))
            .max_by_key(|(_, rule)| rule.valid_from)
    }

    /// Days of observation counted for a case whose last contact is on `day`.
    pub fn observation_days(&self, day: NaiveDate) -> Option<i32> {
        self.observation(day).map(|(stages, _)| stages.iter().sum())
    }

    /// The stages of observation, and the rule they come from.
    pub fn observation(&self, day: NaiveDate) -> Option<(Vec<i32>, &Rule)> {
        self.in_force(day, |what| match what {
            What::Observation(stages) => Some(stages.clone()),
            _ => None,
        })
    }

    /// From how many tenths of a degree a temperature taken at `site` is a fever. A site without a rule of its
    /// own, or not told, is judged as axillary.
    pub fn fever(&self, site: Option<Site>, day: NaiveDate) -> Option<i16> {
        let at = |wanted: Site| {
            self.in_force(day, |what| match what {
                What::Fever(site, tenths) if *site == wanted => Some(*tenths),
                _ => None,
            })
            .map(|(tenths, _)| tenths)
        };
        site.and_then(at).or_else(|| at(Site::Axillary))
    }

    /// Whether `tenths` of a degree, taken at `site` on `day`, is a fever.
    pub fn is_fever(&self, tenths: i16, site: Option<Site>, day: NaiveDate) -> bool {
        self.fever(site, day).is_some_and(|from| tenths >= from)
    }

    /// The slots of a day, minutes after midnight, in time order.
    pub fn slots(&self, day: NaiveDate) -> Vec<i32> {
        self.in_force(day, |what| match what {
            What::Slots(times) => Some(times.clone()),
            _ => None,
        })
        .map(|(times, _)| times)
        .unwrap_or_default()
    }

    /// The rounds of a new office with their deadlines, in time order.
    pub fn rounds(&self, day: NaiveDate) -> Vec<RoundSetting> {
        let mut rounds: Vec<RoundSetting> = Vec::new();
        for rule in &self.rules {
            let What::Deadline(round, _) = &rule.what else { continue };
            if rounds.iter().any(|known| known.round == *round) {
                continue;
            }
            let found = self.in_force(day, |what| match what {
                What::Deadline(other, minute) if other == round => Some(*minute),
                _ => None,
            });
            if let Some((deadline, _)) = found {
                rounds.push(RoundSetting { round: round.clone(), name: String::new(), deadline });
            }
        }
        rounds.sort_by_key(|round| round.deadline);
        rounds
    }

    /// After how many unanswered calls in a row the unit's head is next.
    pub fn unanswered_before_head(&self, day: NaiveDate) -> Option<u32> {
        self.in_force(day, |what| match what {
            What::Chase(unanswered) => Some(*unanswered),
            _ => None,
        })
        .map(|(unanswered, _)| unanswered)
    }

    /// How a contradiction is looked for on `day`, with the rule that says so; not at all when none is in force.
    pub fn doubting(&self, check: Check, day: NaiveDate) -> Option<(&Doubting, &Rule)> {
        let rule = self
            .rules
            .iter()
            .filter(|rule| rule.enabled && rule.covers(day))
            .filter(|rule| matches!(&rule.what, What::Doubt(doubting) if doubting.check == check))
            .max_by_key(|rule| rule.valid_from)?;
        let What::Doubt(doubting) = &rule.what else { return None };
        Some((doubting, rule))
    }

    /// From when on a unit is usually late; never where no rule says so.
    pub fn usually_late(&self, day: NaiveDate) -> Option<UsuallyLate> {
        self.in_force(day, |what| match what {
            What::UsuallyLate(rule) => Some(*rule),
            _ => None,
        })
        .map(|(rule, _)| rule)
    }

    /// From how many late or missing reports in a row a unit is pointed out.
    pub fn streak_from(&self, day: NaiveDate) -> Option<u32> {
        self.in_force(day, |what| match what {
            What::Streak(days) => Some(*days),
            _ => None,
        })
        .map(|(days, _)| days)
    }
}

impl Rule {
    /// Whether the rule is valid on `day`.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

impl Entry {
    fn read(self) -> Result<Rule, Fault> {
        let id = self.id.clone();
        let wrong = |field: &'static str| Fault::Field { id: id.clone(), field };
        let what = self.what().map_err(wrong)?;
        let valid_from = date(&self.valid_from).ok_or_else(|| wrong("valid_from"))?;
        let valid_to = match &self.valid_to {
            None => None,
            Some(text) => Some(date(text).filter(|to| *to >= valid_from).ok_or_else(|| wrong("valid_to"))?),
        };
        if self.source.trim().is_empty() {
            return Err(wrong("source"));
        }
        Ok(Rule {
            id: self.id,
            what,
            source: self.source,
            quality: self.quality,
            valid_from,
            valid_to,
            enabled: self.enabled,
        })
    }

    /// What the rule says, or the field that is missing or wrong.
    fn what(&self) -> Result<What, &'static str> {
        match self.kind.as_str() {
            "observation" => {
                let stages = self.stages.clone().ok_or("stages")?;
                let sane = !stages.is_empty() && stages.iter().all(|days| (1..=365).contains(days));
                sane.then_some(What::Observation(stages)).ok_or("stages")
            }
            "fever" => {
                let site = self.site.ok_or("site")?;
                let celsius = self.celsius.filter(|c| (34.0..=43.0).contains(c)).ok_or("celsius")?;
                Ok(What::Fever(site, (celsius * 10.0).round() as i16))
            }
            "slots" => {
                let times = self.times.as_ref().ok_or("times")?;
                let minutes: Option<Vec<i32>> = times.iter().map(|time| time_of_day(time)).collect();
                let mut minutes = minutes.ok_or("times")?;
                minutes.sort_unstable();
                minutes.dedup();
                Ok(What::Slots(minutes))
            }
            "deadline" => {
                let round = self.round.as_deref().and_then(Round::parse).ok_or("round")?;
                let minute = self.time.as_deref().and_then(parse_hhmm).ok_or("time")?;
                Ok(What::Deadline(round, minute))
            }
            "chase" => self.unanswered.filter(|n| *n > 0).map(What::Chase).ok_or("unanswered"),
            "doubt" => {
                let check = self.check.ok_or("check")?;
                let urgency = self.urgency.ok_or("urgency")?;
                // What is repeated is so from the second day on, and no longer than sheets are remembered.
                let repeats = matches!(check, Check::Unchanged | Check::FlatTemperatures | Check::SameMinute);
                let days = among(self.days, repeats, 2..=7, "days")?;
                let flat = check == Check::FlatTemperatures;
                let readings = among(self.readings, flat, 5..=1000, "readings")?;
                // Of half of them as many others might be said.
                let share = among(self.share, flat, 51..=100, "share")?;
                let tenths = self.spread.map(|celsius| (celsius * 10.0).round());
                let tenths =
                    tenths.map(|tenths| if (0.0..=10.0).contains(&tenths) { tenths as u32 } else { 99 });
                let spread = among(tenths, flat, 0..=10, "spread")? as i16;
                let people = among(self.people, check == Check::SameRows, 3..=1000, "people")?;
                let area_codes = self.area_codes.clone().unwrap_or_default();
                let is_code = |code: &String| {
                    code.starts_with('0')
                        && (3..=4).contains(&code.len())
                        && code.bytes().all(|b| b.is_ascii_digit())
                };
                if !area_codes.iter().all(is_code) {
                    return Err("area_codes");
                }
                let how = Doubting { check, urgency, days, readings, spread, share, people, area_codes };
                Ok(What::Doubt(how))
            }
            "usually-late" => {
                let days = self.days.filter(|n| (1..=14).contains(n)).ok_or("days")?;
                let late = self.late.filter(|n| (1..=days).contains(n)).ok_or("late")?;
                Ok(What::UsuallyLate(UsuallyLate { late, days }))
            }
            "streak" => self.days.filter(|n| *n > 0).map(What::Streak).ok_or("days"),
            _ => Err("kind"),
        }
    }
}

/// A number of a doubt: within its range where it is looked at, and not given elsewhere.
fn among(
    number: Option<u32>,
    wanted: bool,
    range: std::ops::RangeInclusive<u32>,
    field: &'static str,
) -> Result<u32, &'static str> {
    match number {
        Some(number) if wanted && range.contains(&number) => Ok(number),
        None if !wanted => Ok(0),
        _ => Err(field),
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

fn time_of_day(text: &str) -> Option<i32> {
    parse_hhmm(text).filter(|minute| *minute < 24 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::say::Lang;

    fn day(text: &str) -> NaiveDate {
        date(text).unwrap()
    }

    #[test]
    fn the_shipped_rules_are_well_formed() {
        let rules = Rules::parse(BUILTIN).unwrap();
        assert_eq!(&rules, Rules::builtin());
        assert!(rules.rules.iter().all(|rule| !rule.source.is_empty() && !rule.quality.is_empty()));
        let today = day("2020-02-17");
        assert_eq!(rules.slots(today), [540, 960]);
        assert_eq!(rules.rounds(today)[0].deadline, 600);
        assert_eq!(rules.unanswered_before_head(today), Some(2));
        assert_eq!(rules.streak_from(today), Some(2));
        assert_eq!(rules.usually_late(today), Some(UsuallyLate { late: 3, days: 7 }));
    }

    #[test]
    fn observation_days_follow_the_day() {
        let rules = Rules::builtin();
        let on = |text| rules.observation_days(day(text));
        assert_eq!(on("2020-02-17"), Some(14));
        assert_eq!(on("2022-06-27"), Some(14));
        assert_eq!(on("2022-06-28"), Some(10));
        assert_eq!(on("2022-11-11"), Some(8));
        assert_eq!(on("2019-12-31"), None);
        assert_eq!(rules.observation(day("2022-07-01")).unwrap().0, [7, 3]);
    }

    #[test]
    fn a_fever_depends_on_where_it_was_taken() {
        let rules = Rules::builtin();
        let today = day("2020-02-17");
        assert!(rules.is_fever(373, Some(Site::Axillary), today));
        assert!(!rules.is_fever(372, Some(Site::Axillary), today));
        assert!(rules.is_fever(368, Some(Site::Forehead), today));
        assert!(!rules.is_fever(367, Some(Site::Forehead), today));
        assert!(!rules.is_fever(372, None, today));
        assert!(rules.is_fever(373, Some(Site::Ear), today));
    }

    const OWN: &str = r#"
        [[rule]]
        id = "a"
        kind = "observation"
        stages = [14]
        valid_from = "2020-01-20"
        source = "x"
        [[rule]]
        id = "b"
        kind = "observation"
        stages = [21]
        valid_from = "2020-02-01"
        source = "x"
    "#;

    #[test]
    fn the_later_rule_wins_unless_switched_off() {
        let on = day("2020-02-17");
        assert_eq!(Rules::parse(OWN).unwrap().observation_days(on), Some(21));
        let off = OWN.replace("stages = [21]", "stages = [21]\nenabled = false");
        assert_eq!(Rules::parse(&off).unwrap().observation_days(on), Some(14));
    }

    #[test]
    fn a_wrong_file_says_which_rule_and_field() {
        for (from, to, says) in [
            ("stages = [21]", "stages = [0]", "stages"),
            ("stages = [21]", "celsius = 37.3", "stages"),
            ("stages = [21]", "stages = [21]\nenabeld = false", "enabeld"),
            ("\"2020-02-01\"", "\"2020-02-31\"", "valid_from"),
            ("id = \"b\"", "id = \"a\"", "called a"),
            ("kind = \"observation\"", "kind = \"other\"", "kind"),
        ] {
            let error = Error::from(Rules::parse(&OWN.replacen(from, to, 1)).expect_err(says));
            assert!(error.text(Lang::En).contains(says), "{}", error.text(Lang::En));
        }
    }
}
