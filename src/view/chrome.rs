//! What is always there: the header, the counters, the screens, the feedback, the keys that work here.

use super::paint::{fill, write};
use super::text::{cut, width};
use super::theme::Theme;
use crate::app::keymap::Action;
use crate::app::layout::Frame as Areas;
use crate::app::shown::column::Mood;
use crate::app::shown::field::Entry;
use crate::app::shown::home::SCREENS;
use crate::app::shown::rows::DueLine;
use crate::app::shown::state::Layer;
use crate::app::{State, Tone, keymap};
use crate::domain::item::DueState;
use crate::i18n::screen as say;
use crate::i18n::{doubts, file, findings, keys};
use crate::paper::block::{Span, plain};
use crate::paper::lines::wrap as words;
use crate::say::Say;
use chrono::{Datelike, Weekday};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

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
    fill(frame, area, area.y, theme.bar());
    let bold = theme.bar().patch(theme.strong());
    let office = if state.status.office.is_empty() { say::ZHIBAN.get(lang) } else { &state.status.office };
    let mut rest = Vec::new();
    if state.status.rehearsal {
        rest.push((format!("[{}]", say::REHEARSAL.get(lang)), bold));
    }
    if state.read_only.is_some() {
        rest.push((format!("[{}]", file::READ_ONLY.get(lang)), bold));
    }
    let duty = match &state.status.shift {
        Some(shift) => say::on_duty(&shift.name, state.calendar.hm(shift.started_at)),
        None => say::NO_DUTY.into(),
    };
    rest.push((duty.get(lang).to_owned(), theme.bar()));
    let on_duty = state.status.shift.as_ref().map(|shift| shift.officer);
    if let Some((id, name)) = &state.officer
        && Some(*id) != on_duty
    {
        rest.push((say::sits(name).get(lang).to_owned(), theme.bar()));
    }
    // Who is on duty is said in full; it is the office's own name that is cut.
    let taken: usize = rest.iter().map(|(text, _)| width(text) + 2).sum();
    let time = state.calendar.local(state.now).format("%H:%M:%S");
    let mut clock = format!(" {} {time} ", weekday(state).get(lang));
    if width(office) + taken + width(&clock) + 1 > usize::from(area.width) {
        clock = format!(" {} {time} ", state.calendar.date(state.now).format("%m-%d"));
    }
    let right = area.right().saturating_sub(width(&clock) as u16);
    let left_area = Rect { width: right.saturating_sub(area.x), ..area };
    let room = usize::from(left_area.width).saturating_sub(taken + 1).max(8);
    let office = cut(office, room, theme.ascii);
    let mut x = area.x + 1;
    x += write(frame, left_area, x, area.y, &office, bold, theme) + 2;
    for (text, style) in rest {
        x += write(frame, left_area, x, area.y, &text, style, theme) + 2;
    }
    write(frame, area, right, area.y, &clock, theme.bar(), theme);
}

/// How soon a counter goes where there is no room for all, the highest first; what is nought never goes.
type Rank = u8;

/// Of what is to be done the first to go; what is only to be known goes before.
const WORK: Rank = 7;

/// One of the counters.
struct Counter {
    say: Say,
    /// What it says where there is no room for all.
    short: Option<Say>,
    mood: Mood,
    rank: Rank,
}

impl Counter {
    fn shown(&self, state: &State) -> String {
        let mark = if self.mood == Mood::Bad { "!" } else { "" };
        format!("{mark}{}", self.say.get(state.lang))
    }
}

/// The counters of what is wrong; those that are nought and mean nothing then are left out. First comes what is wrong
/// with the file itself: with that, none of the others is sure.
fn counted(state: &State) -> Vec<Counter> {
    let signs = state.trust.signs(state.calendar).into_iter().map(|(say, short, mood)| {
        // That all is well takes little room from anything else.
        let rank = if mood == Mood::Bad { 0 } else { 20 };
        Counter { say, short, mood, rank }
    });
    let (wrong, well): (Vec<_>, Vec<_>) = signs.partition(|sign| sign.mood == Mood::Bad);
    let figures = figures(state).into_iter();
    let figures = figures.map(|(say, mood, rank)| Counter { say, short: None, mood, rank });
    wrong.into_iter().chain(figures).chain(well).collect()
}

fn figures(state: &State) -> Vec<(Say, Mood, Rank)> {
    let s = &state.status;
    let mut shown: Vec<(Say, Mood, Rank)> = vec![(say::c_cases(s.cases), Mood::Plain, WORK + 2)];
    if let Some(running) = &s.running {
        shown.insert(0, (say::c_deadline(state.calendar.hm(running.deadline)), Mood::Dim, WORK + 3));
    }
    if let Some(said) = state.running_said() {
        shown.insert(0, (said, Mood::Warn, 6));
    }
    let owed = if s.outstanding == 0 { Mood::Good } else { Mood::Bad };
    if let Some(said) = state.outstanding_said() {
        shown.insert(0, (said, owed, 0));
    }
    let mut when_any = |n: u32, say: Say, mood: Mood, rank: Rank| {
        if n > 0 {
            shown.push((say, mood, rank));
        }
    };
    when_any(s.findings, findings::count(s.findings), Mood::Bad, 0);
    when_any(s.doubts, doubts::count(s.doubts), Mood::Warn, 1);
    when_any(s.due_release, say::c_release(s.due_release), Mood::Warn, 4);
    when_any(s.promises, say::c_promises(s.promises), Mood::Plain, WORK);
    when_any(s.promises_overdue, say::c_overdue(s.promises_overdue), Mood::Bad, 0);
    when_any(s.slots_open, say::c_slots(s.slots_open), Mood::Warn, 5);
    when_any(s.slots_missed, say::c_missed(s.slots_missed), Mood::Bad, 0);
    let left = state.board.due.rows().iter();
    let (mut unread, mut questions, mut ledgers) = (0, 0, 0);
    for line in left {
        match line {
            DueLine::Unread(_) => unread += 1,
            DueLine::Question(_) => questions += 1,
            DueLine::Due(row) => {
                let overdue = row.item.kind.ledger().is_some() && row.state == DueState::Missed;
                ledgers += u32::from(overdue);
            }
            DueLine::Finding(_) => {}
        }
    }
    when_any(unread, say::c_unread(unread), Mood::Bad, 0);
    when_any(ledgers, crate::i18n::ledger::c_overdue(ledgers), Mood::Bad, 0);
    when_any(questions, say::c_questions(questions), Mood::Warn, 3);
    let waiting = state.inbox.waiting();
    when_any(waiting, crate::i18n::inbox::c_inbox(waiting), Mood::Warn, 3);
    when_any(s.unattached, say::c_unknown(s.unattached), Mood::Warn, 2);
    when_any(s.drill_due.unwrap_or(0), file::c_drill(s.drill_due.unwrap_or(0)), Mood::Warn, WORK + 4);
    when_any(s.clock_jumps, file::count(s.clock_jumps), Mood::Bad, 0);
    when_any(s.unknown_events, say::c_events(s.unknown_events), Mood::Bad, 0);
    shown
}

/// Columns for how many counters more there are.
const MORE_WRONG: usize = 4;

fn counters(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area) = (Theme::of(state), areas.counters);
    let mut shown = counted(state);
    let needs = |shown: &[Counter], gap: usize| -> usize {
        shown.iter().map(|counter| width(&counter.shown(state)) + gap).sum::<usize>() + 1
    };
    let room = usize::from(area.width);
    if needs(&shown, 1) > room {
        for counter in &mut shown {
            if let Some(short) = counter.short.take() {
                counter.say = short;
                // Short as it is it stays before what is only to be known, and goes before any work.
                counter.rank = counter.rank.min(WORK + 1);
            }
        }
    }
    // Where there is no room for all, what is not wrong goes, the least of it first: a counter that is cut says nothing.
    while needs(&shown, 1) > room {
        let least = shown.iter().enumerate().max_by_key(|(_, counter)| counter.rank);
        let Some(at) = least.filter(|(_, counter)| counter.rank > 0).map(|(at, _)| at) else { break };
        shown.remove(at);
    }
    // Of what is wrong the last goes, and how many went is said.
    let (mut hidden, mut room) = (0, room);
    while needs(&shown, 1) > room && shown.len() > 1 {
        if hidden == 0 {
            room = room.saturating_sub(MORE_WRONG);
        }
        shown.pop();
        hidden += 1;
    }
    let gap = if needs(&shown, 2) > room { 1 } else { 2 };
    let mut x = area.x + 1;
    for counter in &shown {
        x += write(frame, area, x, area.y, &counter.shown(state), theme.mood(counter.mood), theme) + gap;
    }
    if hidden > 0 {
        write(frame, area, x, area.y, &format!("!+{hidden}"), theme.mood(Mood::Bad), theme);
    }
}

fn tabs(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area, lang) = (Theme::of(state), areas.tabs, state.lang);
    // Key, two marks round the word, and a blank.
    let all: usize = SCREENS.iter().map(|screen| width(screen.name.get(lang)) + 4).sum();
    // Where there is no room the blanks beside the words go.
    let pad = if all < usize::from(area.width) { " " } else { "" };
    // And where there is still none, the one before the first: two are in brackets' place, one is between two names.
    let least = all - 2 * SCREENS.len() + 2;
    let mut x = area.x + u16::from(least < usize::from(area.width) || !pad.is_empty());
    // And where not even that is enough the longest words are cut: no screen goes out of sight.
    let needs = |most: usize| -> usize {
        SCREENS.iter().map(|screen| width(screen.name.get(lang)).min(most) + 2).sum::<usize>() + 1
    };
    let most = (4..=16).rev().find(|most| needs(*most) <= usize::from(area.width)).unwrap_or(4);
    for screen in &SCREENS {
        let here = state.home == screen.home;
        let word = cut(screen.name.get(lang), most, theme.ascii);
        x += write(frame, area, x, area.y, &screen.key.to_string(), theme.key(), theme);
        let text = if here { format!("[{word}]") } else { format!("{pad}{word}{pad}") };
        let style = if here { theme.strong() } else { Style::new() };
        x += write(frame, area, x, area.y, &text, style, theme) + 1;
    }
}

/// The most lines that feedback takes.
const FEEDBACK_LINES: usize = 4;

fn feedback(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area, lang) = (Theme::of(state), areas.feedback, state.lang);
    if let Some(input) = &state.filtering {
        let label = format!(" {}: ", keys::FILTER.get(lang));
        let x = area.x + write(frame, area, area.x, area.y, &label, theme.key(), theme);
        super::form::line(
            frame,
            Rect { x, width: area.right().saturating_sub(x), ..area },
            input,
            true,
            theme,
        );
        return;
    }
    if let Some((say, _)) = &state.flash {
        fill(frame, area, area.y, theme.alert());
        let text = format!(" {} {}", say::ALERT.get(lang), say.get(lang));
        write(frame, area, area.x, area.y, &text, theme.alert(), theme);
        return;
    }
    if state.saving {
        let said = state.saving_said();
        write(frame, area, area.x + 1, area.y, said.get(lang), theme.tone(Tone::Warn), theme);
        return;
    }
    if let Some(line) = &state.feedback {
        write(frame, area, area.x + 1, area.y, line.say.get(lang), theme.tone(line.tone), theme);
    }
}

/// What does not fit on the line of feedback stands in full over the end of the screen, whatever lies there: a path is
/// of no use when it is cut.
pub fn long_feedback(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area) = (Theme::of(state), areas.feedback);
    if state.filtering.is_some() || state.flash.is_some() || state.saving {
        return;
    }
    let Some(line) = &state.feedback else { return };
    let text = super::text::clean(line.say.get(state.lang), theme.widths);
    let broken = words(&[Span::plain(text.as_ref())], usize::from(area.width.saturating_sub(4)));
    let lines = &broken[..broken.len().min(FEEDBACK_LINES)];
    let above = (lines.len() as u16).saturating_sub(1);
    if above == 0 {
        return;
    }
    let over = Rect { y: area.y.saturating_sub(above), height: above + 1, ..area };
    Clear.render(over, frame.buffer_mut());
    for (y, part) in (over.y..).zip(lines) {
        write(frame, over, over.x + 1, y, plain(part).trim(), theme.tone(line.tone), theme);
    }
}

/// Whether a key does anything where the cursor stands: a footer must not lie.
fn does_something(state: &State, action: Action) -> bool {
    // The way to the inbox is told while something lies there.
    if action == Action::Inbox {
        return state.inbox.waiting() > 0;
    }
    if let Some(Layer::Form(form)) = state.layers.last() {
        let entry = form.fields.get(form.focus).map(|field| &field.entry);
        return match action {
            Action::Left | Action::Right => matches!(entry, Some(Entry::Choice(..) | Entry::Many(..))),
            Action::NewLine => matches!(entry, Some(Entry::Words(_))),
            Action::Fresh => form.kept.is_some(),
            _ => true,
        };
    }
    if let Some(Layer::Find(find)) = state.layers.last() {
        return find.does(action, state.searches.len()) && state.does(action);
    }
    if let Some(Layer::Paper(preview)) = state.layers.last() {
        return preview.does(action);
    }
    if let Some(Layer::Plan(plan)) = state.layers.last() {
        // While a reason is asked for, letters are its text.
        return !plan.plan.needs_reason || !matches!(action, Action::Yes | Action::No);
    }
    // What lies above the page has keys of its own.
    state.layers.last().is_some_and(|layer| !layer.is_page()) || state.does(action)
}

/// The keys that work here, as many as there is room for.
fn footer(frame: &mut Frame, state: &State, areas: &Areas) {
    let (theme, area, lang) = (Theme::of(state), areas.footer, state.lang);
    let said = |b: &keymap::Binding| match state.layers.last() {
        // With nobody found Enter has nothing to open.
        Some(Layer::Find(find)) if b.action == Action::Open && find.offers_unknown() => keys::LOG_UNKNOWN,
        Some(Layer::Form(form)) if b.action == Action::Save => form.part.enter().unwrap_or(b.words),
        _ => state.called_here(b.action).unwrap_or(b.words),
    };
    let shown_key = |key: &keymap::Key| key.shown(lang, theme.ascii);
    let size = |b: &keymap::Binding| {
        b.keys.first().map_or(0, |k| width(&shown_key(k))) + width(said(b).get(lang)) + 3
    };
    let mut declared = if state.is_on_page() { state.declared_keys() } else { Vec::new() };
    let mut shown = keymap::footer(state.context());
    shown
        .retain(|binding| does_something(state, binding.action) && !state.is_said_by_another(binding.action));
    // The way to all the others is always there.
    let always = |b: &&&keymap::Binding| matches!(b.action, Action::Help | Action::Palette);
    let mut left = usize::from(area.width).saturating_sub(1);
    left = left.saturating_sub(shown.iter().filter(always).map(|b| size(b)).sum());
    let mut x = area.x + 1;
    for binding in shown {
        // What the declaration gives a letter comes first of what is done to the entry.
        if binding.foot > 1 {
            for (letter, say) in std::mem::take(&mut declared) {
                let (letter, said) = (letter.to_string(), say.get(lang));
                let size = width(&letter) + width(said) + 3;
                if size <= left {
                    left -= size;
                    x += write(frame, area, x, area.y, &letter, theme.key(), theme) + 1;
                    x += write(frame, area, x, area.y, said, Style::new(), theme) + 2;
                }
            }
        }
        let Some(key) = binding.keys.first() else { continue };
        if !matches!(binding.action, Action::Help | Action::Palette) {
            if size(binding) > left {
                continue;
            }
            left -= size(binding);
        }
        x += write(frame, area, x, area.y, &shown_key(key), theme.key(), theme) + 1;
        x += write(frame, area, x, area.y, said(binding).get(lang), Style::new(), theme) + 2;
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
