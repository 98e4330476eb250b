//! A report put into cells: its tables, the last fortnight, what was sent and told.

use crate::app::shown::column::Mood;
use crate::app::shown::grid::{Behind, Cell, Row, Section};
use crate::app::shown::pages::behind::{behind_difference, told_line};
use crate::app::shown::report::ReportData;
use crate::app::shown::rows::strip;
use crate::domain::ids::UnitId;
use crate::domain::report::ReportStatus;
use crate::domain::sitrep::{Axis, Came, Column as Count, Group, Key, Sitrep};
use crate::domain::time::Calendar;
use crate::i18n::sitrep as say;
use crate::i18n::sitrep as words;
use crate::i18n::terms::word;
use crate::say::{Lang, Word};
use chrono::NaiveDate;
use uuid::Uuid;

/// The columns of the flow tables.
const FLOW: [(Count, Word); 6] = [
    (Count::Opening, say::H_OPENING),
    (Count::New, say::H_NEW),
    (Count::Released, say::H_RELEASED),
    (Count::Out, say::H_OUT),
    (Count::In, say::H_IN),
    (Count::Current, say::H_CURRENT),
];

/// One of a day's figures.
type OfDay = fn(&crate::domain::sitrep::TrendDay) -> i64;

/// How high the bars of the trend are.
const BAR_LINES: i64 = 4;

/// Puts a report into cells.
pub(super) struct Build<'a> {
    /// The report.
    pub data: &'a ReportData,
    /// The office's calendar.
    pub calendar: Calendar,
    /// In which language.
    pub lang: Lang,
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
        let mut columns = vec![
            (Count::Expected, say::H_EXPECTED),
            (Count::Received, say::H_RECEIVED),
            (Count::InTime, say::H_IN_TIME),
            (Count::Late, say::H_LATE),
            (Count::Missing, say::H_MISSING),
        ];
        let report = self.report();
        if report.all(Count::Awaited) > 0 {
            columns.push((Count::Awaited, say::H_AWAITED));
        }
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
                Cell { text: if high >= level { "▊▊▊" } else { "" }.to_owned(), ..Cell::default() }
            };
            let label = if level == BAR_LINES { most.to_string() } else { String::new() };
            rows.push(Row { label, cells: days.iter().map(|day| bar(day.open)).collect(), strong: false });
        }
        let lines: [(Word, &str, OfDay); 5] = [
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
                let (status, mood) = match came {
                    Came::InTime => (Some(ReportStatus::Received), Mood::Good),
                    Came::Late => (Some(ReportStatus::Late), Mood::Warn),
                    Came::Missing => (Some(ReportStatus::Outstanding), Mood::Bad),
                    Came::None => (None, Mood::Dim),
                };
                // As the strips of the board have them.
                let text = strip(&[status]);
                let key = format!("heat.{}.{}", row.unit, day.day);
                Cell { key, text, mood, behind: Behind::Unit(unit) }
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
            let at = self.calendar.brief(sent.at, self.data.view.report.cut_at);
            let mut label = say::sent_row(at, sent.day, sent.to(), word(sent.channel).get(self.lang))
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

    /// Every table that has anything in it.
    pub(super) fn sections(&self) -> Vec<Section> {
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
