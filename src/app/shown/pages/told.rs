//! 口径簿, what was told to whom.

use super::behind::{told_line, told_now};
use crate::app::keymap::Context;
use crate::app::shown::column::{Cell, Column, Columns, Mood, SortKey};
use crate::app::shown::page::Page;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::table::{List, RowId, Table, TableRow, Target};
use crate::domain::sitrep::Key;
use crate::i18n::screen;
use crate::i18n::sitrep as say;
use crate::i18n::sitrep as words;
use crate::i18n::terms::word;
use crate::say::{Lang, Say};
use crate::store::query::rows::{SitrepView, ToldKind, ToldRow};
use uuid::Uuid;

/// What was told to whom.
#[derive(Debug, Clone, Default)]
pub struct ToldPage {
    /// The entries, once loaded.
    pub rows: Table<ToldLine>,
    /// The figures of today, for what is recorded by hand.
    pub view: Option<Box<SitrepView>>,
}

impl Page for ToldPage {
    fn context(&self) -> Context {
        Context::Told
    }

    fn title(&self, lang: Lang) -> &str {
        say::TOLD_TITLE.get(lang)
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Told]
    }

    fn take(&mut self, data: &Data) {
        if let Data::Told(rows, view) = data {
            self.rows.set_rows(rows.iter().map(|row| ToldLine::new(row.clone(), view)).collect());
            self.view = Some(view.clone());
        }
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.rows)
    }
}

/// One entry of the told book as the desk shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldLine {
    /// The entry.
    pub row: ToldRow,
    /// Each figure in words: "现有 46".
    pub figures: Vec<Say>,
    /// Each figure that is otherwise now: "10:00 said 46, now 47: Zhang added".
    pub against: Vec<Say>,
    /// The same in short, for the row that says the rest: "now 47: Zhang added".
    now: Vec<Say>,
    pub(in crate::app) at: String,
}

impl ToldLine {
    /// An entry beside what is known now.
    pub(in crate::app) fn new(row: ToldRow, view: &SitrepView) -> Self {
        let named = |key: &Key| match view.units.get(&key.row) {
            Some(name) if key.axis == crate::domain::sitrep::Axis::Unit => Say::same(name),
            _ => words::row(key.axis, &key.row),
        };
        let figures = row.figures.0.iter().map(|(key, figure)| figure_line(key, &named(key), figure.value));
        let (mut against, mut now) = (Vec::new(), Vec::new());
        for told in &row.against {
            against.push(told_line(told, view.calendar));
            now.push(told_now(told));
        }
        Self {
            figures: figures.collect(),
            against,
            now,
            at: view.calendar.brief(row.at, view.report.cut_at),
            row,
        }
    }

    fn id(&self) -> Uuid {
        match self.row.kind {
            ToldKind::Figures(id) => id.0,
            ToldKind::Sitrep(id) | ToldKind::Correction(id) => id.0,
        }
    }
}

pub(in crate::app) fn figure_line(key: &Key, row: &Say, value: i64) -> Say {
    let name = words::figure(key, row);
    Say { zh: format!("{} {value}", name.zh), en: format!("{} {value}", name.en) }
}

fn joined(parts: &[Say], lang: Lang) -> String {
    let comma = if lang == Lang::Zh { "，" } else { ", " };
    parts.iter().map(|part| part.get(lang)).collect::<Vec<_>>().join(comma)
}

impl Columns for ToldLine {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("at", say::C_AT, (11, 0, 0), |r, _| r.at.as_str().into())
            .by(|r| SortKey::Num(r.row.at.0)),
        Column::<Self>::new("to", say::C_TO, (10, 1, 0), |r, _| r.row.to().into_owned().into())
            .by(|r| SortKey::text(&r.row.to())),
        Column::<Self>::new("by_way", say::BY_WAY, (6, 0, 2), |r, x| word(r.row.channel).get(x.lang).into())
            .by(|r| SortKey::text(&r.row.officer)),
        Column::<Self>::new("figures", say::C_FIGURES, (16, 3, 0), |r, x| joined(&r.figures, x.lang).into())
            .by(|r| SortKey::text(&r.row.officer)),
        Column::<Self>::new("now", say::C_NOW, (28, 5, 0), |r, x| {
            if r.against.is_empty() {
                Cell::new(say::AS_NOW.get(x.lang), Mood::Dim)
            } else {
                Cell::new(joined(&r.now, x.lang), Mood::Warn)
            }
        })
        .by(|r| SortKey::Num(r.against.len() as i64)),
        Column::<Self>::new("officer", screen::OFFICER, (8, 0, 1), |r, _| r.row.officer.as_str().into())
            .by(|r| SortKey::text(&r.row.officer)),
    ];
}

impl TableRow for ToldLine {
    fn id(&self) -> RowId {
        RowId::Told(Self::id(self))
    }

    fn haystack(&self) -> String {
        let to = self.row.to();
        let mut all = vec![self.at.as_str(), &to, &self.row.words, &self.row.officer];
        all.extend(self.figures.iter().chain(&self.against).flat_map(|say| [say.zh.as_str(), &say.en]));
        all.join(" ")
    }

    fn about(&self) -> Target {
        Target::new(None, "")
    }
}
