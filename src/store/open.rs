//! Opening a database file: identity, versions, settings that are asserted, not hoped for.

use super::desk::{self, Desk};
use super::{layout, project, schema, whole};
use crate::domain::ids::{DeskId, Mint};
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::{file as words, store as say};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another before it says so. The desk waits on its database thread.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Opens a file that is being made. What befalls it before it is finished does not matter: it has no side files, and
/// is synced once, at its end.
pub(super) fn open_unfinished(path: &Path) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, flags())?;
    configure(&conn, false, BUSY)?;
    // A copy of a file that was in use may want a log beside it.
    pragma(&conn, "journal_mode", "delete", "delete")?;
    pragma(&conn, "journal_mode", "memory", "memory")?;
    pragma(&conn, "synchronous", "OFF", "0")?;
    Ok(conn)
}

/// Opens a file that is being made, to look at it.
pub(super) fn open_unfinished_to_read(path: &Path) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, flags())?;
    configure(&conn, false, BUSY)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// Opens a backup to copy it.
pub(super) fn open_source(path: &Path) -> Result<Connection> {
    // Whoever may only read cannot take away the side files that reading a database with a log needs.
    let flags = if has_log(path) {
        flags()
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
    };
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY)?;
    leave_log(&conn, path)?;
    conn.pragma_update(None, "query_only", true)?;
    match conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(Error::from) {
        Err(error) if takes_nothing(&error) => open_as_it_lies(path).map_err(|other| other.unwrap_or(error)),
        other => other.map(|()| conn),
    }
}

/// Whether a database is kept with a log beside it, by its header.
fn has_log(path: &Path) -> bool {
    use std::io::Read as _;
    let mut header = [0; 20];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut header)).is_ok() && header[19] == 2
}

/// Whoever only reads takes nothing of the log beside a file into it, not even as the last to close it: what is looked
/// at stays as it is, byte by byte. An empty log goes.
fn leave_log(conn: &Connection, path: &Path) -> Result<()> {
    if whole::beside(path, "-wal").metadata().is_ok_and(|meta| meta.len() > 0) {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    Ok(())
}

/// What a file is opened for.
#[derive(Clone, Copy)]
pub(super) enum Use {
    /// To look at it.
    Read,
    /// To write to it, wherever it was last written.
    Write,
    /// To write to it, unless this refuses, before anything is written.
    WriteUnless(fn(&Connection, &Path) -> Result<()>),
}

/// Opens an existing office to write; migrates the log tables of older formats. Another program is waited for as long
/// as `patience`.
pub(super) fn open_file(path: &Path, what: Use, patience: Duration) -> Result<Connection> {
    let conn = open_checked(path, what, patience)?;
    migrate(&conn)?;
    Ok(conn)
}

/// Takes the log beside a database into it.
pub(super) fn settle(path: &Path) -> Result<()> {
    let conn = open_checked(path, Use::Write, BUSY)?;
    conn.busy_timeout(Duration::from_millis(200))?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Whether a file says of itself that it is a backup.
pub(super) fn is_marked(conn: &Connection) -> Result<bool> {
    let marked = conn.query_row("SELECT 1 FROM local_value WHERE key = 'copy'", [], |_| Ok(()));
    Ok(marked.optional()?.is_some())
}

/// Refuses to write to a backup.
fn refuse_copy(conn: &Connection, path: &Path) -> Result<()> {
    if is_marked(conn)? {
        return Err(Error::user(Kind::ReadOnly, words::IS_BACKUP).hint(words::is_backup_hint(path.display())));
    }
    Ok(())
}

fn version(conn: &Connection) -> Result<i32> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Whether a file was left by an older program: in its format, or in what it computed from the log.
pub(super) fn is_older(conn: &Connection) -> Result<bool> {
    Ok(version(conn)? < schema::LOG_VERSION || project::is_stale(conn)?)
}

/// Whether a file is of a format in which people can be erased.
pub(super) fn knows_erasure(conn: &Connection) -> Result<bool> {
    Ok(version(conn)? >= 4)
}

/// Brings the log and local tables up to date, each step in a transaction of its own: a step that fails leaves the
/// version before it, which this program and older ones can go on from.
pub(super) fn migrate(conn: &Connection) -> Result<()> {
    while version(conn)? < schema::LOG_VERSION {
        let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited for the lock.
        let at = version(&tx)?;
        let step = usize::try_from(at - 1).ok().and_then(|at| schema::MIGRATIONS.get(at));
        if let Some(step) = step {
            tx.execute_batch(step)?;
            tx.pragma_update(None, "user_version", at + 1)?;
        } else if at < schema::LOG_VERSION {
            return Err(Error::internal("opening a database", format!("no way from format {at}")));
        }
        tx.commit()?;
    }
    Ok(())
}

/// Opens an existing office to read. Where its folder cannot be written it is read as it lies there.
pub(super) fn open_to_read(path: &Path) -> Result<Connection> {
    open_to_read_within(path, BUSY)
}

/// The same, and another program is waited for as long as `patience`.
pub(super) fn open_to_read_within(path: &Path, patience: Duration) -> Result<Connection> {
    let conn = match open_checked(path, Use::Read, patience) {
        Err(error) if takes_nothing(&error) => {
            open_as_it_lies(path).map_err(|other| other.unwrap_or(cannot_read(path)))?
        }
        other => other?,
    };
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// Whether the folder or the disk takes nothing; a file that is locked will be free again.
fn takes_nothing(error: &Error) -> bool {
    matches!(error, Error::User(user) if user.kind == Kind::NotSaved && user.what != say::LOCKED.into())
}

fn cannot_read(path: &Path) -> Error {
    Error::user(Kind::Database, say::cannot_read(path.display())).hint(say::READ_ONLY_HINT)
}

/// Opens a file of an office as it lies, whatever stands in a log beside it: nothing is made or taken in.
pub(super) fn as_it_lies(path: &Path) -> Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let address = address_of(path).ok_or_else(|| Error::internal("opening", "a path that is no text"))?;
    Ok(Connection::open_with_flags(format!("file:{address}?immutable=1"), flags)?)
}

/// A database with a log needs shared memory beside it even to be read. Where none can be made, because the folder or
/// the disk takes nothing more, nobody can be writing either: the file is read as it is, if no log lies beside it.
fn open_as_it_lies(path: &Path) -> Result<Connection, Option<Error>> {
    let log = whole::beside(path, "-wal").metadata().map_or(0, |meta| meta.len());
    if log > 0 {
        return Err(Some(
            Error::user(Kind::Database, words::unsettled(path.display())).hint(words::UNSETTLED_HINT),
        ));
    }
    // Somebody else's, who may be writing.
    let memory = whole::beside(path, "-shm");
    if memory.exists() && !crate::platform::may_read(&memory) {
        return Err(None);
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let address = address_of(path).ok_or(None)?;
    let conn = Connection::open_with_flags(format!("file:{address}?immutable=1"), flags).map_err(|_| None)?;
    known(&conn, path).map_err(|error| Some(named(error, path)))?;
    configure(&conn, false, BUSY).map_err(|_| None)?;
    Ok(conn)
}

/// A path as it stands in an address.
fn address_of(path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
    let each = path.to_str()?.bytes();
    Some(
        each.map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect(),
    )
}

/// Refuses to read what only a writer could bring up to date.
pub(super) fn refuse_old(conn: &Connection, path: &Path) -> Result<()> {
    if is_older(conn)? {
        return Err(
            Error::user(Kind::Database, words::old_format(path.display())).hint(words::OLD_FORMAT_HINT)
        );
    }
    Ok(())
}

/// Opens a file, and says which it is when it is damaged.
fn open_checked(path: &Path, what: Use, patience: Duration) -> Result<Connection> {
    open_known(path, what, patience).map_err(|error| named(error, path))
}

/// Names the file that a damage was found in.
pub(super) fn named(error: Error, path: &Path) -> Error {
    match error {
        Error::User(mut user) if user.what == say::DAMAGED.into() => {
            user.what = say::damaged(path.display());
            Error::User(user)
        }
        other => other,
    }
}

fn open_known(path: &Path, what: Use, patience: Duration) -> Result<Connection> {
    let write = !matches!(what, Use::Read);
    let shown = path.display();
    if !path.exists() {
        return Err(Error::not_found(say::missing(shown)).hint(say::MISSING_HINT));
    }
    if whole::is_unfinished(path) {
        return Err(Error::user(Kind::Database, words::unfinished(shown)).hint(words::UNFINISHED_HINT));
    }
    let conn = Connection::open_with_flags(path, flags())?;
    conn.busy_timeout(patience)?;
    if !write {
        leave_log(&conn, path)?;
    }
    known(&conn, path)?;
    if write {
        // Before anything is: a backup stays as it is, bit by bit.
        if conn.is_readonly(rusqlite::MAIN_DB)? {
            return Err(Error::user(Kind::NotSaved, say::READ_ONLY).hint(say::READ_ONLY_HINT));
        }
        refuse_copy(&conn, path)?;
        if let Use::WriteUnless(refuses) = what {
            refuses(&conn, path)?;
        }
    }
    configure(&conn, write, patience)?;
    Ok(conn)
}

/// Whether this is an office that this program knows.
pub(super) fn known(conn: &Connection, path: &Path) -> Result<()> {
    let shown = path.display();
    let app: i32 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if app != schema::APPLICATION_ID {
        return Err(Error::user(Kind::Database, say::not_ours(shown)).hint(say::NOT_OURS_HINT));
    }
    let version = version(conn)?;
    if version > schema::LOG_VERSION {
        return Err(Error::user(Kind::Database, say::newer(shown, version, schema::LOG_VERSION))
            .hint(say::NEWER_HINT));
    }
    Ok(())
}

/// A reader opens read-write all the same: a WAL database needs its shared memory; `query_only` holds it.
fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// The settings of a safe database, each read back: what did not take is an error, not a hope.
fn configure(conn: &Connection, write: bool, patience: Duration) -> Result<()> {
    conn.busy_timeout(patience)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A plan is made once, not anew for each value: an index over part of a table, with a condition on its values, made
    // SQLite plan the statements that every fold asks at each of their runs, for half of all time.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if write {
        pragma(conn, "journal_mode", "wal", "wal")?;
    }
    for (name, set, want) in [
        ("synchronous", "FULL", "2"),
        ("foreign_keys", "ON", "1"),
        ("recursive_triggers", "ON", "1"),
        ("trusted_schema", "OFF", "0"),
        ("cell_size_check", "ON", "1"),
        ("secure_delete", "ON", "1"),
        ("temp_store", "MEMORY", "2"),
        // 16 MiB: with a million people every inner page of their table stays at hand, and a row is one read.
        ("cache_size", "-16384", "-16384"),
    ] {
        pragma(conn, name, set, want)?;
    }
    let defensive = conn.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE)?;
    if !defensive {
        return Err(setting_refused("defensive", "0"));
    }
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn pragma(conn: &Connection, name: &str, set: &str, want: &str) -> Result<()> {
    // Some pragmas answer with a row when set, some do not; either is fine, the reading back counts.
    conn.query_row(&format!("PRAGMA {name} = {set}"), [], |_| Ok(())).optional()?;
    let got: rusqlite::types::Value = conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?;
    let got = match got {
        rusqlite::types::Value::Integer(n) => n.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => format!("{other:?}"),
    };
    if got.eq_ignore_ascii_case(want) { Ok(()) } else { Err(setting_refused(name, &got)) }
}

/// A setting that did not take: which one is for the diary.
fn setting_refused(name: &str, got: &str) -> Error {
    tracing::error!(setting = name, got, "a database setting did not take");
    Error::user(Kind::Database, say::SETTING_REFUSED).hint(say::SETTING_HINT)
}

/// Lays out a new database inside the caller's transaction.
pub(super) fn lay_out(conn: &Connection, mint: &mut dyn Mint, now: Ts) -> Result<Desk> {
    layout::lay_out(conn)?;
    conn.execute_batch(&format!(
        "PRAGMA application_id = {}; PRAGMA user_version = {};",
        schema::APPLICATION_ID,
        schema::LOG_VERSION
    ))?;
    project::set_version(conn)?;
    desk::add(conn, DeskId(mint.id(now)))
}
