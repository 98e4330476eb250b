//! What is due in registers: what entries and lines have due by themselves, and what is expected again and again.

use super::{balance, place_of};
use crate::domain::ids::{EntryId, Subject, UnitId};
use crate::domain::item::{DueState, Item};
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::raise::of_due as raise_of;
use crate::domain::ledger::value::{self, Values};
use crate::domain::ledger::{Applies, Due, Ledger, Link, Part, When};
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::say::Say;
use crate::store::Reader;
use crate::store::ledgers::{self, ROW, Row, answered, joined, linked, read_row, spoken, titled};
use crate::store::query::rows::LedgerDue;
use crate::store::query::settings_in;
use minijinja::Value;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is due in every ledger: overdue before open, then in time order.
///
/// # Errors
/// The database cannot be read.
pub fn ledger_dues(reader: &Reader, now: Ts) -> Result<Vec<LedgerDue>> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    dues_in(&tx, calendar, now)
}

pub(in crate::store::query) fn dues_in(
    conn: &Connection,
    calendar: Calendar,
    now: Ts,
) -> Result<Vec<LedgerDue>> {
    let mut out = own_dues(conn, calendar, now, None)?;
    for ledger in ledgers::in_force(conn)?.into_values() {
        for due in ledger.part.dues.iter().filter(|due| !matches!(due.when, When::After { .. })) {
            expected(conn, &ledger, due, None, (calendar, now), &mut out)?;
        }
    }
    out.sort_by(|a, b| {
        let key = |due: &LedgerDue| (!due.first, due.at);
        let rest = |due: &LedgerDue| {
            (due.ledger.clone(), due.due.clone(), due.name.zh.clone(), due.expected.clone())
        };
        key(a).cmp(&key(b)).then_with(|| rest(a).cmp(&rest(b)))
    });
    Ok(out)
}

/// What entries and lines have due by themselves; of all, or of one.
pub(super) fn own_dues(
    conn: &Connection,
    calendar: Calendar,
    now: Ts,
    of: Option<EntryId>,
) -> Result<Vec<LedgerDue>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW}, d.due, d.opens, d.at, d.ends FROM cur_entry_due d JOIN cur_entry e ON e.id = d.entry \
         LEFT JOIN cur_entry a ON a.id = e.parent \
         WHERE d.opens <= ?1 AND (?2 IS NULL OR d.entry = ?2) AND a.withdrawn IS NULL"
    ))?;
    let rows: Vec<(Row, String, Ts, Ts, Ts)> = query
        .query_map(params![now, of], |row| {
            Ok((read_row(row)?, row.get(12)?, row.get(13)?, row.get(14)?, row.get(15)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (row, id, opens, at, ends) in rows {
        let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)? else { continue };
        let Some(part) = ledger.part(row.parent.is_some()) else { continue };
        if raise_of(&id).is_some() {
            out.push(own(conn, &ledger, &row, id, at, DueState::Open)?);
            continue;
        }
        let Some(due) = part.dues.iter().find(|due| due.id == id) else { continue };
        let place = place_of(conn, &ledger, part, &row, calendar, now)?;
        // What only the database knows (was somebody called) was left open when the entry was folded.
        let settled = due.resolved_if.asks()
            && answered(conn, &place, now, Some(&ledger.name), || {
                let mut seen = place.seen(part, &row.values);
                seen.window(opens.0, ends.0);
                Ok(due.resolved_if.holds(&seen.scope()) == Some(true))
            })?;
        if settled || settled_since(conn, &ledger, due, &row, opens, calendar, now)? {
            continue;
        }
        let scope = place.scope(part, &row.values);
        let state = if now >= ends { DueState::Missed } else { DueState::Open };
        out.push(LedgerDue {
            several: matches!(&due.when, When::After { each, .. } if each.len() > 1),
            told: due.escalated(ends, now).map(str::to_owned),
            first: due.priority.as_ref().is_some_and(|first| first.holds(&scope) == Some(true)),
            ..own(conn, &ledger, &row, id, at, state)?
        });
    }
    Ok(out)
}

/// Something that is due of an entry by itself.
fn own(
    conn: &Connection,
    ledger: &Ledger,
    row: &Row,
    due: String,
    at: Ts,
    state: DueState,
) -> Result<LedgerDue> {
    Ok(LedgerDue {
        ledger: ledger.name.clone(),
        due,
        entry: Some(row.id),
        expected: row.id.to_string(),
        name: name_of(conn, ledger, row)?,
        subject: row.subject(),
        at,
        several: false,
        state,
        missed: 0,
        told: None,
        first: false,
    })
}

/// Whether a later entry of the same line, within its time, settles what an entry has due: what was bought was used since.
/// Of what there is a balance, what came first goes first: taking some of it settles nothing while some of it is there.
fn settled_since(
    conn: &Connection,
    ledger: &Ledger,
    due: &Due,
    row: &Row,
    opens: Ts,
    calendar: Calendar,
    now: Ts,
) -> Result<bool> {
    let Some(line) = ledger.key_of(&row.values).filter(|_| row.parent.is_none()) else { return Ok(false) };
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW} FROM cur_entry e WHERE e.ledger = ?1 AND e.line = ?2 AND e.id <> ?3 AND e.withdrawn IS NULL \
         AND e.parent IS NULL AND e.at >= ?4 AND e.at >= ?5 AND e.at <= ?6 ORDER BY e.at DESC"
    ))?;
    let later = query.query_map(params![ledger.name, line, row.id, opens, row.at, now], read_row)?;
    let mut left = None;
    for later in later {
        let later = later?;
        let place = place_of(conn, ledger, &ledger.part, &later, calendar, now)?;
        if due.resolved_if.holds(&place.scope(&ledger.part, &later.values)) != Some(true) {
            continue;
        }
        let takes = ledger.moves(&later.values, &place).is_some_and(|(delta, counts)| delta < 0 && !counts);
        let left = match left {
            _ if !takes => false,
            Some(left) => left,
            None => *left.insert(is_left(conn, ledger, row, now)?),
        };
        if !left {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether some of what an entry brought is still there: more than what came after it.
fn is_left(conn: &Connection, ledger: &Ledger, row: &Row, now: Ts) -> Result<bool> {
    let after: Option<i64> = conn
        .prepare_cached(
            "SELECT (SELECT coalesce(sum(f.delta), 0) FROM cur_entry f WHERE f.ledger = e.ledger AND f.line = e.line \
             AND NOT f.counts AND f.delta > 0 AND (f.at, f.lamport, f.seq, f.idx) > (e.at, e.lamport, e.seq, e.idx)) \
             FROM cur_entry e WHERE e.id = ?1 AND NOT e.counts AND e.delta > 0",
        )?
        .query_row([row.id], |row| row.get(0))
        .optional()?;
    let there = balance(conn, ledger, row, now)?.map(|balance| balance.balance);
    Ok(there.zip(after).is_some_and(|(there, after)| there > after))
}

/// What something that is due in a ledger is called; empty where it is of no entry that is there.
pub(in crate::store::query) fn item_name(conn: &Connection, item: &Item) -> Result<Say> {
    let Some(row) = ledgers::row(conn, EntryId(item.id))? else { return Ok(Say::default()) };
    let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)? else { return Ok(Say::default()) };
    if ledgers::is_of_key(&ledger, item) {
        return titled(conn, &ledger, &row.values);
    }
    name_of(conn, &ledger, &row)
}

/// What an entry is called: whom it is about, and what tells it apart.
pub(in crate::store::query) fn name_of(conn: &Connection, ledger: &Ledger, row: &Row) -> Result<Say> {
    let whose = match row.subject() {
        Some(subject) => Say::same(crate::store::query::name_of(conn, subject)?),
        None => Say::default(),
    };
    let title = key_of(conn, ledger, row)?;
    // Its key may begin with whom it is about.
    Ok(if title.zh.starts_with(&whose.zh) { title } else { joined([whose, title]) })
}

/// What tells an entry apart; a line by its entry and its own first value.
fn key_of(conn: &Connection, ledger: &Ledger, row: &Row) -> Result<Say> {
    let (above, own) = keys_of(conn, ledger, row, None)?;
    Ok(joined([above, own]))
}

/// The same in two: the key of the entry, then what tells a line of it apart. Without the values that point at whom it is
/// about, where that is said beside it.
pub(in crate::store::query) fn keys_of(
    conn: &Connection,
    ledger: &Ledger,
    row: &Row,
    but: Option<Subject>,
) -> Result<(Say, Say)> {
    let rest = |part: &Part, values: &Values| {
        let mut rest = values.clone();
        rest.retain(|name, value| {
            let link = part.column(name).and_then(|column| column.link.as_ref());
            !matches!((link, but),
                (Some(Link::Person), Some(Subject::Person(_)))
                | (Some(Link::Unit), Some(Subject::Unit(_)))
                | (Some(Link::Contact), Some(Subject::Contact(_)))
                    if but.is_some_and(|but| *value == but.id().to_string()))
        });
        rest
    };
    match row.parent {
        None => Ok((titled(conn, ledger, &rest(&ledger.part, &row.values))?, Say::default())),
        Some(parent) => {
            let above = ledgers::row(conn, parent)?;
            let first = ledger.lines.as_ref().and_then(|lines| {
                let mut own = lines.part.columns.iter().filter(|column| column.link.is_none());
                own.find(|column| row.values.contains_key(&column.field.name))
            });
            let above = above.map(|above| titled(conn, ledger, &rest(&ledger.part, &above.values)));
            Ok((above.transpose()?.unwrap_or_default(), spoken(conn, first, &row.values)?))
        }
    }
}

/// What is expected again and again of what an entry is of: its key, its unit, an entry of another ledger that it points
/// at; and of itself, in whatever ledger.
pub(super) fn concerning(
    conn: &Connection,
    ledger: &Ledger,
    row: &Row,
    calendar: Calendar,
    now: Ts,
) -> Result<Vec<LedgerDue>> {
    let mut out = Vec::new();
    if row.parent.is_some() || row.withdrawn.is_some() {
        return Ok(out);
    }
    let line = ledger.key_of(&row.values).unwrap_or_else(|| row.id.to_string());
    for other in ledgers::in_force(conn)?.into_values() {
        let mine = other.name == row.ledger;
        for due in other.part.dues.iter().filter(|due| !matches!(due.when, When::After { .. })) {
            let mut of = vec![];
            if mine {
                of.push(ledgers::expected_of(&other, due, &row.values, row.unit, &line));
            }
            if matches!(&due.applies, Applies::Ledger(name) if *name == row.ledger) {
                of.push(first_of(conn, &row.ledger, &line)?.unwrap_or(row.id).to_string());
            }
            of.dedup();
            for only in of.iter().filter(|only| !only.is_empty()) {
                expected(conn, &other, due, Some(only), (calendar, now), &mut out)?;
            }
        }
    }
    Ok(out)
}

/// The first entry of a line: what is expected of the line is expected of it.
fn first_of(conn: &Connection, ledger: &str, line: &str) -> Result<Option<EntryId>> {
    let sql = "SELECT id FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND withdrawn IS NULL AND parent IS NULL \
         ORDER BY at, lamport, seq, idx LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([ledger, line], |row| row.get(0)).optional()?)
}

/// What is expected again and again: of every key, unit, or entry of another ledger; or of `only` one of them.
fn expected(
    conn: &Connection,
    ledger: &Arc<Ledger>,
    due: &Due,
    only: Option<&str>,
    (calendar, now): (Calendar, Ts),
    out: &mut Vec<LedgerDue>,
) -> Result<()> {
    let mut column = None;
    let of: Vec<Of> = match &due.applies {
        Applies::Entry => return Ok(()),
        // What is expected of a key is nobody's in particular: whose the last entry was says nothing of it.
        Applies::Key => {
            let all = lines(conn, &ledger.name, only)?;
            all.into_iter().map(|line| Of { subject: None, ..line }).collect()
        }
        Applies::Unit => units(conn, &ledger.name)?,
        Applies::Ledger(other) => {
            let points_there = |link: &Link| matches!(link, Link::Ledger(name) if name == other);
            let Some((name, _)) = ledger.part.links().find(|(_, link)| points_there(link)) else {
                return Ok(());
            };
            column = Some(name.to_owned());
            let of = |line: Of| {
                let id = line.entry.map(|id| id.to_string()).unwrap_or_default();
                Of { values: Values::from([(name.to_owned(), id.clone())]), expected: id, ..line }
            };
            let line = only.map(|id| line_of(conn, id)).transpose()?;
            lines(conn, other, line.as_deref())?.into_iter().map(of).collect()
        }
    };
    let of = of.into_iter().filter(|of| only.is_none_or(|only| of.expected == only));
    let mut last = conn.prepare_cached(
        "SELECT max(at) FROM cur_settled WHERE ledger = ?1 AND due = ?2 AND expected = ?3 AND at <= ?4",
    )?;
    for of in of {
        if let Some(applies) = &due.applies_if
            && !of.fits(conn, ledger, applies, column.as_deref(), (now, calendar))?
        {
            continue;
        }
        let done: Option<Ts> =
            last.query_row(params![ledger.name, due.id, of.expected, now], |row| row.get(0))?;
        let Some(stands) = due.stands(of.since, done, now, calendar) else { continue };
        let name = match &of.row {
            Some((row, declared)) if of.subject.is_none() => titled(conn, declared, &row.values)?,
            Some((row, declared)) => name_of(conn, declared, row)?,
            None => of
                .subject
                .map(|subject| crate::store::query::name_of(conn, subject))
                .transpose()?
                .map(Say::same)
                .unwrap_or_default(),
        };
        out.push(LedgerDue {
            ledger: ledger.name.clone(),
            due: due.id.clone(),
            entry: of.entry,
            expected: of.expected,
            name,
            subject: of.subject,
            at: stands.at,
            several: false,
            state: stands.state,
            missed: stands.missed,
            told: due.escalated(stands.ends, now).map(str::to_owned),
            first: false,
        });
    }
    Ok(())
}

/// Something that something is expected of.
struct Of {
    expected: String,
    /// The first entry of its line: the same however often there is another.
    entry: Option<EntryId>,
    row: Option<(Row, Arc<Ledger>)>,
    subject: Option<Subject>,
    since: Ts,
    values: Values,
}

impl Of {
    /// Whether something is expected of it. What a `column` points at is its own row.
    fn fits(
        &self,
        conn: &Connection,
        ledger: &Ledger,
        applies: &crate::domain::ledger::expr::Expr,
        column: Option<&str>,
        (now, calendar): (Ts, Calendar),
    ) -> Result<bool> {
        let linked = match (&self.row, column) {
            (Some((row, declared)), Some(column)) => {
                let mut known = value::seen(&declared.part, &row.values, calendar);
                known.insert("id".to_owned(), Value::from(row.id.to_string()));
                BTreeMap::from([(column.to_owned(), known)])
            }
            _ => linked(conn, &ledger.part, &self.values, calendar)?,
        };
        let state = self.row.as_ref().map(|(row, _)| row.state.clone()).unwrap_or_default();
        let place = Place { state, linked, ..Place::at(now, calendar) };
        answered(conn, &place, now, Some(&ledger.name), || {
            Ok(applies.holds(&place.scope(&ledger.part, &self.values)) == Some(true))
        })
    }
}

/// The line of the list that an entry, by its id, belongs to.
fn line_of(conn: &Connection, id: &str) -> Result<String> {
    let row = ledgers::row(conn, EntryId(uuid::Uuid::parse_str(id).unwrap_or_default()))?;
    let Some(row) = row else { return Ok(id.to_owned()) };
    let ledger = ledgers::declared(conn, &row.ledger, row.version)?;
    Ok(ledger.and_then(|ledger| ledger.key_of(&row.values)).unwrap_or_else(|| id.to_owned()))
}

/// The lines of a ledger's list; or the `only` one of them.
fn lines(conn: &Connection, ledger: &str, only: Option<&str>) -> Result<Vec<Of>> {
    let first = "FROM cur_entry f WHERE f.ledger = e.ledger AND f.line = e.line AND f.withdrawn IS NULL \
         ORDER BY f.at, f.lamport, f.seq, f.idx LIMIT 1";
    let which = if only.is_some() { " AND e.line = ?2" } else { "" };
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW}, e.line, (SELECT f.at {first}), (SELECT f.id {first}) \
         FROM cur_entry e WHERE e.ledger = ?1 AND e.newest{which} ORDER BY e.line"
    ))?;
    let with = [ledger].into_iter().chain(only);
    let rows: Vec<(Row, String, Ts, EntryId)> = query
        .query_map(rusqlite::params_from_iter(with), |row| {
            Ok((read_row(row)?, row.get(12)?, row.get(13)?, row.get(14)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (row, line, since, first) in rows {
        let Some(declared) = ledgers::declared(conn, &row.ledger, row.version)? else { continue };
        if declared.part.is_last(&row.state) {
            continue;
        }
        out.push(Of {
            expected: line,
            entry: Some(first),
            subject: row.subject(),
            since,
            values: row.values.clone(),
            row: Some((row, declared)),
        });
    }
    Ok(out)
}

/// The units that report, since the ledger is there.
fn units(conn: &Connection, ledger: &str) -> Result<Vec<Of>> {
    let since: Option<Ts> = conn
        .prepare_cached("SELECT min(at) FROM cur_ledger WHERE name = ?1 AND in_force")?
        .query_row([ledger], |row| row.get(0))?;
    let Some(since) = since else { return Ok(Vec::new()) };
    let mut query = conn.prepare_cached("SELECT id, added_at FROM cur_unit WHERE reports ORDER BY code")?;
    let rows = query.query_map([], |row| {
        let (id, added): (UnitId, Ts) = (row.get(0)?, row.get(1)?);
        Ok(Of {
            expected: id.to_string(),
            entry: None,
            row: None,
            subject: Some(Subject::Unit(id)),
            since: since.max(added),
            values: Values::from([("unit".to_owned(), id.to_string())]),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
