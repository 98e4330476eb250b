//! The report's pictures and its tables as a workbook.

use crate::domain::sitrep::{Axis, Came, Column, Group, HeatRow, Key};
use crate::domain::text::safe_line;
use crate::i18n::sitrep as words;
use crate::paper::chart::{Chart, ChartKind, Series};
use crate::paper::sheet::{Cell, Sheet};
use crate::say::{Lang, Say};
use crate::store::query::rows::SitrepView;

/// How many units the bars show.
const BARS: usize = 12;

/// How many units the heat map shows: as many as stand on a page under other things.
const HEAT_ROWS: usize = 20;

/// `trend`: open, new and released cases and fevers, day by day. `received`: reports day by day. `units`: open cases
/// of the units that have most. `heat`: how the units that were late or silent reported (0 in time, 1 late,
/// 2 missing).
pub(super) fn charts(view: &SitrepView, lang: Lang) -> Vec<Chart> {
    let report = &view.report;
    let days: Vec<String> = report.trend.iter().map(|day| day.day.format("%m-%d").to_string()).collect();
    let line = |column: Column, value: fn(&crate::domain::sitrep::TrendDay) -> Option<i64>| Series {
        name: words::column(column).get(lang).to_owned(),
        values: report.trend.iter().map(|day| value(day).map(|value| value as f64)).collect(),
    };
    let chart = |name: &str, title: Say, kind, labels, series| Chart {
        name: name.to_owned(),
        title: title.get(lang).to_owned(),
        kind,
        labels,
        series,
    };
    let mut units: Vec<(i64, &String)> = report
        .rows(Axis::Unit)
        .iter()
        .map(|row| (report.value(&Key::row(Axis::Unit, row, Column::Current)), row))
        .filter(|(value, _)| *value > 0)
        .collect();
    units.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
    let with_any = units.len();
    units.truncate(BARS);
    let all = units.len() == with_any;
    let units_title = if all { words::CHART_UNITS.into() } else { words::chart_units(BARS, with_any) };
    let name = |row: &String| {
        let known = view.units.get(row).map(|name| safe_line(name).into_owned());
        known.unwrap_or_else(|| words::row(Axis::Unit, row).get(lang).to_owned())
    };
    let (shown, faulty) = (pointed_out(view), view.report.heat.iter().filter(|row| faults(row) > 0).count());
    let heat_title = match shown.len() {
        all if all == faulty => words::CHART_HEAT.into(),
        shown => words::chart_heat(shown, faulty),
    };
    let heat = shown.into_iter().map(|row| Series {
        name: name(&row.unit),
        values: row.days.iter().map(|day| weight(*day)).collect(),
    });
    vec![
        chart(
            "trend",
            words::CHART_TREND.into(),
            ChartKind::Lines,
            days.clone(),
            vec![
                line(Column::Current, |day| Some(day.open)),
                line(Column::New, |day| Some(day.new)),
                line(Column::Released, |day| Some(day.released)),
                // Of a day without reports nothing is known of temperatures.
                line(Column::Feverish, |day| (day.received > 0).then_some(day.feverish)),
            ],
        ),
        chart(
            "received",
            words::CHART_RECEIVED.into(),
            ChartKind::Lines,
            days.clone(),
            vec![
                // A day that is not due yet has nobody missing: it is left out.
                line(Column::Received, |day| (day.expected > 0 && day.awaited == 0).then_some(day.received)),
                line(Column::Expected, |day| (day.expected > 0).then_some(day.expected)),
            ],
        ),
        chart(
            "units",
            units_title,
            ChartKind::Bars,
            units.iter().map(|(_, row)| name(row)).collect(),
            vec![Series {
                name: words::column(Column::Current).get(lang).to_owned(),
                values: units.iter().map(|(value, _)| Some(*value as f64)).collect(),
            }],
        ),
        chart("heat", heat_title, ChartKind::Heat, days, heat.collect()),
    ]
}

/// The units that were late or silent on any of the days, those that were most often first; in the order of the units.
pub(super) fn pointed_out(view: &SitrepView) -> Vec<&HeatRow> {
    let mut rows: Vec<(usize, &HeatRow)> =
        view.report.heat.iter().enumerate().filter(|(_, row)| faults(row) > 0).collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(faults(row)));
    rows.truncate(HEAT_ROWS);
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// How often a unit was late; a missing report counts twice.
fn faults(row: &HeatRow) -> u32 {
    row.days.iter().filter_map(|day| weight(*day)).sum::<f64>() as u32
}

fn weight(came: Came) -> Option<f64> {
    match came {
        Came::InTime => Some(0.0),
        Came::Late => Some(1.0),
        Came::Missing => Some(2.0),
        Came::None => None,
    }
}

/// The columns of a table of cases in the workbook, each in all, of staff, of students.
const COLUMNS: [Column; 8] = [
    Column::Opening,
    Column::New,
    Column::Released,
    Column::Out,
    Column::In,
    Column::Current,
    Column::Cumulative,
    Column::Discharged,
];

pub(super) fn sheets(view: &SitrepView, lang: Lang) -> Vec<Sheet> {
    let mut out: Vec<Sheet> = [Axis::Measure, Axis::Category, Axis::Campus, Axis::Unit]
        .into_iter()
        .map(|axis| table(view, axis, lang))
        .collect();
    out.push(trend(view, lang));
    out.push(units(view, lang));
    out
}

fn table(view: &SitrepView, axis: Axis, lang: Lang) -> Sheet {
    let report = &view.report;
    let groups = [None, Some(Group::Staff), Some(Group::Students)];
    let mut head = vec![words::axis(axis).get(lang).to_owned()];
    for column in COLUMNS {
        for group in groups {
            let key = Key { axis: Axis::Category, row: String::new(), column, group };
            let name = words::column(key.column).get(lang);
            head.push(match group {
                None => name.to_owned(),
                Some(group) => format!("{name} ({})", words::group(group).get(lang)),
            });
        }
    }
    let line = |axis: Axis, row: &str, name: &str| {
        let mut cells = vec![Cell::text(name)];
        for column in COLUMNS {
            for group in groups {
                cells.push(Cell::Int(report.value(&Key { axis, row: row.to_owned(), column, group })));
            }
        }
        cells
    };
    let mut rows: Vec<_> = report
        .rows(axis)
        .iter()
        .map(|row| {
            let name = match axis {
                Axis::Unit => view.units.get(row).cloned(),
                _ => None,
            };
            let name = name.unwrap_or_else(|| words::row(axis, row).get(lang).to_owned());
            line(axis, row, &name)
        })
        .collect();
    rows.push(line(Axis::All, "", words::TOTAL.get(lang)));
    Sheet { name: words::axis(axis).get(lang).to_owned(), head, rows }
}

fn trend(view: &SitrepView, lang: Lang) -> Sheet {
    let columns = [
        Column::Current,
        Column::New,
        Column::Released,
        Column::Feverish,
        Column::Received,
        Column::Expected,
    ];
    let mut head = vec![words::DAY.get(lang).to_owned()];
    head.extend(columns.map(|column| words::column(column).get(lang).to_owned()));
    let rows = view.report.trend.iter().map(|day| {
        let mut cells = vec![Cell::Day(day.day)];
        let values = [day.open, day.new, day.released, day.feverish, day.received, day.expected];
        cells.extend(values.map(Cell::Int));
        cells
    });
    Sheet { name: words::CHART_TREND.get(lang).to_owned(), head, rows: rows.collect() }
}

fn units(view: &SitrepView, lang: Lang) -> Sheet {
    let mut head = vec![words::axis(Axis::Unit).get(lang).to_owned()];
    head.extend(view.report.trend.iter().map(|day| day.day.format("%m-%d").to_string()));
    let rows = view.report.heat.iter().map(|row| {
        let name = view.units.get(&row.unit).map_or(words::ERASED.get(lang), String::as_str);
        let mut cells = vec![Cell::text(name)];
        cells.extend(row.days.iter().map(|day| Cell::text(words::came(*day).get(lang))));
        cells
    });
    Sheet { name: words::CHART_HEAT.get(lang).to_owned(), head, rows: rows.collect() }
}
