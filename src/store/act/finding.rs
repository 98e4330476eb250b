//! What sheets brought of somebody needs no case.

use super::{Ctx, Resolved, single};
use crate::domain::finding::Finding;
use crate::domain::ids::PersonId;
use crate::domain::text::has_words;
use crate::error::{Error, Result};
use crate::i18n::findings as words;
use crate::i18n::store as say;
use crate::log::event::{Event, FindingDismissed};
use crate::store::query::findings_of_person;

/// Dismisses everything that is open about a person; when `seen` is not what is open now, it is refused: nobody
/// dismisses what they have not read.
pub(super) fn dismiss(ctx: &Ctx<'_>, person: PersonId, seen: Option<&[Finding]>, reason: &str) -> Resolved {
    let reason = reason.trim();
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    let found = open_of(ctx, person)?;
    if seen.is_some_and(|seen| seen != found) {
        return Err(Error::refused(words::OTHERS_NOW));
    }
    Ok(single(Event::FindingDismissed(FindingDismissed { person, found, reason: reason.to_owned() }), None))
}

fn open_of(ctx: &Ctx<'_>, person: PersonId) -> Result<Vec<Finding>> {
    let found = findings_of_person(ctx.conn, person)?;
    if found.is_empty() {
        return Err(Error::not_found(words::NOTHING_OPEN).hint(words::NOTHING_OPEN_HINT));
    }
    Ok(found)
}
