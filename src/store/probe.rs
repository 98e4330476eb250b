//! Finds by parts of personal numbers, counted: digit by digit whoever asks often enough learns a whole number that
//! nobody showed them. Whole numbers are free, and a part now and then is how a caller is found.

use super::Store;
use super::act::{Act, Author};
use crate::domain::ids::{Mint, OfficerId};
use crate::domain::time::{HOUR, Ts};
use crate::error::Result;
use rusqlite::{Connection, TransactionBehavior, params};

/// Different parts in an hour from which on the log is told. One digit takes up to ten.
pub const LIMIT: u32 = 15;

impl Store {
    /// Counts a find by a part of a personal number. When there were many in an hour the log is told, once an hour.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn probed(&mut self, author: &Author, mint: &mut dyn Mint, typed: &str) -> Result<bool> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // What lies ahead was counted before the clock was set back.
        tx.execute(
            "DELETE FROM local_probe WHERE at <= ?1 OR at > ?2",
            params![author.now.plus(-HOUR), author.now],
        )?;
        tx.execute(
            "INSERT OR IGNORE INTO local_probe (officer, typed, at) VALUES (?1, ?2, ?3)",
            params![author.officer, digest(author.officer, typed), author.now],
        )?;
        let told = is_told(&tx, author.officer)?;
        let (count, since) = counted(&tx, author.officer)?;
        if told || count < LIMIT {
            tx.commit()?;
            return Ok(false);
        }
        tx.execute(
            "INSERT INTO local_probe (officer, typed, at) VALUES (?1, x'', ?2)",
            params![author.officer, author.now],
        )?;
        tx.commit()?;
        self.commit(author, mint, &Act::Probed { count, since })?;
        Ok(true)
    }
}

/// Whether the log was told of this officer within the hour.
fn is_told(conn: &Connection, officer: OfficerId) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM local_probe WHERE officer = ?1 AND typed = x''")?
        .exists([officer])?)
}

fn counted(conn: &Connection, officer: OfficerId) -> Result<(u32, Ts)> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*), coalesce(min(at), 0) FROM local_probe WHERE officer = ?1 AND typed <> x''",
        )?
        .query_row([officer], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// What was typed, so that the same part counts once: no list of digits is kept.
fn digest(officer: OfficerId, typed: &str) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new_derive_key("zhiban probe v1");
    hasher.update(officer.bytes());
    hasher.update(typed.as_bytes());
    let mut out = [0; 8];
    hasher.finalize_xof().fill(&mut out);
    out
}
