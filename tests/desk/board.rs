//! The board of the whole demonstration office: what matters first is seen without a key.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crate::common::Desk;
use zhiban::app::shown::table::FoldedBy;
use zhiban::demo::Size;
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
        for unit in &units {
            let name: String = unit.name.chars().take(4).collect();
            let line =
                seen(&screen, &name, &unit.phone).unwrap_or_else(|| panic!("{}:\n{screen}", unit.name));
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
