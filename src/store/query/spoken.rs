//! What changed since somebody was told last: the thirty seconds at the leader's door.

mod health;
mod reports;

use super::rows::{Since, SitrepAsk, Spoken, ToldKind, ToldRow};
use super::sitrep::{Cut, cut};
use super::status::shift_head;
use super::{due, findings, handed, settings_in, slots, told};
use crate::domain::case::{Category, Measure, Observation};
use crate::domain::finding::What;
use crate::domain::item::DueState;
use crate::domain::sitrep::count::{Track, trend};
use crate::domain::sitrep::told::headlines;
use crate::domain::sitrep::{Axis, Column, Figures, Key, Window};
use crate::domain::time::{Calendar, HOUR, Ts};
use crate::error::Result;
use crate::store::Reader;
use rusqlite::Connection;
use std::collections::HashSet;

/// How far back "since you were told" reaches: what was told the day before yesterday is no longer in anybody's ear.
const IN_MIND: i64 = 36 * HOUR;

/// What changed since figures were told last, to somebody or to anybody; else since the shift began, or for a day.
/// Nothing is said from a time to come, as stands in a log whose clock was set back.
///
/// # Errors
/// The database cannot be read.
pub fn spoken(reader: &Reader, now: Ts, to: Option<&str>) -> Result<Spoken> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let Cut { report, tracks, deadlines, .. } = cut(&tx, &settings, now, &SitrepAsk::default())?;
    let book = told::told_in(&tx, None, told::MANY)?;
    let to = to.map(str::trim);
    // As it was written, or as the book shows it: its number hidden.
    let is_whom = |row: &ToldRow| to.is_none_or(|to| row.written_to == to || *row.to() == *to);
    let heard = |row: &&ToldRow| is_whom(row) && row.at <= now && row.at.plus(IN_MIND) >= now;
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
    let mut fever = Figures::default();
    crate::domain::sitrep::count::cases(
        &tracks,
        &crate::domain::sitrep::count::Campuses::new(),
        &window,
        &mut fever,
    );
    let open: Vec<&Track> = tracks.iter().filter(|track| track.is_open(window.to)).collect();
    let found = findings::findings_in(&tx)?;
    let feverish =
        found.iter().filter(|row| row.found.iter().any(|one| one.found.what == What::Fever)).count();
    let (confirmed, suspected) = grave(&open, window.to);
    let (_, promises_overdue) = due::count_promises(&tx, now)?;
    let again = due::next_contacts(&tx, now)?;
    let missed = slots::owing_in(&tx, &settings, now)?;
    let mut figures = headlines(&report);
    for category in [Category::Confirmed, Category::Suspected] {
        let key = Key::row(Axis::Category, category.code(), Column::Current);
        figures.0.extend(report.figures.only(&[key]).0);
    }
    Ok(Spoken {
        now,
        calendar: settings.calendar,
        since,
        why,
        before: told_then.unwrap_or(open_then),
        current,
        new,
        released,
        confirmed,
        suspected,
        fever_new: fever.value(&Key::all(Column::FeverNew)),
        unwell: unwell(&tx, settings.calendar, &open, &window)?,
        feverish: feverish as i64,
        found: (found.len() - feverish) as i64,
        reports: reports::reports(&tx, &settings, &deadlines, now)?,
        missed: missed.iter().filter(|one| one.owed.missed.is_some()).count() as u32,
        promises_overdue,
        calls_overdue: again.iter().filter(|row| row.state != DueState::Coming).count() as u32,
        questions: handed::questions_in(&tx, handed::OPEN)?.len() as u32,
        unknown: super::callers::count(&tx)?,
        due_release: due_release(&tx, now)?,
        figures,
        day: report.day,
        boundary: report.boundary,
    })
}

fn since(conn: &Connection, last: Option<&ToldRow>, now: Ts) -> Result<(Ts, Since)> {
    if let Some(row) = last {
        return Ok((row.at, Since::Told(row.to().into_owned())));
    }
    Ok(match shift_head(conn)? {
        Some(shift) if shift.started_at <= now && shift.started_at.plus(24 * HOUR) >= now => {
            (shift.started_at, Since::Shift)
        }
        _ => (now.plus(-24 * HOUR), Since::Day),
    })
}

/// Confirmed cases in hand, and suspected ones that are not confirmed.
fn grave(open: &[&Track], at: Ts) -> (i64, i64) {
    let has = |track: &Track, category| track.categories(at).contains(&category);
    let confirmed = open.iter().filter(|track| has(track, Category::Confirmed)).count();
    let suspected =
        open.iter().filter(|track| has(track, Category::Suspected) && !has(track, Category::Confirmed));
    (confirmed as i64, suspected.count() as i64)
}

/// People under a measure who are not well by what was heard of them last, whenever that was: a new day alone makes
/// nobody well.
fn unwell(conn: &Connection, calendar: Calendar, open: &[&Track], window: &Window) -> Result<i64> {
    let mut people = HashSet::new();
    for track in open.iter().filter(|track| track.measure(window.to) != Measure::None) {
        let is_ill = health::is_unwell(conn, calendar, track.person, window.to)?;
        let is_ill = is_ill.unwrap_or_else(|| track.categories(window.to).contains(&Category::Fever));
        if is_ill {
            people.insert(track.person);
        }
    }
    Ok(people.len() as i64)
}

/// Cases whose days are over and that nobody has released.
fn due_release(conn: &Connection, now: Ts) -> Result<u32> {
    let open = super::cases::cases_in(conn, now, "c.released_at IS NULL")?;
    let over = open.iter().filter(|case| case.observation.is_some_and(Observation::is_over));
    Ok(over.count() as u32)
}
