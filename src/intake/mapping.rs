//! Which form a file is in, where its header row stands, and which column holds what.

use super::cells::Cells;
use crate::domain::form::{Column, Form, What, builtins};
use crate::error::{Error, Kind, Result};
use crate::i18n::intake as words;
use crate::say::Say;
use chrono::NaiveDate;
use std::path::Path;

pub(in crate::intake) mod heads;

use heads::{blocks, may_be_heads};

/// Where the columns of one block of a sheet are. A sheet has several where headers stand again below, or where lists
/// stand side by side.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Which row that has anything in it is the first of the header.
    pub header: usize,
    /// How many rows the header has.
    pub depth: usize,
    /// Up to which row that has anything in it, without that one, the block goes.
    pub to: usize,
    /// The block's first and last column.
    pub span: (u16, u16),
    /// What stands above each column, as it is called.
    pub titles: Vec<(u16, String)>,
    /// For each column of the form, the sheet's column.
    pub columns: Vec<Option<u16>>,
    /// Headers that no column of the form accepts.
    pub unknown: Vec<String>,
    /// Headers whose field another column of the sheet already fills.
    pub twice: Vec<String>,
    /// Headers of columns for another day than the report's.
    pub other_days: Vec<String>,
    /// The column that says which day a row is for.
    pub day: Option<u16>,
}

impl Mapping {
    /// How many columns of the form are there.
    pub fn matched(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// What stands above a column; empty where nothing does.
    pub fn title(&self, col: u16) -> &str {
        self.titles.iter().find(|(known, _)| *known == col).map_or("", |(_, title)| title)
    }

    /// Whether the sheet has a column for a field.
    pub fn has(&self, form: &Form, field: &str) -> bool {
        form.index_of(field).is_some_and(|at| self.columns[at].is_some())
    }
}

/// The forms that come with the program, and the office's own from `folder`, which take the place of one with
/// the same name and version.
pub fn load_forms(folder: Option<&Path>) -> Result<Vec<Form>> {
    let mut forms = builtins();
    let Some(folder) = folder else { return Ok(forms) };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(forms),
        Err(error) => return Err(unreadable(&folder.display().to_string(), &error)),
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    for path in paths {
        let name = super::cells::parent::file_name(&path);
        let text = form_text(&path)?;
        let form = Form::parse(&text).map_err(|error| Error::file(words::form_error(&name, &error)))?;
        forms.retain(|other| other.id != form.id);
        forms.push(form);
    }
    Ok(forms)
}

/// The text of a form file.
///
/// # Errors
/// It cannot be read.
pub fn form_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| unreadable(&super::cells::parent::file_name(path), &error))
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    Error::machine(Kind::File, error, |why| words::not_readable(name, why))
}

/// A form and the sheets that are in it, as they are read by it.
pub struct Chosen<'f> {
    /// The form.
    pub form: &'f Form,
    /// For each sheet of the file, where its columns are, block by block; none for a sheet that is not in this form.
    pub sheets: Vec<Vec<Mapping>>,
    /// Sheets that are in it and are another day's: their blocks are not read.
    pub other_days: Vec<usize>,
}

impl Chosen<'_> {
    /// How well the form fits the file's best sheet: columns known, and minus the form's columns not there. Lists behind
    /// drop-downs are no sheets.
    fn score(&self, cells: &Cells) -> Option<(usize, isize)> {
        let sheets = cells.sheets.iter().zip(&self.sheets).filter(|(sheet, _)| !sheet.very_hidden);
        let blocks = sheets.flat_map(|(_, blocks)| blocks);
        blocks.map(|m| (m.matched(), m.matched() as isize - self.form.columns.len() as isize)).max()
    }
}

/// The form that a new sheet of a kind is begun with: the one asked for by name, else the newest.
///
/// # Errors
/// There is no form of that name.
pub fn newest<'f>(forms: &'f [Form], what: What, wanted: Option<&str>) -> Result<&'f Form> {
    let mut known = forms.iter().filter(|form| form.what == what);
    let newest = known
        .clone()
        .filter(|f| wanted.is_none_or(|wanted| is_named(f, wanted)))
        .max_by_key(|f| f.id.version);
    newest.ok_or_else(|| {
        let names: Vec<_> = known.by_ref().map(label).collect();
        Error::input(words::no_such_form(wanted.unwrap_or_default(), names.join(" ")))
    })
}

/// Finds the form whose headers fit best: most of the sheet's columns known, then fewest of the form's own
/// missing, then the latest. `wanted` is `name` or `name-version`; columns of another day than a report's are not its own.
pub fn choose<'f>(
    forms: &'f [Form],
    what: What,
    cells: &Cells,
    wanted: Option<&str>,
    day: Option<NaiveDate>,
) -> Result<Chosen<'f>> {
    let named: Vec<&Form> = match wanted {
        Some(wanted) => {
            let named: Vec<_> = forms.iter().filter(|f| f.what == what && is_named(f, wanted)).collect();
            if named.is_empty() {
                let known: Vec<_> = forms.iter().filter(|f| f.what == what).map(label).collect();
                return Err(Error::input(words::no_such_form(wanted, known.join(" "))));
            }
            named
        }
        None => forms.iter().filter(|form| form.what == what).collect(),
    };
    let may: Vec<Vec<usize>> = cells.sheets.iter().map(|sheet| may_be_heads(forms, sheet)).collect();
    let read = |form: &'f Form| Chosen {
        form,
        sheets: cells.sheets.iter().zip(&may).map(|(sheet, may)| blocks(form, sheet, day, may)).collect(),
        other_days: Vec::new(),
    };
    let mut all: Vec<Chosen<'f>> = named.iter().map(|form| read(form)).collect();
    let best = (0..all.len()).filter_map(|at| Some(((all[at].score(cells)?, all[at].form.id.version), at)));
    let Some(((found, _), at)) = best.max_by_key(|(score, _)| *score) else {
        return Err(Error::user(Kind::Layout, words::no_header(what)).hint(header_hint(&named)));
    };
    let chosen = all.swap_remove(at);
    if wanted.is_none() {
        let rival = forms.iter().filter(|form| form.what != what);
        let rival = rival.filter_map(|form| Some((read(form).score(cells)?, form)));
        if let Some((_, rival)) = rival.max_by_key(|(score, _)| *score).filter(|(score, _)| score.0 > found.0)
        {
            let hint = words::looks_like_hint(rival.what.code());
            return Err(Error::file(words::looks_like(rival.what, what)).hint(hint));
        }
        let equal = all.iter().filter(|other| other.score(cells).is_some_and(|fit| fit.0 == found.0));
        super::rival::refuse(&chosen, equal.filter(|other| other.form.id != chosen.form.id), cells)?;
    }
    Ok(chosen)
}

fn is_named(form: &Form, wanted: &str) -> bool {
    form.id.name == wanted || label(form) == wanted
}

/// `staff-3`.
pub fn label(form: &Form) -> String {
    format!("{}-{}", form.id.name, form.id.version)
}

/// Which headers are needed, as the newest form of the kind has them.
fn header_hint(forms: &[&Form]) -> Say {
    // What everybody calls it, and not one office's form.
    let shipped = |form: &&&Form| builtins().iter().any(|own| own.id == form.id);
    let form = forms.iter().rev().find(shipped).or(forms.last());
    let required = form.map(|form| form.columns.iter().filter(|c| c.field.required).collect());
    let required: Vec<&Column> = required.unwrap_or_default();
    let zh = Say::listed(required.iter().map(|column| column.header())).zh;
    words::header_hint(zh, Say::listed(required.iter().map(|column| column.english())).en)
}

fn fits(form: &Form, found: &Mapping) -> bool {
    let required = form.columns.iter().zip(&found.columns).all(|(c, at)| !c.field.required || at.is_some());
    let there = || form.columns.iter().zip(&found.columns).filter(|(_, at)| at.is_some());
    let has = |fields: &[&str]| there().any(|(column, _)| fields.contains(&column.field.name.as_str()));
    required
        && match form.what {
            // Who it is alone is no report, and answers of nobody are none.
            What::Report => has(&["no", "name"]) && there().any(|(column, _)| column.is_answer()),
            What::Roster => found.matched() >= 2,
            What::Units => there().any(|(column, _)| !matches!(column.field.name.as_str(), "seq" | "name")),
        }
}
