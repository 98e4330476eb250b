//! What an entry proposes to make of it: a case, or an entry of another ledger. It proposes, it never decides: an officer
//! takes it up in the form of what is to be made, with what the declaration sets in it, or declines it with a reason.

use super::entry::Place;
use super::expr::{Expr, Scope};
use super::file::{Fault, Wrong, fault_at};
use super::value::Values;
use super::{Column, Ledger, Part};
use crate::domain::case::{CaseFacts, Category, Measure};
use crate::domain::field::{Title, Type};
use crate::domain::time::{Calendar, Ts};
use minijinja::value::{Value, ValueKind};
use std::collections::BTreeMap;

/// What the id of a proposal begins with where it stands among what is due.
const RAISE: &str = "raise/";

/// What is proposed to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A case of the person the entry is about.
    Case,
    /// An entry of a ledger, by its name.
    Ledger(String),
}

impl Target {
    /// As a declaration writes it.
    pub fn code(&self) -> String {
        match self {
            Self::Case => "case".to_owned(),
            Self::Ledger(name) => format!("ledger:{name}"),
        }
    }
}

/// What stands in a field of what is to be made, and where the declaration says so.
#[derive(Debug, Clone)]
pub struct Set {
    /// What it is.
    pub expr: Expr,
    /// Where its text begins.
    pub(super) at: usize,
}

/// A proposal as declared.
#[derive(Debug, Clone)]
pub struct Raise {
    /// What it goes by: what it makes, unless it is named.
    pub id: String,
    /// What it would make.
    pub target: Target,
    /// Its label; empty where what it makes says enough.
    pub title: Title,
    /// Where it is proposed.
    pub when: Expr,
    /// What stands in the form, by field.
    pub set: BTreeMap<String, Set>,
    /// Where the declaration says what it makes.
    pub(super) at: usize,
}

/// The fields of a case that a declaration may set.
pub const CASE_FIELDS: &[&str] =
    &["category", "measure", "place", "start", "last_exposure", "days", "contact", "note"];

/// What stands among what is due for a proposal.
pub fn due_code(raise: &str) -> String {
    format!("{RAISE}{raise}")
}

/// The proposal that something among what is due is.
pub fn of_due(due: &str) -> Option<&str> {
    due.strip_prefix(RAISE)
}

/// Puts a field of a case; says whether the value fits it. What is empty is left as it is.
pub fn put_case(facts: &mut CaseFacts, name: &str, value: &Value, calendar: Calendar) -> bool {
    if value.is_none() || value.is_undefined() {
        return true;
    }
    let text = || Some(value.to_string()).filter(|text| !text.is_empty());
    let day = || value.as_i64().map(|at| calendar.date(Ts(at)));
    match name {
        "category" => {
            let codes: Vec<String> = match value.kind() {
                ValueKind::Seq => value.try_iter().into_iter().flatten().map(|one| one.to_string()).collect(),
                _ => value.to_string().split(',').map(|code| code.trim().to_owned()).collect(),
            };
            facts.categories = codes.iter().map(|code| Category::from_code(code)).collect();
            facts.categories.is_some()
        }
        "measure" => {
            facts.measure = Measure::from_code(&value.to_string());
            facts.measure.is_some()
        }
        "place" => put(&mut facts.place, text()),
        "contact" => put(&mut facts.contact, text()),
        "note" => put(&mut facts.note, text()),
        "start" => put(&mut facts.start, day()),
        "last_exposure" => put(&mut facts.last_exposure, day()),
        "days" => {
            let days = value.as_i64().and_then(|days| i32::try_from(days).ok());
            put(&mut facts.days, days.filter(|days| (0..=99).contains(days)))
        }
        _ => false,
    }
}

fn put<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    *field = value;
    field.is_some()
}

/// The canonical value of what an expression gave, where the column takes it.
fn fitting(column: &Column, value: &Value, calendar: Calendar) -> Option<String> {
    let given = column.given(value, calendar)?;
    let known = |code: &str| column.field.codes.contains_key(code);
    let fits = match column.field.kind {
        _ if given.is_empty() || column.link.is_some() => true,
        Type::Code => column.extendable || known(&given),
        Type::Codes => given.split(',').all(known),
        _ => true,
    };
    fits.then_some(given)
}

impl Raise {
    /// What stands in the entry that is to be made, and the fields whose value does not fit or that are not there.
    pub fn values(&self, made: &Part, scope: &Scope, calendar: Calendar) -> (Values, Vec<String>) {
        let (mut values, mut unfit) = (Values::new(), Vec::new());
        for (name, set) in &self.set {
            let column = made.column(name).filter(|column| !column.readonly);
            let value = set.expr.value(scope);
            match column.zip(value).and_then(|(column, value)| fitting(column, &value, calendar)) {
                Some(value) if value.is_empty() => {}
                Some(value) => drop(values.insert(name.clone(), value)),
                None => unfit.push(name.clone()),
            }
        }
        (values, unfit)
    }

    /// What is said of the case that is to be opened, and the fields whose value does not fit.
    pub fn facts(&self, scope: &Scope, calendar: Calendar) -> (CaseFacts, Vec<String>) {
        let (mut facts, mut unfit) = (CaseFacts::default(), Vec::new());
        for (name, set) in &self.set {
            let value = set.expr.value(scope);
            if !value.is_some_and(|value| put_case(&mut facts, name, &value, calendar)) {
                unfit.push(name.clone());
            }
        }
        (facts, unfit)
    }
}

impl Set {
    /// Its value where nothing but the expression itself says what it is.
    pub(super) fn constant(&self) -> Option<Value> {
        if self.expr.paths().next().is_some() {
            return None;
        }
        let place = Place::at(Ts(0), Calendar::default());
        self.expr.value(&place.scope(&Part::default(), &Values::new()))
    }
}

impl Part {
    /// The proposal of this name.
    pub fn raise(&self, id: &str) -> Option<&Raise> {
        self.raises.iter().find(|raise| raise.id == id)
    }

    /// What an entry proposes as it stands.
    pub fn proposes(&self, values: &Values, place: &Place) -> Vec<&Raise> {
        if self.raises.is_empty() {
            return Vec::new();
        }
        let scope = place.scope(self, values);
        self.raises.iter().filter(|raise| raise.when.holds(&scope) == Some(true)).collect()
    }
}

impl Ledger {
    /// The proposals of its entries and of their lines.
    pub fn raises(&self) -> impl Iterator<Item = &Raise> {
        let lines = self.lines.iter().flat_map(|lines| &lines.part.raises);
        self.part.raises.iter().chain(lines)
    }

    /// Whether what it proposes can be made in the other ledgers: they are there, and have the fields that are set.
    ///
    /// # Errors
    /// The first that cannot, and where it stands.
    pub fn raises_fit(&self, known: &dyn Fn(&str) -> Option<std::sync::Arc<Self>>) -> Result<(), Fault> {
        for raise in self.raises() {
            let Target::Ledger(name) = &raise.target else { continue };
            let other = if *name == self.name { None } else { known(name) };
            let made = match &other {
                Some(other) => &other.part,
                None if *name == self.name => &self.part,
                None => return Err(fault_at(&self.text, raise.at, Wrong::NoLedger(name.clone()))),
            };
            for (field, set) in &raise.set {
                let wrong = |wrong| Err(fault_at(&self.text, set.at, wrong));
                let Some(column) = made.column(field).filter(|column| !column.readonly) else {
                    return wrong(Wrong::ColumnOf(name.clone(), field.clone()));
                };
                let fits = |value: &Value| fitting(column, value, Calendar::default()).is_some();
                if set.constant().is_some_and(|value| !fits(&value)) {
                    return wrong(Wrong::Value(field.clone(), set.expr.text().to_owned()));
                }
            }
        }
        Ok(())
    }
}
