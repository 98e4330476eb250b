//! Whether what a unit sends was asked and measured: temperatures without spread report after report, the same minute day
//! after day, many people one after the other with the same answers. Each has an innocent reason as often as not (one
//! thermometer, a scheduled mail, a filled-down column), so that it is a question and no finding.

use super::watch::{Row, is_near};
use super::{Check, Value, temp};
use crate::domain::report::Round;
use crate::domain::rules::{Doubting, Rules};
use crate::domain::time::{day_from_number, day_number};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is remembered of the reports of one round.
#[derive(Debug, Clone, Default)]
pub(super) struct Signs {
    /// The days of the last reports in a row whose temperatures had no spread.
    flat: Vec<NaiveDate>,
    /// The minute at which the last report was sent, and the days of those in a row that were sent then.
    minute: (i32, Vec<NaiveDate>),
}

/// [`Signs`] as they are written: days as numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Kept {
    round: Round,
    flat: Vec<i32>,
    minute: (i32, Vec<i32>),
}

/// What a report says of one sign.
pub(super) enum Sign {
    /// It is there, and this is what is asked about.
    There(Value, Value),
    /// It is not, and that is an answer.
    Gone,
    /// The report says nothing of it.
    Untold,
}

/// What is counted while the rows of a report are read.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: u32,
    temps: BTreeMap<i16, u32>,
    run: Run,
    longest: Run,
}

/// People one after the other with the same answers.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    answers: u64,
    temps: [Option<i16>; 2],
    /// The place of the first of them in the report, from 1.
    from: u32,
    people: u32,
}

impl Run {
    /// How much it takes to be like that by chance: one temperature is the same sooner than two are, and without any
    /// nothing would differ.
    fn weight(&self) -> u32 {
        self.people * self.temps.iter().flatten().count() as u32
    }
}

impl Tally {
    /// The next row of the report.
    pub(super) fn row(&mut self, row: &Row<'_>) {
        self.rows += 1;
        let temps = [row.temp_am, row.temp_pm];
        for tenths in temps.into_iter().flatten() {
            *self.temps.entry(tenths).or_default() += 1;
        }
        if self.run.people > 0 && (self.run.answers, self.run.temps) == (row.answers, temps) {
            self.run.people += 1;
        } else {
            self.run = Run { answers: row.answers, temps, from: self.rows, people: 1 };
        }
        if self.run.weight() > self.longest.weight() {
            self.longest = self.run;
        }
    }

    /// The temperatures no further apart than the rule says that most lie between, how many lie there, and of how many;
    /// none of too few.
    fn densest(&self, rule: &Doubting) -> Option<(i16, i16, u32, u32)> {
        let all: u32 = self.temps.values().sum();
        if all < rule.readings {
            return None;
        }
        let within = |low: i16| {
            let near = self.temps.range(low..=low + rule.spread);
            let (high, n) = near.fold((low, 0), |(_, n), (tenths, more)| (*tenths, n + more));
            (low, high, n, all)
        };
        // Of several as dense the lowest.
        self.temps.keys().rev().map(|low| within(*low)).max_by_key(|(.., n, _)| *n)
    }

    /// Many people one after the other with the same answers and temperatures.
    pub(super) fn block(&self, day: NaiveDate, rules: &Rules) -> Sign {
        let Some((rule, _)) = rules.doubting(Check::SameRows, day) else { return Sign::Untold };
        let Run { temps, from, people, .. } = self.longest;
        if self.longest.weight() < rule.people * 2 {
            return if self.rows < rule.people { Sign::Untold } else { Sign::Gone };
        }
        let temps: Vec<String> = temps.into_iter().flatten().map(temp).collect();
        let places = format!("{from}-{}", from + people - 1);
        Sign::There(Value::new("places", day, places), Value::new("temps", day, temps.join(" ")))
    }
}

impl Signs {
    /// Whether the temperatures had no spread, report after report.
    pub(super) fn flat(&mut self, tally: &Tally, day: NaiveDate, rules: &Rules) -> Sign {
        let Some((rule, _)) = rules.doubting(Check::FlatTemperatures, day) else { return Sign::Untold };
        let Some((low, high, n, all)) = tally.densest(rule) else { return Sign::Untold };
        if n * 100 < rule.share * all {
            self.flat.clear();
            return Sign::Gone;
        }
        add(&mut self.flat, day);
        if self.flat.len() < rule.days as usize {
            return Sign::Untold;
        }
        let between = if low == high { temp(low) } else { format!("{}-{}", temp(low), temp(high)) };
        let (one, other) = (Value::new("flat", self.flat[0], between), format!("{n}/{all}"));
        Sign::There(one, Value::new("readings", day, other))
    }

    /// Whether it was sent at the same minute, day after day. When it was sent is not known of every report: such a one
    /// says nothing.
    pub(super) fn minute(&mut self, minute: Option<i32>, day: NaiveDate, rules: &Rules) -> Sign {
        let Some((rule, _)) = rules.doubting(Check::SameMinute, day) else { return Sign::Untold };
        let Some(minute) = minute else { return Sign::Untold };
        let (known, days) = &mut self.minute;
        days.retain(|known| is_near(*known, day));
        // What is forgotten begins anew.
        let other = *known != minute || days.is_empty();
        if other {
            *known = minute;
            days.clear();
        }
        add(days, day);
        if other {
            return Sign::Gone;
        }
        if days.len() < rule.days as usize {
            return Sign::Untold;
        }
        let one = Value::new("minute", days[0], minute.to_string());
        Sign::There(one, Value::new("reports", day, days.len().to_string()))
    }

    /// What of it still counts on a day; nothing where nothing does.
    pub(super) fn kept(&self, round: &Round, day: NaiveDate) -> Option<Kept> {
        let near = |days: &[NaiveDate]| -> Vec<i32> {
            days.iter().filter(|known| is_near(**known, day)).map(|known| day_number(*known)).collect()
        };
        let (flat, days) = (near(&self.flat), near(&self.minute.1));
        let minute = if days.is_empty() { 0 } else { self.minute.0 };
        let counts = !flat.is_empty() || !days.is_empty();
        counts.then(|| Kept { round: round.clone(), flat, minute: (minute, days) })
    }

    /// The same, read.
    pub(super) fn known(kept: Kept) -> (Round, Self) {
        let days = |days: Vec<i32>| days.into_iter().map(day_from_number).collect();
        let Kept { round, flat, minute: (minute, at) } = kept;
        (round, Self { flat: days(flat), minute: (minute, days(at)) })
    }
}

/// Adds a day to those that still count.
fn add(days: &mut Vec<NaiveDate>, day: NaiveDate) {
    days.retain(|known| is_near(*known, day) && *known != day);
    days.push(day);
}
