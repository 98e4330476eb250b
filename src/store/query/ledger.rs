//! Registers: the list of them, the list of one, an entry, and what is due in all of them.

use super::rows::{Balance, EntryOf, EntryRow, EntrySheet, LedgerAsk, LedgerPage, LedgerRow};
use super::settings_in;
use crate::domain::ids::{EntryId, OfficerId, PersonId, Subject};
use crate::domain::item::DueState;
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::expr::Expr;
use crate::domain::ledger::raise::of_due as raise_of;
use crate::domain::ledger::{Ledger, Link, Part};
use crate::domain::mask::masked_words;
use crate::domain::time::{Calendar, HOUR, Ts};
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::log::Entity;
use crate::log::event::Event;
use crate::store::ledgers::{self, ROW, Row, answered, link_name, linked, read_row};
use crate::store::load::Told;
use crate::store::project::ledger::SORTED;
use crate::store::{Reader, load};
use minijinja::Value;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

mod checks;
mod due;
mod find;
mod history;
mod raise;
mod sorted;

pub(in crate::store) use checks::Checked;
pub use due::ledger_dues;
pub(super) use due::{dues_in, item_name, keys_of, name_of};
#[cfg(test)]
pub(in crate::store) use find::found_among;
pub(super) use find::found_entry;
pub use find::{ENTRIES, found_entries, seeks_entries};

/// How many other entries of a line an entry's page lists.
const OTHERS: u32 = 200;

/// The ledgers in force, by title.
///
/// # Errors
/// The database cannot be read.
pub fn ledgers(reader: &Reader, now: Ts) -> Result<Vec<LedgerRow>> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    let due = dues_in(&tx, calendar, now)?;
    let mut out = Vec::new();
    for (name, ledger) in ledgers::in_force(&tx)? {
        let adopted = tx.prepare_cached("SELECT 1 FROM cur_ledger WHERE name = ?1")?.exists([&name])?;
        // Apart: each is read from an index that holds it, and the last one without the others.
        let lines: u32 = tx
            .prepare_cached("SELECT count(*) FROM cur_entry WHERE ledger = ?1 AND newest")?
            .query_row([&name], |row| row.get(0))?;
        let last: Option<Ts> = tx
            .prepare_cached(
                "SELECT at FROM cur_entry INDEXED BY cur_entry_list WHERE ledger = ?1 AND newest ORDER BY at DESC LIMIT 1",
            )?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        let mine = || due.iter().filter(|due| due.ledger == name);
        out.push(LedgerRow {
            adopted,
            lines,
            open: open(&tx, &ledger)?,
            due: mine().filter(|due| due.state != DueState::Coming).count() as u32,
            overdue: mine().filter(|due| due.state == DueState::Missed).count() as u32,
            counted: checks::counted(&tx, &ledger, calendar, now)?,
            last,
            ledger,
        });
    }
    Ok(out)
}

/// How many lines of the list are in no last state, or lines of entries where only these have states.
fn open(conn: &Connection, ledger: &Ledger) -> Result<Option<u32>> {
    let below = ledger.lines.as_ref().map(|lines| &lines.part).filter(|part| part.states.is_some());
    let (part, index, of) = match (&ledger.part.states, below) {
        // The states stand in the index of the list: no row is read.
        (Some(_), _) => (&ledger.part, "INDEXED BY cur_entry_list", "e.newest"),
        (None, Some(below)) => (
            below,
            "",
            "e.withdrawn IS NULL AND e.parent IN (SELECT a.id FROM cur_entry a WHERE a.ledger = ?1 AND a.parent IS NULL \
             AND a.withdrawn IS NULL)",
        ),
        (None, None) => return Ok(None),
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT e.state, count(*) FROM cur_entry e {index} WHERE e.ledger = ?1 AND {of} GROUP BY e.state"
    ))?;
    let states = query.query_map([&ledger.name], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut open = 0;
    for state in states {
        let (state, n): (String, u32) = state?;
        open += if part.is_last(&state) { 0 } else { n };
    }
    Ok(Some(open))
}

/// Whether something holds of a line of the list.
fn fits(
    conn: &Connection,
    ledger: &Ledger,
    row: &Row,
    balance: Option<Balance>,
    what: &Expr,
    calendar: Calendar,
    now: Ts,
) -> Result<bool> {
    let Some(part) = ledger.part(row.parent.is_some()) else { return Ok(false) };
    let place = place_of(conn, ledger, part, row, calendar, now)?;
    answered(conn, &place, now, Some(&ledger.name), || {
        let mut seen = place.seen(part, &row.values);
        let number = |number: Option<i64>| number.map_or(Value::from(()), Value::from);
        seen.put("balance", number(balance.map(|b| b.balance)));
        seen.put("minimum", number(balance.and_then(|b| b.minimum)));
        seen.put("days_left", number(balance.and_then(|b| b.days_left)));
        Ok(what.holds(&seen.scope()) == Some(true))
    })
}

/// What expressions see of an entry now.
fn place_of(
    conn: &Connection,
    ledger: &Ledger,
    part: &Part,
    row: &Row,
    calendar: Calendar,
    now: Ts,
) -> Result<Place> {
    let above = row.parent.map(|parent| ledgers::row(conn, parent)).transpose()?.flatten();
    let seen = |above: Row| ledgers::seen_above(conn, &ledger.part, &above.values, calendar);
    Ok(Place {
        state: row.state.clone(),
        entered: row.entered(part),
        parent: above.map(seen).transpose()?,
        linked: linked(conn, part, &row.values, calendar)?,
        ..Place::at(now, calendar)
    })
}

/// The balance of an entry's key: the last count, and what came and went since.
fn balance(conn: &Connection, ledger: &Ledger, row: &Row, now: Ts) -> Result<Option<Balance>> {
    let Some(stock) = &ledger.stock else { return Ok(None) };
    let line = ledger.key_of(&row.values).unwrap_or_default();
    let balance = ledgers::balance_at(conn, &ledger.name, &line, Ts(i64::MAX))?.unwrap_or(0);
    let used: i64 = conn
        .prepare_cached(
            "SELECT coalesce(sum(-delta), 0) FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND NOT counts AND delta < 0 \
             AND at > ?3 AND at <= ?4",
        )?
        .query_row(params![ledger.name, line, now.0 - stock.use_over, now], |row| row.get(0))?;
    let days = (stock.use_over / (24 * HOUR)).max(1);
    let code = ledger.key.first().and_then(|name| row.values.get(name));
    Ok(Some(Balance {
        balance,
        minimum: code.and_then(|code| stock.minimum.get(code)).copied(),
        days_left: (used > 0).then(|| balance.max(0) * days / used),
    }))
}

/// What columns say of what is used first of a line's balance: what came first goes first, so what is there is what came
/// last; of that the least value.
fn first_out(conn: &Connection, ledger: &Ledger, row: &EntryRow) -> Result<BTreeMap<String, String>> {
    let mut out: BTreeMap<String, String> =
        ledger.first_out().map(|name| (name.to_owned(), String::new())).collect();
    if out.is_empty() {
        return Ok(out);
    }
    let mut left = row.balance.map_or(0, |balance| balance.balance);
    let mut brought = conn.prepare_cached(&format!(
        "SELECT {ROW}, e.delta FROM cur_entry e WHERE e.ledger = ?1 AND e.line = ?2 AND e.delta > 0 AND NOT e.counts \
         ORDER BY e.at DESC, e.lamport DESC, e.seq DESC, e.idx DESC"
    ))?;
    let line = ledger.key_of(&row.row.values).unwrap_or_default();
    let mut brought = brought.query(params![ledger.name, line])?;
    while left > 0
        && let Some(found) = brought.next()?
    {
        left -= found.get::<_, i64>(12)?;
        let values = read_row(found)?.values;
        for (name, least) in &mut out {
            if let Some(value) = values.get(name).filter(|value| least.is_empty() || *value < &*least) {
                least.clone_from(value);
            }
        }
    }
    Ok(out)
}

/// One ledger's list.
///
/// # Errors
/// There is no such ledger, or the database cannot be read.
pub fn ledger(reader: &Reader, ask: &LedgerAsk, now: Ts) -> Result<LedgerPage> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    let ledger = ledgers::named(&tx, &ask.ledger)?;
    let (total, places) = places(&tx, &ledger, ask)?;
    let mut row = tx.prepare_cached(&format!("SELECT {ROW} FROM cur_entry e WHERE e.rowid = ?1"))?;
    let mut rows = Vec::with_capacity(places.len());
    for place in places {
        let row = row.query_row([place], read_row)?;
        let row = shown(&tx, &ledger, row, calendar, now)?;
        let first_out = first_out(&tx, &ledger, &row)?;
        rows.push(EntryRow { first_out, ..row });
    }
    let late = late_lines(&tx, &ledger, calendar, now)?;
    for row in &mut rows {
        row.overdue |= late.contains(&row.row.id.to_string())
            || ledger.key_of(&row.row.values).is_some_and(|key| late.contains(&key));
    }
    let broken = checks::broken(reader, &tx, &ledger, calendar, now)?;
    Ok(LedgerPage { ledger, total, offset: ask.offset, rows, broken })
}

/// What is overdue in a ledger: entries, those of which a line is, and keys of which something is expected again and again.
fn late_lines(
    conn: &Connection,
    ledger: &Ledger,
    calendar: Calendar,
    now: Ts,
) -> Result<std::collections::HashSet<String>> {
    let mut out = std::collections::HashSet::new();
    let by_key = |due: &str| {
        ledger
            .part
            .dues
            .iter()
            .any(|known| known.id == due && known.applies == crate::domain::ledger::Applies::Key)
    };
    for due in dues_in(conn, calendar, now)? {
        if due.ledger != ledger.name || due.state != DueState::Missed {
            continue;
        }
        if by_key(&due.due) {
            out.insert(due.expected);
        } else if let Some(entry) = due.entry {
            let above = ledgers::row(conn, entry)?.and_then(|row| row.parent);
            out.insert(above.unwrap_or(entry).to_string());
        }
    }
    Ok(out)
}

/// How many lines of a list fit the filter, and where those wanted stand in the table, in order. Rows are wide: what a list
/// is filtered and sorted by stands in an index of its own.
fn places(conn: &Connection, ledger: &Ledger, ask: &LedgerAsk) -> Result<(u32, Vec<i64>)> {
    let points = |wanted: &Link| ledger.part.links().any(|(_, link)| link == wanted);
    let mut from = "FROM cur_entry e INDEXED BY cur_entry_list".to_owned();
    let mut looked_into = vec!["e.hay"];
    if points(&Link::Person) {
        from.push_str(" LEFT JOIN cur_person p ON p.id = e.person");
        looked_into.push("coalesce(p.hay, '')");
    }
    if points(&Link::Unit) {
        from.push_str(" LEFT JOIN cur_unit u ON u.id = e.unit");
        looked_into.push("lower(coalesce(u.name, '') || ' ' || coalesce(u.keys, ''))");
    }
    from.push_str(" WHERE e.ledger = ?1 AND e.newest");
    let mut with: Vec<Sql> = vec![Sql::Text(ledger.name.clone())];
    let words: Vec<String> = ask.filter.split_whitespace().map(str::to_lowercase).collect();
    for word in &words {
        with.push(Sql::Text(word.clone()));
        let at = with.len();
        let holds: Vec<String> = looked_into.iter().map(|text| format!("instr({text}, ?{at})")).collect();
        from = format!("{from} AND ({})", holds.join(" OR "));
    }
    let order = order(ledger, ask);
    let wanted = if ask.limit == 0 { usize::MAX } else { ask.limit as usize };
    // Nothing hidden is found out by a part of a number: of what an entry says it is looked for in what can be read.
    let felt: Vec<&String> = words.iter().filter(|word| find::may_feel(word)).collect();
    // In the order of the index nothing is sorted: all that fit are counted while the first of them are taken.
    if ask.sort.is_none() && !words.is_empty() || !felt.is_empty() {
        let texts = looked_into.join(", ");
        let mut query = conn.prepare_cached(&format!("SELECT e.rowid, {texts} {from} ORDER BY {order}"))?;
        let mut rows = query.query(params_from_iter(with.iter()))?;
        let (mut total, mut places) = (0, Vec::new());
        while let Some(row) = rows.next()? {
            if !felt.is_empty() && !is_read(row, looked_into.len(), &felt)? {
                continue;
            }
            if total >= ask.offset && places.len() < wanted {
                places.push(row.get(0)?);
            }
            total += 1;
        }
        return Ok((total, places));
    }
    let kept = ask.offset as usize + wanted.min(sorted::MOST);
    if let Some(sort) =
        ask.sort.as_ref().filter(|_| ask.limit > 0 && wanted <= sorted::MOST && kept <= sorted::MOST)
    {
        let by = (&*sort_key(ledger, &sort.0), sort.1);
        return sorted::first(conn, &from, by, &with, (ask.offset as usize, wanted));
    }
    // Where nothing is looked for, all are counted from the narrowest index.
    let counted = if words.is_empty() { "FROM cur_entry e WHERE e.ledger = ?1 AND e.newest" } else { &from };
    let total = conn
        .prepare_cached(&format!("SELECT count(*) {counted}"))?
        .query_row(params_from_iter(with.iter()), |row| row.get(0))?;
    let limit = if ask.limit == 0 { -1 } else { i64::from(ask.limit) };
    with.extend([Sql::Integer(limit), Sql::Integer(i64::from(ask.offset))]);
    let (limit_at, offset_at) = (with.len() - 1, with.len());
    let sql = format!("SELECT e.rowid {from} ORDER BY {order} LIMIT ?{limit_at} OFFSET ?{offset_at}");
    let mut query = conn.prepare_cached(&sql)?;
    let places = query.query_map(params_from_iter(with.iter()), |row| row.get(0))?;
    Ok((total, places.collect::<rusqlite::Result<_>>()?))
}

/// Whether words stand in what can be read of a row whose texts follow its place: what an entry says, with numbers hidden,
/// then what is known of whom it points at.
fn is_read(row: &rusqlite::Row<'_>, texts: usize, words: &[&String]) -> Result<bool> {
    let text = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let own = masked_words(text(1)?);
    for word in words {
        let mut stands = own.contains(word.as_str());
        for at in 2..=texts {
            stands |= text(at)?.contains(word.as_str());
        }
        if !stands {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How a list is sorted: by one of its first columns, by its state, by when; the newest first.
fn order(ledger: &Ledger, ask: &LedgerAsk) -> String {
    let newest = "e.at DESC, e.lamport DESC, e.seq DESC, e.idx DESC";
    let Some((name, turned)) = &ask.sort else { return newest.to_owned() };
    let turned = if *turned { " DESC" } else { "" };
    format!("{}{turned}, {newest}", sort_key(ledger, name))
}

/// What stands in the index, or with what a column points at, that a list is sorted by.
fn sort_key(ledger: &Ledger, name: &str) -> String {
    let place = ledger.part.columns.iter().take(SORTED).position(|column| column.field.name == *name);
    let link = ledger.part.column(name).and_then(|column| column.link.clone());
    match (link, place, name) {
        (Some(Link::Person), ..) => "coalesce(p.keys_order, p.keys)".to_owned(),
        (Some(Link::Unit), ..) => "u.keys".to_owned(),
        (_, Some(place), _) => format!("e.k{}", place + 1),
        (_, None, "state") => "e.state".to_owned(),
        (_, None, _) => "e.at".to_owned(),
    }
}

/// An entry with what belongs to its line.
pub(super) fn shown(
    conn: &Connection,
    ledger: &Arc<Ledger>,
    row: Row,
    calendar: Calendar,
    now: Ts,
) -> Result<EntryRow> {
    let balance = if row.parent.is_none() { balance(conn, ledger, &row, now)? } else { None };
    let alert = match &ledger.view.alert {
        Some(alert) if row.parent.is_none() => fits(conn, ledger, &row, balance, alert, calendar, now)?,
        _ => false,
    };
    // What is less than nothing was never counted.
    let alert = alert || balance.is_some_and(|balance| balance.balance < 0);
    // What a later entry or a call settled stands there still; few entries have something past its end.
    let late = "SELECT 1 FROM cur_entry_due WHERE entry = ?1 AND ends <= ?2";
    let overdue = row.withdrawn.is_none()
        && conn.prepare_cached(late)?.exists(params![row.id, now])?
        && due::own_dues(conn, calendar, now, Some(row.id))?.iter().any(|due| due.state == DueState::Missed);
    Ok(EntryRow { balance, alert, overdue, ..named(conn, ledger, live(conn, ledger, row, calendar, now)?)? })
}

/// An entry with the names of what it points at, and nothing that has to be worked out.
fn named(conn: &Connection, ledger: &Ledger, row: Row) -> Result<EntryRow> {
    let mut names = BTreeMap::new();
    for (name, link) in ledger.part(row.parent.is_some()).into_iter().flat_map(Part::links) {
        if let Some(id) = row.values.get(name).and_then(|value| Uuid::parse_str(value).ok()) {
            names.insert(name.to_owned(), link_name(conn, link, id)?);
        }
    }
    let by = officer(conn, row.officer)?;
    let apart = match row.person {
        Some(person) => apart(conn, &ledger.name, person)?,
        None => String::new(),
    };
    Ok(EntryRow {
        row,
        names,
        apart,
        by,
        balance: None,
        first_out: BTreeMap::new(),
        alert: false,
        overdue: false,
    })
}

/// What tells somebody from others of the same name in a ledger: the end of their number, all of it where it has to be;
/// the unit where there is no number. Nothing where nobody else has the name.
fn apart(conn: &Connection, ledger: &str, person: PersonId) -> Result<String> {
    /// Signs of a number that tell most people apart.
    const TAIL: usize = 4;
    let mut query = conn.prepare_cached(
        "SELECT p.no, coalesce(u.name, ''), o.no FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit JOIN cur_person o \
         ON coalesce(o.keys_order, o.keys) = coalesce(p.keys_order, p.keys) AND o.name = p.name AND o.id <> p.id \
         WHERE p.id = ?1 AND EXISTS (SELECT 1 FROM cur_entry e WHERE e.person = o.id AND e.ledger = ?2 AND e.withdrawn IS NULL)",
    )?;
    let mut others = query.query(params![person, ledger])?;
    let mut found = None;
    let end = |no: &str| -> String { no.chars().skip(no.chars().count().saturating_sub(TAIL)).collect() };
    while let Some(row) = others.next()? {
        let (no, unit, other): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if no.is_empty() {
            return Ok(unit);
        }
        if end(&no) == end(&other) {
            return Ok(no);
        }
        found = Some(end(&no));
    }
    Ok(found.unwrap_or_default())
}

/// What is computed of what the database knows (reports, calls) is of this minute while an entry is open; what it was when
/// the entry was closed stays.
fn live(conn: &Connection, ledger: &Ledger, row: Row, calendar: Calendar, now: Ts) -> Result<Row> {
    let Some(part) = ledger.part(row.parent.is_some()) else { return Ok(row) };
    let asks = part.columns.iter().any(|column| column.calculation.as_ref().is_some_and(Expr::asks));
    if !asks || row.withdrawn.is_some() || part.is_last(&row.state) {
        return Ok(row);
    }
    let place = place_of(conn, ledger, part, &row, calendar, now)?;
    let values = answered(conn, &place, now, Some(&ledger.name), || Ok(part.computed(&row.values, &place)))?;
    Ok(Row { values, ..row })
}

fn officer(conn: &Connection, id: Option<OfficerId>) -> Result<String> {
    id.map_or(Ok(String::new()), |id| Ok(link_name(conn, &Link::Officer, id.0)?.zh))
}

/// Everything known of an entry; none where there is none.
///
/// # Errors
/// The database cannot be read.
pub fn entry(reader: &Reader, id: EntryId, now: Ts) -> Result<Option<EntrySheet>> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    let Some(row) = ledgers::row(&tx, id)? else { return Ok(None) };
    let Some(ledger) = ledgers::declared(&tx, &row.ledger, row.version)? else {
        return Err(Error::refused(say::undeclared(&row.ledger, row.version)));
    };
    let mut moved_by = Vec::new();
    for moved in &row.moves {
        moved_by.push((officer(&tx, moved.officer)?, officer(&tx, moved.signed_by)?));
    }
    let show = |row| shown(&tx, &ledger, row, calendar, now);
    let above =
        row.parent.map(|parent| ledgers::row(&tx, parent)).transpose()?.flatten().map(show).transpose()?;
    let lines: Vec<Row> = tx
        .prepare_cached(&format!(
            "SELECT {ROW} FROM cur_entry e WHERE e.parent = ?1 AND e.withdrawn IS NULL ORDER BY e.lamport, e.seq, e.idx"
        ))?
        .query_map([id], read_row)?
        .collect::<rusqlite::Result<_>>()?;
    let others: Vec<Row> = match ledger.key_of(&row.values).filter(|_| row.parent.is_none()) {
        None => Vec::new(),
        Some(line) => tx
            .prepare_cached(&format!(
                "SELECT {ROW} FROM cur_entry e WHERE e.ledger = ?1 AND e.line = ?2 AND e.id <> ?3 AND e.parent IS NULL \
                 ORDER BY e.at DESC, e.lamport DESC, e.seq DESC, e.idx DESC LIMIT {OTHERS}"
            ))?
            .query_map(params![ledger.name, line, id], read_row)?
            .collect::<rusqlite::Result<_>>()?,
    };
    let mut due = due::own_dues(&tx, calendar, now, Some(id))?;
    // What it proposes stands with what would be made of it.
    due.retain(|due| raise_of(&due.due).is_none());
    due.extend(due::concerning(&tx, &ledger, &row, calendar, now)?);
    let proposed = raise::proposed(&tx, &ledger, &row, calendar, now)?;
    let (raised, origin) = raise::settled(&tx, id)?;
    let events = load::events_about(&tx, Entity::Entry(id))?;
    Ok(Some(EntrySheet {
        proposed,
        raised,
        origin,
        lines: lines.into_iter().map(show).collect::<Result<_>>()?,
        others: others.into_iter().map(show).collect::<Result<_>>()?,
        booked: booked(&ledger, id, &events),
        history: history::history(&tx, &ledger, id, &events)?,
        entry: show(row)?,
        above,
        due,
        moved_by,
        ledger,
    }))
}

/// What the books said when an entry was written that they did not fit, and why.
fn booked(ledger: &Ledger, id: EntryId, events: &[Told]) -> Option<(i64, String)> {
    ledger.stock.as_ref()?;
    events.iter().find_map(|told| match &told.event {
        Event::EntryWritten(written) if written.entry == id => {
            Some((written.booked?, written.reason.clone()))
        }
        _ => None,
    })
}

/// Entries about a person or a unit, the newest first, with the ledger of each.
///
/// # Errors
/// The database cannot be read.
pub fn entries_about(reader: &Reader, subject: Subject, now: Ts) -> Result<Vec<EntryOf>> {
    let tx = reader.snapshot()?;
    entries_about_in(&tx, subject, now)
}

pub(super) fn entries_about_in(conn: &Connection, subject: Subject, now: Ts) -> Result<Vec<EntryOf>> {
    let column = match subject {
        Subject::Person(_) => "person",
        Subject::Unit(_) => "unit",
        Subject::Contact(_) => return Ok(Vec::new()),
    };
    let calendar = settings_in(conn)?.calendar;
    let rows: Vec<Row> = conn
        .prepare_cached(&format!(
            "SELECT {ROW} FROM cur_entry e WHERE e.{column} = ?1 AND e.withdrawn IS NULL \
             ORDER BY e.at DESC, e.lamport DESC, e.seq DESC, e.idx DESC LIMIT {OTHERS}"
        ))?
        .query_map([subject.id()], read_row)?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for row in rows {
        if let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)? {
            let above = row.parent.map(|parent| ledgers::row(conn, parent)).transpose()?.flatten();
            let above = above.map(|above| named(conn, &ledger, above)).transpose()?;
            out.push(EntryOf { entry: shown(conn, &ledger, row, calendar, now)?, above, ledger });
        }
    }
    Ok(out)
}

/// The ledger of this name in force.
///
/// # Errors
/// There is none, or the database cannot be read.
pub fn declared(reader: &Reader, name: &str) -> Result<Arc<Ledger>> {
    ledgers::named(&reader.conn, name)
}
