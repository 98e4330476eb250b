//! Setting, changing and taking away a PIN. The local table and the log's entry change in one transaction.

use super::office::exists;
use super::{Ctx, Resolved, single};
use crate::domain::handover::PinChange;
use crate::domain::ids::OfficerId;
use crate::error::Error;
use crate::i18n::handover as say;
use crate::log::event::{Event, PinChanged};
use crate::store::append::open_shift;
use crate::store::pin;

/// `set` is whether there is a new one; its hash was made before the transaction.
pub(super) fn change(ctx: &Ctx<'_>, officer: OfficerId, set: bool) -> Resolved {
    exists(ctx, officer)?;
    let before = pin::has_pin_in(ctx.conn, officer)?;
    let known = ctx.proof.of(officer);
    let how = match (before, set) {
        (false, false) => return Err(Error::refused(say::NO_PIN)),
        (false, true) => PinChange::Set,
        (true, true) => PinChange::Changed,
        (true, false) => PinChange::Removed,
    };
    // A lost one is taken away by a colleague on duty, never replaced.
    let on_duty = open_shift(ctx.conn)?.is_some_and(|(_, on_duty)| on_duty == ctx.author.officer);
    let colleague = ctx.author.officer;
    let by_colleague = how == PinChange::Removed && colleague != officer && on_duty;
    // To be named on the command line is not to be there: a colleague who has a PIN signs this with it.
    if by_colleague && pin::has_pin_in(ctx.conn, colleague)? && !ctx.proof.of(colleague) {
        return Err(Error::refused(say::OWN_PIN_NEEDED).hint(say::OWN_PIN_HINT));
    }
    if before && !known && !by_colleague {
        return Err(Error::refused(say::OLD_PIN_NEEDED).hint(say::OLD_PIN_HINT).in_field("pin"));
    }
    // To set somebody else's would lock them out.
    if how == PinChange::Set && ctx.author.officer != officer {
        return Err(Error::refused(say::ONLY_OWN_PIN).hint(say::ONLY_OWN_PIN_HINT));
    }
    pin::write(ctx.conn, officer, ctx.proof.hash.as_ref())?;
    Ok(single(Event::PinChanged(PinChanged { officer, how }), None))
}
