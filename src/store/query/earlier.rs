//! Reports that are there already, for an import to compare itself with: the one it would correct, and the unit's last
//! one before it.

use super::dossier::rest_fields;
use crate::domain::doubt::{Answer, Doubt};
use crate::domain::ids::{OpRef, PersonId, UnitId};
use crate::domain::report::{FormRef, Reading, ReportKey, Round};
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::log::event::SheetImported;
use crate::store::act::Import;
use crate::store::corrected::{At, Corrected, STANDS};
use crate::store::load::{READING, reading};
use crate::store::sql::day;
use crate::store::{Reader, json};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// A report in force with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierReport {
    /// Which.
    pub key: ReportKey,
    /// Its rows.
    pub readings: Vec<Reading>,
}

/// Reports in force, with the other columns of the forms that they came on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Earlier {
    /// The reports that have rows.
    pub reports: Vec<EarlierReport>,
    /// A form's other columns: canonical field, and whether it holds private numbers.
    pub columns: HashMap<FormRef, Vec<(String, bool)>>,
}

/// A file that was imported for another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameFile {
    /// For which day.
    pub day: NaiveDate,
    /// Under which name.
    pub file: String,
    /// In which op.
    pub op: OpRef,
    /// When it was recorded.
    pub at: Ts,
}

/// The reports in force of these keys, with their rows.
///
/// # Errors
/// The database cannot be read.
pub fn earlier_reports<'a>(reader: &Reader, keys: impl Iterator<Item = &'a ReportKey>) -> Result<Earlier> {
    let tx = reader.snapshot()?;
    let mut found = Vec::new();
    for key in keys {
        let op: Option<(i64, i64)> = tx
            .prepare_cached(
                "SELECT desk, seq FROM cur_report WHERE unit = ?1 AND day = ?2 AND round = ?3 AND form = 'rows'",
            )?
            .query_row(params![key.unit, day_number(key.day), key.round.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        found.extend(op.map(|op| (key.clone(), op)));
    }
    with_rows(&tx, found)
}

/// Of each of these units the last report in force before the day, with its rows; only where it has as many rows as
/// asked for, since any other cannot be the same.
///
/// # Errors
/// The database cannot be read.
pub fn reports_before<'a>(
    reader: &Reader,
    keys: impl Iterator<Item = &'a (ReportKey, u32)>,
) -> Result<Earlier> {
    let tx = reader.snapshot()?;
    let mut found = Vec::new();
    for (key, rows) in keys {
        let before: Option<(i32, String, u32, i64, i64)> = tx
            .prepare_cached(
                "SELECT day, round, rows, desk, seq FROM cur_report WHERE unit = ?1 AND day < ?2 AND form = 'rows' \
                 ORDER BY day DESC, first_at DESC LIMIT 1",
            )?
            .query_row(params![key.unit, day_number(key.day)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })
            .optional()?;
        if let Some((on, round, there, desk, seq)) = before
            && there == *rows
        {
            found.push((ReportKey { unit: key.unit, day: day(on), round: Round(round) }, (desk, seq)));
        }
    }
    with_rows(&tx, found)
}

/// Reads the rows of reports; an op is read once, however many reports it holds.
fn with_rows(conn: &Connection, found: Vec<(ReportKey, (i64, i64))>) -> Result<Earlier> {
    let mut out = Earlier::default();
    let mut places: HashMap<ReportKey, usize> = HashMap::new();
    let mut ops: Vec<(i64, i64)> = Vec::new();
    for (key, op) in found {
        places.insert(key.clone(), out.reports.len());
        out.reports.push(EarlierReport { key, readings: Vec::new() });
        if !ops.contains(&op) {
            ops.push(op);
        }
    }
    for (desk, seq) in ops {
        let mut query = conn.prepare_cached(&format!(
            "SELECT {READING} FROM log_reading r WHERE r.desk = ?1 AND r.seq = ?2 ORDER BY r.row"
        ))?;
        let mut rows = query.query([desk, seq])?;
        while let Some(row) = rows.next()? {
            let (read, _) = reading(row, 0)?;
            let key = ReportKey { unit: read.unit, day: read.day, round: read.round.clone() };
            let Some(place) = places.get(&key) else { continue };
            if !out.columns.contains_key(&read.form) {
                out.columns.insert(read.form.clone(), rest_fields(conn, &read.form)?);
            }
            out.reports[*place].readings.push(read);
        }
    }
    Ok(out)
}

/// Somebody's row in another unit's report of the same day and round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElsewhereToo {
    /// Whose.
    pub person: PersonId,
    /// In whose report.
    pub unit: UnitId,
    /// Both temperatures, in tenths of a degree.
    pub temps: [Option<i16>; 2],
}

/// Whoever of an import stands in a report in force of another unit for the same day and round.
///
/// # Errors
/// The database cannot be read.
pub fn elsewhere_too(reader: &Reader, import: &Import) -> Result<Vec<ElsewhereToo>> {
    let Some((key, _)) = import.reports.first() else { return Ok(Vec::new()) };
    let own: HashSet<UnitId> = import.reports.iter().map(|(key, _)| key.unit).collect();
    let tx = reader.snapshot()?;
    let mut units =
        tx.prepare_cached("SELECT unit FROM cur_report WHERE day = ?1 AND round = ?2 AND form = 'rows'")?;
    let units = units.query_map(params![day_number(key.day), key.round.0], |row| row.get::<_, UnitId>(0))?;
    let units: Vec<UnitId> = units.collect::<rusqlite::Result<_>>()?;
    // Of the first sheets of a day nobody need be looked up.
    if units.iter().all(|unit| own.contains(unit)) {
        return Ok(Vec::new());
    }
    let mut query = tx.prepare_cached(
        "SELECT r.unit, r.temp_am, r.temp_pm FROM log_reading r INDEXED BY log_reading_person \
         JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq \
         WHERE r.person = ?1 AND r.day = ?2 AND r.round = ?3",
    )?;
    let mut out = Vec::new();
    let corrected = Corrected::all(&tx)?;
    for reading in import.readings.iter().filter(|one| !import.carried.contains(&(one.unit, one.person))) {
        let mut rows = query.query(params![reading.person, day_number(reading.day), reading.round.0])?;
        while let Some(row) = rows.next()? {
            let unit: UnitId = row.get(0)?;
            if !own.contains(&unit) {
                let at = At {
                    person: reading.person,
                    unit,
                    day: day_number(reading.day),
                    round: &reading.round.0,
                };
                let temps = corrected.temps(at, [row.get(1)?, row.get(2)?]);
                out.push(ElsewhereToo { person: reading.person, unit, temps });
            }
        }
    }
    Ok(out)
}

/// A value of a report that was asked about: what it was then, and what it was said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedOf {
    /// Whose.
    pub person: PersonId,
    /// In whose report.
    pub unit: UnitId,
    /// The field.
    pub field: String,
    /// As it was sent.
    pub sent: String,
    /// As it was said to be: the same where it was confirmed.
    pub is: String,
    /// When.
    pub at: Ts,
    /// By whom.
    pub told_by: String,
}

/// What was asked about in these reports, and confirmed or found to be otherwise.
///
/// # Errors
/// The database cannot be read.
pub fn asked_of(reader: &Reader, keys: &[ReportKey]) -> Result<Vec<AskedOf>> {
    let tx = reader.snapshot()?;
    let mut query = tx.prepare_cached(&format!(
        "SELECT a.person, a.body, a.how, a.field, a.old, a.new, a.at, a.told_by, a.unit FROM cur_answer a \
         JOIN log_op o ON o.desk = a.desk AND o.seq = a.seq \
         WHERE a.person IS NOT NULL AND a.how <> 'deferred' AND {STANDS} ORDER BY o.lamport, a.desk, a.seq, a.idx"
    ))?;
    let mut rows = query.query([])?;
    let mut out: Vec<AskedOf> = Vec::new();
    while let Some(row) = rows.next()? {
        // Of an office's answers few are of one sheet's units: the others need not be read.
        let unit: UnitId = row.get(8)?;
        if !keys.iter().any(|key| key.unit == unit) {
            continue;
        }
        let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let doubt: Doubt = serde_json::from_str(body).map_err(json)?;
        let of = |key: &ReportKey| (key.unit, key.day, &key.round) == (doubt.unit, doubt.day, &doubt.round);
        if !keys.iter().any(of) {
            continue;
        }
        let (person, at, told_by): (PersonId, Ts, String) = (row.get(0)?, row.get(6)?, row.get(7)?);
        let mut push = |field: &str, sent: &str, is: &str| {
            let of = |asked: &AskedOf| (asked.person, asked.unit, asked.field.clone());
            out.retain(|before| of(before) != (person, doubt.unit, field.to_owned()));
            let (field, sent, is) = (field.to_owned(), sent.to_owned(), is.to_owned());
            out.push(AskedOf { person, unit: doubt.unit, field, sent, is, at, told_by: told_by.clone() });
        };
        if row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)? == Answer::Corrected.code() {
            let (field, old, new): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
            push(&field, &old, &new);
        } else {
            for value in [&doubt.one, &doubt.other].into_iter().filter(|value| value.day == doubt.day) {
                push(&value.field, &value.said, &value.said);
            }
        }
    }
    Ok(out)
}

/// The latest import of this very file for another day, if it stands.
///
/// # Errors
/// The database cannot be read.
pub fn same_file_elsewhere(reader: &Reader, sheet: &SheetImported) -> Result<Option<SameFile>> {
    let Some(on) = sheet.day else { return Ok(None) };
    let found: Option<(String, String, OpRef, Ts)> = reader
        .conn
        .prepare_cached(
            "SELECT b.body ->> '$.day', b.body ->> '$.file', d.id, o.seq, o.recorded_at FROM log_event e \
             JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq JOIN log_desk d ON d.no = e.desk \
             WHERE e.kind = 'sheet.imported' AND instr(b.body, ?1) > 0 \
               AND b.body ->> '$.digest' = ?1 AND b.body ->> '$.what' = ?2 AND b.body ->> '$.day' <> ?3 \
               AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = e.desk AND u.seq = e.seq) \
             ORDER BY e.desk, e.seq DESC LIMIT 1",
        )?
        .query_row(params![sheet.digest, sheet.what, on.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?, OpRef { desk: row.get(2)?, seq: row.get(3)? }, row.get(4)?))
        })
        .optional()?;
    Ok(found.and_then(|(day, file, op, at)| Some(SameFile { day: day.parse().ok()?, file, op, at })))
}
