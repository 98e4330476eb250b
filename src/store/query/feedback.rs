//! How the reports of units fared over some days: what a feedback sheet is cut from. Everything is asked of all units at
//! once: a place is one among all.

use super::chase::{refused, round_names};
use super::deadlines;
use super::dossier::unit_columns;
use super::face::{Face, face_in};
use super::rows::{DoubtRow, Refused};
use super::settings_in;
use super::units::{Days, since_all};
use crate::domain::deadline::Deadlines;
use crate::domain::feedback::{Place, Share, places, streak};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::order::natural;
use crate::domain::report::{ReportStatus, Round};
use crate::domain::time::{Ts, add_days, day_number};
use crate::domain::timetable::Due;
use crate::domain::unit::Unit;
use crate::error::Result;
use crate::store::Reader;
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use std::collections::{HashMap, HashSet};

/// How far back a streak is counted.
pub const STREAK: i64 = 60;

/// The units over some days, as of one snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// What stands on every paper.
    pub face: Face,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// The desk's number; empty where none is set.
    pub phone: String,
    /// The office's rounds by name; empty when it has but one, which needs none.
    pub rounds: Vec<(Round, String)>,
    /// Those that report, by code.
    pub units: Vec<UnitFeedback>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFeedback {
    /// The unit as it stands.
    pub unit: Unit,
    /// Reports received ÷ expected, and its place by that.
    pub complete: (Share, Option<Place>),
    /// Reports received in time ÷ expected, and its place by that.
    pub timely: (Share, Option<Place>),
    /// Readings without an open doubt ÷ readings received, and its place by that.
    pub accurate: (Share, Option<Place>),
    /// Days in a row in time up to now; [`STREAK`] is as far as is counted.
    pub streak: u32,
    /// The reports of these days that are due, the oldest first.
    pub reports: Vec<Fared>,
    /// Rows that were not taken in, the oldest first.
    pub refused: Vec<Refused>,
    /// Open doubts about it and its people that may be asked in writing, the most pressing first.
    pub doubts: Vec<DoubtRow>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fared {
    /// Of which day.
    pub day: NaiveDate,
    /// Of which round.
    pub round: Round,
    /// When it was due of this unit.
    pub due: Ts,
    /// When it came.
    pub came: Option<Ts>,
    /// How it stands.
    pub status: ReportStatus,
}

/// Which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// So many, up to the last of which a report was due.
    Last(i64),
    /// From the first to the last of these.
    Days(NaiveDate, NaiveDate),
}

/// How the reports of all units fared.
///
/// # Errors
/// The database cannot be read.
pub fn feedback(reader: &Reader, span: Span, now: Ts) -> Result<Feedback> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let deadlines = deadlines::load(&tx, &settings)?;
    let today = settings.calendar.day(now);
    let last = deadlines.table.in_force(now).map_or(today, |due| due.day);
    let (from, to) = match span {
        Span::Last(days) => (add_days(last, 1 - days.max(1)), last),
        Span::Days(from, to) => (from, to.min(today)),
    };
    let look = Look { deadlines: &deadlines, now };
    let (since, all) = (since_all(&tx, settings.calendar)?, every(&tx)?);
    let days = look.days(from, to);
    let came = Days::load(&tx, from, to, None, now)?;
    let back = look.days(add_days(today, 1 - STREAK), today);
    let lately = Days::load(&tx, add_days(today, 1 - STREAK), today, None, now)?;
    let mut doubts: HashMap<UnitId, Vec<DoubtRow>> = HashMap::new();
    // What is only spoken of counts for nothing on a paper: nobody could see of whom it is.
    for row in super::doubts::in_writing(super::doubts::doubts_in(reader, &tx)?) {
        doubts.entry(row.doubt.unit).or_default().push(row);
    }
    let readings = readings(&tx, from, to)?;
    let doubted = doubted(&tx, doubts.values().flatten(), from, to)?;
    let mut rows: HashMap<UnitId, Vec<Refused>> = HashMap::new();
    for (unit, refused) in refused(&tx, None, from, to)? {
        rows.entry(unit).or_default().push(refused);
    }
    let mut units = Vec::with_capacity(all.len());
    for unit in all {
        let Some(since) = since.get(&unit.id).copied() else { continue };
        let mut reports = look.reports(&came, &days, unit.id, since);
        // What is not due yet has not fared, though it may be there already.
        reports.retain(|report| report.status.is_expected() && report.due < now);
        let count = |which: fn(ReportStatus) -> bool| {
            reports.iter().filter(|report| which(report.status)).count() as u32
        };
        let whole = reports.len() as u32;
        let of = |of: &HashMap<UnitId, u32>| of.get(&unit.id).copied().unwrap_or(0);
        let (all, open) = (of(&readings), of(&doubted));
        let lately: Vec<Vec<ReportStatus>> = back
            .iter()
            .rev()
            .map(|day| {
                let of_day = look.reports(&lately, std::slice::from_ref(day), unit.id, since);
                of_day.into_iter().map(|report| report.status).collect()
            })
            .collect();
        units.push(UnitFeedback {
            complete: (Share { part: count(ReportStatus::is_received), whole }, None),
            timely: (Share { part: count(in_time), whole }, None),
            accurate: (Share { part: all.saturating_sub(open), whole: all }, None),
            streak: streak(lately.iter().map(Vec::as_slice)),
            refused: rows.remove(&unit.id).unwrap_or_default(),
            doubts: doubts.remove(&unit.id).unwrap_or_default(),
            reports,
            unit,
        });
    }
    let ranked = |of: fn(&UnitFeedback) -> Share| places(&units.iter().map(of).collect::<Vec<_>>());
    let (complete, timely, accurate) =
        (ranked(|unit| unit.complete.0), ranked(|unit| unit.timely.0), ranked(|unit| unit.accurate.0));
    for (unit, (complete, (timely, accurate))) in
        units.iter_mut().zip(complete.into_iter().zip(timely.into_iter().zip(accurate)))
    {
        (unit.complete.1, unit.timely.1, unit.accurate.1) = (complete, timely, accurate);
    }
    Ok(Feedback {
        face: face_in(&tx, now)?,
        from,
        to,
        today,
        phone: settings.phone.trim().to_owned(),
        rounds: round_names(&settings),
        units,
    })
}

fn in_time(status: ReportStatus) -> bool {
    matches!(status, ReportStatus::Received | ReportStatus::Zero)
}

/// One look at the reports: by which deadlines, and as of when.
struct Look<'a> {
    deadlines: &'a Deadlines,
    now: Ts,
}

impl Look<'_> {
    /// What was due on each of the days, the oldest first.
    fn days(&self, from: NaiveDate, to: NaiveDate) -> Vec<Vec<Due>> {
        let first = from.max(self.deadlines.table.first());
        let mut out = Vec::new();
        let mut day = first;
        while day <= to {
            out.push(self.deadlines.table.of_day(day, self.now));
            day = add_days(day, 1);
        }
        out
    }

    /// How a unit's reports of some days stand; none of days before it was there.
    fn reports(&self, came: &Days, days: &[Vec<Due>], unit: UnitId, since: i32) -> Vec<Fared> {
        let due = days.iter().flatten().filter(|due| since <= day_number(due.day));
        due.map(|due| Fared {
            day: due.day,
            round: due.round.clone(),
            due: self.deadlines.due_of(unit, due, self.now),
            came: came.came(unit, due),
            status: came.status(self.deadlines, unit, due, self.now),
        })
        .collect()
    }
}

/// Every unit, by code.
fn every(conn: &Connection) -> Result<Vec<Unit>> {
    let (columns, unit) = unit_columns();
    let mut query = conn.prepare_cached(&format!("SELECT {columns} FROM cur_unit WHERE reports"))?;
    let mut out: Vec<Unit> = query.query_map([], unit)?.collect::<rusqlite::Result<_>>()?;
    out.sort_by_cached_key(|unit| natural(&unit.code));
    Ok(out)
}

/// How many readings of these days are in force, by unit.
fn readings(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<HashMap<UnitId, u32>> {
    let mut query = conn.prepare_cached(
        "SELECT unit, sum(rows) FROM cur_report WHERE day BETWEEN ?1 AND ?2 AND form = 'rows' GROUP BY unit",
    )?;
    let rows =
        query.query_map(params![day_number(from), day_number(to)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many of them are of people of whom what this unit sent is doubted, by the unit. Asked of those people alone.
fn doubted<'a>(
    conn: &Connection,
    doubts: impl Iterator<Item = &'a DoubtRow>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<HashMap<UnitId, u32>> {
    let of = |row: &DoubtRow| Some((row.doubt.unit, row.doubt.person()?));
    let people: HashSet<(UnitId, PersonId)> = doubts.filter_map(of).collect();
    let mut query = conn.prepare_cached(
        "SELECT count(*) FROM log_reading r JOIN cur_report q ON q.unit = r.unit AND q.day = r.day \
         AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq WHERE r.person = ?1 AND r.day BETWEEN ?2 AND ?3 \
         AND r.unit = ?4",
    )?;
    let mut out: HashMap<UnitId, u32> = HashMap::new();
    for (unit, person) in people {
        let of_them = params![person, day_number(from), day_number(to), unit];
        *out.entry(unit).or_default() += query.query_row(of_them, |row| row.get::<_, u32>(0))?;
    }
    Ok(out)
}
