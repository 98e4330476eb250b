//! `zhiban shift`: going on duty, the list of shifts, taking over alone, and what a handover left behind.

use super::handover::{finish, places};
use super::log::told;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use super::paper::Options;
use super::{Done, pin, value};
use crate::domain::handover::{How, QuestionEnd};
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::items;
use crate::i18n::screen as head;
use crate::i18n::{handover as words, store};
use crate::store::act::{Act, Close};
use crate::store::query;
use serde_json::json;

#[derive(clap::Subcommand)]
pub(super) enum Shift {
    Start(ShiftStart),
    List(ShiftList),
    TakeOver(ShiftTakeOver),
    Unread(ShiftUnread),
    Questions(ShiftQuestions),
    Answer(ShiftAnswer),
}

#[derive(clap::Args)]
pub(super) struct ShiftTakeOver {
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long)]
    pub stdin: bool,
    #[command(flatten)]
    pub paper: Options,
}

#[derive(clap::Args)]
pub(super) struct ShiftUnread {
    #[arg(long, value_name = "all|1,2,5")]
    pub tick: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftQuestions {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftAnswer {
    #[arg(value_name = "N", value_parser = value::Whole::from(1..=value::MOST_ROWS))]
    pub no: u32,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub words: String,
    #[arg(long)]
    pub close: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftStart {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShiftList {
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = value::Whole::from(1..=value::MOST_ROWS))]
    pub limit: u32,
}

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
        Shift::TakeOver(args) => return take_over(&mut office, args),
        Shift::Unread(args) => unread(&mut office, args)?,
        Shift::Questions(args) => questions(&office, args.json)?,
        Shift::Answer(args) => answer(&mut office, args)?,
    }
    Ok(Done::Yes)
}

fn list(office: &Office, json: bool, limit: u32) -> Result<()> {
    let mut shifts = query::shifts(&office.reader, u32::MAX)?;
    // The number by which `handover --shift` knows them.
    let count = shifts.len();
    shifts.truncate(limit as usize);
    if json {
        let rows = shifts.iter().enumerate().map(|(place, shift)| {
            json!({
                "no": count - place,
                "id": shift.id,
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
    let mut table = Table::new(office.lang, &[words::NO, head::OFFICER, say::SINCE, say::UNTIL, head::SEQ]);
    for (place, shift) in shifts.into_iter().enumerate() {
        let until = shift
            .closed_at
            .map_or_else(|| say::ON_DUTY.get(office.lang).to_owned(), |at| calendar.ymd_hm(at));
        let range = format!("{}–{}", shift.first, shift.last);
        let no = (count - place).to_string();
        table.row([no, shift.name, calendar.ymd_hm(shift.started_at), until, range]);
    }
    table.print()
}

/// The officer before left in haste: the incoming one takes over alone, and has read nothing.
fn take_over(office: &mut Office, args: &ShiftTakeOver) -> Result<Done> {
    args.paper.check(office)?;
    office.may_write()?;
    let to = office.officer()?;
    let shift = query::shift_range(&office.reader)?
        .ok_or_else(|| Error::refused(store::NO_SHIFT).hint(store::NO_SHIFT_HINT))?;
    if shift.officer == to {
        return Err(Error::refused(words::ALREADY_ON_DUTY).hint(words::ALREADY_HINT));
    }
    let officers = query::officers(&office.reader)?;
    let name = officers.into_iter().find(|(id, _)| *id == to).map(|(_, name)| name).unwrap_or_default();
    let to_pin = pin::sign(office, to, &name, args.stdin)?;
    let close =
        Close { how: How::TakenOver, reason: args.reason.clone(), to_pin, ..Close::new(shift.id, to) };
    finish(office, &close, &args.paper, (&shift.name, &name))
}

fn unread(office: &mut Office, args: &ShiftUnread) -> Result<()> {
    let rows = query::unread(&office.reader, office.now())?;
    if let Some(tick) = &args.tick {
        let chosen = places(tick, rows.len())?;
        let items: Vec<_> = chosen.iter().map(|place| rows[*place].item).collect();
        let shift = rows.first().map(|row| row.shift).ok_or_else(|| Error::not_found(words::NO_ITEM))?;
        office.commit(&Act::Acknowledge { shift, items }, None)?;
        return out::line(words::read_now(chosen.len()).get(office.lang));
    }
    if args.json {
        let mut shown = Vec::with_capacity(rows.len());
        for row in &rows {
            shown.push(json!({
                "kind": row.item.kind,
                "id": row.item.id,
                "at": row.item.at.map(|at| office.time(at)),
                "subject": office.named(row.subject)?,
                "name": row.name,
                "since": office.time(row.since),
            }));
        }
        return out::json(&shown);
    }
    let mut table = Table::new(office.lang, &[words::NO, words::KIND, words::NAME, say::SINCE]);
    for (place, row) in rows.iter().enumerate() {
        let mut kind = items::word(row.item.kind).get(office.lang).to_owned();
        if let Some(at) = row.item.at {
            kind = format!("{kind} {}", office.brief(at));
        }
        table.row([(place + 1).to_string(), kind, row.name.clone(), office.brief(row.since)]);
    }
    table.print()
}

fn questions(office: &Office, json: bool) -> Result<()> {
    let rows = query::questions(&office.reader)?;
    if json {
        let mut shown = Vec::with_capacity(rows.len());
        for row in &rows {
            shown.push(json!({
                "id": row.id,
                "kind": row.item.kind,
                "subject": office.named(row.subject)?,
                "name": row.name,
                "text": row.text,
                "by": row.asked_by,
                "at": office.time(row.asked_at),
            }));
        }
        return out::json(&shown);
    }
    let heads = [words::NO, words::KIND, words::NAME, words::WORDS, head::OFFICER, words::AT];
    let mut table = Table::new(office.lang, &heads);
    for (place, row) in rows.into_iter().enumerate() {
        let kind = items::word(row.item.kind).get(office.lang).to_owned();
        let at = office.brief(row.asked_at);
        table.row([(place + 1).to_string(), kind, row.name, row.text, row.asked_by, at]);
    }
    table.print()
}

fn answer(office: &mut Office, args: &ShiftAnswer) -> Result<()> {
    let rows = query::questions(&office.reader)?;
    let row = args.no.checked_sub(1).and_then(|place| rows.get(place as usize));
    let row = row.ok_or_else(|| Error::not_found(words::NO_QUESTION))?;
    let how = if args.close { QuestionEnd::Closed } else { QuestionEnd::Answered };
    let act = Act::AnswerQuestion { question: row.id, how, words: args.words.clone() };
    office.commit(&act, None)?;
    out::line(crate::say::Say::from(crate::i18n::terms::word(how)).get(office.lang))
}
