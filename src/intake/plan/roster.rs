//! Rosters: new and changed people, and the units they bring.

use super::rows::{self, Row, Spot};
use super::units::NewUnits;
use super::{Changed, ImportPlan, Input, NewPerson, Rejected, UnitCount};
use crate::domain::form::value::{same_phone, same_words};
use crate::domain::ids::{Mint, PersonId, UnitId};
use crate::domain::mask::masked;
use crate::domain::person::{Person, PersonFacts, PersonKind};
use crate::error::Result;
use crate::i18n::intake as words;
use crate::log::RosterRow;
use crate::store::query::roster::name_key;
use std::collections::HashMap;

/// Plans a roster.
pub fn plan(input: &Input<'_>, mint: &mut dyn Mint) -> Result<ImportPlan> {
    let mut planner = Planner {
        columns: Columns::new(input),
        input,
        plan: ImportPlan::begin(input),
        units: NewUnits::new(input.known),
        seen: HashMap::new(),
        counts: HashMap::new(),
    };
    let notes = rows::for_each(input, None, |row| {
        if let Err(rejected) = planner.row(row, mint) {
            planner.plan.rejected.push(*rejected);
        }
    });
    let mut plan = planner.plan;
    plan.warnings.extend(notes);
    plan.import.new_units = planner.units.take();
    plan.new_units = plan.import.new_units.iter().map(|unit| (unit.1.clone(), unit.2.clone())).collect();
    Ok(plan.finish(input))
}

/// What only looks different stays as it is known: a telephone number with other punctuation, a name with other
/// invisible characters. It is no change, and nothing is gained by writing it.
fn settle(known: &PersonFacts, facts: &mut PersonFacts) {
    let same = |known: &Option<String>, said: &mut Option<String>, alike: fn(&str, &str) -> bool| {
        if let (Some(old), Some(new)) = (known.as_deref(), said.as_mut())
            && alike(old, new)
        {
            old.clone_into(new);
        }
    };
    same(&known.phone, &mut facts.phone, same_phone);
    same(&known.family_phone, &mut facts.family_phone, same_phone);
    same(&known.name, &mut facts.name, same_words);
}

struct Columns {
    no: Option<usize>,
    name: Option<usize>,
    unit: Option<usize>,
    sex: Option<usize>,
    kind: Option<usize>,
    campus: Option<usize>,
    phone: Option<usize>,
    id_number: Option<usize>,
    origin: Option<usize>,
    address: Option<usize>,
    contact: Option<usize>,
    family_phone: Option<usize>,
}

impl Columns {
    fn new(input: &Input<'_>) -> Self {
        let of = |field| input.form().index_of(field);
        Self {
            no: of("no"),
            name: of("name"),
            unit: of("unit"),
            sex: of("sex"),
            kind: of("kind"),
            campus: of("campus"),
            phone: of("phone"),
            id_number: of("id_number"),
            origin: of("origin"),
            address: of("address"),
            contact: of("contact"),
            family_phone: of("family_phone"),
        }
    }
}

struct Planner<'a> {
    input: &'a Input<'a>,
    columns: Columns,
    plan: ImportPlan,
    units: NewUnits<'a>,
    /// Number → the row it stands in.
    seen: HashMap<String, Spot>,
    counts: HashMap<UnitId, usize>,
}

impl Planner<'_> {
    fn row(&mut self, mut row: Row<'_>, mint: &mut dyn Mint) -> Result<(), Box<Rejected>> {
        if let Some(rejected) = row.reject_flaws() {
            return Err(Box::new(rejected));
        }
        let no_column = self.columns.no;
        let no = row.get(no_column).to_owned();
        let mut known = self.input.known.person(&no);
        if known.is_none() && !row.numbers.is_empty() {
            known = self.input.known.person_without_zeros(&no);
            if let Some(person) = known {
                let at = self.input.said(row.place.spot());
                self.plan.warnings.push(words::zeros_mended(&at.zh, &at.en, &no, &person.no));
            }
        }
        let no = known.map_or(no, |person| person.no.clone());
        if let Some(first) = self.seen.get(&no) {
            let first = self.input.said(*first);
            let reason = words::number_twice(&no, &first.zh, &first.en);
            return Err(Box::new(row.place.reject(no_column, "duplicate-number", reason)));
        }
        self.seen.insert(no.clone(), row.place.spot());
        let name = row.get(self.columns.name);
        if let Some(other) = known.and_then(|person| person.facts.name.as_deref())
            && name_key(other) != name_key(name)
        {
            let reason = words::name_differs(&no, other);
            return Err(Box::new(row.place.reject(self.columns.name, "name-differs", reason)));
        }
        let unit = self.unit(&row, known, mint)?;
        let at = self.input.said(row.place.spot());
        self.plan.warnings.extend(row.warnings(&at));
        let mut facts = self.facts(&mut row, unit);
        if let Some(known) = known {
            settle(&known.facts, &mut facts);
        }
        self.take(no, facts, unit, known, mint);
        Ok(())
    }

    /// The row's unit: its own, the officer's `--unit`, or the one already known; a new one is proposed.
    fn unit(
        &mut self,
        row: &Row<'_>,
        known: Option<&Person>,
        mint: &mut dyn Mint,
    ) -> Result<UnitId, Box<Rejected>> {
        let said = row.get(self.columns.unit);
        let said =
            if said.is_empty() { self.input.options.unit.as_deref().unwrap_or_default() } else { said };
        if !said.trim().is_empty() {
            return Ok(self.units.find_or_propose(said, mint, self.input.now));
        }
        known.and_then(|person| person.facts.unit).ok_or_else(|| {
            Box::new(row.place.reject(self.columns.unit, "no-unit", words::ROSTER_NO_UNIT.into()))
        })
    }

    fn facts(&self, row: &mut Row<'_>, unit: UnitId) -> PersonFacts {
        let columns = &self.columns;
        PersonFacts {
            name: row.fact(columns.name),
            unit: Some(unit),
            sex: row.fact(columns.sex),
            kind: row.fact(columns.kind).and_then(|code| PersonKind::from_code(&code)),
            campus: row.fact(columns.campus),
            phone: row.fact(columns.phone),
            id_number: row.fact(columns.id_number),
            origin: row.fact(columns.origin),
            address: row.fact(columns.address),
            contact: row.fact(columns.contact),
            family_phone: row.fact(columns.family_phone),
        }
    }

    fn take(
        &mut self,
        no: String,
        facts: PersonFacts,
        unit: UnitId,
        known: Option<&Person>,
        mint: &mut dyn Mint,
    ) {
        let unit_name = self.units.name(unit);
        let at = *self.counts.entry(unit).or_insert_with(|| {
            self.plan.units.push(UnitCount { unit: unit_name.clone(), rows: 0, missing: 0 });
            self.plan.units.len() - 1
        });
        self.plan.units[at].rows += 1;
        let person = if let Some(person) = known {
            let differing = person.facts.differing(&facts);
            if differing == PersonFacts::default() {
                self.plan.unchanged += 1;
                return;
            }
            self.changed(person, &differing);
            person.id
        } else {
            let name = facts.name.clone().unwrap_or_default();
            self.plan.new.push(NewPerson { no: no.clone(), name, unit: unit_name });
            PersonId(mint.id(self.input.now))
        };
        self.plan.accepted += 1;
        self.plan.import.roster.push(RosterRow { person, no, facts });
    }

    fn changed(&mut self, person: &Person, differing: &PersonFacts) {
        let name = person.facts.name.clone().unwrap_or_default();
        let mut push = |field: &str, old: String, new: String| {
            let name = name.clone();
            self.plan.changed.push(Changed {
                no: person.no.clone(),
                name,
                field: field.to_owned(),
                old,
                new,
            });
        };
        macro_rules! texts {
            ($show:expr; $($field:ident),+) => {$(
                if let Some(new) = &differing.$field {
                    push(stringify!($field), $show(person.facts.$field.as_deref().unwrap_or_default()), $show(new));
                }
            )+};
        }
        texts!(str::to_owned; name, sex, campus, origin, address, contact);
        texts!(masked; phone, id_number, family_phone);
        if let Some(new) = differing.kind {
            let old = person.facts.kind.map_or("", PersonKind::code);
            push("kind", old.to_owned(), new.code().to_owned());
        }
        if let Some(new) = differing.unit {
            let old = person.facts.unit.map(|unit| self.units.name(unit)).unwrap_or_default();
            push("unit", old, self.units.name(new));
        }
    }
}
