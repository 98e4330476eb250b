//! `zhiban form sheet`: sheets to be handed out to units, their people filled in.

use super::super::approval::Approval;
use super::super::office::{Ctx, Office};
use super::super::{Done, out, paper, value};
use crate::app::shown::paper::Logged;
use crate::domain::form::{Form, What};
use crate::domain::ids::{Subject, UnitId};
use crate::domain::report::Round;
use crate::error::{Error, Result};
use crate::i18n::form_sheet as say;
use crate::intake::{form_dir_beside, mapping};
use crate::paper::print;
use crate::paper::to_fill::{PAPER, Sheet, names};
use crate::store::act::Act;
use crate::store::query::{self, ToFill, UnitToFill};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    #[arg(long, value_name = "UNIT", required_unless_present = "all")]
    pub unit: Option<String>,
    #[arg(long, conflicts_with = "unit")]
    pub all: bool,
    #[arg(long, value_name = "NAME")]
    pub form: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = value::date)]
    pub date: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", value_parser = value::round)]
    pub round: Option<Round>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub send_to: String,
    #[arg(long, value_name = "FILE|FOLDER")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    office.may_write()?;
    office.officer()?;
    if let Some(round) = &args.round {
        office.has_round(round)?;
    }
    let forms = mapping::load_forms(form_dir_beside(office.path()).as_deref())?;
    let form = mapping::newest(&forms, What::Report, args.form.as_deref())?;
    let which = args.unit.as_deref().map(|unit| reporting(&office, unit)).transpose()?;
    match which {
        Some(unit) => one(&mut office, args, form, unit),
        None => all(&mut office, args, form),
    }
}

/// The unit whose report this one's people stand in.
fn reporting(office: &Office, text: &str) -> Result<UnitId> {
    let unit = office.unit(text)?;
    Ok(query::roster(&office.reader)?.reporting_unit(unit))
}

fn read(office: &Office, args: &Args, which: Option<&[UnitId]>) -> Result<ToFill> {
    query::to_fill(&office.reader, which, args.date, args.round.as_ref(), office.now())
}

/// Asks for the numbers of everybody in these sheets, where they are wanted.
fn revealed(office: &mut Office, args: &Args, form: &Form, units: &[UnitToFill]) -> Result<bool> {
    let Some(reason) = &args.reveal else { return Ok(false) };
    let people = units.iter().flat_map(|unit| &unit.people).map(|(person, _)| person.id).collect();
    let numbers = Logged { people, ..Logged::default() };
    let has_numbers = form.columns.iter().any(|column| column.field.kind.is_private());
    if !has_numbers || numbers.is_empty() {
        return Ok(false);
    }
    office.reveal(&numbers, reason, &args.approval)?;
    Ok(true)
}

fn one(office: &mut Office, args: &Args, form: &Form, unit: UnitId) -> Result<Done> {
    let of = read(office, args, Some(&[unit]))?;
    let Some(to) = of.units.first() else { return Err(Error::not_found(crate::i18n::store::NO_UNIT)) };
    let name = names(&of).concat();
    let file = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.xlsx")));
    if file.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        return Err(Error::input(say::ENDING));
    }
    paper::is_free(&file)?;
    sheet(&of, to, args, form, false).is_fillable()?;
    let revealed = revealed(office, args, form, &of.units)?;
    let lang = office.lang;
    write(&of, to, args, form, revealed, &file, lang)?;
    out::line(say::written(file.display(), &to.unit.name, to.people.len()).get(lang))?;
    log(office, &of, Some(Subject::Unit(unit)), "xlsx")
}

/// One for each unit, into a folder; none where one of the files is there already. Each is made when it is written, so that
/// a thousand units take no more memory than one.
fn all(office: &mut Office, args: &Args, form: &Form) -> Result<Done> {
    let Some(folder) = &args.out else { return Err(Error::input(say::FOLDER)) };
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    // A folder is made, a path is not: its first part may be a slip.
    let is_new = !folder.exists() && above.is_none_or(Path::is_dir);
    if !folder.is_dir() && !is_new {
        return Err(Error::file(crate::i18n::cli::folder_missing(folder.display()))
            .hint(crate::i18n::cli::FOLDER_HINT));
    }
    let of = read(office, args, None)?;
    if of.units.is_empty() {
        out::tell(say::NO_UNITS.get(office.lang));
        return Ok(Done::Yes);
    }
    let files: Vec<PathBuf> = names(&of).iter().map(|name| folder.join(format!("{name}.xlsx"))).collect();
    for file in files.iter().filter(|_| !is_new) {
        paper::is_free(file)?;
    }
    sheet(&of, &of.units[0], args, form, false).is_fillable()?;
    let revealed = revealed(office, args, form, &of.units)?;
    if is_new {
        std::fs::create_dir(folder)
            .map_err(|why| Error::file(crate::i18n::cli::folder_not_made(folder.display(), why)))?;
    }
    let lang = office.lang;
    for (to, file) in of.units.iter().zip(&files) {
        write(&of, to, args, form, revealed, file, lang)?;
        if to.people.is_empty() {
            out::tell(say::nobody(&to.unit.name).get(lang));
        }
    }
    out::line(say::all_written(folder.display(), files.len()).get(lang))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    log(office, &of, None, &format!("{name} ×{}", files.len()))
}

fn sheet<'a>(
    of: &'a ToFill,
    unit: &'a UnitToFill,
    args: &'a Args,
    form: &'a Form,
    revealed: bool,
) -> Sheet<'a> {
    Sheet { of, unit, form, to: args.send_to.trim(), revealed }
}

fn write(
    of: &ToFill,
    unit: &UnitToFill,
    args: &Args,
    form: &Form,
    revealed: bool,
    file: &Path,
    lang: crate::say::Lang,
) -> Result<()> {
    print::write(&sheet(of, unit, args, form, revealed).xlsx(lang)?, file)
}

/// That they left the office is in the log.
fn log(office: &mut Office, of: &ToFill, subject: Option<Subject>, to: &str) -> Result<Done> {
    let (paper, head) = (PAPER.to_owned(), of.face.head.clone());
    let act = Act::Printed { paper, to: to.to_owned(), head, subject };
    office.commit(&act, None).map(|_| Done::Yes)
}
