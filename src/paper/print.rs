//! Printing a text file through CUPS' `lp`.
//!
//! `lp` answers 0 on a stopped queue (the job waits there), so the queue is asked afterwards. Without a printer the
//! file stays, and its name is told.

use crate::error::{Error, Kind, Result};
use crate::i18n::{Say, paper as say};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether a queue took it and is running.
    pub printed: bool,
    /// What to tell the officer.
    pub message: Say,
    /// The queue, if one took it.
    pub queue: Option<String>,
}

/// Writes a paper to a new file, for its owner alone: under a temporary name, synced, renamed. The folder has to be
/// there, and a file of that name must not.
///
/// # Errors
/// The file cannot be written, or is there already.
pub fn write(text: &str, to: &Path) -> Result<()> {
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let written = || {
        let mut file = tempfile::Builder::new().prefix(".zhiban-paper-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist_noclobber(to).map_err(|e| e.error)?;
        crate::platform::sync_folder(folder)
    };
    written().map_err(|error| Error::user(Kind::NotSaved, say::cannot_write(to.display(), error)))
}

/// Hands a file to `queue`, or to the system's default when empty.
pub fn print(file: &Path, queue: &str) -> Outcome {
    print_with("lp", "lpstat", file, queue)
}

fn print_with(lp: &str, lpstat: &str, file: &Path, queue: &str) -> Outcome {
    let shown = file.display();
    let mut command = Command::new(lp);
    // The job's title is neutral: a Chinese one mangles file names, and titles stand in queues for all to read.
    command.env("LC_ALL", "C").args(["-t", "zhiban"]).stdin(Stdio::null());
    if !queue.is_empty() {
        command.args(["-d", queue]);
    }
    let Ok(answer) = command.arg("--").arg(file).output() else {
        return Outcome { printed: false, message: say::no_printer(shown), queue: None };
    };
    if !answer.status.success() {
        let error = String::from_utf8_lossy(&answer.stderr);
        let error = error.lines().next().unwrap_or_default().trim();
        // What lp says when there is no queue at all, or the spooler is down.
        let none =
            ["no default destination", "does not exist", "scheduler", "not connect", "Bad file descriptor"]
                .iter()
                .any(|sign| error.to_ascii_lowercase().contains(&sign.to_ascii_lowercase()));
        let message =
            if none && queue.is_empty() { say::no_printer(shown) } else { say::refused(error, shown) };
        return Outcome { printed: false, message, queue: None };
    }
    let job = job_of(&String::from_utf8_lossy(&answer.stdout));
    let used = job.rsplit_once('-').map_or(queue, |(queue, _)| queue).to_owned();
    if is_stopped(lpstat, &used) {
        return Outcome { printed: false, message: say::stopped(&used, shown), queue: Some(used) };
    }
    Outcome { printed: true, message: say::sent(&used, job), queue: Some(used) }
}

/// The job out of `request id is ZhibanPDF-12 (1 file(s))`.
fn job_of(answer: &str) -> String {
    let mut words = answer.split_whitespace().skip_while(|word| *word != "is");
    words.nth(1).unwrap_or_default().to_owned()
}

/// Whether the queue itself says it is disabled.
fn is_stopped(lpstat: &str, queue: &str) -> bool {
    let answer = Command::new(lpstat).env("LC_ALL", "C").args(["-p", queue]).stdin(Stdio::null()).output();
    answer.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("disabled"))
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test's helpers")]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A made-up command that answers `out` on standard output, `err` on standard error, with `code`.
    fn command(folder: &Path, name: &str, out: &str, err: &str, code: i32) -> String {
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\necho '{out}'\necho '{err}' >&2\nexit {code}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    #[test]
    fn no_file_is_overwritten_and_no_folder_made() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        write("交班", &file).unwrap();
        assert!(write("别的", &file).is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "交班");
        assert!(write("交班", &folder.path().join("none/a.txt")).is_err());
        assert!(!folder.path().join("none").exists());
    }

    #[test]
    fn without_lp_or_a_queue_the_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        write("交班", &file).unwrap();
        let none = print_with("/nonexistent/lp", "lpstat", &file, "");
        assert!(!none.printed && none.message.en.contains("a.txt"), "{none:?}");
        let lp = command(folder.path(), "lp", "", "lp: Error - no default destination available.", 1);
        let none = print_with(&lp, "lpstat", &file, "");
        assert!(none.message.zh.starts_with("没有打印机"), "{none:?}");
    }

    #[test]
    fn a_stopped_queue_is_not_called_printed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        let lp = command(folder.path(), "lp", "request id is Desk-One-12 (1 file(s))", "", 0);
        let idle = command(folder.path(), "idle", "printer Desk-One is idle.  enabled since x", "", 0);
        let stopped = command(folder.path(), "stopped", "printer Desk-One disabled since x -", "", 0);
        let sent = print_with(&lp, &idle, &file, "");
        assert_eq!((sent.printed, sent.queue.as_deref()), (true, Some("Desk-One")));
        assert!(sent.message.en.contains("job Desk-One-12"));
        let waits = print_with(&lp, &stopped, &file, "");
        assert!(!waits.printed && waits.message.en.contains("stopped"), "{waits:?}");
    }
}
