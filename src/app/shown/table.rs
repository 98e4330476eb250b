//! One table for every list: selection by id, scroll, sort, filter as you type, marks. A windowed table holds
//! only the part around its cursor; order and filter are then the database's.

use super::column::{Cell, Column, Columns, Ctx, Mood, SortKey};
use crate::domain::followup::Outcome;
use crate::domain::ids::{
    CaseId, ContactId, EntryId, FollowUpId, OpRef, PersonId, QuestionId, ShiftId, Subject, UnitId,
};
use crate::domain::item::{Item, Name};
use crate::say::Lang;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How many rows of a windowed table are kept around the cursor.
pub const WINDOW: u32 = 240;

/// What a row is, whatever its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// A unit.
    Unit(UnitId),
    /// A person.
    Person(PersonId),
    /// An outside contact.
    Contact(ContactId),
    /// A case.
    Case(CaseId),
    /// A due item.
    Due(Item),
    /// An op of the log.
    Op(OpRef),
    /// What was told once.
    Told(Uuid),
    /// An item that was taken over unread.
    Unread(Item),
    /// A question left at a handover.
    Question(QuestionId),
    /// Somebody about whom something is to be acted on.
    Finding(PersonId),
    /// A shift.
    Shift(ShiftId),
    /// A call.
    Call(FollowUpId),
    /// A ledger.
    Ledger(Name),
    /// An entry of a ledger, or a line of one.
    Entry(EntryId),
}

/// Whom an act would concern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The person or unit; absent for nobody known.
    pub subject: Option<Subject>,
    /// By name.
    pub name: String,
}

/// Units as what a form is about.
pub(in crate::app) fn units_named(units: &[(UnitId, String)]) -> Vec<Target> {
    units.iter().map(|(id, name)| Target::new(Some(Subject::Unit(*id)), name)).collect()
}

impl Target {
    /// A person or unit by name.
    pub fn new(subject: Option<Subject>, name: &str) -> Self {
        Self { subject, name: name.to_owned() }
    }
}

/// A row of some table.
pub trait TableRow: Columns + Clone {
    /// What it is.
    fn id(&self) -> RowId;
    /// What the filter looks into.
    fn haystack(&self) -> String;
    /// About whom it is.
    fn about(&self) -> Target;
    /// The number to call, when it is nobody's private one.
    fn office_phone(&self) -> Option<&str> {
        None
    }
    /// Whether the whole row is to be seen at once.
    fn mood(&self, ctx: &Ctx) -> Mood {
        let _ = ctx;
        Mood::Plain
    }
}

/// A list on the screen.
#[derive(Debug, Clone)]
pub struct Table<R> {
    rows: Vec<R>,
    order: Vec<usize>,
    windowed: bool,
    total: usize,
    offset: usize,
    cursor: usize,
    selected: Option<RowId>,
    /// The first line shown.
    pub scroll: usize,
    /// Lines that fit; set from the layout after every message.
    pub height: usize,
    /// Sorted by the column at this place, and whether turned round; the query's own order when absent.
    pub sort: Option<(usize, bool)>,
    /// Only rows that contain every word of this.
    pub filter: String,
    /// Marked rows.
    pub marks: BTreeMap<RowId, Target>,
    /// What the filter was when each was marked, where that is the database's.
    marked_under: BTreeMap<RowId, String>,
    /// Rows have come at least once.
    pub loaded: bool,
    /// The filter that the rows held came for, where that is the database's.
    came_for: String,
}

impl<R: TableRow> Table<R> {
    /// The name of the column it is sorted by, and whether turned round.
    pub fn sorted_by(&self) -> Option<(&'static str, bool)> {
        self.sort.map(|(column, descending)| (R::COLUMNS[column].name, descending))
    }

    /// An empty table that holds all its rows.
    pub fn new() -> Self {
        Self {
            rows: Vec::new(),
            order: Vec::new(),
            windowed: false,
            total: 0,
            offset: 0,
            cursor: 0,
            selected: None,
            scroll: 0,
            height: 10,
            sort: None,
            filter: String::new(),
            marks: BTreeMap::new(),
            marked_under: BTreeMap::new(),
            loaded: false,
            came_for: String::new(),
        }
    }

    /// An empty table that holds the part around its cursor.
    pub fn windowed() -> Self {
        Self { windowed: true, ..Self::new() }
    }

    /// Takes over all rows; the selection stays on the same row, or near its place when that is gone.
    pub fn set_rows(&mut self, rows: Vec<R>) {
        self.rows = rows;
        self.loaded = true;
        let present: BTreeSet<RowId> = self.rows.iter().map(TableRow::id).collect();
        self.marks.retain(|id, _| present.contains(id));
        self.reorder();
    }

    /// Takes over a part of the rows.
    pub fn set_page(&mut self, total: usize, offset: usize, rows: Vec<R>) {
        self.rows = rows;
        self.total = total;
        self.offset = offset;
        self.loaded = true;
        // Only the newest answer is taken: it is of the filter that stands there.
        self.came_for.clone_from(&self.filter);
        if let Some(at) = self.selected.and_then(|id| self.rows.iter().position(|r| r.id() == id)) {
            self.cursor = offset + at;
        }
        self.cursor = self.cursor.min(total.saturating_sub(1));
        self.selected = self.row_at(self.cursor).map(TableRow::id);
        self.keep_in_sight();
    }

    fn reorder(&mut self) {
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let mut order: Vec<usize> = (0..self.rows.len())
            .filter(|i| {
                words.is_empty() || {
                    let hay = self.rows[*i].haystack().to_lowercase();
                    words.iter().all(|word| hay.contains(word.as_str()))
                }
            })
            .collect();
        if let Some((column, descending)) = self.sort
            && let Some(key) = R::COLUMNS[column].key
        {
            order.sort_by_cached_key(|i| SortKey::natural(key(&self.rows[*i])));
            if descending {
                order.reverse();
            }
        }
        self.order = order;
        self.total = self.order.len();
        let found = self.selected.and_then(|id| self.order.iter().position(|i| self.rows[*i].id() == id));
        self.cursor = found.unwrap_or_else(|| self.cursor.min(self.total.saturating_sub(1)));
        self.selected = self.row_at(self.cursor).map(TableRow::id);
        self.keep_in_sight();
    }

    /// The row at a place, if it is loaded.
    pub fn row_at(&self, place: usize) -> Option<&R> {
        if self.windowed {
            self.rows.get(place.checked_sub(self.offset)?)
        } else {
            self.order.get(place).map(|i| &self.rows[*i])
        }
    }

    /// The selected row, if it is loaded.
    pub fn current(&self) -> Option<&R> {
        self.row_at(self.cursor)
    }

    /// Every row held, in no particular order.
    pub fn rows(&self) -> &[R] {
        &self.rows
    }

    /// Where a window around the cursor begins.
    pub fn window_start(&self) -> u32 {
        (self.cursor as u32).saturating_sub(WINDOW / 2)
    }
}

impl<R: TableRow> Default for Table<R> {
    fn default() -> Self {
        Self::new()
    }
}

/// A column that is shown, as its table's drawing needs it.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// Its place among all columns.
    pub place: usize,
    /// Its title.
    pub title: &'a str,
    /// Columns of the screen it takes at least.
    pub width: u16,
    /// Its share of what is left over; 0 keeps the width.
    pub grow: u16,
    /// The higher, the earlier it is dropped when there is no room; 0 stays.
    pub drop: u8,
    /// Numbers stand to the right.
    pub right: bool,
}

/// What can be done to a table, and seen of it, without knowing its rows.
pub trait List {
    /// The columns of the screen, in their order there.
    fn heads(&self, lang: Lang) -> Vec<Head<'_>>;
    /// The cell of the row at a place in the column at a place; none where the row is not held.
    fn cell(&self, row: usize, column: usize, ctx: &Ctx) -> Option<Cell>;
    /// Whether the whole row at a place is to be seen at once.
    fn mood(&self, row: usize, ctx: &Ctx) -> Mood;
    /// Whether the row at a place is held.
    fn holds(&self, row: usize) -> bool;
    /// Whether the row at a place is marked.
    fn is_marked(&self, row: usize) -> bool;
    /// How many rows are marked.
    fn marks(&self) -> usize;
    /// The column it is sorted by, by its place, and whether turned round.
    fn sorted(&self) -> Option<(usize, bool)>;
    /// Rows have come at least once.
    fn is_loaded(&self) -> bool;
    /// How many rows there are after the filter.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The cursor's place.
    fn place(&self) -> usize;
    /// Moves the cursor to a place.
    fn select(&mut self, place: usize);
    /// The selected row.
    fn selected(&self) -> Option<RowId>;
    /// Puts the cursor on a row once it is there.
    fn seek(&mut self, id: RowId);
    /// Lines that fit.
    fn fit(&mut self, height: usize);
    /// Lines that fit, as last set.
    fn height(&self) -> usize;
    /// The first line shown.
    fn top(&self) -> usize;
    /// Marks or unmarks the selected row and goes one down.
    fn toggle_mark(&mut self);
    /// Marks every row held after the filter, or none when all are.
    fn mark_all(&mut self);
    /// Whom the marked rows concern, else the selected one.
    fn targets(&self) -> Vec<Target>;
    /// Whom the selected row concerns.
    fn about_selected(&self) -> Option<Target>;
    /// Whether any row is marked.
    fn has_marks(&self) -> bool;
    /// How many marked rows the filter hides. They are acted on all the same, and so they are counted wherever an
    /// act is named.
    fn hidden_marks(&self) -> usize;
    /// The marked rows, else the selected one.
    fn chosen(&self) -> Vec<RowId>;
    /// The number to call of the selected row, when it is nobody's private one.
    fn office_phone(&self) -> Option<String>;
    /// Unmarks all; says whether any was marked.
    fn clear_marks(&mut self) -> bool;
    /// Sorts by the next column.
    fn sort_next(&mut self);
    /// Turns the order round.
    fn reverse(&mut self);
    /// The filter's text.
    fn filter(&self) -> &str;
    /// Filters.
    fn set_filter(&mut self, filter: String);
    /// Whether order and filter are the database's.
    fn is_windowed(&self) -> bool;
    /// Whether the rows that are seen came for another filter than what is typed: theirs are still to come.
    fn is_behind(&self) -> bool;
    /// Whether the cursor is near the edge of the part that is held.
    fn wants_more(&self) -> bool;

    /// Moves the cursor by so many rows.
    fn step(&mut self, by: i64) {
        let last = self.len().saturating_sub(1) as i64;
        let to = (self.place() as i64 + by).clamp(0, last);
        self.select(to as usize);
    }
}

impl<R: TableRow> Table<R> {
    fn keep_in_sight(&mut self) {
        let height = self.height.max(1);
        if self.cursor < self.scroll {
            self.scroll = self.cursor;
        } else if self.cursor >= self.scroll + height {
            self.scroll = self.cursor + 1 - height;
        }
        self.scroll = self.scroll.min(self.total.saturating_sub(height));
    }
}

impl<R: TableRow> List for Table<R> {
    fn heads(&self, lang: Lang) -> Vec<Head<'_>> {
        let head = |(place, column): (usize, &'static Column<R>)| Head {
            place,
            title: column.title.get(lang),
            width: column.width,
            grow: column.grow,
            drop: column.drop,
            right: column.right,
        };
        R::on_screen().map(head).collect()
    }

    fn cell(&self, row: usize, column: usize, ctx: &Ctx) -> Option<Cell> {
        self.row_at(row).map(|row| (R::COLUMNS[column].cell)(row, ctx))
    }

    fn mood(&self, row: usize, ctx: &Ctx) -> Mood {
        self.row_at(row).map_or(Mood::Plain, |row| row.mood(ctx))
    }

    fn holds(&self, row: usize) -> bool {
        self.row_at(row).is_some()
    }

    fn is_marked(&self, row: usize) -> bool {
        self.row_at(row).is_some_and(|row| self.marks.contains_key(&row.id()))
    }

    fn marks(&self) -> usize {
        self.marks.len()
    }

    fn sorted(&self) -> Option<(usize, bool)> {
        self.sort
    }

    fn is_loaded(&self) -> bool {
        self.loaded
    }

    fn len(&self) -> usize {
        self.total
    }

    fn place(&self) -> usize {
        self.cursor
    }

    fn select(&mut self, place: usize) {
        self.cursor = place.min(self.total.saturating_sub(1));
        self.selected = self.row_at(self.cursor).map(TableRow::id);
        self.keep_in_sight();
    }

    fn selected(&self) -> Option<RowId> {
        self.selected
    }

    fn seek(&mut self, id: RowId) {
        self.selected = Some(id);
        let found = (0..self.total).find(|place| self.row_at(*place).is_some_and(|row| row.id() == id));
        if let Some(place) = found {
            self.select(place);
        }
    }

    fn fit(&mut self, height: usize) {
        self.height = height;
        self.keep_in_sight();
    }

    fn height(&self) -> usize {
        self.height
    }

    fn top(&self) -> usize {
        self.scroll
    }

    fn toggle_mark(&mut self) {
        if let Some(row) = self.current() {
            let (id, target) = (row.id(), row.about());
            if self.marks.remove(&id).is_none() {
                self.marks.insert(id, target);
                self.marked_under.insert(id, self.filter.clone());
            }
            self.step(1);
        }
    }

    fn mark_all(&mut self) {
        let shown: BTreeMap<RowId, Target> = (0..self.total)
            .filter_map(|place| self.row_at(place))
            .map(|row| (row.id(), row.about()))
            .collect();
        if shown.keys().all(|id| self.marks.contains_key(id)) {
            self.marks.clear();
        } else {
            self.marked_under.extend(shown.keys().map(|id| (*id, self.filter.clone())));
            self.marks.extend(shown);
        }
    }

    fn targets(&self) -> Vec<Target> {
        if self.marks.is_empty() {
            return self.current().map(TableRow::about).into_iter().collect();
        }
        self.marks.values().cloned().collect()
    }

    fn about_selected(&self) -> Option<Target> {
        self.current().map(TableRow::about)
    }

    fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    fn hidden_marks(&self) -> usize {
        if self.filter.is_empty() {
            return 0;
        }
        let seen: BTreeSet<RowId> =
            (0..self.total).filter_map(|place| self.row_at(place)).map(TableRow::id).collect();
        // Of a part of the rows: what was marked under this very filter fits it still.
        let fits = |id: &RowId| self.windowed && self.marked_under.get(id) == Some(&self.filter);
        self.marks.keys().filter(|id| !seen.contains(id) && !fits(id)).count()
    }

    fn chosen(&self) -> Vec<RowId> {
        if self.marks.is_empty() {
            return self.selected.into_iter().collect();
        }
        self.marks.keys().copied().collect()
    }

    fn office_phone(&self) -> Option<String> {
        self.current().and_then(TableRow::office_phone).map(str::to_owned)
    }

    fn clear_marks(&mut self) -> bool {
        let any = !self.marks.is_empty();
        self.marks.clear();
        any
    }

    fn sort_next(&mut self) {
        let after = self.sort.map_or(0, |(column, _)| column + 1);
        self.sort = sortable::<R>().find(|column| *column >= after).map(|column| (column, false));
        if !self.windowed {
            self.reorder();
        }
    }

    fn reverse(&mut self) {
        self.sort = match self.sort {
            Some((column, descending)) => Some((column, !descending)),
            None => sortable::<R>().next().map(|column| (column, true)),
        };
        if !self.windowed {
            self.reorder();
        }
    }

    fn filter(&self) -> &str {
        &self.filter
    }

    fn set_filter(&mut self, filter: String) {
        self.filter = filter;
        if self.windowed {
            self.cursor = 0;
            self.scroll = 0;
        } else {
            self.reorder();
        }
    }

    fn is_windowed(&self) -> bool {
        self.windowed
    }

    fn is_behind(&self) -> bool {
        self.windowed && self.loaded && self.came_for != self.filter
    }

    fn wants_more(&self) -> bool {
        if !self.windowed || !self.loaded {
            return false;
        }
        let margin = self.height.max(10);
        let low = self.cursor.saturating_sub(margin);
        let high = (self.cursor + margin).min(self.total);
        low < self.offset || high > self.offset + self.rows.len()
    }
}

/// The columns a table can be sorted by, by their places.
fn sortable<R: Columns>() -> impl Iterator<Item = usize> {
    R::on_screen().filter(|(_, column)| column.key.is_some()).map(|(place, _)| place)
}

/// How an outcome is meant.
pub fn outcome_mood(outcome: Outcome) -> Mood {
    match outcome {
        Outcome::Well | Outcome::Promised | Outcome::Informed => Mood::Good,
        Outcome::NotWell | Outcome::Refused => Mood::Bad,
        Outcome::NotReached | Outcome::WrongNumber | Outcome::NotAttempted | Outcome::MessageSent => {
            Mood::Warn
        }
    }
}

pub(in crate::app) fn moved(at: usize, by: i64, len: usize) -> usize {
    (at as i64).saturating_add(by).clamp(0, len.saturating_sub(1) as i64) as usize
}
