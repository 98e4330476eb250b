//! Attention cases.

use super::glance;
use super::rows::{CaseDetail, CaseRow, Lately};
use super::settings_in;
use crate::domain::case::{Against, CaseFacts, CaseState, Category, Measure, Observation};
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::{Reader, json};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

/// Every open case: who has a fever first, who is unwell, then 确诊, then 疑似, then those due for release, then by the day they are in, the latest first.
///
/// # Errors
/// The database cannot be read.
pub fn cases(reader: &Reader, now: Ts) -> Result<Vec<CaseRow>> {
    let tx = reader.snapshot()?;
    let mut cases = cases_in(&tx, now, "c.released_at IS NULL")?;
    glance::lately(&tx, settings_in(&tx)?.calendar, now, &mut cases)?;
    Ok(cases)
}

/// Cases that fit `condition` (over `cur_case c`).
pub(super) fn cases_in(conn: &Connection, now: Ts, condition: &str) -> Result<Vec<CaseRow>> {
    cases_where(conn, now, condition, [])
}

/// The open cases among the people of a unit.
pub(super) fn cases_of_unit(conn: &Connection, unit: UnitId, now: Ts) -> Result<Vec<CaseRow>> {
    cases_where(conn, now, "c.released_at IS NULL AND p.unit = ?1", [unit])
}

fn cases_where(
    conn: &Connection,
    now: Ts,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<CaseRow>> {
    let today = settings_in(conn)?.calendar.day(now);
    let mut query = conn.prepare_cached(&format!(
        "SELECT c.id, c.person, p.no, p.name, coalesce(u.name, ''), c.facts, c.opened_at, c.released_at, \
         (SELECT max(at) FROM cur_followup f WHERE f.person = c.person), p.keys \
         FROM cur_case c JOIN cur_person p ON p.id = c.person LEFT JOIN cur_unit u ON u.id = p.unit WHERE {condition}"
    ))?;
    let mut rows = query.query(values)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let facts: CaseFacts =
            serde_json::from_str(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?).map_err(json)?;
        let released: Option<Ts> = row.get(7)?;
        let observation = facts.observation(today);
        out.push(CaseRow {
            id: row.get(0)?,
            person: row.get(1)?,
            no: row.get(2)?,
            name: row.get(3)?,
            unit: row.get(4)?,
            measure: facts.measure.unwrap_or(Measure::None),
            categories: facts.categories.unwrap_or_default(),
            state: state(observation, released.is_some()),
            observation,
            opened_at: row.get(6)?,
            last_contact: row.get(8)?,
            keys: row.get(9)?,
            lately: Lately::default(),
        });
    }
    out.sort_by_key(|case| {
        (
            Category::rank(&case.categories),
            case.state != CaseState::DueForRelease,
            std::cmp::Reverse(case.observation.map(|o| o.day)),
            case.no.clone(),
        )
    });
    Ok(out)
}

/// Where a case stands.
pub(super) fn state(observation: Option<Observation>, released: bool) -> CaseState {
    match observation {
        _ if released => CaseState::Released,
        Some(observation) if observation.is_over() => CaseState::DueForRelease,
        Some(_) => CaseState::Observing,
        None => CaseState::Following,
    }
}

/// Every case of a person, the newest first.
pub(super) fn cases_of(conn: &Connection, person: PersonId, today: NaiveDate) -> Result<Vec<CaseDetail>> {
    let mut query = conn.prepare_cached(
        "SELECT c.id, c.facts, c.opened_at, c.released_at, coalesce(o.name, ''), coalesce(c.release_reason, ''), \
         c.despite FROM cur_case c LEFT JOIN cur_officer o ON o.id = c.released_by WHERE c.person = ?1 \
         ORDER BY c.opened_at DESC, c.id DESC",
    )?;
    let mut rows = query.query([person])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let facts: CaseFacts =
            serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?).map_err(json)?;
        let released_at: Option<Ts> = row.get(3)?;
        let observation = facts.observation(today);
        let released = match released_at {
            Some(at) => Some((at, row.get(4)?, row.get(5)?)),
            None => None,
        };
        out.push(CaseDetail {
            id: row.get(0)?,
            state: state(observation, released.is_some()),
            observation,
            facts,
            opened_at: row.get(2)?,
            released,
            despite: despite(&row.get::<_, String>(6)?),
            missed: Vec::new(),
        });
    }
    Ok(out)
}

/// What stood against a release, from its column.
fn despite(codes: &str) -> Vec<Against> {
    codes.split_whitespace().filter_map(Against::from_code).collect()
}

/// What is said of a case as it now stands.
///
/// # Errors
/// The database cannot be read.
pub fn case_facts(reader: &Reader, case: CaseId) -> Result<Option<CaseFacts>> {
    let facts: Option<String> = reader
        .conn
        .prepare_cached("SELECT facts FROM cur_case WHERE id = ?1")?
        .query_row([case], |row| row.get(0))
        .optional()?;
    facts.map(|facts| serde_json::from_str(&facts).map_err(json)).transpose()
}

/// The open case of a person.
///
/// # Errors
/// The database cannot be read.
pub fn case_of(reader: &Reader, person: PersonId) -> Result<Option<CaseId>> {
    Ok(reader
        .conn
        .prepare_cached("SELECT id FROM cur_case WHERE person = ?1 AND released_at IS NULL")?
        .query_row([person], |row| row.get(0))
        .optional()?)
}
