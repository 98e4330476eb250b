//! What the log's filter finds: each of its words in the words of an op, or in the names of those it speaks of.
//!
//! The words of an op are put together when they are asked for, in both languages, as they are shown: no projection holds
//! a translated word. So a word may stand in what is translated, in what somebody wrote, or where the two meet.

use super::access::approver_of;
use super::people::escaped;
use super::rows::LogQuery;
use crate::domain::ids::{OfficerId, Subject};
use crate::domain::phone::{SHORTEST, digits};
use crate::error::Result;
use crate::i18n::erase::GONE;
use crate::i18n::events::event_line_named;
use crate::log::{Entity, wire};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashSet;

/// An op: its desk's short number, and its own there.
pub(super) type At = (i64, i64);

/// How many of an op's events are looked through: an import holds one for each unit.
const EVENTS_IN_WORDS: i64 = 8;

/// The ops that match, the newest first.
pub(super) fn matching(conn: &Connection, query: &LogQuery) -> Result<Vec<At>> {
    let sought =
        query.filter.split_whitespace().map(|word| Sought::of(conn, word)).collect::<Result<Vec<_>>>()?;
    let (condition, values) = about(query.subject);
    let mut ops = conn.prepare_cached(&format!(
        "SELECT o.desk, o.seq, o.officer FROM log_op o WHERE {condition} \
         ORDER BY o.lamport DESC, o.desk DESC, o.seq DESC"
    ))?;
    let mut ops = ops.query(params_from_iter(values))?;
    let (mut found, mut text) = (Vec::new(), String::new());
    while let Some(row) = ops.next()? {
        let at = (row.get(0)?, row.get(1)?);
        let officer: Option<OfficerId> = row.get(2)?;
        let unseen: Vec<&Sought> = sought.iter().filter(|word| !word.names(at, officer)).collect();
        if !unseen.is_empty() {
            words(conn, at, &mut text)?;
        }
        if unseen.iter().all(|word| text.contains(&word.text)) {
            found.push(at);
        }
    }
    Ok(found)
}

/// The condition over `log_op o` that it is about somebody, with its values.
pub(super) fn about(subject: Option<Subject>) -> (String, Vec<Value>) {
    let Some(subject) = subject else { return ("1".to_owned(), Vec::new()) };
    let rows = match subject {
        Subject::Person(_) => " UNION SELECT desk, seq FROM log_roster_row WHERE person = ?1",
        Subject::Unit(_) | Subject::Contact(_) => "",
    };
    let kind = Entity::from(subject).kind();
    let condition =
        format!("(o.desk, o.seq) IN (SELECT desk, seq FROM cur_link WHERE kind = {kind} AND id = ?1{rows})");
    (condition, vec![Value::Blob(subject.id().as_bytes().to_vec())])
}

/// A word that is looked for, and where it stands other than in an op's own words.
struct Sought {
    /// In small letters, as far as they are ASCII.
    text: String,
    /// In the names of these.
    officers: HashSet<OfficerId>,
    /// In the names of those these speak of, in the number of their call, or in what is said of what was erased.
    ops: HashSet<At>,
}

impl Sought {
    fn of(conn: &Connection, word: &str) -> Result<Self> {
        let like = format!("%{}%", escaped(word));
        let mut sought =
            Self { text: word.to_ascii_lowercase(), officers: HashSet::new(), ops: HashSet::new() };
        let mut officers =
            conn.prepare_cached("SELECT id FROM cur_officer WHERE name LIKE ?1 ESCAPE '\\'")?;
        for officer in officers.query_map([&like], |row| row.get(0))? {
            sought.officers.insert(officer?);
        }
        sought.ops(conn, NAMED, &like)?;
        // A call is found by its number too, however that was written: its line shows it with its middle hidden.
        let number = digits(word);
        if number.len() >= SHORTEST {
            sought.ops(conn, CALLED, &number)?;
        }
        if [GONE.zh, GONE.en].iter().any(|gone| gone.contains(&sought.text)) {
            sought.ops(conn, ERASED, "")?;
        }
        Ok(sought)
    }

    fn ops(&mut self, conn: &Connection, sql: &str, value: &str) -> Result<()> {
        let mut query = conn.prepare_cached(sql)?;
        for at in query.query_map([value], |row| Ok((row.get(0)?, row.get(1)?)))? {
            self.ops.insert(at?);
        }
        Ok(())
    }

    fn names(&self, at: At, officer: Option<OfficerId>) -> bool {
        self.ops.contains(&at) || officer.is_some_and(|officer| self.officers.contains(&officer))
    }
}

/// Ops that speak of somebody, by their name, number or code. People are many, and few of them are spoken of; units and
/// contacts are few.
const NAMED: &str = "SELECT l.desk, l.seq FROM cur_link l CROSS JOIN cur_person p ON p.id = l.id \
       WHERE l.kind = 2 AND (p.name LIKE ?1 ESCAPE '\\' OR p.no LIKE ?1 ESCAPE '\\') \
     UNION ALL SELECT l.desk, l.seq FROM cur_unit u CROSS JOIN cur_link l ON l.kind = 3 AND l.id = u.id \
       WHERE u.name LIKE ?1 ESCAPE '\\' OR u.code LIKE ?1 ESCAPE '\\' \
     UNION ALL SELECT l.desk, l.seq FROM cur_contact x CROSS JOIN cur_link l ON l.kind = 10 AND l.id = x.id \
       WHERE x.title LIKE ?1 ESCAPE '\\'";

/// Calls from or to a number.
const CALLED: &str = "SELECT desk, seq FROM cur_followup \
     WHERE digits <> '' AND substr(digits, -7) = substr(?1, -7) AND digits = ?1";

/// Ops of which an event is gone.
const ERASED: &str = "SELECT o.desk, o.seq FROM log_op o WHERE ?1 = '' AND o.events > \
     (SELECT count(*) FROM log_body b WHERE b.desk = o.desk AND b.seq = o.seq)";

/// Puts an op into words: the kind of each of its events, and its line in both languages.
fn words(conn: &Connection, (desk, seq): At, text: &mut String) -> Result<()> {
    text.clear();
    let mut events = conn.prepare_cached(
        "SELECT e.kind, e.version, b.body FROM log_event e \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.desk = ?1 AND e.seq = ?2 ORDER BY e.idx LIMIT ?3",
    )?;
    let mut events = events.query([desk, seq, EVENTS_IN_WORDS])?;
    while let Some(row) = events.next()? {
        let kind = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let body = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let event = wire::read(kind, row.get(1)?, body);
        let line = event_line_named(&event, &approver_of(conn, &event)?);
        for part in [kind, &line.zh, &line.en] {
            text.push_str(part);
            text.push('\n');
        }
    }
    text.make_ascii_lowercase();
    Ok(())
}
