//! The office as it stood at an earlier op.
//!
//! A connection of its own sees the log only up to that op: temporary views hide what came later, temporary tables
//! hide the live projections, and the same folds fill them from what is left. Every query then answers as it would
//! have answered then. Only what is asked for is folded: a paper speaks of few people.

use super::{Reader, project, schema};
use crate::error::Result;
use crate::log::Entity;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// What is brought back.
pub(super) enum Whom {
    /// Everybody and everything.
    Everyone,
    /// These, and those whom they speak of.
    These(BTreeSet<Entity>),
}

/// A reader of the log as it stood when its newest op had this logical time.
pub(super) fn as_of(reader: &Reader, lamport: i64, whom: Whom) -> Result<Reader> {
    let past = reader.again()?;
    past.conn.pragma_update(None, "query_only", false)?;
    {
        let tx = past.snapshot()?;
        hide(&tx, lamport)?;
        match whom {
            Whom::Everyone => project::fold_everyone(&tx)?,
            Whom::These(entities) => {
                project::fold_these(&tx, &entities)?;
                // Calls, promises and cases name people, and people their units.
                for sql in [SUBJECTS, UNITS] {
                    project::fold_these(&tx, &entities_of(&tx, sql)?)?;
                }
            }
        }
        tx.commit()?;
    }
    past.conn.pragma_update(None, "query_only", true)?;
    Ok(past)
}

/// Hides what came later, and the live projections.
fn hide(conn: &Connection, lamport: i64) -> Result<()> {
    conn.execute_batch(&schema::PROJECTIONS.replace("{T}", "TEMP"))?;
    conn.execute_batch(&format!(
        "DROP TABLE temp.cur_link; \
         CREATE TEMP VIEW cur_link AS SELECT * FROM main.cur_link WHERE lamport <= {lamport}; \
         CREATE TEMP VIEW log_op AS SELECT * FROM main.log_op WHERE lamport <= {lamport};"
    ))?;
    project::settle_undone(conn)
}

const SUBJECTS: &str = "SELECT 2, person FROM cur_followup UNION SELECT 2, person FROM cur_promise \
     UNION SELECT 2, person FROM cur_case UNION SELECT 2, person FROM cur_question UNION SELECT 2, person FROM cur_note \
     UNION SELECT 3, unit FROM cur_followup UNION SELECT 3, unit FROM cur_promise UNION SELECT 3, unit FROM cur_question \
     UNION SELECT 3, unit FROM cur_note UNION SELECT 10, contact FROM cur_followup UNION SELECT 10, contact FROM cur_promise \
     UNION SELECT 10, contact FROM cur_question UNION SELECT 10, contact FROM cur_note";

const UNITS: &str = "SELECT 3, unit FROM cur_person";

/// Entities as `kind, id`.
pub(super) fn entities_of(conn: &Connection, sql: &str) -> Result<BTreeSet<Entity>> {
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| Ok((row.get::<_, u8>(0)?, row.get::<_, Option<uuid::Uuid>>(1)?)))?;
    let mut out = BTreeSet::new();
    for row in rows {
        let (kind, id) = row?;
        out.extend(id.and_then(|id| Entity::from_parts(kind, id)));
    }
    Ok(out)
}
