//! Registers: the list of them, the list of one, an entry, and what is due in all of them.

use super::rows::{Balance, EntryOf, EntryRow, EntrySheet, LedgerAsk, LedgerDue, LedgerPage, LedgerRow};
use super::settings_in;
use crate::domain::ids::{EntryId, OfficerId, PersonId, Subject, UnitId};
use crate::domain::item::{DueState, Item};
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::value::{self, Values};
use crate::domain::ledger::{Applies, Due, Ledger, Link, Part, When};
use crate::domain::time::{Calendar, HOUR, Ts};
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::say::Lang;
use crate::store::Reader;
use crate::store::ledgers::{self, ROW, Row, answered, link_name, linked, read_row};
use crate::store::project::ledger::SORTED;
use minijinja::Value;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

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
        let (lines, last): (u32, Option<Ts>) = tx
            .prepare_cached("SELECT count(*), max(at) FROM cur_entry WHERE ledger = ?1 AND newest")?
            .query_row([&name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mine = || due.iter().filter(|due| due.ledger == name);
        out.push(LedgerRow {
            adopted,
            lines,
            open: open(&tx, &ledger, lines)?,
            due: mine().filter(|due| due.state != DueState::Coming).count() as u32,
            overdue: mine().filter(|due| due.state == DueState::Missed).count() as u32,
            counted: counted(&tx, &ledger, calendar, now)?,
            last,
            ledger,
        });
    }
    Ok(out)
}

/// How many lines are in no last state.
fn open(conn: &Connection, ledger: &Ledger, lines: u32) -> Result<u32> {
    let Some(states) = &ledger.part.states else { return Ok(lines) };
    let mut closed = 0;
    for state in &states.last {
        closed += conn
            .prepare_cached("SELECT count(*) FROM cur_entry WHERE ledger = ?1 AND newest AND state = ?2")?
            .query_row([&ledger.name, state], |row| row.get::<_, u32>(0))?;
    }
    Ok(lines.saturating_sub(closed))
}

/// How many lines fit what the ledger counts.
fn counted(conn: &Connection, ledger: &Arc<Ledger>, calendar: Calendar, now: Ts) -> Result<Option<u32>> {
    let Some((_, when)) = &ledger.view.counter else { return Ok(None) };
    let mut query =
        conn.prepare_cached(&format!("SELECT {ROW} FROM cur_entry e WHERE e.ledger = ?1 AND e.newest"))?;
    let rows: Vec<Row> = query.query_map([&ledger.name], read_row)?.collect::<rusqlite::Result<_>>()?;
    let mut n = 0;
    for row in rows {
        let balance = balance(conn, ledger, &row, now)?;
        n += u32::from(fits(conn, ledger, &row, balance, when, calendar, now)?);
    }
    Ok(Some(n))
}

/// Whether something holds of a line of the list.
fn fits(
    conn: &Connection,
    ledger: &Ledger,
    row: &Row,
    balance: Option<Balance>,
    what: &crate::domain::ledger::expr::Expr,
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
    Ok(Place {
        state: row.state.clone(),
        entered: row.entered(part),
        parent: above.map(|above| value::seen(&ledger.part, &above.values, calendar)),
        linked: linked(conn, part, &row.values, calendar)?,
        ..Place::at(now, calendar)
    })
}

/// The balance of an entry's key: the last count, and what came and went since.
fn balance(conn: &Connection, ledger: &Ledger, row: &Row, now: Ts) -> Result<Option<Balance>> {
    let Some(stock) = &ledger.stock else { return Ok(None) };
    let line = ledger.key_of(&row.values).unwrap_or_default();
    let last: Option<(i64, i64, i64, i64, i64)> = conn
        .prepare_cached(
            "SELECT at, lamport, seq, idx, delta FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND counts AND delta IS NOT NULL \
             ORDER BY at DESC, lamport DESC, seq DESC, idx DESC LIMIT 1",
        )?
        .query_row([&ledger.name, &line], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    let (from, begun) = match last {
        Some((at, lamport, seq, idx, counted)) => ((at, lamport, seq, Some(idx)), counted),
        None => ((i64::MIN, 0, 0, None), 0),
    };
    let since: i64 = conn
        .prepare_cached(
            "SELECT coalesce(sum(delta), 0) FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND NOT counts AND at >= ?3 \
             AND (?6 IS NULL OR (at, lamport, seq, idx) > (?3, ?4, ?5, ?6))",
        )?
        .query_row(params![ledger.name, line, from.0, from.1, from.2, from.3], |row| row.get(0))?;
    let used: i64 = conn
        .prepare_cached(
            "SELECT coalesce(sum(-delta), 0) FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND NOT counts AND delta < 0 \
             AND at > ?3 AND at <= ?4",
        )?
        .query_row(params![ledger.name, line, now.0 - stock.use_over, now], |row| row.get(0))?;
    let balance = begun + since;
    let days = (stock.use_over / (24 * HOUR)).max(1);
    let code = ledger.key.first().and_then(|name| row.values.get(name));
    Ok(Some(Balance {
        balance,
        minimum: code.and_then(|code| stock.minimum.get(code)).copied(),
        days_left: (used > 0).then(|| balance.max(0) * days / used),
    }))
}

/// One ledger's list.
///
/// # Errors
/// There is no such ledger, or the database cannot be read.
pub fn ledger(reader: &Reader, ask: &LedgerAsk, now: Ts) -> Result<LedgerPage> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    let ledger = ledgers::in_force(&tx)?
        .remove(&ask.ledger)
        .ok_or_else(|| Error::not_found(say::no_ledger(&ask.ledger)).hint(say::NO_LEDGER_HINT))?;
    let mut with: Vec<Sql> = vec![Sql::Text(ledger.name.clone())];
    let mut wanted = String::new();
    for word in ask.filter.split_whitespace() {
        with.push(Sql::Text(word.to_lowercase()));
        let at = with.len();
        wanted = format!(
            "{wanted} AND (instr(e.hay, ?{at}) OR instr(coalesce(p.hay, ''), ?{at}) OR instr(lower(coalesce(u.name, '') || ' ' || \
             coalesce(u.keys, '')), ?{at}))"
        );
    }
    let from = "FROM cur_entry e LEFT JOIN cur_person p ON p.id = e.person LEFT JOIN cur_unit u ON u.id = e.unit \
         WHERE e.ledger = ?1 AND e.newest";
    let total = if wanted.is_empty() {
        tx.prepare_cached("SELECT count(*) FROM cur_entry WHERE ledger = ?1 AND newest")?
            .query_row([&ledger.name], |row| row.get(0))?
    } else {
        tx.prepare_cached(&format!("SELECT count(*) {from}{wanted}"))?
            .query_row(params_from_iter(with.iter()), |row| row.get(0))?
    };
    let order = order(&ledger, ask);
    let limit = if ask.limit == 0 { -1 } else { i64::from(ask.limit) };
    with.extend([Sql::Integer(limit), Sql::Integer(i64::from(ask.offset))]);
    let (limit_at, offset_at) = (with.len() - 1, with.len());
    let sql = format!("SELECT {ROW} {from}{wanted} ORDER BY {order} LIMIT ?{limit_at} OFFSET ?{offset_at}");
    let rows: Vec<Row> = tx
        .prepare_cached(&sql)?
        .query_map(params_from_iter(with.iter()), read_row)?
        .collect::<rusqlite::Result<_>>()?;
    let rows =
        rows.into_iter().map(|row| shown(&tx, &ledger, row, calendar, now)).collect::<Result<Vec<_>>>()?;
    let broken = checks(&tx, &ledger, calendar, now)?;
    Ok(LedgerPage { ledger, total, offset: ask.offset, rows, broken })
}

/// How a list is sorted: by one of its first columns, by its state, by when; the newest first.
fn order(ledger: &Ledger, ask: &LedgerAsk) -> String {
    let newest = "e.at DESC, e.lamport DESC, e.seq DESC, e.idx DESC";
    let Some((name, turned)) = &ask.sort else { return newest.to_owned() };
    let place = ledger.part.columns.iter().take(SORTED).position(|column| column.field.name == *name);
    let link = ledger.part.column(name).and_then(|column| column.link.clone());
    let key = match (link, place, name.as_str()) {
        (Some(Link::Person), ..) => "coalesce(p.keys_order, p.keys)".to_owned(),
        (Some(Link::Unit), ..) => "u.keys".to_owned(),
        (_, Some(place), _) => format!("e.k{}", place + 1),
        (_, None, "state") => "e.state".to_owned(),
        (_, None, _) => "e.at".to_owned(),
    };
    let turned = if *turned { " DESC" } else { "" };
    format!("{key}{turned}, {newest}")
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
    let overdue = conn
        .prepare_cached("SELECT 1 FROM cur_entry_due WHERE entry = ?1 AND ends <= ?2")?
        .exists(params![row.id, now])?
        && row.withdrawn.is_none();
    let mut names = BTreeMap::new();
    for (name, link) in ledger.part(row.parent.is_some()).into_iter().flat_map(Part::links) {
        if let Some(id) = row.values.get(name).and_then(|value| Uuid::parse_str(value).ok()) {
            names.insert(name.to_owned(), link_name(conn, link, id)?);
        }
    }
    let by = officer(conn, row.officer)?;
    Ok(EntryRow { row, names, by, balance, alert, overdue })
}

fn officer(conn: &Connection, id: Option<OfficerId>) -> Result<String> {
    id.map_or(Ok(String::new()), |id| link_name(conn, &Link::Officer, id.0))
}

/// What does not add up.
fn checks(
    conn: &Connection,
    ledger: &Ledger,
    calendar: Calendar,
    now: Ts,
) -> Result<Vec<(String, i64, i64)>> {
    let place = Place::at(now, calendar);
    let mut broken = Vec::new();
    for check in &ledger.checks {
        let both = answered(conn, &place, now, Some(&ledger.name), || {
            let scope = place.scope(&ledger.part, &Values::new());
            let sum: Option<i64> = check.sum.iter().map(|expr| expr.number(&scope)).sum();
            Ok(sum.zip(check.equals.number(&scope)))
        })?;
        if let Some((sum, equals)) = both.filter(|(sum, equals)| sum != equals) {
            broken.push((check.id.clone(), sum, equals));
        }
    }
    Ok(broken)
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
    let due = own_dues(&tx, calendar, now, Some(id))?;
    Ok(Some(EntrySheet {
        lines: lines.into_iter().map(show).collect::<Result<_>>()?,
        others: others.into_iter().map(show).collect::<Result<_>>()?,
        entry: show(row)?,
        above,
        due,
        moved_by,
        ledger,
    }))
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
            out.push(EntryOf { entry: shown(conn, &ledger, row, calendar, now)?, ledger });
        }
    }
    Ok(out)
}

/// The ledger of this name in force.
///
/// # Errors
/// There is none, or the database cannot be read.
pub fn declared(reader: &Reader, name: &str) -> Result<Arc<Ledger>> {
    ledgers::in_force(&reader.conn)?
        .remove(name)
        .ok_or_else(|| Error::not_found(say::no_ledger(name)).hint(say::NO_LEDGER_HINT))
}

/// What is due in every ledger: overdue before open, then in time order.
///
/// # Errors
/// The database cannot be read.
pub fn ledger_dues(reader: &Reader, now: Ts) -> Result<Vec<LedgerDue>> {
    let tx = reader.snapshot()?;
    let calendar = settings_in(&tx)?.calendar;
    dues_in(&tx, calendar, now)
}

pub(super) fn dues_in(conn: &Connection, calendar: Calendar, now: Ts) -> Result<Vec<LedgerDue>> {
    let mut out = own_dues(conn, calendar, now, None)?;
    for ledger in ledgers::in_force(conn)?.into_values() {
        for due in ledger.part.dues.iter().filter(|due| !matches!(due.when, When::After { .. })) {
            expected(conn, &ledger, due, calendar, now, &mut out)?;
        }
    }
    out.sort_by(|a, b| {
        let key = |due: &LedgerDue| (!due.first, due.at);
        let rest =
            |due: &LedgerDue| (due.ledger.clone(), due.due.clone(), due.name.clone(), due.expected.clone());
        key(a).cmp(&key(b)).then_with(|| rest(a).cmp(&rest(b)))
    });
    Ok(out)
}

/// What entries and lines have due by themselves; of all, or of one.
fn own_dues(conn: &Connection, calendar: Calendar, now: Ts, of: Option<EntryId>) -> Result<Vec<LedgerDue>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW}, d.due, d.opens, d.at, d.ends FROM cur_entry_due d JOIN cur_entry e ON e.id = d.entry \
         LEFT JOIN cur_entry a ON a.id = e.parent \
         WHERE d.opens <= ?1 AND (?2 IS NULL OR d.entry = ?2) AND a.withdrawn IS NULL"
    ))?;
    let rows: Vec<(Row, String, Ts, Ts, Ts)> = query
        .query_map(params![now, of], |row| {
            Ok((read_row(row)?, row.get(12)?, row.get(13)?, row.get(14)?, row.get(15)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (row, id, opens, at, ends) in rows {
        let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)? else { continue };
        let Some(part) = ledger.part(row.parent.is_some()) else { continue };
        let Some(due) = part.dues.iter().find(|due| due.id == id) else { continue };
        let place = place_of(conn, &ledger, part, &row, calendar, now)?;
        // What only the database knows (was somebody called) was left open when the entry was folded.
        let asks =
            ["called", "reported", "days_reported", "fevers"].iter().any(|name| due.resolved_if.uses(name));
        let settled = asks
            && answered(conn, &place, now, Some(&ledger.name), || {
                let mut seen = place.seen(part, &row.values);
                seen.window(opens.0, ends.0);
                Ok(due.resolved_if.holds(&seen.scope()) == Some(true))
            })?;
        if settled || settled_since(conn, &ledger, due, &row, opens, calendar, now)? {
            continue;
        }
        let scope = place.scope(part, &row.values);
        out.push(LedgerDue {
            ledger: ledger.name.clone(),
            due: id,
            entry: Some(row.id),
            expected: row.id.to_string(),
            name: name_of(conn, &ledger, &row)?,
            subject: subject(row.person, row.unit),
            at,
            several: matches!(&due.when, When::After { each, .. } if each.len() > 1),
            state: if now >= ends { DueState::Missed } else { DueState::Open },
            missed: 0,
            told: due.escalated(ends, now).map(str::to_owned),
            first: due.priority.as_ref().is_some_and(|first| first.holds(&scope) == Some(true)),
        });
    }
    Ok(out)
}

/// Whether a later entry of the same line, within its time, settles what an entry has due: what was bought was used since.
fn settled_since(
    conn: &Connection,
    ledger: &Ledger,
    due: &Due,
    row: &Row,
    opens: Ts,
    calendar: Calendar,
    now: Ts,
) -> Result<bool> {
    let Some(line) = ledger.key_of(&row.values).filter(|_| row.parent.is_none()) else { return Ok(false) };
    let later: Vec<Row> = conn
        .prepare_cached(&format!(
            "SELECT {ROW} FROM cur_entry e WHERE e.ledger = ?1 AND e.line = ?2 AND e.id <> ?3 AND e.withdrawn IS NULL \
             AND e.parent IS NULL AND e.at >= ?4 AND e.at >= ?5 AND e.at <= ?6 ORDER BY e.at DESC LIMIT {LATER}"
        ))?
        .query_map(params![ledger.name, line, row.id, opens, row.at, now], read_row)?
        .collect::<rusqlite::Result<_>>()?;
    for later in later {
        let place = place_of(conn, ledger, &ledger.part, &later, calendar, now)?;
        if due.resolved_if.holds(&place.scope(&ledger.part, &later.values)) == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many later entries are looked at.
const LATER: u32 = 50;

fn subject(person: Option<PersonId>, unit: Option<UnitId>) -> Option<Subject> {
    person.map(Subject::Person).or(unit.map(Subject::Unit))
}

/// What something that is due in a ledger is called; empty where it is of no entry that is there.
pub(super) fn item_name(conn: &Connection, item: &Item) -> Result<String> {
    let Some(row) = ledgers::row(conn, EntryId(item.id))? else { return Ok(String::new()) };
    let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)? else { return Ok(String::new()) };
    if ledgers::is_of_key(&ledger, item) {
        return titled(conn, &ledger, &row.values);
    }
    name_of(conn, &ledger, &row)
}

/// What an entry is called: whom it is about, and what tells it apart.
fn name_of(conn: &Connection, ledger: &Ledger, row: &Row) -> Result<String> {
    let mut out = match subject(row.person, row.unit) {
        Some(subject) => super::name_of(conn, subject)?,
        None => String::new(),
    };
    let title = match row.parent {
        None => titled(conn, ledger, &row.values)?,
        Some(parent) => {
            let above = ledgers::row(conn, parent)?;
            let first = ledger.lines.as_ref().and_then(|lines| {
                let mut own = lines.part.columns.iter().filter(|column| column.link.is_none());
                own.find_map(|column| row.values.get(&column.field.name))
            });
            let above =
                above.map(|above| titled(conn, ledger, &above.values)).transpose()?.unwrap_or_default();
            [above.as_str(), first.map_or("", String::as_str)].join(" ").trim().to_owned()
        }
    };
    if !title.is_empty() && title != out {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&title);
    }
    Ok(out)
}

/// The language of the office: names of entries are words too.
fn lang_of(conn: &Connection) -> Result<Lang> {
    let lang: Option<String> = conn
        .prepare_cached("SELECT json_extract(body, '$.lang') FROM cur_setting")?
        .query_row([], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(lang.and_then(|code| Lang::from_code(&code)).unwrap_or_default())
}

/// What an entry is called by its own values, with names for what they point at and words for codes.
pub(super) fn titled(conn: &Connection, ledger: &Ledger, values: &Values) -> Result<String> {
    let first = ledger.part.columns.first().map(|column| column.field.name.as_str());
    let names: Vec<&str> = if ledger.key.is_empty() {
        first.into_iter().collect()
    } else {
        ledger.key.iter().map(String::as_str).collect()
    };
    let lang = lang_of(conn)?;
    let mut out: Vec<String> = Vec::new();
    for column in names.iter().filter_map(|name| ledger.part.column(name)) {
        let Some(value) = values.get(&column.field.name) else { continue };
        out.push(match &column.link {
            Some(link) => link_name(conn, link, Uuid::parse_str(value).unwrap_or_default())?,
            None => say::shown(column, value).get(lang).to_owned(),
        });
    }
    Ok(out.join(" "))
}

/// What is expected again and again: of every key, unit, or entry of another ledger.
fn expected(
    conn: &Connection,
    ledger: &Arc<Ledger>,
    due: &Due,
    calendar: Calendar,
    now: Ts,
    out: &mut Vec<LedgerDue>,
) -> Result<()> {
    let mut column = None;
    let of = match &due.applies {
        Applies::Entry => return Ok(()),
        // What is expected of a key is nobody's in particular: whose the last entry was says nothing of it.
        Applies::Key => {
            lines(conn, &ledger.name)?.into_iter().map(|line| Of { subject: None, ..line }).collect()
        }
        Applies::Unit => units(conn, &ledger.name)?,
        Applies::Ledger(other) => {
            let points_there = |link: &Link| matches!(link, Link::Ledger(name) if name == other);
            let Some((name, _)) = ledger.part.links().find(|(_, link)| points_there(link)) else {
                return Ok(());
            };
            column = Some(name.to_owned());
            let of = |line: Of| {
                let id = line.entry.map(|id| id.to_string()).unwrap_or_default();
                Of { values: Values::from([(name.to_owned(), id.clone())]), expected: id, ..line }
            };
            lines(conn, other)?.into_iter().map(of).collect()
        }
    };
    let mut last = conn.prepare_cached(
        "SELECT max(at) FROM cur_settled WHERE ledger = ?1 AND due = ?2 AND expected = ?3 AND at <= ?4",
    )?;
    for of in of {
        if let Some(applies) = &due.applies_if
            && !of.fits(conn, ledger, applies, column.as_deref(), (now, calendar))?
        {
            continue;
        }
        let done: Option<Ts> =
            last.query_row(params![ledger.name, due.id, of.expected, now], |row| row.get(0))?;
        let Some(stands) = due.stands(of.since, done, now, calendar) else { continue };
        let name = match &of.row {
            Some((row, declared)) if of.subject.is_none() => titled(conn, declared, &row.values)?,
            Some((row, declared)) => name_of(conn, declared, row)?,
            None => of.subject.map(|subject| super::name_of(conn, subject)).transpose()?.unwrap_or_default(),
        };
        out.push(LedgerDue {
            ledger: ledger.name.clone(),
            due: due.id.clone(),
            entry: of.entry,
            expected: of.expected,
            name,
            subject: of.subject,
            at: stands.at,
            several: false,
            state: stands.state,
            missed: stands.missed,
            told: due.escalated(stands.ends, now).map(str::to_owned),
            first: false,
        });
    }
    Ok(())
}

/// Something that something is expected of.
struct Of {
    expected: String,
    /// The first entry of its line: the same however often there is another.
    entry: Option<EntryId>,
    row: Option<(Row, Arc<Ledger>)>,
    subject: Option<Subject>,
    since: Ts,
    values: Values,
}

impl Of {
    /// Whether something is expected of it. What a `column` points at is its own row.
    fn fits(
        &self,
        conn: &Connection,
        ledger: &Ledger,
        applies: &crate::domain::ledger::expr::Expr,
        column: Option<&str>,
        (now, calendar): (Ts, Calendar),
    ) -> Result<bool> {
        let linked = match (&self.row, column) {
            (Some((row, declared)), Some(column)) => {
                let mut known = value::seen(&declared.part, &row.values, calendar);
                known.insert("id".to_owned(), Value::from(row.id.to_string()));
                BTreeMap::from([(column.to_owned(), known)])
            }
            _ => linked(conn, &ledger.part, &self.values, calendar)?,
        };
        let state = self.row.as_ref().map(|(row, _)| row.state.clone()).unwrap_or_default();
        let place = Place { state, linked, ..Place::at(now, calendar) };
        answered(conn, &place, now, Some(&ledger.name), || {
            Ok(applies.holds(&place.scope(&ledger.part, &self.values)) == Some(true))
        })
    }
}

/// The lines of a ledger's list.
fn lines(conn: &Connection, ledger: &str) -> Result<Vec<Of>> {
    let first = "FROM cur_entry f WHERE f.ledger = e.ledger AND f.line = e.line AND f.withdrawn IS NULL \
         ORDER BY f.at, f.lamport, f.seq, f.idx LIMIT 1";
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW}, e.line, (SELECT f.at {first}), (SELECT f.id {first}) \
         FROM cur_entry e WHERE e.ledger = ?1 AND e.newest ORDER BY e.line"
    ))?;
    let rows: Vec<(Row, String, Ts, EntryId)> = query
        .query_map([ledger], |row| Ok((read_row(row)?, row.get(12)?, row.get(13)?, row.get(14)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (row, line, since, first) in rows {
        let Some(declared) = ledgers::declared(conn, &row.ledger, row.version)? else { continue };
        if declared.part.is_last(&row.state) {
            continue;
        }
        out.push(Of {
            expected: line,
            entry: Some(first),
            subject: subject(row.person, row.unit),
            since,
            values: row.values.clone(),
            row: Some((row, declared)),
        });
    }
    Ok(out)
}

/// The units that report, since the ledger is there.
fn units(conn: &Connection, ledger: &str) -> Result<Vec<Of>> {
    let since: Option<Ts> = conn
        .prepare_cached("SELECT min(at) FROM cur_ledger WHERE name = ?1 AND in_force")?
        .query_row([ledger], |row| row.get(0))?;
    let Some(since) = since else { return Ok(Vec::new()) };
    let mut query = conn.prepare_cached("SELECT id, added_at FROM cur_unit WHERE reports ORDER BY code")?;
    let rows = query.query_map([], |row| {
        let (id, added): (UnitId, Ts) = (row.get(0)?, row.get(1)?);
        Ok(Of {
            expected: id.to_string(),
            entry: None,
            row: None,
            subject: Some(Subject::Unit(id)),
            since: since.max(added),
            values: Values::from([("unit".to_owned(), id.to_string())]),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
