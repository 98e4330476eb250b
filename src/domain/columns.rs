//! The columns of a sheet in no known form: what each seems to be, and what the officer says that it is.

use super::field::Type;
use super::form::What;
use std::collections::BTreeMap;

/// What a sheet's column seems to be.
#[derive(Debug, Clone)]
pub struct Guessed {
    /// As a spreadsheet names it: `C`.
    pub place: String,
    /// Its header, and how else it may be written.
    pub headers: Vec<String>,
    /// The field.
    pub field: String,
    /// How its cells are read.
    pub kind: Type,
    /// Whether the program knows the field by name.
    pub known: bool,
    /// Whether a form of the program accepts its header.
    pub by_header: bool,
    /// Codes with their spellings, as found and as known.
    pub codes: BTreeMap<String, Vec<String>>,
    /// The field of the column before it that it repeats in words.
    pub same_as: Option<String>,
    /// How many cells are filled.
    pub filled: usize,
    /// How many of them are not read so.
    pub unread: usize,
    /// Of a field with codes, the words of the sheet, each with its code; empty for one that is none of them. These first.
    pub words: Vec<(String, String)>,
    /// The place of the column before it with the same header: by that one alone the two are not told apart.
    pub repeats: Option<String>,
    /// Some of its cells, masked where they may be personal.
    pub samples: Vec<String>,
    /// What is to be looked at.
    pub doubt: Option<ToCheck>,
}

/// Why a column should be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToCheck {
    /// The header is known, and the cells are something else.
    NotAsHeaded,
    /// 0 and 1 alone: which is yes?
    ZeroOne,
    /// Numbers of options whose words are nowhere.
    Numbers,
    /// The codes and the words beside them do not always go together.
    Contradicts,
    /// A day as a number without dashes.
    Day,
}

impl ToCheck {
    /// The code used in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAsHeaded => "not-as-headed",
            Self::ZeroOne => "zero-one",
            Self::Numbers => "numbers",
            Self::Contradicts => "contradicts",
            Self::Day => "bare-day",
        }
    }
}

impl Guessed {
    /// The words of the sheet that are none of the field's codes.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|(_, code)| code.is_empty()).map(|(word, _)| word.as_str())
    }
}

/// A form as it seems to be.
#[derive(Debug, Clone)]
pub struct Guess {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u16,
    /// What its sheets bring.
    pub what: What,
    /// Title; may be empty.
    pub title: String,
    /// The sheet it was found in; empty in a text file.
    pub sheet: String,
    /// The header rows, as the sender's program numbers them.
    pub header_rows: Vec<u32>,
    /// How many rows stand below.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Guessed>,
    /// Headers of columns with nothing in them, or that such a form cannot have.
    pub ignored: Vec<String>,
    /// These columns, as they would be guessed.
    pub left: Vec<Guessed>,
}

/// What a column is said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Is {
    /// A field that the program or a form knows.
    Field(String),
    /// A field of the office's own, kept as it is written.
    Own,
    /// Nothing that is read.
    Nothing,
}

/// What was said of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it is.
    pub is: Is,
    /// The sheet's words, and which code of the field each is.
    pub codes: BTreeMap<String, String>,
}

/// What was said of columns, by their places (`C`).
pub type Choices = BTreeMap<String, Said>;
