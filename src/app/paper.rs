//! Papers on the screen: which paper `p` means here, its preview page by page, and the way to the printer.
//!
//! What is seen is what is written and printed: the runtime keeps the paper of a preview under its token until the
//! preview is left.

use super::dialog::steps;
use super::forms;
use super::keymap::Action;
use crate::app::shown::effect::Effect;
use crate::app::shown::msg::Tone;
use crate::app::shown::pages::{LedgerPage, ShiftsPage};
use crate::app::shown::paper::Logged;
use crate::app::shown::paper::PaperAsk;
use crate::app::shown::paper::Preview;
use crate::app::shown::paper::Sheaf;
use crate::app::shown::paper::Which;
use crate::app::shown::state::{Home, Layer, State};
use crate::app::shown::table::moved;
use crate::domain::case::CaseState;
use crate::domain::ids::{ShiftId, Subject, UnitId};
use crate::i18n::form_sheet as sheets;
use crate::i18n::ledger::titled;
use crate::i18n::paper as say;
use crate::paper::file::Format;
use crate::paper::print::{Job, Printers};
use crate::paper::sitrep::Wording;
use crate::say::Say;
use crate::store::query::rows::LedgerAsk;

impl State {
    /// `p`: the preview of the paper of whatever is selected; a short list when there are several.
    pub(super) fn print(&mut self, fx: &mut Vec<Effect>) {
        if self.need_officer().is_none() {
            return;
        }
        let mut papers = self.papers_here();
        match papers.len() {
            0 => self.tell(Tone::Warn, say::NOTHING_TO_PRINT),
            1 => {
                let (_, ask) = papers.remove(0);
                self.preview(fx, ask);
            }
            _ => self.layers.push(Layer::Which(Which { papers, at: 0 })),
        }
    }

    /// Writes the sheets that units fill in: of the selected or marked ones, or of all.
    pub(super) fn unit_forms(&mut self, fx: &mut Vec<Effect>, all: bool) {
        let Some(officer) = self.need_officer() else { return };
        let units = if all { Vec::new() } else { self.units().into_iter().map(|(unit, _)| unit).collect() };
        if units.is_empty() && !all {
            self.tell(Tone::Warn, sheets::NO_UNIT_HERE);
            return;
        }
        self.tell(Tone::Info, say::WRITING);
        fx.push(Effect::WriteForms { officer, units, lang: self.lang });
    }

    /// The papers of what is selected, the likeliest first.
    fn papers_here(&self) -> Vec<(Say, PaperAsk)> {
        if self.find_box().is_none() {
            if let Some(dossier) = self.dossier() {
                return person_papers(dossier);
            }
            if let Some(page) = self.page_of::<ShiftsPage>() {
                let shift = page.rows.current().map(|row| row.closed_at.map(|_| row.id));
                return shift
                    .map(|shift| (say::P_HANDOVER.into(), PaperAsk::Handover(shift)))
                    .into_iter()
                    .collect();
            }
            if let Some(page) = self.page_of::<LedgerPage>() {
                let ask = LedgerAsk { offset: 0, limit: 0, ..page.sheet.ask(page.name.get()) };
                let title = page.ledger.as_deref().map(|ledger| titled(&ledger.title)).unwrap_or_default();
                let mut papers = vec![(title, PaperAsk::Ledger(ask))];
                papers.extend(self.papers_of_target());
                return papers;
            }
            if self.page().is_none() {
                match self.home {
                    Home::Ledgers => {
                        let paper = self.tables.ledgers.current().map(|row| {
                            let ask = LedgerAsk { ledger: row.ledger.name.clone(), ..LedgerAsk::default() };
                            (titled(&row.ledger.title), PaperAsk::Ledger(ask))
                        });
                        return paper.into_iter().collect();
                    }
                    Home::Handover => return vec![(say::P_HANDOVER.into(), PaperAsk::Handover(None))],
                    Home::Sitrep => {
                        let ask = self.report.ask;
                        return [
                            (say::P_SITREP, Wording::Tables),
                            (say::P_NUMBERS, Wording::Numbers),
                            (say::P_CAMPUS, Wording::Campus),
                        ]
                        .into_iter()
                        .map(|(word, wording)| (word.into(), PaperAsk::Sitrep(ask, wording)))
                        .collect();
                    }
                    Home::Cases | Home::Due => return self.call_sheet_or_person(),
                    Home::Board if self.board.here() == Home::Due => return self.call_sheet_or_person(),
                    _ => {}
                }
            }
        }
        let targets = self.targets();
        let units: Vec<UnitId> = targets.iter().filter_map(|target| target.subject?.unit()).collect();
        if !units.is_empty() {
            let feedback = (crate::i18n::feedback::KIND.into(), PaperAsk::Feedback(units.clone()));
            return vec![(say::P_UNIT.into(), PaperAsk::UnitSheets(units)), feedback];
        }
        match targets.first().and_then(|target| target.subject) {
            Some(Subject::Person(person)) => vec![(say::P_DOSSIER.into(), PaperAsk::Dossier(person))],
            _ => Vec::new(),
        }
    }

    fn call_sheet_or_person(&self) -> Vec<(Say, PaperAsk)> {
        let mut papers = vec![(say::P_CALLSHEET.into(), PaperAsk::CallSheet)];
        // What is due in a ledger: its list stands first.
        if let Some((row, _)) = self.wanted()
            && let Some((ledger, _)) = row.item.kind.ledger()
        {
            let ask = LedgerAsk { ledger: ledger.to_owned(), ..LedgerAsk::default() };
            papers.insert(0, (crate::i18n::items::title(row.item.kind).into(), PaperAsk::Ledger(ask)));
        }
        papers.extend(self.papers_of_target());
        papers
    }

    /// The papers of the one person or unit that the selected line is about.
    fn papers_of_target(&self) -> Vec<(Say, PaperAsk)> {
        let targets = self.targets();
        let [target] = targets.as_slice() else { return Vec::new() };
        match target.subject {
            Some(Subject::Person(person)) => {
                vec![(say::dossier_of(&target.name), PaperAsk::Dossier(person))]
            }
            Some(Subject::Unit(unit)) => vec![
                (say::unit_of(&target.name), PaperAsk::UnitSheets(vec![unit])),
                (crate::i18n::feedback::of_unit(&target.name), PaperAsk::Feedback(vec![unit])),
            ],
            Some(Subject::Contact(_)) | None => Vec::new(),
        }
    }

    /// The paper of a handover lies on the disk: its preview says where.
    pub(super) fn handover_written(&mut self, shift: ShiftId, file: String) {
        let asked = PaperAsk::Handover(Some(shift));
        let shown = self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Paper(preview) if preview.ask == asked => Some(preview),
            _ => None,
        });
        if let Some(preview) = shown {
            preview.written = Some(file);
        }
    }

    /// Shows a paper, its private numbers masked.
    pub(super) fn preview(&mut self, fx: &mut Vec<Effect>, ask: PaperAsk) {
        let token = self.token();
        fx.push(Effect::Preview { token, ask: ask.clone(), lang: self.lang, revealed: Logged::default() });
        self.layers.push(Layer::Paper(Box::new(Preview {
            token,
            ask,
            lang: self.lang,
            sheaf: None,
            words: say::MAKING.into(),
            error: None,
            page: 0,
            scroll: 0,
            asking: false,
            written: None,
            lines: Vec::new(),
            width: 0,
        })));
    }

    pub(super) fn preview_of(&mut self, token: u64) -> Option<&mut Preview> {
        self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Paper(preview) if preview.token == token => Some(&mut **preview),
            _ => None,
        })
    }

    /// A paper was made.
    pub(super) fn paged(&mut self, token: u64, sheaf: Sheaf) {
        let warning = sheaf.warning.clone();
        let Some(preview) = self.preview_of(token) else { return };
        preview.sheaf = Some(Box::new(sheaf));
        preview.width = 0;
        if let Some(warning) = warning {
            self.tell(Tone::Warn, warning);
        }
    }

    /// A paper could not be made.
    pub(super) fn paper_failed(&mut self, token: u64, error: Say) {
        match self.preview_of(token) {
            Some(preview) => preview.error = Some(error),
            None => self.tell(Tone::Bad, error),
        }
    }

    /// Lays the pages out for the window as it is now.
    pub(super) fn fit_papers(&mut self) {
        let width = usize::from(super::layout::paper(self.size).width);
        for layer in &mut self.layers {
            if let Layer::Paper(preview) = layer
                && preview.width != width
            {
                preview.lay(width);
            }
        }
    }

    /// A key on the short list of papers.
    pub(super) fn which_key(&mut self, fx: &mut Vec<Effect>, action: Option<Action>) {
        let Some(Layer::Which(which)) = self.layers.last_mut() else { return };
        match action {
            Some(Action::Back) => {
                self.layers.pop();
            }
            Some(Action::Open) => {
                let Which { mut papers, at } = which.clone();
                self.layers.pop();
                if at < papers.len() {
                    let (_, ask) = papers.swap_remove(at);
                    self.preview(fx, ask);
                }
            }
            Some(action) => which.at = moved(which.at, steps(action).unwrap_or(0), which.papers.len()),
            None => {}
        }
    }

    /// A key on a preview.
    pub(super) fn paper_key(&mut self, fx: &mut Vec<Effect>, action: Action) {
        let height = usize::from(super::layout::paper(self.size).height).max(1);
        let Some(Layer::Paper(preview)) = self.layers.last_mut() else { return };
        let (token, made) = (preview.token, preview.sheaf.is_some());
        let screenful = (height as i64 - 1).max(1);
        match action {
            Action::Back => {
                self.layers.pop();
                fx.push(Effect::Cancel { token });
            }
            Action::Help => self.help(),
            Action::Up => preview.step(-1, height),
            Action::Down => preview.step(1, height),
            Action::PageUp => preview.step(-screenful, height),
            Action::PageDown => preview.step(screenful, height),
            Action::Prev => preview.turn(-1),
            Action::Next => preview.turn(1),
            Action::Top => preview.turn(i64::MIN / 2),
            Action::Bottom => preview.turn(i64::MAX / 2),
            _ if !made => self.tell(Tone::Info, say::NOT_MADE_YET),
            Action::Print => {
                preview.asking = true;
                fx.push(Effect::Printers { token });
                self.tell(Tone::Info, say::ASKING_PRINTERS);
            }
            Action::WritePdf => self.write_paper(fx, token, Format::Pdf),
            Action::WriteText => self.write_paper(fx, token, Format::Text),
            Action::WriteSheet => self.write_paper(fx, token, Format::Xlsx),
            Action::Reveal => forms::reveal::of_paper(self, token),
            _ => {}
        }
    }

    fn write_paper(&mut self, fx: &mut Vec<Effect>, token: u64, format: Format) {
        let Some(officer) = self.need_officer() else { return };
        let tables = self.preview_of(token).and_then(|p| p.sheaf.as_ref()).is_some_and(|s| s.tables);
        if format == Format::Xlsx && !tables {
            self.tell(Tone::Warn, say::NO_TABLES);
            return;
        }
        self.tell(Tone::Info, say::WRITING);
        fx.push(Effect::WritePaper { token, officer, format });
    }

    /// It is in the log that the numbers were asked for: the paper is made anew with them.
    pub(super) fn paper_revealed(&mut self, fx: &mut Vec<Effect>, token: u64) {
        let Some(preview) = self.preview_of(token) else { return };
        let revealed = preview.sheaf.take().map(|sheaf| sheaf.numbers).unwrap_or_default();
        preview.width = 0;
        let (ask, lang) = (preview.ask.clone(), preview.lang);
        fx.push(Effect::Preview { token, ask, lang, revealed });
        self.tell(Tone::Good, say::REVEALED_ON_PAPER);
    }

    /// The printers, and how it was printed last: choose one. Without any the runtime writes the file and says where.
    pub(super) fn printers(&mut self, fx: &mut Vec<Effect>, token: u64, printers: &Printers, last: &Job) {
        let Some(preview) = self.preview_of(token) else { return };
        if !std::mem::take(&mut preview.asking) {
            return;
        }
        let title = preview.sheaf.as_ref().map_or_else(String::new, |sheaf| sheaf.title.clone());
        self.feedback = None;
        if printers.all.is_empty() {
            if let Some(officer) = self.need_officer() {
                fx.push(Effect::PrintPaper { token, officer, job: Job::on("") });
            }
            return;
        }
        let form = forms::print::form(token, &title, printers, last);
        self.show(form);
    }
}

/// The papers of one person: a released case has its notice, too.
fn person_papers(dossier: &crate::store::query::rows::Dossier) -> Vec<(Say, PaperAsk)> {
    let mut papers = vec![(say::P_DOSSIER.into(), PaperAsk::Dossier(dossier.id))];
    let newest = dossier.cases.iter().max_by_key(|case| case.opened_at);
    if newest.is_some_and(|case| case.state == CaseState::Released) {
        papers.push((say::P_RELEASE.into(), PaperAsk::Release(dossier.id)));
    }
    papers
}

#[cfg(test)]
mod tests;
