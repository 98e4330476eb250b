//! What stands open: in 待办, on the board, on a handover. Whatever can stand there is an [`Item`]: of which kind, which
//! one, and when where that tells it apart. What is known of a kind stands in one table here, [`ItemKind::KNOWN`]; its
//! words in one in `i18n::items`.

use super::codes;
use super::field::Title;
use super::followup::Caller;
use super::ids::{PromiseId, Subject};
use super::time::{Calendar, Ts, brief_day};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};
use uuid::Uuid;

/// One thing that stands open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Which: what its id is of, [`ItemKind::is_of`] tells.
    pub id: Uuid,
    /// When, where the id alone does not tell it apart: the hour of a slot, of which one case may have several. Absent
    /// on handovers before slots were told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Ts>,
}

impl Item {
    /// An item that is told by its kind and id alone.
    pub fn new(kind: ItemKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into(), at: None }
    }

    /// A slot of a case: when it opens.
    pub fn slot(case: impl Into<Uuid>, at: Ts) -> Self {
        Self { kind: ItemKind::Slot, id: case.into(), at: Some(at) }
    }

    /// The promise that it is.
    pub fn promise(self) -> Option<PromiseId> {
        (self.kind == ItemKind::Promise).then_some(PromiseId(self.id))
    }

    /// As a handover names what is due about `subject`: a slot is due of a case, and handed over of its person.
    #[must_use]
    pub fn handed(self, subject: Option<Subject>) -> Self {
        match (self.kind, subject.and_then(Subject::person)) {
            (ItemKind::Slot, Some(person)) => Self { id: person.0, ..self },
            _ => self,
        }
    }
}

/// What an item is: of a kind this program knows, or of one that an office declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// 未报: a unit that owes a report.
    Outstanding,
    /// 承诺: a promise to the office.
    Promise,
    /// 时段: a follow-up due at a time of day. Missed ones of one person are one line: the oldest.
    Slot,
    /// 再联系: the office meant to call again.
    Again,
    /// 期满待解除: a case due for release.
    Case,
    /// 接班提问: a question left at a handover.
    Question,
    /// 待处置: somebody about whom something is to be acted on.
    Finding,
    /// Any other, by its name.
    Other(Name),
}

/// What the name of a kind begins with that a ledger declares.
const LEDGER: &str = "ledger:";

/// What an item's id is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsOf {
    /// A unit.
    Unit,
    /// A person.
    Person,
    /// A promise.
    Promise,
    /// A follow-up.
    FollowUp,
    /// A question of a handover.
    Question,
    /// An entry of a ledger; a unit where there is none of that id.
    Entry,
    /// Nothing that this program knows.
    Unknown,
}

impl ItemKind {
    /// The kinds this program knows, in the order shown: the name on the wire, in the log and in JSON, which never
    /// changes once shipped, and what the id is of on a handover.
    pub const KNOWN: &[(Self, &str, IsOf)] = &[
        (Self::Outstanding, "outstanding", IsOf::Unit),
        (Self::Promise, "promise", IsOf::Promise),
        (Self::Slot, "slot", IsOf::Person),
        (Self::Again, "contact", IsOf::FollowUp),
        (Self::Case, "case", IsOf::Person),
        (Self::Question, "question", IsOf::Question),
        (Self::Finding, "finding", IsOf::Person),
    ];

    /// The name on the wire, in the log and in JSON.
    pub fn code(self) -> &'static str {
        if let Self::Other(name) = self {
            return name.0;
        }
        Self::KNOWN.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, code, _)| code)
    }

    /// The kind with this name.
    pub fn from_code(code: &str) -> Self {
        let known = Self::KNOWN.iter().find(|(_, known, _)| *known == code);
        known.map_or_else(|| Self::Other(Name::new(code)), |(kind, ..)| *kind)
    }

    /// Something that is due in a ledger: by the ledger's name and the due's. Its id is that of an entry, else of a unit.
    pub fn of_ledger(ledger: &str, due: &str) -> Self {
        Self::Other(Name::new(&format!("{LEDGER}{ledger}:{due}")))
    }

    /// The ledger and the due that it is of.
    pub fn ledger(self) -> Option<(&'static str, &'static str)> {
        let Self::Other(name) = self else { return None };
        name.get().strip_prefix(LEDGER)?.split_once(':')
    }

    /// Whether such an item that is due then is due on a day, not at an hour of it: a ledger's, at its beginning.
    pub fn is_of_day(self, at: Ts, cal: Calendar) -> bool {
        self.ledger().is_some() && cal.at_minute(cal.date(at), 0) == at
    }

    /// When such an item is due, with the date; what is due on a day has no hour.
    pub fn moment(self, at: Ts, cal: Calendar, now: Ts) -> String {
        if self.is_of_day(at, cal) { brief_day(cal.date(at), cal.date(now)) } else { cal.brief(at, now) }
    }

    /// What the id of such an item of a handover is of.
    pub fn is_of(self) -> IsOf {
        if self.ledger().is_some() {
            return IsOf::Entry;
        }
        Self::KNOWN.iter().find(|(kind, ..)| *kind == self).map_or(IsOf::Unknown, |(.., of)| *of)
    }

    /// Its place in the order shown; a kind that is data comes behind those known.
    pub fn place(self) -> usize {
        Self::KNOWN.iter().position(|(kind, ..)| *kind == self).unwrap_or(Self::KNOWN.len())
    }

    /// Whether it has an hour of its own and stands among what is due.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Promise | Self::Slot | Self::Again)
    }
}

impl std::fmt::Display for ItemKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for ItemKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for ItemKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A flattened item is read from what was put aside: its text may be borrowed or owned.
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::from_code(&code))
    }
}

/// The name of a kind this program does not know, as it came: a later program, or an office, may have more. Each is kept
/// once for as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(&'static str);

impl Name {
    /// The name with this text.
    pub fn new(text: &str) -> Self {
        static NAMES: OnceLock<Mutex<BTreeSet<&'static str>>> = OnceLock::new();
        let names = NAMES.get_or_init(Mutex::default);
        // A set of names is whole whoever panicked while holding it.
        let mut names = names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = names.get(text) {
            return Self(known);
        }
        let kept: &'static str = Box::leak(text.into());
        names.insert(kept);
        Self(kept)
    }

    /// Its text.
    pub const fn get(self) -> &'static str {
        self.0
    }
}

codes! {
    /// Where a due item stands.
    DueState {
        /// Its time has not come.
        Coming = "coming",
        /// Due now.
        Open = "open",
        /// A slot whose window has closed: it stays missed. A promise past its time: overdue.
        Missed = "missed",
    }
}

/// One line of the due table, in time order.
#[derive(Debug, Clone, PartialEq)]
pub struct DueRow {
    /// What it is. Of a slot, the id is the case's.
    pub item: Item,
    /// About whom; absent for a promise of an unknown caller.
    pub subject: Option<Subject>,
    /// Name of the person or unit; of what is due in a ledger, what that is called in the office's language.
    pub name: String,
    /// The latter in both languages.
    pub called: Option<Title>,
    /// The person's unit; empty for a unit.
    pub unit: String,
    /// When it is due.
    pub at: Ts,
    /// Where it stands.
    pub state: DueState,
    /// How many slots were missed, of which `at` is the oldest; 0 for everything else.
    pub missed: u32,
    /// What was said when it was promised; for a slot, the case's day as `n/14` on the slot's own day.
    pub words: String,
    /// The call it comes from, and the number of that call, where one was written down.
    pub caller: Option<Caller>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;

    #[test]
    fn what_a_ledger_wants_of_a_day_has_no_hour_and_everything_else_keeps_it() {
        let cal = Calendar::default();
        let at = |text: &str| Ts::from_rfc3339(text).unwrap();
        let (midnight, noon) = (at("2020-02-17T00:00:00+08:00"), at("2020-02-17T12:00:00+08:00"));
        let said = |kind: ItemKind, due| kind.moment(due, cal, noon);
        let check = ItemKind::of_ledger("supplies", "stocktake");
        assert_eq!(said(check, midnight), "02-17");
        assert_eq!(said(check, noon), "02-17 12:00");
        assert_eq!(said(ItemKind::Promise, midnight), "02-17 00:00", "a promise for midnight is one");
    }

    #[test]
    fn an_item_is_written_as_ever_and_keeps_a_kind_it_does_not_know() {
        let id = Uuid::from_u128(7);
        for (item, wire) in [
            (Item::new(ItemKind::Again, id), format!(r#"{{"kind":"contact","id":"{id}"}}"#)),
            (Item::slot(id, Ts(5)), format!(r#"{{"kind":"slot","id":"{id}","at":5}}"#)),
            (Item::new(ItemKind::from_code("supplies"), id), format!(r#"{{"kind":"supplies","id":"{id}"}}"#)),
        ] {
            assert_eq!(serde_json::to_string(&item).unwrap(), wire);
            assert_eq!(serde_json::from_str::<Item>(&wire).unwrap(), item);
        }
        assert_eq!(ItemKind::from_code("supplies"), ItemKind::Other(Name::new("supplies")));
        assert_ne!(ItemKind::from_code("supplies"), ItemKind::from_code("notices"));
    }

    #[test]
    fn the_table_is_in_the_order_of_the_kinds_and_names_each_once() {
        let kinds: Vec<ItemKind> = ItemKind::KNOWN.iter().map(|(kind, ..)| *kind).collect();
        assert!(kinds.is_sorted() && kinds.last() < Some(&ItemKind::from_code("a declared one")));
        let codes: BTreeSet<&str> = kinds.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), 7);
        assert!(kinds.iter().all(|kind| ItemKind::from_code(kind.code()) == *kind));
    }

    #[test]
    fn a_slot_is_handed_over_of_its_person() {
        let (case, person) = (Uuid::from_u128(1), PersonId(Uuid::from_u128(2)));
        let slot = Item::slot(case, Ts(9));
        assert_eq!(slot.handed(Some(Subject::Person(person))).id, person.0);
        let promise = Item::new(ItemKind::Promise, case);
        assert_eq!(promise.handed(Some(Subject::Person(person))), promise);
    }
}
