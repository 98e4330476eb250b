//! The few strokes everything is drawn with.

use super::text::{clean, cut, width};
use super::theme::Theme;
use crate::app::shown::widths::Widths;
use crate::domain::text::is_hidden;
use crate::i18n::screen as say;
use crate::say::Lang;
use ratatui::Frame;
use ratatui::buffer::CellDiffOption;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, Clear, Widget};

/// Writes a text on one line of an area, cut to it; returns how many columns it took. The text is made safe.
pub fn write(frame: &mut Frame, area: Rect, x: u16, y: u16, text: &str, style: Style, theme: Theme) -> u16 {
    // A layout for more room than there is reaches over the edge: what stands beyond is not drawn.
    let area = area.intersection(frame.area());
    if x < area.x || x >= area.right() || y >= area.bottom() || y < area.y {
        return 0;
    }
    let room = usize::from(area.right() - x);
    let text = clean(text, theme.widths);
    let text = cut(&text, room, theme.ascii);
    frame.buffer_mut().set_stringn(x, y, &text, room, style);
    width(&text) as u16
}

/// Shows in every cell, instead of what nobody can see or what moves its neighbours, a sign that it is there.
pub fn make_safe(frame: &mut Frame, widths: Widths) {
    for cell in &mut frame.buffer_mut().content {
        let symbol = cell.symbol();
        if symbol.is_ascii() && symbol.len() == 1 && !symbol.starts_with(|c: char| c.is_control()) {
            continue;
        }
        // What was laid out without asking how wide it is drawn: a letter has a plain one, nothing else has room.
        let other = symbol.chars().next().and_then(|c| widths.instead(c));
        if let Some(other) = other.filter(|other| other.len() == 1) {
            cell.set_symbol(&other);
        } else if symbol.chars().any(|c| c.is_control() || is_hidden(c) || widths.instead(c).is_some()) {
            // The sign takes the columns that the cell took.
            cell.set_symbol(if width(symbol) > 1 { "??" } else { "?" });
        }
    }
}

/// Dims everything that is drawn so far but the rows that are `kept`, and marks it, so that what is drawn above it can be
/// told from it.
pub fn veil(frame: &mut Frame, kept: &[Rect], theme: Theme) {
    let buffer = frame.buffer_mut();
    for at in buffer.area.positions() {
        let cell = &mut buffer[at];
        cell.set_diff_option(CellDiffOption::Skip);
        if !kept.iter().any(|rect| rect.contains(at)) {
            theme.veil(cell);
        }
    }
}

/// Where what is selected begins within an area, in what was drawn since [`veil`], which ends; else where that begins.
pub fn selected(frame: &mut Frame, area: Rect) -> Position {
    let buffer = frame.buffer_mut();
    let (mut first, mut chosen) = (None, None);
    for at in area.intersection(buffer.area).positions() {
        let cell = &buffer[at];
        if cell.diff_option == CellDiffOption::Skip {
            continue;
        }
        first = first.or(Some(at));
        if cell.modifier.contains(Modifier::REVERSED) {
            chosen = Some(at);
            break;
        }
    }
    for cell in &mut buffer.content {
        cell.set_diff_option(CellDiffOption::None);
    }
    chosen.or(first).unwrap_or(area.as_position())
}

/// Fills one line of an area with a style.
pub fn fill(frame: &mut Frame, area: Rect, y: u16, style: Style) {
    if y >= area.y && y < area.bottom() {
        frame.buffer_mut().set_style(Rect { y, height: 1, ..area }, style);
    }
}

/// A box with a title on its border; returns what is inside.
pub fn boxed(frame: &mut Frame, area: Rect, title: &str, focused: bool, theme: Theme) -> Rect {
    let block = Block::bordered().border_set(theme.border_set()).border_style(theme.border(focused));
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    if area.width > 4 && area.height > 0 {
        let edge = Rect { x: area.x + 2, y: area.y, width: area.width - 4, height: 1 };
        write(frame, edge, edge.x, edge.y, title, if focused { theme.strong() } else { Style::new() }, theme);
    }
    inner
}

/// How many lines are below what is seen in a box, on its lower edge; nothing where there are none.
pub fn lines_below(frame: &mut Frame, area: Rect, below: usize, lang: Lang, theme: Theme) {
    if below == 0 || area.height == 0 {
        return;
    }
    let edge = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width.saturating_sub(4), height: 1 };
    let text = format!(" {} ", say::rows_below(below).get(lang));
    let wide = (width(&text) as u16).min(edge.width);
    write(frame, edge, edge.right() - wide, edge.y, &text, theme.on_edge(), theme);
}

/// A box above everything else; returns what is inside.
///
/// A wide character whose right half would lie under the left edge is blanked first: the terminal draws both
/// halves of it, and the border would be lost.
pub fn popup(frame: &mut Frame, area: Rect, title: &str, theme: Theme) -> Rect {
    let whole = frame.area();
    let area = area.intersection(whole);
    if area.x > whole.x && !area.is_empty() {
        let buffer = frame.buffer_mut();
        for y in area.y..area.bottom() {
            let cell = &mut buffer[(area.x - 1, y)];
            if width(cell.symbol()) > 1 {
                cell.set_symbol(" ");
            }
        }
    }
    Clear.render(area, frame.buffer_mut());
    let inner = boxed(frame, area, title, true, theme);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    #[test]
    fn nothing_hidden_reaches_the_terminal_whoever_draws_it() {
        let mut terminal = Terminal::new(TestBackend::new(12, 2)).unwrap();
        terminal
            .draw(|frame| {
                let odd = ["甲\u{202e}乙", "c\u{e0041}d\u{1b}[2J\u{9b}"];
                frame.render_widget(ratatui::widgets::Paragraph::new(odd.join("\n")), frame.area());
                make_safe(frame, Widths::default());
            })
            .unwrap();
        let shown: String =
            terminal.backend().buffer().content().iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(!shown.chars().any(|c| c.is_control() || is_hidden(c)), "{shown:?}");
        assert!(shown.contains('乙') && shown.contains('?'), "{shown:?}");
    }

    #[test]
    fn nothing_is_drawn_beyond_the_edge() {
        let mut terminal = Terminal::new(TestBackend::new(10, 4)).unwrap();
        let theme = Theme::of(&crate::app::State::new(
            Lang::En,
            false,
            crate::app::shown::shades::Shades::default(),
            crate::domain::time::Ts(0),
            crate::domain::office::Settings::new("x").calendar,
        ));
        for area in [Rect::new(12, 1, 20, 2), Rect::new(4, 1, 60, 20), Rect::new(0, 9, 10, 1)] {
            terminal
                .draw(|frame| {
                    write(frame, area, 13, 1, "over", Style::new(), theme);
                    write(frame, area, area.x, area.y, "at the edge and over", Style::new(), theme);
                    fill(frame, area, area.y, Style::new());
                    popup(frame, area, "title", theme);
                })
                .unwrap();
        }
    }
}
