//! The help: keys in two columns under their headings, with a line to type in above them.

use super::form::line;
use super::paint::{popup, write};
use super::text::fit;
use super::theme::Theme;
use crate::app::help::HelpRow;
use crate::app::shown::state::Help;
use crate::app::{State, layout};
use crate::i18n::{keys, screen as say};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns of the keys' names.
const NAMES: u16 = 14;

/// The lines in two columns; no heading ends the first of them.
fn columns(rows: &[HelpRow], high: usize) -> (&[HelpRow], &[HelpRow]) {
    let at = high.min(rows.len());
    let at = if at > 1 && matches!(rows[at - 1], HelpRow::Head(_)) { at - 1 } else { at };
    let (left, right) = rows.split_at(at);
    (left, &right[..right.len().min(high)])
}

/// Every key that works on the page below.
pub fn help(frame: &mut Frame, state: &State, help: &Help) {
    let (theme, lang) = (Theme::of(state), state.lang);
    // It is as high as all of it needs: nothing jumps while it is narrowed down.
    let all = state.help_rows(help.context, "").len();
    let rows = state.help_rows(help.context, help.filter.value());
    let wide = if state.size.0 >= 120 { 100 } else { 76 };
    let area = layout::dialog(state.size, wide, all.div_ceil(2) as u16 + 4);
    let high = usize::from(area.height.saturating_sub(3));
    // A heading may leave the last line of the first column empty: the end is reached all the same.
    let top = help.scroll.min((rows.len() + 1).saturating_sub(high * 2));
    let (left, right) = columns(&rows[top..], high);
    let mut title = format!(" {} ", say::HELP_TITLE.get(lang));
    if left.len() + right.len() < rows.len() {
        let part = say::part_of(top + 1, top + left.len() + right.len(), rows.len());
        title = format!("{title}{} ", part.get(lang));
    }
    let inner = popup(frame, area, &title, theme);
    let typed = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
    write(frame, inner, inner.x, inner.y, "/", theme.key(), theme);
    if help.filter.value().is_empty() {
        write(frame, typed, typed.x + 1, typed.y, keys::HELP_TYPE.get(lang), theme.dim(), theme);
    }
    line(frame, typed, &help.filter, true, theme);
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    if rows.is_empty() {
        write(frame, list, list.x, list.y, keys::HELP_NONE.get(lang), theme.dim(), theme);
    }
    let half = list.width / 2;
    for (column, part) in [(0, left), (half, right)] {
        let cell = Rect { x: list.x + column, width: half, ..list };
        for (y, row) in (cell.y..cell.bottom()).zip(part) {
            match row {
                HelpRow::Head(group) => {
                    write(frame, cell, cell.x, y, group.words().get(lang), theme.strong(), theme);
                }
                HelpRow::Key(keys, words) => {
                    let names = fit(&keys.shown(lang, theme.ascii), usize::from(NAMES), false, theme.ascii);
                    write(frame, cell, cell.x + 1, y, &names, theme.key(), theme);
                    write(frame, cell, cell.x + NAMES + 2, y, words.get(lang), Style::new(), theme);
                }
            }
        }
    }
}
