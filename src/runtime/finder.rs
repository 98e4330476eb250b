//! The finder: keeps the search index and answers the find box.

use super::{Event, guarded, sentence, spawn};
use crate::app::{Found, Msg, Tried};
use crate::clock::monotonic;
use crate::domain::case::Measure;
use crate::domain::ids::Subject;
use crate::domain::mask::Private;
use crate::error::Result;
use crate::search::found::{Field, Lifts, Match, Part, Target, Way};
use crate::search::{Hit, Index, Why};
use crate::store::query::rows::{FoundRow, SearchPerson, SearchUnit};
use crate::store::{Reader, query};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use std::time::{Duration, Instant};

/// How long after a change the index is built anew, so that a row of changes costs one building.
const SETTLE: Duration = Duration::from_millis(400);
/// How many hits the find box is given.
const HITS: usize = 50;

/// Something for the finder to do.
pub(super) enum Find {
    /// Find and answer.
    Ask { text: String, generation: u64 },
    /// People, units or cases have changed.
    Stale,
}

/// The index and the rows that its hits point into.
pub struct Book {
    people: Vec<SearchPerson>,
    units: Vec<SearchUnit>,
    index: Index,
}

impl Book {
    /// Reads everybody and every unit, and builds the index.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn read(reader: &Reader) -> Result<Self> {
        let (people, units) = (query::search_people(reader)?, query::search_units(reader)?);
        let index = Index::build(&people, &units);
        Ok(Self { people, units, index })
    }

    /// The best hits, ready to show.
    pub fn find(&self, text: &str) -> Found {
        let hits = self.index.find(text, HITS).into_iter();
        let tried = vec![Tried::Name, Tried::Pinyin, Tried::Number, Tried::Unit];
        Found::new(hits.filter_map(|hit| self.show(hit)).collect(), tried)
    }

    fn show(&self, hit: Hit) -> Option<(Match, FoundRow)> {
        let (target, row) = match hit.target {
            Subject::Person(id) => (Target::Person(id), person_row(self.people.get(hit.place)?)),
            Subject::Unit(id) => (Target::Unit(id), unit_row(self.units.get(hit.place)?)),
            // This index holds people and units only.
            Subject::Contact(_) => return None,
        };
        let marks = if hit.matched.is_empty() { Vec::new() } else { vec![(Field::Name, hit.matched)] };
        let lifts = Lifts { case: row.case.is_some(), ..Lifts::default() };
        let (way, part) = (way(hit.why), Part::Head);
        Some((Match { target, way, part, usual: true, score: hit.score, lifts, marks }, row))
    }
}

fn person_row(person: &SearchPerson) -> FoundRow {
    FoundRow {
        target: Target::Person(person.id),
        name: person.name.clone(),
        no: person.no.clone(),
        unit: person.unit.clone(),
        kind: person.kind,
        phone: person.phone.clone(),
        family_phone: person.family_phone.clone(),
        id_number: Private::default(),
        address: String::new(),
        case: person.has_case.then_some((Measure::None, None)),
        words: String::new(),
        at: None,
        subject: None,
    }
}

fn unit_row(unit: &SearchUnit) -> FoundRow {
    let (liaison, phone) = unit.contacts.first().cloned().unwrap_or_default();
    FoundRow {
        target: Target::Unit(unit.id),
        name: unit.name.clone(),
        no: unit.code.clone(),
        unit: liaison,
        kind: None,
        phone: Private::new(phone),
        family_phone: Private::default(),
        id_number: Private::default(),
        address: String::new(),
        case: None,
        words: String::new(),
        at: None,
        subject: None,
    }
}

fn way(why: Why) -> Way {
    match why {
        Why::Name => Way::Name,
        Why::Pinyin => Way::Pinyin,
        Why::Initials => Way::Initials,
        Why::No => Way::No,
        Why::Phone => Way::Phone,
        Why::Unit => Way::Unit,
        Why::Contact => Way::Contact,
        Why::Near => Way::Near,
    }
}

pub(super) fn start(reader: Reader, events: Sender<Event>) -> Result<Sender<Find>> {
    let (sender, inbox) = unbounded();
    spawn("finder", move || Finder { reader, events, book: None, stale_since: None }.work(&inbox))?;
    Ok(sender)
}

struct Finder {
    reader: Reader,
    events: Sender<Event>,
    book: Option<Book>,
    /// When the first change came that the index does not know; nothing when it knows all.
    stale_since: Option<Instant>,
}

impl Finder {
    fn work(mut self, inbox: &Receiver<Find>) {
        // The first index is built beside the first screens, a moment after they had the processor.
        self.stale_since = Some(monotonic());
        loop {
            if self.stale_since.is_some_and(|since| since.elapsed() >= SETTLE) {
                // Here and not only when nothing is asked: asking without a pause must not keep the index old.
                // A failure is told when something is asked.
                let _ = self.build();
            }
            let task = match self.stale_since {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(since) => inbox.recv_timeout(SETTLE.saturating_sub(since.elapsed())),
            };
            match task {
                Ok(Find::Stale) => self.stale_since = self.stale_since.or_else(|| Some(monotonic())),
                Ok(Find::Ask { text, generation }) => self.ask(inbox, text, generation),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Answers the newest question: what was typed after this one makes it moot.
    fn ask(&mut self, inbox: &Receiver<Find>, mut text: String, mut generation: u64) {
        for task in inbox.try_iter() {
            match task {
                Find::Stale => self.stale_since = self.stale_since.or_else(|| Some(monotonic())),
                Find::Ask { text: newer, generation: number } => {
                    (text, generation) = (newer, number);
                }
            }
        }
        if self.book.is_none()
            && let Err(error) = self.build()
        {
            let _ = self.events.send(Event::Msg(Msg::LoadFailed { generation, error: sentence(&error) }));
            return;
        }
        let found = guarded(|| Ok(self.book.as_ref().map(|book| book.find(&text)).unwrap_or_default()));
        let _ = self.events.send(Event::Msg(match found {
            Ok(found) => Msg::Found { generation, found },
            Err(error) => Msg::LoadFailed { generation, error: sentence(&error) },
        }));
    }

    fn build(&mut self) -> Result<()> {
        self.stale_since = None;
        let book = guarded(|| Book::read(&self.reader));
        book.map(|book| self.book = Some(book))
    }
}
