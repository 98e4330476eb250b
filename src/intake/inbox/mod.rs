//! The inbox (收件目录): a folder into which units' sheets are put as they come. Its files are recognised
//! ([`mod@recognise`]), planned as any import is, and stand in a queue ([`Inbox`]); once one is taken in it is put away
//! with what goes back to its sender ([`mod@receipt`]). Reads and moves files; the acts are committed by whoever asks.
//!
//! What is in the log is the truth: a file whose act is there is put away at the next look, whatever happened in between.

pub mod folder;
pub mod receipt;
pub mod recognise;

pub use folder::{DONE, RETURNED};
pub use receipt::Receipt;
pub use recognise::{Guess, Said};

use super::cells::{self, Cells};
use super::plan::ImportPlan;
use super::{Known, Options, look_back, mapping, plan};
use crate::domain::form::{Form, What};
use crate::domain::ids::{Mint, UnitId};
use crate::domain::inbox::{Source, Stand};
use crate::domain::office::Settings;
use crate::domain::report::ReportKey;
use crate::domain::text::safe_line;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::inbox as words;
use crate::say::{Lang, Say};
use crate::store::act::{Act, Committed};
use crate::store::query::{self, FileTaken};
use crate::store::{Reader, act::Import};
use folder::{Away, Lying};
use recognise::Hints;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// From so many rows on it can be said whether anybody of them is known here.
const SOME_ROWS: u32 = 3;
/// Files that are read at the same time, each by a child of its own.
const AT_ONCE: usize = 2;

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
    /// Why it stands so, or what is asked; the most pressing first.
    pub notes: Vec<Say>,
    cells: Option<Arc<Cells>>,
    error: Option<Say>,
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
            cells: None,
            error: None,
        }
    }

    /// When it came, as far as the office's clock has got: an hour of the system's that is still to come there is now.
    pub fn came(&self, now: Ts) -> Ts {
        Ts(self.lying.came.min(now.0))
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
    /// The newest op at the last look, and the day: plans are of then.
    of: (i64, Option<chrono::NaiveDate>),
    known: Option<Arc<Known>>,
    /// Something was said of a file since.
    told: bool,
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

    /// Looks at the folder: reads what is new and whole, plans what is there by what is known now, and puts away what
    /// the log says was taken in. `progress` is told how many of how many are read.
    ///
    /// # Errors
    /// The folder or the office cannot be read.
    pub fn look(
        &mut self,
        office: &mut Office<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Looked> {
        let mut looked = self.gather(progress, office.stop)?;
        let settings = query::settings(office.reader)?;
        let of = (query::last_op(office.reader)?, Some(settings.calendar.date(office.now)));
        if !looked.changed && !self.told && of == self.of {
            return Ok(looked);
        }
        if self.known.is_none() || of.0 != self.of.0 {
            self.known = Some(Arc::new(query::roster(office.reader)?));
        }
        looked.changed = true;
        (self.of, self.told) = (of, false);
        let desk = Desk::read(office, &settings, self.known.clone().unwrap_or_default())?;
        let names: Vec<String> = self.items().into_iter().map(|item| item.lying.name.clone()).collect();
        for name in names {
            if office.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                break;
            }
            let Some(item) = self.items.get_mut(&name) else { continue };
            if let Some(taken) = desk.plan(office, item)? {
                // Taken in, and not put away: whatever kept it from that, it is now.
                let settled = self.settle_item(office, &desk, &name, &taken)?;
                looked.put_away.push(settled);
            }
        }
        self.alike(&desk);
        Ok(looked)
    }

    /// Which files there are, and the cells of those that are new and whole.
    fn gather(
        &mut self,
        progress: &(dyn Fn(usize, usize) + Sync),
        stop: Option<&AtomicBool>,
    ) -> Result<Looked> {
        let lying = folder::files(&self.folder)?;
        let mut looked = Looked::default();
        let there: BTreeSet<&str> = lying.iter().map(|file| file.name.as_str()).collect();
        let count = self.items.len();
        self.items.retain(|name, _| there.contains(name.as_str()));
        looked.changed |= self.items.len() != count;
        let mut to_read = Vec::new();
        for file in &lying {
            let is_same = self
                .items
                .get(&file.name)
                .is_some_and(|item| item.lying == *file && (item.cells.is_some() || item.error.is_some()));
            if is_same {
                continue;
            }
            let before = self.before.get(&file.name);
            if folder::is_whole(&self.folder, file, before) {
                to_read.push(file.clone());
            } else if self.items.get(&file.name).is_none_or(|item| item.lying != *file) {
                self.items.insert(file.name.clone(), Item::new(file.clone()));
                looked.changed = true;
            }
        }
        self.before = lying.into_iter().map(|file| (file.name.clone(), file)).collect();
        looked.read = to_read.len();
        looked.changed |= !to_read.is_empty();
        for (file, read) in self.read(&to_read, progress, stop) {
            let mut item = Item::new(file);
            match read {
                Ok(cells) => {
                    item.digest.clone_from(&cells.digest);
                    item.cells = Some(Arc::new(cells));
                }
                Err(error) => item.error = Some(error.say()),
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
    ) -> Vec<(Lying, Result<Cells>)> {
        let (next, out) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(file) = files.get(next.fetch_add(1, Ordering::SeqCst)) {
                if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                    return;
                }
                let (path, limits) = (self.folder.join(&file.name), cells::Limits::default());
                let program = self.program.as_deref();
                let read = cells::parent::read(&path, program, stop, cells::parent::PATIENCE, limits);
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
                item.notes.insert(0, words::same_as(first));
                continue;
            }
            digests.insert(item.digest.clone(), name.clone());
            if !item.stand.can_be_taken() {
                continue;
            }
            let keys: Vec<ReportKey> = item.keys().cloned().collect();
            if let Some((key, first)) = keys.iter().find_map(|key| Some((key, reports.get(key)?))) {
                let unit = desk.known.unit(key.unit).map_or("", |unit| unit.name.as_str());
                item.notes.insert(0, words::same_report(unit, first));
                if item.stand.is_ready() {
                    item.stand = Stand::Correction;
                }
            }
            for key in keys {
                reports.entry(key).or_insert_with(|| name.clone());
            }
        }
    }

    /// Takes a file in: `commit` writes the act; what it was becomes of then is put away.
    ///
    /// # Errors
    /// It cannot be taken in as it stands, or was not written.
    pub fn take(
        &mut self,
        office: &mut Office<'_>,
        id: u64,
        (reason, except): (&str, &BTreeSet<UnitId>),
        commit: &mut dyn FnMut(Act, Ts) -> Result<Committed>,
    ) -> Result<(Committed, Settled)> {
        let item = self.item(id).ok_or_else(|| Error::not_found(words::FILE_GONE))?;
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
    pub fn settle(&mut self, office: &mut Office<'_>, name: &str) -> Result<Settled> {
        let item = self.items.get(name).ok_or_else(|| Error::not_found(words::FILE_GONE))?;
        let taken = query::file_taken(office.reader, &item.digest)?;
        let taken = taken.ok_or_else(|| Error::not_found(words::not_taken(name)))?;
        let settings = query::settings(office.reader)?;
        let desk = Desk::read(office, &settings, self.known.clone().unwrap_or_default())?;
        self.settle_item(office, &desk, name, &taken)
    }

    fn settle_item(
        &mut self,
        office: &mut Office<'_>,
        desk: &Desk,
        name: &str,
        taken: &FileTaken,
    ) -> Result<Settled> {
        let Some(item) = self.items.get(name) else { return Err(Error::not_found(words::FILE_GONE)) };
        let receipt = desk.receipt(item, Some(taken), None);
        self.put_away(office, desk, name, receipt)
    }

    /// Sends a file back whole.
    ///
    /// # Errors
    /// It is not there, or the office cannot be read.
    pub fn give_back(&mut self, office: &mut Office<'_>, id: u64, why: Option<&str>) -> Result<Settled> {
        let item = self.item(id).ok_or_else(|| Error::not_found(words::FILE_GONE))?;
        let settings = query::settings(office.reader)?;
        let desk = Desk::read(office, &settings, self.known.clone().unwrap_or_default())?;
        let why = match why.filter(|why| !why.trim().is_empty()) {
            Some(why) => Say::same(why.trim()),
            None => item.notes.first().cloned().unwrap_or_else(|| words::SENT_BACK.into()),
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
        let mut papers = Vec::new();
        let text = receipt.text(lang, desk.settings.calendar);
        papers.push((format!("-{}.txt", words::RECEIPT_FILE.get(lang)), text.into_bytes()));
        if let (Some(cells), Some(guess)) = (&item.cells, &item.guess)
            && let Some(book) =
                receipt::refused_rows(cells, &desk.forms, (guess.what, &guess.form), &receipt.refused, lang)?
        {
            papers.push((format!("-{}.xlsx", words::RETURNED_FILE.get(lang)), book));
        }
        Ok(self.moved(office, desk, name, receipt, &papers))
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
        match folder::put_away(&self.folder.join(name), &into, papers) {
            Ok(away) => {
                self.items.remove(name);
                self.before.remove(name);
                Settled { receipt, away: Some(away), error: None }
            }
            Err(error) => Settled { receipt, away: None, error: Some(error.say()) },
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
            match cells::parent::read(&path, self.program.as_deref(), office.stop, patience, limits) {
                Ok(cells) => {
                    item.digest.clone_from(&cells.digest);
                    item.cells = Some(Arc::new(cells));
                }
                Err(error) => item.error = Some(error.say()),
            }
        }
        let taken = query::file_taken(office.reader, &item.digest)?;
        if let Some(taken) = &taken {
            item.said = said_in(taken, &item.said);
        }
        desk.plan_as(office, &mut item)?;
        let why = taken.is_none().then(|| item.notes.first().cloned()).flatten();
        Ok(desk.receipt(&item, taken.as_ref(), why.filter(|_| !item.stand.is_ready())))
    }
}

/// What the act that took a file in says of it.
fn said_in(taken: &FileTaken, said: &Said) -> Said {
    Said {
        what: What::from_code(&taken.sheet.what),
        day: taken.sheet.day.or(said.day),
        round: taken.sheet.round.clone().or_else(|| said.round.clone()),
        unit: said.unit,
    }
}

/// The act that takes a file in, if it can be.
///
/// # Errors
/// It is not whole, something must be said first, or a reason is missing.
pub fn to_take(item: &Item, reason: &str, except: &BTreeSet<UnitId>) -> Result<Import> {
    let why = || item.notes.first().cloned().unwrap_or_default();
    let Some(plan) = item.plan.as_ref().filter(|_| item.stand.can_be_taken()) else {
        return Err(Error::refused(words::cannot_be_taken(&item.lying.name, &why())));
    };
    let mut import = plan.import.clone();
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

/// What is known of the office while a look goes on.
struct Desk {
    known: Arc<Known>,
    forms: Vec<Form>,
    hints: Hints,
    settings: Settings,
}

impl Desk {
    fn read(office: &Office<'_>, settings: &Settings, known: Arc<Known>) -> Result<Self> {
        let status = query::status(office.reader, office.now)?;
        let hints = Hints {
            today: settings.calendar.date(office.now),
            day: status.day,
            round: status.round,
            rounds: settings.rounds.clone(),
            senders: query::senders(office.reader)?,
        };
        let forms = mapping::load_forms(super::form_dir_beside(office.database).as_deref())?;
        Ok(Self { known, forms, hints, settings: settings.clone() })
    }

    /// Plans a file by what is known now; the act that took it in already, where it only was not put away.
    fn plan(&self, office: &mut Office<'_>, item: &mut Item) -> Result<Option<FileTaken>> {
        if item.cells.is_none() && item.error.is_none() {
            item.stand = Stand::Writing;
            item.notes = vec![words::IS_WRITTEN.into()];
            return Ok(None);
        }
        let taken = match item.digest.as_str() {
            "" => None,
            digest => query::file_taken(office.reader, digest)?,
        };
        // Of that name, and there before it was taken: the desk stopped before it was put away. Where the office rehearses
        // its clock says nothing of the system's.
        let came = item.came(office.now);
        let is_ahead = item.lying.came > office.now.0;
        let is_left = taken
            .as_ref()
            .is_some_and(|taken| taken.sheet.file == item.lying.name && (is_ahead || came <= taken.at));
        if let Some(taken) = taken.as_ref().filter(|_| is_left) {
            item.said = said_in(taken, &item.said);
        }
        self.plan_as(office, item)?;
        if let Some(taken) = taken {
            if is_left {
                return Ok(Some(taken));
            }
            // What was left out of it may come again.
            if taken.sheet.left_out == 0 {
                let at = self.settings.calendar.ymd_hm(taken.at);
                // Taken in for another day it may be the wrong sheet; that is said, and decided by the officer.
                if taken.sheet.day.is_none() || item.plan.as_ref().is_none_or(|plan| !plan.looks_old) {
                    item.stand = Stand::Same;
                    item.notes.insert(0, words::taken_before(&taken.sheet.file, at, taken.op.seq));
                }
            }
        }
        Ok(None)
    }

    /// Plans a file, and says how it stands by itself.
    fn plan_as(&self, office: &mut Office<'_>, item: &mut Item) -> Result<()> {
        (item.plan, item.guess) = (None, None);
        item.units.clear();
        item.default_unit.clear();
        item.notes.clear();
        let Some(cells) = item.cells.clone() else {
            item.stand = Stand::Unreadable;
            item.notes.extend(item.error.clone());
            return Ok(());
        };
        let file = item.lying.name.clone();
        let guess = recognise::recognise(&file, &cells, &self.forms, &self.known, &self.hints, &item.said);
        let planned = guess.and_then(|guess| self.planned(office, &cells, &file, &item.said, guess));
        match planned {
            Ok((guess, plan, lacks, unit)) => {
                let code = unit.and_then(|unit| self.known.unit(unit)).map(|unit| unit.code.clone());
                item.default_unit = code.unwrap_or_default();
                item.units = plan.import.reports.iter().map(|(key, _)| self.named(key.unit)).collect();
                let corrected = self.corrected(office.reader, &plan)?;
                (item.stand, item.notes) = self.stand(&guess, &plan, lacks, &corrected);
                item.notes.extend(plan.warnings.iter().cloned());
                (item.guess, item.plan) = (Some(guess), Some(Box::new(plan)));
            }
            Err(Error::User(user)) => {
                item.stand = Stand::Unreadable;
                item.notes.push(Error::User(user).say());
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn named(&self, unit: UnitId) -> (UnitId, String) {
        (unit, self.known.unit(unit).map_or_else(String::new, |unit| unit.name.clone()))
    }

    /// The plan of a file, with whose it is where its rows do not say so; how many rows lack a unit still.
    fn planned(
        &self,
        office: &mut Office<'_>,
        cells: &Cells,
        file: &str,
        said: &Said,
        mut guess: Guess,
    ) -> Result<(Guess, ImportPlan, u32, Option<UnitId>)> {
        let options = |guess: &Guess, unit: Option<UnitId>| Options {
            day: Some(guess.day.0.min(self.hints.today)).filter(|_| guess.what == What::Report),
            round: guess.round.0.clone(),
            unit: unit.and_then(|unit| self.known.unit(unit)).map(|unit| unit.code.clone()),
            form: Some(guess.form.clone()),
            ..Options::default()
        };
        let mut make = |guess: &Guess, unit| {
            let (forms, known) = (&self.forms, &self.known);
            plan(cells, file, guess.what, forms, known, &options(guess, unit), office.mint, office.now)
        };
        let mut default = said.unit;
        let mut made = make(&guess, default)?;
        let lacks = |plan: &ImportPlan| {
            plan.rejected.iter().filter(|row| matches!(row.code, "no-unit" | "no-number")).count() as u32
        };
        let mut lacking = lacks(&made);
        if lacking > 0 && said.unit.is_none() {
            // Rows that name none belong with the others of the file, else with what its name says.
            let of_rows: Vec<UnitId> = made.import.reports.iter().map(|(key, _)| key.unit).collect();
            let unit = match (of_rows.as_slice(), guess.units.0.as_slice()) {
                ([], [unit]) | ([unit], _) => Some(*unit),
                _ => None,
            };
            if let Some(unit) = unit {
                made = make(&guess, Some(unit))?;
                default = Some(unit);
                lacking = 0;
            } else if of_rows.len() > 1 {
                // A row or two among those of several units: they are refused, and no question.
                lacking = 0;
            }
        } else if said.unit.is_none() && !made.import.reports.is_empty() {
            let named = guess.units.0.as_slice();
            let fits = |key: &ReportKey| {
                named.iter().any(|unit| {
                    self.known.reporting_unit(*unit) == key.unit
                        || self.known.is_within(key.unit, *unit)
                        || self.known.is_within(*unit, key.unit)
                })
            };
            if guess.units.1 == Source::Name
                && !named.is_empty()
                && !made.import.reports.iter().any(|(key, _)| fits(key))
            {
                let said = Say::listed(named.iter().map(|unit| self.named(*unit).1));
                let of =
                    Say::listed(made.import.reports.iter().take(3).map(|(key, _)| self.named(key.unit).1));
                guess.asks.push(words::units_differ(&said.zh, &of.zh, &said.en, &of.en));
            } else {
                guess.units = (made.import.reports.iter().map(|(key, _)| key.unit).collect(), Source::Rows);
            }
        }
        if lacking > 0 && said.unit.is_some() {
            lacking = 0;
        }
        let came = office.now;
        look_back(&mut made, office.reader, &self.known, came)?;
        Ok((guess, made, lacking, default))
    }

    /// The units whose report is there already, and would be corrected.
    fn corrected(&self, reader: &Reader, plan: &ImportPlan) -> Result<Vec<String>> {
        let mut out = Vec::new();
        if plan.import.reason.trim().is_empty() {
            for (key, _) in &plan.import.reports {
                if query::is_received(reader, key)? {
                    out.push(self.named(key.unit).1);
                }
            }
        }
        Ok(out)
    }

    fn stand(
        &self,
        guess: &Guess,
        plan: &ImportPlan,
        lacking: u32,
        corrected: &[String],
    ) -> (Stand, Vec<Say>) {
        let rows = plan.accepted + plan.unchanged + plan.rejected.len() as u32;
        let strange = plan.rejected.iter().filter(|row| row.code == "unknown-person").count() as u32;
        let mut notes = guess.asks.clone();
        if lacking > 0 {
            let several = Say::listed(guess.units.0.iter().map(|unit| self.named(*unit).1));
            let ask = if guess.units.0.len() > 1 {
                words::unit_several(several.zh, several.en)
            } else {
                words::unit_unknown(lacking)
            };
            notes.push(ask);
        }
        if plan.import.sheet.what == "report" && rows >= SOME_ROWS && strange * 10 >= rows * 7 {
            notes.insert(0, words::hardly_known(strange, rows));
            return (Stand::Elsewhere, notes);
        }
        if !notes.is_empty() {
            return (Stand::Question, notes);
        }
        if !plan.writes() {
            let say = match (plan.rejected.is_empty(), plan.unanswered) {
                (false, _) => words::ALL_REFUSED,
                (true, 0) => words::NOTHING_NEW,
                (true, _) => words::NOBODY_ANSWERED,
            };
            return (Stand::Nothing, vec![say.into()]);
        }
        if plan.looks_old {
            return (Stand::Old, notes);
        }
        if plan.import.sheet.what != "report" {
            let say = words::changes_people(plan.new.len(), plan.changed.len(), plan.new_units.len());
            return (Stand::Look, vec![say]);
        }
        if !corrected.is_empty() {
            let units = Say::listed(corrected);
            return (Stand::Correction, vec![words::would_correct(units.zh, units.en)]);
        }
        if plan.rejected.is_empty() {
            (Stand::Ready, notes)
        } else {
            let first = plan.rejected.first();
            notes.extend(first.map(|row| {
                let at = crate::i18n::intake::place(&row.sheet, row.row, &row.column, &row.value);
                Say { zh: format!("{}{}", at.zh, row.reason.zh), en: format!("{} {}", at.en, row.reason.en) }
            }));
            (Stand::Refused, notes)
        }
    }

    /// What became of a file.
    fn receipt(&self, item: &Item, taken: Option<&FileTaken>, returned: Option<Say>) -> Receipt {
        let reported: BTreeSet<UnitId> =
            taken.iter().flat_map(|taken| &taken.reports).map(|(key, _)| key.unit).collect();
        let plan = item.plan.as_deref();
        let rows = |unit: UnitId| {
            let readings = plan.iter().flat_map(|plan| &plan.import.readings);
            readings.filter(|reading| reading.unit == unit).count() as u32
        };
        let left_out = taken.is_some_and(|taken| taken.sheet.left_out > 0);
        let left = item.units.iter().filter(|(unit, _)| left_out && !reported.contains(unit));
        let rejected = plan.map(|plan| plan.rejected.clone()).unwrap_or_default();
        let of = taken.map(|taken| &taken.sheet);
        let day = of.and_then(|sheet| sheet.day).or_else(|| {
            item.guess.as_ref().filter(|guess| guess.what == What::Report).map(|guess| guess.day.0)
        });
        let round = of.and_then(|sheet| sheet.round.clone());
        Receipt {
            office: self.settings.office.clone(),
            file: item.lying.name.clone(),
            day,
            round: round.map_or_else(String::new, |round| receipt::round_name(&round, &self.hints.rounds)),
            at: taken.map(|taken| taken.at),
            op: taken.map(|taken| taken.op.seq),
            taken: taken
                .iter()
                .flat_map(|taken| &taken.reports)
                .map(|(key, all)| {
                    let own = rows(key.unit);
                    (self.named(key.unit).1, if own == 0 { *all } else { own.min(*all) })
                })
                .collect(),
            accepted: of.map_or(0, |sheet| sheet.accepted),
            unchanged: of.map_or(0, |sheet| sheet.unchanged),
            left: left.map(|(_, name)| name.clone()).collect(),
            refused: if returned.is_some() && taken.is_none() { Vec::new() } else { rejected },
            returned,
        }
    }
}
