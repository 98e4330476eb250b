//! One table: titles, the rows that fit, the columns there is room for.

use super::paint::{boxed, fill, write};
use super::text::{clean, cut, fit, width};
use super::theme::Theme;
use crate::app::State;
use crate::app::layout::{has_titles, rows_in};
use crate::app::shown::column::{Cell, Ctx, Mood, Stands};
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

/// How many rows a table is measured by at most, besides those that are seen.
const MEASURED: usize = 64;
/// Columns that a name takes at most before others are cut for it.
const NAME: u16 = 20;

/// How much room a column wants.
#[derive(Debug, Clone, Copy)]
struct Wants {
    /// So that nothing in it is cut.
    full: u16,
    /// Below this what stands in it is of no use, or there is a shorter word for it.
    least: u16,
}

/// The columns there is room for, with their widths: those that may be dropped go in the order of `drop`, each has what it
/// wants least, then what it wants in full, and what is left over is shared by `grow`.
fn columns<'a>(heads: &[Head<'a>], wants: &[Wants], room: u16) -> Vec<Head<'a>> {
    let mut kept: Vec<(Head, Wants)> = heads.iter().copied().zip(wants.iter().copied()).collect();
    let gaps = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).saturating_sub(1);
    let least = |kept: &[(Head, Wants)]| kept.iter().map(|(_, w)| w.least).sum::<u16>() + gaps(kept.len());
    while least(&kept) > room {
        let Some(at) = (0..kept.len()).filter(|i| kept[*i].0.drop > 0).max_by_key(|i| kept[*i].0.drop) else {
            break;
        };
        kept.remove(at);
    }
    // Where even that is too much: words first, then units, then names; a number last.
    let mut over = least(&kept).saturating_sub(room);
    for stands in [Stands::Text, Stands::Unit, Stands::Name, Stands::Phone] {
        while over > 0 {
            let widest = kept.iter_mut().filter(|(head, wants)| head.stands == stands && wants.least > CUT);
            let Some((_, wants)) = widest.max_by_key(|(_, wants)| wants.least) else { break };
            wants.least -= 1;
            over -= 1;
        }
    }
    let mut spare = room.saturating_sub(least(&kept));
    // What is cut last is whole first, and a unit last: it has a short name. Of the others, what is short of little.
    let mut order: Vec<usize> = (0..kept.len()).collect();
    let lacks = |(_, wants): &(Head, Wants)| wants.full.saturating_sub(wants.least);
    let last = |stands: Stands| match stands {
        Stands::Name | Stands::Phone => 0,
        Stands::Text => 1,
        Stands::Unit => 2,
    };
    order.sort_by_key(|at| (last(kept[*at].0.stands), lacks(&kept[*at])));
    for at in order {
        let more = lacks(&kept[at]).min(spare);
        kept[at].1.least += more;
        spare -= more;
    }
    let shares: u16 = kept.iter().map(|(head, _)| head.grow).sum();
    let wide = |(head, wants): (Head<'a>, Wants)| {
        let grown = (spare * head.grow).checked_div(shares).unwrap_or(0);
        Head { width: wants.least + grown, ..head }
    };
    kept.into_iter().map(wide).collect()
}

/// Columns that are left of one that is cut however little room there is.
const CUT: u16 = 4;

/// The columns that are shown, by what stands in them. Of what is read by windows only names and numbers are measured: the
/// other columns would jump.
fn fitted<'a>(
    table: &dyn List,
    heads: &[Head<'a>],
    columns_wide: u16,
    high: u16,
    state: &State,
    theme: Theme,
) -> Vec<Head<'a>> {
    let ctx = &state.ctx();
    let (top, len) = (table.top(), table.len());
    let seen = top..(top + usize::from(high)).min(len);
    let visible: Vec<usize> = seen.clone().collect();
    let rows: Vec<usize> = if table.is_windowed() {
        seen.start.saturating_sub(MEASURED)..(seen.end + MEASURED).min(len)
    } else {
        0..len.min(MEASURED)
    }
    .chain(seen.filter(|row| *row >= MEASURED && !table.is_windowed()))
    .collect();
    let wants = |head: &Head| {
        // A title stays whole with the sign of its order.
        let title =
            width(head.title) as u16 + u16::from(table.sorted().is_some_and(|(at, _)| at == head.place));
        if table.is_windowed() && head.stands < Stands::Name {
            return Wants { full: head.width, least: head.width };
        }
        let measured = |rows: &[usize], short: bool| {
            let cells = rows.iter().filter_map(|row| table.cell(*row, head.place, ctx));
            let wide = cells.map(|cell| {
                let text = clean(&cell.text, theme.widths);
                let text = if short { shorter(&text, state) } else { None }.map_or(text, Into::into);
                width(&text) as u16
            });
            wide.max().unwrap_or(0)
        };
        let full = measured(&rows, false).max(title);
        let declared = head.width.max(title);
        match head.stands {
            // Those that are seen are whole; for one that is not nothing is cut.
            Stands::Name => {
                let most = NAME.max(declared);
                Wants { full: full.min(most), least: measured(&visible, false).clamp(title, most) }
            }
            Stands::Phone => Wants { full, least: full },
            Stands::Unit => Wants { full, least: measured(&rows, true).max(title).min(full) },
            Stands::Text => Wants { full, least: full.min(declared) },
        }
    };
    let wants: Vec<Wants> = heads.iter().map(wants).collect();
    columns(heads, &wants, columns_wide)
}

/// The short name of a unit, as it stands in a list.
fn shorter(text: &str, state: &State) -> Option<String> {
    let name = text.trim_start();
    let short = state.shorts.get(name)?;
    Some(format!("{}{short}", &text[..text.len() - name.len()]))
}

/// What is written of a cell in a column of this width: of a unit the short name where the whole one has no room.
fn written<'a>(text: &'a str, head: &Head, state: &State) -> std::borrow::Cow<'a, str> {
    if head.stands == Stands::Unit && width(text) > usize::from(head.width) {
        return shorter(text, state).map_or(text.into(), Into::into);
    }
    text.into()
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
    let shown = fitted(table, &heads, rows.width - left, rows.height, state, theme);
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
    let shown = fitted(table, &heads, rows.width.saturating_sub(left), rows.height, state, theme);
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
            draw_row(frame, area, table, place, shown, left, state, theme);
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
    let shown = fitted(table, &heads, rows.width - left, rows.height, state, theme);
    // On the board a row has fewer columns than on its screen: what is in the others is told too.
    let on_board: Vec<&str> = heads.iter().map(|head| head.title).collect();
    heads.extend(table.all_heads(ctx.lang).into_iter().filter(|head| !on_board.contains(&head.title)));
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
            (true, false) => {
                say::of(format!("{}-{}", here.start(), here.end()), all).get(ctx.lang).to_owned()
            }
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
    state: &State,
    theme: Theme,
) {
    let ctx = &state.ctx();
    if left > 0 && table.is_marked(row) {
        write(frame, area, area.x, area.y, "*", theme.key(), theme);
    }
    let whole = table.mood(row, ctx);
    let mut x = area.x + left;
    for head in shown {
        let cell = table.cell(row, head.place, ctx).unwrap_or_default();
        let mood = if whole == Mood::Plain { cell.mood } else { whole };
        let text = clean(&cell.text, theme.widths);
        let text = fit(&written(&text, head, state), usize::from(head.width), head.right, theme.ascii);
        write(frame, area, x, area.y, &text, theme.mood(mood), theme);
        x += head.width + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, what stands there, room in full and at least, share.
    type Of = (&'static str, Stands, u16, u16, u16);

    fn widths(all: &[Of], room: u16) -> Vec<(&'static str, u16)> {
        let head = |(title, stands, _, _, grow): &Of| Head {
            place: 0,
            title,
            width: 0,
            grow: *grow,
            drop: u8::from(*title == "extra"),
            right: false,
            stands: *stands,
        };
        let heads: Vec<Head> = all.iter().map(head).collect();
        let wants: Vec<Wants> =
            all.iter().map(|(_, _, full, least, _)| Wants { full: *full, least: *least }).collect();
        columns(&heads, &wants, room).iter().map(|head| (head.title, head.width)).collect()
    }

    #[test]
    fn each_column_has_what_it_needs_before_any_has_more() {
        let all = [
            ("unit", Stands::Unit, 20, 6, 3),
            ("name", Stands::Name, 11, 11, 1),
            ("phone", Stands::Phone, 14, 14, 0),
            ("words", Stands::Text, 30, 10, 4),
            ("extra", Stands::Text, 8, 8, 0),
        ];
        let of = |room| widths(&all, room);
        // Room for all of it, and what is over is shared.
        assert_eq!(of(95), [("unit", 23), ("name", 12), ("phone", 14), ("words", 34), ("extra", 8)]);
        // Words are whole before a unit is called by its whole name.
        assert_eq!(of(79), [("unit", 12), ("name", 11), ("phone", 14), ("words", 30), ("extra", 8)]);
        // A unit is called by its short name before another column is left out.
        assert_eq!(of(53), [("unit", 6), ("name", 11), ("phone", 14), ("words", 10), ("extra", 8)]);
        assert_eq!(of(52), [("unit", 6), ("name", 11), ("phone", 14), ("words", 18)]);
        // Words give way first, then units; a name and a number stay whole.
        assert_eq!(of(38), [("unit", 6), ("name", 11), ("phone", 14), ("words", 4)]);
        assert_eq!(of(36), [("unit", 4), ("name", 11), ("phone", 14), ("words", 4)]);
    }
}
