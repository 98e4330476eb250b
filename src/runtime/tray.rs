//! What the screen is told of the inbox, and what it asks for: the queue as rows, files taken in and sent back one after
//! another. Who commits the acts is given from outside.

use crate::app::Msg;
use crate::app::shown::effect::{InboxSaid, InboxTask};
use crate::app::shown::msg::FilesDone;
use crate::app::shown::pages::inbox::{InboxRow, InboxView};
use crate::clock::Ids;
use crate::domain::form::What;
use crate::domain::ids::{OfficerId, Subject, UnitId};
use crate::domain::inbox::{Seen, Source};
use crate::domain::mask::masked_words;
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::password::Passwords;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::inbox as words;
use crate::intake::inbox::receipt::round_name;
use crate::intake::inbox::{Inbox, Item, Office, Said, Settled};
use crate::say::Lang;
use crate::store::Reader;
use crate::store::act::{Act, Committed};
use crate::store::query;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The inbox of an office, as its setting says where it is.
#[derive(Debug)]
pub struct Tray {
    database: PathBuf,
    program: Option<PathBuf>,
    inbox: Option<Inbox>,
    /// What opened locked files, for the folder that is looked at next too.
    known: Passwords,
    /// What was told last.
    told: Option<InboxView>,
}

/// What the tray works with.
pub struct Hand<'a> {
    /// The office.
    pub reader: &'a Reader,
    /// The present moment.
    pub now: Ts,
    /// In which language what goes back to senders is written.
    pub lang: Lang,
    /// Where ids come from.
    pub ids: &'a mut Ids,
    /// Becomes true when it is to stop.
    pub stop: Option<&'a AtomicBool>,
    /// Whether files may be moved: a desk that can only be read moves none.
    pub moves: bool,
}

/// Writes an act of an officer, with when it happened if not now.
pub type Commit<'a> = dyn FnMut(OfficerId, Act, Option<Ts>) -> Result<Committed> + 'a;

impl Tray {
    /// The tray of the office with this database; cells are read by `program`, by this one when absent.
    pub fn new(database: &Path, program: Option<PathBuf>) -> Self {
        Self { database: database.to_owned(), program, inbox: None, known: Passwords::default(), told: None }
    }

    fn office<'a>(database: &'a Path, hand: &'a mut Hand<'_>) -> Office<'a> {
        Office {
            reader: hand.reader,
            database,
            now: hand.now,
            lang: hand.lang,
            mint: &mut *hand.ids,
            stop: hand.stop,
            moves: hand.moves,
        }
    }

    /// Looks at the folder; what is to be told, where that is otherwise than before.
    pub fn look(&mut self, hand: &mut Hand<'_>, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Msg> {
        let mut out = Vec::new();
        let view = match self.looked(hand, progress, &mut out) {
            Ok(view) => view,
            Err(error) => {
                let folder = self.inbox.as_ref().map(|inbox| inbox.folder().display().to_string());
                InboxView {
                    folder: folder.unwrap_or_default(),
                    error: Some(error.say()),
                    ..InboxView::default()
                }
            }
        };
        if self.told.as_ref() != Some(&view) {
            self.told = Some(view.clone());
            out.push(Msg::Inbox(Box::new(view)));
        }
        out
    }

    fn looked(
        &mut self,
        hand: &mut Hand<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
        out: &mut Vec<Msg>,
    ) -> Result<InboxView> {
        let settings = query::settings(hand.reader)?;
        let Some(folder) = settings.inbox_folder(&self.database) else {
            self.inbox = None;
            return Ok(InboxView::default());
        };
        if self.inbox.as_ref().is_none_or(|inbox| inbox.folder() != folder) {
            let mut inbox = Inbox::new(folder, self.program.clone());
            inbox.remember(&self.known);
            self.inbox = Some(inbox);
        }
        let Some(inbox) = &mut self.inbox else { return Ok(InboxView::default()) };
        let now = hand.now;
        let looked = inbox.look(&mut Self::office(&self.database, hand), progress)?;
        let moved = looked.put_away.iter().filter(|settled| settled.away.is_some()).count();
        if moved > 0 {
            out.push(Msg::Notice { tone: crate::app::Tone::Info, say: words::put_away_late(moved) });
        }
        let remarks = looked.put_away.iter().filter_map(Settled::remark);
        out.extend(remarks.map(|say| Msg::Notice { tone: crate::app::Tone::Warn, say }));
        Ok(view(inbox, &settings, now))
    }

    /// Does what the screen asks for, besides looking.
    pub fn run(
        &mut self,
        hand: &mut Hand<'_>,
        task: &InboxTask,
        commit: &mut Commit<'_>,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Vec<Msg> {
        let (token, officer, files, reason, back) = match task {
            InboxTask::Look { .. } => return Vec::new(),
            InboxTask::Say { file, said } => return self.say(hand, *file, said),
            InboxTask::Remember { password } => {
                self.known.add(password.clone());
                self.inbox.iter_mut().for_each(|inbox| inbox.remember(&self.known));
                return Vec::new();
            }
            InboxTask::ForgetPasswords => {
                self.known.forget();
                self.inbox.iter_mut().for_each(Inbox::forget_passwords);
                return Vec::new();
            }
            InboxTask::Unlock { token, file, password } => {
                let known = password.clone().into();
                let opened = match &mut self.inbox {
                    Some(inbox) => inbox.unlock(*file, &known, hand.stop),
                    None => Err(Error::not_found(words::FILE_GONE)),
                };
                if opened.is_ok() {
                    self.known.add(password.clone());
                }
                return vec![Msg::FileOpened { token: *token, error: opened.err().map(|error| error.say()) }];
            }
            InboxTask::Message { file, .. } => return vec![self.message(hand, file)],
            InboxTask::Take { token, officer, files, reason, .. } => (*token, *officer, files, reason, false),
            InboxTask::Return { token, officer, files, reason, .. } => {
                (*token, *officer, files, reason, true)
            }
        };
        let mut done = FilesDone { back, ..FilesDone::default() };
        let is_reader = query::role(hand.reader, officer).is_ok_and(|role| role == Role::ReadOnly);
        for (at, file) in self.in_order(files).into_iter().enumerate() {
            if hand.stop.is_some_and(|stop| stop.load(Ordering::SeqCst)) {
                break;
            }
            let name = self.inbox.as_ref().and_then(|inbox| inbox.item(file.id));
            let name = name.map_or_else(String::new, |item| item.lying.name.clone());
            progress(at, files.len(), &name);
            let did = if back && is_reader {
                // Nothing is moved for somebody who may not note it.
                Err(Error::refused(words::NOTHING_MOVES))
            } else if back {
                self.give_back(hand, file, reason, &mut |act, at| commit(officer, act, at))
            } else {
                self.take(hand, file, reason, &mut |act, at| commit(officer, act, at), &mut done)
            };
            match did {
                Ok(settled) => {
                    // What was taken in is in the log, wherever it lies; what goes back is back once it was moved.
                    let is_done = !back || settled.away.is_some();
                    done.files += usize::from(is_done);
                    done.rows += settled.receipt.accepted;
                    done.refused += settled.receipt.refused.len() as u32;
                    done.remarks.extend(settled.remark());
                    match settled.error {
                        Some(error) if is_done => done.remarks.push(error),
                        Some(error) => done.failed.push((name, error)),
                        None => {}
                    }
                }
                Err(error) => done.failed.push((name, error.say())),
            }
        }
        vec![Msg::FilesDone { token, done: Box::new(done) }]
    }

    /// Files in the order in which they came: what came later corrects what came before.
    fn in_order<'a>(&self, files: &'a [Seen]) -> Vec<&'a Seen> {
        let order: HashMap<u64, usize> =
            self.inbox.iter().flat_map(Inbox::items).enumerate().map(|(at, item)| (item.id, at)).collect();
        let mut files: Vec<&Seen> = files.iter().collect();
        // One that went away meanwhile is said at the end.
        files.sort_by_key(|seen| order.get(&seen.id).copied().unwrap_or(usize::MAX));
        files
    }

    fn take(
        &mut self,
        hand: &mut Hand<'_>,
        file: &Seen,
        reason: &str,
        commit: &mut dyn FnMut(Act, Option<Ts>) -> Result<Committed>,
        done: &mut FilesDone,
    ) -> Result<Settled> {
        let Some(inbox) = &mut self.inbox else { return Err(Error::not_found(words::FILE_GONE)) };
        let found: Vec<String> = inbox
            .item(file.id)
            .and_then(|item| item.plan.as_ref())
            .map(|plan| plan.findings.iter().map(|row| row.name.clone()).collect())
            .unwrap_or_default();
        let now = hand.now;
        let mut office = Self::office(&self.database, hand);
        let mut write = |act, came| commit(act, (came < now).then_some(came));
        let (_, settled) = inbox.take(&mut office, file, (reason, &BTreeSet::new()), &mut write)?;
        done.findings.extend(found);
        Ok(settled)
    }

    fn give_back(
        &mut self,
        hand: &mut Hand<'_>,
        file: &Seen,
        reason: &str,
        commit: &mut dyn FnMut(Act, Option<Ts>) -> Result<Committed>,
    ) -> Result<Settled> {
        let Some(inbox) = &mut self.inbox else { return Err(Error::not_found(words::FILE_GONE)) };
        if !hand.moves {
            return Err(Error::refused(words::NOTHING_MOVES));
        }
        let note = returned_note(inbox.as_seen(file)?, reason, hand.lang);
        let mut settled = inbox.give_back(&Self::office(&self.database, hand), file, Some(reason))?;
        noted(&mut settled, note, &mut |act| commit(act, None));
        Ok(settled)
    }

    fn say(&mut self, hand: &Hand<'_>, file: u64, said: &InboxSaid) -> Vec<Msg> {
        let unit = match said.unit.trim() {
            "" => Ok(None),
            typed => match query::roster(hand.reader) {
                Ok(known) => match known.find_unit(typed) {
                    Some(unit) => Ok(Some(unit.id)),
                    None => Err(words::no_unit(typed)),
                },
                Err(error) => Err(error.say()),
            },
        };
        match (unit, &mut self.inbox) {
            (Ok(unit), Some(inbox)) => {
                let InboxSaid { what, day, part, .. } = *said;
                let said = Said { what, unit, day, round: said.round.clone(), part };
                inbox.say(file, said);
                Vec::new()
            }
            (Err(say), _) => vec![Msg::Notice { tone: crate::app::Tone::Bad, say }],
            (_, None) => Vec::new(),
        }
    }

    fn message(&mut self, hand: &mut Hand<'_>, file: &str) -> Msg {
        let made = (|| {
            let calendar = query::settings(hand.reader)?.calendar;
            let Some(inbox) = &mut self.inbox else { return Err(Error::not_found(words::FILE_GONE)) };
            let lang = hand.lang;
            let receipt = inbox.message(&mut Self::office(&self.database, hand), file)?;
            Ok(receipt.text(lang, calendar))
        })();
        match made {
            Ok(text) => Msg::FileMessage(text),
            Err(error) => Msg::Notice { tone: crate::app::Tone::Bad, say: error.say() },
        }
    }
}

/// Once a file went back the log says so; that it cannot be noted stands in what became of it.
pub fn noted(
    settled: &mut Settled,
    note: Option<Act>,
    commit: &mut dyn FnMut(Act) -> Result<Committed>,
) -> Option<Committed> {
    let act = note.filter(|_| settled.away.is_some())?;
    match commit(act) {
        Ok(committed) => Some(committed),
        Err(error) => {
            settled.error = Some(error.say().within(|why| words::not_noted(why)));
            None
        }
    }
}

/// The note that a file went back, for the log; none where it only was the same as another.
pub fn returned_note(item: &Item, reason: &str, lang: Lang) -> Option<Act> {
    if item.stand == crate::domain::inbox::Stand::Same {
        return None;
    }
    let why = match reason.trim() {
        "" => item.why_back().get(lang).to_owned(),
        reason => reason.to_owned(),
    };
    let subject = match item.units.as_slice() {
        [(unit, _)] => Some(Subject::Unit(*unit)),
        _ => None,
    };
    let note = words::note_returned(&item.lying.name, why);
    // As in what goes back to the sender.
    let text = masked_words(note.get(lang)).into_owned();
    Some(Act::Note { subject, text })
}

/// The queue as rows.
pub fn rows(inbox: &Inbox, settings: &Settings, now: Ts) -> Vec<InboxRow> {
    inbox.items().into_iter().map(|item| row(inbox.folder(), item, settings, now)).collect()
}

fn view(inbox: &Inbox, settings: &Settings, now: Ts) -> InboxView {
    InboxView { folder: inbox.folder().display().to_string(), rows: rows(inbox, settings, now), error: None }
}

fn row(folder: &Path, item: &Item, settings: &Settings, now: Ts) -> InboxRow {
    let guess = item.guess.as_ref();
    let of_day = guess.filter(|guess| guess.what == What::Report);
    let plan = item.plan.as_deref();
    let units = match (item.units.is_empty(), plan) {
        (true, Some(plan)) => {
            plan.units.iter().map(|unit| (UnitId(uuid::Uuid::nil()), unit.unit.clone())).collect()
        }
        _ => item.units.clone(),
    };
    InboxRow {
        id: item.id,
        file: item.lying.name.clone(),
        path: folder.join(&item.lying.name).display().to_string(),
        came: item.came(now),
        stand: Some(item.stand),
        what: guess.map(|guess| guess.what),
        form: guess.map_or_else(String::new, |guess| guess.form.clone()),
        day: of_day.map(|guess| guess.day),
        round: of_day.map(|guess| guess.round.clone()),
        round_name: of_day.map_or_else(String::new, |guess| round_name(&guess.round.0, &settings.rounds)),
        units_by: guess.map(|guess| guess.units.1).or(plan.map(|_| Source::Rows)),
        units,
        unit: item.default_unit.clone(),
        accepted: plan.map_or(0, |plan| plan.accepted),
        rejected: plan.map_or(0, |plan| plan.rejected.len() as u32),
        part: item.said.part,
        has_columns: item.is_read(),
        changed: plan.map_or(0, |plan| (plan.changed.len() + plan.added.len() + plan.dropped.len()) as u32),
        notes: item.notes.clone(),
        digest: item.digest.clone(),
    }
}
