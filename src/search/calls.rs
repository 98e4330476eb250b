//! Past calls: found by what was said, and by the number they came from.

use super::fold::fold;
use super::found::CallLine;
use super::numbers::{Numbers, Parts, stands, telephone};
use super::pack::{Reader, Writer};
use super::query::Typed;
use super::texts::Texts;
use crate::domain::ids::FollowUpId;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many calls one query gives at most: the newest.
const AT_MOST: usize = 8;
/// Digits from which a call is found by its number.
const DIGITS: usize = 4;

/// Every call, the older ones first.
#[derive(Debug, Default)]
pub(super) struct Calls {
    ids: Vec<FollowUpId>,
    newest: Option<FollowUpId>,
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
        self.numbers.push(self.ids.len() as u32, &telephone(line.number));
        self.words.push(&fold(line.words));
        self.newest = self.newest.max(Some(line.id));
        self.ids.push(line.id);
    }

    pub(super) fn finish(&mut self) {
        self.words.finish();
        self.numbers.finish(Parts::All);
    }

    /// Puts a call logged since, or attached or undone and told again, at the end.
    pub(super) fn put(&mut self, line: &CallLine<'_>) {
        if !self.ids.contains(&line.id) {
            self.newest = self.newest.max(Some(line.id));
            self.ids.push(line.id);
            self.fresh.push((fold(line.words), telephone(line.number)));
        }
    }

    /// The greatest id, that is, the call that was logged last.
    pub(super) fn newest(&self) -> Option<FollowUpId> {
        self.newest
    }

    pub(super) fn fresh(&self) -> usize {
        self.fresh.len()
    }

    pub(super) fn id(&self, call: u32) -> FollowUpId {
        self.ids[call as usize]
    }

    /// The newest calls in which every word stands.
    pub(super) fn find(&self, words: &[&Typed]) -> Vec<u32> {
        let mut found: Option<BTreeSet<u32>> = None;
        for word in words {
            let these = self.with(word);
            found = Some(match found {
                None => these,
                Some(known) => known.intersection(&these).copied().collect(),
            });
        }
        found.unwrap_or_default().into_iter().rev().take(AT_MOST).collect()
    }

    fn with(&self, typed: &Typed) -> BTreeSet<u32> {
        let mut all = BTreeSet::new();
        let word = &typed.word;
        let spoken = if word.ascii { word.letters.len() >= 3 } else { word.letters.len() >= 2 };
        let number = typed.phone.as_bytes();
        if spoken {
            self.words.find(&word.text, |call| {
                all.insert(call);
            });
        }
        if number.len() >= DIGITS {
            self.numbers.inside(number, |entry, _| {
                all.insert(self.numbers.owner(entry));
            });
        }
        let built = self.words.len();
        for (at, (words, from)) in self.fresh.iter().enumerate() {
            let said = spoken && words.contains(&word.text);
            if said || number.len() >= DIGITS && stands(from.as_bytes(), number).is_some() {
                all.insert(built + at as u32);
            }
        }
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
        let ids: Vec<FollowUpId> =
            ids.as_chunks::<16>().0.iter().map(|id| FollowUpId(Uuid::from_bytes(*id))).collect();
        let newest = ids.iter().max().copied();
        Some(Self {
            ids,
            newest,
            words: Texts::read(from)?,
            numbers: Numbers::read(from)?,
            fresh: Vec::new(),
        })
    }
}
