//! What a handover leaves behind: items that were taken over unread, and questions without an answer.

use super::rows::{QuestionRow, ToDo, UnreadRow};
use super::{cases, due, settings_in, units};
use crate::domain::case::CaseState;
use crate::domain::handover::QuestionEnd;
use crate::domain::ids::{ShiftId, Subject, UnitId};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::domain::mask::masked_words;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::frozen::template_digest;
use crate::say::Say;
use crate::store::sql::{Code, subject};
use crate::store::{Reader, act, ledgers};
use rusqlite::{Connection, Row};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Items of the last handover that the officer on duty took over unread (未读接班): neither acknowledged since, nor
/// called about, nor settled.
///
/// # Errors
/// The database cannot be read.
pub fn unread(reader: &Reader, now: Ts) -> Result<Vec<UnreadRow>> {
    let tx = reader.snapshot()?;
    unread_in(&tx, now, None)
}

/// All that is to be done: what is due, what the last handover left behind, what is to be acted on.
///
/// # Errors
/// The database cannot be read.
pub fn to_do(reader: &Reader, now: Ts) -> Result<ToDo> {
    let tx = reader.snapshot()?;
    let due = due::due_in(&tx, &settings_in(&tx)?, now)?;
    Ok(ToDo {
        unread: unread_in(&tx, now, Some(&due))?,
        questions: questions_in(&tx, OPEN)?,
        findings: super::findings::findings_in(&tx)?,
        due,
    })
}

/// The same, where it may be known already what is `due`.
fn unread_in(tx: &Connection, now: Ts, due: Option<&[DueRow]>) -> Result<Vec<UnreadRow>> {
    let items = unread_items(tx)?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let open = still_open(tx, now, &items, due)?;
    let mut out = Vec::new();
    for (shift, since, item) in items {
        if !open.has(&item) {
            continue;
        }
        let subject = act::subject_of(tx, &item)?;
        let is_ledger = item.kind.ledger().is_some();
        // What is due in a ledger is not settled by a call with whom it concerns.
        if !is_ledger && subject.map(|subject| called(tx, subject)).transpose()?.unwrap_or(false) {
            continue;
        }
        let entry = if is_ledger { super::ledger::item_name(tx, &item)? } else { Say::default() };
        let name = match subject {
            Some(subject) if entry.zh.is_empty() => super::log::name_of(tx, subject)?,
            _ => entry.get(ledgers::lang_of(tx)?).to_owned(),
        };
        out.push(UnreadRow { shift, item, subject, name, called: entry, since });
    }
    Ok(out)
}

/// The unread items of the shift that the open one was taken over from.
fn unread_items(conn: &Connection) -> Result<Vec<(ShiftId, Ts, Item)>> {
    // A later handover speaks of everything that is open again: only the last one counts.
    let mut query = conn.prepare_cached(
        "SELECT u.shift, s.closed_at, u.kind, u.id, u.at FROM cur_unread u JOIN cur_shift s ON s.id = u.shift \
         WHERE s.id = (SELECT c.id FROM cur_shift c JOIN log_op o ON o.desk = c.desk AND o.seq = c.last_seq \
           WHERE c.closed_at IS NOT NULL ORDER BY o.lamport DESC LIMIT 1) ORDER BY u.place",
    )?;
    let rows = query.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, Item { kind: row.get(2)?, id: row.get(3)?, at: row.get(4)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether the officer on duty has had contact with somebody.
fn called(conn: &Connection, subject: Subject) -> Result<bool> {
    let column = crate::store::sql::subject_column(subject);
    Ok(conn
        .prepare_cached(&format!(
            "SELECT 1 FROM cur_followup f JOIN cur_shift s ON s.closed_at IS NULL AND s.desk = f.desk \
             AND f.seq >= s.first_seq WHERE f.{column} = ?1"
        ))?
        .exists([subject.id()])?)
}

/// What is open now of the kinds that were asked for.
struct StillOpen {
    /// As a handover would name it.
    items: HashSet<Item>,
    /// The oldest slot that is owed of each person: every one from there on is.
    slots: HashMap<Uuid, Ts>,
    now: Ts,
}

impl StillOpen {
    /// Whether an item that was named once is open. A slot was named by itself or as the oldest of those missed; before
    /// slots were told apart, by the person alone.
    fn has(&self, item: &Item) -> bool {
        if item.kind != ItemKind::Slot {
            return self.items.contains(item);
        }
        let fits = |oldest: &Ts| item.at.is_none_or(|at| (*oldest..=self.now).contains(&at));
        self.slots.get(&item.id).is_some_and(fits)
    }
}

/// What is open of the kinds of these items: the others are not looked for.
fn still_open(
    conn: &Connection,
    now: Ts,
    items: &[(ShiftId, Ts, Item)],
    due: Option<&[DueRow]>,
) -> Result<StillOpen> {
    /// What is not among what is due.
    const APART: [ItemKind; 4] =
        [ItemKind::Outstanding, ItemKind::Finding, ItemKind::Case, ItemKind::Question];
    let wants = |kind: ItemKind| items.iter().any(|(_, _, item)| item.kind == kind);
    let mut out = HashSet::new();
    let mut slots: HashMap<Uuid, Ts> = HashMap::new();
    // Unit by unit: few are left unread of many.
    for (_, _, item) in items.iter().filter(|(_, _, item)| item.kind == ItemKind::Outstanding) {
        let owing = units::owing_of(conn, UnitId(item.id), now)?;
        if owing.and_then(|owing| Some(owing.foremost()?.due)).is_some_and(|due| now.minutes_since(due) >= 0)
        {
            out.insert(*item);
        }
    }
    if wants(ItemKind::Finding) {
        let rows = super::findings::findings_in(conn)?;
        out.extend(rows.iter().map(|row| Item::new(ItemKind::Finding, row.person)));
    }
    let own;
    let due = match due {
        Some(due) => due,
        None if items.iter().all(|(_, _, item)| APART.contains(&item.kind)) => &[],
        None => {
            own = due::due_in(conn, &settings_in(conn)?, now)?;
            &own
        }
    };
    for row in due {
        let item = row.item.handed(row.subject);
        if item.kind != ItemKind::Slot {
            out.insert(item);
        } else if row.state != DueState::Coming {
            let oldest = slots.entry(item.id).or_insert(row.at);
            *oldest = row.at.min(*oldest);
        }
    }
    if wants(ItemKind::Case) {
        let cases = cases::cases_in(conn, now, "c.released_at IS NULL")?;
        let over = cases.iter().filter(|case| case.state == CaseState::DueForRelease);
        out.extend(over.map(|case| Item::new(ItemKind::Case, case.person)));
    }
    if wants(ItemKind::Question) {
        out.extend(questions_in(conn, OPEN)?.iter().map(|row| Item::new(ItemKind::Question, row.id)));
    }
    Ok(StillOpen { items: out, slots, now })
}

/// Of what was taken over unread, what is open: as it is looked for, and by the whole lists of everything there is.
#[cfg(test)]
pub(in crate::store) fn open_both_ways(reader: &Reader, now: Ts) -> Result<[Vec<Item>; 2]> {
    let tx = reader.snapshot()?;
    let items = unread_items(&tx)?;
    let looked_for = still_open(&tx, now, &items, None)?;
    let mut whole: HashSet<Item> = HashSet::new();
    let late = units::outstanding_in(&tx, now)?.into_iter().filter(|row| row.minutes_late >= 0);
    whole.extend(late.map(|row| Item::new(ItemKind::Outstanding, row.id)));
    let findings = super::findings::findings_in(&tx)?;
    whole.extend(findings.iter().map(|row| Item::new(ItemKind::Finding, row.person)));
    let due = due::due_in(&tx, &settings_in(&tx)?, now)?;
    let slots: HashSet<Uuid> = due
        .iter()
        .filter(|row| row.item.kind == ItemKind::Slot && row.state != DueState::Coming)
        .map(|row| row.item.handed(row.subject).id)
        .collect();
    whole.extend(
        due.iter().map(|row| row.item.handed(row.subject)).filter(|item| item.kind != ItemKind::Slot),
    );
    let cases = cases::cases_in(&tx, now, "c.released_at IS NULL")?;
    let over = cases.iter().filter(|case| case.state == CaseState::DueForRelease);
    whole.extend(over.map(|case| Item::new(ItemKind::Case, case.person)));
    whole.extend(questions_in(&tx, OPEN)?.iter().map(|row| Item::new(ItemKind::Question, row.id)));
    let all = || items.iter().map(|(_, _, item)| *item);
    let in_whole = |item: &Item| match item.kind {
        // Which of somebody's slots it is follows from the times alone.
        ItemKind::Slot => slots.contains(&item.id) && looked_for.has(item),
        _ => whole.contains(item),
    };
    Ok([all().filter(|item| looked_for.has(item)).collect(), all().filter(in_whole).collect()])
}

/// Questions left at handovers that have no answer yet, the oldest first.
///
/// # Errors
/// The database cannot be read.
pub fn questions(reader: &Reader) -> Result<Vec<QuestionRow>> {
    let tx = reader.snapshot()?;
    questions_in(&tx, OPEN)
}

/// Questions without an answer.
pub(in crate::store) const OPEN: &str = "q.ended IS NULL";

/// Questions that fit `condition` (over `cur_question q`), the oldest first.
pub(in crate::store) fn questions_in(conn: &Connection, condition: &str) -> Result<Vec<QuestionRow>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT q.id, q.shift, q.kind, q.item, q.person, q.unit, q.contact, coalesce(p.name, u.name, x.title, ''), q.text, \
         q.asked_at, coalesce(o.name, ''), q.ended, q.ended_at, coalesce(e.name, ''), q.answer, q.at \
         FROM cur_question q LEFT JOIN cur_person p ON p.id = q.person LEFT JOIN cur_unit u ON u.id = q.unit \
         LEFT JOIN cur_contact x ON x.id = q.contact LEFT JOIN cur_officer o ON o.id = q.asked_by \
         LEFT JOIN cur_officer e ON e.id = q.ended_by WHERE {condition} ORDER BY q.asked_at, q.id"
    ))?;
    Ok(query.query_map([], question)?.collect::<rusqlite::Result<_>>()?)
}

fn question(row: &Row<'_>) -> rusqlite::Result<QuestionRow> {
    let ended: Option<Code<QuestionEnd>> = row.get(11)?;
    Ok(QuestionRow {
        id: row.get(0)?,
        shift: row.get(1)?,
        item: Item { kind: row.get(2)?, id: row.get(3)?, at: row.get(15)? },
        subject: subject(row, 4)?,
        name: row.get(7)?,
        text: masked_words(&row.get::<_, String>(8)?).into_owned(),
        asked_at: row.get(9)?,
        asked_by: row.get(10)?,
        ended: ended.map(|how| how.0),
        ended_at: row.get(12)?,
        ended_by: row.get(13)?,
        answer: masked_words(&row.get::<_, String>(14)?).into_owned(),
    })
}

/// The content of a template that the log holds under this name and digest.
pub(in crate::store) fn adopted_template_in(
    conn: &Connection,
    name: &str,
    digest: &str,
) -> Result<Option<String>> {
    let mut query = conn.prepare_cached(
        "SELECT b.body ->> '$.content' FROM cur_link l \
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
         WHERE l.kind = 0 AND l.id = zeroblob(16) AND e.kind = 'template.adopted' AND b.body ->> '$.name' = ?1 \
         ORDER BY l.lamport DESC, l.desk DESC, l.seq DESC",
    )?;
    let mut rows = query.query([name])?;
    while let Some(row) = rows.next()? {
        let content: String = row.get(0)?;
        if template_digest(&content) == digest {
            return Ok(Some(content));
        }
    }
    Ok(None)
}
