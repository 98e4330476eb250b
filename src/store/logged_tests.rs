//! What lines of the log say of the entries of ledgers that they are about.

use super::act::LedgerAct;
use super::ledger_tests::{adopted, ledger, made, moved, sheet, values, written};
use super::query;
use super::query::rows::{LogQuery, LogRow};
use super::tests::Office;
use crate::domain::ids::EntryId;
use crate::domain::time::Calendar;
use crate::say::Lang;

/// The newest line of the log.
fn newest(office: &Office) -> LogRow {
    query::log(&office.reader(), &LogQuery { limit: 1, ..LogQuery::default() }).unwrap().rows.remove(0)
}

fn changed(office: &mut Office, entry: EntryId, field: &str, value: &str) -> LogRow {
    let (values, reason, anyway) = (values(&[(field, value)]), "问错了".to_owned(), String::new());
    office.act(&ledger(LedgerAct::Change { entry, values, reason, anyway }));
    newest(office)
}

#[test]
fn a_key_that_begins_like_the_unit_it_is_about_is_said_whole() {
    let mut office = Office::new();
    let unit = office.units[0].to_string();
    let name = query::units(&office.reader(), office.now).unwrap()[0].name.clone();
    for (place, key) in [("大厅", format!("{name}大厅")), (" 一层", "一层".to_owned()), ("", String::new())]
    {
        let place = format!("{name}{place}");
        let said = [("name", place.as_str()), ("class", "public"), ("unit", &unit)];
        office.act(&written("places", &said, &[]));
        let row = newest(&office);
        assert_eq!((&row.name, &row.of.unwrap().key.zh), (&name, &key));
    }
}

/// Lists of people, each under a number and whoever keeps it.
const LISTS: &str = "name = \"lists\"\nHEAD\nkey = [\"keeper\", \"no\"]\n\
    [[column]]\nfield = \"no\"\ntitle = { zh = \"号\", en = \"No\" }\n\
    [[column]]\nfield = \"keeper\"\ntitle = { zh = \"保管\", en = \"Keeper\" }\nreferences = \"unit\"\n\
    [lines]\ntitle = { zh = \"名单\", en = \"People\" }\nsubject = \"person\"\n\
    [[lines.column]]\nfield = \"person\"\ntitle = { zh = \"谁\", en = \"Who\" }\nreferences = \"person\"\n\
    [[lines.column]]\nfield = \"name\"\ntitle = { zh = \"姓名\", en = \"Name\" }\n\
    [[lines.column]]\nfield = \"seat\"\ntitle = { zh = \"座位\", en = \"Seat\" }\n";

#[test]
fn the_key_of_a_line_leaves_out_whom_it_is_about() {
    let mut office = Office::new();
    adopted(&mut office, LISTS);
    let (person, unit) = (office.people[0].to_string(), office.units[0].to_string());
    let who = query::dossier(&office.reader(), office.people[0], office.now).unwrap().unwrap().name;
    let lines: [&[(&str, &str)]; 1] = [&[("person", &person), ("name", &who)]];
    let entry = made(&office.act(&written("lists", &[("no", "B1"), ("keeper", &unit)], &lines)));
    let row = newest(&office);
    let keeper = query::units(&office.reader(), office.now).unwrap()[0].name.clone();
    assert_eq!((&row.name, row.of.unwrap().key.zh), (&keeper, "B1".to_owned()));
    let line = sheet(&office, entry).lines[0].row.id;
    let row = changed(&mut office, line, "seat", "12");
    assert_eq!((&row.name, row.of.unwrap().key.zh), (&who, format!("{keeper} B1")));
    changed(&mut office, line, "name", &format!("{who}家"));
    let row = newest(&office);
    assert_eq!((&row.name, row.of.unwrap().key.zh), (&who, format!("{keeper} B1 {who}家")));
}

#[test]
fn a_step_with_several_entries_says_with_how_many() {
    let mut office = Office::new();
    let calendar = Calendar::default();
    let notice = made(&office.act(&written("notices", &[("number", "A1"), ("subject", "返校")], &[])));
    let lines: Vec<EntryId> = sheet(&office, notice).lines.iter().map(|line| line.row.id).collect();
    office.act(&moved(&lines, "acknowledge", &[("who", "王老师")], ""));
    let row = newest(&office);
    let of = row.of.clone().unwrap();
    assert_eq!((of.id, of.more as usize, row.untold()), (lines[0], lines.len() - 1, 0), "{row:?}");
    let said = row.said(calendar);
    assert!(said.zh.contains(" 等 2 条") && said.en.contains(" and 1 more"), "{said:?}");
    assert!(row.about(Lang::Zh).contains("A1"), "{row:?}");
    office.act(&moved(&lines[..1], "done", &[], ""));
    let said = newest(&office).said(calendar);
    assert!(!said.zh.contains(" 条") && !said.en.contains("more"), "{said:?}");
}
