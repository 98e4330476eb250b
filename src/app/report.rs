//! The report screen (疫情日报): the figures of a day as cells one walks through, each opening the list behind it.

mod build;

use crate::app::shown::report::ReportData;
use build::Build;

use super::keymap::Action;
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::grid::Behind;
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::BehindPage;
use crate::app::shown::paper::PaperAsk;
use crate::app::shown::state::{Home, Layer, State};
use crate::domain::ids::Subject;
use crate::domain::time::hhmm;
use crate::i18n::sitrep as say;
use crate::say::Say;
use chrono::NaiveDate;

impl State {
    /// Takes the figures of the report in.
    pub(super) fn take_report(&mut self, data: Box<ReportData>) {
        self.report.data = Some(data);
        self.report.error = None;
        self.report.built = None;
    }

    /// Puts the figures into cells when they or the language changed, and keeps the cursor in sight.
    pub(super) fn fit_report(&mut self, width: usize, height: usize) {
        if self.home != Home::Sitrep {
            return;
        }
        if self.report.built != Some(self.lang)
            && let Some(data) = &self.report.data
        {
            let build = Build { data, calendar: self.calendar, lang: self.lang };
            self.report.grid.set(build.sections());
            self.report.built = Some(self.lang);
        }
        self.report.grid.fit(width, height);
    }

    /// Moves over the figures.
    pub(super) fn report_move(&mut self, action: Action) {
        let grid = &mut self.report.grid;
        match action {
            Action::Left => grid.aside(-1),
            Action::Right => grid.aside(1),
            Action::Next => grid.turn(1),
            Action::Prev => grid.turn(-1),
            _ => {}
        }
    }

    /// Enter on a figure: the list behind it.
    pub(super) fn open_figure(&mut self, fx: &mut Vec<Effect>) {
        let Some(cell) = self.report.grid.current() else { return };
        let (behind, text) = (cell.behind.clone(), cell.text.clone());
        match behind {
            Behind::People(ids) if ids.is_empty() => self.tell(Tone::Info, say::NOBODY),
            Behind::Units(ids) if ids.is_empty() => self.tell(Tone::Info, say::NOBODY),
            Behind::People(_) | Behind::Units(_) => {
                let title = Say::same(format!("{} = {text}", self.report.grid.named()));
                self.open_behind(fx, title, behind);
            }
            Behind::Unit(unit) => self.open_page(fx, Subject::Unit(unit)),
            Behind::Day(day) => self.report_day(fx, (day != self.status.day).then_some(day)),
            Behind::Sent(place) => {
                let sent = self.report.data.as_ref().and_then(|data| data.sent.get(place));
                if let Some(sent) = sent {
                    let ask = PaperAsk::Sent(sent.id);
                    self.preview(fx, ask);
                }
            }
            Behind::Nothing => {}
        }
    }

    /// A list of people or units with a title.
    pub(super) fn open_behind(&mut self, fx: &mut Vec<Effect>, title: Say, behind: Behind) {
        self.layers.push(Layer::Page(Box::new(BehindPage::new(title, behind))));
        self.refresh_page(fx);
    }

    fn report_day(&mut self, fx: &mut Vec<Effect>, day: Option<NaiveDate>) {
        self.report.ask.day = day;
        self.load_report(fx);
    }

    /// Esc on the report of an earlier day: back to today's.
    pub(super) fn report_back(&mut self, fx: &mut Vec<Effect>) {
        let earlier = self.home == Home::Sitrep && self.page().is_none() && self.report.ask.day.is_some();
        if earlier {
            self.report_day(fx, None);
        }
    }

    pub(super) fn load_report(&mut self, fx: &mut Vec<Effect>) {
        let ask = self.report.ask;
        self.load(fx, Query::Report(ask));
    }

    /// The next boundary of days: midnight, eight in the morning, the office's own.
    pub(super) fn turn_boundary(&mut self, fx: &mut Vec<Effect>) {
        let mut all = vec![self.calendar.day_start_min, 0, 480];
        all.dedup();
        let now = self.report.ask.boundary.unwrap_or(self.calendar.day_start_min);
        let place = all.iter().position(|minute| *minute == now).map_or(0, |place| (place + 1) % all.len());
        let mut next = all[place];
        if next == now {
            next = if now == 480 { 0 } else { 480 };
        }
        self.report.ask.boundary = Some(next);
        self.load_report(fx);
        self.tell(Tone::Info, say::boundary_is(hhmm(next)));
    }
}

#[cfg(test)]
mod tests;
