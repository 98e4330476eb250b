//! Contradictions in reports (存疑). What a unit's reports in force say is looked through in the order of their days, and
//! again from the first day that a write touched; what is open from before then, and which report ended what, stands
//! beside it. What was found out stands in a table of its own. Nothing here depends on the present moment.

use super::finding::Forms;
use crate::domain::doubt::{Answer, Check, Doubt, REMEMBERED, Row as Said, Step, Value, Watch};
use crate::domain::finding::Columns;
use crate::domain::ids::{PersonId, PromiseId, Subject, UnitId};
use crate::domain::report::{FormRef, Round, Site};
use crate::domain::rules::Rules;
use crate::domain::time::{Ts, add_days, day_number};
use crate::error::Result;
use crate::log::OpHead;
use crate::log::event::Event;
use crate::store::json;
use crate::store::load::READING;
use crate::store::sql::{Code, Known, Put, day};
use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// From which day on the doubts of which units may have changed.
#[derive(Default)]
pub(super) struct Touched(BTreeMap<UnitId, NaiveDate>);

impl Touched {
    /// A report of a unit.
    pub(super) fn report(&mut self, unit: UnitId, day: NaiveDate) {
        let from = self.0.entry(unit).or_insert(day);
        *from = day.min(*from);
    }

    /// By an event that was written, taken back or brought back.
    pub(super) fn by(&mut self, event: &Event) {
        if let Event::ReportReceived(e) = event {
            self.report(e.key.unit, e.key.day);
        }
    }
}

/// Notes what an event answers; whether its op stands is asked when it is read.
pub(super) fn note(conn: &Connection, desk: i64, head: &OpHead, idx: i64, event: &Event) -> Result<()> {
    struct Said<'a> {
        field: &'a str,
        old: &'a str,
        new: &'a str,
        promise: Option<PromiseId>,
    }
    let plain = Said { field: "", old: "", new: "", promise: None };
    let (doubt, how, told_by, words, said) = match event {
        Event::DoubtConfirmed(e) => (&e.doubt, Answer::Confirmed, &e.told_by, &e.words, plain),
        Event::DoubtCorrected(e) => {
            let said = Said { field: &e.field, old: &e.old, new: &e.new, promise: None };
            (&e.doubt, Answer::Corrected, &e.told_by, &e.words, said)
        }
        Event::DoubtDeferred(e) => {
            let said = Said { promise: Some(e.promise), ..plain };
            (&e.doubt, Answer::Deferred, &e.told_by, &e.words, said)
        }
        _ => return Ok(()),
    };
    conn.prepare_cached(
        "INSERT INTO cur_answer (desk, seq, idx, doubt, person, unit, at, officer, how, body, field, old, new, told_by, \
         words, promise) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .put(params![
        desk,
        head.op.seq,
        idx,
        doubt.id,
        doubt.person(),
        doubt.unit,
        head.happened_at,
        head.officer,
        how.code(),
        serde_json::to_string(doubt).map_err(json)?,
        said.field,
        said.old,
        said.new,
        told_by,
        words,
        said.promise
    ])?;
    Ok(())
}

/// Looks through the reports again that a write touched, once they are folded.
pub(super) fn fold_touched(conn: &Connection, Touched(units): &Touched) -> Result<()> {
    if units.is_empty() {
        return Ok(());
    }
    for (unit, from) in units {
        conn.prepare_cached("DELETE FROM cur_doubt WHERE unit = ?1 AND day >= ?2")?
            .execute(params![unit, day_number(*from)])?;
        conn.prepare_cached(
            "UPDATE cur_doubt SET closed_day = NULL, closed_at = NULL, closed_desk = NULL, closed_seq = NULL \
             WHERE unit = ?1 AND closed_day >= ?2",
        )?
        .execute(params![unit, day_number(*from)])?;
    }
    let mut watches = HashMap::new();
    for unit in units.keys() {
        watches.insert(*unit, Watch::new(*unit, Rules::builtin(), open_of(conn, *unit)?));
    }
    let first = units.values().min().copied().unwrap_or_default();
    let from = |unit: UnitId| units.get(&unit).copied();
    look_through(conn, add_days(first, -REMEMBERED), &from, &mut watches, &|| Ok(()))
}

/// Fills the empty table from all reports in force, once everything else is folded.
pub(super) fn fold_all(conn: &Connection, ask: &dyn Fn() -> Result<()>) -> Result<()> {
    look_through(conn, NaiveDate::MIN, &|_| Some(NaiveDate::MIN), &mut HashMap::new(), ask)
}

/// A report in force.
struct InForce {
    unit: UnitId,
    day: NaiveDate,
    round: Round,
    desk: i64,
    seq: i64,
    came: Ts,
    lamport: i64,
}

/// Looks through the reports in force from a day on, day by day. `from` says from which day on those of a unit are looked
/// at, and not only remembered; of a unit for which it says nothing none is.
fn look_through(
    conn: &Connection,
    first: NaiveDate,
    from: &dyn Fn(UnitId) -> Option<NaiveDate>,
    watches: &mut HashMap<UnitId, Watch<'static>>,
    ask: &dyn Fn() -> Result<()>,
) -> Result<()> {
    let number = if first == NaiveDate::MIN { i32::MIN } else { day_number(first) };
    let mut query = conn.prepare_cached(
        "SELECT q.unit, q.day, q.round, q.desk, q.seq, o.happened_at, o.lamport FROM cur_report q \
         JOIN log_op o ON o.desk = q.desk AND o.seq = q.seq \
         WHERE q.day >= ?1 AND q.form = 'rows' ORDER BY q.day, q.round, q.unit",
    )?;
    let mut rows = query.query([number])?;
    let mut forms = Forms::default();
    let mut group: Vec<InForce> = Vec::new();
    while let Some(row) = rows.next()? {
        let report = InForce {
            unit: row.get(0)?,
            day: day(row.get(1)?),
            round: Round(row.get(2)?),
            desk: row.get(3)?,
            seq: row.get(4)?,
            came: row.get(5)?,
            lamport: row.get(6)?,
        };
        let Some(since) = from(report.unit) else { continue };
        if since != NaiveDate::MIN && report.day < add_days(since, -REMEMBERED) {
            continue;
        }
        if group.first().is_some_and(|known| (known.day, &known.round) != (report.day, &report.round)) {
            ask()?;
            one_round(conn, &std::mem::take(&mut group), from, watches, &mut forms)?;
        }
        group.push(report);
    }
    one_round(conn, &group, from, watches, &mut forms)
}

/// The reports of one round of a day: each op that holds any is read once.
fn one_round(
    conn: &Connection,
    reports: &[InForce],
    from: &dyn Fn(UnitId) -> Option<NaiveDate>,
    watches: &mut HashMap<UnitId, Watch<'static>>,
    forms: &mut Forms,
) -> Result<()> {
    let by_unit: HashMap<UnitId, &InForce> = reports.iter().map(|report| (report.unit, report)).collect();
    for report in reports {
        let watch =
            watches.entry(report.unit).or_insert_with(|| Watch::new(report.unit, Rules::builtin(), []));
        watch.begin(report.day, &report.round, from(report.unit).is_none_or(|since| report.day < since));
    }
    let ops: BTreeSet<(i64, i64, i64)> =
        reports.iter().map(|report| (report.lamport, report.desk, report.seq)).collect();
    let mut query = conn.prepare_cached(&format!(
        "SELECT {READING} FROM log_reading r WHERE r.desk = ?1 AND r.seq = ?2 ORDER BY r.row"
    ))?;
    let mut steps: Vec<Step> = Vec::new();
    for (lamport, desk, seq) in ops {
        let mut rows = query.query([desk, seq])?;
        let mut form = FormRef { name: String::new(), version: 0 };
        while let Some(row) = rows.next()? {
            let unit: UnitId = row.get(1)?;
            let fits = by_unit.get(&unit).filter(|report| (report.desk, report.seq) == (desk, seq));
            let Some(report) = fits else { continue };
            if day(row.get(2)?) != report.day || text(row, 3)? != report.round.0 {
                continue;
            }
            let (name, version) = (text(row, 4)?, row.get::<_, i64>(5)?);
            let version = u16::try_from(version).unwrap_or_default();
            if form.name != name || form.version != version {
                form = FormRef { name: name.to_owned(), version };
            }
            let columns = forms.columns(conn, &form, lamport)?;
            if let Some(watch) = watches.get_mut(&unit) {
                one_row(row, columns, watch, &mut steps)?;
                write(conn, report, &mut steps)?;
            }
        }
    }
    for report in reports {
        if let Some(watch) = watches.get_mut(&report.unit) {
            watch.end(&mut steps);
            write(conn, report, &mut steps)?;
        }
    }
    Ok(())
}

fn text<'r>(row: &'r Row<'_>, at: usize) -> Result<&'r str> {
    Ok(row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default())
}

/// A row, from the columns of [`READING`]: it is only looked at, not taken apart.
fn one_row(row: &Row<'_>, columns: &Columns, watch: &mut Watch<'_>, out: &mut Vec<Step>) -> Result<()> {
    let tenths = |at: usize| -> Result<Option<i16>> {
        let number: Option<i64> = row.get(at)?;
        Ok(number.and_then(|number| i16::try_from(number).ok()))
    };
    let mut hasher = DefaultHasher::new();
    for at in [4, 8, 9, 12, 13] {
        text(row, at)?.hash(&mut hasher);
    }
    for at in [5, 6, 7, 10, 11] {
        row.get::<_, Option<i64>>(at)?.hash(&mut hasher);
    }
    let site: Known<Site> = row.get(8)?;
    let rest = text(row, 13)?;
    let said = Said {
        person: row.get(0)?,
        temp_am: tenths(6)?,
        temp_pm: tenths(7)?,
        site: site.0,
        place: text(row, 9)?,
        in_hubei: row.get(10)?,
        left_city: row.get(11)?,
        status: text(row, 12)?,
        all: hasher.finish(),
        get: &|field| columns.packed(rest, field),
    };
    watch.row(&said, out);
    Ok(())
}

/// Writes down what a report did.
fn write(conn: &Connection, report: &InForce, steps: &mut Vec<Step>) -> Result<()> {
    for step in steps.drain(..) {
        match step {
            Step::Raised(doubt) => conn
                .prepare_cached(
                    "INSERT INTO cur_doubt (unit, day, id, person, round, what, one, other, desk, seq, came) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                )?
                .put(params![
                    doubt.unit,
                    day_number(doubt.day),
                    doubt.id,
                    doubt.person(),
                    doubt.round.0,
                    doubt.check.code(),
                    serde_json::to_string(&doubt.one).map_err(json)?,
                    serde_json::to_string(&doubt.other).map_err(json)?,
                    report.desk,
                    report.seq,
                    report.came
                ])?,
            Step::Closed { id, day } => drop(
                conn.prepare_cached(
                    "UPDATE cur_doubt SET closed_day = ?4, closed_at = ?5, closed_desk = ?6, closed_seq = ?7 \
                     WHERE unit = ?1 AND day = ?2 AND id = ?3",
                )?
                .execute(params![
                    report.unit,
                    day_number(day),
                    id,
                    day_number(report.day),
                    report.came,
                    report.desk,
                    report.seq
                ])?,
            ),
        }
    }
    Ok(())
}

/// The columns of a doubt, in the order [`doubt`] reads them; `d` is the table.
pub(in crate::store) const DOUBT: &str = "d.person, d.unit, d.what, d.day, d.round, d.one, d.other";

/// A doubt, from the columns of [`DOUBT`], which begin at `at`.
pub(in crate::store) fn doubt(row: &Row<'_>, at: usize) -> Result<Doubt> {
    let person: Option<PersonId> = row.get(at)?;
    let (unit, check): (UnitId, Code<Check>) = (row.get(at + 1)?, row.get(at + 2)?);
    let value = |at: usize| -> Result<Value> { serde_json::from_str(text(row, at)?).map_err(json) };
    let about = person.map_or(Subject::Unit(unit), Subject::Person);
    let round = Round(row.get(at + 4)?);
    let values = (value(at + 5)?, value(at + 6)?);
    Ok(Doubt::new(about, unit, check.0, (day(row.get(at + 3)?), &round), values))
}

/// What no report of a unit has ended, answered or not.
fn open_of(conn: &Connection, unit: UnitId) -> Result<Vec<Doubt>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {DOUBT} FROM cur_doubt d WHERE d.unit = ?1 AND d.closed_day IS NULL ORDER BY d.day, d.id"
    ))?;
    let mut rows = query.query([unit])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(doubt(row, 0)?);
    }
    Ok(out)
}
