//! The finder's index as it was kept last: bytes in named parts that only the search room understands. A cache: it
//! may be missing at any time, and is never half there.
//!
//! Parts are cut into rows of a mebibyte at most (`people/0001`), each written in a transaction of its own, so that
//! an officer's act never waits long for the lock. The stamp goes first and comes back last; while it is gone, no
//! part is read. A second process that begins to write takes over: the first one stops at its next row.

use super::{Reader, Store};
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

/// How many bytes a row holds at most: what one transaction writes.
const ROW: usize = 1 << 20;

/// The row that says what the parts are true for: its name sorts before every part's rows, which hold a slash.
const STAMP: &str = "stamp";

/// The row that says who is writing.
const WRITER: &str = "writer";

fn row_name(part: &str, row: usize) -> String {
    format!("{part}/{row:04}")
}

fn bytes(conn: &Connection, row: &str) -> Result<Option<Vec<u8>>> {
    Ok(conn
        .prepare_cached("SELECT bytes FROM local_find WHERE part = ?1")?
        .query_row([row], |row| row.get(0))
        .optional()?)
}

fn put(conn: &Connection, row: &str, bytes: &[u8]) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO local_find (part, bytes) VALUES (?1, ?2) \
         ON CONFLICT (part) DO UPDATE SET bytes = excluded.bytes",
    )?
    .execute(params![row, bytes])?;
    Ok(())
}

impl Store {
    /// Keeps the parts of an index that is true for `stamp`, in place of those kept before. Tells whether it did:
    /// not, when another process began to write meanwhile.
    ///
    /// # Errors
    /// The database cannot be written, or a part cannot be had; what was kept before is gone then, and nothing is read
    /// instead.
    pub fn keep_parts(
        &mut self,
        stamp: &str,
        parts: &mut dyn Iterator<Item = Result<(String, Vec<u8>)>>,
    ) -> Result<bool> {
        let tx = self.locked()?;
        tx.execute("DELETE FROM local_find WHERE part = ?1", [STAMP])?;
        let token: Vec<u8> = tx.query_row("SELECT randomblob(16)", [], |row| row.get(0))?;
        put(&tx, WRITER, &token)?;
        tx.commit()?;
        let mut names: Vec<String> = Vec::new();
        for part in parts {
            let (name, all) = part?;
            // A part without bytes has a row all the same: it is there, and empty.
            let rows = all.len().div_ceil(ROW).max(1);
            for at in 0..rows {
                let row = &all[at * ROW..all.len().min((at + 1) * ROW)];
                if !self.as_writer(&token, |tx| put(tx, &row_name(&name, at), row))? {
                    return Ok(false);
                }
            }
            if !self.as_writer(&token, |tx| drop_rows(tx, &name, rows))? {
                return Ok(false);
            }
            names.push(name);
        }
        for old in self.part_names()?.into_iter().filter(|name| !names.contains(name)) {
            if !self.as_writer(&token, |tx| drop_rows(tx, &old, 0))? {
                return Ok(false);
            }
        }
        self.as_writer(&token, |tx| {
            tx.execute("DELETE FROM local_find WHERE part = ?1", [WRITER])?;
            put(tx, STAMP, stamp.as_bytes())
        })
    }

    fn locked(&mut self) -> Result<Transaction<'_>> {
        Ok(self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// One short transaction, as long as nobody else began to write parts.
    fn as_writer(&mut self, token: &[u8], work: impl FnOnce(&Connection) -> Result<()>) -> Result<bool> {
        let tx = self.locked()?;
        if bytes(&tx, WRITER)?.as_deref() != Some(token) {
            return Ok(false);
        }
        work(&tx)?;
        tx.commit()?;
        Ok(true)
    }

    /// The names of the parts that have rows.
    fn part_names(&self) -> Result<Vec<String>> {
        let mut query = self.conn.prepare_cached(
            "SELECT DISTINCT substr(part, 1, instr(part, '/') - 1) FROM local_find WHERE instr(part, '/') > 0",
        )?;
        Ok(query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
}

/// Drops a part's rows from one on.
fn drop_rows(conn: &Connection, part: &str, from: usize) -> Result<()> {
    // '0' is the character after '/'.
    conn.prepare_cached("DELETE FROM local_find WHERE part >= ?1 AND part < ?2")?
        .execute(params![row_name(part, from), format!("{part}0")])?;
    Ok(())
}

/// What the kept parts are true for; nothing when none are, or while they are being written. Whoever reads several
/// parts asks again after the last: only with the same answer do they belong together.
///
/// # Errors
/// The database cannot be read.
pub fn parts_stamp(reader: &Reader) -> Result<Option<String>> {
    Ok(bytes(&reader.conn, STAMP)?.and_then(|stamp| String::from_utf8(stamp).ok()))
}

/// One part, whole; nothing when it is not there, or while the parts are being written.
///
/// # Errors
/// The database cannot be read.
pub fn part(reader: &Reader, name: &str) -> Result<Option<Vec<u8>>> {
    let tx = reader.snapshot()?;
    if bytes(&tx, STAMP)?.is_none() {
        return Ok(None);
    }
    let mut query =
        tx.prepare_cached("SELECT bytes FROM local_find WHERE part >= ?1 AND part < ?2 ORDER BY part")?;
    let mut rows = query.query(params![row_name(name, 0), format!("{name}0")])?;
    let mut out: Option<Vec<u8>> = None;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        out.get_or_insert_default().extend_from_slice(bytes);
    }
    Ok(out)
}
