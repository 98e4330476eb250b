//! Projections: rows computed from the log. There is one way in: *fold a subject*, that is, delete its rows
//! and fold its events again. A write folds what it touched; a rebuild folds everyone. So the two cannot differ.

mod case;
mod contact;
pub(super) mod doubt;
mod entities;
pub(super) mod finding;
mod holds;
pub(super) mod ledger;
mod office;
mod outside;
mod person;
mod question;
mod report;
mod shift;
mod sitrep;
mod unit;

use entities::{invariant, names_stand, projected};
pub(super) use person::{COLUMNS as PERSON_COLUMNS, PEOPLE, each as each_person};

use super::layout::quoted;
use super::load::{OP_HEAD, op_head};
use super::schema;
use super::sql::Put;
use crate::domain::ids::{OpRef, PersonId, UnitId};
use crate::error::Result;
use crate::log::event::Event;
use crate::log::{Entity, Op, OpHead, wire};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeSet;

// How each entity is projected: one line an entity; what it is stands in `log::Entity`.
// What can only be corrected is always there: a shift, a situation report, figures told. A report may be excused that never
// came, and nothing speaks of a note.
projected! {
    Officer: office::fold_officer, stands in "cur_officer";
    Person: person::fold, stands in "cur_person", holds person::HOLDS;
    Unit: unit::fold, stands in "cur_unit", holds unit::HOLDS;
    Case: case::fold, stands in "cur_case", holds case::HOLDS;
    FollowUp: contact::fold_followup, stands in "cur_followup";
    Promise: contact::fold_promise, stands in "cur_promise";
    Note: contact::fold_note;
    Shift: shift::fold;
    Report: report::fold;
    Contact: outside::fold, stands in "cur_contact", holds outside::HOLDS;
    Sitrep: sitrep::fold;
    Told: sitrep::fold_told;
    Question: question::fold, stands in "cur_question";
    Ledger: ledger::fold;
    Entry: ledger::fold_entry, stands in "cur_entry", holds ledger::HOLDS;
}

/// Folds what one new op touches, and refuses what must not stand: this is the last word on every act.
pub(super) fn fold_op(conn: &Connection, desk: i64, head: &OpHead, op: &Op) -> Result<()> {
    let mut touched = BTreeSet::new();
    let mut findings = finding::Touched::default();
    let mut doubts = doubt::Touched::default();
    for (idx, event) in op.events.iter().enumerate() {
        link(conn, desk, head, idx as i64, event)?;
        touched.extend(event.folds());
        findings.by(event);
        doubts.by(event);
        doubt::note(conn, desk, head, idx as i64, event)?;
    }
    finding::note(conn, desk, head, op)?;
    touched.extend(op.roster.iter().map(|row| Entity::Person(row.person)));
    let changed = if op.undoes.is_some() { refresh_undone(conn)? } else { Changed::default() };
    for (desk, seq) in changed.taken_back.iter().chain(&changed.brought_back) {
        entities_of(conn, *desk, *seq, &mut touched, (&mut findings, &mut doubts))?;
    }
    for entity in &touched {
        fold(conn, *entity)?;
    }
    finding::fold_touched(conn, findings)?;
    doubt::fold_touched(conn, &doubts)?;
    for (desk, seq) in &changed.brought_back {
        names_stand(conn, *desk, *seq)?;
    }
    touched.into_iter().try_for_each(|entity| invariant(conn, entity))
}

/// Ops whose standing an undo changed.
#[derive(Default)]
struct Changed {
    taken_back: Vec<(i64, i64)>,
    brought_back: Vec<(i64, i64)>,
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

/// The tables that hold what single events say, by the event's place.
pub(super) const NOTED: [&str; 2] = ["cur_dismissed", "cur_answer"];

/// Notes again what an event dismisses or answers, of which words were taken out.
pub(super) fn note_dismissed_anew(conn: &Connection, (desk, seq, idx): (i64, i64, i64)) -> Result<()> {
    for table in NOTED {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE desk = ?1 AND seq = ?2 AND idx = ?3"))?
            .execute([desk, seq, idx])?;
    }
    let head = conn
        .prepare_cached(&format!(
            "SELECT {OP_HEAD} FROM log_op o JOIN log_desk d ON d.no = o.desk WHERE o.desk = ?1 AND o.seq = ?2"
        ))?
        .query_row([desk, seq], op_head)?;
    let events = events_at(conn, desk, seq)?.into_iter().filter(|(at, _)| *at == idx).collect::<Vec<_>>();
    for (idx, event) in &events {
        doubt::note(conn, desk, &head, *idx, event)?;
    }
    finding::note_events(conn, desk, &head, &events)
}

/// Notes again what a row of a report brings, of which words were taken out.
pub(super) fn note_row_anew(
    conn: &Connection,
    at: (i64, i64, i64),
    reading: &crate::domain::report::Reading,
) -> Result<()> {
    finding::note_row_anew(conn, at, reading)
}

/// What an erasure touches: it is folded again once everything is taken out.
#[derive(Default)]
pub(super) struct Touched {
    entities: BTreeSet<Entity>,
    findings: finding::Touched,
    doubts: doubt::Touched,
}

impl Touched {
    /// A person whose rows go.
    pub fn person(&mut self, person: PersonId) {
        self.entities.insert(Entity::Person(person));
        self.findings.person(person);
    }

    /// An event that goes, or of which words go.
    pub fn event(&mut self, event: &Event) {
        self.entities.extend(event.folds());
        self.findings.by(event);
        self.doubts.by(event);
    }

    /// A row of a report that goes, or of which words go.
    pub fn row(&mut self, unit: UnitId, day: NaiveDate) {
        self.doubts.day(unit, day);
    }
}

/// Folds again what an erasure touched.
pub(super) fn fold_touched(conn: &Connection, touched: Touched) -> Result<()> {
    fold_these(conn, &touched.entities)?;
    finding::fold_touched(conn, touched.findings)?;
    doubt::fold_touched(conn, &touched.doubts)
}

/// Every entity whose rows an op changes.
fn entities_of(
    conn: &Connection,
    desk: i64,
    seq: i64,
    out: &mut BTreeSet<Entity>,
    (findings, doubts): (&mut finding::Touched, &mut doubt::Touched),
) -> Result<()> {
    for event in events_of(conn, desk, seq)? {
        out.extend(event.folds());
        findings.by(&event);
        doubts.by(&event);
    }
    let mut rows =
        conn.prepare_cached("SELECT DISTINCT person FROM log_roster_row WHERE desk = ?1 AND seq = ?2")?;
    for person in rows.query_map([desk, seq], |row| row.get::<_, PersonId>(0))? {
        out.insert(Entity::Person(person?));
    }
    Ok(())
}

/// The events of one op, in order; without those that were erased.
pub(super) fn events_of(conn: &Connection, desk: i64, seq: i64) -> Result<Vec<Event>> {
    Ok(events_at(conn, desk, seq)?.into_iter().map(|(_, event)| event).collect())
}

/// The same with the place of each in its op.
pub(super) fn events_at(conn: &Connection, desk: i64, seq: i64) -> Result<Vec<(i64, Event)>> {
    let mut query = conn.prepare_cached(
        "SELECT e.idx, e.kind, e.version, b.body FROM log_event e \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.desk = ?1 AND e.seq = ?2 ORDER BY e.idx",
    )?;
    let rows = query.query_map([desk, seq], |row| {
        Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, u16>(2)?, row.get::<_, String>(3)?))
    })?;
    rows.map(|row| {
        let (idx, kind, version, body) = row?;
        Ok((idx, wire::read(&kind, version, &body)))
    })
    .collect()
}

/// Works out which ops stand undone, and tells whose standing changed. An op is undone when an op that
/// undoes it is not itself undone; undoers come later, so the latest are settled first.
fn refresh_undone(conn: &Connection) -> Result<Changed> {
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
        insert.put([desk, seq])?;
    }
    Ok(Changed {
        taken_back: now.difference(&before).copied().collect(),
        brought_back: before.difference(&now).copied().collect(),
    })
}

/// Fills empty projection tables from the whole log.
fn fold_all(conn: &Connection) -> Result<()> {
    fold_log(conn, &|| Ok(()))?;
    fold_everyone(conn)?;
    finding::fold_all(conn, &|| Ok(()))?;
    doubt::fold_all(conn, &|| Ok(()))
}

/// What each op gives by itself: links, what its events dismiss.
fn fold_log(conn: &Connection, ask: &dyn Fn() -> Result<()>) -> Result<()> {
    let mut query = conn.prepare(&format!(
        "SELECT {OP_HEAD}, o.desk FROM log_op o JOIN log_desk d ON d.no = o.desk ORDER BY o.lamport, o.desk, o.seq"
    ))?;
    let mut ops = query.query([])?;
    while let Some(row) = ops.next()? {
        ask()?;
        let head = op_head(row)?;
        let desk: i64 = row.get(10)?;
        let events = events_at(conn, desk, head.op.seq)?;
        for (idx, event) in &events {
            link(conn, desk, &head, *idx, event)?;
            doubt::note(conn, desk, &head, *idx, event)?;
        }
        finding::note_events(conn, desk, &head, &events)?;
    }
    Ok(())
}

/// Works out which ops stand undone.
pub(super) fn settle_undone(conn: &Connection) -> Result<()> {
    refresh_undone(conn).map(|_| ())
}

/// Folds these subjects.
pub(super) fn fold_these(conn: &Connection, entities: &BTreeSet<Entity>) -> Result<()> {
    entities.iter().try_for_each(|entity| fold(conn, *entity))
}

/// Folds every subject that the log's links and rosters speak of into empty tables, once it is settled what stands
/// undone.
pub(super) fn fold_everyone(conn: &Connection) -> Result<()> {
    fold_others(conn, &|| Ok(()))?;
    person::fold_everybody(conn)
}

/// The same, without people.
fn fold_others(conn: &Connection, ask: &dyn Fn() -> Result<()>) -> Result<()> {
    settle_undone(conn)?;
    let mut entities =
        conn.prepare("SELECT DISTINCT kind, id FROM cur_link WHERE kind <> 2 ORDER BY kind, id")?;
    let all: Vec<(u8, uuid::Uuid)> =
        entities.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (kind, id) in all {
        ask()?;
        if let Some(entity) = Entity::from_parts(kind, id) {
            fold(conn, entity)?;
        }
    }
    Ok(())
}

/// Rebuilds every projection into empty tables, in one transaction.
pub(super) fn rebuild(conn: &mut Connection) -> Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Those of another version may be others.
    let mut named =
        tx.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND lower(name) GLOB 'cur_*'")?;
    let tables: Vec<String> = named.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    drop(named);
    for table in tables {
        tx.execute_batch(&format!("DROP TABLE {}", quoted(&table)))?;
    }
    tx.execute_batch(&schema::PROJECTIONS.replace("{T}", ""))?;
    fold_all(&tx)?;
    tx.execute_batch(schema::PROJECTION_INDEXES)?;
    set_version(&tx)?;
    tx.execute(
        "INSERT INTO local_value (key, value) VALUES ('built', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1",
        [],
    )?;
    tx.commit()?;
    Ok(())
}

/// Builds every projection but that of people into temporary tables that hide the live ones on this connection;
/// people are many, and told one by one ([`each_person`]). `ask` stops it.
pub(super) fn build_beside(conn: &Connection, ask: &dyn Fn() -> Result<()>) -> Result<()> {
    conn.execute_batch(&schema::PROJECTIONS.replace("{T}", "TEMP"))?;
    fold_log(conn, ask)?;
    fold_others(conn, ask)?;
    finding::fold_all(conn, ask)?;
    doubt::fold_all(conn, ask)
}

/// Rebuilds when the tables are of another version of the projections.
pub(super) fn rebuild_if_stale(conn: &mut Connection) -> Result<()> {
    if is_stale(conn)? { rebuild(conn) } else { Ok(()) }
}

/// Whether the tables are of another version of the projections.
pub(super) fn is_stale(conn: &Connection) -> Result<bool> {
    let version: Option<i64> = conn
        .query_row("SELECT value FROM local_value WHERE key = 'projection'", [], |row| row.get(0))
        .optional()?;
    Ok(version != Some(schema::PROJECTION_VERSION))
}

/// Notes that the tables are of this version.
pub(super) fn set_version(conn: &Connection) -> Result<()> {
    conn.execute(
        "INSERT INTO local_value (key, value) VALUES ('projection', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
        [schema::PROJECTION_VERSION],
    )?;
    Ok(())
}

/// This file's short number for the desk of an op.
pub(super) fn desk_no(conn: &Connection, op: OpRef) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT no FROM log_desk WHERE id = ?1")?
        .query_row([op.desk], |row| row.get(0))
        .optional()?)
}
