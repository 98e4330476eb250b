//! Contradictions in reports (存疑). What a unit's reports in force say is looked through in the order of their days, and
//! again from the first day that a write touched; what is open from before then, and which report ended what, stands
//! beside it, and what must be remembered of a unit's last report: the one after it is held against that, and no row of
//! the days before is read again. What was found out stands in a table of its own. Nothing here depends on the present
//! moment.

use super::finding::Forms;
use crate::domain::doubt::{Answer, Check, Doubt, REMEMBERED, Remembered, Row as Said, Step, Value, Watch};
use crate::domain::finding::Columns;
use crate::domain::ids::{PersonId, PromiseId, Subject, UnitId};
use crate::domain::report::{FormRef, Reading, Round, Site};
use crate::domain::rules::Rules;
use crate::domain::time::{Ts, add_days, day_number};
use crate::error::{Error, Result};
use crate::log::OpHead;
use crate::log::event::Event;
use crate::store::corrected::Corrected;
use crate::store::json;
use crate::store::load::{READING, reading};
use crate::store::sql::{Code, Known, Put, day};
use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// From which report on the doubts of which units may have changed.
#[derive(Default)]
pub(super) struct Touched(BTreeMap<UnitId, (NaiveDate, Round)>);

impl Touched {
    /// A day of a unit.
    pub(super) fn day(&mut self, unit: UnitId, day: NaiveDate) {
        self.report(unit, (day, Round(String::new())));
    }

    fn report(&mut self, unit: UnitId, key: (NaiveDate, Round)) {
        let from = self.0.entry(unit).or_insert_with(|| key.clone());
        if key < *from {
            *from = key;
        }
    }

    /// By an event that was written, taken back or brought back.
    pub(super) fn by(&mut self, event: &Event) {
        match event {
            Event::ReportReceived(e) => self.report(e.key.unit, (e.key.day, e.key.round.clone())),
            // Where somebody is, and whether they travelled, the next sheet is compared with.
            Event::DoubtCorrected(e) => self.day(e.doubt.unit, e.doubt.day),
            _ => {}
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
    let mut watches = HashMap::new();
    let mut begins: HashMap<UnitId, Begin> = HashMap::new();
    for (unit, from) in units {
        let known = remembered(conn, *unit)?.filter(|known| known.last() < (from.0, &from.1));
        let reads = if known.is_some() {
            // Nothing stands that the reports from here on have found out.
            from.clone()
        } else {
            forget_from(conn, *unit, from.0)?;
            // What is remembered after the last report must be all that is remembered then.
            let last = last_of(conn, *unit)?.map_or(from.0, |last| last.min(from.0));
            (add_days(last, -REMEMBERED), Round(String::new()))
        };
        let watch = Watch::new(*unit, Rules::builtin(), open_of(conn, *unit)?);
        watches.insert(*unit, known.into_iter().fold(watch, Watch::resumed));
        begins.insert(*unit, Begin { reads, looks: from.0 });
    }
    look_through(conn, &Begins::Of(begins), &mut watches, &|| Ok(()))?;
    units.keys().try_for_each(|unit| remember(conn, *unit, watches.get(unit)))
}

/// Forgets what the reports of a unit from a day on found out.
fn forget_from(conn: &Connection, unit: UnitId, from: NaiveDate) -> Result<()> {
    conn.prepare_cached("DELETE FROM cur_doubt WHERE unit = ?1 AND day >= ?2")?
        .execute(params![unit, day_number(from)])?;
    conn.prepare_cached(
        "UPDATE cur_doubt SET closed_day = NULL, closed_at = NULL, closed_desk = NULL, closed_seq = NULL \
         WHERE unit = ?1 AND closed_day >= ?2",
    )?
    .execute(params![unit, day_number(from)])?;
    Ok(())
}

/// The day of a unit's last report in force that has rows: an erasure may have emptied it.
fn last_of(conn: &Connection, unit: UnitId) -> Result<Option<NaiveDate>> {
    let last: Option<i32> = conn
        .prepare_cached(
            "SELECT max(q.day) FROM cur_report q WHERE q.unit = ?1 AND q.form = 'rows' AND EXISTS (SELECT 1 FROM log_reading r \
             WHERE r.desk = q.desk AND r.seq = q.seq AND r.unit = q.unit AND r.day = q.day AND r.round = q.round)",
        )?
        .query_row([unit], |row| row.get(0))?;
    Ok(last.map(day))
}

/// What is remembered of a unit after its last report.
fn remembered(conn: &Connection, unit: UnitId) -> Result<Option<Remembered>> {
    let mut query = conn.prepare_cached("SELECT body FROM cur_watched WHERE unit = ?1")?;
    let mut rows = query.query([unit])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let body = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
    // What cannot be read is found out again from the reports.
    Ok(postcard::from_bytes(body).ok())
}

/// Keeps what must be remembered of a unit after its last report.
fn remember(conn: &Connection, unit: UnitId, watch: Option<&Watch<'_>>) -> Result<()> {
    let Some(known) = watch.and_then(Watch::remembered) else {
        conn.prepare_cached("DELETE FROM cur_watched WHERE unit = ?1")?.execute([unit])?;
        return Ok(());
    };
    conn.prepare_cached(
        "INSERT INTO cur_watched (unit, body) VALUES (?1, ?2) ON CONFLICT (unit) DO UPDATE SET body = excluded.body",
    )?
    .put(params![unit, postcard::to_stdvec(&known).map_err(|e| Error::internal("packing what is remembered of a unit", e))?])
}

/// Fills the empty tables from all reports in force, once everything else is folded.
pub(super) fn fold_all(conn: &Connection, ask: &dyn Fn() -> Result<()>) -> Result<()> {
    let mut watches = HashMap::new();
    look_through(conn, &Begins::Everything, &mut watches, ask)?;
    watches.iter().try_for_each(|(unit, watch)| remember(conn, *unit, Some(watch)))
}

/// Where the reports of a unit are begun with.
struct Begin {
    /// The first that is read.
    reads: (NaiveDate, Round),
    /// The first day of which they are looked at, and not only remembered.
    looks: NaiveDate,
}

/// Which reports are read.
enum Begins {
    Everything,
    Of(HashMap<UnitId, Begin>),
}

impl Begins {
    /// The first day of any.
    fn first(&self) -> i32 {
        match self {
            Self::Everything => i32::MIN,
            Self::Of(units) => {
                units.values().map(|begin| day_number(begin.reads.0)).min().unwrap_or(i32::MAX)
            }
        }
    }

    fn has(&self, report: &InForce) -> bool {
        match self {
            Self::Everything => true,
            Self::Of(units) => units
                .get(&report.unit)
                .is_some_and(|begin| (report.day, &report.round) >= (begin.reads.0, &begin.reads.1)),
        }
    }

    /// Whether a report is only remembered.
    fn knows(&self, report: &InForce) -> bool {
        match self {
            Self::Everything => false,
            Self::Of(units) => units.get(&report.unit).is_some_and(|begin| report.day < begin.looks),
        }
    }
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
    /// At which minute of the day, UTC, the unit sent it, where that was noted.
    minute: Option<i32>,
}

/// Looks through reports in force, day by day.
fn look_through(
    conn: &Connection,
    begins: &Begins,
    watches: &mut HashMap<UnitId, Watch<'static>>,
    ask: &dyn Fn() -> Result<()>,
) -> Result<()> {
    let mut query = conn.prepare_cached(
        // A sheet with several units' rows was put together by somebody else; and what was only taken in has no moment
        // of its own.
        "SELECT q.unit, q.day, q.round, q.desk, q.seq, o.happened_at, o.lamport, \
           CASE WHEN o.happened_at < o.recorded_at AND (SELECT count(*) FROM log_event e WHERE e.desk = o.desk \
             AND e.seq = o.seq AND e.kind = 'report.received') = 1 THEN o.happened_at / 60000 % 1440 END FROM cur_report q \
         JOIN log_op o ON o.desk = q.desk AND o.seq = q.seq \
         WHERE q.day >= ?1 AND q.form = 'rows' ORDER BY q.day, q.round, q.unit",
    )?;
    let mut rows = query.query([begins.first()])?;
    let mut with = With { forms: Forms::default(), corrected: Corrected::all(conn)? };
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
            minute: row.get(7)?,
        };
        if !begins.has(&report) {
            continue;
        }
        if group.first().is_some_and(|known| (known.day, &known.round) != (report.day, &report.round)) {
            ask()?;
            one_round(conn, &std::mem::take(&mut group), begins, watches, &mut with)?;
        }
        group.push(report);
    }
    one_round(conn, &group, begins, watches, &mut with)
}

/// What rows are read with.
struct With {
    forms: Forms,
    corrected: Corrected,
}

/// The reports of one round of a day: each op that holds any is read once.
fn one_round(
    conn: &Connection,
    reports: &[InForce],
    begins: &Begins,
    watches: &mut HashMap<UnitId, Watch<'static>>,
    With { forms, corrected }: &mut With,
) -> Result<()> {
    let by_unit: HashMap<UnitId, &InForce> = reports.iter().map(|report| (report.unit, report)).collect();
    for report in reports {
        let watch =
            watches.entry(report.unit).or_insert_with(|| Watch::new(report.unit, Rules::builtin(), []));
        watch.begin(report.day, &report.round, begins.knows(report), report.minute);
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
                one_row(row, columns, corrected, watch, &mut steps)?;
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

/// A row, from the columns of [`READING`]: it is only looked at, not taken apart, unless something of it was corrected.
fn one_row(
    row: &Row<'_>,
    columns: &Columns,
    corrected: &Corrected,
    watch: &mut Watch<'_>,
    out: &mut Vec<Step>,
) -> Result<()> {
    let tenths = |at: usize| -> Result<Option<i16>> {
        let number: Option<i64> = row.get(at)?;
        Ok(number.and_then(|number| i16::try_from(number).ok()))
    };
    // The digest is kept from run to run: it must be the same in every build.
    let mut hasher = blake3::Hasher::new();
    for at in [4, 8, 9, 12, 13] {
        let text = text(row, at)?;
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    for at in [5, 6, 7, 10, 11] {
        hasher.update(&row.get::<_, Option<i64>>(at)?.unwrap_or(i64::MIN).to_le_bytes());
    }
    let mut all = [0; 8];
    hasher.finalize_xof().fill(&mut all);
    let site: Known<Site> = row.get(8)?;
    // Many fields are asked for.
    let rest: Vec<&str> = text(row, 13)?.split('\u{1f}').collect();
    // This one is kept nowhere.
    let mut answers = DefaultHasher::new();
    for at in [8, 9, 12] {
        text(row, at)?.hash(&mut answers);
    }
    for at in [10, 11] {
        row.get::<_, Option<i64>>(at)?.hash(&mut answers);
    }
    rest.iter().enumerate().filter(|(at, _)| !columns.is_own(*at)).for_each(|said| said.hash(&mut answers));
    let said = Said {
        person: row.get(0)?,
        temp_am: tenths(6)?,
        temp_pm: tenths(7)?,
        site: site.0,
        place: text(row, 9)?,
        in_hubei: row.get(10)?,
        left_city: row.get(11)?,
        status: text(row, 12)?,
        all: u64::from_le_bytes(all),
        answers: answers.finish(),
        get: &|field| columns.among(&rest, field),
    };
    if !corrected.has(said.person) {
        watch.row(&said, &said, out);
        return Ok(());
    }
    let mut stands: Reading = reading(row, 0)?.0;
    corrected.put(&mut stands, columns);
    let get = |field: &str| columns.get(&stands.rest, field);
    let stands = Said {
        place: stands.place.as_deref().unwrap_or_default(),
        left_city: stands.left_city,
        get: &get,
        ..said
    };
    watch.row(&said, &stands, out);
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
