//! Where the reports of the units stand, to be said aloud. A unit is one unit, however many rounds a day has.

use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::ReportStatus;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::query::deadlines::Deadlines;
use crate::store::query::rows::{DayFigures, DayReports, OutstandingRow, OwingUnit, Running, SpokenReports};
use crate::store::query::units::{self, Reporting};
use rusqlite::Connection;
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
    let in_force = force.map(|force| of_day(&force, &all, &owed)).filter(|day| day.expected > 0);
    let names: HashMap<UnitId, &str> = all.iter().map(|unit| (unit.id, short(unit))).collect();
    let is_named = |row: &&OutstandingRow| {
        !in_force.as_ref().is_some_and(|day| day.missing.iter().any(|one| one.unit == row.id))
    };
    let earlier = owed.iter().filter(is_named).map(|row| OwingUnit {
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
fn of_day(force: &DayFigures, all: &[Reporting], owed: &[OutstandingRow]) -> DayReports {
    let chased = |unit: UnitId| owed.iter().any(|row| row.id == unit && row.chases > 0);
    let missing = all.iter().filter(|unit| unit.status == ReportStatus::Outstanding).map(|unit| OwingUnit {
        unit: unit.id,
        name: short(unit).to_owned(),
        day: force.day,
        chased: chased(unit.id),
    });
    DayReports {
        day: force.day,
        expected: i64::from(force.expected),
        received: i64::from(force.received),
        missing: missing.collect(),
    }
}

fn short(unit: &Reporting) -> &str {
    if unit.short.is_empty() { &unit.name } else { &unit.short }
}
