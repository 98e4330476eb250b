//! `zhiban excuse UNIT…`: reports that did not come are no longer owed, with a reason.

use super::office::{Ctx, Office};
use super::{Done, out, value};
use crate::domain::report::{Excuse, ReportKey, Round};
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::say::Lang;
use crate::store::act::Act;
use crate::store::query;
use chrono::NaiveDate;
use serde_json::json;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "UNIT", required = true)]
    pub units: Vec<String>,
    #[arg(long, alias = "day", value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = value::round)]
    pub round: Option<Round>,
    #[arg(long)]
    pub all: bool,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub write_off: bool,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    if let Some(round) = &args.round {
        office.has_round(round)?;
    }
    let units = args.units.iter().map(|unit| office.unit(unit)).collect::<Result<Vec<_>>>()?;
    let mut keys: Vec<ReportKey> = Vec::new();
    for (unit, name) in units.iter().zip(&args.units) {
        let owes = query::owed(&office.reader, *unit, office.now())?;
        let fits = |day, round: &Round| {
            args.date.is_none_or(|date| date == day)
                && args.round.as_ref().is_none_or(|wanted| wanted == round)
        };
        let mut fitting: Vec<ReportKey> = owes
            .reports
            .iter()
            .filter(|(day, round)| fits(*day, round))
            .map(|(day, round)| ReportKey { unit: *unit, day: *day, round: round.clone() })
            .collect();
        match (fitting.len(), args.all) {
            // Nothing is owed of that day: the report may be one that is still awaited, or one that the act refuses.
            (0, _) => match args.date {
                Some(day) => {
                    let round = args
                        .round
                        .clone()
                        .or_else(|| Some(office.settings.rounds.first()?.round.clone()))
                        .unwrap_or_default();
                    fitting.push(ReportKey { unit: *unit, day, round });
                }
                None => return Err(Error::refused(say::owes_nothing(name)).hint(say::OWES_NOTHING_HINT)),
            },
            (1, _) | (_, true) => {}
            (n, false) => {
                return Err(Error::refused(say::owes_several(name, n, office.reports_named(&owes.reports)))
                    .hint(say::OWES_SEVERAL_HINT));
            }
        }
        keys.append(&mut fitting);
    }
    let how = if args.write_off { Excuse::WrittenOff } else { Excuse::Excused };
    let act = Act::Excuse { keys: keys.clone(), all_of: Vec::new(), how, reason: args.reason.clone() };
    let committed = office.commit(&act, None)?;
    if args.json {
        let mut reports = Vec::new();
        for key in &keys {
            let code = query::subject_no(&office.reader, crate::domain::ids::Subject::Unit(key.unit))?;
            reports.push(json!({ "unit": code, "day": key.day, "round": key.round }));
        }
        out::json(&json!({ "op": committed.op.seq, "id": null, "how": how, "reports": reports }))?;
    } else {
        let named: Vec<_> = keys.iter().map(|key| (key.day, key.round.clone())).collect();
        let (named, seq) = (office.reports_named(&named), committed.op.seq);
        let units = args.units.join(if office.lang == Lang::Zh { "、" } else { ", " });
        let said = match how {
            Excuse::Excused => say::excused(units, named, seq),
            Excuse::WrittenOff => say::written_off(units, named, seq),
        };
        out::line(said.get(office.lang))?;
    }
    Ok(Done::Yes)
}
