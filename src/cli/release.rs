//! `zhiban release NO`: the notice that a case was released, or a draft of it.

use super::office::{Ctx, Office};
use super::paper::Options;
use super::{Done, paper};
use crate::error::{Error, Result};
use crate::paper::release::Paper;
use crate::store::query;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "NO")]
    pub no: String,
    #[command(flatten)]
    pub paper: Options,
    #[arg(long)]
    pub draft: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let person = office.person(&args.no)?;
    args.paper.check(&office)?;
    let sheet = query::release_sheet(&office.reader, person, office.now())?
        .ok_or_else(|| Error::not_found(crate::i18n::store::NO_PERSON))?;
    let head = sheet.face.head.clone();
    let made = paper::make(&office, &Paper::of(sheet, args.draft)?, &head)?;
    paper::put(&mut office, &made, &args.paper, None)
}
