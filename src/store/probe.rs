//! Finds by parts of personal numbers, counted: digit by digit whoever asks often enough learns a whole number that
//! nobody showed them. Whole numbers are free, and a part now and then is how a caller is found.

use super::act::{Act, Author};
use super::proof::Proof;
use super::{Store, append};
use crate::domain::ids::{Mint, OfficerId};
use crate::domain::time::{HOUR, Ts};
use crate::error::Result;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

/// Different parts in an hour from which on the log is told. One digit takes up to ten.
pub const LIMIT: u32 = 15;

impl Store {
    /// Counts a find by a part of a personal number. When there were many in an hour the log is told, once an hour.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn probed(&mut self, author: &Author, mint: &mut dyn Mint, typed: &str) -> Result<bool> {
        let tx = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
        // What lies ahead was counted before the clock was set back: it is as if it had been now.
        tx.execute("UPDATE local_probe SET at = ?1 WHERE at > ?1", [author.now])?;
        tx.execute("DELETE FROM local_probe WHERE at <= ?1", [author.now.plus(-HOUR)])?;
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
        self.must_be_laid_out()?;
        // What was told and that it was told are written together, or neither.
        let act = Act::Probed { count, since };
        append::commit_in(&tx, self.desk, author, mint, &act, &Proof::default())?;
        tx.commit()?;
        if let Some(keeper) = &self.keeper {
            keeper.owe();
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::query;
    use crate::store::tests::Office;

    fn try_parts(office: &mut Office, parts: std::ops::Range<u32>) -> Result<bool> {
        let officer = query::officers(&office.reader()).unwrap()[0].0;
        let mut told = false;
        for part in parts {
            let op_id = office.ids.id(office.now);
            let author = Author { officer, now: office.now, happened_at: None, op_id };
            told |= office.store.probed(&author, &mut office.ids, &format!("{part:04}"))?;
        }
        Ok(told)
    }

    fn kept(office: &Office) -> (u32, bool) {
        let count = "SELECT count(*) FROM local_probe WHERE typed <> x''";
        let told = "SELECT count(*) FROM local_probe WHERE typed = x''";
        let one = |sql: &str| office.store.conn.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
        (one(count), one(told) > 0)
    }

    #[test]
    fn a_clock_that_is_set_back_takes_back_no_part() {
        let mut office = Office::new();
        assert!(!try_parts(&mut office, 0..LIMIT - 1).unwrap());
        office.now = office.now.plus(-2 * HOUR);
        assert!(try_parts(&mut office, 100..101).unwrap());
        office.now = office.now.plus(-1);
        assert!(!try_parts(&mut office, 200..210).unwrap(), "once an hour");
        // An hour of the clock as it now goes, and all of it is forgotten.
        office.now = office.now.plus(HOUR);
        assert!(!try_parts(&mut office, 300..301).unwrap());
        assert_eq!(kept(&office), (1, false));
    }

    #[test]
    fn that_the_log_was_told_is_kept_only_with_what_it_was_told() {
        let mut office = Office::new();
        assert!(!try_parts(&mut office, 0..LIMIT - 1).unwrap());
        // The log takes nothing.
        office
            .store
            .conn
            .execute_batch(
                "CREATE TEMP TRIGGER full BEFORE INSERT ON log_op BEGIN SELECT RAISE(ABORT, 'full'); END",
            )
            .unwrap();
        assert!(try_parts(&mut office, 100..101).is_err());
        assert_eq!(kept(&office), (LIMIT - 1, false));
        office.store.conn.execute_batch("DROP TRIGGER temp.full").unwrap();
        assert!(try_parts(&mut office, 100..101).unwrap(), "it is told when it can be");
        assert_eq!(kept(&office), (LIMIT, true));
        assert!(!try_parts(&mut office, 200..210).unwrap(), "once an hour");
    }
}
