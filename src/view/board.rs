//! The board: what is owed, what is due, who is looked after, and how the whole school fares, at one glance.

use super::paint::{boxed, write};
use super::table::{Titles, draw_in, draw_ruled};
use super::text::width;
use super::theme::Theme;
use super::titles::title;
use crate::app::State;
use crate::app::shown::column::Mood;
use crate::app::shown::home::{Board, Home};
use crate::i18n::common;
use crate::i18n::screen as say;
use crate::say::{Say, Word};
use crate::store::query::rows::{DayFigures, Trends};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the board.
pub fn draw(frame: &mut Frame, state: &State) {
    let (areas, theme) = (state.board_areas(), Theme::of(state));
    for (at, (home, list)) in Board::BOXES.into_iter().zip(state.board.lists()).enumerate() {
        let (area, rows) = (areas.lists[at], areas.rows_in(at));
        let screen = home.screen();
        let name = title(state, screen);
        let focused = at == state.board.focus;
        let titles = Titles { title: &name, empty: screen.empty, focused, told: areas.selected.is_some() };
        if areas.rules {
            draw_ruled(frame, area, rows, state, list, titles);
        } else {
            draw_in(frame, area, rows, state, list, titles);
        }
    }
    if let Some(force) = &state.status.force {
        gauge(frame, areas.lists[0], &title(state, Home::Outstanding.screen()), force, state, theme);
        if let Some(line) = areas.foot() {
            let came = say::came(force.received, force.zero, force.late);
            write(frame, line, line.x, line.y, came.get(state.lang), theme.mood(Mood::Good), theme);
        }
    }
    if let Some(area) = areas.trends {
        trends(frame, area, state, theme);
    }
    if let (Some(area), Some(list)) = (areas.selected, state.list()) {
        super::told::draw(frame, area, state, list, areas.rows_in(state.board.place()));
    }
}

/// How many of the units have reported, on the edge of what is owed, where its title leaves room.
fn gauge(frame: &mut Frame, area: Rect, title: &str, of: &DayFigures, state: &State, theme: Theme) {
    const COLUMNS: u32 = 18;
    if of.expected == 0 {
        return;
    }
    let full = of.received * COLUMNS / of.expected;
    let (on, off) = if theme.ascii { ("#", ".") } else { ("█", "░") };
    let bar = on.repeat(full as usize) + &off.repeat((COLUMNS - full) as usize);
    let text = format!(" {}/{} {bar} {}% ", of.received, of.expected, of.received * 100 / of.expected);
    let wide = width(&text) as u16;
    // The title with its count stands at the left, what is below at the right where there are no boxes.
    let taken = width(title) as u16 + 16;
    let right = area.right().saturating_sub(2);
    let at = right.saturating_sub(wide + u16::from(state.board_areas().rules) * 12);
    if at < area.x + taken {
        return;
    }
    let edge = Rect { height: 1, ..area };
    let mood = if of.missing == 0 { Mood::Good } else { Mood::Warn };
    write(frame, edge, at, area.y, &text, theme.mood(mood), theme);
}

/// A row of figures as columns, the highest of them full.
pub(super) fn sparkline(all: &[u32], theme: Theme) -> String {
    let most = all.iter().copied().max().unwrap_or(0).max(1);
    let bar = |n: &u32| {
        // Few are not none.
        let least = if theme.ascii { 1 } else { 2 };
        let level = if *n == 0 { 0 } else { (n * 8).div_ceil(most).clamp(least, 8) };
        match (level, theme.ascii) {
            (0, true) => '.',
            (0, false) => '\u{2581}',
            (level, true) => char::from_digit(level, 10).unwrap_or('8'),
            (level, false) => char::from_u32(0x2580 + level).unwrap_or('\u{2588}'),
        }
    };
    all.iter().map(bar).collect()
}

/// How the school fares: a fortnight of figures with how today differs from yesterday, and what is to be done.
fn trends(frame: &mut Frame, area: Rect, state: &State, theme: Theme) {
    let lang = state.lang;
    let since = state
        .board
        .trends
        .as_ref()
        .map_or_else(String::new, |found| say::since(found.first.format("%m-%d")).get(lang).to_owned());
    let inner = boxed(frame, area, &format!(" {} {since}", say::TRENDS.get(lang)), false, theme);
    let Some(found) = &state.board.trends else {
        write(frame, inner, inner.x, inner.y, say::LOADING.get(lang), theme.dim(), theme);
        return;
    };
    let mut y = inner.y;
    for (title, all) in series(found) {
        let label = title.get(lang);
        // What counts each day by itself is not fewer than the day before until the day is over.
        let is_of_day = title != common::CASES;
        let unknown = title == say::T_FEVER && !found.begun;
        let now = all.last().copied().unwrap_or(0);
        let before = all.len().checked_sub(2).and_then(|at| all.get(at)).copied().unwrap_or(0);
        let change = i64::from(now) - i64::from(before);
        let mut x = inner.x;
        x += write(frame, inner, x, y, label, theme.dim(), theme).max(6) + 1;
        let shown = if unknown { format!("{:>4}", "?") } else { format!("{now:>4}") };
        write(frame, inner, x, y, &shown, theme.strong(), theme);
        x += 6;
        let bars = match all.split_last() {
            // What nobody knows yet is no bar, and not none.
            Some((_, known)) if unknown => sparkline(known, theme) + "?",
            _ => sparkline(all, theme),
        };
        x += write(frame, inner, x, y, &bars, theme.mood(Mood::Plain), theme) + 2;
        if change > 0 || change < 0 && !is_of_day {
            write(frame, inner, x, y, &format!("{change:+}"), theme.mood(Mood::Warn), theme);
        }
        y += 1;
    }
    for (said, mood) in to_do(state) {
        if y >= inner.bottom() {
            break;
        }
        write(frame, inner, inner.x, y, said.get(lang), theme.mood(mood), theme);
        y += 1;
    }
}

fn series(trends: &Trends) -> [(Word, &[u32]); 3] {
    [(common::CASES, &trends.open), (say::T_NEW, &trends.opened), (say::T_FEVER, &trends.fevers)]
}

/// What is to be done in the whole school; nothing where there is nothing of it.
fn to_do(state: &State) -> Vec<(Say, Mood)> {
    let s = &state.status;
    let bad = |n: u32| if n > 0 { Mood::Bad } else { Mood::Plain };
    let mut out = Vec::new();
    if s.due_release > 0 {
        out.push((say::t_release(s.due_release), Mood::Warn));
    }
    if s.slots_missed + s.slots_open > 0 {
        out.push((say::t_slots(s.slots_missed, s.slots_open), bad(s.slots_missed)));
    }
    if s.promises > 0 {
        out.push((say::t_promises(s.promises, s.promises_overdue), bad(s.promises_overdue)));
    }
    out
}
