//! `zhiban callsheet`: who must be called today, on paper.

use super::approval::Approval;
use super::office::{Ctx, Office};
use super::paper::Options;
use super::{Done, out, paper};
use crate::app::shown::paper::Logged;
use crate::error::Result;
use crate::i18n::cli as say;
use crate::i18n::terms::CALL_SHEET_REASON;
use crate::paper::callsheet::Paper;
use crate::store::query;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pub paper: Options,
    // The sheet's own reason when none is given: without numbers it is of no use in a power cut.
    #[arg(long, value_name = "REASON", num_args = 0..=1, default_missing_value = crate::i18n::terms::CALL_SHEET_REASON)]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    args.paper.check(&office)?;
    let sheet = query::call_sheet(&office.reader, office.now())?;
    let numbers = Logged { people: sheet.people(), calls: sheet.callers(), ..Logged::default() };
    let reason = args.reveal.clone().or_else(|| {
        // On paper the sheet is of use only with its numbers: that is offered, and never done unasked.
        let may_ask = (args.paper.print || args.paper.out.is_some()) && out::is_interactive();
        (may_ask && !numbers.is_empty() && out::confirm(say::REVEAL_ON_SHEET, office.lang))
            .then(|| CALL_SHEET_REASON.to_owned())
    });
    let sheet = match &reason {
        Some(reason) => {
            office.reveal(&numbers, reason, &args.approval)?;
            // The head on the paper comes after what was logged for it.
            query::call_sheet(&office.reader, office.now())?
        }
        None => sheet,
    };
    // Somebody who came onto the sheet in between was not logged: nobody's number is shown then.
    let now = Logged { people: sheet.people(), calls: sheet.callers(), ..Logged::default() };
    let revealed = reason.is_some() && numbers.covers(&now);
    let head = sheet.face.head.clone();
    let made = paper::make(&office, &Paper { sheet, revealed }, &head)?;
    paper::put(&mut office, &made, &args.paper, None)
}
