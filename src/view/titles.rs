//! What stands above the lists of the screens.

use crate::app::State;
use crate::app::shown::home::{Home, Screen};
use crate::app::shown::page::Page;
use crate::app::shown::state::Layer;
use crate::i18n::keys;

/// What stands above the list of a screen.
pub(super) fn title(state: &State, screen: &Screen) -> String {
    match screen.home {
        Home::Units => units_title(state),
        Home::Outstanding => outstanding_title(state),
        Home::Doubts => doubts_title(state),
        _ => screen.name.get(state.lang).to_owned(),
    }
}

/// The doubts, with how accurate the day is.
fn doubts_title(state: &State) -> String {
    let figures = crate::i18n::doubts::figures(&state.tables.accuracy);
    format!("{} · {}", keys::DOUBTS.get(state.lang), figures.get(state.lang))
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

/// How a page was reached: the screen, the pages below it, itself.
pub(super) fn path(state: &State, page: &dyn Page) -> String {
    let mut all = vec![state.home.screen().name.get(state.lang)];
    let pages = state.layers.iter().filter_map(|layer| match layer {
        Layer::Page(page) => Some(page.title(state.lang)),
        _ => None,
    });
    all.extend(pages.filter(|title| !title.is_empty()));
    if all.len() == 1 {
        all.push(page.title(state.lang));
    }
    all.join(" › ")
}
