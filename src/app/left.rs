//! What a handover leaves behind, on the board and in 待办 beside what is due: items that were taken over unread
//! (未读接班), and questions without an answer.

use super::effect::Effect;
use super::form::{Choice, Field, Form, FormKind};
use super::keymap::Action;
use super::msg::Tone;
use super::state::{Home, Purpose, State};
use super::table::{Cell, Col, Column, Ctx, Mood, RowId, SortKey, TableRow, Target};
use crate::domain::handover::{ItemRef, QuestionEnd};
use crate::domain::time::Ts;
use crate::i18n::passing as say;
use crate::i18n::screen;
use crate::i18n::terms::word;
use crate::i18n::{Lang, Say, Word};
use crate::store::act::Act;
use crate::store::query::rows::{DueRow, QuestionRow, UnreadRow};

/// One line of 待办.
#[derive(Debug, Clone, PartialEq)]
pub enum DueLine {
    /// A promise, a slot, a call to be made.
    Due(DueRow),
    /// Taken over unread.
    Unread(UnreadRow),
    /// A question without an answer.
    Question(QuestionRow),
}

/// The kinds of items of a handover, in words.
const KINDS: [(&str, Word); 6] = [
    ("outstanding", say::I_OUTSTANDING),
    ("promise", screen::PROMISE),
    ("slot", screen::SLOT),
    ("contact", screen::CALL_AGAIN),
    ("case", say::I_CASE),
    ("question", say::QUESTION),
];

fn kind_place(kind: &str) -> usize {
    KINDS.iter().position(|(known, _)| *known == kind).unwrap_or(KINDS.len())
}

/// What kind of item it is.
pub fn item_kind(kind: &str) -> Word {
    KINDS.get(kind_place(kind)).map_or(say::QUESTION, |(_, word)| *word)
}

impl DueLine {
    /// When it is, or was, due.
    pub fn at(&self) -> Ts {
        match self {
            Self::Due(row) => row.at,
            Self::Unread(row) => row.since,
            Self::Question(row) => row.asked_at,
        }
    }

    /// What is due, if it is that.
    pub fn due(&self) -> Option<&DueRow> {
        match self {
            Self::Due(row) => Some(row),
            _ => None,
        }
    }

    fn words(&self, lang: Lang) -> String {
        match self {
            Self::Due(row) => row.words.clone(),
            Self::Unread(row) => item_kind(&row.item.kind).get(lang).to_owned(),
            Self::Question(row) => row.text.clone(),
        }
    }
}

impl TableRow for DueLine {
    fn id(&self) -> RowId {
        match self {
            Self::Due(row) => row.id(),
            Self::Unread(row) => RowId::Unread(kind_place(&row.item.kind), row.item.id, row.item.at),
            Self::Question(row) => RowId::Question(row.id),
        }
    }

    fn columns() -> &'static [Column] {
        DueRow::columns()
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> Cell {
        let (kind, name) = match self {
            Self::Due(row) => return row.cell(col, ctx),
            Self::Unread(row) => (say::UNREAD, &row.name),
            Self::Question(row) => (say::QUESTION, &row.name),
        };
        match col {
            Col::Time => super::rows::when(self.at(), ctx).into(),
            // It has no hour of its own: it is to be looked at now.
            Col::Left => Cell::new(say::TO_READ.get(ctx.lang), Mood::Bad),
            Col::Kind => Cell::new(kind.get(ctx.lang), Mood::Bad),
            Col::Name => name.as_str().into(),
            Col::Words => match self {
                Self::Unread(UnreadRow { item: ItemRef { at: Some(at), .. }, .. }) => {
                    format!("{} {}", self.words(ctx.lang), super::rows::when(*at, ctx)).into()
                }
                _ => self.words(ctx.lang).into(),
            },
            _ => Cell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        match (self, col) {
            (Self::Due(row), col) => row.key(col),
            (Self::Unread(row), Col::Name) => SortKey::Text(row.name.clone()),
            (Self::Question(row), Col::Name) => SortKey::Text(row.name.clone()),
            (_, Col::Kind | Col::Words | Col::Unit) => SortKey::Text(String::new()),
            _ => SortKey::Num(self.at().0),
        }
    }

    fn about(&self) -> Target {
        match self {
            Self::Due(row) => row.about(),
            Self::Unread(row) => Target::new(row.subject, &row.name),
            Self::Question(row) => Target::new(row.subject, &row.name),
        }
    }

    fn haystack(&self) -> String {
        match self {
            Self::Due(row) => row.haystack(),
            Self::Unread(row) => [row.name.as_str(), say::UNREAD.zh, say::UNREAD.en].join("\n"),
            Self::Question(row) => {
                [row.name.as_str(), &row.text, say::QUESTION.zh, say::QUESTION.en].join("\n")
            }
        }
    }
}

impl State {
    /// The line of 待办 with the cursor.
    pub(super) fn due_here(&self) -> Option<&DueLine> {
        if self.page().is_some() {
            return None;
        }
        match self.home {
            Home::Due => self.tables.due.current(),
            Home::Board if self.board.focus == 3 => self.board.due.current(),
            _ => None,
        }
    }

    /// `c` on 待办: a promise ends, what was unread is read, a question is answered.
    pub(super) fn settle(&mut self, fx: &mut Vec<Effect>) {
        match self.due_here().cloned() {
            Some(DueLine::Unread(row)) => {
                let act = Act::Acknowledge { shift: row.shift, items: vec![row.item] };
                self.commit(fx, act, None, Purpose::Told(say::READ_NOW));
            }
            Some(DueLine::Question(row)) => {
                let how = QuestionEnd::ALL.iter().map(|how| Choice::new(how.code(), word(*how))).collect();
                let fields =
                    vec![Field::words("words", say::ANSWER), Field::choice("how", screen::HOW_ENDED, how, 0)];
                let title = say::asked(&row.asked_by, &row.text);
                self.show(Form::new(FormKind::Answer(row.id), title, fields));
            }
            _ => self.open_form(fx, Action::ClosePromise),
        }
    }

    /// Everything that was taken over unread is read.
    pub(super) fn read_all(&mut self, fx: &mut Vec<Effect>) {
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
        let shift = first.shift;
        let items = unread.into_iter().map(|row| row.item).collect();
        self.commit(fx, Act::Acknowledge { shift, items }, None, Purpose::Told(say::READ_NOW));
    }
}

/// The act of an answered question.
pub(super) fn answer_act(form: &Form, question: crate::domain::ids::QuestionId) -> Act {
    let how = QuestionEnd::from_code(&form.value("how")).unwrap_or(QuestionEnd::Answered);
    Act::AnswerQuestion { question, how, words: form.value("words") }
}

/// The title of a walk's item with a question on it.
pub fn with_question(words: &Say, text: &str) -> Say {
    Say {
        zh: format!("{}  {}{text}", words.zh, say::ASK_MARK.zh),
        en: format!("{}  {}{text}", words.en, say::ASK_MARK.en),
    }
}
