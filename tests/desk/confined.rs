//! The child that reads sheets asks the system for nothing but memory, its input and its output; and what others can
//! read is said.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use assert_cmd::Command;
use zhiban::intake::{READ_CELLS, TRY_CONFINED};

fn zhiban() -> Command {
    let mut command = Command::cargo_bin("zhiban").unwrap();
    command.env_clear().env("ZHIBAN_STATE_DIR", std::env::temp_dir().join("zhiban-no-state"));
    command
}

#[test]
fn the_reader_of_sheets_reaches_no_network_no_program_and_no_file() {
    if !zhiban::platform::confines() {
        eprintln!("not tried: the kernel has no way to confine the reader of sheets");
        return;
    }
    let done = zhiban().args([READ_CELLS, TRY_CONFINED]).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(said, "network refused\nprogram refused\nfile refused\nthread refused\n");
}

#[cfg(unix)]
#[test]
fn a_database_that_others_can_read_is_said_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let db = folder.path().join("office.db");
    let run = |args: &[&str]| {
        let done = zhiban().arg("--db").arg(&db).args(args).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stderr).unwrap()
    };
    run(&["init", "--office", "海岬理工大学防控办", "--officer", "林静"]);
    open(&db, 0o644);
    open(folder.path(), 0o700);
    let list = ["list", "cases", "--lang", "zh"];
    assert!(!run(&list).contains("chmod"), "nobody else gets into the folder");
    open(folder.path(), 0o755);
    assert!(run(&list).contains("chmod 600"));
    assert!(run(&["list", "cases", "--lang", "en"]).contains("Others can read"));
    open(&db, 0o600);
    assert!(!run(&list).contains("chmod"));
}
