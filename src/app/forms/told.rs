//! Which figures were told, and to whom: recorded by hand, or as the spoken report said them.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, choices};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::ToldPage;
use crate::app::shown::pages::told::figure_line;
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, channel, needed, wrong};
use crate::domain::followup::Channel;
use crate::domain::sitrep::told::headlines;
use crate::domain::sitrep::{Figure, Figures, Key};
use crate::i18n::{screen, sitrep as say};
use crate::paper::spoken::said;
use crate::store::act::Act;
use crate::store::query::rows::Spoken;
use chrono::NaiveDate;

/// Figures that were told: of which day, where it begins, and which. What was told is not kept half told.
#[derive(Debug)]
pub(super) struct Tell {
    day: NaiveDate,
    /// Where it begins, minutes after midnight.
    boundary: i32,
    /// The figures to choose from, or those of the spoken report.
    figures: Figures,
    /// Which are told is chosen in the form; else all are.
    choose: bool,
}

impl Part for Tell {}

impl Acts for Tell {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let to = needed(form, "to", say::TO_NEEDED)?;
        let channel = channel(form);
        let figures = if self.choose { chosen(form, &self.figures)? } else { self.figures.clone() };
        let words = form.value("words");
        Ok(vec![Act::Tell { to, channel, day: self.day, boundary: self.boundary, figures, words }])
    }
}

/// A told figure, recorded by hand.
pub(super) fn open(desk: &mut State, _: &mut Vec<Effect>) {
    let Some(page) = desk.page_of::<ToldPage>() else { return };
    let Some(view) = &page.view else {
        desk.tell(Tone::Info, say::NOT_YET);
        return;
    };
    let report = &view.report;
    let tell = Tell { day: report.day, boundary: report.boundary, figures: headlines(report), choose: true };
    let options = tell.figures.0.iter().map(|(key, figure)| {
        let line = figure_line(key, &say::row(key.axis, &key.row), figure.value);
        (Choice::new(&key.to_string(), line), false)
    });
    let fields = vec![
        Field::line("to", say::TOLD_TO, ""),
        Field::many("which", say::WHICH, options.collect()).hint(screen::SPACE_TICKS),
        Field::line("value", say::VALUE, "").hint(say::VALUE_HINT),
        Field::choice("channel", say::BY_WAY, choices(Channel::ALL, Channel::code), 0),
        Field::line("at", say::C_AT, "").hint(screen::AT_HINT),
        Field::line("words", say::REMARK, ""),
    ];
    desk.show(Form::of(tell, say::ADD_TOLD.into(), fields));
}

/// The form that records to whom the spoken report was read.
pub(in crate::app) fn read_to(spoken: &Spoken) -> Form {
    let tell = Tell { day: spoken.day, boundary: spoken.boundary, figures: said(spoken), choose: false };
    let fields = vec![
        Field::line("to", say::TOLD_TO, ""),
        Field::choice("channel", say::BY_WAY, choices(Channel::ALL, Channel::code), 0),
        Field::line("words", say::REMARK, ""),
    ];
    Form::of(tell, say::SPOKEN_TO.into(), fields)
}

fn chosen(form: &Form, figures: &Figures) -> Result<Figures, Wrong> {
    let keys: Vec<Key> = form.value("which").split(',').filter_map(Key::parse).collect();
    if keys.is_empty() {
        return wrong("which", say::WHICH_NEEDED);
    }
    let mut figures = figures.only(&keys);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::today;
    use crate::say::Say;

    #[test]
    fn what_was_told_is_not_kept_half_told() {
        let tell = Tell { day: today(), boundary: 0, figures: Figures::default(), choose: true };
        assert!(Form::of(tell, Say::default(), Vec::new()).draft.is_none());
    }
}
