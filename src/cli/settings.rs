//! `zhiban settings [KEY [VALUE]]`.

use super::approval::confirm;
use super::args::Settings as Args;
use super::office::{Ctx, Office};
use super::{Done, out, terminal};
use crate::domain::office::Settings;
use crate::domain::setting::{ALL, Setting, TERMINAL, by_key};
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::store::act::Act;
use serde_json::{Map, Value};

pub(super) fn run(ctx: &Ctx, args: Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    if args.key.as_deref() == Some(TERMINAL) {
        return terminal::run(&mut office, args.value.as_deref(), args.json);
    }
    let (key, value) = match (args.key, args.value) {
        (Some(key), Some(value)) => (key, value),
        (Some(key), None) => {
            let value = known(&key)?.text(&office.settings);
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
    let setting = known(&key)?;
    set(&mut settings, setting, value.trim())?;
    let act = Act::ChangeSettings(Box::new(settings.clone()));
    let act = if setting.guards { confirm(&office, act, &args.approval)? } else { act };
    let committed = office.commit(&act, None)?;
    if args.json {
        return super::log::told(&office, &committed, true);
    }
    out::line(say::setting_changed(&key, setting.text(&settings), committed.op.seq).get(office.lang))?;
    Ok(Done::Yes)
}

/// The arguments name only settings that there are.
fn known(key: &str) -> Result<&'static Setting> {
    by_key(key).ok_or_else(|| Error::input(say::bad_value(key, "", "office")))
}

fn show(office: &Office, json: bool) -> Result<()> {
    let settings = &office.settings;
    if json {
        let mut all: Map<String, Value> =
            ALL.iter().map(|one| (one.key.to_owned(), Value::from(one.text(settings)))).collect();
        all.insert(TERMINAL.to_owned(), Value::from(terminal::kept(&office.reader).word()));
        all.insert("rehearsal".to_owned(), Value::from(settings.rehearsal));
        return out::json(&all);
    }
    for setting in &ALL {
        out::line(&format!("{:<14} {}", setting.key, setting.text(settings)))?;
    }
    out::line(&format!("{TERMINAL:<14} {}", terminal::kept(&office.reader).word()))?;
    Ok(())
}

fn set(settings: &mut Settings, setting: &Setting, value: &str) -> Result<()> {
    if setting.set(settings, value) {
        return Ok(());
    }
    Err(Error::input(say::bad_value(setting.key, safe_line(value), setting.like)))
}
