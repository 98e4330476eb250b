//! Files of the office that others on this machine can read: said at every start, with what to do.

use crate::i18n::cli as say;
use crate::paper::PaperKind;
use crate::platform::is_open_to_others;
use crate::say::Say;
use std::path::{Path, PathBuf};

/// What is to be said of a database that others can read.
pub(super) fn open_database(database: &Path) -> Option<Say> {
    is_open_to_others(database).then(|| say::open_to_others(database.display()))
}

/// What is to be said of the database, the backups and the papers beside it, when others can read one of them.
pub(super) fn open_files(database: &Path) -> Option<Say> {
    let mut open: Vec<PathBuf> = ours(database).into_iter().filter(|file| is_open_to_others(file)).collect();
    open.sort();
    let first = open.first()?.display();
    Some(match open.len() {
        1 => say::open_to_others(first),
        n => say::many_open_to_others(first, n - 1),
    })
}

/// The database, and the files beside it that this program made by their names.
fn ours(database: &Path) -> Vec<PathBuf> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_paper = |name: &str| {
        PaperKind::ALL.iter().any(|kind| {
            let stamp = name.strip_prefix(kind.code()).and_then(|rest| rest.strip_prefix('-'));
            stamp.is_some_and(|stamp| stamp.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let mut files = vec![database.to_owned()];
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if is_paper(&name) || name.contains("-backup-") && name.ends_with(".db") {
            files.push(entry.path());
        }
    }
    files
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn backups_and_papers_count_and_what_is_not_ours_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(folder.path(), 0o755);
        let file = |name: &str, bits| {
            let path = folder.path().join(name);
            std::fs::write(&path, "").unwrap();
            mode(&path, bits);
            path
        };
        let database = file("office.db", 0o600);
        file("letter.pdf", 0o644);
        assert!(open_files(&database).is_none());
        file("office-backup-20200217-1005.db", 0o640);
        assert!(open_files(&database).unwrap().en.contains("office-backup-20200217-1005.db"));
        file("dossier-20200217-1005.pdf", 0o604);
        assert!(open_files(&database).unwrap().en.contains("1 other"));
        mode(folder.path(), 0o700);
        assert!(open_files(&database).is_none(), "nobody else gets there");
    }
}
