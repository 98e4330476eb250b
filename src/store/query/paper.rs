//! What papers about one person are cut from.

use super::card;
use super::dossier::dossier_in;
use super::face::{Face, face_in};
use super::log::log_in;
use super::release::recent_fever;
use super::rows::{CaseDetail, Dossier, LogQuery, LogRow};
use super::settings_in;
use crate::domain::ask::Doubt;
use crate::domain::case::Against;
use crate::domain::case::RecentFever;
use crate::domain::ids::{PersonId, Subject};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::event::Event;
use crate::store::Reader;
use rusqlite::{Connection, OptionalExtension};

/// Somebody looked at a person's masked numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Ts,
    /// Which officer.
    pub officer: String,
    /// Why.
    pub reason: String,
}

/// Everything known of one person, for paper (一人一档).
#[derive(Debug, Clone, PartialEq)]
pub struct DossierSheet {
    /// What stands on every paper.
    pub face: Face,
    /// The person.
    pub person: Dossier,
    /// Contradictions in what is known that may be asked in writing, the most pressing first.
    pub doubts: Vec<Doubt>,
    /// What was done about their cases, in time order: opened, changed and why, released and why.
    pub history: Vec<LogRow>,
    /// Who looked at their numbers, in time order.
    pub looks: Vec<Look>,
}

/// Everything known of a person, for paper.
///
/// # Errors
/// The database cannot be read.
pub fn dossier_sheet(reader: &Reader, person: PersonId, now: Ts) -> Result<Option<DossierSheet>> {
    let tx = reader.snapshot()?;
    let Some(known) = dossier_in(&tx, person, now)? else { return Ok(None) };
    let settings = settings_in(&tx)?;
    let (history, looks) = history(&tx, person)?;
    let mut doubts = card::doubts(&tx, &settings, person, now)?;
    doubts.retain(|doubt| !matches!(doubt, Doubt::Reported(doubt) if doubt.check.is_only_spoken_of()));
    Ok(Some(DossierSheet { face: face_in(&tx, now)?, doubts, person: known, history, looks }))
}

/// What was done about a person's cases, and who looked at their numbers; each in time order. What was taken back
/// did not happen to the case, but a look stays a look.
fn history(conn: &Connection, person: PersonId) -> Result<(Vec<LogRow>, Vec<Look>)> {
    let query = LogQuery { subject: Some(Subject::Person(person)), limit: u32::MAX, ..LogQuery::default() };
    let (mut history, mut looks) = (Vec::new(), Vec::new());
    let ops = log_in(conn, &query)?.rows.into_iter().rev();
    // One op may have done it of several people: of each only their own is told.
    let own = |row: &LogRow| row.event.names_person(person);
    for row in ops.flat_map(LogRow::one_by_one).filter(own) {
        match &row.event {
            Event::PersonalRevealed(e) => looks.push(Look {
                at: row.happened_at,
                officer: row.officer.clone(),
                reason: e.reason.clone(),
            }),
            Event::CaseOpened(_) | Event::CaseChanged(_) | Event::CaseReleased(_) if !row.undone => {
                history.push(row);
            }
            _ => {}
        }
    }
    Ok((history, looks))
}

/// What a release notice is cut from.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseSheet {
    /// What stands on every paper.
    pub face: Face,
    /// Whose case it is.
    pub person: PersonId,
    /// Staff or student number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Unit's name.
    pub unit: String,
    /// The case: the newest, released or not. None for a person who never had one.
    pub case: Option<CaseDetail>,
    /// The fever that stood against its release.
    pub fever: Option<RecentFever>,
}

/// The newest case of a person, for its release notice.
///
/// # Errors
/// The database cannot be read.
pub fn release_sheet(reader: &Reader, person: PersonId, now: Ts) -> Result<Option<ReleaseSheet>> {
    let tx = reader.snapshot()?;
    let found: Option<(String, String, String)> = tx
        .prepare_cached(
            "SELECT p.no, p.name, coalesce(u.name, '') FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit \
             WHERE p.id = ?1",
        )?
        .query_row([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((no, name, unit)) = found else { return Ok(None) };
    let face = face_in(&tx, now)?;
    let case = super::cases::cases_of(&tx, person, face.calendar.day(now))?.into_iter().next();
    // As of the moment of the release: what was measured later stood against nothing.
    let despite = case.as_ref().filter(|case| case.despite.contains(&Against::Fever));
    let fever = match despite.and_then(|case| case.released.as_ref()) {
        Some((at, ..)) => recent_fever(&tx, face.calendar, person, *at)?,
        None => None,
    };
    Ok(Some(ReleaseSheet { face, person, no, name, unit, case, fever }))
}
