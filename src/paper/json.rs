//! The handover as JSON: a stable interface, documented in the manual.

use super::handover::sentences;
use super::summary::{Happened, Summary};
use crate::domain::case::Observation;
use crate::domain::item::DueRow;
use crate::domain::mask::masked_words;
use crate::domain::time::Calendar;
use crate::i18n::handover as words;
use crate::log::wire;
use crate::say::Lang;
use crate::store::query::rows::CaseRow;
use crate::store::query::{ERASED, NEVER};
use serde_json::{Value, json};

/// The handover; sentences about what happened are in `lang`.
pub fn json(s: &Summary, lang: Lang) -> Value {
    let at = |ts| s.calendar.rfc3339(ts);
    // Of what was erased the log may no longer tell when it was.
    let known = |ts| if ts == NEVER { String::new() } else { at(ts) };
    json!({
        "office": s.office,
        "rehearsal": s.rehearsal,
        "officer": s.officer_name,
        "started_at": at(s.started_at),
        "cut_at": at(s.cut_at),
        "first": s.seq.0,
        "last": s.seq.1,
        "head": s.head,
        "frontier": s.frontier,
        "checked": s.checked.map(|checked| json!({ "at": at(checked.at), "found": checked.found })),
        "day": s.day,
        "round": s.round,
        "summary": sentences(s).map(|say| say.get(lang).to_owned()),
        "counts": s.counts,
        "days": s.days,
        "running": s.running,
        "before": s.before.map(|(ended, counts)| json!({ "cut_at": at(ended), "day": s.before_day, "counts": counts })),
        "outstanding": s.outstanding.iter().map(|row| json!({
            "code": row.code,
            "name": text(&row.name, lang),
            "liaison": row.liaison,
            "phone": row.phone,
            "deadline": at(row.deadline),
            "minutes_late": row.minutes_late,
            "chases": row.chases,
            "promise": row.promise.map(at),
            "day": row.key.day,
            "round": row.key.round,
            "missing": row.missing,
        })).collect::<Vec<_>>(),
        "due": s.due.iter().map(|row| due(row, &known(row.at), lang)).collect::<Vec<_>>(),
        "changed_cases": s.changed_cases.iter().map(|row| case(row, lang)).collect::<Vec<_>>(),
        "due_release": s.due_release.iter().map(|row| case(row, lang)).collect::<Vec<_>>(),
        "units_called": s.units_called.iter().map(|unit| json!({
            "name": text(&unit.name, lang),
            "calls": unit.calls,
            "outcome": unit.outcome,
            "words": text(&unit.words, lang),
        })).collect::<Vec<_>>(),
        "handed": s.handed.as_ref().map(|handed| json!({
            "to": handed.to,
            "at": handed.at.map(at),
            "how": handed.how,
            "reason": text(&handed.reason, lang),
            "signed": handed.signed,
            "acknowledged": handed.items.iter().filter(|item| item.ticked).count(),
            "unread": handed.items.iter().filter(|item| item.is_unread()).count(),
            "items": handed.items.len(),
            "asked": handed.asked.iter().map(|(item, asked)| json!({
                "kind": item.kind,
                "id": item.id,
                "of": item.at.map(at),
                "text": text(asked, lang),
            })).collect::<Vec<_>>(),
            "words": text(&handed.words, lang),
        })),
        "open": s.open_items().iter().enumerate().map(|(place, (item, _))| json!({
            "kind": item.kind,
            "id": item.id,
            "at": item.at.map(at),
            "ticked": s.is_ticked(item, place),
        })).collect::<Vec<_>>(),
        "questions": s.questions.iter().map(|row| json!({
            "id": row.id,
            "name": text(&row.name, lang),
            "text": text(&row.text, lang),
            "by": row.asked_by,
            "at": at(row.asked_at),
        })).collect::<Vec<_>>(),
        "findings": s.findings.iter().map(|row| json!({
            "no": row.no,
            "name": text(&row.name, lang),
            "unit": row.unit,
            "since": known(row.since),
            "found": row.found,
        })).collect::<Vec<_>>(),
        "happened": s.happened.iter().map(|line| happened(line, s.calendar, lang)).collect::<Vec<_>>(),
        "additions": s.additions.iter().map(|addition| {
            let mut line = happened(&addition.line, s.calendar, lang);
            line["recorded_at"] = json!(at(addition.recorded_at));
            line["officer"] = json!(addition.officer);
            line
        }).collect::<Vec<_>>(),
    })
}

/// A text; what was erased says so.
fn text(text: &str, lang: Lang) -> &str {
    if text == ERASED { words::ERASED.get(lang) } else { text }
}

fn happened(line: &Happened, calendar: Calendar, lang: Lang) -> Value {
    let said = line.said(calendar);
    let mut out = json!({
        "seq": line.seq,
        "at": calendar.rfc3339(line.at),
        "kind": wire::name(&line.event).0,
        "name": line.name,
        "text": if line.is_erased() { words::ERASED.get(lang) } else { said.get(lang) },
        "undone": line.undone,
    });
    if let Some(of) = &line.of {
        out["entry"] = json!(of.id);
        out["ledger"] = json!(of.ledger);
        out["key"] = json!(masked_words(of.key.get(lang)));
    }
    out
}

fn due(row: &DueRow, at: &str, lang: Lang) -> Value {
    json!({
        "kind": row.item.kind,
        "name": text(&row.name, lang),
        "unit": row.unit,
        "at": at,
        "state": row.state.code(),
        "missed": row.missed,
        "words": text(&row.words, lang),
    })
}

fn case(row: &CaseRow, lang: Lang) -> Value {
    json!({
        "no": row.no,
        "name": text(&row.name, lang),
        "unit": row.unit,
        "categories": row.categories,
        "measure": row.measure,
        "day": row.observation.map(Observation::shown_day),
        "days": row.observation.map(|o| o.total),
        "state": row.state,
    })
}
