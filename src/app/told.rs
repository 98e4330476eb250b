//! 口径簿, what was told to whom, with the difference from now; and the report spoken in thirty seconds.

use super::keymap::Action;
use super::report::channels;
use super::wrong::{Wrong, channel, needed, wrong};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::ToldPage;
use crate::app::shown::pages::told::{Telling, figure_line};
use crate::app::shown::paper::PaperAsk;
use crate::app::shown::state::{Layer, SpokenBox, State};
use crate::domain::sitrep::told::headlines;
use crate::domain::sitrep::{Figure, Figures, Key};
use crate::i18n::screen;
use crate::i18n::sitrep as say;
use crate::i18n::sitrep as words;

use crate::paper::spoken::said;
use crate::say::{Lang, Say};
use crate::store::act::Act;
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

    /// A told figure, recorded by hand.
    pub(super) fn form_told(&mut self) {
        let Some(page) = self.page_of::<ToldPage>() else { return };
        let Some(view) = &page.view else {
            self.tell(Tone::Info, say::NOT_YET);
            return;
        };
        let telling = Telling {
            day: view.report.day,
            boundary: view.report.boundary,
            figures: headlines(&view.report),
            choose: true,
        };
        let options = telling.figures.0.iter().map(|(key, figure)| {
            let line = figure_line(key, &words::row(key.axis, &key.row), figure.value);
            (Choice::new(&key.to_string(), line), false)
        });
        let fields = vec![
            Field::line("to", say::TOLD_TO, ""),
            Field::many("which", say::WHICH, options.collect()).hint(screen::SPACE_TICKS),
            Field::line("value", say::VALUE, "").hint(say::VALUE_HINT),
            Field::choice("channel", say::BY_WAY, channels(), 0),
            Field::line("at", say::C_AT, "").hint(screen::AT_HINT),
            Field::line("words", say::REMARK, ""),
        ];
        self.show(Form::new(FormKind::Tell(Box::new(telling)), say::ADD_TOLD.into(), fields));
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
                let telling =
                    Telling { day: data.day, boundary: data.boundary, figures: said(data), choose: false };
                if self.need_officer().is_none() {
                    return;
                }
                let fields = vec![
                    Field::line("to", say::TOLD_TO, ""),
                    Field::choice("channel", say::BY_WAY, channels(), 0),
                    Field::line("words", say::REMARK, ""),
                ];
                self.show(Form::new(FormKind::Tell(Box::new(telling)), say::SPOKEN_TO.into(), fields));
            }
            _ => {}
        }
    }
}

/// The act of a form that records what was told.
pub(super) fn tell_act(form: &Form, telling: &Telling) -> Result<Act, Wrong> {
    let to = needed(form, "to", say::TO_NEEDED)?;
    let channel = channel(form);
    let figures = if telling.choose { chosen(form, telling)? } else { telling.figures.clone() };
    let words = form.value("words");
    Ok(Act::Tell { to, channel, day: telling.day, boundary: telling.boundary, figures, words })
}

fn chosen(form: &Form, telling: &Telling) -> Result<Figures, Wrong> {
    let keys: Vec<Key> = form.value("which").split(',').filter_map(Key::parse).collect();
    if keys.is_empty() {
        return wrong("which", say::WHICH_NEEDED);
    }
    let mut figures = telling.figures.only(&keys);
    let typed = form.value("value");
    if typed.is_empty() {
        return Ok(figures);
    }
    match (typed.parse::<i64>(), keys.as_slice()) {
        (Ok(value), [key]) if value >= 0 => {
            // Who was meant by another number nobody knows.
            if figures.value(key) != value {
                figures.0.insert(key.clone(), Figure { value, ids: Vec::new() });
            }
            Ok(figures)
        }
        _ => wrong("value", say::BAD_VALUE),
    }
}
