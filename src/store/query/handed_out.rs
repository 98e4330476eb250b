//! What is handed out to the units to be filled in: each with its people, for one day and round.

use super::face::{Face, face_in};
use super::known::roster_in;
use super::{Reader, settings_in};
use crate::domain::deadline::in_play;
use crate::domain::ids::UnitId;
use crate::domain::person::Person;
use crate::domain::report::Round;
use crate::domain::time::Ts;
use crate::domain::unit::Unit;
use crate::error::Result;
use chrono::NaiveDate;
use std::collections::HashMap;

/// For which report, and of whom.
#[derive(Debug, Clone, PartialEq)]
pub struct ToFill {
    /// What stands on every paper.
    pub face: Face,
    /// For which day.
    pub day: NaiveDate,
    /// For which round.
    pub round: Round,
    /// The round by its name; empty where there is but one.
    pub round_name: String,
    /// The units.
    pub units: Vec<UnitToFill>,
}

/// One unit's.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitToFill {
    /// Which.
    pub unit: Unit,
    /// When its report is due.
    pub due: Option<Ts>,
    /// Whose rows stand in its report, by number, each with the name of their own unit.
    pub people: Vec<(Person, String)>,
}

/// What these units fill in for a day and a round, or for the report that is being collected; every unit that sends reports,
/// where none is named.
///
/// # Errors
/// The database cannot be read.
pub fn to_fill(
    reader: &Reader,
    which: Option<&[UnitId]>,
    day: Option<NaiveDate>,
    round: Option<&Round>,
    now: Ts,
) -> Result<ToFill> {
    let tx = reader.snapshot()?;
    let settings = settings_in(&tx)?;
    let (today, playing) = in_play(&settings, now)
        .map_or_else(|| (settings.calendar.day(now), Round::default()), |(day, round, _)| (day, round));
    let day = day.unwrap_or(today);
    let round = round.cloned().unwrap_or(playing);
    let known = roster_in(&tx)?;
    let setting = settings.rounds.iter().find(|setting| setting.round == round);
    let is_first = settings.rounds.first().is_none_or(|first| first.round == round);
    let several = settings.rounds.len() > 1;
    let name = setting.filter(|_| several).map(|setting| match setting.name.as_str() {
        "" => round.to_string(),
        name => name.to_owned(),
    });
    let mut people: HashMap<UnitId, Vec<(Person, String)>> = HashMap::new();
    for person in &known.people {
        let Some(own) = person.facts.unit else { continue };
        let unit = known.reporting_unit(own);
        if which.is_none_or(|which| which.contains(&unit)) {
            let named = known.unit(own).map_or_else(String::new, |unit| unit.name.clone());
            people.entry(unit).or_default().push((person.clone(), named));
        }
    }
    let sends = |unit: &&Unit| {
        let begun = unit.facts.valid_from.is_none_or(|from| from <= day);
        unit.facts.reports != Some(false) && begun
    };
    let wanted: Vec<Unit> = match which {
        Some(which) => which.iter().filter_map(|id| known.unit(*id)).cloned().collect(),
        None => known.units.iter().filter(sends).cloned().collect(),
    };
    let units = wanted.into_iter().map(|unit| {
        let mut people = people.remove(&unit.id).unwrap_or_default();
        people.sort_by(|(a, _), (b, _)| a.no.cmp(&b.no));
        let minute = unit.facts.deadline.filter(|_| is_first).or_else(|| setting.map(|set| set.deadline));
        UnitToFill { due: minute.map(|minute| settings.calendar.at_minute(day, minute)), unit, people }
    });
    let units = units.collect();
    Ok(ToFill { face: face_in(&tx, now)?, day, round, round_name: name.unwrap_or_default(), units })
}
