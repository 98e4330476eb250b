//! Somebody is erased from an office whose shifts are signed: every paper can be made again, with nothing of them on it
//! and with the figures it had.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::path::Path;
use zhiban::clock::Ids;
use zhiban::demo::{self, Size};
use zhiban::domain::ids::{Mint, PersonId, ShiftId};
use zhiban::domain::person::PersonFacts;
use zhiban::domain::time::Ts;
use zhiban::log::event::Event;
use zhiban::paper::file::{Format, bytes};
use zhiban::paper::frozen::{prepare, signed};
use zhiban::paper::summary::Counts;
use zhiban::paper::template::Templates;
use zhiban::say::Lang;
use zhiban::store::act::{Act, Author, Close, Made};
use zhiban::store::check::check;
use zhiban::store::query::rows::{LogQuery, LogRow};
use zhiban::store::{Reader, Store, query};

const SIZE: Size = Size { people: 200, units: 8, days: 6 };

/// A demonstration office whose shifts hold their papers, as the program makes it.
fn with_papers(path: &Path) -> Store {
    let templates = Templates::builtin();
    let mut cut =
        |reader: &Reader, now: Ts, close: &mut Close| prepare(reader, now, close, &templates).map(drop);
    demo::create_signed(path, SIZE, &mut cut).unwrap()
}

/// Somebody whose case was released, and of whom nothing is open: whom, number and name.
fn released(reader: &Reader) -> (PersonId, String, String) {
    let log = query::log(reader, &LogQuery { limit: 9999, ..LogQuery::default() }).unwrap();
    let people = log.rows.iter().flat_map(LogRow::told).filter_map(|event| match event {
        Event::CaseReleased(e) => Some(e.person),
        _ => None,
    });
    let mut whole = people.map(|person| query::erase_preview(reader, person).unwrap());
    let found = whole.find(|preview| preview.open.is_empty()).unwrap();
    (found.person, found.no, found.name)
}

/// What is compared of a signed paper: figures, those of the shift before, how many items are open, and how many of them
/// were acknowledged; and its text in both languages.
struct Printed {
    figures: (Counts, Option<Counts>, usize, usize),
    texts: [String; 2],
}

fn printed(reader: &Reader) -> Vec<Printed> {
    let mut shifts: Vec<ShiftId> = query::shifts(reader, 99).unwrap().iter().map(|shift| shift.id).collect();
    shifts.reverse();
    let each = shifts.into_iter().filter_map(|shift| {
        let kept = signed(reader, shift).unwrap()?;
        let s = &kept.summary;
        let items = s.open_items();
        let ticked =
            items.iter().enumerate().filter(|(n, (item, _))| s.is_ticked(item, *n) == Some(true)).count();
        let text = |lang| {
            let paper = kept.paper(lang, &Templates::builtin()).unwrap();
            String::from_utf8(bytes(&paper, Format::Text).unwrap()).unwrap()
        };
        Some(Printed {
            figures: (s.counts, s.before.map(|(_, counts)| counts), items.len(), ticked),
            texts: [text(Lang::Zh), text(Lang::En)],
        })
    });
    each.collect()
}

fn erase(store: &mut Store, person: PersonId) {
    let mut ids = Ids::seeded("erased");
    let now = demo::now();
    let (officer, _) = query::officers(&store.reader().unwrap()).unwrap()[0];
    let author = Author { officer, now, happened_at: None, op_id: ids.id(now) };
    store.commit(&author, &mut ids, &Act::Erase { person, reason: "本人申请".to_owned() }).unwrap();
}

/// Erases somebody and compares every paper; answers how many of them had named the person.
fn compare(store: &mut Store) -> (usize, Vec<(Printed, Printed)>) {
    let reader = store.reader().unwrap();
    let (person, no, name) = released(&reader);
    let before = printed(&reader);
    assert!(before.len() >= 4, "{}", before.len());
    drop(reader);
    erase(store, person);
    let reader = store.reader().unwrap();
    assert!(check(&reader, None).unwrap().is_sound());
    let after = printed(&reader);
    assert_eq!(after.len(), before.len());
    let mut named = 0;
    for (n, (before, after)) in before.iter().zip(&after).enumerate() {
        let is_named = |text: &String| text.contains(&no) || text.contains(&name);
        assert!(!after.texts.iter().any(is_named), "paper {n}: {}", after.texts[0]);
        if is_named(&before.texts[0]) {
            named += 1;
            assert!(after.texts[0].contains("已删除"), "paper {n}: {}", after.texts[0]);
            assert!(after.texts[1].contains("(erased)"), "paper {n}: {}", after.texts[1]);
        }
    }
    (named, before.into_iter().zip(after).collect())
}

#[test]
fn a_signed_paper_keeps_its_figures_when_somebody_on_it_is_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = with_papers(&folder.path().join("office.db"));
    let (named, papers) = compare(&mut store);
    assert!(named > 1, "{named}");
    for (n, (before, after)) in papers.iter().enumerate() {
        assert_eq!(before.figures, after.figures, "paper {n}");
        let lines = |of: &Printed| {
            of.texts.each_ref().map(|text| text.lines().filter(|line| line.starts_with('|')).count())
        };
        assert_eq!(lines(before), lines(after), "paper {n}");
    }
}

#[test]
fn so_does_one_of_the_time_before_papers_were_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = demo::create(&folder.path().join("office.db"), SIZE).unwrap();
    let (named, papers) = compare(&mut store);
    assert!(named > 1, "{named}");
    for (n, (before, after)) in papers.into_iter().enumerate() {
        // Whether an erased call reached anybody is told by nothing that is left.
        let known = |mut figures: (Counts, Option<Counts>, usize, usize)| {
            figures.0.not_reached = 0;
            if let Some(counts) = &mut figures.1 {
                counts.not_reached = 0;
                // So with what was open at the end of the shift before.
                (counts.due_release, counts.promises) = (0, 0);
            }
            // Only what was named at the handover is known to have been open.
            (figures.0, figures.1, figures.3)
        };
        assert_eq!(known(before.figures), known(after.figures), "paper {n}");
    }
}

/// Everything that a file keeps of the log's rows and bodies and of the projections, table by table.
fn tables(path: &Path) -> BTreeMap<String, Vec<Vec<Value>>> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut query = conn
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'cur\\_%' ESCAPE '\\' \
             OR name IN ('log_body', 'log_reading', 'log_roster_row')) ORDER BY name",
        )
        .unwrap();
    let names: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let rows = |name: &str| {
        let mut query = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = query.column_count();
        let rows = query.query_map([], |row| (0..columns).map(|at| row.get(at)).collect()).unwrap();
        rows.map(Result::unwrap).collect()
    };
    names.into_iter().map(|name| (name.clone(), rows(&name))).collect()
}

#[test]
fn a_number_that_is_as_well_a_day_takes_nothing_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    let mut store = demo::create(&path, SIZE).unwrap();
    let day = |sql: &str| -> (String, i64) {
        let conn = Connection::open(&path).unwrap();
        conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let days = [
        day("SELECT facts ->> '$.start' AS day, count(*) AS n FROM cur_case WHERE day IS NOT NULL \
             GROUP BY day ORDER BY n DESC, day LIMIT 1"),
        day("WITH RECURSIVE part (head, tail) AS (SELECT '', rest || char(31) FROM log_reading UNION ALL \
             SELECT substr(tail, 1, instr(tail, char(31)) - 1), substr(tail, instr(tail, char(31)) + 1) \
             FROM part WHERE tail <> '') \
             SELECT head, count(*) AS n FROM part WHERE head GLOB '20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]' \
             GROUP BY head ORDER BY n DESC, head LIMIT 1"),
    ];
    let mut ids = Ids::seeded("days");
    let now = demo::now();
    let (officer, _) = query::officers(&store.reader().unwrap()).unwrap()[0];
    for (day, stands) in days {
        assert!(stands > 1, "{day}");
        let no = day.replace('-', "");
        let unit = query::units(&store.reader().unwrap(), now).unwrap()[0].id;
        let facts =
            PersonFacts { name: Some("柳试删".to_owned()), unit: Some(unit), ..PersonFacts::default() };
        let act = Act::AddPerson { no: no.clone(), facts, told_by: "本人".to_owned() };
        let author = Author { officer, now, happened_at: None, op_id: ids.id(now) };
        let before = tables(&path);
        let Some(Made::Person(person)) = store.commit(&author, &mut ids, &act).unwrap().made else {
            panic!()
        };
        assert!(check(&store.reader().unwrap(), None).unwrap().is_sound());
        let preview = query::erase_preview(&store.reader().unwrap(), person).unwrap();
        assert_eq!((preview.words.len(), preview.row_words), (0, 0), "{no}: {preview:?}");
        let gone = Act::Erase { person, reason: "本人申请".to_owned() };
        let author = Author { op_id: ids.id(now), ..author };
        store.commit(&author, &mut ids, &gone).unwrap();
        let report = check(&store.reader().unwrap(), None).unwrap();
        assert!(report.is_sound(), "{no}: {report:?}");
        let after = tables(&path);
        for (table, rows) in before {
            let after = &after[&table];
            match table.as_str() {
                // The two ops, and what the erasure itself is linked to.
                "log_body" | "cur_link" => {
                    assert!(rows.iter().all(|row| after.contains(row)), "{no}: {table}");
                    assert!(after.len() <= rows.len() + 2, "{no}: {table}");
                }
                _ => assert!(rows == *after, "{no}: {table}"),
            }
        }
        store.rebuild().unwrap();
        assert!(check(&store.reader().unwrap(), None).unwrap().is_sound());
    }
}
