//! The list behind a figure, and what a figure is against what was told of it.

use crate::app::keymap::Context;
use crate::app::shown::column::{Cell as TableCell, Column, Columns, Mood, SortKey, Stands};
use crate::app::shown::grid::Behind;
use crate::app::shown::page::Page;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::table::{List, RowId, Table, TableRow, Target};
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::time::Calendar;
use crate::i18n::forms;
use crate::i18n::screen;
use crate::i18n::sitrep as say;
use crate::i18n::sitrep as words;
use crate::i18n::terms::word;
use crate::say::{Lang, Say};
use crate::store::query::rows::{BehindRow, ToldDifference};

/// Who came to a figure and who left it since it was told.
pub(in crate::app) fn behind_difference(told: &ToldDifference) -> Behind {
    let ids = told.difference.added.iter().chain(&told.difference.removed).copied().collect();
    if told.difference.key.column.is_of_units() { Behind::Units(ids) } else { Behind::People(ids) }
}

/// "10:00 said 46, now 47: Zhang added".
pub(in crate::app) fn told_line(told: &ToldDifference, calendar: Calendar) -> Say {
    let (was, now) = (told.difference.told, told.difference.now);
    let figure = words::figure(&told.difference.key, &told.row);
    let at = calendar.md_hm(told.difference.at);
    let mut line = say::told_otherwise(&at, told.to(), was, now);
    line.zh = format!("{} {}", figure.zh, line.zh);
    line.en = format!("{}: {}", figure.en, line.en);
    who_moved(&mut line, told);
    line
}

/// What is so now and who came and left, without what was told: "now 47: Zhang added".
pub(in crate::app) fn told_now(told: &ToldDifference) -> Say {
    let (figure, now) = (words::column(told.difference.key.column), told.difference.now);
    let mut line = Say { zh: format!("{} {now}", figure.zh), en: format!("{} {now}", figure.en) };
    who_moved(&mut line, told);
    line
}

fn who_moved(line: &mut Say, told: &ToldDifference) {
    let mut stop = Say { zh: "：".to_owned(), en: ": ".to_owned() };
    for (rows, word) in [(&told.added, say::ADDED), (&told.removed, say::REMOVED)] {
        if rows.is_empty() {
            continue;
        }
        for part in [stop.zh.as_str(), &names(rows, Lang::Zh), " ", word.zh] {
            line.zh.push_str(part);
        }
        for part in [stop.en.as_str(), &names(rows, Lang::En), " ", word.en] {
            line.en.push_str(part);
        }
        stop = Say { zh: "，".to_owned(), en: ", ".to_owned() };
    }
}

/// The first few by name, the others by their number.
fn names(rows: &[BehindRow], lang: Lang) -> String {
    const NAMED: usize = 3;
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let name = |row: &BehindRow| {
        if row.is_gone() { words::ERASED.get(lang).to_owned() } else { row.name.clone() }
    };
    let mut text = rows.iter().take(NAMED).map(name).collect::<Vec<_>>().join(comma);
    if rows.len() > NAMED {
        text.push_str(say::and_more(rows.len() - NAMED).get(lang));
    }
    text
}

/// Who or what is behind a figure.
#[derive(Debug, Clone)]
pub struct BehindPage {
    /// What the figure is called, and the figure.
    pub title: Say,
    /// Who or what.
    pub behind: Behind,
    /// In rows, once loaded.
    pub rows: Table<BehindLine>,
}

impl BehindPage {
    /// The page before its rows are there.
    pub(in crate::app) fn new(title: Say, behind: Behind) -> Self {
        Self { title, behind, rows: Table::new() }
    }
}

impl Page for BehindPage {
    fn context(&self) -> Context {
        Context::Behind
    }

    fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }

    fn asks(&self) -> Vec<Query> {
        match &self.behind {
            Behind::People(ids) => vec![Query::Behind { ids: ids.clone(), units: false }],
            Behind::Units(ids) => vec![Query::Behind { ids: ids.clone(), units: true }],
            _ => Vec::new(),
        }
    }

    fn take(&mut self, data: &Data) {
        if let Data::Behind(rows) = data {
            let is_unit = matches!(self.behind, Behind::Units(_));
            let line = |row: &BehindRow| BehindLine { row: row.clone(), is_unit };
            self.rows.set_rows(rows.iter().map(line).collect());
        }
    }

    fn is_list(&self) -> bool {
        true
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.rows)
    }
}

/// A row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindLine {
    /// Who or what.
    pub row: BehindRow,
    /// A unit; else a person.
    pub is_unit: bool,
}

impl Columns for BehindLine {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("no", screen::NO, (10, 0, 0), |r, _| r.row.no.as_str().into())
            .by(|r| SortKey::text(&r.row.no)),
        Column::<Self>::new("name", screen::NAME, (12, 3, 0), |r, x| match &r.row {
            gone if gone.is_gone() => TableCell::new(words::ERASED.get(x.lang), Mood::Dim),
            row => row.name.as_str().into(),
        })
        .of(Stands::Name)
        .by(|r| SortKey::text(&r.row.name)),
        Column::<Self>::new("unit", screen::UNIT, (14, 4, 1), |r, _| r.row.unit.as_str().into())
            .of(Stands::Unit)
            .by(|r| SortKey::text(&r.row.unit)),
        Column::<Self>::new("kind", forms::PERSON_KIND, (10, 1, 3), |r, x| {
            r.row.kind.map_or("", |kind| word(kind).get(x.lang)).into()
        })
        .by(|r| SortKey::text(r.row.kind.map_or("", |kind| kind.code()))),
        Column::<Self>::new("measure", screen::MEASURE, (12, 1, 2), |r, x| {
            r.row.measure.map_or("", |measure| word(measure).get(x.lang)).into()
        })
        .by(|r| SortKey::text(r.row.measure.map_or("", |measure| measure.code()))),
    ];
}

impl TableRow for BehindLine {
    fn id(&self) -> RowId {
        if self.is_unit { RowId::Unit(UnitId(self.row.id)) } else { RowId::Person(PersonId(self.row.id)) }
    }

    fn haystack(&self) -> String {
        [self.row.no.as_str(), &self.row.name, &self.row.unit].join(" ")
    }

    fn about(&self) -> Target {
        let gone = self.row.is_gone();
        let subject = if self.is_unit {
            Subject::Unit(UnitId(self.row.id))
        } else {
            Subject::Person(PersonId(self.row.id))
        };
        Target::new((!gone).then_some(subject), &self.row.name)
    }
}
