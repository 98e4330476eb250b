//! The report screen, who is behind a figure, what was told, and the spoken report.

use super::paint::{boxed, lines_below, popup, write};
use super::text::{cut, wrap};
use super::theme::Theme;
use crate::app::shown::grid::{Grid, Piece};
use crate::app::shown::state::SpokenBox;
use crate::app::{State, layout};
use crate::i18n::screen;
use crate::i18n::sitrep as say;
use crate::paper::block::{Span, plain};
use crate::paper::lines::wrap as words;
use crate::say::Say;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How wide the spoken report is.
const SPOKEN_WIDTH: u16 = 76;

/// The report screen.
pub fn screen(frame: &mut Frame, area: Rect, state: &State) {
    let theme = Theme::of(state);
    let title = state.report.title(state.calendar, state.lang);
    let inner = boxed(frame, area, &format!(" {title} "), true, theme);
    let report = &state.report;
    if let Some(error) = &report.error {
        let text = super::text::clean(error.get(state.lang), theme.widths);
        for (y, line) in (inner.y..inner.bottom()).zip(wrap(&text, usize::from(inner.width))) {
            write(frame, inner, inner.x, y, &line, theme.mood(crate::app::shown::column::Mood::Bad), theme);
        }
        return;
    }
    if report.data.is_none() {
        write(frame, inner, inner.x, inner.y, screen::LOADING.get(state.lang), theme.dim(), theme);
        return;
    }
    grid(frame, inner, &report.grid, theme);
    let lines = report.grid.lines(usize::from(inner.width)).len();
    let below = lines.saturating_sub(report.grid.scroll + usize::from(inner.height));
    lines_below(frame, area, below, state.lang, theme);
}

fn grid(frame: &mut Frame, area: Rect, grid: &Grid, theme: Theme) {
    let width = usize::from(area.width);
    let mut lines: Vec<_> =
        grid.lines(width).into_iter().skip(grid.scroll).take(usize::from(area.height)).collect();
    if let (Some(head), Some(first)) = (grid.head(width), lines.first_mut()) {
        *first = head;
    }
    for (y, line) in (area.y..area.bottom()).zip(&lines) {
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

/// The spoken report: its sentences, with room between them to be read aloud.
pub fn spoken(frame: &mut Frame, state: &State, spoken: &SpokenBox) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let width = usize::from(layout::dialog(state.size, SPOKEN_WIDTH, 3).width.saturating_sub(6));
    let clean = |say: &Say| super::text::clean(say.get(lang), theme.widths).into_owned();
    let mut lines: Vec<String> = Vec::new();
    for sentence in &spoken.sentences {
        // Words stay whole: it is read aloud. A closing mark may hang over.
        let broken = words(&[Span::plain(clean(sentence))], width.saturating_sub(2));
        lines.extend(broken.iter().map(|line| plain(line).trim().to_owned()));
        lines.push(String::new());
    }
    if let Some(error) = &spoken.error {
        lines = wrap(&clean(error), width);
    } else if lines.is_empty() {
        lines.push(say::COUNTING.get(lang).to_owned());
    }
    let high = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(3);
    let area = layout::dialog(state.size, SPOKEN_WIDTH, high);
    let inner = popup(frame, area, &format!(" {} ", say::SPOKEN_TITLE.get(lang)), theme);
    for (y, line) in (inner.y + 1..inner.bottom()).zip(&lines) {
        write(frame, inner, inner.x + 1, y, line, theme.strong(), theme);
    }
}
