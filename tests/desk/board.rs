//! The board of the whole demonstration office: what matters first is seen without a key.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crate::common::Desk;
use rusqlite::Connection;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;
use zhiban::app::Msg;
use zhiban::app::shown::column::Columns;
use zhiban::app::shown::table::FoldedBy;
use zhiban::demo::Size;
use zhiban::domain::ids::Subject;
use zhiban::domain::item::ItemKind;
use zhiban::domain::time::MINUTE;
use zhiban::say::Lang;
use zhiban::store::query;

/// Who is on the board's own line, not only somewhere on the screen.
fn seen<'a>(screen: &'a str, name: &str, words: &str) -> Option<&'a str> {
    screen.lines().find(|line| line.contains(name) && line.contains(words))
}

#[test]
fn units_that_owe_people_with_a_fever_and_the_oldest_promises_are_seen_without_a_key() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::open_of(lang, (120, 40), Size::default());
        // Five in the afternoon: everything that is due in a day is due.
        desk.wait_minutes(415);
        let (now, screen) = (desk.clock.now(), desk.screen());
        let units = query::outstanding(&desk.reader, now).unwrap();
        assert_eq!(units.len(), 6);
        let all = query::units(&desk.reader, now).unwrap();
        for unit in &units {
            // Its short name where the whole one has no room beside what is to be done.
            let short = &all.iter().find(|known| known.id == unit.id).unwrap().short;
            let name: String = unit.name.chars().take(4).collect();
            let line = seen(&screen, &name, &unit.phone)
                .or_else(|| seen(&screen, short, &unit.phone))
                .unwrap_or_else(|| panic!("{} {short}:\n{screen}", unit.name));
            let days = line.chars().filter(|c| "·▌▉".contains(*c)).count();
            assert!(days >= 13, "{line}");
        }
        assert!(screen.contains("35/41"), "{screen}");
        let cases = query::cases(&desk.reader, now).unwrap();
        let hot: Vec<_> = cases.iter().filter(|case| case.lately.fever).collect();
        assert!(!hot.is_empty());
        for case in hot {
            let fever = format!("{:.1}", f64::from(*case.lately.temps.last().unwrap()) / 10.0);
            assert!(seen(&screen, &case.name, &fever).is_some(), "{} {fever}:\n{screen}", case.name);
        }
        for row in query::findings(&desk.reader).unwrap() {
            assert!(screen.contains(&row.name), "{}:\n{screen}", row.name);
        }
        let due = query::due(&desk.reader, now).unwrap();
        assert!(due.len() >= 80, "{}", due.len());
        let mut promises: Vec<_> = due.iter().filter(|row| row.item.kind == ItemKind::Promise).collect();
        promises.sort_by_key(|row| row.at);
        for row in promises.iter().take(2) {
            assert!(now.minutes_since(row.at) > 10 * 60 && row.at < now.plus(-600 * MINUTE));
            assert!(screen.contains(&row.name), "{}:\n{screen}", row.name);
        }
    }
}

#[test]
fn who_is_due_together_is_one_line_until_it_is_opened() {
    let mut desk = Desk::open_of(Lang::Zh, (120, 40), Size::default());
    desk.wait_minutes(415).keys("6");
    let screen = desk.screen();
    let (line, n) = screen
        .lines()
        .find_map(|line| {
            let (_, rest) = line.split_once(" 等")?;
            let n: usize = rest.split_once('人')?.0.trim().parse().ok()?;
            Some((line.to_owned(), n))
        })
        .unwrap_or_else(|| panic!("nothing is folded:\n{screen}"));
    assert!(n >= 3, "{line}");
    let (folded, all) = (desk.state.tables.due.rows().len(), desk.state.list().unwrap().len());
    assert!(all < folded, "{all} lines of {folded}");
    assert!(line.contains(" 人 ▸"), "{line}");
    // The title counts what is due, and in how many lines it stands.
    assert!(screen.contains(&format!("/{folded}（{all} 行）")), "{screen}");
    // Down to it; nothing is done to the one that is named before it is opened.
    let place = (0..all).find(|_| {
        let here = desk.state.list().unwrap().folded().is_some_and(|fold| fold.by == FoldedBy::Time);
        if !here {
            desk.keys("j");
        }
        here
    });
    assert!(place.is_some());
    let (count, here) = desk.state.list().unwrap().items();
    let n = here.clone().count();
    assert!(count == folded && n >= 3, "a line of {n} is that many of {count}");
    desk.keys("f");
    let list = desk.state.list().unwrap();
    // The line stays where it is, open, and what it stands for is set in below it; the count is the same.
    assert_eq!((list.len(), list.place(), list.items()), (all + n, place.unwrap(), (folded, here.clone())));
    let screen = desk.screen();
    assert!(screen.contains(" ▾"), "{screen}");
    desk.keys("j");
    let list = desk.state.list().unwrap();
    assert_eq!(list.items(), (folded, *here.start()..=*here.start()));
    let ctx = desk.state.ctx();
    let name = list.heads(Lang::Zh).into_iter().find(|head| head.title == "对象").unwrap().place;
    assert!(list.cell(list.place(), name, &ctx).unwrap().text.starts_with("  "));
    // Enter on the line closes it again, and opens it.
    desk.keys("k<Enter>");
    assert_eq!(desk.state.list().unwrap().len(), all);
    desk.keys("<Enter>jj");
    assert_eq!(desk.state.list().unwrap().len(), all + n);
    assert!(desk.state.layers.is_empty(), "no form was opened");
    desk.keys("<Esc>");
    let list = desk.state.list().unwrap();
    assert_eq!((list.len(), list.place()), (all, place.unwrap()), "folded again, the cursor on its line");
    // Marked it stands for all.
    desk.keys(" ");
    assert!(desk.state.list().unwrap().marks() >= 3);
}

/// The screens with a list.
const LISTS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// What stands before each sign that something is cut: the last word, and the last two.
fn cut_words(screen: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in screen.lines() {
        for (at, _) in line.match_indices('…') {
            let before = line[..at].rsplit(['│', '┃']).next().unwrap_or_default();
            let words: Vec<&str> = before.split(' ').collect();
            for n in 1..=2.min(words.len()) {
                out.push(words[words.len() - n..].join(" "));
            }
        }
    }
    out.retain(|word| !word.trim().is_empty());
    out
}

#[test]
fn no_name_and_no_number_is_cut_whatever_else_is() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::open_of(lang, (160, 40), Size::default());
        desk.wait_minutes(415);
        for size in [(80, 24), (120, 40), (160, 40)] {
            desk.send(Msg::Resize(size.0, size.1));
            let mut whole: BTreeSet<String> = BTreeSet::new();
            for screen in LISTS {
                desk.keys(screen);
                whole.extend(desk.state.tables.people.rows().iter().map(|row| row.name.clone()));
                let shown = desk.screen();
                for row in desk.state.tables.units.rows() {
                    whole.extend([row.liaison.clone(), row.phone.clone()]);
                }
                whole.extend(desk.state.tables.cases.rows().iter().map(|row| row.name.clone()));
                let due = desk.state.tables.due.rows().iter().filter_map(|row| row.due());
                let of_people = due.filter(|row| matches!(row.subject, Some(Subject::Person(_))));
                whole.extend(of_people.map(|row| row.name.clone()));
                for cut in cut_words(&shown) {
                    let half = whole.iter().find(|name| name.len() > cut.len() && name.starts_with(&cut));
                    assert!(half.is_none(), "{lang:?} {size:?} {screen}: {half:?} as {cut}…\n{shown}");
                }
                assert!(shown.lines().all(|line| line.width() <= usize::from(size.0)), "{shown}");
            }
        }
    }
}

#[test]
fn what_the_page_of_a_row_would_be_opened_for_stands_beside_it() {
    for (lang, size) in [(Lang::Zh, (160, 40)), (Lang::En, (200, 50))] {
        let mut desk = Desk::open_of(lang, size, Size::default());
        desk.wait_minutes(415).keys("4");
        let mut told = 0;
        for _ in 0..12 {
            let row = desk.state.tables.cases.current().unwrap().clone();
            let dossier = query::dossier(&desk.reader, row.person, desk.clock.now()).unwrap().unwrap();
            let screen: String = desk.screen().split_whitespace().collect();
            let plain = |text: &str| -> String { text.split_whitespace().collect() };
            // The number that nobody asked for stays hidden; the words of the last call are read whole.
            assert!(screen.contains(&plain(&dossier.phone.masked())), "{}:\n{}", row.name, desk.screen());
            if let Some(call) = dossier.calls.first() {
                let words: String = plain(&call.words).chars().take(12).collect();
                assert!(screen.contains(&words), "{words}:\n{}", desk.screen());
                told += usize::from(!words.is_empty());
            }
            if let Some(last) = row.lately.temps.last() {
                let degrees = format!("{:.1}", f64::from(*last) / 10.0);
                assert!(screen.matches(&degrees).count() >= 2, "{degrees}:\n{}", desk.screen());
            }
            desk.keys("j");
        }
        assert!(told > 3, "{told}");
        // A unit: whom to call after the liaison, what was said, the month.
        desk.keys("3");
        for _ in 0..desk.state.tables.outstanding.rows().len() {
            let row = desk.state.tables.outstanding.current().unwrap().clone();
            let screen = desk.screen();
            assert!(screen.contains(&row.head_phone), "{}:\n{screen}", row.name);
            if let Some((_, _, words)) = &row.heard.last {
                let words: String = words.chars().take(8).collect();
                assert!(screen.contains(&words), "{words}:\n{screen}");
            }
            desk.keys("j");
        }
    }
}

#[test]
fn what_the_row_says_is_not_said_again_beside_it() {
    let mut desk = Desk::open_of(Lang::Zh, (160, 40), Size::default());
    desk.keys("7");
    for _ in 0..5 {
        let row = desk.state.tables.people.current().unwrap().clone();
        let cells = ["phone", "unit"].map(|name| Columns::cell(&row, name, &desk.state.ctx()).text);
        let screen = desk.screen();
        let line = screen.lines().find(|line| line.contains(&row.no)).unwrap().to_owned();
        let beside: String =
            screen.lines().filter_map(|line| line.split("││").nth(1)).collect::<Vec<_>>().join("\n");
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            assert!(line.contains(cell.as_str()) && !beside.contains(cell.as_str()), "{cell}:\n{screen}");
        }
        desk.keys("j");
    }
}

/// All that somebody typed or is called in an office, and the sources of its rules as they are quoted: what may be Chinese
/// in English.
fn typed(desk: &Desk) -> String {
    let conn = Connection::open(desk.reader.path().unwrap()).unwrap();
    let texts = [
        "SELECT b.body FROM log_body b JOIN log_event e ON e.desk = b.desk AND e.seq = b.seq AND e.idx = b.idx \
         WHERE e.kind NOT LIKE '%.adopted'",
        "SELECT name || ' ' || coalesce(address, '') || ' ' || coalesce(origin, '') || ' ' || coalesce(contact, '') \
         FROM cur_person",
        "SELECT name || ' ' || coalesce(short, '') || ' ' || coalesce(liaison, '') || ' ' || coalesce(head, '') \
         FROM cur_unit",
        "SELECT DISTINCT coalesce(place, '') || ' ' || rest FROM log_reading",
    ];
    let mut out = include_str!("../../data/rules.toml").to_owned();
    for sql in texts {
        let mut query = conn.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.for_each(|row| out.push_str(&row.unwrap()));
    }
    out
}

#[test]
fn english_screens_have_no_chinese_but_names_and_what_was_typed() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut desk = Desk::open_of(Lang::En, (200, 50), Size::default());
    desk.wait_minutes(415);
    let typed = typed(&desk);
    for size in [(120, 40), (200, 50)] {
        desk.send(Msg::Resize(size.0, size.1));
        let mut seen = 0;
        for screen in LISTS.into_iter().chain(["0", "-"]) {
            desk.keys(screen);
            let lines = desk.state.list().map_or(1, |list| list.len().min(70));
            for _ in 0..lines {
                let shown = desk.screen();
                for run in shown.split(|c: char| !is_han(c)).filter(|run| !run.is_empty()) {
                    seen += 1;
                    assert!(typed.contains(run), "{screen}: “{run}” was never typed:\n{shown}");
                }
                desk.keys("j");
            }
        }
        assert!(seen > 1000, "{seen}");
    }
}
