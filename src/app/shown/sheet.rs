//! The list of a ledger's entries: its columns are those that the office declared, so they belong to the list and not to
//! the kind of row.

use super::column::{Cell, Column, Columns, Ctx, Mood, Shown, Stands};
use super::rows::when;
use super::table::{Head, List, RowId, Table, TableRow, Target, WINDOW};
use crate::domain::field::Type;
use crate::domain::ids::{EntryId, Subject};
use crate::domain::ledger::value::SortKey;
use crate::domain::ledger::{Column as Declared, Ledger, Link, Part, known};
use crate::domain::mask::{Private, masked_words};
use crate::i18n::ledger::{in_full, shown, titled};
use crate::i18n::ledger_desk as say;
use crate::say::{Lang, Say};
use crate::store::query::rows::{BesideAsk, EntryRow, LedgerAsk, SORTED};
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// The declared column at this place.
    Column(usize),
    Balance,
    Minimum,
    DaysLeft,
    State,
    At,
    By,
}

/// A column with its title and its place on the screen.
#[derive(Debug, Clone)]
struct SheetHead {
    what: What,
    /// What the database sorts by; none where it does not.
    by: Option<String>,
    title: Say,
    width: u16,
    grow: u16,
    drop: u8,
    right: bool,
    stands: Stands,
}

/// The most columns of the screen that a title alone takes.
const TITLE: u16 = 16;

/// A list of entries, or of the lines of one.
#[derive(Debug, Clone)]
pub struct Sheet {
    table: Table<EntryRow>,
    heads: Vec<SheetHead>,
    of_lines: bool,
    /// It shows when, and every column, whatever the view of the ledger names.
    whole: bool,
    ledger: Option<Arc<Ledger>>,
    /// The rows in the order they came in, where they are sorted here.
    came: Vec<EntryRow>,
    sort: Option<(usize, bool)>,
}

impl Sheet {
    /// An empty list of which the database gives the part around the cursor.
    pub(in crate::app) fn windowed() -> Self {
        Self { table: Table::windowed(), ..Self::new(false) }
    }

    /// An empty list that holds all its rows.
    pub(in crate::app) fn new(of_lines: bool) -> Self {
        let (heads, came) = (Vec::new(), Vec::new());
        Self { table: Table::new(), heads, of_lines, whole: false, ledger: None, came, sort: None }
    }

    /// An empty list of what was entered one after the other: when, and all that each says.
    pub(in crate::app) fn whole() -> Self {
        Self { whole: true, ..Self::new(false) }
    }

    /// What a windowed list asks for.
    pub(in crate::app) fn ask(&self, ledger: &str) -> LedgerAsk {
        let by = |(at, turned): (usize, bool)| Some((self.heads.get(at)?.by.clone()?, turned));
        LedgerAsk {
            ledger: ledger.to_owned(),
            filter: self.table.filter.clone(),
            sort: self.sort.and_then(by),
            offset: self.table.window_start(),
            limit: WINDOW,
        }
    }

    /// Takes over a part of the rows.
    pub(in crate::app) fn set_page(
        &mut self,
        ledger: &Arc<Ledger>,
        (total, offset): (u32, u32),
        rows: Vec<EntryRow>,
    ) {
        self.declare(ledger);
        self.table.set_page(total as usize, offset as usize, rows);
    }

    /// Takes over all rows.
    pub(in crate::app) fn set_rows(&mut self, ledger: &Arc<Ledger>, rows: Vec<EntryRow>) {
        self.declare(ledger);
        self.came = rows;
        self.arrange();
    }

    /// Every row held.
    pub(in crate::app) fn rows(&self) -> &[EntryRow] {
        self.table.rows()
    }

    /// The numbers that are hidden in the selected entry.
    pub(in crate::app) fn numbers(&self) -> Option<(Shown, Private)> {
        numbers(self.ledger.as_deref()?, self.table.current()?)
    }

    /// The entries that are marked, else the selected one.
    pub(in crate::app) fn entries(&self) -> Vec<EntryId> {
        let entry = |id| match id {
            RowId::Entry(entry) => Some(entry),
            _ => None,
        };
        self.table.chosen().into_iter().filter_map(entry).collect()
    }

    fn declare(&mut self, ledger: &Arc<Ledger>) {
        if self.ledger.as_ref().is_some_and(|known| known.text == ledger.text) {
            return;
        }
        self.heads = heads(ledger, self.of_lines, self.whole);
        self.ledger = Some(ledger.clone());
        self.sort = None;
    }

    fn part(&self) -> Option<&Part> {
        self.ledger.as_deref().and_then(|ledger| ledger.part(self.of_lines))
    }

    /// Sorts the rows that are all here.
    fn arrange(&mut self) {
        let mut rows = self.came.clone();
        if let Some((at, turned)) = self.sort
            && let (Some(head), Some(part)) = (self.heads.get(at), self.part())
        {
            rows.sort_by_cached_key(|row| key(part, &head.what, row));
            if turned {
                rows.reverse();
            }
        }
        self.table.set_rows(rows);
    }

    fn sortable(&self) -> impl Iterator<Item = usize> {
        let windowed = self.table.is_windowed();
        let may = move |head: &SheetHead| head.by.is_some() || !windowed;
        self.heads.iter().enumerate().filter(move |(_, head)| may(head)).map(|(at, _)| at)
    }
}

/// What a list that is all here is sorted by.
fn key(part: &Part, what: &What, row: &EntryRow) -> SortKey {
    let number = |n: Option<i64>| SortKey::Number(n.unwrap_or(i64::MIN));
    match what {
        What::Column(at) => part.columns.get(*at).map_or(SortKey::Number(0), |column| {
            let name = &column.field.name;
            match row.names.get(name) {
                Some(name) => SortKey::Text(name.zh.clone()),
                None => column.sort_key(row.row.values.get(name).map_or("", String::as_str)),
            }
        }),
        What::Balance => number(row.balance.map(|b| b.balance)),
        What::Minimum => number(row.balance.and_then(|b| b.minimum)),
        What::DaysLeft => number(row.balance.and_then(|b| b.days_left)),
        What::State => SortKey::Text(row.row.state.clone()),
        What::At => SortKey::Number(row.row.at.0),
        What::By => SortKey::Text(row.by.clone()),
    }
}

/// The columns of a ledger's list: those its view names, else all that are declared, its state and when.
fn heads(ledger: &Ledger, of_lines: bool, whole: bool) -> Vec<SheetHead> {
    let Some(part) = ledger.part(of_lines) else { return Vec::new() };
    let own = part.columns.iter().map(|column| column.field.name.as_str());
    let state = part.states.iter().map(|_| "state");
    let named: Vec<&str> = if whole {
        ["at"].into_iter().chain(own).chain(state).collect()
    } else if ledger.view.columns.is_empty() || of_lines {
        own.chain(state).chain(["at"]).collect()
    } else {
        ledger.view.columns.iter().map(String::as_str).collect()
    };
    let all = named.iter().filter_map(|name| head(ledger, part, name));
    // What comes later is dropped sooner; the first two stay.
    all.enumerate()
        .map(|(at, head)| SheetHead { drop: u8::try_from(at.saturating_sub(1)).unwrap_or(u8::MAX), ..head })
        .collect()
}

fn head(ledger: &Ledger, part: &Part, name: &str) -> Option<SheetHead> {
    if let Some(at) = part.columns.iter().position(|column| column.field.name == name) {
        let column = &part.columns[at];
        let by = match &column.link {
            _ if ledger.first_out().any(|first| first == name) => false,
            Some(Link::Person | Link::Unit) => true,
            Some(_) => false,
            None => at < SORTED,
        };
        let (width, grow) = room(column);
        let title = titled(&column.field.title);
        return Some(SheetHead {
            what: What::Column(at),
            by: by.then(|| name.to_owned()),
            width,
            title,
            grow,
            drop: 0,
            right: matches!(column.field.kind, Type::Integer | Type::Temp) && column.link.is_none(),
            stands: match (&column.link, column.field.kind) {
                (Some(Link::Person), _) | (None, Type::Name) => Stands::Name,
                (Some(Link::Unit), _) => Stands::Unit,
                (None, Type::Phone) => Stands::Phone,
                _ => Stands::Text,
            },
        });
    }
    let (what, title, width, right) = match name {
        "balance" => (What::Balance, say::BALANCE, 8, true),
        "minimum" => (What::Minimum, say::MINIMUM, 8, true),
        "days_left" => (What::DaysLeft, say::DAYS_LEFT, 9, true),
        "state" => (What::State, say::STATE, state_room(part), false),
        "at" => (What::At, say::AT, 11, false),
        "by" => (What::By, say::BY, 10, false),
        _ => return None,
    };
    let by = matches!(what, What::State | What::At).then(|| name.to_owned());
    let stands = if what == What::By { Stands::Name } else { Stands::Text };
    Some(SheetHead { what, by, title: title.into(), width, grow: 0, drop: 0, right, stands })
}

fn wide(say: &Say) -> u16 {
    u16::try_from(say.zh.width().max(say.en.width())).unwrap_or(u16::MAX)
}

fn state_room(part: &Part) -> u16 {
    let words = part.states().into_iter().map(|state| wide(&titled(&part.state_title(state))));
    words.max().unwrap_or(0).clamp(6, 14)
}

/// How much room a column takes, and its share of what is left over.
fn room(column: &Declared) -> (u16, u16) {
    match column.field.kind {
        _ if column.link.is_some() => (10, 2),
        Type::Integer => (6, 0),
        Type::Temp | Type::Time => (5, 0),
        Type::Bool => (4, 0),
        Type::Date => (10, 0),
        Type::DateTime => (16, 0),
        // A number with its area code.
        Type::Phone => (14, 0),
        Type::Id => (18, 0),
        Type::Code => {
            let words = column.field.codes.keys().map(|code| wide(&shown(column, code)));
            (words.max().unwrap_or(0).clamp(4, 12), 1)
        }
        Type::Codes => (12, 1),
        Type::Text | Type::Name | Type::No | Type::File => (8, 2),
    }
}

/// What stands in a declared column of an entry: in words, with names for what is pointed at; private numbers of whoever
/// it is about with their middle hidden.
pub(in crate::app) fn value_shown(column: &Declared, row: &EntryRow, ctx: &Ctx) -> String {
    let name = &column.field.name;
    if let Some(known) = row.named(column) {
        return known.get(ctx.lang).to_owned();
    }
    let kept = row.first_out.get(name).or_else(|| row.row.values.get(name));
    let value = kept.map_or("", String::as_str);
    let is_shown = ctx.revealed == Some(whose(row));
    if is_shown {
        return in_full(column, value).get(ctx.lang).to_owned();
    }
    masked_words(shown(column, value).get(ctx.lang)).into_owned()
}

/// Whose the numbers in an entry are: the person's it is about, else its own.
pub(in crate::app) fn whose(row: &EntryRow) -> Shown {
    row.row.person.map_or(Shown::Entry(row.row.id), Shown::Person)
}

/// The numbers that are hidden in an entry, and the first of them; none where nothing is.
pub(in crate::app) fn numbers(ledger: &Ledger, row: &EntryRow) -> Option<(Shown, Private)> {
    let part = ledger.part(row.row.parent.is_some()).filter(|part| part.has_numbers(&row.row.values))?;
    let mut own = part.columns.iter().filter(|column| column.field.kind.is_private());
    let first = own.find_map(|column| row.row.values.get(&column.field.name));
    Some((whose(row), Private::new(first.map_or("", String::as_str))))
}

/// Whom an entry is about.
pub(in crate::app) fn subject(row: &EntryRow) -> Option<Subject> {
    row.row.person.map(Subject::Person).or(row.row.unit.map(Subject::Unit))
}

/// What an entry is called: by the values of its key, else by those that name it.
pub fn called(ledger: &Ledger, row: &EntryRow) -> Say {
    let Some(part) = ledger.part(row.row.parent.is_some()) else { return Say::default() };
    let is_key = |column: &&Declared| ledger.key.contains(&column.field.name) && row.row.parent.is_none();
    let mut columns: Vec<&Declared> = part.columns.iter().filter(is_key).collect();
    let filled = |column: &&Declared| row.row.values.contains_key(&column.field.name);
    columns.retain(filled);
    if columns.is_empty() {
        columns = part.naming(&row.row.values);
    }
    let one = |column: &&Declared| match row.names.get(&column.field.name) {
        Some(name) => name.clone(),
        None if column.field.kind.is_private() => Say::default(),
        None => shown(column, row.row.values.get(&column.field.name).map_or("", String::as_str)),
    };
    let all: Vec<Say> = columns.iter().map(one).collect();
    let join = |of: fn(&Say) -> &str| all.iter().map(of).collect::<Vec<_>>().join(" ").trim().to_owned();
    // Words that somebody is named by may hold their number.
    Say { zh: join(|say| &say.zh), en: join(|say| &say.en) }.within(|text| Say::same(masked_words(text)))
}

/// How a state is meant.
pub(in crate::app) fn state_mood(part: &Part, state: &str) -> Mood {
    if part.is_last(state) { Mood::Good } else { Mood::Plain }
}

fn cell(part: &Part, what: &What, row: &EntryRow, ctx: &Ctx) -> Cell {
    let number = |n: Option<i64>| Cell::from(n.map_or_else(String::new, |n| n.to_string()));
    match what {
        What::Column(at) => {
            part.columns.get(*at).map_or_else(Cell::default, |column| value_shown(column, row, ctx).into())
        }
        What::Balance => number(row.balance.map(|b| b.balance)),
        What::Minimum => number(row.balance.and_then(|b| b.minimum)),
        What::DaysLeft => number(row.balance.and_then(|b| b.days_left)),
        What::State if row.row.state.is_empty() => Cell::default(),
        What::State => {
            let state = &row.row.state;
            Cell::new(titled(&part.state_title(state)).get(ctx.lang), state_mood(part, state))
        }
        What::At => when(row.row.at, ctx).into(),
        What::By => row.by.as_str().into(),
    }
}

impl Columns for EntryRow {
    /// A list of entries has columns of its own.
    const COLUMNS: &'static [Column<Self>] = &[];
}

impl TableRow for EntryRow {
    fn id(&self) -> RowId {
        RowId::Entry(self.row.id)
    }

    fn haystack(&self) -> String {
        let ledger = known(&self.row.ledger, self.row.version);
        let part = ledger.as_deref().and_then(|ledger| ledger.part(self.row.parent.is_some()));
        let mut hay: Vec<String> =
            self.names.values().flat_map(|name| [name.zh.clone(), name.en.clone()]).collect();
        hay.push(self.apart.clone());
        hay.push(self.by.clone());
        // As it is shown: what is hidden there is not felt for by typing it digit by digit.
        for (name, value) in &self.row.values {
            match part.and_then(|part| part.column(name)) {
                Some(column) if column.link.is_some() => {}
                Some(column) => {
                    let Say { zh, en } = shown(column, value);
                    hay.extend([zh, en].map(|said| masked_words(&said).into_owned()));
                }
                None => hay.push(masked_words(value).into_owned()),
            }
        }
        if let Some(part) = part.filter(|_| !self.row.state.is_empty()) {
            let title = part.state_title(&self.row.state);
            hay.extend([title.zh, title.en]);
        }
        hay.join("\n")
    }

    fn about(&self) -> Target {
        let ledger = known(&self.row.ledger, self.row.version);
        let about = subject(self);
        let wanted = match about {
            Some(Subject::Person(_)) => Some(Link::Person),
            Some(Subject::Unit(_)) => Some(Link::Unit),
            _ => None,
        };
        let part = ledger.as_deref().and_then(|ledger| ledger.part(self.row.parent.is_some()));
        let own = part.and_then(|part| {
            let mut links = part.links();
            links.find(|(_, link)| Some(*link) == wanted.as_ref()).and_then(|(name, _)| self.names.get(name))
        });
        match (own, ledger) {
            (Some(name), _) => Target::new(about, &name.zh),
            (None, Some(ledger)) => Target::new(about, &called(&ledger, self).zh),
            (None, None) => Target::new(about, ""),
        }
    }

    fn beside(&self) -> Option<BesideAsk> {
        Some(BesideAsk::Entry(self.row.id))
    }

    fn mood(&self, _: &Ctx) -> Mood {
        if self.row.withdrawn.is_some() {
            Mood::Dim
        } else if self.alert {
            Mood::Bad
        } else if self.overdue {
            Mood::Warn
        } else {
            Mood::Plain
        }
    }
}

impl List for Sheet {
    fn heads(&self, lang: Lang) -> Vec<Head<'_>> {
        let all = self.heads.iter().enumerate();
        all.map(|(place, head)| {
            let title = head.title.get(lang);
            // A title is read whole, in the language it is read in; a very long one is cut.
            let own = u16::try_from(title.width()).unwrap_or(u16::MAX).min(TITLE);
            let SheetHead { grow, drop, right, stands, .. } = *head;
            Head { place, title, width: head.width.max(own), grow, drop, right, stands }
        })
        .collect()
    }

    fn cell(&self, row: usize, column: usize, ctx: &Ctx) -> Option<Cell> {
        let (head, part) = (self.heads.get(column)?, self.part()?);
        self.table.row_at(row).map(|row| cell(part, &head.what, row, ctx))
    }

    fn sorted(&self) -> Option<(usize, bool)> {
        self.sort
    }

    fn sort_next(&mut self) {
        let after = self.sort.map_or(0, |(column, _)| column + 1);
        let next = self.sortable().find(|column| *column >= after);
        self.sort = next.map(|column| (column, false));
        if !self.table.is_windowed() {
            self.arrange();
        }
    }

    fn reverse(&mut self) {
        let first = self.sortable().next();
        self.sort = match self.sort {
            Some((column, turned)) => Some((column, !turned)),
            None => first.map(|column| (column, true)),
        };
        if !self.table.is_windowed() {
            self.arrange();
        }
    }

    // The rest is the table's.
    fn mood(&self, row: usize, ctx: &Ctx) -> Mood {
        List::mood(&self.table, row, ctx)
    }

    fn holds(&self, row: usize) -> bool {
        self.table.holds(row)
    }

    fn is_marked(&self, row: usize) -> bool {
        self.table.is_marked(row)
    }

    fn beside(&self) -> Option<BesideAsk> {
        self.table.current().and_then(TableRow::beside)
    }

    fn marks(&self) -> usize {
        List::marks(&self.table)
    }

    fn is_loaded(&self) -> bool {
        self.table.is_loaded()
    }

    fn len(&self) -> usize {
        self.table.len()
    }

    fn place(&self) -> usize {
        self.table.place()
    }

    fn select(&mut self, place: usize) {
        self.table.select(place);
    }

    fn selected(&self) -> Option<RowId> {
        self.table.selected()
    }

    fn seek(&mut self, id: RowId) {
        self.table.seek(id);
    }

    fn fit(&mut self, height: usize) {
        self.table.fit(height);
    }

    fn height(&self) -> usize {
        List::height(&self.table)
    }

    fn top(&self) -> usize {
        self.table.top()
    }

    fn toggle_mark(&mut self) {
        self.table.toggle_mark();
    }

    fn mark_all(&mut self) {
        self.table.mark_all();
    }

    fn targets(&self) -> Vec<Target> {
        self.table.targets()
    }

    fn about_selected(&self) -> Option<Target> {
        self.table.about_selected()
    }

    fn has_marks(&self) -> bool {
        self.table.has_marks()
    }

    fn hidden_marks(&self) -> usize {
        self.table.hidden_marks()
    }

    fn chosen(&self) -> Vec<RowId> {
        self.table.chosen()
    }

    fn office_phone(&self) -> Option<String> {
        List::office_phone(&self.table)
    }

    fn clear_marks(&mut self) -> bool {
        self.table.clear_marks()
    }

    fn filter(&self) -> &str {
        List::filter(&self.table)
    }

    fn set_filter(&mut self, filter: String) {
        self.table.set_filter(filter);
    }

    fn is_windowed(&self) -> bool {
        self.table.is_windowed()
    }

    fn is_behind(&self) -> bool {
        self.table.is_behind()
    }

    fn wants_more(&self) -> bool {
        self.table.wants_more()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::shipped;

    #[test]
    fn what_was_entered_one_after_the_other_says_when_and_what() {
        let supplies = shipped().iter().find(|ledger| ledger.name == "supplies").unwrap();
        let titles = |whole| heads(supplies, false, whole).iter().map(|head| head.title.zh.clone()).collect();
        let list: Vec<String> = titles(false);
        let one_by_one: Vec<String> = titles(true);
        assert_eq!(list[..3], ["物资", "库房", "结存"]);
        assert_eq!(one_by_one[..5], ["时间", "物资", "库房", "出入", "数量"]);
    }
}
