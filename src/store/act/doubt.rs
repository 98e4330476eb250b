//! What was found out about contradictions in reports.

use super::{Ctx, Resolved, contact};
use crate::domain::doubt::{Doubt, Resolve};
use crate::domain::field::{LONGEST, Type, known};
use crate::domain::followup::{FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::form::Form;
use crate::domain::ids::{DoubtId, PromiseId, Subject};
use crate::domain::report::{FormRef, degrees};
use crate::domain::text::has_words;
use crate::domain::time::{Ts, day_number};
use crate::error::{Error, Result};
use crate::i18n::doubts as words;
use crate::i18n::fields::label;
use crate::i18n::intake::misread;
use crate::log::Op;
use crate::log::event::{DoubtConfirmed, DoubtCorrected, DoubtDeferred, Event, PromiseClosed};
use crate::say::Say;
use crate::store::load::{READING, reading};
use crate::store::query::{deferred_in, form_of, open_doubt};
use rusqlite::{OptionalExtension, params};

pub(super) fn answer(ctx: &mut Ctx<'_>, id: DoubtId, how: &Resolve) -> Resolved {
    let missing = || Error::not_found(words::NO_DOUBT).hint(words::NO_DOUBT_HINT);
    let doubt = open_doubt(ctx.conn, id)?.ok_or_else(missing)?;
    let (Resolve::Confirm { told_by, .. }
    | Resolve::Correct { told_by, .. }
    | Resolve::Defer { told_by, .. }) = how;
    if !has_words(told_by) {
        return Err(Error::input(words::TOLD_BY_NEEDED));
    }
    match how {
        Resolve::Confirm { told_by, words } => {
            let (told_by, words) = (told_by.trim().to_owned(), words.trim().to_owned());
            let event = Event::DoubtConfirmed(DoubtConfirmed { doubt, told_by, words });
            let mut events = vec![event];
            events.extend(kept(ctx, id)?);
            Ok((Op { events, ..Op::default() }, None))
        }
        Resolve::Correct { field, value, told_by, words } => {
            let (old, new) = values(ctx, &doubt, field, value)?;
            let (field, told_by, words) = (field.clone(), told_by.trim().to_owned(), words.trim().to_owned());
            let event = DoubtCorrected { doubt, field, old, new, told_by, words };
            let mut events = vec![Event::DoubtCorrected(event)];
            events.extend(kept(ctx, id)?);
            Ok((Op { events, ..Op::default() }, None))
        }
        Resolve::Defer { .. } => defer(ctx, doubt, how),
    }
}

/// The promise that the doubt waited for is kept, or late.
fn kept(ctx: &Ctx<'_>, id: DoubtId) -> Result<Option<Event>> {
    let close = |(promise, due): (PromiseId, Ts)| {
        let how = PromiseEnd::Kept.by_clock(due, ctx.happened());
        Event::PromiseClosed(PromiseClosed { promise, how, by: None })
    };
    Ok(deferred_in(ctx.conn, id)?.map(close))
}

/// It was asked, and the answer is promised: a call with a promise, as any other. What else was promised stays.
fn defer(ctx: &mut Ctx<'_>, doubt: Doubt, how: &Resolve) -> Resolved {
    let Resolve::Defer { channel, told_by, due, words } = how else {
        return Err(Error::internal("deferring a doubt", "another answer"));
    };
    // What was promised stands on the handover and on the list of calls.
    let line = if doubt.check.is_only_spoken_of() { words::TO_CHECK.into() } else { words::line(&doubt) };
    let lang = crate::store::query::settings_in(ctx.conn)?.lang;
    let lang = crate::say::Lang::from_code(&lang).unwrap_or_default();
    let said = if has_words(words) { words.trim().to_owned() } else { line.get(lang).to_owned() };
    let before = deferred_in(ctx.conn, doubt.id)?;
    let end = |due: Ts| if due <= ctx.happened() { PromiseEnd::Broken } else { PromiseEnd::Dropped };
    let draft = FollowUpDraft {
        channel: *channel,
        answered_by: told_by.trim().to_owned(),
        outcome: Outcome::Promised,
        words: said.clone(),
        promise_due: Some(*due),
        ends: before.map(|(promise, due)| (promise, end(due))).into_iter().collect(),
        left: promised(ctx, doubt.about)?,
        ..FollowUpDraft::not_reached(Some(doubt.about))
    };
    let (mut op, made) = contact::follow_up(ctx, &draft)?;
    let call = op.events.iter().find_map(|event| match event {
        Event::FollowUpLogged(e) => Some((e.followup, e.promise.as_ref()?.promise)),
        _ => None,
    });
    let (followup, promise) =
        call.ok_or_else(|| Error::internal("deferring a doubt", "no promise was made"))?;
    let (told_by, words) = (told_by.trim().to_owned(), words.trim().to_owned());
    op.events.push(Event::DoubtDeferred(DoubtDeferred { doubt, followup, promise, told_by, words }));
    Ok((op, made))
}

/// What somebody has promised and not kept yet.
fn promised(ctx: &Ctx<'_>, about: Subject) -> Result<Vec<PromiseId>> {
    let column = crate::store::sql::subject_column(about);
    let mut query = ctx.conn.prepare_cached(&format!(
        "SELECT id FROM cur_promise WHERE {column} = ?1 AND ended IS NULL ORDER BY id"
    ))?;
    Ok(query.query_map([about.id()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// What was sent in a field, and what it should say, in the form's canonical text.
fn values(ctx: &Ctx<'_>, doubt: &Doubt, field: &str, raw: &str) -> Result<(String, String)> {
    if doubt.fields().is_empty() {
        return Err(Error::refused(words::NOTHING_TO_CORRECT));
    }
    if !doubt.fields().contains(&field) {
        let labels = doubt.fields().iter().map(|field| (label(&[], field), *field));
        let (zh, en): (Vec<String>, Vec<String>) = labels
            .map(|(say, code)| (format!("{}（{code}）", say.zh), format!("{} ({code})", say.en)))
            .unzip();
        let all = Say { zh: Say::listed(zh).zh, en: Say::listed(en).en };
        return Err(Error::input(words::not_a_field(field, all.zh, all.en)));
    }
    let row = ctx
        .conn
        .prepare_cached(&format!(
            "SELECT {READING} FROM log_reading r JOIN cur_report q ON q.unit = r.unit AND q.day = r.day \
             AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq \
             WHERE r.person = ?1 AND r.day = ?2 AND r.round = ?3 AND r.unit = ?4 ORDER BY r.row LIMIT 1"
        ))?
        .query_row(params![doubt.person(), day_number(doubt.day), doubt.round.0, doubt.unit], |row| {
            reading(row, 0)
        })
        .optional()?;
    let Some((row, _)) = row else { return Err(Error::refused(words::NOT_IN_FORCE)) };
    let parsed = form_of(ctx.conn, &row.form)?;
    let form = parsed.as_deref().map(|parsed| &parsed.form);
    let bool = |said: Option<bool>| said.map_or("", |yes| if yes { "1" } else { "0" }).to_owned();
    let rest = |field: &str| {
        let form = form?;
        let at = form.rest_fields().iter().position(|known| *known == field)?;
        row.rest.get(at).cloned()
    };
    let old = match field {
        "temp_am" => row.temp_am.map(degrees).unwrap_or_default(),
        "temp_pm" => row.temp_pm.map(degrees).unwrap_or_default(),
        "place" => row.place.clone().unwrap_or_default(),
        "in_hubei" => bool(row.in_hubei),
        "left_city" => bool(row.left_city),
        "status" => row.status.clone().unwrap_or_default(),
        field => rest(field).unwrap_or_default(),
    };
    let new = canonical(form, &row.form, field, raw, doubt)?;
    if new == old {
        return Err(Error::input(words::SAME_VALUE));
    }
    Ok((old, new))
}

/// A value as the form keeps it: read as the sheet's own would be, within the bounds of its type.
fn canonical(form: Option<&Form>, id: &FormRef, field: &str, raw: &str, doubt: &Doubt) -> Result<String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(String::new());
    }
    let wrong = |what: &Say| Error::input(what.clone()).of(&label(&[], field));
    let column = form.and_then(|form| form.columns.iter().find(|column| column.field.name == field));
    let Some(column) = column else {
        // A place is joined from its parts: words, as the sheet's.
        let is_words = known(field).is_none_or(|known| known.kind == Type::Text);
        if is_words && raw.chars().count() <= LONGEST {
            return Ok(raw.to_owned());
        }
        let named = label(&[], field);
        return Err(Error::input(words::not_on_form(named.zh, named.en, &id.name, id.version)));
    };
    if let Some(code) = column.field.codes.contains_key(raw).then(|| raw.to_owned()) {
        return Ok(code);
    }
    let read =
        column.field.read(raw, Some(doubt.day)).map_err(|flaw| wrong(&misread(flaw, &column.field)))?;
    // As a value has it: `36.2`.
    let tenths = (column.field.kind == Type::Temp).then(|| read.parse().ok()).flatten();
    Ok(tenths.map_or(read, degrees))
}
