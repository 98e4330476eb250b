//! Fields that are typed, chosen or ticked.

use crate::i18n::forms as say;
use crate::i18n::rights;
use crate::i18n::terms::{Term, word};
use crate::say::{Say, Word};
use ratatui_textarea::{TextArea, WrapMode};
use tui_input::Input;

/// How a field is filled in.
#[derive(Debug, Clone)]
pub enum Entry {
    /// One line.
    Line(Input),
    /// One line that nobody is to read over a shoulder.
    Secret(Input),
    /// Several lines.
    Words(Box<TextArea<'static>>),
    /// One of these.
    Choice(Vec<Choice>, usize),
    /// Any of these; the last is where the cursor stands.
    Many(Vec<(Choice, bool)>, usize),
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its words.
    pub say: Say,
}

impl Choice {
    /// A choice with a word.
    pub fn new(code: &str, say: impl Into<Say>) -> Self {
        Self { code: code.to_owned(), say: say.into() }
    }
}

/// One field of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in drafts.
    pub id: &'static str,
    /// Its label.
    pub label: Word,
    /// How it is filled in.
    pub entry: Entry,
    /// A word about what may be typed.
    pub hint: Say,
    /// What stands there now, shown as long as the line is empty; it is no value of the field.
    pub present: String,
    /// What nobody is to read over the shoulder is shown as it was typed, because whoever types it wants to see it.
    pub open: bool,
}

impl Field {
    /// A field of one line.
    pub fn line(id: &'static str, label: Word, value: &str) -> Self {
        Self {
            id,
            label,
            entry: Entry::Line(Input::new(value.to_owned())),
            hint: Say::default(),
            present: String::new(),
            open: false,
        }
    }

    /// A field of one line with what stands there now. A text into which a number was typed stands beside it with that
    /// hidden, as `masked`, and stays while nothing is typed.
    pub fn kept(id: &'static str, label: Word, value: &str, masked: &str) -> Self {
        if value == masked {
            return Self::line(id, label, value);
        }
        Self::line(id, label, "").hint(say::BLANK_UNCHANGED).present(masked.to_owned())
    }

    /// A field of one line that is shown as stars.
    pub fn secret(id: &'static str, label: Word) -> Self {
        let entry = Entry::Secret(Input::default());
        Self { id, label, entry, hint: Say::default(), present: String::new(), open: false }
    }

    /// A field of several lines.
    pub fn words(id: &'static str, label: Word) -> Self {
        Self {
            id,
            label,
            entry: Entry::Words(Box::new(area(""))),
            hint: Say::default(),
            present: String::new(),
            open: false,
        }
    }

    /// One of these.
    pub fn choice(id: &'static str, label: Word, options: Vec<Choice>, at: usize) -> Self {
        Self {
            id,
            label,
            entry: Entry::Choice(options, at),
            hint: Say::default(),
            present: String::new(),
            open: false,
        }
    }

    /// Any of these.
    pub fn many(id: &'static str, label: Word, options: Vec<(Choice, bool)>) -> Self {
        Self {
            id,
            label,
            entry: Entry::Many(options, 0),
            hint: Say::default(),
            present: String::new(),
            open: false,
        }
    }

    /// Adds a word about what may be typed.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Say>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Shows what stands there now while nothing is typed: a private number, its middle hidden.
    #[must_use]
    pub fn present(mut self, shown: String) -> Self {
        self.present = shown;
        self
    }

    /// What stands in it, as text.
    pub fn value(&self) -> String {
        match &self.entry {
            Entry::Line(input) => input.value().trim().to_owned(),
            Entry::Secret(input) => input.value().to_owned(),
            Entry::Words(area) => area.lines().join("\n").trim().to_owned(),
            Entry::Choice(options, at) => options.get(*at).map(|o| o.code.clone()).unwrap_or_default(),
            Entry::Many(options, _) => options
                .iter()
                .filter(|(_, on)| *on)
                .map(|(o, _)| o.code.as_str())
                .collect::<Vec<_>>()
                .join(","),
        }
    }

    /// Puts text in it.
    pub fn set(&mut self, value: &str) {
        match &mut self.entry {
            Entry::Line(input) | Entry::Secret(input) => *input = Input::new(value.to_owned()),
            Entry::Words(words) => **words = area(value),
            Entry::Choice(options, at) => {
                if let Some(found) = options.iter().position(|o| o.code == value) {
                    *at = found;
                }
            }
            Entry::Many(options, _) => {
                for (option, on) in options {
                    *on = value.split(',').any(|code| code == option.code);
                }
            }
        }
    }

    /// Whether the same can be chosen here as there.
    pub(in crate::app) fn offers_the_same(&self, other: &Self) -> bool {
        match (&self.entry, &other.entry) {
            (Entry::Choice(mine, _), Entry::Choice(theirs, _)) => mine == theirs,
            _ => false,
        }
    }

    /// Whether it takes several lines of text.
    pub fn is_words(&self) -> bool {
        matches!(self.entry, Entry::Words(_))
    }
}

fn area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::Glyph);
    area.set_cursor_line_style(ratatui::style::Style::default());
    // The terminal's own cursor stands here, where an input method looks for it.
    area.set_cursor_style(ratatui::style::Style::default());
    area.set_selection_style(ratatui::style::Style::new().add_modifier(ratatui::style::Modifier::REVERSED));
    area.move_cursor(ratatui_textarea::CursorMove::Bottom);
    area.move_cursor(ratatui_textarea::CursorMove::End);
    area
}

/// The fields of an approval.
pub(in crate::app) fn approval(approvers: Vec<Choice>) -> [Field; 2] {
    [
        Field::choice("approved_by", rights::APPROVED_BY, approvers, 0).hint(rights::APPROVED_BY_HINT),
        Field::secret("approver_pin", rights::APPROVER_PIN).hint(rights::APPROVER_PIN_HINT),
    ]
}

/// Every value of the domain as a choice.
pub(in crate::app) fn choices<T: Term + Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|value| Choice::new(code(*value), word(*value))).collect()
}

/// No, or yes.
pub(in crate::app) fn no_yes() -> Vec<Choice> {
    vec![Choice::new("no", say::NO_WORD), Choice::new("yes", say::YES_WORD)]
}

/// A title: what, about whom.
pub(in crate::app) fn titled(what: Word, who: &Say) -> Say {
    if who.zh.is_empty() {
        return what.into();
    }
    Say { zh: format!("{}：{}", what.zh, who.zh), en: format!("{}: {}", what.en, who.en) }
}

/// A text that may not be there.
pub(in crate::app) fn opt(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}
