//! The form of a person, new or changed: an identity number that may be a slip is asked about once more.

use super::wrong::{Wrong, wrong};
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::state::{Layer, State};
use crate::domain::person::PersonFacts;
use crate::i18n::people;
use crate::say::Say;

/// What may be a slip in the number that was typed.
fn slip(form: &Form) -> Option<Say> {
    let facts = PersonFacts { id_number: Some(form.value("id_number")), ..PersonFacts::default() };
    facts.id_slip().map(people::id_slip)
}

impl State {
    /// A person is about to be saved: where the number may be a slip the question about it appears, unanswered. Not
    /// sooner: while a number is typed it cannot fit yet.
    pub(super) fn ask_about_number(&mut self) {
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        if matches!(form.kind, FormKind::AddPerson | FormKind::EditPerson(..)) {
            form.ask_again(people::NUMBER_RIGHT, slip(form));
        }
    }
}

/// Refuses a number that may be a slip until it is said to be right.
pub(super) fn check_number(form: &Form) -> Result<(), Wrong> {
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
        // It is chosen like any field, and saved with the key that saves.
        let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!("no form") };
        form.focus_on("sure");
        desk.keys("y");
        assert_eq!(self::form(&desk).value("sure"), "yes");
        desk.keys("n");
        assert_eq!(self::form(&desk).value("sure"), "no");
        assert!(numbers(&mut desk).is_empty());
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
