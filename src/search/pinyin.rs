//! Readings of characters, and the surname readings that come first.

use super::fold::{compared, fold, letters as letters_of};
pub(super) use super::syllables::confused;
use super::tables::Tables;
use super::{hanzi, letters};
use pinyin::ToPinyinMulti;

/// How many spellings of one name [`keys`] gives at most.
const SPELLINGS: usize = 6;

/// How one character of a name may be typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Sound {
    /// The character itself, folded.
    pub(super) written: char,
    /// The character as it stands in the name.
    pub(super) form: char,
    /// Its readings without tones, `ü` as `v`; the likely ones first.
    pub(super) readings: Vec<String>,
    /// How many of them are likely.
    pub(super) likely: usize,
    /// What else is typed for it, looked for last and only in full: old readings, `ü` as `u` or `yu`, `v` for the `ü`
    /// of *ju qu xu yu*.
    pub(super) far: Vec<String>,
}

impl Sound {
    fn new(form: char, likely: Vec<String>, rest: Vec<String>, old: &[String]) -> Self {
        let mut readings = likely;
        let likely = readings.len();
        for reading in rest {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        let mut far: Vec<String> = Vec::new();
        for other in readings.iter().flat_map(|reading| spelt_otherwise(reading)).chain(old.iter().cloned()) {
            if !readings.contains(&other) && !far.contains(&other) {
                far.push(other);
            }
        }
        Self { written: compared(form), form, readings, likely, far }
    }

    /// A whole word in Latin letters, of a name that has several.
    pub(super) fn word(letters: String) -> Self {
        Self { written: '\0', form: '\0', readings: vec![letters], likely: 1, far: Vec::new() }
    }
}

/// How a syllable with `ü` is spelt otherwise: as in passports (*lyu*), without the dots, or with a `v` that the rules
/// do not want (*jv*).
fn spelt_otherwise(reading: &str) -> Vec<String> {
    if let Some(passport) = passport(reading) {
        let plain = reading.replacen('v', "u", 1);
        return vec![passport, plain];
    }
    match reading.as_bytes() {
        [b'j' | b'q' | b'x' | b'y', b'u', ..] => vec![reading.replacen('u', "v", 1)],
        _ => Vec::new(),
    }
}

/// `ü` is spelt yu in passports.
fn passport(reading: &str) -> Option<String> {
    let tail = reading.strip_prefix("lv").or_else(|| reading.strip_prefix("nv"))?;
    Some(format!("{}yu{tail}", &reading[..1]))
}

/// Every reading of a character that is still one, the usual one first; none for what is not Chinese. A form that is
/// folded has its own readings before those of the form it is folded to.
fn readings(tables: &Tables, c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if c.is_ascii() {
        return out;
    }
    let mut add = |reading: &str| {
        if !reading.is_empty() && !out.iter().any(|known| known == reading) {
            out.push(reading.to_owned());
        }
    };
    let form = hanzi::form(c);
    for c in [c].into_iter().chain(Some(form).filter(|form| *form != c)) {
        tables.first.get(&c).into_iter().flatten().for_each(|reading| add(reading));
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let plain = fold(reading.plain());
            if plain.is_ascii() {
                add(&plain);
            }
        }
        tables.further.get(&c).into_iter().flatten().for_each(|reading| add(reading));
    }
    // A reading of the office's own is never an old one.
    let old = old_readings(tables, c);
    let own = |reading: &String| {
        [c, form].iter().any(|c| tables.first.get(c).is_some_and(|first| first.contains(reading)))
    };
    out.retain(|reading| !old.contains(reading) || own(reading));
    out
}

/// The readings that a character had once.
fn old_readings(tables: &Tables, c: char) -> &[String] {
    tables.old.get(&c).map_or(&[], Vec::as_slice)
}

/// A character inside a name or of a unit: as [`fold::letters`](super::fold::letters) gives it, or folded.
pub(super) fn given(c: char) -> Sound {
    given_by(Tables::current(), c)
}

fn given_by(tables: &Tables, c: char) -> Sound {
    let also = letters::also(c);
    if !also.is_empty() {
        return Sound::new(c, also.iter().map(|&s| s.to_owned()).collect(), Vec::new(), &[]);
    }
    let mut all = readings(tables, c);
    let rest = if all.is_empty() { Vec::new() } else { all.split_off(1) };
    Sound::new(c, all, rest, old_readings(tables, c))
}

/// A character as a surname of its own.
pub(super) fn surname(c: char) -> Sound {
    surname_by(Tables::current(), c)
}

fn surname_by(tables: &Tables, c: char) -> Sound {
    match tables.single.get(&compared(c)) {
        Some(likely) => Sound::new(c, likely.clone(), readings(tables, c), old_readings(tables, c)),
        None => given_by(tables, c),
    }
}

/// The two characters of a compound surname, if the name begins with one and goes on. It may be a single surname and
/// a given name after all: the readings of that find it too.
pub(super) fn compound(name: &[char]) -> Option<[Sound; 2]> {
    compound_by(Tables::current(), name)
}

fn compound_by(tables: &Tables, name: &[char]) -> Option<[Sound; 2]> {
    let [first, second, _, ..] = name else { return None };
    let spelt = tables.compound.get(&[compared(*first), compared(*second)])?;
    let mut likely = [Vec::new(), Vec::new()];
    for (syllable, at) in spelt.iter().flat_map(|both| both.split(' ').zip(0..)) {
        let at: &mut Vec<String> = &mut likely[at % 2];
        if !at.iter().any(|known| known == syllable) {
            at.push(syllable.to_owned());
        }
    }
    let [one, two] = likely;
    let single = surname_by(tables, *first).readings;
    let old = |c| old_readings(tables, c);
    Some([
        Sound::new(*first, one, single, old(*first)),
        Sound::new(*second, two, readings(tables, *second), old(*second)),
    ])
}

/// The sounds of a person's name.
fn sounds(tables: &Tables, name: &[char]) -> Vec<Sound> {
    let mut out: Vec<Sound> = match (compound_by(tables, name), name) {
        (Some(two), _) => two.into(),
        (None, [first, _, ..]) => vec![surname_by(tables, *first)],
        (None, _) => Vec::new(),
    };
    out.extend(name[out.len()..].iter().map(|c| given_by(tables, *c)));
    out
}

/// The pinyin of a name for tables that filter as the officer types: full spellings, the likely one first, then
/// initials, then the folded name if it is written otherwise, with spaces between: `zhangwei zw`,
/// `zengyan cengyan zy cy`, `zhangwei zw 张伟`. The office's own tables have no part in it, nor has what the built-in ones
/// learned later: it is kept in the database, and a rebuild must be equal.
pub fn keys(name: &str) -> String {
    keys_by(Tables::kept(), name)
}

pub(super) fn keys_by(tables: &Tables, name: &str) -> String {
    let chars: Vec<char> = letters_of(name).into_iter().map(|(c, _)| c).collect();
    let mut full = vec![String::new()];
    let mut initials = vec![String::new()];
    for sound in sounds(tables, &chars) {
        let written = sound.written.to_string();
        let passports: Vec<String> = sound.readings.iter().filter_map(|reading| passport(reading)).collect();
        let mut ways: Vec<&str> = sound.readings.iter().chain(&passports).map(String::as_str).collect();
        if ways.is_empty() || written.is_ascii() {
            ways.push(&written);
        }
        let first: Vec<&str> =
            ways.iter().map(|way| &way[..way.chars().next().map_or(0, char::len_utf8)]).collect();
        full = spell(&full, &ways);
        initials = spell(&initials, &first);
    }
    let folded = fold(name);
    let other = Some(folded).filter(|folded| !folded.is_ascii() && *folded != name);
    let mut out: Vec<String> = Vec::new();
    for key in full.into_iter().chain(initials).chain(other) {
        if !key.is_empty() && !out.contains(&key) {
            out.push(key);
        }
    }
    out.join(" ")
}

/// Where words are spelt by what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelt {
    /// The first of the characters that is spelt.
    pub from: usize,
    /// It is the first of all, and none is left over: `bf` and `beifen` are 备份 whole.
    pub whole: bool,
}

/// Whether letters spell words in pinyin, each character by its whole reading, the beginning of one or its initial:
/// `beifen`, `beif` and `bf` are all 备份. The earliest place, and there the whole of it if it can be. By the built-in
/// tables.
pub fn spells(words: &str, typed: &str) -> Option<Spelt> {
    let typed = fold(typed);
    if typed.is_empty() || !typed.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let tables = Tables::builtin();
    let mut sounds: Vec<Sound> = letters_of(words).into_iter().map(|(c, _)| given_by(tables, c)).collect();
    for sound in sounds.iter_mut().filter(|sound| sound.readings.is_empty()) {
        // A letter among Chinese is typed as it is.
        sound.readings.push(sound.written.to_string());
    }
    (0..sounds.len()).find_map(|from| {
        let whole = spelt_from(&sounds[from..], &typed)?;
        Some(Spelt { from, whole: whole && from == 0 })
    })
}

/// Whether the letters spell the characters from the first one on, and if so whether all of them.
fn spelt_from(sounds: &[Sound], typed: &str) -> Option<bool> {
    if typed.is_empty() {
        return Some(sounds.is_empty());
    }
    let (first, rest) = sounds.split_first()?;
    let mut found = None;
    for reading in &first.readings {
        let common = reading.bytes().zip(typed.bytes()).take_while(|(one, other)| one == other).count();
        // The initial, as much as fits, or anything between.
        for taken in (1..=common).rev() {
            match spelt_from(rest, &typed[taken..]) {
                Some(true) => return Some(true),
                Some(false) => found = Some(false),
                None => {}
            }
        }
    }
    found
}

/// Every beginning with every way to go on, the likely ones first, up to a limit.
fn spell(beginnings: &[String], ways: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for way in ways {
        for beginning in beginnings {
            let spelling = format!("{beginning}{way}");
            if out.len() < SPELLINGS && !out.contains(&spelling) {
                out.push(spelling);
            }
        }
    }
    out
}

#[cfg(test)]
#[path = "pinyin_tests.rs"]
mod tests;
