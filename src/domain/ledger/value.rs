//! What stands in a column: text as typed → the canonical value the log keeps → what an expression sees.
//!
//! Canonical values are text: a code as declared, several with commas between them, `YYYY-MM-DD`, `YYYY-MM-DD HH:MM` by
//! the office's wall clock, a temperature in tenths of a degree, `1` or `0`, the id of what is pointed at.

use super::{Column, Part};
use crate::domain::field::Type;
use crate::domain::form::value::Flaw;
use crate::domain::mask::{Private, masked_words};
use crate::domain::text::fold;
use crate::domain::time::{Calendar, Ts, add_days};
use crate::domain::when;
use chrono::{NaiveDate, NaiveDateTime};
use minijinja::value::Value;
use std::collections::BTreeMap;

/// The values of an entry by the names of its columns; what is empty is left out.
pub type Values = BTreeMap<String, String>;

/// How a wall clock's moment is written.
const MOMENT: &str = "%Y-%m-%d %H:%M";

impl Column {
    /// The canonical value of what was typed or stood in a cell; empty for nothing. What it points at is resolved
    /// elsewhere: of a link, the text as typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self, raw: &str, now: Ts, calendar: Calendar) -> Result<String, Flaw> {
        let today = calendar.day(now);
        match self.field.read(raw, Some(today)) {
            Ok(value) => Ok(value),
            // As officers say it: 今天, 明天, 三点.
            Err(Flaw::Date | Flaw::Year) if self.field.kind == Type::Date => {
                let day = named_day(raw, calendar.date(now)).or_else(|| {
                    // The dot of 2.17 is that of a day here: the field asks for none but days.
                    self.field.read(&raw.replace('.', "/"), Some(today)).ok()?.parse().ok()
                });
                let day = day.or_else(|| said(raw, now, calendar).map(|at| calendar.date(at)));
                day.map(|day| day.to_string()).ok_or(Flaw::Date)
            }
            Err(Flaw::Moment) => said(raw, now, calendar).map(|at| written(at, calendar)).ok_or(Flaw::Moment),
            Err(Flaw::Code) if self.extendable && self.field.kind == Type::Code => {
                Ok(raw.split_whitespace().collect::<Vec<_>>().join(" "))
            }
            Err(flaw) => Err(flaw),
        }
    }

    /// What an expression sees of a canonical value; none of an empty one. What is pointed at is seen by its id alone.
    pub fn seen(&self, value: &str, calendar: Calendar) -> Value {
        if value.is_empty() {
            return Value::from(());
        }
        let number = |value: Option<i64>| value.map_or(Value::from(()), Value::from);
        match self.field.kind {
            _ if self.link.is_some() => Value::from(BTreeMap::from([("id".to_owned(), Value::from(value))])),
            Type::Integer => number(value.parse().ok()),
            Type::Temp => value.parse::<f64>().map_or(Value::from(()), |tenths| Value::from(tenths / 10.0)),
            Type::Bool => Value::from(value == "1"),
            Type::Date => number(day(value).map(|day| calendar.at_minute(day, 0).0)),
            Type::DateTime => number(instant(value, calendar).map(|at| at.0)),
            Type::Time => number(super::expr::minute(value).map(i64::from)),
            Type::Codes => value.split(',').map(Value::from).collect(),
            _ => Value::from(value),
        }
    }

    /// The canonical value of what an expression gave; none where it does not fit the column.
    pub fn given(&self, value: &Value, calendar: Calendar) -> Option<String> {
        if value.is_none() || value.is_undefined() {
            return Some(String::new());
        }
        Some(match self.field.kind {
            _ if self.link.is_some() => value.get_attr("id").ok()?.to_string(),
            Type::Integer => value.as_i64()?.to_string(),
            Type::Date => calendar.date(Ts(value.as_i64()?)).to_string(),
            Type::DateTime => written(Ts(value.as_i64()?), calendar),
            Type::Time => crate::domain::time::hhmm(i32::try_from(value.as_i64()?).ok()?),
            Type::Bool => if value.is_true() { "1" } else { "0" }.to_owned(),
            Type::Temp => ((f64::try_from(value.clone()).ok()? * 10.0).round() as i64).to_string(),
            _ => value.to_string(),
        })
    }

    /// What a table is sorted by.
    pub fn sort_key(&self, value: &str) -> SortKey {
        match self.field.kind {
            Type::Integer | Type::Temp => {
                value.parse().map_or_else(|_| SortKey::Text(String::new()), SortKey::Number)
            }
            _ => SortKey::Text(fold(value)),
        }
    }

    /// Its value as JSON: numbers are numbers, several codes a list, what is empty is null; somebody's own
    /// number is hidden.
    pub fn json(&self, value: &str, calendar: Calendar) -> serde_json::Value {
        use serde_json::json;
        match self.field.kind {
            _ if value.is_empty() => serde_json::Value::Null,
            Type::Text if self.link.is_none() => json!(masked_words(value)),
            Type::Phone | Type::Id => json!(Private::new(value).masked()),
            _ => self.json_in_full(value, calendar),
        }
    }

    /// The same with the numbers whole: that they are shown is in the log.
    pub fn json_in_full(&self, value: &str, calendar: Calendar) -> serde_json::Value {
        use serde_json::json;
        if value.is_empty() {
            return serde_json::Value::Null;
        }
        match self.field.kind {
            Type::Integer => value.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number)),
            Type::Temp => value.parse::<f64>().map_or_else(|_| json!(value), |tenths| json!(tenths / 10.0)),
            Type::Bool => json!(value == "1"),
            Type::Codes => json!(value.split(',').collect::<Vec<_>>()),
            Type::DateTime => {
                instant(value, calendar).map_or_else(|| json!(value), |at| json!(calendar.rfc3339(at)))
            }
            _ => json!(value),
        }
    }
}

/// A day by its name, or so many days from today.
fn named_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    let days = match text.as_str() {
        "今天" | "今日" | "today" => 0,
        "明天" | "明日" | "tomorrow" => 1,
        "后天" => 2,
        "昨天" | "昨日" | "yesterday" => -1,
        "前天" => -2,
        _ => {
            let (number, sign) =
                match (text.strip_suffix("天后"), text.strip_suffix("天前"), text.strip_suffix('d')) {
                    (Some(number), ..) | (.., Some(number)) => (number, 1),
                    (_, Some(number), _) => (number, -1),
                    _ => return None,
                };
            sign * number.trim().parse::<i64>().ok().filter(|days| (0..=3_650).contains(days))?
        }
    };
    Some(add_days(today, days))
}

/// A moment as officers say it. A length of time is to come unless it says that it is gone: what is declared is mostly
/// a time by which something is to be done.
fn said(text: &str, now: Ts, calendar: Calendar) -> Option<Ts> {
    let gone = ["前", "ago", "昨", "刚", "yesterday"].iter().any(|word| text.contains(word));
    let past = || when::parse_at(text, now, calendar).ok();
    let coming = || when::parse(text, now, calendar).ok().map(|parsed| parsed.at);
    if gone { past().or_else(coming) } else { coming().or_else(past) }
}

/// What a table is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// A number.
    Number(i64),
    /// Text.
    Text(String),
}

/// A canonical day.
pub fn day(value: &str) -> Option<NaiveDate> {
    value.parse().ok()
}

/// A canonical moment.
pub fn instant(value: &str, calendar: Calendar) -> Option<Ts> {
    let local = NaiveDateTime::parse_from_str(value, MOMENT).ok()?;
    Some(calendar.at(local.date(), local.time()))
}

/// A moment as it is kept.
pub fn written(at: Ts, calendar: Calendar) -> String {
    calendar.local(at).format(MOMENT).to_string()
}

/// What expressions see of all the values of an entry: every column is there, empty ones as none.
pub fn seen(part: &Part, values: &Values, calendar: Calendar) -> BTreeMap<String, Value> {
    let column = |column: &Column| {
        let name = &column.field.name;
        (name.clone(), column.seen(values.get(name).map_or("", String::as_str), calendar))
    };
    part.columns.iter().map(column).collect()
}
