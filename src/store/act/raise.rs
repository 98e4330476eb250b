//! What entries propose: taken up, or declined. What is made and that it was made of the proposal is one op.

use super::ledger::{Taken, declared, part_of, standing, write};
use super::{Ctx, Made, Resolved};
use crate::domain::ids::{EntryId, PersonId};
use crate::domain::ledger::raise::{Raise, Target, due_code};
use crate::domain::text::has_words;
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::i18n::store::REASON_NEEDED;
use crate::log::Op;
use crate::log::event::{EntryRaised, Event, Raised};
use crate::store::ledgers::Row;
use rusqlite::params;

/// The entry and the proposal of it that stands open.
fn proposed(ctx: &Ctx<'_>, entry: EntryId, id: &str) -> Result<(Row, Raise)> {
    let row = standing(ctx, entry)?;
    let ledger = declared(ctx, &row)?;
    let raise = part_of(&ledger, &row)?.raise(id).cloned();
    let raise = raise.ok_or_else(|| Error::input(say::no_proposal(id)))?;
    let open = ctx
        .conn
        .prepare_cached("SELECT 1 FROM cur_entry_due WHERE entry = ?1 AND due = ?2")?
        .exists(params![entry, due_code(id)])?;
    if open { Ok((row, raise)) } else { Err(Error::refused(say::NOT_PROPOSED)) }
}

/// That it is settled.
fn settled(row: Row, raise: &str, made: Option<Raised>, person: Option<PersonId>, reason: &str) -> Event {
    Event::EntryRaised(EntryRaised {
        entry: row.id,
        ledger: row.ledger,
        version: row.version,
        line: row.parent.is_some(),
        person,
        raise: raise.to_owned(),
        made,
        reason: reason.trim().to_owned(),
    })
}

pub(super) fn take_up(ctx: &mut Ctx<'_>, entry: EntryId, id: &str, taken: &Taken) -> Resolved {
    let (row, raise) = proposed(ctx, entry, id)?;
    let (mut op, made) = match (&raise.target, taken) {
        (Target::Case, Taken::Case(facts)) => {
            let person = row.person.ok_or_else(|| Error::refused(say::PROPOSED_OF_NOBODY))?;
            super::case::open(ctx, person, facts)?
        }
        (Target::Ledger(name), Taken::Entry(values, lines, reason)) => {
            write(ctx, name, &[(values.clone(), lines.clone())], reason)?
        }
        _ => return Err(Error::input(say::no_proposal(id))),
    };
    let person = row.person;
    let made = match made {
        Some(Made::Case(case)) => Raised::Case(case),
        Some(Made::Entry(other)) => {
            let whose = whose(&op, other);
            // One body concerns at most one person.
            if let (Some(own), Some(other)) = (row.person, whose)
                && own != other
            {
                return Err(Error::refused(say::PROPOSED_OF_ANOTHER));
            }
            // Of an entry that is nobody's it stays settled when whom the other is about is erased: an id says nothing.
            Raised::Entry(other)
        }
        _ => return Err(Error::input(crate::i18n::store::NOTHING_TO_DO)),
    };
    op.events.push(settled(row, id, Some(made), person, ""));
    Ok((
        op,
        Some(match made {
            Raised::Case(case) => Made::Case(case),
            Raised::Entry(entry) => Made::Entry(entry),
        }),
    ))
}

/// The person that a new entry is about.
fn whose(op: &Op, entry: EntryId) -> Option<PersonId> {
    op.events.iter().find_map(|event| match event {
        Event::EntryWritten(written) if written.entry == entry => written.person,
        _ => None,
    })
}

pub(super) fn decline(ctx: &mut Ctx<'_>, entry: EntryId, id: &str, reason: &str) -> Resolved {
    let (row, _) = proposed(ctx, entry, id)?;
    if !has_words(reason) {
        return Err(Error::input(REASON_NEEDED));
    }
    let person = row.person;
    let event = settled(row, id, None, person, reason);
    Ok((Op { events: vec![event], ..Op::default() }, Some(Made::Entry(entry))))
}
