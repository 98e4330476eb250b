//! Reports marked received without their rows, and those that are no longer owed.

use super::{Ctx, Resolved};
use crate::domain::deadline::Deadlines;
use crate::domain::ids::UnitId;
use crate::domain::report::{Excuse, ReportForm, ReportKey};
use crate::domain::text::has_words;
use crate::domain::time::{Ts, day_number};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{Event, ReportExcused, ReportReceived};
use crate::store::query::deadlines;
use crate::store::query::owed::since_of;
use crate::store::query::{knows_round_in, owed_of, settings_in};
use crate::store::sql::Code;
use rusqlite::{OptionalExtension, params};

pub(super) fn receive(ctx: &mut Ctx<'_>, key: &ReportKey, zero: bool, reason: &str) -> Resolved {
    let reason = reason.trim();
    check_key(ctx, key)?;
    if is_received(ctx, key)? && !has_words(reason) {
        return Err(Error::refused(say::ALREADY_RECEIVED).hint(say::ALREADY_RECEIVED_HINT));
    }
    let form = if zero { ReportForm::Zero } else { ReportForm::Marked };
    let came = ReportReceived { key: key.clone(), form, rows: 0, reason: reason.to_owned() };
    let mut events = vec![Event::ReportReceived(came)];
    events.extend(super::contact::end_chases(ctx, key)?);
    Ok((Op { events, ..Op::default() }, None))
}

pub(super) fn excuse(
    ctx: &Ctx<'_>,
    keys: &[ReportKey],
    all_of: &[(UnitId, Ts)],
    how: Excuse,
    reason: &str,
) -> Resolved {
    let reason = reason.trim();
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    let mut keys = keys.to_vec();
    for (unit, seen) in all_of {
        keys.extend(owed_of(ctx.conn, *unit, (*seen).min(ctx.author.now))?);
    }
    keys.sort();
    keys.dedup();
    if keys.is_empty() {
        return Err(Error::refused(say::NOTHING_OWED));
    }
    let settings = settings_in(ctx.conn)?;
    let deadlines = deadlines::load(ctx.conn, &settings)?;
    let mut events = Vec::with_capacity(keys.len());
    for key in &keys {
        ends(ctx, &deadlines, key, how)?;
        let (key, reason) = (key.clone(), reason.to_owned());
        events.push(Event::ReportExcused(ReportExcused { key, how, reason }));
    }
    events.extend(super::contact::drop_chases(ctx, &keys)?);
    Ok((Op { events, ..Op::default() }, None))
}

/// The report was expected, did not come, and is not ended in this way already.
fn ends(ctx: &Ctx<'_>, deadlines: &Deadlines, key: &ReportKey, how: Excuse) -> Result<()> {
    check_unit(ctx, key.unit)?;
    let today = deadlines.calendar.day(ctx.author.now);
    if key.day > today {
        return Err(Error::input(say::day_to_come(key.day)));
    }
    let since = since_of(ctx.conn, key.unit, deadlines.calendar)?;
    if day_number(key.day) < since || key.day < deadlines.table.first() {
        return Err(Error::input(say::day_before(key.day)));
    }
    let Some(due) = deadlines.of(key.day, &key.round, ctx.author.now) else {
        return Err(Error::input(say::no_round_on(&key.round, key.day)));
    };
    if deadlines.is_paused(key.unit, key.day, deadlines.due_of(key.unit, &due, ctx.author.now)) {
        return Err(Error::input(say::day_before(key.day)));
    }
    if is_received(ctx, key)? {
        return Err(Error::refused(say::received_nothing_owed(key.day)));
    }
    let ended: Option<Code<Excuse>> = ctx
        .conn
        .prepare_cached("SELECT how FROM cur_excused WHERE unit = ?1 AND day = ?2 AND round = ?3")?
        .query_row(params![key.unit, day_number(key.day), key.round.0], |row| row.get(0))
        .optional()?;
    if ended.is_some_and(|ended| ended.0 == how) {
        return Err(Error::refused(match how {
            Excuse::Excused => say::excused_already(key.day),
            Excuse::WrittenOff => say::written_off_already(key.day),
        }));
    }
    Ok(())
}

/// The unit is there and reports, and the round is one of the office's.
pub(super) fn check_key(ctx: &Ctx<'_>, key: &ReportKey) -> Result<()> {
    check_day(ctx, key)?;
    check_unit(ctx, key.unit)?;
    check_round(ctx, key)
}

/// The unit is there and reports.
fn check_unit(ctx: &Ctx<'_>, unit: UnitId) -> Result<()> {
    let reports: Option<bool> = ctx
        .conn
        .prepare_cached("SELECT reports FROM cur_unit WHERE id = ?1")?
        .query_row([unit], |row| row.get(0))
        .optional()?;
    match reports {
        None => Err(Error::not_found(say::NO_UNIT)),
        Some(false) => Err(Error::refused(say::NOT_EXPECTED)),
        Some(true) => Ok(()),
    }
}

/// The day has begun, and the unit was expected to report on it.
fn check_day(ctx: &Ctx<'_>, key: &ReportKey) -> Result<()> {
    let today = settings_in(ctx.conn)?.calendar.day(ctx.author.now);
    let from: Option<i32> = ctx
        .conn
        .prepare_cached("SELECT valid_from FROM cur_unit WHERE id = ?1")?
        .query_row([key.unit], |row| row.get(0))
        .optional()?
        .flatten();
    if key.day > today {
        return Err(Error::input(say::day_to_come(key.day)));
    }
    if from.is_some_and(|from| day_number(key.day) < from) {
        return Err(Error::input(say::day_before(key.day)));
    }
    Ok(())
}

/// The round is one of the office's, or was.
pub(super) fn check_round(ctx: &Ctx<'_>, key: &ReportKey) -> Result<()> {
    if !knows_round_in(ctx.conn, &key.round)? {
        return Err(Error::input(say::no_round(&key.round)));
    }
    Ok(())
}

pub(super) fn is_received(ctx: &Ctx<'_>, key: &ReportKey) -> Result<bool> {
    Ok(ctx
        .conn
        .prepare_cached("SELECT 1 FROM cur_report WHERE unit = ?1 AND day = ?2 AND round = ?3")?
        .exists(params![key.unit, day_number(key.day), key.round.0])?)
}
