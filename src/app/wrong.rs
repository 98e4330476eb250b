//! What a form says, or which of its fields is wrong.

use super::when::gone;
use crate::app::shown::form::Form;
use crate::app::shown::state::State;
use crate::domain::followup::Channel;
use crate::domain::ids::UnitId;
use crate::domain::text::has_words;
use crate::domain::time::Ts;
use crate::i18n::screen as say;
use crate::say::Say;

/// The field that is wrong, and what is wrong with it.
pub type Wrong = (&'static str, Say);

pub(super) fn wrong<T>(field: &'static str, what: impl Into<Say>) -> Result<T, Wrong> {
    Err((field, what.into()))
}

pub(super) fn needed(form: &Form, field: &'static str, what: crate::say::Word) -> Result<String, Wrong> {
    let value = form.value(field);
    let said = if field == "reason" { has_words(&value) } else { !value.is_empty() };
    if said { Ok(value) } else { wrong(field, what) }
}

pub(super) fn channel(form: &Form) -> Channel {
    Channel::from_code(&form.value("channel")).unwrap_or(Channel::Phone)
}

impl State {
    /// When it happened, if the form says so.
    pub(super) fn happened(&self, form: &Form) -> Result<Option<Ts>, Wrong> {
        let at = gone(&form.value("at"), self.now, self.calendar).map_err(|e| ("at", e))?;
        if at.is_some_and(|at| at > self.now) {
            return wrong("at", say::FUTURE_TIME);
        }
        Ok(at)
    }

    /// The unit that was typed, if any was.
    pub(super) fn unit_named(&self, field: &'static str, text: &str) -> Result<Option<UnitId>, Wrong> {
        if text.is_empty() {
            return Ok(None);
        }
        let found = self
            .tables
            .units
            .rows()
            .iter()
            .find(|row| row.name == text || row.short == text || row.code.eq_ignore_ascii_case(text));
        match found {
            Some(row) => Ok(Some(row.id)),
            None => wrong(field, say::no_such_unit(text)),
        }
    }
}
