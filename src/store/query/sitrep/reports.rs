//! How the reports of the units came, day by day. A unit is counted once, however many rounds a day has.

use super::tracks::School;
use crate::domain::deadline::Deadlines;
use crate::domain::ids::UnitId;
use crate::domain::report::{Excuse, ReportForm, ReportStatus};
use crate::domain::sitrep::{Axis, Came, Column, Figures, Key, Window};
use crate::domain::time::{Ts, add_days, day_number};
use crate::domain::timetable::Due;
use crate::error::Result;
use crate::store::sql::{Code, day as day_of};
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// For each unit and day, how its reports stand: as the worst of those that were due.
pub(super) type Received = HashMap<(UnitId, NaiveDate), ReportStatus>;

/// What was expected on these days and came before the end of `window`.
pub(super) fn load(
    conn: &Connection,
    deadlines: &Deadlines,
    school: &School,
    days: RangeInclusive<NaiveDate>,
    window: &Window,
) -> Result<Received> {
    let came = came(conn, &days, window.to)?;
    let ended = ended(conn, &days, window.to)?;
    let mut out = Received::new();
    let mut day = *days.start();
    while day <= *days.end() {
        let number = day_number(day);
        // Nothing was expected before the office received its first; the day itself is asked about all the same.
        if day == window.day || day >= deadlines.table.first() {
            let asked = due(deadlines, day, window.to);
            for unit in school.units.iter().filter(|unit| unit.reports && unit.since <= number) {
                let status = |due: &Due| {
                    let key = (unit.id, day, due.round.0.clone());
                    let received = came.get(&key).copied();
                    match ended.get(&key) {
                        Some(how) if received.is_none() => ReportStatus::ended(*how),
                        _ => deadlines.status(unit.id, due, received, window.to),
                    }
                };
                if let Some(status) = ReportStatus::of_all(asked.iter().map(status)) {
                    out.insert((unit.id, day), status);
                }
            }
        }
        day = add_days(day, 1);
    }
    Ok(out)
}

/// The reports of a day that were due before `to`; the first one when none was.
fn due(deadlines: &Deadlines, day: NaiveDate, to: Ts) -> Vec<Due> {
    let mut all = deadlines.table.of_day(day, to);
    let past = all.iter().take_while(|due| due.at < to).count();
    all.truncate(past.max(1));
    all
}

type Key3 = (UnitId, NaiveDate, String);

fn came(
    conn: &Connection,
    days: &RangeInclusive<NaiveDate>,
    to: Ts,
) -> Result<HashMap<Key3, (Ts, ReportForm)>> {
    let mut query = conn.prepare_cached(
        "SELECT unit, day, round, first_at, form FROM cur_report WHERE day BETWEEN ?1 AND ?2 AND first_at < ?3",
    )?;
    let rows = query.query_map(params![day_number(*days.start()), day_number(*days.end()), to], |row| {
        let form: Code<ReportForm> = row.get(4)?;
        Ok(((row.get(0)?, day_of(row.get(1)?), row.get(2)?), (row.get(3)?, form.0)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn ended(conn: &Connection, days: &RangeInclusive<NaiveDate>, to: Ts) -> Result<HashMap<Key3, Excuse>> {
    let mut query = conn.prepare_cached(
        "SELECT unit, day, round, how FROM cur_excused WHERE day BETWEEN ?1 AND ?2 AND at < ?3",
    )?;
    let rows = query.query_map(params![day_number(*days.start()), day_number(*days.end()), to], |row| {
        let how: Code<Excuse> = row.get(3)?;
        Ok(((row.get(0)?, day_of(row.get(1)?), row.get(2)?), how.0))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Counts the reports of a day, a unit each.
pub(super) fn count(received: &Received, day: NaiveDate, out: &mut Figures) {
    for ((unit, _), status) in received.iter().filter(|((_, of), _)| *of == day) {
        let columns: &[Column] = match status {
            ReportStatus::Received | ReportStatus::Zero => {
                &[Column::Expected, Column::Received, Column::InTime]
            }
            ReportStatus::Late => &[Column::Expected, Column::Received, Column::Late],
            ReportStatus::Outstanding | ReportStatus::WrittenOff => &[Column::Expected, Column::Missing],
            ReportStatus::Awaited => &[Column::Expected, Column::Awaited],
            ReportStatus::Excused | ReportStatus::NotExpected => &[],
        };
        for column in columns {
            out.add(Key::all(*column), unit.0);
            out.add(Key::row(Axis::Unit, &unit.to_string(), *column), unit.0);
        }
    }
}

/// Expected, received and awaited on a day.
pub(super) fn of_day(received: &Received, day: NaiveDate) -> (i64, i64, i64) {
    let mut sums = (0, 0, 0);
    for (_, status) in received.iter().filter(|((_, of), _)| *of == day) {
        sums.0 += i64::from(status.is_expected());
        sums.1 += i64::from(status.is_received());
        sums.2 += i64::from(*status == ReportStatus::Awaited);
    }
    sums
}

/// How a unit reported on a day. What is not due yet is not missing.
pub(super) fn mark(received: &Received, unit: UnitId, day: NaiveDate) -> Came {
    match received.get(&(unit, day)) {
        Some(ReportStatus::Received | ReportStatus::Zero) => Came::InTime,
        Some(ReportStatus::Late) => Came::Late,
        Some(ReportStatus::Outstanding | ReportStatus::WrittenOff) => Came::Missing,
        Some(ReportStatus::Awaited | ReportStatus::Excused | ReportStatus::NotExpected) | None => Came::None,
    }
}
