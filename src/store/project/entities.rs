//! What follows from the list of projections in [`super`].

use super::holds::Holds;
use super::{holds, tables};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Entity;
use rusqlite::{Connection, OptionalExtension};

/// What follows from the list of projections.
macro_rules! projected {
    ($($entity:ident: $fold:path $(, stands in $table:literal)? $(, holds $holds:path)?;)+) => {
        /// Computes one entity's rows anew.
        fn fold(conn: &Connection, entity: Entity) -> Result<()> {
            match entity {
                Entity::Office => office::fold(conn),
                $(Entity::$entity(id) => $fold(conn, id),)+
                Entity::Unknown => Ok(()),
            }
        }

        fn holds(entity: Entity) -> Option<&'static holds::Holds> {
            match entity {
                Entity::Office | Entity::Unknown => None,
                $(Entity::$entity(_) => [$(&$holds)?].first().copied(),)+
            }
        }

        /// Where an entity must stand when an op that speaks of it is brought back, by the kind's byte.
        fn tables() -> impl Iterator<Item = (u8, &'static str)> {
            let each: Vec<(u8, &[&str])> =
                vec![$((Entity::$entity(uuid::Uuid::nil().into()).kind(), &[$($table)?])),+];
            each.into_iter().filter_map(|(kind, table)| Some((kind, *table.first()?)))
        }
    };
}

pub(super) use projected;

/// Everything that an op brought back by a redo speaks of must still be there.
pub(super) fn names_stand(conn: &Connection, desk: i64, seq: i64) -> Result<()> {
    let there: Vec<String> = tables()
        .map(|(kind, table)| format!("WHEN {kind} THEN EXISTS (SELECT 1 FROM {table} WHERE id = n.id)"))
        .collect();
    let there = there.join(" ");
    let gone: Option<i64> = conn
        .prepare_cached(&format!(
            "WITH named (kind, id) AS (
               SELECT kind, id FROM cur_link WHERE desk = ?1 AND seq = ?2 AND NOT made
               UNION SELECT 2, person FROM log_reading WHERE desk = ?1 AND seq = ?2
               UNION SELECT 3, unit FROM log_roster_row WHERE desk = ?1 AND seq = ?2 AND unit IS NOT NULL
             )
             SELECT 1 FROM named n WHERE NOT CASE n.kind {there} ELSE 1 END LIMIT 1"
        ))?
        .query_row([desk, seq], |row| row.get(0))
        .optional()?;
    match gone {
        Some(_) => Err(Error::refused(say::REDO_BROKEN)),
        None => Ok(()),
    }
}

/// Numbers, codes and names are unique, a person has at most one open case.
pub(super) fn invariant(conn: &Connection, entity: Entity) -> Result<()> {
    let Some(Holds { sql, refused }) = holds(entity) else { return Ok(()) };
    let against: Option<String> =
        conn.prepare_cached(sql)?.query_row([entity.id()], |row| row.get(0)).optional()?;
    against.map_or(Ok(()), |what| Err(refused(what)))
}
