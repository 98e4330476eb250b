//! The parent: starts the child on a file, keeps the wall clock, and can be told to stop.

use super::wire::{self, Refused};
use super::{Cells, Claim, Limits, Refusal};
use crate::clock::monotonic;
use crate::domain::password::Passwords;
use crate::error::{Error, Kind, Result};
use crate::i18n::intake as words;
use crossbeam_channel::{RecvTimeoutError, bounded};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a file may take by the wall clock; a busy machine gets more time than the child's processor limit.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// What took too long is tried so often again.
const SLOW_TRIES: u32 = 2;
/// How often a wish to stop is looked for while the child works.
const GLANCE: Duration = Duration::from_millis(20);

/// Why a file was not read.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub error: Error,
    /// How many more times it is of use to try: never where it lies in the file's content.
    pub tries: u32,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, tries: u32::MAX }
    }
}

impl Failed {
    fn of_content(error: Error) -> Self {
        Self { error, tries: 0 }
    }
}

/// Reads a file's cells through a child process, which is held to `limits`; where it is locked, with the first of `known`
/// that fits. `program` is the program to start, this one when absent;
/// `stop` ends the child when it becomes true, and so does the end of `patience`.
pub fn read(
    path: &Path,
    known: &Passwords,
    program: Option<&Path>,
    stop: Option<&AtomicBool>,
    patience: Duration,
    limits: Limits,
) -> Result<Cells> {
    try_read(path, known, program, stop, patience, limits).map_err(|failed| failed.error)
}

/// As [`read`]; where it fails, with whether trying again later is of any use.
///
/// # Errors
/// As [`read`].
pub fn try_read(
    path: &Path,
    known: &Passwords,
    program: Option<&Path>,
    stop: Option<&AtomicBool>,
    patience: Duration,
    limits: Limits,
) -> std::result::Result<Cells, Failed> {
    let file = open(path, limits)?;
    if !crate::platform::confines() {
        // Its limits remain.
        tracing::warn!("the reader of sheets is not confined: the kernel has no way to");
    }
    let program = match program {
        Some(program) => program.to_owned(),
        None => own_program()?,
    };
    let claim = claim(path);
    let mut command = Command::new(&program);
    command.arg(crate::intake::READ_CELLS).arg(claim.word()).arg(limits.word());
    let before = if known.is_empty() {
        command.stdin(Stdio::from(file));
        None
    } else {
        // What stands on a command line, or in a file, others can read.
        command.arg(super::child::WITH_PASSWORDS).stdin(Stdio::piped());
        Some((wire::with_passwords(known), file))
    };
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).env_clear().spawn().map_err(
        |error| match error.kind() {
            // It was replaced by a newer one, or moved away, while this desk was open.
            std::io::ErrorKind::NotFound => Error::file(words::PROGRAM_GONE).hint(words::PROGRAM_GONE_HINT),
            _ => Error::internal("starting the reader of sheets", error),
        },
    )?;
    let mut child = Reaped(child);
    let Some(out) = child.0.stdout.take() else {
        return Err(Error::internal("starting the reader of sheets", "no standard output").into());
    };
    if let (Some((before, mut file)), Some(mut to)) = (before, child.0.stdin.take()) {
        std::thread::spawn(move || {
            // A child that has come to its end wants no more of it.
            let _ = to.write_all(&before).and_then(|()| std::io::copy(&mut file, &mut to));
        });
    }
    let (tell, heard) = bounded(1);
    std::thread::spawn(move || {
        // The parent may have given up; then nobody needs the answer.
        let _ = tell.send(wire::receive(BufReader::with_capacity(1 << 16, out), limits));
    });
    let name = file_name(path);
    let began = monotonic();
    loop {
        match heard.recv_timeout(GLANCE) {
            Ok(Ok(Ok(cells))) => return Ok(Cells { named: claim, ..cells }),
            Ok(Ok(Err(refused))) => return Err(Failed::of_content(refusal(&name, &refused))),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                let error = Error::file(words::unsafe_file(&name)).hint(words::UNSAFE_HINT);
                return Err(Failed::of_content(error));
            }
            Err(RecvTimeoutError::Timeout) => {
                if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                    return Err(Error::refused(words::STOPPED).into());
                }
                if began.elapsed() > patience {
                    // The machine may have been busy, or the file is made to keep it so.
                    let error = Error::file(words::too_slow(&name)).hint(words::UNSAFE_HINT);
                    return Err(Failed { error, tries: SLOW_TRIES });
                }
            }
        }
    }
}

/// A child that is ended and waited for whatever happens.
struct Reaped(Child);

impl Drop for Reaped {
    fn drop(&mut self) {
        // It has usually ended by itself; an error here leaves nothing to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn own_program() -> Result<PathBuf> {
    crate::platform::own_program().map_err(|error| Error::internal("finding the program itself", error))
}

/// Opens only plain files: a pipe or a device would hold the desk up.
fn open(path: &Path, limits: Limits) -> std::result::Result<File, Failed> {
    let name = file_name(path);
    let meta = std::fs::metadata(path).map_err(|error| unreadable(&name, &error))?;
    if !meta.is_file() {
        return Err(Error::file(words::not_a_file(&name)).into());
    }
    if meta.len() > limits.file {
        return Err(Failed::of_content(refusal(&name, &(Refusal::TooLarge, String::new()))));
    }
    if meta.len() == 0 {
        return Err(Failed::of_content(refusal(&name, &(Refusal::Empty, String::new()))));
    }
    Ok(File::open(path).map_err(|error| unreadable(&name, &error))?)
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::file(words::not_found(name)),
        std::io::ErrorKind::PermissionDenied => Error::file(words::not_permitted(name)),
        _ => Error::machine(Kind::File, error, |why| words::not_readable(name, why)),
    }
}

fn claim(path: &Path) -> Claim {
    path.extension().map_or(Claim::Nothing, |ending| Claim::of_ending(&ending.to_string_lossy()))
}

/// The file's name without its folder.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn refusal(name: &str, (why, place): &Refused) -> Error {
    let (what, hint) = words::refusal(*why, name, place);
    let kind = match why {
        Refusal::Password => Kind::Locked,
        Refusal::WrongPassword => Kind::WrongPassword,
        _ => Kind::File,
    };
    Error::user(kind, what).hint(hint)
}
