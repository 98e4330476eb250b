//! The tables, indexes and triggers as this program lays them out, compared with those of a file.
//!
//! What stands in the file's schema decides what a query sees and what a write does: an index made anew without one
//! person hides their open case, a trigger may swallow what is logged. So the schema is compared word for word, in
//! full by a check, and by one digest at every open and before every write.

use super::schema::{self, DIGEST};
use crate::domain::codes;
use crate::error::Result;
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// How a table, index, trigger or view of a file differs from what is laid out.
    Differs {
        /// It is not there.
        Missing = "missing",
        /// It is there, and should not be.
        Added = "added",
        /// It is there in other words.
        Changed = "changed",
        /// An index that does not agree with its table.
        Content = "content",
    }
}

/// A table, index, trigger or view that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `table`, `index`, `trigger` or `view`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// How it differs.
    pub differs: Differs,
}

/// Kind and name; the table it belongs to, its words, and whether each value is kept as SQLite itself keeps it.
type Schema = BTreeMap<(String, String), (String, Option<String>, bool)>;

fn read(conn: &Connection) -> Result<Schema> {
    let mut query = conn.prepare(&format!(
        "SELECT CAST(type AS TEXT), CAST(name AS TEXT), CAST(tbl_name AS TEXT), CAST(sql AS TEXT), {PLAIN} \
         FROM main.sqlite_schema"
    ))?;
    let words = |row: &Row<'_>, at| Ok::<_, rusqlite::Error>(text(row.get_ref(at)?));
    let rows = query.query_map([], |row| {
        let key = (words(row, 0)?.unwrap_or_default(), words(row, 1)?.unwrap_or_default());
        Ok((key, (words(row, 2)?.unwrap_or_default(), words(row, 3)?, row.get(4)?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a part's values are of the kinds in which SQLite writes them: the same letters kept as bytes would be read
/// all the same. What has rows has a page of its own, what has none has none.
const PLAIN: &str = "(typeof(type) = 'text' AND typeof(name) = 'text' AND typeof(tbl_name) = 'text' \
     AND typeof(sql) IN ('text', 'null') AND typeof(rootpage) = 'integer' \
     AND (rootpage > 1 AND type IN ('table', 'index') OR rootpage = 0 AND type IN ('trigger', 'view')))";

/// Words as they can be shown: a damaged letter is no reason not to name what it stands in.
fn text(value: ValueRef<'_>) -> Option<String> {
    value.as_bytes_or_null().ok().flatten().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

/// Lays out everything in an empty database.
pub(super) fn lay_out(conn: &Connection) -> Result<()> {
    conn.execute_batch(schema::LOG)?;
    for step in schema::MIGRATIONS {
        conn.execute_batch(step)?;
    }
    conn.execute_batch(&schema::PROJECTIONS.replace("{T}", ""))?;
    conn.execute_batch(schema::PROJECTION_INDEXES)?;
    Ok(())
}

/// What a new file holds.
fn expected() -> Result<Schema> {
    let conn = Connection::open_in_memory()?;
    lay_out(&conn)?;
    read(&conn)
}

/// Every part of the file that differs from what this program lays out.
pub(super) fn differences(conn: &Connection) -> Result<Vec<Part>> {
    let (expected, found) = (expected()?, read(conn)?);
    let part =
        |(kind, name): &(String, String), differs| Part { kind: kind.clone(), name: name.clone(), differs };
    let mut out = Vec::new();
    for (key, words) in &expected {
        match found.get(key) {
            None => out.push(part(key, Differs::Missing)),
            Some(other) if other != words => out.push(part(key, Differs::Changed)),
            Some(_) => {}
        }
    }
    out.extend(found.keys().filter(|key| !expected.contains_key(*key)).map(|key| part(key, Differs::Added)));
    Ok(out)
}

/// Puts back what can be without touching a row of the log: triggers and views and indexes that should not be there go,
/// those that are missing or changed are made anew, every index is filled again. Tables stay as they are.
pub(super) fn mend(conn: &Connection) -> Result<()> {
    plainly(conn)?;
    let expected = expected()?;
    for part in differences(conn)? {
        if part.kind == "table" {
            continue;
        }
        let known = expected.get(&(part.kind.clone(), part.name.clone()));
        // What belongs to a projection is made anew with it.
        if known.is_some_and(|(table, ..)| table.starts_with("cur_")) {
            continue;
        }
        if part.differs != Differs::Missing {
            conn.execute_batch(&format!("DROP {} IF EXISTS main.{}", part.kind, quoted(&part.name)))?;
        }
        if let Some((_, Some(sql), _)) = known {
            conn.execute_batch(sql)?;
        }
    }
    conn.execute_batch("REINDEX")?;
    Ok(())
}

/// Keeps as letters again what is kept as bytes: what SQLite would not find by its name it could not drop either.
fn plainly(conn: &Connection) -> Result<()> {
    let odd = format!("SELECT count(*) FROM main.sqlite_schema WHERE NOT {PLAIN}");
    if conn.query_row(&odd, [], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(());
    }
    let change = || -> Result<()> {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
        conn.pragma_update(None, "writable_schema", true)?;
        conn.execute_batch(
            "UPDATE main.sqlite_schema SET type = CAST(type AS TEXT), name = CAST(name AS TEXT), \
                 tbl_name = CAST(tbl_name AS TEXT), sql = CAST(sql AS TEXT);
             UPDATE main.sqlite_schema SET rootpage = 0 WHERE type IN ('trigger', 'view')",
        )?;
        // Whoever has it open reads the schema again.
        Ok(conn.pragma_update(None, "schema_version", cookie(conn)? + 1)?)
    };
    let changed = change();
    conn.pragma_update(None, "writable_schema", false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    changed
}

/// A name as SQL has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether the file is laid out as this program does it, word for word. Costs a fraction of a millisecond.
pub(super) fn holds(conn: &Connection) -> Result<bool> {
    Ok(digest(conn)?.to_hex().as_str() == DIGEST)
}

/// Counts the changes of a file's schema: whoever compared it at this number need not again.
pub(super) fn cookie(conn: &Connection) -> Result<i64> {
    Ok(conn.prepare_cached("PRAGMA main.schema_version")?.query_row([], |row| row.get(0))?)
}

fn digest(conn: &Connection) -> Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    let mut query = conn.prepare(&format!(
        "SELECT type, name, tbl_name, sql, {PLAIN}, rootpage FROM main.sqlite_schema ORDER BY type, name"
    ))?;
    let mut pages = BTreeSet::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let page: i64 = if row.get(4)? { row.get(5)? } else { -1 };
        if page != 0 && (page < 0 || !pages.insert(page)) {
            // No file that SQLite wrote comes here.
            hasher.update(b"otherwise");
        }
        for column in 0..4 {
            let bytes =
                row.get_ref(column)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default();
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
    }
    Ok(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_what_is_laid_out() {
        let conn = Connection::open_in_memory().unwrap();
        lay_out(&conn).unwrap();
        assert_eq!(
            digest(&conn).unwrap().to_hex().as_str(),
            DIGEST,
            "whoever changes the schema changes the digest"
        );
        assert!(holds(&conn).unwrap());
        assert!(differences(&conn).unwrap().is_empty());
        conn.execute_batch("DROP INDEX cur_case_open; CREATE TABLE other (x)").unwrap();
        assert!(!holds(&conn).unwrap());
    }
}
