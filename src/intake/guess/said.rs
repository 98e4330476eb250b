//! What the officer says of the columns of a sheet, over what was guessed: which field each is, what the sheet's words for
//! its codes mean, and that some are not read at all.

use super::{
    Asked, Choices, Doubt, Guess, Guessed, Headers, Is, MOST_CODES, Said, Standing, letters, samples,
};
use crate::domain::field::{Field, Type, known};
use crate::domain::form::{Form, What};
use crate::error::{Error, Result};
use crate::i18n::{form_file, intake as words};
use crate::say::{Lang, Say};
use std::collections::{BTreeMap, HashSet};
use std::io::Write as _;
use std::path::Path;

/// The fields that are taken by what was said of columns: no other is guessed to be one of them.
pub(super) fn taken(said: &Choices) -> HashSet<String> {
    let fields = said.values().filter_map(|said| match &said.is {
        Is::Field(field) => Some(field.clone()),
        Is::Own | Is::Nothing => None,
    });
    fields.collect()
}

impl Headers<'_> {
    /// A column as it was said to be; nothing where there is no such field.
    pub(super) fn said(
        &self,
        standing: &Standing<'_>,
        asked: &Asked<'_>,
        said: &Said,
        taken: &HashSet<String>,
    ) -> Option<Guessed> {
        let Is::Field(name) = &said.is else {
            let none = Headers { forms: Vec::new() };
            return Some(none.guess(standing, &Asked { people: None, ..asked.clone() }, taken));
        };
        let of_form =
            self.forms.iter().find_map(|form| form.index_of(name).map(|at| &form.columns[at].field));
        let mut field = match of_form {
            Some(field) => field.clone(),
            None => Field::plain(name, known(name)?.kind)?,
        };
        for (word, code) in &said.codes {
            field.codes.entry(code.clone()).or_default().push(word.clone());
        }
        let is_said = |text: &str| said.codes.contains_key(text);
        let mut distinct: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, text) in &standing.cells {
            *distinct.entry(text).or_default() += 1;
        }
        let unread = distinct.iter().filter(|(text, _)| !is_said(text) && field.read(text, None).is_err());
        let unread: Vec<(&str, usize)> = unread.map(|(text, n)| (*text, *n)).collect();
        let cells: usize = unread.iter().map(|(_, n)| n).sum();
        let is_otherwise = !standing.cells.is_empty() && cells * 2 > standing.cells.len();
        Some(Guessed {
            place: letters(standing.col),
            headers: standing.headers.clone(),
            kind: field.kind,
            known: known(name).is_some(),
            by_header: true,
            same_as: None,
            filled: standing.cells.len(),
            unread: cells,
            words: unread_words(&field, unread.iter().map(|(text, _)| *text)),
            samples: samples(name, field.kind, &distinct),
            doubt: is_otherwise.then_some(Doubt::NotAsHeaded),
            codes: std::mem::take(&mut field.codes),
            field: field.name,
        })
    }
}

/// The words of a sheet that are none of a field's codes, where it has codes.
pub(super) fn unread_words<'t>(field: &Field, texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    if !matches!(field.kind, Type::Code | Type::Codes | Type::Bool) {
        return Vec::new();
    }
    texts.take(MOST_CODES).map(str::to_owned).collect()
}

/// The fields that a column of such a sheet may be said to be, as they are called; what everybody looks for first.
pub fn fields(forms: &[Form], what: What) -> Vec<(String, Say)> {
    const FIRST: [&str; 8] = ["no", "name", "unit", "temp_am", "temp_pm", "status", "place", "in_hubei"];
    let of_kind = forms.iter().filter(|form| form.what == what);
    let mut out: Vec<(String, Say)> = Vec::new();
    for column in of_kind.flat_map(|form| &form.columns) {
        let name = &column.field.name;
        // A field that only one form has is that form's own.
        if known(name).is_some() && out.iter().all(|(known, _)| known != name) {
            out.push((name.clone(), crate::i18n::fields::label(std::slice::from_ref(&column.field), name)));
        }
    }
    out.sort_by_key(|(name, _)| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()));
    out
}

impl Guess {
    /// Writes it as a form of the office's own beside the others; its name and version.
    ///
    /// # Errors
    /// It cannot be used so: it does not say whose the rows are, or answers nothing; or it cannot be written.
    pub fn keep(&self, folder: &Path, lang: Lang) -> Result<String> {
        let text = self.toml(lang);
        let form = match Form::check(&text) {
            Ok(form) => form,
            Err(faults) => {
                let why = faults.first().map(words::form_fault).unwrap_or_default();
                return Err(Error::input(form_file::still_wrong(why.zh, why.en)));
            }
        };
        if form.what == What::Report && !form.columns.iter().any(crate::domain::form::Column::is_answer) {
            return Err(Error::input(form_file::NO_ANSWER));
        }
        let label = format!("{}-{}", form.id.name, form.id.version);
        let written = std::fs::create_dir_all(folder).and_then(|()| {
            // Whole or not at all: what a form is read from is never half a file.
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist_noclobber(folder.join(format!("{label}.toml")))?;
            Ok(())
        });
        written.map_err(|error| {
            Error::machine(crate::error::Kind::File, &error, |why| form_file::not_kept(&label, why))
        })?;
        Ok(label)
    }
}

/// A form's name out of a unit's code.
pub fn name_of_unit(code: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let kept: String = code.to_ascii_lowercase().chars().filter(plain).take(24).collect();
    if kept.is_empty() { "own".to_owned() } else { format!("unit-{kept}") }
}

/// A form's name out of a file's: its letters and digits.
pub fn name_of_file(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let kept: String =
        stem.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(32).collect();
    let kept = kept.trim_matches(['-', '_']);
    if kept.starts_with(|c: char| c.is_ascii_lowercase()) { kept.to_owned() } else { "own".to_owned() }
}
