//! The situation report: everything it counts, read once out of one snapshot. What happened belongs to the moment at
//! which it happened, as the log knows it now; a report that was sent does not change any more.

mod readings;
mod reports;
pub(super) mod tracks;

use super::deadlines;
use super::rows::{SitrepAsk, SitrepView, ToldRow};
use super::{head_of, settings_in, told};
use crate::domain::case::Measure;
use crate::domain::deadline::Deadlines;
use crate::domain::followup::Outcome;
use crate::domain::ids::{PersonId, SitrepId, UnitId};
use crate::domain::office::Settings;
use crate::domain::rules::Rules;
use crate::domain::sitrep::check::check;
use crate::domain::sitrep::count::{self, Track, site};
use crate::domain::sitrep::{Axis, Column, Figures, HeatRow, Key, Sitrep, TREND_DAYS, TrendDay, Window};
use crate::domain::time::{Calendar, Ts, add_days};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::store::Reader;
use crate::store::sql::Code;
use chrono::NaiveDate;
use readings::{Colour, DayReading};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use tracks::School;

/// The situation report of a day, as the log knows it now. Unless a day is asked for it is that of the day in force:
/// before the day's deadline nothing is known of it yet.
///
/// # Errors
/// The database cannot be read; the day has not begun, or lies before the office did.
pub fn sitrep(reader: &Reader, now: Ts, ask: &SitrepAsk) -> Result<SitrepView> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let in_force = deadlines::load(&tx, &settings)?.table.in_force(now).map(|due| due.day);
    let ask = SitrepAsk { day: ask.day.or(in_force), ..*ask };
    let cut = cut(&tx, &settings, now, &ask)?;
    let told = told::told_in(&tx, None, told::MANY)?;
    view(&tx, settings, cut.report, &cut.school, told)
}

/// A report that was sent, with what is needed to read it: as it was frozen, also in what was told before it.
///
/// # Errors
/// The database cannot be read.
pub fn sitrep_of(reader: &Reader, id: SitrepId) -> Result<Option<SitrepView>> {
    let tx = reader.snapshot()?;
    let Some((row, report)) = told::sent_in(&tx, id)? else { return Ok(None) };
    let school = School::load(&tx)?;
    let told = told::told_in(&tx, Some(id), told::MANY)?;
    let mut view = view(&tx, settings_in(&tx)?, report, &school, told)?;
    view.sent = Some(row);
    Ok(Some(view))
}

pub(super) fn view(
    conn: &Connection,
    settings: Settings,
    report: Sitrep,
    school: &School,
    told: Vec<ToldRow>,
) -> Result<SitrepView> {
    let differences = told::named_differences(conn, &report, &told, school)?;
    let same_day = |row: &ToldRow| (row.day, row.boundary) == (report.day, report.boundary);
    Ok(SitrepView {
        office: settings.office,
        rehearsal: settings.rehearsal,
        calendar: settings.calendar,
        began: began(conn)?,
        units: school.names(),
        bad: check(&report),
        told: told.into_iter().filter(same_day).collect(),
        differences,
        sent: None,
        report,
    })
}

/// The first thing that is known to have happened.
fn began(conn: &Connection) -> Result<Ts> {
    Ok(conn.query_row("SELECT min(happened_at) FROM log_op", [], |row| row.get(0))?)
}

/// A report with what it was counted from.
pub(super) struct Cut {
    /// The report.
    pub report: Sitrep,
    /// Units and campuses.
    pub school: School,
    /// The histories of the cases.
    pub tracks: Vec<Track>,
    /// When reports are due.
    pub deadlines: Deadlines,
}

/// A day of which nothing can be said yet, or ever, is refused.
fn possible(conn: &Connection, window: &Window, calendar: Calendar, now: Ts) -> Result<()> {
    let today = calendar.day(now);
    if window.day > today {
        return Err(Error::refused(say::sitrep_future(window.day, today)));
    }
    let first = calendar.day(began(conn)?);
    if window.day < first {
        return Err(Error::refused(say::sitrep_too_early(window.day, first)));
    }
    Ok(())
}

/// The report itself, without what was told.
pub(super) fn cut(conn: &Connection, settings: &Settings, now: Ts, ask: &SitrepAsk) -> Result<Cut> {
    let boundary = ask.boundary.unwrap_or(settings.calendar.day_start_min);
    let calendar = Calendar { day_start_min: boundary, ..settings.calendar };
    let day = ask.day.unwrap_or_else(|| calendar.day(now));
    let window = Window::of(day, boundary, calendar, now);
    possible(conn, &window, calendar, now)?;
    let school = School::load(conn)?;
    let tracks = tracks::load(conn)?;
    let mut figures = Figures::default();
    count::cases(&tracks, &school.campuses, &window, &mut figures);

    let readings = readings::of_day(conn, day, window.to)?;
    by_readings(&readings, day, &mut figures);
    unwell(conn, &tracks, &readings, &window, &mut figures)?;
    colours(&tracks, &readings, &school, &window, &mut figures);

    let first = add_days(day, 1 - TREND_DAYS);
    let deadlines = deadlines::load(conn, settings)?;
    let came = reports::load(conn, &deadlines, &school, first..=day, &window)?;
    reports::count(&came, day, &mut figures);
    figures.settle();

    let fevers = readings::fevers(conn, first, day, window.to)?;
    let mut trend: Vec<TrendDay> = Vec::new();
    for back in (0..TREND_DAYS).rev() {
        let day = add_days(window.day, -back);
        let (open, new, released) = count::trend(&tracks, &Window::of(day, boundary, calendar, now));
        let (expected, received, awaited) = reports::of_day(&came, day);
        let feverish = fevers.get(&day).map_or(0, |people| people.len() as i64);
        trend.push(TrendDay { day, open, new, released, feverish, received, expected, awaited });
    }
    let rows = rows(&figures, &school);
    let heat = heat(&came, &rows, first);
    let head = head_of(conn)?;
    let (from, to) = (window.from, window.to);
    let cut_at = now;
    let letterhead = None;
    let report = Sitrep { day, boundary, from, to, cut_at, head, rows, figures, trend, heat, letterhead };
    Ok(Cut { report, school, tracks, deadlines })
}

/// The rows of each table in the order shown.
fn rows(figures: &Figures, school: &School) -> BTreeMap<Axis, Vec<String>> {
    let used: BTreeSet<(Axis, &str)> = figures.0.keys().map(|key| (key.axis, key.row.as_str())).collect();
    let beside = |axis: Axis, listed: &[String]| {
        let more = used.iter().filter(|(other, row)| *other == axis && !listed.iter().any(|one| one == row));
        more.map(|(_, row)| (*row).to_owned()).collect::<Vec<_>>()
    };
    let mut out = BTreeMap::new();
    let units: Vec<String> = school.units.iter().map(|unit| unit.id.to_string()).collect();
    let codes = crate::domain::case::Category::ALL.iter().map(|code| code.code().to_owned());
    let measures = Measure::ALL.iter().map(|code| code.code().to_owned());
    for (axis, mut listed) in [
        (Axis::Unit, units),
        (Axis::Category, codes.collect()),
        (Axis::Measure, measures.collect()),
        (Axis::Campus, school.all_campuses.clone()),
        (Axis::Site, Vec::new()),
    ] {
        listed.extend(beside(axis, &listed));
        out.insert(axis, listed);
    }
    out
}

/// Who is in Hubei, on a campus, feverish.
fn by_readings(readings: &HashMap<PersonId, DayReading>, day: NaiveDate, out: &mut Figures) {
    for (person, reading) in readings {
        let told = [
            (reading.in_hubei, Column::Hubei),
            (reading.on_campus, Column::Staying),
            (reading.is_feverish(day), Column::Feverish),
        ];
        for column in told.into_iter().filter_map(|(so, column)| so.then_some(column)) {
            for key in [Key::all(column), Key::row(Axis::Campus, &reading.campus, column)] {
                out.add_person(&key, reading.group, person.0);
            }
        }
    }
}

/// Who is under a measure and not well, by the day's reports or by the last call of the day.
fn unwell(
    conn: &Connection,
    tracks: &[Track],
    readings: &HashMap<PersonId, DayReading>,
    window: &Window,
    out: &mut Figures,
) -> Result<()> {
    let mut query = conn.prepare_cached(
        "SELECT person, outcome FROM cur_followup WHERE at >= ?1 AND at < ?2 AND person IS NOT NULL ORDER BY at, id",
    )?;
    let mut calls: HashMap<PersonId, Outcome> = HashMap::new();
    let rows = query.query_map(params![window.from, window.to], |row| {
        let outcome: Code<Outcome> = row.get(1)?;
        Ok((row.get(0)?, outcome.0))
    })?;
    for row in rows {
        let (person, outcome) = row?;
        if outcome.fills_slot() {
            calls.insert(person, outcome);
        }
    }
    let mut counted = HashSet::new();
    for track in tracks.iter().filter(|track| track.is_open(window.to)) {
        let hot = readings.get(&track.person).is_some_and(|reading| reading.is_feverish(window.day));
        let ill = hot || calls.get(&track.person) == Some(&Outcome::NotWell);
        if ill && track.measure(window.to) != Measure::None && counted.insert(track.person) {
            out.add_person(&Key::all(Column::Unwell), track.group, track.person.0);
        }
    }
    Ok(())
}

/// The colours of those at an observation point, when the day's form asks for them.
fn colours(
    tracks: &[Track],
    readings: &HashMap<PersonId, DayReading>,
    school: &School,
    window: &Window,
    out: &mut Figures,
) {
    let observed = |track: &&Track| track.is_open(window.to) && track.measure(window.to) == Measure::Campus;
    let observed: Vec<&Track> = tracks.iter().filter(observed).collect();
    let colour = |track: &Track| readings.get(&track.person).and_then(|reading| reading.colour);
    if observed.iter().all(|track| colour(track).is_none()) {
        return;
    }
    for track in observed {
        let column = match colour(track) {
            Some(Colour::Red) => Column::Red,
            Some(Colour::Yellow) => Column::Yellow,
            Some(Colour::Green) => Column::Green,
            None => Column::Uncoded,
        };
        let campus = track.campus(window.to, &school.campuses);
        for key in [
            Key::row(Axis::Measure, Measure::Campus.code(), column),
            Key::row(Axis::Site, &site(Measure::Campus, &campus), column),
        ] {
            out.add_person(&key, track.group, track.person.0);
        }
    }
}

fn heat(came: &reports::Received, rows: &BTreeMap<Axis, Vec<String>>, first: NaiveDate) -> Vec<HeatRow> {
    let days: Vec<NaiveDate> = (0..TREND_DAYS).map(|back| add_days(first, back)).collect();
    let units = rows.get(&Axis::Unit).map(Vec::as_slice).unwrap_or_default();
    let row = |unit: &String| {
        let id = UnitId(unit.parse().ok()?);
        let days: Vec<_> = days.iter().map(|day| reports::mark(came, id, *day)).collect();
        let told = days.iter().any(|day| *day != crate::domain::sitrep::Came::None);
        told.then(|| HeatRow { unit: unit.clone(), days })
    };
    units.iter().filter_map(row).collect()
}

/// Whether a temperature is a fever by the rules of its day.
fn is_fever(tenths: i16, site: Option<crate::domain::report::Site>, day: NaiveDate) -> bool {
    Rules::builtin().is_fever(tenths, site, day)
}
