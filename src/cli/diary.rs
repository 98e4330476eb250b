//! The diary: what went wrong inside, for whoever mends the program. `zhiban.log` in the platform's folder for
//! state, its owner's alone, warnings and worse. Nothing personal goes there: events carry what was being done,
//! never what it was about.

use etcetera::BaseStrategy;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::Level;

/// Begins the diary. A machine that has no place for it goes without.
pub(super) fn begin() {
    let Some(path) = place() else { return };
    let diary = Diary::new(path);
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::WARN)
        .with_ansi(false)
        .with_writer(move || diary.clone())
        .finish();
    // Only a test could have set another one.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Where it lies.
pub(super) fn place() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    // Windows has no folder for state.
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Some(folder.join("zhiban").join("zhiban.log"))
}

/// The file, made when the first line is written: a machine on which all goes well has none.
#[derive(Clone)]
struct Diary {
    path: Arc<Path>,
    file: Arc<Mutex<Option<File>>>,
}

impl Diary {
    fn new(path: PathBuf) -> Self {
        Self { path: path.into(), file: Arc::default() }
    }

    fn open(&self) -> io::Result<File> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        crate::platform::private_mode(&mut options);
        options.open(&self.path)
    }
}

impl Write for Diary {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.is_none() {
            *file = self.open().ok();
        }
        match file.as_mut() {
            Some(file) => file.write(line),
            // Without a file the line is lost, and nothing else.
            None => Ok(line.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diary_begins_with_its_first_line_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/zhiban/zhiban.log");
        let diary = Diary::new(path.clone());
        assert!(!folder.path().join("state").exists());
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(Level::WARN)
            .with_ansi(false)
            .with_writer(move || diary.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!("not kept");
            tracing::warn!("first");
            tracing::error!(context = "opening", "second");
        });
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("first") && text.contains("opening") && !text.contains('\u{1b}'), "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_diary_that_cannot_be_opened_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let mut diary = Diary::new(folder.path().join("file/zhiban.log"));
        assert!(diary.write_all(b"line").is_ok());
    }
}
