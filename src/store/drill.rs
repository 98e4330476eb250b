//! Whether a backup can be restored: it is, into a temporary place, and compared with its office.

use super::seal::Key;
use super::whole::{self, folder_of};
use super::{Reader, backup, query};
use crate::domain::ids::{DeskId, Mint};
use crate::domain::time::Ts;
use crate::error::{Error, Kind, Result};
use crate::i18n::paper;
use crate::log::chain::Digest;
use rusqlite::{OptionalExtension, params};
use std::path::Path;

/// What a drill found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drilled {
    /// The head code in the backup.
    pub head: String,
    /// Its ops.
    pub ops: u64,
    /// The office's log goes on from where the backup's ends.
    pub same_log: bool,
    /// Tables that differ from what the log gives.
    pub differing: Vec<String>,
}

impl Drilled {
    /// How many things are wrong; 0 when nothing is.
    pub fn faults(&self) -> u32 {
        self.differing.len() as u32 + u32::from(!self.same_log)
    }

    /// Whether all is well.
    pub fn is_sound(&self) -> bool {
        self.faults() == 0
    }
}

/// Restores a backup beside the office, compares the two and removes what was restored. The chain of what is restored
/// is verified and its tables compared with a rebuild; and every desk's last op in it must be in the office's log.
///
/// # Errors
/// The backup cannot be restored, or nothing can be written beside the office.
pub fn drill(
    office: &Reader,
    from: &Path,
    key: Option<&Key>,
    database: &Path,
    mint: &mut dyn Mint,
    now: Ts,
) -> Result<Drilled> {
    let folder = folder_of(database);
    // A drill that was cut short left a copy of the office there.
    whole::sweep(folder, now);
    let place = whole::temporary_folder(folder, "drill").map_err(|error| {
        Error::machine(Kind::NotSaved, &error, |why| paper::cannot_write(folder.display(), why))
    })?;
    let restored = backup::restore_with(from, key, &place.path().join("office.db"), mint, &mut |_| Ok(now))?;
    // It goes at once: that the disk would not keep its name takes nothing from the backup.
    let (store, found) = (restored.store, restored.found);
    let reader = store.reader()?;
    let same_log = ends(&reader)?.iter().map(|end| holds(office, end)).collect::<Result<Vec<_>>>()?;
    drop((reader, store));
    Ok(Drilled {
        head: found.head_now,
        ops: found.ops,
        same_log: same_log.into_iter().all(|held| held),
        differing: found.differing.into_iter().map(|(table, _)| table).collect(),
    })
}

type End = (DeskId, i64, Digest);

/// The last op of each desk, but for the one that the restoring began.
fn ends(reader: &Reader) -> Result<Vec<End>> {
    let new = query::desk(reader)?;
    let mut desks = reader.conn.prepare(
        "SELECT d.id, o.seq, o.hash FROM log_desk d JOIN log_op o ON o.desk = d.no \
         WHERE o.seq = (SELECT max(seq) FROM log_op WHERE desk = d.no) AND d.id <> ?1",
    )?;
    let all = desks.query_map([new], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

fn holds(office: &Reader, (desk, seq, hash): &End) -> Result<bool> {
    let held: Option<Digest> = office
        .conn
        .query_row(
            "SELECT o.hash FROM log_op o JOIN log_desk d ON d.no = o.desk WHERE d.id = ?1 AND o.seq = ?2",
            params![desk, seq],
            |row| row.get(0),
        )
        .optional()?;
    Ok(held.as_ref() == Some(hash))
}
