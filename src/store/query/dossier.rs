//! Everything known of one person, and of one unit.

use super::callers::{BACK_OF, UNKNOWN};
use super::cases::cases_of;
use super::deadlines;
use super::people::people_in;
use super::rows::{CallRow, Dossier, LegRow, NoteRow, PromiseRow, ReadingRow, ReportRow, UnitSheet};
use super::{adopted_form, owed, settings_in, slots, units};
use crate::domain::deadline::Deadlines;
use crate::domain::feedback::Fared;
use crate::domain::field::Field;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::form::Parsed;
use crate::domain::ids::{FollowUpId, OpRef, PersonId, PromiseId, Subject, UnitId};
use crate::domain::mask::{Private, masked};
use crate::domain::person::PersonKind;
use crate::domain::place;
use crate::domain::report::{Excuse, FormRef, Reading, ReportForm, ReportStatus, Round, Site};
use crate::domain::text::half_width;
use crate::domain::time::{Ts, add_days, day_number};
use crate::domain::timetable::Due;
use crate::domain::unit::{Unit, UnitFacts};
use crate::error::Result;
use crate::store::Reader;
use crate::store::corrected::Corrected;
use crate::store::load::{READING, reading};
use crate::store::sql::{Code, day as day_of, subject, subject_column};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// How many readings and calls a dossier brings: a year's worth of days, more calls than are ever read.
const MANY: u32 = 400;

/// Everything known of a person.
///
/// # Errors
/// The database cannot be read.
pub fn dossier(reader: &Reader, person: PersonId, now: Ts) -> Result<Option<Dossier>> {
    dossier_in(&*reader.snapshot()?, person, now)
}

pub(super) fn dossier_in(conn: &Connection, person: PersonId, now: Ts) -> Result<Option<Dossier>> {
    dossier_of(conn, person, now, (MANY, MANY))
}

/// The same with no more readings than those of the last fortnight, and the latest calls.
pub(super) fn lately_in(conn: &Connection, person: PersonId, now: Ts) -> Result<Option<Dossier>> {
    /// A fortnight of three rounds a day, some of them sent twice.
    const READINGS: u32 = 60;
    const CALLS: u32 = 12;
    dossier_of(conn, person, now, (READINGS, CALLS))
}

fn dossier_of(
    conn: &Connection,
    person: PersonId,
    now: Ts,
    (last_readings, last_calls): (u32, u32),
) -> Result<Option<Dossier>> {
    let settings = settings_in(conn)?;
    let today = settings.calendar.day(now);
    let Some(mut dossier) = facts(conn, person)? else { return Ok(None) };
    dossier.readings = readings(conn, person, last_readings, &mut Forms::new())?;
    dossier.legs = legs(&dossier.readings);
    dossier.findings = super::findings_of_person(conn, person)?;
    dossier.doubts = super::doubts::of_person(conn, person)?;
    dossier.doubts_ended = super::doubts::ended(conn, Subject::Person(person))?;
    dossier.corrections = Corrected::of(conn, person)?.list(person).to_vec();
    dossier.cases = cases_of(conn, person, today)?;
    for case in &mut dossier.cases {
        case.missed = slots::missed_of(conn, &settings, case.id, now)?;
    }
    dossier.calls = calls(conn, &Calls::Latest(Subject::Person(person), last_calls))?;
    dossier.promises = promises(conn, Subject::Person(person))?;
    dossier.notes = notes(conn, Subject::Person(person))?;
    dossier.entries = super::ledger::entries_about_in(conn, Subject::Person(person), now)?;
    Ok(Some(dossier))
}

fn facts(conn: &Connection, person: PersonId) -> Result<Option<Dossier>> {
    let mut query = conn.prepare_cached(
        "SELECT p.no, p.name, p.unit, coalesce(u.name, ''), p.sex, p.kind, p.campus, p.phone, p.id_number, p.origin, \
         p.address, p.contact, p.family_phone, \
         (SELECT count(*) FROM cur_link l JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
           WHERE l.kind = 2 AND l.id = p.id AND e.kind = 'personal.revealed') \
         FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1",
    )?;
    let text = |row: &Row<'_>, at: usize| -> rusqlite::Result<String> {
        Ok(row.get::<_, Option<String>>(at)?.unwrap_or_default())
    };
    Ok(query
        .query_row([person], |row| {
            let unit: Option<UnitId> = row.get(2)?;
            let unit_name: String = row.get(3)?;
            let kind: Option<Code<PersonKind>> = row.get(5)?;
            Ok(Dossier {
                id: person,
                no: row.get(0)?,
                name: row.get(1)?,
                unit: unit.map(|id| (id, unit_name)),
                sex: text(row, 4)?,
                kind: kind.map(|k| k.0),
                campus: text(row, 6)?,
                phone: Private::new(text(row, 7)?),
                id_number: Private::new(text(row, 8)?),
                origin: text(row, 9)?,
                address: text(row, 10)?,
                contact: text(row, 11)?,
                family_phone: Private::new(text(row, 12)?),
                readings: Vec::new(),
                findings: Vec::new(),
                doubts: Vec::new(),
                doubts_ended: Vec::new(),
                corrections: Vec::new(),
                cases: Vec::new(),
                calls: Vec::new(),
                promises: Vec::new(),
                legs: Vec::new(),
                notes: Vec::new(),
                entries: Vec::new(),
                looks: row.get(13)?,
            })
        })
        .optional()?)
}

/// The other columns of forms; read once for however many people.
pub(super) type Forms = HashMap<FormRef, Arc<[Field]>>;

/// Readings, the newest day first, at most so many.
pub(super) fn readings(
    conn: &Connection,
    person: PersonId,
    limit: u32,
    forms: &mut Forms,
) -> Result<Vec<ReadingRow>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {READING}, coalesce(q.desk = r.desk AND q.seq = r.seq, 0), d.id, r.seq FROM log_reading r \
         JOIN log_desk d ON d.no = r.desk \
         LEFT JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round \
         WHERE r.person = ?1 AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = r.desk AND u.seq = r.seq) \
         ORDER BY r.day DESC, r.round DESC, r.seq DESC LIMIT ?2"
    ))?;
    let mut out = Vec::new();
    let mut rows = query.query(params![person, limit])?;
    while let Some(row) = rows.next()? {
        let (reading, _) = reading(row, 0)?;
        let current: bool = row.get(14)?;
        let op = OpRef { desk: row.get(15)?, seq: row.get(16)? };
        let fields = fields_in(conn, &reading.form, forms)?;
        out.push(reading_row(reading, op, fields, !current));
    }
    Ok(out)
}

/// The other columns of a form, read once.
pub(super) fn fields_in(conn: &Connection, form: &FormRef, forms: &mut Forms) -> Result<Arc<[Field]>> {
    if let Some(known) = forms.get(form) {
        return Ok(known.clone());
    }
    let fields = fields_of(conn, form)?;
    forms.insert(form.clone(), fields.clone());
    Ok(fields)
}

/// A reading as it is shown.
pub(super) fn reading_row(reading: Reading, op: OpRef, fields: Arc<[Field]>, superseded: bool) -> ReadingRow {
    let rest = reading.rest.into_iter().enumerate().filter(|(_, value)| !value.is_empty());
    let rest = rest.map(|(at, value)| rest_value(&fields, at, value)).collect();
    ReadingRow {
        unit: reading.unit,
        op,
        day: reading.day,
        round: reading.round,
        temp_am: reading.temp_am,
        temp_pm: reading.temp_pm,
        site: reading.site,
        place: reading.place.unwrap_or_default(),
        in_hubei: reading.in_hubei,
        left_city: reading.left_city,
        status: reading.status.unwrap_or_default(),
        form: reading.form,
        rest,
        fields,
        superseded,
    }
}

/// One of the other columns of a reading as it is shown, with its name.
pub(super) fn rest_value(fields: &[Field], at: usize, value: String) -> (String, String) {
    match fields.get(at) {
        // A private number in a reading is the person's own: it is revealed among the facts above.
        Some(field) if field.kind.is_private() => (field.name.clone(), masked(&value)),
        Some(field) => (field.name.clone(), value),
        // The form is not to be had: nothing says that this is not a private number.
        None => (format!("#{}", at + 1), masked(&value)),
    }
}

/// The names of a form's other columns, and whether each holds a private number; from the form as adopted into
/// the log.
pub(super) fn rest_fields(conn: &Connection, form: &FormRef) -> Result<Vec<(String, bool)>> {
    let fields = fields_of(conn, form)?;
    Ok(fields.iter().map(|field| (field.name.clone(), field.kind.is_private())).collect())
}

/// A form's other columns, from the form as adopted into the log; none where it is not to be had.
fn fields_of(conn: &Connection, form: &FormRef) -> Result<Arc<[Field]>> {
    let known = adopted_form(conn, form)?.and_then(|text| Parsed::of(&text));
    Ok(known.map_or_else(|| Arc::from([]), |known| Arc::clone(&known.rest)))
}

/// Journeys as the readings in force tell them; the same one told on several days, or on forms that ask for more or
/// less of it, is one.
fn legs(readings: &[ReadingRow]) -> Vec<LegRow> {
    let mut out: Vec<LegRow> = Vec::new();
    for reading in readings.iter().filter(|reading| !reading.superseded) {
        let field = |name: &str| {
            let found = reading.rest.iter().find(|(field, _)| field == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let leg = LegRow {
            left: field("left_on"),
            destination: field("destination"),
            returned: field("returned_on"),
            transport: field("transport"),
            number: field("trip_no"),
            seat: field("seat"),
            via_hubei: field("via_hubei"),
        };
        let told = !(leg.left.is_empty()
            && leg.destination.is_empty()
            && leg.returned.is_empty()
            && leg.number.is_empty());
        if !told {
            continue;
        }
        match out.iter_mut().find(|known| is_one(known, &leg)) {
            Some(known) => fill(known, &leg),
            None => out.push(leg),
        }
    }
    out
}

fn leg_parts(leg: &LegRow) -> [&str; 7] {
    [&leg.left, &leg.destination, &leg.returned, &leg.transport, &leg.number, &leg.seat, &leg.via_hubei]
}

/// Whether two tell of one journey: nothing in them differs, and they began on one day, or all that one says the
/// other says too.
fn is_one(known: &LegRow, leg: &LegRow) -> bool {
    let written = |text: &str| -> String {
        text.chars().map(half_width).filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
    };
    let alike = |at: usize, (one, other): (&str, &str)| match at {
        _ if one == other => true,
        // Where to: the one form asks for the province, the other for the district.
        1 => place::same(one, other),
        _ => written(one) == written(other),
    };
    let pairs = || leg_parts(known).into_iter().zip(leg_parts(leg));
    let differs =
        |(at, pair): (usize, (&str, &str))| !pair.0.is_empty() && !pair.1.is_empty() && !alike(at, pair);
    if pairs().enumerate().any(differs) {
        return false;
    }
    let same_day = !known.left.is_empty() && !leg.left.is_empty();
    same_day || within(pairs()) || within(pairs().map(|(a, b)| (b, a)))
}

/// Whether the first of each pair says nothing that the second leaves out.
fn within<'a>(mut pairs: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    pairs.all(|(less, more)| less.is_empty() || !more.is_empty())
}

/// Takes over what an older reading says and the newer one was not asked.
fn fill(known: &mut LegRow, leg: &LegRow) {
    let pairs = [
        (&mut known.left, &leg.left),
        (&mut known.destination, &leg.destination),
        (&mut known.returned, &leg.returned),
        (&mut known.transport, &leg.transport),
        (&mut known.number, &leg.number),
        (&mut known.seat, &leg.seat),
        (&mut known.via_hubei, &leg.via_hubei),
    ];
    for (known, told) in pairs {
        if known.is_empty() {
            known.clone_from(told);
        }
    }
}

/// Which calls.
pub(super) enum Calls {
    /// With a person, a unit or an outside contact.
    Of(Subject),
    /// From nobody known, still without a subject; calls back are not callers.
    Unknown,
    /// Back to the number of this one.
    Back(FollowUpId),
    /// Recorded in a range of ops of a desk.
    Range(i64, i64, i64),
    /// The latest with one of them, so many.
    Latest(Subject, u32),
    /// With a number that ends in these seven digits, or is this shorter one.
    Number(String),
}

/// How a call's number is found by its end, through its index; `?2` is the end.
pub(super) const NUMBER_ENDS: &str = "f.digits <> '' AND substr(f.digits, -7) = ?2";

/// Calls back to the number of `?2`.
static BACK: LazyLock<String> = LazyLock::new(|| {
    format!("f.id IN (SELECT b.id FROM cur_followup g JOIN cur_followup b ON {BACK_OF} WHERE g.id = ?2)")
});

/// Calls, the newest first.
pub(super) fn calls(conn: &Connection, which: &Calls) -> Result<Vec<CallRow>> {
    let (condition, values): (_, Vec<rusqlite::types::Value>) = match which {
        Calls::Of(subject) | Calls::Latest(subject, _) => {
            let condition = match subject {
                Subject::Person(_) => "f.person = ?2",
                Subject::Unit(_) => "f.unit = ?2",
                Subject::Contact(_) => "f.contact = ?2",
            };
            (condition, vec![subject.id().as_bytes().to_vec().into()])
        }
        Calls::Unknown => (UNKNOWN.as_str(), Vec::new()),
        Calls::Back(call) => (BACK.as_str(), vec![call.0.as_bytes().to_vec().into()]),
        Calls::Range(desk, first, last) => {
            ("f.desk = ?2 AND f.seq BETWEEN ?3 AND ?4", vec![(*desk).into(), (*first).into(), (*last).into()])
        }
        Calls::Number(tail) => (NUMBER_ENDS, vec![tail.clone().into()]),
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT f.id, d.id, f.seq, f.at, coalesce(o.name, ''), f.person, f.unit, f.contact, coalesce(p.name, u.name, x.title, ''), f.channel, \
         f.answered_by, f.outcome, f.words, f.number, m.id, m.due, m.ended, f.next_contact, f.chase_unit IS NOT NULL, \
         f.temp, f.site \
         FROM cur_followup f JOIN log_desk d ON d.no = f.desk LEFT JOIN cur_officer o ON o.id = f.officer \
         LEFT JOIN cur_person p ON p.id = f.person LEFT JOIN cur_unit u ON u.id = f.unit \
         LEFT JOIN cur_contact x ON x.id = f.contact LEFT JOIN cur_promise m ON m.id = f.promise \
         WHERE {condition} ORDER BY f.at DESC, f.seq DESC LIMIT ?1"
    ))?;
    let limit = match which {
        Calls::Range(..) => u32::MAX,
        Calls::Latest(_, limit) => *limit,
        _ => MANY,
    };
    let values = std::iter::once(limit.into()).chain(values);
    let rows = query.query_map(rusqlite::params_from_iter(values), call)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn call(row: &Row<'_>) -> rusqlite::Result<CallRow> {
    let channel: Code<Channel> = row.get(9)?;
    let outcome: Code<Outcome> = row.get(11)?;
    let promise: Option<PromiseId> = row.get(14)?;
    let ended: Option<Code<PromiseEnd>> = row.get(16)?;
    let promise = match promise {
        Some(id) => Some(PromiseRow { id, due: row.get(15)?, end: ended.map(|e| e.0) }),
        None => None,
    };
    Ok(CallRow {
        id: row.get(0)?,
        op: OpRef { desk: row.get(1)?, seq: row.get(2)? },
        at: row.get(3)?,
        officer: row.get(4)?,
        subject: subject(row, 5)?,
        name: row.get(8)?,
        channel: channel.0,
        answered_by: row.get(10)?,
        outcome: outcome.0,
        words: row.get(12)?,
        number: Private::new(row.get::<_, String>(13)?),
        promise,
        next_contact: row.get(17)?,
        chase: row.get(18)?,
        temp: row.get(19)?,
        site: row.get::<_, Option<Code<Site>>>(20)?.map(|site| site.0),
    })
}

pub(super) fn promises(conn: &Connection, of: Subject) -> Result<Vec<PromiseRow>> {
    let (column, id) = (subject_column(of), of.id());
    let mut query = conn.prepare_cached(&format!(
        "SELECT id, due FROM cur_promise WHERE {column} = ?1 AND ended IS NULL ORDER BY due"
    ))?;
    let rows =
        query.query_map([id], |row| Ok(PromiseRow { id: row.get(0)?, due: row.get(1)?, end: None }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn notes(conn: &Connection, of: Subject) -> Result<Vec<NoteRow>> {
    let (column, id) = (subject_column(of), of.id());
    let mut query = conn.prepare_cached(&format!(
        "SELECT n.at, coalesce(o.name, ''), n.text FROM cur_note n LEFT JOIN cur_officer o ON o.id = n.officer \
         WHERE n.{column} = ?1 ORDER BY n.at DESC LIMIT {MANY}"
    ))?;
    let rows = query
        .query_map([id], |row| Ok(NoteRow { at: row.get(0)?, officer: row.get(1)?, text: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everything known of a unit.
///
/// # Errors
/// The database cannot be read.
pub fn unit_sheet(reader: &Reader, id: UnitId, now: Ts) -> Result<Option<UnitSheet>> {
    unit_sheet_in(reader, &*reader.snapshot()?, id, now)
}

pub(super) fn unit_sheet_in(
    reader: &Reader,
    tx: &Connection,
    id: UnitId,
    now: Ts,
) -> Result<Option<UnitSheet>> {
    let settings = settings_in(tx)?;
    let Some(unit) = unit_of(tx, id)? else { return Ok(None) };
    let deadlines = deadlines::load(tx, &settings)?;
    let parent: Option<String> = match unit.facts.parent {
        Some(parent) => tx
            .prepare_cached("SELECT name FROM cur_unit WHERE id = ?1")?
            .query_row([parent], |row| row.get(0))
            .optional()?,
        None => None,
    };
    let officer: Option<String> = match unit.facts.officer {
        Some(officer) => tx
            .prepare_cached("SELECT name FROM cur_officer WHERE id = ?1")?
            .query_row([officer], |row| row.get(0))
            .optional()?,
        None => None,
    };
    let status = units::reporting_of(tx, &settings, &deadlines, Some(id), now)?.pop();
    let today = settings.calendar.day(now);
    let reports = reports(tx, &deadlines, &unit, today, now)?;
    let stand: Vec<_> = reports.iter().map(|report| (report.day, report.status)).collect();
    let last = deadlines.table.in_force(now).map_or(today, |due| due.day);
    let owed = units::owing_of(tx, id, now)?.map_or_else(Vec::new, |owing| owing.owed);
    let cases = tx
        .prepare_cached(
            "SELECT count(*) FROM cur_case c JOIN cur_person p ON p.id = c.person \
             WHERE c.released_at IS NULL AND p.unit = ?1",
        )?
        .query_row([id], |row| row.get(0))?;
    Ok(Some(UnitSheet {
        parent: parent.unwrap_or_default(),
        officer: officer.unwrap_or_default(),
        status: status.as_ref().map_or(ReportStatus::NotExpected, |row| row.status),
        current: status.as_ref().map_or(ReportStatus::NotExpected, |row| row.current),
        owed: owed.into_iter().map(|owed| (owed.day, owed.round)).collect(),
        people: people_in(tx, id)?,
        cases,
        fared: Fared::of(&stand, last, today),
        reports,
        calls: calls(tx, &Calls::Of(Subject::Unit(id)))?,
        promises: promises(tx, Subject::Unit(id))?,
        notes: notes(tx, Subject::Unit(id))?,
        entries: super::ledger::entries_about_in(tx, Subject::Unit(id), now)?,
        doubts: super::doubts::of_unit(reader, tx, id)?,
        accuracy: super::doubts::accuracy_in(reader, tx, Some(id), now)?,
        unit,
    }))
}

pub(super) fn unit_of(conn: &Connection, id: UnitId) -> Result<Option<Unit>> {
    let (columns, unit) = unit_columns();
    let mut query = conn.prepare_cached(&format!("SELECT {columns} FROM cur_unit WHERE id = ?1"))?;
    Ok(query.query_row([id], unit).optional()?)
}

/// The columns of a unit, and how to read one from them.
pub(super) fn unit_columns() -> (&'static str, fn(&Row<'_>) -> rusqlite::Result<Unit>) {
    let columns = "id, code, name, short, parent, campus, head, head_phone, liaison, liaison_phone, reports, deadline, \
         officer, valid_from";
    (columns, |row| {
        Ok(Unit {
            id: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            facts: UnitFacts {
                short: row.get(3)?,
                parent: row.get(4)?,
                campus: row.get(5)?,
                head: row.get(6)?,
                head_phone: row.get(7)?,
                liaison: row.get(8)?,
                liaison_phone: row.get(9)?,
                reports: row.get(10)?,
                deadline: row.get(11)?,
                officer: row.get(12)?,
                valid_from: row.get::<_, Option<i32>>(13)?.map(day_of),
            },
        })
    })
}

/// A unit's reports of the last month, the newest first; one that was expected and did not come stands there as
/// missing, excused or written off.
pub(super) fn reports(
    conn: &Connection,
    deadlines: &Deadlines,
    unit: &Unit,
    today: NaiveDate,
    now: Ts,
) -> Result<Vec<ReportRow>> {
    let mut query = conn.prepare_cached(
        "SELECT day, round, first_at, form, rows, corrections FROM cur_report WHERE unit = ?1 AND day > ?2 - 31 \
         ORDER BY day DESC, first_at DESC",
    )?;
    let mut out: Vec<ReportRow> = query
        .query_map(params![unit.id, day_number(today)], |row| {
            let (day, round) = (day_of(row.get(0)?), Round(row.get(1)?));
            let form: Code<ReportForm> = row.get(3)?;
            let at: Ts = row.get(2)?;
            let due = deadlines.of(day, &round, now);
            let due = due.unwrap_or_else(|| Due { day, round: round.clone(), at: Ts(i64::MAX) });
            Ok(ReportRow {
                status: deadlines.status(unit.id, &due, Some((at, form.0)), now),
                day,
                round,
                received_at: Some(at),
                form: Some(form.0),
                rows: row.get(4)?,
                corrections: row.get(5)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    if unit.facts.reports == Some(false) {
        return Ok(out);
    }
    let mut ended =
        conn.prepare_cached("SELECT how FROM cur_excused WHERE unit = ?1 AND day = ?2 AND round = ?3")?;
    let first = day_of(owed::since_of(conn, unit.id, deadlines.calendar)?).max(add_days(today, -30));
    for due in deadlines.table.all(now).into_iter().rev().take_while(|due| due.day >= first) {
        if out.iter().any(|row| row.day == due.day && row.round == due.round) {
            continue;
        }
        let how: Option<Code<Excuse>> = ended
            .query_row(params![unit.id, day_number(due.day), due.round.0], |row| row.get(0))
            .optional()?;
        let open = deadlines.status(unit.id, &due, None, now);
        if open == ReportStatus::NotExpected {
            continue;
        }
        out.push(ReportRow {
            status: how.map_or(open, |how| ReportStatus::ended(how.0)),
            day: due.day,
            round: due.round.clone(),
            received_at: None,
            form: None,
            rows: 0,
            corrections: 0,
        });
    }
    out.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| b.received_at.cmp(&a.received_at)));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(version: u16, rest: &[(&str, &str)]) -> ReadingRow {
        ReadingRow {
            unit: UnitId(uuid::Uuid::nil()),
            op: OpRef { desk: crate::domain::ids::DeskId(uuid::Uuid::nil()), seq: 1 },
            day: NaiveDate::default(),
            round: Round::default(),
            temp_am: None,
            temp_pm: None,
            site: None,
            place: String::new(),
            in_hubei: None,
            left_city: None,
            status: String::new(),
            form: FormRef { name: "staff".to_owned(), version },
            rest: rest.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect(),
            fields: Arc::default(),
            superseded: false,
        }
    }

    #[test]
    fn one_journey_on_two_forms_is_one_journey() {
        let older = [
            ("left_on", "2020-01-18"),
            ("destination", "湖北黄冈"),
            ("returned_on", "2020-02-14"),
            ("trip_no", "ｇ286"),
        ];
        let newer = [
            ("left_on", "2020-01-18"),
            ("destination", "湖北省黄冈市"),
            ("trip_no", "G286"),
            ("seat", "5车12F"),
            ("via_hubei", "1"),
        ];
        let told = legs(&[reading(3, &newer), reading(2, &older), reading(2, &older)]);
        let [leg] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(leg_parts(leg), ["2020-01-18", "湖北省黄冈市", "2020-02-14", "", "G286", "5车12F", "1"]);
    }

    #[test]
    fn two_journeys_stay_two() {
        let one = [("left_on", "2020-01-18"), ("destination", "湖北黄冈"), ("returned_on", "2020-02-01")];
        let later = [("left_on", "2020-02-03"), ("destination", "湖北黄冈"), ("returned_on", "2020-02-14")];
        let elsewhere = [("left_on", "2020-01-18"), ("destination", "山东烟台")];
        assert_eq!(legs(&[reading(3, &later), reading(3, &one), reading(3, &elsewhere)]).len(), 3);
    }
}
