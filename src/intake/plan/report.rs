//! Daily reports: each row finds its person on the roster and becomes a reading.

use super::rows::{self, Row, Spot};
use super::{ImportPlan, Input, Rejected, UnitCount};
use crate::domain::form::value::same_words;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::person::Person;
use crate::domain::report::{Reading, ReportKey, Site, degrees};
use crate::error::{Error, Result};
use crate::i18n::intake as words;
use crate::say::Say;
use crate::store::query::roster::name_key;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many names a warning lists before it only counts.
const NAMED: usize = 5;

/// Plans a report.
pub fn plan(input: &Input<'_>) -> Result<ImportPlan> {
    let Some(day) = input.options.day else { return Err(Error::input(words::DAY_MISSING)) };
    let default_unit = match input.options.unit.as_deref() {
        Some(text) => match input.known.find_unit(text) {
            Some(unit) => Some(unit.id),
            None => return Err(Error::not_found(words::unit_unknown(text)).hint(words::UNIT_UNKNOWN_HINT)),
        },
        None => None,
    };
    let mut planner = Planner {
        columns: Columns::new(input),
        input,
        day,
        default_unit,
        plan: ImportPlan::begin(input),
        rows: HashMap::new(),
        pointless: (0, None),
        rounded: (0, None),
        moved: HashMap::new(),
        unit_texts: HashMap::new(),
        order: Vec::new(),
        other_rounds: BTreeMap::new(),
        unanswered: Vec::new(),
    };
    let notes = rows::for_each(input, Some(day), |mut row| {
        if let Err(rejected) = planner.row(&mut row) {
            let spot = row.place.spot();
            for person in planner.meant(&row) {
                planner.rows.entry(person).or_insert((spot, false));
            }
            planner.plan.rejected.push(*rejected);
        }
    });
    planner.plan.warnings.extend(notes);
    Ok(planner.finish())
}

struct Columns {
    day: Option<usize>,
    round: Option<usize>,
    unit: Option<usize>,
    no: Option<usize>,
    name: Option<usize>,
    places: [Option<usize>; 3],
    temp_am: Option<usize>,
    temp_pm: Option<usize>,
    site: Option<usize>,
    in_hubei: Option<usize>,
    left_city: Option<usize>,
    status: Option<usize>,
    rest: Vec<usize>,
}

impl Columns {
    fn new(input: &Input<'_>) -> Self {
        let form = input.form();
        let of = |field| form.index_of(field);
        Self {
            day: of("day"),
            round: of("round"),
            unit: of("unit"),
            no: of("no"),
            name: of("name"),
            places: [of("province"), of("city"), of("district")],
            temp_am: of("temp_am"),
            temp_pm: of("temp_pm"),
            site: of("site"),
            in_hubei: of("in_hubei"),
            left_city: of("left_city"),
            status: of("status"),
            rest: form.rest_fields().into_iter().filter_map(of).collect(),
        }
    }
}

struct Planner<'a> {
    input: &'a Input<'a>,
    columns: Columns,
    day: NaiveDate,
    default_unit: Option<UnitId>,
    plan: ImportPlan,
    /// Person → the row they stand in, and whether it was taken: of those that were not, another row of theirs is.
    rows: HashMap<PersonId, (Spot, bool)>,
    /// Temperatures without their point: how many, and the first.
    pointless: (u32, Option<(Spot, &'a str)>),
    /// Temperatures that were rounded: how many, and the first with what it became.
    rounded: (u32, Option<(Spot, &'a str, String)>),
    /// Sheet's unit and roster's unit → how many rows stand in another unit's sheet.
    moved: HashMap<(UnitId, UnitId), u32>,
    /// What a unit cell says → the unit, since a sheet says the same a hundred times.
    unit_texts: HashMap<String, Option<UnitId>>,
    order: Vec<UnitId>,
    /// Rows of other rounds of the day.
    other_rounds: BTreeMap<String, u32>,
    /// Who stands in a row that answers nothing.
    unanswered: Vec<String>,
}

impl<'a> Planner<'a> {
    fn row(&mut self, row: &mut Row<'a>) -> Result<(), Box<Rejected>> {
        if !self.is_of_the_report(row)? {
            return Ok(());
        }
        let found = self.person(row);
        // A person whose row is refused is not missing from the sheet.
        if let Ok(person) = &found {
            let (first, taken) = *self.rows.entry(person.id).or_insert((row.place.spot(), false));
            if taken {
                let first = self.input.said(first);
                let reason = words::person_twice(&first.zh, &first.en);
                return Err(Box::new(row.place.reject(self.columns.no, "duplicate-person", reason)));
            }
        }
        if let Some(rejected) = row.reject_flaws() {
            return Err(Box::new(rejected));
        }
        let person = found?;
        if row.unanswered {
            self.plan.unanswered += 1;
            self.unanswered.push(person.facts.name.clone().unwrap_or_else(|| person.no.clone()));
            return Ok(());
        }
        let unit = self.unit_of(row, person)?;
        let at = self.input.said(row.place.spot());
        self.plan.warnings.extend(row.warnings(&at));
        if let Some(column) = row.pointless.first() {
            self.pointless.0 += row.pointless.len() as u32;
            self.pointless.1.get_or_insert((row.place.spot(), row.place.raw(*column).trim()));
        }
        if let Some(column) = row.rounded.first() {
            self.rounded.0 += row.rounded.len() as u32;
            let kept = row.get(Some(*column)).parse().map(degrees).unwrap_or_default();
            self.rounded.1.get_or_insert((row.place.spot(), row.place.raw(*column).trim(), kept));
        }
        let site = row.get(self.columns.site);
        let site = Site::from_code(site);
        let place = self.place(row);
        let temp = |column: Option<usize>| row.get(column).parse::<i16>().ok();
        let yes = |column: Option<usize>| match row.get(column) {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        };
        let reading = Reading {
            person: person.id,
            unit,
            day: self.day,
            round: self.input.options.round.clone(),
            form: self.input.form().id.clone(),
            temp_am: temp(self.columns.temp_am),
            temp_pm: temp(self.columns.temp_pm),
            site,
            place,
            in_hubei: yes(self.columns.in_hubei),
            left_city: yes(self.columns.left_city),
            status: row.fact(self.columns.status),
            rest: self.columns.rest.iter().map(|at| std::mem::take(&mut row.values[*at])).collect(),
        };
        if self.plan.import.readings.last().is_none_or(|last| last.unit != unit)
            && !self.order.contains(&unit)
        {
            self.order.push(unit);
        }
        self.rows.insert(person.id, (row.place.spot(), true));
        self.plan.import.readings.push(reading);
        self.plan.accepted += 1;
        Ok(())
    }

    /// Whether a row that says its day and round is of this report: one of another round waits for that one's import.
    fn is_of_the_report(&mut self, row: &Row<'_>) -> Result<bool, Box<Rejected>> {
        let (day, round) = (row.get(self.columns.day), row.get(self.columns.round));
        if !day.is_empty() && day != self.day.to_string() {
            let reason = words::row_of_other_day(day, self.day);
            return Err(Box::new(row.place.reject(self.columns.day, "other-day", reason)));
        }
        let is_other = !round.is_empty() && round != self.input.options.round.0;
        if is_other {
            *self.other_rounds.entry(round.to_owned()).or_default() += 1;
        }
        Ok(!is_other)
    }

    /// Who the row is about: by number, and then the name must agree; without a number by the name, if only one
    /// person of the unit has it.
    fn person(&mut self, row: &Row<'_>) -> Result<&'a Person, Box<Rejected>> {
        let columns = (self.columns.no, self.columns.name);
        let no = row.get(columns.0).to_owned();
        let name = row.get(columns.1).to_owned();
        let refuse = |column, code, reason| Err(Box::new(row.place.reject(column, code, reason)));
        if no.is_empty() {
            return self.person_by_name(row, &name);
        }
        let mut person = self.input.known.person(&no);
        if person.is_none() && !row.numbers.is_empty() {
            person = self.input.known.person_without_zeros(&no);
            if let Some(person) = person {
                let at = self.input.said(row.place.spot());
                self.plan.warnings.push(words::zeros_mended(&at.zh, &at.en, &no, &person.no));
            }
        }
        let Some(person) = person else {
            return refuse(columns.0, "unknown-person", words::person_unknown(&no));
        };
        match person.facts.name.as_deref() {
            Some(other) if !name.is_empty() && name_key(other) != name_key(&name) => {
                refuse(columns.1, "name-differs", words::name_differs(&no, other))
            }
            _ => Ok(person),
        }
    }

    /// Whom a row that is refused may be about: neither missing from the sheet nor taken out of the report by it.
    fn meant(&self, row: &Row<'_>) -> Vec<PersonId> {
        let known = self.input.known;
        let no = row.get(self.columns.no);
        if !no.is_empty() {
            let person = known.person(no).or_else(|| known.person_without_zeros(no));
            return person.map(|person| person.id).into_iter().collect();
        }
        let name = row.get(self.columns.name);
        if name.is_empty() { Vec::new() } else { known.people_named(name).map(|person| person.id).collect() }
    }

    fn person_by_name(&mut self, row: &Row<'_>, name: &str) -> Result<&'a Person, Box<Rejected>> {
        let columns = (self.columns.unit, self.columns.name);
        let refuse = |code, reason| Err(Box::new(row.place.reject(columns.1, code, reason)));
        let Some(unit) = self.said_unit(row).or(self.default_unit) else {
            return refuse("no-number", words::NO_NUMBER_NO_UNIT.into());
        };
        let known = self.input.known;
        let within = |person: &&Person| person.facts.unit.is_some_and(|own| known.is_within(own, unit));
        let mut people: Vec<&Person> = known.people_named(name).filter(within).collect();
        if people.len() > 1 {
            // 李辉 is not 李煇 where both are: the exact spelling comes first.
            let exact =
                |person: &&Person| person.facts.name.as_deref().is_some_and(|own| same_words(own, name));
            let spelt: Vec<&Person> = people.iter().copied().filter(exact).collect();
            people = if spelt.is_empty() { people } else { spelt };
        }
        match people[..] {
            [person] => Ok(person),
            [] => {
                refuse("unknown-person", words::name_unknown(name, known.unit(unit).map_or("", |u| &u.name)))
            }
            _ => refuse("name-not-unique", words::name_not_unique(name)),
        }
    }

    /// The unit the row's own cell means, if it is a known one.
    fn said_unit(&mut self, row: &Row<'_>) -> Option<UnitId> {
        let said = row.get(self.columns.unit);
        if said.is_empty() {
            return None;
        }
        if let Some(unit) = self.unit_texts.get(said) {
            return *unit;
        }
        let unit = self.input.known.find_unit(said).map(|unit| unit.id);
        if unit.is_none() {
            self.plan.warnings.push(words::sheet_unit_unknown(said));
        }
        self.unit_texts.insert(said.to_owned(), unit);
        unit
    }

    /// Whose report the row belongs to: the roster's unit, unless the sheet names another known one; that is
    /// taken, with a warning, because the sender counts the row there.
    fn unit_of(&mut self, row: &Row<'_>, person: &Person) -> Result<UnitId, Box<Rejected>> {
        let known = self.input.known;
        let said = self.said_unit(row).or(self.default_unit).map(|unit| known.reporting_unit(unit));
        let own = person.facts.unit.map(|unit| known.reporting_unit(unit));
        match (said, own) {
            (Some(said), Some(own)) if said != own => {
                if !known.is_within(own, said) {
                    *self.moved.entry((said, own)).or_default() += 1;
                }
                Ok(said)
            }
            (Some(unit), _) | (None, Some(unit)) => Ok(unit),
            (None, None) => {
                Err(Box::new(row.place.reject(self.columns.unit, "no-unit", words::REPORT_NO_UNIT.into())))
            }
        }
    }

    /// 省市区县 joined; a municipality is not said twice.
    fn place(&self, row: &Row<'_>) -> Option<String> {
        let mut place = String::new();
        let mut last = "";
        for column in self.columns.places {
            let part = row.get(column);
            if part != last {
                place.push_str(part);
                last = part;
            }
        }
        (!place.is_empty()).then_some(place)
    }

    fn finish(mut self) -> ImportPlan {
        let mut counts: HashMap<UnitId, u32> = HashMap::new();
        for reading in &self.plan.import.readings {
            *counts.entry(reading.unit).or_default() += 1;
        }
        let known = self.input.known;
        let reporting: HashSet<UnitId> = self.order.iter().copied().collect();
        let mut missing: HashMap<UnitId, Vec<&str>> = HashMap::new();
        for person in known.people.iter().filter(|person| !self.rows.contains_key(&person.id)) {
            let Some(unit) = person.facts.unit.map(|unit| known.reporting_unit(unit)) else { continue };
            if reporting.contains(&unit) {
                missing.entry(unit).or_default().push(person.facts.name.as_deref().unwrap_or(&person.no));
            }
        }
        for unit in std::mem::take(&mut self.order) {
            let rows = counts.get(&unit).copied().unwrap_or(0);
            let name = known.unit(unit).map_or_else(String::new, |unit| unit.name.clone());
            let key = ReportKey { unit, day: self.day, round: self.input.options.round.clone() };
            self.plan.import.reports.push((key, rows));
            let absent = missing.get(&unit).map_or(&[][..], Vec::as_slice);
            if !absent.is_empty() {
                let names = Say::listed(absent.iter().take(NAMED).copied());
                let more = if absent.len() > NAMED { "…" } else { "" };
                let said = words::people_missing(&name, absent.len(), names.zh, names.en, more);
                self.plan.warnings.push(said.clone());
                self.plan.absent.push((unit, said));
            }
            self.plan.units.push(UnitCount { unit: name, rows, missing: absent.len() as u32 });
        }
        let other = self.other_rounds.iter().map(|(round, rows)| words::rows_of_other_round(rows, round));
        self.plan.warnings.extend(other);
        let name = |unit| known.unit(unit).map_or("", |unit| unit.name.as_str());
        let mut moved: Vec<_> = self.moved.iter().collect();
        moved.sort();
        for ((said, own), rows) in moved {
            self.plan.warnings.push(words::rows_of_other_unit(name(*said), rows, name(*own)));
        }
        if !self.unanswered.is_empty() {
            let names = Say::listed(self.unanswered.iter().take(NAMED));
            let more = if self.unanswered.len() > NAMED { "…" } else { "" };
            self.plan.warnings.push(words::unanswered(self.unanswered.len(), names.zh, names.en, more));
        }
        if let (count, Some((spot, said))) = self.pointless {
            let at = self.input.said(spot);
            self.plan.warnings.push(words::points_mended(count, &at.zh, &at.en, said));
        }
        if let (count, Some((spot, said, kept))) = &self.rounded {
            let at = self.input.said(*spot);
            self.plan.warnings.push(words::rounded(count, &at.zh, &at.en, said, kept));
        }
        let untaken = self.rows.iter().filter(|(_, (_, taken))| !taken);
        self.plan.untaken = untaken.map(|(person, _)| *person).collect();
        self.plan.import.sheet.day = Some(self.day);
        self.plan.import.sheet.round = Some(self.input.options.round.clone());
        self.plan.finish(self.input)
    }
}
