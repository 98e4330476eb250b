//! What is printed as JSON is what `data/schemas` describes: nothing more, nothing less, of the types and codes that are
//! said; over the demonstration office, with acts of every kind on top.

mod checker;
mod office;

use checker::{SHARED, Schema};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every schema, by the name of its file.
fn schemas() -> BTreeMap<String, Schema> {
    let files = std::fs::read_dir(root().join("data/schemas")).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        (name.clone(), Schema::new(&name, serde_json::from_str(&text).unwrap()))
    };
    files.map(read).collect()
}

fn reference() -> String {
    std::fs::read_to_string(root().join("docs/reference.md")).unwrap()
}

/// Visits a schema and everything in it.
fn each(schema: &Value, see: &mut dyn FnMut(&Value)) {
    see(schema);
    match schema {
        Value::Object(all) => all.values().for_each(|one| each(one, see)),
        Value::Array(all) => all.iter().for_each(|one| each(one, see)),
        _ => {}
    }
}

#[test]
fn every_command_that_prints_json_has_a_schema() {
    let reference = reference();
    let commands = reference.split("\n## ").nth(1).unwrap();
    let printing = commands
        .split("\n### `zhiban ")
        .skip(1)
        .filter(|part| part.contains("| `--json` |") || part.contains("xlsx, json]"));
    let printing: BTreeSet<String> =
        printing.map(|part| part.split('`').next().unwrap().to_owned()).collect();
    assert!(printing.len() > 40, "{printing:?}");
    let mut described = BTreeSet::new();
    for schema in schemas().values() {
        for command in schema.root["x-commands"].as_array().unwrap() {
            let command = command.as_str().unwrap();
            let known =
                printing.iter().find(|known| command == *known || command.starts_with(&format!("{known} ")));
            described.insert(known.unwrap_or_else(|| panic!("{command} prints no JSON")).clone());
        }
    }
    assert_eq!(described, printing);
}

#[test]
fn the_codes_of_the_schemas_are_those_of_the_program() {
    let reference = reference();
    let codes = |title: &str, depth: &str| -> Vec<String> {
        let rest =
            reference.split(&format!("\n{depth} {title}\n")).nth(1).unwrap_or_else(|| panic!("no {title}"));
        let rows = rest.split("\n#").next().unwrap().lines().filter_map(|line| line.strip_prefix("| `"));
        rows.map(|row| row.split('`').next().unwrap().to_owned()).collect()
    };
    let mut seen = 0;
    for (name, schema) in schemas() {
        each(&schema.root, &mut |one| {
            let (Some(title), Some(all)) = (one["x-values"].as_str(), one["enum"].as_array()) else { return };
            let all: Vec<String> = all.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            assert_eq!(all, codes(title, "###"), "{name}: {title}");
            seen += 1;
        });
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn every_field_has_words_in_both_languages_and_an_old_one_says_what_to_use() {
    for (name, schema) in schemas() {
        assert!(schema.root["title"].is_string() && schema.root["x-zh-title"].is_string(), "{name}");
        each(&schema.root, &mut |one| {
            for (field, schema) in one["properties"].as_object().into_iter().flatten() {
                for language in ["description", "x-zh"] {
                    let words = schema[language].as_str().unwrap_or_default();
                    assert!(!words.is_empty(), "{name}: {field} has no {language}");
                    let instead = words.contains("; use ") || words.contains("请用");
                    assert_eq!(schema["deprecated"] == json!(true), instead, "{name}: {field}: {words}");
                }
            }
        });
    }
}

/// What the demonstration has no case of: a check of a ledger that does not hold; somebody whom a due is about, or who is
/// told of it.
const NOT_HERE: &[&str] = &[
    "$ledger-due.subject",
    "$ledger-due.told",
    "ledger-lines.broken",
    "ledger-lines.broken[].check",
    "ledger-lines.broken[].equals",
    "ledger-lines.broken[].of",
    "ledger-lines.broken[].sum",
];

#[test]
fn what_is_printed_is_what_is_described() {
    let mut schemas = schemas();
    let mut faults = Vec::new();
    for (name, command, value) in office::everything() {
        let schema = schemas.get_mut(name).unwrap_or_else(|| panic!("no schema {name}"));
        faults.extend(schema.faults(&value).into_iter().map(|fault| format!("{command}: {name}{fault}")));
    }
    faults.sort_unstable();
    faults.dedup();
    assert!(faults.is_empty(), "{faults:#?}");
    let full = |schema: &Schema, path: &str| {
        if path.starts_with(SHARED) { path.to_owned() } else { format!("{}{path}", schema.name) }
    };
    let all = |of: fn(&Schema) -> BTreeSet<String>| -> BTreeSet<String> {
        schemas
            .values()
            .flat_map(|one| of(one).into_iter().map(|path| full(one, &path)).collect::<Vec<_>>())
            .collect()
    };
    let (described, seen) = (all(Schema::described), all(|schema| schema.seen.clone()));
    let unseen: Vec<&String> =
        described.difference(&seen).filter(|path| !NOT_HERE.contains(&path.as_str())).collect();
    assert!(unseen.is_empty(), "described, and never printed: {unseen:#?}");
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let schema = json!({
        "type": "object", "required": ["a", "b"], "additionalProperties": false,
        "properties": {
            "a": { "type": ["integer", "null"] }, "b": { "type": "string", "format": "date-time" },
            "c": { "anyOf": [{ "$ref": "#/$defs/c" }, { "type": "null" }] },
        },
        "$defs": { "c": { "type": "array", "items": { "type": "string", "enum": ["x"] } } },
    });
    let faults = |value: Value| Schema::new("s", schema.clone()).faults(&value).len();
    assert_eq!(faults(json!({ "a": null, "b": "2020-02-17T10:05:00+08:00", "c": ["x"] })), 0);
    assert_eq!(faults(json!({ "a": 1, "b": "2020-02-17T10:05:00+08:00", "c": null })), 0);
    assert_eq!(faults(json!({ "a": 1 })), 1);
    assert_eq!(faults(json!({ "a": "1", "b": "02-17 10:05" })), 2);
    assert_eq!(faults(json!({ "a": 1, "b": "2020-02-17T10:05:00+08:00", "d": 1 })), 1);
    assert_ne!(faults(json!({ "a": 1, "b": "2020-02-17T10:05:00+08:00", "c": ["y"] })), 0);
    assert_eq!(Schema::new("s", schema).described(), [".a", ".b", ".c"].map(str::to_owned).into());
}
