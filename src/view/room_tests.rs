//! What a narrow terminal has no room for is told all the same.

use super::tests::text;
use crate::app::Effect;
use crate::app::fixture::Desk;
use crate::app::msg::{Msg, PlanProblem, PlanView};
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
        let head = format!("{} 周院长 0532-8890-2000", crate::i18n::screen::HEAD.get(lang));
        assert!(edge.contains(&head), "{edge}");
        assert!(edge.ends_with('┘'), "{edge}");
        // On the board at 120 columns: who is to be called, and what was promised.
        let mut desk = Desk::new(lang, 120, 40);
        for _ in 0..8 {
            let current = desk.state.board.outstanding.current().unwrap();
            if current.promise.is_some() {
                break;
            }
            desk.keys("j");
        }
        let current = desk.state.board.outstanding.current().unwrap();
        let (liaison, promised) = (current.liaison.clone(), current.promise.is_some());
        assert!(promised && !liaison.is_empty());
        let promise = crate::i18n::screen::PROMISE.get(lang);
        let told = edges(&desk);
        assert!(told.iter().any(|edge| edge.contains(&liaison) && edge.contains(promise)), "{told:#?}");
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
        place: "Sheet1!12:No.".to_owned(),
        value: "20089999".to_owned(),
        reason: Say { zh: reason.to_owned(), en: reason.to_owned() },
    };
    let plan = PlanView { problems: vec![problem], ..PlanView::default() };
    desk.send(Msg::ImportPlanned { token, plan: Box::new(plan) });
    let seen = text(&desk);
    let words: Vec<&str> =
        seen.split(|c: char| c.is_whitespace() || c == '│').filter(|w| !w.is_empty()).collect();
    assert!(words.join(" ").contains(reason), "{seen}");
}
