//! What a second officer approves at this terminal: with the own PIN, or where there is none with a typed yes.

use super::office::Office;
use super::{out, pin};
use crate::app::shown::paper::Logged;
use crate::domain::ids::{EntryId, FollowUpId, OfficerId, PersonId};
use crate::domain::officer::Role;
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::{cli, handover as words, rights as say};
use crate::say::Say;
use crate::store::act::Act;
use crate::store::{local, query};

#[derive(clap::Args, Clone, Default)]
pub(super) struct Approval {
    #[arg(long, value_name = "NAME")]
    pub approved_by: Option<String>,
    #[arg(long)]
    pub stdin: bool,
}

/// The act, approved by whoever is named.
pub(super) fn approve(office: &Office, act: Act, approval: &Approval) -> Result<Act> {
    let Some(name) = &approval.approved_by else { return Ok(act) };
    let by = office.officer_named(name)?;
    office.may_write()?;
    with(office, act, (by, name), &|name| words::approving(name), approval.stdin)
}

/// The act, confirmed by the lead who does it: with their PIN where they have one, for whoever types here may be anybody,
/// also in the name of who is on duty; without one by a typed yes of a lead who is not on duty. Where nobody was given a
/// role everybody is a lead.
///
/// Whom somebody names beside them does not stand in for them: only a lead's approval does, and where it is another's the
/// PIN of whoever acts comes first.
pub(super) fn confirm(office: &mut Office, act: Act, approval: &Approval) -> Result<Act> {
    let me = office.officer()?;
    office.may_write()?;
    let has_roles = query::has_roles(&office.reader)?;
    let roles = query::roles(&office.reader)?;
    let is_lead = |officer: OfficerId| !has_roles || roles.contains(&(officer, Role::Lead));
    if let Some(name) = &approval.approved_by {
        let by = office.officer_named(name)?;
        if by != me && !is_lead(by) {
            pin::present(office, approval.stdin)?;
        }
        return approve(office, act, approval);
    }
    let on_duty = query::shift_range(&office.reader)?.is_some_and(|shift| shift.officer == me);
    let is_there = (on_duty || !has_roles) && !local::has_pin(&office.reader, me)?;
    // Who is no lead is told so by the store.
    if is_there || !is_lead(me) {
        return Ok(act);
    }
    with(office, act, (me, &office.officer_name()?), &|name| Say::same(name), approval.stdin)
}

/// A step that whoever acts signs without a PIN: where that is not who is on duty, by their typed yes, for whoever types here
/// may be anybody. Says whose yes it was.
pub(super) fn signs(office: &Office, stdin: bool) -> Result<Option<OfficerId>> {
    let me = office.officer()?;
    let on_duty = query::shift_range(&office.reader)?.is_some_and(|shift| shift.officer == me);
    if on_duty {
        return Ok(None);
    }
    agreed(office, &office.officer_name()?, stdin)?;
    Ok(Some(me))
}

fn with(
    office: &Office,
    act: Act,
    (by, name): (OfficerId, &str),
    who: &dyn Fn(&str) -> Say,
    stdin: bool,
) -> Result<Act> {
    let pin = pin::sign_as(office, by, name, who, stdin)?;
    if pin.is_none() {
        agreed(office, name, stdin)?;
    }
    Ok(Act::Approved { act: Box::new(act), by, pin })
}

/// The typed yes of somebody who has no PIN.
fn agreed(office: &Office, name: &str, stdin: bool) -> Result<()> {
    let name = safe_line(name);
    // A yes that a script gives is nobody's.
    if stdin || !out::is_interactive() {
        return Err(Error::refused(say::not_agreed(&name)).hint(say::YES_AT_TERMINAL));
    }
    let typed = out::ask(say::agree(&name).get(office.lang));
    if typed.is_some_and(|typed| say::agrees(&typed)) {
        Ok(())
    } else {
        Err(Error::refused(say::not_agreed(name)))
    }
}

impl Office {
    /// Logs that these numbers are shown. The log comes first: no number is shown that was not logged.
    /// More than one officer shows alone are one act, which another approves.
    pub fn reveal(&mut self, numbers: &Logged, reason: &str, approval: &Approval) -> Result<()> {
        if numbers.is_empty() {
            // Nothing is shown, so nothing is logged, and nothing must be said to be.
            out::tell(cli::NOTHING_REVEALED.get(self.lang));
            return Ok(());
        }
        let person = |person: &PersonId| Act::Reveal { person: *person, reason: reason.to_owned() };
        let call = |call: &FollowUpId| Act::RevealNumber { followup: *call, reason: reason.to_owned() };
        let mut acts: Vec<Act> = Vec::new();
        let entry = |entry: &EntryId| Act::RevealEntry { entry: *entry, reason: reason.to_owned() };
        let others = numbers.calls.iter().map(call).chain(numbers.entries.iter().map(entry));
        for act in numbers.people.iter().map(person).chain(others) {
            if !acts.contains(&act) {
                acts.push(act);
            }
        }
        let all = Act::Several(acts);
        let too_many = query::shows_too_many(&self.reader, self.officer()?, self.now(), &all)?;
        if too_many {
            // A second officer stands beside the one who acts, and not in their place.
            if let Some(name) = &approval.approved_by {
                self.officer_named(name)?;
                self.may_write()?;
                pin::present(self, approval.stdin)?;
            }
            let act = approve(self, all, approval)?;
            self.commit(&act, None)?;
        } else if let Act::Several(acts) = all {
            self.may_write()?;
            pin::present(self, approval.stdin)?;
            // Each of them is an entry of the log.
            for act in &acts {
                self.commit(act, None)?;
            }
        }
        out::tell(cli::revealed(reason).get(self.lang));
        Ok(())
    }
}
