//! `zhiban received UNIT`: a report came, without its rows.

use super::office::{Ctx, Office};
use super::{Done, out, value};
use crate::domain::report::{ReportKey, Round};
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::store::act::Act;
use crate::store::query;
use chrono::NaiveDate;
use serde_json::json;

#[derive(clap::Args)]
pub(super) struct Received {
    #[arg(value_name = "UNIT")]
    pub unit: String,
    #[arg(long)]
    pub zero: bool,
    #[arg(long, alias = "day", value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = value::round)]
    pub round: Option<Round>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: Received) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let at = office.at(args.at.as_deref())?;
    if let Some(round) = &args.round {
        office.has_round(round)?;
    }
    let unit = office.unit(&args.unit)?;
    // What is not told is of the report that was being collected when it came; an older debt is never meant by itself.
    let status = query::status(&office.reader, at.unwrap_or_else(|| office.now()))?;
    let is_open = args.date.is_none() && args.round.is_none();
    let (day, round) = (args.date.unwrap_or(status.day), args.round.unwrap_or(status.round));
    let key = ReportKey { unit, day, round };
    let mut owed = query::owed(&office.reader, unit, office.now())?.reports;
    owed.retain(|(day, round)| (*day, round) != (key.day, &key.round));
    if is_open
        && args.reason.trim().is_empty()
        && !owed.is_empty()
        && query::is_received(&office.reader, &key)?
    {
        let older = office.reports_named(&owed);
        return Err(
            Error::refused(say::received_but_owes(&args.unit, key.day, older)).hint(say::RECEIVED_WHICH)
        );
    }
    let act = Act::Receive { key: key.clone(), zero: args.zero, reason: args.reason };
    let committed = office.commit(&act, at)?;
    if args.json {
        let op = committed.op.seq;
        let owed = owed.iter().map(|(day, round)| json!({ "day": day, "round": round })).collect::<Vec<_>>();
        out::json(&json!({ "op": op, "id": null, "day": key.day, "round": key.round, "owed": owed }))?;
    } else {
        let round = office.round_name(&key.round);
        out::line(say::marked(&args.unit, key.day, round, committed.op.seq).get(office.lang))?;
        if !owed.is_empty() {
            out::tell(say::still_owes(&args.unit, office.reports_named(&owed)).get(office.lang));
        }
    }
    Ok(Done::Yes)
}
