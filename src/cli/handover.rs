//! `zhiban handover`: the paper of the running shift, or of one that was signed; with `--close` the shift is handed
//! over.

mod walk;

pub(super) use walk::places;

use super::office::{Ctx, Office};
use super::paper::{self, Made, Options};
use super::{Done, backup, help, out, pin};
use crate::domain::handover::{Checked, How};
use crate::domain::ids::{OfficerId, ShiftId};
use crate::domain::officer::Role;
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::file;
use crate::i18n::handover as words;
use crate::i18n::store;
use crate::i18n::{passing, rights};
use crate::paper::file::Format;
use crate::paper::frozen::{hand_over, signed};
use crate::paper::summary::{Summary, summary};
use crate::paper::template::Templates;
use crate::runtime::backup_beside;
use crate::store::act::Close;
use crate::store::check::check;
use crate::store::query;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("whom").args(["to", "go_on"]))]
pub(super) struct Handover {
    #[command(flatten)]
    pub paper: Options,
    #[arg(long, value_name = "ID|N|last", conflicts_with = "close")]
    pub shift: Option<String>,
    #[arg(long, requires = "whom")]
    pub close: bool,
    #[arg(long, value_name = "OFFICER", requires = "close", conflicts_with = "go_on")]
    pub to: Option<String>,
    #[arg(long = "continue", requires = "close", requires = "reason")]
    pub go_on: bool,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "go_on")]
    pub reason: String,
    #[arg(long, value_name = "TEXT", default_value = "", requires = "close")]
    pub words: String,
    #[arg(long, value_name = "all|none|1,2,5", requires = "close")]
    pub tick: Option<String>,
    #[arg(long, value_name = "N=TEXT", requires = "tick")]
    pub ask: Vec<String>,
    #[arg(long, requires = "close")]
    pub stdin: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Handover) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    args.paper.check(&office)?;
    if let Some(which) = &args.shift {
        let shift = query::closed_shift(&office.reader, which)?
            .ok_or_else(|| Error::not_found(words::NO_SIGNED_SHIFT).hint(words::NO_SIGNED_SHIFT_HINT))?;
        let made = reprint(&office, shift)?;
        return paper::put(&mut office, &made, &args.paper, None);
    }
    let cut = summary(&office.reader, office.now())?
        .ok_or_else(|| Error::refused(store::NO_SHIFT).hint(store::NO_SHIFT_HINT))?;
    if args.close {
        return close(&mut office, &cut, args);
    }
    let made = paper::make(&office, &cut, &cut.head)?;
    paper::put(&mut office, &made, &args.paper, None)
}

/// The paper of a shift that was handed over, as it was signed.
fn reprint(office: &Office, shift: ShiftId) -> Result<Made> {
    let kept = signed(&office.reader, shift)?.ok_or_else(|| Error::not_found(words::NO_SIGNED_SHIFT))?;
    let paper = kept.paper(office.lang, &Templates::of(office.path()))?;
    if let Some(warning) = &paper.warning {
        out::tell(warning.get(office.lang));
    }
    Ok(Made { paper, head: kept.summary.head })
}

/// Who takes over: somebody else, or, when it is said explicitly, the same officer.
fn taker(office: &Office, cut: &Summary, args: &Handover) -> Result<(OfficerId, String)> {
    office.may_write()?;
    office.officer()?;
    let Some(name) = &args.to else { return Ok((cut.officer, cut.officer_name.clone())) };
    let to = office.officer_named(name)?;
    if to == cut.officer {
        return Err(Error::refused(store::TO_ONESELF).hint(words::TO_ONESELF_HINT));
    }
    if query::role(&office.reader, to)? == Role::ReadOnly {
        return Err(Error::refused(rights::no_shift_for(name.trim())));
    }
    Ok((to, name.trim().to_owned()))
}

/// Walks the open items, signs, closes the shift and opens the next, takes a backup.
fn close(office: &mut Office, cut: &Summary, args: &Handover) -> Result<Done> {
    // Everything that can be refused is refused before anything is shown or written.
    let (to, name) = taker(office, cut, args)?;
    let walked = walk::walk(office, cut, args)?;
    let how = if args.go_on { How::Continued } else { How::Handed };
    let mut close = Close {
        how,
        reason: args.reason.clone(),
        items: walked.items,
        questions: walked.questions,
        words: args.words.clone(),
        ..Close::new(cut.shift, to)
    };
    close.from_pin =
        pin::sign_as(office, cut.officer, &cut.officer_name, &|name| words::handing_over(name), args.stdin)?;
    if how == How::Handed {
        close.to_pin = pin::sign_as(office, to, &name, &|name| words::taking_over(name), args.stdin)?;
    }
    // A handover is never undone.
    if args.tick.is_none() && !out::confirm(say::CLOSE_ASK, office.lang) {
        return Err(Error::refused(say::NOT_DONE));
    }
    finish(office, &close, &args.paper, (&cut.officer_name, &name))
}

/// Passes the shift on and gives its paper: first the log, then the paper made from it, which can be made again.
pub(super) fn finish(
    office: &mut Office,
    close: &Close,
    options: &Options,
    (from, to): (&str, &str),
) -> Result<Done> {
    let lang = office.lang;
    let templates = Templates::of(office.path());
    let checked = checked(office)?;
    let sound = checked.found == 0;
    let close = &Close { checked: Some(checked), ..close.clone() };
    office.hand_over(|store, author, ids| hand_over(store, author, ids, close, &templates)).map_err(
        |error| match error.field() {
            Some("from_pin") => pin::whose(error, &words::handing_over(safe_line(from))),
            Some("to_pin") => pin::whose(error, &words::taking_over(safe_line(to))),
            _ => error,
        },
    )?;
    let kept =
        signed(&office.reader, close.shift)?.ok_or_else(|| Error::not_found(words::NO_SIGNED_SHIFT))?;
    // Standard output holds the paper alone.
    out::tell(
        match close.how {
            How::Continued => words::continued(from),
            How::TakenOver => words::taken_alone(to, from),
            How::Handed => say::handed_over(from, to),
        }
        .get(lang),
    );
    if let Some(handed) = &kept.summary.handed {
        let ticked = handed.items.iter().filter(|item| item.ticked).count();
        let all = handed.items.len();
        let told = match close.how {
            How::TakenOver => passing::all_unread(all),
            How::Handed | How::Continued => say::acknowledged(ticked, all),
        };
        out::tell(told.get(lang));
    }
    // The shift is handed over whatever becomes of the rest.
    let shown = show(office, close.shift, options).unwrap_or_else(|error| {
        help::fail(&error, lang);
        Done::No
    });
    let file = backup_beside(office.path(), office.now(), office.settings.calendar);
    match backup::take(office, &file, sound) {
        Ok((_, Some(error))) => {
            help::fail(&error, lang);
            Ok(Done::No)
        }
        Ok((head, None)) => {
            out::tell(say::backed_up(file.display(), head).get(lang));
            Ok(shown)
        }
        Err(error) => {
            help::fail(&Error::file(say::backup_failed(error.text(lang))), lang);
            Ok(Done::No)
        }
    }
}

/// Checks the file before it is signed for: what is found stands on the paper and keeps nobody from handing over.
fn checked(office: &Office) -> Result<Checked> {
    let found = out::when_long(file::CHECKING.get(office.lang), || check(&office.reader, None))?.found();
    if found > 0 {
        out::tell(file::unsound_told(found).get(office.lang));
    }
    let behind = office.behind.as_ref().map(|behind| behind.missing);
    Ok(Checked { at: office.now(), found, behind })
}

/// The signed paper as asked for, and in any case as a file beside the database.
fn show(office: &mut Office, shift: ShiftId, options: &Options) -> Result<Done> {
    let made = reprint(office, shift)?;
    match paper::keep(office, &made, Format::Pdf) {
        Ok(kept) => {
            out::tell(say::paper_written(kept.display()).get(office.lang));
            paper::put(office, &made, options, Some(&kept))
        }
        // What could not be written is said; the paper is there all the same, as text.
        Err(error) => {
            help::fail(&error, office.lang);
            let kept = paper::keep(office, &made, Format::Text)?;
            out::tell(say::paper_written(kept.display()).get(office.lang));
            paper::put(office, &made, options, None).map(|_| Done::No)
        }
    }
}
