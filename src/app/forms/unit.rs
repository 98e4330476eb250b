//! A unit, new or corrected.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, no_yes, opt, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::ids::{OfficerId, UnitId};
use crate::domain::time::{hhmm, parse_hhmm};
use crate::domain::unit::{Unit, UnitFacts};
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::Act;

/// A new unit.
#[derive(Debug)]
pub(super) struct AddUnit;

impl Part for AddUnit {
    fn draft(&self) -> Option<String> {
        Some("add/unit".to_owned())
    }
}

impl Acts for AddUnit {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let code = needed(form, "code", say::CODE_NEEDED)?;
        let name = needed(form, "name", say::NAME_NEEDED)?;
        Ok(vec![Act::AddUnit { code, name, facts: facts_said(desk, form, &UnitFacts::default())? }])
    }
}

pub(super) fn open_new(desk: &mut State, _: &mut Vec<Effect>) {
    let unit = Unit {
        id: UnitId(uuid::Uuid::nil()),
        code: String::new(),
        name: String::new(),
        facts: UnitFacts::default(),
    };
    let fields = fields(desk, &unit);
    desk.show(Form::of(AddUnit, say::NEW_UNIT.into(), fields));
}

/// Corrects a unit.
#[derive(Debug)]
pub(super) struct EditUnit(Unit);

impl Part for EditUnit {
    fn draft(&self) -> Option<String> {
        Some(format!("edit/unit/{}", self.0.id))
    }
}

impl Acts for EditUnit {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let unit = &self.0;
        let code = needed(form, "code", say::CODE_NEEDED)?;
        let name = needed(form, "name", say::NAME_NEEDED)?;
        let code = (code != unit.code).then_some(code);
        let name = (name != unit.name).then_some(name);
        let facts = facts_said(desk, form, &unit.facts)?;
        if code.is_none() && name.is_none() && facts == UnitFacts::default() {
            return wrong("code", say::NOTHING_CHANGED);
        }
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        Ok(vec![Act::EditUnit { unit: unit.id, code, name, facts, told_by }])
    }
}

/// The form that corrects a unit.
pub(in crate::app) fn edit(desk: &State, unit: &Unit) -> Form {
    Form::of(EditUnit(unit.clone()), titled(say::EDIT, &Say::same(&unit.name)), fields(desk, unit))
}

fn fields(desk: &State, unit: &Unit) -> Vec<Field> {
    let facts = &unit.facts;
    let above = facts.parent.and_then(|id| desk.tables.units.rows().iter().find(|row| row.id == id));
    let reports = usize::from(facts.reports.unwrap_or(true));
    let deadline = facts.deadline.map_or_else(String::new, hhmm);
    vec![
        Field::line("code", say::CODE, &unit.code),
        Field::line("name", say::NAME, &unit.name),
        Field::line("short", say::SHORT, opt(facts.short.as_ref())),
        Field::line("parent", say::ABOVE, above.map_or("", |row| &row.name)).hint(say::UNIT_BY_NAME),
        Field::line("campus", say::CAMPUS, opt(facts.campus.as_ref())),
        Field::line("head", say::HEAD, opt(facts.head.as_ref())),
        Field::line("head_phone", say::HEAD_PHONE, opt(facts.head_phone.as_ref())),
        Field::line("liaison", say::LIAISON, opt(facts.liaison.as_ref())),
        Field::line("liaison_phone", say::LIAISON_PHONE, opt(facts.liaison_phone.as_ref())),
        Field::choice("reports", say::SENDS_REPORTS, no_yes(), reports),
        Field::line("deadline", say::OWN_DEADLINE, &deadline),
        officer(desk, facts.officer),
        Field::line("told_by", say::TOLD_BY, "").hint(say::TOLD_BY_NEEDED),
    ]
}

/// Who answers for a unit. One who does is replaced by another, never by nobody.
fn officer(desk: &State, known: Option<OfficerId>) -> Field {
    let nobody = known.is_none().then(|| Choice::new("", say::NO_UNIT_OFFICER));
    let officers = desk.status.officers.iter();
    let named = officers.map(|(id, name)| Choice::new(&id.to_string(), Say::same(name)));
    let choices: Vec<Choice> = nobody.into_iter().chain(named).collect();
    let at = known.and_then(|known| desk.status.officers.iter().position(|(id, _)| *id == known));
    Field::choice("officer", say::UNIT_OFFICER, choices, at.unwrap_or(0))
}

fn facts_said(desk: &State, form: &Form, before: &UnitFacts) -> Result<UnitFacts, Wrong> {
    let text = |id: &str, known: Option<&String>| {
        let value = form.value(id);
        (value != known.map_or("", String::as_str)).then_some(value)
    };
    let parent = desk.unit_named("parent", &form.value("parent"))?;
    let reports = form.value("reports") == "yes";
    let officer = form.value("officer");
    let officer = desk.status.officers.iter().find(|(id, _)| id.to_string() == officer).map(|(id, _)| *id);
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
