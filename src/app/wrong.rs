//! What a form says, or which of its fields is wrong.

use crate::app::shown::form::Form;
use crate::domain::followup::Channel;
use crate::domain::text::has_words;
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
