//! Registers as an office keeps them: entries in, balances, what is due, what is refused, what is taken back.

use super::act::{Act, Author, Committed, LedgerAct, Made};
use super::query::rows::{Balance, EntrySheet, LedgerAsk, LedgerDue, LedgerPage};
use super::tests::Office;
use super::*;
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::ids::{EntryId, Subject};
use crate::domain::item::DueState;
use crate::domain::ledger::value::Values;
use crate::domain::pin::Pin;
use crate::domain::time::HOUR;

const DAY: i64 = 24 * HOUR;

pub(super) fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(super) fn written(ledger: &str, pairs: &[(&str, &str)], lines: &[&[(&str, &str)]]) -> Act {
    let lines = lines.iter().map(|line| values(line)).collect();
    let entries = vec![(values(pairs), lines)];
    Act::Ledger(Box::new(LedgerAct::Write { ledger: ledger.to_owned(), entries, reason: String::new() }))
}

pub(super) fn ledger(act: LedgerAct) -> Act {
    Act::Ledger(Box::new(act))
}

fn because(reason: &str, act: Act) -> Act {
    match act {
        Act::Ledger(act) => match *act {
            LedgerAct::Write { ledger, entries, .. } => {
                Act::Ledger(Box::new(LedgerAct::Write { ledger, entries, reason: reason.to_owned() }))
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

pub(super) fn moved(entries: &[EntryId], transition: &str, pairs: &[(&str, &str)], reason: &str) -> Act {
    Act::Ledger(Box::new(LedgerAct::Move {
        entries: entries.to_vec(),
        transition: transition.to_owned(),
        values: values(pairs),
        reason: reason.to_owned(),
        pin: None,
    }))
}

pub(super) fn made(done: &Committed) -> EntryId {
    match done.made {
        Some(Made::Entry(entry)) => entry,
        other => panic!("no entry was made: {other:?}"),
    }
}

pub(super) fn page(office: &Office, ledger: &str) -> LedgerPage {
    let ask = LedgerAsk { ledger: ledger.to_owned(), ..LedgerAsk::default() };
    query::ledger(&office.reader(), &ask, office.now).unwrap()
}

pub(super) fn sheet(office: &Office, entry: EntryId) -> EntrySheet {
    query::entry(&office.reader(), entry, office.now).unwrap().unwrap()
}

fn due(office: &Office) -> Vec<LedgerDue> {
    query::ledger_dues(&office.reader(), office.now).unwrap()
}

#[test]
fn a_balance_is_the_last_count_and_what_came_and_went_since() {
    let mut office = Office::new();
    let masks =
        |how: &str, n: &str| written("supplies", &[("item", "mask"), ("move", how), ("quantity", n)], &[]);
    office.act(&masks("in", "5000"));
    office.now = office.now.plus(HOUR);
    office.act(&masks("out", "1400"));
    let balance = |office: &Office| page(office, "supplies").rows[0].balance.unwrap();
    assert_eq!(balance(&office), Balance { balance: 3600, minimum: Some(3000), days_left: Some(36) });
    assert!(!page(&office, "supplies").rows[0].alert);
    office.now = office.now.plus(HOUR);
    let count = office.act(&because("盘亏", masks("count", "2900")));
    let rows = page(&office, "supplies").rows;
    assert_eq!((rows.len(), rows[0].balance.unwrap().balance, rows[0].alert), (1, 2900, true));
    let listed = query::ledgers(&office.reader(), office.now).unwrap();
    let supplies = listed.iter().find(|row| row.ledger.name == "supplies").unwrap();
    assert_eq!((supplies.lines, supplies.counted, supplies.adopted), (1, Some(1), true));
    office.act(&Act::Undo { op: Some(count.op) });
    assert_eq!(balance(&office).balance, 3600);
    assert_eq!(sheet(&office, page(&office, "supplies").rows[0].row.id).others.len(), 1);
}

#[test]
fn what_expires_is_due_while_some_of_it_is_there() {
    let mut office = Office::new();
    let masks = |how: &str, n: &str, expires: &str| {
        let mut said = vec![("item", "mask"), ("move", how), ("quantity", n)];
        said.extend((!expires.is_empty()).then_some(("expires", expires)));
        written("supplies", &said, &[])
    };
    let lot = made(&office.act(&masks("in", "300", "2020-02-20")));
    let expiring = |office: &Office| {
        let all = due(office);
        all.iter().find(|due| due.due == "expiry" && due.entry == Some(lot)).map(|due| due.state)
    };
    office.now = office.now.plus(HOUR);
    office.act(&masks("out", "1", ""));
    assert_eq!(expiring(&office), Some(DueState::Open), "299 of them are there");
    office.now = office.now.plus(7 * DAY);
    office.act(&masks("in", "50", ""));
    assert_eq!(expiring(&office), Some(DueState::Missed));
    assert!(sheet(&office, lot).entry.overdue);
    office.now = office.now.plus(HOUR);
    office.act(&masks("scrap", "299", ""));
    assert_eq!(expiring(&office), None, "what is there came later");
    assert!(!sheet(&office, lot).entry.overdue, "the page says what the list of what is due says");
}

#[test]
fn the_list_says_what_of_it_is_used_first_and_not_what_was_entered_last() {
    let mut office = Office::new();
    let masks = |how: &str, n: &str, expires: &str| {
        let mut said = vec![("item", "mask"), ("move", how), ("quantity", n)];
        said.extend((!expires.is_empty()).then_some(("expires", expires)));
        written("supplies", &said, &[])
    };
    let first = |office: &Office| page(office, "supplies").rows[0].first_out["expires"].clone();
    for (how, n, expires, left) in [
        ("in", "300", "2020-06-01", "2020-06-01"),
        ("in", "200", "2021-01-31", "2020-06-01"),
        ("out", "299", "", "2020-06-01"),
        ("in", "50", "2020-09-30", "2020-06-01"),
        // One of the first is there, of the second and third all.
        ("scrap", "1", "", "2020-09-30"),
        ("out", "200", "", "2020-09-30"),
        ("out", "50", "", ""),
    ] {
        office.now = office.now.plus(HOUR);
        office.act(&masks(how, n, expires));
        assert_eq!(first(&office), left, "after {how} {n}");
    }
    let entry = page(&office, "supplies").rows[0].row.id;
    assert!(sheet(&office, entry).entry.first_out.is_empty(), "an entry says what it says");
}

#[test]
fn more_than_there_is_and_a_count_that_differs_are_told_and_need_a_reason() {
    let mut office = Office::new();
    let masks =
        |how: &str, n: &str| written("supplies", &[("item", "mask"), ("move", how), ("quantity", n)], &[]);
    let refused = |office: &mut Office, act: &Act| {
        let error = office.try_act(act).unwrap_err();
        let Error::User(user) = &error else { panic!("{error:?}") };
        assert_eq!(user.field, Some("reason"));
        error.text(crate::say::Lang::Zh)
    };
    // The first count of all differs from nothing.
    office.act(&masks("count", "100"));
    office.now = office.now.plus(HOUR);
    let said = refused(&mut office, &masks("out", "130"));
    assert!(said.contains("账面只有 100，要出 130") && said.contains("盘点"), "{said}");
    office.act(&masks("out", "100"));
    assert!(refused(&mut office, &masks("scrap", "1")).contains("账面只有 0"));
    office.act(&because("急用，账后补", masks("out", "30")));
    let row = page(&office, "supplies").rows.remove(0);
    assert_eq!((row.balance.unwrap().balance, row.alert), (-30, true), "less than nothing is seen at once");
    let shown = sheet(&office, row.row.id);
    assert_eq!(shown.booked, Some((0, "急用，账后补".to_owned())));
    office.now = office.now.plus(HOUR);
    let said = refused(&mut office, &masks("count", "12"));
    assert!(said.contains("账面 -30，盘点 12，差 +42"), "{said}");
    office.act(&because("入库漏记 42", masks("count", "12")));
    office.now = office.now.plus(HOUR);
    office.act(&masks("count", "12"));
    let line = &query::log(&office.reader(), &query::rows::LogQuery { limit: 5, ..Default::default() })
        .unwrap()
        .rows[1];
    let line = crate::i18n::events::event_line(&line.event).zh;
    assert!(line.contains("账面 -30：入库漏记 42"), "{line}");
    // What is entered late is missing later.
    office.now = office.now.plus(2 * HOUR);
    office.act(&masks("out", "8"));
    let early = Author { happened_at: Some(office.now.plus(-HOUR)), ..office.author() };
    let late = office.store.commit(&early, &mut office.ids, &masks("out", "6")).unwrap_err();
    assert!(late.text(crate::say::Lang::Zh).contains("账面只有 4，要出 6"), "{late:?}");
    office.store.commit(&early, &mut office.ids, &masks("out", "4")).unwrap();
    office.act(&masks("in", "12"));
    // Of several in one act each counts for the next.
    let one = values(&[("item", "mask"), ("move", "out"), ("quantity", "8")]);
    let entries = vec![(one.clone(), Vec::new()), (one, Vec::new())];
    let both = LedgerAct::Write { ledger: "supplies".to_owned(), entries, reason: String::new() };
    let said = refused(&mut office, &Act::Ledger(Box::new(both)));
    assert!(said.contains("第 2 条") && said.contains("账面只有 4"), "{said}");
    office.sound();
}

#[test]
fn the_entry_before_is_that_of_the_number_before_and_not_of_its_text() {
    let mut office = Office::new();
    let column = "[[column]]\nfield = \"n\"\ntitle = { zh = \"序号\", en = \"N\" }\ntype = \"integer\"\n";
    adopted(
        &mut office,
        &format!("name = \"tick\"\nHEAD\n{column}constraint = \"n < 10 or before('n').n\"\n"),
    );
    office.act(&written("tick", &[("n", "9")], &[]));
    office.act(&written("tick", &[("n", "10")], &[]));
}

#[test]
fn a_list_is_not_filtered_by_a_part_of_a_hidden_number() {
    let mut office = Office::new();
    let entry = made(&office.act(&written("places", &[("name", "门岗 19900001234"), ("class", "key")], &[])));
    let listed = |filter: &str, sort: Option<(String, bool)>| {
        let ask = LedgerAsk {
            ledger: "places".to_owned(),
            filter: filter.to_owned(),
            sort,
            ..LedgerAsk::default()
        };
        let page = query::ledger(&office.reader(), &ask, office.now).unwrap();
        (page.total, page.rows.iter().map(|row| row.row.id).collect::<Vec<_>>())
    };
    for sort in [None, Some(("name".to_owned(), false))] {
        for whole in ["门岗", "19900001234", "199", "1234"] {
            assert_eq!(listed(whole, sort.clone()), (1, vec![entry]), "{whole}");
        }
        assert_eq!(listed("0000", sort.clone()), (0, vec![]));
        assert_eq!(listed("门岗 90000123", sort), (0, vec![]));
    }
}

/// Visitors: nobody whom the office knows, each with a number.
const GATE: &str = "name = \"gate\"\nHEAD\n\
    [[column]]\nfield = \"who\"\ntitle = { zh = \"来访\", en = \"Visitor\" }\n\
    [[column]]\nfield = \"phone\"\ntitle = { zh = \"电话\", en = \"Phone\" }\ntype = \"phone\"\n";

#[test]
fn numbers_of_nobody_known_are_shown_with_a_trace() {
    let mut office = Office::new();
    adopted(&mut office, GATE);
    let visitor = |office: &mut Office, said: &[(&str, &str)]| made(&office.act(&written("gate", said, &[])));
    let entry = visitor(&mut office, &[("who", "快递"), ("phone", "13800001234")]);
    let words = visitor(&mut office, &[("who", "家长 13800005678")]);
    let none = visitor(&mut office, &[("who", "校友")]);
    let reveal = |entry, reason: &str| Act::RevealEntry { entry, reason: reason.to_owned() };
    assert!(office.try_act(&reveal(none, "核对")).is_err(), "nothing is hidden there");
    assert!(office.try_act(&reveal(entry, " ")).is_err(), "a reason is needed");
    let done = office.act(&reveal(entry, "call"));
    office.act(&reveal(words, "核对"));
    let looks = query::access(&office.reader(), &query::AccessQuery::default(), office.now).unwrap().rows;
    let looks: Vec<_> = looks.into_iter().map(|row| (row.what, row.reason)).collect();
    let entry = |why: &str| (query::Looked::Entry, why.to_owned());
    assert_eq!(looks, [entry("call"), entry("核对")]);
    assert!(office.try_act(&Act::Undo { op: Some(done.op) }).is_err(), "a look is not taken back");
    office.sound();
}

#[test]
fn a_step_is_signed_with_the_pin_of_whoever_signs_it() {
    let mut office = Office::new();
    let unit = office.units[0].to_string();
    let head = [("unit", unit.as_str()), ("inspectors", "校防控办")];
    let done = office.act(&written("inspections", &head, &[&[("finding", "门岗无测温")]]));
    let line = sheet(&office, made(&done)).lines[0].row.id;
    office.act(&moved(&[line], "mended", &[("evidence", "照片.jpg")], ""));
    let officers = query::officers(&office.reader()).unwrap();
    let officer = officers.iter().find(|(_, name)| name == "乙").unwrap().0;
    let author = Author { officer, ..office.author() };
    office.store.set_pin(&author, &mut office.ids, officer, None, Pin::new("4711")).unwrap();
    let sign = |office: &mut Office, pin: Option<&str>| {
        let Act::Ledger(act) = moved(&[line], "recheck-good", &[], "") else { panic!("no ledger") };
        let LedgerAct::Move { entries, transition, values, reason, .. } = *act else { panic!("no step") };
        let pin = pin.and_then(Pin::new);
        let act = LedgerAct::Move { entries, transition, values, reason, pin };
        let author = Author { officer, ..office.author() };
        office.store.commit(&author, &mut office.ids, &Act::Ledger(Box::new(act)))
    };
    for (pin, said) in [(None, "签字时须输入"), (Some("0000"), "口令不对")] {
        let Error::User(user) = sign(&mut office, pin).unwrap_err() else { panic!("no refusal") };
        assert!(user.what.zh.contains(said), "{:?}", user.what);
        assert_eq!(user.field, Some("pin"));
    }
    sign(&mut office, Some("4711")).unwrap();
    let shown = sheet(&office, line);
    assert_eq!((shown.entry.row.state.as_str(), shown.moved_by[1].1.as_str()), ("closed", "乙"));
    let bodies: i64 = office
        .store
        .conn
        .query_row("SELECT count(*) FROM log_body WHERE body LIKE '%4711%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(bodies, 0);
}

#[test]
fn what_does_not_hold_is_refused_with_the_field() {
    let mut office = Office::new();
    let refuse = |office: &mut Office, pairs: &[(&str, &str)]| {
        let error = office.try_act(&written("supplies", pairs, &[])).unwrap_err();
        error.text(crate::say::Lang::En)
    };
    assert!(refuse(&mut office, &[("item", "mask"), ("move", "in")]).contains("Quantity: must be filled in"));
    let less = refuse(&mut office, &[("item", "mask"), ("move", "in"), ("quantity", "-1")]);
    assert!(less.contains("Quantity: must be 0 at least"), "{less}");
    let unit = office.units[0].to_string();
    let said = [("item", "mask"), ("move", "in"), ("quantity", "1"), ("unit", unit.as_str())];
    assert!(refuse(&mut office, &said).contains("Drawn by: is not asked"));
    assert!(refuse(&mut office, &[("itme", "mask")]).contains("itme: is no field"));
    assert!(page(&office, "supplies").rows.is_empty());
}

#[test]
fn silence_shows_where_something_is_expected_of_a_place() {
    let mut office = Office::new();
    let place = |office: &mut Office, name: &str, class: &str| {
        let done = office.act(&written("places", &[("name", name), ("class", class)], &[]));
        made(&done)
    };
    let gate = place(&mut office, "南门", "key");
    let room = place(&mut office, "逸夫楼101", "room");
    office.now = office.now.plus(DAY);
    let all = due(&office);
    let of = |all: &[LedgerDue], id: &str, entry: EntryId| {
        all.iter().find(|due| due.due == id && due.entry == Some(entry)).cloned()
    };
    let gate_due = of(&all, "key-area", gate).unwrap();
    assert_eq!((gate_due.state, gate_due.missed, gate_due.name.zh.as_str()), (DueState::Missed, 1, "南门"));
    // Overdue since midnight, ten hours ago.
    assert_eq!(gate_due.told.as_deref(), Some("liaison"));
    assert_eq!(of(&all, "key-area", room), None);
    let airing = of(&all, "airing", room).unwrap();
    // 10:05: noon and evening of the day before, and this morning's window that is still open.
    assert_eq!((airing.state, airing.missed), (DueState::Open, 2));
    let id = gate.to_string();
    office.act(&written("disinfection", &[("place", &id), ("agent", "chlorine"), ("by", "王师傅")], &[]));
    assert_eq!(of(&due(&office), "key-area", gate), None);
    office.now = office.now.plus(DAY);
    assert_eq!(of(&due(&office), "key-area", gate).unwrap().state, DueState::Open);
}

#[test]
fn a_finding_is_mended_by_one_and_checked_by_another() {
    let mut office = Office::new();
    let unit = office.units[0].to_string();
    let head = [("unit", unit.as_str()), ("inspectors", "校防控办")];
    let line = [("finding", "门岗无测温"), ("mend_by", "2020-02-18")];
    let done = office.act(&written("inspections", &head, &[&line]));
    let entry = made(&done);
    let finding = sheet(&office, entry).lines[0].row.clone();
    assert_eq!((finding.state.as_str(), finding.parent), ("open", Some(entry)));
    let mend = due(&office);
    assert_eq!((mend[0].due.as_str(), mend[0].state), ("mend", DueState::Open));
    office.now = office.now.plus(2 * DAY);
    assert_eq!((due(&office)[0].state, due(&office)[0].told.as_deref()), (DueState::Missed, Some("head")));
    let early = office.try_act(&moved(&[finding.id], "recheck-good", &[], "")).unwrap_err();
    assert!(early.text(crate::say::Lang::En).contains("is not open to it"));
    office.act(&moved(&[finding.id], "mended", &[("evidence", "照片.jpg")], ""));
    assert!(due(&office).iter().all(|due| due.due != "mend"));
    let same = office.try_act(&moved(&[finding.id], "recheck-good", &[], "")).unwrap_err();
    assert!(same.text(crate::say::Lang::En).contains("not signed by whoever"), "{same:?}");
    let officers = query::officers(&office.reader()).unwrap();
    let officer = officers.iter().find(|(_, name)| name == "乙").unwrap().0;
    let other = Author { officer, ..office.author() };
    let good = moved(&[finding.id], "recheck-good", &[], "");
    let named = office.store.commit(&other, &mut office.ids, &good).unwrap_err();
    assert!(
        named.text(crate::say::Lang::En).contains("not on duty"),
        "to be named is not to be there: {named:?}"
    );
    let agreed = Act::Approved { act: Box::new(good), by: officer, pin: None };
    office.store.commit(&other, &mut office.ids, &agreed).unwrap();
    let sheet = sheet(&office, finding.id);
    assert_eq!((sheet.entry.row.state.as_str(), sheet.moved_by[1].1.as_str()), ("closed", "乙"));
}

#[test]
fn a_notice_goes_to_every_unit_that_reports_and_is_acknowledged_by_each() {
    let mut office = Office::new();
    let done = office.act(&written("notices", &[("number", "〔2020〕7 号"), ("subject", "错峰就餐")], &[]));
    let entry = made(&done);
    let lines: Vec<EntryId> = sheet(&office, entry).lines.iter().map(|line| line.row.id).collect();
    assert_eq!(lines.len(), office.units.len());
    assert!(due(&office).is_empty(), "four hours to answer");
    office.now = office.now.plus(5 * HOUR);
    let late = due(&office);
    assert_eq!((late.len(), late[0].state, late[0].told.as_deref()), (2, DueState::Missed, Some("liaison")));
    assert!(late.iter().any(|due| due.subject == Some(Subject::Unit(office.units[0]))));
    office.act(&moved(&lines[..1], "acknowledge", &[("who", "王老师")], ""));
    assert_eq!(due(&office).len(), 1);
    let twice = office.try_act(&written("notices", &[("number", "〔2020〕7号"), ("subject", "x")], &[]));
    assert!(twice.is_err(), "the number stands once, however it is spaced");
    assert!(page(&office, "notices").broken.is_empty());
}

#[test]
fn what_is_expected_of_somebody_is_settled_by_a_call() {
    let mut office = Office::new();
    let text = include_str!("../../data/ledgers/absence.toml").to_owned();
    office.act(&Act::Ledger(Box::new(LedgerAct::Adopt { text })));
    let person = office.people[0].to_string();
    let done = office.act(&written("absence", &[("person", &person), ("symptoms", "fever,cough")], &[]));
    let calls: Vec<LedgerDue> = due(&office).into_iter().filter(|due| due.due == "call").collect();
    assert_eq!((calls.len(), calls[0].due.as_str(), calls[0].first), (1, "call", true));
    office.now = office.now.plus(HOUR);
    let call = FollowUpDraft {
        outcome: Outcome::Well,
        ..FollowUpDraft::not_reached(Some(Subject::Person(office.people[0])))
    };
    office.act(&Act::FollowUp(call));
    assert!(due(&office).iter().all(|due| due.due == "raise/case"), "a case is proposed still");
    let entry = made(&done);
    let withdraw = LedgerAct::Withdraw { entry, reason: "记错人".to_owned(), anyway: String::new() };
    office.act(&Act::Ledger(Box::new(withdraw)));
    office.now = office.now.plus(DAY);
    assert!(due(&office).is_empty() && page(&office, "absence").rows.is_empty());
}

#[test]
fn an_entry_is_corrected_and_keeps_what_stood_there() {
    let mut office = Office::new();
    let said = [("item", "mask"), ("move", "in"), ("quantity", "50")];
    let done = office.act(&written("supplies", &said, &[]));
    let entry = made(&done);
    let change = |quantity: &str, reason: &str| {
        Act::Ledger(Box::new(LedgerAct::Change {
            entry,
            values: values(&[("quantity", quantity)]),
            reason: reason.to_owned(),
            anyway: String::new(),
        }))
    };
    assert!(office.try_act(&change("500", "")).is_err(), "a reason is needed");
    assert!(office.try_act(&change("50", "x")).is_err(), "nothing changes");
    office.act(&change("500", "少写一个零"));
    assert_eq!(page(&office, "supplies").rows[0].balance.unwrap().balance, 500);
    let row = &query::log(&office.reader(), &query::rows::LogQuery { limit: 5, ..Default::default() })
        .unwrap()
        .rows[0];
    let line = crate::i18n::events::event_line(&row.event).zh;
    assert!(line.contains("数量：500"), "{line}");
}

#[test]
fn what_makes_a_stock_fall_below_nothing_later_says_why_before_it_is_corrected_or_withdrawn() {
    let mut office = Office::new();
    let stock = |how: &str, quantity: &str| {
        written(
            "supplies",
            &[("item", "mask"), ("place", "总库"), ("move", how), ("quantity", quantity)],
            &[],
        )
    };
    let came = made(&office.act(&stock("in", "500")));
    office.now = office.now.plus(HOUR);
    office.act(&stock("out", "300"));
    office.now = office.now.plus(HOUR);
    office.act(&stock("in", "900"));
    let change = |quantity: &str, anyway: &str| {
        let values = values(&[("quantity", quantity)]);
        ledger(LedgerAct::Change {
            entry: came,
            values,
            reason: "多写了".to_owned(),
            anyway: anyway.to_owned(),
        })
    };
    let refused = office.try_act(&change("200", "")).unwrap_err();
    let said = refused.text(crate::say::Lang::Zh);
    assert!(said.contains("口罩") && said.contains("-100") && said.contains("--anyway"), "{said}");
    office.act(&change("400", ""));
    office.act(&change("200", "另有借出"));
    let withdraw = |anyway: &str| {
        let (reason, anyway) = ("重复".to_owned(), anyway.to_owned());
        ledger(LedgerAct::Withdraw { entry: came, reason, anyway })
    };
    assert!(office.try_act(&withdraw("")).is_err());
    office.act(&withdraw("另有借出"));
    let log = |filter: &str| {
        let ask = query::rows::LogQuery { filter: filter.to_owned(), limit: 9, ..Default::default() };
        query::log(&office.reader(), &ask).unwrap().rows
    };
    // What is done with an entry is found by its kind, and by what the entry is called.
    for (filter, kinds) in [
        ("entry.changed", vec!["entry.changed"; 2]),
        ("口罩 更正", vec!["entry.changed"; 2]),
        ("口罩 作废", vec!["entry.withdrawn"]),
    ] {
        let found: Vec<String> = log(filter).into_iter().map(|row| row.kind).collect();
        assert_eq!(found, kinds, "{filter}");
    }
    let crate::log::event::Event::EntryWithdrawn(gone) = &log("口罩 作废")[0].event else { panic!() };
    assert_eq!(gone.reason, "重复；另有借出");
    // An undo names what it takes back.
    let undo = query::undo_preview(&office.reader(), None, office.officer()).unwrap();
    assert!(undo.row.about(crate::say::Lang::Zh).contains("口罩"), "{:?}", undo.row.entry);
}

pub(super) fn adopted(office: &mut Office, text: &str) {
    let head = "version = 1\nwhat = \"ledger\"\ntitle = { zh = \"本\", en = \"Book\" }\n";
    let text = text.replacen("HEAD\n", head, 1);
    office.act(&Act::Ledger(Box::new(LedgerAct::Adopt { text })));
}

/// A book about people, with lines of no subject of their own, and steps.
pub(super) const BOOK: &str = "name = \"book\"\nHEAD\nsubject = \"person\"\n\
    [[column]]\nfield = \"by\"\ntitle = { zh = \"期限\", en = \"By\" }\ntype = \"date\"\nminimum = \"today\"\n\
    [[column]]\nfield = \"again\"\ntitle = { zh = \"再看\", en = \"Again\" }\ntype = \"date\"\ndefault = \"today\"\n\
    [[column]]\nfield = \"why\"\ntitle = { zh = \"理由\", en = \"Why\" }\nrelevant = \"state == 'mid'\"\n\
    [states]\ninitial = \"open\"\nfinal = [\"closed\"]\n\
    [[transition]]\nname = \"on\"\ntitle = { zh = \"推进\", en = \"on\" }\nfrom = [\"open\"]\nto = \"mid\"\nask = [\"why\"]\n\
    [[transition]]\nname = \"close\"\ntitle = { zh = \"办结\", en = \"close\" }\nfrom = [\"mid\"]\nto = \"closed\"\n\
    [lines]\ntitle = { zh = \"经过\", en = \"Course\" }\n\
    [[lines.column]]\nfield = \"said\"\ntitle = { zh = \"情况\", en = \"Said\" }\n";

#[test]
fn an_entry_goes_on_after_its_day_and_what_was_left_empty_stays_empty() {
    let mut office = Office::new();
    adopted(&mut office, BOOK);
    let person = office.people[0].to_string();
    let done = office.act(&written("book", &[("person", &person), ("by", "2020-02-18"), ("again", "")], &[]));
    let entry = made(&done);
    office.now = office.now.plus(7 * DAY);
    let on = office.act(&moved(&[entry], "on", &[("why", "查明")], ""));
    assert_eq!(sheet(&office, entry).entry.row.values.get("again"), None);
    assert_eq!(sheet(&office, entry).entry.row.values["why"], "查明");
    office.act(&moved(&[entry], "close", &[], ""));
    assert_eq!(sheet(&office, entry).entry.row.values.get("why"), None, "it is not asked any longer");
    let back = office.try_act(&Act::Undo { op: Some(on.op) }).unwrap_err();
    assert!(back.text(crate::say::Lang::En).contains("a later step follows it"), "{back:?}");
    office.act(&Act::Undo { op: None });
    office.act(&Act::Undo { op: Some(on.op) });
    assert_eq!(sheet(&office, entry).entry.row.state, "open");
}

#[test]
fn what_a_line_says_goes_with_the_person_of_its_entry() {
    let mut office = Office::new();
    adopted(&mut office, BOOK);
    let person = office.people[0];
    let id = person.to_string();
    let done = office.act(&written("book", &[("person", &id)], &[&[("said", "情绪低落，父亲住院")]]));
    let line = sheet(&office, made(&done)).lines[0].row.clone();
    assert_eq!(line.person, Some(person));
    office.act(&Act::Erase { person, reason: "学生本人要求".to_owned() });
    let left: i64 = office
        .store
        .conn
        .query_row("SELECT count(*) FROM log_body WHERE body LIKE '%父亲住院%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0);
    assert!(query::entry(&office.reader(), line.id, office.now).unwrap().is_none());
}

#[test]
fn what_an_entry_points_at_is_not_taken_back_under_it() {
    let mut office = Office::new();
    let place = office.act(&written("places", &[("name", "南门"), ("class", "key")], &[]));
    let id = made(&place).to_string();
    office.act(&written("disinfection", &[("place", &id), ("by", "王师傅")], &[]));
    assert!(office.try_act(&Act::Undo { op: Some(place.op) }).is_err());
    let withdraw = LedgerAct::Withdraw { entry: made(&place), reason: "x".to_owned(), anyway: String::new() };
    assert!(office.try_act(&Act::Ledger(Box::new(withdraw))).is_err());
}

#[test]
fn what_counts_otherwise_is_another_ledger() {
    let mut office = Office::new();
    office.act(&written("supplies", &[("item", "mask"), ("move", "in"), ("quantity", "5")], &[]));
    let shipped = include_str!("../../data/ledgers/supplies.toml").replace("version = 1", "version = 2");
    let adopt = |text: String| Act::Ledger(Box::new(LedgerAct::Adopt { text }));
    let other = shipped.replace("key = [\"item\", \"place\"]", "key = [\"item\"]");
    assert!(office.try_act(&adopt(other)).is_err());
    office.act(&adopt(shipped));
    assert_eq!(page(&office, "supplies").ledger.version, 2);
    assert_eq!(page(&office, "supplies").rows[0].balance.unwrap().balance, 5);
}

#[test]
fn what_is_due_of_a_key_stays_the_same_item_however_often_there_is_another_entry() {
    let mut office = Office::new();
    let masks = |how: &str| written("supplies", &[("item", "mask"), ("move", how), ("quantity", "5")], &[]);
    office.act(&masks("in"));
    office.now = office.now.plus(9 * DAY);
    let item = |office: &Office| query::due(&office.reader(), office.now).unwrap()[0].item;
    let before = item(&office);
    office.act(&masks("out"));
    assert_eq!(item(&office), before);
}
