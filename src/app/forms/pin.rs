//! The own PIN: set, changed or taken away.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::Field;
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, wrong};
use crate::domain::ids::OfficerId;
use crate::domain::pin::Pin;
use crate::i18n::{handover as words, passing as say};
use crate::store::act::Act;

#[derive(Debug)]
pub(super) struct ChangePin(OfficerId);

impl Part for ChangePin {
    /// One's own PIN is nobody's record.
    fn is_recorded(&self) -> bool {
        false
    }
}

impl Acts for ChangePin {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let (old, new) = (typed(form, "pin")?, typed(form, "new_pin")?);
        if form.value("new_pin") != form.value("new_again") {
            return wrong("new_again", say::PIN_DIFFERS);
        }
        Ok(vec![Act::ChangePin { officer: self.0, new, old, second: None }])
    }
}

pub(super) fn open(desk: &mut State, _: &mut Vec<Effect>) {
    let Some((me, name)) = desk.officer.clone() else { return };
    // Who may only read has a PIN all the same; where nothing can be written nobody changes theirs.
    if !desk.may_write() {
        return;
    }
    let fields = vec![
        Field::secret("pin", say::PIN_NOW).hint(say::PIN_NOW_HINT),
        Field::secret("new_pin", say::PIN_NEW).hint(say::PIN_NEW_HINT),
        Field::secret("new_again", say::PIN_AGAIN),
    ];
    desk.show(Form::of(ChangePin(me), say::pin_of(&name), fields));
}

/// A PIN as typed in a field; none when nothing was typed.
pub(in crate::app) fn typed(form: &Form, field: &'static str) -> Result<Option<Pin>, Wrong> {
    let typed = form.value(field);
    if typed.is_empty() {
        return Ok(None);
    }
    Pin::new(&typed).map(Some).ok_or((field, words::PIN_LENGTH.into()))
}
