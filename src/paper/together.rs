//! What is due in the order in which a handover has it: everything of one person, then everybody of one slot.

use crate::domain::ids::Subject;
use crate::domain::item::DueRow;
use crate::domain::time::{Calendar, Ts};
use crate::i18n::{items, paper as say};
use crate::say::Lang;
use crate::store::query::ERASED;
use std::collections::HashMap;

/// So many of one slot are a list of their own.
const SLOT: usize = 3;

/// The items of one kind that are due at one time, in one state: a slot.
pub(super) type Slot<'a> = (&'a str, &'a str, &'a str);

/// What is due in the order in which the paper has it: each person's together, then slot by slot. A paper that is cut
/// now numbers it so; one that was signed keeps its own order.
pub(super) fn in_order(due: Vec<DueRow>, cal: Calendar, cut_at: Ts) -> Vec<DueRow> {
    let said: Vec<[String; 3]> = due
        .iter()
        .map(|row| {
            let kind = items::word(row.item.kind).get(Lang::Zh).to_owned();
            [row.item.kind.moment(row.at, cal, cut_at), kind, say::due_state(row).zh]
        })
        .collect();
    let rows: Vec<(&DueRow, Slot<'_>)> =
        due.iter().zip(&said).map(|(row, [at, kind, state])| (row, (&**at, &**kind, &**state))).collect();
    let (people, slots) = places(&rows);
    let order: Vec<usize> = people.into_iter().chain(slots).flatten().collect();
    let mut due: Vec<Option<DueRow>> = due.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| due[place].take()).collect()
}

/// The places of what is due, person by person, then slot by slot.
pub(super) fn places(due: &[(&DueRow, Slot<'_>)]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    fn whose(place: usize, row: &DueRow) -> Whose<'_> {
        match row.subject {
            // A unit's own items are named by what they are about: a room, a notice.
            Some(subject) if row.name != ERASED => Whose::Known(subject, &row.name),
            _ => Whose::Nobody(place),
        }
    }
    let mut of_person: HashMap<Whose<'_>, usize> = HashMap::new();
    for (place, (row, _)) in due.iter().enumerate() {
        *of_person.entry(whose(place, row)).or_default() += 1;
    }
    let alone =
        |place: usize, row: &DueRow| of_person.get(&whose(place, row)) == Some(&1) && row.name != ERASED;
    let mut of_slot: HashMap<Slot<'_>, usize> = HashMap::new();
    for (place, (row, slot)) in due.iter().enumerate() {
        if alone(place, row) {
            *of_slot.entry(*slot).or_default() += 1;
        }
    }
    let (mut people, mut slots) = (Groups::default(), Groups::default());
    for (place, (row, slot)) in due.iter().enumerate() {
        if alone(place, row) && of_slot.get(slot).is_some_and(|all| *all >= SLOT) {
            slots.put(Key::Slot(*slot), place);
        } else {
            people.put(Key::Person(whose(place, row)), place);
        }
    }
    let only = |groups: Groups<'_>| groups.0.into_iter().map(|(_, places)| places).collect();
    (only(people), only(slots))
}

/// Whose an item is: what nobody is known of stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Whose<'a> {
    Known(Subject, &'a str),
    Nobody(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key<'a> {
    Person(Whose<'a>),
    Slot(Slot<'a>),
}

/// Groups in the order of their first items.
#[derive(Default)]
struct Groups<'a>(Vec<(Key<'a>, Vec<usize>)>);

impl<'a> Groups<'a> {
    fn put(&mut self, key: Key<'a>, place: usize) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, places)) => places.push(place),
            None => self.0.push((key, vec![place])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;
    use crate::domain::item::{DueState, Item, ItemKind};
    use uuid::Uuid;

    fn row(n: u128, person: u128, kind: ItemKind, at: i64) -> DueRow {
        DueRow {
            item: Item::new(kind, Uuid::from_u128(n)),
            subject: Some(Subject::Person(PersonId(Uuid::from_u128(person)))),
            name: format!("某{person}"),
            called: None,
            unit: String::new(),
            at: Ts(at),
            state: DueState::Open,
            missed: 0,
            words: String::new(),
            caller: None,
        }
    }

    #[test]
    fn items_are_numbered_person_by_person_then_slot_by_slot() {
        let slot = |n, person| row(n, person, ItemKind::Slot, 100);
        let due = vec![
            row(1, 1, ItemKind::Promise, 50),
            slot(2, 2),
            slot(3, 1),
            slot(4, 3),
            slot(5, 4),
            row(6, 5, ItemKind::Promise, 200),
        ];
        let ids = |due: &[DueRow]| due.iter().map(|row| row.item.id.as_u128()).collect::<Vec<_>>();
        let ordered = in_order(due, Calendar::default(), Ts(0));
        assert_eq!(ids(&ordered), [1, 3, 6, 2, 4, 5]);
        // In that order it stays.
        assert_eq!(ids(&in_order(ordered.clone(), Calendar::default(), Ts(0))), ids(&ordered));
    }
}
