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

/// The lines in two columns from one of them on, and how many lines that is. No heading ends a column, and what goes on
/// in another column, or from above, has its heading again.
fn columns(rows: &[HelpRow], top: usize, high: usize) -> ([Vec<HelpRow>; 2], usize) {
    let mut at = top;
    let columns = [(), ()].map(|()| {
        let mut column = Vec::with_capacity(high);
        if matches!(rows.get(at), Some(HelpRow::Key(..))) {
            let head = rows[..at].iter().rev().find(|row| matches!(row, HelpRow::Head(_)));
            column.extend(head.cloned());
        }
        while column.len() < high && at < rows.len() {
            column.push(rows[at].clone());
            at += 1;
        }
        if column.len() > 1 && at < rows.len() && matches!(column.last(), Some(HelpRow::Head(_))) {
            column.pop();
            at -= 1;
        }
        column
    });
    (columns, at - top)
}

/// Every key that works on the page below.
pub fn help(frame: &mut Frame, state: &State, help: &Help) {
    let (theme, lang) = (Theme::of(state), state.lang);
    // It is as high as all of it needs: nothing jumps while it is narrowed down.
    let all = state.help_rows(help.context, "").len();
    let rows = state.help_rows(help.context, help.filter.value());
    let wide = if state.size.0 >= 120 { 100 } else { 76 };
    let area = layout::dialog(state.size, wide, (all + 1).div_ceil(2) as u16 + 4);
    let high = usize::from(area.height.saturating_sub(3));
    // A heading may leave the last line of a column empty, and two may stand again: the end is reached all the same.
    let mut top = help.scroll.min(rows.len());
    while top > 0 && columns(&rows, top - 1, high).1 == rows.len() + 1 - top {
        top -= 1;
    }
    let ([left, right], seen) = columns(&rows, top, high);
    let mut title = format!(" {} ", say::HELP_TITLE.get(lang));
    if seen < rows.len() {
        let part = say::part_of(top + 1, top + seen, rows.len());
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
    for (column, part) in [(0, &left), (half, &right)] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::Desk;
    use crate::say::Lang;

    /// What goes on in the other column, or from above, has its heading again; each key stands once all the same.
    #[test]
    fn no_key_stands_without_its_heading() {
        let desk = Desk::new(Lang::Zh, 80, 24);
        let rows = desk.state.help_rows(desk.state.page_context(), "");
        let is_head = |row: &HelpRow| matches!(row, HelpRow::Head(_));
        let over = |rows: &[HelpRow]| rows.iter().rev().find(|row| is_head(row)).cloned();
        for high in 4..rows.len() {
            for top in 0..rows.len() {
                let (parts, seen) = columns(&rows, top, high);
                let mut at = top;
                for part in &parts {
                    assert!(part.len() <= high && part.first().is_none_or(is_head), "{high} {top}: {part:?}");
                    // A heading that stands again is not another line.
                    let again = usize::from(rows.get(at).is_some_and(|row| !is_head(row)));
                    for (place, row) in part.iter().enumerate().skip(again) {
                        assert_eq!(row, &rows[at]);
                        at += 1;
                        assert_eq!(over(&part[..=place]), over(&rows[..at]), "{high} {top}");
                    }
                    let ends = at < rows.len() && part.len() > 1 && part.last().is_some_and(is_head);
                    assert!(!ends, "{high} {top}: a heading ends a column");
                }
                assert_eq!(at, top + seen);
            }
        }
    }
}
