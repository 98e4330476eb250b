//! `shim.c`, compiled once, and the faults it is told to make.

use super::ground::Ground;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

/// What meets the program's calls to the disk.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// Killed before the n-th call.
    Kill(u32),
    /// Killed in the middle of the n-th call if it writes, before it if not.
    Tear(u32),
    /// The n-th call fails: `eio`, `enospc` or `erofs`; and each after it.
    Fail { at: u32, error: &'static str, onwards: bool },
}

/// A run under a fault.
pub struct Run {
    pub output: Output,
    /// The fault came to pass.
    pub met: bool,
}

impl Run {
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    pub fn complained(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

fn library() -> &'static Path {
    static BUILT: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("shim.so");
        // The C compiler that the bundled database needs anyway.
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desk/faults/shim.c");
        let done = Command::new(compiler)
            .args(["-shared", "-fPIC", "-O1", "-pthread", "-o"])
            .args([&to, &source])
            .status()
            .unwrap();
        assert!(done.success(), "shim.c does not compile");
        (folder, to)
    });
    &built.1
}

/// Puts the shim before a command on this ground.
fn shimmed(ground: &Ground, command: &mut Command) {
    command.env("LD_PRELOAD", library()).env("ZHIBAN_FAULT_UNDER", &ground.root);
}

/// Runs a command under a fault.
pub fn run(ground: &Ground, mut command: Command, fault: Fault) -> Run {
    shimmed(ground, &mut command);
    let (at, what) = match fault {
        Fault::Kill(at) => (at, "kill"),
        Fault::Tear(at) => (at, "tear"),
        Fault::Fail { at, error, .. } => (at, error),
    };
    let mark = ground.root.with_file_name("met");
    let _ = std::fs::remove_file(&mark);
    command.env("ZHIBAN_FAULT_AT", at.to_string()).env("ZHIBAN_FAULT_DO", what);
    command.env("ZHIBAN_FAULT_MARK", &mark);
    if let Fault::Fail { onwards: true, .. } = fault {
        command.env("ZHIBAN_FAULT_ONWARDS", "1");
    }
    let output = command.output().unwrap();
    assert_ne!(output.status.code(), Some(97), "this system lets no filter be installed");
    Run { output, met: mark.exists() }
}

/// Runs a command and has every call written to a journal, which grows from run to run; on a disk that lies, syncs
/// of files whose name ends with `lies` are not done.
pub fn journalled(ground: &Ground, mut command: Command, journal: &Path, lies: Option<&str>) -> Output {
    shimmed(ground, &mut command);
    command.env("ZHIBAN_FAULT_JOURNAL", journal);
    if let Some(lies) = lies {
        command.env("ZHIBAN_FAULT_LIES", lies);
    }
    command.output().unwrap()
}
