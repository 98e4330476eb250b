//! `zhiban add` and `zhiban edit`: people and units by hand, with who said so.

use super::log::told;
use super::office::{Ctx, Office};
use super::{Done, value};
use crate::domain::person::{PersonFacts, PersonKind};
use crate::domain::unit::UnitFacts;
use crate::error::{Error, Result};
use crate::i18n::people;
use crate::store::act::Act;
use chrono::NaiveDate;

#[derive(clap::Subcommand)]
pub(super) enum Add {
    Person(PersonEdit),
    Unit(UnitEdit),
}

#[derive(clap::Subcommand)]
pub(super) enum Edit {
    Person(PersonEdit),
    Unit(UnitEdit),
}

#[derive(clap::Args)]
pub(super) struct PersonEdit {
    #[arg(value_name = "NO")]
    pub key: String,
    #[arg(long, value_name = "WHO")]
    pub told_by: String,
    #[arg(long, value_name = "NO")]
    pub no: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub sex: Option<String>,
    #[arg(long, value_name = "KIND", value_parser = value::person_kind())]
    pub kind: Option<PersonKind>,
    #[arg(long, value_name = "TEXT")]
    pub campus: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub id_number: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub origin: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub address: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub contact: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub family_phone: Option<String>,
    #[arg(long)]
    pub sure: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct UnitEdit {
    #[arg(value_name = "UNIT")]
    pub key: String,
    #[arg(long, value_name = "WHO")]
    pub told_by: String,
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub short: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub parent: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub campus: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub head: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub head_phone: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub liaison: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub liaison_phone: Option<String>,
    #[arg(long, value_name = "yes|no", value_parser = value::yes_no())]
    pub reports: Option<bool>,
    #[arg(long, value_name = "HH:MM", value_parser = value::minute)]
    pub deadline: Option<i32>,
    #[arg(long, value_name = "OFFICER")]
    pub duty_officer: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub valid_from: Option<NaiveDate>,
    #[arg(long)]
    pub json: bool,
}

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
