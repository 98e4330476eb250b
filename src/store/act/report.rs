//! Reports marked received without their rows.

use super::{Ctx, Resolved};
use crate::domain::report::{ReportForm, ReportKey};
use crate::domain::time::day_number;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use crate::log::event::{Event, ReportReceived};
use crate::store::query::settings_in;
use rusqlite::{OptionalExtension, params};

pub(super) fn receive(ctx: &mut Ctx<'_>, key: &ReportKey, zero: bool, reason: &str) -> Resolved {
    let reason = reason.trim();
    check_key(ctx, key)?;
    if is_received(ctx, key)? && reason.is_empty() {
        return Err(Error::refused(say::ALREADY_RECEIVED).hint(say::ALREADY_RECEIVED_HINT));
    }
    let form = if zero { ReportForm::Zero } else { ReportForm::Marked };
    let came = ReportReceived { key: key.clone(), form, rows: 0, reason: reason.to_owned() };
    let mut events = vec![Event::ReportReceived(came)];
    events.extend(super::contact::end_chases(ctx, key, true)?);
    Ok((Op { events, ..Op::default() }, None))
}

/// The unit is there and reports, and the round is one of the office's.
pub(super) fn check_key(ctx: &Ctx<'_>, key: &ReportKey) -> Result<()> {
    check_day(ctx, key)?;
    let reports: Option<bool> = ctx
        .conn
        .prepare_cached("SELECT reports FROM cur_unit WHERE id = ?1")?
        .query_row([key.unit], |row| row.get(0))
        .optional()?;
    match reports {
        None => return Err(Error::not_found(say::NO_UNIT)),
        Some(false) => return Err(Error::refused(say::NOT_EXPECTED)),
        Some(true) => {}
    }
    check_round(ctx, key)
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

/// The round is one of the office's.
pub(super) fn check_round(ctx: &Ctx<'_>, key: &ReportKey) -> Result<()> {
    if settings_in(ctx.conn)?.round(&key.round).is_none() {
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
