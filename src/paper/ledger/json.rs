//! Entries of registers for other programs.

use super::cells::Voice;
use crate::domain::field::Title;
use crate::domain::ids::Subject;
use crate::domain::ledger::Part;
use crate::error::Result;
use crate::store::Reader;
use crate::store::query;
use crate::store::query::rows::{EntryRow, LedgerPage};
use serde_json::{Map, Value, json};

/// A title in both languages.
pub fn title(title: &Title) -> Value {
    json!({ "zh": title.zh, "en": title.en })
}

/// Whom something is about, as the command line names them.
///
/// # Errors
/// The database cannot be read.
pub fn subject(reader: &Reader, subject: Option<Subject>) -> Result<Option<String>> {
    let Some(subject) = subject else { return Ok(None) };
    let kind = match subject {
        Subject::Person(_) => "person",
        Subject::Unit(_) => "unit",
        Subject::Contact(_) => "contact",
    };
    Ok(query::subject_no(reader, subject)?.map(|no| format!("{kind}:{no}")))
}

/// A ledger's lines.
///
/// # Errors
/// The database cannot be read.
pub fn page(reader: &Reader, voice: &Voice, page: &LedgerPage) -> Result<Value> {
    let ledger = &page.ledger;
    let entries = page.rows.iter().map(|row| entry(reader, voice, &ledger.part, row));
    let broken = page.broken.iter();
    Ok(json!({
        "ledger": ledger.name,
        "version": ledger.version,
        "title": title(&ledger.title),
        "in_force": true,
        "total": page.total,
        "entries": entries.collect::<Result<Vec<_>>>()?,
        "broken": broken
            .map(|b| json!({ "check": b.check, "of": b.of.get(voice.lang), "sum": b.sum, "equals": b.equals }))
            .collect::<Vec<_>>(),
    }))
}

/// An entry or a line.
///
/// # Errors
/// The database cannot be read.
pub fn entry(reader: &Reader, voice: &Voice, part: &Part, row: &EntryRow) -> Result<Value> {
    let own = &row.row;
    let values = part.columns.iter().map(|column| {
        let name = &column.field.name;
        let value = own.values.get(name).map_or("", String::as_str);
        let told = if voice.revealed {
            column.json_in_full(value, voice.calendar)
        } else {
            column.json(value, voice.calendar)
        };
        (name.clone(), told)
    });
    let first_out = row
        .first_out
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), part.column(name)?.json(value, voice.calendar))));
    let names = row.names.iter().map(|(name, said)| (name.clone(), json!(said.get(voice.lang))));
    Ok(json!({
        "id": own.id,
        "parent": own.parent,
        "at": voice.calendar.rfc3339(own.at),
        "by": row.by,
        "subject": subject(reader, row.row.subject())?,
        "state": Some(&own.state).filter(|state| !state.is_empty()),
        "values": values.collect::<Map<_, _>>(),
        "names": names.collect::<Map<_, _>>(),
        "balance": row.balance.map(|b| json!({ "balance": b.balance, "minimum": b.minimum, "days_left": b.days_left })),
        "first_out": first_out.collect::<Map<_, _>>(),
        "alert": row.alert,
        "overdue": row.overdue,
        "withdrawn": own.withdrawn,
    }))
}
