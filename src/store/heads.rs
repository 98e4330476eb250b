//! The newest head that this machine has seen of an office, kept outside its file: an old copy put back shows at once,
//! without anybody typing a code. One small file an office, in the platform's folder for state.

use super::{Reader, Store, query};
use crate::domain::ids::OpRef;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::chain::{Digest, Frontier};
use crate::log::event::Event;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What the file holds: no name, no number.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// The head code.
    head: String,
    /// When its op was recorded.
    at: Ts,
    /// The end of every desk.
    frontier: Frontier,
}

/// A file that is older than what this machine saw last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// How many entries it lacks; none where it holds others in their place.
    pub missing: i64,
    /// The head code that was seen last.
    pub head: String,
    /// When its op was recorded.
    pub at: Ts,
}

/// Where the newest head of one office is kept.
#[derive(Debug)]
pub(super) struct Keeper {
    path: PathBuf,
    /// The file is behind: what is kept stays, until it is settled which one counts.
    behind: bool,
}

impl Keeper {
    /// Keeps the head as it now stands. What cannot be kept is no fault of the act that was written.
    pub(super) fn keep(&self, conn: &Connection) {
        if self.behind {
            return;
        }
        if let Err(error) = kept_now(conn).and_then(|kept| write(&self.path, &kept)) {
            tracing::warn!(?error, "the head could not be kept outside the file");
        }
    }
}

impl Store {
    /// Compares the office with what this machine saw of it last, and keeps its head in `folder` from now on. A
    /// rehearsal has none: every demonstration is the same office.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn keep_head(&mut self, folder: &Path) -> Result<Option<Behind>> {
        let Some(path) = file_of(&self.conn, folder)? else { return Ok(None) };
        let behind = match read(&path) {
            Some(kept) => compare(&self.conn, &kept)?,
            None => None,
        };
        let keeper = Keeper { path, behind: behind.is_some() };
        keeper.keep(&self.conn);
        self.keeper = Some(keeper);
        Ok(behind)
    }

    /// From now on this file counts, whatever was seen before: after a restore, or when it is known why it is older.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn settle_head(&mut self, folder: &Path) -> Result<()> {
        if let Some(path) = file_of(&self.conn, folder)? {
            let keeper = Keeper { path, behind: false };
            keeper.keep(&self.conn);
            self.keeper = Some(keeper);
        }
        Ok(())
    }
}

impl Reader {
    /// How the office compares with what this machine saw of it last; nothing is kept.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn behind(&self, folder: &Path) -> Result<Option<Behind>> {
        let Some(path) = file_of(&self.conn, folder)? else { return Ok(None) };
        read(&path).map_or(Ok(None), |kept| compare(&self.conn, &kept))
    }
}

/// The file of an office; none of a rehearsal.
fn file_of(conn: &Connection, folder: &Path) -> Result<Option<PathBuf>> {
    if query::settings_in(conn)?.rehearsal {
        return Ok(None);
    }
    let first: Option<(i64, i64)> = conn
        .query_row("SELECT desk, seq FROM log_op ORDER BY lamport LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((desk, seq)) = first else { return Ok(None) };
    let opened = super::project::events_of(conn, desk, seq)?.into_iter().find_map(|event| match event {
        Event::OfficeOpened(opened) => Some(opened.office),
        _ => None,
    });
    Ok(opened.map(|office| folder.join("heads").join(format!("{office}.json"))))
}

fn kept_now(conn: &Connection) -> Result<Kept> {
    let at: Option<Ts> = conn
        .prepare_cached("SELECT recorded_at FROM log_op ORDER BY lamport DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(Kept { head: query::head_of(conn)?, at: at.unwrap_or_default(), frontier: query::frontier_in(conn)? })
}

fn read(path: &Path) -> Option<Kept> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

fn write(path: &Path, kept: &Kept) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        // Readable by its owner alone, as temporary files are.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(kept)?)?;
        file.persist(path)?;
        Ok(())
    };
    written().map_err(|error| crate::error::Error::internal("keeping a head", error))
}

/// What a file lacks of what was seen, or holds otherwise.
fn compare(conn: &Connection, kept: &Kept) -> Result<Option<Behind>> {
    let now = query::frontier_in(conn)?;
    let (mut missing, mut other) = (0, false);
    for (desk, end) in kept.frontier.ends() {
        match now.end(*desk) {
            Some(ours) if ours.seq >= end.seq => {
                let op = OpRef { desk: *desk, seq: end.seq };
                other |= hash_of(conn, op)? != Some(end.hash);
            }
            ours => missing += end.seq - ours.map_or(0, |ours| ours.seq),
        }
    }
    let behind = Behind { missing, head: kept.head.clone(), at: kept.at };
    Ok((missing > 0 || other).then_some(behind))
}

fn hash_of(conn: &Connection, op: OpRef) -> Result<Option<Digest>> {
    Ok(conn
        .prepare_cached(
            "SELECT o.hash FROM log_op o JOIN log_desk d ON d.no = o.desk WHERE d.id = ?1 AND o.seq = ?2",
        )?
        .query_row(params![op.desk, op.seq], |row| row.get(0))
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::act::Act;
    use crate::store::tests::Office;
    use crate::store::{Store, backup};

    fn note() -> Act {
        Act::Note { subject: None, text: "停电".to_owned() }
    }

    #[test]
    fn an_old_copy_put_back_shows_without_a_code() {
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        assert_eq!(office.store.keep_head(state.path()).unwrap(), None);
        let copy = office.folder.path().join("copy.db");
        backup::backup(&office.reader(), &copy).unwrap();
        office.act(&note());
        office.act(&note());
        let head = query::head(&office.reader()).unwrap();
        assert_eq!(office.reader().behind(state.path()).unwrap(), None);
        let old = Reader::open(&copy).unwrap();
        let behind = old.behind(state.path()).unwrap().unwrap();
        assert_eq!((behind.missing, behind.head), (2, head));
        // Restored by a command it is known why it is older.
        let path = office.folder.path().join("restored.db");
        let (mut store, _) = backup::restore(&copy, &path, &mut office.ids, office.now).unwrap();
        assert!(store.keep_head(state.path()).unwrap().is_some());
        store.settle_head(state.path()).unwrap();
        assert_eq!(Store::open(&path).unwrap().keep_head(state.path()).unwrap(), None);
        // What was left behind is now the other one: another desk goes on.
        assert!(office.reader().behind(state.path()).unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_kept_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        office.store.keep_head(state.path()).unwrap();
        let file = std::fs::read_dir(state.path().join("heads")).unwrap().next().unwrap().unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
