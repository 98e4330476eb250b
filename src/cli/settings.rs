//! `zhiban settings [KEY [VALUE]]`.

use super::approval::{Approval, confirm};
use super::office::{Ctx, Office};
use super::{Done, out, terminal, value};
use crate::domain::office::Settings;
use crate::domain::setting::{ALL, OF_MACHINE, Setting, by_key};
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::store::act::Act;
use serde_json::{Map, Value};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "KEY", value_parser = value::setting())]
    pub key: Option<String>,
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    if let Some(choice) = OF_MACHINE.into_iter().find(|(key, _)| args.key.as_deref() == Some(*key)) {
        return terminal::run(&mut office, choice, args.value.as_deref(), args.json);
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
    let act = if setting.guards { confirm(&mut office, act, &args.approval)? } else { act };
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
        let chosen = |key: &str| Value::from(terminal::kept(&office.reader, key));
        all.extend(OF_MACHINE.map(|(key, _)| (key.to_owned(), chosen(key))));
        all.insert("rehearsal".to_owned(), Value::from(settings.rehearsal));
        return out::json(&all);
    }
    for setting in &ALL {
        out::line(&format!("{:<14} {}", setting.key, setting.text(settings)))?;
    }
    for (key, _) in OF_MACHINE {
        out::line(&format!("{key:<14} {}", terminal::kept(&office.reader, key)))?;
    }
    Ok(())
}

fn set(settings: &mut Settings, setting: &Setting, value: &str) -> Result<()> {
    if setting.set(settings, value) {
        return Ok(());
    }
    Err(Error::input(say::bad_value(setting.key, safe_line(value), setting.like)))
}
