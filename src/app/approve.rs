//! What a second officer approves at this terminal: the fields of a form that ask for it, and the act with it.

use super::form::{Choice, Field, Form, FormKind};
use super::state::State;
use super::submit::{Wrong, wrong};
use crate::domain::ids::OfficerId;
use crate::domain::officer::Role;
use crate::domain::pin::Pin;
use crate::i18n::{Say, handover, rights as say};
use crate::store::act::Act;

impl State {
    pub(super) fn role_of(&self, officer: OfficerId) -> Role {
        self.status.roles.iter().find(|(id, _)| *id == officer).map_or(Role::Duty, |(_, role)| *role)
    }

    /// Who may approve what needs a lead; nothing where whoever sits here may do it alone.
    pub(super) fn lead_approvers(&self) -> Option<Vec<Choice>> {
        let (me, _) = self.officer.as_ref()?;
        let on_duty = self.status.shift.as_ref().is_some_and(|shift| shift.officer == *me);
        if self.role_of(*me) == Role::Lead && (on_duty || !self.status.has_roles) {
            return None;
        }
        Some(self.choices_of(|_, role| role == Role::Lead))
    }

    /// Who may approve that the numbers of many are shown: always a second officer, one of the two a lead.
    pub(super) fn bulk_approvers(&self) -> Vec<Choice> {
        let me = self.officer.as_ref().map(|(id, _)| *id);
        let lead = me.is_some_and(|me| self.role_of(me) == Role::Lead);
        self.choices_of(|id, role| Some(id) != me && (role == Role::Lead || lead && role != Role::ReadOnly))
    }

    /// Who may approve what a form turned out to need; nothing where the form asks for it already.
    pub(super) fn approvers_of(&self, form: &Form) -> Option<Vec<Choice>> {
        if form.field("approved_by").is_some() {
            return None;
        }
        match form.kind {
            FormKind::PaperReveal(_) => Some(self.bulk_approvers()),
            _ => self.lead_approvers(),
        }
    }

    fn choices_of(&self, may: impl Fn(OfficerId, Role) -> bool) -> Vec<Choice> {
        let mut choices = vec![Choice::new("", Say::same("-"))];
        let officers = self.status.officers.iter().filter(|(id, _)| may(*id, self.role_of(*id)));
        choices.extend(officers.map(|(id, name)| Choice::new(&id.to_string(), Say::same(name))));
        choices
    }

    /// The act, with the approval the form asks for.
    pub(super) fn approved(&self, form: &Form, act: Act) -> Result<Act, Wrong> {
        let early = form.field("early").is_none() || form.value("early") == "yes";
        if form.field("approved_by").is_none() || !early {
            return Ok(act);
        }
        let chosen = form.value("approved_by");
        let found = self.status.officers.iter().find(|(id, _)| id.to_string() == chosen);
        let Some((by, _)) = found else { return wrong("approved_by", say::NOT_APPROVED) };
        let typed = form.value("approver_pin");
        let pin = if self.status.pins.contains(by) {
            match Pin::new(&typed) {
                Some(pin) => Some(pin),
                None => return wrong("approver_pin", handover::PIN_LENGTH),
            }
        } else if say::agrees(&typed) {
            None
        } else {
            return wrong("approver_pin", say::SAY_AGREED);
        };
        Ok(Act::Approved { act: Box::new(act), by: *by, pin })
    }
}

/// The fields of an approval.
pub(super) fn fields(approvers: Vec<Choice>) -> [Field; 2] {
    [
        Field::choice("approved_by", say::APPROVED_BY, approvers, 0).hint(say::APPROVED_BY_HINT),
        Field::secret("approver_pin", say::APPROVER_PIN).hint(say::APPROVER_PIN_HINT),
    ]
}
