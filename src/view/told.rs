//! What is known of the row with the cursor and is not read in the row itself: below the board, beside a list or below it.

use super::paint::{boxed, write};
use super::table::read_in;
use super::text::{clean, cut, width, wrap_words};
use super::theme::Theme;
use crate::app::State;
use crate::app::beside::{Block, Told, blocks, covers};
use crate::app::shown::table::List;
use crate::i18n::screen as say;
use crate::say::Word;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From so many lines on each value stands on lines of its own.
const UPRIGHT: u16 = 8;
/// From so many columns on there are two of them.
const TWO: u16 = 110;
/// Columns between two values on one line, and between two columns of them.
const GAP: usize = 3;

/// Draws it in a box; the list has its rows there.
pub fn draw(frame: &mut Frame, area: Rect, state: &State, list: &dyn List, rows: Rect) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let inner = boxed(frame, area, &format!(" {} ", say::SELECTED.get(ctx.lang)), false, theme);
    if inner.width < 4 || inner.height == 0 {
        return;
    }
    let (unread, read) = read_in(list, rows, state);
    let seen = |word: Word| read.contains(&word.get(ctx.lang));
    let two = inner.height >= UPRIGHT && inner.width >= TWO;
    let wide = if two { (usize::from(inner.width) - GAP) / 2 } else { usize::from(inner.width) };
    let mut all = blocks(state, list, &seen, (wide, usize::from(inner.height)));
    let covered: Vec<&str> = covers(list.beside()).iter().map(|word| word.get(ctx.lang)).collect();
    let unread = unread.into_iter().filter(|(title, _)| !covered.contains(title));
    let lines: Vec<Told> = unread.map(|(title, cell)| Told::named(title, cell)).collect();
    if !lines.is_empty() {
        all.insert(0, Block { lines, rank: 3, ..Block::default() });
    }
    if inner.height >= UPRIGHT {
        upright(frame, inner, &all, (wide, two), theme);
    } else {
        flowing(frame, inner, all, theme);
    }
}

/// A piece of a line: from which column, what, in which style.
type Piece = (usize, String, Style);

fn style_of(told: &Told, theme: Theme) -> Style {
    if told.head { theme.strong().patch(theme.mood(told.mood)) } else { theme.mood(told.mood) }
}

/// One value on as many lines as it takes.
fn wrapped(told: &Told, wide: usize, theme: Theme) -> Vec<Vec<Piece>> {
    let text = clean(told.text.trim_end(), theme.widths);
    let label = if told.label.is_empty() { 0 } else { width(&told.label) + 1 };
    let room = wide.saturating_sub(label).max(2);
    let mut out: Vec<Vec<Piece>> =
        wrap_words(&text, room).into_iter().map(|part| vec![(label, part, style_of(told, theme))]).collect();
    if let Some(first) = out.first_mut().filter(|_| label > 0) {
        first.insert(0, (0, told.label.clone(), theme.dim()));
    }
    out
}

/// Every value on lines of its own, in one column or two; what belongs together stands together.
fn upright(frame: &mut Frame, inner: Rect, all: &[Block], (wide, two): (usize, bool), theme: Theme) {
    let blocks: Vec<Vec<Vec<Piece>>> = all
        .iter()
        .map(|block| block.lines.iter().flat_map(|told| wrapped(told, wide, theme)).collect())
        .collect();
    let high = usize::from(inner.height);
    let taken: usize = blocks.iter().map(|block| block.len() + 1).sum();
    // The first column takes half of it, or as much as there is room for.
    let half = if two { taken.div_ceil(2).min(high) } else { taken };
    let (mut columns, mut used) = ([Vec::new(), Vec::new()], 0);
    for block in blocks {
        let at = usize::from(two && used > 0 && used + block.len() / 2 > half);
        used += block.len() + 1;
        if at == 1 {
            used = used.max(half + 1);
        }
        columns[at].push(block);
    }
    for (at, column) in columns.into_iter().enumerate() {
        let lines: usize = column.iter().map(Vec::len).sum();
        // A blank line between what belongs together, as far as there is room for all.
        let mut blanks = high.saturating_sub(lines);
        let (x, mut y) = (inner.x + (at * (wide + GAP)) as u16, inner.y);
        for (n, block) in column.into_iter().enumerate() {
            if n > 0 && blanks > 0 {
                blanks -= 1;
                y += 1;
            }
            for line in block {
                if y >= inner.bottom() {
                    break;
                }
                for (from, text, style) in line {
                    write(frame, inner, x + from as u16, y, &text, style, theme);
                }
                y += 1;
            }
        }
    }
}

/// One value behind the other on the few lines there are: what matters most first, the last that has room is cut.
fn flowing(frame: &mut Frame, inner: Rect, mut all: Vec<Block>, theme: Theme) {
    all.retain(|block| !block.picture);
    all.sort_by_key(|block| block.rank);
    let (mut x, mut y) = (0, inner.y);
    for told in all.iter().flat_map(|block| &block.lines) {
        let text = clean(told.text.trim(), theme.widths);
        let label = if told.label.is_empty() { 0 } else { width(&told.label) + 1 };
        let wide = usize::from(inner.width);
        if x > 0 && x + label + width(&text) > wide && y + 1 < inner.bottom() {
            (x, y) = (0, y + 1);
        }
        if y >= inner.bottom() || x + label >= wide {
            return;
        }
        let at = |x: usize| inner.x + x as u16;
        if label > 0 {
            write(frame, inner, at(x), y, &told.label, theme.dim(), theme);
            x += label;
        }
        let (style, mut left) = (style_of(told, theme), text.as_ref());
        while !left.is_empty() {
            let room = wide.saturating_sub(x);
            let first = if y + 1 < inner.bottom() {
                wrap_words(left, room).into_iter().next().unwrap_or_default()
            } else {
                cut(left, room, theme.ascii).into_owned()
            };
            write(frame, inner, at(x), y, &first, style, theme);
            x += width(&first);
            left = left.strip_prefix(first.as_str()).map_or("", str::trim_start);
            if !left.is_empty() {
                (x, y) = (0, y + 1);
            }
        }
        x += GAP;
    }
}
