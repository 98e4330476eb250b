//! What a key does where the cursor stands. The footer, the help and the palette ask here, and so does the key itself:
//! what is offered does something, and what does nothing says why.

use super::dialog::fitting;
use super::forms::entry;
use super::keymap::{self, Action, BINDINGS, Binding, Context};
use super::left::Settling;
use crate::app::shown::pages::{EntryPage, LedgerPage};
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::{Home, Layer, State};
use crate::app::shown::table::{List, RowId, TableRow, Target};
use crate::app::shown::wants::{Wants, declared, open_steps, wants};
use crate::domain::ids::{EntryId, Subject};
use crate::domain::item::DueRow;
use crate::i18n::ledger as words;
use crate::i18n::ledger_desk as say;
use crate::i18n::{doubts, keys, received, screen};
use crate::say::{Say, Word};
use crate::search::found::Target as Hit;
use crate::store::query::rows::EntryRow;
use std::collections::BTreeSet;

/// Nobody among these is known.
fn of_nobody(targets: &[Target]) -> bool {
    !targets.is_empty() && targets.iter().all(|target| target.subject.is_none())
}

impl State {
    /// Whether an action does anything where the cursor stands, dialogs aside.
    pub fn does(&self, action: Action) -> bool {
        if action == Action::Callers {
            return self.status.unattached > 0 && self.page().is_none();
        }
        self.idle(action).is_none()
    }

    /// Whether it is done to what the list with the cursor is of: on the board that depends on the list.
    fn fits_list(&self, action: Action) -> bool {
        if self.find_box().is_some() || self.page_context() != Context::Board {
            return true;
        }
        match action {
            Action::ClosePromise => self.board.here() == Home::Due,
            Action::Release => self.board.here() == Home::Cases,
            Action::Received | Action::Excuse | Action::ChaseGroup => self.board.here() == Home::Outstanding,
            Action::Case | Action::Reveal => self.board.here() != Home::Outstanding,
            _ => true,
        }
    }

    /// What `?` shows: of the page that is seen what does something there.
    pub fn help_here(&self, context: Context) -> Vec<&'static Binding> {
        let mut all = keymap::help(context);
        // The board has three lists: what each does is shown together.
        if context == self.page_context() && context != Context::Board {
            all.retain(|binding| self.does(binding.action));
        }
        all
    }

    /// What the palette offers for what is typed.
    pub(super) fn commands_here(&self, context: Context, typed: &str) -> Vec<usize> {
        let mut all = fitting(context, typed);
        if context == self.page_context() && context != Context::Board {
            all.retain(|at| self.does(BINDINGS[*at].action));
        }
        all
    }

    /// Why a command that was typed whole is not offered.
    pub(super) fn why_not(&self, context: Context, typed: &str) -> Option<Say> {
        let typed = typed.trim().trim_start_matches(':');
        let of = keymap::commands(context).into_iter().find(|binding| binding.name == typed)?;
        self.idle(of.action)
    }

    /// What a key does here, where that is something else than elsewhere.
    pub fn called_here(&self, action: Action) -> Option<Word> {
        // The readings of a person are no rows of a list: one is told in full.
        if action == Action::Open && self.page_context() == Context::Dossier && self.list().is_none() {
            return Some(keys::ALL_VALUES);
        }
        if action != Action::ClosePromise {
            return None;
        }
        Some(match self.settling().ok()? {
            Settling::Steps | Settling::Ledger(Wants::Step(_)) => keys::MOVE_ENTRY,
            Settling::Ledger(Wants::Call(_)) => keys::FOLLOW_UP,
            Settling::Ledger(Wants::Entry) => keys::ADD_ENTRY,
            Settling::Ledger(Wants::Fill(_)) => keys::EDIT,
            _ => return None,
        })
    }

    /// Whether a key stands in the footer that does what another one beside it does.
    pub fn is_said_by_another(&self, action: Action) -> bool {
        action == Action::ClosePromise && matches!(self.settling(), Ok(Settling::Ledger(Wants::Call(_))))
    }

    /// Why an action does nothing where the cursor stands; none where it does something.
    pub fn idle(&self, action: Action) -> Option<Say> {
        if self.find_box().is_some() {
            return self.idle_in_results(action).map(Say::from);
        }
        if !self.fits_list(action) {
            return Some(screen::OTHER_PANE.into());
        }
        let is_of_rows = matches!(
            action,
            Action::Sort | Action::Reverse | Action::Filter | Action::Mark | Action::MarkAll
        );
        let no_list = self.list().is_none();
        if action == Action::ChaseUnit {
            return match self.units().len() {
                0 => Some(crate::i18n::chase::NO_UNIT.into()),
                1 => None,
                _ => Some(screen::ONE_ROW.into()),
            };
        }
        match (self.page_context(), action) {
            (_, _) if is_of_rows && no_list => Some(say::NO_ROWS.into()),
            (Context::Unit, Action::Open) if no_list => {
                self.report_asked().is_none().then(|| received::NO_REPORT.into())
            }
            (_, Action::OpenReport) => self.report_asked().is_none().then(|| received::NO_REPORT.into()),
            (Context::Received, _) => self.idle_on_received(action).map(Say::from),
            (Context::Entry, Action::Open) if no_list => Some(say::NO_ROWS.into()),
            (Context::Ledger | Context::Entry, Action::Open) if self.selected().is_none() => {
                Some(screen::NOTHING_SELECTED.into())
            }
            (Context::Entry, Action::Next | Action::Prev) => {
                let parts = self.page().map_or(0, |page| page.tabs().len());
                (parts < 2).then(|| say::ONE_PART.into())
            }
            (Context::Ledger | Context::Entry, _) => self.idle_on_entries(action),
            (Context::Ledgers, Action::AddEntry) => {
                self.tables.ledgers.current().is_none().then(|| screen::NOTHING_SELECTED.into())
            }
            (Context::Due, _) => self.idle_on_due(action).map(Say::from),
            (Context::Board, _) if self.board.here() == Home::Due => self.idle_on_due(action).map(Say::from),
            (Context::Dossier, Action::Open) if no_list => {
                self.reading().is_none().then(|| screen::TO_READINGS.into())
            }
            // What is marked among entries of several ledgers has no step of its own.
            (Context::Unit, Action::Mark | Action::MarkAll) if self.is_on_entry() => {
                Some(say::NO_MARKS.into())
            }
            (Context::Contact | Context::Callers, Action::Reveal) => {
                self.caller().is_none().then(|| screen::ONE_PERSON.into())
            }
            (Context::Board | Context::Log, Action::Attach) => {
                self.unknown_call().is_none().then(|| screen::NOT_UNKNOWN.into())
            }
            (Context::Log, _) => self.idle_on_log(action).map(Say::from),
            (Context::Doubts, _) => self.idle_on_doubts(action).map(Say::from),
            _ => None,
        }
    }

    /// A hit may be an entry of a ledger: what is done there to whom a hit is, is done to whom the entry is about.
    fn idle_in_results(&self, action: Action) -> Option<Word> {
        self.found_entry()?;
        let nobody = of_nobody(&self.targets());
        match action {
            Action::FollowUp if nobody => Some(say::NOBODY),
            Action::Case | Action::Erase if self.person().is_none() => Some(say::NO_PERSON),
            Action::Print if nobody => Some(crate::i18n::paper::NOTHING_TO_PRINT),
            _ => None,
        }
    }

    /// The entry that is found, where the cursor of the find box stands on one.
    pub(super) fn found_entry(&self) -> Option<EntryId> {
        match self.find_box()?.hit()?.found.target {
            Hit::Entry(entry) => Some(entry),
            _ => None,
        }
    }

    /// The cursor stands on an entry, on a page that is not about ledgers.
    fn is_on_entry(&self) -> bool {
        matches!(self.selected(), Some(RowId::Entry(_)))
    }

    fn idle_on_log(&self, action: Action) -> Option<Word> {
        match action {
            Action::FollowUp if of_nobody(&self.targets()) && self.unknown_call().is_none() => {
                Some(say::NOBODY)
            }
            Action::Case | Action::Erase if self.person().is_none() => Some(say::NO_PERSON),
            Action::Edit if of_nobody(&self.targets()) => Some(say::NOBODY),
            Action::Reveal | Action::Copy => self.no_number(action),
            _ => None,
        }
    }

    /// A doubt is a person's or a unit's; of several only the answer is one.
    fn idle_on_doubts(&self, action: Action) -> Option<Word> {
        let targets = self.targets();
        let nobody =
            || targets.iter().all(|target| target.subject.is_none_or(|whose| whose.person().is_none()));
        match action {
            Action::ConfirmDoubt | Action::CorrectDoubt | Action::DeferDoubt if targets.is_empty() => {
                Some(screen::NOTHING_SELECTED)
            }
            Action::CorrectDoubt if targets.len() > 1 => Some(doubts::ONE_BY_ONE),
            Action::CorrectDoubt => {
                let row = self.tables.doubts.current();
                row.is_some_and(|row| row.doubt.fields().is_empty()).then_some(doubts::NOTHING_TO_CORRECT)
            }
            Action::Case | Action::Erase if nobody() => Some(say::NO_PERSON),
            Action::Reveal => self.no_number(action),
            _ => None,
        }
    }

    pub(super) fn no_number(&self, action: Action) -> Option<Word> {
        if self.whose_number().is_some() {
            return None;
        }
        if action == Action::Reveal {
            return Some(if self.targets().len() > 1 { screen::ONE_PERSON } else { say::NO_PERSON });
        }
        let office = match self.page() {
            Some(page) => page.office_phone(),
            None => self.list().and_then(List::office_phone),
        };
        office.is_none_or(|number| number.is_empty()).then_some(screen::NO_NUMBER)
    }

    /// On a ledger's list, and on an entry.
    fn idle_on_entries(&self, action: Action) -> Option<Say> {
        let meant = || entry::meant(self, false);
        Some(
            match action {
                Action::FollowUp => {
                    let targets = self.targets();
                    match () {
                        () if targets.is_empty() => screen::NOTHING_SELECTED,
                        () if of_nobody(&targets) => say::NOBODY,
                        () => return None,
                    }
                }
                Action::MoveEntry => match self.moving() {
                    Some((part, rows)) => return open_steps(part, &rows).err(),
                    None => screen::NOTHING_SELECTED,
                },
                Action::Edit | Action::WithdrawEntry => match meant().as_slice() {
                    [] => screen::NOTHING_SELECTED,
                    [one] if self.is_withdrawn(*one) => words::WITHDRAWN,
                    [_] => return None,
                    _ => screen::ONE_ROW,
                },
                Action::AddEntry => {
                    let sheet = self.page_of::<EntryPage>()?.sheet.as_deref()?;
                    let takes = sheet.ledger.lines.is_some() && sheet.entry.row.parent.is_none();
                    return (!takes).then(|| words::NO_LINES.into());
                }
                Action::TakeUp | Action::Decline if !self.proposes() => say::NOTHING_PROPOSED,
                Action::Reveal if self.whose_number().is_none() => words::NO_NUMBERS,
                Action::Copy => self.no_number(action)?,
                _ => return None,
            }
            .into(),
        )
    }

    /// Whether an entry that is seen was withdrawn.
    fn is_withdrawn(&self, entry: EntryId) -> bool {
        let of =
            |rows: &[EntryRow]| rows.iter().any(|row| row.row.id == entry && row.row.withdrawn.is_some());
        if let Some(page) = self.page_of::<LedgerPage>() {
            return of(page.sheet.rows());
        }
        self.page_of::<EntryPage>().is_some_and(|page| {
            let own = page.sheet.as_deref().map(|sheet| std::slice::from_ref(&sheet.entry));
            own.is_some_and(of) || of(page.lines.rows())
        })
    }

    /// The marked lines of 待办, else the selected one.
    pub(super) fn due_chosen(&self) -> Vec<&DueLine> {
        let rows = match (self.page(), self.home) {
            (None, Home::Due) => &self.tables.due,
            (None, Home::Board) if self.board.here() == Home::Due => &self.board.due,
            _ => return Vec::new(),
        };
        if !rows.has_marks() {
            return rows.current().into_iter().collect();
        }
        let chosen: BTreeSet<RowId> = rows.chosen().into_iter().collect();
        let is_chosen = |line: &&DueLine| chosen.contains(&line.id());
        rows.rows().iter().filter(is_chosen).collect()
    }

    /// The one line of 待办 that is due in a ledger, and what it asks for.
    pub(super) fn wanted(&self) -> Option<(&DueRow, Wants)> {
        match self.due_chosen().as_slice() {
            [one] => one.due().and_then(|row| Some((row, wants(row)?))),
            _ => None,
        }
    }

    /// The entries behind the lines of 待办 that are chosen, of one ledger, that go from state to state; or why not.
    pub(super) fn due_steps(&self) -> Result<Vec<EntryId>, Word> {
        let chosen = self.due_chosen();
        let mut entries: Vec<EntryId> = Vec::new();
        let mut of: Option<(String, bool)> = None;
        for line in &chosen {
            let row = line.due().filter(|row| row.item.kind.ledger().is_some()).ok_or(say::NOT_OF_LEDGER)?;
            let (Wants::Step(entry) | Wants::Call(entry)) = wants(row).ok_or(say::NO_STATES)? else {
                return Err(match wants(row) {
                    Some(Wants::Entry) => say::NOT_ENTERED,
                    Some(Wants::Fill(_)) => say::NO_STATES,
                    _ => say::DECIDE,
                });
            };
            let (ledger, _, of_lines) = declared(row.item.kind).ok_or(say::NO_STATES)?;
            let part = ledger.part(of_lines).filter(|part| part.states.is_some()).ok_or(say::NO_STATES)?;
            let this = (ledger.name.clone(), of_lines);
            if of.get_or_insert_with(|| this.clone()) != &this {
                return Err(say::SEVERAL_LEDGERS);
            }
            if chosen.len() > 1 && !part.transitions.iter().any(|step| step.batch) {
                return Err(say::ONE_BY_ONE);
            }
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        if entries.is_empty() { Err(screen::NOTHING_SELECTED) } else { Ok(entries) }
    }

    /// On 待办, where lines of ledgers stand among others.
    fn idle_on_due(&self, action: Action) -> Option<Word> {
        let wanted = self.wanted().map(|(_, wants)| wants);
        let is_marked = self.marked() > 0;
        match action {
            Action::ClosePromise => self.settling().err(),
            Action::Attach => self.unknown_call().is_none().then_some(screen::NOT_UNKNOWN),
            Action::FollowUp => {
                let targets = self.targets();
                let known = self.unknown_call().is_some() || self.caller().is_some();
                let of_ledger = self.due_chosen().into_iter().any(|line| {
                    line.due().is_some_and(|row| row.subject.is_none() && row.item.kind.ledger().is_some())
                });
                (of_ledger || of_nobody(&targets) && !known).then_some(say::NOBODY)
            }
            Action::Case | Action::Erase => {
                let people = self.targets().into_iter().filter_map(|target| target.subject?.person()).count();
                (people == 0).then_some(say::NO_PERSON)
            }
            Action::Edit => match wanted {
                Some(Wants::Entry) => Some(say::NOT_ENTERED),
                Some(_) => None,
                None if is_marked => Some(screen::ONE_ROW),
                None => of_nobody(&self.targets()).then_some(say::NOBODY),
            },
            Action::MoveEntry => self.due_steps().err(),
            Action::TakeUp | Action::Decline => {
                (!matches!(wanted, Some(Wants::Decision(_)))).then_some(say::NOTHING_PROPOSED)
            }
            Action::Reveal | Action::Copy => self.no_number(action),
            _ => None,
        }
    }

    /// The entry of a ledger that a row stands for, which is opened as such.
    pub(super) fn entry_behind(&self, row: RowId) -> Option<EntryId> {
        let about = self.list().and_then(List::about_selected).and_then(|target| target.subject);
        match row {
            RowId::Entry(entry) => Some(entry),
            RowId::Due(item) | RowId::Unread(item)
                if item.kind.ledger().is_some() && about.map(Subject::id) != Some(item.id) =>
            {
                Some(EntryId(item.id))
            }
            _ => None,
        }
    }

    /// Whether the keys go to a page, and no dialog or filter lies above it.
    pub fn is_on_page(&self) -> bool {
        self.layers.last().is_none_or(Layer::is_page) && self.filtering.is_none()
    }
}

#[cfg(test)]
mod tests;
