//! The page of one entry of a ledger: what stands in it, what is due of it, its lines, what was done with it, and the
//! other entries of its key.

use crate::app::keymap::Context;
use crate::app::shown::column::{Ctx, Mood, Shown};
use crate::app::shown::facts;
use crate::app::shown::lines::{Fact, TextLine};
use crate::app::shown::page::{Page, Part};
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::{moment, stands, when};
use crate::app::shown::sheet::{Sheet, called, numbers, state_mood, subject, value_shown};
use crate::app::shown::table::{List, Target};
use crate::domain::ids::{EntryId, PersonId, Subject};
use crate::domain::item::ItemKind;
use crate::domain::ledger::{Ledger, Part as Columns};
use crate::domain::mask::{Private, masked_words};
use crate::domain::time::Ts;
use crate::i18n::items;
use crate::i18n::ledger::{
    booked, due_titled, proposed_case, raise_titled, step_titled, summary, titled, whom,
};
use crate::i18n::ledger_desk as say;
use crate::say::{Lang, Say, Word};
use crate::store::query::rows::{
    Did, EntryRow, EntrySheet, LedgerDue, Mask, Proposal, Proposed, Settled, Step,
};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    /// Its lines.
    Lines,
    /// What was done with it.
    Moves,
    /// The other entries of its key.
    Others,
}

/// The page of one entry, or of one line of an entry.
#[derive(Debug, Clone)]
pub struct EntryPage {
    /// Which.
    pub id: EntryId,
    /// What is known; absent until it is loaded.
    pub sheet: Option<Box<EntrySheet>>,
    /// There is no such entry.
    pub missing: bool,
    /// Which part is shown.
    pub part: Part,
    /// Its lines.
    pub lines: Sheet,
    /// The other entries of its key.
    pub others: Sheet,
    title: Say,
}

impl EntryPage {
    /// The page before anything is known.
    pub(in crate::app) fn new(id: EntryId) -> Self {
        Self {
            id,
            sheet: None,
            missing: false,
            part: Part::default(),
            lines: Sheet::new(true),
            others: Sheet::whole(),
            title: Say::default(),
        }
    }

    /// The parts it has.
    fn parts(&self) -> Vec<Tab> {
        let mut parts = Vec::new();
        let Some(sheet) = self.sheet.as_deref() else { return vec![Tab::Moves] };
        let is_line = sheet.entry.row.parent.is_some();
        if sheet.ledger.lines.is_some() && !is_line {
            parts.push(Tab::Lines);
        }
        let has_states = sheet.ledger.part(is_line).is_some_and(|part| part.states.is_some());
        // A ledger without steps has none, unless something was done with the entry or a proposal was settled.
        if has_states || !sheet.history.is_empty() || !sheet.raised.is_empty() {
            parts.push(Tab::Moves);
        }
        if !sheet.ledger.key.is_empty() && !is_line {
            parts.push(Tab::Others);
        }
        parts
    }

    fn shown(&self) -> Tab {
        let parts = self.parts();
        parts.get(self.part.tab).or(parts.last()).copied().unwrap_or(Tab::Moves)
    }

    /// Its lines are shown.
    pub(in crate::app) fn is_on_lines(&self) -> bool {
        self.shown() == Tab::Lines
    }
}

impl Page for EntryPage {
    fn context(&self) -> Context {
        Context::Entry
    }

    fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Entry(self.id)]
    }

    fn take(&mut self, data: &Data) {
        let Data::Entry(found) = data else { return };
        self.missing = found.is_none();
        if let Some(sheet) = found.as_deref() {
            self.title = title(sheet);
            self.lines.set_rows(&sheet.ledger, sheet.lines.clone());
            self.others.set_rows(&sheet.ledger, sheet.others.clone());
        }
        self.sheet.clone_from(found);
    }

    fn list(&self) -> Option<&dyn List> {
        match self.shown() {
            Tab::Lines => Some(&self.lines),
            Tab::Others => Some(&self.others),
            Tab::Moves => None,
        }
    }

    fn list_mut(&mut self) -> Option<&mut dyn List> {
        match self.shown() {
            Tab::Lines => Some(&mut self.lines),
            Tab::Others => Some(&mut self.others),
            Tab::Moves => None,
        }
    }

    fn empty(&self) -> Word {
        if self.is_on_lines() { say::NO_LINES } else { crate::i18n::screen::EMPTY }
    }

    fn subject(&self) -> Option<Subject> {
        self.sheet.as_deref().and_then(|sheet| subject(&sheet.entry))
    }

    fn concerns(&self) -> Option<Target> {
        let marked = self.list().is_some_and(List::has_marks);
        // What is about nobody itself is about those of its lines.
        let by_line = self.is_on_lines() && self.subject().is_none() && !self.lines.is_empty();
        (!marked && !by_line).then(|| Target::new(self.subject(), self.title(Lang::Zh)))
    }

    fn tabs(&self) -> Vec<(Word, usize)> {
        let moves = self.sheet.as_deref().map_or(0, |sheet| sheet.history.len() + sheet.raised.len());
        let lines = self.sheet.as_deref().and_then(|sheet| sheet.ledger.lines.as_ref());
        let tab = |tab| match tab {
            Tab::Lines => lines.map(|lines| (say::word(&lines.title), self.lines.len())),
            Tab::Moves => Some((say::TAB_MOVES, moves)),
            Tab::Others => Some((say::TAB_OTHERS, self.others.len())),
        };
        self.parts().into_iter().filter_map(tab).collect()
    }

    fn part(&self) -> Option<&Part> {
        Some(&self.part)
    }

    fn part_mut(&mut self) -> Option<&mut Part> {
        Some(&mut self.part)
    }

    fn lines(&self, ctx: &Ctx, _: usize) -> Vec<TextLine> {
        let Some(sheet) = self.sheet.as_deref() else { return Vec::new() };
        let part = sheet.ledger.part(sheet.entry.row.parent.is_some());
        let done = sheet.history.iter().map(|did| (did.at, did_lines(part, did, ctx)));
        let raised = sheet.raised.iter().map(|raised| (raised.at, vec![raised_line(sheet, raised, ctx)]));
        let mut all: Vec<(Ts, Vec<TextLine>)> = done.chain(raised).collect();
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().rev().flat_map(|(_, lines)| lines).collect()
    }

    fn facts(&self, ctx: &Ctx) -> Option<Vec<Fact>> {
        self.sheet.as_deref().map(|sheet| entry_facts(sheet, ctx))
    }

    fn missing(&self) -> Option<Word> {
        self.missing.then_some(say::NO_SUCH)
    }

    fn head_lines(&self, _: u16, width: u16, ctx: &Ctx) -> Option<u16> {
        Some(self.facts(ctx).map_or(4, |all| facts::lines(&all, width, ctx.lang)))
    }

    /// Of the selected line where it has any, else of the entry.
    fn entry_numbers(&self) -> Option<(Shown, Private)> {
        let selected = match self.shown() {
            Tab::Lines => self.lines.numbers(),
            Tab::Others => self.others.numbers(),
            Tab::Moves => None,
        };
        let sheet = self.sheet.as_deref()?;
        selected.or_else(|| numbers(&sheet.ledger, &sheet.entry))
    }

    fn private_phone(&self, person: PersonId) -> Option<Private> {
        let sheet = self.sheet.as_deref()?;
        let mut rows = std::iter::once(&sheet.entry).chain(&sheet.lines).chain(&sheet.others);
        rows.find_map(|row| private_number(&sheet.ledger, row, person))
    }
}

/// A private number of a person that stands in an entry about them.
pub(super) fn private_number(ledger: &Ledger, row: &EntryRow, person: PersonId) -> Option<Private> {
    let part = ledger.part(row.row.parent.is_some()).filter(|_| row.row.person == Some(person))?;
    let mut private = part.columns.iter().filter(|column| column.field.kind.is_private());
    private
        .find_map(|column| row.row.values.get(&column.field.name))
        .map(|value| Private::new(value.as_str()))
}

/// The ledger, and what the entry is called in it.
fn title(sheet: &EntrySheet) -> Say {
    let ledger = titled(&sheet.ledger.title);
    let own = called(&sheet.ledger, &sheet.entry);
    let join = |ledger: &str, own: &str, colon: &str| {
        if own.is_empty() { ledger.to_owned() } else { format!("{ledger}{colon}{own}") }
    };
    Say { zh: join(&ledger.zh, &own.zh, "："), en: join(&ledger.en, &own.en, ": ") }
}

/// The facts of an entry: all that stands in it, its state, what is due, who wrote it and when.
pub(in crate::app) fn entry_facts(sheet: &EntrySheet, ctx: &Ctx) -> Vec<Fact> {
    let (lang, row) = (ctx.lang, &sheet.entry);
    let mut facts: Vec<Fact> = Vec::new();
    if let Some(reason) = &row.row.withdrawn {
        let text = if reason.is_empty() { say::WITHDRAWN.get(lang).to_owned() } else { reason.clone() };
        facts.push((say::WITHDRAWN, text, Mood::Bad));
    }
    if let Some(above) = &sheet.above {
        let name = called(&sheet.ledger, above).get(lang).to_owned();
        facts.push((say::PART_OF, name, Mood::Plain));
    }
    if let Some(origin) = &sheet.origin {
        let ledger = titled(&origin.ledger.title);
        let text = format!("{} {}", ledger.get(lang), origin.name.get(lang));
        facts.push((say::RAISED_BY, text.trim().to_owned(), Mood::Plain));
    }
    let part = sheet.ledger.part(row.row.parent.is_some());
    for column in part.iter().flat_map(|part| &part.columns) {
        facts.push((say::word(&column.field.title), value_shown(column, row, ctx), Mood::Plain));
    }
    if let Some(part) = part.filter(|_| !row.row.state.is_empty()) {
        let state = titled(&part.state_title(&row.row.state));
        facts.push((say::STATE, state.get(lang).to_owned(), state_mood(part, &row.row.state)));
    }
    if let Some(balance) = row.balance {
        let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
        let short = balance.minimum.is_some_and(|least| balance.balance < least);
        let mood = if short { Mood::Bad } else { Mood::Plain };
        facts.push((say::BALANCE, balance.balance.to_string(), mood));
        facts.push((say::MINIMUM, number(balance.minimum), Mood::Plain));
        facts.push((say::DAYS_LEFT, number(balance.days_left), Mood::Plain));
    }
    if let Some((there, why)) = &sheet.booked {
        let said = booked(*there, masked_words(why)).get(lang).to_owned();
        facts.push((say::BOOKED, said, Mood::Warn));
    }
    facts.extend(sheet.due.iter().map(|due| {
        let said = due_said(&sheet.ledger, due, ctx);
        (say::DUE, said.text, said.mood)
    }));
    for proposal in &sheet.proposed {
        facts.push((say::PROPOSES, proposed(proposal).get(lang).to_owned(), Mood::Warn));
    }
    facts.push((say::AT, when(row.row.at, ctx), Mood::Plain));
    facts.push((say::BY, row.by.clone(), Mood::Plain));
    facts.retain(|(_, text, _)| !text.is_empty());
    facts
}

/// What is due of an entry: what, when, where it stands, who is told.
pub(in crate::app) fn due_said(ledger: &Ledger, due: &LedgerDue, ctx: &Ctx) -> TextLine {
    let kind = ItemKind::of_ledger(&due.ledger, &due.due);
    // What is expected of it in another ledger is called by that one too.
    let title =
        if due.ledger == ledger.name { due_titled(ledger, &due.due) } else { items::word(kind).into() };
    let stands = stands(kind, due.at, due.state, due.missed, ctx);
    let mut text =
        say::due_at(title.get(ctx.lang), moment(kind, due.at, ctx), stands.text).get(ctx.lang).to_owned();
    if let Some(who) = &due.told {
        text.push_str(whom(who).within(|who| say::told(who)).get(ctx.lang));
    }
    TextLine::new(text, stands.mood)
}

/// What was done with an entry once: when, which step, to which state, by whom, signed by whom, why; below it what stood in
/// each field that changed, and what stands there since.
pub(in crate::app) fn did_lines(part: Option<&Columns>, did: &Did, ctx: &Ctx) -> Vec<TextLine> {
    let lang = ctx.lang;
    let (transition, to) = match &did.step {
        Step::Moved { transition, to } => (Some(transition.as_str()), Some(to)),
        Step::Changed | Step::Withdrawn => (None, None),
    };
    let name = step_titled(part, transition, did.step == Step::Withdrawn);
    let mut parts = vec![when(did.at, ctx), name.get(lang).to_owned()];
    let to_title = to.map(|to| part.map_or_else(|| Say::same(to), |part| titled(&part.state_title(to))));
    parts.extend(to_title.filter(|to| *to != name).map(|to| format!("→ {}", to.get(lang))));
    parts.push(format!("[{}]", did.by));
    if !did.signed_by.is_empty() {
        parts.push(say::signed_by(&did.signed_by).get(lang).to_owned());
    }
    if !did.reason.is_empty() {
        parts.push(masked_words(&did.reason).into_owned());
    }
    let mood = part.zip(to).map_or(Mood::Plain, |(part, to)| state_mood(part, to));
    let mut lines = vec![TextLine::new(parts.join("  "), mood)];
    lines.extend(
        did.edits.iter().map(|edit| TextLine::new(format!("    {}", edit.said.get(lang)), Mood::Plain)),
    );
    lines
}

/// What an entry proposes: what would be made, and what would stand in it.
fn proposed(proposal: &Proposal) -> Say {
    let title = raise_titled(&proposal.raise);
    let set = match &proposal.to {
        Proposed::Case { facts, .. } => proposed_case(&facts.seen(false)),
        Proposed::Entry { ledger, values, names } => summary(&ledger.part, values, names, ""),
    };
    let join = |title: &str, set: &str, colon: &str| {
        if set.is_empty() { title.to_owned() } else { format!("{title}{colon}{set}") }
    };
    Say { zh: join(&title.zh, &set.zh, "："), en: join(&title.en, &set.en, ": ") }
}

/// What became of something that the entry proposed: when, what was made, or why not, by whom.
fn raised_line(sheet: &EntrySheet, raised: &Settled, ctx: &Ctx) -> TextLine {
    let lang = ctx.lang;
    let part = sheet.ledger.part(sheet.entry.row.parent.is_some());
    let what = part.and_then(|part| part.raise(&raised.raise));
    let what = what.map_or_else(|| Say::same(&raised.raise), raise_titled);
    let how = if raised.made.is_some() { say::TAKEN } else { say::DECLINED };
    let mut parts = vec![
        when(raised.at, ctx),
        format!("{} {}", how.get(lang), what.get(lang)),
        format!("[{}]", raised.by),
    ];
    parts.extend(raised.made.as_ref().map(|(_, name)| name.clone()).filter(|name| !name.is_empty()));
    parts.extend(Some(masked_words(&raised.reason).into_owned()).filter(|reason| !reason.is_empty()));
    TextLine::new(parts.join("  "), if raised.made.is_some() { Mood::Good } else { Mood::Dim })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;
    use crate::domain::time::Calendar;
    use crate::store::query::rows::Edit;

    #[test]
    fn the_page_says_what_stood_in_an_entry_and_what_stands_there_since() {
        let id = fixture::entry_id(1);
        let mut sheet = fixture::entry_sheet(id).unwrap();
        let said = Say { zh: "数量：300 → 280".to_owned(), en: "Quantity: 300 → 280".to_owned() };
        sheet.history = vec![Did {
            step: Step::Changed,
            at: sheet.entry.row.at,
            by: "周航".to_owned(),
            signed_by: String::new(),
            reason: "点错了".to_owned(),
            edits: vec![Edit {
                field: "quantity".to_owned(),
                old: "300".to_owned(),
                new: "280".to_owned(),
                said,
            }],
        }];
        let mut page = EntryPage::new(id);
        page.take(&Data::Entry(Some(Box::new(sheet))));
        // Supplies have no steps: the part is there for what was corrected.
        assert!(page.parts().contains(&Tab::Moves));
        for (lang, done, edit) in [
            (Lang::Zh, "更正  [周航]  点错了", "数量：300 → 280"),
            (Lang::En, "Corrected  [周航]", "300 → 280"),
        ] {
            let ctx = Ctx { lang, now: fixture::now(), cal: Calendar::default(), revealed: None };
            let lines: Vec<String> = page.lines(&ctx, 20).into_iter().map(|line| line.text).collect();
            assert!(lines[0].contains(done), "{lines:?}");
            assert!(lines[1].starts_with("    ") && lines[1].contains(edit), "{lines:?}");
        }
    }
}
