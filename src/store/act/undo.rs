//! Taking back. An undo is an op of its own; undoing an undo is redo.

use super::rights::Right;
use super::{Ctx, Made, Resolved};
use crate::domain::ids::{DeskId, OfficerId, OpRef};
use crate::domain::setting::guards_differ;
use crate::error::{Error, Result};
use crate::i18n::{erase as gone, store as say};
use crate::log::event::{Event, OpUndone};
use crate::log::{Entity, Op, wire};
use crate::store::project::{desk_no, events_of};
use crate::store::{erased, load};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn undo(ctx: &mut Ctx<'_>, op: Option<OpRef>) -> Resolved {
    let op = match op {
        Some(op) => op,
        None => latest_undoable(ctx.conn, ctx.author.officer)?
            .ok_or_else(|| Error::refused(say::NOTHING_TO_UNDO))?,
    };
    let kinds = check(ctx.conn, op)?;
    let blocked = depending(ctx.conn, op)?;
    if !blocked.is_empty() {
        let list: Vec<String> = blocked.iter().map(|op| format!("#{}", op.seq)).collect();
        return Err(Error::refused(say::undo_blocked(list.join(" "))).hint(say::UNDO_BLOCKED_HINT));
    }
    let approved_by = may(ctx, op)?;
    let event = Event::OpUndone(OpUndone { op, kinds, approved_by });
    Ok((Op { events: vec![event], undoes: Some(op), ..Op::default() }, Some(Made::Undone(op))))
}

/// Taking settings back, or forth again, changes them: it needs whoever may set them so. Who approved it, if it needed
/// that.
fn may(ctx: &Ctx<'_>, op: OpRef) -> Result<Option<OfficerId>> {
    let (mut root, mut again) = (op, false);
    let settings = loop {
        let Some(desk) = desk_no(ctx.conn, root)? else { return Ok(None) };
        let events = events_of(ctx.conn, desk, root.seq)?;
        if let Some(Event::OpUndone(e)) = events.first() {
            (root, again) = (e.op, true);
            continue;
        }
        if !events.iter().any(|event| matches!(event, Event::SettingsChanged(_))) {
            return Ok(None);
        }
        break (desk, root.seq);
    };
    let mut left =
        load::events_about(ctx.conn, Entity::Office)?.into_iter().filter_map(|told| match told.event {
            Event::OfficeOpened(e) => Some(e.settings),
            Event::SettingsChanged(e) if (told.desk, told.seq) != settings => Some(e.settings),
            _ => None,
        });
    let now = crate::store::query::settings_in(ctx.conn)?;
    if again || left.next_back().is_none_or(|left| guards_differ(&left, &now)) {
        return ctx.may(Right::Settings);
    }
    Ok(None)
}

/// Refuses what cannot be taken back whatever depends on it; else the wire names of what it held.
fn check(conn: &Connection, op: OpRef) -> Result<Vec<String>> {
    let missing = || Error::not_found(say::NO_OP);
    let desk = desk_no(conn, op)?.ok_or_else(missing)?;
    let events = events_of(conn, desk, op.seq)?;
    if erased_in(conn, desk, op.seq, &events)? {
        return Err(Error::refused(gone::NOT_UNDOABLE));
    }
    if events.is_empty() {
        return Err(missing());
    }
    if conn.prepare_cached("SELECT 1 FROM cur_undone WHERE desk = ?1 AND seq = ?2")?.exists([desk, op.seq])? {
        return Err(Error::refused(say::ALREADY_UNDONE));
    }
    if !events.iter().all(Event::undoable) {
        return Err(Error::refused(say::NOT_UNDOABLE));
    }
    if op.seq < first_of_shift(conn, desk)? {
        return Err(Error::refused(say::BEFORE_HANDOVER));
    }
    Ok(events.iter().map(|event| wire::name(event).0.to_owned()).collect())
}

/// Whether something of an op was erased, or of the op it took back: half of it would come back.
fn erased_in(conn: &Connection, desk: i64, seq: i64, events: &[Event]) -> Result<bool> {
    if erased::touches(conn, desk, seq)? {
        return Ok(true);
    }
    for event in events {
        if let Event::OpUndone(e) = event
            && let Some(desk) = desk_no(conn, e.op)?
            && erased::touches(conn, desk, e.op.seq)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The first op of the open shift on a desk; with none open, everything is behind a handover.
fn first_of_shift(conn: &Connection, desk: i64) -> Result<i64> {
    Ok(conn
        .prepare_cached("SELECT first_seq FROM cur_shift WHERE closed_at IS NULL AND desk = ?1")?
        .query_row([desk], |row| row.get(0))
        .optional()?
        .unwrap_or(i64::MAX))
}

/// The officer's own latest op that can be taken back; undos themselves are passed over, so that pressing the
/// key again goes further back instead of forth.
pub(in crate::store) fn latest_undoable(conn: &Connection, officer: OfficerId) -> Result<Option<OpRef>> {
    let mut query = conn.prepare_cached(
        "SELECT d.id, o.seq FROM log_op o JOIN log_desk d ON d.no = o.desk \
         WHERE o.officer = ?1 AND o.undoes_seq IS NULL \
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = o.desk AND u.seq = o.seq) \
         ORDER BY o.lamport DESC LIMIT 100",
    )?;
    let ops = query
        .query_map(params![officer], |row| Ok(OpRef { desk: row.get::<_, DeskId>(0)?, seq: row.get(1)? }))?;
    for op in ops {
        let op = op?;
        match check(conn, op) {
            Ok(_) => return Ok(Some(op)),
            Err(Error::User(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Later ops, not themselves taken back, that name what `op` made.
pub(in crate::store) fn depending(conn: &Connection, op: OpRef) -> Result<Vec<OpRef>> {
    let Some(desk) = desk_no(conn, op)? else { return Ok(Vec::new()) };
    let mut query = conn.prepare_cached(
        "WITH made (kind, id) AS (
           SELECT kind, id FROM cur_link WHERE desk = ?1 AND seq = ?2 AND made
           UNION SELECT 2, r.person FROM log_roster_row r
             JOIN log_op mine ON mine.desk = r.desk AND mine.seq = r.seq WHERE r.desk = ?1 AND r.seq = ?2
             AND NOT EXISTS (SELECT 1 FROM log_roster_row b JOIN log_op o ON o.desk = b.desk AND o.seq = b.seq
               WHERE b.person = r.person AND o.lamport < mine.lamport
               AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = b.desk AND u.seq = b.seq))
             AND NOT EXISTS (SELECT 1 FROM cur_link a WHERE a.kind = 2 AND a.id = r.person AND a.made
               AND a.lamport < mine.lamport
               AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = a.desk AND u.seq = a.seq))
         ), later (desk, seq) AS (
           SELECT l.desk, l.seq FROM made m JOIN cur_link l ON l.kind = m.kind AND l.id = m.id
           UNION SELECT r.desk, r.seq FROM made m JOIN log_reading r ON m.kind = 2 AND r.person = m.id
           UNION SELECT r.desk, r.seq FROM made m JOIN log_roster_row r ON m.kind = 2 AND r.person = m.id
           UNION SELECT p.desk, p.seq FROM made m JOIN log_roster_row p ON m.kind = 3 AND p.unit = m.id
           UNION SELECT w.desk, w.seq FROM made m JOIN log_op w ON m.kind = 1 AND w.officer = m.id
         )
         SELECT DISTINCT d.id, o.seq FROM later l
         JOIN log_op o ON o.desk = l.desk AND o.seq = l.seq JOIN log_desk d ON d.no = o.desk
         JOIN log_op this ON this.desk = ?1 AND this.seq = ?2
         WHERE o.lamport > this.lamport
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = o.desk AND u.seq = o.seq)
         ORDER BY o.lamport LIMIT 20",
    )?;
    let ops = query.query_map([desk, op.seq], |row| Ok(OpRef { desk: row.get(0)?, seq: row.get(1)? }))?;
    Ok(ops.collect::<rusqlite::Result<_>>()?)
}
