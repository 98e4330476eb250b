//! 口径簿, what was told to whom, with the difference from now; and the report spoken in thirty seconds.

use super::forms::told;
use super::keymap::Action;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::ToldPage;
use crate::app::shown::paper::PaperAsk;
use crate::app::shown::state::{Layer, SpokenBox, State};
use crate::i18n::{screen, sitrep as say};
use crate::say::{Lang, Say};
use crate::store::query::rows::{Spoken, ToldKind};

impl State {
    /// Enter on an entry: the report as it was sent, or the figures with what is otherwise now.
    pub(super) fn open_told_line(&mut self, fx: &mut Vec<Effect>) {
        let Some(page) = self.page_of::<ToldPage>() else { return };
        let Some(line) = page.rows.current().cloned() else { return };
        match line.row.kind {
            ToldKind::Sitrep(id) | ToldKind::Correction(id) => {
                self.preview(fx, PaperAsk::Sent(id));
            }
            ToldKind::Figures(_) => {
                let title = say::told_title(&line.at, line.row.to());
                let mut lines = line.figures;
                if !line.row.words.is_empty() {
                    lines.push(Say::same(&line.row.words));
                }
                lines.extend(line.against);
                lines.push(screen::by_officer(&line.row.officer));
                self.layers.push(Layer::Detail { title, lines, scroll: 0 });
            }
        }
    }

    /// Opens the spoken report.
    pub(super) fn open_spoken(&mut self, fx: &mut Vec<Effect>) {
        self.layers.push(Layer::Spoken(Box::default()));
        self.load(fx, Query::Spoken);
    }

    /// The spoken report came.
    pub(super) fn take_spoken(&mut self, data: Box<Spoken>, sentences: Vec<Say>) {
        if let Some(spoken) = self.spoken_mut() {
            spoken.data = Some(data);
            spoken.sentences = sentences;
            spoken.error = None;
        }
    }

    pub(super) fn spoken_mut(&mut self) -> Option<&mut SpokenBox> {
        self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Spoken(spoken) => Some(&mut **spoken),
            _ => None,
        })
    }

    /// A key on the spoken report.
    pub(super) fn spoken_key(&mut self, fx: &mut Vec<Effect>, action: Option<Action>) {
        let Some(Layer::Spoken(spoken)) = self.layers.last() else { return };
        match action {
            Some(Action::Back) => {
                self.layers.pop();
            }
            Some(Action::Copy) if !spoken.sentences.is_empty() => {
                let lines: Vec<&str> = spoken.sentences.iter().map(|line| line.get(self.lang)).collect();
                let glue = if self.lang == Lang::Zh { "" } else { " " };
                fx.push(Effect::Copy(lines.join(glue)));
                self.tell(Tone::Good, say::TEXT_COPIED);
            }
            Some(Action::Open) => {
                let Some(data) = &spoken.data else { return };
                let form = told::read_to(data);
                if self.need_officer().is_some() {
                    self.show(form);
                }
            }
            _ => {}
        }
    }
}
