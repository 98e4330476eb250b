//! Copies of an office: taken through SQLite's backup API, verified, put back as a new desk.

use super::{Reader, Store, append, check, open, project};
use crate::domain::ids::{DeskId, Mint};
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::{paper, store as say};
use crate::log::event::DeskStarted;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// Takes a backup into a new file: copied beside its name, synced, renamed. Drafts stay behind; the secrets
/// that row digests are keyed with go along. Returns the head code of the copy.
///
/// # Errors
/// The file exists, or cannot be written.
pub fn backup(reader: &Reader, to: &Path) -> Result<String> {
    if to.exists() {
        return Err(Error::user(Kind::File, say::exists(to.display())).hint(say::EXISTS_HINT));
    }
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let temporary = tempfile::Builder::new()
        .prefix(".zhiban-backup-")
        .tempfile_in(folder)
        .map_err(|e| file_error(&e, to))?;
    copy(&reader.conn, temporary.path())?;
    let head = tidy(temporary.path())?;
    temporary.as_file().sync_all().map_err(|e| file_error(&e, to))?;
    temporary.persist_noclobber(to).map_err(|e| file_error(&e.error, to))?;
    crate::platform::sync_folder(folder).map_err(|e| file_error(&e, to))?;
    Ok(head)
}

fn copy(from: &Connection, to: &Path) -> Result<()> {
    let mut conn = Connection::open_with_flags(
        to,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    let backup = Backup::new(from, &mut conn)?;
    // Between steps the copy holds a read lock only, which stops nobody in WAL. A source that stays locked is
    // waited for a while, then said.
    let mut refused = 0;
    loop {
        match backup.step(4096)? {
            StepResult::Done => return Ok(()),
            StepResult::More => refused = 0,
            _ if refused >= 100 => {
                return Err(Error::user(Kind::NotSaved, say::LOCKED).hint(say::LOCKED_HINT));
            }
            _ => {
                refused += 1;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

/// Makes the copy one file without side files, and leaves this machine's own things out of it.
fn tidy(path: &Path) -> Result<String> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.busy_timeout(Duration::from_secs(1))?;
    conn.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    conn.pragma_update(None, "secure_delete", true)?;
    for table in ["local_draft", "local_search", "local_find"] {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    super::pin_log::leave_out(&conn)?;
    shrink(&conn)?;
    super::query::head_of(&conn)
}

/// The largest copy, in bytes, that is written anew to be smaller: it passes through memory.
const SHRINKS: i64 = 1 << 30;

/// Gives the room back that what was left out took, when that is much of the file: the index of a large school is.
/// What is free in a larger one holds zeros.
fn shrink(conn: &Connection) -> Result<()> {
    let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let free: i64 = conn.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
    let size: i64 = conn.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    if free * 8 > pages && (pages - free) * size <= SHRINKS {
        // Never through a file of the system's folder for temporary ones: nobody would clear it of names.
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.execute_batch("VACUUM")?;
    }
    Ok(())
}

/// Puts a backup back into a new file: verified first, then copied; the copy goes on as a new desk.
///
/// # Errors
/// The backup does not verify; the target exists or cannot be written.
pub fn restore(from: &Path, to: &Path, mint: &mut dyn Mint, now: Ts) -> Result<(Store, check::Report)> {
    if to.exists() {
        return Err(Error::user(Kind::File, say::exists(to.display())).hint(say::EXISTS_HINT));
    }
    // The backup itself is only read: it is copied first, and what is verified is the copy.
    if !from.is_file() {
        return Err(Error::file(say::no_backup(from.display())).hint(say::NO_BACKUP_HINT));
    }
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| of_backup(error.into(), from))?;
    drop(open::create_file(to)?);
    let restored = restore_into(&source, to, mint, now);
    if restored.is_err() {
        open::remove_file(to);
    }
    restored.map_err(|error| of_backup(error, from))
}

fn restore_into(
    source: &Connection,
    to: &Path,
    mint: &mut dyn Mint,
    now: Ts,
) -> Result<(Store, check::Report)> {
    copy(source, to)?;
    let mut conn = open::open_file(to)?;
    project::rebuild_if_stale(&mut conn)?;
    let found = check::check(&Reader::open(to)?, None)?;
    if found.faults_total > 0 {
        return Err(Error::refused(say::backup_bad(found.faults_total)).hint(say::OTHER_BACKUP));
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let old = open::this_desk(&tx)?;
    let (seq, hash) = super::query::head_in(&tx, old.no)?;
    let desk = open::add_desk(&tx, DeskId(mint.id(now)))?;
    let from_hash = blake3::Hash::from_bytes(hash).to_hex().to_string();
    let shift = append::open_shift(&tx)?.map(|(shift, _)| shift);
    append::start_desk(&tx, desk, DeskStarted { from: old.id, from_seq: seq, from_hash, shift }, mint, now)?;
    tx.commit()?;
    if !found.differing.is_empty() {
        project::rebuild(&mut conn)?;
    }
    Ok((Store::over(conn, to, desk), found))
}

fn file_error(error: &std::io::Error, to: &Path) -> Error {
    Error::machine(Kind::NotSaved, error, |why| paper::cannot_write(to.display(), why))
}

/// Opens a backup to read it; one that cannot be used says so of itself, and sends nobody to a restore.
///
/// # Errors
/// It is not there, damaged, of a newer program, or no backup.
pub fn open(from: &Path) -> Result<Reader> {
    if !from.is_file() {
        return Err(Error::file(say::no_backup(from.display())).hint(say::NO_BACKUP_HINT));
    }
    Reader::open(from).map_err(|error| of_backup(error, from))
}

/// A fault found while a backup was read: it is the backup's.
fn of_backup(error: Error, from: &Path) -> Error {
    match error {
        Error::User(user) if user.kind == Kind::Database => {
            let newer = user.hint == Some(say::NEWER_HINT.into());
            if newer {
                return Error::User(user);
            }
            Error::user(Kind::Database, say::backup_damaged(from.display())).hint(say::OTHER_BACKUP)
        }
        Error::Internal(internal) => {
            tracing::error!(context = %internal.context, "a backup cannot be read");
            Error::user(Kind::Database, say::backup_damaged(from.display())).hint(say::OTHER_BACKUP)
        }
        other @ Error::User(_) => other,
    }
}
