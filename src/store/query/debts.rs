//! What a unit owes the office: what a unit sheet is cut from.

use super::cases::cases_in;
use super::deadlines;
use super::dossier::{reports, unit_columns, unit_of};
use super::due::due_in;
use super::face::{Face, face_in};
use super::findings::findings_in;
use super::owed::{Owed, owing};
use super::people::people_in;
use super::rows::{CaseRow, ReportRow};
use super::settings_in;
use super::units::{Streaks, chases};
use crate::domain::ask::{self, Doubt, Known};
use crate::domain::case::CaseState;
use crate::domain::deadline::{Deadlines, in_play};
use crate::domain::doubt::{Check, Doubt as Reported};
use crate::domain::finding::Finding;
use crate::domain::ids::{PersonId, Subject, UnitId};
use crate::domain::item::{DueRow, DueState};
use crate::domain::office::Settings;
use crate::domain::order::natural;
use crate::domain::report::{ReportStatus, Round};
use crate::domain::time::{Ts, day_number};
use crate::domain::unit::Unit;
use crate::error::Result;
use crate::store::Reader;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// How many days back a unit sheet names the reports that came late.
const DAYS: i64 = 14;

/// What units owe, as of one snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct Debts {
    /// What stands on every paper.
    pub face: Face,
    /// Today.
    pub day: NaiveDate,
    /// The round that is being collected.
    pub round: Round,
    /// The office's rounds by name; empty when it has but one, which needs none.
    pub rounds: Vec<(Round, String)>,
    /// The units, by code.
    pub units: Vec<UnitDebts>,
}

/// What one unit owes.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitDebts {
    /// The unit as it stands.
    pub unit: Unit,
    /// Where the report stands that is being collected.
    pub status: ReportStatus,
    /// Reports that it owes, of whatever day, the oldest first.
    pub missing: Vec<Missing>,
    /// Reports of the last fortnight that came late, the oldest first.
    pub late: Vec<ReportRow>,
    /// Days in a row, up to the one before the day in force, on which its report was late or missing.
    pub streak: u32,
    /// People in it.
    pub people: u32,
    /// Of these, who are not in the sheet that came for the round in play; nobody where no sheet came.
    pub unread: Vec<OneOf>,
    /// Open cases among its people: due for release first.
    pub cases: Vec<CaseRow>,
    /// Promises, slots and contacts of the unit and its people that are due or will be today, in time order.
    pub due: Vec<DueRow>,
    /// Contradictions in what it reported of its people: what it is asked to correct.
    pub doubts: Vec<(OneOf, Vec<Doubt>)>,
}

impl UnitDebts {
    /// Whether anything is wanted of it now.
    pub fn owes(&self) -> bool {
        !self.missing.is_empty()
            || !self.unread.is_empty()
            || !self.doubts.is_empty()
            || self.cases.iter().any(|case| case.state == CaseState::DueForRelease)
            || self.due.iter().any(|row| row.state != DueState::Coming)
    }
}

/// A report that did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its day.
    pub day: NaiveDate,
    /// Its round.
    pub round: Round,
    /// When it was due.
    pub deadline: Option<Ts>,
    /// Calls made about it.
    pub chases: u32,
    /// Of the latest of these, how many in a row were not answered.
    pub unanswered: u32,
}

/// One of a unit's people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOf {
    /// Identity.
    pub id: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
}

/// What a unit owes, or every unit that has people or reports.
///
/// # Errors
/// The database cannot be read.
pub fn debts(reader: &Reader, which: Option<UnitId>, now: Ts) -> Result<Debts> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let (day, round) = match in_play(&settings, now) {
        Some((day, round, _)) => (day, round),
        None => (settings.calendar.day(now), Round::default()),
    };
    let rounds = settings.rounds.iter().filter(|_| settings.rounds.len() > 1).map(|known| {
        let name = if known.name.is_empty() { known.round.to_string() } else { known.name.clone() };
        (known.round.clone(), name)
    });
    let all = match which {
        Some(unit) => unit_of(&tx, unit)?.into_iter().collect(),
        None => every_unit(&tx)?,
    };
    let mut about = About::load(&tx, &settings, now)?;
    let look = Look { conn: &tx, day, round: &round, now };
    let mut units = Vec::with_capacity(all.len());
    for unit in all {
        units.push(look.unit(unit, &mut about)?);
    }
    Ok(Debts { face: face_in(&tx, now)?, day, rounds: rounds.collect(), round, units })
}

fn every_unit(conn: &Connection) -> Result<Vec<Unit>> {
    let (columns, unit) = unit_columns();
    let mut query = conn.prepare_cached(&format!("SELECT {columns} FROM cur_unit ORDER BY code"))?;
    let mut out: Vec<Unit> = query.query_map([], unit)?.collect::<rusqlite::Result<_>>()?;
    out.sort_by_cached_key(|unit| natural(&unit.code));
    Ok(out)
}

/// What is known of all units at once, each taken out when its turn comes.
struct About {
    deadlines: Deadlines,
    owed: HashMap<UnitId, Vec<Owed>>,
    cases: HashMap<UnitId, Vec<CaseRow>>,
    due: HashMap<UnitId, Vec<DueRow>>,
    /// Who has a case, of all units.
    has_case: HashSet<PersonId>,
    /// What must be asked about people, and was reported: by person.
    reported: HashMap<PersonId, Vec<Reported>>,
    /// What is to be acted on, by person.
    findings: HashMap<PersonId, Vec<Finding>>,
}

impl About {
    fn load(conn: &Connection, settings: &Settings, now: Ts) -> Result<Self> {
        let mut unit_of = conn.prepare_cached("SELECT unit FROM cur_person WHERE id = ?1")?;
        let mut unit_of = |person: PersonId| -> Result<Option<UnitId>> {
            Ok(unit_of.query_row([person], |row| row.get(0)).optional()?.flatten())
        };
        let deadlines = deadlines::load(conn, settings)?;
        let owing = owing(conn, settings.calendar, &deadlines, None, now)?;
        let mut out = Self {
            deadlines,
            owed: owing.into_iter().map(|unit| (unit.unit, unit.owed)).collect(),
            cases: HashMap::new(),
            has_case: HashSet::new(),
            due: HashMap::new(),
            reported: super::doubts::by_person(conn)?,
            findings: findings_in(conn)?.into_iter().map(|row| (row.person, row.found)).collect(),
        };
        for case in cases_in(conn, now, "c.released_at IS NULL")? {
            out.has_case.insert(case.person);
            if let Some(unit) = unit_of(case.person)? {
                out.cases.entry(unit).or_default().push(case);
            }
        }
        let today = settings.calendar.day(now);
        for row in due_in(conn, settings, now)? {
            let unit = match row.subject {
                Some(Subject::Unit(unit)) => Some(unit),
                Some(Subject::Person(person)) => unit_of(person)?,
                _ => None,
            };
            if let Some(unit) = unit.filter(|_| settings.calendar.day(row.at) <= today) {
                out.due.entry(unit).or_default().push(row);
            }
        }
        Ok(out)
    }
}

/// One look at the units: from where, and as of when.
struct Look<'a> {
    conn: &'a Connection,
    day: NaiveDate,
    round: &'a Round,
    now: Ts,
}

impl Look<'_> {
    fn unit(&self, unit: Unit, about: &mut About) -> Result<UnitDebts> {
        let rows = reports(self.conn, &about.deadlines, &unit, self.day, self.now)?;
        let status = rows.iter().find(|row| row.day == self.day && row.round == *self.round);
        let status = status.map_or(ReportStatus::NotExpected, |row| row.status);
        let recent = || rows.iter().rev().filter(|row| (self.day - row.day).num_days() < DAYS);
        let mut missing = Vec::new();
        for owed in about.owed.remove(&unit.id).unwrap_or_default() {
            let (chases, unanswered) = chases(self.conn, unit.id, owed.day, &owed.round)?;
            let deadline = Some(owed.due);
            missing.push(Missing { day: owed.day, round: owed.round, deadline, chases, unanswered });
        }
        let late = recent().filter(|row| row.status == ReportStatus::Late).cloned().collect();
        let doubts = self.doubts(unit.id, about)?;
        Ok(UnitDebts {
            status,
            missing,
            late,
            streak: Streaks::new(&about.deadlines, self.now).of(self.conn, unit.id)?,
            people: people_in(self.conn, unit.id)?,
            unread: self.unread(unit.id)?,
            cases: about.cases.remove(&unit.id).unwrap_or_default(),
            due: about.due.remove(&unit.id).unwrap_or_default(),
            doubts,
            unit,
        })
    }

    /// People who are not in the sheet that came.
    fn unread(&self, unit: UnitId) -> Result<Vec<OneOf>> {
        let mut query = self.conn.prepare_cached(
            "SELECT p.id, p.no, p.name FROM cur_report r JOIN cur_person p ON p.unit = r.unit \
             WHERE r.unit = ?1 AND r.day = ?2 AND r.round = ?3 AND r.form = 'rows' AND NOT EXISTS \
               (SELECT 1 FROM log_reading g WHERE g.person = p.id AND g.day = r.day AND g.round = r.round \
                AND g.desk = r.desk AND g.seq = r.seq) ORDER BY p.no_order",
        )?;
        let rows = query.query_map(params![unit, day_number(self.day), self.round.0], |row| {
            Ok(OneOf { id: row.get(0)?, no: row.get(1)?, name: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What is contradictory of the unit's people; that somebody is not in the sheet is told apart.
    fn doubts(&self, unit: UnitId, about: &mut About) -> Result<Vec<(OneOf, Vec<Doubt>)>> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id, no, name FROM cur_person WHERE unit = ?1 ORDER BY no_order")?;
        let people = query
            .query_map([unit], |row| Ok(OneOf { id: row.get(0)?, no: row.get(1)?, name: row.get(2)? }))?;
        let mut out = Vec::new();
        for person in people {
            let person = person?;
            let of = |all: &HashMap<PersonId, Vec<Finding>>| all.get(&person.id).cloned().unwrap_or_default();
            let mut reported = about.reported.get(&person.id).cloned().unwrap_or_default();
            // Who is not in the sheet is told apart; and this is a paper.
            reported
                .retain(|doubt| doubt.check != Check::MissingFromSheet && !doubt.check.is_only_spoken_of());
            let doubts = ask::doubts(&Known {
                today: self.day,
                has_case: about.has_case.contains(&person.id),
                findings: &of(&about.findings),
                reported: &reported,
                not_in_sheet: false,
            });
            if !doubts.is_empty() {
                out.push((person, doubts));
            }
        }
        Ok(out)
    }
}
