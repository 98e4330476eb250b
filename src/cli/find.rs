//! `zhiban find QUERY`: name, pinyin, initials, number, the tail of a phone number, unit.

use super::args::Find;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use super::{Done, rows};
use crate::domain::ids::Subject;
use crate::error::Result;
use crate::i18n::cli as say;
use crate::i18n::screen as head;
use crate::i18n::terms::word;
use crate::search::Index;
use crate::store::query;
use crate::store::query::rows::{SearchPerson, SearchUnit};
use serde::Serialize;

/// What was found: a person, or a unit with its liaison's number.
#[derive(Serialize)]
struct Found<'a> {
    no: &'a str,
    name: &'a str,
    unit: &'a str,
    phone: String,
    kind: Option<&'static str>,
    case: bool,
    what: &'static str,
}

fn person(row: &SearchPerson, reveal: bool) -> Found<'_> {
    Found {
        no: &row.no,
        name: &row.name,
        unit: &row.unit,
        phone: rows::number(&row.phone, reveal),
        kind: row.kind.map(crate::domain::person::PersonKind::code),
        case: row.has_case,
        what: "person",
    }
}

fn unit(row: &SearchUnit) -> Found<'_> {
    Found {
        no: &row.code,
        name: &row.name,
        unit: &row.name,
        phone: row.contacts.first().map(|(_, phone)| phone.clone()).unwrap_or_default(),
        kind: None,
        case: false,
        what: "unit",
    }
}

pub(super) fn run(ctx: &Ctx, args: &Find) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let people = query::search_people(&office.reader)?;
    let units = query::search_units(&office.reader)?;
    let hits = Index::build(&people, &units).find(&args.query.join(" "), args.limit);
    if let Some(reason) = &args.reveal {
        let shown = hits.iter().filter_map(|hit| match hit.target {
            Subject::Person(id) => Some(id),
            Subject::Unit(_) | Subject::Contact(_) => None,
        });
        office.reveal(&shown.collect::<Vec<_>>(), reason)?;
    }
    let found: Vec<Found<'_>> = hits
        .iter()
        .filter_map(|hit| match hit.target {
            Subject::Person(_) => people.get(hit.place).map(|row| person(row, args.reveal.is_some())),
            Subject::Unit(_) => units.get(hit.place).map(unit),
            Subject::Contact(_) => None,
        })
        .collect();
    if args.json {
        out::json(&found)?;
        return Ok(Done::Yes);
    }
    let heads = [head::NO, head::NAME, head::UNIT, head::PHONE, say::KIND, head::ATTENTION];
    let mut table = Table::new(office.lang, &heads);
    for (hit, found) in hits.iter().zip(&found) {
        let kind = match hit.target {
            Subject::Person(_) => {
                people[hit.place].kind.map(|kind| word(kind).get(office.lang)).unwrap_or_default()
            }
            Subject::Unit(_) | Subject::Contact(_) => head::UNIT.get(office.lang),
        };
        table.row([
            found.no.to_owned(),
            found.name.to_owned(),
            found.unit.to_owned(),
            found.phone.clone(),
            kind.to_owned(),
            if found.case { head::HAS_CASE.get(office.lang).to_owned() } else { String::new() },
        ]);
    }
    table.print()?;
    Ok(Done::Yes)
}
