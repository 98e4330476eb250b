//! The walk through the open items of a handover: sections with a gauge each and the card of the item where there is
//! room, else the items and one gauge.

use super::paint::{fill, popup, write};
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
    let high = (rows.len().max(1).min(usize::from(most)) as u16 + 3).max(least).min(most);
    let area = layout::dialog(state.size, if is_wide { WIDE - 4 } else { 100 }, high);
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
        list.width = inner.width * 3 / 5;
        let edge = list.right();
        let beside = Rect { x: edge + 2, width: inner.right().saturating_sub(edge + 2), ..list };
        for y in list.y..list.bottom() {
            write(frame, inner, edge, y, theme.border_set().vertical_left, theme.dim(), theme);
        }
        card(frame, beside, state, walk, theme);
    }
    items(frame, list, state, walk, &rows);
    let mut count =
        format!("{} {}", keys::TICK.get(lang), say::of(walk.ticked(), walk.items.len()).get(lang));
    if !walk.questions.is_empty() {
        count = format!("{count}   {} {}", passing::QUESTION.get(lang), walk.questions.len());
    }
    write(frame, inner, inner.x, inner.bottom().saturating_sub(1), &count, theme.dim(), theme);
}

fn items(frame: &mut Frame, list: Rect, state: &State, walk: &Walk, rows: &[Row]) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let cursor = rows.iter().position(|row| *row == Row::Item(walk.at)).unwrap_or(0);
    let top = cursor.saturating_sub(usize::from(list.height.max(1)) - 1);
    for (y, row) in (list.y..list.bottom()).zip(rows.iter().skip(top)) {
        match row {
            Row::Section(name, done, all) => {
                let text = gauge(*done, *all, theme);
                let x = list.x + write(frame, list, list.x, y, name.get(lang), theme.strong(), theme) + 2;
                let mood = if done == all { Mood::Good } else { Mood::Warn };
                // Gauges stand below each other.
                let x = x.max(list.x + (list.width / 3).min(list.width.saturating_sub(width(&text) as u16)));
                write(frame, list, x, y, &text, theme.mood(mood), theme);
            }
            Row::Item(at) => {
                let (item, words) = &walk.items[*at];
                let (tick, text) = match (walk.question(item), item.ticked) {
                    (Some(asked), _) => ("[?]", with_question(words, asked)),
                    (None, true) => ("[x]", words.clone()),
                    (None, false) => ("[ ]", words.clone()),
                };
                // The cursor is seen where nothing is coloured or reversed, too.
                let cursor = if *at == walk.at { '>' } else { ' ' };
                let text = format!("{cursor}{tick} {}", text.get(lang));
                write(frame, list, list.x, y, &text, Style::new(), theme);
                if *at == walk.at {
                    fill(frame, list, y, theme.selected());
                }
            }
        }
    }
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
}
