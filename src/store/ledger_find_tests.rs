//! Entries of ledgers as the find box finds them: by what stands in them, and never by what is gone or hidden.

use super::act::{Act, LedgerAct};
use super::ledger_tests::{BOOK, adopted, made, moved, written};
use super::query;
use super::query::rows::{FoundEntries, FoundRow, LedgerAsk};
use super::tests::Office;
use crate::domain::ids::{EntryId, Subject};
use crate::domain::person::PersonFacts;
use crate::domain::time::HOUR;
use crate::search::found::Target;

fn looked(office: &Office, text: &str) -> FoundEntries {
    query::found_entries(&office.reader(), text, query::ENTRIES, &|| true).unwrap().unwrap()
}

fn found(office: &Office, text: &str) -> Vec<EntryId> {
    let id = |row: FoundRow| match row.target {
        Target::Entry(id) => id,
        other => panic!("{other:?} is no entry"),
    };
    looked(office, text).rows.into_iter().map(id).collect()
}

fn notice(office: &mut Office, number: &str, subject: &str) -> EntryId {
    office.now = office.now.plus(HOUR);
    made(&office.act(&written("notices", &[("number", number), ("subject", subject)], &[])))
}

#[test]
fn an_entry_is_found_by_its_values_its_codes_and_its_ledger() {
    let mut office = Office::new();
    let meals = notice(&mut office, "校防〔2020〕7 号", "错峰就餐");
    let back = notice(&mut office, "校防〔2020〕17号", "返校安排");
    for text in ["错峰就餐", "错峰", "校防〔2020〕7号", "2020 7号", "通知 就餐", "Notices 就餐"]
    {
        assert_eq!(found(&office, text), [meals], "{text}");
    }
    assert_eq!(found(&office, "校防"), [back, meals], "the newest first");
    assert_eq!(found(&office, "notices"), [back, meals], "by the title alone, without their lines");
    assert!(found(&office, "物资").is_empty() && found(&office, "就餐 返校").is_empty());
    let masks = |how: &str| written("supplies", &[("item", "mask"), ("move", how), ("quantity", "50")], &[]);
    office.act(&masks("in"));
    office.now = office.now.plus(HOUR);
    let out = made(&office.act(&masks("out")));
    for text in ["口罩", "mask", "MASK", "口罩 物资", "supplies"] {
        assert_eq!(found(&office, text), [out], "of a key the newest: {text}");
    }
    assert_eq!(found(&office, "口罩 入库").len(), 1, "an older one that alone fits");
    assert!(found(&office, "口罩 入库")[0] != out);
}

#[test]
fn an_entry_is_found_by_its_key_whole_and_as_it_begins() {
    let mut office = Office::new();
    let twelve = notice(&mut office, "A12", "错峰就餐");
    let one = notice(&mut office, "A1", "返校安排");
    let other = notice(&mut office, "S-120", "见 A1 号通知");
    for text in ["A1", "a1", "Ａ１", "a 1"] {
        assert_eq!(found(&office, text), [one, twelve], "the one that is meant, then what begins so: {text}");
    }
    assert_eq!(found(&office, "A12"), [twelve]);
    assert_eq!(found(&office, "s12"), [other], "however it is parted");
    assert_eq!(found(&office, "S-12"), [other]);
    assert!(found(&office, "A2").is_empty() && found(&office, "20").is_empty(), "no key ends so");
    office.act(&Act::Ledger(Box::new(LedgerAct::Withdraw {
        entry: one,
        reason: "重复".to_owned(),
        anyway: String::new(),
    })));
    assert_eq!(found(&office, "A1"), [twelve]);
}

#[test]
fn a_line_is_found_with_the_entry_it_belongs_to_and_whom_it_concerns() {
    let mut office = Office::new();
    let unit = office.units[0];
    let of = unit.to_string();
    let head = [("unit", of.as_str()), ("inspectors", "校防控办")];
    let line = [("finding", "门岗无测温"), ("mend_by", "2020-02-18")];
    let entry = made(&office.act(&written("inspections", &head, &[&line])));
    let all = looked(&office, "无测温");
    assert_eq!((all.rows.len(), all.left, all.unread), (1, 0, false));
    let row = &all.rows[0];
    let shown = row.entry.as_deref().unwrap();
    assert_eq!(shown.entry.row.parent, Some(entry));
    assert_eq!(shown.above.as_ref().map(|above| above.row.id), Some(entry));
    assert_eq!((row.subject, row.name.is_empty()), (Some(Subject::Unit(unit)), false));
    let withdraw = LedgerAct::Withdraw { entry, reason: "重复".to_owned(), anyway: String::new() };
    office.act(&Act::Ledger(Box::new(withdraw)));
    assert!(found(&office, "无测温").is_empty(), "a line of an entry that was withdrawn");
    assert!(found(&office, "校防控办").is_empty());
}

#[test]
fn what_is_closed_comes_after_what_is_open_and_what_is_erased_is_gone() {
    let mut office = Office::new();
    adopted(&mut office, BOOK);
    let mut about = |at: usize, said: &str| {
        office.now = office.now.plus(HOUR);
        let person = office.people[at].to_string();
        made(&office.act(&written("book", &[("person", &person)], &[&[("said", said)]])))
    };
    let (first, second) = (about(0, "情绪低落"), about(1, "情绪很好"));
    assert_eq!(found(&office, "book"), [second, first]);
    office.act(&moved(&[second], "on", &[("why", "查明")], ""));
    office.act(&moved(&[second], "close", &[], ""));
    assert_eq!(found(&office, "book"), [first, second]);
    assert_eq!(found(&office, "情绪").len(), 2);
    office.act(&Act::Erase { person: office.people[0], reason: "本人申请".to_owned() });
    assert_eq!(found(&office, "book"), [second]);
    assert!(found(&office, "情绪低落").is_empty());
    assert_eq!(found(&office, "情绪").len(), 1);
}

#[test]
fn two_people_of_one_name_in_a_ledger_are_told_apart() {
    let mut office = Office::new();
    adopted(&mut office, BOOK);
    let name = |office: &mut Office, at: usize, name: &str| {
        let facts = PersonFacts { name: Some(name.to_owned()), ..PersonFacts::default() };
        office.act(&Act::EditPerson {
            person: office.people[at],
            no: None,
            facts,
            told_by: "本人".to_owned(),
        });
    };
    name(&mut office, 0, "王伟");
    name(&mut office, 1, "王伟");
    let about = |office: &mut Office, at: usize| {
        office.now = office.now.plus(HOUR);
        let person = office.people[at].to_string();
        made(&office.act(&written("book", &[("person", &person)], &[])))
    };
    let listed = |office: &Office| -> Vec<String> {
        let ask = LedgerAsk { ledger: "book".to_owned(), ..LedgerAsk::default() };
        let page = query::ledger(&office.reader(), &ask, office.now).unwrap();
        let column = page.ledger.part.columns.iter().find(|column| column.link.is_some()).unwrap().clone();
        page.rows.iter().map(|row| row.named(&column).unwrap().zh).collect()
    };
    about(&mut office, 0);
    assert_eq!(listed(&office), ["王伟"], "the other is not in the ledger");
    let second = about(&mut office, 1);
    let numbers: Vec<String> = (0..2)
        .map(|at| {
            let person = office.people[at];
            let no = "SELECT no FROM cur_person WHERE id = ?1";
            office.store.conn.query_row(no, [person], |row| row.get(0)).unwrap()
        })
        .collect();
    let end = |no: &str| no[no.len().saturating_sub(4)..].to_owned();
    let wanted: Vec<String> = numbers.iter().rev().map(|no| format!("王伟 {}", end(no))).collect();
    assert_eq!(listed(&office), wanted);
    assert_ne!(wanted[0], wanted[1]);
    office.act(&Act::Ledger(Box::new(LedgerAct::Withdraw {
        entry: second,
        reason: "记错人".to_owned(),
        anyway: String::new(),
    })));
    assert_eq!(listed(&office), ["王伟"]);
}

#[test]
fn a_number_that_is_hidden_is_not_felt_for() {
    let mut office = Office::new();
    let entry = notice(&mut office, "1号", "联系 19900001234");
    assert_eq!(found(&office, "19900001234"), [entry]);
    assert_eq!(found(&office, "199-0000-1234"), [entry]);
    assert!(found(&office, "9000012").is_empty() && found(&office, "0000 联系").is_empty());
    assert!(found(&office, "９００００１２").is_empty(), "however the digits are written");
    let key = notice(&mut office, "13800131299", "钥匙");
    assert_eq!(found(&office, "13800131299"), [key]);
    assert_eq!(found(&office, "138"), [key], "what can be read of it");
    assert!(
        found(&office, "1381299").is_empty() && found(&office, "13812").is_empty(),
        "over what is hidden"
    );
    let entry = notice(&mut office, "2号", "证号 110101199003074578");
    assert_eq!(found(&office, "110101199003074578"), [entry]);
    assert!(found(&office, "11010119900307").is_empty() && found(&office, "1010119900307457").is_empty());
}

#[test]
fn so_many_are_shown_and_looked_through_and_the_rest_is_said() {
    let mut office = Office::new();
    let all: Vec<EntryId> = (0..4).map(|n| notice(&mut office, &format!("{n}号文"), "开会")).collect();
    let reader = office.reader();
    let of = |limit, looked| query::found_among(&reader, "开会", limit, looked, &|| true).unwrap().unwrap();
    let some = of(3, 1_000);
    assert_eq!((some.rows.len(), some.left, some.unread), (3, 1, false));
    assert_eq!(some.rows[0].target, Target::Entry(all[3]));
    // Each notice has a line for each unit, written after it.
    let few = of(9, 2);
    assert!(few.unread && few.rows.len() <= 1, "{few:?}");
    assert_eq!((of(9, 1_000).rows.len(), of(9, 1_000).unread), (4, false));
    assert!(query::found_entries(&office.reader(), "开会", 9, &|| false).unwrap().is_none(), "nobody waits");
}
