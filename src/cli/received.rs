//! `zhiban received UNIT`: a report came, without its rows.

use super::args::Received;
use super::office::{Ctx, Office};
use super::{Done, out};
use crate::domain::report::ReportKey;
use crate::error::Result;
use crate::i18n::cli as say;
use crate::store::act::Act;
use crate::store::query;
use serde_json::json;

pub(super) fn run(ctx: &Ctx, args: Received) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let at = office.at(args.at.as_deref())?;
    if let Some(round) = &args.round {
        office.has_round(round)?;
    }
    let unit = office.unit(&args.unit)?;
    let is_open = args.date.is_none() && args.round.is_none();
    let owed = if is_open { query::owed(&office.reader, unit, office.now())? } else { None };
    let key = if let Some(key) = owed {
        key
    } else {
        // Nothing is owed, or a part is told: the rest is of the report being collected when it came.
        let status = query::status(&office.reader, at.unwrap_or_else(|| office.now()))?;
        let (day, round) = (args.date.unwrap_or(status.day), args.round.unwrap_or(status.round));
        ReportKey { unit, day, round }
    };
    let act = Act::Receive { key: key.clone(), zero: args.zero, reason: args.reason };
    let committed = office.commit(&act, at)?;
    if args.json {
        let op = committed.op.seq;
        out::json(&json!({ "op": op, "id": null, "day": key.day, "round": key.round }))?;
    } else {
        let round = office.round_name(&key.round);
        out::line(say::marked(&args.unit, key.day, round, committed.op.seq).get(office.lang))?;
    }
    Ok(Done::Yes)
}
