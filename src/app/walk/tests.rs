//! The order of the walk, its sections and the card beside it.

use super::*;
use crate::app::fixture::{Desk, unit_id};
use crate::app::shown::state::Layer;

fn walk(desk: &Desk) -> &Walk {
    match desk.state.layers.last() {
        Some(Layer::Walk(walk)) => walk,
        other => panic!("no walk: {other:?}"),
    }
}

fn card(desk: &Desk) -> Vec<String> {
    walk(desk).card(&desk.state.ctx()).into_iter().map(|line| line.text).collect()
}

/// The summary of the fixture with the promise of a unit before and behind the slot of a person.
fn summary() -> Box<Summary> {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("0");
    let mut summary = desk.state.summary.take().unwrap();
    let place = summary.due.iter().position(|row| row.subject == Some(Subject::Unit(unit_id(4)))).unwrap();
    let mut again = summary.due[place].clone();
    again.item = crate::domain::item::Item::new(ItemKind::Again, uuid::Uuid::from_u128(77));
    summary.due.push(again);
    summary
}

#[test]
fn what_is_open_about_one_person_stands_together_and_keeps_its_place_on_the_paper() {
    let summary = summary();
    let items = crate::app::handover::items(&summary);
    let before: Vec<HandoverItem> = items.iter().map(|(item, _)| item.clone()).collect();
    let placed = by_person(&summary, items);
    let last_due = summary.outstanding.len() + summary.findings.len() + summary.due.len() - 1;
    let at = placed.iter().position(|(place, _)| *place == last_due).unwrap();
    let of = |at: usize| subject_of(&summary.open_items()[placed[at].0].1);
    assert_eq!((of(at), of(at - 1)), (Some(Subject::Unit(unit_id(4))), Some(Subject::Unit(unit_id(4)))));
    assert!(at < last_due, "it stood last: {at}");
    let mut back = placed;
    back.sort_by_key(|(place, _)| *place);
    assert_eq!(back.into_iter().map(|(_, (item, _))| item).collect::<Vec<_>>(), before);
}

#[test]
fn sections_count_what_is_ticked_in_them() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("0c\n  ");
    let rows = walk(&desk).rows();
    let sections: Vec<(&str, usize, usize)> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Section(name, done, all) => Some((name.zh, *done, *all)),
            Row::Item(_) => None,
        })
        .collect();
    let items = walk(&desk).items.len();
    assert_eq!(sections[0], (say::OUTSTANDING.zh, 2, walk(&desk).paper.outstanding.len()));
    assert_eq!(sections.iter().map(|(_, done, _)| done).sum::<usize>(), walk(&desk).ticked());
    assert_eq!(sections.iter().map(|(.., all)| all).sum::<usize>(), items);
    let order: Vec<usize> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Item(at) => Some(*at),
            Row::Section(..) => None,
        })
        .collect();
    assert_eq!(order, (0..items).collect::<Vec<_>>(), "the cursor goes down the lines");
}

#[test]
fn the_card_tells_of_the_item_with_the_cursor_and_what_else_is_open_about_the_same() {
    let mut desk = Desk::new(Lang::Zh, 120, 40);
    desk.keys("0c\nj");
    // A unit that has not reported: whom to call, how late; its promise is told beside it.
    let shown = card(&desk).join("\n");
    assert!(shown.contains("联络人 赵铁柱 0532-8890-1105") && shown.contains("欠报 "), "{shown}");
    assert!(shown.contains("同一人或单位另有 ") && shown.contains("[ ] "), "{shown}");
    desk.keys("a谁联系过家长？\nk");
    let shown = card(&desk).join("\n");
    assert!(shown.contains("谁联系过家长"), "{shown}");
    for _ in 0..walk(&desk).items.len() {
        assert!(!card(&desk).is_empty());
        desk.keys("j");
    }
}
