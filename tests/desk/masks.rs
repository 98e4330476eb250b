//! Numbers that somebody typed into texts: wherever a text may be written down, no screen and no paper shows the number
//! until it is asked for as the person's own is.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crate::common;

use common::Desk;
use zhiban::app::shown::paper::{Logged, PaperAsk};
use zhiban::clock::Ids;
use zhiban::domain::case::{CaseFacts, CaseState, Category, Measure};
use zhiban::domain::contact::ContactFacts;
use zhiban::domain::followup::{Channel, FollowUpDraft, Outcome};
use zhiban::domain::ids::{Mint, PersonId, Subject, UnitId};
use zhiban::domain::person::PersonFacts;
use zhiban::domain::time::MINUTE;
use zhiban::runtime;
use zhiban::say::Lang;
use zhiban::store::act::{Act, Author, Committed, LedgerAct, Made};
use zhiban::store::query;
use zhiban::store::query::rows::{LedgerAsk, PeopleQuery};

/// Nobody's on record; of it at most the first three and the last four digits are shown.
const NUMBER: &str = "13987654321";
const HIDDEN: &str = "8765";

/// In the remark of an outside contact: seen in the directory, where their numbers are, and on no paper.
const NIGHT: &str = "13612340000";

fn act(desk: &mut Desk, act: &Act) -> Committed {
    let officer = desk.state.officer.as_ref().unwrap().0;
    let now = desk.clock.now();
    let author = Author { officer, now, happened_at: None, op_id: desk.ids.id(now) };
    desk.store.commit(&author, &mut desk.ids, act).unwrap()
}

fn text(before: &str) -> String {
    format!("{before} {NUMBER}")
}

fn facts() -> CaseFacts {
    CaseFacts {
        categories: Some(vec![Category::Contact]),
        measure: Some(Measure::Home),
        place: Some(text("梅园")),
        contact: Some(text("包保人")),
        note: Some(text("另有")),
        ..CaseFacts::default()
    }
}

fn call(subject: Option<Subject>, desk: &Desk) -> FollowUpDraft {
    FollowUpDraft {
        outcome: Outcome::Promised,
        answered_by: text("妈"),
        words: text("改打"),
        promise_due: Some(desk.clock.now().plus(5 * MINUTE)),
        next_contact: Some(desk.clock.now().plus(30 * MINUTE)),
        ..FollowUpDraft::not_reached(subject)
    }
}

/// A desk at which everything that can be written about somebody names the number; whom, and their unit.
fn desk(lang: Lang, size: (u16, u16)) -> (Desk, PersonId, String, UnitId) {
    let mut desk = Desk::open(lang, size);
    desk.ids = Ids::seeded("masks");
    let now = desk.clock.now();
    let with_case: Vec<PersonId> =
        query::cases(&desk.reader, now).unwrap().into_iter().map(|row| row.person).collect();
    let people = query::people(&desk.reader, &PeopleQuery { limit: 200, ..Default::default() }, now).unwrap();
    let row = people.rows.into_iter().find(|row| !with_case.contains(&row.id)).unwrap();
    let (person, unit) =
        (row.id, query::dossier(&desk.reader, row.id, now).unwrap().unwrap().unit.unwrap().0);
    let about = [Subject::Person(person), Subject::Unit(unit)];
    let person_facts = PersonFacts {
        origin: Some(text("烟台")),
        address: Some(text("3号楼412")),
        contact: Some(text("张三")),
        ..PersonFacts::default()
    };
    act(&mut desk, &Act::EditPerson { person, no: None, facts: person_facts, told_by: text("本人") });
    act(&mut desk, &Act::OpenCase { person, facts: facts() });
    let contact = ContactFacts {
        org: Some("疾控中心".to_owned()),
        note: Some(format!("夜间 {NIGHT}")),
        phone: Some("0532-85900001".to_owned()),
        ..ContactFacts::default()
    };
    let Some(Made::Contact(contact)) = act(&mut desk, &Act::AddContact { facts: contact }).made else {
        panic!()
    };
    for subject in about.into_iter().chain([Subject::Contact(contact)]) {
        let said = call(Some(subject), &desk);
        act(&mut desk, &Act::FollowUp(said));
        act(&mut desk, &Act::Note { subject: Some(subject), text: text("记") });
    }
    let unknown =
        FollowUpDraft { channel: Channel::Incoming, number: NUMBER.to_owned(), ..call(None, &desk) };
    act(&mut desk, &Act::FollowUp(unknown));
    act(&mut desk, &Act::Note { subject: None, text: text("记") });
    let case = query::cases(&desk.reader, now).unwrap().into_iter().find(|row| row.person == person).unwrap();
    let changed = CaseFacts { place: Some(text("兰园")), ..CaseFacts::default() };
    act(&mut desk, &Act::ChangeCase { case: case.id, facts: changed, reason: text("搬") });
    // Somebody else's, whose days are over, with its notice.
    let over = query::cases(&desk.reader, now).unwrap();
    let over = over.into_iter().find(|row| row.state == CaseState::DueForRelease).unwrap();
    let changed = CaseFacts { note: Some(text("另")), place: Some(text("竹园")), ..CaseFacts::default() };
    act(&mut desk, &Act::ChangeCase { case: over.id, facts: changed, reason: text("补") });
    act(&mut desk, &Act::ReleaseCase { case: over.id, reason: text("社区来电"), early: true });
    let owing = query::outstanding(&desk.reader, now).unwrap();
    let owing = owing.into_iter().find(|row| row.missing > 0).unwrap();
    let reason = text("停网");
    act(
        &mut desk,
        &Act::Excuse {
            keys: vec![owing.key],
            all_of: Vec::new(),
            how: zhiban::domain::report::Excuse::Excused,
            reason,
        },
    );
    desk.send(zhiban::app::Msg::Changed);
    (desk, person, row.no, unit)
}

fn hidden(desk: &Desk, where_: &str) {
    let screen = desk.screen();
    assert!(!screen.contains(HIDDEN), "{where_}:\n{screen}");
}

#[test]
fn no_screen_shows_a_number_that_somebody_typed_into_a_text() {
    for (lang, size) in [(Lang::Zh, (120, 40)), (Lang::En, (80, 24)), (Lang::En, (160, 50))] {
        let (mut desk, _, no, _) = desk(lang, size);
        for home in "123467890-".chars() {
            desk.keys(&home.to_string());
            hidden(&desk, &format!("screen {home}"));
            desk.keys("<Enter>");
            hidden(&desk, &format!("screen {home}, opened"));
            desk.keys("<Esc><Esc>");
        }
        for what in [
            ":contacts<Enter>",
            ":callers<Enter>",
            ":contacts<Enter><Enter>",
            ":told<Enter>",
            ":shifts<Enter>",
        ] {
            desk.keys(what);
            for _ in 0..4 {
                hidden(&desk, what);
                desk.keys("<Tab>");
            }
            desk.keys("<Esc><Esc><Esc>1");
        }
        for typed in [no.as_str(), "改打", "烟台", "3号楼412", "疾控"] {
            desk.keys("/").keys(typed);
            hidden(&desk, typed);
            desk.keys("<Tab>");
            hidden(&desk, typed);
            desk.keys("<Esc><Esc><Esc>");
        }
        desk.keys("/").keys(&no).keys("<Enter>");
        for tab in 0..5 {
            hidden(&desk, &format!("dossier, part {tab}"));
            desk.keys("<Tab>");
        }
        for form in ["e", "o", "f", "n"] {
            desk.keys(form);
            hidden(&desk, form);
            desk.keys("<Esc><Esc>");
            if desk.state.layers.is_empty() {
                desk.keys("/").keys(&no).keys("<Enter>");
            }
        }
        // Asked for as the person's own number is, it stands there.
        desk.keys("v");
        desk.shows(&[NUMBER]);
        desk.wait_minutes(1);
        hidden(&desk, "after a while");
    }
}

#[test]
fn what_is_hidden_in_a_form_stays_as_it_is_when_nothing_is_typed_there() {
    let (mut desk, person, no, _) = desk(Lang::Zh, (120, 40));
    desk.keys("/").keys(&no).keys("<Enter>e");
    let Some(zhiban::app::shown::state::Layer::Form(form)) = desk.state.layers.last() else { panic!() };
    let at = |id: &str| form.fields.iter().position(|field| field.id == id).unwrap();
    let (campus, told) = (at("campus"), at("told_by"));
    desk.keys(&"<Tab>".repeat(campus)).keys("东");
    desk.keys(&"<Tab>".repeat(told - campus)).keys("本人").keys("<C-s>");
    let known = query::dossier(&desk.reader, person, desk.clock.now()).unwrap().unwrap();
    assert!(known.campus.contains('东'), "it was saved: {}", desk.screen());
    assert_eq!(known.address, text("3号楼412"));
    assert_eq!((known.origin, known.contact), (text("烟台"), text("张三")));
    assert_eq!(known.cases[0].facts.note, Some(text("另有")));
}

#[test]
fn no_paper_shows_a_number_that_somebody_typed_into_a_text() {
    let (desk, person, _, unit) = desk(Lang::Zh, (120, 40));
    let now = desk.clock.now();
    let released =
        query::log(&desk.reader, &query::rows::LogQuery { limit: 5, ..Default::default() }).unwrap();
    let released = released.rows.iter().find(|row| row.kind == "case.released").unwrap();
    let Some(Subject::Person(released)) = released.subject else { panic!() };
    let papers = [
        PaperAsk::Handover(None),
        PaperAsk::CallSheet,
        PaperAsk::Dossier(person),
        PaperAsk::Dossier(released),
        PaperAsk::Release(released),
        PaperAsk::Access(Some(person)),
        PaperAsk::UnitSheets(vec![unit]),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for ask in &papers {
            let sheaf =
                runtime::paper_shown(&desk.reader, now, ask, lang, &Logged::default()).unwrap().unwrap();
            let shown = format!("{:?}", sheaf.pages);
            let at = shown.find(HIDDEN).or_else(|| shown.find(NIGHT));
            assert_eq!(at, None, "{ask:?}: {}", at.map_or(String::new(), |at| around(&shown, at)));
        }
    }
}

#[test]
fn the_paper_of_a_ledger_shows_its_numbers_once_they_were_asked_for() {
    let (mut desk, ..) = desk(Lang::Zh, (120, 40));
    let said = [("way", "in"), ("visitor", &text("王师傅")), ("temperature", "364")];
    let said = said.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let write = LedgerAct::Write {
        ledger: "gate".to_owned(),
        entries: vec![(said.into_iter().collect(), Vec::new())],
        reason: String::new(),
    };
    let Some(Made::Entry(entry)) = act(&mut desk, &Act::Ledger(Box::new(write))).made else { panic!() };
    let ask = PaperAsk::Ledger(LedgerAsk { ledger: "gate".to_owned(), ..LedgerAsk::default() });
    let now = desk.clock.now();
    let made =
        |logged: &Logged| runtime::paper_shown(&desk.reader, now, &ask, Lang::Zh, logged).unwrap().unwrap();
    let masked = made(&Logged::default());
    assert!(!format!("{:?}", masked.pages).contains(HIDDEN) && !masked.revealed);
    assert_eq!(masked.numbers, Logged { entries: vec![entry], ..Logged::default() });
    let full = made(&masked.numbers);
    assert!(format!("{:?}", full.pages).contains(NUMBER) && full.revealed);
}

fn around(text: &str, at: usize) -> String {
    let before: String = text[..at].chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{before}{}", text[at..].chars().take(40).collect::<String>())
}

#[test]
fn found_by_a_part_of_a_number_a_call_and_its_card_show_no_more_of_it() {
    for (lang, size) in [(Lang::Zh, (120, 40)), (Lang::En, (80, 24))] {
        let (mut desk, ..) = desk(lang, size);
        for typed in ["1398", "8765", "987654", "4321", "7654321"] {
            desk.keys("/").keys(typed);
            let screen = desk.screen();
            for (at, _) in NUMBER.char_indices() {
                let more = &NUMBER[at..(at + 4).min(NUMBER.len())];
                assert!(
                    more.len() < 4 || typed.contains(more) || !screen.contains(more),
                    "{typed} → {more}:\n{screen}"
                );
            }
            // With what was typed nothing else of it stands there.
            assert!(
                !screen.contains("139*") && !screen.contains("*4321") || typed.contains("4321"),
                "{typed}:\n{screen}"
            );
            desk.keys("<Esc><Esc>");
        }
        // Typed whole it is masked as everywhere, and who called is known.
        desk.keys("/").keys(NUMBER);
        desk.shows(&["****4321"]);
    }
}
