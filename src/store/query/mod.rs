//! What the screens and the command line read: one read struct and one function per screen. Never writes.
//!
//! Every function takes a [`Reader`] (one consistent snapshot) and, where anything depends on the present
//! moment, `now`.

mod about;
mod access;
mod before;
mod beside;
mod callers;
mod callsheet;
mod card;
mod cases;
mod changed;
mod chase;
pub(in crate::store) mod deadlines;
mod debts;
mod dial;
mod dossier;
mod doubts;
mod due;
mod duties;
mod earlier;
mod entries;
mod entry_form;
mod erase;
mod face;
mod feedback;
mod filter;
mod findings;
mod found;
mod glance;
mod gone;
mod handed;
mod handed_out;
mod inbox;
mod ledger;
mod lines;
mod log;
mod outside;
pub(in crate::store) mod owed;
mod paper;
mod people;

mod known;
mod received;
mod release;
mod roles;
pub mod roster;
pub mod rows;
mod shift;
mod signed;
mod sitrep;
mod slots;
mod spoken;
mod status;
mod told;
mod units;
mod worded;

pub use access::{AccessQuery, AccessRow, AccessSheet, Looked, access};
pub use before::{before, counted};
pub use beside::beside;
pub(in crate::store) use callers::BACK_OF;
pub use callers::{callers, unwell_caller};
pub use callsheet::{CallFor, CallSheet, Reason, ToCall, call_sheet};
pub use card::call_card;
pub use cases::{case_facts, case_of, cases};
pub use changed::{Changed, built, changed_since, stamp};
pub use chase::{chasing, unit_matters};
pub use debts::{Debts, Missing, OneOf, UnitDebts, debts};
pub use dial::{dial, whom};
pub use dossier::{dossier, unit_sheet};
pub(in crate::store) use doubts::{Doubted, deferred_in, open_one as open_doubt};
pub use doubts::{accuracy, doubts, open_doubts};
pub use due::due;
pub use earlier::{
    AskedOf, Earlier, EarlierReport, ElsewhereToo, SameFile, asked_of, earlier_reports, elsewhere_too,
    reports_before, same_file_elsewhere,
};
pub use entries::{adoptable, entries_in, withdrawn_line};
pub use entries::{
    check_entry, check_line, entries_named, entries_of, entry_of_line, in_force, not_as_booked, sorts,
    values_standing, would_be_called,
};
pub use entry_form::entry_form;
pub use erase::{erase_due, erase_preview, erase_reason, erased_since_roster, has_erased};
pub use face::{Face, face};
pub use feedback::{Fared, Feedback, STREAK, Span, UnitFeedback, feedback};
pub(in crate::store) use findings::of_person as findings_of_person;
pub use findings::{findings, findings_of, would_bring};
pub use found::found;
pub use glance::{STRIP, trends};
pub use gone::{gone_counts, gone_items};
pub(in crate::store) use handed::adopted_template_in;
#[cfg(test)]
pub(in crate::store) use handed::open_both_ways;
pub use handed::{questions, to_do, unread};
pub use handed_out::{ToFill, UnitToFill, to_fill};
pub use inbox::{FileTaken, digests_taken, file_taken, senders, sheets_moved};
pub use known::roster;
pub(in crate::store) use ledger::Checked;
#[cfg(test)]
pub(in crate::store) use ledger::found_among;
pub use ledger::{
    ENTRIES, declared, entries_about, entry, found_entries, ledger, ledger_dues, ledgers, seeks_entries,
};
pub use lines::{called_since, find_call, find_calls, find_contacts, find_people, find_person, find_units};
pub(in crate::store) use log::name_of;
pub use log::{log, op_by_seq, op_events, undo_preview, word_log};
pub use outside::{contact, contact_by_name, contacts};
pub use paper::{DossierSheet, Look, ReleaseSheet, dossier_sheet, release_sheet};
pub use people::people;
pub use received::received;
pub(in crate::store) use release::against_in;
pub use release::releases;
pub(in crate::store) use roles::roles_in;
pub use roles::{has_roles, role, roles, shows_too_many};
pub use rows::ShiftRange;
pub use shift::{ShiftSlice, shift_range, shift_slice, shifts};
pub use signed::{
    ERASED, FrozenCall, FrozenRows, NEVER, SignedShift, closed_shift, frozen_rows, signed_shift,
};
pub use sitrep::{sitrep, sitrep_of};
pub use spoken::spoken;
pub(super) use status::{Jumps, PinsTaken};
pub use status::{officers, on_duty, status};
pub use told::{people_behind, sent, sitreps, told, told_book, told_differences, units_behind};
pub(in crate::store) use units::Stood;
pub(in crate::store) use units::{missing_of, owed_of};
pub use units::{outstanding, owed, units};
pub(super) use worded::Worded;

use super::Reader;
use super::json;
use crate::domain::ids::{DeskId, OpRef, PersonId, Subject, UnitId};
use crate::domain::office::Settings;
use crate::domain::report::{FormRef, Round};
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::log::chain::{self, Digest, Frontier};
use crate::log::event::SheetImported;
use rusqlite::{Connection, OptionalExtension, params};

/// The office's settings as they now stand.
///
/// # Errors
/// The database cannot be read.
pub fn settings(reader: &Reader) -> Result<Settings> {
    settings_in(&reader.conn)
}

pub(super) fn settings_in(conn: &Connection) -> Result<Settings> {
    let body: String =
        conn.prepare_cached("SELECT body FROM cur_setting")?.query_row([], |row| row.get(0))?;
    serde_json::from_str(&body).map_err(json)
}

/// The head as it now stands, over the end of every desk of the file: the code printed on papers.
///
/// # Errors
/// The database cannot be read.
pub fn head(reader: &Reader) -> Result<String> {
    head_of(&reader.conn)
}

pub(super) fn head_of(conn: &Connection) -> Result<String> {
    Ok(frontier_in(conn)?.code(super::desk::this(conn)?.id))
}

/// The last op of every desk.
pub(super) fn frontier_in(conn: &Connection) -> Result<Frontier> {
    let mut query = conn.prepare_cached(FRONTIER)?;
    frontier(&mut query, [])
}

/// The last op of every desk as it stood when the newest one had this logical time.
pub(super) fn frontier_at(conn: &Connection, lamport: i64) -> Result<Frontier> {
    let mut query = conn.prepare_cached(FRONTIER_AT)?;
    frontier(&mut query, [lamport])
}

/// The ends of all desks, asked at every open and after every act: `CROSS JOIN`, so that desks are gone through, which
/// are few, and never ops.
const FRONTIER: &str = "SELECT d.id, o.seq, o.hash FROM log_desk d CROSS JOIN log_op o ON o.desk = d.no \
     AND o.seq = (SELECT max(l.seq) FROM log_op l WHERE l.desk = d.no)";

/// The same at an earlier time: within a desk the logical time rises with the number, so it is looked for from the end.
const FRONTIER_AT: &str = "SELECT d.id, o.seq, o.hash FROM log_desk d CROSS JOIN log_op o ON o.desk = d.no \
     AND o.seq = (SELECT l.seq FROM log_op l WHERE l.desk = d.no AND l.lamport <= ?1 ORDER BY l.seq DESC LIMIT 1)";

fn frontier(query: &mut rusqlite::Statement<'_>, params: impl rusqlite::Params) -> Result<Frontier> {
    let mut frontier = Frontier::default();
    let mut rows = query.query(params)?;
    while let Some(row) = rows.next()? {
        frontier.put(row.get(0)?, row.get(1)?, row.get(2)?);
    }
    Ok(frontier)
}

pub(super) fn head_in(conn: &Connection, desk: i64) -> Result<(i64, Digest)> {
    let last = conn
        .prepare_cached("SELECT seq, hash FROM log_op WHERE desk = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([desk], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.unwrap_or((0, chain::GENESIS)))
}

/// This desk's id.
///
/// # Errors
/// The database cannot be read.
pub fn desk(reader: &Reader) -> Result<DeskId> {
    Ok(super::desk::this(&reader.conn)?.id)
}

/// The logical time of the newest op: greater after every commit, whoever made it.
///
/// # Errors
/// The database cannot be read.
pub fn last_op(reader: &Reader) -> Result<i64> {
    let last: Option<i64> =
        reader.conn.prepare_cached("SELECT max(lamport) FROM log_op")?.query_row([], |row| row.get(0))?;
    Ok(last.unwrap_or(0))
}

/// The latest moment that was recorded: where a rehearsal goes on.
///
/// # Errors
/// The database cannot be read.
pub fn last_recorded(reader: &Reader) -> Result<Ts> {
    let at: Option<Ts> =
        reader.conn.query_row("SELECT max(recorded_at) FROM log_op", [], |row| row.get(0))?;
    Ok(at.unwrap_or_default())
}

/// The person with this number.
///
/// # Errors
/// The database cannot be read.
pub fn person_by_no(reader: &Reader, no: &str) -> Result<Option<PersonId>> {
    Ok(reader
        .conn
        .prepare_cached("SELECT id FROM cur_person WHERE no = ?1")?
        .query_row([no.trim()], |row| row.get(0))
        .optional()?)
}

/// The unit with this code, name or short name.
///
/// # Errors
/// The database cannot be read.
pub fn unit_by_code(reader: &Reader, code: &str) -> Result<Option<UnitId>> {
    Ok(reader
        .conn
        .prepare_cached(
            "SELECT id FROM cur_unit WHERE code = ?1 COLLATE NOCASE OR name = ?1 OR short = ?1 \
             ORDER BY code = ?1 COLLATE NOCASE DESC, name = ?1 DESC LIMIT 1",
        )?
        .query_row([code.trim()], |row| row.get(0))
        .optional()?)
}

/// The op in which this file was imported before, and when; by the file's digest, for the same day and round,
/// unless it was taken back, units of it were left out, or rows of it that were refused then could be taken now.
///
/// # Errors
/// The database cannot be read.
pub fn already_imported(reader: &Reader, sheet: &SheetImported) -> Result<Option<(OpRef, Ts)>> {
    imported_in(&reader.conn, sheet)
}

pub(super) fn imported_in(conn: &Connection, sheet: &SheetImported) -> Result<Option<(OpRef, Ts)>> {
    let day = sheet.day.map(|day| day.to_string());
    let round = sheet.round.as_ref().map(|round| round.0.as_str());
    let rows = sheet.accepted + sheet.unchanged;
    let found = conn
        .prepare_cached(
            "SELECT d.id, o.seq, o.recorded_at FROM log_event e \
             JOIN log_body b ON b.desk = e.desk AND b.seq = e.seq AND b.idx = e.idx \
             JOIN log_op o ON o.desk = e.desk AND o.seq = e.seq JOIN log_desk d ON d.no = e.desk \
             WHERE e.kind = 'sheet.imported' AND instr(b.body, ?1) > 0 \
               AND b.body ->> '$.digest' = ?1 AND b.body ->> '$.what' = ?2 \
               AND b.body ->> '$.day' IS ?3 AND b.body ->> '$.round' IS ?4 \
               AND coalesce(b.body ->> '$.left_out', 0) = 0 \
               AND (b.body ->> '$.rejected' = 0 OR b.body ->> '$.accepted' + b.body ->> '$.unchanged' >= ?5) \
               AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = e.desk AND u.seq = e.seq) LIMIT 1",
        )?
        .query_row(params![sheet.digest, sheet.what, day, round, rows], |row| {
            Ok((OpRef { desk: row.get(0)?, seq: row.get(1)? }, row.get(2)?))
        })
        .optional()?;
    Ok(found)
}

/// A form's content as last adopted into the log: old rows keep the form they were read with.
pub(super) fn adopted_form(conn: &Connection, form: &FormRef) -> Result<Option<String>> {
    let found = conn
        .prepare_cached(
            "SELECT b.body ->> '$.content' FROM cur_link l \
             JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
             JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
             WHERE l.kind = 0 AND l.id = zeroblob(16) AND e.kind = 'form.adopted' \
               AND b.body ->> '$.form.name' = ?1 AND b.body ->> '$.form.version' = ?2 \
             ORDER BY l.lamport DESC, l.desk DESC, l.seq DESC LIMIT 1",
        )?
        .query_row(params![form.name, form.version], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// The number of a person, the code of a unit, the id of an outside contact: how the command line and JSON name it.
///
/// # Errors
/// The database cannot be read.
pub fn subject_no(reader: &Reader, subject: Subject) -> Result<Option<String>> {
    let (sql, id) = match subject {
        Subject::Person(id) => ("SELECT no FROM cur_person WHERE id = ?1", id.0),
        Subject::Unit(id) => ("SELECT code FROM cur_unit WHERE id = ?1", id.0),
        // They have no number in the office: their id is one.
        Subject::Contact(id) => return Ok(Some(id.to_string())),
    };
    Ok(reader.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}

/// The form with this name and version, as last adopted.
pub(super) fn form_of(
    conn: &Connection,
    form: &FormRef,
) -> Result<Option<std::sync::Arc<crate::domain::form::Parsed>>> {
    let content = adopted_form(conn, form)?;
    Ok(content.and_then(|content| crate::domain::form::Parsed::of(&content)))
}

/// The rules' content as last adopted into the log.
pub(super) fn adopted_rules_in(conn: &Connection) -> Result<Option<String>> {
    let found = conn
        .prepare_cached(
            "SELECT b.body ->> '$.content' FROM cur_link l \
             JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx \
             JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx \
             WHERE l.kind = 0 AND l.id = zeroblob(16) AND e.kind = 'rules.adopted' \
             ORDER BY l.lamport DESC, l.desk DESC, l.seq DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Whether the office has such a round, or had it.
///
/// # Errors
/// The database cannot be read.
pub fn knows_round(reader: &Reader, round: &Round) -> Result<bool> {
    knows_round_in(&reader.conn, round)
}

pub(super) fn knows_round_in(conn: &Connection, round: &Round) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM cur_deadline WHERE unit = zeroblob(16) AND round = ?1")?
        .exists([&round.0])?)
}

/// Whether a unit's report for a day and round was received.
///
/// # Errors
/// The database cannot be read.
pub fn is_received(reader: &Reader, key: &crate::domain::report::ReportKey) -> Result<bool> {
    Ok(reader
        .conn
        .prepare_cached("SELECT 1 FROM cur_report WHERE unit = ?1 AND day = ?2 AND round = ?3")?
        .exists(params![key.unit, day_number(key.day), key.round.0])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_all_desks_are_found_without_going_through_the_log() {
        let conn = Connection::open_in_memory().unwrap();
        crate::store::layout::lay_out(&conn).unwrap();
        for sql in [FRONTIER, FRONTIER_AT] {
            let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let count = plan.parameter_count();
            let params = rusqlite::params_from_iter(std::iter::repeat_n(1, count));
            let steps: Vec<String> =
                plan.query_map(params, |row| row.get(3)).unwrap().map(Result::unwrap).collect();
            let scans: Vec<&String> = steps.iter().filter(|step| step.starts_with("SCAN")).collect();
            assert_eq!(scans, ["SCAN d"], "{steps:?}");
        }
    }
}
