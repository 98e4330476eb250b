//! Does the log still say what was written, and do the tables say what the log says?
//!
//! The chain is computed again from every event and row; every projection is built again beside the live one
//! and compared. A cut-off tail, or a whole older copy, shows only against a head kept elsewhere: the code
//! printed on a handover.

use super::erased::{ErasedRows, EventAt, Sheet, erased_bodies, erased_rows};
use super::load::{OP_HEAD, READING, ROSTER, op_head, reading, roster_row};
use super::{Reader, project, schema};
use crate::domain::ids::{DeskId, PersonId};
use crate::domain::person::PersonKind;
use crate::domain::report::Site;
use crate::error::Result;
use crate::log::OpHead;
use crate::log::chain::{self, Digest};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Ops, events and sheet rows that were looked at.
    pub ops: u64,
    /// Events.
    pub events: u64,
    /// Sheet rows.
    pub rows: u64,
    /// What is wrong with the log, the first few.
    pub faults: Vec<Fault>,
    /// How many faults the log has in all.
    pub faults_total: u64,
    /// Projection tables that differ from a rebuild, and in how many rows.
    pub differing: Vec<(String, u64)>,
    /// How a printed head compares, when one was given.
    pub head: Option<HeadFound>,
    /// The head as it now stands.
    pub head_now: String,
}

/// One fault of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The op's number on its desk; 0 for the file as a whole.
    pub seq: i64,
    /// What is wrong.
    pub what: FaultKind,
}

/// What can be wrong with the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The op's own head was changed.
    Head,
    /// The op does not follow the one before it: one is missing, added or moved.
    Order,
    /// An event, or its body, was changed, added or removed.
    Event,
    /// A sheet row was changed, added or removed.
    Row,
    /// An event or row without an op.
    Stray,
    /// The file itself is damaged.
    File,
}

/// How a printed head compares with the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadFound {
    /// The log still holds the op with this hash.
    Matches,
    /// The op is there with another hash: history was changed.
    Differs,
    /// The log ends before it: its end was cut off, or this is an older copy.
    Missing,
    /// This is not a head code.
    NotACode,
}

impl Report {
    /// Whether all is well.
    pub fn is_sound(&self) -> bool {
        self.faults_total == 0
            && self.differing.is_empty()
            && matches!(self.head, None | Some(HeadFound::Matches))
    }

    fn fault(&mut self, seq: i64, what: FaultKind) {
        self.faults_total += 1;
        if self.faults.len() < 20 {
            self.faults.push(Fault { seq, what });
        }
    }
}

/// Verifies the chain, rebuilds every projection beside the live ones and compares; compares the head when
/// one is given.
///
/// # Errors
/// The database cannot be read.
pub fn check(reader: &Reader, printed: Option<&str>) -> Result<Report> {
    let mut report = Report::default();
    let conn = &reader.conn;
    let tx = reader.snapshot()?;
    integrity(&tx, &mut report)?;
    let chain = Chain::load(&tx)?;
    chain.verify(&tx, &mut report)?;
    let desk = super::open::this_desk(&tx)?;
    let (seq, hash) = super::query::head_in(&tx, desk.no)?;
    report.head_now = chain::head_code(seq, &hash);
    report.head = printed.map(|code| compare_head(&tx, code)).transpose()?;
    drop(tx);
    match compare_projections(conn, &mut report) {
        // A damaged log may not fold; what is wrong with it is told already.
        Err(_) if report.faults_total > 0 => Ok(report),
        Err(error) => Err(error),
        Ok(()) => Ok(report),
    }
}

fn integrity(conn: &Connection, report: &mut Report) -> Result<()> {
    let answer: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer != "ok" {
        report.fault(0, FaultKind::File);
    }
    Ok(())
}

fn compare_head(conn: &Connection, code: &str) -> Result<HeadFound> {
    let Some((seq, _)) = chain::parse_head_code(code) else { return Ok(HeadFound::NotACode) };
    let mut query = conn.prepare("SELECT hash FROM log_op WHERE seq = ?1")?;
    let hashes = query.query_map([seq], |row| row.get::<_, Digest>(0))?;
    let mut found = HeadFound::Missing;
    for hash in hashes {
        // A restored copy holds several desks' ops of the same number: any of them may be the one printed.
        if chain::parse_head_code(&chain::head_code(seq, &hash?)) == chain::parse_head_code(code) {
            return Ok(HeadFound::Matches);
        }
        found = HeadFound::Differs;
    }
    Ok(found)
}

/// The secrets that row digests are keyed with.
struct Chain {
    secrets: HashMap<PersonId, [u8; 32]>,
    /// What was erased: it is gone, and nothing else is.
    bodies: HashMap<EventAt, Option<Digest>>,
    rows: HashMap<(i64, i64, Sheet), ErasedRows>,
}

impl Chain {
    fn load(conn: &Connection) -> Result<Self> {
        let mut query = conn.prepare("SELECT person, secret FROM local_secret")?;
        let secrets =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self { secrets, bodies: erased_bodies(conn)?, rows: erased_rows(conn)? })
    }

    fn verify(&self, conn: &Connection, report: &mut Report) -> Result<()> {
        let mut ops = conn.prepare(&format!(
            "SELECT {OP_HEAD}, o.desk, o.events, o.rows, o.rows_digest, o.prev, o.hash \
             FROM log_op o JOIN log_desk d ON d.no = o.desk ORDER BY o.desk, o.seq"
        ))?;
        let mut ends: HashMap<DeskId, (i64, i64, Digest)> = HashMap::new();
        let mut rows = ops.query([])?;
        while let Some(row) = rows.next()? {
            let head = op_head(row)?;
            let (desk, events, count): (i64, i64, i64) = (row.get(10)?, row.get(11)?, row.get(12)?);
            let (rows_digest, prev, hash): (Digest, Digest, Digest) =
                (row.get(13)?, row.get(14)?, row.get(15)?);
            report.ops += 1;
            let (last_seq, last_lamport, last_hash) =
                ends.get(&head.op.desk).copied().unwrap_or((0, 0, chain::GENESIS));
            if head.op.seq != last_seq + 1 || prev != last_hash || head.lamport <= last_lamport {
                report.fault(head.op.seq, FaultKind::Order);
            }
            ends.insert(head.op.desk, (head.op.seq, head.lamport, hash));
            self.verify_op(conn, &head, desk, (events, count), &rows_digest, &prev, &hash, report)?;
        }
        strays(conn, report)
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of one row, used once")]
    fn verify_op(
        &self,
        conn: &Connection,
        head: &OpHead,
        desk: i64,
        (events, count): (i64, i64),
        rows_digest: &Digest,
        prev: &Digest,
        hash: &Digest,
        report: &mut Report,
    ) -> Result<()> {
        let seq = head.op.seq;
        let digests = self.event_digests(conn, desk, seq, report)?;
        report.events += digests.len() as u64;
        if digests.len() as i64 != events {
            report.fault(seq, FaultKind::Event);
        }
        let found = self.row_digests(conn, desk, seq)?;
        report.rows += found.len() as u64;
        if found.len() as i64 != count || chain::rows_digest(&found) != *rows_digest {
            report.fault(seq, FaultKind::Row);
        }
        if chain::op_hash(prev, head, &digests, rows_digest) != *hash {
            report.fault(seq, FaultKind::Head);
        }
        Ok(())
    }

    fn row_digests(&self, conn: &Connection, desk: i64, seq: i64) -> Result<Vec<Digest>> {
        // A row whose person has no secret cannot verify: the empty key makes its digest wrong.
        let secret = |person: &PersonId| self.secrets.get(person).copied().unwrap_or_default();
        let gone = |sheet| self.rows.get(&(desk, seq, sheet)).cloned().unwrap_or_default();
        let mut found = gone(Sheet::Roster);
        let mut roster = conn.prepare_cached(&format!(
            "SELECT {ROSTER}, row FROM log_roster_row WHERE desk = ?1 AND seq = ?2 ORDER BY row"
        ))?;
        let mut rows = roster.query([desk, seq])?;
        while let Some(row) = rows.next()? {
            let read = roster_row(row, 0)?;
            let digest = chain::roster_digest(&secret(&read.person), &read);
            // What could not be read as it stands is not what was written, whatever the rest says.
            let digest = if is_plain(row, ROSTER_CODES)? { digest } else { chain::GENESIS };
            put(&mut found, row.get(13)?, digest);
        }
        let mut out: Vec<Digest> = found.into_values().collect();
        let mut found = gone(Sheet::Reading);
        let mut readings = conn.prepare_cached(&format!(
            "SELECT {READING}, r.row FROM log_reading r WHERE r.desk = ?1 AND r.seq = ?2 ORDER BY r.row"
        ))?;
        let mut rows = readings.query([desk, seq])?;
        while let Some(row) = rows.next()? {
            let (read, rest) = reading(row, 0)?;
            let digest = chain::reading_digest(&secret(&read.person), &read, &rest);
            put(
                &mut found,
                row.get(14)?,
                if is_plain(row, READING_CODES)? { digest } else { chain::GENESIS },
            );
        }
        out.extend(found.into_values());
        Ok(out)
    }

    /// The stored digests of an op's events, each compared with its body, or with what an erasure left of it.
    fn event_digests(
        &self,
        conn: &Connection,
        desk: i64,
        seq: i64,
        report: &mut Report,
    ) -> Result<Vec<Digest>> {
        let mut query = conn.prepare_cached(
            "SELECT e.kind, e.version, e.digest, b.nonce, b.body, e.idx FROM log_event e \
             LEFT JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             WHERE e.desk = ?1 AND e.seq = ?2 ORDER BY e.idx",
        )?;
        let mut rows = query.query([desk, seq])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let digest: Digest = row.get(2)?;
            let nonce: Option<[u8; 16]> = row.get(3)?;
            let body: Option<String> = row.get(4)?;
            let idx: i64 = row.get(5)?;
            let stands = match nonce.zip(body) {
                Some((nonce, body)) => {
                    let version: u16 = row.get(1).unwrap_or_default();
                    Some(chain::event_digest(&kind, version, &nonce, &body))
                }
                None => None,
            };
            let wanted = self.bodies.get(&(desk, seq, idx)).copied().unwrap_or(Some(digest));
            if stands != wanted || idx != out.len() as i64 {
                report.fault(seq, FaultKind::Event);
            }
            out.push(digest);
        }
        Ok(out)
    }
}

/// A row in the place of one that was erased is none that was written.
fn put(found: &mut ErasedRows, at: i64, digest: Digest) {
    found.entry(at).and_modify(|there| *there = chain::GENESIS).or_insert(digest);
}

/// Columns that are read leniently elsewhere, and what each may hold.
type Codes = &'static [(usize, fn(ValueRef<'_>) -> bool)];

const ROSTER_CODES: Codes = &[(5, |value| is_code(value, |code| PersonKind::from_code(code).is_some()))];

const READING_CODES: Codes = &[
    (5, |value| matches!(value, ValueRef::Integer(n) if u16::try_from(n).is_ok())),
    (6, is_temperature),
    (7, is_temperature),
    (8, |value| is_code(value, |code| Site::from_code(code).is_some())),
];

fn is_code(value: ValueRef<'_>, known: impl Fn(&str) -> bool) -> bool {
    matches!(value, ValueRef::Null) || value.as_str().is_ok_and(known)
}

fn is_temperature(value: ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Null) || value.as_i64().is_ok_and(|n| i16::try_from(n).is_ok())
}

fn is_plain(row: &Row<'_>, codes: Codes) -> Result<bool> {
    for (column, fits) in codes {
        if !fits(row.get_ref(*column)?) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Events, bodies and rows that no op holds.
fn strays(conn: &Connection, report: &mut Report) -> Result<()> {
    for table in ["log_event", "log_roster_row", "log_reading"] {
        let stray: Option<i64> = conn
            .query_row(
                &format!(
                    "SELECT t.seq FROM {table} t WHERE NOT EXISTS \
                     (SELECT 1 FROM log_op o WHERE o.desk = t.desk AND o.seq = t.seq) LIMIT 1"
                ),
                [],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(seq) = stray {
            report.fault(seq, FaultKind::Stray);
        }
    }
    let stray: Option<i64> = conn
        .query_row("SELECT seq FROM log_op WHERE desk NOT IN (SELECT no FROM log_desk) LIMIT 1", [], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(seq) = stray {
        report.fault(seq, FaultKind::Stray);
    }
    let stray: Option<i64> = conn
        .query_row(
            "SELECT b.seq FROM log_body b WHERE NOT EXISTS \
             (SELECT 1 FROM log_event e WHERE e.desk = b.desk AND e.seq = b.seq AND e.idx = b.idx) LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(seq) = stray {
        report.fault(seq, FaultKind::Stray);
    }
    Ok(())
}

/// Builds every projection in temporary tables and compares row by row.
fn compare_projections(conn: &Connection, report: &mut Report) -> Result<()> {
    // The reader forbids writing; temporary tables are this connection's own.
    conn.pragma_update(None, "query_only", false)?;
    let compared = compare_beside(conn, report);
    let tidied = schema::PROJECTION_TABLES
        .iter()
        .try_for_each(|table| conn.execute_batch(&format!("DROP TABLE IF EXISTS temp.{table}")));
    conn.pragma_update(None, "query_only", true)?;
    compared.and(tidied.map_err(Into::into))
}

fn compare_beside(conn: &Connection, report: &mut Report) -> Result<()> {
    let tx = conn.unchecked_transaction()?;
    project::build_beside(&tx)?;
    for table in schema::PROJECTION_TABLES {
        let differing: i64 = tx.query_row(
            &format!(
                "SELECT (SELECT count(*) FROM (SELECT * FROM main.{table} EXCEPT SELECT * FROM temp.{table})) \
                 + (SELECT count(*) FROM (SELECT * FROM temp.{table} EXCEPT SELECT * FROM main.{table}))"
            ),
            params![],
            |row| row.get(0),
        )?;
        if differing > 0 {
            report.differing.push(((*table).to_owned(), differing.unsigned_abs()));
        }
    }
    tx.commit()?;
    Ok(())
}
