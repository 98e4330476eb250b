//! Deadlines with the moments from which each is in force, and what follows from them: the round in play,
//! whether a report is late.

use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::{ReportForm, ReportStatus, Round};
use crate::domain::time::{Calendar, HOUR, MINUTE, Ts};
use crate::error::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::collections::HashMap;
use uuid::Uuid;

/// How far back a missing report is still looked for: until the same time of the next day.
const LOOK_BACK: i64 = 24 * HOUR;

/// The reports that may be missing at `at`, the oldest first: those due within the last 24 hours, and that of
/// the round in play. Day and round, with the round's own deadline.
pub(in crate::store) fn collected(settings: &Settings, at: Ts) -> Vec<(NaiveDate, Round, Ts)> {
    let calendar = settings.calendar;
    let play = in_play(settings, at);
    let days = [calendar.day(at.plus(-LOOK_BACK)), calendar.day(at)];
    let mut out: Vec<(NaiveDate, Round, Ts)> = Vec::new();
    for day in days {
        for round in &settings.rounds {
            let due = calendar.at_minute(day, round.deadline);
            let entry = (day, round.round.clone(), due);
            let is_due = due < at && due > at.plus(-LOOK_BACK);
            if (is_due || play.as_ref() == Some(&entry)) && !out.contains(&entry) {
                out.push(entry);
            }
        }
    }
    out
}

/// The day, round and that round's own deadline at `at`.
pub(super) fn in_play(settings: &Settings, at: Ts) -> Option<(NaiveDate, Round, Ts)> {
    let calendar = settings.calendar;
    let day = calendar.day(at);
    let minute = ((at.0 - calendar.at_minute(day, 0).0) / MINUTE) as i32;
    let round = settings.round_at(minute)?;
    Some((day, round.round.clone(), calendar.at_minute(day, round.deadline)))
}

/// A deadline from a moment on: minutes after midnight, or none any more.
type Set = (Ts, Option<i32>);

/// Every deadline that ever was in force.
pub(in crate::store) struct Deadlines {
    calendar: Calendar,
    /// Each round's own, in time order.
    rounds: Vec<(String, Vec<Set>)>,
    /// Each unit's own, in time order.
    units: HashMap<Uuid, Vec<Set>>,
}

impl Deadlines {
    pub(in crate::store) fn load(conn: &Connection, settings: &Settings) -> Result<Self> {
        let mut query = conn.prepare_cached(
            "SELECT unit, round, from_at, minute FROM cur_deadline ORDER BY unit, round, from_at",
        )?;
        let mut out = Self { calendar: settings.calendar, rounds: Vec::new(), units: HashMap::new() };
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let unit: Uuid = row.get(0)?;
            let set = (row.get(2)?, row.get(3)?);
            if !unit.is_nil() {
                out.units.entry(unit).or_default().push(set);
                continue;
            }
            let round: String = row.get(1)?;
            match out.rounds.last_mut() {
                Some((last, sets)) if *last == round => sets.push(set),
                _ => out.rounds.push((round, vec![set])),
            }
        }
        Ok(out)
    }

    /// When `unit`'s report for `day` and `round` is due, by the deadlines in force at `at` (and by the calendar as
    /// it now stands). Before the first that was ever set for a round, the first counts.
    pub(in crate::store) fn due(&self, unit: UnitId, day: NaiveDate, round: &Round, at: Ts) -> Option<Ts> {
        // A unit's own deadline stands for the first round of the day.
        let own =
            self.units.get(&unit.0).and_then(|sets| in_force(sets, at)).filter(|_| self.is_first(round, at));
        let minute = own.or_else(|| self.of_round(round, at));
        minute.map(|minute| self.calendar.at_minute(day, minute))
    }

    fn of_round(&self, round: &Round, at: Ts) -> Option<i32> {
        let (_, sets) = self.rounds.iter().find(|(other, _)| *other == round.0)?;
        if at < sets.first()?.0 { sets.first()?.1 } else { in_force(sets, at) }
    }

    /// Whether a round is the first of the day, by the rounds in force at `at`.
    fn is_first(&self, round: &Round, at: Ts) -> bool {
        let Some(mine) = self.of_round(round, at) else { return false };
        self.rounds.iter().filter_map(|(_, sets)| in_force(sets, at)).all(|other| mine <= other)
    }

    /// Where a report stands, given when its first one came and how.
    pub(in crate::store) fn status(
        &self,
        unit: UnitId,
        day: NaiveDate,
        round: &Round,
        received: Option<(Ts, ReportForm)>,
        now: Ts,
    ) -> ReportStatus {
        let judged_at = received.map_or(now, |(at, _)| at);
        let due = self.due(unit, day, round, judged_at);
        ReportStatus::judge(received, due.unwrap_or(Ts(i64::MAX)), now)
    }
}

/// What was set last before `at`; none when nothing was, or when it was taken away.
fn in_force(sets: &[Set], at: Ts) -> Option<i32> {
    sets.iter().rev().find(|(from, _)| *from <= at).and_then(|(_, minute)| *minute)
}
