//! Outside contacts: the directory, and the page of one with its number large.

use super::digits;
use super::paint::{boxed, write};
use super::screens::{facts, part_text, tab_line};
use super::table::{Titles, draw};
use super::theme::Theme;
use crate::app::State;
use crate::app::contacts::{contact_facts, contact_tabs};
use crate::app::shown::found::first_number;
use crate::app::shown::state::{ContactPage, ContactsPage};
use crate::i18n::{find as words, screen as say};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the directory.
pub fn all(frame: &mut Frame, area: Rect, state: &State, page: &ContactsPage) {
    let titles = Titles { title: words::CONTACTS.get(state.lang), empty: words::NO_CONTACTS, focused: true };
    draw(frame, area, state, &page.contacts, titles);
}

/// Draws one contact.
pub fn one(frame: &mut Frame, area: Rect, state: &State, page: &ContactPage) {
    let theme = Theme::of(state);
    let (top, part) = state.page_areas(area);
    let name = page.sheet.as_deref().map_or("", |s| &s.contact.org);
    let inner = boxed(frame, top, &format!(" {name} "), false, theme);
    if let Some(sheet) = page.sheet.as_deref() {
        let number = first_number(&sheet.contact.phone);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
        let mut y = inner.y;
        if !number.is_empty() {
            y += digits::draw(frame, inner, &number, inner.height > digits::HEIGHT, theme);
        }
        let rest = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        facts(frame, rest, &contact_facts(sheet, &state.ctx()), state);
    } else {
        let word = if page.missing { words::NO_SUCH_CONTACT } else { say::LOADING };
        write(frame, inner, inner.x, inner.y, word.get(state.lang), theme.dim(), theme);
    }
    let tabs = tab_line(&contact_tabs(page), page.tab, state);
    let inner = boxed(frame, part, &tabs, true, theme);
    part_text(frame, inner, state, page.scroll, theme);
}
