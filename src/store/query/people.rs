//! The people table, a part at a time.

use super::rows::{PeoplePage, PeopleQuery, PeopleSort, PersonRow};
use super::settings_in;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::mask::Private;
use crate::domain::order::natural;
use crate::domain::person::PersonKind;
use crate::domain::report::Site;
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::store::Reader;
use crate::store::corrected::{At, Corrected};
use crate::store::sql::Code;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use std::collections::HashMap;

/// People that match, in order, from `offset` on.
///
/// # Errors
/// The database cannot be read.
pub fn people(reader: &Reader, query: &PeopleQuery, now: Ts) -> Result<PeoplePage> {
    let tx = reader.snapshot()?;
    let day = day_number(settings_in(&tx)?.calendar.day(now));
    let (total, ids) = matching(&tx, query)?;
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
    let corrected = Corrected::all(&tx)?;
    for row in &mut rows {
        (row.temp, row.site) = hottest(&tx, &corrected, row.id, day)?;
    }
    Ok(PeoplePage { total, offset: query.offset, rows })
}

/// How many match, and who stands in the part that is wanted: numbers in words sort as numbers, however many there are.
fn matching(conn: &Connection, query: &PeopleQuery) -> Result<(u32, Vec<PersonId>)> {
    let way = if query.descending { "DESC" } else { "ASC" };
    let order = match query.sort {
        PeopleSort::No => format!("p.no_order {way}"),
        PeopleSort::Name => format!("coalesce(p.keys_order, p.keys) {way}, p.no_order {way}"),
        PeopleSort::Unit => return by_unit(conn, query, way),
    };
    let (condition, mut values) = condition(query);
    let (limit, offset) = (query.limit as usize, query.offset as usize);
    if values.is_empty() {
        // Everybody: each order has an index, which is walked without touching the rows it skips.
        let total =
            conn.prepare_cached("SELECT count(*) FROM cur_person")?.query_row([], |row| row.get(0))?;
        values.extend([query.limit.into(), query.offset.into()]);
        let sql = format!("SELECT p.id FROM cur_person p ORDER BY {order} LIMIT ?1 OFFSET ?2");
        return Ok((total, ids(conn, &sql, values)?));
    }
    // Some: one pass over the narrow index finds them all, which is what the total costs anyway.
    let sql = format!("SELECT p.id FROM cur_person p WHERE {condition} ORDER BY {order}");
    let mut all = conn.prepare_cached(&sql)?;
    let mut rows = all.query(params_from_iter(&values))?;
    let (mut total, mut part) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        if (offset..offset.saturating_add(limit)).contains(&total) {
            part.push(row.get(0)?);
        }
        total += 1;
    }
    Ok((total as u32, part))
}

fn ids(conn: &Connection, sql: &str, values: Vec<Value>) -> Result<Vec<PersonId>> {
    let mut query = conn.prepare_cached(sql)?;
    let ids = query.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// The same by the codes of the units, as on their own page; in each its people by their numbers.
fn by_unit(conn: &Connection, query: &PeopleQuery, way: &str) -> Result<(u32, Vec<PersonId>)> {
    let (condition, values) = condition(query);
    // How many each unit has, and who they are where all of them had to be read.
    let mut units: HashMap<Option<UnitId>, (usize, Option<Vec<PersonId>>)> = HashMap::new();
    if values.is_empty() {
        let mut counts = conn.prepare_cached("SELECT p.unit, count(*) FROM cur_person p GROUP BY p.unit")?;
        for unit in counts.query_map([], |row| Ok((row.get(0)?, row.get::<_, u32>(1)?)))? {
            let (unit, people) = unit?;
            units.insert(unit, (people as usize, None));
        }
    } else {
        let sql =
            format!("SELECT p.id, p.unit FROM cur_person p WHERE {condition} ORDER BY p.no_order {way}");
        let mut some = conn.prepare_cached(&sql)?;
        let mut some = some.query(params_from_iter(&values))?;
        while let Some(row) = some.next()? {
            let (people, all) = units.entry(row.get(1)?).or_default();
            *people += 1;
            all.get_or_insert_with(Vec::new).push(row.get(0)?);
        }
    }
    let total: usize = units.values().map(|(people, _)| people).sum();
    let (mut skip, mut want) = (query.offset as usize, query.limit as usize);
    let mut part = Vec::new();
    for (unit, (people, all)) in in_order(conn, units, query.descending)? {
        if want == 0 {
            break;
        }
        let here = want.min(people.saturating_sub(skip));
        if here > 0 {
            if let Some(all) = all {
                part.extend(all.into_iter().skip(skip).take(here));
            } else {
                let sql = format!(
                    "SELECT p.id FROM cur_person p WHERE p.unit IS ?1 ORDER BY p.no_order {way} LIMIT ?2 OFFSET ?3"
                );
                let unit = unit.map_or(Value::Null, |unit| Value::Blob(unit.bytes().to_vec()));
                let window = [here, skip].map(|n| Value::Integer(n as i64));
                part.extend(ids(conn, &sql, [unit].into_iter().chain(window).collect())?);
            }
        }
        skip = skip.saturating_sub(people);
        want -= here;
    }
    Ok((total as u32, part))
}

/// Units by their codes; those who have none come before all.
fn in_order<T>(
    conn: &Connection,
    units: HashMap<Option<UnitId>, T>,
    descending: bool,
) -> Result<Vec<(Option<UnitId>, T)>> {
    let mut codes = HashMap::new();
    let mut query = conn.prepare_cached("SELECT id, code FROM cur_unit")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let code = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        codes.insert(row.get::<_, UnitId>(0)?, natural(code));
    }
    let mut units: Vec<_> = units.into_iter().collect();
    units.sort_by_cached_key(|(unit, _)| {
        (unit.and_then(|unit| codes.get(&unit).cloned()).unwrap_or_default(), *unit)
    });
    if descending {
        units.reverse();
    }
    Ok(units)
}

/// A person's highest temperature of a day in the reports in force, and where it was taken.
fn hottest(
    conn: &Connection,
    corrected: &Corrected,
    person: PersonId,
    day: i32,
) -> Result<(Option<i16>, Option<Site>)> {
    let mut query = conn.prepare_cached(
        "SELECT r.temp_am, r.temp_pm, r.site, r.unit, r.round FROM log_reading r INDEXED BY log_reading_person \
         CROSS JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq \
         WHERE r.person = ?1 AND r.day = ?2",
    )?;
    let mut rows = query.query(params![person, day])?;
    let mut hottest: (Option<i16>, Option<Site>) = (None, None);
    while let Some(row) = rows.next()? {
        let round = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
        let at = At { person, unit: row.get(3)?, day, round };
        let temp = corrected.temps(at, [row.get(0)?, row.get(1)?]).into_iter().flatten().max();
        if temp > hottest.0 {
            let site: Option<Code<Site>> = row.get(2)?;
            hottest = (temp, site.map(|site| site.0));
        }
    }
    Ok(hottest)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::PersonFacts;
    use crate::domain::unit::UnitFacts;
    use crate::store::act::Act;
    use crate::store::tests::Office;

    /// The numbers in the order of the page, and a window of them.
    fn numbers(office: &Office, query: &PeopleQuery) -> Vec<String> {
        let page = people(&office.reader(), query, office.now).unwrap();
        page.rows.into_iter().map(|row| row.no).collect()
    }

    #[test]
    fn numbers_in_words_sort_as_numbers_on_the_people_page() {
        let mut office = Office::new();
        for (unit, code) in office.units.clone().into_iter().zip(["T10", "T2"]) {
            let facts = UnitFacts::default();
            let code = Some(code.to_owned());
            office.act(&Act::EditUnit { unit, code, name: None, facts, told_by: "x".to_owned() });
        }
        for (no, unit) in [("S10", 0), ("S9", 0), ("S100", 1)] {
            let facts = PersonFacts {
                name: Some("钱进".to_owned()),
                unit: Some(office.units[unit]),
                ..PersonFacts::default()
            };
            office.act(&Act::AddPerson { no: no.to_owned(), facts, told_by: "x".to_owned() });
        }
        let all = PeopleQuery { limit: 100, ..PeopleQuery::default() };
        let by_number = ["1000", "1001", "1002", "S9", "S10", "S100"];
        assert_eq!(numbers(&office, &all), by_number);
        let turned = PeopleQuery { descending: true, ..all.clone() };
        let mut backwards = by_number;
        backwards.reverse();
        assert_eq!(numbers(&office, &turned), backwards);
        let window = PeopleQuery { offset: 3, limit: 2, ..all.clone() };
        assert_eq!(numbers(&office, &window), ["S9", "S10"]);
        let some = PeopleQuery { filter: "钱进".to_owned(), ..all.clone() };
        assert_eq!(numbers(&office, &some), ["S9", "S10", "S100"]);
        // Units by their codes, as on their own page, each with its people by their numbers.
        let by_unit = PeopleQuery { sort: PeopleSort::Unit, ..all.clone() };
        assert_eq!(numbers(&office, &by_unit), ["1001", "S100", "1000", "1002", "S9", "S10"]);
        let by_name = PeopleQuery { sort: PeopleSort::Name, filter: "钱进".to_owned(), ..all };
        assert_eq!(numbers(&office, &by_name), ["S9", "S10", "S100"]);
    }

    #[test]
    fn a_page_of_everybody_is_a_walk_of_an_index_and_in_one_order_with_any_filter() {
        let mut office = Office::new();
        for n in [2, 10, 1, 9, 100] {
            let facts = PersonFacts {
                name: Some(format!("学生{n}")),
                unit: Some(office.units[n % 2]),
                ..PersonFacts::default()
            };
            office.act(&Act::AddPerson { no: format!("S{n}"), facts, told_by: "x".to_owned() });
        }
        let by_name = PeopleQuery { sort: PeopleSort::Name, limit: 100, ..PeopleQuery::default() };
        let students = PeopleQuery { filter: "学生".to_owned(), ..by_name.clone() };
        assert_eq!(numbers(&office, &students), ["S1", "S2", "S9", "S10", "S100"]);
        for sort in [PeopleSort::No, PeopleSort::Name, PeopleSort::Unit] {
            for descending in [false, true] {
                let all = PeopleQuery { sort, descending, ..by_name.clone() };
                let every = numbers(&office, &all);
                // A filter that everybody passes.
                let some = PeopleQuery { filter: "1 ".to_owned(), ..all.clone() };
                let same: Vec<_> = numbers(&office, &some);
                let those: Vec<_> = every.iter().filter(|no| same.contains(no)).cloned().collect();
                assert_eq!(those, same, "{sort:?} {descending}");
                assert!(same.len() > 4, "{same:?}");
                for offset in 0..=every.len() {
                    for of in [&all, &some] {
                        let window = PeopleQuery { offset: offset as u32, limit: 3, ..of.clone() };
                        let whole = if of.filter.is_empty() { &every } else { &same };
                        let part: Vec<_> = whole.iter().skip(offset).take(3).cloned().collect();
                        assert_eq!(numbers(&office, &window), part, "{sort:?} {descending} {offset}");
                    }
                }
            }
        }
        // Nothing is sorted for it.
        let reader = office.reader();
        for order in ["p.no_order DESC", "coalesce(p.keys_order, p.keys) ASC, p.no_order ASC"] {
            let sql = format!("EXPLAIN QUERY PLAN SELECT p.id FROM cur_person p ORDER BY {order} LIMIT 3");
            let mut plan = reader.conn.prepare(&sql).unwrap();
            let plan: Vec<String> =
                plan.query_map([], |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
            assert!(plan.iter().all(|step| step.contains("COVERING INDEX")), "{order}: {plan:?}");
        }
    }
}
