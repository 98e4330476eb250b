//! A filled form becomes acts, or says which field is wrong.

use super::erase::erase_act;
use super::forms;
use super::handover::close_act;
use super::release::release_acts;
use super::told::tell_act;
use super::when::gone;
use crate::app::shown::column::Shown;
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::state::State;
use crate::app::wrong::Wrong;
use crate::app::wrong::channel;
use crate::app::wrong::needed;
use crate::app::wrong::wrong;
use crate::domain::ids::UnitId;
use crate::domain::time::Ts;

use crate::i18n::screen as say;
use crate::i18n::sitrep;
use crate::store::act::Act;

/// Shows numbers to call somebody.
pub(super) fn reveal_act(whose: Shown) -> Act {
    let reason = "call".to_owned();
    match whose {
        Shown::Person(person) => Act::Reveal { person, reason },
        Shown::Call(followup) => Act::RevealNumber { followup, reason },
    }
}

impl State {
    /// The one act of a form: what is done to several is one act, taken back as one.
    pub(super) fn act(&self, form: &Form) -> Result<Act, Wrong> {
        let acts = self.acts(form)?.into_iter().enumerate();
        let left: Vec<Act> =
            acts.filter(|(target, _)| !form.done.contains(target)).map(|(_, act)| act).collect();
        let act = match <[Act; 1]>::try_from(left) {
            Ok([one]) => one,
            Err(several) => Act::Several(several),
        };
        self.approved(form, act)
    }

    /// The acts of a form, one for each of its targets, in order.
    fn acts(&self, form: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(match &form.kind {
            FormKind::Of(part) => forms::acts(self, form, &**part)?,
            FormKind::FollowUp(subjects) => self.follow_ups(form, subjects)?,
            FormKind::OpenCase(people) => self.open_case_acts(form, people)?,
            FormKind::ChangeCase(case, before) => vec![self.change_case_act(form, *case, before)?],
            FormKind::Release(cases) => release_acts(form, cases)?,
            FormKind::Erase(person, preview) => vec![erase_act(form, *person, preview.as_deref())?],
            FormKind::Attach(followup, subject) => self.attach(form, *followup, *subject)?,
            FormKind::CloseShift(closing) | FormKind::TakeOver(closing) => {
                vec![close_act(form, closing, self.trust.checked)?]
            }
            FormKind::SendSitrep(report) => {
                let to = needed(form, "to", sitrep::TO_NEEDED)?;
                vec![Act::SendSitrep { report: report.clone(), to, channel: channel(form) }]
            }
            FormKind::CorrectSitrep(of, report) => {
                let reason = needed(form, "reason", sitrep::REASON_NEEDED)?;
                let (of, report, to) = (*of, report.clone(), form.value("to"));
                vec![Act::CorrectSitrep { of, report, reason, to, channel: channel(form) }]
            }
            FormKind::Tell(telling) => vec![tell_act(form, telling)?],
            FormKind::PaperReveal(token) => {
                let reason = needed(form, "reason", crate::i18n::paper::REVEAL_NEEDED)?;
                self.reveal_acts(*token, &reason)
            }
            FormKind::Reveal(whose, _) => vec![reveal_act(*whose)],
            FormKind::Import | FormKind::Print(_) | FormKind::Ask(_) => Vec::new(),
        })
    }

    /// When it happened, if the form says so.
    pub(super) fn happened(&self, form: &Form) -> Result<Option<Ts>, Wrong> {
        let at = gone(&form.value("at"), self.now, self.calendar).map_err(|e| ("at", e))?;
        if at.is_some_and(|at| at > self.now) {
            return wrong("at", say::FUTURE_TIME);
        }
        Ok(at)
    }

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
