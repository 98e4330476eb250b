//! What a handover leaves behind, on the board and in 待办 beside what is due: items that were taken over unread
//! (未读接班), and questions without an answer.

use super::forms::{answer, dismiss, read_all};
use super::keymap::Action;
use crate::app::shown::effect::Effect;
use crate::app::shown::msg::Tone;
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::{Home, Purpose, State};
use crate::app::shown::table::Target;
use crate::app::shown::wants::{Wants, wants};
use crate::domain::ids::Subject;
use crate::i18n::handover as words;
use crate::i18n::ledger_desk as desk;
use crate::i18n::passing as say;
use crate::i18n::screen;
use crate::say::{Say, Word};
use crate::store::act::Act;
use crate::store::query::rows::{FindingRow, UnreadRow};

/// What `c` does on the lines of 待办 that are chosen.
#[derive(Debug, Clone, Copy)]
pub(super) enum Settling {
    /// Promises end.
    Promises,
    /// What was taken over unread is read.
    Read,
    /// A question is answered.
    Answer,
    /// No case is opened.
    Dismiss,
    /// What one line of a ledger asks for is done.
    Ledger(Wants),
    /// Several entries of a ledger go on together.
    Steps,
}

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

    /// What `c` does here: to the marked lines of 待办, which are then all of one kind, else to the selected one.
    pub(super) fn settling(&self) -> Result<Settling, Word> {
        let chosen = self.due_chosen();
        let promised = |line: &&DueLine| line.due().is_some_and(|row| row.item.promise().is_some());
        match chosen.as_slice() {
            [] => return Err(screen::NOTHING_SELECTED),
            [DueLine::Question(_)] => return Ok(Settling::Answer),
            [DueLine::Due(row)] if row.item.kind.ledger().is_some() => {
                return match wants(row) {
                    Some(Wants::Decision(_)) => Err(desk::DECIDE),
                    Some(wants) => Ok(Settling::Ledger(wants)),
                    None => Err(desk::NO_STATES),
                };
            }
            all if all.iter().all(promised) => return Ok(Settling::Promises),
            [DueLine::Due(_)] => return Err(screen::NOT_A_PROMISE),
            _ => {}
        }
        if chosen.iter().all(|line| line.finding().is_some()) {
            return Ok(Settling::Dismiss);
        }
        let shift = |line: &&DueLine| line.unread().map(|row| row.shift);
        let first = chosen.first().and_then(shift);
        if first.is_some() && chosen.iter().all(|line| shift(line) == first) {
            return Ok(Settling::Read);
        }
        self.due_steps().map(|_| Settling::Steps).map_err(|_| desk::SETTLE_ONE_KIND)
    }

    /// `c` on 待办: a promise ends, what was unread is read, a question is answered.
    pub(super) fn settle(&mut self, fx: &mut Vec<Effect>) {
        match self.settling() {
            Err(why) => self.tell(Tone::Warn, why),
            Ok(Settling::Promises) => self.open_form(fx, Action::ClosePromise),
            Ok(Settling::Read) => {
                let rows: Vec<UnreadRow> =
                    self.due_chosen().into_iter().filter_map(|line| line.unread().cloned()).collect();
                if let Some(shift) = rows.first().map(|row| row.shift).filter(|_| self.reads_unread()) {
                    let items = rows.iter().map(|row| row.item).collect();
                    self.commit(fx, Act::Acknowledge { shift, items }, None, Purpose::Told(say::READ_NOW));
                }
            }
            Ok(Settling::Answer) => {
                let asked = self.due_chosen().into_iter().find_map(DueLine::question);
                if let Some(form) =
                    asked.map(|row| answer::form(row.id, say::asked(&row.asked_by, &row.text)))
                {
                    self.show(form);
                }
            }
            Ok(Settling::Dismiss) => {
                let rows: Vec<FindingRow> =
                    self.due_chosen().into_iter().filter_map(|line| line.finding().cloned()).collect();
                let whom = |row: &FindingRow| Target::new(Some(Subject::Person(row.person)), &row.name);
                let whom = rows.iter().map(whom).collect();
                self.show_about(fx, dismiss::form(rows), whom);
            }
            Ok(Settling::Ledger(Wants::Call(_))) => self.open_form(fx, Action::FollowUp),
            Ok(Settling::Ledger(Wants::Entry)) => self.open_form(fx, Action::AddEntry),
            Ok(Settling::Ledger(Wants::Fill(_))) => self.open_form(fx, Action::Edit),
            Ok(Settling::Ledger(_) | Settling::Steps) => self.open_form(fx, Action::MoveEntry),
        }
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
        let unread: Vec<UnreadRow> =
            self.tables.due.rows().iter().filter_map(|line| line.unread().cloned()).collect();
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
