//! The projections built again beside the live ones, and compared: two cursors in the order of the key.

use super::{Report, Stop};
use crate::error::Result;
use crate::store::{project, schema};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Rows};
use std::cmp::Ordering;

/// Builds every projection in temporary tables and compares row by row.
pub(super) fn compare(conn: &Connection, stop: &Stop, report: &mut Report) -> Result<()> {
    // The reader forbids writing; temporary tables are this connection's own.
    conn.pragma_update(None, "query_only", false)?;
    let compared = beside(conn, stop, report);
    let tidied = schema::PROJECTION_TABLES
        .iter()
        .try_for_each(|table| conn.execute_batch(&format!("DROP TABLE IF EXISTS temp.{table}")));
    conn.pragma_update(None, "query_only", true)?;
    compared.and(tidied.map_err(Into::into))
}

fn beside(conn: &Connection, stop: &Stop, report: &mut Report) -> Result<()> {
    let tx = conn.unchecked_transaction()?;
    project::build_beside(&tx, &|| stop.ask())?;
    for table in schema::PROJECTION_TABLES {
        stop.ask()?;
        let differing = if *table == project::PEOPLE { people(&tx, stop)? } else { differing(&tx, table)? };
        if differing > 0 {
            report.differing.push(((*table).to_owned(), differing));
        }
    }
    tx.commit()?;
    Ok(())
}

/// How many rows of one table are not in the other, either way.
fn differing(conn: &Connection, table: &str) -> Result<u64> {
    let (columns, key) = columns(conn, table)?;
    let sql = |schema: &str| format!("SELECT {columns} FROM {schema}.{table} ORDER BY {}", order(key));
    let (mut live, mut built) = (conn.prepare(&sql("main"))?, conn.prepare(&sql("temp"))?);
    let (mut live, mut built) = (live.query([])?, built.query([])?);
    live.advance()?;
    built.advance()?;
    let mut found = 0;
    loop {
        let side = match (live.get(), built.get()) {
            (None, None) => return Ok(found),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => compare_columns(a, b, key)?,
        };
        match side {
            Ordering::Equal => {
                if let (Some(a), Some(b)) = (live.get(), built.get())
                    && compare_columns(a, b, a.as_ref().column_count())? != Ordering::Equal
                {
                    found += 2;
                }
                live.advance()?;
                built.advance()?;
            }
            Ordering::Less => {
                found += 1;
                live.advance()?;
            }
            Ordering::Greater => {
                found += 1;
                built.advance()?;
            }
        }
    }
}

/// People are not built beside: one after the other is compared as it comes out of the fold.
fn people(conn: &Connection, stop: &Stop) -> Result<u64> {
    let mut live = conn.prepare(&format!(
        "SELECT {} FROM main.{} ORDER BY id",
        project::PERSON_COLUMNS,
        project::PEOPLE
    ))?;
    let mut live = live.query([])?;
    live.advance()?;
    let mut found = 0;
    project::each_person(conn, &mut |person| {
        stop.ask()?;
        let built = person.columns();
        loop {
            let Some(row) = live.get() else {
                found += 1;
                return Ok(());
            };
            match compare_values(row.get_ref(0)?, built[0]) {
                Ordering::Less => {
                    found += 1;
                    live.advance()?;
                }
                Ordering::Greater => {
                    found += 1;
                    return Ok(());
                }
                Ordering::Equal => {
                    if !same(row, &built)? {
                        found += 2;
                    }
                    live.advance()?;
                    return Ok(());
                }
            }
        }
    })?;
    Ok(found + rest(&mut live)?)
}

fn same(row: &Row<'_>, built: &[ValueRef<'_>]) -> Result<bool> {
    for (at, value) in built.iter().enumerate() {
        if row.get_ref(at)? != *value {
            return Ok(false);
        }
    }
    Ok(true)
}

fn rest(live: &mut Rows<'_>) -> Result<u64> {
    let mut found = 0;
    while live.get().is_some() {
        found += 1;
        live.advance()?;
    }
    Ok(found)
}

/// A table's columns, those of its key first, and how many these are.
fn columns(conn: &Connection, table: &str) -> Result<(String, usize)> {
    let mut query =
        conn.prepare("SELECT name, pk > 0 FROM pragma_table_info(?1, 'temp') ORDER BY pk = 0, pk, cid")?;
    let all: Vec<(String, bool)> =
        query.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let key = all.iter().filter(|(_, key)| *key).count();
    Ok((all.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", "), key))
}

fn order(key: usize) -> String {
    (1..=key).map(|at| at.to_string()).collect::<Vec<_>>().join(", ")
}

fn compare_columns(a: &Row<'_>, b: &Row<'_>, count: usize) -> Result<Ordering> {
    for at in 0..count {
        let side = compare_values(a.get_ref(at)?, b.get_ref(at)?);
        if side != Ordering::Equal {
            return Ok(side);
        }
    }
    Ok(Ordering::Equal)
}

/// In the database's own order: nothing, numbers, text, bytes.
fn compare_values(a: ValueRef<'_>, b: ValueRef<'_>) -> Ordering {
    let rank = |value: &ValueRef<'_>| match value {
        ValueRef::Null => 0,
        ValueRef::Integer(_) | ValueRef::Real(_) => 1,
        ValueRef::Text(_) => 2,
        ValueRef::Blob(_) => 3,
    };
    match (a, b) {
        (ValueRef::Integer(a), ValueRef::Integer(b)) => a.cmp(&b),
        (ValueRef::Text(a), ValueRef::Text(b)) | (ValueRef::Blob(a), ValueRef::Blob(b)) => a.cmp(b),
        (ValueRef::Real(a), ValueRef::Real(b)) => a.total_cmp(&b),
        // A number of another kind than was written is not what was written.
        (ValueRef::Integer(_), ValueRef::Real(_)) => Ordering::Less,
        (ValueRef::Real(_), ValueRef::Integer(_)) => Ordering::Greater,
        (a, b) => rank(&a).cmp(&rank(&b)),
    }
}
