//! The shift handover as plain data. Cut from the log by shift: a range of `desk_seq`.

use super::together::in_order;
use crate::domain::case::CaseState;
use crate::domain::finding;
use crate::domain::followup::Outcome;
pub use crate::domain::handover::{Checked, Counts, DayCounts};
use crate::domain::handover::{How, Signed};
use crate::domain::ids::{FollowUpId, OfficerId, ShiftId, Subject, UnitId};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::domain::jump::Jump;
use crate::domain::mask::masked_words;
use crate::domain::report::Round;
use crate::domain::time::{Calendar, Ts};
use crate::error::Result;
use crate::i18n::events::{answered_on_paper, event_line_by};
use crate::log::chain::Frontier;
use crate::log::event::{Event, HandoverItem};
use crate::say::Say;
use crate::store::Reader;
use crate::store::query;
use crate::store::query::rows::{
    CallRow, CaseRow, FindingRow, LogRow, LoggedEntry, OutstandingRow, QuestionRow,
};
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
    /// The end of every desk's chain, which it covers; empty on papers of earlier programs.
    pub frontier: Frontier,
    /// What the last check of the file had found; none where none was made.
    pub checked: Option<Checked>,
    /// The day in force: the last of which a deadline has passed; today before the first.
    pub day: NaiveDate,
    /// The round that was due last.
    pub round: Round,
    /// Counts; those of reports are of the day in force.
    pub counts: Counts,
    /// The reporting days that the shift answered for, the day in force among them; none on papers of earlier programs.
    pub days: Vec<DayCounts>,
    /// The day that runs, whose deadline is still to come.
    pub running: Option<DayCounts>,
    /// Those of the shift before, and when it ended.
    pub before: Option<(Ts, Counts)>,
    /// The day of these.
    pub before_day: Option<NaiveDate>,
    /// Days since it was last tried whether a backup can be restored, when they are too many.
    pub drill_due: Option<u32>,
    /// Units that owe a report.
    pub outstanding: Vec<OutstandingRow>,
    /// People about whom something is to be acted on, the oldest first.
    pub findings: Vec<FindingRow>,
    /// Open promises and the slots that are due or missed, in time order.
    pub due: Vec<DueRow>,
    /// Cases opened or changed in this shift.
    pub changed_cases: Vec<CaseRow>,
    /// Cases that are due for release.
    pub due_release: Vec<CaseRow>,
    /// Questions left at earlier handovers that have no answer yet.
    pub questions: Vec<QuestionRow>,
    /// Units called in this shift, in the order in which they were first called.
    pub units_called: Vec<UnitCalled>,
    /// What happened, in time order: one line an op.
    pub happened: Vec<Happened>,
    /// To whom the shift was handed, once it is: until then the paper leaves room to tick and sign.
    pub handed: Option<Handed>,
    /// What was recorded about the shift after it was handed over; never changes what stands above it.
    pub additions: Vec<Addition>,
}

/// How a shift was handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Handed {
    /// Who takes over, by name.
    pub to: String,
    /// Every open item as acknowledged, in the order of [`Summary::open_items`].
    pub items: Vec<HandoverItem>,
    /// What was asked, about which item.
    pub asked: Vec<(Item, String)>,
    /// Words for the next shift.
    pub words: String,
    /// How it was passed on.
    pub how: How,
    /// Why the same officer goes on, or took over alone.
    pub reason: String,
    /// How the outgoing officer signed, then the incoming one; none until it is in the log.
    pub signed: Option<(Signed, Signed)>,
    /// When it was passed on; none until it is in the log.
    pub at: Option<Ts>,
}

impl Handed {
    /// A handover between two officers that is about to be signed.
    pub fn new(to: &str, items: Vec<HandoverItem>, words: &str) -> Self {
        Self {
            to: to.to_owned(),
            items,
            asked: Vec::new(),
            words: words.to_owned(),
            how: How::Handed,
            reason: String::new(),
            signed: None,
            at: None,
        }
    }
}

/// A unit that was called in the shift.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitCalled {
    /// Which.
    pub unit: UnitId,
    /// Name.
    pub name: String,
    /// How many times.
    pub calls: u32,
    /// The last call.
    pub last: FollowUpId,
    /// What came of it; none where it was erased.
    pub outcome: Option<Outcome>,
    /// What was said in it.
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
    /// The event, to be put into words.
    pub event: Event,
    /// When the promise that it ends fell due.
    pub due: Option<Ts>,
    /// Who approved it, by name; empty where nobody did, or the paper does not say.
    pub approver: String,
    /// The entry of a ledger that it is about; none where the paper does not say.
    pub of: Option<LoggedEntry>,
    /// It was taken back later.
    pub undone: bool,
    /// The clock moved since the entry before.
    pub jump: Option<Jump>,
}

impl Happened {
    /// It in words, without the name of its subject.
    pub fn said(&self, calendar: Calendar) -> Say {
        if let Some(said) = answered_on_paper(&self.event) {
            return said;
        }
        let key = self.of.as_ref().map(|of| of.said(true)).unwrap_or_default();
        event_line_by(&self.event, self.due, self.at, calendar, (&self.approver, &key))
    }

    /// Whether its body was erased: nothing is left but the kind.
    pub fn is_erased(&self) -> bool {
        matches!(&self.event, Event::Unknown(unknown) if unknown.body.is_empty())
    }
}

/// What was recorded about a shift after it was handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Addition {
    /// What.
    pub line: Happened,
    /// When it was recorded.
    pub recorded_at: Ts,
    /// By whom.
    pub officer: String,
}

/// The row behind an item that is open at the handover.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OpenRow<'a> {
    /// A unit that has not reported.
    Outstanding(&'a OutstandingRow),
    /// What sheets brought of somebody without a case.
    Finding(&'a FindingRow),
    /// A promise, a slot, a call the office means to make.
    Due(&'a DueRow),
    /// A case that is due for release.
    Release(&'a CaseRow),
    /// A question without an answer.
    Question(&'a QuestionRow),
}

impl Summary {
    /// The item as it was handed over: none before the handover.
    pub fn handed_item(&self, item: &HandoverItem, place: usize) -> Option<&HandoverItem> {
        let items = &self.handed.as_ref()?.items;
        let same = |known: &&HandoverItem| {
            let at = known.at.is_none() || known.at == item.at;
            known.id == item.id && known.kind == item.kind && at
        };
        // Who was erased has no id any more: the list is the same, in the same order.
        let here = |known: &&HandoverItem| same(known) || (item.id.is_nil() && known.kind == item.kind);
        // Slots were named one by one before those missed of one person became one line: the oldest of them stands for it.
        let among = |known: &&HandoverItem| {
            item.kind == ItemKind::Slot
                && known.kind == item.kind
                && known.id == item.id
                && known.at >= item.at
        };
        // A list cut anew in between is looked up by what it names.
        let found = items.get(place).filter(here).or_else(|| items.iter().find(same));
        found.or_else(|| items.iter().find(among))
    }

    /// How an open item stands: unknown before the handover, then acknowledged or not.
    pub fn is_ticked(&self, item: &HandoverItem, place: usize) -> Option<bool> {
        self.handed.as_ref()?;
        Some(self.handed_item(item, place).is_some_and(|known| known.ticked))
    }

    /// What was asked about an item at the handover.
    pub fn question_on(&self, item: &HandoverItem, place: usize) -> Option<&str> {
        let item = self.handed_item(item, place)?.item();
        let asked = self.handed.as_ref()?.asked.iter();
        asked.into_iter().find(|(known, _)| *known == item).map(|(_, text)| text.as_str())
    }

    /// Everything open, which the relief acknowledges one by one: units outstanding, findings to act on, promises, slots
    /// that are due or missed, calls meant to be made, cases due for release, questions. Nothing is ticked.
    pub fn open_items(&self) -> Vec<(HandoverItem, OpenRow<'_>)> {
        let mut out = Vec::new();
        for row in &self.outstanding {
            out.push((HandoverItem::new(ItemKind::Outstanding, row.id), OpenRow::Outstanding(row)));
        }
        for row in &self.findings {
            out.push((HandoverItem::new(ItemKind::Finding, row.person), OpenRow::Finding(row)));
        }
        for row in &self.due {
            out.push((row.item.handed(row.subject).into(), OpenRow::Due(row)));
        }
        for row in &self.due_release {
            out.push((HandoverItem::new(ItemKind::Case, row.person), OpenRow::Release(row)));
        }
        for row in &self.questions {
            out.push((HandoverItem::new(ItemKind::Question, row.id), OpenRow::Question(row)));
        }
        out
    }
}

/// Cuts the handover of the running shift, its items in the order in which the paper has them; none when no shift is
/// running.
///
/// # Errors
/// The database cannot be read.
pub fn summary(reader: &Reader, now: Ts) -> Result<Option<Summary>> {
    let Some(cut) = by_time(reader, now)? else { return Ok(None) };
    Ok(Some(Summary { due: in_order(cut.due, cut.calendar, cut.cut_at), ..cut }))
}

/// The same with what is due by time alone, as papers were numbered that were signed before they were kept.
///
/// # Errors
/// The database cannot be read.
pub(super) fn by_time(reader: &Reader, now: Ts) -> Result<Option<Summary>> {
    let Some(slice) = query::shift_slice(reader, now)? else { return Ok(None) };
    let status = query::status(reader, now)?;
    let settings = query::settings(reader)?;
    let due_release: Vec<CaseRow> =
        slice.cases.iter().filter(|case| case.state == CaseState::DueForRelease).cloned().collect();
    let before = query::before(reader)?;
    let counts = Counts {
        expected: status.expected,
        received: status.received,
        cases: slice.cases.len() as u32,
        due_release: due_release.len() as u32,
        promises: status.promises,
        ..query::counted(&slice.ops, &slice.calls)
    };
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
        frontier: slice.frontier,
        checked: None,
        day: status.force.as_ref().map_or(status.day, |force| force.day),
        round: status.force.map_or(status.round, |force| force.round),
        counts,
        days: slice.days,
        running: status.running.map(|running| DayCounts {
            day: running.day,
            expected: running.expected,
            received: running.received,
            missing: running.missing,
            awaited: running.awaited,
        }),
        before_day: before.map(|(.., day)| day),
        before: before.map(|(at, counts, _)| (at, counts)),
        drill_due: status.drill_due,
        due_release,
        findings: findings(reader)?,
        questions: query::questions(reader)?,
        units_called: units_called(&slice.calls),
        happened: in_time_order(&slice.ops),
        // A slot still to come is the day's routine, not something left open.
        due: slice
            .due
            .into_iter()
            .filter(|row| !matches!((row.item.kind, row.state), (ItemKind::Slot, DueState::Coming)))
            .collect(),
        // A report that is not due yet is nothing left open either.
        outstanding: slice.outstanding.into_iter().filter(|row| row.minutes_late >= 0).collect(),
        changed_cases: slice.changed_cases,
        handed: None,
        additions: Vec::new(),
    }))
}

/// What is to be acted on, as it is read out: what sheets repeat stands there once.
fn findings(reader: &Reader) -> Result<Vec<FindingRow>> {
    let all = query::findings(reader)?.into_iter();
    Ok(all.map(|row| FindingRow { found: finding::firsts(&row.found), ..row }).collect())
}

fn units_called(calls: &[CallRow]) -> Vec<UnitCalled> {
    let mut out: Vec<UnitCalled> = Vec::new();
    let mut places: HashMap<UnitId, usize> = HashMap::new();
    // The calls come newest first; the paper reads in time order.
    for call in calls.iter().rev() {
        let Some(Subject::Unit(unit)) = call.subject else { continue };
        let place = *places.entry(unit).or_insert_with(|| {
            out.push(UnitCalled {
                unit,
                name: call.name.clone(),
                calls: 0,
                last: call.id,
                outcome: Some(call.outcome),
                words: String::new(),
            });
            out.len() - 1
        });
        let called = &mut out[place];
        called.calls += 1;
        called.last = call.id;
        called.outcome = Some(call.outcome);
        called.words = masked_words(&call.words).into_owned();
    }
    out
}

/// What happened, in time order: what was entered late stands where it belongs.
pub(super) fn in_time_order(ops: &[LogRow]) -> Vec<Happened> {
    let mut lines: Vec<Happened> = ops.iter().flat_map(happened).collect();
    lines.sort_by_key(|line| (line.at, line.seq));
    lines
}

/// An op as lines of what happened: one for each thing that it did. A look at numbers is one, however many were seen.
pub(super) fn happened(op: &LogRow) -> Vec<Happened> {
    let is_look = |event: &Event| {
        matches!(event, Event::PersonalRevealed(_) | Event::NumberRevealed(_) | Event::EntryRevealed(_))
    };
    let mut looked = false;
    let mut rows = op.clone().one_by_one();
    rows.retain(|row| !is_look(&row.event) || !std::mem::replace(&mut looked, true));
    let mut jump = op.jump;
    let line = |row: LogRow| Happened {
        jump: jump.take(),
        seq: row.op.seq,
        at: row.happened_at,
        name: row.name,
        event: row.event,
        due: row.due,
        approver: row.approver,
        of: row.of,
        undone: row.undone,
    };
    rows.into_iter().map(line).collect()
}
