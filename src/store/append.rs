//! The one way into the log: an act is resolved into an op, the op is written with its place in the chain,
//! and what it touched is folded again; all inside the caller's transaction.

use super::act::{Act, Author, Committed, Ctx};
use super::load::packed;
use super::proof::Proof;
use super::sql::{Put, swallowed};
use super::{Desk, NewOffice, act, erase, json, project};
use crate::domain::ids::{Mint, OfficerId, OpRef, PersonId, ShiftId};
use crate::domain::officer::Role;
use crate::domain::report::Reading;
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::log::chain::{self, Digest};
use crate::log::event::{Event, OfficeOpened, OfficerAdded, OfficerRole, RulesAdopted, ShiftStarted};
use crate::log::{Op, OpHead, RosterRow, wire};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// The op with this identity, if it was written.
pub(super) fn find_op(conn: &Connection, id: Uuid) -> Result<Option<OpRef>> {
    let found = conn
        .prepare_cached(
            "SELECT d.id, o.seq FROM log_op o JOIN log_desk d ON d.no = o.desk WHERE o.op_id = ?1",
        )?
        .query_row([id], |row| Ok(OpRef { desk: row.get(0)?, seq: row.get(1)? }))
        .optional()?;
    Ok(found)
}

/// Does one act inside the caller's transaction.
pub(super) fn commit_in(
    conn: &Connection,
    desk: Desk,
    author: &Author,
    mint: &mut dyn Mint,
    act: &Act,
    proof: &Proof,
) -> Result<Committed> {
    if let Some(op) = find_op(conn, author.op_id)? {
        return Ok(Committed { op, made: None });
    }
    let (op, made) =
        act::resolve(&mut Ctx { conn, desk, author, mint: &mut *mint, proof, approved_by: None }, act)?;
    let who = Who {
        id: author.op_id,
        officer: Some(author.officer),
        recorded_at: author.now,
        happened_at: author.happened_at.unwrap_or(author.now),
    };
    let op_ref = write(conn, desk, &who, &op, mint)?;
    Ok(Committed { op: op_ref, made })
}

/// The opening op of a new office: settings, rules, officers, a first shift.
pub(super) fn open_office(
    conn: &Connection,
    desk: Desk,
    new: &NewOffice,
    mint: &mut dyn Mint,
    now: Ts,
) -> Result<Committed> {
    act::check_settings(&new.settings)?;
    let first = OfficerId(mint.id(now));
    let mut events = vec![
        Event::OfficeOpened(OfficeOpened { office: mint.id(now), settings: new.settings.clone() }),
        Event::RulesAdopted(RulesAdopted(new.rules.clone())),
        Event::OfficerAdded(OfficerAdded { officer: first, name: act::named(&new.officer)? }),
        Event::OfficerRole(OfficerRole { officer: first, role: Role::Lead, approved_by: None }),
    ];
    for name in &new.others {
        let officer = OfficerId(mint.id(now));
        events.push(Event::OfficerAdded(OfficerAdded { officer, name: act::named(name)? }));
    }
    let shift = ShiftId(mint.id(now));
    events.push(Event::ShiftStarted(ShiftStarted {
        shift,
        officer: first,
        after: None,
        reason: String::new(),
    }));
    let who = Who { id: mint.id(now), officer: None, recorded_at: now, happened_at: now };
    let op = write(conn, desk, &who, &Op { events, ..Op::default() }, mint)?;
    Ok(Committed { op, made: Some(act::Made::Office(first, shift)) })
}

/// The opening op of a desk that goes on from another, and who said that it should, where that is known.
pub(super) fn start_desk(
    conn: &Connection,
    desk: Desk,
    started: crate::log::event::DeskStarted,
    officer: Option<OfficerId>,
    mint: &mut dyn Mint,
    now: Ts,
) -> Result<OpRef> {
    let who = Who { id: mint.id(now), officer, recorded_at: now, happened_at: now };
    write(conn, desk, &who, &Op { events: vec![Event::DeskStarted(started)], ..Op::default() }, mint)
}

/// Who writes an op, and when.
struct Who {
    id: Uuid,
    officer: Option<OfficerId>,
    recorded_at: Ts,
    happened_at: Ts,
}

/// Writes an op at the end of this desk's chain and folds what it touches.
fn write(conn: &Connection, desk: Desk, who: &Who, op: &Op, mint: &mut dyn Mint) -> Result<OpRef> {
    let (seq, prev) = tail(conn, desk)?;
    let seq = seq + 1;
    let lamport: i64 = conn
        .prepare_cached("SELECT coalesce(max(lamport), 0) + 1 FROM log_op")?
        .query_row([], |r| r.get(0))?;
    let head = OpHead {
        op: OpRef { desk: desk.id, seq },
        id: who.id,
        lamport,
        recorded_at: who.recorded_at,
        happened_at: who.happened_at,
        officer: who.officer,
        shift: open_shift(conn)?.map(|(id, _)| id),
        undoes: op.undoes,
    };

    let mut bodies = Vec::with_capacity(op.events.len());
    for event in &op.events {
        let (kind, version) = wire::name(event);
        let body = wire::body(event).map_err(json)?;
        let nonce = mint.nonce();
        bodies.push((kind, version, nonce, chain::event_digest(kind, version, &nonce, &body), body));
    }
    let rows = row_digests(conn, op, mint)?;
    let rows_digest = chain::rows_digest(&rows);
    let digests: Vec<Digest> = bodies.iter().map(|body| body.3).collect();
    let hash = chain::op_hash(&prev, &head, &digests, &rows_digest);

    conn.prepare_cached(
        "INSERT INTO log_op (desk, seq, lamport, op_id, recorded_at, happened_at, officer, shift, undoes_desk, undoes_seq, \
         events, rows, rows_digest, prev, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .put(params![
        desk.no,
        seq,
        lamport,
        head.id,
        head.recorded_at,
        head.happened_at,
        head.officer,
        head.shift,
        head.undoes.map(|op| op.desk),
        head.undoes.map(|op| op.seq),
        op.events.len() as i64,
        rows.len() as i64,
        rows_digest,
        prev,
        hash
    ])?;
    for (idx, (kind, version, nonce, digest, body)) in bodies.iter().enumerate() {
        conn.prepare_cached(
            "INSERT INTO log_event (desk, seq, idx, kind, version, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .put(params![desk.no, seq, idx as i64, kind, version, digest])?;
        conn.prepare_cached(
            "INSERT INTO log_body (desk, seq, idx, nonce, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .put(params![desk.no, seq, idx as i64, nonce, body])?;
    }
    write_roster(conn, desk, seq, op)?;
    write_readings(conn, desk, seq, op)?;
    project::fold_op(conn, desk.no, &head, op)?;
    written(conn, desk, seq, op)?;
    for event in &op.events {
        if let Event::PersonErased(erased) = event {
            erase::apply(conn, head.op, erased)?;
            erase::must_clear(conn)?;
        }
    }
    Ok(head.op)
}

/// Counts what stands under the new op's number, when everything is done: nothing took it out again.
fn written(conn: &Connection, desk: Desk, seq: i64, op: &Op) -> Result<()> {
    let events = op.events.len() as i64;
    let rows = (op.roster.len() + op.readings.len()) as i64;
    for (tables, want) in [
        (&["log_op"][..], 1),
        (&["log_event"], events),
        (&["log_body"], events),
        (&["log_roster_row", "log_reading"], rows),
    ] {
        let mut found = 0;
        for table in tables {
            let sql = format!("SELECT count(*) FROM {table} WHERE desk = ?1 AND seq = ?2");
            found += conn.prepare_cached(&sql)?.query_row([desk.no, seq], |row| row.get::<_, i64>(0))?;
        }
        if found != want {
            return Err(swallowed(found));
        }
    }
    Ok(())
}

/// The last op of a desk: its number and hash; nought and the chain's beginning when there is none.
fn tail(conn: &Connection, desk: Desk) -> Result<(i64, Digest)> {
    let last = conn
        .prepare_cached("SELECT seq, hash FROM log_op WHERE desk = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([desk.no], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.unwrap_or((0, chain::GENESIS)))
}

/// The open shift and its officer.
pub(super) fn open_shift(conn: &Connection) -> Result<Option<(ShiftId, OfficerId)>> {
    Ok(conn
        .prepare_cached("SELECT id, officer FROM cur_shift WHERE closed_at IS NULL")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// The digests of an op's rows, roster first; makes a secret for every person who has none yet.
fn row_digests(conn: &Connection, op: &Op, mint: &mut dyn Mint) -> Result<Vec<Digest>> {
    let mut digests = Vec::with_capacity(op.roster.len() + op.readings.len());
    for row in &op.roster {
        let secret = secret(conn, row.person, mint)?;
        digests.push(chain::roster_digest(&secret, row));
    }
    for reading in &op.readings {
        let secret = secret(conn, reading.person, mint)?;
        digests.push(chain::reading_digest(&secret, reading, &packed(reading)));
    }
    Ok(digests)
}

fn secret(conn: &Connection, person: PersonId, mint: &mut dyn Mint) -> Result<[u8; 32]> {
    let found = conn
        .prepare_cached("SELECT secret FROM local_secret WHERE person = ?1")?
        .query_row([person], |row| row.get(0))
        .optional()?;
    if let Some(secret) = found {
        return Ok(secret);
    }
    let secret = mint.secret();
    conn.prepare_cached("INSERT INTO local_secret (person, secret) VALUES (?1, ?2)")?
        .put(params![person, secret])?;
    Ok(secret)
}

fn write_roster(conn: &Connection, desk: Desk, seq: i64, op: &Op) -> Result<()> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO log_roster_row (desk, seq, row, person, no, name, unit, sex, kind, campus, phone, id_number, origin, \
         address, contact, family_phone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    for (i, RosterRow { person, no, facts }) in op.roster.iter().enumerate() {
        insert.put(params![
            desk.no,
            seq,
            i as i64,
            person,
            no,
            facts.name,
            facts.unit,
            facts.sex,
            facts.kind.map(crate::domain::person::PersonKind::code),
            facts.campus,
            facts.phone,
            facts.id_number,
            facts.origin,
            facts.address,
            facts.contact,
            facts.family_phone
        ])?;
    }
    Ok(())
}

fn write_readings(conn: &Connection, desk: Desk, seq: i64, op: &Op) -> Result<()> {
    for (i, reading) in op.readings.iter().enumerate() {
        put_reading(conn, (desk.no, seq, i as i64), reading, &packed(reading))?;
    }
    Ok(())
}

/// Puts in one row of a report: its desk, op and place, what it says, its other columns as they are kept.
pub(super) fn put_reading(conn: &Connection, at: (i64, i64, i64), r: &Reading, rest: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO log_reading (desk, seq, row, person, unit, day, round, form, form_version, temp_am, temp_pm, site, \
         place, in_hubei, left_city, status, rest) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?
    .put(params![
        at.0,
        at.1,
        at.2,
        r.person,
        r.unit,
        day_number(r.day),
        r.round.0,
        r.form.name,
        r.form.version,
        r.temp_am,
        r.temp_pm,
        r.site.map(crate::domain::report::Site::code),
        r.place,
        r.in_hubei,
        r.left_city,
        r.status,
        rest
    ])
}
