//! The inbox (收件): the files that lie in the watched folder, how each stands, and what taking it in would bring.

use crate::app::keymap::Context;
use crate::app::shown::column::{Cell, Column, Columns, Ctx, Listed, Mood, SortKey};
use crate::app::shown::lines::TextLine;
use crate::app::shown::page::Page;
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::time;
use crate::app::shown::table::{List, RowId, Table, TableRow, Target};
use crate::domain::form::What;
use crate::domain::ids::{Subject, UnitId};
use crate::domain::inbox::{Seen, Source, Stand};
use crate::domain::report::Round;
use crate::domain::time::{Ts, brief_day};
use crate::i18n::columns;
use crate::i18n::common;
use crate::i18n::inbox as say;
use crate::i18n::terms::word;
use crate::say::{Lang, Say, Word};
use chrono::NaiveDate;
use serde_json::json;

/// A file of the inbox as the desk shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxRow {
    /// What it goes by.
    pub id: u64,
    /// Its name.
    pub file: String,
    /// Where it lies.
    pub path: String,
    /// When it came.
    pub came: Ts,
    /// How it stands.
    pub stand: Option<Stand>,
    /// Of what kind it is, once that is known.
    pub what: Option<What>,
    /// Its form, as `name-version`.
    pub form: String,
    /// The day, and by what it is known; of reports only.
    pub day: Option<(NaiveDate, Source)>,
    /// The round, and by what it is known; of reports only.
    pub round: Option<(Round, Source)>,
    /// What the round is called, where a day has several.
    pub round_name: String,
    /// Whose it is.
    pub units: Vec<(UnitId, String)>,
    /// By what that is known.
    pub units_by: Option<Source>,
    /// The unit of its rows that name none, by its code; empty where they need none.
    pub unit: String,
    /// Of a correction, if it was said: whether who is not in it stays as reported.
    pub part: Option<bool>,
    /// Rows that would be taken.
    pub accepted: u32,
    /// Rows refused.
    pub rejected: u32,
    /// What would change of what is known.
    pub changed: u32,
    /// Why it stands so, what is asked, what to look at.
    pub notes: Vec<Say>,
    /// BLAKE3 of its bytes; empty before it was read.
    pub digest: String,
    /// Its cells were read: it can be said what its columns are.
    pub has_columns: bool,
}

impl InboxRow {
    /// How it stands.
    pub fn stands(&self) -> Stand {
        self.stand.unwrap_or(Stand::Writing)
    }

    /// Whose it is, in words.
    pub fn whose(&self, lang: Lang) -> String {
        match self.units.as_slice() {
            [] => String::new(),
            [(_, one)] => one.clone(),
            [(_, one), ..] => crate::i18n::screen::and_others(one, self.units.len()).get(lang).to_owned(),
        }
    }

    /// The file as it is seen.
    pub fn seen(&self) -> Seen {
        let of = self.day.zip(self.round.as_ref()).map(|((day, _), (round, _))| (day, round.clone()));
        Seen { id: self.id, digest: self.digest.clone(), stand: self.stands(), of }
    }

    fn kind(&self) -> Option<Word> {
        self.what.map(|what| match what {
            What::Report => common::REPORT,
            What::Roster => common::ROSTER,
            What::Units => common::UNITS,
        })
    }

    fn mood(&self) -> Mood {
        match self.stands() {
            Stand::Ready => Mood::Good,
            Stand::Refused
            | Stand::Correction
            | Stand::Question
            | Stand::Look
            | Stand::Old
            | Stand::Locked => Mood::Warn,
            Stand::Elsewhere | Stand::Nothing | Stand::Unreadable => Mood::Bad,
            Stand::Same | Stand::Writing | Stand::Later => Mood::Dim,
        }
    }
}

/// What is guessed carries a question mark.
fn guessed(text: String, by: Source) -> Cell {
    if by.is_guess() { Cell::new(format!("{text}?"), Mood::Dim) } else { text.into() }
}

fn count(n: u32, mood: Mood) -> Cell {
    if n == 0 { Cell::new("", Mood::Dim) } else { Cell::new(n.to_string(), mood) }
}

impl Columns for InboxRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("units", say::C_UNIT, (12, 2, 0), |r, x| match r.units_by {
            Some(by) if !r.units.is_empty() => guessed(r.whose(x.lang), by),
            _ => Cell::new("--", Mood::Dim),
        })
        .by(|r| SortKey::text(r.units.first().map_or("", |(_, name)| name)))
        .json(|r, _| json!(r.units.iter().map(|(_, name)| name).collect::<Vec<_>>())),
        Column::<Self>::new("file", say::C_FILE, (16, 3, 0), |r, _| r.file.as_str().into())
            .by(|r| SortKey::text(&r.file))
            .json(|r, _| json!(r.file)),
        Column::<Self>::new("kind", say::C_KIND, (6, 0, 4), |r, x| {
            r.kind().map_or("", |word| word.get(x.lang)).into()
        })
        .by(|r| SortKey::text(r.what.map_or("", What::code)))
        .json(|r, _| json!(r.what.map(What::code))),
        Column::<Self>::new("day", say::C_DAY, (7, 0, 1), |r, x| match r.day {
            Some((day, by)) => guessed(brief_day(day, x.cal.date(x.now)), by),
            None => "".into(),
        })
        .by(|r| SortKey::Num(r.day.map_or(0, |(day, _)| i64::from(crate::domain::time::day_number(day)))))
        .json(|r, _| json!(r.day.map(|(day, _)| day))),
        Column::<Self>::new("round", say::C_ROUND, (5, 0, 5), |r, _| match &r.round {
            Some((_, by)) if !r.round_name.is_empty() => guessed(r.round_name.clone(), *by),
            _ => "".into(),
        })
        .by(|r| SortKey::text(&r.round_name))
        .json(|r, _| json!(r.round.as_ref().map(|(round, _)| round))),
        Column::<Self>::figure("accepted", say::C_TAKEN, (5, 0), |r, _| count(r.accepted, Mood::Plain))
            .by(|r| SortKey::Num(-i64::from(r.accepted)))
            .json(|r, _| json!(r.accepted)),
        Column::<Self>::figure("rejected", say::C_REFUSED, (5, 0), |r, _| count(r.rejected, Mood::Bad))
            .by(|r| SortKey::Num(-i64::from(r.rejected)))
            .json(|r, _| json!(r.rejected)),
        Column::<Self>::figure("changed", say::C_CHANGED, (5, 3), |r, _| count(r.changed, Mood::Plain))
            .by(|r| SortKey::Num(-i64::from(r.changed)))
            .json(|r, _| json!(r.changed)),
        Column::<Self>::new("stand", say::C_STAND, (14, 0, 0), |r, x| {
            Cell::new(word(r.stands()).get(x.lang), r.mood())
        })
        .by(|r| SortKey::Num(Stand::ALL.iter().position(|stand| *stand == r.stands()).unwrap_or(0) as i64))
        .json(|r, _| json!(r.stands().code())),
        Column::<Self>::new("note", say::C_NOTE, (14, 4, 6), |r, x| {
            r.notes.first().map_or("", |note| note.get(x.lang)).into()
        })
        .json(|r, x| json!(r.notes.first().map(|note| note.get(x.lang).to_owned()))),
        Column::<Self>::field("notes", |r, x| {
            json!(r.notes.iter().map(|n| n.get(x.lang)).collect::<Vec<_>>())
        }),
        Column::<Self>::field("came", |r, x| json!(time(r.came, x))),
        Column::<Self>::field("form", |r, _| json!((!r.form.is_empty()).then_some(&r.form))),
        Column::<Self>::field("day_by", |r, _| json!(r.day.map(|(_, by)| by.code()))),
        Column::<Self>::field("round_by", |r, _| json!(r.round.as_ref().map(|(_, by)| by.code()))),
        Column::<Self>::field("units_by", |r, _| {
            json!(r.units_by.filter(|_| !r.units.is_empty()).map(Source::code))
        }),
        Column::<Self>::field("digest", |r, _| json!((!r.digest.is_empty()).then_some(&r.digest))),
    ];
}

impl Listed for InboxRow {
    const LIST: &'static [&'static str] =
        &["units", "file", "kind", "day", "round", "accepted", "rejected", "changed", "stand", "note"];
    const JSON: &'static [&'static str] = &[
        "file", "stand", "kind", "form", "day", "day_by", "round", "round_by", "units", "units_by",
        "accepted", "rejected", "changed", "came", "note", "notes", "digest",
    ];
}

impl TableRow for InboxRow {
    fn id(&self) -> RowId {
        RowId::File(self.id)
    }

    fn haystack(&self) -> String {
        let stand = word(self.stands());
        let mut all = vec![self.file.as_str(), &self.round_name, stand.zh, stand.en];
        all.extend(self.units.iter().map(|(_, name)| name.as_str()));
        all.extend(self.kind().iter().flat_map(|word| [word.zh, word.en]));
        all.extend(self.notes.iter().flat_map(|note| [note.zh.as_str(), &note.en]));
        let day = self.day.map(|(day, _)| day.to_string()).unwrap_or_default();
        format!("{} {day}", all.join(" "))
    }

    fn about(&self) -> Target {
        match self.units.as_slice() {
            [(unit, name)] => Target::new(Some(Subject::Unit(*unit)), name),
            _ => Target::new(None, &self.file),
        }
    }
}

/// What lies in the watched folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InboxView {
    /// The folder; empty where none is set.
    pub folder: String,
    /// Its files, in the order in which they came.
    pub rows: Vec<InboxRow>,
    /// Why the folder cannot be looked at.
    pub error: Option<Say>,
}

impl InboxView {
    /// How many files wait for the officer.
    pub fn waiting(&self) -> u32 {
        self.rows.iter().filter(|row| row.stands().waits()).count() as u32
    }

    /// The page's title.
    fn title(&self) -> Say {
        if let Some(error) = &self.error {
            return error.within(|why| say::title_wrong(why));
        }
        if self.folder.is_empty() {
            return say::NOT_SET.into();
        }
        let count = |fits: &dyn Fn(Stand) -> bool| self.rows.iter().filter(|row| fits(row.stands())).count();
        let (all, ready) = (self.rows.len(), count(&|stand| stand.is_ready()));
        match count(&|stand| stand == Stand::Later) {
            0 => say::title(all, ready),
            later => say::title_later(all, ready, later),
        }
    }
}

/// The page of the inbox.
#[derive(Debug, Clone, Default)]
pub struct InboxPage {
    /// The files.
    pub rows: Table<InboxRow>,
    title: Say,
}

impl InboxPage {
    /// The page of what lies there.
    pub fn new(view: &InboxView) -> Self {
        let mut page = Self { rows: Table::new(), title: Say::default() };
        page.show(view);
        page
    }

    /// Takes in what lies there now.
    pub fn show(&mut self, view: &InboxView) {
        self.title = view.title();
        self.rows.set_rows(view.rows.clone());
    }

    /// The marked files, else the selected one.
    pub fn chosen(&self) -> Vec<&InboxRow> {
        let chosen = self.rows.chosen();
        self.rows.rows().iter().filter(|row| chosen.contains(&RowId::File(row.id))).collect()
    }
}

impl Page for InboxPage {
    fn context(&self) -> Context {
        Context::Inbox
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

    /// Why the selected file stands as it does, in full, where there are few: a morning's are to be seen at once.
    fn told(&self, ctx: &Ctx) -> Option<Vec<TextLine>> {
        /// How many are few.
        const FEW: usize = 8;
        let row = self.rows.current().filter(|_| self.rows.rows().len() <= FEW)?;
        if row.notes.is_empty() {
            return Some(vec![TextLine { text: row.file.clone(), mood: Mood::Dim, head: false }]);
        }
        let note = |(at, note): (usize, &Say)| TextLine {
            text: note.get(ctx.lang).to_owned(),
            mood: if at == 0 { row.mood() } else { Mood::Plain },
            head: false,
        };
        let hint = (row.has_columns && row.stands() == Stand::Unreadable).then(|| TextLine {
            text: columns::ENTER_OPENS.get(ctx.lang).to_owned(),
            mood: Mood::Plain,
            head: false,
        });
        Some(row.notes.iter().enumerate().map(note).chain(hint).collect())
    }

    fn list(&self) -> Option<&dyn List> {
        Some(&self.rows)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        Some(&mut self.rows)
    }
}
