//! What a second officer approves at this terminal: with the own PIN, or where there is none with a typed yes.

use super::args::Approval;
use super::office::Office;
use super::{out, pin};
use crate::app::paper::Logged;
use crate::domain::ids::{FollowUpId, OfficerId, PersonId};
use crate::domain::officer::Role;
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as words;
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

impl Office {
    /// Logs that these numbers are shown. The log comes first: no number is shown that was not logged.
    /// More than one officer shows alone are one act, which another approves.
    pub fn reveal(&mut self, numbers: &Logged, reason: &str, approval: &Approval) -> Result<()> {
        if numbers.is_empty() {
            // Nothing is shown, so nothing is logged, and nothing must be said to be.
            out::tell(words::NOTHING_REVEALED.get(self.lang));
            return Ok(());
        }
        let person = |person: &PersonId| Act::Reveal { person: *person, reason: reason.to_owned() };
        let call = |call: &FollowUpId| Act::RevealNumber { followup: *call, reason: reason.to_owned() };
        let mut acts: Vec<Act> = Vec::new();
        for act in numbers.people.iter().map(person).chain(numbers.calls.iter().map(call)) {
            if !acts.contains(&act) {
                acts.push(act);
            }
        }
        let all = Act::Several(acts);
        if query::shows_too_many(&self.reader, self.officer()?, self.now(), &all)? {
            let act = approve(self, all, approval)?;
            self.commit(&act, None)?;
        } else if let Act::Several(acts) = all {
            // Each of them is an entry of the log.
            for act in &acts {
                self.commit(act, None)?;
            }
        }
        out::tell(words::revealed(reason).get(self.lang));
        Ok(())
    }
}
