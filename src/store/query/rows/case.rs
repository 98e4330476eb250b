//! Cases, and people about whom something is to be acted on.

use crate::domain::ask::Doubt;
use crate::domain::case::{Against, CaseFacts, CaseState, Category, Measure, Observation, RecentFever};
use crate::domain::finding::Finding;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::slot::MissedDays;
use crate::domain::time::Ts;

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
    /// How the person was lately.
    pub lately: Lately,
}

/// How somebody under observation was lately.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lately {
    /// The last temperatures, tenths of a degree Celsius, the oldest first.
    pub temps: Vec<i16>,
    /// The last one is a fever.
    pub fever: bool,
    /// A report of today or yesterday, or the last call of a day, says that they are unwell.
    pub unwell: bool,
}

impl Lately {
    /// Who is to be looked at first: the least.
    pub fn rank(&self) -> u8 {
        match self {
            Self { fever: true, .. } => 0,
            Self { unwell: true, .. } => 1,
            _ => 2,
        }
    }
}

/// How the whole school fared day by day, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trends {
    /// The first of the days.
    pub first: chrono::NaiveDate,
    /// Cases open at the end of each day; of today, now.
    pub open: Vec<u32>,
    /// Cases opened on each.
    pub opened: Vec<u32>,
    /// People whose report of the day has a fever.
    pub fevers: Vec<u32>,
    /// A report of today has come: before that nobody knows how many have a fever.
    pub begun: bool,
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
