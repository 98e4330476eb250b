//! Erasing a person: what goes is found and named in one event. Taking it out is the next step of the same transaction.

use super::{Ctx, Resolved, single};
use crate::domain::ids::{OfficerId, PersonId, Subject};
use crate::error::{Error, Result};
use crate::i18n::erase as say;
use crate::log::event::{Event, PersonErased};
use crate::store::erase;
use crate::store::query::frontier_in;

pub(super) fn erase(ctx: &mut Ctx<'_>, person: PersonId, reason: &str) -> Resolved {
    let approved_by = ready(ctx, person, reason)?;
    let reason = reason.trim();
    // What was looked for beforehand is right as long as nothing was added since.
    let looked = match &ctx.proof.plan {
        Some((end, plan)) if *end == frontier_in(ctx.conn)? => Some(plan),
        _ => None,
    };
    let now;
    let plan = if let Some(plan) = looked {
        plan
    } else {
        now = erase::plan(ctx.conn, person)?;
        &now
    };
    if plan.traces.in_text(reason).is_some() {
        return Err(Error::input(say::REASON_NAMES).hint(say::REASON_NAMES_HINT));
    }
    erase::drop_local(ctx.conn, person, &plan.traces)?;
    let erased = PersonErased { person, reason: reason.to_owned(), removed: plan.removed(), approved_by };
    Ok(single(Event::PersonErased(erased), None))
}

/// Whether there is anything against it that is known before the log is looked through; answers who approved it.
pub(super) fn ready(ctx: &Ctx<'_>, person: PersonId, reason: &str) -> Result<Option<OfficerId>> {
    let approved_by = may_erase(ctx)?;
    super::contact::subject_exists(ctx, Subject::Person(person))?;
    if reason.trim().is_empty() {
        return Err(Error::input(crate::i18n::store::REASON_NEEDED));
    }
    // A debt ends by an act of its own, never because whose it was is forgotten.
    let open = erase::open(ctx.conn, person)?;
    if !open.is_empty() {
        return Err(Error::refused(say::still_open(&open)).hint(say::STILL_OPEN_HINT));
    }
    Ok(approved_by)
}

/// Whether the officer may erase people; answers who approved it, when that was somebody else.
fn may_erase(ctx: &Ctx<'_>) -> Result<Option<OfficerId>> {
    ctx.may(super::rights::Right::Erase)
}
