//! The newest head that this machine has seen of a desk, kept outside its file: an old copy put back shows at once,
//! without anybody typing a code. One small file a desk, in the platform's folder for state: two files of one office
//! that each go their own way are two desks, and neither is taken for an older one of the other.

use super::{Reader, Store, desk, query};
use crate::domain::ids::{DeskId, OpRef};
use crate::domain::time::Ts;
pub use crate::domain::trust::Behind;
use crate::error::Result;
use crate::log::chain::{Digest, Frontier};
use crate::log::event::Event;
use crate::platform;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the file holds: no name, no number.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    /// The head code.
    head: String,
    /// When its op was recorded.
    at: Ts,
    /// The end of every desk.
    frontier: Frontier,
    /// A digest of the path under which the office was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// How many entries were missing when the file was first found behind: what is written to it since makes up for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    missing: Option<i64>,
}

/// Where the newest head of one desk is kept.
#[derive(Debug)]
pub(super) struct Keeper {
    path: PathBuf,
    place: Option<String>,
    desk: DeskId,
    /// The file is behind: what is kept stays, until it is settled which one counts.
    behind: bool,
    /// Something was written since the head was kept.
    due: std::cell::Cell<bool>,
}

impl Keeper {
    fn new(path: PathBuf, place: Option<String>, desk: DeskId, behind: bool) -> Self {
        Self { path, place, desk, behind, due: std::cell::Cell::new(false) }
    }

    /// Something was written: the head is to be kept, once whoever wrote it has the answer.
    pub(super) fn owe(&self) {
        self.due.set(true);
    }

    /// Keeps the head as it now stands. What cannot be kept is no fault of the act that was written.
    fn keep(&self, conn: &Connection, over: Over) {
        self.due.set(false);
        if self.behind {
            return;
        }
        let kept = kept_now(conn, self.place.clone());
        if let Err(error) = kept.and_then(|kept| write(&self.path, &kept, self.desk, over)) {
            tracing::warn!(?error, "the head could not be kept outside the file");
        }
    }
}

/// What may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// Only what is no newer: another program may have kept a later one in between.
    Older,
    /// Whatever is there: somebody said which file counts.
    Any,
}

impl Drop for Store {
    fn drop(&mut self) {
        self.keep_due();
    }
}

impl Store {
    /// Compares the office with what this machine saw of its desk last, and keeps its head in `folder` from now on. A
    /// rehearsal has none: every demonstration is the same office.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn keep_head(&mut self, folder: &Path) -> Result<Option<Behind>> {
        let Some(path) = file_of(&self.conn, folder)? else { return Ok(None) };
        let behind = behind_in(&self.conn, folder)?;
        if let Some(behind) = &behind
            && let Some(mut kept) = read(&path)
            && kept.head == behind.head
            && kept.missing != Some(behind.missing)
        {
            kept.missing = Some(behind.missing);
            if let Err(error) = write(&path, &kept, self.desk.id, Over::Older) {
                tracing::warn!(?error, "how far the file is behind could not be kept");
            }
        }
        let keeper = Keeper::new(path, place_of(&self.conn), self.desk.id, behind.is_some());
        keeper.keep(&self.conn, Over::Older);
        self.keeper = Some(keeper);
        Ok(behind)
    }

    /// Keeps the head of what was written since it was kept last. It is synced to the disk, and so takes about as long
    /// as an act: nobody waits for it. Dropping the store does it too.
    pub fn keep_due(&self) {
        if let Some(keeper) = self.keeper.as_ref().filter(|keeper| keeper.due.get()) {
            keeper.keep(&self.conn, Over::Older);
        }
    }

    /// From now on this file counts, whatever was seen before: after a restore, or when it is known why it is older.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn settle_head(&mut self, folder: &Path) -> Result<()> {
        let Some(path) = file_of(&self.conn, folder)? else { return Ok(()) };
        let (desk, place) = (desk::this(&self.conn)?.id, place_of(&self.conn));
        // What went on from this desk in this very place does so no more.
        for (other, mut kept) in gone_on(folder, desk, place.as_deref()) {
            kept.place = None;
            if let Err(error) = write(&other, &kept, desk, Over::Any) {
                tracing::warn!(?error, "it could not be settled which file counts");
            }
        }
        let keeper = Keeper::new(path, place, desk, false);
        keeper.keep(&self.conn, Over::Any);
        self.keeper = Some(keeper);
        Ok(())
    }
}

impl Reader {
    /// How the office compares with what this machine saw of its desk last; nothing is kept.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn behind(&self, folder: &Path) -> Result<Option<Behind>> {
        behind_in(&self.conn, folder)
    }
}

/// What was seen of the desk that a file writes as, or of one that went on from it in the same place.
pub(super) fn behind_in(conn: &Connection, folder: &Path) -> Result<Option<Behind>> {
    let Some(path) = file_of(conn, folder)? else { return Ok(None) };
    let desk = desk::this(conn)?.id;
    if let Some(kept) = read(&path).or_else(|| of_office(conn, folder, desk))
        && let Some(behind) = compare(conn, &kept)?
    {
        return Ok(Some(behind));
    }
    for (_, kept) in gone_on(folder, desk, place_of(conn).as_deref()) {
        if let Some(behind) = compare(conn, &kept)? {
            return Ok(Some(behind));
        }
    }
    Ok(None)
}

/// The file of an office's desk; none of a rehearsal.
fn file_of(conn: &Connection, folder: &Path) -> Result<Option<PathBuf>> {
    if query::settings_in(conn)?.rehearsal {
        return Ok(None);
    }
    let desk = desk::this(conn)?.id;
    Ok(Some(folder.join("heads").join(format!("desk-{desk}.json"))))
}

/// What earlier programs kept of the whole office, if it was this desk they saw.
fn of_office(conn: &Connection, folder: &Path, desk: DeskId) -> Option<Kept> {
    let first: Option<(i64, i64)> = conn
        .query_row("SELECT desk, seq FROM log_op ORDER BY lamport LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .ok();
    let (no, seq) = first?;
    let events = super::project::events_of(conn, no, seq).ok()?;
    let office = events.into_iter().find_map(|event| match event {
        Event::OfficeOpened(opened) => Some(opened.office),
        _ => None,
    })?;
    let kept = read(&folder.join("heads").join(format!("{office}.json")))?;
    (kept.frontier.code(desk) == kept.head).then_some(kept)
}

/// Under which path an office lies: a digest, which tells nobody a name.
fn place_of(conn: &Connection) -> Option<String> {
    let path = std::fs::canonicalize(conn.path()?).ok()?;
    let digest = blake3::derive_key("zhiban head place v1", path.as_os_str().as_encoded_bytes());
    Some(blake3::Hash::from_bytes(digest).to_hex().to_string())
}

/// What is kept of other desks that went on from `desk` and were seen in this place.
fn gone_on(folder: &Path, desk: DeskId, place: Option<&str>) -> Vec<(PathBuf, Kept)> {
    let (Some(place), Ok(entries)) = (place, std::fs::read_dir(folder.join("heads"))) else {
        return Vec::new();
    };
    let own = format!("desk-{desk}.json");
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name != own))
        .filter_map(|entry| Some((entry.path(), read(&entry.path())?)))
        .filter(|(_, kept)| kept.place.as_deref() == Some(place) && kept.frontier.end(desk).is_some())
        .collect()
}

fn kept_now(conn: &Connection, place: Option<String>) -> Result<Kept> {
    let at: Option<Ts> = conn
        .prepare_cached("SELECT recorded_at FROM log_op ORDER BY lamport DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let (head, frontier) = (query::head_of(conn)?, query::frontier_in(conn)?);
    Ok(Kept { head, at: at.unwrap_or_default(), frontier, place, missing: None })
}

fn read(path: &Path) -> Option<Kept> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

/// Writes what is kept of a desk: under a temporary name, synced, then renamed, by one program at a time.
fn write(path: &Path, kept: &Kept, desk: DeskId, over: Over) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // At most openings nothing has happened since the last: a sync for nothing would only make them slow.
    if read(path).is_some_and(|there| there == *kept) {
        return Ok(());
    }
    let written = || -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        // Given up when it is closed, however that comes about.
        let _alone = alone(path);
        let seq = |kept: &Kept| kept.frontier.end(desk).map_or(0, |end| end.seq);
        if over == Over::Older && read(path).is_some_and(|there| seq(&there) > seq(kept)) {
            return Ok(());
        }
        // Readable by its owner alone, as temporary files are.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(kept)?)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        platform::sync_folder(folder)
    };
    written().map_err(|error| crate::error::Error::internal("keeping a head", error))
}

/// How often another program's lock is tried, and how long in between, in milliseconds: longer than a head takes to be
/// written, shorter than anybody notices.
const TRIES: u32 = 10;
const BETWEEN: u64 = 20;

/// Holds a desk's head against other programs. Where its disk knows no locks, or somebody keeps one, the newest still
/// wins, but for the moment between a look and a rename: nobody waits for a head.
fn alone(path: &Path) -> Option<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    platform::private_mode(&mut options);
    let file = options.open(path.with_extension("lock")).ok()?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(BETWEEN)),
            Err(TryLockError::Error(_)) => return None,
        }
    }
    tracing::warn!("another program holds the lock of a head: it is kept without");
    None
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
    let behind = missing > 0 || other;
    let missing = missing.max(kept.missing.unwrap_or_default());
    Ok(behind.then(|| Behind { missing, head: kept.head.clone(), at: kept.at }))
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

    impl Office {
        /// An act, and its head kept.
        fn noted(&mut self) {
            self.act(&note());
            self.store.keep_due();
        }
    }

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
        office.noted();
        office.noted();
        let head = query::head(&office.reader()).unwrap();
        assert_eq!(office.reader().behind(state.path()).unwrap(), None);
        let old = Reader::open(&copy).unwrap();
        let behind = old.behind(state.path()).unwrap().unwrap();
        assert_eq!((behind.missing, behind.head), (2, head));
        // Put back elsewhere it is another desk: neither is taken for an older one of the other, and both are kept.
        let path = office.folder.path().join("restored.db");
        let (mut store, _) = backup::restore(&copy, &path, &mut office.ids, office.now).unwrap();
        assert_eq!(store.keep_head(state.path()).unwrap(), None);
        assert_eq!(office.store.keep_head(state.path()).unwrap(), None);
        office.noted();
        assert_eq!(office.reader().behind(state.path()).unwrap(), None);
        assert_eq!(old.behind(state.path()).unwrap().unwrap().missing, 3);
        assert_eq!(Reader::open(&path).unwrap().behind(state.path()).unwrap(), None);
    }

    #[test]
    fn a_copy_that_becomes_a_new_desk_accuses_nobody() {
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        office.store.keep_head(state.path()).unwrap();
        office.noted();
        let path = office.folder.path().join("copy.db");
        office.store.conn.execute("VACUUM INTO ?1", [path.to_str()]).unwrap();
        let mut copy = Store::open(&path).unwrap();
        copy.become_new_desk(None, &mut office.ids, office.now).unwrap();
        assert_eq!(copy.keep_head(state.path()).unwrap(), None);
        office.noted();
        assert_eq!(office.store.keep_head(state.path()).unwrap(), None, "the first goes on");
        assert_eq!(copy.keep_head(state.path()).unwrap(), None, "and so does the copy");
    }

    #[test]
    fn what_the_office_was_before_it_became_a_new_desk_shows_in_its_place() {
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        office.store.keep_head(state.path()).unwrap();
        let path = office.store.path().to_owned();
        let before = office.folder.path().join("before.db");
        office.store.conn.execute("VACUUM INTO ?1", [before.to_str()]).unwrap();
        office.store.become_new_desk(None, &mut office.ids, office.now).unwrap();
        office.store.keep_head(state.path()).unwrap();
        assert_eq!(Reader::open(&before).unwrap().behind(state.path()).unwrap(), None, "it lies elsewhere");
        drop(office.store);
        std::fs::rename(&before, &path).unwrap();
        let mut store = Store::open(&path).unwrap();
        assert_eq!(store.keep_head(state.path()).unwrap().unwrap().missing, 1);
        store.settle_head(state.path()).unwrap();
        assert_eq!(store.keep_head(state.path()).unwrap(), None);
    }

    #[test]
    fn what_is_written_to_an_older_file_makes_up_for_nothing_that_is_missing() {
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        let old = office.folder.path().join("old.db");
        office.store.conn.execute("VACUUM INTO ?1", [old.to_str()]).unwrap();
        office.noted();
        office.noted();
        office.store.keep_head(state.path()).unwrap();
        let mut store = Store::open(&old).unwrap();
        assert_eq!(store.keep_head(state.path()).unwrap().unwrap().missing, 2);
        for _ in 0..3 {
            let author = office.author();
            store.commit(&author, &mut office.ids, &note()).unwrap();
            assert_eq!(store.keep_head(state.path()).unwrap().unwrap().missing, 2);
        }
        assert_eq!(office.store.keep_head(state.path()).unwrap(), None, "the newest one put back");
    }

    #[test]
    fn of_two_programs_that_write_at_once_the_newest_head_stays() {
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        office.store.keep_head(state.path()).unwrap();
        let (path, desk) =
            (file_of(&office.store.conn, state.path()).unwrap().unwrap(), office.store.desk.id);
        // The first has read what it is about to keep, and the second comes in between.
        let first = kept_now(&office.store.conn, None).unwrap();
        office.noted();
        let newest = read(&path).unwrap().head;
        assert_ne!(newest, first.head);
        write(&path, &first, desk, Over::Older).unwrap();
        assert_eq!(read(&path).unwrap().head, newest);
        write(&path, &first, desk, Over::Any).unwrap();
        assert_eq!(read(&path).unwrap().head, first.head, "unless somebody said which counts");
    }

    #[test]
    fn a_head_is_kept_after_the_answer_and_at_the_latest_when_the_store_goes() {
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        office.store.keep_head(state.path()).unwrap();
        let path = file_of(&office.store.conn, state.path()).unwrap().unwrap();
        let before = read(&path).unwrap().head;
        office.act(&note());
        assert_eq!(read(&path).unwrap().head, before);
        let head = query::head(&office.reader()).unwrap();
        drop(office.store);
        assert_eq!(read(&path).unwrap().head, head);
    }

    #[test]
    fn nobody_waits_for_a_head_whose_lock_somebody_keeps() {
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        office.store.keep_head(state.path()).unwrap();
        let path = file_of(&office.store.conn, state.path()).unwrap().unwrap();
        // As another program would that was stopped while it held them.
        let held: Vec<File> = std::fs::read_dir(state.path().join("heads"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|other| *other != path)
            .map(|lock| File::options().write(true).open(lock).unwrap())
            .collect();
        assert_eq!(held.len(), 1);
        held[0].lock().unwrap();
        let (done, ended) = std::sync::mpsc::channel();
        let folder = state.path().to_owned();
        std::thread::spawn(move || {
            office.noted();
            let opened = office.store.keep_head(&folder);
            done.send((office, opened)).unwrap();
        });
        let (office, opened) = ended.recv_timeout(Duration::from_mins(1)).expect("it waits without end");
        assert_eq!(opened.unwrap(), None);
        assert_eq!(
            read(&path).unwrap().head,
            query::head(&office.reader()).unwrap(),
            "the newest still wins"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_kept_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let mut office = Office::new();
        let state = tempfile::tempdir().unwrap();
        office.store.keep_head(state.path()).unwrap();
        let files = std::fs::read_dir(state.path().join("heads")).unwrap();
        let modes: Vec<u32> =
            files.map(|file| file.unwrap().metadata().unwrap().permissions().mode() & 0o777).collect();
        assert_eq!(modes, [0o600; 2], "the head, and what is locked while it is written");
    }
}
