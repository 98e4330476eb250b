//! What was proven before an act's transaction, which stays short: PINs, a new hash, what an erasure takes.

use super::pin_kept::Hash;
use super::{erase, query};
use crate::domain::ids::OfficerId;
use crate::error::Result;
use crate::log::chain::Frontier;
use rusqlite::Connection;

/// What was proven before an act's transaction.
#[derive(Debug, Default)]
pub(super) struct Proof {
    /// Who gave the right PIN.
    pub officers: Vec<OfficerId>,
    /// The hash of a new PIN.
    pub hash: Option<Hash>,
    /// What an erasure takes, and at which end of the log that was found.
    pub plan: Option<(Frontier, erase::Plan)>,
}

impl Proof {
    /// Whether the log went on since it was looked through for an erasure.
    pub fn is_behind(&self, conn: &Connection) -> Result<bool> {
        Ok(match &self.plan {
            Some((end, _)) => *end != query::frontier_in(conn)?,
            None => false,
        })
    }

    /// Whether this officer gave the right PIN.
    pub fn of(&self, officer: OfficerId) -> bool {
        self.officers.contains(&officer)
    }
}
