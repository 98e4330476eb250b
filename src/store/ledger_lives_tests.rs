//! The ledgers that come with the program, each from its first entry to its end.

use super::act::{Act, Author, LedgerAct};
use super::ledger_tests::{adopted, ledger, made, moved, page, sheet, values, written};
use super::query::rows::{LogQuery, LogRow};
use super::tests::Office;
use super::*;
use crate::domain::ids::EntryId;
use crate::domain::item::DueState;
use crate::domain::time::{Calendar, HOUR, Ts};
use crate::say::Lang;

const DAY: i64 = 24 * HOUR;

/// What is due of one kind: of whom, how it stands, who is told.
fn due(office: &Office, id: &str) -> Vec<(String, DueState, Option<String>)> {
    let all = query::ledger_dues(&office.reader(), office.now).unwrap().into_iter();
    all.filter(|due| due.due == id).map(|due| (due.name.zh, due.state, due.told)).collect()
}

fn refused(office: &mut Office, act: &Act) -> String {
    office.try_act(act).unwrap_err().text(Lang::En)
}

fn at(text: &str) -> Ts {
    Ts::from_rfc3339(text).unwrap()
}

#[test]
fn what_a_meeting_decided_is_due_of_its_unit_and_done_or_dropped() {
    let mut office = Office::new();
    let (one, two) = (office.units[0].to_string(), office.units[1].to_string());
    let head = [("subject", "开学准备"), ("at", "2020-02-17 09:00")];
    let lines: [&[(&str, &str)]; 2] = [
        &[("decision", "消毒液到位"), ("unit", &one), ("by", "2020-02-19")],
        &[("decision", "隔离房间腾空"), ("unit", &two)],
    ];
    let early: [&[(&str, &str)]; 1] = [&[("decision", "x"), ("unit", &one), ("by", "2020-02-16")]];
    assert!(
        refused(&mut office, &written("meetings", &head, &early))
            .contains("not before the day of the meeting")
    );
    let entry = made(&office.act(&written("meetings", &head, &lines)));
    let decided: Vec<EntryId> = sheet(&office, entry).lines.iter().map(|line| line.row.id).collect();
    assert_eq!(due(&office, "decision").len(), 1, "one has a day, and it is two days off");
    office.now = at("2020-02-20T08:00:00+08:00");
    let late = due(&office, "decision");
    assert_eq!((late[0].1, late[0].2.as_deref()), (DueState::Missed, Some("head")));
    office.act(&moved(&decided[..1], "done", &[], ""));
    assert!(due(&office, "decision").is_empty());
    assert!(office.try_act(&moved(&decided[1..], "drop", &[], "")).is_err(), "a reason is needed");
    office.act(&moved(&decided[1..], "drop", &[], "改用招待所"));
    let open = query::ledgers(&office.reader(), office.now).unwrap();
    assert_eq!(open.iter().find(|row| row.ledger.name == "meetings").unwrap().open, Some(0));
    office.sound();
}

/// A health card is due of everybody on each of the fourteen days before they return.
const CARDS: &str = r#"
[[lines.due]]
id = "card"
title = { zh = "健康卡", en = "health card" }
anchor = "parent.day - duration('14d')"
every = "1d"
count = 14
resolved_if = "reported(person, day)"
until = "state in ['refused', 'arrived']"
"#;

#[test]
fn a_batch_returns_whose_health_cards_are_whole_and_who_had_no_fever() {
    let mut office = Office::new();
    // What the shipped one leaves to the units' reports, a person and a day at a time.
    let shipped = include_str!("../../data/ledgers/returns.toml");
    let text = shipped.replacen("version = 1", "version = 2", 1) + CARDS;
    office.act(&ledger(LedgerAct::Adopt { text }));
    let (well, silent) = (office.people[0].to_string(), office.people[1].to_string());
    let batch = [("batch", "第一批"), ("day", "2020-03-02")];
    let twice: [&[(&str, &str)]; 2] = [&[("person", &well)], &[("person", &well)]];
    assert!(refused(&mut office, &written("returns", &batch, &twice)).contains("another line of this entry"));
    let lines: [&[(&str, &str)]; 2] = [&[("person", &well)], &[("person", &silent)]];
    let entry = made(&office.act(&written("returns", &batch, &lines)));
    let line = |office: &Office, who: &str| {
        let lines = sheet(office, entry).lines;
        lines.into_iter().find(|line| line.row.values["person"] == who).unwrap().row
    };
    let add = ledger(LedgerAct::AddLine { entry, values: values(&[("person", &silent)]) });
    assert!(refused(&mut office, &add).contains("another line of this entry"));
    let gone = line(&office, &silent).id;
    let withdrawn = office.act(&ledger(LedgerAct::Withdraw {
        entry: gone,
        reason: "写错了".to_owned(),
        anyway: String::new(),
    }));
    let again = office.act(&add);
    let back = refused(&mut office, &Act::Undo { op: Some(withdrawn.op) });
    assert!(back.contains("is entered already") && !back.contains(&silent), "{back}");
    office.act(&Act::Undo { op: Some(again.op) });
    office.act(&Act::Undo { op: Some(withdrawn.op) });
    assert_eq!(due(&office, "card").len(), 2, "the first of fourteen days");
    for day in 0..14 {
        office.now = at("2020-02-17T12:00:00+08:00").plus(day * DAY);
        let mut report = office.report(0, &[(0, 365)], &format!("card{day}"), "");
        let on =
            chrono::NaiveDate::from_ymd_opt(2020, 2, 17).unwrap() + chrono::Days::new(day.unsigned_abs());
        (report.sheet.day, report.reports[0].0.day, report.readings[0].day) = (Some(on), on, on);
        office.act(&Act::Import(Box::new(report)));
    }
    let cards = due(&office, "card");
    assert_eq!(
        (cards.len(), cards.iter().filter(|(.., state, _)| *state == DueState::Missed).count()),
        (14, 13)
    );
    let (one, two) = (line(&office, &well), line(&office, &silent));
    assert_eq!((one.values["card_days"].as_str(), one.values["hot_days"].as_str()), ("14", "0"));
    assert_eq!(two.values["card_days"], "0");
    office.act(&moved(&[one.id, two.id], "unit", &[], ""));
    assert!(office.try_act(&moved(&[one.id, two.id], "approve", &[], "")).is_err(), "one reported nothing");
    office.act(&moved(&[one.id], "approve", &[], ""));
    assert!(office.try_act(&moved(&[two.id], "refuse", &[], "")).is_err(), "it is said why");
    office.act(&moved(&[two.id], "refuse", &[("refusal", "健康卡未填")], ""));
    assert!(due(&office, "card").is_empty(), "who is refused owes none any longer");
    office.now = at("2020-03-02T09:00:00+08:00");
    office.act(&moved(&[one.id], "arrive", &[], ""));
    let shown = line(&office, &well);
    assert_eq!((shown.state.as_str(), shown.values["card_days"].as_str()), ("arrived", "14"));
    assert!(page(&office, "returns").broken.is_empty());
    office.sound();
}

#[test]
fn who_comes_in_hot_at_the_gate_proposes_a_case() {
    let mut office = Office::new();
    let person = office.people[0].to_string();
    let pass = |way: &str, who: (&str, &str), temperature: &str| {
        let mut said = vec![("way", way), who];
        said.extend((!temperature.is_empty()).then_some(("temperature", temperature)));
        written("gate", &said, &[])
    };
    let proposes = |office: &mut Office, act: &Act| {
        let entry = made(&office.act(act));
        sheet(office, entry).proposed.len()
    };
    assert_eq!(proposes(&mut office, &pass("in", ("person", &person), "366")), 0);
    assert_eq!(proposes(&mut office, &pass("in", ("person", &person), "")), 0);
    assert_eq!(proposes(&mut office, &pass("out", ("person", &person), "381")), 0);
    assert_eq!(proposes(&mut office, &pass("in", ("visitor", "送菜师傅"), "381")), 0);
    assert_eq!(proposes(&mut office, &pass("in", ("person", &person), "381")), 1);
    let both = written("gate", &[("way", "in"), ("person", &person), ("visitor", "x")], &[]);
    assert!(refused(&mut office, &both).contains("Visitor: is not asked"));
    assert!(
        refused(&mut office, &pass("in", ("person", &person), "480")).contains("Temperature: must be 43")
    );
    office.sound();
}

#[test]
fn a_hot_visitor_at_the_gate_is_marked_counted_and_due_until_it_is_said_what_was_done() {
    let mut office = Office::new();
    // An office that used the ledger before goes on with the one of today.
    let before = include_str!("../../data/ledgers/earlier/gate-1.toml").to_owned();
    office.act(&Act::Ledger(Box::new(LedgerAct::Adopt { text: before })));
    let person = office.people[0].to_string();
    let pass = |who: (&str, &str), temperature: &str| {
        written("gate", &[("way", "in"), who, ("temperature", temperature)], &[])
    };
    let mut act = |act: &Act| {
        let entry = made(&office.act(act));
        let row = page(&office, "gate").rows.into_iter().find(|row| row.row.id == entry).unwrap();
        let ledgers = query::ledgers(&office.reader(), office.now).unwrap();
        let counted = ledgers.into_iter().find(|row| row.ledger.name == "gate").unwrap().counted;
        (entry, row.alert, counted, due(&office, "hot-visitor").len())
    };
    let (_, marked, counted, dues) = act(&pass(("visitor", "送菜师傅"), "367"));
    assert_eq!((marked, counted, dues), (false, Some(0), 0));
    let (_, marked, counted, dues) = act(&pass(("person", &person), "381"));
    assert_eq!((marked, counted, dues), (false, Some(0), 0), "who is known is proposed as a case");
    let (hot, marked, counted, dues) = act(&pass(("visitor", "送菜师傅"), "368"));
    assert_eq!((marked, counted, dues), (true, Some(1), 1));
    let change = |values: &[(&str, &str)]| {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (reason, anyway) = ("处置".to_owned(), String::new());
        Act::Ledger(Box::new(LedgerAct::Change { entry: hot, values, reason, anyway }))
    };
    let (_, marked, counted, dues) = act(&change(&[("done", "clinic")]));
    assert_eq!((marked, counted, dues), (false, Some(0), 0));
    let cool = pass(("visitor", "家长"), "366");
    let Act::Ledger(ledger) = &cool else { panic!("no entry") };
    let LedgerAct::Write { entries, .. } = &**ledger else { panic!("no entry") };
    let mut said = entries[0].0.clone();
    said.insert("done".to_owned(), "clinic".to_owned());
    let odd =
        LedgerAct::Write { ledger: "gate".to_owned(), entries: vec![(said, vec![])], reason: String::new() };
    assert!(refused(&mut office, &Act::Ledger(Box::new(odd))).contains("is not asked"));
    office.sound();
}

#[test]
fn nobody_sits_two_shifts_running_and_who_swaps_does_not_sign_it() {
    let mut office = Office::new();
    let officers = query::officers(&office.reader()).unwrap();
    let id = |name: &str| officers.iter().find(|(_, known)| known == name).unwrap().0;
    let (one, two) = (id("甲").to_string(), id("乙").to_string());
    let shift = |day: &str, post: &str, who: &str| {
        written("duty-roster", &[("day", day), ("post", post), ("who", who)], &[])
    };
    office.act(&shift("2020-02-18", "lead", &one));
    assert!(refused(&mut office, &shift("2020-02-19", "lead", &one)).contains("not two shifts running"));
    let second = made(&office.act(&shift("2020-02-19", "lead", &two)));
    office.act(&shift("2020-02-19", "officer", &one));
    assert!(page(&office, "duty-roster").broken.is_empty());
    office.act(&shift("2020-02-20", "officer", &two));
    let broken = page(&office, "duty-roster").broken;
    assert_eq!(broken.len(), 1);
    assert_eq!((&*broken[0].check, broken[0].sum, broken[0].equals), ("every-post 2020-02-20", 0, 1));
    let swap = moved(&[second], "swap", &[("who", &one)], "换班");
    assert!(refused(&mut office, &swap).contains("not two shifts running"));
    office.now = office.now.plus(HOUR);
    let third = made(&office.act(&shift("2020-02-21", "lead", &one)));
    let swap = moved(&[third], "swap", &[("who", &two)], "家里有事");
    assert!(refused(&mut office, &swap).contains("not two shifts running"), "乙 leads the day before");
    let fourth = made(&office.act(&shift("2020-02-22", "driver", &one)));
    let swap = moved(&[fourth], "swap", &[("who", &two)], "家里有事");
    for name in ["甲", "乙"] {
        let author = Author { officer: id(name), ..office.author() };
        let own = office.store.commit(&author, &mut office.ids, &swap).unwrap_err();
        assert!(own.text(Lang::En).contains("not signed by whoever"), "{own:?}");
    }
    office.act(&Act::AddOfficer { name: "丙".to_owned() });
    let other =
        query::officers(&office.reader()).unwrap().into_iter().find(|(_, name)| name == "丙").unwrap().0;
    let author = Author { officer: other, ..office.author() };
    let agreed = Act::Approved { act: Box::new(swap), by: other, pin: None };
    office.store.commit(&author, &mut office.ids, &agreed).unwrap();
    assert_eq!(sheet(&office, fourth).entry.row.values["who"], two);
    assert_eq!(due(&office, "confirm").len(), 1, "the day before: 2020-02-18");
    // By a sheet in whatever order, and by a correction of the day alone: never two running; itself is not before it.
    let row = |day: &str| (values(&[("day", day), ("post", "lead"), ("who", &one)]), Vec::new());
    let entries = vec![row("2020-03-03"), row("2020-03-02")];
    let sheet_of = LedgerAct::Write { ledger: "duty-roster".to_owned(), entries, reason: String::new() };
    assert!(refused(&mut office, &ledger(sheet_of)).contains("not two shifts running"));
    let change = |entry: EntryId, day: &str| {
        let values = values(&[("day", day)]);
        ledger(LedgerAct::Change { entry, values, reason: "写错了".to_owned(), anyway: String::new() })
    };
    let later = made(&office.act(&shift("2020-03-04", "lead", &two)));
    let last = made(&office.act(&shift("2020-03-06", "lead", &one)));
    office.act(&change(last, "2020-03-07"));
    office.act(&change(later, "2020-02-22"));
    assert!(refused(&mut office, &change(last, "2020-02-22")).contains("not two shifts running"));
    office.act(&moved(&[fourth], "confirm", &[], ""));
    assert_eq!(sheet(&office, fourth).entry.row.state, "confirmed");
    office.sound();
}

#[test]
fn the_log_says_which_entry_was_corrected_moved_and_withdrawn() {
    let mut office = Office::new();
    let person = office.people[0].to_string();
    let said = [("person", person.as_str()), ("since", "2020-02-16"), ("symptoms", "cough")];
    let entry = made(&office.act(&written("absence", &said, &[])));
    let (values, reason, anyway) = (values(&[("symptoms", "rash")]), "问错了".to_owned(), String::new());
    office.act(&ledger(LedgerAct::Change { entry, values, reason: reason.clone(), anyway: anyway.clone() }));
    office.act(&moved(&[entry], "well", &[], ""));
    office.act(&ledger(LedgerAct::Withdraw { entry, reason, anyway }));
    let notice = made(&office.act(&written("notices", &[("number", "A1"), ("subject", "返校")], &[])));
    let sent = sheet(&office, notice).lines[0].row.id;
    office.act(&moved(&[sent], "acknowledge", &[("who", "王老师")], ""));
    let rows = query::log(&office.reader(), &LogQuery { limit: 5, ..LogQuery::default() }).unwrap().rows;
    let calendar = Calendar::default();
    let told = |row: &LogRow| {
        let of = row.of.clone().unwrap();
        (row.said(calendar).zh, row.said(calendar).en, of.id, of.ledger, of.key.zh)
    };
    let (zh, en, id, ledger, key) = told(&rows[0]);
    assert_eq!((id, ledger.as_str()), (sent, "notices"));
    assert!(key.starts_with("A1") && rows[0].about(Lang::Zh).contains("A1"), "{zh} {en} {key}");
    for row in &rows[2..] {
        let (zh, en, id, ledger, key) = told(row);
        assert_eq!((id, ledger.as_str(), key.as_str()), (entry, "absence", "2020-02-16"));
        assert!(zh.contains("因病缺勤 2020-02-16") && en.contains("illness 2020-02-16"), "{zh} {en}");
    }
}

/// Steps that are signed, the second not by whoever has to do with the first.
const TWO: &str = "name = \"two\"\nHEAD\n\
    [[column]]\nfield = \"what\"\ntitle = { zh = \"事项\", en = \"What\" }\n\
    [states]\ninitial = \"open\"\nfinal = [\"closed\"]\n\
    [[transition]]\nname = \"first\"\ntitle = { zh = \"报整改\", en = \"mended\" }\nfrom = [\"open\"]\nto = \"mid\"\nsign = true\n\
    [[transition]]\nname = \"second\"\ntitle = { zh = \"复查\", en = \"checked\" }\nfrom = [\"mid\"]\nto = \"closed\"\n\
    sign = true\nnot_by = \"first\"\n";

#[test]
fn a_second_person_is_neither_who_acted_nor_who_signed_whoever_acts_for_them() {
    let mut office = Office::new();
    adopted(&mut office, TWO);
    let on_duty = office.author().officer;
    let officers: Vec<_> = query::officers(&office.reader()).unwrap().into_iter().map(|(id, _)| id).collect();
    assert!(officers.len() > 1);
    let step = |office: &mut Office, entry, name: &str, actor, approver: Option<_>| {
        let act = moved(&[entry], name, &[], "");
        let act = match approver {
            Some(by) => Act::Approved { act: Box::new(act), by, pin: None },
            None => act,
        };
        let author = Author { officer: actor, ..office.author() };
        office.store.commit(&author, &mut office.ids, &act)
    };
    let mut refused = 0;
    for actor in &officers {
        for signer in &officers {
            for second in &officers {
                for approver in officers.iter().copied().map(Some).chain([None]) {
                    let entry = made(&office.act(&written("two", &[("what", "x")], &[])));
                    step(&mut office, entry, "first", *actor, Some(*signer)).unwrap();
                    let signs = approver.unwrap_or(*second);
                    let own = [actor, signer].contains(&&signs);
                    let there = approver.is_some() || signs == on_duty;
                    let done = step(&mut office, entry, "second", *second, approver);
                    assert_eq!(done.is_ok(), !own && there, "{actor:?} {signer:?} {second:?} {approver:?}");
                    refused += u32::from(done.is_err());
                }
            }
        }
    }
    assert!(refused > 0);
    // What is checked need not be signed: it is done in the own name all the same.
    let head = "version = 1\nwhat = \"ledger\"\ntitle = { zh = \"另册\", en = \"Other\" }";
    let plain = TWO.replacen("sign = true\n", "", 1).replace("\"two\"", "\"plain\"").replace("HEAD", head);
    adopted(&mut office, &plain);
    for actor in &officers {
        for approver in officers.iter().copied().map(Some).chain([None]) {
            let entry = made(&office.act(&written("plain", &[("what", "x")], &[])));
            let there = *actor == on_duty || approver == Some(*actor);
            let done = step(&mut office, entry, "first", *actor, approver);
            assert_eq!(done.is_ok(), there, "{actor:?} {approver:?}");
        }
    }
    office.sound();
}

#[test]
fn what_is_asked_because_of_what_is_computed_stays_when_something_else_is_corrected() {
    let mut office = Office::new();
    let said = [("way", "in"), ("visitor", "送水工"), ("temperature", "382"), ("done", "clinic")];
    let entry = made(&office.act(&written("gate", &said, &[])));
    let stands = |office: &Office, name: &str| sheet(office, entry).entry.row.values.get(name).cloned();
    assert_eq!(stands(&office, "done").as_deref(), Some("clinic"));
    let change = |name: &str, value: &str| {
        ledger(LedgerAct::Change {
            entry,
            values: values(&[(name, value)]),
            reason: "名字".to_owned(),
            anyway: String::new(),
        })
    };
    office.act(&change("visitor", "送水老王"));
    assert_eq!(stands(&office, "done").as_deref(), Some("clinic"), "what was not touched stays");
    // Who has no fever after all is not asked about it.
    office.act(&change("temperature", "365"));
    assert_eq!(stands(&office, "done"), None);
    office.sound();
}

#[test]
fn of_several_it_is_said_which_cannot_go_on_and_one_named_twice_goes_on_once() {
    let mut office = Office::new();
    adopted(
        &mut office,
        &TWO.replace("not_by = \"first\"\n", "").replace("sign = true\n", "sign = true\nbatch = true\n"),
    );
    let mut make = |what: &str| made(&office.act(&written("two", &[("what", what)], &[])));
    let (one, other) = (make("甲"), make("乙"));
    office.act(&moved(&[one, one], "first", &[], ""));
    assert_eq!(sheet(&office, one).history.len(), 1);
    let refused = office.try_act(&moved(&[other, one], "first", &[], "")).unwrap_err();
    assert!(refused.text(Lang::Zh).starts_with("甲："), "{}", refused.text(Lang::Zh));
    assert!(sheet(&office, other).history.is_empty(), "nothing is half done");
}

#[test]
fn two_who_pass_the_gate_in_one_minute_are_told_apart_and_their_numbers_are_hidden() {
    let mut office = Office::new();
    let mut pass = |visitor: &str| {
        let said = [("at", "2020-02-17 10:11"), ("way", "in"), ("visitor", visitor), ("temperature", "382")];
        made(&office.act(&written("gate", &said, &[])))
    };
    pass("送水工");
    pass("王师傅 13800001234");
    office.now = office.now.plus(HOUR);
    let due = query::due(&office.reader(), office.now).unwrap();
    let hot = due.iter().filter(|row| row.item.kind.ledger().is_some_and(|(ledger, _)| ledger == "gate"));
    let mut names: Vec<&str> = hot.map(|row| row.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["2020-02-17 10:11 王师傅 138****1234", "2020-02-17 10:11 送水工"]);
}
