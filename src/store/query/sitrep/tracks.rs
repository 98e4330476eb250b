//! The histories of all attention cases, read once, and what of the school is needed to place them.

use crate::domain::case::CaseFacts;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::sitrep::Group;
use crate::domain::sitrep::count::{Campuses, Home, Said, Track};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::event::Event;
use crate::log::wire;
use crate::store::load::Order;
use crate::store::query::owed::{SINCE, since};
use crate::store::query::settings_in;
use crate::store::sql::Known;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A unit, as far as a report needs it.
pub(in crate::store::query) struct Unit {
    pub id: UnitId,
    pub name: String,
    pub reports: bool,
    /// The number of the first day of which its report is expected.
    pub since: i32,
}

/// The units and the campuses.
pub(in crate::store::query) struct School {
    /// By code.
    pub units: Vec<Unit>,
    /// The campus of each unit that has one.
    pub campuses: Campuses,
    /// Every campus, in the order of the units' codes, then those only people name.
    pub all_campuses: Vec<String>,
}

impl School {
    pub fn load(conn: &Connection) -> Result<Self> {
        let calendar = settings_in(conn)?.calendar;
        let mut query = conn.prepare_cached(&format!(
            "SELECT u.id, u.name, u.reports, coalesce(u.campus, ''), {SINCE} FROM cur_unit u ORDER BY u.code"
        ))?;
        let mut out = Self { units: Vec::new(), campuses: HashMap::new(), all_campuses: Vec::new() };
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (id, campus): (UnitId, String) = (row.get(0)?, row.get(3)?);
            if !campus.is_empty() {
                out.note(&campus);
                out.campuses.insert(id, campus);
            }
            out.units.push(Unit {
                id,
                name: row.get(1)?,
                reports: row.get(2)?,
                since: since(row, 4, calendar)?,
            });
        }
        let mut named = conn.prepare_cached(
            "SELECT DISTINCT campus FROM cur_person WHERE campus IS NOT NULL AND campus <> '' ORDER BY campus",
        )?;
        for campus in named.query_map([], |row| row.get::<_, String>(0))? {
            out.note(&campus?);
        }
        Ok(out)
    }

    fn note(&mut self, campus: &str) {
        if !self.all_campuses.iter().any(|known| known == campus) {
            self.all_campuses.push(campus.to_owned());
        }
    }

    /// Names of units by their ids as in the keys.
    pub fn names(&self) -> BTreeMap<String, String> {
        self.units.iter().map(|unit| (unit.id.to_string(), unit.name.clone())).collect()
    }
}

/// Every case that stands, with what was said of it in the order of the log.
pub(in crate::store::query) fn load(conn: &Connection) -> Result<Vec<Track>> {
    let mut out: Vec<Track> = Vec::new();
    let homes = homes(conn)?;
    let groups = groups(conn)?;
    each_case(conn, |events| {
        let mut track: Option<Track> = None;
        let mut said = Vec::new();
        let mut released = None;
        for (at, event) in events {
            match event {
                Event::CaseOpened(e) => {
                    said.push(told(at, e.facts));
                    track = Some(Track {
                        person: e.person,
                        group: groups.get(&e.person).copied().unwrap_or(Group::Staff),
                        opened: at,
                        released: None,
                        said: Vec::new(),
                        homes: homes.get(&e.person).cloned().unwrap_or_default(),
                    });
                }
                Event::CaseChanged(e) => said.push(told(at, e.facts)),
                Event::CaseReleased(_) => released = Some(at),
                _ => {}
            }
        }
        if let Some(mut track) = track {
            track.said = said;
            // A release told to have happened before the opening cannot have: it ends the case where it began.
            track.released = released.map(|at| at.max(track.opened));
            out.push(track);
        }
    })?;
    Ok(out)
}

fn told(at: Ts, facts: CaseFacts) -> Said {
    Said { at, categories: facts.categories, measure: facts.measure }
}

/// Gives out the events of each case, in the order of the log, without those taken back.
fn each_case(conn: &Connection, mut each: impl FnMut(Vec<(Ts, Event)>)) -> Result<()> {
    // The index holds the events of each case side by side and in order.
    let mut query = conn.prepare_cached(
        "SELECT l.id, o.happened_at, e.kind, e.version, b.body FROM cur_link l \
         CROSS JOIN log_op o ON o.desk = l.desk AND o.seq = l.seq \
         CROSS JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         CROSS JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
         WHERE l.kind = 4 AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = l.desk AND u.seq = l.seq) \
         ORDER BY l.id, l.lamport, l.desk, l.seq, l.idx",
    )?;
    let mut rows = query.query([])?;
    let mut one: Option<(Uuid, Vec<(Ts, Event)>)> = None;
    while let Some(row) = rows.next()? {
        let id: Uuid = row.get(0)?;
        if one.as_ref().is_some_and(|(known, _)| *known != id)
            && let Some((_, events)) = one.take()
        {
            each(events);
        }
        let kind = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let body = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
        let event = wire::read(kind, row.get(3)?, body);
        one.get_or_insert((id, Vec::new())).1.push((row.get(1)?, event));
    }
    if let Some((_, events)) = one {
        each(events);
    }
    Ok(())
}

/// The groups of everybody who ever had a case.
fn groups(conn: &Connection) -> Result<HashMap<PersonId, Group>> {
    let mut query = conn.prepare_cached(
        "SELECT id, kind FROM cur_person WHERE id IN (SELECT person FROM cur_case) AND kind IS NOT NULL",
    )?;
    let rows = query.query_map([], |row| {
        let kind: Known<crate::domain::person::PersonKind> = row.get(1)?;
        Ok((row.get(0)?, Group::of(kind.0)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where everybody who ever had a case belongs and belonged, in the order of the log.
fn homes(conn: &Connection) -> Result<HashMap<PersonId, Vec<Home>>> {
    let mut found: HashMap<PersonId, Vec<(Order, Home)>> = HashMap::new();
    let mut rosters = conn.prepare_cached(
        "SELECT r.person, o.lamport, r.desk, r.seq, o.happened_at, r.unit, r.campus \
         FROM (SELECT DISTINCT person FROM cur_case) c \
         CROSS JOIN log_roster_row r ON r.person = c.person \
         CROSS JOIN log_op o ON o.desk = r.desk AND o.seq = r.seq \
         WHERE (r.unit IS NOT NULL OR r.campus IS NOT NULL) \
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = r.desk AND u.seq = r.seq)",
    )?;
    let mut rows = rosters.query([])?;
    while let Some(row) = rows.next()? {
        let order = (row.get(1)?, row.get(2)?, row.get(3)?);
        let home = Home { at: row.get(4)?, unit: row.get(5)?, campus: row.get(6)? };
        found.entry(row.get(0)?).or_default().push((order, home));
    }
    let mut edits = conn.prepare_cached(
        "SELECT c.person, l.lamport, l.desk, l.seq, o.happened_at, e.kind, e.version, b.body \
         FROM (SELECT DISTINCT person FROM cur_case) c \
         CROSS JOIN cur_link l ON l.kind = 2 AND l.id = c.person \
         CROSS JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         CROSS JOIN log_op o ON o.desk = l.desk AND o.seq = l.seq \
         CROSS JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
         WHERE e.kind IN ('person.added', 'person.changed') \
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = l.desk AND u.seq = l.seq)",
    )?;
    let mut rows = edits.query([])?;
    while let Some(row) = rows.next()? {
        let kind = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
        let body = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
        let facts = match wire::read(kind, row.get(6)?, body) {
            Event::PersonAdded(e) => e.facts,
            Event::PersonChanged(e) => e.facts,
            _ => continue,
        };
        if facts.unit.is_some() || facts.campus.is_some() {
            let order = (row.get(1)?, row.get(2)?, row.get(3)?);
            let home = Home { at: row.get(4)?, unit: facts.unit, campus: facts.campus };
            found.entry(row.get(0)?).or_default().push((order, home));
        }
    }
    let in_order = |mut all: Vec<(Order, Home)>| {
        all.sort_by_key(|(order, _)| *order);
        all.into_iter().map(|(_, home)| home).collect()
    };
    Ok(found.into_iter().map(|(person, all)| (person, in_order(all))).collect())
}
