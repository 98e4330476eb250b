//! Setting, changing and taking away a PIN. The local table and the log's entry change in one transaction.

use super::office::exists;
use super::{Ctx, Resolved, single};
use crate::domain::handover::PinChange;
use crate::domain::ids::OfficerId;
use crate::error::{Error, Result};
use crate::i18n::handover as say;
use crate::log::event::{Event, PinChanged};
use crate::store::append::open_shift;
use crate::store::{pin_kept, pin_log};

/// `set` is whether there is a new one; its hash was made before the transaction. `second` signs beside who acts.
pub(super) fn change(ctx: &Ctx<'_>, officer: OfficerId, set: bool, second: Option<OfficerId>) -> Resolved {
    exists(ctx, officer)?;
    let before = pin_log::has_pin_in(ctx.conn, officer)?;
    let how = match (before, set) {
        (false, false) => return Err(Error::refused(say::NO_PIN)),
        (false, true) => PinChange::Set,
        (true, true) => PinChange::Changed,
        (true, false) => PinChange::Removed,
    };
    let colleague = ctx.author.officer;
    let mut by = Vec::new();
    if before && !ctx.proof.of(officer) {
        // A lost one is taken away by colleagues, never replaced.
        if how != PinChange::Removed || colleague == officer {
            return Err(Error::refused(say::OLD_PIN_NEEDED).hint(say::OLD_PIN_HINT).in_field("pin"));
        }
        by = taken_by(ctx, officer, second)?;
    }
    // To set somebody else's would lock them out.
    if how == PinChange::Set && colleague != officer {
        return Err(Error::refused(say::ONLY_OWN_PIN).hint(say::ONLY_OWN_PIN_HINT));
    }
    pin_kept::write(ctx.conn, officer, ctx.proof.hash.as_ref())?;
    let digest = ctx.proof.hash.as_ref().map(|hash| hash.digest(officer));
    Ok(single(Event::PinChanged(PinChanged { officer, how, digest, by }), None))
}

/// Who takes a colleague's lost PIN away: who leads, or whoever is on duty together with a second officer, each with
/// their own PIN.
fn taken_by(ctx: &Ctx<'_>, officer: OfficerId, second: Option<OfficerId>) -> Result<Vec<OfficerId>> {
    let author = ctx.author.officer;
    let on_duty = open_shift(ctx.conn)?.is_some_and(|(_, on_duty)| on_duty == author);
    if !on_duty && !leads(ctx, author)? {
        return Err(Error::refused(say::OLD_PIN_NEEDED).hint(say::OLD_PIN_HINT).in_field("pin"));
    }
    // To be named on the command line is not to be there: who has a PIN signs this with it.
    if pin_log::has_pin_in(ctx.conn, author)? && !ctx.proof.of(author) {
        return Err(Error::refused(say::OWN_PIN_NEEDED).hint(say::OWN_PIN_HINT));
    }
    if leads(ctx, author)? && ctx.proof.of(author) {
        return Ok(vec![author]);
    }
    let other = second.filter(|other| *other != author && *other != officer && ctx.proof.of(*other));
    match other {
        Some(other) if ctx.proof.of(author) => Ok(vec![author, other]),
        _ => Err(Error::refused(say::SECOND_NEEDED).hint(say::SECOND_NEEDED_HINT)),
    }
}

/// Whether an officer was made a lead. That an office names none makes nobody one here: then two have to sign.
fn leads(ctx: &Ctx<'_>, officer: OfficerId) -> Result<bool> {
    let mut query = ctx.conn.prepare_cached("SELECT 1 FROM cur_officer WHERE id = ?1 AND role = 'lead'")?;
    Ok(query.exists([officer])?)
}
