//! Entries taken back.

use super::Body;
use crate::domain::ids::OpRef;
use serde::{Deserialize, Serialize};

/// An op is taken back. Which one stands in the op's head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpUndone {
    /// Which.
    pub op: OpRef,
    /// Wire names of what it held.
    pub kinds: Vec<String>,
}

impl Body for OpUndone {
    const KIND: &'static str = "op.undone";
}
