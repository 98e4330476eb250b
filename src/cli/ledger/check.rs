//! `zhiban ledger check FILE|LEDGER`: what a declaration says, or what is wrong with it and where; of a ledger its fields,
//! codes and steps.

use super::{Check, meant};
use crate::cli::Done;
use crate::cli::help;
use crate::cli::office::{Ctx, Office};
use crate::cli::out::{self, Table};
use crate::domain::field::Type;
use crate::domain::ledger::{Applies, Column, Due, Fault, Ledger, Link, Part, Transition, When, shipped};
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli::ledger as say;
use crate::i18n::cli::ledger_check as more;
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
    if let Some(ledger) = known(ctx, args)? {
        let title = words::titled(&ledger.title);
        let head = more::is_ledger(&ledger.name, ledger.version, title.get(ctx.lang));
        let told =
            if args.json { out::json(&declared_json(&ledger)) } else { declared(ctx.lang, &ledger, &head) };
        return told.map(|()| Done::Yes);
    }
    let text = ledgers::text(&args.file)?;
    let ledger = match Ledger::parse(&text).and_then(|ledger| fits(ctx, args, &ledger).map(|()| ledger)) {
        Ok(ledger) => ledger,
        Err(fault) => return wrong(ctx, args, (fault.line, fault.column), words::fault(&fault)),
    };
    let left_out = match Office::open(ctx) {
        Ok(office) => match query::adoptable(&office.reader, &ledger) {
            Ok(left_out) => left_out,
            // The version is what there is to change.
            Err(error @ Error::User(_)) => return wrong(ctx, args, ledger.version_at(), error),
            Err(error) => return Err(error),
        },
        // Of no office it is not known whether what comes with the program is in use.
        Err(_) => as_shipped(&ledger).into_iter().collect(),
    };
    if args.json {
        let mut told = declared_json(&ledger);
        told["warnings"] = json!(left_out.iter().map(both).collect::<Vec<_>>());
        return out::json(&told).map(|()| Done::Yes);
    }
    let title = words::titled(&ledger.title);
    let head = say::is_sound(&ledger.name, ledger.version, title.get(ctx.lang));
    declared(ctx.lang, &ledger, &head)?;
    for said in &left_out {
        out::tell(said.get(ctx.lang));
    }
    Ok(Done::Yes)
}

fn both(said: &Say) -> Value {
    json!({ "zh": said.zh, "en": said.en })
}

/// A file that cannot be taken into use: where, and why.
fn wrong(ctx: &Ctx, args: &Check, (line, column): (usize, usize), error: Error) -> Result<Done> {
    if args.json {
        out::json(&json!({ "ok": false, "line": line, "column": column, "error": both(&error.say()) }))?;
    } else {
        help::fail(&words::of_file(error, &file_name(&args.file)), ctx.lang);
    }
    Ok(Done::No)
}

/// What is to be known of another declaration with the name and the version of one that comes with the program.
fn as_shipped(ledger: &Ledger) -> Option<Say> {
    let same = |own: &&Arc<Ledger>| own.name == ledger.name && own.version >= ledger.version;
    let own = shipped().iter().find(same).filter(|own| own.text != ledger.text)?;
    Some(more::as_shipped(&own.name, own.version))
}

/// The ledger that is meant where no file is: of the office, where there is one, else of the program.
fn known(ctx: &Ctx, args: &Check) -> Result<Option<Arc<Ledger>>> {
    let path = &args.file;
    let is_file = path.components().count() > 1 || path.extension().is_some_and(|end| end == "toml");
    if is_file || path.exists() {
        return Ok(None);
    }
    let name = path.to_string_lossy();
    let own = match Office::open(ctx) {
        Ok(office) => {
            let known = query::in_force(&office.reader)?.into_iter().map(|(ledger, _)| ledger);
            let new = || ledgers::news(&office.reader, office.path()).unwrap_or_default();
            match meant(known, &name)? {
                Some(ledger) => Some(ledger),
                None => meant(new().into_iter().filter_map(|news| news.ledger.ok()), &name)?,
            }
        }
        Err(_) => None,
    };
    let own = match own {
        Some(ledger) => Some(ledger),
        None => meant(shipped().iter().cloned(), &name)?,
    };
    match own {
        Some(ledger) => Ok(Some(ledger)),
        None => Err(Error::not_found(words::no_ledger(safe_line(&name))).hint(words::NO_LEDGER_HINT)),
    }
}

/// Whether what it proposes can be made: in the ledgers beside the file, those of the program, and those of the office
/// where there is one; and whether its title is its own among those in force.
fn fits(ctx: &Ctx, args: &Check, ledger: &Ledger) -> std::result::Result<(), Fault> {
    let office = Office::open(ctx).ok().and_then(|office| query::in_force(&office.reader).ok());
    let in_force: Vec<Arc<Ledger>> = match office {
        Some(all) => all.into_iter().map(|(ledger, _)| ledger).collect(),
        None => shipped().to_vec(),
    };
    ledger.words_fit()?;
    let mut known = ledgers::beside(&args.file);
    known.extend(in_force.iter().cloned());
    ledger.raises_fit(&|name| known.iter().find(|other| other.name == name).cloned())?;
    ledger.title_fits(in_force.iter().map(AsRef::as_ref))
}

fn declared(lang: Lang, ledger: &Ledger, head: &Say) -> Result<()> {
    out::line(head.get(lang))?;
    part(lang, &ledger.part, None)?;
    if let Some(lines) = &ledger.lines {
        out::line("")?;
        out::line(words::titled(&lines.title).get(lang))?;
        part(lang, &lines.part, Some(&ledger.part))?;
    }
    Ok(())
}

fn part(lang: Lang, part: &Part, above: Option<&Part>) -> Result<()> {
    let mut table = Table::new(lang, &[say::FIELD, say::TITLE, say::TYPE, say::REMARK]);
    for column in &part.columns {
        let ruled = column.constraint.is_some() || column.minimum.is_some() || column.maximum.is_some();
        let marks = [
            (column.field.required, more::REQUIRED),
            (column.unique, more::UNIQUE),
            (column.readonly, more::READONLY),
            (column.extendable, more::EXTENDABLE),
            (column.default.is_some(), more::DEFAULT),
            (column.relevant.is_some(), more::RELEVANT),
            (ruled || column.pattern.is_some(), more::CONSTRAINT),
        ];
        let marks: Vec<Say> = marks.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.into()).collect();
        table.row([
            column.field.name.clone(),
            words::titled(&column.field.title).get(lang).to_owned(),
            more::kind(column.field.kind, column.link.as_ref()).get(lang).to_owned(),
            more::row(&marks).get(lang).to_owned(),
        ]);
    }
    table.print()?;
    codes(lang, part)?;
    let states: Vec<Say> = part
        .states()
        .into_iter()
        .map(|state| more::named(&words::titled(&part.state_title(state)), state))
        .collect();
    if !states.is_empty() {
        out::line(&format!("{}  {}", say::STATES.get(lang), more::row(&states).get(lang)))?;
    }
    for step in &part.transitions {
        out::line(&format!("{}  {}", more::STEPS.get(lang), transition(lang, part, step)))?;
    }
    for due in &part.dues {
        let title = more::named(&words::titled(&due.title), &due.id);
        let (head, when) = (say::DUE.get(lang), when(part, above, due));
        out::line(&format!("{head}{}  {}{}{}", colon(lang), title.get(lang), colon(lang), when.get(lang)))?;
    }
    for raise in &part.raises {
        let (title, when) = (more::named(&words::raise_titled(raise), &raise.id), raise.when.text());
        let (head, where_) = (say::PROPOSES.get(lang), say::WHERE.get(lang));
        out::line(&format!("{head}  {}{}{where_} {when}", title.get(lang), colon(lang)))?;
    }
    Ok(())
}

const fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    }
}

/// The codes of all fields, with what they are called and how else they may be written.
fn codes(lang: Lang, part: &Part) -> Result<()> {
    let heads = [say::FIELD, more::CODE, more::IN_CHINESE, more::IN_ENGLISH, more::ALSO];
    let mut table = Table::new(lang, &heads);
    let mut any = false;
    for column in &part.columns {
        for (code, spellings) in &column.field.codes {
            any = true;
            let Say { zh, en } = words::in_full(column, code);
            let also = spellings.iter().filter(|one| ![&zh, &en, code].contains(one)).map(String::as_str);
            let also = Say::listed(also);
            table.row([column.field.name.clone(), code.clone(), zh, en, also.get(lang).to_owned()]);
        }
    }
    if any { out::line("").and_then(|()| table.print()) } else { Ok(()) }
}

fn transition(lang: Lang, part: &Part, step: &Transition) -> String {
    let state = |state: &String| words::titled(&part.state_title(state));
    let from = more::row(&step.from.iter().map(state).collect::<Vec<_>>());
    let ask = step.ask.iter().filter_map(|name| part.column(name));
    let ask: Vec<Say> = ask.map(|column| words::titled(&column.field.title)).collect();
    let mut more: Vec<Say> = Vec::new();
    if !ask.is_empty() {
        more.push(more::row(&ask).within(|names| more::asks(names)));
    }
    more.extend(step.reason.then(|| more::WITH_REASON.into()));
    more.extend(step.sign.then(|| more::SIGNED.into()));
    more.extend(step.key.map(more::by_key));
    let (title, to) = (more::named(&words::titled(&step.title), &step.name), state(&step.to));
    let mut out = format!("{}{}{} → {}", title.get(lang), colon(lang), from.get(lang), to.get(lang));
    for one in more {
        out.push_str(if lang == Lang::Zh { "，" } else { ", " });
        out.push_str(one.get(lang));
    }
    out
}

/// From when on something is due: a field, one of the entry above, the moment it came into a state; else as it is written.
fn anchored(part: &Part, above: Option<&Part>, text: &str) -> Say {
    let field = |part: &Part, name: &str| part.column(name).map(|column| words::titled(&column.field.title));
    let of_above = || field(above?, text.strip_prefix("parent.")?);
    let state = || text.strip_prefix("entered('")?.strip_suffix("')");
    let entered = || Some(words::titled(&part.state_title(state()?)).within(|state| more::entered(state)));
    field(part, text).or_else(of_above).or_else(entered).unwrap_or_else(|| Say::same(text))
}

/// When something is due.
fn when(part: &Part, above: Option<&Part>, due: &Due) -> Say {
    let of = match &due.applies {
        Applies::Entry => more::EACH_ENTRY.into(),
        Applies::Key => more::EACH_KEY.into(),
        Applies::Unit => more::EACH_UNIT.into(),
        Applies::Ledger(name) => words::ledger_title(name, u16::MAX).within(|title| more::each_of(title)),
    };
    match &due.when {
        When::After { anchor, each, .. } => {
            let anchor = anchored(part, above, anchor.text());
            let each = more::row(&each.iter().map(|ms| more::length(*ms)).collect::<Vec<_>>());
            Say { zh: more::after(&anchor.zh, &each.zh).zh, en: more::after(&anchor.en, &each.en).en }
        }
        When::Every(ms) => {
            let length = more::length(*ms);
            Say { zh: more::every(&of.zh, &length.zh).zh, en: more::every(&of.en, &length.en).en }
        }
        When::At(minutes) => {
            let times = Say::listed(minutes.iter().map(|minute| crate::domain::time::hhmm(*minute)));
            Say { zh: more::at(&of.zh, &times.zh).zh, en: more::at(&of.en, &times.en).en }
        }
    }
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
        // A declaration writes it out.
        Type::Temp => "temperature",
        _ => kind.code(),
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
            "extendable": column.extendable,
            "words": column.field.codes.keys().map(|code| {
                let Say { zh, en } = words::in_full(column, code);
                (code.as_str(), json!({ "zh": zh, "en": en }))
            }).collect::<BTreeMap<_, _>>(),
        })
    });
    let transitions = part
        .transitions
        .iter()
        .map(|step| json!({ "name": step.name, "from": step.from, "to": step.to, "ask": step.ask, "key": step.key, "title": title(&step.title) }));
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
        "state_titles": part.states().into_iter().map(|state| (state, title(&part.state_title(state)))).collect::<BTreeMap<_, _>>(),
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
