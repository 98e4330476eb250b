//! The help: every key that works on the page below, under headings, and those that fit what is typed.

use crate::app::dialog::{sounds_like, steps};
use crate::app::keymap::{Action, Context, Group, Key, narrow};
use crate::app::shown::state::{Help, Layer, State};
use crate::app::shown::table::moved;
use crate::say::{Lang, Say};
use crossterm::event::{Event, KeyEvent};
use tui_input::backend::crossterm::EventHandler;

/// The keys of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Those of a binding.
    Bound(&'static [Key]),
    /// The letter that the declaration of a ledger gave to a step.
    Declared(char),
}

impl Keys {
    /// As they are shown.
    pub fn shown(self, lang: Lang, ascii: bool) -> String {
        match self {
            Self::Bound(keys) => keys.iter().map(|key| key.shown(lang, ascii)).collect::<Vec<_>>().join(" "),
            Self::Declared(letter) => letter.to_string(),
        }
    }

    /// Whether one of them is called this.
    fn is(self, typed: &str) -> bool {
        match self {
            Self::Bound(keys) => keys.iter().any(|key| key.name() == typed),
            Self::Declared(letter) => typed.chars().eq([letter]),
        }
    }
}

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow {
    /// A heading.
    Head(Group),
    /// Keys, and what they do.
    Key(Keys, Say),
}

/// Whether a line fits what is typed: its key, its name in the palette, or its words as they are written or sound.
fn fits(keys: Keys, name: &str, words: &Say, typed: &str) -> bool {
    let lower = typed.to_lowercase();
    typed.is_empty()
        || keys.is(typed)
        || [name, &words.zh].iter().any(|text| text.to_lowercase().contains(&lower))
        || words.en.to_lowercase().contains(&lower)
        || sounds_like(&words.zh, &lower).is_some()
}

impl State {
    /// The lines of the help for what is typed, under their headings; a heading without lines is left out.
    pub fn help_rows(&self, context: Context, typed: &str) -> Vec<HelpRow> {
        // A Chinese input method's full-width letters are letters.
        let typed: String = typed.trim().chars().map(narrow).collect();
        let declared = self.declared_help(context).into_iter();
        let declared = declared.map(|(letter, say)| (Group::Act, Keys::Declared(letter), "", say));
        let bound = self.help_here(context).into_iter().map(|binding| {
            let here = self.called_here(binding.action).filter(|_| context == self.page_context());
            let words = here.unwrap_or(binding.words).into();
            (binding.group, Keys::Bound(binding.keys), binding.name, words)
        });
        let all: Vec<(Group, Keys, &str, Say)> =
            declared.chain(bound).filter(|(_, keys, name, words)| fits(*keys, name, words, &typed)).collect();
        let mut out = Vec::with_capacity(all.len() + Group::ALL.len());
        for group in Group::ALL {
            let mut lines = all.iter().filter(|(of, ..)| *of == group).peekable();
            out.extend(lines.peek().map(|_| HelpRow::Head(group)));
            out.extend(lines.map(|(_, keys, _, words)| HelpRow::Key(*keys, words.clone())));
        }
        out
    }

    /// A key while the help is on top: letters narrow it down, Esc takes them away and then closes it.
    pub(super) fn help_key(&mut self, key: KeyEvent, action: Option<Action>) {
        let Some(Layer::Help(help)) = self.layers.last() else { return };
        let len = self.help_rows(help.context, help.filter.value()).len();
        let Some(Layer::Help(Help { scroll, filter, .. })) = self.layers.last_mut() else { return };
        match action {
            Some(Action::Back) if filter.value().is_empty() => {
                self.layers.pop();
            }
            Some(Action::Back) => {
                filter.reset();
                *scroll = 0;
            }
            Some(action) => *scroll = moved(*scroll, steps(action).unwrap_or(0), len),
            None => {
                filter.handle_event(&Event::Key(key));
                *scroll = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::Desk;

    fn rows(desk: &Desk) -> Vec<HelpRow> {
        match desk.state.layers.last() {
            Some(Layer::Help(help)) => desk.state.help_rows(help.context, help.filter.value()),
            other => panic!("no help: {other:?}"),
        }
    }

    fn words(desk: &Desk) -> Vec<String> {
        let key = |row: HelpRow| match row {
            HelpRow::Key(_, words) => Some(words.zh),
            HelpRow::Head(_) => None,
        };
        rows(desk).into_iter().filter_map(key).collect()
    }

    #[test]
    fn every_key_stands_once_under_a_heading() {
        for keys in ["", "3", "6", "9", "0", "-", "4j\n", "8\n"] {
            let mut desk = Desk::new(Lang::Zh, 120, 40);
            desk.keys(keys);
            let context = desk.state.page_context();
            let all = desk.state.help_here(context).len() + desk.state.declared_help(context).len();
            desk.keys("?");
            assert_eq!(words(&desk).len(), all, "{keys}");
            let heads = rows(&desk).into_iter().filter_map(|row| match row {
                HelpRow::Head(group) => Some(group),
                HelpRow::Key(..) => None,
            });
            assert_eq!(heads.collect::<Vec<_>>(), Group::ALL, "{keys}");
        }
    }

    #[test]
    fn typing_narrows_it_down_and_escape_clears_before_it_closes() {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        desk.keys("3?");
        let all = words(&desk);
        // Letters that are keys of the page are typed; what is in the words, spelt or their initials fits.
        desk.keys("查找");
        let found = words(&desk);
        assert!(!found.is_empty() && found.len() < all.len(), "{found:?}");
        assert!(found.iter().any(|words| words.contains("查")), "{found:?}");
        assert_eq!(rows(&desk).iter().filter(|row| matches!(row, HelpRow::Head(_))).count(), 1);
        desk.keys("\u{1b}");
        assert_eq!(words(&desk), all);
        desk.keys("suo");
        assert!(words(&desk).iter().any(|words| words.contains('锁')), "{:?}", words(&desk));
        desk.keys("\u{1b}f");
        assert!(words(&desk).contains(&crate::i18n::keys::FOLLOW_UP.zh.to_owned()), "by its key");
        desk.keys("\u{1b}没有的键");
        assert!(rows(&desk).is_empty());
        desk.keys("\u{1b}\u{1b}");
        assert!(desk.state.layers.is_empty());
        desk.keys("??");
        assert!(desk.state.layers.is_empty(), "the key that opens it closes it");
    }
}
