//! Backups after an erasure: what the office erased is taken out of them too. A backup is never changed where it lies: a
//! copy beside it is, and takes its place once it verifies.

use super::erase::{apply, drop_local};
use super::erased::REWRITTEN;
use super::{Reader, backup, check, erased, open, project, whole};
use crate::domain::erase::Rewritten;
use crate::domain::ids::{DeskId, OpRef};
use crate::domain::traces::Traces;
use crate::error::{Error, Kind, Result};
use crate::i18n::{paper, store as say};
use crate::log::event::PersonErased;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use std::io::Read;
use std::path::Path;
use uuid::Uuid;

/// The first bytes of every SQLite file.
const SQLITE: &[u8] = b"SQLite format 3\0";
/// The first bytes of a sealed file.
const SEALED: [&[u8]; 2] = [b"age-encryption.org/", b"-----BEGIN AGE"];
/// Where in the header the format of writing stands: two when the file is an office at work, with a WAL.
const WRITES_AT: usize = 18;
/// There, of a file that may have a WAL.
const WITH_WAL: u8 = 2;

/// Takes what the office erased out of one backup of it.
///
/// # Errors
/// It cannot be read or written.
pub fn rewrite(office: &Reader, backup: &Path) -> Result<Rewritten> {
    let Some(kind) = looked_at(office, backup)? else { return rewrite_known(office, backup) };
    Ok(kind)
}

/// What a file is by its first bytes; nothing when it may be a backup.
///
/// One with a WAL may be a backup of a former program, or an office at work: it is left as it is, and named when it holds
/// somebody who was erased.
fn looked_at(office: &Reader, file: &Path) -> Result<Option<Rewritten>> {
    let same = |path: &str| {
        let own = Path::new(path).canonicalize();
        own.is_ok_and(|own| file.canonicalize().is_ok_and(|other| own == other))
    };
    if office.conn.path().is_some_and(same) {
        return Ok(Some(Rewritten::NoBackup));
    }
    let mut head = [0; 100];
    let mut opened = std::fs::File::open(file).map_err(|error| file_error(&error, file))?;
    let mut length = 0;
    while length < head.len() {
        match opened.read(&mut head[length..]).map_err(|error| file_error(&error, file))? {
            0 => break,
            more => length += more,
        }
    }
    let head = &head[..length];
    if SEALED.iter().any(|mark| head.starts_with(mark)) {
        return Ok(Some(Rewritten::Sealed));
    }
    if !head.starts_with(SQLITE) {
        return Ok(Some(Rewritten::NoBackup));
    }
    match head.get(WRITES_AT) {
        Some(1) => Ok(None),
        Some(&WITH_WAL) => with_wal(office, file).map(Some),
        _ => Ok(Some(Rewritten::NoBackup)),
    }
}

/// What a file with a WAL is to this office; it is read as it lies, and nothing is made beside it.
fn with_wal(office: &Reader, file: &Path) -> Result<Rewritten> {
    let Ok(source) = open::as_it_lies(file) else { return Ok(Rewritten::NoBackup) };
    let Ok(Some(whose)) = office_of(&source) else { return Ok(Rewritten::NoBackup) };
    if Some(whose) != office_of(&office.conn)? {
        return Ok(Rewritten::OtherOffice);
    }
    let owed = owed(&source, erased::erasures(&office.conn)?)?;
    Ok(if owed.is_empty() { Rewritten::NoBackup } else { Rewritten::InUse })
}

fn rewrite_known(office: &Reader, backup: &Path) -> Result<Rewritten> {
    let source = Connection::open_with_flags(
        backup,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    let Ok(whose) = office_of(&source) else { return Ok(Rewritten::NoBackup) };
    if whose.is_none() || whose != office_of(&office.conn)? {
        return Ok(Rewritten::OtherOffice);
    }
    let todo = owed(&source, erased::erasures(&office.conn)?)?;
    if todo.is_empty() {
        return Ok(Rewritten::Clean);
    }
    drop(source);
    let folder = whole::folder_of(backup);
    let beside = whole::temporary_folder(folder, "erasing").map_err(|error| file_error(&error, backup))?;
    let (work, new) = (beside.path().join("work"), beside.path().join("new"));
    std::fs::copy(backup, &work).map_err(|error| file_error(&error, backup))?;
    if !take_out(&work, &todo, &new)? || check::check(&Reader::open(&new)?, None)?.faults_total > 0 {
        return Ok(Rewritten::Damaged);
    }
    let written = std::fs::File::open(&new).and_then(|file| file.sync_all());
    written
        .and_then(|()| std::fs::rename(&new, backup))
        .and_then(|()| crate::platform::sync_folder(folder))
        .map_err(|error| file_error(&error, backup))?;
    Ok(Rewritten::Done(todo.len()))
}

/// Takes the erased out of a copy, and writes what is left into a new file: there is no free room in that, with
/// remnants in it. Answers whether the copy was sound before.
fn take_out(work: &Path, todo: &[(OpRef, PersonErased)], new: &Path) -> Result<bool> {
    let mut conn = open::open_unfinished(work)?;
    open::known(&conn, work)?;
    open::migrate(&conn)?;
    project::rebuild_if_stale(&mut conn)?;
    // What is missing before has to be right: afterwards nothing would tell.
    if check::check(&Reader::over(open::open_unfinished_to_read(work)?), None)?.faults_total > 0 {
        return Ok(false);
    }
    let tx = Transaction::new_unchecked(&conn, TransactionBehavior::Immediate)?;
    for (by, erased) in todo {
        apply(&tx, *by, erased)?;
        drop_local(&tx, erased.person, &Traces::default())?;
    }
    erased::keep_left(&tx)?;
    backup::leave_own_out(&tx, REWRITTEN)?;
    tx.commit()?;
    let target = new.to_str().ok_or_else(|| Error::internal("erasing", "a folder whose name is no text"))?;
    conn.execute("VACUUM INTO ?1", [target])?;
    Ok(true)
}

/// The erasures that this copy is older than and that name something it holds.
fn owed(copy: &Connection, all: Vec<(OpRef, i64, PersonErased)>) -> Result<Vec<(OpRef, PersonErased)>> {
    let mut out = Vec::new();
    for (by, _, erased) in all {
        if end_of(copy, by.desk)? >= by.seq {
            continue;
        }
        let secret: bool = copy.query_row(
            "SELECT EXISTS (SELECT 1 FROM local_secret WHERE person = ?1)",
            [erased.person],
            |row| row.get(0),
        )?;
        let mut holds = secret;
        for op in &erased.removed {
            if holds {
                break;
            }
            holds = end_of(copy, op.desk)? >= op.seq && !done(copy, by, op.desk, op.seq)?;
        }
        if holds {
            out.push((by, erased));
        }
    }
    Ok(out)
}

/// Whether an erasure was done of this op already.
fn done(copy: &Connection, by: OpRef, desk: DeskId, seq: i64) -> Result<bool> {
    let knows: bool = copy.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'log_erased')",
        [],
        |row| row.get(0),
    )?;
    if !knows {
        return Ok(false);
    }
    let sql = |table: &str| {
        format!(
            "EXISTS (SELECT 1 FROM {table} x JOIN log_desk d ON d.no = x.desk \
             WHERE d.id = ?1 AND x.seq = ?2 AND x.by_desk = ?3 AND x.by_seq = ?4)"
        )
    };
    Ok(copy.query_row(
        &format!("SELECT {} OR {}", sql("log_erased"), sql("log_erased_row")),
        rusqlite::params![desk, seq, by.desk, by.seq],
        |row| row.get(0),
    )?)
}

/// The last op of a desk in this file.
fn end_of(conn: &Connection, desk: DeskId) -> Result<i64> {
    let end: Option<i64> = conn
        .prepare_cached(
            "SELECT max(o.seq) FROM log_op o WHERE o.desk = (SELECT no FROM log_desk WHERE id = ?1)",
        )?
        .query_row([desk], |row| row.get(0))?;
    Ok(end.unwrap_or(0))
}

/// Which office this file is of.
fn office_of(conn: &Connection) -> Result<Option<Uuid>> {
    let found: Option<String> = conn
        .query_row(
            "SELECT b.body ->> '$.office' FROM log_event e \
             JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             WHERE e.kind = 'office.opened' LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.and_then(|id| Uuid::try_parse(&id).ok()))
}

fn file_error(error: &std::io::Error, path: &Path) -> Error {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Error::file(say::no_backup(path.display())).hint(say::NO_BACKUP_HINT);
    }
    Error::machine(Kind::NotSaved, error, |why| paper::cannot_write(path.display(), why))
}
