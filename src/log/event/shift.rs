//! A shift begins and is passed on.

use super::Body;
use crate::domain::handover::{How, Signed};
use crate::domain::ids::{OfficerId, QuestionId, ShiftId};
use crate::domain::item::{Item, ItemKind};
use crate::domain::time::Ts;
use crate::log::Entity;
use crate::log::frozen::Frozen;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An officer goes on duty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShiftStarted {
    /// Identity.
    pub shift: ShiftId,
    /// Who is on duty.
    pub officer: OfficerId,
    /// The shift taken over from.
    #[serde(default)]
    pub after: Option<ShiftId>,
    /// Why the same officer goes on, or took over alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Body for ShiftStarted {
    const KIND: &'static str = "shift.started";
    const UNDOABLE: bool = false;

    fn makes(&self) -> Vec<Entity> {
        vec![Entity::Shift(self.shift)]
    }

    fn names(&self) -> Vec<Entity> {
        let mut named = vec![Entity::Officer(self.officer)];
        named.extend(self.after.map(Entity::Shift));
        named
    }
}

/// An officer hands over. The shift's range of `desk_seq` ends with this op.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShiftClosed {
    /// Which shift.
    pub shift: ShiftId,
    /// Who hands over.
    pub from: OfficerId,
    /// Who takes over.
    pub to: OfficerId,
    /// The head code of the log as it stood before, as printed on the paper.
    pub head: String,
    /// Every open item, and whether the incoming officer acknowledged it.
    pub items: Vec<HandoverItem>,
    /// Free words for the next shift, of the time before they had an event of their own.
    #[serde(default)]
    pub words: String,
    /// How it was passed on.
    #[serde(default = "handed", skip_serializing_if = "is_handed")]
    pub how: How,
    /// How the outgoing officer signed, then the incoming one; absent before signing was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<(Signed, Signed)>,
    /// The paper as it was signed: references and figures. Absent before papers were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Box<Frozen>>,
}

impl Body for ShiftClosed {
    const KIND: &'static str = "shift.closed";
    const UNDOABLE: bool = false;

    fn names(&self) -> Vec<Entity> {
        vec![Entity::Shift(self.shift), Entity::Officer(self.from), Entity::Officer(self.to)]
    }

    fn folds(&self) -> Vec<Entity> {
        vec![Entity::Shift(self.shift)]
    }
}

fn handed() -> How {
    How::Handed
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_handed(how: &How) -> bool {
    *how == How::Handed
}

/// One open item of a handover. Refers by id; holds no personal data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverItem {
    /// What kind: `outstanding`, `finding`, `promise`, `slot`, `contact`, `case`, `question`.
    pub kind: ItemKind,
    /// The unit, the promise, the follow-up that meant to call again, the question, or for a finding, a slot and a case
    /// the person.
    pub id: Uuid,
    /// The hour of a slot: one person may have missed several. Absent before slots were told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Ts>,
    /// Acknowledged by the incoming officer.
    pub ticked: bool,
    /// The question the incoming officer left on it instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionId>,
}

impl HandoverItem {
    /// An item that nobody has looked at yet.
    pub fn new(kind: ItemKind, id: impl Into<Uuid>) -> Self {
        Item::new(kind, id).into()
    }

    /// Which.
    pub fn item(&self) -> Item {
        Item { kind: self.kind, id: self.id, at: self.at }
    }

    /// Whether it was passed on without a word: neither acknowledged nor asked about (未读接班).
    pub fn is_unread(&self) -> bool {
        !self.ticked && self.question.is_none()
    }
}

impl From<Item> for HandoverItem {
    fn from(item: Item) -> Self {
        Self { kind: item.kind, id: item.id, at: item.at, ticked: false, question: None }
    }
}
