//! Times as an officer types them: `15:00`, `30m`, `tomorrow 9`, `明天9点`.
//!
//! [`parse`] reads a time to come (a promise, the next contact); [`parse_at`] reads when something happened.
//! What neither says is taken from the officer's day: a bare time that is past means tomorrow, and a bare small
//! hour said in the daytime ("三点") means the afternoon.

mod words;

use super::text::safe_line;
use super::time::{Calendar, HOUR, MINUTE, Ts, add_days};
use crate::error::{Error, Result};
use crate::i18n::when as say;
use chrono::{Datelike, NaiveDate};
use words::{Cursor, Part, Words};

const DAY: i64 = 24 * HOUR;
/// The time of day that a day alone stands for: the beginning of office hours.
const OFFICE_OPENS: i32 = 9 * 60;

/// A time to come, as understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// When.
    pub at: Ts,
    /// The time of day alone was typed, and it has passed today: tomorrow is meant. Say so.
    pub next_day: bool,
}

/// Reads a time to come.
pub fn parse(text: &str, now: Ts, cal: Calendar) -> Result<Parsed> {
    understand(text, now, cal).map_err(|wrong| wrong.say(text, cal).hint(say::HOW))
}

/// Reads when something happened: the past is allowed, a time of day alone means today, and a length of time
/// means that long ago.
pub fn parse_at(text: &str, now: Ts, cal: Calendar) -> Result<Ts> {
    happened(text, now, cal).map_err(|wrong| wrong.say(text, cal).hint(say::HOW_AT))
}

/// What is wrong with a typed time.
#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    Unreadable,
    NoSuchTime,
    NoTimeOfDay,
    Past(Ts),
}

impl Wrong {
    fn say(self, text: &str, cal: Calendar) -> Error {
        let short: String = text.trim().chars().take(40).collect();
        let shown = safe_line(&short);
        Error::input(match self {
            Self::Unreadable => say::unreadable(shown),
            Self::NoSuchTime => say::no_such_time(shown),
            Self::NoTimeOfDay => say::no_time_of_day(shown),
            Self::Past(at) => say::past(cal.ymd_hm(at)),
        })
    }
}

/// The parts of a typed time.
#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    /// A whole instant.
    Instant(Ts),
    /// A length of time, milliseconds; whether it said "ago".
    Length { ms: i64, ago: bool },
    /// A day, a time of day, or both.
    Moment { day: Option<Day>, time: Option<Clock> },
}

/// A day as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    /// So many days from today.
    FromToday(i64),
    /// A full date.
    Date(NaiveDate),
    /// Month and day of no year.
    Yearly(u32, u32),
    /// A day of no month (18号).
    Monthly(u32),
}

/// A time of day as typed: minutes after midnight, 24:00 and the small hours of an evening beyond 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    minute: i32,
    /// An hour alone, without a half of the day: "3", "三点".
    vague: bool,
}

fn understand(text: &str, now: Ts, cal: Calendar) -> Result<Parsed, Wrong> {
    let (day, time) = match read(text)? {
        Meaning::Instant(at) => return coming(at, now),
        Meaning::Length { ago: true, .. } => return Err(Wrong::Unreadable),
        Meaning::Length { ms, .. } => return Ok(Parsed { at: now.plus(ms), next_day: false }),
        Meaning::Moment { day, time } => (day, time),
    };
    let today = cal.date(now);
    let Some(day) = day else {
        let time = time.ok_or(Wrong::Unreadable)?;
        return Ok(next(time, today, now, cal));
    };
    let date = date_of(day, today, true)?;
    let minute = match time {
        Some(time) => time.minute,
        None if date == today => return Err(Wrong::NoTimeOfDay),
        None => OFFICE_OPENS,
    };
    coming(cal.at_minute(date, minute), now)
}

/// A time that must not be over; the minute that is running is not.
fn coming(at: Ts, now: Ts) -> Result<Parsed, Wrong> {
    if is_past(at, now) { Err(Wrong::Past(at)) } else { Ok(Parsed { at, next_day: false }) }
}

fn is_past(at: Ts, now: Ts) -> bool {
    at.plus(MINUTE) <= now
}

/// The next time the office's clock shows `time`.
fn next(time: Clock, today: NaiveDate, now: Ts, cal: Calendar) -> Parsed {
    let at = cal.at_minute(today, time.minute);
    if !is_past(at, now) {
        return Parsed { at, next_day: false };
    }
    // "三点" said at ten in the morning is the afternoon; nobody promises to call at three at night.
    let later = at.plus(12 * HOUR);
    if time.vague && (60..=6 * 60 + 59).contains(&time.minute) && !is_past(later, now) {
        return Parsed { at: later, next_day: false };
    }
    Parsed { at: at.plus(DAY), next_day: true }
}

fn happened(text: &str, now: Ts, cal: Calendar) -> Result<Ts, Wrong> {
    match read(text)? {
        Meaning::Instant(at) => Ok(at),
        Meaning::Length { ms, .. } => Ok(now.plus(-ms)),
        Meaning::Moment { day, time } => {
            let today = cal.date(now);
            let date = day.map_or(Ok(today), |day| date_of(day, today, false))?;
            let time = time.ok_or(Wrong::NoTimeOfDay)?;
            Ok(cal.at_minute(date, time.minute))
        }
    }
}

/// The date meant, nearest in the direction looked: a month and day without a year may lie over the turn of the year.
fn date_of(day: Day, today: NaiveDate, ahead: bool) -> Result<NaiveDate, Wrong> {
    const HALF_YEAR: i64 = 183;
    match day {
        Day::FromToday(days) => Ok(add_days(today, days)),
        Day::Date(date) => Ok(date),
        Day::Yearly(month, day) => {
            let in_year = |year| NaiveDate::from_ymd_opt(year, month, day);
            let near = |date: &NaiveDate| (*date - today).num_days().abs() <= HALF_YEAR;
            let years = [today.year(), today.year() + 1, today.year() - 1];
            let found = years.into_iter().filter_map(in_year).find(near);
            found.or_else(|| in_year(today.year())).ok_or(Wrong::NoSuchTime)
        }
        Day::Monthly(day) => {
            let this = today.with_day(day);
            if let Some(date) = this.filter(|date| (*date >= today) == ahead || *date == today) {
                return Ok(date);
            }
            // The months around this one; a 31st skips a month that has none.
            let first = today.with_day(1).ok_or(Wrong::NoSuchTime)?;
            let months: Vec<NaiveDate> = (1..=2)
                .filter_map(|n| {
                    let n = chrono::Months::new(n);
                    if ahead { first.checked_add_months(n) } else { first.checked_sub_months(n) }
                })
                .collect();
            months.into_iter().find_map(|month| month.with_day(day)).ok_or(Wrong::NoSuchTime)
        }
    }
}

fn read(text: &str) -> Result<Meaning, Wrong> {
    let text = text.trim();
    if let Some(at) = Ts::from_rfc3339(text) {
        return Ok(Meaning::Instant(at));
    }
    let mut cursor = Cursor::new(text).ok_or(Wrong::Unreadable)?;
    if let Some(length) = length(&mut cursor) {
        return Ok(length);
    }
    let day = day(&mut cursor)?;
    cursor.eat(Words::Joiner);
    let time = clock(&mut cursor)?;
    if !cursor.is_done() || (day.is_none() && time.is_none()) {
        return Err(Wrong::Unreadable);
    }
    Ok(Meaning::Moment { day, time })
}

/// `30m`, `1h30`, `半小时`, `两个半小时`, `3天后`, `20分钟前`: all of the text, or none of it.
fn length(cursor: &mut Cursor) -> Option<Meaning> {
    let before = cursor.mark();
    let found = length_parts(cursor);
    if found.is_none() {
        cursor.back_to(before);
    }
    found
}

fn length_parts(cursor: &mut Cursor) -> Option<Meaning> {
    cursor.eat(Words::In);
    let mut ms = 0;
    let mut parts = 0;
    while !cursor.is_done() && parts < 3 {
        if cursor.eat(Words::Ago) {
            return (parts > 0 && cursor.is_done()).then_some(Meaning::Length { ms, ago: true });
        }
        if parts > 0 && cursor.eat(Words::Later) {
            break;
        }
        ms += length_part(cursor, parts > 0)?;
        parts += 1;
    }
    if cursor.eat(Words::Ago) {
        return cursor.is_done().then_some(Meaning::Length { ms, ago: true });
    }
    cursor.eat(Words::Later);
    (parts > 0 && ms > 0 && cursor.is_done()).then_some(Meaning::Length { ms, ago: false })
}

fn length_part(cursor: &mut Cursor, after_hours: bool) -> Option<i64> {
    if cursor.eat(Words::Half) {
        cursor.eat(Words::Measure);
        return cursor.eat(Words::Hours).then_some(HOUR / 2);
    }
    let number = cursor.number()?;
    let tenths = if cursor.eat(Words::Point) { i64::from(cursor.one_digit()?) } else { 0 };
    let measured = cursor.eat(Words::Measure);
    let half = measured && cursor.eat(Words::Half);
    let unit = match () {
        () if cursor.eat(Words::Hours) => HOUR,
        () if cursor.eat(Words::Minutes) => MINUTE,
        () if cursor.eat(Words::Days) => DAY,
        // The bare minutes of `1h30`.
        () if after_hours && !measured && (cursor.is_done() || cursor.peeks(Words::Ago)) => MINUTE,
        () => return None,
    };
    let extra = if half || (unit == HOUR && cursor.eat(Words::Half)) { unit / 2 } else { 0 };
    Some(i64::from(number) * unit + tenths * unit / 10 + extra)
}

fn day(cursor: &mut Cursor) -> Result<Option<Day>, Wrong> {
    if let Some(days) = cursor.relative_day() {
        return Ok(Some(Day::FromToday(days)));
    }
    let before = cursor.mark();
    let Some(first) = cursor.number() else { return Ok(None) };
    let day = match cursor.date_joint() {
        Some(Part::Dash | Part::Slash | Part::Year) if first >= 1900 => {
            let month = cursor.number().ok_or(Wrong::Unreadable)?;
            cursor.date_joint().ok_or(Wrong::Unreadable)?;
            let day = cursor.number().ok_or(Wrong::Unreadable)?;
            cursor.eat(Words::DayOfMonth);
            Day::Date(NaiveDate::from_ymd_opt(first as i32, month, day).ok_or(Wrong::NoSuchTime)?)
        }
        Some(Part::Dash | Part::Slash | Part::Month) => {
            let day = cursor.number().ok_or(Wrong::Unreadable)?;
            cursor.eat(Words::DayOfMonth);
            // A leap year, so that 02-29 is looked for in the years at hand.
            NaiveDate::from_ymd_opt(2020, first, day).ok_or(Wrong::NoSuchTime)?;
            Day::Yearly(first, day)
        }
        _ if cursor.eat(Words::DayOfMonth) => {
            if !(1..=31).contains(&first) {
                return Err(Wrong::NoSuchTime);
            }
            Day::Monthly(first)
        }
        _ => {
            cursor.back_to(before);
            return Ok(None);
        }
    };
    Ok(Some(day))
}

/// The part of the day that was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Noon,
    Afternoon,
    Evening,
}

fn clock(cursor: &mut Cursor) -> Result<Option<Clock>, Wrong> {
    cursor.eat(Words::At);
    let mut half = half(cursor);
    let Some(number) = cursor.digits_or_number() else {
        return match half {
            None => Ok(None),
            Some(Half::Noon) => Ok(Some(Clock { minute: 12 * 60, vague: false })),
            // "tomorrow morning" is nine; "tonight" and "this afternoon" are no time anybody can be held to.
            Some(Half::Morning) => Ok(Some(Clock { minute: OFFICE_OPENS, vague: false })),
            Some(_) => Err(Wrong::NoTimeOfDay),
        };
    };
    let (hour, minute, mut vague) = if number.width >= 3 {
        (number.value / 100, number.value % 100, false)
    } else if cursor.eat(Words::Colon) {
        let minute = cursor.two_digits().ok_or(Wrong::Unreadable)?;
        if cursor.eat(Words::Colon) {
            cursor.two_digits().ok_or(Wrong::Unreadable)?;
        }
        (number.value, minute, false)
    } else if cursor.eat(Words::OClock) {
        (number.value, past_the_hour(cursor), true)
    } else {
        (number.value, 0, true)
    };
    if half.is_none() {
        half = self::half(cursor);
    }
    if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
        return Err(Wrong::NoSuchTime);
    }
    vague &= half.is_none();
    let hour = in_half(hour as i32, half);
    Ok(Some(Clock { minute: hour * 60 + minute as i32, vague }))
}

fn half(cursor: &mut Cursor) -> Option<Half> {
    [
        (Words::Noon, Half::Noon),
        (Words::Morning, Half::Morning),
        (Words::Afternoon, Half::Afternoon),
        (Words::Evening, Half::Evening),
    ]
    .into_iter()
    .find_map(|(words, half)| cursor.eat(words).then_some(half))
}

/// `半`, `一刻`, `三刻`, `15分`, `15` after `点`.
fn past_the_hour(cursor: &mut Cursor) -> u32 {
    if cursor.eat(Words::Half) {
        return 30;
    }
    let before = cursor.mark();
    let Some(number) = cursor.number() else { return 0 };
    if cursor.eat(Words::Quarter) {
        return number * 15;
    }
    if !cursor.eat(Words::Minutes) && !cursor.is_done() {
        cursor.back_to(before);
        return 0;
    }
    number
}

/// The hour of 24 that is meant; 24 and more are the small hours after an evening.
fn in_half(hour: i32, half: Option<Half>) -> i32 {
    match half {
        Some(Half::Morning) if hour == 12 => 0,
        Some(Half::Noon) if (1..=3).contains(&hour) => hour + 12,
        Some(Half::Afternoon) if (1..=11).contains(&hour) => hour + 12,
        Some(Half::Evening) if (5..=11).contains(&hour) => hour + 12,
        Some(Half::Evening) if hour == 12 => 24,
        Some(Half::Evening) if (1..=4).contains(&hour) => hour + 24,
        _ => hour,
    }
}

#[cfg(test)]
mod tests;
