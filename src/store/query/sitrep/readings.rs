//! What the sheets of a day tell of people: the rows of the reports in force, one row a person.

use super::is_fever;
use crate::domain::form::Parsed;
use crate::domain::ids::PersonId;
use crate::domain::person::PersonKind;
use crate::domain::report::{FormRef, Site};
use crate::domain::sitrep::Group;
use crate::domain::time::{Ts, day_number};
use crate::error::Result;
use crate::store::corrected::{At, Corrected};
use crate::store::query::adopted_form;
use crate::store::sql::{Known, day as day_of};
use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};
use std::collections::{HashMap, HashSet};

/// The colour of a health code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Red,
    Yellow,
    Green,
}

impl Colour {
    /// As a form or an officer writes it.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        match text.chars().next()? {
            '红' | 'r' => Some(Self::Red),
            '黄' | 'y' => Some(Self::Yellow),
            '绿' | 'g' => Some(Self::Green),
            _ => None,
        }
    }
}

/// One person's day.
#[derive(Debug, Clone)]
pub(super) struct DayReading {
    pub group: Group,
    pub campus: String,
    pub in_hubei: bool,
    pub on_campus: bool,
    pub colour: Option<Colour>,
    /// Every temperature of the day, with where it was taken.
    temps: Vec<(i16, Option<Site>)>,
}

impl DayReading {
    /// Whether a temperature of that day is a fever.
    pub fn is_feverish(&self, day: NaiveDate) -> bool {
        self.temps.iter().any(|(tenths, site)| is_fever(*tenths, *site, day))
    }
}

/// Where a form keeps the fields that are counted.
#[derive(Clone, Copy, Default)]
struct Places {
    on_campus: Option<usize>,
    health_code: Option<usize>,
}

fn places(conn: &Connection, form: &FormRef) -> Result<Places> {
    let content = adopted_form(conn, form)?;
    let Some(known) = content.and_then(|text| Parsed::of(&text)) else { return Ok(Places::default()) };
    let place = |name: &str| known.rest.iter().position(|field| field.name == name);
    Ok(Places { on_campus: place("on_campus"), health_code: place("health_code") })
}

/// A row that is in force: of the latest sheet of its report. A sheet may hold the rows of many units, so it is
/// walked once.
const IN_FORCE: &str = "FROM (SELECT DISTINCT desk, seq FROM cur_report WHERE day BETWEEN ?1 AND ?2 AND first_at < ?3) o \
     CROSS JOIN log_reading r ON r.desk = o.desk AND r.seq = o.seq";

const STANDS: &str = "EXISTS (SELECT 1 FROM cur_report q WHERE q.unit = r.unit AND q.day = r.day AND q.round = r.round \
     AND q.desk = r.desk AND q.seq = r.seq AND q.first_at < ?3)";

/// Everybody in the reports of a day that came before `to`. Of several rounds, the last one tells where somebody
/// is; a fever in any of them counts.
pub(super) fn of_day(conn: &Connection, day: NaiveDate, to: Ts) -> Result<HashMap<PersonId, DayReading>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT r.person, r.temp_am, r.temp_pm, r.site, r.in_hubei, r.form, r.form_version, r.rest, p.kind, \
         coalesce(nullif(p.campus, ''), u.campus, ''), r.unit, r.day, r.round {IN_FORCE} \
         JOIN log_op t ON t.desk = r.desk AND t.seq = r.seq \
         LEFT JOIN cur_person p ON p.id = r.person LEFT JOIN cur_unit u ON u.id = coalesce(p.unit, r.unit) \
         WHERE r.day BETWEEN ?1 AND ?2 AND {STANDS} ORDER BY t.happened_at, t.lamport, r.row"
    ))?;
    let number = day_number(day);
    let mut forms: HashMap<FormRef, Places> = HashMap::new();
    let mut out: HashMap<PersonId, DayReading> = HashMap::new();
    let corrected = Corrected::before(conn, to)?;
    let mut rows = query.query(params![number, number, to])?;
    while let Some(row) = rows.next()? {
        let form = FormRef { name: row.get(5)?, version: row.get(6)? };
        let places = match forms.get(&form) {
            Some(known) => *known,
            None => *forms.entry(form.clone()).or_insert(places(conn, &form)?),
        };
        let person: PersonId = row.get(0)?;
        let mut reading = one(row, places, &corrected)?;
        if let Some(before) = out.remove(&person) {
            reading.temps.extend(before.temps);
            reading.colour = reading.colour.or(before.colour);
        }
        out.insert(person, reading);
    }
    Ok(out)
}

fn one(row: &Row<'_>, places: Places, corrected: &Corrected) -> rusqlite::Result<DayReading> {
    let site: Known<Site> = row.get(3)?;
    let kind: Known<PersonKind> = row.get(8)?;
    let rest = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
    let field =
        |place: Option<usize>| place.and_then(|place| rest.split('\u{1f}').nth(place)).unwrap_or_default();
    let round = row.get_ref(12)?.as_str().map_err(rusqlite::Error::from)?;
    let at = At { person: row.get(0)?, unit: row.get(10)?, day: row.get(11)?, round };
    let temps = corrected.temps(at, [row.get(1)?, row.get(2)?]);
    Ok(DayReading {
        group: Group::of(kind.0),
        campus: row.get(9)?,
        in_hubei: corrected.in_hubei(at, row.get(4)?).unwrap_or(false),
        on_campus: field(places.on_campus) == "1",
        colour: Colour::read(field(places.health_code)),
        temps: temps.into_iter().flatten().map(|tenths| (tenths, site.0)).collect(),
    })
}

/// Who had a fever by the reports of each of these days that came before `to`.
pub(super) fn fevers(
    conn: &Connection,
    first: NaiveDate,
    last: NaiveDate,
    to: Ts,
) -> Result<HashMap<NaiveDate, HashSet<PersonId>>> {
    let rules = crate::domain::rules::Rules::builtin();
    // Below the lowest limit of any site nothing needs to be looked at.
    let sites = std::iter::once(None).chain(Site::ALL.iter().copied().map(Some));
    let Some(lowest) = sites.filter_map(|site| rules.fever(site, last)).min() else {
        return Ok(HashMap::new());
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT r.day, r.person, r.temp_am, r.temp_pm, r.site, r.unit, r.round {IN_FORCE} \
         WHERE r.day BETWEEN ?1 AND ?2 AND (r.temp_am >= ?4 OR r.temp_pm >= ?4 OR r.person IN \
           (SELECT a.person FROM cur_answer a WHERE a.how = 'corrected' AND a.person IS NOT NULL)) AND {STANDS}"
    ))?;
    let mut out: HashMap<NaiveDate, HashSet<PersonId>> = HashMap::new();
    let corrected = Corrected::before(conn, to)?;
    let mut rows = query.query(params![day_number(first), day_number(last), to, lowest])?;
    while let Some(row) = rows.next()? {
        let day = day_of(row.get(0)?);
        let site: Known<Site> = row.get(4)?;
        let round = row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?;
        let at = At { person: row.get(1)?, unit: row.get(5)?, day: row.get(0)?, round };
        let temps = corrected.temps(at, [row.get(2)?, row.get(3)?]);
        if temps.into_iter().flatten().any(|tenths| is_fever(tenths, site.0, day)) {
            out.entry(day).or_default().insert(at.person);
        }
    }
    Ok(out)
}
