//! The settings of an office as a list of fields: how each is called on the command line and on the desk's form, how it is
//! written and read, who may set it. The form, `zhiban settings`, its JSON, the event's words and what only a lead sets
//! follow from [`ALL`]; the words themselves stand in `i18n::settings` under the same keys.

use super::keep::Keep;
use super::office::{RoundSetting, Settings};
use super::report::Round;
use super::time::{hhmm, parse_hhmm};
use serde::{Deserialize, Serialize};

/// How a setting is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line.
    Line,
    /// Several values, with a comma between them; the form shows them with this instead.
    Several(&'static str),
    /// On or off.
    Switch,
    /// One of these.
    OneOf(&'static [&'static str]),
}

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// The name under which it is set.
    pub key: &'static str,
    /// How it is filled in.
    pub kind: Kind,
    /// An example of how it is written.
    pub like: &'static str,
    /// Must not be empty.
    pub required: bool,
    /// It guards the office: only a lead sets it.
    pub guards: bool,
    /// Its place on the desk's form and the name of its field there; what has none is set by the command alone.
    pub on_form: Option<(u8, &'static str)>,
    get: fn(&Settings) -> String,
    set: fn(&mut Settings, &str) -> Option<()>,
}

impl Setting {
    const fn new(
        key: &'static str,
        like: &'static str,
        get: fn(&Settings) -> String,
        set: fn(&mut Settings, &str) -> Option<()>,
    ) -> Self {
        Self { key, kind: Kind::Line, like, required: false, guards: false, on_form: None, get, set }
    }

    const fn at(self, place: u8, field: &'static str) -> Self {
        Self { on_form: Some((place, field)), ..self }
    }

    const fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    const fn guarding(self) -> Self {
        Self { guards: true, ..self }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// What it is, in the form in which it is set.
    pub fn text(&self, settings: &Settings) -> String {
        (self.get)(settings)
    }

    /// What it is, as the form shows it: that, too, is how it can be set.
    pub fn typed(&self, settings: &Settings) -> String {
        match self.kind {
            Kind::Several(between) => self.text(settings).replace('=', " ").replace(',', between),
            _ => self.text(settings),
        }
    }

    /// Sets it; says whether the value can be read. Nothing is changed where it cannot.
    pub fn set(&self, settings: &mut Settings, value: &str) -> bool {
        (self.set)(settings, value.trim()).is_some()
    }
}

/// Every setting, in the order in which they are listed.
pub static ALL: [Setting; 19] = [
    Setting::new("office", "", |s| s.office.clone(), |s, v| put(&mut s.office, v)).at(0, "office").required(),
    Setting::new(
        "offset",
        "+08:00",
        |s| {
            let minutes = s.calendar.utc_offset_min;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{}", hhmm(minutes.abs()))
        },
        |s, v| put(&mut s.calendar.utc_offset_min, offset(v)?),
    )
    .at(4, "offset")
    .guarding(),
    Setting::new(
        "day-start",
        "10:00",
        |s| hhmm(s.calendar.day_start_min),
        |s, v| put(&mut s.calendar.day_start_min, minute(v)?),
    )
    .at(5, "day_start")
    .guarding(),
    Setting::new(
        "closes",
        "10:00",
        |s| hhmm(s.calendar.closes_min),
        |s, v| put(&mut s.calendar.closes_min, minute(v)?),
    )
    .at(6, "closes"),
    Setting::new(
        "rounds",
        "am=09:00,pm=16:00",
        |s| {
            s.rounds.iter().map(|r| format!("{}={}", r.round, hhmm(r.deadline))).collect::<Vec<_>>().join(",")
        },
        |s, v| {
            let rounds = rounds(v, s)?;
            put(&mut s.rounds, rounds)
        },
    )
    .kind(Kind::Several(", "))
    .at(2, "rounds"),
    Setting::new(
        "slots",
        "09:00,16:00",
        |s| s.slots.iter().map(|minute| hhmm(*minute)).collect::<Vec<_>>().join(","),
        |s, v| put(&mut s.slots, slots(v)?),
    )
    .kind(Kind::Several(" "))
    .at(3, "slots"),
    Setting::new("lang", "zh|en", |s| s.lang.clone(), |s, v| put(&mut s.lang, one_of(LANGS, v)?))
        .kind(Kind::OneOf(LANGS))
        .at(1, "lang"),
    Setting::new("bell", "on|off", |s| on_off(s.bell), |s, v| put(&mut s.bell, is_on(v)?))
        .kind(Kind::Switch)
        .at(7, "bell"),
    Setting::new("printer", "", |s| s.printer.clone(), |s, v| put(&mut s.printer, v)).at(9, "printer"),
    Setting::new("inbox", "", |s| s.inbox.clone(), |s, v| put(&mut s.inbox, v)).at(10, "inbox"),
    Setting::new("phone", "0532-88901000", |s| s.phone.clone(), |s, v| put(&mut s.phone, short(v)?))
        .at(12, "phone"),
    Setting::new("send-by", "", |s| s.send_by.clone(), |s, v| put(&mut s.send_by, short(v)?))
        .at(13, "send_by"),
    Setting::new("confusions", "on|off", |s| on_off(s.confusions), |s, v| put(&mut s.confusions, is_on(v)?))
        .kind(Kind::Switch)
        .at(8, "confusions"),
    Setting::new("red-head", "", |s| s.red_head.clone(), |s, v| put(&mut s.red_head, v)),
    Setting::new("doc-code", "", |s| s.doc_code.clone(), |s, v| put(&mut s.doc_code, v)),
    Setting::new("sealed", "on|off", |s| on_off(s.sealed), |s, v| put(&mut s.sealed, is_on(v)?))
        .kind(Kind::Switch),
    Setting::new(
        "backups",
        "14,8,12|all",
        |s| s.backups.to_string(),
        |s, v| put(&mut s.backups, Keep::parse(v)?),
    )
    .guarding(),
    Setting::new(
        "lock-minutes",
        "5",
        |s| s.lock_minutes.to_string(),
        |s, v| put(&mut s.lock_minutes, v.parse::<u16>().ok().filter(|minutes| *minutes <= 1440)?),
    )
    .at(11, "lock_minutes")
    .guarding(),
    Setting::new(
        "retention-days",
        "90|off",
        |s| if s.retention_days == 0 { OFF.to_owned() } else { s.retention_days.to_string() },
        |s, v| put(&mut s.retention_days, days(v)?),
    )
    .guarding(),
];

/// The setting with this name.
pub fn by_key(key: &str) -> Option<&'static Setting> {
    ALL.iter().find(|setting| setting.key == key)
}

/// Those of the desk's form, in its order, with the names of their fields.
pub fn on_form() -> Vec<(&'static str, &'static Setting)> {
    let mut all: Vec<_> = ALL.iter().filter_map(|setting| Some((setting.on_form?, setting))).collect();
    all.sort_by_key(|((place, _), _)| *place);
    all.into_iter().map(|((_, field), setting)| (field, setting)).collect()
}

/// The longest time after which an erasure is proposed, in days: a hundred years.
const LONGEST_RETENTION: u32 = 36_525;

/// Of the screens and papers; empty for the machine's.
const LANGS: &[&str] = &["", "zh", "en"];

const ON: &str = "on";
const OFF: &str = "off";

#[allow(clippy::unnecessary_wraps, reason = "a setter says whether it took the value")]
fn put<T>(place: &mut T, value: impl Into<T>) -> Option<()> {
    *place = value.into();
    Some(())
}

/// A line that goes into messages: what is longer than anybody reads there is no such line.
fn short(value: &str) -> Option<&str> {
    (value.chars().count() <= MESSAGE_LINE).then_some(value)
}

/// Characters of such a line.
const MESSAGE_LINE: usize = 60;

fn on_off(on: bool) -> String {
    if on { ON } else { OFF }.to_owned()
}

fn is_on(value: &str) -> Option<bool> {
    match value {
        ON => Some(true),
        OFF => Some(false),
        _ => None,
    }
}

fn one_of(all: &[&'static str], value: &str) -> Option<&'static str> {
    all.iter().find(|one| **one == value).copied()
}

fn minute(value: &str) -> Option<i32> {
    parse_hhmm(value).filter(|minute| (0..24 * 60).contains(minute))
}

/// `+08:00`, `8`, `-3:30` as minutes east of UTC.
pub fn offset(text: &str) -> Option<i32> {
    let text = text.trim().trim_start_matches("UTC");
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = rest.split_once([':', '：']).unwrap_or((rest, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    fits.then_some(sign * (hours * 60 + minutes))
}

/// `am=09:00` as a round and its deadline; `am 09:00`, too, and a time alone for the one round of a day.
fn round(part: &str) -> Option<(Round, i32)> {
    let (code, due) = part.split_once('=').or_else(|| part.rsplit_once(' ')).unwrap_or((ONCE, part));
    Some((Round::parse(code)?, parse_hhmm(due)?))
}

/// The code of the one round of a day.
const ONCE: &str = "day";

fn rounds(value: &str, before: &Settings) -> Option<Vec<RoundSetting>> {
    let mut out: Vec<RoundSetting> = Vec::new();
    for part in parts(value, &[',', '，', '、', ';', '；']) {
        let (round, deadline) = round(part)?;
        if out.iter().any(|known| known.round == round) {
            return None;
        }
        // A round that stays keeps its name.
        let name = before.round(&round).map(|known| known.name.clone()).unwrap_or_default();
        out.push(RoundSetting { round, name, deadline });
    }
    out.sort_by_key(|round| round.deadline);
    (!out.is_empty()).then_some(out)
}

fn slots(value: &str) -> Option<Vec<i32>> {
    let mut slots: Vec<i32> = parts(value, &[' ', ',', '，', '、']).map(parse_hhmm).collect::<Option<_>>()?;
    slots.sort_unstable();
    slots.dedup();
    Some(slots)
}

fn parts<'a>(value: &'a str, between: &'a [char]) -> impl Iterator<Item = &'a str> {
    value.split(between).map(str::trim).filter(|part| !part.is_empty())
}

fn days(value: &str) -> Option<u32> {
    match value {
        OFF => Some(0),
        days => days.parse().ok().filter(|days| (1..=LONGEST_RETENTION).contains(days)),
    }
}

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

/// Chosen on one machine in the same way: the colours its terminal is drawn in.
pub const THEME: &str = "theme";

/// For which ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// For the one the terminal has, as it answers when it is asked.
    Auto,
    /// For a light one.
    Light,
    /// For a dark one.
    Dark,
    /// The terminal's own 16 colours, on its own ground.
    Terminal,
}

impl Theme {
    const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::Terminal];

    /// By its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Terminal => "terminal",
        }
    }
}

/// The choices of one machine: the name of each, and how it is written.
pub const OF_MACHINE: [(&str, &str); 2] = [(TERMINAL, "auto|plain"), (THEME, "auto|light|dark|terminal")];

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
    let one = |setting: &Setting| SettingChange {
        key: setting.key.to_owned(),
        old: setting.text(old),
        new: setting.text(new),
    };
    ALL.iter().map(one).filter(|change| change.old != change.new).collect()
}

/// Whether two differ in what guards the office: when it locks, what it keeps, and by which clock its papers go.
pub fn guards_differ(one: &Settings, other: &Settings) -> bool {
    ALL.iter().any(|setting| setting.guards && setting.text(one) != setting.text(other))
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

    #[test]
    fn every_setting_reads_back_as_it_is_set_and_as_the_form_shows_it() {
        let mut settings = Settings::new("海岬理工大学");
        let mut seen = std::collections::HashSet::new();
        for (key, value) in [
            ("office", "防控办"),
            ("offset", "-03:30"),
            ("day-start", "08:00"),
            ("closes", "17:30"),
            ("rounds", "am=09:00,pm=16:00"),
            ("slots", "09:00,16:00,20:00"),
            ("lang", "en"),
            ("bell", "on"),
            ("printer", "desk"),
            ("inbox", "/srv/inbox"),
            ("phone", "0532-88901000"),
            ("send-by", "发到本群"),
            ("confusions", "on"),
            ("red-head", "海岬理工大学文件"),
            ("doc-code", "海理工防控"),
            ("sealed", "on"),
            ("backups", "30,8,12"),
            ("backups", "all"),
            ("lock-minutes", "20"),
            ("retention-days", "90"),
        ] {
            let setting = by_key(key).unwrap();
            seen.insert(key);
            assert_ne!(setting.text(&settings), value, "{key}");
            assert!(setting.set(&mut settings, value), "{key}");
            assert_eq!(setting.text(&settings), value, "{key}");
            let typed = setting.typed(&settings);
            let mut again = settings.clone();
            assert!(setting.set(&mut again, &typed), "{key}: {typed}");
            assert_eq!(again, settings, "{key}: {typed}");
        }
        assert_eq!(seen.len(), ALL.len());
        for (key, value) in [
            ("lang", "fr"),
            ("offset", "+15:00"),
            ("retention-days", "0"),
            ("day-start", "24:00"),
            ("lock-minutes", "1441"),
            ("rounds", ""),
            ("rounds", "am=09:00,am=16:00"),
            ("slots", "9 Uhr"),
            (
                "phone",
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
            ),
        ] {
            let before = settings.clone();
            assert!(!by_key(key).unwrap().set(&mut settings, value), "{key} {value}");
            assert_eq!(settings, before, "{key} {value}");
        }
        assert!(by_key("retention-days").unwrap().set(&mut settings, "off"));
        assert_eq!(settings.retention_days, 0);
    }

    #[test]
    fn no_two_settings_share_a_name_or_a_place() {
        let mut keys: Vec<&str> = ALL.iter().map(|setting| setting.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), ALL.len());
        let mut places: Vec<u8> = ALL.iter().filter_map(|setting| Some(setting.on_form?.0)).collect();
        places.sort_unstable();
        let wanted: Vec<u8> = (0..).take(places.len()).collect();
        assert_eq!(places, wanted);
    }
}
