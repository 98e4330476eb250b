//! What was told before, against what is known now (口径).

use super::{Axis, Column, Figures, Key, Sitrep};
use crate::domain::case::Measure;
use crate::domain::time::Ts;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Figures as they were told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Ts,
    /// Of which day.
    pub day: NaiveDate,
    /// Where that day begins, minutes after midnight.
    pub boundary: i32,
    /// The figures.
    pub figures: Figures,
}

/// The figures that are said aloud, and so told by every report that is sent: also those that are zero.
pub fn headlines(report: &Sitrep) -> Figures {
    let school = Column::ALL.iter().map(|column| Key::all(*column));
    let measures = Measure::ALL.iter().map(|m| Key::row(Axis::Measure, m.code(), Column::Current));
    let keys: Vec<Key> = school.chain(measures).filter(Key::is_headline).collect();
    report.figures.only(&keys)
}

/// A figure that is no longer what was told last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub key: Key,
    /// When it was told last.
    pub at: Ts,
    /// What was told.
    pub told: i64,
    /// What it is now.
    pub now: i64,
    /// Who stands behind it now and did not then.
    pub added: Vec<Uuid>,
    /// Who stood behind it then and does not now.
    pub removed: Vec<Uuid>,
}

/// Every figure that differs from what was told of it last, in the order of the keys. What counts one day is
/// compared with what was told of the same day only.
pub fn differences(now: &Sitrep, told: &[Told]) -> Vec<Difference> {
    let mut last: BTreeMap<&Key, &Told> = BTreeMap::new();
    for one in told {
        for key in one.figures.0.keys() {
            let same_day = one.day == now.day && one.boundary == now.boundary;
            if key.column.is_of_the_day() && !same_day {
                continue;
            }
            if last.get(key).is_none_or(|known| known.at <= one.at) {
                last.insert(key, one);
            }
        }
    }
    last.into_iter()
        .filter_map(|(key, one)| {
            let (then, present) = (one.figures.ids(key), now.figures.ids(key));
            let (told, value) = (one.figures.value(key), now.value(key));
            let (added, removed) = (beyond(present, then), beyond(then, present));
            let same = told == value && added.is_empty() && removed.is_empty();
            (!same).then(|| Difference { key: key.clone(), at: one.at, told, now: value, added, removed })
        })
        .collect()
}

/// What `all` holds beyond `known`, in the order of `all`.
fn beyond(all: &[Uuid], known: &[Uuid]) -> Vec<Uuid> {
    let mut left: HashMap<Uuid, usize> = HashMap::new();
    for id in known {
        *left.entry(*id).or_default() += 1;
    }
    let is_new = |id: &&Uuid| match left.get_mut(id) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    all.iter().filter(is_new).copied().collect()
}
