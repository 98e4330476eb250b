//! Who looked at what (谁看过): numbers that were shown, papers that left the office; by person and by officer.

use super::face::{Face, face_in};
use crate::domain::ids::{OfficerId, PersonId, Subject, UnitId};
use crate::domain::mask::masked_words;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::event::Event;
use crate::log::wire;
use crate::store::Reader;
use rusqlite::{Connection, OptionalExtension, params};

/// Whose looks are asked for; everybody's at everybody when nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccessQuery {
    /// At whom.
    pub person: Option<PersonId>,
    /// By whom.
    pub officer: Option<OfficerId>,
    /// Since when.
    pub since: Option<Ts>,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// The masked numbers of a person.
    Numbers,
    /// The number from which a call came.
    Caller,
    /// The numbers in an entry of a register.
    Entry,
    /// A paper was printed or written: which, and where to.
    Paper(String, String),
    /// Numbers were tried out by searching for parts of them: how many different parts.
    Probed(u32),
    /// What stood there was erased.
    Erased,
}

/// One look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// The op's number.
    pub seq: i64,
    /// When.
    pub at: Ts,
    /// By whom.
    pub officer: String,
    /// At what.
    pub what: Looked,
    /// Whose, as far as it is known.
    pub subject: Option<Subject>,
    /// Their number or code; empty when there is none.
    pub no: String,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who approved it; empty for nobody.
    pub approved_by: String,
}

/// The looks, for paper.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessSheet {
    /// What stands on every paper.
    pub face: Face,
    /// At whose data, when that was asked for: number and name.
    pub person: Option<(PersonId, String, String)>,
    /// By whom, when that was asked for.
    pub officer: String,
    /// Since when, when that was asked for.
    pub since: Option<Ts>,
    /// The looks, in time order.
    pub rows: Vec<AccessRow>,
}

/// Who looked at what, in time order.
///
/// # Errors
/// The database cannot be read.
pub fn access(reader: &Reader, query: &AccessQuery, now: Ts) -> Result<AccessSheet> {
    let tx = reader.snapshot()?;
    let person = match query.person {
        Some(id) => {
            let (no, name) = named(&tx, Subject::Person(id))?;
            Some((id, no, name))
        }
        None => None,
    };
    let officer = query.officer.map(|id| officer_name(&tx, id)).transpose()?.unwrap_or_default();
    let rows = rows(&tx, query)?;
    Ok(AccessSheet { face: face_in(&tx, now)?, person, officer, since: query.since, rows })
}

fn rows(conn: &Connection, query: &AccessQuery) -> Result<Vec<AccessRow>> {
    let mut events = conn.prepare_cached(
        "SELECT o.seq, o.recorded_at, o.officer, coalesce(f.name, ''), e.kind, e.version, b.body \
         FROM log_event e JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq \
         LEFT JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         LEFT JOIN cur_officer f ON f.id = o.officer \
         WHERE e.kind IN ('personal.revealed', 'number.revealed', 'entry.revealed', 'paper.printed', 'find.probed') \
           AND (?1 IS NULL OR o.officer = ?1) AND (?2 IS NULL OR o.recorded_at >= ?2) \
         ORDER BY o.lamport, o.desk, o.seq, e.idx",
    )?;
    let mut found = events.query(params![query.officer, query.since])?;
    let mut out = Vec::new();
    while let Some(row) = found.next()? {
        let (kind, version): (String, u16) = (row.get(4)?, row.get(5)?);
        let body: Option<String> = row.get(6)?;
        let Some(look) = look(conn, &kind, version, body.as_deref())? else { continue };
        if query.person.is_some_and(|person| look.subject != Some(Subject::Person(person))) {
            continue;
        }
        let (no, name) = look.subject.map(|subject| named(conn, subject)).transpose()?.unwrap_or_default();
        let approved_by = look.approved_by.map(|by| officer_name(conn, by)).transpose()?.unwrap_or_default();
        out.push(AccessRow {
            seq: row.get(0)?,
            at: row.get(1)?,
            officer: row.get(3)?,
            what: look.what,
            subject: look.subject,
            no,
            name,
            reason: look.reason,
            approved_by,
        });
    }
    Ok(out)
}

/// What one event says of a look.
struct Look {
    what: Looked,
    subject: Option<Subject>,
    reason: String,
    approved_by: Option<OfficerId>,
}

fn look(conn: &Connection, kind: &str, version: u16, body: Option<&str>) -> Result<Option<Look>> {
    let Some(body) = body else {
        let what = Looked::Erased;
        return Ok(Some(Look { what, subject: None, reason: String::new(), approved_by: None }));
    };
    Ok(match wire::read(kind, version, body) {
        Event::PersonalRevealed(e) => Some(Look {
            what: Looked::Numbers,
            subject: Some(Subject::Person(e.person)),
            reason: masked_words(&e.reason).into_owned(),
            approved_by: e.approved_by,
        }),
        Event::NumberRevealed(e) => {
            let person: Option<Option<PersonId>> = conn
                .prepare_cached("SELECT person FROM cur_followup WHERE id = ?1")?
                .query_row([e.followup], |row| row.get(0))
                .optional()?;
            let subject = person.flatten().map(Subject::Person);
            let reason = masked_words(&e.reason).into_owned();
            Some(Look { what: Looked::Caller, subject, reason, approved_by: e.approved_by })
        }
        Event::EntryRevealed(e) => {
            let unit: Option<Option<UnitId>> = conn
                .prepare_cached("SELECT unit FROM cur_entry WHERE id = ?1")?
                .query_row([e.entry], |row| row.get(0))
                .optional()?;
            let subject = unit.flatten().map(Subject::Unit);
            let reason = masked_words(&e.reason).into_owned();
            Some(Look { what: Looked::Entry, subject, reason, approved_by: e.approved_by })
        }
        Event::PaperPrinted(e) => Some(Look {
            what: Looked::Paper(e.paper, masked_words(&e.to).into_owned()),
            subject: e.subject,
            reason: String::new(),
            approved_by: None,
        }),
        Event::FindProbed(e) => Some(Look {
            what: Looked::Probed(e.count),
            subject: None,
            reason: String::new(),
            approved_by: None,
        }),
        _ => None,
    })
}

/// Number or code, and name, as they are now.
fn named(conn: &Connection, subject: Subject) -> Result<(String, String)> {
    let (sql, id) = match subject {
        Subject::Person(id) => ("SELECT no, coalesce(name, '') FROM cur_person WHERE id = ?1", id.0),
        Subject::Unit(id) => ("SELECT code, name FROM cur_unit WHERE id = ?1", id.0),
        Subject::Contact(id) => ("SELECT '', title FROM cur_contact WHERE id = ?1", id.0),
    };
    let found = conn.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.unwrap_or_default())
}

/// Who approved what an event tells, by name; empty where nobody did.
pub(super) fn approver_of(conn: &Connection, event: &Event) -> Result<String> {
    Ok(event.approved_by().map(|by| officer_name(conn, by)).transpose()?.unwrap_or_default())
}

pub(super) fn officer_name(conn: &Connection, officer: OfficerId) -> Result<String> {
    let mut query = conn.prepare_cached("SELECT name FROM cur_officer WHERE id = ?1")?;
    Ok(query.query_row([officer], |row| row.get(0)).optional()?.unwrap_or_default())
}
