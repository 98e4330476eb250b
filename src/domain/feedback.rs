//! How a unit's reports fared over some days, beside those of the others: shares with their formula, places, the streak.

use super::report::ReportStatus;
use super::time::add_days;
use chrono::NaiveDate;
use std::cmp::Ordering;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that fared well.
    pub part: u32,
    /// All of them.
    pub whole: u32,
}

impl Share {
    /// In tenths of a percent; none of nothing. What is not all is never rounded up to all.
    pub fn permille(self) -> Option<u32> {
        let part = u64::from(self.part) * 1000;
        (self.whole > 0).then(|| u32::try_from(part / u64::from(self.whole)).unwrap_or(1000))
    }

    /// As `92.8`; a dash of nothing.
    pub fn percent(self) -> String {
        self.permille().map_or_else(|| "-".to_owned(), |n| format!("{}.{}", n / 10, n % 10))
    }

    /// By the fraction itself: what differs is never a tie for being rounded alike.
    fn by(self, other: Self) -> Ordering {
        let cross = |one: Self, other: Self| u64::from(one.part) * u64::from(other.whole);
        cross(self, other).cmp(&cross(other, self))
    }
}

/// How a unit's reports fared over some days, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fared {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Reports received ÷ expected.
    pub complete: Share,
    /// Reports received in time ÷ expected.
    pub timely: Share,
    /// Days in a row in time up to now.
    pub streak: u32,
    /// As far as that is counted.
    pub counted: u32,
}

impl Fared {
    /// Over how many days.
    pub const DAYS: i64 = 14;
    /// How far back the streak is counted.
    const STREAK: u32 = 31;

    /// Of reports with the day each is of: those of the last [`Self::DAYS`] up to `to`. What is not due yet has not fared.
    pub fn of(reports: &[(NaiveDate, ReportStatus)], to: NaiveDate, today: NaiveDate) -> Self {
        use ReportStatus::{Awaited, Received, Zero};
        let from = add_days(to, 1 - Self::DAYS);
        let due: Vec<ReportStatus> = reports
            .iter()
            .filter(|(day, status)| (from..=to).contains(day) && status.is_expected() && *status != Awaited)
            .map(|(_, status)| *status)
            .collect();
        let share = |part: usize| Share { part: part as u32, whole: due.len() as u32 };
        let of_day = |ago: u32| -> Vec<ReportStatus> {
            let day = add_days(today, -i64::from(ago));
            reports.iter().filter(|(of, _)| *of == day).map(|(_, status)| *status).collect()
        };
        let days: Vec<Vec<ReportStatus>> = (0..Self::STREAK).map(of_day).collect();
        Self {
            from,
            to,
            complete: share(due.iter().filter(|status| status.is_received()).count()),
            timely: share(due.iter().filter(|status| matches!(status, Received | Zero)).count()),
            streak: streak(days.iter().map(Vec::as_slice)),
            counted: Self::STREAK,
        }
    }
}

/// A unit's place among those that have a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 1; those with the same share have the same.
    pub place: u32,
    /// How many have it, this one too.
    pub shared: u32,
    /// Of how many.
    pub of: u32,
}

/// The place of each, the highest share first; none for one that has no share.
pub fn places(all: &[Share]) -> Vec<Option<Place>> {
    let with: Vec<Share> = all.iter().copied().filter(|share| share.whole > 0).collect();
    let of = with.len() as u32;
    let place = |share: &Share| {
        (share.whole > 0).then(|| {
            let count = |wanted| with.iter().filter(|other| other.by(*share) == wanted).count() as u32;
            Place { place: count(Ordering::Greater) + 1, shared: count(Ordering::Equal), of }
        })
    };
    all.iter().map(place).collect()
}

/// How many days in a row everything came in time, counted back from the last: each day by its reports. A day of which
/// nothing was expected neither counts nor ends it; what is still awaited today does not either.
pub fn streak<'a>(days: impl Iterator<Item = &'a [ReportStatus]>) -> u32 {
    use ReportStatus::{Excused, Late, NotExpected, Outstanding, Received, WrittenOff, Zero};
    let mut out = 0;
    for day in days {
        if day.iter().any(|status| matches!(status, Late | Outstanding | WrittenOff)) {
            break;
        }
        let came = day.iter().any(|status| matches!(status, Received | Zero));
        let whole = day.iter().all(|status| matches!(status, Received | Zero | Excused | NotExpected));
        out += u32::from(came && whole);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: u32, whole: u32) -> Share {
        Share { part, whole }
    }

    #[test]
    fn a_unit_fares_by_what_was_due_of_the_last_fortnight() {
        use ReportStatus::{Awaited, Excused, Late, Outstanding, Received, Zero};
        let on = |n: u32| NaiveDate::from_ymd_opt(2020, 2, n).unwrap();
        let reports = [
            (on(17), Awaited),
            (on(16), Received),
            (on(15), Excused),
            (on(14), Zero),
            (on(13), Late),
            (on(12), Outstanding),
            (on(3), Received),
            (on(2), Outstanding),
        ];
        let fared = Fared::of(&reports, on(16), on(17));
        assert_eq!((fared.from, fared.to), (on(3), on(16)));
        assert_eq!((fared.complete, fared.timely, fared.streak), (share(4, 5), share(3, 5), 2));
        let none = Fared::of(&[], on(16), on(17));
        assert_eq!((none.complete.permille(), none.streak), (None, 0));
    }

    #[test]
    fn those_with_the_same_share_have_the_same_place_and_the_next_comes_after_all_of_them() {
        let all = [share(14, 14), share(13, 14), share(7, 7), share(26, 28), share(0, 0), share(0, 14)];
        let of = |place, shared| Some(Place { place, shared, of: 5 });
        assert_eq!(places(&all), [of(1, 2), of(3, 2), of(1, 2), of(3, 2), None, of(5, 1)]);
        assert!(places(&[]).is_empty());
    }

    #[test]
    fn what_differs_is_no_tie_though_it_is_rounded_alike_and_not_all_is_never_all() {
        let all = [share(2_799, 2_800), share(2_798, 2_800)];
        assert_eq!(all.map(Share::percent), ["99.9", "99.9"]);
        assert_eq!(places(&all)[1].unwrap().place, 2);
        assert_eq!(share(9_999, 10_000).percent(), "99.9");
        assert_eq!(share(14, 14).percent(), "100.0");
        assert_eq!(share(0, 0).percent(), "-");
        assert_eq!(share(13, 14).permille(), Some(928));
    }

    #[test]
    fn a_streak_goes_back_to_the_first_day_that_was_late_and_over_days_off() {
        use ReportStatus::{Awaited, Excused, Late, Outstanding, Received, Zero};
        let count = |days: &[&[ReportStatus]]| streak(days.iter().copied());
        assert_eq!(count(&[&[Awaited], &[Received], &[Zero], &[Late], &[Received]]), 2);
        assert_eq!(count(&[&[Received], &[Excused], &[], &[Received]]), 2);
        assert_eq!(count(&[&[Received, Late], &[Received]]), 0);
        assert_eq!(count(&[&[Received, Awaited], &[Received, Received]]), 1, "today is not over");
        assert_eq!(count(&[&[Outstanding], &[Received]]), 0);
        assert_eq!(count(&[&[Excused, Received]]), 1);
        assert_eq!(count(&[]), 0);
    }
}
