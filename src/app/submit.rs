//! A filled form becomes acts, or says which field is wrong.

use super::contacts;
use super::erase::erase_act;
use super::handover::{close_act, pin_act};
use super::left::{answer_act, dismiss_acts, read_all_act};
use super::person_form::check_number;
use super::release::release_acts;
use super::told::tell_act;
use super::when::gone;
use crate::app::shown::column::Shown;
use crate::app::shown::form::{Form, FormKind, PersonBefore};
use crate::app::shown::state::State;
use crate::app::wrong::Wrong;
use crate::app::wrong::channel;
use crate::app::wrong::needed;
use crate::app::wrong::wrong;
use crate::domain::followup::PromiseEnd;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::office::Settings;
use crate::domain::person::{PersonFacts, PersonKind};
use crate::domain::setting;
use crate::domain::time::{Ts, parse_hhmm};
use crate::domain::unit::{Unit, UnitFacts};

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
            FormKind::FollowUp(subjects) => self.follow_ups(form, subjects)?,
            FormKind::Receive(keys) => {
                let zero = match form.value("how").as_str() {
                    "" => return wrong("how", say::HOW_HINT),
                    how => how == "zero",
                };
                let keys = self.keys_received(form, keys)?;
                let reason = form.value("reason");
                if reason.is_empty() && keys.iter().any(|(_, there)| *there) {
                    return wrong("reason", say::REASON_NEEDED);
                }
                let one = keys.len() == 1;
                let reason = |there: bool| if there || one { reason.clone() } else { String::new() };
                keys.into_iter()
                    .map(|(key, there)| Act::Receive { key, zero, reason: reason(there) })
                    .collect()
            }
            FormKind::Excuse(units) => vec![self.excuse_act(form, units)?],
            FormKind::OpenCase(people) => self.open_case_acts(form, people)?,
            FormKind::ChangeCase(case, before) => vec![self.change_case_act(form, *case, before)?],
            FormKind::Release(cases) => release_acts(form, cases)?,
            FormKind::Erase(person, preview) => vec![erase_act(form, *person, preview.as_deref())?],
            FormKind::Note(subject) => {
                let text = needed(form, "text", say::NOTHING_WRITTEN)?;
                vec![Act::Note { subject: *subject, text }]
            }
            FormKind::ClosePromise(promises) => {
                let how = PromiseEnd::from_code(&form.value("how")).unwrap_or(PromiseEnd::Kept);
                promises.iter().map(|promise| Act::ClosePromise { promise: *promise, how }).collect()
            }
            FormKind::EditPerson(person, before) => vec![self.edit_person(form, *person, before)?],
            FormKind::EditUnit(unit) => vec![self.edit_unit(form, unit)?],
            FormKind::AddPerson => {
                let no = needed(form, "no", say::NUMBER_NEEDED)?;
                needed(form, "name", say::NAME_NEEDED)?;
                needed(form, "unit", say::UNIT_NEEDED)?;
                let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
                let facts = self.person_facts(form, &PersonFacts::default())?;
                check_number(form)?;
                vec![Act::AddPerson { no, facts, told_by }]
            }
            FormKind::AddUnit => {
                let code = needed(form, "code", say::CODE_NEEDED)?;
                let name = needed(form, "name", say::NAME_NEEDED)?;
                vec![Act::AddUnit { code, name, facts: self.unit_facts(form, &UnitFacts::default())? }]
            }
            FormKind::AddContact => vec![contacts::add_act(form)?],
            FormKind::EditContact(before) => vec![contacts::edit_act(form, before)?],
            FormKind::RemoveContact(contact) => vec![contacts::remove_act(form, *contact)?],
            FormKind::AddOfficer => {
                vec![Act::AddOfficer { name: needed(form, "name", say::NAME_NEEDED)? }]
            }
            FormKind::Settings(before) => {
                // Saving writes all of them: what somebody else changed meanwhile must not be changed back.
                if self.settings.as_ref() != Some(&**before) {
                    return wrong("office", say::SETTINGS_MOVED);
                }
                vec![settings(form, before)?]
            }
            FormKind::Attach(followup, subject) => self.attach(form, *followup, *subject)?,
            FormKind::CloseShift(closing) | FormKind::TakeOver(closing) => {
                vec![close_act(form, closing, self.trust.checked)?]
            }
            FormKind::ReadAll(shift, items) => vec![read_all_act(form, *shift, items)?],
            FormKind::Dismiss(dismissed) => dismiss_acts(form, dismissed)?,
            FormKind::Answer(question) => vec![answer_act(form, *question)],
            FormKind::Pin(officer) => vec![pin_act(form, *officer)?],
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

    fn unit_named(&self, field: &'static str, text: &str) -> Result<Option<UnitId>, Wrong> {
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

    fn person_facts(&self, form: &Form, before: &PersonFacts) -> Result<PersonFacts, Wrong> {
        let text = |id: &str| Some(form.value(id));
        // Private numbers are not shown in the form: blank says nothing.
        let private = |id: &str| Some(form.value(id)).filter(|value| !value.is_empty());
        let said = PersonFacts {
            name: text("name"),
            unit: self.unit_named("unit", &form.value("unit"))?,
            sex: text("sex"),
            kind: PersonKind::from_code(&form.value("kind")),
            campus: text("campus"),
            phone: private("phone"),
            id_number: private("id_number"),
            origin: form.text("origin"),
            address: form.text("address"),
            contact: form.text("contact"),
            family_phone: private("family_phone"),
        };
        Ok(before.differing(&said))
    }

    fn edit_person(&self, form: &Form, person: PersonId, before: &PersonBefore) -> Result<Act, Wrong> {
        needed(form, "name", say::NAME_NEEDED)?;
        let no = needed(form, "no", say::NUMBER_NEEDED)?;
        let no = (no != before.no).then_some(no);
        let mut facts = self.person_facts(form, &before.facts)?;
        if form.value("unit") == before.unit {
            facts.unit = None;
        }
        if no.is_none() && facts == PersonFacts::default() {
            return wrong("no", say::NOTHING_CHANGED);
        }
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        check_number(form)?;
        Ok(Act::EditPerson { person, no, facts, told_by })
    }

    fn unit_facts(&self, form: &Form, before: &UnitFacts) -> Result<UnitFacts, Wrong> {
        let text = |id: &str, known: Option<&String>| {
            let value = form.value(id);
            (value != known.map_or("", String::as_str)).then_some(value)
        };
        let parent = self.unit_named("parent", &form.value("parent"))?;
        let reports = form.value("reports") == "yes";
        let officer = form.value("officer");
        let officer =
            self.status.officers.iter().find(|(id, _)| id.to_string() == officer).map(|(id, _)| *id);
        let deadline = match form.value("deadline").as_str() {
            "" => None,
            typed => match parse_hhmm(typed) {
                Some(minute) => Some(minute),
                None => return wrong("deadline", say::BAD_TIME),
            },
        };
        Ok(UnitFacts {
            short: text("short", before.short.as_ref()),
            parent: parent.filter(|id| before.parent != Some(*id)),
            campus: text("campus", before.campus.as_ref()),
            head: text("head", before.head.as_ref()),
            head_phone: text("head_phone", before.head_phone.as_ref()),
            liaison: text("liaison", before.liaison.as_ref()),
            liaison_phone: text("liaison_phone", before.liaison_phone.as_ref()),
            reports: (reports != before.reports.unwrap_or(true)).then_some(reports),
            deadline: deadline.filter(|minute| before.deadline != Some(*minute)),
            officer: officer.filter(|id| before.officer != Some(*id)),
            valid_from: None,
        })
    }

    fn edit_unit(&self, form: &Form, unit: &Unit) -> Result<Act, Wrong> {
        let code = needed(form, "code", say::CODE_NEEDED)?;
        let name = needed(form, "name", say::NAME_NEEDED)?;
        let code = (code != unit.code).then_some(code);
        let name = (name != unit.name).then_some(name);
        let facts = self.unit_facts(form, &unit.facts)?;
        if code.is_none() && name.is_none() && facts == UnitFacts::default() {
            return wrong("code", say::NOTHING_CHANGED);
        }
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        Ok(Act::EditUnit { unit: unit.id, code, name, facts, told_by })
    }
}

fn settings(form: &Form, before: &Settings) -> Result<Act, Wrong> {
    let mut settings = before.clone();
    for (field, setting) in setting::on_form() {
        let typed = form.value(field);
        if setting.required && typed.is_empty() || !setting.set(&mut settings, &typed) {
            return wrong(field, crate::i18n::settings::wrong(setting.key));
        }
    }
    if settings == *before {
        return wrong("office", say::NOTHING_CHANGED);
    }
    Ok(Act::ChangeSettings(Box::new(settings)))
}
