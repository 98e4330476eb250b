//! The people table, a part at a time.

use super::rows::{PeoplePage, PeopleQuery, PeopleSort, PersonRow};
use super::settings_in;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::mask::Private;
use crate::domain::person::PersonKind;
use crate::domain::report::Site;
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::store::Reader;
use crate::store::sql::Code;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

/// People that match, in order, from `offset` on.
///
/// # Errors
/// The database cannot be read.
pub fn people(reader: &Reader, query: &PeopleQuery, now: Ts) -> Result<PeoplePage> {
    let tx = reader.snapshot()?;
    let day = day_number(settings_in(&tx)?.calendar.day(now));
    let way = if query.descending { "DESC" } else { "ASC" };
    let order = match query.sort {
        PeopleSort::No => format!("p.no {way}"),
        PeopleSort::Name => format!("p.keys {way}, p.no {way}"),
        PeopleSort::Unit => format!("p.unit {way}, p.no {way}"),
    };
    let (total, ids) = matching(&tx, query, &order)?;
    let mut rows = Vec::with_capacity(ids.len());
    let mut one = tx.prepare_cached(
        "SELECT p.id, p.no, p.name, coalesce(u.name, ''), coalesce(p.phone, ''), p.kind, \
         EXISTS (SELECT 1 FROM cur_case c WHERE c.person = p.id AND c.released_at IS NULL) \
         FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1",
    )?;
    for id in ids {
        rows.push(one.query_row([id], |row| {
            let kind: Option<Code<PersonKind>> = row.get(5)?;
            Ok(PersonRow {
                id: row.get(0)?,
                no: row.get(1)?,
                name: row.get(2)?,
                unit: row.get(3)?,
                phone: Private::new(row.get::<_, String>(4)?),
                kind: kind.map(|k| k.0),
                has_case: row.get(6)?,
                temp: None,
                site: None,
            })
        })?);
    }
    for row in &mut rows {
        (row.temp, row.site) = hottest(&tx, row.id, day)?;
    }
    Ok(PeoplePage { total, offset: query.offset, rows })
}

/// How many match, and who stands in the part that is wanted.
fn matching(conn: &Connection, query: &PeopleQuery, order: &str) -> Result<(u32, Vec<PersonId>)> {
    let (condition, mut values) = condition(query);
    let (limit, offset) = (query.limit as usize, query.offset as usize);
    if values.is_empty() {
        // Everybody: each order has an index, which is walked without touching the rows it skips.
        let total =
            conn.prepare_cached("SELECT count(*) FROM cur_person")?.query_row([], |row| row.get(0))?;
        values.extend([query.limit.into(), query.offset.into()]);
        let sql = format!("SELECT p.id FROM cur_person p ORDER BY {order} LIMIT ?1 OFFSET ?2");
        let mut part = conn.prepare_cached(&sql)?;
        let ids = part.query_map(params_from_iter(&values), |row| row.get(0))?;
        return Ok((total, ids.collect::<rusqlite::Result<_>>()?));
    }
    // Some: one pass over the narrow index finds them all, which is what the total costs anyway.
    let sql = format!("SELECT p.id FROM cur_person p WHERE {condition} ORDER BY {order}");
    let mut all = conn.prepare_cached(&sql)?;
    let mut rows = all.query(params_from_iter(&values))?;
    let (mut total, mut ids) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        if total >= offset && ids.len() < limit {
            ids.push(row.get(0)?);
        }
        total += 1;
    }
    Ok((total as u32, ids))
}

/// A person's highest temperature of a day in the reports in force, and where it was taken.
fn hottest(conn: &Connection, person: PersonId, day: i32) -> Result<(Option<i16>, Option<Site>)> {
    let mut query = conn.prepare_cached(
        "SELECT max(coalesce(r.temp_am, 0), coalesce(r.temp_pm, 0)) AS temp, r.site FROM log_reading r INDEXED BY log_reading_person \
         CROSS JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq \
         WHERE r.person = ?1 AND r.day = ?2 ORDER BY temp DESC LIMIT 1",
    )?;
    let found: Option<(i16, Option<Code<Site>>)> =
        query.query_row(params![person, day], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(match found {
        Some((temp, site)) if temp > 0 => (Some(temp), site.map(|site| site.0)),
        _ => (None, None),
    })
}

/// The condition over `cur_person p` and its values. Every word of the filter must be found.
fn condition(query: &PeopleQuery) -> (String, Vec<Value>) {
    let mut parts = vec!["1".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    if let Some(unit) = query.unit {
        values.push(Value::Blob(unit.bytes().to_vec()));
        parts.push(format!("p.unit IN ({})", below(values.len())));
    }
    for word in query.filter.split_whitespace() {
        let word = word.to_lowercase();
        values.push(word.clone().into());
        values.push(format!("%{}%", escaped(&word)).into());
        let (n, m) = (values.len() - 1, values.len());
        parts.push(format!(
            "(instr(p.hay, ?{n}) > 0 OR p.unit IN (SELECT id FROM cur_unit WHERE name LIKE ?{m} ESCAPE '\\' \
             OR short LIKE ?{m} ESCAPE '\\' OR code LIKE ?{m} ESCAPE '\\'))"
        ));
    }
    (parts.join(" AND "), values)
}

/// The ids of a unit and of all below it.
fn below(n: usize) -> String {
    format!(
        "WITH RECURSIVE down (id) AS (SELECT ?{n} UNION SELECT u.id FROM cur_unit u JOIN down ON u.parent = down.id) \
         SELECT id FROM down"
    )
}

/// A word whose `%`, `_` and `\` stand for themselves.
pub(super) fn escaped(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// People in a unit, not in those below it.
pub(super) fn people_in(conn: &Connection, unit: UnitId) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM cur_person WHERE unit = ?1")?
        .query_row([unit], |row| row.get(0))?)
}
