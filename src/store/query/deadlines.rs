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
        Ok(Self { calendar: settings.calendar, table, units })
    }

    /// When `unit`'s report for `day` and `round` is due, by the deadlines in force at `at` (and by the calendar as
    /// it now stands). Before the first that was ever set for a round, the first counts.
    pub(in crate::store) fn due(&self, unit: UnitId, day: NaiveDate, round: &Round, at: Ts) -> Option<Ts> {
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
