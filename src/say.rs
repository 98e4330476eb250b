//! The ground floor of words: a language, a fixed word, a sentence, in 简体中文 and English side by side.
//!
//! Owns [`Lang`], [`Word`], [`Say`] and the [`words!`](crate::words) macro; knows no other room, so that any room can
//! carry a sentence for a reader whose language it does not know. The words themselves stand in
//! [`i18n`](crate::i18n).
//!
//! # Glossary
//!
//! One term each, the same in code, on screens, in documents.
//!
//! | 中文 | in code | meaning |
//! |---|---|---|
//! | 单位 | `Unit` | college, department, class; they form a tree |
//! | 人员, 一人一档 | `Person`, `Dossier` | a member of staff or a student; all that is known of one |
//! | 采集表 | `Form` | a collection form; old rows keep their version |
//! | 日报 | `Report` | what one unit sent for one day and round |
//! | 零报告 | zero report | "nothing to report", said explicitly; silence is never a zero |
//! | 未报, 迟报, 更正 | outstanding, late, correction | how a report stands |
//! | 采集值 | `Reading` | one person's row in one report |
//! | 催报 | chase | a call about a report that did not come |
//! | 存疑, 核实 | `Doubt` | a contradiction in the readings, and its answer |
//! | 待处置 | `Finding` | what a sheet brought of somebody that is to be acted on |
//! | 重点关注 | `Case` | an attention case: why, since when, which measure, until when |
//! | 医学观察 | `Observation` | the counted days of a case, 第 n/14 天 |
//! | 期满, 解除 | due for release, released | what the calendar computes; what a person signs |
//! | 跟踪, 随访 | `FollowUp` | one exchange with a person, a unit or an outside contact, by whatever channel |
//! | 时段 | slot | a follow-up that is due at a time of day: done, missed or open |
//! | 承诺 | promise | what somebody said would be done by when |
//! | 待办, 事项 | `Item` | one thing that stands open: in 待办, on the board, on a handover |
//! | 行程 | leg | one leg of somebody's journey |
//! | 口径 | `Told` | which figure was told to whom, when |
//! | 班次, 交接班 | shift, `Handover` | who is on duty, and passing it on |
//! | 值班日志 | log | every act, in order, for good: an *op* of an officer holds *events*; on screen it is an *entry* |
//!
//! Words that are easily taken for each other:
//!
//! | word | is | is not |
//! |---|---|---|
//! | contact | `Contact`, 外部联系人: somebody outside the school | who answers for a person is the *assigned contact* (包保联系人); having met a case is *exposure*, its last day the *last contact* (末次接触) on screen alone; talking to somebody is a *follow-up*; meaning to call again is `ItemKind::Again`, `contact` on the wire |
//! | told | 口径: a figure that was given out | who said something of themselves is who it was *told by*; what somebody answered was *heard* |
//! | call | the telephone's: a follow-up by that channel, the row of any follow-up in a list (`CallRow`), the one that rings (`Caller`) | a reminder of a missing report is a *chase*, whatever the channel; a list of whom to ring is a *call sheet* |
//! | role | what an officer may do (`officer::Role`) | in what way somebody has a number is *whose* it is (`phone::Whose`); what a font is for stays inside the papers |
//! | deadline, due | when a report must be in; when an item must be seen to | 期满 is *due for release* |

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

    /// A sentence around the word, in each language.
    pub fn within(self, around: impl Fn(&'static str) -> Say) -> Say {
        Say { zh: around(self.zh).zh, en: around(self.en).en }
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

    /// A sentence around this one, in each language.
    #[must_use]
    pub fn within(&self, around: impl Fn(&str) -> Self) -> Self {
        Self { zh: around(&self.zh).zh, en: around(&self.en).en }
    }

    /// Names in a row, parted as each language parts them.
    pub fn listed<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut out = Self::default();
        for (i, name) in names.into_iter().enumerate() {
            if i > 0 {
                out.zh.push('、');
                out.en.push_str(", ");
            }
            out.zh.push_str(name.as_ref());
            out.en.push_str(name.as_ref());
        }
        out
    }
}

impl From<Word> for Say {
    fn from(word: Word) -> Self {
        Self { zh: word.zh.to_owned(), en: word.en.to_owned() }
    }
}

/// An English word as it stands after a number: `one` after 1, else `many`.
pub fn counted(n: &dyn fmt::Display, one: &'static str, many: &'static str) -> &'static str {
    use fmt::Write;
    /// Takes what is written and remembers only whether it was `1`: 0 nothing yet, 1 that, 2 anything else.
    struct One(u8);
    impl Write for One {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            for byte in text.bytes() {
                self.0 = if self.0 == 0 && byte == b'1' { 1 } else { 2 };
            }
            Ok(())
        }
    }
    let mut seen = One(0);
    // Writing there cannot fail, and a number that would not be written is not one.
    let _ = write!(seen, "{n}");
    if seen.0 == 1 { one } else { many }
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
/// # use zhiban::say::Lang;
/// assert_eq!(OUTSTANDING.get(Lang::En), "Outstanding");
/// assert_eq!(rows_rejected(3).get(Lang::Zh), "3 行未收");
/// ```
///
/// An argument of type `Say` or `Word` would need its own language: pass `{a}` for plain values, and build
/// from parts where a part is itself a sentence. English counts: behind a semicolon a word is given as it stands
/// after one and after any other number.
///
/// ```
/// zhiban::words! {
///     /// Calls made.
///     made(n; calls = n "call" "calls"): "打了 {n} 个电话", "{n} {calls} made";
/// }
/// # use zhiban::say::Lang;
/// assert_eq!(made(1).get(Lang::En), "1 call made");
/// assert_eq!(made(0).get(Lang::En), "0 calls made");
/// ```
#[macro_export]
macro_rules! words {
    () => {};
    ($(#[$m:meta])* $name:ident : $zh:literal, $en:literal ; $($rest:tt)*) => {
        $(#[$m])* pub const $name: $crate::say::Word = $crate::say::Word { zh: $zh, en: $en };
        $crate::words! { $($rest)* }
    };
    ($(#[$m:meta])* $name:ident ( $($arg:ident),+ ; $($p:ident = $of:ident $one:literal $many:literal),+ ) : $zh:literal, $en:literal ; $($rest:tt)*) => {
        $(#[$m])* pub fn $name($($arg: impl ::std::fmt::Display),+) -> $crate::say::Say {
            $(let $p = $crate::say::counted(&$of, $one, $many);)+
            $crate::say::Say { zh: format!($zh), en: format!($en) }
        }
        $crate::words! { $($rest)* }
    };
    ($(#[$m:meta])* $name:ident ( $($arg:ident),+ ) : $zh:literal, $en:literal ; $($rest:tt)*) => {
        $(#[$m])* pub fn $name($($arg: impl ::std::fmt::Display),+) -> $crate::say::Say {
            $crate::say::Say { zh: format!($zh), en: format!($en) }
        }
        $crate::words! { $($rest)* }
    };
}
