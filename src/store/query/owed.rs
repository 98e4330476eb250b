//! What units owe: every report whose deadline has passed and that neither came nor was ended by an act. Time alone
//! ends nothing.

use crate::domain::deadline::Deadlines;
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
pub(super) const SINCE: &str = "u.valid_from, u.added_at, \
     (SELECT min(first.day) FROM cur_report first WHERE first.unit = u.id)";

/// The number of the first day of which a unit's report is expected, from the columns of [`SINCE`], which begin at `at`:
/// since it is there, or since its first report, which may be older than what the office knows of it.
pub(super) fn since(row: &Row<'_>, at: usize, calendar: Calendar) -> rusqlite::Result<i32> {
    let day = |at: Ts| day_number(calendar.day(at));
    let valid_from: Option<i32> = row.get(at)?;
    let added: Ts = row.get(at + 1)?;
    let first: Option<i32> = row.get(at + 2)?;
    Ok(valid_from.unwrap_or_else(|| first.map_or(day(added), |first| first.min(day(added)))))
}

/// The number of the first day of which a unit's report is expected.
pub(in crate::store) fn since_of(conn: &Connection, unit: UnitId, calendar: Calendar) -> Result<i32> {
    Ok(conn
        .prepare_cached(&format!("SELECT {SINCE} FROM cur_unit u WHERE u.id = ?1"))?
        .query_row([unit], |row| since(row, 0, calendar))?)
}

/// What is expected of units since the first day, and where each day's begins.
struct Wanted {
    all: Vec<Due>,
    starts: Vec<usize>,
    first: i32,
    /// The days before today on end of which a round was expected: the round, the first of them and the last.
    runs: Vec<(Round, i32, i32)>,
    /// The first day that is in none of them.
    today: i32,
}

impl Wanted {
    fn new(all: Vec<Due>, today: NaiveDate) -> Self {
        let first = all.first().map_or(0, |due| day_number(due.day));
        let mut starts: Vec<usize> = Vec::new();
        for (place, due) in all.iter().enumerate() {
            starts.resize(((day_number(due.day) - first) as usize + 1).max(starts.len()), place);
        }
        starts.push(all.len());
        let today = day_number(today);
        let mut runs: Vec<(Round, i32, i32)> = Vec::new();
        for due in &all {
            let day = day_number(due.day);
            if day >= today {
                break;
            }
            match runs.iter_mut().find(|(round, _, last)| *round == due.round && *last == day - 1) {
                Some((_, _, last)) => *last = day,
                None => runs.push((due.round.clone(), day, day)),
            }
        }
        Self { all, starts, first, runs, today }
    }

    /// Where the reports of a day and those after it begin.
    fn from(&self, day: i32) -> usize {
        let offset = (day - self.first).max(0) as usize;
        self.starts.get(offset).copied().unwrap_or(self.all.len())
    }

    /// The place of a report, if it was expected.
    fn place(&self, day: i32, round: &str) -> Option<usize> {
        (self.from(day)..self.from(day + 1)).find(|place| self.all[*place].round.0 == round)
    }
}

/// Which of the reports that are wanted of a unit since a day came or were ended, by their places.
fn settled(conn: &Connection, wanted: &Wanted, unit: UnitId, since: i32) -> Result<Vec<bool>> {
    let mut out = vec![false; wanted.all.len()];
    let mut count = conn.prepare_cached(
        "SELECT (SELECT count(*) FROM cur_report WHERE unit = ?1 AND day BETWEEN ?3 AND ?4 AND round = ?2) \
         + (SELECT count(*) FROM cur_excused x WHERE x.unit = ?1 AND x.day BETWEEN ?3 AND ?4 AND x.round = ?2 \
            AND NOT EXISTS (SELECT 1 FROM cur_report r WHERE r.unit = ?1 AND r.day = x.day AND r.round = ?2))",
    )?;
    let mut rest = wanted.today;
    for (round, first, last) in &wanted.runs {
        let first = (*first).max(since);
        if first > *last {
            continue;
        }
        // Every day of a run is wanted, and a report is there once: where nothing is missing, the many rows of the past
        // are counted and not read.
        let there: i32 = count.query_row(params![unit, round.0, first, last], |row| row.get(0))?;
        if there == last - first + 1 {
            let places = first..=*last;
            places.filter_map(|day| wanted.place(day, &round.0)).for_each(|place| out[place] = true);
        } else {
            rest = rest.min(first);
        }
    }
    for table in ["cur_report", "cur_excused"] {
        let mut query =
            conn.prepare_cached(&format!("SELECT day, round FROM {table} WHERE unit = ?1 AND day >= ?2"))?;
        let mut rows = query.query(params![unit, rest])?;
        while let Some(row) = rows.next()? {
            let round = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            if let Some(place) = wanted.place(row.get(0)?, round) {
                out[place] = true;
            }
        }
    }
    Ok(out)
}

/// What the units that report owe at `now`, or one of them; also those that owe nothing.
pub(in crate::store) fn owing(
    conn: &Connection,
    calendar: Calendar,
    deadlines: &Deadlines,
    only: Option<UnitId>,
    now: Ts,
) -> Result<Vec<Owing>> {
    let wanted = Wanted::new(deadlines.table.all(now), calendar.day(now));
    let one = if only.is_some() { "AND u.id = ?1" } else { "AND ?1 IS NULL" };
    let mut query =
        conn.prepare_cached(&format!("SELECT u.id, {SINCE} FROM cur_unit u WHERE u.reports {one}"))?;
    let units = query
        .query_map([only], |row| Ok((row.get(0)?, since(row, 1, calendar)?)))?
        .collect::<rusqlite::Result<Vec<(UnitId, i32)>>>()?;
    let mut out = Vec::with_capacity(units.len());
    for (unit, since) in units {
        let (from, settled) = (wanted.from(since), settled(conn, &wanted, unit, since)?);
        let mut owing = Owing { unit, owed: Vec::new(), awaited: None };
        for (due, _) in wanted.all.iter().zip(settled).skip(from).filter(|(_, settled)| !settled) {
            let at = deadlines.due_of(unit, due, now);
            if deadlines.is_paused(unit, due.day, at) {
                continue;
            }
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
pub(super) fn chases(conn: &Connection, owing: &[&Owing]) -> Result<HashMap<UnitId, (u32, u32)>> {
    let oldest = owing.iter().filter_map(|unit| Some(unit.foremost()?.day)).min();
    let Some(oldest) = oldest else { return Ok(HashMap::new()) };
    let wanted: HashMap<UnitId, &Owing> = owing.iter().map(|unit| (unit.unit, *unit)).collect();
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
            // A message is no call: nobody can fail to answer it, and nobody has.
            count.1 += u32::from(!*known && outcome.0 != Outcome::MessageSent);
        }
    }
    Ok(out)
}
