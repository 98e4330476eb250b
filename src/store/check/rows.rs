//! Sheet rows as they stand in their columns, and the secrets that their digests are keyed with.

use crate::error::Result;
use crate::log::chain::{Digest, RawReading, RawRoster, RowDigests};
use rusqlite::types::FromSqlResult;
use rusqlite::{Connection, Row};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Roster rows in the order of the log.
pub(super) const ROSTER: &str = "SELECT desk, seq, row, person, no, name, unit, sex, kind, campus, phone, id_number, origin, \
     address, contact, family_phone FROM log_roster_row ORDER BY desk, seq, row";

/// Readings in the order of the log.
pub(super) const READINGS: &str = "SELECT desk, seq, row, person, unit, day, round, form, form_version, temp_am, temp_pm, site, \
     place, in_hubei, left_city, status, rest FROM log_reading ORDER BY desk, seq, row";

/// Reads one row's digest; an error where a column holds what it cannot.
pub(super) type Read = fn(&Row<'_>, &Secrets, &mut RowDigests) -> FromSqlResult<Digest>;

/// Everybody's secret.
pub(super) struct Secrets(HashMap<[u8; 16], [u8; 32], BuildHasherDefault<IdHash>>);

impl Secrets {
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        let mut query = conn.prepare("SELECT person, secret FROM local_secret")?;
        let mut all = HashMap::default();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (person, secret) = (row.get_ref(0)?.as_blob(), row.get_ref(1)?.as_blob());
            if let (Ok(person), Ok(secret)) = (person, secret)
                && let (Ok(person), Ok(secret)) = (person.try_into(), secret.try_into())
            {
                all.insert(person, secret);
            }
        }
        Ok(Self(all))
    }

    /// A row whose person has no secret cannot verify: the empty key makes its digest wrong.
    fn of(&self, person: &[u8]) -> [u8; 32] {
        person.try_into().ok().and_then(|person: [u8; 16]| self.0.get(&person)).copied().unwrap_or_default()
    }
}

/// The end of an id is random already.
#[derive(Default)]
struct IdHash(u64);

impl Hasher for IdHash {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(last) = bytes.last_chunk::<8>() {
            self.0 ^= u64::from_le_bytes(*last);
        }
    }

    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// The digest of a roster row; an error where a column holds what it cannot.
pub(super) fn roster(row: &Row<'_>, secrets: &Secrets, digests: &mut RowDigests) -> FromSqlResult<Digest> {
    let person = value(row, 3).as_blob()?;
    let mut facts = [None; 11];
    for (at, fact) in facts.iter_mut().enumerate() {
        *fact = value(row, 5 + at).as_bytes_or_null()?;
    }
    let raw = RawRoster { person, no: value(row, 4).as_bytes()?, facts };
    Ok(digests.roster(&secrets.of(person), &raw))
}

/// The digest of a reading; an error where a column holds what it cannot.
pub(super) fn reading(row: &Row<'_>, secrets: &Secrets, digests: &mut RowDigests) -> FromSqlResult<Digest> {
    let person = value(row, 3).as_blob()?;
    let raw = RawReading {
        person,
        unit: value(row, 4).as_blob()?,
        day: value(row, 5).as_i64()?,
        round: value(row, 6).as_bytes()?,
        form: value(row, 7).as_bytes()?,
        form_version: value(row, 8).as_i64()?,
        temps: [value(row, 9).as_i64_or_null()?, value(row, 10).as_i64_or_null()?],
        site: value(row, 11).as_bytes_or_null()?,
        place: value(row, 12).as_bytes_or_null()?,
        flags: [value(row, 13).as_i64_or_null()?, value(row, 14).as_i64_or_null()?],
        status: value(row, 15).as_bytes_or_null()?,
        rest: value(row, 16).as_bytes()?,
    };
    Ok(digests.reading(&secrets.of(person), &raw))
}

/// A column of ours: it is there.
fn value<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::types::ValueRef<'r> {
    row.get_ref(at).unwrap_or(rusqlite::types::ValueRef::Null)
}
