//! A report's plan beside what is there already: what a correction changes, who drops out and who is new, whether it is
//! the sheet of another day, and what it brings that somebody must act on.

use super::{Changed, ImportPlan, NewPerson};
use crate::domain::field::Field;
use crate::domain::ids::PersonId;
use crate::domain::mask::masked;
use crate::domain::person::Person;
use crate::domain::report::{Reading, ReportKey, Site};
use crate::domain::time::Ts;
use crate::error::Result;
use crate::i18n::{erase as gone, fields, inbox, intake as words};
use crate::say::Say;
use crate::store::Reader;
use crate::store::query::roster::Roster;
use crate::store::query::{self, Earlier, EarlierReport};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Whoever is known, by id.
type People<'a> = HashMap<PersonId, &'a Person>;

/// How many people are named.
const NAMED: usize = 5;

/// Fewer rows than this may be alike on two days without anybody having sent the wrong sheet.
const ALIKE: u32 = 2;

/// Looks back from a report's plan, as it would be taken in at that moment; from a roster's only to who was erased.
///
/// # Errors
/// The database cannot be read.
pub fn look_back(plan: &mut ImportPlan, reader: &Reader, known: &Roster, came: Ts) -> Result<()> {
    if plan.import.sheet.what == "roster" && !plan.new.is_empty() {
        let erased = query::erased_since_roster(reader)?;
        plan.warnings.extend((erased > 0).then(|| gone::may_be_back(erased)));
    }
    if plan.import.sheet.what != "report" {
        return Ok(());
    }
    let earlier = query::earlier_reports(reader, plan.import.reports.iter().map(|(key, _)| key))?;
    if plan.completes {
        complete(plan, &earlier, known);
        if earlier.reports.is_empty() {
            plan.warnings.insert(0, words::NOTHING_TO_COMPLETE.into());
        }
    }
    let people: People<'_> = known.people.iter().map(|person| (person.id, person)).collect();
    keep_untaken(plan, &earlier, &people);
    compare(plan, &earlier, (&people, known));
    say_dropped(plan);
    contradict(plan, reader, &earlier, (&people, known))?;
    if let Some(same) = query::same_file_elsewhere(reader, &plan.import.sheet)? {
        plan.looks_old = true;
        plan.warnings.insert(0, words::same_file_elsewhere(same.day, &same.file, same.op.seq));
    } else {
        let reports: Vec<_> =
            plan.import.reports.iter().filter(|(_, rows)| *rows >= ALIKE).cloned().collect();
        let before = query::reports_before(reader, reports.iter())?;
        for say in alike(plan, &before, known).into_iter().rev() {
            plan.looks_old = true;
            plan.warnings.insert(0, say);
        }
    }
    plan.findings = query::would_bring(reader, &plan.import, came)?;
    Ok(())
}

fn by_report(plan: &ImportPlan) -> HashMap<ReportKey, Vec<&Reading>> {
    let mut out: HashMap<ReportKey, Vec<&Reading>> = HashMap::new();
    for reading in &plan.import.readings {
        let key = ReportKey { unit: reading.unit, day: reading.day, round: reading.round.clone() };
        out.entry(key).or_default().push(reading);
    }
    out
}

/// Some rows complete the report that is there: whoever was taken in then stays in it.
fn complete(plan: &mut ImportPlan, earlier: &Earlier, known: &Roster) {
    let mended = plan.accepted;
    let there: HashSet<_> =
        plan.import.readings.iter().map(|reading| (reading.unit, reading.person)).collect();
    for report in &earlier.reports {
        // Who is not in a sheet of some rows is in the report that it completes.
        let unit = report.key.unit;
        let said: Vec<Say> =
            plan.absent.iter().filter(|(of, _)| *of == unit).map(|(_, said)| said.clone()).collect();
        plan.warnings.retain(|warning| !said.contains(warning));
        let name = known.unit(unit).map_or("", |unit| unit.name.as_str());
        plan.units.iter_mut().filter(|count| count.unit == name).for_each(|count| count.missing = 0);
        let stay = report.readings.iter().filter(|old| !there.contains(&(old.unit, old.person)));
        carry(plan, &report.key, stay);
    }
    if plan.mends && !earlier.reports.is_empty() && plan.import.reason.trim().is_empty() {
        plan.import.reason = inbox::mended_rows(mended).zh;
    }
}

/// A shorter sheet may be meant whole, or as those rows alone: who would be in the report no longer is said before all.
fn say_dropped(plan: &mut ImportPlan) {
    if plan.dropped.is_empty() {
        return;
    }
    let names = listed(plan.dropped.iter().map(|who| who.name.as_str()));
    plan.warnings.insert(0, words::people_dropped(plan.dropped.len(), names.zh, names.en));
}

/// What was asked about and answered is not overruled without a word; nor do two units say two things of one person.
fn contradict(
    plan: &mut ImportPlan,
    reader: &Reader,
    earlier: &Earlier,
    (people, known): (&People<'_>, &Roster),
) -> Result<()> {
    let named = |id: PersonId| {
        let person = people.get(&id);
        person.map_or_else(String::new, |person| {
            format!("{} {}", person.no, person.facts.name.as_deref().unwrap_or_default())
        })
    };
    let mut said = Vec::new();
    if !earlier.reports.is_empty() {
        let keys: Vec<ReportKey> = earlier.reports.iter().map(|report| report.key.clone()).collect();
        let (fields, columns) = (plan.fields(), Columns::new(plan, earlier));
        let calendar = query::settings(reader)?.calendar;
        let readings: HashMap<_, &Reading> =
            plan.import.readings.iter().map(|reading| ((reading.person, reading.unit), reading)).collect();
        for asked in query::asked_of(reader, &keys)? {
            let Some(reading) = readings.get(&(asked.person, asked.unit)) else { continue };
            if plan.import.carried.contains(&(asked.unit, asked.person)) {
                continue;
            }
            let now = values(reading, &columns.now);
            let Some((_, new)) = now.iter().find(|(field, _)| *field == asked.field) else { continue };
            if *new == asked.is {
                continue;
            }
            let (who, at) = (named(asked.person), calendar.md_hm(asked.at));
            let field = fields::label(&fields, &asked.field);
            let value = |text: &str| fields::value(&fields, &asked.field, text);
            // What was wrong and is sent again was found to be wrong: that stands, and the unit insists.
            let is_again = *new == asked.sent;
            let (is, new) = (value(&asked.is), value(new));
            let what = words::field_said(&field.zh, &is.zh, &field.en, &is.en);
            let told_by = &asked.told_by;
            if is_again {
                said.push(words::said_again(who, what.zh, what.en, at, told_by, &new.zh, &new.en));
            } else {
                said.push(words::overruled(who, what.zh, what.en, at, told_by, &new.zh, &new.en));
            }
        }
    }
    let own: HashMap<_, &Reading> =
        plan.import.readings.iter().map(|reading| (reading.person, reading)).collect();
    let temps = |temps: [Option<i16>; 2]| {
        let shown = temps.map(|tenths| tenths.map_or_else(|| "—".to_owned(), crate::domain::report::degrees));
        shown.join("/")
    };
    let mut differing = 0;
    for other in query::elsewhere_too(reader, &plan.import)? {
        let Some(reading) = own.get(&other.person) else { continue };
        let here = [reading.temp_am, reading.temp_pm];
        let differs = here
            .iter()
            .zip(&other.temps)
            .any(|(here, there)| here.is_some() && there.is_some() && here != there);
        differing += usize::from(differs);
        if differs && differing <= NAMED {
            let unit = known.unit(other.unit).map_or("", |unit| unit.name.as_str());
            said.push(words::elsewhere_too(named(other.person), unit, temps(other.temps), temps(here)));
        }
    }
    if differing > NAMED {
        said.push(words::elsewhere_more(differing - NAMED));
    }
    plan.warnings.splice(0..0, said.iter().cloned());
    plan.contradicts = said;
    Ok(())
}

/// The first few names, and that there are more.
pub fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Say {
    let more = if names.len() > NAMED { "…" } else { "" };
    let names = Say::listed(names.take(NAMED));
    Say { zh: format!("{}{more}", names.zh), en: format!("{}{more}", names.en) }
}

/// What stays of a report that is there, where the sheet corrects it.
fn carry<'r>(plan: &mut ImportPlan, key: &ReportKey, stay: impl Iterator<Item = &'r Reading>) {
    let Some((_, rows)) = plan.import.reports.iter_mut().find(|(known, _)| known == key) else { return };
    for old in stay {
        // Somebody who stood twice stands once.
        if plan.import.carried.insert((old.unit, old.person)) {
            plan.import.readings.push(old.clone());
            *rows += 1;
        }
    }
}

/// Whose row of a correction is refused, or answers nothing, stays in the report as they stood there: that a cell cannot be
/// read takes nothing back.
fn keep_untaken(plan: &mut ImportPlan, earlier: &Earlier, people: &People<'_>) {
    let there: HashSet<_> = plan.import.readings.iter().map(|reading| reading.person).collect();
    let mut kept: Vec<&str> = Vec::new();
    for report in &earlier.reports {
        let stays = |old: &&Reading| plan.untaken.contains(&old.person) && !there.contains(&old.person);
        let stay: Vec<&Reading> = report.readings.iter().filter(stays).collect();
        let name = |old: &&Reading| {
            let person = people.get(&old.person);
            person.map_or("", |person| person.facts.name.as_deref().unwrap_or(&person.no))
        };
        kept.extend(stay.iter().map(name));
        carry(plan, &report.key, stay.into_iter());
    }
    if !kept.is_empty() {
        let names = listed(kept.iter().copied());
        plan.warnings.push(words::rows_kept(kept.len(), names.zh, names.en));
    }
}

/// What changes in reports that are there already.
fn compare(plan: &mut ImportPlan, earlier: &Earlier, (people, known): (&People<'_>, &Roster)) {
    if earlier.reports.is_empty() {
        return;
    }
    let named = |reading: &Reading| {
        let person = people.get(&reading.person);
        let unit = known.unit(reading.unit).map_or("", |unit| unit.name.as_str());
        NewPerson {
            no: person.map_or_else(String::new, |person| person.no.clone()),
            name: person.and_then(|person| person.facts.name.clone()).unwrap_or_default(),
            unit: unit.to_owned(),
        }
    };
    let now = by_report(plan);
    let (mut changed, mut added, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
    let columns = Columns::new(plan, earlier);
    for report in &earlier.reports {
        let rows = now.get(&report.key).map_or(&[][..], Vec::as_slice);
        let before: HashMap<_, &Reading> =
            report.readings.iter().map(|reading| (reading.person, reading)).collect();
        for reading in rows {
            let who = named(reading);
            match before.get(&reading.person) {
                None => added.push(who),
                // What stays changes nothing.
                Some(_) if plan.import.carried.contains(&(reading.unit, reading.person)) => {}
                Some(old) => {
                    changed.extend(columns.changed(old, reading).into_iter().map(|(field, old, new)| {
                        Changed { no: who.no.clone(), name: who.name.clone(), field, old, new }
                    }));
                }
            }
        }
        let there: HashSet<_> = rows.iter().map(|reading| reading.person).collect();
        let gone = report.readings.iter().filter(|reading| !there.contains(&reading.person));
        dropped.extend(gone.map(named));
    }
    plan.changed.extend(changed);
    plan.added = added;
    plan.dropped = dropped;
}

/// The other columns of the forms of the sheet and of what is there.
struct Columns<'a> {
    earlier: &'a Earlier,
    now: Vec<(String, bool)>,
}

impl<'a> Columns<'a> {
    fn new(plan: &ImportPlan, earlier: &'a Earlier) -> Self {
        let of = |field: &Field| (field.name.clone(), field.kind.is_private());
        Self { earlier, now: plan.fields().iter().map(of).collect() }
    }

    /// The fields that differ: what stood there, what stands now. Where only one of the two forms has a column, nothing
    /// was said there before, or nothing is said now.
    fn changed(&self, old: &Reading, new: &Reading) -> Vec<(String, String, String)> {
        let none = Vec::new();
        let before = values(old, self.earlier.columns.get(&old.form).unwrap_or(&none));
        let now = values(new, &self.now);
        let fields: Vec<&str> = now
            .iter()
            .map(|(field, _)| field.as_str())
            .chain(before.iter().map(|(field, _)| field.as_str()))
            .collect();
        let of = |all: &[(String, String)], field: &str| {
            let found = all.iter().find(|(known, _)| known == field);
            found.map_or_else(String::new, |(_, value)| value.clone())
        };
        let mut seen = HashSet::new();
        fields
            .into_iter()
            .filter(|field| seen.insert((*field).to_owned()))
            .map(|field| (field.to_owned(), of(&before, field), of(&now, field)))
            .filter(|(_, old, new)| old != new)
            .collect()
    }
}

/// Every value of a reading by its field, in canonical form; private numbers masked.
fn values(reading: &Reading, columns: &[(String, bool)]) -> Vec<(String, String)> {
    let temp = |tenths: Option<i16>| tenths.map_or_else(String::new, crate::domain::report::degrees);
    let yes = |answer: Option<bool>| answer.map_or("", |yes| if yes { "1" } else { "0" }).to_owned();
    let mut out = vec![
        ("temp_am", temp(reading.temp_am)),
        ("temp_pm", temp(reading.temp_pm)),
        ("site", reading.site.map_or("", Site::code).to_owned()),
        ("place", reading.place.clone().unwrap_or_default()),
        ("in_hubei", yes(reading.in_hubei)),
        ("left_city", yes(reading.left_city)),
        ("status", reading.status.clone().unwrap_or_default()),
    ]
    .into_iter()
    .map(|(field, value)| (field.to_owned(), value))
    .collect::<Vec<_>>();
    out.extend(reading.rest.iter().zip(columns).map(|(value, (field, private))| {
        (field.clone(), if *private { masked(value) } else { value.clone() })
    }));
    out
}

/// Units whose rows are those of the report before, all of them.
fn alike(plan: &ImportPlan, before: &Earlier, known: &Roster) -> Vec<Say> {
    if before.reports.is_empty() {
        return Vec::new();
    }
    let now = by_report(plan);
    let mut days: BTreeMap<chrono::NaiveDate, Vec<(&str, usize)>> = BTreeMap::new();
    for report in &before.reports {
        let rows = now.iter().find(|(key, _)| key.unit == report.key.unit).map(|(_, rows)| rows.as_slice());
        let Some(rows) = rows.filter(|rows| same_rows(rows, report)) else { continue };
        let name = known.unit(report.key.unit).map_or("", |unit| unit.name.as_str());
        days.entry(report.key.day).or_default().push((name, rows.len()));
    }
    days.into_iter()
        .map(|(day, units)| {
            let rows: usize = units.iter().map(|(_, rows)| rows).sum();
            let names: Vec<&str> = units.iter().map(|(name, _)| *name).collect();
            words::same_rows(day, rows, names.join("、"), names.join(", "))
        })
        .collect()
}

fn same_rows(rows: &[&Reading], report: &EarlierReport) -> bool {
    let before: HashMap<_, &Reading> =
        report.readings.iter().map(|reading| (reading.person, reading)).collect();
    rows.len() == before.len()
        && rows.iter().all(|now| {
            before.get(&now.person).is_some_and(|old| {
                let as_of = |reading: &Reading| Reading {
                    day: now.day,
                    round: now.round.clone(),
                    // What is left out at the end is not answered either.
                    rest: trimmed(&reading.rest),
                    ..reading.clone()
                };
                as_of(old) == as_of(now)
            })
        })
}

fn trimmed(rest: &[String]) -> Vec<String> {
    let used = rest.iter().rposition(|value| !value.is_empty()).map_or(0, |last| last + 1);
    rest[..used].to_vec()
}
