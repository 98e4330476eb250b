//! What is due: promises, slots, and calls the office means to make again.

use super::rows::LedgerDue;
use super::settings_in;
use super::slots::{self, Owing};
use crate::domain::case::CaseFacts;
use crate::domain::field::Title;
use crate::domain::followup::Caller;
use crate::domain::ids::{FollowUpId, Subject};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::domain::mask::{Private, masked_words};
use crate::domain::office::Settings;
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::say::Lang;
use crate::store::ledgers;
use crate::store::sql::subject;
use crate::store::{Reader, json};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

/// Promises that are open, slots that are to come today, open or missed, contacts meant to be made; in time order.
///
/// # Errors
/// The database cannot be read.
pub fn due(reader: &Reader, now: Ts) -> Result<Vec<DueRow>> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    due_in(&tx, &settings, now)
}

pub(super) fn due_in(conn: &Connection, settings: &Settings, now: Ts) -> Result<Vec<DueRow>> {
    let mut out = promises(conn, now)?;
    slots(conn, settings, now, &mut out)?;
    out.extend(next_contacts(conn, now)?);
    let lang = ledgers::lang_of(conn)?;
    for due in super::ledger::dues_in(conn, settings.calendar, now)? {
        out.push(of_ledger(conn, due, lang)?);
    }
    out.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.name.cmp(&b.name)).then_with(|| a.item.cmp(&b.item)));
    Ok(out)
}

/// What is due in a ledger, as any other thing that is due. Its words are who is to be told by now, as a code.
fn of_ledger(conn: &Connection, due: LedgerDue, lang: Lang) -> Result<DueRow> {
    let id = match (due.entry, due.subject) {
        (Some(entry), _) => entry.0,
        (None, Some(subject)) => subject.id(),
        (None, None) => Uuid::nil(),
    };
    let unit = match due.subject {
        Some(Subject::Person(person)) => conn
            .prepare_cached("SELECT coalesce(u.name, '') FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1")?
            .query_row([person], |row| row.get(0))
            .optional()?
            .unwrap_or_default(),
        _ => String::new(),
    };
    Ok(DueRow {
        item: Item {
            kind: ItemKind::of_ledger(&due.ledger, &due.due),
            id,
            at: due.several.then_some(due.at),
        },
        subject: due.subject,
        name: due.name.get(lang).to_owned(),
        called: Some(Title { zh: due.name.zh, en: due.name.en }),
        unit,
        at: due.at,
        state: due.state,
        missed: due.missed,
        words: due.told.unwrap_or_default(),
        caller: None,
    })
}

/// A due row from the columns `id, person, unit, contact, the subject's name, the person's unit, at, words, the call,
/// its number`.
fn due_row(row: &Row<'_>, item: Item, now: Ts, past: DueState) -> rusqlite::Result<DueRow> {
    let at: Ts = row.get(6)?;
    Ok(DueRow {
        item,
        subject: subject(row, 1)?,
        name: row.get(4)?,
        called: None,
        unit: row.get(5)?,
        at,
        state: if at > now { DueState::Coming } else { past },
        missed: 0,
        words: masked_words(&row.get::<_, String>(7)?).into_owned(),
        caller: caller(row.get(8)?, row.get(9)?, subject(row, 1)?),
    })
}

/// The call something is owed for: of nobody known, or with a number of its own.
pub(super) fn caller(call: FollowUpId, number: String, subject: Option<Subject>) -> Option<Caller> {
    (subject.is_none() || !number.is_empty()).then(|| Caller { call, number: Private::new(number) })
}

fn promises(conn: &Connection, now: Ts) -> Result<Vec<DueRow>> {
    let mut query = conn.prepare_cached(
        "SELECT m.id, m.person, m.unit, m.contact, coalesce(p.name, u.name, x.title, ''), coalesce(pu.name, ''), m.due, m.words, \
         m.followup, coalesce(f.number, '') FROM cur_promise m LEFT JOIN cur_followup f ON f.id = m.followup LEFT JOIN cur_person p ON p.id = m.person LEFT JOIN cur_unit pu ON pu.id = p.unit \
         LEFT JOIN cur_unit u ON u.id = m.unit LEFT JOIN cur_contact x ON x.id = m.contact WHERE m.ended IS NULL",
    )?;
    let rows = query.query_map([], |row| {
        due_row(row, Item::new(ItemKind::Promise, row.get::<_, Uuid>(0)?), now, DueState::Missed)
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody under a measure is due a contact at each slot of the day. What was missed stands as one line a person,
/// over midnight and however many days, until they are heard.
fn slots(conn: &Connection, settings: &Settings, now: Ts, out: &mut Vec<DueRow>) -> Result<()> {
    let mut named = conn.prepare_cached(
        "SELECT p.name, coalesce(u.name, '') FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1",
    )?;
    for Owing { case, person, facts, owed } in slots::owing_in(conn, settings, now)? {
        let mut lines: Vec<(Ts, DueState, u32)> =
            owed.missed.into_iter().map(|(at, n)| (at, DueState::Missed, n)).collect();
        lines.extend(owed.open.map(|at| (at, DueState::Open, 0)));
        lines.extend(owed.coming.into_iter().map(|at| (at, DueState::Coming, 0)));
        if lines.is_empty() {
            continue;
        }
        let facts: CaseFacts = serde_json::from_str(&facts).map_err(json)?;
        let name: Option<(String, String)> =
            named.query_row([person], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (name, unit) = name.unwrap_or_default();
        for (at, state, missed) in lines {
            out.push(DueRow {
                item: Item::slot(case, at),
                subject: Some(Subject::Person(person)),
                name: name.clone(),
                called: None,
                unit: unit.clone(),
                at,
                state,
                missed,
                words: slot_words(&facts, settings.calendar, at),
                caller: None,
            });
        }
    }
    Ok(())
}

/// The day of the observation on which a slot opens, as `n/14`: a slot keeps the day of its own reporting day.
pub(super) fn slot_words(facts: &CaseFacts, calendar: Calendar, at: Ts) -> String {
    let observation = facts.observation(calendar.day(at));
    observation.map(|o| format!("{}/{}", o.shown_day(), o.total)).unwrap_or_default()
}

/// Open promises: how many, and how many of them are past their time.
pub(super) fn count_promises(conn: &Connection, now: Ts) -> Result<(u32, u32)> {
    Ok(conn
        .prepare_cached("SELECT count(*), coalesce(sum(due <= ?1), 0) FROM cur_promise WHERE ended IS NULL")?
        .query_row([now], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Calls that the office means to make again, until there was another with the same subject.
pub(super) fn next_contacts(conn: &Connection, now: Ts) -> Result<Vec<DueRow>> {
    let mut query = conn.prepare_cached(
        "SELECT f.id, f.person, f.unit, f.contact, coalesce(p.name, u.name, x.title, ''), coalesce(pu.name, ''), f.next_contact, f.words, \
         f.id, f.number FROM cur_followup f LEFT JOIN cur_person p ON p.id = f.person LEFT JOIN cur_unit pu ON pu.id = p.unit \
         LEFT JOIN cur_unit u ON u.id = f.unit LEFT JOIN cur_contact x ON x.id = f.contact \
         WHERE f.next_contact IS NOT NULL \
           AND NOT EXISTS (SELECT 1 FROM cur_followup g WHERE g.person = f.person AND g.at > f.at) \
           AND NOT EXISTS (SELECT 1 FROM cur_followup g WHERE g.unit = f.unit AND g.at > f.at) \
           AND NOT EXISTS (SELECT 1 FROM cur_followup g WHERE g.contact = f.contact AND g.at > f.at) \
           AND NOT (f.person IS NULL AND f.unit IS NULL AND f.contact IS NULL AND f.digits <> '' AND EXISTS \
             (SELECT 1 FROM cur_followup g WHERE g.digits <> '' AND substr(g.digits, -7) = substr(f.digits, -7) \
              AND g.digits = f.digits AND g.at > f.at))",
    )?;
    let rows = query.query_map([], |row| {
        due_row(row, Item::new(ItemKind::Again, row.get::<_, Uuid>(0)?), now, DueState::Open)
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
