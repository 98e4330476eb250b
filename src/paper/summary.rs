//! The shift handover as plain data. Cut from the log by shift: a range of `desk_seq`.

use crate::domain::case::CaseState;
use crate::domain::followup::Outcome;
pub use crate::domain::handover::Counts;
use crate::domain::ids::{OfficerId, ShiftId, Subject};
use crate::domain::report::Round;
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::log::event::{Event, HandoverItem};
use crate::store::Reader;
use crate::store::query::rows::{CallRow, CaseRow, DueKind, DueRow, DueState, LogRow, OutstandingRow};
use crate::store::query::{self, ShiftSlice};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The handover of one shift.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The office's name.
    pub office: String,
    /// Whether it rehearses; printed on every paper.
    pub rehearsal: bool,
    /// How the office reads the clock.
    pub calendar: Calendar,
    /// The shift.
    pub shift: ShiftId,
    /// Who hands over.
    pub officer: OfficerId,
    /// By name.
    pub officer_name: String,
    /// Since when.
    pub started_at: Ts,
    /// When the paper was cut.
    pub cut_at: Ts,
    /// First and last op of the shift, as numbers on this desk.
    pub seq: (i64, i64),
    /// The head code of the log as it stood.
    pub head: String,
    /// Today and the round in play.
    pub day: NaiveDate,
    /// The round in play.
    pub round: Round,
    /// Counts.
    pub counts: Counts,
    /// Units that have not reported.
    pub outstanding: Vec<OutstandingRow>,
    /// Open promises and the slots that are due or missed, in time order.
    pub due: Vec<DueRow>,
    /// Cases opened or changed in this shift.
    pub changed_cases: Vec<CaseRow>,
    /// Cases that are due for release.
    pub due_release: Vec<CaseRow>,
    /// Units called in this shift, in the order in which they were first called.
    pub units_called: Vec<UnitCalled>,
    /// What happened, in time order: one line an op.
    pub happened: Vec<Happened>,
    /// To whom the shift was handed, once it is: until then the paper leaves room to tick and sign.
    pub handed: Option<Handed>,
}

/// How a shift was handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Handed {
    /// Who takes over, by name.
    pub to: String,
    /// Every open item as acknowledged, in the order of [`Summary::open_items`].
    pub items: Vec<HandoverItem>,
    /// Words for the next shift.
    pub words: String,
}

/// A unit that was called in the shift.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitCalled {
    /// Name.
    pub name: String,
    /// How many times.
    pub calls: u32,
    /// What came of the last one.
    pub outcome: Outcome,
    /// What was said in the last one.
    pub words: String,
}

/// One line of what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Its number on this desk.
    pub seq: i64,
    /// When it happened.
    pub at: Ts,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// The first event, to be put into words.
    pub event: Event,
    /// It was taken back later.
    pub undone: bool,
}

/// The row behind an item that is open at the handover.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OpenRow<'a> {
    /// A unit that has not reported.
    Outstanding(&'a OutstandingRow),
    /// A promise, a slot, a call the office means to make.
    Due(&'a DueRow),
    /// A case that is due for release.
    Release(&'a CaseRow),
}

impl Summary {
    /// How an open item stands: unknown before the handover, then acknowledged or not.
    pub fn is_ticked(&self, item: &HandoverItem, place: usize) -> Option<bool> {
        let items = &self.handed.as_ref()?.items;
        // The same list in the same order; a list cut anew in between is looked up by what it names.
        let found = items.get(place).filter(|known| known.id == item.id && known.kind == item.kind);
        let found =
            found.or_else(|| items.iter().find(|known| known.id == item.id && known.kind == item.kind));
        Some(found.is_some_and(|known| known.ticked))
    }

    /// Everything open, which the relief acknowledges one by one: units outstanding, promises, slots that are
    /// due or missed, calls meant to be made, cases due for release. Nothing is ticked.
    pub fn open_items(&self) -> Vec<(HandoverItem, OpenRow<'_>)> {
        let item = |kind: &str, id: uuid::Uuid| HandoverItem::new(kind, id);
        let mut out = Vec::new();
        for row in &self.outstanding {
            out.push((item("outstanding", row.id.0), OpenRow::Outstanding(row)));
        }
        for row in &self.due {
            let (kind, id) = match row.kind {
                DueKind::Promise(id) => ("promise", id.0),
                DueKind::Slot(id, _) => ("slot", row.subject.and_then(Subject::person).map_or(id.0, |p| p.0)),
                DueKind::NextContact(id) => ("contact", id.0),
            };
            out.push((item(kind, id), OpenRow::Due(row)));
        }
        for row in &self.due_release {
            out.push((item("case", row.person.0), OpenRow::Release(row)));
        }
        out
    }
}

/// Cuts the handover of the running shift; none when no shift is running.
///
/// # Errors
/// The database cannot be read.
pub fn summary(reader: &Reader, now: Ts) -> Result<Option<Summary>> {
    let Some(slice) = query::shift_slice(reader, now)? else { return Ok(None) };
    let status = query::status(reader, now)?;
    let settings = query::settings(reader)?;
    let counts = Counts {
        expected: status.expected,
        received: status.received,
        cases: slice.cases.len() as u32,
        promises: status.promises,
        ..counts(&slice)
    };
    let due_release = slice.cases.iter().filter(|case| case.state == CaseState::DueForRelease);
    Ok(Some(Summary {
        office: settings.office,
        rehearsal: settings.rehearsal,
        calendar: settings.calendar,
        shift: slice.shift.id,
        officer: slice.shift.officer,
        officer_name: slice.shift.name.clone(),
        started_at: slice.shift.started_at,
        cut_at: now,
        seq: (slice.shift.first, slice.shift.last),
        head: slice.head.clone(),
        day: status.day,
        round: status.round,
        counts,
        due_release: due_release.cloned().collect(),
        units_called: units_called(&slice.calls),
        happened: slice.ops.iter().map(happened).collect(),
        // A slot still to come is the day's routine, not something left open.
        due: slice
            .due
            .into_iter()
            .filter(|row| !matches!((row.kind, row.state), (DueKind::Slot(..), DueState::Coming)))
            .collect(),
        // A report that is not due yet is nothing left open either.
        handed: None,
        outstanding: slice.outstanding.into_iter().filter(|row| row.minutes_late >= 0).collect(),
        changed_cases: slice.changed_cases,
    }))
}

/// What happened in the shift, counted over ops that stand.
fn counts(slice: &ShiftSlice) -> Counts {
    let mut counts = Counts {
        followups: slice.calls.len() as u32,
        not_reached: slice.calls.iter().filter(|call| !call.outcome.reached()).count() as u32,
        ops: slice.ops.len() as u32,
        ..Counts::default()
    };
    for op in slice.ops.iter().filter(|op| !op.undone) {
        match &op.event {
            Event::ReportReceived(_) => counts.reports += 1,
            // An import holds one event for the sheet and one for each unit's report.
            Event::SheetImported(e) if e.what == "report" => counts.reports += op.reports,
            Event::CaseOpened(_) => counts.cases_opened += 1,
            Event::CaseReleased(_) => counts.cases_released += 1,
            Event::NoteWritten(_) => counts.notes += 1,
            _ => {}
        }
    }
    counts
}

fn units_called(calls: &[CallRow]) -> Vec<UnitCalled> {
    let mut out: Vec<UnitCalled> = Vec::new();
    let mut places: HashMap<Subject, usize> = HashMap::new();
    // The calls come newest first; the paper reads in time order.
    for call in calls.iter().rev() {
        let Some(subject @ Subject::Unit(_)) = call.subject else { continue };
        let place = *places.entry(subject).or_insert_with(|| {
            out.push(UnitCalled {
                name: call.name.clone(),
                calls: 0,
                outcome: call.outcome,
                words: String::new(),
            });
            out.len() - 1
        });
        let unit = &mut out[place];
        unit.calls += 1;
        unit.outcome = call.outcome;
        unit.words.clone_from(&call.words);
    }
    out
}

fn happened(op: &LogRow) -> Happened {
    Happened {
        seq: op.op.seq,
        at: op.happened_at,
        name: op.name.clone(),
        event: op.event.clone(),
        undone: op.undone,
    }
}
