//! Entries taken back.

use super::Body;
use crate::domain::ids::{OfficerId, OpRef};
use serde::{Deserialize, Serialize};

/// An op is taken back. Which one stands in the op's head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpUndone {
    /// Which.
    pub op: OpRef,
    /// Wire names of what it held.
    pub kinds: Vec<String>,
    /// Who approved it, when that was another than who did it. Absent before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

impl Body for OpUndone {
    const KIND: &'static str = "op.undone";

    fn approved_by(&self) -> Option<OfficerId> {
        self.approved_by
    }
}
