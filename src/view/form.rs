//! A form in a box, with the terminal's cursor where the next character goes.

use super::paint::{fill, popup, write};
use super::text::{clean, width};
use super::theme::Theme;
use crate::app::shown::column::Mood;
use crate::app::shown::field::{Choice, Entry, Field};
use crate::app::shown::form::Form;
use crate::app::shown::lines::TextLine;
use crate::app::strip::{further_promises, strip};
use crate::app::{State, layout, when};
use crate::i18n::screen as say;
use crate::paper::block::{Span, plain};
use crate::paper::lines::wrap;
use crate::say::Lang;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::Input;

/// One line of input; the cursor stands in it when it is focused.
pub fn line(frame: &mut Frame, area: Rect, input: &Input, focused: bool, theme: Theme) {
    if area.width < 2 || area.height == 0 {
        return;
    }
    let room = usize::from(area.width) - 1;
    let scroll = input.visual_scroll(room);
    let mut skipped = 0;
    let shown: String = input
        .value()
        .chars()
        .skip_while(|c| {
            let wide = width(c.encode_utf8(&mut [0; 4]));
            let skip = skipped + wide <= scroll && scroll > 0;
            if skip {
                skipped += wide;
            }
            skip
        })
        .collect();
    write(frame, area, area.x, area.y, &shown, Style::new(), theme);
    if focused {
        let at = input.visual_cursor().saturating_sub(skipped);
        let x = area.x + (at as u16).min(area.width - 1);
        frame.set_cursor_position(Position { x, y: area.y });
    }
}

/// The columns each of several options takes, so that they stand below each other.
fn option_width(options: &[(Choice, bool)], lang: Lang) -> u16 {
    options.iter().map(|(choice, _)| width(choice.say.get(lang)) as u16 + 5).max().unwrap_or(5)
}

fn height_of(field: &Field, room: u16, lang: Lang) -> u16 {
    match &field.entry {
        Entry::Words(_) => 3,
        Entry::Many(options, _) => {
            let columns = usize::from((room / option_width(options, lang)).max(1));
            options.len().div_ceil(columns) as u16
        }
        _ => 1,
    }
}

/// Columns of a form, and of one where there is more room.
const NARROW: u16 = 76;
const WIDE: u16 = 104;

/// The most lines that an error or a hint takes.
const SAID_LINES: usize = 4;

/// Draws a form.
pub fn draw(frame: &mut Frame, state: &State, form: &Form) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let wide = if state.size.0 >= layout::WIDE { WIDE } else { NARROW }.min(state.size.0.saturating_sub(2));
    let label = form.fields.iter().map(|f| width(form.label(f).get(lang))).max().unwrap_or(8) as u16 + 2;
    let room = wide.saturating_sub(label + 4).max(1);
    let lines: u16 = form.fields.iter().map(|f| height_of(f, room, lang)).sum();
    let (text, style) = if form.is_sending() {
        (say::SENDING.get(lang).to_owned(), theme.dim())
    } else if let Some(error) = &form.error {
        (error.get(lang).to_owned(), theme.mood(Mood::Bad))
    } else {
        (hint(state, form), theme.dim())
    };
    // What is wrong is told in full.
    let said = wrap(&[Span::plain(clean(&text, theme.widths))], usize::from(wide.saturating_sub(6)));
    let said = &said[..said.len().min(SAID_LINES)];
    let more = (said.len() as u16).saturating_sub(1);
    let about = about_lines(state, form, usize::from(wide.saturating_sub(4)), theme);
    // What must be looked at is seen in part at least; what is only good to know takes no field's place.
    let least = if form.about.is_empty() && form.kept.is_none() { 0 } else { 3 };
    let room_above = state.size.1.saturating_sub(2).saturating_sub(lines + 4 + more);
    let strip = strip(form, &state.ctx());
    let spare = room_above.saturating_sub(about.len() as u16);
    let strip_lines = strip.as_ref().map_or_else(Vec::new, |strip| {
        super::strip::lines(
            strip,
            usize::from(wide.saturating_sub(4)),
            state.size.1,
            room_above,
            spare,
            theme,
        )
    });
    let stripped = strip_lines.len() as u16;
    let above = (about.len() as u16).min((room_above - stripped).max(least));
    let top = form.scroll.min(about.len().saturating_sub(usize::from(above)));
    let area = layout::dialog(state.size, wide, lines + stripped + above + 4 + more);
    let mut title = format!(" {} ", form.title.get(lang));
    if let Some(strip) = strip.as_ref().filter(|strip| stripped == 0 && !strip.number.is_empty()) {
        title = format!("{title} {} ", strip.number);
    }
    if usize::from(above) < about.len() {
        let part = say::part_of(top + 1, top + usize::from(above), about.len());
        title = format!("{title}{} PgDn ", part.get(lang));
    }
    let inner = popup(frame, area, &title, theme);
    super::strip::draw(frame, Rect { height: stripped.min(inner.height), ..inner }, &strip_lines, theme);
    let inner = Rect {
        y: inner.y + stripped.min(inner.height),
        height: inner.height.saturating_sub(stripped),
        ..inner
    };
    for (y, (text, mood)) in (inner.y..).zip(about.iter().skip(top).take(usize::from(above))) {
        write(frame, inner, inner.x, y, text, theme.mood(*mood), theme);
    }
    let inner =
        Rect { y: inner.y + above.min(inner.height), height: inner.height.saturating_sub(above), ..inner };
    let below = Rect { y: inner.bottom().saturating_sub(1 + more), height: 1 + more, ..inner };
    let fields = Rect { height: inner.height.saturating_sub(2 + more), ..inner };
    let first = first_field(form, fields.height, room, lang);
    let mut y = fields.y;
    for (at, field) in form.fields.iter().enumerate().skip(first) {
        let high = height_of(field, room, lang).min(fields.bottom().saturating_sub(y));
        if high == 0 {
            break;
        }
        let focused = at == form.focus;
        let style = if focused { theme.key() } else { theme.dim() };
        let mark = if focused { ">" } else { " " };
        let name = format!("{mark}{}", form.label(field).get(lang));
        write(frame, fields, fields.x, y, &name, style, theme);
        let entry = Rect { x: fields.x + label, y, width: fields.width.saturating_sub(label), height: high };
        draw_entry(frame, entry, state, field, focused);
        y += high;
    }
    for (y, part) in (below.y..).zip(said) {
        write(frame, below, below.x, y, plain(part).trim(), style, theme);
    }
}

/// What stands above the fields: that they go on from a draft, and what the strip has no room for.
fn above(state: &State, form: &Form) -> Vec<TextLine> {
    let mut out = Vec::new();
    if let Some(kept) = &form.kept {
        let text = match kept.at {
            Some(at) => say::kept_from(state.calendar.brief(at, state.now)),
            None => say::KEPT.into(),
        };
        out.push(TextLine::new(text.get(state.lang), Mood::Warn));
    }
    out.extend(further_promises(form, &state.ctx()));
    out
}

/// What is to be looked at above the fields, wrapped; what goes on stands as far in as it began.
fn about_lines(state: &State, form: &Form, wide: usize, theme: Theme) -> Vec<(String, Mood)> {
    let mut out = Vec::new();
    let own = above(state, form).into_iter().map(|line| (line.text, line.mood));
    let about = form.about.iter().map(|(say, mood)| (say.get(state.lang).to_owned(), *mood));
    for (text, mood) in own.chain(about) {
        let text = clean(&text, theme.widths).into_owned();
        let indent = " ".repeat(text.len() - text.trim_start().len());
        let room = wide.saturating_sub(indent.len()).max(1);
        let parts = super::text::wrap_words(text.trim(), room);
        out.extend(parts.into_iter().map(|part| (format!("{indent}{part}"), mood)));
    }
    out
}

/// The hint of the field with the cursor; for a time, how it is understood; for a day of a case, what the count comes
/// to.
fn hint(state: &State, form: &Form) -> String {
    let Some(field) = form.fields.get(form.focus) else { return String::new() };
    if let Some(say) = state.case_count(form) {
        return say.get(state.lang).to_owned();
    }
    if matches!(field.id, "promise" | "next" | "by") {
        let typed = field.value();
        if let Some(say) = when::understood(&typed, state.now, state.calendar).filter(|_| !typed.is_empty()) {
            return say.get(state.lang).to_owned();
        }
    }
    if field.id == "at"
        && let Ok(Some(at)) = when::gone(&field.value(), state.now, state.calendar)
    {
        return say::means(state.calendar.brief(at, state.now)).get(state.lang).to_owned();
    }
    field.hint.get(state.lang).to_owned()
}

/// The first field to draw so that the one with the cursor is seen.
fn first_field(form: &Form, height: u16, room: u16, lang: Lang) -> usize {
    let mut first = 0;
    loop {
        let used: u16 = form.fields[first..=form.focus].iter().map(|f| height_of(f, room, lang)).sum();
        if used <= height || first >= form.focus {
            return first;
        }
        first += 1;
    }
}

/// The box of a field that is typed into, each of its lines seen; returns what is inside.
fn typed_box(frame: &mut Frame, area: Rect, focused: bool, theme: Theme) -> Rect {
    let [before, after] = theme.brackets();
    let style = theme.field().patch(if focused { theme.strong() } else { Style::new() });
    for y in area.y..area.bottom() {
        fill(frame, area, y, theme.field());
        write(frame, area, area.x, y, before, style, theme);
        write(frame, area, area.right().saturating_sub(1), y, after, style, theme);
    }
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

fn draw_entry(frame: &mut Frame, area: Rect, state: &State, field: &Field, focused: bool) {
    let (theme, lang) = (Theme::of(state), state.lang);
    match &field.entry {
        Entry::Line(input) => {
            let area = typed_box(frame, area, focused, theme);
            if input.value().is_empty() && !field.present.is_empty() {
                write(frame, area, area.x, area.y, &format!("({})", field.present), theme.field_dim(), theme);
            }
            line(frame, area, input, focused, theme);
        }
        Entry::Secret(input) => {
            let area = typed_box(frame, area, focused, theme);
            if field.open {
                return line(frame, area, input, focused, theme);
            }
            let stars = "*".repeat(input.value().chars().count());
            let cursor = input.cursor();
            line(frame, area, &Input::new(stars).with_cursor(cursor), focused, theme);
        }
        Entry::Words(words) => {
            let area = typed_box(frame, area, focused, theme);
            frame.render_widget(&**words, area);
            if focused {
                let (at, top) = (words.screen_cursor(), words.scroll_offset());
                let x = area.x + (at.col as u16).saturating_sub(top.1).min(area.width.saturating_sub(1));
                let y = area.y + (at.row as u16).saturating_sub(top.0).min(area.height.saturating_sub(1));
                frame.set_cursor_position(Position { x, y });
            }
        }
        Entry::Choice(options, at) => {
            if let Some(choice) = options.get(*at) {
                let text = choice.say.get(lang);
                let of = format!("  {}/{}", at + 1, options.len());
                let style = if focused { theme.selected() } else { Style::new() };
                let x = area.x + write(frame, area, area.x, area.y, &format!("< {text} >"), style, theme);
                if focused {
                    write(frame, area, x, area.y, &of, theme.dim(), theme);
                }
            }
        }
        Entry::Many(options, at) => {
            let wide = option_width(options, lang);
            let columns = usize::from((area.width / wide).max(1));
            for (i, (choice, on)) in options.iter().enumerate() {
                let (x, y) = (area.x + (i % columns) as u16 * wide, area.y + (i / columns) as u16);
                let tick = if *on { "[x]" } else { "[ ]" };
                let style = match (focused && i == *at, *on) {
                    (true, _) => theme.selected(),
                    (false, true) => theme.strong(),
                    _ => Style::new(),
                };
                write(frame, area, x, y, &format!("{tick}{}", choice.say.get(lang)), style, theme);
            }
        }
    }
}
