//! The best of what was found, without sorting all of it.

use super::names::{Names, Run};
use super::numbers::Numbers;

/// Some that fit equally well.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// Places, as they are.
    Places(&'a [u32]),
    /// Entries of a list of numbers.
    Entries(&'a Numbers, &'a [u32]),
    /// One place.
    One(u32),
}

impl<'a> Source<'a> {
    pub(super) fn run(names: &'a Names, run: Run) -> Self {
        Self::Places(names.run(run))
    }

    pub(super) fn each(&self, mut tell: impl FnMut(u32)) {
        match self {
            Self::Places(places) => places.iter().for_each(|place| tell(*place)),
            Self::Entries(numbers, entries) => entries.iter().for_each(|entry| tell(numbers.owner(*entry))),
            Self::One(place) => tell(*place),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Places(all) | Self::Entries(_, all) => all.len(),
            Self::One(_) => 1,
        }
    }
}

/// Everything one word found, with scores.
pub(super) type Lists<'a> = Vec<(u16, Source<'a>)>;

/// One that was picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) score: u16,
    /// What puts it before its equals: greater is better.
    pub(super) rank: u8,
    pub(super) place: u32,
}

impl Pick {
    /// Greater is better; of equals the earlier place.
    fn key(&self) -> (u16, u8, u32) {
        (self.score, self.rank, u32::MAX - self.place)
    }
}

/// The best ones seen so far, each place once.
pub(super) struct Best {
    limit: usize,
    /// The best first.
    picks: Vec<Pick>,
}

impl Best {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, picks: Vec::with_capacity(limit + 1) }
    }

    /// Offers one; a place that is there already keeps its better score.
    pub(super) fn offer(&mut self, pick: Pick) {
        let key = pick.key();
        if self.picks.len() == self.limit && self.picks.last().is_none_or(|last| last.key() >= key) {
            return;
        }
        if let Some(at) = self.picks.iter().position(|known| known.place == pick.place) {
            if self.picks[at].key() >= key {
                return;
            }
            self.picks.remove(at);
        }
        let at = self.picks.partition_point(|known| known.key() > key);
        self.picks.insert(at, pick);
        self.picks.truncate(self.limit);
    }

    pub(super) fn picks(self) -> Vec<Pick> {
        self.picks
    }
}

/// The best of the lists; `rank` tells what puts a place before its equals, nothing for one that is gone.
pub(super) fn pick(lists: &mut Lists<'_>, limit: usize, rank: impl Fn(u32) -> Option<u8>) -> Vec<Pick> {
    lists.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut best = Best::new(limit);
    for (score, source) in lists.iter() {
        // Scores only fall from here on.
        if best.picks.len() == limit && best.picks.last().is_some_and(|last| last.score > *score) {
            break;
        }
        source.each(|place| {
            if let Some(rank) = rank(place) {
                best.offer(Pick { score: *score, rank, place });
            }
        });
    }
    best.picks()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_picked_once_each() {
        let (a, b) = ([5, 1, 2], [1, 7, 9, 3]);
        let mut lists: Lists<'_> = vec![
            (100, Source::Places(&b)),
            (900, Source::Places(&a)),
            (100, Source::One(5)),
            (950, Source::One(2)),
        ];
        let ranks = |place: u32| (place != 3).then_some(u8::from(place == 9));
        let picked: Vec<(u16, u32)> =
            pick(&mut lists, 4, ranks).iter().map(|pick| (pick.score, pick.place)).collect();
        assert_eq!(picked, [(950, 2), (900, 1), (900, 5), (100, 9)]);
        assert_eq!(pick(&mut lists, 10, ranks).len(), 5);
    }
}
