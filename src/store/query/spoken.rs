//! What changed since somebody was told last: the thirty seconds at the leader's door.

use super::deadlines::Deadlines;
use super::rows::{Since, SitrepAsk, Spoken, ToldKind, ToldRow};
use super::sitrep::{Cut, cut};
use super::status::shift_head;
use super::{due, settings_in, told, units};
use crate::domain::case::Observation;
use crate::domain::office::Settings;
use crate::domain::report::ReportStatus;
use crate::domain::sitrep::count::trend;
use crate::domain::sitrep::told::headlines;
use crate::domain::sitrep::{Column, Key, Window};
use crate::domain::time::{HOUR, Ts};
use crate::error::Result;
use crate::store::Reader;
use rusqlite::Connection;
use std::collections::HashSet;

/// How far back "since you were told" reaches: what was told the day before yesterday is no longer in anybody's ear.
const IN_MIND: i64 = 36 * HOUR;

/// What changed since figures were told last, to somebody or to anybody; else since the shift began, or for a day.
///
/// # Errors
/// The database cannot be read.
pub fn spoken(reader: &Reader, now: Ts, to: Option<&str>) -> Result<Spoken> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let Cut { report, tracks, deadlines, .. } = cut(&tx, &settings, now, &SitrepAsk::default())?;
    let book = told::told_in(&tx, None, told::MANY)?;
    let heard = |row: &&ToldRow| to.is_none_or(|to| row.to == to.trim()) && row.at.plus(IN_MIND) >= now;
    // What is said aloud goes on from what was said aloud; a report that was sent elsewhere was not.
    let aloud = |row: &&ToldRow| {
        matches!(row.kind, ToldKind::Figures(_)) && row.figures.0.contains_key(&Key::all(Column::Current))
    };
    let last = book.iter().filter(heard).find(aloud).or_else(|| book.iter().find(heard));
    let (since, why) = since(&tx, last, now)?;
    let window = Window { day: report.day, from: since.plus(1), to: now.plus(1) };
    let (current, new, released) = trend(&tracks, &window);
    let open_then = tracks.iter().filter(|track| track.is_open(since.plus(1))).count() as i64;
    let all = Key::all(Column::Current);
    let told_then = last.and_then(|row| row.figures.0.contains_key(&all).then(|| row.figures.value(&all)));
    let mut fever = crate::domain::sitrep::Figures::default();
    crate::domain::sitrep::count::cases(
        &tracks,
        &crate::domain::sitrep::count::Campuses::new(),
        &window,
        &mut fever,
    );
    let watched: HashSet<uuid::Uuid> =
        tracks.iter().filter(|track| track.is_open(window.to)).map(|track| track.person.0).collect();
    let hot = report.figures.ids(&Key::all(Column::Feverish));
    let (_, promises_overdue) = due::count_promises(&tx, now)?;
    Ok(Spoken {
        now,
        calendar: settings.calendar,
        since,
        why,
        before: told_then.unwrap_or(open_then),
        current,
        new,
        released,
        fever_new: fever.value(&Key::all(Column::FeverNew)),
        unwell: report.all(Column::Unwell),
        unnoticed: hot.iter().filter(|id| !watched.contains(id)).count() as i64,
        expected: report.all(Column::Expected),
        received: report.all(Column::Received),
        overdue: overdue(&tx, &settings, &deadlines, now)?,
        promises_overdue,
        due_release: due_release(&tx, now)?,
        figures: headlines(&report),
        day: report.day,
        boundary: report.boundary,
    })
}

fn since(conn: &Connection, last: Option<&ToldRow>, now: Ts) -> Result<(Ts, Since)> {
    if let Some(row) = last {
        return Ok((row.at, Since::Told(row.to.clone())));
    }
    Ok(match shift_head(conn)? {
        Some(shift) if shift.started_at.plus(24 * HOUR) >= now => (shift.started_at, Since::Shift),
        _ => (now.plus(-24 * HOUR), Since::Day),
    })
}

/// Short names of the units whose report of the round in play is overdue.
fn overdue(conn: &Connection, settings: &Settings, deadlines: &Deadlines, now: Ts) -> Result<Vec<String>> {
    let all = units::reporting(conn, settings, deadlines, now)?;
    let missing = all.into_iter().filter(|unit| unit.status == ReportStatus::Outstanding);
    Ok(missing.map(|unit| if unit.short.is_empty() { unit.name } else { unit.short }).collect())
}

/// Cases whose days are over and that nobody has released.
fn due_release(conn: &Connection, now: Ts) -> Result<u32> {
    let open = super::cases::cases_in(conn, now, "c.released_at IS NULL")?;
    let over = open.iter().filter(|case| case.observation.is_some_and(Observation::is_over));
    Ok(over.count() as u32)
}
