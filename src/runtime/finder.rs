//! The finder: keeps the search index and answers the find box.

use super::{Event, guarded, sentence, spawn};
use crate::app::{FindHit, Msg};
use crate::clock::monotonic;
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::error::Result;
use crate::i18n::{Lang, Word, runtime as say};
use crate::search::found::{Match, PersonLine, Target, UnitLine, Way};
use crate::search::{Builder, Index};
use crate::store::query::rows::{SearchPerson, SearchUnit};
use crate::store::{Reader, query};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long after a change the index is built anew, so that a row of changes costs one building.
const SETTLE: Duration = Duration::from_millis(400);
/// How many hits the find box is given.
const HITS: usize = 50;

/// Something for the finder to do.
pub(super) enum Find {
    /// Find and answer.
    Ask { text: String, generation: u64, lang: Lang },
    /// People, units or cases have changed.
    Stale,
}

/// The index and the rows that its hits point into.
pub struct Book {
    people: Vec<SearchPerson>,
    units: Vec<SearchUnit>,
    people_at: HashMap<PersonId, usize>,
    units_at: HashMap<UnitId, usize>,
    index: Index,
}

impl Book {
    /// Reads everybody and every unit, and builds the index.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn read(reader: &Reader) -> Result<Self> {
        let (people, units) = (query::search_people(reader)?, query::search_units(reader)?);
        let mut builder = Builder::new();
        for unit in &units {
            let part = |at: usize| unit.contacts.get(at).map_or(("", ""), |c| (c.0.as_str(), c.1.as_str()));
            builder.unit(UnitLine {
                id: unit.id,
                code: &unit.code,
                name: &unit.name,
                short: &unit.short,
                contacts: [part(0), part(1)],
                officer: None,
            });
        }
        let by_name: HashMap<&str, UnitId> = units.iter().map(|u| (u.name.as_str(), u.id)).collect();
        for p in &people {
            builder.person(PersonLine {
                id: p.id,
                no: &p.no,
                name: &p.name,
                unit: by_name.get(p.unit.as_str()).copied(),
                phone: p.phone.for_matching(),
                family_phone: p.family_phone.for_matching(),
                id_number: "",
                address: "",
                has_case: p.has_case,
            });
        }
        let index = builder.finish();
        let people_at = people.iter().enumerate().map(|(at, p)| (p.id, at)).collect();
        let units_at = units.iter().enumerate().map(|(at, p)| (p.id, at)).collect();
        Ok(Self { people, units, people_at, units_at, index })
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The best hits, ready to show.
    pub fn find(&self, text: &str, lang: Lang) -> Vec<FindHit> {
        self.index.find(text, HITS).into_iter().filter_map(|hit| self.show(&hit, lang)).collect()
    }

    fn show(&self, hit: &Match, lang: Lang) -> Option<FindHit> {
        let why = words(hit.way).map_or_else(String::new, |word| word.get(lang).to_owned());
        Some(match hit.target {
            Target::Person(id) => {
                let person = self.people.get(*self.people_at.get(&id)?)?;
                FindHit {
                    target: Subject::Person(id),
                    name: person.name.clone(),
                    no: person.no.clone(),
                    unit: person.unit.clone(),
                    phone: person.phone.masked(),
                    has_case: person.has_case,
                    why,
                }
            }
            Target::Unit(id) => {
                let unit = self.units.get(*self.units_at.get(&id)?)?;
                let (contact, phone) = unit.contacts.first().cloned().unwrap_or_default();
                FindHit {
                    target: Subject::Unit(id),
                    name: unit.name.clone(),
                    no: unit.code.clone(),
                    unit: contact,
                    phone,
                    has_case: false,
                    why,
                }
            }
            _ => return None,
        })
    }
}

/// What to say about why something was found; nothing where the name itself says it.
fn words(why: Way) -> Option<Word> {
    match why {
        Way::Name => None,
        Way::Pinyin | Way::Mixed => Some(say::BY_PINYIN),
        Way::Initials => Some(say::BY_INITIALS),
        Way::No => Some(say::BY_NO),
        Way::Phone | Way::FamilyPhone | Way::IdTail => Some(say::BY_PHONE),
        Way::Unit | Way::Room | Way::Words => Some(say::BY_UNIT),
        Way::Contact => Some(say::BY_CONTACT),
        Way::Near | Way::Slip | Way::Confused => Some(say::NEAR),
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
                Ok(Find::Ask { text, generation, lang }) => self.ask(inbox, text, generation, lang),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Answers the newest question: what was typed after this one makes it moot.
    fn ask(&mut self, inbox: &Receiver<Find>, mut text: String, mut generation: u64, mut lang: Lang) {
        for task in inbox.try_iter() {
            match task {
                Find::Stale => self.stale_since = self.stale_since.or_else(|| Some(monotonic())),
                Find::Ask { text: newer, generation: number, lang: spoken } => {
                    (text, generation, lang) = (newer, number, spoken);
                }
            }
        }
        if self.book.is_none()
            && let Err(error) = self.build()
        {
            let _ = self.events.send(Event::Msg(Msg::LoadFailed { generation, error: sentence(&error) }));
            return;
        }
        let found = guarded(|| Ok(self.book.as_ref().map(|book| book.find(&text, lang)).unwrap_or_default()));
        let _ = self.events.send(Event::Msg(match found {
            Ok(hits) => Msg::Found { generation, hits },
            Err(error) => Msg::LoadFailed { generation, error: sentence(&error) },
        }));
    }

    fn build(&mut self) -> Result<()> {
        self.stale_since = None;
        let book = guarded(|| Book::read(&self.reader));
        book.map(|book| self.book = Some(book))
    }
}
