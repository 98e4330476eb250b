//! Registers (台账) as an office declares them: one TOML file is one register, its form, its list, what is due in it and
//! what must hold.
//!
//! [`Ledger::parse`] reads a file, [`Fault`] says in which line it is wrong and why. A declaration is data: what it may
//! say is a closed list, its [`expr`]essions have no loops, reach nothing but the entry at hand and what
//! [`expr::NAMES`] lists, and stop by themselves.

pub mod entry;
pub mod expr;
pub mod file;
pub mod named;
pub mod raise;
pub mod schedule;
mod sound;
pub mod value;

use super::field::{Field, Title};
use expr::Expr;
pub use file::{Fault, Wrong};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a column's values point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A person.
    Person,
    /// A unit.
    Unit,
    /// An officer.
    Officer,
    /// An outside contact.
    Contact,
    /// An entry of another ledger, by the ledger's name.
    Ledger(String),
}

impl Link {
    /// As a declaration writes it.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "person" => Self::Person,
            "unit" => Self::Unit,
            "officer" => Self::Officer,
            "contact" => Self::Contact,
            other => Self::Ledger(other.strip_prefix("ledger:").filter(|name| !name.is_empty())?.to_owned()),
        })
    }
}

/// One column: a field, and what holds of it in a ledger.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name, labels, type, codes, and whether it must be filled.
    pub field: Field,
    /// How sheets head it.
    pub headers: Vec<String>,
    /// What its values point at.
    pub link: Option<Link>,
    /// Other values than its codes may be written: they are kept as they are.
    pub extendable: bool,
    /// No two entries have the same.
    pub unique: bool,
    /// It is computed, never typed.
    pub readonly: bool,
    /// The least value.
    pub minimum: Option<Expr>,
    /// The greatest value.
    pub maximum: Option<Expr>,
    /// What stands in it before anything is typed.
    pub default: Option<Expr>,
    /// What the text must look like.
    pub pattern: Option<regex_lite::Regex>,
    /// It is asked only where this holds.
    pub relevant: Option<Expr>,
    /// What must hold of it.
    pub constraint: Option<Expr>,
    /// What is said where that does not hold.
    pub message: Title,
    /// What it is computed from.
    pub calculation: Option<Expr>,
    /// A word about what may be typed.
    pub hint: Title,
}

/// The states an entry can be in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct States {
    /// The one it begins in.
    pub initial: String,
    /// Those in which it is closed.
    pub last: Vec<String>,
}

/// From state to state.
#[derive(Debug, Clone)]
pub struct Transition {
    /// What it goes by.
    pub name: String,
    /// Its label.
    pub title: Title,
    /// From which states.
    pub from: Vec<String>,
    /// To which.
    pub to: String,
    /// The columns that are filled in with it.
    pub ask: Vec<String>,
    /// What must hold.
    pub requires: Option<Expr>,
    /// It needs a reason.
    pub reason: bool,
    /// Several entries at once may go.
    pub batch: bool,
    /// It is signed.
    pub sign: bool,
    /// The transition whose author does not sign this one; or the column with the officer who does not.
    pub not_by: Option<String>,
    /// The letter that carries it out on the desk.
    pub key: Option<char>,
}

/// For what something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applies {
    /// Every entry; of lines, every line.
    Entry,
    /// Every value of the key.
    Key,
    /// Every unit that reports.
    Unit,
    /// Every entry of another ledger, whether or not anything was entered for it here.
    Ledger(String),
}

/// When it is due.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// So long after something of the entry, once each; on days where the anchor is a day.
    After {
        /// Which moment.
        anchor: Expr,
        /// Milliseconds after it.
        each: Vec<i64>,
        /// The anchor is a day: what is due then is due until its end.
        whole: bool,
    },
    /// Again and again: milliseconds.
    Every(i64),
    /// At these times of every day, minutes after midnight.
    At(Vec<i32>),
}

/// What is expected, so that silence shows.
#[derive(Debug, Clone)]
pub struct Due {
    /// What it goes by.
    pub id: String,
    /// Its label.
    pub title: Title,
    /// For what.
    pub applies: Applies,
    /// For which of them.
    pub applies_if: Option<Expr>,
    /// When.
    pub when: When,
    /// How long before it is shown, in milliseconds.
    pub start: i64,
    /// How long after it is overdue, in milliseconds.
    pub end: i64,
    /// What settles it.
    pub resolved_if: Expr,
    /// It is over for good where this holds.
    pub until: Option<Expr>,
    /// It stands before the others where this holds.
    pub priority: Option<Expr>,
    /// Who is told, so long after it is overdue: milliseconds and a word.
    pub escalate: Vec<(i64, String)>,
}

/// A balance of each key.
#[derive(Debug, Clone)]
pub struct Stock {
    /// The column with the quantity.
    pub quantity: String,
    /// Where it adds.
    pub plus: Expr,
    /// Where it takes away.
    pub minus: Expr,
    /// Where it is a count that stands for all before it.
    pub set: Option<Expr>,
    /// The least there should be, by the code of the key's first column.
    pub minimum: BTreeMap<String, i64>,
    /// Over how many milliseconds the mean use is taken.
    pub use_over: i64,
}

/// What must add up.
#[derive(Debug, Clone)]
pub struct Check {
    /// What it goes by.
    pub id: String,
    /// What is added.
    pub sum: Vec<Expr>,
    /// To what.
    pub equals: Expr,
    /// For each value of this column by itself.
    pub group: Option<String>,
}

/// How its list looks.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The columns shown, in order; its own and those that are computed.
    pub columns: Vec<String>,
    /// A line that is to be seen at once.
    pub alert: Option<Expr>,
    /// What is counted on the list of ledgers, and where.
    pub counter: Option<(Title, Expr)>,
}

/// The columns of entries, or of their lines, with what moves and what is due.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The columns.
    pub columns: Vec<Column>,
    /// The states, where it has any.
    pub states: Option<States>,
    /// What states are called.
    pub state_words: BTreeMap<String, Title>,
    /// From state to state.
    pub transitions: Vec<Transition>,
    /// What is expected.
    pub dues: Vec<Due>,
    /// What is proposed.
    pub raises: Vec<raise::Raise>,
}

/// The lines of an entry.
#[derive(Debug, Clone)]
pub struct Lines {
    /// What they are called.
    pub title: Title,
    /// Their columns.
    pub part: Part,
    /// One for each unit, made with the entry.
    pub of_units: bool,
    /// For which units.
    pub only: Option<Expr>,
}

/// A register as declared.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// Its name, as commands and the log write it.
    pub name: String,
    /// Its version.
    pub version: u16,
    /// What it is called.
    pub title: Title,
    /// The columns that tell its lines apart; entries with the same are one line.
    pub key: Vec<String>,
    /// Sheets of it are taken in, as they are unless its declaration says otherwise.
    pub import: bool,
    /// Its entries.
    pub part: Part,
    /// The lines of each, where it has any.
    pub lines: Option<Lines>,
    /// A balance of each key.
    pub stock: Option<Stock>,
    /// What must add up.
    pub checks: Vec<Check>,
    /// How its list looks.
    pub view: View,
    /// The file's text, for the log.
    pub text: String,
    /// Where its version and its title stand in the file.
    at: At,
}

/// Where words of a declaration stand in its text that are wrong by what else there is.
#[derive(Debug, Clone, Copy)]
struct At {
    version: usize,
    title: usize,
}

impl Part {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field.name == name)
    }

    /// The transition of this name.
    pub fn transition(&self, name: &str) -> Option<&Transition> {
        self.transitions.iter().find(|transition| transition.name == name)
    }

    /// The transitions that leave a state.
    pub fn from_state<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a Transition> {
        self.transitions.iter().filter(move |move_| move_.from.iter().any(|from| from == state))
    }

    /// Whether another transition is only for somebody who did not do this one.
    pub fn is_checked(&self, transition: &str) -> bool {
        self.transitions.iter().any(|other| other.not_by.as_deref() == Some(transition))
    }

    /// Whether an entry in this state is closed.
    pub fn is_last(&self, state: &str) -> bool {
        self.states.as_ref().is_some_and(|states| states.last.iter().any(|last| last == state))
    }

    /// Every state, the first one first.
    pub fn states(&self) -> Vec<&str> {
        let mut all = Vec::new();
        if let Some(states) = &self.states {
            all.push(states.initial.as_str());
            let moved = self.transitions.iter().map(|transition| &transition.to);
            for state in moved.chain(&states.last) {
                if !all.contains(&state.as_str()) {
                    all.push(state);
                }
            }
        }
        all
    }

    /// What a state is called: by its own word, else by the transition that leads there, else as it is written.
    pub fn state_title(&self, state: &str) -> Title {
        if let Some(title) = self.state_words.get(state) {
            return title.clone();
        }
        let led = self.transitions.iter().find(|transition| transition.to == state);
        led.map_or_else(|| Title { zh: state.to_owned(), en: state.to_owned() }, |led| led.title.clone())
    }

    /// Whether numbers of people stand in these values: in a column of their own, or typed into words.
    pub fn has_numbers(&self, values: &value::Values) -> bool {
        self.columns.iter().any(|column| {
            let value = values.get(&column.field.name).map_or("", String::as_str);
            let words = column.field.kind == super::field::Type::Text && column.link.is_none();
            !value.is_empty()
                && (column.field.kind.is_private() || words && super::mask::masked_words(value) != value)
        })
    }

    /// What must hold of its columns.
    pub fn constraints(&self) -> impl Iterator<Item = &Expr> {
        self.columns.iter().filter_map(|column| column.constraint.as_ref())
    }

    /// The columns that point at something, and at what.
    pub fn links(&self) -> impl Iterator<Item = (&str, &Link)> {
        self.columns.iter().filter_map(|column| Some((column.field.name.as_str(), column.link.as_ref()?)))
    }
}

impl Ledger {
    /// Its entries, or their lines.
    pub fn part(&self, is_line: bool) -> Option<&Part> {
        if is_line { self.lines.as_ref().map(|lines| &lines.part) } else { Some(&self.part) }
    }

    /// Whether entries of one are the same lines and the same balances under the other.
    pub fn counts_alike(&self, other: &Self) -> bool {
        let stock = |ledger: &Self| {
            let stock = ledger.stock.as_ref()?;
            let set = stock.set.as_ref().map(|set| set.text().to_owned());
            Some((stock.quantity.clone(), stock.plus.text().to_owned(), stock.minus.text().to_owned(), set))
        };
        self.key == other.key && stock(self) == stock(other) && self.lines.is_some() == other.lines.is_some()
    }

    /// The columns that tell of what was brought, such as until when it may be used: of a line of the list the one that
    /// is used first has its value there, and not whatever was entered last.
    pub fn first_out(&self) -> impl Iterator<Item = &str> {
        let dues = self.part.dues.iter().filter(|due| self.stock.is_some() && due.applies == Applies::Entry);
        let anchors = dues.filter_map(|due| match &due.when {
            When::After { anchor, .. } => Some(anchor.text()),
            When::Every(_) | When::At(_) => None,
        });
        anchors.filter(|name| self.part.column(name).is_some() && !self.key.iter().any(|key| key == name))
    }

    /// What tells the line of a list apart: the values of its key.
    pub fn key_of(&self, values: &value::Values) -> Option<String> {
        if self.key.is_empty() {
            return None;
        }
        let parts: Vec<&str> =
            self.key.iter().map(|name| values.get(name).map_or("", String::as_str)).collect();
        Some(parts.join("\u{1f}"))
    }
}

const SHIPPED: &[&str] = &[
    include_str!("../../../data/ledgers/supplies.toml"),
    include_str!("../../../data/ledgers/places.toml"),
    include_str!("../../../data/ledgers/disinfection.toml"),
    include_str!("../../../data/ledgers/ventilation.toml"),
    include_str!("../../../data/ledgers/inspections.toml"),
    include_str!("../../../data/ledgers/notices.toml"),
    include_str!("../../../data/ledgers/absence.toml"),
    include_str!("../../../data/ledgers/meetings.toml"),
    include_str!("../../../data/ledgers/returns.toml"),
    include_str!("../../../data/ledgers/gate.toml"),
    include_str!("../../../data/ledgers/roster.toml"),
];

/// The ledgers that come with the program.
pub fn shipped() -> &'static [Arc<Ledger>] {
    static ALL: OnceLock<Vec<Arc<Ledger>>> = OnceLock::new();
    // A test reads every one of them; a file that did not parse would be left out here.
    ALL.get_or_init(|| SHIPPED.iter().filter_map(|text| Ledger::parse(text).ok().map(Arc::new)).collect())
}

/// What came with earlier programs: an office that took one of them into its log unchanged goes on with the one of today.
const EARLIER: &[&str] = &[include_str!("../../../data/ledgers/earlier/gate-1.toml")];

impl Ledger {
    /// Whether it came with an earlier program, word for word: what an office made of it itself is its own.
    pub fn came_earlier(&self) -> bool {
        EARLIER.contains(&self.text.as_str())
    }
}

type Kept = BTreeMap<(String, u16), Arc<Ledger>>;

/// The declarations that were read while the program runs, by name and version: what log lines take their words from.
fn kept() -> &'static Mutex<Kept> {
    static KEPT: OnceLock<Mutex<Kept>> = OnceLock::new();
    KEPT.get_or_init(|| {
        let own = shipped().iter().map(|ledger| ((ledger.name.clone(), ledger.version), ledger.clone()));
        Mutex::new(own.collect())
    })
}

/// What the field of a column is called in a form: a column may have the name of another field there.
pub fn field_id(name: &str) -> &'static str {
    super::item::Name::new(&format!("column.{name}")).get()
}

/// Keeps a declaration for log lines.
pub fn keep(ledger: &Arc<Ledger>) {
    // A map is whole whoever panicked while holding it.
    let mut kept = kept().lock().unwrap_or_else(PoisonError::into_inner);
    kept.insert((ledger.name.clone(), ledger.version), ledger.clone());
}

/// The declaration of this name and version, if it was read; else the newest of its name.
pub fn known(name: &str, version: u16) -> Option<Arc<Ledger>> {
    let kept = kept().lock().unwrap_or_else(PoisonError::into_inner);
    let exact = kept.get(&(name.to_owned(), version));
    exact
        .or_else(|| kept.iter().rev().find(|((known, _), _)| known == name).map(|(_, ledger)| ledger))
        .cloned()
}

#[cfg(test)]
mod tests;
