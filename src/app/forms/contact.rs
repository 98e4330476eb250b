//! Outside contacts: a new one, one corrected, one taken out of the directory.

use super::Acts;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Choice, Field, no_yes, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::State;
use crate::app::shown::table::Target;
use crate::app::wrong::{Wrong, needed, wrong};
use crate::domain::contact::{Contact, ContactFacts, ContactKind};
use crate::domain::ids::{ContactId, Subject};
use crate::i18n::terms::word;
use crate::i18n::{find as words, screen as say};
use crate::say::Say;
use crate::store::act::Act;

/// A new outside contact.
#[derive(Debug)]
pub(super) struct AddContact;

impl Part for AddContact {
    fn draft(&self) -> Option<String> {
        Some("add/contact".to_owned())
    }
}

impl Acts for AddContact {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(vec![Act::AddContact { facts: said(form)? }])
    }
}

/// What stands in for the identity of a contact that has none yet.
const NOBODY: ContactId = ContactId(uuid::Uuid::nil());

pub(super) fn open_new(desk: &mut State, _: &mut Vec<Effect>) {
    let fields = fields(&ContactFacts::default().into_contact(NOBODY));
    desk.show(Form::of(AddContact, words::NEW_CONTACT.into(), fields));
}

/// Corrects an outside contact.
#[derive(Debug)]
pub(super) struct EditContact(Contact);

impl Part for EditContact {
    fn draft(&self) -> Option<String> {
        Some(format!("edit/contact/{}", self.0.id))
    }
}

impl Acts for EditContact {
    /// Only what differs from what is known.
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let (said, before) = (said(form)?, &self.0);
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
        Ok(vec![Act::EditContact { contact: before.id, facts, told_by }])
    }
}

/// The form that corrects a contact.
pub(in crate::app) fn edit(contact: &Contact) -> Form {
    let mut fields = fields(contact);
    fields.push(Field::line("told_by", say::TOLD_BY, "").hint(say::TOLD_BY_NEEDED));
    Form::of(EditContact(contact.clone()), titled(say::EDIT, &Say::same(&contact.org)), fields)
}

/// Takes an outside contact out of the directory.
#[derive(Debug)]
pub(super) struct RemoveContact(ContactId);

impl Part for RemoveContact {}

impl Acts for RemoveContact {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let reason = needed(form, "reason", say::REASON_NEEDED)?;
        if form.value("sure") != "yes" {
            return wrong("sure", say::SAY_YES);
        }
        Ok(vec![Act::RemoveContact { contact: self.0, reason }])
    }
}

pub(super) fn open_removal(desk: &mut State, fx: &mut Vec<Effect>) {
    let targets = desk.targets();
    let [Target { subject: Some(Subject::Contact(contact)), name }] = targets.as_slice() else {
        desk.tell(Tone::Warn, words::ONE_CONTACT);
        return;
    };
    let fields = vec![
        Field::line("reason", say::WHY, "").hint(say::REASON_NEEDED),
        Field::choice("sure", words::SURE_REMOVE, no_yes(), 0).hint(words::REMOVE_HINT),
    ];
    let title = titled(words::REMOVE_CONTACT, &Say::same(name));
    let form = Form::of(RemoveContact(*contact), title, fields);
    desk.show_about(fx, form, targets);
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
