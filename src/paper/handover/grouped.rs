//! What is due, put together as it is worked off: everything of one person, and everybody of one slot.

use crate::domain::item::DueRow;
use crate::paper::together::{Slot, places};
use serde_json::{Value, json};

/// Of the items that are due, in the order in which they are read out, each with its row: `people`, each with what is
/// open of them, and `slots`, of those who have nothing else open.
pub(super) fn grouped(due: &[(&DueRow, Value)]) -> (Vec<Value>, Vec<Value>) {
    let rows: Vec<(&DueRow, Slot<'_>)> = due.iter().map(|(row, shown)| (*row, slot(shown))).collect();
    let (people, slots) = places(&rows);
    let shown = |places: Vec<usize>| places.into_iter().map(|place| &due[place].1).collect::<Vec<_>>();
    let person =
        |items: Vec<&Value>| json!({ "name": items[0]["name"], "unit": items[0]["unit"], "rows": items });
    (
        people.into_iter().map(|items| person(shown(items))).collect(),
        slots.into_iter().map(|items| of_one_slot(&shown(items))).collect(),
    )
}

/// A slot: what all of its items say stands in it once, and so does what all of their names end or begin with: the
/// number of a notice that many units have.
fn of_one_slot(items: &[&Value]) -> Value {
    let names: Vec<&str> = items.iter().map(|item| item["name"].as_str().unwrap_or_default()).collect();
    let (shared, own) = shared(&names);
    let rows: Vec<Value> = items
        .iter()
        .zip(own)
        .map(|(item, own)| {
            let mut item = (*item).clone();
            item["short"] = json!(own);
            item
        })
        .collect();
    let said = |item: &Value| item["words"].as_str().unwrap_or_default().to_owned();
    let words = said(items[0]);
    let alike = items.iter().all(|item| said(item) == words);
    let filled = |item: &Value| item["unit"] != "" || !alike && item["words"] != "";
    json!({
        "at": items[0]["at"], "kind": items[0]["kind"], "state": items[0]["state"],
        "words": if alike { words } else { String::new() },
        "alike": alike,
        "more": items.iter().any(|item| filled(item)),
        "shared": shared,
        "rows": rows,
    })
}

/// The words that all names end with, or begin with, and what is left of each; nothing where a name would have none.
fn shared<'a>(names: &[&'a str]) -> (&'a str, Vec<&'a str>) {
    let first = names.first().copied().unwrap_or_default();
    for (at, blank) in first.match_indices(' ') {
        let end = &first[at + blank.len()..];
        let own = names.iter().map(|name| name.strip_suffix(end)?.strip_suffix(' '));
        if let Some(own) = own.collect::<Option<Vec<_>>>().filter(|own| !own.contains(&"")) {
            return (end, own);
        }
    }
    for (at, _) in first.rmatch_indices(' ') {
        let head = &first[..at];
        let own = names.iter().map(|name| name.strip_prefix(head)?.strip_prefix(' '));
        if let Some(own) = own.collect::<Option<Vec<_>>>().filter(|own| !own.contains(&"")) {
            return (head, own);
        }
    }
    ("", names.to_vec())
}

fn slot(shown: &Value) -> Slot<'_> {
    let of = |name: &str| shown[name].as_str().unwrap_or_default();
    (of("at"), of("kind"), of("state"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_names_share_is_told_once() {
        let names = ["外国语学院 防控办〔2020〕14号", "图书馆 防控办〔2020〕14号"];
        assert_eq!(shared(&names), ("防控办〔2020〕14号", vec!["外国语学院", "图书馆"]));
        assert_eq!(shared(&["14号 校医院", "14号 图书馆"]), ("14号", vec!["校医院", "图书馆"]));
        for names in [&["于瑶", "周伟海"][..], &["图书馆 甲", "图书馆 甲"], &["a b", "b"]] {
            let (all, own) = shared(names);
            assert!(own.iter().all(|own| !own.is_empty()), "{names:?}: {all} {own:?}");
        }
        assert_eq!(shared(&["于瑶", "周伟海"]).0, "");
    }
}
