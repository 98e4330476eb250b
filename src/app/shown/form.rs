//! Forms: fields that are typed, chosen or ticked, a draft that survives, and what was sent but not answered.

use super::aside::Aside;
use super::column::Mood;
use crate::app::shown::draft::AT;
use crate::app::shown::draft::DONE;
use crate::app::shown::draft::Draft;
use crate::app::shown::draft::FOCUS;
use crate::app::shown::field::Choice;
use crate::app::shown::field::Entry;
use crate::app::shown::field::Field;
use crate::app::shown::field::no_yes;
use crate::app::shown::table::Target;
use crate::domain::time::Ts;
use crate::say::{Say, Word};
use crate::store::query::rows::Dial;
use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

/// Fields that are never kept: a yes is said anew each time, and a PIN is nobody's to find.
const NEVER_KEPT: [&str; 10] = [
    "sure",
    "early",
    "approved_by",
    "approver_pin",
    "from_pin",
    "to_pin",
    "pin",
    "new_pin",
    "new_again",
    "password",
];

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

    /// The label of one of its fields, where that is another one by what is chosen.
    fn label(&self, _: &Form, _: &Field) -> Option<Word> {
        None
    }

    /// Keeps in its draft what stands in no field; it may go on from one.
    fn keep(&self, _: &mut Draft, _: Option<&Draft>) {}

    /// Whether a question that stands last in it is answered with one key; else it is one field more, chosen and saved
    /// with its own key.
    fn is_answered_at_once(&self) -> bool {
        true
    }

    /// What Enter does, where that is not saving.
    fn enter(&self) -> Option<Word> {
        None
    }
}

/// A form on the screen.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is about.
    pub part: Arc<dyn Part>,
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
    /// Whom it is about: told above the fields.
    pub whom: Vec<Target>,
    /// What is known of whom it is about, once loaded.
    pub known: Option<Box<Dial>>,
    /// What is to be looked at before it is filled in; stands above the fields.
    pub about: Vec<(Say, Mood)>,
    /// The first of those lines that is shown, where there is no room for all.
    pub scroll: usize,
    /// What fields were preset to: they follow what else is chosen until somebody touches them.
    pub presets: Vec<(&'static str, String)>,
    /// What is said once everything is in the log, in place of the usual words.
    pub after: Option<Say>,
    /// What stands in it was kept from before.
    pub kept: Option<Box<Kept>>,
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
    pub(in crate::app) fn of(part: impl Part, title: Say, fields: Vec<Field>) -> Self {
        let draft = part.draft();
        Self {
            part: Arc::new(part),
            title,
            fields,
            focus: 0,
            error: None,
            draft,
            dirty: false,
            sending: None,
            done: Vec::new(),
            whom: Vec::new(),
            known: None,
            about: Vec::new(),
            scroll: 0,
            presets: Vec::new(),
            after: None,
            kept: None,
            aside: None,
        }
    }

    /// What it is about, where it is of this kind.
    pub(in crate::app) fn part<P: Part>(&self) -> Option<&P> {
        let part: &dyn Any = &*self.part;
        part.downcast_ref()
    }

    /// It is about something else of its kind from now on.
    pub(in crate::app) fn is_now(&mut self, part: impl Part) {
        self.part = Arc::new(part);
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

    /// Asks for one of these. Other choices are another question: it is unanswered then.
    pub(in crate::app) fn ask(&mut self, field: Field) {
        match self.fields.iter_mut().find(|known| known.id == field.id) {
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

    /// Takes a field away; the cursor stays on its own, else goes to the last.
    pub(in crate::app) fn drop_field(&mut self, id: &str) {
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

    /// The label of one of its fields.
    pub fn label(&self, field: &Field) -> Word {
        self.part.label(self, field).unwrap_or(field.label)
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
        let targets = self.part.targets();
        for target in self.done.iter().filter_map(|at| targets.get(*at)) {
            draft.add_done(target);
        }
        self.part.keep(&mut draft, self.kept.as_deref().map(|kept| &kept.draft));
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
        let targets = self.part.targets();
        self.done =
            (0..targets.len()).filter(|at| draft.lines(DONE).any(|done| done == targets[*at])).collect();
        if let Some(field) = draft.0.get(FOCUS) {
            self.focus_on(field);
        }
        changed || !self.done.is_empty() || draft.has_ends()
    }
}
