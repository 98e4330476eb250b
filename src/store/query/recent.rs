//! The last days' readings of everybody at once: the sheets of all units look for contradictions in them, and reading
//! person by person would cost them most of their time.

use super::card::doubts_in;
use super::dossier::rest_fields;
use super::findings::findings_in;
use crate::domain::ask::{self, Doubt, Said};
use crate::domain::finding::Finding;
use crate::domain::ids::PersonId;
use crate::domain::report::{FormRef, Site};
use crate::domain::time::{Calendar, Ts, add_days, day_number};
use crate::error::Result;
use crate::store::sql::{Known, day};
use chrono::NaiveDate;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// What is known of everybody that can contradict itself.
pub(super) struct Recent {
    calendar: Calendar,
    today: NaiveDate,
    /// Readings in force of the last days, the newest first.
    said: HashMap<PersonId, Vec<Said>>,
    /// Whether a case is open, and when the last one was released.
    cases: HashMap<PersonId, (bool, Option<Ts>)>,
    findings: HashMap<PersonId, Vec<Finding>>,
}

impl Recent {
    pub(super) fn load(conn: &Connection, calendar: Calendar, now: Ts) -> Result<Self> {
        let today = calendar.day(now);
        let mut cases = conn.prepare_cached(
            "SELECT person, max(released_at IS NULL), max(released_at) FROM cur_case GROUP BY person",
        )?;
        let cases = cases
            .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            calendar,
            today,
            said: said(conn, add_days(today, -ask::ASKED_ABOUT))?,
            cases,
            findings: findings_in(conn)?.into_iter().map(|row| (row.person, row.found)).collect(),
        })
    }

    /// The contradictions in what is known of a person, but that the day's sheet lacks them; nothing where the last days
    /// do not tell all that is asked about.
    pub(super) fn doubts(&self, person: PersonId) -> Option<Vec<Doubt>> {
        let all = self.said.get(&person)?;
        let end = all.iter().position(|said| ask::is_enough(self.today, said.day, &said.place))?;
        let (open, released) = self.cases.get(&person).copied().unwrap_or_default();
        let released = released.map(|at| self.calendar.day(at));
        let findings = self.findings.get(&person).map_or(&[][..], Vec::as_slice);
        Some(doubts_in(self.today, &all[..=end], (open, released), findings, false))
    }
}

/// Readings in force from this day on, each person's with the newest first. The sheets are read where they lie, one
/// after the other.
fn said(conn: &Connection, since: NaiveDate) -> Result<HashMap<PersonId, Vec<Said>>> {
    let mut query = conn.prepare_cached(
        "SELECT r.person, r.form, r.form_version, r.day, max(coalesce(r.temp_am, r.temp_pm), coalesce(r.temp_pm, r.temp_am)), \
         r.site, coalesce(r.place, ''), r.in_hubei, r.left_city, coalesce(r.status, ''), r.rest, r.round \
         FROM (SELECT DISTINCT desk, seq FROM cur_report WHERE day >= ?1) o \
         CROSS JOIN log_reading r ON r.desk = o.desk AND r.seq = o.seq \
         JOIN cur_report q ON q.unit = r.unit AND q.day = r.day AND q.round = r.round AND q.desk = r.desk AND q.seq = r.seq \
         WHERE r.day >= ?1",
    )?;
    let mut forms: HashMap<FormRef, Vec<Option<&'static str>>> = HashMap::new();
    let mut out: HashMap<PersonId, Vec<(String, i64, Said)>> = HashMap::new();
    let mut rows = query.query([day_number(since)])?;
    let mut order = 0;
    while let Some(row) = rows.next()? {
        let form = FormRef { name: row.get(1)?, version: row.get(2)? };
        if !forms.contains_key(&form) {
            forms.insert(form.clone(), wanted(conn, &form)?);
        }
        order += 1;
        out.entry(row.get(0)?).or_default().push((row.get(11)?, order, one(row, &forms[&form])?));
    }
    Ok(out
        .into_iter()
        .map(|(person, mut all)| {
            all.sort_by(|a, b| (b.2.day, &b.0, b.1).cmp(&(a.2.day, &a.0, a.1)));
            (person, all.into_iter().map(|(_, _, said)| said).collect())
        })
        .collect())
}

/// Which of a form's other columns are asked about, by place.
fn wanted(conn: &Connection, form: &FormRef) -> Result<Vec<Option<&'static str>>> {
    let fields = rest_fields(conn, form)?;
    let known = |(field, _): (String, bool)| ask::FIELDS.into_iter().find(|known| *known == field);
    Ok(fields.into_iter().map(known).collect())
}

fn one(row: &Row<'_>, wanted: &[Option<&'static str>]) -> rusqlite::Result<Said> {
    let site: Known<Site> = row.get(5)?;
    let temp: Option<i64> = row.get(4)?;
    let rest = row.get_ref(10)?.as_str()?.split('\u{1f}').zip(wanted);
    let rest = rest.filter_map(|(value, field)| {
        let field = field.as_ref().filter(|_| !value.is_empty())?;
        Some(((*field).to_owned(), value.to_owned()))
    });
    Ok(Said {
        day: day(row.get(3)?),
        temp: temp.and_then(|tenths| i16::try_from(tenths).ok()),
        site: site.0,
        place: row.get(6)?,
        in_hubei: row.get(7)?,
        left_city: row.get(8)?,
        status: row.get(9)?,
        rest: rest.collect(),
    })
}
