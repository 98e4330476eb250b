//! `zhiban dossier NO`: everything known of one person, on paper.

use super::approval::Approval;
use super::office::{Ctx, Office};
use super::paper::Options;
use super::{Done, paper};
use crate::app::shown::paper::Logged;
use crate::error::{Error, Result};
use crate::paper::dossier::Paper;
use crate::store::query;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "NO")]
    pub no: String,
    #[command(flatten)]
    pub paper: Options,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let person = office.person(&args.no)?;
    args.paper.check(&office)?;
    if let Some(reason) = &args.reveal {
        office.reveal(&Logged::person(person), reason, &args.approval)?;
    }
    let sheet = query::dossier_sheet(&office.reader, person, office.now())?
        .ok_or_else(|| Error::not_found(crate::i18n::store::NO_PERSON))?;
    let head = sheet.face.head.clone();
    let made = paper::make(&office, &Paper::new(sheet, args.reveal.is_some()), &head)?;
    paper::put(&mut office, &made, &args.paper, None)
}
