//! What sheets bring that somebody must act on (待处置). Each row of a sheet is judged once, when its op is written or
//! the tables are built anew; whether it is open is folded person by person from the reports in force, their cases and
//! what was dismissed. Nothing here depends on the present moment.

use crate::domain::finding::{
    Answers, Brought, Columns, Finding, Found, Handled, What, found, found_in, open,
};
use crate::domain::form::Parsed;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::report::{FormRef, Reading, ReportKey, Round, Site};
use crate::domain::rules::Rules;
use crate::domain::time::{Calendar, Ts, day_number};
use crate::error::Result;
use crate::log::event::Event;
use crate::log::{Op, OpHead};
use crate::store::corrected::Corrected;
use crate::store::json;
use crate::store::load::{READING, reading};
use crate::store::query::settings_in;
use crate::store::sql::{Code, Known, Put, day};
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeSet, HashMap};

/// Whose findings may have changed.
#[derive(Default)]
pub(super) struct Touched {
    people: BTreeSet<PersonId>,
    reports: BTreeSet<ReportKey>,
    /// Rows in which something was found to be otherwise.
    corrected: BTreeSet<(PersonId, ReportKey)>,
    everybody: bool,
}

impl Touched {
    /// Somebody whose rows go.
    pub(super) fn person(&mut self, person: PersonId) {
        self.people.insert(person);
    }

    /// By an event that was written, taken back or brought back.
    pub(super) fn by(&mut self, event: &Event) {
        match event {
            Event::CaseOpened(e) => self.people.extend([e.person]),
            Event::CaseReleased(e) => self.people.extend([e.person]),
            Event::FindingDismissed(e) => self.people.extend([e.person]),
            Event::ReportReceived(e) => self.reports.extend([e.key.clone()]),
            Event::DoubtCorrected(e) => {
                let (day, round) = (e.doubt.day, e.doubt.round.clone());
                let key = ReportKey { unit: e.doubt.unit, day, round };
                self.corrected.extend(e.doubt.person().map(|person| (person, key)));
            }
            // On which day a case was released depends on where the office's day begins.
            Event::OfficeOpened(_) | Event::SettingsChanged(_) => self.everybody = true,
            _ => {}
        }
    }
}

/// Notes what the rows of a new op bring, and what it dismisses.
pub(super) fn note(conn: &Connection, desk: i64, head: &OpHead, op: &Op) -> Result<()> {
    if !op.readings.is_empty() {
        let (mut forms, corrected) = (Forms::default(), Corrected::all(conn)?);
        for (row, reading) in op.readings.iter().enumerate() {
            let columns = forms.columns(conn, &reading.form, head.lamport)?;
            note_row(conn, (desk, head.op.seq, row as i64), reading, columns, &corrected)?;
        }
    }
    for (idx, event) in op.events.iter().enumerate() {
        note_dismissed(conn, desk, head, idx as i64, event)?;
    }
    Ok(())
}

fn note_row(
    conn: &Connection,
    at: (i64, i64, i64),
    reading: &Reading,
    columns: &Columns,
    corrected: &Corrected,
) -> Result<()> {
    // What was found to be otherwise counts, and not what was sent.
    let mut stands = std::borrow::Cow::Borrowed(reading);
    if corrected.has(reading.person) {
        corrected.put(stands.to_mut(), columns);
    }
    for (place, found) in found_in(&stands, columns, Rules::builtin()).into_iter().enumerate() {
        conn.prepare_cached(
            "INSERT INTO cur_notable (desk, seq, row, place, person, unit, day, round, what, tenths, site, about, said) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .put(params![
            at.0,
            at.1,
            at.2,
            place as i64,
            reading.person,
            reading.unit,
            day_number(reading.day),
            reading.round.0,
            found.what.code(),
            found.tenths,
            found.site.map(Site::code),
            found.about.map(day_number),
            found.said
        ])?;
    }
    Ok(())
}

/// Notes again what a row brings, of which words were taken out.
pub(super) fn note_row_anew(conn: &Connection, at: (i64, i64, i64), reading: &Reading) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_notable WHERE desk = ?1 AND seq = ?2 AND row = ?3")?
        .execute([at.0, at.1, at.2])?;
    let lamport: i64 = conn
        .prepare_cached("SELECT lamport FROM log_op WHERE desk = ?1 AND seq = ?2")?
        .query_row([at.0, at.1], |row| row.get(0))?;
    let mut forms = Forms::default();
    let columns = forms.columns(conn, &reading.form, lamport)?;
    note_row(conn, at, reading, columns, &Corrected::of(conn, reading.person)?)
}

/// Notes what an event dismisses; whether its op stands is asked when it is folded.
fn note_dismissed(conn: &Connection, desk: i64, head: &OpHead, idx: i64, event: &Event) -> Result<()> {
    let Event::FindingDismissed(e) = event else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO cur_dismissed (desk, seq, idx, person, at, officer, found, reason) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .put(params![
        desk,
        head.op.seq,
        idx,
        e.person,
        head.happened_at,
        head.officer,
        serde_json::to_string(&e.found).map_err(json)?,
        e.reason
    ])?;
    Ok(())
}

/// Folds whom a write touched, once their reports and cases are folded.
pub(super) fn fold_touched(conn: &Connection, mut touched: Touched) -> Result<()> {
    for (person, key) in &touched.corrected {
        note_corrected(conn, *person, key)?;
        touched.people.insert(*person);
    }
    if touched.everybody {
        return fold_everybody(conn);
    }
    for ReportKey { unit, day, round } in &touched.reports {
        let mut query = conn.prepare_cached(
            "SELECT DISTINCT person FROM cur_notable WHERE unit = ?1 AND day = ?2 AND round = ?3",
        )?;
        for person in query.query_map(params![unit, day_number(*day), round.0], |row| row.get(0))? {
            touched.people.insert(person?);
        }
    }
    if touched.people.is_empty() {
        return Ok(());
    }
    let calendar = settings_in(conn)?.calendar;
    touched.people.into_iter().try_for_each(|person| fold(conn, person, calendar))
}

/// Notes again what the rows of somebody in a report bring, after a value was found to be otherwise, or that was taken back.
fn note_corrected(conn: &Connection, person: PersonId, key: &ReportKey) -> Result<()> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT r.desk, r.seq, r.row, {READING} FROM log_reading r \
         WHERE r.person = ?1 AND r.day = ?2 AND r.round = ?3 AND r.unit = ?4"
    ))?;
    let mut rows = query.query(params![person, day_number(key.day), key.round.0, key.unit])?;
    while let Some(row) = rows.next()? {
        let (read, _) = reading(row, 3)?;
        note_row_anew(conn, (row.get(0)?, row.get(1)?, row.get(2)?), &read)?;
    }
    Ok(())
}

/// Fills the empty tables from the whole log, once everything else is folded.
pub(super) fn fold_all(conn: &Connection, ask: &dyn Fn() -> Result<()>) -> Result<()> {
    let mut forms = Forms::default();
    let (rules, corrected) = (Rules::builtin(), Corrected::all(conn)?);
    let mut rows = conn.prepare(&format!(
        "SELECT o.desk, o.seq, r.row, o.lamport, {READING} FROM log_op o JOIN log_reading r ON r.desk = o.desk AND r.seq = o.seq \
         ORDER BY o.lamport, o.desk, o.seq, r.row"
    ))?;
    let mut rows = rows.query([])?;
    let mut form = FormRef { name: String::new(), version: 0 };
    while let Some(row) = rows.next()? {
        ask()?;
        let (name, version) = form_of(row, 4)?;
        if form.name != name || form.version != version {
            form = FormRef { name: name.to_owned(), version };
        }
        let columns = forms.columns(conn, &form, row.get(3)?)?;
        // Nearly every row brings nothing: what it says is only looked at, not taken apart.
        if brings_nothing(row, 4, columns, rules)? && !corrected.has(row.get(4)?) {
            continue;
        }
        let (read, _) = reading(row, 4)?;
        note_row(conn, (row.get(0)?, row.get(1)?, row.get(2)?), &read, columns, &corrected)?;
    }
    fold_everybody(conn)
}

/// Which form a reading was read with, from the columns of [`READING`], which begin at `at`.
fn form_of<'r>(row: &'r Row<'_>, at: usize) -> Result<(&'r str, u16)> {
    let name = row.get_ref(at + 4)?.as_str().map_err(rusqlite::Error::from)?;
    let version: i64 = row.get(at + 5)?;
    Ok((name, u16::try_from(version).unwrap_or_default()))
}

/// Whether a reading brings nothing that somebody must act on, from the columns of [`READING`], which begin at `at`.
fn brings_nothing(row: &Row<'_>, at: usize, columns: &Columns, rules: &Rules) -> Result<bool> {
    let text = |column: usize| -> Result<&str> {
        let text = row.get_ref(at + column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
        Ok(text.unwrap_or_default())
    };
    let tenths = |column: usize| -> Result<Option<i16>> {
        let number: Option<i64> = row.get(at + column)?;
        Ok(number.and_then(|number| i16::try_from(number).ok()))
    };
    let site: Known<Site> = row.get(at + 8)?;
    let rest = text(13)?;
    let answers = Answers {
        day: day(row.get(at + 2)?),
        temp: tenths(6)?.max(tenths(7)?),
        site: site.0,
        place: text(9)?,
        in_hubei: row.get(at + 10)?,
        status: text(12)?,
        get: &|field| columns.packed(rest, field),
    };
    Ok(found(&answers, rules).is_empty())
}

/// Notes what the events of an op dismiss, when the tables are built anew.
pub(super) fn note_events(
    conn: &Connection,
    desk: i64,
    head: &OpHead,
    events: &[(i64, Event)],
) -> Result<()> {
    events.iter().try_for_each(|(idx, event)| note_dismissed(conn, desk, head, *idx, event))
}

/// Folds everybody at once: when the tables are built anew there are no indexes yet.
fn fold_everybody(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM cur_finding", [])?;
    let mut done: HashMap<PersonId, Handled> = HashMap::new();
    let mut cases = conn.prepare("SELECT person, released_at FROM cur_case ORDER BY opened_at, id")?;
    let mut rows = cases.query([])?;
    while let Some(row) = rows.next()? {
        done.entry(row.get(0)?).or_default().cases.push(row.get(1)?);
    }
    let mut dismissed = conn.prepare(&format!("SELECT d.person, {DISMISSED}"))?;
    let mut rows = dismissed.query([])?;
    while let Some(row) = rows.next()? {
        done.entry(row.get(0)?).or_default().dismissed.extend(dismissed_in(row, 1)?);
    }
    let mut all = conn.prepare(&format!("SELECT n.person, {IN_FORCE} ORDER BY n.person, {ORDER}"))?;
    let mut rows = all.query([])?;
    // Set up only when there is something: an office that begins has no settings yet.
    let mut calendar = None;
    let mut group: (Option<PersonId>, Vec<(Spot, Brought)>) = (None, Vec::new());
    loop {
        let row = rows.next()?;
        let next: Option<PersonId> = row.map(|row| row.get(0)).transpose()?;
        if group.0 != next
            && let Some(person) = group.0
        {
            let calendar = match calendar {
                Some(calendar) => calendar,
                None => *calendar.insert(settings_in(conn)?.calendar),
            };
            let handled = done.remove(&person).unwrap_or_default();
            write_open(conn, person, std::mem::take(&mut group.1), &handled, calendar)?;
        }
        let Some(row) = row else { return Ok(()) };
        group.0 = next;
        let (spot, brought, _) = brought(row, 1)?;
        group.1.push((spot, brought));
    }
}

/// A person's findings that are open now.
fn fold(conn: &Connection, person: PersonId, calendar: Calendar) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_finding WHERE person = ?1")?.execute([person])?;
    let all = in_force(conn, person, None)?;
    if all.is_empty() {
        return Ok(());
    }
    write_open(conn, person, all, &handled(conn, person)?, calendar)
}

fn write_open(
    conn: &Connection,
    person: PersonId,
    all: Vec<(Spot, Brought)>,
    done: &Handled,
    calendar: Calendar,
) -> Result<()> {
    let (places, all): (Vec<Spot>, Vec<Brought>) = all.into_iter().unzip();
    let mut insert = conn.prepare_cached(
        "INSERT INTO cur_finding (person, day, round, desk, seq, row, place, what, tenths, site, about, said, came) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    for at in open(&all, done, calendar) {
        let (Brought { finding, came }, (desk, seq, row, place)) = (&all[at], places[at]);
        insert.put(params![
            person,
            day_number(finding.day),
            finding.round.0,
            desk,
            seq,
            row,
            place,
            finding.found.what.code(),
            finding.found.tenths,
            finding.found.site.map(Site::code),
            finding.found.about.map(day_number),
            finding.found.said,
            came
        ])?;
    }
    Ok(())
}

/// Where a notable row stands: desk, op, row, place within the row.
type Spot = (i64, i64, i64, i64);

/// What stands in reports in force: the columns that [`brought`] reads, and where from.
const IN_FORCE: &str = "n.day, n.round, n.what, n.tenths, n.site, n.about, n.said, o.happened_at, n.desk, n.seq, n.row, n.place, n.unit \
     FROM cur_notable n JOIN cur_report q ON q.unit = n.unit AND q.day = n.day AND q.round = n.round \
     AND q.desk = n.desk AND q.seq = n.seq JOIN log_op o ON o.desk = n.desk AND o.seq = n.seq";

/// The order of the days.
const ORDER: &str = "n.day, n.round, o.lamport, n.desk, n.seq, n.row, n.place";

fn brought(row: &Row<'_>, at: usize) -> rusqlite::Result<(Spot, Brought, UnitId)> {
    let spot = (row.get(at + 8)?, row.get(at + 9)?, row.get(at + 10)?, row.get(at + 11)?);
    Ok((spot, Brought { finding: finding(row, at)?, came: row.get(at + 7)? }, row.get(at + 12)?))
}

/// What a person's reports in force bring, in the order of the days; without that of one report, when another is to
/// take its place.
pub(in crate::store) fn in_force(
    conn: &Connection,
    person: PersonId,
    without: Option<&ReportKey>,
) -> Result<Vec<(Spot, Brought)>> {
    let mut query =
        conn.prepare_cached(&format!("SELECT {IN_FORCE} WHERE n.person = ?1 ORDER BY {ORDER}"))?;
    let mut out = Vec::new();
    let mut rows = query.query([person])?;
    while let Some(row) = rows.next()? {
        let (spot, brought, unit) = brought(row, 0)?;
        let replaced = without.is_some_and(|key| {
            key.unit == unit && key.day == brought.finding.day && key.round == brought.finding.round
        });
        if !replaced {
            out.push((spot, brought));
        }
    }
    Ok(out)
}

/// A finding from the columns `day, round, what, tenths, site, about, said`, which begin at `at`.
pub(in crate::store) fn finding(row: &Row<'_>, at: usize) -> rusqlite::Result<Finding> {
    let (what, site): (Code<What>, Option<Known<_>>) = (row.get(at + 2)?, row.get(at + 4)?);
    let about: Option<i32> = row.get(at + 5)?;
    Ok(Finding {
        day: day(row.get(at)?),
        round: Round(row.get(at + 1)?),
        found: Found {
            what: what.0,
            tenths: row.get(at + 3)?,
            site: site.and_then(|site| site.0),
            about: about.map(day),
            said: row.get(at + 6)?,
        },
    })
}

/// What was done about a person: their cases, and what was dismissed.
pub(in crate::store) fn handled(conn: &Connection, person: PersonId) -> Result<Handled> {
    let cases: Vec<Option<Ts>> = conn
        .prepare_cached("SELECT released_at FROM cur_case WHERE person = ?1 ORDER BY opened_at, id")?
        .query_map([person], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut query = conn.prepare_cached(&format!("SELECT {DISMISSED} AND d.person = ?1"))?;
    let mut dismissed = Vec::new();
    let mut rows = query.query([person])?;
    while let Some(row) = rows.next()? {
        dismissed.extend(dismissed_in(row, 0)?);
    }
    Ok(Handled { cases, dismissed })
}

/// What was dismissed and stands.
const DISMISSED: &str = "d.found FROM cur_dismissed d \
     WHERE NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = d.desk AND u.seq = d.seq)";

fn dismissed_in(row: &Row<'_>, at: usize) -> Result<Vec<Finding>> {
    let found = row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?;
    serde_json::from_str(found).map_err(json)
}

/// The columns of forms as they were adopted when an op was written: a form adopted anew later changes nothing about
/// what was read before.
#[derive(Default)]
pub(in crate::store) struct Forms(HashMap<FormRef, Vec<(i64, Columns)>>);

impl Forms {
    pub(in crate::store) fn columns(
        &mut self,
        conn: &Connection,
        form: &FormRef,
        lamport: i64,
    ) -> Result<&Columns> {
        static NONE: Columns = Columns::NONE;
        if !self.0.contains_key(form) {
            self.0.insert(form.clone(), adopted(conn, form)?);
        }
        let known = self.0[form].iter().rev().find(|(since, _)| *since <= lamport);
        Ok(known.map_or(&NONE, |(_, columns)| columns))
    }
}

/// Every content of a form that was adopted, in order.
fn adopted(conn: &Connection, form: &FormRef) -> Result<Vec<(i64, Columns)>> {
    let mut query = conn.prepare_cached(
        "SELECT l.lamport, b.body ->> '$.content' FROM cur_link l \
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
         WHERE l.kind = 0 AND l.id = zeroblob(16) AND e.kind = 'form.adopted' \
           AND b.body ->> '$.form.name' = ?1 AND b.body ->> '$.form.version' = ?2 \
         ORDER BY l.lamport, l.desk, l.seq",
    )?;
    let rows = query
        .query_map(params![form.name, form.version], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (lamport, content) = row?;
        let columns = Parsed::of(&content).map(|known| Columns::of(&known.form.rest_fields()));
        Ok((lamport, columns.unwrap_or_default()))
    })
    .collect()
}
