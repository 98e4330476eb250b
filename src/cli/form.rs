//! `zhiban form list|show|check|guess`: the forms that sheets are read with, and how one is made of a sheet.

mod sheet;

use super::locked::Keys;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use super::{Done, paper, value};
use crate::domain::columns::Choices;
use crate::domain::field::Span;
use crate::domain::form::{Column, Form, FormFault, What, builtins};
use crate::error::{Error, Result};
use crate::i18n::cli::ledger::TYPE;
use crate::i18n::form_file as say;
use crate::i18n::{fields, intake as words};
use crate::intake::cells::parent::file_name;
use crate::intake::guess::said::{name_of_file, name_of_unit};
use crate::intake::guess::{self, Asked, Guess, Guessed};
use crate::intake::mapping::{self, label};
use crate::intake::{cells, form_dir_beside, guess::ToCheck};
use crate::paper::print;
use crate::say::{Lang, Say};
use crate::store::query;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(clap::Subcommand)]
pub(super) enum Args {
    List(List),
    Show(Show),
    Check(Check),
    Guess(GuessArgs),
    Sheet(sheet::Args),
}

#[derive(clap::Args)]
pub(super) struct List {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Show {
    #[arg(value_name = "FORM")]
    pub form: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct Check {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct GuessArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    #[arg(long, value_name = "WHAT", default_value = "report", value_parser = value::sheet_kind())]
    pub what: What,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub stdin: bool,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    match args {
        Args::List(args) => list(ctx, args),
        Args::Show(args) => show(ctx, args),
        Args::Check(args) => check(ctx, args),
        Args::Guess(args) => guess(ctx, args),
        Args::Sheet(args) => sheet::run(ctx, args),
    }
}

/// Every form that sheets of this office are read with; without an office those of the program.
fn all(ctx: &Ctx) -> Result<Vec<Form>> {
    let folder = ctx.db().ok().and_then(|db| form_dir_beside(&db));
    let mut forms = mapping::load_forms(folder.as_deref())?;
    forms.sort_by(|a, b| {
        (a.what.code(), &a.id.name, a.id.version).cmp(&(b.what.code(), &b.id.name, b.id.version))
    });
    Ok(forms)
}

fn is_shipped(form: &Form) -> bool {
    builtins().iter().any(|own| own.id == form.id && own.text == form.text)
}

fn list(ctx: &Ctx, args: &List) -> Result<Done> {
    let forms = all(ctx)?;
    if args.json {
        let all: Vec<Value> = forms.iter().map(head).collect();
        return out::json(&all).map(|()| Done::Yes);
    }
    let mut table = Table::new(ctx.lang, &[say::FORM, say::WHAT, say::TITLE, say::COLUMNS, say::FROM]);
    for form in &forms {
        let from = if is_shipped(form) { say::SHIPPED } else { say::OWN };
        table.row([
            label(form),
            say::what(form.what).get(ctx.lang).to_owned(),
            form.title.clone(),
            form.columns.len().to_string(),
            from.get(ctx.lang).to_owned(),
        ]);
    }
    table.print().map(|()| Done::Yes)
}

fn head(form: &Form) -> Value {
    json!({
        "name": form.id.name, "version": form.id.version, "what": form.what.code(), "title": form.title,
        "columns": form.columns.len(), "shipped": is_shipped(form),
    })
}

fn show(ctx: &Ctx, args: &Show) -> Result<Done> {
    let forms = all(ctx)?;
    let wanted = args.form.trim();
    let named = forms.iter().filter(|form| form.id.name == wanted || label(form) == wanted);
    let Some(form) = named.max_by_key(|form| form.id.version) else {
        return Err(Error::not_found(say::no_form(wanted)).hint(say::NO_FORM_HINT));
    };
    if args.json {
        let mut value = head(form);
        value["columns"] = form.columns.iter().map(column_json).collect();
        value["ignore"] = json!(form.ignored());
        return out::json(&value).map(|()| Done::Yes);
    }
    out::line(&format!("{}  {}", label(form), form.title))?;
    columns(ctx.lang, form)?;
    Ok(Done::Yes)
}

fn columns(lang: Lang, form: &Form) -> Result<()> {
    let mut table = Table::new(lang, &[say::FIELD, say::HEADER, say::LABEL, TYPE, say::CODES]);
    let fields: Vec<_> = form.columns.iter().map(|column| column.field.clone()).collect();
    for column in &form.columns {
        let header = match lang {
            Lang::Zh => column.header(),
            Lang::En => column.english(),
        };
        let codes: Vec<String> = match &column.same_as {
            Some(other) => vec![say::same_as(other).get(lang).to_owned()],
            None => {
                column.field.codes.iter().map(|(code, says)| format!("{code}={}", says.join("/"))).collect()
            }
        };
        let star = if column.field.required { "*" } else { "" };
        table.row([
            column.field.name.clone(),
            format!("{header}{star}"),
            fields::label(&fields, &column.field.name).get(lang).to_owned(),
            column.field.kind.code().to_owned(),
            codes.join("  "),
        ]);
    }
    table.print()?;
    if form.ignored().is_empty() {
        return Ok(());
    }
    let all = Say::listed(form.ignored());
    out::line(say::ignored(all.zh, all.en).get(lang))
}

fn column_json(column: &Column) -> Value {
    let field = &column.field;
    json!({
        "field": field.name, "headers": column.headers, "type": field.kind.code(), "required": field.required,
        "codes": field.codes, "same_as": column.same_as,
        "days": match field.span { Some(Span::Days(days)) => Some(days), _ => None },
        "since": match field.span { Some(Span::Since(day)) => Some(day), _ => None },
        "any_day": field.span == Some(Span::Any),
    })
}

fn check(ctx: &Ctx, args: &Check) -> Result<Done> {
    let name = file_name(&args.file);
    let text = mapping::form_text(&args.file)?;
    let form = match Form::check(&text) {
        Ok(form) => form,
        Err(faults) => return wrong(ctx, args, &name, &faults),
    };
    let warnings = beside_others(&form);
    if args.json {
        let mut value = head(&form);
        value["ok"] = json!(true);
        value["faults"] = json!([]);
        value["warnings"] = warnings.iter().map(both).collect();
        return out::json(&value).map(|()| Done::Yes);
    }
    let what = say::what(form.what);
    out::line(say::sound(label(&form), form.columns.len(), what.zh, what.en).get(ctx.lang))?;
    columns(ctx.lang, &form)?;
    for warning in &warnings {
        out::tell(warning.get(ctx.lang));
    }
    Ok(Done::Yes)
}

fn both(said: &Say) -> Value {
    json!({ "zh": said.zh, "en": said.en })
}

fn wrong(ctx: &Ctx, args: &Check, name: &str, faults: &[FormFault]) -> Result<Done> {
    if args.json {
        let all = faults.iter().map(|fault| {
            json!({ "line": fault.line, "field": fault.field, "error": both(&words::form_fault(fault)) })
        });
        out::json(&json!({ "ok": false, "faults": all.collect::<Vec<_>>() }))?;
        return Ok(Done::No);
    }
    out::tell(say::faults(name, faults.len()).get(ctx.lang));
    for fault in faults {
        let Say { zh, en } = words::form_fault(fault);
        let field = if fault.field.is_empty() { String::new() } else { format!(" {}", fault.field) };
        out::tell(say::fault_line(fault.line, field, zh, en).get(ctx.lang));
    }
    Ok(Done::No)
}

/// What is to be known of a form beside those of the program: whose place it takes, and where another reads the same header
/// in another way.
fn beside_others(form: &Form) -> Vec<Say> {
    let shipped = builtins();
    let mut out = Vec::new();
    if shipped.iter().any(|own| own.id == form.id && own.text != form.text) {
        out.push(say::takes_place(label(form)));
    }
    for other in shipped.iter().filter(|other| other.what == form.what && other.id.name != form.id.name) {
        let turned = form.columns.iter().filter(|column| {
            let theirs = other.column_for(column.header()).map(|at| &other.columns[at]);
            theirs.is_some_and(|theirs| {
                let coded = !theirs.field.codes.is_empty() || !column.field.codes.is_empty();
                let opposite = |code: &String| {
                    let said =
                        |column: &Column| column.field.read(code, None).ok().filter(|said| !said.is_empty());
                    matches!((said(column), said(theirs)), (Some(a), Some(b)) if a != b)
                };
                coded
                    && column.field.codes.values().chain(theirs.field.codes.values()).flatten().any(opposite)
            })
        });
        out.extend(turned.map(|column| say::read_otherwise(label(other), column.header())));
    }
    out
}

fn guess(ctx: &Ctx, args: &GuessArgs) -> Result<Done> {
    if let Some(file) = &args.out {
        paper::is_free(file)?;
    }
    let office = args.unit.as_ref().map(|_| Office::open(ctx)).transpose()?;
    let known = office.as_ref().map(|office| query::roster(&office.reader)).transpose()?;
    let unit = match (&args.unit, &known) {
        (Some(text), Some(known)) => Some(
            known
                .find_unit(text)
                .ok_or_else(|| Error::not_found(words::unit_unknown(text)).hint(words::UNIT_UNKNOWN_HINT))?,
        ),
        _ => None,
    };
    let name = args
        .name
        .clone()
        .or_else(|| Some(name_of_unit(&unit?.code)))
        .unwrap_or_else(|| name_of_file(&args.file));
    let title = unit.map_or_else(String::new, |unit| say::title_of(&unit.name).get(ctx.lang).to_owned());
    let mut keys = Keys::new(ctx.lang, args.stdin);
    let read = keys.open(&file_name(&args.file), |known| {
        cells::parent::read(&args.file, known, None, None, cells::parent::PATIENCE, cells::Limits::default())
    })?;
    let said = Choices::new();
    let people = known.as_ref();
    let asked = Asked {
        name,
        what: args.what,
        title,
        people,
        spell: crate::search::keys,
        said: &said,
        any_header: false,
    };
    let guess = guess::guess(&read, &all(ctx)?, &asked)?;
    let text = guess.toml(ctx.lang);
    // It is to be corrected: what keeps it from being used is told, and no more.
    for fault in Form::check(&text).err().unwrap_or_default() {
        let Say { zh, en } = words::form_fault(&fault);
        out::tell(say::still_wrong(zh, en).get(ctx.lang));
    }
    if let Some(file) = &args.out {
        print::write(text.as_bytes(), file)?;
    }
    if args.json {
        return out::json(&guess_json(&guess, &text)).map(|()| Done::Yes);
    }
    match &args.out {
        Some(file) => out::line(say::written(file.display()).get(ctx.lang))?,
        None => out::own_file(&text)?,
    }
    Ok(Done::Yes)
}

fn guess_json(guess: &Guess, text: &str) -> Value {
    json!({
        "name": guess.name, "version": guess.version, "what": guess.what.code(), "title": guess.title,
        "sheet": guess.sheet, "header_rows": guess.header_rows, "rows": guess.rows,
        "columns": guess.columns.iter().map(guessed_json).collect::<Vec<_>>(),
        "ignore": guess.ignored, "text": text,
    })
}

fn guessed_json(column: &Guessed) -> Value {
    json!({
        "place": column.place, "headers": column.headers, "field": column.field, "type": column.kind.code(),
        "known": column.known, "by_header": column.by_header, "codes": column.codes, "same_as": column.same_as,
        "filled": column.filled, "unread": column.unread, "samples": column.samples,
        "doubt": column.doubt.map(ToCheck::code),
    })
}
