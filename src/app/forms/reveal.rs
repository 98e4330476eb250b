//! Numbers in full: on a paper, with a reason; of somebody, where a second officer is to approve it by now.

use super::Acts;
use crate::app::shown::column::Shown;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, approval};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::paper::Logged;
use crate::app::shown::state::{Layer, State};
use crate::app::wrong::{Wrong, needed};
use crate::domain::officer::SHOWN_ALONE;
use crate::i18n::{paper as say, rights};
use crate::say::Say;
use crate::store::act::Act;

/// Full numbers on the paper of this token.
#[derive(Debug)]
pub(super) struct PaperReveal(u64);

impl Part for PaperReveal {}

impl Acts for PaperReveal {
    /// It is logged for each person whose numbers stand on the paper, and each call.
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let reason = needed(form, "reason", say::REVEAL_NEEDED)?;
        let numbers = desk.layers.iter().find_map(|layer| match layer {
            Layer::Paper(preview) if preview.token == self.0 => {
                Some(preview.sheaf.as_ref().map(|sheaf| sheaf.numbers.clone()).unwrap_or_default())
            }
            _ => None,
        });
        let Logged { people, calls, entries } = numbers.unwrap_or_default();
        let person = |person| Act::Reveal { person, reason: reason.clone() };
        let call = |followup| Act::RevealNumber { followup, reason: reason.clone() };
        let entry = |entry| Act::RevealEntry { entry, reason: reason.clone() };
        let others = calls.into_iter().map(call).chain(entries.into_iter().map(entry));
        Ok(people.into_iter().map(person).chain(others).collect())
    }

    fn approvers(&self, desk: &State) -> Option<Vec<Choice>> {
        Some(desk.bulk_approvers())
    }

    fn done(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        desk.paper_revealed(fx, self.0);
        true
    }
}

/// Why the numbers are to stand on the paper in full.
pub(in crate::app) fn of_paper(desk: &mut State, token: u64) {
    let Some(preview) = desk.preview_of(token) else { return };
    if preview.sheaf.as_ref().is_some_and(|sheaf| sheaf.revealed) {
        desk.tell(Tone::Info, say::SHOWN_ALREADY);
        return;
    }
    if preview.sheaf.as_ref().is_none_or(|sheaf| sheaf.numbers.is_empty()) {
        desk.tell(Tone::Info, say::NO_NUMBERS);
        return;
    }
    let many = preview.sheaf.as_ref().is_some_and(|sheaf| {
        let Logged { people, calls, entries } = &sheaf.numbers;
        people.len() + calls.len() + entries.len() > SHOWN_ALONE
    });
    let mut fields = vec![Field::line("reason", say::REVEAL_WHY, "").hint(say::REVEAL_HINT)];
    if many {
        fields.extend(approval(desk.bulk_approvers()));
    }
    desk.show(Form::of(PaperReveal(token), say::REVEAL_TITLE.into(), fields));
}

/// Shows the numbers of somebody, and copies one: within the hour there were too many for one officer alone.
#[derive(Debug)]
pub(super) struct Reveal {
    whose: Shown,
    copy: bool,
}

impl Part for Reveal {}

impl Acts for Reveal {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(vec![act(self.whose)])
    }

    fn approvers(&self, desk: &State) -> Option<Vec<Choice>> {
        Some(desk.bulk_approvers())
    }

    fn done(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        desk.revealed_now(fx, self.whose, self.copy);
        true
    }
}

/// Asks a second officer to approve it.
pub(in crate::app) fn ask(desk: &mut State, whose: Shown, copy: bool, why: &Say) {
    let fields = approval(desk.bulk_approvers()).into();
    let mut form = Form::of(Reveal { whose, copy }, rights::REVEAL_MORE.into(), fields);
    form.error = Some(why.clone());
    desk.show(form);
}

/// Shows numbers to call somebody.
pub(in crate::app) fn act(whose: Shown) -> Act {
    let reason = "call".to_owned();
    match whose {
        Shown::Person(person) => Act::Reveal { person, reason },
        Shown::Call(followup) => Act::RevealNumber { followup, reason },
        Shown::Entry(entry) => Act::RevealEntry { entry, reason },
    }
}
