//! Terminal, threads, channels; runs effects.
//!
//! | thread | owns | does |
//! |---|---|---|
//! | main | the state, the terminal's output | takes messages, runs `update`, runs effects, draws once the queue is empty |
//! | `input` | the terminal's input | turns bytes into keys ([`keys`]) |
//! | `signals` | the signal handlers | TERM, HUP, TSTP, CONT, WINCH |
//! | `writer` | the one [`Store`] | commits, drafts |
//! | `reader` | a [`Reader`] | answers loads; notices other processes' commits |
//! | `finder` | a [`Reader`], the search index | answers the find box |
//! | `entries` | a [`Reader`] | looks through the entries of ledgers for the find box |
//! | `checker` | a [`Reader`] | checks the file a while after the start, and at a handover |
//! | `inbox` | a [`Reader`], the queue of the watched folder | looks at the folder; takes its files in one after another ([`tray`]) |
//! | `work-…` | what one task needs | an import's plan, a paper, a backup |
//!
//! Threads speak through channels only. A fault in one task is caught, told, and the desk goes on. No rule of
//! the office stands here.

mod checker;
mod columns;
mod desk;
mod entries;
mod finder;
#[cfg(test)]
mod finder_tests;
mod inbox;
mod input;
pub mod keys;
mod painter;
mod papers;
mod plan_view;
#[cfg(test)]
mod quiet_tests;
mod reader;
mod sources;
mod terminal;
#[cfg(test)]
mod tests;
mod threads;
pub mod tray;
mod work;
mod writer;

pub use columns::{Wanted as WantedColumns, keep as keep_columns, read as read_columns};
pub use finder::{Book, book_for, tried};
pub use papers::paper_shown;
pub use reader::load;
pub use terminal::restore as restore_terminal;
pub use work::{backup_beside, options as import_options, planned, unread};
pub use writer::write;

use crate::app::shown::shades::Shades;
use crate::app::{self, Effect, Msg, PlanView, State};
use crate::clock::{Clock, Ids};
use crate::domain::ids::OfficerId;
use crate::domain::text::safe_line;
use crate::error::{Error, Kind, Result};
use crate::i18n::runtime as say;
use crate::platform::{self, Notice};
use crate::say::{Lang, Say};
use crate::store::act::Act;
use crate::store::heads::Behind;
use crate::store::query;
use crate::store::query::roster::Roster;
use crate::store::{Reader, Store, whole};
use crate::view;
use crossbeam_channel::Sender;
use ratatui::Frame;
use ratatui::layout::Position;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use threads::spawn;

/// What the desk is opened with.
pub struct Setup {
    /// Where the office lies.
    pub path: PathBuf,
    /// To read it.
    pub reader: Reader,
    /// To write to it; or why it can only be read.
    pub office: std::result::Result<Store, Say>,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where ids come from.
    pub ids: Ids,
    /// The reader's language.
    pub lang: Lang,
    /// What the terminal shows of colours.
    pub shades: Shades,
    /// Plain signs alone: the terminal is not asked what it draws.
    pub plain: bool,
    /// Who sits at this terminal, if it is known already.
    pub officer: Option<(OfficerId, String)>,
    /// The pure core and its drawing.
    pub hooks: Hooks,
    /// Something to tell as soon as the desk is there.
    pub notice: Option<Say>,
    /// The file is older than what this machine saw last.
    pub behind: Option<Behind>,
}

/// The pure functions that the runtime drives. They come in from outside, so that its own tests need no screen.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// What to do when the desk opens.
    pub start: fn(&mut State) -> Vec<Effect>,
    /// What to do about a message.
    pub update: fn(&mut State, Msg) -> Vec<Effect>,
    /// Draws the state; says where the cursor rests when none is shown.
    pub draw: fn(&State, &mut Frame<'_>) -> Position,
    /// What is known before an import.
    pub roster: fn(&Reader) -> Result<Roster>,
}

impl Default for Hooks {
    /// The desk's own.
    fn default() -> Self {
        Self { start: State::start, update: app::update, draw: view::draw_to_rest, roster: query::roster }
    }
}

/// What reaches the main thread.
enum Event {
    /// For `update`.
    Msg(Msg),
    /// Declarations of registers were saved beside the database.
    Declared(Vec<crate::intake::ledgers::News>),
    /// From the system.
    Notice(Notice),
    /// The terminal is gone.
    TerminalGone,
    /// A sheet was planned; the plan is kept until it is confirmed.
    Planned { token: u64, act: Box<Act>, view: Box<PlanView> },
    /// A paper was made; it is kept until its preview is left.
    Paged { token: u64, kept: Box<papers::Kept>, sheaf: Box<app::shown::paper::Sheaf> },
}

/// Reads the declarations that come with the program beside the opening of the office: the first screen counts what is due
/// in them.
pub fn read_ahead() {
    // Without a thread they are read when they are asked for.
    let _ = spawn("ahead", || {
        crate::domain::ledger::shipped();
    });
}

/// Opens the desk on the terminal and stays until it is left.
///
/// # Errors
/// There is no terminal, or the office cannot be read.
pub fn run(setup: Setup) -> Result<()> {
    let (events, inbox) = crossbeam_channel::unbounded();
    let crew = threads::Crew::gather();
    let path = setup.path;
    let reader = setup.reader;
    let settings = query::settings(&reader)?;
    let mut state = State::new(setup.lang, setup.plain, setup.shades, setup.clock.now(), settings.calendar);
    state.officer = setup.officer;
    state.trust.otherwise = match &setup.office {
        Ok(store) => !store.is_laid_out()?,
        Err(_) => false,
    };
    state.trust.behind = setup.behind;
    state.read_only = setup.office.as_ref().err().cloned();

    let own = reader::Own::default();
    if setup.office.is_ok() {
        let folder = path.parent().unwrap_or(&path).to_owned();
        // What a killed program left there waits for nobody.
        spawn("sweep", move || drop_unfinished(&folder))?;
    }
    let (begun, first) = crossbeam_channel::bounded(0);
    let finds = finder::start(finder::Begin {
        path: path.clone(),
        writable: setup.office.is_ok(),
        clock: setup.clock.clone(),
        officer: state.officer.as_ref().map(|officer| officer.0),
        events: events.clone(),
        first,
    })?;
    let reads =
        reader::start(reader, setup.clock.clone(), own.clone(), (finds.clone(), begun), events.clone())?;
    let writes = writer::start(
        (setup.office, path.clone()),
        setup.clock.clone(),
        setup.ids.clone(),
        own,
        finds.clone(),
        events.clone(),
    )?;
    let files = inbox::start(
        &path,
        setup.clock.clone(),
        &setup.ids,
        (setup.lang, state.read_only.is_none()),
        writes.clone(),
        events.clone(),
    )?;
    let checker = checker::start(path.clone(), setup.clock.clone(), events.clone())?;
    let mut work = work::Work::new(
        path.clone(),
        setup.clock.clone(),
        setup.ids,
        setup.hooks,
        writes.clone(),
        events.clone(),
    );
    work.checker = Some(checker);

    terminal::install_panic_hook();
    watch_signals(&events)?;
    // One that cannot be asked is not.
    let asks = terminal::Asks { widths: !setup.plain, ground: setup.shades.asks };
    let screen = terminal::Screen::open(asks).map_err(|error| no_terminal(&error))?;
    let mut desk = desk::Desk {
        state,
        hooks: setup.hooks,
        clock: setup.clock,
        face: screen,
        reads,
        finds,
        writes,
        files,
        work,
        crew,
        path,
        inbox,
        waiting: desk::Waiting::default(),
        over: false,
        stale: true,
        stopped: false,
    };
    desk.open();
    if let Some(say) = setup.notice {
        desk.take(Event::Msg(Msg::Notice { tone: app::Tone::Warn, say }));
    }
    // Only now: the first frame waits for nothing, and what was typed before it waits in the terminal.
    let done = input::spawn(events, asks).map_err(|error| no_terminal(&error)).and_then(|()| desk.stay());
    let lost = desk.leave();
    let lang = desk.state.lang;
    drop(desk);
    terminal::restore();
    for say in lost {
        eprintln!("{}", safe_line(say.get(lang)));
    }
    done
}

fn drop_unfinished(folder: &Path) {
    let swept = whole::sweep(folder, Clock::System.now());
    if swept > 0 {
        tracing::info!(swept, "unfinished files were swept away");
    }
}

fn no_terminal(error: &std::io::Error) -> Error {
    tracing::warn!(%error, "no terminal");
    Error::user(Kind::Refused, say::NO_TERMINAL).hint(say::NO_TERMINAL_HINT)
}

fn watch_signals(events: &Sender<Event>) -> Result<()> {
    let events = events.clone();
    let watched = platform::watch_signals(move |notice| {
        if notice == Notice::End {
            terminal::end_soon();
        }
        // When the main thread is gone already there is nobody to tell.
        let _ = events.send(Event::Notice(notice));
    });
    watched.map_err(|error| Error::internal("installing signal handlers", error))
}

/// Does one task; a fault in it becomes an error and the thread goes on.
fn guarded<T>(task: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(task)).unwrap_or_else(|_| Err(Error::user(Kind::Refused, say::FAULT)))
}

/// An error as a sentence in both languages, with what to do about it.
fn sentence(error: &Error) -> Say {
    if let Error::Internal(internal) = error {
        tracing::error!(context = %internal.context, "internal error");
    }
    error.say()
}
