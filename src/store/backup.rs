//! Copies of an office: taken through SQLite's backup API, verified, put back as a new desk.

use super::seal::{Key, Seal, is_sealed};
use super::whole::{self, Unfinished};
use super::{Desk, Reader, Store, append, check, desk, erased, open, project};
use crate::domain::ids::{DeskId, Mint, OfficerId};
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::{file as words, paper, store as say};
use crate::log::event::DeskStarted;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// A backup that was taken.
#[derive(Debug)]
pub struct Taken {
    /// The head code in it.
    pub head: String,
    /// In how many places its log, its tables or its indexes do not hold: the office's own, since a copy has none.
    pub faults: u64,
    /// The digest of the sealed file, hexadecimal.
    pub print: Option<String>,
    /// It is there, and the disk would not say that it keeps its name: what is to be said about that once it is logged.
    pub not_kept: Option<Error>,
}

/// Takes a backup into a new file: copied beside its name, verified, synced, renamed. Drafts stay behind; the secrets
/// that row digests are keyed with go along. Returns the head code of the copy.
///
/// # Errors
/// The file exists, or cannot be written.
pub fn backup(reader: &Reader, to: &Path) -> Result<String> {
    let taken = take(reader, to)?;
    taken.not_kept.map_or(Ok(taken.head), Err)
}

/// The same, and what verifying it found. A damaged office is copied all the same: it may be all there is.
///
/// # Errors
/// As [`backup`].
pub fn take(reader: &Reader, to: &Path) -> Result<Taken> {
    take_checking(reader, to, check_whole)
}

/// The same of an office that was checked a moment ago, and found sound: of the copy it is seen that it was written right.
///
/// # Errors
/// As [`backup`].
pub fn take_of_sound(reader: &Reader, to: &Path) -> Result<Taken> {
    take_checking(reader, to, check::check_written)
}

fn take_checking(reader: &Reader, to: &Path, look: Look) -> Result<Taken> {
    let unfinished = Unfinished::begin(to, "backup")?;
    let (head, faults) = copied(reader, unfinished.path(), look)?;
    let not_kept = unfinished.finish(words::BACKUP_NOT_KEPT_HINT)?;
    Ok(Taken { head, faults, print: None, not_kept })
}

/// How a copy is verified.
type Look = fn(&Reader) -> Result<check::Report>;

fn check_whole(copy: &Reader) -> Result<check::Report> {
    check::check(copy, None)
}

/// Takes a sealed backup. What it is sealed from lies in `beside`, where the office itself lies in clear, and is
/// overwritten and removed: nothing in clear comes to where the backup goes.
///
/// # Errors
/// As [`backup`]; and when nothing can be sealed so.
pub fn take_sealed(reader: &Reader, beside: &Path, to: &Path, seal: &Seal) -> Result<Taken> {
    seal.check()?;
    let sealed = Unfinished::begin(to, "sealed")?;
    let clear = Clear(whole::temporary(beside, "clear").map_err(|error| file_error(&error, beside))?);
    let (head, faults) = copied(reader, &clear.0, check_whole)?;
    let print = seal.seal(&clear.0, sealed.path())?;
    let not_kept = sealed.finish(words::BACKUP_NOT_KEPT_HINT)?;
    Ok(Taken { head, faults, print: Some(print), not_kept })
}

/// A copy in clear that must not stay.
struct Clear(tempfile::TempPath);

impl Drop for Clear {
    fn drop(&mut self) {
        if let Err(error) = wipe(&self.0) {
            tracing::warn!(%error, "a temporary copy was removed without being overwritten");
        }
    }
}

/// Overwrites a file with zeros, as far as the disk writes where it wrote before.
fn wipe(path: &Path) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    let zeros = vec![0; 1 << 16];
    while left > 0 {
        let some = left.min(zeros.len() as u64);
        file.write_all(&zeros[..some as usize])?;
        left -= some;
    }
    file.sync_all()
}

/// Copies the office into an empty file, tidies and verifies the copy: its head code, and in how many places something is wrong with
/// it, in its log or in what is computed from that.
fn copied(reader: &Reader, to: &Path, look: Look) -> Result<(String, u64)> {
    copy(&reader.conn, to)?;
    let head = tidy(to)?;
    let found = look(&Reader::over(open::open_unfinished_to_read(to)?))?;
    Ok((head, found.found()))
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
    leave_own_out(&conn, "backup")?;
    shrink(&conn)?;
    super::query::head_of(&conn)
}

/// Leaves this machine's own things out of a copy. From now on it knows that it is one, of which kind, and nothing of
/// where its office lies.
pub(super) fn leave_own_out(conn: &Connection, kind: &str) -> Result<()> {
    for table in ["local_draft", "local_search", "local_find"] {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    conn.execute("DELETE FROM local_value WHERE key = 'place'", [])?;
    // What was written anew stays so when it is copied: it is older than what went of it.
    let rewritten = erased::is_rewritten(conn)?;
    let kind = if rewritten { erased::REWRITTEN } else { kind };
    conn.execute("INSERT OR REPLACE INTO local_value (key, value) VALUES ('copy', ?1)", [kind])?;
    super::pin_log::leave_out(conn)
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
    let done = restore_with(from, None, to, mint, &mut |_| Ok(now))?;
    Ok((done.store, done.found))
}

/// A backup that was put back.
pub struct Restored {
    /// The office.
    pub store: Store,
    /// What verifying it found.
    pub found: check::Report,
    /// It is there, and the disk would not say that it keeps its name: what is to be said about that.
    pub not_kept: Option<Error>,
}

/// The same with a sealed backup's key, and a present moment that the backup itself may tell. The file appears whole,
/// verified and ready, or not at all.
///
/// # Errors
/// As [`restore`]; the key does not open it.
pub fn restore_with(
    from: &Path,
    key: Option<&Key>,
    to: &Path,
    mint: &mut dyn Mint,
    now: &mut dyn FnMut(&Reader) -> Result<Ts>,
) -> Result<Restored> {
    if !from.is_file() {
        return Err(Error::file(say::no_backup(from.display())).hint(say::NO_BACKUP_HINT));
    }
    let unfinished = Unfinished::begin(to, "restore")?;
    let found = fill(from, key, unfinished.path())
        .and_then(|()| made_ready(unfinished.path(), mint, now))
        .map_err(|error| of_backup(error, from))?;
    let not_kept = unfinished.finish(words::RESTORED_NOT_KEPT_HINT)?;
    Ok(Restored { store: Store::open(to)?, found, not_kept })
}

/// Copies a backup into an empty file. The backup itself is only read.
fn fill(from: &Path, key: Option<&Key>, to: &Path) -> Result<()> {
    match (is_sealed(from), key) {
        (true, Some(key)) => key.open(from, to),
        (true, None) => Err(Error::refused(words::sealed(from.display())).hint(words::SEALED_HINT)),
        (false, _) => copy(&open::open_source(from)?, to),
    }
}

/// Verifies what was copied, and makes it an office that goes on as a new desk: one file, closed.
fn made_ready(
    path: &Path,
    mint: &mut dyn Mint,
    now: &mut dyn FnMut(&Reader) -> Result<Ts>,
) -> Result<check::Report> {
    let mut conn = open::open_unfinished(path)?;
    open::known(&conn, path)?;
    open::migrate(&conn)?;
    project::rebuild_if_stale(&mut conn)?;
    let reader = Reader::over(open::open_unfinished_to_read(path)?);
    let found = check::check(&reader, None)?;
    if found.faults_total > 0 {
        return Err(Error::refused(say::backup_bad(found.faults_total)).hint(say::OTHER_BACKUP));
    }
    let now = now(&reader)?;
    drop(reader);
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    start_anew(&tx, None, mint, now)?;
    tx.execute("DELETE FROM local_value WHERE key IN ('copy', 'place', 'left')", [])?;
    tx.commit()?;
    if !found.differing.is_empty() {
        project::rebuild(&mut conn)?;
    }
    Ok(found)
}

/// Goes on as a new desk after the old one's last op, inside the caller's transaction.
pub(super) fn start_anew(
    tx: &Connection,
    officer: Option<OfficerId>,
    mint: &mut dyn Mint,
    now: Ts,
) -> Result<Desk> {
    let old = desk::this(tx)?;
    let (seq, hash) = super::query::head_in(tx, old.no)?;
    let desk = desk::add(tx, DeskId(mint.id(now)))?;
    let from_hash = blake3::Hash::from_bytes(hash).to_hex().to_string();
    let shift = append::open_shift(tx)?.map(|(shift, _)| shift);
    // What an erasure took that the log does not know of is sworn to here, once, by whoever restores it.
    let erased = if erased::is_rewritten(tx)? { erased::beyond_digest(tx)? } else { None };
    let left = erased.is_some().then(|| erased::left_beyond(tx)).transpose()?;
    let started = DeskStarted { from: old.id, from_seq: seq, from_hash, shift, erased, left };
    append::start_desk(tx, desk, started, officer, mint, now)?;
    Ok(desk)
}

fn file_error(error: &io::Error, to: &Path) -> Error {
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
