//! `zhiban received UNIT`: a report came, without its rows.

use super::Done;
use super::args::Received;
use super::log::told;
use super::office::{Ctx, Office};
use crate::domain::report::ReportKey;
use crate::error::Result;
use crate::store::act::Act;
use crate::store::query;

pub(super) fn run(ctx: &Ctx, args: Received) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let at = office.at(args.at.as_deref())?;
    // Unless told otherwise it is the report that was being collected when it came.
    let status = query::status(&office.reader, at.unwrap_or_else(|| office.now()))?;
    let key = ReportKey {
        unit: office.unit(&args.unit)?,
        day: args.date.unwrap_or(status.day),
        round: args.round.unwrap_or(status.round),
    };
    let act = Act::Receive { key, zero: args.zero, reason: args.reason };
    let committed = office.commit(&act, at)?;
    told(&office, &committed, args.json)
}
