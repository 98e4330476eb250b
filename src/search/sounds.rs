//! Characters as they sound, each kept once: a name is a row of numbers of sounds.

use super::fold;
use super::pack::{Reader, Writer};
use super::pinyin::{Sound, compound, confused, given, surname};
use crate::domain::text::is_hidden;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A sound by its number. A million people use some ten thousand.
pub(super) type SoundNo = u16;

/// The number of a sound that is not among them: it fits nothing.
const NO_SOUND: SoundNo = SoundNo::MAX;

/// Parts from which on a name is not looked at part by part.
const PARTS: usize = 5;

/// Sounds from which on no more words become some: there must be room for characters.
const WORDS: usize = 40_000;

/// The longest name that is kept; what stands behind is not looked through.
const LONGEST: usize = 63;

/// Every sound in use, and every spelling of one.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    /// The character each stands for, folded.
    written: Vec<char>,
    /// The same as it stands in the name.
    forms: Vec<char>,
    /// Where the spellings of each begin in `spelt`; one more at the end.
    starts: Vec<u32>,
    /// How many of them are usual; these come first.
    usual: Vec<u8>,
    /// How many of them are readings; what else is typed comes behind.
    readings: Vec<u8>,
    /// The spellings by number.
    spelt: Vec<u16>,
    /// Every spelling once.
    spellings: Vec<String>,
    /// How many letters each has.
    lengths: Vec<u8>,
    /// Those that begin with each letter from `a` on.
    by_first: [Vec<u16>; 26],
    /// To find what is there already: by character, as a surname and else; one more than the number, 0 for none.
    by_char: [Vec<SoundNo>; 2],
    by_sound: HashMap<Sound, SoundNo>,
    by_spelling: HashMap<String, u16>,
    /// Worked out when first asked for.
    confusions: OnceLock<Confusions>,
}

/// What spellings are confused with in the south.
#[derive(Debug, Default)]
pub(super) struct Confusions {
    /// For each spelling its own number and those it is confused with; numbers beyond the spellings are in `extra`.
    pub(super) alike: Vec<Vec<u16>>,
    /// Spellings that no sound has.
    pub(super) extra: Vec<String>,
}

impl Sounds {
    pub(super) fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    /// The sounds of a folded name into `out`; `person` reads its beginning as a surname.
    pub(super) fn of_name(&mut self, name: &[char], person: bool, out: &mut Vec<SoundNo>) {
        out.clear();
        let name = &name[..name.len().min(LONGEST)];
        let mut rest = name;
        if person {
            if let Some(two) = compound(name) {
                for sound in two {
                    let no = self.intern(sound);
                    out.push(no);
                }
                rest = &name[2..];
            } else if name.len() > 1 {
                out.push(self.of_char(name[0], true));
                rest = &name[1..];
            }
        }
        for c in rest {
            let no = self.of_char(*c, false);
            out.push(no);
        }
    }

    /// What a name of several parts is found by as well: everything from its second part on (阿不都·热合曼 by 热合曼),
    /// and when it is written in Latin letters its words, each of which is one sound: *ib* is Ines Bruno.
    /// `letters` and `places` are the name's folded characters, `name` their sounds.
    pub(super) fn also(
        &mut self,
        text: &str,
        letters: &[char],
        places: &[usize],
        name: &[SoundNo],
    ) -> Vec<Vec<SoundNo>> {
        let chars: Vec<char> = text.chars().collect();
        let parted = |at: &usize| {
            chars[places[at - 1] + 1..places[*at].max(places[at - 1] + 1)].iter().any(|c| !is_hidden(*c))
        };
        let cuts: Vec<usize> = (1..name.len()).filter(parted).collect();
        let long = cuts.first().is_some_and(|first| *first > 1 && name.len() - first > 1);
        if !long || cuts.len() >= PARTS {
            return Vec::new();
        }
        let mut also: Vec<Vec<SoundNo>> = cuts.iter().map(|cut| name[*cut..].to_vec()).collect();
        also.retain(|tail| tail.len() > 1);
        let letters = &letters[..name.len()];
        if letters.iter().all(|c| fold::compared(*c).is_ascii_alphabetic()) && self.len() < WORDS {
            let ends = cuts.iter().copied().chain([name.len()]);
            let begins = std::iter::once(0).chain(cuts.iter().copied());
            let words = begins.zip(ends).map(|(from, to)| {
                let word: String = letters[from..to].iter().map(|c| fold::compared(*c)).collect();
                self.intern(Sound::word(word))
            });
            also.push(words.collect());
        }
        also
    }

    /// Whether a sound is a whole word.
    pub(super) fn is_word(&self, no: SoundNo) -> bool {
        self.written(no) == '\0' && usize::from(no) < self.len()
    }

    /// How many letters the first spelling of a sound has.
    pub(super) fn length(&self, no: SoundNo) -> usize {
        self.spelt(no).0.first().map_or(1, |spelling| usize::from(self.lengths[usize::from(*spelling)]))
    }

    fn of_char(&mut self, c: char, is_surname: bool) -> SoundNo {
        let (table, at) = (usize::from(is_surname), c as usize);
        if let Some(known) = self.by_char[table].get(at).filter(|known| **known > 0) {
            return known - 1;
        }
        let no = self.intern(if is_surname { surname(c) } else { given(c) });
        if no == NO_SOUND {
            return no;
        }
        let table = &mut self.by_char[table];
        if table.len() <= at {
            table.resize(at + 1, 0);
        }
        table[at] = no + 1;
        no
    }

    fn intern(&mut self, sound: Sound) -> SoundNo {
        if let Some(known) = self.by_sound.get(&sound) {
            return *known;
        }
        if self.written.len() >= usize::from(NO_SOUND) {
            return NO_SOUND;
        }
        let no = self.written.len() as SoundNo;
        self.written.push(sound.written);
        self.forms.push(sound.form);
        self.usual.push(sound.likely as u8);
        self.readings.push(sound.readings.len() as u8);
        for reading in sound.readings.iter().chain(&sound.far) {
            let next = self.spellings.len() as u16;
            let spelling = *self.by_spelling.entry(reading.clone()).or_insert_with_key(|reading| {
                self.spellings.push(reading.clone());
                self.lengths.push(reading.len() as u8);
                if let Some(first) = reading.bytes().next().filter(u8::is_ascii_lowercase) {
                    self.by_first[usize::from(first - b'a')].push(next);
                }
                self.confusions.take();
                next
            });
            self.spelt.push(spelling);
        }
        self.starts.push(self.spelt.len() as u32);
        self.by_sound.insert(sound, no);
        no
    }

    /// Every spelling that some sound has.
    pub(super) fn spellings(&self) -> &[String] {
        &self.spellings
    }

    /// How many letters each spelling has.
    pub(super) fn lengths(&self) -> &[u8] {
        &self.lengths
    }

    /// The spellings that begin with a letter.
    pub(super) fn beginning(&self, letter: char) -> &[u16] {
        let at = (letter as usize).wrapping_sub('a' as usize);
        self.by_first.get(at).map_or(&[], Vec::as_slice)
    }

    /// What every spelling is confused with.
    pub(super) fn confusions(&self) -> &Confusions {
        self.confusions.get_or_init(|| {
            let by_name: HashMap<&str, u16> = self
                .spellings
                .iter()
                .enumerate()
                .map(|(no, spelling)| (spelling.as_str(), no as u16))
                .collect();
            let mut all = Confusions::default();
            for (no, spelling) in self.spellings.iter().enumerate() {
                let mut alike = vec![no as u16];
                for other in confused(spelling) {
                    alike.push(by_name.get(other.as_str()).copied().unwrap_or_else(|| {
                        let known = all.extra.iter().position(|extra| *extra == other);
                        let at = known.unwrap_or_else(|| {
                            all.extra.push(other);
                            all.extra.len() - 1
                        });
                        (self.spellings.len() + at) as u16
                    }));
                }
                all.alike.push(alike);
            }
            all
        })
    }

    /// How many sounds there are.
    pub(super) fn len(&self) -> usize {
        self.written.len()
    }

    /// The character of a sound.
    pub(super) fn written(&self, no: SoundNo) -> char {
        self.written.get(usize::from(no)).copied().unwrap_or('\0')
    }

    /// The character of a sound, as it stands in the name.
    pub(super) fn form(&self, no: SoundNo) -> char {
        self.forms.get(usize::from(no)).copied().unwrap_or('\0')
    }

    /// The spellings of a sound by its readings, the usual ones first, and how many of them are usual.
    pub(super) fn spelt(&self, no: SoundNo) -> (&[u16], usize) {
        let (all, readings, usual) = self.all(no);
        (&all[..readings], usual)
    }

    /// Everything that is typed for a sound: its readings first; how many these are, and how many of them are usual.
    pub(super) fn all(&self, no: SoundNo) -> (&[u16], usize, usize) {
        let no = usize::from(no);
        match (self.starts.get(no), self.starts.get(no + 1)) {
            (Some(from), Some(to)) => (
                &self.spelt[*from as usize..*to as usize],
                usize::from(self.readings[no]),
                usize::from(self.usual[no]),
            ),
            _ => (&[], 0, 0),
        }
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.text(&self.written.iter().collect::<String>());
        to.text(&self.forms.iter().collect::<String>());
        to.u32s(&self.starts);
        to.bytes(&self.usual);
        to.bytes(&self.readings);
        to.u16s(&self.spelt);
        to.text(&self.spellings.join("\n"));
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let written: Vec<char> = from.text()?.chars().collect();
        let forms: Vec<char> = from.text()?.chars().collect();
        let (starts, usual, readings, spelt) = (from.u32s()?, from.bytes()?, from.bytes()?, from.u16s()?);
        let spellings: Vec<String> = from.text()?.split('\n').map(str::to_owned).collect();
        // A name that changes later brings sounds of its own: what is there already must be found again.
        let mut sounds =
            Self { written, forms, starts, usual, readings, spelt, spellings, ..Self::default() };
        let whole = sounds.starts.len() == sounds.written.len() + 1
            && sounds.forms.len() == sounds.written.len()
            && sounds.usual.len() == sounds.written.len()
            && sounds.readings.len() == sounds.written.len()
            && sounds.starts.last().is_some_and(|last| *last as usize == sounds.spelt.len())
            && sounds.starts.is_sorted()
            && sounds.starts.windows(2).zip(&sounds.readings).zip(&sounds.usual).all(
                |((both, readings), usual)| usual <= readings && u32::from(*readings) <= both[1] - both[0],
            )
            && sounds.spelt.iter().all(|spelling| usize::from(*spelling) < sounds.spellings.len());
        if !whole {
            return None;
        }
        for no in 0..sounds.written.len() as SoundNo {
            let (spelt, count, likely) = sounds.all(no);
            let mut readings: Vec<String> =
                spelt.iter().map(|s| sounds.spellings[usize::from(*s)].clone()).collect();
            let far = readings.split_off(count);
            let (written, form) = (sounds.written(no), sounds.form(no));
            sounds.by_sound.insert(Sound { written, form, readings, likely, far }, no);
        }
        for (no, spelling) in sounds.spellings.iter().enumerate() {
            sounds.lengths.push(spelling.len() as u8);
            if let Some(first) = spelling.bytes().next().filter(u8::is_ascii_lowercase) {
                sounds.by_first[usize::from(first - b'a')].push(no as u16);
            }
        }
        sounds.by_spelling =
            sounds.spellings.iter().enumerate().map(|(no, spelling)| (spelling.clone(), no as u16)).collect();
        Some(sounds)
    }
}

/// The folded characters of a name, and where each of them stands in it.
pub(super) fn folded(name: &str) -> (Vec<char>, Vec<usize>) {
    fold::letters(name).into_iter().unzip()
}
