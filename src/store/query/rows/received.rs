//! One received report, opened: its versions, and who stands in one of them with what.

use super::doubt::Correction;
use super::masked::{Mask, hide};
use super::person::ReadingRow;
use crate::domain::doubt::Doubt;
use crate::domain::ids::{OpRef, PersonId, UnitId};
use crate::domain::mask::Private;
use crate::domain::report::{Excuse, FormRef, ReportForm, ReportKey, ReportStatus, Standing};
use crate::domain::time::Ts;

/// Which report is opened, and which version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedAsk {
    /// Which report.
    pub of: ReportOf,
    /// Which version.
    pub version: ReportVersion,
}

/// Which report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportOf {
    /// This one.
    Key(ReportKey),
    /// The newest that came from a unit.
    Newest(UnitId),
    /// What an op brought: one report, or those of several units.
    Op(OpRef),
}

/// Which version of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReportVersion {
    /// The one in force: the last that came.
    #[default]
    InForce,
    /// By its number, from 1.
    Nth(u32),
    /// The one that an op brought; the one in force where that was taken back.
    Op(OpRef),
}

/// What was found of what was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Received {
    /// Nothing came, or what came was taken back.
    Nothing,
    /// The op brought several reports.
    Several(Vec<BroughtRow>),
    /// One report.
    One(Box<ReceivedSheet>),
}

/// One of several reports that came at once.
#[derive(Debug, Clone, PartialEq)]
pub struct BroughtRow {
    /// Which.
    pub key: ReportKey,
    /// The op that brought it.
    pub op: OpRef,
    /// The unit's code.
    pub code: String,
    /// The unit's name.
    pub name: String,
    /// Pinyin keys of the name.
    pub keys: String,
    /// How it came.
    pub form: ReportForm,
    /// Its rows.
    pub rows: u32,
    /// Why it was sent again; empty for a first version.
    pub reason: String,
}

/// One report in one of its versions.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedSheet {
    /// Which report.
    pub key: ReportKey,
    /// The unit's code.
    pub code: String,
    /// The unit's name.
    pub unit: String,
    /// Where the report stands: by when its first version came.
    pub status: ReportStatus,
    /// By which deadline that is judged; none where no such round was expected.
    pub deadline: Option<Ts>,
    /// That it was excused or written off, before it came after all: how, and why.
    pub excused: Option<(Excuse, String)>,
    /// Every version that stands, the first one first. Never empty.
    pub versions: Vec<VersionRow>,
    /// Which of them is opened, by its place.
    pub shown: usize,
    /// Its rows in the order of the sheet; behind them those who went since the version before, and those of the unit who
    /// are not in it.
    pub rows: Vec<ReceivedRow>,
    /// Open doubts about the unit itself.
    pub doubts: Vec<Doubt>,
}

/// One version of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// Its number, from 1.
    pub n: u32,
    /// The op that brought it.
    pub op: OpRef,
    /// When it came.
    pub happened_at: Ts,
    /// When that was written down.
    pub recorded_at: Ts,
    /// Who took it in.
    pub officer: String,
    /// How it came.
    pub form: ReportForm,
    /// The form it was read with, where it came as a sheet.
    pub read_with: Option<FormRef>,
    /// From which file; empty where it came without one.
    pub file: String,
    /// Why it was sent again; empty for the first.
    pub reason: String,
    /// How many rows it had.
    pub rows: u32,
    /// It came after the deadline.
    pub late: bool,
}

/// One person in a report, or missing in it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedRow {
    /// Who.
    pub person: PersonId,
    /// How they stand to this version.
    pub standing: Standing,
    /// The row's number in the sheet, from 1; 0 for who is not in it.
    pub place: u32,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Pinyin keys of the name.
    pub keys: String,
    /// The person's own unit, where it is another than the report's; else empty.
    pub unit: String,
    /// The person's own number.
    pub phone: Private,
    /// What was filled in; of who went, what stood in the version before; none for who is missing.
    pub reading: Option<ReadingRow>,
    /// Which values are otherwise than in the version before.
    pub changed: Vec<Changed>,
    /// Which were found to be otherwise since.
    pub corrected: Vec<Correction>,
    /// What is doubted of it and still open.
    pub doubts: Vec<Doubt>,
}

/// A value that is otherwise than in the version before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which field.
    pub field: String,
    /// What it said.
    pub old: String,
    /// What it says.
    pub new: String,
}

impl ReceivedSheet {
    /// The version that is opened.
    pub fn version(&self) -> Option<&VersionRow> {
        self.versions.get(self.shown)
    }

    /// It is the one in force.
    pub fn is_in_force(&self) -> bool {
        self.shown + 1 == self.versions.len()
    }

    /// How many rows of it were erased with the people they were of: they are counted and say nothing.
    pub fn erased(&self) -> u32 {
        let held = self.rows.iter().filter(|row| row.is_in_sheet()).count() as u32;
        self.version().map_or(0, |version| version.rows.saturating_sub(held))
    }
}

impl ReceivedRow {
    /// It stands in the version that is opened.
    pub fn is_in_sheet(&self) -> bool {
        matches!(self.standing, Standing::Listed | Standing::Added)
    }

    /// It is otherwise than in the version before, or was found to be otherwise since.
    pub fn is_changed(&self) -> bool {
        matches!(self.standing, Standing::Added | Standing::Dropped)
            || !self.changed.is_empty()
            || !self.corrected.is_empty()
    }
}

impl Mask for ReceivedRow {
    fn mask(&mut self) {
        if let Some(reading) = &mut self.reading {
            hide(&mut reading.place);
            reading.rest.iter_mut().for_each(|(_, value)| hide(value));
        }
        for one in &mut self.changed {
            hide(&mut one.old);
            hide(&mut one.new);
        }
        for one in &mut self.corrected {
            hide(&mut one.old);
            hide(&mut one.new);
            hide(&mut one.told_by);
        }
    }
}
