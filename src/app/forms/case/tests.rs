//! The form of a case as it is typed: what follows from what, and what is asked once more.

use super::*;
use crate::app::fixture::{Desk, case_id, person_id};
use crate::app::{Effect, State};
use crate::domain::case::DateSlip;
use crate::domain::time::add_days;
use crate::say::Lang;

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 100, 40);
    let form = desk.state.new_case((vec![person_id(9)], None), Say::same("x"), &CaseFacts::default());
    desk.state.show(form);
    desk
}

fn form(state: &State) -> &Form {
    match state.layers.last() {
        Some(Layer::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// Puts a text in place of what stands in a field, key by key.
fn fill(desk: &mut Desk, id: &str, text: &str) {
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!("no form") };
    form.focus_on(id);
    let old = form.value(id).chars().count();
    desk.keys(&"\u{8}".repeat(old)).keys(text);
}

fn hint(desk: &Desk) -> String {
    desk.state.case_count(form(&desk.state)).map(|say| say.zh).unwrap_or_default()
}

fn acts(desk: &mut Desk) -> Vec<Act> {
    let sent = desk.taken().into_iter();
    sent.filter_map(|effect| match effect {
        Effect::Commit { act, .. } => Some(*act),
        _ => None,
    })
    .collect()
}

#[test]
fn what_is_ticked_fills_in_what_nobody_touched() {
    let mut desk = desk();
    let now = |desk: &Desk| (form(&desk.state).value("measure"), form(&desk.state).value("days"));
    assert_eq!(now(&desk), ("home".to_owned(), "14".to_owned()));
    let tick = |desk: &mut Desk, category: Category| {
        let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!("no form") };
        form.focus_on("categories");
        if let crate::app::shown::field::Entry::Many(_, at) = &mut form.fields[0].entry {
            *at = Category::ALL.iter().position(|known| *known == category).unwrap();
        }
        desk.keys(" ");
    };
    tick(&mut desk, Category::Psychological);
    assert_eq!(now(&desk), ("none".to_owned(), "0".to_owned()));
    tick(&mut desk, Category::Suspected);
    assert_eq!(now(&desk), ("medical".to_owned(), "14".to_owned()));
    fill(&mut desk, "days", "21");
    tick(&mut desk, Category::Confirmed);
    assert_eq!(now(&desk), ("hospital".to_owned(), "21".to_owned()), "what was typed stands");
    desk.keys("\n");
    let [Act::OpenCase { facts, .. }] = &acts(&mut desk)[..] else { panic!("one case is opened") };
    // The command line asks the same.
    let said = CaseFacts { categories: facts.categories.clone(), days: Some(21), ..CaseFacts::default() };
    let completed = said.completed(desk.state.status.day, Rules::builtin());
    assert_eq!(
        (facts.measure, facts.days, facts.start),
        (completed.measure, completed.days, completed.start)
    );
}

#[test]
fn the_last_day_stands_under_the_days_while_they_are_typed() {
    let mut desk = desk();
    fill(&mut desk, "last_exposure", "2020-02-1");
    assert_eq!(
        hint(&desk),
        "期满日 2020-02-15（末次接触 2020-02-01 + 14），次日起可解除；期满日 2020-02-15 已过，保存后即为期满待解除"
    );
    desk.keys("0");
    assert_eq!(hint(&desk), "期满日 2020-02-24（末次接触 2020-02-10 + 14），次日起可解除");
    fill(&mut desk, "days", "7");
    assert_eq!(hint(&desk), "期满日 2020-02-17（末次接触 2020-02-10 + 7），次日起可解除");
    fill(&mut desk, "last_exposure", "");
    assert_eq!(hint(&desk), "期满日 2020-02-24（开始日 2020-02-17 + 7），次日起可解除");
    fill(&mut desk, "days", "0");
    assert_eq!(hint(&desk), "不计天数");
    fill(&mut desk, "start", "2020-02-18");
    assert!(hint(&desk).contains("还没有到"), "{}", hint(&desk));
    let Some(Layer::Form(form)) = desk.state.layers.last_mut() else { panic!("no form") };
    form.focus_on("place");
    assert_eq!(hint(&desk), "", "only under the days");
}

#[test]
fn a_day_to_come_is_refused_at_its_field() {
    let mut desk = desk();
    desk.keys("1");
    fill(&mut desk, "last_exposure", "2020-02-18");
    desk.keys("\n");
    assert!(acts(&mut desk).is_empty());
    let form = form(&desk.state);
    assert_eq!(form.fields[form.focus].id, "last_exposure");
    assert!(form.error.as_ref().unwrap().zh.contains("2020-02-18 还没有到"));
    assert!(form.field("sure").is_none(), "no yes passes it");
}

#[test]
fn odd_days_want_a_yes_of_their_own() {
    let mut desk = desk();
    desk.keys("1");
    fill(&mut desk, "last_exposure", "2020-02-02");
    assert_eq!(form(&desk.state).value("sure"), "no", "it appears as soon as it is typed");
    desk.keys("\n");
    assert!(acts(&mut desk).is_empty());
    assert_eq!(form(&desk.state).fields[form(&desk.state).focus].id, "sure");
    assert!(form(&desk.state).error.as_ref().unwrap().zh.contains("期满日 2020-02-16 已过"));
    desk.keys("2");
    // Another day is another question.
    fill(&mut desk, "last_exposure", "2019-02-02");
    assert_eq!(form(&desk.state).value("sure"), "no");
    let Some(Layer::Form(form_now)) = desk.state.layers.last_mut() else { panic!("no form") };
    form_now.focus_on("sure");
    desk.keys("y");
    let [Act::OpenCase { facts, .. }] = &acts(&mut desk)[..] else { panic!("one case is opened") };
    assert_eq!(facts.last_exposure, "2019-02-02".parse().ok());
}

#[test]
fn the_question_goes_with_what_it_asked() {
    let mut desk = desk();
    fill(&mut desk, "start", "2019-12-01");
    assert!(form(&desk.state).field("sure").is_some());
    fill(&mut desk, "start", "2020-02-17");
    assert!(form(&desk.state).field("sure").is_none());
    let last = form(&desk.state).fields.len() - 1;
    assert!(form(&desk.state).focus <= last);
}

#[test]
fn a_change_asks_about_what_it_changes() {
    let mut desk = Desk::new(Lang::Zh, 100, 40);
    let today = desk.state.status.day;
    let before = CaseFacts {
        categories: Some(vec![Category::Contact]),
        measure: Some(Measure::Home),
        start: Some(add_days(today, -90)),
        last_exposure: Some(add_days(today, -10)),
        days: Some(14),
        ..CaseFacts::default()
    };
    let mut fields = desk.state.case_fields(&before, false);
    fields.push(Field::line("reason", say::WHY, "x"));
    let change = ChangeCase { case: case_id(1), before: Box::new(before) };
    desk.state.show(Form::of(change, Say::same("x"), fields));
    fill(&mut desk, "note", "电话核实");
    assert!(form(&desk.state).field("sure").is_none(), "the old start is nobody's slip");
    fill(&mut desk, "days", "7");
    assert_eq!(desk.state.case_slips(form(&desk.state)), [DateSlip::OverAtOnce(add_days(today, -3))]);
    desk.keys("\n");
    assert!(acts(&mut desk).is_empty());
    desk.keys("y\n");
    let [Act::ChangeCase { facts, .. }] = &acts(&mut desk)[..] else { panic!("one case is changed") };
    assert_eq!((facts.days, facts.start), (Some(7), None));
}
