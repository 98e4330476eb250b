//! What a second officer approves at this terminal: with the own PIN, or where there is none with a typed yes.

use super::args::Approval;
use super::office::Office;
use super::{out, pin};
use crate::domain::ids::OfficerId;
use crate::domain::officer::Role;
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::rights as say;
use crate::store::act::Act;
use crate::store::query;

/// The act, approved by whoever is named.
pub(super) fn approve(office: &Office, act: Act, approval: &Approval) -> Result<Act> {
    let Some(name) = &approval.approved_by else { return Ok(act) };
    let by = office.officer_named(name)?;
    office.may_write()?;
    with(office, act, by, name, approval.stdin)
}

/// The act, confirmed by a lead who acts without being on duty; where nobody was given a role nothing is asked.
pub(super) fn confirm(office: &Office, act: Act, approval: &Approval) -> Result<Act> {
    if approval.approved_by.is_some() {
        return approve(office, act, approval);
    }
    let me = office.officer()?;
    office.may_write()?;
    let on_duty = query::shift_range(&office.reader)?.is_some_and(|shift| shift.officer == me);
    let leads = query::roles(&office.reader)?.contains(&(me, Role::Lead));
    if on_duty || !leads || !query::has_roles(&office.reader)? {
        return Ok(act);
    }
    with(office, act, me, &office.officer_name()?, approval.stdin)
}

fn with(office: &Office, act: Act, by: OfficerId, name: &str, stdin: bool) -> Result<Act> {
    let pin = pin::sign(office, by, name, stdin)?;
    if pin.is_none() {
        let name = safe_line(name);
        // A yes that a script gives is nobody's.
        if stdin || !out::is_interactive() {
            return Err(Error::refused(say::not_agreed(&name)).hint(say::YES_AT_TERMINAL));
        }
        let typed = out::ask(say::agree(&name).get(office.lang));
        if !typed.is_some_and(|typed| say::agrees(&typed)) {
            return Err(Error::refused(say::not_agreed(name)));
        }
    }
    Ok(Act::Approved { act: Box::new(act), by, pin })
}
