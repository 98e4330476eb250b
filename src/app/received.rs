//! A received report on the desk: from what it is opened, and its versions.

use crate::app::keymap::Action;
use crate::app::shown::effect::Effect;
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::{DossierPage, ReceivedPage, UnitPage};
use crate::app::shown::state::{Home, State};
use crate::app::shown::table::List;
use crate::domain::ids::{PersonId, Subject};
use crate::domain::report::ReportKey;
use crate::i18n::received as say;
use crate::i18n::screen;
use crate::log::event::Event;
use crate::say::Word;
use crate::store::query::rows::{ReceivedAsk, ReportOf, ReportVersion};

impl State {
    /// The report that the selected row is about, and whose row of it; none where it is about none.
    pub(super) fn report_asked(&self) -> Option<(ReceivedAsk, Option<PersonId>)> {
        let asked = |of, version| ReceivedAsk { of, version };
        if let Some(page) = self.page_of::<DossierPage>() {
            let reading = page.reading(&self.ctx())?;
            let (day, round) = (reading.day, reading.round.clone());
            let of = ReportOf::Key(ReportKey { unit: reading.unit, day, round });
            return Some((asked(of, ReportVersion::Op(reading.op)), Some(page.id)));
        }
        if let Some(page) = self.page_of::<UnitPage>() {
            return Some((asked(page.report()?, ReportVersion::InForce), None));
        }
        if self.page().is_some() {
            return None;
        }
        match self.home {
            Home::Log => {
                let row = self.tables.log.current().filter(|row| !row.undone)?;
                let is_report = match &row.event {
                    Event::SheetImported(_) => row.reports > 0,
                    Event::ReportReceived(_) => true,
                    _ => false,
                };
                is_report.then(|| (asked(ReportOf::Op(row.op), ReportVersion::InForce), None))
            }
            Home::Doubts => {
                let doubt = &self.tables.doubts.current()?.doubt;
                let (day, round) = (doubt.day, doubt.round.clone());
                let of = ReportOf::Key(ReportKey { unit: doubt.unit, day, round });
                Some((asked(of, ReportVersion::InForce), doubt.person()))
            }
            _ => {
                let Some(Subject::Unit(unit)) = self.list()?.about_selected()?.subject else { return None };
                Some((asked(ReportOf::Newest(unit), ReportVersion::InForce), None))
            }
        }
    }

    /// Opens the report that the selected row is about.
    pub(super) fn open_report(&mut self, fx: &mut Vec<Effect>) {
        match self.report_asked() {
            Some((ask, on)) => self.open_over(fx, Box::new(ReceivedPage::new(ask, on))),
            None => self.tell(Tone::Warn, say::NO_REPORT),
        }
    }

    /// Enter on one of several reports opens it, on a version turns to it; else it is the person's page that opens.
    pub(super) fn enter_received(&mut self, fx: &mut Vec<Effect>) -> bool {
        let Some(page) = self.page_of::<ReceivedPage>() else { return false };
        if let Some(ask) = page.brought() {
            self.open_over(fx, Box::new(ReceivedPage::new(ask, None)));
            return true;
        }
        let Some(version) = page.version(None) else { return false };
        self.open_version(fx, version);
        true
    }

    /// The version before, or after.
    pub(super) fn turn_version(&mut self, fx: &mut Vec<Effect>, by: i64) {
        if let Some(version) = self.page_of::<ReceivedPage>().and_then(|page| page.version(Some(by))) {
            self.open_version(fx, version);
        }
    }

    fn open_version(&mut self, fx: &mut Vec<Effect>, version: u32) {
        if let Some(page) = self.page_mut().and_then(|page| page.of_mut::<ReceivedPage>()) {
            page.turn_to(version);
        }
        self.refresh_page(fx);
    }

    /// Why an action does nothing on the page of a report.
    pub(super) fn idle_on_received(&self, action: Action) -> Option<Word> {
        let page = self.page_of::<ReceivedPage>()?;
        let nobody = || self.list().and_then(List::about_selected).is_none();
        match action {
            Action::Older if page.version(Some(-1)).is_none() => Some(say::NO_OLDER),
            Action::Newer if page.version(Some(1)).is_none() => Some(say::NO_NEWER),
            Action::Open if nobody() && page.version(None).is_none() => Some(screen::NOTHING_SELECTED),
            Action::FollowUp | Action::Edit | Action::Print | Action::Case | Action::Erase if nobody() => {
                Some(screen::NOTHING_SELECTED)
            }
            Action::Case | Action::Erase if page.brought().is_some() => {
                Some(crate::i18n::ledger_desk::NO_PERSON)
            }
            Action::Reveal | Action::Copy => self.no_number(action),
            _ => None,
        }
    }
}
