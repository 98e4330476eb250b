//! What erasures beyond the end of the log left of rows: a copy that was written anew keeps it, and a desk that is
//! restored from one swears to it in its first op, so that nothing else can be put in those places.

use super::{Remains, Sheet, beyond_digest, is_rewritten};
use crate::domain::ids::OpRef;
use crate::error::Result;
use crate::log::chain::{self, Digest};
use crate::log::event::{Event, RowLeft};
use crate::log::wire;
use crate::store::project::desk_no;
use crate::store::{erase, json};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

/// Where a copy that was written anew keeps it.
const KEPT: &str = "left";

/// What erasures beyond the end of the log may name.
pub(super) struct Beyond {
    /// Their logical time here: after all that the copy held, before all that came since it was restored.
    pub lamport: i64,
    /// What is left of rows; unknown where a former program wrote the copy.
    left: Option<HashMap<(i64, i64, Sheet, i64), Digest>>,
}

impl Beyond {
    fn new(conn: &Connection, lamport: i64, left: Option<Vec<RowLeft>>) -> Result<Self> {
        let Some(all) = left else { return Ok(Self { lamport, left: None }) };
        let mut left = HashMap::new();
        for one in all {
            let Some(desk) = desk_no(conn, OpRef { desk: one.desk, seq: one.seq })? else { continue };
            let digest = blake3::Hash::from_hex(&one.remains).map_or(chain::GENESIS, Into::into);
            left.insert((desk, one.seq, Sheet::from_code(&one.sheet), one.row), digest);
        }
        Ok(Self { lamport, left: Some(left) })
    }

    /// What may stand in place of a row that they name.
    pub fn remains(&self, op: (i64, i64), sheet: Sheet, row: i64) -> Remains {
        let Some(left) = &self.left else { return Remains::Unknown };
        left.get(&(op.0, op.1, sheet, row)).map_or(Remains::Nothing, |digest| Remains::This(*digest))
    }
}

/// What erasures beyond the end of the log may name here: this is a desk that was restored from a copy that was written
/// anew, and says in its first op exactly what was gone of it; or it is such a copy. Elsewhere nothing.
pub(super) fn beyond(conn: &Connection) -> Result<Option<Beyond>> {
    let Some(digest) = beyond_digest(conn)? else { return Ok(None) };
    let mut query = conn.prepare(
        "SELECT e.version, b.body, o.lamport FROM log_event e \
         JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
         JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq WHERE e.kind = 'desk.started' ORDER BY o.lamport DESC",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let body: String = row.get(1)?;
        if let Event::DeskStarted(e) = wire::read("desk.started", row.get(0)?, &body)
            && e.erased.as_deref() == Some(digest.as_str())
        {
            return Beyond::new(conn, row.get(2)?, e.left).map(Some);
        }
    }
    if is_rewritten(conn)? { Beyond::new(conn, i64::MAX, kept(conn)?).map(Some) } else { Ok(None) }
}

/// What is left of rows in a copy that was written anew: as it was kept then, or, when a former program wrote it, as it
/// now stands.
pub(in crate::store) fn left_beyond(conn: &Connection) -> Result<Vec<RowLeft>> {
    match kept(conn)? {
        Some(kept) => Ok(kept),
        None => standing(conn),
    }
}

/// Keeps in a copy that was written anew what is left of rows there.
pub(in crate::store) fn keep_left(conn: &Connection) -> Result<()> {
    let text = serde_json::to_string(&standing(conn)?).map_err(json)?;
    conn.execute("INSERT OR REPLACE INTO local_value (key, value) VALUES (?1, ?2)", [KEPT, &text])?;
    Ok(())
}

fn kept(conn: &Connection) -> Result<Option<Vec<RowLeft>>> {
    let text: Option<String> = conn
        .prepare_cached("SELECT value FROM local_value WHERE key = ?1")?
        .query_row([KEPT], |row| row.get(0))
        .optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(json)).transpose()
}

/// The rows that stand where erasures beyond the end of the log took something.
fn standing(conn: &Connection) -> Result<Vec<RowLeft>> {
    let mut query = conn.prepare(
        "SELECT DISTINCT d.id, x.desk, x.seq, x.sheet, x.row FROM log_erased_row x JOIN log_desk d ON d.no = x.desk
         WHERE x.by_seq > (SELECT coalesce(max(o.seq), 0) FROM log_op o JOIN log_desk b ON b.no = o.desk WHERE b.id = x.by_desk)
         ORDER BY d.id, x.seq, x.sheet, x.row",
    )?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (seq, sheet, place): (i64, String, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let at = (row.get(1)?, seq, place);
        if let Some(digest) = erase::stands(conn, at, Sheet::from_code(&sheet))? {
            let remains = blake3::Hash::from_bytes(digest).to_hex().to_string();
            out.push(RowLeft { desk: row.get(0)?, seq, sheet, row: place, remains });
        }
    }
    Ok(out)
}
