//! A value against a schema, as far as the schemas in `data/schemas` go; what they do not use is refused, so that no
//! word in one is without effect. Which described fields were there at all is kept.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;
use std::collections::BTreeSet;

/// One schema, and what was seen of it.
pub struct Schema {
    pub name: String,
    pub root: Value,
    /// Paths of fields that were printed with a value in them.
    pub seen: BTreeSet<String>,
}

/// Before the name of what several schemas share.
pub const SHARED: char = '$';

/// Words that say something about a value, and words for the reader.
const CHECKED: &[&str] = &[
    "type",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "$ref",
    "anyOf",
    "format",
    "pattern",
    "x-values",
];
const READ: &[&str] =
    &["$schema", "$id", "$defs", "title", "description", "deprecated", "x-zh", "x-zh-title", "x-commands"];

impl Schema {
    pub fn new(name: &str, root: Value) -> Self {
        Self { name: name.to_owned(), root, seen: BTreeSet::new() }
    }

    /// Everything in which a value is not as described.
    pub fn faults(&mut self, value: &Value) -> Vec<String> {
        let mut out = Vec::new();
        let root = self.root.clone();
        self.check(&root, value, "", &mut out);
        out
    }

    /// The fields that are described.
    pub fn described(&self) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        self.describe(&self.root, "", &mut out);
        out
    }

    /// What a schema refers to, and the path of its fields: what several schemas share is seen in whichever prints it.
    fn referred<'a>(&'a self, schema: &'a Value, path: &str) -> (&'a Value, String) {
        let Some(name) = schema["$ref"].as_str() else { return (schema, path.to_owned()) };
        let name = name.strip_prefix("#/$defs/").unwrap();
        let found = self.root["$defs"].get(name).unwrap_or_else(|| panic!("{}: no {name}", self.name));
        (found, format!("{SHARED}{name}"))
    }

    fn describe(&self, schema: &Value, path: &str, out: &mut BTreeSet<String>) {
        let (schema, path) = self.referred(schema, path);
        let path = path.as_str();
        for one in schema["anyOf"].as_array().into_iter().flatten() {
            self.describe(one, path, out);
        }
        if schema["items"].is_object() {
            self.describe(&schema["items"], &format!("{path}[]"), out);
        }
        if schema["additionalProperties"].is_object() {
            self.describe(&schema["additionalProperties"], &format!("{path}.*"), out);
        }
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            self.describe(field, &path, out);
            if field["type"] != "null" {
                out.insert(path);
            }
        }
    }

    fn check(&mut self, schema: &Value, value: &Value, path: &str, out: &mut Vec<String>) {
        let (schema, path) = self.referred(schema, path);
        let (schema, path) = (schema.clone(), path.as_str());
        for word in schema.as_object().unwrap().keys() {
            assert!(
                CHECKED.contains(&word.as_str()) || READ.contains(&word.as_str()),
                "{}{path}: what is {word}?",
                self.name
            );
        }
        let mut wrong = |what: String| out.push(format!("{path}: {what}"));
        if !fits_type(&schema["type"], value) {
            wrong(format!("{value} is no {}", schema["type"]));
            return;
        }
        if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
            wrong(format!("{value} is none of {}", schema["enum"]));
        }
        if schema.get("const").is_some_and(|only| only != value) {
            wrong(format!("{value} is not {}", schema["const"]));
        }
        for word in ["format", "pattern"] {
            if let (Some(form), Some(text)) = (schema[word].as_str(), value.as_str())
                && !has_form(form, text)
            {
                wrong(format!("{text} is no {form}"));
            }
        }
        if let Some(ways) = schema["anyOf"].as_array() {
            let tries: Vec<Vec<String>> = ways
                .iter()
                .map(|way| {
                    let mut found = Vec::new();
                    self.check(way, value, path, &mut found);
                    found
                })
                .collect();
            if tries.iter().all(|found| !found.is_empty()) {
                out.extend(tries.into_iter().flatten());
            }
        }
        self.check_inside(&schema, value, path, out);
    }

    fn check_inside(&mut self, schema: &Value, value: &Value, path: &str, out: &mut Vec<String>) {
        for item in value.as_array().into_iter().flatten().filter(|_| schema["items"].is_object()) {
            self.check(&schema["items"], item, &format!("{path}[]"), out);
        }
        let Some(fields) = value.as_object().filter(|_| schema["type"].to_string().contains("object")) else {
            return;
        };
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                out.push(format!("{path}: {name} is described and not printed"));
            }
        }
        for (name, value) in fields {
            let here = format!("{path}.{name}");
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(field), _) => {
                    if has_something(value) {
                        self.seen.insert(here.clone());
                    }
                    self.check(field, value, &here, out);
                }
                (None, every @ Value::Object(_)) => self.check(every, value, &format!("{path}.*"), out),
                (None, Value::Bool(true)) => {}
                (None, _) => out.push(format!("{here} is printed and not described")),
            }
        }
    }
}

/// Whether a field tells that it can hold something.
fn has_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(all) => !all.is_empty(),
        _ => true,
    }
}

fn fits_type(wanted: &Value, value: &Value) -> bool {
    let fits = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("what is a {other}?"),
    };
    match wanted {
        Value::String(name) => fits(name),
        Value::Array(names) => names.iter().any(|name| fits(name.as_str().unwrap())),
        _ => true,
    }
}

fn has_form(form: &str, text: &str) -> bool {
    let small = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase());
    match form {
        "date-time" => {
            DateTime::parse_from_rfc3339(text).is_ok() && text.len() == "2020-02-17T10:05:00+08:00".len()
        }
        "date" => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() && text.len() == 10,
        "uuid" => uuid::Uuid::parse_str(text).is_ok() && text.len() == 36,
        "^[0-9]{2}:[0-9]{2}$" => text.len() == 5 && zhiban::domain::time::parse_hhmm(text).is_some(),
        "^[a-z]+\\.[a-z]+$" => text.split_once('.').is_some_and(|(head, tail)| small(head) && small(tail)),
        "^ledger:[^:]+:[^:]+$" => {
            let parts: Vec<&str> = text.split(':').collect();
            parts.len() == 3 && parts[0] == "ledger" && parts.iter().all(|part| !part.is_empty())
        }
        other => panic!("what is {other}?"),
    }
}
