//! What a handover leaves behind, on the board and in 待办 beside what is due: items that were taken over unread
//! (未读接班), and questions without an answer.

use super::forms::{answer, dismiss, read_all};
use super::keymap::Action;
use crate::app::shown::effect::Effect;
use crate::app::shown::msg::Tone;
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::{Home, Purpose, State};
use crate::app::shown::table::{List, RowId, Target};
use crate::app::shown::wants::{Wants, wants};
use crate::domain::ids::Subject;
use crate::domain::item::DueRow;
use crate::i18n::handover as words;
use crate::i18n::passing as say;
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::{FindingRow, UnreadRow};

impl State {
    /// The line of 待办 with the cursor.
    pub(super) fn due_here(&self) -> Option<&DueLine> {
        if self.page().is_some() {
            return None;
        }
        match self.home {
            Home::Due => self.tables.due.current(),
            Home::Board if self.board.here() == Home::Due => self.board.due.current(),
            _ => None,
        }
    }

    /// `c` on 待办: a promise ends, what was unread is read, a question is answered.
    pub(super) fn settle(&mut self, fx: &mut Vec<Effect>) {
        let is_finding = matches!(self.due_here(), Some(DueLine::Finding(_)));
        if self.marked() > 0 && !is_finding && self.promises().is_empty() && self.due_steps().is_ok() {
            return self.open_form(fx, Action::MoveEntry);
        }
        let marked_promises = self.marked() > 0 && !self.promises().is_empty();
        match self.due_here().cloned() {
            Some(DueLine::Unread(row)) => {
                if self.reads_unread() {
                    let act = Act::Acknowledge { shift: row.shift, items: vec![row.item] };
                    self.commit(fx, act, None, Purpose::Told(say::READ_NOW));
                }
            }
            Some(DueLine::Question(row)) => {
                let form = answer::form(row.id, say::asked(&row.asked_by, &row.text));
                self.show(form);
            }
            Some(DueLine::Finding(_)) => self.dismiss_form(fx),
            Some(DueLine::Due(row)) if row.item.kind.ledger().is_some() && !marked_promises => {
                self.settle_in_ledger(fx, &row);
            }
            _ => self.open_form(fx, Action::ClosePromise),
        }
    }

    /// `c` on what is due in a ledger: what it asks for is done.
    fn settle_in_ledger(&mut self, fx: &mut Vec<Effect>, row: &DueRow) {
        match wants(row) {
            Some(Wants::Call(_)) => self.open_form(fx, Action::FollowUp),
            Some(Wants::Entry) => self.open_form(fx, Action::AddEntry),
            _ => self.open_form(fx, Action::MoveEntry),
        }
    }

    /// `c` on what is to be acted on: why no case is opened, for it or for all that are marked.
    fn dismiss_form(&mut self, fx: &mut Vec<Effect>) {
        let chosen = self.list().map(List::chosen).unwrap_or_default();
        let rows: Vec<FindingRow> = self
            .tables
            .due
            .rows()
            .iter()
            .filter_map(|line| match line {
                DueLine::Finding(row) if chosen.contains(&RowId::Finding(row.person)) => Some(row.clone()),
                _ => None,
            })
            .collect();
        let whom = rows.iter().map(|row| Target::new(Some(Subject::Person(row.person)), &row.name)).collect();
        self.show_about(fx, dismiss::form(rows), whom);
    }

    /// Whether whoever sits here is the officer for whom what is unread waits; says whom it waits for where not.
    fn reads_unread(&mut self) -> bool {
        let me = self.officer.as_ref().map(|(id, _)| *id);
        let Some(shift) = self.status.shift.as_ref().filter(|shift| Some(shift.officer) != me) else {
            return true;
        };
        let (waits, why) = (words::unread_waits(&shift.name), words::UNREAD_WAITS_HINT);
        let told = Say { zh: format!("{}。{}", waits.zh, why.zh), en: format!("{}. {}", waits.en, why.en) };
        self.notice(Tone::Warn, told);
        false
    }

    /// Asks whether everything that was taken over unread is read.
    pub(super) fn read_all(&mut self) {
        let unread: Vec<UnreadRow> = self
            .tables
            .due
            .rows()
            .iter()
            .filter_map(|line| match line {
                DueLine::Unread(row) => Some(row.clone()),
                _ => None,
            })
            .collect();
        let Some(first) = unread.first() else {
            self.tell(Tone::Info, say::NOTHING_UNREAD);
            return;
        };
        if !self.reads_unread() {
            return;
        }
        self.show(read_all::form(first.shift, &unread));
    }
}

/// The title of a walk's item with a question on it.
pub fn with_question(words: &Say, text: &str) -> Say {
    Say {
        zh: format!("{}  {}{text}", words.zh, say::ASK_MARK.zh),
        en: format!("{}  {}{text}", words.en, say::ASK_MARK.en),
    }
}
