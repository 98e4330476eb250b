//! Every word the user sees, in 简体中文 and English.
//!
//! A fixed word is a [`Word`]; a sentence with values in it is a function returning a [`Say`]. Both carry the two
//! languages, so that a room that does not know the reader's language (store, intake) can still speak.
//! One file per area; the [`words!`](crate::words) macro keeps the two languages side by side.

pub mod ask;
pub mod cases;
pub mod cli;
pub mod errors;
pub mod figures;
pub mod find;
pub mod findings;
pub mod forms;
pub mod handover;
pub mod intake;
pub mod keys;
pub mod paper;
pub mod papers;
pub mod passing;
pub mod preview;
pub mod print;
pub mod rules;
pub mod runtime;
pub mod screen;
pub mod search;
pub mod sitrep;
pub mod spoken;
pub mod store;
pub mod terms;
pub mod when;

use std::fmt;

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The language a locale string asks for: English for `en*`, else Chinese.
    pub fn of_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }

    /// `zh` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// A fixed word in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// 简体中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
}

impl Word {
    /// The word in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A sentence rendered in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Say {
    /// 简体中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Say {
    /// The sentence in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The same text in both languages: a name, a path, a number.
    pub fn same(text: impl fmt::Display) -> Self {
        let text = text.to_string();
        Self { zh: text.clone(), en: text }
    }
}

impl From<Word> for Say {
    fn from(word: Word) -> Self {
        Self { zh: word.zh.to_owned(), en: word.en.to_owned() }
    }
}

/// Declares words and sentences, the two languages side by side.
///
/// ```
/// zhiban::words! {
///     /// A unit that has not reported.
///     OUTSTANDING: "未报", "Outstanding";
///     /// How many rows were refused.
///     rows_rejected(n): "{n} 行未收", "{n} rows rejected";
/// }
/// # use zhiban::i18n::Lang;
/// assert_eq!(OUTSTANDING.get(Lang::En), "Outstanding");
/// assert_eq!(rows_rejected(3).get(Lang::Zh), "3 行未收");
/// ```
///
/// An argument of type `Say` or `Word` would need its own language: pass `{a}` for plain values, and build
/// from parts where a part is itself a sentence.
#[macro_export]
macro_rules! words {
    () => {};
    ($(#[$m:meta])* $name:ident : $zh:literal, $en:literal ; $($rest:tt)*) => {
        $(#[$m])* pub const $name: $crate::i18n::Word = $crate::i18n::Word { zh: $zh, en: $en };
        $crate::words! { $($rest)* }
    };
    ($(#[$m:meta])* $name:ident ( $($arg:ident),+ ) : $zh:literal, $en:literal ; $($rest:tt)*) => {
        $(#[$m])* pub fn $name($($arg: impl ::std::fmt::Display),+) -> $crate::i18n::Say {
            $crate::i18n::Say { zh: format!($zh), en: format!($en) }
        }
        $crate::words! { $($rest)* }
    };
}
