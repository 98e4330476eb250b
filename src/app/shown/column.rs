//! A column of a kind of row, described once: its title and place on the screen, its cell, what it is sorted by, how
//! `list` prints it and what it is in JSON.

use crate::domain::finding::Finding;
use crate::domain::ids::{EntryId, FollowUpId, PersonId, Subject};
use crate::domain::order::natural;
use crate::domain::time::{Calendar, Ts};
use crate::say::{Lang, Word};
use serde::Serialize;
use serde_json::Value;

/// What a cell's text depends on besides its row.
#[derive(Debug, Clone, Copy)]
pub struct Ctx {
    /// The reader's language.
    pub lang: Lang,
    /// The present moment, for countdowns.
    pub now: Ts,
    /// The office's calendar.
    pub cal: Calendar,
    /// Whose numbers are shown for the moment.
    pub revealed: Option<Shown>,
}

/// Whose numbers are shown for the moment: it is in the log that they were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All of a person's.
    Person(PersonId),
    /// The one that a call came from.
    Call(FollowUpId),
    /// Those in an entry of a ledger that is about nobody.
    Entry(EntryId),
}

impl Ctx {
    /// Whether a person's numbers are shown.
    pub fn shows(&self, person: PersonId) -> bool {
        self.revealed == Some(Shown::Person(person))
    }

    /// Whether the number of a call is shown: for itself, or as one of a person's.
    pub fn shows_call(&self, call: FollowUpId, subject: Option<Subject>) -> bool {
        match (self.revealed, subject) {
            (Some(Shown::Call(shown)), _) => shown == call,
            (Some(Shown::Person(shown)), Some(Subject::Person(person))) => shown == person,
            _ => false,
        }
    }
}

/// How a cell is meant; the words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    /// Nothing special.
    #[default]
    Plain,
    /// Of less weight.
    Dim,
    /// As it should be.
    Good,
    /// Wants attention.
    Warn,
    /// Is wrong.
    Bad,
}

/// A cell's text and how it is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text, not yet made safe or cut to its column.
    pub text: String,
    /// How it is meant.
    pub mood: Mood,
}

impl Cell {
    /// A cell with a mood.
    pub fn new(text: impl Into<String>, mood: Mood) -> Self {
        Self { text: text.into(), mood }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, mood: Mood::Plain }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// What stands in a column, where it is cut last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stands {
    /// Anything: it is cut first.
    #[default]
    Text,
    /// A unit: it is called by its short name before it is cut.
    Unit,
    /// Somebody's name: it is not cut before any of these.
    Name,
    /// A number to call: half of one is none.
    Phone,
}

/// What a column is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// A number or an instant.
    Num(i64),
    /// Text.
    Text(String),
}

impl SortKey {
    /// Text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// By the sounds of a name, or by the name where it has none.
    pub fn sounds(keys: &str, name: &str) -> Self {
        Self::text(if keys.is_empty() { name } else { keys })
    }

    /// With every number in words as long as the longest, so that 2班 comes before 10班, and 二班 before 十班.
    pub(in crate::app) fn natural(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(natural(&text)),
            number @ Self::Num(_) => number,
        }
    }
}

/// Everything about one column of a kind of row.
#[derive(Debug)]
pub struct Column<R: 'static> {
    /// What it goes by, and its field in JSON.
    pub name: &'static str,
    /// Its title.
    pub title: Word,
    /// Columns of the screen it takes at least; 0 where the screen does not show it.
    pub width: u16,
    /// Its share of what is left over; 0 keeps the width.
    pub grow: u16,
    /// The higher, the earlier it is dropped when there is no room; 0 stays.
    pub drop: u8,
    /// Numbers stand to the right.
    pub right: bool,
    /// What stands in it.
    pub stands: Stands,
    /// Its cell on the screen.
    pub cell: fn(&R, &Ctx) -> Cell,
    /// What the table is sorted by; absent where it cannot be.
    pub key: Option<fn(&R) -> SortKey>,
    /// Its text in `list`, where that is not the cell's: a printed line does not tick.
    listed: Option<fn(&R, &Ctx) -> String>,
    /// Its value in JSON.
    json: Option<Given<R>>,
}

/// How a value in JSON is had.
#[derive(Debug, Clone, Copy)]
enum Given<R: 'static> {
    Value(fn(&R, &Ctx) -> Value),
    Findings(fn(&R) -> &[Finding]),
}

/// A value in JSON. What has fields of its own keeps their order.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Json<'a> {
    /// A plain value.
    Value(Value),
    /// What is to be acted on.
    Findings(&'a [Finding]),
}

impl<R> Column<R> {
    /// A column of the screen.
    pub const fn new(
        name: &'static str,
        title: Word,
        (width, grow, drop): (u16, u16, u8),
        cell: fn(&R, &Ctx) -> Cell,
    ) -> Self {
        Self {
            name,
            title,
            width,
            grow,
            drop,
            right: false,
            stands: Stands::Text,
            cell,
            key: None,
            listed: None,
            json: None,
        }
    }

    /// A column of figures, which stand to the right.
    pub const fn figure(
        name: &'static str,
        title: Word,
        (width, drop): (u16, u8),
        cell: fn(&R, &Ctx) -> Cell,
    ) -> Self {
        Self { right: true, ..Self::new(name, title, (width, 0, drop), cell) }
    }

    /// A column that only `list` prints.
    pub const fn printed(name: &'static str, title: Word, text: fn(&R, &Ctx) -> String) -> Self {
        Self {
            listed: Some(text),
            ..Self::new(name, title, (0, 0, 0), |_, _| Cell { text: String::new(), mood: Mood::Plain })
        }
    }

    /// A field that only JSON has.
    pub const fn field(name: &'static str, value: fn(&R, &Ctx) -> Value) -> Self {
        let nothing = Word { zh: "", en: "" };
        Self { json: Some(Given::Value(value)), ..Self::printed(name, nothing, |_, _| String::new()) }
    }

    /// This stands in it.
    #[must_use]
    pub const fn of(self, stands: Stands) -> Self {
        Self { stands, ..self }
    }

    /// Its cell on the board.
    #[must_use]
    pub const fn cell(self, cell: fn(&R, &Ctx) -> Cell) -> Self {
        Self { cell, ..self }
    }

    /// The table can be sorted by it.
    #[must_use]
    pub const fn by(self, key: fn(&R) -> SortKey) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Printed by `list` like this.
    #[must_use]
    pub const fn list(self, text: fn(&R, &Ctx) -> String) -> Self {
        Self { listed: Some(text), ..self }
    }

    /// This value in JSON.
    #[must_use]
    pub const fn json(self, value: fn(&R, &Ctx) -> Value) -> Self {
        Self { json: Some(Given::Value(value)), ..self }
    }

    /// A field that only JSON has, of what is to be acted on.
    pub const fn findings(name: &'static str, found: fn(&R) -> &[Finding]) -> Self {
        Self { json: Some(Given::Findings(found)), ..Self::field(name, |_, _| Value::Null) }
    }

    /// Its text in `list`.
    pub fn text(&self, row: &R, ctx: &Ctx) -> String {
        self.listed.map_or_else(|| (self.cell)(row, ctx).text, |text| text(row, ctx))
    }

    /// Its value in JSON; none where it has no field.
    pub fn value<'a>(&self, row: &'a R, ctx: &Ctx) -> Option<Json<'a>> {
        self.json.as_ref().map(|given| match given {
            Given::Value(value) => Json::Value(value(row, ctx)),
            Given::Findings(found) => Json::Findings(found(row)),
        })
    }
}

/// A kind of row, by its columns.
pub trait Columns: Sized + 'static {
    /// All its columns, those of the screen in their order there.
    const COLUMNS: &'static [Column<Self>];

    /// Those of the screen, with their places among all.
    fn on_screen() -> impl Iterator<Item = (usize, &'static Column<Self>)> {
        Self::COLUMNS.iter().enumerate().filter(|(_, column)| column.width > 0)
    }

    /// The cell in the column of this name; empty where there is none.
    fn cell(&self, name: &str, ctx: &Ctx) -> Cell {
        Self::column(name).map_or_else(Cell::default, |column| (column.cell)(self, ctx))
    }

    /// The column of this name.
    fn column(name: &str) -> Option<&'static Column<Self>> {
        Self::COLUMNS.iter().find(|column| column.name == name)
    }
}

/// A kind of row that `list` prints.
pub trait Listed: Columns {
    /// The columns it prints, in order.
    const LIST: &'static [&'static str];
    /// The fields in JSON, in order: a stable interface, new ones come at the end. What is not a column of the row
    /// is asked of the office.
    const JSON: &'static [&'static str];
}

#[cfg(test)]
mod tests {
    use super::super::pages::behind::BehindLine;
    use super::super::pages::told::ToldLine;
    use super::super::rows::DueLine;
    use super::{Columns, Listed};
    use crate::domain::item::DueRow;
    use crate::store::query::rows::{
        CallerRow, CaseRow, ContactRow, DoubtRow, FindingRow, LogRow, OutstandingRow, PersonRow, ShiftRange,
        UnitRow,
    };
    use std::collections::BTreeSet;

    fn once<R: Columns>() {
        let names: BTreeSet<_> = R::COLUMNS.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), R::COLUMNS.len(), "a name stands twice: {names:?}");
    }

    fn listed<R: Listed>() {
        once::<R>();
        assert!(R::LIST.iter().all(|name| R::column(name).is_some()), "{:?}", R::LIST);
        let fields: BTreeSet<_> = R::JSON.iter().copied().collect();
        assert_eq!(fields.len(), R::JSON.len(), "a field stands twice: {fields:?}");
        let has = |name: &str| R::column(name).is_some_and(|column| column.json.is_some());
        let columns = R::COLUMNS.iter().map(|column| column.name);
        let left: Vec<_> = columns.filter(|name| has(name) && !fields.contains(name)).collect();
        assert!(left.is_empty(), "fields without a place: {left:?}");
        let asked: Vec<_> = fields.into_iter().filter(|name| !has(name)).collect();
        assert!(asked.iter().all(|name| ["owed", "subject"].contains(name)), "nobody gives {asked:?}");
    }

    #[test]
    fn a_name_stands_once_and_what_is_listed_is_a_column() {
        once::<DueLine>();
        once::<CallerRow>();
        once::<ShiftRange>();
        once::<ToldLine>();
        once::<BehindLine>();
        listed::<UnitRow>();
        listed::<OutstandingRow>();
        listed::<CaseRow>();
        listed::<FindingRow>();
        listed::<DoubtRow>();
        listed::<DueRow>();
        listed::<PersonRow>();
        listed::<ContactRow>();
        listed::<LogRow>();
    }
}
