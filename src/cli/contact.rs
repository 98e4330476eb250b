//! `zhiban contact …`: the directory of outside contacts.

use super::log::told;
use super::office::{Ctx, Office};
use super::{Done, rows, value};
use crate::domain::contact::{ContactFacts, ContactKind};
use crate::error::Result;
use crate::i18n::terms::word;
use crate::store::act::Act;
use crate::store::query;

#[derive(clap::Subcommand)]
pub(super) enum Contact {
    Add(ContactAdd),
    Edit(ContactEdit),
    Remove(ContactRemove),
    List(ContactList),
}

#[derive(clap::Args)]
pub(super) struct ContactFields {
    #[arg(long, value_name = "KIND", value_parser = value::contact_kind())]
    pub kind: Option<ContactKind>,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct ContactAdd {
    #[arg(value_name = "ORG")]
    pub org: String,
    #[command(flatten)]
    pub fields: ContactFields,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ContactEdit {
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    #[arg(long, value_name = "WHO")]
    pub told_by: String,
    #[arg(long, value_name = "ORG")]
    pub org: Option<String>,
    #[command(flatten)]
    pub fields: ContactFields,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ContactRemove {
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ContactList {
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub filter: String,
    #[arg(long)]
    pub json: bool,
}

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
