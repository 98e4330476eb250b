//! The page on which the columns of a sheet in no known form are said to be what they are: each with its header, some of
//! its cells, and what it is taken for. Kept, that is a form of the office's own.

use crate::app::keymap::Context;
use crate::app::shown::column::{Cell, Column, Columns, Ctx, Mood, SortKey};
use crate::app::shown::effect::ImportRequest;
use crate::app::shown::lines::TextLine;
use crate::app::shown::page::Page;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::table::{List, RowId, Table, TableRow, Target};
use crate::domain::columns::{Choices, Guess, Guessed, Is, ToCheck};
use crate::i18n::{columns as say, fields};
use crate::say::{Lang, Say, Word};
use std::collections::HashMap;

/// The columns of a sheet, as they are taken for by now.
#[derive(Debug, Clone)]
pub struct SheetColumns {
    /// Which file, as what.
    pub request: ImportRequest,
    /// The file's name.
    pub file: String,
    /// BLAKE3 of its bytes.
    pub digest: String,
    /// What the columns seem to be, after what was said of them.
    pub guess: Guess,
    /// What was said of them.
    pub said: Choices,
    /// The fields that a column may be said to be, as they are called.
    pub fields: Vec<(String, Say)>,
}

/// A column of the sheet.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    /// Its place among them.
    at: u64,
    /// What it is taken for.
    pub column: Guessed,
    /// Whether it is read.
    pub is_read: bool,
    /// What was said of it, if anything was.
    pub said: Option<Is>,
    /// What its field is called.
    label: Say,
}

impl ColumnRow {
    /// What it is read as.
    fn is(&self) -> Say {
        match (self.is_read, self.column.known) {
            (false, _) => say::NOT_READ.into(),
            (true, true) => self.label.clone(),
            (true, false) => say::OWN.into(),
        }
    }

    /// What is to be looked at, the most pressing first.
    fn note(&self) -> (Say, Mood) {
        let column = &self.column;
        if let Some(first) = &column.repeats {
            return (say::same_header(first), Mood::Warn);
        }
        if !self.is_read {
            return (Say::default(), Mood::Dim);
        }
        let unknown: Vec<&str> = column.unknown().collect();
        if !unknown.is_empty() {
            let words = Say::listed(unknown);
            return (say::words_unknown(words.zh, words.en), Mood::Warn);
        }
        if column.unread > 0 {
            return (say::unread(column.unread), Mood::Warn);
        }
        let doubt = match column.doubt {
            Some(ToCheck::NotAsHeaded) => Some(say::NOT_AS_HEADED),
            Some(ToCheck::ZeroOne) => Some(say::ZERO_ONE),
            Some(ToCheck::Numbers) => Some(say::NUMBERS),
            Some(ToCheck::Contradicts) => Some(say::CONTRADICTS),
            Some(ToCheck::Day) | None => None,
        };
        match (doubt, &self.said, column.by_header) {
            (Some(doubt), ..) => (doubt.into(), Mood::Warn),
            (None, Some(_), _) => (say::SAID.into(), Mood::Good),
            (None, None, false) if column.known => (say::BY_CELLS.into(), Mood::Dim),
            (None, None, _) => (Say::default(), Mood::Dim),
        }
    }
}

impl Columns for ColumnRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("place", say::C_PLACE, (4, 0, 0), |r, _| r.column.place.as_str().into())
            .by(|r| SortKey::Num(r.at as i64)),
        Column::<Self>::new("header", say::C_HEADER, (16, 2, 0), |r, _| {
            r.column.headers.first().map_or("", String::as_str).into()
        })
        .by(|r| SortKey::text(r.column.headers.first().map_or("", String::as_str))),
        Column::<Self>::new("is", say::C_IS, (16, 1, 0), |r, x| {
            let mood = if r.is_read { Mood::Plain } else { Mood::Dim };
            Cell::new(r.is().get(x.lang), mood)
        })
        .by(|r| SortKey::text(&r.column.field)),
        Column::<Self>::new("samples", say::C_SAMPLES, (18, 2, 3), |r, _| r.column.samples.join(" ").into()),
        Column::<Self>::new("note", say::C_NOTE, (16, 2, 2), |r, x| {
            let (note, mood) = r.note();
            Cell::new(note.get(x.lang), mood)
        }),
    ];
}

impl TableRow for ColumnRow {
    fn id(&self) -> RowId {
        RowId::Column(self.at)
    }

    fn haystack(&self) -> String {
        format!("{} {} {}", self.column.headers.join(" "), self.label.zh, self.label.en)
    }

    fn about(&self) -> Target {
        Target::new(None, self.column.headers.first().map_or("", String::as_str))
    }
}

/// The page.
#[derive(Debug, Clone)]
pub struct ColumnsPage {
    /// What is known of the sheet.
    pub sheet: Box<SheetColumns>,
    /// Its columns, in its order.
    pub rows: Table<ColumnRow>,
    title: Say,
}

impl ColumnsPage {
    /// The page of a sheet.
    pub(in crate::app) fn new(sheet: Box<SheetColumns>) -> Self {
        let mut page = Self { sheet, rows: Table::new(), title: Say::default() };
        page.show();
        page
    }

    /// What is known by now, after something was said of a column: what became of another by it, if anything did.
    pub(in crate::app) fn is_now(&mut self, sheet: Box<SheetColumns>) -> Option<Say> {
        let before: HashMap<String, Say> =
            self.rows.rows().iter().map(|row| (row.column.place.clone(), row.is())).collect();
        let said = std::mem::replace(&mut self.sheet, sheet).said;
        self.show();
        let moved = self.rows.rows().iter().find(|row| {
            let place = &row.column.place;
            let now = self.sheet.said.get(place);
            (now.is_none() || now == said.get(place)) && before.get(place).is_some_and(|is| *is != row.is())
        })?;
        let (place, is) = (&moved.column.place, moved.is());
        Some(say::now_read_as(place, is.zh, is.en))
    }

    fn show(&mut self) {
        let SheetColumns { guess, said, fields: known, .. } = &*self.sheet;
        let columns = guess.columns.iter().map(|column| (column, true));
        let mut all: Vec<(&Guessed, bool)> =
            columns.chain(guess.left.iter().map(|column| (column, false))).collect();
        all.sort_by_key(|(column, _)| (column.place.len(), column.place.clone()));
        let label = |field: &str| {
            let known = known.iter().find(|(name, _)| name == field).map(|(_, label)| label.clone());
            known.unwrap_or_else(|| fields::named(field).map_or_else(|| Say::same(field), Say::from))
        };
        let rows = all.into_iter().zip(0..).map(|((column, is_read), at)| ColumnRow {
            at,
            is_read,
            said: said.get(&column.place).map(|said| said.is.clone()),
            label: label(&column.field),
            column: column.clone(),
        });
        self.rows.set_rows(rows.collect());
        self.title = say::title(&self.sheet.file, guess.rows);
    }
}

impl Page for ColumnsPage {
    fn context(&self) -> Context {
        Context::Columns
    }

    fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }

    fn empty(&self) -> Word {
        say::EMPTY
    }

    fn asks(&self) -> Vec<Query> {
        Vec::new()
    }

    fn take(&mut self, _: &Data) {}

    fn told(&self, ctx: &Ctx) -> Option<Vec<TextLine>> {
        let row = self.rows.current()?;
        let line = |text: String, mood| TextLine { text, mood, head: false };
        let header = row.column.headers.first().map_or("", String::as_str);
        let is = row.is();
        let mut out = vec![line(format!("{header}: {}", is.get(ctx.lang)), Mood::Plain)];
        let (note, mood) = row.note();
        out.extend(
            Some(note.get(ctx.lang)).filter(|note| !note.is_empty()).map(|note| line(note.to_owned(), mood)),
        );
        out.push(line(say::cells(row.column.samples.join("  ")).get(ctx.lang).to_owned(), Mood::Dim));
        Some(out)
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.rows)
    }
}
