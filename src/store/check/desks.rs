//! One chain across restores: each desk after the first says where the one before it ended, and nothing was written
//! to that one afterwards. And how a printed code compares.

use super::walk::{Chain, desk_id};
use super::{FaultKind, HeadFound, Report};
use crate::domain::ids::DeskId;
use crate::error::Result;
use crate::log::chain::{self, Digest};
use crate::store::query::frontier_at;
use rusqlite::Connection;
use std::collections::HashSet;

/// Verifies that the desks of the file follow one another.
pub(super) fn follow(chains: &[Chain], report: &mut Report) {
    let mut followed = HashSet::new();
    let mut begun = 0;
    for chain in chains {
        let Some(started) = &chain.started else {
            // The office's own beginning: there is one.
            begun += 1;
            if begun > 1 {
                report.fault(chain.first.0, FaultKind::Desk);
            }
            continue;
        };
        let before = chains.iter().find(|other| desk_id(&other.id) == Some(started.from));
        let fits = before.is_some_and(|before| {
            before.last.0 == started.from_seq
                && blake3::Hash::from_bytes(before.hash).to_hex().as_str() == started.from_hash
                && chain.first.1 > before.last.1
        });
        // Two that follow the same one would both go on from it.
        if !fits || !followed.insert(started.from) {
            report.fault(chain.first.0, FaultKind::Desk);
        }
    }
}

/// How a printed code compares: it is that of one desk's op, or covers all desks as they stood then.
pub(super) fn compare_head(conn: &Connection, code: &str) -> Result<HeadFound> {
    let Some(printed) = chain::parse_head_code(code) else { return Ok(HeadFound::NotACode) };
    let mut query = conn.prepare(
        "SELECT o.hash, o.lamport, d.id FROM log_op o JOIN log_desk d ON d.no = o.desk WHERE o.seq = ?1",
    )?;
    let mut rows = query.query([printed.0])?;
    let mut found = HeadFound::Missing;
    while let Some(row) = rows.next()? {
        let (hash, lamport, desk): (Digest, i64, DeskId) = (row.get(0)?, row.get(1)?, row.get(2)?);
        // A restored copy holds several desks' ops of the same number: any of them may be the one printed.
        let plain = chain::head_code(printed.0, &hash);
        let whole = frontier_at(conn, lamport)?.code(desk);
        if [plain, whole].iter().any(|code| chain::parse_head_code(code).as_ref() == Some(&printed)) {
            return Ok(HeadFound::Matches);
        }
        found = HeadFound::Differs;
    }
    // A desk that ends before it may have written it in entries that are not here: after a backup was taken, say.
    let mut ends = conn.prepare("SELECT max(seq) FROM log_op GROUP BY desk")?;
    let ends: Vec<i64> = ends.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(if ends.iter().any(|end| *end < printed.0) { HeadFound::Missing } else { found })
}
