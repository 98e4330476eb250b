//! A filled form becomes acts, or says which field is wrong.

use super::forms;
use super::handover::close_act;
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::state::State;
use crate::app::wrong::Wrong;
use crate::app::wrong::channel;
use crate::app::wrong::needed;
use crate::i18n::sitrep;
use crate::store::act::Act;

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
            FormKind::Ask(_) => Vec::new(),
        })
    }
}
