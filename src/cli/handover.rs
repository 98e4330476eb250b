//! `zhiban handover`: the paper of the running shift; with `--close` the shift is handed over.

use super::args::Handover;
use super::office::{Ctx, Office};
use super::{Done, backup, help, out};
use crate::domain::ids::OfficerId;
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::log::event::HandoverItem;
use crate::paper::summary::{Summary, summary};
use crate::paper::{json, print, text};
use crate::runtime::backup_beside;
use crate::store::act::Act;
use std::path::{Path, PathBuf};

pub(super) fn run(ctx: &Ctx, args: Handover) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let paper = summary(&office.reader, office.now())?.ok_or_else(|| {
        Error::refused(crate::i18n::store::NO_SHIFT).hint(crate::i18n::store::NO_SHIFT_HINT)
    })?;
    let shown = if args.format == "json" {
        let value = json::json(&paper, office.lang);
        let mut shown =
            serde_json::to_string_pretty(&value).map_err(|e| Error::internal("writing JSON", e))?;
        shown.push('\n');
        shown
    } else {
        text::text(&paper, office.lang)
    };
    match &args.out {
        Some(file) => {
            print::write(&shown, file)?;
            eprintln!("{}", say::paper_written(file.display()).get(office.lang));
        }
        None => out::text(&shown)?,
    }
    let mut done = Done::Yes;
    if args.print && !print_it(&mut office, &paper, args.out.as_deref())? {
        done = Done::No;
    }
    match &args.to {
        Some(to) if args.close => {
            let to = office.officer_named(to)?;
            close(&mut office, &paper, to, args.tick.as_deref(), args.words).map(|closed| match closed {
                Done::Yes => done,
                Done::No => Done::No,
            })
        }
        _ => Ok(done),
    }
}

/// Prints the text paper; whether a printer took it. Without one, the file stays and is named.
fn print_it(office: &mut Office, paper: &Summary, out: Option<&Path>) -> Result<bool> {
    office.may_write()?;
    // The printer gets the text, whatever was shown.
    let file = out.map_or_else(|| paper_beside(office), |out| out.with_extension("txt"));
    print::write(&text::text(paper, office.lang), &file)?;
    let printed = print::print(&file, &office.settings.printer);
    let message = safe_line(printed.message.get(office.lang)).into_owned();
    if printed.printed {
        eprintln!("{message}");
    } else {
        eprintln!("{}{message}", say::ERROR.get(office.lang));
    }
    let to = printed.queue.unwrap_or_else(|| {
        file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    });
    office.commit(&Act::Printed { paper: "handover".to_owned(), to, head: paper.head.clone() }, None)?;
    Ok(printed.printed)
}

fn paper_beside(office: &Office) -> PathBuf {
    let stamp = office.settings.calendar.local(office.now()).format("%Y%m%d-%H%M%S");
    office.store.path().with_file_name(format!("handover-{stamp}.txt"))
}

/// Walks the open items, closes the shift, opens the next, takes a backup.
fn close(
    office: &mut Office,
    paper: &Summary,
    to: OfficerId,
    tick: Option<&str>,
    words: String,
) -> Result<Done> {
    office.may_write()?;
    let lang = office.lang;
    let open = crate::app::handover::items(paper);
    let mut items: Vec<HandoverItem> = Vec::with_capacity(open.len());
    if tick.is_none() && !open.is_empty() {
        eprintln!("{}", say::ACK_TITLE.get(lang));
    }
    for (mut item, words) in open {
        item.ticked = if let Some(tick) = tick {
            tick == "all"
        } else {
            eprintln!("{}", safe_line(words.get(lang)));
            out::confirm(say::ACK_ASK, lang)
        };
        items.push(item);
    }
    if tick.is_none() && out::is_interactive() && !out::confirm(say::CLOSE_ASK, lang) {
        help::fail(&Error::refused(say::NOT_DONE), lang);
        return Ok(Done::No);
    }
    let ticked = items.iter().filter(|item| item.ticked).count();
    let all = items.len();
    office.commit(&Act::CloseShift { to, items, words, shift: paper.shift }, None)?;
    let taker = crate::store::query::shift_range(&office.reader)?.map(|shift| shift.name).unwrap_or_default();
    // Standard output holds the paper alone.
    eprintln!("{}", say::handed_over(&paper.officer_name, taker).get(lang));
    eprintln!("{}", say::acknowledged(ticked, all).get(lang));
    let file = backup_beside(office.store.path(), office.now(), office.settings.calendar);
    match backup::take(office, &file) {
        Ok(head) => {
            eprintln!("{}", say::backed_up(file.display(), head).get(lang));
            Ok(Done::Yes)
        }
        // The shift is handed over whatever became of its backup.
        Err(error) => {
            help::fail(&Error::file(say::backup_failed(error.text(lang))), lang);
            Ok(Done::No)
        }
    }
}
