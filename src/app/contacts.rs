//! Outside contacts on the screen: the directory, the page of one, its forms.

use super::lines::TextLine;
use super::lines::{Fact, call_lines, note_line};
use super::wrong::{Wrong, needed, wrong};
use crate::app::shown::column::{Ctx, Mood};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::found::first_number;
use crate::app::shown::rows::{left, when};
use crate::app::shown::state::{ContactPage, ContactsPage, Layer, State};
use crate::app::shown::table::Table;
use crate::domain::contact::{Contact, ContactFacts, ContactKind};
use crate::domain::ids::ContactId;
use crate::i18n::terms::word;
use crate::i18n::{find as words, screen as say};
use crate::say::{Say, Word};
use crate::store::act::Act;
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

/// The form of a new contact.
pub(super) fn add_form() -> Form {
    Form::new(
        FormKind::AddContact,
        words::NEW_CONTACT.into(),
        fields(&ContactFacts::default().into_contact(NOBODY)),
    )
}

/// What stands in for the identity of a contact that has none yet.
const NOBODY: ContactId = ContactId(uuid::Uuid::nil());

/// The form that corrects a contact.
pub(super) fn edit_form(contact: &Contact) -> Form {
    let mut fields = fields(contact);
    fields.push(Field::line("told_by", say::TOLD_BY, "").hint(say::TOLD_BY_NEEDED));
    let title = named(say::EDIT, &contact.org);
    Form::new(FormKind::EditContact(Box::new(contact.clone())), title, fields)
}

/// The form that takes a contact out of the directory.
pub(super) fn remove_form(contact: ContactId, name: &str) -> Form {
    let sure = vec![Choice::new("no", say::NO_WORD), Choice::new("yes", say::YES_WORD)];
    let fields = vec![
        Field::line("reason", say::WHY, "").hint(say::REASON_NEEDED),
        Field::choice("sure", words::SURE_REMOVE, sure, 0).hint(words::REMOVE_HINT),
    ];
    Form::new(FormKind::RemoveContact(contact), named(words::REMOVE_CONTACT, name), fields)
}

fn named(what: Word, who: &str) -> Say {
    Say { zh: format!("{}：{who}", what.zh), en: format!("{}: {who}", what.en) }
}

fn fields(contact: &Contact) -> Vec<Field> {
    let kinds: Vec<Choice> = ContactKind::ALL.iter().map(|k| Choice::new(k.code(), word(*k))).collect();
    let at = ContactKind::ALL.iter().position(|k| *k == contact.kind).unwrap_or(0);
    vec![
        Field::line("org", words::ORG, &contact.org),
        Field::choice("kind", words::ORG_KIND, kinds, at),
        Field::line("name", words::ANSWERS, &contact.name),
        Field::line("phone", words::PHONE, &contact.phone),
        Field::line("note", words::REMARK, &contact.note),
    ]
}

/// What the form says.
fn said(form: &Form) -> Result<ContactFacts, Wrong> {
    let org = needed(form, "org", words::ORG_NEEDED)?;
    let phone = needed(form, "phone", words::PHONE_NEEDED)?;
    Ok(ContactFacts {
        kind: ContactKind::from_code(&form.value("kind")),
        org: Some(org),
        name: Some(form.value("name")),
        phone: Some(phone),
        note: Some(form.value("note")),
    })
}

pub(super) fn add_act(form: &Form) -> Result<Act, Wrong> {
    Ok(Act::AddContact { facts: said(form)? })
}

/// Only what differs from what is known.
pub(super) fn edit_act(form: &Form, before: &Contact) -> Result<Act, Wrong> {
    let said = said(form)?;
    let text = |new: Option<String>, old: &str| new.filter(|value| value != old);
    let facts = ContactFacts {
        kind: said.kind.filter(|kind| *kind != before.kind),
        org: text(said.org, &before.org),
        name: text(said.name, &before.name),
        phone: text(said.phone, &before.phone),
        note: text(said.note, &before.note),
    };
    if facts == ContactFacts::default() {
        return wrong("org", say::NOTHING_CHANGED);
    }
    let told_by = needed(form, "told_by", say::TOLD_BY_NEEDED)?;
    Ok(Act::EditContact { contact: before.id, facts, told_by })
}

pub(super) fn remove_act(form: &Form, contact: ContactId) -> Result<Act, Wrong> {
    let reason = needed(form, "reason", say::REASON_NEEDED)?;
    if form.value("sure") != "yes" {
        return wrong("sure", say::SAY_YES);
    }
    Ok(Act::RemoveContact { contact, reason })
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
