//! A clock that went back or leapt ahead between two entries of the log.

use super::time::{HOUR, MINUTE, Ts};

/// Two programs that write at once may stand this far apart without anybody's clock having moved.
const AT_ONCE: i64 = MINUTE;
/// A duty desk never leaves a whole day without an entry.
const LEAP: i64 = 24 * HOUR;

/// How the clock moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    /// It shows an earlier time than at the entry before, by so many milliseconds.
    Back(i64),
    /// It shows a time more than a day later, by so many milliseconds.
    Ahead(i64),
}

impl Jump {
    /// What moved between the entry before and this one, as they were recorded.
    pub fn between(before: Ts, at: Ts) -> Option<Self> {
        match at.0 - before.0 {
            by if by < -AT_ONCE => Some(Self::Back(-by)),
            by if by > LEAP => Some(Self::Ahead(by)),
            _ => None,
        }
    }

    /// Whole minutes of it.
    pub fn minutes(self) -> i64 {
        let (Self::Back(by) | Self::Ahead(by)) = self;
        by / MINUTE
    }

    /// The code in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Back(_) => "back",
            Self::Ahead(_) => "ahead",
        }
    }

    /// The condition of the same in SQL, of `o` and the entry before it, `p`.
    pub const SQL: &'static str =
        "(o.recorded_at < p.recorded_at - 60000 OR o.recorded_at > p.recorded_at + 86400000)";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_more_than_a_day_ahead_are_told_and_nothing_else() {
        let at = Ts(1_581_904_800_000);
        let of = |ms: i64| Jump::between(at, at.plus(ms));
        assert_eq!([of(0), of(-MINUTE), of(HOUR), of(24 * HOUR)], [None; 4]);
        assert_eq!(of(-65 * MINUTE), Some(Jump::Back(65 * MINUTE)));
        assert_eq!(of(25 * HOUR), Some(Jump::Ahead(25 * HOUR)));
        assert!(Jump::SQL.contains(&AT_ONCE.to_string()) && Jump::SQL.contains(&LEAP.to_string()));
    }
}
