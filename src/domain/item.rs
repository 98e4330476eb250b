//! What stands open: in 待办, on the board, on a handover.

use super::followup::Caller;
use super::ids::{CaseId, FollowUpId, PromiseId, Subject};
use super::time::Ts;

/// Where a due item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueState {
    /// Its time has not come.
    Coming,
    /// Due now.
    Open,
    /// A slot whose window has closed: it stays missed. A promise past its time: overdue.
    Missed,
}

/// What a line of the due table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// A promise to the office.
    Promise(PromiseId),
    /// A follow-up due at a time of day, of a case: when the slot opens. Missed ones of one person are one line: the
    /// oldest.
    Slot(CaseId, Ts),
    /// The office meant to call again.
    NextContact(FollowUpId),
}

/// One line of the due table, in time order.
#[derive(Debug, Clone, PartialEq)]
pub struct DueRow {
    /// What it is.
    pub kind: DueKind,
    /// About whom; absent for a promise of an unknown caller.
    pub subject: Option<Subject>,
    /// Name of the person or unit.
    pub name: String,
    /// The person's unit; empty for a unit.
    pub unit: String,
    /// When it is due.
    pub at: Ts,
    /// Where it stands.
    pub state: DueState,
    /// How many slots were missed, of which `at` is the oldest; 0 for everything else.
    pub missed: u32,
    /// What was said when it was promised; for a slot, the case's day as `n/14` on the slot's own day.
    pub words: String,
    /// The call it comes from, and the number of that call, where one was written down.
    pub caller: Option<Caller>,
}
