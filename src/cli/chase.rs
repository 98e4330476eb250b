//! `zhiban chase [UNIT]`: the message to the group of those that have not reported, or to one unit; with `--log` it is
//! logged that it was sent.

use super::office::{Ctx, Office};
use super::{Done, out, value};
use crate::domain::chase::answer_by;
use crate::domain::followup::Channel;
use crate::domain::ids::UnitId;
use crate::error::{Error, Result};
use crate::i18n::chase as say;
use crate::i18n::store;
use crate::paper::chase::{self, About, Ask, Message, Which};
use crate::store::act::Act;
use crate::store::query;
use crate::store::query::rows::{Chased, Chasing, UnitMatters, Wanted};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "UNIT", num_args = 1.., conflicts_with = "unit")]
    only: Vec<String>,
    #[arg(long, conflicts_with = "unit")]
    before: bool,
    #[arg(long, value_name = "WHEN")]
    by: Option<String>,
    #[arg(long)]
    log: bool,
    #[arg(long, value_name = "CHANNEL", default_value = "wechat", value_parser = value::channel(), requires = "log")]
    channel: Channel,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    if args.log {
        office.may_write()?;
        office.officer()?;
    }
    let now = office.now();
    let by = office.coming(args.by.as_deref(), None)?;
    if by.is_some_and(|by| by <= now) {
        return Err(Error::input(say::BY_PAST).hint(say::BY_HINT));
    }
    let by = by.unwrap_or_else(|| answer_by(now, office.settings.calendar));
    let officer = office.officer_name().ok();
    let sign = |chasing: &mut Chasing| {
        if let Some(officer) = &officer {
            chasing.officer.clone_from(officer);
        }
    };
    let (message, chasing, matters) = if let Some(unit) = &args.unit {
        let unit = office.unit(unit)?;
        let found = query::unit_matters(&office.reader, unit, now)?;
        let mut matters = found.ok_or_else(|| Error::not_found(store::NO_UNIT))?;
        sign(&mut matters.chasing);
        (chase::unit(&matters, by), matters.chasing.clone(), Some(matters))
    } else {
        let mut chasing = query::chasing(&office.reader, now)?;
        sign(&mut chasing);
        let only: Vec<UnitId> = args.only.iter().map(|unit| office.unit(unit)).collect::<Result<_>>()?;
        let which = if only.is_empty() { Which::All } else { Which::Named(only) };
        let about = if args.before { About::Before } else { About::All };
        (chase::group(&chasing, &Ask { about, which, by }), chasing, None)
    };
    if message.text.zh.is_empty() {
        return Err(if args.before {
            Error::refused(say::NOTHING_NEXT).hint(say::NOTHING_NEXT_HINT)
        } else {
            Error::refused(say::NOTHING_OF_THESE).hint(say::NOTHING_OF_THESE_HINT)
        });
    }
    let op = if args.log { log(&mut office, &message, args.channel)? } else { None };
    if args.json {
        let by = chasing.units.iter().any(|unit| !unit.owed.is_empty()).then(|| office.time(by));
        out::json(&told(&office, &message, &chasing, matters.as_ref(), (by, op)))?;
        return Ok(Done::Yes);
    }
    out::text(&format!("{}\n", message.text.get(office.lang)))?;
    if args.log {
        let said = match op {
            Some(seq) => say::logged(message.to.len(), seq),
            None => say::NOT_LOGGED.into(),
        };
        // What is pasted stands alone on standard output.
        out::tell(said.get(office.lang));
    }
    Ok(Done::Yes)
}

/// Logs a contact with each unit that it names, as one entry; none where it names nobody.
fn log(office: &mut Office, message: &Message, channel: Channel) -> Result<Option<i64>> {
    let mut acts: Vec<Act> = message.drafts(channel, office.lang).into_iter().map(Act::FollowUp).collect();
    let act = match acts.len() {
        0 => return Ok(None),
        1 => acts.remove(0),
        _ => Act::Several(acts),
    };
    Ok(Some(office.commit(&act, None)?.op.seq))
}

fn told(
    office: &Office,
    message: &Message,
    chasing: &Chasing,
    matters: Option<&UnitMatters>,
    (by, op): (Option<String>, Option<i64>),
) -> Value {
    let wanted =
        |wanted: &Wanted| json!({ "day": wanted.day, "round": wanted.round, "due": office.time(wanted.due) });
    let of = |unit: &Chased| {
        json!({
            "code": unit.code, "name": unit.name, "owed": unit.owed.iter().map(wanted).collect::<Vec<_>>(),
            "awaited": unit.awaited.as_ref().map(wanted), "behind": unit.behind, "usually_late": unit.usually_late,
        })
    };
    let named = chasing.units.iter().filter(|unit| message.to.iter().any(|told| told.unit == unit.id));
    json!({
        "unit": matters.map(|matters| &matters.code),
        "text": message.text.get(office.lang),
        "by": by,
        "units": named.map(of).collect::<Vec<_>>(),
        "refused_rows": matters.map(|matters| matters.refused.iter().map(|refused| refused.rows).sum::<u32>()),
        "doubts": matters.map(|matters| matters.doubts.len()),
        "op": op,
    })
}
