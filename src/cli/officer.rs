//! `zhiban officer add|list|pin`.

use super::Done;
use super::args::Officer;
use super::log::told;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use crate::error::Result;
use crate::i18n::cli as say;
use crate::i18n::screen as head;
use crate::i18n::{handover as words, terms};
use crate::store::act::Act;
use crate::store::{local, query};
use serde_json::json;

pub(super) fn run(ctx: &Ctx, args: Officer) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match args {
        Officer::Add(args) => {
            let committed = office.commit(&Act::AddOfficer { name: args.name.clone() }, None)?;
            if args.json {
                return told(&office, &committed, true);
            }
            out::line(say::officer_made(args.name.trim()).get(office.lang))?;
        }
        Officer::Pin(args) => return super::pin::run(&mut office, &args),
        Officer::List(args) => {
            let officers = query::officers(&office.reader)?;
            let on_duty = query::shift_range(&office.reader)?.map(|shift| shift.officer);
            let signing = local::with_pin(&office.reader)?;
            if args.json {
                let rows = officers.iter().map(|(id, name)| {
                    json!({ "name": name, "on_duty": on_duty == Some(*id), "pin": signing.contains(id) })
                });
                out::json(&rows.collect::<Vec<_>>())?;
            } else {
                let mut table = Table::new(office.lang, &[head::OFFICER, head::STATUS, terms::lines::PIN]);
                for (id, name) in &officers {
                    let duty = if on_duty == Some(*id) { say::ON_DUTY.get(office.lang) } else { "" };
                    let pin = if signing.contains(id) { words::YES.get(office.lang) } else { "" };
                    table.row([name.clone(), duty.to_owned(), pin.to_owned()]);
                }
                table.print()?;
            }
        }
    }
    Ok(Done::Yes)
}
