//! Units: those a roster brings, and sheets of units.

use super::rows::{self, Place, Row};
use super::{Changed, ImportPlan, Input, Rejected, UnitCount};
use crate::domain::form::value::same_phone;
use crate::domain::ids::{Mint, OfficerId, UnitId};
use crate::domain::text::fold;
use crate::domain::time::{Ts, hhmm, parse_hhmm};
use crate::domain::unit::{Unit, UnitFacts};
use crate::error::Result;
use crate::i18n::intake as words;
use crate::intake::Known;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// The units an import proposes, found again by name or code.
pub struct NewUnits<'a> {
    known: &'a Known,
    proposed: Vec<(UnitId, String, String, UnitFacts)>,
    by_name: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    last_number: u32,
}

impl<'a> NewUnits<'a> {
    /// Nothing proposed yet; generated codes go on after the highest `U…` known.
    pub fn new(known: &'a Known) -> Self {
        let numbers = known.units.iter().filter_map(|unit| unit.code.strip_prefix('U')?.parse().ok());
        let last_number = numbers.filter(|number| *number < 1_000_000).max().unwrap_or(0);
        Self { known, proposed: Vec::new(), by_name: HashMap::new(), by_code: HashMap::new(), last_number }
    }

    /// The unit of that name, short name or code, known or proposed.
    pub fn find(&self, text: &str) -> Option<UnitId> {
        if let Some(unit) = self.known.find_unit(text) {
            return Some(unit.id);
        }
        let key = fold(text);
        let at = self.by_name.get(&key).or_else(|| self.by_code.get(&key))?;
        Some(self.proposed[*at].0)
    }

    /// The unit of that name; a new one under a generated code when there is none.
    pub fn find_or_propose(&mut self, name: &str, mint: &mut dyn Mint, now: Ts) -> UnitId {
        if let Some(unit) = self.find(name) {
            return unit;
        }
        let code = self.next_code();
        self.propose(code, name.trim().to_owned(), UnitFacts::default(), UnitId(mint.id(now)))
    }

    fn next_code(&mut self) -> String {
        loop {
            self.last_number += 1;
            let code = format!("U{:03}", self.last_number);
            if self.known.unit_by_code(&code).is_none() && !self.by_code.contains_key(&fold(&code)) {
                return code;
            }
        }
    }

    fn propose(&mut self, code: String, name: String, facts: UnitFacts, id: UnitId) -> UnitId {
        let at = self.proposed.len();
        self.by_code.insert(fold(&code), at);
        self.by_name.insert(fold(&name), at);
        if let Some(short) = &facts.short {
            self.by_name.entry(fold(short)).or_insert(at);
        }
        self.proposed.push((id, code, name, facts));
        id
    }

    /// A unit's name, known or proposed.
    pub fn name(&self, id: UnitId) -> String {
        if let Some(unit) = self.known.unit(id) {
            return unit.name.clone();
        }
        self.proposed.iter().find(|unit| unit.0 == id).map_or_else(String::new, |unit| unit.2.clone())
    }

    /// Hands over what was proposed.
    pub fn take(&mut self) -> Vec<(UnitId, String, String, UnitFacts)> {
        std::mem::take(&mut self.proposed)
    }
}

/// One row of a sheet of units before its parent is looked up, which may stand further down.
struct Draft<'a> {
    place: Place<'a>,
    id: UnitId,
    known: Option<&'a Unit>,
    code: String,
    name: String,
    parent: String,
    facts: UnitFacts,
}

/// What the rows above held, folded: capital and small letters, wide and narrow ones are not told apart.
#[derive(Default)]
struct Seen {
    /// By code: the name and the code as they stand there.
    codes: HashMap<String, (String, String)>,
    /// By name: the name as it stands there.
    names: HashMap<String, String>,
}

/// Plans a sheet of units.
pub fn plan(input: &Input<'_>, mint: &mut dyn Mint) -> Result<ImportPlan> {
    let mut plan = ImportPlan::begin(input);
    let mut drafts = Vec::new();
    let mut seen = Seen::default();
    let notes = rows::for_each(input, None, |row| {
        let warnings = row.warnings(&input.said(row.place.spot()));
        match draft(input, row, &mut seen, mint) {
            Ok(draft) => {
                plan.warnings.extend(warnings);
                drafts.push(draft);
            }
            Err(rejected) => plan.rejected.push(*rejected),
        }
    });
    plan.warnings.extend(notes);
    let mut units = NewUnits::new(input.known);
    // Codes given in the sheet come first, so that a generated one does not take them.
    for draft in drafts.iter().filter(|draft| draft.known.is_none() && !draft.code.is_empty()) {
        units.by_code.insert(fold(&draft.code), usize::MAX);
    }
    for draft in drafts.iter_mut().filter(|draft| draft.known.is_none()) {
        if draft.code.is_empty() {
            draft.code = units.next_code();
        }
        units.propose(draft.code.clone(), draft.name.clone(), draft.facts.clone(), draft.id);
    }
    let drafts = with_parents(input, drafts, &units, &mut plan);
    for draft in drafts {
        take(&units, draft, &mut plan);
    }
    plan.import.new_units = parents_first(std::mem::take(&mut plan.import.new_units));
    plan.new_units = plan.import.new_units.iter().map(|unit| (unit.1.clone(), unit.2.clone())).collect();
    Ok(plan.finish(input))
}

fn draft<'a>(
    input: &Input<'a>,
    mut row: Row<'a>,
    seen: &mut Seen,
    mint: &mut dyn Mint,
) -> Result<Draft<'a>, Box<Rejected>> {
    if let Some(rejected) = row.reject_flaws() {
        return Err(Box::new(rejected));
    }
    let of = |field| input.form().index_of(field);
    let code = row.fact(of("code")).unwrap_or_default();
    let name = row.fact(of("name")).unwrap_or_default();
    let place = row.place;
    let refuse = |column, code, reason| Err(Box::new(place.reject(of(column), code, reason)));
    let by_code = if code.is_empty() { None } else { input.known.unit_by_code(&code) };
    let by_name = input.known.units.iter().find(|unit| fold(&unit.name) == fold(&name));
    let known = match (by_code, by_name) {
        (Some(unit), _) if fold(&unit.name) != fold(&name) => {
            let differs = if unit.code == code {
                words::unit_name_differs(&code, &unit.name)
            } else {
                words::unit_code_alike(&code, &unit.name, &unit.code)
            };
            return refuse("name", "name-differs", differs);
        }
        (None, Some(unit)) if !code.is_empty() => {
            return refuse("code", "code-differs", words::unit_code_differs(&name, &unit.code));
        }
        (by_code, by_name) => by_code.or(by_name),
    };
    // Two rows that are one unit, or two units of one code.
    if let Some((other, theirs)) = seen.codes.get(&fold(&code)).filter(|_| !code.is_empty()) {
        return refuse("code", "duplicate-unit", words::unit_code_twice(&code, other, theirs));
    }
    if let Some(other) = seen.names.get(&fold(&name)) {
        return refuse("name", "duplicate-unit", words::unit_twice(&name, other));
    }
    seen.codes.insert(fold(&code), (name.clone(), code.clone()));
    seen.names.insert(fold(&name), name.clone());
    let parent = row.fact(of("parent")).unwrap_or_default();
    let officer = match row.fact(of("officer")) {
        None => None,
        Some(name) => match input.known.officer(&name) {
            Some(officer) => Some(officer),
            None => return refuse("officer", "unknown-officer", words::no_such_officer(&name)),
        },
    };
    let facts = UnitFacts {
        short: row.fact(of("short")),
        parent: None,
        campus: row.fact(of("campus")),
        head: row.fact(of("head")),
        head_phone: row.fact(of("head_phone")),
        liaison: row.fact(of("liaison")),
        liaison_phone: row.fact(of("liaison_phone")),
        reports: row.fact(of("reports")).map(|yes| yes == "1"),
        deadline: row.fact(of("deadline")).and_then(|time| parse_hhmm(&time)),
        officer,
        valid_from: row.fact(of("valid_from")).and_then(|day| day.parse::<NaiveDate>().ok()),
    };
    let id = known.map_or_else(|| UnitId(mint.id(input.now)), |unit| unit.id);
    Ok(Draft { place, id, known, code, name, parent, facts })
}

/// Looks up every parent; refuses rows whose parent is unknown or stands below them, and so, in turn, rows
/// that hang from a refused one.
fn with_parents<'a>(
    input: &Input<'_>,
    drafts: Vec<Draft<'a>>,
    units: &NewUnits<'_>,
    plan: &mut ImportPlan,
) -> Vec<Draft<'a>> {
    let column = input.form().index_of("parent");
    let mut above: HashMap<UnitId, UnitId> =
        input.known.units.iter().filter_map(|unit| Some((unit.id, unit.facts.parent?))).collect();
    let mut out = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        draft.facts.parent = if draft.parent.is_empty() { None } else { units.find(&draft.parent) };
        if let Some(parent) = draft.facts.parent {
            above.insert(draft.id, parent);
        }
        out.push(draft);
    }
    loop {
        let alive: HashSet<UnitId> = out.iter().map(|draft| draft.id).collect();
        let refused = out.iter().position(|draft| match draft.facts.parent {
            None => !draft.parent.is_empty(),
            Some(parent) => {
                let gone = input.known.unit(parent).is_none() && !alive.contains(&parent);
                gone || is_circle(draft.id, &above)
            }
        });
        let Some(at) = refused else { return out };
        let draft = out.remove(at);
        above.remove(&draft.id);
        let circle = draft.facts.parent.is_some_and(|parent| alive.contains(&parent));
        let (code, reason) = if circle {
            ("parent-circle", words::parent_circle(&draft.name, &draft.parent))
        } else {
            ("unknown-parent", words::parent_unknown(&draft.parent))
        };
        plan.rejected.push(draft.place.reject(column, code, reason));
    }
}

fn is_circle(unit: UnitId, above: &HashMap<UnitId, UnitId>) -> bool {
    let mut at = unit;
    for _ in 0..=above.len() {
        match above.get(&at) {
            Some(parent) if *parent == unit => return true,
            Some(parent) => at = *parent,
            None => return false,
        }
    }
    // It runs into somebody else's circle, which is refused where it is.
    false
}

fn take(units: &NewUnits<'_>, draft: Draft<'_>, plan: &mut ImportPlan) {
    plan.units.push(UnitCount { unit: draft.name.clone(), rows: 1, missing: 0 });
    let Some(known) = draft.known else {
        plan.accepted += 1;
        plan.import.new_units.push((draft.id, draft.code, draft.name, draft.facts));
        return;
    };
    let mut change = UnitFacts::default();
    macro_rules! differing {
        ($alike:expr; $($field:ident: $show:expr),+ $(,)?) => {$(
            let alike = $alike;
            let same = match (&known.facts.$field, &draft.facts.$field) {
                (_, None) => true,
                (Some(old), Some(new)) => alike(old, new),
                (None, Some(_)) => false,
            };
            if !same {
                let show = $show;
                plan.changed.push(Changed {
                    no: known.code.clone(),
                    name: known.name.clone(),
                    field: stringify!($field).to_owned(),
                    old: known.facts.$field.as_ref().map(show).unwrap_or_default(),
                    new: draft.facts.$field.as_ref().map(show).unwrap_or_default(),
                });
                change.$field = draft.facts.$field.clone();
            }
        )+};
    }
    // A number that is only punctuated otherwise is the same number.
    differing!(|old: &String, new: &String| same_phone(old, new);
        head_phone: String::clone,
        liaison_phone: String::clone,
    );
    differing!(PartialEq::eq;
        short: String::clone,
        parent: |id: &UnitId| units.name(*id),
        campus: String::clone,
        head: String::clone,
        liaison: String::clone,
        reports: |yes: &bool| (if *yes { "1" } else { "0" }).to_owned(),
        deadline: |minute: &i32| hhmm(*minute),
        officer: |id: &OfficerId| units.known.officer_name(*id),
        valid_from: NaiveDate::to_string,
    );
    if change == UnitFacts::default() {
        plan.unchanged += 1;
    } else {
        plan.accepted += 1;
        plan.import.changed_units.push((known.id, change));
    }
}

/// Units with the ones above them before them, as the log wants them.
fn parents_first(
    mut units: Vec<(UnitId, String, String, UnitFacts)>,
) -> Vec<(UnitId, String, String, UnitFacts)> {
    let parents: HashMap<UnitId, UnitId> =
        units.iter().filter_map(|unit| Some((unit.0, unit.3.parent?))).collect();
    let depth = |id: UnitId| {
        let (mut at, mut depth) = (id, 0);
        while let Some(parent) = parents.get(&at).filter(|_| depth <= parents.len()) {
            at = *parent;
            depth += 1;
        }
        depth
    };
    units.sort_by_cached_key(|unit| depth(unit.0));
    units
}
