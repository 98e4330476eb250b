//! `zhiban access`: who looked at whose numbers, and which papers left the office.

use super::office::{Ctx, Office};
use super::paper::Options;
use super::{Done, paper};
use crate::error::Result;
use crate::paper::access::Paper;
use crate::store::query::{self, AccessQuery};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "NO")]
    pub person: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    #[command(flatten)]
    pub paper: Options,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    args.paper.check(&office)?;
    let query = AccessQuery {
        person: args.person.as_deref().map(|no| office.person(no)).transpose()?,
        officer: args.by.as_deref().map(|name| office.officer_named(name)).transpose()?,
        since: office.at(args.since.as_deref())?,
    };
    let sheet = query::access(&office.reader, &query, office.now())?;
    let head = sheet.face.head.clone();
    let made = paper::make(&office, &Paper { sheet }, &head)?;
    paper::put(&mut office, &made, &args.paper, None)
}
