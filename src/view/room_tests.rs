//! What a narrow terminal has no room for is told all the same.

use super::tests::text;
use crate::app::Effect;
use crate::app::fixture::{Desk, dossier};
use crate::app::shown::msg::{Msg, PlanProblem, PlanView};
use crate::app::shown::pages::dossier::dossier_alerts;
use crate::app::shown::rows::short;
use crate::i18n::forms::UNIT_OFFICER;
use crate::i18n::screen;
use crate::say::{Lang, Say};

/// The lower edges of the boxes, from above.
fn edges(desk: &Desk) -> Vec<String> {
    text(desk).lines().filter(|line| line.contains('└')).map(str::to_owned).collect()
}

#[test]
fn columns_without_room_are_told_of_the_selected_row() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::new(lang, 80, 24);
        desk.keys("3");
        let edge = edges(&desk).pop().unwrap();
        let head = format!("{} 周院长 0532-8890-2000", screen::HEAD.get(lang));
        assert!(edge.contains(&head), "{edge}");
        assert!(edge.ends_with('┘'), "{edge}");
    }
}

#[test]
fn the_board_has_a_column_for_the_liaison_and_one_for_the_promise() {
    for (lang, columns) in
        [Lang::Zh, Lang::En].into_iter().flat_map(|l| [120, 150, 179, 180, 300].map(|c| (l, c)))
    {
        let desk = Desk::new(lang, columns, 40);
        let seen = text(&desk);
        let titles = seen.lines().nth(4).unwrap();
        for title in [screen::NAME, screen::LATE_BY, screen::LIAISON, screen::PHONE, screen::PROMISE] {
            assert!(titles.contains(title.get(lang)), "{lang:?} {columns}: {titles}");
        }
        let owed = desk.state.board.outstanding.rows();
        assert!(owed.iter().any(|row| row.promise.is_some()), "one of them has promised");
        for row in owed {
            let promise = row.promise.map_or_else(String::new, |at| short(at, desk.state.now, lang));
            let line = seen.lines().find(|line| line.contains(&row.phone)).unwrap();
            let liaison: String = row.liaison.chars().take(3).collect();
            assert!(line.contains(&liaison) && line.contains(&promise), "{columns}: {line}");
        }
    }
}

#[test]
fn an_alert_about_a_person_is_read_whole() {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace() && *c != '│').collect() };
    for (lang, columns, rows) in
        [Lang::Zh, Lang::En].into_iter().flat_map(|lang| [(lang, 80, 24), (lang, 120, 40), (lang, 60, 18)])
    {
        let mut desk = Desk::new(lang, columns, rows);
        desk.keys("4\n");
        let seen = plain(&text(&desk));
        let alerts = dossier_alerts(&dossier(), &desk.state.ctx());
        assert!(alerts.len() > 1);
        for alert in alerts {
            assert!(
                seen.contains(&plain(&alert.text)),
                "{lang:?} {columns}: {}\n{}",
                alert.text,
                text(&desk)
            );
        }
    }
}

#[test]
fn a_units_page_names_the_officer_who_answers_for_it() {
    for (lang, columns, rows) in [(Lang::Zh, 80, 24), (Lang::En, 80, 24), (Lang::En, 120, 40)] {
        let mut desk = Desk::new(lang, columns, rows);
        desk.keys("2\n");
        let said = format!("{} 周航", UNIT_OFFICER.get(lang));
        assert!(text(&desk).contains(&said), "{}", text(&desk));
    }
}

#[test]
fn a_table_with_room_for_everything_has_a_plain_edge() {
    let mut desk = Desk::new(Lang::Zh, 200, 40);
    desk.keys("3");
    let edge = edges(&desk).pop().unwrap();
    assert!(edge.chars().all(|c| "└─┘".contains(c)), "{edge}");
}

#[test]
fn the_reason_why_a_row_is_refused_is_read_whole() {
    let mut desk = Desk::new(Lang::En, 80, 24);
    desk.keys(":import\n\t/srv/a.xlsx\n");
    let token = desk
        .taken()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::PlanImport { token, .. } => Some(token),
            _ => None,
        })
        .unwrap();
    let reason = "nobody on the roster has this number; if they are new, send the roster first, else look whether two \
                  digits were swapped in it";
    let problem = PlanProblem {
        place: Say::same("Sheet1!12:No."),
        value: "20089999".to_owned(),
        reason: Say { zh: reason.to_owned(), en: reason.to_owned() },
    };
    let plan = PlanView { problems: vec![problem], ..PlanView::default() };
    desk.send(Msg::ImportPlanned { token, plan: Box::new(plan) });
    let seen = text(&desk);
    // What stands in the dialog, without what is seen of the list on both sides.
    let inside = seen.lines().filter_map(|line| line.split('│').nth(1));
    let words: Vec<&str> = inside.flat_map(str::split_whitespace).collect();
    assert!(words.join(" ").contains(reason), "{seen}");
}
