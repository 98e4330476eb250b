//! `zhiban officer add|role|list|pin`.

use super::approval::{Approval, confirm};
use super::log::told;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use super::pin::OfficerPin;
use super::{Done, value};
use crate::domain::ids::OfficerId;
use crate::domain::officer::Role;
use crate::domain::text::safe_line;
use crate::error::Result;
use crate::i18n::cli as say;
use crate::i18n::screen as head;
use crate::i18n::{events, handover as words, rights};
use crate::store::act::Act;
use crate::store::{local, query};
use serde_json::json;

#[derive(clap::Subcommand)]
pub(super) enum Officer {
    Add(OfficerAdd),
    Role(OfficerRole),
    List(OfficerList),
    Pin(OfficerPin),
}

#[derive(clap::Args)]
pub(super) struct OfficerRole {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(value_name = "ROLE", value_parser = value::coded!(Role))]
    pub role: Role,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct OfficerAdd {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "ROLE", value_parser = value::coded!(Role))]
    pub role: Option<Role>,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct OfficerList {
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: Officer) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match args {
        Officer::Add(args) => {
            let name = args.name.clone();
            let act = match args.role {
                None | Some(Role::Duty) => Act::AddOfficer { name },
                Some(role) => confirm(&mut office, Act::AddOfficerAs { name, role }, &args.approval)?,
            };
            let committed = office.commit(&act, None)?;
            if args.json {
                return told(&office, &committed, true);
            }
            out::line(say::officer_made(args.name.trim()).get(office.lang))?;
        }
        Officer::Role(args) => {
            let officer = office.officer_named(&args.name)?;
            let act = confirm(&mut office, Act::SetRole { officer, role: args.role }, &args.approval)?;
            let committed = office.commit(&act, None)?;
            if args.json {
                return told(&office, &committed, true);
            }
            let role = rights::word(args.role).get(office.lang);
            out::line(rights::role_set(safe_line(args.name.trim()), role).get(office.lang))?;
        }
        Officer::Pin(args) => return super::pin::run(&mut office, &args),
        Officer::List(args) => {
            let officers = query::officers(&office.reader)?;
            let on_duty = query::shift_range(&office.reader)?.map(|shift| shift.officer);
            let signing = local::with_pin(&office.reader)?;
            let roles = query::roles(&office.reader)?;
            let role_of = |id: &OfficerId| {
                roles.iter().find(|(known, _)| known == id).map_or(Role::Duty, |(_, role)| *role)
            };
            if args.json {
                let rows = officers.iter().map(|(id, name)| {
                    json!({ "name": name, "on_duty": on_duty == Some(*id), "pin": signing.contains(id),
                        "role": role_of(id) })
                });
                out::json(&rows.collect::<Vec<_>>())?;
            } else {
                let mut table =
                    Table::new(office.lang, &[head::OFFICER, rights::ROLE, head::STATUS, events::lines::PIN]);
                for (id, name) in &officers {
                    let duty = if on_duty == Some(*id) { say::ON_DUTY.get(office.lang) } else { "" };
                    let pin = if signing.contains(id) { words::YES.get(office.lang) } else { "" };
                    let role = rights::word(role_of(id)).get(office.lang);
                    table.row([name.clone(), role.to_owned(), duty.to_owned(), pin.to_owned()]);
                }
                table.print()?;
            }
        }
    }
    Ok(Done::Yes)
}
