//! `zhiban officer add|list`.

use super::Done;
use super::args::Officer;
use super::log::told;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use crate::error::Result;
use crate::i18n::cli as say;
use crate::i18n::screen as head;
use crate::store::act::Act;
use crate::store::query;
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
        Officer::List(args) => {
            let officers = query::officers(&office.reader)?;
            let on_duty = query::shift_range(&office.reader)?.map(|shift| shift.officer);
            if args.json {
                let rows = officers
                    .iter()
                    .map(|(id, name)| json!({ "name": name, "on_duty": on_duty == Some(*id) }));
                out::json(&rows.collect::<Vec<_>>())?;
            } else {
                let mut table = Table::new(office.lang, &[head::OFFICER, head::STATUS]);
                for (id, name) in &officers {
                    let duty = if on_duty == Some(*id) { say::ON_DUTY.get(office.lang) } else { "" };
                    table.row([name.clone(), duty.to_owned()]);
                }
                table.print()?;
            }
        }
    }
    Ok(Done::Yes)
}
