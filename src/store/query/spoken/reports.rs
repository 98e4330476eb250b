//! Where the reports of the units stand, to be said aloud. A unit is one unit, however many rounds a day has.

use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::time::{Ts, add_days, day_number};
use crate::error::Result;
use crate::store::query::deadlines::Deadlines;
use crate::store::query::rows::{DayReports, OwingUnit, Running, SpokenReports};
use crate::store::query::units;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::collections::HashSet;

/// Of the last day a deadline of which has passed, of the days before it, and of the day that runs while none of its
/// deadlines has passed.
pub(super) fn reports(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    now: Ts,
) -> Result<SpokenReports> {
    let today = settings.calendar.day(now);
    let first = settings.rounds.iter().map(|round| settings.calendar.at_minute(today, round.deadline)).min();
    let Some(first) = first else { return Ok(SpokenReports::default()) };
    let day = if first < now { today } else { add_days(today, -1) };
    let mut out = SpokenReports::default();
    let in_force = of_day(conn, settings, deadlines, day, now)?;
    for row in units::outstanding_in(conn, now)?.into_iter().filter(|row| row.missing > 0) {
        if !in_force.missing.iter().any(|one| one.unit == row.id) {
            let (name, chased) = (short(conn, row.id)?, row.chases > 0);
            out.earlier.push(OwingUnit { unit: row.id, name, day: row.key.day, chased });
        }
    }
    if day < today {
        let so_far = of_day(conn, settings, deadlines, today, now)?;
        let running = Running { expected: so_far.expected, received: so_far.received, deadline: first };
        out.running = Some(running).filter(|running| running.expected > 0);
    }
    out.in_force = Some(in_force).filter(|day| day.expected > 0);
    Ok(out)
}

/// What was expected of a day and came, and which units are late with any of it.
fn of_day(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    day: NaiveDate,
    now: Ts,
) -> Result<DayReports> {
    let number = day_number(day);
    let mut out = DayReports { day, expected: 0, received: 0, missing: Vec::new() };
    // Nothing was expected before the office received its first; today is asked about all the same.
    let began = units::first_day(conn)?.is_some_and(|begin| begin <= number);
    if !began && day < settings.calendar.day(now) {
        return Ok(out);
    }
    let mut came = conn.prepare_cached("SELECT unit, round FROM cur_report WHERE day = ?1")?;
    let came: HashSet<(UnitId, String)> =
        came.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut expected = conn.prepare_cached(
        "SELECT id FROM cur_unit WHERE reports AND coalesce(valid_from, 0) <= ?1 ORDER BY code",
    )?;
    for unit in expected.query_map([number], |row| row.get::<_, UnitId>(0))? {
        let unit = unit?;
        let (mut received, mut owed) = (false, None);
        for round in settings.rounds.iter().map(|round| &round.round) {
            if came.contains(&(unit, round.0.clone())) {
                received = true;
            } else if deadlines.due(unit, day, round, now).is_some_and(|due| due < now) {
                owed.get_or_insert(round);
            }
        }
        out.expected += 1;
        match owed {
            None => out.received += i64::from(received),
            Some(round) => {
                let chased = units::chases(conn, unit, day, round)?.0 > 0;
                out.missing.push(OwingUnit { unit, name: short(conn, unit)?, day, chased });
            }
        }
    }
    Ok(out)
}

fn short(conn: &Connection, unit: UnitId) -> Result<String> {
    Ok(conn
        .prepare_cached("SELECT coalesce(nullif(short, ''), name) FROM cur_unit WHERE id = ?1")?
        .query_row([unit], |row| row.get(0))?)
}
