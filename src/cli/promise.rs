//! `zhiban promise close`: a promise is kept, broken or dropped by hand.

use super::log::told;
use super::office::{Ctx, Office};
use super::{Done, value};
use crate::domain::followup::PromiseEnd;
use crate::domain::ids::PromiseId;
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::store::act::Act;
use crate::store::query;

#[derive(clap::Subcommand)]
pub(super) enum Promise {
    Close(PromiseClose),
}

#[derive(clap::Args)]
pub(super) struct PromiseClose {
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG", required_unless_present = "id")]
    pub on: Option<String>,
    #[arg(long, value_name = "ID", value_parser = value::id)]
    pub id: Option<uuid::Uuid>,
    #[arg(long, value_name = "HOW", default_value = "kept", value_parser = value::promise_end())]
    pub how: PromiseEnd,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Promise) -> Result<Done> {
    let Promise::Close(args) = args;
    let mut office = Office::open(ctx)?;
    let promise = which(&office, args)?;
    let at = office.at(args.at.as_deref())?;
    let committed = office.commit(&Act::ClosePromise { promise, how: args.how }, at)?;
    told(&office, &committed, args.json)
}

/// The promise named, or the only open one of the subject.
fn which(office: &Office, args: &PromiseClose) -> Result<PromiseId> {
    if let Some(id) = args.id {
        return Ok(PromiseId(id));
    }
    let on = args.on.as_deref().unwrap_or_default();
    let subject = office.subject(on)?;
    let due = query::due(&office.reader, office.now())?;
    let open: Vec<_> = due
        .iter()
        .filter(|row| row.subject == Some(subject))
        .filter_map(|row| Some((row.item.promise()?, row.at)))
        .collect();
    match open.as_slice() {
        [] => Err(Error::not_found(say::no_promise(safe_line(on))).hint(say::DUE_HINT)),
        [(id, _)] => Ok(*id),
        several => {
            let list = several.iter().map(|(id, at)| format!("{} {id}", office.brief(*at)));
            let list = list.collect::<Vec<_>>().join("; ");
            Err(Error::refused(say::many_promises(safe_line(on), list)))
        }
    }
}
