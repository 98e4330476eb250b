//! The report screen as it stands.

use super::grid::Grid;
use crate::domain::letterhead::Letterhead;
use crate::domain::time::{Calendar, hhmm};
use crate::i18n::sitrep as say;
use crate::say::{Lang, Say};
use crate::store::query::rows::{SentRow, SitrepAsk, SitrepView};

/// What the report screen shows, read at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportData {
    /// The figures, and what was told otherwise before.
    pub view: SitrepView,
    /// Reports that were sent, the newest first.
    pub sent: Vec<SentRow>,
    /// How the office's papers are headed.
    pub usual: Letterhead,
    /// The code that stands before the numbers of its papers (机关代字); empty for none.
    pub doc_code: String,
}

/// The report screen.
#[derive(Debug, Clone, Default)]
pub struct ReportScreen {
    /// Which day, with which boundary.
    pub ask: SitrepAsk,
    /// The figures, once loaded.
    pub data: Option<Box<ReportData>>,
    /// Why they could not be read.
    pub error: Option<Say>,
    /// As cells.
    pub grid: Grid,
    /// In which language the cells are.
    pub(in crate::app) built: Option<Lang>,
}

impl ReportScreen {
    /// What stands on its border: the day, the window, when it was cut.
    pub fn title(&self, calendar: Calendar, lang: Lang) -> String {
        let Some(data) = &self.data else { return say::TITLE.get(lang).to_owned() };
        let report = &data.view.report;
        let (from, to) =
            (calendar.brief(report.from, report.cut_at), calendar.brief(report.until(), report.cut_at));
        say::title(report.day, from, to, hhmm(report.boundary)).get(lang).to_owned()
    }
}
