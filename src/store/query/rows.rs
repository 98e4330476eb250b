//! The read structs. Phones of liaisons and heads are plain text; phones of people are
//! [`Private`](crate::domain::mask::Private).

mod beside;
mod call;
mod case;
mod chase;
mod contact;
mod doubt;
mod entry_form;
mod found;
mod ledger;
mod log;
mod masked;
mod person;
mod received;
mod shift;
mod status;
mod told;
mod unit;

pub use crate::store::project::ledger::SORTED;
pub use beside::{Beside, BesideAsk, OpBeside, PersonBeside, UnitBeside};
pub use call::{CallCard, CallNumber, CallRow, CallerRow, Debt, Dial, Duty, Owner, PromiseRow};
pub use case::{CaseDetail, CaseRow, FindingRow, Lately, ReleaseRow, Trends};
pub use chase::{Chased, Chasing, Refused, UnitMatters, Wanted};
pub use contact::{ContactRow, ContactSheet};
pub use doubt::{Answered, Correction, DoubtEnd, DoubtRow};
pub use entry_form::{EntryAsk, EntryBasis, Given, Offered};
pub use found::FoundRow;
pub use ledger::{
    Balance, Broken, Did, Edit, EntryOf, EntryRow, EntrySheet, FoundEntries, LedgerAsk, LedgerDue,
    LedgerPage, LedgerRow, Moved, Origin, Proposal, Proposed, Record, Settled, Step,
};
pub use log::{LogPage, LogQuery, LogRow, LoggedEntry, UndoPart, UndoPreview};
pub use masked::{Mask, hide};
pub use person::{Dossier, LegRow, NoteRow, PeoplePage, PeopleQuery, PeopleSort, PersonRow, ReadingRow};
pub use received::{
    BroughtRow, Changed, Received, ReceivedAsk, ReceivedRow, ReceivedSheet, ReportOf, ReportVersion,
    VersionRow,
};
pub use shift::{QuestionRow, ShiftRange, ToDo, UnreadRow};
pub use status::{DayFigures, ShiftHead, Status, UnitOwes};
pub use told::{
    BehindRow, DayReports, OwingUnit, Running, SentRow, Since, SitrepAsk, SitrepView, Spoken, SpokenReports,
    ToldDifference, ToldKind, ToldRow,
};
pub use unit::{OutstandingRow, ReportRow, UnitHeard, UnitRow, UnitSheet};
