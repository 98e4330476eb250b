//! The sheets of the made-up office as `intake` would have planned them: the roster and the daily reports.

use super::cases::Case;
use super::days::Days;
use super::story::{Quirk, Row};
use super::world::World;
use crate::domain::case::Measure;
use crate::domain::form::{self, Form};
use crate::domain::ids::{OfficerId, UnitId};
use crate::domain::report::{FormRef, Reading, ReportKey, Round};
use crate::domain::unit::UnitFacts;
use crate::error::{Error, Result};
use crate::log::RosterRow;
use crate::log::event::{Adopted, SheetImported};
use crate::store::act::Import;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::ops::Range;

/// How many people one roster file holds at most; a school of this size has one.
pub(super) const ROSTER_ROWS: usize = 20_000;

/// How a person's day fills one column.
type Fill = fn(&Row<'_>) -> String;

/// A form with what fills it.
struct Filled {
    form: FormRef,
    text: String,
    temp_pm: bool,
    site: bool,
    district: bool,
    left_city: bool,
    status: bool,
    /// One a column of `rest`, in the form's order.
    rest: Vec<Fill>,
}

/// Everything needed to write sheets.
pub(super) struct Sheets {
    roster: Filled,
    reports: HashMap<u16, Filled>,
    /// Whose case, by place in the world.
    cases: HashMap<usize, usize>,
    quirks: HashMap<usize, Quirk>,
}

/// Which rows one report file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) day: NaiveDate,
    pub(super) units: Vec<usize>,
    pub(super) file: String,
    /// Above 0 for a corrected sheet, with the reason.
    pub(super) revision: u64,
    pub(super) reason: String,
}

impl Filled {
    fn read(name: &str, version: u16) -> Result<Self> {
        let missing = || Error::internal("making the demonstration office", "a built-in form is missing");
        let form = form::builtin(name, version).ok_or_else(missing)?;
        let has = |field: &str| form.index_of(field).is_some();
        Ok(Self {
            temp_pm: has("temp_pm"),
            site: has("site"),
            district: has("district"),
            left_city: has("left_city"),
            status: has("status"),
            rest: Form::rest_fields(&form).into_iter().map(fill).collect(),
            form: form.id.clone(),
            text: form.text,
        })
    }

    fn adopted(&self) -> Adopted {
        Adopted { form: self.form.clone(), content: self.text.clone() }
    }
}

fn yes(said: bool) -> String {
    if said { "1" } else { "0" }.to_owned()
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// What fills the column of a canonical field; nothing, for one that this office was never asked.
fn fill(field: &str) -> Fill {
    match field {
        "sex" => |row| if row.person.male { "男" } else { "女" }.to_owned(),
        "kind" => |row| row.person.kind.code().to_owned(),
        "phone" => |row| World::phone(row.index),
        "address" => |row| row.address.clone(),
        "on_campus" => |row| yes(row.on_campus()),
        "left_on" => |row| day(row.journey().map(|trip| trip.left)),
        "destination" => |row| {
            row.journey()
                .map(|trip| format!("{}{}", trip.place.province, trip.place.city))
                .unwrap_or_default()
        },
        "returned_on" => |row| day(row.returned()),
        "transport" => |row| row.journey().map(|trip| trip.transport.to_owned()).unwrap_or_default(),
        "trip_no" => |row| row.journey().map(|trip| trip.number.clone()).unwrap_or_default(),
        "seat" => |row| row.journey().map(|trip| trip.seat.clone()).unwrap_or_default(),
        "via_hubei" => |row| yes(row.journey().is_some_and(|trip| trip.via_hubei)),
        "met_from_hubei" => |row| yes(row.met_from_hubei().is_some()),
        "met_from_hubei_on" => |row| day(row.met_from_hubei()),
        "met_case" => |row| yes(row.met_case().is_some()),
        "met_case_on" => |row| day(row.met_case()),
        "community_case" => |_| yes(false),
        "community" => |row| row.community.to_owned(),
        "symptoms" => |row| row.symptoms().to_owned(),
        "saw_doctor" => |row| yes(row.feverish()),
        "observed_from" => |row| day(row.observed_from()),
        "observed_how" => |row| match row.measure() {
            Measure::None => String::new(),
            measure => measure.code().to_owned(),
        },
        "household" => |row| row.household().to_owned(),
        "contact" => |row| row.world.contact(row.index).to_owned(),
        _ => |_| String::new(),
    }
}

impl Sheets {
    /// Reads the forms and notes who has a case and whose rows contradict themselves.
    pub(super) fn read(cases: &[Case], quirks: HashMap<usize, Quirk>) -> Result<Self> {
        let reports = (1..=3).map(|version| Ok((version, Filled::read("staff", version)?)));
        Ok(Self {
            roster: Filled::read("roster", 1)?,
            reports: reports.collect::<Result<_>>()?,
            cases: cases.iter().enumerate().map(|(at, case)| (case.person, at)).collect(),
            quirks,
        })
    }

    /// A roster file with `people`; the first brings the units.
    pub(super) fn roster(&self, world: &World, people: Range<usize>, officers: &[OfficerId]) -> Import {
        let file = match people.start / ROSTER_ROWS {
            0 => "教职工名册.xlsx".to_owned(),
            part => format!("教职工名册（续{part}）.xlsx"),
        };
        let units: Vec<(UnitId, String, String, UnitFacts)> = if people.start == 0 {
            // The officers share the units among them.
            let officer = |index: usize| officers.get(index % officers.len().max(1)).copied();
            let facts = |index| UnitFacts { officer: officer(index), ..World::unit_facts(world, index) };
            let unit = |(index, unit): (usize, &super::world::Unit)| {
                (unit.id, unit.code.clone(), unit.name.clone(), facts(index))
            };
            world.units.iter().enumerate().map(unit).collect()
        } else {
            Vec::new()
        };
        let row = |index: usize| RosterRow {
            person: world.people[index].id,
            no: world.people[index].no.clone(),
            facts: world.person_facts(index),
        };
        let rows = people.len();
        Import {
            sheet: sheet(&self.roster, "roster", file, None, rows, 0),
            form: self.roster.adopted(),
            new_units: units,
            changed_units: Vec::new(),
            roster: people.map(row).collect(),
            reports: Vec::new(),
            readings: Vec::new(),
            carried: std::collections::BTreeSet::new(),
            reason: String::new(),
        }
    }

    /// One file of reports.
    pub(super) fn report(&self, world: &World, cases: &[Case], days: Days, batch: &Batch) -> Result<Import> {
        let form = days.form(batch.day);
        let form = self
            .reports
            .get(&form.version)
            .ok_or_else(|| Error::internal("making the demonstration office", "a day has no form"))?;
        let total = batch.units.iter().map(|unit| world.units[*unit].people.len()).sum();
        let mut readings = Vec::with_capacity(total);
        let mut reports = Vec::with_capacity(batch.units.len());
        for unit in &batch.units {
            let before = readings.len();
            for index in world.units[*unit].people.clone() {
                let quirk = self.quirks.get(&index).copied();
                let case = self.cases.get(&index).map(|at| &cases[*at]);
                // Now and then somebody is missing from the sheet.
                if quirk.is_none() && case.is_none() && missing(index, days.index(batch.day)) {
                    continue;
                }
                let row = Row::of(world, days, index, batch.day, case, quirk, batch.revision);
                readings.push(form.reading(world, &row));
            }
            let key = ReportKey { unit: world.units[*unit].id, day: batch.day, round: Round::default() };
            reports.push((key, (readings.len() - before) as u32));
        }
        // A few rows of a large file have no readable number or name; they went back to the unit.
        let rejected = if total > 800 { batch.units.len() as u32 % 4 } else { 0 };
        let sheet = sheet(form, "report", batch.file.clone(), Some(batch.day), readings.len(), rejected);
        Ok(Import {
            sheet,
            form: form.adopted(),
            new_units: Vec::new(),
            changed_units: Vec::new(),
            roster: Vec::new(),
            reports,
            readings,
            carried: std::collections::BTreeSet::new(),
            reason: batch.reason.clone(),
        })
    }
}

/// Whether somebody without anything to tell is missing from the sheet of a day.
pub(super) fn missing(index: usize, day: i64) -> bool {
    super::rng::Rng::of(&[super::SEED, super::world::stream::ROW, index as u64, 31, day as u64]).chance(3)
}

impl Filled {
    fn reading(&self, world: &World, row: &Row<'_>) -> Reading {
        let place = row.place();
        let place = if self.district { place.joined() } else { format!("{}{}", place.province, place.city) };
        Reading {
            person: row.person.id,
            unit: world.units[row.person.unit].id,
            day: row.day,
            round: Round::default(),
            form: self.form.clone(),
            temp_am: Some(row.temperature(0)),
            temp_pm: self.temp_pm.then(|| row.temperature(1)),
            site: self.site.then(|| row.site()),
            place: Some(place),
            in_hubei: Some(row.in_hubei()),
            left_city: self.left_city.then(|| row.journey().is_some()),
            status: self.status.then(|| row.status().to_owned()),
            rest: self.rest.iter().map(|fill| fill(row)).collect(),
        }
    }
}

/// Where rows came from. The digest stands for a file that never was: it is made from its name and day.
fn sheet(
    form: &Filled,
    what: &str,
    file: String,
    day: Option<NaiveDate>,
    accepted: usize,
    rejected: u32,
) -> SheetImported {
    let digest = blake3::hash(format!("zhiban demo {what} {file} {day:?}").as_bytes()).to_hex().to_string();
    SheetImported {
        what: what.to_owned(),
        file,
        digest,
        form: form.form.clone(),
        day,
        round: day.map(|_| Round::default()),
        accepted: accepted as u32,
        unchanged: 0,
        rejected,
        left_out: 0,
        inbox: false,
    }
}
