//! People as now known: roster rows and corrections by hand, in the order in which they were recorded.

use super::holds::Holds;
use crate::domain::ids::PersonId;
use crate::domain::order::natural;
use crate::domain::person::{Person, PersonFacts, PersonKind};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::event::Event;
use crate::log::{Entity, wire};
use crate::search;
use crate::store::load;
use crate::store::sql::Put;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Rows, params_from_iter};
use std::collections::HashMap;

/// Where people are kept.
pub(in crate::store) const PEOPLE: &str = "cur_person";

/// The columns of [`Line`], the key first.
pub(in crate::store) const COLUMNS: &str = "id, no, name, unit, sex, kind, campus, phone, id_number, origin, address, contact, \
     family_phone, keys, hay, no_order, keys_order";

/// What was told of somebody, with its place in the order of the log: the number, and facts.
type Told = (load::Order, Option<String>, PersonFacts);

/// A person's line.
pub(in crate::store) struct Line {
    person: Person,
    keys: String,
    hay: String,
    no_order: String,
    keys_order: Option<String>,
}

impl Line {
    /// What was told, in order; nobody where it has no beginning.
    fn of(id: PersonId, mut told: Vec<Told>) -> Option<Self> {
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
        let person = person?;
        let name = person.facts.name.as_deref().unwrap_or_default();
        let keys = search::keys(name);
        let hay = format!("{} {name} {keys}", person.no).to_lowercase();
        let no_order = natural(&person.no);
        let keys_order = Some(natural(&keys)).filter(|order| *order != keys);
        Some(Self { person, keys, hay, no_order, keys_order })
    }

    /// The columns, in the order of [`COLUMNS`].
    pub(in crate::store) fn columns(&self) -> [ValueRef<'_>; 17] {
        fn text(text: Option<&str>) -> ValueRef<'_> {
            text.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes()))
        }
        let f = &self.person.facts;
        [
            ValueRef::Blob(self.person.id.bytes()),
            text(Some(&self.person.no)),
            text(Some(f.name.as_deref().unwrap_or_default())),
            f.unit.as_ref().map_or(ValueRef::Null, |unit| ValueRef::Blob(unit.bytes())),
            text(f.sex.as_deref()),
            text(f.kind.map(PersonKind::code)),
            text(f.campus.as_deref()),
            text(f.phone.as_deref()),
            text(f.id_number.as_deref()),
            text(f.origin.as_deref()),
            text(f.address.as_deref()),
            text(f.contact.as_deref()),
            text(f.family_phone.as_deref()),
            text(Some(&self.keys)),
            text(Some(&self.hay)),
            text(Some(&self.no_order)),
            text(self.keys_order.as_deref()),
        ]
    }

    fn write(&self, conn: &Connection) -> Result<()> {
        let mut insert = conn.prepare_cached(&format!(
            "INSERT INTO {PEOPLE} ({COLUMNS}) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
        ))?;
        let columns = self.columns().map(rusqlite::types::ToSqlOutput::Borrowed);
        insert.put(params_from_iter(columns))
    }
}

/// Nobody else has the number.
pub(super) const HOLDS: Holds = Holds {
    sql: "SELECT p.no FROM cur_person p WHERE p.id = ?1 \
          AND EXISTS (SELECT 1 FROM cur_person o WHERE o.no = p.no AND o.id <> p.id)",
    refused: |no| Error::refused(say::number_taken(no)),
};

pub(super) fn fold(conn: &Connection, id: PersonId) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_person WHERE id = ?1")?.execute([id])?;
    let mut told: Vec<Told> = load::roster_rows_about(conn, id)?
        .into_iter()
        .map(|(order, row)| (order, Some(row.no), row.facts))
        .collect();
    for event in load::events_about(conn, Entity::Person(id))? {
        let order = event.order();
        told.extend(told_by(event.event).map(|(no, facts)| (order, no, facts)));
    }
    Line::of(id, told).map_or(Ok(()), |line| line.write(conn))
}

fn told_by(event: Event) -> Option<(Option<String>, PersonFacts)> {
    match event {
        Event::PersonAdded(e) => Some((Some(e.no), e.facts)),
        Event::PersonChanged(e) => Some((e.no, e.facts)),
        _ => None,
    }
}

/// Folds everybody into an empty table.
pub(super) fn fold_everybody(conn: &Connection) -> Result<()> {
    each(conn, &mut |line| line.write(conn))
}

/// Everybody's line in the order of their ids: rosters and events are each read once, side by side.
pub(in crate::store) fn each(conn: &Connection, take: &mut dyn FnMut(&Line) -> Result<()>) -> Result<()> {
    let ops = rosters(conn)?;
    let mut rosters = conn.prepare(&format!(
        "SELECT desk, seq, {} FROM log_roster_row INDEXED BY log_roster_row_person ORDER BY person, desk, seq, row",
        load::ROSTER
    ))?;
    let mut events = conn.prepare(
        "SELECT l.desk, l.seq, l.id, l.lamport, l.idx, e.kind, e.version, b.body FROM cur_link l \
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
         WHERE l.kind = 2 AND e.kind IN ('person.added', 'person.changed') \
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = l.desk AND u.seq = l.seq) \
         ORDER BY l.id, l.lamport, l.desk, l.seq, l.idx, l.made",
    )?;
    let (mut rosters, mut events) = (Side::new(rosters.query([])?)?, Side::new(events.query([])?)?);
    while let Some(id) = [rosters.person, events.person].into_iter().flatten().min() {
        let mut told = Vec::new();
        while rosters.person == Some(id) {
            if let Some(row) = rosters.rows.get()
                && let Some(lamport) = ops.get(&(row.get(0)?, row.get(1)?))
            {
                let read = load::roster_row(row, 2)?;
                told.push(((*lamport, row.get(0)?, row.get(1)?), Some(read.no), read.facts));
            }
            rosters.step()?;
        }
        let mut last = None;
        while events.person == Some(id) {
            if let Some(row) = events.rows.get() {
                let order: load::Order = (row.get(3)?, row.get(0)?, row.get(1)?);
                let place = (order, row.get::<_, i64>(4)?);
                // An event may speak of somebody in two ways.
                if last.replace(place) != Some(place) {
                    let body = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
                    let kind = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
                    let event = wire::read(kind, row.get(6)?, body);
                    told.extend(told_by(event).map(|(no, facts)| (order, no, facts)));
                }
            }
            events.step()?;
        }
        if let Some(line) = Line::of(id, told) {
            take(&line)?;
        }
    }
    Ok(())
}

/// The ops that hold rosters and stand, each with its logical time.
fn rosters(conn: &Connection) -> Result<HashMap<(i64, i64), i64>> {
    let mut query = conn.prepare(
        "SELECT o.desk, o.seq, o.lamport FROM log_op o WHERE o.rows > 0 \
         AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = o.desk AND u.seq = o.seq)",
    )?;
    let rows = query.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Rows in the order of the person whose id stands third.
struct Side<'s> {
    rows: Rows<'s>,
    person: Option<PersonId>,
}

impl<'s> Side<'s> {
    fn new(rows: Rows<'s>) -> Result<Self> {
        let mut side = Self { rows, person: None };
        side.step()?;
        Ok(side)
    }

    fn step(&mut self) -> Result<()> {
        self.rows.advance()?;
        self.person = self.rows.get().map(|row| row.get(2)).transpose()?;
        Ok(())
    }
}
