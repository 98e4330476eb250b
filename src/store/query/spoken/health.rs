//! Whether somebody is well, by what was heard of them last: a call, or a sheet.

use crate::domain::followup::Outcome;
use crate::domain::ids::PersonId;
use crate::domain::report::Site;
use crate::domain::rules::Rules;
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::store::sql::Code;
use rusqlite::{Connection, OptionalExtension, params};

/// Whether somebody is not well, by the last word before `until`; none when there is none.
pub(super) fn is_unwell(
    conn: &Connection,
    calendar: Calendar,
    person: PersonId,
    until: Ts,
) -> Result<Option<bool>> {
    let call: Option<(Ts, bool)> = conn
        .prepare_cached(
            "SELECT at, outcome, temp, site FROM cur_followup WHERE person = ?1 AND at < ?2 \
             AND (outcome IN ('well', 'not-well') OR temp IS NOT NULL) ORDER BY at DESC, id DESC LIMIT 1",
        )?
        .query_row(params![person, until], |row| {
            let (at, outcome): (Ts, Code<Outcome>) = (row.get(0)?, row.get(1)?);
            let site: Option<Code<Site>> = row.get(3)?;
            let fever = |tenths| Rules::builtin().is_fever(tenths, site.map(|s| s.0), calendar.day(at));
            let hot = row.get::<_, Option<i16>>(2)?.is_some_and(fever);
            Ok((at, hot || outcome.0 == Outcome::NotWell))
        })
        .optional()?;
    let sheet = by_sheet(conn, person, until)?;
    Ok(match (call, sheet) {
        (Some((called, ill)), Some((came, hot))) => Some(if called >= came { ill } else { hot }),
        (call, sheet) => call.or(sheet).map(|(_, ill)| ill),
    })
}

/// When the last sheet came that says how they are, and whether it brought a fever or that they are unwell.
fn by_sheet(conn: &Connection, person: PersonId, until: Ts) -> Result<Option<(Ts, bool)>> {
    let mut query = conn.prepare_cached(
        "SELECT o.happened_at, r.day, EXISTS (SELECT 1 FROM cur_notable n WHERE n.desk = r.desk AND n.seq = r.seq \
           AND n.row = r.row AND n.what IN ('fever', 'unwell')) FROM log_reading r \
         JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq \
         JOIN log_op o ON o.desk = r.desk AND o.seq = r.seq \
         WHERE r.person = ?1 AND o.happened_at < ?2 AND coalesce(r.temp_am, r.temp_pm, r.status) IS NOT NULL \
         ORDER BY r.day DESC",
    )?;
    let mut rows = query.query(params![person, until])?;
    let mut out: Option<(i32, Ts, bool)> = None;
    while let Some(row) = rows.next()? {
        let (at, day, ill): (Ts, i32, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match &mut out {
            // Of several rounds of a day each counts.
            Some((of, last, known)) if *of == day => (*last, *known) = ((*last).max(at), *known || ill),
            Some(_) => break,
            None => out = Some((day, at, ill)),
        }
    }
    Ok(out.map(|(_, at, ill)| (at, ill)))
}
