//! What a second officer approves at this terminal: the fields of a form that ask for it, and the act with it.

use super::forms;
use super::wrong::{Wrong, wrong};
use crate::app::shown::field::Choice;
use crate::app::shown::form::Form;
use crate::app::shown::msg::Tone;
use crate::app::shown::state::State;
use crate::domain::ids::OfficerId;
use crate::domain::officer::Role;
use crate::domain::pin::Pin;
use crate::i18n::{file, handover, rights as say};
use crate::say::Say;
use crate::store::act::Act;

impl State {
    pub(super) fn role_of(&self, officer: OfficerId) -> Role {
        self.status.roles.iter().find(|(id, _)| *id == officer).map_or(Role::Duty, |(_, role)| *role)
    }

    /// Whether anything can be recorded here, and by whoever sits here; says so where not, before anything is typed.
    pub(super) fn may_record(&mut self) -> bool {
        if !self.may_write() {
            return false;
        }
        let Some((me, name)) = &self.officer else { return true };
        if self.role_of(*me) != Role::ReadOnly {
            return true;
        }
        let (told, hint) = (say::read_only(name), say::READ_ONLY_HINT);
        let zh = format!("{}。{}", told.zh, hint.zh);
        self.notice(Tone::Warn, Say { zh, en: format!("{}. {}", told.en, hint.en) });
        false
    }

    /// Whether anything can be written here at all; says why where not.
    pub(super) fn may_write(&mut self) -> bool {
        let Some(why) = &self.read_only else { return true };
        let told = why.within(|why| file::only_read(why));
        self.notice(Tone::Warn, told);
        false
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
        forms::approvers(self, form)
    }

    /// Whoever else may sign.
    pub(super) fn other_officers(&self) -> Vec<Choice> {
        let me = self.officer.as_ref().map(|(id, _)| *id);
        self.choices_of(|id, role| Some(id) != me && role != Role::ReadOnly)
    }

    /// Whoever may sign; of whom one may be sitting here.
    pub(super) fn all_officers(&self) -> Vec<Choice> {
        self.choices_of(|_, role| role != Role::ReadOnly)
    }

    /// Whether it is certain who sits here: who is on duty, or somebody with a PIN.
    pub(super) fn is_there(&self) -> bool {
        self.officer.as_ref().is_some_and(|(me, _)| {
            let on_duty = self.status.shift.as_ref().is_some_and(|shift| shift.officer == *me);
            on_duty || self.status.pins.contains(me)
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{Desk, me, op};
    use crate::app::shown::effect::Effect;
    use crate::app::shown::msg::Msg;
    use crate::app::shown::state::Layer;
    use crate::say::Lang;
    use crate::store::act::Committed;

    fn sent(desk: &mut Desk) -> (u64, Act) {
        let sent = desk.taken().into_iter().find_map(|effect| match effect {
            Effect::Commit { token, act, .. } => Some((token, *act)),
            _ => None,
        });
        sent.expect("something is to be logged")
    }

    #[test]
    fn one_number_too_many_within_the_hour_is_shown_when_a_second_officer_approves() {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        desk.keys("7").taken();
        desk.keys("v");
        let (token, act) = sent(&mut desk);
        assert!(matches!(act, Act::Reveal { .. }));
        desk.send(Msg::CommitFailed {
            token, error: Say::same("须有第二人"), field: Some("approved_by")
        });
        let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("a form asks for it") };
        assert_eq!(form.error, Some(Say::same("须有第二人")));
        desk.keys("→\tyes");
        desk.ctrl('s');
        let (token, approved) = sent(&mut desk);
        let Act::Approved { act: itself, by, pin } = approved else { panic!("{approved:?}") };
        assert_eq!((*itself, pin), (act, None));
        assert_ne!(by, me());
        desk.send(Msg::Committed { token, committed: Committed { op: op(414), made: None } });
        assert!(desk.state.layers.is_empty() && desk.state.revealed.is_some());
    }

    /// Every way to something that is typed to be recorded; `!` is the spoken report, `0` the handover.
    const WAYS: [&str; 7] = ["n", "f", "i", "u", "!\n", "3r", ":settings\n"];

    fn types_nothing(desk: &Desk, told: &str, keys: &str) {
        assert!(
            !desk.state.layers.iter().any(|layer| matches!(layer, Layer::Form(_) | Layer::Undo(_))),
            "{keys}"
        );
        let line = desk.state.feedback.as_ref().map(|line| line.say.zh.clone()).unwrap_or_default();
        assert!(line.contains(told), "{keys}: {line}");
    }

    #[test]
    fn who_may_only_read_is_told_before_anything_is_typed() {
        for keys in WAYS {
            let mut desk = Desk::new(Lang::Zh, 120, 40);
            for key in keys.chars() {
                // What the page loads may bring the roles anew.
                let roles = &mut desk.state.status.roles;
                roles.iter_mut().find(|(id, _)| *id == me()).unwrap().1 = Role::ReadOnly;
                desk.keys(&key.to_string());
            }
            types_nothing(&desk, "只读", keys);
        }
    }

    #[test]
    fn in_an_office_that_can_only_be_read_it_is_said_why_before_anything_is_typed() {
        for keys in WAYS.into_iter().chain([":pin\n"]) {
            let mut desk = Desk::new(Lang::Zh, 120, 40);
            desk.state.read_only = Some(Say::same("备份不能直接使用"));
            desk.keys(keys);
            types_nothing(&desk, "只能查看，没有写入：备份不能直接使用", keys);
        }
    }
}
