//! All that is known of the row with the cursor: below the board, or beside a list where there is room.

use super::paint::{boxed, write};
use super::text::{clean, cut, width, wrap_words};
use super::theme::Theme;
use crate::app::State;
use crate::app::shown::table::List;
use crate::i18n::screen as say;
use ratatui::Frame;
use ratatui::layout::Rect;

/// From so many lines on each value stands on lines of its own.
const UPRIGHT: u16 = 8;

/// Columns in which a value that is cut still says something.
const LEAST: u16 = 20;

/// Draws it in a box.
pub fn draw(frame: &mut Frame, area: Rect, state: &State, list: &dyn List) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let inner = boxed(frame, area, &format!(" {} ", say::SELECTED.get(ctx.lang)), false, theme);
    let all = list.told(&ctx);
    if inner.height >= UPRIGHT {
        return upright(frame, inner, &all, theme);
    }
    let (mut x, mut y) = (inner.x, inner.y);
    for (title, cell) in all {
        let text = clean(cell.text.trim(), theme.widths);
        let wide = (width(title) + 1 + width(&text)) as u16;
        // What stands last is cut before it is left out.
        let last = y + 1 >= inner.bottom() && x + width(title) as u16 + LEAST <= inner.right();
        if x > inner.x && x + wide > inner.right() && !last {
            (x, y) = (inner.x, y + 1);
        }
        if y >= inner.bottom() {
            return;
        }
        let line = Rect { y, height: 1, ..inner };
        x += write(frame, line, x, y, &format!("{title} "), theme.dim(), theme);
        let room = usize::from(inner.right().saturating_sub(x));
        x += write(frame, line, x, y, &cut(&text, room, theme.ascii), theme.mood(cell.mood), theme) + 3;
    }
}

fn upright(frame: &mut Frame, inner: Rect, all: &[(&str, crate::app::shown::column::Cell)], theme: Theme) {
    let label = all.iter().map(|(title, _)| width(title)).max().unwrap_or(0) as u16 + 1;
    let mut y = inner.y;
    for (title, cell) in all {
        let text = clean(cell.text.trim(), theme.widths);
        for (n, part) in wrap_words(&text, usize::from(inner.width.saturating_sub(label))).iter().enumerate()
        {
            if y >= inner.bottom() {
                return;
            }
            let line = Rect { y, height: 1, ..inner };
            if n == 0 {
                write(frame, line, inner.x, y, title, theme.dim(), theme);
            }
            write(frame, line, inner.x + label, y, part, theme.mood(cell.mood), theme);
            y += 1;
        }
    }
}
