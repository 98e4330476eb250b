//! Nothing is ended by a slip: what is seen before a release, and what the plain yes does not do.

use super::*;
use crate::app::Effect;
use crate::app::fixture::{Desk, case_id};
use crate::say::Lang;

fn form(desk: &Desk) -> &Form {
    match desk.state.layers.last() {
        Some(Layer::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn released(desk: &mut Desk) -> Vec<(CaseId, bool)> {
    let sent = desk.taken().into_iter().filter_map(|effect| match effect {
        Effect::Commit { act, .. } => Some(*act),
        _ => None,
    });
    // What is done to several is one act.
    let acts = sent.flat_map(|act| match act {
        Act::Several(acts) => acts,
        one => vec![one],
    });
    acts.map(|act| match act {
        Act::ReleaseCase { case, early, .. } => (case, early),
        other => panic!("{other:?}"),
    })
    .collect()
}

fn seen(desk: &Desk) -> Option<&[ReleaseRow]> {
    form(desk).part::<Release>()?.seen.as_deref()
}

fn focused(desk: &Desk) -> &'static str {
    form(desk).fields[form(desk).focus].id
}

#[test]
fn what_is_released_is_seen_first() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("4jjx");
    let shown: Vec<&str> = form(&desk).about.iter().map(|(say, _)| say.zh.as_str()).collect();
    let all = shown.join("\n");
    for part in ["麦麦提·艾力", "期满待解除", "居家观察", "第0天", "期满日"] {
        assert!(all.contains(part) || part == "第0天", "{part}: {all}");
    }
    assert!(all.contains("+ 14"), "the day from which it counts: {all}");
    assert!(form(&desk).field("early").is_none(), "nothing stands against it");
}

#[test]
fn before_its_last_day_the_plain_yes_releases_nobody() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    // The second line of the list is on day 3 of 14.
    desk.keys("4jx误列\ty\n");
    assert_eq!(released(&mut desk), []);
    assert_eq!(focused(&desk), "early");
    assert!(form(&desk).error.as_ref().unwrap().zh.contains("王伟"));
    let about = form(&desk).about.last().unwrap();
    assert!(about.0.zh.contains("未期满（第 3/14 天") && about.1 == Mood::Bad, "{about:?}");
    desk.keys("y\n");
    assert_eq!(released(&mut desk), [(case_id(1), true)]);
}

#[test]
fn of_several_the_plain_yes_releases_the_others_only() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("4*x");
    let names: Vec<&str> = seen(&desk).unwrap().iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names[..2], ["欧阳若兰", "王伟"], "those that need a second yes are seen first");
    assert!(form(&desk).field("early").is_some());
    desk.keys("期满\ty\n");
    let done = released(&mut desk);
    assert!(done.iter().all(|(_, early)| !early), "{done:?}");
    assert!(!done.iter().any(|(case, _)| [case_id(0), case_id(1)].contains(case)), "{done:?}");
    assert!(!done.is_empty());
    assert!(form(&desk).after.as_ref().unwrap().zh.contains("2 人未解除：欧阳若兰、王伟"));
}

#[test]
fn of_several_a_second_yes_releases_all_and_marks_the_early_ones() {
    let mut desk = Desk::new(Lang::En, 80, 24);
    desk.keys("4*xend of term\ty\t2\n");
    let done = released(&mut desk);
    let early: Vec<CaseId> = done.iter().filter(|(_, early)| *early).map(|(case, _)| *case).collect();
    assert_eq!(early, [case_id(0), case_id(1)]);
    assert!(done.len() > 2, "{done:?}");
}

#[test]
fn nothing_is_released_before_it_is_looked_up() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("4jjx");
    let Some(Layer::Form(form_now)) = desk.state.layers.last_mut() else { panic!("no form") };
    let cases = form_now.part::<Release>().unwrap().cases.clone();
    form_now.is_now(Release { cases, seen: None });
    desk.keys("期满\ty\n");
    assert_eq!(released(&mut desk), []);
    assert_eq!(form(&desk).error, Some(cases::CHECKING.into()));
}

#[test]
fn what_comes_to_stand_against_it_is_asked_anew() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("4jx误列\ty\ty");
    assert_eq!(form(&desk).value("early"), "yes");
    let rows = seen(&desk).unwrap().to_vec();
    desk.state.take_releases(rows.clone());
    assert_eq!(form(&desk).value("early"), "yes", "the same question keeps its answer");
    desk.state.take_releases(rows.into_iter().map(|row| ReleaseRow { against: Vec::new(), ..row }).collect());
    assert!(form(&desk).field("early").is_none());
}

#[test]
fn begun_afresh_it_still_shows_what_stands_against_it() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("4jx误列\u{1b}x");
    assert!(form(&desk).kept.is_some());
    desk.ctrl('n');
    assert!(form(&desk).kept.is_none() && form(&desk).value("reason").is_empty());
    assert!(seen(&desk).is_some() && form(&desk).field("early").is_some());
    let shown: Vec<&str> = form(&desk).about.iter().map(|(say, _)| say.zh.as_str()).collect();
    assert!(!shown.iter().any(|line| line.contains("正在核对")), "{shown:?}");
}
