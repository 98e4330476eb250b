//! Passing a shift on, and what is left of it: questions, and what was taken over unread.

use super::office::{exists, officer_name};
use super::{Asked, Close, Ctx, Made, Resolved, single};
use crate::domain::handover::{How, QuestionEnd, Signed};
use crate::domain::ids::{OfficerId, QuestionId, ShiftId, Subject};
use crate::domain::item::{IsOf, Item};
use crate::domain::text::has_words;
use crate::error::{Error, Result};
use crate::i18n::handover as words;
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{
    Event, HandoverAcknowledged, HandoverAnswered, HandoverAsked, HandoverItem, HandoverWords, ShiftClosed,
    ShiftStarted, TemplateAdopted,
};
use crate::log::frozen::template_digest;
use crate::store::append::open_shift;
use crate::store::query::{adopted_template_in, frontier_in};
use crate::store::{ledgers, pin_log, sql};
use rusqlite::{Connection, OptionalExtension};

pub(super) fn close(ctx: &mut Ctx<'_>, close: &Close) -> Resolved {
    let from = still_open(ctx, close.shift)?;
    exists(ctx, close.to)?;
    fits(ctx, close, from)?;
    let frontier = frontier_in(ctx.conn)?;
    let seq = frontier.end(ctx.desk.id).map_or(0, |end| end.seq);
    if close.frozen.as_ref().is_some_and(|frozen| frozen.seq.1 != seq || frozen.frontier != frontier) {
        return Err(Error::refused(words::MOVED).hint(words::MOVED_HINT));
    }
    let signed = signatures(ctx, close, from)?;
    let mut items = close.items.clone();
    let mut asked = Vec::new();
    if close.how == How::TakenOver {
        // Nobody read them out.
        for item in &mut items {
            item.ticked = false;
        }
    } else {
        for question in &close.questions {
            asked.push(ask(ctx, close, question, &mut items)?);
        }
    }
    let mut events = adopted(ctx.conn, &close.templates)?;
    let next = ShiftId(ctx.id());
    events.insert(
        0,
        Event::ShiftClosed(ShiftClosed {
            shift: close.shift,
            from,
            to: close.to,
            head: frontier.code(ctx.desk.id),
            items,
            words: String::new(),
            how: close.how,
            signed: Some(signed),
            frozen: close.frozen.clone(),
        }),
    );
    events.push(Event::ShiftStarted(ShiftStarted {
        shift: next,
        officer: close.to,
        after: Some(close.shift),
        reason: close.reason.trim().to_owned(),
    }));
    let words = close.words.trim_end();
    if !words.is_empty() {
        let words = words.to_owned();
        events.push(Event::HandoverWords(HandoverWords { shift: close.shift, words }));
    }
    events.append(&mut asked);
    Ok((Op { events, ..Op::default() }, Some(Made::Shift(next))))
}

/// Who is on duty in `shift`. When it was passed on meanwhile, whoever comes second is told to whom.
fn still_open(ctx: &Ctx<'_>, shift: ShiftId) -> Result<OfficerId> {
    let Some((open, from)) = open_shift(ctx.conn)? else {
        return Err(Error::refused(say::NO_SHIFT).hint(say::NO_SHIFT_HINT));
    };
    if open == shift {
        return Ok(from);
    }
    let closed: Option<(crate::domain::time::Ts, Option<OfficerId>)> = ctx
        .conn
        .prepare_cached(
            "SELECT closed_at, to_officer FROM cur_shift WHERE id = ?1 AND closed_at IS NOT NULL",
        )?
        .query_row([shift], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((at, Some(to))) = closed else { return Err(Error::refused(say::SHIFT_GONE)) };
    let calendar = crate::store::query::settings_in(ctx.conn)?.calendar;
    Err(Error::refused(words::taken_by(officer_name(ctx, to)?, calendar.brief(at, ctx.author.now))))
}

/// Whether the officers and the reason fit the way in which the shift is passed on.
fn fits(ctx: &Ctx<'_>, close: &Close, from: OfficerId) -> Result<()> {
    match close.how {
        How::Handed if close.to == from => Err(Error::refused(say::TO_ONESELF).hint(words::TO_ONESELF_HINT)),
        How::Continued if close.to != from => Err(Error::refused(words::NOT_THE_SAME)),
        How::TakenOver if close.to == from => Err(Error::refused(words::ALREADY_ON_DUTY)),
        How::TakenOver if ctx.author.officer != close.to => Err(Error::refused(words::ONLY_FOR_ONESELF)),
        How::Continued | How::TakenOver if !has_words(&close.reason) => Err(Error::input(say::REASON_NEEDED)),
        _ => Ok(()),
    }
}

/// How the two sign; refused when a PIN is set and was not given.
fn signatures(ctx: &Ctx<'_>, close: &Close, from: OfficerId) -> Result<(Signed, Signed)> {
    let sign = |officer: OfficerId| -> Result<Signed> {
        if !pin_log::has_pin_in(ctx.conn, officer)? {
            return Ok(Signed::Name);
        }
        if ctx.proof.of(officer) {
            return Ok(Signed::Pin);
        }
        Err(Error::refused(words::pin_needed(officer_name(ctx, officer)?)).hint(words::PIN_NEEDED_HINT))
    };
    let out = if close.how == How::TakenOver { Signed::Absent } else { sign(from)? };
    Ok((out, sign(close.to)?))
}

/// A question about one item, which then is asked about and not acknowledged.
fn ask(ctx: &mut Ctx<'_>, close: &Close, asked: &Asked, items: &mut [HandoverItem]) -> Result<Event> {
    let text = asked.text.trim();
    if text.is_empty() {
        return Err(Error::input(say::TEXT_NEEDED));
    }
    let question = QuestionId(ctx.id());
    let item = items
        .iter_mut()
        .find(|item| item.item() == asked.item)
        .ok_or_else(|| Error::not_found(words::NO_ITEM))?;
    item.ticked = false;
    item.question = Some(question);
    Ok(Event::HandoverAsked(HandoverAsked {
        question,
        shift: close.shift,
        subject: subject_of(ctx.conn, &asked.item)?,
        item: asked.item,
        by: close.to,
        text: text.to_owned(),
    }))
}

/// Whom an item of a handover is about.
pub(in crate::store) fn subject_of(conn: &Connection, item: &Item) -> Result<Option<Subject>> {
    let table = match item.kind.is_of() {
        IsOf::Unit => return Ok(Some(Subject::Unit(item.id.into()))),
        IsOf::Person => return Ok(Some(Subject::Person(item.id.into()))),
        IsOf::Promise => "cur_promise",
        IsOf::FollowUp => "cur_followup",
        IsOf::Question => "cur_question",
        IsOf::Entry => {
            let unit = conn.prepare_cached("SELECT 1 FROM cur_unit WHERE id = ?1")?.exists([item.id])?;
            if unit {
                return Ok(Some(Subject::Unit(item.id.into())));
            }
            let Some(row) = ledgers::row(conn, item.id.into())? else { return Ok(None) };
            let ledger = ledgers::declared(conn, &row.ledger, row.version)?;
            let of_key = ledger.is_some_and(|ledger| ledgers::is_of_key(&ledger, item));
            return Ok(row.subject().filter(|_| !of_key));
        }
        IsOf::Unknown => return Ok(None),
    };
    let found = conn
        .prepare_cached(&format!("SELECT person, unit, contact FROM {table} WHERE id = ?1"))?
        .query_row([item.id], |row| sql::subject(row, 0))
        .optional()?;
    Ok(found.flatten())
}

/// Templates that the log does not hold yet as they are now.
fn adopted(conn: &Connection, templates: &[(String, String)]) -> Result<Vec<Event>> {
    let mut out = Vec::new();
    for (name, content) in templates {
        if adopted_template_in(conn, name, &template_digest(content))?.is_none() {
            let (name, content) = (name.clone(), content.clone());
            out.push(Event::TemplateAdopted(TemplateAdopted { name, content }));
        }
    }
    Ok(out)
}

/// What was taken over unread is read by whoever is on duty, and by nobody for them.
pub(super) fn acknowledge(ctx: &Ctx<'_>, shift: ShiftId, items: &[Item]) -> Resolved {
    let Some((_, on_duty)) = open_shift(ctx.conn)? else {
        return Err(Error::refused(say::NO_SHIFT).hint(say::NO_SHIFT_HINT));
    };
    if ctx.author.officer != on_duty {
        return Err(
            Error::refused(words::unread_waits(officer_name(ctx, on_duty)?)).hint(words::UNREAD_WAITS_HINT)
        );
    }
    let mut events = Vec::with_capacity(items.len());
    for item in items {
        let unread = ctx
            .conn
            .prepare_cached(
                "SELECT 1 FROM cur_unread WHERE shift = ?1 AND kind = ?2 AND id = ?3 AND at IS ?4",
            )?
            .exists(rusqlite::params![shift, item.kind, item.id, item.at])?;
        if !unread {
            return Err(Error::not_found(words::NO_ITEM));
        }
        events.push(Event::HandoverAcknowledged(HandoverAcknowledged { shift, item: *item }));
    }
    if events.is_empty() {
        return Err(Error::refused(say::NOTHING_CHANGES));
    }
    Ok((Op { events, ..Op::default() }, None))
}

pub(super) fn answer(ctx: &Ctx<'_>, question: QuestionId, how: QuestionEnd, text: &str) -> Resolved {
    let found = ctx
        .conn
        .prepare_cached("SELECT person, unit, contact FROM cur_question WHERE id = ?1 AND ended IS NULL")?
        .query_row([question], |row| sql::subject(row, 0))
        .optional()?;
    let Some(subject) = found else { return Err(Error::not_found(words::NO_QUESTION)) };
    let text = text.trim();
    if how == QuestionEnd::Answered && text.is_empty() {
        return Err(Error::input(say::TEXT_NEEDED));
    }
    let event = HandoverAnswered { question, subject, how, words: text.to_owned() };
    Ok(single(Event::HandoverAnswered(event), None))
}
