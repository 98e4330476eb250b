//! What an entry proposes, what became of that, and of which proposal it was made itself.

use super::due::name_of;
use super::{link_name, officer, place_of};
use crate::domain::ids::{CaseId, EntryId, PersonId};
use crate::domain::ledger::raise::{Raise, Target, of_due};
use crate::domain::ledger::{Ledger, Link, Part};
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::{Event, Raised};
use crate::store::ledgers::{self, Row, answered};
use crate::store::load;
use crate::store::query::rows::{Origin, Proposal, Proposed, Settled};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What an entry proposes now, with what would stand in it.
pub(super) fn proposed(
    conn: &Connection,
    ledger: &Ledger,
    row: &Row,
    calendar: Calendar,
    now: Ts,
) -> Result<Vec<Proposal>> {
    let Some(part) = ledger.part(row.parent.is_some()).filter(|part| !part.raises.is_empty()) else {
        return Ok(Vec::new());
    };
    let open: Vec<String> = conn
        .prepare_cached("SELECT due FROM cur_entry_due WHERE entry = ?1")?
        .query_map([row.id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let is_open = |raise: &&Raise| open.iter().any(|due| of_due(due) == Some(raise.id.as_str()));
    let mut out = Vec::new();
    for raise in part.raises.iter().filter(is_open) {
        out.extend(proposal(conn, ledger, (part, row), raise, calendar, now)?);
    }
    Ok(out)
}

fn proposal(
    conn: &Connection,
    ledger: &Ledger,
    (part, row): (&Part, &Row),
    raise: &Raise,
    calendar: Calendar,
    now: Ts,
) -> Result<Option<Proposal>> {
    let place = place_of(conn, ledger, part, row, calendar, now)?;
    let (to, unfit) = match (&raise.target, row.person) {
        (Target::Case, None) => return Ok(None),
        (Target::Case, Some(person)) => {
            let (facts, unfit) = answered(conn, &place, now, Some(&ledger.name), || {
                Ok(raise.facts(&place.scope(part, &row.values), calendar))
            })?;
            let name = link_name(conn, &Link::Person, person.0)?.zh;
            (Proposed::Case { person, name, facts: Box::new(facts) }, unfit)
        }
        (Target::Ledger(name), _) => {
            let made = ledgers::named(conn, name)?;
            let (values, unfit) = answered(conn, &place, now, Some(&ledger.name), || {
                Ok(raise.values(&made.part, &place.scope(part, &row.values), calendar))
            })?;
            let mut names = BTreeMap::new();
            for (column, link) in made.part.links() {
                if let Some(id) = values.get(column).and_then(|value| Uuid::parse_str(value).ok()) {
                    names.insert(column.to_owned(), link_name(conn, link, id)?);
                }
            }
            (Proposed::Entry { ledger: made, values, names }, unfit)
        }
    };
    Ok(Some(Proposal { raise: raise.clone(), to, unfit }))
}

/// What became of what an entry proposed, and of which proposal it was made.
pub(super) fn settled(conn: &Connection, entry: EntryId) -> Result<(Vec<Settled>, Option<Origin>)> {
    let (mut settled, mut origin) = (Vec::new(), None);
    for told in load::events_about(conn, Entity::Entry(entry))? {
        let Event::EntryRaised(raised) = told.event else { continue };
        if raised.entry == entry {
            let made = raised.made.map(|made| Ok::<_, crate::error::Error>((made, called(conn, made)?)));
            settled.push(Settled {
                raise: raised.raise,
                made: made.transpose()?,
                reason: raised.reason,
                at: told.happened_at,
                by: officer(conn, told.officer)?,
            });
        } else if raised.made == Some(Raised::Entry(entry)) {
            origin = of(conn, raised.entry)?;
        }
    }
    Ok((settled, origin))
}

fn of(conn: &Connection, entry: EntryId) -> Result<Option<Origin>> {
    let Some(row) = ledgers::row(conn, entry)? else { return Ok(None) };
    let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)? else { return Ok(None) };
    let name = name_of(conn, &ledger, &row)?;
    Ok(Some(Origin { entry, ledger, name }))
}

/// What was made is called by whom it is of.
fn called(conn: &Connection, made: Raised) -> Result<String> {
    match made {
        Raised::Entry(entry) => {
            let name = of(conn, entry)?.map(|of| of.name).unwrap_or_default();
            Ok(name.get(ledgers::lang_of(conn)?).to_owned())
        }
        Raised::Case(case) => {
            let person = person_of(conn, case)?;
            person.map_or(Ok(String::new()), |person| Ok(link_name(conn, &Link::Person, person.0)?.zh))
        }
    }
}

fn person_of(conn: &Connection, case: CaseId) -> Result<Option<PersonId>> {
    let sql = "SELECT person FROM cur_case WHERE id = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([case], |row| row.get(0)).optional()?)
}
