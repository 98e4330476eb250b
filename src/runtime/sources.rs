//! What a paper is made from: the query of each, cut from one snapshot, in the words of its template.

use crate::app::shown::paper::{Logged, PaperAsk};
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::handover;
use crate::i18n::store as say;
use crate::paper::ledger::cells::Voice;
use crate::paper::sitrep::{SitrepPaper, Wording};
use crate::paper::summary::summary;
use crate::paper::template::{self, Templates};
use crate::paper::{
    Paper, Source, access, callsheet, dossier, feedback, frozen, ledger, release, unit_sheet,
};
use crate::say::Lang;
use crate::store::query::rows::SitrepView;
use crate::store::query::{AccessQuery, Span};
use crate::store::{Reader, query};

/// Over how many days a feedback sheet goes that is printed from the desk.
const FEEDBACK_DAYS: i64 = 14;

/// What was asked for, made.
pub(super) struct Cut {
    /// The papers; several for several units.
    pub papers: Vec<Paper>,
    /// Whose private numbers stand on them.
    pub numbers: Logged,
    /// Their numbers stand there in full.
    pub revealed: bool,
    /// The head code of the log they were cut from.
    pub head: String,
}

/// What papers are made with.
pub(super) struct Make<'a> {
    /// The office.
    pub reader: &'a Reader,
    /// The present moment.
    pub now: Ts,
    /// In which language.
    pub lang: Lang,
    /// In which words.
    pub templates: Templates,
}

impl Make<'_> {
    fn paper(&self, source: &dyn Source) -> Result<Paper> {
        template::make(source, self.lang, &self.templates)
    }

    /// A paper without private numbers.
    fn plain(&self, source: &dyn Source, head: String) -> Result<Cut> {
        Ok(Cut { papers: vec![self.paper(source)?], numbers: Logged::default(), revealed: false, head })
    }

    fn sitrep(&self, view: SitrepView, wording: Wording) -> Result<Cut> {
        let head = view.report.head.clone();
        let letterhead = query::settings(self.reader)?.letterhead();
        self.plain(&SitrepPaper::of(view, wording, &letterhead)?, head)
    }

    /// Makes what was asked for. Private numbers stand on it in full when everybody on it is among `logged`: it is in the
    /// log already that they were asked for. Somebody who came onto the paper in between was not.
    pub(super) fn cut(&self, ask: &PaperAsk, logged: &Logged) -> Result<Cut> {
        let (reader, now) = (self.reader, self.now);
        match ask {
            PaperAsk::CallSheet => {
                let sheet = query::call_sheet(reader, now)?;
                let numbers = Logged { people: sheet.people(), calls: sheet.callers(), ..Logged::default() };
                let head = sheet.face.head.clone();
                let revealed = !logged.is_empty() && logged.covers(&numbers);
                let papers = vec![self.paper(&callsheet::Paper { sheet, revealed })?];
                Ok(Cut { papers, numbers, revealed, head })
            }
            PaperAsk::Dossier(person) => {
                let sheet = query::dossier_sheet(reader, *person, now)?;
                let sheet = sheet.ok_or_else(|| Error::not_found(say::NO_PERSON))?;
                let head = sheet.face.head.clone();
                let revealed = logged.people.contains(person);
                let papers = vec![self.paper(&dossier::Paper::new(sheet, revealed))?];
                let numbers = Logged::person(*person);
                Ok(Cut { papers, numbers, revealed, head })
            }
            PaperAsk::Access(person) => {
                let query = AccessQuery { person: *person, ..AccessQuery::default() };
                let sheet = query::access(reader, &query, now)?;
                let head = sheet.face.head.clone();
                self.plain(&access::Paper { sheet }, head)
            }
            PaperAsk::Release(person) => {
                let sheet = query::release_sheet(reader, *person, now)?;
                let sheet = sheet.ok_or_else(|| Error::not_found(say::NO_PERSON))?;
                let head = sheet.face.head.clone();
                self.plain(&release::Paper::of(sheet, false)?, head)
            }
            PaperAsk::UnitSheets(units) => {
                let mut cut = Cut {
                    papers: Vec::new(),
                    numbers: Logged::default(),
                    revealed: false,
                    head: String::new(),
                };
                for unit in units {
                    let sheet = unit_sheet::Paper::each(query::debts(reader, Some(*unit), now)?).pop();
                    let sheet = sheet.ok_or_else(|| Error::not_found(say::NO_UNIT))?;
                    cut.papers.push(self.paper(&sheet)?);
                    sheet.head().clone_into(&mut cut.head);
                }
                Ok(cut)
            }
            PaperAsk::Feedback(units) => {
                let mut cut = Cut {
                    papers: Vec::new(),
                    numbers: Logged::default(),
                    revealed: false,
                    head: String::new(),
                };
                let all = feedback::Paper::each(query::feedback(reader, Span::Last(FEEDBACK_DAYS), now)?);
                for sheet in all.iter().filter(|sheet| units.contains(&sheet.unit().id)) {
                    cut.papers.push(self.paper(sheet)?);
                    sheet.head().clone_into(&mut cut.head);
                }
                if cut.papers.is_empty() {
                    return Err(Error::not_found(crate::i18n::feedback::NOBODY));
                }
                Ok(cut)
            }
            PaperAsk::Ledger(ask) => {
                let page = query::ledger(reader, ask, now)?;
                let calendar = query::settings(reader)?.calendar;
                let (people, entries) = ledger::numbers(reader, &page, now)?;
                let numbers = Logged { people, entries, ..Logged::default() };
                let revealed = !logged.is_empty() && logged.covers(&numbers);
                let voice = Voice { lang: self.lang, calendar, now, revealed };
                let narrowed = !ask.filter.trim().is_empty();
                let source = ledger::Paper::of(reader, &voice, &page, &ask.filter, narrowed)?;
                let (papers, head) = (vec![self.paper(&source)?], source.head().to_owned());
                Ok(Cut { papers, numbers, revealed, head })
            }
            PaperAsk::Sitrep(ask, wording) => self.sitrep(query::sitrep(reader, now, ask)?, *wording),
            PaperAsk::Sent(id) => {
                let view = query::sitrep_of(reader, *id)?;
                self.sitrep(view.ok_or_else(|| Error::not_found(say::NO_SITREP))?, Wording::Tables)
            }
            PaperAsk::Handover(None) => {
                let cut = summary(reader, now)?;
                let cut = cut.ok_or_else(|| Error::refused(say::NO_SHIFT).hint(say::NO_SHIFT_HINT))?;
                let head = cut.head.clone();
                self.plain(&cut, head)
            }
            PaperAsk::Handover(Some(shift)) => {
                let kept = frozen::signed(reader, *shift)?;
                let kept = kept.ok_or_else(|| Error::not_found(handover::NO_SIGNED_SHIFT))?;
                let paper = kept.paper(self.lang, &self.templates)?;
                let head = kept.summary.head;
                Ok(Cut { papers: vec![paper], numbers: Logged::default(), revealed: false, head })
            }
        }
    }
}
