//! What sheets brought that somebody must act on (待处置), and what a sheet would bring that is not taken in yet.

use super::rows::FindingRow;
use super::settings_in;
use crate::domain::finding::{Brought, Columns, Finding, found_in, open};
use crate::domain::form::Parsed;
use crate::domain::ids::PersonId;
use crate::domain::rules::Rules;
use crate::domain::time::Ts;
use crate::error::Result;
use crate::store::Reader;
use crate::store::act::Import;
use crate::store::corrected::Corrected;
use crate::store::project::finding::{finding, handled, in_force};
use rusqlite::{Connection, OptionalExtension};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// Everybody about whom something is to be acted on, the oldest first; one line a person.
///
/// # Errors
/// The database cannot be read.
pub fn findings(reader: &Reader) -> Result<Vec<FindingRow>> {
    findings_in(&reader.conn)
}

pub(super) fn findings_in(conn: &Connection) -> Result<Vec<FindingRow>> {
    let mut query = conn.prepare_cached(
        "SELECT f.day, f.round, f.what, f.tenths, f.site, f.about, f.said, f.came, f.person, p.no, p.name, \
         coalesce(u.name, ''), p.keys FROM cur_finding f JOIN cur_person p ON p.id = f.person \
         LEFT JOIN cur_unit u ON u.id = p.unit ORDER BY f.person, f.day, f.round, f.seq, f.row, f.place",
    )?;
    let mut out: Vec<FindingRow> = Vec::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (found, came, person): (_, Ts, PersonId) = (finding(row, 0)?, row.get(7)?, row.get(8)?);
        match out.last_mut().filter(|last| last.person == person) {
            Some(last) => {
                last.since = last.since.min(came);
                last.add(found);
            }
            None => out.push(FindingRow {
                person,
                no: row.get(9)?,
                name: row.get(10)?,
                unit: row.get(11)?,
                since: came,
                found: vec![found],
                keys: row.get(12)?,
            }),
        }
    }
    out.sort_by(|a, b| a.since.cmp(&b.since).then_with(|| a.no.cmp(&b.no)));
    Ok(out)
}

impl FindingRow {
    /// Two sheets of one day may say the same.
    fn add(&mut self, finding: Finding) {
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }
}

/// About how many people something is to be acted on.
pub(super) fn count_in(conn: &Connection) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(DISTINCT person) FROM cur_finding")?
        .query_row([], |row| row.get(0))?)
}

/// A person's open findings, in the order of the days.
///
/// # Errors
/// The database cannot be read.
pub fn findings_of(reader: &Reader, person: PersonId) -> Result<Vec<Finding>> {
    of_person(&reader.conn, person)
}

pub(in crate::store) fn of_person(conn: &Connection, person: PersonId) -> Result<Vec<Finding>> {
    let mut query = conn.prepare_cached(
        "SELECT day, round, what, tenths, site, about, said FROM cur_finding WHERE person = ?1 \
         ORDER BY day, round, seq, row, place",
    )?;
    let mut out: Vec<Finding> = Vec::new();
    for found in query.query_map([person], |row| finding(row, 0))? {
        let found = found?;
        if !out.contains(&found) {
            out.push(found);
        }
    }
    Ok(out)
}

/// What a sheet would bring, of whom, when it came at that moment; what is known already of the same people decides as
/// it will once the sheet is taken in.
///
/// # Errors
/// The database cannot be read.
pub fn would_bring(reader: &Reader, import: &Import, came: Ts) -> Result<Vec<FindingRow>> {
    let tx = reader.snapshot()?;
    let columns = Parsed::of(&import.form.content).map(|known| Columns::of(&known.form.rest_fields()));
    let columns = columns.unwrap_or_default();
    let mut new: BTreeMap<PersonId, Vec<(usize, Vec<Finding>)>> = BTreeMap::new();
    let corrected = Corrected::all(&tx)?;
    let brings = import.readings.iter().enumerate();
    for (at, reading) in brings.filter(|(_, one)| !import.carried.contains(&(one.unit, one.person))) {
        let mut stands = Cow::Borrowed(reading);
        if corrected.has(reading.person) {
            corrected.put(stands.to_mut(), &columns);
        }
        let found = found_in(&stands, &columns, Rules::builtin());
        if !found.is_empty() {
            let finding = |found| Finding { day: reading.day, round: reading.round.clone(), found };
            new.entry(reading.person).or_default().push((at, found.into_iter().map(finding).collect()));
        }
    }
    let calendar = settings_in(&tx)?.calendar;
    let mut order: HashMap<PersonId, usize> = HashMap::new();
    let mut out = Vec::new();
    for (person, brings) in new {
        let mut all: Vec<(bool, Brought)> = Vec::new();
        for (at, findings) in brings {
            order.entry(person).or_insert(at);
            let reading = &import.readings[at];
            let key = crate::domain::report::ReportKey {
                unit: reading.unit,
                day: reading.day,
                round: reading.round.clone(),
            };
            if all.is_empty() {
                let known = in_force(&tx, person, Some(&key))?;
                all.extend(known.into_iter().map(|(_, brought)| (false, brought)));
            }
            all.extend(findings.into_iter().map(|finding| (true, Brought { finding, came })));
        }
        all.sort_by(|(_, a), (_, b)| {
            (a.finding.day, &a.finding.round).cmp(&(b.finding.day, &b.finding.round))
        });
        let (is_new, all): (Vec<bool>, Vec<Brought>) = all.into_iter().unzip();
        let open = open(&all, &handled(&tx, person)?, calendar);
        let brought: Vec<Finding> =
            open.into_iter().filter(|at| is_new[*at]).map(|at| all[at].finding.clone()).collect();
        if brought.is_empty() {
            continue;
        }
        let named: Option<(String, String, String, String)> = tx
            .prepare_cached(
                "SELECT p.no, p.name, coalesce(u.name, ''), p.keys FROM cur_person p \
                 LEFT JOIN cur_unit u ON u.id = p.unit WHERE p.id = ?1",
            )?
            .query_row([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let (no, name, unit, keys) = named.unwrap_or_default();
        out.push(FindingRow { person, no, name, unit, since: came, found: brought, keys });
    }
    // As the sheet has them.
    out.sort_by_key(|row| order.get(&row.person).copied());
    Ok(out)
}
