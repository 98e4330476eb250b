//! The database: schema and settings, the one write transaction of acts, projections, queries, local state.
//!
//! [`Store`] writes; [`Reader`] reads. Both may be open at once, in one process or several: SQLite's WAL lets
//! readers go on while one writes. Times and ids come in from the caller: this room has no clock.

pub mod act;
mod adoption;
mod append;
mod as_of;
pub mod backup;
mod books;
#[cfg(test)]
mod chase_tests;
pub mod check;
mod corrected;
mod desk;
#[cfg(test)]
mod doubt_tests;
pub mod drill;
mod erase;
pub mod erase_backup;
#[cfg(test)]
mod erase_tests;
mod erased;
#[cfg(test)]
mod filter_tests;
#[cfg(test)]
mod find_tests;
#[cfg(test)]
mod finding_tests;
#[cfg(test)]
mod followup_tests;
#[cfg(test)]
mod glance_tests;
pub mod heads;
mod layout;
#[cfg(test)]
mod ledger_checks_tests;
#[cfg(test)]
mod ledger_find_tests;
#[cfg(test)]
mod ledger_lives_tests;
#[cfg(test)]
mod ledger_property;
#[cfg(test)]
mod ledger_tests;
pub mod ledgers;
mod load;
pub mod local;
#[cfg(test)]
mod local_tests;
mod lock;
#[cfg(test)]
mod logged_tests;
mod open;
#[cfg(test)]
mod outside_tests;
#[cfg(test)]
mod owed_tests;
mod parts;
mod pin;
mod pin_kept;
mod pin_log;
mod place;
pub mod probe;
mod project;
mod proof;
#[cfg(test)]
mod property;
pub mod query;
#[cfg(test)]
mod raise_tests;
#[cfg(test)]
mod received_tests;
#[cfg(test)]
mod rights_tests;
pub mod rotate;
mod schema;
pub mod seal;
#[cfg(test)]
mod signs_tests;
#[cfg(test)]
mod slots_tests;
mod sql;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod version_tests;
pub mod whole;
mod withdrawn;

use crate::domain::ids::Mint;
use crate::domain::office::Settings;
use crate::domain::time::Ts;
use crate::domain::trust::Left;
use crate::error::{Error, Kind, Result};
use crate::i18n::store as say;
use act::{Act, Author, Committed};
use desk::Desk;
pub use pin::Tries;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often the log is looked through anew for an erasure, outside of its transaction, because others wrote meanwhile.
const LOOKS: u32 = 3;

/// The writing connection. Lives on one thread: the desk's database thread, or a command.
pub struct Store {
    conn: Connection,
    path: PathBuf,
    desk: Desk,
    /// At which change of the schema it was last compared with what is laid out, and whether it was the same.
    laid_out: std::cell::Cell<Option<(i64, bool)>>,
    /// How long the machine has been running, where that is told and not asked of it.
    uptime: Option<Box<Uptime>>,
    /// Where the newest head is kept outside the file, once that is told.
    keeper: Option<heads::Keeper>,
    /// Wrong PINs that could not be counted in the file.
    tries: Tries,
    /// What the last erasure could not clear, until somebody asks.
    left: Option<Left>,
}

/// Tells how long the machine has been running, given the time.
type Uptime = dyn Fn(Ts) -> crate::platform::Uptime + Send;

/// A reading connection: each query sees one consistent snapshot.
pub struct Reader {
    conn: Connection,
    seen: std::cell::Cell<Option<i64>>,
    /// How often the projections had been built when `query::stamp` last looked.
    built: std::cell::Cell<Option<i64>>,
    /// How often the clock was seen to move in the open shift.
    jumps: std::cell::Cell<Option<query::Jumps>>,
    /// Whose PIN others took away, as it was read last.
    pins_taken: std::cell::RefCell<Option<query::PinsTaken>>,
    /// The log in words, once it was filtered.
    worded: std::cell::RefCell<query::Worded>,
    /// What did not add up in the ledger looked at last.
    checked: std::cell::RefCell<Option<query::Checked>>,
    /// How the units stood at the moment looked at last.
    stood: std::cell::RefCell<Option<query::Stood>>,
    /// What was doubted when it was looked at last.
    doubted: std::cell::RefCell<Option<query::Doubted>>,
}

/// Breaks off what a reader is reading, from another thread.
pub struct Interrupt(rusqlite::InterruptHandle);

impl Interrupt {
    /// What is being read fails.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// What a new office begins with.
#[derive(Debug, Clone)]
pub struct NewOffice {
    /// What was chosen.
    pub settings: Settings,
    /// The first officer, on duty in a first shift.
    pub officer: String,
    /// Every officer besides.
    pub others: Vec<String>,
    /// Rules as adopted at the start.
    pub rules: crate::log::event::Adopted,
}

/// Supplies the acts of a made-up office one by one; given what the last one made.
pub type ActSource<'a> = dyn FnMut(&mut dyn Mint, &Committed) -> Result<Option<(Author, Act)>> + 'a;

/// Cuts the paper of a handover that is about to be signed, and lays it into the act; given the office as it stands.
pub type Cut<'a> = dyn FnMut(&Reader, Ts, &mut act::Close) -> Result<()> + 'a;

impl Store {
    /// Makes a new office in a new file.
    ///
    /// # Errors
    /// Refused when the file exists; not saved when it cannot be written.
    pub fn create(path: &Path, new: &NewOffice, mint: &mut dyn Mint, now: Ts) -> Result<Self> {
        Self::create_with(path, new, mint, now, &mut |_, _| Ok(None), None)
    }

    /// Makes a new office and everything in `acts`: the file has its name once all of it is written. The first
    /// `Committed` given to `acts` is that of the opening op: it tells the first officer and shift. The paper of each
    /// handover among them is cut with `cut`, where that is given.
    ///
    /// # Errors
    /// As [`Store::create`], and whatever an act is refused for.
    pub fn create_with(
        path: &Path,
        new: &NewOffice,
        mint: &mut dyn Mint,
        now: Ts,
        acts: &mut ActSource<'_>,
        cut: Option<&mut Cut<'_>>,
    ) -> Result<Self> {
        let unfinished = whole::Unfinished::begin(path, "new")?;
        let conn = open::open_unfinished(unfinished.path())?;
        build((&conn, unfinished.path()), new, (mint, now), acts, cut)?;
        drop(conn);
        if let Some(not_kept) = unfinished.finish(crate::i18n::file::NEW_NOT_KEPT_HINT)? {
            return Err(not_kept);
        }
        Self::open(path)
    }

    /// Opens an office. Old formats are brought up to date; projections of another version are rebuilt.
    ///
    /// # Errors
    /// Not there, not ours, newer than the program, locked, damaged: each says so.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_as(path, open::Use::Write, open::BUSY)
    }

    fn open_as(path: &Path, what: open::Use, patience: Duration) -> Result<Self> {
        let mut conn = open::open_file(path, what, patience)?;
        let desk = desk::this(&conn)?;
        project::rebuild_if_stale(&mut conn)?;
        let mut store = Self::over(conn, path, desk);
        if store.is_laid_out()? && erase::is_to_clear(&store.conn)? {
            // The program ended between an erasure and the clearing of its room.
            store.clear();
        }
        Ok(store)
    }

    fn over(conn: Connection, path: &Path, desk: Desk) -> Self {
        Self {
            conn,
            path: path.to_owned(),
            desk,
            laid_out: std::cell::Cell::new(None),
            uptime: None,
            keeper: None,
            tries: Tries::default(),
            left: None,
        }
    }

    /// Takes what lies in the log beside a closed office into its file, so that copying the file copies everything. False
    /// when that cannot be done now: another program has it open, or the disk takes nothing more.
    pub fn settle(path: &Path) -> bool {
        if !whole::is_whole(path)
            && let Err(error) = open::settle(path)
        {
            tracing::warn!(kind = ?error.kind(), "the office was not closed whole");
        }
        whole::is_whole(path)
    }

    /// Whether tables, indexes and triggers are word for word what this program lays out. Where they are not, the
    /// office can be read; nothing is written to it ([`Store::commit`] refuses).
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn is_laid_out(&self) -> Result<bool> {
        let cookie = layout::cookie(&self.conn)?;
        if let Some((at, holds)) = self.laid_out.get()
            && at == cookie
        {
            return Ok(holds);
        }
        let holds = layout::holds(&self.conn)?;
        if !holds {
            tracing::error!("the file is not laid out as it should be");
        }
        self.laid_out.set(Some((cookie, holds)));
        Ok(holds)
    }

    /// Another connection, that only reads.
    ///
    /// # Errors
    /// The file went away or cannot be read.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(&self.path)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does one act: checks it against what is known, writes its op, refolds what it touched. On an unknown
    /// outcome the op's id tells whether it was written: exactly one op results from any number of tries. The head is
    /// kept outside the file by [`Self::keep_due`], after the answer.
    ///
    /// # Errors
    /// Refused with a reason, or not saved; in either case nothing was written.
    pub fn commit(&mut self, author: &Author, mint: &mut dyn Mint, act: &Act) -> Result<Committed> {
        let done = self.write(author, mint, act).map_err(Error::nothing_saved)??;
        if let Some(keeper) = &self.keeper {
            keeper.owe();
        }
        Ok(done)
    }

    /// Refuses to write into a file that is laid out otherwise than this program lays one out.
    fn must_be_laid_out(&self) -> Result<()> {
        if self.is_laid_out()? {
            return Ok(());
        }
        Err(Error::user(Kind::Database, say::LAID_OUT_OTHERWISE).hint(say::LAID_OUT_OTHERWISE_HINT))
    }

    /// Inside: how the commit itself ended, once everything before it went well.
    fn write(&mut self, author: &Author, mint: &mut dyn Mint, act: &Act) -> Result<Result<Committed>> {
        let mut proof = self.prove(author, mint, act)?;
        let mut looks = LOOKS;
        let tx = loop {
            let tx = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
            match act.itself() {
                // Looking takes long: others go on writing meanwhile, as long as there is any hope to be faster than they.
                Act::Erase { person, .. } if looks > 0 && proof.is_behind(&tx)? => {
                    drop(tx);
                    looks -= 1;
                    proof.plan = Some(self.look_for(*person)?);
                }
                _ => break tx,
            }
        };
        self.must_be_laid_out()?;
        let done = append::commit_in(&tx, self.desk, author, mint, act, &proof)?;
        match tx.commit() {
            Ok(()) => {
                if matches!(act.itself(), Act::Erase { .. }) {
                    self.clear();
                }
                Ok(Ok(done))
            }
            Err(error) => {
                // The commit may have reached the disk although an error came back.
                let found = append::find_op(&self.conn, author.op_id).ok().flatten();
                if found.is_some() {
                    return Ok(Ok(done));
                }
                // All of it was written and only its sync failed: the next to open the file may find it there.
                let code = error.sqlite_error().map(|error| error.extended_code);
                let unsure = code == Some(rusqlite::ffi::SQLITE_IOERR_FSYNC);
                let error = Error::from(error);
                Ok(Err(if unsure { error.perhaps_saved() } else { error.nothing_saved() }))
            }
        }
    }

    /// Holds the lock for writing, as another program may.
    #[cfg(test)]
    pub(crate) fn hold(&self) -> Result<Transaction<'_>> {
        Ok(Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?)
    }

    /// Puts the schema back where nothing of the log is touched by it, and builds every projection anew.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn mend(&mut self) -> Result<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        layout::mend(&tx)?;
        tx.commit()?;
        self.rebuild()
    }

    /// Clears the room of what was erased. When that fails it was erased all the same: [`Self::left`] tells what is left.
    pub fn clear(&mut self) {
        self.left = match self.scrub() {
            Ok(done) if done.emptied => None,
            Ok(_) => Some(Left::Wal),
            Err(error) => {
                tracing::error!(%error, "the room of what was erased could not be cleared");
                Some(Left::Room)
            }
        };
    }

    /// What the last erasure could not clear; told once.
    pub fn left(&mut self) -> Option<Left> {
        self.left.take()
    }

    /// Leaves nothing of what was erased in the free room of the file, nor in its WAL. What stands there is left over
    /// from moved pages, which no deletion reaches: the file is written anew, unless it is too large for the memory
    /// that takes. Tells whether it was, and whether the WAL is empty: it is not while another program reads.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn scrub(&mut self) -> Result<erase::Scrubbed> {
        erase::scrub(&self.conn)
    }

    /// Builds every projection anew, in one transaction.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn rebuild(&mut self) -> Result<()> {
        project::rebuild(&mut self.conn)
    }
}

fn build(
    (conn, path): (&Connection, &Path),
    new: &NewOffice,
    (mint, now): (&mut dyn Mint, Ts),
    acts: &mut ActSource<'_>,
    mut cut: Option<&mut Cut<'_>>,
) -> Result<()> {
    let mut tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    let desk = open::lay_out(&tx, mint, now)?;
    let mut last = append::open_office(&tx, desk, new, mint, now)?;
    while let Some((author, mut act)) = acts(mint, &last)? {
        if let (Act::CloseShift(close), Some(cut)) = (&mut act, &mut cut) {
            // A reader sees what is committed; the file has no name yet.
            tx.commit()?;
            cut(&Reader::over(open::open_unfinished_to_read(path)?), author.now, close)?;
            tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        }
        last = append::commit_in(&tx, desk, &author, mint, &act, &proof::Proof::default())?;
    }
    tx.commit()?;
    Ok(())
}

impl Reader {
    /// Opens an office to read.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(path: &Path) -> Result<Self> {
        open::open_to_read(path).map(Self::over)
    }

    /// The same, waiting no longer than `patience` for another program that holds the file.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open_within(path: &Path, patience: Duration) -> Result<Self> {
        open::open_to_read_within(path, patience).map(Self::over)
    }

    /// Over a connection that is open already.
    fn over(conn: Connection) -> Self {
        let (seen, built, jumps, pins_taken, worded, checked, stood, doubted) = Default::default();
        Self { conn, seen, built, jumps, pins_taken, worded, checked, stood, doubted }
    }

    /// What breaks off whatever this is reading.
    pub fn interrupt(&self) -> Interrupt {
        Interrupt(self.conn.get_interrupt_handle())
    }

    /// Opens an office that cannot be written to: whatever is not as this version keeps it cannot be mended.
    ///
    /// # Errors
    /// As [`Reader::open`]; and when an earlier version wrote it.
    pub fn open_alone(path: &Path) -> Result<Self> {
        let conn = open::open_to_read(path)?;
        open::refuse_old(&conn, path)?;
        Ok(Self::over(conn))
    }

    /// Where the office lies.
    pub fn path(&self) -> Option<PathBuf> {
        self.conn.path().filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// Another connection to the same file.
    ///
    /// # Errors
    /// The file went away or cannot be read.
    pub fn again(&self) -> Result<Self> {
        let path = self.conn.path().ok_or_else(|| Error::internal("reading", "the database has no file"))?;
        let path = Path::new(path);
        // A copy is checked before it has its name.
        let open =
            if whole::is_unfinished(path) { open::open_unfinished_to_read } else { open::open_to_read };
        open(path).map(Self::over)
    }

    /// Whether any connection has committed since this was last asked. Costs microseconds.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn changed(&self) -> Result<bool> {
        let version: i64 = self.conn.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        let before = self.seen.replace(Some(version));
        Ok(before.is_some_and(|before| before != version))
    }

    /// One consistent snapshot for several statements.
    fn snapshot(&self) -> Result<Transaction<'_>> {
        Ok(self.conn.unchecked_transaction()?)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        // The memory beside a database cannot be made as large as it has to be: there is no room for it.
        let no_room = error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        let (kind, what, hint) = match code {
            _ if no_room => (Kind::NotSaved, say::DISK_FULL, say::DISK_FULL_HINT),
            Some(ErrorCode::DiskFull) => (Kind::NotSaved, say::DISK_FULL, say::DISK_FULL_HINT),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (Kind::NotSaved, say::LOCKED, say::LOCKED_HINT)
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                (Kind::NotSaved, say::READ_ONLY, say::READ_ONLY_HINT)
            }
            Some(ErrorCode::SystemIoFailure) => (Kind::NotSaved, say::DISK_ERROR, say::DISK_ERROR_HINT),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                (Kind::Database, say::DAMAGED, say::DAMAGED_HINT)
            }
            _ => {
                let code = error.sqlite_error().map_or(0, |error| error.extended_code);
                return Self::internal(format!("database, code {code}"), error);
            }
        };
        Self::user(kind, what).hint(hint)
    }
}

/// A JSON fault in what the log holds: ours, or damage.
fn json(error: serde_json::Error) -> Error {
    Error::internal("decoding an event", error)
}
