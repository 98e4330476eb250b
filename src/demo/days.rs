//! The days of the made-up office: from its opening to the present moment it is shown at.

use super::Size;
use crate::domain::report::FormRef;
use crate::domain::time::{Calendar, MINUTE, Ts, add_days};
use chrono::NaiveDate;

/// Monday, 17 February 2020: the day shown.
const TODAY: (i32, u32, u32) = (2020, 2, 17);
/// The minute of that day: 10:05, five minutes past the deadline.
const NOW_MINUTE: i64 = 10 * 60 + 5;
/// A shift begins and ends at 08:00.
pub(super) const SHIFT_MINUTE: i64 = 8 * 60;

/// The days of an office of some size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// Days of history before today.
    history: i64,
}

impl Days {
    /// The days of an office of this size; two of history at least, so that there is a yesterday to speak of.
    pub(super) fn of(size: Size) -> Self {
        Self { history: i64::from(size.days.max(2)) }
    }

    /// The day shown.
    #[allow(clippy::unused_self, reason = "asked of the days like the others")]
    pub(super) fn today(self) -> NaiveDate {
        let (year, month, day) = TODAY;
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    /// The first day of the log.
    pub(super) fn first(self) -> NaiveDate {
        add_days(self.today(), -self.history)
    }

    /// How many days, today among them.
    pub(super) fn count(self) -> i64 {
        self.history + 1
    }

    /// Every day in order, the last is today.
    pub(super) fn all(self) -> impl Iterator<Item = NaiveDate> {
        (0..self.count()).map(move |day| add_days(self.first(), day))
    }

    /// The instant on `day` at `minute` after midnight.
    #[allow(clippy::unused_self, reason = "asked of the days like the others")]
    pub(super) fn at(self, day: NaiveDate, minute: i64) -> Ts {
        Calendar::default().at_minute(day, 0).plus(minute * MINUTE)
    }

    /// The present moment.
    pub(super) fn now(self) -> Ts {
        self.at(self.today(), NOW_MINUTE)
    }

    /// When the office was opened: at the beginning of its first shift.
    pub(super) fn opened(self) -> Ts {
        self.at(self.first(), SHIFT_MINUTE)
    }

    /// The date of an instant.
    #[allow(clippy::unused_self, reason = "asked of the days like the others")]
    pub(super) fn date(self, at: Ts) -> NaiveDate {
        Calendar::default().date(at)
    }

    /// How many days `day` is after the first; negative before it.
    pub(super) fn index(self, day: NaiveDate) -> i64 {
        (day - self.first()).num_days()
    }

    /// The form in use on `day`: the first for four days of fourteen, the second until the ninth, then the third.
    pub(super) fn form(self, day: NaiveDate) -> FormRef {
        let place = (self.index(day) + 1) * 14;
        let version = match place {
            _ if place <= 4 * self.history => 1,
            _ if place <= 9 * self.history => 2,
            _ => 3,
        };
        FormRef { name: "staff".to_owned(), version }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_days_in_three_forms() {
        let days = Days::of(Size::default());
        assert_eq!(days.now(), Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap());
        assert_eq!(days.opened(), Ts::from_rfc3339("2020-02-03T08:00:00+08:00").unwrap());
        let versions: Vec<u16> = days.all().map(|day| days.form(day).version).collect();
        assert_eq!(versions, [1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3]);
        let few = Days::of(Size { days: 4, ..Size::default() });
        let versions: Vec<u16> = few.all().map(|day| few.form(day).version).collect();
        assert_eq!(versions, [1, 2, 3, 3, 3]);
    }
}
