//! The settings of an office one by one, by the names under which they are set: what each is, and what a change changes.

use super::office::Settings;
use super::time::hhmm;
use serde::{Deserialize, Serialize};

/// What can be set.
pub const KEYS: [&str; 15] = [
    "office",
    "offset",
    "day-start",
    "closes",
    "rounds",
    "slots",
    "lang",
    "bell",
    "printer",
    "inbox",
    "confusions",
    "red-head",
    "backups",
    "lock-minutes",
    "retention-days",
];

/// What is chosen on one machine, and stands in no log: what its terminal is. By the same command.
pub const TERMINAL: &str = "terminal";

/// How the terminal is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminal {
    /// As it answers when it is asked how wide it draws.
    Auto,
    /// With plain signs, for one that cannot be asked.
    Plain,
}

impl Terminal {
    /// By its word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Auto, Self::Plain].into_iter().find(|one| one.word() == word)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Plain => "plain",
        }
    }
}

/// One setting that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingChange {
    /// Which.
    pub key: String,
    /// What it was, in the form in which it is set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub old: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub new: String,
}

/// What differs between two settings of an office.
pub fn changes(old: &Settings, new: &Settings) -> Vec<SettingChange> {
    let one = |key: &str| SettingChange { key: key.to_owned(), old: shown(old, key), new: shown(new, key) };
    KEYS.into_iter().map(one).filter(|change| change.old != change.new).collect()
}

/// A setting in the form in which it is set.
pub fn shown(settings: &Settings, key: &str) -> String {
    match key {
        "office" => settings.office.clone(),
        "offset" => {
            let minutes = settings.calendar.utc_offset_min;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{}", hhmm(minutes.abs()))
        }
        "day-start" => hhmm(settings.calendar.day_start_min),
        "closes" => hhmm(settings.calendar.closes_min),
        "rounds" => {
            let rounds = settings.rounds.iter().map(|r| format!("{}={}", r.round, hhmm(r.deadline)));
            rounds.collect::<Vec<_>>().join(",")
        }
        "slots" => settings.slots.iter().map(|minute| hhmm(*minute)).collect::<Vec<_>>().join(","),
        "lang" => settings.lang.clone(),
        "bell" => on_off(settings.bell),
        "confusions" => on_off(settings.confusions),
        "printer" => settings.printer.clone(),
        "red-head" => settings.red_head.clone(),
        "backups" => settings.backups.to_string(),
        "lock-minutes" => settings.lock_minutes.to_string(),
        "retention-days" => match settings.retention_days {
            0 => "off".to_owned(),
            days => days.to_string(),
        },
        _ => settings.inbox.clone(),
    }
}

fn on_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_what_it_changes_with_the_old_value_and_the_new() {
        let old = Settings::new("海岬理工大学");
        let mut new = Settings { lock_minutes: 0, retention_days: 90, ..old.clone() };
        new.calendar.day_start_min = 480;
        let told: Vec<(String, String, String)> =
            changes(&old, &new).into_iter().map(|c| (c.key, c.old, c.new)).collect();
        let told: Vec<(&str, &str, &str)> =
            told.iter().map(|(key, old, new)| (key.as_str(), old.as_str(), new.as_str())).collect();
        let want =
            [("day-start", "00:00", "08:00"), ("lock-minutes", "5", "0"), ("retention-days", "off", "90")];
        assert_eq!(told, want);
        assert!(changes(&old, &old.clone()).is_empty());
    }
}
