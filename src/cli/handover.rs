//! `zhiban handover`: the paper of the running shift; with `--close` the shift is handed over.

use super::args::Handover;
use super::office::{Ctx, Office};
use super::{Done, backup, help, out};
use crate::domain::ids::OfficerId;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::store;
use crate::log::event::HandoverItem;
use crate::paper::summary::{Handed, Summary, summary};
use crate::paper::{json, print, text};
use crate::runtime::backup_beside;
use crate::store::act::{Act, Close};
use crate::store::query;
use std::path::{Path, PathBuf};

pub(super) fn run(ctx: &Ctx, args: &Handover) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let mut paper = summary(&office.reader, office.now())?
        .ok_or_else(|| Error::refused(store::NO_SHIFT).hint(store::NO_SHIFT_HINT))?;
    if let Some(out) = &args.out {
        is_free(out)?;
    }
    if args.print {
        office.may_write()?;
        office.officer()?;
    }
    match &args.to {
        Some(to) if args.close => {
            // Everything that can be refused is refused before anything is shown or written.
            let to = taker(&office, to)?;
            close(&mut office, &mut paper, to, args)
        }
        _ => show(&mut office, &paper, args, None),
    }
}

/// Shows, writes and prints the paper as asked; `file` is a text copy that is there already.
fn show(office: &mut Office, paper: &Summary, args: &Handover, file: Option<&Path>) -> Result<Done> {
    let shown = if args.format == "json" {
        out::json_text(&json::json(paper, office.lang))?
    } else {
        text::text(paper, office.lang)
    };
    match &args.out {
        Some(file) => {
            print::write(shown.as_bytes(), file)?;
            out::tell(say::paper_written(file.display()).get(office.lang));
        }
        None => out::text(&shown)?,
    }
    if !args.print {
        return Ok(Done::Yes);
    }
    // The printer gets the text, whatever was shown.
    let file = match (file, &args.out) {
        (Some(file), _) => file.to_owned(),
        (None, Some(out)) if args.format == "text" => out.clone(),
        (None, _) => keep(office, paper)?,
    };
    print_it(office, paper, &file)
}

/// Hands the paper to the printer. Without one, the file stays and is named.
fn print_it(office: &mut Office, paper: &Summary, file: &Path) -> Result<Done> {
    let printed = print::print(file, &print::Job::on(&office.settings.printer), &|| false);
    let (done, message) = (printed.is_well(), printed.message.get(office.lang));
    // Only what a queue took is on its way to being paper.
    if let Some(to) = printed.queue {
        office.commit(&Act::Printed { paper: "handover".to_owned(), to, head: paper.head.clone() }, None)?;
    }
    if done {
        out::tell(message);
        return Ok(Done::Yes);
    }
    out::tell(&format!("{}{message}", say::ERROR.get(office.lang)));
    Ok(Done::No)
}

/// Writes the text paper to a new file beside the database.
fn keep(office: &Office, paper: &Summary) -> Result<PathBuf> {
    let stamp = office.settings.calendar.local(office.now()).format("%Y%m%d-%H%M").to_string();
    let file = free(|n| {
        office.store.path().with_file_name(match n {
            1 => format!("handover-{stamp}.txt"),
            n => format!("handover-{stamp}-{n}.txt"),
        })
    });
    print::write(text::text(paper, office.lang).as_bytes(), &file)?;
    Ok(file)
}

/// The first of numbered names that is not taken.
fn free(name: impl Fn(u32) -> PathBuf) -> PathBuf {
    // After a thousand of one minute the writing itself says that the file exists.
    (1..1000).map(&name).find(|file| !file.exists()).unwrap_or_else(|| name(1))
}

/// A paper never takes the place of another file, and a mistyped folder is not made.
fn is_free(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(Error::file(say::folder_missing(folder.display())));
    }
    // A link that leads nowhere is in the way as well.
    if file.symlink_metadata().is_ok() {
        return Err(Error::file(say::file_exists(file.display())));
    }
    Ok(())
}

/// Who takes over: somebody other than who is on duty.
fn taker(office: &Office, name: &str) -> Result<(OfficerId, String)> {
    office.may_write()?;
    office.officer()?;
    let to = office.officer_named(name)?;
    if query::shift_range(&office.reader)?.is_some_and(|shift| shift.officer == to) {
        return Err(Error::refused(store::TO_ONESELF));
    }
    Ok((to, name.trim().to_owned()))
}

/// Walks the open items, closes the shift, opens the next, takes a backup.
fn close(
    office: &mut Office,
    paper: &mut Summary,
    (to, name): (OfficerId, String),
    args: &Handover,
) -> Result<Done> {
    let lang = office.lang;
    let open = crate::app::handover::items(paper);
    let tick = args.tick.as_deref();
    if tick.is_none() && !out::is_interactive() {
        return Err(Error::refused(say::NO_WALK).hint(say::NO_WALK_HINT));
    }
    let mut items: Vec<HandoverItem> = Vec::with_capacity(open.len());
    if tick.is_none() && !open.is_empty() {
        out::tell(say::ACK_TITLE.get(lang));
    }
    for (mut item, words) in open {
        item.ticked = if let Some(tick) = tick {
            tick == "all"
        } else {
            out::tell(words.get(lang));
            out::confirm(say::ACK_ASK, lang)
        };
        items.push(item);
    }
    // A handover is never undone.
    if tick.is_none() && !out::confirm(say::CLOSE_ASK, lang) {
        return Err(Error::refused(say::NOT_DONE));
    }
    let ticked = items.iter().filter(|item| item.ticked).count();
    let all = items.len();
    // The paper comes first: what is signed must exist, with the head as it stood.
    paper.handed = Some(Handed { to: name.clone(), items: items.clone(), words: args.words.clone() });
    let kept = keep(office, paper)?;
    let act =
        Act::CloseShift(Box::new(Close { items, words: args.words.clone(), ..Close::new(paper.shift, to) }));
    if let Err(error) = office.commit(&act, None) {
        // Nothing was handed over, so there is nothing to sign.
        let _ = std::fs::remove_file(&kept);
        return Err(error);
    }
    // Standard output holds the paper alone.
    out::tell(say::handed_over(&paper.officer_name, name).get(lang));
    out::tell(say::acknowledged(ticked, all).get(lang));
    out::tell(say::paper_written(kept.display()).get(lang));
    // The shift is handed over whatever becomes of the rest.
    let shown = show(office, paper, args, Some(&kept)).unwrap_or_else(|error| {
        help::fail(&error, lang);
        Done::No
    });
    let file = backup_beside(office.store.path(), office.now(), office.settings.calendar);
    match backup::take(office, &file) {
        Ok(head) => {
            out::tell(say::backed_up(file.display(), head).get(lang));
            Ok(shown)
        }
        Err(error) => {
            help::fail(&Error::file(say::backup_failed(error.text(lang))), lang);
            Ok(Done::No)
        }
    }
}
