//! What erasing a person would take, what lies outside, and whom the office might erase.

use super::settings_in;
use crate::domain::erase::{BackupOutside, EntryAt, EraseDueRow, ErasePreview, PaperOutside};
use crate::domain::ids::{DeskId, OpRef, PersonId, Subject};
use crate::domain::time::{HOUR, Ts};
use crate::error::{Error, Result};
use crate::i18n::erase as words;
use crate::i18n::store as say;
use crate::log::event::{Event, Removed};
use crate::log::wire;
use crate::store::{Reader, erase};
use rusqlite::{Connection, OptionalExtension, params};

const DAY: i64 = 24 * HOUR;

/// What erasing a person would take.
///
/// # Errors
/// There is nobody of this id; the database cannot be read.
pub fn erase_preview(reader: &Reader, person: PersonId) -> Result<ErasePreview> {
    let tx = reader.snapshot()?;
    let (no, name, unit): (String, String, String) = tx
        .prepare_cached(
            "SELECT p.no, p.name, coalesce(u.name, '') FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit \
             WHERE p.id = ?1",
        )?
        .query_row([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?
        .ok_or_else(|| Error::not_found(say::NO_PERSON))?;
    let plan = erase::plan(&tx, person)?;
    let sum = |of: fn(&Removed) -> usize| plan.ops().map(of).sum();
    let words = plan.ops().flat_map(|op| {
        let at = OpRef { desk: op.desk, seq: op.seq };
        op.words.iter().map(move |words| (at, words.idx))
    });
    let with_words = plan.ops().filter(|op| !op.reading_words.is_empty());
    let row_words = with_words.map(|op| (OpRef { desk: op.desk, seq: op.seq }, 0));
    let entries = |ops: &[(OpRef, i64)]| -> Result<Vec<EntryAt>> {
        ops.iter().map(|(op, idx)| entry(&tx, *op, *idx)).collect()
    };
    let (papers, backups) = outside(&tx, person)?;
    Ok(ErasePreview {
        person,
        no,
        name,
        unit,
        open: erase::open(&tx, person)?,
        entries: sum(|op| op.bodies.len()),
        words: entries(&words.collect::<Vec<_>>())?,
        roster: sum(|op| op.roster.len()),
        readings: sum(|op| op.readings.len()),
        row_words: sum(|op| op.reading_words.len()),
        row_words_in: entries(&row_words.collect::<Vec<_>>())?,
        shared: entries(&plan.shared)?,
        shared_rows: entries(&plan.shared_rows)?,
        kept: entries(&plan.kept)?,
        directory: entries(&plan.directory)?,
        others: plan.others,
        papers,
        backups,
    })
}

/// Refuses a reason that names the person: it stays in the log when they are gone.
///
/// # Errors
/// It names them; the database cannot be read.
pub fn erase_reason(reader: &Reader, person: PersonId, reason: &str) -> Result<()> {
    let tx = reader.snapshot()?;
    if erase::is_named_in(&tx, person, reason)? {
        return Err(Error::input(words::REASON_NAMES).hint(words::REASON_NAMES_HINT));
    }
    Ok(())
}

fn entry(conn: &Connection, op: OpRef, idx: i64) -> Result<EntryAt> {
    let (at, kind) = conn
        .prepare_cached(
            "SELECT o.happened_at, e.kind FROM log_event e JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq \
             JOIN log_desk d ON d.no = e.desk WHERE d.id = ?1 AND e.seq = ?2 AND e.idx = ?3",
        )?
        .query_row(params![op.desk, op.seq, idx], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(EntryAt { op, at, kind })
}

/// Papers and backups that were made since the office first knew the person, the newest first: they lie outside.
fn outside(conn: &Connection, person: PersonId) -> Result<(Vec<PaperOutside>, Vec<BackupOutside>)> {
    let mut query = conn.prepare_cached(
        "SELECT d.id, o.seq, o.happened_at, e.kind, e.version, b.body FROM log_event e \
         JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq JOIN log_desk d ON d.no = e.desk \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.kind IN ('paper.printed', 'backup.made', 'shift.closed') AND o.lamport > ( \
           SELECT coalesce(min(lamport), 0) FROM ( \
             SELECT min(lamport) AS lamport FROM cur_link WHERE kind = 2 AND id = ?1 \
             UNION ALL SELECT min(f.lamport) FROM log_roster_row r JOIN log_op f ON f.desk = r.desk AND f.seq = r.seq \
               WHERE r.person = ?1)) \
         ORDER BY o.lamport DESC",
    )?;
    let mut rows = query.query([person])?;
    let (mut papers, mut backups) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let op = OpRef { desk: row.get::<_, DeskId>(0)?, seq: row.get(1)? };
        let (at, kind, body): (Ts, String, String) = (row.get(2)?, row.get(3)?, row.get(5)?);
        match wire::read(&kind, row.get(4)?, &body) {
            Event::PaperPrinted(e) => {
                let own = e.subject == Some(Subject::Person(person));
                // What is about somebody else alone does not speak of this one.
                if own || !matches!(e.subject, Some(Subject::Person(_) | Subject::Contact(_))) {
                    papers.push(PaperOutside { op, at, paper: e.paper, to: e.to, own });
                }
            }
            // Its paper is written as a file with every handover, and names whom its items are about.
            Event::ShiftClosed(e) if e.frozen.is_some() => papers.push(PaperOutside {
                op,
                at,
                paper: "handover".to_owned(),
                to: "pdf".to_owned(),
                own: false,
            }),
            Event::BackupMade(e) => backups.push(BackupOutside { at, file: e.file }),
            _ => {}
        }
    }
    Ok((papers, backups))
}

/// Whom the office might erase: their last case was released as many days ago as the settings say, or more, and nothing
/// about them is open. Nobody when the settings say nothing.
///
/// # Errors
/// The database cannot be read.
pub fn erase_due(reader: &Reader, now: Ts) -> Result<Vec<EraseDueRow>> {
    let tx = reader.snapshot()?;
    let days = settings_in(&tx)?.retention_days;
    if days == 0 {
        return Ok(Vec::new());
    }
    let until = now.0.saturating_sub(i64::from(days).saturating_mul(DAY));
    let mut query = tx.prepare_cached(
        "SELECT c.person, p.no, p.name, coalesce(u.name, ''), max(c.released_at) FROM cur_case c \
         JOIN cur_person p ON p.id = c.person LEFT JOIN cur_unit u ON u.id = p.unit GROUP BY c.person \
         HAVING count(*) = count(c.released_at) AND max(c.released_at) <= ?1 ORDER BY max(c.released_at), p.no",
    )?;
    let mut rows = query.query([until])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (person, released_at): (PersonId, Ts) = (row.get(0)?, row.get(4)?);
        if erase::open(&tx, person)?.is_empty() {
            out.push(EraseDueRow {
                person,
                no: row.get(1)?,
                name: row.get(2)?,
                unit: row.get(3)?,
                released_at,
                days: (now.0 - released_at.0).div_euclid(DAY),
            });
        }
    }
    Ok(out)
}

/// Whether anybody was ever erased.
///
/// # Errors
/// The database cannot be read.
pub fn has_erased(reader: &Reader) -> Result<bool> {
    Ok(reader
        .conn
        .prepare_cached("SELECT 1 FROM log_event WHERE kind = 'person.erased' LIMIT 1")?
        .exists([])?)
}

/// How many people were erased since a roster was last taken in: somebody who is new in the next one may be one of them.
/// Nothing is kept by which they could be known again.
///
/// # Errors
/// The database cannot be read.
pub fn erased_since_roster(reader: &Reader) -> Result<usize> {
    let count: i64 = reader
        .conn
        .prepare_cached(
            "SELECT count(*) FROM log_event e JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq \
             WHERE e.kind = 'person.erased' AND o.lamport > ( \
               SELECT coalesce(max(s.lamport), 0) FROM log_op s JOIN log_event i ON i.desk = s.desk AND i.seq = s.seq \
               WHERE i.kind = 'sheet.imported' AND EXISTS ( \
                 SELECT 1 FROM log_roster_row r WHERE r.desk = s.desk AND r.seq = s.seq))",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}
