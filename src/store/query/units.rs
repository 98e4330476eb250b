//! Units and those that have not reported.

use super::changed::file_of;
use super::deadlines;
use super::glance::{self, Strips};
use super::owed::{self, Owed, Owing, SINCE, since};
use super::rows::{DayFigures, OutstandingRow, UnitHeard, UnitOwes, UnitRow};
use super::settings_in;
use crate::domain::deadline::{Deadlines, in_play};
use crate::domain::followup::Outcome;
use crate::domain::handover::DayCounts;
use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::order::natural;
use crate::domain::report::{Excuse, ReportForm, ReportKey, ReportStatus, Round};
use crate::domain::time::{Calendar, Ts, add_days, day_number};
use crate::domain::timetable::Due;
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::Code;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Every unit, in the order of the tree: each below the one above it, by code.
///
/// # Errors
/// The database cannot be read.
pub fn units(reader: &Reader, now: Ts) -> Result<Vec<UnitRow>> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let deadlines = deadlines::load(&tx, &settings)?;
    let people = counts(&tx, "SELECT unit, count(*) FROM cur_person WHERE unit IS NOT NULL GROUP BY unit")?;
    let cases = counts(
        &tx,
        "SELECT p.unit, count(*) FROM cur_case c JOIN cur_person p ON p.id = c.person \
         WHERE c.released_at IS NULL AND p.unit IS NOT NULL GROUP BY p.unit",
    )?;
    let found = &stood(reader, &tx, &settings, &deadlines, now)?.units;
    let names: HashMap<UnitId, String> = found.iter().map(|unit| (unit.id, unit.name.clone())).collect();
    let mut children: HashMap<Option<UnitId>, Vec<Reporting>> = HashMap::new();
    for unit in found.iter().cloned() {
        let parent = unit.parent.filter(|parent| names.contains_key(parent));
        children.entry(parent).or_default().push(unit);
    }
    let strips = Strips::load(&tx, &deadlines, now, glance::MONTH)?;
    let since = since_all(&tx, settings.calendar)?;
    let mut out = Vec::with_capacity(names.len());
    let mut todo: Vec<(Reporting, u16)> =
        children.remove(&None).unwrap_or_default().into_iter().rev().map(|unit| (unit, 0)).collect();
    while let Some((unit, depth)) = todo.pop() {
        if let Some(below) = children.remove(&Some(unit.id)) {
            todo.extend(below.into_iter().rev().map(|child| (child, depth + 1)));
        }
        out.push(UnitRow {
            id: unit.id,
            parent: unit.parent.and_then(|parent| names.get(&parent).cloned()).unwrap_or_default(),
            depth,
            people: people.get(&unit.id).copied().unwrap_or(0),
            cases: cases.get(&unit.id).copied().unwrap_or(0),
            strip: since.get(&unit.id).map_or_else(Vec::new, |since| strips.of(unit.id, *since)),
            short: if unit.short.is_empty() { unit.name.clone() } else { unit.short },
            code: unit.code,
            name: unit.name,
            liaison: unit.liaison,
            phone: unit.phone,
            status: unit.status,
            received_at: unit.received_at,
            rows: unit.rows,
            current: unit.current,
            running: unit.running,
            keys: unit.keys,
        });
    }
    Ok(out)
}

pub(super) fn counts(conn: &Connection, sql: &str) -> Result<HashMap<UnitId, u32>> {
    let mut query = conn.prepare_cached(sql)?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// A unit with where its reports stand.
#[derive(Debug, Clone)]
pub(super) struct Reporting {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub short: String,
    pub parent: Option<UnitId>,
    pub liaison: String,
    pub phone: String,
    pub head: String,
    pub head_phone: String,
    pub keys: String,
    /// Those of the day in force that were due, as the worst of them; before the first deadline, the one that is collected.
    pub status: ReportStatus,
    /// When they came.
    pub received_at: Option<Ts>,
    /// How many rows the last of them has, where it has rows.
    pub rows: Option<u32>,
    /// The one that is being collected now.
    pub current: ReportStatus,
    /// The one whose deadline comes next; none after the day's last.
    pub running: Option<ReportStatus>,
}

/// How every unit stands at a moment, and what it owes. One screen asks for it several times over: it is worked out once
/// for what stands in the file and for the moment.
pub(in crate::store) struct Stood {
    /// The file as it was read: it changes with each write, and with each time it is built anew.
    file: (i64, i64),
    now: Ts,
    stand: Arc<Stand>,
}

/// Every unit, by code, and what each owes.
#[derive(Debug)]
pub(super) struct Stand {
    pub units: Vec<Reporting>,
    pub owing: Vec<Owing>,
}

/// Every unit, by code, and what each owes; of what stands in the file now.
pub(super) fn stood(
    reader: &Reader,
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    now: Ts,
) -> Result<Arc<Stand>> {
    let file = file_of(conn)?;
    if let Some(known) = &*reader.stood.borrow()
        && (known.file, known.now) == (file, now)
    {
        return Ok(known.stand.clone());
    }
    let units = reporting(conn, settings, deadlines, now)?;
    let owing = owed::owing(conn, settings.calendar, deadlines, None, now)?;
    let stand = Arc::new(Stand { units, owing });
    *reader.stood.borrow_mut() = Some(Stood { file, now, stand: stand.clone() });
    Ok(stand)
}

/// What came and what was ended on some days.
#[derive(Default)]
pub(super) struct Days {
    /// The codes of the rounds met; a key has the place of one.
    rounds: Vec<String>,
    /// When, in which form, and with how many rows.
    came: HashMap<(UnitId, i32, usize), (Ts, ReportForm, u32)>,
    ended: HashMap<(UnitId, i32, usize), Excuse>,
}

impl Days {
    pub(super) fn load(
        conn: &Connection,
        from: NaiveDate,
        to: NaiveDate,
        only: Option<UnitId>,
        now: Ts,
    ) -> Result<Self> {
        let mut out = Self::default();
        let (from, to) = (day_number(from), day_number(to));
        let one = if only.is_some() { "AND unit = ?3" } else { "AND ?3 IS NULL" };
        let mut query = conn.prepare_cached(&format!(
            "SELECT unit, day, round, first_at, form, rows FROM cur_report WHERE day BETWEEN ?1 AND ?2 {one}"
        ))?;
        let mut rows = query.query(params![from, to, only])?;
        while let Some(row) = rows.next()? {
            let key = out.met(row)?;
            let form: Code<ReportForm> = row.get(4)?;
            out.came.insert(key, (row.get(3)?, form.0, row.get(5)?));
        }
        let mut query = conn.prepare_cached(&format!(
            "SELECT unit, day, round, how FROM cur_excused WHERE day BETWEEN ?1 AND ?2 {one} AND at <= ?4"
        ))?;
        let mut rows = query.query(params![from, to, only, now])?;
        while let Some(row) = rows.next()? {
            let key = out.met(row)?;
            let how: Code<Excuse> = row.get(3)?;
            out.ended.insert(key, how.0);
        }
        Ok(out)
    }

    /// The key of a row that begins with unit, day and round.
    fn met(&mut self, row: &Row<'_>) -> Result<(UnitId, i32, usize)> {
        let round = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let place = self.place(round).unwrap_or_else(|| {
            self.rounds.push(round.to_owned());
            self.rounds.len() - 1
        });
        Ok((row.get(0)?, row.get(1)?, place))
    }

    /// Where a round's code stands. There are few.
    fn place(&self, round: &str) -> Option<usize> {
        self.rounds.iter().position(|known| known == round)
    }

    fn key(&self, unit: UnitId, due: &Due) -> Option<(UnitId, i32, usize)> {
        Some((unit, day_number(due.day), self.place(&due.round.0)?))
    }

    /// When a report came, if it did.
    pub(super) fn came(&self, unit: UnitId, due: &Due) -> Option<Ts> {
        self.came.get(&self.key(unit, due)?).map(|came| came.0)
    }

    /// When a report came and how many rows it has, where it has rows.
    fn rows(&self, unit: UnitId, due: &Due) -> Option<(Ts, u32)> {
        let (at, form, rows) = *self.came.get(&self.key(unit, due)?)?;
        (form == ReportForm::Rows).then_some((at, rows))
    }

    pub(super) fn status(&self, deadlines: &Deadlines, unit: UnitId, due: &Due, now: Ts) -> ReportStatus {
        let key = self.key(unit, due);
        let came = key.and_then(|key| self.came.get(&key)).map(|(at, form, _)| (*at, *form));
        match key.and_then(|key| self.ended.get(&key)) {
            Some(how) if came.is_none() => ReportStatus::ended(*how),
            _ => deadlines.status(unit, due, came, now),
        }
    }
}

/// Every unit, by code.
pub(super) fn reporting(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    now: Ts,
) -> Result<Vec<Reporting>> {
    reporting_of(conn, settings, deadlines, None, now)
}

/// Every unit, by code, or only one.
pub(super) fn reporting_of(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    only: Option<UnitId>,
    now: Ts,
) -> Result<Vec<Reporting>> {
    let calendar = settings.calendar;
    let today = calendar.day(now);
    let current = match in_play(settings, now) {
        Some((day, round, at)) => deadlines.of(day, &round, now).unwrap_or(Due { day, round, at }),
        None => Due { day: today, round: Round::default(), at: Ts(i64::MAX) },
    };
    let running = deadlines.table.running(now);
    let force = deadlines.table.in_force(now).map(|last| {
        let mut due = deadlines.table.of_day(last.day, now);
        due.retain(|due| due.at < now);
        (last.day, due)
    });
    let first = force.as_ref().map_or(current.day, |(day, _)| (*day).min(current.day));
    let days = Days::load(conn, first, today.max(current.day), only, now)?;
    let one = if only.is_some() { "u.id = ?1" } else { "?1 IS NULL" };
    let mut query = conn.prepare_cached(&format!(
        "SELECT u.id, u.code, u.name, coalesce(u.short, ''), u.parent, coalesce(u.liaison, ''), \
         coalesce(u.liaison_phone, ''), coalesce(u.head, ''), coalesce(u.head_phone, ''), u.keys, u.reports, {SINCE} \
         FROM cur_unit u WHERE {one} ORDER BY u.code"
    ))?;
    let rows = query.query_map([only], |row| {
        let id: UnitId = row.get(0)?;
        let (reports, since) = (row.get(10)?, since(row, 11, calendar)?);
        let status = |due: &Due| {
            if reports && since <= day_number(due.day) {
                days.status(deadlines, id, due, now)
            } else {
                ReportStatus::NotExpected
            }
        };
        let came = |due: &Due| days.came(id, due);
        let now_collected = status(&current);
        let rows = |due: &Due| days.rows(id, due);
        let (in_force, received_at, rows) = match &force {
            Some((_, due)) => {
                let last = due.iter().filter_map(rows).max();
                (ReportStatus::of_all(due.iter().map(status)), due.iter().filter_map(came).max(), last)
            }
            None => (Some(now_collected), came(&current), rows(&current)),
        };
        Ok(Reporting {
            id,
            code: row.get(1)?,
            name: row.get(2)?,
            short: row.get(3)?,
            parent: row.get(4)?,
            liaison: row.get(5)?,
            phone: row.get(6)?,
            head: row.get(7)?,
            head_phone: row.get(8)?,
            keys: row.get(9)?,
            status: in_force.unwrap_or(ReportStatus::NotExpected),
            received_at,
            rows: rows.map(|(_, rows)| rows),
            current: now_collected,
            running: running.as_ref().map(status),
        })
    })?;
    let mut out: Vec<Reporting> = rows.collect::<rusqlite::Result<_>>()?;
    out.sort_by_cached_key(|unit| natural(&unit.code));
    Ok(out)
}

/// How the reports of the day in force stand, and those that run; each counts units.
pub(super) fn figures(
    units: &[Reporting],
    deadlines: &Deadlines,
    now: Ts,
) -> (Option<DayFigures>, Option<DayFigures>) {
    let count = |due: Due, of: &dyn Fn(&Reporting) -> Option<ReportStatus>| {
        let mut out =
            DayFigures { day: due.day, round: due.round, deadline: due.at, ..DayFigures::default() };
        for status in units.iter().filter_map(of).filter(|status| status.is_expected()) {
            out.expected += 1;
            out.received += u32::from(status.is_received());
            out.missing += u32::from(status.is_missing());
            out.awaited += u32::from(status == ReportStatus::Awaited);
            out.zero += u32::from(status == ReportStatus::Zero);
            out.late += u32::from(status == ReportStatus::Late);
        }
        out
    };
    let force = deadlines.table.in_force(now).map(|due| count(due, &|unit| Some(unit.status)));
    let running = deadlines.table.running(now).map(|due| count(due, &|unit| unit.running));
    (force, running)
}

/// How the reports of a day stand by what was due of them at `now`.
pub(super) fn day_counts(
    conn: &Connection,
    deadlines: &Deadlines,
    day: NaiveDate,
    now: Ts,
) -> Result<DayCounts> {
    let days = Days::load(conn, day, day, None, now)?;
    let mut due = deadlines.table.of_day(day, now);
    due.retain(|due| due.at < now);
    let mut out = DayCounts { day, expected: 0, received: 0, missing: 0, awaited: 0 };
    let mut query = conn.prepare_cached(&format!("SELECT u.id, {SINCE} FROM cur_unit u WHERE u.reports"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let unit: UnitId = row.get(0)?;
        if since(row, 1, deadlines.calendar)? > day_number(day) {
            continue;
        }
        let all = due.iter().map(|due| days.status(deadlines, unit, due, now));
        let Some(status) = ReportStatus::of_all(all).filter(|status| status.is_expected()) else { continue };
        out.expected += 1;
        out.received += u32::from(status.is_received());
        out.missing += u32::from(status.is_missing());
        out.awaited += u32::from(status == ReportStatus::Awaited);
    }
    Ok(out)
}

/// The reporting days that a shift answers for: those of which a deadline fell within it; where none did, the day in
/// force. None before the first deadline of all.
pub(super) fn days_of(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    from: Ts,
    now: Ts,
) -> Result<Vec<DayCounts>> {
    let Some(force) = deadlines.table.in_force(now) else { return Ok(Vec::new()) };
    let mut days = vec![force.day];
    let mut day = settings.calendar.day(from);
    while day < force.day {
        let within = |due: &Due| due.at >= from && due.at < now;
        if deadlines.table.of_day(day, now).iter().any(within) {
            days.push(day);
        }
        day = add_days(day, 1);
    }
    days.sort_unstable();
    days.into_iter().map(|day| day_counts(conn, deadlines, day, now)).collect()
}

/// The first day of which a report is expected, of every unit that reports.
pub(super) fn since_all(conn: &Connection, calendar: Calendar) -> Result<HashMap<UnitId, i32>> {
    let mut query = conn.prepare_cached(&format!("SELECT u.id, {SINCE} FROM cur_unit u WHERE u.reports"))?;
    let all = query.query_map([], |row| Ok((row.get(0)?, since(row, 1, calendar)?)))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

/// Units that owe a report, of whatever day, and those of which one is awaited; the longest overdue first.
///
/// # Errors
/// The database cannot be read.
pub fn outstanding(reader: &Reader, now: Ts) -> Result<Vec<OutstandingRow>> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let deadlines = deadlines::load(&tx, &settings)?;
    let stand = stood(reader, &tx, &settings, &deadlines, now)?;
    let mut rows = rows(&tx, &deadlines, &stand.units, &stand.owing, now)?;
    let strips = Strips::load(&tx, &deadlines, now, glance::STRIP)?;
    let since = since_all(&tx, settings.calendar)?;
    for row in &mut rows {
        row.strip = since.get(&row.id).map_or_else(Vec::new, |since| strips.of(row.id, *since));
    }
    glance::heard(&tx, settings.calendar, now, &mut rows)?;
    Ok(rows)
}

pub(super) fn outstanding_in(conn: &Connection, now: Ts) -> Result<Vec<OutstandingRow>> {
    let settings = settings_in(conn)?;
    let deadlines = deadlines::load(conn, &settings)?;
    let units = reporting(conn, &settings, &deadlines, now)?;
    let owing = owed::owing(conn, settings.calendar, &deadlines, None, now)?;
    rows(conn, &deadlines, &units, &owing, now)
}

/// The rows of those that owe a report or of which one is awaited.
fn rows(
    conn: &Connection,
    deadlines: &Deadlines,
    units: &[Reporting],
    owing: &[Owing],
    now: Ts,
) -> Result<Vec<OutstandingRow>> {
    let owing: Vec<&Owing> = owing.iter().filter(|unit| unit.foremost().is_some()).collect();
    let chases = owed::chases(conn, &owing)?;
    let promises = promises(conn)?;
    let streaks = Streaks::new(deadlines, now);
    let owing: HashMap<UnitId, &Owing> = owing.into_iter().map(|unit| (unit.unit, unit)).collect();
    let mut out = Vec::with_capacity(owing.len());
    for unit in units.iter().cloned() {
        let Some(owes) = owing.get(&unit.id) else { continue };
        let Some(first) = owes.foremost() else { continue };
        let (chases, unanswered) = chases.get(&unit.id).copied().unwrap_or_default();
        out.push(OutstandingRow {
            id: unit.id,
            code: unit.code,
            name: unit.name,
            liaison: unit.liaison,
            phone: unit.phone,
            head: unit.head,
            head_phone: unit.head_phone,
            missing: owes.owed.len() as u32,
            deadline: first.due,
            minutes_late: now.minutes_since(first.due),
            chases,
            unanswered,
            promise: promises.get(&unit.id).copied(),
            streak: if owes.owed.is_empty() { 0 } else { streaks.of(conn, unit.id)? },
            strip: Vec::new(),
            key: first.key(unit.id),
            keys: unit.keys,
            heard: UnitHeard::default(),
        });
    }
    out.sort_by_cached_key(|row| (Reverse(row.minutes_late), natural(&row.code)));
    Ok(out)
}

/// The open promise of each unit that falls due first.
pub(super) fn promises(conn: &Connection) -> Result<HashMap<UnitId, Ts>> {
    let mut query = conn.prepare_cached(
        "SELECT unit, min(due) FROM cur_promise WHERE ended IS NULL AND unit IS NOT NULL GROUP BY unit",
    )?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// What one unit owes, and what is awaited of it; none for a unit that does not report.
pub(super) fn owing_of(conn: &Connection, unit: UnitId, now: Ts) -> Result<Option<Owing>> {
    let settings = settings_in(conn)?;
    let deadlines = deadlines::load(conn, &settings)?;
    Ok(owed::owing(conn, settings.calendar, &deadlines, Some(unit), now)?.pop())
}

/// The report of a unit that a call about it chases: the oldest it owes, else the one that is awaited.
pub(in crate::store) fn missing_of(conn: &Connection, unit: UnitId, now: Ts) -> Result<Option<ReportKey>> {
    Ok(owing_of(conn, unit, now)?.and_then(|owing| Some(owing.foremost()?.key(unit))))
}

/// The reports that a unit owes at `now`, the oldest first.
pub(in crate::store) fn owed_of(conn: &Connection, unit: UnitId, now: Ts) -> Result<Vec<ReportKey>> {
    let owing = owing_of(conn, unit, now)?;
    Ok(owing.map_or_else(Vec::new, |owing| owing.owed.iter().map(|owed| owed.key(unit)).collect()))
}

/// The oldest report that a unit owes, else the one awaited, and when it was due.
pub(super) fn first_missing(conn: &Connection, unit: UnitId, now: Ts) -> Result<Option<(ReportKey, Ts)>> {
    Ok(owing_of(conn, unit, now)?.and_then(|owing| owing.foremost().map(|owed| (owed.key(unit), owed.due))))
}

/// Which reports a unit owes, the oldest first; none that is only awaited.
///
/// # Errors
/// The database cannot be read.
pub fn owed(reader: &Reader, unit: UnitId, now: Ts) -> Result<UnitOwes> {
    let tx = reader.snapshot()?;
    let reports = owed_of(&tx, unit, now)?.into_iter().map(|key| (key.day, key.round)).collect::<Vec<_>>();
    Ok(UnitOwes { unit, all: reports.len() as u32, reports })
}

/// What each unit owes that owes anything, of each the oldest.
pub(super) fn owed_by_all(owing: &[Owing]) -> Vec<UnitOwes> {
    let one = |unit: &Owing| {
        let named = unit.owed.iter().take(UnitOwes::NAMED).map(|owed: &Owed| (owed.day, owed.round.clone()));
        UnitOwes { unit: unit.unit, all: unit.owed.len() as u32, reports: named.collect() }
    };
    owing.iter().filter(|unit| !unit.owed.is_empty()).map(one).collect()
}

/// How many calls chased a report, and how many of the latest in a row were not answered.
pub(super) fn chases(conn: &Connection, unit: UnitId, day: NaiveDate, round: &Round) -> Result<(u32, u32)> {
    let mut query = conn.prepare_cached(
        "SELECT outcome FROM cur_followup WHERE chase_unit = ?1 AND chase_day = ?2 AND chase_round = ?3 \
         ORDER BY at DESC, id DESC",
    )?;
    let outcomes: Vec<Code<Outcome>> = query
        .query_map(params![unit, day_number(day), round.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    // A message is no call: nobody can fail to answer it, and nobody has.
    let calls = outcomes.iter().filter(|outcome| outcome.0 != Outcome::MessageSent);
    let unanswered = calls.take_while(|outcome| !outcome.0.reached()).count();
    Ok((outcomes.len() as u32, unanswered as u32))
}

/// Days in a row, up to the one before the day in force, on which a report of a unit was late or missing; counted
/// back to the first day of which any was expected. A day on which it need not report neither counts nor ends it.
pub(super) struct Streaks<'a> {
    deadlines: &'a Deadlines,
    now: Ts,
    /// What was due of each of the days, the latest first.
    days: Vec<(NaiveDate, Vec<Due>)>,
}

impl<'a> Streaks<'a> {
    pub(super) fn new(deadlines: &'a Deadlines, now: Ts) -> Self {
        let mut days = Vec::new();
        if let Some(force) = deadlines.table.in_force(now) {
            let from = add_days(force.day, -STREAK_DAYS).max(deadlines.table.first());
            let mut day = add_days(force.day, -1);
            while day >= from {
                days.push((day, deadlines.table.of_day(day, now)));
                day = add_days(day, -1);
            }
        }
        Self { deadlines, now, days }
    }

    /// The streak of one unit.
    pub(super) fn of(&self, conn: &Connection, unit: UnitId) -> Result<u32> {
        let (Some((to, _)), Some((from, _))) = (self.days.first(), self.days.last()) else { return Ok(0) };
        let came = Days::load(conn, *from, *to, Some(unit), self.now)?;
        let since = owed::since_of(conn, unit, self.deadlines.calendar)?;
        let mut streak = 0;
        for (_, due) in self.days.iter().take_while(|(day, _)| since <= day_number(*day)) {
            let all = due.iter().map(|due| came.status(self.deadlines, unit, due, self.now));
            match ReportStatus::of_all(all) {
                Some(ReportStatus::Late | ReportStatus::Outstanding | ReportStatus::WrittenOff) => {
                    streak += 1;
                }
                Some(ReportStatus::Excused | ReportStatus::NotExpected) | None => {}
                Some(_) => break,
            }
        }
        Ok(streak)
    }
}

/// How far back a streak is counted.
const STREAK_DAYS: i64 = 30;
