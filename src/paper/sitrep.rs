//! The situation report as a paper: in tables, or in the wording of a bulletin. One whose sums do not hold is no
//! paper at all.

mod context;
mod pictures;

use super::chart::Chart;
use super::sheet::Sheet;
use super::{Moment, PaperKind, Source};
use crate::domain::codes;
use crate::domain::letterhead::Letterhead;
use crate::error::{Error, Result};
use crate::i18n::sitrep as words;
use crate::say::{Lang, Say};
use crate::store::query::rows::SitrepView;
use serde_json::Value;

codes! {
    /// How a report is worded. Each is a part of the template, which an office may change.
    Wording {
        /// Everything: tables, sums, trend, what was told.
        Tables = "tables",
        /// One paragraph of the school's numbers: who is in Hubei, under observation, released, on campus.
        Numbers = "numbers",
        /// One paragraph campus by campus: observation points, fever, who is kept under medical observation.
        Campus = "campus",
    }
}

/// How many cells a refusal names.
const NAMED: usize = 6;

/// A situation report, ready to be put into words.
#[derive(Debug, Clone, PartialEq)]
pub struct SitrepPaper {
    view: SitrepView,
    wording: Wording,
    letterhead: Letterhead,
}

impl SitrepPaper {
    /// The paper of a report.
    ///
    /// # Errors
    /// Refused when a sum of it does not hold, naming the cells.
    pub fn of(view: SitrepView, wording: Wording, letterhead: &Letterhead) -> Result<Self> {
        if !view.bad.is_empty() {
            let cells: Vec<Say> = view.bad.iter().take(NAMED).map(words::bad_sum).collect();
            return Err(Error::refused(words::bad_sums(view.bad.len(), &cells)));
        }
        // What was sent keeps the head it was sent with.
        let letterhead = view.report.letterhead.as_ref().unwrap_or(letterhead).clone();
        Ok(Self { view, wording, letterhead })
    }

    /// The report with what is needed to read it.
    pub fn view(&self) -> &SitrepView {
        &self.view
    }
}

impl Source for SitrepPaper {
    fn kind(&self) -> PaperKind {
        PaperKind::Sitrep
    }

    fn office(&self) -> &str {
        &self.view.office
    }

    fn cut(&self) -> Option<Moment> {
        Some(Moment::of(self.view.calendar, self.view.report.cut_at))
    }

    fn context(&self, lang: Lang) -> Value {
        context::context(self, lang)
    }

    fn charts(&self, lang: Lang) -> Vec<Chart> {
        pictures::charts(&self.view, lang)
    }

    fn sheets(&self, lang: Lang) -> Vec<Sheet> {
        pictures::sheets(&self.view, lang)
    }

    fn json(&self, lang: Lang) -> Value {
        context::json(&self.view, lang)
    }
}
