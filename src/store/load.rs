//! Reading ops, events and rows back from the log, for folding and for checking.

use super::sql;
use super::sql::{Known, day, unpack};
use crate::domain::ids::{DeskId, OfficerId, OpRef};
use crate::domain::person::{PersonFacts, PersonKind};
use crate::domain::report::{FormRef, Reading, Round, Site};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::log::event::Event;
use crate::log::{Entity, OpHead, RosterRow, wire};
use rusqlite::{Connection, Row, params};

/// An op's place in the order of folding: logical time, desk, number.
pub(super) type Order = (i64, i64, i64);

/// An event with what a fold needs to know of its op.
pub(super) struct Told {
    pub lamport: i64,
    pub desk: i64,
    pub seq: i64,
    pub idx: i64,
    pub happened_at: Ts,
    pub officer: Option<OfficerId>,
    pub event: Event,
}

impl Told {
    /// Its op's place in the order of folding.
    pub fn order(&self) -> Order {
        (self.lamport, self.desk, self.seq)
    }
}

/// The events that speak of an entity.
pub(super) const ABOUT: &str =
    "SELECT DISTINCT l.lamport, l.desk, l.seq, l.idx, o.happened_at, o.officer, e.kind, e.version, b.body
     FROM cur_link l
     JOIN log_op o ON o.desk = l.desk AND o.seq = l.seq
     JOIN log_event e ON e.desk = l.desk AND e.seq = l.seq AND e.idx = l.idx
     JOIN log_body b ON b.desk = l.desk AND b.seq = l.seq AND b.idx = l.idx
     WHERE l.kind = ?1 AND l.id = ?2
       AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = l.desk AND u.seq = l.seq)
     ORDER BY l.lamport, l.desk, l.seq, l.idx";

/// Every event that speaks of `entity`, in order, without those taken back.
pub(super) fn events_about(conn: &Connection, entity: Entity) -> Result<Vec<Told>> {
    let mut query = conn.prepare_cached(ABOUT)?;
    let mut rows = query.query(params![entity.kind(), entity.id()])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(8)?.as_str().map_err(rusqlite::Error::from)?;
        let kind = row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?;
        out.push(Told {
            lamport: row.get(0)?,
            desk: row.get(1)?,
            seq: row.get(2)?,
            idx: row.get(3)?,
            happened_at: row.get(4)?,
            officer: row.get(5)?,
            event: wire::read(kind, row.get(7)?, body),
        });
    }
    Ok(out)
}

/// The op heads' columns, in the order [`op_head`] reads them; `o` is the op, `d` its desk.
pub(super) const OP_HEAD: &str = "d.id, o.seq, o.op_id, o.lamport, o.recorded_at, o.happened_at, o.officer, o.shift, \
     o.undoes_desk, o.undoes_seq";

/// An op's head from the columns of [`OP_HEAD`].
pub(super) fn op_head(row: &Row<'_>) -> rusqlite::Result<OpHead> {
    let undoes_desk: Option<DeskId> = row.get(8)?;
    let undoes_seq: Option<i64> = row.get(9)?;
    Ok(OpHead {
        op: OpRef { desk: row.get(0)?, seq: row.get(1)? },
        id: row.get(2)?,
        lamport: row.get(3)?,
        recorded_at: row.get(4)?,
        happened_at: row.get(5)?,
        officer: row.get(6)?,
        shift: row.get(7)?,
        undoes: undoes_desk.zip(undoes_seq).map(|(desk, seq)| OpRef { desk, seq }),
    })
}

/// The roster rows' columns, in the order [`roster_row`] reads them.
pub(super) const ROSTER: &str =
    "person, no, name, unit, sex, kind, campus, phone, id_number, origin, address, contact, family_phone";

/// A roster row from the columns of [`ROSTER`], which begin at `at`.
pub(super) fn roster_row(row: &Row<'_>, at: usize) -> rusqlite::Result<RosterRow> {
    let kind: Known<PersonKind> = row.get(at + 5)?;
    Ok(RosterRow {
        person: row.get(at)?,
        no: row.get(at + 1)?,
        facts: PersonFacts {
            name: row.get(at + 2)?,
            unit: row.get(at + 3)?,
            sex: row.get(at + 4)?,
            kind: kind.0,
            campus: row.get(at + 6)?,
            phone: row.get(at + 7)?,
            id_number: row.get(at + 8)?,
            origin: row.get(at + 9)?,
            address: row.get(at + 10)?,
            contact: row.get(at + 11)?,
            family_phone: row.get(at + 12)?,
        },
    })
}

/// The readings' columns, in the order [`reading`] reads them; `r` is the row.
pub(super) const READING: &str = "r.person, r.unit, r.day, r.round, r.form, r.form_version, r.temp_am, r.temp_pm, r.site, \
     r.place, r.in_hubei, r.left_city, r.status, r.rest";

/// A reading, and its other columns as packed, from the columns of [`READING`], which begin at `at`.
pub(super) fn reading(row: &Row<'_>, at: usize) -> rusqlite::Result<(Reading, String)> {
    let site: Known<Site> = row.get(at + 8)?;
    let rest: String = row.get(at + 13)?;
    Ok((
        Reading {
            person: row.get(at)?,
            unit: row.get(at + 1)?,
            day: day(row.get(at + 2)?),
            round: Round(row.get(at + 3)?),
            form: FormRef { name: row.get(at + 4)?, version: small(row, at + 5)?.unwrap_or_default() },
            temp_am: small(row, at + 6)?,
            temp_pm: small(row, at + 7)?,
            site: site.0,
            place: row.get(at + 9)?,
            in_hubei: row.get(at + 10)?,
            left_city: row.get(at + 11)?,
            status: row.get(at + 12)?,
            rest: unpack(&rest),
        },
        rest,
    ))
}

/// A small number, or nothing where a damaged row holds one that is out of range: its digest will not fit.
fn small<T: TryFrom<i64>>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    let number: Option<i64> = row.get(at)?;
    Ok(number.and_then(|number| T::try_from(number).ok()))
}

/// Everything a roster says of one person, in order, without what was taken back.
pub(super) fn roster_rows_about(
    conn: &Connection,
    person: crate::domain::ids::PersonId,
) -> Result<Vec<(Order, RosterRow)>> {
    let mut query = conn.prepare_cached(
        "SELECT o.lamport, r.desk, r.seq, r.person, r.no, r.name, r.unit, r.sex, r.kind, r.campus, r.phone, \
         r.id_number, r.origin, r.address, r.contact, r.family_phone
         FROM log_roster_row r JOIN log_op o ON o.desk = r.desk AND o.seq = r.seq
         WHERE r.person = ?1
           AND NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = r.desk AND u.seq = r.seq)
         ORDER BY o.lamport, r.desk, r.seq, r.row",
    )?;
    let rows = query
        .query_map([person], |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), roster_row(row, 3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// The reading's digest needs the packed text as kept.
pub(super) fn packed(reading: &Reading) -> String {
    sql::pack(&reading.rest)
}
