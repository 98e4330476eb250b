//! The inbox (收件目录): a folder into which units' sheets are put as they come. Its files are recognised
//! ([`mod@recognise`]), planned as any import is, and stand in a queue ([`Inbox`]); once one is taken in it is put away
//! with what goes back to its sender ([`mod@receipt`]). Reads and moves files; the acts are committed by whoever asks.
//!
//! What is in the log is the truth: a file whose act is there is put away at the next look, whatever happened in between.

mod desk;
pub mod folder;
pub mod receipt;
pub mod recognise;

pub use folder::{DONE, RETURNED};
pub use receipt::Receipt;
pub use recognise::{Guess, Said};

use super::Known;
use super::cells::parent::Failed;
use super::cells::{self, Cells};
use super::plan::ImportPlan;
use crate::clock::Clock;
use crate::domain::deadline::in_play;
use crate::domain::form::What;
use crate::domain::ids::{Mint, UnitId};
use crate::domain::inbox::{Seen, Stand};
use crate::domain::office::Settings;
use crate::domain::password::Passwords;
use crate::domain::report::{ReportKey, Round};
use crate::domain::text::safe_line;
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::inbox as words;
use crate::i18n::locked;
use crate::say::{Lang, Say};
use crate::store::act::{Act, Committed};
use crate::store::query::{self, FileTaken};
use crate::store::{Reader, act::Import};
use chrono::NaiveDate;
use desk::Desk;
use folder::{Away, Lying};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Files that are read at the same time, each by a child of its own.
const AT_ONCE: usize = 2;
/// More files than these are not read at once: the others wait, and are counted.
const MOST: usize = 500;
/// What failed for the moment is tried again after so long, and each time after twice as long.
const AGAIN_MS: i64 = 2_000;
/// And after no longer than this.
const AGAIN_AT_MOST_MS: i64 = 5 * 60_000;

/// A file of the inbox.
#[derive(Debug, Clone)]
pub struct Item {
    /// Stays the same for a name.
    pub id: u64,
    /// How it lies there.
    pub lying: Lying,
    /// How it stands.
    pub stand: Stand,
    /// What it is taken for, once it was read.
    pub guess: Option<Guess>,
    /// What the officer said of it.
    pub said: Said,
    /// BLAKE3 of its bytes; empty before it was read.
    pub digest: String,
    /// What it would do.
    pub plan: Option<Box<ImportPlan>>,
    /// The units whose reports it brings, as they are called.
    pub units: Vec<(UnitId, String)>,
    /// The unit of its rows that name none, by its code; empty where they need none.
    pub default_unit: String,
    /// Why it stands so, or what is asked; the most pressing first. Warnings follow.
    pub notes: Vec<Say>,
    /// Why it stands so, if that needs a reason: no warning, and about nobody in it.
    pub reason: Option<Say>,
    cells: Option<Arc<Cells>>,
    error: Option<Say>,
    /// It is locked, and none of the passwords that were typed is its own.
    locked: bool,
    /// It was taken in, and is still to be put away.
    left: Option<Box<FileTaken>>,
    /// When what failed for the moment is tried again.
    again: Option<Again>,
    /// When the office first looked at it.
    met: Option<Ts>,
}

/// Another try: how many there were, and the system's hour of the next.
#[derive(Debug, Clone, Copy)]
struct Again {
    tries: u32,
    at: i64,
}

impl Again {
    fn after(before: Option<Self>, now: i64) -> Self {
        let tries = before.map_or(0, |again| again.tries.saturating_add(1));
        let gap = AGAIN_MS.saturating_mul(1 << tries.min(20)).min(AGAIN_AT_MOST_MS);
        Self { tries, at: now.saturating_add(gap) }
    }
}

impl Item {
    fn new(lying: Lying) -> Self {
        Self {
            id: id_of(&lying.name),
            lying,
            stand: Stand::Writing,
            guess: None,
            said: Said::default(),
            digest: String::new(),
            plan: None,
            units: Vec::new(),
            default_unit: String::new(),
            notes: Vec::new(),
            reason: None,
            cells: None,
            error: None,
            locked: false,
            left: None,
            again: None,
            met: None,
        }
    }

    /// One that is not read now.
    fn unread(lying: Lying, stand: Stand) -> Self {
        let why = if stand == Stand::Later { words::IS_LATER } else { words::IS_WRITTEN };
        Self { stand, notes: vec![why.into()], ..Self::new(lying) }
    }

    /// Its cells were read.
    pub fn is_read(&self) -> bool {
        self.cells.is_some()
    }

    /// The file as it is seen now.
    pub fn seen(&self) -> Seen {
        let of_day = self.guess.as_ref().filter(|guess| guess.what == What::Report);
        let of = of_day.map(|guess| (guess.day.0, guess.round.0.clone()));
        Seen { id: self.id, digest: self.digest.clone(), stand: self.stand, of }
    }

    /// It stands so for this reason, before all others.
    fn because(&mut self, why: Say) {
        self.notes.insert(0, why.clone());
        self.reason = Some(why);
    }

    /// Why it goes back, where nobody says otherwise.
    pub fn why_back(&self) -> Say {
        let own = self.reason.clone().filter(|_| !self.stand.is_ready());
        own.unwrap_or_else(|| words::SENT_BACK.into())
    }

    /// When it came, as far as the office's clock has got: where an hour of the system's is still to come there, when it
    /// was first looked at.
    pub fn came(&self, now: Ts) -> Ts {
        Ts(self.lying.came.min(self.met.unwrap_or(now).0))
    }

    fn keys(&self) -> impl Iterator<Item = &ReportKey> {
        self.plan.iter().flat_map(|plan| plan.import.reports.iter().map(|(key, _)| key))
    }
}

/// What a file goes by: the same name is the same file from look to look.
pub fn id_of(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |id, byte| id << 8 | u64::from(*byte))
}

/// What the inbox is looked at with.
pub struct Office<'a> {
    /// The office.
    pub reader: &'a Reader,
    /// Its database.
    pub database: &'a Path,
    /// The present moment.
    pub now: Ts,
    /// The language of what goes back to senders.
    pub lang: Lang,
    /// Where ids come from.
    pub mint: &'a mut dyn Mint,
    /// Becomes true when it is to stop.
    pub stop: Option<&'a AtomicBool>,
    /// Whether files may be moved: who only looks says what is to be put away.
    pub moves: bool,
}

/// What a look did besides looking.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    /// Files that were read for the first time.
    pub read: usize,
    /// Something is otherwise than at the last look.
    pub changed: bool,
    /// Files that had been taken in and were only now put away.
    pub put_away: Vec<Settled>,
}

/// A file that was put away.
#[derive(Debug, Clone)]
pub struct Settled {
    /// What became of it.
    pub receipt: Receipt,
    /// Where it lies, with its papers; nothing where it could not be moved.
    pub away: Option<Away>,
    /// Why it could not be moved.
    pub error: Option<Say>,
    /// The file is locked, and the sheet of its refused rows that goes back is not.
    pub opened: bool,
}

impl Settled {
    /// What is to be known before what goes back is sent: how the file is locked no sheet of refused rows is.
    pub fn remark(&self) -> Option<Say> {
        self.opened.then(|| locked::goes_back_open(&self.receipt.file))
    }
}

/// What plans go by, besides the files.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Of {
    /// The newest op in which something moved that a plan goes by.
    op: i64,
    today: NaiveDate,
    collected: Option<(NaiveDate, Round)>,
    /// The office's own forms: what they are called, when they were written, how long they are.
    forms: Vec<(PathBuf, Option<std::time::SystemTime>, u64)>,
}

/// The queue of a folder.
#[derive(Debug, Default)]
pub struct Inbox {
    folder: PathBuf,
    /// The program that reads cells; this one when absent.
    program: Option<PathBuf>,
    items: BTreeMap<String, Item>,
    /// What was there at the last look, whole or not.
    before: HashMap<String, Lying>,
    /// Databases that lie there: nobody's sheets.
    databases: HashMap<String, Lying>,
    /// What the plans go by, as it was at the last look.
    of: Option<Of>,
    desk: Option<Arc<Desk>>,
    /// The roster, with the op it was read at.
    known: Option<(i64, Arc<Known>)>,
    /// Something was said of a file since, or the last look did not come to its end.
    told: bool,
    /// What was typed for locked files, and is tried on the next.
    passwords: Passwords,
}

impl Inbox {
    /// The inbox of a folder; nothing is looked at yet.
    pub fn new(folder: PathBuf, program: Option<PathBuf>) -> Self {
        Self { folder, program, ..Self::default() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its files in the order in which they came.
    pub fn items(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.items.values().collect();
        items.sort_by(|a, b| (a.lying.came, &a.lying.name).cmp(&(b.lying.came, &b.lying.name)));
        items
    }

    /// One of them.
    pub fn item(&self, id: u64) -> Option<&Item> {
        self.items.values().find(|item| item.id == id)
    }

    /// The file of this name.
    pub fn named(&self, name: &str) -> Option<&Item> {
        self.items.get(name)
    }

    /// The officer says of what a file is; the next look goes by it.
    pub fn say(&mut self, id: u64, said: Said) {
        if let Some(item) = self.items.values_mut().find(|item| item.id == id) {
            item.said = said;
            self.told = true;
        }
    }

    /// Opens a locked file with what was typed for it; the next look reads the other locked ones with it too.
    ///
    /// # Errors
    /// There is no such file, it is not locked, or locked with another password: it stays as it was.
    pub fn unlock(&mut self, id: u64, known: &Passwords, stop: Option<&AtomicBool>) -> Result<()> {
        let item = self.items.values_mut().find(|item| item.id == id);
        let item = item.ok_or_else(|| Error::not_found(words::FILE_GONE))?;
        if !item.locked {
            return Err(Error::refused(locked::not_locked(&item.lying.name)));
        }
        let path = self.folder.join(&item.lying.name);
        let (program, patience) = (self.program.as_deref(), cells::parent::PATIENCE);
        let cells = cells::parent::read(&path, known, program, stop, patience, cells::Limits::default())?;
        item.digest.clone_from(&cells.digest);
        (item.cells, item.error, item.locked) = (Some(Arc::new(cells)), None, false);
        self.remember(known);
        Ok(())
    }

    /// Keeps passwords that opened a sheet, here or elsewhere; the next look reads the locked files with them too.
    pub fn remember(&mut self, known: &Passwords) {
        self.passwords.take_over(known);
        self.told = true;
        for other in self.items.values_mut().filter(|item| item.locked) {
            (other.error, other.again) = (None, None);
        }
    }

    /// What was typed for locked files is let go; what was read of them stays until they are put away.
    pub fn forget_passwords(&mut self) {
        self.passwords.forget();
    }

    /// What was typed for locked files.
    pub const fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Looks at the folder: reads what is new and whole, plans what is there by what is known now, and puts away what
    /// the log says was taken in from here. `progress` is told how many of how many are read.
    ///
    /// # Errors
    /// The folder or the office cannot be read, or the folder is the database's own.
    pub fn look(
        &mut self,
        office: &mut Office<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Looked> {
        let looked = self.look_through(office, progress);
        // What was read or said before it failed is still to be planned, and the failure to be said again.
        self.told |= looked.is_err();
        looked
    }

    fn look_through(
        &mut self,
        office: &mut Office<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Looked> {
        folder::not_the_offices(&self.folder, office.database)?;
        let system = Clock::System.now().0;
        let mut looked = self.gather(system, progress, office.stop)?;
        let settings = query::settings(office.reader)?;
        let of = of(office, &settings)?;
        if !looked.changed && !self.told && self.of.as_ref() == Some(&of) {
            self.try_again(office, system, &mut looked)?;
            return Ok(looked);
        }
        let known = match &self.known {
            Some((op, known)) if *op == of.op => Arc::clone(known),
            _ => Arc::new(query::roster(office.reader)?),
        };
        self.known = Some((of.op, Arc::clone(&known)));
        looked.changed = true;
        let desk = Arc::new(Desk::read(office, &settings, known)?);
        self.desk = Some(Arc::clone(&desk));
        let taken = query::digests_taken(office.reader)?;
        let before = folder::put_away_before(&self.folder);
        let names: Vec<String> = self.items().into_iter().map(|item| item.lying.name.clone()).collect();
        let mut is_stopped = false;
        for name in names {
            if office.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                // What was not planned is planned at the next look.
                is_stopped = true;
                break;
            }
            let Some(item) = self.items.get_mut(&name) else { continue };
            let taken = if taken.contains(&item.digest) {
                query::file_taken(office.reader, &item.digest)?
            } else {
                None
            };
            item.met.get_or_insert(office.now);
            desk.plan(office, item, taken, &before)?;
            if item.left.is_some() && office.moves {
                // Taken in, and not put away: whatever kept it from that, it is now.
                looked.put_away.extend(self.settle_left(office, &desk, &name, system)?);
            }
        }
        self.alike(&desk);
        // Only now: after a look that failed the next one plans all anew.
        (self.of, self.told) = (Some(of), is_stopped);
        Ok(looked)
    }

    /// Tries again to put away what could not be moved when it was tried last.
    fn try_again(&mut self, office: &Office<'_>, system: i64, looked: &mut Looked) -> Result<()> {
        let Some(desk) = self.desk.clone().filter(|_| office.moves) else { return Ok(()) };
        let due = |item: &&Item| item.left.is_some() && item.again.is_none_or(|again| again.at <= system);
        let names: Vec<String> =
            self.items.values().filter(due).map(|item| item.lying.name.clone()).collect();
        for name in names {
            let settled = self.settle_left(office, &desk, &name, system)?;
            looked.changed |= settled.as_ref().is_some_and(|settled| settled.away.is_some());
            looked.put_away.extend(settled);
        }
        Ok(())
    }

    fn settle_left(
        &mut self,
        office: &Office<'_>,
        desk: &Desk,
        name: &str,
        system: i64,
    ) -> Result<Option<Settled>> {
        let Some(taken) = self.items.get(name).and_then(|item| item.left.clone()) else { return Ok(None) };
        let settled = self.settle_item(office, desk, name, &taken)?;
        if let Some(item) = self.items.get_mut(name) {
            item.again = Some(Again::after(item.again, system));
            item.notes.extend(settled.error.clone().filter(|error| !item.notes.contains(error)));
        }
        Ok(Some(settled))
    }

    /// Which files there are, and the cells of those that are new and whole, at this hour of the system's.
    fn gather(
        &mut self,
        now: i64,
        progress: &(dyn Fn(usize, usize) + Sync),
        stop: Option<&AtomicBool>,
    ) -> Result<Looked> {
        let mut lying = folder::files(&self.folder)?;
        for file in &lying {
            let is_new = self.items.get(&file.name).is_none_or(|item| item.lying != *file)
                && self.databases.get(&file.name) != Some(file);
            if is_new && folder::is_database(&self.folder.join(&file.name)) {
                self.databases.insert(file.name.clone(), file.clone());
            }
        }
        lying.retain(|file| self.databases.get(&file.name) != Some(file));
        let mut looked = Looked::default();
        let there: BTreeSet<&str> = lying.iter().map(|file| file.name.as_str()).collect();
        let count = self.items.len();
        self.items.retain(|name, _| there.contains(name.as_str()));
        looked.changed |= self.items.len() != count;
        let mut to_read = Vec::new();
        for (at, file) in lying.iter().enumerate() {
            let before = self.items.get(&file.name).filter(|item| item.lying == *file);
            let is_read = before.is_some_and(|item| item.cells.is_some() || item.error.is_some());
            let is_due = before
                .is_some_and(|item| item.left.is_none() && item.again.is_some_and(|again| again.at <= now));
            if is_read && !is_due {
                continue;
            }
            let (stand, never) = if at >= MOST {
                (Stand::Later, None)
            } else {
                match folder::is_whole(&self.folder, file, self.before.get(&file.name), now) {
                    folder::Whole::Yes => {
                        to_read.push(file.clone());
                        continue;
                    }
                    folder::Whole::NotYet => (Stand::Writing, None),
                    folder::Whole::Never(why) => (Stand::Unreadable, Some(why)),
                }
            };
            if before.is_none_or(|item| item.stand != stand) {
                let mut item = Item::unread(file.clone(), stand);
                if let Some(why) = never {
                    item.digest = folder::digest_of(&self.folder.join(&file.name)).unwrap_or_default();
                    item.error = Some(why);
                }
                self.items.insert(file.name.clone(), item);
                looked.changed = true;
            }
        }
        self.before = lying.into_iter().map(|file| (file.name.clone(), file)).collect();
        looked.read = to_read.len();
        for (file, read) in self.read(&to_read, progress, stop) {
            let before = self.items.remove(&file.name).filter(|item| item.lying == file);
            let (path, mut item) = (self.folder.join(&file.name), Item::new(file));
            if let Some(before) = &before {
                (item.said, item.met) = (before.said.clone(), before.met);
            }
            match read {
                Ok(cells) => {
                    item.digest.clone_from(&cells.digest);
                    item.cells = Some(Arc::new(cells));
                }
                Err(failed) => {
                    item.digest = folder::digest_of(&path).unwrap_or_default();
                    item.locked = is_locked(&failed.error);
                    // Nobody typed a password for this one yet, whatever was tried on it.
                    let why = if item.locked { locked::IS_LOCKED.into() } else { failed.error.say() };
                    let again = Again::after(before.as_ref().and_then(|item| item.again), now);
                    item.again = Some(again).filter(|again| again.tries < failed.tries);
                    item.error = match item.again {
                        Some(_) => Some(why.within(|why| words::tried_again(why))),
                        None => Some(why),
                    };
                }
            }
            let is_same = |before: &Item| before.error.is_some() && before.error == item.error;
            match before.filter(is_same) {
                // It failed again, and stands as it did.
                Some(before) => item = Item { again: item.again, ..before },
                None => looked.changed = true,
            }
            self.items.insert(item.lying.name.clone(), item);
        }
        Ok(looked)
    }

    /// Reads files, some at once, each by a confined child.
    fn read(
        &self,
        files: &[Lying],
        progress: &(dyn Fn(usize, usize) + Sync),
        stop: Option<&AtomicBool>,
    ) -> Vec<(Lying, std::result::Result<Cells, Failed>)> {
        let (next, out) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(file) = files.get(next.fetch_add(1, Ordering::SeqCst)) {
                if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                    return;
                }
                let (path, limits) = (self.folder.join(&file.name), cells::Limits::default());
                let program = self.program.as_deref();
                let read = cells::parent::try_read(
                    &path,
                    &self.passwords,
                    program,
                    stop,
                    cells::parent::PATIENCE,
                    limits,
                );
                // A thread that failed has nothing in hand.
                let mut out = out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                out.push((file.clone(), read));
                progress(out.len(), files.len());
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..AT_ONCE.min(files.len()) {
                scope.spawn(work);
            }
            work();
        });
        out.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// What of several is the same: the later of two files that are one, and of two that bring the same report.
    fn alike(&mut self, desk: &Desk) {
        let order: Vec<String> = self.items().into_iter().map(|item| item.lying.name.clone()).collect();
        let mut digests: HashMap<String, String> = HashMap::new();
        let mut reports: HashMap<ReportKey, String> = HashMap::new();
        for name in order {
            let Some(item) = self.items.get_mut(&name) else { continue };
            if item.digest.is_empty() || item.stand == Stand::Same {
                continue;
            }
            if let Some(first) = digests.get(&item.digest) {
                item.stand = Stand::Same;
                item.because(words::same_as(first));
                continue;
            }
            digests.insert(item.digest.clone(), name.clone());
            if !item.stand.can_be_taken() {
                continue;
            }
            let keys: Vec<ReportKey> = item.keys().cloned().collect();
            if let Some((key, first)) = keys.iter().find_map(|key| Some((key, reports.get(key)?))) {
                let unit = desk.known.unit(key.unit).map_or("", |unit| unit.name.as_str());
                item.because(words::same_report(unit, first));
                if item.stand.is_ready() {
                    item.stand = Stand::Correction;
                }
            }
            for key in keys {
                reports.entry(key).or_insert_with(|| name.clone());
            }
        }
    }

    /// A file as it was seen.
    ///
    /// # Errors
    /// It is not there any longer, or otherwise than it was seen.
    pub fn as_seen(&self, seen: &Seen) -> Result<&Item> {
        let item = self.item(seen.id).ok_or_else(|| Error::not_found(words::FILE_GONE))?;
        if item.seen() != *seen {
            return Err(Error::refused(words::CHANGED_SINCE));
        }
        Ok(item)
    }

    /// Takes a file in as it was seen: `commit` writes the act; what it was becomes of then is put away.
    ///
    /// # Errors
    /// It cannot be taken in as it stands, stands otherwise than it was seen, or was not written.
    pub fn take(
        &mut self,
        office: &mut Office<'_>,
        seen: &Seen,
        (reason, except): (&str, &BTreeSet<UnitId>),
        commit: &mut dyn FnMut(Act, Ts) -> Result<Committed>,
    ) -> Result<(Committed, Settled)> {
        let item = self.as_seen(seen)?;
        let (name, came) = (item.lying.name.clone(), item.came(office.now));
        let import = to_take(item, reason, except)?;
        let committed = commit(Act::Import(Box::new(import)), came)?;
        let settled = self.settle(office, &name)?;
        Ok((committed, settled))
    }

    /// Puts away a file that is in the log.
    ///
    /// # Errors
    /// The office cannot be read, or the file is not in the log. That it cannot be moved is no error: it stands in the
    /// answer, and is tried again at the next look.
    pub fn settle(&mut self, office: &Office<'_>, name: &str) -> Result<Settled> {
        let desk = self.desk(office)?;
        let item = self.items.get_mut(name).ok_or_else(|| Error::not_found(words::FILE_GONE))?;
        let taken = query::file_taken(office.reader, &item.digest)?;
        let taken = taken.ok_or_else(|| Error::not_found(words::not_taken(name)))?;
        desk.is_left(item, taken.clone());
        self.settle_item(office, &desk, name, &taken)
    }

    /// What was read at the last look.
    fn desk(&self, office: &Office<'_>) -> Result<Arc<Desk>> {
        if let Some(desk) = &self.desk {
            return Ok(Arc::clone(desk));
        }
        let known = Arc::new(query::roster(office.reader)?);
        Ok(Arc::new(Desk::read(office, &query::settings(office.reader)?, known)?))
    }

    fn settle_item(
        &mut self,
        office: &Office<'_>,
        desk: &Desk,
        name: &str,
        taken: &FileTaken,
    ) -> Result<Settled> {
        let Some(item) = self.items.get(name) else { return Err(Error::not_found(words::FILE_GONE)) };
        let receipt = desk.receipt(item, Some(taken), None);
        let digest = item.digest.clone();
        let settled = self.put_away(office, desk, name, receipt)?;
        if settled.away.is_some()
            && let Err(error) = folder::note_put_away(&self.folder, &mark(&digest, taken))
        {
            // Then it is put away once more if it comes back: nothing of it is lost.
            tracing::warn!(%error, "what was put away was not written down");
        }
        Ok(settled)
    }

    /// Sends a file back whole, as it was seen.
    ///
    /// # Errors
    /// It is not there, stands otherwise than it was seen, is not whole yet, or the office cannot be read.
    pub fn give_back(&mut self, office: &Office<'_>, seen: &Seen, why: Option<&str>) -> Result<Settled> {
        let item = self.as_seen(seen)?;
        if !item.stand.is_read() {
            return Err(Error::refused(words::NOT_WHOLE));
        }
        let desk = self.desk(office)?;
        let why = match why.filter(|why| !why.trim().is_empty()) {
            Some(why) => Say::same(why.trim()),
            None => item.why_back(),
        };
        let name = item.lying.name.clone();
        // What is the same as another is put away with it: nothing goes back.
        if item.stand == Stand::Same {
            let receipt = Receipt { file: name.clone(), ..Receipt::default() };
            return Ok(self.moved(office, &desk, &name, receipt, &[]));
        }
        let receipt = desk.receipt(item, None, Some(why));
        self.put_away(office, &desk, &name, receipt)
    }

    /// Puts a file away with what goes back to its sender.
    fn put_away(
        &mut self,
        office: &Office<'_>,
        desk: &Desk,
        name: &str,
        receipt: Receipt,
    ) -> Result<Settled> {
        let Some(item) = self.items.get(name) else { return Err(Error::not_found(words::FILE_GONE)) };
        let lang = office.lang;
        let (mut papers, mut opened) = (Vec::new(), false);
        let text = receipt.text(lang, desk.settings.calendar);
        papers.push((format!("-{}.txt", words::RECEIPT_FILE.get(lang)), text.into_bytes()));
        if let (Some(cells), Some(guess)) = (&item.cells, &item.guess)
            && let Some(book) =
                receipt::refused_rows(cells, &desk.forms, (guess.what, &guess.form), &receipt.refused, lang)?
        {
            papers.push((format!("-{}.xlsx", words::RETURNED_FILE.get(lang)), book));
            opened = cells.locked;
        }
        let settled = self.moved(office, desk, name, receipt, &papers);
        Ok(Settled { opened: opened && settled.away.is_some(), ..settled })
    }

    fn moved(
        &mut self,
        office: &Office<'_>,
        desk: &Desk,
        name: &str,
        receipt: Receipt,
        papers: &[(String, Vec<u8>)],
    ) -> Settled {
        let day = desk.settings.calendar.date(office.now).to_string();
        let into = self.folder.join(receipt.folder()).join(day);
        let digest = self.items.get(name).map_or_else(String::new, |item| item.digest.clone());
        let path = self.folder.join(name);
        match folder::put_away(&path, &digest, &into, papers) {
            Ok(away) => {
                self.items.remove(name);
                self.before.remove(name);
                Settled { receipt, away: Some(away), error: None, opened: false }
            }
            Err(error) => {
                if folder::digest_of(&path).is_ok_and(|now| now != digest) {
                    // Another one lies there by now: it is looked at anew.
                    self.items.remove(name);
                    self.before.remove(name);
                }
                Settled { receipt, away: None, error: Some(error.say()), opened: false }
            }
        }
    }

    /// What a file's sender is told, wherever it lies now: in the folder, or put away.
    ///
    /// # Errors
    /// There is no such file, or it cannot be read.
    pub fn message(&mut self, office: &mut Office<'_>, name: &str) -> Result<Receipt> {
        let missing = || Error::not_found(words::no_file(safe_line(name))).hint(words::NO_FILE_HINT);
        let path = folder::find(&self.folder, name).ok_or_else(missing)?;
        let settings = query::settings(office.reader)?;
        let desk = Desk::read(office, &settings, Arc::new(query::roster(office.reader)?))?;
        let meta = folder::files(path.parent().unwrap_or(&self.folder))?;
        let lying = meta.into_iter().find(|file| file.name == name).ok_or_else(missing)?;
        let mut item = match self.items.get(name) {
            Some(item) if path.parent() == Some(self.folder.as_path()) => item.clone(),
            _ => Item::new(lying),
        };
        if item.cells.is_none() {
            let (patience, limits) = (cells::parent::PATIENCE, cells::Limits::default());
            let (known, program) = (&self.passwords, self.program.as_deref());
            match cells::parent::read(&path, known, program, office.stop, patience, limits) {
                Ok(cells) => {
                    item.digest.clone_from(&cells.digest);
                    item.cells = Some(Arc::new(cells));
                }
                Err(error) => {
                    // What the log says of it needs no password.
                    item.digest = folder::digest_of(&path).unwrap_or_default();
                    (item.error, item.locked) = (Some(error.say()), is_locked(&error));
                }
            }
        }
        let taken = query::file_taken(office.reader, &item.digest)?;
        if let Some(taken) = &taken {
            item.said = said_in(taken, &item.said);
        }
        desk.plan_as(office, &mut item)?;
        let why = item.reason.clone().filter(|_| taken.is_none() && !item.stand.is_ready());
        Ok(desk.receipt(&item, taken.as_ref(), why))
    }
}

/// What the act that took a file in says of it.
fn said_in(taken: &FileTaken, said: &Said) -> Said {
    Said {
        what: What::from_code(&taken.sheet.what),
        day: taken.sheet.day.or(said.day),
        round: taken.sheet.round.clone().or_else(|| said.round.clone()),
        unit: said.unit,
        part: said.part,
    }
}

/// The act that takes a file in, if it can be.
///
/// # Errors
/// It is not whole, something must be said first, or a reason is missing.
pub fn to_take(item: &Item, reason: &str, except: &BTreeSet<UnitId>) -> Result<Import> {
    let why = || item.reason.clone().or_else(|| item.notes.first().cloned()).unwrap_or_default();
    let Some(plan) = item.plan.as_ref().filter(|_| item.stand.can_be_taken()) else {
        return Err(Error::refused(words::cannot_be_taken(&item.lying.name, &why())));
    };
    let mut import = plan.import.clone();
    import.sheet.inbox = true;
    if !except.is_empty() {
        import.leave_out(except);
    }
    if !reason.trim().is_empty() {
        reason.trim().clone_into(&mut import.reason);
    }
    if item.stand == Stand::Correction && import.reason.trim().is_empty() {
        return Err(Error::refused(words::reason_for(&item.lying.name)).hint(words::REASON_HINT));
    }
    Ok(import)
}

/// Whether a file is not read for want of its password alone.
pub fn is_locked(error: &Error) -> bool {
    matches!(error.kind(), Some(Kind::Locked | Kind::WrongPassword))
}

/// By what it is known that a file was put away after an act took it in.
fn mark(digest: &str, taken: &FileTaken) -> String {
    format!("{digest} {}-{}", taken.op.desk, taken.op.seq)
}

/// What plans go by now.
fn of(office: &Office<'_>, settings: &Settings) -> Result<Of> {
    let forms = super::form_dir_beside(office.database).and_then(|folder| std::fs::read_dir(folder).ok());
    let form = |entry: std::fs::DirEntry| {
        let meta = entry.metadata().ok();
        let written = meta.as_ref().and_then(|meta| meta.modified().ok());
        (entry.path(), written, meta.map_or(0, |meta| meta.len()))
    };
    let mut forms: Vec<_> = forms.into_iter().flatten().flatten().map(form).collect();
    forms.sort();
    Ok(Of {
        op: query::sheets_moved(office.reader)?,
        today: settings.calendar.date(office.now),
        collected: in_play(settings, office.now).map(|(day, round, _)| (day, round)),
        forms,
    })
}

#[cfg(test)]
mod tests;
