//! The finder: keeps the search index and answers the find box.

use super::{Event, guarded, sentence, spawn};
use crate::app::{FindHit, Msg};
use crate::clock::monotonic;
use crate::domain::ids::Subject;
use crate::error::Result;
use crate::i18n::{Lang, Word, runtime as say};
use crate::search::{Hit, Index, Why};
use crate::store::query::rows::{SearchPerson, SearchUnit};
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
    Ask { text: String, generation: u64, lang: Lang },
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
    pub fn find(&self, text: &str, lang: Lang) -> Vec<FindHit> {
        self.index.find(text, HITS).into_iter().filter_map(|hit| self.show(&hit, lang)).collect()
    }

    fn show(&self, hit: &Hit, lang: Lang) -> Option<FindHit> {
        let why = words(hit.why).map_or_else(String::new, |word| word.get(lang).to_owned());
        Some(match hit.target {
            Subject::Person(_) => {
                let person = self.people.get(hit.place)?;
                FindHit {
                    target: hit.target,
                    name: person.name.clone(),
                    no: person.no.clone(),
                    unit: person.unit.clone(),
                    phone: person.phone.masked(),
                    has_case: person.has_case,
                    why,
                }
            }
            // This index holds people and units only.
            Subject::Contact(_) => return None,
            Subject::Unit(_) => {
                let unit = self.units.get(hit.place)?;
                let (contact, phone) = unit.contacts.first().cloned().unwrap_or_default();
                FindHit {
                    target: hit.target,
                    name: unit.name.clone(),
                    no: unit.code.clone(),
                    unit: contact,
                    phone,
                    has_case: false,
                    why,
                }
            }
        })
    }
}

/// What to say about why something was found; nothing where the name itself says it.
fn words(why: Why) -> Option<Word> {
    match why {
        Why::Name => None,
        Why::Pinyin => Some(say::BY_PINYIN),
        Why::Initials => Some(say::BY_INITIALS),
        Why::No => Some(say::BY_NO),
        Why::Phone => Some(say::BY_PHONE),
        Why::Unit => Some(say::BY_UNIT),
        Why::Contact => Some(say::BY_CONTACT),
        Why::Near => Some(say::NEAR),
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
