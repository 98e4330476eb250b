//! Registers as declared, and their entries. An entry is folded under the version it was written under: its state, what it
//! has due by itself, what it settles, how it moves a balance. What depends on the present moment is computed in queries.

use super::holds::Holds;
use crate::domain::ids::{EntryId, LedgerId, OfficerId, PersonId, UnitId};
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::raise;
use crate::domain::ledger::value::{self, SortKey, Values};
use crate::domain::ledger::{Ledger, Part};
use crate::domain::text::fold as fold_text;
use crate::domain::time::{Calendar, Ts};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Entity;
use crate::log::event::Event;
use crate::store::ledgers::{self, Moved};
use crate::store::sql::Put;
use crate::store::{json, load};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// How many columns of a ledger its list can be sorted by: the first ones.
pub const SORTED: usize = 8;

/// No two entries have the same in a column that says so, and steps follow one another.
pub(super) const HOLDS: Holds = Holds {
    sql: "SELECT '' FROM cur_entry WHERE id = ?1 AND out_of_order UNION ALL SELECT u.value FROM cur_unique u JOIN cur_unique o ON o.ledger = u.ledger AND o.name = u.name \
          AND o.value = u.value AND o.entry <> u.entry WHERE u.entry = ?1 LIMIT 1",
    refused: |value| {
        if value.is_empty() {
            return Error::refused(say::LATER_STEP);
        }
        let value = value.rsplit('\u{1f}').next().unwrap_or_default();
        // An id says nothing to anybody.
        if uuid::Uuid::parse_str(value).is_ok() {
            return Error::refused(say::POINTED_AT_TWICE);
        }
        Error::refused(say::not_unique(value))
    },
};

pub(super) fn fold(conn: &Connection, id: LedgerId) -> Result<()> {
    // A declaration stays readable for the entries that stand under it, whatever became of the op that brought it.
    let mut query = conn.prepare_cached(
        "SELECT b.body, o.happened_at, EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = l.desk AND u.seq = l.seq)
         FROM cur_link l
         JOIN log_op o ON o.desk = l.desk AND o.seq = l.seq
         JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx
         WHERE l.kind = ?1 AND l.id = ?2 AND e.kind = 'ledger.adopted' ORDER BY l.lamport, l.desk, l.seq, l.idx",
    )?;
    let adopted: Vec<(String, Ts, bool)> = query
        .query_map(params![Entity::Ledger(id).kind(), id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    conn.prepare_cached("DELETE FROM cur_ledger WHERE id = ?1")?.execute([id])?;
    for (body, at, undone) in adopted {
        let adopted: crate::log::event::LedgerAdopted = serde_json::from_str(&body).map_err(json)?;
        let digest = blake3::hash(adopted.content.as_bytes());
        conn.prepare_cached(
            "INSERT INTO cur_ledger (id, name, version, at, digest, content, in_force) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (id, version) DO UPDATE SET at = excluded.at, digest = excluded.digest, \
             content = excluded.content, in_force = excluded.in_force",
        )?
        .put(params![id, adopted.name, adopted.version, at, digest.as_bytes(), adopted.content, !undone])?;
    }
    Ok(())
}

/// An entry as its events tell it.
struct Told {
    ledger: String,
    version: u16,
    parent: Option<EntryId>,
    person: Option<PersonId>,
    unit: Option<UnitId>,
    values: Values,
    state: String,
    moves: Vec<Moved>,
    withdrawn: Option<String>,
    at: Ts,
    officer: Option<OfficerId>,
    order: load::Order,
    idx: i64,
    /// What it proposed and was taken up or declined.
    raised: BTreeSet<String>,
    /// A step does not begin where the one before it ended: one between was taken back. Or what it proposed was taken up
    /// twice.
    out_of_order: bool,
    /// Where its first step begins.
    begins: Option<String>,
}

fn tell(conn: &Connection, id: EntryId) -> Result<Option<Told>> {
    let mut told: Option<Told> = None;
    for event in load::events_about(conn, Entity::Entry(id))? {
        let (at, officer, order, idx) = (event.happened_at, event.officer, event.order(), event.idx);
        match event.event {
            Event::EntryWritten(e) if e.entry == id => {
                told = Some(Told {
                    ledger: e.ledger,
                    version: e.version,
                    parent: e.parent,
                    person: e.person,
                    unit: e.unit,
                    values: e.values,
                    state: String::new(),
                    moves: Vec::new(),
                    withdrawn: None,
                    at,
                    officer,
                    order,
                    idx,
                    raised: BTreeSet::new(),
                    out_of_order: false,
                    begins: None,
                });
            }
            Event::EntryChanged(e) if e.entry == id => {
                if let Some(told) = &mut told {
                    put_all(&mut told.values, &e.values);
                }
            }
            Event::EntryMoved(e) if e.entry == id => {
                if let Some(told) = &mut told {
                    put_all(&mut told.values, &e.values);
                    let stands = told.moves.last().map(|moved| moved.to.as_str());
                    told.out_of_order |= stands.is_some_and(|stands| stands != e.from);
                    if stands.is_none() {
                        told.begins = Some(e.from.clone());
                    }
                    told.state.clone_from(&e.to);
                    told.moves.push(Moved {
                        transition: e.transition,
                        to: e.to,
                        at,
                        officer,
                        signed_by: e.signed_by,
                        reason: e.reason,
                    });
                }
            }
            Event::EntryWithdrawn(e) if e.entry == id => {
                if let Some(told) = &mut told {
                    told.withdrawn = Some(e.reason);
                }
            }
            Event::EntryRaised(e) if e.entry == id => {
                if let Some(told) = &mut told {
                    told.out_of_order |= !told.raised.insert(e.raise);
                }
            }
            _ => {}
        }
    }
    Ok(told)
}

fn put_all(values: &mut Values, changed: &Values) {
    for (name, value) in changed {
        if value.is_empty() {
            values.remove(name);
        } else {
            values.insert(name.clone(), value.clone());
        }
    }
}

pub(super) fn fold_entry(conn: &Connection, id: EntryId) -> Result<()> {
    let before: Option<(String, String)> = conn
        .prepare_cached("SELECT ledger, line FROM cur_entry WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    // Of one that is not there yet nothing is there.
    if before.is_some() {
        for table in [
            "cur_entry WHERE id",
            "cur_entry_due WHERE entry",
            "cur_settled WHERE entry",
            "cur_unique WHERE entry",
        ] {
            conn.prepare_cached(&format!("DELETE FROM {table} = ?1"))?.execute([id])?;
        }
    }
    let told = tell(conn, id)?;
    let mut lines = before;
    if let Some(mut told) = told {
        let line = put_entry(conn, id, &mut told)?;
        if lines.as_ref().is_some_and(|(ledger, key)| *ledger == told.ledger && *key == line) {
            lines = None;
        }
        if line != id.to_string() {
            newest(conn, &told.ledger, &line)?;
        }
    }
    if let Some((ledger, line)) = lines {
        newest(conn, &ledger, &line)?;
    }
    // What its lines see of it may be other than before.
    let below: Vec<EntryId> = conn
        .prepare_cached("SELECT id FROM cur_entry WHERE parent = ?1")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    below.into_iter().try_for_each(|line| fold_entry(conn, line))
}

/// Of the entries that are one line of the list, the newest stands there.
fn newest(conn: &Connection, ledger: &str, line: &str) -> Result<()> {
    let newest: Option<EntryId> = conn
        .prepare_cached(
            "SELECT id FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND withdrawn IS NULL AND parent IS NULL \
             ORDER BY at DESC, lamport DESC, seq DESC, idx DESC LIMIT 1",
        )?
        .query_row([ledger, line], |row| row.get(0))
        .optional()?;
    conn.prepare_cached("UPDATE cur_entry SET newest = 0 WHERE ledger = ?1 AND line = ?2 AND newest")?
        .execute([ledger, line])?;
    if let Some(newest) = newest {
        conn.prepare_cached("UPDATE cur_entry SET newest = 1 WHERE id = ?1")?.execute([newest])?;
    }
    Ok(())
}

/// Writes the row of an entry; gives the line of the list it belongs to.
fn put_entry(conn: &Connection, id: EntryId, told: &mut Told) -> Result<String> {
    let ledger = ledgers::declared(conn, &told.ledger, told.version)?;
    let part = ledger.as_deref().and_then(|ledger| ledger.part(told.parent.is_some()));
    if let Some(states) = part.and_then(|part| part.states.as_ref()) {
        told.out_of_order |= told.begins.as_ref().is_some_and(|begins| *begins != states.initial);
        if told.state.is_empty() {
            told.state.clone_from(&states.initial);
        }
    }
    let own = || id.to_string();
    let line = match (&ledger, told.parent) {
        (Some(ledger), None) => ledger.key_of(&told.values).unwrap_or_else(own),
        _ => own(),
    };
    let calendar = ledgers::calendar(conn)?;
    let mut moves = None;
    if let (Some(ledger), Some(part)) = (&ledger, part) {
        let place = place(conn, ledger, part, told, calendar)?;
        if told.withdrawn.is_none() {
            facts(conn, id, ledger, part, told, &place, &line)?;
            moves = ledger.moves(&told.values, &place).filter(|_| told.parent.is_none());
        }
    }
    let keys = part.map(|part| sort_keys(part, &told.values)).unwrap_or_default();
    let key = |at: usize| keys.get(at).cloned().unwrap_or(Sql::Null);
    let texts = |values: &Values| serde_json::to_string(values).map_err(json);
    let moved = serde_json::to_string(&told.moves).map_err(json)?;
    conn.prepare_cached(
        "INSERT INTO cur_entry (id, ledger, version, parent, line, person, unit, at, officer, state, state_at, vals, moves, \
         withdrawn, newest, delta, counts, hay, k1, k2, k3, k4, k5, k6, k7, k8, lamport, desk, seq, idx, out_of_order) VALUES (?1, ?2, ?3, ?4, \
         ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?31, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
    )?
    .put(params![
        id,
        told.ledger,
        told.version,
        told.parent,
        line,
        told.person,
        told.unit,
        told.at,
        told.officer,
        told.state,
        told.moves.last().map_or(told.at, |moved| moved.at),
        texts(&told.values)?,
        moved,
        told.withdrawn,
        moves.map(|(delta, _)| delta),
        moves.is_some_and(|(_, counts)| counts),
        part.map(|part| hay(part, told)).unwrap_or_default(),
        key(0),
        key(1),
        key(2),
        key(3),
        key(4),
        key(5),
        key(6),
        key(7),
        told.order.0,
        told.order.1,
        told.order.2,
        told.idx,
        told.out_of_order,
        // One that is a line by itself stands for it; of several it is asked afterwards.
        told.parent.is_none() && told.withdrawn.is_none() && line == own()
    ])?;
    Ok(line)
}

/// What expressions see of an entry when it is folded: nothing of the present moment.
fn place(conn: &Connection, ledger: &Ledger, part: &Part, told: &Told, calendar: Calendar) -> Result<Place> {
    let parent = match told.parent {
        None => None,
        Some(parent) => tell(conn, parent)?.map(|above| value::seen(&ledger.part, &above.values, calendar)),
    };
    Ok(Place {
        now: told.at,
        calendar,
        state: told.state.clone(),
        entered: ledgers::entered(part, told.at, &told.moves),
        parent,
        ..Place::default()
    })
}

/// What follows from an entry besides its row.
fn facts(
    conn: &Connection,
    id: EntryId,
    ledger: &Ledger,
    part: &Part,
    told: &Told,
    place: &Place,
    line: &str,
) -> Result<()> {
    for own in part.own_dues(&told.values, place) {
        conn.prepare_cached(
            "INSERT INTO cur_entry_due (entry, due, place, ledger, opens, at, ends) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .put(params![id, own.due, own.place, ledger.name, own.opens, own.at, own.ends])?;
    }
    // What is proposed stands until it is taken up or declined, and is never late.
    for proposed in part.proposes(&told.values, place).into_iter().filter(|p| !told.raised.contains(&p.id)) {
        let looks_at_steps = ["state", "entered"].iter().any(|name| proposed.when.uses(name));
        let since = told.moves.last().filter(|_| looks_at_steps).map_or(told.at, |moved| moved.at);
        conn.prepare_cached(
            "INSERT INTO cur_entry_due (entry, due, place, ledger, opens, at, ends) VALUES (?1, ?2, 0, ?3, ?4, ?4, ?5)",
        )?
        .put(params![id, raise::due_code(&proposed.id), ledger.name, since, i64::MAX])?;
    }
    if told.parent.is_none() {
        for due in part.settles(&told.values, place) {
            let of = ledgers::expected_of(ledger, due, &told.values, told.unit, line);
            conn.prepare_cached(
                "INSERT INTO cur_settled (ledger, due, expected, entry, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .put(params![ledger.name, due.id, of, id, told.at])?;
        }
        for column in part.columns.iter().filter(|column| column.unique) {
            if let Some(value) = told.values.get(&column.field.name) {
                conn.prepare_cached(
                    "INSERT INTO cur_unique (entry, ledger, name, value) VALUES (?1, ?2, ?3, ?4)",
                )?
                .put(params![id, ledger.name, column.field.name, fold_text(value)])?;
            }
        }
    }
    if let Some(of) = told.parent {
        for column in part.columns.iter().filter(|column| column.unique) {
            if let Some(value) = told.values.get(&column.field.name) {
                let (name, value) = ledgers::once_of_line(of, &column.field.name, &fold_text(value));
                conn.prepare_cached(
                    "INSERT INTO cur_unique (entry, ledger, name, value) VALUES (?1, ?2, ?3, ?4)",
                )?
                .put(params![id, ledger.name, name, value])?;
            }
        }
    }
    Ok(())
}

/// What the list is sorted by, column by column.
fn sort_keys(part: &Part, values: &Values) -> Vec<Sql> {
    let key = |column: &crate::domain::ledger::Column| {
        let value = values.get(&column.field.name).map_or("", String::as_str);
        match column.sort_key(value) {
            SortKey::Number(number) => Sql::Integer(number),
            SortKey::Text(text) => Sql::Text(text),
        }
    };
    part.columns.iter().take(SORTED).map(key).collect()
}

/// What a filter looks into: the values as written, the spellings of codes, what the state is called.
fn hay(part: &Part, told: &Told) -> String {
    let mut out = Vec::new();
    for column in
        part.columns.iter().filter(|column| column.link.is_none() && !column.field.kind.is_private())
    {
        let Some(value) = told.values.get(&column.field.name) else { continue };
        out.push(value.to_lowercase());
        for code in value.split(',') {
            let words = column.field.word(code).map(|word| [word.zh.as_str(), word.en.as_str()]);
            out.extend(words.into_iter().flatten().map(str::to_lowercase));
            out.extend(column.field.codes.get(code).into_iter().flatten().map(|word| word.to_lowercase()));
        }
    }
    if !told.state.is_empty() {
        let title = part.state_title(&told.state);
        out.extend([told.state.clone(), title.zh.to_lowercase(), title.en.to_lowercase()]);
    }
    out.join("\n")
}

/// Folds every entry again: what the calendar says of them is other than before.
pub(super) fn fold_entries(conn: &Connection) -> Result<()> {
    let all: Vec<EntryId> = conn
        .prepare_cached("SELECT id FROM cur_entry WHERE parent IS NULL ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    all.into_iter().try_for_each(|id| fold_entry(conn, id))
}
