//! What was typed and is kept on this machine until it is in the log.

use crate::domain::ids::{OfficerId, PromiseId, ShiftId, Subject};
use crate::domain::item::Item;
use crate::domain::time::Ts;
use crate::log::event::HandoverItem;
use crate::say::Say;
use crate::store::act::Asked;
use crate::store::query::rows::Dial;
use std::collections::BTreeMap;

/// When a draft was last typed in.
pub(in crate::app) const AT: &str = "_at";

/// In which field.
pub(in crate::app) const FOCUS: &str = "_focus";

/// The fields that ask what became of open promises, the soonest first.
pub(in crate::app) const ENDS: [&str; 3] = ["ends", "ends2", "ends3"];

/// Of which promises it was asked what became of them.
const OF: &str = "_ends";

/// The targets of a draft that are in the log already.
pub(in crate::app) const DONE: &str = "_done";

/// What begins the names under which a draft keeps the items of a handover that were ticked: one for each officer who
/// may take over, for they were read out to that one alone.
const TICKS: &str = "_ticks/";

/// What is kept of a form: its fields by name, and beside them what the form itself needs to go on.
#[derive(Debug, Clone, Default)]
pub struct Draft(pub(super) BTreeMap<String, String>);

impl Draft {
    /// Reads one; an unreadable one is empty.
    pub fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// As it is kept.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// What stands in a field; empty where nothing does.
    pub fn value(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_default()
    }

    /// When it was last typed in, if it says so.
    pub fn at(&self) -> Option<Ts> {
        self.0.get(AT)?.parse().ok().map(Ts)
    }

    /// Gives it the title of its form.
    pub fn title(&mut self, title: &Say) {
        self.0.insert("_zh".to_owned(), title.zh.clone());
        self.0.insert("_en".to_owned(), title.en.clone());
    }

    /// Whether a case, or a reason for none, was asked for when it was left.
    pub fn wants_case(&self) -> bool {
        ["case", "why_not"].iter().any(|id| self.0.get(*id).is_some_and(|value| !value.is_empty()))
    }

    /// Keeps of which promises it was asked what became of them: another may be the first the next time.
    pub(in crate::app) fn ask_of(&mut self, dial: &Dial) {
        let ids = dial.promises.iter().zip(ENDS).map(|((promise, _), _)| promise.id.to_string());
        self.0.insert(OF.to_owned(), ids.collect::<Vec<_>>().join(","));
    }

    pub(in crate::app) fn keep_ends(&mut self, before: &Self) {
        for key in ENDS.into_iter().chain([OF]) {
            if let Some(value) = before.0.get(key) {
                self.0.entry(key.to_owned()).or_insert_with(|| value.clone());
            }
        }
    }

    pub(in crate::app) fn has_ends(&self) -> bool {
        ENDS.iter().any(|id| self.0.get(*id).is_some_and(|value| !value.is_empty()))
    }

    /// What was said to have become of a promise when it was left.
    pub fn end_of(&self, promise: PromiseId) -> Option<&str> {
        let promise = promise.to_string();
        let at = self.0.get(OF)?.split(',').position(|id| id == promise)?;
        self.0.get(*ENDS.get(at)?).map(String::as_str)
    }

    /// One of its targets is in the log.
    pub fn add_done(&mut self, target: &str) {
        let done = self.0.entry(DONE.to_owned()).or_default();
        if !done.is_empty() {
            done.push('\n');
        }
        done.push_str(target);
    }

    /// Keeps which items are ticked with the officer who takes over.
    pub fn tick<'a>(&mut self, to: OfficerId, items: impl Iterator<Item = &'a HandoverItem>) {
        let ticked: Vec<String> = items.filter(|item| item.ticked).map(item_key).collect();
        self.0.insert(format!("{TICKS}{to}"), ticked.join("\n"));
    }

    /// Whether this item was ticked with this officer.
    pub fn is_ticked(&self, to: OfficerId, item: &HandoverItem) -> bool {
        let key = item_key(item);
        self.lines(&format!("{TICKS}{to}")).any(|ticked| ticked == key)
    }

    /// Keeps what is ticked with others who may yet take over.
    pub(in crate::app) fn keep_ticks(&mut self, before: &Self) {
        for (key, ticked) in before.0.iter().filter(|(key, _)| key.starts_with(TICKS)) {
            self.0.entry(key.clone()).or_insert_with(|| ticked.clone());
        }
    }

    /// Keeps what is asked about which item.
    pub fn ask(&mut self, questions: &[Asked]) {
        self.0.retain(|key, _| !key.starts_with(ASKED));
        for asked in questions {
            self.0.insert(asked_key(&asked.item), asked.text.clone());
        }
    }

    /// What was asked about an item.
    pub fn asked(&self, item: &Item) -> Option<Asked> {
        let text = self.0.get(&asked_key(item))?.clone();
        Some(Asked { item: *item, text })
    }

    pub(in crate::app) fn lines(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).map_or("", String::as_str).lines()
    }
}

/// What the names of questions in a draft begin with.
const ASKED: &str = "_ask/";

fn asked_key(item: &Item) -> String {
    format!("{ASKED}{}", ref_key(item))
}

fn item_key(item: &HandoverItem) -> String {
    ref_key(&item.item())
}

fn ref_key(item: &Item) -> String {
    let at = item.at.map_or_else(String::new, |at| format!("@{}", at.0));
    format!("{}/{}{at}", item.kind, item.id)
}

/// Under which key the draft of a shift's handover is kept.
pub fn handover_key(shift: ShiftId) -> String {
    format!("{HANDOVERS}{shift}")
}

/// What the keys of an officer's own drafts begin with.
pub const DRAFTS_BY: &str = "by/";

/// What the keys of all handovers' drafts begin with.
pub const HANDOVERS: &str = "handover/";

/// What a draft was about.
pub fn draft_title(json: &str) -> Say {
    let Draft(map) = Draft::read(json);
    let get = |key: &str| map.get(key).cloned().unwrap_or_default();
    Say { zh: get("_zh"), en: get("_en") }
}

pub(in crate::app) fn subject_key(subject: Option<Subject>) -> String {
    match subject {
        Some(Subject::Person(id)) => format!("person/{id}"),
        Some(Subject::Unit(id)) => format!("unit/{id}"),
        Some(Subject::Contact(id)) => format!("contact/{id}"),
        None => "nobody".to_owned(),
    }
}

/// The key of a form about one target, or about exactly these.
pub(in crate::app) fn about(what: &str, mut targets: Vec<String>) -> String {
    if let [one] = targets.as_slice() {
        return format!("{what}/{one}");
    }
    targets.sort_unstable();
    let digest = blake3::hash(targets.join("\n").as_bytes()).to_hex();
    format!("{what}/several/{}", &digest[..16])
}
