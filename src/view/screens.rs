//! The screens behind the digits.

use super::board::sparkline;
use super::paint::{boxed, lines_below, write};
use super::table::{Titles, draw};
use super::text::{width, wrap, wrap_words};
use super::theme::Theme;
use super::titles::title;
use crate::app::State;
use crate::app::handover;
use crate::app::layout::{asked, rows_in};
use crate::app::shown::column::Mood;
use crate::app::shown::home::Home;
use crate::app::shown::lines::TextLine;
use crate::app::shown::rows::{behind_by_day, doubt_told};
use crate::app::shown::state::Layer;
use crate::i18n::{keys, screen as say};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the page that is seen: the topmost page, else the screen.
pub fn body(frame: &mut Frame, area: Rect, state: &State) {
    match state.page() {
        Some(page) => super::page::draw_page(frame, area, state, page),
        None => home(frame, area, state),
    }
}

fn home(frame: &mut Frame, area: Rect, state: &State) {
    let screen = state.home.screen();
    match (state.home, screen.list(&state.tables)) {
        (Home::Board, _) => super::board::draw(frame, state),
        (Home::Handover, _) => handover_screen(frame, area, state),
        (Home::Sitrep, _) => super::report::screen(frame, area, state),
        (Home::Doubts, Some(list)) => {
            let (area, below) = asked(area);
            let title = title(state, screen);
            draw(
                frame,
                area,
                state,
                list,
                Titles { title: &title, empty: screen.empty, focused: true, told: true },
            );
            question(frame, below, state);
        }
        (_, Some(list)) => {
            let title = title(state, screen);
            let (area, detail) = state.listed(area);
            let told = detail.is_some();
            draw(
                frame,
                area,
                state,
                list,
                Titles { title: &title, empty: screen.empty, focused: true, told },
            );
            if state.home == Home::Units {
                month(frame, area, &title, state);
            }
            if let Some(detail) = detail {
                super::told::draw(frame, detail, state, list, rows_in(area));
            }
        }
        (_, None) => {}
    }
}

/// What is asked about the selected doubt: the question, both values, whom to phone.
fn question(frame: &mut Frame, area: Rect, state: &State) {
    let theme = Theme::of(state);
    let inner = boxed(frame, area, &format!(" {} ", say::SELECTED.get(state.lang)), false, theme);
    if let Some(row) = state.tables.doubts.current() {
        text_lines(frame, inner, &doubt_told(row, &state.ctx()), 0, theme);
    }
}

/// How the whole school's reports fared in the last thirty days, on the edge of the units, where the title leaves room.
fn month(frame: &mut Frame, area: Rect, title: &str, state: &State) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let days = behind_by_day(state.tables.units.rows());
    let Some(today) = days.last() else { return };
    let text = say::school_month(sparkline(&days, theme), today);
    let text = format!(" {} ", text.get(lang));
    let wide = width(&text) as u16;
    // The title with its count stands at the left.
    let taken = width(title) as u16 + 16;
    let at = area.right().saturating_sub(wide + 2);
    if at >= area.x + taken {
        write(frame, Rect { height: 1, ..area }, at, area.y, &text, theme.on_edge(), theme);
    }
}

fn handover_screen(frame: &mut Frame, area: Rect, state: &State) {
    let theme = Theme::of(state);
    let inner = boxed(frame, area, &format!(" {} ", keys::HANDOVER.get(state.lang)), true, theme);
    if let Some(summary) = &state.summary {
        let first = state.summary_scroll;
        let sight = first..first + usize::from(inner.height);
        let lines = handover::lines(summary, &state.ctx(), sight);
        let whole = text_lines(frame, inner, &lines, 0, theme);
        let below = handover::count(summary, &state.ctx()).saturating_sub(first + whole);
        lines_below(frame, area, below, state.lang, theme);
    } else {
        let word = if state.status.shift.is_some() { say::LOADING } else { say::HANDOVER_NONE };
        write(frame, inner, inner.x, inner.y, word.get(state.lang), theme.dim(), theme);
    }
}

/// Lines to read, from the first one shown; long ones are wrapped. Returns how many were shown whole.
pub(super) fn text_lines(
    frame: &mut Frame,
    area: Rect,
    lines: &[TextLine],
    scroll: usize,
    theme: Theme,
) -> usize {
    let (mut y, mut whole) = (area.y, 0);
    for line in lines.iter().skip(scroll) {
        let style = if line.head { theme.strong() } else { theme.mood(line.mood) };
        let text = super::text::clean(&line.text, theme.widths);
        for part in wrap_words(&text, usize::from(area.width)) {
            if y >= area.bottom() {
                return whole;
            }
            write(frame, area, area.x, y, &part, style, theme);
            y += 1;
        }
        whole += 1;
    }
    whole
}

/// The terminal is too small to work on.
pub fn too_small(frame: &mut Frame, state: &State) {
    let theme = Theme::of(state);
    let area = frame.area();
    // The question of leaving has no room of its own here.
    let asked = matches!(state.layers.last(), Some(Layer::Quit { .. }));
    let words = if asked { say::QUIT_SMALL } else { say::TOO_SMALL };
    for (line, part) in wrap(words.get(state.lang), usize::from(area.width)).iter().enumerate() {
        write(frame, area, area.x, area.y + line as u16, part, theme.mood(Mood::Warn), theme);
    }
}
