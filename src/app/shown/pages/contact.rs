//! The page of one outside contact: its number large, what is known, calls and notes.

use crate::app::keymap::Context;
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::facts;
use crate::app::shown::found::first_number;
use crate::app::shown::lines::{Fact, TextLine, call_lines, newest_caller, note_line};
use crate::app::shown::page::{Page, Part};
use crate::app::shown::query::{Data, Query};
use crate::app::shown::rows::{left, when};
use crate::domain::followup::Caller;
use crate::domain::ids::{ContactId, Subject};
use crate::i18n::terms::word;
use crate::i18n::{find as words, screen as say};
use crate::say::{Lang, Word};
use crate::store::query::rows::ContactSheet;

/// The page of one outside contact.
#[derive(Debug, Clone)]
pub struct ContactPage {
    /// Which.
    pub id: ContactId,
    /// What is known; absent until it is loaded.
    pub sheet: Option<Box<ContactSheet>>,
    /// There is no such contact.
    pub missing: bool,
    /// Which part is shown.
    pub part: Part,
}

impl ContactPage {
    /// The page before anything is known.
    pub(in crate::app) fn new(id: ContactId) -> Self {
        Self { id, sheet: None, missing: false, part: Part::default() }
    }
}

impl Page for ContactPage {
    fn context(&self) -> Context {
        Context::Contact
    }

    fn title(&self, _: Lang) -> &str {
        self.sheet.as_deref().map_or("", |sheet| &sheet.contact.org)
    }

    fn asks(&self) -> Vec<Query> {
        vec![Query::Contact(self.id)]
    }

    fn take(&mut self, data: &Data) {
        if let Data::Contact(found) = data {
            self.missing = found.is_none();
            self.sheet.clone_from(found);
        }
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Contact(self.id))
    }

    fn tabs(&self) -> Vec<(Word, usize)> {
        let count = |of: fn(&ContactSheet) -> usize| self.sheet.as_deref().map_or(0, of);
        vec![(say::TAB_CALLS, count(|s| s.calls.len())), (say::TAB_NOTES, count(|s| s.notes.len()))]
    }

    fn part(&self) -> Option<&Part> {
        Some(&self.part)
    }

    fn part_mut(&mut self) -> Option<&mut Part> {
        Some(&mut self.part)
    }

    fn lines(&self, ctx: &Ctx, _: usize) -> Vec<TextLine> {
        let Some(sheet) = self.sheet.as_deref() else { return Vec::new() };
        if self.part.tab == 0 {
            sheet.calls.iter().flat_map(|call| call_lines(call, ctx)).collect()
        } else {
            sheet.notes.iter().map(|note| note_line(note, false, ctx)).collect()
        }
    }

    fn facts(&self, ctx: &Ctx) -> Option<Vec<Fact>> {
        self.sheet.as_deref().map(|sheet| contact_facts(sheet, ctx))
    }

    fn missing(&self) -> Option<Word> {
        self.missing.then_some(words::NO_SUCH_CONTACT)
    }

    fn large_number(&self) -> Option<String> {
        Some(self.office_phone().unwrap_or_default())
    }

    fn head_lines(&self, _: u16, width: u16, ctx: &Ctx) -> Option<u16> {
        let facts = self.facts(ctx).map_or(2, |all| facts::lines(&all, width.saturating_sub(1), ctx.lang));
        // The number is large.
        Some(facts + 3)
    }

    fn office_phone(&self) -> Option<String> {
        self.sheet.as_deref().map(|sheet| first_number(&sheet.contact.phone))
    }

    fn caller(&self) -> Option<Caller> {
        let sheet = self.sheet.as_deref().filter(|_| self.part.tab == 0)?;
        newest_caller(&sheet.calls)
    }
}

/// The facts of a contact, in the order shown.
fn contact_facts(sheet: &ContactSheet, ctx: &Ctx) -> Vec<Fact> {
    let c = &sheet.contact;
    let plain = |label: Word, text: &str| (label, text.to_owned(), Mood::Plain);
    let mut facts = vec![
        plain(words::ANSWERS, &c.name),
        plain(words::PHONE, &c.phone),
        plain(words::ORG_KIND, word(c.kind).get(ctx.lang)),
        plain(words::REMARK, &c.note),
    ];
    for promise in &sheet.promises {
        let text = format!("{} {}", when(promise.due, ctx), left(promise.due, ctx.now, ctx.lang));
        facts.push((say::PROMISE, text, if promise.due <= ctx.now { Mood::Bad } else { Mood::Warn }));
    }
    if sheet.removed {
        facts.push((say::STATUS, words::REMOVED.get(ctx.lang).to_owned(), Mood::Warn));
    }
    facts.retain(|(_, text, _)| !text.is_empty());
    facts
}
