//! Slots: what is owed of everybody under a measure, and what was missed for good.

use crate::domain::case::Measured;
use crate::domain::followup::Outcome;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::office::Settings;
use crate::domain::slot::{self, Grid, MissedDays, Owed, Times};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::json;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::LazyLock;

/// The times of slots, as they stood at each moment.
pub(super) fn times_in(conn: &Connection) -> Result<Times> {
    let mut query = conn.prepare_cached("SELECT from_at, minutes FROM cur_slot_times ORDER BY from_at")?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let minutes = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        out.push((row.get(0)?, serde_json::from_str(minutes).map_err(json)?));
    }
    Ok(Times::new(out))
}

/// The codes of the outcomes by which somebody was heard, as SQL; who tells a temperature was heard whatever the outcome.
static HEARD: LazyLock<String> = LazyLock::new(|| {
    let codes = Outcome::ALL.iter().filter(|outcome| outcome.fills_slot());
    codes.map(|outcome| format!("'{}'", outcome.code())).collect::<Vec<_>>().join(", ")
});

/// Since when a case stands under a measure, and when its person was heard last since then; `c` is the case, `?1` now.
fn since_and_heard() -> String {
    format!(
        "c.measured_since, (SELECT f.at FROM cur_followup f WHERE f.person = c.person \
         AND f.at BETWEEN c.measured_since AND ?1 AND (f.outcome IN ({}) OR f.temp IS NOT NULL) ORDER BY f.at DESC LIMIT 1)",
        *HEARD
    )
}

/// Somebody under a measure, of whom something is owed.
pub(super) struct Owing {
    pub case: CaseId,
    pub person: PersonId,
    /// What is said of the case, as it is kept.
    pub facts: String,
    pub owed: Owed,
}

/// A case under a measure, its person and facts, since when, and when the person was heard last.
type Found = (CaseId, PersonId, String, Ts, Option<Ts>);

/// What is owed of everybody under a measure. Reads no names and unpacks no facts (they go along as they are stored):
/// the counters on every screen need neither.
pub(super) fn owing_in(conn: &Connection, settings: &Settings, now: Ts) -> Result<Vec<Owing>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT c.id, c.person, c.facts, {} FROM cur_case c WHERE c.measured_since IS NOT NULL",
        since_and_heard()
    ))?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
    let found: Vec<Found> = query.query_map([now], read)?.collect::<rusqlite::Result<_>>()?;
    let from = found.iter().map(|(.., since, heard)| heard.map_or(*since, |heard| heard.max(*since))).min();
    let Some(from) = from else { return Ok(Vec::new()) };
    let grid = Grid::new(&times_in(conn)?, settings.calendar, from, now);
    let owing = found.into_iter().map(|(case, person, facts, since, heard)| {
        let owed = grid.owed(since, heard);
        Owing { case, person, facts, owed }
    });
    Ok(owing.collect())
}

/// What is owed of one person.
pub(super) fn owed_of(conn: &Connection, settings: &Settings, person: PersonId, now: Ts) -> Result<Owed> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {} FROM cur_case c WHERE c.person = ?2 AND c.measured_since IS NOT NULL",
        since_and_heard()
    ))?;
    let found: Option<(Ts, Option<Ts>)> =
        query.query_row(params![now, person], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((since, heard)) = found else { return Ok(Owed::default()) };
    let from = heard.map_or(since, |heard| heard.max(since));
    Ok(Grid::new(&times_in(conn)?, settings.calendar, from, now).owed(since, heard))
}

/// Every slot of a case that was missed, however long ago: from when it stood under a measure, when the person was
/// heard, and the times of slots as they stood then. The reporting days are cut as the office cuts them now.
pub(super) fn missed_of(
    conn: &Connection,
    settings: &Settings,
    case: CaseId,
    now: Ts,
) -> Result<Vec<MissedDays>> {
    let (person, measured): (PersonId, String) = conn
        .prepare_cached("SELECT person, measured FROM cur_case WHERE id = ?1")?
        .query_row([case], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let measured: Measured = serde_json::from_str(&measured).map_err(json)?;
    let mut query = conn.prepare_cached(&format!(
        "SELECT at FROM cur_followup WHERE person = ?1 AND at <= ?2 AND (outcome IN ({}) OR temp IS NOT NULL)",
        *HEARD
    ))?;
    let heard: Vec<Ts> =
        query.query_map(params![person, now], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let times = times_in(conn)?;
    let spans = measured.0.into_iter().flat_map(|(from, to)| {
        let until = to.map_or(now, |to| to.min(now));
        slot::missed(&times, settings.calendar, from, until, &heard)
    });
    Ok(slot::by_days(spans))
}
