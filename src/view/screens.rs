//! The screens behind the digits, and the pages above them.

use super::paint::{boxed, write};
use super::table::{Titles, draw};
use super::text::wrap;
use super::theme::Theme;
use crate::app::facts::place;
use crate::app::handover;
use crate::app::lines::TextLine;
use crate::app::shown::column::Mood;
use crate::app::shown::state::{DossierPage, Home, Layer, UnitPage};
use crate::app::shown::table::List;
use crate::app::{State, layout, pages};
use crate::i18n::{keys, screen as say};
use crate::say::Word;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the page that is seen: the topmost page, else the screen.
pub fn body(frame: &mut Frame, area: Rect, state: &State) {
    match state.page() {
        Some(Layer::Dossier(page)) => dossier(frame, area, state, page),
        Some(Layer::Unit(page)) => unit(frame, area, state, page),
        Some(Layer::Contacts(page)) => super::contacts::all(frame, area, state, page),
        Some(Layer::Contact(page)) => super::contacts::one(frame, area, state, page),
        Some(Layer::Behind(page)) => super::report::behind(frame, area, state, page),
        Some(Layer::Shifts(page)) => {
            let title = say::SHIFTS_TITLE.get(state.lang);
            draw(frame, area, state, &page.rows, Titles { title, empty: say::EMPTY, focused: true });
        }
        Some(Layer::Callers(page)) => {
            let title = say::CALLERS_TITLE.get(state.lang);
            draw(frame, area, state, &page.rows, Titles { title, empty: say::NO_CALLERS, focused: true });
        }
        Some(Layer::Told(page)) => super::report::told(frame, area, state, page),
        _ => home(frame, area, state),
    }
}

fn titles(word: Word, empty: Word, focused: bool, state: &State) -> Titles<'static> {
    Titles { title: word.get(state.lang), empty, focused }
}

fn home(frame: &mut Frame, area: Rect, state: &State) {
    let t = &state.tables;
    match state.home {
        Home::Board => board(frame, area, state),
        Home::Units => {
            let title = units_title(state);
            draw(frame, area, state, &t.units, Titles { title: &title, empty: say::EMPTY, focused: true });
        }
        Home::Outstanding => {
            let title = outstanding_title(state);
            draw(
                frame,
                area,
                state,
                &t.outstanding,
                Titles { title: &title, empty: say::ALL_REPORTED, focused: true },
            );
        }
        Home::Cases => draw(frame, area, state, &t.cases, titles(keys::CASES, say::EMPTY, true, state)),
        Home::Due => draw(frame, area, state, &t.due, titles(keys::DUE, say::EMPTY, true, state)),
        Home::People => draw(frame, area, state, &t.people, titles(keys::PEOPLE, say::EMPTY, true, state)),
        Home::Log => draw(frame, area, state, &t.log, titles(keys::LOG, say::EMPTY, true, state)),
        Home::Handover => handover_screen(frame, area, state),
        Home::Sitrep => super::report::screen(frame, area, state),
    }
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
    let b = &state.board;
    let boxes = layout::board(area, b.focus);
    let title = |at: usize, word: Word, empty: Word| titles(word, empty, b.focus == at, state);
    let (owed, units) = (outstanding_title(state), units_title(state));
    let owed = Titles { title: &owed, empty: say::ALL_REPORTED, focused: b.focus == 0 };
    draw(frame, boxes[0], state, &b.outstanding, owed);
    draw(frame, boxes[1], state, &b.cases, title(1, keys::CASES, say::EMPTY));
    draw(
        frame,
        boxes[2],
        state,
        &b.units,
        Titles { title: &units, empty: say::EMPTY, focused: b.focus == 2 },
    );
    draw(frame, boxes[3], state, &b.due, title(3, keys::DUE, say::EMPTY));
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
fn text_lines(frame: &mut Frame, area: Rect, lines: &[TextLine], scroll: usize, theme: Theme) {
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

/// Labels with what stands beside them, in as many columns as there is room for.
pub(super) fn facts(frame: &mut Frame, area: Rect, facts: &[crate::app::lines::Fact], state: &State) {
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

/// The names of the parts of a page, the one shown marked.
pub(super) fn tab_line(tabs: &[(Word, usize)], shown: usize, state: &State) -> String {
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

/// Lines of facts that a person's page keeps, however much there is to be seen before anything else.
const FACTS_KEPT: u16 = 3;

fn dossier(frame: &mut Frame, area: Rect, state: &State, page: &DossierPage) {
    let theme = Theme::of(state);
    let (top, part) = state.page_areas(area);
    let name = page.data.as_deref().map_or("", |d| &d.name);
    let mut title = format!(" {name} ");
    if state.ctx().shows(page.id) {
        title = format!("{title}({}) ", say::REVEAL_LEFT.get(state.lang));
    }
    let inner = boxed(frame, top, &title, false, theme);
    let part_inner = boxed(frame, part, &tab_line(&pages::dossier_tabs(page), page.tab, state), true, theme);
    let ctx = state.ctx();
    let Some(data) = page.seen(&ctx) else {
        let word = if page.missing { say::NO_SUCH_PERSON } else { say::LOADING };
        write(frame, inner, inner.x, inner.y, word.get(state.lang), theme.dim(), theme);
        return;
    };
    let alerts = pages::alert_lines(data, &ctx, inner.width);
    let mut y = inner.y;
    let room = usize::from(inner.height.saturating_sub(FACTS_KEPT));
    for (line, alert) in alerts.iter().take(room).enumerate() {
        // What there is no room for is at least counted.
        let left = if line + 1 == room { alerts.len() - room } else { 0 };
        let text =
            if left > 0 { say::more_lines(left + 1).get(state.lang).to_owned() } else { alert.text.clone() };
        write(frame, inner, inner.x, y, &text, theme.mood(alert.mood), theme);
        y += 1;
    }
    let rest = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
    facts(frame, rest, &pages::dossier_facts(data, &ctx), state);
    part_text(frame, part_inner, state, page.scroll, theme);
}

pub(super) fn part_text(frame: &mut Frame, area: Rect, state: &State, scroll: usize, theme: Theme) {
    let lines = state.page().map(|page| pages::part_lines(page, state)).unwrap_or_default();
    if lines.is_empty() {
        write(frame, area, area.x, area.y, say::EMPTY.get(state.lang), theme.dim(), theme);
    }
    text_lines(frame, area, &lines, scroll, theme);
}

fn unit(frame: &mut Frame, area: Rect, state: &State, page: &UnitPage) {
    let theme = Theme::of(state);
    let (top, part) = state.page_areas(area);
    let name = page.sheet.as_deref().map_or("", |s| &s.unit.name);
    let inner = boxed(frame, top, &format!(" {name} "), false, theme);
    if let Some(sheet) = page.sheet.as_deref() {
        let below = if page.people.filter().is_empty() { List::len(&page.people) } else { 0 };
        facts(frame, inner, &pages::unit_facts(sheet, below, &state.ctx()), state);
    } else {
        let word = if page.missing { say::NO_SUCH_UNIT_HERE } else { say::LOADING };
        write(frame, inner, inner.x, inner.y, word.get(state.lang), theme.dim(), theme);
    }
    let tabs = tab_line(&pages::unit_tabs(page), page.tab, state);
    if page.tab == 0 {
        let titles = Titles { title: tabs.trim_end(), empty: say::EMPTY, focused: true };
        draw(frame, part, state, &page.people, titles);
    } else {
        let inner = boxed(frame, part, &tabs, true, theme);
        part_text(frame, inner, state, page.scroll, theme);
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
