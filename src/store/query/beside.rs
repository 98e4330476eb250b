//! What is known of a row that is selected: what its page begins with, read while the cursor moves.

use super::card::doubts;
use super::cases::cases_of_unit;
use super::dial::whom_in;
use super::dossier::{lately_in, unit_sheet_in};
use super::rows::{Beside, BesideAsk, Dial, OpBeside, PersonBeside, UnitBeside};
use super::{contact, entry, settings_in};
use crate::domain::ids::{OpRef, Subject, UnitId};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::i18n::events::changes;
use crate::log::Entity;
use crate::log::event::{CaseChanged, ContactChanged, Event, UnitChanged};
use crate::store::load::{Told, events_about};
use crate::store::project;
use crate::store::{Reader, json};
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What is known of what is asked for.
///
/// # Errors
/// The database cannot be read.
pub fn beside(reader: &Reader, ask: BesideAsk, now: Ts) -> Result<Beside> {
    match ask {
        BesideAsk::Entry(id) => {
            Ok(entry(reader, id, now)?.map_or(Beside::Nothing, |sheet| Beside::Entry(Box::new(sheet))))
        }
        BesideAsk::Of(Subject::Contact(id)) => {
            Ok(contact(reader, id)?.map_or(Beside::Nothing, |sheet| Beside::Contact(Box::new(sheet))))
        }
        BesideAsk::Op(op) => op_beside(reader, op, now).map(Beside::Op),
        BesideAsk::Of(subject) => subject_beside(reader, &*reader.snapshot()?, subject, now),
    }
}

fn subject_beside(reader: &Reader, conn: &Connection, subject: Subject, now: Ts) -> Result<Beside> {
    let dial = whom_in(conn, subject, now)?;
    Ok(match subject {
        Subject::Person(person) => match lately_in(conn, person, now)? {
            Some(dossier) => {
                let settings = settings_in(conn)?;
                let doubts = doubts(conn, &settings, person, now)?;
                Beside::Person(Box::new(PersonBeside { dossier, dial, doubts }))
            }
            None => Beside::Nothing,
        },
        Subject::Unit(unit) => unit_beside(reader, conn, unit, dial, now)?,
        Subject::Contact(_) => Beside::Nothing,
    })
}

fn unit_beside(reader: &Reader, conn: &Connection, unit: UnitId, dial: Dial, now: Ts) -> Result<Beside> {
    let Some(sheet) = unit_sheet_in(reader, conn, unit, now)? else { return Ok(Beside::Nothing) };
    let cases = cases_of_unit(conn, unit, now)?;
    Ok(Beside::Unit(Box::new(UnitBeside { sheet, dial, cases })))
}

/// What stood there before an act that changed it.
fn op_beside(reader: &Reader, op: OpRef, now: Ts) -> Result<OpBeside> {
    /// Of how many events of one act it is told.
    const TOLD: usize = 8;
    let mut out = OpBeside::default();
    let mut entries = Vec::new();
    {
        let tx = reader.snapshot()?;
        let Some(desk) = project::desk_no(&tx, op)? else { return Ok(out) };
        for event in project::events_of(&tx, desk, op.seq)?.into_iter().take(TOLD) {
            let before = |entity: Entity| -> Result<Vec<Told>> {
                let mut told = events_about(&tx, entity)?;
                // What was taken back is not among what stands.
                let at = told.iter().position(|told| (told.desk, told.seq) == (desk, op.seq));
                told.truncate(at.unwrap_or(0));
                Ok(told)
            };
            match &event {
                Event::CaseChanged(e) => {
                    let stood = before(Entity::Case(e.case))?;
                    let was: Option<CaseChanged> = was(e, &stood)?;
                    out.before.extend(was.map(|was| changes(&Event::CaseChanged(was))));
                }
                Event::UnitChanged(e) => {
                    let stood = before(Entity::Unit(e.unit))?;
                    let was: Option<UnitChanged> = was(e, &stood)?;
                    out.before.extend(was.map(|was| changes(&Event::UnitChanged(was))));
                }
                Event::ContactChanged(e) => {
                    let stood = before(Entity::Contact(e.contact))?;
                    let was: Option<ContactChanged> = was(e, &stood)?;
                    out.before.extend(was.map(|was| changes(&Event::ContactChanged(was))));
                }
                Event::EntryChanged(e) => entries.push(e.entry),
                Event::EntryMoved(e) => entries.push(e.entry),
                _ => {}
            }
        }
    }
    let happened = reader
        .conn
        .prepare_cached("SELECT o.happened_at FROM log_op o JOIN log_desk d ON d.no = o.desk WHERE d.id = ?1 AND o.seq = ?2")?
        .query_row(rusqlite::params![op.desk, op.seq], |row| row.get::<_, Ts>(0))?;
    for id in entries {
        let done = entry(reader, id, now)?.map(|sheet| sheet.history).unwrap_or_default();
        out.edits.extend(done.into_iter().filter(|did| did.at == happened).flat_map(|did| did.edits));
    }
    Ok(out)
}

/// A change, with what stood in each of its fields before; none where nothing is known of any.
fn was<E: Serialize + DeserializeOwned>(changed: &E, stood: &[Told]) -> Result<Option<E>> {
    let Value::Object(mut out) = serde_json::to_value(changed).map_err(json)? else { return Ok(None) };
    let stood: Vec<Map<String, Value>> = stood
        .iter()
        .filter_map(|told| match serde_json::from_str(&told.event.json().ok()?) {
            Ok(Value::Object(body)) => Some(body),
            _ => None,
        })
        .collect();
    let found = |name: &str, of_facts: bool| {
        stood.iter().rev().find_map(|body| {
            let at = if of_facts { body.get("facts")?.get(name) } else { body.get(name) };
            at.filter(|value| !value.is_null()).cloned()
        })
    };
    let mut any = false;
    for name in ["code", "name"] {
        if let Some(value) = out.get_mut(name).filter(|value| !value.is_null()) {
            *value = found(name, false).unwrap_or(Value::Null);
            any |= !value.is_null();
        }
    }
    if let Some(Value::Object(facts)) = out.get_mut("facts") {
        facts.retain(|_, value| !value.is_null());
        for (name, value) in facts.iter_mut() {
            *value = found(name, true).unwrap_or(Value::Null);
        }
        facts.retain(|_, value| !value.is_null());
        any |= !facts.is_empty();
    }
    if !any {
        return Ok(None);
    }
    Ok(serde_json::from_value(Value::Object(out)).ok())
}
