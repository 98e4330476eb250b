//! Where the reports of the units stand, to be said aloud. A unit is one unit, however many rounds a day has.

use crate::domain::deadline::Deadlines;
use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::ReportStatus;
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::store::query::rows::{DayFigures, DayReports, OutstandingRow, OwingUnit, Running, SpokenReports};
use crate::store::query::units::{self, Reporting};
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// Of the day in force, of the days before it, and of the day that runs while none of its deadlines has passed.
pub(super) fn reports(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    now: Ts,
) -> Result<SpokenReports> {
    let all = units::reporting(conn, settings, deadlines, now)?;
    let owed: Vec<OutstandingRow> =
        units::outstanding_in(conn, now)?.into_iter().filter(|row| row.missing > 0).collect();
    let (force, running) = units::figures(&all, deadlines, now);
    let in_force = force.map(|force| of_day(conn, &force, &all)).transpose()?.filter(|day| day.expected > 0);
    let names: HashMap<UnitId, &str> = all.iter().map(|unit| (unit.id, short(unit))).collect();
    // Who owes one of an earlier day, named for the day in force or not: that debt is another one. And who owes one of
    // today alone, by an hour of its own.
    let is_another = |row: &&OutstandingRow| {
        let mut of_day = in_force.iter().flat_map(|force| &force.missing);
        in_force.as_ref().is_some_and(|force| row.key.day < force.day)
            || !of_day.any(|unit| unit.unit == row.id)
    };
    let earlier = owed.iter().filter(is_another).map(|row| OwingUnit {
        unit: row.id,
        name: names.get(&row.id).copied().unwrap_or_default().to_owned(),
        day: row.key.day,
        chased: row.chases > 0,
    });
    let running = running.filter(|running| running.expected > 0);
    let running = running.filter(|running| in_force.as_ref().is_none_or(|force| force.day < running.day));
    Ok(SpokenReports {
        earlier: earlier.collect(),
        running: running.map(|running| Running {
            expected: i64::from(running.expected),
            received: i64::from(running.received),
            deadline: running.deadline,
        }),
        in_force,
    })
}

/// What was expected of the day in force and came, and which units owe any of it.
fn of_day(conn: &Connection, force: &DayFigures, all: &[Reporting]) -> Result<DayReports> {
    let mut missing = Vec::new();
    for unit in all.iter().filter(|unit| unit.status == ReportStatus::Outstanding) {
        let (name, chased) = (short(unit).to_owned(), is_chased(conn, unit.id, force)?);
        missing.push(OwingUnit { unit: unit.id, name, day: force.day, chased });
    }
    Ok(DayReports {
        day: force.day,
        expected: i64::from(force.expected),
        received: i64::from(force.received),
        written_off: i64::from(force.missing) - missing.len() as i64,
        missing,
    })
}

/// Whether anybody called a unit about a report of this very day that has not come; or, since its deadline, about what
/// it owes even longer: who is called then is asked for both.
fn is_chased(conn: &Connection, unit: UnitId, force: &DayFigures) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT 1 FROM cur_followup f WHERE f.chase_unit = ?1 AND (f.at > ?3 OR (f.chase_day = ?2 AND NOT EXISTS \
           (SELECT 1 FROM cur_report r WHERE r.unit = ?1 AND r.day = ?2 AND r.round = f.chase_round))) LIMIT 1",
    )?;
    Ok(query.exists(params![unit, day_number(force.day), force.deadline])?)
}

fn short(unit: &Reporting) -> &str {
    if unit.short.is_empty() { &unit.name } else { &unit.short }
}
