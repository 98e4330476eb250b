//! Contradictions in what was reported (存疑): which are open, how each can be answered, how accurate the day is.
//!
//! What a unit's sheets contradict stands in its table ([`crate::store::project::doubt`]). Two kinds are held against what
//! stands here and are computed when they are asked for: a case of which the sheets say nothing, and a zero report.

use super::changed::file_of;
use super::rows::{Answered, DoubtEnd, DoubtRow};
use super::settings_in;
use crate::domain::case::Measure;
use crate::domain::doubt::{self, Accuracy, Answer, Check, Doubt};
use crate::domain::ids::{DoubtId, OpRef, PersonId, PromiseId, Subject, UnitId};
use crate::domain::mask::Private;
use crate::domain::report::{ReportKey, Round};
use crate::domain::rules::Rules;
use crate::domain::time::{Calendar, Ts, add_days, day_number};
use crate::error::Result;
use crate::store::Reader;
use crate::store::corrected::{At, Corrected, STANDS};
use crate::store::json;
use crate::store::project::doubt::{DOUBT, doubt as read};
use crate::store::project::finding::Forms;
use crate::store::sql::{Code, day};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// Every open doubt: by urgency, then by unit, the oldest first.
///
/// # Errors
/// The database cannot be read.
pub fn doubts(reader: &Reader) -> Result<Vec<DoubtRow>> {
    doubts_in(reader, &*reader.snapshot()?)
}

pub(super) fn doubts_in(reader: &Reader, conn: &Connection) -> Result<Vec<DoubtRow>> {
    rows(conn, known(reader, conn)?.iter().cloned())
}

fn rows(conn: &Connection, all: impl Iterator<Item = (Doubt, Ts)>) -> Result<Vec<DoubtRow>> {
    let mut out = Vec::new();
    for (doubt, came) in all {
        out.extend(named(conn, doubt, came)?);
    }
    out.sort_by(|a, b| {
        (a.urgency, &a.unit, a.came, &a.no, a.doubt.check).cmp(&(
            b.urgency,
            &b.unit,
            b.came,
            &b.no,
            b.doubt.check,
        ))
    });
    Ok(out)
}

/// Every open doubt about a unit or one of its people, as [`doubts`].
pub(super) fn of_unit(reader: &Reader, conn: &Connection, unit: UnitId) -> Result<Vec<DoubtRow>> {
    rows(conn, known(reader, conn)?.iter().filter(|(doubt, _)| doubt.unit == unit).cloned())
}

/// Those of them that may be asked in writing.
pub(super) fn in_writing(mut rows: Vec<DoubtRow>) -> Vec<DoubtRow> {
    rows.retain(|row| !row.doubt.check.is_only_spoken_of());
    rows
}

/// What is open about one report: its rows, and the unit itself.
pub(super) fn of_report(reader: &Reader, conn: &Connection, key: &ReportKey) -> Result<Vec<Doubt>> {
    let all = known(reader, conn)?;
    let all = all.iter().map(|(doubt, _)| doubt);
    let of_it = |doubt: &&Doubt| (doubt.unit, doubt.day, &doubt.round) == (key.unit, key.day, &key.round);
    let mut out: Vec<Doubt> = all.filter(of_it).cloned().collect();
    sort(&mut out);
    Ok(out)
}

/// What is open about a person, the most pressing first.
pub(in crate::store) fn of_person(conn: &Connection, person: PersonId) -> Result<Vec<Doubt>> {
    let mut out: Vec<Doubt> = open(conn, Of::Person(person))?.into_iter().map(|(doubt, _)| doubt).collect();
    sort(&mut out);
    Ok(out)
}

fn sort(doubts: &mut [Doubt]) {
    doubts.sort_by_key(|doubt| (doubt.urgency(Rules::builtin()), doubt.check, doubt.day));
}

/// What is open, person by person: a sheet of everybody's asks at once.
pub(in crate::store) fn by_person(conn: &Connection) -> Result<HashMap<PersonId, Vec<Doubt>>> {
    let mut out: HashMap<PersonId, Vec<Doubt>> = HashMap::new();
    for (doubt, _) in open(conn, Of::All)? {
        if let Some(person) = doubt.person() {
            out.entry(person).or_default().push(doubt);
        }
    }
    for all in out.values_mut() {
        sort(all);
    }
    Ok(out)
}

/// How many are open.
pub(super) fn count(reader: &Reader, conn: &Connection) -> Result<u32> {
    Ok(known(reader, conn)?.len() as u32)
}

/// What is open, with when its report came. Every screen counts it, and nothing of it depends on the moment: it is worked
/// out once for what stands in the file.
pub(in crate::store) struct Doubted {
    /// The file as it was read: it changes with each write, and with each time it is built anew.
    file: (i64, i64),
    open: Arc<[(Doubt, Ts)]>,
}

fn known(reader: &Reader, conn: &Connection) -> Result<Arc<[(Doubt, Ts)]>> {
    let file = file_of(conn)?;
    if let Some(known) = &*reader.doubted.borrow()
        && known.file == file
    {
        return Ok(known.open.clone());
    }
    let open: Arc<[(Doubt, Ts)]> = open(conn, Of::All)?.into();
    *reader.doubted.borrow_mut() = Some(Doubted { file, open: open.clone() });
    Ok(open)
}

/// The open doubt with this id.
pub(in crate::store) fn open_one(conn: &Connection, id: DoubtId) -> Result<Option<Doubt>> {
    let found = match raised(conn, Of::Id(id))?.pop() {
        Some(found) => Some(found),
        // What is computed stands in no table.
        None => {
            unsaid(conn, Of::All)?.into_iter().chain(zeros(conn, Of::All)?).find(|(doubt, _)| doubt.id == id)
        }
    };
    let Some((doubt, _)) = found else { return Ok(None) };
    Ok((!is_answered(conn, doubt.id)? && !is_dismissed(conn, &doubt)?).then_some(doubt))
}

/// Of whom or what doubts are asked for.
#[derive(Debug, Clone, Copy)]
enum Of {
    All,
    Person(PersonId),
    Id(DoubtId),
}

impl Of {
    fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            _ => None,
        }
    }
}

/// Everything that is neither answered nor ended by a sheet, with when its report came.
fn open(conn: &Connection, of: Of) -> Result<Vec<(Doubt, Ts)>> {
    let mut out = Vec::new();
    for (doubt, came) in raised(conn, of)?.into_iter().chain(unsaid(conn, of)?).chain(zeros(conn, of)?) {
        if !is_answered(conn, doubt.id)? && !is_dismissed(conn, &doubt)? {
            out.push((doubt, came));
        }
    }
    Ok(out)
}

/// Whether a doubt was answered for good.
fn is_answered(conn: &Connection, id: DoubtId) -> Result<bool> {
    Ok(conn
        .prepare_cached(&format!(
            "SELECT 1 FROM cur_answer a WHERE a.doubt = ?1 AND a.how <> 'deferred' AND {STANDS}"
        ))?
        .exists([id])?)
}

/// What sheets contradict and no later one ended.
fn raised(conn: &Connection, of: Of) -> Result<Vec<(Doubt, Ts)>> {
    let (which, id): (&str, Option<Uuid>) = match of {
        Of::All => ("?1 IS NULL", None),
        Of::Person(person) => ("d.person = ?1", Some(person.0)),
        Of::Id(doubt) => ("d.id = ?1", Some(doubt.0)),
    };
    // Somebody who is missing in the sheet of a unit that they have left is not missed.
    let mut query = conn.prepare_cached(&format!(
        "SELECT d.came, {DOUBT} FROM cur_doubt d LEFT JOIN cur_person p ON p.id = d.person \
         WHERE {which} AND d.closed_day IS NULL AND (d.person IS NULL OR p.id IS NOT NULL) \
           AND (d.what <> 'missing-from-sheet' OR EXISTS (WITH RECURSIVE up(id) AS (SELECT p.unit UNION \
             SELECT u.parent FROM up JOIN cur_unit u ON u.id = up.id) SELECT 1 FROM up WHERE up.id = d.unit)) \
         ORDER BY d.unit, d.day, d.id"
    ))?;
    let mut rows = query.query([id.map(|id| id.as_bytes().to_vec())])?;
    let calendar = calendar(conn)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push((by_the_clock(read(row, 1)?, calendar), row.get(0)?));
    }
    Ok(out)
}

/// A doubt as the office's clock tells it: in the table the minute stands as it is everywhere, and no setting changes it.
/// It is no part of what the doubt is known by.
fn by_the_clock(mut doubt: Doubt, calendar: Calendar) -> Doubt {
    if doubt.check == Check::SameMinute
        && let Ok(minute) = doubt.one.said.parse::<i32>()
    {
        let local = (minute + calendar.utc_offset_min).rem_euclid(24 * 60);
        doubt.one.said = format!("{:02}:{:02}", local / 60, local % 60);
    }
    doubt
}

/// Whether the fever that is doubted was looked into, and found to need no case.
fn is_dismissed(conn: &Connection, doubt: &Doubt) -> Result<bool> {
    if doubt.check != Check::FeverSaidWell {
        return Ok(false);
    }
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM cur_dismissed a, json_each(a.found) f WHERE a.person = ?1 \
             AND f.value ->> '$.what' = 'fever' AND f.value ->> '$.day' = ?2 AND f.value ->> '$.round' = ?3 \
             AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = a.desk AND u.seq = a.seq)",
        )?
        .exists(params![doubt.person(), doubt.day.to_string(), doubt.round.0])?)
}

/// Open cases under a measure whose sheets say "well, not observed" since.
fn unsaid(conn: &Connection, of: Of) -> Result<Vec<(Doubt, Ts)>> {
    let calendar = calendar(conn)?;
    let which = if of.person().is_some() { "c.person = ?1" } else { "?1 IS NULL" };
    let mut cases = conn.prepare_cached(&format!(
        "SELECT c.person, c.facts ->> '$.measure', c.measured_since FROM cur_case c \
         WHERE c.released_at IS NULL AND c.measured_since IS NOT NULL AND {which} ORDER BY c.person"
    ))?;
    let mut sheets = conn.prepare_cached(
        "SELECT r.unit, r.day, r.round, coalesce(r.status, ''), r.rest, r.form, r.form_version, o.happened_at, o.lamport \
         FROM log_reading r CROSS JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round \
           AND q.desk = r.desk AND q.seq = r.seq CROSS JOIN log_op o ON o.desk = r.desk AND o.seq = r.seq \
         WHERE r.person = ?1 AND r.day > ?2 ORDER BY r.day, r.round, r.row",
    )?;
    let (mut forms, corrected) = (Forms::default(), Corrected::all(conn)?);
    let mut out = Vec::new();
    let mut rows = cases.query([of.person()])?;
    while let Some(row) = rows.next()? {
        let (person, since): (PersonId, Ts) = (row.get(0)?, row.get(2)?);
        let measure: Option<String> = row.get(1)?;
        let measure = measure.as_deref().and_then(Measure::from_code).unwrap_or(Measure::None);
        if measure == Measure::None {
            continue;
        }
        let since = calendar.day(since);
        // The first of the sheets in a row that say nothing of it.
        let mut silent: Option<(Doubt, Ts)> = None;
        let mut rows = sheets.query(params![person, day_number(since)])?;
        while let Some(row) = rows.next()? {
            let form = crate::domain::report::FormRef { name: row.get(5)?, version: row.get(6)? };
            let (status, rest): (String, String) = (row.get(3)?, row.get(4)?);
            let how = forms.columns(conn, &form, row.get(8)?)?.packed(&rest, "observed_how");
            // What was found to be otherwise was asked: the next sheet that says nothing is another question.
            let round: String = row.get(2)?;
            let at = At { person, unit: row.get(0)?, day: row.get(1)?, round: &round };
            let (status, how) =
                (corrected.answer(at, "status", &status), corrected.answer(at, "observed_how", how));
            if status == "normal" && matches!(how, "" | "none") {
                if silent.is_none() {
                    let said = (measure.code(), since);
                    let report = (day(at.day), &Round(round.clone()));
                    let doubt = doubt::case_unsaid(person, at.unit, report, said, status);
                    silent = Some((doubt, row.get(7)?));
                }
            } else if !status.is_empty() {
                silent = None;
            }
        }
        out.extend(silent);
    }
    let rules = Rules::builtin();
    out.retain(|(doubt, _)| rules.doubting(Check::CaseUnsaid, doubt.day).is_some());
    Ok(out)
}

fn calendar(conn: &Connection) -> Result<Calendar> {
    let any = conn.prepare_cached("SELECT 1 FROM cur_setting")?.exists([])?;
    Ok(if any { settings_in(conn)?.calendar } else { Calendar::default() })
}

/// The newest report of each unit, where it is a zero that the unit's own people or calls contradict.
fn zeros(conn: &Connection, of: Of) -> Result<Vec<(Doubt, Ts)>> {
    // A zero is about nobody.
    if of.person().is_some() {
        return Ok(Vec::new());
    }
    let calendar = calendar(conn)?;
    let mut query = conn.prepare_cached(
        "SELECT q.unit, q.day, q.round, o.happened_at FROM cur_report q JOIN log_op o ON o.desk = q.desk AND o.seq = q.seq \
         WHERE q.form = 'zero' AND NOT EXISTS (SELECT 1 FROM cur_report n WHERE n.unit = q.unit \
           AND (n.day > q.day OR n.day = q.day AND n.first_at > q.first_at)) ORDER BY q.unit",
    )?;
    let mut told = conn.prepare_cached(
        "SELECT (SELECT count(*) FROM cur_case c JOIN cur_person p ON p.id = c.person WHERE p.unit = ?1 \
             AND c.released_at IS NULL AND c.measured_since < ?3), \
           (SELECT count(*) FROM cur_person p JOIN cur_followup f ON f.person = p.id WHERE p.unit = ?1 \
             AND f.at >= ?2 AND f.at < ?3 AND f.outcome = 'not-well'), \
           (SELECT count(DISTINCT f.person) FROM cur_finding f JOIN cur_person p ON p.id = f.person WHERE p.unit = ?1 \
             AND f.day = ?4)",
    )?;
    let mut rows = query.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (unit, on, round): (UnitId, NaiveDate, Round) =
            (row.get(0)?, day(row.get(1)?), Round(row.get(2)?));
        if Rules::builtin().doubting(Check::ZeroContradicted, on).is_none() {
            continue;
        }
        let (from, to) = (calendar.begins(on), calendar.begins(add_days(on, 1)));
        let (cases, calls, findings) = told.query_row(params![unit, from, to, day_number(on)], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let said = [("cases", cases), ("calls", calls), ("findings", findings)];
        out.extend(doubt::zero_contradicted(unit, (on, &round), said).map(|doubt| (doubt, row.get(3))));
    }
    out.into_iter().map(|(doubt, came)| Ok((doubt, came?))).collect()
}

/// A doubt with whose it is and whom to phone; nothing where nobody of that id is there.
fn named(conn: &Connection, doubt: Doubt, came: Ts) -> Result<Option<DoubtRow>> {
    type Named = (String, String, String, String, Option<UnitId>);
    let who: Option<Named> = match doubt.about {
        Subject::Person(person) => conn
            .prepare_cached("SELECT no, name, coalesce(phone, ''), keys, unit FROM cur_person WHERE id = ?1")?
            .query_row([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            .optional()?,
        _ => conn
            .prepare_cached("SELECT code, name, '', keys, id FROM cur_unit WHERE id = ?1")?
            .query_row([doubt.unit], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })
            .optional()?,
    };
    let Some((no, name, phone, keys, _)) = who else { return Ok(None) };
    let unit: Option<(String, String, String)> = conn
        .prepare_cached(
            "SELECT name, coalesce(liaison, head, ''), coalesce(liaison_phone, head_phone, '') FROM cur_unit WHERE id = ?1",
        )?
        .query_row([doubt.unit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (unit, liaison, liaison_phone) = unit.unwrap_or_default();
    let (urgency, deferred) = (doubt.urgency(Rules::builtin()), deferred_in(conn, doubt.id)?);
    let phone = Private::new(phone);
    Ok(Some(DoubtRow { doubt, urgency, no, name, unit, phone, liaison, liaison_phone, came, deferred, keys }))
}

/// The open promise that a doubt waits for.
pub(in crate::store) fn deferred_in(conn: &Connection, doubt: DoubtId) -> Result<Option<(PromiseId, Ts)>> {
    Ok(conn
        .prepare_cached(&format!(
            "SELECT m.id, m.due FROM cur_answer a JOIN cur_promise m ON m.id = a.promise \
             WHERE a.doubt = ?1 AND m.ended IS NULL AND {STANDS} ORDER BY m.due DESC LIMIT 1"
        ))?
        .query_row([doubt], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Which doubts are open: held before and after an act, they say what it brought and what it ended.
///
/// # Errors
/// The database cannot be read.
pub fn open_doubts(reader: &Reader) -> Result<HashSet<DoubtId>> {
    let tx = reader.snapshot()?;
    Ok(known(reader, &tx)?.iter().map(|(doubt, _)| doubt.id).collect())
}

/// What became of a person's doubts, or a unit's own, the newest first.
pub(in crate::store) fn ended(conn: &Connection, about: Subject) -> Result<Vec<DoubtEnd>> {
    let (which, id) = match about {
        Subject::Person(id) => ("person = ?1", id.0),
        Subject::Unit(id) => ("person IS NULL AND unit = ?1", id.0),
        Subject::Contact(_) => return Ok(Vec::new()),
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT a.at, a.how, d.id, a.seq, coalesce(o.name, ''), a.told_by, a.words, a.body FROM cur_answer a \
         JOIN log_desk d ON d.no = a.desk LEFT JOIN cur_officer o ON o.id = a.officer WHERE a.{which} AND {STANDS}",
        which = which.replace(" AND unit", " AND a.unit")
    ))?;
    let mut out = Vec::new();
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let how: Code<Answer> = row.get(1)?;
        let body = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
        let how = Answered {
            how: how.0,
            op: OpRef { desk: row.get(2)?, seq: row.get(3)? },
            officer: row.get(4)?,
            told_by: row.get(5)?,
            words: row.get(6)?,
        };
        let doubt = serde_json::from_str(body).map_err(json)?;
        out.push(DoubtEnd { doubt, at: row.get(0)?, how: Some(how), by: None });
    }
    let mut query = conn.prepare_cached(&format!(
        "SELECT d.closed_at, d.closed_day, {DOUBT} FROM cur_doubt d WHERE d.{which} AND d.closed_day IS NOT NULL",
        which = which.replace(" AND unit", " AND d.unit")
    ))?;
    let mut rows = query.query([id])?;
    let calendar = calendar(conn)?;
    while let Some(row) = rows.next()? {
        let doubt = by_the_clock(read(row, 2)?, calendar);
        if !is_answered(conn, doubt.id)? {
            out.push(DoubtEnd { doubt, at: row.get(0)?, how: None, by: Some(day(row.get(1)?)) });
        }
    }
    out.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.doubt.cmp(&a.doubt)));
    Ok(out)
}

/// How accurate a day is, of the office or of one unit, and how long answers take.
///
/// # Errors
/// The database cannot be read.
pub fn accuracy(reader: &Reader, unit: Option<UnitId>, now: Ts) -> Result<Accuracy> {
    accuracy_in(reader, &*reader.snapshot()?, unit, now)
}

pub(super) fn accuracy_in(
    reader: &Reader,
    conn: &Connection,
    unit: Option<UnitId>,
    now: Ts,
) -> Result<Accuracy> {
    accuracy_of(conn, &known(reader, conn)?, unit, now)
}

/// Over how many days the time to an answer is told.
const ANSWERED_DAYS: i64 = 14;

fn accuracy_of(conn: &Connection, open: &[(Doubt, Ts)], unit: Option<UnitId>, now: Ts) -> Result<Accuracy> {
    let calendar = calendar(conn)?;
    let today = calendar.day(now);
    // Before the first sheet of a day it is not as if nothing were doubted: the day before stands until then.
    let last: Option<i32> = conn
        .prepare_cached(
            "SELECT max(day) FROM cur_report WHERE day <= ?1 AND form = 'rows' AND (?2 IS NULL OR unit = ?2)",
        )?
        .query_row(params![day_number(today), unit], |row| row.get(0))?;
    let of_day = last.map_or(today, day);
    let readings = conn
        .prepare_cached(
            "SELECT coalesce(sum(rows), 0) FROM cur_report WHERE day = ?1 AND form = 'rows' AND (?2 IS NULL OR unit = ?2)",
        )?
        .query_row(params![day_number(of_day), unit], |row| row.get(0))?;
    let mut of = conn.prepare_cached(
        "SELECT count(*) FROM log_reading r JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round \
         AND q.desk = r.desk AND q.seq = r.seq WHERE r.person = ?1 AND r.day = ?2 AND (?3 IS NULL OR r.unit = ?3)",
    )?;
    // Those of the unit's own reports.
    let of_unit = open.iter().filter(|(doubt, _)| unit.is_none_or(|unit| doubt.unit == unit));
    let people: HashSet<PersonId> = of_unit.filter_map(|(doubt, _)| doubt.person()).collect();
    let mut doubted = 0;
    for person in people {
        doubted += of.query_row(params![person, day_number(of_day), unit], |row| row.get::<_, u32>(0))?;
    }
    let since = calendar.begins(add_days(today, -ANSWERED_DAYS));
    // What is computed stands in no table: when its report came is asked of the report.
    let mut query = conn.prepare_cached(&format!(
        "SELECT a.at, a.body FROM cur_answer a \
         WHERE a.at >= ?1 AND a.how <> 'deferred' AND (?2 IS NULL OR a.unit = ?2) AND {STANDS}"
    ))?;
    let mut came = conn.prepare_cached(
        "SELECT coalesce((SELECT d.came FROM cur_doubt d WHERE d.unit = ?1 AND d.day = ?2 AND d.id = ?4), \
           (SELECT o.happened_at FROM cur_report q JOIN log_op o ON o.desk = q.desk AND o.seq = q.seq \
            WHERE q.unit = ?1 AND q.day = ?2 AND q.round = ?3))",
    )?;
    let mut rows = query.query(params![since, unit])?;
    let (mut took, mut answered) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let at: Ts = row.get(0)?;
        let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let doubt: Doubt = serde_json::from_str(body).map_err(json)?;
        let key = params![doubt.unit, day_number(doubt.day), doubt.round.0, doubt.id];
        let came: Option<Ts> = came.query_row(key, |row| row.get(0))?;
        took.extend(came.map(|came| at.minutes_since(came).max(0)));
        answered += u32::from(calendar.day(at) == today);
    }
    Ok(Accuracy {
        earlier: (of_day != today).then_some(of_day),
        readings,
        doubted,
        answered,
        median: doubt::median(took),
    })
}
