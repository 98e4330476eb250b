//! Finding by parts of numbers: no more is shown than was typed, and whoever tries many parts is seen by the next
//! officer. Whole numbers are free.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crate::common;

use common::Desk;
use zhiban::log::event::Event;
use zhiban::paper::summary::summary;
use zhiban::paper::template::{self, Templates};
use zhiban::say::Lang;
use zhiban::store::probe::LIMIT;
use zhiban::store::query;
use zhiban::store::query::rows::{LogQuery, PeopleQuery};

/// A mobile number that one person alone has, and whose end nobody else's is.
fn number(desk: &Desk) -> (String, String) {
    let people =
        query::people(&desk.reader, &PeopleQuery { limit: 200, ..Default::default() }, desk.clock.now())
            .unwrap()
            .rows;
    let phones: Vec<(&str, &str)> = people
        .iter()
        .map(|row| (row.name.as_str(), row.phone.for_matching()))
        .filter(|(_, phone)| phone.len() == 11 && phone.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let (name, phone) = phones
        .iter()
        .find(|(_, phone)| phones.iter().filter(|(_, other)| other.ends_with(&phone[5..])).count() == 1)
        .unwrap();
    ((*name).to_owned(), (*phone).to_owned())
}

fn told(desk: &Desk) -> Vec<u32> {
    let page = query::log(&desk.reader, &LogQuery { limit: 50, ..Default::default() }).unwrap();
    let count = |event: &Event| if let Event::FindProbed(e) = event { Some(e.count) } else { None };
    page.rows.iter().filter_map(|row| count(&row.event)).collect()
}

#[test]
fn found_by_a_part_of_a_number_no_more_of_it_is_shown_than_was_typed() {
    for (lang, size) in [(Lang::Zh, (80, 24)), (Lang::En, (120, 40))] {
        let mut desk = Desk::open(lang, size);
        let (name, phone) = number(&desk);
        let tail = &phone[5..];
        desk.keys("/").keys(tail);
        let screen = desk.screen();
        assert!(screen.contains(&name) || screen.contains('*'), "{screen}");
        assert!(screen.contains(&format!("*****{tail}")), "{screen}");
        assert!(!screen.contains(&phone[..3]), "its beginning was not typed:\n{screen}");
        // Found by name it is masked as everywhere.
        desk.keys("<Esc>").keys("/").keys(&name);
        desk.shows(&[&format!("{}****{}", &phone[..3], &phone[7..])]);
    }
}

#[test]
fn a_number_that_is_typed_whole_counts_for_nothing() {
    let mut desk = Desk::open(Lang::Zh, (120, 40));
    let people =
        query::people(&desk.reader, &PeopleQuery { limit: 60, ..Default::default() }, desk.clock.now())
            .unwrap()
            .rows;
    for row in people.iter().take(40) {
        desk.keys("/").keys(row.phone.for_matching()).keys("<Esc>");
        // Corrected on the way, it is still one number.
        desk.keys("/").keys(&row.no).keys("<Esc>");
    }
    assert!(told(&desk).is_empty());
}

#[test]
fn many_parts_in_an_hour_are_in_the_log_and_on_the_paper() {
    let mut desk = Desk::open(Lang::Zh, (120, 40));
    let (_, phone) = number(&desk);
    // The same part again and again is one.
    for _ in 0..2 * LIMIT {
        desk.keys("/").keys(&phone[7..]).keys("<Esc>");
    }
    assert!(told(&desk).is_empty());
    // Digit by digit, as one who means to learn the number would.
    let known = &phone[5..];
    desk.keys("/");
    for digit in 0..10 {
        desk.keys(&format!("{digit}{known}"));
        for _ in 0..=known.len() {
            desk.keys("<Backspace>");
        }
    }
    for digit in 0..10 {
        desk.keys(&format!("{digit}{}", &phone[4..])).keys("<Esc>").keys("/");
    }
    desk.keys("<Esc>");
    assert_eq!(told(&desk), [LIMIT], "once an hour");
    let cut = summary(&desk.reader, desk.clock.now()).unwrap().unwrap();
    for (lang, said) in
        [(Lang::Zh, format!("按号码片段查找个人达{LIMIT}次")), (Lang::En, format!("{LIMIT}findsofpeople"))]
    {
        let paper = template::make(&cut, lang, &Templates::builtin()).unwrap();
        let paper: String = zhiban::paper::lines::text(&paper).split_whitespace().collect();
        assert!(paper.contains(&said) && paper.contains(&cut.officer_name), "{paper}");
    }
    desk.keys("9");
    desk.shows(&["按号码片段查找"]);
    // An hour later it is told anew, if it goes on.
    desk.wait_minutes(61);
    for tail in 100..100 + LIMIT {
        desk.keys("/").keys(&format!("{tail}{}", &phone[8..])).keys("<Esc>");
    }
    assert_eq!(told(&desk).len(), 2);
}
