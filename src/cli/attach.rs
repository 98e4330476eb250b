//! `zhiban attach OP --to SUBJECT`: a call from nobody known gets its person.

use super::log::{told, with_reason};
use super::office::{Ctx, Office};
use super::{Done, value};
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::log::event::Event;
use crate::store::act::Act;
use crate::store::query;

#[derive(clap::Args)]
pub(super) struct Attach {
    #[arg(value_name = "ENTRY", value_parser = value::op_number)]
    pub op: i64,
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG")]
    pub to: String,
    #[arg(long, value_name = "REASON")]
    pub no_case: Option<String>,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Attach) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let op = query::op_by_seq(&office.reader, args.op)?
        .ok_or_else(|| Error::not_found(say::no_op(args.op)).hint(say::LOG_HINT))?;
    let followup = query::op_events(&office.reader, op)?.into_iter().find_map(|event| match event {
        Event::FollowUpLogged(call) => Some(call.followup),
        _ => None,
    });
    let followup = followup.ok_or_else(|| Error::refused(say::no_call(args.op)).hint(say::LOG_HINT))?;
    let subject = office.subject(&args.to)?;
    // A fever told by a caller nobody knew is asked about once it is known whose it is.
    let unwell = query::unwell_caller(&office.reader, followup)?.is_some();
    let act = Act::Attach { followup, subject };
    let act = with_reason(&office, act, unwell, Some(subject), args.no_case.as_deref())?;
    let committed = office.commit(&act, None)?;
    told(&office, &committed, args.json)
}
