//! Follow-ups, promises, notes.

use super::{Ctx, Made, Resolved, single};
use crate::domain::followup::{FollowUpDraft, PromiseEnd};
use crate::domain::ids::{FollowUpId, NoteId, PromiseId, Subject};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{Event, FollowUpAttached, FollowUpLogged, NoteWritten, PromiseClosed, PromiseMade};
use crate::store::query::missing_of;
use crate::store::sql::subject_column;
use rusqlite::{OptionalExtension, params};

pub(super) fn follow_up(ctx: &mut Ctx<'_>, draft: &FollowUpDraft) -> Resolved {
    if let Some(subject) = draft.subject {
        subject_exists(ctx, subject)?;
    }
    let followup = FollowUpId(ctx.id());
    let promise = draft.promise_due.map(|due| PromiseMade { promise: PromiseId(ctx.id()), due });
    let made = promise.as_ref().map(|p| p.promise);
    let chased = match draft.subject {
        Some(Subject::Unit(unit)) => missing_of(ctx.conn, unit, ctx.happened())?,
        _ => None,
    };
    let mut events = vec![Event::FollowUpLogged(FollowUpLogged {
        followup,
        subject: draft.subject,
        channel: draft.channel,
        answered_by: draft.answered_by.trim().to_owned(),
        outcome: draft.outcome,
        words: draft.words.trim_end().to_owned(),
        number: draft.number.trim().to_owned(),
        promise,
        next_contact: draft.next_contact,
        chased,
    })];
    if let (true, Some(subject)) = (draft.outcome.reached(), draft.subject) {
        // Somebody was spoken to: what they had promised is settled by this call.
        events.extend(open_promises(ctx, subject)?.into_iter().map(|promise| {
            Event::PromiseClosed(PromiseClosed { promise, how: PromiseEnd::Kept, by: Some(followup) })
        }));
    }
    Ok((Op { events, ..Op::default() }, Some(Made::FollowUp(followup, made))))
}

/// Promises of a subject that are open and were made before this act happened.
fn open_promises(ctx: &Ctx<'_>, subject: Subject) -> Result<Vec<PromiseId>> {
    let column = subject_column(subject);
    let mut query = ctx.conn.prepare_cached(&format!(
        "SELECT m.id FROM cur_promise m JOIN cur_followup f ON f.id = m.followup \
         WHERE m.{column} = ?1 AND m.ended IS NULL AND f.at <= ?2 ORDER BY m.due, m.id"
    ))?;
    Ok(query
        .query_map(params![subject.id(), ctx.happened()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

pub(super) fn subject_exists(ctx: &Ctx<'_>, subject: Subject) -> Result<()> {
    let (sql, missing) = match subject {
        Subject::Person(_) => ("SELECT 1 FROM cur_person WHERE id = ?1", say::NO_PERSON),
        Subject::Unit(_) => ("SELECT 1 FROM cur_unit WHERE id = ?1", say::NO_UNIT),
        Subject::Contact(_) => ("SELECT 1 FROM cur_contact WHERE id = ?1 AND NOT removed", say::NO_CONTACT),
    };
    if ctx.conn.prepare_cached(sql)?.exists([subject.id()])? {
        Ok(())
    } else {
        Err(Error::not_found(missing))
    }
}

pub(super) fn attach(ctx: &mut Ctx<'_>, followup: FollowUpId, subject: Subject) -> Resolved {
    subject_exists(ctx, subject)?;
    let found: Option<(bool, Option<PromiseId>)> = ctx
        .conn
        .prepare_cached("SELECT person IS NULL AND unit IS NULL AND contact IS NULL, promise FROM cur_followup WHERE id = ?1")?
        .query_row([followup], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        None => Err(Error::not_found(say::NO_CALL)),
        Some((false, _)) => Err(Error::refused(say::CALL_ATTACHED)),
        Some((true, promise)) => {
            Ok(single(Event::FollowUpAttached(FollowUpAttached { followup, promise, subject }), None))
        }
    }
}

pub(super) fn close_promise(ctx: &mut Ctx<'_>, promise: PromiseId, how: PromiseEnd) -> Resolved {
    let open = ctx
        .conn
        .prepare_cached("SELECT 1 FROM cur_promise WHERE id = ?1 AND ended IS NULL")?
        .exists([promise])?;
    if !open {
        return Err(Error::not_found(say::NO_PROMISE));
    }
    Ok(single(Event::PromiseClosed(PromiseClosed { promise, how, by: None }), None))
}

pub(super) fn note(ctx: &mut Ctx<'_>, subject: Option<Subject>, text: &str) -> Resolved {
    let text = text.trim_end();
    if text.trim().is_empty() {
        return Err(Error::input(say::TEXT_NEEDED));
    }
    if let Some(subject) = subject {
        subject_exists(ctx, subject)?;
    }
    let note = NoteId(ctx.id());
    let event = Event::NoteWritten(NoteWritten { note, subject, text: text.to_owned() });
    Ok(single(event, Some(Made::Note(note))))
}
