//! A received report, opened: its versions, and of one of them who stands in it with what, what is otherwise than in the
//! version before, what was corrected since, what is doubted, who is missing.

use super::dossier::{Forms, fields_in, reading_row, rest_value};
use super::doubts::of_report;
use super::rows::{
    BroughtRow, Changed, Correction, Received, ReceivedAsk, ReceivedRow, ReceivedSheet, ReportOf,
    ReportVersion, VersionRow,
};
use super::{deadlines, settings_in};
use crate::domain::deadline::Deadlines;
use crate::domain::doubt::Doubt;
use crate::domain::field::Field;
use crate::domain::ids::{OpRef, PersonId, UnitId};
use crate::domain::mask::{Private, masked_words};
use crate::domain::report::{Excuse, Reading, ReportForm, ReportKey, ReportStatus, Round, Standing, degrees};
use crate::domain::time::{Ts, day_number};
use crate::domain::timetable::Due;
use crate::error::Result;
use crate::log::Entity;
use crate::log::event::{Event, ReportReceived, SheetImported, report_id};
use crate::store::corrected::Corrected;
use crate::store::load::{self, READING, Told, reading};
use crate::store::sql::{Code, day as day_of};
use crate::store::{Reader, project};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What came of a report, in the version that is asked for.
///
/// # Errors
/// The database cannot be read.
pub fn received(reader: &Reader, ask: &ReceivedAsk, now: Ts) -> Result<Received> {
    let tx = reader.snapshot()?;
    match &ask.of {
        ReportOf::Key(key) => one(reader, &tx, key.clone(), ask.version, now),
        ReportOf::Newest(unit) => match newest(&tx, *unit)? {
            Some(key) => one(reader, &tx, key, ask.version, now),
            None => Ok(Received::Nothing),
        },
        ReportOf::Op(op) => {
            let mut brought = brought(&tx, *op)?;
            match brought.len() {
                0 => Ok(Received::Nothing),
                1 => {
                    // Once it is open, its other versions can be looked at.
                    let version = match ask.version {
                        ReportVersion::InForce => ReportVersion::Op(*op),
                        other => other,
                    };
                    one(reader, &tx, brought.remove(0).key, version, now)
                }
                _ => Ok(Received::Several(brought)),
            }
        }
    }
}

fn newest(conn: &Connection, unit: UnitId) -> Result<Option<ReportKey>> {
    let mut query = conn.prepare_cached(
        "SELECT day, round FROM cur_report WHERE unit = ?1 ORDER BY day DESC, first_at DESC LIMIT 1",
    )?;
    Ok(query
        .query_row([unit], |row| Ok(ReportKey { unit, day: day_of(row.get(0)?), round: Round(row.get(1)?) }))
        .optional()?)
}

/// The reports that an op brought, in the order of its sheet; none where it was taken back.
fn brought(conn: &Connection, op: OpRef) -> Result<Vec<BroughtRow>> {
    let Some(desk) = project::desk_no(conn, op)? else { return Ok(Vec::new()) };
    let undone = conn
        .prepare_cached("SELECT 1 FROM cur_undone WHERE desk = ?1 AND seq = ?2")?
        .exists(params![desk, op.seq])?;
    if undone {
        return Ok(Vec::new());
    }
    let mut unit = conn.prepare_cached("SELECT code, name, keys FROM cur_unit WHERE id = ?1")?;
    let mut out = Vec::new();
    for event in project::events_of(conn, desk, op.seq)? {
        let Event::ReportReceived(came) = event else { continue };
        let named = unit.query_row([came.key.unit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let (code, name, keys) = named.optional()?.unwrap_or_default();
        let reason = masked_words(&came.reason).into_owned();
        let ReportReceived { key, form, rows, .. } = came;
        out.push(BroughtRow { key, op, code, name, keys, form, rows, reason });
    }
    Ok(out)
}

/// A version that stands, with where its rows are.
struct Stands {
    desk: i64,
    row: VersionRow,
}

fn one(
    reader: &Reader,
    conn: &Connection,
    key: ReportKey,
    version: ReportVersion,
    now: Ts,
) -> Result<Received> {
    let settings = settings_in(conn)?;
    let deadlines = deadlines::load(conn, &settings)?;
    let due = deadlines.of(key.day, &key.round, now);
    let versions = versions(conn, &key, &deadlines, due.as_ref(), now)?;
    let in_force = versions.len().checked_sub(1);
    let shown = match version {
        ReportVersion::InForce => in_force,
        ReportVersion::Nth(n) => (n as usize).checked_sub(1).filter(|at| *at < versions.len()),
        // One that was looked at and then taken back: the report is there all the same, as what stands of it.
        ReportVersion::Op(op) => versions.iter().position(|known| known.row.op == op).or(in_force),
    };
    let Some(shown) = shown else { return Ok(Received::Nothing) };
    let (code, unit) = conn
        .prepare_cached("SELECT code, name FROM cur_unit WHERE id = ?1")?
        .query_row([key.unit], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or_default();
    let excused: Option<(Code<Excuse>, String)> = conn
        .prepare_cached("SELECT how, reason FROM cur_excused WHERE unit = ?1 AND day = ?2 AND round = ?3")?
        .query_row(params![key.unit, day_number(key.day), key.round.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let first = &versions[0].row;
    let came = Some((first.happened_at, first.form));
    let status = match &due {
        Some(due) => deadlines.status(key.unit, due, came, now),
        None => ReportStatus::judge(came, Ts(i64::MAX), now),
    };
    // What is doubted is doubted of the version in force, and of no other.
    let doubts = if Some(shown) == in_force { of_report(reader, conn, &key)? } else { Vec::new() };
    let mut sheet = Opened::new(conn, &key, doubts)?;
    let rows = sheet.rows(&versions, shown)?;
    Ok(Received::One(Box::new(ReceivedSheet {
        code,
        unit,
        status,
        deadline: due.map(|due| deadlines.due_of(key.unit, &due, now)),
        excused: excused.map(|(how, reason)| (how.0, masked_words(&reason).into_owned())),
        versions: versions.into_iter().map(|version| version.row).collect(),
        shown,
        rows,
        doubts: sheet.of_unit,
        key,
    })))
}

/// Every version of a report that stands, the first one first.
fn versions(
    conn: &Connection,
    key: &ReportKey,
    deadlines: &Deadlines,
    due: Option<&Due>,
    now: Ts,
) -> Result<Vec<Stands>> {
    let mut about = conn.prepare_cached(
        "SELECT d.id, o.recorded_at, coalesce(f.name, ''), \
           (SELECT b.body FROM log_event e JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             WHERE e.desk = o.desk AND e.seq = o.seq AND e.kind = 'sheet.imported' LIMIT 1) \
         FROM log_op o JOIN log_desk d ON d.no = o.desk LEFT JOIN cur_officer f ON f.id = o.officer \
         WHERE o.desk = ?1 AND o.seq = ?2",
    )?;
    let mut out: Vec<Stands> = Vec::new();
    for Told { desk, seq, happened_at, event, .. } in
        load::events_about(conn, Entity::Report(report_id(key)))?
    {
        // An op may speak of several reports.
        let Event::ReportReceived(came) = event else { continue };
        if came.key != *key {
            continue;
        }
        let (id, recorded_at, officer, body) = about.query_row([desk, seq], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<String>>(3)?))
        })?;
        let sheet: Option<SheetImported> = body.and_then(|body| serde_json::from_str(&body).ok());
        let late = due.is_some_and(|due| {
            deadlines.status(key.unit, due, Some((happened_at, came.form)), now) == ReportStatus::Late
        });
        let (file, read_with) = sheet.map_or_else(Default::default, |sheet| (sheet.file, Some(sheet.form)));
        let row = VersionRow {
            n: out.len() as u32 + 1,
            op: OpRef { desk: id, seq },
            happened_at,
            recorded_at,
            officer,
            form: came.form,
            read_with,
            file: masked_words(&file).into_owned(),
            reason: masked_words(&came.reason).into_owned(),
            rows: came.rows,
            late,
        };
        out.push(Stands { desk, row });
    }
    Ok(out)
}

/// Somebody's row of a version, as it was kept, and who they are.
struct Held {
    reading: Reading,
    fields: Arc<[Field]>,
    who: Who,
}

/// Who somebody is.
#[derive(Clone)]
struct Who {
    person: PersonId,
    no: String,
    name: String,
    keys: String,
    unit: Option<(UnitId, String)>,
    phone: Private,
}

/// Who somebody is, in the order [`who`] reads it; `p` is the person, `u` their unit.
const WHO: &str =
    "coalesce(p.no, ''), coalesce(p.name, ''), coalesce(p.keys, ''), coalesce(p.phone, ''), u.id, u.name";

/// Who a row is of, from the columns of [`WHO`], which begin at `at`.
fn who(row: &Row<'_>, person: PersonId, at: usize) -> rusqlite::Result<Who> {
    let unit: Option<UnitId> = row.get(at + 4)?;
    let named: Option<String> = row.get(at + 5)?;
    Ok(Who {
        person,
        no: row.get(at)?,
        name: row.get(at + 1)?,
        keys: row.get(at + 2)?,
        phone: Private::new(row.get::<_, String>(at + 3)?),
        unit: unit.zip(named),
    })
}

/// What the rows of one version are read with.
struct Opened<'c> {
    conn: &'c Connection,
    key: &'c ReportKey,
    forms: Forms,
    corrected: Corrected,
    doubts: HashMap<PersonId, Vec<Doubt>>,
    /// Those about the unit itself.
    of_unit: Vec<Doubt>,
}

impl<'c> Opened<'c> {
    fn new(conn: &'c Connection, key: &'c ReportKey, open: Vec<Doubt>) -> Result<Self> {
        let (mut doubts, mut of_unit) = (HashMap::<_, Vec<Doubt>>::new(), Vec::new());
        for doubt in open {
            match doubt.person() {
                Some(person) => doubts.entry(person).or_default().push(doubt),
                None => of_unit.push(doubt),
            }
        }
        Ok(Self { conn, key, forms: Forms::new(), corrected: Corrected::all(conn)?, doubts, of_unit })
    }

    /// The rows of a version, then who went since the one before, then who is missing.
    fn rows(&mut self, versions: &[Stands], shown: usize) -> Result<Vec<ReceivedRow>> {
        let this = &versions[shown];
        let before = shown.checked_sub(1).map(|at| &versions[at]);
        // Against a report without rows everybody would be new.
        let before = before.filter(|before| before.row.form == ReportForm::Rows);
        let superseded = shown + 1 < versions.len();
        let mut stood: HashMap<PersonId, Held> = HashMap::new();
        let mut order = Vec::new();
        if let Some(before) = before {
            for held in self.held(before)? {
                order.push(held.who.person);
                stood.insert(held.who.person, held);
            }
        }
        let now = self.held(this)?;
        let mut seen: HashSet<PersonId> = now.iter().map(|held| held.who.person).collect();
        let mut out = Vec::with_capacity(now.len());
        for (at, held) in now.into_iter().enumerate() {
            let old = stood.get(&held.who.person);
            let standing = if before.is_some() && old.is_none() { Standing::Added } else { Standing::Listed };
            let changed = old.map_or_else(Vec::new, |old| changed(old, &held));
            let row = reading_row(held.reading, this.row.op, held.fields, superseded);
            let mut row = self.row(held.who, standing, Some(row));
            (row.place, row.changed) = (at as u32 + 1, changed);
            out.push(row);
        }
        if let Some(before) = before {
            for person in order {
                // Somebody listed twice went once.
                let went = if seen.insert(person) { stood.remove(&person) } else { None };
                if let Some(Held { reading, fields, who }) = went {
                    let row = reading_row(reading, before.row.op, fields, true);
                    out.push(self.row(who, Standing::Dropped, Some(row)));
                }
            }
        }
        if this.row.form == ReportForm::Rows {
            for who in self.of_unit()?.into_iter().filter(|who| !seen.contains(&who.person)) {
                out.push(self.row(who, Standing::Missing, None));
            }
        }
        Ok(out)
    }

    fn row(&mut self, who: Who, standing: Standing, reading: Option<super::rows::ReadingRow>) -> ReceivedRow {
        let mut corrected = Vec::new();
        if let Some(row) = reading.as_ref().filter(|_| standing != Standing::Dropped) {
            // What this version says otherwise is not what was corrected.
            let of_it = |one: &&Correction| {
                (one.unit, one.day, &one.round) == (self.key.unit, self.key.day, &self.key.round)
            };
            let all = self.corrected.list(who.person).iter().filter(of_it);
            corrected.extend(all.filter(|one| row.said(&one.field) == one.old).cloned());
        }
        let elsewhere = who.unit.filter(|(id, _)| *id != self.key.unit);
        ReceivedRow {
            doubts: self.doubts.remove(&who.person).unwrap_or_default(),
            person: who.person,
            standing,
            place: 0,
            no: who.no,
            name: who.name,
            keys: who.keys,
            unit: elsewhere.map(|(_, name)| name).unwrap_or_default(),
            phone: who.phone,
            reading,
            changed: Vec::new(),
            corrected,
        }
    }

    /// The rows of a version, in the order of the sheet.
    fn held(&mut self, version: &Stands) -> Result<Vec<Held>> {
        let mut query = self.conn.prepare_cached(&format!(
            "SELECT {READING}, {WHO} FROM log_reading r LEFT JOIN cur_person p ON p.id = r.person \
             LEFT JOIN cur_unit u ON u.id = p.unit WHERE r.desk = ?1 AND r.seq = ?2 AND r.unit = ?3 AND r.day = ?4 \
             AND r.round = ?5 ORDER BY r.row"
        ))?;
        let key = self.key;
        let mut rows = query.query(params![
            version.desk,
            version.row.op.seq,
            key.unit,
            day_number(key.day),
            key.round.0
        ])?;
        let mut out = Vec::with_capacity(version.row.rows as usize);
        while let Some(row) = rows.next()? {
            let (reading, _) = reading(row, 0)?;
            let fields = fields_in(self.conn, &reading.form, &mut self.forms)?;
            let who = who(row, reading.person, 14)?;
            out.push(Held { reading, fields, who });
        }
        Ok(out)
    }

    /// Whose rows belong into the report: the unit's people, and those of the units below it that do not report.
    fn of_unit(&self) -> Result<Vec<Who>> {
        let mut query = self.conn.prepare_cached(&format!(
            "WITH RECURSIVE own(id) AS (SELECT ?1 UNION SELECT c.id FROM own JOIN cur_unit c ON c.parent = own.id AND NOT c.reports) \
             SELECT p.id, {WHO} FROM own JOIN cur_person p ON p.unit = own.id JOIN cur_unit u ON u.id = own.id ORDER BY p.no_order"
        ))?;
        let rows = query.query_map([self.key.unit], |row| who(row, row.get(0)?, 1))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// The fields of a row that are queried, in the order in which they are shown; the others follow.
const TYPED: [&str; 7] = ["temp_am", "temp_pm", "site", "place", "in_hubei", "left_city", "status"];

/// What a row says otherwise than the one before, in the fields that both forms ask for.
fn changed(old: &Held, new: &Held) -> Vec<Changed> {
    let mut out = Vec::new();
    for field in TYPED {
        let (old, new) = (typed(&old.reading, field), typed(&new.reading, field));
        if old != new {
            out.push(Changed { field: field.to_owned(), old, new });
        }
    }
    for (at, field) in new.fields.iter().enumerate() {
        let Some(was) = old.fields.iter().position(|known| known.name == field.name) else { continue };
        let said = |held: &Held, at: usize| held.reading.rest.get(at).cloned().unwrap_or_default();
        let (before, after) = (said(old, was), said(new, at));
        if before != after {
            let (_, before) = rest_value(&old.fields, was, before);
            let (name, after) = rest_value(&new.fields, at, after);
            out.push(Changed { field: name, old: before, new: after });
        }
    }
    out
}

/// One of the queried fields in its canonical text.
fn typed(reading: &Reading, field: &str) -> String {
    let answer = |said: Option<bool>| said.map_or("", |yes| if yes { "1" } else { "0" }).to_owned();
    match field {
        "temp_am" => reading.temp_am.map(degrees).unwrap_or_default(),
        "temp_pm" => reading.temp_pm.map(degrees).unwrap_or_default(),
        "site" => reading.site.map(|site| site.code().to_owned()).unwrap_or_default(),
        "place" => reading.place.clone().unwrap_or_default(),
        "in_hubei" => answer(reading.in_hubei),
        "left_city" => answer(reading.left_city),
        _ => reading.status.clone().unwrap_or_default(),
    }
}
