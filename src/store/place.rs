//! Where an office lies, so that a copy that goes on as the same desk is noticed: two desks of one name would write
//! two different histories. Kept with the file: a digest of the machine, the file's number, its path.
//!
//! A restart, a rename on the same disk, another mount point or a file put back in its place are no moves. Another
//! machine, another disk, or a second file beside the first are: then somebody has to say which it is.

use super::{Reader, Store, backup, desk, open, rotate, whole};
use crate::domain::ids::{DeskId, Mint, OfficerId};
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::file as words;
use crate::platform;
use crate::say::Say;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// The machine: a digest keyed with the desk, that says nothing anywhere else; empty where it has no name.
    machine: String,
    /// The file's number in its file system; 0 where it has none that lasts.
    number: u64,
    /// Its path.
    path: String,
}

impl Place {
    /// Where this file lies now.
    fn of(path: &Path, desk: DeskId) -> Self {
        let whole = std::fs::canonicalize(path).or_else(|_| std::path::absolute(path));
        let machine = Some(platform::machine()).filter(|machine| !machine.is_empty());
        Self {
            machine: machine.map(|machine| digest_of(machine, desk)).unwrap_or_default(),
            number: platform::file_number(path),
            path: whole.unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned(),
        }
    }

    /// Why somebody must say what this file is, if it was last written at `kept`.
    fn moved_from(&self, kept: &Self, on_network: bool) -> Option<Say> {
        // A machine that has no name yet, or had none then, is not known to be another.
        let named = !kept.machine.is_empty() && !self.machine.is_empty();
        // What several machines reach is not moved when another of them opens it.
        if named && kept.machine != self.machine && !on_network {
            return Some(words::OTHER_MACHINE.into());
        }
        if kept.path == self.path {
            return None;
        }
        let old = Path::new(&kept.path);
        if old.exists() {
            let same = platform::is_same_file(old, Path::new(&self.path));
            return (!same).then(|| words::old_is_there(&kept.path));
        }
        let same_file = kept.number == self.number && self.number != 0;
        if same_file { None } else { Some(words::other_place(&kept.path)) }
    }
}

/// A machine's name as it is kept with a desk's file.
fn digest_of(machine: &str, desk: DeskId) -> String {
    let mut text = machine.as_bytes().to_vec();
    text.extend_from_slice(desk.bytes());
    blake3::Hash::from_bytes(blake3::derive_key("zhiban place v1", &text)).to_hex().to_string()
}

fn kept(conn: &Connection) -> Result<Option<Place>> {
    let text: Option<String> = conn
        .query_row("SELECT value FROM local_value WHERE key = 'place'", [], |row| row.get(0))
        .optional()?;
    // What cannot be read is as if nothing was kept.
    let mut place: Option<Place> = text.and_then(|text| serde_json::from_str(&text).ok());
    if let Some(place) = &mut place
        && place.machine == digest_of("", desk::this(conn)?.id)
    {
        // As it was kept of a machine without a name.
        place.machine.clear();
    }
    Ok(place)
}

fn keep(conn: &Connection, place: &Place) -> Result<()> {
    let text = serde_json::to_string(place).map_err(super::json)?;
    conn.execute(
        "INSERT INTO local_value (key, value) VALUES ('place', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
        [text],
    )?;
    Ok(())
}

/// How many files beside one are looked into.
const MOST_BESIDE: usize = 64;

/// Why somebody must say what a file is before anything is written to it: it was last written elsewhere; or it does not
/// know where it lies, as files of earlier programs do not, and looks like a copy of what goes on elsewhere.
fn doubt(conn: &Connection, path: &Path) -> Result<Option<Say>> {
    let desk = desk::this(conn)?.id;
    if let Some(kept) = kept(conn)? {
        return Ok(Place::of(path, desk).moved_from(&kept, platform::is_on_network(path)));
    }
    if rotate::is_named_as_backup(path) {
        return Ok(Some(words::NAMED_AS_BACKUP.into()));
    }
    // Every demonstration is the same desk.
    if super::query::settings_in(conn).is_ok_and(|settings| settings.rehearsal) {
        return Ok(None);
    }
    if let Some(beside) = newer_beside(conn, path, desk)? {
        return Ok(Some(words::newer_beside(beside.display())));
    }
    let seen =
        platform::state_folder().and_then(|folder| super::heads::behind_in(conn, &folder).ok().flatten());
    Ok(seen.filter(|seen| seen.missing > 0).map(|seen| words::newer_seen(&seen.head)))
}

/// A file beside this one that the same desk goes on in: it has more of its entries, or knows that it lies there.
fn newer_beside(conn: &Connection, path: &Path, desk: DeskId) -> Result<Option<PathBuf>> {
    let Ok(entries) = std::fs::read_dir(whole::folder_of(path)) else { return Ok(None) };
    let own = super::query::head_in(conn, desk::this(conn)?.no)?.0;
    let others = entries.flatten().map(|entry| entry.path()).filter(|other| {
        other.extension().is_some_and(|end| end == "db")
            && !whole::is_unfinished(other)
            && other.file_name() != path.file_name()
            && !platform::is_same_file(path, other)
    });
    let goes_on = |other: &Path| -> Result<bool> {
        let conn = open::open_to_read(other)?;
        let theirs = desk::this(&conn)?;
        if theirs.id != desk || open::is_marked(&conn)? {
            return Ok(false);
        }
        let settled = kept(&conn)?.is_some_and(|kept| kept.path == Place::of(other, desk).path);
        Ok(settled || super::query::head_in(&conn, theirs.no)?.0 > own)
    };
    Ok(others.take(MOST_BESIDE).find(|other| goes_on(other).unwrap_or(false)))
}

/// Refuses to write to what is in doubt, before anything is.
fn refuse_doubtful(conn: &Connection, path: &Path) -> Result<()> {
    match doubt(conn, path)? {
        Some(why) => Err(Error::user(Kind::ReadOnly, why).hint(words::PLACE_HINT)),
        None => Ok(()),
    }
}

impl Store {
    /// Opens an office to write, unless it was last written elsewhere. One that does not know where it lies is taken
    /// to have always lain here.
    ///
    /// # Errors
    /// As [`Store::open`]; and read-only, when somebody must first say whether it was moved or copied.
    pub fn open_here(path: &Path) -> Result<Self> {
        Self::open_here_within(path, open::BUSY)
    }

    /// The same, waiting no longer than `patience` for another program that holds the file; once it is open an act waits
    /// as long as ever.
    ///
    /// # Errors
    /// As [`Store::open_here`].
    pub fn open_here_within(path: &Path, patience: Duration) -> Result<Self> {
        let store = Self::open_as(path, open::Use::WriteUnless(refuse_doubtful), patience)?;
        store.moved()?;
        store.conn.busy_timeout(open::BUSY)?;
        Ok(store)
    }

    /// Why somebody must say what this file is: it was last written elsewhere. Small differences are taken over.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn moved(&self) -> Result<Option<Say>> {
        let moved = doubt(&self.conn, &self.path)?;
        let here = Place::of(&self.path, self.desk.id);
        let before = kept(&self.conn)?;
        if moved.is_none()
            && before.as_ref() != Some(&here)
            && let Err(error) = keep(&self.conn, &here)
        {
            // The next act will tell, if anything is to be written at all.
            tracing::warn!(kind = ?error.kind(), "the office's place was not kept");
        }
        Ok(moved)
    }

    /// Notes that this is where the office lies from now on.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn stay_here(&self) -> Result<()> {
        keep(&self.conn, &Place::of(&self.path, self.desk.id))
    }

    /// Goes on as a new desk: what is here is a copy, and the other goes its own way. Tells the last entry of the old.
    /// `officer` is who said so.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn become_new_desk(
        &mut self,
        officer: Option<OfficerId>,
        mint: &mut dyn Mint,
        now: Ts,
    ) -> Result<i64> {
        let path = self.path.clone();
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let old = desk::this(&tx)?;
        let (seq, _) = super::query::head_in(&tx, old.no)?;
        let desk = backup::start_anew(&tx, officer, mint, now)?;
        keep(&tx, &Place::of(&path, desk.id))?;
        tx.commit()?;
        self.desk = desk;
        // Its head is kept under the new name from the next opening on.
        self.keeper = None;
        Ok(seq)
    }
}

impl Reader {
    /// Why somebody must say what this file is, as [`Store::moved`] tells it; nothing is kept.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn moved(&self, path: &Path) -> Result<Option<Say>> {
        doubt(&self.conn, path)
    }

    /// Whether this is a backup.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn is_copy(&self) -> Result<bool> {
        open::is_marked(&self.conn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(machine: &str, number: u64, path: &Path) -> Place {
        Place { machine: machine.to_owned(), number, path: path.display().to_string() }
    }

    #[test]
    fn only_another_machine_another_disk_or_a_second_file_is_a_move() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there.db");
        std::fs::write(&there, "x").unwrap();
        let (gone, new) = (folder.path().join("gone.db"), folder.path().join("new.db"));
        let number = platform::file_number(&there);
        let moved = |here: Place, kept: Place| here.moved_from(&kept, false);
        // The same place, whatever the file's number: put back by a backup program, or mounted anew.
        assert_eq!(moved(place("a", 7, &there), place("a", 8, &there)), None);
        // Renamed.
        assert_eq!(moved(place("a", 7, &new), place("a", 7, &gone)), None);
        // A hard link to the one that is still there.
        std::fs::hard_link(&there, &new).unwrap();
        assert_eq!(moved(place("a", number, &new), place("a", number, &there)), None);
        // Whatever number was kept.
        assert_eq!(moved(place("a", 0, &new), place("a", 7, &there)), None);
        std::fs::remove_file(&new).unwrap();
        // Copied beside the first, or to another disk, where another file may have the same number.
        std::fs::copy(&there, &new).unwrap();
        assert!(moved(place("a", number + 1, &new), place("a", number, &there)).is_some());
        assert!(moved(place("a", number, &new), place("a", number, &there)).is_some());
        std::fs::remove_file(&new).unwrap();
        assert!(moved(place("a", 9, &new), place("a", 7, &gone)).is_some());
        // Where files have no numbers a rename cannot be told from a copy.
        assert!(moved(place("a", 0, &new), place("a", 0, &gone)).is_some());
        assert!(moved(place("b", 7, &there), place("a", 7, &there)).is_some());
        // A machine that was given its name later, or lost it.
        assert_eq!(moved(place("b", 7, &there), place("", 7, &there)), None);
        assert_eq!(moved(place("", 7, &there), place("a", 7, &there)), None);
        // A shared disk is reached from several machines.
        assert_eq!(place("b", 7, &there).moved_from(&place("a", 7, &there), true), None);
    }

    #[test]
    fn what_was_kept_of_a_machine_without_a_name_accuses_no_other() {
        let office = crate::store::tests::Office::new();
        let (store, desk) = (&office.store, office.store.desk.id);
        let mut before = Place::of(store.path(), desk);
        before.machine = digest_of("", desk);
        keep(&store.conn, &before).unwrap();
        assert_eq!(store.moved().unwrap(), None);
        before.machine = digest_of("another", desk);
        keep(&store.conn, &before).unwrap();
        let named = !platform::machine().is_empty();
        assert_eq!(store.moved().unwrap().is_some(), named);
    }
}
