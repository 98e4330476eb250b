//! Papers beside the screen: made and laid out for the preview, kept while it is seen, written and printed from there.

use super::work::{Work, beside, name_of};
use super::writer::Write;
use super::{Event, guarded, sentence, spawn};
use crate::app::paper::{PaperAsk, Sheaf};
use crate::app::{Msg, Tone};
use crate::domain::ids::OfficerId;
use crate::error::{Error, Result};
use crate::i18n::{Lang, runtime as say};
use crate::paper::file::{Format, bytes};
use crate::paper::fonts::Fonts;
use crate::paper::print::{self, Job, Sides};
use crate::paper::template::{self, Templates};
use crate::paper::{Paper, Source, preview};
use crate::store::act::Act;
use crate::store::{Reader, local, query};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A paper that is being looked at.
pub(super) struct Kept {
    paper: Paper,
    /// The head code of the log it was cut from.
    head: String,
}

/// The name under which this machine remembers how it was printed last.
const LAST_JOB: &str = "print";

impl Work {
    /// Makes a paper and lays it out.
    pub(super) fn preview(&mut self, token: u64, ask: PaperAsk, lang: Lang, reason: String) {
        // One made anew takes the place of the one before.
        self.papers.remove(&token);
        let stop = Arc::new(AtomicBool::new(false));
        self.running.insert(token, Arc::clone(&stop));
        let (path, clock, events) = (self.path.clone(), self.clock.clone(), self.events.clone());
        let task = move || {
            let made = guarded(|| {
                let reader = Reader::open(&path)?;
                let (source, people) = source(&reader, clock.now(), &ask, lang, &reason)?;
                let paper = template::make(&*source, lang, &Templates::of(&path))?;
                let head = query::head(&reader)?;
                if stop.load(Ordering::SeqCst) {
                    return Ok(None);
                }
                let _ = events.send(Event::Msg(Msg::Progress { token, done: 0, total: 0, words: say::LAYING_OUT.into() }));
                let pages = preview::pages(&paper, Fonts::get()?)?;
                let sheaf = Sheaf {
                    title: paper.title.clone(),
                    pages,
                    tables: !paper.sheets.is_empty(),
                    people,
                    warning: paper.warning.clone(),
                };
                Ok(Some((Kept { paper, head }, sheaf)))
            });
            // Nobody waits for what was stopped.
            if stop.load(Ordering::SeqCst) {
                return;
            }
            let _ = events.send(match made {
                Ok(Some((kept, sheaf))) => Event::Paged { token, kept: Box::new(kept), sheaf: Box::new(sheaf) },
                Ok(None) => return,
                Err(error) => Event::Msg(Msg::PaperFailed { token, error: sentence(&error) }),
            });
        };
        if let Err(error) = spawn("work-paper", task) {
            self.tell(Msg::PaperFailed { token, error: sentence(&error) });
        }
    }

    /// Keeps a paper while it is looked at, unless it was left meanwhile.
    pub(super) fn keep_paper(&mut self, token: u64, kept: Kept) -> bool {
        let wanted = self.running.remove(&token).is_some();
        if wanted {
            self.papers.insert(token, Arc::new(kept));
        }
        wanted
    }

    /// Writes a kept paper beside the database.
    pub(super) fn write_paper(&self, token: u64, officer: OfficerId, format: Format) {
        let Some(kept) = self.kept(token) else { return };
        let (path, clock) = (self.path.clone(), self.clock.clone());
        self.beside("work-paper", officer, move || {
            let reader = Reader::open(&path)?;
            let calendar = query::settings(&reader)?.calendar;
            let content = bytes(&kept.paper, format)?;
            let name = kept.paper.kind.code();
            let file = beside(&path, name, format.extension(), clock.now(), calendar);
            print::write(&content, &file)?;
            let told = say::paper_written(file.display());
            Ok((printed(&kept, &name_of(&file)), Tone::Good, told))
        });
    }

    /// Writes a kept paper as PDF and hands it to the printer; what the queue answers is told when it is known.
    pub(super) fn print_paper(&self, token: u64, officer: OfficerId, job: Job) {
        let Some(kept) = self.kept(token) else { return };
        if !job.printer.is_empty() {
            let _ = self.writes.send(Write::KeepChoice { name: LAST_JOB, value: remembered(&job) });
        }
        let (path, clock) = (self.path.clone(), self.clock.clone());
        self.beside("work-print", officer, move || {
            let reader = Reader::open(&path)?;
            let calendar = query::settings(&reader)?.calendar;
            let content = bytes(&kept.paper, Format::Pdf)?;
            let file = beside(&path, kept.paper.kind.code(), Format::Pdf.extension(), clock.now(), calendar);
            print::write(&content, &file)?;
            let job = Job { sides: sides(job.sides, kept.paper.look.wide), ..job };
            let outcome = print::print(&file, &job, &|| false);
            let tone = if outcome.is_well() { Tone::Good } else { Tone::Warn };
            let to = outcome.queue.unwrap_or_else(|| name_of(&file));
            Ok((printed(&kept, &to), tone, outcome.message))
        });
    }

    /// Which printers there are, and how it was printed last.
    pub(super) fn printers(&self, token: u64) {
        let (path, events) = (self.path.clone(), self.events.clone());
        let started = spawn("work-printers", move || {
            let printers = print::printers(&|| false);
            let last = guarded(|| {
                let reader = Reader::open(&path)?;
                let chosen = query::settings(&reader)?.printer;
                Ok(local::choice(&reader, LAST_JOB)?.map_or_else(|| Job::on(&chosen), |text| job_of(&text)))
            });
            // How it was done last is a help, no more.
            let last = last.unwrap_or_else(|_| Job::on(""));
            let _ = events.send(Event::Msg(Msg::Printers { token, printers, last }));
        });
        if let Err(error) = started {
            self.tell(Msg::Notice { tone: Tone::Bad, say: sentence(&error) });
        }
    }

    fn kept(&self, token: u64) -> Option<Arc<Kept>> {
        let kept = self.papers.get(&token).cloned();
        if kept.is_none() {
            self.tell(Msg::Notice { tone: Tone::Bad, say: say::NO_PAPER.into() });
        }
        kept
    }
}

fn printed(kept: &Kept, to: &str) -> Act {
    let paper = kept.paper.kind.code().to_owned();
    Act::Printed { paper, to: to.to_owned(), head: kept.head.clone() }
}

/// A paper that lies on its side is turned over the short edge.
fn sides(asked: Sides, wide: bool) -> Sides {
    if wide && asked == Sides::Two { Sides::TwoShort } else { asked }
}

/// `2 two Office-HP`: copies, sides, printer.
fn remembered(job: &Job) -> String {
    format!("{} {} {}", job.copies, job.sides.code(), job.printer)
}

fn job_of(text: &str) -> Job {
    let mut parts = text.splitn(3, ' ');
    let copies = parts.next().and_then(|n| n.parse().ok()).unwrap_or(1);
    let sides = parts.next().and_then(Sides::from_code).unwrap_or(Sides::AsSet);
    Job { printer: parts.next().unwrap_or_default().to_owned(), copies, sides }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_it_was_printed_last_comes_back() {
        let job = Job { printer: "Desk-One 2".to_owned(), copies: 3, sides: Sides::Two };
        assert_eq!(job_of(&remembered(&job)), job);
        assert_eq!(job_of(""), Job::on(""));
        assert_eq!((sides(Sides::Two, true), sides(Sides::One, true)), (Sides::TwoShort, Sides::One));
    }
}
