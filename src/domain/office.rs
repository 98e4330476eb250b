//! The office and its settings.

use super::handover::is_zero;
use super::keep::Keep;
use super::letterhead::Letterhead;
use super::report::Round;
use super::time::Calendar;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

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
    /// The watched folder into which units' sheets are put, which is also where sheets are looked for first; empty for none.
    #[serde(default)]
    pub inbox: String,
    /// The number of the desk, as units are told to call it; empty for none. Left out of the log while empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// How units send their reports, as they are told (发到本群, a mailbox); empty for nothing said. Left out of the log
    /// while empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub send_by: String,
    /// Whether a search also takes the sounds that southern speakers confuse (南方口音混读): z/zh, c/ch, s/sh, n/l,
    /// f/h, an/ang, en/eng, in/ing. Left out of the log while off, as it was before there was such a choice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confusions: bool,
    /// The words of the red head (红头) over official papers; empty for none. Left out of the log while empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub red_head: String,
    /// The office's code in the numbers of its papers (机关代字), like 海理工防控; empty for none. Left out of the log while
    /// empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc_code: String,
    /// Whether the office sets its seal on its papers: signature and date stand elsewhere then. Left out of the log while
    /// it does not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// How many backups stay beside the office. Left out of the log while it is the usual number.
    #[serde(default, skip_serializing_if = "Keep::is_usual")]
    pub backups: Keep,
    /// After how many minutes without a key the screen locks itself; 0 for never. Left out of the log at the usual
    /// five.
    #[serde(default = "lock_minutes", skip_serializing_if = "is_usual")]
    pub lock_minutes: u16,
    /// How many days after a case is released the person is proposed to be erased; nobody is while it is nought. Left out
    /// of the log then.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retention_days: u32,
}

/// After how many minutes without a key the screen locks itself where nothing else is chosen.
const LOCK_MINUTES: u16 = 5;

fn lock_minutes() -> u16 {
    LOCK_MINUTES
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_usual(minutes: &u16) -> bool {
    *minutes == LOCK_MINUTES
}

impl Settings {
    /// The watched folder, if one is set: a relative one lies beside the database.
    pub fn inbox_folder(&self, database: &Path) -> Option<PathBuf> {
        let said = self.inbox.trim();
        let folder = Path::new(said);
        (!said.is_empty()).then(|| match database.parent() {
            Some(beside) if folder.is_relative() => beside.join(folder),
            _ => folder.to_owned(),
        })
    }

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
            phone: String::new(),
            send_by: String::new(),
            confusions: false,
            red_head: String::new(),
            doc_code: String::new(),
            sealed: false,
            backups: Keep::default(),
            lock_minutes: LOCK_MINUTES,
            retention_days: 0,
        }
    }

    /// How its papers are headed where nothing else is said.
    pub fn letterhead(&self) -> Letterhead {
        Letterhead { red_head: self.red_head.trim().to_owned(), sealed: self.sealed, ..Letterhead::default() }
    }

    /// The round with this code.
    pub fn round(&self, round: &Round) -> Option<&RoundSetting> {
        self.rounds.iter().find(|r| r.round == *round)
    }

    /// The round in play at `minute` of the day. A round stays in play half-way to the next one's deadline: right
    /// after its deadline its missing reports are what the office works on.
    pub fn round_at(&self, minute: i32) -> Option<&RoundSetting> {
        let next = self.rounds.iter().skip(1);
        let current =
            self.rounds.iter().zip(next).find(|(r, next)| minute <= i32::midpoint(r.deadline, next.deadline));
        current.map(|(r, _)| r).or_else(|| self.rounds.last())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_stays_in_play_half_way_to_the_next() {
        let round = |code: &str, deadline| RoundSetting {
            round: Round(code.to_owned()),
            name: String::new(),
            deadline,
        };
        let settings = Settings { rounds: vec![round("am", 600), round("pm", 960)], ..Settings::new("x") };
        let at = |minute| settings.round_at(minute).unwrap().round.0.clone();
        assert_eq!(
            [at(0), at(600), at(605), at(780), at(781), at(1439)],
            ["am", "am", "am", "am", "pm", "pm"]
        );
        assert!(Settings { rounds: vec![], ..settings.clone() }.round_at(0).is_none());
    }
}
