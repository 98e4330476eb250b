//! `zhiban add` and `zhiban edit`: people and units by hand, with who said so.

use super::Done;
use super::args::{Add, Edit, PersonEdit, UnitEdit};
use super::log::told;
use super::office::{Ctx, Office};
use crate::domain::person::PersonFacts;
use crate::domain::unit::UnitFacts;
use crate::error::{Error, Result};
use crate::i18n::people;
use crate::store::act::Act;

pub(super) fn add(ctx: &Ctx, args: Add) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let (act, json) = match args {
        Add::Person(args) => {
            let facts = person_facts(&office, &args)?;
            (Act::AddPerson { no: args.no.unwrap_or(args.key), facts, told_by: args.told_by }, args.json)
        }
        Add::Unit(args) => {
            let facts = unit_facts(&office, &args)?;
            let name = args.name.unwrap_or_default();
            (Act::AddUnit { code: args.code.unwrap_or(args.key), name, facts }, args.json)
        }
    };
    let committed = office.commit(&act, None)?;
    told(&office, &committed, json)
}

pub(super) fn edit(ctx: &Ctx, args: Edit) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let (act, json) = match args {
        Edit::Person(args) => {
            let (person, facts) = (office.person(&args.key)?, person_facts(&office, &args)?);
            (Act::EditPerson { person, no: args.no, facts, told_by: args.told_by }, args.json)
        }
        Edit::Unit(args) => {
            let (unit, facts) = (office.unit(&args.key)?, unit_facts(&office, &args)?);
            let UnitEdit { code, name, told_by, json, .. } = args;
            (Act::EditUnit { unit, code, name, facts, told_by }, json)
        }
    };
    let committed = office.commit(&act, None)?;
    told(&office, &committed, json)
}

fn person_facts(office: &Office, args: &PersonEdit) -> Result<PersonFacts> {
    let facts = PersonFacts {
        name: args.name.clone(),
        unit: args.unit.as_deref().map(|unit| office.unit(unit)).transpose()?,
        sex: args.sex.clone(),
        kind: args.kind,
        campus: args.campus.clone(),
        phone: args.phone.clone(),
        id_number: args.id_number.clone(),
        origin: args.origin.clone(),
        address: args.address.clone(),
        contact: args.contact.clone(),
        family_phone: args.family_phone.clone(),
    };
    match facts.id_slip().filter(|_| !args.sure) {
        Some(number) => Err(Error::refused(people::id_slip(number)).hint(people::ID_SURE_HINT)),
        None => Ok(facts),
    }
}

fn unit_facts(office: &Office, args: &UnitEdit) -> Result<UnitFacts> {
    Ok(UnitFacts {
        short: args.short.clone(),
        parent: args.parent.as_deref().map(|unit| office.unit(unit)).transpose()?,
        campus: args.campus.clone(),
        head: args.head.clone(),
        head_phone: args.head_phone.clone(),
        liaison: args.liaison.clone(),
        liaison_phone: args.liaison_phone.clone(),
        reports: args.reports,
        deadline: args.deadline,
        officer: args.duty_officer.as_deref().map(|name| office.officer_named(name)).transpose()?,
        valid_from: args.valid_from,
    })
}
