//! `zhiban doubt …`: a doubt is answered as sent, corrected, or its answer is promised; how accurate the day is.

use super::office::{Ctx, Office};
use super::{Done, out, value};
use crate::domain::doubt::{Accuracy, Doubt, Resolve};
use crate::domain::followup::Channel;
use crate::domain::ids::DoubtId;
use crate::error::{Error, Result};
use crate::i18n::doubts as say;
use crate::i18n::terms::word;
use crate::store::act::{Act, Made};
use crate::store::query;
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(super) enum DoubtCommand {
    Confirm(Confirm),
    Correct(Correct),
    Defer(Defer),
    Accuracy(AccuracyOf),
}

#[derive(clap::Args)]
pub(super) struct Confirm {
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub told_by: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub words: String,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Correct {
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(long, value_name = "FIELD")]
    pub field: String,
    #[arg(long, value_name = "VALUE")]
    pub to: String,
    #[arg(long, value_name = "NAME")]
    pub told_by: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub words: String,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Defer {
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    #[arg(long, value_name = "TIME")]
    pub until: String,
    #[arg(long, value_name = "NAME")]
    pub told_by: String,
    #[arg(long, value_name = "CHANNEL", default_value = "phone", value_parser = value::channel())]
    pub channel: Channel,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub words: String,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct AccuracyOf {
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &DoubtCommand) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match args {
        DoubtCommand::Confirm(args) => {
            let how = Resolve::Confirm { told_by: args.told_by.clone(), words: args.words.clone() };
            answer(&mut office, &args.ids, &how, args.at.as_deref(), args.json)
        }
        DoubtCommand::Correct(args) => {
            let how = Resolve::Correct {
                field: args.field.clone(),
                value: args.to.clone(),
                told_by: args.told_by.clone(),
                words: args.words.clone(),
            };
            answer(&mut office, std::slice::from_ref(&args.id), &how, args.at.as_deref(), args.json)
        }
        DoubtCommand::Defer(args) => {
            let at = office.at(args.at.as_deref())?;
            let missing = || Error::input(crate::i18n::store::PROMISE_WITHOUT_TIME);
            let due = office.coming(Some(&args.until), at)?.ok_or_else(missing)?;
            let (told_by, words) = (args.told_by.clone(), args.words.clone());
            let how = Resolve::Defer { channel: args.channel, told_by, due, words };
            answer(&mut office, &args.ids, &how, args.at.as_deref(), args.json)
        }
        DoubtCommand::Accuracy(args) => accuracy(&office, args),
    }
}

/// The open doubts with these ids, or the first letters of them.
fn named(office: &Office, ids: &[String]) -> Result<Vec<Doubt>> {
    let open = query::doubts(&office.reader)?;
    let mut out: Vec<Doubt> = Vec::new();
    for id in ids {
        let begins = id.trim().to_lowercase();
        let found: Vec<&Doubt> = open
            .iter()
            .map(|row| &row.doubt)
            .filter(|doubt| begins.len() >= 4 && doubt.id.to_string().starts_with(&begins))
            .collect();
        match found.as_slice() {
            [] => return Err(Error::not_found(say::NO_DOUBT).hint(say::NO_DOUBT_HINT)),
            [one] if out.contains(one) => {}
            [one] => out.push((*one).clone()),
            several => return Err(Error::refused(say::several(several.len()))),
        }
    }
    Ok(out)
}

fn answer(
    office: &mut Office,
    ids: &[String],
    how: &Resolve,
    at: Option<&str>,
    as_json: bool,
) -> Result<Done> {
    let doubts = named(office, ids)?;
    let at = office.at(at)?;
    let act = |doubt: &Doubt| Act::AnswerDoubt { doubt: doubt.id, how: how.clone() };
    let act = match doubts.as_slice() {
        [one] => act(one),
        several => Act::Several(several.iter().map(act).collect()),
    };
    let committed = office.commit(&act, at)?;
    if as_json {
        let promise = match committed.made {
            Some(Made::FollowUp(_, promise)) => promise,
            _ => None,
        };
        let ids: Vec<DoubtId> = doubts.iter().map(|doubt| doubt.id).collect();
        out::json(
            &json!({ "op": committed.op.seq, "how": how.answer(), "doubts": ids, "promise": promise }),
        )?;
        return Ok(Done::Yes);
    }
    let answer = word(how.answer());
    out::line(say::done(answer.zh, answer.en, committed.op.seq).get(office.lang))?;
    for doubt in &doubts {
        out::line(&format!("  {}", say::named(doubt).get(office.lang)))?;
    }
    Ok(Done::Yes)
}

/// The figures with their formula.
pub(super) fn figures(accuracy: &Accuracy) -> Value {
    json!({
        "earlier": accuracy.earlier,
        "readings": accuracy.readings,
        "doubted": accuracy.doubted,
        "percent": accuracy.permille().map(|permille| f64::from(permille) / 10.0),
        "answered_today": accuracy.answered,
        "median_minutes": accuracy.median,
        "formula": "(readings - doubted) / readings",
    })
}

fn accuracy(office: &Office, args: &AccuracyOf) -> Result<Done> {
    let unit = args.unit.as_deref().map(|unit| office.unit(unit)).transpose()?;
    let found = query::accuracy(&office.reader, unit, office.now())?;
    if args.json {
        out::json(&figures(&found))?;
    } else {
        out::line(say::share(&found).get(office.lang))?;
        out::line(say::took(&found).get(office.lang))?;
    }
    Ok(Done::Yes)
}
