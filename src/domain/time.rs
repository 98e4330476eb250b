//! Instants, the office's calendar and its day.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

/// An instant: UTC milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ts(pub i64);

/// One minute in milliseconds.
pub const MINUTE: i64 = 60_000;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;

impl Ts {
    /// This instant `ms` milliseconds later.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0 + ms)
    }

    /// Whole minutes from `earlier` to this instant, rounded down; negative when this is before it.
    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(MINUTE)
    }

    /// The instant an RFC 3339 time names (`2020-02-17T10:05:00+08:00`).
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| Self(at.timestamp_millis()))
    }
}

/// How the office reads the clock: its UTC offset and where its day begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Minutes east of UTC: 480 for China.
    pub utc_offset_min: i32,
    /// Minutes after local midnight at which the office's day begins: 0, or 480 for 08–08.
    pub day_start_min: i32,
    /// Minutes after local midnight at which office hours end (下班). Left out of the log at the usual 17:00.
    #[serde(default = "closes", skip_serializing_if = "is_usual")]
    pub closes_min: i32,
}

/// When office hours end where nothing else is chosen.
const CLOSES: i32 = 17 * 60;

fn closes() -> i32 {
    CLOSES
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_usual(minute: &i32) -> bool {
    *minute == CLOSES
}

impl Default for Calendar {
    fn default() -> Self {
        Self { utc_offset_min: 480, day_start_min: 0, closes_min: CLOSES }
    }
}

impl Calendar {
    fn offset(self) -> FixedOffset {
        // Offsets are checked where they come in; a damaged one reads as UTC rather than stopping the desk.
        FixedOffset::east_opt(self.utc_offset_min * 60)
            .unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero is an offset"))
    }

    /// The office's wall clock at `at`.
    pub fn local(self, at: Ts) -> NaiveDateTime {
        DateTime::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&self.offset()).naive_local()
    }

    /// The office's date by the wall clock at `at`.
    pub fn date(self, at: Ts) -> NaiveDate {
        self.local(at).date()
    }

    /// The office's reporting day at `at`: before the day boundary it is still the day before.
    pub fn day(self, at: Ts) -> NaiveDate {
        (self.local(at) - chrono::Duration::minutes(i64::from(self.day_start_min))).date()
    }

    /// The instant when the office's wall clock shows `date` `time`.
    pub fn at(self, date: NaiveDate, time: NaiveTime) -> Ts {
        Ts(date.and_time(time).and_utc().timestamp_millis() - i64::from(self.utc_offset_min) * MINUTE)
    }

    /// The instant `minute` minutes after midnight of `date` on the office's wall clock.
    pub fn at_minute(self, date: NaiveDate, minute: i32) -> Ts {
        self.at(date, NaiveTime::MIN).plus(i64::from(minute) * MINUTE)
    }

    /// The instant at which a reporting day begins.
    pub fn begins(self, date: NaiveDate) -> Ts {
        self.at_minute(date, self.day_start_min)
    }

    /// RFC 3339 with the office's offset, to the second.
    pub fn rfc3339(self, at: Ts) -> String {
        DateTime::from_timestamp_millis(at.0)
            .unwrap_or_default()
            .with_timezone(&self.offset())
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }

    /// `HH:MM` on the office's wall clock.
    pub fn hm(self, at: Ts) -> String {
        self.local(at).format("%H:%M").to_string()
    }

    /// `MM-DD HH:MM` on the office's wall clock, where it is known to be of the present year; else [`Self::brief`].
    pub fn md_hm(self, at: Ts) -> String {
        self.local(at).format("%m-%d %H:%M").to_string()
    }

    /// `MM-DD HH:MM` on the office's wall clock; with the year where it is another than that of `now`.
    pub fn brief(self, at: Ts, now: Ts) -> String {
        if self.date(at).year() == self.date(now).year() { self.md_hm(at) } else { self.ymd_hm(at) }
    }

    /// `YYYY-MM-DD HH:MM` on the office's wall clock.
    pub fn ymd_hm(self, at: Ts) -> String {
        self.local(at).format("%Y-%m-%d %H:%M").to_string()
    }
}

/// `MM-DD`; with the year where it is another than that of `today`.
pub fn brief_day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day.format("%m-%d").to_string() } else { day.to_string() }
}

/// Minutes after midnight as `HH:MM`.
pub fn hhmm(minute: i32) -> String {
    format!("{:02}:{:02}", minute.div_euclid(60), minute.rem_euclid(60))
}

/// `HH:MM` (or a full-width colon) as minutes after midnight; `24:00` is allowed as the end of a day.
pub fn parse_hhmm(text: &str) -> Option<i32> {
    let text = text.trim().replace('：', ":");
    if text == "24:00" {
        return Some(24 * 60);
    }
    let time = NaiveTime::parse_from_str(&text, "%H:%M").ok()?;
    Some((time.hour() * 60 + time.minute()) as i32)
}

/// Days since 0001-01-01, the form in which days are kept in the database.
pub fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

/// The day with this number.
pub fn day_from_number(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default()
}

/// `day` moved by `days`.
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    if days >= 0 {
        day.checked_add_days(Days::new(days as u64)).unwrap_or(NaiveDate::MAX)
    } else {
        day.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(NaiveDate::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_shown_where_it_is_another() {
        let at = |text: &str| Ts::from_rfc3339(text).unwrap();
        let calendar = Calendar::default();
        let now = at("2020-01-02T10:05:00+08:00");
        // By the office's clock: in UTC both are still the old year.
        assert_eq!(calendar.brief(at("2020-01-01T00:30:00+08:00"), now), "01-01 00:30");
        assert_eq!(calendar.brief(at("2019-12-31T23:30:00+08:00"), now), "2019-12-31 23:30");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(brief_day(day("2019-12-31"), day("2020-01-02")), "2019-12-31");
        assert_eq!(brief_day(day("2020-01-01"), day("2020-01-02")), "01-01");
    }
}
