//! The report screen, 口径簿 and the spoken report: keys in, acts out.

use super::*;
use crate::app::fixture::{Desk, me, person_id, sent, sitrep, today, unit_id};
use crate::app::shown::msg::{Data, Msg};
use crate::app::shown::pages::{DossierPage, ToldPage, UnitPage};
use crate::domain::followup::Channel;
use crate::domain::letterhead::Letterhead;
use crate::domain::sitrep::check::{BadSum, Sum};
use crate::domain::sitrep::{Column as Count, Key, Sitrep};
use crate::say::Lang;
use crate::store::act::Act;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

fn desk() -> Desk {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("-");
    desk.taken();
    desk
}

fn press(desk: &mut Desk, code: KeyCode, times: usize) {
    for _ in 0..times {
        desk.send(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }
}

fn acts(desk: &mut Desk) -> Vec<Act> {
    desk.taken()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Commit { act, officer, .. } if officer == me() => Some(*act),
            _ => None,
        })
        .collect()
}

fn key(desk: &Desk) -> String {
    desk.state.report.grid.current().map(|cell| cell.key.clone()).unwrap_or_default()
}

/// Walks down until the cursor stands on the first figure of this row.
fn walk_to(desk: &mut Desk, row: &str) {
    for _ in 0..200 {
        if key(desk).starts_with(row) {
            return;
        }
        press(desk, KeyCode::Down, 1);
    }
    panic!("no {row}");
}

#[test]
fn every_figure_opens_the_list_behind_it_and_esc_returns_to_the_cell() {
    let mut desk = desk();
    assert_eq!(key(&desk), "all.opening");
    press(&mut desk, KeyCode::Right, 3);
    assert_eq!(key(&desk), "all.current");
    desk.keys("\n");
    let Some(page) = desk.state.page_of::<BehindPage>() else { panic!() };
    assert!(page.title.zh.ends_with("现有 = 4"), "{}", page.title.zh);
    assert_eq!(page.rows.rows().len(), 4);
    desk.keys("j\n");
    assert!(desk.state.page_of::<DossierPage>().is_some_and(|page| page.id == person_id(2)));
    desk.keys("\u{1b}\u{1b}");
    assert!(desk.state.layers.is_empty());
    assert_eq!(key(&desk), "all.current");
    press(&mut desk, KeyCode::Left, 9);
    walk_to(&mut desk, "all.expected");
    desk.keys("\n");
    let Some(page) = desk.state.page_of::<BehindPage>() else { panic!() };
    assert!(page.rows.rows().iter().all(|line| line.is_unit) && page.rows.rows().len() == 3);
    desk.keys("\u{1b}");
    walk_to(&mut desk, "heat.");
    desk.keys("\n");
    assert!(desk.state.page_of::<UnitPage>().is_some_and(|page| page.id == unit_id(0)));
}

#[test]
fn a_day_of_the_trend_opens_its_report_and_esc_comes_back_to_today() {
    let mut desk = desk();
    walk_to(&mut desk, "trend.open");
    press(&mut desk, KeyCode::Left, 20);
    desk.keys("\n");
    let first = crate::domain::time::add_days(today(), -13);
    assert_eq!(desk.state.report.ask.day, Some(first));
    desk.keys("\u{1b}");
    assert_eq!(desk.state.report.ask.day, None);
    desk.keys("b");
    assert_eq!(desk.state.report.ask.boundary, Some(480));
    desk.keys("b");
    assert_eq!(desk.state.report.ask.boundary, Some(0));
}

#[test]
fn the_report_is_sent_and_corrected_with_a_reason() {
    let mut desk = desk();
    desk.keys("s\n");
    assert!(acts(&mut desk).is_empty(), "nobody it is sent to");
    desk.keys("教育局\n");
    let headed = |number: &str, signer: &str| {
        let (number, signer) = (number.to_owned(), signer.to_owned());
        let letterhead =
            Letterhead { red_head: "海岬理工大学文件".to_owned(), number, signer, sealed: false };
        Box::new(Sitrep { letterhead: Some(letterhead), ..sitrep() })
    };
    let (to, channel) = ("教育局".to_owned(), Channel::Wechat);
    assert_eq!(acts(&mut desk), [Act::SendSitrep { report: headed("", ""), to, channel }]);
    desk.keys("\u{1b}");
    desk.keys("c\n");
    assert!(acts(&mut desk).is_empty(), "no reason");
    desk.keys("漏了一人\n");
    let corrected = Act::CorrectSitrep {
        of: sent().id,
        // As it was numbered and signed, unless something else is typed.
        report: headed("海理工防控〔2020〕16号", "钟秉文"),
        reason: "漏了一人".to_owned(),
        to: "教育局".to_owned(),
        channel: Channel::Wechat,
    };
    assert_eq!(acts(&mut desk), [corrected]);
}

fn error_of(desk: &Desk) -> String {
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    form.error.as_ref().map(|error| error.zh.clone()).unwrap_or_default()
}

#[test]
fn a_report_is_numbered_behind_the_offices_code_and_signed() {
    let mut desk = desk();
    desk.keys("s教育局\t\t17\t钟秉文");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let hint = &form.fields.iter().find(|field| field.id == "number").unwrap().hint;
    assert!(hint.zh.contains("海理工防控〔2020〕12号"), "{hint:?}");
    desk.keys("\n");
    let done = acts(&mut desk);
    let [Act::SendSitrep { report, .. }] = &done[..] else { panic!("{done:?}") };
    let letterhead = report.letterhead.clone().unwrap();
    assert_eq!(
        (letterhead.number.as_str(), letterhead.signer.as_str()),
        ("海理工防控〔2020〕17号", "钟秉文")
    );
    assert_eq!(letterhead.red_head, "海岬理工大学文件", "headed as the office's papers are");
}

#[test]
fn figures_alone_are_no_number_without_a_code_nor_when_they_are_nought() {
    let mut desk = desk();
    desk.keys("s教育局\t\t0\n");
    assert!(acts(&mut desk).is_empty() && error_of(&desk).contains("从 1 起"), "{}", error_of(&desk));
    desk.keys("\u{1b}\u{1b}");
    desk.state.report.data.as_mut().unwrap().doc_code.clear();
    desk.keys("s教育局\t\t17\n");
    assert!(acts(&mut desk).is_empty() && error_of(&desk).contains("机关代字"), "{}", error_of(&desk));
    desk.keys("号\n");
    let done = acts(&mut desk);
    let [Act::SendSitrep { report, .. }] = &done[..] else { panic!("{done:?}") };
    assert_eq!(
        report.letterhead.as_ref().unwrap().number,
        "17号",
        "what is not figures alone stands as it is"
    );
}

#[test]
fn a_correction_goes_to_whom_the_first_went_also_when_their_number_is_hidden() {
    let mut desk = desk();
    for row in &mut desk.state.report.data.as_mut().unwrap().sent {
        row.written_to = "校办 13900001234".to_owned();
    }
    desk.keys("c");
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let to = form.fields.iter().find(|field| field.id == "to").unwrap();
    assert!(to.present.contains("139****1234") && to.value().is_empty(), "{to:?}");
    desk.keys("漏了一人\n");
    let done = acts(&mut desk);
    // Blank is as before: what is shown with stars is never written.
    assert!(matches!(&done[..], [Act::CorrectSitrep { to, .. }] if to.is_empty()), "{done:?}");
}

#[test]
fn a_report_that_does_not_add_up_is_not_sent_and_its_cells_are_named() {
    let mut desk = desk();
    let data = desk.state.report.data.as_mut().unwrap();
    data.view.bad = vec![BadSum { sum: Sum::Flow, key: Key::all(Count::Current), parts: 5, says: 4 }];
    desk.keys("s");
    let Some(Layer::Detail { title, lines, .. }) = desk.state.layers.last() else { panic!() };
    assert!(title.zh.contains("1 处合计不符"));
    assert!(
        lines[0].zh.contains("现有") && lines[0].zh.contains('4') && lines[0].zh.contains('5'),
        "{lines:?}"
    );
    assert!(acts(&mut desk).is_empty());
}

#[test]
fn what_was_told_stands_beside_what_is_so_now() {
    let mut desk = desk();
    desk.keys("t");
    let Some(page) = desk.state.page_of::<ToldPage>() else { panic!() };
    let line = &page.rows.rows()[0];
    assert_eq!(line.against[0].zh, "重点关注现有 02-17 09:30 向指挥部报 3，现为 4：张敏 新增");
    assert_eq!(line.against[0].en, "cases, now: 02-17 09:30 said 3 to 指挥部, now 4: 张敏 added");
    desk.keys("\n");
    assert!(matches!(desk.state.layers.last(), Some(Layer::Detail { .. })));
    desk.keys("\u{1b}a指挥部\n");
    assert!(acts(&mut desk).is_empty(), "a figure is to be chosen");
    // The first figure, and another number than the one that is so.
    desk.keys(" \t9\n");
    let told = acts(&mut desk);
    let [Act::Tell { to, figures, .. }] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((to.as_str(), figures.0.len()), ("指挥部", 1));
    let figure = figures.0.values().next().unwrap();
    assert_eq!((figure.value, figure.ids.len()), (9, 0));
}

#[test]
fn the_spoken_report_is_copied_and_what_was_said_is_recorded() {
    let mut desk = desk();
    desk.keys("4!");
    let Some(Layer::Spoken(spoken)) = desk.state.layers.last() else { panic!() };
    assert_eq!(spoken.sentences.len(), 4);
    let all: String = spoken.sentences.iter().map(|line| line.zh.as_str()).collect();
    desk.keys("y");
    assert_eq!(desk.taken(), [Effect::Copy(all)]);
    desk.keys("\n书记\n");
    let told = acts(&mut desk);
    let [Act::Tell { to, figures, day, .. }] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((to.as_str(), *day), ("书记", today()));
    // What was said, and nothing else.
    let keys: Vec<String> = figures.0.keys().map(ToString::to_string).collect();
    assert_eq!(keys, ["all.new", "all.current"]);
    assert_eq!(figures.value(&Key::all(Count::Current)), 4);
}

#[test]
fn what_is_read_aloud_is_of_this_minute() {
    let mut desk = desk();
    desk.keys("!");
    let read_anew = |desk: &mut Desk| {
        desk.state.spoken_mut().unwrap().sentences.clear();
        desk.later(60_000);
        !desk.state.spoken_mut().unwrap().sentences.is_empty()
    };
    assert!(read_anew(&mut desk));
    // While it is being recorded it stays as it was said.
    desk.keys("\n");
    assert!(!read_anew(&mut desk));
}

#[test]
fn older_figures_never_take_the_place_of_newer_ones() {
    let mut desk = desk();
    let data = desk.state.report.data.clone().unwrap();
    desk.state.report.data = None;
    desk.send(Msg::Loaded { generation: 1, data: Data::Report(data) });
    assert!(desk.state.report.data.is_none());
}
