//! What belongs to this machine and never to the log: drafts, choices, the last searches, and the finder's index as
//! it was kept last.

pub use super::parts::{part, parts_stamp};
pub use super::pin::with_pin;
pub use super::pin_log::{altered_pins, has_pin, pins_to_set, taken_away};
use super::{Reader, Store};
use crate::domain::time::Ts;
use crate::error::Result;
use rusqlite::{OptionalExtension, params};

/// Something being typed, kept until it is committed or thrown away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form, about whom.
    pub key: String,
    /// The form's own JSON.
    pub body: String,
    /// When it was last saved.
    pub saved_at: Ts,
}

impl Store {
    /// Keeps a draft; replaces the one of the same key.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn save_draft(&self, key: &str, body: &str, now: Ts) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO local_draft (key, body, saved_at) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (key) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
            )?
            .execute(params![key, body, now])?;
        Ok(())
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn drop_draft(&self, key: &str) -> Result<()> {
        self.conn.prepare_cached("DELETE FROM local_draft WHERE key = ?1")?.execute([key])?;
        Ok(())
    }
}

/// Every draft, the latest first.
///
/// # Errors
/// The database cannot be read.
pub fn drafts(reader: &Reader) -> Result<Vec<Draft>> {
    let mut query = reader
        .conn
        .prepare_cached("SELECT key, body, saved_at FROM local_draft ORDER BY saved_at DESC, key")?;
    let rows = query
        .query_map([], |row| Ok(Draft { key: row.get(0)?, body: row.get(1)?, saved_at: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Keeps a choice of this machine (its language); replaces the one of the same name.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn keep_choice(&self, name: &str, value: &str) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO local_value (key, value) VALUES ('choice.' || ?1, ?2) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute([name, value])?;
        Ok(())
    }
}

/// A choice of this machine, if one was kept.
///
/// # Errors
/// The database cannot be read.
pub fn choice(reader: &Reader, name: &str) -> Result<Option<String>> {
    Ok(reader
        .conn
        .prepare_cached("SELECT value FROM local_value WHERE key = 'choice.' || ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// How many searches are kept.
const SEARCHES: u32 = 50;

impl Store {
    /// Keeps a search as the newest one; the oldest beyond fifty go.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn keep_search(&self, text: &str, now: Ts) -> Result<()> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let tx = self.conn.unchecked_transaction()?;
        // Two in one moment keep their order, and so do those after a clock that was set back.
        tx.prepare_cached(
            "INSERT INTO local_search (text, at) \
             VALUES (?1, max(?2, (SELECT coalesce(max(at), 0) + 1 FROM local_search))) \
             ON CONFLICT (text) DO UPDATE SET at = excluded.at",
        )?
        .execute(params![text, now])?;
        tx.prepare_cached(
            "DELETE FROM local_search WHERE text NOT IN (SELECT text FROM local_search ORDER BY at DESC LIMIT ?1)",
        )?
        .execute([SEARCHES])?;
        tx.commit()?;
        Ok(())
    }
}

/// The last searches, the newest first, at most so many.
///
/// # Errors
/// The database cannot be read.
pub fn searches(reader: &Reader, limit: u32) -> Result<Vec<String>> {
    let mut query = reader.conn.prepare_cached("SELECT text FROM local_search ORDER BY at DESC LIMIT ?1")?;
    Ok(query.query_map([limit], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
