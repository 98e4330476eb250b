//! What an officer asks the office to do. An [`Act`] is checked against what is known and turned into events
//! inside the one write transaction ([`super::Store::commit`]), so that nothing can come between.

use crate::domain::case::CaseFacts;
use crate::domain::contact::ContactFacts;
use crate::domain::doubt::Resolve;
use crate::domain::finding::Finding;
use crate::domain::followup::{Channel, FollowUpDraft, PromiseEnd};
use crate::domain::handover::{Checked, How, QuestionEnd};
use crate::domain::ids::{
    CaseId, ContactId, DoubtId, EntryId, FollowUpId, OfficerId, OpRef, PersonId, PromiseId, QuestionId,
    ShiftId, SitrepId, Subject, UnitId,
};
use crate::domain::item::Item;
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::person::PersonFacts;
use crate::domain::pin::Pin;
use crate::domain::report::{Excuse, Reading, ReportKey};
use crate::domain::sitrep::{Figures, Sitrep};
use crate::domain::time::Ts;
use crate::domain::unit::UnitFacts;
use crate::log::RosterRow;
use crate::log::event::{Adopted, HandoverItem, SheetImported};
use crate::log::frozen::Frozen;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who acts, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The officer at this terminal or named on the command line.
    pub officer: OfficerId,
    /// The moment of recording.
    pub now: Ts,
    /// When it happened, if not now (`--at`).
    pub happened_at: Option<Ts>,
    /// The op's identity: the same on a retry, so that exactly one op results.
    pub op_id: Uuid,
}

/// One act of an officer.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Logs a contact. A call to a unit that has not reported is a chase; a promise with a new time stands for the old one.
    FollowUp(FollowUpDraft),
    /// Gives a call from nobody known its subject.
    Attach {
        /// Which call.
        followup: FollowUpId,
        /// Whose it was.
        subject: Subject,
    },
    /// Ends a promise by hand.
    ClosePromise {
        /// Which.
        promise: PromiseId,
        /// How.
        how: PromiseEnd,
    },
    /// Marks a report received without its rows. A second one for the same key is a correction and needs a reason.
    Receive {
        /// Which.
        key: ReportKey,
        /// "Nothing to report", said explicitly.
        zero: bool,
        /// Why again, if one is already there.
        reason: String,
    },
    /// Ends the debt of reports that did not come: all of it is one act.
    Excuse {
        /// Which.
        keys: Vec<ReportKey>,
        /// Units of which every report is meant that they owed at a moment: when it was asked for, not when it is done.
        all_of: Vec<(UnitId, Ts)>,
        /// How.
        how: Excuse,
        /// Why, on whose word.
        reason: String,
    },
    /// Opens a case on a person who has none open.
    OpenCase {
        /// Whose.
        person: PersonId,
        /// What is said of it.
        facts: CaseFacts,
    },
    /// Changes an open case.
    ChangeCase {
        /// Which.
        case: CaseId,
        /// The fields that change.
        facts: CaseFacts,
        /// Why.
        reason: String,
    },
    /// Releases a case.
    ReleaseCase {
        /// Which.
        case: CaseId,
        /// Why, on whose word.
        reason: String,
        /// Also when something stands against it: before its days are over, or with 确诊, 疑似, a fever in the last
        /// days or open doubts. Without this yes it is refused then.
        early: bool,
    },
    /// What sheets brought of somebody needs no case.
    Dismiss {
        /// Whose.
        person: PersonId,
        /// What was seen; refused when it is not what is open now. Whatever is open when absent.
        seen: Option<Vec<Finding>>,
        /// Why, on whose word.
        reason: String,
    },
    /// Answers a doubt: what was sent is so, or otherwise, or the answer is promised.
    AnswerDoubt {
        /// Which; refused when it is not open.
        doubt: DoubtId,
        /// How.
        how: Resolve,
    },
    /// Writes a free note in the log.
    Note {
        /// About whom, if about somebody.
        subject: Option<Subject>,
        /// The words.
        text: String,
    },
    /// A new unit, by hand.
    AddUnit {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// What else is known.
        facts: UnitFacts,
    },
    /// Corrects a unit.
    EditUnit {
        /// Which.
        unit: UnitId,
        /// A new code.
        code: Option<String>,
        /// A new name.
        name: Option<String>,
        /// The fields that change.
        facts: UnitFacts,
        /// Who said so.
        told_by: String,
    },
    /// A new person, by hand.
    AddPerson {
        /// Number.
        no: String,
        /// What else is known; a name and a unit at least.
        facts: PersonFacts,
        /// Who said so.
        told_by: String,
    },
    /// Corrects a person.
    EditPerson {
        /// Whose.
        person: PersonId,
        /// A new number.
        no: Option<String>,
        /// The fields that change.
        facts: PersonFacts,
        /// Who said so.
        told_by: String,
    },
    /// Takes out of the log and of every table what they hold of a person; the chain stays whole. Refused while something
    /// about them is open.
    Erase {
        /// Whom.
        person: PersonId,
        /// Why, on whose word; it must not name them.
        reason: String,
    },
    /// A new outside contact.
    AddContact {
        /// What is known; the organisation at least.
        facts: ContactFacts,
    },
    /// Corrects an outside contact.
    EditContact {
        /// Which.
        contact: ContactId,
        /// The fields that change.
        facts: ContactFacts,
        /// Who said so.
        told_by: String,
    },
    /// Takes an outside contact out of the directory; old calls keep its name.
    RemoveContact {
        /// Which.
        contact: ContactId,
        /// Why.
        reason: String,
    },
    /// Takes in a sheet as planned by `intake`.
    Import(Box<Import>),
    /// An act on registers.
    Ledger(Box<LedgerAct>),
    /// Changes the settings.
    ChangeSettings(Box<Settings>),
    /// A new officer.
    AddOfficer {
        /// Name.
        name: String,
    },
    /// A new officer with a role other than the usual.
    AddOfficerAs {
        /// Name.
        name: String,
        /// Role.
        role: Role,
    },
    /// Gives an officer a role.
    SetRole {
        /// Whose.
        officer: OfficerId,
        /// Which.
        role: Role,
    },
    /// An act that a second officer approves at the same terminal, or a lead who is not on duty confirms.
    Approved {
        /// What is done.
        act: Box<Act>,
        /// Who approves.
        by: OfficerId,
        /// With which PIN, where there is one.
        pin: Option<Pin>,
    },
    /// The officer goes on duty, when nobody's shift is open.
    StartShift,
    /// Passes the open shift on: closes it and opens the next.
    CloseShift(Box<Close>),
    /// An item that was taken over unread is read now.
    Acknowledge {
        /// The shift that was handed over.
        shift: ShiftId,
        /// Which of its items.
        items: Vec<Item>,
    },
    /// Answers a question left at a handover, or closes it.
    AnswerQuestion {
        /// Which.
        question: QuestionId,
        /// How it ends.
        how: QuestionEnd,
        /// The answer, or why it is no longer needed.
        words: String,
    },
    /// Sets, changes or takes away an officer's PIN. It stands in a local table; the log only says that it was done.
    ChangePin {
        /// Whose.
        officer: OfficerId,
        /// The new one; none takes it away.
        new: Option<Pin>,
        /// The one in force; of an officer who takes a colleague's lost one away their own, if they have one.
        old: Option<Pin>,
        /// Who signs beside the officer that takes a colleague's away, with their PIN: another, or whose it is.
        second: Option<(OfficerId, Pin)>,
    },
    /// Records that people were looked for by many parts of their numbers: [`super::Store::probed`] counts them.
    Probed {
        /// How many different parts.
        count: u32,
        /// Since when.
        since: Ts,
    },
    /// Takes back an op: the officer's own latest undoable one, or a named one.
    Undo {
        /// Which; the latest when absent.
        op: Option<OpRef>,
    },
    /// Records that masked numbers of a person are shown.
    Reveal {
        /// Whose.
        person: PersonId,
        /// Why.
        reason: String,
    },
    /// Records that the number from which a call came is shown.
    RevealNumber {
        /// Of which call.
        followup: FollowUpId,
        /// Why.
        reason: String,
    },
    /// Records that the numbers in an entry of a register are shown.
    RevealEntry {
        /// Which entry; of one about a person it is [`Act::Reveal`].
        entry: EntryId,
        /// Why.
        reason: String,
    },
    /// One act on several: all of it or nothing, and one undo takes all of it back.
    Several(Vec<Act>),
    /// Records that a paper was printed or written.
    Printed {
        /// Which paper.
        paper: String,
        /// The printer or the file's name.
        to: String,
        /// The head code on it.
        head: String,
        /// Whose it is, when it is about one person or unit.
        subject: Option<Subject>,
    },
    /// Sends a situation report: it is frozen as it was cut.
    SendSitrep {
        /// As cut; refused when a sum of it does not hold.
        report: Box<Sitrep>,
        /// To whom.
        to: String,
        /// By which way.
        channel: Channel,
    },
    /// Corrects a situation report that was sent, by a new one of the same day.
    CorrectSitrep {
        /// The one that was sent.
        of: SitrepId,
        /// As cut now; refused when a sum of it does not hold.
        report: Box<Sitrep>,
        /// Why.
        reason: String,
        /// To whom; to whom the first was sent when empty.
        to: String,
        /// By which way.
        channel: Channel,
    },
    /// Records which figures were told to whom.
    Tell {
        /// To whom.
        to: String,
        /// By which way.
        channel: Channel,
        /// The day of the figures.
        day: NaiveDate,
        /// Where that day begins, minutes after midnight.
        boundary: i32,
        /// Which, and what was said of each.
        figures: Figures,
        /// What the officer writes beside them; no names of people under attention.
        words: String,
    },
    /// Records that a backup was taken.
    BackedUp {
        /// The file's name.
        file: String,
        /// The head code in it.
        head: String,
        /// It was verified when it was made, and is sound.
        verified: bool,
        /// The digest of a sealed one.
        print: Option<String>,
    },
    /// Records that it was tried whether a backup can be restored.
    Drilled {
        /// The file's name.
        file: String,
        /// The head code in it.
        head: String,
        /// How much was wrong.
        faults: u32,
    },
}

/// How a shift is passed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Close {
    /// The shift the paper was cut from; refused if another was closed meanwhile.
    pub shift: ShiftId,
    /// Who takes over.
    pub to: OfficerId,
    /// How it is passed on.
    pub how: How,
    /// Why the same officer goes on, or took over alone; not asked for otherwise.
    pub reason: String,
    /// Open items as acknowledged. Who takes over alone has read none.
    pub items: Vec<HandoverItem>,
    /// What the incoming officer asks about some of them.
    pub questions: Vec<Asked>,
    /// Words for the next shift.
    pub words: String,
    /// With what the outgoing officer signs, if a PIN is set.
    pub from_pin: Option<Pin>,
    /// With what the incoming officer signs, if a PIN is set.
    pub to_pin: Option<Pin>,
    /// What the last check of the file found.
    pub checked: Option<Checked>,
    /// The paper as it is signed; refused if anything was recorded after it was cut.
    pub frozen: Option<Box<Frozen>>,
    /// The templates it is made with: name and content. Those the log does not hold yet are adopted.
    pub templates: Vec<(String, String)>,
}

impl Close {
    /// A handover between two officers that are both there, with nothing acknowledged yet.
    pub fn new(shift: ShiftId, to: OfficerId) -> Self {
        Self {
            shift,
            to,
            how: How::Handed,
            reason: String::new(),
            items: Vec::new(),
            questions: Vec::new(),
            words: String::new(),
            from_pin: None,
            to_pin: None,
            checked: None,
            frozen: None,
            templates: Vec::new(),
        }
    }
}

/// A question about one item of a handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which item.
    pub item: Item,
    /// What is asked.
    pub text: String,
}

/// A sheet as planned by `intake`: everything is resolved, new ids are already minted.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Where the rows came from.
    pub sheet: SheetImported,
    /// The form file it was read with; adopted into the log on first use.
    pub form: Adopted,
    /// Units that are new: id, code, name, facts.
    pub new_units: Vec<(UnitId, String, String, UnitFacts)>,
    /// Units that change.
    pub changed_units: Vec<(UnitId, UnitFacts)>,
    /// Rows of a roster: new and changed people only.
    pub roster: Vec<RosterRow>,
    /// Reports received, one a unit, with how many rows each.
    pub reports: Vec<(ReportKey, u32)>,
    /// Rows of reports.
    pub readings: Vec<Reading>,
    /// Of these, what stays of the reports that are there: whose, and in which unit's. They are no rows of the sheet.
    pub carried: BTreeSet<(UnitId, PersonId)>,
    /// Why reports that are already there are sent again.
    pub reason: String,
}

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The op that was written (or found, on a retry).
    pub op: OpRef,
    /// What was made: the follow-up, case, note, person … of the act, if it makes one.
    pub made: Option<Made>,
}

mod case;
mod contact;
mod doubt;
mod erase;
mod finding;
mod handover;
mod import;
mod ledger;
mod made;
mod office;
mod outside;
mod people;
mod pin;
mod raise;
mod report;
mod rights;
mod several;
mod sitrep;
mod undo;

pub use ledger::{LedgerAct, Taken};
pub use made::Made;

pub(super) use handover::subject_of;
pub(super) use office::{check_settings, named};
pub(super) use rights::{counts_as, has_leads, shows_many};
pub(super) use undo::{depending, latest_undoable};

use super::Desk;
use super::proof::Proof;
use crate::domain::ids::Mint;
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Op;
use rusqlite::Connection;

/// What resolving an act may look at.
pub(super) struct Ctx<'a> {
    pub conn: &'a Connection,
    pub desk: Desk,
    pub author: &'a Author,
    pub mint: &'a mut dyn Mint,
    /// What was proven by PINs before the transaction.
    pub proof: &'a Proof,
    /// Who approved the act, with what was proven by them.
    pub approved_by: Option<OfficerId>,
}

impl Ctx<'_> {
    fn id(&mut self) -> Uuid {
        self.mint.id(self.author.now)
    }

    /// When the act happened, as far as the log is concerned.
    fn happened(&self) -> Ts {
        self.author.happened_at.unwrap_or(self.author.now)
    }
}

impl Act {
    /// The act itself, whoever approved it.
    pub fn itself(&self) -> &Self {
        match self {
            Self::Approved { act, .. } => act.itself(),
            act => act,
        }
    }
}

type Resolved = Result<(Op, Option<Made>)>;

/// Turns an act into an op, or refuses it. Runs inside the write transaction: what it sees cannot change
/// before the op is written.
pub(super) fn resolve(ctx: &mut Ctx<'_>, act: &Act) -> Resolved {
    office::officer_exists(ctx)?;
    if ctx.author.happened_at.is_some_and(|at| at > ctx.author.now) {
        return Err(Error::input(say::HAPPENED_LATER));
    }
    if let Act::Approved { act, by, .. } = act {
        return rights::approved(ctx, act, *by);
    }
    rights::admit(ctx, act)?;
    events_of(ctx, act)
}

/// Asks of an erasure, before the whole log is looked through for it, what would refuse it anyway.
pub(super) fn ready(ctx: &mut Ctx<'_>, act: &Act) -> Result<()> {
    office::officer_exists(ctx)?;
    match act {
        Act::Approved { act, by, .. } => rights::approver(ctx, act, *by)?,
        act => rights::admit(ctx, act)?,
    }
    match act.itself() {
        Act::Erase { person, reason } => erase::ready(ctx, *person, reason).map(drop),
        _ => Ok(()),
    }
}

fn events_of(ctx: &mut Ctx<'_>, act: &Act) -> Resolved {
    match act {
        Act::FollowUp(draft) => contact::follow_up(ctx, draft),
        Act::Attach { followup, subject } => contact::attach(ctx, *followup, *subject),
        Act::ClosePromise { promise, how } => contact::close_promise(ctx, *promise, *how),
        Act::Note { subject, text } => contact::note(ctx, *subject, text),
        Act::Receive { key, zero, reason } => report::receive(ctx, key, *zero, reason),
        Act::Excuse { keys, all_of, how, reason } => report::excuse(ctx, keys, all_of, *how, reason),
        Act::OpenCase { person, facts } => case::open(ctx, *person, facts),
        Act::ChangeCase { case, facts, reason } => case::change(ctx, *case, facts, reason),
        Act::ReleaseCase { case, reason, early } => case::release(ctx, *case, reason, *early),
        Act::Dismiss { person, seen, reason } => finding::dismiss(ctx, *person, seen.as_deref(), reason),
        Act::AnswerDoubt { doubt, how } => doubt::answer(ctx, *doubt, how),
        Act::AddUnit { code, name, facts } => people::add_unit(ctx, code, name, facts),
        Act::EditUnit { unit, code, name, facts, told_by } => {
            people::edit_unit(ctx, *unit, code.as_deref(), name.as_deref(), facts, told_by)
        }
        Act::AddPerson { no, facts, told_by } => people::add_person(ctx, no, facts, told_by),
        Act::EditPerson { person, no, facts, told_by } => {
            people::edit_person(ctx, *person, no.as_deref(), facts, told_by)
        }
        Act::Erase { person, reason } => erase::erase(ctx, *person, reason),
        Act::AddContact { facts } => outside::add(ctx, facts),
        Act::EditContact { contact, facts, told_by } => outside::edit(ctx, *contact, facts, told_by),
        Act::RemoveContact { contact, reason } => outside::remove(ctx, *contact, reason),
        Act::Import(import) => import::import(ctx, import),
        Act::Ledger(act) => ledger::resolve(ctx, act),
        Act::ChangeSettings(settings) => office::change_settings(ctx, settings),
        Act::AddOfficer { name } => office::add_officer(ctx, name),
        Act::AddOfficerAs { name, role } => office::add_officer_as(ctx, name, *role),
        Act::SetRole { officer, role } => rights::set_role(ctx, *officer, *role),
        // Approved as a whole, never in part.
        Act::Approved { .. } => Err(Error::internal("an approved act", "inside another")),
        Act::StartShift => office::start_shift(ctx),
        Act::CloseShift(close) => handover::close(ctx, close),
        Act::Acknowledge { shift, items } => handover::acknowledge(ctx, *shift, items),
        Act::AnswerQuestion { question, how, words } => handover::answer(ctx, *question, *how, words),
        Act::ChangePin { officer, new, second, .. } => {
            pin::change(ctx, *officer, new.is_some(), second.as_ref().map(|(officer, _)| *officer))
        }
        Act::Probed { count, since } => Ok(office::probed(ctx, *count, *since)),
        Act::Undo { op } => undo::undo(ctx, *op),
        Act::Reveal { person, reason } => office::reveal(ctx, *person, reason),
        Act::RevealNumber { followup, reason } => contact::reveal_number(ctx, *followup, reason),
        Act::RevealEntry { entry, reason } => ledger::reveal(ctx, *entry, reason),
        Act::Several(acts) => several::several(ctx, acts),
        Act::Printed { paper, to, head, subject } => office::printed(ctx, paper, to, head, *subject),
        Act::SendSitrep { report, to, channel } => sitrep::send(ctx, report, to, *channel),
        Act::CorrectSitrep { of, report, reason, to, channel } => {
            sitrep::correct(ctx, *of, report, reason, (to, *channel))
        }
        Act::Tell { to, channel, day, boundary, figures, words } => {
            sitrep::tell(ctx, to, *channel, (*day, *boundary), figures, words)
        }
        Act::BackedUp { file, head, verified, print } => {
            Ok(office::backed_up(file, head, *verified, print.as_deref()))
        }
        Act::Drilled { file, head, faults } => Ok(office::drilled(file, head, *faults)),
    }
}

/// An op of one event.
fn single(event: crate::log::event::Event, made: Option<Made>) -> (Op, Option<Made>) {
    (Op { events: vec![event], ..Op::default() }, made)
}
