//! What is always there: the header, the counters, the screens, the feedback, the keys that work here.

use super::paint::{fill, write};
use super::text::width;
use super::theme::Theme;
use crate::app::keymap::Action;
use crate::app::layout::Frame as Areas;
use crate::app::state::Home;
use crate::app::table::Mood;
use crate::app::{State, keymap};
use crate::i18n::screen as say;
use crate::i18n::{Say, keys};
use chrono::{Datelike, Weekday};
use ratatui::Frame;
use ratatui::style::Style;

/// The date with its weekday.
fn weekday(state: &State) -> Say {
    let date = state.calendar.date(state.now);
    let day = date.to_string();
    match date.weekday() {
        Weekday::Mon => say::weekday_mon(day),
        Weekday::Tue => say::weekday_tue(day),
        Weekday::Wed => say::weekday_wed(day),
        Weekday::Thu => say::weekday_thu(day),
        Weekday::Fri => say::weekday_fri(day),
        Weekday::Sat => say::weekday_sat(day),
        Weekday::Sun => say::weekday_sun(day),
    }
}

fn header(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, lang, area) = (Theme::of(state), state.lang, areas.header);
    fill(frame, area, area.y, theme.selected());
    let clock =
        format!(" {} {} ", weekday(state).get(lang), state.calendar.local(state.now).format("%H:%M:%S"));
    let right = area.right().saturating_sub(width(&clock) as u16);
    let left_area = ratatui::layout::Rect { width: right.saturating_sub(area.x), ..area };
    let bold = theme.selected().patch(theme.strong());
    let mut x = area.x + 1;
    let office = if state.status.office.is_empty() { say::ZHIBAN.get(lang) } else { &state.status.office };
    x += write(frame, left_area, x, area.y, office, bold, theme) + 2;
    if state.status.rehearsal {
        let flag = format!("[{}]", say::REHEARSAL.get(lang));
        x += write(frame, left_area, x, area.y, &flag, bold, theme) + 2;
    }
    let duty = match &state.status.shift {
        Some(shift) => say::on_duty(&shift.name, state.calendar.hm(shift.started_at)),
        None => say::NO_DUTY.into(),
    };
    x += write(frame, left_area, x, area.y, duty.get(lang), theme.selected(), theme) + 2;
    let on_duty = state.status.shift.as_ref().map(|shift| shift.officer);
    if let Some((id, name)) = &state.officer
        && Some(*id) != on_duty
    {
        write(frame, left_area, x, area.y, say::sits(name).get(lang), theme.selected(), theme);
    }
    write(frame, area, right, area.y, &clock, theme.selected(), theme);
}

/// The counters of what is wrong; those that are nought and mean nothing then are left out.
fn counters(frame: &mut Frame, state: &State, areas: &Areas) {
    let s = &state.status;
    let late = if s.deadline <= state.now { Mood::Bad } else { Mood::Warn };
    let mut shown: Vec<(Say, Mood)> = vec![
        (say::c_outstanding(s.outstanding, s.expected), if s.outstanding == 0 { Mood::Good } else { late }),
        (say::c_cases(s.cases), Mood::Plain),
    ];
    if s.deadline > state.now {
        shown.insert(1, (say::c_deadline(state.calendar.hm(s.deadline)), Mood::Dim));
    }
    let mut when_any = |n: u32, say: Say, mood: Mood| {
        if n > 0 {
            shown.push((say, mood));
        }
    };
    when_any(s.due_release, say::c_release(s.due_release), Mood::Warn);
    when_any(s.promises, say::c_promises(s.promises), Mood::Plain);
    when_any(s.promises_overdue, say::c_overdue(s.promises_overdue), Mood::Bad);
    when_any(s.slots_open, say::c_slots(s.slots_open), Mood::Warn);
    when_any(s.slots_missed, say::c_missed(s.slots_missed), Mood::Bad);
    when_any(s.unattached, say::c_unknown(s.unattached), Mood::Warn);
    when_any(s.unknown_events, say::c_events(s.unknown_events), Mood::Bad);
    let (theme, area) = (Theme::of(state), areas.counters);
    let mut x = area.x + 1;
    for (say, mood) in shown {
        let mark = if mood == Mood::Bad { "!" } else { "" };
        let text = format!("{mark}{}", say.get(state.lang));
        x += write(frame, area, x, area.y, &text, theme.mood(mood), theme) + 2;
    }
}

fn tabs(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area) = (Theme::of(state), areas.tabs);
    let mut x = area.x + 1;
    for (digit, home) in Home::ALL {
        let word = match home {
            Home::Board => keys::BOARD,
            Home::Units => keys::UNITS,
            Home::Outstanding => keys::OUTSTANDING,
            Home::Cases => keys::CASES,
            Home::Due => keys::DUE,
            Home::People => keys::PEOPLE,
            Home::Log => keys::LOG,
            Home::Handover => keys::HANDOVER,
        };
        let here = state.home == *home;
        x += write(frame, area, x, area.y, &digit.to_string(), theme.key(), theme);
        let text =
            if here { format!("[{}]", word.get(state.lang)) } else { format!(" {} ", word.get(state.lang)) };
        let style = if here { theme.strong() } else { Style::new() };
        x += write(frame, area, x, area.y, &text, style, theme) + 1;
    }
}

fn feedback(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area, lang) = (Theme::of(state), areas.feedback, state.lang);
    if let Some(input) = &state.filtering {
        let label = format!(" {}: ", keys::FILTER.get(lang));
        let x = area.x + write(frame, area, area.x, area.y, &label, theme.key(), theme);
        super::form::line(
            frame,
            ratatui::layout::Rect { x, width: area.right().saturating_sub(x), ..area },
            input,
            true,
            theme,
        );
        return;
    }
    if let Some((say, _)) = &state.flash {
        fill(frame, area, area.y, theme.selected());
        let text = format!(" {} {}", say::ALERT.get(lang), say.get(lang));
        write(frame, area, area.x, area.y, &text, theme.selected().patch(theme.strong()), theme);
        return;
    }
    if let Some(line) = &state.feedback {
        write(frame, area, area.x + 1, area.y, line.say.get(lang), theme.tone(line.tone), theme);
    }
}

/// The keys that work here, as many as there is room for.
fn footer(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area, lang) = (Theme::of(state), areas.footer, state.lang);
    let size =
        |b: &keymap::Binding| b.keys.first().map_or(0, |k| width(&k.name())) + width(b.words.get(lang)) + 3;
    let shown = keymap::footer(state.context());
    // The way to all the others is always there.
    let mut left = usize::from(area.width).saturating_sub(1);
    left = left.saturating_sub(shown.iter().filter(|b| b.action == Action::Help).map(|b| size(b)).sum());
    let mut x = area.x + 1;
    for binding in shown {
        let Some(key) = binding.keys.first() else { continue };
        if binding.action != Action::Help {
            if size(binding) > left {
                continue;
            }
            left -= size(binding);
        }
        x += write(frame, area, x, area.y, &key.name(), theme.key(), theme) + 1;
        x += write(frame, area, x, area.y, binding.words.get(lang), Style::new(), theme) + 2;
    }
}

/// Draws all of it.
pub fn draw(frame: &mut Frame, state: &State, areas: &Areas) {
    header(frame, state, areas);
    counters(frame, state, areas);
    tabs(frame, state, areas);
    feedback(frame, state, areas);
    footer(frame, state, areas);
}
