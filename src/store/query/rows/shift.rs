//! Shifts, and what a handover left behind.

use super::case::FindingRow;
use crate::domain::handover::QuestionEnd;
use crate::domain::ids::{OfficerId, QuestionId, ShiftId, Subject};
use crate::domain::item::{DueRow, Item};
use crate::domain::time::Ts;
use crate::say::Say;

/// An item that the officer on duty took over unread (未读接班).
#[derive(Debug, Clone, PartialEq)]
pub struct UnreadRow {
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// Which item of it.
    pub item: Item,
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// What it is called that is no person and no unit; empty where it is one.
    pub called: Say,
    /// When it was handed over.
    pub since: Ts,
}

/// All that is to be done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ToDo {
    /// Taken over unread.
    pub unread: Vec<UnreadRow>,
    /// Questions without an answer.
    pub questions: Vec<QuestionRow>,
    /// What is to be acted on.
    pub findings: Vec<FindingRow>,
    /// What is due.
    pub due: Vec<DueRow>,
}

/// A question that an incoming officer left at a handover.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionRow {
    /// Identity.
    pub id: QuestionId,
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// About which of its items.
    pub item: Item,
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// What was asked.
    pub text: String,
    /// When.
    pub asked_at: Ts,
    /// By whom.
    pub asked_by: String,
    /// How it ended, if it did.
    pub ended: Option<QuestionEnd>,
    /// When it ended.
    pub ended_at: Option<Ts>,
    /// Who answered or closed it; empty while it is open.
    pub ended_by: String,
    /// The answer; empty while it is open.
    pub answer: String,
}

/// A shift as a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRange {
    /// Identity.
    pub id: ShiftId,
    /// Who.
    pub officer: OfficerId,
    /// By name.
    pub name: String,
    /// Since when.
    pub started_at: Ts,
    /// Until when, if handed over.
    pub closed_at: Option<Ts>,
    /// Its first op.
    pub first: i64,
    /// Its last op: that of the handover, or the desk's latest while it runs.
    pub last: i64,
    /// This file's number for its desk.
    pub(in crate::store::query) desk: i64,
}
