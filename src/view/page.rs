//! The pages above the screen, of whatever kind: facts above, a list or lines to read below.

use super::digits;
use super::paint::{boxed, lines_below, write};
use super::screens::text_lines;
use super::table::{Titles, draw};
use super::theme::Theme;
use super::titles;
use crate::app::State;
use crate::app::layout::{row_told, rows_in};
use crate::app::shown::facts::place;
use crate::app::shown::lines::Fact;
use crate::app::shown::page::Page;
use crate::domain::ids::Subject;
use crate::i18n::screen as say;
use crate::say::Word;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Lines of facts that a page keeps, however much there is to be seen before anything else.
const FACTS_KEPT: u16 = 3;

/// Draws a page.
pub fn draw_page(frame: &mut Frame, area: Rect, state: &State, page: &dyn Page) {
    let (top, below) = state.page_areas(area);
    if top.height > 0 {
        head(frame, top, state, page);
    }
    let tabs = page.tabs();
    let shown = page.part().map_or(0, |part| part.tab);
    if let Some(list) = page.list() {
        let names = tab_line(&tabs, shown, state);
        let path = titles::path(state, page);
        let title = if tabs.is_empty() { path.as_str() } else { names.trim_end() };
        let (below, detail) = state.listed(area);
        let row = page.told(&state.ctx());
        // What is told beside or below the list is not told on its border too.
        let told = detail.is_some() || row.is_some();
        draw(frame, below, state, list, Titles { title, empty: page.empty(), focused: true, told });
        if let Some(lines) = row {
            let theme = Theme::of(state);
            let area = row_told(state.page_areas(area).1).1;
            let inner = boxed(frame, area, &format!(" {} ", say::SELECTED.get(state.lang)), false, theme);
            text_lines(frame, inner, &lines, 0, theme);
        }
        if let Some(detail) = detail {
            super::told::draw(frame, detail, state, list, rows_in(below));
        }
    } else {
        part(frame, below, state, page, &tab_line(&tabs, shown, state));
    }
}

/// The names of the parts of a page, the one shown marked.
fn tab_line(tabs: &[(Word, usize)], shown: usize, state: &State) -> String {
    let names: Vec<String> = tabs
        .iter()
        .enumerate()
        .map(|(i, (word, n))| {
            let name = format!("{} {n}", word.get(state.lang));
            if i == shown { format!("[{name}]") } else { format!(" {name} ") }
        })
        .collect();
    format!(" {} ", names.join(" "))
}

/// What is known: what is to be seen before anything else, the number to call, the facts.
fn head(frame: &mut Frame, area: Rect, state: &State, page: &dyn Page) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let mut title = format!(" {} ", titles::path(state, page));
    if let Some(Subject::Person(person)) = page.subject()
        && ctx.shows(person)
    {
        title = format!("{title}({}) ", say::REVEAL_LEFT.get(state.lang));
    }
    let mut inner = boxed(frame, area, &title, false, theme);
    let Some(known) = page.facts(&ctx) else {
        let word = page.missing().unwrap_or(say::LOADING);
        write(frame, inner, inner.x, inner.y, word.get(state.lang), theme.dim(), theme);
        return;
    };
    let mut y = inner.y;
    let alerts = page.alerts(&ctx, inner.width);
    let room = usize::from(inner.height.saturating_sub(FACTS_KEPT));
    for (line, alert) in alerts.iter().take(room).enumerate() {
        // What there is no room for is at least counted.
        let left = if line + 1 == room { alerts.len() - room } else { 0 };
        let text =
            if left > 0 { say::more_lines(left + 1).get(state.lang).to_owned() } else { alert.text.clone() };
        write(frame, inner, inner.x, y, &text, theme.mood(alert.mood), theme);
        y += 1;
    }
    if let Some(number) = page.large_number() {
        inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
        if !number.is_empty() {
            y += digits::draw(frame, inner, &number, inner.height > digits::HEIGHT, theme);
        }
    }
    let rest = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
    facts(frame, rest, &known, state);
}

/// Labels with what stands beside them, in as many columns as there is room for.
fn facts(frame: &mut Frame, area: Rect, facts: &[Fact], state: &State) {
    let theme = Theme::of(state);
    for fact in place(facts, area.width, state.lang) {
        let (mut x, y) = (area.x + fact.x, area.y + fact.y);
        let cell = Rect { x, width: fact.room, ..area };
        if let Some(label) = fact.label {
            x += write(frame, cell, x, y, &format!("{} ", label.get(state.lang)), theme.dim(), theme);
        }
        write(frame, cell, x, y, &fact.text, theme.mood(fact.mood), theme);
    }
}

/// The part that is shown, to be read; nothing is said of it before it is known.
fn part(frame: &mut Frame, area: Rect, state: &State, page: &dyn Page, tabs: &str) {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let inner = boxed(frame, area, tabs, true, theme);
    let lines = page.lines(&ctx, usize::from(inner.height));
    if lines.is_empty() && page.facts(&ctx).is_some() {
        write(frame, inner, inner.x, inner.y, say::EMPTY.get(state.lang), theme.dim(), theme);
    }
    let first = page.part().map_or(0, |part| part.scroll);
    let whole = text_lines(frame, inner, &lines, first, theme);
    lines_below(frame, area, lines.len().saturating_sub(first + whole), state.lang, theme);
}
