//! What was erased, as the check and the readers of the log must know it: a body or row may be missing, or stand with
//! words taken out, exactly where an erasure names it.

mod left;

pub(super) use left::{keep_left, left_beyond};

use super::project::desk_no;
use crate::domain::ids::{DeskId, OpRef};
use crate::error::Result;
use crate::log::chain::{self, Digest};
use crate::log::event::{Event, PersonErased};
use crate::log::wire;
use left::Beyond;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, HashMap, HashSet};

/// An event: this file's number of its desk, the op's number, its place in the op.
pub(super) type EventAt = (i64, i64, i64);

/// The sheets that have rows in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sheet {
    /// `log_roster_row`.
    Roster,
    /// `log_reading`.
    Reading,
}

impl Sheet {
    /// As kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Reading => "reading",
        }
    }

    fn from_code(code: &str) -> Self {
        if code == "roster" { Self::Roster } else { Self::Reading }
    }
}

/// The rows that were erased of an op's sheet, by their place in it. Their digests, with those of the other rows, in the
/// order of their places, make the op's digest over its rows: the roster's first.
pub(super) type ErasedRows = BTreeMap<i64, ErasedRow>;

/// A row that was erased, whole or in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ErasedRow {
    /// The digest that it was written with.
    pub digest: Digest,
    /// What may stand in its place.
    pub remains: Remains,
}

/// What may stand in place of an erased row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remains {
    /// Nothing: all of it went.
    Nothing,
    /// The row of this digest: words went.
    This(Digest),
    /// Whatever stands there: the erasure that says so is beyond the end of this copy, and former programs did not keep
    /// what it left.
    Unknown,
}

impl ErasedRow {
    /// The digest of the written row, when what stands in its place is right; else one that fits nothing.
    pub fn with(self, stands: Option<Digest>) -> Digest {
        let right = match self.remains {
            Remains::Nothing => stands.is_none(),
            Remains::This(digest) => stands == Some(digest),
            Remains::Unknown => true,
        };
        if right { self.digest } else { chain::GENESIS }
    }
}

/// Every row that was erased, by desk, op and sheet.
pub(super) fn erased_rows(conn: &Connection) -> Result<HashMap<(i64, i64, Sheet), ErasedRows>> {
    let named = Named::load(conn)?;
    let mut query = conn.prepare(
        "SELECT desk, seq, sheet, row, digest, by_desk, by_seq FROM log_erased_row ORDER BY desk, seq, sheet, row",
    )?;
    let mut rows = query.query([])?;
    let mut out: HashMap<_, ErasedRows> = HashMap::new();
    // The later erasure is the last word; one that takes all is so whenever it came.
    let mut latest: HashMap<(i64, i64, Sheet, i64), i64> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (desk, seq, at) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let sheet = Sheet::from_code(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?);
        let by = OpRef { desk: row.get(5)?, seq: row.get(6)? };
        let Some((lamport, remains)) = named.row(by, (desk, seq), sheet, at) else { continue };
        let place = out.entry((desk, seq, sheet)).or_default();
        let known = place.entry(at).or_insert(ErasedRow { digest: row.get(4)?, remains });
        let before = latest.entry((desk, seq, sheet, at)).or_insert(lamport);
        if remains == Remains::Nothing || (known.remains != Remains::Nothing && lamport >= *before) {
            (known.remains, *before) = (remains, lamport);
        }
    }
    Ok(out)
}

/// What may stand in place of an erased body: nothing, or the body whose digest this is (made with its kind, its version,
/// a nonce of zeros and the body that remains). Bodies that are not in the map must be as they were written.
pub(super) fn erased_bodies(conn: &Connection) -> Result<HashMap<EventAt, Option<Digest>>> {
    let named = Named::load(conn)?;
    let mut query = conn.prepare("SELECT desk, seq, idx, remains, by_desk, by_seq FROM log_erased")?;
    let mut rows = query.query([])?;
    // The later erasure is the last word; one that takes all is so whenever it came.
    let mut out: HashMap<EventAt, (i64, Option<Digest>)> = HashMap::new();
    while let Some(row) = rows.next()? {
        let at: EventAt = (row.get(0)?, row.get(1)?, row.get(2)?);
        let remains: Option<Digest> = row.get(3)?;
        let by = OpRef { desk: row.get(4)?, seq: row.get(5)? };
        let Some(lamport) = named.body(by, at, remains.is_some()) else { continue };
        let entry = out.entry(at).or_insert((lamport, remains));
        if remains.is_none() {
            entry.1 = None;
        } else if entry.1.is_some() && lamport >= entry.0 {
            *entry = (lamport, remains);
        }
    }
    Ok(out.into_iter().map(|(at, (_, remains))| (at, remains)).collect())
}

/// Whether an erasure names any part of this op.
pub(super) fn touches(conn: &Connection, desk: i64, seq: i64) -> Result<bool> {
    Ok(conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM log_erased WHERE desk = ?1 AND seq = ?2) \
             OR EXISTS (SELECT 1 FROM log_erased_row WHERE desk = ?1 AND seq = ?2)",
        )?
        .query_row([desk, seq], |row| row.get(0))?)
}

/// Every erasure of the log, in order.
pub(super) fn erasures(conn: &Connection) -> Result<Vec<(OpRef, i64, PersonErased)>> {
    let mut query = conn.prepare(
        "SELECT d.id, e.seq, o.lamport, e.kind, e.version, b.body FROM log_event e \
         JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq JOIN log_desk d ON d.no = e.desk \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         WHERE e.kind = 'person.erased' ORDER BY o.lamport, e.desk, e.seq",
    )?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, body): (String, String) = (row.get(3)?, row.get(5)?);
        if let Event::PersonErased(e) = wire::read(&kind, row.get(4)?, &body) {
            out.push((OpRef { desk: row.get(0)?, seq: row.get(1)? }, row.get(2)?, e));
        }
    }
    Ok(out)
}

/// What the mark of a copy says of one that was written anew after an erasure.
pub(super) const REWRITTEN: &str = "rewritten";

/// Whether this file is a backup that was written anew after an erasure.
pub(super) fn is_rewritten(conn: &Connection) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM local_value WHERE key = 'copy' AND value = ?1")?
        .exists([REWRITTEN])?)
}

/// The digest of everything that is named here as gone by erasures beyond the end of the log; nothing when nothing is.
pub(super) fn beyond_digest(conn: &Connection) -> Result<Option<String>> {
    let mut query = conn.prepare(
        "SELECT d.id, x.seq, x.sheet, x.place, x.by_desk, x.by_seq, x.digest FROM (
           SELECT desk, seq, '' AS sheet, idx AS place, by_desk, by_seq, coalesce(remains, x'') AS digest FROM log_erased
           UNION ALL SELECT desk, seq, sheet, row, by_desk, by_seq, digest FROM log_erased_row) x
         JOIN log_desk d ON d.no = x.desk
         WHERE x.by_seq > (SELECT coalesce(max(o.seq), 0) FROM log_op o JOIN log_desk b ON b.no = o.desk WHERE b.id = x.by_desk)
         ORDER BY d.id, x.seq, x.sheet, x.place, x.by_desk, x.by_seq",
    )?;
    let mut rows = query.query([])?;
    let mut hasher = blake3::Hasher::new();
    let mut any = false;
    while let Some(row) = rows.next()? {
        any = true;
        for at in 0..7 {
            let (kind, bytes) = match row.get_ref(at)? {
                ValueRef::Integer(n) => (b'i', n.to_be_bytes().to_vec()),
                ValueRef::Text(text) => (b't', text.to_vec()),
                ValueRef::Blob(bytes) => (b'b', bytes.to_vec()),
                ValueRef::Real(_) | ValueRef::Null => (b'n', Vec::new()),
            };
            hasher.update(&[kind]);
            hasher.update(&(bytes.len() as u64).to_be_bytes());
            hasher.update(&bytes);
        }
    }
    Ok(any.then(|| hasher.finalize().to_hex().to_string()))
}

/// What the erasures of the log name, and how far the log of each desk goes.
struct Named {
    /// The erasing ops by their logical time.
    lamport: HashMap<OpRef, i64>,
    bodies: HashSet<(OpRef, EventAt, bool)>,
    rows: HashMap<(OpRef, (i64, i64), Sheet, i64), Remains>,
    ends: HashMap<DeskId, i64>,
    /// What erasures beyond the end may name here.
    beyond: Option<Beyond>,
}

impl Named {
    fn load(conn: &Connection) -> Result<Self> {
        let mut out = Self {
            lamport: HashMap::new(),
            bodies: HashSet::new(),
            rows: HashMap::new(),
            ends: HashMap::new(),
            beyond: None,
        };
        if !any(conn)? {
            return Ok(out);
        }
        out.beyond = left::beyond(conn)?;
        for (by, lamport, erased) in erasures(conn)? {
            out.lamport.insert(by, lamport);
            for op in &erased.removed {
                let Some(desk) = desk_no(conn, OpRef { desk: op.desk, seq: op.seq })? else { continue };
                out.bodies.extend(op.bodies.iter().map(|idx| (by, (desk, op.seq, *idx), false)));
                out.bodies.extend(op.words.iter().map(|words| (by, (desk, op.seq, words.idx), true)));
                let mut row =
                    |sheet, row, remains| out.rows.insert((by, (desk, op.seq), sheet, row), remains);
                for words in &op.reading_words {
                    let digest = blake3::Hash::from_hex(&words.remains).map_or(chain::GENESIS, Into::into);
                    row(Sheet::Reading, words.row, Remains::This(digest));
                }
                for gone in &op.roster {
                    row(Sheet::Roster, *gone, Remains::Nothing);
                }
                for gone in &op.readings {
                    row(Sheet::Reading, *gone, Remains::Nothing);
                }
            }
        }
        let mut ends =
            conn.prepare("SELECT d.id, (SELECT max(seq) FROM log_op o WHERE o.desk = d.no) FROM log_desk d")?;
        let mut rows = ends.query([])?;
        while let Some(row) = rows.next()? {
            out.ends.insert(row.get(0)?, row.get::<_, Option<i64>>(1)?.unwrap_or(0));
        }
        Ok(out)
    }

    /// An older copy that was written anew does not hold the erasing op: it stands beyond the end of that desk's log. In
    /// any other file nothing is excused so.
    fn beyond(&self, by: OpRef) -> Option<&Beyond> {
        self.beyond.as_ref().filter(|_| by.seq > self.ends.get(&by.desk).copied().unwrap_or(0))
    }

    /// The logical time of the erasure, when it does name this body.
    fn body(&self, by: OpRef, at: EventAt, words: bool) -> Option<i64> {
        if let Some(beyond) = self.beyond(by) {
            return Some(beyond.lamport);
        }
        self.bodies.contains(&(by, at, words)).then(|| self.lamport.get(&by).copied()).flatten()
    }

    /// The logical time of the erasure, and what may stand in place of this row, when it does name it.
    fn row(&self, by: OpRef, op: (i64, i64), sheet: Sheet, row: i64) -> Option<(i64, Remains)> {
        if let Some(beyond) = self.beyond(by) {
            return Some((beyond.lamport, beyond.remains(op, sheet, row)));
        }
        let remains = self.rows.get(&(by, op, sheet, row))?;
        Some((*self.lamport.get(&by)?, *remains))
    }
}

/// Whether anything was erased at all; asked before anything else is read.
pub(super) fn any(conn: &Connection) -> Result<bool> {
    Ok(conn
        .query_row("SELECT 1 FROM log_erased UNION ALL SELECT 1 FROM log_erased_row LIMIT 1", [], |_| Ok(()))
        .optional()?
        .is_some())
}
