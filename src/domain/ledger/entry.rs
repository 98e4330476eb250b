//! What must hold of an entry before it is written, and where it may go from its state. Pure: what is pointed at, and what
//! only the database knows, comes with the [`Place`].

use super::expr::{Expr, Needs, Scope, Seen};
use super::value::{self, Values};
use super::{Column, Due, Ledger, Part, Transition};
use crate::domain::field::Type;
use crate::domain::ids::EntryId;
use crate::domain::time::{Calendar, Ts};
use minijinja::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where and when an entry is looked at.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// When.
    pub now: Ts,
    /// By which calendar.
    pub calendar: Calendar,
    /// The state it is in; empty where it has none.
    pub state: String,
    /// When it entered states, newest each.
    pub entered: BTreeMap<String, i64>,
    /// Of a line, the values of its entry.
    pub parent: Option<BTreeMap<String, Value>>,
    /// What is known of what columns point at: by column, a map with `id`, `name` and more.
    pub linked: BTreeMap<String, BTreeMap<String, Value>>,
    /// The entry itself, where it stands already: it is not what was before it.
    pub this: Option<EntryId>,
    /// The entries that are written with it.
    pub beside: Arc<Vec<Values>>,
    /// What the database is asked.
    pub needs: Needs,
}

impl Place {
    /// At a moment, of nothing in particular.
    pub fn at(now: Ts, calendar: Calendar) -> Self {
        Self { now, calendar, ..Self::default() }
    }

    /// What expressions see.
    pub fn seen(&self, part: &Part, values: &Values) -> Seen {
        let mut seen = Seen::at(self.now, self.calendar, &self.needs);
        for (name, value) in value::seen(part, values, self.calendar) {
            seen.put(&name, value);
        }
        for (name, known) in &self.linked {
            seen.put_all(name, known.clone());
        }
        if part.constraints().any(|constraint| constraint.uses("before")) {
            seen.before(values.clone(), &self.needs);
        }
        seen.put("state", Value::from(self.state.as_str()));
        seen.entered(self.entered.clone());
        if let Some(parent) = &self.parent {
            seen.put_all("parent", parent.clone());
        }
        seen
    }

    /// The same as a scope.
    pub fn scope(&self, part: &Part, values: &Values) -> Scope {
        self.seen(part, values).scope()
    }
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A column that must be filled is empty.
    Missing,
    /// It is not asked here: another value says so.
    NotAsked,
    /// Less than the least, which is this.
    Less(String),
    /// More than the greatest, which is this.
    More(String),
    /// Not as it must look.
    Pattern,
    /// What must hold of it does not.
    Constraint,
    /// What must hold of it cannot be told from what is known.
    Untold,
    /// There is no such column.
    Column,
    /// It is computed, never typed.
    Computed,
}

impl Part {
    /// What stands in a column before anything is typed.
    pub fn preset(&self, column: &Column, place: &Place, values: &Values) -> String {
        let Some(expr) = &column.default else { return String::new() };
        expr.value(&place.scope(self, values))
            .and_then(|value| column.given(&value, place.calendar))
            .unwrap_or_default()
    }

    /// The columns by which an entry without a key is told from others: the first that says something, and where that is only
    /// when, the first words as well.
    pub fn naming(&self, values: &Values) -> Vec<&Column> {
        let filled = |column: &&Column| values.contains_key(&column.field.name);
        let Some(first) = self.columns.iter().find(filled) else { return Vec::new() };
        let is_when = matches!(first.field.kind, Type::Date | Type::DateTime | Type::Time);
        let is_words = |column: &&Column| {
            column.link.is_none() && matches!(column.field.kind, Type::Text | Type::Name | Type::No)
        };
        let words = self.columns.iter().filter(filled).find(is_words).filter(|_| is_when);
        std::iter::once(first).chain(words).collect()
    }

    /// What an entry that settles something due says in its columns of codes, besides these values: a column of which
    /// exactly one code settles it has that code. Nothing where more than one would do.
    pub fn settling(&self, due: &Due, place: &Place, values: &Values) -> Values {
        let settles = |values: &Values| due.resolved_if.holds(&place.scope(self, values)) == Some(true);
        let mut out = Values::new();
        if settles(values) {
            return out;
        }
        let open = |column: &&Column| !values.contains_key(&column.field.name);
        let named = |column: &&Column| due.resolved_if.uses(&column.field.name);
        for column in self.columns.iter().filter(open).filter(named) {
            let name = &column.field.name;
            let with = |code: &&String| {
                let mut said = values.clone();
                said.insert(name.clone(), (*code).clone());
                settles(&said)
            };
            let mut fit = column.field.codes.keys().filter(with);
            if let (Some(code), None) = (fit.next(), fit.next()) {
                out.insert(name.clone(), code.clone());
            }
        }
        out
    }

    /// Whether a column is asked, given the others and what is computed of them.
    pub fn is_asked(&self, column: &Column, place: &Place, values: &Values) -> bool {
        self.asks(column, place, values).unwrap_or(false)
    }

    /// The same; none where it cannot be told from what is known.
    pub fn asks(&self, column: &Column, place: &Place, values: &Values) -> Option<bool> {
        let Some(relevant) = &column.relevant else { return Some(true) };
        let mut computed = self.columns.iter().filter(|column| column.calculation.is_some());
        if computed.any(|column| relevant.uses(&column.field.name)) {
            return relevant.holds(&place.scope(self, &self.computed(values, place)));
        }
        relevant.holds(&place.scope(self, values))
    }

    /// The values as they are kept: presets where nothing was said, what is computed, nothing that is not asked; or the
    /// first column that is wrong, and how. Of an entry that stands, with the values `before`, there are no presets any
    /// more, and bounds are those of the day on which a value was written.
    ///
    /// # Errors
    /// The name of a column, and what is wrong with it.
    pub fn checked(
        &self,
        said: &Values,
        place: &Place,
        before: Option<&Values>,
    ) -> Result<Values, (String, Flaw)> {
        let (values, flaws) = self.judged(said, place, before);
        flaws.into_iter().next().map_or(Ok(values), Err)
    }

    /// The same with every column that is wrong, those nobody knows first.
    pub fn judged(
        &self,
        said: &Values,
        place: &Place,
        before: Option<&Values>,
    ) -> (Values, Vec<(String, Flaw)>) {
        let unknown = said.keys().filter(|name| self.column(name).is_none());
        let mut flaws: Vec<(String, Flaw)> = unknown.map(|name| (name.clone(), Flaw::Column)).collect();
        let mut values: Values =
            said.iter().filter(|(_, value)| !value.is_empty()).map(|(n, v)| (n.clone(), v.clone())).collect();
        for column in &self.columns {
            let name = &column.field.name;
            let computed = column.readonly && column.calculation.is_some();
            if computed && values.contains_key(name) {
                flaws.push((name.clone(), Flaw::Computed));
            }
            if before.is_none() && !said.contains_key(name) {
                let preset = self.preset(column, place, &values);
                if !preset.is_empty() && self.is_asked(column, place, &values) {
                    values.insert(name.clone(), preset);
                }
            }
        }
        for column in self.columns.iter().filter(|column| column.calculation.is_some()) {
            self.compute(column, place, &mut values);
        }
        let scope = place.scope(self, &values);
        let differs = |name: &str| before.is_none_or(|before| before.get(name) != values.get(name));
        let new: BTreeSet<&str> = self
            .columns
            .iter()
            .map(|column| column.field.name.as_str())
            .filter(|name| differs(name))
            .collect();
        for column in &self.columns {
            let name = &column.field.name;
            let value = values.get(name).map_or("", String::as_str);
            if let Err(flaw) = check(column, value, &new, &scope, place) {
                flaws.push((name.clone(), flaw));
            }
        }
        (values, flaws)
    }

    /// The values with what is computed from them as it is now.
    #[must_use]
    pub fn computed(&self, values: &Values, place: &Place) -> Values {
        let mut values = values.clone();
        for column in self.columns.iter().filter(|column| column.calculation.is_some()) {
            self.compute(column, place, &mut values);
        }
        values
    }

    /// What is computed: left out where it cannot be had yet.
    fn compute(&self, column: &Column, place: &Place, values: &mut Values) {
        let Some(expr) = &column.calculation else { return };
        let value =
            expr.value(&place.scope(self, values)).and_then(|value| column.given(&value, place.calendar));
        match value.filter(|value| !value.is_empty()) {
            Some(value) => values.insert(column.field.name.clone(), value),
            None => values.remove(&column.field.name),
        };
    }
}

/// Whether a value may stand there, where the columns that are `new` are other than before. What is only bounded by the day
/// was judged on the day it was written; what must hold of it beside others is judged again with each of them.
fn check(
    column: &Column,
    value: &str,
    new: &BTreeSet<&str>,
    scope: &Scope,
    place: &Place,
) -> Result<(), Flaw> {
    let asked = column.relevant.as_ref().is_none_or(|relevant| relevant.holds(scope).unwrap_or(false));
    if value.is_empty() {
        return if asked && column.field.required && !column.readonly { Err(Flaw::Missing) } else { Ok(()) };
    }
    if !asked {
        return Err(Flaw::NotAsked);
    }
    let is_new = new.contains(column.field.name.as_str());
    let constraint = column.constraint.as_ref().filter(|constraint| {
        is_new || new.iter().any(|name| constraint.uses(name)) || constraint.uses("before") && !new.is_empty()
    });
    let held = match constraint.map(|constraint| constraint.holds(scope)) {
        None | Some(Some(true)) => Ok(()),
        Some(Some(false)) => Err(Flaw::Constraint),
        Some(None) => Err(Flaw::Untold),
    };
    if !is_new {
        return held;
    }
    let bound = |expr: &Option<Expr>| expr.as_ref().and_then(|expr| expr.value(scope));
    let seen = column.seen(value, place.calendar);
    // A bound that cannot be told (today, of a value that is no day) does not hold anything up.
    let said = |bound: &Value| column.given(bound, place.calendar).unwrap_or_default();
    if let Some(least) = bound(&column.minimum).filter(|least| !least.is_none() && seen < *least) {
        return Err(Flaw::Less(said(&least)));
    }
    if let Some(most) = bound(&column.maximum).filter(|most| !most.is_none() && seen > *most) {
        return Err(Flaw::More(said(&most)));
    }
    if column.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(value)) {
        return Err(Flaw::Pattern);
    }
    held
}

/// Why a transition is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Not from the state it is in.
    State,
    /// What it requires does not hold.
    Requires,
    /// A reason is needed.
    Reason,
    /// A column it asks for is not filled.
    Asked(String),
}

impl Transition {
    /// Whether it may be done to an entry with these values, those that it asks for among them.
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, part: &Part, values: &Values, place: &Place, reason: &str) -> Result<(), Refused> {
        if !self.from.contains(&place.state) {
            return Err(Refused::State);
        }
        let empty = |name: &&String| values.get(*name).is_none_or(String::is_empty);
        if let Some(name) = self.ask.iter().find(empty) {
            return Err(Refused::Asked(name.clone()));
        }
        if self.reason && !crate::domain::text::has_words(reason) {
            return Err(Refused::Reason);
        }
        match self.requires.as_ref().map(|requires| requires.holds(&place.scope(part, values))) {
            None | Some(Some(true)) => Ok(()),
            Some(_) => Err(Refused::Requires),
        }
    }
}

impl Ledger {
    /// How an entry moves the balance: by how much, and whether it is a count that stands for all before it.
    pub fn moves(&self, values: &Values, place: &Place) -> Option<(i64, bool)> {
        let stock = self.stock.as_ref()?;
        let quantity: i64 = values.get(&stock.quantity)?.parse().ok()?;
        let scope = place.scope(&self.part, values);
        if stock.set.as_ref().is_some_and(|set| set.holds(&scope) == Some(true)) {
            return Some((quantity, true));
        }
        let holds = |expr: &Expr| i64::from(expr.holds(&scope) == Some(true));
        Some((quantity * (holds(&stock.plus) - holds(&stock.minus)), false))
    }
}
