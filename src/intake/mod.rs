//! A spreadsheet → cells → form mapping → [`ImportPlan`]. Reads files and forms; writes nothing: the plan's
//! [`Import`](crate::store::act::Import) is committed by the store once the officer has seen it.
//!
//! [`prepare`] is the way in. Cells come from a child process under limits ([`cells`]), the form is found by
//! its headers ([`mapping`]), and the plan is made by pure functions from the cells and what is known
//! ([`plan`]). A row is taken whole or refused whole; one bad row never spoils the others.
//!
//! Hidden sheets are left out with a warning; rows before the header, blank rows and totals (合计) are skipped.

pub mod cells;
pub mod mapping;
pub mod plan;

pub use cells::child::main as child_main;
pub use plan::{ImportPlan, Rejected};

use crate::domain::form::What;
use crate::domain::ids::Mint;
use crate::domain::report::Round;
use crate::domain::time::Ts;
use crate::error::{Error, Result};
use crate::i18n::intake as words;
use crate::store::query::roster::Roster;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The hidden subcommand by which the program starts itself to read cells.
pub const READ_CELLS: &str = "read-cells";

/// What is known before an import.
pub type Known = Roster;

/// What the officer says besides the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For a report: the day it is for.
    pub day: Option<NaiveDate>,
    /// For a report: the round of that day.
    pub round: Round,
    /// The unit (name, short name or code) of rows that name none.
    pub unit: Option<String>,
    /// The form, as `name` or `name-version`; found by the headers when absent.
    pub form: Option<String>,
    /// The folder of the office's own forms.
    pub form_dir: Option<PathBuf>,
    /// Why reports that are already there are sent again.
    pub reason: String,
    /// The program that reads cells; this one when absent.
    pub program: Option<PathBuf>,
    /// Becomes true when the officer wants it to stop.
    pub stop: Option<Arc<AtomicBool>>,
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
    if what == What::Report && options.day.is_none() {
        return Err(Error::input(words::DAY_MISSING));
    }
    let forms = mapping::load_forms(options.form_dir.as_deref())?;
    let cells = cells::parent::read(path, options.program.as_deref(), options.stop.as_deref())?;
    let file = cells::parent::file_name(path);
    plan(&cells, &file, what, &forms, known, options, mint, now)
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
    let chosen = mapping::choose(forms, what, cells, options.form.as_deref())?;
    let input = plan::Input { cells, file, chosen: &chosen, known, options, now };
    let made = match what {
        What::Roster => plan::roster::plan(&input, mint)?,
        What::Units => plan::units::plan(&input, mint)?,
        What::Report => plan::report::plan(&input)?,
    };
    if made.is_empty() {
        return Err(Error::file(words::no_rows(file)).hint(words::NO_ROWS_HINT));
    }
    Ok(made)
}
