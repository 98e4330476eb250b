//! The page of a received report: its versions, who stands in one of them with what, what is otherwise, who is not in it.
//! Of a sheet that brought the reports of several units, the list of them.

use crate::app::keymap::Context;
use crate::app::reading;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::facts;
use crate::app::shown::lines::{Fact, TextLine, round_shown};
use crate::app::shown::page::{Page, Part};
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::{remarks, status_mood, when};
use crate::app::shown::table::{List, RowId, Table};
use crate::domain::ids::PersonId;
use crate::domain::mask::Private;
use crate::domain::report::{ReportForm, Standing};
use crate::i18n::received as say;
use crate::i18n::screen;
use crate::i18n::terms::word;
use crate::i18n::{doubts, received};
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{
    BroughtRow, Mask, Received, ReceivedAsk, ReceivedRow, ReceivedSheet, ReportOf, ReportVersion, VersionRow,
};

/// The page of a received report.
#[derive(Debug, Clone)]
pub struct ReceivedPage {
    /// Which report, in which version.
    pub ask: ReceivedAsk,
    /// What is known of it, its rows left out; absent until it is loaded, and of several reports.
    pub sheet: Option<Box<ReceivedSheet>>,
    /// How many of its rows were erased.
    erased: u32,
    /// The reports that came at once, where these are several.
    pub several: Table<BroughtRow>,
    /// Nothing came.
    pub missing: bool,
    /// Which part is shown; the first is who stands in it.
    pub part: Part,
    /// In it; otherwise than before; doubted; not in it.
    tables: [Table<ReceivedRow>; 4],
    title: Say,
}

/// Which part is the versions.
const VERSIONS: usize = 4;

impl ReceivedPage {
    /// The page before anything is known; the cursor stands on this person.
    pub(in crate::app) fn new(ask: ReceivedAsk, on: Option<PersonId>) -> Self {
        let mut tables: [Table<ReceivedRow>; 4] = Default::default();
        if let Some(person) = on {
            tables[0].seek(RowId::Person(person));
        }
        Self {
            ask,
            sheet: None,
            erased: 0,
            several: Table::new(),
            missing: false,
            part: Part::default(),
            tables,
            title: Say::default(),
        }
    }

    /// It is the list of several reports.
    fn is_of_several(&self) -> bool {
        !self.several.is_empty() || !self.several.filter.is_empty()
    }

    /// The report that is selected among several.
    pub(in crate::app) fn brought(&self) -> Option<ReceivedAsk> {
        let row = self.several.current().filter(|_| self.is_of_several())?;
        Some(ReceivedAsk { of: ReportOf::Key(row.key.clone()), version: ReportVersion::Op(row.op) })
    }

    /// The version that is so many after the one shown; or the one that is marked among the versions.
    pub(in crate::app) fn version(&self, by: Option<i64>) -> Option<u32> {
        let sheet = self.sheet.as_deref()?;
        let at = match by {
            Some(by) => usize::try_from(sheet.shown as i64 + by).ok()?,
            None if self.part.tab == VERSIONS => self.part.scroll,
            None => return None,
        };
        sheet.versions.get(at).map(|version| version.n)
    }

    /// Turns to a version; it is to be asked for.
    pub(in crate::app) fn turn_to(&mut self, version: u32) {
        // By what brought it: the numbers of those after one that is taken back are others then.
        let known = self.sheet.iter().flat_map(|sheet| &sheet.versions).find(|known| known.n == version);
        self.ask.version = known.map_or(ReportVersion::Nth(version), |known| ReportVersion::Op(known.op));
        if self.part.tab == VERSIONS {
            self.part = Part::default();
        }
    }

    fn table(&self) -> Option<&Table<ReceivedRow>> {
        self.tables.get(self.part.tab).filter(|_| !self.is_of_several())
    }

    fn open(&mut self, sheet: &ReceivedSheet) {
        let which = format!("{} {}", sheet.key.day.format("%m-%d"), round_shown(&sheet.key.round));
        self.title = say::title(&sheet.unit, which.trim_end());
        self.erased = sheet.erased();
        // What is seen stays of this report, whatever comes later.
        if let ReportOf::Newest(_) | ReportOf::Op(_) = self.ask.of {
            self.ask.of = ReportOf::Key(sheet.key.clone());
            if let Some(version) = sheet.version() {
                self.ask.version = ReportVersion::Op(version.op);
            }
        }
        let of = |fits: &dyn Fn(&ReceivedRow) -> bool| -> Vec<ReceivedRow> {
            sheet.rows.iter().filter(|row| fits(row)).cloned().collect()
        };
        self.tables[0].set_rows(of(&|row| row.is_in_sheet()));
        self.tables[1].set_rows(of(&ReceivedRow::is_changed));
        self.tables[2].set_rows(of(&|row| !row.doubts.is_empty()));
        self.tables[3].set_rows(of(&|row| !row.is_in_sheet()));
        let mut known = ReceivedSheet { rows: Vec::new(), ..sheet.clone() };
        known.rows.clear();
        self.sheet = Some(Box::new(known));
    }
}

impl Page for ReceivedPage {
    fn context(&self) -> Context {
        Context::Received
    }

    fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Received(self.ask.clone())]
    }

    fn take(&mut self, data: &Data) {
        let Data::Received(found) = data else { return };
        self.missing = matches!(**found, Received::Nothing);
        match &**found {
            Received::Nothing => self.sheet = None,
            Received::Several(rows) => {
                self.title = say::several(rows.len());
                self.several.set_rows(rows.clone());
            }
            Received::One(sheet) => self.open(sheet),
        }
    }

    fn list(&self) -> Option<&dyn List> {
        if self.is_of_several() {
            return Some(&self.several);
        }
        self.table().map(|table| table as &dyn List)
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        if self.is_of_several() {
            return Some(&mut self.several);
        }
        self.tables.get_mut(self.part.tab).map(|table| table as &mut dyn List)
    }

    fn empty(&self) -> Word {
        let version = self.sheet.as_deref().and_then(ReceivedSheet::version);
        match version.map(|version| version.form).filter(|_| self.part.tab == 0) {
            Some(ReportForm::Zero) => say::ZERO,
            Some(ReportForm::Marked) => say::MARKED,
            _ => say::NOBODY,
        }
    }

    fn tabs(&self) -> Vec<(Word, usize)> {
        if self.is_of_several() {
            return Vec::new();
        }
        let words = [say::PART_ALL, say::PART_CHANGED, say::PART_DOUBTS, say::PART_MISSING];
        let mut tabs: Vec<(Word, usize)> =
            words.into_iter().zip(&self.tables).map(|(word, table)| (word, table.items().0)).collect();
        tabs.push((say::PART_VERSIONS, self.sheet.as_deref().map_or(0, |sheet| sheet.versions.len())));
        tabs
    }

    fn part(&self) -> Option<&Part> {
        Some(&self.part)
    }

    fn part_mut(&mut self) -> Option<&mut Part> {
        Some(&mut self.part)
    }

    fn lines(&self, ctx: &Ctx, _: usize) -> Vec<TextLine> {
        let Some(sheet) = self.sheet.as_deref().filter(|_| self.part.tab == VERSIONS) else {
            return Vec::new();
        };
        let lines = sheet.versions.iter().enumerate();
        lines.map(|(at, version)| version_line(sheet, version, at == self.part.scroll, ctx)).collect()
    }

    fn facts(&self, ctx: &Ctx) -> Option<Vec<Fact>> {
        if self.is_of_several() {
            return Some(Vec::new());
        }
        self.sheet.as_deref().map(|sheet| sheet_facts(sheet, self.erased, ctx))
    }

    fn missing(&self) -> Option<Word> {
        self.missing.then_some(say::NOT_COME)
    }

    fn head_lines(&self, _: u16, width: u16, ctx: &Ctx) -> Option<u16> {
        if self.is_of_several() {
            return None;
        }
        Some(self.facts(ctx).map_or(3, |facts| facts::lines(&facts, width, ctx.lang)))
    }

    fn told(&self, ctx: &Ctx) -> Option<Vec<TextLine>> {
        let table = self.table()?;
        Some(table.current().map_or_else(Vec::new, |row| row_lines(&row.seen(ctx.shows(row.person)), ctx)))
    }

    fn private_phone(&self, person: PersonId) -> Option<Private> {
        let row = self.table()?.rows().iter().find(|row| row.person == person);
        row.map(|row| row.phone.clone())
    }
}

/// One version in one line; the one that Enter opens is marked.
fn version_line(sheet: &ReceivedSheet, version: &VersionRow, marked: bool, ctx: &Ctx) -> TextLine {
    let lang = ctx.lang;
    let mut parts = vec![
        format!(
            "{} {}",
            if marked { ">" } else { " " },
            say::version(version.n, sheet.versions.len()).get(lang)
        ),
        came(version, ctx),
        word(version.form).get(lang).to_owned(),
    ];
    if version.form == ReportForm::Rows {
        parts.push(say::rows(version.rows).get(lang).to_owned());
    }
    parts.push(version.file.clone());
    if !version.reason.is_empty() {
        parts.push(received::labelled(say::REASON, &Say::same(&version.reason)).get(lang).to_owned());
    }
    let is_in_force = version.n as usize == sheet.versions.len();
    parts.push((if is_in_force { say::IN_FORCE } else { say::REPLACED }).get(lang).to_owned());
    parts.retain(|part| !part.is_empty());
    TextLine::new(parts.join("  "), if is_in_force { Mood::Plain } else { Mood::Dim })
}

/// When it came, who took it in, and that it was late.
fn came(version: &VersionRow, ctx: &Ctx) -> String {
    let mut text = format!("{} {}", when(version.happened_at, ctx), version.officer);
    if version.recorded_at.minutes_since(version.happened_at) > 0 {
        text = format!("{text}  {}", say::recorded(when(version.recorded_at, ctx)).get(ctx.lang));
    }
    if version.late {
        text = format!("{text}  {}", say::AFTER_DEADLINE.get(ctx.lang));
    }
    text
}

fn sheet_facts(sheet: &ReceivedSheet, erased: u32, ctx: &Ctx) -> Vec<Fact> {
    let lang = ctx.lang;
    let Some(version) = sheet.version() else { return Vec::new() };
    let (force, mood) =
        if sheet.is_in_force() { (say::IN_FORCE, Mood::Plain) } else { (say::REPLACED, Mood::Warn) };
    let which = say::version(version.n, sheet.versions.len());
    let late = if version.late { Mood::Warn } else { Mood::Plain };
    let mut rows = version.rows.to_string();
    if erased > 0 {
        rows = format!("{rows}  {}", say::erased(erased).get(lang));
    }
    let form = version.read_with.as_ref().map_or_else(String::new, |f| format!("{}-{}", f.name, f.version));
    let mut facts = vec![
        (say::VERSION, format!("{} {}", which.get(lang), force.get(lang)), mood),
        (screen::STATUS, word(sheet.status).get(lang).to_owned(), status_mood(sheet.status)),
        (say::CAME, came(version, ctx), late),
        (say::DEADLINE, sheet.deadline.map(|at| when(at, ctx)).unwrap_or_default(), Mood::Plain),
        (say::ROWS, if version.form == ReportForm::Rows { rows } else { String::new() }, Mood::Plain),
        (say::FILE, format!("{} {form}", version.file).trim().to_owned(), Mood::Plain),
        (say::REASON, version.reason.clone(), Mood::Warn),
    ];
    if let Some((how, reason)) = &sheet.excused {
        let how = word(*how);
        facts.push((screen::OWES, say::excused(how.zh, how.en, reason).get(lang).to_owned(), Mood::Dim));
    }
    for doubt in &sheet.doubts {
        facts.push((doubts::DOUBTS, doubts::line(doubt).get(lang).to_owned(), Mood::Bad));
    }
    facts.retain(|(_, text, _)| !text.is_empty());
    facts
}

/// What there is of the selected row: first what is otherwise, then every value.
fn row_lines(row: &ReceivedRow, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let mut out = Vec::new();
    let said = remarks(row);
    if !said.is_empty() {
        let mood = if row.doubts.is_empty() { Mood::Warn } else { Mood::Bad };
        out.push(TextLine::new(received::joined(&said).get(lang), mood));
    }
    if let Some(reading) = &row.reading {
        let mut values = received::joined(&reading::lines(reading, std::iter::empty()));
        if row.standing == Standing::Dropped {
            values = say::stood(values.zh, values.en);
        }
        out.push(TextLine::new(values.get(lang), Mood::Plain));
    }
    out
}
