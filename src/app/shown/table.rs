//! One table for every list: selection by id, scroll, sort, filter as you type, marks. A windowed table holds
//! only the part around its cursor; order and filter are then the database's.

use super::column::{Cell, Column, Columns, Ctx, Mood, SortKey, Stands};
use crate::domain::followup::Outcome;
use crate::domain::ids::{
    CaseId, ContactId, DoubtId, EntryId, FollowUpId, OpRef, PersonId, QuestionId, ShiftId, Subject, UnitId,
};
use crate::domain::item::{Item, Name};
use crate::say::Lang;
use crate::store::query::rows::BesideAsk;
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
    /// A contradiction in what was reported.
    Doubt(DoubtId),
    /// A shift.
    Shift(ShiftId),
    /// A call.
    Call(FollowUpId),
    /// A ledger.
    Ledger(Name),
    /// An entry of a ledger, or a line of one.
    Entry(EntryId),
    /// A file of the inbox, by what it goes by.
    File(u64),
    /// A column of a sheet, by its place.
    Column(u64),
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
    /// Its columns on the board, with columns of the screen, share of what is left over and when each is dropped; those of
    /// its screen where there are none.
    const BOARD: &'static [(&'static str, (u16, u16, u8))] = &[];

    /// By what is asked what is known of it where it is selected.
    fn beside(&self) -> Option<BesideAsk> {
        self.about().subject.map(BesideAsk::Of)
    }

    /// With which rows it may be folded into one line: those that are due together, else those about the same subject.
    fn folds(&self) -> Folds {
        Folds::default()
    }
    /// Its cell in the column of this name when it stands for several rows, where that is another.
    fn folded(&self, column: &str, fold: Fold, ctx: &Ctx) -> Option<Cell> {
        let _ = (column, fold, ctx);
        None
    }
    /// The column that is set in where rows stand under the line that they were opened from.
    const SET_IN: &'static str = "";
}

/// What rows that may be one line have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds {
    /// That they are due together: from three on they are one line.
    pub together: Option<String>,
    /// About whom they are: from two on they are one line.
    pub about: Option<String>,
}

/// Why rows are one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldedBy {
    /// They are due together, of different people.
    Time,
    /// They are about one and the same.
    Subject,
}

/// How a line stands for several rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// Why they are one line.
    pub by: FoldedBy,
    /// How many.
    pub rows: usize,
    /// They stand below it.
    pub open: bool,
}

/// Rows that are one line of a list until it is opened; then they stand below it.
#[derive(Debug, Clone)]
struct Group {
    key: String,
    by: FoldedBy,
    /// By their places among the rows, in their order; the first is the one that is seen.
    members: Vec<usize>,
    open: bool,
}

/// A line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    /// Its row, by the place among the rows.
    at: usize,
    part: LinePart,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LinePart {
    /// Its row.
    Row,
    /// It stands for the group of its row.
    Group,
    /// Its row, under the line of its group.
    Member,
}

/// A list on the screen.
#[derive(Debug, Clone)]
pub struct Table<R> {
    rows: Vec<R>,
    order: Vec<Line>,
    windowed: bool,
    total: usize,
    offset: usize,
    cursor: usize,
    selected: Option<RowId>,
    /// The line of its group is selected, not the row itself.
    on_group: bool,
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
    /// It stands on the board: its columns are those of [`TableRow::BOARD`].
    board: bool,
    /// Rows that belong together are one line.
    folding: bool,
    /// Which of these lines were opened.
    opened: BTreeSet<String>,
    /// All of them, by the row that is seen.
    groups: BTreeMap<usize, Group>,
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
            on_group: false,
            scroll: 0,
            height: 10,
            sort: None,
            filter: String::new(),
            marks: BTreeMap::new(),
            marked_under: BTreeMap::new(),
            loaded: false,
            came_for: String::new(),
            board: false,
            folding: false,
            opened: BTreeSet::new(),
            groups: BTreeMap::new(),
        }
    }

    /// An empty table in which rows that belong together are one line, while it is neither filtered nor sorted by hand.
    pub fn folding() -> Self {
        Self { folding: true, ..Self::new() }
    }

    /// An empty table that holds the part around its cursor.
    pub fn windowed() -> Self {
        Self { windowed: true, ..Self::new() }
    }

    /// The same, with the columns it has on the board.
    #[must_use]
    pub fn on_board(self) -> Self {
        Self { board: true, ..self }
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
        self.order = self.fold(order);
        self.total = self.order.len();
        let found = self.selected.and_then(|id| self.place_of(id, self.on_group));
        self.point(found.unwrap_or_else(|| self.cursor.min(self.total.saturating_sub(1))));
    }

    /// The rows in order; those that belong together are one line, below which they stand where it was opened.
    fn fold(&mut self, order: Vec<usize>) -> Vec<Line> {
        /// From so many on rows that are due together are one line.
        const TOGETHER: usize = 3;
        self.groups.clear();
        if !self.folding || !self.filter.is_empty() || self.sort.is_some() {
            return order.into_iter().map(|at| Line { at, part: LinePart::Row }).collect();
        }
        let folds: Vec<Folds> = self.rows.iter().map(TableRow::folds).collect();
        let mut together: BTreeMap<&str, usize> = BTreeMap::new();
        folds.iter().filter_map(|f| f.together.as_deref()).for_each(|k| *together.entry(k).or_default() += 1);
        let key = |at: usize| {
            let by_time = folds[at].together.as_deref().filter(|key| together[key] >= TOGETHER);
            let by_subject = || folds[at].about.as_deref().map(|key| (key, FoldedBy::Subject));
            by_time.map(|key| (key, FoldedBy::Time)).or_else(by_subject)
        };
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in &order {
            if let Some((key, _)) = key(*at) {
                members.entry(key).or_default().push(*at);
            }
        }
        let mut out = Vec::with_capacity(order.len());
        for at in order {
            match key(at).and_then(|(key, by)| Some((key, by, members.get(key)?))) {
                Some((key, by, all)) if all.len() > 1 => {
                    if all[0] != at {
                        continue;
                    }
                    let open = self.opened.contains(key);
                    out.push(Line { at, part: LinePart::Group });
                    if open {
                        out.extend(all.iter().map(|at| Line { at: *at, part: LinePart::Member }));
                    }
                    self.groups.insert(at, Group { key: key.to_owned(), by, members: all.clone(), open });
                }
                _ => out.push(Line { at, part: LinePart::Row }),
            }
        }
        out
    }

    /// Where a row stands in the list, or the line that is seen for it: its own, or that of its group.
    fn place_of(&self, id: RowId, of_group: bool) -> Option<usize> {
        let is = |at: usize| self.rows[at].id() == id;
        let own = || self.order.iter().position(|line| line.part != LinePart::Group && is(line.at));
        let group = || {
            self.order.iter().position(|line| {
                line.part == LinePart::Group
                    && self.groups.get(&line.at).is_some_and(|group| group.members.iter().any(|at| is(*at)))
            })
        };
        if of_group { group().or_else(own) } else { own().or_else(group) }
    }

    /// Puts the cursor on a place.
    fn point(&mut self, place: usize) {
        self.cursor = place;
        self.selected = self.row_at(place).map(TableRow::id);
        self.on_group = self.order.get(place).is_some_and(|line| line.part == LinePart::Group);
        self.keep_in_sight();
    }

    /// The rows for which the line at a place of the list stands, where these are several.
    fn group(&self, place: usize) -> Option<&Group> {
        let line = self.order.get(place).filter(|line| line.part == LinePart::Group)?;
        self.groups.get(&line.at)
    }

    /// The row at a place with those it stands for.
    fn all_at(&self, place: usize) -> Vec<&R> {
        match self.group(place) {
            Some(group) => group.members.iter().map(|at| &self.rows[*at]).collect(),
            None => self.row_at(place).into_iter().collect(),
        }
    }

    /// The row at a place, if it is loaded.
    pub fn row_at(&self, place: usize) -> Option<&R> {
        if self.windowed {
            self.rows.get(place.checked_sub(self.offset)?)
        } else {
            self.order.get(place).map(|line| &self.rows[line.at])
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
    /// What stands in it.
    pub stands: Stands,
}

/// What can be done to a table, and seen of it, without knowing its rows.
pub trait List {
    /// The columns of the screen, in their order there.
    fn heads(&self, lang: Lang) -> Vec<Head<'_>>;
    /// The columns of its screen, where those that it has here are others.
    fn all_heads(&self, lang: Lang) -> Vec<Head<'_>> {
        let _ = lang;
        Vec::new()
    }
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
    /// By what is asked what is known of the selected row; none where nothing is to be known besides.
    fn beside(&self) -> Option<BesideAsk> {
        None
    }
    /// For whom the selected line stands, where it was made one of several that are due together.
    fn stands_for(&self) -> Vec<Target> {
        Vec::new()
    }
    /// How the selected line stands for several rows, if it does.
    fn folded(&self) -> Option<Fold> {
        None
    }
    /// Shows the rows for which the selected line stands below it, or no longer.
    fn unfold(&mut self) {}
    /// How many rows there are, however many are one line, and which of them is selected, or which are.
    fn items(&self) -> (usize, std::ops::RangeInclusive<usize>) {
        (self.len(), self.place() + 1..=self.place() + 1)
    }
    /// Folds again what was opened; says whether anything was.
    fn fold_all(&mut self) -> bool {
        false
    }

    /// Moves the cursor by so many rows.
    fn step(&mut self, by: i64) {
        let last = self.len().saturating_sub(1) as i64;
        let to = (self.place() as i64 + by).clamp(0, last);
        self.select(to as usize);
    }
}

impl<R: TableRow> Table<R> {
    fn screen_heads(lang: Lang) -> Vec<Head<'static>> {
        R::on_screen().map(|column| head(column, lang)).collect()
    }

    /// The selected line stands for several that are due together.
    fn is_of_several(&self) -> bool {
        self.group(self.cursor).is_some_and(|group| group.by == FoldedBy::Time)
    }

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

/// A column as its table's drawing needs it.
fn head<R>((place, column): (usize, &'static Column<R>), lang: Lang) -> Head<'static> {
    Head {
        place,
        title: column.title.get(lang),
        width: column.width,
        grow: column.grow,
        drop: column.drop,
        right: column.right,
        stands: column.stands,
    }
}

impl<R: TableRow> List for Table<R> {
    fn heads(&self, lang: Lang) -> Vec<Head<'_>> {
        if !self.board || R::BOARD.is_empty() {
            return Self::screen_heads(lang);
        }
        let on_board = |(name, (width, grow, drop)): &(&str, (u16, u16, u8))| {
            let found = R::COLUMNS.iter().enumerate().find(|(_, column)| column.name == *name)?;
            Some(Head { width: *width, grow: *grow, drop: *drop, ..head(found, lang) })
        };
        R::BOARD.iter().filter_map(on_board).collect()
    }

    fn all_heads(&self, lang: Lang) -> Vec<Head<'_>> {
        if self.board { Self::screen_heads(lang) } else { Vec::new() }
    }

    fn beside(&self) -> Option<BesideAsk> {
        if self.is_of_several() { None } else { self.current()?.beside() }
    }

    fn stands_for(&self) -> Vec<Target> {
        if !self.is_of_several() {
            return Vec::new();
        }
        self.all_at(self.cursor).into_iter().map(TableRow::about).collect()
    }

    fn cell(&self, row: usize, column: usize, ctx: &Ctx) -> Option<Cell> {
        let column = &R::COLUMNS[column];
        let fold = self.group(row);
        let fold = fold.map(|group| Fold { by: group.by, rows: group.members.len(), open: group.open });
        let is_member = self.order.get(row).is_some_and(|line| line.part == LinePart::Member);
        self.row_at(row).map(|row| {
            let folded = fold.and_then(|fold| row.folded(column.name, fold, ctx));
            let cell = folded.unwrap_or_else(|| (column.cell)(row, ctx));
            if is_member && column.name == R::SET_IN {
                return Cell { text: format!("  {}", cell.text), ..cell };
            }
            cell
        })
    }

    fn mood(&self, row: usize, ctx: &Ctx) -> Mood {
        self.row_at(row).map_or(Mood::Plain, |row| row.mood(ctx))
    }

    fn holds(&self, row: usize) -> bool {
        self.row_at(row).is_some()
    }

    fn is_marked(&self, row: usize) -> bool {
        let all = self.all_at(row);
        !all.is_empty() && all.iter().all(|row| self.marks.contains_key(&row.id()))
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
        self.point(place.min(self.total.saturating_sub(1)));
    }

    fn selected(&self) -> Option<RowId> {
        self.selected
    }

    fn seek(&mut self, id: RowId) {
        (self.selected, self.on_group) = (Some(id), false);
        let holds =
            |group: &&Group| !group.open && group.members[1..].iter().any(|at| self.rows[*at].id() == id);
        if let Some(group) = self.groups.values().find(holds) {
            self.opened.insert(group.key.clone());
            self.reorder();
        }
        let found = if self.windowed {
            (0..self.total).find(|place| self.row_at(*place).is_some_and(|row| row.id() == id))
        } else {
            self.place_of(id, false)
        };
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
        let all: Vec<(RowId, Target)> =
            self.all_at(self.cursor).into_iter().map(|row| (row.id(), row.about())).collect();
        if all.is_empty() {
            return;
        }
        if all.iter().all(|(id, _)| self.marks.contains_key(id)) {
            for (id, _) in &all {
                self.marks.remove(id);
            }
        } else {
            self.marked_under.extend(all.iter().map(|(id, _)| (*id, self.filter.clone())));
            self.marks.extend(all);
        }
        self.step(1);
    }

    fn mark_all(&mut self) {
        let shown: BTreeMap<RowId, Target> =
            (0..self.total).flat_map(|place| self.all_at(place)).map(|row| (row.id(), row.about())).collect();
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

    fn folded(&self) -> Option<Fold> {
        let group = self.group(self.cursor)?;
        Some(Fold { by: group.by, rows: group.members.len(), open: group.open })
    }

    fn unfold(&mut self) {
        if let Some(key) = self.group(self.cursor).map(|group| group.key.clone()) {
            if !self.opened.remove(&key) {
                self.opened.insert(key);
            }
            self.reorder();
        }
    }

    fn items(&self) -> (usize, std::ops::RangeInclusive<usize>) {
        let counted = |line: &Line| match line.part {
            LinePart::Row | LinePart::Member => 1,
            LinePart::Group => {
                self.groups.get(&line.at).map_or(1, |group| if group.open { 0 } else { group.members.len() })
            }
        };
        if self.windowed {
            return (self.total, self.cursor + 1..=self.cursor + 1);
        }
        let before: usize = self.order.iter().take(self.cursor).map(counted).sum();
        let here = self.group(self.cursor).map_or(1, |group| group.members.len());
        (self.order.iter().map(counted).sum(), before + 1..=before + here)
    }

    fn fold_all(&mut self) -> bool {
        let any = !self.opened.is_empty();
        self.opened.clear();
        if any {
            self.reorder();
        }
        any
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
