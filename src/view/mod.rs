//! Draws [`State`]: one file a part of the screen. Never changes state, never reads the database. All text goes
//! through [`text`], which makes it safe and measures it as the terminal does.

mod board;
mod card;
mod chrome;
mod dialogs;
mod digits;
mod find;
mod form;
mod help;
#[cfg(test)]
mod help_tests;
mod hit;
mod lock;
mod page;
mod paint;
mod palette;
mod paper;
mod report;
#[cfg(test)]
mod room_tests;
mod screens;
#[cfg(test)]
mod sign_tests;
mod strip;
mod table;
#[cfg(test)]
mod tests;
pub mod text;
mod theme;
#[cfg(test)]
mod theme_tests;
mod titles;
mod told;
mod walk;

use crate::app::shown::state::Layer;
use crate::app::{State, layout};
use ratatui::Frame;
use ratatui::layout::Position;

/// Draws one frame.
pub fn draw(state: &State, frame: &mut Frame) {
    draw_to_rest(state, frame);
}

/// Draws one frame, and says where the cursor rests if none is shown: at what is selected, where an input method shows
/// what it is about to write. What is drawn by others than `paint` is made safe here: the last thing before the
/// terminal.
pub fn draw_to_rest(state: &State, frame: &mut Frame) -> Position {
    let rest = draw_all(state, frame);
    paint::make_safe(frame, state.widths);
    theme::Theme::of(state).ink(frame.buffer_mut());
    rest
}

fn draw_all(state: &State, frame: &mut Frame) -> Position {
    let whole = frame.area();
    if let Some(shown) = &state.lock {
        lock::draw(frame, state, shown);
        return Position::new(whole.x, whole.height / 2);
    }
    if layout::too_small(state.size) {
        screens::too_small(frame, state);
        return Position::ORIGIN;
    }
    let (areas, theme) = (layout::frame(state.size), theme::Theme::of(state));
    screens::body(frame, areas.body, state);
    chrome::draw(frame, state, &areas);
    let mut rest = paint::selected(frame, areas.body);
    for layer in &state.layers {
        let above = !layer.is_page();
        if above {
            // What is said below, and the keys that work, belong to what lies above.
            paint::veil(frame, &[areas.feedback, areas.footer], theme);
        }
        match layer {
            Layer::Page(_) => {}
            Layer::Spoken(spoken) => report::spoken(frame, state, spoken),
            Layer::Form(shown) => form::draw(frame, state, shown),
            Layer::Find(find) => find::draw(frame, state, find),
            Layer::Palette(palette) => dialogs::palette(frame, state, palette),
            Layer::Help(help) => help::help(frame, state, help),
            Layer::Undo(undo) => dialogs::undo(frame, state, undo),
            Layer::Quit { yes } => dialogs::quit(frame, state, *yes),
            Layer::Pick(pick) => dialogs::pick(frame, state, pick),
            Layer::Walk(walk) => walk::walk(frame, state, walk),
            Layer::Which(list) => paper::which(frame, state, list),
            Layer::Paper(shown) => paper::preview(frame, state, shown),
            Layer::Working(work) => dialogs::working(frame, state, work),
            Layer::Plan(plan) => dialogs::plan(frame, state, plan),
            Layer::Detail { title, lines, scroll } => dialogs::detail(frame, state, title, lines, *scroll),
        }
        if above {
            rest = paint::selected(frame, whole);
        }
    }
    chrome::long_feedback(frame, state, &areas);
    rest
}
