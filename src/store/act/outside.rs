//! Outside contacts.

use super::people::{dialled, told};
use super::{Ctx, Made, Resolved, single};
use crate::domain::contact::ContactFacts;
use crate::domain::ids::{ContactId, Subject};
use crate::domain::text::has_words;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::event::{ContactAdded, ContactChanged, ContactRemoved, Event};

pub(super) fn add(ctx: &mut Ctx<'_>, facts: &ContactFacts) -> Resolved {
    let facts = trimmed(facts)?;
    if facts.org.is_none() {
        return Err(Error::input(say::ORG_NEEDED));
    }
    refuse_twin(ctx, &facts)?;
    let contact = ContactId(ctx.id());
    let event = Event::ContactAdded(ContactAdded { contact, facts });
    Ok(single(event, Some(Made::Contact(contact))))
}

/// Two lines that read the same cannot be told apart while the phone rings.
fn refuse_twin(ctx: &Ctx<'_>, facts: &ContactFacts) -> Result<()> {
    let twin = "SELECT 1 FROM cur_contact WHERE org = ?1 AND name = ?2 AND NOT removed";
    let name = facts.name.as_deref().unwrap_or_default();
    if ctx.conn.prepare_cached(twin)?.exists((facts.org.as_deref(), name))? {
        let who = format!("{} {name}", facts.org.as_deref().unwrap_or_default());
        return Err(Error::refused(say::contact_there(who.trim_end())));
    }
    Ok(())
}

pub(super) fn edit(ctx: &mut Ctx<'_>, contact: ContactId, facts: &ContactFacts, told_by: &str) -> Resolved {
    super::contact::subject_exists(ctx, Subject::Contact(contact))?;
    if *facts == ContactFacts::default() {
        return Err(Error::refused(say::NOTHING_CHANGES));
    }
    let event =
        Event::ContactChanged(ContactChanged { contact, facts: trimmed(facts)?, told_by: told(told_by)? });
    Ok(single(event, Some(Made::Contact(contact))))
}

pub(super) fn remove(ctx: &mut Ctx<'_>, contact: ContactId, reason: &str) -> Resolved {
    super::contact::subject_exists(ctx, Subject::Contact(contact))?;
    let reason = reason.trim();
    if !has_words(reason) {
        return Err(Error::input(say::REASON_NEEDED));
    }
    let event = Event::ContactRemoved(ContactRemoved { contact, reason: reason.to_owned() });
    Ok(single(event, Some(Made::Contact(contact))))
}

/// The facts without spaces round them; an organisation, where one is said, has a name.
fn trimmed(facts: &ContactFacts) -> Result<ContactFacts> {
    let trim = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
    let org = trim(&facts.org);
    if org.as_deref() == Some("") {
        return Err(Error::input(say::ORG_NEEDED));
    }
    let (name, note) = (trim(&facts.name), trim(&facts.note));
    let phone = dialled(facts.phone.as_deref(), "phone")?;
    Ok(ContactFacts { kind: facts.kind, org, name, phone, note })
}
