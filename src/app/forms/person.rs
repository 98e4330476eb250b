//! A person, new or corrected: an identity number that may be a slip is asked about once more.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, choices, opt, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::{Layer, State};
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::ids::PersonId;
use crate::domain::mask::Private;
use crate::domain::person::{PersonFacts, PersonKind};
use crate::i18n::{people, screen as say};
use crate::say::Say;
use crate::store::act::Act;
use crate::store::query::rows::{Dossier, Mask};

/// A new person.
#[derive(Debug)]
pub(super) struct AddPerson;

impl Part for AddPerson {
    fn draft(&self) -> Option<String> {
        Some("add/person".to_owned())
    }

    fn is_answered_at_once(&self) -> bool {
        false
    }
}

impl Acts for AddPerson {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let no = needed(form, "no", say::NUMBER_NEEDED)?;
        needed(form, "name", say::NAME_NEEDED)?;
        needed(form, "unit", say::UNIT_NEEDED)?;
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        let facts = facts_said(desk, form, &PersonFacts::default())?;
        check_number(form)?;
        Ok(vec![Act::AddPerson { no, facts, told_by }])
    }

    fn ready(&self, desk: &mut State) {
        ask_about_number(desk);
    }
}

pub(super) fn open_new(desk: &mut State, _: &mut Vec<Effect>) {
    let fields = fields(&PersonBefore::default(), [""; 3]);
    desk.show(Form::of(AddPerson, say::NEW_PERSON.into(), fields));
}

/// Corrects a person: number and facts as now known, private ones left out.
#[derive(Debug)]
pub(super) struct EditPerson(PersonId, PersonBefore);

impl Part for EditPerson {
    fn draft(&self) -> Option<String> {
        Some(format!("edit/person/{}", self.0))
    }

    fn is_answered_at_once(&self) -> bool {
        false
    }
}

impl Acts for EditPerson {
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let Self(person, before) = self;
        needed(form, "name", say::NAME_NEEDED)?;
        let no = needed(form, "no", say::NUMBER_NEEDED)?;
        let no = (no != before.no).then_some(no);
        let mut facts = facts_said(desk, form, &before.facts)?;
        if form.value("unit") == before.unit {
            facts.unit = None;
        }
        if no.is_none() && facts == PersonFacts::default() {
            return wrong("no", say::NOTHING_CHANGED);
        }
        let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
        check_number(form)?;
        Ok(vec![Act::EditPerson { person: *person, no, facts, told_by }])
    }

    fn ready(&self, desk: &mut State) {
        ask_about_number(desk);
    }
}

/// The form that corrects a person.
pub(in crate::app) fn edit(dossier: &Dossier, is_shown: bool) -> Form {
    let before = before(dossier);
    let seen = dossier.seen(is_shown);
    let fields = fields(&before, [&seen.origin, &seen.address, &seen.contact]);
    Form::of(EditPerson(dossier.id, before), titled(say::EDIT, &Say::same(&dossier.name)), fields)
}

/// A person as known before a correction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct PersonBefore {
    /// Number.
    no: String,
    /// The unit's name.
    unit: String,
    /// What is known and may be shown; private numbers are left out.
    facts: PersonFacts,
    /// The private numbers, to be shown with their middle hidden: own, ID, family's.
    private: [Private; 3],
}

fn before(dossier: &Dossier) -> PersonBefore {
    let text = |value: &str| Some(value.to_owned());
    PersonBefore {
        no: dossier.no.clone(),
        unit: dossier.unit.as_ref().map_or_else(String::new, |(_, name)| name.clone()),
        facts: PersonFacts {
            name: text(&dossier.name),
            unit: dossier.unit.as_ref().map(|(id, _)| *id),
            sex: text(&dossier.sex),
            kind: dossier.kind,
            campus: text(&dossier.campus),
            origin: text(&dossier.origin),
            address: text(&dossier.address),
            contact: text(&dossier.contact),
            ..PersonFacts::default()
        },
        private: [dossier.phone.clone(), dossier.id_number.clone(), dossier.family_phone.clone()],
    }
}

/// The fields of a person, with what is shown of the texts into which a number may have been typed.
fn fields(before: &PersonBefore, [origin, address, contact]: [&str; 3]) -> Vec<Field> {
    let facts = &before.facts;
    let mut kinds = vec![Choice::new("", Say::same("-"))];
    kinds.extend(choices(PersonKind::ALL, PersonKind::code));
    let [phone, id_number, family] = &before.private;
    let private = |id, label, number: &Private| {
        let field = Field::line(id, label, "");
        // Of a new person there is nothing yet that could be left as it is.
        let hint = if number.is_empty() { Say::default() } else { say::BLANK_UNCHANGED.into() };
        field.hint(hint).present(number.masked())
    };
    let kind = facts.kind.map_or(0, |k| kinds.iter().position(|c| c.code == k.code()).unwrap_or(0));
    vec![
        Field::line("no", say::NO, &before.no),
        Field::line("name", say::PERSON_NAME, opt(facts.name.as_ref())),
        Field::line("unit", say::UNIT, &before.unit).hint(say::UNIT_BY_NAME),
        Field::line("sex", say::SEX, opt(facts.sex.as_ref())),
        Field::choice("kind", say::PERSON_KIND, kinds, kind),
        Field::line("campus", say::CAMPUS, opt(facts.campus.as_ref())),
        private("phone", say::OWN_PHONE, phone),
        private("id_number", say::ID_NUMBER, id_number),
        Field::kept("origin", say::ORIGIN, opt(facts.origin.as_ref()), origin),
        Field::kept("address", say::ADDRESS, opt(facts.address.as_ref()), address),
        Field::kept("contact", say::CONTACT_PERSON, opt(facts.contact.as_ref()), contact),
        private("family_phone", say::FAMILY_PHONE, family),
        Field::line("told_by", say::TOLD_BY, "").hint(say::TOLD_BY_NEEDED),
    ]
}

fn facts_said(desk: &State, form: &Form, before: &PersonFacts) -> Result<PersonFacts, Wrong> {
    let text = |id: &str| Some(form.value(id));
    // Private numbers are not shown in the form: blank says nothing.
    let private = |id: &str| Some(form.value(id)).filter(|value| !value.is_empty());
    let said = PersonFacts {
        name: text("name"),
        unit: desk.unit_named("unit", &form.value("unit"))?,
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

/// What may be a slip in the number that was typed.
fn slip(form: &Form) -> Option<Say> {
    let facts = PersonFacts { id_number: Some(form.value("id_number")), ..PersonFacts::default() };
    facts.id_slip().map(people::id_slip)
}

/// A person is about to be saved: where the number may be a slip the question about it appears, unanswered. Not
/// sooner: while a number is typed it cannot fit yet.
fn ask_about_number(desk: &mut State) {
    let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
    form.ask_again(people::NUMBER_RIGHT, slip(form));
}

/// Refuses a number that may be a slip until it is said to be right.
fn check_number(form: &Form) -> Result<(), Wrong> {
    match slip(form) {
        Some(what) if form.value("sure") != "yes" => {
            let zh = people::id_ask_again(&what.zh).zh;
            wrong("sure", Say { zh, en: people::id_ask_again(&what.en).en })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Effect;
    use crate::app::fixture::Desk;
    use crate::say::Lang;
    use crate::store::act::Act;

    fn form(desk: &Desk) -> &Form {
        match desk.state.layers.last() {
            Some(Layer::Form(form)) => form,
            other => panic!("no form: {other:?}"),
        }
    }

    /// The field is focused, emptied and typed into.
    fn fill(desk: &mut Desk, id: &str, text: &str) {
        let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!("no form") };
        form.focus_on(id);
        let old = form.value(id).chars().count();
        desk.keys(&"\u{8}".repeat(old)).keys(text);
    }

    fn say_yes(desk: &mut Desk) {
        let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!("no form") };
        form.focus_on("sure");
        desk.keys("2");
        assert_eq!(self::form(desk).value("sure"), "yes");
    }

    fn numbers(desk: &mut Desk) -> Vec<Option<String>> {
        let sent = desk.taken().into_iter();
        sent.filter_map(|effect| match effect {
            Effect::Commit { act, .. } => match *act {
                Act::EditPerson { facts, .. } => Some(facts.id_number),
                other => panic!("{other:?}"),
            },
            _ => None,
        })
        .collect()
    }

    #[test]
    fn a_number_that_may_be_a_slip_is_saved_only_when_it_is_said_to_be_right() {
        let mut desk = Desk::new(Lang::Zh, 100, 40);
        desk.keys("4j\ne");
        fill(&mut desk, "told_by", "本人");
        fill(&mut desk, "id_number", "370202197001011230");
        assert!(form(&desk).field("sure").is_none(), "not while it is typed");
        desk.keys("\n");
        let asked = |desk: &Desk| form(desk).error.clone().map(|say| say.zh).unwrap_or_default();
        assert!(numbers(&mut desk).is_empty());
        assert!(asked(&desk).contains("370202197001011230 的校验码或出生日期不对"), "{}", asked(&desk));
        assert!(asked(&desk).contains("号码无误"));
        assert_eq!((form(&desk).value("sure"), form(&desk).value("id_number").len()), ("no".to_owned(), 18));
        // Said of one number it says nothing of another.
        say_yes(&mut desk);
        fill(&mut desk, "id_number", "370202197001011231");
        desk.keys("\n");
        assert!(numbers(&mut desk).is_empty() && asked(&desk).contains("370202197001011231"));
        say_yes(&mut desk);
        desk.keys("\n");
        assert_eq!(numbers(&mut desk), [Some("370202197001011231".to_owned())]);
        // One that fits is not asked about, and the question goes.
        let mut desk = Desk::new(Lang::Zh, 100, 40);
        desk.keys("4j\ne");
        fill(&mut desk, "told_by", "本人");
        fill(&mut desk, "id_number", "370202197001011230");
        desk.keys("\n");
        fill(&mut desk, "id_number", "370202197001011238");
        desk.keys("\n");
        assert_eq!(numbers(&mut desk), [Some("370202197001011238".to_owned())]);
    }
}
