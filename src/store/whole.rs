//! An office file appears whole or not at all: it is made under another name in the folder it is to lie in, closed,
//! synced and only then given its name. What a killed program leaves under such a name is never opened as an office,
//! and is swept away later.

use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::{file as words, paper, store as say};
use crate::platform;
use crate::say::Word;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// What every name of an unfinished file begins with.
const UNFINISHED: &str = ".zhiban-";

/// What stands beside a database under its name while it is open.
const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// From this age on an unfinished file is nobody's, whoever made it.
const STALE_MS: i64 = 24 * 3600 * 1000;

/// A file that is being made.
pub(super) struct Unfinished {
    made: TempPath,
    to: PathBuf,
    /// Last: what stands beside it goes after it.
    _sides: Sides,
}

/// What stands beside a file under an unfinished name, and goes with it.
struct Sides(PathBuf);

impl Unfinished {
    /// Begins a file that will lie at `to`; `what` says in its present name what is being done.
    pub(super) fn begin(to: &Path, what: &str) -> Result<Self> {
        is_free(to)?;
        let made = temporary(folder_of(to), what).map_err(|error| file_error(&error, to))?;
        let sides = Sides(made.to_path_buf());
        Ok(Self { made, to: to.to_owned(), _sides: sides })
    }

    /// Where it lies while it is made.
    pub(super) fn path(&self) -> &Path {
        &self.made
    }

    /// Gives it its name, for good. Every connection to it is closed by now. Where it has its name, and the disk would
    /// not say that it keeps it, what is to be said about that, with this hint: it is there whole, and may be gone after
    /// a power cut.
    pub(super) fn finish(self, hint: Word) -> Result<Option<Error>> {
        let to = self.to.clone();
        let failed = |error: io::Error| file_error(&error, &to);
        // Something left beside it would be a part of the office that is not under its name.
        if side_of(&self.made).is_some() {
            return Err(Error::internal("finishing a file", "it is not closed"));
        }
        std::fs::OpenOptions::new()
            .write(true)
            .open(&self.made)
            .and_then(|file| file.sync_all())
            .map_err(failed)?;
        is_free(&to)?;
        self.made.persist_noclobber(&to).map_err(|refused| match refused.error.kind() {
            io::ErrorKind::AlreadyExists => exists(&to),
            _ => file_error(&refused.error, &to),
        })?;
        let Err(error) = platform::sync_folder(folder_of(&to)) else { return Ok(None) };
        let said = Error::machine(Kind::NotSaved, &error, |why| words::not_kept_yet(to.display(), why));
        Ok(Some(said.hint(hint)))
    }
}

/// An empty file under an unfinished name, its owner's alone.
pub(super) fn temporary(folder: &Path, what: &str) -> io::Result<TempPath> {
    let prefix = format!("{UNFINISHED}{what}-{}-{}-", platform::machine_tag(), std::process::id());
    // Only the name is kept: SQLite's locks would go with any other handle to its file.
    Ok(tempfile::Builder::new().prefix(&prefix).tempfile_in(folder)?.into_temp_path())
}

/// An empty folder under an unfinished name, its owner's alone.
pub(super) fn temporary_folder(folder: &Path, what: &str) -> io::Result<tempfile::TempDir> {
    let prefix = format!("{UNFINISHED}{what}-{}-{}-", platform::machine_tag(), std::process::id());
    tempfile::Builder::new().prefix(&prefix).tempdir_in(folder)
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn file_error(error: &io::Error, to: &Path) -> Error {
    Error::machine(Kind::NotSaved, error, |why| paper::cannot_write(to.display(), why))
}

fn exists(path: &Path) -> Error {
    Error::user(Kind::File, say::exists(path.display())).hint(say::EXISTS_HINT)
}

/// Refuses a name that is taken, or beside which an earlier file's unsaved part lies: SQLite would take that for the
/// new file's.
fn is_free(to: &Path) -> Result<()> {
    // A link that leads nowhere is something, too.
    if to.symlink_metadata().is_ok() {
        return Err(exists(to));
    }
    match side_of(to) {
        Some(side) => {
            Err(Error::user(Kind::File, words::side_file(side.display())).hint(words::SIDE_FILE_HINT))
        }
        None => Ok(()),
    }
}

/// A file that stands beside this one under its name.
fn side_of(path: &Path) -> Option<PathBuf> {
    SIDES.iter().map(|side| beside(path, side)).find(|side| side.symlink_metadata().is_ok())
}

/// The file beside this one that ends with `side`.
pub(super) fn beside(path: &Path, side: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(side);
    name.into()
}

/// Whether a file bears the name of one that was never finished.
pub(super) fn is_unfinished(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
}

/// Sweeps away what killed programs left unfinished in this folder; tells how many files went. What another program
/// is just making stays, and so does what another machine made less than a day ago.
pub fn sweep(folder: &Path, now: Ts) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .filter(|entry| is_stale(&entry.file_name(), entry, now) && remove(&entry.path()))
        .count()
}

fn is_stale(name: &OsString, entry: &std::fs::DirEntry, now: Ts) -> bool {
    let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED)) else { return false };
    // what-machine-process-…; earlier programs wrote what-… only.
    let mut parts = rest.split('-').skip(1);
    let machine = parts.next();
    let process = parts.next().and_then(|process| process.parse().ok());
    if let (Some(machine), Some(process)) = (machine, process)
        && machine == platform::machine_tag()
    {
        return process != std::process::id() && !platform::is_running(process);
    }
    let changed = entry.metadata().and_then(|meta| meta.modified()).ok();
    let changed = changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    changed.is_some_and(|at| now.0 - at.as_millis() as i64 > STALE_MS)
}

fn remove(path: &Path) -> bool {
    if path.is_dir() { std::fs::remove_dir_all(path).is_ok() } else { std::fs::remove_file(path).is_ok() }
}

impl Drop for Sides {
    fn drop(&mut self) {
        for side in SIDES {
            let _ = std::fs::remove_file(beside(&self.0, side));
        }
    }
}

/// Whether everything of an office lies in its file, and nothing in the log beside it.
pub fn is_whole(path: &Path) -> bool {
    beside(path, "-wal").metadata().map_or(0, |meta| meta.len()) == 0
}
