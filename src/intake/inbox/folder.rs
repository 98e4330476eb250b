//! The folder: which files lie there, whether they are whole, and how they are put away.

use crate::domain::inbox::{is_nobodys, is_passing_name, is_programs};
use crate::error::{Error, Kind, Result};
use crate::i18n::inbox as words;
use crate::platform;
use crate::say::Say;
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What was taken in goes here.
pub const DONE: &str = "done";
/// What goes back to its sender, whole or in part, goes here.
pub const RETURNED: &str = "returned";

/// A file that was not touched for so long is whole, unless it says otherwise itself.
pub const QUIET_MS: i64 = 1_500;
/// A file that says itself that it is not whole, and was not touched for so long, will not become so.
pub const STALE_MS: i64 = 60_000;
/// A zip's end stands within so many bytes of the file's.
const ZIP_END: u64 = 66_000;

/// A file as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lying {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When it was last written: milliseconds since 1970 by the system's clock.
    pub written: i64,
    /// When it was written, or came to the folder, whichever is later.
    pub came: i64,
}

/// The plain files of a folder that somebody may have sent, in the order in which they came.
///
/// # Errors
/// The folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<Lying>> {
    let shown = folder.display().to_string();
    let unreadable = |error: &std::io::Error| match error.kind() {
        ErrorKind::NotFound => Error::file(words::no_folder(&shown)).hint(words::NO_FOLDER_HINT),
        ErrorKind::NotADirectory => Error::file(words::not_a_folder(&shown)).hint(words::NO_FOLDER_HINT),
        _ => Error::machine(Kind::File, error, |why| words::folder_unreadable(&shown, why)),
    };
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(&error))? {
        // One that went away meanwhile is not there.
        let Ok(entry) = entry else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(meta) = fs::metadata(entry.path()).ok().filter(fs::Metadata::is_file) else { continue };
        if !is_nobodys(&name) && !is_programs(&name) {
            let written = millis(meta.modified());
            let came = written.max(millis(meta.created()));
            out.push(Lying { name, size: meta.len(), written, came });
        }
    }
    out.sort_by(|a, b| (a.came, &a.name).cmp(&(b.came, &b.name)));
    Ok(out)
}

fn millis(at: std::io::Result<std::time::SystemTime>) -> i64 {
    let since = at.ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// How far a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whole {
    /// It can be read.
    Yes,
    /// More of it is to come.
    NotYet,
    /// It is not whole, and nothing of it came for a while.
    Never(Say),
}

/// Whether a file is whole, as far as can be seen: it did not change since the last look, or for a while; its name is
/// not that of a download that goes on, and a zip has its end. `now` is the system's hour.
pub fn is_whole(folder: &Path, file: &Lying, before: Option<&Lying>, now: i64) -> Whole {
    let is_quiet = before == Some(file) || now - file.written > QUIET_MS;
    let lacks = if file.size == 0 {
        Some(words::IS_EMPTY)
    } else if is_passing_name(&file.name) {
        Some(words::IS_DOWNLOAD)
    } else if !has_its_end(&folder.join(&file.name)) {
        Some(words::HAS_NO_END)
    } else {
        None
    };
    match lacks {
        None if is_quiet => Whole::Yes,
        Some(why) if now - file.came > STALE_MS => Whole::Never(why.into()),
        _ => Whole::NotYet,
    }
}

/// A workbook is a zip, and says at its end where everything is: without that it is not all there yet.
fn has_its_end(path: &Path) -> bool {
    let looked = || -> std::io::Result<bool> {
        let mut file = File::open(path)?;
        let mut head = [0; 4];
        if file.read_exact(&mut head).is_err() || &head != b"PK\x03\x04" {
            return Ok(true);
        }
        let len = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(len.saturating_sub(ZIP_END)))?;
        let mut end = Vec::new();
        file.take(ZIP_END).read_to_end(&mut end)?;
        Ok(end.windows(4).any(|four| four == b"PK\x05\x06"))
    };
    // Why it cannot be read is said when it is read.
    looked().unwrap_or(true)
}

/// Where a file lies that was put away, and what was written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// The file.
    pub file: PathBuf,
    /// What was written beside it.
    pub beside: Vec<PathBuf>,
}

/// How a file gets from one path to another; given from outside so that a folder that fails can be tried.
type Rename<'a> = &'a dyn Fn(&Path, &Path) -> std::io::Result<()>;

/// Moves a file into a folder, with papers beside it that are called after it. Nothing that lies there is overwritten:
/// the names of a file and of its papers are taken together. Only bytes of this digest stay there: what was written under
/// the same name meanwhile has been read by nobody, and goes back into the queue.
///
/// # Errors
/// It cannot be moved, a paper not written, or it is not the file that was looked at.
pub fn put_away(file: &Path, digest: &str, into: &Path, papers: &[(String, Vec<u8>)]) -> Result<Away> {
    put_away_by(file, digest, into, papers, &|from, to| fs::rename(from, to))
}

fn put_away_by(
    file: &Path,
    digest: &str,
    into: &Path,
    papers: &[(String, Vec<u8>)],
    rename: Rename<'_>,
) -> Result<Away> {
    let name = crate::intake::cells::parent::file_name(file);
    let failed =
        |error: &std::io::Error| Error::machine(Kind::File, error, |why| words::not_moved(&name, why));
    if is_database(file) {
        return Err(Error::refused(words::is_database(&name)));
    }
    // Held until all is done; where there are no locks, what lies there belongs to somebody, empty or not.
    let lock = lock_beside(file).ok();
    if digest_of(file).map_err(|error| failed(&error))? != digest {
        return Err(Error::refused(words::newer_file(&name)));
    }
    fs::create_dir_all(into).map_err(|error| failed(&error))?;
    let (stem, ending) = parts(&name);
    for n in 1..10_000 {
        let stem = numbered(&stem, n);
        let to = into.join(format!("{stem}{ending}"));
        let beside: Vec<PathBuf> =
            papers.iter().map(|(tail, _)| into.join(format!("{stem}{tail}"))).collect();
        let mut kept = Kept::default();
        let placed = (|| {
            // The names are taken by empty files first, the file's own last: whoever comes at the same moment takes
            // others, and where the file's own is empty its papers are of a move that was broken off, or of a file
            // in which nothing stood.
            let is_broken_off = lock.is_some() && is_empty(&to);
            for path in &beside {
                kept.take_paper(path, is_broken_off || (lock.is_some() && is_empty(path)))?;
            }
            kept.take(&to, is_broken_off)?;
            for (path, (_, content)) in beside.iter().zip(papers) {
                write_whole(path, content)?;
            }
            carry(file, &to, digest, rename)
        })();
        match placed {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(_) if digest_of(file).is_ok_and(|now| now != digest) => {
                return Err(Error::refused(words::newer_file(&name)));
            }
            Err(error) => return Err(failed(&error)),
        }
        // Whatever happens from here on, the file is there and must not be removed.
        kept.file = None;
        if digest_of(&to).ok().as_deref() != Some(digest) {
            return Err(match bring_back(&to, file, rename) {
                Ok(()) => Error::refused(words::newer_file(&name)),
                Err(error) => failed(&error),
            });
        }
        let synced =
            platform::sync_folder(into).and_then(|()| file.parent().map_or(Ok(()), platform::sync_folder));
        if let Err(error) = synced {
            tracing::warn!(%error, "a file was put away, and the folder not synced");
        }
        kept.papers.clear();
        return Ok(Away { file: to, beside });
    }
    Err(Error::file(words::too_many_alike(&name)))
}

/// Who puts files of a folder away does it alone: names that another takes are empty for a moment, too.
const LOCK: &str = ".zhiban-lock";

fn lock_beside(file: &Path) -> std::io::Result<File> {
    let lock = OpenOptions::new().append(true).create(true).open(file.with_file_name(LOCK))?;
    lock.lock()?;
    Ok(lock)
}

fn is_empty(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == 0)
}

/// Moves a file to a name that was taken for it. A network may say that it failed where only the answer was lost: the
/// file that is gone here and whole there was moved. To another file system it is copied.
fn carry(from: &Path, to: &Path, digest: &str, rename: Rename<'_>) -> std::io::Result<()> {
    let Err(error) = rename(from, to) else { return Ok(()) };
    let is_gone = fs::symlink_metadata(from).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    if is_gone && digest_of(to).is_ok_and(|there| there == digest) {
        return Ok(());
    }
    if error.kind() != ErrorKind::CrossesDevices {
        return Err(error);
    }
    // Beside the name that was taken, and under it once it is whole: what a crash leaves is hidden or whole.
    let mut source = File::open(from)?;
    let meta = source.metadata()?;
    let mut copy =
        tempfile::Builder::new().prefix(".zhiban-").tempfile_in(to.parent().unwrap_or(Path::new(".")))?;
    std::io::copy(&mut source, copy.as_file_mut())?;
    // Who cannot set them on the other file system has the bytes all the same.
    let _ = copy.as_file().set_permissions(meta.permissions());
    let _ = meta.modified().and_then(|at| copy.as_file().set_modified(at));
    copy.as_file().sync_all()?;
    let is_same = |path: &Path| digest_of(path).is_ok_and(|there| there == digest);
    // What was written under its name meanwhile stays, and so does what was not copied as it is.
    if !is_same(copy.path()) || !is_same(from) {
        return Err(ErrorKind::InvalidData.into());
    }
    drop(source);
    copy.persist(to).map_err(|error| error.error)?;
    if let Err(error) = platform::sync_folder(to.parent().unwrap_or(Path::new("."))) {
        tracing::warn!(%error, "a file was copied, and the folder not synced");
    }
    if let Err(error) = fs::remove_file(from)
        && is_same(from)
    {
        // It is put away or not: seen to lie where it lay, it does not lie here.
        let _ = fs::remove_file(to);
        return Err(error);
    }
    Ok(())
}

/// A name without its ending, and the ending with its point.
fn parts(name: &str) -> (String, String) {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
        _ => (name.to_owned(), String::new()),
    }
}

fn numbered(stem: &str, n: u32) -> String {
    if n == 1 { stem.to_owned() } else { format!("{stem}-{n}") }
}

/// Names that were taken, and are given back unless they are kept in the end.
#[derive(Default)]
struct Kept {
    file: Option<PathBuf>,
    papers: Vec<PathBuf>,
}

impl Kept {
    /// Takes the name of a file; one that lies there is overwritten only where it is known to be of nobody.
    fn take(&mut self, path: &Path, is_free: bool) -> std::io::Result<()> {
        make(path, is_free)?;
        self.file = Some(path.to_owned());
        Ok(())
    }

    /// Takes the name of a paper.
    fn take_paper(&mut self, path: &Path, is_free: bool) -> std::io::Result<()> {
        make(path, is_free)?;
        self.papers.push(path.to_owned());
        Ok(())
    }
}

fn make(path: &Path, is_free: bool) -> std::io::Result<()> {
    if is_free && path.exists() {
        return Ok(());
    }
    OpenOptions::new().write(true).create_new(true).open(path).map(drop)
}

impl Drop for Kept {
    fn drop(&mut self) {
        // Where bytes stand under the file's name they are somebody's, whatever was said of the move.
        if let Some(file) = self.file.as_ref().filter(|file| is_empty(file)) {
            let _ = fs::remove_file(file);
        }
        for path in &self.papers {
            let _ = fs::remove_file(path);
        }
    }
}

/// Brings a file back to where it lay, or beside it where another one lies there by now.
fn bring_back(from: &Path, to: &Path, rename: Rename<'_>) -> std::io::Result<()> {
    let digest = digest_of(from)?;
    let (stem, ending) = parts(&crate::intake::cells::parent::file_name(to));
    for n in 1..10_000 {
        let to = to.with_file_name(format!("{}{ending}", numbered(&stem, n)));
        let mut kept = Kept::default();
        match kept.take(&to, false) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            taken => taken?,
        }
        carry(from, &to, &digest, rename)?;
        kept.file = None;
        return Ok(());
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// BLAKE3 of a file's bytes, as the reader of cells says it.
///
/// # Errors
/// It cannot be read.
pub fn digest_of(path: &Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut file = File::open(path)?;
    let mut part = vec![0; 1 << 16];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hasher.finalize().to_hex().to_string()),
            n => hasher.update(&part[..n]),
        };
    }
}

/// Whether a file is a database, of this office or of another: nobody's sheet.
pub fn is_database(path: &Path) -> bool {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && &head == b"SQLite format 3\0"
}

/// The folder is none that can be watched: the database lies in it.
///
/// # Errors
/// It is so.
pub fn not_the_offices(folder: &Path, database: &Path) -> Result<()> {
    if platform::holds(folder, database) {
        return Err(Error::refused(words::own_folder(folder.display())).hint(words::OWN_FOLDER_HINT));
    }
    Ok(())
}

/// Where it is written what was put away: a file that comes back from there comes anew.
const PUT_AWAY: &str = ".zhiban-put-away";

/// What was put away: a digest with the act that took it in.
pub fn put_away_before(folder: &Path) -> HashSet<String> {
    let all = fs::read_to_string(folder.join(PUT_AWAY)).unwrap_or_default();
    all.lines().map(str::to_owned).collect()
}

/// Writes down that a file was put away.
///
/// # Errors
/// It cannot be written.
pub fn note_put_away(folder: &Path, line: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(folder.join(PUT_AWAY))?;
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_data()
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".zhiban-").tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Where a file of this name lies: in the folder itself, else the newest among what was put away. An empty one there
/// only holds a place for a move that was broken off.
pub fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let here = folder.join(name);
    if here.is_file() {
        return Some(here);
    }
    let days = |part: &str| -> Vec<PathBuf> {
        let days = fs::read_dir(folder.join(part)).into_iter().flatten().flatten();
        let mut days: Vec<PathBuf> = days.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
        days.sort();
        days
    };
    let mut away: Vec<PathBuf> = [DONE, RETURNED].into_iter().flat_map(days).collect();
    away.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    away.into_iter().rev().map(|day| day.join(name)).find(|path| path.is_file() && !is_empty(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn old(path: &Path, content: &[u8]) {
        fs::write(path, content).unwrap();
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_hours(24);
        File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    }

    #[test]
    fn what_nobody_sent_and_folders_are_not_listed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.xlsx", "~$a.xlsx", ".x", "Thumbs.db"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("done")).unwrap();
        for name in ["o.db", "o.db-wal", "o-backup-20200217-100500.db.age", "own.toml", "土木-回执.txt"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let mut names: Vec<_> = files(folder.path()).unwrap().into_iter().map(|file| file.name).collect();
        names.sort();
        assert_eq!(names, ["a.xlsx", "b.csv"]);
        assert_eq!(files(&folder.path().join("none")).unwrap_err().kind(), Some(Kind::File));
    }

    #[test]
    fn a_file_is_whole_once_it_stays_as_it_is_and_has_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let lying = |name: &str| files(path).unwrap().into_iter().find(|file| file.name == name).unwrap();
        old(&path.join("half.xlsx"), b"PK\x03\x04 begins");
        old(&path.join("whole.xlsx"), b"PK\x03\x04 all PK\x05\x06 of it");
        old(&path.join("empty.csv"), b"");
        old(&path.join("a.csv.crdownload"), b"x");
        old(&path.join("a.csv"), b"x");
        let now = Clock::System.now().0;
        let seen = |name: &str, now: i64| is_whole(path, &lying(name), None, now);
        assert!(["whole.xlsx", "a.csv"].iter().all(|name| seen(name, now) == Whole::Yes));
        for name in ["half.xlsx", "empty.csv", "a.csv.crdownload"] {
            assert_eq!(seen(name, lying(name).came + STALE_MS), Whole::NotYet, "{name}");
            let Whole::Never(why) = seen(name, lying(name).came + STALE_MS + 1) else { panic!("{name}") };
            assert_ne!(why.zh, why.en, "{name}");
        }
        let stays = |file: &Lying, before: Option<&Lying>| is_whole(path, file, before, now) == Whole::Yes;
        let grew = Lying { size: 0, ..lying("a.csv") };
        fs::write(path.join("a.csv"), "more").unwrap();
        assert!(!stays(&lying("a.csv"), Some(&grew)), "just written, and larger than before");
        assert!(stays(&lying("a.csv"), Some(&lying("a.csv"))), "as at the look before");
    }

    #[test]
    fn nothing_is_overwritten_where_files_are_put_away() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("done/2020-02-17");
        for n in 0..3 {
            let file = folder.path().join("土木.xlsx");
            fs::write(&file, format!("{n}")).unwrap();
            let papers = [("-回执.txt".to_owned(), format!("paper {n}").into_bytes())];
            let away = put_away(&file, &digest_of(&file).unwrap(), &into, &papers).unwrap();
            assert!(!file.exists());
            assert_eq!(fs::read_to_string(&away.file).unwrap(), format!("{n}"));
            assert_eq!(fs::read_to_string(&away.beside[0]).unwrap(), format!("paper {n}"));
        }
        let mut names: Vec<_> = fs::read_dir(&into).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names.len(), 6, "{names:?}");
        // A file that went away meanwhile leaves no empty place.
        assert!(put_away(&folder.path().join("gone.xlsx"), "", &into, &[]).is_err());
        assert!(!into.join("gone.xlsx").exists());
        assert_eq!(find(folder.path(), "土木-2.xlsx"), Some(into.join("土木-2.xlsx")));
    }

    #[test]
    fn papers_of_one_stem_and_several_endings_never_take_each_others_place() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("returned/2020-02-17");
        for (ending, text) in [("csv", "one"), ("xlsx", "two")] {
            let file = folder.path().join(format!("土木.{ending}"));
            fs::write(&file, text).unwrap();
            let papers =
                [("-回执.txt".to_owned(), text.as_bytes().to_vec()), ("-退回.xlsx".to_owned(), vec![b'x'])];
            let away = put_away(&file, &digest_of(&file).unwrap(), &into, &papers).unwrap();
            assert_eq!(fs::read_to_string(&away.beside[0]).unwrap(), text);
        }
        assert_eq!(fs::read_to_string(into.join("土木-回执.txt")).unwrap(), "one");
        assert_eq!(fs::read_to_string(into.join("土木-2-回执.txt")).unwrap(), "two");
        assert!(into.join("土木.csv").exists() && into.join("土木-2.xlsx").exists());
    }

    #[test]
    fn what_was_written_under_the_same_name_meanwhile_stays_in_the_queue_unmoved() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("done/2020-02-17");
        let file = folder.path().join("土木.csv");
        fs::write(&file, "36.5").unwrap();
        let seen = digest_of(&file).unwrap();
        fs::write(&file, "39.2").unwrap();
        let papers = [("-回执.txt".to_owned(), b"paper".to_vec())];
        let error = put_away(&file, &seen, &into, &papers).unwrap_err();
        assert_eq!(error.kind(), Some(Kind::Refused));
        assert_eq!(fs::read_to_string(&file).unwrap(), "39.2");
        assert_eq!(fs::read_dir(&into).map_or(0, Iterator::count), 0, "no paper of it either");
        // One that got there and is another is brought back, over nothing.
        fs::create_dir_all(&into).unwrap();
        fs::write(into.join("土木.csv"), "40.0").unwrap();
        bring_back(&into.join("土木.csv"), &file, &|from, to| fs::rename(from, to)).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "39.2");
        assert_eq!(fs::read_to_string(folder.path().join("土木-2.csv")).unwrap(), "40.0");
    }

    #[test]
    fn a_move_that_is_said_to_have_failed_and_did_not_leaves_the_file_there() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("done/2020-02-17");
        let file = folder.path().join("土木.csv");
        fs::write(&file, "36.5").unwrap();
        let lost = |from: &Path, to: &Path| {
            fs::rename(from, to)?;
            Err(std::io::Error::from(ErrorKind::TimedOut))
        };
        let papers = [("-回执.txt".to_owned(), b"paper".to_vec())];
        let away = put_away_by(&file, &digest_of(&file).unwrap(), &into, &papers, &lost).unwrap();
        assert_eq!(fs::read_to_string(&away.file).unwrap(), "36.5");
        assert_eq!(fs::read_to_string(&away.beside[0]).unwrap(), "paper");
        bring_back(&away.file, &file, &lost).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "36.5");
        // It cannot be told whether all of it got there: nothing that has bytes is removed.
        let torn = |from: &Path, to: &Path| {
            fs::remove_file(from)?;
            fs::write(to, "36")?;
            Err(std::io::Error::from(ErrorKind::TimedOut))
        };
        assert!(put_away_by(&file, &digest_of(&file).unwrap(), &into, &[], &torn).is_err());
        assert_eq!(fs::read_to_string(&away.file).unwrap(), "36");
    }

    #[test]
    fn what_a_move_that_was_broken_off_left_is_used_by_the_next_and_found_by_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("done/2020-02-17");
        let (file, receipt) = (folder.path().join("土木.csv"), into.join("土木-回执.txt"));
        fs::create_dir_all(&into).unwrap();
        fs::write(into.join("土木.csv"), "").unwrap();
        fs::write(&receipt, "as it was worded then").unwrap();
        assert_eq!(find(folder.path(), "土木.csv"), None);
        fs::write(&file, "36.5").unwrap();
        let papers = [("-回执.txt".to_owned(), b"paper".to_vec())];
        let away = put_away(&file, &digest_of(&file).unwrap(), &into, &papers).unwrap();
        assert_eq!(away, Away { file: into.join("土木.csv"), beside: vec![receipt.clone()] });
        assert_eq!(fs::read_to_string(&receipt).unwrap(), "paper");
        assert_eq!(find(folder.path(), "土木.csv"), Some(away.file));
        // A place that was only begun, of another ending: an empty paper is free, one with words is the other file's.
        fs::write(into.join("土木-2-回执.txt"), "").unwrap();
        let other = folder.path().join("土木.xlsx");
        fs::write(&other, "two").unwrap();
        let away = put_away(&other, &digest_of(&other).unwrap(), &into, &papers).unwrap();
        assert_eq!(away.file, into.join("土木-2.xlsx"));
        assert!(!into.join("土木.xlsx").exists() && fs::read_dir(&into).unwrap().count() == 4);
    }

    #[test]
    fn to_another_file_system_a_file_is_copied_and_goes_only_once_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("done/2020-02-17");
        let file = folder.path().join("土木.csv");
        old(&file, b"36.5");
        let (digest, written) = (digest_of(&file).unwrap(), fs::metadata(&file).unwrap().modified().unwrap());
        // Another sheet comes under its name while it is tried.
        let newer = |from: &Path, _: &Path| {
            fs::write(from, "39.2")?;
            Err(std::io::Error::from(ErrorKind::CrossesDevices))
        };
        let papers = [("-回执.txt".to_owned(), b"paper".to_vec())];
        assert!(put_away_by(&file, &digest, &into, &papers, &newer).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "39.2");
        assert_eq!(fs::read_dir(&into).unwrap().count(), 0, "neither a copy nor a paper");
        old(&file, b"36.5");
        let across = |_: &Path, _: &Path| Err(std::io::Error::from(ErrorKind::CrossesDevices));
        let away = put_away_by(&file, &digest, &into, &papers, &across).unwrap();
        assert!(!file.exists());
        assert_eq!(fs::read_to_string(&away.file).unwrap(), "36.5");
        assert_eq!(fs::metadata(&away.file).unwrap().modified().unwrap(), written);
        assert_eq!(fs::read_dir(&into).unwrap().count(), 2);
    }

    #[test]
    fn a_database_is_never_moved_and_its_folder_never_watched() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("office.sheet");
        fs::write(&database, b"SQLite format 3\0 and so on").unwrap();
        let digest = digest_of(&database).unwrap();
        assert!(put_away(&database, &digest, &folder.path().join("returned"), &[]).is_err());
        assert!(database.exists());
        let below = folder.path().join("收件");
        fs::create_dir(&below).unwrap();
        assert!(not_the_offices(&below, &database).is_ok());
        for own in [folder.path().to_owned(), below.join(".."), folder.path().join(".")] {
            assert!(not_the_offices(&own, &database).is_err(), "{}", own.display());
        }
        #[cfg(unix)]
        {
            let link = below.join("office.db");
            std::os::unix::fs::symlink(&database, &link).unwrap();
            assert!(
                not_the_offices(&below, &link).is_err() && not_the_offices(folder.path(), &link).is_err()
            );
        }
    }
}
