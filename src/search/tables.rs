//! The tables an office may correct: readings of surnames, readings of characters, short names of units.
//!
//! The built-in ones are `data/surnames.toml`, `data/readings.toml` and `data/unit_names.toml`. An office's own files
//! of the same names, in the folder `words` beside its database, are laid over them by [`Tables::read`] and put to use
//! by [`Tables::install`], once, before anything is indexed. They change what this machine finds and nothing else:
//! what the store keeps ([`keys`](super::keys)) is made with the built-in tables only, so that a rebuild is equal
//! wherever it is made.

use super::hanzi;
use super::short::UnitNames;
use crate::domain::text::line_at;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use toml::Spanned;

/// Readings of surnames.
pub const SURNAMES: &str = "surnames.toml";
/// Readings of characters.
pub const READINGS: &str = "readings.toml";
/// Readings that characters had once.
const OLD_READINGS: &str = include_str!("../../data/old_readings.txt");
/// Short names of units.
pub const UNIT_NAMES: &str = "unit_names.toml";

/// All tables. Readings have no tones; `ü` is `v`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    /// Surnames of one character, the likely readings first.
    pub(super) single: HashMap<char, Vec<String>>,
    /// Surnames of two characters: two syllables with a space between.
    pub(super) compound: HashMap<[char; 2], Vec<String>>,
    /// Further readings of a character.
    pub(super) further: HashMap<char, Vec<String>>,
    /// Readings that come before all others of a character: the office's own.
    pub(super) first: HashMap<char, Vec<String>>,
    /// Readings that a character had once: `data/old_readings.txt`.
    pub(super) old: HashMap<char, Vec<String>>,
    /// Short names of units.
    pub(super) units: UnitNames,
    /// Differs when any of the texts does that they were read from.
    print: u64,
}

/// What is wrong with an office's own file. The words for it are in `i18n::search`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// The file's name.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: Flaw,
}

/// What is wrong in a line of such a file; the key is the text before the equals sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// Not TOML, or not of this shape.
    NotATable,
    /// A reading that is no letters: of which key, and the reading.
    Reading(String, String),
    /// A key that is not one character.
    OneCharacter(String),
    /// A key that is not two characters.
    TwoCharacters(String),
    /// A compound surname whose reading is not two syllables.
    TwoSyllables(String, String),
    /// No reading, or no short form.
    Empty(String),
}

/// `surnames.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SurnameFile {
    #[serde(default)]
    single: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    compound: BTreeMap<Spanned<String>, Vec<String>>,
}

/// `readings.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingFile {
    #[serde(default)]
    readings: BTreeMap<Spanned<String>, String>,
    /// The same; keys that are kept in databases do not have them.
    #[serde(default)]
    later: BTreeMap<Spanned<String>, String>,
}

/// `unit_names.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    #[serde(default)]
    endings: Vec<String>,
    #[serde(default)]
    colleges: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    parts: BTreeMap<Spanned<String>, Vec<String>>,
}

impl Tables {
    /// The built-in tables.
    pub fn builtin() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| {
            let mut tables = Self::default();
            // The test `the_built_in_tables_are_well_formed` holds that each of them is read.
            let _ = tables.add_surnames(include_str!("../../data/surnames.toml"));
            let _ = tables.add_readings(include_str!("../../data/readings.toml"), false, true);
            let _ = tables.add_unit_names(include_str!("../../data/unit_names.toml"));
            tables.add_old_readings(OLD_READINGS);
            tables.print = print(&[
                OLD_READINGS,
                include_str!("../../data/surnames.toml"),
                include_str!("../../data/readings.toml"),
                include_str!("../../data/unit_names.toml"),
                include_str!("../../data/hanzi.txt"),
            ]);
            tables
        })
    }

    /// The tables by which the keys are made that databases keep: what the others learn must not change these. Readings
    /// that no modern dictionary has are out here: a list that is filtered has no place below all others for them.
    pub(super) fn kept() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| {
            let mut tables = Self::default();
            let _ = tables.add_surnames(include_str!("../../data/surnames.toml"));
            let _ = tables.add_readings(include_str!("../../data/readings.toml"), false, false);
            tables.add_old_readings(OLD_READINGS);
            tables
        })
    }

    /// The built-in tables with the office's own over them: an entry takes the place of the built-in one with the
    /// same key. Each argument is the text of the office's file, if it has one.
    pub fn read(
        surnames: Option<&str>,
        unit_names: Option<&str>,
        readings: Option<&str>,
    ) -> Result<Self, TableError> {
        let mut tables = Self::builtin().clone();
        let own = [surnames, unit_names, readings].map(Option::unwrap_or_default);
        tables.print = tables.print.rotate_left(1) ^ print(&own);
        surnames.map_or(Ok(()), |text| tables.add_surnames(text))?;
        unit_names.map_or(Ok(()), |text| tables.add_unit_names(text))?;
        readings.map_or(Ok(()), |text| tables.add_readings(text, true, true))?;
        Ok(tables)
    }

    /// What an index that was built with these tables is known by.
    pub fn print(&self) -> u64 {
        self.print
    }

    /// Makes these the tables of this process; false if others already are, or were asked for.
    pub fn install(self) -> bool {
        installed().set(self).is_ok()
    }

    /// The tables of this process: those installed, else the built-in ones, from now on.
    pub fn current() -> &'static Self {
        installed().get_or_init(|| Self::builtin().clone())
    }

    fn add_surnames(&mut self, text: &str) -> Result<(), TableError> {
        let at = Source { file: SURNAMES, text };
        let file: SurnameFile = at.parse()?;
        for (key, readings) in file.single {
            let [c] = at.chars(&key, Flaw::OneCharacter)?;
            at.filled(&key, readings.is_empty())?;
            for reading in &readings {
                at.reading(&key, reading)?;
            }
            self.single.insert(hanzi::form(c), readings);
        }
        for (key, readings) in file.compound {
            let both: [char; 2] = at.chars(&key, Flaw::TwoCharacters)?;
            at.filled(&key, readings.is_empty())?;
            for reading in &readings {
                if reading.split(' ').count() != 2 {
                    return Err(at.wrong(&key, Flaw::TwoSyllables(key.get_ref().clone(), reading.clone())));
                }
                reading.split(' ').try_for_each(|syllable| at.reading(&key, syllable))?;
            }
            self.compound.insert(both.map(hanzi::form), readings);
        }
        Ok(())
    }

    fn add_readings(&mut self, text: &str, first: bool, later: bool) -> Result<(), TableError> {
        let at = Source { file: READINGS, text };
        let file: ReadingFile = at.parse()?;
        let table = if first { &mut self.first } else { &mut self.further };
        let later = if later { file.later } else { BTreeMap::new() };
        for (key, chars) in file.readings.into_iter().chain(later) {
            at.reading(&key, key.get_ref())?;
            at.filled(&key, chars.trim().is_empty())?;
            for c in chars.chars().filter(|c| !c.is_whitespace()) {
                table.entry(c).or_default().push(key.get_ref().clone());
            }
        }
        Ok(())
    }

    /// A line a syllable, with the characters behind it.
    fn add_old_readings(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let at = line.find(|c: char| !c.is_ascii()).unwrap_or(line.len());
            let (reading, chars) = line.split_at(at);
            for c in chars.chars() {
                self.old.entry(c).or_default().push(reading.to_owned());
            }
        }
    }

    fn add_unit_names(&mut self, text: &str) -> Result<(), TableError> {
        let at = Source { file: UNIT_NAMES, text };
        let file: UnitFile = at.parse()?;
        for (key, short) in file.parts {
            at.filled(&key, key.get_ref().is_empty() || short.iter().any(String::is_empty))?;
            self.units.put_part(key.get_ref(), &short);
        }
        for (key, short) in file.colleges {
            at.filled(&key, key.get_ref().is_empty() || short.iter().any(String::is_empty))?;
            self.units.put_college(key.get_ref(), &short);
        }
        self.units.cut(&file.endings);
        Ok(())
    }
}

/// The same for the same texts, on every machine.
fn print(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    // FNV-1a.
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn installed() -> &'static OnceLock<Tables> {
    static INSTALLED: OnceLock<Tables> = OnceLock::new();
    &INSTALLED
}

/// The text of a file, to say where in it something is wrong.
struct Source<'a> {
    file: &'static str,
    text: &'a str,
}

impl Source<'_> {
    fn parse<T: DeserializeOwned>(&self) -> Result<T, TableError> {
        toml::from_str(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.error(at, Flaw::NotATable)
        })
    }

    fn error(&self, at: usize, what: Flaw) -> TableError {
        let line = line_at(self.text, Some(at..at));
        TableError { file: self.file, line, what }
    }

    fn wrong(&self, key: &Spanned<String>, what: Flaw) -> TableError {
        self.error(key.span().start, what)
    }

    fn chars<const N: usize>(
        &self,
        key: &Spanned<String>,
        flaw: impl Fn(String) -> Flaw,
    ) -> Result<[char; N], TableError> {
        let chars: Vec<char> = key.get_ref().chars().collect();
        chars.try_into().map_err(|_| self.wrong(key, flaw(key.get_ref().clone())))
    }

    fn reading(&self, key: &Spanned<String>, reading: &str) -> Result<(), TableError> {
        if !reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase()) {
            return Ok(());
        }
        Err(self.wrong(key, Flaw::Reading(key.get_ref().clone(), reading.to_owned())))
    }

    fn filled(&self, key: &Spanned<String>, empty: bool) -> Result<(), TableError> {
        if empty { Err(self.wrong(key, Flaw::Empty(key.get_ref().clone()))) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_are_well_formed() {
        let mut tables = Tables::default();
        tables.add_surnames(include_str!("../../data/surnames.toml")).unwrap();
        tables.add_readings(include_str!("../../data/readings.toml"), false, true).unwrap();
        tables.add_unit_names(include_str!("../../data/unit_names.toml")).unwrap();
        assert!(tables.single.len() > 140 && tables.compound.len() > 200);
        assert!(tables.further.len() > 2300 && tables.first.is_empty());
        tables.add_old_readings(OLD_READINGS);
        assert!(tables.old.len() > 2500);
        tables.print = Tables::builtin().print;
        assert_eq!(&tables, Tables::builtin());
        let all = tables.single.values().chain(tables.further.values()).flatten();
        for reading in
            all.map(String::as_str).chain(tables.compound.values().flatten().flat_map(|s| s.split(' ')))
        {
            assert!(super::super::syllables::is_syllable(reading), "{reading}");
        }
    }

    #[test]
    fn an_office_s_own_entries_take_the_place_of_the_built_in_ones() {
        let tables = Tables::read(
            Some("[single]\n\"曾\" = [\"ceng\"]\n\"單\" = [\"dan\"]\n[compound]\n\"海岬\" = [\"hai jia\"]\n"),
            Some("[parts]\n\"海洋工程\" = [\"海院\"]\n"),
            Some("[readings]\nkun = \"𡋾 堃\"\n"),
        )
        .unwrap();
        assert_eq!(tables.single[&'曾'], ["ceng"]);
        // A traditional key is the simplified one's.
        assert_eq!(tables.single[&'单'], ["dan"]);
        assert_eq!(tables.single[&'解'], ["xie"]);
        assert_eq!(tables.compound[&['海', '岬']], ["hai jia"]);
        assert_eq!(tables.first[&'𡋾'], ["kun"]);
        assert!(!tables.first.contains_key(&' '));
        assert!(tables.units.names("海洋工程学院").contains(&"海院".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let surnames = |text: &str| Tables::read(Some(text), None, None).unwrap_err();
        let wrong = surnames("[single]\n\"曾\" = [\"zeng\"]\n\"单\" = [\"Shàn\"]\n");
        assert_eq!((wrong.file, wrong.line), (SURNAMES, 3));
        assert!(matches!(wrong.what, Flaw::Reading(_, ref reading) if reading == "Shàn"));
        assert_eq!(surnames("[single]\n\n\"单于\" = [\"chan\"]").line, 3);
        assert_eq!(surnames("[compound]\n\"单于\" = [\"chanyu\"]").line, 2);
        assert_eq!(surnames("[compound]\n\"单于\" = []").line, 2);
        assert_eq!(surnames("[single]\n\"单\" = 1\n").line, 2);
        assert_eq!(surnames("[singel]\n").line, 1);
        assert_eq!(Tables::read(None, Some("[parts]\n\"系\" = [\"\"]"), None).unwrap_err().line, 2);
        assert_eq!(Tables::read(None, None, Some("[readings]\nLü = \"吕\"")).unwrap_err().file, READINGS);
        let said = crate::error::Error::from(wrong).text(crate::say::Lang::Zh);
        assert!(said.contains("words/surnames.toml 第 3 行"), "{said}");
    }
}
