//! What the pure core asks of the runtime: [`Effect`]; the reads among them are [`Query`].

use super::paper::{Logged, PaperAsk};
pub use super::query::Query;
use crate::domain::columns::Choices;
use crate::domain::form::What;
use crate::domain::ids::{OfficerId, ShiftId, UnitId};
use crate::domain::inbox::Seen;
use crate::domain::password::{Password, Passwords};
use crate::domain::pin::Pin;
use crate::domain::report::Round;
use crate::domain::time::Ts;
use crate::paper::file::Format;
use crate::paper::print::Job;
use crate::say::Lang;
use crate::store::act::Act;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Something to be done outside the pure core. Nothing here blocks: answers come back as messages.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read; answer with `Loaded` or `LoadFailed` of the same generation.
    Load {
        /// What to read.
        query: Query,
        /// Hands the answer to its place; older ones are dropped.
        generation: u64,
    },
    /// Find anyone; answer with `Found`.
    Search {
        /// As typed.
        text: String,
        /// As in `Load`.
        generation: u64,
    },
    /// Write one act; answer with `Committed` or `CommitFailed`. One token is one op id: a retry after an
    /// unknown outcome, made by the runtime, uses the same.
    Commit {
        /// Names the commit in the answer.
        token: u64,
        /// Who acts.
        officer: OfficerId,
        /// What.
        act: Box<Act>,
        /// When it happened, if not now.
        happened_at: Option<Ts>,
    },
    /// Keep a draft on this machine.
    SaveDraft {
        /// Which form about what.
        key: String,
        /// Its fields.
        json: String,
    },
    /// The draft was committed or thrown away.
    DropDraft {
        /// Which.
        key: String,
    },
    /// Read a sheet and plan its import; answer with `Progress`, then `ImportPlanned` or `ImportFailed`. The
    /// runtime keeps the plan under the token until `RunImport` or `Cancel`.
    PlanImport {
        /// Names the plan.
        token: u64,
        /// Which file, as what.
        request: ImportRequest,
    },
    /// Say what the columns of a sheet seem to be; answer with `Columns` or `ImportFailed`.
    ReadColumns {
        /// Names the work.
        token: u64,
        /// Which file, as what.
        request: ImportRequest,
        /// What was said of them by now.
        said: Choices,
        /// BLAKE3 of the bytes that were looked at; empty where none were.
        seen: String,
        /// In which language a title is made.
        lang: Lang,
    },
    /// Keep what was said of a sheet's columns as a form; answer with `ColumnsKept` or `ImportFailed`.
    KeepColumns {
        /// Names the work.
        token: u64,
        /// Which file, as what.
        request: ImportRequest,
        /// What was said of them.
        said: Choices,
        /// BLAKE3 of the bytes that were looked at.
        seen: String,
        /// The form's name.
        name: String,
        /// Its title.
        title: String,
        /// The language of its comments.
        lang: Lang,
    },
    /// Commit a kept plan; answer with `Committed` or `CommitFailed`.
    RunImport {
        /// Which plan.
        token: u64,
        /// Who acts.
        officer: OfficerId,
        /// Why reports that are already there are sent again; may be empty.
        reason: String,
        /// When the sheet came, if not now.
        happened_at: Option<Ts>,
        /// Units of it that are left out.
        except: BTreeSet<UnitId>,
    },
    /// Something about the watched folder; answered with `Inbox`, `FilesDone` or `FileMessage`.
    Inbox(InboxTask),
    /// Stop the work of this token and forget its plan.
    Cancel {
        /// Which.
        token: u64,
    },
    /// Make a paper and lay it out; answer with `Progress`, then `Paged` or `PaperFailed`. The runtime keeps the paper
    /// under the token until `Cancel`.
    Preview {
        /// Names the paper.
        token: u64,
        /// Which.
        ask: PaperAsk,
        /// In which language.
        lang: Lang,
        /// Of whom it is in the log that their numbers were asked for. Numbers stand on the paper in full only when that
        /// is everybody on it.
        revealed: Logged,
    },
    /// Write a kept paper to a file; answer with `Notice`.
    WritePaper {
        /// Which paper.
        token: u64,
        /// Who: it is logged.
        officer: OfficerId,
        /// In which form.
        format: Format,
    },
    /// Write the sheets that units fill in, into a new folder; answer with `Notice`.
    WriteForms {
        /// Who: it is logged.
        officer: OfficerId,
        /// Of which units; of all that send reports where there is none.
        units: Vec<UnitId>,
        /// In which language.
        lang: Lang,
    },
    /// Print a kept paper, or write it where there is no printer; what the queue answers comes as `Notice`. The choice
    /// is kept on this machine.
    PrintPaper {
        /// Which paper.
        token: u64,
        /// Who: it is logged.
        officer: OfficerId,
        /// How.
        job: Job,
    },
    /// Which printers there are; answer with `Printers`.
    Printers {
        /// For which paper.
        token: u64,
    },
    /// Write and print the paper of a shift that was just handed over, as it was signed; answer with `Notice`.
    WriteHandover {
        /// Who hands over: it is logged.
        officer: OfficerId,
        /// Which shift.
        shift: ShiftId,
    },
    /// Take a backup beside the database; answer with `Notice`.
    Backup {
        /// Who takes it: it is logged.
        officer: OfficerId,
    },
    /// Put text on the clipboard (OSC 52).
    Copy(String),
    /// Ring the terminal's bell.
    Bell,
    /// Another officer sits at this terminal from now on.
    SwitchOfficer(OfficerId),
    /// Keep a search on this machine: it led somewhere.
    KeepSearch {
        /// As typed.
        text: String,
    },
    /// Count a find by a part of a personal number.
    Probe {
        /// By whom.
        officer: OfficerId,
        /// The digits.
        typed: String,
    },
    /// Keep this machine's language.
    KeepLang(Lang),
    /// The screen was locked: nothing that was drawn before stays.
    Lock,
    /// Whether an officer may unlock the screen; answer with `Unlocked` or `UnlockFailed`.
    Unlock {
        /// Names the question.
        token: u64,
        /// Who sat here.
        of: Option<OfficerId>,
        /// Who unlocks.
        officer: OfficerId,
        /// With which PIN.
        pin: Option<Pin>,
    },
    /// Give the terminal back and stop (Ctrl-Z); draw everything anew afterwards.
    Suspend,
    /// Draw everything anew (Ctrl-L).
    Redraw,
    /// End the desk.
    Quit,
}

/// Something to do about the files of the watched folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxTask {
    /// Look at it now.
    Look {
        /// In which language what goes back to senders is written.
        lang: Lang,
    },
    /// Take files in, one after another; answer with `Progress`, then `FilesDone`.
    Take {
        /// Names the work.
        token: u64,
        /// Who acts.
        officer: OfficerId,
        /// Which, as they were seen.
        files: Vec<Seen>,
        /// Why reports are sent again.
        reason: String,
        /// In which language what goes back is written.
        lang: Lang,
    },
    /// Send files back whole; answer as for `Take`.
    Return {
        /// Names the work.
        token: u64,
        /// Who acts.
        officer: OfficerId,
        /// Which, as they were seen.
        files: Vec<Seen>,
        /// Why; what is wrong with each when empty.
        reason: String,
        /// In which language what goes back is written.
        lang: Lang,
    },
    /// Go by what the officer says of a file.
    Say {
        /// Which.
        file: u64,
        /// What it is.
        said: InboxSaid,
    },
    /// Open a locked file with what was typed for it; answer with `FileOpened`. The next look has it, and tries the others.
    Unlock {
        /// Names the work.
        token: u64,
        /// Which.
        file: u64,
        /// What was typed.
        password: Password,
    },
    /// Try the locked files with what opened a sheet that lies elsewhere.
    Remember {
        /// What was typed for that.
        password: Password,
    },
    /// Let what was typed for locked files go.
    ForgetPasswords,
    /// The message to a file's sender; answer with `FileMessage`.
    Message {
        /// By name.
        file: String,
        /// In which language.
        lang: Lang,
    },
}

/// What the officer says of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxSaid {
    /// Of what kind it is.
    pub what: Option<What>,
    /// Whose rows are that name none, as typed; empty for nobody's.
    pub unit: String,
    /// Of which day.
    pub day: Option<NaiveDate>,
    /// Of which round.
    pub round: Option<Round>,
    /// Whether it holds but the rows that change, or the whole report.
    pub part: Option<bool>,
}

/// What a sheet is taken in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// A unit's daily report, or several.
    Report,
    /// People.
    Roster,
    /// Units.
    Units,
    /// Entries of a ledger.
    Ledger,
}

impl SheetKind {
    /// The code on the command line and in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Roster => "roster",
            Self::Units => "units",
            Self::Ledger => "ledger",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Report, Self::Roster, Self::Units, Self::Ledger].into_iter().find(|kind| kind.code() == code)
    }
}

/// Which file to take in, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRequest {
    /// What was typed for locked files, the last first.
    pub passwords: Passwords,
    /// As what.
    pub what: SheetKind,
    /// The file, as typed.
    pub path: String,
    /// For a report: the day.
    pub day: Option<NaiveDate>,
    /// For a report: the round.
    pub round: Option<Round>,
    /// The unit of a sheet without a unit column; empty for none.
    pub unit: String,
    /// A correction holds but the rows that change: the others stay as reported.
    pub part: bool,
    /// When the sheet came, if not now: what came in time is in time, however late it is taken in.
    pub happened_at: Option<Ts>,
    /// For entries of a ledger: which ledger.
    pub ledger: String,
    /// For entries of a ledger: rows that say what entries say that stand there are taken too.
    pub same: bool,
    /// The file lies in the watched folder, and is put away once it is in.
    pub inbox: bool,
}
