//! Forms: fields that are typed, chosen or ticked, a draft that survives, and what was sent but not answered.

use super::aside::Aside;
use super::column::{Mood, Shown};
use super::pages::told::Telling;
use crate::app::shown::draft::AT;
use crate::app::shown::draft::DONE;
use crate::app::shown::draft::Draft;
use crate::app::shown::draft::FOCUS;
use crate::app::shown::draft::draft_key;
use crate::app::shown::draft::subject_key;
use crate::app::shown::field::Choice;
use crate::app::shown::field::Entry;
use crate::app::shown::field::Field;
use crate::app::shown::field::no_yes;
use crate::domain::case::CaseFacts;
use crate::domain::erase::ErasePreview;
use crate::domain::followup::Caller;
use crate::domain::followup::Channel;
use crate::domain::handover::How;
use crate::domain::ids::{CaseId, FollowUpId, OfficerId, PersonId, ShiftId, SitrepId, Subject};
use crate::domain::sitrep::Sitrep;
use crate::domain::time::Ts;
use crate::i18n::cases;
use crate::i18n::forms as say;
use crate::log::event::HandoverItem;
use crate::say::{Say, Word};
use crate::store::act::Asked;
use crate::store::query::rows::{Dial, ReleaseRow};
use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

/// Fields that are never kept: a yes is said anew each time, and a PIN is nobody's to find.
const NEVER_KEPT: [&str; 9] =
    ["sure", "early", "approved_by", "approver_pin", "from_pin", "to_pin", "pin", "new_pin", "new_again"];

/// The fields that ask what became of open promises, the soonest first.
pub(in crate::app) const ENDS: [&str; 3] = ["ends", "ends2", "ends3"];

/// What a form is about: each kind is one file in `app/forms`, which says there what it comes to as well.
pub trait Part: Any + Debug + Send + Sync {
    /// Under which key its draft is kept; none for what is not kept.
    fn draft(&self) -> Option<String> {
        None
    }

    /// What each of its acts is about, in order; nothing for a form that is one act.
    fn targets(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether what it says is an act that a read-only officer may not do.
    fn is_recorded(&self) -> bool {
        true
    }
}

/// What a form does when it is saved.
#[derive(Debug, Clone)]
pub enum FormKind {
    /// What its own file says.
    Of(Arc<dyn Part>),
    /// Logs a contact with each of these; with nobody known when there is one target without a subject.
    FollowUp(Vec<Option<Subject>>),
    /// Opens a case on each.
    OpenCase(Vec<PersonId>),
    /// Changes a case from what it says now.
    ChangeCase(CaseId, Box<CaseFacts>),
    /// Releases cases.
    Release(Vec<CaseId>),
    /// Erases a person, once what goes was seen.
    Erase(PersonId, Option<Box<ErasePreview>>),
    /// Plans an import.
    Import,
    /// Sends the situation report as it was cut.
    SendSitrep(Box<Sitrep>),
    /// Corrects a report that was sent by this one.
    CorrectSitrep(SitrepId, Box<Sitrep>),
    /// Records which figures were told.
    Tell(Box<Telling>),
    /// Prints the paper of this token.
    Print(u64),
    /// Full numbers on the paper of this token, with a reason.
    PaperReveal(u64),
    /// Shows the numbers of somebody, and copies one: what a second officer is to approve by now.
    Reveal(Shown, bool),
    /// Gives a call its subject, once confirmed.
    Attach(FollowUpId, Subject),
    /// Hands over, as it was walked.
    CloseShift(Box<Closing>),
    /// Takes a shift over alone: its officer has left.
    TakeOver(Box<Closing>),
    /// Leaves a question on the item of the walk with this place.
    Ask(usize),
}

impl FormKind {
    /// Whether what it says is an act that a read-only officer may not do: prints and one's own PIN are not, and a
    /// question of a handover is part of another form.
    pub(in crate::app) fn is_recorded(&self) -> bool {
        match self {
            Self::Of(part) => part.is_recorded(),
            Self::Print(_) | Self::Ask(_) => false,
            _ => true,
        }
    }

    /// What each of its acts is about, in order; nothing for a form that is one act.
    pub fn targets(&self) -> Vec<String> {
        match self {
            Self::Of(part) => part.targets(),
            Self::FollowUp(subjects) => subjects.iter().map(|subject| subject_key(*subject)).collect(),
            Self::OpenCase(people) => people.iter().map(|person| format!("person/{person}")).collect(),
            Self::Release(cases) => cases.iter().map(|case| format!("case/{case}")).collect(),
            _ => Vec::new(),
        }
    }
}

/// A shift as it is to be passed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// Which.
    pub shift: ShiftId,
    /// To whom.
    pub to: OfficerId,
    /// How.
    pub how: How,
    /// The items as ticked.
    pub items: Vec<HandoverItem>,
    /// The questions left on some of them.
    pub questions: Vec<Asked>,
}

/// A form on the screen.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it does.
    pub kind: FormKind,
    /// Its title: what, about whom.
    pub title: Say,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field with the cursor.
    pub focus: usize,
    /// What is wrong with it, or why it was not saved.
    pub error: Option<Say>,
    /// Under which key its draft is kept; none for what is not kept.
    pub draft: Option<String>,
    /// Changed since the draft was last kept.
    pub dirty: bool,
    /// The commit without an answer yet.
    pub sending: Option<u64>,
    /// Targets that are in the log already: an earlier program sent them one by one.
    pub done: Vec<usize>,
    /// What is to be looked at before it is filled in; stands above the fields.
    pub about: Vec<(Say, Mood)>,
    /// The first of those lines that is shown, where there is no room for all.
    pub scroll: usize,
    /// What fields were preset to: they follow what else is chosen until somebody touches them.
    pub presets: Vec<(&'static str, String)>,
    /// What stands against the releases it is for, once that is known.
    pub releases: Option<Vec<ReleaseRow>>,
    /// What is said once everything is in the log, in place of the usual words.
    pub after: Option<Say>,
    /// What stands in it was kept from before.
    pub kept: Option<Box<Kept>>,
    /// What is known of whom a follow-up is about, once loaded.
    pub dial: Option<Box<Dial>>,
    /// The call from nobody known that is called back.
    pub caller: Option<Caller>,
    /// Of a form of a ledger, the fields that are not asked as the others stand.
    pub aside: Option<Box<Aside>>,
}

/// That a form goes on from a draft.
#[derive(Debug, Clone)]
pub struct Kept {
    /// When it was last typed in, if that is known.
    pub at: Option<Ts>,
    /// The form as it would be without it.
    pub fresh: Form,
    /// The draft: some fields come only later.
    pub draft: Draft,
    /// Nothing was typed since: the next Enter asks first.
    pub untouched: bool,
}

impl Form {
    /// A form with the cursor in its first field.
    pub fn new(kind: FormKind, title: Say, fields: Vec<Field>) -> Self {
        let draft = draft_key(&kind);
        Self {
            kind,
            title,
            fields,
            focus: 0,
            error: None,
            draft,
            dirty: false,
            sending: None,
            done: Vec::new(),
            about: Vec::new(),
            scroll: 0,
            presets: Vec::new(),
            releases: None,
            after: None,
            kept: None,
            dial: None,
            caller: None,
            aside: None,
        }
    }

    /// The form of a kind that has its own file.
    pub(in crate::app) fn of(part: impl Part, title: Say, fields: Vec<Field>) -> Self {
        Self::new(FormKind::Of(Arc::new(part)), title, fields)
    }

    /// What it is about, where its kind is this one.
    pub(in crate::app) fn part<P: Part>(&self) -> Option<&P> {
        let FormKind::Of(part) = &self.kind else { return None };
        let part: &dyn Any = &**part;
        part.downcast_ref()
    }

    /// Asks once more about what may be a slip, or no longer. Other words are another question: it is unanswered then.
    pub(in crate::app) fn ask_again(&mut self, right: Word, what: Option<Say>) {
        let Some(what) = what else { return self.drop_field("sure") };
        match self.fields.iter_mut().find(|field| field.id == "sure") {
            Some(field) if field.hint == what => {}
            Some(field) => {
                field.set("no");
                field.hint = what;
            }
            None => {
                let options = no_yes();
                self.fields.push(Field::choice("sure", right, options, 0).hint(what));
            }
        }
    }

    /// Asks for the second yes of a release, or no longer. Other choices are another question.
    pub(in crate::app) fn ask_early(&mut self, options: Option<Vec<Choice>>) {
        let Some(options) = options else { return self.drop_field("early") };
        let field = Field::choice("early", cases::EARLY, options, 0).hint(cases::EARLY_WHY);
        match self.fields.iter_mut().find(|known| known.id == "early") {
            Some(known) if known.offers_the_same(&field) => {}
            Some(known) => *known = field,
            None => self.fields.push(field),
        }
    }

    /// Asks who approves it, or no longer. Other choices are another question.
    pub(in crate::app) fn ask_approval(&mut self, approvers: Option<Vec<Choice>>) {
        let Some(approvers) = approvers else {
            self.drop_field("approved_by");
            return self.drop_field("approver_pin");
        };
        let fields = super::field::approval(approvers);
        match self.fields.iter_mut().find(|known| known.id == "approved_by") {
            Some(known) if known.offers_the_same(&fields[0]) => {}
            Some(known) => *known = fields.into_iter().next().unwrap_or_else(|| known.clone()),
            None => self.fields.extend(fields),
        }
    }

    fn drop_field(&mut self, id: &str) {
        let focused = self.fields.get(self.focus).map(|field| field.id);
        self.fields.retain(|field| field.id != id);
        let place = self.fields.iter().position(|field| Some(field.id) == focused);
        self.focus = place.unwrap_or(self.fields.len().saturating_sub(1));
    }

    /// The field with this name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.id == id)
    }

    /// The field with this name, whether it is asked as the others stand or not.
    pub(in crate::app) fn anywhere(&self, id: &str) -> Option<&Field> {
        self.all_fields().find(|field| field.id == id)
    }

    /// What stands in the field with this name; empty when there is none.
    pub fn value(&self, id: &str) -> String {
        self.field(id).map(Field::value).unwrap_or_default()
    }

    /// What one of its fields says; nothing where what stands there is hidden and nothing was typed.
    pub fn text(&self, id: &str) -> Option<String> {
        let field = self.field(id)?;
        let value = field.value();
        (!value.is_empty() || field.present.is_empty()).then_some(value)
    }

    /// The label of one of its fields; who was at the other end is called by the way of the contact.
    pub fn label(&self, field: &Field) -> Word {
        match (field.id, Channel::from_code(&self.value("channel"))) {
            ("answered_by", Some(Channel::Wechat | Channel::Qq | Channel::Sms)) => say::REPLIED_BY,
            ("answered_by", Some(Channel::InPerson)) => say::MET,
            ("answered_by", Some(Channel::Incoming)) => say::CALLER,
            _ => field.label,
        }
    }

    /// Puts the cursor in the field with this name.
    pub fn focus_on(&mut self, id: &str) {
        if let Some(at) = self.fields.iter().position(|f| f.id == id) {
            self.focus = at;
        }
    }

    /// Puts the cursor in its first field of free words, where an officer meant to type; says whether it has one.
    pub fn to_words(&mut self) -> bool {
        let found = self.fields.iter().position(Field::is_words);
        self.focus = found.unwrap_or(self.focus);
        found.is_some()
    }

    /// Whether the field with the cursor takes text; one with choices has keys instead.
    pub fn is_text_focused(&self) -> bool {
        let entry = self.fields.get(self.focus).map(|field| &field.entry);
        matches!(entry, Some(Entry::Line(_) | Entry::Secret(_) | Entry::Words(_)))
    }

    /// Whether it waits for an answer.
    pub fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    /// Puts fields in behind the one with this name; the cursor stays on its field.
    pub fn insert_after(&mut self, id: &str, fields: Vec<Field>) {
        let at = self.fields.iter().position(|f| f.id == id).map_or(self.fields.len(), |at| at + 1);
        if self.focus >= at {
            self.focus += fields.len();
        }
        self.fields.splice(at..at, fields);
    }

    /// Takes what nobody is to read out of a field, and puts the cursor there; all of them when none is named.
    pub fn forget_secret(&mut self, field: Option<&str>) {
        let wrong = |known: &Field| {
            matches!(known.entry, Entry::Secret(_)) && field.is_none_or(|field| known.id == field)
        };
        let Some(first) = self.fields.iter().position(wrong) else { return };
        self.fields.iter_mut().filter(|known| wrong(known)).for_each(|known| known.set(""));
        self.focus = first;
    }

    /// Its fields as a draft, with the title for whoever finds it, when and where it was left.
    pub fn to_json(&self, now: Ts) -> String {
        let kept = self.all_fields().filter(|field| !NEVER_KEPT.contains(&field.id));
        let mut draft = Draft(kept.map(|f| (f.id.to_owned(), f.value())).collect());
        draft.title(&self.title);
        draft.0.insert(AT.to_owned(), now.0.to_string());
        if let Some(field) = self.fields.get(self.focus).filter(|field| !NEVER_KEPT.contains(&field.id)) {
            draft.0.insert(FOCUS.to_owned(), field.id.to_owned());
        }
        let targets = self.kind.targets();
        for target in self.done.iter().filter_map(|at| targets.get(*at)) {
            draft.add_done(target);
        }
        match (&self.dial, &self.kept) {
            (Some(dial), _) => draft.ask_of(dial),
            // What became of promises is asked once they are known; until then it stays as it was left.
            (None, Some(kept)) => draft.keep_ends(&kept.draft),
            (None, None) => {}
        }
        if let FormKind::CloseShift(closing) = &self.kind {
            draft.tick(closing.to, closing.items.iter());
            draft.ask(&closing.questions);
        }
        draft.json()
    }

    /// Takes over a draft; says whether anything stands otherwise now.
    pub fn restore(&mut self, json: &str) -> bool {
        let draft = Draft::read(json);
        let mut changed = false;
        for field in self.all_fields_mut().filter(|field| !NEVER_KEPT.contains(&field.id)) {
            if let Some(value) = draft.0.get(field.id).filter(|value| **value != field.value()) {
                field.set(value);
                changed = true;
            }
        }
        let targets = self.kind.targets();
        self.done =
            (0..targets.len()).filter(|at| draft.lines(DONE).any(|done| done == targets[*at])).collect();
        if let Some(field) = draft.0.get(FOCUS) {
            self.focus_on(field);
        }
        changed || !self.done.is_empty() || (self.dial.is_none() && draft.has_ends())
    }
}
