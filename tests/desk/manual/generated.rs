//! The reference in `docs/` is what the program makes.

use super::root;

/// Files, and the arguments that make each.
const MADE: &[(&str, &[&str])] = &[
    ("docs/reference.md", &["--lang", "en"]),
    ("docs/reference.zh-CN.md", &["--lang", "zh"]),
    ("docs/zhiban.1", &["--lang", "en", "--format", "man"]),
];

/// Set to write the files anew.
const WRITE: &str = "ZHIBAN_WRITE_REFERENCE";

fn made(args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::Command::cargo_bin("zhiban").unwrap();
    command.env("ZHIBAN_STATE_DIR", folder.path()).arg("--db").arg(folder.path().join("none.db"));
    let out = command.arg("reference").args(args).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_reference_in_docs_is_what_the_program_makes() {
    for (file, args) in MADE {
        let (path, made) = (root().join(file), made(args));
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        let differs = kept.lines().zip(made.lines()).find(|(kept, made)| kept != made);
        assert!(
            kept == made,
            "{file} is not what `zhiban reference {}` makes; first difference: {differs:?}.\n\
             To write it anew: {WRITE}=1 cargo test --test desk manual::generated",
            args.join(" ")
        );
    }
}
