//! Calls from nobody known (待核实来电), and the calls back to their numbers: one rule for the header, the list, the
//! spoken report and whoever gives a call its subject.

use super::dossier::{Calls, calls};
use super::rows::{CallRow, CallerRow};
use super::settings_in;
use crate::domain::followup::Outcome;
use crate::domain::ids::FollowUpId;
use crate::domain::report::Site;
use crate::domain::rules::Rules;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::Code;
use rusqlite::{Connection, params};
use std::sync::LazyLock;

/// Whether `b` is a call back to the number of `g`: it belongs to the caller before it, until the number calls again.
/// Both are still of nobody known.
pub(in crate::store) const BACK_OF: &str = "g.channel = 'incoming' AND b.channel <> 'incoming' AND b.at >= g.at AND b.id <> g.id \
    AND g.digits <> '' AND b.digits <> '' AND substr(b.digits, -7) = substr(g.digits, -7) AND b.digits = g.digits \
    AND g.person IS NULL AND g.unit IS NULL AND g.contact IS NULL \
    AND b.person IS NULL AND b.unit IS NULL AND b.contact IS NULL \
    AND NOT EXISTS (SELECT 1 FROM cur_followup n WHERE n.digits <> '' AND substr(n.digits, -7) = substr(g.digits, -7) \
      AND n.digits = g.digits AND n.channel = 'incoming' AND n.at > g.at AND n.at <= b.at)";

/// Whether `f` is a call from nobody known, and no call back to one.
pub(super) static UNKNOWN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "f.person IS NULL AND f.unit IS NULL AND f.contact IS NULL AND (f.channel = 'incoming' OR NOT EXISTS \
         (SELECT 1 FROM cur_followup b JOIN cur_followup g ON {BACK_OF} WHERE b.id = f.id))"
    )
});

/// How many there are.
pub(super) fn count(conn: &Connection) -> Result<u32> {
    let mut query =
        conn.prepare_cached(&format!("SELECT count(*) FROM cur_followup f WHERE {}", *UNKNOWN))?;
    Ok(query.query_row([], |row| row.get(0))?)
}

/// Calls from nobody known that still have no subject (待核实来电), the newest first, each with the calls back to its
/// number.
///
/// # Errors
/// The database cannot be read.
pub fn callers(reader: &Reader) -> Result<Vec<CallerRow>> {
    let one = |call: CallRow| -> Result<CallerRow> {
        let back = calls(&reader.conn, &Calls::Back(call.id))?;
        let last = back.first().map(|back| (back.at, back.outcome));
        Ok(CallerRow { call, called_back: back.len() as u32, last_back: last })
    };
    calls(&reader.conn, &Calls::Unknown)?.into_iter().map(one).collect()
}

/// When a caller whom nobody knew, or whoever answered the calls back, told of a fever or of being unwell.
///
/// # Errors
/// The database cannot be read.
pub fn unwell_caller(reader: &Reader, call: FollowUpId) -> Result<Option<Ts>> {
    unwell_caller_in(&reader.conn, call)
}

pub(super) fn unwell_caller_in(conn: &Connection, call: FollowUpId) -> Result<Option<Ts>> {
    let calendar = settings_in(conn)?.calendar;
    let mut query = conn.prepare_cached(&format!(
        "SELECT at, outcome, temp, site FROM cur_followup f WHERE f.id = ?1 OR f.id IN \
         (SELECT b.id FROM cur_followup g JOIN cur_followup b ON {BACK_OF} WHERE g.id = ?1) ORDER BY at"
    ))?;
    let mut rows = query.query(params![call])?;
    while let Some(row) = rows.next()? {
        let (at, outcome): (Ts, Code<Outcome>) = (row.get(0)?, row.get(1)?);
        let site: Option<Code<Site>> = row.get(3)?;
        let fever = |tenths| Rules::builtin().is_fever(tenths, site.map(|site| site.0), calendar.day(at));
        if outcome.0 == Outcome::NotWell || row.get::<_, Option<i16>>(2)?.is_some_and(fever) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}
