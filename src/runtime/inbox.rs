//! The watcher of the inbox: looks at the folder every now and then, and does what the screen asks about its files, one
//! after another, beside it.

use super::tray::{Hand, Tray};
use super::writer::Write;
use super::{Event, guarded, spawn};
use crate::app::Msg;
use crate::app::shown::effect::InboxTask;
use crate::clock::{Clock, Ids};
use crate::error::{Error, Result};
use crate::i18n::runtime as say;
use crate::say::{Lang, Say};
use crate::store::Reader;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// How often the folder is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// How long the first look waits: the first screen comes first.
const FIRST: Duration = Duration::from_millis(400);

/// What is asked, and what becomes true when it is to stop.
pub(super) type Asked = (InboxTask, Option<Arc<AtomicBool>>);

struct Watcher {
    path: PathBuf,
    clock: Clock,
    ids: Ids,
    lang: Lang,
    /// Whether files may be moved.
    moves: bool,
    writes: Sender<Write>,
    events: Sender<Event>,
}

pub(super) fn start(
    path: &Path,
    clock: Clock,
    ids: &Ids,
    (lang, moves): (Lang, bool),
    writes: Sender<Write>,
    events: Sender<Event>,
) -> Result<Sender<Asked>> {
    let (sender, tasks) = unbounded();
    let ids = match ids {
        Ids::Random => Ids::Random,
        // A copy of the stream would give the same ids as the writer's.
        Ids::Seeded { .. } => Ids::seeded("inbox"),
    };
    let watcher = Watcher { path: path.to_owned(), clock, ids, lang, moves, writes, events };
    spawn("inbox", move || watcher.work(&tasks))?;
    Ok(sender)
}

impl Watcher {
    fn work(mut self, tasks: &Receiver<Asked>) {
        let mut tray = Tray::new(&self.path, None);
        let mut reader = None;
        let mut wait = FIRST;
        loop {
            let asked = match tasks.recv_timeout(std::mem::replace(&mut wait, LOOK)) {
                Ok(asked) => Some(asked),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if reader.is_none() {
                reader = Reader::open(&self.path).ok();
            }
            // A file that cannot be opened is told of by everything else.
            let Some(reader) = &reader else { continue };
            if let Some((task, stop)) = asked {
                self.task(&mut tray, reader, &task, stop.as_deref());
            }
            self.look(&mut tray, reader);
        }
    }

    fn hand<'a>(&'a mut self, reader: &'a Reader, stop: Option<&'a AtomicBool>) -> Hand<'a> {
        let (now, lang, moves) = (self.clock.now(), self.lang, self.moves);
        Hand { reader, now, lang, ids: &mut self.ids, stop, moves }
    }

    fn look(&mut self, tray: &mut Tray, reader: &Reader) {
        let mut hand = self.hand(reader, None);
        // A fault in one look is tried again at the next.
        let told = guarded(|| Ok(tray.look(&mut hand, &|_, _| {}))).unwrap_or_default();
        for msg in told {
            let _ = self.events.send(Event::Msg(msg));
        }
    }

    fn task(&mut self, tray: &mut Tray, reader: &Reader, task: &InboxTask, stop: Option<&AtomicBool>) {
        let token = match task {
            InboxTask::Look { lang } | InboxTask::Message { lang, .. } => {
                self.lang = *lang;
                0
            }
            InboxTask::Take { token, lang, .. } | InboxTask::Return { token, lang, .. } => {
                self.lang = *lang;
                *token
            }
            InboxTask::Unlock { token, .. } => *token,
            InboxTask::Say { .. } | InboxTask::Remember { .. } | InboxTask::ForgetPasswords => 0,
        };
        let (writes, events) = (self.writes.clone(), self.events.clone());
        let mut commit = |officer, act, happened_at| {
            let (answer, answered) = bounded(1);
            let act = Box::new(act);
            let gone = || Error::refused(say::THREAD_GONE);
            writes.send(Write::Answer { officer, act, happened_at, answer }).map_err(|_| gone())?;
            answered.recv().map_err(|_| gone())?
        };
        let mut progress = |done: usize, total: usize, name: &str| {
            let words = Say::same(name);
            let msg = Msg::Progress { token, done: done as u64, total: total as u64, words };
            let _ = events.send(Event::Msg(msg));
        };
        let mut hand = self.hand(reader, stop);
        let told = guarded(|| Ok(tray.run(&mut hand, task, &mut commit, &mut progress)));
        let told = told.unwrap_or_else(|error| {
            let mut out = Vec::new();
            if token > 0 {
                // What it had done by then the next look tells.
                out.push(Msg::FilesDone { token, done: Box::default() });
            }
            out.push(Msg::Notice { tone: crate::app::Tone::Bad, say: error.say() });
            out
        });
        for msg in told {
            let _ = self.events.send(Event::Msg(msg));
        }
    }
}
