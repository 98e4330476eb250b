//! What is said to units that have not reported: who owes which report, who is usually late; and what else one unit is
//! asked.

use super::deadlines;
use super::face::face_in;
use super::glance::Strips;
use super::owed::Owed;
use super::rows::{Chased, Chasing, Refused, UnitMatters, Wanted};
use super::settings_in;
use super::units::{self, Reporting};
use crate::domain::chase::{behind, is_usually_late};
use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::Round;
use crate::domain::rules::Rules;
use crate::domain::time::{Ts, add_days, day_number};
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::day as day_of;
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// Of how many days, today's among them, rows are named to a unit that were not taken in.
const REFUSED_DAYS: i64 = 7;

/// What a message to all of them is made from.
///
/// # Errors
/// The database cannot be read.
pub fn chasing(reader: &Reader, now: Ts) -> Result<Chasing> {
    chasing_in(reader, &*reader.snapshot()?, now)
}

fn chasing_in(reader: &Reader, conn: &Connection, now: Ts) -> Result<Chasing> {
    let settings = settings_in(conn)?;
    let deadlines = deadlines::load(conn, &settings)?;
    let stand = units::stood(reader, conn, &settings, &deadlines, now)?;
    let (force, running) = units::figures(&stand.units, &deadlines, now);
    let rule = Rules::builtin().usually_late(settings.calendar.day(now));
    // The days before today, and today's.
    let strips = Strips::load(conn, &deadlines, now, rule.map_or(1, |rule| rule.days as usize + 1))?;
    let since = units::since_all(conn, settings.calendar)?;
    let promises = promises(conn, now)?;
    let owing = stand.owing.iter().filter(|owing| owing.foremost().is_some());
    let owing: HashMap<UnitId, _> = owing.map(|owing| (owing.unit, owing)).collect();
    let one = |unit: &Reporting| {
        let owing = owing.get(&unit.id)?;
        let mut days = since.get(&unit.id).map_or_else(Vec::new, |since| strips.of(unit.id, *since));
        days.pop();
        Some(Chased {
            id: unit.id,
            code: unit.code.clone(),
            name: unit.name.clone(),
            short: short(&unit.short, &unit.name),
            liaison: unit.liaison.clone(),
            owed: owing.owed.iter().map(wanted).collect(),
            awaited: owing.awaited.as_ref().map(wanted),
            behind: behind(&days),
            usually_late: rule.is_some_and(|rule| is_usually_late(&days, rule)),
            promise: promises.get(&unit.id).copied(),
        })
    };
    let units = stand.units.iter().filter_map(one).collect();
    let face = face_in(conn, now)?;
    Ok(Chasing {
        office: settings.office.clone(),
        rehearsal: settings.rehearsal,
        officer: face.officer,
        phone: settings.phone.trim().to_owned(),
        send_by: settings.send_by.trim().to_owned(),
        calendar: settings.calendar,
        at: now,
        rounds: round_names(&settings),
        force,
        running,
        units,
    })
}

/// Of each unit the promise that falls due next, of those made when a report of its was chased: what else it has promised is
/// not for the group, and of one whose hour is over there is nothing to wait for.
fn promises(conn: &Connection, now: Ts) -> Result<HashMap<UnitId, Ts>> {
    let mut query = conn.prepare_cached(
        "SELECT f.chase_unit, min(m.due) FROM cur_promise m CROSS JOIN cur_followup f ON f.id = m.followup \
         WHERE m.ended IS NULL AND m.due > ?1 AND f.chase_unit IS NOT NULL GROUP BY f.chase_unit",
    )?;
    Ok(query.query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// The office's rounds by name; none when it has but one, which needs none.
pub(super) fn round_names(settings: &Settings) -> Vec<(Round, String)> {
    let rounds = settings.rounds.iter().filter(|_| settings.rounds.len() > 1).map(|known| {
        let name = if known.name.is_empty() { known.round.to_string() } else { known.name.clone() };
        (known.round.clone(), name)
    });
    rounds.collect()
}

fn short(short: &str, name: &str) -> String {
    if short.is_empty() { name } else { short }.to_owned()
}

fn wanted(owed: &Owed) -> Wanted {
    Wanted { day: owed.day, round: owed.round.clone(), due: owed.due }
}

/// What the message to one unit is made from; none where there is no such unit.
///
/// # Errors
/// The database cannot be read.
pub fn unit_matters(reader: &Reader, id: UnitId, now: Ts) -> Result<Option<UnitMatters>> {
    let tx = reader.snapshot()?;
    let mut chasing = chasing_in(reader, &tx, now)?;
    chasing.units.retain(|unit| unit.id == id);
    let Some(unit) = super::dossier::unit_of(&tx, id)? else { return Ok(None) };
    let today = chasing.calendar.day(now);
    let refused = refused(&tx, Some(id), add_days(today, 1 - REFUSED_DAYS), today)?;
    Ok(Some(UnitMatters {
        id,
        short: short(unit.facts.short.as_deref().unwrap_or_default(), &unit.name),
        code: unit.code,
        name: unit.name,
        liaison: unit.facts.liaison.unwrap_or_default(),
        refused: refused.into_iter().map(|(_, refused)| refused).collect(),
        doubts: super::doubts::in_writing(super::doubts::of_unit(reader, &tx, id)?),
        chasing,
    }))
}

/// Rows that were not taken in of the sheets that are in force on these days, of one unit or of all, the oldest first. Of a
/// sheet of several units nobody knows whose they were, also once the others sent theirs again or were left out of it.
pub(super) fn refused(
    conn: &Connection,
    only: Option<UnitId>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(UnitId, Refused)>> {
    let one = if only.is_some() { "q.unit = ?3" } else { "?3 IS NULL" };
    let mut query = conn.prepare_cached(&format!(
        "SELECT q.unit, q.day, q.round, b.body ->> '$.rejected' FROM cur_report q \
         CROSS JOIN log_event e INDEXED BY log_event_sheet ON e.desk = q.desk AND e.seq = q.seq AND e.kind = 'sheet.imported' \
         CROSS JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE q.day BETWEEN ?1 AND ?2 AND {one} AND q.form = 'rows' AND b.body ->> '$.rejected' > 0 \
           AND coalesce(b.body ->> '$.left_out', 0) = 0 AND (SELECT count(*) FROM log_event r WHERE r.desk = q.desk \
             AND r.seq = q.seq AND r.kind = 'report.received') = 1 ORDER BY q.day, q.round"
    ))?;
    let rows = query.query_map(params![day_number(from), day_number(to), only], |row| {
        let refused = Refused { day: day_of(row.get(1)?), round: Round(row.get(2)?), rows: row.get(3)? };
        Ok((row.get(0)?, refused))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
