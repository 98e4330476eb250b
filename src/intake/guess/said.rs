//! What the officer says of the columns of a sheet, over what was guessed: which field each is, what the sheet's words for
//! its codes mean, and that some are not read at all.

use super::{
    Asked, Choices, Guess, Guessed, Headers, Is, MOST_CODES, SAMPLES, Said, Standing, ToCheck, is_of_people,
    letters, own_name, samples,
};
use crate::domain::field::{Field, Type, known};
use crate::domain::form::{Form, What};
use crate::domain::mask::masked_words;
use crate::error::{Error, Result};
use crate::i18n::{form_file, intake as words};
use crate::say::{Lang, Say};
use crate::store::query::roster::Roster;
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
    /// A column as it was said to be; nothing where there is no such field, or a word of it would mean two things.
    pub(super) fn said(
        &self,
        standing: &Standing<'_>,
        asked: &Asked<'_>,
        said: &Said,
        taken: &HashSet<String>,
    ) -> Option<Guessed> {
        let Is::Field(name) = &said.is else { return Some(own(standing, asked, taken)) };
        let of_form =
            self.forms.iter().find_map(|form| form.index_of(name).map(|at| &form.columns[at].field));
        let field = match of_form {
            Some(field) => field.clone(),
            None => Field::plain(name, known(name)?.kind)?,
        };
        let field = field.with_spellings(&said.codes)?;
        let distinct = distinct(standing);
        let is_read = |text: &str| field.read(text, None).is_ok();
        let unread: usize = distinct.iter().filter(|(text, _)| !is_read(text)).map(|(_, n)| n).sum();
        // What is none of its values may be anybody's words: it is masked, whatever the field.
        let (read, other): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) =
            distinct.iter().map(|(text, n)| (*text, *n)).partition(|(text, _)| is_read(text));
        let mut shown = samples(name, field.kind, &read);
        shown.extend(samples("", Type::Text, &other));
        shown.truncate(SAMPLES);
        let words = words_of(standing, asked.people, &field);
        Some(Guessed {
            place: letters(standing.col),
            headers: standing.headers.clone(),
            kind: field.kind,
            known: known(name).is_some(),
            by_header: true,
            same_as: None,
            filled: standing.cells.len(),
            unread,
            words,
            repeats: None,
            samples: shown,
            doubt: (unread * 2 > standing.cells.len()).then_some(ToCheck::NotAsHeaded),
            codes: field.codes,
            field: field.name,
        })
    }
}

fn distinct<'a>(standing: &Standing<'a>) -> BTreeMap<&'a str, usize> {
    let mut out: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, text) in &standing.cells {
        *out.entry(text).or_default() += 1;
    }
    out
}

/// What a column seems to be before anything was said of it: temperatures are those of the morning, then of the evening; what
/// no form knows is kept as it is written. The words of the first sheet are not all that may stand in the next.
pub(super) fn as_it_is(
    standing: &Standing<'_>,
    asked: &Asked<'_>,
    taken: &HashSet<String>,
    found: Guessed,
) -> Guessed {
    if found.known || found.by_header {
        return found;
    }
    let free = ["temp_am", "temp_pm"].into_iter().find(|field| !taken.contains(*field));
    match free.filter(|_| found.kind == Type::Temp && asked.what == What::Report) {
        Some(field) => Guessed { field: field.to_owned(), known: true, ..found },
        None => own(standing, asked, taken),
    }
}

/// A column of the office's own, kept as it is written: a text, of which nothing but its header goes into the form.
pub(super) fn own(standing: &Standing<'_>, asked: &Asked<'_>, taken: &HashSet<String>) -> Guessed {
    Guessed {
        place: letters(standing.col),
        headers: standing.headers.clone(),
        field: own_name(&standing.headers[0], standing.col, asked.spell, taken),
        kind: Type::Text,
        known: false,
        by_header: false,
        codes: BTreeMap::new(),
        same_as: None,
        filled: standing.cells.len(),
        unread: 0,
        words: Vec::new(),
        repeats: None,
        samples: samples("", Type::Text, &distinct(standing)),
        doubt: None,
    }
}

/// The words of a column, each with the code of the field that it is, where the field has codes and they can be such: short,
/// few, no names and no numbers of people. What is said of one goes into the form, and with that into the log.
pub(super) fn words_of(
    standing: &Standing<'_>,
    people: Option<&Roster>,
    field: &Field,
) -> Vec<(String, String)> {
    /// No word of a list is longer.
    const LONGEST: usize = 12;
    if !matches!(field.kind, Type::Code | Type::Codes | Type::Bool) {
        return Vec::new();
    }
    let all: Vec<&str> = distinct(standing).into_keys().collect();
    // What each says in words of their own is no list.
    let few = all.len() <= MOST_CODES && all.len() * 2 <= standing.cells.len();
    if !few || is_of_people(standing, &all, people) {
        return Vec::new();
    }
    let is_word = |text: &&&str| text.chars().count() <= LONGEST && masked_words(text) == **text;
    let one = |text: &&str| ((*text).to_owned(), field.read(text, None).unwrap_or_default());
    // No answer is none of them either, and no word for one; nor are several at once.
    let blank = |text: &&&str| field.read(text, None).is_ok_and(|code| code.is_empty() || code.contains(','));
    let mut out: Vec<(String, String)> =
        all.iter().filter(is_word).filter(|text| !blank(text)).map(one).collect();
    out.sort_by_key(|(_, code)| !code.is_empty());
    out
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
            // By its own name: over which days it asks is the sheet's.
            let label = crate::i18n::fields::named(name).map_or_else(|| Say::same(name), Say::from);
            out.push((name.clone(), label));
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
