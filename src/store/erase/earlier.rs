//! What was written down of somebody else and is no longer in force: a contact, a family's number, as an earlier roster or
//! an earlier correction gave it. It is theirs and stays; that it speaks of the person is told.

use super::{EventAt, Plan};
use crate::domain::ids::{DeskId, OpRef, PersonId};
use crate::domain::person::PersonFacts;
use crate::domain::traces::{Trace, Traces};
use crate::error::Result;
use crate::log::event::Event;
use crate::log::wire;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// Notes the rosters in which a row of somebody else speaks of the person, in what is no longer in force.
pub(super) fn note(
    conn: &Connection,
    person: PersonId,
    desks: &HashMap<i64, DeskId>,
    plan: &mut Plan,
) -> Result<()> {
    let mut query = conn.prepare(
        "SELECT desk, seq, row, person, name, phone, family_phone, id_number, contact, address FROM log_roster_row \
         ORDER BY desk, seq, row",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let at: EventAt = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut speaks = Vec::new();
        for column in 4..10 {
            let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
            speaks.extend(text.filter(|text| speaks_of(&plan.traces, text)).map(str::to_owned));
        }
        if speaks.is_empty() {
            continue;
        }
        let whose: PersonId = row.get(3)?;
        let Some(desk) = desks.get(&at.0).copied().filter(|_| whose != person) else { continue };
        if any_gone(conn, whose, &speaks)? {
            plan.kept.push((OpRef { desk, seq: at.1 }, 0));
        }
    }
    Ok(())
}

/// Whether an event about somebody else wrote something of the person down of them that is no longer in force.
pub(super) fn is_in(
    conn: &Connection,
    traces: &Traces,
    kind: &str,
    version: u16,
    body: &str,
) -> Result<bool> {
    let (whose, facts) = match wire::read(kind, version, body) {
        Event::PersonAdded(e) => (e.person, e.facts),
        Event::PersonChanged(e) => (e.person, e.facts),
        _ => return Ok(false),
    };
    let PersonFacts { name, phone, family_phone, id_number, contact, address, .. } = facts;
    let texts = [name, phone, family_phone, id_number, contact, address].into_iter().flatten();
    let speaks: Vec<String> = texts.filter(|text| speaks_of(traces, text)).collect();
    Ok(!speaks.is_empty() && any_gone(conn, whose, &speaks)?)
}

fn speaks_of(traces: &Traces, text: &str) -> bool {
    traces.may_be_in(text) && traces.in_text(text).is_some_and(|trace| trace > Trace::SharedName)
}

/// Whether any of these is not what stands in somebody's record today: what does is told by itself.
fn any_gone(conn: &Connection, whose: PersonId, texts: &[String]) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT 1 FROM cur_person WHERE id = ?1 AND ?2 IN (name, phone, family_phone, id_number, contact, address)",
    )?;
    for text in texts {
        if !query.exists(params![whose, text])? {
            return Ok(true);
        }
    }
    Ok(false)
}
