//! Words of a clock that moved.

use crate::domain::jump::Jump;
use crate::say::Say;

crate::words! {
    /// The clock shows an earlier time than at the entry before.
    back_minutes(n; minutes = n "minute" "minutes"): "时钟倒退 {n} 分钟", "the clock went back {n} {minutes}";
    /// The same, by hours.
    back_hours(n; hours = n "hour" "hours"): "时钟倒退 {n} 小时", "the clock went back {n} {hours}";
    /// The same, by days.
    back_days(n; days = n "day" "days"): "时钟倒退 {n} 天", "the clock went back {n} {days}";
    /// More than a day later than the entry before.
    ahead_hours(n; hours = n "hour" "hours"): "比上一条晚 {n} 小时", "{n} {hours} after the entry before";
    /// The same, by days.
    ahead_days(n; days = n "day" "days"): "比上一条晚 {n} 天", "{n} {days} after the entry before";
    /// A counter.
    count(n): "时钟异常 {n}", "clock {n}";
    /// In front of a line.
    MARK: "! ", "! ";
}

/// What moved, in words.
pub fn said(jump: Jump) -> Say {
    const DAY: i64 = 24 * 60;
    let minutes = jump.minutes();
    match jump {
        Jump::Back(_) if minutes < 120 => back_minutes(minutes),
        Jump::Back(_) if minutes < 2 * DAY => back_hours(minutes / 60),
        Jump::Back(_) => back_days(minutes / DAY),
        Jump::Ahead(_) if minutes < 2 * DAY => ahead_hours(minutes / 60),
        Jump::Ahead(_) => ahead_days(minutes / DAY),
    }
}

/// A line of the log with what the clock did.
pub fn line(jump: Option<Jump>, line: &str, lang: crate::say::Lang) -> String {
    match jump {
        Some(jump) => {
            let said = said(jump);
            match lang {
                crate::say::Lang::Zh => format!("{}{line}（{}）", MARK.zh, said.zh),
                crate::say::Lang::En => format!("{}{line} ({})", MARK.en, said.en),
            }
        }
        None => line.to_owned(),
    }
}
