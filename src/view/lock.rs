//! The locked screen: the office, the clock, who is on duty, and who may unlock it. No name of anybody else, no count.

use super::form::line;
use super::paint::write;
use super::text::width;
use super::theme::Theme;
use crate::app::shown::column::Mood;
use crate::app::shown::lock::Lock;
use crate::app::{State, keymap};
use crate::i18n::handover;
use crate::i18n::rights as say;
use crate::i18n::screen;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::Input;

/// Room for a PIN as it is typed.
const PIN_ROOM: u16 = 24;

/// Draws nothing but the lock.
pub fn draw(frame: &mut Frame, state: &State, lock: &Lock) {
    let (theme, lang, area) = (Theme::of(state), state.lang, frame.area());
    let on_duty = match &state.status.shift {
        Some(shift) => say::locked_of(&shift.name),
        None => screen::LOCKED.into(),
    };
    let clock = state.calendar.local(state.now).format("%Y-%m-%d %H:%M:%S").to_string();
    let due = if lock.due { say::DUE_BEHIND.get(lang).to_owned() } else { String::new() };
    let who = lock.who.as_ref().map(|(_, name)| say::unlock_as(name));
    let lines: [(String, Style); 6] = [
        (state.status.office.clone(), theme.strong()),
        (clock, Style::new()),
        (on_duty.get(lang).to_owned(), theme.strong()),
        (due, theme.mood(Mood::Warn)),
        (String::new(), Style::new()),
        (who.map(|who| who.get(lang).to_owned()).unwrap_or_default(), Style::new()),
    ];
    let mut y = area.y + (area.height / 2).saturating_sub(5);
    for (text, style) in &lines {
        centred(frame, area, y, text, *style, theme);
        y = y.saturating_add(1);
    }
    if state.lock_asks_pin() {
        let label = handover::PIN_PROMPT.get(lang);
        let taken = width(label) as u16;
        let x = area.x + area.width.saturating_sub(taken + PIN_ROOM / 2) / 2;
        write(frame, area, x, y, label, Style::new(), theme);
        let room = area.right().saturating_sub(x + taken).min(PIN_ROOM);
        if y < area.bottom() && room > 0 {
            let stars = Input::new("*".repeat(lock.pin.value().chars().count()));
            let stars = stars.with_cursor(lock.pin.cursor());
            line(frame, Rect { x: x + taken, y, width: room, height: 1 }, &stars, true, theme);
        }
    }
    y = y.saturating_add(1);
    let said = match (&lock.error, lock.checking) {
        (Some(error), _) => (error.get(lang).to_owned(), theme.mood(Mood::Bad)),
        (None, Some(_)) => (say::CHECKING.get(lang).to_owned(), theme.dim()),
        (None, None) => (String::new(), Style::new()),
    };
    centred(frame, area, y, &said.0, said.1, theme);
    let keys = keymap::footer(keymap::Context::Locked);
    let keys = keys
        .iter()
        .filter_map(|b| Some(format!("{} {}", b.keys.first()?.shown(lang, theme.ascii), b.words.get(lang))));
    centred(frame, area, y.saturating_add(2), &keys.collect::<Vec<_>>().join("  "), theme.dim(), theme);
}

fn centred(frame: &mut Frame, area: Rect, y: u16, text: &str, style: Style, theme: Theme) {
    let x = area.x + area.width.saturating_sub(width(text) as u16) / 2;
    write(frame, area, x, y, text, style, theme);
}
