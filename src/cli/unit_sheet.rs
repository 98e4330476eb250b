//! `zhiban unit-sheet UNIT`: what a unit owes, on paper; with `--all` one paper for each unit that owes anything.

use super::office::{Ctx, Office};
use super::paper::{self, Made, Options};
use super::{Done, out};
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::paper as papers;
use crate::i18n::store;
use crate::paper::file::{Format, bytes, distinct, plain};
use crate::paper::print;
use crate::paper::unit_sheet::Paper;
use crate::store::query;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "UNIT", required_unless_present = "all")]
    pub unit: Option<String>,
    #[arg(long, conflicts_with = "unit")]
    pub all: bool,
    #[command(flatten)]
    pub paper: Options,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match &args.unit {
        Some(unit) => one(&mut office, unit, args),
        None => all(&mut office, args),
    }
}

fn one(office: &mut Office, unit: &str, args: &Args) -> Result<Done> {
    let unit = office.unit(unit)?;
    args.paper.check(office)?;
    let sheet = Paper::each(query::debts(&office.reader, Some(unit), office.now())?).pop();
    let sheet = sheet.ok_or_else(|| Error::not_found(store::NO_UNIT))?;
    if !sheet.owes() {
        out::tell(papers::owes_nothing(&sheet.unit().name).get(office.lang));
    }
    let made = paper::make(office, &sheet, sheet.head())?;
    paper::put(office, &made, &args.paper, None)
}

/// A paper for each unit that owes anything: into a folder, to the printer, or one after another.
fn all(office: &mut Office, args: &Args) -> Result<Done> {
    let options = &args.paper;
    let format = check_all(office, options)?;
    let mut sheets = Paper::each(query::debts(&office.reader, None, office.now())?);
    sheets.retain(Paper::owes);
    if sheets.is_empty() {
        out::tell(papers::NOBODY_OWES.get(office.lang));
    }
    let mut made = Vec::with_capacity(sheets.len());
    for sheet in &sheets {
        made.push((sheet.unit().code.clone(), paper::make(office, sheet, sheet.head())?));
    }
    put_all(office, options, ("unit", format), &made)
}

/// Refuses what could not be done with papers of many units; in which form they are made.
pub(super) fn check_all(office: &Office, options: &Options) -> Result<Format> {
    let folder = options.out.as_deref();
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(Error::file(say::folder_missing(folder.display())).hint(say::FOLDER_HINT));
    }
    let format = options.format.unwrap_or(if folder.is_some() { Format::Pdf } else { Format::Text });
    if folder.is_none() && !options.print && !format.is_text() {
        return Err(Error::input(say::FOLDER_NEEDED).hint(say::FOLDER_NEEDED_HINT));
    }
    if folder.is_some() || options.print {
        office.may_write()?;
        office.officer()?;
    }
    Ok(format)
}

/// Puts papers of many units into a folder, to the printer, or one after another; their files begin with this.
pub(super) fn put_all(
    office: &mut Office,
    options: &Options,
    (begin, format): (&str, Format),
    made: &[(String, Made)],
) -> Result<Done> {
    if let Some(folder) = options.out.as_deref() {
        return into(office, folder, (begin, format), made);
    }
    if options.print {
        return printed(office, options, made);
    }
    show(format, made)
}

/// Writes all of them, or none: every file is made before the first is written, and none may be there already.
fn into(
    office: &mut Office,
    folder: &Path,
    (begin, format): (&str, Format),
    all: &[(String, Made)],
) -> Result<Done> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::with_capacity(all.len());
    let names = distinct(all.iter().map(|(code, _)| format!("{begin}-{}", plain(code))));
    for ((_, made), name) in all.iter().zip(&names) {
        let file = folder.join(format!("{name}.{}", format.extension()));
        paper::is_free(&file)?;
        files.push((file, bytes(&made.paper, format)?));
    }
    for (file, content) in &files {
        print::write(content, file)?;
    }
    out::tell(say::papers_written(files.len(), folder.display()).get(office.lang));
    // A file whose name is not the unit's code is named with it.
    for ((code, _), name) in
        all.iter().zip(&names).filter(|((code, _), name)| **name != format!("{begin}-{code}"))
    {
        out::tell(&format!("  {} → {name}.{}", safe_line(code), format.extension()));
    }
    if let Some((_, first)) = all.first() {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        paper::log(office, first, &format!("{name} ×{}", files.len()))?;
    }
    Ok(Done::Yes)
}

/// Prints one after another; when the printer is in trouble the rest is not sent after it.
fn printed(office: &mut Office, options: &Options, all: &[(String, Made)]) -> Result<Done> {
    for (sent, (_, made)) in all.iter().enumerate() {
        if paper::put(office, made, options, None)? == Done::No {
            out::tell(say::papers_left(all.len() - sent).get(office.lang));
            return Ok(Done::No);
        }
    }
    Ok(Done::Yes)
}

fn show(format: Format, all: &[(String, Made)]) -> Result<Done> {
    if format == Format::Json {
        let values: Vec<_> = all.iter().map(|(_, made)| &made.paper.json).collect();
        return out::json(&values).map(|()| Done::Yes);
    }
    for (place, (_, made)) in all.iter().enumerate() {
        if place > 0 {
            out::text("\n\n")?;
        }
        out::bytes(&bytes(&made.paper, format)?)?;
    }
    Ok(Done::Yes)
}
