//! What does not add up in a ledger, and how many of its lines are counted.

use super::super::rows::Broken;
use super::{balance, fits};
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::expr::{Answer, Expr, Need};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Check, Ledger};
use crate::domain::time::{Calendar, MINUTE, Ts};
use crate::error::Result;
use crate::say::Say;
use crate::store::Reader;
use crate::store::ledgers::{self, ROW, answered, read_row};
use crate::store::query::changed::built_in;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};
use std::collections::HashMap;

/// How many values of a column a check is made for: a year of days and more.
const GROUPS: u32 = 400;

/// What was found of one ledger, and of what it is true.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::store) struct Checked {
    ledger: (String, u16),
    /// The file as it was read: it changes with each write, and with each time it is built anew.
    file: (i64, i64),
    minute: i64,
    broken: Vec<Broken>,
}

/// What does not add up. Whoever filters or turns pages asks again and again: it is worked out once for what stands in the
/// file and for the minute.
pub(super) fn broken(
    reader: &Reader,
    conn: &Connection,
    ledger: &Ledger,
    calendar: Calendar,
    now: Ts,
) -> Result<Vec<Broken>> {
    if ledger.checks.is_empty() {
        return Ok(Vec::new());
    }
    let version: i64 = conn.query_row("PRAGMA data_version", [], |row| row.get(0))?;
    let fresh = Checked {
        ledger: (ledger.name.clone(), ledger.version),
        file: (version, built_in(conn)?),
        minute: now.0.div_euclid(MINUTE),
        broken: Vec::new(),
    };
    if let Some(known) = &*reader.checked.borrow()
        && (&known.ledger, known.file, known.minute) == (&fresh.ledger, fresh.file, fresh.minute)
    {
        return Ok(known.broken.clone());
    }
    let broken = checks(conn, ledger, calendar, now)?;
    *reader.checked.borrow_mut() = Some(Checked { broken: broken.clone(), ..fresh });
    Ok(broken)
}

fn checks(conn: &Connection, ledger: &Ledger, calendar: Calendar, now: Ts) -> Result<Vec<Broken>> {
    let mut out = Vec::new();
    for check in &ledger.checks {
        let Some(column) = &check.group else {
            let place = Place::at(now, calendar);
            let both = answered(conn, &place, now, Some(&ledger.name), || Ok(sides(ledger, check, &place)))?;
            out.extend(both.and_then(|both| differ(check, Say::default(), "", both)));
            continue;
        };
        let part = ledger.lines.as_ref().map_or(&ledger.part, |lines| &lines.part);
        let counts = Counts::new(conn, ledger, column);
        for value in values_of(conn, ledger, column)? {
            let place = Place::at(now, calendar);
            place.needs.of_group(column, &value);
            let Some(both) = counts.sides(check, &place, &value, now)? else { continue };
            let values = Values::from([(column.clone(), value.clone())]);
            let said = ledgers::spoken(conn, part.column(column), &values)?;
            out.extend(differ(check, said, &value, both));
        }
    }
    Ok(out)
}

fn differ(check: &Check, of: Say, value: &str, (sum, equals): (i64, i64)) -> Option<Broken> {
    let check = if value.is_empty() { check.id.clone() } else { format!("{} {value}", check.id) };
    (sum != equals).then_some(Broken { check, of, sum, equals })
}

/// Both sides of a check, where they can be told.
fn sides(ledger: &Ledger, check: &Check, place: &Place) -> Option<(i64, i64)> {
    let scope = place.scope(&ledger.part, &Values::new());
    let sum: Option<i64> = check.sum.iter().map(|expr| expr.number(&scope)).sum();
    sum.zip(check.equals.number(&scope))
}

/// Conditions of a count apart from the value of the group, and how many there are of each value.
type Tallies = HashMap<Vec<(String, String)>, HashMap<String, i64>>;

/// What a check counts of each value of a column: counted for all values at once.
struct Counts<'a> {
    conn: &'a Connection,
    ledger: &'a Ledger,
    column: &'a str,
    known: std::cell::RefCell<Tallies>,
}

impl<'a> Counts<'a> {
    fn new(conn: &'a Connection, ledger: &'a Ledger, column: &'a str) -> Self {
        Self { conn, ledger, column, known: std::cell::RefCell::default() }
    }

    /// Both sides of a check for one value.
    fn sides(&self, check: &Check, place: &Place, value: &str, now: Ts) -> Result<Option<(i64, i64)>> {
        // One is asked after the other: a sum ends at the first that is not known yet.
        for _ in 0..=check.sum.len() + 1 {
            let both = sides(self.ledger, check, place);
            let open = place.needs.open();
            if open.is_empty() {
                return Ok(both);
            }
            for need in open {
                let answer = match &need {
                    Need::Count(wanted) => {
                        let apart = wanted.iter().filter(|(name, of)| name != self.column || of != value);
                        Answer::Many(self.tally(apart.cloned().collect(), value)?)
                    }
                    other => ledgers::answer(self.conn, other, now, Some(&self.ledger.name), place)?,
                };
                place.needs.answer(need, answer);
            }
        }
        Ok(sides(self.ledger, check, place))
    }

    fn tally(&self, wanted: Vec<(String, String)>, value: &str) -> Result<i64> {
        if let Some(known) = self.known.borrow().get(&wanted) {
            return Ok(known.get(value).copied().unwrap_or(0));
        }
        let mut with: Vec<String> = vec![self.ledger.name.clone(), format!("$.{}", self.column)];
        let also = ledgers::counted_where(&wanted, self.ledger.lines.is_some(), &mut with);
        let sql = format!(
            "SELECT json_extract(vals, ?2), count(*) FROM cur_entry WHERE {} AND json_extract(vals, ?2) IS NOT NULL{also} GROUP BY 1",
            ledgers::COUNTED,
        );
        let found: HashMap<String, i64> = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params_from_iter(with), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let n = found.get(value).copied().unwrap_or(0);
        self.known.borrow_mut().insert(wanted, found);
        Ok(n)
    }
}

/// The values that stand in a column of what a check counts, the greatest first: as many as are looked at.
fn values_of(conn: &Connection, ledger: &Ledger, column: &str) -> Result<Vec<String>> {
    let of = if ledger.lines.is_some() { "IS NOT NULL" } else { "IS NULL" };
    let mut query = conn.prepare_cached(&format!(
        "SELECT DISTINCT json_extract(vals, ?2) FROM cur_entry WHERE ledger = ?1 AND withdrawn IS NULL AND parent {of} \
         AND json_extract(vals, ?2) IS NOT NULL ORDER BY 1 DESC LIMIT {GROUPS}"
    ))?;
    let values = query.query_map(params![ledger.name, format!("$.{column}")], |row| row.get(0))?;
    Ok(values.collect::<rusqlite::Result<_>>()?)
}

/// How many lines fit what the ledger counts.
pub(super) fn counted(
    conn: &Connection,
    ledger: &std::sync::Arc<Ledger>,
    calendar: Calendar,
    now: Ts,
) -> Result<Option<u32>> {
    let Some((_, when)) = &ledger.view.counter else { return Ok(None) };
    // Lines that are alike in all it looks at are counted alike: one of each kind is looked into.
    let alike = alike(ledger, when);
    let with: Vec<Sql> = std::iter::once(Sql::Text(ledger.name.clone()))
        .chain(alike.iter().flatten().map(|name| Sql::Text(format!("$.{name}"))))
        .collect();
    let sql = match &alike {
        None => format!("SELECT {ROW}, 1 FROM cur_entry e WHERE e.ledger = ?1 AND e.newest"),
        Some(names) => {
            let by: Vec<String> =
                (0..names.len()).map(|at| format!("json_extract(vals, ?{})", at + 2)).collect();
            let by = std::iter::once("state".to_owned()).chain(by).collect::<Vec<_>>().join(", ");
            format!(
                "SELECT {ROW}, k.n FROM (SELECT min(rowid) AS place, count(*) AS n FROM cur_entry WHERE ledger = ?1 AND newest \
                 GROUP BY {by}) k JOIN cur_entry e ON e.rowid = k.place"
            )
        }
    };
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(params_from_iter(with))?;
    let mut n = 0;
    while let Some(found) = rows.next()? {
        let (row, of): (_, u32) = (read_row(found)?, found.get(12)?);
        let balance = balance(conn, ledger, &row, now)?;
        n += if fits(conn, ledger, &row, balance, when, calendar, now)? { of } else { 0 };
    }
    Ok(Some(n))
}

/// The columns that an expression looks at, where these and the state are all it sees of a line.
fn alike(ledger: &Ledger, when: &Expr) -> Option<Vec<String>> {
    let apart = ["balance", "minimum", "days_left", "entered", "before"];
    if ledger.stock.is_some() && apart[..3].iter().any(|name| when.uses(name)) {
        return None;
    }
    if apart[3..].iter().any(|name| when.uses(name)) {
        return None;
    }
    let names = ledger.part.columns.iter().map(|column| &column.field.name);
    Some(names.filter(|name| when.uses(name)).cloned().collect())
}
