//! A doubt is answered from its screen: as sent, otherwise, or later.

use super::*;
use crate::app::fixture::{Desk, doubts};
use crate::app::shown::state::Layer;
use crate::domain::time::MINUTE;
use crate::say::Lang;

fn form(desk: &Desk) -> &Form {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn answered(desk: &mut Desk) -> Vec<(DoubtId, Resolve)> {
    let sent = desk.taken().into_iter().filter_map(|effect| match effect {
        Effect::Commit { act, .. } => Some(*act),
        _ => None,
    });
    let acts = sent.flat_map(|act| match act {
        Act::Several(acts) => acts,
        one => vec![one],
    });
    acts.map(|act| match act {
        Act::AnswerDoubt { doubt, how } => (doubt, how),
        other => panic!("{other:?}"),
    })
    .collect()
}

fn id(at: usize) -> DoubtId {
    doubts()[at].doubt.id
}

#[test]
fn what_was_sent_is_so_of_one_or_of_several() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5c");
    assert_eq!(form(&desk).value("told_by"), "王伟", "a person is asked themselves");
    assert!(form(&desk).about[0].0.zh.contains("37.8℃"), "{:?}", form(&desk).about);
    desk.keys("\t");
    desk.keys("复测正常\n");
    let sent = answered(&mut desk);
    let how = Resolve::Confirm { told_by: "王伟".to_owned(), words: "复测正常".to_owned() };
    assert_eq!(sent, [(id(0), how)]);
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5*c");
    assert_eq!(form(&desk).value("told_by"), "", "they are of two units");
    desk.keys("\n");
    assert!(form(&desk).error.is_some() && answered(&mut desk).is_empty(), "who said so is asked");
    desk.keys("各联络人\n");
    assert_eq!(answered(&mut desk).len(), 3);
}

#[test]
fn a_field_is_corrected_by_its_own_type() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5m\n");
    assert_eq!(answered(&mut desk), []);
    assert_eq!(form(&desk).error.as_ref().unwrap().zh, say::NOTHING_CHANGED.zh);
    desk.keys("50\n");
    assert_eq!(form(&desk).error.as_ref().unwrap().zh, screen::BAD_TEMP.zh);
    desk.keys("\u{8}\u{8}364\n");
    let how = Resolve::Correct {
        field: "temp_am".to_owned(),
        value: "36.4".to_owned(),
        told_by: "王伟".to_owned(),
        words: String::new(),
    };
    assert_eq!(answered(&mut desk), [(id(0), how)]);
    // One field at a time, and one doubt.
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5m364\t365\n");
    assert_eq!(form(&desk).error.as_ref().unwrap().zh, say::ONE_FIELD.zh);
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5*m");
    assert!(!matches!(desk.state.layers.last(), Some(Layer::Form(_))));
    assert_eq!(desk.state.feedback.as_ref().unwrap().say.zh, say::ONE_BY_ONE.zh);
    // Many rows of a unit are not corrected here.
    desk.keys("\u{1b}jjm");
    assert_eq!(desk.state.feedback.as_ref().unwrap().say.zh, say::NOTHING_TO_CORRECT.zh);
}

#[test]
fn a_promised_answer_has_its_time() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5d\n");
    assert!(form(&desk).error.is_some());
    desk.keys("30m\n");
    let sent = answered(&mut desk);
    let [(doubt, Resolve::Defer { due, told_by, .. })] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!((*doubt, *due, told_by.as_str()), (id(0), desk.state.now.plus(30 * MINUTE), "王伟"));
}

#[test]
fn the_keys_of_the_screen_reach_the_person_the_call_and_the_number() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5f");
    assert!(form(&desk).field("outcome").is_some(), "a call is logged about whom it is");
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("5\n");
    assert_eq!(desk.state.page_context(), crate::app::keymap::Context::Dossier);
    desk.keys("\u{1b}jj\n");
    assert_eq!(desk.state.page_context(), crate::app::keymap::Context::Unit);
}
