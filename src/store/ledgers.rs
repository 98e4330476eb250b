//! Ledgers as the log holds them: which declaration an entry stands under, which is in force, and what is expected in it.
//! Declarations are read once and kept for as long as the program runs.

use crate::domain::field::Type;
use crate::domain::ids::{EntryId, OfficerId, PersonId, Subject, UnitId};
use crate::domain::item::Item;
use crate::domain::ledger::entry::Place;
use crate::domain::ledger::expr::{Answer, Need};
use crate::domain::ledger::value::{self, Values};
use crate::domain::ledger::{Applies, Column, Due, Ledger, Link, Part, keep, shipped};
use crate::domain::mask::masked_words;
use crate::domain::office::Settings;
use crate::domain::text::fold;
use crate::domain::time::{Calendar, Ts, day_number};
use crate::error::{Error, Result};
use crate::i18n::ledger as say;
use crate::say::{Lang, Say, Word};
use crate::store::json;
use minijinja::Value;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use uuid::Uuid;

/// One transition of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which.
    pub transition: String,
    /// To which state.
    pub to: String,
    /// When.
    pub at: Ts,
    /// Whose act it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<OfficerId>,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<OfficerId>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

type Known = HashMap<[u8; 32], Option<Arc<Ledger>>>;

/// The declaration with this text, read once.
fn read(digest: [u8; 32], text: impl FnOnce() -> Result<String>) -> Result<Option<Arc<Ledger>>> {
    static KNOWN: OnceLock<Mutex<Known>> = OnceLock::new();
    let known = KNOWN.get_or_init(Mutex::default);
    if let Some(ledger) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&digest) {
        return Ok(ledger.clone());
    }
    let text = text()?;
    // Those that come with the program were read for it already. One that a later program wrote with words this one does
    // not know: its entries are kept and shown as they are.
    let shipped = shipped().iter().find(|ledger| ledger.text == text).cloned();
    let ledger = shipped.or_else(|| Ledger::parse(&text).ok().map(Arc::new));
    ledger.iter().for_each(keep);
    known.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, ledger.clone());
    Ok(ledger)
}

/// The declaration of this name and version.
pub(super) fn declared(conn: &Connection, name: &str, version: u16) -> Result<Option<Arc<Ledger>>> {
    let digest: Option<[u8; 32]> = conn
        .prepare_cached("SELECT digest FROM cur_ledger WHERE name = ?1 AND version = ?2")?
        .query_row(params![name, version], |row| row.get(0))
        .optional()?;
    let Some(digest) = digest else { return Ok(None) };
    read(digest, || {
        Ok(conn
            .prepare_cached("SELECT content FROM cur_ledger WHERE name = ?1 AND version = ?2")?
            .query_row(params![name, version], |row| row.get(0))?)
    })
}

/// Keeps every declaration of the log for its lines.
pub(super) fn keep_all(conn: &Connection) -> Result<()> {
    let mut query = conn.prepare_cached("SELECT name, version FROM cur_ledger")?;
    let all: Vec<(String, u16)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    all.iter().try_for_each(|(name, version)| declared(conn, name, *version).map(drop))
}

/// The ledgers in force, by name: as the log adopted them last, and those that come with the program where it has none, or
/// one that came with an earlier program. One under which entries stand is in force whatever became of the op that brought
/// it.
pub(super) fn in_force(conn: &Connection) -> Result<BTreeMap<String, Arc<Ledger>>> {
    let mut out: BTreeMap<String, Arc<Ledger>> = BTreeMap::new();
    let mut query =
        conn.prepare_cached("SELECT name, version FROM cur_ledger WHERE in_force OR EXISTS (SELECT 1 FROM cur_entry e \
         WHERE e.ledger = name AND e.version = cur_ledger.version AND e.withdrawn IS NULL) ORDER BY name, version")?;
    let adopted: Vec<(String, u16)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (name, version) in adopted {
        if let Some(ledger) = declared(conn, &name, version)? {
            out.insert(name, ledger);
        }
    }
    for ledger in shipped() {
        let stands = out.entry(ledger.name.clone()).or_insert_with(|| ledger.clone());
        if stands.version < ledger.version && stands.came_earlier() {
            *stands = ledger.clone();
        }
    }
    Ok(out)
}

/// The ledger of this name in force.
///
/// # Errors
/// There is none, or the database cannot be read.
pub(super) fn named(conn: &Connection, name: &str) -> Result<Arc<Ledger>> {
    in_force(conn)?
        .remove(name)
        .ok_or_else(|| Error::not_found(say::no_ledger(name)).hint(say::NO_LEDGER_HINT))
}

/// The office's calendar as it now stands; the usual one in a file that is being built.
pub(super) fn calendar(conn: &Connection) -> Result<Calendar> {
    let body: Option<String> =
        conn.prepare_cached("SELECT body FROM cur_setting")?.query_row([], |row| row.get(0)).optional()?;
    let Some(body) = body else { return Ok(Calendar::default()) };
    let settings: Settings = serde_json::from_str(&body).map_err(json)?;
    Ok(settings.calendar)
}

/// What an entry counts for where something is expected again and again: a value of the key, a unit, an entry of another
/// ledger.
pub(super) fn expected_of(
    ledger: &Ledger,
    due: &Due,
    values: &Values,
    unit: Option<UnitId>,
    line: &str,
) -> String {
    match &due.applies {
        Applies::Entry | Applies::Key => line.to_owned(),
        Applies::Unit => unit.map(|unit| unit.to_string()).unwrap_or_default(),
        Applies::Ledger(other) => {
            let points_there = |link: &Link| matches!(link, Link::Ledger(name) if name == other);
            let column = ledger.part.links().find(|(_, link)| points_there(link));
            column.and_then(|(name, _)| values.get(name)).cloned().unwrap_or_default()
        }
    }
}

/// An entry as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Identity.
    pub id: EntryId,
    /// In which ledger.
    pub ledger: String,
    /// Under which version.
    pub version: u16,
    /// The entry of which it is a line.
    pub parent: Option<EntryId>,
    /// The person it is about.
    pub person: Option<PersonId>,
    /// The unit it is about.
    pub unit: Option<UnitId>,
    /// When it happened.
    pub at: Ts,
    /// Who wrote it.
    pub officer: Option<OfficerId>,
    /// Its state; empty where it has none.
    pub state: String,
    /// Its values.
    pub values: Values,
    /// Its transitions, in order.
    pub moves: Vec<Moved>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
}

impl Row {
    /// Whom it is about.
    pub fn subject(&self) -> Option<Subject> {
        self.person.map(Subject::Person).or(self.unit.map(Subject::Unit))
    }

    /// When it entered each state last.
    pub fn entered(&self, part: &Part) -> BTreeMap<String, i64> {
        entered(part, self.at, &self.moves)
    }
}

/// When an entry that was written at a moment and moved so entered each state last.
pub(super) fn entered(part: &Part, at: Ts, moves: &[Moved]) -> BTreeMap<String, i64> {
    let first = part.states.iter().map(|states| (states.initial.clone(), at.0));
    first.chain(moves.iter().map(|moved| (moved.to.clone(), moved.at.0))).collect()
}

/// The columns of an entry, in the order [`read_row`] reads them; `e` is the entry.
pub(super) const ROW: &str = "e.id, e.ledger, e.version, e.parent, e.person, e.unit, e.at, e.officer, e.state, e.vals, \
     e.moves, e.withdrawn";

/// An entry from the columns of [`ROW`].
pub(super) fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let text = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    // Both were written by a fold.
    Ok(Row {
        id: row.get(0)?,
        ledger: row.get(1)?,
        version: row.get(2)?,
        parent: row.get(3)?,
        person: row.get(4)?,
        unit: row.get(5)?,
        at: row.get(6)?,
        officer: row.get(7)?,
        state: row.get(8)?,
        values: serde_json::from_str(text(9)?).unwrap_or_default(),
        moves: serde_json::from_str(text(10)?).unwrap_or_default(),
        withdrawn: row.get(11)?,
    })
}

/// Whether something that is due is expected of a key, and so of nobody.
pub(super) fn is_of_key(ledger: &Ledger, item: &Item) -> bool {
    let due = item.kind.ledger().and_then(|(_, due)| ledger.part.dues.iter().find(|known| known.id == due));
    due.is_some_and(|due| due.applies == Applies::Key)
}

/// The entry with this id.
pub(super) fn row(conn: &Connection, id: EntryId) -> Result<Option<Row>> {
    Ok(conn
        .prepare_cached(&format!("SELECT {ROW} FROM cur_entry e WHERE e.id = ?1"))?
        .query_row([id], read_row)
        .optional()?)
}

/// What is known of what columns point at: `id`, `name`, of units `reports` and `code`, of entries their own values.
pub(super) fn linked(
    conn: &Connection,
    part: &Part,
    values: &Values,
    calendar: Calendar,
) -> Result<BTreeMap<String, BTreeMap<String, Value>>> {
    let mut out = BTreeMap::new();
    for (name, link) in part.links() {
        let Some(id) = values.get(name).and_then(|value| Uuid::parse_str(value).ok()) else { continue };
        let mut known = BTreeMap::from([("id".to_owned(), Value::from(id.to_string()))]);
        let mut put = |name: &str, value: Value| known.insert(name.to_owned(), value);
        match link {
            Link::Person => {
                let sql = "SELECT p.name, p.no, u.name FROM cur_person p LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1";
                let found: Option<[Option<String>; 3]> = conn
                    .prepare_cached(sql)?
                    .query_row([id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))
                    .optional()?;
                for (name, value) in ["name", "no", "unit"].into_iter().zip(found.unwrap_or_default()) {
                    put(name, Value::from(value));
                }
            }
            Link::Unit => {
                let sql = "SELECT name, code, reports FROM cur_unit WHERE id = ?1";
                let found: Option<(String, String, bool)> = conn
                    .prepare_cached(sql)?
                    .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                    .optional()?;
                let (title, code, reports) = found.unwrap_or_default();
                put("name", Value::from(title));
                put("code", Value::from(code));
                put("reports", Value::from(reports));
            }
            Link::Officer | Link::Contact => {
                put("name", Value::from(link_name(conn, link, id)?.zh));
            }
            Link::Ledger(_) => {
                if let Some(row) = row(conn, EntryId(id))?
                    && let Some(ledger) = declared(conn, &row.ledger, row.version)?
                {
                    known.extend(value::seen(&ledger.part, &row.values, calendar));
                    known.insert("id".to_owned(), Value::from(id.to_string()));
                }
            }
        }
        out.insert(name.to_owned(), known);
    }
    Ok(out)
}

/// What something that is pointed at is called.
pub(super) fn link_name(conn: &Connection, link: &Link, id: Uuid) -> Result<Say> {
    let sql = match link {
        Link::Person => "SELECT name FROM cur_person WHERE id = ?1",
        Link::Unit => "SELECT name FROM cur_unit WHERE id = ?1",
        Link::Officer => "SELECT name FROM cur_officer WHERE id = ?1",
        Link::Contact => "SELECT title FROM cur_contact WHERE id = ?1",
        Link::Ledger(_) => {
            let Some(row) = row(conn, EntryId(id))? else { return Ok(Say::default()) };
            let ledger = declared(conn, &row.ledger, row.version)?;
            return ledger.map_or(Ok(Say::default()), |ledger| titled(conn, &ledger, &row.values));
        }
    };
    let name: Option<String> = conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    Ok(name.map(Say::same).unwrap_or_default())
}

/// What an entry is called by its own values: those of its key, else those that name it.
pub(super) fn titled(conn: &Connection, ledger: &Ledger, values: &Values) -> Result<Say> {
    if ledger.key.is_empty() {
        // Words that somebody is named by may hold their number.
        let named = spoken(conn, ledger.part.naming(values), values)?;
        return Ok(named.within(|text| Say::same(masked_words(text))));
    }
    spoken(conn, ledger.key.iter().filter_map(|name| ledger.part.column(name)), values)
}

/// What an entry is called by its own values, or a line by its first.
pub(super) fn titled_row(conn: &Connection, ledger: &Ledger, row: &Row) -> Result<Say> {
    match row.parent {
        None => titled(conn, ledger, &row.values),
        Some(_) => spoken(conn, ledger.part(true).and_then(|part| part.columns.first()), &row.values),
    }
}

/// The values of some columns, with names for what they point at and words for codes.
pub(super) fn spoken<'a>(
    conn: &Connection,
    columns: impl IntoIterator<Item = &'a Column>,
    values: &Values,
) -> Result<Say> {
    let mut out: Vec<Say> = Vec::new();
    for column in columns {
        let Some(value) = values.get(&column.field.name) else { continue };
        out.push(match &column.link {
            Some(link) => link_name(conn, link, Uuid::parse_str(value).unwrap_or_default())?,
            None => say::shown(column, value),
        });
    }
    Ok(joined(out))
}

/// Parts of a name side by side.
pub(super) fn joined(parts: impl IntoIterator<Item = Say>) -> Say {
    let mut out = Say::default();
    for part in parts {
        for (out, part) in [(&mut out.zh, part.zh), (&mut out.en, part.en)] {
            if !out.is_empty() && !part.is_empty() {
                out.push(' ');
            }
            out.push_str(&part);
        }
    }
    out
}

/// The language of the office: that of names that are kept.
pub(super) fn lang_of(conn: &Connection) -> Result<Lang> {
    let lang: Option<String> = conn
        .prepare_cached("SELECT json_extract(body, '$.lang') FROM cur_setting")?
        .query_row([], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(lang.and_then(|code| Lang::from_code(&code)).unwrap_or_default())
}

/// The columns whose values must stand once and stand there already, in another entry than this one.
pub(super) fn taken<'a>(
    conn: &Connection,
    ledger: &'a Ledger,
    values: &Values,
    but: Option<EntryId>,
) -> Result<Vec<&'a str>> {
    let mut query = conn.prepare_cached(
        "SELECT 1 FROM cur_unique WHERE ledger = ?1 AND name = ?2 AND value = ?3 AND (?4 IS NULL OR entry <> ?4)",
    )?;
    let mut found = Vec::new();
    for column in ledger.part.columns.iter().filter(|column| column.unique) {
        let name = &column.field.name;
        let Some(value) = values.get(name).map(|value| fold(value)) else { continue };
        if query.exists(params![ledger.name, name, value, but])? {
            found.push(name.as_str());
        }
    }
    Ok(found)
}

/// What there is of a line of a list at a moment: the last count, and what came and went since; none where nothing was
/// ever entered.
pub(super) fn balance_at(conn: &Connection, ledger: &str, line: &str, at: Ts) -> Result<Option<i64>> {
    let last: Option<(i64, i64, i64, i64, i64)> = conn
        .prepare_cached(
            "SELECT at, lamport, seq, idx, delta FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND counts \
             AND delta IS NOT NULL AND at <= ?3 ORDER BY at DESC, lamport DESC, seq DESC, idx DESC LIMIT 1",
        )?
        .query_row(params![ledger, line, at], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    let (from, counted) = match last {
        Some((at, lamport, seq, idx, counted)) => ((at, lamport, seq, Some(idx)), Some(counted)),
        None => ((i64::MIN, 0, 0, None), None),
    };
    let since: Option<i64> = conn
        .prepare_cached(
            "SELECT sum(delta) FROM cur_entry WHERE ledger = ?1 AND line = ?2 AND NOT counts AND at >= ?3 AND at <= ?7 \
             AND (?6 IS NULL OR (at, lamport, seq, idx) > (?3, ?4, ?5, ?6))",
        )?
        .query_row(params![ledger, line, from.0, from.1, from.2, from.3, at], |row| row.get(0))?;
    Ok(match (counted, since) {
        (None, None) => None,
        (counted, since) => Some(counted.unwrap_or(0) + since.unwrap_or(0)),
    })
}

/// What of a line's balance at a moment is used up later, until it is counted again: the most by which it falls; nothing or
/// less than nothing.
fn falls_after(conn: &Connection, ledger: &str, line: &str, at: Ts) -> Result<i64> {
    let least: Option<i64> = conn
        .prepare_cached(
            "SELECT min(fell) FROM (SELECT sum(delta) OVER (ORDER BY at, lamport, seq, idx) AS fell FROM cur_entry \
             WHERE ledger = ?1 AND line = ?2 AND NOT counts AND at > ?3 AND at < coalesce((SELECT min(at) FROM cur_entry \
             WHERE ledger = ?1 AND line = ?2 AND counts AND delta IS NOT NULL AND at > ?3), ?4))",
        )?
        .query_row(params![ledger, line, at, i64::MAX], |row| row.get(0))?;
    Ok(least.unwrap_or(0).min(0))
}

/// What there is of lines of a list, as entries that are written together follow one another, and by how much each falls
/// later.
pub(super) type There = BTreeMap<String, (Option<i64>, i64)>;

/// What the books said of a stock of which an entry takes more than that, or which it counts as something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Booked {
    /// What there was on the books.
    pub there: i64,
    /// What is said of it, and what to do about it.
    pub said: (Say, Word),
}

/// What does not fit the books of an entry that happens at a moment, after those that made `there`.
pub(super) fn booked(
    conn: &Connection,
    ledger: &Ledger,
    values: &Values,
    place: &Place,
    at: Ts,
    there: &mut There,
) -> Result<Option<Booked>> {
    let Some((delta, counts)) = ledger.moves(values, place) else { return Ok(None) };
    let line = ledger.key_of(values).unwrap_or_default();
    let (before, falls) = match there.get(&line) {
        Some(known) => *known,
        None => (balance_at(conn, &ledger.name, &line, at)?, falls_after(conn, &ledger.name, &line, at)?),
    };
    let after = if counts { delta } else { before.unwrap_or(0) + delta };
    there.insert(line, (Some(after), falls));
    // What is entered late may be missing later.
    let short = !counts && delta < 0 && after + falls < 0;
    // The first count of all differs from nothing that was ever written down.
    let differs = counts && before.is_some_and(|before| before != delta);
    if !short && !differs {
        return Ok(None);
    }
    let there = before.unwrap_or(0) + if short { falls } else { 0 };
    let name = titled(conn, ledger, values)?;
    let said = if short {
        (name.within(|name| say::short_of(name, there, -delta)), say::SHORT_HINT)
    } else {
        let by = say::differs_by(there, delta);
        (name.within(|name| say::not_as_booked(name, there, delta, &by)), say::NOT_AS_BOOKED_HINT)
    };
    Ok(Some(Booked { there, said }))
}

/// How a value of a line is kept that stands once among the lines of an entry.
pub(super) fn once_of_line(of: EntryId, name: &str, folded: &str) -> (String, String) {
    (format!("lines.{name}"), format!("{of}\u{1f}{folded}"))
}

/// What a line's expressions see of its entry: its values, and what they point at.
pub(super) fn seen_above(
    conn: &Connection,
    part: &Part,
    values: &Values,
    calendar: Calendar,
) -> Result<BTreeMap<String, Value>> {
    let mut seen = value::seen(part, values, calendar);
    for (name, known) in linked(conn, part, values, calendar)? {
        seen.insert(name, Value::from(known));
    }
    Ok(seen)
}

/// Runs something whose expressions may ask the database, until they are answered: a few rounds at most.
pub(super) fn answered<T>(
    conn: &Connection,
    place: &Place,
    now: Ts,
    ledger: Option<&str>,
    run: impl Fn() -> Result<T>,
) -> Result<T> {
    for _ in 0..ROUNDS {
        let done = run();
        let open = place.needs.open();
        if open.is_empty() {
            return done;
        }
        for need in open {
            let answer = answer(conn, &need, now, ledger, place)?;
            place.needs.answer(need, answer);
        }
    }
    run()
}

/// How often an expression may ask for more once it has what it asked for.
const ROUNDS: u32 = 8;

/// What the database knows.
pub(super) fn answer(
    conn: &Connection,
    need: &Need,
    now: Ts,
    ledger: Option<&str>,
    place: &Place,
) -> Result<Answer> {
    let calendar = place.calendar;
    let id = |text: &str| Uuid::parse_str(text).unwrap_or_default();
    let day = |at: i64| day_number(calendar.date(Ts(at)));
    let many = |n: i64| Ok(Answer::Many(n));
    match need {
        Need::Called(who, from, to) => {
            let sql = "SELECT EXISTS (SELECT 1 FROM cur_followup WHERE (person = ?1 OR unit = ?1 OR contact = ?1) \
                 AND at >= ?2 AND at < ?3 AND outcome NOT IN ('not-reached', 'wrong-number', 'not-attempted', 'message-sent'))";
            let called = conn
                .prepare_cached(sql)?
                .query_row(params![id(who), from, (*to).min(now.0 + 1)], |r| r.get(0))?;
            Ok(Answer::Is(called))
        }
        Need::Reported(who, at) => {
            let sql = "SELECT EXISTS (SELECT 1 FROM log_reading r WHERE r.person = ?1 AND r.day = ?2 AND NOT EXISTS \
                 (SELECT 1 FROM cur_undone u WHERE u.desk = r.desk AND u.seq = r.seq))";
            Ok(Answer::Is(conn.prepare_cached(sql)?.query_row(params![id(who), day(*at)], |row| row.get(0))?))
        }
        Need::DaysReported(who, from, to) => {
            let sql = "SELECT count(DISTINCT r.day) FROM log_reading r WHERE r.person = ?1 AND r.day >= ?2 AND r.day < ?3 \
                 AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = r.desk AND u.seq = r.seq)";
            many(
                conn.prepare_cached(sql)?
                    .query_row(params![id(who), day(*from), day(*to)], |row| row.get(0))?,
            )
        }
        Need::Fevers(who, from, to) => {
            let sql = "SELECT count(*) FROM cur_notable WHERE person = ?1 AND what = 'fever' AND day >= ?2 AND day < ?3";
            many(
                conn.prepare_cached(sql)?
                    .query_row(params![id(who), day(*from), day(*to)], |row| row.get(0))?,
            )
        }
        Need::Before(order, same) => {
            Ok(Answer::Seen(entry_before(conn, ledger.unwrap_or_default(), order, same, place)?))
        }
        Need::Count(wanted) => {
            let mut with: Vec<String> = vec![ledger.unwrap_or_default().to_owned()];
            // Where entries have lines, these are what is counted.
            let lines = ledger.is_some_and(|name| {
                in_force(conn).is_ok_and(|all| all.get(name).is_some_and(|l| l.lines.is_some()))
            });
            let also = counted_where(wanted, lines, &mut with);
            let sql = format!("SELECT count(*) FROM cur_entry WHERE {COUNTED}{also}");
            many(conn.prepare_cached(&sql)?.query_row(rusqlite::params_from_iter(with), |row| row.get(0))?)
        }
    }
}

/// What is counted of a ledger, which is the first parameter: what stands.
pub(super) const COUNTED: &str = "ledger = ?1 AND withdrawn IS NULL AND NOT EXISTS \
     (SELECT 1 FROM cur_entry above WHERE above.id = cur_entry.parent AND above.withdrawn IS NOT NULL)";

/// Conditions that follow [`COUNTED`]: only lines, and these values; `with` takes their parameters.
pub(super) fn counted_where(wanted: &[(String, String)], lines: bool, with: &mut Vec<String>) -> String {
    let mut sql = if lines { " AND parent IS NOT NULL" } else { "" }.to_owned();
    for (name, value) in wanted {
        let column = if name == "state" {
            "state".to_owned()
        } else {
            with.push(format!("$.{name}"));
            format!("json_extract(vals, ?{})", with.len())
        };
        with.push(value.clone());
        sql = format!("{sql} AND {column} = ?{}", with.len());
    }
    sql
}

/// What stands in the entry before one: of those that are alike in some columns the last by another, nothing where there is
/// none.
fn entry_before(
    conn: &Connection,
    ledger: &str,
    order: &(String, String),
    same: &[(String, String)],
    place: &Place,
) -> Result<Values> {
    let ledger = named(conn, ledger)?;
    let names = ledger.part.columns.iter().map(|column| column.field.name.clone());
    let mut seen: Values = names.map(|name| (name, String::new())).collect();
    let Some(column) = ledger.part.column(&order.0) else { return Ok(seen) };
    if same.iter().any(|(name, _)| !seen.contains_key(name)) {
        return Ok(seen);
    }
    // Numbers are kept as text, of which 9 is more than 10.
    let is_number = matches!(column.field.kind, Type::Integer | Type::Temp);
    let (kept, than) = if is_number {
        ("CAST(json_extract(vals, ?2) AS INTEGER)", "CAST(?3 AS INTEGER)")
    } else {
        ("json_extract(vals, ?2)", "?3")
    };
    let path = format!("$.{}", order.0);
    let this = place.this.map(|id| id.0.into_bytes().to_vec());
    let mut with: Vec<Sql> =
        vec![ledger.name.clone().into(), path.into(), order.1.clone().into(), this.into()];
    let mut wanted = String::new();
    for (name, value) in same {
        with.extend([format!("$.{name}").into(), value.clone().into()]);
        wanted = format!("{wanted} AND json_extract(vals, ?{}) = ?{}", with.len() - 1, with.len());
    }
    let sql = format!(
        "SELECT vals FROM cur_entry WHERE ledger = ?1 AND parent IS NULL AND withdrawn IS NULL AND (?4 IS NULL OR id <> ?4) \
         AND {kept} < {than}{wanted} ORDER BY {kept} DESC, at DESC, lamport DESC, seq DESC, idx DESC LIMIT 1"
    );
    let found: Option<String> = conn
        .prepare_cached(&sql)?
        .query_row(rusqlite::params_from_iter(with), |row| row.get(0))
        .optional()?;
    // It was written by a fold.
    let found: Option<Values> = found.and_then(|vals| serde_json::from_str(&vals).ok());
    let key = |values: &Values| values.get(&order.0).map(|value| column.sort_key(value));
    let is_like = |values: &&Values| same.iter().all(|(name, value)| values.get(name) == Some(value));
    let here = column.sort_key(&order.1);
    let beside =
        place.beside.iter().filter(is_like).filter(|values| key(values).is_some_and(|key| key < here));
    // What is written with it comes after what stands there.
    let last = found.iter().chain(beside).max_by_key(|values| key(values));
    seen.extend(last.cloned().unwrap_or_default());
    Ok(seen)
}
