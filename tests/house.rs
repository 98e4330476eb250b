//! Imports between rooms point one way (the map in `lib.rs`). Reads the `crate::` paths of every file.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each room may use besides itself. Whatever is not listed is forbidden.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    let beside = ["error", "i18n", "domain"];
    let rooms: &[(&str, &[&str])] = &[
        ("domain", &[]),
        ("error", &[]),
        ("clock", &[]),
        ("i18n", &["log", "store"]),
        ("log", &[]),
        ("search", &[]),
        ("platform", &[]),
        ("store", &["log", "search", "platform"]),
        ("intake", &["log", "store", "platform", "clock"]),
        ("paper", &["log", "store", "platform"]),
        // The made-up office repeats itself: its ids are seeded ones.
        ("demo", &["log", "store", "clock"]),
        ("app", &["log", "store", "paper", "intake", "search"]),
        ("view", &["log", "store", "paper", "app", "search"]),
        (
            "runtime",
            &["log", "store", "paper", "app", "view", "intake", "search", "platform", "clock", "demo"],
        ),
        (
            "cli",
            &[
                "log", "store", "paper", "app", "view", "intake", "search", "platform", "clock", "demo",
                "runtime",
            ],
        ),
    ];
    rooms
        .iter()
        .map(|(room, more)| (*room, beside.iter().chain(*more).copied().chain([*room]).collect()))
        .collect()
}

/// Paths that reach into a room only for its plain types. `i18n` puts values into words and may not run
/// a query.
const ONLY: &[(&str, &str, &[&str])] = &[
    ("i18n", "store", &["store::query::rows", "store::check::"]),
    ("app", "store", &["store::query::rows", "store::act", "store::local::Draft", "store::check"]),
    ("view", "store", &["store::query::rows", "store::act"]),
    ("app", "intake", &["intake::plan"]),
    ("demo", "clock", &["clock::Ids"]),
];

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The code of a file without its test module and comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every `crate::…` path, with groups opened: `use crate::a::{b, c::d}` gives `a::b` and `a::c::d`.
fn paths(code: &str) -> Vec<String> {
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$'))
        .flat_map(|(at, found)| {
            let rest = &code[at + found.len()..];
            let plain: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
            if let (true, Some(end)) = (rest[plain.len()..].starts_with('{'), rest.find('}')) {
                rest[plain.len() + 1..end]
                    .split(',')
                    .map(|item| format!("{plain}{}", item.trim()))
                    .collect::<Vec<_>>()
            } else {
                vec![plain]
            }
        })
        .collect()
}

fn faults(room: &str, code: &str) -> Vec<String> {
    let allowed = allowed();
    let mine = allowed.get(room).unwrap_or_else(|| panic!("the room {room} is not on the map"));
    paths(code)
        .into_iter()
        .filter(|path| {
            let to = path.split("::").next().unwrap_or_default();
            // Macros and re-exports at the root are words, not rooms.
            if !allowed.contains_key(to) {
                return false;
            }
            if !mine.contains(&to) {
                return true;
            }
            ONLY.iter()
                .filter(|(from, target, _)| *from == room && *target == to)
                .any(|(_, _, only)| !only.iter().any(|prefix| path.starts_with(prefix)))
        })
        .collect()
}

#[test]
fn imports_point_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let mut found = Vec::new();
    for path in all {
        let inside = path.strip_prefix(&src).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let room = first.trim_end_matches(".rs");
        let is_test = inside.file_stem().is_some_and(|s| s == "tests" || s == "property" || s == "fixture")
            || inside.components().any(|part| part.as_os_str() == "tests");
        if room == "main" || room == "lib" || is_test {
            continue;
        }
        for fault in faults(room, &code(&path)) {
            found.push(format!("{}: {fault}", inside.display()));
        }
    }
    assert!(found.is_empty(), "rooms touch what they must not:\n{}", found.join("\n"));
}

#[test]
fn no_projection_holds_a_translated_word() {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/project"), &mut all);
    assert!(!all.is_empty());
    for path in all {
        // A refusal has words; a row has none.
        let words = paths(&code(&path)).into_iter().filter(|path| path.starts_with("i18n::"));
        let found: Vec<_> = words.filter(|path| !path.starts_with("i18n::store")).collect();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
}

#[test]
fn the_rooms_without_a_terminal_or_a_database_name_neither() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, banned) in [
        ("domain", &["rusqlite", "ratatui", "crossterm", "std::time::"][..]),
        ("log", &["rusqlite", "ratatui", "crossterm"]),
        ("search", &["rusqlite", "ratatui", "crossterm"]),
        ("app", &["rusqlite", "std::thread", "std::fs"]),
        ("view", &["rusqlite", "std::thread", "std::fs"]),
        ("store", &["ratatui", "crossterm"]),
        ("intake", &["rusqlite", "ratatui"]),
    ] {
        let mut all = Vec::new();
        files(&src.join(room), &mut all);
        assert!(!all.is_empty(), "the room {room} is empty");
        for path in all.iter().filter(|path| !path.ends_with("tests.rs")) {
            let code = code(path);
            for word in banned {
                assert!(!code.contains(word), "{} names {word}", path.display());
            }
        }
    }
}

#[test]
fn the_check_catches_a_wrong_import() {
    assert_eq!(faults("domain", "use crate::store::query;"), ["store::query"]);
    assert_eq!(faults("app", "let x = crate::store::query::people(r);"), ["store::query::people"]);
    assert_eq!(faults("view", "use crate::{clock::Clock, app::State};"), ["clock::Clock"]);
    assert!(faults("store", "use crate::log::{Op, wire};").is_empty());
}
