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
            Self::Entries(numbers, entries) if numbers.is_plain() => {
                entries.iter().for_each(|entry| tell(*entry));
            }
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
    /// Where it stands among all: of equals the earlier is better.
    pub(super) order: u64,
}

impl Pick {
    /// Greater is better.
    fn key(&self) -> (u16, u8, u64) {
        (self.score, self.rank, u64::MAX - self.order)
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
        Self { limit, picks: Vec::with_capacity(limit.min(64) + 1) }
    }

    /// Whether nobody of this score would be among the best.
    pub(super) fn is_beyond(&self, score: u16) -> bool {
        self.picks.len() == self.limit && self.picks.last().is_some_and(|last| last.score > score)
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

    /// What one of this score must be better than to be among the best, once there are enough.
    fn bar(&self, score: u16) -> Option<(u8, u64)> {
        let last = self.picks.last().filter(|last| self.picks.len() == self.limit && last.score == score)?;
        Some((last.rank, u64::MAX - last.order))
    }

    pub(super) fn picks(self) -> Vec<Pick> {
        self.picks
    }
}

/// The best of the lists; `rank` tells what puts a place before its equals and where it stands among all, nothing for
/// one that is gone.
pub(super) fn pick(
    lists: &mut Lists<'_>,
    limit: usize,
    rank: impl Fn(u32) -> Option<(u8, u64)>,
) -> Vec<Pick> {
    lists.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut best = Best::new(limit);
    for (score, source) in lists.iter() {
        // Scores only fall from here on.
        if best.picks.len() == limit && best.picks.last().is_some_and(|last| last.score > *score) {
            break;
        }
        let mut bar = best.bar(*score);
        source.each(|place| {
            if let Some((rank, order)) = rank(place)
                && bar.is_none_or(|bar| (rank, u64::MAX - order) > bar)
            {
                best.offer(Pick { score: *score, rank, place, order });
                bar = best.bar(*score);
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
        let ranks = |place: u32| (place != 3).then_some((u8::from(place == 9), u64::from(place)));
        let picked: Vec<(u16, u32)> =
            pick(&mut lists, 4, ranks).iter().map(|pick| (pick.score, pick.place)).collect();
        assert_eq!(picked, [(950, 2), (900, 1), (900, 5), (100, 9)]);
        assert_eq!(pick(&mut lists, 10, ranks).len(), 5);
    }
}
