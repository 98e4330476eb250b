//! Days as they stand in a column of a sheet, of reports and registers alike: numbers of days counted from the workbook's own
//! first one, moments of another zone, and days that a program put back by the hours of the zone.

use super::cells::format::Format;
use super::cells::{Cell, Mark, Sheet, bare};
use crate::domain::field::Type;
use crate::domain::form::date;
use crate::domain::text::fold;
use crate::domain::time::Calendar;
use chrono::NaiveTime;
use std::borrow::Cow;
use std::ops::Range;

/// What stands in a cell of days: a day number as a day, a moment of another zone as ours.
pub fn dated<'a>(sheet: &'a Sheet, cell: &Cell, calendar: Calendar) -> Cow<'a, str> {
    let text = sheet.text(cell);
    match cell.mark {
        Mark::Number => match text.parse::<f64>() {
            Ok(serial) if (10_000.0..100_000.0).contains(&serial) => {
                let (mark, moment) = Format::Moment.number(serial, sheet.from_1904);
                if mark == Mark::Moment { Cow::Owned(moment.into_owned()) } else { Cow::Borrowed(text) }
            }
            _ => Cow::Borrowed(text),
        },
        Mark::Text => here(bare(text), calendar),
        _ => Cow::Borrowed(text),
    }
}

/// Whether a column holds days or times, whatever its type: an office's own form may keep them as words.
pub fn takes_moments(kind: Type, title: &str) -> bool {
    match kind {
        Type::Date | Type::DateTime | Type::Time => true,
        Type::Text => {
            let title = fold(title);
            ["日期", "时间", "时刻", "日", "date", "time", "day"].iter().any(|word| title.contains(word))
        }
        _ => false,
    }
}

/// Whether the times that stand in a column of days are all those that programs leave which put days back by the
/// eight hours of the zone; those of before 1901 were five minutes and 43 seconds more.
pub fn is_put_back(sheet: &Sheet, col: u16, rows: Range<usize>, calendar: Calendar) -> bool {
    let mut some = false;
    for at in rows.start..rows.end.min(sheet.len()) {
        let row = sheet.row(at);
        let Ok(cell) = row.binary_search_by_key(&col, |cell| cell.col) else { continue };
        let text = dated(sheet, &row[cell], calendar);
        match date::clock(&text).filter(|clock| *clock != NaiveTime::MIN) {
            Some(clock) if is_left_by_zone(clock) => some = true,
            Some(_) => return false,
            None => {}
        }
    }
    some
}

/// A moment that is said to be of the world's zone, or of another one, by the office's clock.
fn here(text: &str, calendar: Calendar) -> Cow<'_, str> {
    let plain = text.trim();
    if plain.len() < 17
        || !plain.as_bytes()[10..11].eq_ignore_ascii_case(b"T") && !plain.ends_with(['Z', 'z'])
    {
        return Cow::Borrowed(text);
    }
    let iso = plain.replacen(' ', "T", 1);
    match chrono::DateTime::parse_from_rfc3339(&iso) {
        Ok(at) => {
            let at = calendar.local(crate::domain::time::Ts(at.timestamp_millis()));
            Cow::Owned(at.format("%Y-%m-%d %H:%M:%S").to_string())
        }
        Err(_) => Cow::Borrowed(text),
    }
}

/// What programs leave of midnight that put it back by the hours of the zone.
pub fn is_left_by_zone(clock: NaiveTime) -> bool {
    [(16, 0, 0), (15, 59, 17), (23, 59, 17)]
        .into_iter()
        .any(|(hour, minute, second)| NaiveTime::from_hms_opt(hour, minute, second) == Some(clock))
}
