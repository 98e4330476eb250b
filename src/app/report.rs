//! The report screen (疫情日报): the figures of a day as cells one walks through, each opening the list behind it;
//! sending and correcting.

use super::effect::{Effect, Query};
use super::form::{Choice, Field, Form, FormKind};
use super::grid::{Behind, Cell, Grid, Row, Section};
use super::keymap::Action;
use super::msg::Tone;
use super::paper::PaperAsk;
use super::state::{BehindPage, Home, Layer, State};
use super::table::{Cell as TableCell, Col, Column, Ctx, Mood, RowId, SortKey, Table, TableRow, Target};
use crate::domain::followup::Channel;
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::sitrep::{Axis, Came, Column as Count, Group, Key, Sitrep};
use crate::domain::time::{Calendar, hhmm};
use crate::i18n::figures as say;
use crate::i18n::screen;
use crate::i18n::sitrep as words;
use crate::i18n::terms::word;
use crate::i18n::{Lang, Say, Word};
use crate::store::query::rows::{BehindRow, SentRow, SitrepAsk, SitrepView, ToldDifference};
use chrono::NaiveDate;
use uuid::Uuid;

/// What the report screen shows, read at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportData {
    /// The figures, and what was told otherwise before.
    pub view: SitrepView,
    /// Reports that were sent, the newest first.
    pub sent: Vec<SentRow>,
}

/// The report screen.
#[derive(Debug, Clone, Default)]
pub struct ReportScreen {
    /// Which day, with which boundary.
    pub ask: SitrepAsk,
    /// The figures, once loaded.
    pub data: Option<Box<ReportData>>,
    /// Why they could not be read.
    pub error: Option<Say>,
    /// As cells.
    pub grid: Grid,
    /// In which language the cells are.
    pub(super) built: Option<Lang>,
}

impl ReportScreen {
    /// What stands on its border: the day, the window, when it was cut.
    pub fn title(&self, calendar: Calendar, lang: Lang) -> String {
        let Some(data) = &self.data else { return say::TITLE.get(lang).to_owned() };
        let report = &data.view.report;
        let (from, to) = (calendar.md_hm(report.from), calendar.md_hm(report.until()));
        say::title(report.day, from, to, hhmm(report.boundary)).get(lang).to_owned()
    }
}

/// The columns of the flow tables.
const FLOW: [(Count, Word); 6] = [
    (Count::Opening, say::H_OPENING),
    (Count::New, say::H_NEW),
    (Count::Released, say::H_RELEASED),
    (Count::Out, say::H_OUT),
    (Count::In, say::H_IN),
    (Count::Current, say::H_CURRENT),
];

/// How high the bars of the trend are.
const BAR_LINES: i64 = 4;

/// Puts a report into cells.
struct Build<'a> {
    data: &'a ReportData,
    calendar: Calendar,
    lang: Lang,
}

impl Build<'_> {
    fn report(&self) -> &Sitrep {
        &self.data.view.report
    }

    fn figure(&self, key: &Key) -> Cell {
        let ids = self.report().figures.ids(key);
        let value = self.report().value(key);
        let behind =
            if key.column.is_of_units() { Behind::Units(once(ids)) } else { Behind::People(once(ids)) };
        let mood = if value == 0 { Mood::Dim } else { Mood::Plain };
        Cell { key: key.to_string(), text: value.to_string(), mood, behind }
    }

    fn name(&self, axis: Axis, row: &str) -> String {
        match self.data.view.units.get(row) {
            Some(name) if axis == Axis::Unit => name.clone(),
            _ => words::row(axis, row).get(self.lang).to_owned(),
        }
    }

    fn word(&self, word: Word) -> String {
        word.get(self.lang).to_owned()
    }

    /// The whole school, then staff and students.
    fn school(&self) -> Section {
        let columns = [
            (Count::Opening, say::H_OPENING),
            (Count::New, say::H_NEW),
            (Count::Released, say::H_RELEASED),
            (Count::Current, say::H_CURRENT),
            (Count::Cumulative, say::H_EVER),
            (Count::Discharged, say::H_OFF),
            (Count::FeverNew, say::H_FEVER_NEW),
            (Count::FeverAll, say::H_FEVER_ALL),
        ];
        let row = |group: Option<Group>| Row {
            label: match group {
                None => self.word(words::SCHOOL),
                Some(group) => self.word(words::group(group)),
            },
            cells: columns
                .iter()
                .map(|(column, _)| self.figure(&Key { group, ..Key::all(*column) }))
                .collect(),
            strong: group.is_none(),
        };
        Section {
            title: self.word(say::T_SCHOOL),
            notes: Vec::new(),
            head: columns.iter().map(|(_, word)| self.word(*word)).collect(),
            rows: [None, Some(Group::Staff), Some(Group::Students)].into_iter().map(row).collect(),
        }
    }

    /// The flow of cases by the rows of a table, and staff and students of what is open now.
    fn flow(&self, axis: Axis, title: Word) -> Section {
        let cells = |row: &str| -> Vec<Cell> {
            let mut cells: Vec<Cell> =
                FLOW.iter().map(|(column, _)| self.figure(&Key::row(axis, row, *column))).collect();
            let now = Key::row(axis, row, Count::Current);
            cells.extend(Group::ALL.iter().map(|group| self.figure(&now.clone().of(*group))));
            cells
        };
        let rows = self.report().rows(axis).iter().map(|row| Row {
            label: self.name(axis, row),
            cells: cells(row),
            strong: false,
        });
        // A row with nothing in it says nothing; what is not in the list is told by the line below.
        let all: Vec<Row> = rows.collect();
        let (rows, empty): (Vec<Row>, Vec<Row>) =
            all.into_iter().partition(|row| row.cells.iter().any(|cell| cell.mood != Mood::Dim));
        let mut head: Vec<String> = FLOW.iter().map(|(_, word)| self.word(*word)).collect();
        head.extend(Group::ALL.iter().map(|group| self.word(words::group(*group))));
        let notes = if empty.is_empty() || rows.is_empty() {
            Vec::new()
        } else {
            vec![say::empty_rows(empty.len()).get(self.lang).to_owned()]
        };
        let rows = if rows.is_empty() { empty } else { rows };
        Section { title: self.word(title), notes, head, rows }
    }

    /// Reports: completeness and timeliness with their formulae.
    fn reports(&self) -> Section {
        let columns = [
            (Count::Expected, say::H_EXPECTED),
            (Count::Received, say::H_RECEIVED),
            (Count::InTime, say::H_IN_TIME),
            (Count::Late, say::H_LATE),
            (Count::Missing, say::H_MISSING),
        ];
        let report = self.report();
        let share = |of| report.share(of).map_or_else(|| "--".to_owned(), |share| format!("{share:.1}%"));
        let expected = report.all(Count::Expected);
        let notes = [
            say::completeness(report.all(Count::Received), expected, share(Count::Received)),
            say::timeliness(report.all(Count::InTime), expected, share(Count::InTime)),
        ];
        Section {
            title: self.word(say::T_REPORTS),
            notes: notes.iter().map(|note| note.get(self.lang).to_owned()).collect(),
            head: columns.iter().map(|(_, word)| self.word(*word)).collect(),
            rows: vec![Row {
                label: self.word(words::SCHOOL),
                cells: columns.iter().map(|(column, _)| self.figure(&Key::all(*column))).collect(),
                strong: false,
            }],
        }
    }

    /// Fourteen days as bars and figures; a day's figure opens that day's report.
    fn trend(&self) -> Section {
        let days = &self.report().trend;
        let most = days.iter().map(|day| day.open).max().unwrap_or(0).max(1);
        let mut rows = Vec::new();
        for level in (1..=BAR_LINES).rev() {
            let bar = |open: i64| {
                // Rounded up: one open case is seen among hundreds, and none is no bar.
                let high = (open * BAR_LINES + most - 1) / most;
                Cell { text: if high >= level { "###" } else { "" }.to_owned(), ..Cell::default() }
            };
            let label = if level == BAR_LINES { most.to_string() } else { String::new() };
            rows.push(Row { label, cells: days.iter().map(|day| bar(day.open)).collect(), strong: false });
        }
        type Of = fn(&crate::domain::sitrep::TrendDay) -> i64;
        let lines: [(Word, &str, Of); 5] = [
            (say::H_CURRENT, "open", |day| day.open),
            (say::H_NEW, "new", |day| day.new),
            (say::H_RELEASED, "released", |day| day.released),
            (say::H_FEVER, "fever", |day| day.feverish),
            (say::H_RECEIVED, "received", |day| day.received),
        ];
        for (label, code, of) in lines {
            let cells = days.iter().map(|day| Cell {
                key: format!("trend.{code}.{}", day.day),
                text: of(day).to_string(),
                mood: if of(day) == 0 { Mood::Dim } else { Mood::Plain },
                behind: Behind::Day(day.day),
            });
            rows.push(Row { label: self.word(label), cells: cells.collect(), strong: false });
        }
        Section {
            title: self.word(say::T_TREND),
            notes: Vec::new(),
            head: days.iter().map(|day| short_day(day.day)).collect(),
            rows,
        }
    }

    /// How each unit reported on these days.
    fn heat(&self) -> Section {
        let report = self.report();
        let rows = report.heat.iter().filter_map(|row| {
            let unit = UnitId(Uuid::parse_str(&row.unit).ok()?);
            let cells = row.days.iter().zip(&report.trend).map(|(came, day)| {
                let (text, mood) = match came {
                    Came::InTime => ("o", Mood::Good),
                    Came::Late => ("~", Mood::Warn),
                    Came::Missing => ("X", Mood::Bad),
                    Came::None => (".", Mood::Dim),
                };
                let key = format!("heat.{}.{}", row.unit, day.day);
                Cell { key, text: text.to_owned(), mood, behind: Behind::Unit(unit) }
            });
            Some(Row { label: self.name(Axis::Unit, &row.unit), cells: cells.collect(), strong: false })
        });
        Section {
            title: self.word(say::T_HEAT),
            notes: vec![self.word(say::HEAT_LEGEND)],
            head: report.trend.iter().map(|day| short_day(day.day)).collect(),
            rows: rows.collect(),
        }
    }

    /// Reports that were sent, each a cell that opens it.
    fn sent(&self) -> Section {
        let rows = self.data.sent.iter().enumerate().map(|(place, sent)| {
            let at = self.calendar.md_hm(sent.at);
            let mut label = say::sent_row(at, sent.day, &sent.to, word(sent.channel).get(self.lang))
                .get(self.lang)
                .to_owned();
            if !sent.reason.is_empty() {
                label.push_str(say::corrected_for(&sent.reason).get(self.lang));
            }
            let cell = Cell {
                key: format!("sent.{}", sent.id),
                text: sent.current.to_string(),
                mood: Mood::Plain,
                behind: Behind::Sent(place),
            };
            Row { label, cells: vec![cell], strong: false }
        });
        Section {
            title: self.word(say::T_SENT),
            notes: Vec::new(),
            head: vec![self.word(say::H_CURRENT)],
            rows: rows.collect(),
        }
    }

    /// What was told otherwise before.
    fn told(&self) -> Section {
        let rows = self.data.view.differences.iter().map(|told| {
            let line = told_line(told, self.calendar);
            let cell = Cell {
                key: format!("told.{}", told.difference.key),
                text: told.difference.now.to_string(),
                mood: Mood::Warn,
                behind: behind_difference(told),
            };
            Row { label: line.get(self.lang).to_owned(), cells: vec![cell], strong: false }
        });
        Section {
            title: self.word(say::T_TOLD),
            notes: Vec::new(),
            head: vec![self.word(say::H_NOW)],
            rows: rows.collect(),
        }
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![
            self.school(),
            self.flow(Axis::Measure, say::T_MEASURE),
            self.flow(Axis::Category, say::T_CATEGORY),
            self.flow(Axis::Unit, say::T_UNIT),
            self.flow(Axis::Campus, say::T_CAMPUS),
            self.reports(),
            self.trend(),
            self.told(),
            self.sent(),
            self.heat(),
        ];
        sections.retain(|section| !section.rows.is_empty());
        sections
    }
}

/// Somebody counted twice is one person behind the figure; the ids are in order.
fn once(ids: &[Uuid]) -> Vec<Uuid> {
    let mut ids = ids.to_vec();
    ids.dedup();
    ids
}

fn short_day(day: NaiveDate) -> String {
    day.format("%d").to_string()
}

impl State {
    /// Takes the figures of the report in.
    pub(super) fn take_report(&mut self, data: Box<ReportData>) {
        self.report.data = Some(data);
        self.report.error = None;
        self.report.built = None;
    }

    /// Puts the figures into cells when they or the language changed, and keeps the cursor in sight.
    pub(super) fn fit_report(&mut self, width: usize, height: usize) {
        if self.home != Home::Sitrep {
            return;
        }
        if self.report.built != Some(self.lang)
            && let Some(data) = &self.report.data
        {
            let build = Build { data, calendar: self.calendar, lang: self.lang };
            self.report.grid.set(build.sections());
            self.report.built = Some(self.lang);
        }
        self.report.grid.fit(width, height);
    }

    /// Moves over the figures.
    pub(super) fn report_move(&mut self, action: Action) {
        let grid = &mut self.report.grid;
        match action {
            Action::Left => grid.aside(-1),
            Action::Right => grid.aside(1),
            Action::Next => grid.turn(1),
            Action::Prev => grid.turn(-1),
            _ => {}
        }
    }

    /// Enter on a figure: the list behind it.
    pub(super) fn open_figure(&mut self, fx: &mut Vec<Effect>) {
        let Some(cell) = self.report.grid.current() else { return };
        let (behind, text) = (cell.behind.clone(), cell.text.clone());
        match behind {
            Behind::People(ids) if ids.is_empty() => self.tell(Tone::Info, say::NOBODY),
            Behind::Units(ids) if ids.is_empty() => self.tell(Tone::Info, say::NOBODY),
            Behind::People(_) | Behind::Units(_) => {
                let title = Say::same(format!("{} = {text}", self.report.grid.named()));
                self.open_behind(fx, title, behind);
            }
            Behind::Unit(unit) => self.open_page(fx, Subject::Unit(unit)),
            Behind::Day(day) => self.report_day(fx, (day != self.status.day).then_some(day)),
            Behind::Sent(place) => {
                let sent = self.report.data.as_ref().and_then(|data| data.sent.get(place));
                if let Some(sent) = sent {
                    let ask = PaperAsk::Sent(sent.id);
                    self.preview(fx, ask);
                }
            }
            Behind::Nothing => {}
        }
    }

    /// A list of people or units with a title.
    pub(super) fn open_behind(&mut self, fx: &mut Vec<Effect>, title: Say, behind: Behind) {
        self.layers.push(Layer::Behind(Box::new(BehindPage { title, behind, rows: Table::new() })));
        self.load_behind(fx);
    }

    /// Asks for the rows behind the figure that is seen.
    pub(super) fn load_behind(&mut self, fx: &mut Vec<Effect>) {
        let Some(Layer::Behind(page)) = self.page() else { return };
        let (ids, units) = match &page.behind {
            Behind::People(ids) => (ids.clone(), false),
            Behind::Units(ids) => (ids.clone(), true),
            _ => return,
        };
        self.load(fx, Query::Behind { ids, units });
    }

    /// The rows behind a figure came.
    pub(super) fn take_behind(&mut self, rows: Vec<BehindRow>) {
        let Some(Layer::Behind(page)) = self.page_mut() else { return };
        let units = matches!(page.behind, Behind::Units(_));
        page.rows.set_rows(rows.into_iter().map(|row| BehindLine { row, is_unit: units }).collect());
    }

    fn report_day(&mut self, fx: &mut Vec<Effect>, day: Option<NaiveDate>) {
        self.report.ask.day = day;
        self.load_report(fx);
    }

    /// Esc on the report of an earlier day: back to today's. Says whether there was anything to come back from.
    pub(super) fn report_back(&mut self, fx: &mut Vec<Effect>) -> bool {
        let earlier = self.home == Home::Sitrep && self.page().is_none() && self.report.ask.day.is_some();
        if earlier {
            self.report_day(fx, None);
        }
        earlier
    }

    pub(super) fn load_report(&mut self, fx: &mut Vec<Effect>) {
        let ask = self.report.ask;
        self.load(fx, Query::Report(ask));
    }

    /// The next boundary of days: midnight, eight in the morning, the office's own.
    pub(super) fn turn_boundary(&mut self, fx: &mut Vec<Effect>) {
        let mut all = vec![self.calendar.day_start_min, 0, 480];
        all.dedup();
        let now = self.report.ask.boundary.unwrap_or(self.calendar.day_start_min);
        let place = all.iter().position(|minute| *minute == now).map_or(0, |place| (place + 1) % all.len());
        let mut next = all[place];
        if next == now {
            next = if now == 480 { 0 } else { 480 };
        }
        self.report.ask.boundary = Some(next);
        self.load_report(fx);
        self.tell(Tone::Info, say::boundary_is(hhmm(next)));
    }

    /// The form that sends the report, or corrects one that was sent; refused with the cells named when a sum does
    /// not hold.
    pub(super) fn form_report(&mut self, action: Action) {
        let Some(data) = &self.report.data else { return };
        let (report, bad) = (data.view.report.clone(), &data.view.bad);
        if !bad.is_empty() {
            let lines = bad.iter().map(words::bad_sum).collect();
            let title = say::bad_title(bad.len());
            self.layers.push(Layer::Detail { title, lines, scroll: 0 });
            return;
        }
        let sent = match (self.report.grid.current().map(|cell| &cell.behind), action) {
            (_, Action::Send) => None,
            (Some(Behind::Sent(place)), _) => data.sent.get(*place),
            _ => data.sent.iter().find(|sent| sent.day == report.day && sent.boundary == report.boundary),
        };
        let now = report.all(Count::Current);
        let hint = say::what_it_says(now, report.all(Count::New), report.all(Count::Released));
        let form = match (sent, action) {
            (None, Action::Send) => {
                let fields = vec![
                    Field::line("to", say::TO_WHOM, "").hint(hint),
                    Field::choice("channel", say::BY_WAY, channels(), 0),
                ];
                let title = say::send_title(report.day);
                Form::new(FormKind::SendSitrep(Box::new(report)), title, fields)
            }
            (None, _) => return self.tell(Tone::Warn, say::NOTHING_SENT),
            (Some(sent), _) => {
                let way = Channel::ALL.iter().position(|way| *way == sent.channel).unwrap_or(0);
                let fields = vec![
                    Field::line("reason", say::WHY, "").hint(say::correct_hint(sent.current, now)),
                    Field::line("to", say::TO_WHOM, &sent.to),
                    Field::choice("channel", say::BY_WAY, channels(), way),
                ];
                let title = say::correct_title(sent.day, self.calendar.md_hm(sent.at));
                Form::new(FormKind::CorrectSitrep(sent.id, Box::new(report)), title, fields)
            }
        };
        self.show(form);
    }
}

/// Who came to a figure and who left it since it was told.
fn behind_difference(told: &ToldDifference) -> Behind {
    let ids = told.difference.added.iter().chain(&told.difference.removed).copied().collect();
    if told.difference.key.column.is_of_units() { Behind::Units(ids) } else { Behind::People(ids) }
}

/// "10:00 said 46, now 47: Zhang added".
pub(super) fn told_line(told: &ToldDifference, calendar: Calendar) -> Say {
    let (was, now) = (told.difference.told, told.difference.now);
    let figure = words::figure(&told.difference.key, &told.row);
    let at = calendar.md_hm(told.difference.at);
    let mut line = say::told_otherwise(&at, was, now);
    line.zh = format!("{} {}", figure.zh, line.zh);
    line.en = format!("{}: {}", figure.en, line.en);
    who_moved(&mut line, told);
    line
}

/// What is so now and who came and left, without what was told: "now 47: Zhang added".
pub(super) fn told_now(told: &ToldDifference) -> Say {
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
        line.zh.push_str(&format!("{}{} {}", stop.zh, names(rows, Lang::Zh), word.zh));
        line.en.push_str(&format!("{}{} {}", stop.en, names(rows, Lang::En), word.en));
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

/// A row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindLine {
    /// Who or what.
    pub row: BehindRow,
    /// A unit; else a person.
    pub is_unit: bool,
}

impl TableRow for BehindLine {
    fn id(&self) -> RowId {
        if self.is_unit { RowId::Unit(UnitId(self.row.id)) } else { RowId::Person(PersonId(self.row.id)) }
    }

    fn columns() -> &'static [Column] {
        &[
            Column { col: Col::No, title: screen::NO, width: 10, grow: 0, drop: 0, right: false },
            Column { col: Col::Name, title: screen::NAME, width: 12, grow: 3, drop: 0, right: false },
            Column { col: Col::Unit, title: screen::UNIT, width: 14, grow: 4, drop: 1, right: false },
            Column { col: Col::Kind, title: screen::KIND, width: 10, grow: 1, drop: 3, right: false },
            Column { col: Col::Measure, title: screen::MEASURE, width: 12, grow: 1, drop: 2, right: false },
        ]
    }

    fn cell(&self, col: Col, ctx: &Ctx) -> TableCell {
        let row = &self.row;
        match col {
            Col::No => row.no.as_str().into(),
            Col::Name if row.is_gone() => TableCell::new(words::ERASED.get(ctx.lang), Mood::Dim),
            Col::Name => row.name.as_str().into(),
            Col::Unit => row.unit.as_str().into(),
            Col::Kind => row.kind.map_or("", |kind| word(kind).get(ctx.lang)).into(),
            Col::Measure => row.measure.map_or("", |measure| word(measure).get(ctx.lang)).into(),
            _ => TableCell::default(),
        }
    }

    fn key(&self, col: Col) -> SortKey {
        SortKey::Text(match col {
            Col::No => self.row.no.clone(),
            Col::Unit => self.row.unit.clone(),
            Col::Kind => self.row.kind.map_or_else(String::new, |kind| kind.code().to_owned()),
            Col::Measure => self.row.measure.map_or_else(String::new, |measure| measure.code().to_owned()),
            _ => self.row.name.clone(),
        })
    }

    fn haystack(&self) -> String {
        [self.row.no.as_str(), &self.row.name, &self.row.unit].join(" ")
    }

    fn about(&self) -> Target {
        let gone = self.row.is_gone();
        let subject = match self.is_unit {
            true => Subject::Unit(UnitId(self.row.id)),
            false => Subject::Person(PersonId(self.row.id)),
        };
        Target::new((!gone).then_some(subject), &self.row.name)
    }
}

pub(super) fn channels() -> Vec<Choice> {
    Channel::ALL.iter().map(|way| Choice::new(way.code(), word(*way))).collect()
}

#[cfg(test)]
mod tests;
