//! Outside contacts on the screen: the directory, the page of one.

use super::lines::TextLine;
use super::lines::{Fact, call_lines, note_line};
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::found::first_number;
use crate::app::shown::rows::{left, when};
use crate::app::shown::state::{ContactPage, ContactsPage, Layer, State};
use crate::app::shown::table::Table;
use crate::i18n::terms::word;
use crate::i18n::{find as words, screen as say};
use crate::say::Word;
use crate::store::query::rows::ContactSheet;

#[cfg(test)]
mod tests;

/// How many parts a contact's page has: calls, notes.
pub const CONTACT_TABS: usize = 2;

/// The names of the parts of a contact's page, with how much is in each.
pub fn contact_tabs(page: &ContactPage) -> Vec<(Word, usize)> {
    let count = |of: fn(&ContactSheet) -> usize| page.sheet.as_deref().map_or(0, of);
    vec![(say::TAB_CALLS, count(|s| s.calls.len())), (say::TAB_NOTES, count(|s| s.notes.len()))]
}

/// The lines of the part that is shown.
pub(super) fn contact_part(page: &ContactPage, ctx: &Ctx) -> Vec<TextLine> {
    let Some(sheet) = page.sheet.as_deref() else { return Vec::new() };
    if page.tab == 0 {
        sheet.calls.iter().flat_map(|call| call_lines(call, ctx)).collect()
    } else {
        sheet.notes.iter().map(|note| note_line(note, false, ctx)).collect()
    }
}

/// The facts of a contact, in the order shown.
pub fn contact_facts(sheet: &ContactSheet, ctx: &Ctx) -> Vec<Fact> {
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

impl ContactsPage {
    /// The directory before its rows are there.
    pub(super) fn new() -> Self {
        Self { contacts: Table::new() }
    }
}

impl State {
    /// Goes to the directory of outside contacts.
    pub(super) fn open_contacts(&mut self, fx: &mut Vec<super::Effect>) {
        if !matches!(self.page(), Some(Layer::Contacts(_))) {
            self.layers.push(Layer::Contacts(Box::new(ContactsPage::new())));
        }
        self.refresh_page(fx);
    }

    /// The contact whose page is seen.
    pub(super) fn contact_sheet(&self) -> Option<&ContactSheet> {
        match self.page() {
            Some(Layer::Contact(page)) => page.sheet.as_deref(),
            _ => None,
        }
    }

    /// The number to call of the contact whose page is seen.
    pub(super) fn contact_phone(&self) -> Option<String> {
        self.contact_sheet().map(|sheet| first_number(&sheet.contact.phone))
    }
}
