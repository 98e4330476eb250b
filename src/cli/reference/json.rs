//! What is printed as JSON, from the schemas beside the code.

use super::{Line, Part, Run, code, codes, lists, words};
use crate::i18n::reference as say;
use crate::say::Lang;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

macro_rules! schemas {
    ($($name:literal),+ $(,)?) => {
        /// Every schema: the name of its file, and its text.
        const SCHEMAS: &[(&str, &str)] = &[
            $(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/schemas/", $name, ".json"))),)+
        ];
    };
}

schemas! {
    "access",
    "act",
    "callsheet",
    "case-open",
    "chase",
    "check",
    "contact-list",
    "dismiss",
    "dossier",
    "doubt-accuracy",
    "doubt-answer",
    "drill",
    "erase-backups",
    "erase-due",
    "erase-person",
    "excuse",
    "feedback",
    "find",
    "followup",
    "form-check",
    "form-guess",
    "form-list",
    "form-show",
    "handover",
    "import",
    "inbox-done",
    "inbox-list",
    "inbox-message",
    "ledger-check",
    "ledger-due",
    "ledger-import",
    "ledger-lines",
    "ledger-list",
    "ledger-show",
    "list-cases",
    "list-doubts",
    "list-due",
    "list-findings",
    "list-log",
    "list-outstanding",
    "list-people",
    "list-units",
    "officer-list",
    "received",
    "release",
    "settings",
    "shift-list",
    "shift-questions",
    "shift-unread",
    "show-contact",
    "show-person",
    "show-report",
    "show-unit",
    "sitrep",
    "spoken",
    "told",
    "undo",
    "unit-sheet",
}

/// Where the schemas keep what several of them share.
const SHARED: &str = "#/$defs/";

pub(super) fn parts(lang: Lang) -> Vec<Part> {
    let mut out = vec![Part::Heading(1, words("JSON"))];
    let mut shared = BTreeMap::new();
    for (_, text) in SCHEMAS {
        // They are the program's own, and a test reads each.
        let Ok(schema) = serde_json::from_str::<Value>(text) else { continue };
        out.push(Part::Heading(2, words(said(&schema, ["title", "x-zh-title"], lang))));
        let commands = schema["x-commands"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let commands: Vec<String> = commands.map(|command| format!("zhiban {command}")).collect();
        out.push(Part::Text(separated(&commands, lang)));
        out.push(fields(&schema, lang));
        shared.extend(schema["$defs"].as_object().cloned().unwrap_or_else(Map::new));
    }
    for (name, schema) in &shared {
        out.push(Part::Heading(2, code(name.as_str())));
        out.push(fields(schema, lang));
    }
    out
}

fn separated(all: &[String], lang: Lang) -> Line {
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let mut line = Line::new();
    for one in all {
        if !line.is_empty() {
            line.push(Run::Words(between.to_owned()));
        }
        line.extend(code(one.as_str()));
    }
    line
}

fn said(schema: &Value, [english, chinese]: [&str; 2], lang: Lang) -> String {
    let word = match lang {
        Lang::Zh => chinese,
        Lang::En => english,
    };
    schema[word].as_str().unwrap_or_default().to_owned()
}

/// The fields of a schema and of what lies in it.
fn fields(schema: &Value, lang: Lang) -> Part {
    let mut rows = Vec::new();
    let path = if schema["items"].is_object() { "[]" } else { "" };
    within(schema, path, lang, &mut rows);
    Part::Table(vec![say::FIELD.get(lang), say::TYPE.get(lang), say::MEANING.get(lang)], rows)
}

fn within(schema: &Value, path: &str, lang: Lang, rows: &mut Vec<Vec<Line>>) {
    let schema = if schema["items"].is_object() { &schema["items"] } else { schema };
    let needed = schema["required"].as_array().cloned().unwrap_or_default();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let mut meaning = said(field, ["description", "x-zh"], lang);
        if field["deprecated"] == true {
            meaning = format!("{}{meaning}", say::DEPRECATED.get(lang));
        }
        if !needed.iter().any(|one| one == name.as_str()) {
            meaning.push_str(say::AT_TIMES.get(lang));
        }
        rows.push(vec![code(path.as_str()), kind(field, lang), words(meaning)]);
        let inside = if field["additionalProperties"].is_object() {
            (&field["additionalProperties"], format!("{path}.*"))
        } else if field["items"].is_object() {
            (field, format!("{path}[]"))
        } else {
            (field, path)
        };
        within(inside.0, &inside.1, lang, rows);
    }
}

/// What a field is: its type, or which codes it has, or the name of what is described by itself.
fn kind(field: &Value, lang: Lang) -> Line {
    if let Some(ways) = field["anyOf"].as_array() {
        let mut line = Line::new();
        for way in ways {
            if !line.is_empty() {
                line.push(Run::Words(" ".to_owned()));
            }
            line.extend(kind(way, lang));
        }
        return line;
    }
    if let Some(name) = field["$ref"].as_str() {
        return code(name.trim_start_matches(SHARED));
    }
    let nothing = field["type"].as_array().is_some_and(|all| all.iter().any(|one| one == "null"));
    let mut line = match (field["x-values"].as_str(), field["enum"].as_array(), field["format"].as_str()) {
        (Some(title), ..) => words(lists::titled(title, lang)),
        (None, Some(all), _) => codes(all.iter().filter_map(Value::as_str).filter(|one| !one.is_empty())),
        (None, None, Some(format)) => code(format),
        (None, None, None) => {
            let types: Vec<&str> = match &field["type"] {
                Value::Array(all) => {
                    all.iter().filter_map(Value::as_str).filter(|one| *one != "null").collect()
                }
                one => one.as_str().into_iter().collect(),
            };
            codes(types)
        }
    };
    if field["items"].is_object() && !field["items"]["properties"].is_object() {
        line.push(Run::Words(" ".to_owned()));
        line.extend(kind(&field["items"], lang));
    }
    if nothing {
        line.push(Run::Words(" ".to_owned()));
        line.extend(code("null"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_in_the_list_and_can_be_read() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schemas");
        let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let names = names.filter(|path| path.extension().is_some_and(|end| end == "json"));
        let mut names: Vec<String> =
            names.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
        names.sort_unstable();
        let listed: Vec<&str> = SCHEMAS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, listed);
        for (name, text) in SCHEMAS {
            let read: Result<Value, _> = serde_json::from_str(text);
            assert!(read.is_ok(), "{name}: {read:?}");
        }
    }
}
