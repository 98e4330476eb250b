//! The password of a locked sheet is asked for: of one that is to be imported, or that lies in the inbox. What was typed is
//! kept in memory alone, and tried first on the next.

use super::Acts;
use crate::app::shown::column::Mood;
use crate::app::shown::effect::{Effect, ImportRequest, InboxTask};
use crate::app::shown::field::{Field, no_yes};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::msg::Tone;
use crate::app::shown::state::{Layer, State, Working};
use crate::app::wrong::Wrong;
use crate::domain::columns::Choices;
use crate::domain::password::Password;
use crate::i18n::locked as words;
use crate::i18n::screen;
use crate::say::{Say, Word};
use crate::store::act::Act;
use std::path::Path;

/// Asks for a password.
#[derive(Debug)]
pub(super) struct Unlock(Of);

/// Of what.
#[derive(Debug)]
enum Of {
    /// Of a file that is to be planned; whether the form that asked for it lies below.
    Import(Box<ImportRequest>, bool),
    /// Of a file of the inbox, which is called so.
    File(u64, String),
    /// Of a sheet whose columns are looked at, with what was said of them; whether the form that named it lies below.
    Columns(Box<(ImportRequest, Choices, String)>, bool),
}

impl Part for Unlock {
    /// Reading a file is nobody's record.
    fn is_recorded(&self) -> bool {
        false
    }

    fn enter(&self) -> Option<Word> {
        Some(words::READ)
    }
}

impl Acts for Unlock {
    fn acts(&self, _: &State, _: &Form) -> Result<Vec<Act>, Wrong> {
        Ok(Vec::new())
    }

    fn typed(&self, desk: &mut State) {
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return };
        let shown = form.value("shown") == "yes";
        form.fields.iter_mut().filter(|field| field.id == "password").for_each(|field| field.open = shown);
    }

    fn instead(&self, desk: &mut State, fx: &mut Vec<Effect>) -> bool {
        let Some(Layer::Form(form)) = desk.layers.last_mut() else { return true };
        let Some(password) = Password::new(&form.value("password")) else {
            form.error = Some(words::NEEDED.into());
            form.focus_on("password");
            return true;
        };
        form.error = None;
        desk.unlocking = Some(password.clone());
        let token = desk.token();
        let working =
            |title: Say, form| Working { token, title, words: Say::default(), done: 0, total: 0, form };
        match &self.0 {
            Of::Import(request, is_above) => {
                desk.layers.pop();
                let below = form_below(desk, *is_above);
                // It is kept once it has opened the file.
                let mut passwords = desk.passwords.clone();
                passwords.add(password);
                let request = ImportRequest { passwords, ..(**request).clone() };
                fx.push(Effect::PlanImport { token, request: request.clone() });
                desk.layers.push(Layer::Working(working(screen::reading_file(&request.path), below)));
                desk.planning = Some(request);
            }
            Of::Columns(looking, is_above) => {
                desk.layers.pop();
                let below = form_below(desk, *is_above);
                let (request, said, seen) = (**looking).clone();
                desk.look_at_columns(fx, request, (said, seen), below);
            }
            Of::File(file, _) => {
                fx.push(Effect::Inbox(InboxTask::Unlock { token, file: *file, password }));
                desk.layers.push(Layer::Working(working(words::OPENING.into(), None)));
            }
        }
        true
    }
}

/// The form that named a file, where it lies on top.
fn form_below(desk: &mut State, is_above: bool) -> Option<Box<Form>> {
    match is_above.then(|| desk.layers.pop()).flatten() {
        Some(Layer::Form(form)) => Some(form),
        other => {
            desk.layers.extend(other);
            None
        }
    }
}

fn asked(desk: &mut State, of: Of, file: &str) {
    let fields = vec![
        Field::secret("password", words::PASSWORD).hint(words::PASSWORD_HINT),
        Field::choice("shown", words::SHOWN, no_yes(), 0),
    ];
    let mut form = Form::of(Unlock(of), words::title(file), fields);
    form.about = vec![(words::KEPT.into(), Mood::Dim)];
    form.focus_on("password");
    desk.show(form);
}

/// A file that was to be planned is locked, or was tried with another password: it is asked for above the form that named
/// the file.
pub(in crate::app) fn of_import(desk: &mut State, mut request: ImportRequest, below: Option<Box<Form>>) {
    // With what is known when it is tried again, and not in the form until then.
    request.passwords.forget();
    let path = request.path.clone();
    again(desk, &path, below, |is_above| Of::Import(Box::new(request), is_above));
}

/// A sheet whose columns are looked at is locked, or was tried with another password.
pub(in crate::app) fn of_columns(
    desk: &mut State,
    mut looking: (ImportRequest, Choices, String),
    below: Option<Box<Form>>,
) {
    looking.0.passwords.forget();
    let path = looking.0.path.clone();
    again(desk, &path, below, |is_above| Of::Columns(Box::new(looking), is_above));
}

/// Asks, above the form that named the file; what was typed before was wrong.
fn again(desk: &mut State, path: &str, below: Option<Box<Form>>, of: impl FnOnce(bool) -> Of) {
    let wrong = desk.unlocking.take();
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    let is_above = below.is_some();
    desk.layers.extend(below.map(Layer::Form));
    asked(desk, of(is_above), &name.unwrap_or_default());
    if wrong.is_some() {
        refused(desk, words::WRONG.into());
    }
}

/// A file of the inbox is locked.
pub(in crate::app) fn of_file(desk: &mut State, id: u64, file: &str) {
    asked(desk, Of::File(id, file.to_owned()), file);
}

/// What was typed is taken out of the form, with why.
fn refused(desk: &mut State, why: Say) {
    if let Some(Layer::Form(form)) = desk.layers.last_mut() {
        form.forget_secret(Some("password"));
        form.error = Some(why);
    }
}

impl State {
    /// A file that was planned could be read. Where a password was typed for it, that opened it: it is kept, and the inbox
    /// tries its own with it.
    pub(in crate::app) fn keep_what_opened(&mut self, fx: &mut Vec<Effect>) {
        // The desk was locked meanwhile: nothing is kept.
        if let Some(password) = self.unlocking.take().filter(|_| self.lock.is_none()) {
            self.passwords.add(password.clone());
            fx.push(Effect::Inbox(InboxTask::Remember { password }));
        }
    }

    /// A file of the inbox was tried with what was typed for it.
    pub(in crate::app) fn file_opened(&mut self, fx: &mut Vec<Effect>, token: u64, error: Option<Say>) {
        let waited =
            self.layers.iter().any(|layer| matches!(layer, Layer::Working(work) if work.token == token));
        self.layers.retain(|layer| !matches!(layer, Layer::Working(work) if work.token == token));
        // Where nobody waited any longer, what is typed by now is of another.
        let password = if waited { self.unlocking.take() } else { None };
        let name = match self.layers.last() {
            Some(Layer::Form(form)) => file_of(&*form.part).map(str::to_owned),
            _ => None,
        };
        if let Some(why) = error {
            if waited && name.is_some() {
                refused(self, why);
            } else {
                self.tell(Tone::Bad, why);
            }
            return;
        }
        if name.is_some() {
            self.layers.pop();
        }
        // The desk was locked meanwhile: nothing is kept.
        if self.lock.is_none()
            && let Some(password) = password
        {
            self.passwords.add(password);
        }
        self.tell(Tone::Good, words::opened(name.unwrap_or_default()));
        fx.push(Effect::Inbox(InboxTask::Look { lang: self.lang }));
    }
}

/// Which file of the inbox a form asks about, if it does.
fn file_of(part: &dyn Part) -> Option<&str> {
    let part: &dyn std::any::Any = part;
    match part.downcast_ref::<Unlock>() {
        Some(Unlock(Of::File(_, name))) => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
