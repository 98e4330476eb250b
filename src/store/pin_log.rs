//! What the log says of PINs: who has one, and the digest with which a kept hash has to agree.
//!
//! A hash put in by hand, or taken out, agrees with nothing in the log. Hashes do not travel in backups: in a restored
//! copy they are absent, legally, until each officer sets a new one.

use super::{Reader, pin_kept};
use crate::domain::handover::PinChange;
use crate::domain::ids::OfficerId;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::event::{Event, PinChanged};
use crate::log::wire;
use rusqlite::{Connection, OptionalExtension};

/// Up to which logical time PINs that the log knows were left out of this copy.
pub(super) const LEFT_OUT: &str = "pins_left_out";

/// What was last done to an officer's PIN.
pub(super) struct Last {
    pub event: PinChanged,
    lamport: i64,
    seq: i64,
    at: Ts,
}

/// An officer of whose PIN something else is kept than the log says.
pub(super) struct Fault {
    /// Whose.
    pub officer: OfficerId,
    /// The op that last changed it; nought where none did.
    pub seq: i64,
}

/// The way to the last event about an officer's PIN leads over all of theirs.
pub(super) const LAST: &str = "SELECT e.version, b.body, o.lamport, o.seq, o.happened_at FROM cur_link l \
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx AND e.kind = 'pin.changed' \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq \
         WHERE l.kind = 1 AND l.id = ?1 ORDER BY l.lamport DESC, l.desk DESC, l.seq DESC, l.idx DESC LIMIT 1";

/// The last event about an officer's PIN; none also where its body is gone.
pub(super) fn last(conn: &Connection, officer: OfficerId) -> Result<Option<Last>> {
    let mut query = conn.prepare_cached(LAST)?;
    let found = query
        .query_row([officer], |row| {
            Ok((row.get::<_, u16>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    let Some((version, body, lamport, seq, at)) = found else { return Ok(None) };
    let Event::PinChanged(event) = wire::read("pin.changed", version, &body) else { return Ok(None) };
    Ok(Some(Last { event, lamport, seq, at }))
}

/// Whether the log says that an officer has a PIN on this desk: one was set, and not left out of a backup since.
pub(super) fn expects(conn: &Connection, last: &Last) -> Result<bool> {
    Ok(last.event.how != PinChange::Removed && last.lamport > left_out(conn)?)
}

/// Whether this officer signs with a PIN: also when what is kept of it is gone, though the log knows of one.
///
/// # Errors
/// The database cannot be read.
pub fn has_pin(reader: &Reader, officer: OfficerId) -> Result<bool> {
    has_pin_in(&reader.conn, officer)
}

pub(super) fn has_pin_in(conn: &Connection, officer: OfficerId) -> Result<bool> {
    if conn.prepare_cached("SELECT 1 FROM local_pin WHERE officer = ?1")?.exists([officer])? {
        return Ok(true);
    }
    last(conn, officer)?.map_or(Ok(false), |last| expects(conn, &last))
}

/// Whether what is kept of an officer's PIN (its digest, if anything is) is what the log says.
pub(super) fn agrees(conn: &Connection, officer: OfficerId, kept: Option<&str>) -> Result<bool> {
    let last = last(conn, officer)?;
    Ok(match (last, kept) {
        (None, kept) => kept.is_none(),
        (Some(last), None) => !expects(conn, &last)?,
        // Before it was committed to, the log knew only that there was one.
        (Some(last), Some(kept)) => {
            last.event.how != PinChange::Removed
                && last.event.digest.as_deref().is_none_or(|known| known == kept)
        }
    })
}

fn left_out(conn: &Connection) -> Result<i64> {
    let found = conn
        .prepare_cached("SELECT value FROM local_value WHERE key = ?1")?
        .query_row([LEFT_OUT], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// Takes what is secret about PINs out of a copy, and notes in it that this was done.
pub(super) fn leave_out(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM local_pin", [])?;
    conn.execute("DELETE FROM local_probe", [])?;
    conn.execute(
        "INSERT INTO local_value (key, value) SELECT ?1, coalesce(max(lamport), 0) FROM log_op WHERE true \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [LEFT_OUT],
    )?;
    Ok(())
}

/// Officers of whose PIN something else is kept than the log says.
///
/// # Errors
/// The database cannot be read.
pub(super) fn faults(conn: &Connection) -> Result<Vec<Fault>> {
    let mut query =
        conn.prepare("SELECT id FROM cur_officer UNION SELECT officer FROM local_pin ORDER BY 1")?;
    let officers = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<OfficerId>>>()?;
    let mut out = Vec::new();
    for officer in officers {
        let kept = pin_kept::kept(conn, officer)?.map(|hash| hash.digest(officer));
        if !agrees(conn, officer, kept.as_deref())? {
            out.push(Fault { officer, seq: last(conn, officer)?.map_or(0, |last| last.seq) });
        }
    }
    Ok(out)
}

/// The officers of whose PIN something else is kept than the log says: put in by hand, or taken out.
///
/// # Errors
/// The database cannot be read.
pub fn altered_pins(reader: &Reader) -> Result<Vec<OfficerId>> {
    Ok(faults(&reader.conn)?.into_iter().map(|fault| fault.officer).collect())
}

/// Whether the log knows of a PIN that was left out of this copy: its officer has to set a new one.
///
/// # Errors
/// The database cannot be read.
pub fn pins_to_set(reader: &Reader) -> Result<bool> {
    for (officer, _) in super::query::officers(reader)? {
        let set = last(&reader.conn, officer)?.is_some_and(|last| last.event.how != PinChange::Removed);
        if set && !has_pin(reader, officer)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When an officer's PIN was taken away by others, and by whom, as long as none was set since: they are told when they
/// sign next.
///
/// # Errors
/// The database cannot be read.
pub fn taken_away(reader: &Reader, officer: OfficerId) -> Result<Option<(Ts, Vec<String>)>> {
    taken_away_in(&reader.conn, officer)
}

pub(super) fn taken_away_in(conn: &Connection, officer: OfficerId) -> Result<Option<(Ts, Vec<String>)>> {
    let Some(last) = last(conn, officer)?.filter(|last| !last.event.by.is_empty()) else {
        return Ok(None);
    };
    let mut query = conn.prepare_cached("SELECT name FROM cur_officer WHERE id = ?1")?;
    let mut names = Vec::new();
    for by in &last.event.by {
        names.extend(query.query_row([by], |row| row.get::<_, String>(0)).optional()?);
    }
    Ok(Some((last.at, names)))
}
