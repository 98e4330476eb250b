//! Imports between rooms point one way (the map in `lib.rs`). Reads the `crate::` paths of every file.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each room may use besides itself. Whatever is not listed is forbidden.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    // The ground floor and what puts it into words: every room from the store upwards uses these.
    let below = ["say", "error", "domain", "log", "i18n"];
    let ground: &[(&str, &[&str])] = &[
        ("say", &[]),
        ("error", &["say"]),
        ("domain", &[]),
        ("clock", &["domain"]),
        ("platform", &["domain"]),
        ("log", &["domain"]),
        ("search", &["domain"]),
        ("i18n", &["say", "error", "domain", "log", "search"]),
    ];
    let rooms: &[(&str, &[&str])] = &[
        ("store", &["search", "platform"]),
        ("intake", &["store", "platform", "clock"]),
        ("paper", &["store", "platform"]),
        // The made-up office repeats itself: its ids are seeded ones.
        ("demo", &["store", "clock"]),
        ("app", &["store", "paper", "intake", "search"]),
        ("view", &["store", "paper", "app", "search"]),
        ("runtime", &["store", "paper", "app", "view", "intake", "search", "platform", "clock", "demo"]),
        (
            "cli",
            &["store", "paper", "app", "view", "intake", "search", "platform", "clock", "demo", "runtime"],
        ),
    ];
    let ground = ground.iter().map(|(room, uses)| (*room, uses.to_vec()));
    let above = rooms.iter().map(|(room, more)| (*room, below.iter().chain(*more).copied().collect()));
    ground
        .chain(above)
        .map(|(room, uses): (_, Vec<_>)| (room, uses.into_iter().chain([room]).collect()))
        .collect()
}

/// Paths that reach into a room only for its plain types.
const ONLY: &[(&str, &str, &[&str])] = &[
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
    assert_eq!(faults("error", "use crate::i18n::terms;"), ["i18n::terms"]);
    assert_eq!(faults("app", "let x = crate::store::query::people(r);"), ["store::query::people"]);
    assert_eq!(faults("view", "use crate::{clock::Clock, app::State};"), ["clock::Clock"]);
    assert!(faults("store", "use crate::log::{Op, wire};").is_empty());
}

/// Files of the program by the path of their module.
fn modules(src: &Path) -> BTreeMap<String, String> {
    let mut all = Vec::new();
    files(src, &mut all);
    all.into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(src).unwrap().to_path_buf();
            let name = inside.with_extension("").to_str().unwrap().replace(std::path::MAIN_SEPARATOR, "::");
            let name = name.strip_suffix("::mod").map_or(name.clone(), str::to_owned);
            let last = name.rsplit("::").next().unwrap();
            let is_test =
                ["tests", "property", "fixture"].iter().any(|part| name.split("::").any(|p| p == *part))
                    || last.ends_with("_tests");
            (!is_test && name != "main" && name != "lib").then(|| (name, code(&path)))
        })
        .collect()
}

/// The paths a group names: `b, c::{d, e}` gives `b`, `c::d`, `c::e`.
fn opened(group: &str) -> Vec<String> {
    let (mut out, mut depth, mut item) = (Vec::new(), 0, String::new());
    for c in group.chars().chain([',']) {
        match c {
            ',' if depth == 0 => {
                let whole = std::mem::take(&mut item);
                let whole = whole.trim();
                match whole.split_once("::{") {
                    Some((head, rest)) => {
                        let inner = opened(rest.trim_end_matches('}'));
                        out.extend(inner.into_iter().map(|tail| format!("{head}::{tail}")));
                    }
                    None if whole.is_empty() => {}
                    None => out.push(whole.split(" as ").next().unwrap().to_owned()),
                }
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        item.push(c);
    }
    out
}

/// Which modules `me` names: by `crate::`, `super::` and `self::`, groups opened. A name that is re-exported leads to the
/// module that re-exports it.
fn named<'a>(me: &str, code: &str, all: &'a BTreeMap<String, String>) -> BTreeSet<&'a str> {
    let mut out = BTreeSet::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == ':') {
                continue;
            }
            let rest = &code[at..];
            let plain: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
            let tails = match rest[plain.len()..].strip_prefix('{') {
                Some(group) => {
                    let mut depth = 1;
                    let end = group.find(|c| {
                        depth += i32::from(c == '{') - i32::from(c == '}');
                        depth == 0
                    });
                    opened(&group[..end.unwrap()])
                }
                None => vec![String::new()],
            };
            for tail in tails {
                let mut here: Vec<&str> = me.split("::").collect();
                let whole = format!("{plain}{tail}");
                let mut path: Vec<&str> = Vec::new();
                for (place, part) in whole.split("::").filter(|part| !part.is_empty()).enumerate() {
                    match part {
                        "crate" => here.clear(),
                        "super" => drop(here.pop()),
                        "self" if place == 0 => {}
                        name => path.push(name),
                    }
                }
                let full: Vec<&str> = here.into_iter().chain(path).collect();
                let known = (1..=full.len()).rev().find_map(|n| all.get_key_value(&full[..n].join("::")));
                out.extend(known.map(|(name, _)| name.as_str()).filter(|name| *name != me));
            }
        }
    }
    out
}

/// What can be reached from `from`.
fn reach<'a>(from: &'a str, graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(here) = open.pop() {
        for next in graph.get(here).into_iter().flatten() {
            if seen.insert(*next) {
                open.push(next);
            }
        }
    }
    seen
}

/// Groups of more than `most` that all lead to each other.
fn circles<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>, most: usize) -> BTreeSet<BTreeSet<&'a str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|from| (*from, reach(from, graph))).collect();
    let with = |here: &&'a str| {
        let there = &reached[here];
        there.iter().filter(|to| reached.get(*to).is_some_and(|back| back.contains(here))).copied().collect()
    };
    graph.keys().map(with).filter(|circle: &BTreeSet<&str>| circle.len() > most).collect()
}

#[test]
fn no_rooms_stand_in_a_circle_and_of_files_no_more_than_two() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let all = modules(&src);
    let files: BTreeMap<&str, BTreeSet<&str>> =
        all.iter().map(|(name, code)| (name.as_str(), named(name, code, &all))).collect();
    let room =
        |name: &'_ str| all.get_key_value(name).map(|(name, _)| name.split("::").next().unwrap()).unwrap();
    let mut rooms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in &files {
        let others = to.iter().map(|to| room(to)).filter(|to| *to != room(from));
        rooms.entry(room(from)).or_default().extend(others);
    }
    assert_eq!(circles(&rooms, 1), BTreeSet::new(), "rooms that lead back to themselves");
    assert_eq!(circles(&files, 2), BTreeSet::new(), "files that lead back to themselves");
}

#[test]
fn the_check_catches_a_circle() {
    let all: BTreeMap<String, String> = [
        ("a", "use crate::b::Thing;"),
        ("b", "use super::c::{self, d::{Deep, deeper}};"),
        ("c", ""),
        ("c::d", "fn f(x: super::super::a::Kind) {}"),
    ]
    .map(|(name, code)| (name.to_owned(), code.to_owned()))
    .into();
    let graph: BTreeMap<&str, BTreeSet<&str>> =
        all.iter().map(|(name, code)| (name.as_str(), named(name, code, &all))).collect();
    assert_eq!(graph["b"], ["c", "c::d"].into());
    assert_eq!(circles(&graph, 2), [["a", "b", "c::d"].into()].into());
    assert_eq!(circles(&graph, 3), BTreeSet::new());
}

/// The lines of the table "To add a …" in `lib.rs`: what is added, and the paths named for it.
fn places() -> BTreeMap<String, Vec<String>> {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let table = lib.split("//! # To add a …").nth(1).unwrap().split("//! # ").next().unwrap().to_owned();
    let rows = table.lines().filter_map(|line| line.strip_prefix("//! | "));
    rows.skip(1)
        .map(|row| {
            let (what, rest) = row.split_once(" | ").unwrap();
            let code = rest.split('`').skip(1).step_by(2);
            let paths = code.filter(|code| code.contains('/') || code.contains(".rs")).map(str::to_owned);
            (what.to_owned(), paths.collect())
        })
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of the program that hold `mark`, below `src`.
fn holding(mark: &str) -> BTreeSet<String> {
    let src = root().join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let found = all.into_iter().filter(|path| code(path).contains(mark));
    found.map(|path| path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/")).collect()
}

#[test]
fn what_the_table_of_additions_names_is_there() {
    let places = places();
    for what in
        ["column", "kind of event", "entity", "form", "page", "key", "setting", "paper", "command", "rule"]
    {
        assert!(places.contains_key(what), "no line for a {what}");
    }
    for (what, paths) in places {
        assert!(!paths.is_empty(), "a {what} goes nowhere");
        for path in paths {
            let top = ["data/", "docs/", "tests/"].iter().any(|top| path.starts_with(top));
            let whole = if top { root().join(&path) } else { root().join("src").join(&path) };
            let fits = if path.ends_with('/') { whole.is_dir() } else { whole.is_file() };
            assert!(fits, "a {what} goes to {path}, which is not there");
        }
    }
}

#[test]
fn each_kind_of_thing_stands_where_the_table_says() {
    for (mark, home) in [
        ("impl Body for ", "log/event/"),
        ("impl Columns for ", "app/shown/"),
        ("impl Part for ", "app/forms/"),
        ("impl Acts for ", "app/forms/"),
        ("impl Source for ", "paper/"),
        ("derive(clap::Args", "cli/"),
        ("derive(clap::Subcommand", "cli/"),
        ("macro_rules! each_id", "domain/ids.rs"),
        ("\nentities! {", "log/entity.rs"),
        ("\nprojected! {", "store/project/mod.rs"),
        ("\n    b(&[", "app/keymap.rs"),
    ] {
        let found = holding(mark);
        assert!(!found.is_empty(), "nothing holds {mark:?}");
        let astray: Vec<_> = found.iter().filter(|path| !path.starts_with(home)).collect();
        assert!(astray.is_empty(), "{mark:?} stands outside {home}: {astray:?}");
    }
}

#[test]
fn each_command_has_its_arguments_in_its_file() {
    let all = modules(&root().join("src"));
    let list = all["cli"].split("enum Command {").nth(1).unwrap().split("\n}").next().unwrap();
    let named: Vec<(&str, &str)> = list
        .lines()
        .filter_map(|line| line.trim().strip_suffix("),")?.split_once('(')?.1.split_once("::"))
        .collect();
    assert!(named.len() > 30, "{named:?}");
    for (file, arguments) in named {
        let code = all.get(&format!("cli::{file}")).unwrap_or_else(|| panic!("no file cli/{file}.rs"));
        let there = ["struct", "enum"].iter().any(|kind| code.contains(&format!("{kind} {arguments} {{")));
        assert!(there, "cli/{file}.rs has no {arguments}");
        assert!(code.contains("-> Result<Done>") || code.contains("-> Done"), "cli/{file}.rs does nothing");
    }
}

#[test]
fn each_paper_has_its_data_and_a_template_in_each_language() {
    for kind in zhiban::paper::PaperKind::ALL {
        let sources = holding("impl Source for ").into_iter().map(|path| root().join("src").join(path));
        let named = format!("PaperKind::{kind:?}");
        assert_eq!(sources.filter(|path| code(path).contains(&named)).count(), 1, "{named}");
        for lang in ["zh", "en"] {
            let template = root().join(format!("data/templates/{}.{lang}.md", kind.code()));
            assert!(template.is_file(), "{}", template.display());
        }
    }
}

#[test]
fn each_setting_has_words() {
    let all = modules(&root().join("src"));
    for setting in &zhiban::domain::setting::ALL {
        let quoted = format!("\"{}\"", setting.key);
        assert!(all["i18n::settings"].contains(&quoted), "i18n/settings.rs has no words for {}", setting.key);
    }
}

#[test]
fn each_file_of_words_and_each_kind_of_event_is_in_its_list() {
    let all = modules(&root().join("src"));
    let list = &all["i18n"];
    for name in all.keys().filter_map(|name| name.strip_prefix("i18n::")) {
        let first = name.split("::").next().unwrap();
        assert!(list.contains(&format!("pub mod {first};")), "i18n/{first}.rs is in no list");
    }
    let bodies: BTreeSet<&str> = all
        .iter()
        .filter(|(name, _)| name.starts_with("log::event"))
        .flat_map(|(_, code)| code.split("impl Body for ").skip(1))
        .map(|rest| rest.split_whitespace().next().unwrap())
        .collect();
    assert_eq!(bodies.len(), zhiban::log::event::KINDS.len());
}
