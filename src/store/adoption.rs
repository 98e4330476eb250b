//! Whether a declaration can be taken into the log, and what is lost from sight by it.

use super::ledgers;
use crate::domain::ids::EntryId;
use crate::domain::ledger::value::Values;
use crate::domain::ledger::{Ledger, Part};
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::say::Say;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// Whether a declaration is new to the log. The same version with another text is a slip: entries would change what they
/// mean.
pub(super) fn is_new(conn: &Connection, ledger: &Ledger) -> Result<bool> {
    let known: Option<(Vec<u8>, bool)> = conn
        .prepare_cached("SELECT digest, in_force FROM cur_ledger WHERE name = ?1 AND version = ?2")?
        .query_row(params![ledger.name, ledger.version], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((digest, in_force)) = known {
        if digest != blake3::hash(ledger.text.as_bytes()).as_bytes() {
            return Err(Error::refused(say::version_taken(&ledger.name, ledger.version)));
        }
        if in_force {
            return Ok(false);
        }
    }
    let newest: Option<u16> = conn
        .prepare_cached("SELECT max(version) FROM cur_ledger WHERE name = ?1 AND in_force")?
        .query_row([&ledger.name], |row| row.get(0))?;
    if let Some(newest) = newest.filter(|newest| *newest > ledger.version) {
        return Err(Error::refused(say::version_old(&ledger.name, ledger.version, newest)));
    }
    let before = newest.map(|newest| ledgers::declared(conn, &ledger.name, newest)).transpose()?.flatten();
    let entries = "SELECT 1 FROM cur_entry WHERE ledger = ?1 AND withdrawn IS NULL";
    if before.is_some_and(|before| !before.counts_alike(ledger))
        && conn.prepare_cached(entries)?.exists([&ledger.name])?
    {
        return Err(Error::refused(say::counts_otherwise(&ledger.name)));
    }
    Ok(true)
}

/// The fields that hold values in entries that stand and that a declaration does not have any longer: of each how many.
pub(super) fn left_out(conn: &Connection, ledger: &Ledger) -> Result<Vec<Say>> {
    let newest: Option<u16> = conn
        .prepare_cached("SELECT max(version) FROM cur_ledger WHERE name = ?1 AND in_force")?
        .query_row([&ledger.name], |row| row.get(0))?;
    let Some(before) =
        newest.map(|newest| ledgers::declared(conn, &ledger.name, newest)).transpose()?.flatten()
    else {
        return Ok(Vec::new());
    };
    let parts = |ledger: &Ledger| ledger.lines.as_ref().map(|lines| lines.part.clone()).unwrap_or_default();
    let (lines_before, lines) = (parts(&before), parts(ledger));
    let kept = |part: &Part, name: &str| part.column(name).is_some();
    let dropped = |before: &Part, now: &Part| -> Vec<String> {
        let names = before.columns.iter().map(|column| column.field.name.clone());
        names.filter(|name| !kept(now, name)).collect()
    };
    let (own, below) = (dropped(&before.part, &ledger.part), dropped(&lines_before, &lines));
    if own.is_empty() && below.is_empty() {
        return Ok(Vec::new());
    }
    let mut counts: BTreeMap<(bool, String), u64> = BTreeMap::new();
    let mut query =
        conn.prepare_cached("SELECT parent, vals FROM cur_entry WHERE ledger = ?1 AND withdrawn IS NULL")?;
    let mut rows = query.query([&ledger.name])?;
    while let Some(row) = rows.next()? {
        let is_line = row.get::<_, Option<EntryId>>(0)?.is_some();
        // It was written by a fold.
        let values: Values = serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)
            .unwrap_or_default();
        for name in if is_line { &below } else { &own } {
            if values.get(name).is_some_and(|value| !value.is_empty()) {
                *counts.entry((is_line, name.clone())).or_default() += 1;
            }
        }
    }
    Ok(counts.into_iter().map(|((_, name), n)| say::field_left_out(name, n)).collect())
}
