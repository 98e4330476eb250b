//! A handover as it was signed: what its op holds, and what that speaks of, read as it stood then.

use super::due::slot_words;
use super::log::{later_about, name_of, ops_in};
use super::rows::ShiftRange;
use super::rows::{CaseRow, FindingRow, Lately, LogRow, OutstandingRow, QuestionRow, UnitHeard};
use super::shift::range_of;
use super::{adopted_template_in, cases, handed, settings_in};
use crate::domain::case::{CaseFacts, CaseState, Measure};
use crate::domain::followup::Caller;
use crate::domain::followup::Outcome;
use crate::domain::handover::How;
use crate::domain::ids::{CaseId, FollowUpId, PersonId, QuestionId, ShiftId, Subject, UnitId};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::domain::mask::masked_words;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::ledger_id;
use crate::log::event::{Event, ShiftClosed};
use crate::log::frozen::{Frozen, FrozenDue, FrozenFindings, FrozenReport};
use crate::store::as_of::{Whom, as_of, entities_of};
use crate::store::sql::Code;
use crate::store::{Reader, json, ledgers, project};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Stands where words or a name stood that the log no longer holds: the body was erased.
pub const ERASED: &str = "\u{fffc}";

/// The time of something of which the log no longer tells when it was.
pub const NEVER: Ts = Ts(0);

/// A shift that was passed on.
pub struct SignedShift {
    /// The shift.
    pub shift: ShiftRange,
    /// When it was passed on.
    pub closed_at: Ts,
    /// The handover's event.
    pub closed: ShiftClosed,
    /// Who took over, by name.
    pub to: String,
    /// Why the same officer went on, or took over alone.
    pub reason: String,
    /// Free words for the next shift.
    pub words: String,
    /// What was asked about which item.
    pub asked: Vec<(Item, String)>,
    /// The templates it was made with: name and content.
    pub templates: Vec<(String, String)>,
    /// What was recorded about the shift later, in order.
    pub later: Vec<LogRow>,
    /// The office as it stood just before the handover. Where nothing was frozen, all of it; else what the frozen
    /// paper speaks of.
    pub past: Reader,
}

/// What a frozen paper speaks of, as it stood then.
pub struct FrozenRows {
    /// Units that had not reported.
    pub outstanding: Vec<OutstandingRow>,
    /// People about whom something was to be acted on.
    pub findings: Vec<FindingRow>,
    /// What was due.
    pub due: Vec<DueRow>,
    /// Cases due for release.
    pub release: Vec<CaseRow>,
    /// Cases opened or changed in the shift.
    pub changed: Vec<CaseRow>,
    /// Units called: which, its name, how often, what came of the last call, and its words.
    pub called: Vec<FrozenCall>,
    /// Questions of earlier handovers that were still open.
    pub questions: Vec<QuestionRow>,
    /// The ops of the shift.
    pub ops: Vec<LogRow>,
}

/// A unit that was called.
pub struct FrozenCall {
    /// Which.
    pub unit: UnitId,
    /// By name.
    pub name: String,
    /// How many times.
    pub calls: u32,
    /// The last call.
    pub last: FollowUpId,
    /// What came of it; none where the call was erased.
    pub outcome: Option<Outcome>,
    /// What was said in it.
    pub words: String,
}

/// A shift that was passed on, as it was signed; none while it runs, or if there is none such.
///
/// # Errors
/// The database cannot be read.
pub fn signed_shift(reader: &Reader, id: ShiftId) -> Result<Option<SignedShift>> {
    let tx = reader.snapshot()?;
    let Some(shift) = range_of(&tx, id)? else { return Ok(None) };
    let Some(closed_at) = shift.closed_at else { return Ok(None) };
    let mut closed = None;
    let (mut reason, mut words) = (String::new(), String::new());
    let mut texts: Vec<(QuestionId, String)> = Vec::new();
    for event in project::events_of(&tx, shift.desk, shift.last)? {
        match event {
            Event::ShiftClosed(e) if e.shift == id => closed = Some(e),
            Event::ShiftStarted(e) if e.after == Some(id) => reason = masked_words(&e.reason).into_owned(),
            Event::HandoverWords(e) if e.shift == id => words = e.words,
            Event::HandoverAsked(e) => texts.push((e.question, masked_words(&e.text).into_owned())),
            _ => {}
        }
    }
    let Some(mut closed) = closed else { return Ok(None) };
    if words.is_empty() {
        words = std::mem::take(&mut closed.words);
    }
    words = masked_words(&words).into_owned();
    if words.is_empty() && erased(&tx, &shift, "handover.words")? {
        ERASED.clone_into(&mut words);
    }
    if closed.how != How::Handed && reason.is_empty() && erased(&tx, &shift, "shift.started")? {
        ERASED.clone_into(&mut reason);
    }
    let text_of = |question| {
        let found = texts.iter().find(|(known, _)| *known == question);
        found.map_or_else(|| ERASED.to_owned(), |(_, text)| text.clone())
    };
    let asked = closed.items.iter().filter_map(|item| Some((item.item(), text_of(item.question?)))).collect();
    let lamport: i64 = tx
        .prepare_cached("SELECT lamport FROM log_op WHERE desk = ?1 AND seq = ?2")?
        .query_row([shift.desk, shift.last], |row| row.get(0))?;
    let whom = match &closed.frozen {
        Some(frozen) => Whom::These(spoken_of(&tx, &shift, frozen)?),
        None => Whom::Everyone,
    };
    let mut templates = Vec::new();
    for (name, digest) in closed.frozen.iter().flat_map(|frozen| &frozen.templates) {
        templates.extend(adopted_template_in(&tx, name, digest)?.map(|content| (name.clone(), content)));
    }
    let to = tx
        .prepare_cached("SELECT name FROM cur_officer WHERE id = ?1")?
        .query_row([closed.to], |row| row.get(0))
        .optional()?;
    Ok(Some(SignedShift {
        later: later_about(&tx, &shift, lamport)?,
        past: as_of(reader, lamport - 1, whom)?,
        to: to.unwrap_or_default(),
        shift,
        closed_at,
        closed,
        reason,
        words,
        asked,
        templates,
    }))
}

/// Whether the op of the handover held an event of this kind whose body was erased.
fn erased(conn: &Connection, shift: &ShiftRange, kind: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM log_event e WHERE e.desk = ?1 AND e.seq = ?2 AND e.kind = ?3 AND NOT EXISTS ( \
               SELECT 1 FROM log_body b WHERE b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx)";
    Ok(conn.prepare_cached(sql)?.exists(params![shift.desk, shift.last, kind])?)
}

/// Everything that a frozen paper names.
fn spoken_of(conn: &Connection, shift: &ShiftRange, frozen: &Frozen) -> Result<BTreeSet<Entity>> {
    let mut out = entities_of(
        conn,
        &format!(
            "SELECT DISTINCT kind, id FROM cur_link WHERE desk = {} AND seq BETWEEN {} AND {} \
             UNION SELECT 1, id FROM cur_officer",
            shift.desk, frozen.seq.0, frozen.seq.1
        ),
    )?;
    out.extend([Entity::Office, Entity::Shift(shift.id)]);
    if frozen.keys {
        what_names_entries(conn, &mut out)?;
    }
    out.extend(frozen.outstanding.iter().map(|report| Entity::Unit(report.key.unit)));
    out.extend(frozen.findings.iter().map(|row| Entity::Person(row.person)));
    for due in &frozen.due {
        if let Some((ledger, _)) = due.what.ledger() {
            let entry = Entity::Entry(due.id.into());
            out.extend([Entity::Ledger(ledger_id(ledger)), entry]);
            // What it points at names it, and the entry of which it is a line.
            let near = format!(
                "SELECT DISTINCT m.kind, m.id FROM cur_link l \
                 JOIN cur_link m ON m.desk = l.desk AND m.seq = l.seq AND m.idx = l.idx \
                 WHERE l.kind = {} AND l.id = x'{}' AND m.kind <> 2",
                entry.kind(),
                due.id.simple()
            );
            out.extend(entities_of(conn, &near)?);
        }
        out.extend(match due.what {
            ItemKind::Promise => Some(Entity::Promise(due.id.into())),
            ItemKind::Slot => Some(Entity::Case(due.id.into())),
            ItemKind::Again => Some(Entity::FollowUp(due.id.into())),
            _ => None,
        });
        out.extend(due.subject.map(|subject| match subject {
            Subject::Person(id) => Entity::Person(id),
            Subject::Unit(id) => Entity::Unit(id),
            Subject::Contact(id) => Entity::Contact(id),
        }));
    }
    out.extend(frozen.release.iter().chain(&frozen.changed).copied().map(Entity::Case));
    for called in &frozen.called {
        out.extend([Entity::Unit(called.unit), Entity::FollowUp(called.last)]);
    }
    out.extend(frozen.questions.iter().copied().map(Entity::Question));
    Ok(out)
}

/// How far what a key says is looked for: a line's entry, what that points at, and what that is called by.
const FAR: usize = 3;

/// What the entries among these take their keys from: how they were declared, what they point at, whose lines they are.
fn what_names_entries(conn: &Connection, out: &mut BTreeSet<Entity>) -> Result<()> {
    // They are few, and what was taken back since stands under one of them too.
    let all = format!("SELECT {}, id FROM cur_ledger", Entity::Ledger(ledger_id("")).kind());
    out.extend(entities_of(conn, &all)?);
    let mut known = BTreeSet::new();
    for _ in 0..=FAR {
        let new: Vec<Entity> =
            out.iter().filter(|entity| matches!(entity, Entity::Entry(_))).copied().collect();
        for entity in new {
            let Entity::Entry(entry) = entity else { continue };
            if !known.insert(entry) {
                continue;
            }
            let near = format!(
                "SELECT DISTINCT m.kind, m.id FROM cur_link l \
                 JOIN cur_link m ON m.desk = l.desk AND m.seq = l.seq AND m.idx = l.idx \
                 JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
                 WHERE l.kind = {} AND l.id = x'{}' AND (l.made OR e.kind IN ('entry.changed', 'entry.moved'))",
                entity.kind(),
                entry.0.simple()
            );
            out.extend(entities_of(conn, &near)?);
        }
    }
    Ok(())
}

/// What the frozen paper speaks of, out of the office as it stood then.
///
/// # Errors
/// The database cannot be read.
pub fn frozen_rows(past: &Reader, shift: &ShiftRange, frozen: &Frozen) -> Result<FrozenRows> {
    let tx = past.snapshot()?;
    let cases = |ids: &[CaseId]| -> Result<Vec<CaseRow>> {
        ids.iter().map(|id| case_row(&tx, *id, frozen.cut_at)).collect()
    };
    let mut called = Vec::with_capacity(frozen.called.len());
    for unit in &frozen.called {
        let last: Option<(Code<Outcome>, String)> = tx
            .prepare_cached("SELECT outcome, words FROM cur_followup WHERE id = ?1")?
            .query_row([unit.last], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (outcome, words) = last.map_or((None, ERASED.to_owned()), |(code, words)| (Some(code.0), words));
        called.push(FrozenCall {
            unit: unit.unit,
            name: named(&tx, Subject::Unit(unit.unit))?,
            calls: unit.calls,
            last: unit.last,
            outcome,
            words: masked_words(&words).into_owned(),
        });
    }
    Ok(FrozenRows {
        outstanding: frozen.outstanding.iter().map(|row| outstanding(&tx, row)).collect::<Result<_>>()?,
        findings: frozen.findings.iter().map(|row| findings(&tx, row)).collect::<Result<_>>()?,
        due: frozen.due.iter().map(|row| due(&tx, row)).collect::<Result<_>>()?,
        release: cases(&frozen.release)?,
        changed: cases(&frozen.changed)?,
        called,
        questions: frozen.questions.iter().map(|id| question(&tx, *id)).collect::<Result<_>>()?,
        ops: ops_in(&tx, shift.desk, frozen.seq.0, frozen.seq.1)?,
    })
}

/// A name as it stood; what was there and is no longer was erased.
fn named(conn: &Connection, subject: Subject) -> Result<String> {
    let name = name_of(conn, subject)?;
    Ok(if name.is_empty() { ERASED.to_owned() } else { name })
}

fn outstanding(conn: &Connection, frozen: &FrozenReport) -> Result<OutstandingRow> {
    let unit = frozen.key.unit;
    let texts: Option<[String; 6]> = conn
        .prepare_cached(
            "SELECT code, name, coalesce(liaison, ''), coalesce(liaison_phone, ''), coalesce(head, ''), \
             coalesce(head_phone, '') FROM cur_unit WHERE id = ?1",
        )?
        .query_row([unit], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
        })
        .optional()?;
    let [code, name, liaison, phone, head, head_phone] =
        texts.unwrap_or_else(|| ["", ERASED, "", "", "", ""].map(str::to_owned));
    Ok(OutstandingRow {
        id: unit,
        code,
        name,
        liaison,
        phone,
        head,
        head_phone,
        key: frozen.key.clone(),
        missing: frozen.missing,
        deadline: frozen.deadline,
        minutes_late: frozen.minutes_late,
        chases: frozen.chases,
        unanswered: frozen.unanswered,
        promise: frozen.promise,
        streak: 0,
        strip: Vec::new(),
        keys: String::new(),
        heard: UnitHeard::default(),
    })
}

fn due(conn: &Connection, frozen: &FrozenDue) -> Result<DueRow> {
    let words = |sql: &str, id: Uuid| -> Result<String> {
        let found = conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
        let words: String = found.unwrap_or_else(|| ERASED.to_owned());
        Ok(masked_words(&words).into_owned())
    };
    let item = frozen.item();
    let words = match item.kind {
        ItemKind::Promise => words("SELECT words FROM cur_promise WHERE id = ?1", item.id)?,
        ItemKind::Again => words("SELECT words FROM cur_followup WHERE id = ?1", item.id)?,
        ItemKind::Slot => slot_day(conn, CaseId(item.id), frozen.at)?,
        _ if item.kind.ledger().is_some() => frozen.told.clone(),
        _ => String::new(),
    };
    let entry = match item.kind.ledger() {
        Some(_) => super::ledger::item_name(conn, &item)?.get(ledgers::lang_of(conn)?).to_owned(),
        None => String::new(),
    };
    let unit = match frozen.subject.and_then(Subject::person) {
        Some(person) => unit_of(conn, person)?,
        None => String::new(),
    };
    Ok(DueRow {
        item,
        subject: frozen.subject,
        name: match frozen.subject {
            Some(subject) if entry.is_empty() => named(conn, subject)?,
            None if entry.is_empty() && item.kind.ledger().is_some() => ERASED.to_owned(),
            _ => entry,
        },
        called: None,
        unit,
        at: frozen.at,
        missed: frozen.missed,
        state: match frozen.state.as_str() {
            "coming" => DueState::Coming,
            "open" => DueState::Open,
            _ => DueState::Missed,
        },
        words,
        caller: caller_of(conn, item, frozen.subject)?,
    })
}

/// The call something is owed for, as what is due shows it.
fn caller_of(conn: &Connection, item: Item, subject: Option<Subject>) -> Result<Option<Caller>> {
    let sql = match item.kind {
        ItemKind::Promise => {
            "SELECT f.id, f.number FROM cur_promise m JOIN cur_followup f ON f.id = m.followup WHERE m.id = ?1"
        }
        ItemKind::Again => "SELECT id, number FROM cur_followup WHERE id = ?1",
        _ => return Ok(None),
    };
    let mut query = conn.prepare_cached(sql)?;
    let found = query.query_row([item.id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.and_then(|(call, number)| super::due::caller(call, number, subject)))
}

fn findings(conn: &Connection, frozen: &FrozenFindings) -> Result<FindingRow> {
    let person = frozen.person;
    let no: Option<String> = conn
        .prepare_cached("SELECT no FROM cur_person WHERE id = ?1")?
        .query_row([person], |row| row.get(0))
        .optional()?;
    Ok(FindingRow {
        person,
        no: no.unwrap_or_default(),
        name: named(conn, Subject::Person(person))?,
        unit: unit_of(conn, person)?,
        since: frozen.since,
        found: frozen.found.clone(),
        keys: String::new(),
    })
}

/// The day of an observation on which a slot opened; empty where nothing is counted, or the case was erased.
fn slot_day(conn: &Connection, case: CaseId, at: Ts) -> Result<String> {
    let facts: Option<String> = conn
        .prepare_cached("SELECT facts FROM cur_case WHERE id = ?1")?
        .query_row([case], |row| row.get(0))
        .optional()?;
    let Some(facts) = facts else { return Ok(String::new()) };
    let facts: CaseFacts = serde_json::from_str(&facts).map_err(json)?;
    Ok(slot_words(&facts, settings_in(conn)?.calendar, at))
}

fn unit_of(conn: &Connection, person: PersonId) -> Result<String> {
    let found = conn
        .prepare_cached("SELECT u.name FROM cur_person p JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1")?
        .query_row([person], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

fn case_row(conn: &Connection, id: CaseId, cut_at: Ts) -> Result<CaseRow> {
    let found = cases::cases_in(conn, cut_at, &format!("c.id = x'{}'", id.0.simple()))?.pop();
    Ok(found.unwrap_or_else(|| CaseRow {
        id,
        person: PersonId(Uuid::nil()),
        no: String::new(),
        name: ERASED.to_owned(),
        unit: String::new(),
        categories: Vec::new(),
        measure: Measure::None,
        observation: None,
        state: CaseState::Following,
        opened_at: cut_at,
        last_contact: None,
        keys: String::new(),
        lately: Lately::default(),
    }))
}

fn question(conn: &Connection, id: QuestionId) -> Result<QuestionRow> {
    let found = handed::questions_in(conn, &format!("q.id = x'{}'", id.0.simple()))?.pop();
    Ok(found.unwrap_or_else(|| QuestionRow {
        id,
        shift: ShiftId(Uuid::nil()),
        item: Item::new(ItemKind::from_code(""), Uuid::nil()),
        subject: None,
        name: ERASED.to_owned(),
        text: ERASED.to_owned(),
        asked_at: Ts(0),
        asked_by: String::new(),
        ended: None,
        ended_at: None,
        ended_by: String::new(),
        answer: String::new(),
    }))
}

/// The closed shift with this id, number (counted from the first) or, for `last`, the latest.
///
/// # Errors
/// The database cannot be read.
pub fn closed_shift(reader: &Reader, which: &str) -> Result<Option<ShiftId>> {
    let which = which.trim();
    if let Ok(id) = Uuid::try_parse(which) {
        let found = range_of(&reader.conn, id.into())?;
        return Ok(found.filter(|shift| shift.closed_at.is_some()).map(|shift| shift.id));
    }
    let offset: i64 = match which.parse::<i64>() {
        Ok(n) if n > 0 => n - 1,
        Err(_) if which == "last" => -1,
        Ok(_) | Err(_) => return Ok(None),
    };
    // Numbers count as `shift list` does; the latest is the one whose handover was recorded last.
    let sql = if offset < 0 {
        "SELECT s.id, s.closed_at FROM cur_shift s JOIN log_op o ON o.desk = s.desk AND o.seq = s.last_seq \
         WHERE s.closed_at IS NOT NULL ORDER BY o.lamport DESC LIMIT 1"
    } else {
        "SELECT id, closed_at FROM cur_shift ORDER BY started_at, first_seq LIMIT 1 OFFSET ?1"
    };
    let found: Option<(ShiftId, Option<Ts>)> = reader
        .conn
        .prepare_cached(sql)?
        .query_row(&params![offset][..usize::from(offset >= 0)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(id, closed)| closed.map(|_| id)))
}
