//! How the reports of the units came, day by day.

use super::tracks::School;
use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::{ReportForm, ReportStatus, Round};
use crate::domain::sitrep::{Axis, Came, Column, Figures, Key, Window};
use crate::domain::time::{Ts, add_days, day_number};
use crate::error::Result;
use crate::store::query::deadlines::Deadlines;
use crate::store::sql::{Code, day as day_of};
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// For each unit and day, how each report that was expected came.
pub(super) type Received = HashMap<(UnitId, NaiveDate), Vec<Came>>;

/// What was expected on these days and came before the end of `window`.
pub(super) fn load(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    school: &School,
    days: RangeInclusive<NaiveDate>,
    window: &Window,
) -> Result<Received> {
    let begin: Option<i32> =
        conn.prepare_cached("SELECT min(day) FROM cur_report")?.query_row([], |row| row.get(0))?;
    let came = came(conn, &days, window.to)?;
    let mut out = Received::new();
    let mut day = *days.start();
    while day <= *days.end() {
        let number = day_number(day);
        // Nothing was expected before the office received its first; the day itself is asked about all the same.
        if day == window.day || begin.is_some_and(|begin| number >= begin) {
            let rounds = due(settings, day, window.to);
            for unit in school.units.iter().filter(|unit| unit.reports && unit.valid_from <= number) {
                let status = |round: &Round| {
                    let received = came.get(&(unit.id, day, round.0.clone())).copied();
                    match deadlines.status(unit.id, day, round, received, Ts(i64::MAX)) {
                        ReportStatus::Received | ReportStatus::Zero => Came::InTime,
                        ReportStatus::Late => Came::Late,
                        _ => Came::Missing,
                    }
                };
                out.insert((unit.id, day), rounds.iter().map(status).collect());
            }
        }
        day = add_days(day, 1);
    }
    Ok(out)
}

/// The rounds of a day that were due before `to`; the first one when none was.
fn due(settings: &Settings, day: NaiveDate, to: Ts) -> Vec<Round> {
    let past = settings.rounds.iter().filter(|r| settings.calendar.at_minute(day, r.deadline) < to);
    let past: Vec<Round> = past.map(|r| r.round.clone()).collect();
    if past.is_empty() {
        settings.rounds.first().map(|r| r.round.clone()).into_iter().collect()
    } else {
        past
    }
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

/// Counts the reports of a day.
pub(super) fn count(received: &Received, day: NaiveDate, out: &mut Figures) {
    for ((unit, _), all) in received.iter().filter(|((_, of), _)| *of == day) {
        for one in all {
            let columns: &[Column] = match one {
                Came::InTime => &[Column::Expected, Column::Received, Column::InTime],
                Came::Late => &[Column::Expected, Column::Received, Column::Late],
                Came::Missing => &[Column::Expected, Column::Missing],
                Came::None => &[],
            };
            for column in columns {
                out.add(Key::all(*column), unit.0);
                out.add(Key::row(Axis::Unit, &unit.to_string(), *column), unit.0);
            }
        }
    }
}

/// Expected and received on a day.
pub(super) fn of_day(received: &Received, day: NaiveDate) -> (i64, i64) {
    let mut sums = (0, 0);
    for (_, all) in received.iter().filter(|((_, of), _)| *of == day) {
        sums.0 += all.len() as i64;
        sums.1 += all.iter().filter(|one| matches!(one, Came::InTime | Came::Late)).count() as i64;
    }
    sums
}

/// How a unit reported on a day: the worst of its rounds.
pub(super) fn mark(received: &Received, unit: UnitId, day: NaiveDate) -> Came {
    let all = received.get(&(unit, day)).map(Vec::as_slice).unwrap_or_default();
    [Came::Missing, Came::Late, Came::InTime].into_iter().find(|one| all.contains(one)).unwrap_or(Came::None)
}
