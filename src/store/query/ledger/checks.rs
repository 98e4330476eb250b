//! What does not add up in a ledger, and how many of its lines are counted.

use super::super::rows::Broken;
use super::{balance, fits};
use crate::domain::field::Type;
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::expr::{Answer, Expr, Need};
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Check, Ledger};
use crate::domain::text::fold;
use crate::domain::time::{Calendar, MINUTE, Ts};
use crate::error::Result;
use crate::say::Say;
use crate::store::Reader;
use crate::store::ledgers::{self, ROW, Row, answered, read_row};
use crate::store::project::ledger::SORTED;
use crate::store::query::changed::built_in;
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, params, params_from_iter};
use std::collections::{HashMap, HashSet};

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
    let fits = |row: &Row| {
        let balance = balance(conn, ledger, row, now)?;
        fits(conn, ledger, row, balance, when, calendar, now)
    };
    let Some(names) = alike(ledger, when) else {
        let mut query =
            conn.prepare_cached(&format!("SELECT {ROW} FROM cur_entry e WHERE e.ledger = ?1 AND e.newest"))?;
        let mut rows = query.query([&ledger.name])?;
        let mut n = 0;
        while let Some(found) = rows.next()? {
            n += u32::from(fits(&read_row(found)?)?);
        }
        return Ok(Some(n));
    };
    // Lines that are alike in all it looks at are counted alike: one of each kind is looked into.
    let mut row = conn.prepare_cached(&format!("SELECT {ROW} FROM cur_entry e WHERE e.rowid = ?1"))?;
    let mut n = 0;
    for (place, of) in kinds(conn, ledger, &names)? {
        n += if fits(&row.query_row([place], read_row)?)? { of } else { 0 };
    }
    Ok(Some(n))
}

/// The lines of a list by their state and what stands in some columns: of each kind one, and how many there are.
fn kinds(conn: &Connection, ledger: &Ledger, names: &[String]) -> Result<Vec<(i64, u32)>> {
    let mut with: Vec<Sql> = vec![Sql::Text(ledger.name.clone())];
    let mut only_keys = true;
    let mut shown = vec!["e.rowid".to_owned(), "e.state".to_owned()];
    for name in names {
        shown.push(if let Some(place) = key_of(ledger, name) {
            format!("e.k{}", place + 1)
        } else {
            only_keys = false;
            with.push(Sql::Text(format!("$.{name}")));
            format!("json_extract(e.vals, ?{})", with.len())
        });
    }
    // Where the sort keys say it all, they are read from the index that holds them.
    let index = if only_keys { "INDEXED BY cur_entry_list" } else { "" };
    let sql =
        format!("SELECT {} FROM cur_entry e {index} WHERE e.ledger = ?1 AND e.newest", shown.join(", "));
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(params_from_iter(with))?;
    let mut kinds: HashMap<Vec<u8>, (i64, u32)> = HashMap::new();
    let mut kind = Vec::new();
    while let Some(row) = rows.next()? {
        kind.clear();
        for at in 1..shown.len() {
            match row.get_ref(at)? {
                ValueRef::Integer(n) => {
                    kind.push(1);
                    kind.extend(n.to_le_bytes());
                }
                ValueRef::Text(text) | ValueRef::Blob(text) => kind.extend(text),
                ValueRef::Real(_) | ValueRef::Null => kind.push(0),
            }
            // It stands in no text.
            kind.push(0xff);
        }
        if let Some(known) = kinds.get_mut(&kind) {
            known.1 += 1;
        } else {
            kinds.insert(kind.clone(), (row.get(0)?, 1));
        }
    }
    Ok(kinds.into_values().collect())
}

/// Which sort key of the list tells the values of a column apart, where one does.
fn key_of(ledger: &Ledger, name: &str) -> Option<usize> {
    let place = ledger.part.columns.iter().take(SORTED).position(|column| column.field.name == name)?;
    let column = &ledger.part.columns[place];
    let codes: HashSet<String> = column.field.codes.keys().map(|code| fold(code)).collect();
    let tells = match column.field.kind {
        Type::Code | Type::Codes => codes.len() == column.field.codes.len() && !column.extendable,
        Type::Integer | Type::Temp | Type::Bool | Type::Date | Type::DateTime => true,
        // Of texts that differ in letters alone the keys are the same.
        _ => column.link.is_some(),
    };
    tells.then_some(place)
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
