//! The screens behind the keys of the line of screens: one entry of [`SCREENS`] each, from which its key, its name, what
//! its keys go by, its table and what it asks for follow; and the tables themselves.

use super::query::{Data, Query};
use super::rows::{DueLine, log_query, people_query};
use super::table::{List, Table};
use crate::app::keymap::Context;
use crate::domain::doubt::Accuracy;
use crate::i18n::{doubts, keys, screen as say};
use crate::say::Word;
use crate::store::query::rows::{
    CaseRow, DoubtRow, LedgerRow, LogPage, LogRow, OutstandingRow, PeoplePage, PeopleQuery, PersonRow,
    SitrepAsk, Trends, UnitRow,
};

/// The screens behind the keys of the line of screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Home {
    /// 1
    #[default]
    Board,
    /// 2
    Units,
    /// 3
    Outstanding,
    /// 4
    Cases,
    /// 5
    Doubts,
    /// 6
    Due,
    /// 7
    People,
    /// 8
    Ledgers,
    /// 9
    Log,
    /// 0
    Handover,
    /// -
    Sitrep,
}

/// How a screen's table is reached.
type Shelf = (fn(&Tables) -> &dyn List, fn(&mut Tables) -> &mut dyn List);

/// A screen.
pub struct Screen {
    /// Which.
    pub home: Home,
    /// Its key.
    pub key: char,
    /// What its keys go by.
    pub context: Context,
    /// Its name.
    pub name: Word,
    /// What stands in place of its rows when there are none.
    pub empty: Word,
    shelf: Option<Shelf>,
    asks: fn(&Tables, SitrepAsk) -> Vec<Query>,
}

impl Screen {
    const fn new(home: Home, key: char, context: Context, name: Word) -> Self {
        Self { home, key, context, name, empty: say::EMPTY, shelf: None, asks: |_, _| Vec::new() }
    }

    const fn table(self, of: fn(&Tables) -> &dyn List, of_mut: fn(&mut Tables) -> &mut dyn List) -> Self {
        Self { shelf: Some((of, of_mut)), ..self }
    }

    const fn asking(self, asks: fn(&Tables, SitrepAsk) -> Vec<Query>) -> Self {
        Self { asks, ..self }
    }

    /// Its table, where it is one.
    pub fn list<'a>(&self, tables: &'a Tables) -> Option<&'a dyn List> {
        self.shelf.map(|(of, _)| of(tables))
    }

    /// The same, to be changed.
    pub(in crate::app) fn list_mut<'a>(&self, tables: &'a mut Tables) -> Option<&'a mut dyn List> {
        self.shelf.map(|(_, of)| of(tables))
    }

    /// What it asks for whenever it is refreshed, besides what every screen does; of the report, this one.
    pub(in crate::app) fn asks(&self, tables: &Tables, report: SitrepAsk) -> Vec<Query> {
        (self.asks)(tables, report)
    }
}

/// Every screen, in the order of [`Home`] and of the keys.
pub static SCREENS: [Screen; 11] = [
    Screen::new(Home::Board, '1', Context::Board, keys::BOARD).asking(|t, _| {
        // Forms know the units by name; the board itself does not show them.
        let units = (!t.units.loaded).then_some(Query::Units);
        [Query::Outstanding, Query::Cases, Query::Trends].into_iter().chain(units).collect()
    }),
    Screen::new(Home::Units, '2', Context::Units, keys::UNITS)
        .table(|t| &t.units, |t| &mut t.units)
        .asking(|_, _| vec![Query::Units]),
    Screen {
        empty: say::ALL_REPORTED,
        ..Screen::new(Home::Outstanding, '3', Context::Outstanding, keys::OUTSTANDING)
            .table(|t| &t.outstanding, |t| &mut t.outstanding)
            .asking(|_, _| vec![Query::Outstanding])
    },
    Screen::new(Home::Cases, '4', Context::Cases, keys::CASES)
        .table(|t| &t.cases, |t| &mut t.cases)
        .asking(|_, _| vec![Query::Cases]),
    Screen {
        empty: doubts::NOTHING,
        ..Screen::new(Home::Doubts, '5', Context::Doubts, keys::DOUBTS)
            .table(|t| &t.doubts, |t| &mut t.doubts)
            .asking(|_, _| vec![Query::Doubts])
    },
    // What is due is counted on every screen.
    Screen::new(Home::Due, '6', Context::Due, keys::DUE).table(|t| &t.due, |t| &mut t.due),
    Screen::new(Home::People, '7', Context::People, keys::PEOPLE)
        .table(|t| &t.people, |t| &mut t.people)
        .asking(|t, _| vec![Query::People(people_query(&t.people, None))]),
    Screen::new(Home::Ledgers, '8', Context::Ledgers, keys::LEDGERS)
        .table(|t| &t.ledgers, |t| &mut t.ledgers)
        .asking(|_, _| vec![Query::Ledgers]),
    Screen::new(Home::Log, '9', Context::Log, keys::LOG)
        .table(|t| &t.log, |t| &mut t.log)
        .asking(|t, _| vec![Query::Log(log_query(&t.log))]),
    Screen::new(Home::Handover, '0', Context::Handover, keys::HANDOVER).asking(|_, _| vec![Query::Handover]),
    Screen::new(Home::Sitrep, '-', Context::Sitrep, keys::SITREP)
        .asking(|_, report| vec![Query::Report(report)]),
];

impl Home {
    /// All about it.
    pub fn screen(self) -> &'static Screen {
        &SCREENS[self as usize]
    }

    /// The screen with this key.
    pub fn by_key(key: char) -> Option<Self> {
        SCREENS.iter().find(|screen| screen.key == key).map(|screen| screen.home)
    }
}

/// The tables of the board, apart from those of the screens so that a filter there hides nothing here.
#[derive(Debug, Clone)]
pub struct Board {
    /// Which has the cursor, by its place in [`Board::BOXES`].
    pub focus: usize,
    /// 未报
    pub outstanding: Table<OutstandingRow>,
    /// 待办
    pub due: Table<DueLine>,
    /// 重点关注
    pub cases: Table<CaseRow>,
    /// How the whole school fares; absent until it is loaded.
    pub trends: Option<Trends>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            focus: 0,
            outstanding: Table::new().on_board(),
            due: Table::folding().on_board(),
            cases: Table::new().on_board(),
            trends: None,
        }
    }
}

impl Board {
    /// The screens of which it shows the tables, in the order of its boxes.
    pub const BOXES: [Home; 3] = [Home::Outstanding, Home::Due, Home::Cases];

    /// Which of its lists has the cursor.
    pub fn here(&self) -> Home {
        Self::BOXES[self.place()]
    }

    /// Its place.
    pub fn place(&self) -> usize {
        self.focus.min(Self::BOXES.len() - 1)
    }

    /// Its tables, in the order of its boxes.
    pub fn lists(&self) -> [&dyn List; 3] {
        [&self.outstanding, &self.due, &self.cases]
    }

    /// The same, to be changed.
    pub(in crate::app) fn lists_mut(&mut self) -> [&mut dyn List; 3] {
        [&mut self.outstanding, &mut self.due, &mut self.cases]
    }
}

/// The tables of the screens.
#[derive(Debug, Clone)]
pub struct Tables {
    /// 2
    pub units: Table<UnitRow>,
    /// 3
    pub outstanding: Table<OutstandingRow>,
    /// 4
    pub cases: Table<CaseRow>,
    /// 5
    pub doubts: Table<DoubtRow>,
    /// How accurate the day is.
    pub accuracy: Accuracy,
    /// 6
    pub due: Table<DueLine>,
    /// 7
    pub people: Table<PersonRow>,
    /// 8
    pub ledgers: Table<LedgerRow>,
    /// 9
    pub log: Table<LogRow>,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            units: Table::new(),
            outstanding: Table::new(),
            cases: Table::new(),
            doubts: Table::new(),
            accuracy: Accuracy::default(),
            due: Table::folding(),
            people: Table::windowed(),
            ledgers: Table::new(),
            log: Table::windowed(),
        }
    }
}

/// Takes in the rows of the screens; what is not for them is given back.
pub(in crate::app) fn take(
    board: &mut Board,
    tables: &mut Tables,
    query: &Query,
    data: Data,
) -> Option<Data> {
    match (query, data) {
        (_, Data::Units(rows)) => tables.units.set_rows(rows),
        (_, Data::Trends(trends)) => board.trends = Some(trends),
        (_, Data::Outstanding(rows)) => {
            board.outstanding.set_rows(rows.clone());
            tables.outstanding.set_rows(rows);
        }
        (_, Data::Cases(rows)) => {
            board.cases.set_rows(rows.clone());
            tables.cases.set_rows(rows);
        }
        (_, Data::Doubts(rows, accuracy)) => {
            tables.accuracy = accuracy;
            tables.doubts.set_rows(rows);
        }
        (_, Data::Due(rows)) => {
            board.due.set_rows(rows.clone());
            tables.due.set_rows(rows);
        }
        (Query::People(PeopleQuery { unit: None, .. }), Data::People(PeoplePage { total, offset, rows })) => {
            tables.people.set_page(total as usize, offset as usize, rows);
        }
        (_, Data::Ledgers(rows)) => tables.ledgers.set_rows(rows),
        (_, Data::Log(LogPage { total, offset, rows })) => {
            tables.log.set_page(total as usize, offset as usize, rows);
        }
        (_, other) => return Some(other),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_stands_in_its_place_with_a_key_and_a_context_of_its_own() {
        for (at, screen) in SCREENS.iter().enumerate() {
            assert_eq!(screen.home as usize, at, "{:?}", screen.home);
            assert_eq!(Home::by_key(screen.key), Some(screen.home));
            let others = SCREENS.iter().filter(|other| other.home != screen.home);
            assert!(others.clone().all(|other| other.key != screen.key && other.context != screen.context));
            assert!(others.clone().all(|other| other.name != screen.name), "{}", screen.name.en);
        }
    }

    #[test]
    fn a_screen_is_its_own_table_and_asks_for_it() {
        let mut tables = Tables::default();
        for screen in &SCREENS {
            let asks = screen.asks(&tables, SitrepAsk::default());
            let windowed = screen.list(&tables).is_some_and(List::is_windowed);
            assert_eq!(asks.iter().any(Query::is_of_window), windowed, "{:?}", screen.home);
            // The list that is changed is the one that is shown, and no other screen's.
            let Some(list) = screen.list_mut(&mut tables) else { continue };
            list.set_filter(screen.name.en.to_owned());
        }
        for screen in &SCREENS {
            let filter = screen.list(&tables).map(|list| list.filter().to_owned());
            assert!(filter.is_none_or(|filter| filter == screen.name.en), "{:?}", screen.home);
        }
    }

    #[test]
    fn the_boxes_of_the_board_are_in_the_order_of_its_tables() {
        let mut board = Board::default();
        board.outstanding.set_filter("3".to_owned());
        board.cases.set_filter("4".to_owned());
        board.due.set_filter("6".to_owned());
        for (list, home) in board.lists().into_iter().zip(Board::BOXES) {
            assert_eq!(list.filter(), home.screen().key.to_string());
        }
        for (list, home) in board.lists_mut().into_iter().zip(Board::BOXES) {
            assert_eq!(list.filter(), home.screen().key.to_string());
        }
    }
}
