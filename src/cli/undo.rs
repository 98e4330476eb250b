//! `zhiban undo [OP]`: what will be taken back is shown first; somebody at a terminal is asked.

use super::approval::{Approval, confirm};
use super::office::{Ctx, Office};
use super::{Done, out, value};
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::store;
use crate::log::event::Event;
use crate::store::act::Act;
use crate::store::query;
use crate::store::query::rows::LogRow;
use serde_json::json;

#[derive(clap::Args)]
pub(super) struct Undo {
    #[arg(value_name = "ENTRY", value_parser = value::op_number)]
    pub op: Option<i64>,
    #[arg(long, short = 'y')]
    pub yes: bool,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Undo) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    office.may_write()?;
    let lang = office.lang;
    let op = match args.op {
        Some(seq) => Some(
            query::op_by_seq(&office.reader, seq)?
                .ok_or_else(|| Error::not_found(say::no_op(seq)).hint(say::LOG_HINT))?,
        ),
        None => None,
    };
    let preview = query::undo_preview(&office.reader, op, office.officer()?)?;
    let when = office.brief(preview.row.happened_at);
    let this = say::undo_this(preview.row.op.seq, when, what(&office, &preview.row));
    // Standard output holds the JSON alone.
    if args.json {
        out::tell(this.get(lang));
    } else {
        out::line(this.get(lang))?;
    }
    for more in preview.parts.iter().skip(1) {
        let said = more.said(preview.row.happened_at, office.settings.calendar);
        let more = format!("  {}", named(&more.name, said.get(lang)));
        if args.json { out::tell(&more) } else { out::line(&more)? }
    }
    refuse_for_good(&office, &preview.row)?;
    if !preview.blocked_by.is_empty() {
        out::tell(&format!("{}{}", say::ERROR.get(lang), say::UNDO_BLOCKED.get(lang)));
        for row in &preview.blocked_by {
            out::tell(&format!("  {} {}", row.op.seq, what(&office, row)));
        }
        return Ok(Done::No);
    }
    if !args.yes && !out::is_interactive() {
        return Err(Error::refused(say::NOT_DONE).hint(say::YES_HINT));
    }
    if !args.yes && !out::confirm(say::UNDO_ASK, lang) {
        return Err(Error::refused(say::NOT_DONE));
    }
    let act = Act::Undo { op: Some(preview.row.op) };
    let settings = matches!(preview.row.event, Event::SettingsChanged(_) | Event::OpUndone(_));
    let act = if settings { confirm(&mut office, act, &args.approval)? } else { act };
    let committed = office.commit(&act, None)?;
    if args.json {
        out::json(
            &json!({ "op": committed.op.seq, "undone": preview.row.op.seq, "kind": preview.row.kind }),
        )?;
    } else {
        out::line(say::undone(preview.row.op.seq, committed.op.seq).get(lang))?;
    }
    Ok(Done::Yes)
}

/// What can never be taken back is not told to wait for others: the store refuses it for the same reasons.
fn refuse_for_good(office: &Office, row: &LogRow) -> Result<()> {
    let why = if row.undone {
        store::ALREADY_UNDONE
    } else if !query::op_events(&office.reader, row.op)?.iter().all(Event::undoable) {
        store::NOT_UNDOABLE
    } else if !row.this_shift {
        store::BEFORE_HANDOVER
    } else {
        return Ok(());
    };
    Err(Error::refused(why))
}

fn what(office: &Office, row: &LogRow) -> String {
    named(&row.name, row.said(office.settings.calendar).get(office.lang))
}

fn named(name: &str, text: &str) -> String {
    if name.is_empty() { text.to_owned() } else { format!("{name} {text}") }
}
