//! A person's temperatures of the last fortnight as a picture of plain characters.

use super::column::{Ctx, Mood};
use super::lines::TextLine;
use super::rows::when;
use crate::domain::report::{Site, degrees};
use crate::domain::rules::Rules;
use crate::domain::time::{Ts, add_days, brief_day, day_number};
use crate::i18n::beside as halves;
use crate::i18n::screen as say;
use crate::store::query::rows::Dossier;
use chrono::NaiveDate;

/// How many days it shows.
const DAYS: usize = 14;
/// What is drawn whether anybody had it or not, and what is drawn at most, tenths of a degree.
const USUAL: (i16, i16) = (363, 376);
const MOST: (i16, i16) = (350, 410);
/// Where there is no fever to count from.
const BASE: i16 = 373;
/// Lines below the temperatures: the days, the key.
const FOOT: usize = 2;
/// Columns of a day: morning, afternoon. Where there is less room there are fewer.
const DAY: usize = 4;
/// Columns before the first day.
const BEFORE: usize = 6;

/// A temperature: of which day, before noon or after, whether it is a fever where it was taken.
struct Point {
    day: NaiveDate,
    half: usize,
    /// When, where that is known: of a call.
    at: Option<Ts>,
    tenths: i16,
    fever: bool,
}

/// Temperatures of the last fortnight, from reports in force and from calls.
fn points(d: &Dossier, ctx: &Ctx) -> Vec<Point> {
    let point = |day, half, at, tenths, site: Option<Site>| {
        let fever = Rules::builtin().is_fever(tenths, site, day);
        Point { day, half, at, tenths, fever }
    };
    let sheets = d.readings.iter().filter(|reading| !reading.superseded);
    let sheets = sheets.flat_map(|r| {
        [r.temp_am, r.temp_pm].into_iter().enumerate().map(move |(half, temp)| (r.day, half, temp, r.site))
    });
    let sheets = sheets.filter_map(|(day, half, temp, site)| Some(point(day, half, None, temp?, site)));
    let calls = d.calls.iter().filter_map(|call| {
        let local = ctx.cal.local(call.at);
        let half = usize::from(chrono::Timelike::hour(&local) >= 12);
        Some(point(ctx.cal.day(call.at), half, Some(call.at), call.temp?, call.site))
    });
    let first = add_days(ctx.cal.day(ctx.now), 1 - DAYS as i64);
    sheets.chain(calls).filter(|point| point.day >= first).collect()
}

/// The temperatures of the lines, from above, and how far they are apart: a tenth where so many lines are enough for all,
/// else two. One of them is `from`.
fn scale(points: &[Point], from: i16, lines: usize) -> (Vec<i16>, i16) {
    let all = || points.iter().map(|point| point.tenths.clamp(MOST.0, MOST.1));
    let low = all().min().unwrap_or(USUAL.0).min(USUAL.0);
    let high = all().max().unwrap_or(USUAL.1).max(USUAL.1);
    let step = if usize::from((high - low).unsigned_abs()) < lines { 1 } else { 2 };
    let (below, above) = ((low - from).div_euclid(step), (high - from + step - 1).div_euclid(step));
    ((below..=above).rev().map(|n| from + n * step).collect(), step)
}

/// The picture: a tenth or two of a degree a line, dashes on that where a fever begins, a letter for each reading;
/// nothing where nothing was measured. All of it has room in so many lines, or the lines are two tenths apart.
pub(in crate::app) fn curve(d: &Dossier, ctx: &Ctx, lines: usize) -> Vec<TextLine> {
    let mut out = drawn(d, ctx, lines, DAY);
    if !out.is_empty() {
        let today = ctx.cal.day(ctx.now);
        let first = add_days(today, 1 - DAYS as i64);
        let key = say::curve_key(first.format("%m-%d"), today.format("%m-%d"));
        out.push(TextLine::new(format!("      {}", key.get(ctx.lang)), Mood::Dim));
    }
    out
}

/// The same without its key, in so many columns.
pub(in crate::app) fn curve_in(d: &Dossier, ctx: &Ctx, lines: usize, wide: usize) -> Vec<TextLine> {
    // What a line says of a fever stands behind the days.
    let day = (wide.saturating_sub(BEFORE + say::FEVER.get(ctx.lang).len()) / DAYS).min(DAY);
    if day < 3 { Vec::new() } else { drawn(d, ctx, lines, day) }
}

/// The last temperature: as it is said, and when it was taken.
pub(in crate::app) fn last_point(d: &Dossier, ctx: &Ctx) -> Option<(String, String, Mood)> {
    let last = points(d, ctx).into_iter().max_by_key(|point| (point.day, point.half, point.at))?;
    let of_a_sheet = || {
        let half = if last.half == 0 { halves::MORNING } else { halves::AFTERNOON };
        format!("{} {}", brief_day(last.day, ctx.cal.date(ctx.now)), half.get(ctx.lang))
    };
    let at = last.at.map_or_else(of_a_sheet, |at| when(at, ctx));
    let mood = if last.fever { Mood::Bad } else { Mood::Plain };
    let said = if last.fever { format!(" {}", say::FEVER.get(ctx.lang)) } else { String::new() };
    Some((format!("{}{said}", degrees(last.tenths)), at, mood))
}

fn drawn(d: &Dossier, ctx: &Ctx, lines: usize, wide: usize) -> Vec<TextLine> {
    let points = points(d, ctx);
    if points.is_empty() {
        return Vec::new();
    }
    let today = ctx.cal.day(ctx.now);
    let first = add_days(today, 1 - DAYS as i64);
    let fever = Rules::builtin().fever(None, today);
    let from = fever.unwrap_or(BASE);
    let (scale, step) = scale(&points, from, lines.saturating_sub(FOOT));
    let mut out = Vec::new();
    for line in &scale {
        let dashed = fever == Some(*line);
        let blank = |at: usize| if dashed && at.is_multiple_of(2) { '-' } else { ' ' };
        let mut cells: Vec<char> = (0..DAYS * wide).map(blank).collect();
        let mut mood = if dashed { Mood::Warn } else { Mood::Plain };
        for point in points.iter().filter(|point| nearest(point.tenths, from, step, &scale) == *line) {
            let at = (day_number(point.day) - day_number(first)) as usize * wide + point.half * (wide / 2);
            let Some(cell) = cells.get_mut(at) else { continue };
            if point.fever {
                *cell = '*';
                mood = Mood::Bad;
            } else if *cell != '*' {
                *cell = 'o';
            }
        }
        let cells: String = cells.into_iter().collect();
        let said = if dashed { say::FEVER.get(ctx.lang) } else { "" };
        let text = format!("{:>5} {cells}{said}", degrees(*line));
        out.push(TextLine::new(text.trim_end(), mood));
    }
    let days = (0..DAYS as i64).map(|n| format!("{:<wide$}", add_days(first, n).format("%d")));
    out.push(TextLine::new(format!("      {}", days.collect::<String>().trim_end()), Mood::Dim));
    out
}

/// The line on which a temperature stands: of two that are as near the lower one, so that nothing below a fever stands
/// on its line.
fn nearest(tenths: i16, from: i16, step: i16, scale: &[i16]) -> i16 {
    let (top, low) = (scale[0], scale[scale.len() - 1]);
    (from + (tenths - from + (step - 1) / 2).div_euclid(step) * step).clamp(low, top)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{self, Desk};
    use crate::say::Lang;
    use crate::store::query::rows::ReadingRow;

    fn drawn(temps: &[(i64, Option<i16>, Option<i16>)], high: usize) -> (Vec<String>, usize) {
        let desk = Desk::new(Lang::Zh, 80, 24);
        let ctx = desk.state.ctx();
        let mut dossier = fixture::dossier();
        let like = dossier.readings[0].clone();
        dossier.calls.clear();
        dossier.readings = temps
            .iter()
            .map(|(ago, am, pm)| ReadingRow {
                unit: crate::domain::ids::UnitId(uuid::Uuid::nil()),
                op: crate::domain::ids::OpRef { desk: crate::domain::ids::DeskId(uuid::Uuid::nil()), seq: 1 },
                day: add_days(ctx.cal.day(ctx.now), -ago),
                temp_am: *am,
                temp_pm: *pm,
                site: None,
                superseded: false,
                ..like.clone()
            })
            .collect();
        let lines = curve(&dossier, &ctx, high).into_iter().map(|line| line.text).collect();
        (lines, points(&dossier, &ctx).len())
    }

    /// On which line of the picture a mark of a day stands.
    fn at(lines: &[String], day: usize, half: usize) -> Option<(String, char)> {
        let found = lines.iter().filter_map(|line| {
            let cell = line.chars().nth(6 + day * DAY + half * 2)?;
            "o*".contains(cell).then(|| (line[..5].trim().to_owned(), cell))
        });
        found.into_iter().next()
    }

    #[test]
    fn each_reading_stands_on_the_line_nearest_to_it_and_a_fever_where_it_begins() {
        let readings = [
            (0, Some(366), Some(381)),
            (1, Some(373), Some(372)),
            (2, Some(374), None),
            (13, Some(362), None),
            (14, Some(400), None),
        ];
        let (fine, n) = drawn(&readings, 40);
        assert_eq!(n, 6, "what is older than a fortnight is not counted");
        for (day, half, line) in [
            (13, 0, ("36.6", 'o')),
            (13, 1, ("38.1", '*')),
            (12, 0, ("37.3", '*')),
            (12, 1, ("37.2", 'o')),
            (11, 0, ("37.4", '*')),
            (0, 0, ("36.2", 'o')),
        ] {
            assert_eq!(at(&fine, day, half), Some((line.0.to_owned(), line.1)), "{fine:#?}");
        }
        // In few lines two tenths are one line: never half a degree, and nothing below a fever on its line.
        let (rough, _) = drawn(&readings, 12);
        assert!(rough.len() < fine.len());
        for (day, half, line) in [
            (13, 0, "36.5"),
            (13, 1, "38.1"),
            (12, 0, "37.3"),
            (12, 1, "37.1"),
            (11, 0, "37.3"),
            (0, 0, "36.1"),
        ] {
            assert_eq!(at(&rough, day, half).map(|(line, _)| line).as_deref(), Some(line), "{rough:#?}");
        }
        for lines in [&fine, &rough] {
            let dashed: Vec<&String> = lines.iter().filter(|line| line.contains("- - -")).collect();
            assert!(dashed.len() == 1 && dashed[0].starts_with(" 37.3 "), "{lines:#?}");
            assert!(lines.iter().all(|line| line.chars().count() <= 76), "{lines:#?}");
        }
    }

    #[test]
    fn what_was_not_measured_is_not_drawn_and_what_is_off_the_scale_stands_at_its_end() {
        assert!(drawn(&[(2, None, None)], 20).0.is_empty());
        let (lines, _) = drawn(&[(1, Some(425), Some(341))], 20);
        assert!(lines[0].contains("41.1") && lines[0].contains('*'), "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains("34.9") && line.contains('o')), "{lines:#?}");
    }
}
