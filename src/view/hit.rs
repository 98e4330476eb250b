//! One hit on its line, with what was meant pointed out.

use super::paint::write;
use super::text::{clean, cut, fit, width};
use super::theme::Theme;
use crate::app::State;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::found::{FindHit, year_of};
use crate::app::shown::rows::{day_of, number, when};
use crate::domain::ids::PersonId;
use crate::domain::phone::Whose;
use crate::i18n::paper::role;
use crate::i18n::terms::word;
use crate::i18n::{find as words, screen as say};
use crate::search::found::{Field, Target, Way};
use crate::search::point_out;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Columns of a staff or student number, of a private telephone number and of an office's.
const NO: usize = 10;
const PHONE: usize = 11;
const OFFICE_PHONE: usize = 16;
/// Columns of an ID number.
const ID_NUMBER: usize = 18;
/// Columns that a name gets at most, where nothing else needs them.
const LONGEST_NAME: usize = 24;
/// Columns of a time with its date.
const TIME: usize = 11;
/// Columns that a unit keeps, whatever stands behind it.
const UNIT: usize = 12;

/// One part of a hit's line: a text with the places that were meant, in so many columns.
struct Part<'a> {
    text: &'a str,
    marks: &'a [usize],
    columns: usize,
}

/// Draws one hit, its name in so many columns.
pub fn draw(frame: &mut Frame, area: Rect, hit: &FindHit, state: &State, names: usize) {
    let theme = Theme::of(state);
    let ctx = state.ctx();
    match hit.found.target {
        Target::Person(id) => person(frame, area, (hit, id), names, &ctx, theme),
        Target::Unit(_) | Target::Contact(_) => office(frame, area, hit, theme),
        Target::Call(_) => call(frame, area, hit, names, &ctx, theme),
        Target::Entry(_) => entry(frame, area, hit, names, &ctx, theme),
    }
}

fn mood(hit: &FindHit, theme: Theme) -> Style {
    theme.mood(if hit.row.case.is_some() { Mood::Warn } else { Mood::Plain })
}

/// Columns of the names of people: as the longest needs them, as far as what stands behind leaves room.
pub fn name_columns(hits: &[FindHit], columns: usize, state: &State) -> usize {
    let (theme, ctx) = (Theme::of(state), state.ctx());
    let (mut wanted, mut behind) = (0, UNIT);
    for hit in hits.iter().filter(|hit| matches!(hit.found.target, Target::Person(_))) {
        wanted = wanted.max(width(&clean(&hit.row.name, theme.widths)));
        let unit = width(&clean(&hit.row.unit, theme.widths)).min(UNIT);
        behind = behind.max(unit + 1 + width(&tail(hit, &ctx)));
    }
    let least = (columns * 18 / 100).clamp(11, 20);
    let mut room = columns.saturating_sub(NO + 1 + PHONE + 1 + behind + 1);
    // A name that was meant, cut where it was meant, says less than a number that is half hidden.
    let meant = |hit: &FindHit| width(&hit.row.name) > room && !hit.marks(Field::Name).is_empty();
    if hits.iter().any(|hit| matches!(hit.found.target, Target::Person(_)) && meant(hit)) {
        room += PHONE + 1;
    }
    wanted.min(LONGEST_NAME).min(room).max(least)
}

fn person(
    frame: &mut Frame,
    area: Rect,
    (hit, id): (&FindHit, PersonId),
    names: usize,
    ctx: &Ctx,
    theme: Theme,
) {
    let (row, style) = (&hit.row, mood(hit, theme));
    let name = Part { text: &row.name, marks: hit.marks(Field::Name), columns: names };
    let no = Part { text: &row.no, marks: hit.marks(Field::No), columns: NO };
    // The number by which it was found is the one to be seen.
    let (private, field) = match hit.found.way {
        Way::FamilyPhone => (&row.family_phone, Field::FamilyPhone),
        Way::IdTail => (&row.id_number, Field::IdNumber),
        _ => (&row.phone, Field::Phone),
    };
    // What is open of it stands anywhere in it: it is seen whole.
    let by_number = matches!(hit.found.way, Way::Phone | Way::FamilyPhone | Way::IdTail);
    let shown = if ctx.shows(id) { number(private, id, ctx) } else { hit.masked(private, field) };
    let marks = shown_marks(&shown, hit.marks(field));
    // What is left open of a landline or an ID number is its end.
    let columns = if by_number { width(&shown).clamp(PHONE, ID_NUMBER) } else { PHONE };
    let phone = Part { text: &shown, marks: &marks, columns };
    // Found by the room: the room is what the officer heard, and says more than the unit.
    let by_room = hit.found.way == Way::Room || !hit.marks(Field::Address).is_empty();
    let (text, marks) = if by_room && !row.address.is_empty() {
        (row.address.as_str(), hit.marks(Field::Address))
    } else {
        (row.unit.as_str(), hit.marks(Field::Unit))
    };
    let tail = tail(hit, ctx);
    let (own, behind) = (width(&clean(text, theme.widths)), width(&tail));
    let left = usize::from(area.width).saturating_sub(name.columns + NO + 2);
    // What tells equal names apart comes before a number that is half hidden, unless it was found by that.
    let crowded = left < PHONE + 1 + own.min(UNIT) + 1 + behind;
    let parts = if crowded && !by_number { vec![name, no] } else { vec![name, no, phone] };
    let x = parts_in(frame, area, &parts, style, theme);
    let room = usize::from(area.right().saturating_sub(x));
    // The unit gives way first, but never wholly.
    let columns = own.min(room.saturating_sub(behind + 1).max(UNIT.min(room)));
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    let x = parts_in(frame, rest, &[Part { text, marks, columns }], style, theme);
    write(frame, area, x, area.y, &tail, style, theme);
}

/// Behind a person's unit: for equal names the year and what they are, whose the number is, the case.
fn tail(hit: &FindHit, ctx: &Ctx) -> String {
    let (row, lang) = (&hit.row, ctx.lang);
    let mut parts = Vec::new();
    if hit.found.way == Way::FamilyPhone {
        parts.push(role(Whose::Family).get(lang).to_owned());
    }
    if hit.equal {
        match hit.year(year_of(ctx.cal.date(ctx.now))) {
            Some(year) => parts.push(year.get(lang).to_owned()),
            None => parts.extend(row.kind.map(|kind| word(kind).get(lang).to_owned())),
        }
    }
    match row.case {
        Some((_, Some(observation))) => parts.push(day_of(Some(observation), lang)),
        Some((_, None)) => parts.push(say::HAS_CASE.get(lang).to_owned()),
        None if hit.equal => parts.push(words::NO_CASE.get(lang).to_owned()),
        None => {}
    }
    parts.join(" ")
}

/// Why a hit stands where it does.
pub fn reason(frame: &mut Frame, area: Rect, hit: &FindHit, state: &State) {
    let theme = Theme::of(state);
    let why = hit.why();
    let text = cut(why.get(state.lang), usize::from(area.width), theme.ascii);
    write(frame, area, area.x, area.y, &text, theme.dim(), theme);
}

/// A unit, or somebody outside: their numbers are never masked.
fn office(frame: &mut Frame, area: Rect, hit: &FindHit, theme: Theme) {
    let (row, style) = (&hit.row, mood(hit, theme));
    let columns = (usize::from(area.width) * 36 / 100).max(14);
    let name = Part { text: &row.name, marks: hit.marks(Field::Name), columns };
    let code = if row.no.is_empty() { 0 } else { 6 };
    let no = Part { text: &row.no, marks: hit.marks(Field::No), columns: code };
    // Of several numbers the one that was meant is seen.
    let (number, marks) = around(row.phone.for_matching(), hit.marks(Field::Phone), OFFICE_PHONE);
    let phone = Part { text: &number, marks: &marks, columns: OFFICE_PHONE };
    let x = parts_in(frame, area, &[name, no, phone], style, theme);
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    write(frame, rest, x, area.y, &row.unit, style, theme);
}

/// A past call: when, whose, and the words around what was meant.
fn call(frame: &mut Frame, area: Rect, hit: &FindHit, names: usize, ctx: &Ctx, theme: Theme) {
    let row = &hit.row;
    let name = if row.name.is_empty() { say::UNKNOWN_CALLER.get(ctx.lang) } else { &row.name };
    let at = row.at.map_or_else(String::new, |at| when(at, ctx));
    let head =
        [Part { text: &at, marks: &[], columns: TIME }, Part { text: name, marks: &[], columns: names }];
    let x = parts_in(frame, area, &head, Style::new(), theme);
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    let columns = usize::from(rest.width);
    let (text, marks) = around(&row.words, hit.marks(Field::Words), columns);
    parts_in(frame, rest, &[Part { text: &text, marks: &marks, columns }], Style::new(), theme);
}

/// An entry of a ledger: when, in which, and what it says around what was meant.
fn entry(frame: &mut Frame, area: Rect, hit: &FindHit, names: usize, ctx: &Ctx, theme: Theme) {
    let at = hit.row.at.map_or_else(String::new, |at| when(at, ctx));
    let (title, said) = (hit.ledger_title(), hit.entry_said());
    let (title, said) = (title.get(ctx.lang), said.get(ctx.lang));
    let head =
        [Part { text: &at, marks: &[], columns: TIME }, Part { text: title, marks: &[], columns: names }];
    let style = theme.mood(if hit.is_closed() { Mood::Dim } else { Mood::Plain });
    let x = parts_in(frame, area, &head, style, theme);
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    let columns = usize::from(rest.width);
    let (text, marks) = around(said, &point_out(&hit.sought, Field::Words, said), columns);
    parts_in(frame, rest, &[Part { text: &text, marks: &marks, columns }], style, theme);
}

/// The places of a number that are both meant and seen: hidden digits are not pointed out.
fn shown_marks(shown: &str, marks: &[usize]) -> Vec<usize> {
    let chars: Vec<char> = shown.chars().collect();
    marks.iter().copied().filter(|at| chars.get(*at).is_some_and(|c| *c != '*')).collect()
}

/// A long text from a little before what was meant on, if that would not be seen otherwise.
fn around(text: &str, marks: &[usize], columns: usize) -> (String, Vec<usize>) {
    /// Characters left before what was meant.
    const BEFORE: usize = 4;
    let text = text.replace('\n', " ");
    let last = marks.iter().copied().max().unwrap_or(0);
    let until: String = text.chars().take(last + 1).collect();
    let first = marks.iter().copied().min().unwrap_or(0);
    if width(&until) < columns || first <= BEFORE {
        return (text, marks.to_vec());
    }
    let from = first - BEFORE;
    let cut: String = std::iter::once('…').chain(text.chars().skip(from)).collect();
    (cut, marks.iter().map(|at| at - from + 1).collect())
}

/// Writes parts side by side, a blank after each; returns the column behind the last.
fn parts_in(frame: &mut Frame, area: Rect, parts: &[Part], style: Style, theme: Theme) -> u16 {
    let mut x = area.x;
    for part in parts.iter().filter(|part| part.columns > 0) {
        marked(frame, Rect { x, width: area.right().saturating_sub(x), ..area }, part, style, theme);
        x += part.columns as u16 + 1;
    }
    x
}

/// Writes a text with what was meant pointed out: underlined and bold, for a colour alone says nothing.
fn marked(frame: &mut Frame, area: Rect, part: &Part, style: Style, theme: Theme) {
    let whole = clean(part.text, theme.widths);
    let columns = part.columns.min(usize::from(area.width));
    let shown = fit(&whole, columns, false, theme.ascii);
    write(frame, area, area.x, area.y, &shown, style, theme);
    if part.marks.is_empty() {
        return;
    }
    // Where it was cut the last column holds the sign of that.
    let end = area.x + columns.saturating_sub(usize::from(width(&whole) > columns)) as u16;
    let (mut x, mut place) = (area.x, 0);
    for cluster in part.text.graphemes(true) {
        let chars = cluster.chars().count();
        let wide = width(&clean(cluster, theme.widths)) as u16;
        if x + wide > end {
            break;
        }
        if part.marks.iter().any(|at| (place..place + chars).contains(at)) {
            frame
                .buffer_mut()
                .set_style(Rect { x, width: wide, height: 1, ..area }, style.patch(theme.mark()));
        }
        x += wide;
        place += chars;
    }
}
