//! Attention cases.

use super::{Ctx, Made, Resolved, single};
use crate::domain::case::CaseFacts;
use crate::domain::ids::{CaseId, PersonId, Subject};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::event::{CaseChanged, CaseOpened, CaseReleased, Event};
use rusqlite::OptionalExtension;

pub(super) fn open(ctx: &mut Ctx<'_>, person: PersonId, facts: &CaseFacts) -> Resolved {
    super::contact::subject_exists(ctx, Subject::Person(person))?;
    if facts.categories.as_ref().is_none_or(Vec::is_empty) {
        return Err(Error::input(say::CASE_NEEDS_CATEGORY));
    }
    let open = ctx
        .conn
        .prepare_cached("SELECT 1 FROM cur_case WHERE person = ?1 AND released_at IS NULL")?
        .exists([person])?;
    if open {
        return Err(Error::refused(say::CASE_OPEN).hint(say::CASE_OPEN_HINT));
    }
    let case = CaseId(ctx.id());
    let event = Event::CaseOpened(CaseOpened { case, person, facts: facts.clone() });
    Ok(single(event, Some(Made::Case(case))))
}

pub(super) fn change(ctx: &mut Ctx<'_>, case: CaseId, facts: &CaseFacts, reason: &str) -> Resolved {
    let person = open_case(ctx, case)?;
    if reason.trim().is_empty() {
        return Err(Error::input(say::REASON_NEEDED));
    }
    if facts.categories.as_ref().is_some_and(Vec::is_empty) {
        return Err(Error::input(say::CASE_NEEDS_CATEGORY));
    }
    if *facts == CaseFacts::default() {
        return Err(Error::refused(say::NOTHING_CHANGES));
    }
    let reason = reason.trim().to_owned();
    Ok(single(Event::CaseChanged(CaseChanged { case, person, facts: facts.clone(), reason }), None))
}

pub(super) fn release(ctx: &mut Ctx<'_>, case: CaseId, reason: &str) -> Resolved {
    let person = open_case(ctx, case)?;
    if reason.trim().is_empty() {
        return Err(Error::input(say::REASON_NEEDED));
    }
    let reason = reason.trim().to_owned();
    Ok(single(Event::CaseReleased(CaseReleased { case, person, reason }), None))
}

/// Whose open case it is.
fn open_case(ctx: &Ctx<'_>, case: CaseId) -> Result<PersonId> {
    ctx.conn
        .prepare_cached("SELECT person FROM cur_case WHERE id = ?1 AND released_at IS NULL")?
        .query_row([case], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found(say::NO_CASE))
}
