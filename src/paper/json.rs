//! The handover as JSON: a stable interface, documented in the README.

use super::summary::Summary;
use crate::domain::case::Observation;
use crate::i18n::Lang;
use crate::i18n::terms::event_line;
use crate::log::wire;
use crate::store::query::rows::{CaseRow, DueKind, DueRow, DueState};
use serde_json::{Value, json};

/// The handover; sentences about what happened are in `lang`.
pub fn json(s: &Summary, lang: Lang) -> Value {
    let at = |ts| s.calendar.rfc3339(ts);
    let c = s.counts;
    json!({
        "office": s.office,
        "rehearsal": s.rehearsal,
        "officer": s.officer_name,
        "started_at": at(s.started_at),
        "cut_at": at(s.cut_at),
        "first": s.seq.0,
        "last": s.seq.1,
        "head": s.head,
        "day": s.day,
        "round": s.round,
        "counts": {
            "expected": c.expected,
            "received": c.received,
            "reports": c.reports,
            "followups": c.followups,
            "not_reached": c.not_reached,
            "cases": c.cases,
            "cases_opened": c.cases_opened,
            "cases_released": c.cases_released,
            "promises": c.promises,
            "notes": c.notes,
            "ops": c.ops,
        },
        "outstanding": s.outstanding.iter().map(|row| json!({
            "code": row.code,
            "name": row.name,
            "liaison": row.liaison,
            "phone": row.phone,
            "deadline": at(row.deadline),
            "minutes_late": row.minutes_late,
            "chases": row.chases,
            "promise": row.promise.map(at),
        })).collect::<Vec<_>>(),
        "due": s.due.iter().map(|row| due(row, &at(row.at))).collect::<Vec<_>>(),
        "changed_cases": s.changed_cases.iter().map(case).collect::<Vec<_>>(),
        "due_release": s.due_release.iter().map(case).collect::<Vec<_>>(),
        "units_called": s.units_called.iter().map(|unit| json!({
            "name": unit.name,
            "calls": unit.calls,
            "outcome": unit.outcome,
            "words": unit.words,
        })).collect::<Vec<_>>(),
        "handed": s.handed.as_ref().map(|handed| json!({
            "to": handed.to,
            "acknowledged": handed.items.iter().filter(|item| item.ticked).count(),
            "items": handed.items.len(),
            "words": handed.words,
        })),
        "happened": s.happened.iter().map(|line| json!({
            "seq": line.seq,
            "at": at(line.at),
            "kind": wire::name(&line.event).0,
            "name": line.name,
            "text": event_line(&line.event).get(lang),
            "undone": line.undone,
        })).collect::<Vec<_>>(),
    })
}

fn due(row: &DueRow, at: &str) -> Value {
    let kind = match row.kind {
        DueKind::Promise(_) => "promise",
        DueKind::Slot(..) => "slot",
        DueKind::NextContact(_) => "contact",
    };
    let state = match row.state {
        DueState::Coming => "coming",
        DueState::Open => "open",
        DueState::Missed => "missed",
    };
    json!({ "kind": kind, "name": row.name, "unit": row.unit, "at": at, "state": state, "words": row.words })
}

fn case(row: &CaseRow) -> Value {
    json!({
        "no": row.no,
        "name": row.name,
        "unit": row.unit,
        "categories": row.categories,
        "measure": row.measure,
        "day": row.observation.map(Observation::shown_day),
        "days": row.observation.map(|o| o.total),
        "state": row.state,
    })
}
