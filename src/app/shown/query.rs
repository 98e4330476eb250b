//! What is read: each [`Query`] with the [`Data`] that answers it.

use super::report::ReportData;
use super::rows::DueLine;
use crate::domain::doubt::Accuracy;
use crate::domain::erase::{EraseDueRow, ErasePreview};
use crate::domain::ids::{
    CaseId, ContactId, EntryId, FollowUpId, OfficerId, OpRef, PersonId, Subject, UnitId,
};
use crate::domain::office::Settings;
use crate::domain::phone::Whose;
use crate::paper::summary::Summary;
use crate::say::Say;
use crate::search::found::Target;
use crate::store::query::rows::{
    BehindRow, Beside, BesideAsk, CallCard, CallerRow, CaseRow, Chasing, ContactRow, ContactSheet, Dial,
    Dossier, DoubtRow, EntryAsk, EntryBasis, EntrySheet, LedgerAsk, LedgerPage, LedgerRow, LogPage, LogQuery,
    OutstandingRow, PeoplePage, PeopleQuery, PersonRow, Received, ReceivedAsk, ReleaseRow, ShiftRange,
    SitrepAsk, SitrepView, Spoken, Status, ToldRow, Trends, UndoPreview, UnitMatters, UnitRow, UnitSheet,
};
use std::mem::discriminant;
use uuid::Uuid;

/// One read, answered by [`super::msg::Msg::Loaded`] with the [`Data`] of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// `query::status`
    Status,
    /// `query::units`
    Units,
    /// `query::outstanding`
    Outstanding,
    /// `query::chasing`
    Chase,
    /// `query::unit_matters`
    ChaseUnit(UnitId),
    /// `query::cases`
    Cases,
    /// `query::doubts`, and `query::accuracy`
    Doubts,
    /// `query::due`
    Due,
    /// `query::trends`
    Trends,
    /// `query::people`
    People(PeopleQuery),
    /// `query::dossier`
    Dossier(PersonId),
    /// `query::unit_sheet`
    UnitSheet(UnitId),
    /// `query::received`
    Received(ReceivedAsk),
    /// `query::contacts`
    Contacts,
    /// `query::contact`
    Contact(ContactId),
    /// `query::log`
    Log(LogQuery),
    /// `query::undo_preview`
    UndoPreview {
        /// Which op; the officer's latest undoable one when absent.
        op: Option<OpRef>,
        /// Whose.
        officer: OfficerId,
    },
    /// The summary of the open shift.
    Handover,
    /// `query::releases`
    Releases(Vec<CaseId>),
    /// `query::erase_due`
    EraseDue,
    /// `query::erase_preview`
    ErasePreview(PersonId),
    /// `query::settings`
    Settings,
    /// Every draft kept on this machine.
    Drafts,
    /// `query::call_card`
    CallCard {
        /// The number that calls, digits only; empty when a name was asked for.
        number: String,
        /// Who has it, and in what way; for a name, the one asked for.
        owners: Vec<(Target, Whose)>,
    },
    /// The last searches of this machine.
    Searches,
    /// The report, and what was sent.
    Report(SitrepAsk),
    /// `query::people_behind` or `query::units_behind`
    Behind {
        /// Whose.
        ids: Vec<Uuid>,
        /// They are units; else people.
        units: bool,
    },
    /// What was told to whom, and the figures of today.
    Told,
    /// `query::spoken`, in words.
    Spoken,
    /// `query::shifts`
    Shifts,
    /// `query::callers`
    Callers,
    /// `query::whom`
    Dial {
        /// Whom a form is about; nobody known when absent.
        subject: Option<Subject>,
        /// The call that is called back then.
        call: Option<FollowUpId>,
    },
    /// `query::beside`
    Beside(BesideAsk),
    /// `query::ledgers`
    Ledgers,
    /// `query::ledger`
    Ledger(LedgerAsk),
    /// `query::entry`
    Entry(EntryId),
    /// `query::entry_form`
    EntryForm(EntryAsk),
    /// The people that a name or number means.
    Named(String),
}

impl Query {
    /// What the page of one person, unit or contact is read by.
    pub fn page_of(subject: Subject) -> Self {
        match subject {
            Subject::Person(id) => Self::Dossier(id),
            Subject::Unit(id) => Self::UnitSheet(id),
            Subject::Contact(id) => Self::Contact(id),
        }
    }

    /// Whom it is about, where each has an answer of its own.
    fn whose(&self) -> Option<Subject> {
        match self {
            Self::Dossier(id) => Some(Subject::Person(*id)),
            Self::UnitSheet(id) | Self::ChaseUnit(id) => Some(Subject::Unit(*id)),
            Self::People(people) => people.unit.map(Subject::Unit),
            Self::Contact(id) => Some(Subject::Contact(*id)),
            Self::Dial { subject, .. } => *subject,
            _ => None,
        }
    }

    /// Whose page it opens.
    pub fn opens(&self) -> Option<Subject> {
        self.whose().filter(|subject| *self == Self::page_of(*subject))
    }

    /// Whether both are answered in one place: once the newer is asked, the answer to the older is not wanted.
    pub fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Behind { ids, .. }, Self::Behind { ids: others, .. }) => ids == others,
            (Self::Ledger(one), Self::Ledger(other)) => one.ledger == other.ledger,
            (Self::Entry(one), Self::Entry(other)) => one == other,
            // Of one report one version is seen at a time.
            (Self::Received(one), Self::Received(other)) => one.of == other.of,
            // What an erasure would take, and whom.
            (Self::ErasePreview(_), Self::EraseDue) | (Self::EraseDue, Self::ErasePreview(_)) => true,
            _ => discriminant(self) == discriminant(other) && self.whose() == other.whose(),
        }
    }

    /// Whether it asks for the part of a list around its cursor.
    pub fn is_of_window(&self) -> bool {
        matches!(self, Self::People(_) | Self::Log(_) | Self::Ledger(_))
    }
}

/// Rows that were asked for: one variant per [`Query`].
#[derive(Debug, Clone)]
pub enum Data {
    /// Answer to `Query::Status`.
    Status(Box<Status>),
    /// Answer to `Query::Units`.
    Units(Vec<UnitRow>),
    /// Answer to `Query::Trends`.
    Trends(Trends),
    /// Answer to `Query::Outstanding`.
    Outstanding(Vec<OutstandingRow>),
    /// Answer to `Query::Cases`.
    Cases(Vec<CaseRow>),
    /// Answer to `Query::Doubts`.
    Doubts(Vec<DoubtRow>, Accuracy),
    /// Answer to `Query::Due`.
    Due(Vec<DueLine>),
    /// Answer to `Query::People`.
    People(PeoplePage),
    /// Answer to `Query::Dossier`; absent when there is no such person.
    Dossier(Option<Box<Dossier>>),
    /// Answer to `Query::UnitSheet`; absent when there is no such unit.
    UnitSheet(Option<Box<UnitSheet>>),
    /// Answer to `Query::Received`.
    Received(Box<Received>),
    /// Answer to `Query::Contacts`.
    Contacts(Vec<ContactRow>),
    /// Answer to `Query::Contact`; absent when there is no such contact.
    Contact(Option<Box<ContactSheet>>),
    /// Answer to `Query::Log`.
    Log(LogPage),
    /// Answer to `Query::UndoPreview`.
    UndoPreview(Box<UndoPreview>),
    /// Answer to `Query::Handover`: and who signs with a PIN.
    Handover(Box<Summary>),
    /// Answer to `Query::Shifts`: the newest first.
    Shifts(Vec<ShiftRange>),
    /// Answer to `Query::Chase`.
    Chase(Box<Chasing>),
    /// Answer to `Query::ChaseUnit`; absent when there is no such unit.
    ChaseUnit(Option<Box<UnitMatters>>),
    /// Answer to `Query::Callers`: the newest first.
    Callers(Vec<CallerRow>),
    /// Answer to `Query::Dial`.
    Dial(Box<Dial>),
    /// Answer to `Query::Releases`.
    Releases(Vec<ReleaseRow>),
    /// Answer to `Query::EraseDue`.
    EraseDue(Vec<EraseDueRow>),
    /// Answer to `Query::ErasePreview`.
    ErasePreview(Box<ErasePreview>),
    /// Answer to `Query::Settings`.
    Settings(Box<Settings>),
    /// Answer to `Query::Drafts`: key and JSON.
    Drafts(Vec<(String, String)>),
    /// Answer to `Query::CallCard`.
    CallCard(Box<CallCard>),
    /// Answer to `Query::Searches`: the newest first.
    Searches(Vec<String>),
    /// Answer to `Query::Report`.
    Report(Box<ReportData>),
    /// Answer to `Query::Behind`.
    Behind(Vec<BehindRow>),
    /// Answer to `Query::Told`: the newest first, and the figures of today.
    Told(Vec<ToldRow>, Box<SitrepView>),
    /// Answer to `Query::Spoken`: what it is made from, and its sentences.
    Spoken(Box<Spoken>, Vec<Say>),
    /// Answer to `Query::Beside`.
    Beside(Box<Beside>),
    /// Answer to `Query::Ledgers`: by title.
    Ledgers(Vec<LedgerRow>),
    /// Answer to `Query::Ledger`.
    Ledger(Box<LedgerPage>),
    /// Answer to `Query::Entry`; absent when there is no such entry.
    Entry(Option<Box<EntrySheet>>),
    /// Answer to `Query::EntryForm`.
    EntryForm(Box<EntryBasis>),
    /// Answer to `Query::Named`.
    Named(Vec<PersonRow>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_asked_of_one_is_not_taken_for_what_is_asked_of_another() {
        let unit = |n| UnitId(Uuid::from_u128(n));
        let people = |unit| Query::People(PeopleQuery { unit, ..PeopleQuery::default() });
        let behind = |n| Query::Behind { ids: vec![Uuid::from_u128(n)], units: false };
        let dial = |subject| Query::Dial { subject, call: None };
        let erase = Query::ErasePreview(PersonId(Uuid::from_u128(1)));
        let places = [
            Query::Units,
            Query::UnitSheet(unit(1)),
            Query::Chase,
            Query::ChaseUnit(unit(1)),
            Query::UnitSheet(unit(2)),
            people(None),
            people(Some(unit(1))),
            people(Some(unit(2))),
            behind(1),
            behind(2),
            dial(None),
            dial(Some(Subject::Unit(unit(1)))),
            Query::EraseDue,
        ];
        for (at, one) in places.iter().enumerate() {
            for (other_at, other) in places.iter().enumerate() {
                assert_eq!(one.is_same_place(other), at == other_at, "{one:?} {other:?}");
            }
        }
        assert!(erase.is_same_place(&Query::EraseDue) && Query::EraseDue.is_same_place(&erase));
        let narrower = Query::People(PeopleQuery { filter: "王".to_owned(), ..PeopleQuery::default() });
        assert!(people(None).is_same_place(&narrower));
    }
}
