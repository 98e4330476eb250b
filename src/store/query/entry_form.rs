//! What a form of a ledger is made from: the declaration, the entries it is about, and what its columns can point at.

use super::ledger::{declared, entry, ledger as list};
use super::rows::{EntryAsk, EntryBasis, EntrySheet, Given, LedgerAsk, Offered, Proposal, Proposed};
use super::{contacts, officers, settings_in};
use crate::domain::ids::{EntryId, UnitId};
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Applies, Ledger, Link, Part};
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::store::Reader;
use crate::store::ledgers::{self, titled};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many entries of another ledger can be pointed at by what they are called.
const OFFERED: u32 = 5_000;

/// What a form of a ledger is made from.
///
/// # Errors
/// There is no such ledger or entry, or the database cannot be read.
pub fn entry_form(reader: &Reader, ask: &EntryAsk, now: Ts) -> Result<EntryBasis> {
    let sheet = |id: EntryId| -> Result<EntrySheet> {
        entry(reader, id, now)?.ok_or_else(|| Error::not_found(say::NO_ENTRY))
    };
    let mut given = None;
    let (mut due, mut last) = (Vec::new(), None);
    let mut tell = |sheet: &mut EntrySheet| {
        due = std::mem::take(&mut sheet.due);
        last = sheet.history.pop();
    };
    let (ledger, rows, above) = match ask {
        EntryAsk::New(name) => (declared(reader, name)?, Vec::new(), None),
        EntryAsk::Line(id) => {
            let mut sheet = sheet(*id)?;
            tell(&mut sheet);
            (sheet.ledger, Vec::new(), Some(sheet.entry))
        }
        EntryAsk::Raised(id, raise) => {
            let proposed = sheet(*id)?.proposed.into_iter().find(|one| one.raise.id == *raise);
            let Some(Proposal { to: Proposed::Entry { ledger, values, names }, unfit, .. }) = proposed else {
                return Err(Error::refused(say::NOT_PROPOSED));
            };
            given = Some(Given { values, names, unfit });
            (ledger, Vec::new(), None)
        }
        EntryAsk::Due(kind, of) => {
            let (name, due) = kind.ledger().ok_or_else(|| Error::not_found(say::NO_ENTRY))?;
            let ledger = declared(reader, name)?;
            given = Some(due_of(reader, &ledger, due, *of, now)?);
            (ledger, Vec::new(), None)
        }
        EntryAsk::Change(id) | EntryAsk::Withdraw(id) => {
            let mut sheet = sheet(*id)?;
            tell(&mut sheet);
            (sheet.ledger, vec![sheet.entry], sheet.above)
        }
        EntryAsk::Move(ids, _) => {
            let mut sheets = ids.iter().map(|id| sheet(*id)).collect::<Result<Vec<_>>>()?;
            if let [one] = sheets.as_mut_slice() {
                tell(one);
            }
            let above = sheets.first_mut().and_then(|sheet| sheet.above.take());
            let first = sheets.first().map(|sheet| sheet.ledger.clone());
            let ledger = first.ok_or_else(|| Error::not_found(say::NO_ENTRY))?;
            (ledger, sheets.into_iter().map(|sheet| sheet.entry).collect(), above)
        }
    };
    let is_line = above.is_some();
    let mut offered = BTreeMap::new();
    for (name, link) in ledger.part(is_line).into_iter().flat_map(Part::links) {
        if let Some(all) = offer(reader, link, now)? {
            offered.insert(name.to_owned(), all);
        }
    }
    Ok(EntryBasis { ledger, rows, above, offered, given, due, last })
}

/// What is known of an entry that is due: of which key, of which unit, or what it points at.
fn due_of(reader: &Reader, ledger: &Ledger, due: &str, of: Uuid, now: Ts) -> Result<Given> {
    let due = ledger.part.dues.iter().find(|known| known.id == due);
    let mut values = Values::new();
    match due.map(|due| &due.applies) {
        Some(Applies::Key | Applies::Entry) => {
            if let Some(sheet) =
                entry(reader, EntryId(of), now)?.filter(|sheet| sheet.ledger.name == ledger.name)
            {
                let key = sheet.entry.row.values.iter().filter(|(name, _)| ledger.key.contains(name));
                values.extend(key.map(|(name, value)| (name.clone(), value.clone())));
            }
        }
        Some(applies) => {
            let wanted = match applies {
                Applies::Ledger(name) => Link::Ledger(name.clone()),
                _ => Link::Unit,
            };
            let column = ledger.part.links().find(|(_, link)| **link == wanted);
            values.extend(column.map(|(name, _)| (name.to_owned(), of.to_string())));
        }
        None => {}
    }
    if let Some(due) = due {
        let place = Place::at(now, settings_in(&reader.conn)?.calendar);
        let settling = ledger.part.settling(due, &place, &values);
        values.extend(settling);
    }
    Ok(Given { values, names: BTreeMap::new(), unfit: Vec::new() })
}

/// What a column can point at; nothing of people, who are looked for one by one.
fn offer(reader: &Reader, link: &Link, now: Ts) -> Result<Option<Vec<Offered>>> {
    let one = |id, name: String, also| Offered { id, name, also };
    Ok(Some(match link {
        Link::Person => return Ok(None),
        Link::Unit => {
            let mut query =
                reader.conn.prepare_cached("SELECT id, name, code, short FROM cur_unit ORDER BY code")?;
            let unit = |row: &rusqlite::Row<'_>| {
                let (id, short): (UnitId, Option<String>) = (row.get(0)?, row.get(3)?);
                Ok(one(id.0, row.get(1)?, [Some(row.get(2)?), short].into_iter().flatten().collect()))
            };
            query.query_map([], unit)?.collect::<rusqlite::Result<_>>()?
        }
        Link::Officer => {
            officers(reader)?.into_iter().map(|(id, name)| one(id.0, name, Vec::new())).collect()
        }
        Link::Contact => {
            let rows = contacts(reader)?.into_iter().map(|row| row.contact);
            rows.map(|contact| one(contact.id.0, contact.org, vec![contact.name])).collect()
        }
        Link::Ledger(other) => {
            let ask = LedgerAsk { ledger: other.clone(), limit: OFFERED, ..LedgerAsk::default() };
            let page = list(reader, &ask, now)?;
            let lang = ledgers::lang_of(&reader.conn)?;
            let mut all = Vec::new();
            for row in page.rows {
                let name = titled(&reader.conn, &page.ledger, &row.row.values)?.get(lang).to_owned();
                all.push(one(row.row.id.0, name, Vec::new()));
            }
            all.sort_by(|a, b| a.name.cmp(&b.name));
            all
        }
    }))
}
