//! `zhiban ledger check FILE`: what a declaration says, or what is wrong with it and where.

use super::Check;
use crate::cli::Done;
use crate::cli::help;
use crate::cli::office::{Ctx, Office};
use crate::cli::out::{self, Table};
use crate::domain::field::Type;
use crate::domain::ledger::raise::Target;
use crate::domain::ledger::{Applies, Column, Due, Fault, Ledger, Link, Part, When};
use crate::error::Result;
use crate::i18n::cli::ledger as say;
use crate::i18n::ledger as words;
use crate::intake::cells::parent::file_name;
use crate::intake::ledgers;
use crate::paper::ledger::json::title;
use crate::say::{Lang, Say};
use crate::store::query;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn run(ctx: &Ctx, args: &Check) -> Result<Done> {
    let text = ledgers::text(&args.file)?;
    match Ledger::parse(&text).and_then(|ledger| raises_fit(ctx, args, &ledger).map(|()| ledger)) {
        Ok(ledger) if args.json => out::json(&declared_json(&ledger)).map(|()| Done::Yes),
        Ok(ledger) => declared(ctx.lang, &ledger).map(|()| Done::Yes),
        Err(fault) => {
            let said = words::of_file(words::fault(&fault), &file_name(&args.file));
            if args.json {
                let Say { zh, en } = words::fault(&fault).say();
                out::json(&json!({
                    "ok": false, "line": fault.line, "column": fault.column, "error": { "zh": zh, "en": en },
                }))?;
            } else {
                help::fail(&said, ctx.lang);
            }
            Ok(Done::No)
        }
    }
}

/// Whether what it proposes can be made: in the ledgers beside the file, those of the program, and those of the office
/// where there is one.
fn raises_fit(ctx: &Ctx, args: &Check, ledger: &Ledger) -> std::result::Result<(), Fault> {
    let mut known = ledgers::beside(&args.file);
    let is_there = |known: &[Arc<Ledger>], name: &str| known.iter().any(|other| other.name == name);
    let mut missing = ledger.raises().filter_map(|raise| match &raise.target {
        Target::Ledger(name) if *name != ledger.name => Some(name),
        _ => None,
    });
    if missing.any(|name| !is_there(&known, name))
        && let Ok(office) = Office::open(ctx)
        && let Ok(all) = query::in_force(&office.reader)
    {
        known.extend(all.into_iter().map(|(ledger, _)| ledger));
    }
    ledger.raises_fit(&|name| known.iter().find(|other| other.name == name).cloned())
}

fn declared(lang: Lang, ledger: &Ledger) -> Result<()> {
    let title = words::titled(&ledger.title);
    out::line(say::is_sound(&ledger.name, ledger.version, title.get(lang)).get(lang))?;
    part(lang, &ledger.part)?;
    if let Some(lines) = &ledger.lines {
        out::line("")?;
        out::line(words::titled(&lines.title).get(lang))?;
        part(lang, &lines.part)?;
    }
    Ok(())
}

fn part(lang: Lang, part: &Part) -> Result<()> {
    let mut table = Table::new(lang, &[say::FIELD, say::TITLE, say::TYPE, say::REMARK]);
    for column in &part.columns {
        let marks = [
            (column.field.required, "required"),
            (column.unique, "unique"),
            (column.readonly, "readonly"),
            (column.extendable, "extendable"),
            (column.default.is_some(), "default"),
            (column.relevant.is_some(), "relevant"),
            (column.constraint.is_some(), "constraint"),
        ];
        let mut marks: Vec<String> =
            marks.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned()).collect();
        marks.extend(column.field.codes.keys().cloned());
        table.row([
            column.field.name.clone(),
            words::titled(&column.field.title).get(lang).to_owned(),
            kind(column),
            marks.join(" "),
        ]);
    }
    table.print()?;
    let states: Vec<String> = part
        .states()
        .into_iter()
        .map(|state| format!("{} ({state})", words::titled(&part.state_title(state)).get(lang)))
        .collect();
    if !states.is_empty() {
        out::line(&format!("{}  {}", say::STATES.get(lang), states.join(", ")))?;
    }
    for step in &part.transitions {
        let title = words::titled(&step.title);
        let key = step.key.map_or_else(String::new, |key| format!(", {key}"));
        let line =
            format!("{} ({}{key}): {} → {}", title.get(lang), step.name, step.from.join(", "), step.to);
        out::line(&format!("  {line}"))?;
    }
    for due in &part.dues {
        let title = words::titled(&due.title);
        out::line(&format!("{}  {} ({}): {}", say::DUE.get(lang), title.get(lang), due.id, when(due)))?;
    }
    for raise in &part.raises {
        let (title, when) = (words::raise_titled(raise), raise.when.text());
        let head = say::PROPOSES.get(lang);
        out::line(&format!("{head}  {} ({}): {} {when}", title.get(lang), raise.id, say::WHERE.get(lang)))?;
    }
    Ok(())
}

/// What a column holds, as declarations write it.
fn kind(column: &Column) -> String {
    match &column.link {
        Some(Link::Person) => "person".to_owned(),
        Some(Link::Unit) => "unit".to_owned(),
        Some(Link::Officer) => "officer".to_owned(),
        Some(Link::Contact) => "contact".to_owned(),
        Some(Link::Ledger(name)) => format!("ledger:{name}"),
        None => type_word(column.field.kind).to_owned(),
    }
}

const fn type_word(kind: Type) -> &'static str {
    match kind {
        Type::Text => "text",
        Type::Name => "name",
        Type::No => "no",
        Type::Phone => "phone",
        Type::Id => "id",
        Type::Date => "date",
        Type::Bool => "bool",
        Type::Code => "code",
        Type::Codes => "codes",
        Type::Temp => "temperature",
        Type::Time => "time",
        Type::DateTime => "datetime",
        Type::Integer => "integer",
        Type::File => "file",
    }
}

fn applies(due: &Due) -> String {
    match &due.applies {
        Applies::Entry => "entry".to_owned(),
        Applies::Key => "key".to_owned(),
        Applies::Unit => "unit".to_owned(),
        Applies::Ledger(name) => format!("ledger:{name}"),
    }
}

/// When something is due, as declarations write it.
fn when(due: &Due) -> String {
    let length = |ms: i64| match (ms % 86_400_000, ms % 3_600_000) {
        (0, _) => format!("{}d", ms / 86_400_000),
        (_, 0) => format!("{}h", ms / 3_600_000),
        _ => format!("{}m", ms / 60_000),
    };
    match &due.when {
        When::After { anchor, each, .. } => {
            let each: Vec<String> = each.iter().map(|ms| length(*ms)).collect();
            format!("{} + {}", anchor.text(), each.join(", "))
        }
        When::Every(ms) => format!("{}, {}", applies(due), length(*ms)),
        When::At(minutes) => {
            let times: Vec<String> =
                minutes.iter().map(|minute| crate::domain::time::hhmm(*minute)).collect();
            format!("{}, {}", applies(due), times.join(" "))
        }
    }
}

fn part_json(part: &Part) -> Value {
    let columns = part.columns.iter().map(|column| {
        json!({
            "field": column.field.name,
            "title": title(&column.field.title),
            "type": kind(column),
            "required": column.field.required,
            "unique": column.unique,
            "readonly": column.readonly,
            "codes": column.field.codes,
        })
    });
    let transitions = part
        .transitions
        .iter()
        .map(|step| json!({ "name": step.name, "from": step.from, "to": step.to, "ask": step.ask, "key": step.key }));
    let due = part
        .dues
        .iter()
        .map(|due| json!({ "id": due.id, "title": title(&due.title), "applies_to": applies(due) }));
    let raise = part.raises.iter().map(|raise| {
        let Say { zh, en } = words::raise_titled(raise);
        json!({
            "id": raise.id, "to": raise.target.code(), "title": { "zh": zh, "en": en }, "when": raise.when.text(),
            "set": raise.set.iter().map(|(name, set)| (name.as_str(), set.expr.text())).collect::<BTreeMap<_, _>>(),
        })
    });
    json!({
        "columns": columns.collect::<Vec<_>>(),
        "states": part.states(),
        "transitions": transitions.collect::<Vec<_>>(),
        "due": due.collect::<Vec<_>>(),
        "raise": raise.collect::<Vec<_>>(),
    })
}

fn declared_json(ledger: &Ledger) -> Value {
    let mut out = json!({
        "ok": true, "name": ledger.name, "version": ledger.version, "title": title(&ledger.title),
        "key": ledger.key, "import": ledger.import, "stock": ledger.stock.is_some(),
        "lines": ledger.lines.as_ref().map(|lines| part_json(&lines.part)),
    });
    if let (Some(out), Value::Object(own)) = (out.as_object_mut(), part_json(&ledger.part)) {
        out.extend(own);
    }
    out
}
