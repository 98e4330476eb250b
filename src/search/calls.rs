//! Past calls: found by what was said, and by the number they came from.

use super::fold::fold;
use super::found::CallLine;
use super::numbers::{Numbers, Parts, stands, telephone};
use super::pack::{Reader, Writer};
use super::query::Typed;
use super::texts::Texts;
use crate::domain::ids::FollowUpId;
use uuid::Uuid;

/// How many calls one query gives at most: the newest.
const AT_MOST: usize = 8;
/// Digits from which a call is found by its number.
const DIGITS: usize = 4;

/// Every call, the older ones first.
#[derive(Debug, Default)]
pub(super) struct Calls {
    ids: Vec<FollowUpId>,
    words: Texts,
    numbers: Numbers,
    /// Logged since, with words and number.
    fresh: Vec<(String, String)>,
}

impl Calls {
    pub(super) fn new() -> Self {
        Self { words: Texts::new(), numbers: Numbers::new(), ..Self::default() }
    }

    pub(super) fn add(&mut self, line: &CallLine<'_>) {
        self.numbers.push(self.ids.len() as u32, &number_of(line));
        self.words.push(&fold(line.words));
        self.ids.push(line.id);
    }

    pub(super) fn finish(&mut self) {
        self.words.finish();
        self.numbers.finish(Parts::All, &mut Vec::new());
    }

    /// Puts a call logged since, or brought back, at the end. One that is there stays: its words do not change.
    pub(super) fn put(&mut self, line: &CallLine<'_>) {
        if !self.ids.contains(&line.id) {
            self.ids.push(line.id);
            self.fresh.push((fold(line.words), number_of(line)));
        }
    }

    pub(super) fn fresh(&self) -> usize {
        self.fresh.len()
    }

    pub(super) fn id(&self, call: u32) -> FollowUpId {
        self.ids[call as usize]
    }

    /// The newest calls in which every word stands.
    pub(super) fn find(&self, words: &[&Typed]) -> Vec<u32> {
        let Some((first, others)) = words.split_first() else { return Vec::new() };
        let others: Vec<Vec<u32>> = others.iter().map(|word| self.with(word)).collect();
        let in_all = |call: &u32| others.iter().all(|calls| calls.binary_search(call).is_ok());
        self.with(first).into_iter().rev().filter(in_all).take(AT_MOST).collect()
    }

    /// The calls in which a word stands, the older ones first.
    fn with(&self, typed: &Typed) -> Vec<u32> {
        let mut all = Vec::new();
        let word = &typed.word;
        let spoken = if word.ascii { word.letters.len() >= 3 } else { word.letters.len() >= 2 };
        let numbers = || typed.phones.iter().filter(|number| number.len() >= DIGITS);
        if spoken {
            self.words.find(&word.text, |call| all.push(call));
        }
        for number in numbers() {
            self.numbers.inside(number.as_bytes(), |entry, _| all.push(self.numbers.owner(entry)));
        }
        let built = self.words.len();
        for (at, (words, from)) in self.fresh.iter().enumerate() {
            let called = |number: &String| stands(from.as_bytes(), number.as_bytes()).is_some();
            if spoken && words.contains(&word.text) || numbers().any(called) {
                all.push(built + at as u32);
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    pub(super) fn write(&self, to: &mut Writer) {
        let built = self.words.len() as usize;
        let ids: Vec<u8> = self.ids[..built].iter().flat_map(|id| *id.bytes()).collect();
        to.bytes(&ids);
        self.words.write(to);
        self.numbers.write(to);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let ids = from.bytes()?;
        let ids = ids.as_chunks::<16>().0.iter().map(|id| FollowUpId(Uuid::from_bytes(*id))).collect();
        Some(Self { ids, words: Texts::read(from)?, numbers: Numbers::read(from)?, fresh: Vec::new() })
    }
}

/// The number a call came from, with its extension if there is one: it is looked for by any run in it.
fn number_of(line: &CallLine<'_>) -> String {
    telephone(line.number).pop().unwrap_or_default()
}
