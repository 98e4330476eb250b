//! The report screen, who is behind a figure, what was told, and the spoken report.

use super::paint::{boxed, popup, write};
use super::table::{Titles, draw};
use super::text::{cut, wrap};
use super::theme::Theme;
use crate::app::grid::{Grid, Piece};
use crate::app::state::{BehindPage, SpokenBox, ToldPage};
use crate::app::{State, layout};
use crate::i18n::{figures as say, screen};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The report screen.
pub fn screen(frame: &mut Frame, area: Rect, state: &State) {
    let theme = Theme::of(state);
    let title = state.report.title(state.calendar, state.lang);
    let inner = boxed(frame, area, &format!(" {title} "), true, theme);
    let report = &state.report;
    if let Some(error) = &report.error {
        let text = super::text::clean(error.get(state.lang), theme.ascii);
        for (y, line) in (inner.y..inner.bottom()).zip(wrap(&text, usize::from(inner.width))) {
            write(frame, inner, inner.x, y, &line, theme.mood(crate::app::table::Mood::Bad), theme);
        }
        return;
    }
    if report.data.is_none() {
        write(frame, inner, inner.x, inner.y, screen::LOADING.get(state.lang), theme.dim(), theme);
        return;
    }
    grid(frame, inner, &report.grid, theme);
}

fn grid(frame: &mut Frame, area: Rect, grid: &Grid, theme: Theme) {
    let lines = grid.lines(usize::from(area.width));
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(grid.scroll)) {
        for piece in line {
            let text = cut(&piece.text, piece.room, theme.ascii);
            let x = area.x + u16::try_from(piece.x).unwrap_or(u16::MAX);
            write(frame, area, x, y, &text, style(piece, grid, theme), theme);
        }
    }
}

fn style(piece: &Piece, grid: &Grid, theme: Theme) -> Style {
    let mut style = theme.mood(piece.mood);
    if piece.strong {
        style = style.patch(theme.strong());
    }
    if piece.at == Some(grid.at) {
        style = style.patch(theme.selected());
    }
    style
}

/// Who or what is behind a figure.
pub fn behind(frame: &mut Frame, area: Rect, state: &State, page: &BehindPage) {
    let title = format!(" {} ", page.title.get(state.lang));
    let titles = Titles { title: title.trim(), empty: screen::EMPTY, focused: true };
    if page.of_units() {
        draw(frame, area, state, &page.units, titles);
    } else {
        draw(frame, area, state, &page.people, titles);
    }
}
