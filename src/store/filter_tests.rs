//! The log's filter: whatever a line shows is found by it, word by word, in both languages.

use super::act::Act;
use super::query;
use super::query::rows::{LogPage, LogQuery};
use super::tests::Office;
use crate::domain::case::{CaseFacts, Category};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::{OfficerId, Subject};
use crate::domain::officer::Role;
use crate::domain::time::HOUR;
use crate::domain::unit::UnitFacts;
use crate::i18n::events::event_line;
use crate::log::event::Event;
use crate::log::wire;

fn find(office: &Office, filter: &str) -> LogPage {
    let query = LogQuery { filter: filter.to_owned(), limit: 99, ..LogQuery::default() };
    query::log(&office.reader(), &query).unwrap()
}

fn second(office: &Office) -> OfficerId {
    query::officers(&office.reader()).unwrap().into_iter().find(|(_, name)| name == "乙").unwrap().0
}

/// An office in which something of many kinds happened.
fn busy() -> Office {
    let mut office = Office::new();
    let (unit, person) = (office.units[0], office.people[1]);
    let call = FollowUpDraft {
        subject: Some(Subject::Unit(unit)),
        channel: Channel::Wechat,
        outcome: Outcome::Promised,
        answered_by: "王老师".to_owned(),
        words: "Half past TEN，电话 19912345678".to_owned(),
        promise_due: Some(office.now.plus(HOUR)),
        ..FollowUpDraft::not_reached(Some(Subject::Unit(unit)))
    };
    office.act(&Act::FollowUp(call));
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    let facts = CaseFacts { categories: Some(vec![Category::BackFromHubei]), ..CaseFacts::default() };
    office.act(&Act::OpenCase { person, facts });
    let facts = UnitFacts { liaison: Some("邓海".to_owned()), ..UnitFacts::default() };
    let told_by = "院办".to_owned();
    office.act(&Act::EditUnit { unit, code: None, name: None, facts, told_by });
    office.act(&Act::Note { subject: None, text: "100% 的单位已通知".to_owned() });
    office.act(&Act::Reveal { person, reason: "call".to_owned() });
    let second = second(&office);
    let approved = |act: Act| Act::Approved { act: Box::new(act), by: second, pin: None };
    office.act(&approved(Act::Reveal { person, reason: "核对".to_owned() }));
    office.act(&Act::SetRole { officer: second, role: Role::Lead });
    office.act(&approved(Act::SetRole { officer: second, role: Role::Duty }));
    office.act(&Act::BackedUp { file: "a.db".to_owned(), head: String::new(), verified: true, print: None });
    let reader = office.reader();
    let mut settings = query::settings(&reader).unwrap();
    settings.bell = !settings.bell;
    office.act(&Act::ChangeSettings(Box::new(settings)));
    office.act(&Act::Undo { op: None });
    office
}

#[test]
fn every_word_of_a_line_finds_its_entry_in_both_languages() {
    let office = busy();
    let all = find(&office, "");
    assert!(all.rows.len() > 8, "{}", all.rows.len());
    let calendar = query::settings(&office.reader()).unwrap().calendar;
    for row in &all.rows {
        // As it is seen; the times of a call are found by no word.
        let line = match &row.event {
            Event::FollowUpLogged(_) => event_line(&row.event),
            _ => row.said(calendar),
        };
        for text in [wire::name(&row.event).0, &line.zh, &line.en] {
            // All of a line together, and each of its words by itself, whichever way its letters are written.
            let whole = find(&office, text);
            assert!(whole.rows.contains(row), "{text}");
            for word in text.split_whitespace().flat_map(|word| [word.to_owned(), word.to_ascii_uppercase()])
            {
                assert!(find(&office, &word).rows.contains(row), "{word} of {text}");
            }
        }
    }
}

#[test]
fn who_approved_something_is_found_by_the_name_that_its_line_shows() {
    let office = busy();
    let kinds = |filter: &str| find(&office, filter).rows.into_iter().map(|row| row.kind).collect::<Vec<_>>();
    for filter in ["经乙批准", "approved 乙", "批准 乙"] {
        assert_eq!(kinds(filter), ["officer.role", "personal.revealed"], "{filter}");
    }
}

#[test]
fn a_word_may_be_a_fixed_one_a_free_one_a_name_or_stand_across_two_of_them() {
    let office = busy();
    let kinds = |filter: &str| find(&office, filter).rows.into_iter().map(|row| row.kind).collect::<Vec<_>>();
    for filter in [
        "微信",
        "wechat half",
        "催报 土木",
        "已答应 王老师 U01",
        "老师接听",
        "师回复",
        "promised 甲 催",
        "+08:00",
        "199****5678",
        "19912345678",
    ] {
        let expected = match filter {
            // One who is written to replies. Times and what is masked stand in no line.
            "老师接听" | "+08:00" | "19912345678" => vec![],
            _ => vec!["followup.logged"],
        };
        assert_eq!(kinds(filter), expected, "{filter}");
    }
    assert_eq!(kinds("湖北返回 单晓"), ["case.opened"]);
    assert_eq!(kinds("100%"), ["note.written"]);
    assert_eq!(kinds("1_0"), [""; 0], "no letter stands for another");
    assert_eq!(kinds("拨打电话 单晓"), ["personal.revealed"]);
    assert_eq!(kinds("零报告 土木工程"), ["report.received"]);
}

#[test]
fn a_page_of_what_is_found_is_a_part_of_it() {
    let office = busy();
    let all = find(&office, "甲");
    assert_eq!(all.total as usize, all.rows.len());
    let query = LogQuery { filter: "甲".to_owned(), offset: 1, limit: 2, ..LogQuery::default() };
    let page = query::log(&office.reader(), &query).unwrap();
    assert_eq!((page.total, page.rows.as_slice()), (all.total, &all.rows[1..3]));
    let about = LogQuery { subject: Some(Subject::Unit(office.units[0])), ..query };
    let page = query::log(&office.reader(), &about).unwrap();
    assert!(page.total < all.total && page.rows.iter().all(|row| row.subject == about.subject), "{page:?}");
}

#[test]
fn a_reader_words_an_entry_once_and_finds_what_was_logged_since() {
    let mut office = busy();
    let reader = office.reader();
    let total = |filter: &str| {
        let query = LogQuery { filter: filter.to_owned(), limit: 99, ..LogQuery::default() };
        query::log(&reader, &query).unwrap().total
    };
    assert_eq!((total("100%"), total("停电")), (1, 0));
    office.act(&Act::Note { subject: None, text: "停电".to_owned() });
    assert_eq!((total("100%"), total("停电")), (1, 1));
    // Nothing but an erasure changes a body: no other letter reads it again.
    super::tests::tamper(&office, "UPDATE log_body SET body = replace(body, '100%', '200%')");
    assert_eq!((total("100%"), total("200%")), (1, 0));
    assert_eq!(find(&office, "200%").total, 1);
}

#[test]
fn more_than_a_part_of_a_page_comes_in_order() {
    let mut office = Office::new();
    for n in 0..150 {
        office.act(&Act::Note { subject: None, text: format!("第{n}条") });
    }
    let query = LogQuery { filter: "条".to_owned(), offset: 3, limit: 130, ..LogQuery::default() };
    let page = query::log(&office.reader(), &query).unwrap();
    let every = query::log(&office.reader(), &LogQuery { filter: String::new(), ..query }).unwrap();
    assert_eq!((page.total, page.rows.len()), (150, 130));
    assert_eq!(page.rows, every.rows);
}
