//! How each entity is projected: one line an entity. What it is stands in `log::Entity`.

use super::{case, contact, office, outside, person, question, report, shift, sitrep, unit};
use crate::error::{Error, Result};
use crate::i18n::store as say;
use crate::log::Entity;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// What must hold of a touched subject after any op, whichever act or undo led here.
pub(super) struct Holds {
    /// Finds what stands against it, given the id: in words for the refusal.
    pub sql: &'static str,
    /// The refusal.
    pub refused: fn(String) -> Error,
}

/// What follows from the list of projections.
macro_rules! projected {
    ($($entity:ident: $fold:path $(, stands in $table:literal)? $(, holds $holds:path)?;)+) => {
        /// Computes one entity's rows anew.
        pub(super) fn fold(conn: &Connection, entity: Entity) -> Result<()> {
            match entity {
                Entity::Office => office::fold(conn),
                $(Entity::$entity(id) => $fold(conn, id),)+
                Entity::Unknown => Ok(()),
            }
        }

        fn holds(entity: Entity) -> Option<&'static Holds> {
            match entity {
                Entity::Office | Entity::Unknown => None,
                $(Entity::$entity(_) => [$(&$holds)?].first().copied(),)+
            }
        }

        /// Where an entity must stand when an op that speaks of it is brought back, by the kind's byte.
        fn tables() -> impl Iterator<Item = (u8, &'static str)> {
            let each: Vec<(u8, &[&str])> =
                vec![$((Entity::$entity(Uuid::nil().into()).kind(), &[$($table)?])),+];
            each.into_iter().filter_map(|(kind, table)| Some((kind, *table.first()?)))
        }
    };
}

// What can only be corrected is always there: a shift, a situation report, figures told. A report may be excused that never
// came, and nothing speaks of a note.
projected! {
    Officer: office::fold_officer, stands in "cur_officer";
    Person: person::fold, stands in "cur_person", holds person::HOLDS;
    Unit: unit::fold, stands in "cur_unit", holds unit::HOLDS;
    Case: case::fold, stands in "cur_case", holds case::HOLDS;
    FollowUp: contact::fold_followup, stands in "cur_followup";
    Promise: contact::fold_promise, stands in "cur_promise";
    Note: contact::fold_note;
    Shift: shift::fold;
    Report: report::fold;
    Contact: outside::fold, stands in "cur_contact", holds outside::HOLDS;
    Sitrep: sitrep::fold;
    Told: sitrep::fold_told;
    Question: question::fold, stands in "cur_question";
}

/// Everything that an op brought back by a redo speaks of must still be there.
pub(super) fn names_stand(conn: &Connection, desk: i64, seq: i64) -> Result<()> {
    let there: String = tables()
        .map(|(kind, table)| format!("WHEN {kind} THEN EXISTS (SELECT 1 FROM {table} WHERE id = n.id) "))
        .collect();
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
