//! What commands say in one language has no words of the other: over the demonstration office, every list and page.

use super::{Value, zhiban};
use crate::common::SMALL;
use std::collections::BTreeSet;
use zhiban::demo;

/// A command of the demonstration office.
struct Demo(tempfile::TempDir);

impl Demo {
    fn says(&self, lang: &str, args: &[&str]) -> String {
        let all =
            [&["--db", "office.db", "--now", "2020-02-17T10:05:00+08:00", "--lang", lang], args].concat();
        zhiban(self.0.path(), &all, "").done()
    }

    fn json(&self, args: &[&str]) -> Vec<Value> {
        let said = self.says("en", &[args, &["--json"]].concat());
        serde_json::from_str(&said).unwrap()
    }
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

/// Every command whose words are looked at.
fn commands(demo: &Demo) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    let mut put = |args: &[&str]| all.push(args.iter().map(|arg| (*arg).to_owned()).collect());
    for what in ["units", "outstanding", "cases", "findings", "due", "people", "log"] {
        put(&["list", what]);
    }
    for args in [
        &["shift", "list"][..],
        &["officer", "list"],
        &["contact", "list"],
        &["ledger", "list"],
        &["ledger", "due"],
    ] {
        put(args);
    }
    for case in demo.json(&["list", "cases"]) {
        put(&["show", "person", &text(&case, "no")]);
    }
    for unit in demo.json(&["list", "units"]) {
        put(&["show", "unit", &text(&unit, "code")]);
    }
    for contact in demo.json(&["contact", "list"]) {
        put(&["show", "contact", &text(&contact, "id")]);
    }
    for ledger in demo.json(&["ledger", "list"]) {
        let name = text(&ledger, "name");
        put(&["ledger", "list", &name]);
        let list: Value =
            serde_json::from_str(&demo.says("en", &["ledger", "list", &name, "--json"])).unwrap();
        for entry in list["entries"].as_array().unwrap() {
            put(&["ledger", "show", &text(entry, "id")]);
            // Whom it is about, too.
            if let Some((kind, no)) = entry["subject"].as_str().and_then(|subject| subject.split_once(':')) {
                put(&["show", kind, no]);
            }
        }
    }
    for words in ["张", "学院", "疾控", "口罩", "体温", "发热"] {
        put(&["find", words]);
    }
    all
}

#[test]
fn chinese_has_no_english_words_and_heads_in_english_are_english() {
    let demo = Demo(tempfile::tempdir().unwrap());
    demo::create(&demo.0.path().join("office.db"), SMALL).unwrap();
    let names: BTreeSet<String> =
        demo.json(&["ledger", "list"]).iter().map(|one| text(one, "name")).collect();
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let commands = commands(&demo);
    assert!(commands.len() > 60, "{}", commands.len());
    for command in commands {
        let args: Vec<&str> = command.iter().map(String::as_str).collect();
        let zh = demo.says("zh", &args);
        for line in zh.lines() {
            // What is typed in a command stands behind its word in brackets.
            let line = line.split(" (").next().unwrap();
            for word in line.split(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)) {
                let letters = word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                let is_id = word.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
                assert!(!letters || is_id || names.contains(word), "{args:?}: \"{word}\" in {line}");
            }
        }
        let en = demo.says("en", &args);
        let head = match args[0] {
            "list" | "shift" | "officer" | "contact" => en.lines().next(),
            "ledger" if args[1] != "show" => en.lines().next(),
            "find" => en.lines().nth(1),
            _ => None,
        };
        assert!(!head.is_some_and(|head| head.contains(is_han)), "{args:?}: {head:?}");
        for line in en.lines().filter(|line| args.contains(&"show") && line.starts_with("  ")) {
            let label = line.trim_start().split("  ").next().unwrap();
            // Notes begin with a moment and whoever wrote them.
            let is_label = !label.starts_with(|c: char| c.is_ascii_digit());
            assert!(!(is_label && label.contains(is_han)), "{args:?}: {line}");
        }
    }
}
