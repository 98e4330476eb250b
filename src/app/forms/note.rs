//! A note: about the page that is seen, or the shift.

use super::Acts;
use crate::app::shown::draft::subject_key;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::{Field, titled};
use crate::app::shown::form::{Form, Part};
use crate::app::shown::pages::{ContactsPage, LedgerPage};
use crate::app::shown::state::State;
use crate::app::wrong::{Wrong, needed};
use crate::domain::ids::Subject;
use crate::i18n::screen as say;
use crate::say::Say;
use crate::store::act::Act;

#[derive(Debug)]
pub(super) struct Note(Option<Subject>);

impl Part for Note {
    fn draft(&self) -> Option<String> {
        Some(format!("note/{}", subject_key(self.0)))
    }
}

impl Acts for Note {
    fn acts(&self, _: &State, form: &Form) -> Result<Vec<Act>, Wrong> {
        let text = needed(form, "text", say::NOTHING_WRITTEN)?;
        Ok(vec![Act::Note { subject: self.0, text }])
    }
}

pub(super) fn open(desk: &mut State, fx: &mut Vec<Effect>) {
    let targets = desk.targets();
    // A note is about the page that is seen; on a list it is about the shift, unless a row was marked.
    let on_page = desk
        .page()
        .is_some_and(|page| page.of::<ContactsPage>().is_none() && page.of::<LedgerPage>().is_none())
        || desk.marked() == 1;
    let about = targets.first().filter(|_| on_page).cloned();
    let subject = about.as_ref().and_then(|t| t.subject);
    let who = about.as_ref().map_or_else(Say::default, |t| Say::same(&t.name));
    let fields = vec![Field::words("text", say::NOTE_TEXT)];
    let form = Form::of(Note(subject), titled(say::NOTE, &who), fields);
    desk.show_about(fx, form, about.into_iter().collect());
}
