//! What must be looked at before a case is released: what is said of it, where its days stand, and what stands against
//! it.

use super::rows::ReleaseRow;
use super::{card, cases, settings_in};
use crate::domain::ask::Doubt;
use crate::domain::case::RecentFever;
use crate::domain::case::{Against, CaseFacts, CaseState};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::office::Settings;
use crate::domain::rules::Rules;
use crate::domain::time::{Calendar, Ts, add_days, day_number};
use crate::error::Result;
use crate::store::corrected::{At, Corrected};
use crate::store::sql::{Known, day};
use crate::store::{Reader, json};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

/// How many days back a fever stands against a release: today and the two days before.
const FEVER_DAYS: i32 = 3;

/// What stands against a release.
pub(in crate::store) struct Stands {
    /// In codes.
    pub(in crate::store) codes: Vec<Against>,
    /// The fever.
    pub(in crate::store) fever: Option<RecentFever>,
    /// The doubts.
    doubts: Vec<Doubt>,
}

/// What stands against releasing a person's case at that moment.
pub(in crate::store) fn against_in(
    conn: &Connection,
    settings: &Settings,
    person: PersonId,
    facts: &CaseFacts,
    at: Ts,
) -> Result<Stands> {
    let today = settings.calendar.day(at);
    let fever = recent_fever(conn, settings.calendar, person, at)?;
    let doubts = card::doubts(conn, settings, person, at)?;
    Ok(Stands { codes: facts.against(today, fever.is_some(), !doubts.is_empty()), fever, doubts })
}

/// The newest fever of the last days: in the reports in force, or told in a follow-up.
pub(super) fn recent_fever(
    conn: &Connection,
    calendar: Calendar,
    person: PersonId,
    at: Ts,
) -> Result<Option<RecentFever>> {
    let today = calendar.day(at);
    let reported = reported_fever(conn, person, today)?;
    let from = calendar.at_minute(add_days(today, 1 - i64::from(FEVER_DAYS)), calendar.day_start_min);
    let mut query = conn.prepare_cached(
        "SELECT at, temp, site FROM cur_followup WHERE person = ?1 AND at >= ?2 AND at <= ?3 AND temp IS NOT NULL \
         ORDER BY at DESC",
    )?;
    let mut rows = query.query(params![person, from, at])?;
    while let Some(row) = rows.next()? {
        let (on, tenths, site) = (calendar.day(row.get(0)?), row.get(1)?, row.get::<_, Known<_>>(2)?.0);
        if Rules::builtin().is_fever(tenths, site, on) {
            let told = RecentFever { day: on, tenths, site };
            return Ok(reported.filter(|fever| fever.day > on).or(Some(told)));
        }
    }
    Ok(reported)
}

fn reported_fever(conn: &Connection, person: PersonId, today: NaiveDate) -> Result<Option<RecentFever>> {
    let mut query = conn.prepare_cached(
        "SELECT r.day, r.temp_am, r.temp_pm, r.site, r.unit, r.round FROM log_reading r \
         JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq \
         WHERE r.person = ?1 AND r.day > ?2 AND r.day <= ?3 ORDER BY r.day DESC, r.seq DESC",
    )?;
    let mut rows = query.query(params![person, day_number(today) - FEVER_DAYS, day_number(today)])?;
    let corrected = Corrected::of(conn, person)?;
    while let Some(row) = rows.next()? {
        let round = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
        let at = At { person, unit: row.get(4)?, day: row.get(0)?, round };
        let temps = corrected.temps(at, [row.get(1)?, row.get(2)?]);
        let (on, site) = (day(at.day), row.get::<_, Known<_>>(3)?.0);
        let Some(tenths) = temps.into_iter().flatten().max() else { continue };
        if Rules::builtin().is_fever(tenths, site, on) {
            return Ok(Some(RecentFever { day: on, tenths, site }));
        }
    }
    Ok(None)
}

/// The open ones of these cases as they stand before a release, in the order asked for.
///
/// # Errors
/// The database cannot be read.
pub fn releases(reader: &Reader, wanted: &[CaseId], now: Ts) -> Result<Vec<ReleaseRow>> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let today = settings.calendar.day(now);
    let mut query = tx.prepare_cached(
        "SELECT c.person, p.no, p.name, coalesce(u.name, ''), c.facts FROM cur_case c JOIN cur_person p ON p.id = c.person \
         LEFT JOIN cur_unit u ON u.id = p.unit WHERE c.id = ?1 AND c.released_at IS NULL",
    )?;
    let mut out = Vec::new();
    for case in wanted {
        let found: Option<(PersonId, String, String, String, String)> = query
            .query_row([case], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            .optional()?;
        let Some((person, no, name, unit, facts)) = found else { continue };
        let facts: CaseFacts = serde_json::from_str(&facts).map_err(json)?;
        let stands = against_in(&tx, &settings, person, &facts, now)?;
        let observation = facts.observation(today);
        out.push(ReleaseRow {
            case: *case,
            person,
            no,
            name,
            unit,
            observation,
            state: cases::state(observation, false),
            facts,
            against: stands.codes,
            fever: stands.fever,
            doubts: stands.doubts,
        });
    }
    Ok(out)
}

impl ReleaseRow {
    /// Whether a plain yes is enough.
    pub fn is_plain(&self) -> bool {
        self.against.is_empty()
    }

    /// Whether the calendar says that its days are over.
    pub fn is_due(&self) -> bool {
        self.state == CaseState::DueForRelease
    }
}
