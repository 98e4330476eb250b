//! Follow-ups, promises, notes.

use super::{Ctx, Made, Resolved, single};
use crate::domain::field::{TEMP_HIGH, TEMP_LOW};
use crate::domain::followup::{FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::ids::{FollowUpId, NoteId, PromiseId, Subject, UnitId};
use crate::domain::report::{ReportKey, degrees};
use crate::domain::rules::Rules;
use crate::domain::text::has_words;
use crate::domain::time::{Ts, day_number};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{
    Event, FollowUpAttached, FollowUpLogged, NoteWritten, NumberRevealed, PromiseClosed, PromiseMade,
};
use crate::store::query::{BACK_OF, missing_of, owed_of, settings_in};
use crate::store::sql::{subject, subject_column};
use rusqlite::{OptionalExtension, params};

pub(super) fn follow_up(ctx: &mut Ctx<'_>, draft: &FollowUpDraft) -> Resolved {
    if let Some(subject) = draft.subject {
        subject_exists(ctx, subject)?;
    }
    check_promise(draft)?;
    check_temp(ctx, draft)?;
    let followup = FollowUpId(ctx.id());
    let promise = draft.promise_due.map(|due| PromiseMade { promise: PromiseId(ctx.id()), due });
    let made = promise.as_ref().map(|p| p.promise);
    let chased = match draft.subject {
        Some(Subject::Unit(unit)) => missing_of(ctx.conn, unit, ctx.happened())?,
        _ => None,
    };
    let mut ended = settled(ctx, draft, followup)?;
    if made.is_some() {
        replaced(ctx, draft, chased.as_ref(), followup, &mut ended)?;
    }
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
        temp: draft.temp,
        site: draft.site,
    })];
    events.extend(ended.into_iter().map(Event::PromiseClosed));
    Ok((Op { events, ..Op::default() }, Some(Made::FollowUp(followup, made))))
}

/// Who was not reached promised nothing, and a promise has a time.
fn check_promise(draft: &FollowUpDraft) -> Result<()> {
    match draft.promise_due {
        Some(_) if !draft.outcome.reached() => {
            Err(Error::input(say::NOBODY_PROMISED).hint(say::NOBODY_PROMISED_HINT))
        }
        None if draft.outcome == Outcome::Promised => {
            Err(Error::input(say::PROMISE_WITHOUT_TIME).hint(say::PROMISE_WITHOUT_TIME_HINT))
        }
        _ => Ok(()),
    }
}

/// A temperature is somebody's, told by somebody, believable, and no fever is well.
fn check_temp(ctx: &Ctx<'_>, draft: &FollowUpDraft) -> Result<()> {
    let Some(tenths) = draft.temp else { return Ok(()) };
    if !(TEMP_LOW..=TEMP_HIGH).contains(&i32::from(tenths)) {
        return Err(Error::input(say::temp_unbelievable(degrees(tenths))));
    }
    if matches!(draft.subject, Some(Subject::Unit(_) | Subject::Contact(_))) {
        return Err(Error::input(say::TEMP_OF_A_PERSON).hint(say::TEMP_OF_A_PERSON_HINT));
    }
    if !draft.outcome.reached() {
        return Err(Error::input(say::TEMP_NOT_REACHED));
    }
    let day = settings_in(ctx.conn)?.calendar.day(ctx.happened());
    if draft.outcome == Outcome::Well && Rules::builtin().is_fever(tenths, draft.site, day) {
        return Err(Error::input(say::fever_is_not_well(degrees(tenths))).hint(say::FEVER_IS_NOT_WELL_HINT));
    }
    Ok(())
}

/// What the officer said became of open promises. Kept or late is the clock's to say.
fn settled(ctx: &Ctx<'_>, draft: &FollowUpDraft, by: FollowUpId) -> Result<Vec<PromiseClosed>> {
    let mut out: Vec<PromiseClosed> = Vec::with_capacity(draft.ends.len());
    for (promise, how) in &draft.ends {
        let (due, whose) = open_promise(ctx, *promise)?;
        if whose != draft.subject {
            return Err(Error::refused(say::PROMISE_OF_ANOTHER));
        }
        let kept = matches!(how, PromiseEnd::Kept | PromiseEnd::Late);
        if kept && !draft.outcome.reached() {
            return Err(Error::input(say::NOBODY_KEPT).hint(say::NOBODY_KEPT_HINT));
        }
        if out.iter().all(|ended| ended.promise != *promise) {
            let how = how.by_clock(due, ctx.happened());
            out.push(PromiseClosed { promise: *promise, how, by: Some(by) });
        }
    }
    Ok(out)
}

/// A new time stands for the old one: what the subject had promised of the same thing before is over, unkept. What was
/// said to stay open does; and of several that nobody's report is behind nobody knows which is meant.
fn replaced(
    ctx: &Ctx<'_>,
    draft: &FollowUpDraft,
    chased: Option<&ReportKey>,
    by: FollowUpId,
    ended: &mut Vec<PromiseClosed>,
) -> Result<()> {
    let Some(subject) = draft.subject else { return Ok(()) };
    let mut query = ctx.conn.prepare_cached(&format!(
        "SELECT m.id, m.due FROM cur_promise m JOIN cur_followup f ON f.id = m.followup \
         WHERE m.{} = ?1 AND m.ended IS NULL AND f.at <= ?2 AND f.chase_day IS ?3 AND f.chase_round IS ?4 \
         ORDER BY m.due, m.id",
        subject_column(subject)
    ))?;
    let rows = query.query_map(
        params![
            subject.id(),
            ctx.happened(),
            chased.map(|key| day_number(key.day)),
            chased.map(|key| key.round.0.as_str())
        ],
        |row| Ok((row.get::<_, PromiseId>(0)?, row.get::<_, Ts>(1)?)),
    )?;
    let mut open = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    open.retain(|(promise, _)| ended.iter().all(|known| known.promise != *promise));
    if chased.is_none() && open.len() > 1 {
        return Ok(());
    }
    open.retain(|(promise, _)| !draft.left.contains(promise));
    for (promise, due) in open {
        let how = if due <= ctx.happened() { PromiseEnd::Broken } else { PromiseEnd::Dropped };
        ended.push(PromiseClosed { promise, how, by: Some(by) });
    }
    Ok(())
}

/// When an open promise falls due, and whose it is.
fn open_promise(ctx: &Ctx<'_>, promise: PromiseId) -> Result<(Ts, Option<Subject>)> {
    ctx.conn
        .prepare_cached("SELECT due, person, unit, contact FROM cur_promise WHERE id = ?1 AND ended IS NULL")?
        .query_row([promise], |row| Ok((row.get(0)?, subject(row, 1)?)))
        .optional()?
        .ok_or_else(|| Error::not_found(say::NO_PROMISE))
}

/// What was promised when a report was chased is kept or late when that report comes; what was promised about one that
/// was ended before is over when the unit owes nothing else any more.
pub(super) fn end_chases(ctx: &Ctx<'_>, key: &ReportKey) -> Result<Vec<Event>> {
    let came = std::slice::from_ref(key);
    close_chases(ctx, key.unit, came, |about| {
        Ok(if about == Some(key) {
            Some(PromiseEnd::Kept)
        } else {
            is_all(ctx, key.unit, came)?.then_some(PromiseEnd::Dropped)
        })
    })
}

/// What was promised about reports that are no longer owed is void, unless the unit owes another: whoever promised
/// meant all that was missing, and the call was booked on the oldest.
pub(super) fn drop_chases(ctx: &Ctx<'_>, ended: &[ReportKey]) -> Result<Vec<Event>> {
    let units: std::collections::BTreeSet<_> = ended.iter().map(|key| key.unit).collect();
    let mut out = Vec::new();
    for unit in units {
        out.extend(close_chases(ctx, unit, ended, |_| {
            Ok(is_all(ctx, unit, ended)?.then_some(PromiseEnd::Dropped))
        })?);
    }
    Ok(out)
}

/// Whether a unit owes nothing besides these.
fn is_all(ctx: &Ctx<'_>, unit: UnitId, these: &[ReportKey]) -> Result<bool> {
    Ok(owed_of(ctx.conn, unit, ctx.author.now)?.iter().all(|owed| these.contains(owed)))
}

/// Closes the open promises about these reports of a unit, and about those that were ended before, as `how` says of the
/// report that the promise is about.
fn close_chases(
    ctx: &Ctx<'_>,
    unit: UnitId,
    these: &[ReportKey],
    how: impl Fn(Option<&ReportKey>) -> Result<Option<PromiseEnd>>,
) -> Result<Vec<Event>> {
    let mut query = ctx.conn.prepare_cached(
        "SELECT m.id, m.due, f.chase_day, f.chase_round, EXISTS (SELECT 1 FROM cur_excused x \
           WHERE x.unit = f.chase_unit AND x.day = f.chase_day AND x.round = f.chase_round) \
         FROM cur_followup f JOIN cur_promise m ON m.id = f.promise \
         WHERE f.chase_unit = ?1 AND m.ended IS NULL ORDER BY m.due, m.id",
    )?;
    let mut rows = query.query([unit])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (promise, due): (PromiseId, Ts) = (row.get(0)?, row.get(1)?);
        let (day, round): (i32, String) = (row.get(2)?, row.get(3)?);
        let about =
            these.iter().find(|key| key.unit == unit && day_number(key.day) == day && key.round.0 == round);
        if about.is_none() && !row.get::<_, bool>(4)? {
            continue;
        }
        if let Some(how) = how(about)? {
            let how = how.by_clock(due, ctx.happened());
            out.push(Event::PromiseClosed(PromiseClosed { promise, how, by: None }));
        }
    }
    Ok(out)
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
    let promise = match found {
        None => return Err(Error::not_found(say::NO_CALL)),
        Some((false, _)) => return Err(Error::refused(say::CALL_ATTACHED)),
        Some((true, promise)) => promise,
    };
    let mut events = vec![FollowUpAttached { followup, promise, subject }];
    events.extend(called_back(ctx, followup, subject)?);
    let events = events.into_iter().map(Event::FollowUpAttached).collect();
    Ok((Op { events, ..Op::default() }, None))
}

/// Calls back to the number of a call from nobody known: they were about it, and go where it goes.
fn called_back(ctx: &Ctx<'_>, followup: FollowUpId, subject: Subject) -> Result<Vec<FollowUpAttached>> {
    let mut query = ctx.conn.prepare_cached(
&format!(
        "SELECT b.id, b.promise FROM cur_followup g JOIN cur_followup b ON {BACK_OF} WHERE g.id = ?1 ORDER BY b.at, b.id"
    ))?;
    let rows = query.query_map([followup], |row| {
        Ok(FollowUpAttached { followup: row.get(0)?, promise: row.get(1)?, subject })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn close_promise(ctx: &mut Ctx<'_>, promise: PromiseId, how: PromiseEnd) -> Resolved {
    let (due, _) = open_promise(ctx, promise)?;
    let how = how.by_clock(due, ctx.happened());
    Ok(single(Event::PromiseClosed(PromiseClosed { promise, how, by: None }), None))
}

pub(super) fn reveal_number(ctx: &mut Ctx<'_>, followup: FollowUpId, reason: &str) -> Resolved {
    let number: Option<String> = ctx
        .conn
        .prepare_cached("SELECT number FROM cur_followup WHERE id = ?1")?
        .query_row([followup], |row| row.get(0))
        .optional()?;
    if number.ok_or_else(|| Error::not_found(say::NO_CALL))?.is_empty() {
        return Err(Error::refused(say::CALL_WITHOUT_NUMBER));
    }
    let reason = reason.trim();
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    Ok(single(
        Event::NumberRevealed(NumberRevealed {
            followup,
            reason: reason.to_owned(),
            approved_by: ctx.approved_by,
        }),
        None,
    ))
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
