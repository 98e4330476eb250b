//! Projections: rows computed from the log. There is one way in: *fold a subject*, that is, delete its rows
//! and fold its events again. A write folds what it touched; a rebuild folds everyone. So the two cannot differ.

mod case;
mod contact;
mod office;
mod person;
mod report;
mod shift;
mod unit;

use super::load::{OP_HEAD, op_head};
use super::{json, schema};
use crate::domain::ids::{OpRef, PersonId};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::event::Event;
use crate::log::{Entity, Op, OpHead, wire};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeSet;

/// Folds what one new op touches.
pub(super) fn fold_op(conn: &Connection, desk: i64, head: &OpHead, op: &Op) -> Result<()> {
    let mut touched = BTreeSet::new();
    for (idx, event) in op.events.iter().enumerate() {
        link(conn, desk, head, idx as i64, event)?;
        touched.extend(event.folds());
    }
    touched.extend(op.roster.iter().map(|row| Entity::Person(row.person)));
    if op.undoes.is_some() {
        for (desk, seq) in refresh_undone(conn)? {
            entities_of(conn, desk, seq, &mut touched)?;
        }
    }
    for entity in touched {
        fold(conn, entity)?;
    }
    Ok(())
}

/// Computes one entity's rows anew.
fn fold(conn: &Connection, entity: Entity) -> Result<()> {
    match entity {
        Entity::Office => office::fold(conn),
        Entity::Officer(id) => office::fold_officer(conn, id),
        Entity::Person(id) => person::fold(conn, id),
        Entity::Unit(id) => unit::fold(conn, id),
        Entity::Case(id) => case::fold(conn, id.into()),
        Entity::FollowUp(id) => contact::fold_followup(conn, id.into()),
        Entity::Promise(id) => contact::fold_promise(conn, id.into()),
        Entity::Note(id) => contact::fold_note(conn, id.into()),
        Entity::Shift(id) => shift::fold(conn, id.into()),
        Entity::Report(id) => report::fold(conn, id),
        Entity::Unknown => Ok(()),
    }
}

/// Notes which entities an event speaks of.
fn link(conn: &Connection, desk: i64, head: &OpHead, idx: i64, event: &Event) -> Result<()> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO cur_link (kind, id, lamport, desk, seq, idx, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (made, entities) in [(true, event.makes()), (false, event.names())] {
        for entity in entities {
            insert.execute(params![
                entity.kind(),
                entity.id(),
                head.lamport,
                desk,
                head.op.seq,
                idx,
                made
            ])?;
        }
    }
    Ok(())
}

/// Every entity whose rows an op changes.
fn entities_of(conn: &Connection, desk: i64, seq: i64, out: &mut BTreeSet<Entity>) -> Result<()> {
    for event in events_of(conn, desk, seq)? {
        out.extend(event.folds());
    }
    let mut rows =
        conn.prepare_cached("SELECT DISTINCT person FROM log_roster_row WHERE desk = ?1 AND seq = ?2")?;
    for person in rows.query_map([desk, seq], |row| row.get::<_, PersonId>(0))? {
        out.insert(Entity::Person(person?));
    }
    Ok(())
}

/// The events of one op, in order.
pub(super) fn events_of(conn: &Connection, desk: i64, seq: i64) -> Result<Vec<Event>> {
    let mut query = conn.prepare_cached(
        "SELECT e.kind, e.version, b.body FROM log_event e \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.desk = ?1 AND e.seq = ?2 ORDER BY e.idx",
    )?;
    let rows = query.query_map([desk, seq], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, u16>(1)?, row.get::<_, String>(2)?))
    })?;
    rows.map(|row| {
        let (kind, version, body) = row?;
        wire::decode(&kind, version, &body).map_err(json)
    })
    .collect()
}

/// Works out which ops stand undone, and returns those whose standing changed. An op is undone when an op that
/// undoes it is not itself undone; undoers come later, so the latest are settled first.
fn refresh_undone(conn: &Connection) -> Result<Vec<(i64, i64)>> {
    let mut query = conn.prepare(
        "SELECT u.desk, u.seq, d.no, u.undoes_seq FROM log_op u JOIN log_desk d ON d.id = u.undoes_desk \
         WHERE u.undoes_seq IS NOT NULL ORDER BY u.lamport DESC, u.desk DESC, u.seq DESC",
    )?;
    let mut now = BTreeSet::new();
    let undoers = query.query_map([], |row| {
        Ok(((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?), (row.get::<_, i64>(2)?, row.get::<_, i64>(3)?)))
    })?;
    for pair in undoers {
        let (undoer, target) = pair?;
        if !now.contains(&undoer) {
            now.insert(target);
        }
    }
    let before: BTreeSet<(i64, i64)> = conn
        .prepare("SELECT desk, seq FROM cur_undone")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    conn.execute("DELETE FROM cur_undone", [])?;
    let mut insert = conn.prepare("INSERT INTO cur_undone (desk, seq) VALUES (?1, ?2)")?;
    for (desk, seq) in &now {
        insert.execute([desk, seq])?;
    }
    Ok(before.symmetric_difference(&now).copied().collect())
}

/// Fills empty projection tables from the whole log.
fn fold_all(conn: &Connection) -> Result<()> {
    let mut query = conn.prepare(&format!(
        "SELECT {OP_HEAD}, o.desk FROM log_op o JOIN log_desk d ON d.no = o.desk ORDER BY o.lamport, o.desk, o.seq"
    ))?;
    let mut ops = query.query([])?;
    while let Some(row) = ops.next()? {
        let head = op_head(row)?;
        let desk: i64 = row.get(10)?;
        for (idx, event) in events_of(conn, desk, head.op.seq)?.iter().enumerate() {
            link(conn, desk, &head, idx as i64, event)?;
        }
    }
    refresh_undone(conn)?;
    let mut entities = conn.prepare(
        "SELECT DISTINCT kind, id FROM cur_link UNION SELECT DISTINCT 2, person FROM log_roster_row",
    )?;
    let all: Vec<(u8, uuid::Uuid)> =
        entities.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (kind, id) in all {
        if let Some(entity) = Entity::from_parts(kind, id) {
            fold(conn, entity)?;
        }
    }
    Ok(())
}

/// Rebuilds every projection into empty tables, in one transaction.
pub(super) fn rebuild(conn: &mut Connection) -> Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for table in schema::PROJECTION_TABLES {
        tx.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    tx.execute_batch(&schema::PROJECTIONS.replace("{T}", ""))?;
    fold_all(&tx)?;
    tx.execute_batch(schema::PROJECTION_INDEXES)?;
    set_version(&tx)?;
    tx.commit()?;
    Ok(())
}

/// Builds every projection into temporary tables that hide the live ones on this connection.
pub(super) fn build_beside(conn: &Connection) -> Result<()> {
    conn.execute_batch(&schema::PROJECTIONS.replace("{T}", "TEMP"))?;
    fold_all(conn)
}

/// Rebuilds when the tables are of another version of the projections.
pub(super) fn rebuild_if_stale(conn: &mut Connection) -> Result<()> {
    let version: Option<i64> = conn
        .query_row("SELECT value FROM local_value WHERE key = 'projection'", [], |row| row.get(0))
        .optional()?;
    if version == Some(schema::PROJECTION_VERSION) { Ok(()) } else { rebuild(conn) }
}

/// Notes that the tables are of this version.
pub(super) fn set_version(conn: &Connection) -> Result<()> {
    conn.execute(
        "INSERT INTO local_value (key, value) VALUES ('projection', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
        [schema::PROJECTION_VERSION],
    )?;
    Ok(())
}

/// What must hold after any op, whichever act or undo led here: numbers, codes and names are unique, a person
/// has at most one open case.
pub(super) fn invariants(conn: &Connection, op: &Op) -> Result<()> {
    let undo = op.undoes.is_some();
    let units = op.events.iter().any(|e| matches!(e, Event::UnitAdded(_) | Event::UnitChanged(_)));
    let people = !op.roster.is_empty()
        || op.events.iter().any(|e| matches!(e, Event::PersonAdded(_) | Event::PersonChanged(_)));
    let cases = op.events.iter().any(|e| matches!(e, Event::CaseOpened(_)));
    if people || undo {
        let taken: Option<String> = conn
            .prepare_cached("SELECT no FROM cur_person GROUP BY no HAVING count(*) > 1 LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        if let Some(no) = taken {
            return Err(Error::refused(say::number_taken(no)));
        }
    }
    if units || undo {
        let taken: Option<String> = conn
            .prepare_cached(
                "SELECT code FROM cur_unit GROUP BY code HAVING count(*) > 1 \
                 UNION SELECT name FROM cur_unit GROUP BY name HAVING count(*) > 1 LIMIT 1",
            )?
            .query_row([], |row| row.get(0))
            .optional()?;
        if let Some(name) = taken {
            return Err(Error::refused(say::unit_taken(name)));
        }
    }
    if cases || undo {
        let twice: Option<i64> = conn
            .prepare_cached(
                "SELECT 1 FROM cur_case WHERE released_at IS NULL GROUP BY person HAVING count(*) > 1 LIMIT 1",
            )?
            .query_row([], |row| row.get(0))
            .optional()?;
        if twice.is_some() {
            return Err(Error::refused(say::CASE_OPEN).hint(say::CASE_OPEN_HINT));
        }
    }
    Ok(())
}

/// This file's short number for the desk of an op.
pub(super) fn desk_no(conn: &Connection, op: OpRef) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT no FROM log_desk WHERE id = ?1")?
        .query_row([op.desk], |row| row.get(0))
        .optional()?)
}
