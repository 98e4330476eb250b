//! Times as an officer types them: `15:00`, `30m`, `tomorrow 9`, `明天9点`.
//!
//! [`parse`] reads a time to come (a promise, the next contact); [`parse_at`] reads when something happened.
//! What neither says is taken from the officer's day: a bare time that is past means tomorrow, and a bare small
//! hour said in the daytime ("三点") means the afternoon.

mod words;

use super::text::safe_line;
use super::time::{Calendar, HOUR, MINUTE, Ts, add_days};
use chrono::{Datelike, NaiveDate};
use words::{Cursor, Part, Words};

const DAY: i64 = 24 * HOUR;
/// The time of day that a day alone stands for: the beginning of office hours.
const OFFICE_OPENS: i32 = 9 * 60;
/// The time of day that an evening alone stands for: when people can be reached at home.
const EVENING: i32 = 20 * 60;
/// How many days a day of no year may have passed, or lie ahead, and still be taken for this year's that was mistyped.
const NEAR: i64 = 31;

/// A time to come, as understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// When.
    pub at: Ts,
    /// The time of day alone was typed, and it has passed today: tomorrow is meant. Say so.
    pub next_day: bool,
}

/// A typed time that is not understood: what of it, and why. The words for it are in `i18n::when`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What is wrong.
    pub wrong: Wrong,
    /// The beginning of what was typed, safe to show.
    pub typed: String,
    /// How the office reads the clock.
    pub cal: Calendar,
    /// Whether a time that has passed was asked for.
    pub gone: bool,
}

/// What is wrong with a typed time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing that reads as a time.
    Unreadable,
    /// Reads as a time, but there is no such one.
    NoSuchTime,
    /// A day without a time of day.
    NoTimeOfDay,
    /// Twelve in the morning: noon, or midnight.
    TwoTimes,
    /// It is over already.
    Past(Ts),
}

impl Wrong {
    fn of(self, text: &str, cal: Calendar, gone: bool) -> Unread {
        let short: String = text.trim().chars().take(40).collect();
        Unread { wrong: self, typed: safe_line(&short).into_owned(), cal, gone }
    }
}

/// Reads a time to come.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str, now: Ts, cal: Calendar) -> Result<Parsed, Unread> {
    understand(text, now, cal).map_err(|wrong| wrong.of(text, cal, false))
}

/// Reads when something happened: the past is allowed, a time of day alone means today, and a length of time
/// means that long ago.
///
/// # Errors
/// What is wrong with it.
pub fn parse_at(text: &str, now: Ts, cal: Calendar) -> Result<Ts, Unread> {
    happened(text, now, cal).map_err(|wrong| wrong.of(text, cal, true))
}

/// The parts of a typed time.
#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    /// A whole instant.
    Instant(Ts),
    /// A length of time, milliseconds; whether it said "ago".
    Length { ms: i64, ago: bool },
    /// A day, a time of day, or both; whether it is the end of the time that is left (三点前).
    Moment { day: Option<Day>, time: Option<Clock>, by: bool },
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
    /// A day of a week: of which, counted from this one, if that was said; counted from Monday.
    Weekly(Option<i64>, i64),
}

/// A time of day as typed: minutes after midnight, 24:00 and the small hours of an evening beyond 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    minute: i32,
    how: How,
}

/// How a time of day was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// As it is.
    Plain,
    /// An hour alone, without a half of the day: "3", "三点".
    Vague,
    /// A part of the day without an hour: 今晚, 明早. Good enough for what will be.
    Part,
    /// The end of office hours: `minute` is not known yet.
    OffDuty,
}

impl Clock {
    const fn of_part(minute: i32) -> Self {
        Self { minute, how: How::Part }
    }

    /// With the office's own hours.
    fn at_office(self, cal: Calendar) -> Self {
        if self.how == How::OffDuty { Self { minute: cal.closes_min, how: How::Plain } } else { self }
    }
}

fn understand(text: &str, now: Ts, cal: Calendar) -> Result<Parsed, Wrong> {
    let (day, time) = match read(text)? {
        Meaning::Instant(at) => return coming(at, now),
        Meaning::Length { ago: true, .. } => return Err(Wrong::Unreadable),
        Meaning::Length { ms, .. } => return Ok(Parsed { at: now.plus(ms), next_day: false }),
        Meaning::Moment { day, time, .. } => (day, time.map(|time| time.at_office(cal))),
    };
    let today = cal.date(now);
    // An evening that has begun needs an hour.
    let has_begun =
        |time: Clock| time == Clock::of_part(EVENING) && is_past(cal.at_minute(today, time.minute), now);
    let Some(day) = day else {
        let time = time.ok_or(Wrong::Unreadable)?;
        return if has_begun(time) { Err(Wrong::NoTimeOfDay) } else { Ok(next(time, today, now, cal)) };
    };
    let date = date_of(day, today, true)?;
    let minute = match time {
        Some(time) if date == today && has_begun(time) => return Err(Wrong::NoTimeOfDay),
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
    if time.how == How::Vague && (60..=6 * 60 + 59).contains(&time.minute) && !is_past(later, now) {
        return Parsed { at: later, next_day: false };
    }
    Parsed { at: at.plus(DAY), next_day: true }
}

fn happened(text: &str, now: Ts, cal: Calendar) -> Result<Ts, Wrong> {
    match read(text)? {
        Meaning::Instant(at) => Ok(at),
        Meaning::Length { ms, .. } => Ok(now.plus(-ms)),
        // Before three is a time that is left, none at which something was.
        Meaning::Moment { by: true, .. } => Err(Wrong::Unreadable),
        Meaning::Moment { day, time, .. } => {
            let today = cal.date(now);
            let date = day.map_or(Ok(today), |day| date_of(day, today, false))?;
            let time = time.map(|time| time.at_office(cal)).filter(|time| time.how != How::Part);
            let time = time.ok_or(Wrong::NoTimeOfDay)?;
            Ok(cal.at_minute(date, time.minute))
        }
    }
}

/// The date meant. A day of no year is the next one of what will be, the last one of what was; one that lies close by
/// on the other side is taken as it stands, for it was mistyped.
fn date_of(day: Day, today: NaiveDate, ahead: bool) -> Result<NaiveDate, Wrong> {
    match day {
        Day::FromToday(days) => Ok(add_days(today, days)),
        Day::Date(date) => Ok(date),
        Day::Weekly(Some(week), day) => Ok(add_days(today, 7 * week + day - since_monday(today))),
        Day::Weekly(None, day) => {
            let days = day - since_monday(today);
            Ok(add_days(today, if ahead { days.rem_euclid(7) } else { -(-days).rem_euclid(7) }))
        }
        Day::Yearly(month, day) => {
            // Eight years hold a 29 February, whatever the century.
            let years = today.year() - 8..=today.year() + 8;
            let mut dates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
            let days_ahead = |date: &NaiveDate| (*date - today).num_days();
            let found = if ahead {
                dates.find(|date| days_ahead(date) >= -NEAR)
            } else {
                dates.rfind(|date| days_ahead(date) <= NEAR)
            };
            found.ok_or(Wrong::NoSuchTime)
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

/// Days since Monday.
fn since_monday(day: NaiveDate) -> i64 {
    i64::from(day.weekday().num_days_from_monday())
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
    let mut by = cursor.eat(Words::By);
    let time = clock(&mut cursor)?;
    by |= time.is_some() && cursor.eat(Words::Ago);
    if !cursor.is_done() || (day.is_none() && time.is_none()) {
        return Err(Wrong::Unreadable);
    }
    Ok(Meaning::Moment { day, time, by })
}

/// `30m`, `1h30`, `半小时`, `一刻钟后`, `10分钟内`, `3天后`, `两周后`, `20分钟前`: all of the text, or none of it.
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
        if parts > 0 && (cursor.eat(Words::Later) || cursor.eat(Words::Within)) {
            break;
        }
        ms += length_part(cursor, parts > 0)?;
        parts += 1;
    }
    if cursor.eat(Words::Ago) {
        return cursor.is_done().then_some(Meaning::Length { ms, ago: true });
    }
    let _ = cursor.eat(Words::Later) || cursor.eat(Words::Within);
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
        () if cursor.eat(Words::Weeks) => 7 * DAY,
        () if cursor.eat(Words::Quarter) => HOUR / 4,
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
    if let Some((week, day)) = cursor.weekday() {
        return Ok(Some(Day::Weekly(week, day)));
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
    Small,
    Early,
    Morning,
    Am,
    Noon,
    Afternoon,
    Evening,
}

fn clock(cursor: &mut Cursor) -> Result<Option<Clock>, Wrong> {
    cursor.eat(Words::At);
    if cursor.eat(Words::OffDuty) {
        return Ok(Some(Clock { minute: 0, how: How::OffDuty }));
    }
    let mut half = half(cursor);
    let Some(number) = cursor.digits_or_number() else {
        return match half {
            None => Ok(None),
            Some(Half::Noon) => Ok(Some(Clock { minute: 12 * 60, how: How::Plain })),
            // "tomorrow morning" is nine, "tonight" is eight; "this afternoon", "first thing", "in the small hours" are
            // no time anybody can be held to.
            Some(Half::Morning | Half::Am) => Ok(Some(Clock::of_part(OFFICE_OPENS))),
            Some(Half::Evening) => Ok(Some(Clock::of_part(EVENING))),
            Some(Half::Small | Half::Early | Half::Afternoon) => Err(Wrong::NoTimeOfDay),
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
    cursor.eat(Words::Sharp);
    if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
        return Err(Wrong::NoSuchTime);
    }
    if hour == 12 && matches!(half, Some(Half::Early | Half::Morning)) {
        return Err(Wrong::TwoTimes);
    }
    vague &= half.is_none();
    let hour = in_half(hour as i32, half);
    let how = if vague { How::Vague } else { How::Plain };
    Ok(Some(Clock { minute: hour * 60 + minute as i32, how }))
}

fn half(cursor: &mut Cursor) -> Option<Half> {
    [
        (Words::Noon, Half::Noon),
        (Words::Small, Half::Small),
        (Words::Early, Half::Early),
        (Words::Morning, Half::Morning),
        (Words::Am, Half::Am),
        (Words::Afternoon, Half::Afternoon),
        (Words::Evening, Half::Evening),
    ]
    .into_iter()
    .find_map(|(words, half)| cursor.eat(words).then_some(half))
}

/// `半`, `一刻`, `三刻`, `15分`, `零五分`, `15`, `整` after `点`.
fn past_the_hour(cursor: &mut Cursor) -> u32 {
    if cursor.eat(Words::Half) {
        return 30;
    }
    let before = cursor.mark();
    let nought = cursor.eat(Words::Nought);
    let Some(number) = cursor.number() else {
        if !nought || !cursor.eat(Words::Minutes) {
            cursor.back_to(before);
        }
        return 0;
    };
    if cursor.eat(Words::Quarter) {
        return number * 15;
    }
    if !cursor.eat(Words::Minutes) && !cursor.is_done() && !cursor.peeks(Words::Ago) {
        cursor.back_to(before);
        return 0;
    }
    number
}

/// The hour of 24 that is meant; 24 and more are the small hours after an evening.
fn in_half(hour: i32, half: Option<Half>) -> i32 {
    match half {
        Some(Half::Small | Half::Am) if hour == 12 => 0,
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
