//! The walk through the open items of a handover: how they stand by sections and by person, and the card of the one
//! with the cursor.

use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::lines::TextLine;
use crate::app::shown::rows::{day_of, left, moment, named, said, when};
use crate::app::shown::state::Walk;
use crate::domain::ids::Subject;
use crate::domain::item::{DueRow, ItemKind};
use crate::domain::phone::Whose;
use crate::domain::time::brief_day;
use crate::i18n::paper::{due_state, role};
use crate::i18n::terms::{categories, word};
use crate::i18n::{find, findings, handover, items, passing, screen as say, strip};
use crate::log::event::HandoverItem;
use crate::paper::summary::{OpenRow, Summary};
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{CaseRow, OutstandingRow};
use std::collections::HashMap;

/// An item with its words, and its place on the paper.
pub(super) type Placed = (usize, (HandoverItem, Say));

/// The items in the order of the walk: those of one person stand together, where the first of them stands. Sections
/// stay as they are; each item keeps its place on the paper.
pub(super) fn by_person(summary: &Summary, items: Vec<(HandoverItem, Say)>) -> Vec<Placed> {
    let mut firsts: HashMap<Subject, usize> = HashMap::new();
    let rows = summary.open_items();
    let first = |(place, (_, row)): (usize, &(HandoverItem, OpenRow<'_>))| match row {
        OpenRow::Due(DueRow { subject: Some(subject), .. }) => *firsts.entry(*subject).or_insert(place),
        _ => place,
    };
    let firsts: Vec<usize> = rows.iter().enumerate().map(first).collect();
    let mut out: Vec<Placed> = items.into_iter().enumerate().collect();
    out.sort_by_key(|(place, _)| (firsts.get(*place).copied().unwrap_or(*place), *place));
    out
}

/// The section in which an item stands.
pub fn section(kind: ItemKind) -> Word {
    match kind {
        ItemKind::Outstanding => say::OUTSTANDING,
        ItemKind::Finding => findings::FINDING,
        ItemKind::Case => handover::DUE_RELEASE,
        ItemKind::Question => passing::QUESTION,
        _ => passing::W_DUE,
    }
}

/// A line of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A section: how many of its items are ticked, and of how many.
    Section(Word, usize, usize),
    /// An item.
    Item(usize),
}

impl Walk {
    /// How many items are ticked.
    pub fn ticked(&self) -> usize {
        self.items.iter().filter(|(item, _)| item.ticked).count()
    }

    /// The items under their sections.
    pub fn rows(&self) -> Vec<Row> {
        let mut out: Vec<Row> = Vec::new();
        let mut head = None;
        for (at, (item, _)) in self.items.iter().enumerate() {
            let name = section(item.kind);
            if head.is_none_or(|(_, known)| known != name) {
                head = Some((out.len(), name));
                out.push(Row::Section(name, 0, 0));
            }
            if let Some(Row::Section(_, done, all)) = head.and_then(|(place, _)| out.get_mut(place)) {
                *done += usize::from(item.ticked);
                *all += 1;
            }
            out.push(Row::Item(at));
        }
        out
    }

    /// The card of the item with the cursor: who it is about, what is open, the question left on it, and what else is
    /// open about the same.
    pub fn card(&self, ctx: &Ctx) -> Vec<TextLine> {
        let rows = self.paper.open_items();
        let of = |at: usize| self.places.get(at).and_then(|place| rows.get(*place)).map(|(_, row)| row);
        let (Some(row), Some((item, _))) = (of(self.at), self.items.get(self.at)) else { return Vec::new() };
        let lang = ctx.lang;
        let mut out = card_of(row, ctx);
        if let Some(asked) = self.question(item) {
            let text = format!("{}{asked}", passing::ASK_MARK.get(lang));
            out.push(TextLine::new(text, Mood::Warn));
        }
        let Some(subject) = subject_of(row) else { return out };
        let others = (0..self.items.len()).filter(|at| *at != self.at);
        let others: Vec<usize> = others.filter(|at| of(*at).and_then(subject_of) == Some(subject)).collect();
        if !others.is_empty() {
            out.push(TextLine::new("", Mood::Plain));
            out.push(TextLine::head(passing::w_others(others.len()).get(lang)));
        }
        out.extend(others.into_iter().map(|at| {
            let (item, words) = &self.items[at];
            let tick = if item.ticked { "[x]" } else { "[ ]" };
            TextLine::new(format!("{tick} {}", words.get(lang)), Mood::Plain)
        }));
        out
    }
}

/// Whom an open item is about.
fn subject_of(row: &OpenRow<'_>) -> Option<Subject> {
    match row {
        OpenRow::Outstanding(row) => Some(Subject::Unit(row.id)),
        OpenRow::Finding(row) => Some(Subject::Person(row.person)),
        OpenRow::Due(row) => row.subject,
        OpenRow::Release(row) => Some(Subject::Person(row.person)),
        OpenRow::Question(row) => row.subject,
    }
}

fn card_of(row: &OpenRow<'_>, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    match row {
        OpenRow::Outstanding(row) => outstanding(row, ctx),
        OpenRow::Finding(row) => {
            let found = findings::all(&row.found);
            vec![
                TextLine::head(format!("{} {}", row.name, row.no)),
                TextLine::new(row.unit.as_str(), Mood::Plain),
                TextLine::new(found.get(lang), Mood::Bad),
            ]
        }
        OpenRow::Due(row) => due(row, ctx),
        OpenRow::Release(row) => release(row, ctx),
        OpenRow::Question(row) => {
            let name = if row.name.is_empty() { passing::QUESTION.get(lang) } else { &row.name };
            let asked = passing::asked(&row.asked_by, &row.text);
            vec![
                TextLine::head(name),
                TextLine::new(when(row.asked_at, ctx), Mood::Dim),
                TextLine::new(asked.get(lang), Mood::Plain),
            ]
        }
    }
}

/// Both numbers of a unit are the office's own business: they are never masked.
fn outstanding(row: &OutstandingRow, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let mut out = vec![TextLine::head(format!("{} {}", row.name, row.code))];
    for (as_what, name, phone) in
        [(Whose::Liaison, &row.liaison, &row.phone), (Whose::Head, &row.head, &row.head_phone)]
    {
        if !name.is_empty() || !phone.is_empty() {
            let text = format!("{} {name} {phone}", role(as_what).get(lang));
            out.push(TextLine::new(text.trim_end(), Mood::Plain));
        }
    }
    let day = brief_day(row.key.day, ctx.cal.date(ctx.now));
    let owed = find::unit_owes(format!("{day} {}", left(row.deadline, ctx.now, lang)));
    out.push(TextLine::new(owed.get(lang), Mood::Bad));
    if row.missing > 1 {
        out.push(TextLine::new(strip::more(row.missing - 1).get(lang), Mood::Bad));
    }
    if let Some(due) = row.promise {
        let late = left(due, ctx.now, lang);
        let text = format!("{} {} {late}", say::PROMISE.get(lang), when(due, ctx));
        out.push(TextLine::new(text, if due <= ctx.now { Mood::Bad } else { Mood::Warn }));
    }
    let calls = match (row.chases, row.unanswered) {
        (0, _) => find::NO_CALLS.into(),
        (n, 0) => passing::w_calls(n),
        (n, unanswered) => passing::w_calls_missed(n, unanswered),
    };
    out.push(TextLine::new(calls.get(lang), Mood::Plain));
    out
}

fn due(row: &DueRow, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let name = named(row);
    let mut out = vec![TextLine::head(name.get(lang))];
    if !row.unit.is_empty() {
        out.push(TextLine::new(row.unit.as_str(), Mood::Plain));
    }
    let state = due_state(row);
    let text = format!(
        "{} {} {}",
        items::title(row.item.kind).get(lang),
        moment(row.item.kind, row.at, ctx),
        state.get(lang)
    );
    out.push(TextLine::new(text, if row.at <= ctx.now { Mood::Bad } else { Mood::Warn }));
    let words = said(row);
    out.extend((!words.get(lang).is_empty()).then(|| TextLine::new(words.get(lang), Mood::Plain)));
    if let Some(caller) = row.caller.as_ref().filter(|caller| !caller.number.is_empty()) {
        let text = format!("{} {}", role(Whose::Caller).get(lang), caller.number.masked());
        out.push(TextLine::new(text, Mood::Plain));
    }
    out
}

fn release(row: &CaseRow, ctx: &Ctx) -> Vec<TextLine> {
    let lang: Lang = ctx.lang;
    let state = format!("{} {}", word(row.state).get(lang), day_of(row.observation, lang));
    let mut out = vec![
        TextLine::head(format!("{} {}", row.name, row.no)),
        TextLine::new(row.unit.as_str(), Mood::Plain),
        TextLine::new(categories(&row.categories).get(lang), Mood::Plain),
        TextLine::new(state.trim_end(), Mood::Warn),
    ];
    if let Some(at) = row.last_contact {
        let text = format!("{} {}", say::LAST_CONTACT.get(lang), when(at, ctx));
        out.push(TextLine::new(text, Mood::Dim));
    }
    out.retain(|line| !line.text.is_empty());
    out
}

#[cfg(test)]
mod tests;
