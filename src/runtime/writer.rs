//! The writer: the one thread with the writing connection.

use super::finder::Find;
use super::reader::Own;
use super::{Event, guarded, sentence, spawn};
use crate::app::{Msg, Tone};
use crate::clock::{Clock, Ids};
use crate::domain::ids::{Mint, OfficerId};
use crate::domain::pin::Pin;
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::{erase, file as words, runtime as say};
use crate::paper::frozen;
use crate::paper::template::Templates;
use crate::say::{Lang, Say};
use crate::store::act::{Act, Author, Committed};
use crate::store::{Reader, Store, Tries};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::path::PathBuf;

/// Something to write.
pub(super) enum Write {
    /// One act.
    Commit {
        /// Names it in the answer; without one only a failure is told.
        token: Option<u64>,
        officer: OfficerId,
        act: Box<Act>,
        /// When it happened, if not now.
        happened_at: Option<Ts>,
    },
    /// One act, whose sender waits for the answer.
    Answer {
        officer: OfficerId,
        act: Box<Act>,
        /// When it happened, if not now.
        happened_at: Option<Ts>,
        answer: Sender<Result<Committed>>,
    },
    SaveDraft {
        key: String,
        json: String,
    },
    DropDraft {
        key: String,
    },
    KeepLang(Lang),
    /// Another choice of this machine.
    KeepChoice {
        name: &'static str,
        value: String,
    },
    KeepSearch(String),
    /// Whether an officer may unlock the screen.
    Unlock {
        token: u64,
        of: Option<OfficerId>,
        officer: OfficerId,
        pin: Option<Pin>,
    },
    /// Somebody was looked for by a part of a personal number.
    Probe {
        officer: OfficerId,
        typed: String,
    },
    /// Everything sent before this is written when the answer comes.
    Flush(Sender<()>),
}

struct Writer {
    /// To write; or why the office can only be read.
    office: std::result::Result<Store, Say>,
    /// Where it lies.
    path: PathBuf,
    /// Wrong PINs on one that can only be read.
    tries: Tries,
    clock: Clock,
    ids: Ids,
    own: Own,
    finds: Sender<Find>,
    events: Sender<Event>,
}

pub(super) fn start(
    (office, path): (std::result::Result<Store, Say>, PathBuf),
    clock: Clock,
    ids: Ids,
    own: Own,
    finds: Sender<Find>,
    events: Sender<Event>,
) -> Result<Sender<Write>> {
    let (sender, inbox) = unbounded();
    let writer = Writer { office, path, tries: Tries::default(), clock, ids, own, finds, events };
    spawn("writer", move || writer.work(&inbox))?;
    Ok(sender)
}

impl Writer {
    fn work(mut self, inbox: &Receiver<Write>) {
        for task in inbox {
            match task {
                Write::Commit { token, officer, act, happened_at } => {
                    self.commit(token, officer, &act, happened_at);
                }
                Write::Answer { officer, act, happened_at, answer } => {
                    // Whoever asked may have stopped waiting; what is in the log is there.
                    let _ = answer.send(self.done(officer, &act, happened_at));
                }
                Write::SaveDraft { key, json } => {
                    let now = self.clock.now();
                    self.keep(|store| store.save_draft(&key, &json, now), |why| say::draft_lost(why));
                }
                Write::DropDraft { key } => {
                    self.keep(|store| store.drop_draft(&key), |why| say::draft_lost(why));
                }
                Write::KeepLang(lang) => {
                    self.keep(|store| store.keep_choice("lang", lang.code()), |why| say::choice_lost(why));
                }
                Write::KeepChoice { name, value } => {
                    self.keep(|store| store.keep_choice(name, &value), |why| say::choice_lost(why));
                }
                Write::KeepSearch(text) => {
                    let now = self.clock.now();
                    self.keep(|store| store.keep_search(&text, now), |why| say::search_lost(why));
                }
                Write::Unlock { token, of, officer, pin } => {
                    let now = self.clock.now();
                    let may = match &mut self.office {
                        Ok(store) => guarded(|| store.unlock(of, officer, pin.as_ref(), now)),
                        // Nobody is kept out of what can only be read.
                        Err(_) => guarded(|| {
                            let reader = Reader::open_alone(&self.path)?;
                            reader.unlock(of, officer, pin.as_ref(), now, &mut self.tries)
                        }),
                    };
                    self.tell(match may {
                        Ok(()) => Msg::Unlocked { token },
                        Err(error) => Msg::UnlockFailed { token, error: sentence(&error) },
                    });
                }
                Write::Probe { officer, typed } => self.probed(officer, &typed),
                Write::Flush(done) => {
                    // Whoever asked may have stopped waiting.
                    let _ = done.send(());
                }
            }
            // Whoever waited has the answer.
            if let Ok(store) = &self.office {
                store.keep_due();
            }
        }
    }

    /// Counts a find by a part of a personal number.
    fn probed(&mut self, officer: OfficerId, typed: &str) {
        // Where nothing can be written, what can be read is shown all the same.
        let Ok(store) = &mut self.office else { return };
        let now = self.clock.now();
        let author = Author { officer, now, happened_at: None, op_id: self.ids.id(now) };
        match guarded(|| store.probed(&author, &mut self.ids, typed)) {
            Ok(true) => self.tell(Msg::Changed),
            Ok(false) => {}
            Err(error) => tracing::warn!(kind = ?error.kind(), "a find was not counted"),
        }
    }

    fn commit(&mut self, token: Option<u64>, officer: OfficerId, act: &Act, happened_at: Option<Ts>) {
        match self.done(officer, act, happened_at) {
            Ok(committed) => self.tell(match token {
                Some(token) => Msg::Committed { token, committed },
                None => Msg::Changed,
            }),
            Err(error) => {
                let field = error.field();
                let error = sentence(&error);
                self.tell(match token {
                    Some(token) => Msg::CommitFailed { token, error, field },
                    None => Msg::Notice { tone: Tone::Bad, say: error },
                });
            }
        }
        if let Some(left) = self.office.as_mut().ok().and_then(Store::left) {
            self.tell(Msg::Notice { tone: Tone::Bad, say: erase::left(left).into() });
        }
    }

    /// Writes an act; what is found may be otherwise then.
    fn done(&mut self, officer: OfficerId, act: &Act, happened_at: Option<Ts>) -> Result<Committed> {
        let now = self.clock.now();
        // One id for every try: if the first reached the disk although an error came back, the second finds it.
        let author = Author { officer, now, happened_at, op_id: self.ids.id(now) };
        let store = match &mut self.office {
            Ok(store) => store,
            Err(why) => return Err(Error::refused(why.within(|why| words::only_read(why)))),
        };
        self.own.begin();
        let mut done = guarded(|| write(store, &author, &mut self.ids, act));
        let unknown = |done: &Result<Committed>| {
            done.as_ref().is_err_and(|error| matches!(error.kind(), None | Some(Kind::NotSaved)))
        };
        if unknown(&done) {
            done = guarded(|| write(store, &author, &mut self.ids, act));
        }
        match &done {
            Ok(_) if changes_what_is_found(act) => {
                let _ = self.finds.send(Find::Stale);
            }
            Ok(_) => {}
            Err(_) => self.own.failed(),
        }
        done
    }

    /// Keeps what is this machine's. Where nothing can be written that is said already, on every screen.
    fn keep(&self, task: impl FnOnce(&Store) -> Result<()>, words: impl Fn(&str) -> Say) {
        let Ok(store) = &self.office else { return };
        if let Err(error) = guarded(|| task(store)) {
            self.tell(Msg::Notice { tone: Tone::Bad, say: sentence(&error).within(words) });
        }
    }

    fn tell(&self, msg: Msg) {
        // When the main thread is gone there is nobody to tell.
        let _ = self.events.send(Event::Msg(msg));
    }
}

/// Writes an act. A handover is cut, frozen and signed in one.
///
/// # Errors
/// Refused with a reason, or not saved.
pub fn write(store: &mut Store, author: &Author, ids: &mut Ids, act: &Act) -> Result<Committed> {
    match act {
        Act::CloseShift(close) => {
            let templates = Templates::of(store.path());
            frozen::hand_over(store, author, ids, close, &templates)
        }
        act => store.commit(author, ids, act),
    }
}

/// Whether an act can change what the find box shows.
fn changes_what_is_found(act: &Act) -> bool {
    !matches!(
        act.itself(),
        Act::ClosePromise { .. }
            | Act::Receive { .. }
            | Act::Note { .. }
            | Act::AddOfficer { .. }
            | Act::AddOfficerAs { .. }
            | Act::SetRole { .. }
            | Act::StartShift
            | Act::CloseShift(_)
            | Act::SendSitrep { .. }
            | Act::CorrectSitrep { .. }
            | Act::Tell { .. }
            | Act::Acknowledge { .. }
            | Act::AnswerQuestion { .. }
            | Act::ChangePin { .. }
            | Act::Probed { .. }
            | Act::Reveal { .. }
            | Act::RevealNumber { .. }
            | Act::RevealEntry { .. }
            | Act::Printed { .. }
            | Act::BackedUp { .. }
            | Act::Drilled { .. }
    )
}
