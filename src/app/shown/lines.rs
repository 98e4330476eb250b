//! Lines to read: what pages and papers on the screen are made of.

use super::column::{Ctx, Mood};
use super::rows::{caller_number, when};
use super::table::outcome_mood;
use crate::domain::followup::Caller;
use crate::domain::report::Round;
use crate::i18n::events::{heard, lines};
use crate::i18n::terms::{temperature, word};
use crate::i18n::{ledger, screen as say};
use crate::say::Word;
use crate::store::query::rows::{CallRow, Mask, NoteRow};

/// One line to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// The text.
    pub text: String,
    /// How it is meant.
    pub mood: Mood,
    /// A heading.
    pub head: bool,
}

impl TextLine {
    /// A heading.
    pub fn head(text: impl Into<String>) -> Self {
        Self { text: text.into(), mood: Mood::Plain, head: true }
    }

    /// A line.
    pub fn new(text: impl Into<String>, mood: Mood) -> Self {
        Self { text: text.into(), mood, head: false }
    }
}

/// The newest of these calls with which a number was written down, and that number.
pub(in crate::app) fn newest_caller(calls: &[CallRow]) -> Option<Caller> {
    let call = calls.iter().find(|call| !call.number.is_empty())?;
    Some(Caller { call: call.id, number: call.number.clone() })
}

pub(in crate::app) fn call_lines(call: &CallRow, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let seen = call.seen(ctx.shows_call(call.id, call.subject));
    let call = &*seen;
    let mut parts = vec![when(call.at, ctx), word(call.channel).get(lang).to_owned()];
    if call.chase {
        parts.push(lines::CHASE.get(lang).to_owned());
    }
    if !call.number.is_empty() {
        let caller = Caller { call: call.id, number: call.number.clone() };
        parts.push(caller_number(&caller, call.subject, ctx));
    }
    if !call.answered_by.is_empty() {
        parts.push(heard(call.channel, &call.answered_by).get(lang).to_owned());
    }
    parts.push(word(call.outcome).get(lang).to_owned());
    if let Some(tenths) = call.temp {
        parts.push(temperature(tenths, call.site).get(lang).to_owned());
    }
    if let Some(promise) = &call.promise {
        let end = promise.end.map_or_else(String::new, |end| format!("({})", word(end).get(lang)));
        parts.push(format!("{} {}{end}", say::PROMISE.get(lang), when(promise.due, ctx)));
    }
    if let Some(next) = call.next_contact {
        parts.push(format!("{} {}", say::NEXT_CONTACT.get(lang), when(next, ctx)));
    }
    parts.push(format!("[{}]", call.officer));
    let mut lines = vec![TextLine::new(parts.join("  "), outcome_mood(call.outcome))];
    lines.extend(call.words.lines().map(|words| TextLine::new(format!("    {words}"), Mood::Plain)));
    lines
}

/// A note; numbers in it are hidden unless those of whom it is about are `shown`.
pub(in crate::app) fn note_line(note: &NoteRow, shown: bool, ctx: &Ctx) -> TextLine {
    let text = note.seen(shown).text.replace('\n', " / ");
    TextLine::new(format!("{}  {text}  [{}]", when(note.at, ctx), note.officer), Mood::Plain)
}

/// The part of a page with what ledgers hold, where they hold anything.
pub(in crate::app) fn entries_tab(n: usize) -> Option<(Word, usize)> {
    (n > 0).then_some((ledger::LEDGERS, n))
}

/// A label and what stands beside it.
pub type Fact = (Word, String, Mood);

/// A round's code, unless it is that of the one round of a day, which says nothing.
pub(in crate::app) fn round_shown(round: &Round) -> String {
    if *round == Round::default() { String::new() } else { round.to_string() }
}
