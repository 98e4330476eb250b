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

/// Where one spelling leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelt {
    full: Places,
    mixed: Places,
    /// The end was reached inside it.
    begun: bool,
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

    #[allow(clippy::unused_self, reason = "the beginning of a walk of this word")]
    pub(super) fn start(&self) -> State {
        let first = Places { clean: 1, ..NOWHERE };
        State { full: first, mixed: if self.mixed { first } else { NOWHERE } }
    }

    /// What every name that fits begins with; nothing when it may begin otherwise. A first key that is far off is
    /// not looked for: it would let in everybody.
    pub(super) fn first(&self) -> Option<char> {
        self.word.letters.first().copied().filter(|first| self.wide && first.is_ascii_lowercase())
    }

    /// The sounds that names are made of.
    pub(super) fn all_sounds(&self) -> &Sounds {
        self.sounds
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

    /// Walks over one spelling; nothing when the word cannot go on.
    pub(super) fn spell(&self, from: &State, letters: impl Iterator<Item = char>) -> Option<Spelt> {
        let end = self.word.end();
        let (mut full, mut mixed) = (from.full, from.mixed);
        let mut spelt = Spelt { full: NOWHERE, mixed: NOWHERE, begun: false };
        for (at, c) in letters.enumerate() {
            full = self.letter(full, c, true);
            spelt.begun |= at > 0 && full.slipped & end != 0;
            if self.mixed {
                mixed = self.letter(mixed, c, false);
                spelt.mixed.add(mixed);
            }
            if full == NOWHERE && mixed == NOWHERE {
                break;
            }
        }
        spelt.full = full;
        let anywhere = spelt.full != NOWHERE || spelt.mixed != NOWHERE || spelt.begun;
        anywhere.then_some(spelt)
    }

    /// The same over a spelling by its number.
    pub(super) fn spelling(&self, from: &State, spelling: u16) -> Option<Spelt> {
        self.spell(from, self.sounds.spellings()[usize::from(spelling)].bytes().map(char::from))
    }

    /// Walks over one character by all of its spellings; nothing when the word cannot go on.
    pub(super) fn over(
        &self,
        from: &State,
        sound: SoundNo,
        mut spelling: impl FnMut(u16) -> Option<Spelt>,
    ) -> Option<(State, Option<Ended>)> {
        let mut to = State { full: NOWHERE, mixed: NOWHERE };
        let mut begun = false;
        // A whole character is no letter: where none was typed, none is missing.
        let written = self.sounds.written(sound);
        let written = (written.is_ascii() || !self.word.ascii)
            .then(|| self.spell(from, std::iter::once(written)))
            .flatten();
        for spelt in self.sounds.spelt(sound).0.iter().filter_map(|no| spelling(*no)).chain(written) {
            to.full.add(spelt.full);
            to.mixed.add(spelt.mixed);
            begun |= spelt.begun;
        }
        let end = self.word.end();
        let full_done = to.full.slipped & end != 0;
        let ended = if full_done || begun {
            Some(Ended { full: true, finished: full_done })
        } else if to.mixed.slipped & end != 0 {
            Some(Ended { full: false, finished: true })
        } else {
            None
        };
        (self.goes_on(&to) || ended.is_some()).then_some((to, ended))
    }

    /// Whether a letter may be the first that is typed for a sound.
    fn begins(&self, sound: SoundNo, letter: char) -> bool {
        let spellings = self.sounds.spellings();
        self.sounds.written(sound) == letter
            || self.sounds.all(sound).0.iter().any(|s| spellings[usize::from(*s)].starts_with(letter))
    }

    /// How the word fits a name but for one slip: from its beginning, else, where syllables may be typed in part, from
    /// another character on.
    pub(super) fn fit(&self, name: &[SoundNo]) -> Option<Slipped> {
        let mut best: Option<Slipped> = None;
        if let Some(first) = self.first()
            && !name.first().is_some_and(|sound| self.begins(*sound, first))
        {
            return None;
        }
        for start in 0..if self.mixed { name.len() } else { name.len().min(1) } {
            let mut state = self.start();
            for (n, sound) in name[start..].iter().enumerate() {
                let over = self.over(&state, *sound, |no| self.spelling(&state, no));
                let Some((to, ended)) = over else { break };
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
