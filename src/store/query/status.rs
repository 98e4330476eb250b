//! What is always visible.

use super::deadlines;
use super::rows::{ShiftHead, Status};
use super::{due, settings_in, slots, units};
use crate::domain::case::CaseFacts;
use crate::domain::deadline::in_play;
use crate::domain::ids::OfficerId;
use crate::domain::time::{HOUR, Ts};
use crate::error::Result;
use crate::store::{Reader, json};
use rusqlite::{Connection, OptionalExtension};
use std::cell::{Cell, RefCell};

/// Who, when, and the counters of what is wrong.
///
/// # Errors
/// The database cannot be read.
pub fn status(reader: &Reader, now: Ts) -> Result<Status> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let mut status = Status {
        office: settings.office.clone(),
        rehearsal: settings.rehearsal,
        shift: shift_head(&tx)?,
        officers: officers_in(&tx)?,
        roles: super::roles_in(&tx)?,
        has_roles: crate::store::act::has_leads(&tx)?,
        pins: crate::store::pin_kept::of_officers(&tx)?,
        now,
        day: settings.calendar.day(now),
        ..Status::default()
    };
    status.pins_taken = pins_taken(&tx, &status, &reader.pins_taken)?;
    if let Some((_, round, deadline)) = in_play(&settings, now) {
        status.round = round;
        status.deadline = deadline;
    }
    let deadlines = deadlines::load(&tx, &settings)?;
    let stand = units::stood(reader, &tx, &settings, &deadlines, now)?;
    (status.force, status.running) = units::figures(&stand.units, &deadlines, now);
    if let Some(force) = &status.force {
        (status.expected, status.received) = (force.expected, force.received);
    }
    status.findings = super::findings::count_in(&tx)?;
    status.doubts = super::doubts::count(reader, &tx)?;
    status.owed = units::owed_by_all(&stand.owing);
    status.outstanding = status.owed.len() as u32;
    count_cases(&tx, &mut status)?;
    count_due(&tx, &settings, now, &mut status)?;
    let (people, units, unknown) = tx
        .prepare_cached(
            "SELECT (SELECT count(*) FROM cur_person), (SELECT count(*) FROM cur_unit), \
             (SELECT count(*) FROM cur_link WHERE kind = 255)",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    status.drill_due = drill_due(&tx, now)?;
    status.unattached = super::callers::count(&tx)?;
    status.clock_jumps = clock_jumps(&tx, &reader.jumps)?;
    status.people = people;
    status.units = units;
    status.unknown_events = unknown;
    Ok(status)
}

/// After how many days it should be tried again whether a backup can be restored.
const DRILL_DAYS: i64 = 30;

/// How many days ago that was, if too many; an office that is not older than that is left alone.
pub(super) fn drill_due(conn: &Connection, now: Ts) -> Result<Option<u32>> {
    let last: Option<Ts> = conn
        .prepare_cached(
            "SELECT max(coalesce((SELECT max(at) FROM cur_drill WHERE faults = 0), 0), \
             coalesce((SELECT recorded_at FROM log_op ORDER BY lamport LIMIT 1), 0))",
        )?
        .query_row([], |row| row.get(0))?;
    let days = last.map_or(0, |last| (now.0 - last.0) / (24 * HOUR));
    Ok((days >= DRILL_DAYS).then_some(days as u32))
}

/// How often the clock moved in the open shift, as far as it was counted: entries do not change, so each is looked at
/// once, however often the screen is drawn anew.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Jumps {
    /// Of the shift that begins with this entry of this desk.
    shift: (i64, i64),
    /// The last entry that was looked at.
    upto: i64,
    count: u32,
}

/// Whose PIN others took away, as it was read last: the way to each officer's last such entry leads over all of theirs,
/// and is gone once, not each time the screen is drawn anew.
#[derive(Debug, Clone)]
pub(in crate::store) struct PinsTaken {
    /// As of this entry of this desk.
    desk: i64,
    upto: i64,
    /// How often the projections had been built.
    built: i64,
    /// Who had a PIN then.
    pins: Vec<OfficerId>,
    taken: Vec<(OfficerId, Ts, Vec<String>)>,
}

/// Whose PIN others took away, of those who have none.
fn pins_taken(
    conn: &Connection,
    status: &Status,
    known: &RefCell<Option<PinsTaken>>,
) -> Result<Vec<(OfficerId, Ts, Vec<String>)>> {
    let desk = crate::store::desk::this(conn)?.no;
    let (last, built) = (super::head_in(conn, desk)?.0, super::changed::built_in(conn)?);
    let mut known = known.borrow_mut();
    if let Some(known) = known.as_mut().filter(|known| {
        (known.desk, known.built) == (desk, built) && known.upto <= last && known.pins == status.pins
    }) {
        let changed = conn
            .prepare_cached(
                "SELECT 1 FROM log_event WHERE desk = ?1 AND seq > ?2 \
                 AND kind IN ('pin.changed', 'officer.added') LIMIT 1",
            )?
            .exists([desk, known.upto])?;
        if !changed {
            known.upto = last;
            return Ok(known.taken.clone());
        }
    }
    let mut taken = Vec::new();
    for (officer, _) in status.officers.iter().filter(|(officer, _)| !status.pins.contains(officer)) {
        if let Some((at, by)) = crate::store::pin_log::taken_away_in(conn, *officer)? {
            taken.push((*officer, at, by));
        }
    }
    let pins = status.pins.clone();
    *known = Some(PinsTaken { desk, upto: last, built, pins, taken: taken.clone() });
    Ok(taken)
}

/// How often the clock moved in the open shift.
fn clock_jumps(conn: &Connection, known: &Cell<Option<Jumps>>) -> Result<u32> {
    let shift: Option<(i64, i64)> = conn
        .prepare_cached(
            "SELECT desk, first_seq FROM cur_shift WHERE closed_at IS NULL ORDER BY started_at DESC LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some(shift) = shift else { return Ok(0) };
    let last: i64 = conn
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM log_op WHERE desk = ?1")?
        .query_row([shift.0], |row| row.get(0))?;
    // Of another shift, or of a file that was put back behind it, nothing is known.
    let before = known.get().filter(|known| known.shift == shift && known.upto <= last);
    let mut jumps = before.unwrap_or(Jumps { shift, upto: shift.1 - 1, count: 0 });
    if jumps.upto < last {
        jumps.count += conn
            .prepare_cached(&jumps_since())?
            .query_row([shift.0, jumps.upto], |row| row.get::<_, u32>(0))?;
        jumps.upto = last;
        known.set(Some(jumps));
    }
    Ok(jumps.count)
}

fn jumps_since() -> String {
    format!(
        "SELECT count(*) FROM log_op o JOIN log_op p ON p.desk = o.desk AND p.seq = o.seq - 1 \
         WHERE o.desk = ?1 AND o.seq > ?2 AND {}",
        crate::domain::jump::Jump::SQL
    )
}

fn count_cases(conn: &Connection, status: &mut Status) -> Result<()> {
    let mut query = conn.prepare_cached("SELECT facts FROM cur_case WHERE released_at IS NULL")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let facts: CaseFacts = serde_json::from_str(text).map_err(json)?;
        status.cases += 1;
        status.due_release +=
            u32::from(facts.observation(status.day).is_some_and(crate::domain::case::Observation::is_over));
    }
    Ok(())
}

fn count_due(
    conn: &Connection,
    settings: &crate::domain::office::Settings,
    now: Ts,
    status: &mut Status,
) -> Result<()> {
    (status.promises, status.promises_overdue) = due::count_promises(conn, now)?;
    for owing in slots::owing_in(conn, settings, now)? {
        status.slots_open += u32::from(owing.owed.open.is_some());
        status.slots_missed += u32::from(owing.owed.missed.is_some());
    }
    Ok(())
}

/// Who is on duty; none where no shift is open.
///
/// # Errors
/// The database cannot be read.
pub fn on_duty(reader: &Reader) -> Result<Option<ShiftHead>> {
    shift_head(&reader.conn)
}

pub(super) fn shift_head(conn: &Connection) -> Result<Option<ShiftHead>> {
    Ok(conn
        .prepare_cached(
            "SELECT s.id, s.officer, coalesce(o.name, ''), s.started_at FROM cur_shift s \
             LEFT JOIN cur_officer o ON o.id = s.officer WHERE s.closed_at IS NULL",
        )?
        .query_row([], |row| {
            Ok(ShiftHead {
                id: row.get(0)?,
                officer: row.get(1)?,
                name: row.get(2)?,
                started_at: row.get(3)?,
            })
        })
        .optional()?)
}

/// Every officer, by name.
///
/// # Errors
/// The database cannot be read.
pub fn officers(reader: &Reader) -> Result<Vec<(OfficerId, String)>> {
    officers_in(&reader.conn)
}

pub(super) fn officers_in(conn: &Connection) -> Result<Vec<(OfficerId, String)>> {
    let mut query = conn.prepare_cached("SELECT id, name FROM cur_officer ORDER BY name")?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::act::Act;
    use crate::store::tests::Office;
    use rusqlite::StatementStatus;

    fn note() -> Act {
        Act::Note { subject: None, text: "停电".to_owned() }
    }

    #[test]
    fn whose_pin_was_taken_away_is_read_once_and_not_at_each_look() {
        let mut office = Office::new();
        let reader = office.reader();
        let steps = |office: &Office| {
            status(&reader, office.now).unwrap();
            let statement = reader.conn.prepare_cached(crate::store::pin_log::LAST).unwrap();
            statement.reset_status(StatementStatus::VmStep)
        };
        assert!(steps(&office) > 0);
        for _ in 0..3 {
            office.act(&note());
            assert_eq!(steps(&office), 0, "a note says nothing of it");
        }
    }

    #[test]
    fn a_moved_clock_is_counted_once_and_each_entry_looked_at_once() {
        let mut office = Office::new();
        let reader = office.reader();
        let count = |office: &Office| status(&reader, office.now).unwrap().clock_jumps;
        let afresh = |office: &Office| status(&office.reader(), office.now).unwrap().clock_jumps;
        assert_eq!(count(&office), 0);
        for _ in 0..20 {
            office.act(&note());
        }
        office.now = office.now.plus(-2 * HOUR);
        office.act(&note());
        assert_eq!((count(&office), afresh(&office)), (1, 1));
        assert_eq!(count(&office), 1);
        office.act(&note());
        office.now = office.now.plus(30 * HOUR);
        office.act(&note());
        assert_eq!((count(&office), afresh(&office)), (2, 2));
        // Of a shift that was counted only what came since is looked at; a screen drawn anew looks at nothing.
        let steps = || {
            let statement = reader.conn.prepare_cached(&jumps_since()).unwrap();
            statement.reset_status(StatementStatus::VmStep)
        };
        let whole = steps();
        assert_eq!(count(&office), 2);
        assert_eq!(steps(), 0);
        office.act(&note());
        assert_eq!(count(&office), 2);
        let one = steps();
        assert!(0 < one && one * 4 < whole, "{one} {whole}");
    }
}
