//! Papers beside the screen: made and laid out for the preview, kept while it is seen, written and printed from there.

use super::sources::{Cut, Make};
use super::work::{Work, beside, name_of};
use super::writer::Write;
use super::{Event, guarded, sentence, spawn};
use crate::app::shown::paper::{Logged, PaperAsk, Sheaf};
use crate::app::{Msg, Tone};
use crate::domain::form::What;
use crate::domain::ids::{OfficerId, ShiftId, Subject, UnitId};
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::form_sheet as sheets;
use crate::i18n::runtime as say;
use crate::intake::{form_dir_beside, mapping};
use crate::paper::file::{Format, bytes};
use crate::paper::fonts::Fonts;
use crate::paper::glyphs::printable;
use crate::paper::print::{self, Job, Sides};
use crate::paper::template::Templates;
use crate::paper::{Paper, preview, to_fill};
use crate::say::{Lang, Say};
use crate::store::act::Act;
use crate::store::{Reader, local, query};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A paper that is being looked at.
pub(super) struct Kept {
    /// One, or several of the same kind.
    papers: Vec<Paper>,
    /// The head code of the log they were cut from.
    head: String,
}

/// The name under which this machine remembers how it was printed last.
const LAST_JOB: &str = "print";

impl Work {
    /// Makes a paper and lays it out.
    pub(super) fn preview(&mut self, token: u64, ask: PaperAsk, lang: Lang, revealed: Logged) {
        // One made anew takes the place of the one before.
        self.papers.remove(&token);
        let stop = Arc::new(AtomicBool::new(false));
        self.running.insert(token, Arc::clone(&stop));
        let (path, clock, events) = (self.path.clone(), self.clock.clone(), self.events.clone());
        let task = move || {
            let tell = |msg: Msg| {
                let _ = events.send(Event::Msg(msg));
            };
            let made = guarded(|| {
                let reader = Reader::open(&path)?;
                let make = Make { reader: &reader, now: clock.now(), lang, templates: Templates::of(&path) };
                let cut = make.cut(&ask, &revealed)?;
                tell(Msg::Progress { token, done: 0, total: 0, words: say::LAYING_OUT.into() });
                let sheaf = sheaf(&cut, &|| stop.load(Ordering::SeqCst))?;
                Ok(sheaf.map(|sheaf| (Kept { papers: cut.papers, head: cut.head }, sheaf)))
            });
            // Nobody waits for what was stopped.
            if stop.load(Ordering::SeqCst) {
                return;
            }
            let _ = events.send(match made {
                Ok(Some((kept, sheaf))) => {
                    Event::Paged { token, kept: Box::new(kept), sheaf: Box::new(sheaf) }
                }
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
            let files = write_all(&path, &kept, format, clock.now())?;
            let (first, told) = named(&files);
            Ok((printed(&kept, &first), Tone::Good, told))
        });
    }

    /// Writes the sheets that units fill in into a new folder beside the database.
    pub(super) fn write_forms(&self, officer: OfficerId, units: Vec<UnitId>, lang: Lang) {
        let (path, clock) = (self.path.clone(), self.clock.clone());
        self.beside("work-sheets", officer, move || {
            let reader = Reader::open(&path)?;
            let forms = mapping::load_forms(form_dir_beside(&path).as_deref())?;
            let form = mapping::newest(&forms, What::Report, None)?;
            let known = query::roster(&reader)?;
            let mut which: Vec<UnitId> = units.iter().map(|unit| known.reporting_unit(*unit)).collect();
            which.dedup();
            let which = (!which.is_empty()).then_some(which.as_slice());
            let of = query::to_fill(&reader, which, None, None, clock.now())?;
            if of.units.is_empty() {
                return Err(Error::refused(sheets::NO_UNITS));
            }
            let folder = new_folder(&path, &format!("{}-{}", sheets::SHEETS.get(lang), of.day))?;
            for (unit, name) in of.units.iter().zip(to_fill::names(&of)) {
                let sheet = to_fill::Sheet { of: &of, unit, form, to: "", revealed: false };
                print::write(&sheet.xlsx(lang)?, &folder.join(format!("{name}.xlsx")))?;
            }
            let name = name_of(&folder);
            let subject = match of.units.as_slice() {
                [one] => Some(Subject::Unit(one.unit.id)),
                _ => None,
            };
            let to = format!("{name} ×{}", of.units.len());
            let act =
                Act::Printed { paper: to_fill::PAPER.to_owned(), to, head: of.face.head.clone(), subject };
            Ok((act, Tone::Good, sheets::all_written(folder.display(), of.units.len())))
        });
    }

    /// Writes a kept paper as PDF and hands it to the printer; what the queue answers is told when it is known.
    pub(super) fn print_paper(&self, token: u64, officer: OfficerId, job: Job) {
        let Some(kept) = self.kept(token) else { return };
        if !job.printer.is_empty() {
            let _ = self.writes.send(Write::KeepChoice { name: LAST_JOB, value: remembered(&job) });
        }
        let (path, clock) = (self.path.clone(), self.clock.clone());
        self.beside("work-print", officer, move || print_all(&path, &kept, &job, clock.now()));
    }

    /// The paper of a shift that was just handed over, as it was signed: written at once, as text where the PDF cannot
    /// be. It is printed from its preview.
    pub(super) fn write_handover(&self, officer: OfficerId, shift: ShiftId, lang: Lang) {
        let (path, clock, events) = (self.path.clone(), self.clock.clone(), self.events.clone());
        self.beside("work-paper", officer, move || {
            let reader = Reader::open(&path)?;
            let make = Make { reader: &reader, now: clock.now(), lang, templates: Templates::of(&path) };
            let Cut { papers, head, .. } = make.cut(&PaperAsk::Handover(Some(shift)), &Logged::default())?;
            let kept = Kept { papers, head };
            let (files, tone, trouble) = match write_all(&path, &kept, Format::Pdf, clock.now()) {
                Ok(files) => (files, Tone::Good, None),
                Err(error) => {
                    (write_all(&path, &kept, Format::Text, clock.now())?, Tone::Warn, Some(sentence(&error)))
                }
            };
            let (first, mut told) = named(&files);
            if let Some(file) = files.first() {
                // The preview of it says so for as long as it is seen; the notice goes.
                let file = file.display().to_string();
                let _ = events.send(Event::Msg(Msg::HandoverWritten { shift, file }));
            }
            if let Some(trouble) = trouble {
                told = Say {
                    zh: format!("{} {}", told.zh, trouble.zh),
                    en: format!("{} {}", told.en, trouble.en),
                };
            }
            Ok((printed(&kept, &first), tone, told))
        });
    }

    /// Which printers there are, and how it was printed last.
    pub(super) fn printers(&self, token: u64) {
        let (path, events) = (self.path.clone(), self.events.clone());
        let started = spawn("work-printers", move || {
            let printers = print::printers(&|| false);
            let last = guarded(|| last_job(&Reader::open(&path)?));
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

/// A folder beside the database that was not there before.
fn new_folder(database: &Path, name: &str) -> Result<PathBuf> {
    let beside = |n: u32| match n {
        1 => database.with_file_name(name),
        n => database.with_file_name(format!("{name}-{n}")),
    };
    let folder = (1..1000).map(beside).find(|folder| !folder.exists()).unwrap_or_else(|| beside(1));
    std::fs::create_dir(&folder)
        .map_err(|error| Error::machine(Kind::NotSaved, &error, crate::i18n::paper::workbook_failed))?;
    Ok(folder)
}

/// Lays papers out for the screen; none when nobody waits any longer.
fn sheaf(cut: &Cut, stop: &dyn Fn() -> bool) -> Result<Option<Sheaf>> {
    let mut pages = Vec::new();
    let mut trouble = None;
    for paper in &cut.papers {
        if stop() {
            return Ok(None);
        }
        let fonts = Fonts::get()?;
        let printable = printable(paper, fonts);
        match preview::pages(&printable, fonts) {
            Ok(laid) => pages.extend(laid.iter().map(|page| page.blocks(&printable))),
            // What cannot be laid out the officer reads, and writes as text.
            Err(error) => {
                trouble = Some(say::only_text(error.text(Lang::Zh), error.text(Lang::En)));
                pages.push(paper.blocks.clone());
            }
        }
    }
    let first = cut.papers.first();
    Ok(Some(Sheaf {
        // A title that takes several lines on the paper takes one above its preview.
        title: first.map_or_else(String::new, |paper| {
            paper.title.lines().map(str::trim).collect::<Vec<_>>().join(" ")
        }),
        pages,
        tables: first.is_some_and(|paper| !paper.sheets.is_empty()),
        numbers: cut.numbers.clone(),
        revealed: cut.revealed,
        warning: trouble.or_else(|| cut.papers.iter().find_map(|paper| paper.warning.clone())),
    }))
}

/// A paper as its preview shows it. `logged` are those whose numbers were asked for.
///
/// # Errors
/// What was asked for is not there; the paper cannot be made or laid out.
pub fn paper_shown(
    reader: &Reader,
    now: Ts,
    ask: &PaperAsk,
    lang: Lang,
    logged: &Logged,
) -> Result<Option<Sheaf>> {
    let make = Make { reader, now, lang, templates: Templates::builtin() };
    sheaf(&make.cut(ask, logged)?, &|| false)
}

fn printed(kept: &Kept, to: &str) -> Act {
    let paper = kept.papers.first().map_or("", |paper| paper.kind.code()).to_owned();
    // Several at once are about nobody alone.
    let subject = if let [paper] = kept.papers.as_slice() { paper.subject } else { None };
    Act::Printed { paper, to: to.to_owned(), head: kept.head.clone(), subject }
}

/// Every paper as a file beside the database; all are made before the first is written.
fn write_all(database: &Path, kept: &Kept, format: Format, now: Ts) -> Result<Vec<PathBuf>> {
    let reader = Reader::open(database)?;
    let calendar = query::settings(&reader)?.calendar;
    let made: Vec<Vec<u8>> = kept.papers.iter().map(|paper| bytes(paper, format)).collect::<Result<_>>()?;
    let mut files = Vec::with_capacity(made.len());
    for (paper, content) in kept.papers.iter().zip(made) {
        let file = beside(database, paper.kind.code(), format.extension(), now, calendar);
        print::write(&content, &file)?;
        files.push(file);
    }
    Ok(files)
}

/// The first file's name, and what to tell of all.
fn named(files: &[PathBuf]) -> (String, Say) {
    match files {
        [] => (String::new(), say::NO_PAPER.into()),
        [one] => (name_of(one), say::paper_written(one.display())),
        [first, ..] => (name_of(first), say::papers_written(files.len(), first.display())),
    }
}

/// Prints one after another; when the printer is in trouble the rest is not sent after it.
fn print_all(database: &Path, kept: &Kept, job: &Job, now: Ts) -> Result<(Act, Tone, Say)> {
    let files = write_all(database, kept, Format::Pdf, now)?;
    let (mut to, mut told) = named(&files);
    let mut tone = Tone::Warn;
    for (paper, file) in kept.papers.iter().zip(&files) {
        let job = Job { sides: job.sides.of_paper(paper.look.wide), ..job.clone() };
        let outcome = print::print(file, &job, &|| false);
        tone = if outcome.is_well() { Tone::Good } else { Tone::Warn };
        to = outcome.queue.clone().unwrap_or(to);
        told.clone_from(&outcome.message);
        if !outcome.is_well() {
            break;
        }
    }
    Ok((printed(kept, &to), tone, told))
}

/// How it was printed last on this machine, else on the office's printer.
fn last_job(reader: &Reader) -> Result<Job> {
    let chosen = query::settings(reader)?.printer;
    Ok(local::choice(reader, LAST_JOB)?.map_or_else(|| Job::on(&chosen), |text| job_of(&text)))
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
        assert_eq!(Sides::Two.of_paper(true), Sides::TwoShort);
        assert_eq!((Sides::One.of_paper(true), Sides::Two.of_paper(false)), (Sides::One, Sides::Two));
    }
}
