//! The desk's forms. A kind of form is one file here: what it is about and under which key its draft is kept
//! ([`Part`]), how it opens, which fields it has, and which acts it comes to (`Acts`). The two lists of them stand here:
//! every kind, and what opens by an action of its own.

pub(super) mod answer;
pub(super) mod contact;
pub(super) mod dismiss;
pub(super) mod entry;
mod excuse;
mod note;
mod officer;
pub(super) mod person;
pub(super) mod pin;
mod promise;
pub(super) mod read_all;
mod receive;
pub(super) mod settings;
pub(super) mod unit;

use super::keymap::Action;
use super::wrong::Wrong;
use crate::app::shown::effect::Effect;
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::State;
use crate::store::act::Act;
use std::any::Any;

/// What a filled form comes to.
trait Acts {
    /// Its acts, one for each of its targets, in order; or which field is wrong.
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong>;
}

macro_rules! forms {
    ($($form:path),+ $(,)?) => {
        fn found<'a>(part: &'a (dyn Part + 'static)) -> Option<&'a dyn Acts> {
            let part: &dyn Any = part;
            $(if let Some(form) = part.downcast_ref::<$form>() {
                return Some(form);
            })+
            None
        }
    };
}

forms![
    answer::Answer,
    contact::AddContact,
    contact::EditContact,
    contact::RemoveContact,
    dismiss::Dismiss,
    entry::AddEntry,
    entry::ChangeEntry,
    entry::MoveEntry,
    entry::WithdrawEntry,
    excuse::Excuse,
    note::Note,
    officer::AddOfficer,
    person::AddPerson,
    person::EditPerson,
    pin::ChangePin,
    promise::ClosePromise,
    read_all::ReadAll,
    receive::Receive,
    settings::ChangeSettings,
    unit::AddUnit,
    unit::EditUnit,
];

/// How a form opens.
type Open = fn(&mut State, &mut Vec<Effect>);

/// The forms that open by an action of their own.
const OPENED: &[(Action, Open)] = &[
    (Action::AddEntry, entry::open_new),
    (Action::MoveEntry, entry::open_move),
    (Action::WithdrawEntry, entry::open_withdrawal),
    (Action::AddContact, contact::open_new),
    (Action::AddOfficer, officer::open),
    (Action::AddPerson, person::open_new),
    (Action::AddUnit, unit::open_new),
    (Action::ClosePromise, promise::open),
    (Action::Excuse, excuse::open),
    (Action::Note, note::open),
    (Action::Pin, pin::open),
    (Action::Received, receive::open),
    (Action::RemoveContact, contact::open_removal),
    (Action::Settings, settings::open),
];

/// How the form of an action opens, if it has one here.
pub(super) fn opening(action: Action) -> Option<Open> {
    OPENED.iter().find(|(known, _)| *known == action).map(|(_, open)| *open)
}

/// The acts of a form.
pub(super) fn acts(desk: &State, form: &Form, part: &(dyn Part + 'static)) -> Result<Vec<Act>, Wrong> {
    found(part).map_or_else(|| Ok(Vec::new()), |found| found.acts(desk, form))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// Every type of this folder that is a kind of form.
    #[test]
    fn every_form_of_this_folder_is_listed_with_its_acts() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/forms");
        let here = std::fs::read_to_string(folder.join("mod.rs")).unwrap();
        let list = here.split("forms![").nth(1).unwrap().split("];").next().unwrap();
        let listed: BTreeSet<&str> =
            list.split(',').filter_map(|form| form.trim().split("::").nth(1)).collect();
        let mut found = BTreeSet::new();
        let mut texts = Vec::new();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() && !path.ends_with("mod.rs") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
        for text in &texts {
            found.extend(
                text.match_indices("impl Part for ")
                    .map(|(at, begin)| text[at + begin.len()..].split(' ').next().unwrap()),
            );
        }
        assert!(!found.is_empty());
        assert_eq!(found, listed);
    }
}
