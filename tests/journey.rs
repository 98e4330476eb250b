//! An officer's day on the desk: keys in, screen text and log out.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

mod common;

use common::Desk;
use zhiban::i18n::Lang;

#[test]
fn ten_o_clock_a_unit_that_has_not_reported_is_called() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3").shows(&["Outstanding"]);
    let before = query_outstanding(&desk);
    assert!(before.len() > 1);
    // The bell is wanted: what is set is in force at once.
    desk.keys(":settings<Enter>");
    for _ in 0..6 {
        desk.keys("<Tab>");
    }
    desk.keys("y<Enter>");
    assert_eq!(desk.log(1), ["settings.changed"], "{}", desk.screen());
    // The commonest case: called, not reached. Three keystrokes at most, and Enter.
    desk.keys("f<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
    let after = query_outstanding(&desk);
    assert_eq!(after[0].chases, before[0].chases + 1);
    // A promise counts down, and rings when it falls due: visibly, and audibly where the office wants it.
    desk.keys("f<Right><Right><Right>");
    for _ in 0..4 {
        desk.keys("<Tab>");
    }
    desk.keys("30m<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
    let promised = query_outstanding(&desk)[0].promise.expect("a promise");
    assert_eq!(promised.minutes_since(desk.clock.now()), 30);
    let bells = desk.bells;
    desk.wait_minutes(29);
    desk.wait_minutes(2);
    assert!(desk.bells > bells, "no bell when the promise fell due");
    desk.shows(&["Due:"]);
}

#[test]
fn the_phone_rings_and_the_caller_is_found_by_pinyin() {
    let mut desk = Desk::open(Lang::Zh, (80, 24));
    let person = zhiban::store::query::search_people(&desk.reader).unwrap().remove(20);
    desk.keys("/");
    desk.send(zhiban::app::Msg::Paste(person.no.clone()));
    desk.shows(&[&person.name, &person.no]);
    desk.keys("<Enter>").shows(&[&person.name, &person.unit]);
    // Numbers stay masked until asked for, and the asking is logged.
    let number = person.phone.reveal().to_owned();
    desk.hides(&[&number]);
    desk.keys("v");
    assert_eq!(desk.log(1), ["personal.revealed"]);
    desk.shows(&[&number]);
    desk.wait_minutes(1).hides(&[&number]);
}

#[test]
fn a_draft_survives_escape_and_is_gone_when_saved() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3f<Tab><Tab>Director Wu<Tab>will send at noon");
    desk.wait_minutes(1);
    let drafts = zhiban::store::local::drafts(&desk.reader).unwrap();
    assert_eq!(drafts.len(), 1, "the draft was not kept");
    desk.keys("<Esc>");
    desk.hides(&["Director Wu"]);
    desk.keys("f").shows(&["Director Wu", "will send at noon"]);
    desk.keys("<Enter>");
    assert_eq!(desk.log(1), ["followup.logged"]);
    assert!(zhiban::store::local::drafts(&desk.reader).unwrap().is_empty(), "the draft was not dropped");
}

#[test]
fn undo_shows_what_it_takes_back_and_no_is_the_default() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3f<Enter>");
    let ops = desk.log(100).len();
    desk.keys("u").shows(&["Undo", "not reached"]);
    desk.keys("<Enter>");
    assert_eq!(desk.log(100).len(), ops, "Enter took the default, which must be No");
    desk.keys("uy<Enter>");
    assert_eq!(desk.log(1), ["op.undone"], "{}", desk.screen());
}

#[test]
fn every_screen_opens_in_both_languages_at_both_sizes_and_comes_back() {
    for lang in [Lang::Zh, Lang::En] {
        for size in [(80, 24), (120, 40), (200, 50)] {
            let mut desk = Desk::open(lang, size);
            for key in ["1", "2", "3", "4", "6", "7", "9", "0"] {
                desk.keys(key);
                desk.keys("<Down><Down><Enter><Esc>?<Esc>");
                let screen = desk.screen();
                assert!(screen.lines().count() == usize::from(size.1), "{screen}");
            }
            assert!(!desk.quit);
        }
    }
}

#[test]
fn another_terminals_act_is_seen() {
    let mut desk = Desk::open(Lang::En, (120, 40));
    desk.keys("3");
    assert!(!desk.reader.changed().unwrap());
    let before = query_outstanding(&desk);
    let name = before[0].name.clone();
    desk.shows(&[&name]);
    // Another process marks the report received.
    let mut other = zhiban::store::Store::open(desk.store.path()).unwrap();
    let officer = desk.state.officer.clone().unwrap().0;
    let now = desk.clock.now();
    let key = zhiban::domain::report::ReportKey {
        unit: before[0].id,
        day: desk.state.status.day,
        round: desk.state.status.round.clone(),
    };
    let author =
        zhiban::store::act::Author { officer, now, happened_at: None, op_id: uuid::Uuid::from_u128(7) };
    let act = zhiban::store::act::Act::Receive { key, zero: true, reason: String::new() };
    other.commit(&author, &mut zhiban::clock::Ids::Random, &act).unwrap();
    assert!(desk.reader.changed().unwrap());
    desk.send(zhiban::app::Msg::Changed);
    desk.hides(&[&name]);
}

fn query_outstanding(desk: &Desk) -> Vec<zhiban::store::query::rows::OutstandingRow> {
    zhiban::store::query::outstanding(&desk.reader, desk.clock.now()).unwrap()
}
