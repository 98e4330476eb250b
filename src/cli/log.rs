//! `zhiban log followup` and `zhiban log note`.

use super::args::{FollowUp, Log, Note};
use super::office::{Ctx, Office};
use super::{Done, out};
use crate::domain::followup::FollowUpDraft;
use crate::domain::ids::Subject;
use crate::error::Result;
use crate::i18n::cli as say;
use crate::store::act::{Act, Committed, Made};
use serde_json::json;

pub(super) fn run(ctx: &Ctx, args: Log) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match args {
        Log::Followup(args) => followup(&mut office, args),
        Log::Note(args) => note(&mut office, &args),
    }
}

/// About whom: `--on`, or `--contact` for short.
fn about(office: &Office, on: Option<&str>, contact: Option<&str>) -> Result<Option<Subject>> {
    match (on, contact) {
        (Some(on), _) => office.subject(on).map(Some),
        (None, Some(contact)) => office.contact(contact).map(|id| Some(Subject::Contact(id))),
        (None, None) => Ok(None),
    }
}

fn followup(office: &mut Office, args: FollowUp) -> Result<Done> {
    let subject = about(office, args.on.as_deref(), args.contact.as_deref())?;
    let at = office.at(args.at.as_deref())?;
    let promise_due = office.coming(args.promise.as_deref(), at)?;
    let next_contact = office.coming(args.next.as_deref(), at)?;
    let draft = FollowUpDraft {
        subject,
        channel: args.channel,
        answered_by: args.answered_by,
        outcome: args.outcome,
        words: args.note,
        number: args.number,
        promise_due,
        next_contact,
    };
    let committed = office.commit(&Act::FollowUp(draft), at)?;
    if args.json {
        let (followup, promise) = match committed.made {
            Some(Made::FollowUp(followup, promise)) => (Some(followup), promise),
            _ => (None, None),
        };
        let promise = promise.map(|id| json!({ "id": id, "due": promise_due.map(|due| office.time(due)) }));
        out::json(&json!({
            "op": committed.op.seq,
            "followup": followup,
            "subject": office.named(subject)?,
            "promise": promise,
        }))?;
    } else {
        said(office, &committed)?;
        let calendar = office.settings.calendar;
        for (due, words) in [(promise_due, say::PROMISED_FOR), (next_contact, say::CALL_AGAIN_AT)] {
            if let Some(due) = due {
                out::line(&format!("  {}{}", words.get(office.lang), calendar.ymd_hm(due)))?;
            }
        }
    }
    Ok(Done::Yes)
}

fn note(office: &mut Office, args: &Note) -> Result<Done> {
    let subject = about(office, args.on.as_deref(), args.contact.as_deref())?;
    let at = office.at(args.at.as_deref())?;
    let committed = office.commit(&Act::Note { subject, text: args.text.join(" ") }, at)?;
    told(office, &committed, args.json)
}

/// Says which entry was written.
fn said(office: &Office, committed: &Committed) -> Result<()> {
    out::line(say::done(committed.op.seq).get(office.lang))
}

/// Says which entry was written, or gives its number and what it made as JSON.
pub(super) fn told(office: &Office, committed: &Committed, json: bool) -> Result<Done> {
    if !json {
        said(office, committed)?;
        return Ok(Done::Yes);
    }
    let made = committed.made.map(|made| match made {
        Made::FollowUp(id, _) => id.to_string(),
        Made::Case(id) => id.to_string(),
        Made::Note(id) => id.to_string(),
        Made::Person(id) => id.to_string(),
        Made::Unit(id) => id.to_string(),
        Made::Contact(id) => id.to_string(),
        Made::Officer(id) => id.to_string(),
        Made::Sitrep(id) => id.to_string(),
        Made::Told(id) => id.to_string(),
        Made::Shift(id) | Made::Office(_, id) => id.to_string(),
        Made::Undone(op) => op.seq.to_string(),
    });
    out::json(&json!({ "op": committed.op.seq, "id": made }))?;
    Ok(Done::Yes)
}
