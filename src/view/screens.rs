//! The screens behind the digits.

use super::paint::{boxed, write};
use super::table::{Titles, draw};
use super::text::wrap;
use super::theme::Theme;
use crate::app::handover;
use crate::app::shown::column::Mood;
use crate::app::shown::home::{Board, Home, Screen};
use crate::app::shown::lines::TextLine;
use crate::app::shown::state::Layer;
use crate::app::shown::table::List;
use crate::app::{State, layout};
use crate::i18n::{keys, screen as say};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the page that is seen: the topmost page, else the screen.
pub fn body(frame: &mut Frame, area: Rect, state: &State) {
    match state.page() {
        Some(page) => super::page::draw_page(frame, area, state, page),
        None => home(frame, area, state),
    }
}

fn home(frame: &mut Frame, area: Rect, state: &State) {
    let screen = state.home.screen();
    match (state.home, screen.list(&state.tables)) {
        (Home::Board, _) => board(frame, area, state),
        (Home::Handover, _) => handover_screen(frame, area, state),
        (Home::Sitrep, _) => super::report::screen(frame, area, state),
        (_, Some(list)) => screen_table(frame, area, state, screen, list, true),
        (_, None) => {}
    }
}

fn screen_table(
    frame: &mut Frame,
    area: Rect,
    state: &State,
    screen: &Screen,
    list: &dyn List,
    focused: bool,
) {
    let title = match screen.home {
        Home::Units => units_title(state),
        Home::Outstanding => outstanding_title(state),
        _ => screen.name.get(state.lang).to_owned(),
    };
    draw(frame, area, state, list, Titles { title: &title, empty: screen.empty, focused });
}

/// What is owed, and what runs beside it.
fn outstanding_title(state: &State) -> String {
    let said = [state.outstanding_said(), state.running_said()];
    let said: Vec<&str> = said.iter().flatten().map(|say| say.get(state.lang)).collect();
    let title =
        if said.is_empty() { keys::OUTSTANDING.get(state.lang).to_owned() } else { said.join(" · ") };
    // A title begins with a capital letter.
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The units, with the day of which their state is told unless it is today.
fn units_title(state: &State) -> String {
    let word = keys::UNITS.get(state.lang);
    state.units_day().map_or_else(|| word.to_owned(), |day| format!("{word} ({day})"))
}

fn board(frame: &mut Frame, area: Rect, state: &State) {
    let focus = state.board.focus;
    let boxes = layout::board(area, focus).into_iter().zip(Board::BOXES).zip(state.board.lists());
    for (at, ((area, home), list)) in boxes.enumerate() {
        screen_table(frame, area, state, home.screen(), list, at == focus);
    }
}

fn handover_screen(frame: &mut Frame, area: Rect, state: &State) {
    let theme = Theme::of(state);
    let inner = boxed(frame, area, &format!(" {} ", keys::HANDOVER.get(state.lang)), true, theme);
    if let Some(summary) = &state.summary {
        let lines = handover::lines(summary, &state.ctx());
        text_lines(frame, inner, &lines, state.summary_scroll, theme);
    } else {
        let word = if state.status.shift.is_some() { say::LOADING } else { say::HANDOVER_NONE };
        write(frame, inner, inner.x, inner.y, word.get(state.lang), theme.dim(), theme);
    }
}

/// Lines to read, from the first one shown; long ones are wrapped.
pub(super) fn text_lines(frame: &mut Frame, area: Rect, lines: &[TextLine], scroll: usize, theme: Theme) {
    let mut y = area.y;
    for line in lines.iter().skip(scroll) {
        let style = if line.head { theme.strong() } else { theme.mood(line.mood) };
        let text = super::text::clean(&line.text, theme.widths);
        for part in wrap(&text, usize::from(area.width)) {
            if y >= area.bottom() {
                return;
            }
            write(frame, area, area.x, y, &part, style, theme);
            y += 1;
        }
    }
}

/// The terminal is too small to work on.
pub fn too_small(frame: &mut Frame, state: &State) {
    let theme = Theme::of(state);
    let area = frame.area();
    // The question of leaving has no room of its own here.
    let asked = matches!(state.layers.last(), Some(Layer::Quit { .. }));
    let words = if asked { say::QUIT_SMALL } else { say::TOO_SMALL };
    for (line, part) in wrap(words.get(state.lang), usize::from(area.width)).iter().enumerate() {
        write(frame, area, area.x, area.y + line as u16, part, theme.mood(Mood::Warn), theme);
    }
}
