//! One entry with everything that belongs to it.

use super::list::{due_json, due_table, table};
use super::{Show, raise, typed, voice};
use crate::app::shown::paper::Logged;
use crate::cli::Done;
use crate::cli::office::Office;
use crate::cli::out;
use crate::domain::ledger::Part;
use crate::domain::mask::masked_words;
use crate::error::Result;
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::i18n::ledger_desk::BOOKED;
use crate::paper::ledger::cells::Voice;
use crate::paper::ledger::{cells, json};
use crate::store::query::rows::{Did, EntrySheet, Step};
use serde_json::{Value, json};

pub(super) fn run(office: &mut Office, args: &Show) -> Result<Done> {
    super::own(office)?;
    let sheet = typed::sheet(office, typed::entry(office, &args.entry)?)?;
    let part = typed::part(&sheet)?;
    if let Some(reason) = &args.reveal {
        office.reveal(&numbers(&sheet), reason, &args.approval)?;
    }
    let voice = Voice { revealed: args.reveal.is_some(), ..voice(office) };
    if args.json {
        out::json(&whole(office, &voice, &sheet, part)?)?;
    } else {
        text(office, &voice, &sheet, part)?;
    }
    Ok(Done::Yes)
}

/// Whose numbers are shown with an entry: its own, those of its lines, those of the other entries of its key.
fn numbers(sheet: &EntrySheet) -> Logged {
    let mut logged = Logged::default();
    let rows = std::iter::once(&sheet.entry).chain(&sheet.above).chain(&sheet.lines).chain(&sheet.others);
    for row in rows.map(|row| &row.row) {
        let part = sheet.ledger.part(row.parent.is_some());
        match row.person {
            _ if !part.is_some_and(|part| part.has_numbers(&row.values)) => {}
            Some(person) if !logged.people.contains(&person) => logged.people.push(person),
            Some(_) => {}
            None => logged.entries.push(row.id),
        }
    }
    logged
}

fn whole(office: &Office, voice: &Voice, sheet: &EntrySheet, part: &Part) -> Result<Value> {
    let ledger = &sheet.ledger;
    let moves = sheet.entry.row.moves.iter().zip(&sheet.moved_by).map(|(moved, (by, signed_by))| {
        json!({
            "transition": moved.transition, "to": moved.to, "at": office.time(moved.at), "by": by,
            "signed_by": Some(signed_by).filter(|name| !name.is_empty()), "reason": masked_words(&moved.reason),
        })
    });
    let lines = ledger.lines.as_ref().map_or(part, |lines| &lines.part);
    let all = |part: &Part, rows: &[crate::store::query::rows::EntryRow]| {
        rows.iter().map(|row| json::entry(&office.reader, voice, part, row)).collect::<Result<Vec<_>>>()
    };
    let open: Vec<&str> = match &sheet.entry.row.withdrawn {
        None => part.from_state(&sheet.entry.row.state).map(|transition| transition.name.as_str()).collect(),
        Some(_) => Vec::new(),
    };
    Ok(json!({
        "ledger": ledger.name,
        "version": ledger.version,
        "title": json::title(&ledger.title),
        "entry": json::entry(&office.reader, voice, part, &sheet.entry)?,
        "above": sheet.above.as_ref().map(|above| json::entry(&office.reader, voice, &ledger.part, above)).transpose()?,
        "lines": all(lines, &sheet.lines)?,
        "others": all(&ledger.part, &sheet.others)?,
        "booked": sheet.booked.as_ref().map(|(there, why)| json!({ "balance": there, "reason": masked_words(why) })),
        "moves": moves.collect::<Vec<_>>(),
        "history": sheet.history.iter().map(|did| did_json(office, part, did)).collect::<Vec<_>>(),
        "open_to": open,
        "proposed": sheet.proposed.iter().map(|one| raise::proposed_json(office, one)).collect::<Vec<_>>(),
        "raised": sheet.raised.iter().map(|one| raise::settled_json(office, one)).collect::<Vec<_>>(),
        "origin": sheet.origin.as_ref().map(|origin| origin.entry),
        "due": sheet.due.iter().map(|due| due_json(office, due)).collect::<Result<Vec<_>>>()?,
    }))
}

/// What was done with an entry once; numbers of people stay hidden in what stood there.
fn did_json(office: &Office, part: &Part, did: &Did) -> Value {
    let calendar = office.settings.calendar;
    let value = |name: &str, value: &str| match part.column(name) {
        Some(column) => column.json(value, calendar),
        None => json!(masked_words(value)),
    };
    let (transition, to) = match &did.step {
        Step::Moved { transition, to } => (Some(transition), Some(to)),
        Step::Changed | Step::Withdrawn => (None, None),
    };
    let edits = did.edits.iter().map(|edit| {
        json!({ "field": edit.field, "old": value(&edit.field, &edit.old), "new": value(&edit.field, &edit.new) })
    });
    json!({
        "what": did.step.code(), "transition": transition, "to": to, "at": office.time(did.at), "by": did.by,
        "signed_by": Some(&did.signed_by).filter(|name| !name.is_empty()), "reason": masked_words(&did.reason),
        "changes": edits.collect::<Vec<_>>(),
    })
}

fn text(office: &Office, voice: &Voice, sheet: &EntrySheet, part: &Part) -> Result<()> {
    let (lang, row, ledger) = (office.lang, &sheet.entry.row, &sheet.ledger);
    out::line(&format!("{}  {}", words::titled(&ledger.title).get(lang), row.id))?;
    if let Some(why) = &row.withdrawn {
        out::line(&format!("  {}", say::withdrawn_for(why).get(lang)))?;
    }
    if let Some(above) = &sheet.above {
        let own = ledger
            .part
            .columns
            .iter()
            .map(|column| cells::text(voice, &ledger.part, above, &column.field.name));
        let own: Vec<String> = own.filter(|text| !text.is_empty()).collect();
        out::line(&format!("  {}  {}", say::LINE_OF.get(lang), own.join("  ")))?;
    }
    let computed = ["balance", "minimum", "days_left", "state", "at", "by"].map(str::to_owned);
    let names = part.columns.iter().map(|column| column.field.name.clone());
    let own: Vec<String> = names.collect();
    let computed = computed.into_iter().filter(|name| !own.contains(name));
    for name in own.iter().cloned().chain(computed) {
        let text = cells::text(voice, part, &sheet.entry, &name);
        if !text.is_empty() {
            out::line(&format!("  {}  {text}", cells::column_head(lang, part, &name)))?;
        }
    }
    if let Some((there, why)) = &sheet.booked {
        let said = words::booked(there, masked_words(why));
        out::line(&format!("  {}  {}", BOOKED.get(lang), said.get(lang)))?;
    }
    history(office, sheet, part)?;
    raise::text(office, sheet)?;
    if let Some(lines) = ledger.lines.as_ref().filter(|_| !sheet.lines.is_empty()) {
        out::line("")?;
        out::line(words::titled(&lines.title).get(lang))?;
        table(voice, &lines.part, &cells::line_columns(&lines.part), &sheet.lines).print()?;
    }
    if !sheet.due.is_empty() {
        out::line("")?;
        due_table(office, &sheet.due)?.print()?;
    }
    if !sheet.others.is_empty() {
        out::line("")?;
        out::line(say::OTHERS.get(lang))?;
        let mut names = vec!["at".to_owned()];
        names.extend(ledger.part.columns.iter().map(|column| column.field.name.clone()));
        if ledger.part.states.is_some() {
            names.push("state".to_owned());
        }
        table(voice, &ledger.part, &names, &sheet.others).print()?;
    }
    Ok(())
}

/// What was done with it, what changed by it, and the transitions that are open to it now.
fn history(office: &Office, sheet: &EntrySheet, part: &Part) -> Result<()> {
    let (lang, row) = (office.lang, &sheet.entry.row);
    for did in &sheet.history {
        let transition = match &did.step {
            Step::Moved { transition, .. } => Some(transition.as_str()),
            Step::Changed | Step::Withdrawn => None,
        };
        let title = words::step_titled(Some(part), transition, did.step == Step::Withdrawn);
        let mut line = format!("  {}  {}  {}", office.brief(did.at), title.get(lang), did.by);
        if !did.signed_by.is_empty() {
            line.push_str("  ");
            line.push_str(say::signed(&did.signed_by).get(lang));
        }
        if !did.reason.is_empty() {
            line.push_str("  ");
            line.push_str(&masked_words(&did.reason));
        }
        out::line(&line)?;
        for edit in &did.edits {
            out::line(&format!("      {}", edit.said.get(lang)))?;
        }
    }
    let open: Vec<String> = part
        .from_state(&row.state)
        .map(|open| format!("{} ({})", words::titled(&open.title).get(lang), open.name))
        .collect();
    if row.withdrawn.is_none() && !open.is_empty() {
        out::line(&format!("  {}  {}", say::OPEN_TO.get(lang), open.join(", ")))?;
    }
    Ok(())
}
