//! What happens to the desk: keys, time, and the answers to effects.

use super::found::Found;
use super::pages::columns::SheetColumns;
use super::pages::inbox::InboxView;
use super::paper::Sheaf;
pub use super::query::Data;
use crate::domain::handover::Checked;
use crate::domain::ids::{ShiftId, UnitId};
use crate::domain::time::Ts;
use crate::paper::print::{Job, Printers};
use crate::say::Say;
use crate::store::act::Committed;
use crate::store::query::rows::FoundEntries;
use crossterm::event::{KeyEvent, MouseEvent};

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse was clicked or its wheel turned.
    Mouse(MouseEvent),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The moment it is now; sent about once a second.
    Tick(Ts),
    /// How many columns a probe of [`widths`](super::widths) took; the answers come when the terminal gets to them.
    Measured {
        /// Which.
        probe: usize,
        /// So many.
        columns: u16,
    },
    /// The colour of the terminal's ground, as it answers: red, green, blue.
    Ground(u8, u8, u8),
    /// The check that runs by itself came to its end.
    Checked(Checked),
    /// Rows that were asked for.
    Loaded {
        /// As asked.
        generation: u64,
        /// The rows.
        data: Data,
    },
    /// A read failed.
    LoadFailed {
        /// As asked.
        generation: u64,
        /// Why.
        error: Say,
    },
    /// What a search found, the best first.
    Found {
        /// As asked.
        generation: u64,
        /// The hits, and what was looked through.
        found: Found,
    },
    /// The entries of ledgers that a search found, after the rest of it.
    FoundEntries {
        /// As asked.
        generation: u64,
        /// The entries, the open ones first, then the newest.
        entries: FoundEntries,
    },
    /// An act is in the log, durably.
    Committed {
        /// Which commit.
        token: u64,
        /// What it did.
        committed: Committed,
    },
    /// An act is not in the log.
    CommitFailed {
        /// Which commit.
        token: u64,
        /// Why, with what to do about it.
        error: Say,
        /// Which field of the form is to be filled in anew, when it is that.
        field: Option<&'static str>,
    },
    /// An act has waited for its answer for longer than a moment: another program holds the database, or the disk is
    /// slow.
    Saving,
    /// Another process wrote, or an import ran: what is shown may be stale.
    Changed,
    /// Work beside the screen goes on.
    Progress {
        /// Which work.
        token: u64,
        /// How much of `total` is done; 0 of 0 when not known.
        done: u64,
        /// All of it.
        total: u64,
        /// What is being done.
        words: Say,
    },
    /// A sheet was read and planned; nothing is written yet.
    ImportPlanned {
        /// Which plan.
        token: u64,
        /// To look at.
        plan: Box<PlanView>,
    },
    /// A sheet cannot be taken in.
    ImportFailed {
        /// Which plan.
        token: u64,
        /// Why.
        error: Say,
        /// Whether something may be asked that helps.
        why: Unread,
    },
    /// The columns of a sheet in no known form, as they are taken for.
    Columns {
        /// Which work.
        token: u64,
        /// They.
        sheet: Box<SheetColumns>,
    },
    /// What was said of a sheet's columns is a form now.
    ColumnsKept {
        /// Which work.
        token: u64,
        /// Its name and version.
        form: String,
    },
    /// A locked file of the inbox was tried with what was typed for it.
    FileOpened {
        /// Which work.
        token: u64,
        /// Why it stays as it was; nothing where it is read.
        error: Option<Say>,
    },
    /// What lies in the watched folder now.
    Inbox(Box<InboxView>),
    /// Files were taken in, or sent back.
    FilesDone {
        /// Which work.
        token: u64,
        /// What came of it.
        done: Box<FilesDone>,
    },
    /// The message to a file's sender, to be copied.
    FileMessage(String),
    /// A paper was made.
    Paged {
        /// Which.
        token: u64,
        /// To look at.
        sheaf: Box<Sheaf>,
    },
    /// A paper could not be made.
    PaperFailed {
        /// Which.
        token: u64,
        /// Why.
        error: Say,
    },
    /// The printers there are.
    Printers {
        /// For which paper.
        token: u64,
        /// All of them.
        printers: Printers,
        /// How it was printed last on this machine.
        last: Job,
    },
    /// Something to tell in the feedback line: printed, backed up, or failed.
    Notice {
        /// Its tone.
        tone: Tone,
        /// The words.
        say: Say,
    },
    /// What became of printing the paper that is seen: it is told beside it alone.
    Printed {
        /// Its tone.
        tone: Tone,
        /// The words.
        say: Say,
    },
    /// The screen may be unlocked.
    Unlocked {
        /// As asked.
        token: u64,
    },
    /// The screen stays locked.
    UnlockFailed {
        /// As asked.
        token: u64,
        /// Why.
        error: Say,
    },
    /// The paper of a handover that was just signed is written.
    HandoverWritten {
        /// Of which shift.
        shift: ShiftId,
        /// Its file.
        file: String,
    },
    /// The terminal or the system wants the desk to end: drafts are kept, no question is asked.
    Terminate,
}

/// How a line of feedback is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// For information.
    #[default]
    Info,
    /// Something was done.
    Good,
    /// Attention.
    Warn,
    /// Something failed.
    Bad,
}

/// What came of taking files in, or of sending them back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesDone {
    /// They were sent back.
    pub back: bool,
    /// How many are done.
    pub files: usize,
    /// Rows that are in.
    pub rows: u32,
    /// Rows that go back.
    pub refused: u32,
    /// Those that are not, and why.
    pub failed: Vec<(String, Say)>,
    /// What is to be said of some that are: not moved away, or not noted.
    pub remarks: Vec<Say>,
    /// About whom something is to be acted on now.
    pub findings: Vec<String>,
}

/// A unit of a planned import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanUnit {
    /// Which.
    pub id: UnitId,
    /// What it is called.
    pub name: String,
    /// Its rows.
    pub rows: u32,
}

/// Why a sheet could not be planned, as far as something may be asked that helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Its password.
    Locked,
    /// What its columns are.
    Layout,
    /// Nothing.
    Otherwise,
}

/// A planned import, ready to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanView {
    /// What would be taken in: file, kind, day.
    pub title: Say,
    /// Counts with their names: new, changed, unchanged, rejected, units …
    pub counts: Vec<(Say, u32)>,
    /// Rows that are refused.
    pub problems: Vec<PlanProblem>,
    /// What would change.
    pub changes: Vec<PlanChange>,
    /// Other things to know before saying yes.
    pub warnings: Vec<Say>,
    /// People about whom it brings something to act on, and what.
    pub findings: Vec<(String, Say)>,
    /// Reports that are there already are sent again: a reason is asked for.
    pub needs_reason: bool,
    /// The units whose reports it brings, where these are several: any of them may be left out.
    pub units: Vec<PlanUnit>,
}

/// One refused row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanProblem {
    /// Sheet, row and column, in the sender's own terms.
    pub place: Say,
    /// What stands there.
    pub value: String,
    /// What is wrong with it.
    pub reason: Say,
}

/// One change an import would make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChange {
    /// Number and name, or the unit; empty of a row that is an entry of a ledger.
    pub who: String,
    /// Which field; "new" for what is new; of an entry of a ledger the row, and its key.
    pub field: Say,
    /// As known.
    pub old: Say,
    /// As the sheet says.
    pub new: Say,
}
