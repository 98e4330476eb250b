//! How names are read and compared here.

use super::words;
use pinyin::ToPinyinMulti;
use std::collections::HashMap;

/// One character of a name, or one word of a name in Latin letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The character, simplified; nothing for a Latin word.
    pub written: Option<char>,
    /// How it is read, without tones, `ü` as `v`; empty when nobody knows.
    pub reading: String,
    /// Every other way to read it.
    pub others: Vec<String>,
}

/// Readings and simplified forms.
pub struct Sounds {
    surnames: HashMap<char, &'static str>,
    simple: HashMap<char, char>,
    traditional: HashMap<char, char>,
}

impl Default for Sounds {
    fn default() -> Self {
        let pairs: Vec<char> = words::TRADITIONAL.chars().filter(|c| !c.is_whitespace()).collect();
        let split = |word: &'static str| word.chars().next().map(|c| (c, &word[c.len_utf8()..]));
        Self {
            surnames: words::SURNAME_READINGS.split_whitespace().filter_map(split).collect(),
            simple: pairs.chunks_exact(2).map(|pair| (pair[1], pair[0])).collect(),
            traditional: pairs.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect(),
        }
    }
}

impl Sounds {
    /// Letters, digits and characters only, small and simplified; tones are left out, `ü` becomes `v`.
    pub fn fold(&self, text: &str) -> String {
        let known = text.chars().filter(|c| c.is_alphanumeric());
        let simple = known.map(|c| self.simple.get(&c).copied().unwrap_or_else(|| bare(c)));
        simple.flat_map(char::to_lowercase).collect()
    }

    /// The name with every character that has one in its traditional form.
    pub fn traditional(&self, name: &str) -> String {
        name.chars().map(|c| self.traditional.get(&c).copied().unwrap_or(c)).collect()
    }

    /// How many of its first characters are the surname, and how each is read.
    pub fn tokens(&self, name: &str) -> (usize, Vec<Token>) {
        if name.is_ascii() {
            let word = |word: &str| Token { written: None, reading: self.fold(word), others: Vec::new() };
            return (0, name.split_whitespace().map(word).collect());
        }
        let has_point = name.contains('·');
        let chars: Vec<char> = self.fold(name).chars().collect();
        let mut tokens: Vec<Token> = chars.iter().map(|c| token(*c)).collect();
        let head: String = chars.iter().take(2).collect();
        let compound = chars.len() > 2 && words::COMPOUND.contains(&head.as_str());
        if has_point {
            return (0, tokens);
        }
        if compound {
            for (known, readings) in words::COMPOUND_READINGS {
                if known == head {
                    tokens[0].read(readings[0]);
                    tokens[1].read(readings[1]);
                }
            }
            return (2, tokens);
        }
        if let Some(reading) = self.surnames.get(&chars[0]) {
            tokens[0].read(reading);
        }
        (1, tokens)
    }

    /// The first letters of a unit's name as it is read.
    pub fn unit_letters(&self, name: &str) -> (String, String) {
        let folded = self.fold(name);
        let tokens: Vec<Token> = folded.chars().map(token).collect();
        let flat = tokens.iter().map(|token| token.reading.as_str()).collect();
        (flat, tokens.iter().filter_map(|token| token.reading.chars().next()).collect())
    }
}

impl Token {
    fn read(&mut self, reading: &str) {
        if self.reading != reading {
            let usual = std::mem::replace(&mut self.reading, reading.to_owned());
            self.others.retain(|other| other != reading);
            self.others.push(usual);
        }
    }
}

fn token(c: char) -> Token {
    let mut all: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain: String = reading.plain().chars().map(bare).collect();
        if plain.is_ascii() && !all.contains(&plain) {
            all.push(plain);
        }
    }
    let reading = if all.is_empty() { String::new() } else { all.remove(0) };
    Token { written: Some(c), reading, others: all }
}

/// Vowels with the marks of the four tones, in the order in which one of a syllable's takes the mark.
const MARKED: [(&str, char); 6] =
    [("āáǎà", 'a'), ("ōóǒò", 'o'), ("ēéěè", 'e'), ("īíǐì", 'i'), ("ūúǔù", 'u'), ("ǖǘǚǜü", 'v')];

/// A syllable with the mark of a tone, 0 to 3.
pub fn toned(reading: &str, tone: usize) -> String {
    // Of `iu` and `ui` the second has the mark.
    let at = if reading.ends_with("iu") { reading.len() - 1 } else { usize::MAX };
    let vowel = MARKED.iter().find_map(|(marks, plain)| {
        let place = reading.find(*plain).filter(|place| at == usize::MAX || *place == at)?;
        let place = if reading.ends_with("ui") { reading.len() - 1 } else { place };
        let marks = if reading.ends_with("ui") { "īíǐì" } else { marks };
        Some((place, marks.chars().nth(tone)?))
    });
    let Some((place, mark)) = vowel else { return reading.to_owned() };
    format!("{}{mark}{}", &reading[..place], &reading[place + 1..])
}

/// As [`Sounds::fold`], but traditional characters stay.
pub fn fold_only(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(bare).flat_map(char::to_lowercase).collect()
}

/// A letter without its tone.
fn bare(c: char) -> char {
    MARKED.iter().find(|(marked, _)| marked.contains(c)).map_or(c, |(_, plain)| *plain)
}
