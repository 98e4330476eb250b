//! The form of a case, new or changed: what is ticked completes what is not said, the count of days stands under the
//! fields that make it, and days that may be a slip are asked about once more.

use super::keymap::{Action, Context};
use super::when::day;
use super::wrong::{Wrong, needed, wrong};
use crate::app::shown::effect::Effect;
use crate::app::shown::field::Field;
use crate::app::shown::field::{choices, opt, titled};
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::domain::case::{CaseDay, CaseFacts, CaseState, Category, DateSlip, Measure};
use crate::domain::finding::case_for;
use crate::domain::ids::{CaseId, PersonId, Subject};
use crate::domain::rules::Rules;
use crate::i18n::cases;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::{Dossier, Mask};

/// The fields that the count of days is made of.
const COUNTED: [&str; 3] = ["start", "last_exposure", "days"];

impl State {
    /// Opens the form of a case of the person that is looked at, or of those that are marked.
    pub(super) fn form_case(&mut self, fx: &mut Vec<Effect>) {
        if let Some(dossier) = self.dossier().filter(|_| !matches!(self.layers.last(), Some(Layer::Find(_))))
        {
            let form = self.case_form(dossier);
            self.show(form);
            return;
        }
        if let Some(person) = self.person() {
            self.leave_find();
            self.open_then(fx, Subject::Person(person), Action::Case);
            return;
        }
        let targets = self.targets();
        let people: Vec<PersonId> = targets.iter().filter_map(|t| t.subject?.person()).collect();
        if people.len() < 2 || self.page_context() == Context::Cases {
            self.tell(Tone::Warn, say::ONE_PERSON);
            return;
        }
        let title = self.with_hidden(titled(say::OPEN_CASE, &Self::named(&targets)), targets.len());
        let form = self.new_case(people, title, &CaseFacts::default());
        self.show(form);
    }

    fn case_form(&self, dossier: &Dossier) -> Form {
        let who = Say::same(&dossier.name);
        if let Some(case) = dossier.cases.iter().find(|case| case.state != CaseState::Released) {
            let mut fields = self.case_fields(&case.facts, self.ctx().shows(dossier.id));
            fields.push(Field::line("reason", say::WHY_CHANGED, "").hint(say::REASON_NEEDED));
            let kind = FormKind::ChangeCase(case.id, Box::new(case.facts.clone()));
            Form::new(kind, titled(say::CHANGE_CASE, &who), fields)
        } else {
            let found = case_for(dossier.findings.iter());
            self.new_case(vec![dossier.id], titled(say::OPEN_CASE, &who), &found)
        }
    }

    /// The form of a new case, with what is known already.
    fn new_case(&self, people: Vec<PersonId>, title: Say, known: &CaseFacts) -> Form {
        let facts = known.completed(self.status.day, Rules::builtin());
        let mut form = Form::new(FormKind::OpenCase(people), title, self.case_fields(&facts, false));
        form.presets = presets(&facts);
        form
    }

    fn case_fields(&self, facts: &CaseFacts, revealed: bool) -> Vec<Field> {
        let seen = facts.seen(revealed);
        let known = facts.categories.clone().unwrap_or_default();
        let why = choices(Category::ALL, Category::code)
            .into_iter()
            .zip(Category::ALL)
            .map(|(choice, category)| (choice, known.contains(category)))
            .collect();
        let measure = Measure::ALL.iter().position(|m| Some(*m) == facts.measure).unwrap_or(0);
        let start = facts.start.unwrap_or(self.status.day).to_string();
        let exposed = facts.last_exposure.map_or_else(String::new, |day| day.to_string());
        vec![
            Field::many("categories", say::CATEGORIES, why).hint(say::SPACE_TICKS),
            Field::choice("measure", say::MEASURE, choices(Measure::ALL, Measure::code), measure),
            Field::line("start", say::START, &start),
            Field::line("last_exposure", say::LAST_EXPOSURE, &exposed).hint(say::DAY_ZERO),
            Field::line("days", say::DAYS_COUNTED, &facts.days.unwrap_or(0).to_string())
                .hint(say::ZERO_COUNTS_NONE),
            Field::kept("place", say::PLACE, opt(facts.place.as_ref()), opt(seen.place.as_ref())),
            Field::kept(
                "contact",
                say::CONTACT_PERSON,
                opt(facts.contact.as_ref()),
                opt(seen.contact.as_ref()),
            ),
            Field::kept("note", say::REMARK, opt(facts.note.as_ref()), opt(seen.note.as_ref())),
        ]
    }

    /// What the form on top says of a case has changed: what was preset and not touched follows, and where days may
    /// be a slip the question about them appears, unanswered.
    pub(super) fn case_typed(&mut self) {
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        if !matches!(form.kind, FormKind::OpenCase(_) | FormKind::ChangeCase(..)) {
            return;
        }
        let followed = self.presets_now(form);
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        for (id, preset) in followed {
            if let Some(field) = form.fields.iter_mut().find(|field| field.id == id) {
                field.set(&preset);
            }
            form.presets.retain(|(known, _)| *known != id);
            form.presets.push((id, preset));
        }
        let Some(Layer::Form(form)) = self.layers.last() else { return };
        let asked: Vec<DateSlip> =
            self.case_slips(form).into_iter().filter(|slip| slip.may_be_meant()).collect();
        let asked = (!asked.is_empty()).then(|| cases::slips(&asked));
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        form.ask_again(cases::DATES_RIGHT, asked);
    }

    /// What the fields that nobody touched are preset to, by what is ticked now.
    fn presets_now(&self, form: &Form) -> Vec<(&'static str, String)> {
        let untouched =
            |id: &str| form.presets.iter().any(|(known, preset)| *known == id && form.value(id) == *preset);
        let categories = form.value("categories").split(',').filter_map(Category::from_code).collect();
        let mut facts = CaseFacts { categories: Some(categories), ..CaseFacts::default() };
        if !untouched("measure") {
            facts.measure = Measure::from_code(&form.value("measure"));
        }
        let today = self.status.day;
        facts.start = day(&form.value("start"), today).ok().flatten();
        facts.last_exposure = day(&form.value("last_exposure"), today).ok().flatten();
        let facts = facts.completed(today, Rules::builtin());
        presets(&facts).into_iter().filter(|(id, _)| untouched(id)).collect()
    }

    fn case_facts(&self, form: &Form) -> Result<CaseFacts, Wrong> {
        let categories: Vec<Category> =
            form.value("categories").split(',').filter_map(Category::from_code).collect();
        if categories.is_empty() {
            return wrong("categories", say::CATEGORY_NEEDED);
        }
        Ok(CaseFacts {
            categories: Some(categories),
            measure: Measure::from_code(&form.value("measure")),
            place: form.text("place"),
            contact: form.text("contact"),
            note: form.text("note"),
            ..self.case_days(form)?
        })
    }

    /// What the form says of the days alone: they are looked at before anything is ticked.
    fn case_days(&self, form: &Form) -> Result<CaseFacts, Wrong> {
        let today = self.status.day;
        let days = match form.value("days").as_str() {
            "" => 0,
            text => match text.parse::<i32>() {
                Ok(days @ 0..=99) => days,
                _ => return wrong("days", say::BAD_NUMBER),
            },
        };
        Ok(CaseFacts {
            start: day(&form.value("start"), today).map_err(|e| ("start", e))?.or(Some(today)),
            last_exposure: day(&form.value("last_exposure"), today).map_err(|e| ("last_exposure", e))?,
            days: Some(days),
            ..CaseFacts::default()
        })
    }

    fn case_slips(&self, form: &Form) -> Vec<DateSlip> {
        let (Ok(days), known) = (self.case_days(form), known(&form.kind)) else { return Vec::new() };
        known.slips(&changed_case(&known, days), self.status.day)
    }

    /// What the count of days comes to, for the line under the field with the cursor: as it is typed.
    pub fn case_count(&self, form: &Form) -> Option<Say> {
        let field = form.fields.get(form.focus)?;
        if !COUNTED.contains(&field.id)
            || !matches!(form.kind, FormKind::OpenCase(_) | FormKind::ChangeCase(..))
        {
            return None;
        }
        let days = match self.case_days(form) {
            Ok(days) => days,
            Err((wrong, say)) => return (wrong == field.id).then_some(say),
        };
        let slips = self.case_slips(form);
        if let Some(slip) = slips.iter().find(|slip| !slip.may_be_meant()) {
            return Some(cases::slip(*slip));
        }
        let mut whole = known(&form.kind);
        whole.merge(&days);
        Some(cases::count_with(&whole, &slips, self.status.day))
    }

    /// Refuses days that have not come, and those that may be a slip until they are said to be right.
    fn check_days(&self, form: &Form) -> Result<(), Wrong> {
        let slips = self.case_slips(form);
        if let Some(slip @ DateSlip::Future(which, _)) = slips.iter().find(|slip| !slip.may_be_meant()) {
            let field = match which {
                CaseDay::LastExposure => "last_exposure",
                CaseDay::Start => "start",
            };
            return wrong(field, cases::slip(*slip));
        }
        if !slips.is_empty() && form.value("sure") != "yes" {
            let what = cases::slips(&slips);
            let zh = cases::ask_again(&what.zh).zh;
            return wrong("sure", Say { zh, en: cases::ask_again(&what.en).en });
        }
        Ok(())
    }

    pub(super) fn open_case_acts(&self, form: &Form, people: &[PersonId]) -> Result<Vec<Act>, Wrong> {
        let facts = self.case_facts(form)?;
        self.check_days(form)?;
        Ok(people.iter().map(|person| Act::OpenCase { person: *person, facts: facts.clone() }).collect())
    }

    pub(super) fn change_case_act(
        &self,
        form: &Form,
        case: CaseId,
        before: &CaseFacts,
    ) -> Result<Act, Wrong> {
        let facts = changed_case(before, self.case_facts(form)?);
        if facts == CaseFacts::default() {
            return wrong("categories", say::NOTHING_CHANGED);
        }
        self.check_days(form)?;
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        Ok(Act::ChangeCase { case, facts, reason })
    }
}

/// What the case says before the form: nothing of a new one.
fn known(kind: &FormKind) -> CaseFacts {
    match kind {
        FormKind::ChangeCase(_, before) => (**before).clone(),
        _ => CaseFacts::default(),
    }
}

fn presets(facts: &CaseFacts) -> Vec<(&'static str, String)> {
    vec![
        ("measure", facts.measure.unwrap_or(Measure::None).code().to_owned()),
        ("days", facts.days.unwrap_or(0).to_string()),
    ]
}

/// Only what differs from what the case says now.
fn changed_case(before: &CaseFacts, said: CaseFacts) -> CaseFacts {
    let text = |new: Option<String>, old: &Option<String>| {
        new.filter(|value| value != old.as_deref().unwrap_or_default())
    };
    CaseFacts {
        categories: said
            .categories
            .filter(|new| !same_set(new, before.categories.as_deref().unwrap_or_default())),
        measure: said.measure.filter(|new| Some(*new) != before.measure),
        place: text(said.place, &before.place),
        start: said.start.filter(|new| Some(*new) != before.start),
        last_exposure: said.last_exposure.filter(|new| Some(*new) != before.last_exposure),
        days: said.days.filter(|new| Some(*new) != before.days),
        contact: text(said.contact, &before.contact),
        note: text(said.note, &before.note),
    }
}

/// The same reasons, in whatever order they were given.
fn same_set(one: &[Category], other: &[Category]) -> bool {
    one.len() == other.len() && one.iter().all(|category| other.contains(category))
}

#[cfg(test)]
mod tests;
