//! What the find box looks like, and what is pointed out in it.

use super::super::tests::{SIZES, drawn, text};
use crate::app::fixture::{
    Desk, found_call, found_contact, found_entries, found_person, found_unit, matched, person_id,
};
use crate::app::shown::column::Shown;
use crate::app::shown::shades::Shades;
use crate::app::{Effect, Found, Msg, State, Tried};
use crate::say::Lang;
use crate::search::found::{Field, Lifts, Match, Part, Way};
use crate::store::query::rows::FoundRow;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

type Matched = (Match, FoundRow);

const TRIED: [Tried; 8] = [
    Tried::Name,
    Tried::Pinyin,
    Tried::Number,
    Tried::Unit,
    Tried::Room,
    Tried::Outside,
    Tried::Words,
    Tried::Slip,
];

fn answer(desk: &mut Desk, hits: Vec<Matched>) {
    let generation = desk.taken().into_iter().rev().find_map(|effect| match effect {
        Effect::Search { generation, .. } => Some(generation),
        _ => None,
    });
    desk.send(Msg::Found { generation: generation.unwrap(), found: Found::new(hits, TRIED.to_vec()) });
}

fn in_all_forms(name: &str, prepare: impl Fn(&mut Desk)) {
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in SIZES {
            let mut desk = Desk::new(lang, width, height);
            prepare(&mut desk);
            insta::assert_snapshot!(format!("{name}_{}_{width}", lang.code()), text(&desk));
        }
    }
}

/// Every run of underlined text on the screen.
fn underlined(state: &State) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).unwrap();
    terminal.draw(|frame| crate::view::draw(state, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let mut out = Vec::new();
    for y in 0..buffer.area.height {
        let (mut run, mut x) = (String::new(), 0);
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            if cell.modifier.contains(Modifier::UNDERLINED) {
                assert!(cell.modifier.contains(Modifier::BOLD));
                run.push_str(cell.symbol());
            } else if !run.is_empty() {
                out.push(std::mem::take(&mut run));
            }
            x += cell.symbol().width().max(1) as u16;
        }
    }
    out
}

fn hit(row: FoundRow, way: Way, part: Part, field: Field, marks: &[usize]) -> Matched {
    (matched(row.target, way, part, field, marks), row)
}

fn mixed() -> Vec<Matched> {
    let lifted = |mut one: Matched| {
        one.0.lifts = Lifts { case: true, called: true, mine: false };
        one.0.usual = false;
        one
    };
    vec![
        lifted(hit(found_person(1), Way::Initials, Part::Whole, Field::Name, &[0, 1])),
        hit(found_person(2), Way::Near, Part::Inside, Field::Name, &[0, 4]),
        hit(found_person(4), Way::Unit, Part::Head, Field::Unit, &[0, 1]),
        hit(found_unit(6), Way::Contact, Part::Head, Field::Name, &[]),
        hit(found_contact(), Way::Pinyin, Part::Inside, Field::Name, &[3, 4]),
        hit(found_call(), Way::Words, Part::Inside, Field::Words, &[17, 18, 19, 20]),
    ]
}

fn twins() -> Vec<Matched> {
    use crate::domain::person::PersonKind::{Master, Staff, Undergraduate};
    [("20080001", "后勤处", Staff, 1), ("2019110203", "计算机科学与技术学院", Undergraduate, 4)]
        .into_iter()
        .chain([
            ("2016220304", "计算机科学与技术学院", Undergraduate, 5),
            ("2018330405", "海洋与大气学院", Master, 6),
        ])
        .map(|(no, unit, kind, n)| {
            let row = FoundRow {
                name: "王伟".to_owned(),
                no: no.to_owned(),
                unit: unit.to_owned(),
                kind: Some(kind),
                ..found_person(n)
            };
            hit(row, Way::Pinyin, Part::Whole, Field::Name, &[0, 1])
        })
        .collect()
}

fn calling() -> Vec<Matched> {
    let own =
        hit(found_person(1), Way::Phone, Part::Whole, Field::Phone, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    let family = hit(found_person(5), Way::FamilyPhone, Part::Whole, Field::FamilyPhone, &[0]);
    vec![own, family]
}

#[test]
fn results_of_every_kind() {
    in_all_forms("mixed", |desk| {
        desk.keys("/ww");
        answer(desk, mixed());
    });
    in_all_forms("explained", |desk| {
        desk.keys("/ww").ctrl('e');
        answer(desk, mixed());
        desk.keys("↓↓");
    });
    in_all_forms("empty_box", |desk| {
        desk.keys("/");
    });
}

#[test]
fn entries_of_ledgers_stand_last_with_what_was_left_out() {
    for (lang, width, height) in
        [(Lang::Zh, 80, 24), (Lang::Zh, 120, 40), (Lang::En, 80, 24), (Lang::En, 120, 40)]
    {
        let mut desk = Desk::new(lang, width, height);
        desk.keys("/错峰");
        let generation = desk.taken().into_iter().rev().find_map(|effect| match effect {
            Effect::Search { generation, .. } => Some(generation),
            _ => None,
        });
        let generation = generation.unwrap();
        let found = Found { more: true, ..Found::new(mixed()[..2].to_vec(), TRIED.to_vec()) };
        desk.send(Msg::Found { generation, found });
        desk.send(Msg::FoundEntries { generation, entries: found_entries(7) });
        let shown = text(&desk);
        let (title, left) = match lang {
            Lang::Zh => ("通知与回执", "另有 7 条台账记录未列出"),
            Lang::En => ("Notices", "7 more entries fit"),
        };
        assert!(shown.contains(title) && shown.contains("校防〔2020〕7号"), "{shown}");
        assert!(shown.contains(left), "{shown}");
        desk.keys("↓↓↓↓↓");
        let shown = text(&desk);
        assert!(shown.contains(left) && shown.contains("5/5"), "{shown}");
        assert_eq!(underlined(&desk.state).iter().filter(|run| *run == "错峰").count(), 1, "{shown}");
        desk.keys("↑");
        // The card says what stands in it.
        let shown = text(&desk);
        let label = if lang == Lang::Zh { "标题 错峰就餐" } else { "Subject 错峰就餐" };
        assert!(shown.contains(label), "{shown}");
    }
}

#[test]
fn equal_names() {
    in_all_forms("twins", |desk| {
        desk.keys("/wangwei");
        answer(desk, twins());
    });
}

/// The column at which a text begins on the first line that has it.
fn column(shown: &str, wanted: &str) -> usize {
    let line = shown.lines().find(|line| line.contains(wanted)).expect(shown);
    line[..line.find(wanted).unwrap()].width()
}

#[test]
fn hits_of_every_kind_stand_on_the_same_columns() {
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in SIZES {
            let mut desk = Desk::new(lang, width, height);
            desk.keys("/ww");
            answer(&mut desk, mixed());
            let shown = text(&desk);
            for numbers in [
                // Numbers and codes, and when a call was.
                ["20080002", "20080004", "U007", "02-16 09:05"],
                // Telephone numbers, masked or not.
                ["199****0002", "199****0004", "0532-8890-1107", "0532-8690-5001"],
                // Units and who answers.
                ["土木工", "后勤处", "Anna Müller", "值班室 周医生"],
            ] {
                let at: Vec<usize> = numbers.iter().map(|number| column(&shown, number)).collect();
                assert!(at.windows(2).all(|pair| pair[0] == pair[1]), "{at:?} {numbers:?}\n{shown}");
            }
        }
    }
}

#[test]
fn equal_names_are_told_apart_beside_the_number_to_call() {
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in SIZES {
            let mut desk = Desk::new(lang, width, height);
            desk.keys("/wangwei");
            answer(&mut desk, twins());
            let shown = text(&desk);
            let undergraduate = if lang == Lang::Zh { "本科生" } else { "undergraduate" };
            for (no, phone, unit) in [
                ("2019110203", "199****0004", "计算机科学"),
                ("2016220304", "199****0005", "计算机科学"),
                ("2018330405", "199****0006", "海洋与大气学院"),
            ] {
                let line = shown.lines().find(|line| line.contains(no)).expect(&shown);
                assert!(line.contains(phone) && line.contains(unit), "{shown}");
                assert!(no.starts_with("2018") || line.contains(undergraduate), "{shown}");
            }
        }
    }
}

#[test]
fn the_card_of_a_caller() {
    in_all_forms("caller", |desk| {
        desk.keys("/199 0000 0001");
        answer(desk, calling());
    });
    in_all_forms("liaison", |desk| {
        desk.keys("/88901107");
        answer(
            desk,
            vec![hit(found_unit(6), Way::Phone, Part::Tail, Field::Phone, &[5, 6, 7, 8, 10, 11, 12, 13])],
        );
    });
}

#[test]
fn nothing_found() {
    in_all_forms("nobody", |desk| {
        desk.keys("/+86 199 0000 4321");
        answer(desk, Vec::new());
    });
    in_all_forms("no_words", |desk| {
        desk.keys("/单于燕的妈妈");
        answer(desk, Vec::new());
    });
}

#[test]
fn who_only_comes_near_leaves_the_room_to_the_number_until_selected() {
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    desk.keys("/19900004321");
    let near = |n| hit(found_person(n), Way::Almost, Part::Whole, Field::Phone, &[]);
    answer(&mut desk, (1..=5).map(near).collect());
    let shown = text(&desk);
    let line = |wanted: &str| shown.lines().position(|line| line.contains(wanted)).expect(&shown);
    assert_eq!(line("没有找到“19900004321”") + 1, line("-- 号码只差一位 5 --"));
    assert!(shown.contains("|_|") && shown.contains(&found_person(1).name), "{shown}");
    assert!(!shown.contains("1/5 │") && !shown.contains("│>"), "nobody is selected: {shown}");
    desk.keys("↓");
    let shown = text(&desk);
    for n in 1..=5 {
        assert!(shown.contains(&found_person(n).name), "{shown}");
    }
    assert!(!shown.contains("|_|") && shown.contains("1/5 │") && shown.contains("│>"), "{shown}");
}

#[test]
fn what_was_meant_is_pointed_out_with_and_without_colours() {
    for shades in [Shades::default(), Shades::NONE] {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        desk.state.shades = shades;
        desk.keys("/ww");
        answer(&mut desk, mixed());
        assert_eq!(underlined(&desk.state), ["王伟", "麦", "艾", "后勤", "疾控", "咳嗽两天"]);
    }
}

#[test]
fn of_a_number_found_by_a_part_only_that_part_is_seen() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("/0001");
    answer(
        &mut desk,
        vec![hit(found_person(1), Way::Phone, Part::Inside, Field::Phone, &[3, 4, 5, 6, 7, 8])],
    );
    assert_eq!(underlined(&desk.state), ["000000"]);
    // As it is masked elsewhere it would give away three digits more at the front, and two at the end.
    assert!(text(&desk).contains("***000000**") && !text(&desk).contains("199****0001"), "{}", text(&desk));
    desk.state.revealed = Some((Shown::Person(person_id(1)), desk.state.now.plus(30_000)));
    assert_eq!(underlined(&desk.state), ["000000"]);
}

#[test]
fn a_private_number_is_large_only_once_it_was_asked_for() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("/ww");
    answer(&mut desk, mixed());
    assert!(!text(&desk).contains("|_|") && text(&desk).contains("199****0001"));
    desk.state.revealed = Some((Shown::Person(person_id(1)), desk.state.now.plus(30_000)));
    assert!(text(&desk).contains("|_|"));
}

#[test]
fn nothing_is_wider_than_the_box_on_the_smallest_terminal() {
    for (width, height) in [(60, 18), (61, 19), (119, 30), (120, 24), (200, 60)] {
        let mut desk = Desk::new(Lang::En, width, height);
        for hits in [mixed(), twins(), calling(), Vec::new()] {
            desk.keys("/199 0000 0001");
            answer(&mut desk, hits);
            let (shown, cursor) = drawn(&desk.state);
            for line in shown.lines().skip(2).take(usize::from(height) - 4) {
                assert_eq!(line.width(), usize::from(width), "{shown}");
                assert!(line.ends_with(['│', '┐', '┘']), "{shown}");
            }
            assert!(cursor.is_some());
            desk.keys("\u{1b}");
        }
    }
}

#[test]
fn a_line_shows_what_it_was_found_by() {
    let named = FoundRow { name: "José García-Müller".to_owned(), ..found_person(1) };
    let landline = FoundRow {
        phone: crate::domain::mask::Private::new("0532-88901107"),
        id_number: crate::domain::mask::Private::new("37020219700101123X"),
        ..found_person(2)
    };
    let office = FoundRow {
        phone: crate::domain::mask::Private::new("0532-8690-5001、0532-8690-5002"),
        ..found_contact()
    };
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("/x");
    answer(
        &mut desk,
        vec![
            hit(named, Way::Pinyin, Part::Inside, Field::Name, &[12, 13, 14, 15, 16, 17]),
            hit(landline.clone(), Way::Phone, Part::Tail, Field::Phone, &[9, 10, 11, 12]),
            hit(
                FoundRow { name: "张喆".to_owned(), ..landline },
                Way::IdTail,
                Part::Tail,
                Field::IdNumber,
                &[14, 15, 16, 17],
            ),
            hit(office, Way::Phone, Part::Tail, Field::Phone, &[25, 26, 27, 28]),
        ],
    );
    assert_eq!(underlined(&desk.state), ["Müller", "1107", "123X", "5002"]);
}
