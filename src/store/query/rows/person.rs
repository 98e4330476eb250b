//! People, and everything known of one.

use super::call::{CallRow, PromiseRow};
use super::case::CaseDetail;
use super::doubt::{Correction, DoubtEnd};
use super::ledger::EntryOf;
use crate::domain::doubt::Doubt;
use crate::domain::field::Field;
use crate::domain::finding::Finding;
use crate::domain::ids::{OpRef, PersonId, UnitId};
use crate::domain::mask::Private;
use crate::domain::person::PersonKind;
use crate::domain::report::{FormRef, Round, Site, degrees};
use crate::domain::time::Ts;
use chrono::NaiveDate;
use std::sync::Arc;

/// Order of the people table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleSort {
    /// By staff number.
    #[default]
    No,
    /// By the pinyin of the name.
    Name,
    /// By unit, then number.
    Unit,
}

/// Which people, in which order, which part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleQuery {
    /// Only those whose number, name, pinyin or initials contain this; empty for all.
    pub filter: String,
    /// Only this unit's (and those below it).
    pub unit: Option<UnitId>,
    /// Order.
    pub sort: PeopleSort,
    /// Turned round.
    pub descending: bool,
    /// The first row wanted.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

/// A part of the people table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeoplePage {
    /// How many match in all.
    pub total: u32,
    /// The first row's place.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<PersonRow>,
}

/// One line of the people table.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Identity.
    pub id: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// Own number.
    pub phone: Private,
    /// What the person is to the school.
    pub kind: Option<PersonKind>,
    /// Has an open case.
    pub has_case: bool,
    /// Today's highest temperature in tenths of a degree, if reported.
    pub temp: Option<i16>,
    /// Where on the body it was taken: what counts as a fever depends on it.
    pub site: Option<Site>,
}

/// Everything known of one person (一人一档).
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// Identity.
    pub id: PersonId,
    /// Number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<(UnitId, String)>,
    /// 男 or 女.
    pub sex: String,
    /// What the person is to the school.
    pub kind: Option<PersonKind>,
    /// Campus.
    pub campus: String,
    /// Own number.
    pub phone: Private,
    /// ID number.
    pub id_number: Private,
    /// Place of origin.
    pub origin: String,
    /// Address or room.
    pub address: String,
    /// Who answers for them.
    pub contact: String,
    /// Family's number.
    pub family_phone: Private,
    /// Readings, the newest day first.
    pub readings: Vec<ReadingRow>,
    /// What their sheets brought that is to be acted on, in the order of the days.
    pub findings: Vec<Finding>,
    /// Contradictions that are open, the most pressing first.
    pub doubts: Vec<Doubt>,
    /// What became of others, the newest first.
    pub doubts_ended: Vec<DoubtEnd>,
    /// Values of readings that were found to be otherwise.
    pub corrections: Vec<Correction>,
    /// Cases, the newest first.
    pub cases: Vec<CaseDetail>,
    /// Calls, the newest first.
    pub calls: Vec<CallRow>,
    /// Open promises, the soonest first.
    pub promises: Vec<PromiseRow>,
    /// Journeys as reported, the newest first.
    pub legs: Vec<LegRow>,
    /// Notes about them, the newest first.
    pub notes: Vec<NoteRow>,
    /// What ledgers hold of them, the newest first.
    pub entries: Vec<EntryOf>,
    /// How often their masked numbers were looked at.
    pub looks: u32,
}

impl Dossier {
    /// What was found to be otherwise in a reading that is in force.
    pub fn corrections_of<'a>(&'a self, reading: &'a ReadingRow) -> impl Iterator<Item = &'a Correction> {
        let of = |one: &&Correction| {
            (one.unit, one.day, &one.round) == (reading.unit, reading.day, &reading.round)
        };
        // What a later sheet says otherwise is corrected no more.
        let holds = |one: &&Correction| !reading.superseded && reading.said(&one.field) == one.old;
        self.corrections.iter().filter(of).filter(holds)
    }
}

/// One day's reading.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingRow {
    /// The unit whose report it stands in.
    pub unit: UnitId,
    /// The op that brought it.
    pub op: OpRef,
    /// The report's day.
    pub day: NaiveDate,
    /// The report's round.
    pub round: Round,
    /// Morning temperature, tenths of a degree.
    pub temp_am: Option<i16>,
    /// Afternoon temperature, tenths of a degree.
    pub temp_pm: Option<i16>,
    /// Where it was taken.
    pub site: Option<Site>,
    /// Place.
    pub place: String,
    /// In Hubei, as answered.
    pub in_hubei: Option<bool>,
    /// Left the city, as answered.
    pub left_city: Option<bool>,
    /// State as the form's code.
    pub status: String,
    /// The form it was read with.
    pub form: FormRef,
    /// The form's other columns: canonical field and value, unanswered ones left out.
    pub rest: Vec<(String, String)>,
    /// How the form describes those columns, for their words; nothing where it is not to be had.
    pub fields: Arc<[Field]>,
    /// Replaced by a later correction.
    pub superseded: bool,
}

impl ReadingRow {
    /// What was sent in a field, in its canonical text.
    pub(in crate::store::query) fn said(&self, field: &str) -> String {
        let answer = |said: Option<bool>| said.map_or("", |yes| if yes { "1" } else { "0" }).to_owned();
        match field {
            "temp_am" => self.temp_am.map(degrees).unwrap_or_default(),
            "temp_pm" => self.temp_pm.map(degrees).unwrap_or_default(),
            "place" => self.place.clone(),
            "in_hubei" => answer(self.in_hubei),
            "left_city" => answer(self.left_city),
            "status" => self.status.clone(),
            field => {
                let found = self.rest.iter().find(|(known, _)| known == field);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            }
        }
    }
}

/// One leg of a journey as a reading tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct LegRow {
    /// Left on.
    pub left: String,
    /// For.
    pub destination: String,
    /// Came back on.
    pub returned: String,
    /// By.
    pub transport: String,
    /// Train, flight or coach number.
    pub number: String,
    /// Carriage and seat.
    pub seat: String,
    /// Through Hubei, as answered.
    pub via_hubei: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteRow {
    /// When.
    pub at: Ts,
    /// Which officer.
    pub officer: String,
    /// The words.
    pub text: String,
}
