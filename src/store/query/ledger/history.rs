//! What was done with an entry after it was written: what stood there, what stands there since, who, when and why.

use super::officer;
use crate::domain::ids::EntryId;
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Column, Ledger, Part};
use crate::error::Result;
use crate::i18n::ledger as say;
use crate::log::event::Event;
use crate::say::Say;
use crate::store::ledgers::link_name;
use crate::store::load::Told;
use crate::store::query::rows::{Did, Edit, Step};
use rusqlite::Connection;
use uuid::Uuid;

/// The history of an entry, from the events that speak of it.
pub(super) fn history(conn: &Connection, ledger: &Ledger, id: EntryId, events: &[Told]) -> Result<Vec<Did>> {
    let mut stood = Values::new();
    let mut out = Vec::new();
    for told in events {
        let (part, step, values, reason, signed_by) = match &told.event {
            Event::EntryWritten(e) if e.entry == id => {
                stood.clone_from(&e.values);
                continue;
            }
            Event::EntryChanged(e) if e.entry == id => {
                (ledger.part(e.line), Step::Changed, Some(&e.values), &e.reason, None)
            }
            Event::EntryMoved(e) if e.entry == id => {
                let step = Step::Moved { transition: e.transition.clone(), to: e.to.clone() };
                (ledger.part(e.line), step, Some(&e.values), &e.reason, e.signed_by)
            }
            Event::EntryWithdrawn(e) if e.entry == id => (None, Step::Withdrawn, None, &e.reason, None),
            _ => continue,
        };
        let mut edits = Vec::new();
        for (name, value) in values.into_iter().flatten() {
            let before = stood.insert(name.clone(), value.clone()).unwrap_or_default();
            if before != *value {
                edits.push(edit(conn, part, name, before, value.clone())?);
            }
        }
        // In the order of the columns.
        let place = |edit: &Edit| {
            part.and_then(|part| part.columns.iter().position(|column| column.field.name == edit.field))
        };
        edits.sort_by_key(place);
        out.push(Did {
            step,
            at: told.happened_at,
            by: officer(conn, told.officer)?,
            signed_by: officer(conn, signed_by)?,
            reason: reason.clone(),
            edits,
        });
    }
    Ok(out)
}

fn edit(conn: &Connection, part: Option<&Part>, name: &str, old: String, new: String) -> Result<Edit> {
    let column = part.and_then(|part| part.column(name));
    let (was, is) = (called(conn, column, &old)?, called(conn, column, &new)?);
    let label = column.map_or_else(|| Say::same(name), |column| say::titled(&column.field.title));
    Ok(Edit { field: name.to_owned(), said: say::edited(&label, &was, &is), old, new })
}

/// What a value is called, numbers hidden; nothing where nothing stands.
fn called(conn: &Connection, column: Option<&Column>, value: &str) -> Result<Say> {
    Ok(match column {
        _ if value.is_empty() => Say::default(),
        Some(Column { link: Some(link), .. }) => {
            link_name(conn, link, Uuid::parse_str(value).unwrap_or_default())?
        }
        Some(column) => say::shown(column, value),
        None => Say::same(crate::domain::mask::masked_words(value)),
    })
}
