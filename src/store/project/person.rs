//! People as now known: roster rows and corrections by hand, in the order in which they were recorded.

use crate::domain::ids::PersonId;
use crate::domain::person::{Person, PersonFacts, PersonKind};
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::Event;
use crate::search;
use crate::store::load;
use rusqlite::{Connection, params};

pub(super) fn fold(conn: &Connection, id: PersonId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_person WHERE id = ?1")?.execute([id])?;
    let mut told: Vec<(load::Order, Option<String>, PersonFacts)> = load::roster_rows_about(conn, id)?
        .into_iter()
        .map(|(order, row)| (order, Some(row.no), row.facts))
        .collect();
    for event in load::events_about(conn, Entity::Person(id))? {
        let order = event.order();
        match event.event {
            Event::PersonAdded(e) => told.push((order, Some(e.no), e.facts)),
            Event::PersonChanged(e) => told.push((order, e.no, e.facts)),
            _ => {}
        }
    }
    told.sort_by_key(|(order, ..)| *order);
    let mut person: Option<Person> = None;
    for (_, no, facts) in told {
        match &mut person {
            Some(person) => {
                if let Some(no) = no {
                    person.no = no;
                }
                person.facts.merge(&facts);
            }
            // A change without a beginning (its roster taken back) makes nobody.
            None => person = no.map(|no| Person { id, no, facts }),
        }
    }
    let Some(Person { no, facts: f, .. }) = person else { return Ok(()) };
    let name = f.name.unwrap_or_default();
    let keys = search::keys(&name);
    let hay = format!("{no} {name} {keys}").to_lowercase();
    conn.prepare_cached(
        "INSERT INTO cur_person (id, no, name, unit, sex, kind, campus, phone, id_number, origin, address, contact, \
         family_phone, keys, hay) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        id,
        no,
        name,
        f.unit,
        f.sex,
        f.kind.map(PersonKind::code),
        f.campus,
        f.phone,
        f.id_number,
        f.origin,
        f.address,
        f.contact,
        f.family_phone,
        keys,
        hay
    ])?;
    Ok(())
}
