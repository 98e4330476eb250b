//! What is written about the program: links lead somewhere, and both languages hold the same.

mod both;
mod generated;
mod links;

use std::path::{Path, PathBuf};

/// A page, and where it lies from the root.
struct Page {
    path: PathBuf,
    text: String,
}

#[test]
fn the_ledgers_of_readme_and_manual_are_sound_as_they_stand() {
    for path in ["README.md", "README.zh-CN.md", "docs/manual/ledgers.md", "docs/manual.zh-CN/ledgers.md"] {
        let text = page(path).text;
        let (_, rest) = text.split_once("```toml\n").unwrap_or_else(|| panic!("{path}: no ledger"));
        let (declared, _) = rest.split_once("```").unwrap();
        let ledger = zhiban::domain::ledger::Ledger::parse(declared);
        let ledger = ledger.unwrap_or_else(|fault| panic!("{path}: {fault:?}"));
        assert_eq!((ledger.name.as_str(), ledger.part.dues.len()), ("keys", 1), "{path}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(path: &str) -> Page {
    Page { path: path.into(), text: std::fs::read_to_string(root().join(path)).unwrap() }
}

/// The Markdown files in a folder.
fn pages(folder: &str) -> Vec<Page> {
    let found = std::fs::read_dir(root().join(folder)).unwrap();
    let mut names: Vec<String> = found.map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| Path::new(name).extension().is_some_and(|end| end == "md"));
    names.sort_unstable();
    assert!(!names.is_empty(), "no pages in {folder}");
    names.iter().map(|name| page(format!("{folder}/{name}").trim_start_matches("./"))).collect()
}

/// The lines outside blocks of code.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let mut keep = |line: &&str| {
        let fence = line.starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    };
    text.lines().filter(|line| keep(line)).collect::<Vec<_>>().join("\n")
}
