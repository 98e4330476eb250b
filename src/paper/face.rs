//! What stands on every paper of this room's neighbours: the part of a template's data that all of them share.

use crate::domain::text::safe_line;
use crate::say::Lang;
use crate::store::query::Face;
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};

/// The names every template may use: `office`, `rehearsal`, `officer`, `made_at`, `today`, `today_long`, `head`,
/// `revealed`, `sealed`, `red_head`.
pub(super) fn base(face: &Face, revealed: bool, lang: Lang) -> Map<String, Value> {
    let today = face.calendar.date(face.at);
    let all = json!({
        "office": face.office,
        "rehearsal": face.rehearsal,
        "officer": face.officer,
        "made_at": face.calendar.ymd_hm(face.at),
        "today": today.to_string(),
        "today_long": long(today, lang),
        "head": face.head,
        "revealed": revealed,
        "sealed": face.sealed,
        "red_head": face.red_head,
    });
    match all {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// `base` and what this paper adds to it.
pub(super) fn with(face: &Face, revealed: bool, lang: Lang, more: Value) -> Value {
    let mut out = base(face, revealed, lang);
    if let Value::Object(more) = more {
        out.extend(more);
    }
    Value::Object(out)
}

/// A day as a letter writes it: 2020年2月17日.
pub(in crate::paper) fn long(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

/// Words from outside on one line.
pub(super) fn line(text: &str) -> String {
    safe_line(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}
