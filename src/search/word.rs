//! A typed word, and how it walks along the sounds of a name.
//!
//! A word is matched letter by letter against the sounds of consecutive characters. For every spelling and every
//! place in the word it is counted once how many letters agree from there on; walking over one character is then a
//! few bit operations on sets of places. That is what keeps a million names within a keypress.

use super::fold;
use super::rank;
use super::sounds::{SoundNo, Sounds};
use std::borrow::Cow;

/// The longest word that is matched: a bit a letter, and one for the end.
pub(super) const LONGEST: usize = 62;

/// Stands for any one character of a name: where one was left out.
pub(super) const ANY: char = '\u{1}';

/// How the letters that fit were typed, the better one greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Typed {
    /// Some letters of each syllable.
    Mixed,
    /// The first letter of each.
    Initials,
    /// Whole syllables, the last one perhaps not finished.
    Full,
}

/// What a word is made of: it decides where it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its folded characters.
    pub(super) letters: Vec<char>,
    /// The same as they were typed: a character in its own form.
    forms: Vec<char>,
    /// Where a syllable must begin, as bits: `xi'an` is no *xian*.
    breaks: u64,
    /// The same as text.
    pub(super) text: String,
    /// Digits only.
    pub(super) numeric: bool,
    /// Letters and digits of ASCII only.
    pub(super) ascii: bool,
    /// Letters `a` to `z` only.
    pub(super) latin: bool,
    /// No ASCII at all: characters as they are written.
    pub(super) written: bool,
}

impl Word {
    /// A folded word, and as it was typed; nothing when it is empty or too long for a name or a number.
    pub(super) fn new(folded: &str, raw: &str) -> Option<Self> {
        let letters: Vec<char> = folded.chars().collect();
        if letters.is_empty() || letters.len() > LONGEST {
            return None;
        }
        let mut forms: Vec<char> = fold::letters(raw).into_iter().map(|(c, _)| c).collect();
        let as_typed = forms.len() == letters.len();
        if !as_typed {
            forms.clone_from(&letters);
        }
        Some(Self {
            breaks: if as_typed { breaks(raw) } else { 0 },
            forms,
            numeric: letters.iter().all(char::is_ascii_digit),
            ascii: folded.is_ascii(),
            latin: letters.iter().all(char::is_ascii_lowercase),
            written: !letters.iter().any(char::is_ascii),
            text: folded.to_owned(),
            letters,
        })
    }

    /// The same without the breaks between its syllables; nothing when it has none.
    pub(super) fn unbroken(&self) -> Option<Self> {
        (self.breaks != 0).then(|| Self { breaks: 0, ..self.clone() })
    }

    /// The same with any one character at a place; nothing when that is too long.
    pub(super) fn with_gap(&self, at: usize) -> Option<Self> {
        let mut word = self.clone();
        word.letters.insert(at, ANY);
        word.forms.insert(at, ANY);
        (word.letters.len() <= LONGEST).then_some(Self { breaks: 0, latin: false, ascii: false, ..word })
    }

    /// How many letters of a spelling stand in it from a place on.
    fn agrees(&self, place: usize, spelling: &str) -> u8 {
        // No syllable goes on beyond the place where the next one begins.
        let until = (self.breaks >> (place + 1)).trailing_zeros() as usize + 1;
        let typed = self.letters[place..].iter().take(until);
        typed.zip(spelling.bytes()).take_while(|(c, b)| **c == char::from(*b)).count() as u8
    }

    /// The place after the last letter, as a bit.
    pub(super) fn end(&self) -> u64 {
        1 << self.letters.len()
    }
}

/// The places behind apostrophes between letters, each as a bit: of their letters only, as folding leaves them.
fn breaks(raw: &str) -> u64 {
    let (mut breaks, mut letters) = (0, 0);
    for c in raw.chars() {
        if matches!(c, '\'' | '’' | '‘' | '＇' | '`') {
            breaks |= if (1..LONGEST).contains(&letters) { 1 << letters } else { 0 };
        } else if c.is_ascii_alphabetic() {
            letters += 1;
        } else {
            return 0;
        }
    }
    breaks
}

/// A word prepared against every spelling there is.
pub(super) struct Steps<'a> {
    word: &'a Word,
    sounds: &'a Sounds,
    /// Letters of the spelling, to tell a finished one.
    lengths: Cow<'a, [u8]>,
    /// `agree[spelling * width + place]`: how many letters of the spelling stand in the word from `place` on.
    agree: Vec<u8>,
    width: usize,
    /// Southern confusions are spellings too; then no spelling is a usual one.
    confused: Option<&'a [Vec<u16>]>,
    /// What is no reading is a spelling too.
    far: bool,
}

/// Sets of places of the word that are reached: the beginning is bit 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Reached {
    full: u64,
    initials: u64,
    /// Holds the other two.
    mixed: u64,
}

impl Reached {
    const START: Self = Self { full: 1, initials: 1, mixed: 1 };
    const NOWHERE: Self = Self { full: 0, initials: 0, mixed: 0 };
}

/// What is reached by usual spellings alone, and by all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct State {
    usual: Reached,
    any: Reached,
}

impl State {
    pub(super) const START: Self = Self { usual: Reached::START, any: Reached::START };
}

/// How the end of the word was reached, on one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) typed: Typed,
    /// The last syllable is finished.
    pub(super) finished: bool,
    pub(super) usual: bool,
}

/// Which ways of typing are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ways {
    /// Whole syllables: few names stay in play.
    Full,
    /// Initials and mixtures.
    Rest,
}

/// How well a word fits one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) score: u16,
    pub(super) ended: Ended,
    pub(super) part: super::found::Part,
    /// First character of the name that it covers.
    pub(super) start: usize,
    /// How many characters it covers.
    pub(super) len: usize,
}

impl<'a> Steps<'a> {
    pub(super) fn new(word: &'a Word, sounds: &'a Sounds) -> Self {
        let spellings = sounds.spellings();
        let width = word.letters.len();
        let mut agree = vec![0; spellings.len() * width];
        for place in 0..width {
            for spelling in sounds.beginning(word.letters[place]) {
                let spelling = usize::from(*spelling);
                agree[spelling * width + place] = word.agrees(place, &spellings[spelling]);
            }
        }
        Self {
            word,
            sounds,
            lengths: Cow::Borrowed(sounds.lengths()),
            agree,
            width,
            confused: None,
            far: false,
        }
    }

    /// Lets every spelling stand for those it is confused with in the south.
    pub(super) fn confuse(mut self) -> Self {
        let confusions = self.sounds.confusions();
        for spelling in &confusions.extra {
            for place in 0..self.width {
                self.agree.push(self.word.agrees(place, spelling));
            }
            self.lengths.to_mut().push(spelling.len() as u8);
        }
        self.confused = Some(&confusions.alike);
        self
    }

    /// Lets old readings and other spellings stand for the character too, each in full.
    pub(super) fn far(mut self) -> Self {
        self.far = true;
        self
    }

    /// What every name that fits begins with, its first letter or character; nothing when it may begin otherwise.
    pub(super) fn first(&self) -> Option<char> {
        let first = self.word.letters.first().copied();
        first.filter(|first| self.confused.is_none() && *first != ANY)
    }

    /// The sounds that names are made of.
    pub(super) fn all_sounds(&self) -> &Sounds {
        self.sounds
    }

    /// How many sounds there are.
    pub(super) fn sounds(&self) -> usize {
        self.sounds.len()
    }

    /// Walks over one character; nothing when the word cannot go on. Tells how the end was reached on it.
    pub(super) fn over(
        &self,
        from: &State,
        sound: SoundNo,
        ways: Ways,
    ) -> Option<(State, [Option<Ended>; 2])> {
        let (written, form) = (self.sounds.written(sound), self.sounds.form(sound));
        let (spelt, readings, usual_count) = self.sounds.all(sound);
        let spelt = if self.far { spelt } else { &spelt[..readings] };
        let mut to = State { usual: Reached::NOWHERE, any: Reached::NOWHERE };
        let (mut begun_usual, mut begun_any) = (0, 0);
        let mut places = if ways == Ways::Full { from.any.full } else { from.any.mixed };
        while places != 0 {
            let place = places.trailing_zeros() as usize;
            let bit = places & places.wrapping_neg();
            places &= places - 1;
            if place >= self.width {
                continue;
            }
            let (mut full, mut some) = (0u64, 0u64);
            let (typed, typed_form) = (self.word.letters[place], self.word.forms[place]);
            if typed == written || typed == ANY {
                full = bit << 1;
                some = full;
            }
            // Another form of the character is not quite what was typed.
            let same_form = typed_form == form || typed.is_ascii();
            let (mut full_usual, mut some_usual) = if same_form { (full, some) } else { (0, 0) };
            let mut add = |spelling: usize, is_usual: bool, in_part: bool| {
                let agree = self.agree[spelling * self.width + place];
                if agree > 0 {
                    let done = if agree == self.lengths[spelling] { bit << agree } else { 0 };
                    let these = if in_part { ((1u64 << agree) - 1) << (place + 1) } else { done };
                    some |= these;
                    full |= done;
                    if is_usual {
                        some_usual |= these;
                        full_usual |= done;
                    }
                }
            };
            for (at, spelling) in spelt.iter().enumerate() {
                match self.confused {
                    None => add(usize::from(*spelling), at < usual_count, at < readings),
                    Some(all) => {
                        all[usize::from(*spelling)]
                            .iter()
                            .for_each(|spelling| add(usize::from(*spelling), true, true));
                    }
                }
            }
            for (reached, was, full, some, begun) in [
                (&mut to.usual, &from.usual, full_usual, some_usual, &mut begun_usual),
                (&mut to.any, &from.any, full, some, &mut begun_any),
            ] {
                if was.full & bit != 0 {
                    reached.full |= full;
                    *begun |= some;
                }
                if was.initials & bit != 0 {
                    // Any letter at all begins with the first.
                    reached.initials |= if some == 0 { 0 } else { bit << 1 };
                }
                if was.mixed & bit != 0 {
                    reached.mixed |= some;
                }
            }
        }
        let end = self.word.end();
        let ended = match ways {
            Ways::Full => {
                [ended_full(&to.usual, begun_usual, end, true), ended_full(&to.any, begun_any, end, false)]
            }
            Ways::Rest => [ended_rest(&to.usual, end, true), ended_rest(&to.any, end, false)],
        };
        // What was there by usual spellings is there by all: only a difference is told.
        let ended = match ended {
            [Some(usual), Some(any)] if usual.typed == any.typed && usual.finished == any.finished => {
                [Some(usual), None]
            }
            both => both,
        };
        let goes_on = if ways == Ways::Full { to.any.full } else { to.any.mixed };
        (goes_on != 0 || ended[0].is_some() || ended[1].is_some()).then_some((to, ended))
    }

    /// Whether anything is left to be walked after this.
    pub(super) fn goes_on(&self, state: &State, ways: Ways) -> bool {
        let places = if ways == Ways::Full { state.any.full } else { state.any.mixed };
        places & (self.word.end() - 1) != 0
    }

    /// The best fit of the word on one name, from any character on.
    pub(super) fn fit(&self, name: &[SoundNo]) -> Option<Fit> {
        let mut best: Option<Fit> = None;
        for start in 0..name.len() {
            for ways in [Ways::Full, Ways::Rest] {
                let mut state = State::START;
                for (n, sound) in name[start..].iter().enumerate() {
                    let Some((to, ended)) = self.over(&state, *sound, ways) else { break };
                    for ended in ended.into_iter().flatten() {
                        let last = start + n + 1 == name.len();
                        let part = rank::part(start == 0, last, ended);
                        let score = rank::name(ended, part, self.word.written);
                        if best.is_none_or(|best| score > best.score) {
                            best = Some(Fit { score, ended, part, start, len: n + 1 });
                        }
                    }
                    if !self.goes_on(&to, ways) {
                        break;
                    }
                    state = to;
                }
            }
        }
        best
    }
}

fn ended_full(reached: &Reached, begun: u64, end: u64, usual: bool) -> Option<Ended> {
    let finished = reached.full & end != 0;
    (finished || begun & end != 0).then_some(Ended { typed: Typed::Full, finished, usual })
}

fn ended_rest(reached: &Reached, end: u64, usual: bool) -> Option<Ended> {
    if reached.initials & end != 0 {
        Some(Ended { typed: Typed::Initials, finished: true, usual })
    } else if reached.mixed & end != 0 {
        Some(Ended { typed: Typed::Mixed, finished: true, usual })
    } else {
        None
    }
}
