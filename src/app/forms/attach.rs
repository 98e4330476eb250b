//! A call from nobody known gets its subject, once confirmed.

use super::{Acts, unwell};
use crate::app::shown::effect::{Effect, Query};
use crate::app::shown::field::{Field, no_yes};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::shown::table::Target;
use crate::app::wrong::{Wrong, wrong};
use crate::domain::ids::{FollowUpId, Subject};
use crate::i18n::screen as say;
use crate::store::act::Act;
use crate::store::query::rows::Dial;

/// Gives a call its subject.
#[derive(Debug, Clone)]
pub(in crate::app) struct Attach {
    pub(super) call: FollowUpId,
    pub(super) to: Subject,
    /// What is known of whom it was with, once loaded.
    pub(in crate::app) dial: Option<Box<Dial>>,
}

impl Part for Attach {}

impl Acts for Attach {
    /// A fever that was told then is asked about like any other.
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        if form.value("sure") != "yes" {
            return wrong("sure", say::SAY_YES);
        }
        let mut acts = vec![Act::Attach { followup: self.call, subject: self.to }];
        let Subject::Person(_) = self.to else { return Ok(acts) };
        let Some(dial) = &self.dial else { return wrong("sure", say::NOT_KNOWN_YET) };
        if let Some(at) = dial.unwell {
            acts.extend(unwell::case_or_reason(
                desk,
                form,
                (&[Some(self.to)], Some(dial)),
                desk.calendar.day(at),
            )?);
        }
        Ok(acts)
    }

    fn refused(&self, desk: &State, form: &mut Form, field: &str) {
        if field == "case" {
            unwell::ask(desk, form);
        }
    }
}

/// Asks whether this call was with whom was found; it is asked what is known of them.
pub(in crate::app) fn open(
    desk: &mut State,
    fx: &mut Vec<Effect>,
    call: FollowUpId,
    (to, name): (Subject, &str),
) {
    let fields = vec![Field::choice("sure", say::SURE_ATTACH, no_yes(), 1)];
    let mut form = Form::of(Attach { call, to, dial: None }, say::attach_to(name), fields);
    form.whom = vec![Target::new(Some(to), name)];
    desk.show(form);
    desk.load(fx, Query::Dial { subject: Some(to), call: Some(call) });
}
