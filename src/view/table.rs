//! One table: titles, the rows that fit, the columns there is room for.

use super::paint::{boxed, fill, write};
use super::text::{clean, cut, fit, width};
use super::theme::Theme;
use crate::app::State;
use crate::app::layout::{has_titles, rows_in};
use crate::app::shown::column::{Column, Ctx, Mood};
use crate::app::shown::table::{List, Table, TableRow};
use crate::i18n::screen as say;
use ratatui::Frame;
use ratatui::layout::Rect;

/// What a table says when it has no rows.
#[derive(Debug, Clone, Copy)]
pub struct Titles<'a> {
    /// On its border.
    pub title: &'a str,
    /// In place of rows.
    pub empty: crate::say::Word,
    /// It has the cursor.
    pub focused: bool,
}

/// A column that is shown: its place among all, what it is, how wide.
type Seen<R> = (usize, &'static Column<R>, u16);

/// The columns there is room for, with their widths: those that may be dropped go in the order of `drop`, what
/// is left over is shared by `grow`.
fn columns<R: TableRow>(width: u16) -> Vec<Seen<R>> {
    let mut kept: Vec<Seen<R>> =
        R::on_screen().map(|(place, column)| (place, column, column.width)).collect();
    let needs = |kept: &[Seen<R>]| kept.iter().map(|(_, _, width)| width + 1).sum::<u16>().saturating_sub(1);
    while needs(&kept) > width {
        let Some(at) = (0..kept.len()).filter(|i| kept[*i].1.drop > 0).max_by_key(|i| kept[*i].1.drop) else {
            break;
        };
        kept.remove(at);
    }
    let spare = width.saturating_sub(needs(&kept));
    let shares: u16 = kept.iter().map(|(_, column, _)| column.grow).sum();
    for (_, column, width) in &mut kept {
        *width += (spare * column.grow).checked_div(shares).unwrap_or(0);
    }
    kept
}

/// Draws a table in a box.
pub fn draw<R: TableRow>(frame: &mut Frame, area: Rect, state: &State, table: &Table<R>, titles: Titles) {
    let theme = Theme::of(state);
    let ctx = state.ctx();
    boxed(frame, area, &title(table, &titles, &ctx), titles.focused, theme);
    let rows = rows_in(area);
    if rows.width < 4 || area.height < 3 {
        return;
    }
    let marks = table.has_marks();
    let left = if marks { 2 } else { 0 };
    let shown = columns::<R>(rows.width - left);
    if titles.focused
        && let Some(row) = table.current()
    {
        let edge =
            Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width.saturating_sub(4), height: 1 };
        let text = unseen(row, &shown, &ctx, theme);
        if !text.is_empty() {
            write(frame, edge, edge.x, edge.y, &format!(" {text} "), theme.strong(), theme);
        }
    }
    let mut x = rows.x + left;
    for (place, column, width) in shown.iter().filter(|_| has_titles(area)) {
        let mark = match table.sort {
            Some((sorted, descending)) if sorted == *place => {
                if descending {
                    "-"
                } else {
                    "+"
                }
            }
            _ => "",
        };
        // How it is sorted is said however little room there is for the name.
        let room = usize::from(*width).saturating_sub(mark.len());
        let name = cut(column.title.get(ctx.lang), room, theme.ascii).into_owned() + mark;
        let name = fit(&name, usize::from(*width), column.right, theme.ascii);
        write(frame, Rect { y: area.y + 1, height: 1, ..rows }, x, area.y + 1, &name, theme.dim(), theme);
        x += width + 1;
    }
    if table.is_empty() {
        let word = match (table.loaded, table.filter.is_empty()) {
            (false, _) => say::LOADING,
            (true, false) => say::NO_MATCH,
            (true, true) => titles.empty,
        };
        write(frame, rows, rows.x, rows.y, word.get(ctx.lang), theme.dim(), theme);
        return;
    }
    for line in 0..rows.height {
        let place = table.top() + usize::from(line);
        let y = rows.y + line;
        match table.row_at(place) {
            Some(row) => {
                draw_row(frame, Rect { y, height: 1, ..rows }, row, table, &shown, left, &ctx, theme);
            }
            None if place < table.len() => {
                write(frame, rows, rows.x + left, y, say::LOADING.get(ctx.lang), theme.dim(), theme);
            }
            None => break,
        }
        if place == table.place() && place < table.len() {
            let style = if titles.focused { theme.selected() } else { theme.strong() };
            fill(frame, rows, y, style);
        }
    }
}

/// What the selected row has in columns that there is no room for, the most important first; then what is cut in those
/// there are.
fn unseen<R: TableRow>(row: &R, shown: &[Seen<R>], ctx: &Ctx, theme: Theme) -> String {
    let room = |place: usize| shown.iter().find(|(kept, _, _)| *kept == place).map(|(_, _, width)| *width);
    let mut left: Vec<(u8, String)> = R::on_screen()
        .filter_map(|(place, column)| {
            let text = (column.cell)(row, ctx).text;
            let text = clean(text.trim(), theme.widths);
            let cut = room(place).map(|room| width(&text) > usize::from(room));
            let told = !text.is_empty() && cut != Some(false);
            let after = if cut.is_some() { u8::MAX } else { column.drop };
            told.then(|| (after, format!("{} {text}", column.title.get(ctx.lang))))
        })
        .collect();
    left.sort_by_key(|(after, _)| *after);
    left.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" · ")
}

fn title<R: TableRow>(table: &Table<R>, titles: &Titles, ctx: &Ctx) -> String {
    let mut title = format!(" {} ", titles.title);
    if !table.is_empty() {
        let place = if titles.focused { table.place() + 1 } else { table.len() };
        let count = if titles.focused {
            say::of(place, table.len()).get(ctx.lang).to_owned()
        } else {
            table.len().to_string()
        };
        title.push_str(&count);
        title.push(' ');
    }
    if !table.filter.is_empty() {
        title.push_str(say::filter_is(&table.filter).get(ctx.lang));
        title.push(' ');
    }
    if table.has_marks() {
        title.push_str(
            match table.hidden_marks() {
                0 => say::marked(table.marks.len()),
                hidden => say::marked_hidden(table.marks.len(), hidden),
            }
            .get(ctx.lang),
        );
        title.push(' ');
    }
    title
}

#[allow(clippy::too_many_arguments, reason = "one row's drawing has exactly these inputs")]
fn draw_row<R: TableRow>(
    frame: &mut Frame,
    area: Rect,
    row: &R,
    table: &Table<R>,
    shown: &[Seen<R>],
    left: u16,
    ctx: &Ctx,
    theme: Theme,
) {
    if left > 0 && table.marks.contains_key(&row.id()) {
        write(frame, area, area.x, area.y, "*", theme.key(), theme);
    }
    let whole = row.mood(ctx);
    let mut x = area.x + left;
    for (_, column, width) in shown {
        let cell = (column.cell)(row, ctx);
        let mood = if whole == Mood::Plain { cell.mood } else { whole };
        let text = fit(&clean(&cell.text, theme.widths), usize::from(*width), column.right, theme.ascii);
        write(frame, area, x, area.y, &text, theme.mood(mood), theme);
        x += width + 1;
    }
}
