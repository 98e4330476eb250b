//! What a declaration's file looks like: its tables and words, as they stand in TOML, before anything is checked.

use crate::domain::field::{Title, Type};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Sheets are taken in unless a declaration says otherwise.
const fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerFile {
    pub(super) name: Spanned<String>,
    pub(super) version: Spanned<u16>,
    pub(super) what: What,
    pub(super) title: Spanned<Title>,
    #[serde(default)]
    pub(super) subject: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) key: Vec<Spanned<String>>,
    #[serde(default = "yes")]
    pub(super) import: bool,
    pub(super) column: Vec<ColumnFile>,
    #[serde(default)]
    pub(super) lines: Option<LinesFile>,
    #[serde(default)]
    pub(super) states: Option<StatesFile>,
    #[serde(default)]
    pub(super) transition: Vec<TransitionFile>,
    #[serde(default)]
    pub(super) due: Vec<DueFile>,
    #[serde(default)]
    pub(super) stock: Option<StockFile>,
    #[serde(default)]
    pub(super) check: Vec<CheckFile>,
    #[serde(default)]
    pub(super) raise: Vec<RaiseFile>,
    #[serde(default)]
    pub(super) view: Option<ViewFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum What {
    Ledger,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub(super) field: Spanned<String>,
    pub(super) title: Title,
    #[serde(default)]
    pub(super) headers: Vec<String>,
    #[serde(rename = "type", default)]
    pub(super) kind: Type,
    #[serde(default)]
    pub(super) references: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) codes: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) words: BTreeMap<String, Title>,
    #[serde(default)]
    pub(super) extendable: bool,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) unique: bool,
    #[serde(default)]
    pub(super) readonly: bool,
    #[serde(default)]
    pub(super) minimum: Option<Spanned<Bound>>,
    #[serde(default)]
    pub(super) maximum: Option<Spanned<Bound>>,
    #[serde(default)]
    pub(super) default: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) pattern: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) relevant: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) constraint: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) constraint_message: Title,
    #[serde(default)]
    pub(super) calculation: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) hint: Title,
}

/// A bound is a number, or an expression.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Bound {
    Number(i64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinesFile {
    pub(super) title: Title,
    #[serde(default)]
    pub(super) subject: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) from: Option<Spanned<String>>,
    #[serde(rename = "where", default)]
    pub(super) only: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) column: Vec<ColumnFile>,
    #[serde(default)]
    pub(super) states: Option<StatesFile>,
    #[serde(default)]
    pub(super) transition: Vec<TransitionFile>,
    #[serde(default)]
    pub(super) due: Vec<DueFile>,
    #[serde(default)]
    pub(super) raise: Vec<RaiseFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RaiseFile {
    #[serde(default)]
    pub(super) id: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) title: Title,
    pub(super) to: Spanned<String>,
    pub(super) when: Spanned<String>,
    #[serde(default)]
    pub(super) set: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatesFile {
    pub(super) initial: Spanned<String>,
    #[serde(rename = "final", default)]
    pub(super) last: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) words: BTreeMap<String, Title>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TransitionFile {
    pub(super) name: Spanned<String>,
    pub(super) title: Title,
    pub(super) from: Vec<Spanned<String>>,
    pub(super) to: Spanned<String>,
    #[serde(default)]
    pub(super) key: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) ask: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) requires: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) reason: bool,
    #[serde(default)]
    pub(super) batch: bool,
    #[serde(default)]
    pub(super) sign: bool,
    #[serde(default)]
    pub(super) not_by: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EscalateFile {
    pub(super) after: Spanned<String>,
    pub(super) to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DueFile {
    pub(super) id: Spanned<String>,
    pub(super) title: Title,
    #[serde(default)]
    pub(super) applies_to: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) applies_if: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) anchor: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) every: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) count: Option<Spanned<i64>>,
    #[serde(default)]
    pub(super) at: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) days: Vec<i64>,
    #[serde(default)]
    pub(super) hours: Vec<i64>,
    #[serde(default)]
    pub(super) start: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) end: Option<Spanned<String>>,
    pub(super) resolved_if: Spanned<String>,
    #[serde(default)]
    pub(super) until: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) priority: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) escalate: Vec<EscalateFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StockFile {
    pub(super) quantity: Spanned<String>,
    pub(super) plus: Spanned<String>,
    pub(super) minus: Spanned<String>,
    #[serde(default)]
    pub(super) set: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) minimum: BTreeMap<String, i64>,
    #[serde(default)]
    pub(super) use_over: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckFile {
    pub(super) id: Spanned<String>,
    pub(super) sum: Vec<Spanned<String>>,
    pub(super) equals: Spanned<String>,
    #[serde(default)]
    pub(super) group: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CounterFile {
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) when: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewFile {
    #[serde(default)]
    pub(super) columns: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) alert: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) counter: Option<CounterFile>,
}
