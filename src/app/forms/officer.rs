//! A new officer.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::Field;
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, needed};
use crate::i18n::screen as say;
use crate::store::act::Act;

#[derive(Debug)]
pub(super) struct AddOfficer;

impl Part for AddOfficer {}

impl Acts for AddOfficer {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(vec![Act::AddOfficer { name: needed(form, "name", say::NAME_NEEDED)? }])
    }
}

pub(super) fn open(desk: &mut State, _: &mut Vec<Effect>) {
    let fields = vec![Field::line("name", say::PERSON_NAME, "")];
    desk.show(Form::of(AddOfficer, say::NEW_OFFICER.into(), fields));
}
