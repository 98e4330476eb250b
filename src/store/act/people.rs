//! Units and people, by hand.

use super::{Ctx, Made, Resolved, named, single};
use crate::domain::form::value::phone;
use crate::domain::identity;
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::person::PersonFacts;
use crate::domain::text::safe_line;
use crate::domain::unit::UnitFacts;
use crate::error::{Error, Result};
use crate::i18n::{people, store as say};
use crate::log::event::{Event, PersonAdded, PersonChanged, UnitAdded, UnitChanged};

pub(super) fn add_unit(ctx: &mut Ctx<'_>, code: &str, name: &str, facts: &UnitFacts) -> Resolved {
    let (code, name) = (numbered(code)?, named(name)?);
    if let Some(parent) = facts.parent {
        super::contact::subject_exists(ctx, Subject::Unit(parent))?;
    }
    let unit = UnitId(ctx.id());
    let event = Event::UnitAdded(UnitAdded { unit, code, name, facts: called_there(facts)? });
    Ok(single(event, Some(Made::Unit(unit))))
}

pub(super) fn edit_unit(
    ctx: &mut Ctx<'_>,
    unit: UnitId,
    code: Option<&str>,
    name: Option<&str>,
    facts: &UnitFacts,
    told_by: &str,
) -> Resolved {
    super::contact::subject_exists(ctx, Subject::Unit(unit))?;
    if let Some(parent) = facts.parent {
        check_parent(ctx, unit, parent)?;
    }
    if code.is_none() && name.is_none() && *facts == UnitFacts::default() {
        return Err(Error::refused(say::NOTHING_CHANGES));
    }
    let event = Event::UnitChanged(UnitChanged {
        unit,
        code: code.map(numbered).transpose()?,
        name: name.map(named).transpose()?,
        facts: called_there(facts)?,
        told_by: told(told_by)?,
    });
    Ok(single(event, Some(Made::Unit(unit))))
}

/// The tree stays a tree.
pub(super) fn check_parent(ctx: &Ctx<'_>, unit: UnitId, parent: UnitId) -> Result<()> {
    super::contact::subject_exists(ctx, Subject::Unit(parent))?;
    let below: bool = ctx.conn.query_row(
        "WITH RECURSIVE up (id) AS (SELECT ?2 UNION SELECT u.parent FROM cur_unit u JOIN up ON u.id = up.id \
         WHERE u.parent IS NOT NULL) SELECT EXISTS (SELECT 1 FROM up WHERE id = ?1)",
        [unit, parent],
        |row| row.get(0),
    )?;
    if below { Err(Error::refused(say::UNIT_CYCLE)) } else { Ok(()) }
}

pub(super) fn add_person(ctx: &mut Ctx<'_>, no: &str, facts: &PersonFacts, told_by: &str) -> Resolved {
    let no = numbered(no)?;
    let name = named(facts.name.as_deref().unwrap_or_default())?;
    let unit = facts.unit.ok_or_else(|| Error::input(say::UNIT_NEEDED))?;
    super::contact::subject_exists(ctx, Subject::Unit(unit))?;
    let person = PersonId(ctx.id());
    let facts = PersonFacts { name: Some(name), ..as_kept(facts)? };
    let event = Event::PersonAdded(PersonAdded { person, no, facts, told_by: told(told_by)? });
    Ok(single(event, Some(Made::Person(person))))
}

pub(super) fn edit_person(
    ctx: &mut Ctx<'_>,
    person: PersonId,
    no: Option<&str>,
    facts: &PersonFacts,
    told_by: &str,
) -> Resolved {
    super::contact::subject_exists(ctx, Subject::Person(person))?;
    if let Some(unit) = facts.unit {
        super::contact::subject_exists(ctx, Subject::Unit(unit))?;
    }
    if no.is_none() && *facts == PersonFacts::default() {
        return Err(Error::refused(say::NOTHING_CHANGES));
    }
    if facts.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Error::input(say::NAME_NEEDED));
    }
    let event = Event::PersonChanged(PersonChanged {
        person,
        no: no.map(numbered).transpose()?,
        facts: as_kept(facts)?,
        told_by: told(told_by)?,
    });
    Ok(single(event, Some(Made::Person(person))))
}

/// What was typed of a person as it is kept: numbers as the cells of a sheet are read. An identity number that may be a
/// slip is asked about where it is typed, before it comes here; what can be none at all is refused.
fn as_kept(facts: &PersonFacts) -> Result<PersonFacts> {
    let id_number = match facts.id_number.as_deref().map(str::trim) {
        Some(typed) if !typed.is_empty() => {
            let refused = || Error::input(people::not_id(safe_line(typed))).in_field("id_number");
            Some(identity::read(typed).ok_or_else(refused)?)
        }
        known => known.map(str::to_owned),
    };
    let phone = called_at(facts.phone.as_deref(), "phone")?;
    let family_phone = called_at(facts.family_phone.as_deref(), "family_phone")?;
    Ok(PersonFacts { phone, id_number, family_phone, ..facts.clone() })
}

/// A telephone number that was typed into this field, as it is kept.
fn called_at(typed: Option<&str>, field: &'static str) -> Result<Option<String>> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(typed.map(|_| String::new()));
    };
    let refused = |_| Error::input(people::not_phone(safe_line(typed))).in_field(field);
    phone(typed).map(Some).map_err(refused)
}

/// What was typed of a unit, with numbers that somebody can dial.
fn called_there(facts: &UnitFacts) -> Result<UnitFacts> {
    let head_phone = dialled(facts.head_phone.as_deref(), "head_phone")?;
    let liaison_phone = dialled(facts.liaison_phone.as_deref(), "liaison_phone")?;
    Ok(UnitFacts { head_phone, liaison_phone, ..facts.clone() })
}

/// Numbers at which an office is called, as they were typed: an extension in the house is one, and beside them it may say
/// whose each is. Three digits are the shortest that can be dialled: 120.
pub(super) fn dialled(typed: Option<&str>, field: &'static str) -> Result<Option<String>> {
    let Some(typed) = typed.map(str::trim) else { return Ok(None) };
    let digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    if !typed.is_empty() && typed.chars().filter(digit).count() < 3 {
        return Err(Error::input(people::not_phone(safe_line(typed))).in_field(field));
    }
    Ok(Some(typed.to_owned()))
}

fn numbered(no: &str) -> Result<String> {
    let no = no.trim();
    if no.is_empty() { Err(Error::input(say::NUMBER_NEEDED)) } else { Ok(no.to_owned()) }
}

pub(super) fn told(by: &str) -> Result<String> {
    let by = by.trim();
    if by.is_empty() { Err(Error::input(say::TOLD_BY_NEEDED)) } else { Ok(by.to_owned()) }
}
