//! Slots that were missed, in words.

use crate::domain::case::CaseFacts;
use crate::domain::slot::MissedDays;
use crate::domain::time::hhmm;
use crate::say::Say;

crate::words! {
    /// One slot was missed.
    ONCE: "漏访", "missed";
    /// So many were missed, in short.
    times(n): "漏访 {n} 次", "missed {n} times";
    /// So many were missed, where there is little room.
    times_short(n): "漏访 {n} 次", "missed {n}×";
    /// So many were missed, beside the time of the oldest.
    times_first(n): "漏访 {n} 次，此为最早", "missed {n} times, the first of them";
    /// One was missed, and when.
    once_at(at): "漏访：{at}", "missed: {at}";
    /// One was missed, when, and on which day of how many.
    once_day(at, day): "漏访：{at}（第 {day} 天）", "missed: {at} (day {day})";
    /// So many were missed, and when the oldest.
    since(n, at): "漏访 {n} 次，最早 {at}", "missed {n} times, first {at}";
    /// So many were missed, when the oldest, and on which day of how many.
    since_day(n, at, day): "漏访 {n} 次，最早 {at}（第 {day} 天）", "missed {n} times, first {at} (day {day})";
    /// How many slots of a case were missed in all.
    in_all(n): "漏访记录（共 {n} 次）", "Missed slots ({n} in all)";
    /// One day's.
    day(day, count, at): "{day}{count}{at}", "{day}{count} {at}";
    /// Several days' in a row.
    days(first, last, count, at): "{first} 至 {last}{count}每日 {at}", "{first} to {last}{count}, each day {at}";
    /// Which day of how many.
    count(day, total): "（第 {day}/{total} 天）", " (day {day}/{total})";
    /// Which days of how many.
    counts(first, last, total): "（第 {first}–{last}/{total} 天）", " (days {first}–{last}/{total})";
}

/// How a missed slot stands: alone, or the oldest of several.
pub fn state(missed: u32) -> Say {
    if missed > 1 { times(missed) } else { ONCE.into() }
}

/// The same where there is little room.
pub fn state_short(missed: u32) -> Say {
    if missed > 1 { times_short(missed) } else { ONCE.into() }
}

/// The same, beside the time of the oldest.
pub fn state_first(missed: u32) -> Say {
    if missed > 1 { times_first(missed) } else { ONCE.into() }
}

/// What was missed, in one line: how often, since when, and on which day of how many that was (`3/14`, or empty).
pub fn missed(missed: u32, at: &str, day: &str) -> Say {
    match (missed, day.is_empty()) {
        (0 | 1, true) => once_at(at),
        (0 | 1, false) => once_day(at, day),
        (n, true) => since(n, at),
        (n, false) => since_day(n, at, day),
    }
}

/// Slots that were missed on one day, or on several in a row, with the days of the observation.
pub fn run(run: &MissedDays, facts: &CaseFacts) -> Say {
    let at = run.minutes.iter().map(|minute| hhmm(*minute)).collect::<Vec<_>>();
    let (zh, en) = (at.join("、"), at.join(", "));
    let (one, first, last) = (run.first == run.last, run.first.format("%m-%d"), run.last.format("%m-%d"));
    let counted = match (facts.observation(run.first), facts.observation(run.last)) {
        (Some(o), _) if one => count(o.shown_day(), o.total),
        (Some(from), Some(to)) => counts(from.shown_day(), to.shown_day(), to.total),
        // Nothing is counted.
        _ => Say { zh: " ".to_owned(), en: String::new() },
    };
    if one {
        return Say { zh: day(first, counted.zh, zh).zh, en: day(last, counted.en, en).en };
    }
    Say { zh: days(&first, &last, counted.zh, zh).zh, en: days(&first, &last, counted.en, en).en }
}
