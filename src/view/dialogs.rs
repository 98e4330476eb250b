//! Everything that lies above the page, forms aside.

use super::form::line;
use super::paint::{fill, popup, write};
use super::text::{fit, width, wrap, wrap_words};
use super::theme::Theme;
use crate::app::dialog::command_line;
use crate::app::shown::column::Mood;
use crate::app::shown::state::{Palette, Pick, PickFor, PlanBox, UndoBox, Working};
use crate::app::{State, keymap, layout};
use crate::i18n::{findings, inbox, passing, screen as say};
use crate::say::{Say, Word};
use crate::store::query::rows::{LogRow, UndoPart, UndoPreview};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The first line to show so that `at` is seen.
fn first(at: usize, height: u16) -> usize {
    at.saturating_sub(usize::from(height.max(1)) - 1)
}

/// No and yes, the one with the cursor reversed.
fn no_yes(frame: &mut Frame, area: Rect, y: u16, question: Word, yes: bool, state: &State) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let mut x = area.x + write(frame, area, area.x, y, question.get(lang), theme.strong(), theme) + 2;
    for (answer, on) in [(say::NO_WORD, !yes), (say::YES_WORD, yes)] {
        let style = if on { theme.selected() } else { Style::new() };
        let mark = if on { ">" } else { " " };
        x += write(frame, area, x, y, &format!("{mark}{} ", answer.get(lang)), style, theme) + 1;
    }
}

/// The palette.
pub fn palette(frame: &mut Frame, state: &State, palette: &Palette) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let area = layout::dialog(state.size, 60, 18.min(state.size.1.saturating_sub(4)));
    let inner = popup(frame, area, &format!(" {} ", say::PALETTE_TITLE.get(lang)), theme);
    write(frame, inner, inner.x, inner.y, ":", theme.key(), theme);
    let typed = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
    line(frame, typed, &palette.input, true, theme);
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    let top = first(palette.at, list.height);
    for (row, (at, i)) in
        palette.fitting.iter().enumerate().skip(top).take(usize::from(list.height)).enumerate()
    {
        let y = list.y + row as u16;
        let (name, words, key) = command_line(&keymap::BINDINGS[*i], lang, theme.ascii);
        let cursor = if at == palette.at { '>' } else { ' ' };
        let name = format!("{cursor}{}", fit(&name, 16, false, theme.ascii));
        write(frame, list, list.x, y, &name, theme.strong(), theme);
        write(frame, list, list.x + 18, y, &words, Style::new(), theme);
        let right = list.right().saturating_sub(width(&key) as u16);
        write(frame, list, right, y, &key, theme.key(), theme);
        if at == palette.at {
            fill(frame, list, y, theme.selected());
        }
    }
}

fn op_line(row: &LogRow, state: &State) -> String {
    let at = state.calendar.brief(row.happened_at, state.now);
    let said = row.said(state.calendar);
    format!("{} {at} {} {}", row.op.seq, row.about(state.lang), said.get(state.lang))
}

/// How many events of one op an undo lists.
const PARTS: usize = 8;

/// What the op holds besides what its own line says.
fn parts(preview: &UndoPreview) -> &[UndoPart] {
    preview.parts.get(1..).unwrap_or_default()
}

/// What an undo would take back.
pub fn undo(frame: &mut Frame, state: &State, undo: &UndoBox) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let more = undo.preview.as_ref().map_or(0, |p| p.blocked_by.len().max(parts(p).len()));
    let area = layout::dialog(state.size, 72, 9 + more.min(PARTS + 1) as u16);
    let inner = popup(frame, area, &format!(" {} ", say::UNDO_TITLE.get(lang)), theme);
    let mut y = inner.y;
    let mut put = |frame: &mut Frame, text: &str, style: Style| {
        for part in wrap(&super::text::clean(text, theme.widths), usize::from(inner.width)) {
            write(frame, inner, inner.x, y, &part, style, theme);
            y += 1;
        }
    };
    if let Some(error) = &undo.error {
        put(frame, error.get(lang), theme.mood(Mood::Bad));
    }
    let Some(preview) = &undo.preview else {
        if undo.error.is_none() {
            put(frame, say::LOADING.get(lang), theme.dim());
        }
        return;
    };
    put(frame, say::UNDO_WHAT.get(lang), theme.strong());
    put(frame, &op_line(&preview.row, state), Style::new());
    if preview.blocked_by.is_empty() {
        let parts = parts(preview);
        for part in parts.iter().take(PARTS) {
            let said = part.said(preview.row.happened_at, state.calendar);
            put(frame, &format!("  {} {}", part.about(lang), said.get(lang)), Style::new());
        }
        if parts.len() > PARTS {
            put(frame, say::and_more(parts.len() - PARTS).get(lang), theme.dim());
        }
        if undo.token.is_some() {
            put(frame, say::SENDING.get(lang), theme.dim());
        } else {
            no_yes(frame, inner, inner.bottom().saturating_sub(1), say::UNDO_TITLE, undo.yes, state);
        }
        return;
    }
    put(frame, say::UNDO_BLOCKED.get(lang), theme.mood(Mood::Bad));
    for row in &preview.blocked_by {
        put(frame, &op_line(row, state), Style::new());
    }
}

/// Leave the desk?
pub fn quit(frame: &mut Frame, state: &State, yes: bool) {
    let theme = Theme::of(state);
    let area = layout::dialog(state.size, 56, 5);
    let inner = popup(frame, area, "", theme);
    if state.is_leaving() {
        let words = say::leaving(state.unanswered());
        write(frame, inner, inner.x, inner.y, words.get(state.lang), theme.mood(Mood::Warn), theme);
    } else {
        write(frame, inner, inner.x, inner.y, say::QUIT_NOTE.get(state.lang), theme.dim(), theme);
    }
    no_yes(frame, inner, inner.bottom().saturating_sub(1), say::QUIT_SURE, yes, state);
}

/// A list of officers.
pub fn pick(frame: &mut Frame, state: &State, pick: &Pick) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let area = layout::dialog(state.size, 40, pick.officers.len().min(14) as u16 + 2);
    let title = if pick.purpose == PickFor::Switch { say::PICK_SWITCH } else { say::PICK_TAKEOVER };
    let inner = popup(frame, area, &format!(" {} ", title.get(lang)), theme);
    let top = first(pick.at, inner.height);
    for (row, (at, (id, name))) in
        pick.officers.iter().enumerate().skip(top).take(usize::from(inner.height)).enumerate()
    {
        let y = inner.y + row as u16;
        let cursor = if at == pick.at { '>' } else { ' ' };
        let x = inner.x + write(frame, inner, inner.x, y, &format!("{cursor}{name}"), Style::new(), theme);
        let on_duty = state.status.shift.as_ref().is_some_and(|shift| shift.officer == *id);
        if on_duty && pick.purpose == PickFor::TakeOver {
            write(frame, inner, x + 1, y, passing::GOES_ON.get(lang), theme.dim(), theme);
        }
        if at == pick.at {
            fill(frame, inner, y, theme.selected());
        }
    }
}

/// Work beside the screen.
pub fn working(frame: &mut Frame, state: &State, work: &Working) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let area = layout::dialog(state.size, 60, 5);
    let inner = popup(frame, area, &format!(" {} ", work.title.get(lang)), theme);
    write(frame, inner, inner.x, inner.y, work.words.get(lang), Style::new(), theme);
    if work.total > 0 {
        let bar = usize::from(inner.width.saturating_sub(8));
        let done = (work.done.min(work.total) as usize * bar) / work.total as usize;
        let text = format!(
            "{}{} {}%",
            "#".repeat(done),
            ".".repeat(bar - done),
            work.done.min(work.total) * 100 / work.total
        );
        write(frame, inner, inner.x, inner.y + 1, &text, Style::new(), theme);
    }
}

/// A planned import.
pub fn plan(frame: &mut Frame, state: &State, plan: &PlanBox) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let area = layout::dialog(state.size, 110, state.size.1.saturating_sub(2));
    let inner = popup(frame, area, &format!(" {} ", plan.plan.title.get(lang)), theme);
    let counts: Vec<String> =
        plan.plan.counts.iter().map(|(name, n)| format!("{} {n}", name.get(lang))).collect();
    write(frame, inner, inner.x, inner.y, &counts.join("   "), theme.strong(), theme);
    let below = if plan.plan.needs_reason { 3 } else { 2 };
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1 + below), ..inner };
    // A reason that says what to do is of no use up to the edge only.
    let rows = plan_lines(plan, state).into_iter().skip(plan.scroll).flat_map(|(text, mood)| {
        hanging(&super::text::clean(&text, theme.widths), usize::from(list.width))
            .into_iter()
            .map(move |part| (part, mood))
    });
    for (y, (text, mood)) in (list.y..list.bottom()).zip(rows) {
        write(frame, list, list.x, y, &text, theme.mood(mood), theme);
    }
    let mut y = list.bottom();
    if let Some(error) = &plan.error {
        write(frame, inner, inner.x, y, error.get(lang), theme.mood(Mood::Bad), theme);
    }
    y += 1;
    if plan.plan.needs_reason {
        let label = format!("{}: ", say::WHY_AGAIN.get(lang));
        let x = inner.x + write(frame, inner, inner.x, y, &label, theme.key(), theme);
        let typed = Rect { x, y, width: inner.right().saturating_sub(x), height: 1 };
        line(frame, typed, &plan.reason, true, theme);
        y += 1;
    }
    if plan.sending {
        write(frame, inner, inner.x, y, say::SENDING.get(lang), theme.dim(), theme);
    } else {
        no_yes(frame, inner, y, say::PLAN_SURE, plan.yes, state);
    }
}

/// The text in lines, the further ones set in, so that each entry is seen to begin.
fn hanging(text: &str, columns: usize) -> Vec<String> {
    const SET_IN: &str = "    ";
    let parts = wrap_words(text, columns.saturating_sub(SET_IN.len()));
    let set = |(row, part): (usize, String)| if row == 0 { part } else { format!("{SET_IN}{part}") };
    parts.into_iter().enumerate().map(set).collect()
}

fn plan_lines(plan: &PlanBox, state: &State) -> Vec<(String, Mood)> {
    let lang = state.lang;
    let mut out = Vec::new();
    let mut section = |title: Word, n: usize, lines: Vec<(String, Mood)>| {
        if n > 0 {
            out.push((format!("{} {n}", title.get(lang)), Mood::Plain));
            out.extend(lines);
        }
    };
    let p = &plan.plan;
    let units = p
        .units
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            let out = plan.out.contains(&unit.id);
            let (cursor, mark) = (if plan.unit == Some(at) { '>' } else { ' ' }, if out { ' ' } else { 'x' });
            let text = format!(" {cursor}[{mark}] {}", inbox::unit_of_plan(&unit.name, unit.rows).get(lang));
            (text, if out { Mood::Dim } else { Mood::Plain })
        })
        .collect();
    section(inbox::PLAN_UNITS, p.units.len(), units);
    let findings =
        p.findings.iter().map(|(who, what)| (format!("  {who}  {}", what.get(lang)), Mood::Bad)).collect();
    section(findings::FINDINGS, p.findings.len(), findings);
    let warnings = p.warnings.iter().map(|w| (format!("  {}", w.get(lang)), Mood::Warn)).collect();
    section(say::PLAN_WARNINGS, p.warnings.len(), warnings);
    let problems = p
        .problems
        .iter()
        .map(|x| (format!("  {}  {}  {}", x.place.get(lang), x.value, x.reason.get(lang)), Mood::Bad))
        .collect();
    section(say::PLAN_PROBLEMS, p.problems.len(), problems);
    let changes = p
        .changes
        .iter()
        .map(|x| {
            let (old, new) = (x.old.get(lang), x.new.get(lang));
            let arrow = match (x.who.is_empty(), old.is_empty() && new.is_empty()) {
                // A row of a ledger is new: there is nothing it was before.
                (true, _) => new.to_owned(),
                (false, true) => String::new(),
                (false, false) => format!("{old} -> {new}"),
            };
            let who = if x.who.is_empty() { String::new() } else { format!("{}  ", x.who) };
            let text = format!("  {who}{}  {arrow}", x.field.get(lang));
            (text.trim_end().to_owned(), Mood::Plain)
        })
        .collect();
    section(say::PLAN_CHANGES, p.changes.len(), changes);
    out
}

/// Lines in full.
pub fn detail(frame: &mut Frame, state: &State, title: &Say, lines: &[Say], scroll: usize) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let area = layout::detail(state.size, lines.len());
    let (wide, high) =
        (usize::from(area.width.saturating_sub(4)), usize::from(area.height.saturating_sub(2)));
    let clean = |text: &Say| super::text::clean(text.get(lang), theme.widths).into_owned();
    // Wrapped first, then scrolled: the end of a long line is reached too.
    let rows: Vec<String> = lines.iter().flat_map(|text| wrap(&clean(text), wide)).collect();
    let top = scroll.min(rows.len().saturating_sub(high));
    let mut title = format!(" {} ", title.get(lang));
    if rows.len() > high {
        let part = say::part_of(top + 1, top + high, rows.len());
        title = format!("{title}{} ", part.get(lang));
    }
    let inner = popup(frame, area, &title, theme);
    for (y, part) in (inner.y..).zip(rows.iter().skip(top).take(high)) {
        write(frame, inner, inner.x, y, part, Style::new(), theme);
    }
}
