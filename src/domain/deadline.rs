//! Deadlines with the moments from which each is in force, and what follows from them: the round in play,
//! whether a report is late.

use super::ids::UnitId;
use super::office::Settings;
use super::report::{ReportForm, ReportStatus, Round};
use super::time::{Calendar, MINUTE, Ts, add_days};
use super::timetable::{Due, Set, Timetable, in_force};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The report that is being collected at `at`: its day, round and that round's own deadline. A round stays in play
/// half-way to the next one's deadline.
pub fn in_play(settings: &Settings, at: Ts) -> Option<(NaiveDate, Round, Ts)> {
    let calendar = settings.calendar;
    let day = calendar.day(at);
    let minute = ((at.0 - calendar.at_minute(day, 0).0) / MINUTE) as i32;
    let round = settings.round_at(minute)?;
    Some((day, round.round.clone(), calendar.at_minute(day, round.deadline)))
}

/// Every deadline that ever was in force.
#[derive(Debug, Clone)]
pub struct Deadlines {
    /// How the office reads the clock.
    pub calendar: Calendar,
    /// The rounds' own, and the first day of which reports are expected.
    pub table: Timetable,
    /// Each unit's own, in time order.
    units: HashMap<UnitId, Vec<Set>>,
    /// From when to when units that report again did not.
    pauses: HashMap<UnitId, Vec<(Ts, Ts)>>,
}

impl Deadlines {
    /// From each unit's own deadlines in time order, and from when to when units that report again did not.
    pub fn new(
        calendar: Calendar,
        table: Timetable,
        units: HashMap<UnitId, Vec<Set>>,
        pauses: HashMap<UnitId, Vec<(Ts, Ts)>>,
    ) -> Self {
        Self { calendar, table, units, pauses }
    }

    /// When `unit`'s report for `day` and `round` is due, by the deadlines in force at `at` (and by the calendar as
    /// it now stands). Before the first that was ever set for a round, the first counts.
    fn due(&self, unit: UnitId, day: NaiveDate, round: &Round, at: Ts) -> Option<Ts> {
        // A unit's own deadline stands for the first round of the day.
        let own = self
            .units
            .get(&unit)
            .and_then(|sets| in_force(sets, at))
            .filter(|_| self.table.is_first(round, at));
        let minute = own.or_else(|| self.table.minute(round, at));
        minute.map(|minute| self.calendar.at_minute(day, minute))
    }

    /// When a report that was expected is due of `unit`, by the deadlines in force at the end of its day, or now.
    pub fn due_of(&self, unit: UnitId, due: &Due, now: Ts) -> Ts {
        let Some(sets) = self.units.get(&unit) else { return due.at };
        let end = self.calendar.at_minute(add_days(due.day, 1), self.calendar.day_start_min).min(now);
        let own = in_force(sets, end).filter(|_| self.table.is_first(&due.round, end));
        own.map_or(due.at, |minute| self.calendar.at_minute(due.day, minute))
    }

    /// Whether a report fell due while the unit did not report. On the day on which it reports again it does.
    pub fn is_paused(&self, unit: UnitId, day: NaiveDate, due: Ts) -> bool {
        let pauses = self.pauses.get(&unit).map_or(&[][..], Vec::as_slice);
        pauses.iter().any(|(from, to)| *from <= due && day < self.calendar.day(*to))
    }

    /// The report of a day and round as it was expected, if it was.
    pub fn of(&self, day: NaiveDate, round: &Round, now: Ts) -> Option<Due> {
        self.table.of_day(day, now).into_iter().find(|due| due.round == *round)
    }

    /// Where a report stands, given when its first one came and how. What did not come is judged by the deadline that
    /// was in force at the end of its day; what came, by the one in force when it came, unless its round was gone then.
    pub fn status(
        &self,
        unit: UnitId,
        due: &Due,
        received: Option<(Ts, ReportForm)>,
        now: Ts,
    ) -> ReportStatus {
        let asked = self.due_of(unit, due, now);
        if self.is_paused(unit, due.day, asked) {
            return ReportStatus::NotExpected;
        }
        let when_it_came = received.and_then(|(at, _)| self.due(unit, due.day, &due.round, at));
        ReportStatus::judge(received, when_it_came.unwrap_or(asked), now)
    }
}
