//! The columns of a sheet in no known form, looked at beside the screen; what was said of them kept as a form.

use super::work::{Work, unread, what};
use super::{Event, guarded, sentence, spawn};
use crate::app::{ImportRequest, Msg, SheetColumns, Unread};
use crate::domain::columns::Choices;
use crate::domain::form::Form;
use crate::error::{Error, Result};
use crate::i18n::{form_file, inbox as words};
use crate::intake::guess::said::{self, name_of_file, name_of_unit};
use crate::intake::guess::{Asked, guess};
use crate::intake::{cells, form_dir_beside, mapping};
use crate::say::Lang;
use crate::store::{Reader, query};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The columns that are asked for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Which file, as what.
    pub request: &'a ImportRequest,
    /// What was said of them.
    pub said: &'a Choices,
    /// BLAKE3 of the bytes that were looked at; empty where none were.
    pub seen: &'a str,
    /// The name and the title of what is kept; those that seem best when absent.
    pub named: Option<(&'a str, &'a str)>,
    /// In which language the title is, where none is given.
    pub lang: Lang,
    /// The program that reads cells; this one when absent.
    pub program: Option<&'a Path>,
}

/// Reads a sheet and says what its columns seem to be.
///
/// # Errors
/// It cannot be read, is not what was looked at, or has no header row.
pub fn read(
    reader: &Reader,
    database: &Path,
    wanted: &Wanted<'_>,
    stop: &AtomicBool,
) -> Result<SheetColumns> {
    let Wanted { request, said, .. } = *wanted;
    let path = PathBuf::from(&request.path);
    let (patience, limits) = (cells::parent::PATIENCE, cells::Limits::default());
    let read = cells::parent::read(&path, &request.passwords, wanted.program, Some(stop), patience, limits)?;
    if !wanted.seen.is_empty() && wanted.seen != read.digest {
        return Err(Error::refused(words::CHANGED_SINCE));
    }
    let forms = mapping::load_forms(form_dir_beside(database).as_deref())?;
    let known = query::roster(reader)?;
    let unit = known.find_unit(request.unit.trim());
    let name = unit.map_or_else(|| name_of_file(&path), |unit| name_of_unit(&unit.code));
    let title =
        unit.map_or_else(String::new, |unit| form_file::title_of(&unit.name).get(wanted.lang).to_owned());
    let (name, title) = match wanted.named {
        Some((name, title)) => (name.to_owned(), title.to_owned()),
        None => (fresh(&name, &forms), title),
    };
    let what = what(request.what);
    let asked =
        Asked { name, what, title, spell: crate::search::keys, people: Some(&known), said, any_header: true };
    Ok(SheetColumns {
        request: request.clone(),
        file: cells::parent::file_name(&path),
        digest: read.digest.clone(),
        guess: guess(&read, &forms, &asked)?,
        said: said.clone(),
        fields: said::fields(&forms, what),
    })
}

/// A name that no form has: another layout is no version of it.
fn fresh(name: &str, forms: &[Form]) -> String {
    let is_free = |name: &String| forms.iter().all(|form| form.id.name != *name);
    // No number: that would look like a version.
    let lettered = ('b'..='z').map(|letter| format!("{name}-{letter}"));
    std::iter::once(name.to_owned()).chain(lettered).find(is_free).unwrap_or_else(|| name.to_owned())
}

/// Keeps what was said of a sheet's columns as a form of the office's own; its name and version.
///
/// # Errors
/// As with [`read`]; or it cannot be used so, or not be written.
pub fn keep(reader: &Reader, database: &Path, wanted: &Wanted<'_>, stop: &AtomicBool) -> Result<String> {
    let sheet = read(reader, database, wanted, stop)?;
    if stop.load(Ordering::SeqCst) {
        return Err(Error::refused(crate::i18n::intake::STOPPED));
    }
    sheet.guess.keep(&database.with_file_name("forms"), wanted.lang)
}

impl Work {
    /// Looks at the columns of a sheet, or keeps them under a name and a title.
    pub(super) fn columns(
        &mut self,
        token: u64,
        request: ImportRequest,
        (said, seen): (Choices, String),
        named: Option<(String, String)>,
        lang: Lang,
    ) {
        let stop = Arc::new(AtomicBool::new(false));
        self.running.insert(token, Arc::clone(&stop));
        let (path, events) = (self.path.clone(), self.events.clone());
        let task = move || {
            let done = guarded(|| {
                let reader = Reader::open(&path)?;
                let of = named.as_ref().map(|(name, title)| (name.as_str(), title.as_str()));
                let wanted =
                    Wanted { request: &request, said: &said, seen: &seen, named: of, lang, program: None };
                if named.is_some() {
                    let form = keep(&reader, &path, &wanted, &stop)?;
                    return Ok(Msg::ColumnsKept { token, form });
                }
                let sheet = Box::new(read(&reader, &path, &wanted, &stop)?);
                Ok(Msg::Columns { token, sheet })
            });
            // Nobody waits for what was stopped; what was kept all the same is told.
            if stop.load(Ordering::SeqCst) && !matches!(done, Ok(Msg::ColumnsKept { .. })) {
                return;
            }
            let failed =
                |error: Error| Msg::ImportFailed { token, error: sentence(&error), why: unread(&error) };
            let _ = events.send(Event::Msg(done.unwrap_or_else(failed)));
        };
        if let Err(error) = spawn("work-columns", task) {
            self.tell(Msg::ImportFailed { token, error: sentence(&error), why: Unread::Otherwise });
        }
    }
}
