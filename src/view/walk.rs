//! The walk through the open items of a handover: sections with a gauge each and the card of the item where there is
//! room, else the items and one gauge.

use super::paint::{fill, lines_below, popup, write};
use super::text::{width, wrap_words};
use super::theme::Theme;
use crate::app::left::with_question;
use crate::app::shown::column::Mood;
use crate::app::shown::state::Walk;
use crate::app::walk::Row;
use crate::app::{State, layout};
use crate::i18n::{keys, passing, screen as say};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this width on the card stands beside the items.
const WIDE: u16 = 120;
/// The columns of a gauge.
const GAUGE: usize = 10;

/// How much of all is done: `███░░ 12/104`. What is not done is never a full bar, what is begun never an empty one.
fn gauge(done: usize, all: usize, theme: Theme) -> String {
    let full = if done == all { GAUGE } else { (done * GAUGE).div_ceil(all.max(1)).min(GAUGE - 1) };
    let (on, off) = if theme.ascii { ("#", ".") } else { ("█", "░") };
    format!("{}{} {done}/{all}", on.repeat(full), off.repeat(GAUGE - full))
}

/// Draws the walk.
pub fn walk(frame: &mut Frame, state: &State, walk: &Walk) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let title = format!(" {} ", say::walk_title(&walk.to.1).get(lang));
    let is_wide = state.size.0 >= WIDE && !walk.items.is_empty();
    let rows = if is_wide { walk.rows() } else { (0..walk.items.len()).map(Row::Item).collect() };
    let most = state.size.1.saturating_sub(4);
    // The card has room for what is told of one, however few items there are.
    let least = if is_wide { 14 } else { 0 };
    let wide = if is_wide { WIDE - 4 } else { 100 }.min(state.size.0.saturating_sub(2));
    let inner_wide = wide.saturating_sub(4);
    let list_wide = if is_wide { inner_wide * 3 / 5 } else { inner_wide };
    // Whichever item has the cursor, it has the lines it takes: the box does not grow and shrink.
    let more =
        (0..walk.items.len()).map(|at| lines_of(walk, at, list_wide, state).len() - 1).max().unwrap_or(0);
    let high = ((rows.len().max(1) + more).min(usize::from(most)) as u16 + 3).max(least).min(most);
    let area = layout::dialog(state.size, wide, high);
    let title = if walk.items.is_empty() {
        title
    } else {
        format!("{title}{} ", gauge(walk.ticked(), walk.items.len(), theme))
    };
    let inner = popup(frame, area, &title, theme);
    if walk.items.is_empty() {
        write(frame, inner, inner.x, inner.y, say::NOTHING_OPEN.get(lang), theme.dim(), theme);
        return;
    }
    let mut list = Rect { height: inner.height.saturating_sub(1), ..inner };
    if is_wide {
        list.width = list_wide;
        let edge = list.right();
        let beside = Rect { x: edge + 2, width: inner.right().saturating_sub(edge + 2), ..list };
        for y in list.y..list.bottom() {
            write(frame, inner, edge, y, theme.border_set().vertical_left, theme.dim(), theme);
        }
        card(frame, beside, state, walk, theme);
    }
    let below = items(frame, list, state, walk, &rows);
    lines_below(frame, area, below, lang, theme);
    let ticked = say::of(walk.ticked(), walk.items.len());
    let place = passing::w_place(walk.at + 1, walk.items.len());
    let mut count = format!("{}   {} {}", place.get(lang), keys::TICK.get(lang), ticked.get(lang));
    if !walk.questions.is_empty() {
        count = format!("{count}   {} {}", passing::QUESTION.get(lang), walk.questions.len());
    }
    write(frame, inner, inner.x, inner.bottom().saturating_sub(1), &count, theme.dim(), theme);
}

/// What stands before the words of an item: the cursor and the tick.
const BEFORE: u16 = 5;

/// An item on as many lines of so many columns as it takes, with the question left on it.
fn lines_of(walk: &Walk, at: usize, wide: u16, state: &State) -> Vec<String> {
    let Some((item, words)) = walk.items.get(at) else { return vec![String::new()] };
    let asked = walk.question(item).map(|asked| with_question(words, asked));
    let text = asked.as_ref().unwrap_or(words).get(state.lang);
    let text = super::text::clean(text, Theme::of(state).widths);
    wrap_words(&text, usize::from(wide.saturating_sub(BEFORE)))
}

/// The items, the one with the cursor in full. Returns how many are below those that are seen.
fn items(frame: &mut Frame, list: Rect, state: &State, walk: &Walk, rows: &[Row]) -> usize {
    let (theme, lang) = (Theme::of(state), state.lang);
    let cursor = rows.iter().position(|row| *row == Row::Item(walk.at)).unwrap_or(0);
    let full = lines_of(walk, walk.at, list.width, state);
    let top = (cursor + full.len()).saturating_sub(usize::from(list.height.max(1))).min(cursor);
    let (mut y, mut seen) = (list.y, top);
    for row in rows.iter().skip(top) {
        if y >= list.bottom() {
            break;
        }
        seen += 1;
        match row {
            Row::Section(name, done, all) => {
                let text = gauge(*done, *all, theme);
                let x = list.x + write(frame, list, list.x, y, name.get(lang), theme.strong(), theme) + 2;
                let mood = if done == all { Mood::Good } else { Mood::Warn };
                // Gauges stand below each other.
                let x = x.max(list.x + (list.width / 3).min(list.width.saturating_sub(width(&text) as u16)));
                write(frame, list, x, y, &text, theme.mood(mood), theme);
                y += 1;
            }
            Row::Item(at) => {
                let (item, words) = &walk.items[*at];
                let is_here = *at == walk.at;
                let (tick, text) = match (walk.question(item), item.ticked) {
                    (Some(asked), _) => ("[?]", with_question(words, asked)),
                    (None, true) => ("[x]", words.clone()),
                    (None, false) => ("[ ]", words.clone()),
                };
                // The cursor is seen where nothing is coloured or reversed, too.
                let mark = format!("{}{tick}", if is_here { '>' } else { ' ' });
                write(frame, list, list.x, y, &mark, Style::new(), theme);
                let said = if is_here { full.clone() } else { vec![text.get(lang).to_owned()] };
                for part in &said {
                    write(frame, list, list.x + BEFORE, y, part, Style::new(), theme);
                    if is_here {
                        fill(frame, list, y, theme.selected());
                    }
                    y += 1;
                }
            }
        }
    }
    rows.iter().skip(seen).filter(|row| matches!(row, Row::Item(_))).count()
}

/// What is known of the item with the cursor, in full.
fn card(frame: &mut Frame, area: Rect, state: &State, walk: &Walk, theme: Theme) {
    let lines = walk.card(&state.ctx());
    let parts = lines.iter().flat_map(|line| {
        let style = if line.head { theme.strong() } else { theme.mood(line.mood) };
        let text = super::text::clean(&line.text, theme.widths);
        let parts = wrap_words(&text, usize::from(area.width));
        let parts = if parts.is_empty() { vec![String::new()] } else { parts };
        parts.into_iter().map(move |part| (part, style))
    });
    for (y, (text, style)) in (area.y..area.bottom()).zip(parts) {
        write(frame, area, area.x, y, &text, style, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::Desk;
    use crate::say::Lang;

    #[test]
    fn a_gauge_is_full_only_when_all_is_done_and_empty_only_when_nothing_is() {
        let mut desk = Desk::new(Lang::Zh, 120, 40);
        let theme = Theme::of(&desk.state);
        assert_eq!(gauge(0, 104, theme), "░░░░░░░░░░ 0/104");
        assert_eq!(gauge(1, 104, theme), "█░░░░░░░░░ 1/104");
        assert_eq!(gauge(103, 104, theme), "█████████░ 103/104");
        assert_eq!(gauge(5, 5, theme), "██████████ 5/5");
        desk.send(crate::app::Msg::Measured { probe: 0, columns: 2 });
        assert_eq!(gauge(2, 4, Theme::of(&desk.state)), "#####..... 2/4");
    }

    #[test]
    fn the_item_with_the_cursor_is_read_in_full_and_it_is_said_where_it_stands() {
        for (columns, rows) in [(80, 24), (120, 40), (60, 18)] {
            let mut desk = Desk::new(Lang::Zh, columns, rows);
            desk.keys("0c\njj");
            let shown = super::super::tests::text(&desk);
            let Some(crate::app::shown::state::Layer::Walk(walk)) = desk.state.layers.last() else {
                panic!()
            };
            assert!(shown.contains(&format!("第 3/{} 项", walk.items.len())), "{shown}");
            let selected = shown.lines().position(|line| line.contains(">[ ]")).unwrap();
            let wanted: Vec<String> = walk.items[2].1.zh.split(' ').map(str::to_owned).collect();
            // Without the edges between two lines.
            let said: String = shown.lines().skip(selected).take(3).collect();
            let said = said.replace(['│', ' '], "");
            for word in wanted {
                assert!(said.contains(&word), "{columns}: {word} in {said}");
            }
        }
    }
}
