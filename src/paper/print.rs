//! Printing through CUPS: `lp` takes the file, then the queue is asked until the job has left it.
//!
//! `lp` answers 0 on a stopped queue (the job waits there), and with the scheduler down it says that the printer does
//! not exist: its own word is never the last one. What became of a job the print service itself says (`ask`); where it
//! does not, nobody says "printed". Whatever comes of it, the file stays, and its name is told.
//!
//! These calls wait for the queue: they belong on a worker's thread, never on the screen's.

mod ask;
mod command;
mod queue;

pub use queue::{Printer, PrinterState};

use crate::domain::codes;
use crate::domain::text::safe_line;
use crate::error::{Error, Kind, Result};
use crate::i18n::paper;
use crate::i18n::paper as say;
use crate::say::Say;
use command::{Answer, run};
use ipp::model::JobState;
use std::cell::RefCell;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

codes! {
    /// On which sides of the sheet.
    Sides {
        /// As the printer is set.
        AsSet = "as-set",
        /// On one side.
        One = "one",
        /// On both, turned over the long edge: a paper that stands upright.
        Two = "two",
        /// On both, turned over the short edge: a paper that lies on its side.
        TwoShort = "two-short",
    }
}

impl Sides {
    /// A paper that lies on its side is turned over the short edge.
    #[must_use]
    pub fn of_paper(self, lies_on_its_side: bool) -> Self {
        if lies_on_its_side && self == Self::Two { Self::TwoShort } else { self }
    }
}

/// How a paper is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The printer's queue; the system's default when empty.
    pub printer: String,
    /// How many copies.
    pub copies: u16,
    /// On which sides.
    pub sides: Sides,
}

impl Job {
    /// One copy on this printer, on the sides it is set to.
    pub fn on(printer: &str) -> Self {
        Self { printer: printer.to_owned(), copies: 1, sides: Sides::AsSet }
    }
}

/// Most copies of one paper: a slip of the finger is not a ream.
pub const MOST_COPIES: u16 = 99;

/// Where a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It came out.
    Printed,
    /// The printer is at it.
    Printing,
    /// A queue took it, and cannot be asked what became of it.
    Sent,
    /// The printer is at it, and complains.
    Trouble,
    /// It waits its turn behind so many others.
    Waiting(usize),
    /// The queue holds it.
    Held,
    /// The queue is stopped; the job waits there.
    Stopped,
    /// It left the queue, and nothing says that it was printed.
    Left,
    /// It was taken back, in the queue or at the printer.
    Cancelled,
    /// The printer gave up on it.
    Failed,
    /// No queue took it.
    Refused,
}

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Where it stands.
    pub state: State,
    /// What to tell the officer.
    pub message: Say,
    /// The queue, if one took it.
    pub queue: Option<String>,
    /// The job's name there, by which it can be withdrawn.
    pub job: Option<String>,
}

impl Outcome {
    /// Whether it is paper, or on its way to being paper with nothing in its way.
    pub fn is_well(&self) -> bool {
        matches!(self.state, State::Printed | State::Printing | State::Waiting(_) | State::Sent)
    }

    fn refused(message: Say) -> Self {
        Self { state: State::Refused, message, queue: None, job: None }
    }
}

/// Which printers there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printers {
    /// Whether printing is installed and its service runs.
    pub is_running: bool,
    /// What a paper goes to when nothing is said.
    pub default: Option<String>,
    /// All of them, by name.
    pub all: Vec<Printer>,
}

impl Printers {
    fn names(&self) -> String {
        self.all.iter().map(|printer| printer.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn find(&self, name: &str) -> Option<&Printer> {
        self.all.iter().find(|printer| printer.name == name)
    }
}

/// Writes a paper to a new file, for its owner alone: under a temporary name, synced, renamed. The folder has to be
/// there, and a file of that name must not.
///
/// # Errors
/// The file cannot be written, or is there already.
pub fn write(content: &[u8], to: &Path) -> Result<()> {
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let written = || {
        let mut file = tempfile::Builder::new().prefix(".zhiban-paper-").tempfile_in(folder)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(to).map_err(|e| e.error)?;
        crate::platform::sync_folder(folder)
    };
    written()
        .map_err(|error| Error::machine(Kind::NotSaved, &error, |why| paper::cannot_write(to.display(), why)))
}

/// The printers of this machine, as their queues describe them; printers of the network that have no queue yet come
/// with their name alone.
pub fn printers(stop: &dyn Fn() -> bool) -> Printers {
    Cups::default().printers(stop)
}

/// Hands a file to a printer and waits until its job has left the queue, something is wrong there, a minute has
/// passed, or `stop` says that nobody waits any longer; the job itself is not withdrawn then.
pub fn print(file: &Path, job: &Job, stop: &dyn Fn() -> bool) -> Outcome {
    Cups::default().print(file, job, stop)
}

/// Takes a job back out of its queue; whether that could be done.
pub fn withdraw(job: &str) -> bool {
    // `cancel` knows no `--`: a name that begins with a minus never gets there.
    let number = job.rsplit_once('-').and_then(|(name, number)| Some((name, number.parse::<u32>().ok()?)));
    number.is_some_and(|(name, _)| queue::is_name(name))
        && matches!(run("cancel", &[job], &|| false), Answer::Done { ok: true, .. })
}

/// The commands, and how often the queue is asked.
struct Cups {
    lp: String,
    lpstat: String,
    /// Where the print service is asked, as `lpstat -H` would name it; it is asked there when empty.
    server: String,
    /// Between two looks at the queue.
    pause: Duration,
    /// How many looks.
    looks: u32,
}

impl Default for Cups {
    fn default() -> Self {
        let pause = Duration::from_millis(500);
        Self { lp: "lp".to_owned(), lpstat: "lpstat".to_owned(), server: String::new(), pause, looks: 120 }
    }
}

/// A job that a queue took, and what to call the file.
struct Sent<'a> {
    queue: &'a str,
    job: &'a str,
    file: &'a str,
    /// Where the print service is asked about it; nowhere any longer once it did not answer, so that it costs its
    /// patience once and not at every look.
    server: RefCell<String>,
}

impl Sent<'_> {
    /// What the print service says of it.
    fn ask(&self) -> ask::Answer {
        let mut server = self.server.borrow_mut();
        let number = number_of(self.job).filter(|_| !server.is_empty());
        let answer = number.map_or(ask::Answer::Silent, |number| ask::job(&server, number));
        if answer == ask::Answer::Silent {
            server.clear();
        }
        answer
    }

    fn outcome(&self, state: State, message: Say) -> Outcome {
        Outcome { state, message, queue: Some(self.queue.to_owned()), job: Some(self.job.to_owned()) }
    }
}

impl Cups {
    fn printers(&self, stop: &dyn Fn() -> bool) -> Printers {
        // With the scheduler down lpstat complains, and answers 1 to some of it: what it says counts.
        let Answer::Done { out, .. } = run(&self.lpstat, &["-l", "-r", "-d", "-p", "-a"], stop) else {
            return Printers::default();
        };
        let (is_running, default, mut all) = queue::printers(&out);
        if is_running && let Answer::Done { out, .. } = run(&self.lpstat, &["-e"], stop) {
            for name in out.lines().map(str::trim).filter(|name| queue::is_name(name)) {
                if !all.iter().any(|printer| printer.name == name) {
                    all.push(Printer { name: name.to_owned(), ..Printer::default() });
                }
            }
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Printers { is_running, default, all }
    }

    fn print(&self, file: &Path, job: &Job, stop: &dyn Fn() -> bool) -> Outcome {
        let shown = file.to_string_lossy();
        let shown = shown.as_ref();
        if !job.printer.is_empty() && !queue::is_name(&job.printer) {
            return Outcome::refused(say::bad_name(safe_line(&job.printer), shown));
        }
        let copies = job.copies.clamp(1, MOST_COPIES).to_string();
        // The job's title is neutral: a Chinese one mangles file names, and titles stand in queues for all to read.
        let mut args = vec!["-t", "zhiban", "-n", &copies, "-o", "media=A4"];
        match job.sides {
            Sides::AsSet => {}
            Sides::One => args.extend(["-o", "sides=one-sided"]),
            Sides::Two => args.extend(["-o", "sides=two-sided-long-edge"]),
            Sides::TwoShort => args.extend(["-o", "sides=two-sided-short-edge"]),
        }
        if !job.printer.is_empty() {
            args.extend(["-d", &job.printer]);
        }
        let Some(path) = file.to_str() else {
            return Outcome::refused(say::bad_path(shown));
        };
        args.extend(["--", path]);
        let (ok, out) = match run(&self.lp, &args, stop) {
            Answer::Done { ok, out } => (ok, out),
            Answer::Missing => return Outcome::refused(say::no_cups(shown)),
            Answer::Silent => return Outcome::refused(say::silent(shown)),
            Answer::Dropped => return Outcome::refused(say::not_sent(shown)),
        };
        let Some(id) = queue::job_of(&out).filter(|_| ok) else {
            return self.why_not(&job.printer, file);
        };
        let queue = id.rsplit_once('-').map_or(id, |(queue, _)| queue);
        self.follow(&Sent { queue, job: id, file: shown, server: RefCell::new(self.server(stop)) }, stop)
    }

    /// Why `lp` took nothing: it gives the same answer to a scheduler that is down and to a wrong name.
    fn why_not(&self, printer: &str, file: &Path) -> Outcome {
        let shown = file.to_string_lossy();
        let shown = shown.as_ref();
        let known = self.printers(&|| false);
        let name = safe_line(printer);
        if !known.is_running {
            return Outcome::refused(say::not_running(shown));
        }
        if known.all.is_empty() {
            return Outcome::refused(say::none(shown));
        }
        if printer.is_empty() && known.default.is_none() {
            return Outcome::refused(say::choose(safe_line(&known.names()), shown));
        }
        let used = if printer.is_empty() { known.default.as_deref().unwrap_or_default() } else { printer };
        match known.find(used) {
            None => Outcome::refused(say::no_such(name, safe_line(&known.names()), shown)),
            Some(Printer { refuses: Some(why), .. }) => {
                let why = told_or_unknown(Some(why));
                Outcome::refused(both(&why, |why| say::not_accepting(safe_line(used), why, shown)))
            }
            Some(_) => Outcome::refused(say::refused(safe_line(used), shown)),
        }
    }

    /// Asks the queue until it has an answer.
    fn follow(&self, sent: &Sent<'_>, stop: &dyn Fn() -> bool) -> Outcome {
        let mut last = State::Waiting(0);
        let mut complaint = None;
        for look in 0..self.looks {
            if look > 0 && self.rest(stop) {
                break;
            }
            if let Some(outcome) = self.look(sent, &mut last, &mut complaint) {
                return outcome;
            }
        }
        let (queue, job, file) = (sent.queue, sent.job, sent.file);
        let (state, message) = match (&complaint, last) {
            (Some(reason), _) => (State::Trouble, both(reason, |reason| say::trouble(queue, reason, file))),
            (None, State::Waiting(0)) => (last, say::waiting_next(queue, file)),
            (None, State::Waiting(ahead)) => (last, say::waiting(queue, ahead, file)),
            (None, _) => (last, say::printing(queue, job, file)),
        };
        sent.outcome(state, message)
    }

    /// Where the print service is asked: what it calls its own address.
    fn server(&self, stop: &dyn Fn() -> bool) -> String {
        if !self.server.is_empty() {
            return self.server.clone();
        }
        match run(&self.lpstat, &["-H"], stop) {
            Answer::Done { out, ok: true } => out.trim().to_owned(),
            _ => String::new(),
        }
    }

    /// One look at the queue: an outcome if there is nothing more to wait for.
    fn look(&self, sent: &Sent<'_>, last: &mut State, complaint: &mut Option<Say>) -> Option<Outcome> {
        let (queue, job, file) = (sent.queue, sent.job, sent.file);
        let told = match sent.ask() {
            ask::Answer::Job(told) => Some(told),
            ask::Answer::Unknown => return Some(sent.outcome(State::Left, say::left(queue, job, file))),
            ask::Answer::Silent => None,
        };
        if let Some(outcome) = told.as_ref().and_then(|told| ended(sent, told)) {
            return Some(outcome);
        }
        let Answer::Done { out, .. } = run(&self.lpstat, &["-l", "-o", queue], &|| false) else {
            return Some(sent.outcome(State::Sent, say::sent(queue, job)));
        };
        let jobs = queue::jobs(&out);
        let Some(place) = jobs.iter().position(|queued| queued.job == job) else {
            // It may have ended since it was asked for: the next look says how.
            return if told.is_some() { None } else { Some(self.gone(sent)) };
        };
        let mine = &jobs[place];
        if told.is_none() {
            if mine.is_held() {
                return Some(sent.outcome(State::Held, say::held(queue, job, file)));
            }
            if mine.has_failed() {
                let why = told_or_unknown(mine.status.as_deref());
                return Some(sent.outcome(State::Failed, both(&why, |why| say::failed(queue, why, file))));
            }
        }
        if mine.is_printing() {
            *last = State::Printing;
        } else {
            // A job that the printer gave up on stays in the queue, and nobody waits for it.
            *last = State::Waiting(
                jobs[..place].iter().filter(|job| !job.has_failed() && !job.is_held()).count(),
            );
        }
        let (_, _, all) = match run(&self.lpstat, &["-l", "-p", queue], &|| false) {
            Answer::Done { out, .. } => queue::printers(&out),
            _ => return None,
        };
        let printer = all.into_iter().find(|printer| printer.name == queue)?;
        let reason = printer
            .reason()
            .map(|say| Say { zh: safe_line(&say.zh).into_owned(), en: safe_line(&say.en).into_owned() });
        if printer.state == PrinterState::Stopped {
            let reason = reason.unwrap_or_else(|| say::UNKNOWN.into());
            return Some(
                sent.outcome(State::Stopped, both(&reason, |reason| say::stopped(queue, reason, file))),
            );
        }
        *complaint = reason;
        None
    }

    /// The job is no longer in the queue, and the print service cannot be asked about it: nobody says that it was
    /// printed.
    fn gone(&self, sent: &Sent<'_>) -> Outcome {
        let (queue, job, file) = (sent.queue, sent.job, sent.file);
        if matches!(run(&self.lpstat, &["-r"], &|| false), Answer::Done { out, .. } if out.contains("not running"))
        {
            return sent.outcome(State::Left, say::service_gone(queue, job, file));
        }
        let answer = run(&self.lpstat, &["-l", "-W", "completed", "-o", queue], &|| false);
        let ended = match answer {
            Answer::Done { out, .. } => queue::jobs(&out).into_iter().find(|ended| ended.job == job),
            _ => None,
        };
        match ended {
            Some(ended) if ended.has_failed() => {
                let why = told_or_unknown(ended.status.as_deref());
                sent.outcome(State::Failed, both(&why, |why| say::failed(queue, why, file)))
            }
            _ => sent.outcome(State::Left, say::left(queue, job, file)),
        }
    }

    /// Lets some time pass; whether nobody waits any longer.
    fn rest(&self, stop: &dyn Fn() -> bool) -> bool {
        const STEP: Duration = Duration::from_millis(50);
        let mut left = self.pause;
        while !left.is_zero() && !stop() {
            let step = left.min(STEP);
            std::thread::sleep(step);
            left = left.saturating_sub(step);
        }
        stop()
    }
}

/// The number of a job: what stands after the last minus.
fn number_of(job: &str) -> Option<u32> {
    job.rsplit_once('-')?.1.parse().ok()
}

/// What the print service says of a job that nobody need wait for any longer.
fn ended(sent: &Sent<'_>, told: &ask::Told) -> Option<Outcome> {
    let (queue, job, file) = (sent.queue, sent.job, sent.file);
    let why = told_or_unknown(Some(&told.message));
    let failed = |around: fn(&str, &str, &str) -> Say| both(&why, |why| around(queue, why, file));
    Some(match told.state {
        JobState::Completed if told.has("job-completed-with-errors") => {
            sent.outcome(State::Failed, failed(|queue, why, file| say::failed(queue, why, file)))
        }
        JobState::Completed => sent.outcome(State::Printed, say::printed(queue, job)),
        JobState::Canceled => sent.outcome(State::Cancelled, say::cancelled(queue, job, file)),
        JobState::Aborted => {
            sent.outcome(State::Failed, failed(|queue, why, file| say::failed(queue, why, file)))
        }
        JobState::PendingHeld if told.has("cups-held-for-authentication") => {
            sent.outcome(State::Held, say::held_for_password(queue, job, file))
        }
        // Held by the queue itself until it tries again.
        JobState::PendingHeld if !told.reasons.iter().any(|reason| reason.starts_with("job-hold")) => {
            sent.outcome(State::Trouble, failed(|queue, why, file| say::tries_again(queue, why, file)))
        }
        JobState::PendingHeld => sent.outcome(State::Held, say::held(queue, job, file)),
        JobState::Pending | JobState::Processing | JobState::ProcessingStopped => return None,
    })
}

/// What the queue says, made safe; that no reason is known when it says nothing.
fn told_or_unknown(told: Option<&str>) -> Say {
    match told.filter(|told| !told.is_empty()) {
        Some(told) => Say::same(safe_line(told)),
        None => say::UNKNOWN.into(),
    }
}

/// A sentence around another one, each language around its own.
fn both(inner: &Say, around: impl Fn(&str) -> Say) -> Say {
    Say { zh: around(&inner.zh).zh, en: around(&inner.en).en }
}

#[cfg(all(test, unix))]
mod tests;
