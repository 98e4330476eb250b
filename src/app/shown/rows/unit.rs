//! Units, and units that have not reported.

use crate::app::shown::column::{Cell, Column, Columns, Ctx, Listed, Mood, SortKey, Stands};
use crate::app::shown::rows::{left, short, status_mood, time, zero_as_blank};
use crate::app::shown::table::{RowId, TableRow, Target};
use crate::domain::ids::Subject;
use crate::domain::report::ReportStatus;
use crate::domain::time::brief_day;
use crate::i18n::cli as printed;
use crate::i18n::screen as say;
use crate::i18n::terms::word;
use crate::store::query::rows::{OutstandingRow, UnitRow};
use serde_json::json;

/// How many of the last days of a unit are a column of the list.
const FORTNIGHT: usize = 14;
/// From so many minutes on a length of time is told in hours.
const HOURS: i64 = 120;

impl Columns for UnitRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("code", say::CODE, (5, 0, 3), |r, _| r.code.as_str().into())
            .by(|r| SortKey::text(&r.code))
            .json(|r, _| json!(r.code)),
        Column::<Self>::new("name", say::NAME, (16, 3, 0), |r, _| {
            format!("{}{}", "  ".repeat(usize::from(r.depth.min(4))), r.name).into()
        })
        .of(Stands::Unit)
        .by(|r| SortKey::sounds(&r.keys, &r.name))
        .list(|r, _| format!("{}{}", "  ".repeat(usize::from(r.depth)), r.name))
        .json(|r, _| json!(r.name)),
        Column::<Self>::new("status", say::STATUS, (11, 0, 0), |r, x| {
            Cell::new(word(r.status).get(x.lang), status_mood(r.status))
        })
        .by(|r| SortKey::Num(r.status as i64))
        .json(|r, _| json!(r.status.code())),
        Column::<Self>::new("strip", say::STRIP, (14, 0, 5), |r, _| {
            strip(&r.strip[r.strip.len().saturating_sub(FORTNIGHT)..]).into()
        }),
        Column::<Self>::new("received_at", say::CAME_AT, (6, 0, 4), |r, x| {
            r.received_at.map_or_else(String::new, |at| x.cal.hm(at)).into()
        })
        .by(|r| SortKey::Num(r.received_at.map_or(i64::MAX, |at| at.0)))
        .json(|r, x| json!(r.received_at.map(|at| time(at, x)))),
        Column::<Self>::new("next", say::NEXT_REPORT, (11, 0, 5), |r, x| {
            r.running
                .map_or_else(Cell::default, |status| Cell::new(word(status).get(x.lang), status_mood(status)))
        })
        .by(|r| SortKey::Num(r.running.map_or(-1, |status| status as i64))),
        // A report that came with some of them only is a report, and not all.
        Column::<Self>::figure("people", say::PEOPLE, (6, 2), |r, _| {
            match r.rows.filter(|rows| *rows < r.people) {
                Some(rows) => Cell::new(format!("{rows}/{}", r.people), Mood::Warn),
                None => r.people.to_string().into(),
            }
        })
        .by(|r| SortKey::Num(i64::from(r.people)))
        .json(|r, _| json!(r.people)),
        Column::<Self>::figure("cases", say::CASES, (5, 2), |r, _| zero_as_blank(r.cases).into())
            .by(|r| SortKey::Num(-i64::from(r.cases)))
            .list(|r, _| r.cases.to_string())
            .json(|r, _| json!(r.cases)),
        Column::<Self>::new("liaison", say::LIAISON, (9, 1, 1), |r, _| r.liaison.as_str().into())
            .of(Stands::Name)
            .by(|r| SortKey::text(&r.liaison))
            .json(|r, _| json!(r.liaison)),
        Column::<Self>::new("phone", say::PHONE, (14, 0, 1), |r, _| r.phone.as_str().into())
            .of(Stands::Phone)
            .by(|r| SortKey::text(&r.phone))
            .json(|r, _| json!(r.phone)),
        Column::<Self>::new("parent", say::ABOVE, (12, 1, 6), |r, _| r.parent.as_str().into())
            .of(Stands::Unit)
            .by(|r| SortKey::text(&r.parent))
            .json(|r, _| json!(r.parent)),
        Column::<Self>::field("current", |r, _| json!(r.current.code())),
        Column::<Self>::field("rows", |r, _| json!(r.rows)),
    ];
}

impl Listed for UnitRow {
    const LIST: &'static [&'static str] =
        &["code", "name", "status", "received_at", "people", "cases", "liaison", "phone"];
    const JSON: &'static [&'static str] = &[
        "code",
        "name",
        "parent",
        "liaison",
        "phone",
        "people",
        "status",
        "received_at",
        "cases",
        "current",
        "rows",
    ];
}

impl TableRow for UnitRow {
    fn id(&self) -> RowId {
        RowId::Unit(self.id)
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Unit(self.id)), &self.name)
    }

    fn office_phone(&self) -> Option<&str> {
        (!self.phone.is_empty()).then_some(self.phone.as_str())
    }

    fn haystack(&self) -> String {
        [&self.code, &self.name, &self.short, &self.liaison, &self.phone, &self.keys]
            .map(String::as_str)
            .join("\n")
    }
}

/// How late a report is; of an earlier day it is the day that says how old the debt is.
fn late(row: &OutstandingRow, ctx: &Ctx) -> Cell {
    let mood = if row.deadline <= ctx.now { Mood::Bad } else { Mood::Warn };
    let mut late = if row.missing > 0 && row.key.day < ctx.cal.day(ctx.now) {
        brief_day(row.key.day, ctx.cal.date(ctx.now))
    } else {
        left(row.deadline, ctx.now, ctx.lang)
    };
    if row.missing > 1 {
        // More than one report is owed; this is the oldest.
        late = format!("{late} *{}", row.missing);
    }
    Cell::new(late, mood)
}

/// The same where there is less room.
fn late_short(row: &OutstandingRow, ctx: &Ctx) -> Cell {
    let is_old = row.missing > 0 && row.key.day < ctx.cal.day(ctx.now);
    let text = if is_old {
        brief_day(row.key.day, ctx.cal.date(ctx.now))
    } else {
        short(row.deadline, ctx.now, ctx.lang)
    };
    let more = if row.missing > 1 { format!("*{}", row.missing) } else { String::new() };
    Cell { text: text + &more, ..late(row, ctx) }
}

/// How reports of one day after the other stood, today's last: in time, late, missing; a blank where none was expected.
pub(in crate::app) fn strip(days: &[Option<ReportStatus>]) -> String {
    let sign = |status: &Option<ReportStatus>| match status {
        Some(ReportStatus::Received | ReportStatus::Zero) => '·',
        Some(ReportStatus::Late) => '▌',
        Some(ReportStatus::Outstanding | ReportStatus::WrittenOff) => '▉',
        Some(ReportStatus::Awaited) => '?',
        Some(ReportStatus::NotExpected | ReportStatus::Excused) | None => ' ',
    };
    days.iter().map(sign).collect()
}

/// Of how many units the report of each of the last days was late or is missing, the oldest day first; today is last.
pub fn behind_by_day(rows: &[UnitRow]) -> Vec<u32> {
    let days = rows.iter().map(|row| row.strip.len()).max().unwrap_or(0);
    let mut out = vec![0; days];
    for row in rows {
        for (n, status) in out.iter_mut().rev().zip(row.strip.iter().rev()) {
            use ReportStatus::{Late, Outstanding, WrittenOff};
            *n += u32::from(matches!(status, Some(Late | Outstanding | WrittenOff)));
        }
    }
    out
}

/// How late a report is, as a line that stays.
fn late_by(row: &OutstandingRow, ctx: &Ctx) -> String {
    let late = match row.minutes_late {
        n if n >= HOURS => printed::hours_over(n / 60, n % 60),
        n if n > 0 => printed::minutes_over(n),
        n if n <= -HOURS => printed::hours_left(-n / 60, -n % 60),
        n => printed::minutes_left(-n),
    };
    late.get(ctx.lang).to_owned()
}

impl Columns for OutstandingRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", say::NAME, (12, 3, 0), |r, _| r.name.as_str().into())
            .of(Stands::Unit)
            .by(|r| SortKey::sounds(&r.keys, &r.name))
            .json(|r, _| json!(r.name)),
        Column::<Self>::new("late", say::LATE_BY, (12, 0, 0), late)
            .by(|r| SortKey::Num(r.deadline.0))
            .list(late_by),
        Column::<Self>::new("liaison", say::LIAISON, (7, 1, 1), |r, _| r.liaison.as_str().into())
            .of(Stands::Name)
            .by(|r| SortKey::text(&r.liaison))
            .json(|r, _| json!(r.liaison)),
        Column::<Self>::new("phone", say::PHONE, (14, 0, 0), |r, _| r.phone.as_str().into())
            .of(Stands::Phone)
            .by(|r| SortKey::text(&r.phone))
            .json(|r, _| json!(r.phone)),
        Column::<Self>::new("promise", say::PROMISE, (12, 0, 2), |r, x| {
            r.promise.map_or_else(Cell::default, |at| {
                let mood = if at <= x.now { Mood::Bad } else { Mood::Good };
                Cell::new(left(at, x.now, x.lang), mood)
            })
        })
        .by(|r| SortKey::Num(r.promise.map_or(i64::MAX, |at| at.0)))
        .list(|r, x| r.promise.map(|at| x.cal.hm(at)).unwrap_or_default())
        .json(|r, x| json!(r.promise.map(|at| time(at, x)))),
        Column::<Self>::figure("chases", say::CHASES, (9, 3), |r, x| match r.unanswered {
            2.. => Cell::new(say::unanswered(r.chases).get(x.lang), Mood::Bad),
            _ => zero_as_blank(r.chases).into(),
        })
        .by(|r| SortKey::Num(-i64::from(r.chases)))
        .list(|r, _| r.chases.to_string())
        .json(|r, _| json!(r.chases)),
        Column::<Self>::new("strip", say::STRIP, (14, 0, 7), |r, _| strip(&r.strip).into()),
        Column::<Self>::printed("late_short", say::LATE_BY, |_, _| String::new()).cell(late_short),
        Column::<Self>::printed("promise_short", say::PROMISE, |_, _| String::new()).cell(|r, x| {
            r.promise.map_or_else(Cell::default, |at| {
                let (mark, mood) = if at <= x.now { ("!", Mood::Bad) } else { ("", Mood::Good) };
                Cell::new(format!("{mark}{}", short(at, x.now, x.lang)), mood)
            })
        }),
        Column::<Self>::figure("streak", say::STREAK, (6, 4), |r, _| zero_as_blank(r.streak).into())
            .by(|r| SortKey::Num(-i64::from(r.streak)))
            .json(|r, _| json!(r.streak)),
        Column::<Self>::new("head", say::HEAD, (22, 1, 5), |r, _| {
            format!("{} {}", r.head, r.head_phone).into()
        })
        .of(Stands::Phone)
        .by(|r| SortKey::text(&r.head))
        .json(|r, _| json!(r.head)),
        Column::<Self>::new("code", say::CODE, (5, 0, 6), |r, _| r.code.as_str().into())
            .by(|r| SortKey::text(&r.code))
            .json(|r, _| json!(r.code)),
        Column::<Self>::printed("day", say::REPORT_OF, |r, x| brief_day(r.key.day, x.cal.date(x.now)))
            .json(|r, _| json!(r.key.day.to_string())),
        Column::<Self>::printed("missing", say::OWES, |r, _| zero_as_blank(r.missing))
            .json(|r, _| json!(r.missing)),
        Column::<Self>::field("deadline", |r, x| json!(time(r.deadline, x))),
        Column::<Self>::field("minutes_late", |r, _| json!(r.minutes_late)),
        Column::<Self>::field("unanswered", |r, _| json!(r.unanswered)),
        Column::<Self>::field("head_phone", |r, _| json!(r.head_phone)),
        Column::<Self>::field("round", |r, _| json!(r.key.round.0)),
    ];
}

impl Listed for OutstandingRow {
    const LIST: &'static [&'static str] =
        &["code", "name", "day", "late", "missing", "chases", "promise", "liaison", "phone"];
    const JSON: &'static [&'static str] = &[
        "code",
        "name",
        "liaison",
        "phone",
        "deadline",
        "minutes_late",
        "chases",
        "promise",
        "unanswered",
        "head",
        "head_phone",
        "streak",
        "day",
        "round",
        "missing",
        "owed",
    ];
}

impl TableRow for OutstandingRow {
    const BOARD: &'static [(&'static str, (u16, u16, u8))] = &[
        ("name", (12, 3, 0)),
        ("late_short", (9, 0, 0)),
        ("strip", (14, 0, 5)),
        ("promise_short", (9, 0, 3)),
        ("chases", (8, 0, 4)),
        ("liaison", (7, 1, 1)),
        ("phone", (14, 0, 0)),
    ];

    fn id(&self) -> RowId {
        RowId::Unit(self.id)
    }

    fn about(&self) -> Target {
        Target::new(Some(Subject::Unit(self.id)), &self.name)
    }

    fn office_phone(&self) -> Option<&str> {
        (!self.phone.is_empty()).then_some(self.phone.as_str())
    }

    fn haystack(&self) -> String {
        [&self.code, &self.name, &self.liaison, &self.phone, &self.head, &self.keys]
            .map(String::as_str)
            .join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn the_schools_month_counts_who_was_late_or_missing_on_each_day() {
        let mut rows = fixture::units();
        rows.truncate(3);
        for row in &mut rows {
            row.strip = vec![Some(ReportStatus::Received); 30];
        }
        rows[0].strip[29] = Some(ReportStatus::Outstanding);
        rows[1].strip[29] = Some(ReportStatus::Late);
        rows[1].strip[0] = Some(ReportStatus::WrittenOff);
        rows[2].strip[29] = Some(ReportStatus::Awaited);
        // A unit that came later has fewer days.
        rows[2].strip.drain(..10);
        let days = behind_by_day(&rows);
        assert_eq!((days.len(), days[0], days[29]), (30, 1, 2));
        assert_eq!(days[1..29].iter().sum::<u32>(), 0);
        assert!(behind_by_day(&[]).is_empty());
    }
}
