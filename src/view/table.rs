//! One table: titles, the rows that fit, the columns there is room for.

use super::paint::{boxed, fill, write};
use super::text::{clean, cut, fit, width};
use super::theme::Theme;
use crate::app::State;
use crate::app::layout::{has_titles, rows_in};
use crate::app::shown::column::{Cell, Ctx, Mood};
use crate::app::shown::table::{Head, List};
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
    /// What is known of the selected row stands elsewhere: it need not be told on the edge.
    pub told: bool,
}

/// The columns there is room for, with their widths: those that may be dropped go in the order of `drop`, what
/// is left over is shared by `grow`.
fn columns<'a>(heads: &[Head<'a>], width: u16) -> Vec<Head<'a>> {
    let mut kept = heads.to_vec();
    let needs = |kept: &[Head]| kept.iter().map(|head| head.width + 1).sum::<u16>().saturating_sub(1);
    while needs(&kept) > width {
        let Some(at) = (0..kept.len()).filter(|i| kept[*i].drop > 0).max_by_key(|i| kept[*i].drop) else {
            break;
        };
        kept.remove(at);
    }
    let spare = width.saturating_sub(needs(&kept));
    let shares: u16 = kept.iter().map(|head| head.grow).sum();
    for head in &mut kept {
        head.width += (spare * head.grow).checked_div(shares).unwrap_or(0);
    }
    kept
}

/// How many rows a table is measured by at most, besides those that are seen.
const MEASURED: usize = 64;

/// Columns whose cells would be cut take what others have no use for: how much stands in each is measured by `has`. Where
/// nothing is cut nothing moves.
fn levelled(shown: &mut [Head], has: &[u16]) {
    let lacks = |head: &Head, has: u16| has.saturating_sub(head.width);
    // What is short of little is whole first.
    let mut order: Vec<usize> = (0..shown.len()).filter(|at| lacks(&shown[*at], has[*at]) > 0).collect();
    order.sort_by_key(|at| lacks(&shown[*at], has[*at]));
    for at in order {
        let mut wanted = lacks(&shown[at], has[at]);
        while wanted > 0 {
            // A title stays whole with the sign of its order.
            let slack = |other: usize| {
                let least = has[other].max(width(shown[other].title) as u16 + 1);
                shown[other].width.saturating_sub(least)
            };
            let most = (0..shown.len()).filter(|other| *other != at).max_by_key(|other| slack(*other));
            let Some((from, spare)) = most.map(|from| (from, slack(from))).filter(|(_, spare)| *spare > 0)
            else {
                return;
            };
            let taken = spare.min(wanted);
            shown[from].width -= taken;
            shown[at].width += taken;
            wanted -= taken;
        }
    }
}

/// The columns that are shown, by what stands in them. What is read by windows is not measured: its columns would jump.
fn fitted<'a>(
    table: &dyn List,
    heads: &[Head<'a>],
    columns_wide: u16,
    high: u16,
    ctx: &Ctx,
    theme: Theme,
) -> Vec<Head<'a>> {
    let mut shown = columns(heads, columns_wide);
    if table.is_windowed() {
        return shown;
    }
    let top = table.top();
    let seen = top.max(MEASURED)..(top + usize::from(high)).min(table.len());
    let rows: Vec<usize> = (0..table.len().min(MEASURED)).chain(seen).collect();
    let has = |head: &Head| {
        let cells = rows.iter().filter_map(|row| table.cell(*row, head.place, ctx));
        cells.map(|cell| width(&clean(&cell.text, theme.widths)) as u16).max().unwrap_or(0)
    };
    let has: Vec<u16> = shown.iter().map(has).collect();
    levelled(&mut shown, &has);
    shown
}

/// Draws a table in a box.
pub fn draw(frame: &mut Frame, area: Rect, state: &State, table: &dyn List, titles: Titles) {
    draw_in(frame, area, rows_in(area), state, table, titles);
}

/// The same, its rows in a part of what is inside.
pub fn draw_in(frame: &mut Frame, area: Rect, rows: Rect, state: &State, table: &dyn List, titles: Titles) {
    let theme = Theme::of(state);
    let ctx = state.ctx();
    boxed(frame, area, &title(table, &titles, &ctx), titles.focused, theme);
    if rows.width < 4 || area.height < 3 {
        return;
    }
    let left = if table.has_marks() { 2 } else { 0 };
    let heads = table.heads(ctx.lang);
    let shown = fitted(table, &heads, rows.width - left, rows.height, &ctx, theme);
    let mut edge =
        Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width.saturating_sub(4), height: 1 };
    let below = table.len().saturating_sub(table.top() + usize::from(rows.height));
    if below > 0 {
        let text = format!(" {} ", say::rows_below(below).get(ctx.lang));
        let wide = (width(&text) as u16).min(edge.width);
        write(frame, edge, edge.right() - wide, edge.y, &text, theme.on_edge(), theme);
        edge.width = edge.width.saturating_sub(wide + 1);
    }
    if titles.focused && !titles.told && table.holds(table.place()) {
        let text = unseen(table, &heads, &shown, &ctx, theme);
        if !text.is_empty() {
            write(frame, edge, edge.x, edge.y, &format!(" {text} "), theme.strong(), theme);
        }
    }
    if has_titles(area) {
        let line = Rect { y: area.y + 1, height: 1, ..rows };
        heads_line(frame, line, table, &shown, left, theme);
    }
    body(frame, rows, state, table, &shown, titles);
}

/// Draws a table below a line with its title: where boxes would take too much room.
pub fn draw_ruled(
    frame: &mut Frame,
    area: Rect,
    rows: Rect,
    state: &State,
    table: &dyn List,
    titles: Titles,
) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let line = Rect { height: 1, ..area };
    let rule = theme.border_set().horizontal_top.repeat(usize::from(area.width));
    write(frame, line, line.x, line.y, &rule, theme.border(titles.focused), theme);
    let text = title(table, &titles, &ctx);
    let style = if titles.focused { theme.strong() } else { theme.on_edge() };
    write(frame, line, line.x + 1, line.y, &text, style, theme);
    let below = table.len().saturating_sub(table.top() + usize::from(rows.height));
    if below > 0 {
        let text = format!(" {} ", say::rows_below(below).get(ctx.lang));
        let wide = (width(&text) as u16).min(line.width);
        write(frame, line, line.right() - wide, line.y, &text, theme.on_edge(), theme);
    }
    let left = if table.has_marks() { 2 } else { 0 };
    let heads = table.heads(ctx.lang);
    let shown = fitted(table, &heads, rows.width.saturating_sub(left), rows.height, &ctx, theme);
    body(frame, rows, state, table, &shown, titles);
}

/// The titles of the columns.
fn heads_line(frame: &mut Frame, line: Rect, table: &dyn List, shown: &[Head], left: u16, theme: Theme) {
    let mut x = line.x + left;
    for head in shown {
        let mark = match table.sorted() {
            Some((sorted, descending)) if sorted == head.place && descending => "-",
            Some((sorted, _)) if sorted == head.place => "+",
            _ => "",
        };
        // How it is sorted is said however little room there is for the name.
        let room = usize::from(head.width).saturating_sub(mark.len());
        let name = cut(head.title, room, theme.ascii).into_owned() + mark;
        let name = fit(&name, usize::from(head.width), head.right, theme.ascii);
        write(frame, line, x, line.y, &name, theme.dim(), theme);
        x += head.width + 1;
    }
}

/// The rows that fit.
fn body(frame: &mut Frame, rows: Rect, state: &State, table: &dyn List, shown: &[Head], titles: Titles) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let left = if table.has_marks() { 2 } else { 0 };
    if table.is_empty() {
        let word = match (table.is_loaded(), table.filter().is_empty()) {
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
        if table.holds(place) {
            let area = Rect { y, height: 1, ..rows };
            draw_row(frame, area, table, place, shown, left, &ctx, theme);
        } else if place < table.len() {
            write(frame, rows, rows.x + left, y, say::LOADING.get(ctx.lang), theme.dim(), theme);
        } else {
            break;
        }
        if place == table.place() && place < table.len() {
            let style = if titles.focused { theme.selected() } else { theme.strong() };
            fill(frame, rows, y, style);
        }
    }
}

/// What the selected row has in columns that there is no room for, the most important first; then what is cut in those
/// there are.
fn unseen(table: &dyn List, heads: &[Head], shown: &[Head], ctx: &Ctx, theme: Theme) -> String {
    let left = unread(table, heads, shown, ctx, theme);
    left.into_iter().map(|(title, cell)| format!("{title} {}", cell.text)).collect::<Vec<_>>().join(" · ")
}

/// The same as titles and cells.
fn unread<'a>(
    table: &dyn List,
    heads: &[Head<'a>],
    shown: &[Head],
    ctx: &Ctx,
    theme: Theme,
) -> Vec<(&'a str, Cell)> {
    let room = |place: usize| shown.iter().find(|head| head.place == place).map(|head| head.width);
    let mut left: Vec<(u8, (&str, Cell))> = heads
        .iter()
        .filter_map(|head| {
            let cell = table.cell(table.place(), head.place, ctx)?;
            let text = clean(cell.text.trim(), theme.widths).into_owned();
            let cut = room(head.place).map(|room| width(&text) > usize::from(room));
            let told = !text.is_empty() && cut != Some(false);
            let after = if cut.is_some() { u8::MAX } else { head.drop };
            told.then_some((after, (head.title, Cell { text, ..cell })))
        })
        .collect();
    left.sort_by_key(|(after, _)| *after);
    left.into_iter().map(|(_, unread)| unread).collect()
}

/// What of the selected row is not read in its list, whose rows have this room: with titles, the most important first. And
/// the titles of the columns that are.
pub(super) fn read_in<'a>(
    table: &'a dyn List,
    rows: Rect,
    state: &State,
) -> (Vec<(&'a str, Cell)>, Vec<&'a str>) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    if rows.width < 4 || !table.holds(table.place()) {
        return (Vec::new(), Vec::new());
    }
    let left = if table.has_marks() { 2 } else { 0 };
    let mut heads = table.heads(ctx.lang);
    let shown = fitted(table, &heads, rows.width - left, rows.height, &ctx, theme);
    // On the board a row has fewer columns than on its screen: what is in the others is told too.
    let on_board: Vec<usize> = heads.iter().map(|head| head.place).collect();
    heads.extend(table.all_heads(ctx.lang).into_iter().filter(|head| !on_board.contains(&head.place)));
    let unread = unread(table, &heads, &shown, &ctx, theme);
    let is_unread = |title: &str| unread.iter().any(|(name, _)| *name == title);
    let read = shown.iter().map(|head| head.title).filter(|title| !is_unread(title)).collect();
    (unread, read)
}

fn title(table: &dyn List, titles: &Titles, ctx: &Ctx) -> String {
    let mut title = format!(" {} ", titles.title);
    if !table.is_empty() {
        let (all, here) = table.items();
        let count = match (titles.focused, here.start() == here.end()) {
            (false, _) => all.to_string(),
            (true, true) => say::of(here.start(), all).get(ctx.lang).to_owned(),
            (true, false) => say::of(format!("{}-{}", here.start(), here.end()), all).get(ctx.lang).to_owned(),
        };
        title.push_str(&count);
        // What is several items is one line until it is opened.
        if all != table.len() {
            title.push_str(say::in_lines(table.len()).get(ctx.lang));
        }
        title.push(' ');
    }
    if !table.filter().is_empty() {
        title.push_str(say::filter_is(table.filter()).get(ctx.lang));
        title.push(' ');
        if table.is_behind() {
            title.push_str(say::LOADING.get(ctx.lang));
            title.push(' ');
        }
    }
    if table.has_marks() {
        title.push_str(
            match table.hidden_marks() {
                0 => say::marked(table.marks()),
                hidden => say::marked_hidden(table.marks(), hidden),
            }
            .get(ctx.lang),
        );
        title.push(' ');
    }
    title
}

#[allow(clippy::too_many_arguments, reason = "one row's drawing has exactly these inputs")]
fn draw_row(
    frame: &mut Frame,
    area: Rect,
    table: &dyn List,
    row: usize,
    shown: &[Head],
    left: u16,
    ctx: &Ctx,
    theme: Theme,
) {
    if left > 0 && table.is_marked(row) {
        write(frame, area, area.x, area.y, "*", theme.key(), theme);
    }
    let whole = table.mood(row, ctx);
    let mut x = area.x + left;
    for head in shown {
        let cell = table.cell(row, head.place, ctx).unwrap_or_default();
        let mood = if whole == Mood::Plain { cell.mood } else { whole };
        let text = fit(&clean(&cell.text, theme.widths), usize::from(head.width), head.right, theme.ascii);
        write(frame, area, x, area.y, &text, theme.mood(mood), theme);
        x += head.width + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(all: [(&'static str, u16, u16); 4]) -> Vec<u16> {
        let head = |(title, width, _): &(&'static str, u16, u16)| Head {
            place: 0,
            title,
            width: *width,
            grow: 0,
            drop: 0,
            right: false,
        };
        let mut shown: Vec<Head> = all.iter().map(head).collect();
        levelled(&mut shown, &all.map(|(_, _, has)| has));
        shown.iter().map(|head| head.width).collect()
    }

    #[test]
    fn what_is_cut_takes_what_others_do_not_need() {
        // Nothing is cut: nothing moves.
        assert_eq!(widths([("a", 8, 8), ("b", 9, 2), ("c", 7, 0), ("d", 4, 4)]), [8, 9, 7, 4]);
        // The shorter is whole first, and no title is cut for it.
        assert_eq!(widths([("a", 8, 20), ("b", 9, 2), ("column", 9, 0), ("d", 4, 6)]), [15, 2, 7, 6]);
        assert_eq!(widths([("a", 4, 9), ("b", 4, 9), ("c", 2, 0), ("d", 2, 2)]), [4, 4, 2, 2]);
    }
}
