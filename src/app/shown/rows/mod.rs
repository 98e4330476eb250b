//! The columns and cells of each kind of row; here, what they share.

mod case;
mod doubt;
mod due;
mod entry;
mod ledger;
mod log;
mod person;
mod received;
mod unit;

pub use doubt::told as doubt_told;
pub use due::DueLine;
pub(in crate::app) use due::{how_long, moment, named, said, stands};
pub(in crate::app) use ledger::put_in_order;
pub(in crate::app) use log::log_query;
pub(in crate::app) use person::people_query;
pub use received::remarks;
pub use unit::behind_by_day;
pub(in crate::app) use unit::strip;

use crate::app::shown::column::{Ctx, Mood};
use crate::domain::case::{CaseState, Observation};
use crate::domain::followup::Caller;
use crate::domain::ids::{PersonId, Subject};
use crate::domain::mask::Private;
use crate::domain::phone::digits;
use crate::domain::report::ReportStatus;
use crate::domain::time::Ts;
use crate::i18n::screen as say;
use crate::say::Lang;

/// RFC 3339 with the office's offset.
pub(in crate::app) fn time(at: Ts, ctx: &Ctx) -> String {
    ctx.cal.rfc3339(at)
}

/// How long until `at`, or how long ago it was: ticks with the clock.
pub fn left(at: Ts, now: Ts, lang: Lang) -> String {
    let minutes = at.minutes_since(now);
    let ahead = minutes >= 0;
    let m = if ahead { minutes } else { now.minutes_since(at) };
    let say = match (ahead, m) {
        (true, 0) => say::SOON.into(),
        (true, 1..60) => say::in_minutes(m),
        (true, 60..600) => say::in_hours(m / 60, m % 60),
        // From ten hours on the minutes say nothing, and there is no room for them in a list.
        (true, 600..1440) => say::in_whole_hours(m / 60),
        (true, _) => say::in_days(m / 1440),
        (false, 600..1440) => say::over_whole_hours(m / 60),
        (false, _) => crate::i18n::screen::lateness(m),
    };
    say.get(lang).to_owned()
}

/// The same where a title says what it is: how long, in few columns.
pub fn short(at: Ts, now: Ts, lang: Lang) -> String {
    let minutes = at.minutes_since(now);
    // As everywhere: a minute counts once it is over.
    let (over, m) = (minutes < 0, if minutes < 0 { now.minutes_since(at) } else { minutes }.unsigned_abs());
    let say = match (over, m) {
        (true, 0) => say::JUST_NOW.into(),
        (true, 1..60) => say::short_over(m),
        (true, 60..600) => say::short_over_hours(m / 60, format!("{:02}", m % 60)),
        (true, 600..1440) => say::short_over_whole(m / 60),
        (true, _) => say::short_over_days(m / 1440),
        (false, 0..60) => say::short_left(m),
        (false, 60..600) => say::short_left_hours(m / 60, format!("{:02}", m % 60)),
        (false, 600..1440) => say::short_left_whole(m / 60),
        (false, _) => say::short_left_days(m / 1440),
    };
    say.get(lang).to_owned()
}

/// The time of day, with the date when it is another day.
pub fn when(at: Ts, ctx: &Ctx) -> String {
    if ctx.cal.date(at) == ctx.cal.date(ctx.now) { ctx.cal.hm(at) } else { ctx.cal.brief(at, ctx.now) }
}

/// A private number, masked unless its person's numbers are shown for the moment.
pub fn number(number: &Private, person: PersonId, ctx: &Ctx) -> String {
    if ctx.shows(person) { number.reveal().to_owned() } else { number.masked() }
}

/// 第 n/14 天; past the last of them, by how many.
pub fn day_of(observation: Option<Observation>, lang: Lang) -> String {
    observation.map_or_else(String::new, |o| {
        let say = if o.is_over() {
            // 期满 shows in the count itself, not only in the state beside it.
            say::day_over(o.total, o.day - o.total)
        } else {
            say::day_of(o.shown_day(), o.total)
        };
        say.get(lang).to_owned()
    })
}

/// How a report's status is meant.
pub fn status_mood(status: ReportStatus) -> Mood {
    match status {
        ReportStatus::Received | ReportStatus::Zero => Mood::Good,
        ReportStatus::Late | ReportStatus::Awaited => Mood::Warn,
        ReportStatus::Outstanding => Mood::Bad,
        ReportStatus::NotExpected | ReportStatus::Excused | ReportStatus::WrittenOff => Mood::Dim,
    }
}

/// How a case's state is meant.
pub fn case_mood(state: CaseState) -> Mood {
    match state {
        CaseState::DueForRelease => Mood::Warn,
        CaseState::Released => Mood::Dim,
        CaseState::Observing | CaseState::Following => Mood::Plain,
    }
}

fn zero_as_blank(n: u32) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}

/// The number of a call, its middle hidden unless it is shown for the moment.
pub fn caller_number(caller: &Caller, subject: Option<Subject>, ctx: &Ctx) -> String {
    let number = &caller.number;
    if ctx.shows_call(caller.call, subject) { number.reveal().to_owned() } else { number.masked() }
}

/// What a filter finds a number by: as it is shown, as it was written, and its digits alone.
pub fn number_hay(number: &Private) -> String {
    let written = number.for_matching();
    [number.masked().as_str(), written, &digits(written)].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::MINUTE;

    #[test]
    fn how_late_something_is_is_the_same_in_few_columns_and_in_many() {
        let now = Ts(1_581_904_800_000);
        for (ms, few, many) in [
            (5 * MINUTE + 2_000, "超5分", "超时5分钟"),
            (59 * MINUTE + 59_000, "超59分", "超时59分钟"),
            (14 * 60 * MINUTE - 1_000, "超13时", "超时13时"),
        ] {
            let at = now.plus(-ms);
            assert!(short(at, now, Lang::Zh).starts_with(few), "{}", short(at, now, Lang::Zh));
            assert!(left(at, now, Lang::Zh).starts_with(many), "{}", left(at, now, Lang::Zh));
        }
    }
}
