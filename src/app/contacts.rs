//! The forms of outside contacts.

use super::wrong::{Wrong, needed, wrong};
use crate::app::shown::field::{Choice, Field};
use crate::app::shown::form::{Form, FormKind};
use crate::app::shown::pages::ContactPage;
use crate::app::shown::state::State;
use crate::domain::contact::{Contact, ContactFacts, ContactKind};
use crate::domain::ids::ContactId;
use crate::i18n::terms::word;
use crate::i18n::{find as words, screen as say};
use crate::say::{Say, Word};
use crate::store::act::Act;
use crate::store::query::rows::ContactSheet;

#[cfg(test)]
mod tests;

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

impl State {
    /// The contact whose page is seen.
    pub(super) fn contact_sheet(&self) -> Option<&ContactSheet> {
        self.page_of::<ContactPage>().and_then(|page| page.sheet.as_deref())
    }
}
