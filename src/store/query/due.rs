//! What is due: promises, slots, and calls the office means to make again.

use super::rows::{Caller, DueKind, DueRow, DueState};
use super::settings_in;
use crate::domain::case::{CaseFacts, Measure, Observation};
use crate::domain::followup::Outcome;
use crate::domain::ids::{CaseId, FollowUpId, PersonId, Subject};
use crate::domain::mask::Private;
use crate::domain::office::Settings;
use crate::domain::slot::{self, SlotState};
use crate::domain::time::{HOUR, Ts};
use crate::error::Result;
use crate::store::sql::{Code, subject};
use crate::store::{Reader, json};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// Promises that are open, slots of today that are not done, contacts meant to be made; in time order.
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
    next_contacts(conn, now, &mut out)?;
    out.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.name.cmp(&b.name)).then_with(|| a.kind.cmp(&b.kind)));
    Ok(out)
}

/// A due row from the columns `id, person, unit, contact, the subject's name, the person's unit, at, words, the call,
/// its number`.
fn due_row(row: &Row<'_>, kind: DueKind, now: Ts, past: DueState) -> rusqlite::Result<DueRow> {
    let at: Ts = row.get(6)?;
    Ok(DueRow {
        kind,
        subject: subject(row, 1)?,
        name: row.get(4)?,
        unit: row.get(5)?,
        at,
        state: if at > now { DueState::Coming } else { past },
        words: row.get(7)?,
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
    let rows =
        query.query_map([], |row| due_row(row, DueKind::Promise(row.get(0)?), now, DueState::Missed))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A slot of a case under a measure that is not done.
pub(super) struct OpenSlot {
    case: CaseId,
    person: PersonId,
    at: Ts,
    pub(super) state: DueState,
    observation: Option<Observation>,
}

/// Cases under a measure are due a contact at each slot of the day. A slot that was missed stays on the list for
/// 24 hours after its window closed: across midnight, and into the next shift. Reads no names: the counters on
/// every screen need none.
pub(super) fn open_slots(conn: &Connection, settings: &Settings, now: Ts) -> Result<Vec<OpenSlot>> {
    let calendar = settings.calendar;
    let today = calendar.day(now);
    let since = now.plus(-24 * HOUR);
    let days = [calendar.day(since), today];
    let begin = calendar.at_minute(days[0], calendar.day_start_min);
    let heard = heard_since(conn, begin)?;
    let mut query =
        conn.prepare_cached("SELECT id, person, facts, opened_at FROM cur_case WHERE released_at IS NULL")?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let facts = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let facts: CaseFacts = serde_json::from_str(facts).map_err(json)?;
        if facts.measure.unwrap_or(Measure::None) == Measure::None {
            continue;
        }
        let (case, person, opened_at): (CaseId, PersonId, Ts) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let observation = facts.observation(today);
        let contacts = heard.get(&person).map_or(&[][..], Vec::as_slice);
        for day in days {
            for slot in slot::due(&settings.slots, day, calendar, now, contacts) {
                let state = match slot.state {
                    // A slot that opened before the case did was never owed.
                    _ if slot.opens < opened_at => continue,
                    SlotState::Done => continue,
                    SlotState::Missed if slot.closes <= since => continue,
                    SlotState::Coming => DueState::Coming,
                    SlotState::Open => DueState::Open,
                    SlotState::Missed => DueState::Missed,
                };
                out.push(OpenSlot { case, person, at: slot.opens, state, observation });
            }
        }
    }
    Ok(out)
}

fn slots(conn: &Connection, settings: &Settings, now: Ts, out: &mut Vec<DueRow>) -> Result<()> {
    let mut named = conn.prepare_cached(
        "SELECT p.name, coalesce(u.name, '') FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1",
    )?;
    for slot in open_slots(conn, settings, now)? {
        let name: Option<(String, String)> =
            named.query_row([slot.person], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (name, unit) = name.unwrap_or_default();
        let words = slot.observation.map(|o| format!("{}/{}", o.shown_day(), o.total));
        out.push(DueRow {
            kind: DueKind::Slot(slot.case, slot.at),
            subject: Some(Subject::Person(slot.person)),
            name,
            unit,
            at: slot.at,
            state: slot.state,
            words: words.unwrap_or_default(),
            caller: None,
        });
    }
    Ok(())
}

/// Open promises: how many, and how many of them are past their time.
pub(super) fn count_promises(conn: &Connection, now: Ts) -> Result<(u32, u32)> {
    Ok(conn
        .prepare_cached("SELECT count(*), coalesce(sum(due <= ?1), 0) FROM cur_promise WHERE ended IS NULL")?
        .query_row([now], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// When each person was heard, well or not, since `begin`.
fn heard_since(conn: &Connection, begin: Ts) -> Result<HashMap<PersonId, Vec<Ts>>> {
    let mut query = conn.prepare_cached(
        "SELECT f.person, f.at, f.outcome FROM cur_case c JOIN cur_followup f ON f.person = c.person \
         WHERE c.released_at IS NULL AND f.at >= ?1",
    )?;
    let mut out: HashMap<PersonId, Vec<Ts>> = HashMap::new();
    let mut rows = query.query([begin])?;
    while let Some(row) = rows.next()? {
        let outcome: Code<Outcome> = row.get(2)?;
        if outcome.0.fills_slot() {
            out.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
    }
    Ok(out)
}

/// How long a call that was never made stays on the list.
const KEPT: i64 = 30 * 24 * HOUR;

fn next_contacts(conn: &Connection, now: Ts, out: &mut Vec<DueRow>) -> Result<()> {
    let mut query = conn.prepare_cached(
        "SELECT f.id, f.person, f.unit, f.contact, coalesce(p.name, u.name, x.title, ''), coalesce(pu.name, ''), f.next_contact, f.words, \
         f.id, f.number FROM cur_followup f LEFT JOIN cur_person p ON p.id = f.person LEFT JOIN cur_unit pu ON pu.id = p.unit \
         LEFT JOIN cur_unit u ON u.id = f.unit LEFT JOIN cur_contact x ON x.id = f.contact \
         WHERE f.next_contact > ?1 \
           AND NOT EXISTS (SELECT 1 FROM cur_followup g WHERE g.person = f.person AND g.at > f.at) \
           AND NOT EXISTS (SELECT 1 FROM cur_followup g WHERE g.unit = f.unit AND g.at > f.at) \
           AND NOT EXISTS (SELECT 1 FROM cur_followup g WHERE g.contact = f.contact AND g.at > f.at)",
    )?;
    let rows = query.query_map([now.plus(-KEPT)], |row| {
        due_row(row, DueKind::NextContact(row.get(0)?), now, DueState::Open)
    })?;
    for row in rows {
        out.push(row?);
    }
    Ok(())
}
