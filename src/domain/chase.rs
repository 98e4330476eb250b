//! Chasing (催报): who is usually late, and by when an answer is asked for.

use super::report::ReportStatus;
use super::rules::UsuallyLate;
use super::time::{Calendar, MINUTE, Ts, add_days};

/// How long a unit is given after the deadline: long enough to ask around and send, short enough that the officer hears of
/// it in the same hour. No rule of the time names one; the officer writes another where it does not fit.
const GIVEN: i64 = 30 * MINUTE;
/// An hour that is asked for ends on one of these: nobody is told "by 10:37".
const STEP: i64 = 15 * MINUTE;
/// From when at night nobody sends anything: what is asked for then is asked for the morning.
const NIGHT_FROM: i32 = 22 * 60;
/// By when in the morning.
const MORNING: i32 = 8 * 60;

/// By when what is overdue is asked for, if nothing else is said.
pub fn answer_by(now: Ts, calendar: Calendar) -> Ts {
    let at = Ts((now.0 + GIVEN + STEP - 1).div_euclid(STEP) * STEP);
    let date = calendar.date(now);
    let morning = calendar.at_minute(date, MORNING);
    if at < morning {
        morning
    } else if at > calendar.at_minute(date, NIGHT_FROM) {
        calendar.at_minute(add_days(date, 1), MORNING)
    } else {
        at
    }
}

/// On how many of the days its report was late or missing. A day of which none was expected counts for nothing.
pub fn behind(days: &[Option<ReportStatus>]) -> u32 {
    use ReportStatus::{Late, Outstanding, WrittenOff};
    days.iter().filter(|day| matches!(day, Some(Late | Outstanding | WrittenOff))).count() as u32
}

/// Whether a unit with these days before today (the oldest first) is usually late, by the rule in force.
pub fn is_usually_late(days: &[Option<ReportStatus>], rule: UsuallyLate) -> bool {
    let last = days.len().saturating_sub(rule.days as usize);
    behind(&days[last..]) >= rule.late
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReportStatus::{Excused, Late, Outstanding, Received, WrittenOff};

    fn at(text: &str) -> Ts {
        Ts::from_rfc3339(&format!("2020-02-{text}:00+08:00")).unwrap()
    }

    #[test]
    fn what_is_overdue_is_asked_for_within_the_hour_and_at_night_for_the_morning() {
        for (now, by) in [
            ("17T10:05", "17T10:45"),
            ("17T10:00", "17T10:30"),
            ("17T17:00", "17T17:30"),
            ("17T07:50", "17T08:30"),
            ("17T00:01", "17T08:00"),
            ("17T07:10", "17T08:00"),
            ("17T21:30", "17T22:00"),
            ("17T21:31", "18T08:00"),
            ("17T23:59", "18T08:00"),
        ] {
            assert_eq!(answer_by(at(now), Calendar::default()), at(by), "{now}");
        }
    }

    #[test]
    fn three_of_the_last_seven_days_are_usual_and_older_ones_are_not_counted() {
        let rule = UsuallyLate { late: 3, days: 7 };
        let days = |all: &[ReportStatus]| all.iter().copied().map(Some).collect::<Vec<_>>();
        let two =
            days(&[Late, Late, Late, Received, Received, Received, Received, Received, Late, Outstanding]);
        assert!(!is_usually_late(&two, rule), "the third lies before the seven");
        let three = days(&[Received, Late, Received, WrittenOff, Received, Outstanding, Received]);
        assert!(is_usually_late(&three, rule));
        assert!(!is_usually_late(&days(&[Excused, Excused, Excused, Late, Late]), rule));
        assert!(!is_usually_late(&[None, None, None, Some(Late), Some(Late)], rule));
        assert!(!is_usually_late(&[], rule));
        assert_eq!(behind(&three), 3);
    }
}
