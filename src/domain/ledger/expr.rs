//! The expressions of a declaration: comparisons, arithmetic and a closed list of names. They have no loops, no filters,
//! nothing of their own, and stop after a number of steps.
//!
//! Days and moments are milliseconds, so that they compare and add: a day is its first moment by the office's calendar.
//! What is empty is none. What only the database knows (whether somebody was called) is asked for by [`Need`]s: an
//! expression that needs one is not decided until it is answered.

use super::super::report::Site;
use super::super::rules::Rules;
use super::super::time::{Calendar, HOUR, MINUTE, Ts, parse_hhmm};
use minijinja::value::{Kwargs, Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Expression, UndefinedBehavior};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The longest expression, in characters.
pub const LONGEST: usize = 400;
/// How deep brackets may stand.
const DEEPEST: usize = 16;
/// How many steps an evaluation may take.
const FUEL: u64 = 2_000;

/// Every name that an expression may use besides the columns: the closed list.
pub const NAMES: &[&str] = &[
    "today",
    "now",
    "state",
    "parent",
    "window",
    "day",
    "balance",
    "minimum",
    "days_left",
    "duration",
    "date",
    "minutes",
    "entered",
    "count",
    "called",
    "reported",
    "days_reported",
    "fevers",
    "fever",
    "before",
];

/// Those of them that a column may have as its own: it is seen then.
pub const GIVEN_WAY: &[&str] = &["fever", "before", "day", "balance", "minimum", "days_left", "minutes"];

/// Those of them that ask the database of a person, a unit or a contact; what they say changes after an entry is written.
pub const ASKED: &[&str] = &["called", "reported", "days_reported", "fevers"];

/// What only the database knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Whether somebody was reached from one moment to another.
    Called(String, i64, i64),
    /// Whether a person's report of the day of a moment came.
    Reported(String, i64),
    /// On how many days from one moment to another a person's reports came.
    DaysReported(String, i64, i64),
    /// How many fevers a person's reports brought from one moment to another.
    Fevers(String, i64, i64),
    /// How many entries have these values.
    Count(Vec<(String, String)>),
    /// The entry with the greatest value in the first column that is less than this, of those that have the same in the
    /// others.
    Before((String, String), Vec<(String, String)>),
}

/// Answers to needs, and those that are still open.
#[derive(Debug, Clone, Default)]
pub struct Needs(Arc<Mutex<Asked>>);

#[derive(Debug, Default)]
struct Asked {
    /// What is counted has this too.
    group: Option<(String, String)>,
    known: BTreeMap<Need, Answer>,
    open: BTreeSet<Need>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes or no.
    Is(bool),
    /// So many.
    Many(i64),
    /// What stands in the columns of an entry; nothing in those of one that is not there.
    Seen(BTreeMap<String, String>),
}

impl Needs {
    fn ask(&self, need: Need) -> Result<Value, Error> {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match asked.known.get(&need) {
            Some(Answer::Is(yes)) => Ok(Value::from(*yes)),
            Some(Answer::Many(n)) => Ok(Value::from(*n)),
            Some(Answer::Seen(values)) => {
                let text = |text: &String| if text.is_empty() { Value::from(()) } else { Value::from(text) };
                let seen: BTreeMap<String, Value> =
                    values.iter().map(|(name, value)| (name.clone(), text(value))).collect();
                Ok(Value::from(seen))
            }
            None => {
                asked.open.insert(need);
                Err(Error::new(ErrorKind::InvalidOperation, "not known yet"))
            }
        }
    }

    /// Of what is counted, only what has this value in a column.
    pub fn of_group(&self, column: &str, value: &str) {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.group = Some((column.to_owned(), value.to_owned()));
    }

    fn group(&self) -> Option<(String, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).group.clone()
    }

    /// What is still to be answered; asked once.
    pub fn open(&self) -> Vec<Need> {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut asked.open).into_iter().collect()
    }

    /// Answers one.
    pub fn answer(&self, need: Need, answer: Answer) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).known.insert(need, answer);
    }
}

/// An expression.
#[derive(Clone)]
pub struct Expr {
    text: String,
    names: Arc<BTreeSet<String>>,
    /// With what is asked of them: `parent.day`.
    paths: Arc<BTreeSet<String>>,
    compiled: Arc<Expression<'static, 'static>>,
}

impl std::fmt::Debug for Expr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Expr").field(&self.text).finish()
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

fn env() -> &'static Environment<'static> {
    static ENV: OnceLock<Environment<'static>> = OnceLock::new();
    ENV.get_or_init(|| {
        let mut env = Environment::empty();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL));
        env.add_function("duration", |text: &str| {
            duration(text).ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "not a duration"))
        });
        env.add_function("minutes", |from: &Value, to: &Value| between(from, to));
        env
    })
}

/// Minutes from one time of day to another, over midnight where the second is the earlier; between moments as they are.
/// None where one of them is empty.
#[allow(clippy::unnecessary_wraps, reason = "a function of the environment")]
fn between(from: &Value, to: &Value) -> Result<Value, Error> {
    let (Some(from), Some(to)) = (from.as_i64(), to.as_i64()) else { return Ok(Value::from(())) };
    if from.abs() <= 24 * 60 && to.abs() <= 24 * 60 {
        return Ok(Value::from((to - from).rem_euclid(24 * 60)));
    }
    Ok(Value::from((to - from).div_euclid(MINUTE)))
}

/// `30m`, `4h`, `14d` in milliseconds.
pub fn duration(text: &str) -> Option<i64> {
    let text = text.trim();
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 = number.parse().ok().filter(|n: &i64| (0..=100_000).contains(n))?;
    let unit = match unit {
        "m" => MINUTE,
        "h" => HOUR,
        "d" => 24 * HOUR,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// Why an expression is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is too long, or too deep.
    TooLong,
    /// It cannot be read.
    Syntax,
    /// It uses a name that is none.
    Unknown(String),
}

impl Expr {
    /// Reads one. `known` are the columns it may use.
    pub fn parse(text: &str, known: &dyn Fn(&str) -> bool) -> Result<Self, Fault> {
        guard(text)?;
        let expr = env().compile_expression_owned(text.to_owned()).map_err(|_| Fault::Syntax)?;
        let names: BTreeSet<String> = expr.undeclared_variables(false).into_iter().collect();
        if let Some(unknown) = names.iter().find(|name| !known(name) && !NAMES.contains(&name.as_str())) {
            return Err(Fault::Unknown(unknown.clone()));
        }
        let paths = Arc::new(expr.undeclared_variables(true).into_iter().collect());
        Ok(Self { text: text.to_owned(), names: Arc::new(names), paths, compiled: Arc::new(expr) })
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it uses a name.
    pub fn uses(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether it asks what only the database knows of somebody.
    pub fn asks(&self) -> bool {
        ASKED.iter().any(|name| self.uses(name))
    }

    /// The names it uses, with what is asked of them: `parent.day`.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// Its value; none where it cannot be had from what is known.
    pub fn value(&self, scope: &Scope) -> Option<Value> {
        self.compiled.eval(scope.0.clone()).ok()
    }

    /// Whether it holds; none where that cannot be told from what is known.
    pub fn holds(&self, scope: &Scope) -> Option<bool> {
        self.value(scope).map(|value| value.is_true())
    }

    /// A whole number.
    pub fn number(&self, scope: &Scope) -> Option<i64> {
        self.value(scope).and_then(|value| value.as_i64())
    }
}

/// Refuses what could take long before anything reads it: text, depth, and what multiplies text.
fn guard(text: &str) -> Result<(), Fault> {
    if text.len() > LONGEST * 4 || text.chars().count() > LONGEST {
        return Err(Fault::TooLong);
    }
    let mut depth = 0_usize;
    let mut quote = None;
    let mut previous = ' ';
    let mut runs = 0;
    for c in text.chars() {
        match quote {
            Some(open) if c == open && previous != '\\' => quote = None,
            Some(_) => {}
            None => match c {
                '\'' | '"' => quote = Some(c),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                // Filters and tests are none of the closed list; `|` is of no other use. What multiplies text or lists
                // makes much of little, before anything counts its steps.
                '|' | '*' => return Err(Fault::Syntax),
                '-' | '+' if previous == c => runs += 1,
                _ => {}
            },
        }
        if depth > DEEPEST || runs > DEEPEST {
            return Err(Fault::TooLong);
        }
        previous = c;
    }
    let words =
        |word: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| *w == word).count();
    if words("not") + words("if") > DEEPEST {
        return Err(Fault::TooLong);
    }
    Ok(())
}

/// What an expression sees.
#[derive(Debug, Clone)]
pub struct Scope(Value);

/// What a scope is made of.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    values: BTreeMap<String, Value>,
}

impl Seen {
    /// What is seen at a moment: `today`, `now`, and what the database is asked.
    pub fn at(now: Ts, calendar: Calendar, needs: &Needs) -> Self {
        let mut seen = Self::default();
        let day = move |at: i64| calendar.at_minute(calendar.day(Ts(at)), calendar.day_start_min).0;
        seen.put("now", Value::from(now.0));
        seen.put("today", Value::from(calendar.at_minute(calendar.date(now), 0).0));
        seen.put(
            "date",
            Value::from_function(move |at: &Value| match at.as_i64() {
                Some(at) => Value::from(calendar.at_minute(calendar.date(Ts(at)), 0).0),
                None => Value::from(()),
            }),
        );
        // From which temperature on it is one, by the rules that come with the program.
        let today = calendar.day(now);
        seen.put(
            "fever",
            Value::from_function(move |site: &str| {
                let site = Site::from_code(site)
                    .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "not a site"))?;
                let tenths = Rules::builtin().fever(Some(site), today);
                Ok::<_, Error>(tenths.map_or(Value::from(()), |tenths| Value::from(f64::from(tenths) / 10.0)))
            }),
        );
        let asked = needs.clone();
        seen.put(
            "called",
            Value::from_function(move |who: &Value, window: &Value| {
                let (from, to) = (edge(window, "from")?, edge(window, "to")?);
                asked.ask(Need::Called(id_of(who), from, to))
            }),
        );
        let asked = needs.clone();
        seen.put(
            "reported",
            Value::from_function(move |who: &Value, at: i64| asked.ask(Need::Reported(id_of(who), day(at)))),
        );
        let asked = needs.clone();
        seen.put(
            "days_reported",
            Value::from_function(move |who: &Value, from: i64, to: i64| {
                asked.ask(Need::DaysReported(id_of(who), from, to))
            }),
        );
        let asked = needs.clone();
        seen.put(
            "fevers",
            Value::from_function(move |who: &Value, from: i64, to: i64| {
                asked.ask(Need::Fevers(id_of(who), from, to))
            }),
        );
        let asked = needs.clone();
        seen.put(
            "count",
            Value::from_function(move |_: Rest<Value>, filters: Kwargs| {
                let mut wanted = Vec::new();
                for name in filters.args() {
                    let value = filters.get::<Value>(name)?;
                    let kept = match value.kind() {
                        ValueKind::Bool => if value.is_true() { "1" } else { "0" }.to_owned(),
                        _ => value.to_string(),
                    };
                    wanted.push((name.to_owned(), kept));
                }
                wanted.extend(asked.group());
                wanted.sort();
                asked.ask(Need::Count(wanted))
            }),
        );
        seen
    }

    /// Something by name.
    pub fn put(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// Something by name, of several values by name.
    pub fn put_all(&mut self, name: &str, values: BTreeMap<String, Value>) {
        self.put(name, Value::from(values));
    }

    /// The entry before one with these values, by one column and of those that are alike in the others.
    pub fn before(&mut self, values: BTreeMap<String, String>, needs: &Needs) {
        let asked = needs.clone();
        let of = move |name: &str| (name.to_owned(), values.get(name).cloned().unwrap_or_default());
        self.put(
            "before",
            Value::from_function(move |order: &str, same: Rest<String>| {
                asked.ask(Need::Before(of(order), same.iter().map(|name| of(name)).collect()))
            }),
        );
    }

    /// When states were entered.
    pub fn entered(&mut self, moments: BTreeMap<String, i64>) {
        self.put(
            "entered",
            Value::from_function(move |state: &str| {
                moments.get(state).map_or(Value::from(()), |at| Value::from(*at))
            }),
        );
    }

    /// A window of time.
    pub fn window(&mut self, from: i64, to: i64) {
        let window =
            BTreeMap::from([("from".to_owned(), Value::from(from)), ("to".to_owned(), Value::from(to))]);
        self.put_all("window", window);
        self.values.entry("day".to_owned()).or_insert_with(|| Value::from(from));
    }

    /// What an expression sees of all this.
    pub fn scope(self) -> Scope {
        Scope(Value::from(self.values))
    }
}

fn edge(window: &Value, name: &str) -> Result<i64, Error> {
    window.get_attr(name)?.as_i64().ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "not a window"))
}

/// The id of something that is pointed at, which is seen with what is known of it.
fn id_of(value: &Value) -> String {
    match value.get_attr("id") {
        Ok(id) if !id.is_undefined() && !id.is_none() => id.to_string(),
        _ => value.to_string(),
    }
}

/// A time of day in minutes, for `at = ["08:00"]`.
pub(super) fn minute(text: &str) -> Option<i32> {
    parse_hhmm(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        let mut seen = Seen::at(Ts(1_581_904_800_000), Calendar::default(), &Needs::default());
        seen.put("move", Value::from("in"));
        seen.put("expires", Value::from(()));
        seen.put("quantity", Value::from(5));
        seen.entered(BTreeMap::from([("read".to_owned(), 7)]));
        seen.scope()
    }

    fn parse(text: &str) -> Result<Expr, Fault> {
        Expr::parse(text, &|name| ["move", "expires", "quantity"].contains(&name))
    }

    #[test]
    fn conditions_hold_or_not() {
        let holds = |text: &str| parse(text).unwrap().holds(&scope());
        assert_eq!(holds("move == 'in' and not expires"), Some(true));
        assert_eq!(holds("move in ['out', 'scrap']"), Some(false));
        assert_eq!(holds("quantity >= 5 and now - duration('14d') < today"), Some(true));
        assert_eq!(holds("minutes(480, 510) >= 30"), Some(true));
        assert_eq!(parse("entered('read')").unwrap().number(&scope()), Some(7));
        assert_eq!(parse("entered('sent')").unwrap().number(&scope()), None);
    }

    #[test]
    fn a_name_that_is_none_is_told() {
        assert_eq!(parse("mvoe == 'in'").unwrap_err(), Fault::Unknown("mvoe".to_owned()));
        assert_eq!(parse("range(9)").unwrap_err(), Fault::Unknown("range".to_owned()));
        assert_eq!(parse("move == ").unwrap_err(), Fault::Syntax);
        assert_eq!(parse("move | upper").unwrap_err(), Fault::Syntax);
    }

    #[test]
    fn what_is_deep_or_long_is_refused_before_it_is_read() {
        assert_eq!(parse(&"(".repeat(DEEPEST + 1)).unwrap_err(), Fault::TooLong);
        assert_eq!(parse(&"not ".repeat(DEEPEST + 1)).unwrap_err(), Fault::TooLong);
        assert_eq!(parse(&"-".repeat(DEEPEST + 2)).unwrap_err(), Fault::TooLong);
        assert_eq!(parse(&format!("quantity == {}", "1 + ".repeat(200))).unwrap_err(), Fault::TooLong);
    }

    #[test]
    fn what_only_the_database_knows_is_asked_for_once() {
        let needs = Needs::default();
        let mut seen = Seen::at(Ts(0), Calendar::default(), &needs);
        seen.put("person", Value::from("p1"));
        seen.window(10, 20);
        let scope = seen.scope();
        let expr =
            Expr::parse("called(person, window) or count(state='sent') == 2", &|n| n == "person").unwrap();
        assert_eq!(expr.holds(&scope), None);
        assert_eq!(needs.open(), [Need::Called("p1".to_owned(), 10, 20)]);
        needs.answer(Need::Called("p1".to_owned(), 10, 20), Answer::Is(false));
        assert_eq!(expr.holds(&scope), None);
        let count = Need::Count(vec![("state".to_owned(), "sent".to_owned())]);
        assert_eq!(needs.open(), std::slice::from_ref(&count));
        needs.answer(count, Answer::Many(2));
        assert_eq!((expr.holds(&scope), needs.open()), (Some(true), Vec::new()));
    }

    #[test]
    fn a_duration_is_minutes_hours_or_days() {
        assert_eq!(
            (duration("30m"), duration("4h"), duration("14d")),
            (Some(30 * MINUTE), Some(4 * HOUR), Some(336 * HOUR))
        );
        assert_eq!(
            (duration("14"), duration("d"), duration("-1d"), duration("天")),
            (None, None, None, None)
        );
    }
}
