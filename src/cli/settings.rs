//! `zhiban settings [KEY [VALUE]]`.

use super::approval::confirm;
use super::args::{self, Settings as Args};
use super::office::{Ctx, Office};
use super::{Done, out, terminal};
use crate::domain::keep::Keep;
use crate::domain::office::{RoundSetting, Settings};
use crate::domain::setting::{KEYS, TERMINAL, shown as get};
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::say::Lang;
use crate::store::act::Act;
use serde_json::{Map, Value};

/// What of it only a lead sets.
const GUARDS: [&str; 5] = ["offset", "day-start", "backups", "lock-minutes", "retention-days"];

/// The longest time that can be set, in days: a hundred years.
const LONGEST_RETENTION: u32 = 36_525;

pub(super) fn run(ctx: &Ctx, args: Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    if args.key.as_deref() == Some(TERMINAL) {
        return terminal::run(&mut office, args.value.as_deref(), args.json);
    }
    let (key, value) = match (args.key, args.value) {
        (Some(key), Some(value)) => (key, value),
        (Some(key), None) => {
            let value = get(&office.settings, &key);
            if args.json {
                out::json(&Map::from_iter([(key, Value::from(value))]))?;
            } else {
                out::line(&value)?;
            }
            return Ok(Done::Yes);
        }
        (None, _) => {
            show(&office, args.json)?;
            return Ok(Done::Yes);
        }
    };
    let mut settings = office.settings.clone();
    set(&mut settings, &key, value.trim())?;
    let act = Act::ChangeSettings(Box::new(settings.clone()));
    let act = if GUARDS.contains(&key.as_str()) { confirm(&mut office, act, &args.approval)? } else { act };
    let committed = office.commit(&act, None)?;
    if args.json {
        return super::log::told(&office, &committed, true);
    }
    out::line(say::setting_changed(&key, get(&settings, &key), committed.op.seq).get(office.lang))?;
    Ok(Done::Yes)
}

fn show(office: &Office, json: bool) -> Result<()> {
    let settings = &office.settings;
    if json {
        let mut all: Map<String, Value> =
            KEYS.iter().map(|key| ((*key).to_owned(), Value::from(get(settings, key)))).collect();
        all.insert(TERMINAL.to_owned(), Value::from(terminal::kept(&office.reader).word()));
        all.insert("rehearsal".to_owned(), Value::from(settings.rehearsal));
        return out::json(&all);
    }
    for key in KEYS {
        out::line(&format!("{key:<14} {}", get(settings, key)))?;
    }
    out::line(&format!("{TERMINAL:<14} {}", terminal::kept(&office.reader).word()))?;
    Ok(())
}

fn set(settings: &mut Settings, key: &str, value: &str) -> Result<()> {
    let bad = |like: &str| Error::input(say::bad_value(key, safe_line(value), like));
    match key {
        "office" => value.clone_into(&mut settings.office),
        "offset" => settings.calendar.utc_offset_min = args::offset(value).map_err(bad)?,
        "day-start" => settings.calendar.day_start_min = args::minute(value).map_err(bad)?,
        "closes" => settings.calendar.closes_min = args::minute(value).map_err(bad)?,
        "rounds" => {
            let mut rounds = Vec::new();
            for part in parts(value) {
                let (round, deadline) = args::round_due(part).map_err(|_| bad("am=09:00,pm=16:00"))?;
                // A round that stays keeps its name.
                let name = settings.round(&round).map(|known| known.name.clone()).unwrap_or_default();
                rounds.push(RoundSetting { round, name, deadline });
            }
            rounds.sort_by_key(|round| round.deadline);
            settings.rounds = rounds;
        }
        "slots" => {
            let slots: Result<Vec<i32>, _> = parts(value).map(args::minute).collect();
            settings.slots = slots.map_err(|_| bad("09:00,16:00"))?;
            settings.slots.sort_unstable();
        }
        "lang" if value.is_empty() || Lang::from_code(value).is_some() => {
            value.clone_into(&mut settings.lang);
        }
        "lang" => return Err(bad("zh|en")),
        "bell" => settings.bell = is_on(value).ok_or_else(|| bad("on|off"))?,
        "confusions" => settings.confusions = is_on(value).ok_or_else(|| bad("on|off"))?,
        "printer" => value.clone_into(&mut settings.printer),
        "red-head" => value.clone_into(&mut settings.red_head),
        "backups" => settings.backups = Keep::parse(value).ok_or_else(|| bad("14,8,12|all"))?,
        "lock-minutes" => settings.lock_minutes = value.parse().map_err(|_| bad("5"))?,
        "retention-days" if value == "off" => settings.retention_days = 0,
        "retention-days" => {
            let days = value.parse().ok().filter(|days| (1..=LONGEST_RETENTION).contains(days));
            settings.retention_days = days.ok_or_else(|| bad("90|off"))?;
        }
        _ => value.clone_into(&mut settings.inbox),
    }
    Ok(())
}

fn is_on(value: &str) -> Option<bool> {
    match value {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_reads_back_as_it_is_set() {
        let mut settings = Settings::new("海岬理工大学");
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
            ("confusions", "on"),
            ("red-head", "海岬理工大学文件"),
            ("backups", "30,8,12"),
            ("backups", "all"),
            ("lock-minutes", "20"),
            ("retention-days", "90"),
        ] {
            assert_ne!(get(&settings, key), value, "{key}");
            set(&mut settings, key, value).unwrap();
            assert_eq!(get(&settings, key), value, "{key}");
        }
        assert!(set(&mut settings, "lang", "fr").is_err());
        assert!(set(&mut settings, "offset", "+15:00").is_err());
        assert!(set(&mut settings, "retention-days", "0").is_err());
        set(&mut settings, "retention-days", "off").unwrap();
        assert_eq!(settings.retention_days, 0);
    }
}
