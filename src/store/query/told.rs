//! What was told to whom (口径簿): situation reports as sent, figures told by mouth, and what is no longer so.

use super::rows::{BehindRow, SentRow, SitrepAsk, SitrepView, ToldDifference, ToldKind, ToldRow};
use super::settings_in;
use super::sitrep::tracks::School;
use crate::domain::case::{CaseFacts, Measure};
use crate::domain::followup::Channel;
use crate::domain::ids::SitrepId;
use crate::domain::letterhead::Letterhead;
use crate::domain::mask::masked_words;
use crate::domain::sitrep::told::{Difference, Told, differences, differences_by_whom};
use crate::domain::sitrep::{Axis, Sitrep};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::i18n::sitrep as words;
use crate::say::Say;
use crate::store::sql::{self, Code, day as day_of};
use crate::store::{Reader, json};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// How far back the told book is looked through for what was told last.
pub(super) const MANY: u32 = 200;

/// Situation reports that were sent, with their corrections, the newest first.
///
/// # Errors
/// The database cannot be read.
pub fn sitreps(reader: &Reader, limit: u32) -> Result<Vec<SentRow>> {
    let mut query = reader.conn.prepare_cached(&format!("{SENT} ORDER BY s.at DESC, s.seq DESC LIMIT ?1"))?;
    Ok(query.query_map([limit], sent_row)?.collect::<rusqlite::Result<_>>()?)
}

const SENT: &str = "SELECT s.id, s.at, coalesce(o.name, ''), s.sent_to, s.channel, s.day, s.boundary, \
     s.current, s.corrects, s.reason, \
     (SELECT c.id FROM cur_sitrep c WHERE c.corrects = s.id ORDER BY c.at DESC, c.seq DESC LIMIT 1), s.report \
     FROM cur_sitrep s LEFT JOIN cur_officer o ON o.id = s.officer";

fn sent_row(row: &Row<'_>) -> rusqlite::Result<SentRow> {
    let channel: Code<Channel> = row.get(4)?;
    Ok(SentRow {
        id: row.get(0)?,
        at: row.get(1)?,
        officer: row.get(2)?,
        written_to: row.get(3)?,
        channel: channel.0,
        day: day_of(row.get(5)?),
        boundary: row.get(6)?,
        current: row.get(7)?,
        corrects: row.get(8)?,
        reason: masked_words(&row.get::<_, String>(9)?).into_owned(),
        corrected_by: row.get(10)?,
        letterhead: serde_json::from_str::<Headed>(&row.get::<_, String>(11)?)
            .ok()
            .and_then(|report| report.letterhead)
            .unwrap_or_default(),
    })
}

/// Of a report that was sent how it was headed.
#[derive(serde::Deserialize)]
struct Headed {
    #[serde(default)]
    letterhead: Option<Letterhead>,
}

/// A report as it was sent.
///
/// # Errors
/// The database cannot be read.
pub fn sent(reader: &Reader, id: SitrepId) -> Result<Option<(SentRow, Sitrep)>> {
    sent_in(&reader.conn, id)
}

pub(super) fn sent_in(conn: &Connection, id: SitrepId) -> Result<Option<(SentRow, Sitrep)>> {
    let found: Option<(SentRow, String)> = conn
        .prepare_cached(&format!("{SENT} WHERE s.id = ?1"))?
        .query_row([id], |row| Ok((sent_row(row)?, row.get(11)?)))
        .optional()?;
    let Some((row, report)) = found else { return Ok(None) };
    Ok(Some((row, serde_json::from_str(&report).map_err(json)?)))
}

/// The told book, the newest first: reports that were sent, and figures told by mouth.
///
/// # Errors
/// The database cannot be read.
pub fn told(reader: &Reader, limit: u32) -> Result<Vec<ToldRow>> {
    let tx = reader.snapshot()?;
    told_in(&tx, None, limit)
}

/// The told book with what of each entry is otherwise now, and the report that says so.
///
/// # Errors
/// The database cannot be read.
pub fn told_book(reader: &Reader, now: Ts, limit: u32) -> Result<(Vec<ToldRow>, SitrepView)> {
    let tx = reader.snapshot()?;
    let mut rows = told_in(&tx, None, limit)?;
    let settings = settings_in(&tx)?;
    let cut = super::sitrep::cut(&tx, &settings, now, &SitrepAsk::default())?;
    let names = cut.school.names();
    let mut known = Known::new();
    for row in &mut rows {
        let found = differences(&cut.report, &[plain(row)]);
        row.against = named(&tx, found, &names, &mut known)?;
    }
    let view = super::sitrep::view(&tx, settings, cut.report, &cut.school, rows.clone())?;
    Ok((rows, view))
}

/// The newest entries, of those before a report that was sent if one is named.
pub(super) fn told_in(conn: &Connection, before: Option<SitrepId>, limit: u32) -> Result<Vec<ToldRow>> {
    let mut query = conn.prepare_cached(
        "SELECT * FROM (\
           SELECT 0, t.id, t.at AS at, t.officer AS officer, t.told_to, t.channel, t.day, t.boundary, t.figures, t.words, t.seq AS seq \
           FROM cur_told t \
           UNION ALL \
           SELECT CASE WHEN s.corrects IS NULL THEN 1 ELSE 2 END, s.id, s.at, s.officer, s.sent_to, s.channel, s.day, \
             s.boundary, s.headlines, s.reason, s.seq FROM cur_sitrep s) b \
         LEFT JOIN cur_officer o ON o.id = b.officer \
         WHERE ?2 IS NULL OR (b.at, b.seq) < (SELECT s.at, s.seq FROM cur_sitrep s WHERE s.id = ?2) ORDER BY b.at DESC, b.seq DESC LIMIT ?1",
    )?;
    let mut rows = query.query(params![limit, before])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, id): (u8, Uuid) = (row.get(0)?, row.get(1)?);
        let body = row.get_ref(8)?.as_str().map_err(rusqlite::Error::from)?;
        let channel: Code<Channel> = row.get(5)?;
        out.push(ToldRow {
            kind: match kind {
                0 => ToldKind::Figures(id.into()),
                1 => ToldKind::Sitrep(id.into()),
                _ => ToldKind::Correction(id.into()),
            },
            at: row.get(2)?,
            officer: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
            written_to: row.get(4)?,
            channel: channel.0,
            day: day_of(row.get(6)?),
            boundary: row.get(7)?,
            figures: serde_json::from_str(body).map_err(json)?,
            words: masked_words(&row.get::<_, String>(9)?).into_owned(),
            against: Vec::new(),
        });
    }
    Ok(out)
}

/// Every figure that is no longer what each of those who were told heard of it last, with who came to it and who
/// left it.
///
/// # Errors
/// The database cannot be read.
pub fn told_differences(reader: &Reader, now: Ts) -> Result<Vec<ToldDifference>> {
    let tx = reader.snapshot()?;
    let cut = super::sitrep::cut(&tx, &settings_in(&tx)?, now, &SitrepAsk::default())?;
    let told: Vec<Told> = told_in(&tx, None, MANY)?.iter().map(plain).collect();
    let found = differences_by_whom(&cut.report, &told);
    named(&tx, found, &cut.school.names(), &mut Known::new())
}

/// What of a report is otherwise than each of those told heard of it last.
pub(super) fn named_differences(
    conn: &Connection,
    report: &Sitrep,
    told: &[ToldRow],
    school: &School,
) -> Result<Vec<ToldDifference>> {
    let told: Vec<Told> = told.iter().map(plain).collect();
    named(conn, differences_by_whom(report, &told), &school.names(), &mut Known::new())
}

fn plain(row: &ToldRow) -> Told {
    let figures = row.figures.clone();
    Told { at: row.at, to: row.written_to.clone(), day: row.day, boundary: row.boundary, figures }
}

fn named(
    conn: &Connection,
    found: Vec<Difference>,
    units: &BTreeMap<String, String>,
    known: &mut Known,
) -> Result<Vec<ToldDifference>> {
    let mut out = Vec::new();
    for difference in found {
        let key = &difference.key;
        let row = match (key.axis, units.get(&key.row)) {
            (Axis::Unit, Some(name)) => Say::same(name),
            (axis, _) => words::row(axis, &key.row),
        };
        let mut behind = |ids: &[Uuid]| {
            if key.column.is_of_units() { units_in(conn, ids, known) } else { people_in(conn, ids, known) }
        };
        let (added, removed) = (behind(&difference.added)?, behind(&difference.removed)?);
        out.push(ToldDifference { difference, row, added, removed });
    }
    Ok(out)
}

/// The people behind a figure, in the order of their numbers; whoever is no longer known comes last, without a name.
///
/// # Errors
/// The database cannot be read.
pub fn people_behind(reader: &Reader, ids: &[Uuid]) -> Result<Vec<BehindRow>> {
    let tx = reader.snapshot()?;
    people_in(&tx, ids, &mut Known::new())
}

fn people_in(conn: &Connection, ids: &[Uuid], known: &mut Known) -> Result<Vec<BehindRow>> {
    let mut query = conn.prepare_cached(
        "SELECT p.no, p.name, coalesce(u.name, ''), p.kind, \
         (SELECT c.facts FROM cur_case c WHERE c.person = p.id AND c.released_at IS NULL) \
         FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1",
    )?;
    rows_of(ids, known, |id| {
        let found = query
            .query_row([id], |row| {
                let kind: sql::Known<crate::domain::person::PersonKind> = row.get(3)?;
                let facts: Option<String> = row.get(4)?;
                let row = BehindRow {
                    id,
                    no: row.get(0)?,
                    name: row.get(1)?,
                    unit: row.get(2)?,
                    kind: kind.0,
                    measure: None,
                };
                Ok((row, facts))
            })
            .optional()?;
        let Some((mut row, facts)) = found else { return Ok(None) };
        if let Some(facts) = facts {
            let facts: CaseFacts = serde_json::from_str(&facts).map_err(json)?;
            row.measure = Some(facts.measure.unwrap_or(Measure::None));
        }
        Ok(Some(row))
    })
}

/// The units behind a figure, by code.
///
/// # Errors
/// The database cannot be read.
pub fn units_behind(reader: &Reader, ids: &[Uuid]) -> Result<Vec<BehindRow>> {
    let tx = reader.snapshot()?;
    units_in(&tx, ids, &mut Known::new())
}

fn units_in(conn: &Connection, ids: &[Uuid], known: &mut Known) -> Result<Vec<BehindRow>> {
    let mut query = conn.prepare_cached(
        "SELECT u.code, u.name, coalesce(a.name, '') FROM cur_unit u LEFT JOIN cur_unit a ON a.id = u.parent WHERE u.id = ?1",
    )?;
    rows_of(ids, known, |id| {
        let found = query.query_row([id], |row| {
            let (no, name, unit) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(BehindRow { id, no, name, unit, kind: None, measure: None })
        });
        Ok(found.optional()?)
    })
}

/// Rows that were read already.
type Known = HashMap<Uuid, BehindRow>;

/// One row an id; somebody who stands there twice is read once.
fn rows_of(
    ids: &[Uuid],
    known: &mut Known,
    mut read: impl FnMut(Uuid) -> Result<Option<BehindRow>>,
) -> Result<Vec<BehindRow>> {
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        if !known.contains_key(id) {
            let gone = || BehindRow {
                id: *id,
                no: String::new(),
                name: String::new(),
                unit: String::new(),
                kind: None,
                measure: None,
            };
            known.insert(*id, read(*id)?.unwrap_or_else(gone));
        }
        out.extend(known.get(id).cloned());
    }
    out.sort_by(|a, b| (a.is_gone(), &a.no).cmp(&(b.is_gone(), &b.no)));
    Ok(out)
}
