//! When something is due: of an entry's own moments once it is written, of what is expected again and again by what was
//! entered last.

use super::entry::Place;
use super::value::Values;
use super::{Due, Part, When};
use crate::domain::item::DueState;
use crate::domain::time::{Calendar, HOUR, MINUTE, Ts};

/// A day in milliseconds.
const DAY: i64 = 24 * HOUR;
/// How many days back missed times of the day are counted.
const BACK: i64 = 31;

/// What an entry has due by itself: it opens, is due, and is overdue after its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The due's id.
    pub due: String,
    /// Which of several.
    pub place: u32,
    /// From when it is shown.
    pub opens: Ts,
    /// When it is due.
    pub at: Ts,
    /// After this it is overdue.
    pub ends: Ts,
}

impl Part {
    /// What an entry has due by itself, and has not settled by itself.
    pub fn own_dues(&self, values: &Values, place: &Place) -> Vec<Own> {
        let mut out = Vec::new();
        for due in &self.dues {
            let When::After { anchor, each, whole } = &due.when else { continue };
            let scope = place.scope(self, values);
            let holds = |expr: &Option<super::expr::Expr>| expr.as_ref().and_then(|expr| expr.holds(&scope));
            if due.applies_if.is_some() && holds(&due.applies_if) != Some(true)
                || holds(&due.until) == Some(true)
            {
                continue;
            }
            let Some(anchored) = anchor.number(&scope) else { continue };
            for (at, after) in each.iter().enumerate() {
                let begins = Ts(anchored).plus(*after);
                let (opens, last) = (begins.plus(-due.start), if *whole { begins.plus(DAY) } else { begins });
                let ends = last.plus(due.end);
                let mut seen = place.seen(self, values);
                seen.window(opens.0, ends.0);
                if due.resolved_if.holds(&seen.scope()) != Some(true) {
                    out.push(Own { due: due.id.clone(), place: at as u32, opens, at: begins, ends });
                }
            }
        }
        out
    }

    /// Which of the dues that come again and again an entry settles.
    pub fn settles<'a>(&'a self, values: &Values, place: &Place) -> Vec<&'a Due> {
        let scope = place.scope(self, values);
        let again = self.dues.iter().filter(|due| !matches!(due.when, When::After { .. }));
        again.filter(|due| due.resolved_if.holds(&scope) == Some(true)).collect()
    }
}

/// How something stands that is expected again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands {
    /// When it is due, or was first missed.
    pub at: Ts,
    /// How it stands.
    pub state: DueState,
    /// How often it was missed since it was last done.
    pub missed: u32,
    /// After this it is overdue.
    pub ends: Ts,
}

impl Due {
    /// How it stands now of something that is there since a moment, and was last done at one; none where nothing is to be
    /// done yet.
    pub fn stands(&self, since: Ts, last: Option<Ts>, now: Ts, calendar: Calendar) -> Option<Stands> {
        match &self.when {
            When::After { .. } => None,
            When::Every(period) => every(*period, (self.start, self.end), since, last, now, calendar),
            When::At(minutes) => at_times(minutes, self.end, since, last, now, calendar),
        }
    }

    /// Who is told by now, where it was due until a moment: the last step that is passed.
    pub fn escalated(&self, ends: Ts, now: Ts) -> Option<&str> {
        let passed = self.escalate.iter().filter(|(after, _)| ends.plus(*after) <= now);
        passed.max_by_key(|(after, _)| *after).map(|(_, to)| to.as_str())
    }
}

/// Every so many days: by days of the calendar, for nobody counts hours from last Tuesday's. Under a day: by the clock.
fn every(
    period: i64,
    (start, end): (i64, i64),
    since: Ts,
    last: Option<Ts>,
    now: Ts,
    calendar: Calendar,
) -> Option<Stands> {
    let (at, whole) = if period % DAY == 0 {
        let from = calendar.at_minute(calendar.date(last.unwrap_or(since)), 0);
        // What was never done is due from its first day on.
        (if last.is_some() { from.plus(period) } else { from }, DAY)
    } else {
        (last.map_or(since, |last| last.plus(period)), 0)
    };
    if at.plus(-start) > now {
        return None;
    }
    let ends = at.plus(whole + end);
    let state = if now >= ends { DueState::Missed } else { DueState::Open };
    let missed = if state == DueState::Missed { 1 + (now.0 - ends.0) / period } else { 0 };
    Some(Stands { at, state, missed: u32::try_from(missed).unwrap_or(u32::MAX), ends })
}

/// At times of the day: the time that is open now, and those that passed without anything since it was last done.
fn at_times(
    minutes: &[i32],
    end: i64,
    since: Ts,
    last: Option<Ts>,
    now: Ts,
    calendar: Calendar,
) -> Option<Stands> {
    let heard = last.map_or(since, |last| last.max(since));
    let today = calendar.date(now);
    let first = calendar.date(heard).max(today - chrono::Duration::days(BACK));
    let mut missed = 0_u32;
    let mut oldest = None;
    let mut open = None;
    for day in first.iter_days().take_while(|day| *day <= today) {
        for minute in minutes {
            let at = calendar.at_minute(day, *minute);
            let ends = at.plus(end.max(MINUTE));
            // Done within its window or after it began: settled. What was there only later is not owed.
            if at <= heard || at > now {
                continue;
            }
            if ends <= now {
                missed += 1;
                oldest.get_or_insert((at, ends));
            } else {
                open = Some((at, ends));
            }
        }
    }
    match (open, oldest) {
        (Some((at, ends)), _) => Some(Stands { at, state: DueState::Open, missed, ends }),
        (None, Some((at, ends))) => Some(Stands { at, state: DueState::Missed, missed, ends }),
        (None, None) => None,
    }
}
