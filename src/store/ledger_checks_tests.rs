//! What does not add up in a ledger, and what is counted of it, over many entries.

use super::act::{Act, LedgerAct};
use super::ledger_tests::{adopted, made, moved, page, written};
use super::tests::Office;
use super::*;
use crate::domain::time::{HOUR, MINUTE};
use crate::say::Lang;

/// Rooms that are looked after by officers, each once a day; what is warm is counted.
const ROUNDS: &str = "name = \"rounds\"\nHEAD\n\
    [[column]]\nfield = \"who\"\ntitle = { zh = \"谁\", en = \"Who\" }\nreferences = \"officer\"\n\
    [[column]]\nfield = \"day\"\ntitle = { zh = \"日期\", en = \"Day\" }\ntype = \"date\"\n\
    [[column]]\nfield = \"unit\"\ntitle = { zh = \"单位\", en = \"Unit\" }\nreferences = \"unit\"\n\
    [[column]]\nfield = \"warm\"\ntitle = { zh = \"体温\", en = \"Warm\" }\ntype = \"temperature\"\n\
    [states]\ninitial = \"open\"\nfinal = [\"closed\"]\n\
    [[transition]]\nname = \"close\"\ntitle = { zh = \"办结\", en = \"close\" }\nfrom = [\"open\"]\nto = \"closed\"\n\
    [[check]]\nid = \"each\"\nsum = [\"count(state='open')\", \"count(state='closed')\"]\nequals = \"1\"\ngroup = \"GROUP\"\n\
    [view]\ncounter = { zh = \"要看\", en = \"to see\", when = \"WHEN\" }\n";

fn rounds(group: &str, when: &str) -> Office {
    let mut office = Office::new();
    adopted(&mut office, &ROUNDS.replace("GROUP", group).replace("WHEN", when));
    office
}

fn counted(office: &Office) -> Option<u32> {
    let all = query::ledgers(&office.reader(), office.now).unwrap();
    all.iter().find(|row| row.ledger.name == "rounds").unwrap().counted
}

#[test]
fn a_check_looks_at_every_value_of_a_year() {
    let mut office = rounds("day", "state == 'open'");
    let day = |n: u32| format!("2020-{:02}-{:02}", 1 + n / 28, 1 + n % 28);
    for n in 0..100 {
        office.act(&written("rounds", &[("day", &day(n))], &[]));
    }
    assert!(page(&office, "rounds").broken.is_empty());
    let first = made(&office.act(&written("rounds", &[("day", &day(0))], &[])));
    let broken = page(&office, "rounds").broken;
    assert_eq!(broken.len(), 1, "the first day is the hundredth from the last");
    assert_eq!((&*broken[0].check, broken[0].sum, broken[0].equals), ("each 2020-01-01", 2, 1));
    let withdraw = LedgerAct::Withdraw { entry: first, reason: "重记".to_owned(), anyway: String::new() };
    office.act(&Act::Ledger(Box::new(withdraw)));
    assert!(page(&office, "rounds").broken.is_empty(), "what was found before is not said again");
}

#[test]
fn a_check_of_what_is_pointed_at_says_its_name() {
    let mut office = rounds("who", "state == 'open'");
    let who = query::officers(&office.reader()).unwrap()[0].clone();
    let id = who.0.to_string();
    for _ in 0..2 {
        office.act(&written("rounds", &[("who", &id)], &[]));
    }
    let broken = page(&office, "rounds").broken;
    assert_eq!(broken.iter().map(|b| b.called(Lang::Zh)).collect::<Vec<_>>(), [format!("each {}", who.1)]);
}

#[test]
fn what_is_counted_of_a_ledger_is_counted_as_if_each_line_were_looked_at() {
    for when in [
        "state == 'open'",
        "warm and warm >= 37.3",
        "warm and warm >= 37.3 and state == 'open'",
        "unit and unit.code == 'U01'",
        "day and day < today",
        "true",
        "minutes(entered('open'), now) > 30",
    ] {
        let mut office = rounds("day", when);
        let units: Vec<String> = office.units.iter().map(ToString::to_string).collect();
        let mut by_hand = 0;
        for n in 0..24 {
            let warm = ["365", "373", "380"][n % 3];
            let day = ["2020-02-15", "2020-02-29"][n % 2];
            let mut said = vec![("warm", warm), ("day", day)];
            said.extend((n % 4 > 0).then(|| ("unit", units[n % units.len()].as_str())));
            let entry = made(&office.act(&written("rounds", &said, &[])));
            office.now = office.now.plus(3 * MINUTE);
            let closes = n % 5 == 0;
            if closes {
                office.act(&moved(&[entry], "close", &[], ""));
            }
            by_hand += u32::from(match when {
                "state == 'open'" => !closes,
                "warm and warm >= 37.3" => n % 3 > 0,
                "warm and warm >= 37.3 and state == 'open'" => n % 3 > 0 && !closes,
                "unit and unit.code == 'U01'" => n % 4 > 0 && n % units.len() == 0,
                "day and day < today" => n % 2 == 0,
                "true" => true,
                _ => (24 - n) * 3 > 30,
            });
        }
        assert!(by_hand > 0 && (when == "true" || by_hand < 24), "{when}: {by_hand}");
        assert_eq!(counted(&office), Some(by_hand), "{when}");
        office.now = office.now.plus(HOUR);
        office.sound();
    }
}

#[test]
fn a_line_is_marked_whose_key_or_whose_own_lines_are_overdue() {
    let mut office = Office::new();
    let masks = [("item", "mask"), ("move", "in"), ("quantity", "5000")];
    office.act(&written("supplies", &masks, &[]));
    let marked = |office: &Office, ledger: &str| page(office, ledger).rows[0].overdue;
    assert!(!marked(&office, "supplies"));
    // It is to be counted again and again: what is expected of the key is seen on its line.
    office.now = office.now.plus(60 * 24 * HOUR);
    let due = query::ledger_dues(&office.reader(), office.now).unwrap();
    let late = |due: &&query::rows::LedgerDue| {
        due.ledger == "supplies" && due.state == crate::domain::item::DueState::Missed
    };
    assert!(due.iter().any(|due| late(&due)), "{due:?}");
    assert!(marked(&office, "supplies"));
    office.act(&written("supplies", &[("item", "mask"), ("move", "count"), ("quantity", "5000")], &[]));
    assert!(!marked(&office, "supplies"), "it was counted");
}
