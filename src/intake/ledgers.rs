//! Declarations of registers (台账) in an office's own folder: `ledgers` beside its database. A file there is in force as
//! soon as it is saved and the next thing is written; a wrong one is told, and the last good one stays.

use crate::domain::ledger::Ledger;
use crate::domain::ledger::file::MAX_FILE;
use crate::domain::ledger::raise::Target;
use crate::error::{Error, Kind, Result};
use crate::i18n::{intake as words, ledger as say};
use crate::say::Say;
use crate::store::{Reader, query};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Where an office keeps declarations of its own.
pub fn folder_beside(database: &Path) -> PathBuf {
    database.with_file_name("ledgers")
}

/// Reads a declaration. What is wrong with it is told with the file's name, line, column and word.
///
/// # Errors
/// The file cannot be read, or is no declaration.
pub fn read(path: &Path) -> Result<Ledger> {
    let name = super::cells::parent::file_name(path);
    let text = text(path)?;
    Ledger::parse(&text).map_err(|fault| say::of_file(say::fault(&fault), &name))
}

/// The text of a declaration's file: never more of it than a declaration may have.
///
/// # Errors
/// The file cannot be read, or is no text.
pub fn text(path: &Path) -> Result<String> {
    let name = super::cells::parent::file_name(path);
    let unreadable =
        |error: &std::io::Error| Error::machine(Kind::File, error, |why| words::not_readable(&name, why));
    let is_file = std::fs::metadata(path).map_err(|error| unreadable(&error))?.is_file();
    if !is_file {
        return Err(Error::file(say::no_file(&name)));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&error))?;
    let text = String::from_utf8(bytes).or_else(|error| {
        // Cut in the middle of a character: it is too large whatever it is.
        if error.as_bytes().len() > MAX_FILE {
            Ok(" ".repeat(MAX_FILE + 1))
        } else {
            Err(Error::file(say::no_text(&name)))
        }
    })?;
    // Editors of one system begin every file with a mark.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// The declarations that stand in the same folder as a file, and those that come with the program.
pub fn beside(path: &Path) -> Vec<Arc<Ledger>> {
    // Named without a folder it is in this one.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let others = files_of(folder).into_iter().filter_map(|other| read(&other).ok()).map(Arc::new);
    others.chain(crate::domain::ledger::shipped().iter().cloned()).collect()
}

/// Every declaration in the folder of an office, in the order of their names.
pub fn own(database: &Path) -> Vec<(PathBuf, Result<Ledger>)> {
    paths(database).into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// What proposes entries of another ledger comes after that one: it is looked at when it is taken into the log.
fn in_order(mut left: Vec<(PathBuf, Result<Ledger>)>) -> Vec<(PathBuf, Result<Ledger>)> {
    let mut out = Vec::new();
    while !left.is_empty() {
        let waits = |one: &Result<Ledger>| {
            let names = one.iter().flat_map(|own| own.raises().map(move |raise| (own, &raise.target)));
            let mut others = names.filter_map(|(own, target)| match target {
                Target::Ledger(name) if *name != own.name => Some(name),
                _ => None,
            });
            others.any(|name| left.iter().any(|(_, other)| other.as_ref().is_ok_and(|l| l.name == *name)))
        };
        // Where two wait for one another, neither comes after.
        let next = left.iter().position(|(_, one)| !waits(one)).unwrap_or(0);
        out.push(left.remove(next));
    }
    out
}

fn paths(database: &Path) -> Vec<PathBuf> {
    files_of(&folder_beside(database))
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    paths
}

/// When the folder, or a file in it, was saved last, and how many there are: what is the same need not be read again.
pub fn stamp(database: &Path) -> Option<(SystemTime, usize)> {
    let saved = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let folder = saved(&folder_beside(database))?;
    let paths = paths(database);
    let last = paths.iter().filter_map(|path| saved(path)).fold(folder, SystemTime::max);
    Some((last, paths.len()))
}

/// A file of the folder that is not what the office writes by.
#[derive(Debug)]
pub struct News {
    /// Which.
    pub path: PathBuf,
    /// What is to be taken into the log; or why it cannot be, and the last good one stays.
    pub ledger: Result<Arc<Ledger>>,
    /// Fields that hold values and that it does not have any longer: told, and it is taken all the same.
    pub left_out: Vec<Say>,
}

/// What stands in the folder of an office and is not in force there.
///
/// # Errors
/// The database cannot be read.
pub fn news(reader: &Reader, database: &Path) -> Result<Vec<News>> {
    let own = in_order(own(database));
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let known = query::in_force(reader)?;
    let mut out: Vec<News> = Vec::new();
    for (path, read) in own {
        let name = super::cells::parent::file_name(&path);
        let ledger = match read {
            Err(error) => Err(error),
            Ok(ledger) => {
                let stands = known.iter().find(|(known, _)| known.name == ledger.name);
                let before =
                    out.iter().filter_map(|news| news.ledger.as_ref().ok()).find(|b| b.name == ledger.name);
                match (before, stands) {
                    (Some(_), _) => Err(Error::refused(say::twice(&ledger.name))),
                    (None, Some((known, _))) if known.text == ledger.text => continue,
                    // A copy of what came with an earlier program: the program's own goes on from it.
                    (None, Some((known, _))) if known.version > ledger.version && ledger.came_earlier() => {
                        continue;
                    }
                    // What comes with the program and was never used gives way to the office's own.
                    (None, Some((known, true))) if known.version > ledger.version => {
                        Err(Error::refused(say::version_old(&ledger.name, ledger.version, known.version)))
                    }
                    (None, Some((known, true))) if known.version == ledger.version => {
                        Err(Error::refused(say::version_taken(&ledger.name, ledger.version)))
                    }
                    _ => {
                        let other = |name: &str| {
                            let new = out.iter().filter_map(|news| news.ledger.as_ref().ok());
                            let known = known.iter().map(|(known, _)| known);
                            new.chain(known).find(|known| known.name == name).cloned()
                        };
                        let new = out.iter().filter_map(|news| news.ledger.as_ref().ok());
                        let all = new.chain(known.iter().map(|(known, _)| known)).map(AsRef::as_ref);
                        let fits = ledger.words_fit().and_then(|()| ledger.raises_fit(&other));
                        match fits.and_then(|()| ledger.title_fits(all)) {
                            Ok(()) => Ok(Arc::new(ledger)),
                            Err(fault) => Err(say::fault(&fault)),
                        }
                    }
                }
                .map_err(|error| say::of_file(error, &name))
            }
        };
        // What is refused there is refused when it is taken, and told then.
        let left_out = |ledger: &Arc<Ledger>| query::adoptable(reader, ledger).unwrap_or_default();
        let left_out = ledger.as_ref().map(left_out).unwrap_or_default();
        out.push(News { path, ledger, left_out });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::Lang;

    const KEYS: &str = "name = \"keys\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"钥匙\", en = \"Keys\" }\n\
        [[column]]\nfield = \"room\"\ntitle = { zh = \"房间\", en = \"Room\" }\n";

    #[test]
    fn a_folder_is_read_file_by_file_and_a_wrong_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("office.db");
        assert!(own(&database).is_empty() && stamp(&database).is_none());
        let ledgers = folder_beside(&database);
        std::fs::create_dir(&ledgers).unwrap();
        let save = |name: &str, text: &[u8]| std::fs::write(ledgers.join(name), text).unwrap();
        save("b.toml", format!("\u{feff}{KEYS}").as_bytes());
        save("a.toml", KEYS.replace("room\"\n", "room\"\ndefault = \"mvoe\"\n").as_bytes());
        save("c.toml", b"\xff\xfe");
        save("d.toml", "台".repeat(MAX_FILE).as_bytes());
        save("notes.txt", b"not one");
        std::fs::create_dir(ledgers.join("e.toml")).unwrap();
        let all = own(&database);
        assert_eq!(all.len(), 5);
        let said = |at: usize| all[at].1.as_ref().unwrap_err().text(Lang::En);
        assert!(said(0).contains("a.toml") && said(0).contains("line 7, column 11"), "{}", said(0));
        assert!(said(0).contains("\"mvoe\""), "{}", said(0));
        assert_eq!(all[1].1.as_ref().unwrap().name, "keys");
        assert!(said(2).contains("c.toml"), "{}", said(2));
        assert!(said(3).contains("too large"), "{}", said(3));
        assert!(said(4).contains("e.toml"), "{}", said(4));
        assert_eq!(stamp(&database).unwrap().1, 5);
    }
}
