//! What units owe: every report whose deadline has passed and that neither came nor was ended by an act. Time alone
//! ends nothing.

use super::deadlines::Deadlines;
use crate::domain::followup::Outcome;
use crate::domain::ids::UnitId;
use crate::domain::report::{ReportKey, Round};
use crate::domain::time::{Calendar, Ts, day_number};
use crate::domain::timetable::Due;
use crate::error::Result;
use crate::store::sql::{Code, day as day_of};
use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};
use std::collections::HashMap;

/// A report that was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Owed {
    /// Of which day.
    pub day: NaiveDate,
    /// Of which round.
    pub round: Round,
    /// When it was due of this unit.
    pub due: Ts,
}

impl Owed {
    /// As a key.
    pub fn key(&self, unit: UnitId) -> ReportKey {
        ReportKey { unit, day: self.day, round: self.round.clone() }
    }
}

/// What one unit owes, and what is awaited of it.
#[derive(Debug, Clone)]
pub(in crate::store) struct Owing {
    /// Which.
    pub unit: UnitId,
    /// Past their deadline, the oldest first.
    pub owed: Vec<Owed>,
    /// The one whose deadline comes next.
    pub awaited: Option<Owed>,
}

impl Owing {
    /// What a call to the unit is about: the oldest it owes, else what is awaited.
    pub fn foremost(&self) -> Option<&Owed> {
        self.owed.first().or(self.awaited.as_ref())
    }
}

/// The columns from which it follows since when a unit is expected to report; `u` is the unit.
pub(super) const SINCE: &str = "u.valid_from, u.added_at, u.resumed_at, \
     (SELECT min(first.day) FROM cur_report first WHERE first.unit = u.id)";

/// The number of the first day of which a unit's report is expected, from the columns of [`SINCE`], which begin at `at`:
/// since it is there (or since its first report, which may be older than what the office knows of it), and since it
/// reports again.
pub(super) fn since(row: &Row<'_>, at: usize, calendar: Calendar) -> rusqlite::Result<i32> {
    let day = |at: Ts| day_number(calendar.day(at));
    let valid_from: Option<i32> = row.get(at)?;
    let (added, resumed): (Ts, Option<Ts>) = (row.get(at + 1)?, row.get(at + 2)?);
    let first: Option<i32> = row.get(at + 3)?;
    let there = valid_from.unwrap_or_else(|| first.map_or(day(added), |first| first.min(day(added))));
    Ok(resumed.map_or(there, |at| there.max(day(at))))
}

/// The number of the first day of which a unit's report is expected.
pub(in crate::store) fn since_of(conn: &Connection, unit: UnitId, calendar: Calendar) -> Result<i32> {
    Ok(conn
        .prepare_cached(&format!("SELECT {SINCE} FROM cur_unit u WHERE u.id = ?1"))?
        .query_row([unit], |row| since(row, 0, calendar))?)
}

/// What is expected of units, and what of it is settled.
struct Book<'a> {
    wanted: &'a [Due],
    /// Where each day's begin in `wanted`.
    starts: Vec<usize>,
    first: i32,
    units: Vec<(UnitId, i32, Vec<bool>)>,
    places: HashMap<UnitId, usize>,
}

impl<'a> Book<'a> {
    fn open(conn: &Connection, calendar: Calendar, wanted: &'a [Due], only: Option<UnitId>) -> Result<Self> {
        let first = wanted.first().map_or(0, |due| day_number(due.day));
        let mut starts: Vec<usize> = Vec::new();
        for (place, due) in wanted.iter().enumerate() {
            starts.resize(((day_number(due.day) - first) as usize + 1).max(starts.len()), place);
        }
        starts.push(wanted.len());
        let one = if only.is_some() { "AND u.id = ?1" } else { "AND ?1 IS NULL" };
        let mut query =
            conn.prepare_cached(&format!("SELECT u.id, {SINCE} FROM cur_unit u WHERE u.reports {one}"))?;
        let units = query
            .query_map([only], |row| Ok((row.get(0)?, since(row, 1, calendar)?, vec![false; wanted.len()])))?
            .collect::<rusqlite::Result<Vec<(UnitId, i32, Vec<bool>)>>>()?;
        let places = units.iter().enumerate().map(|(place, (unit, ..))| (*unit, place)).collect();
        Ok(Self { wanted, starts, first, units, places })
    }

    /// Notes what a table of reports settles. The rows are read from the index of the keys, unit by unit.
    fn settle(&mut self, conn: &Connection, table: &str, only: Option<UnitId>) -> Result<()> {
        let one = if only.is_some() { "unit = ?1 AND day >= ?2" } else { "?1 IS NULL AND +day >= ?2" };
        let mut query = conn.prepare_cached(&format!(
            "SELECT unit, day, round FROM {table} WHERE {one} ORDER BY unit, day, round"
        ))?;
        let mut rows = query.query(params![only, self.first])?;
        let mut at: Option<(UnitId, Option<usize>)> = None;
        while let Some(row) = rows.next()? {
            let unit: UnitId = row.get(0)?;
            let place = match at {
                Some((known, place)) if known == unit => place,
                _ => self.places.get(&unit).copied(),
            };
            at = Some((unit, place));
            let Some(place) = place else { continue };
            let offset = (row.get::<_, i32>(1)? - self.first) as usize;
            let (Some(from), Some(to)) = (self.starts.get(offset), self.starts.get(offset + 1)) else {
                continue;
            };
            let round = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            if let Some(found) = (*from..*to).find(|found| self.wanted[*found].round.0 == round) {
                self.units[place].2[found] = true;
            }
        }
        Ok(())
    }
}

/// What the units that report owe at `now`, or one of them; also those that owe nothing.
pub(in crate::store) fn owing(
    conn: &Connection,
    calendar: Calendar,
    deadlines: &Deadlines,
    only: Option<UnitId>,
    now: Ts,
) -> Result<Vec<Owing>> {
    let wanted = deadlines.table.all(now);
    let mut book = Book::open(conn, calendar, &wanted, only)?;
    for table in ["cur_report", "cur_excused"] {
        book.settle(conn, table, only)?;
    }
    let mut out = Vec::with_capacity(book.units.len());
    for (unit, since, settled) in &book.units {
        let mut owing = Owing { unit: *unit, owed: Vec::new(), awaited: None };
        let from = (since - book.first).max(0) as usize;
        let from = book.starts.get(from).copied().unwrap_or(wanted.len());
        for (due, _) in wanted[from..].iter().zip(&settled[from..]).filter(|(_, settled)| !**settled) {
            let at = deadlines.due_of(*unit, due, now);
            let owed = Owed { day: due.day, round: due.round.clone(), due: at };
            if at < now {
                owing.owed.push(owed);
            } else if owing.awaited.is_none() {
                owing.awaited = Some(owed);
            }
        }
        out.push(owing);
    }
    Ok(out)
}

/// How many calls chased what each unit owes (or what is awaited of it), and how many of the latest in a row were not
/// answered.
pub(super) fn chases(conn: &Connection, owing: &[Owing]) -> Result<HashMap<UnitId, (u32, u32)>> {
    let oldest = owing.iter().filter_map(|unit| Some(unit.foremost()?.day)).min();
    let Some(oldest) = oldest else { return Ok(HashMap::new()) };
    let wanted: HashMap<UnitId, &Owing> = owing.iter().map(|unit| (unit.unit, unit)).collect();
    let mut query = conn.prepare_cached(
        "SELECT chase_unit, chase_day, chase_round, outcome FROM cur_followup \
         WHERE chase_unit IS NOT NULL AND chase_day >= ?1 ORDER BY at DESC, id DESC",
    )?;
    let mut out: HashMap<UnitId, (u32, u32)> = HashMap::new();
    let mut answered: HashMap<UnitId, bool> = HashMap::new();
    let mut rows = query.query([day_number(oldest)])?;
    while let Some(row) = rows.next()? {
        let unit: UnitId = row.get(0)?;
        let Some(owing) = wanted.get(&unit) else { continue };
        let (day, round) = (day_of(row.get(1)?), row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?);
        let about = |owed: &Owed| owed.day == day && owed.round.0 == round;
        let is_about = if owing.owed.is_empty() {
            owing.awaited.as_ref().is_some_and(about)
        } else {
            owing.owed.iter().any(about)
        };
        if is_about {
            let outcome: Code<Outcome> = row.get(3)?;
            let known = answered.entry(unit).or_default();
            *known |= outcome.0.reached();
            let count = out.entry(unit).or_default();
            count.0 += 1;
            count.1 += u32::from(!*known);
        }
    }
    Ok(out)
}
