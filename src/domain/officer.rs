//! The officers of the coordination office, and what each may do.

use super::codes;

codes! {
    /// What an officer is there for.
    Role {
        /// 值班员: everything of a shift.
        Duty = "duty",
        /// 带班领导: that too, and approves what no officer decides alone.
        Lead = "lead",
        /// 只读: sees, finds, and prints with masked numbers.
        ReadOnly = "read-only",
    }
}

/// Most people whose numbers one act shows without a second officer.
pub const SHOWN_ALONE: usize = 50;
