//! What is seen at one glance: the last fortnight of units and of the whole school, and how people under observation
//! were lately.

use super::rows::{CaseRow, Lately, OutstandingRow, Trends, UnitHeard};
use super::settings_in;
use super::units::{Days, counts};
use crate::domain::deadline::Deadlines;
use crate::domain::finding::What;
use crate::domain::followup::Outcome;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::mask::masked_words;
use crate::domain::report::{ReportStatus, Site};
use crate::domain::rules::Rules;
use crate::domain::time::{Calendar, HOUR, Ts, add_days, day_number};
use crate::domain::timetable::Due;
use crate::error::Result;
use crate::store::Reader;
use crate::store::corrected::{At, Corrected};
use crate::store::sql::{Code, day as day_of};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// How many days a strip shows.
pub const STRIP: usize = 14;
/// How many days are told of where there is room for a month.
pub const MONTH: usize = 30;
/// How many readings of a person are shown.
const READINGS: usize = 4;
/// How many days back these are looked for.
const LOOK_BACK: i64 = 7;
/// Of how many cases readings are looked for: those that come first.
const CASES: usize = 400;

/// How the reports of the last days stood, by unit.
pub(super) struct Strips<'a> {
    deadlines: &'a Deadlines,
    now: Ts,
    came: Days,
    /// What was due of each of the days, the oldest first.
    days: Vec<(NaiveDate, Vec<Due>)>,
}

impl<'a> Strips<'a> {
    /// Of so many days, today's the last.
    pub(super) fn load(conn: &Connection, deadlines: &'a Deadlines, now: Ts, days: usize) -> Result<Self> {
        let last = deadlines.calendar.day(now);
        let first = add_days(last, 1 - days as i64);
        let days = (0..days as i64).map(|n| add_days(first, n));
        let days = days.map(|day| (day, deadlines.table.of_day(day, now))).collect();
        Ok(Self { deadlines, now, came: Days::load(conn, first, last, None, now)?, days })
    }

    /// How a unit's reports stood of each of the days, the oldest first; none where none was expected yet.
    pub(super) fn of(&self, unit: UnitId, since: i32) -> Vec<Option<ReportStatus>> {
        let of_day = |(day, due): &(NaiveDate, Vec<Due>)| {
            let all = due.iter().map(|due| self.came.status(self.deadlines, unit, due, self.now));
            ReportStatus::of_all(all).filter(|_| since <= day_number(*day))
        };
        self.days.iter().map(of_day).collect()
    }
}

/// How the whole school fared in the last fortnight.
///
/// # Errors
/// The database cannot be read.
pub fn trends(reader: &Reader, now: Ts) -> Result<Trends> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    let today = calendar.day(now);
    let first = add_days(today, 1 - STRIP as i64);
    let begins = |day: NaiveDate| calendar.at_minute(day, calendar.day_start_min);
    let ends: Vec<Ts> = (0..STRIP as i64).map(|n| begins(add_days(first, n + 1)).min(now.plus(1))).collect();
    let (mut open, mut opened, mut fevers) = (vec![0; STRIP], vec![0; STRIP], vec![0; STRIP]);
    let mut query = tx.prepare_cached(
        "SELECT opened_at, released_at FROM cur_case WHERE released_at IS NULL OR released_at >= ?1",
    )?;
    let mut rows = query.query([begins(first)])?;
    while let Some(row) = rows.next()? {
        let (from, to): (Ts, Option<Ts>) = (row.get(0)?, row.get(1)?);
        for (place, end) in ends.iter().enumerate() {
            let begin = begins(add_days(first, place as i64));
            opened[place] += u32::from(from >= begin && from < *end);
            open[place] += u32::from(from < *end && to.is_none_or(|to| to >= *end));
        }
    }
    let mut query = tx.prepare_cached(
        "SELECT n.day, count(DISTINCT n.person) FROM cur_notable n JOIN cur_report r ON r.unit = n.unit AND r.day = n.day \
         AND r.round = n.round AND r.desk = n.desk AND r.seq = n.seq WHERE n.what = 'fever' AND n.day BETWEEN ?1 AND ?2 \
         GROUP BY n.day",
    )?;
    let mut rows = query.query([day_number(first), day_number(today)])?;
    while let Some(row) = rows.next()? {
        let place = row.get::<_, i32>(0)? - day_number(first);
        if let Some(fevers) = fevers.get_mut(place as usize) {
            *fevers = row.get(1)?;
        }
    }
    let begun = tx.prepare_cached("SELECT 1 FROM cur_report WHERE day = ?1")?.exists([day_number(today)])?;
    Ok(Trends { first, open, opened, fevers, begun })
}

/// Says of units how often they were called today, what was said last, and how much they promised.
pub(super) fn heard(
    conn: &Connection,
    calendar: Calendar,
    now: Ts,
    rows: &mut [OutstandingRow],
) -> Result<()> {
    let mut last = conn.prepare_cached(
        "SELECT at, outcome, words FROM cur_followup WHERE unit = ?1 ORDER BY at DESC, id DESC LIMIT 1",
    )?;
    let mut calls = conn.prepare_cached("SELECT count(*) FROM cur_followup WHERE unit = ?1 AND at >= ?2")?;
    let promised = counts(
        conn,
        "SELECT unit, count(*) FROM cur_promise WHERE ended IS NULL AND unit IS NOT NULL GROUP BY unit",
    )?;
    let today = calendar.at_minute(calendar.day(now), calendar.day_start_min);
    for row in rows {
        let found = last.query_row([row.id], |row| {
            let outcome: Code<Outcome> = row.get(1)?;
            Ok((row.get(0)?, outcome.0, row.get::<_, String>(2)?))
        });
        let found = found.optional()?;
        row.heard = UnitHeard {
            promises: promised.get(&row.id).copied().unwrap_or(0),
            // Whoever was never called was not called today.
            calls: if found.is_some() {
                calls.query_row(params![row.id, today], |row| row.get(0))?
            } else {
                0
            },
            last: found.map(|(at, outcome, words)| (at, outcome, masked_words(&words).into_owned())),
        };
    }
    Ok(())
}

/// Says of open cases how the person was lately, and puts first who has a fever, then who is unwell.
pub(super) fn lately(conn: &Connection, calendar: Calendar, now: Ts, cases: &mut [CaseRow]) -> Result<()> {
    let unwell = unwell(conn, calendar, now)?;
    for (place, case) in cases.iter_mut().enumerate() {
        let known = unwell.get(&case.person);
        let has = |what| known.is_some_and(|known| known.contains(&what));
        case.lately = Lately { temps: Vec::new(), fever: has(What::Fever), unwell: has(What::Unwell) };
        if place < CASES {
            readings(conn, calendar, now, case)?;
        }
    }
    cases.sort_by_key(|case| case.lately.rank());
    Ok(())
}

/// Whom reports of today and yesterday, or the last call of a day, tell to be unwell or to have a fever.
fn unwell(conn: &Connection, calendar: Calendar, now: Ts) -> Result<HashMap<PersonId, HashSet<What>>> {
    let mut out: HashMap<PersonId, HashSet<What>> = HashMap::new();
    let today = calendar.day(now);
    let mut query = conn.prepare_cached(
        "SELECT n.person, n.what FROM cur_notable n JOIN cur_report r ON r.unit = n.unit AND r.day = n.day AND r.round = n.round \
         AND r.desk = n.desk AND r.seq = n.seq WHERE n.what IN ('fever', 'unwell') AND n.day BETWEEN ?1 AND ?2",
    )?;
    let mut rows = query.query([day_number(add_days(today, -1)), day_number(today)])?;
    while let Some(row) = rows.next()? {
        let what: Code<What> = row.get(1)?;
        out.entry(row.get(0)?).or_default().insert(what.0);
    }
    let mut query = conn.prepare_cached(
        "SELECT person, outcome FROM cur_followup WHERE at BETWEEN ?1 AND ?2 AND person IS NOT NULL ORDER BY at, id",
    )?;
    let mut rows = query.query([now.plus(-24 * HOUR), now])?;
    while let Some(row) = rows.next()? {
        let (person, outcome): (PersonId, Code<Outcome>) = (row.get(0)?, row.get(1)?);
        match outcome.0 {
            Outcome::NotWell => drop(out.entry(person).or_default().insert(What::Unwell)),
            // Somebody who was spoken to later and is well is well.
            Outcome::Well => drop(out.get_mut(&person).map(|known| known.remove(&What::Unwell))),
            _ => {}
        }
    }
    Ok(out)
}

/// A temperature that was told.
struct Told {
    at: Ts,
    tenths: i16,
    site: Option<Site>,
    /// Of the morning of which day, or of the afternoon.
    half: (NaiveDate, bool),
}

/// The last temperatures of somebody, from reports in force and from calls, and whether the last is a fever.
fn readings(conn: &Connection, calendar: Calendar, now: Ts, case: &mut CaseRow) -> Result<()> {
    /// When a report's readings were taken, by the day it is of: before work and after it.
    const TAKEN: [i32; 2] = [8 * 60, 16 * 60];
    /// So many are looked for of each: what was told on the telephone may stand in the report as well.
    const EACH: usize = 2 * READINGS;
    // The newest first, until they are turned round: of two at one moment the later said stays the later.
    let mut all: Vec<Told> = Vec::new();
    let mut query = conn.prepare_cached(
        "SELECT r.day, r.temp_am, r.temp_pm, r.site, c.first_at, r.unit, r.round FROM log_reading r JOIN cur_report c ON c.unit = r.unit AND c.day = r.day \
         AND c.round = r.round WHERE r.person = ?1 AND r.day >= ?2 AND c.desk = r.desk AND c.seq = r.seq \
         ORDER BY r.day DESC, c.first_at DESC",
    )?;
    let from = add_days(calendar.day(now), -LOOK_BACK);
    let mut rows = query.query(params![case.person, day_number(from)])?;
    let mut last_day = None;
    let corrected = Corrected::of(conn, case.person)?;
    while let Some(row) = rows.next()? {
        let day = day_of(row.get(0)?);
        // What is older than these is not among the last; each row is far from the others in the file.
        if all.len() >= EACH && last_day != Some(day) {
            break;
        }
        last_day = Some(day);
        let site = row.get::<_, Option<Code<Site>>>(3)?.map(|site| site.0);
        let came: Ts = row.get(4)?;
        let round = row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?;
        let at = At { person: case.person, unit: row.get(5)?, day: row.get(0)?, round };
        let temps = corrected.temps(at, [row.get(1)?, row.get(2)?]);
        for (place, taken) in TAKEN.into_iter().enumerate().rev() {
            if let Some(tenths) = temps[place] {
                // Nothing is told before it was measured.
                let at = calendar.at_minute(day, taken).min(came);
                all.push(Told { at, tenths, site, half: (day, place == 0) });
            }
        }
    }
    let mut query = conn.prepare_cached(
        "SELECT at, temp, site FROM cur_followup WHERE person = ?1 AND temp IS NOT NULL AND at BETWEEN ?2 AND ?3 \
         ORDER BY at DESC, id DESC LIMIT ?4",
    )?;
    all.reverse();
    let reported = all.len();
    let since = now.plus(-LOOK_BACK * 24 * HOUR);
    let mut rows = query.query(params![case.person, since, now, EACH as u32])?;
    while let Some(row) = rows.next()? {
        let site: Option<Code<Site>> = row.get(2)?;
        let (at, tenths): (Ts, i16) = (row.get(0)?, row.get(1)?);
        let date = calendar.date(at);
        let half = (date, at < calendar.at_minute(date, 12 * 60));
        all.push(Told { at, tenths, site: site.map(|site| site.0), half });
    }
    all[reported..].reverse();
    // The same of the same half of a day, once called in and once reported, was measured once.
    let called: HashSet<_> = all[reported..].iter().map(|told| (told.half, told.tenths)).collect();
    let mut place = 0;
    all.retain(|told| {
        place += 1;
        place > reported || !called.contains(&(told.half, told.tenths))
    });
    all.sort_by_key(|told| told.at);
    let last = all.split_off(all.len().saturating_sub(READINGS));
    if let Some(Told { at, tenths, site, .. }) = last.last() {
        // A fever of days ago that nothing was measured after is one still.
        case.lately.fever = Rules::builtin().is_fever(*tenths, *site, calendar.day(*at));
    }
    case.lately.temps = last.into_iter().map(|told| told.tenths).collect();
    Ok(())
}
