//! The handover in three sentences: what is wrong, what comes next, what changed.

use crate::domain::item::{DueRow, DueState, ItemKind};
use crate::domain::time::Ts;
use crate::i18n::handover as words;
use crate::i18n::items;
use crate::log::event::Event;
use crate::paper::summary::Summary;
use crate::say::Say;
use crate::store::query::ERASED;

/// How many names a sentence holds.
const NAMES: usize = 3;

/// What is wrong first, then what must be done next and when, then what changed.
pub fn sentences(s: &Summary) -> [Say; 3] {
    [wrong(s), next(s), changed(s)]
}

fn wrong(s: &Summary) -> Say {
    let mut parts = Vec::new();
    if !s.outstanding.is_empty() {
        let names = s.outstanding.iter().map(|row| row.name.as_str());
        let (zh, en) = (named(names.clone(), "、", "等"), named(names, ", ", " …"));
        let n = s.outstanding.len();
        parts.push(Say { zh: words::wrong_outstanding(n, zh).zh, en: words::wrong_outstanding(n, en).en });
    }
    if !s.findings.is_empty() {
        let names = s.findings.iter().map(|row| row.name.as_str());
        let (zh, en) = (named(names.clone(), "、", "等"), named(names, ", ", " …"));
        parts.push(crate::i18n::findings::wrong(s.findings.len(), zh, en));
    }
    let count = |fits: fn(&&DueRow) -> bool| s.due.iter().filter(fits).count();
    let missed = count(|row| matches!((row.item.kind, row.state), (ItemKind::Slot, DueState::Missed)));
    let overdue = count(|row| matches!((row.item.kind, row.state), (ItemKind::Promise, DueState::Missed)));
    // Who takes over is to know what was done to a colleague's PIN, and that somebody tried out numbers.
    let happened = || s.happened.iter().filter(|line| !line.undone).map(|line| &line.event);
    let taken = happened().filter(|event| matches!(event, Event::PinChanged(e) if !e.by.is_empty())).count();
    let count_of = |event: &Event| if let Event::FindProbed(e) = event { e.count as usize } else { 0 };
    let probed = happened().map(count_of).max().unwrap_or(0);
    for (n, said) in [
        (missed, words::wrong_missed(missed)),
        (overdue, words::wrong_overdue(overdue)),
        (s.due_release.len(), words::wrong_release(s.due_release.len())),
        (s.questions.len(), words::wrong_questions(s.questions.len())),
        (taken, words::wrong_pins(taken)),
        (probed, words::wrong_probed(probed)),
    ] {
        if n > 0 {
            parts.push(said);
        }
    }
    parts.extend(s.checked.as_ref().and_then(crate::i18n::file::wrong));
    parts.extend(s.drill_due.map(crate::i18n::file::drill_due));
    if parts.is_empty() {
        return words::NOTHING_WRONG.into();
    }
    let joined = joined(&parts);
    Say { zh: words::wrong(joined.zh).zh, en: words::wrong(joined.en).en }
}

/// What comes first by its time: the paper has those of one person together.
fn earliest<'a>(rows: impl Iterator<Item = &'a DueRow>) -> Option<&'a DueRow> {
    rows.min_by(|a, b| (a.at, &a.name, &a.item).cmp(&(b.at, &b.name, &b.item)))
}

fn next(s: &Summary) -> Say {
    // A call that was to be made before now is late, whatever its list says; a slot is open until its window closes.
    let is_ahead = |row: &&DueRow| {
        row.state != DueState::Missed && (row.at >= s.cut_at || matches!(row.item.kind, ItemKind::Slot))
    };
    let ahead: Vec<&DueRow> = s.due.iter().filter(is_ahead).collect();
    let Some(first) = earliest(ahead.iter().copied()) else {
        // Nothing is agreed: what is past its time is what comes next.
        return match (s.outstanding.first(), earliest(s.due.iter())) {
            (Some(row), _) => words::next_chase(shown(&row.name).zh),
            (None, Some(row)) => about(row, s, words::next_late, words::next_late),
            (None, None) => words::NOTHING_NEXT.into(),
        };
    };
    let said = about(first, s, words::next_due, words::next_due);
    if ahead.len() == 1 {
        return said;
    }
    let more = words::and_more(ahead.len() - 1);
    Say {
        zh: said.zh.trim_end_matches('。').to_owned() + &more.zh,
        en: said.en.trim_end_matches('.').to_owned() + &more.en,
    }
}

/// A due item in a sentence that takes when, whom and what.
fn about(
    row: &DueRow,
    s: &Summary,
    zh: fn(String, String, &'static str) -> Say,
    en: fn(String, String, &'static str) -> Say,
) -> Say {
    let kind = items::word(row.item.kind);
    let who = if row.name.is_empty() { words::UNKNOWN_CALLER.into() } else { shown(&row.name) };
    let of_day = row.item.kind.is_of_day(row.at, s.calendar);
    let at = if of_day { row.item.kind.moment(row.at, s.calendar, s.cut_at) } else { when(row.at, s) };
    Say { zh: zh(at.clone(), who.zh, kind.zh).zh, en: en(at, who.en, kind.en).en }
}

fn when(at: Ts, s: &Summary) -> String {
    // A time of the same day needs no date.
    if s.calendar.date(at) == s.calendar.date(s.cut_at) {
        s.calendar.hm(at)
    } else {
        s.calendar.brief(at, s.cut_at)
    }
}

fn changed(s: &Summary) -> Say {
    let c = &s.counts;
    let mut parts = Vec::new();
    for (n, said) in [
        (c.cases_opened, words::changed_opened(c.cases_opened)),
        (c.cases_released, words::changed_released(c.cases_released)),
        (c.reports, words::changed_reports(c.reports)),
        (c.followups, words::changed_calls(c.followups, c.not_reached)),
    ] {
        if n > 0 {
            parts.push(said);
        }
    }
    if parts.is_empty() {
        return words::NOTHING_CHANGED.into();
    }
    let joined = joined(&parts);
    Say { zh: words::changed(joined.zh).zh, en: words::changed(joined.en).en }
}

fn shown(name: &str) -> Say {
    if name == ERASED { words::ERASED.into() } else { Say::same(name) }
}

fn named<'a>(names: impl Iterator<Item = &'a str>, by: &str, more: &str) -> String {
    let all: Vec<&str> = names.collect();
    let shown = all[..all.len().min(NAMES)].join(by);
    if all.len() > NAMES { format!("{shown}{more}") } else { shown }
}

fn joined(parts: &[Say]) -> Say {
    let pick = |of: fn(&Say) -> &str, by: &str| parts.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: pick(|say| &say.zh, "，"), en: pick(|say| &say.en, ", ") }
}
