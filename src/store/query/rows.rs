//! The read structs. Phones of liaisons and heads are plain text; phones of people are [`Private`].

mod masked;
mod told;

pub use masked::{Mask, hide};
pub use told::*;

use crate::domain::ask::{Doubt, Question};
use crate::domain::case::RecentFever;
use crate::domain::case::{Against, CaseFacts, CaseState, Category, Measure, Observation};
use crate::domain::contact::Contact;
use crate::domain::field::Field;
use crate::domain::finding::Finding;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::handover::QuestionEnd;
use crate::domain::ids::{
    CaseId, FollowUpId, OfficerId, OpRef, PersonId, PromiseId, QuestionId, ShiftId, Subject, UnitId,
};
use crate::domain::item::Item;
use crate::domain::mask::Private;
use crate::domain::person::PersonKind;
use crate::domain::phone::Whose;
use crate::domain::report::{FormRef, ReportForm, ReportKey, ReportStatus, Round, Site};
use crate::domain::slot::MissedDays;
use crate::domain::time::{Calendar, Ts};
use crate::domain::unit::Unit;
use crate::i18n::events::event_line_by;
use crate::say::Say;
use crate::search::found::Target;
use chrono::NaiveDate;
use std::sync::Arc;

/// What is always visible: who, when, and the counters of what is wrong.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// The office's name.
    pub office: String,
    /// Whether it rehearses.
    pub rehearsal: bool,
    /// The open shift: who and since when.
    pub shift: Option<ShiftHead>,
    /// Every officer, by name.
    pub officers: Vec<(OfficerId, String)>,
    /// What each of them may do.
    pub roles: Vec<(OfficerId, crate::domain::officer::Role)>,
    /// Whether anybody was made a lead: else everybody counts as one.
    pub has_roles: bool,
    /// Those of them who have a PIN.
    pub pins: Vec<OfficerId>,
    /// Those whose PIN others took away, with when and by whom, as long as they set none.
    pub pins_taken: Vec<(OfficerId, Ts, Vec<String>)>,
    /// When it was asked for.
    pub now: Ts,
    /// Today, by the office's day boundary.
    pub day: NaiveDate,
    /// The round that is being collected.
    pub round: Round,
    /// When the round's reports are due.
    pub deadline: Ts,
    /// The day in force: the last of which a deadline has passed. None before the first.
    pub force: Option<DayFigures>,
    /// The reports that run: those whose deadline comes next. None after the day's last.
    pub running: Option<DayFigures>,
    /// Units expected to report on the day in force.
    pub expected: u32,
    /// Of these, received (in time, late or zero).
    pub received: u32,
    /// Units that owe a report past its deadline, of whatever day.
    pub outstanding: u32,
    /// What each of these owes.
    pub owed: Vec<UnitOwes>,
    /// Open cases.
    pub cases: u32,
    /// Of these, 期满待解除.
    pub due_release: u32,
    /// Open promises.
    pub promises: u32,
    /// Of these, past their time.
    pub promises_overdue: u32,
    /// Slots due now and not done.
    pub slots_open: u32,
    /// People of whom a slot was missed, today or before, and who were not heard since.
    pub slots_missed: u32,
    /// People about whom something is to be acted on: a fever, Hubei, a contact or feeling unwell without a case.
    pub findings: u32,
    /// Calls from nobody known, still without a subject.
    pub unattached: u32,
    /// Entries of the open shift before which the clock went back or leapt ahead.
    pub clock_jumps: u32,
    /// Events of kinds this program does not know.
    pub unknown_events: u32,
    /// Days since it was last tried whether a backup can be restored, or since the office began, when those are many.
    pub drill_due: Option<u32>,
    /// People on the roster.
    pub people: u32,
    /// Units.
    pub units: u32,
}

impl Status {
    /// What a unit owes; nothing when it owes nothing.
    pub fn owed_by(&self, unit: UnitId) -> Option<&UnitOwes> {
        self.owed.iter().find(|owes| owes.unit == unit)
    }

    /// The first and the last day of which a report is owed.
    pub fn owed_days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.owed.iter().flat_map(|owes| owes.reports.iter().map(|(day, _)| *day));
        days().min().zip(days().max())
    }
}

/// How the reports of one day stand; units, each once however many rounds the day has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayFigures {
    /// The day.
    pub day: NaiveDate,
    /// The round that was due last, or is due next.
    pub round: Round,
    /// Its deadline.
    pub deadline: Ts,
    /// Units expected to report.
    pub expected: u32,
    /// Of these, received: all that was due.
    pub received: u32,
    /// Of these, past the deadline without a report; also when it is no longer asked for.
    pub missing: u32,
    /// Of these, not yet due.
    pub awaited: u32,
}

/// What a unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitOwes {
    /// Which.
    pub unit: UnitId,
    /// How many reports.
    pub all: u32,
    /// Day and round of the oldest of them.
    pub reports: Vec<(NaiveDate, Round)>,
}

impl UnitOwes {
    /// How many of a unit's are named.
    pub const NAMED: usize = 31;
}

/// A shift and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftHead {
    /// Identity.
    pub id: ShiftId,
    /// Who.
    pub officer: OfficerId,
    /// By name.
    pub name: String,
    /// Since when.
    pub started_at: Ts,
}

/// One line of the units table.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow {
    /// Identity.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Short name, else the name.
    pub short: String,
    /// Name of the unit above, empty at the top.
    pub parent: String,
    /// How deep in the tree: 0 at the top.
    pub depth: u16,
    /// Liaison.
    pub liaison: String,
    /// The liaison's number; never masked.
    pub phone: String,
    /// People in it (not in those below it).
    pub people: u32,
    /// Where its report of the day in force stands.
    pub status: ReportStatus,
    /// When its report came.
    pub received_at: Option<Ts>,
    /// Where the report stands that is being collected now.
    pub current: ReportStatus,
    /// Where the report stands whose deadline comes next; none after the day's last.
    pub running: Option<ReportStatus>,
    /// Open cases among its people.
    pub cases: u32,
    /// Full pinyin and initials of the name, for filtering (`jisuanji jsj`).
    pub keys: String,
}

/// One line of the outstanding table: a unit that owes a report, or of which one is awaited.
#[derive(Debug, Clone, PartialEq)]
pub struct OutstandingRow {
    /// Identity.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Liaison.
    pub liaison: String,
    /// The liaison's number; never masked.
    pub phone: String,
    /// Head (第一责任人), who is next after two unanswered calls.
    pub head: String,
    /// The head's number; never masked.
    pub head_phone: String,
    /// The oldest report that it owes, else the one that is still awaited.
    pub key: ReportKey,
    /// How many reports it owes, of whatever day.
    pub missing: u32,
    /// When it was due.
    pub deadline: Ts,
    /// Whole minutes past the deadline; negative before it.
    pub minutes_late: i64,
    /// Calls made about the reports that it owes (催报).
    pub chases: u32,
    /// Of the latest of these, how many in a row were not answered.
    pub unanswered: u32,
    /// The open promise that falls due first.
    pub promise: Option<Ts>,
    /// Days in a row, up to the one before the day in force, on which its report was late or missing.
    pub streak: u32,
    /// Pinyin keys of the name.
    pub keys: String,
}

/// One line of the cases table.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// Identity.
    pub id: CaseId,
    /// Whose.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// Why.
    pub categories: Vec<Category>,
    /// What was ordered.
    pub measure: Measure,
    /// The count of days, when days are counted.
    pub observation: Option<Observation>,
    /// Where it stands.
    pub state: CaseState,
    /// When it was opened.
    pub opened_at: Ts,
    /// When somebody last had contact about it.
    pub last_contact: Option<Ts>,
    /// Pinyin keys of the name.
    pub keys: String,
}

/// An item that the officer on duty took over unread (未读接班).
#[derive(Debug, Clone, PartialEq)]
pub struct UnreadRow {
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// Which item of it.
    pub item: Item,
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// When it was handed over.
    pub since: Ts,
}

/// A question that an incoming officer left at a handover.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionRow {
    /// Identity.
    pub id: QuestionId,
    /// The shift that was handed over.
    pub shift: ShiftId,
    /// About which of its items.
    pub item: Item,
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// What was asked.
    pub text: String,
    /// When.
    pub asked_at: Ts,
    /// By whom.
    pub asked_by: String,
    /// How it ended, if it did.
    pub ended: Option<QuestionEnd>,
    /// When it ended.
    pub ended_at: Option<Ts>,
    /// Who answered or closed it; empty while it is open.
    pub ended_by: String,
    /// The answer; empty while it is open.
    pub answer: String,
}

/// Order of the people table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleSort {
    /// By staff number.
    #[default]
    No,
    /// By the pinyin of the name.
    Name,
    /// By unit, then number.
    Unit,
}

/// Which people, in which order, which part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleQuery {
    /// Only those whose number, name, pinyin or initials contain this; empty for all.
    pub filter: String,
    /// Only this unit's (and those below it).
    pub unit: Option<UnitId>,
    /// Order.
    pub sort: PeopleSort,
    /// Turned round.
    pub descending: bool,
    /// The first row wanted.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

/// A part of the people table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeoplePage {
    /// How many match in all.
    pub total: u32,
    /// The first row's place.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<PersonRow>,
}

/// One line of the people table.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Identity.
    pub id: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// Own number.
    pub phone: Private,
    /// What the person is to the school.
    pub kind: Option<PersonKind>,
    /// Has an open case.
    pub has_case: bool,
    /// Today's highest temperature in tenths of a degree, if reported.
    pub temp: Option<i16>,
    /// Where on the body it was taken: what counts as a fever depends on it.
    pub site: Option<Site>,
}

/// Everything known of one person (一人一档).
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// Identity.
    pub id: PersonId,
    /// Number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<(UnitId, String)>,
    /// 男 or 女.
    pub sex: String,
    /// What the person is to the school.
    pub kind: Option<PersonKind>,
    /// Campus.
    pub campus: String,
    /// Own number.
    pub phone: Private,
    /// ID number.
    pub id_number: Private,
    /// Place of origin.
    pub origin: String,
    /// Address or room.
    pub address: String,
    /// Who answers for them.
    pub contact: String,
    /// Family's number.
    pub family_phone: Private,
    /// Readings, the newest day first.
    pub readings: Vec<ReadingRow>,
    /// What their sheets brought that is to be acted on, in the order of the days.
    pub findings: Vec<Finding>,
    /// Cases, the newest first.
    pub cases: Vec<CaseDetail>,
    /// Calls, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises, the soonest first.
    pub promises: Vec<PromiseRow>,
    /// Journeys as reported, the newest first.
    pub legs: Vec<LegRow>,
    /// Notes about them, the newest first.
    pub notes: Vec<NoteRow>,
    /// How often their masked numbers were looked at.
    pub looks: u32,
}

/// One day's reading.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingRow {
    /// The report's day.
    pub day: NaiveDate,
    /// The report's round.
    pub round: Round,
    /// Morning temperature, tenths of a degree.
    pub temp_am: Option<i16>,
    /// Afternoon temperature, tenths of a degree.
    pub temp_pm: Option<i16>,
    /// Where it was taken.
    pub site: Option<Site>,
    /// Place.
    pub place: String,
    /// In Hubei, as answered.
    pub in_hubei: Option<bool>,
    /// Left the city, as answered.
    pub left_city: Option<bool>,
    /// State as the form's code.
    pub status: String,
    /// The form it was read with.
    pub form: FormRef,
    /// The form's other columns: canonical field and value, unanswered ones left out.
    pub rest: Vec<(String, String)>,
    /// How the form describes those columns, for their words; nothing where it is not to be had.
    pub fields: Arc<[Field]>,
    /// Replaced by a later correction.
    pub superseded: bool,
}

/// A case with all that is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseDetail {
    /// Identity.
    pub id: CaseId,
    /// What is said.
    pub facts: CaseFacts,
    /// The count of days.
    pub observation: Option<Observation>,
    /// Where it stands.
    pub state: CaseState,
    /// When it was opened.
    pub opened_at: Ts,
    /// When and by whom it was released, and why.
    pub released: Option<(Ts, String, String)>,
    /// What stood against that release.
    pub despite: Vec<Against>,
    /// The slots that were missed, however long ago, by days; only in a dossier.
    pub missed: Vec<MissedDays>,
}

/// Somebody about whom something is to be acted on (待处置): what their sheets brought without a case.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingRow {
    /// Whose.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// When the first of them came.
    pub since: Ts,
    /// What, in the order of the days.
    pub found: Vec<Finding>,
    /// Pinyin keys of the name.
    pub keys: String,
}

/// A case that is about to be released, with what stands against it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseRow {
    /// Which.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// What is said of it.
    pub facts: CaseFacts,
    /// The count of days.
    pub observation: Option<Observation>,
    /// Where it stands.
    pub state: CaseState,
    /// What stands against it: then a plain yes is not enough.
    pub against: Vec<Against>,
    /// The fever of the last days.
    pub fever: Option<RecentFever>,
    /// The open doubts.
    pub doubts: Vec<Doubt>,
}

/// One call, of a person, a unit or nobody known.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRow {
    /// Identity.
    pub id: FollowUpId,
    /// The op it was logged in.
    pub op: OpRef,
    /// When.
    pub at: Ts,
    /// Which officer.
    pub officer: String,
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty for nobody known.
    pub name: String,
    /// By which way.
    pub channel: Channel,
    /// Who answered.
    pub answered_by: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What was said.
    pub words: String,
    /// The number, when not the subject's own.
    pub number: Private,
    /// Its promise.
    pub promise: Option<PromiseRow>,
    /// When the office means to call again.
    pub next_contact: Option<Ts>,
    /// It chased a report.
    pub chase: bool,
    /// The temperature that was told, tenths of a degree.
    pub temp: Option<i16>,
    /// Where it was taken.
    pub site: Option<Site>,
}

/// A call from nobody known, still without a subject (待核实来电).
#[derive(Debug, Clone, PartialEq)]
pub struct CallerRow {
    /// The call.
    pub call: CallRow,
    /// How often its number was called back.
    pub called_back: u32,
    /// The last of these: when, and what came of it.
    pub last_back: Option<(Ts, Outcome)>,
}

/// A promise.
#[derive(Debug, Clone, PartialEq)]
pub struct PromiseRow {
    /// Identity.
    pub id: PromiseId,
    /// When it falls due.
    pub due: Ts,
    /// How it ended, if it did.
    pub end: Option<PromiseEnd>,
}

/// One leg of a journey as a reading tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct LegRow {
    /// Left on.
    pub left: String,
    /// For.
    pub destination: String,
    /// Came back on.
    pub returned: String,
    /// By.
    pub transport: String,
    /// Train, flight or coach number.
    pub number: String,
    /// Carriage and seat.
    pub seat: String,
    /// Through Hubei, as answered.
    pub via_hubei: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteRow {
    /// When.
    pub at: Ts,
    /// Which officer.
    pub officer: String,
    /// The words.
    pub text: String,
}

/// Everything known of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitSheet {
    /// The unit as it stands.
    pub unit: Unit,
    /// Name of the unit above.
    pub parent: String,
    /// Name of the officer who answers for it.
    pub officer: String,
    /// Where its report of the day in force stands.
    pub status: ReportStatus,
    /// Where the report stands that is being collected now.
    pub current: ReportStatus,
    /// Day and round of each report that it owes, the oldest first.
    pub owed: Vec<(NaiveDate, Round)>,
    /// People in it.
    pub people: u32,
    /// Open cases.
    pub cases: u32,
    /// Reports of the last days, the newest first.
    pub reports: Vec<ReportRow>,
    /// Calls with the unit, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises, the soonest first.
    pub promises: Vec<PromiseRow>,
    /// Notes about it.
    pub notes: Vec<NoteRow>,
}

/// One line of the directory of outside contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactRow {
    /// Who, with the numbers; never masked.
    pub contact: Contact,
    /// When they last called or were called.
    pub last_call: Option<Ts>,
    /// Pinyin keys of organisation and name.
    pub keys: String,
}

/// Everything known of one outside contact.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactSheet {
    /// Who, with the numbers; never masked.
    pub contact: Contact,
    /// No longer in the directory.
    pub removed: bool,
    /// Calls with them, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises, the soonest first.
    pub promises: Vec<PromiseRow>,
    /// Notes about them.
    pub notes: Vec<NoteRow>,
}

/// One report of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRow {
    /// The day.
    pub day: NaiveDate,
    /// The round.
    pub round: Round,
    /// Where it stands.
    pub status: ReportStatus,
    /// When the first one came.
    pub received_at: Option<Ts>,
    /// How.
    pub form: Option<ReportForm>,
    /// Rows in the one in force.
    pub rows: u32,
    /// How often it was corrected.
    pub corrections: u32,
}

/// One line of the log: one op.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRow {
    /// Which op.
    pub op: OpRef,
    /// When it was recorded.
    pub recorded_at: Ts,
    /// When it happened.
    pub happened_at: Ts,
    /// Which officer; empty only for the first op.
    pub officer: String,
    /// Wire name of its first event.
    pub kind: String,
    /// How many events it holds.
    pub events: u32,
    /// How many sheet rows it holds.
    pub rows: u32,
    /// How many units' reports it brings.
    pub reports: u32,
    /// About whom: the first event's subject.
    pub subject: Option<Subject>,
    /// That subject's name; empty if none.
    pub name: String,
    /// The first event, to be put into words.
    pub event: crate::log::event::Event,
    /// When the promise that it ends fell due.
    pub due: Option<Ts>,
    /// Who approved it, by name; empty where nobody did.
    pub approver: String,
    /// All that it tells, where one op did several things (of several people, or a call and a case): the first too.
    pub parts: Vec<UndoPart>,
    /// It was taken back.
    pub undone: bool,
    /// It was recorded in the shift that is open now.
    pub this_shift: bool,
    /// The clock moved since the entry before.
    pub jump: Option<crate::domain::jump::Jump>,
}

impl LogRow {
    /// It in words, without the name of its subject.
    pub fn said(&self, calendar: Calendar) -> Say {
        event_line_by(&self.event, self.due, self.happened_at, calendar, &self.approver)
    }

    /// The events that tell what it did: its first, or each of several.
    pub fn told(&self) -> impl Iterator<Item = &crate::log::event::Event> {
        let first = self.parts.is_empty().then_some(&self.event);
        first.into_iter().chain(self.parts.iter().map(|part| &part.event))
    }

    /// It as if it had done one thing each: every one of them with its own subject.
    pub fn one_by_one(self) -> Vec<Self> {
        if self.parts.is_empty() {
            return vec![self];
        }
        let one = |part: &UndoPart| Self {
            kind: crate::log::wire::name(&part.event).0.to_owned(),
            subject: part.subject,
            name: part.name.clone(),
            event: part.event.clone(),
            due: part.due,
            parts: Vec::new(),
            ..self.clone()
        };
        self.parts.iter().map(one).collect()
    }
}

/// Which part of the log, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogQuery {
    /// Only ops whose kind, name, officer or words contain this.
    pub filter: String,
    /// Only ops about this subject.
    pub subject: Option<Subject>,
    /// The first row wanted.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

/// A part of the log.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LogPage {
    /// How many match in all.
    pub total: u32,
    /// The first row's place.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<LogRow>,
}

/// One event of an op, to be put into words.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoPart {
    /// About whom.
    pub subject: Option<Subject>,
    /// Name of the person or unit; empty if none.
    pub name: String,
    /// The event.
    pub event: crate::log::event::Event,
    /// When the promise that it ends fell due.
    pub due: Option<Ts>,
}

/// What an undo would take back, or why it cannot.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoPreview {
    /// The op.
    pub row: LogRow,
    /// All it holds that somebody said or did, each with the name of whom it is about; of an import only the head.
    pub parts: Vec<UndoPart>,
    /// Later ops that depend on it: the undo is refused while there are any.
    pub blocked_by: Vec<LogRow>,
}

/// One thing found, ready to show: what tells equal names apart.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundRow {
    /// Who or what.
    pub target: Target,
    /// Name of the person or unit; the organisation outside; of a call, whose it was (empty for nobody known).
    pub name: String,
    /// Staff or student number, or code; empty for the others.
    pub no: String,
    /// A person's unit; a unit's liaison; who answers at an outside contact; who answered a call.
    pub unit: String,
    /// What a person is to the school.
    pub kind: Option<PersonKind>,
    /// A person's own number (masked when shown); a unit's liaison's, an outside contact's, a call's.
    pub phone: Private,
    /// The family's number.
    pub family_phone: Private,
    /// ID number.
    pub id_number: Private,
    /// Address or room.
    pub address: String,
    /// The open case: what is ordered, and the count of days when days are counted.
    pub case: Option<(Measure, Option<Observation>)>,
    /// The words of a call.
    pub words: String,
    /// When a call was.
    pub at: Option<Ts>,
    /// Whom a call was about, if known; absent for the others.
    pub subject: Option<Subject>,
}

/// A number to dial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNumber {
    /// Whose: what is somebody's own is private.
    pub role: Whose,
    /// Who answers it, where that is not the person.
    pub who: String,
    /// The number; none of who answers for a person, where only the name is known.
    pub number: Private,
    /// The call it was written down with, when it is nobody's on record.
    pub call: Option<FollowUpId>,
}

impl CallNumber {
    /// The number as it is shown: a private one whole only when that was logged.
    pub fn shown(&self, revealed: bool) -> String {
        if self.role.is_open() || revealed { self.number.reveal().to_owned() } else { self.number.masked() }
    }
}

/// What the form of a follow-up shows above its fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dial {
    /// What to dial, the likeliest first.
    pub numbers: Vec<CallNumber>,
    /// A person's unit; empty for the others.
    pub unit: String,
    /// Open promises, the soonest first, with what was said.
    pub promises: Vec<(PromiseRow, String)>,
    /// A person with an open case.
    pub has_case: bool,
    /// When the call from nobody known told of a fever, or of being unwell.
    pub unwell: Option<Ts>,
}

/// Somebody who has the number that calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Owner {
    /// In what way.
    pub role: Whose,
    /// Who.
    pub row: FoundRow,
}

/// What somebody who calls is to a unit, and what that unit owes.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Which unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// As what: its liaison or its head.
    pub role: Whose,
    /// By name.
    pub who: String,
    /// The reports it owes, the oldest first.
    pub owed: Vec<(NaiveDate, Round)>,
    /// Its open promises, the soonest first, with what was said.
    pub promises: Vec<(PromiseRow, String)>,
}

/// What is at hand about a caller before the second sentence (来电即档).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CallCard {
    /// The number as it was typed, digits only; empty when a name was asked for.
    pub number: String,
    /// Everybody who has it, the likeliest first; for a name, the one asked for.
    pub owners: Vec<Owner>,
    /// The units for which the caller answers, with what they owe: seen before anything about the person.
    pub duties: Vec<Duty>,
    /// The last three calls with this number or the first owner, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises of the first owner (or made from this number), the soonest first, with what was said.
    pub promises: Vec<(PromiseRow, String)>,
    /// The first owner's open case.
    pub case: Option<CaseDetail>,
    /// Contradictions in what is known of the first owner.
    pub doubts: Vec<Doubt>,
    /// The next thing to ask.
    pub ask: Option<Question>,
}

/// A shift as a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRange {
    /// Identity.
    pub id: ShiftId,
    /// Who.
    pub officer: OfficerId,
    /// By name.
    pub name: String,
    /// Since when.
    pub started_at: Ts,
    /// Until when, if handed over.
    pub closed_at: Option<Ts>,
    /// Its first op.
    pub first: i64,
    /// Its last op: that of the handover, or the desk's latest while it runs.
    pub last: i64,
    /// This file's number for its desk.
    pub(super) desk: i64,
}
