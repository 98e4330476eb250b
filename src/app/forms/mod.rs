//! The desk's forms. A kind of form is one file here: what it is about and under which key its draft is kept
//! ([`Part`]), how it opens, which fields it has, and which acts it comes to (`Acts`). The two lists of them stand here:
//! every kind, and what opens by an action of its own.

pub(super) mod answer;
pub(super) mod ask;
pub(super) mod attach;
mod case;
pub(super) mod chase;
mod columns;
pub(super) mod contact;
pub(super) mod dismiss;
mod doubt;
pub(super) mod entry;
mod erase;
mod excuse;
pub mod followup;
pub(super) mod handover;
mod import;
mod inbox;
mod locked;
mod note;
mod officer;
pub(super) mod person;
pub(super) mod pin;
pub(super) mod print;
mod promise;
pub(super) mod raise;
pub(super) mod read_all;
mod receive;
mod release;
mod report;
pub(super) mod reveal;
pub(super) mod settings;
pub(super) mod told;
pub(super) mod unit;
mod unwell;

use super::keymap::Action;
use super::wrong::Wrong;
use crate::app::shown::draft::Draft;
use crate::app::shown::effect::Effect;
use crate::app::shown::field::Choice;
use crate::app::shown::form::{Form, Part};
use crate::app::shown::state::{Layer, State};
use crate::domain::ids::ShiftId;
use crate::store::act::Act;
use std::any::Any;
use std::sync::Arc;

/// What a filled form comes to.
trait Acts {
    /// Its acts, one for each of its targets, in order; or which field is wrong.
    fn acts(&self, desk: &State, form: &Form) -> Result<Vec<Act>, Wrong>;

    /// It opens with this draft in it: fields that it asks for only where they are needed come back.
    fn kept(&self, _: &State, _: &mut Form, _: &Draft) {}

    /// It began afresh where it lies: what was known of it is known still.
    fn afresh(&self, _: &mut State) {}

    /// It lies on top, as it opened or with something typed: what follows from that.
    fn typed(&self, _: &mut State) {}

    /// It lies on top and is about to be sent: what may be a slip is asked about first.
    fn ready(&self, _: &mut State) {}

    /// Does what is done in place of an act, where it lies on top; says whether it does.
    fn instead(&self, _: &mut State, _: &mut Vec<Effect>) -> bool {
        false
    }

    /// It was refused for what this field says, which it may have to ask for yet.
    fn refused(&self, _: &State, _: &mut Form, _: &str) {}

    /// Who may approve it, where that is needed; nothing where whoever sits here may do it alone.
    fn approvers(&self, desk: &State) -> Option<Vec<Choice>> {
        desk.lead_approvers()
    }

    /// The shift that it passes on, if it does.
    fn passes_on(&self) -> Option<ShiftId> {
        None
    }

    /// It is in the log, and gone from the screen; says whether nothing more is to be said of it.
    fn done(&self, _: &mut State, _: &mut Vec<Effect>) -> bool {
        false
    }
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
    ask::Ask,
    attach::Attach,
    case::ChangeCase,
    case::OpenCase,
    columns::KeepColumns,
    columns::ReadAs,
    chase::Chase,
    contact::AddContact,
    contact::EditContact,
    contact::RemoveContact,
    dismiss::Dismiss,
    doubt::ConfirmDoubt,
    doubt::CorrectDoubt,
    doubt::DeferDoubt,
    entry::EntryForm,
    entry::WithdrawEntry,
    erase::Erase,
    excuse::Excuse,
    followup::FollowUp,
    handover::CloseShift,
    handover::TakeOver,
    import::Import,
    inbox::ReturnFiles,
    inbox::SayFile,
    inbox::TakeFiles,
    locked::Unlock,
    note::Note,
    officer::AddOfficer,
    person::AddPerson,
    person::EditPerson,
    pin::ChangePin,
    print::Print,
    promise::ClosePromise,
    raise::ChooseRaise,
    raise::DeclineRaise,
    read_all::ReadAll,
    receive::Receive,
    release::Release,
    report::CorrectSitrep,
    report::SendSitrep,
    reveal::PaperReveal,
    reveal::Reveal,
    settings::ChangeSettings,
    told::Tell,
    unit::AddUnit,
    unit::EditUnit,
];

pub(super) use locked::{
    of_columns as ask_password_of_columns, of_file as ask_password_of_file, of_import as ask_password,
};

/// Of the form of a ledger on top, which ledger and which entries it is about.
#[cfg(test)]
pub(super) fn entry_about(desk: &State) -> (String, Vec<crate::domain::ids::EntryId>) {
    let Some(Layer::Form(form)) = desk.layers.last() else { panic!("no form") };
    entry::about_of(form)
}

/// How a form opens.
type Open = fn(&mut State, &mut Vec<Effect>);

/// The forms that open by an action of their own.
const OPENED: &[(Action, Open)] = &[
    (Action::AddEntry, entry::open_new),
    (Action::MoveEntry, entry::open_move),
    (Action::WithdrawEntry, entry::open_withdrawal),
    (Action::TakeUp, raise::open_take_up),
    (Action::Decline, raise::open_decline),
    (Action::AddContact, contact::open_new),
    (Action::AddOfficer, officer::open),
    (Action::AddPerson, person::open_new),
    (Action::AddTold, told::open),
    (Action::AddUnit, unit::open_new),
    (Action::Case, case::open),
    (Action::ChaseGroup, chase::open_group),
    (Action::ChaseUnit, chase::open_unit),
    (Action::ClosePromise, promise::open),
    (Action::ConfirmDoubt, doubt::open_confirm),
    (Action::CorrectDoubt, doubt::open_correct),
    (Action::DeferDoubt, doubt::open_defer),
    (Action::Correct, report::open_correction),
    (Action::Erase, erase::open),
    (Action::Excuse, excuse::open),
    (Action::FollowUp, followup::open),
    (Action::Import, import::open),
    (Action::Incoming, followup::open_incoming),
    (Action::Note, note::open),
    (Action::Pin, pin::open),
    (Action::Received, receive::open),
    (Action::Release, release::open),
    (Action::ReturnFile, inbox::open_return),
    (Action::KeepColumns, columns::open_keep),
    (Action::ReadAs, columns::open_column),
    (Action::SayFile, inbox::open_say),
    (Action::TakeFiles, inbox::open_take),
    (Action::RemoveContact, contact::open_removal),
    (Action::Send, report::open_new),
    (Action::Settings, settings::open),
];

/// How the form of an action opens, if it has one here.
pub(super) fn opening(action: Action) -> Option<Open> {
    OPENED.iter().find(|(known, _)| *known == action).map(|(_, open)| *open)
}

/// The form on top, if one is.
fn on_top(desk: &State) -> Option<Arc<dyn Part>> {
    match desk.layers.last() {
        Some(Layer::Form(form)) => Some(form.part.clone()),
        _ => None,
    }
}

/// The one act of a form: what is done to several is one act, taken back as one.
pub(super) fn act(desk: &State, form: &Form) -> Result<Act, Wrong> {
    let acts = match found(&*form.part) {
        Some(found) => found.acts(desk, form)?,
        None => Vec::new(),
    };
    let acts = acts.into_iter().enumerate();
    let left: Vec<Act> = acts.filter(|(target, _)| !form.done.contains(target)).map(|(_, act)| act).collect();
    let act = match <[Act; 1]>::try_from(left) {
        Ok([one]) => one,
        Err(several) => Act::Several(several),
    };
    desk.approved(form, act)
}

/// A form opens with this draft in it.
pub(super) fn kept(desk: &State, form: &mut Form, draft: &Draft) {
    let part = form.part.clone();
    if let Some(found) = found(&*part) {
        found.kept(desk, form, draft);
    }
}

/// A form began afresh, which was about this before.
pub(super) fn afresh(desk: &mut State, part: &dyn Part) {
    if let Some(found) = found(part) {
        found.afresh(desk);
    }
}

/// The form on top opened, or something was typed in it.
pub(super) fn typed(desk: &mut State) {
    let part = on_top(desk);
    if let Some(found) = part.as_deref().and_then(found) {
        found.typed(desk);
    }
}

/// The form on top is about to be sent.
pub(super) fn ready(desk: &mut State) {
    let part = on_top(desk);
    if let Some(found) = part.as_deref().and_then(found) {
        found.ready(desk);
    }
}

/// Does what the form on top does in place of an act; says whether it does.
pub(super) fn instead(desk: &mut State, fx: &mut Vec<Effect>) -> bool {
    let part = on_top(desk);
    part.as_deref().and_then(found).is_some_and(|found| found.instead(desk, fx))
}

/// The shift that a form passes on, if it does.
pub(super) fn passes_on(form: &Form) -> Option<ShiftId> {
    found(&*form.part)?.passes_on()
}

/// A form was refused for what this field says.
pub(super) fn refused(desk: &State, form: &mut Form, field: &str) {
    let part = form.part.clone();
    if let Some(found) = found(&*part) {
        found.refused(desk, form, field);
    }
}

/// Who may approve what a form says.
pub(super) fn approvers(desk: &State, form: &Form) -> Option<Vec<Choice>> {
    found(&*form.part).map_or_else(|| desk.lead_approvers(), |found| found.approvers(desk))
}

/// What a form said is in the log; says whether nothing more is to be said of it.
pub(super) fn done(desk: &mut State, fx: &mut Vec<Effect>, form: &Form) -> bool {
    found(&*form.part).is_some_and(|found| found.done(desk, fx))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{Desk, me};
    use crate::say::Lang;
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

    /// A draft that an earlier program kept comes back: the keys are what they ever were.
    #[test]
    fn drafts_are_kept_under_the_keys_they_ever_were() {
        for (keys, key) in [
            ("3f", Some("by/ME/followup/unit/000300000001")),
            ("3  f", Some("by/ME/followup/several/8306944459ee9a18")),
            ("6f", Some("by/ME/followup/person/000200000001")),
            ("6Gf", Some("by/ME/followup/call/000500000003")),
            ("i", Some("by/ME/followup/nobody")),
            ("7o", Some("by/ME/case/000400000001")),
            ("7  o", Some("by/ME/case/several/a3204562edd05ff0")),
            ("4jx", Some("by/ME/release/case/000400000001")),
            ("4*x", Some("by/ME/release/several/c9699dd3b08cc9cd")),
            ("3r", Some("by/ME/receive/unit/000300000001/2020-02-17/day")),
            ("3  r", Some("by/ME/receive/several/a1b6450750557eed")),
            ("3m", Some("by/ME/excuse/unit/000300000001")),
            ("n", Some("by/ME/note/nobody")),
            ("4j\ne", Some("by/ME/edit/person/000200000001")),
            ("3j\ne", Some("by/ME/edit/unit/000300000004")),
            (":contacts\nje", Some("by/ME/edit/contact/000a00000001")),
            (":add-person\n", Some("by/ME/add/person")),
            (":add-unit\n", Some("by/ME/add/unit")),
            ("0c\n\n", Some("handover/000800000001")),
            ("0c\n a", None),
            ("-s", None),
            ("-c", None),
            ("-ta", None),
            ("!\n", None),
            (":import\n", None),
            (":settings\n", None),
            (":pin\n", None),
            ("7\n:erase\n", None),
        ] {
            let mut desk = Desk::new(Lang::Zh, 120, 40);
            desk.keys(keys);
            let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("{keys}: no form") };
            let draft = form.draft.as_ref().map(|key| key.replace(&me().to_string(), "ME"));
            let draft = draft.map(|key| key.replace("01900000-0000-7000-8000-", ""));
            assert_eq!(draft.as_deref(), key, "{keys}");
        }
    }
}
