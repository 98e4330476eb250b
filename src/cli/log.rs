//! `zhiban log followup` and `zhiban log note`.

use super::office::{Ctx, Office};
use super::{Done, out, rows, value};
use crate::domain::followup::{Channel, FollowUpDraft, Outcome, PromiseEnd};
use crate::domain::ids::{PromiseId, Subject};
use crate::domain::report::Site;
use crate::domain::rules::Rules;
use crate::domain::text::safe_line;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::{cli as say, forms};
use crate::store::act::{Act, Committed, Made};
use crate::store::query;
use crate::store::query::rows::PromiseRow;
use serde_json::json;

#[derive(clap::Subcommand)]
pub(super) enum Log {
    Followup(FollowUp),
    Note(Note),
}

#[derive(clap::Args)]
pub(super) struct FollowUp {
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG")]
    pub on: Option<String>,
    #[arg(long, value_name = "CONTACT", conflicts_with = "on")]
    pub contact: Option<String>,
    #[arg(long, value_name = "CHANNEL", default_value = "phone", value_parser = value::channel())]
    pub channel: Channel,
    #[arg(long, value_name = "OUTCOME", value_parser = value::outcome())]
    pub outcome: Outcome,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    #[arg(long, value_name = "WHO", default_value = "")]
    pub answered_by: String,
    #[arg(long, value_name = "NUMBER", default_value = "")]
    pub number: String,
    #[arg(long, value_name = "TEMP", value_parser = value::temperature)]
    pub temp: Option<i16>,
    #[arg(long, value_name = "SITE", value_parser = value::site(), requires = "temp")]
    pub site: Option<Site>,
    #[arg(long, value_name = "WHEN")]
    pub promise: Option<String>,
    #[arg(long, value_name = "HOW", value_parser = value::promise_end())]
    pub settle: Option<PromiseEnd>,
    #[arg(long, value_name = "REASON", requires = "on")]
    pub no_case: Option<String>,
    #[arg(long, value_name = "WHEN")]
    pub next: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Note {
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    #[arg(long, value_name = "person:NO|unit:CODE|contact:ORG")]
    pub on: Option<String>,
    #[arg(long, value_name = "CONTACT", conflicts_with = "on")]
    pub contact: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long)]
    pub json: bool,
}

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
        temp: args.temp,
        site: args.site,
        ends: settled(office, subject, args.settle)?,
        left: Vec::new(),
    };
    // A fever, or somebody unwell, asks for a case or for why not; what was heard is not recorded without either.
    let unwell = is_unwell(office, &draft, at);
    let act = with_reason(office, Act::FollowUp(draft), unwell, subject, args.no_case.as_deref())?;
    let committed = office.commit(&act, at)?;
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
            "open_promises": still_open(office, subject, promise_due)?
                .iter()
                .map(|promise| rows::promise(office, promise))
                .collect::<Vec<_>>(),
        }))?;
    } else {
        said(office, &committed)?;
        let calendar = office.settings.calendar;
        for (due, words) in [(promise_due, say::PROMISED_FOR), (next_contact, say::CALL_AGAIN_AT)] {
            if let Some(due) = due {
                out::line(&format!("  {}{}", words.get(office.lang), calendar.ymd_hm(due)))?;
            }
        }
        for promise in still_open(office, subject, promise_due)? {
            let left = say::promise_still_open(calendar.ymd_hm(promise.due), promise.id);
            out::line(&format!("  {}", left.get(office.lang)))?;
        }
    }
    Ok(Done::Yes)
}

/// The act, beside it why no case is opened of somebody who is not well; refused when that is not said.
pub(super) fn with_reason(
    office: &Office,
    act: Act,
    unwell: bool,
    subject: Option<Subject>,
    no_case: Option<&str>,
) -> Result<Act> {
    let person = match subject {
        Some(Subject::Person(person)) if unwell => Some(person),
        _ => None,
    };
    let asked = match person {
        Some(person) => query::case_of(&office.reader, person)?.is_none().then_some(person),
        None => None,
    };
    match (asked, no_case.map(str::trim)) {
        (Some(person), None | Some("")) => {
            let no = query::subject_no(&office.reader, Subject::Person(person))?.unwrap_or_default();
            Err(Error::refused(say::CASE_OR_REASON).hint(say::case_or_reason_hint(safe_line(&no))))
        }
        (Some(person), Some(why)) => {
            let text = forms::not_a_case(why).get(office.lang).to_owned();
            Ok(Act::Several(vec![act, Act::Note { subject: Some(Subject::Person(person)), text }]))
        }
        (None, why) => {
            if why.is_some() {
                out::tell(say::NO_CASE_UNUSED.get(office.lang));
            }
            Ok(act)
        }
    }
}

/// What became of everything that was open, as told; without a word it stays open.
fn settled(
    office: &Office,
    subject: Option<Subject>,
    how: Option<PromiseEnd>,
) -> Result<Vec<(PromiseId, PromiseEnd)>> {
    let (Some(how), Some(_)) = (how, subject) else { return Ok(Vec::new()) };
    let open = query::dial(&office.reader, subject, None)?.promises;
    if open.is_empty() {
        return Err(Error::not_found(crate::i18n::store::NO_PROMISE));
    }
    Ok(open.into_iter().map(|(promise, _)| (promise.id, how)).collect())
}

/// The promises of somebody that are open after a call, but for the one it made.
fn still_open(office: &Office, subject: Option<Subject>, made: Option<Ts>) -> Result<Vec<PromiseRow>> {
    let Some(subject) = subject else { return Ok(Vec::new()) };
    let open = query::dial(&office.reader, Some(subject), None)?.promises;
    Ok(open.into_iter().map(|(promise, _)| promise).filter(|promise| Some(promise.due) != made).collect())
}

/// Whether somebody is not well by what is logged: said so, or a fever.
fn is_unwell(office: &Office, draft: &FollowUpDraft, at: Option<Ts>) -> bool {
    let day = office.settings.calendar.day(at.unwrap_or_else(|| office.now()));
    let fever = draft.temp.is_some_and(|tenths| Rules::builtin().is_fever(tenths, draft.site, day));
    fever || draft.outcome == Outcome::NotWell
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
        Made::Undone(op) => op.seq.to_string(),
        made => made.entity().map(|entity| entity.id().to_string()).unwrap_or_default(),
    });
    out::json(&json!({ "op": committed.op.seq, "id": made }))?;
    Ok(Done::Yes)
}
