//! The form of a case, new or changed: what is ticked completes what is not said, the count of days stands under the
//! fields that make it, and days that may be a slip are asked about once more.

use super::Acts;
use crate::app::keymap::{Action, Context};
use crate::app::shown::draft::about;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Field, choices, opt, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State};
use crate::app::shown::table::Target;
use crate::app::when::day;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::case::{CaseDay, CaseFacts, CaseState, Category, DateSlip, Measure};
use crate::domain::finding::case_for;
use crate::domain::ids::{CaseId, EntryId, PersonId, Subject};
use crate::domain::rules::Rules;
use crate::i18n::cases;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::{Act, LedgerAct, Taken};
use crate::store::query::rows::{Dossier, Mask};

/// The fields that the count of days is made of.
const COUNTED: [&str; 3] = ["start", "last_exposure", "days"];

/// Opens a case on each; on one, of what an entry of a ledger proposes.
#[derive(Debug)]
pub(super) struct OpenCase {
    people: Vec<PersonId>,
    from: Option<(EntryId, String)>,
    /// What is known already: what is hidden and was not touched is meant as it stands.
    known: Box<CaseFacts>,
}

impl Part for OpenCase {
    fn draft(&self) -> Option<String> {
        Some(match &self.from {
            Some((entry, raise)) => format!("case/raised/{entry}/{raise}"),
            None => about("case", self.targets()),
        })
    }

    fn targets(&self) -> Vec<String> {
        self.people.iter().map(|person| format!("person/{person}")).collect()
    }
}

impl Acts for OpenCase {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let typed = desk.case_facts(form)?;
        let kept = |typed: Option<String>, known: &Option<String>| typed.or_else(|| known.clone());
        let facts = CaseFacts {
            place: kept(typed.place, &self.known.place),
            contact: kept(typed.contact, &self.known.contact),
            note: kept(typed.note, &self.known.note),
            ..typed
        };
        desk.check_days(form)?;
        if let Some((entry, raise)) = &self.from {
            let (entry, raise, made) = (*entry, raise.clone(), Taken::Case(facts));
            return Ok(vec![Act::Ledger(Box::new(LedgerAct::TakeUp { entry, raise, made }))]);
        }
        let act = |person: &PersonId| Act::OpenCase { person: *person, facts: facts.clone() };
        Ok(self.people.iter().map(act).collect())
    }

    fn typed(&self, desk: &mut State) {
        follow(desk);
    }

    /// The day may have turned since it was typed.
    fn ready(&self, desk: &mut State) {
        follow(desk);
    }
}

/// Changes a case from what it says now.
#[derive(Debug)]
pub(super) struct ChangeCase {
    case: CaseId,
    before: Box<CaseFacts>,
}

impl Part for ChangeCase {
    fn draft(&self) -> Option<String> {
        Some(format!("case/{}", self.case))
    }
}

impl Acts for ChangeCase {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let facts = changed_case(&self.before, desk.case_facts(form)?);
        if facts == CaseFacts::default() {
            return wrong("categories", say::NOTHING_CHANGED);
        }
        desk.check_days(form)?;
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        Ok(vec![Act::ChangeCase { case: self.case, facts, reason }])
    }

    fn typed(&self, desk: &mut State) {
        follow(desk);
    }

    /// The day may have turned since it was typed.
    fn ready(&self, desk: &mut State) {
        follow(desk);
    }
}

/// Opens the form of a case of the person that is looked at, or of those that are marked.
pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    if let Some(dossier) = desk.dossier().filter(|_| !matches!(desk.layers.last(), Some(Layer::Find(_)))) {
        let form = desk.case_form(dossier);
        let whom = vec![Target::new(Some(Subject::Person(dossier.id)), &dossier.name)];
        desk.show_about(fx, form, whom);
        return;
    }
    if let Some(person) = desk.person() {
        desk.leave_find();
        desk.open_then(fx, Subject::Person(person), Action::Case);
        return;
    }
    let targets = desk.targets();
    let people: Vec<PersonId> = targets.iter().filter_map(|t| t.subject?.person()).collect();
    if people.len() < 2 || desk.page_context() == Context::Cases {
        desk.tell(Tone::Warn, say::ONE_PERSON);
        return;
    }
    let title = desk.with_hidden(titled(say::OPEN_CASE, &State::named(&targets)), targets.len());
    let form = desk.new_case((people, None), title, &CaseFacts::default());
    desk.show_about(fx, form, targets);
}

/// Opens the form of the case that an entry of a ledger proposes.
pub(super) fn open_raised(
    desk: &mut State,
    fx: &mut Vec<Effect>,
    from: (EntryId, String),
    (person, name): (PersonId, &str),
    known: &CaseFacts,
) {
    let title = titled(say::OPEN_CASE, &Say::same(name));
    let form = desk.new_case((vec![person], Some(from)), title, known);
    desk.show_about(fx, form, vec![Target::new(Some(Subject::Person(person)), name)]);
}

impl State {
    fn case_form(&self, dossier: &Dossier) -> Form {
        let who = Say::same(&dossier.name);
        if let Some(case) = dossier.cases.iter().find(|case| case.state != CaseState::Released) {
            let mut fields = self.case_fields(&case.facts, self.ctx().shows(dossier.id));
            fields.push(Field::line("reason", say::WHY_CHANGED, "").hint(say::REASON_NEEDED));
            let change = ChangeCase { case: case.id, before: Box::new(case.facts.clone()) };
            Form::of(change, titled(say::CHANGE_CASE, &who), fields)
        } else {
            let found = case_for(dossier.findings.iter());
            self.new_case((vec![dossier.id], None), titled(say::OPEN_CASE, &who), &found)
        }
    }

    /// The form of a new case, with what is known already.
    fn new_case(
        &self,
        (people, from): (Vec<PersonId>, Option<(EntryId, String)>),
        title: Say,
        known: &CaseFacts,
    ) -> Form {
        let facts = known.completed(self.status.day, Rules::builtin());
        let fields = self.case_fields(&facts, false);
        let mut form = Form::of(OpenCase { people, from, known: Box::new(known.clone()) }, title, fields);
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
        let (Ok(days), known) = (self.case_days(form), known(form)) else { return Vec::new() };
        known.slips(&changed_case(&known, days), self.status.day)
    }

    /// What the count of days comes to, for the line under the field with the cursor: as it is typed.
    pub fn case_count(&self, form: &Form) -> Option<Say> {
        let field = form.fields.get(form.focus)?;
        if !COUNTED.contains(&field.id) || !is_one(form) {
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
        let mut whole = known(form);
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
}

/// What the form on top says of a case has changed: what was preset and not touched follows, and where days may
/// be a slip the question about them appears, unanswered.
fn follow(desk: &mut State) {
    let Some(Layer::Form(form)) = desk.layers.last() else { return };
    let followed = desk.presets_now(form);
    let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
    for (id, preset) in followed {
        if let Some(field) = form.fields.iter_mut().find(|field| field.id == id) {
            field.set(&preset);
        }
        form.presets.retain(|(known, _)| *known != id);
        form.presets.push((id, preset));
    }
    let Some(Layer::Form(form)) = desk.layers.last() else { return };
    let asked: Vec<DateSlip> = desk.case_slips(form).into_iter().filter(|slip| slip.may_be_meant()).collect();
    let asked = (!asked.is_empty()).then(|| cases::slips(&asked));
    let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
    form.ask_again(cases::DATES_RIGHT, asked);
}

/// Whether it is the form of a case, new or changed.
fn is_one(form: &Form) -> bool {
    form.part::<OpenCase>().is_some() || form.part::<ChangeCase>().is_some()
}

/// What the case says before the form: nothing of a new one.
fn known(form: &Form) -> CaseFacts {
    form.part::<ChangeCase>().map_or_else(CaseFacts::default, |part| (*part.before).clone())
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
