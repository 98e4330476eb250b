//! One hit on its line, with what was meant pointed out.

use super::paint::write;
use super::text::{clean, cut, fit, width};
use super::theme::Theme;
use crate::app::State;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::found::FindHit;
use crate::search::found::{Field, Target};
use crate::search::point_out;
use grid::{Cells, SHORT_UNIT};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

mod grid;
pub use grid::Grid;

/// One part of a hit's line: a text with the places that were meant, in so many columns.
struct Part<'a> {
    text: &'a str,
    marks: &'a [usize],
    columns: usize,
}

/// Draws one hit on the columns of all.
pub fn draw(frame: &mut Frame, area: Rect, hit: &FindHit, state: &State, grid: Grid) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    match hit.found.target {
        Target::Person(_) | Target::Unit(_) | Target::Contact(_) => {
            known(frame, area, hit, grid, &ctx, theme);
        }
        Target::Call(_) => {
            let words = &hit.row.words;
            told(frame, area, hit, grid, (words, hit.marks(Field::Words)), Style::new(), state);
        }
        Target::Entry(_) => {
            let said = hit.entry_said();
            let said = said.get(ctx.lang);
            let marks = point_out(&hit.sought, Field::Words, said);
            let style = theme.mood(if hit.is_closed() { Mood::Dim } else { Mood::Plain });
            told(frame, area, hit, grid, (said, &marks), style, state);
        }
    }
}

/// Somebody known, a unit or somebody outside: the number to call is never left out.
fn known(frame: &mut Frame, area: Rect, hit: &FindHit, grid: Grid, ctx: &Ctx, theme: Theme) {
    let row = &hit.row;
    let style = theme.mood(if row.case.is_some() { Mood::Warn } else { Mood::Plain });
    let cells = Cells::new(hit, ctx);
    let parts = [
        Part { text: &row.name, marks: hit.marks(Field::Name), columns: grid.name },
        Part { text: &row.no, marks: hit.marks(Field::No), columns: grid.no },
        Part { text: &cells.phone, marks: &cells.phone_marks, columns: grid.phone },
    ];
    let x = parts_in(frame, area, &parts, style, theme);
    let room = usize::from(area.right().saturating_sub(x));
    let person = matches!(hit.found.target, Target::Person(_));
    let tail = if person { grid::tail(hit, grid.tail, ctx) } else { String::new() };
    let columns = grid.who.unwrap_or_else(|| {
        // The unit gives way first, but never wholly.
        let behind = if tail.is_empty() { 0 } else { width(&tail) + 1 };
        let own = width(&clean(cells.who, theme.widths));
        own.min(room.saturating_sub(behind).max(SHORT_UNIT.min(room)))
    });
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    let who = Part { text: cells.who, marks: cells.who_marks, columns };
    let x = parts_in(frame, rest, &[who], style, theme);
    write(frame, area, x, area.y, &tail, style, theme);
}

/// A past call, an entry of a ledger: whose or in which, when, and what it says around what was meant.
fn told(
    frame: &mut Frame,
    area: Rect,
    hit: &FindHit,
    grid: Grid,
    (said, marks): (&str, &[usize]),
    style: Style,
    state: &State,
) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let (name, at) = grid::head(hit, &ctx);
    let head = [
        Part { text: &name, marks: &[], columns: grid.name },
        Part { text: &at, marks: &[], columns: grid.no },
    ];
    let x = parts_in(frame, area, &head, style, theme);
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    let columns = usize::from(rest.width);
    let (text, marks) = around(said, marks, columns);
    parts_in(frame, rest, &[Part { text: &text, marks: &marks, columns }], style, theme);
}

/// Why a hit stands where it does.
pub fn reason(frame: &mut Frame, area: Rect, hit: &FindHit, state: &State) {
    let theme = Theme::of(state);
    let why = hit.why();
    let text = cut(why.get(state.lang), usize::from(area.width), theme.ascii);
    write(frame, area, area.x, area.y, &text, theme.dim(), theme);
}

/// The places of a number that are both meant and seen: hidden digits are not pointed out.
fn shown_marks(shown: &str, marks: &[usize]) -> Vec<usize> {
    let chars: Vec<char> = shown.chars().collect();
    marks.iter().copied().filter(|at| chars.get(*at).is_some_and(|c| *c != '*')).collect()
}

/// A long text from a little before what was meant on, if that would not be seen otherwise.
fn around(text: &str, marks: &[usize], columns: usize) -> (String, Vec<usize>) {
    /// Characters left before what was meant.
    const BEFORE: usize = 4;
    let text = text.replace('\n', " ");
    let last = marks.iter().copied().max().unwrap_or(0);
    let until: String = text.chars().take(last + 1).collect();
    let first = marks.iter().copied().min().unwrap_or(0);
    if width(&until) < columns || first <= BEFORE {
        return (text, marks.to_vec());
    }
    let from = first - BEFORE;
    let cut: String = std::iter::once('…').chain(text.chars().skip(from)).collect();
    (cut, marks.iter().map(|at| at - from + 1).collect())
}

/// Writes parts side by side, a blank after each; returns the column behind the last.
fn parts_in(frame: &mut Frame, area: Rect, parts: &[Part], style: Style, theme: Theme) -> u16 {
    let mut x = area.x;
    for part in parts.iter().filter(|part| part.columns > 0) {
        marked(frame, Rect { x, width: area.right().saturating_sub(x), ..area }, part, style, theme);
        x += part.columns as u16 + 1;
    }
    x
}

/// Writes a text with what was meant pointed out: underlined and bold, for a colour alone says nothing.
fn marked(frame: &mut Frame, area: Rect, part: &Part, style: Style, theme: Theme) {
    let whole = clean(part.text, theme.widths);
    let columns = part.columns.min(usize::from(area.width));
    let shown = fit(&whole, columns, false, theme.ascii);
    write(frame, area, area.x, area.y, &shown, style, theme);
    if part.marks.is_empty() {
        return;
    }
    // Where it was cut the last column holds the sign of that.
    let end = area.x + columns.saturating_sub(usize::from(width(&whole) > columns)) as u16;
    let (mut x, mut place) = (area.x, 0);
    for cluster in part.text.graphemes(true) {
        let chars = cluster.chars().count();
        let wide = width(&clean(cluster, theme.widths)) as u16;
        if x + wide > end {
            break;
        }
        if part.marks.iter().any(|at| (place..place + chars).contains(at)) {
            frame
                .buffer_mut()
                .set_style(Rect { x, width: wide, height: 1, ..area }, style.patch(theme.mark()));
        }
        x += wide;
        place += chars;
    }
}
