//! The rows of lists as JSON: a stable interface. Fields keep their order; new ones come at the end.

use super::office::Office;
use crate::domain::finding::Finding;
use crate::domain::ids::OpRef;
use crate::domain::item::DueRow;
use crate::domain::jump::Jump;
use crate::domain::mask::Private;
use crate::error::Result;
use crate::i18n::events::event_line_at;
use crate::store::query::rows::{
    CallRow, CaseRow, ContactRow, FindingRow, LogRow, OutstandingRow, PersonRow, PromiseRow, UnitOwes,
    UnitRow,
};
use serde::Serialize;
use serde_json::{Value, json};

/// A unit.
#[derive(Serialize)]
pub(super) struct UnitJson<'a> {
    code: &'a str,
    name: &'a str,
    parent: &'a str,
    liaison: &'a str,
    phone: &'a str,
    people: u32,
    status: &'static str,
    received_at: Option<String>,
    cases: u32,
    current: &'static str,
}

pub(super) fn unit<'a>(office: &Office, row: &'a UnitRow) -> UnitJson<'a> {
    UnitJson {
        code: &row.code,
        name: &row.name,
        parent: &row.parent,
        liaison: &row.liaison,
        phone: &row.phone,
        people: row.people,
        status: row.status.code(),
        received_at: row.received_at.map(|at| office.time(at)),
        cases: row.cases,
        current: row.current.code(),
    }
}

/// A unit that has not reported.
#[derive(Serialize)]
pub(super) struct OutstandingJson<'a> {
    code: &'a str,
    name: &'a str,
    liaison: &'a str,
    phone: &'a str,
    deadline: String,
    minutes_late: i64,
    chases: u32,
    promise: Option<String>,
    unanswered: u32,
    head: &'a str,
    head_phone: &'a str,
    streak: u32,
    day: String,
    round: &'a str,
    missing: u32,
    owed: Vec<Value>,
}

pub(super) fn outstanding<'a>(
    office: &Office,
    row: &'a OutstandingRow,
    owes: Option<&UnitOwes>,
) -> OutstandingJson<'a> {
    OutstandingJson {
        code: &row.code,
        name: &row.name,
        liaison: &row.liaison,
        phone: &row.phone,
        deadline: office.time(row.deadline),
        minutes_late: row.minutes_late,
        chases: row.chases,
        promise: row.promise.map(|at| office.time(at)),
        unanswered: row.unanswered,
        head: &row.head,
        head_phone: &row.head_phone,
        streak: row.streak,
        day: row.key.day.to_string(),
        round: &row.key.round.0,
        missing: row.missing,
        owed: owes.map_or_else(Vec::new, |owes| {
            owes.reports.iter().map(|(day, round)| json!({ "day": day, "round": round })).collect()
        }),
    }
}

/// A case.
#[derive(Serialize)]
pub(super) struct CaseJson<'a> {
    no: &'a str,
    name: &'a str,
    unit: &'a str,
    categories: Vec<&'static str>,
    measure: &'static str,
    day: Option<i32>,
    days: Option<i32>,
    due_release: bool,
    state: &'static str,
    last_day: Option<String>,
    opened_at: String,
    last_contact: Option<String>,
}

pub(super) fn case<'a>(office: &Office, row: &'a CaseRow) -> CaseJson<'a> {
    CaseJson {
        no: &row.no,
        name: &row.name,
        unit: &row.unit,
        categories: row.categories.iter().map(|category| category.code()).collect(),
        measure: row.measure.code(),
        day: row.observation.map(crate::domain::case::Observation::shown_day),
        days: row.observation.map(|o| o.total),
        due_release: row.observation.is_some_and(crate::domain::case::Observation::is_over),
        state: row.state.code(),
        last_day: row.observation.map(|o| o.last_day.to_string()),
        opened_at: office.time(row.opened_at),
        last_contact: row.last_contact.map(|at| office.time(at)),
    }
}

/// Somebody about whom something is to be acted on.
#[derive(Serialize)]
pub(super) struct FindingJson<'a> {
    no: &'a str,
    name: &'a str,
    unit: &'a str,
    since: String,
    found: &'a [Finding],
    text: String,
}

pub(super) fn finding<'a>(office: &Office, row: &'a FindingRow) -> FindingJson<'a> {
    FindingJson {
        no: &row.no,
        name: &row.name,
        unit: &row.unit,
        since: office.time(row.since),
        found: &row.found,
        text: crate::i18n::findings::all(&row.found).get(office.lang).to_owned(),
    }
}

/// Something due.
#[derive(Serialize)]
pub(super) struct DueJson<'a> {
    kind: &'static str,
    subject: Option<String>,
    name: &'a str,
    unit: &'a str,
    at: String,
    state: &'static str,
    missed: u32,
    words: &'a str,
    id: String,
}

pub(super) fn due<'a>(office: &Office, row: &'a DueRow) -> Result<DueJson<'a>> {
    Ok(DueJson {
        kind: row.item.kind.code(),
        subject: office.named(row.subject)?,
        name: &row.name,
        unit: &row.unit,
        at: office.time(row.at),
        state: row.state.code(),
        missed: row.missed,
        words: &row.words,
        id: row.item.id.to_string(),
    })
}

/// A person.
#[derive(Serialize)]
pub(super) struct PersonJson<'a> {
    no: &'a str,
    name: &'a str,
    unit: &'a str,
    phone: String,
    kind: Option<&'static str>,
    case: bool,
}

/// A private number, masked unless it was revealed.
pub(super) fn number(private: &Private, reveal: bool) -> String {
    if reveal { private.reveal().to_owned() } else { private.masked() }
}

pub(super) fn person(row: &PersonRow, reveal: bool) -> PersonJson<'_> {
    PersonJson {
        no: &row.no,
        name: &row.name,
        unit: &row.unit,
        phone: number(&row.phone, reveal),
        kind: row.kind.map(crate::domain::person::PersonKind::code),
        case: row.has_case,
    }
}

/// An outside contact.
#[derive(Serialize)]
pub(super) struct ContactJson<'a> {
    id: String,
    kind: &'static str,
    org: &'a str,
    name: &'a str,
    phone: &'a str,
    note: &'a str,
    last_call: Option<String>,
}

pub(super) fn contact<'a>(office: &Office, row: &'a ContactRow) -> ContactJson<'a> {
    ContactJson {
        id: row.contact.id.to_string(),
        kind: row.contact.kind.code(),
        org: &row.contact.org,
        name: &row.contact.name,
        phone: &row.contact.phone,
        note: &row.contact.note,
        last_call: row.last_call.map(|at| office.time(at)),
    }
}

/// One op of the log.
#[derive(Serialize)]
pub(super) struct LogJson<'a> {
    op: i64,
    desk: String,
    recorded_at: String,
    happened_at: String,
    officer: &'a str,
    kind: &'a str,
    subject: Option<String>,
    name: &'a str,
    text: String,
    events: u32,
    rows: u32,
    undone: bool,
    this_shift: bool,
    clock: Option<&'static str>,
    clock_minutes: Option<i64>,
}

pub(super) fn log<'a>(office: &Office, row: &'a LogRow) -> Result<LogJson<'a>> {
    let OpRef { desk, seq } = row.op;
    Ok(LogJson {
        op: seq,
        desk: desk.to_string(),
        recorded_at: office.time(row.recorded_at),
        happened_at: office.time(row.happened_at),
        officer: &row.officer,
        kind: &row.kind,
        subject: office.named(row.subject)?,
        name: &row.name,
        text: event_line_at(&row.event, row.due, row.happened_at, office.settings.calendar)
            .get(office.lang)
            .to_owned(),
        events: row.events,
        rows: row.rows,
        undone: row.undone,
        this_shift: row.this_shift,
        clock: row.jump.map(Jump::code),
        clock_minutes: row.jump.map(Jump::minutes),
    })
}

/// A follow-up of a person or a unit.
#[derive(Serialize)]
pub(super) struct CallJson<'a> {
    op: i64,
    at: String,
    officer: &'a str,
    channel: &'static str,
    answered_by: &'a str,
    outcome: &'static str,
    words: &'a str,
    promise: Option<PromiseJson>,
    next_contact: Option<String>,
    chase: bool,
    temp: Option<f64>,
    site: Option<&'static str>,
}

pub(super) fn call<'a>(office: &Office, row: &'a CallRow) -> CallJson<'a> {
    CallJson {
        op: row.op.seq,
        at: office.time(row.at),
        officer: &row.officer,
        channel: row.channel.code(),
        answered_by: &row.answered_by,
        outcome: row.outcome.code(),
        words: &row.words,
        promise: row.promise.as_ref().map(|promise| self::promise(office, promise)),
        next_contact: row.next_contact.map(|at| office.time(at)),
        chase: row.chase,
        temp: row.temp.map(|tenths| f64::from(tenths) / 10.0),
        site: row.site.map(crate::domain::report::Site::code),
    }
}

/// A promise.
#[derive(Serialize)]
pub(super) struct PromiseJson {
    id: String,
    due: String,
    end: Option<&'static str>,
}

pub(super) fn promise(office: &Office, row: &PromiseRow) -> PromiseJson {
    PromiseJson {
        id: row.id.to_string(),
        due: office.time(row.due),
        end: row.end.map(crate::domain::followup::PromiseEnd::code),
    }
}
