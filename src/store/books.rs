//! The books of a stock after an entry is corrected or withdrawn: it may be missing at a moment long past, or later.

use crate::domain::ids::EntryId;
use crate::domain::ledger::Ledger;
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::value::Values;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::i18n::ledger as say;
use crate::say::{Say, Word};
use crate::store::ledgers::{calendar, titled};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// How an entry moves a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Move {
    at: Ts,
    delta: i64,
    /// It stands for all before it.
    counts: bool,
}

/// A line's books, in the order of what happened.
fn of_line(conn: &Connection, ledger: &str, line: &str) -> Result<Vec<(EntryId, Move)>> {
    let moves = conn
        .prepare_cached(
            "SELECT id, at, delta, counts FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND delta IS NOT NULL \
             ORDER BY at, lamport, seq, idx",
        )?
        .query_map(params![ledger, line], |row| {
            let moved = Move { at: row.get(1)?, delta: row.get(2)?, counts: row.get(3)? };
            Ok((row.get(0)?, moved))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(moves)
}

/// Where a line first falls below nothing that did not, or not as far, before: when, and to what.
fn falls(before: &[(EntryId, Move)], after: &[(EntryId, Move)]) -> Option<(Ts, i64)> {
    let balances = |moves: &[(EntryId, Move)]| {
        let mut there = 0;
        let of = |(id, moved): &(EntryId, Move)| {
            there = if moved.counts { moved.delta } else { there + moved.delta };
            (*id, (moved.at, there))
        };
        moves.iter().map(of).collect::<Vec<_>>()
    };
    let known: BTreeMap<EntryId, (Ts, i64)> = balances(before).into_iter().collect();
    let mut last = 0;
    for (id, (at, there)) in balances(after) {
        last = known.get(&id).map_or(last, |(_, there)| *there);
        if there < 0 && there < last {
            return Some((at, there));
        }
    }
    None
}

/// What the books would say that an entry makes fall below nothing by being corrected to `now`, or withdrawn; nothing where
/// they do not. `before` is what stood in it.
///
/// # Errors
/// The database cannot be read.
pub(super) fn fall_below(
    conn: &Connection,
    ledger: &Ledger,
    entry: EntryId,
    before: &Values,
    now: Option<(&Values, &Place)>,
) -> Result<Option<(Say, Word)>> {
    if ledger.stock.is_none() {
        return Ok(None);
    }
    let from = ledger.key_of(before).unwrap_or_else(|| entry.to_string());
    let books = of_line(conn, &ledger.name, &from)?;
    let Some(at) = books.iter().position(|(id, _)| *id == entry) else { return Ok(None) };
    let stood = books[at].1;
    let stands = now.and_then(|(values, place)| {
        let (delta, counts) = ledger.moves(values, place)?;
        Some((
            ledger.key_of(values).unwrap_or_else(|| entry.to_string()),
            Move { delta, counts, ..stood },
            values,
        ))
    });
    let mut after = books.clone();
    match &stands {
        Some((to, moved, _)) if *to == from => after[at].1 = *moved,
        _ => {
            after.remove(at);
        }
    }
    let mut found = falls(&books, &after).map(|found| (found, before));
    if let (None, Some((to, moved, values))) = (found, stands.filter(|(to, ..)| *to != from)) {
        let books = of_line(conn, &ledger.name, &to)?;
        let mut after = books.clone();
        let place = after.partition_point(|(_, other)| other.at <= moved.at);
        after.insert(place, (entry, moved));
        found = falls(&books, &after).map(|found| (found, values));
    }
    let Some(((at, there), values)) = found else { return Ok(None) };
    let (name, at) = (titled(conn, ledger, values)?, calendar(conn)?.ymd_hm(at));
    Ok(Some((name.within(|name| say::falls_below(name, &at, there)), say::FALLS_BELOW_HINT)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn books(moves: &[(u128, i64, bool)]) -> Vec<(EntryId, Move)> {
        let one = |(n, delta, counts): &(u128, i64, bool)| {
            (EntryId(Uuid::from_u128(*n)), Move { at: Ts(*n as i64), delta: *delta, counts: *counts })
        };
        moves.iter().map(one).collect()
    }

    #[test]
    fn only_what_becomes_worse_below_nothing_is_told() {
        let all = books(&[(1, 500, false), (2, -300, false), (3, 100, false), (4, -200, false)]);
        // Withdrawn, what came first is missing at once; what came later is missing at the end.
        assert_eq!(falls(&all, &all[1..]), Some((Ts(2), -300)));
        let without = |n: usize| {
            let mut left = all.clone();
            left.remove(n);
            left
        };
        assert_eq!(falls(&all, &without(2)), None, "there are 0 left");
        assert_eq!(falls(&all, &without(1)), None);
        let counted = books(&[(1, 500, false), (2, -300, false), (3, 40, true), (4, -40, false)]);
        let less = books(&[(1, 300, false), (2, -300, false), (3, 40, true), (4, -40, false)]);
        assert_eq!(falls(&counted, &less), None, "it was counted in between");
        let less = books(&[(1, 500, false), (2, -300, false), (3, 30, true), (4, -40, false)]);
        assert_eq!(falls(&counted, &less), Some((Ts(4), -10)));
        let below = books(&[(1, -5, false), (2, -1, false)]);
        assert_eq!(falls(&below, &books(&[(1, -4, false), (2, -1, false)])), None, "it was worse before");
        assert_eq!(falls(&below, &books(&[(1, -6, false), (2, -1, false)])), Some((Ts(1), -6)));
    }
}
