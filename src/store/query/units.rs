//! Units and those that have not reported.

use super::deadlines::{Deadlines, collected, in_play};
use super::rows::{OutstandingRow, UnitRow};
use super::settings_in;
use crate::domain::followup::Outcome;
use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::{ReportForm, ReportKey, ReportStatus, Round};
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::{Code, day as day_of};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// Every unit, in the order of the tree: each below the one above it, by code.
///
/// # Errors
/// The database cannot be read.
pub fn units(reader: &Reader, now: Ts) -> Result<Vec<UnitRow>> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let deadlines = Deadlines::load(&tx, &settings)?;
    let people = counts(&tx, "SELECT unit, count(*) FROM cur_person WHERE unit IS NOT NULL GROUP BY unit")?;
    let cases = counts(
        &tx,
        "SELECT p.unit, count(*) FROM cur_case c JOIN cur_person p ON p.id = c.person \
         WHERE c.released_at IS NULL AND p.unit IS NOT NULL GROUP BY p.unit",
    )?;
    let found = reporting(&tx, &settings, &deadlines, now)?;
    let names: HashMap<UnitId, String> = found.iter().map(|unit| (unit.id, unit.name.clone())).collect();
    let mut children: HashMap<Option<UnitId>, Vec<Reporting>> = HashMap::new();
    for unit in found {
        let parent = unit.parent.filter(|parent| names.contains_key(parent));
        children.entry(parent).or_default().push(unit);
    }
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
            short: if unit.short.is_empty() { unit.name.clone() } else { unit.short },
            code: unit.code,
            name: unit.name,
            liaison: unit.liaison,
            phone: unit.phone,
            status: unit.status,
            received_at: unit.received_at,
            keys: unit.keys,
        });
    }
    Ok(out)
}

fn counts(conn: &Connection, sql: &str) -> Result<HashMap<UnitId, u32>> {
    let mut query = conn.prepare_cached(sql)?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// A unit with where its report of the round in play stands.
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
    /// The number of the day from which it is expected to report; 0 for always.
    pub valid_from: i32,
    pub status: ReportStatus,
    pub received_at: Option<Ts>,
}

/// Every unit, by code.
pub(super) fn reporting(
    conn: &Connection,
    settings: &Settings,
    deadlines: &Deadlines,
    now: Ts,
) -> Result<Vec<Reporting>> {
    let (day, round) = match in_play(settings, now) {
        Some((day, round, _)) => (day, round),
        None => (settings.calendar.day(now), Round::default()),
    };
    let mut query = conn.prepare_cached(
        "SELECT u.id, u.code, u.name, coalesce(u.short, ''), u.parent, coalesce(u.liaison, ''), \
         coalesce(u.liaison_phone, ''), coalesce(u.head, ''), coalesce(u.head_phone, ''), u.keys, \
         u.reports AND coalesce(u.valid_from, 0) <= ?1, r.first_at, r.form, coalesce(u.valid_from, 0) \
         FROM cur_unit u LEFT JOIN cur_report r ON r.unit = u.id AND r.day = ?1 AND r.round = ?2 ORDER BY u.code",
    )?;
    let rows = query.query_map(params![day_number(day), round.0], |row| {
        let id = row.get(0)?;
        let received_at: Option<Ts> = row.get(11)?;
        let form: Option<Code<ReportForm>> = row.get(12)?;
        let status = if row.get(10)? {
            deadlines.status(id, day, &round, received_at.zip(form.map(|f| f.0)), now)
        } else {
            ReportStatus::NotExpected
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
            valid_from: row.get(13)?,
            status,
            received_at,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Units that owe a report: one due within the last 24 hours, or that of the round in play; the longest overdue
/// first.
///
/// # Errors
/// The database cannot be read.
pub fn outstanding(reader: &Reader, now: Ts) -> Result<Vec<OutstandingRow>> {
    let tx = reader.snapshot()?;
    outstanding_in(&tx, now)
}

pub(super) fn outstanding_in(conn: &Connection, now: Ts) -> Result<Vec<OutstandingRow>> {
    let settings = settings_in(conn)?;
    let deadlines = Deadlines::load(conn, &settings)?;
    let wanted = collected(&settings, now);
    let begin = first_day(conn)?;
    let mut out = Vec::new();
    for unit in reporting(conn, &settings, &deadlines, now)? {
        if unit.status == ReportStatus::NotExpected {
            continue;
        }
        let missing = missing(conn, &deadlines, (unit.id, unit.valid_from), &wanted, begin, now)?;
        let Some((key, deadline)) = missing.first().cloned() else { continue };
        let (chases, unanswered) = chases(conn, unit.id, key.day, &key.round)?;
        let promise = conn
            .prepare_cached("SELECT min(due) FROM cur_promise WHERE unit = ?1 AND ended IS NULL")?
            .query_row([unit.id], |row| row.get(0))?;
        out.push(OutstandingRow {
            id: unit.id,
            code: unit.code,
            name: unit.name,
            liaison: unit.liaison,
            phone: unit.phone,
            head: unit.head,
            head_phone: unit.head_phone,
            missing: missing.iter().filter(|(_, due)| *due < now).count() as u32,
            deadline,
            minutes_late: now.minutes_since(deadline),
            chases,
            unanswered,
            promise,
            streak: streak(
                conn,
                &deadlines,
                unit.id,
                key.day,
                &key.round,
                begin.map(|b| b.max(unit.valid_from)),
            )?,
            key,
            keys: unit.keys,
        });
    }
    out.sort_by(|a, b| b.minutes_late.cmp(&a.minutes_late).then_with(|| a.code.cmp(&b.code)));
    Ok(out)
}

/// The reports that a unit has not sent, the oldest first, with when each was due. Nothing is missing from before
/// the unit was expected to report, nor from before the office received its first.
fn missing(
    conn: &Connection,
    deadlines: &Deadlines,
    (unit, valid_from): (UnitId, i32),
    wanted: &[(NaiveDate, Round, Ts)],
    begin: Option<i32>,
    now: Ts,
) -> Result<Vec<(ReportKey, Ts)>> {
    let mut received =
        conn.prepare_cached("SELECT 1 FROM cur_report WHERE unit = ?1 AND day = ?2 AND round = ?3")?;
    let mut out = Vec::new();
    for (day, round, general) in wanted {
        let number = day_number(*day);
        let is_past = day_number(wanted[wanted.len() - 1].0) > number;
        if number < valid_from || (is_past && begin.is_none_or(|begin| number < begin)) {
            continue;
        }
        if !received.exists(params![unit, number, round.0])? {
            let due = deadlines.due(unit, *day, round, now).unwrap_or(*general);
            out.push((ReportKey { unit, day: *day, round: round.clone() }, due));
        }
    }
    Ok(out)
}

/// The first day on which the office received any report.
pub(super) fn first_day(conn: &Connection) -> Result<Option<i32>> {
    Ok(conn.prepare_cached("SELECT min(day) FROM cur_report")?.query_row([], |row| row.get(0))?)
}

/// The report of a unit that a call about it chases: the oldest missing, if any is.
pub(in crate::store) fn missing_of(conn: &Connection, unit: UnitId, now: Ts) -> Result<Option<ReportKey>> {
    Ok(first_missing(conn, unit, now)?.map(|(key, _)| key))
}

/// The oldest report that a unit has not sent, and when it was due.
pub(super) fn first_missing(conn: &Connection, unit: UnitId, now: Ts) -> Result<Option<(ReportKey, Ts)>> {
    let settings = settings_in(conn)?;
    let deadlines = Deadlines::load(conn, &settings)?;
    let reports: Option<(bool, i32)> = conn
        .prepare_cached("SELECT reports, coalesce(valid_from, 0) FROM cur_unit WHERE id = ?1")?
        .query_row([unit], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((true, valid_from)) = reports else { return Ok(None) };
    let wanted = collected(&settings, now);
    let missing = missing(conn, &deadlines, (unit, valid_from), &wanted, first_day(conn)?, now)?;
    Ok(missing.into_iter().next())
}

/// The report that a unit owes: what `r` marks when nothing else is said.
///
/// # Errors
/// The database cannot be read.
pub fn owed(reader: &Reader, unit: UnitId, now: Ts) -> Result<Option<ReportKey>> {
    missing_of(&reader.conn, unit, now)
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
    let unanswered = outcomes.iter().take_while(|outcome| !outcome.0.reached()).count();
    Ok((outcomes.len() as u32, unanswered as u32))
}

/// Days in a row, up to the day before, on which the unit's report of this round was late or missing; counted
/// back to the first day on which the office received any.
fn streak(
    conn: &Connection,
    deadlines: &Deadlines,
    unit: UnitId,
    today: NaiveDate,
    round: &Round,
    begin: Option<i32>,
) -> Result<u32> {
    let Some(begin) = begin else { return Ok(0) };
    let mut query = conn.prepare_cached(
        "SELECT day, first_at, form FROM cur_report WHERE unit = ?1 AND day < ?2 AND day > ?2 - 31 AND round = ?3",
    )?;
    let received: HashMap<i32, (Ts, ReportForm)> = query
        .query_map(params![unit, day_number(today), round.0], |row| {
            let form: Code<ReportForm> = row.get(2)?;
            Ok((row.get(0)?, (row.get(1)?, form.0)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut streak = 0;
    for number in (begin.max(day_number(today) - 30)..day_number(today)).rev() {
        let got = received.get(&number).copied();
        let judged_at = got.map_or(Ts(i64::MAX), |(at, _)| at);
        match deadlines.status(unit, day_of(number), round, got, judged_at) {
            ReportStatus::Late | ReportStatus::Outstanding => streak += 1,
            _ => break,
        }
    }
    Ok(streak)
}
