//! The acts of an office, as events. One event body concerns at most one person.

use super::Entity;
pub use super::erasure::{PersonErased, Removed, RowLeft, RowWords, Words};
use super::frozen::Frozen;
use crate::domain::case::{Against, CaseFacts};
use crate::domain::contact::ContactFacts;
use crate::domain::finding::Finding;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::handover::{How, PinChange, QuestionEnd, Signed};
use crate::domain::ids::{
    CaseId, ContactId, DeskId, FollowUpId, NoteId, OfficerId, OpRef, PersonId, PromiseId, QuestionId,
    ShiftId, SitrepId, Subject, ToldId, UnitId,
};
use crate::domain::item::{Item, ItemKind};
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::person::PersonFacts;
use crate::domain::report::{Excuse, FormRef, ReportForm, ReportKey, Round, Site};
use crate::domain::setting::SettingChange;
use crate::domain::sitrep::{Figures, Sitrep};
use crate::domain::time::Ts;
use crate::domain::unit::UnitFacts;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Everything that can happen. The wire name of each kind stands in [`super::wire`].
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// `office.opened`: the first event of every office.
    OfficeOpened(OfficeOpened),
    /// `desk.started`: a restored copy goes on as a new desk.
    DeskStarted(DeskStarted),
    /// `settings.changed`: the office's settings as they now stand, whole.
    SettingsChanged(SettingsChanged),
    /// `rules.adopted`: a rule file's full content, when first used or changed.
    RulesAdopted(Adopted),
    /// `form.adopted`: a form file's full content, when first used or changed.
    FormAdopted(Adopted),
    /// `template.adopted`: a paper's template, when something was first signed with it.
    TemplateAdopted(TemplateAdopted),
    /// `officer.added`
    OfficerAdded(OfficerAdded),
    /// `officer.role`: what an officer is there for from now on.
    OfficerRole(OfficerRole),
    /// `shift.started`
    ShiftStarted(ShiftStarted),
    /// `shift.closed`: with the handover's items as acknowledged.
    ShiftClosed(ShiftClosed),
    /// `handover.words`: free words for the next shift.
    HandoverWords(HandoverWords),
    /// `handover.asked`: the incoming officer's question about one open item.
    HandoverAsked(HandoverAsked),
    /// `handover.answered`: such a question is answered, or closed.
    HandoverAnswered(HandoverAnswered),
    /// `handover.acknowledged`: an item that was taken over unread is read now.
    HandoverAcknowledged(HandoverAcknowledged),
    /// `pin.changed`: an officer's PIN was set, changed or removed; never the PIN.
    PinChanged(PinChanged),
    /// `find.probed`: people were looked for by parts of their numbers, many times in an hour.
    FindProbed(FindProbed),
    /// `unit.added`
    UnitAdded(UnitAdded),
    /// `unit.changed`
    UnitChanged(UnitChanged),
    /// `person.added`
    PersonAdded(PersonAdded),
    /// `person.changed`
    PersonChanged(PersonChanged),
    /// `person.erased`: what the log holds of somebody goes; it says which parts, never whose name.
    PersonErased(PersonErased),
    /// `sheet.imported`: where the op's rows came from.
    SheetImported(SheetImported),
    /// `report.received`: also when a report is sent again (更正).
    ReportReceived(ReportReceived),
    /// `report.excused`: a report that did not come is no longer owed.
    ReportExcused(ReportExcused),
    /// `followup.logged`
    FollowUpLogged(FollowUpLogged),
    /// `followup.attached`: a call from nobody known gets its person.
    FollowUpAttached(FollowUpAttached),
    /// `promise.closed`
    PromiseClosed(PromiseClosed),
    /// `case.opened`
    CaseOpened(CaseOpened),
    /// `case.changed`
    CaseChanged(CaseChanged),
    /// `case.released`: signed by a person.
    CaseReleased(CaseReleased),
    /// `finding.dismissed`: what a sheet brought of somebody needs no case.
    FindingDismissed(FindingDismissed),
    /// `note.written`
    NoteWritten(NoteWritten),
    /// `contact.added`: somebody outside the school.
    ContactAdded(ContactAdded),
    /// `contact.changed`
    ContactChanged(ContactChanged),
    /// `contact.removed`: no longer called; what was said with them stays.
    ContactRemoved(ContactRemoved),
    /// `op.undone`: what was taken back, in words for the log screen.
    OpUndone(OpUndone),
    /// `personal.revealed`: a masked number was shown.
    PersonalRevealed(PersonalRevealed),
    /// `number.revealed`: the number of a call was shown.
    NumberRevealed(NumberRevealed),
    /// `paper.printed`
    PaperPrinted(PaperPrinted),
    /// `backup.made`
    BackupMade(BackupMade),
    /// `drill.done`
    DrillDone(DrillDone),
    /// `sitrep.sent`: frozen as it was sent.
    SitrepSent(SitrepSent),
    /// `sitrep.corrected`: sent again (更正), with the reason.
    SitrepCorrected(SitrepCorrected),
    /// `figure.told`: which figures were told to whom (口径).
    FigureTold(FigureTold),
    /// `sitrep.reason`: why a report was corrected, in words.
    SitrepReason(SitrepReason),
    /// `told.words`: what was written beside figures that were told.
    ToldWords(ToldWords),
    /// A kind this program does not know; kept, and counted on screen.
    Unknown(Unknown),
}

/// An office begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeOpened {
    /// The school, within which numbers are unique.
    pub office: Uuid,
    /// What was chosen at the start.
    pub settings: Settings,
}

/// A restored copy goes on as a new desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskStarted {
    /// The desk whose log it was restored from.
    pub from: DeskId,
    /// Its last op in the restored copy.
    pub from_seq: i64,
    /// The hash of that op, hexadecimal.
    pub from_hash: String,
    /// The shift that was open in the copy: it goes on here, from this op.
    #[serde(default)]
    pub shift: Option<ShiftId>,
    /// The copy was older than an erasure that had been done to it: the digest of everything that went of it so,
    /// hexadecimal. Nothing else may be missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<String>,
    /// Of the rows that are part of this, those of which something is left: in place of the others stands nothing.
    /// Absent before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Vec<RowLeft>>,
}

/// The office's settings, whole; in force from the moment the op happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingsChanged {
    /// As they now stand.
    pub settings: Settings,
    /// What was changed of them. Absent before it was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<SettingChange>,
}

/// A file's full content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Adopted {
    /// Which form; for rules, `rules`.
    pub form: FormRef,
    /// The file's text.
    pub content: String,
}

/// A member of the coordination office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficerAdded {
    /// Identity.
    pub officer: OfficerId,
    /// Name, unique in the office.
    pub name: String,
}

/// What an officer may do from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerRole {
    /// Whose.
    pub officer: OfficerId,
    /// Which.
    pub role: Role,
    /// Who approved it, when it was not whoever gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

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

/// A paper's template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TemplateAdopted {
    /// Its name with its language: `handover.zh`.
    pub name: String,
    /// The file's text.
    pub content: String,
}

/// Free words for the next shift: apart from the figures and items, so that they can be erased by themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverWords {
    /// The shift that is handed over.
    pub shift: ShiftId,
    /// The words.
    pub words: String,
}

/// The incoming officer's question about one open item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverAsked {
    /// Identity.
    pub question: QuestionId,
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// About which item.
    #[serde(flatten)]
    pub item: Item,
    /// Whom the item is about, as far as it is known.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// Who asked.
    pub by: OfficerId,
    /// What was asked.
    pub text: String,
}

/// A question ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverAnswered {
    /// Which.
    pub question: QuestionId,
    /// Whom it is about.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// How.
    pub how: QuestionEnd,
    /// The answer, or why it is no longer needed.
    #[serde(default)]
    pub words: String,
}

/// What was taken over unread is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverAcknowledged {
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// Which item of it.
    #[serde(flatten)]
    pub item: Item,
}

/// An officer's PIN was set, changed or removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PinChanged {
    /// Whose.
    pub officer: OfficerId,
    /// What was done.
    pub how: PinChange,
    /// What the kept hash has to agree with, hexadecimal. It goes over a salt that is not in the log, so that no PIN can
    /// be tried against it. Absent of one that was taken away, and before it was committed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Who took a colleague's away: who did it, then who signed beside them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<OfficerId>,
}

/// People were looked for by parts of their numbers so often that whole numbers could be put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindProbed {
    /// By whom.
    pub officer: OfficerId,
    /// How many different parts.
    pub count: u32,
    /// Since when.
    pub since: Ts,
}

/// A new unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitAdded {
    /// Identity.
    pub unit: UnitId,
    /// The office's code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// What else is known.
    #[serde(default)]
    pub facts: UnitFacts,
}

/// A unit is corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitChanged {
    /// Which.
    pub unit: UnitId,
    /// A new code, if it changed.
    #[serde(default)]
    pub code: Option<String>,
    /// A new name, if it changed.
    #[serde(default)]
    pub name: Option<String>,
    /// The fields that change.
    #[serde(default)]
    pub facts: UnitFacts,
    /// Who said so; empty when a sheet did.
    #[serde(default)]
    pub told_by: String,
}

/// A new person, by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonAdded {
    /// Identity.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// What else is known.
    #[serde(default)]
    pub facts: PersonFacts,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
}

/// A person is corrected, by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonChanged {
    /// Whose.
    pub person: PersonId,
    /// A new number, if it changed.
    #[serde(default)]
    pub no: Option<String>,
    /// The fields that change.
    #[serde(default)]
    pub facts: PersonFacts,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
}

/// Where the op's rows came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetImported {
    /// `roster`, `units` or `report`.
    pub what: String,
    /// The file's name, without its folder.
    pub file: String,
    /// BLAKE3 of the file's bytes, hexadecimal: the same file is recognised by its content.
    pub digest: String,
    /// The form it was read with.
    pub form: FormRef,
    /// For a report: the day.
    #[serde(default)]
    pub day: Option<NaiveDate>,
    /// For a report: the round.
    #[serde(default)]
    pub round: Option<Round>,
    /// Rows taken.
    pub accepted: u32,
    /// Rows that said nothing new.
    pub unchanged: u32,
    /// Rows refused.
    pub rejected: u32,
}

/// A unit's report came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportReceived {
    /// Which.
    #[serde(flatten)]
    pub key: ReportKey,
    /// How.
    pub form: ReportForm,
    /// Rows of this unit in this op.
    #[serde(default)]
    pub rows: u32,
    /// Why it was sent again, when a report was already there.
    #[serde(default)]
    pub reason: String,
}

/// A report that did not come is no longer owed: an act with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportExcused {
    /// Which.
    #[serde(flatten)]
    pub key: ReportKey,
    /// How.
    pub how: Excuse,
    /// Why, on whose word.
    pub reason: String,
}

/// One contact with a person or a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpLogged {
    /// Identity.
    pub followup: FollowUpId,
    /// About whom; may be given later.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// By which way.
    pub channel: Channel,
    /// Who answered.
    #[serde(default)]
    pub answered_by: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What was said.
    #[serde(default)]
    pub words: String,
    /// The number, when not the subject's own.
    #[serde(default)]
    pub number: String,
    /// What was promised, and for when.
    #[serde(default)]
    pub promise: Option<PromiseMade>,
    /// When the office means to call again.
    #[serde(default)]
    pub next_contact: Option<Ts>,
    /// The report this call chased (催报), when its unit had not reported.
    #[serde(default)]
    pub chased: Option<ReportKey>,
    /// The temperature that was told, tenths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temp: Option<i16>,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
}

/// "I'll call back at three."
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromiseMade {
    /// Identity.
    pub promise: PromiseId,
    /// When it falls due.
    pub due: Ts,
}

/// A call gets its subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpAttached {
    /// Which call.
    pub followup: FollowUpId,
    /// Its promise, if it made one, so that both follow.
    #[serde(default)]
    pub promise: Option<PromiseId>,
    /// Whose it was.
    pub subject: Subject,
}

/// A promise ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromiseClosed {
    /// Which.
    pub promise: PromiseId,
    /// How.
    pub how: PromiseEnd,
    /// The call that closed it, if one did.
    #[serde(default)]
    pub by: Option<FollowUpId>,
}

/// An attention case begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseOpened {
    /// Identity.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// What is said of it.
    pub facts: CaseFacts,
}

/// A case changes, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseChanged {
    /// Which.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// The fields that change.
    pub facts: CaseFacts,
    /// Why.
    pub reason: String,
}

/// A case is released: an act with a name, never the calendar's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseReleased {
    /// Which.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// Why, on whose word.
    pub reason: String,
    /// What stood against it, when it was released all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<Against>,
    /// The lead who approved that, when it was not whoever released it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

/// What sheets brought of somebody needs no case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingDismissed {
    /// Whose.
    pub person: PersonId,
    /// What, and in which reports.
    pub found: Vec<Finding>,
    /// Why, on whose word.
    pub reason: String,
}

/// A free note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteWritten {
    /// Identity.
    pub note: NoteId,
    /// About whom, if about somebody.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// The words.
    pub text: String,
}

/// A new outside contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactAdded {
    /// Identity.
    pub contact: ContactId,
    /// What is known; the organisation at least.
    #[serde(default)]
    pub facts: ContactFacts,
}

/// An outside contact is corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactChanged {
    /// Which.
    pub contact: ContactId,
    /// The fields that change.
    pub facts: ContactFacts,
    /// Who said so.
    #[serde(default)]
    pub told_by: String,
}

/// An outside contact is no longer in the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactRemoved {
    /// Which.
    pub contact: ContactId,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// An op is taken back. Which one stands in the op's head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpUndone {
    /// Which.
    pub op: OpRef,
    /// Wire names of what it held.
    pub kinds: Vec<String>,
}

/// A masked number was shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonalRevealed {
    /// Whose.
    pub person: PersonId,
    /// Why; `call` is the preset.
    pub reason: String,
    /// The second officer who approved that so many were shown at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

/// The number from which a call came was shown: it may be nobody's whom the office knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberRevealed {
    /// Which call.
    pub followup: FollowUpId,
    /// Why; `call` is the preset.
    pub reason: String,
    /// The second officer who approved that so many were shown at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

/// A paper was printed or written to a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaperPrinted {
    /// Which paper: `handover`.
    pub paper: String,
    /// The printer or the file's name.
    pub to: String,
    /// The head code printed on it.
    #[serde(default)]
    pub head: String,
    /// Whose it is, when it is about one person or unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
}

/// A backup was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BackupMade {
    /// The file's name.
    pub file: String,
    /// The head code in it.
    pub head: String,
    /// The copy was verified when it was made, and is sound.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verified: bool,
    /// The digest of a sealed file, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
}

/// It was tried whether a backup can be restored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrillDone {
    /// The backup's name.
    pub file: String,
    /// The head code in it.
    pub head: String,
    /// How much was wrong; 0 when all was well.
    #[serde(default)]
    pub faults: u32,
}

/// A situation report is sent, frozen: ids and figures, no names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitrepSent {
    /// Identity.
    pub sitrep: SitrepId,
    /// To whom.
    pub to: String,
    /// By which way.
    pub channel: Channel,
    /// Everything in it.
    pub report: Box<Sitrep>,
}

/// A situation report that was sent is corrected by a new one of the same day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitrepCorrected {
    /// Identity of the new one.
    pub sitrep: SitrepId,
    /// The one that it corrects.
    pub of: SitrepId,
    /// Why, as earlier programs kept it; now `sitrep.reason` says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// To whom.
    pub to: String,
    /// By which way.
    pub channel: Channel,
    /// Everything in it.
    pub report: Box<Sitrep>,
}

/// Figures are told to somebody: ids and figures, no names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureTold {
    /// Identity.
    pub told: ToldId,
    /// To whom.
    pub to: String,
    /// By which way.
    pub channel: Channel,
    /// The day of the figures.
    pub day: NaiveDate,
    /// Where that day begins, minutes after midnight.
    #[serde(default)]
    pub boundary: i32,
    /// Which, and what was said of each.
    pub figures: Figures,
    /// What the officer wrote beside them, as earlier programs kept it; now `told.words` says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Why a situation report was corrected: an event of its own, so that words about a person can be erased without the
/// figures of everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitrepReason {
    /// The correction.
    pub sitrep: SitrepId,
    /// Why.
    pub text: String,
}

/// What was written beside figures that were told; an event of its own for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldWords {
    /// The figures told.
    pub told: ToldId,
    /// The words.
    pub text: String,
}

/// A kind this program does not know, kept as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// Its wire name.
    pub kind: String,
    /// Its version.
    pub version: u16,
    /// Its body.
    pub body: String,
}

/// The identity of a unit's report for one day and round, derived from the key so that every desk finds the
/// same one.
pub fn report_id(key: &ReportKey) -> Uuid {
    let mut hasher = blake3::Hasher::new_derive_key("zhiban report id v1");
    hasher.update(key.unit.bytes());
    hasher.update(&crate::domain::time::day_number(key.day).to_le_bytes());
    hasher.update(key.round.0.as_bytes());
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn subject_entity(subject: Subject) -> Entity {
    match subject {
        Subject::Person(id) => Entity::Person(id),
        Subject::Unit(id) => Entity::Unit(id),
        Subject::Contact(id) => Entity::Contact(id),
    }
}

impl Event {
    /// The entities this event makes: an op that names one of them later depends on this op.
    pub fn makes(&self) -> Vec<Entity> {
        match self {
            Self::OfficeOpened(_) => vec![Entity::Office],
            Self::OfficerAdded(e) => vec![Entity::Officer(e.officer)],
            Self::ShiftStarted(e) => vec![Entity::Shift(e.shift.0)],
            Self::UnitAdded(e) => vec![Entity::Unit(e.unit)],
            Self::PersonAdded(e) => vec![Entity::Person(e.person)],
            Self::ReportReceived(e) => vec![Entity::Report(report_id(&e.key))],
            Self::FollowUpLogged(e) => {
                let mut made = vec![Entity::FollowUp(e.followup.0)];
                made.extend(e.promise.as_ref().map(|p| Entity::Promise(p.promise.0)));
                made
            }
            Self::CaseOpened(e) => vec![Entity::Case(e.case.0)],
            Self::NoteWritten(e) => vec![Entity::Note(e.note.0)],
            Self::ContactAdded(e) => vec![Entity::Contact(e.contact)],
            Self::SitrepSent(e) => vec![Entity::Sitrep(e.sitrep.0)],
            Self::SitrepCorrected(e) => vec![Entity::Sitrep(e.sitrep.0)],
            Self::FigureTold(e) => vec![Entity::Told(e.told.0)],
            Self::HandoverAsked(e) => vec![Entity::Question(e.question.0)],
            _ => Vec::new(),
        }
    }

    /// The entities this event speaks of besides those it makes.
    pub fn names(&self) -> Vec<Entity> {
        match self {
            Self::DeskStarted(e) => {
                let mut named = vec![Entity::Office];
                named.extend(e.shift.map(|shift| Entity::Shift(shift.0)));
                named
            }
            Self::SettingsChanged(_)
            | Self::RulesAdopted(_)
            | Self::FormAdopted(_)
            | Self::TemplateAdopted(_)
            | Self::DrillDone(_) => vec![Entity::Office],
            Self::ShiftStarted(e) => {
                let mut named = vec![Entity::Officer(e.officer)];
                named.extend(e.after.map(|shift| Entity::Shift(shift.0)));
                named
            }
            Self::ShiftClosed(e) => {
                vec![Entity::Shift(e.shift.0), Entity::Officer(e.from), Entity::Officer(e.to)]
            }
            Self::HandoverAsked(e) => {
                let mut named = vec![Entity::Shift(e.shift.0), Entity::Officer(e.by)];
                named.extend(e.subject.map(subject_entity));
                named
            }
            Self::HandoverAnswered(e) => {
                let mut named = vec![Entity::Question(e.question.0)];
                named.extend(e.subject.map(subject_entity));
                named
            }
            Self::HandoverWords(e) => vec![Entity::Shift(e.shift.0)],
            Self::HandoverAcknowledged(e) => vec![Entity::Shift(e.shift.0)],
            Self::PinChanged(e) => vec![Entity::Officer(e.officer)],
            Self::OfficerRole(e) => vec![Entity::Officer(e.officer)],
            Self::FindProbed(e) => vec![Entity::Officer(e.officer)],
            Self::UnitAdded(e) => e.facts.parent.map(Entity::Unit).into_iter().collect(),
            Self::UnitChanged(e) => {
                let mut named = vec![Entity::Unit(e.unit)];
                named.extend(e.facts.parent.map(Entity::Unit));
                named
            }
            Self::PersonAdded(e) => e.facts.unit.map(Entity::Unit).into_iter().collect(),
            Self::PersonChanged(e) => {
                let mut named = vec![Entity::Person(e.person)];
                named.extend(e.facts.unit.map(Entity::Unit));
                named
            }
            Self::ReportReceived(e) => vec![Entity::Unit(e.key.unit)],
            Self::ReportExcused(e) => vec![Entity::Report(report_id(&e.key)), Entity::Unit(e.key.unit)],
            Self::FollowUpLogged(e) => {
                let mut named: Vec<_> = e.subject.map(subject_entity).into_iter().collect();
                named.extend(e.chased.as_ref().map(|key| Entity::Unit(key.unit)));
                named.dedup();
                named
            }
            Self::FollowUpAttached(e) => {
                let mut named = vec![Entity::FollowUp(e.followup.0), subject_entity(e.subject)];
                named.extend(e.promise.map(|p| Entity::Promise(p.0)));
                named
            }
            Self::PromiseClosed(e) => {
                let mut named = vec![Entity::Promise(e.promise.0)];
                named.extend(e.by.map(|call| Entity::FollowUp(call.0)));
                named
            }
            Self::CaseOpened(e) => vec![Entity::Person(e.person)],
            Self::CaseChanged(e) => vec![Entity::Case(e.case.0), Entity::Person(e.person)],
            Self::CaseReleased(e) => vec![Entity::Case(e.case.0), Entity::Person(e.person)],
            Self::FindingDismissed(e) => vec![Entity::Person(e.person)],
            Self::NoteWritten(e) => e.subject.map(subject_entity).into_iter().collect(),
            Self::ContactChanged(e) => vec![Entity::Contact(e.contact)],
            Self::ContactRemoved(e) => vec![Entity::Contact(e.contact)],
            Self::PersonalRevealed(e) => vec![Entity::Person(e.person)],
            Self::PersonErased(e) => vec![Entity::Person(e.person)],
            Self::PaperPrinted(e) => e.subject.map(subject_entity).into_iter().collect(),
            // Those behind the figures are not named: a figure that was told binds nobody's record.
            Self::SitrepCorrected(e) => vec![Entity::Sitrep(e.of.0)],
            Self::SitrepReason(e) => vec![Entity::Sitrep(e.sitrep.0)],
            Self::ToldWords(e) => vec![Entity::Told(e.told.0)],
            Self::Unknown(_) => vec![Entity::Unknown],
            // That a number was looked at, too, binds no call: one logged by mistake can still be taken back.
            _ => Vec::new(),
        }
    }

    /// The person, unit or outside contact this event is about, as far as it says itself.
    pub fn subject(&self) -> Option<Subject> {
        self.makes().into_iter().chain(self.names()).find_map(|entity| match entity {
            Entity::Person(id) => Some(Subject::Person(id)),
            Entity::Unit(id) => Some(Subject::Unit(id)),
            Entity::Contact(id) => Some(Subject::Contact(id)),
            _ => None,
        })
    }

    /// Whether it is about this person.
    pub fn names_person(&self, person: PersonId) -> bool {
        self.makes().into_iter().chain(self.names()).any(|entity| entity == Entity::Person(person))
    }

    /// The entities whose projected rows this event changes.
    pub fn folds(&self) -> Vec<Entity> {
        match self {
            Self::OfficeOpened(_) | Self::SettingsChanged(_) | Self::DrillDone(_) => vec![Entity::Office],
            Self::DeskStarted(e) => e.shift.map(|shift| Entity::Shift(shift.0)).into_iter().collect(),
            Self::OfficerRole(e) => vec![Entity::Officer(e.officer)],
            Self::ShiftClosed(e) => vec![Entity::Shift(e.shift.0)],
            Self::HandoverAnswered(e) => vec![Entity::Question(e.question.0)],
            Self::HandoverAcknowledged(e) => vec![Entity::Shift(e.shift.0)],
            Self::UnitChanged(e) => vec![Entity::Unit(e.unit)],
            Self::PersonChanged(e) => vec![Entity::Person(e.person)],
            Self::ReportExcused(e) => vec![Entity::Report(report_id(&e.key))],
            Self::FollowUpAttached(e) => {
                let mut folded = vec![Entity::FollowUp(e.followup.0)];
                folded.extend(e.promise.map(|p| Entity::Promise(p.0)));
                folded
            }
            Self::PromiseClosed(e) => vec![Entity::Promise(e.promise.0)],
            Self::CaseChanged(e) => vec![Entity::Case(e.case.0)],
            Self::CaseReleased(e) => vec![Entity::Case(e.case.0)],
            Self::ContactChanged(e) => vec![Entity::Contact(e.contact)],
            Self::ContactRemoved(e) => vec![Entity::Contact(e.contact)],
            Self::SitrepReason(e) => vec![Entity::Sitrep(e.sitrep.0)],
            Self::ToldWords(e) => vec![Entity::Told(e.told.0)],
            made => made.makes(),
        }
    }

    /// Who approved it, where that was somebody else than who did it.
    pub fn approved_by(&self) -> Option<OfficerId> {
        match self {
            Self::OfficerRole(e) => e.approved_by,
            Self::CaseReleased(e) => e.approved_by,
            Self::PersonalRevealed(e) => e.approved_by,
            Self::NumberRevealed(e) => e.approved_by,
            Self::PersonErased(e) => e.approved_by,
            _ => None,
        }
    }

    /// Whether an op holding this event can be taken back. Roles, reveals, prints, told figures, handovers and the
    /// office's own beginning are only corrected, with a reason.
    pub fn undoable(&self) -> bool {
        !matches!(
            self,
            Self::OfficeOpened(_)
                | Self::DeskStarted(_)
                | Self::ShiftStarted(_)
                | Self::ShiftClosed(_)
                | Self::HandoverAsked(_)
                | Self::HandoverWords(_)
                | Self::PinChanged(_)
                | Self::OfficerRole(_)
                | Self::PersonErased(_)
                | Self::FindProbed(_)
                | Self::PersonalRevealed(_)
                | Self::NumberRevealed(_)
                | Self::PaperPrinted(_)
                | Self::BackupMade(_)
                | Self::DrillDone(_)
                | Self::SitrepSent(_)
                | Self::SitrepCorrected(_)
                | Self::FigureTold(_)
                | Self::SitrepReason(_)
                | Self::ToldWords(_)
                | Self::Unknown(_)
        )
    }
}
