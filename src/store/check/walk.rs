//! The chain computed again: ordered cursors over ops, events, bodies and rows walk side by side, each table read
//! once from end to end. Columns go into the digests as they stand: what cannot be read as it was written does not
//! fit.

use super::rows::{self, Secrets};
use super::{FaultKind, Report, Stop};
use crate::domain::ids::DeskId;
use crate::error::Result;
use crate::log::chain::{self, Digest, RawHead, RowDigests};
use crate::log::event::{DeskStarted, Event};
use crate::log::wire;
use crate::store::erased::{self, ErasedRows, EventAt, Sheet};
use crate::store::open;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Rows};
use std::collections::{BTreeMap, HashMap};

/// Where a desk's chain begins and ends, and what it was started from.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    pub id: Vec<u8>,
    pub first: (i64, i64),
    pub last: (i64, i64),
    pub hash: Digest,
    pub started: Option<DeskStarted>,
}

/// A cursor over rows that begin with desk and number, in that order.
struct Cursor<'s> {
    rows: Rows<'s>,
    at: Option<(i64, i64)>,
}

impl<'s> Cursor<'s> {
    fn new(rows: Rows<'s>) -> Result<Self> {
        let mut cursor = Self { rows, at: None };
        cursor.step()?;
        Ok(cursor)
    }

    fn step(&mut self) -> Result<()> {
        self.rows.advance()?;
        self.at =
            self.rows.get().map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?;
        Ok(())
    }

    fn row(&self) -> Option<&Row<'s>> {
        self.rows.get()
    }

    /// Passes what stands before `op`: it belongs to none.
    fn reach(&mut self, op: Option<(i64, i64)>, report: &mut Report) -> Result<()> {
        while let Some(at) = self.at.filter(|at| op.is_none_or(|op| *at < op)) {
            report.fault(at.1, FaultKind::Stray);
            self.step()?;
        }
        Ok(())
    }
}

/// Verifies every op against what it holds, and each desk's order; answers the desks as they stand.
pub(super) fn verify(conn: &Connection, stop: &Stop, report: &mut Report) -> Result<Vec<Chain>> {
    let secrets = Secrets::load(conn)?;
    // Of an older format nothing was erased yet.
    let (erased_bodies, erased_rows) = if open::knows_erasure(conn)? {
        (erased::erased_bodies(conn)?, erased::erased_rows(conn)?)
    } else {
        (HashMap::new(), HashMap::new())
    };
    let desks = desks(conn)?;
    let mut ops = conn.prepare(
        "SELECT desk, seq, op_id, lamport, recorded_at, happened_at, officer, shift, undoes_desk, undoes_seq, events, rows, \
         rows_digest, prev, hash FROM log_op ORDER BY desk, seq",
    )?;
    let mut events =
        conn.prepare("SELECT desk, seq, idx, kind, version, digest FROM log_event ORDER BY desk, seq, idx")?;
    let mut bodies =
        conn.prepare("SELECT desk, seq, idx, nonce, body FROM log_body ORDER BY desk, seq, idx")?;
    let mut roster = conn.prepare(rows::ROSTER)?;
    let mut readings = conn.prepare(rows::READINGS)?;
    let mut walk = Walk {
        events: Cursor::new(events.query([])?)?,
        bodies: Cursor::new(bodies.query([])?)?,
        roster: Cursor::new(roster.query([])?)?,
        readings: Cursor::new(readings.query([])?)?,
        secrets,
        digests: RowDigests::default(),
        erased_bodies,
        erased_rows,
        found: Vec::new(),
        places: Vec::new(),
        started: None,
    };
    let mut chains: Vec<(i64, Chain)> = Vec::new();
    let mut rows = ops.query([])?;
    while let Some(row) = rows.next()? {
        stop.ask()?;
        let at: (i64, i64) = (row.get(0)?, row.get(1)?);
        report.ops += 1;
        let Some(desk) = desks.get(&at.0) else {
            report.fault(at.1, FaultKind::Stray);
            continue;
        };
        walk.started = None;
        let (lamport, prev, hash) = walk.op(row, at, desk, report)?;
        if chains.last().is_none_or(|(no, _)| *no != at.0) {
            let (first, started) = ((at.1, lamport), walk.started.take());
            let chain = Chain { id: desk.clone(), first, last: (0, 0), hash: chain::GENESIS, started };
            chains.push((at.0, chain));
        }
        if let Some((_, chain)) = chains.last_mut() {
            if at.1 != chain.last.0 + 1 || prev != chain.hash || lamport <= chain.last.1 {
                report.fault(at.1, FaultKind::Order);
            }
            (chain.last, chain.hash) = ((at.1, lamport), hash);
        }
    }
    for cursor in [&mut walk.events, &mut walk.bodies, &mut walk.roster, &mut walk.readings] {
        cursor.reach(None, report)?;
    }
    Ok(chains.into_iter().map(|(_, chain)| chain).collect())
}

/// The desks by their short number in this file.
fn desks(conn: &Connection) -> Result<HashMap<i64, Vec<u8>>> {
    let mut query = conn.prepare("SELECT no, id FROM log_desk")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

struct Walk<'s> {
    events: Cursor<'s>,
    bodies: Cursor<'s>,
    roster: Cursor<'s>,
    readings: Cursor<'s>,
    secrets: Secrets,
    digests: RowDigests,
    /// What was erased: it is gone, and nothing else is.
    erased_bodies: HashMap<EventAt, Option<Digest>>,
    erased_rows: HashMap<(i64, i64, Sheet), ErasedRows>,
    /// Digests of the op at hand, and the places of those of one sheet.
    found: Vec<Digest>,
    places: Vec<i64>,
    /// What the op at hand says of the desk it begins.
    started: Option<DeskStarted>,
}

impl Walk<'_> {
    /// Verifies one op; answers its logical time, the hash before it and its own.
    fn op(
        &mut self,
        row: &Row<'_>,
        at: (i64, i64),
        desk: &[u8],
        report: &mut Report,
    ) -> Result<(i64, Digest, Digest)> {
        let seq = at.1;
        let (rows_digest, prev, hash) = (digest(row, 12)?, digest(row, 13)?, digest(row, 14)?);
        let events = self.events(at, report)?;
        if events.len() as i64 != row.get::<_, i64>(10)? {
            report.fault(seq, FaultKind::Event);
        }
        self.rows(at, report)?;
        report.rows += self.found.len() as u64;
        if self.found.len() as i64 != row.get::<_, i64>(11)? || chain::rows_digest(&self.found) != rows_digest
        {
            report.fault(seq, FaultKind::Row);
        }
        let head = RawHead {
            desk,
            seq,
            id: bytes(row, 2)?.unwrap_or_default(),
            lamport: row.get(3)?,
            recorded_at: row.get(4)?,
            happened_at: row.get(5)?,
            officer: bytes(row, 6)?,
            shift: bytes(row, 7)?,
            undoes_desk: bytes(row, 8)?,
            undoes_seq: row.get(9)?,
        };
        if head.undoes_desk.is_some() != head.undoes_seq.is_some() {
            report.fault(seq, FaultKind::Undo);
        } else if chain::raw_op_hash(&prev, &head, &events, &rows_digest) != hash {
            report.fault(seq, FaultKind::Head);
        }
        Ok((head.lamport, prev, hash))
    }

    /// The stored digests of an op's events, each compared with its body.
    fn events(&mut self, op: (i64, i64), report: &mut Report) -> Result<Vec<Digest>> {
        self.events.reach(Some(op), report)?;
        self.bodies.reach(Some(op), report)?;
        let mut out = Vec::new();
        while self.events.at == Some(op)
            && let Some(event) = self.events.row()
        {
            let idx: i64 = event.get(2)?;
            let stored = digest(event, 5)?;
            // A body before its event's place belongs to none.
            while self.bodies.at == Some(op)
                && self.bodies.row().is_some_and(|body| body.get::<_, i64>(2).is_ok_and(|at| at < idx))
            {
                report.fault(op.1, FaultKind::Stray);
                self.bodies.step()?;
            }
            let body = self
                .bodies
                .row()
                .filter(|body| self.bodies.at == Some(op) && body.get::<_, i64>(2).is_ok_and(|at| at == idx));
            let stands = match body {
                None => None,
                // A body that cannot be read is not what was written, nor what an erasure left.
                Some(body) => Some(computed(event, body)?.unwrap_or(chain::GENESIS)),
            };
            if let Some(body) = body {
                if event.get_ref(3)?.as_str().is_ok_and(|kind| kind == "desk.started") {
                    self.started = started(event, body);
                }
                self.bodies.step()?;
            }
            // An erasure says what may be gone, and what may stand in its place.
            let wanted = self.erased_bodies.get(&(op.0, op.1, idx)).copied().unwrap_or(Some(stored));
            if stands != wanted || idx != out.len() as i64 {
                report.fault(op.1, FaultKind::Event);
            }
            report.events += 1;
            out.push(stored);
            self.events.step()?;
        }
        while self.bodies.at == Some(op) {
            report.fault(op.1, FaultKind::Stray);
            self.bodies.step()?;
        }
        Ok(out)
    }

    /// The digests of an op's rows, the roster first; where rows were erased, theirs at their places.
    fn rows(&mut self, op: (i64, i64), report: &mut Report) -> Result<()> {
        self.found.clear();
        for sheet in [Sheet::Roster, Sheet::Reading] {
            let (cursor, read): (_, rows::Read) = match sheet {
                Sheet::Roster => (&mut self.roster, rows::roster),
                Sheet::Reading => (&mut self.readings, rows::reading),
            };
            cursor.reach(Some(op), report)?;
            let begin = self.found.len();
            self.places.clear();
            while cursor.at == Some(op)
                && let Some(row) = cursor.row()
            {
                let digest = read(row, &self.secrets, &mut self.digests).unwrap_or(chain::GENESIS);
                self.places.push(row.get(2)?);
                self.found.push(digest);
                cursor.step()?;
            }
            if let Some(gone) = self.erased_rows.get(&(op.0, op.1, sheet)) {
                let mut all: BTreeMap<i64, Digest> =
                    self.places.iter().copied().zip(self.found.drain(begin..)).collect();
                // A row in the place of one that was erased is none that was written, but what the erasure left of it.
                for (place, row) in gone {
                    let stands = all.get(place).copied();
                    all.insert(*place, row.with(stands));
                }
                self.found.extend(all.into_values());
            }
        }
        Ok(())
    }
}

/// The digest of an event with its body; none where either cannot be read as it was written.
fn computed(event: &Row<'_>, body: &Row<'_>) -> Result<Option<Digest>> {
    let (kind, text) = (event.get_ref(3)?.as_str().ok(), body.get_ref(4)?.as_str().ok());
    let (version, nonce): (Option<u16>, Option<[u8; 16]>) = (event.get(4).ok(), body.get(3).ok());
    Ok(kind
        .zip(text)
        .zip(version.zip(nonce))
        .map(|((kind, text), (version, nonce))| chain::event_digest(kind, version, &nonce, text)))
}

/// What a desk that begins says of the one before it.
fn started(event: &Row<'_>, body: &Row<'_>) -> Option<DeskStarted> {
    let text = body.get_ref(4).ok()?.as_str().ok()?;
    match wire::read("desk.started", event.get(4).ok()?, text) {
        Event::DeskStarted(started) => Some(started),
        _ => None,
    }
}

fn digest(row: &Row<'_>, at: usize) -> Result<Digest> {
    Ok(row.get_ref(at)?.as_blob().ok().and_then(|bytes| bytes.try_into().ok()).unwrap_or_default())
}

fn bytes<'r>(row: &'r Row<'_>, at: usize) -> Result<Option<&'r [u8]>> {
    Ok(match row.get_ref(at)? {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Some(bytes),
        _ => None,
    })
}

/// The id of a desk, as far as it is one.
pub(super) fn desk_id(bytes: &[u8]) -> Option<DeskId> {
    uuid::Uuid::from_slice(bytes).ok().map(DeskId)
}
