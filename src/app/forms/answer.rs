//! The answer to a question that was left at a handover.

use super::Acts;
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::wrong::Wrong;
use crate::domain::handover::QuestionEnd;
use crate::domain::ids::QuestionId;
use crate::i18n::terms::word;
use crate::i18n::{passing as say, screen};
use crate::say::Say;
use crate::store::act::Act;

#[derive(Debug)]
pub(super) struct Answer(QuestionId);

impl Part for Answer {}

impl Acts for Answer {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let how = QuestionEnd::from_code(&form.value("how")).unwrap_or(QuestionEnd::Answered);
        Ok(vec![Act::AnswerQuestion { question: self.0, how, words: form.value("words") }])
    }
}

/// The form that answers it.
pub(in crate::app) fn form(question: QuestionId, title: Say) -> Form {
    let how = QuestionEnd::ALL.iter().map(|how| Choice::new(how.code(), word(*how))).collect();
    let fields = vec![Field::words("words", say::ANSWER), Field::choice("how", screen::HOW_ENDED, how, 0)];
    Form::of(Answer(question), title, fields)
}
