//! One slip of the finger: two letters swapped, one missing, one doubled, or a neighbouring key struck.
//!
//! Sets of places of the word are carried along the letters of a name's spelling, once without and once with the
//! slip; the letters run on over the syllables, so a slip may stand between two of them.

use super::found::Part;
use super::rank;
use super::sounds::{SoundNo, Sounds};
use super::word::Word;
use std::sync::OnceLock;

/// The shortest word in which a slip is looked for: in a shorter one nearly everything comes near.
pub(super) const SHORTEST: usize = 5;

/// Keys beside each other.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Which slips, of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of whole syllables.
    Full,
    /// Of syllables that may be typed in part.
    Mixed,
    /// Of whole syllables, any key too many or in place of another.
    Wide,
}

impl Kind {
    /// Every kind, in the order in which they are looked for.
    pub(super) const ALL: [Self; 3] = [Self::Full, Self::Mixed, Self::Wide];
}

/// A word prepared for slips.
pub(super) struct Slips<'a> {
    word: &'a Word,
    sounds: &'a Sounds,
    /// Where each ASCII letter stands in the word.
    same: [u64; 128],
    /// Where a neighbour of each stands.
    beside: [u64; 128],
    /// Where a letter stands that is the same as the one before it.
    doubled: u64,
    /// Syllables may be typed in part.
    mixed: bool,
    /// Any key may be too many, or stand for another.
    wide: bool,
}

/// Sets of places reached: without a slip, with it, and between two letters that may be swapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Places {
    clean: u64,
    slipped: u64,
    swapping: u64,
}

/// What is reached after some characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct State {
    full: Places,
    mixed: Places,
}

/// How the end was reached with the slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ended {
    /// By whole syllables.
    pub(super) full: bool,
    /// The last one is finished.
    pub(super) finished: bool,
}

const NOWHERE: Places = Places { clean: 0, slipped: 0, swapping: 0 };

impl Places {
    fn add(&mut self, other: Self) {
        self.clean |= other.clean;
        self.slipped |= other.slipped;
        self.swapping |= other.swapping;
    }
}

/// For every letter the letters beside it.
fn neighbours() -> &'static [Vec<char>; 26] {
    static TABLE: OnceLock<[Vec<char>; 26]> = OnceLock::new();
    TABLE.get_or_init(|| {
        let letter = |at: usize| char::from(b'a' + at as u8);
        std::array::from_fn(|at| {
            (0..26).map(letter).filter(|other| are_neighbours(letter(at), *other)).collect()
        })
    })
}

/// Whether two keys lie side by side, or one above the other.
fn are_neighbours(a: char, b: char) -> bool {
    let place =
        |c: char| ROWS.iter().enumerate().find_map(|(y, row)| row.find(c).map(|x| (x as i32, y as i32)));
    let (Some((ax, ay)), Some((bx, by))) = (place(a), place(b)) else { return false };
    match by - ay {
        0 => (ax - bx).abs() == 1,
        // Each row is shifted to the right of the one above it.
        1 => bx == ax || bx == ax - 1,
        -1 => bx == ax || bx == ax + 1,
        _ => false,
    }
}

impl<'a> Slips<'a> {
    /// Nothing when the word is too short, or has no letters.
    pub(super) fn new(word: &'a Word, sounds: &'a Sounds, kind: Kind) -> Option<Self> {
        let letters = word.letters.iter().filter(|c| c.is_ascii_lowercase()).count();
        if word.letters.len() < SHORTEST || letters < SHORTEST - 1 {
            return None;
        }
        let (mut same, mut beside, mut doubled) = ([0; 128], [0; 128], 0);
        for (place, typed) in word.letters.iter().enumerate() {
            if typed.is_ascii() {
                same[*typed as usize] |= 1 << place;
            }
            let at = (*typed as usize).wrapping_sub('a' as usize);
            for other in neighbours().get(at).into_iter().flatten() {
                beside[*other as usize] |= 1 << place;
            }
            if place > 0 && word.letters[place - 1] == *typed && typed.is_ascii_lowercase() {
                doubled |= 1 << place;
            }
        }
        let (mixed, wide) = (kind == Kind::Mixed, kind == Kind::Wide);
        Some(Self { word, sounds, same, beside, doubled, mixed, wide })
    }

    pub(super) fn start(&self) -> State {
        // The first key may be the one too many.
        let first = Places { clean: 1, slipped: if self.wide { 2 } else { 0 }, swapping: 0 };
        State { full: first, mixed: if self.mixed { first } else { NOWHERE } }
    }

    /// How many sounds there are.
    pub(super) fn sounds(&self) -> usize {
        self.sounds.len()
    }

    /// What a name scores in which the word stands but for the slip.
    pub(super) fn score(&self, full: bool, part: Part) -> u16 {
        if self.wide { rank::wide_slip(part) } else { rank::slip(full, part) }
    }

    /// Whether anything is left to be walked after this.
    pub(super) fn goes_on(&self, state: &State) -> bool {
        let all = state.full.clean | state.full.slipped | state.mixed.clean | state.mixed.slipped;
        all & (self.word.end() - 1) != 0
    }

    /// Walks over one letter of a spelling.
    fn letter(&self, from: Places, c: char, may_lack: bool) -> Places {
        let (same, beside) = if c.is_ascii() {
            (self.same[c as usize], self.beside[c as usize])
        } else {
            let places = self.word.letters.iter().enumerate().filter(|(_, typed)| **typed == c);
            (places.fold(0, |all, (place, _)| all | 1 << place), 0)
        };
        let clean = (from.clean & same) << 1;
        let beside = if self.wide { !0 } else { beside };
        let slipped = (from.slipped & same) << 1
            | (from.clean & beside) << 1
            | if self.wide { clean << 1 } else { 0 }
            | if may_lack { from.clean } else { 0 }
            | (from.swapping & same) << 2
            | (clean & self.doubled) << 1;
        Places { clean, slipped, swapping: from.clean & (same >> 1) }
    }

    /// Walks over one character; nothing when the word cannot go on.
    pub(super) fn over(&self, from: &State, sound: SoundNo) -> Option<(State, Option<Ended>)> {
        let mut to = State { full: NOWHERE, mixed: NOWHERE };
        let end = self.word.end();
        let (mut full_done, mut full_begun, mut mixed_done) = (false, false, false);
        let mut spell = |spelling: &mut dyn Iterator<Item = char>| {
            let (mut full, mut mixed) = (from.full, from.mixed);
            for (at, c) in spelling.enumerate() {
                full = self.letter(full, c, true);
                full_begun |= at > 0 && full.slipped & end != 0;
                if self.mixed {
                    mixed = self.letter(mixed, c, false);
                    to.mixed.add(mixed);
                }
            }
            to.full.add(full);
            full_done |= full.slipped & end != 0;
        };
        let (spelt, _) = self.sounds.spelt(sound);
        for spelling in spelt {
            spell(&mut self.sounds.spellings()[usize::from(*spelling)].chars());
        }
        spell(&mut std::iter::once(self.sounds.written(sound)));
        mixed_done |= to.mixed.slipped & end != 0;
        let ended = if full_done || full_begun {
            Some(Ended { full: true, finished: full_done })
        } else if mixed_done {
            Some(Ended { full: false, finished: true })
        } else {
            None
        };
        (self.goes_on(&to) || ended.is_some()).then_some((to, ended))
    }

    /// How the word fits a name but for one slip: from its beginning, else, where syllables may be typed in part, from
    /// another character on.
    pub(super) fn fit(&self, name: &[SoundNo]) -> Option<Slipped> {
        let mut best: Option<Slipped> = None;
        for start in 0..if self.mixed { name.len() } else { name.len().min(1) } {
            let mut state = self.start();
            for (n, sound) in name[start..].iter().enumerate() {
                let Some((to, ended)) = self.over(&state, *sound) else { break };
                if let Some(ended) = ended {
                    let whole = ended.finished && start + n + 1 == name.len();
                    let (part, score) = match (start, whole) {
                        (0, true) => (Part::Whole, self.score(ended.full, Part::Whole)),
                        (0, false) => (Part::Head, self.score(ended.full, Part::Head)),
                        (_, true) => (Part::Tail, rank::SLIP_INSIDE),
                        (_, false) => (Part::Inside, rank::SLIP_INSIDE),
                    };
                    if best.is_none_or(|best| score > best.score) {
                        best = Some(Slipped { score, part, start, len: n + 1 });
                    }
                }
                if !self.goes_on(&to) {
                    break;
                }
                state = to;
            }
        }
        best
    }
}

/// How a word fits a name but for one slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slipped {
    pub(super) score: u16,
    pub(super) part: Part,
    /// First character of the name that it covers.
    pub(super) start: usize,
    /// How many characters it covers.
    pub(super) len: usize,
}
