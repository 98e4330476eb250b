//! A spreadsheet → cells → form mapping → [`ImportPlan`]. Reads files and forms; writes nothing: the plan's
//! [`Import`](crate::store::act::Import) is committed by the store once the officer has seen it.
//!
//! [`prepare`] is the way in. Cells come from a child process under limits ([`cells`]), the form is found by
//! its headers ([`mapping`]), and the plan is made by pure functions from the cells and what is known
//! ([`mod@plan`]). Files that lie in a watched folder are recognised and put away by the [`inbox`]. A row is taken whole or refused whole; one bad row never spoils the others.
//!
//! What the sender cannot see (hidden sheets, rows and columns, what a filter holds back) is read and named; rows before
//! the header and blank rows are skipped, totals (合计) and signatures named.

pub mod cells;
mod days;
pub mod entries;
pub mod guess;
pub mod inbox;
pub mod ledgers;
pub mod mapping;
pub mod plan;
pub mod returned;
mod rival;
mod seen;

pub use cells::child::main as child_main;
pub use plan::back::look_back;
pub use plan::{ImportPlan, Rejected};

use crate::domain::form::What;
use crate::domain::ids::Mint;
use crate::domain::password::Passwords;
use crate::domain::report::Round;
use crate::domain::time::{Calendar, Ts};
use crate::error::{Error, Result};
use crate::i18n::intake as words;
use crate::store::query::roster::Roster;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The hidden subcommand by which the program starts itself to read cells.
pub const READ_CELLS: &str = "read-cells";

/// What the child is given instead of a kind of file, to try what it is kept from.
pub const TRY_CONFINED: &str = "try-confined";

/// What is known before an import.
pub type Known = Roster;

/// What the officer says besides the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For a report: the day it is for.
    pub day: Option<NaiveDate>,
    /// For a report: the round of that day.
    pub round: Round,
    /// The round was said, and is not the one that happens to be collected.
    pub round_said: bool,
    /// The unit (name, short name or code) of rows that name none.
    pub unit: Option<String>,
    /// The form, as `name` or `name-version`; found by the headers when absent.
    pub form: Option<String>,
    /// The folder of the office's own forms.
    pub form_dir: Option<PathBuf>,
    /// A sheet that corrects a report holds only the rows that change: whoever is not in it stays as reported.
    pub part: bool,
    /// Why reports that are already there are sent again.
    pub reason: String,
    /// The program that reads cells; this one when absent.
    pub program: Option<PathBuf>,
    /// Becomes true when the officer wants it to stop.
    pub stop: Option<Arc<AtomicBool>>,
    /// How long the reading of the file may take; [`cells::parent::PATIENCE`] when absent.
    pub patience: Option<Duration>,
    /// By which clock moments of another zone are read.
    pub calendar: Calendar,
    /// The passwords that it is tried with where it is locked.
    pub passwords: Passwords,
    /// What the file may cost; less than the usual only where the guards are tried.
    pub limits: cells::Limits,
}

/// Where an office keeps forms of its own: the folder `forms` beside its database, if there is one.
pub fn form_dir_beside(database: &Path) -> Option<PathBuf> {
    Some(database.with_file_name("forms")).filter(|folder| folder.is_dir())
}

/// Reads a file and plans its import. Nothing is written.
pub fn prepare(
    path: &Path,
    what: What,
    known: &Known,
    options: &Options,
    mint: &mut dyn Mint,
    now: Ts,
) -> Result<ImportPlan> {
    let ahead = |day: NaiveDate| Error::input(words::day_ahead(day)).hint(words::DAY_AHEAD_HINT);
    // Refused before the file is read, where it can be.
    if let Some(day) = options.day.filter(|day| what == What::Report && *day > latest_day(now)) {
        return Err(ahead(day));
    }
    let forms = mapping::load_forms(options.form_dir.as_deref())?;
    let patience = options.patience.unwrap_or(cells::parent::PATIENCE);
    let (program, stop) = (options.program.as_deref(), options.stop.as_deref());
    let cells = cells::parent::read(path, &options.passwords, program, stop, patience, options.limits)?;
    let file = cells::parent::file_name(path);
    let mark = if what == What::Report { returned::mark(&cells)? } else { None };
    let options = &*returned::said(options, mark.as_ref(), &forms, known)?;
    if what == What::Report {
        let day = options.day.ok_or_else(|| Error::input(words::DAY_MISSING))?;
        if day > latest_day(now) {
            return Err(ahead(day));
        }
    }
    plan(&cells, &file, what, &forms, known, options, mint, now)
}

/// The latest day that has begun anywhere: no clock is further ahead than UTC+14. A report for a day after it
/// is a slip of the date; which of the days around now is meant, the office's calendar need not decide here.
fn latest_day(now: Ts) -> NaiveDate {
    Calendar { utc_offset_min: 14 * 60, ..Calendar::default() }.date(now)
}

/// Plans the import of cells already read: the pure part of [`prepare`].
#[allow(
    clippy::too_many_arguments,
    reason = "what is read, what is known, what is wanted, and the two sources"
)]
pub fn plan(
    cells: &cells::Cells,
    file: &str,
    what: What,
    forms: &[crate::domain::form::Form],
    known: &Known,
    options: &Options,
    mint: &mut dyn Mint,
    now: Ts,
) -> Result<ImportPlan> {
    let day = options.day.filter(|_| what == What::Report);
    let mut chosen = mapping::choose(forms, what, cells, options.form.as_deref(), day)?;
    let today = options.calendar.date(now);
    if let Some(day) = day {
        // "2.16" beside "2.17": each is its own day's.
        chosen.other_days = inbox::recognise::sheets_of_other_days(cells, &chosen, day, today);
        for other in &chosen.other_days {
            chosen.sheets[*other].clear();
        }
    }
    let input = plan::Input { cells, file, chosen: &chosen, known, options, now };
    let mut made = match what {
        What::Roster => plan::roster::plan(&input, mint)?,
        What::Units => plan::units::plan(&input, mint)?,
        What::Report => plan::report::plan(&input)?,
    };
    if made.is_empty() {
        return Err(Error::file(words::no_rows(file)).hint(words::NO_ROWS_HINT));
    }
    // What is handed out says its own day, and when it must be back.
    if let Some(day) = day.filter(|_| !matches!(returned::mark(cells), Ok(Some(_)))) {
        let other = inbox::recognise::says_other_day(file, cells, &chosen, day, today);
        made.warnings.splice(0..0, other);
    }
    Ok(made)
}
