//! The folder: which files lie there, whether they are whole, and how they are put away.

use crate::clock::Clock;
use crate::domain::inbox::{is_nobodys, is_passing_name};
use crate::error::{Error, Kind, Result};
use crate::i18n::inbox as words;
use crate::platform;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What was taken in goes here.
pub const DONE: &str = "done";
/// What goes back to its sender, whole or in part, goes here.
pub const RETURNED: &str = "returned";

/// A file that was not touched for so long is whole, unless it says otherwise itself.
pub const QUIET_MS: i64 = 1_500;
/// More files than these are not looked at at once.
pub const MOST: usize = 500;
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

/// The plain files of a folder that somebody may have sent, by name.
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
        if !is_nobodys(&name) {
            let written = millis(meta.modified());
            let came = written.max(millis(meta.created()));
            out.push(Lying { name, size: meta.len(), written, came });
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out.truncate(MOST);
    Ok(out)
}

fn millis(at: std::io::Result<std::time::SystemTime>) -> i64 {
    let since = at.ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Whether a file is whole, as far as can be seen: it did not change since the last look, or for a while; its name is
/// not that of a download that goes on, and a zip has its end.
pub fn is_whole(folder: &Path, file: &Lying, before: Option<&Lying>) -> bool {
    let is_quiet = before == Some(file) || Clock::System.now().0 - file.written > QUIET_MS;
    file.size > 0 && is_quiet && !is_passing_name(&file.name) && has_its_end(&folder.join(&file.name))
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

/// Moves a file into a folder, with papers beside it that are called after it. Nothing that lies there is overwritten, and
/// the papers are there before the file is: what is cut off in between is done again at the next look.
///
/// # Errors
/// It cannot be moved, or a paper not written.
pub fn put_away(file: &Path, into: &Path, papers: &[(String, Vec<u8>)]) -> Result<Away> {
    let name = crate::intake::cells::parent::file_name(file);
    let failed =
        |error: &std::io::Error| Error::machine(Kind::File, error, |why| words::not_moved(&name, why));
    fs::create_dir_all(into).map_err(|error| failed(&error))?;
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
        _ => (name.clone(), String::new()),
    };
    for n in 1..10_000 {
        let stem = if n == 1 { stem.clone() } else { format!("{stem}-{n}") };
        let to = into.join(format!("{stem}{ending}"));
        let mut beside = Vec::new();
        // The name is taken by an empty file first: whoever comes at the same moment takes another one.
        match OpenOptions::new().write(true).create_new(true).open(&to) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(failed(&error)),
            Ok(_) => {}
        }
        let moved = (|| {
            for (tail, content) in papers {
                let path = into.join(format!("{stem}{tail}"));
                write_whole(&path, content)?;
                beside.push(path);
            }
            fs::rename(file, &to)?;
            platform::sync_folder(into)?;
            file.parent().map_or(Ok(()), platform::sync_folder)
        })();
        if let Err(error) = moved {
            // The place that was kept is given back where the file did not get there.
            if fs::metadata(&to).is_ok_and(|meta| meta.len() == 0) {
                let _ = fs::remove_file(&to);
            }
            return Err(failed(&error));
        }
        return Ok(Away { file: to, beside });
    }
    Err(Error::file(words::too_many_alike(&name)))
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

/// Where a file of this name lies: in the folder itself, else the newest among what was put away.
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
    away.into_iter().rev().map(|day| day.join(name)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let names: Vec<_> = files(folder.path()).unwrap().into_iter().map(|file| file.name).collect();
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
        let seen = |name: &str| is_whole(path, &lying(name), None);
        assert!(seen("whole.xlsx") && seen("a.csv"));
        assert!(!seen("half.xlsx") && !seen("empty.csv") && !seen("a.csv.crdownload"));
        let grew = Lying { size: 0, ..lying("a.csv") };
        fs::write(path.join("a.csv"), "more").unwrap();
        assert!(!is_whole(path, &lying("a.csv"), Some(&grew)), "just written, and larger than before");
        assert!(is_whole(path, &lying("a.csv"), Some(&lying("a.csv"))), "as at the look before");
    }

    #[test]
    fn nothing_is_overwritten_where_files_are_put_away() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("done/2020-02-17");
        for n in 0..3 {
            let file = folder.path().join("土木.xlsx");
            fs::write(&file, format!("{n}")).unwrap();
            let papers = [("-回执.txt".to_owned(), format!("paper {n}").into_bytes())];
            let away = put_away(&file, &into, &papers).unwrap();
            assert!(!file.exists());
            assert_eq!(fs::read_to_string(&away.file).unwrap(), format!("{n}"));
            assert_eq!(fs::read_to_string(&away.beside[0]).unwrap(), format!("paper {n}"));
        }
        let mut names: Vec<_> = fs::read_dir(&into).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names.len(), 6, "{names:?}");
        // A file that went away meanwhile leaves no empty place.
        assert!(put_away(&folder.path().join("gone.xlsx"), &into, &[]).is_err());
        assert!(!into.join("gone.xlsx").exists());
        assert_eq!(find(folder.path(), "土木-2.xlsx"), Some(into.join("土木-2.xlsx")));
    }
}
