//! The card of a caller: the number large, whose it is, what to ask, what is open, the last calls.

use super::digits;
use super::paint::write;
use super::text::{clean, wrap_words};
use super::theme::Theme;
use crate::app::State;
use crate::app::card::card;
use crate::app::shown::state::Find;
use crate::i18n::find as say;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Lines besides the number's from which on it is shown large.
const ROOMY: u16 = 6;

/// Draws the card of what is selected.
pub fn draw(frame: &mut Frame, area: Rect, state: &State, find: &Find) {
    let theme = Theme::of(state);
    if find.is_empty() {
        let y = nothing(frame, area, state, find);
        if !find.is_call_of_nobody() {
            return;
        }
        let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        lines(frame, rest, state, find, theme);
        return;
    }
    lines(frame, area, state, find, theme);
}

fn lines(frame: &mut Frame, area: Rect, state: &State, find: &Find, theme: Theme) {
    let card = card(find, &state.ctx());
    let mut y = area.y;
    if !card.number.is_empty() {
        y += digits::draw(frame, area, &card.number, area.height >= ROOMY + digits::HEIGHT, theme);
    }
    for line in &card.lines {
        let style = if line.head { theme.strong() } else { theme.mood(line.mood) };
        for part in wrap_words(&clean(&line.text, theme.widths), usize::from(area.width)) {
            if y >= area.bottom() {
                return;
            }
            write(frame, area, area.x, y, &part, style, theme);
            y += 1;
        }
    }
}

/// Nothing was found: what was tried, and what can be done instead. Returns the line below.
fn nothing(frame: &mut Frame, area: Rect, state: &State, find: &Find) -> u16 {
    let (theme, lang) = (Theme::of(state), state.lang);
    let tried: Vec<&str> = find.found.tried.iter().map(|tried| tried.word().get(lang)).collect();
    let by = if lang == crate::say::Lang::Zh { "、" } else { ", " };
    let mut said = Vec::new();
    if !tried.is_empty() {
        said.push((say::tried(tried.join(by)).get(lang).to_owned(), theme.dim()));
    }
    if find.offers_unknown() {
        let filled = if find.calling().is_some() { say::OFFER_NUMBER } else { say::OFFER_WORDS };
        let offer = format!("{}{}", say::UNKNOWN_OFFER.get(lang), filled.get(lang));
        said.push((offer, theme.strong()));
    }
    let mut y = area.y;
    for (text, style) in said {
        for part in wrap_words(&clean(&text, theme.widths), usize::from(area.width)) {
            write(frame, area, area.x, y, &part, style, theme);
            y += 1;
        }
    }
    y
}
