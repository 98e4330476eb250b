//! Names as sequences of sounds, and how what is typed walks along them.
//!
//! A typed word is matched letter by letter against the sounds of consecutive characters of a name. For every
//! distinct sound and every place in the word it is computed once how far the sound can carry on from there (as a
//! bit set of places); a name is then a few bit operations. That is what keeps a hundred thousand names within a
//! keypress.

use super::pinyin::{Sound, compound, given, surname};
use std::collections::HashMap;

/// The longest word that is matched; a bit a letter.
const LONGEST: usize = 63;

/// A set of names, each with its owner.
#[derive(Debug, Default)]
pub(super) struct Names {
    sounds: Vec<Sound>,
    known: HashMap<Sound, u32>,
    cache: HashMap<(char, bool), u32>,
    /// The sounds of all names, one after the other.
    sequence: Vec<u32>,
    /// Where each name begins in `sequence`.
    starts: Vec<u32>,
    owners: Vec<u32>,
}

/// How the letters that fit were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Typed {
    /// Some letters of each syllable.
    Mixed,
    /// The first letter of each.
    Initials,
    /// Whole syllables, the last one perhaps not finished.
    Full,
}

/// How well a word fits a name. Greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// It begins where the name begins.
    pub(super) head: bool,
    /// It uses up the name, and its last syllable is finished.
    pub(super) whole: bool,
    /// How it was typed.
    pub(super) typed: Typed,
    /// Only likely readings were needed.
    pub(super) likely: bool,
    /// First character of the name that it covers.
    pub(super) start: u16,
    /// How many characters it covers.
    pub(super) len: u16,
}

impl Names {
    /// Adds a folded name; `person` reads its first character as a surname.
    pub(super) fn push(&mut self, owner: u32, name: &[char], person: bool) {
        if name.is_empty() {
            return;
        }
        self.starts.push(self.sequence.len() as u32);
        self.owners.push(owner);
        let mut rest = name;
        if person {
            if let Some(two) = compound(name) {
                for sound in two {
                    let sound = self.intern(sound);
                    self.sequence.push(sound);
                }
                rest = &name[2..];
            } else if name.len() > 1 {
                let first = self.cached(name[0], true);
                self.sequence.push(first);
                rest = &name[1..];
            }
        }
        for c in rest {
            let sound = self.cached(*c, false);
            self.sequence.push(sound);
        }
    }

    fn cached(&mut self, c: char, is_surname: bool) -> u32 {
        if let Some(known) = self.cache.get(&(c, is_surname)) {
            return *known;
        }
        let sound = self.intern(if is_surname { surname(c) } else { given(c) });
        self.cache.insert((c, is_surname), sound);
        sound
    }

    fn intern(&mut self, sound: Sound) -> u32 {
        let next = self.sounds.len() as u32;
        *self.known.entry(sound).or_insert_with_key(|sound| {
            self.sounds.push(sound.clone());
            next
        })
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whose name it is.
    pub(super) fn owner(&self, name: usize) -> u32 {
        self.owners[name]
    }

    fn sounds_of(&self, name: usize) -> &[u32] {
        let start = self.starts[name] as usize;
        let end = self.starts.get(name + 1).map_or(self.sequence.len(), |next| *next as usize);
        &self.sequence[start..end]
    }

    /// How many characters a name has.
    pub(super) fn chars(&self, name: usize) -> usize {
        self.sounds_of(name).len()
    }

    /// Writes the likely spelling of a name into `out`.
    pub(super) fn spell(&self, name: usize, out: &mut String) {
        out.clear();
        for sound in self.sounds_of(name) {
            let sound = &self.sounds[*sound as usize];
            match sound.readings.first() {
                Some(reading) => out.push_str(reading),
                None => out.push(sound.written),
            }
        }
    }

    /// Prepares a folded word; nothing if it is too long to be a name.
    pub(super) fn word(&self, word: &str) -> Option<Word> {
        let letters: Vec<char> = word.chars().collect();
        if letters.is_empty() || letters.len() > LONGEST {
            return None;
        }
        let table = |likely_only: bool| {
            let steps = self.sounds.iter().flat_map(|sound| steps(sound, &letters, likely_only));
            Table { width: letters.len(), steps: steps.collect() }
        };
        Some(Word { end: 1 << letters.len(), likely: table(true), all: table(false) })
    }

    /// How well the word fits a name, if it does.
    pub(super) fn fit(&self, name: usize, word: &Word) -> Option<Fit> {
        let sounds = self.sounds_of(name);
        // A reading that is not likely never beats a likely one, so the second table is a second chance only.
        word.likely.fit(sounds, word.end, true).or_else(|| word.all.fit(sounds, word.end, false))
    }
}

/// How far one sound carries from one place of the word: sets of the places after it.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    full: u64,
    initial: u64,
    some: u64,
}

/// A word prepared for one set of names.
pub(super) struct Word {
    end: u64,
    likely: Table,
    all: Table,
}

struct Table {
    width: usize,
    /// `steps[sound * width + place]`
    steps: Vec<Step>,
}

fn steps(sound: &Sound, letters: &[char], likely_only: bool) -> Vec<Step> {
    let readings = &sound.readings[..if likely_only { sound.likely } else { sound.readings.len() }];
    let mut out = vec![Step::default(); letters.len()];
    for (place, step) in out.iter_mut().enumerate() {
        if letters[place] == sound.written {
            let next = 1 << (place + 1);
            *step = Step { full: next, initial: next, some: next };
        }
        for reading in readings {
            let bytes = reading.as_bytes();
            let same = letters[place..].iter().zip(bytes).take_while(|(c, b)| **c == char::from(**b)).count();
            for used in 1..=same {
                step.some |= 1 << (place + used);
            }
            if same > 0 {
                step.initial |= 1 << (place + 1);
            }
            if same == bytes.len() {
                step.full |= 1 << (place + same);
            }
        }
    }
    out
}

impl Table {
    fn fit(&self, sounds: &[u32], end: u64, likely: bool) -> Option<Fit> {
        let mut best: Option<Fit> = None;
        for start in 0..sounds.len() {
            if self.steps[sounds[start] as usize * self.width].some == 0 {
                continue;
            }
            let Some((typed, len, finished)) = self.walk(&sounds[start..], end) else { continue };
            let whole = start == 0 && len == sounds.len() && finished;
            let fit = Fit { head: start == 0, whole, typed, likely, start: start as u16, len: len as u16 };
            if start == 0 {
                return Some(fit);
            }
            if best.is_none_or(|best| fit.typed > best.typed) {
                best = Some(fit);
            }
        }
        best
    }

    /// Walks from the first sound on: how it was typed, over how many sounds, and whether the last is finished.
    fn walk(&self, sounds: &[u32], end: u64) -> Option<(Typed, usize, bool)> {
        let (mut full, mut initials, mut mixed) = (1, 1, 1);
        let mut best: Option<(Typed, usize, bool)> = None;
        let mut better = |found: (Typed, usize, bool)| {
            let rank = |(typed, _, finished): (Typed, usize, bool)| (typed, finished);
            if best.is_none_or(|best| rank(found) > rank(best)) {
                best = Some(found);
            }
        };
        for (n, sound) in sounds.iter().enumerate() {
            let len = n + 1;
            let steps = &self.steps[*sound as usize * self.width..][..self.width];
            let begun = advance(full, steps, |step| step.some);
            full = advance(full, steps, |step| step.full);
            initials = advance(initials, steps, |step| step.initial);
            mixed = advance(mixed, steps, |step| step.some);
            if full & end != 0 {
                better((Typed::Full, len, true));
            } else if begun & end != 0 {
                better((Typed::Full, len, false));
            }
            if initials & end != 0 {
                better((Typed::Initials, len, true));
            }
            if mixed & end != 0 {
                better((Typed::Mixed, len, true));
            }
            // The end itself leads nowhere.
            (full, initials, mixed) = (full & !end, initials & !end, mixed & !end);
            if full | initials | mixed == 0 {
                break;
            }
        }
        best
    }
}

fn advance(mut places: u64, steps: &[Step], by: impl Fn(&Step) -> u64) -> u64 {
    let mut out = 0;
    while places != 0 {
        out |= by(&steps[places.trailing_zeros() as usize]);
        places &= places - 1;
    }
    out
}
