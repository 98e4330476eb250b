//! The entries about a person or a unit, as part of what is shown of them.

use super::voice;
use crate::app::shown::sheet::called;
use crate::cli::office::Office;
use crate::cli::out;
use crate::domain::mask::masked_words;
use crate::error::Result;
use crate::i18n::ledger as words;
use crate::paper::ledger::json as told;
use crate::store::query::rows::EntryOf;
use serde_json::{Value, json};

/// Entries with the ledger of each, the newest first.
pub(in crate::cli) fn json_of(office: &Office, entries: &[EntryOf]) -> Result<Vec<Value>> {
    let voice = voice(office);
    let one = |of: &EntryOf| {
        let Some(part) = of.ledger.part(of.entry.row.parent.is_some()) else { return Ok(None) };
        let entry = told::entry(&office.reader, &voice, part, &of.entry)?;
        let (ledger, title) = (&of.ledger.name, told::title(&of.ledger.title));
        Ok(Some(json!({ "ledger": ledger, "title": title, "entry": entry })))
    };
    entries.iter().filter_map(|of| one(of).transpose()).collect()
}

/// The same, one a line: when, in which ledger, what each field says, its state.
pub(in crate::cli) fn text_of(office: &Office, entries: &[EntryOf]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let lang = office.lang;
    out::text("\n")?;
    out::line(words::LEDGERS.get(lang))?;
    for of in entries {
        let row = &of.entry.row;
        let Some(part) = of.ledger.part(row.parent.is_some()) else { continue };
        let (at, title) = (office.brief(row.at), words::titled(&of.ledger.title));
        let said = words::labelled(part, &row.values, &of.entry.names, &row.state);
        // Of a line, what its entry is called.
        let above = of.above.as_ref().map(|above| called(&of.ledger, above)).unwrap_or_default();
        let said = format!("{}  {}", above.get(lang), said.get(lang));
        out::line(&format!("  {at}  {}  {}", title.get(lang), masked_words(said.trim_start())))?;
    }
    Ok(())
}
