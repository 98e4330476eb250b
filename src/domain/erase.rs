//! What erasing a person would take, and whom the office might erase.

use super::ids::{OpRef, PersonId};
use super::time::Ts;

/// What of a person is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StillOpen {
    /// An attention case.
    Case,
    /// A promise.
    Promise,
    /// A question of a handover.
    Question,
    /// What a sheet brought that nobody acted on yet.
    Finding,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryAt {
    /// Which.
    pub op: OpRef,
    /// When it happened.
    pub at: Ts,
    /// The wire name of its event.
    pub kind: String,
}

/// A paper that was printed or written to a file: it lies outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperOutside {
    /// The entry that says so.
    pub op: OpRef,
    /// When.
    pub at: Ts,
    /// Which paper.
    pub paper: String,
    /// The printer or the file's name.
    pub to: String,
    /// Whether it is about this person alone.
    pub own: bool,
}

/// A backup that was taken: it lies outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupOutside {
    /// When.
    pub at: Ts,
    /// The file's name.
    pub file: String,
}

/// What erasing a person would take, and what stays where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasePreview {
    /// Whom.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// What stands against it.
    pub open: Vec<StillOpen>,
    /// Events that go whole.
    pub entries: usize,
    /// Entries about others or about nobody, of which the words that speak of this person go.
    pub words: Vec<EntryAt>,
    /// Rows of rosters.
    pub roster: usize,
    /// Rows of reports.
    pub readings: usize,
    /// Rows of reports that are others', of which the words that speak of this person go.
    pub row_words: usize,
    /// The sheets that these stand in.
    pub row_words_in: Vec<EntryAt>,
    /// Stays: words with the name alone, which others bear too.
    pub shared: Vec<EntryAt>,
    /// Stays: sheets with such a name in the row of somebody else.
    pub shared_rows: Vec<EntryAt>,
    /// Stays: entries in which something of theirs stands where no free words are, or in an earlier record of somebody else.
    pub kept: Vec<EntryAt>,
    /// Stays: units and outside contacts with a number or name of theirs.
    pub directory: Vec<EntryAt>,
    /// Stays: other people in whose own record a number, an address or a name of theirs stands.
    pub others: usize,
    /// Papers that lie outside, the newest first.
    pub papers: Vec<PaperOutside>,
    /// Backups that lie outside, the newest first.
    pub backups: Vec<BackupOutside>,
}

/// Somebody whose case was released so long ago that what the office holds of it may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EraseDueRow {
    /// Whom.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// When the last case was released.
    pub released_at: Ts,
    /// Whole days since.
    pub days: i64,
}

/// What became of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewritten {
    /// What was erased is gone from it; so many people.
    Done(usize),
    /// It holds nothing of anybody who was erased.
    Clean,
    /// It is sealed: without its passphrase or key nothing in it can be changed.
    Sealed,
    /// It is another office's.
    OtherOffice,
    /// It is no backup: an office at work, or another file.
    NoBackup,
    /// It holds somebody who was erased, and nothing tells whether it is an office at work or a backup of a former program.
    InUse,
    /// It does not verify, so that it was left as it is.
    Damaged,
}
