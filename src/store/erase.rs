//! Erasing a person: what goes is found here, and taken out here. What is found is named in an event; what is taken out is
//! what that event names and nothing else, so that an older copy is brought to the same state by the same event.

mod earlier;
mod free;
mod others;

use super::erased::Sheet;
use super::load::{READING, ROSTER, reading, roster_row};
use super::project::{self, desk_no};
use crate::domain::erase::StillOpen;
use crate::domain::ids::{DeskId, EntryId, OpRef, PersonId};
use crate::domain::traces::{Trace, Traces};
use crate::error::{Error, Result};
use crate::log::chain::{self, Digest};
use crate::log::erasure::{MARK, without};
use crate::log::event::{Event, PersonErased, Removed, Words};
use crate::log::wire;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// An event: this file's number of its desk, the op's number, its place in the op.
type EventAt = (i64, i64, i64);

/// What stands in place of a nonce beside words that were taken out: what remains holds no secret.
const NO_NONCE: [u8; 16] = [0; 16];

/// Events whose texts are the office's own: they are never looked through.
const OFFICE: [&str; 9] = [
    "office.opened",
    "desk.started",
    "settings.changed",
    "rules.adopted",
    "form.adopted",
    "template.adopted",
    "ledger.adopted",
    "officer.added",
    "person.erased",
];

/// Events of units and of people outside: their numbers are there to be called, and stay.
const DIRECTORY: [&str; 5] =
    ["unit.added", "unit.changed", "contact.added", "contact.changed", "contact.removed"];

/// Events of people: of somebody else's, what was written down of them is theirs and stays.
const PEOPLE: [&str; 2] = ["person.added", "person.changed"];

/// What goes of a person, and what was seen of them that stays.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// What tells that a text speaks of them.
    pub traces: Traces,
    /// What goes, op by op.
    removed: BTreeMap<(i64, i64), Removed>,
    /// Ops with words that bear their name, which others bear too: these stay.
    pub shared: Vec<(OpRef, i64)>,
    /// Ops of the directory that hold a number of theirs: these stay.
    pub directory: Vec<(OpRef, i64)>,
    /// Ops of sheets with such a name in the row of somebody else: these stay.
    pub shared_rows: Vec<(OpRef, i64)>,
    /// Ops in which something of theirs stands where no free words are, or in what was written down of others: these stay.
    pub kept: Vec<(OpRef, i64)>,
    /// How many others have a number, an address or a name of theirs in their own record: these stay.
    pub others: usize,
}

impl Plan {
    /// What goes.
    pub fn removed(&self) -> Vec<Removed> {
        self.removed.values().cloned().collect()
    }

    /// What goes, op by op.
    pub fn ops(&self) -> impl Iterator<Item = &Removed> {
        self.removed.values()
    }
}

/// Looks through the log for everything that concerns a person.
pub(super) fn plan(conn: &Connection, person: PersonId) -> Result<Plan> {
    let (traces, others) = traces(conn, person)?;
    let mut plan = Plan { traces, others, ..Plan::default() };
    let desks = desks(conn)?;
    let (whole, calls) = concerning(conn, person)?;
    let mut query = conn.prepare(
        "SELECT e.desk, e.seq, e.idx, e.kind, b.body, e.version FROM log_body b \
         JOIN log_event e ON e.desk = b.desk AND e.seq = b.seq AND e.idx = b.idx ORDER BY b.desk, b.seq, b.idx",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let at: EventAt = (row.get(0)?, row.get(1)?, row.get(2)?);
        let kind = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        let body = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
        let Some(desk) = desks.get(&at.0).copied() else { continue };
        if whole.contains(&at) || (kind == "number.revealed" && calls.iter().any(|id| body.contains(id))) {
            plan.of(at, desk).bodies.push(at.2);
        } else if !OFFICE.contains(&kind) && plan.traces.may_be_in(body) {
            let other =
                || Ok(kind.starts_with("case.") || PEOPLE.contains(&kind) || of_other(conn, person, at)?);
            plan.words(at, desk, kind, body, &other)?;
            if PEOPLE.contains(&kind) && earlier::is_in(conn, &plan.traces, kind, row.get(5)?, body)? {
                plan.kept.push((OpRef { desk, seq: at.1 }, at.2));
            }
        }
    }
    for (sheet, sql) in [
        (
            Sheet::Roster,
            "SELECT desk, seq, row FROM log_roster_row WHERE person = ?1 ORDER BY desk, seq, row",
        ),
        (Sheet::Reading, "SELECT desk, seq, row FROM log_reading WHERE person = ?1 ORDER BY desk, seq, row"),
    ] {
        let mut query = conn.prepare(sql)?;
        let mut rows = query.query([person])?;
        while let Some(row) = rows.next()? {
            let at: EventAt = (row.get(0)?, row.get(1)?, row.get(2)?);
            let Some(desk) = desks.get(&at.0).copied() else { continue };
            let op = plan.of(at, desk);
            match sheet {
                Sheet::Roster => op.roster.push(at.2),
                Sheet::Reading => op.readings.push(at.2),
            }
        }
    }
    others::note(conn, person, &desks, &mut plan)?;
    earlier::note(conn, person, &desks, &mut plan)?;
    plan.kept.sort_unstable();
    plan.kept.dedup();
    Ok(plan)
}

impl Plan {
    fn of(&mut self, at: EventAt, desk: DeskId) -> &mut Removed {
        let op = OpRef { desk, seq: at.1 };
        self.removed.entry((at.0, at.1)).or_insert_with(|| Removed::of(op))
    }

    /// Notes the words of an event that speak of them; `other` tells whether the event is about somebody else.
    fn words(
        &mut self,
        at: EventAt,
        desk: DeskId,
        kind: &str,
        body: &str,
        other: &dyn Fn() -> Result<bool>,
    ) -> Result<()> {
        let Ok(value) = serde_json::from_str::<Value>(body) else { return Ok(()) };
        let op = OpRef { desk, seq: at.1 };
        let traces = &self.traces;
        if free::places(kind).is_none() {
            // Of a newer program: what may go of it is not known here.
            let mut speaks = false;
            walk(&value, &mut String::new(), &mut |_, text| speaks |= traces.in_text(text).is_some());
            self.kept.extend(speaks.then_some((op, at.2)));
            return Ok(());
        }
        let look = |of_other: bool| {
            let mut found = Vec::new();
            walk(&value, &mut String::new(), &mut |place, text| {
                if !free::is_free(kind, place) {
                    return;
                }
                let trace = if free::is_file_name(kind, place) {
                    traces.in_file_name(text)
                } else if free::is_of_row(kind, place) {
                    // It goes when it goes from the row: what was dismissed stays so.
                    traces.in_row_of_other(text).filter(|trace| *trace > Trace::SharedName)
                } else if of_other {
                    traces.in_text_of_other(text)
                } else {
                    traces.in_text(text)
                };
                found.extend(trace.map(|trace| (place.to_owned(), trace)));
            });
            found
        };
        let mut found = look(false);
        let other = !found.is_empty() && other()?;
        if other {
            found = look(true);
        }
        let Some(strongest) = found.iter().map(|(_, trace)| *trace).max() else { return Ok(()) };
        if DIRECTORY.contains(&kind) {
            self.directory.push((op, at.2));
            return Ok(());
        }
        if strongest == Trace::SharedName {
            self.shared.push((op, at.2));
            return Ok(());
        }
        let mut places: Vec<String> = found
            .into_iter()
            .filter(|(_, trace)| *trace != Trace::SharedName || strongest == Trace::Number)
            .map(|(place, _)| place)
            .collect();
        // A call from their number, of which nobody said whose it was: what was said is theirs.
        let unknown = !other && value.pointer("/subject").is_none_or(Value::is_null);
        if kind == "followup.logged" && unknown && places.iter().any(|place| place == "/number") {
            let said = ["/words", "/answered_by"].map(str::to_owned);
            let texts = said.into_iter().filter(|place| value.pointer(place).is_some_and(|v| *v != ""));
            places.extend(texts);
            places.sort();
            places.dedup();
        }
        self.of(at, desk).words.push(Words { idx: at.2, at: places });
        Ok(())
    }
}

/// Whether an event is about somebody else, also when that was said later.
fn of_other(conn: &Connection, person: PersonId, at: EventAt) -> Result<bool> {
    Ok(conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM cur_link WHERE desk = ?1 AND seq = ?2 AND idx = ?3 AND kind = 2 AND id <> ?4) \
             OR EXISTS (SELECT 1 FROM cur_link l JOIN cur_followup f ON f.id = l.id \
               WHERE l.desk = ?1 AND l.seq = ?2 AND l.idx = ?3 AND l.kind = 5 AND f.person <> ?4)",
        )?
        .query_row(params![at.0, at.1, at.2, person], |row| row.get(0))?)
}

/// Gives out every text of a JSON value with its place; ids and digests are none.
fn walk(value: &Value, place: &mut String, each: &mut impl FnMut(&str, &str)) {
    let length = place.len();
    match value {
        Value::String(text) if text != MARK && !is_id(text) => each(place, text),
        Value::Array(all) => {
            for (n, one) in all.iter().enumerate() {
                place.push('/');
                place.push_str(&n.to_string());
                walk(one, place, each);
                place.truncate(length);
            }
        }
        Value::Object(all) => {
            for (name, one) in all {
                place.push('/');
                place.push_str(&name.replace('~', "~0").replace('/', "~1"));
                walk(one, place, each);
                place.truncate(length);
            }
        }
        _ => {}
    }
}

fn is_id(text: &str) -> bool {
    Uuid::try_parse(text).is_ok() || (text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether a reason names the person who is to be erased: it stays in the log.
///
/// # Errors
/// The database cannot be read.
pub(super) fn is_named_in(conn: &Connection, person: PersonId, reason: &str) -> Result<bool> {
    Ok(traces(conn, person)?.0.in_text(reason).is_some())
}

/// Everything that was ever said of a person's numbers, names and addresses, taken back or not; and how many others have
/// any of it in their own record.
fn traces(conn: &Connection, person: PersonId) -> Result<(Traces, usize)> {
    let mut out = Traces::default();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut note = |no: Option<&str>, facts: &crate::domain::person::PersonFacts| {
        if let Some(no) = no {
            out.no(no);
        }
        names.extend(facts.name.clone());
        let numbers = [&facts.phone, &facts.family_phone, &facts.id_number, &facts.contact];
        for number in numbers.into_iter().flatten() {
            out.number(number);
        }
        for text in [&facts.address, &facts.contact].into_iter().flatten() {
            out.text(text);
        }
    };
    let mut query = conn.prepare(&format!("SELECT {ROSTER} FROM log_roster_row WHERE person = ?1"))?;
    let mut rows = query.query([person])?;
    while let Some(row) = rows.next()? {
        let read = roster_row(row, 0)?;
        note(Some(&read.no), &read.facts);
    }
    let mut query = conn.prepare(
        "SELECT e.kind, e.version, b.body FROM cur_link l \
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
         WHERE l.kind = 2 AND l.id = ?1 AND e.kind IN ('person.added', 'person.changed')",
    )?;
    let mut rows = query.query([person])?;
    while let Some(row) = rows.next()? {
        let (kind, body): (String, String) = (row.get(0)?, row.get(2)?);
        match wire::read(&kind, row.get(1)?, &body) {
            Event::PersonAdded(e) => note(Some(&e.no), &e.facts),
            Event::PersonChanged(e) => note(e.no.as_deref(), &e.facts),
            _ => {}
        }
    }
    for name in names {
        let shared = is_shared(conn, person, &name)?;
        out.name(&name, shared);
    }
    let holding = others(conn, person, &mut out)?;
    Ok((out, holding))
}

/// What the office knows of everybody else: names that one of theirs is a part of, and numbers that both have. Answers
/// how many of them have a number, an address or a name of this one in their own record.
fn others(conn: &Connection, person: PersonId, out: &mut Traces) -> Result<usize> {
    let mut query = conn.prepare(
        "SELECT name FROM cur_person WHERE id <> ?1 UNION SELECT name FROM cur_officer UNION SELECT name FROM cur_contact \
         UNION SELECT name FROM cur_unit UNION SELECT head FROM cur_unit UNION SELECT liaison FROM cur_unit",
    )?;
    let mut rows = query.query([person])?;
    while let Some(row) = rows.next()? {
        if let Some(name) = row.get_ref(0)?.as_str_or_null().map_err(rusqlite::Error::from)? {
            out.other_name(name);
        }
    }
    let mut query = conn
        .prepare("SELECT phone, family_phone, id_number, contact, address FROM cur_person WHERE id <> ?1")?;
    let mut rows = query.query([person])?;
    let mut holding = 0;
    while let Some(row) = rows.next()? {
        let mut holds = false;
        for at in 0..5 {
            if let Some(field) = row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)? {
                out.others_field(field);
                holds |= out.may_be_in(field) && out.in_text(field).is_some();
            }
        }
        holding += usize::from(holds);
    }
    Ok(holding)
}

/// Whether somebody else the office knows bears this name.
fn is_shared(conn: &Connection, person: PersonId, name: &str) -> Result<bool> {
    Ok(conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM cur_person WHERE name = ?2 AND id <> ?1) \
         OR EXISTS (SELECT 1 FROM cur_officer WHERE name = ?2) OR EXISTS (SELECT 1 FROM cur_contact WHERE name = ?2) \
         OR EXISTS (SELECT 1 FROM cur_unit WHERE head = ?2 OR liaison = ?2)",
        params![person, name],
        |row| row.get(0),
    )?)
}

/// The events that concern a person, and the ids of their calls: what names them, and what speaks of their cases, calls,
/// promises, notes and questions.
fn concerning(conn: &Connection, person: PersonId) -> Result<(HashSet<EventAt>, Vec<String>)> {
    let at = |row: &rusqlite::Row<'_>| -> rusqlite::Result<EventAt> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    };
    let mut query = conn.prepare(
        "SELECT l.desk, l.seq, l.idx FROM cur_link l \
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         WHERE l.kind = 2 AND l.id = ?1 AND e.kind <> 'person.erased'",
    )?;
    let mut whole: HashSet<EventAt> = query.query_map([person], at)?.collect::<rusqlite::Result<_>>()?;
    let mut query = conn.prepare(
        "SELECT m.kind, m.id FROM cur_link l JOIN cur_link m ON m.desk = l.desk AND m.seq = l.seq AND m.idx = l.idx \
         WHERE l.kind = 2 AND l.id = ?1 AND m.made AND m.kind IN (4, 5, 6, 7, 12) \
         UNION SELECT 5, id FROM cur_followup WHERE person = ?1 UNION SELECT 6, id FROM cur_promise WHERE person = ?1",
    )?;
    let mine: Vec<(u8, Uuid)> =
        query.query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    // A promise of somebody else that ended with a call about them stays ended.
    let mut query = conn.prepare(
        "SELECT l.desk, l.seq, l.idx FROM cur_link l \
         JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
         WHERE l.kind = ?1 AND l.id = ?2 AND NOT (l.kind = 5 AND e.kind = 'promise.closed')",
    )?;
    for (kind, id) in &mine {
        for found in query.query_map(params![kind, id], at)? {
            whole.insert(found?);
        }
    }
    let calls = mine.iter().filter(|(kind, _)| *kind == 5).map(|(_, id)| id.to_string()).collect();
    Ok((whole, calls))
}

fn desks(conn: &Connection) -> Result<HashMap<i64, DeskId>> {
    let mut query = conn.prepare("SELECT no, id FROM log_desk")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The largest file, in bytes, that is written anew: it passes through memory.
const ANEW: i64 = 1 << 30;

/// What became of the room that something erased had taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scrubbed {
    /// The file was written anew.
    pub anew: bool,
    /// The WAL is empty.
    pub emptied: bool,
}

/// What is kept beside an erasure until its room was cleared, whatever ended the program meanwhile.
pub(super) const TO_CLEAR: &str = "to-clear";

/// Within the erasure's own transaction: its room is to be cleared.
pub(super) fn must_clear(conn: &Connection) -> Result<()> {
    conn.execute("INSERT OR REPLACE INTO local_value (key, value) VALUES (?1, 1)", [TO_CLEAR])?;
    Ok(())
}

/// Whether an earlier erasure's room is still to be cleared.
pub(super) fn is_to_clear(conn: &Connection) -> Result<bool> {
    Ok(conn.prepare_cached("SELECT 1 FROM local_value WHERE key = ?1")?.exists([TO_CLEAR])?)
}

/// Clears the room that something erased had taken.
pub(super) fn scrub(conn: &Connection) -> Result<Scrubbed> {
    let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let size: i64 = conn.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let anew = pages.saturating_mul(size) <= ANEW;
    if anew {
        conn.execute_batch("VACUUM")?;
    }
    let emptied = || {
        Ok::<_, Error>(
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))? == 0,
        )
    };
    if !emptied()? {
        return Ok(Scrubbed { anew, emptied: false });
    }
    // Only now is nothing left; that this is forgotten stands in the WAL, which goes as well.
    conn.execute("DELETE FROM local_value WHERE key = ?1", [TO_CLEAR])?;
    Ok(Scrubbed { anew, emptied: emptied()? })
}

/// What of a person is still open: each is ended by an act of its own first.
pub(super) fn open(conn: &Connection, person: PersonId) -> Result<Vec<StillOpen>> {
    let mut out = Vec::new();
    for (what, sql) in [
        (StillOpen::Case, "SELECT 1 FROM cur_case WHERE person = ?1 AND released_at IS NULL"),
        (StillOpen::Promise, "SELECT 1 FROM cur_promise WHERE person = ?1 AND ended IS NULL"),
        (StillOpen::Question, "SELECT 1 FROM cur_question WHERE person = ?1 AND ended IS NULL"),
        (StillOpen::Finding, "SELECT 1 FROM cur_finding WHERE person = ?1"),
    ] {
        if conn.prepare_cached(sql)?.exists([person])? {
            out.push(what);
        }
    }
    Ok(out)
}

/// Takes out of this machine's own tables what speaks of a person: drafts, every search (of a name there are too many
/// spellings to tell them apart), and the finder's index.
pub(super) fn drop_local(conn: &Connection, person: PersonId, traces: &Traces) -> Result<()> {
    let id = person.to_string();
    // What was begun with an entry about them is of them too.
    let mut entries = conn.prepare("SELECT id FROM cur_entry WHERE person = ?1")?;
    let entries: Vec<EntryId> =
        entries.query_map([person], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let entries: Vec<String> = entries.iter().map(EntryId::to_string).collect();
    let mut query = conn.prepare("SELECT key, body FROM local_draft")?;
    let drafts: Vec<(String, String)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (key, body) in drafts {
        let of_entry = entries.iter().any(|entry| key.contains(entry));
        if of_entry || key.contains(&id) || body.contains(&id) || traces.in_text(&body).is_some() {
            conn.execute("DELETE FROM local_draft WHERE key = ?1", [key])?;
        }
    }
    conn.execute("DELETE FROM local_search", [])?;
    conn.execute("DELETE FROM local_find", [])?;
    Ok(())
}

/// Takes out what an erasure names, as far as this file holds it, and folds anew what that touched.
pub(super) fn apply(conn: &Connection, by: OpRef, erased: &PersonErased) -> Result<()> {
    let mut touched = project::Touched::default();
    touched.person(erased.person);
    for op in &erased.removed {
        let Some(desk) = desk_no(conn, OpRef { desk: op.desk, seq: op.seq })? else { continue };
        let held = conn
            .prepare_cached("SELECT 1 FROM log_op WHERE desk = ?1 AND seq = ?2")?
            .exists(params![desk, op.seq])?;
        if held {
            apply_op(conn, by, desk, op, &mut touched)?;
        }
    }
    conn.prepare_cached("DELETE FROM local_secret WHERE person = ?1")?.execute([erased.person])?;
    project::fold_touched(conn, touched)
}

fn apply_op(
    conn: &Connection,
    by: OpRef,
    desk: i64,
    op: &Removed,
    touched: &mut project::Touched,
) -> Result<()> {
    // A sheet's op holds an event for each unit: only those that go are looked at.
    let words = op.words.iter().map(|words| words.idx);
    let goes: Vec<i64> = op.bodies.iter().copied().chain(words).collect();
    if !goes.is_empty() {
        for (_, event) in project::events_at(conn, desk, op.seq)?.iter().filter(|(idx, _)| goes.contains(idx))
        {
            touched.event(event);
        }
    }
    for idx in &op.bodies {
        let at = (desk, op.seq, *idx);
        if leave(conn, by, at, None)? {
            take_body(conn, at)?;
            for table in project::NOTED.into_iter().chain(["cur_link"]) {
                conn.prepare_cached(&format!(
                    "DELETE FROM {table} WHERE desk = ?1 AND seq = ?2 AND idx = ?3"
                ))?
                .execute(params![desk, op.seq, idx])?;
            }
        }
    }
    for words in &op.words {
        take_words(conn, by, (desk, op.seq, words.idx), &words.at)?;
    }
    for row in &op.roster {
        take_row(conn, by, (desk, op.seq, *row), Sheet::Roster)?;
    }
    for words in &op.reading_words {
        others::take_words(conn, by, (desk, op.seq), words, touched)?;
    }
    for row in &op.readings {
        if let Some((unit, day)) = others::report_of(conn, (desk, op.seq, *row))? {
            touched.row(unit, day);
        }
        take_row(conn, by, (desk, op.seq, *row), Sheet::Reading)?;
        conn.prepare_cached("DELETE FROM cur_notable WHERE desk = ?1 AND seq = ?2 AND row = ?3")?
            .execute(params![desk, op.seq, row])?;
    }
    Ok(())
}

/// Names a body that goes; tells whether the file holds such an event.
fn leave(conn: &Connection, by: OpRef, at: EventAt, remains: Option<Digest>) -> Result<bool> {
    let named = conn
        .prepare_cached(
            "INSERT OR IGNORE INTO log_erased (desk, seq, idx, by_desk, by_seq, remains) \
             SELECT desk, seq, idx, ?4, ?5, ?6 FROM log_event WHERE desk = ?1 AND seq = ?2 AND idx = ?3",
        )?
        .execute(params![at.0, at.1, at.2, by.desk, by.seq, remains])?;
    Ok(named > 0)
}

fn take_body(conn: &Connection, at: EventAt) -> Result<()> {
    conn.prepare_cached("DELETE FROM log_body WHERE desk = ?1 AND seq = ?2 AND idx = ?3")?
        .execute(params![at.0, at.1, at.2])?;
    Ok(())
}

/// Takes words out of a body: another one stands in its place, and its digest beside the erasure.
fn take_words(conn: &Connection, by: OpRef, at: EventAt, places: &[String]) -> Result<()> {
    let found: Option<(String, u16, String)> = conn
        .prepare_cached(
            "SELECT e.kind, e.version, b.body FROM log_event e \
             JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             WHERE e.desk = ?1 AND e.seq = ?2 AND e.idx = ?3",
        )?
        .query_row(params![at.0, at.1, at.2], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((kind, version, body)) = found else { return Ok(()) };
    // What an erasure named before only free words went is left as it is: an event has to stay one.
    let places: Vec<String> = places.iter().filter(|place| free::is_free(&kind, place)).cloned().collect();
    if places.is_empty() {
        return Ok(());
    }
    let remains = without(&body, &places)
        .ok_or_else(|| Error::internal("erasing", "an event whose body is no JSON was named"))?;
    let known = |body: &str| !matches!(wire::read(&kind, version, body), Event::Unknown(_));
    if known(&body) && !known(&remains) {
        return Err(Error::internal("erasing", format!("{kind} is none without {}", places.join(", "))));
    }
    let digest = chain::event_digest(&kind, version, &NO_NONCE, &remains);
    if !leave(conn, by, at, Some(digest))? {
        return Ok(());
    }
    take_body(conn, at)?;
    conn.prepare_cached("INSERT INTO log_body (desk, seq, idx, nonce, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![at.0, at.1, at.2, NO_NONCE, remains])?;
    project::note_dismissed_anew(conn, at)
}

/// Takes out a row of a sheet; its digest stays.
fn take_row(conn: &Connection, by: OpRef, at: EventAt, sheet: Sheet) -> Result<()> {
    let Some(digest) = row_digest(conn, at, sheet)? else { return Ok(()) };
    name_row(conn, by, at, sheet, &digest)?;
    drop_row(conn, at, sheet)
}

/// Names a row that goes, with the digest that it had.
fn name_row(conn: &Connection, by: OpRef, at: EventAt, sheet: Sheet, digest: &Digest) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO log_erased_row (desk, seq, sheet, row, by_desk, by_seq, digest) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![at.0, at.1, sheet.code(), at.2, by.desk, by.seq, digest])?;
    Ok(())
}

fn drop_row(conn: &Connection, at: EventAt, sheet: Sheet) -> Result<()> {
    let table = match sheet {
        Sheet::Roster => "log_roster_row",
        Sheet::Reading => "log_reading",
    };
    conn.prepare_cached(&format!("DELETE FROM {table} WHERE desk = ?1 AND seq = ?2 AND row = ?3"))?
        .execute(params![at.0, at.1, at.2])?;
    Ok(())
}

/// The key of the digests of a person's rows.
fn secret_of(conn: &Connection, person: PersonId) -> Result<[u8; 32]> {
    let mut query = conn.prepare_cached("SELECT secret FROM local_secret WHERE person = ?1")?;
    Ok(query.query_row([person], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// The digest that a row was written with; nothing when it is not there.
fn row_digest(conn: &Connection, at: EventAt, sheet: Sheet) -> Result<Option<Digest>> {
    let Some(stands) = stands(conn, at, sheet)? else { return Ok(None) };
    // What stands there may be what another erasure left of it.
    let first: Option<Digest> = conn
        .prepare_cached(
            "SELECT digest FROM log_erased_row WHERE desk = ?1 AND seq = ?2 AND row = ?3 AND sheet = ?4 LIMIT 1",
        )?
        .query_row(params![at.0, at.1, at.2, sheet.code()], |row| row.get(0))
        .optional()?;
    Ok(Some(first.unwrap_or(stands)))
}

/// The digest of the row that stands in a place, if one does.
pub(super) fn stands(conn: &Connection, at: EventAt, sheet: Sheet) -> Result<Option<Digest>> {
    let values = params![at.0, at.1, at.2];
    match sheet {
        Sheet::Roster => {
            let found = conn
                .prepare_cached(&format!(
                    "SELECT {ROSTER} FROM log_roster_row WHERE desk = ?1 AND seq = ?2 AND row = ?3"
                ))?
                .query_row(values, |row| roster_row(row, 0))
                .optional()?;
            let Some(row) = found else { return Ok(None) };
            Ok(Some(chain::roster_digest(&secret_of(conn, row.person)?, &row)))
        }
        Sheet::Reading => {
            let found = conn
                .prepare_cached(&format!(
                    "SELECT {READING} FROM log_reading r WHERE r.desk = ?1 AND r.seq = ?2 AND r.row = ?3"
                ))?
                .query_row(values, |row| reading(row, 0))
                .optional()?;
            let Some((row, rest)) = found else { return Ok(None) };
            Ok(Some(chain::reading_digest(&secret_of(conn, row.person)?, &row, &rest)))
        }
    }
}
