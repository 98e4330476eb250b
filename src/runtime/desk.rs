//! The main loop: messages in, effects out, one frame once the queue is empty.

use super::finder::Find;
use super::inbox::Asked;
use super::painter::Paint;
use super::reader::Read;
use super::threads::Crew;
use super::work::Work;
use super::writer::Write;
use super::{Event, Hooks, sentence};
use crate::app::shown::effect::{InboxTask, Query};
use crate::app::{Effect, Msg, State, Tone};
use crate::clock::{Clock, monotonic};
use crate::error::{Error, Result};
use crate::i18n::ledger_desk::wrong_files;
use crate::i18n::{file as words, ledger as ledgers, runtime as say};
use crate::intake::ledgers::News;
use crate::platform::Notice;
use crate::say::Say;
use crate::store::act::{Act, LedgerAct};
use crate::store::{Store, whole};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often the present moment is told.
const TICK: Duration = Duration::from_secs(1);
/// A frame is drawn at least after so many messages, however many wait.
const BATCH: usize = 256;
/// How long an act may wait for its answer before that is told.
const MOMENT: Duration = Duration::from_millis(150);
/// How long leaving waits for what is still to be written.
const LAST_WRITES: Duration = Duration::from_secs(4);
/// How long leaving waits for the threads after that: what they still read or copy is wanted by nobody.
const LAST_THREADS: Duration = Duration::from_secs(3);

/// The terminal as the main loop needs it.
pub(super) trait Face {
    /// Columns and rows.
    fn size(&self) -> io::Result<(u16, u16)>;
    /// Draws one frame.
    fn draw(&mut self, paint: &mut Paint<'_>) -> io::Result<()>;
    /// Forgets what was drawn, so that the next frame is drawn whole.
    fn redraw(&mut self) -> io::Result<()>;
    /// Rings the bell.
    fn ring(&mut self) -> io::Result<()>;
    /// Puts text on the clipboard.
    fn copy(&mut self, text: &str) -> io::Result<()>;
    /// Gives the terminal back, stops the process, and takes the terminal again when it goes on.
    fn suspend(&mut self) -> io::Result<()>;
    /// Takes the terminal again after something else used it.
    fn resume(&mut self) -> io::Result<()>;
}

/// Acts that were sent and have no answer yet, and since when the first of them waits.
#[derive(Default)]
pub(super) struct Waiting {
    tokens: HashSet<u64>,
    since: Option<Instant>,
}

impl Waiting {
    fn sent(&mut self, token: u64) {
        self.tokens.insert(token);
        self.since.get_or_insert_with(monotonic);
    }

    fn answered(&mut self, token: u64) {
        self.tokens.remove(&token);
        // The others begin to wait now: what was told of this one is over.
        self.since = (!self.tokens.is_empty()).then(monotonic);
    }

    /// When it is to be told that something waits; once for each wait.
    fn due(&self) -> Option<Instant> {
        self.since.map(|since| since + MOMENT)
    }
}

/// The desk while it is open.
pub(super) struct Desk<F: Face> {
    pub(super) state: State,
    pub(super) hooks: Hooks,
    pub(super) clock: Clock,
    pub(super) face: F,
    pub(super) reads: Sender<Read>,
    pub(super) finds: Sender<Find>,
    pub(super) writes: Sender<Write>,
    pub(super) files: Sender<Asked>,
    pub(super) work: Work,
    pub(super) crew: Crew,
    pub(super) path: PathBuf,
    pub(super) inbox: Receiver<Event>,
    /// Acts without an answer.
    pub(super) waiting: Waiting,
    /// The desk is to be left.
    pub(super) over: bool,
    /// The screen is to be drawn.
    pub(super) stale: bool,
    /// The desk stopped itself: the system will say that it goes on, and that is known already.
    pub(super) stopped: bool,
}

impl<F: Face> Desk<F> {
    /// Asks for the first rows and draws the first frame: with the rows if they are there at once, else without.
    pub(super) fn open(&mut self) {
        /// Rows of an office of usual size come well within this; a larger one must not keep the screen black.
        const FIRST_ROWS: Duration = Duration::from_millis(25);
        self.resize();
        let effects = (self.hooks.start)(&mut self.state);
        let mut awaited = effects.iter().filter(|effect| matches!(effect, Effect::Load { .. })).count();
        self.run(effects);
        let deadline = monotonic() + FIRST_ROWS;
        while awaited > 0 {
            let Ok(event) = self.inbox.recv_deadline(deadline) else { break };
            awaited -= usize::from(matches!(event, Event::Msg(Msg::Loaded { .. } | Msg::LoadFailed { .. })));
            self.take(event);
        }
        self.draw();
    }

    /// Stays until the desk is left.
    pub(super) fn stay(&mut self) -> Result<()> {
        self.stay_until(|_| false)
    }

    /// Stays until the desk is left, or something holds after a frame.
    pub(super) fn stay_until(&mut self, enough: impl Fn(&Self) -> bool) -> Result<()> {
        let mut next_tick = monotonic() + TICK;
        while !self.over && !enough(self) {
            let wake = self.waiting.due().map_or(next_tick, |due| due.min(next_tick));
            match self.inbox.recv_deadline(wake) {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(Error::refused(say::THREAD_GONE)),
            }
            for _ in 0..BATCH {
                if self.over {
                    break;
                }
                let Ok(event) = self.inbox.try_recv() else { break };
                self.take(event);
            }
            if self.waiting.due().is_some_and(|due| monotonic() >= due) {
                self.waiting.since = None;
                self.message(Msg::Saving);
            }
            if monotonic() >= next_tick {
                next_tick = after(next_tick);
                self.message(Msg::Tick(self.clock.now()));
            }
            self.draw();
        }
        Ok(())
    }

    /// Waits until everything sent to the writer is written; answers what to tell of acts that were not, or of
    /// which it is not known.
    pub(super) fn leave(&mut self) -> Vec<Say> {
        self.work.stop_all();
        let (done, written) = bounded(1);
        if self.writes.send(Write::Flush(done)).is_ok() {
            // A disk that hangs must not keep the officer here; the database recovers by itself.
            let _ = written.recv_timeout(LAST_WRITES);
        }
        let mut lost = Vec::new();
        while let Ok(event) = self.inbox.try_recv() {
            match event {
                Event::Msg(Msg::CommitFailed { token, error, field }) => {
                    lost.push(say::act_lost(&error));
                    self.message(Msg::CommitFailed { token, error, field });
                }
                Event::Msg(msg @ Msg::Committed { .. }) => self.message(msg),
                _ => {}
            }
        }
        let unknown = self.state.unanswered();
        if unknown > 0 {
            lost.push(say::unanswered(unknown));
        }
        if !self.close() {
            lost.push(words::not_closed(self.path.display()));
        }
        lost
    }

    /// Ends the threads, those that read first, and takes what they wrote into the office's file: copied now, it is
    /// copied whole, and what was typed and thrown away lies nowhere.
    fn close(&mut self) -> bool {
        self.reads = unbounded().0;
        self.finds = unbounded().0;
        self.files = unbounded().0;
        self.writes = unbounded().0;
        self.work.hang_up();
        if !self.crew.wait(LAST_THREADS) {
            tracing::warn!("a thread did not end in time");
        }
        // Where nothing can be written, what lies in the log beside it stays there.
        if self.state.read_only.is_some() { whole::is_whole(&self.path) } else { Store::settle(&self.path) }
    }

    pub(super) fn take(&mut self, event: Event) {
        match event {
            Event::Msg(msg) => {
                if let Msg::Committed { token, .. } = &msg {
                    self.work.forget(*token);
                }
                self.message(msg);
            }
            Event::Declared(news) => {
                let wrong = news.iter().filter_map(|one| one.ledger.as_ref().err());
                let said: Vec<Say> = wrong.map(fault_of).collect();
                for one in news {
                    self.declared(one);
                }
                if let Some((first, others)) = said.split_first() {
                    self.message(Msg::Notice { tone: Tone::Warn, say: wrong_files(first, others.len()) });
                }
            }
            Event::Notice(Notice::Resize) => self.resize(),
            Event::Notice(Notice::Suspend) => self.stop(),
            Event::Notice(Notice::Continue) if std::mem::take(&mut self.stopped) => {}
            Event::Notice(Notice::Continue) => {
                let resumed = self.face.resume();
                self.survives(resumed);
                self.resize();
            }
            Event::Notice(Notice::End) | Event::TerminalGone => self.end(),
            Event::Paged { token, kept, sheaf } => {
                if self.work.keep_paper(token, *kept) {
                    self.message(Msg::Paged { token, sheaf });
                }
            }
            Event::Planned { token, act, view } => {
                if self.work.keep(token, act) {
                    self.message(Msg::ImportPlanned { token, plan: view });
                }
            }
        }
    }

    /// Takes a register that was declared beside the database into use, as whoever is on duty; one that is wrong is not.
    fn declared(&mut self, news: News) {
        let Ok(ledger) = news.ledger else { return };
        let writes = self.state.officer.clone().filter(|_| self.state.read_only.is_none());
        let Some((officer, _)) = writes else { return };
        let title = ledgers::titled(&ledger.title);
        let act = Box::new(Act::Ledger(Box::new(LedgerAct::Adopt { text: ledger.text.clone() })));
        self.write(Write::Commit { token: None, officer, act, happened_at: None });
        let said = ledgers::in_use(title.zh, title.en, ledger.version);
        let tone = if news.left_out.is_empty() { Tone::Good } else { Tone::Warn };
        self.message(Msg::Notice { tone, say: ledgers::with_left_out(said, &news.left_out) });
    }

    /// The system wants the desk to end: drafts are kept, nothing is asked.
    fn end(&mut self) {
        self.message(Msg::Terminate);
        self.over = true;
    }

    fn message(&mut self, msg: Msg) {
        if let Msg::Committed { token, .. } | Msg::CommitFailed { token, .. } = &msg {
            self.waiting.answered(*token);
        }
        let effects = (self.hooks.update)(&mut self.state, msg);
        self.stale = true;
        self.run(effects);
    }

    fn resize(&mut self) {
        if let Ok((columns, rows)) = self.face.size() {
            self.message(Msg::Resize(columns, rows));
        }
    }

    fn draw(&mut self) {
        if !self.stale || self.over {
            return;
        }
        self.stale = false;
        let (state, paint) = (&self.state, self.hooks.draw);
        let drawn = self.face.draw(&mut |frame| paint(state, frame));
        self.state.seen();
        self.survives(drawn);
    }

    /// A terminal that takes no output is gone.
    fn survives(&mut self, done: io::Result<()>) {
        if let Err(error) = done {
            tracing::warn!(%error, "the terminal takes no output");
            if !self.over {
                self.end();
            }
        }
    }

    /// Several stops that queued up are one, and one that was followed by the word to go on is over already.
    fn stop(&mut self) {
        let goes_on = |event: &Event| matches!(event, Event::Notice(Notice::Continue));
        let stops = |event: &Event| matches!(event, Event::Notice(Notice::Suspend));
        let mut waiting: Vec<Event> = self.inbox.try_iter().collect();
        let over = waiting.iter().any(goes_on);
        waiting.retain(|event| !stops(event));
        if !over {
            self.suspend();
        }
        let mut after: Vec<Event> = self.inbox.try_iter().collect();
        // What came before it was said to go on belongs to the stop that is over.
        let again = after.iter().position(goes_on).is_some_and(|at| after[at..].iter().any(stops));
        after.retain(|event| !stops(event));
        if again {
            after.push(Event::Notice(Notice::Suspend));
        }
        for event in waiting.into_iter().chain(after) {
            self.take(event);
        }
    }

    fn suspend(&mut self) {
        self.stopped = true;
        let resumed = self.face.suspend();
        self.survives(resumed);
        self.resize();
        self.message(Msg::Tick(self.clock.now()));
        // Whatever was written meanwhile by others is seen by the reader's next look.
    }

    fn find(&self, task: Find) {
        // A finder that is gone leaves the find box empty; everything else goes on.
        let _ = self.finds.send(task);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effect(effect);
        }
    }

    fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::Load { query, generation } => {
                if matches!(query, Query::Handover)
                    && let Some(checker) = &self.work.checker
                {
                    checker.wake();
                }
                if self.reads.send(Read::Load { query, generation }).is_err() {
                    self.message(Msg::LoadFailed { generation, error: say::THREAD_GONE.into() });
                }
            }
            Effect::Search { text, generation } => {
                self.find(Find::Ask { text, generation });
            }
            Effect::Commit { token, officer, act, happened_at } => {
                self.write(Write::Commit { token: Some(token), officer, act, happened_at });
            }
            Effect::SaveDraft { key, json } => self.write(Write::SaveDraft { key, json }),
            Effect::DropDraft { key } => self.write(Write::DropDraft { key }),
            Effect::KeepSearch { text } => self.write(Write::KeepSearch(text)),
            Effect::Probe { officer, typed } => self.write(Write::Probe { officer, typed }),
            Effect::KeepLang(lang) => self.write(Write::KeepLang(lang)),
            Effect::PlanImport { token, request } => self.work.plan(token, request),
            Effect::ReadColumns { token, request, said, seen, lang } => {
                self.work.columns(token, request, (said, seen), None, lang);
            }
            Effect::KeepColumns { token, request, said, seen, name, title, lang } => {
                self.work.columns(token, request, (said, seen), Some((name, title)), lang);
            }
            Effect::RunImport { token, officer, reason, happened_at, except } => {
                match self.work.act(token, reason, &except) {
                    Some(act) => self.write(Write::Commit { token: Some(token), officer, act, happened_at }),
                    None => {
                        self.message(Msg::CommitFailed { token, error: say::NO_PLAN.into(), field: None });
                    }
                }
            }
            Effect::Inbox(task) => {
                let stop = match &task {
                    InboxTask::Take { token, .. } | InboxTask::Return { token, .. } => {
                        Some(self.work.begin(*token))
                    }
                    _ => None,
                };
                // Without the watcher nothing of the folder is shown, and nothing asked.
                let _ = self.files.send((task, stop));
            }
            Effect::Cancel { token } => self.work.cancel(token),
            Effect::Preview { token, ask, lang, revealed } => self.work.preview(token, ask, lang, revealed),
            Effect::WritePaper { token, officer, format } => self.work.write_paper(token, officer, format),
            Effect::WriteForms { officer, units, lang } => self.work.write_forms(officer, units, lang),
            Effect::PrintPaper { token, officer, job } => self.work.print_paper(token, officer, job),
            Effect::Printers { token } => self.work.printers(token),
            Effect::WriteHandover { officer, shift } => {
                self.work.write_handover(officer, shift, self.state.lang);
            }
            Effect::Backup { officer } => self.work.backup(officer),
            Effect::Copy(text) => {
                let copied = self.face.copy(&text);
                self.survives(copied);
            }
            Effect::Bell => {
                let rung = self.face.ring();
                self.survives(rung);
            }
            Effect::SwitchOfficer(officer) => self.find(Find::Officer(officer)),
            Effect::Unlock { token, of, officer, pin } => {
                self.write(Write::Unlock { token, of, officer, pin });
            }
            Effect::Suspend => self.suspend(),
            // No title is set that a lock would have to hide; of the rows before nothing stays.
            Effect::Redraw | Effect::Lock => {
                let cleared = self.face.redraw();
                self.survives(cleared);
                self.stale = true;
            }
            Effect::Quit => self.over = true,
        }
    }

    fn write(&mut self, task: Write) {
        if let Write::Commit { token: Some(token), .. } = &task {
            self.waiting.sent(*token);
        }
        let Err(lost) = self.writes.send(task) else { return };
        // Never a silent loss: what was not taken is told as not written.
        match lost.0 {
            Write::Commit { token: Some(token), .. } => {
                self.message(Msg::CommitFailed { token, error: say::THREAD_GONE.into(), field: None });
            }
            Write::Unlock { token, .. } => {
                self.message(Msg::UnlockFailed { token, error: say::THREAD_GONE.into() });
            }
            _ => {}
        }
    }
}

/// What is wrong, without what to do about it.
fn fault_of(error: &Error) -> Say {
    match error {
        Error::User(user) => user.what.clone(),
        Error::Internal(_) => sentence(error),
    }
}

/// The tick after this one; after a long stop (a suspended desk) they are not made up for.
fn after(tick: Instant) -> Instant {
    let next = tick + TICK;
    let now = monotonic();
    if next > now { next } else { now + TICK }
}
