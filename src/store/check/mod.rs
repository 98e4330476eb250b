//! Does the log still say what was written, and do the tables say what the log says?
//!
//! The chain is computed again from every event and row (`walk`), the desks of a restored copy must follow one
//! another (`desks`), the file and its indexes are read page by page, its schema is compared word for word with what
//! this program lays out, and every projection is built again beside the live one and compared (`tables`). A cut-off
//! tail, or a whole older copy, shows only against a head kept elsewhere: the code printed on a handover.
//!
//! Nothing is written to what is examined: what is built beside lies in memory.

mod desks;
mod rows;
mod tables;
#[cfg(test)]
mod tests;
mod walk;

pub use super::layout::{Differs, Part};
use super::{Reader, layout};
use crate::domain::codes;
use crate::error::{Error, Result};
use rusqlite::{Connection, InterruptHandle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

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
    /// Tables, indexes and triggers that are not as this program lays them out.
    pub layout: Vec<Part>,
    /// The file is of an older program: its schema and tables are compared once it is brought up to date.
    pub older: bool,
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

codes! {
    /// What can be wrong with the log.
    FaultKind {
        /// The op's own head was changed.
        Head = "head",
        /// The op does not follow the one before it: one is missing, added or moved.
        Order = "order",
        /// An event, or its body, was changed, added or removed.
        Event = "event",
        /// A sheet row was changed, added or removed.
        Row = "row",
        /// An event or row without an op.
        Stray = "stray",
        /// The file itself is damaged.
        File = "file",
        /// What the op takes back is half written.
        Undo = "undo",
        /// A desk does not begin where the one it was restored from ends.
        Desk = "desk",
        /// What is kept of an officer's PIN is not what the log says.
        Pin = "pin",
    }
}

codes! {
    /// How a printed head compares with the log.
    HeadFound {
        /// The log still holds the op with this hash.
        Matches = "matches",
        /// Every desk has an op of that number, none with this hash: history was changed.
        Differs = "differs",
        /// The log, or one of its desks, ends before it: its end was cut off, this is an older copy, or the code is from
        /// entries after the backup that this was restored from.
        Missing = "missing",
        /// This is not a head code.
        NotACode = "not-a-code",
    }
}

impl Report {
    /// Whether all is well.
    pub fn is_sound(&self) -> bool {
        self.found() == 0 && matches!(self.head, None | Some(HeadFound::Matches))
    }

    /// In how many places something is wrong.
    pub fn found(&self) -> u64 {
        self.faults_total + self.differing.len() as u64 + self.layout.len() as u64
    }

    /// Takes in what another part of the check found.
    fn join(&mut self, other: Self) {
        self.faults_total += other.faults_total;
        self.faults.extend(other.faults);
        self.differing.extend(other.differing);
        self.layout.extend(other.layout);
        self.older |= other.older;
    }

    fn fault(&mut self, seq: i64, what: FaultKind) {
        self.faults_total += 1;
        if self.faults.len() < 20 {
            self.faults.push(Fault { seq, what });
        }
    }
}

/// How a check goes about it, and the way to stop it.
#[derive(Clone, Default)]
pub struct Stop(Arc<Inner>);

#[derive(Default)]
struct Inner {
    stopped: AtomicBool,
    /// One thing after the other, on one thread.
    gently: bool,
    running: Mutex<Vec<InterruptHandle>>,
}

impl Stop {
    /// For a check beside other work: on one thread only.
    pub fn gently() -> Self {
        Self(Arc::new(Inner { gently: true, ..Inner::default() }))
    }

    /// Ends the check soon; what it found is dropped.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::SeqCst);
        for running in self.0.running.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            running.interrupt();
        }
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }

    fn ask(&self) -> Result<()> {
        if self.is_stopped() { Err(Error::internal("checking", "stopped")) } else { Ok(()) }
    }

    fn watch(&self, conn: &Connection) {
        let mut running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.push(conn.get_interrupt_handle());
    }
}

/// Verifies the chain, rebuilds every projection beside the live ones and compares; compares the head when
/// one is given.
///
/// # Errors
/// The database cannot be read.
pub fn check(reader: &Reader, printed: Option<&str>) -> Result<Report> {
    run(reader, printed, &Stop::default(), Tables::Compared)
}

/// The same, until it is stopped: then there is no answer.
///
/// # Errors
/// The database cannot be read.
pub fn check_until(reader: &Reader, stop: &Stop) -> Result<Option<Report>> {
    match run(reader, None, stop, Tables::Compared) {
        _ if stop.is_stopped() => Ok(None),
        done => done.map(Some),
    }
}

/// Whether the tables are compared with what the log tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tables {
    Compared,
    /// They were a moment ago, where the file is copied from.
    Known,
}

/// Checks whether a copy was written as it should be: its file, page by page, and its log. That its tables are what the
/// log tells was seen in the office a moment ago, and is not computed again.
///
/// # Errors
/// The database cannot be read.
pub fn check_written(reader: &Reader) -> Result<Report> {
    run(reader, None, &Stop::default(), Tables::Known)
}

fn run(reader: &Reader, printed: Option<&str>, stop: &Stop, tables: Tables) -> Result<Report> {
    // The file and the tables on one connection, the chain on another: neither waits for the other.
    let other = reader.again()?;
    stop.watch(&reader.conn);
    stop.watch(&other.conn);
    stop.ask()?;
    let (file, log) = if stop.0.gently {
        (file(&other, stop, tables), log(reader, printed, stop))
    } else {
        std::thread::scope(|scope| {
            // The reader's own connection stays on this thread.
            let file = scope.spawn(move || file(&other, stop, tables));
            let log = log(reader, printed, stop);
            let file = file.join().unwrap_or_else(|_| Err(Error::internal("checking", "a thread fell over")));
            (file, log)
        })
    };
    let mut report = log?;
    match file {
        Ok(found) => report.join(found),
        // A damaged log may not fold; what is wrong with it is told already.
        Err(_) if report.faults_total > 0 => {}
        Err(error) => return Err(error),
    }
    Ok(report)
}

/// The chain, the desks, the head.
fn log(reader: &Reader, printed: Option<&str>, stop: &Stop) -> Result<Report> {
    let mut report = Report::default();
    let tx = reader.snapshot()?;
    let chains = walk::verify(&tx, stop, &mut report)?;
    desks::follow(&chains, &mut report);
    if !super::open::is_older(&tx)? {
        // A damaged chain is told already; then nothing can be said of what it commits to.
        match super::pin_log::faults(&tx) {
            Err(_) if report.faults_total > 0 => {}
            faults => faults?.iter().for_each(|fault| report.fault(fault.seq, FaultKind::Pin)),
        }
    }
    report.head_now = super::query::head_of(&tx)?;
    report.head = printed.map(|code| desks::compare_head(&tx, code)).transpose()?;
    Ok(report)
}

/// The file page by page, its schema, and the projections.
fn file(reader: &Reader, stop: &Stop, tables: Tables) -> Result<Report> {
    let mut report = Report { older: super::open::is_older(&reader.conn)?, ..Report::default() };
    if !report.older {
        report.layout = layout::differences(&reader.conn)?;
    }
    integrity(&reader.conn, &mut report)?;
    if report.older || tables == Tables::Known {
        return Ok(report);
    }
    let known = values(&reader.conn, &mut report);
    match known.and_then(|()| tables::compare(&reader.conn, stop, &mut report)) {
        // What is laid out otherwise may not be comparable; that it is so is told.
        Err(_) if report.faults_total > 0 || !report.layout.is_empty() => {}
        done => done?,
    }
    Ok(report)
}

/// Every page, every row and every entry of an index.
fn integrity(conn: &Connection, report: &mut Report) -> Result<()> {
    let mut query = conn.prepare("PRAGMA main.integrity_check(100)")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let told: String = row.get(0)?;
        if told == "ok" {
            continue;
        }
        tracing::warn!(told, "the integrity check");
        match index_in(&told) {
            Some(name) => {
                let part = Part { kind: "index".into(), name: name.into(), differs: Differs::Content };
                if !report.layout.contains(&part) {
                    report.layout.push(part);
                }
            }
            None => report.fault(0, FaultKind::File),
        }
    }
    Ok(())
}

/// What this file knows of itself stands under names that this program gives: a damaged one hides what stood there.
fn values(conn: &Connection, report: &mut Report) -> Result<()> {
    let known = "key IN ('built', 'copy', 'desk', 'left', 'place', 'projection') OR key IN (?1, ?2) OR key LIKE 'choice.%'";
    let odd = format!("SELECT count(*) FROM main.local_value WHERE NOT ({known})");
    let odd: i64 =
        conn.query_row(&odd, [super::erase::TO_CLEAR, super::pin_log::LEFT_OUT], |row| row.get(0))?;
    (0..odd).for_each(|_| report.fault(0, FaultKind::File));
    Ok(())
}

/// The index that does not agree with its table, when that is what was found.
fn index_in(told: &str) -> Option<&str> {
    let begins = ["row ", "wrong # of entries", "non-unique entry", "rowid not at end"];
    if !begins.iter().any(|begin| told.starts_with(begin)) {
        return None;
    }
    told.rsplit_once(" index ").map(|(_, name)| name.trim())
}
