//! `zhiban shift start|list`.

use super::Done;
use super::args::Shift;
use super::log::told;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use crate::error::Result;
use crate::i18n::cli as say;
use crate::i18n::screen as head;
use crate::store::act::Act;
use crate::store::query;
use serde_json::json;

pub(super) fn run(ctx: &Ctx, args: &Shift) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match args {
        Shift::Start(args) => {
            let committed = office.commit(&Act::StartShift, None)?;
            if args.json {
                return told(&office, &committed, true);
            }
            let name = query::shift_range(&office.reader)?.map(|shift| shift.name).unwrap_or_default();
            out::line(say::shift_started(name).get(office.lang))?;
        }
        Shift::List(args) => list(&office, args.json, args.limit)?,
    }
    Ok(Done::Yes)
}

fn list(office: &Office, json: bool, limit: u32) -> Result<()> {
    let shifts = query::shifts(&office.reader, limit)?;
    if json {
        let rows = shifts.iter().map(|shift| {
            json!({
                "officer": shift.name,
                "started_at": office.time(shift.started_at),
                "closed_at": shift.closed_at.map(|at| office.time(at)),
                "first": shift.first,
                "last": shift.last,
            })
        });
        return out::json(&rows.collect::<Vec<_>>());
    }
    let calendar = office.settings.calendar;
    let mut table = Table::new(office.lang, &[head::OFFICER, say::SINCE, say::UNTIL, head::SEQ]);
    for shift in shifts {
        let until = shift
            .closed_at
            .map_or_else(|| say::ON_DUTY.get(office.lang).to_owned(), |at| calendar.ymd_hm(at));
        let range = format!("{}–{}", shift.first, shift.last);
        table.row([shift.name, calendar.ymd_hm(shift.started_at), until, range]);
    }
    table.print()
}
