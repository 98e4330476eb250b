//! A declaration's file: TOML → [`Ledger`], or which line is wrong and why.
//!
//! Every word of it is checked before it is used: columns that an expression names, states that a transition leads to,
//! the ledger's own keys. What the program does not know is refused, never passed over.

use super::expr::{self, ASKED, Expr, duration, minute};
use super::{
    Applies, At, Check, Column, Due, Ledger, Lines, Link, Part, States, Stock, Transition, View, When,
};
use crate::domain::field::{self, Field, Said, Title, Type};
use crate::domain::text::line_at;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;

mod raise;
mod shape;
mod syntax;

use shape::{
    Bound, CheckFile, ColumnFile, DueFile, LedgerFile, LinesFile, RaiseFile, StatesFile, StockFile,
    TransitionFile, ViewFile, What,
};

pub use syntax::{Syntax, Wanted};

/// The largest file taken, in bytes.
pub const MAX_FILE: usize = 64 << 10;
/// Most columns of entries, and of lines.
pub const MAX_COLUMNS: usize = 64;
/// How often something is due from one moment on.
const MAX_COUNT: i64 = 100;
/// Most codes of a column, states, transitions, things due and the like.
const MAX_WORDS: usize = 200;

/// The letters that a declaration may give to its transitions: the desk has no other use for them where entries are seen.
pub const FREE_KEYS: &str = "bcorzABCDEFHJKMNOPRTUVWXYZ";

/// What is wrong with a declaration, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which line, counted from one.
    pub line: usize,
    /// In which column of that line, counted from one.
    pub column: usize,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong with a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is larger than [`MAX_FILE`], or has more of something than can be meant.
    TooLarge,
    /// It is not TOML, or a word is missing or unknown there: what the line holds, and what the reader of TOML says.
    Syntax(String, String),
    /// A name is not well formed.
    Name(String),
    /// A name stands twice.
    Twice(String),
    /// A column has codes it cannot have, or none where it must.
    Codes(String),
    /// A reference to something that is none.
    Link(String),
    /// There is no column of this name.
    Column(String),
    /// There is no state of this name.
    State(String),
    /// There is no transition of this name.
    Transition(String),
    /// An expression uses a name that is none: the expression, and the name.
    Unknown(String, String),
    /// An expression cannot be read.
    Expression(String),
    /// An expression is too long or too deep.
    Deep,
    /// A pattern cannot be read.
    Pattern(String),
    /// Not a duration.
    Duration(String),
    /// Not a time of day.
    Time(String),
    /// What is due has no moment, or several.
    When(String),
    /// A second column points at a person: one entry is about one person at most.
    TwoPeople(String),
    /// No way leads on from this state, and it is not a last one.
    Stuck(String),
    /// A column's type does not fit what it is used for.
    Type(String),
    /// A word that the program knows and cannot do here.
    NotHere(String),
    /// A condition of what is due by itself looks at the present moment, or at what something is pointed at says: it is
    /// judged once, when the entry is written.
    Moment(String),
    /// What is proposed cannot be made.
    Raise(String),
    /// A case is proposed by what is about nobody.
    Nobody,
    /// A case has no such field.
    CaseField(String),
    /// There is no ledger of this name.
    NoLedger(String),
    /// A ledger has no such field that can be filled in.
    ColumnOf(String, String),
    /// A field does not take this value.
    Value(String, String),
    /// A key that no transition can have.
    Key(String),
    /// Another ledger in force has this title: the title, and that ledger's name.
    Title(String, String),
    /// An expression names a state that is none: the word, and the states there are.
    NoState(String, Vec<String>),
    /// A column is computed from one that is computed later, or from itself: that one.
    Early(String),
}

type Read<T> = Result<T, (Range<usize>, Wrong)>;

/// Columns of a list that are computed.
pub const COMPUTED: &[&str] = &["balance", "minimum", "days_left", "state", "at", "by"];

impl Ledger {
    /// Reads a declaration.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        read(text).map_err(|(span, wrong)| fault_at(text, span.start, wrong))
    }
}

/// What is wrong at a place of a text.
pub(super) fn fault_at(text: &str, at: usize, wrong: Wrong) -> Fault {
    let at = at.min(text.len());
    let column = text[..at].rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Fault { line: line_at(text, Some(at..at)), column, wrong }
}

fn read(text: &str) -> Read<Ledger> {
    if text.len() > MAX_FILE {
        return Err((0..0, Wrong::TooLarge));
    }
    let file: LedgerFile = toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let line = text.lines().nth(line_at(text, Some(span.clone())) - 1).unwrap_or_default();
        (span, Wrong::Syntax(line.trim().to_owned(), error.message().to_owned()))
    })?;
    if !is_name(file.name.get_ref()) || *file.version.get_ref() == 0 {
        return Err(at(&file.name, Wrong::Name));
    }
    let about = file.subject.as_ref().map(link).transpose()?;
    let head = Head {
        columns: file.column,
        states: file.states,
        transitions: file.transition,
        dues: file.due,
        raises: file.raise,
    };
    let part = part(head, about, None)?;
    let lines = file.lines.map(|file| lines(file, &part)).transpose()?;
    for name in &file.key {
        has_column(&part, name, &["id"])?;
    }
    // A register whose key is `id` tells its entries apart by nothing but themselves.
    let key: Vec<String> =
        file.key.iter().map(|name| name.get_ref().clone()).filter(|name| name != "id").collect();
    let knows = |name: &str| part.column(name).is_some();
    if let Some(stock) = file.stock.as_ref().filter(|_| key.is_empty()) {
        return Err((stock.quantity.span(), Wrong::NotHere("stock".to_owned())));
    }
    let stock = file.stock.map(|file| stock(file, &part)).transpose()?;
    let checks = file
        .check
        .into_iter()
        .map(|file| {
            if let Some(group) = &file.group {
                has_column(lines.as_ref().map_or(&part, |lines| &lines.part), group, &[])?;
            }
            check(file, &knows)
        })
        .collect::<Read<_>>()?;
    let view = file.view.map(|file| view(file, &part)).transpose()?.unwrap_or_default();
    Ok(Ledger {
        at: At { version: file.version.span().start, title: file.title.span().start },
        name: file.name.into_inner(),
        version: file.version.into_inner(),
        title: match file.what {
            What::Ledger => file.title.into_inner(),
        },
        key,
        import: file.import,
        part,
        lines,
        stock,
        checks,
        view,
        text: text.to_owned(),
    })
}

fn at(word: &Spanned<String>, wrong: fn(String) -> Wrong) -> (Range<usize>, Wrong) {
    (word.span(), wrong(word.get_ref().clone()))
}

fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    !name.is_empty() && name.len() <= 32 && name.chars().all(fits) && !name.starts_with('-')
}

fn link(word: &Spanned<String>) -> Read<Link> {
    Link::from_code(word.get_ref()).ok_or_else(|| at(word, Wrong::Link))
}

fn expression(word: &Spanned<String>, knows: &dyn Fn(&str) -> bool) -> Read<Expr> {
    Expr::parse(word.get_ref(), knows).map_err(|fault| {
        let wrong = match fault {
            expr::Fault::TooLong => Wrong::Deep,
            expr::Fault::Syntax => Wrong::Expression(word.get_ref().clone()),
            expr::Fault::Unknown(name) => Wrong::Unknown(word.get_ref().clone(), name),
        };
        (word.span(), wrong)
    })
}

fn maybe(word: Option<&Spanned<String>>, knows: &dyn Fn(&str) -> bool) -> Read<Option<Expr>> {
    word.map(|word| expression(word, knows)).transpose()
}

fn time(word: &Spanned<String>) -> Read<i64> {
    duration(word.get_ref()).ok_or_else(|| at(word, Wrong::Duration))
}

fn has_column(part: &Part, name: &Spanned<String>, besides: &[&str]) -> Read<()> {
    let known = part.column(name.get_ref()).is_some() || besides.contains(&name.get_ref().as_str());
    if known { Ok(()) } else { Err(at(name, Wrong::Column)) }
}

/// What entries and lines have alike.
struct Head {
    columns: Vec<ColumnFile>,
    states: Option<StatesFile>,
    transitions: Vec<TransitionFile>,
    dues: Vec<DueFile>,
    raises: Vec<RaiseFile>,
}

/// The column an entry about somebody has where none is declared.
fn subject_column(about: &Link) -> Option<Column> {
    let (name, zh, en) = match about {
        Link::Person => ("person", "姓名", "Person"),
        Link::Unit => ("unit", "单位", "Unit"),
        Link::Contact => ("contact", "外部联系人", "Contact"),
        Link::Officer | Link::Ledger(_) => return None,
    };
    let said = Said {
        name: name.to_owned(),
        title: Title { zh: zh.to_owned(), en: en.to_owned() },
        required: true,
        ..Said::default()
    };
    let field = Field::new(said).ok()?;
    Some(Column { link: Some(about.clone()), ..plain(field, vec![zh.to_owned()]) })
}

fn plain(field: Field, headers: Vec<String>) -> Column {
    Column {
        field,
        headers,
        link: None,
        extendable: false,
        unique: false,
        readonly: false,
        minimum: None,
        maximum: None,
        default: None,
        pattern: None,
        relevant: None,
        constraint: None,
        message: Title::default(),
        calculation: None,
        hint: Title::default(),
    }
}

/// The words of expressions that cannot be judged when an entry is written.
const LATER: &[&str] = &["now", "today", "count", "before"];

/// Refuses an expression that is judged once, and could not be then.
fn settled(part: &Part, above: Option<&Part>, expr: &Expr, at: &Range<usize>, besides: &[&str]) -> Read<()> {
    let later = LATER.iter().chain(besides).any(|name| expr.uses(name));
    let linked = |path: &str| {
        let (part, path) = match (path.strip_prefix("parent."), above) {
            (Some(path), Some(above)) => (above, path),
            _ => (part, path),
        };
        let (name, what) = path.split_once('.').unwrap_or((path, "id"));
        what != "id" && part.column(name).is_some_and(|column| column.link.is_some())
    };
    if later || expr.paths().any(linked) {
        Err((at.clone(), Wrong::Moment(expr.text().to_owned())))
    } else {
        Ok(())
    }
}

/// Whether an expression is of days alone.
fn is_of_days(part: &Part, above: Option<&Part>, expr: &Expr) -> bool {
    let is_day = |path: &str| match path.split_once('.') {
        Some(("parent", name)) => above.and_then(|above| above.column(name)).map(|column| column.field.kind),
        Some(_) => None,
        None if path == "duration" || path == "parent" => Some(Type::Date),
        None => part.column(path).map(|column| column.field.kind),
    };
    expr.paths().all(|path| is_day(path) == Some(Type::Date))
}

fn part(head: Head, about: Option<Link>, above: Option<&Part>) -> Read<Part> {
    let is_line = above.is_some();
    let many = [head.columns.len(), head.transitions.len(), head.dues.len(), head.raises.len()];
    if head.columns.len() > MAX_COLUMNS || many.iter().any(|n| *n > MAX_WORDS) {
        return Err((0..0, Wrong::TooLarge));
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut own = BTreeSet::new();
    for column in &head.columns {
        let name = column.field.get_ref().as_str();
        let taken = expr::NAMES.contains(&name) && !expr::GIVEN_WAY.contains(&name);
        if taken || !own.insert(name.to_owned()) {
            return Err(at(&column.field, Wrong::Twice));
        }
    }
    names.extend(own.iter().cloned());
    let about = about.filter(|about| !head.columns.iter().any(|c| points_at(c, about)));
    let subject = about.as_ref().and_then(subject_column);
    names.extend(subject.iter().map(|column| column.field.name.clone()));
    let knows = |name: &str| names.contains(name);
    let mut columns: Vec<Column> = subject.into_iter().collect();
    let mut people = columns.iter().filter(|column| column.link == Some(Link::Person)).count();
    for file in head.columns {
        let span = file.field.span();
        let column = column(file, &knows)?;
        // What stands before a line is not asked for.
        let looks_back = |expr: &Option<Expr>| expr.as_ref().is_some_and(|expr| expr.uses("before"));
        let elsewhere =
            [&column.default, &column.relevant, &column.calculation, &column.minimum, &column.maximum];
        if is_line && looks_back(&column.constraint) || elsewhere.into_iter().any(looks_back) {
            return Err((span, Wrong::NotHere("before".to_owned())));
        }
        if column.extendable && column.field.kind != Type::Code {
            return Err((span, Wrong::NotHere("extendable".to_owned())));
        }
        people += usize::from(column.link == Some(Link::Person));
        if people > 1 {
            return Err((span, Wrong::TwoPeople(column.field.name)));
        }
        columns.push(column);
    }
    let mut part = Part { columns, ..Part::default() };
    moves(&mut part, head.states, head.transitions, &knows)?;
    for due in head.dues {
        let span = due.id.span();
        let mut due = self::due(due, &knows)?;
        match &mut due.when {
            When::After { anchor, whole, .. } => {
                *whole = is_of_days(&part, above, anchor);
                let judged =
                    [Some(&*anchor), due.applies_if.as_ref(), due.until.as_ref(), due.priority.as_ref()];
                judged
                    .into_iter()
                    .flatten()
                    .try_for_each(|expr| settled(&part, above, expr, &span, ASKED))?;
                settled(&part, above, &due.resolved_if, &span, &[])?;
            }
            _ if is_line => return Err((span, Wrong::NotHere("every".to_owned()))),
            _ if due.until.is_some() => return Err((span, Wrong::NotHere("until".to_owned()))),
            _ if due.priority.is_some() => return Err((span, Wrong::NotHere("priority".to_owned()))),
            _ => settled(&part, above, &due.resolved_if, &span, ASKED)?,
        }
        if let Applies::Ledger(name) = &due.applies
            && !part.links().any(|(_, link)| matches!(link, Link::Ledger(known) if known == name))
        {
            return Err((span, Wrong::Column(format!("references = \"ledger:{name}\""))));
        }
        part.dues.push(due);
    }
    raise::all(&mut part, above, head.raises)?;
    Ok(part)
}

fn points_at(column: &ColumnFile, link: &Link) -> bool {
    column.references.as_ref().and_then(|word| Link::from_code(word.get_ref())).as_ref() == Some(link)
}

fn column(file: ColumnFile, knows: &dyn Fn(&str) -> bool) -> Read<Column> {
    let span = file.field.span();
    if file.codes.len() > MAX_WORDS {
        return Err((span, Wrong::TooLarge));
    }
    let said = Said {
        name: file.field.get_ref().clone(),
        title: file.title,
        kind: file.kind,
        required: file.required,
        codes: file.codes,
        words: file.words,
        own: true,
        ..Said::default()
    };
    let field = Field::new(said).map_err(|fault| match fault {
        field::Fault::Name(name) => (span.clone(), Wrong::Name(name)),
        field::Fault::Codes(what) | field::Fault::Spelling(what) => (span.clone(), Wrong::Codes(what)),
    })?;
    if field.title.zh.trim().is_empty() || field.title.en.trim().is_empty() {
        return Err((span, Wrong::Name(field.name)));
    }
    let points_at = file.references.as_ref().map(link).transpose()?;
    if points_at.is_some() && field.kind != Type::Text {
        return Err((span, Wrong::Type(field.name)));
    }
    let pattern = match &file.pattern {
        Some(word) => Some(
            regex_lite::RegexBuilder::new(&format!("^(?:{})$", word.get_ref()))
                .size_limit(64 << 10)
                .build()
                .map_err(|_| at(word, Wrong::Pattern))?,
        ),
        None => None,
    };
    let bound = |bound: Option<&Spanned<Bound>>| {
        bound
            .map(|word| {
                let text = match word.get_ref() {
                    Bound::Number(number) => number.to_string(),
                    Bound::Text(text) => text.clone(),
                };
                expression(&Spanned::new(word.span(), text), knows)
            })
            .transpose()
    };
    let headers = if file.headers.is_empty() {
        vec![field.title.zh.clone(), field.title.en.clone()]
    } else {
        file.headers
    };
    Ok(Column {
        link: points_at,
        extendable: file.extendable,
        unique: file.unique,
        readonly: file.readonly || file.calculation.is_some(),
        minimum: bound(file.minimum.as_ref())?,
        maximum: bound(file.maximum.as_ref())?,
        default: maybe(file.default.as_ref(), knows)?,
        pattern,
        relevant: maybe(file.relevant.as_ref(), knows)?,
        constraint: maybe(file.constraint.as_ref(), knows)?,
        message: file.constraint_message,
        calculation: maybe(file.calculation.as_ref(), knows)?,
        hint: file.hint,
        ..plain(field, headers)
    })
}

fn moves(
    part: &mut Part,
    states: Option<StatesFile>,
    transitions: Vec<TransitionFile>,
    knows: &dyn Fn(&str) -> bool,
) -> Read<()> {
    let Some(states) = states else {
        return match transitions.first() {
            Some(transition) => Err(at(&transition.to, Wrong::State)),
            None => Ok(()),
        };
    };
    walks(&states, &transitions)?;
    let names: BTreeSet<String> = transitions.iter().map(|t| t.name.get_ref().clone()).collect();
    let mut seen = BTreeSet::new();
    for file in transitions {
        if !is_name(file.name.get_ref()) {
            return Err(at(&file.name, Wrong::Name));
        }
        if !seen.insert(file.name.get_ref().clone()) {
            return Err(at(&file.name, Wrong::Twice));
        }
        for name in &file.ask {
            has_column(part, name, &[])?;
        }
        let key = file.key.as_ref().map(|key| letter(key, &part.transitions)).transpose()?;
        // Another step, or a column that points at an officer.
        let officer = |name: &str| part.column(name).is_some_and(|c| c.link == Some(Link::Officer));
        if let Some(other) =
            file.not_by.as_ref().filter(|other| !names.contains(other.get_ref()) && !officer(other.get_ref()))
        {
            return Err(at(other, Wrong::Transition));
        }
        part.transitions.push(Transition {
            title: file.title,
            from: file.from.into_iter().map(Spanned::into_inner).collect(),
            to: file.to.into_inner(),
            ask: file.ask.into_iter().map(Spanned::into_inner).collect(),
            requires: match maybe(file.requires.as_ref(), knows)? {
                Some(requires) if requires.uses("before") => {
                    let span = file.requires.as_ref().map_or(0..0, Spanned::span);
                    return Err((span, Wrong::NotHere("before".to_owned())));
                }
                requires => requires,
            },
            reason: file.reason,
            batch: file.batch,
            sign: file.sign,
            not_by: file.not_by.map(Spanned::into_inner),
            key,
            name: file.name.into_inner(),
        });
    }
    part.state_words = states.words;
    part.states = Some(States {
        initial: states.initial.into_inner(),
        last: states.last.into_iter().map(Spanned::into_inner).collect(),
    });
    Ok(())
}

/// The letter of a transition: none that the desk has for something else, and one alone.
fn letter(key: &Spanned<String>, others: &[Transition]) -> Read<char> {
    let mut letters = key.get_ref().chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if FREE_KEYS.contains(letter) => {
            if others.iter().any(|other| other.key == Some(letter)) {
                return Err(at(key, Wrong::Twice));
            }
            Ok(letter)
        }
        _ => Err(at(key, Wrong::Key)),
    }
}

/// Every state is led to, and led on from unless it is a last one.
fn walks(states: &StatesFile, transitions: &[TransitionFile]) -> Read<()> {
    for state in states.last.iter().chain([&states.initial]) {
        if !is_name(state.get_ref()) {
            return Err(at(state, Wrong::Name));
        }
    }
    let reached: BTreeSet<&str> = transitions
        .iter()
        .map(|transition| transition.to.get_ref().as_str())
        .chain([states.initial.get_ref().as_str()])
        .collect();
    // A state that nothing leads to is a slip of the pen.
    let named = transitions.iter().flat_map(|transition| &transition.from).chain(&states.last);
    if let Some(lost) = named.clone().find(|state| !reached.contains(state.get_ref().as_str())) {
        return Err(at(lost, Wrong::State));
    }
    let left: BTreeSet<&str> =
        transitions.iter().flat_map(|t| &t.from).map(|state| state.get_ref().as_str()).collect();
    let last: BTreeSet<&str> = states.last.iter().map(|state| state.get_ref().as_str()).collect();
    let ends = transitions.iter().map(|t| &t.to).chain([&states.initial]);
    if let Some(stuck) = ends.clone().find(|state| {
        let state = state.get_ref().as_str();
        !left.contains(state) && !last.contains(state)
    }) {
        return Err(at(stuck, Wrong::Stuck));
    }
    Ok(())
}

fn lines(file: LinesFile, above: &Part) -> Read<Lines> {
    let about = file.subject.as_ref().map(link).transpose()?;
    let of_units = match &file.from {
        None => false,
        Some(word) if word.get_ref() == "units" => true,
        Some(word) => return Err(at(word, Wrong::Link)),
    };
    let about = if of_units { Some(Link::Unit) } else { about };
    let head = Head {
        columns: file.column,
        states: file.states,
        transitions: file.transition,
        dues: file.due,
        raises: file.raise,
    };
    let part = part(head, about, Some(above))?;
    let knows = |name: &str| part.column(name).is_some() || above.column(name).is_some();
    let only = maybe(file.only.as_ref(), &knows)?;
    Ok(Lines { title: file.title, part, of_units, only })
}

/// An hour, and a day, in milliseconds.
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn due(file: DueFile, knows: &dyn Fn(&str) -> bool) -> Read<Due> {
    if !is_name(file.id.get_ref()) {
        return Err(at(&file.id, Wrong::Name));
    }
    let applies = match &file.applies_to {
        None => Applies::Entry,
        Some(word) => match word.get_ref().as_str() {
            "entry" => Applies::Entry,
            "key" => Applies::Key,
            "unit" => Applies::Unit,
            other => match Link::from_code(other) {
                Some(Link::Ledger(name)) => Applies::Ledger(name),
                _ => return Err(at(word, Wrong::Link)),
            },
        },
    };
    if file.days.iter().chain(&file.hours).any(|n| !(0..=10_000).contains(n)) {
        return Err(at(&file.id, Wrong::Duration));
    }
    let mut each: Vec<i64> = file.days.iter().map(|days| days * DAY).collect();
    each.extend(file.hours.iter().map(|hours| hours * HOUR));
    if let Some(count) = &file.count
        && (file.anchor.is_none() || file.every.is_none())
    {
        return Err((count.span(), Wrong::NotHere("count".to_owned())));
    }
    let when = match (&file.anchor, &file.every, file.at.is_empty()) {
        // So many times, one after another.
        (Some(anchor), Some(every), true) => {
            let Some(count) = &file.count else { return Err(at(&file.id, Wrong::When)) };
            if !each.is_empty() || !(1..=MAX_COUNT).contains(count.get_ref()) {
                return Err((count.span(), Wrong::When(file.id.get_ref().clone())));
            }
            let period = time(every)?.max(60_000);
            let each = (0..*count.get_ref()).map(|n| n * period).collect();
            When::After { anchor: expression(anchor, knows)?, each, whole: false }
        }
        (Some(anchor), None, true) => {
            let each = if each.is_empty() { vec![0] } else { each };
            When::After { anchor: expression(anchor, knows)?, each, whole: false }
        }
        (None, Some(every), true) => When::Every(time(every)?.max(60_000)),
        (None, None, false) => {
            let minutes =
                file.at.iter().map(|word| minute(word.get_ref()).ok_or_else(|| at(word, Wrong::Time)));
            let mut minutes = minutes.collect::<Read<Vec<i32>>>()?;
            minutes.sort_unstable();
            minutes.dedup();
            When::At(minutes)
        }
        _ => return Err(at(&file.id, Wrong::When)),
    };
    // What happens again and again is expected of something that is there by itself.
    if matches!(when, When::After { .. }) != (applies == Applies::Entry) {
        return Err(at(&file.id, Wrong::When));
    }
    let span = |word: Option<&Spanned<String>>| word.map_or(Ok(0), time);
    Ok(Due {
        title: file.title,
        applies_if: maybe(file.applies_if.as_ref(), knows)?,
        start: span(file.start.as_ref())?,
        end: span(file.end.as_ref())?,
        resolved_if: expression(&file.resolved_if, knows)?,
        until: maybe(file.until.as_ref(), knows)?,
        priority: maybe(file.priority.as_ref(), knows)?,
        escalate: file
            .escalate
            .iter()
            .map(|step| Ok((time(&step.after)?, step.to.clone())))
            .collect::<Read<_>>()?,
        id: file.id.into_inner(),
        applies,
        when,
    })
}

fn stock(file: StockFile, part: &Part) -> Read<Stock> {
    has_column(part, &file.quantity, &[])?;
    if part.column(file.quantity.get_ref()).is_none_or(|column| column.field.kind != Type::Integer) {
        return Err(at(&file.quantity, Wrong::Type));
    }
    for word in [Some(&file.plus), Some(&file.minus), file.set.as_ref()].into_iter().flatten() {
        let expr = expression(word, &|name: &str| part.column(name).is_some())?;
        settled(part, None, &expr, &word.span(), ASKED)?;
    }
    let knows = |name: &str| part.column(name).is_some();
    Ok(Stock {
        plus: expression(&file.plus, &knows)?,
        minus: expression(&file.minus, &knows)?,
        set: maybe(file.set.as_ref(), &knows)?,
        minimum: file.minimum,
        use_over: file.use_over.as_ref().map_or(Ok(14 * 24 * 3_600_000), time)?,
        quantity: file.quantity.into_inner(),
    })
}

fn check(file: CheckFile, knows: &dyn Fn(&str) -> bool) -> Read<Check> {
    Ok(Check {
        sum: file.sum.iter().map(|word| expression(word, knows)).collect::<Read<_>>()?,
        equals: expression(&file.equals, knows)?,
        group: file.group.map(Spanned::into_inner),
        id: file.id.into_inner(),
    })
}

fn view(file: ViewFile, part: &Part) -> Read<View> {
    for name in &file.columns {
        has_column(part, name, COMPUTED)?;
    }
    let knows = |name: &str| part.column(name).is_some() || COMPUTED.contains(&name);
    let counter = match file.counter {
        Some(counter) => Some((Title { zh: counter.zh, en: counter.en }, expression(&counter.when, &knows)?)),
        None => None,
    };
    Ok(View {
        columns: file.columns.into_iter().map(Spanned::into_inner).collect(),
        alert: maybe(file.alert.as_ref(), &knows)?,
        counter,
    })
}
