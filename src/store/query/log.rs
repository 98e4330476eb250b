//! The log as lines, the newest first; what an undo would take back.

use super::about::{entry_about, logged_entry};
use super::access::approver_of;
use super::filter;
use super::rows::ShiftRange;
use super::rows::{LogPage, LogQuery, LogRow, UndoPart, UndoPreview};
use super::worded::Worded;
use crate::domain::ids::{OfficerId, OpRef, Subject};
use crate::domain::jump::Jump;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::event::{Body, EntryWritten, Event};
use crate::log::wire;
use crate::say::Say;
use crate::store::ledgers;
use crate::store::{Reader, act, project};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

/// A part of the log.
///
/// # Errors
/// The database cannot be read.
pub fn log(reader: &Reader, query: &LogQuery) -> Result<LogPage> {
    let tx = reader.snapshot()?;
    ledgers::keep_all(&tx)?;
    if query.filter.trim().is_empty() {
        return log_in(&tx, query);
    }
    filtered(&tx, &mut reader.worded.borrow_mut(), query)
}

/// Puts the log into words, which the first letter of a filter would wait for.
///
/// # Errors
/// The database cannot be read.
pub fn word_log(reader: &Reader) -> Result<()> {
    let tx = reader.snapshot()?;
    ledgers::keep_all(&tx)?;
    reader.worded.borrow_mut().bring_up(&tx)
}

/// The same without a filter.
pub(super) fn log_in(conn: &Connection, query: &LogQuery) -> Result<LogPage> {
    let (condition, mut values) = filter::about(query.subject);
    let total: u32 = conn
        .prepare_cached(&format!("SELECT count(*) FROM log_op o WHERE {condition}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    let (limit, offset) = (values.len() + 1, values.len() + 2);
    values.extend([query.limit.into(), query.offset.into()]);
    let order = format!(
        "{condition} ORDER BY o.lamport DESC, o.desk DESC, o.seq DESC LIMIT ?{limit} OFFSET ?{offset}"
    );
    Ok(LogPage { total, offset: query.offset, rows: rows(conn, &order, &values)? })
}

/// How many lines of a page are asked for at once.
const PART: usize = 64;

fn filtered(conn: &Connection, worded: &mut Worded, query: &LogQuery) -> Result<LogPage> {
    let found = filter::matching(conn, worded, query)?;
    let begin = found.len().min(query.offset as usize);
    let page = &found[begin..found.len().min(begin.saturating_add(query.limit as usize))];
    let mut shown = Vec::with_capacity(page.len());
    let wanted = vec!["(?, ?)"; PART].join(", ");
    let condition =
        format!("(o.desk, o.seq) IN (VALUES {wanted}) ORDER BY o.lamport DESC, o.desk DESC, o.seq DESC");
    for part in page.chunks(PART) {
        // One statement does for every part: the last place of a short one is filled up with its last.
        let last = part.last().into_iter().cycle();
        let values: Vec<Value> = part
            .iter()
            .chain(last)
            .take(PART)
            .flat_map(|(desk, seq)| [(*desk).into(), (*seq).into()])
            .collect();
        shown.extend(rows(conn, &condition, &values)?);
    }
    Ok(LogPage { total: found.len() as u32, offset: query.offset, rows: shown })
}

/// The ops of a range, in order.
pub(super) fn ops_in(conn: &Connection, desk: i64, first: i64, last: i64) -> Result<Vec<LogRow>> {
    rows(
        conn,
        "o.desk = ?1 AND o.seq BETWEEN ?2 AND ?3 ORDER BY o.seq",
        &[desk.into(), first.into(), last.into()],
    )
}

/// What was recorded about a shift after it was passed on (by the op of this logical time): what happened within
/// its times and came late, what takes back one of its ops, corrections of its reports, callers who were known only
/// later, answers to what was asked at its end. In order.
pub(super) fn later_about(conn: &Connection, shift: &ShiftRange, lamport: i64) -> Result<Vec<LogRow>> {
    rows(
        conn,
        "o.lamport > ?1 AND ( \
           (o.happened_at < o.recorded_at AND o.happened_at >= ?5 AND o.happened_at < ?6) \
           OR (o.undoes_seq BETWEEN ?3 AND ?4 AND o.undoes_desk = (SELECT id FROM log_desk WHERE no = ?2)) \
           OR EXISTS (SELECT 1 FROM log_event n JOIN cur_link l ON l.desk = n.desk AND l.seq = n.seq AND l.idx = n.idx \
             JOIN cur_link m ON m.kind = l.kind AND m.id = l.id AND m.made AND m.desk = ?2 AND m.seq BETWEEN ?3 AND ?4 \
             WHERE n.desk = o.desk AND n.seq = o.seq AND (n.kind, l.kind) IN ( \
               VALUES ('followup.attached', 5), ('report.received', 9), ('handover.answered', 12), ('sitrep.corrected', 20)))) \
         ORDER BY o.lamport, o.desk, o.seq",
        &[
            lamport.into(),
            shift.desk.into(),
            shift.first.into(),
            shift.last.into(),
            shift.started_at.0.into(),
            shift.closed_at.map_or(i64::MAX, |at| at.0).into(),
        ],
    )
}

fn rows(conn: &Connection, condition_and_order: &str, values: &[Value]) -> Result<Vec<LogRow>> {
    // An import that adopts its form is listed as the import, a case that adopts the rules as the case.
    let mut query = conn.prepare_cached(&format!(
        "SELECT d.id, o.seq, o.recorded_at, o.happened_at, coalesce(f.name, ''), e.kind, o.events, o.rows, e.version, b.body, \
         EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = o.desk AND u.seq = o.seq), \
         coalesce(o.seq >= (SELECT first_seq FROM cur_shift s WHERE s.closed_at IS NULL AND s.desk = o.desk), 0), \
         (SELECT count(*) FROM log_event r WHERE r.desk = o.desk AND r.seq = o.seq AND r.kind = 'report.received'), \
         (SELECT p.recorded_at FROM log_op p WHERE p.desk = o.desk AND p.seq = o.seq - 1) \
         FROM log_op o JOIN log_desk d ON d.no = o.desk LEFT JOIN cur_officer f ON f.id = o.officer \
         LEFT JOIN log_event e ON e.desk = o.desk AND e.seq = o.seq AND e.idx = \
           (SELECT min(i.idx) FROM log_event i WHERE i.desk = o.desk AND i.seq = o.seq AND \
             (i.kind NOT IN ('form.adopted', 'rules.adopted', 'ledger.adopted') OR o.events = 1)) \
         LEFT JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx WHERE {condition_and_order}"
    ))?;
    let mut found = query.query(params_from_iter(values))?;
    let mut out = Vec::new();
    while let Some(row) = found.next()? {
        out.push(line(conn, row)?);
    }
    Ok(out)
}

fn line(conn: &Connection, row: &Row<'_>) -> Result<LogRow> {
    let kind: String = row.get::<_, Option<String>>(5)?.unwrap_or_default();
    let body: String = row.get::<_, Option<String>>(9)?.unwrap_or_default();
    // A body that was erased is no event any more, only its kind.
    let event = wire::read(&kind, row.get::<_, Option<u16>>(8)?.unwrap_or(0), &body);
    let subject = event.subject().or_else(|| attached_subject(conn, &event));
    let due = promise_due(conn, &event);
    let op = OpRef { desk: row.get(0)?, seq: row.get(1)? };
    let events: u32 = row.get(6)?;
    let parts = if events > 1 && stands_alone(&event) { telling_of(conn, op, &event)? } else { Vec::new() };
    let recorded_at = row.get(2)?;
    let approver = approver_of(conn, &event)?;
    let name = match subject {
        Some(subject) => name_of(conn, subject)?,
        None => officer_about(conn, &event)?,
    };
    let entry = if name.is_empty() { entry_about(conn, &event)? } else { Say::default() };
    let corrects =
        if matches!(event, Event::SheetImported(_)) { why_again(conn, op)? } else { String::new() };
    let mut of = logged_entry(conn, &event, (subject, &name))?;
    if let Some(of) = of.as_mut().filter(|_| events > 1) {
        of.more = alike(conn, op, &kind)?.saturating_sub(1);
    }
    Ok(LogRow {
        op,
        recorded_at,
        happened_at: row.get(3)?,
        officer: row.get(4)?,
        events,
        rows: row.get(7)?,
        corrects,
        name,
        entry,
        of,
        subject,
        kind,
        event,
        due,
        approver,
        parts,
        undone: row.get(10)?,
        this_shift: row.get(11)?,
        reports: row.get(12)?,
        jump: row.get::<_, Option<Ts>>(13)?.and_then(|before| Jump::between(before, recorded_at)),
    })
}

/// Why an import sent reports again that were there.
fn why_again(conn: &Connection, op: OpRef) -> Result<String> {
    let mut query = conn.prepare_cached(
        "SELECT b.body ->> '$.reason' FROM log_event e JOIN log_desk d ON d.no = e.desk \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE d.id = ?1 AND e.seq = ?2 AND e.kind = 'report.received' AND coalesce(b.body ->> '$.reason', '') <> '' LIMIT 1",
    )?;
    Ok(query.query_row(params![op.desk, op.seq], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// How many entries an op took the same step with. What is written at once is one entry with its lines.
fn alike(conn: &Connection, op: OpRef, kind: &str) -> Result<u32> {
    if kind == EntryWritten::KIND {
        return Ok(1);
    }
    let mut query = conn.prepare_cached(
        "SELECT count(*) FROM log_event e JOIN log_desk d ON d.no = e.desk WHERE d.id = ?1 AND e.seq = ?2 AND e.kind = ?3",
    )?;
    Ok(query.query_row(params![op.desk, op.seq, kind], |row| row.get(0))?)
}

/// The subject that an event reaches only through what it names: the person of a case, the subject of a
/// promise or of a call that got it later.
fn attached_subject(conn: &Connection, event: &Event) -> Option<Subject> {
    let (sql, id) = match event {
        Event::PromiseClosed(e) => {
            ("SELECT person, unit, contact FROM cur_promise WHERE id = ?1", e.promise.0)
        }
        Event::FollowUpLogged(e) => {
            ("SELECT person, unit, contact FROM cur_followup WHERE id = ?1", e.followup.0)
        }
        Event::NumberRevealed(e) => {
            ("SELECT person, unit, contact FROM cur_followup WHERE id = ?1", e.followup.0)
        }
        Event::EntryRevealed(e) => ("SELECT person, unit, NULL FROM cur_entry WHERE id = ?1", e.entry.0),
        _ => return None,
    };
    conn.prepare_cached(sql)
        .ok()?
        .query_row([id], |row| crate::store::sql::subject(row, 0))
        .optional()
        .ok()
        .flatten()
        .flatten()
}

/// The officer whom others have to know of: whose PIN was taken away by them, who looked for parts of numbers.
fn officer_about(conn: &Connection, event: &Event) -> Result<String> {
    let officer = match event {
        Event::PinChanged(e) if !e.by.is_empty() => e.officer,
        Event::FindProbed(e) => e.officer,
        _ => return Ok(String::new()),
    };
    let mut query = conn.prepare_cached("SELECT name FROM cur_officer WHERE id = ?1")?;
    Ok(query.query_row([officer], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// When the promise that an event ends fell due: its event does not say.
fn promise_due(conn: &Connection, event: &Event) -> Option<Ts> {
    let Event::PromiseClosed(e) = event else { return None };
    let mut query = conn.prepare_cached("SELECT due FROM cur_promise WHERE id = ?1").ok()?;
    query.query_row([e.promise], |row| row.get(0)).optional().ok().flatten()
}

/// What several of may be one op, each of somebody of its own.
fn stands_alone(event: &Event) -> bool {
    matches!(
        event,
        Event::FollowUpLogged(_)
            | Event::FollowUpAttached(_)
            | Event::PromiseClosed(_)
            | Event::ReportReceived(_)
            | Event::ReportExcused(_)
            | Event::CaseOpened(_)
            | Event::CaseChanged(_)
            | Event::CaseReleased(_)
            | Event::FindingDismissed(_)
            | Event::DoubtConfirmed(_)
            | Event::DoubtCorrected(_)
            | Event::DoubtDeferred(_)
            | Event::NoteWritten(_)
            | Event::PersonalRevealed(_)
            | Event::NumberRevealed(_)
            | Event::EntryRevealed(_)
    )
}

/// What an op did, one by one: a promise that ended with a call or a report is told with that, and so are the calls
/// back that went along with a call.
fn telling_of(conn: &Connection, op: OpRef, first: &Event) -> Result<Vec<UndoPart>> {
    let ends = matches!(first, Event::PromiseClosed(_));
    let mut parts = parts_of(conn, op)?;
    let mut attached = false;
    parts.retain(|part| {
        !matches!(part.event, Event::FollowUpAttached(_)) || !std::mem::replace(&mut attached, true)
    });
    parts
        .retain(|part| stands_alone(&part.event) && (ends || !matches!(part.event, Event::PromiseClosed(_))));
    Ok(if parts.len() > 1 { parts } else { Vec::new() })
}

/// The events of an op that tell something of somebody: what its one line leaves out.
fn parts_of(conn: &Connection, op: OpRef) -> Result<Vec<UndoPart>> {
    let Some(desk) = project::desk_no(conn, op)? else { return Ok(Vec::new()) };
    let events = project::events_of(conn, desk, op.seq)?;
    if events.iter().any(|event| matches!(event, Event::SheetImported(_))) {
        return Ok(Vec::new());
    }
    let told = events.into_iter().filter(|event| !matches!(event, Event::RulesAdopted(_)));
    told.map(|event| {
        let subject = event.subject().or_else(|| attached_subject(conn, &event));
        let name = subject.map(|subject| name_of(conn, subject)).transpose()?.unwrap_or_default();
        let approver = approver_of(conn, &event)?;
        let entry = if name.is_empty() { entry_about(conn, &event)? } else { Say::default() };
        Ok(UndoPart { subject, name, entry, due: promise_due(conn, &event), event, approver })
    })
    .collect()
}

pub(in crate::store) fn name_of(conn: &Connection, subject: Subject) -> Result<String> {
    let sql = match subject {
        Subject::Person(_) => "SELECT name FROM cur_person WHERE id = ?1",
        Subject::Unit(_) => "SELECT name FROM cur_unit WHERE id = ?1",
        Subject::Contact(_) => "SELECT title FROM cur_contact WHERE id = ?1",
    };
    Ok(conn.prepare_cached(sql)?.query_row([subject.id()], |row| row.get(0)).optional()?.unwrap_or_default())
}

fn row_of(conn: &Connection, op: OpRef) -> Result<Option<LogRow>> {
    let Some(desk) = project::desk_no(conn, op)? else { return Ok(None) };
    Ok(rows(conn, "o.desk = ?1 AND o.seq = ?2", &[desk.into(), op.seq.into()])?.pop())
}

/// Every event of an op, in order.
///
/// # Errors
/// The database cannot be read.
pub fn op_events(reader: &Reader, op: OpRef) -> Result<Vec<Event>> {
    match project::desk_no(&reader.conn, op)? {
        Some(desk) => project::events_of(&reader.conn, desk, op.seq),
        None => Ok(Vec::new()),
    }
}

/// The op with this number: this desk's, else (in a restored copy) the latest of an earlier desk.
///
/// # Errors
/// The database cannot be read.
pub fn op_by_seq(reader: &Reader, seq: i64) -> Result<Option<OpRef>> {
    let desk = crate::store::desk::this(&reader.conn)?;
    let found = reader
        .conn
        .prepare_cached(
            "SELECT d.id FROM log_op o JOIN log_desk d ON d.no = o.desk WHERE o.seq = ?2 \
             ORDER BY o.desk = ?1 DESC, o.lamport DESC LIMIT 1",
        )?
        .query_row(params![desk.no, seq], |row| row.get(0))
        .optional()?;
    Ok(found.map(|desk| OpRef { desk, seq }))
}

/// What an undo would take back: a named op, or the officer's own latest that can be.
///
/// # Errors
/// Nothing to undo, no such op; the database cannot be read.
pub fn undo_preview(reader: &Reader, op: Option<OpRef>, officer: OfficerId) -> Result<UndoPreview> {
    let tx = reader.snapshot()?;
    let op = match op {
        Some(op) => op,
        None => act::latest_undoable(&tx, officer)?.ok_or_else(|| Error::refused(say::NOTHING_TO_UNDO))?,
    };
    let row = row_of(&tx, op)?.ok_or_else(|| Error::not_found(say::NO_OP))?;
    let mut blocked_by = Vec::new();
    for op in act::depending(&tx, op)? {
        blocked_by.extend(row_of(&tx, op)?);
    }
    let parts = parts_of(&tx, op)?;
    Ok(UndoPreview { row, parts, blocked_by })
}
