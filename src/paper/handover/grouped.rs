//! What is due, put together as it is worked off: everything of one person, and everybody of one slot.

use crate::domain::ids::Subject;
use crate::domain::item::DueRow;
use crate::store::query::ERASED;
use serde_json::{Value, json};
use std::collections::HashMap;

/// So many of one slot are a list of their own.
const SLOT: usize = 3;

/// The items of one kind that are due at one time, in one state: a slot.
type Slot<'a> = (&'a str, &'a str, &'a str);

/// Of the items that are due, in the order in which they are read out, each with its row: `people`, each with what is
/// open of them, and `slots`, of those who have nothing else open.
pub(super) fn grouped(due: &[(&DueRow, Value)]) -> (Vec<Value>, Vec<Value>) {
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
    for (place, (row, shown)) in due.iter().enumerate() {
        if alone(place, row) {
            *of_slot.entry(slot(shown)).or_default() += 1;
        }
    }
    let (mut people, mut slots) = (Groups::default(), Groups::default());
    for (place, (row, shown)) in due.iter().enumerate() {
        if alone(place, row) && of_slot.get(&slot(shown)).is_some_and(|all| *all >= SLOT) {
            slots.put(Key::Slot(slot(shown)), shown);
        } else {
            people.put(Key::Person(whose(place, row)), shown);
        }
    }
    let person =
        |items: Vec<&Value>| json!({ "name": items[0]["name"], "unit": items[0]["unit"], "rows": items });
    (
        people.0.into_iter().map(|(_, items)| person(items)).collect(),
        slots.0.into_iter().map(of_one_slot).collect(),
    )
}

/// A slot: what all of its items say stands in it once.
fn of_one_slot((_, items): (Key<'_>, Vec<&Value>)) -> Value {
    let said = |item: &Value| item["words"].as_str().unwrap_or_default().to_owned();
    let words = said(items[0]);
    let alike = items.iter().all(|item| said(item) == words);
    let filled = |item: &Value| item["unit"] != "" || !alike && item["words"] != "";
    json!({
        "at": items[0]["at"], "kind": items[0]["kind"], "state": items[0]["state"],
        "words": if alike { words } else { String::new() },
        "alike": alike,
        "more": items.iter().any(|item| filled(item)),
        "rows": items,
    })
}

fn slot(shown: &Value) -> Slot<'_> {
    let of = |name: &str| shown[name].as_str().unwrap_or_default();
    (of("at"), of("kind"), of("state"))
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
struct Groups<'a>(Vec<(Key<'a>, Vec<&'a Value>)>);

impl<'a> Groups<'a> {
    fn put(&mut self, key: Key<'a>, item: &'a Value) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, items)) => items.push(item),
            None => self.0.push((key, vec![item])),
        }
    }
}
