//! Passing a shift on at the desk: questions, signatures, going on, taking over, what stays unread.

use super::*;
use crate::app::fixture::{Desk, id, me, now, person_id, summary};
use crate::app::shown::msg::{Data, Msg};
use crate::app::shown::pages::ShiftsPage;
use crate::app::shown::rows::DueLine;
use crate::domain::handover::QuestionEnd;
use crate::domain::ids::{QuestionId, ShiftId, Subject};
use crate::domain::item::{Item, ItemKind};
use crate::domain::pin::Pin;
use crate::store::act::Close;
use crate::store::query::rows::{QuestionRow, UnreadRow};

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("0");
    desk.taken();
    desk
}

fn acts(desk: &mut Desk) -> Vec<Act> {
    desk.taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { act, .. } => Some(*act),
            _ => None,
        })
        .collect()
}

fn close(desk: &mut Desk) -> Close {
    let acts = acts(desk);
    let [Act::CloseShift(close)] = acts.as_slice() else { panic!("{acts:?}") };
    (**close).clone()
}

fn error(desk: &Desk) -> String {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form.error.as_ref().map(|say| say.zh.clone()).unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

/// Answers the last load of this kind with other rows.
fn answer(desk: &mut Desk, query: Query, data: Data) {
    let generation = 9_000;
    desk.state.waiting.insert(generation, query);
    desk.send(Msg::Loaded { generation, data });
}

#[test]
fn a_question_is_left_on_an_item_and_kept_with_the_ticks() {
    let mut desk = desk();
    desk.keys("c\n a谁联系过家长？\n");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    assert_eq!((walk.questions.len(), walk.at), (1, 2));
    let asked = walk.questions[0].clone();
    assert_eq!(asked.item, walk.items[1].0.item());
    // A crash in between loses neither.
    desk.keys("\u{1b}c\n");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    assert_eq!(walk.questions, std::slice::from_ref(&asked));
    desk.keys("\ny\n");
    let close = close(&mut desk);
    assert_eq!((close.how, close.questions), (How::Handed, vec![asked]));
    assert!(close.items[0].ticked && !close.items[1].ticked);
}

#[test]
fn a_tick_or_an_empty_line_takes_the_question_away() {
    let mut desk = desk();
    desk.keys("c\na谁？\nka\u{8}\u{8}\n");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    assert!(walk.questions.is_empty());
    desk.keys("a谁？\nk ");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    assert!(walk.questions.is_empty() && walk.items[0].0.ticked);
}

#[test]
fn what_is_asked_about_is_not_ticked_with_all_the_rest() {
    let mut desk = desk();
    desk.keys("c\na谁联系过家长？\n*");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    let ticked: Vec<bool> = walk.items.iter().map(|(item, _)| item.ticked).collect();
    assert_eq!(ticked, [false, true, true, true, true, true, true, true]);
    assert_eq!(walk.questions.len(), 1);
    desk.keys("\n");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    assert_eq!(form.fields[0].hint, say::left_open(0, 1, 8));
    desk.keys("y\n");
    assert_eq!(close(&mut desk).questions.len(), 1);
}

#[test]
fn who_has_a_pin_signs_with_it_and_it_is_never_kept() {
    let mut desk = desk();
    desk.state.status.pins = vec![me()];
    desk.keys("c\n\ny\t12\n");
    assert!(error(&desk).contains("4 到 64"));
    // What is wrong is typed anew, in its own field.
    desk.keys("1234\n");
    let kept = desk.effects.iter().any(|effect| {
        matches!(effect, Effect::SaveDraft { json, .. } if json.contains("1234") || json.contains("from_pin"))
    });
    assert!(!kept);
    assert_eq!(close(&mut desk).from_pin, Pin::new("1234"));
}

#[test]
fn the_same_officer_goes_on_only_with_a_reason() {
    let mut desk = desk();
    desk.keys("ck\n");
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    assert_eq!((walk.how, walk.to.0), (How::Continued, me()));
    desk.keys("\ny\n");
    assert!(!error(&desk).is_empty());
    desk.keys("接班人病了\n");
    let close = close(&mut desk);
    assert_eq!((close.how, close.to, close.reason.as_str()), (How::Continued, me(), "接班人病了"));
}

#[test]
fn a_shift_whose_officer_left_is_taken_over_alone_with_a_reason() {
    let mut desk = desk();
    desk.keys(":start-shift\n");
    assert!(acts(&mut desk).is_empty(), "on duty already");
    let other = OfficerId(id(1, 2));
    desk.state.officer = Some((other, "周航".to_owned()));
    desk.keys(":start-shift\ny\t已离岗\n");
    let close = close(&mut desk);
    assert_eq!((close.how, close.to, close.reason.as_str()), (How::TakenOver, other, "已离岗"));
    assert!(close.items.iter().all(|item| !item.ticked) && close.items.len() == 8);
}

#[test]
fn the_loser_of_two_terminals_is_told_and_stays_where_it_was() {
    let mut desk = desk();
    desk.keys("c\n\ny\n");
    let token = desk.effects.iter().find_map(|effect| match effect {
        Effect::Commit { token, .. } => Some(*token),
        _ => None,
    });
    let why = words::taken_by("周航", "02-17 10:04");
    desk.send(Msg::CommitFailed { token: token.unwrap(), error: why.clone(), field: None });
    assert_eq!(error(&desk), why.zh);
    assert_eq!(desk.state.officer.as_ref().map(|(id, _)| *id), Some(me()));
}

#[test]
fn earlier_shifts_are_listed_and_their_papers_are_those_that_were_signed() {
    let mut desk = desk();
    desk.keys("\n");
    assert!(desk.state.page_of::<ShiftsPage>().is_some());
    desk.keys("p");
    assert!(desk.taken().is_empty(), "no shift is selected");
    desk.keys("\u{1b}");
    assert!(desk.state.layers.is_empty());
}

#[test]
fn what_was_taken_over_unread_stands_first_until_it_is_read() {
    let mut desk = desk();
    let unread = |n: usize| {
        DueLine::Unread(UnreadRow {
            shift: ShiftId(id(8, 0)),
            item: Item::new(ItemKind::Case, person_id(n)),
            subject: Some(Subject::Person(person_id(n))),
            name: "王伟".to_owned(),
            called: Say::default(),
            since: now(),
        })
    };
    let question = DueLine::Question(QuestionRow {
        id: QuestionId(id(12, 1)),
        shift: ShiftId(id(8, 0)),
        item: Item::new(ItemKind::Case, person_id(3)),
        subject: Some(Subject::Person(person_id(3))),
        name: "张敏".to_owned(),
        text: "家长来过吗".to_owned(),
        asked_at: now(),
        asked_by: "周航".to_owned(),
        ended: None,
        ended_at: None,
        ended_by: String::new(),
        answer: String::new(),
    });
    let lines = vec![unread(1), unread(2), question];
    answer(&mut desk, Query::Due, Data::Due(lines.clone()));
    desk.keys("6");
    answer(&mut desk, Query::Due, Data::Due(lines.clone()));
    desk.keys("gc");
    let item = |n: usize| Item::new(ItemKind::Case, person_id(n));
    assert_eq!(acts(&mut desk), [Act::Acknowledge { shift: ShiftId(id(8, 0)), items: vec![item(1)] }]);
    // All at once is asked about first.
    desk.keys(":read-all\n");
    assert!(acts(&mut desk).is_empty());
    desk.keys("\n");
    assert!(acts(&mut desk).is_empty() && error(&desk).contains("请选"));
    desk.keys("y\n");
    let all = vec![item(1), item(2)];
    assert_eq!(acts(&mut desk), [Act::Acknowledge { shift: ShiftId(id(8, 0)), items: all }]);
    // The question is over once it is in the log.
    desk.state.layers.clear();
    desk.keys("Gc来过\n");
    let words = "来过".to_owned();
    let question = QuestionId(id(12, 1));
    assert_eq!(acts(&mut desk), [Act::AnswerQuestion { question, how: QuestionEnd::Answered, words }]);
}

#[test]
fn the_own_pin_is_typed_twice() {
    let mut desk = desk();
    desk.keys(":pin\n\t4711\t4712\n");
    assert!(error(&desk).contains("不一致"));
    desk.keys("4711\n");
    let pin = Pin::new("4711");
    assert_eq!(acts(&mut desk), [Act::ChangePin { officer: me(), new: pin, old: None, second: None }]);
    assert_eq!(summary().officer, me());
}

#[test]
fn what_is_unread_is_read_by_the_officer_on_duty_alone() {
    let mut desk = desk();
    let lines = vec![DueLine::Unread(UnreadRow {
        shift: ShiftId(id(8, 0)),
        item: Item::new(ItemKind::Case, person_id(1)),
        subject: Some(Subject::Person(person_id(1))),
        name: "王伟".to_owned(),
        called: Say::default(),
        since: now(),
    })];
    desk.keys("6");
    answer(&mut desk, Query::Due, Data::Due(lines));
    let on_duty = desk.state.status.shift.as_ref().unwrap().name.clone();
    desk.state.officer = Some((OfficerId(id(1, 2)), "周航".to_owned()));
    for keys in ["gc", ":read-all\n"] {
        desk.keys(keys);
        assert!(acts(&mut desk).is_empty() && desk.state.layers.is_empty(), "{keys}");
        let told = desk.state.feedback.take().unwrap().say.zh;
        assert!(told.contains(&format!("由当班的{on_duty}本人阅")), "{told}");
    }
}

fn ticked(desk: &Desk) -> (String, usize) {
    let Some(Layer::Walk(walk)) = desk.state.layers.last() else { panic!() };
    (walk.to.1.clone(), walk.items.iter().filter(|(item, _)| item.ticked).count())
}

#[test]
fn ticks_are_those_of_the_officer_with_whom_they_were_read_out() {
    let mut desk = desk();
    let third = OfficerId(id(1, 3));
    desk.state.status.officers.push((third, "梁广源".to_owned()));
    desk.keys("c\n*");
    let first = ticked(&desk);
    assert_eq!(first.1, 8);
    // As far as the last form and back.
    desk.keys("\n\u{1b}\u{1b}");
    desk.state.layers.clear();
    desk.keys("cG\n");
    assert_eq!(ticked(&desk), ("梁广源".to_owned(), 0));
    desk.keys(" a谁来？\n\n\t留话");
    desk.state.keep_draft(&mut Vec::new());
    desk.state.layers.clear();
    desk.keys("cG\n");
    assert_eq!(ticked(&desk), ("梁广源".to_owned(), 1));
    desk.keys("\u{1b}c\n");
    // A question stays whoever takes over, and what is asked about is not ticked.
    assert_eq!(ticked(&desk), (first.0, 7));
}

#[test]
fn who_may_only_read_is_not_among_the_successors() {
    let mut desk = desk();
    let other = OfficerId(id(1, 2));
    desk.state.status.roles.iter_mut().find(|(id, _)| *id == other).unwrap().1 =
        crate::domain::officer::Role::ReadOnly;
    desk.keys("c");
    let Some(Layer::Pick(pick)) = desk.state.layers.last() else { panic!() };
    assert!(!pick.officers.is_empty() && pick.officers.iter().all(|(id, _)| *id != other));
}

#[test]
fn the_lines_in_sight_are_those_of_the_whole() {
    let (summary, ctx) = (summary(), desk().state.ctx());
    let all = lines(&summary, &ctx, 0..usize::MAX);
    assert_eq!(all.len(), count(&summary, &ctx));
    for from in 0..all.len() {
        let sight = lines(&summary, &ctx, from..from + 7);
        assert_eq!(sight, all[from..(from + 7).min(all.len())]);
    }
}
