//! `zhiban contact …`: the directory of outside contacts.

use super::args::{Contact, ContactFields, ContactList};
use super::log::told;
use super::office::{Ctx, Office};
use super::{Done, rows};
use crate::domain::contact::ContactFacts;
use crate::error::Result;
use crate::i18n::terms::word;
use crate::store::act::Act;
use crate::store::query;

pub(super) fn run(ctx: &Ctx, args: Contact) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    let (act, json) = match args {
        Contact::Add(args) => (Act::AddContact { facts: facts(Some(args.org), args.fields) }, args.json),
        Contact::Edit(args) => {
            let (contact, facts) = (office.contact(&args.contact)?, facts(args.org, args.fields));
            (Act::EditContact { contact, facts, told_by: args.told_by }, args.json)
        }
        Contact::Remove(args) => {
            let contact = office.contact(&args.contact)?;
            (Act::RemoveContact { contact, reason: args.reason }, args.json)
        }
        Contact::List(args) => {
            list(&office, &args)?;
            return Ok(Done::Yes);
        }
    };
    let committed = office.commit(&act, None)?;
    told(&office, &committed, json)
}

fn facts(org: Option<String>, fields: ContactFields) -> ContactFacts {
    let ContactFields { kind, name, phone, note } = fields;
    ContactFacts { kind, org, name, phone, note }
}

fn list(office: &Office, args: &ContactList) -> Result<()> {
    let mut all = query::contacts(&office.reader)?;
    let words: Vec<String> = args.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
    all.retain(|row| {
        let c = &row.contact;
        let kind = word(c.kind);
        let text = [&c.org, &c.name, &c.phone, &c.note, &row.keys].map(|part| part.to_lowercase()).join(" ");
        let text = format!("{text} {} {}", kind.zh, kind.en.to_lowercase());
        words.iter().all(|word| text.contains(word.as_str()))
    });
    rows::show(office, &all, args.json, |_, _| Ok(None))
}
