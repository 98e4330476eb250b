//! Who may do what: the one place where an officer's role is looked at. What is missing is said, with who has it.
//!
//! An office whose log names no lead (those of before there were roles) has only leads: nobody is locked out. The first
//! role that is given in one makes whoever gives it a lead.

use super::office::{exists, officer_name};
use super::{Act, Ctx, Resolved, events_of, single};
use crate::domain::ids::{FollowUpId, OfficerId, PersonId};
use crate::domain::officer::{Role, SHOWN_ALONE};
use crate::domain::time::{HOUR, Ts};
use crate::error::{Error, Result};
use crate::i18n::{handover, rights as say};
use crate::log::Op;
use crate::log::event::{Event, OfficerRole};
use crate::say::{Say, Word};
use crate::store::append::open_shift;
use crate::store::pin_log::has_pin_in;
use crate::store::project::events_of as logged;
use crate::store::query::roles_in;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashSet;
use uuid::Uuid;

/// What not everybody may do alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Right {
    /// Release a case that something stands against.
    EarlyRelease,
    /// Show the numbers of more than [`SHOWN_ALONE`] people, or of everybody, at once.
    BulkReveal,
    /// Erase a person.
    Erase,
    /// Give roles.
    Roles,
    /// Change what guards the office: its lock, its backups, how long it keeps people, its clock.
    Settings,
}

impl Right {
    fn word(self) -> Word {
        match self {
            Self::EarlyRelease => say::EARLY_RELEASE,
            Self::BulkReveal => say::BULK_REVEAL,
            Self::Erase => say::ERASE,
            Self::Roles => say::ROLES,
            Self::Settings => say::LOCK_SETTING,
        }
    }
}

/// An officer's role as it counts.
pub(super) fn role_of(conn: &Connection, officer: OfficerId) -> Result<Role> {
    let found: Option<(String, bool)> = conn
        .prepare_cached(
            "SELECT role, EXISTS (SELECT 1 FROM cur_officer WHERE role = 'lead') FROM cur_officer WHERE id = ?1",
        )?
        .query_row([officer], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((role, has_leads)) = found else { return Ok(Role::ReadOnly) };
    Ok(counts_as(Role::from_code(&role).unwrap_or(Role::ReadOnly), has_leads))
}

/// What a role counts as in an office with or without leads.
pub(in crate::store) fn counts_as(role: Role, has_leads: bool) -> Role {
    if role == Role::Duty && !has_leads { Role::Lead } else { role }
}

pub(in crate::store) fn has_leads(conn: &Connection) -> Result<bool> {
    Ok(conn.prepare_cached("SELECT 1 FROM cur_officer WHERE role = 'lead'")?.exists([])?)
}

/// The leads by name, but one.
fn leads(ctx: &Ctx<'_>, but: Option<OfficerId>) -> Result<Say> {
    let leads: Vec<OfficerId> =
        roles_in(ctx.conn)?.into_iter().filter(|(_, role)| *role == Role::Lead).map(|(id, _)| id).collect();
    let names = leads.into_iter().filter(|id| Some(*id) != but).map(|id| officer_name(ctx, id));
    let names = names.collect::<Result<Vec<String>>>()?;
    if names.is_empty() { Ok(say::NOBODY.into()) } else { Ok(Say::listed(names)) }
}

/// Refuses what a read-only officer may not do: everything but printing and the own PIN; and a shift handed to one.
pub(super) fn admit(ctx: &Ctx<'_>, act: &Act) -> Result<()> {
    let me = ctx.author.officer;
    let harmless = match act {
        // That somebody printed, or tried numbers out, is written down of anybody.
        Act::Printed { .. } | Act::Probed { .. } => true,
        Act::ChangePin { officer, .. } => *officer == me,
        _ => false,
    };
    if !harmless && role_of(ctx.conn, me)? == Role::ReadOnly {
        return Err(Error::refused(say::read_only(officer_name(ctx, me)?)).hint(say::READ_ONLY_HINT));
    }
    if let Act::CloseShift(close) = act
        && role_of(ctx.conn, close.to)? == Role::ReadOnly
    {
        return Err(Error::refused(say::no_shift_for(officer_name(ctx, close.to)?)));
    }
    if shows_many(ctx.conn, me, ctx.author.now, act)? {
        ctx.may(Right::BulkReveal)?;
    }
    Ok(())
}

/// Whether an act shows the numbers of so many that nobody does it alone: at once, or with those that the officer has
/// shown alone within the hour.
pub(in crate::store) fn shows_many(conn: &Connection, me: OfficerId, now: Ts, act: &Act) -> Result<bool> {
    let acts = match act.itself() {
        Act::Several(acts) => acts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut shown = HashSet::new();
    for act in acts {
        match act {
            Act::Reveal { person, .. } => shown.insert(person.0),
            Act::RevealNumber { followup, .. } => shown.insert(caller(conn, *followup)?),
            Act::RevealEntry { entry, .. } => shown.insert(entry.0),
            _ => false,
        };
    }
    let n = shown.len();
    if n == 0 || n > SHOWN_ALONE {
        return Ok(n > 0);
    }
    shown_lately(conn, me, now, &mut shown)?;
    if shown.len() > SHOWN_ALONE {
        return Ok(true);
    }
    if n < 2 {
        return Ok(false);
    }
    let people: usize = conn
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM cur_person LIMIT ?1)")?
        .query_row([n as i64 + 1], |row| row.get::<_, i64>(0))?
        .try_into()
        .unwrap_or(usize::MAX);
    Ok(n >= people)
}

/// Whose the number of a call is; where that is nobody known, the call stands for them.
fn caller(conn: &Connection, followup: FollowUpId) -> Result<Uuid> {
    let person: Option<Option<PersonId>> = conn
        .prepare_cached("SELECT person FROM cur_followup WHERE id = ?1")?
        .query_row([followup], |row| row.get(0))
        .optional()?;
    Ok(person.flatten().map_or(followup.0, |person| person.0))
}

/// Those whose numbers an officer has shown within the hour with nobody beside them. The log is read from its end, no
/// further than the hour goes.
fn shown_lately(conn: &Connection, me: OfficerId, now: Ts, shown: &mut HashSet<Uuid>) -> Result<()> {
    let since = now.plus(-HOUR);
    let mut query =
        conn.prepare_cached("SELECT desk, seq, recorded_at, officer FROM log_op ORDER BY lamport DESC")?;
    let mut ops = query.query([])?;
    while let Some(op) = ops.next()? {
        if op.get::<_, Ts>(2)? <= since {
            break;
        }
        if op.get::<_, Option<OfficerId>>(3)? != Some(me) {
            continue;
        }
        for event in logged(conn, op.get(0)?, op.get(1)?)? {
            match event {
                Event::PersonalRevealed(e) if e.approved_by.is_none() => shown.insert(e.person.0),
                Event::EntryRevealed(e) if e.approved_by.is_none() => shown.insert(e.entry.0),
                Event::NumberRevealed(e) if e.approved_by.is_none() => {
                    shown.insert(caller(conn, e.followup)?)
                }
                _ => false,
            };
        }
    }
    Ok(())
}

/// An act that a second officer approves, or a lead confirms with the own PIN.
pub(super) fn approved(ctx: &mut Ctx<'_>, act: &Act, by: OfficerId) -> Resolved {
    approver(ctx, act, by)?;
    events_of(ctx, act)
}

/// Takes down who approved an act, when they may.
pub(super) fn approver(ctx: &mut Ctx<'_>, act: &Act, by: OfficerId) -> Result<()> {
    exists(ctx, by)?;
    // What is signed by its own officers is approved by nobody: their PINs stand in the act.
    if matches!(act, Act::CloseShift(_) | Act::ChangePin { .. }) {
        return Err(Error::internal("an approved act", "one that is signed"));
    }
    if has_pin_in(ctx.conn, by)? && !ctx.proof.of(by) {
        let name = officer_name(ctx, by)?;
        return Err(Error::refused(handover::pin_needed(name))
            .hint(handover::PIN_STDIN_HINT)
            .in_field("approver_pin"));
    }
    ctx.approved_by = Some(by);
    admit(ctx, act)
}

impl Ctx<'_> {
    /// Whether the officer may do this; answers who approved it, when that was somebody else.
    pub(in crate::store) fn may(&self, right: Right) -> Result<Option<OfficerId>> {
        let me = self.author.officer;
        let second = self.approved_by.filter(|by| *by != me);
        let is = |id: OfficerId, role: Role| Ok::<bool, Error>(role_of(self.conn, id)? == role);
        let approved_by_lead = match self.approved_by {
            Some(by) => is(by, Role::Lead)?,
            None => false,
        };
        if right == Right::BulkReveal {
            return match second {
                Some(by) if approved_by_lead => Ok(Some(by)),
                Some(by) if is(me, Role::Lead)? && !is(by, Role::ReadOnly)? => Ok(Some(by)),
                Some(by) => self.approves_nothing(right, by),
                None => self.needs(right, is(me, Role::Lead)?),
            };
        }
        if approved_by_lead {
            return Ok(second);
        }
        // An approval that is none is not passed over: somebody believes that it counts.
        if let Some(by) = second {
            return self.approves_nothing(right, by);
        }
        if !is(me, Role::Lead)? {
            return self.needs(right, false);
        }
        // To be named is not to be there: who is not on duty confirms it, with the own PIN where there is one.
        let on_duty = open_shift(self.conn)?.is_some_and(|(_, on_duty)| on_duty == me);
        if !on_duty && has_leads(self.conn)? {
            let name = officer_name(self, me)?;
            return Err(Error::refused(say::confirm_own(name))
                .hint(say::APPROVE_HINT)
                .in_field("approved_by"));
        }
        Ok(None)
    }

    /// Whoever approved it may not.
    fn approves_nothing(&self, right: Right, by: OfficerId) -> Result<Option<OfficerId>> {
        let (what, who, name) = (right.word(), leads(self, None)?, officer_name(self, by)?);
        let refused = Say {
            zh: say::no_lead_approved(what.zh, &name, &who.zh).zh,
            en: say::no_lead_approved(what.en, &name, &who.en).en,
        };
        Err(Error::refused(refused).hint(say::APPROVE_HINT).in_field("approved_by"))
    }

    fn needs(&self, right: Right, lead: bool) -> Result<Option<OfficerId>> {
        let (what, who) = (right.word(), leads(self, Some(self.author.officer))?);
        let refused = if lead {
            Say { zh: say::needs_second(what.zh).zh, en: say::needs_second(what.en).en }
        } else {
            Say { zh: say::needs_lead(what.zh, &who.zh).zh, en: say::needs_lead(what.en, &who.en).en }
        };
        Err(Error::refused(refused).hint(say::APPROVE_HINT).in_field("approved_by"))
    }
}

/// The event that gives a role; in an office of before there were roles with the one that makes its author a lead.
pub(super) fn giving(ctx: &Ctx<'_>, officer: OfficerId, role: Role) -> Result<Vec<Event>> {
    let approved_by = ctx.may(Right::Roles)?;
    let of = |officer, role, approved_by| Event::OfficerRole(OfficerRole { officer, role, approved_by });
    let mut events = Vec::new();
    if !has_leads(ctx.conn)? && role != Role::Lead {
        events.push(of(ctx.author.officer, Role::Lead, None));
    }
    events.push(of(officer, role, approved_by));
    Ok(events)
}

/// Gives an officer a role. There is always a lead, and who is on duty can do their work.
pub(super) fn set_role(ctx: &Ctx<'_>, officer: OfficerId, role: Role) -> Resolved {
    exists(ctx, officer)?;
    let before: String = ctx
        .conn
        .prepare_cached("SELECT role FROM cur_officer WHERE id = ?1")?
        .query_row([officer], |row| row.get(0))?;
    let name = officer_name(ctx, officer)?;
    if before == role.code() && (role != Role::Duty || has_leads(ctx.conn)?) {
        return Err(Error::refused(crate::i18n::store::NOTHING_CHANGES));
    }
    if role != Role::Lead {
        let others = ctx
            .conn
            .prepare_cached("SELECT 1 FROM cur_officer WHERE role = 'lead' AND id <> ?1")?
            .exists([officer])?;
        // In an office without leads its author becomes one: that must be somebody else.
        let stays = others || (!has_leads(ctx.conn)? && officer != ctx.author.officer);
        if !stays {
            return Err(Error::refused(say::last_lead(name)).hint(say::LAST_LEAD_HINT));
        }
    }
    let on_duty = open_shift(ctx.conn)?.is_some_and(|(_, on_duty)| on_duty == officer);
    if role == Role::ReadOnly && on_duty {
        return Err(Error::refused(say::on_duty_now(name)).hint(say::ON_DUTY_HINT));
    }
    let mut events = giving(ctx, officer, role)?;
    if events.len() == 1 {
        return Ok(single(events.remove(0), None));
    }
    Ok((Op { events, ..Op::default() }, None))
}
