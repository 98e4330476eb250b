//! Readings as they stand: as they were sent, and over that what was found to be otherwise when it was asked (存疑). The
//! sheet is never changed; a correction holds while the report in force still says what was found to be wrong.

use super::json;
use super::query::rows::Correction;
use crate::domain::doubt::Doubt;
use crate::domain::finding::Columns;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::report::{Reading, degrees};
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// The op of an answer `a` was not taken back.
pub(super) const STANDS: &str =
    "NOT EXISTS (SELECT 1 FROM cur_undone u WHERE u.desk = a.desk AND u.seq = a.seq)";

/// Which row of which report.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    /// Whose.
    pub person: PersonId,
    /// Whose report.
    pub unit: UnitId,
    /// Of which day, as it is kept.
    pub day: i32,
    /// Of which round.
    pub round: &'a str,
}

/// What was found to be otherwise, person by person; of one value the last.
#[derive(Default)]
pub(super) struct Corrected(HashMap<PersonId, Vec<Correction>>);

impl Corrected {
    /// Of one person.
    pub fn of(conn: &Connection, person: PersonId) -> Result<Self> {
        Self::load(conn, Some(person), Ts(i64::MAX))
    }

    /// Of everybody, as far as it was known before a moment.
    pub fn before(conn: &Connection, moment: Ts) -> Result<Self> {
        Self::load(conn, None, moment)
    }

    /// Of everybody. There are few.
    pub fn all(conn: &Connection) -> Result<Self> {
        Self::before(conn, Ts(i64::MAX))
    }

    fn load(conn: &Connection, person: Option<PersonId>, moment: Ts) -> Result<Self> {
        let which = if person.is_some() { "a.person = ?1" } else { "?1 IS NULL AND a.person IS NOT NULL" };
        let mut query = conn.prepare_cached(&format!(
            "SELECT a.person, a.body, a.field, a.old, a.new, a.at, a.told_by FROM cur_answer a \
             JOIN log_op o ON o.desk = a.desk AND o.seq = a.seq \
             WHERE {which} AND a.how = 'corrected' AND a.at < ?2 AND {STANDS} ORDER BY o.lamport, a.desk, a.seq, a.idx"
        ))?;
        let mut rows = query.query(params![person, moment])?;
        let mut out = Self::default();
        while let Some(row) = rows.next()? {
            let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let doubt: Doubt = serde_json::from_str(body).map_err(json)?;
            let one = Correction {
                unit: doubt.unit,
                day: doubt.day,
                round: doubt.round,
                field: row.get(2)?,
                old: row.get(3)?,
                new: row.get(4)?,
                at: row.get(5)?,
                told_by: row.get(6)?,
            };
            let of = |one: &Correction| (one.unit, one.day, one.round.clone(), one.field.clone());
            let known = out.0.entry(row.get(0)?).or_default();
            known.retain(|before| of(before) != of(&one));
            known.push(one);
        }
        Ok(out)
    }

    /// Whether anything of somebody is otherwise.
    pub fn has(&self, person: PersonId) -> bool {
        self.0.contains_key(&person)
    }

    /// What of somebody is otherwise, in the order in which it was found out.
    pub fn list(&self, person: PersonId) -> &[Correction] {
        self.0.get(&person).map_or(&[], Vec::as_slice)
    }

    fn value(&self, at: At<'_>, field: &str, said: &str) -> Option<&str> {
        let one = self.0.get(&at.person)?.iter().find(|one| {
            (one.unit, day_number(one.day), one.round.0.as_str(), one.field.as_str())
                == (at.unit, at.day, at.round, field)
        })?;
        (one.old == said).then_some(one.new.as_str())
    }

    /// An answer of a row, where it was found to be otherwise.
    pub fn answer<'a>(&'a self, at: At<'_>, field: &str, said: &'a str) -> &'a str {
        self.value(at, field, said).unwrap_or(said)
    }

    /// The two temperatures of a row.
    pub fn temps(&self, at: At<'_>, said: [Option<i16>; 2]) -> [Option<i16>; 2] {
        if !self.has(at.person) {
            return said;
        }
        let [am, pm] = said;
        [("temp_am", am), ("temp_pm", pm)].map(|(field, tenths)| {
            let text = tenths.map(degrees).unwrap_or_default();
            self.value(at, field, &text).map_or(tenths, tenths_of)
        })
    }

    /// Whether a row says that somebody is in Hubei.
    pub fn in_hubei(&self, at: At<'_>, said: Option<bool>) -> Option<bool> {
        self.value(at, "in_hubei", answer(said)).map_or(said, yes_or_no)
    }

    /// Puts into a reading what stands instead of what was sent.
    pub fn put(&self, reading: &mut Reading, columns: &Columns) {
        if !self.has(reading.person) {
            return;
        }
        let round = reading.round.0.clone();
        let at =
            At { person: reading.person, unit: reading.unit, day: day_number(reading.day), round: &round };
        [reading.temp_am, reading.temp_pm] = self.temps(at, [reading.temp_am, reading.temp_pm]);
        reading.in_hubei = self.in_hubei(at, reading.in_hubei);
        if let Some(new) = self.value(at, "left_city", answer(reading.left_city)) {
            reading.left_city = yes_or_no(new);
        }
        for (field, text) in [("place", &mut reading.place), ("status", &mut reading.status)] {
            if let Some(new) = self.value(at, field, text.as_deref().unwrap_or_default()) {
                *text = (!new.is_empty()).then(|| new.to_owned());
            }
        }
        for (field, place) in columns.places() {
            let said = reading.rest.get(place).map_or("", String::as_str);
            if let Some(new) = self.value(at, field, said) {
                if reading.rest.len() <= place {
                    reading.rest.resize(place + 1, String::new());
                }
                new.clone_into(&mut reading.rest[place]);
            }
        }
    }
}

/// A temperature as it is kept, of its canonical text.
fn tenths_of(text: &str) -> Option<i16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    Some(whole.parse::<i16>().ok()? * 10 + part.parse::<i16>().ok()?)
}

fn answer(said: Option<bool>) -> &'static str {
    match said {
        Some(true) => "1",
        Some(false) => "0",
        None => "",
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}
