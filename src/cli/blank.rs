//! `zhiban import --blank roster|units|report [FILE]`: an empty sheet with the headers that an import knows.

use super::args::Import;
use super::office::Ctx;
use super::{Done, out};
use crate::domain::form::{Column, What};
use crate::error::{Error, Result};
use crate::i18n::intake as say;
use crate::intake::{form_dir_beside, mapping};
use crate::paper::{print, workbook};
use crate::say::Lang;
use std::path::PathBuf;

pub(super) fn run(ctx: &Ctx, args: &Import) -> Result<Done> {
    let name = match args.what {
        What::Roster => say::BLANK_ROSTER,
        What::Units => say::BLANK_UNITS,
        What::Report => say::BLANK_REPORT,
    };
    let name = name.get(ctx.lang);
    let file = match args.files.as_slice() {
        [] => PathBuf::from(format!("{name}-{}.xlsx", say::BLANK_FILE.get(ctx.lang))),
        [file] => file.clone(),
        _ => return Err(Error::input(say::ONE_BLANK)),
    };
    if file.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        return Err(Error::input(say::BLANK_ENDING));
    }
    // The office's own forms are those its sheets are read with; without an office there are the built-in ones.
    let folder = form_dir_beside(&ctx.db()?);
    let forms = mapping::load_forms(folder.as_deref())?;
    let form = mapping::newest(&forms, args.what, args.form.as_deref())?;
    // The running number of the rows says nothing.
    let columns = form.columns.iter().filter(|column| column.field.name != "seq");
    let heads: Vec<(&str, bool)> = columns.map(|column| (head(column, ctx.lang), is_text(column))).collect();
    print::write(&workbook::blank(name, &heads)?, &file)?;
    out::line(say::blank_written(file.display()).get(ctx.lang))?;
    Ok(Done::Yes)
}

fn head(column: &Column, lang: Lang) -> &str {
    match lang {
        Lang::Zh => column.header(),
        Lang::En => column.english(),
    }
}

/// Numbers whose zeros and last digits a spreadsheet program would lose.
fn is_text(column: &Column) -> bool {
    column.field.kind.is_digits()
}
