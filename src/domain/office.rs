//! The office and its settings.

use super::report::Round;
use super::time::Calendar;
use serde::{Deserialize, Serialize};

/// One round of reports a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSetting {
    /// Its code.
    pub round: Round,
    /// Its name as shown; empty shows the code.
    #[serde(default)]
    pub name: String,
    /// Minutes after midnight by which a unit's report is due.
    pub deadline: i32,
}

/// What the office has chosen. Every change is an event; the log keeps them all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The office's name.
    pub office: String,
    /// UTC offset and day boundary.
    pub calendar: Calendar,
    /// Whether this office rehearses (`demo`, or `init` under `--now`).
    #[serde(default)]
    pub rehearsal: bool,
    /// Rounds of a day with their deadlines, in time order.
    pub rounds: Vec<RoundSetting>,
    /// Times of day, minutes after midnight, at which each observed person is due a call; in time order.
    pub slots: Vec<i32>,
    /// Language of screens and papers: `zh`, `en`, or empty for the locale's.
    #[serde(default)]
    pub lang: String,
    /// Whether the bell is audible.
    #[serde(default)]
    pub bell: bool,
    /// The print queue, or empty for the system's default.
    #[serde(default)]
    pub printer: String,
    /// Where sheets are looked for first; empty for the working directory.
    #[serde(default)]
    pub inbox: String,
}

impl Settings {
    /// A new office with sensible defaults: UTC+8, days from midnight, one round due at 10:00, temperatures at
    /// 09:00 and 16:00.
    pub fn new(office: &str) -> Self {
        Self {
            office: office.to_owned(),
            calendar: Calendar::default(),
            rehearsal: false,
            rounds: vec![RoundSetting { round: Round::default(), name: String::new(), deadline: 600 }],
            slots: vec![540, 960],
            lang: String::new(),
            bell: false,
            printer: String::new(),
            inbox: String::new(),
        }
    }

    /// The round with this code.
    pub fn round(&self, round: &Round) -> Option<&RoundSetting> {
        self.rounds.iter().find(|r| r.round == *round)
    }

    /// The round in play at `minute` of the day: the first whose deadline has not passed, else the last.
    pub fn round_at(&self, minute: i32) -> Option<&RoundSetting> {
        self.rounds.iter().find(|r| minute <= r.deadline).or_else(|| self.rounds.last())
    }
}
