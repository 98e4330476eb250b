//! Deadlines with the moments from which each is in force, and what follows from them: the round in play,
//! whether a report is late.

use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::{ReportForm, ReportStatus, Round};
use crate::domain::time::{Calendar, MINUTE, Ts, add_days};
use crate::domain::timetable::{Due, Set, Timetable, in_force};
use crate::error::Result;
use crate::store::sql::day as day_of;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::collections::HashMap;
use uuid::Uuid;

/// The report that is being collected at `at`: its day, round and that round's own deadline. A round stays in play
/// half-way to the next one's deadline.
pub(super) fn in_play(settings: &Settings, at: Ts) -> Option<(NaiveDate, Round, Ts)> {
    let calendar = settings.calendar;
    let day = calendar.day(at);
    let minute = ((at.0 - calendar.at_minute(day, 0).0) / MINUTE) as i32;
    let round = settings.round_at(minute)?;
    Some((day, round.round.clone(), calendar.at_minute(day, round.deadline)))
}

/// Every deadline that ever was in force.
pub(in crate::store) struct Deadlines {
    pub calendar: Calendar,
    /// The rounds' own, and the first day of which reports are expected.
    pub table: Timetable,
    /// Each unit's own, in time order.
    units: HashMap<Uuid, Vec<Set>>,
    /// From when to when units that report again did not.
    pauses: HashMap<UnitId, Vec<(Ts, Ts)>>,
}

impl Deadlines {
    pub(in crate::store) fn load(conn: &Connection, settings: &Settings) -> Result<Self> {
        let mut query = conn.prepare_cached(
            "SELECT unit, round, from_at, minute FROM cur_deadline ORDER BY unit, round, from_at",
        )?;
        let mut units: HashMap<Uuid, Vec<Set>> = HashMap::new();
        let mut rounds: Vec<(Round, Vec<Set>)> = Vec::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let unit: Uuid = row.get(0)?;
            let set = (row.get(2)?, row.get(3)?);
            if !unit.is_nil() {
                units.entry(unit).or_default().push(set);
                continue;
            }
            let round: String = row.get(1)?;
            match rounds.last_mut() {
                Some((last, sets)) if last.0 == round => sets.push(set),
                _ => rounds.push((Round(round), vec![set])),
            }
        }
        let first: Option<i32> =
            conn.prepare_cached("SELECT min(day) FROM cur_report")?.query_row([], |row| row.get(0))?;
        let table = Timetable::new(settings.calendar, rounds, first.map(day_of));
        let mut pauses: HashMap<UnitId, Vec<(Ts, Ts)>> = HashMap::new();
        let mut query = conn.prepare_cached("SELECT unit, from_at, to_at FROM cur_pause")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            pauses.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        }
        Ok(Self { calendar: settings.calendar, table, units, pauses })
    }

    /// When `unit`'s report for `day` and `round` is due, by the deadlines in force at `at` (and by the calendar as
    /// it now stands). Before the first that was ever set for a round, the first counts.
    fn due(&self, unit: UnitId, day: NaiveDate, round: &Round, at: Ts) -> Option<Ts> {
        // A unit's own deadline stands for the first round of the day.
        let own = self
            .units
            .get(&unit.0)
            .and_then(|sets| in_force(sets, at))
            .filter(|_| self.table.is_first(round, at));
        let minute = own.or_else(|| self.table.minute(round, at));
        minute.map(|minute| self.calendar.at_minute(day, minute))
    }

    /// When a report that was expected is due of `unit`, by the deadlines in force at the end of its day, or now.
    pub(in crate::store) fn due_of(&self, unit: UnitId, due: &Due, now: Ts) -> Ts {
        let Some(sets) = self.units.get(&unit.0) else { return due.at };
        let end = self.calendar.at_minute(add_days(due.day, 1), self.calendar.day_start_min).min(now);
        let own = in_force(sets, end).filter(|_| self.table.is_first(&due.round, end));
        own.map_or(due.at, |minute| self.calendar.at_minute(due.day, minute))
    }

    /// Whether a report fell due while the unit did not report. On the day on which it reports again it does.
    pub(in crate::store) fn is_paused(&self, unit: UnitId, day: NaiveDate, due: Ts) -> bool {
        let pauses = self.pauses.get(&unit).map_or(&[][..], Vec::as_slice);
        pauses.iter().any(|(from, to)| *from <= due && day < self.calendar.day(*to))
    }

    /// The report of a day and round as it was expected, if it was.
    pub(in crate::store) fn of(&self, day: NaiveDate, round: &Round, now: Ts) -> Option<Due> {
        self.table.of_day(day, now).into_iter().find(|due| due.round == *round)
    }

    /// Where a report stands, given when its first one came and how. What did not come is judged by the deadline that
    /// was in force at the end of its day; what came, by the one in force when it came, unless its round was gone then.
    pub(in crate::store) fn status(
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
