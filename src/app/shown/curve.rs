//! A person's temperatures of the last fortnight as a picture of plain characters.

use super::column::{Ctx, Mood};
use super::lines::TextLine;
use crate::domain::report::{Site, degrees};
use crate::domain::rules::Rules;
use crate::domain::time::{add_days, day_number};
use crate::i18n::screen as say;
use crate::store::query::rows::Dossier;
use chrono::NaiveDate;

/// How many days it shows.
const DAYS: usize = 14;
/// What each line stands for, tenths of a degree: half a degree each.
const LINES: [i16; 8] = [390, 385, 380, 375, 370, 365, 360, 355];
/// Columns of a day: morning, afternoon.
const DAY: usize = 4;

/// A temperature: of which day, before noon or after, whether it is a fever where it was taken.
struct Point {
    day: NaiveDate,
    half: usize,
    tenths: i16,
    fever: bool,
}

/// Temperatures of the last fortnight, from reports in force and from calls.
fn points(d: &Dossier, ctx: &Ctx) -> Vec<Point> {
    let point = |day, half, tenths, site: Option<Site>| {
        let fever = Rules::builtin().is_fever(tenths, site, day);
        Point { day, half, tenths, fever }
    };
    let sheets = d.readings.iter().filter(|reading| !reading.superseded);
    let sheets = sheets.flat_map(|r| {
        [r.temp_am, r.temp_pm].into_iter().enumerate().map(move |(half, temp)| (r.day, half, temp, r.site))
    });
    let sheets = sheets.filter_map(|(day, half, temp, site)| Some(point(day, half, temp?, site)));
    let calls = d.calls.iter().filter_map(|call| {
        let local = ctx.cal.local(call.at);
        let half = usize::from(chrono::Timelike::hour(&local) >= 12);
        Some(point(ctx.cal.day(call.at), half, call.temp?, call.site))
    });
    let first = add_days(ctx.cal.day(ctx.now), 1 - DAYS as i64);
    sheets.chain(calls).filter(|point| point.day >= first).collect()
}

/// The picture: half a degree a line, a dashed line where a fever begins, a letter for each reading; nothing where nothing
/// was measured.
pub(in crate::app) fn curve(d: &Dossier, ctx: &Ctx) -> Vec<TextLine> {
    let points = points(d, ctx);
    if points.is_empty() {
        return Vec::new();
    }
    let today = ctx.cal.day(ctx.now);
    let first = add_days(today, 1 - DAYS as i64);
    let fever = Rules::builtin().fever(None, today);
    let mut out = Vec::new();
    let mut dashed = fever;
    for line in LINES {
        if let Some(from) = dashed.filter(|from| *from > line) {
            let dashes = "- ".repeat(DAYS * DAY / 2);
            let text = format!("{:>5} {}{}", degrees(from), dashes, say::FEVER.get(ctx.lang));
            out.push(TextLine::new(text, Mood::Warn));
            dashed = None;
        }
        let mut cells = vec![' '; DAYS * DAY];
        let mut mood = Mood::Plain;
        for point in points.iter().filter(|point| nearest(point.tenths) == line) {
            let at = (day_number(point.day) - day_number(first)) as usize * DAY + point.half * 2;
            let Some(cell) = cells.get_mut(at) else { continue };
            if point.fever {
                *cell = '*';
                mood = Mood::Bad;
            } else if *cell == ' ' {
                *cell = 'o';
            }
        }
        let cells: String = cells.into_iter().collect();
        out.push(TextLine::new(format!("{:>5} {}", degrees(line), cells.trim_end()), mood));
    }
    let days = (0..DAYS as i64).map(|n| format!("{:<DAY$}", add_days(first, n).format("%d")));
    out.push(TextLine::new(format!("      {}", days.collect::<String>().trim_end()), Mood::Dim));
    let key = say::curve_key(first.format("%m-%d"), today.format("%m-%d"));
    out.push(TextLine::new(format!("      {}", key.get(ctx.lang)), Mood::Dim));
    out
}

/// The line on which a temperature stands.
fn nearest(tenths: i16) -> i16 {
    let (top, low) = (LINES[0], LINES[LINES.len() - 1]);
    ((tenths + 2).div_euclid(5) * 5).clamp(low, top)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{self, Desk};
    use crate::say::Lang;
    use crate::store::query::rows::ReadingRow;

    fn drawn(temps: &[(i64, Option<i16>, Option<i16>)]) -> (Vec<String>, usize) {
        let desk = Desk::new(Lang::Zh, 80, 24);
        let ctx = desk.state.ctx();
        let mut dossier = fixture::dossier();
        let like = dossier.readings[0].clone();
        dossier.calls.clear();
        dossier.readings = temps
            .iter()
            .map(|(ago, am, pm)| ReadingRow {
                day: add_days(ctx.cal.day(ctx.now), -ago),
                temp_am: *am,
                temp_pm: *pm,
                site: None,
                superseded: false,
                ..like.clone()
            })
            .collect();
        let lines = curve(&dossier, &ctx).into_iter().map(|line| line.text).collect();
        (lines, points(&dossier, &ctx).len())
    }

    #[test]
    fn each_reading_stands_on_its_line_and_day_and_a_fever_above_the_dashes() {
        let (lines, n) = drawn(&[(0, Some(366), Some(381)), (13, Some(362), None), (14, Some(400), None)]);
        assert_eq!(n, 3, "what is older than a fortnight is not counted");
        let at = |label: &str| lines.iter().position(|line| line.trim_start().starts_with(label)).unwrap();
        assert!(at("37.5") < at("37.3") && at("37.3") < at("37.0"));
        let cell = |label: &str, column: usize| lines[at(label)].chars().nth(6 + column);
        assert_eq!(cell("36.5", 13 * DAY), Some('o'), "{lines:#?}");
        assert_eq!(cell("38.0", 13 * DAY + 2), Some('*'), "{lines:#?}");
        assert_eq!(cell("36.0", 0), Some('o'), "{lines:#?}");
        let drawn = &lines[..lines.len() - 1];
        assert_eq!(drawn.iter().filter(|line| line.contains('o')).count(), 2, "{lines:#?}");
        assert!(lines.iter().all(|line| line.chars().count() <= 76), "{lines:#?}");
    }

    #[test]
    fn what_was_not_measured_is_not_drawn_and_what_is_off_the_scale_stands_at_its_end() {
        assert!(drawn(&[(2, None, None)]).0.is_empty());
        let (lines, _) = drawn(&[(1, Some(412), Some(341))]);
        assert!(lines[0].contains("39.0") && lines[0].contains('*'), "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains("35.5") && line.contains('o')), "{lines:#?}");
    }
}
