//! The reader: answers loads, and notices what other processes write.

use super::finder::{Find, Never};
use super::{Event, guarded, sentence, spawn};
use crate::app::shown::report::ReportData;
use crate::app::shown::rows::DueLine;
use crate::app::{Data, Msg, Query};
use crate::clock::{Clock, monotonic};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::intake::ledgers;
use crate::paper::summary::summary;
use crate::say::{Lang, Say};
use crate::store::query::rows::PeopleQuery;
use crate::store::{Interrupt, Reader, local, query};
use crossbeam_channel::{Receiver, RecvTimeoutError, SendError, Sender, unbounded};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// How often another process's commits are looked for.
const LOOK: Duration = Duration::from_millis(250);

/// How many of the last searches the find box is given.
const SEARCHES: u32 = 50;

/// How many sent reports the report screen lists.
const SENT: u32 = 20;

/// How many entries of the told book are shown.
const TOLD: u32 = 200;

/// How many earlier shifts are listed.
const SHIFTS: u32 = 400;

/// How many people of a name are offered.
const NAMED: u32 = 50;

/// Something for the reader to do.
pub(super) enum Read {
    /// Read and answer.
    Load { query: Query, generation: u64 },
}

/// How many ops this process has written or is writing. The writer counts one before it writes it, the reader
/// reads the log first and this after: so its count of other processes' ops is never too high, and it is exact
/// as soon as nothing is being written. Nothing of theirs is taken for ours, however much is typed meanwhile.
#[derive(Clone, Default)]
pub(super) struct Own(Arc<AtomicI64>);

impl Own {
    /// One is about to be written.
    pub(super) fn begin(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// It was not written after all.
    pub(super) fn failed(&self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }

    fn written(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// What other processes have written: the newest op's logical time goes up by one with every op.
pub(super) struct News {
    own: Own,
    /// How much of it has been told.
    told: i64,
}

impl News {
    /// From what is there now on.
    pub(super) fn from_now(reader: &Reader, own: Own) -> Result<Self> {
        let told = Self::foreign(reader, &own)?;
        Ok(Self { own, told })
    }

    fn foreign(reader: &Reader, own: &Own) -> Result<i64> {
        let last = query::last_op(reader)?;
        Ok(last - own.written())
    }

    /// Whether there is any since the last time.
    pub(super) fn any(&mut self, reader: &Reader) -> Result<bool> {
        let now = Self::foreign(reader, &self.own)?;
        let any = now > self.told;
        self.told = self.told.max(now);
        Ok(any)
    }
}

pub(super) fn start(
    reader: Reader,
    clock: Clock,
    own: Own,
    (finds, first): (Sender<Find>, Sender<Never>),
    events: Sender<Event>,
) -> Result<Sender<Read>> {
    let (sender, inbox) = unbounded();
    let news = News::from_now(&reader, own)?;
    spawn("reader", move || work(&reader, &clock, news, &inbox, (&finds, first), &events))?;
    Ok(sender)
}

fn work(
    reader: &Reader,
    clock: &Clock,
    mut news: News,
    inbox: &Receiver<Read>,
    (finds, first): (&Sender<Find>, Sender<Never>),
    events: &Sender<Event>,
) {
    let mut first = Some(first);
    let mut waiting = VecDeque::new();
    let mut looked = monotonic();
    let mut logs = Logs::new(clock, events);
    let mut declared = Declared::default();
    loop {
        match inbox.recv_timeout(LOOK.saturating_sub(looked.elapsed())) {
            Ok(task) => waiting.push_back(task),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        waiting.extend(inbox.try_iter());
        // What is asked together is answered of one moment: no part of a screen is of another than the next.
        let mut now = clock.now();
        while let Some(Read::Load { query, generation }) = waiting.pop_front() {
            if is_superseded(&query, &waiting) {
                // Only the newest answer is wanted.
            } else if reads_the_whole_log(&query) {
                beside(reader, clock, &query, generation, events);
            } else if let Some(query) = logs.take(reader, query, generation) {
                let _ = events.send(Event::Msg(answer(reader, now, &query, generation)));
            }
            let before = waiting.len();
            waiting.extend(inbox.try_iter());
            if waiting.len() > before {
                // What was written since is of a later moment.
                now = clock.now();
            }
            if waiting.is_empty() {
                // What the first screen asked for is answered.
                first.take();
            }
        }
        if looked.elapsed() < LOOK {
            continue;
        }
        looked = monotonic();
        // A failure here shows at the next load.
        if guarded(|| news.any(reader)).unwrap_or(false) {
            let _ = finds.send(Find::Stale);
            let _ = events.send(Event::Msg(Msg::Changed));
        }
        if let Some(news) = declared.look(reader) {
            let _ = events.send(Event::Declared(news));
        }
    }
}

/// The declarations of registers beside the database, as they were when it was looked last.
#[derive(Default)]
struct Declared {
    seen: Option<(std::time::SystemTime, usize)>,
}

impl Declared {
    /// What was saved there since, and is not in force. Only a folder that changed is read.
    fn look(&mut self, reader: &Reader) -> Option<Vec<ledgers::News>> {
        let path = reader.path()?;
        let stamp = ledgers::stamp(&path);
        if stamp == self.seen {
            return None;
        }
        self.seen = stamp;
        // A failure here shows at the next load.
        guarded(|| ledgers::news(reader, &path)).ok().filter(|news| !news.is_empty())
    }
}

/// Who looks through the whole log for a filter, and keeps it in words: a thread of its own, from the first look at the
/// log on, so that no other screen waits for it.
struct Logs<'d> {
    clock: &'d Clock,
    events: &'d Sender<Event>,
    looker: Option<(Sender<Look>, Interrupt)>,
}

/// What it is told.
enum Look {
    /// The log is looked at: a filter may follow.
    Soon,
    /// Filter and answer.
    Load(Read),
}

impl<'d> Logs<'d> {
    fn new(clock: &'d Clock, events: &'d Sender<Event>) -> Self {
        Self { clock, events, looker: None }
    }

    /// Takes over a question with a filter; gives back what is answered at once.
    fn take(&mut self, reader: &Reader, query: Query, generation: u64) -> Option<Query> {
        let Query::Log(log) = &query else { return Some(query) };
        let is_filtered = !log.filter.trim().is_empty();
        if self.looker.is_none() {
            self.looker = self.start(reader).ok();
        }
        let Some((looker, _)) = &self.looker else { return Some(query) };
        if !is_filtered {
            let _ = looker.send(Look::Soon);
            return Some(query);
        }
        match looker.send(Look::Load(Read::Load { query, generation })) {
            Err(SendError(Look::Load(Read::Load { query, .. }))) => Some(query),
            _ => None,
        }
    }

    fn start(&self, reader: &Reader) -> Result<(Sender<Look>, Interrupt)> {
        let (sender, inbox) = unbounded();
        let (reader, clock, events) = (reader.again()?, self.clock.clone(), self.events.clone());
        let stop = reader.interrupt();
        spawn("log", move || look(&reader, &clock, &inbox, &events))?;
        Ok((sender, stop))
    }
}

/// When the desk is left, nobody waits for the rest.
impl Drop for Logs<'_> {
    fn drop(&mut self) {
        if let Some((inbox, stop)) = self.looker.take() {
            drop(inbox);
            stop.interrupt();
        }
    }
}

fn look(reader: &Reader, clock: &Clock, inbox: &Receiver<Look>, events: &Sender<Event>) {
    while let Ok(first) = inbox.recv() {
        // Only the newest answer is wanted.
        let newest = |last, next| if matches!(next, Look::Load(_)) { next } else { last };
        match inbox.try_iter().fold(first, newest) {
            // A failure here shows when there is something to answer.
            Look::Soon => drop(guarded(|| query::word_log(reader))),
            Look::Load(Read::Load { query, generation }) => {
                let _ = events.send(Event::Msg(answer(reader, clock.now(), &query, generation)));
            }
        }
    }
}

/// Whether an answer takes longer than a screen may wait for its own.
fn reads_the_whole_log(query: &Query) -> bool {
    matches!(query, Query::ErasePreview(_))
}

/// Answers on a thread of its own: what the screens ask meanwhile is answered meanwhile.
fn beside(reader: &Reader, clock: &Clock, query: &Query, generation: u64, events: &Sender<Event>) {
    let (asked, at, told) = (query.clone(), clock.clone(), events.clone());
    let started = reader.again().and_then(|reader| {
        spawn("looker", move || {
            let _ = told.send(Event::Msg(answer(&reader, at.now(), &asked, generation)));
        })
    });
    if started.is_err() {
        let _ = events.send(Event::Msg(answer(reader, clock.now(), query, generation)));
    }
}

/// Whether the same place has asked again meanwhile: only the newest answer is wanted.
fn is_superseded(query: &Query, waiting: &VecDeque<Read>) -> bool {
    waiting.iter().any(|Read::Load { query: newer, .. }| newer.is_same_place(query))
}

fn answer(reader: &Reader, now: Ts, query: &Query, generation: u64) -> Msg {
    match guarded(|| load(reader, now, query)) {
        Ok(data) => Msg::Loaded { generation, data },
        Err(error) => Msg::LoadFailed { generation, error: sentence(&error) },
    }
}

/// Answers one read, as of `now`.
///
/// # Errors
/// The database cannot be read, or there is nothing to answer with (no shift to hand over).
pub fn load(reader: &Reader, now: Ts, wanted: &Query) -> Result<Data> {
    Ok(match wanted {
        Query::Status => Data::Status(Box::new(query::status(reader, now)?)),
        Query::Units => Data::Units(query::units(reader, now)?),
        Query::Outstanding => Data::Outstanding(query::outstanding(reader, now)?),
        Query::Chase => Data::Chase(Box::new(query::chasing(reader, now)?)),
        Query::ChaseUnit(unit) => Data::ChaseUnit(query::unit_matters(reader, *unit, now)?.map(Box::new)),
        Query::Trends => Data::Trends(query::trends(reader, now)?),
        Query::Cases => Data::Cases(query::cases(reader, now)?),
        Query::Doubts => Data::Doubts(query::doubts(reader)?, query::accuracy(reader, None, now)?),
        Query::Due => {
            let to_do = query::to_do(reader, now)?;
            // What was left at the last handover comes before what has an hour of its own.
            let unread = to_do.unread.into_iter().map(DueLine::Unread);
            let questions = to_do.questions.into_iter().map(DueLine::Question);
            // And then what nobody has acted on yet.
            let findings = to_do.findings.into_iter().map(DueLine::Finding);
            let due = to_do.due.into_iter().map(DueLine::Due);
            Data::Due(unread.chain(questions).chain(findings).chain(due).collect())
        }
        Query::People(people) => Data::People(query::people(reader, people, now)?),
        Query::Dossier(id) => Data::Dossier(query::dossier(reader, *id, now)?.map(Box::new)),
        Query::UnitSheet(id) => Data::UnitSheet(query::unit_sheet(reader, *id, now)?.map(Box::new)),
        Query::Received(ask) => Data::Received(Box::new(query::received(reader, ask, now)?)),
        Query::Contacts => Data::Contacts(query::contacts(reader)?),
        Query::Contact(id) => Data::Contact(query::contact(reader, *id)?.map(Box::new)),
        Query::Log(log) => Data::Log(query::log(reader, log)?),
        Query::UndoPreview { op, officer } => {
            Data::UndoPreview(Box::new(query::undo_preview(reader, *op, *officer)?))
        }
        Query::Handover => {
            let cut = summary(reader, now)?;
            let cut = cut.ok_or_else(|| crate::error::Error::refused(crate::i18n::runtime::NO_SHIFT))?;
            Data::Handover(Box::new(cut))
        }
        Query::Releases(cases) => Data::Releases(query::releases(reader, cases, now)?),
        Query::EraseDue => Data::EraseDue(query::erase_due(reader, now)?),
        Query::ErasePreview(person) => Data::ErasePreview(Box::new(query::erase_preview(reader, *person)?)),
        Query::Settings => Data::Settings(Box::new(query::settings(reader)?)),
        Query::CallCard { number, owners } => {
            Data::CallCard(Box::new(query::call_card(reader, number, owners, now)?))
        }
        Query::Report(ask) => {
            let view = query::sitrep(reader, now, ask)?;
            let (sent, settings) = (query::sitreps(reader, SENT)?, query::settings(reader)?);
            let (usual, doc_code) = (settings.letterhead(), settings.doc_code);
            Data::Report(Box::new(ReportData { view, sent, usual, doc_code }))
        }
        Query::Behind { ids, units: true } => Data::Behind(query::units_behind(reader, ids)?),
        Query::Behind { ids, units: false } => Data::Behind(query::people_behind(reader, ids)?),
        Query::Told => {
            let (rows, view) = query::told_book(reader, now, TOLD)?;
            Data::Told(rows, Box::new(view))
        }
        Query::Spoken => {
            let spoken = query::spoken(reader, now, None)?;
            let sentences = |lang| crate::paper::spoken::sentences(&spoken, lang);
            let both = sentences(Lang::Zh).into_iter().zip(sentences(Lang::En));
            let sentences = both.map(|(zh, en)| Say { zh, en }).collect();
            Data::Spoken(Box::new(spoken), sentences)
        }
        Query::Callers => Data::Callers(query::callers(reader)?),
        Query::Dial { subject, call } => Data::Dial(Box::new(query::whom(reader, *subject, *call, now)?)),
        Query::Beside(ask) => Data::Beside(Box::new(query::beside(reader, *ask, now)?)),
        Query::Ledgers => Data::Ledgers(query::ledgers(reader, now)?),
        Query::Ledger(ask) => Data::Ledger(Box::new(query::ledger(reader, ask, now)?)),
        Query::Entry(id) => Data::Entry(query::entry(reader, *id, now)?.map(Box::new)),
        Query::EntryForm(ask) => Data::EntryForm(Box::new(query::entry_form(reader, ask, now)?)),
        Query::Named(text) => {
            let people = PeopleQuery { filter: text.clone(), limit: NAMED, ..PeopleQuery::default() };
            Data::Named(query::people(reader, &people, now)?.rows)
        }
        Query::Shifts => Data::Shifts(query::shifts(reader, SHIFTS)?),
        Query::Searches => Data::Searches(local::searches(reader, SEARCHES)?),
        Query::Drafts => {
            Data::Drafts(local::drafts(reader)?.into_iter().map(|draft| (draft.key, draft.body)).collect())
        }
    })
}
