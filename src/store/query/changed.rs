//! Whose line in the finder's index may have changed since an op: read from the log, so that nothing has to be kept
//! for it.

use super::head_in;
use crate::domain::ids::{FollowUpId, OpRef, PersonId};
use crate::error::Result;
use crate::log::event::Event;
use crate::store::{Reader, desk, project};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// More ops than this are not gone through: building the index anew is no slower.
const OPS: i64 = 1000;

/// Nor more rows of rosters than this.
const ROWS: usize = 50_000;

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The newest op that was looked at: where to go on from.
    pub to: OpRef,
    /// These people's lines: facts, or open case.
    pub people: Vec<PersonId>,
    /// Some unit.
    pub units: bool,
    /// Some outside contact.
    pub contacts: bool,
    /// These calls.
    pub calls: Vec<FollowUpId>,
    /// It cannot be told: read everything anew. The other fields say nothing then.
    pub everything: bool,
}

/// The newest op of this desk: what an index built now is true for.
///
/// # Errors
/// The database cannot be read.
pub fn stamp(reader: &Reader) -> Result<OpRef> {
    let tx = reader.snapshot()?;
    reader.built.set(Some(built_in(&tx)?));
    stamp_in(&tx)
}

fn stamp_in(conn: &Connection) -> Result<OpRef> {
    let desk = desk::this(conn)?;
    Ok(OpRef { desk: desk.id, seq: head_in(conn, desk.no)?.0 })
}

/// How often the projections were built anew in this file. An index kept between runs belongs to one such number:
/// a rebuild may change what stands in the tables without an op that would say so.
///
/// # Errors
/// The database cannot be read.
pub fn built(reader: &Reader) -> Result<i64> {
    built_in(&reader.conn)
}

pub(super) fn built_in(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached("SELECT value FROM local_value WHERE key = 'built'")?
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// What stands in the file: it changes with each write, and with each time the projections are built anew.
pub(super) fn file_of(conn: &Connection) -> Result<(i64, i64)> {
    let version: i64 = conn.query_row("PRAGMA data_version", [], |row| row.get(0))?;
    Ok((version, built_in(conn)?))
}

/// What the ops after `from` may have changed of the lines that [`super::find_people`] and the others give. Everything, when
/// `from` is not an op of this desk's past, when there is too much to go through, or when the projections were built
/// anew since this reader was last asked for a [`stamp`] or for this.
///
/// # Errors
/// The database cannot be read.
pub fn changed_since(reader: &Reader, from: &OpRef) -> Result<Changed> {
    let tx = reader.snapshot()?;
    let built = built_in(&tx)?;
    let rebuilt = reader.built.replace(Some(built)).is_some_and(|before| before != built);
    let desk = desk::this(&tx)?;
    let to = stamp_in(&tx)?;
    let mut out = Changed {
        to,
        people: Vec::new(),
        units: false,
        contacts: false,
        calls: Vec::new(),
        everything: false,
    };
    if rebuilt || from.desk != to.desk || from.seq > to.seq || to.seq - from.seq > OPS {
        out.everything = true;
        return Ok(out);
    }
    let mut people = BTreeSet::new();
    for (desk, seq) in ops_since(&tx, desk.no, from.seq)? {
        for event in project::events_of(&tx, desk, seq)? {
            note(&event, &mut people, &mut out);
        }
        let mut rows =
            tx.prepare_cached("SELECT DISTINCT person FROM log_roster_row WHERE desk = ?1 AND seq = ?2")?;
        for person in rows.query_map([desk, seq], |row| row.get::<_, PersonId>(0))? {
            people.insert(person?);
            if people.len() > ROWS {
                out.everything = true;
                return Ok(out);
            }
        }
    }
    out.people = people.into_iter().collect();
    Ok(out)
}

/// The ops after `seq`, and those whose standing they changed: what an undo takes back, and what undoing that
/// brings back.
fn ops_since(conn: &Connection, desk: i64, seq: i64) -> Result<BTreeSet<(i64, i64)>> {
    let mut query = conn.prepare_cached("SELECT desk, seq FROM log_op WHERE desk = ?1 AND seq > ?2")?;
    let mut found: BTreeSet<(i64, i64)> = query
        .query_map(params![desk, seq], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut target = conn.prepare_cached(
        "SELECT d.no, o.undoes_seq FROM log_op o JOIN log_desk d ON d.id = o.undoes_desk \
         WHERE o.desk = ?1 AND o.seq = ?2",
    )?;
    let mut look: Vec<(i64, i64)> = found.iter().copied().collect();
    while let Some((desk, seq)) = look.pop() {
        let undoes: Option<(i64, i64)> =
            target.query_row([desk, seq], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some(op) = undoes
            && found.insert(op)
        {
            look.push(op);
        }
    }
    Ok(found)
}

/// Notes whose lines an event changes.
fn note(event: &Event, people: &mut BTreeSet<PersonId>, out: &mut Changed) {
    match event {
        Event::PersonAdded(e) => {
            people.insert(e.person);
        }
        Event::PersonChanged(e) => {
            people.insert(e.person);
        }
        // Their calls are not told by what is left.
        Event::PersonErased(_) => out.everything = true,
        Event::CaseOpened(e) => {
            people.insert(e.person);
        }
        Event::CaseChanged(e) => {
            people.insert(e.person);
        }
        Event::CaseReleased(e) => {
            people.insert(e.person);
        }
        Event::FollowUpLogged(e) => out.calls.push(e.followup),
        Event::FollowUpAttached(e) => out.calls.push(e.followup),
        Event::UnitAdded(_) | Event::UnitChanged(_) => out.units = true,
        Event::ContactAdded(_) | Event::ContactChanged(_) | Event::ContactRemoved(_) => out.contacts = true,
        _ => {}
    }
}
