//! A field: what is asked for, in one description: its name, its labels in both languages, how its values are read, its
//! codes with their spellings and words, whether it must be filled, within what limits.
//!
//! The columns of the forms are fields; those the program knows by name stand in `data/fields.toml` ([`known`]), whatever
//! form they come on. A field of an office's own has the words of its form.

use super::case::Measure;
use super::person::PersonKind;
use super::report::{Round, Site};
use super::text::fold;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Spellings of yes.
pub const YES: &[&str] =
    &["是", "有", "1", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "t", "在", "已", "是的"];

/// Spellings of no.
pub const NO: &[&str] =
    &["否", "无", "没有", "0", "×", "✗", "✘", "x", "错", "n", "no", "false", "f", "不在", "未", "不是", "不"];

/// The longest text kept from one cell, in characters.
pub const LONGEST: usize = 1000;

/// Lowest temperature believed, in tenths of a degree Celsius.
pub const TEMP_LOW: i32 = 340;

/// Highest temperature believed, in tenths of a degree Celsius.
pub const TEMP_HIGH: i32 = 430;

/// The longest list of telephone numbers kept from one cell, in characters.
pub const LONGEST_PHONE: usize = 60;

/// How the values of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// Words, as written.
    #[default]
    Text,
    /// A person's name: spaces inside a Chinese name are dropped.
    Name,
    /// A number that names something (工号, 代码): letters, digits, `-`, `_`, `.`, `/`.
    No,
    /// One or more telephone numbers.
    Phone,
    /// An ID number (身份证号): 18 digits or 17 and X, or 15.
    Id,
    /// A day.
    Date,
    /// Yes or no.
    Bool,
    /// One of a list.
    Code,
    /// Several of a list.
    Codes,
    /// A temperature in degrees Celsius.
    #[serde(alias = "temperature")]
    Temp,
    /// A time of day.
    Time,
    /// A day and a time of day.
    DateTime,
    /// A whole number.
    Integer,
    /// The name of a file that is kept elsewhere.
    File,
}

impl Type {
    /// How forms write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Name => "name",
            Self::No => "no",
            Self::Phone => "phone",
            Self::Id => "id",
            Self::Date => "date",
            Self::Bool => "bool",
            Self::Code => "code",
            Self::Codes => "codes",
            Self::Temp => "temp",
            Self::Time => "time",
            Self::DateTime => "datetime",
            Self::Integer => "integer",
            Self::File => "file",
        }
    }

    /// Whether its values are private numbers, which are shown masked.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::Phone | Self::Id)
    }

    /// Whether its values are digits whose zeros, or last ones, a spreadsheet program would lose.
    pub const fn is_digits(self) -> bool {
        matches!(self, Self::No | Self::Phone | Self::Id)
    }

    /// Whether its values are free words, in which anything may have been written.
    pub const fn is_free(self) -> bool {
        matches!(self, Self::Text | Self::Name | Self::No | Self::File)
    }

    /// The values believed, where they are counted: a temperature's in tenths of a degree.
    pub const fn range(self) -> Option<RangeInclusive<i32>> {
        match self {
            Self::Temp => Some(TEMP_LOW..=TEMP_HIGH),
            _ => None,
        }
    }

    /// The longest text kept, in characters.
    pub const fn longest(self) -> usize {
        match self {
            Self::Phone => LONGEST_PHONE,
            _ => LONGEST,
        }
    }
}

/// A label or the word of a code, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// 简体中文
    pub zh: String,
    /// English, as in running text.
    pub en: String,
}

impl Title {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// Over which time a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// So many days back from the day of the report.
    Days(u16),
    /// Since this day.
    Since(NaiveDate),
    /// Of any day: one of birth, a plan.
    Any,
}

/// What a file says of a field.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub name: String,
    pub title: Title,
    pub kind: Type,
    pub required: bool,
    pub codes: BTreeMap<String, Vec<String>>,
    pub words: BTreeMap<String, Title>,
    pub blank: Vec<String>,
    pub span: Option<Span>,
    /// Of a ledger: its name means nothing to the program, and any code may be its own.
    pub own: bool,
}

/// Why a field cannot be used: what of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its name is not well formed.
    Name(String),
    /// A code column without codes, codes on another type, a code that the program does not know, or a word for none.
    Codes(String),
    /// A spelling stands for two codes.
    Spelling(String),
}

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Canonical name.
    pub name: String,
    /// Its label; empty where it goes by that of [`known`].
    pub title: Title,
    /// How its values are read.
    pub kind: Type,
    /// Whether it must be there and filled.
    pub required: bool,
    /// Canonical values with their spellings, as declared.
    pub codes: BTreeMap<String, Vec<String>>,
    /// Over which time it asks, where that is said.
    pub span: Option<Span>,
    /// What canonical values are called, where that is said.
    words: BTreeMap<String, Title>,
    /// Folded spellings of no answer.
    blank: HashSet<String>,
    /// Folded spelling → canonical value.
    spellings: HashMap<String, String>,
}

impl Field {
    /// A field as a file describes it.
    pub(super) fn new(said: Said) -> Result<Self, Fault> {
        if !is_well_formed(&said.name) {
            return Err(Fault::Name(said.name));
        }
        let own = match said.kind {
            Type::Code | Type::Codes if said.codes.is_empty() => return Err(Fault::Codes(said.name)),
            Type::Code | Type::Codes => true,
            Type::Bool => !said.codes.is_empty(),
            _ if !said.codes.is_empty() => return Err(Fault::Codes(said.name)),
            _ => false,
        };
        let is_code = |code: &str| match said.kind {
            Type::Bool => is_code_of(said.kind, "", code),
            _ => said.codes.contains_key(code),
        };
        if let Some(code) = said.words.keys().find(|code| !is_code(code)) {
            return Err(Fault::Codes(format!("{}: {code}", said.name)));
        }
        let name = if said.own { "" } else { said.name.as_str() };
        let mut spellings = HashMap::new();
        if own {
            for (code, accepted) in &said.codes {
                if !is_code_of(said.kind, name, code) {
                    return Err(Fault::Codes(format!("{}: {code}", said.name)));
                }
                for spelling in accepted {
                    let taken = spellings.insert(fold(spelling), code.clone());
                    if taken.is_some_and(|other| other != *code) {
                        return Err(Fault::Spelling(format!("{}: {spelling}", said.name)));
                    }
                }
            }
            // The code itself is accepted unless the form gives that spelling another meaning. Where yes and no have
            // spellings of their own, 1 and 0 may be the numbers of options.
            for code in said.codes.keys().filter(|_| said.kind != Type::Bool) {
                spellings.entry(fold(code)).or_insert_with(|| code.clone());
            }
        } else if said.kind == Type::Bool {
            for (spelling, code) in YES.iter().map(|s| (s, "1")).chain(NO.iter().map(|s| (s, "0"))) {
                spellings.insert(fold(spelling), code.to_owned());
            }
        }
        let Said { name, title, kind, required, codes, words, blank, span, own: _ } = said;
        let blank = blank.iter().map(|word| fold(word)).collect();
        Ok(Self { name, title, kind, required, codes, span, words, blank, spellings })
    }

    /// A field of this type and nothing else; none of a type that needs codes.
    pub fn plain(name: &str, kind: Type) -> Option<Self> {
        Self::new(Said { name: name.to_owned(), kind, ..Said::default() }).ok()
    }

    /// The same field with these spellings, each of the code that is said, whatever it was before; nothing where there is
    /// no such code. Spellings of yes and no come beside those that everybody writes.
    pub fn with_spellings(&self, more: &BTreeMap<String, String>) -> Option<Self> {
        if more.is_empty() {
            return Some(self.clone());
        }
        let mut codes = self.codes.clone();
        if self.kind == Type::Bool && codes.is_empty() {
            let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            codes = BTreeMap::from([("1".to_owned(), all(YES)), ("0".to_owned(), all(NO))]);
        }
        for (spelling, code) in more {
            for known in codes.values_mut() {
                known.retain(|one| fold(one) != fold(spelling));
            }
            codes.entry(code.clone()).or_default().push(spelling.clone());
        }
        let made = Self::new(Said { name: self.name.clone(), kind: self.kind, codes, ..Said::default() });
        made.ok().map(|made| Self { title: self.title.clone(), words: self.words.clone(), ..made })
    }

    /// Whether a cell that says this says nothing.
    pub fn is_blank(&self, text: &str) -> bool {
        !self.blank.is_empty() && self.blank.contains(&fold(text))
    }

    /// The code whose number and word stand in one cell (`1.正常`), if both mean the same.
    pub(super) fn code_twice(&self, text: &str) -> Option<&str> {
        let folded = fold(text);
        let word = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = &folded[..folded.len() - word.len()];
        let word = word.trim_start_matches(['.', '、', ':', '-', '=', ')']);
        let said = self.code_for(number).filter(|_| !word.is_empty())?;
        (self.code_for(word) == Some(said)).then_some(said)
    }

    /// The canonical value a spelling stands for.
    pub fn code_for(&self, spelling: &str) -> Option<&str> {
        match self.spellings.get(spelling) {
            Some(code) => Some(code),
            None => self.spellings.get(&fold(spelling)).map(String::as_str),
        }
    }

    /// What one of its codes is called, where its form says so.
    pub fn word(&self, code: &str) -> Option<&Title> {
        self.words.get(code)
    }

    /// What a code of an office's own is called where no words are given for it: its first spelling, and the first in
    /// Latin letters.
    pub fn spelled(&self, code: &str) -> Option<(&str, &str)> {
        let spellings = self.codes.get(code).filter(|_| matches!(self.kind, Type::Code | Type::Codes))?;
        let zh = spellings.first()?;
        let latin = spellings.iter().find(|word| is_latin(word));
        Some((zh, latin.unwrap_or(zh)))
    }
}

/// Whether a word can stand in an English text.
pub(super) fn is_latin(word: &str) -> bool {
    word.is_ascii() && word.len() > 1
}

fn is_well_formed(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.len() <= 32 && name.chars().all(fits)
}

/// Whether this can be a code of a field: where the program gives codes a meaning, those alone.
fn is_code_of(kind: Type, field: &str, code: &str) -> bool {
    match (kind, field) {
        (Type::Bool, _) => code == "1" || code == "0",
        (_, "round") => Round::parse(code).is_some_and(|round| round.0 == code),
        (_, "kind") => PersonKind::from_code(code).is_some(),
        (_, "site") => Site::from_code(code).is_some(),
        (_, "observed_how") => Measure::from_code(code).is_some(),
        _ => !code.is_empty(),
    }
}

/// A sheet besides the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sheet {
    /// People.
    Roster,
    /// Units.
    Units,
}

/// A field the program knows by name.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    name: String,
    /// Its label; empty for what is never shown.
    #[serde(default)]
    pub title: Title,
    /// How its values are read.
    #[serde(rename = "type", default)]
    pub kind: Type,
    /// The program relies on the type.
    #[serde(default)]
    pub fixed: bool,
    #[serde(rename = "in", default)]
    sheets: Vec<Sheet>,
    /// Kept at a place of its own, not among the other columns of a reading.
    #[serde(default)]
    pub apart: bool,
    #[serde(default)]
    words: BTreeMap<String, Title>,
}

impl Known {
    /// Whether this sheet may have it.
    pub fn stands_in(&self, sheet: Sheet) -> bool {
        self.sheets.contains(&sheet)
    }

    /// What one of its codes is called.
    pub fn word(&self, code: &str) -> Option<&Title> {
        self.words.get(code)
    }

    /// Whether a form may ask for it with a list of its own, whose words then are the form's.
    pub fn is_open(&self, own: &Field) -> bool {
        !self.fixed && self.words.is_empty() && matches!(own.kind, Type::Code | Type::Codes)
    }
}

const SHIPPED: &str = include_str!("../../data/fields.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    field: Vec<Known>,
}

fn read(text: &str) -> Result<HashMap<String, Known>, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    Ok(file.field.into_iter().map(|field| (field.name.clone(), field)).collect())
}

/// The field with this name, if the program knows it.
pub fn known(name: &str) -> Option<&'static Known> {
    static KNOWN: OnceLock<HashMap<String, Known>> = OnceLock::new();
    // The test `the_fields_are_well_formed` holds that they parse.
    KNOWN.get_or_init(|| read(SHIPPED).unwrap_or_default()).get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_spellings_take_none_away_and_stand_for_one_code() {
        let more = |word: &str, code: &str| BTreeMap::from([(word.to_owned(), code.to_owned())]);
        let yes_no = Field::plain("in_hubei", Type::Bool).unwrap();
        let with = yes_no.with_spellings(&more("不详", "1")).unwrap();
        for (said, read) in [("不详", "1"), ("是", "1"), ("否", "0"), ("0", "0")] {
            assert_eq!(with.read(said, None).as_deref(), Ok(read), "{said}");
        }
        // What it was before gives way: 1 may be the number of the option "no".
        let turned = yes_no.with_spellings(&more("1", "0")).unwrap();
        assert_eq!(
            (turned.read("1", None).as_deref(), turned.read("是", None).as_deref()),
            (Ok("0"), Ok("1"))
        );
        assert_eq!(yes_no.with_spellings(&more("不详", "maybe")), None);
        assert!(yes_no.read("不详", None).is_err());
        let codes = BTreeMap::from([("a".to_owned(), vec!["甲".to_owned()])]);
        let code =
            Field::new(Said { name: "hall".to_owned(), kind: Type::Code, codes, ..Said::default() }).unwrap();
        assert_eq!(code.with_spellings(&more("乙", "a")).unwrap().read("乙", None).as_deref(), Ok("a"));
        assert_eq!(code.with_spellings(&BTreeMap::new()), Some(code.clone()));
    }

    #[test]
    fn the_fields_are_well_formed() {
        let all = read(SHIPPED).unwrap();
        assert_eq!(all.len(), SHIPPED.matches("[[field]]").count(), "one stands twice");
        for (name, field) in &all {
            assert!(is_well_formed(name), "{name}");
            assert_eq!(field.title.zh.is_empty(), field.title.en.is_empty(), "{name} in one language alone");
            assert!(!field.fixed || field.kind != Type::Text, "{name}: any text would do");
        }
    }

    #[test]
    fn a_code_is_called_by_its_first_spelling() {
        let codes =
            BTreeMap::from([("a".to_owned(), vec!["甲楼".to_owned(), "1".to_owned(), "Hall A".to_owned()])]);
        let said = Said { name: "hall".to_owned(), kind: Type::Code, codes, ..Said::default() };
        let field = Field::new(said.clone()).unwrap();
        assert_eq!(field.spelled("a"), Some(("甲楼", "Hall A")));
        assert_eq!((field.spelled("b"), field.code_for("hall a")), (None, Some("a")));
        let words = BTreeMap::from([("b".to_owned(), Title::default())]);
        assert_eq!(Field::new(Said { words, ..said }), Err(Fault::Codes("hall: b".to_owned())));
    }
}
