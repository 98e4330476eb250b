//! Reads every deadline that ever was in force.

use crate::domain::deadline::Deadlines;
use crate::domain::ids::UnitId;
use crate::domain::office::Settings;
use crate::domain::report::Round;
use crate::domain::time::Ts;
use crate::domain::timetable::{Set, Timetable};
use crate::error::Result;
use crate::store::sql::day as day_of;
use rusqlite::Connection;
use std::collections::HashMap;
use uuid::Uuid;

/// Every deadline that ever was in force.
pub(in crate::store) fn load(conn: &Connection, settings: &Settings) -> Result<Deadlines> {
    let mut query = conn.prepare_cached(
        "SELECT unit, round, from_at, minute FROM cur_deadline ORDER BY unit, round, from_at",
    )?;
    let mut units: HashMap<UnitId, Vec<Set>> = HashMap::new();
    let mut rounds: Vec<(Round, Vec<Set>)> = Vec::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let unit: Uuid = row.get(0)?;
        let set = (row.get(2)?, row.get(3)?);
        if !unit.is_nil() {
            units.entry(UnitId(unit)).or_default().push(set);
            continue;
        }
        let round: String = row.get(1)?;
        match rounds.last_mut() {
            Some((last, sets)) if last.0 == round => sets.push(set),
            _ => rounds.push((Round(round), vec![set])),
        }
    }
    let first: Option<i32> =
        conn.prepare_cached("SELECT min(day) FROM cur_report")?.query_row([], |row| row.get(0))?;
    let table = Timetable::new(settings.calendar, rounds, first.map(day_of));
    let mut pauses: HashMap<UnitId, Vec<(Ts, Ts)>> = HashMap::new();
    let mut query = conn.prepare_cached("SELECT unit, from_at, to_at FROM cur_pause")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        pauses.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
    }
    Ok(Deadlines::new(settings.calendar, table, units, pauses))
}
