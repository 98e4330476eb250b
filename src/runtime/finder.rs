//! The finder: keeps the search index as the office now stands, and answers the find box.
//!
//! The index is built on a thread of its own beside the screen. A change is put beside it line by line; when too many
//! stand there it is built anew, and the old one answers until the new one is there.

use super::entries::{self, Entries};
use super::{Event, guarded, sentence, spawn};
use crate::app::Msg;
use crate::app::shown::found::{Found, Tried, parts};
use crate::clock::Clock;
use crate::domain::ids::{OfficerId, OpRef, PersonId};
use crate::domain::time::{Calendar, Ts};
use crate::error::{Error, Kind, Result};
use crate::i18n::runtime as say;
use crate::search::found::{CallLine, ContactLine, Field, Match, PersonLine, Target, UnitLine};
use crate::search::tables::Tables;
use crate::search::{Batch, Builder, Index, kept, point_out};
use crate::store::local::{part, parts_stamp};
use crate::store::query::rows::FoundRow;
use crate::store::{Interrupt, Reader, Store, query};
use chrono::NaiveDate;
use crossbeam_channel::{Receiver, RecvError, Sender, bounded, never, select, unbounded};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How many hits the find box is given.
const HITS: usize = 50;
/// People that are handed from the thread that reads to the one that builds at once.
const BATCH: usize = 4096;
/// Lines beside the index from which on it is built anew.
const BESIDE: usize = 500;

/// Something for the finder to do.
pub(super) enum Find {
    /// Find and answer.
    Ask { text: String, generation: u64 },
    /// Something in the office has changed.
    Stale,
    /// Another officer sits at this terminal.
    Officer(OfficerId),
}

impl Find {
    /// What an answer goes to, where one is wanted.
    fn generation(&self) -> Option<u64> {
        match self {
            Self::Ask { generation, .. } => Some(*generation),
            Self::Stale | Self::Officer(_) => None,
        }
    }
}

/// One part of the index is to be kept.
struct Part {
    name: &'static str,
    stamp: String,
    reply: Sender<Vec<u8>>,
}

/// An index, and the op it is true for.
pub struct Book {
    index: Index,
    /// With what was put beside it.
    stamp: OpRef,
    /// Without.
    built: OpRef,
    /// It was read as it was kept.
    kept: bool,
}

/// People and units from which on an index is kept.
const LARGE: usize = 20_000;

/// What a kept index is known by, up to the op it is true for: how it is laid out, the tables it was built with, the
/// desk, and how often the tables it was read from were made anew.
fn stamp_for(reader: &Reader, op: &OpRef) -> Result<String> {
    let (format, print) = (kept::FORMAT, Tables::current().print());
    let version = env!("CARGO_PKG_VERSION");
    Ok(format!("{version}/{format}/{print:016x}/{}/{}/", op.desk, query::built(reader)?))
}

fn cannot_read(error: &Error) {
    tracing::warn!(kind = ?error.kind(), "the kept index cannot be read");
}

impl Book {
    /// Reads everything that can be found, and builds the index.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn read(reader: &Reader) -> Result<Self> {
        // First: what comes between is read here, and once more when it is asked what came since.
        let stamp = query::stamp(reader)?;
        let mut builder = Builder::new();
        query::find_units(reader, &mut |line: UnitLine<'_>| builder.unit(line))?;
        query::find_contacts(reader, &mut |line: ContactLine<'_>| builder.contact(line))?;
        query::find_calls(reader, &mut |line: CallLine<'_>| builder.call(line))?;
        let index = with_people(reader, builder)?;
        Ok(Self { index, stamp, built: stamp, kept: false })
    }

    /// The index as it was kept, if one was that still holds with what changed since. For one question only those of
    /// its parts are read that it is answered from.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn kept(reader: &Reader, question: Option<&str>) -> Result<Option<Self>> {
        let Some(stamp) = parts_stamp(reader)? else { return Ok(None) };
        let now = query::stamp(reader)?;
        let Some(seq) = stamp.strip_prefix(&stamp_for(reader, &now)?).and_then(|seq| seq.parse().ok()) else {
            return Ok(None);
        };
        let needs = question.map_or(kept::Needs::ALL, kept::Needs::of);
        let index = Index::from_parts(needs, &stamp, &mut |name| {
            part(reader, name).inspect_err(cannot_read).ok().flatten()
        });
        let Some(index) = index else { return Ok(None) };
        let stamp = OpRef { desk: now.desk, seq };
        let mut book = Self { index, stamp, built: stamp, kept: true };
        Ok(book.follow(reader)?.then_some(book))
    }

    /// Whether it pays to keep it: it was built just now, and a small one is built in no time.
    pub fn is_to_keep(&self) -> bool {
        !self.kept && self.index.len() >= LARGE
    }

    /// Keeps the index for the next start and for questions from the command line.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub fn keep(&self, store: &mut Store, reader: &Reader) -> Result<()> {
        let stamp = self.kept_stamp(reader)?;
        let mut parts = kept::PARTS
            .iter()
            .filter_map(|name| Some(Ok(((*name).to_owned(), self.index.part(name, &stamp)?))));
        store.keep_parts(&stamp, &mut parts).map(drop)
    }

    /// What a kept index is known by.
    fn kept_stamp(&self, reader: &Reader) -> Result<String> {
        Ok(format!("{}{}", stamp_for(reader, &self.built)?, self.built.seq))
    }

    /// Takes over what changed since; false when it must be read anew.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn follow(&mut self, reader: &Reader) -> Result<bool> {
        let changed = query::changed_since(reader, &self.stamp)?;
        if changed.everything
            || changed.units
            || self.index.fresh() + changed.people.len() + changed.calls.len() > BESIDE
        {
            return Ok(false);
        }
        for person in changed.people {
            let mut there = false;
            query::find_person(reader, person, &mut |line| {
                self.index.put_person(line);
                there = true;
            })?;
            if !there {
                self.index.drop_person(person);
            }
        }
        for call in changed.calls {
            query::find_call(reader, call, &mut |line| self.index.put_call(line))?;
        }
        if changed.contacts {
            self.index.clear_contacts();
            query::find_contacts(reader, &mut |line| self.index.add_contact(line))?;
            self.index.finish_contacts();
        }
        self.stamp = changed.to;
        Ok(true)
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The best matches with the row of each, ready to show.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn find(&self, reader: &Reader, text: &str, limit: usize, now: Ts) -> Result<Vec<(Match, FoundRow)>> {
        let matches = self.index.find(text, limit);
        let targets: Vec<Target> = matches.iter().map(|found| found.target).collect();
        let mut rows = query::found(reader, &targets, &parts(text), now)?.into_iter().peekable();
        // Rows come in the same order; what is gone by now is left out.
        let pairs = matches.into_iter().filter_map(|found| {
            let row = rows.next_if(|row| row.target == found.target)?;
            Some((pointed_out(found, &row, text), row))
        });
        Ok(pairs.collect())
    }
}

/// Adds everybody and lays the index out: one thread reads while another builds.
fn with_people(reader: &Reader, mut builder: Builder) -> Result<Index> {
    let (sender, batches) = bounded::<Batch>(4);
    std::thread::scope(|scope| {
        let built = scope.spawn(move || {
            for batch in batches {
                batch.lines().for_each(|line| builder.person(line));
            }
            builder.finish()
        });
        let mut batch = Batch::default();
        let read = query::find_people(reader, &mut |line: PersonLine<'_>| {
            batch.push(&line);
            if batch.len() >= BATCH {
                // A builder that is gone is told below.
                let _ = sender.send(std::mem::take(&mut batch));
            }
        });
        let _ = sender.send(batch);
        drop(sender);
        let built = built.join().map_err(|_| Error::user(Kind::Refused, say::FAULT));
        read.and(built)
    })
}

/// A match with the characters of numbers, rooms and words pointed out.
fn pointed_out(mut found: Match, row: &FoundRow, text: &str) -> Match {
    if matches!(found.target, Target::Call(_)) {
        found.marks = vec![(Field::Words, Vec::new()), (Field::Phone, Vec::new())];
    }
    for (field, places) in found.marks.iter_mut().filter(|(_, places)| places.is_empty()) {
        let kept = match field {
            Field::Name => &row.name,
            Field::No => &row.no,
            Field::Phone => row.phone.for_matching(),
            Field::FamilyPhone => row.family_phone.for_matching(),
            Field::IdNumber => row.id_number.for_matching(),
            Field::Address => &row.address,
            Field::Unit => &row.unit,
            Field::Words => &row.words,
        };
        *places = point_out(text, *field, kept);
    }
    found.marks.retain(|(_, places)| !places.is_empty());
    found
}

/// What is looked through for a text.
pub fn tried(text: &str, confusions: bool) -> Vec<Tried> {
    let letters = text.chars().any(|c| c.is_ascii_alphabetic());
    let written = text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let all = [
        (written || letters, Tried::Name),
        (letters, Tried::Pinyin),
        (digits > 0, Tried::Number),
        (true, Tried::Unit),
        (written || digits > 0, Tried::Room),
        (true, Tried::Outside),
        (true, Tried::Words),
        (query::seeks_entries(text), Tried::Entries),
        (letters, Tried::Slip),
        (letters && confusions, Tried::Confused),
    ];
    all.into_iter().filter_map(|(looked, what)| looked.then_some(what)).collect()
}

/// What the finder begins with.
pub(super) struct Begin {
    pub(super) path: PathBuf,
    /// The index may be kept in the office.
    pub(super) writable: bool,
    pub(super) clock: Clock,
    pub(super) officer: Option<OfficerId>,
    pub(super) events: Sender<Event>,
    /// Broken off once the first screen has what it shows: until then the index is built for nobody but who asks.
    pub(super) first: Receiver<Never>,
}

/// What is never said: only the end of the line tells something.
pub(super) enum Never {}

/// How long the first screen may keep the index waiting.
const FIRST: Duration = Duration::from_millis(250);

pub(super) fn start(begin: Begin) -> Result<Sender<Find>> {
    let (sender, inbox) = unbounded();
    let entries = entries::start(begin.path.clone(), begin.events.clone())?;
    spawn("finder", move || work(begin, entries, &inbox))?;
    Ok(sender)
}

/// Waits for the first screen, and finds from then on.
fn work(begin: Begin, entries: Entries, inbox: &Receiver<Find>) {
    let early = select! {
        recv(inbox) -> task => Some(task),
        recv(begin.first) -> _ => None,
        default(FIRST) => None,
    };
    let reader = match guarded(|| Reader::open(&begin.path)) {
        Ok(reader) => reader,
        Err(error) => {
            let asked = early.into_iter().flatten().chain(inbox);
            for generation in asked.filter_map(|task| task.generation()) {
                let error = sentence(&error);
                let _ = begin.events.send(Event::Msg(Msg::LoadFailed { generation, error }));
            }
            return;
        }
    };
    let finder = Finder {
        entries,
        path: begin.path,
        reader,
        writable: begin.writable,
        reading: Arc::default(),
        clock: begin.clock,
        officer: begin.officer,
        events: begin.events,
        book: None,
        building: None,
        keeping: None,
        asked: None,
        day: None,
        confusions: false,
    };
    finder.work(inbox, early);
}

struct Finder {
    /// Who looks through the entries of ledgers.
    entries: Entries,
    path: PathBuf,
    reader: Reader,
    writable: bool,
    /// What breaks off the reading of everybody, while it goes on.
    reading: Arc<Mutex<Option<Interrupt>>>,
    clock: Clock,
    officer: Option<OfficerId>,
    events: Sender<Event>,
    book: Option<Book>,
    /// Where the index that is being built will come from.
    building: Option<Receiver<Result<Book>>>,
    /// Where the index's parts are asked for, while it is being kept.
    keeping: Option<Receiver<Part>>,
    /// What was asked while there was none.
    asked: Option<(String, u64)>,
    /// The day of which it is known who called, and until when it is.
    day: Option<(NaiveDate, Calendar)>,
    confusions: bool,
}

impl Finder {
    fn work(mut self, inbox: &Receiver<Find>, early: Option<std::result::Result<Find, RecvError>>) {
        self.build();
        match early {
            Some(Ok(task)) => self.take(inbox, task),
            Some(Err(_)) => return self.break_off(),
            None => {}
        }
        loop {
            let built = self.building.clone().unwrap_or_else(never);
            let keeping = self.keeping.clone().unwrap_or_else(never);
            select! {
                recv(inbox) -> task => match task {
                    Ok(task) => self.take(inbox, task),
                    Err(_) => return self.break_off(),
                },
                recv(built) -> book => self.built(book.ok()),
                recv(keeping) -> asked => self.part(asked.ok()),
            }
        }
    }

    /// The desk is left: nobody waits for an index.
    fn break_off(&self) {
        if let Some(reading) = self.reading.lock().unwrap_or_else(PoisonError::into_inner).take() {
            reading.interrupt();
        }
    }

    /// Builds an index on a thread of its own.
    fn build(&mut self) {
        if self.building.is_some() {
            return;
        }
        let (sender, built) = bounded(1);
        let path = self.path.clone();
        // The first may be there from the last time.
        let anew = self.book.is_some();
        let reading = Arc::clone(&self.reading);
        if spawn("index", move || drop(sender.send(guarded(|| read(&path, anew, &reading))))).is_ok() {
            self.building = Some(built);
        }
    }

    fn built(&mut self, book: Option<Result<Book>>) {
        self.building = None;
        match book {
            Some(Ok(book)) => {
                if self.writable && book.is_to_keep() {
                    self.keep(&book);
                }
                self.book = Some(book);
                self.day = None;
                self.follow();
                if let Some((text, generation)) = self.asked.take() {
                    self.answer(&text, generation);
                }
            }
            other => {
                if let Some((_, generation)) = self.asked.take() {
                    let error = other.and_then(Result::err);
                    let error = error.unwrap_or_else(|| Error::refused(say::THREAD_GONE));
                    let _ =
                        self.events.send(Event::Msg(Msg::LoadFailed { generation, error: sentence(&error) }));
                }
            }
        }
    }

    /// Has the index kept by a thread of its own, part by part: between two parts questions are answered.
    fn keep(&mut self, book: &Book) {
        let Ok(stamp) = book.kept_stamp(&self.reader) else { return };
        let (sender, parts) = bounded::<Part>(1);
        let path = self.path.clone();
        let kept = spawn("keeper", move || {
            let kept = guarded(|| {
                let gone = || Error::internal("keeping the index", "another has taken its place");
                let mut parts = kept::PARTS.into_iter().map(|name| {
                    let (reply, part) = bounded(1);
                    let asked = Part { name, stamp: stamp.clone(), reply };
                    sender.send(asked).map_err(|_| gone())?;
                    Ok((name.to_owned(), part.recv().map_err(|_| gone())?))
                });
                Store::open(&path)?.keep_parts(&stamp, &mut parts)
            });
            if let Err(error) = kept {
                tracing::warn!(kind = ?error.kind(), "the index was not kept");
            }
        });
        self.keeping = kept.is_ok().then_some(parts);
    }

    /// Gives one part of the index to whoever keeps it.
    fn part(&mut self, asked: Option<Part>) {
        match (asked, &self.book) {
            // Of another index than the one that is being kept nothing is given: the keeping fails.
            (Some(asked), Some(book))
                if book.kept_stamp(&self.reader).is_ok_and(|stamp| stamp == asked.stamp) =>
            {
                let part = book.index.part(asked.name, &asked.stamp);
                // The desk may be closing.
                let _ = part.map(|part| asked.reply.send(part));
            }
            _ => self.keeping = None,
        }
    }

    /// Takes tasks as they come; of several questions only the newest is answered.
    fn take(&mut self, inbox: &Receiver<Find>, first: Find) {
        let mut stale = false;
        let mut asked = None;
        for task in std::iter::once(first).chain(inbox.try_iter()) {
            match task {
                Find::Stale => stale = true,
                Find::Ask { text, generation } => asked = Some((text, generation)),
                Find::Officer(officer) => {
                    self.officer = Some(officer);
                    if let Some(book) = &mut self.book {
                        book.index.set_officer(self.officer);
                    }
                }
            }
        }
        if stale {
            self.follow();
        }
        if let Some((text, generation)) = asked {
            if self.book.is_some() {
                self.answer(&text, generation);
            } else {
                self.asked = Some((text, generation));
                self.build();
            }
        }
    }

    /// Brings the index up to what the office now is, or has it built anew.
    fn follow(&mut self) {
        let Some(book) = &mut self.book else { return };
        let followed = guarded(|| book.follow(&self.reader));
        match followed {
            Ok(true) => {}
            Ok(false) => self.build(),
            // The index still answers as it was; the next change is a next try.
            Err(error) => tracing::warn!(kind = ?error.kind(), "the index did not follow a change"),
        }
        if let Err(error) = guarded(|| self.circumstances()) {
            tracing::warn!(kind = ?error.kind(), "the index does not know the day");
        }
    }

    /// Tells the index what depends on the day, the settings and who asks.
    fn circumstances(&mut self) -> Result<()> {
        let Some(book) = &mut self.book else { return Ok(()) };
        let settings = query::settings(&self.reader)?;
        let now = self.clock.now();
        let called = called_today(&self.reader, now)?;
        book.index.set_called(&called);
        if self.day.is_none() {
            book.index.set_officer(self.officer);
        }
        self.day = Some((settings.calendar.day(now), settings.calendar));
        self.confusions = settings.confusions;
        book.index.set_confusions(settings.confusions);
        Ok(())
    }

    fn answer(&mut self, text: &str, generation: u64) {
        let now = self.clock.now();
        self.entries.ask(generation);
        let more = query::seeks_entries(text);
        if self.day.is_some_and(|(day, calendar)| calendar.day(now) != day)
            && let Err(error) = guarded(|| self.circumstances())
        {
            tracing::warn!(kind = ?error.kind(), "the index does not know the day");
        }
        let Some(book) = &self.book else { return };
        let found = guarded(|| book.find(&self.reader, text, HITS, now));
        let _ = self.events.send(Event::Msg(match found {
            Ok(matched) => {
                let mut found = Found::new(matched, tried(text, self.confusions)).by(text);
                found.more = more;
                Msg::Found { generation, found }
            }
            Err(error) => Msg::LoadFailed { generation, error: sentence(&error) },
        }));
        if more {
            self.entries.look(text, generation, &self.events);
        }
    }
}

fn read(path: &Path, anew: bool, reading: &Mutex<Option<Interrupt>>) -> Result<Book> {
    let reader = Reader::open(path)?;
    *reading.lock().unwrap_or_else(PoisonError::into_inner) = Some(reader.interrupt());
    let kept = if anew { None } else { Book::kept(&reader, None)? };
    kept.map_or_else(|| Book::read(&reader), Ok)
}

/// Who was called or called today.
fn called_today(reader: &Reader, now: Ts) -> Result<Vec<PersonId>> {
    let calendar = query::settings(reader)?.calendar;
    query::called_since(reader, calendar.at_minute(calendar.day(now), calendar.day_start_min))
}

/// An index for one question, ranking as the desk's does for that officer: as it was kept, else built.
///
/// # Errors
/// The database cannot be read.
pub fn book_for(reader: &Reader, question: &str, now: Ts, officer: Option<OfficerId>) -> Result<Book> {
    let mut book = match Book::kept(reader, Some(question))? {
        Some(book) => book,
        None => Book::read(reader)?,
    };
    book.index.set_called(&called_today(reader, now)?);
    book.index.set_officer(officer);
    book.index.set_confusions(query::settings(reader)?.confusions);
    Ok(book)
}
