//! What the finder reads: the lines of its index, which of them changed, the rows of what it found, a caller's card.

use super::act::{Act, Author, Made};
use super::query::{Changed, changed_since, stamp};
use super::tests::Office;
use super::*;
use crate::domain::ask::{Doubt, Question};
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::contact::ContactFacts;
use crate::domain::followup::{Channel, FollowUpDraft, Outcome};
use crate::domain::ids::{DeskId, FollowUpId, OpRef, PersonId, Subject};
use crate::domain::person::PersonFacts;
use crate::domain::phone::Whose;
use crate::domain::time::{HOUR, MINUTE};
use crate::domain::unit::UnitFacts;
use crate::search::found::Target;
use uuid::Uuid;

/// A line of a person, kept: name, own number, open case.
fn people(office: &Office) -> Vec<(String, String, bool)> {
    let mut out = Vec::new();
    query::find_people(&office.reader(), &mut |line| {
        out.push((line.name.to_owned(), line.phone.to_owned(), line.has_case));
    })
    .unwrap();
    out.sort();
    out
}

fn open_case(office: &mut Office, person: usize) -> Committed {
    let facts = CaseFacts {
        categories: Some(vec![Category::Contact]),
        measure: Some(Measure::Home),
        start: chrono::NaiveDate::from_ymd_opt(2020, 2, 10),
        days: Some(14),
        ..CaseFacts::default()
    };
    office.act(&Act::OpenCase { person: office.people[person], facts })
}

fn incoming(number: &str, words: &str) -> FollowUpDraft {
    FollowUpDraft {
        channel: Channel::Incoming,
        outcome: Outcome::Informed,
        number: number.to_owned(),
        words: words.to_owned(),
        ..FollowUpDraft::not_reached(None)
    }
}

fn call_made(done: &Committed) -> FollowUpId {
    match done.made {
        Some(Made::FollowUp(call, _)) => call,
        ref other => panic!("no call was made: {other:?}"),
    }
}

#[test]
fn everybody_is_lent_out_with_who_has_a_case() {
    let mut office = Office::new();
    open_case(&mut office, 1);
    let line = |name: &str, phone: &str, case| (name.to_owned(), phone.to_owned(), case);
    let expected = [
        line("单晓", "19900000001", true),
        line("张伟", "19900000000", false),
        line("欧阳娜", "19900000002", false),
    ];
    assert_eq!(people(&office), expected);
    let mut one = Vec::new();
    for person in [office.people[1], PersonId(Uuid::nil())] {
        query::find_person(&office.reader(), person, &mut |line| {
            one.push((line.name.to_owned(), line.no.to_owned(), line.unit, line.has_case));
        })
        .unwrap();
    }
    assert_eq!(one, [("单晓".to_owned(), "1001".to_owned(), Some(office.units[1]), true)]);

    let facts = UnitFacts {
        liaison: Some("丁".to_owned()),
        head_phone: Some("222".to_owned()),
        ..UnitFacts::default()
    };
    office.act(&Act::EditUnit {
        unit: office.units[0],
        code: None,
        name: None,
        facts,
        told_by: "x".to_owned(),
    });
    let mut units = Vec::new();
    query::find_units(&office.reader(), &mut |line| {
        units.push((line.code.to_owned(), line.contacts.map(|(name, phone)| format!("{name}/{phone}"))));
    })
    .unwrap();
    units.sort();
    assert_eq!(units[0], ("U01".to_owned(), ["丁/".to_owned(), "/222".to_owned()]));
}

#[test]
fn calls_come_oldest_first_and_contacts_without_the_removed() {
    let mut office = Office::new();
    let person = Some(Subject::Person(office.people[0]));
    let called = FollowUpDraft {
        outcome: Outcome::Well,
        answered_by: "母亲".to_owned(),
        words: "在家".to_owned(),
        ..FollowUpDraft::not_reached(person)
    };
    office.act(&Act::FollowUp(called));
    office.now = office.now.plus(MINUTE);
    let early = Author { happened_at: Some(office.now.plus(-HOUR)), ..office.author() };
    let act = Act::FollowUp(incoming("0532-66780000", "问返校"));
    office.store.commit(&early, &mut office.ids, &act).unwrap();
    let mut calls = Vec::new();
    query::find_calls(&office.reader(), &mut |line| {
        calls.push((line.words.to_owned(), line.number.to_owned(), line.subject));
    })
    .unwrap();
    let expected = [
        ("问返校".to_owned(), "0532-66780000".to_owned(), None),
        ("在家 母亲".to_owned(), String::new(), person),
    ];
    assert_eq!(calls, expected);
    assert_eq!(
        query::called_since(&office.reader(), office.now.plus(-2 * MINUTE)).unwrap(),
        [office.people[0]]
    );
    assert!(query::called_since(&office.reader(), office.now).unwrap().is_empty());

    let add = |org: &str| Act::AddContact {
        facts: ContactFacts { org: Some(org.to_owned()), ..ContactFacts::default() },
    };
    let Some(Made::Contact(gone)) = office.act(&add("区医院")).made else { panic!("no contact was made") };
    office.act(&add("区疾控中心"));
    office.act(&Act::RemoveContact { contact: gone, reason: "x".to_owned() });
    let mut orgs = Vec::new();
    query::find_contacts(&office.reader(), &mut |line| orgs.push(line.org.to_owned())).unwrap();
    assert_eq!(orgs, ["区疾控中心"]);
}

/// What changed since `from`, which becomes the newest op.
fn step(office: &Office, from: &mut OpRef) -> Changed {
    let changed = changed_since(&office.reader(), from).unwrap();
    assert_eq!(changed.to, stamp(&office.reader()).unwrap());
    *from = changed.to;
    changed
}

#[test]
fn whose_line_changed_is_told_from_the_log() {
    let mut office = Office::new();
    let mut from = stamp(&office.reader()).unwrap();
    let nothing =
        Changed { to: from, people: vec![], units: false, contacts: false, calls: vec![], everything: false };
    assert_eq!(step(&office, &mut from), nothing);
    let told = |changed: Changed| {
        (changed.people, changed.units, changed.contacts, changed.calls, changed.everything)
    };
    let [zhang, shan, ouyang] = office.people[..] else { panic!("three people") };

    let facts = PersonFacts { phone: Some("19900009999".to_owned()), ..PersonFacts::default() };
    office.act(&Act::EditPerson { person: shan, no: None, facts, told_by: "x".to_owned() });
    assert_eq!(told(step(&office, &mut from)), (vec![shan], false, false, vec![], false));
    open_case(&mut office, 0);
    assert_eq!(told(step(&office, &mut from)), (vec![zhang], false, false, vec![], false));
    let call = office.act(&Act::FollowUp(incoming("1", "")));
    assert_eq!(told(step(&office, &mut from)), (vec![], false, false, vec![call_made(&call)], false));
    office.act(&Act::Attach { followup: call_made(&call), subject: Subject::Person(ouyang) });
    assert_eq!(told(step(&office, &mut from)), (vec![], false, false, vec![call_made(&call)], false));
    office.act(&Act::AddUnit {
        code: "U03".to_owned(),
        name: "图书馆".to_owned(),
        facts: UnitFacts::default(),
    });
    assert_eq!(told(step(&office, &mut from)), (vec![], true, false, vec![], false));
    let contact = ContactFacts { org: Some("区医院".to_owned()), ..ContactFacts::default() };
    office.act(&Act::AddContact { facts: contact });
    assert_eq!(told(step(&office, &mut from)), (vec![], false, true, vec![], false));
    office.act(&Act::Note { subject: Some(Subject::Person(zhang)), text: "x".to_owned() });
    assert_eq!(told(step(&office, &mut from)), (vec![], false, false, vec![], false));
}

#[test]
fn an_undo_and_a_redo_change_the_lines_they_take_back_and_bring_back() {
    let mut office = Office::new();
    let person = office.people[1];
    let case = open_case(&mut office, 1);
    let mut from = stamp(&office.reader()).unwrap();
    let undone = office.act(&Act::Undo { op: Some(case.op) });
    assert_eq!(step(&office, &mut from).people, [person]);
    assert!(!people(&office)[0].2);
    office.act(&Act::Undo { op: Some(undone.op) });
    assert_eq!(step(&office, &mut from).people, [person], "through the undo to what it took back");
    assert!(people(&office)[0].2);
}

#[test]
fn what_cannot_be_told_is_everything() {
    let mut office = Office::new();
    let reader = office.reader();
    let from = stamp(&reader).unwrap();
    let everything = |from: &OpRef| changed_since(&reader, from).unwrap().everything;
    assert!(!everything(&from));
    assert!(everything(&OpRef { desk: DeskId(Uuid::nil()), ..from }), "another desk's");
    assert!(everything(&OpRef { seq: from.seq + 1, ..from }), "an older copy was put back");
    let built = query::built(&reader).unwrap();
    office.store.rebuild().unwrap();
    assert_eq!(query::built(&reader).unwrap(), built + 1);
    assert!(everything(&from), "the tables were built anew under it");
    assert!(!everything(&from), "and that was told once");
}

#[test]
fn rows_come_in_the_order_asked_for_and_what_is_gone_is_left_out() {
    let mut office = Office::new();
    open_case(&mut office, 0);
    let call = call_made(&office.act(&Act::FollowUp(incoming("0532-66780000", "问返校"))));
    let targets = [
        Target::Call(call),
        Target::Person(PersonId(Uuid::nil())),
        Target::Unit(office.units[0]),
        Target::Person(office.people[0]),
    ];
    let rows = query::found(&office.reader(), &targets, &[], office.now).unwrap();
    assert_eq!(rows.iter().map(|row| row.target).collect::<Vec<_>>(), [targets[0], targets[2], targets[3]]);
    assert_eq!((rows[0].words.as_str(), rows[0].at, rows[0].name.as_str()), ("问返校", Some(office.now), ""));
    assert_eq!((rows[1].no.as_str(), rows[1].name.as_str()), ("U01", "土木工程学院"));
    assert_eq!((rows[2].no.as_str(), rows[2].unit.as_str()), ("1000", "土木工程学院"));
    let (measure, observation) = rows[2].case.unwrap();
    assert_eq!((measure, observation.unwrap().shown_day()), (Measure::Home, 7));
}

#[test]
fn a_card_holds_what_the_number_and_its_owner_bring() {
    let mut office = Office::new();
    open_case(&mut office, 0);
    // Two calls from the number, before anybody knew whose it was; a third call with the person from elsewhere.
    let promised = FollowUpDraft {
        outcome: Outcome::Promised,
        promise_due: Some(office.now.plus(3 * HOUR)),
        ..incoming("(0532) 6678 0000", "下午回话")
    };
    office.act(&Act::FollowUp(promised));
    for (minutes, words) in [(1, "二"), (2, "三")] {
        office.now = office.now.plus(minutes * MINUTE);
        office.act(&Act::FollowUp(incoming("66780000", words)));
    }
    office.now = office.now.plus(MINUTE);
    let own = FollowUpDraft { subject: Some(Subject::Person(office.people[0])), ..incoming("", "四") };
    office.act(&Act::FollowUp(own));
    office.act(&Act::FollowUp(incoming("66780001", "别人")));
    let owner = [(Target::Person(office.people[0]), Whose::Family)];
    let card = query::call_card(&office.reader(), "+86-532-66780000", &owner, office.now).unwrap();
    assert_eq!(card.number, "053266780000");
    assert_eq!((card.owners.len(), card.owners[0].role), (1, Whose::Family));
    assert_eq!(card.calls.iter().map(|call| call.words.as_str()).collect::<Vec<_>>(), ["四", "三", "二"]);
    assert_eq!(card.promises.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>(), ["下午回话"]);
    assert!(card.case.is_some());
    // The 09:00 slot opened before the case did; after 16:00 a temperature is owed, and then it is not.
    assert!(matches!(card.ask, Some(Question::Promised { .. })), "{:?}", card.ask);
    office.now = Ts::from_rfc3339("2020-02-17T16:10:00+08:00").unwrap();
    let by_name = |office: &Office| query::call_card(&office.reader(), "", &owner, office.now).unwrap();
    assert_eq!(by_name(&office).ask, Some(Question::Temperature { day: Some(7), of: Some(14) }));
    assert_eq!(by_name(&office).promises, []);
    let well = FollowUpDraft {
        outcome: Outcome::Well,
        ..FollowUpDraft::not_reached(Some(Subject::Person(office.people[0])))
    };
    office.act(&Act::FollowUp(well));
    assert_eq!(by_name(&office).ask, Some(Question::HowAreYou));
    office.now = Ts::from_rfc3339("2020-02-25T08:00:00+08:00").unwrap();
    assert_eq!(by_name(&office).ask, Some(Question::Release));
}

#[test]
fn a_card_of_nobody_a_unit_and_a_contradiction() {
    let mut office = Office::new();
    office.act(&Act::FollowUp(incoming("12320", "问消毒")));
    let card = query::call_card(&office.reader(), "12320", &[], office.now).unwrap();
    assert_eq!((card.ask, card.calls.len(), card.owners.len()), (Some(Question::WhoIsCalling), 1, 0));
    let of = |office: &Office, target| {
        query::call_card(&office.reader(), "", &[(target, Whose::Own)], office.now).unwrap()
    };
    let unit = Target::Unit(office.units[0]);
    let day = office.key(0).day;
    assert_eq!(of(&office, unit).ask, Some(Question::Report { day, minutes_late: 5 }));
    office.act(&Act::Import(Box::new(office.report(0, &[(0, 381)], "r1", ""))));
    assert_eq!(of(&office, unit).ask, None);
    let hot = of(&office, Target::Person(office.people[0]));
    assert_eq!(hot.doubts, [Doubt::FeverWithoutCase { day, tenths: 381 }]);
    assert_eq!(hot.ask, Some(Question::Doubt(hot.doubts[0].clone())));
    let missing = of(&office, Target::Person(office.people[2]));
    assert_eq!(missing.doubts, [Doubt::NotInSheet { day }]);
}
