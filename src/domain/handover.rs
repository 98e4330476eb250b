//! Passing a shift on (交接班): how it was passed, how each signed, what was asked, and the figures of the paper.

use super::codes;
use super::time::Ts;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// How a shift was passed on.
    How {
        /// 交班: both were there.
        Handed = "handed",
        /// 连班: the same officer goes on, a 24-hour double shift.
        Continued = "continued",
        /// 自行接班: the officer had left, the incoming one took over alone.
        TakenOver = "taken-over",
    }
}

codes! {
    /// How an officer signed a handover.
    Signed {
        /// By name.
        Name = "name",
        /// By name and PIN.
        Pin = "pin",
        /// Was not there.
        Absent = "absent",
    }
}

codes! {
    /// How a question left at a handover ended.
    QuestionEnd {
        /// 已答复
        Answered = "answered",
        /// 不再需要
        Closed = "closed",
    }
}

codes! {
    /// What happened to an officer's PIN.
    PinChange {
        /// 设置
        Set = "set",
        /// 更换
        Changed = "changed",
        /// 取消
        Removed = "removed",
    }
}

/// What a check of the office's file found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// When it ended.
    pub at: Ts,
    /// In how many places something was wrong.
    pub found: u64,
    /// How many entries the file lacks that this machine has seen, where it is older than what was seen last; nought when
    /// it holds others in their place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<i64>,
}

/// How the units' reports of one day stood; units, each once however many rounds the day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCounts {
    /// The day.
    pub day: NaiveDate,
    /// Units expected to report.
    pub expected: u32,
    /// Received.
    pub received: u32,
    /// Past their deadline without a report.
    pub missing: u32,
    /// Not yet due.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub awaited: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(crate) fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// How much happened in a shift, and how much was open at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Units expected to report on the day in force.
    pub expected: u32,
    /// Received.
    pub received: u32,
    /// Follow-ups logged in the shift.
    pub followups: u32,
    /// Of these, not reached.
    pub not_reached: u32,
    /// Reports received in the shift.
    pub reports: u32,
    /// Cases opened in the shift.
    pub cases_opened: u32,
    /// Cases released in the shift.
    pub cases_released: u32,
    /// Open cases now.
    pub cases: u32,
    /// Cases due for release now.
    pub due_release: u32,
    /// Open promises now.
    pub promises: u32,
    /// Notes written in the shift.
    pub notes: u32,
    /// Ops recorded in the shift.
    pub ops: u32,
}
