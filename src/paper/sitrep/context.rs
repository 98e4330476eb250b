//! What the report's template may speak of, and its JSON.

use super::{SitrepPaper, Wording};
use crate::domain::case::{Category, Measure};
use crate::domain::sitrep::count::site;
use crate::domain::sitrep::{Axis, Came, Column, Group, Key, Sitrep};
use crate::domain::time::{Calendar, Ts, hhmm};
use crate::i18n::terms::word;
use crate::i18n::{sitrep as words, spoken};
use crate::paper::face::long;
use crate::say::{Lang, Say};
use crate::store::query::rows::{BehindRow, SitrepView, ToldDifference, ToldKind, ToldRow};
use chrono::Datelike;
use serde_json::{Map, Value, json};

/// How many names stand behind a difference before the rest are counted.
const NAMES: usize = 6;

pub(super) fn context(paper: &SitrepPaper, lang: Lang) -> Value {
    let view = &paper.view;
    let report = &view.report;
    json!({
        "office": view.office,
        "rehearsal": view.rehearsal,
        "red_head": paper.letterhead.red_head,
        "doc_no": paper.letterhead.number,
        "signer": paper.letterhead.signer,
        "sealed": paper.letterhead.sealed,
        "issued": long(view.calendar.date(view.sent.as_ref().map_or(report.cut_at, |sent| sent.at)), lang),
        "wording": paper.wording.code(),
        "brief": paper.wording != Wording::Tables,
        "day": spoken::date(report.day, lang),
        "year": report.day.year(),
        "window": window(view, lang),
        "head": report.head,
        "cut": view.calendar.ymd_hm(report.cut_at),
        "all": cells(report, Axis::All, ""),
        "change": report.all(Column::Current) - report.all(Column::Opening),
        "measure": by_code(report, Axis::Measure, Measure::ALL.iter().map(|m| m.code())),
        "category": by_code(report, Axis::Category, Category::ALL.iter().map(|c| c.code())),
        "categories": rows(view, Axis::Category, lang),
        "measures": rows(view, Axis::Measure, lang),
        "campuses": campuses(view, lang),
        "units": rows(view, Axis::Unit, lang),
        "coded": report.rows(Axis::Campus).iter().any(|campus| is_coded(report, campus)),
        "reports": reports(view),
        "trend": report.trend.iter().map(|day| json!({
            "day": day.day.format("%m-%d").to_string(),
            "open": day.open,
            "new": day.new,
            "released": day.released,
            "feverish": day.feverish,
            "received": day.received,
            "expected": day.expected,
            "awaited": day.awaited,
        })).collect::<Vec<_>>(),
        "heat": super::pictures::pointed_out(view).len(),
        "told": view.told.iter().map(|row| told(row, view.calendar, lang)).collect::<Vec<_>>(),
        "differences": view.differences.iter().map(|one| difference(one, view.calendar, lang)).collect::<Vec<_>>(),
        "sent": view.sent.as_ref().map(|sent| json!({
            "at": view.calendar.ymd_hm(sent.at),
            "to": sent.to(),
            "by": sent.officer,
            "channel": word(sent.channel).get(lang),
            "correction": sent.corrects.is_some(),
            "reason": sent.reason,
            "corrected": sent.corrected_by.is_some(),
        })),
    })
}

/// The day as it is said, and where it begins.
fn window(view: &SitrepView, lang: Lang) -> Value {
    let report = &view.report;
    let calendar = view.calendar;
    json!({
        "boundary": hhmm(report.boundary),
        "from": spoken::moment(calendar.local(report.from), lang),
        // The end of a day that runs to midnight belongs to that day.
        "to": match report.boundary {
            0 if report.is_whole() => spoken::midnight(report.day, lang),
            _ => spoken::moment(calendar.local(report.until()), lang),
        },
        "is_whole": report.is_whole(),
        "began": spoken::date(calendar.local(view.began).date(), lang),
    })
}

/// A row's figures by column: all, of staff, of students.
fn cells(report: &Sitrep, axis: Axis, row: &str) -> Value {
    let mut out = Map::new();
    for column in Column::ALL {
        let key = Key::row(axis, row, *column);
        let value = json!({
            "n": report.value(&key),
            "staff": report.value(&key.clone().of(Group::Staff)),
            "students": report.value(&key.of(Group::Students)),
        });
        out.insert(column.code().replace("-cumulative", "-all").replace('-', "_"), value);
    }
    Value::Object(out)
}

/// An axis by the codes of its rows, for a template that names them.
fn by_code(report: &Sitrep, axis: Axis, codes: impl Iterator<Item = &'static str>) -> Value {
    Value::Object(codes.map(|code| (code.to_owned(), cells(report, axis, code))).collect())
}

fn row_name(view: &SitrepView, axis: Axis, row: &str) -> Say {
    match (axis, view.units.get(row)) {
        (Axis::Unit, Some(name)) => Say::same(name),
        (Axis::Unit, None) if !row.is_empty() => words::ERASED.into(),
        _ => words::row(axis, row),
    }
}

/// The rows of a table that have anything in them.
fn rows(view: &SitrepView, axis: Axis, lang: Lang) -> Vec<Value> {
    let report = &view.report;
    let used = |row: &&String| {
        let flow = Column::FLOW.iter().chain([Column::Also].iter());
        flow.into_iter().any(|column| report.value(&Key::row(axis, row, *column)) != 0)
    };
    let one = |row: &String| {
        let mut value = cells(report, axis, row);
        value["code"] = json!(row);
        value["name"] = json!(row_name(view, axis, row).get(lang));
        value
    };
    report.rows(axis).iter().filter(used).map(one).collect()
}

/// Every campus, also one that has nobody, with its measures.
fn campuses(view: &SitrepView, lang: Lang) -> Vec<Value> {
    let report = &view.report;
    let one = |campus: &String| {
        let mut value = cells(report, Axis::Campus, campus);
        for measure in Measure::ALL {
            value["measure"][measure.code()] = cells(report, Axis::Site, &site(*measure, campus));
        }
        value["code"] = json!(campus);
        value["name"] = json!(words::row(Axis::Campus, campus).get(lang));
        value["coded"] = json!(is_coded(report, campus));
        value
    };
    report.rows(Axis::Campus).iter().map(one).collect()
}

/// Whether the day's reports tell a colour of anybody at this campus's observation point.
fn is_coded(report: &Sitrep, campus: &str) -> bool {
    let row = site(Measure::Campus, campus);
    let told = [Column::Red, Column::Yellow, Column::Green];
    told.into_iter().any(|colour| report.value(&Key::row(Axis::Site, &row, colour)) > 0)
}

fn reports(view: &SitrepView) -> Value {
    let report = &view.report;
    let named = |wanted: Came| {
        let is_wanted = |days: &[Came]| days.last() == Some(&wanted);
        let rows = report.heat.iter().filter(|row| is_wanted(&row.days));
        rows.map(|row| view.units.get(&row.unit).cloned().unwrap_or_default()).collect::<Vec<_>>()
    };
    json!({
        "expected": report.all(Column::Expected),
        "received": report.all(Column::Received),
        "in_time": report.all(Column::InTime),
        "late": report.all(Column::Late),
        "missing": report.all(Column::Missing),
        "awaited": report.all(Column::Awaited),
        "completeness": report.share(Column::Received),
        "timeliness": report.share(Column::InTime),
        "late_units": named(Came::Late),
        "missing_units": named(Came::Missing),
    })
}

fn told(row: &ToldRow, calendar: Calendar, lang: Lang) -> Value {
    let figures = row.figures.0.iter().map(|(key, figure)| {
        let name = words::figure(key, &words::row(key.axis, &key.row));
        json!({ "name": name.get(lang), "value": figure.value, "key": key.to_string() })
    });
    json!({
        "at": calendar.md_hm(row.at),
        "to": row.to(),
        "by": row.officer,
        "channel": word(row.channel).get(lang),
        "report": !matches!(row.kind, ToldKind::Figures(_)),
        "correction": matches!(row.kind, ToldKind::Correction(_)),
        "figures": figures.collect::<Vec<_>>(),
        "words": row.words,
    })
}

fn difference(one: &ToldDifference, calendar: Calendar, lang: Lang) -> Value {
    let difference = &one.difference;
    json!({
        "figure": words::figure(&difference.key, &one.row).get(lang),
        "key": difference.key.to_string(),
        "at": calendar.md_hm(difference.at),
        "to": one.to(),
        "told": difference.told,
        "now": difference.now,
        "added": names(&one.added, lang),
        "removed": names(&one.removed, lang),
        "more_added": one.added.len().saturating_sub(NAMES),
        "more_removed": one.removed.len().saturating_sub(NAMES),
    })
}

/// For scripts, with the time and the channel as they can be read whatever the language; `at` and `channel` stay.
fn told_json(row: &ToldRow, calendar: Calendar, lang: Lang) -> Value {
    let mut value = told(row, calendar, lang);
    value["told_at"] = json!(calendar.rfc3339(row.at));
    value["channel_code"] = json!(row.channel.code());
    value
}

/// For scripts, under the names that `told --json` has too; `at` and `figure` stay.
fn difference_json(one: &ToldDifference, calendar: Calendar, lang: Lang) -> Value {
    let mut value = difference(one, calendar, lang);
    value["told_at"] = json!(calendar.rfc3339(one.difference.at));
    value["name"] = value["figure"].clone();
    value
}

fn names(rows: &[BehindRow], lang: Lang) -> Vec<String> {
    let name = |row: &BehindRow| {
        if row.is_gone() { words::ERASED.get(lang).to_owned() } else { row.name.clone() }
    };
    rows.iter().take(NAMES).map(name).collect()
}

/// A stable interface, documented in the manual.
pub(super) fn json(view: &SitrepView, lang: Lang) -> Value {
    let report = &view.report;
    let at = |ts: Ts| view.calendar.rfc3339(ts);
    let figures: Map<String, Value> =
        report.figures.0.iter().map(|(key, figure)| (key.to_string(), json!(figure.value))).collect();
    let mut rows = Map::new();
    for (axis, codes) in &report.rows {
        let named =
            codes.iter().map(|code| json!({ "code": code, "name": row_name(view, *axis, code).get(lang) }));
        rows.insert(axis.code().to_owned(), named.collect());
    }
    json!({
        "office": view.office,
        "rehearsal": view.rehearsal,
        "day": report.day,
        "boundary": hhmm(report.boundary),
        "from": at(report.from),
        "to": at(report.until()),
        "cut_at": at(report.cut_at),
        "head": report.head,
        "figures": figures,
        "rows": rows,
        "completeness": report.share(Column::Received),
        "timeliness": report.share(Column::InTime),
        "trend": report.trend,
        "told": view.told.iter().map(|row| told_json(row, view.calendar, lang)).collect::<Vec<_>>(),
        "differences":
            view.differences.iter().map(|one| difference_json(one, view.calendar, lang)).collect::<Vec<_>>(),
        "sent": view.sent.as_ref().map(|sent| json!({
            "id": sent.id,
            "at": at(sent.at),
            "to": sent.to(),
            "corrects": sent.corrects,
            "reason": sent.reason,
            "corrected_by": sent.corrected_by,
        })),
    })
}
