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
    /// To whom, as it was written: numbers that are hidden when shown keep two addressees apart.
    pub to: String,
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
    /// To whom, as it was written: never shown as it is.
    pub to: String,
    /// What was told.
    pub told: i64,
    /// What it is now.
    pub now: i64,
    /// Who stands behind it now and did not then.
    pub added: Vec<Uuid>,
    /// Who stood behind it then and does not now.
    pub removed: Vec<Uuid>,
}

/// Every figure that differs from what was told of it last, to anybody; in the order of the keys.
pub fn differences(now: &Sitrep, told: &[Told]) -> Vec<Difference> {
    last(now, told, |_| "")
}

/// Every figure that differs from what was told of it last to each of those who were told.
pub fn differences_by_whom(now: &Sitrep, told: &[Told]) -> Vec<Difference> {
    last(now, told, |one| &one.to)
}

/// Compares with the last of those told that belong together. What counts one day is compared with what was told of
/// the same day only, and so is everything in a report of a day that is over: what was told later is not of it. What
/// was told after the report was cut could not know it.
fn last<'a>(now: &Sitrep, told: &'a [Told], whose: impl Fn(&'a Told) -> &'a str) -> Vec<Difference> {
    let mut last: BTreeMap<(&Key, &str), &Told> = BTreeMap::new();
    for one in told.iter().filter(|one| one.at <= now.cut_at) {
        let same_day = one.day == now.day && one.boundary == now.boundary;
        for key in one.figures.0.keys() {
            if !same_day && (now.is_whole() || key.column.is_of_the_day()) {
                continue;
            }
            let of = (key, whose(one));
            if last.get(&of).is_none_or(|known| known.at <= one.at) {
                last.insert(of, one);
            }
        }
    }
    last.into_iter().filter_map(|((key, _), one)| against(now, one, key)).collect()
}

fn against(now: &Sitrep, one: &Told, key: &Key) -> Option<Difference> {
    let (then, present) = (one.figures.ids(key), now.figures.ids(key));
    let (told, value) = (one.figures.value(key), now.value(key));
    // Of a number that was said otherwise than it was counted nobody knows whom it meant.
    let is_known = then.len() as i64 == told;
    let (added, removed) =
        if is_known { (beyond(present, then), beyond(then, present)) } else { (Vec::new(), Vec::new()) };
    let same = told == value && added.is_empty() && removed.is_empty();
    let (key, to) = (key.clone(), one.to.clone());
    (!same).then_some(Difference { key, at: one.at, to, told, now: value, added, removed })
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

#[cfg(test)]
mod tests {
    use super::super::Figure;
    use super::*;

    const AT: Ts = Ts(1_000_000);

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
    }

    fn current(ids: &[u128], value: i64) -> Figures {
        let ids = ids.iter().map(|id| Uuid::from_u128(*id)).collect();
        Figures([(Key::all(Column::Current), Figure { value, ids })].into())
    }

    fn report(to: Ts, figures: Figures) -> Sitrep {
        let (day, head, rows) = (day(17), String::new(), BTreeMap::new());
        let (trend, heat) = (Vec::new(), Vec::new());
        Sitrep {
            day,
            boundary: 0,
            from: Ts(0),
            to,
            cut_at: AT,
            head,
            rows,
            figures,
            trend,
            heat,
            letterhead: None,
        }
    }

    fn told(at: i64, to: &str, of: u32, figures: Figures) -> Told {
        Told { at: Ts(at), to: to.to_owned(), day: day(of), boundary: 0, figures }
    }

    #[test]
    fn a_number_that_was_typed_is_compared_as_a_number() {
        let now = report(AT.plus(1), current(&[1, 2, 3], 3));
        let typed = |value| [told(10, "王副校长", 17, current(&[], value))];
        assert!(differences(&now, &typed(3)).is_empty());
        let found = differences(&now, &typed(2));
        assert_eq!((found[0].told, found[0].now), (2, 3));
        assert!(found[0].added.is_empty() && found[0].removed.is_empty());
        // A zero that was told is known: nobody stood behind it.
        assert_eq!(differences(&now, &typed(0))[0].added.len(), 3);
    }

    #[test]
    fn a_day_that_is_over_is_compared_with_what_was_told_of_it() {
        let over = report(AT, current(&[1, 2], 2));
        let running = report(AT.plus(1), current(&[1, 2], 2));
        let before = [told(10, "a", 16, current(&[1], 1))];
        assert!(differences(&over, &before).is_empty());
        assert_eq!(differences(&running, &before).len(), 1);
        let later = [told(AT.0 + 5, "a", 17, current(&[1], 1))];
        assert!(differences(&running, &later).is_empty());
        assert_eq!(differences(&over, &[told(10, "a", 17, current(&[1], 1))]).len(), 1);
    }

    #[test]
    fn each_of_those_told_is_compared_with_what_they_heard_last() {
        let now = report(AT.plus(1), current(&[1, 2], 2));
        let book = [
            told(10, "a", 17, current(&[], 0)),
            told(20, "a", 17, current(&[1], 1)),
            told(30, "b", 17, current(&[1, 2], 2)),
        ];
        assert!(differences(&now, &book).is_empty());
        let found = differences_by_whom(&now, &book);
        assert_eq!(found.iter().map(|one| (one.to.as_str(), one.told)).collect::<Vec<_>>(), [("a", 1)]);
    }
}
