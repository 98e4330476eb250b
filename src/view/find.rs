//! The find box: the line that is typed, the results, the card of the selected one.

use super::form::line;
use super::hit;
use super::paint::{fill, popup, write};
use super::text::{cut, width, wrap_words};
use super::theme::Theme;
use crate::app::shown::column::Mood;
use crate::app::shown::found::ListLine;
use crate::app::shown::state::{Find, FindFor};
use crate::app::{State, layout};
use crate::i18n::{find as words, screen as say};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

#[cfg(test)]
mod tests;

/// Last searches that are shown while nothing is typed.
const RECALLED: usize = 5;

/// Draws the find box.
pub fn draw(frame: &mut Frame, state: &State, find: &Find) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let idle = find.found.hits.is_empty() && !find.is_empty() && find.settled;
    let per_hit = if find.explain { 2 } else { 1 };
    // That nobody has the number, and what the others are.
    let above = if find.found.is_only_near() { 2 } else { 0 };
    let wanted = match find.found.hits.len() {
        _ if idle => 3 + state.searches.len().min(RECALLED),
        // While none of them is meant, the room is the caller's.
        hits if find.hit().is_none() => above + hits.min(1),
        hits => above + hits * per_hit + usize::from(find.found.left_out().is_some()),
    };
    let parts = layout::find(state.size, wanted);
    let mut lines = find.found.lines();
    if !parts.beside {
        let near = find.found.is_only_near();
        lines.retain(|line| near || !matches!(line, ListLine::Label(..)));
    }
    if find.explain {
        let why = |line: &ListLine| match line {
            ListLine::Hit(at) => vec![*line, ListLine::Why(*at)],
            other => vec![*other],
        };
        lines = lines.iter().flat_map(why).collect();
    }
    let title = if find.purpose == FindFor::Open { say::FIND_TITLE } else { say::FIND_ATTACH };
    let title = format!(" {} {}", title.get(lang), find.number);
    let inner = popup(frame, parts.area, &format!("{} ", title.trim_end()), theme);
    write(frame, inner, inner.x, inner.y, "/", theme.key(), theme);
    let count = find
        .hit()
        .map_or_else(String::new, |_| words::place(find.at + 1, find.found.hits.len()).get(lang).to_owned());
    let room = inner.width.saturating_sub(3 + width(&count) as u16);
    let typed = Rect { x: inner.x + 2, width: room, height: 1, ..inner };
    let on_top = matches!(state.layers.last(), Some(crate::app::shown::state::Layer::Find(_)));
    line(frame, typed, &find.input, on_top && !find.in_list, theme);
    let right = inner.right().saturating_sub(width(&count) as u16);
    write(frame, inner, right, inner.y, &count, theme.dim(), theme);
    between(frame, &parts, theme);
    if find.found.hits.is_empty() {
        no_hits(frame, parts.list, state, find);
    } else {
        let mut list = parts.list;
        if find.found.is_only_near() && list.height > 1 {
            nothing(frame, list, state, find);
            list = Rect { y: list.y + 1, height: list.height - 1, ..list };
        }
        hits(frame, list, state, find, &lines);
    }
    super::card::draw(frame, parts.card, state, find);
}

/// The line between the results and the card.
fn between(frame: &mut Frame, parts: &layout::FindBox, theme: Theme) {
    let set = theme.border_set();
    if parts.beside {
        for y in parts.list.y..parts.list.bottom() {
            write(frame, parts.area, parts.list.right() + 1, y, set.vertical_left, theme.dim(), theme);
        }
        return;
    }
    let dashes = set.horizontal_top.repeat(usize::from(parts.list.width));
    write(frame, parts.area, parts.list.x, parts.list.bottom(), &dashes, theme.dim(), theme);
}

/// In place of results: what may be typed, that it is looked for, or that there is nothing.
fn no_hits(frame: &mut Frame, area: Rect, state: &State, find: &Find) {
    let (theme, lang) = (Theme::of(state), state.lang);
    if find.is_empty() || !find.settled {
        nothing(frame, area, state, find);
        return;
    }
    let mut y = area.y;
    for part in wrap_words(words::HINT.get(lang), usize::from(area.width)) {
        write(frame, area, area.x, y, &part, theme.dim(), theme);
        y += 1;
    }
    if state.searches.is_empty() {
        return;
    }
    write(frame, area, area.x, y, words::HINT_BACK.get(lang), theme.dim(), theme);
    let left = usize::from(area.bottom().saturating_sub(y + 1));
    for (text, y) in state.searches.iter().take(RECALLED.min(left)).zip(y + 1..) {
        write(frame, area, area.x + 2, y, text, Style::new(), theme);
    }
}

/// That nothing fits what is typed, or that it is looked for.
fn nothing(frame: &mut Frame, area: Rect, state: &State, find: &Find) {
    let (theme, lang) = (Theme::of(state), state.lang);
    if !find.settled {
        write(frame, area, area.x, area.y, say::LOADING.get(lang), theme.dim(), theme);
        return;
    }
    let text = find.typed();
    let text = if text.is_empty() { find.number.to_string() } else { text.to_owned() };
    let room = usize::from(area.width).saturating_sub(20).max(10);
    let text = words::nothing(cut(&text, room, theme.ascii)).get(lang).to_owned();
    write(frame, area, area.x, area.y, &text, theme.mood(Mood::Warn), theme);
}

fn hits(frame: &mut Frame, area: Rect, state: &State, find: &Find, lines: &[ListLine]) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let at = lines.iter().position(|line| *line == ListLine::Hit(find.at)).unwrap_or(0);
    let mut seen = if find.explain && area.height > 1 { at + 2 } else { at + 1 };
    // What was left out stands behind the last.
    seen += usize::from(lines.get(seen) == Some(&ListLine::Left) && area.height > 2);
    let mut top = seen.saturating_sub(usize::from(area.height.max(1)));
    // The label above the first of a group is seen with it.
    if top == at && at > 0 && area.height > 1 {
        top = at - 1;
    }
    // Where lines are scarce the kind stands before the first of its hits.
    let labelled = lines.iter().any(|line| matches!(line, ListLine::Label(..)));
    let kinds = if find.found.is_mixed() && !labelled { kind_width(find, state) } else { 0 };
    let grid = hit::Grid::new(&find.found.hits, usize::from(area.width.saturating_sub(kinds)), state);
    let mut before = None;
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        let row = Rect { y, height: 1, ..area };
        match line {
            ListLine::Label(group, n) => {
                let label = format!("-- {} ", group.label(*n).get(lang));
                let dashes = "-".repeat(usize::from(area.width).saturating_sub(width(&label)));
                write(frame, row, row.x, y, &format!("{label}{dashes}"), theme.dim(), theme);
            }
            ListLine::Left => {
                let left = find.found.left_out().unwrap_or_default();
                let text = cut(left.get(lang), usize::from(area.width), theme.ascii);
                write(frame, row, row.x, y, &text, theme.dim(), theme);
            }
            ListLine::Why(place) => {
                let Some(hit) = find.found.hits.get(*place) else { continue };
                let x = row.x + kinds + 2;
                hit::reason(frame, Rect { x, width: row.right().saturating_sub(x), ..row }, hit, state);
            }
            ListLine::Hit(place) => {
                let Some(hit) = find.found.hits.get(*place) else { continue };
                if kinds > 0 && before.replace(hit.group()) != Some(hit.group()) {
                    write(frame, row, row.x, y, hit.group().short().get(lang), theme.dim(), theme);
                }
                let line = Rect { x: row.x + kinds, width: row.width.saturating_sub(kinds), ..row };
                hit::draw(frame, line, hit, state, grid);
                if *place == find.at && find.hit().is_some() {
                    fill(frame, area, y, if find.in_list { theme.selected() } else { theme.strong() });
                    // Enter opens this one: it is seen without colours too.
                    let edge = Rect { x: area.x.saturating_sub(1), width: 1, ..row };
                    write(frame, edge, edge.x, y, ">", theme.key(), theme);
                }
            }
        }
    }
}

/// Columns of the kinds before the hits, with a blank behind.
fn kind_width(find: &Find, state: &State) -> u16 {
    let hits = find.found.hits.iter();
    hits.map(|hit| width(hit.group().short().get(state.lang))).max().unwrap_or(0) as u16 + 1
}
