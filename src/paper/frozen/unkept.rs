//! A handover that was signed before papers were kept, cut again from the log: what was erased since stands in its place
//! as such, and its figures stay.

use super::super::summary::{Summary, by_time};
use crate::domain::case::{CaseState, Measure};
use crate::domain::ids::{CaseId, PersonId, QuestionId, ShiftId, Subject};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::error::Result;
use crate::log::event::HandoverItem;
use crate::store::query::rows::{CaseRow, FindingRow, Lately, QuestionRow};
use crate::store::query::{self, ERASED, NEVER, SignedShift};
use uuid::Uuid;

/// The paper as the log tells it.
pub(super) fn cut(kept: &SignedShift) -> Result<Option<Summary>> {
    let Some(mut cut) = by_time(&kept.past, kept.closed_at)? else { return Ok(None) };
    as_handed(&mut cut.due, &kept.closed.items);
    let gone = query::gone_items(&kept.past, &kept.closed.items)?;
    for item in &gone {
        put(&mut cut, item, &kept.closed.items);
    }
    let of = |kind: ItemKind| gone.iter().filter(|item| item.kind == kind).count() as u32;
    let more = query::gone_counts(&kept.past, &kept.shift)?;
    let counts = &mut cut.counts;
    counts.followups += more.followups;
    counts.notes += more.notes;
    counts.cases += more.cases;
    counts.cases_opened += more.cases_opened;
    counts.cases_released += more.cases_released;
    counts.due_release += of(ItemKind::Case);
    counts.promises += of(ItemKind::Promise);
    Ok(Some(cut))
}

/// What is due in the order in which it was handed over, where all of it was named by itself.
fn as_handed(due: &mut [DueRow], items: &[HandoverItem]) {
    let place = |row: &DueRow| items.iter().position(|known| known.item() == row.item.handed(row.subject));
    if due.iter().all(|row| place(row).is_some()) {
        due.sort_by_cached_key(place);
    }
}

/// Puts an item that is gone where it stood among its like.
fn put(cut: &mut Summary, item: &HandoverItem, all: &[HandoverItem]) {
    let is_like = |kind: ItemKind| kind == item.kind || (kind.is_due() && item.kind.is_due());
    let like = all.iter().filter(|known| is_like(known.kind));
    let place = like.take_while(|known| *known != item).count();
    let at = |len: usize| place.min(len);
    match item.kind {
        ItemKind::Finding => cut.findings.insert(at(cut.findings.len()), finding(item.id)),
        ItemKind::Case => cut.due_release.insert(at(cut.due_release.len()), case(item.id)),
        ItemKind::Question => cut.questions.insert(at(cut.questions.len()), question(item.id)),
        _ => cut.due.insert(at(cut.due.len()), due(item)),
    }
}

fn finding(id: Uuid) -> FindingRow {
    FindingRow {
        person: PersonId(id),
        no: String::new(),
        name: ERASED.to_owned(),
        unit: String::new(),
        since: NEVER,
        found: Vec::new(),
        keys: String::new(),
    }
}

fn due(item: &HandoverItem) -> DueRow {
    let at = item.at.unwrap_or(NEVER);
    let (of, state) = match item.kind {
        ItemKind::Promise | ItemKind::Again => (Item::new(item.kind, item.id), DueState::Open),
        _ => (Item::slot(item.id, at), DueState::Missed),
    };
    DueRow {
        item: of,
        subject: Some(Subject::Person(PersonId(item.id))),
        name: ERASED.to_owned(),
        called: None,
        unit: String::new(),
        at,
        state,
        missed: 0,
        words: ERASED.to_owned(),
        caller: None,
    }
}

fn case(person: Uuid) -> CaseRow {
    CaseRow {
        id: CaseId(Uuid::nil()),
        person: PersonId(person),
        no: String::new(),
        name: ERASED.to_owned(),
        unit: String::new(),
        categories: Vec::new(),
        measure: Measure::None,
        observation: None,
        state: CaseState::DueForRelease,
        opened_at: NEVER,
        last_contact: None,
        keys: String::new(),
        lately: Lately::default(),
    }
}

fn question(id: Uuid) -> QuestionRow {
    QuestionRow {
        id: QuestionId(id),
        shift: ShiftId(Uuid::nil()),
        item: Item::new(ItemKind::from_code(""), Uuid::nil()),
        subject: None,
        name: ERASED.to_owned(),
        text: ERASED.to_owned(),
        asked_at: NEVER,
        asked_by: String::new(),
        ended: None,
        ended_at: None,
        ended_by: String::new(),
        answer: String::new(),
    }
}
